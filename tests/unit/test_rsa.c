/* cc -I. -o build/unit/test_rsa tests/unit/test_rsa.c
 *
 * RSA: the vectors of Wycheproof, keys of other sizes and exponents, and the
 * power itself against arithmetic as simple as it gets. tests/unit/test_rsa32.c
 * runs all of it with limbs of 32 bits.
 *
 * Decided here:
 * - A DigestInfo without NULL ("acceptable" in Wycheproof, case MissingNull)
 *   is refused: RFC 8017 9.2 wants the NULL, and one right block is the whole
 *   defence against forged paddings.
 * - PSS with another hash in MGF1 than for the message is refused: the
 *   signature schemes of TLS 1.3 (RFC 8446 4.2.3) do not have it. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../vectors.h"

/* A key whose bytes live on the heap, at their exact length. */
typedef struct test_key {
    srl_rsa_key key;
    uint8_t *n;
    uint8_t *e;
} test_key;

/* Hexadecimal, with or without the leading zero byte of an ASN.1 INTEGER. */
static surreal_bytes
number(const char *hex, uint8_t **room)
{
    surreal_bytes bytes;

    while (hex && hex[0] == '0' && hex[1] == '0') {
        hex += 2;
    }
    *room = vectors_bytes(hex, &bytes.len);
    if (!*room) abort();
    bytes.ptr = *room;
    return bytes;
}

static test_key
key_of(const char *n, const char *e)
{
    test_key k;

    k.key.n = number(n, &k.n);
    k.key.e = number(e, &k.e);
    return k;
}

static void
key_free(test_key *k)
{
    free(k->n);
    free(k->e);
}

/* The hash of a name like "SHA-256"; 0 for one that is not ours. */
static srl_hash_id
hash_of(const char *name)
{
    if (!strcmp(name, "SHA-256")) return SRL_SHA256;
    if (!strcmp(name, "SHA-384")) return SRL_SHA384;
    if (!strcmp(name, "SHA-512")) return SRL_SHA512;
    return (srl_hash_id)0;
}

/* A small generator: the same bytes in every run. */
static uint32_t
next_random(void)
{
    static uint64_t state = 1;

    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

/* ---- Wycheproof ---------------------------------------------------------- */

/* What a file was seen to hold. */
typedef struct tally {
    int valid, invalid;
    int missing_null;      /* "acceptable", refused */
    int other_mgf;         /* valid there, refused */
    int other_hash;        /* left out: SHA-1, SHA-224 */
} tally;

static void
one_vector(const char *file, const json *g, const json *t,
           const srl_rsa_key *key, tally *seen)
{
    const char *result = json_text(t, "result");
    srl_hash_id hash = hash_of(json_text(g, "sha"));
    const char *mgf_hash = json_text(g, "mgfSha");
    bool want = !strcmp(result, "valid");
    size_t msg_len = 0, sig_len = 0;
    uint8_t digest[SRL_HASH_MAX];
    uint8_t *msg, *sig;
    bool got;

    if (!hash) {
        seen->other_hash++;
        return;
    }
    msg = vectors_bytes(json_text(t, "msg"), &msg_len);
    sig = vectors_bytes(json_text(t, "sig"), &sig_len);
    NEED(msg && sig);
    srl_hash_of(hash, msg, msg_len, digest);
    if (mgf_hash) {
        size_t salt = (size_t)json_get(g, "sLen")->number;

        got = srl_rsa_pss_verify(key, hash, digest, salt, sig, sig_len);
    } else {
        got = srl_rsa_pkcs1_verify(key, hash, digest, sig, sig_len);
    }
    if (mgf_hash && hash_of(mgf_hash) != hash) {
        seen->other_mgf++;
        want = false;
    } else if (!strcmp(result, "acceptable")) {
        CHECK_STR(json_get(t, "flags")->child->text, "MissingNull");
        seen->missing_null++;
    } else {
        seen->valid += want;
        seen->invalid += !want;
    }
    if (got != want) {
        TEST_FAIL("%s case %s (%s): %s", file, json_get(t, "tcId")->text,
                  json_text(t, "comment"), got ? "accepted" : "refused");
    }
    free(msg);
    free(sig);
}

static tally
wycheproof(const char *name)
{
    char file[128];
    tally seen = {0, 0, 0, 0, 0};
    json *doc, *g, *t;

    snprintf(file, sizeof file, "wycheproof/%s_test.json", name);
    doc = vectors_json(file);
    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return seen;
    }
    for (g = json_get(doc, "testGroups")->child; g; g = g->next) {
        json *numbers = json_get(g, "publicKey");
        test_key k = key_of(json_text(numbers, "modulus"),
                            json_text(numbers, "publicExponent"));

        CHECK(srl_rsa_is_usable(&k.key));
        CHECK_INT(srl_rsa_bits(&k.key), json_get(g, "keySize")->number);
        for (t = json_get(g, "tests")->child; t; t = t->next) {
            one_vector(file, g, t, &k.key, &seen);
        }
        key_free(&k);
    }
    json_free(doc);
    return seen;
}

TEST(test_rsa_pkcs1_wycheproof)
{
    static const char *const sizes[] = {"2048", "3072", "4096", "8192"};
    static const char *const hashes[] = {"256", "384", "512"};
    size_t i;

    for (i = 0; i < 12; i++) {
        char name[64];
        tally seen;

        snprintf(name, sizeof name, "rsa_signature_%s_sha%s", sizes[i / 3],
                 hashes[i % 3]);
        seen = wycheproof(name);
        if (test_skip_reason) return;
        CHECK(seen.valid >= 7);
        CHECK(seen.invalid >= 249);
        CHECK_INT(seen.missing_null, 1);
        CHECK_INT(seen.other_mgf + seen.other_hash, 0);
    }
}

TEST(test_rsa_pss_wycheproof)
{
    static const struct {
        const char *name;
        int valid, invalid;
    } files[] = {
        {"rsa_pss_2048_sha256_mgf1_0", 61, 42},
        {"rsa_pss_2048_sha256_mgf1_32", 63, 45},
        {"rsa_pss_2048_sha256_mgf1_32_params", 63, 45},
        {"rsa_pss_2048_sha384_mgf1_48", 95, 46},
        {"rsa_pss_3072_sha256_mgf1_32", 63, 45},
        {"rsa_pss_3072_sha256_mgf1_32_params", 63, 45},
        {"rsa_pss_4096_sha256_mgf1_32", 63, 45},
        {"rsa_pss_4096_sha384_mgf1_48", 95, 46},
        {"rsa_pss_4096_sha512_mgf1_32", 132, 45},
        {"rsa_pss_4096_sha512_mgf1_64", 132, 47},
        {"rsa_pss_4096_sha512_mgf1_64_params", 132, 47}};
    size_t i;

    for (i = 0; i < sizeof files / sizeof *files; i++) {
        tally seen = wycheproof(files[i].name);

        if (test_skip_reason) return;
        CHECK(seen.valid >= files[i].valid);
        CHECK(seen.invalid >= files[i].invalid);
        CHECK_INT(seen.missing_null + seen.other_mgf + seen.other_hash, 0);
    }
}

/* Five hashes for the message, five for MGF1, six lengths of salt: 18 of the
 * 150 are within the contract. */
TEST(test_rsa_pss_wycheproof_misc)
{
    static const char *const names[] = {"rsa_pss_misc",
                                        "rsa_pss_misc_params"};
    size_t i;

    for (i = 0; i < 2; i++) {
        tally seen = wycheproof(names[i]);

        if (test_skip_reason) return;
        CHECK_INT(seen.valid, 18);
        CHECK_INT(seen.invalid, 0);
        CHECK_INT(seen.other_mgf, 72);
        CHECK_INT(seen.other_hash, 60);
    }
}

/* ---- own keys ------------------------------------------------------------ */

/* Keys made for this test by OpenSSL 3.0, which signed "surreal.h" with them:
 * sizes that fill neither bytes nor limbs. With 2049 bits the encoded message
 * of PSS is a byte shorter than n. */
static const struct own_case {
    size_t bits;
    srl_hash_id hash;
    size_t salt_len;
    const char *e, *n, *pkcs1, *pss;
} own_cases[] = {
    {2049, SRL_SHA256, 32, "03",
     "015e5dbac9f0e803c15dc4535dc65461d08bd992bd1a9b2293eb73a07aca5c31"
     "b711a837d99759f786696ee433f12f9bab013bda07ff9b4ca2efc29cfdcfd7af"
     "7c5c862200a7b3707251042c45e94b7d609b3303f43452795ae52e4fe877104f"
     "190b50e7ead5824d18946b19896b082ea1e7c481973911b0ff5bbbe4c30b0370"
     "7dfe12ff303bfdcef23d0ee8bc54a0ae3f3e8ff317d1cf299c16cb24ae6d21db"
     "6ad7cb684b1f05c171f4fc1c5b0388f070d8a8446cd33254b6001ab1df728c09"
     "761585b4cc283c79afcb3edc7cf780c49429c5af9b81cde0c7ef5856ba9a6fb6"
     "442c4ba9e22ed612db6d58a15a36e0ab9a0203df486413165bb8d4bab29ad3f1"
     "6b",
     "006f2b1cf3316ffcd063a933639df2d26145ce7e8b5620c112807ee80bfcd878"
     "6c59e33dcd11bff83857b903d4e6b4a2235bb7cb187d547d907303aed0bf0ac6"
     "06fd0869d4b97685e6ba97a04b928f81772fdca960bf9729b3d5148fc7f703ec"
     "f53eecc71cf86e972600dc420ae99f0d670c6e33d735ffcf263def9e7cb9cdfc"
     "617918d82a77df23e58dad82a24964182c0439c7714621c968783865cfbcb2ce"
     "dedddbecdcf83480059370bc3fdab2c0e1090fb5cc26f7f1045d3fb7265d3bd7"
     "909d528b46709939eadfb12abbcf7cdb4355d9b7f8399472379dd6078d98238e"
     "99d0e8f11b7a3cc5b7a27691c45599c17fc259cabcea3dee2ae6c2a6c54a7995"
     "b8",
     "014ebd7f52c64e5cdeb0a59f44515ccf61ee188f1581691908a0ce8198aa278c"
     "da1aceafcfd896bac21d3a62441b497f3642756f3966012761462de6c19b2fae"
     "1f35c053f9f1b50568880d6a411017446ea7294464e28c9d1ec9a942473e8f82"
     "5f4ca4698cd69a5e18471307afd633fcdc185c4c74c7e43416a860ca0f2ae9ac"
     "dafbfeb863e0a81c9960b423db438cffdab27c6e7f2eccf65cd50a8dabec5052"
     "176bf166c291c1ed11c4c72e11e1b393f08f9cd47093427f82e258dfee36b13f"
     "d49390e4d51edaa08eec0fbf3e7e7f6085587f8720c3ac9ae3fbb5ca30a29ded"
     "338f157d5d453c246f8efa3a661995f556bdec4ebcc50709f7c5d6a6159d2ce6"
     "19"},
    {2054, SRL_SHA384, 0, "ffffffffffffffff",
     "3159cbf6a876fc4c97a15b618d1d4d0fe7a324b0f42bc83fc4f4d8d919c13a02"
     "7b884698fc4ef4b1f8bafca9068f997cebd2b13285d2c65e687f56d1a2f91647"
     "a2734de89a8119074e22995c5078488fa340342fbea74c653557522b15048078"
     "e5c27c998b7e2406743940a10f557969a55ae20fbc32ecd6c7a726978be4ec5a"
     "c52c4f97b6a15934ff8290ddb4b366a177580318f99a3d34e64776b20390caf5"
     "0a3bf62c8ac85088626b2ea59a4a6603719553e2454286a284092a983cd9aada"
     "eb8c6363898b75b0b877a28137c7fac20a3e44880a07d8cbdccf9475ddbb65d9"
     "859a31b52d7da24f90eacf1a94988eb490952caee7e80326de1d551d8b4924a7"
     "ff",
     "14578d129bf8daf73c7050f33924447df4ab20f898fc102b181ea65572d0e262"
     "e2adbdd9888e92e4200c090d76b4c94b940b206e5377518bbd5b627a293e3b36"
     "bd3f62553e5a1563d21eb6ccd0db3dfa641ca708e0d59b9cd12f577e38cb3000"
     "b57d4ea96599d218f0dc91884b1099e346c6142337602d5fcf4fdd88d83a0290"
     "22a82611a944c84ee9c6c9413c8f213099f4f8655d398771ddff01159422e75a"
     "678b2050472918c29502144d73ff08e350879f45c2428b598c366bb033c12457"
     "d8fdddb29bfda71d5eba310eaf7451b015ccdf2db5576e7a05584f68ebc20449"
     "5a5eff87b7edd6e3bf047b2c5857ceb9a874814fe2b583f930bd66f87a2d7453"
     "a0",
     "08932f580f9fa98fa8fd7adcbd01aec0d637bf782a9c23a958239b8b4849e6d6"
     "668edca1200d14c50cbe1ffecc1c3a8bdea2747ed756ed6221674edac84e73b9"
     "0456f728b9a6ce651cb64b93a099ec31da38ada20b3b5522af3912fa9e6910bd"
     "3e9d48e40d307415b99411512d9c321800eff7060069207ed99e50c79687b960"
     "289e2e848b90321d8783a3df88b5f38f9a92d8f2aab9e35ad44b73bfed99df03"
     "f344f3a82a1d3b077beed4a13d9dc9d87c177d951385b118004198711b0c0098"
     "5901f3139a760bf350fb74ddf2bdd82e190db3b56c14953933d3ad4612f2ada4"
     "671b6173d4e44d3b72d6b8f25ba6b6469ef058683ade547a515337ee0eb7080a"
     "68"},
    {2624, SRL_SHA512, 64, "010001",
     "9b6489c08b19495ea6ea20d975482b1a47e1b6957e30ef08589ee9b561458fa0"
     "a645e7561d29dab3408e5f7f0d36b072b7c5be0fda98cf6da24d8f38eb8d36b0"
     "b614cbc6b76caed001e833df4baecad94e3d94a6c5f645ceeb9603381491cdb6"
     "2034129afc44f141546568e06f43b91fa39d80667aff30c95b488bd5a66fd3ca"
     "5deb30e0ce44ff77576bb03d0a4d72c51df1eeba7165cb9638f6ae1dc2d20b5d"
     "cdb82339c144b2f780e3d2494303a34d4b505ceda288974560356484c7154bfe"
     "7199591f6dbb2ab449aa4eedbda0da60ffb478db8ddd58c00bb12a195112a955"
     "8b1ddf4fe0b5ee485e1f3dc047b5d991bc8022e8a00573e59821cb1905772e90"
     "76b643b87a29d9260614696c90c12b54f58907c2c4b9c5fa2e0e975d8df79029"
     "d5cc372e2b5a51f75e53f0ac289e02d2a144656036cf845f0f2eddff9bf88fc6"
     "35de6e77d28a799b",
     "873a8d68ad731d8ebbf8e754bec7820e7294a1368eb081d73bf10083aa15ae65"
     "dfea01f740f8ae927d727257e469738ed86865976e26b3771600e518f84aa40d"
     "75515d7c2226679cf0e76be8ed21de750c2ce9cc2171d4bccb2ed7bf0dc9558f"
     "5c041c5821ada15cf30ffe81d7493fa54ff248d47cd50961adfd2ddc55d76999"
     "95b3c61c9afdba8f2fbd6c7c329abd3f2c0a6a7097bf5279e88426bcf396d3a7"
     "020e0648e1e8a42187566084b07cf98eb4dc9bf46de91169a0bab07eaad5c4d2"
     "f92d20c19a980b836dd66850bdaa78276e3ba21e72b393a33547248f2d799ff2"
     "cb07b80a55fc4756862e019d601f6e3d76a4b36c2b9f291b00fde766a8aa0c09"
     "6ce2ad284e22fd092bca6f330810b1985f3fba56897241923daf5fb31b4e8bc4"
     "3aa942ef5dd9a0cc739bb73c1fa88b67c1047c869855098090d2e697243a6eac"
     "9ea3a0593b01f367",
     "578419717109f5cad0378af5ec1f2fe62d62b18a187bbd57d4cc6c35c26ca862"
     "78cbe60927b649036010db89c7e4ccf2e499b6b21ccb180fbf9f4bbb2a23264c"
     "35a0b6ab9d021ea4b458eda8a1660295785408881a126d942bb8979eedf5473c"
     "b082bddab7cefca075dcd4b78f636c8ddd64f8ac813d9b00c1292a248500f1ff"
     "9eb1355298b4a518644dc060fd759d7db5f9f77f0e5ab0502d22963ae328d3cb"
     "f0368f4ef1bd19b049d0f7527198406de5b29107ee996eeb14ea8f226ef66bf7"
     "b8b74ba1b810a44d59e68cd19fa907559393167dc37abaeb8b56c5a7e98281cf"
     "382a78868967a812c37ef098cd768c896cb302366bf58bff2354c8c8f75dc0ef"
     "f08382d662127295f4aff2967521438fbaff298bd3e4888309c6916404a1a9c2"
     "7c5e18f7c5e88e8c4df7f64a401cbedb06ba29d1974a482ddf1859780dfad824"
     "c7fab802b5be6773"},
};

/* One of them, with its numbers and the digest. */
typedef struct own_key {
    const struct own_case *is;
    test_key k;
    uint8_t digest[SRL_HASH_MAX];
    uint8_t *pkcs1;
    uint8_t *pss;
    size_t len;
} own_key;

static own_key
own(size_t i)
{
    own_key o;

    o.is = &own_cases[i];
    o.k = key_of(o.is->n, o.is->e);
    srl_hash_of(o.is->hash, "surreal.h", 9, o.digest);
    o.pkcs1 = vectors_bytes(o.is->pkcs1, &o.len);
    o.pss = vectors_bytes(o.is->pss, &o.len);
    if (!o.pkcs1 || !o.pss) abort();
    return o;
}

static void
own_free(own_key *o)
{
    key_free(&o->k);
    free(o->pkcs1);
    free(o->pss);
}

/* How many of the two signatures are accepted with this key. */
static int
accepted(const own_key *o, const srl_rsa_key *key)
{
    return srl_rsa_pkcs1_verify(key, o->is->hash, o->digest, o->pkcs1,
                                o->len) +
           srl_rsa_pss_verify(key, o->is->hash, o->digest, o->is->salt_len,
                              o->pss, o->len);
}

TEST(test_rsa_sizes_and_exponents)
{
    size_t i;

    for (i = 0; i < sizeof own_cases / sizeof *own_cases; i++) {
        own_key o = own(i);

        CHECK(srl_rsa_is_usable(&o.k.key));
        CHECK_INT(srl_rsa_bits(&o.k.key), o.is->bits);
        CHECK_INT(accepted(&o, &o.k.key), 2);
        own_free(&o);
    }
}

/* A block of 2049 bits in place of 2048: signed with the key itself, right in
 * all but the byte before the encoded message, which is 1 (RFC 8017 8.1.2
 * step 2c). */
TEST(test_rsa_pss_byte_before_the_block)
{
    static const char forged[] =
        "00fc568012191f1904b15ea39919fdfd715ab4206f34922257b9989df1588f4e"
        "9c2fcb38c45f96784561a8228494f5660f1b05389547ff8cfaf8282300732346"
        "731cdbcb386835051d47b8dba00173f7a61a6ca166edecfbce133c67b6f53104"
        "d586cecdcc8b2234fa83f785bf90ab8156acf312ff73b82bd3daafe6d1e15b74"
        "cae31cdecd5aa50086389e16d29f3c90f16423650691e8c4c4017dae9f91ffb0"
        "5658cc86525d4dafadfb5517c1e2ec6e42d8991c36a9279bcac7cf8931bd26b7"
        "a5e44590a304b42279a1461f68813b11a0bb80153929e5bb92be923b055baa7f"
        "98220eb788a353b89eaff538ed358df4d0160e972175ab7396e90cb7dd0da4a5"
        "b3";
    own_key o = own(0);
    uint8_t block[SRL_RSA_MAX_BITS / 8];
    size_t len = 0;
    uint8_t *s = vectors_bytes(forged, &len);

    NEED(s && len == o.len);
    NEED(srl_rsa_power(&o.k.key, s, len, block));
    CHECK_INT(block[0], 1);
    CHECK_INT(block[len - 1], 0xbc);
    CHECK(!srl_rsa_pss_verify(&o.k.key, SRL_SHA256, o.digest, 32, s, len));
    free(s);
    own_free(&o);
}

TEST(test_rsa_any_bit_changed)
{
    own_key o = own(0);
    size_t at;

    for (at = 0; at < o.len; at++) {
        uint8_t flip = (uint8_t)(1u << (at % 8));

        o.pkcs1[at] ^= flip;
        o.pss[at] ^= flip;
        CHECK_INT(accepted(&o, &o.k.key), 0);
        o.pkcs1[at] ^= flip;
        o.pss[at] ^= flip;
    }
    for (at = 0; at < 32; at++) {
        o.digest[at] ^= 0x10;
        CHECK_INT(accepted(&o, &o.k.key), 0);
        o.digest[at] ^= 0x10;
    }
    CHECK_INT(accepted(&o, &o.k.key), 2);
    own_free(&o);
}

TEST(test_rsa_other_hash_padding_or_salt)
{
    static const size_t salts[] = {0, 1, 31, 33, 222, 223, 224, 256, 257,
                                   (size_t)-1, (size_t)-34, (size_t)-2};
    own_key o = own(0);
    const srl_rsa_key *key = &o.k.key;
    uint8_t digest[SRL_HASH_MAX];
    size_t i;

    srl_hash_of(SRL_SHA512, "surreal.h", 9, digest);
    memcpy(digest, o.digest, 32); /* right as far as SHA-256 goes */
    CHECK(!srl_rsa_pkcs1_verify(key, SRL_SHA384, digest, o.pkcs1, o.len));
    CHECK(!srl_rsa_pkcs1_verify(key, SRL_SHA512, digest, o.pkcs1, o.len));
    CHECK(!srl_rsa_pkcs1_verify(key, SRL_SHA256, digest, o.pss, o.len));
    CHECK(!srl_rsa_pss_verify(key, SRL_SHA256, digest, 32, o.pkcs1, o.len));
    CHECK(!srl_rsa_pss_verify(key, SRL_SHA384, digest, 32, o.pss, o.len));
    CHECK(!srl_rsa_pss_verify(key, SRL_SHA512, digest, 32, o.pss, o.len));
    for (i = 0; i < sizeof salts / sizeof *salts; i++) {
        CHECK(!srl_rsa_pss_verify(key, SRL_SHA256, digest, salts[i], o.pss,
                                  o.len));
    }
    CHECK(srl_rsa_pss_verify(key, SRL_SHA256, digest, 32, o.pss, o.len));
    own_free(&o);
}

/* RFC 8017 8.1.2 and 8.2.2 step 1: the signature is as long as n. 5.2.2: and
 * a number below n. */
TEST(test_rsa_signature_out_of_range)
{
    own_key o = own(0);
    const srl_rsa_key *key = &o.k.key;
    uint8_t *wide = (uint8_t *)calloc(1, o.len + 1);
    uint8_t *sum = (uint8_t *)calloc(1, o.len);
    size_t i;

    if (!wide || !sum) abort();
    for (i = 0; i < 2; i++) {
        const uint8_t *s = i ? o.pss : o.pkcs1;
        unsigned carry = 0;
        size_t j;
        bool ok;

        memcpy(wide + 1, s, o.len);
        for (j = o.len; j--;) {
            carry += (unsigned)s[j] + o.k.n[j];
            sum[j] = (uint8_t)carry;
            carry >>= 8;
        }
        CHECK(!carry); /* s + n has the same power and the same length */
        ok = i ? srl_rsa_pss_verify(key, SRL_SHA256, o.digest, 32, sum, o.len)
               : srl_rsa_pkcs1_verify(key, SRL_SHA256, o.digest, sum, o.len);
        CHECK(!ok);
        ok = i ? srl_rsa_pss_verify(key, SRL_SHA256, o.digest, 32, wide,
                                    o.len + 1)
               : srl_rsa_pkcs1_verify(key, SRL_SHA256, o.digest, wide,
                                      o.len + 1);
        CHECK(!ok);
        for (j = 0; j < o.len; j += 32) {
            ok = i ? srl_rsa_pss_verify(key, SRL_SHA256, o.digest, 32, s, j)
                   : srl_rsa_pkcs1_verify(key, SRL_SHA256, o.digest, s, j);
            CHECK(!ok);
        }
    }
    memset(sum, 0, o.len);
    memcpy(wide, o.k.n, o.len);
    for (i = 0; i < 4; i++) { /* 0, 1, n, n - 1 */
        const uint8_t *s = i < 2 ? sum : wide;

        if (i == 1) sum[o.len - 1] = 1;
        if (i == 3) wide[o.len - 1]--;
        CHECK(!srl_rsa_pkcs1_verify(key, SRL_SHA256, o.digest, s, o.len));
        CHECK(!srl_rsa_pss_verify(key, SRL_SHA256, o.digest, 32, s, o.len));
        CHECK(!srl_rsa_pss_verify(key, SRL_SHA256, o.digest, 0, s, o.len));
    }
    free(wide);
    free(sum);
    own_free(&o);
}

/* ---- keys that are refused ----------------------------------------------- */

/* With n of len bytes, all 0x5a but the first and last, and e in hex. */
static bool
is_usable(size_t len, unsigned first, unsigned last, const char *e)
{
    static const uint8_t digest[SRL_HASH_MAX] = {0};
    uint8_t *n = (uint8_t *)malloc(len ? len : 1);
    uint8_t *signature = (uint8_t *)calloc(1, len ? len : 1);
    srl_rsa_key key;
    uint8_t *exponent;
    bool usable;

    if (!n || !signature) abort();
    memset(n, 0x5a, len);
    if (len) {
        n[0] = (uint8_t)first;
        n[len - 1] = (uint8_t)last;
        signature[len - 1] = 2;
    }
    key.n.ptr = n;
    key.n.len = len;
    exponent = vectors_bytes(e, &key.e.len);
    if (!exponent) abort();
    key.e.ptr = exponent;
    usable = srl_rsa_is_usable(&key);
    CHECK(!srl_rsa_pkcs1_verify(&key, SRL_SHA256, digest, signature, len));
    CHECK(!srl_rsa_pss_verify(&key, SRL_SHA256, digest, 32, signature, len));
    free(n);
    free(signature);
    free(exponent);
    return usable;
}

TEST(test_rsa_keys_refused)
{
    CHECK(is_usable(256, 0x80, 1, "03")); /* what the others differ from */

    CHECK(!is_usable(256, 0x80, 0, "03"));
    CHECK(!is_usable(256, 0x80, 0xfe, "03"));
    CHECK(!is_usable(256, 0x7f, 1, "03")); /* 2047 bits */
    CHECK(!is_usable(255, 0xff, 1, "03"));
    CHECK(!is_usable(128, 0xff, 1, "03"));
    CHECK(!is_usable(0, 0, 0, "03"));
    CHECK(!is_usable(1, 1, 1, "03"));
    CHECK(is_usable(1024, 0xff, 1, "03"));
    CHECK(!is_usable(1025, 0x01, 1, "03")); /* 8193 bits */
    CHECK(!is_usable(100000, 0x01, 1, "03"));
    CHECK(!is_usable(256, 0, 1, "03"));
    CHECK(!is_usable(257, 0, 1, "03")); /* a leading zero */
    CHECK(!is_usable(1024, 0, 1, "03"));

    CHECK(!is_usable(256, 0x80, 1, ""));
    CHECK(!is_usable(256, 0x80, 1, "00"));
    CHECK(!is_usable(256, 0x80, 1, "01"));
    CHECK(!is_usable(256, 0x80, 1, "02"));
    CHECK(!is_usable(256, 0x80, 1, "010000"));
    CHECK(!is_usable(256, 0x80, 1, "0003"));
    CHECK(!is_usable(256, 0x80, 1, "00010001"));
    CHECK(!is_usable(256, 0x80, 1, "010000000000000001"));
    CHECK(is_usable(256, 0x80, 1, "05"));
    CHECK(is_usable(256, 0x80, 1, "0101"));
    CHECK(is_usable(256, 0x80, 1, "a88b"));
    CHECK(is_usable(256, 0x80, 1, "010001"));
    CHECK(is_usable(256, 0x80, 1, "ffffffffffffffff"));
}

/* A good signature does not help a key that is not usable. */
TEST(test_rsa_good_signature_bad_key)
{
    own_key o = own(0);
    srl_rsa_key key = o.k.key;
    uint8_t zero_first[300];

    zero_first[0] = 0;
    memcpy(zero_first + 1, o.k.n, key.n.len);
    key.n.ptr = zero_first;
    key.n.len++;
    CHECK_INT(srl_rsa_bits(&key), o.is->bits);
    CHECK(!srl_rsa_is_usable(&key));
    CHECK_INT(accepted(&o, &key), 0);
    key = o.k.key;
    zero_first[1] = 3;
    key.e.ptr = zero_first;
    key.e.len = 2;
    CHECK_INT(accepted(&o, &key), 0);
    key.e.ptr = zero_first + 1;
    key.e.len = 1;
    CHECK_INT(accepted(&o, &key), 2);
    zero_first[1] = 5;
    CHECK_INT(accepted(&o, &key), 0);
    own_free(&o);
}

TEST(test_rsa_bits)
{
    static const uint8_t n[] = {0, 0, 1, 0x80};
    srl_rsa_key key;

    memset(&key, 0, sizeof key);
    CHECK_INT(srl_rsa_bits(&key), 0);
    key.n.ptr = n;
    key.n.len = 2;
    CHECK_INT(srl_rsa_bits(&key), 0);
    key.n.len = 3;
    CHECK_INT(srl_rsa_bits(&key), 1);
    key.n.len = 4;
    CHECK_INT(srl_rsa_bits(&key), 9);
    key.n.ptr = n + 3;
    key.n.len = 1;
    CHECK_INT(srl_rsa_bits(&key), 8);
}

/* ---- the power ----------------------------------------------------------- */

/* Numbers of 32-bit digits, the lowest first, one more than n fills. */
#define DIGITS (8192 / 32 + 1)

static void
digits_of(uint32_t *out, const uint8_t *bytes, size_t len)
{
    size_t i;

    memset(out, 0, DIGITS * sizeof *out);
    for (i = 0; i < len; i++) {
        out[i / 4] |= (uint32_t)bytes[len - 1 - i] << 8 * (i % 4);
    }
}

/* x = 2x + (add ? b : 0) mod n, by adding and subtracting. */
static void
plain_step(uint32_t *x, const uint32_t *b, bool add, const uint32_t *n,
           size_t count)
{
    uint64_t carry = 0;
    size_t i, round;

    for (i = 0; i < count; i++) {
        carry += ((uint64_t)x[i] << 1) + (add ? b[i] : 0);
        x[i] = (uint32_t)carry;
        carry >>= 32;
    }
    for (round = 0; round < 2; round++) { /* it is below 3n */
        for (i = count; i-- && x[i] == n[i];) {
        }
        if (i != (size_t)-1 && x[i] < n[i]) return;
        carry = 1;
        for (i = 0; i < count; i++) {
            carry += (uint64_t)x[i] + (uint32_t)~n[i];
            x[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
}

static void
plain_mul(uint32_t *x, const uint32_t *b, const uint32_t *n, size_t count)
{
    uint32_t a[DIGITS], sum[DIGITS];
    size_t bit = count * 32;

    memcpy(a, x, sizeof a); /* b may be x */
    memset(sum, 0, sizeof sum);
    while (bit--) {
        plain_step(sum, b, a[bit / 32] >> (bit % 32) & 1, n, count);
    }
    memcpy(x, sum, sizeof sum);
}

static void
power_case(const uint8_t *n, size_t len, const uint8_t *s, uint64_t e)
{
    uint32_t base[DIGITS], power[DIGITS], modulus[DIGITS], got[DIGITS];
    uint8_t exponent[8], out[SRL_RSA_MAX_BITS / 8];
    size_t count = (len + 3) / 4 + (len % 4 == 0);
    uint64_t bit = UINT64_C(1) << 63;
    srl_rsa_key key;

    srl_store64(exponent, e);
    key.n.ptr = n;
    key.n.len = len;
    key.e.ptr = exponent;
    key.e.len = 8;
    for (; !*key.e.ptr; key.e.len--) {
        key.e.ptr++;
    }
    NEED(srl_rsa_power(&key, s, len, out));

    digits_of(base, s, len);
    digits_of(modulus, n, len);
    memcpy(power, base, sizeof base);
    while (!(e & bit)) {
        bit >>= 1;
    }
    while (bit >>= 1) {
        plain_mul(power, power, modulus, count);
        if (e & bit) plain_mul(power, base, modulus, count);
    }
    digits_of(got, out, len);
    if (memcmp(got, power, sizeof got)) {
        TEST_FAIL("s^e mod n is wrong: n of %zu bytes, first %02x, e %llu",
                  len, n[0], (unsigned long long)e);
    }
}

/* n of `bits` bits: random, all ones, or as few ones as there can be. */
static size_t
make_modulus(uint8_t *n, size_t bits, int kind)
{
    size_t len = (bits + 7) / 8;
    uint8_t top = (uint8_t)(1u << ((bits - 1) % 8));
    size_t i;

    for (i = 0; i < len; i++) {
        n[i] = kind == 0 ? (uint8_t)next_random() : kind == 1 ? 0xff : 0;
    }
    n[0] = (uint8_t)((n[0] & (top - 1)) | top);
    n[len - 1] |= 1;
    return len;
}

/* s below n: random, n - 1, the upper half of n with zeros below, 1, 0. */
static void
make_signature(uint8_t *s, const uint8_t *n, size_t len, int kind)
{
    size_t i;

    for (i = 0; i < len; i++) {
        s[i] = kind == 0 ? (uint8_t)next_random() : kind < 3 ? n[i] : 0;
        if (kind == 2 && i >= len / 2) s[i] = 0;
    }
    if (kind == 0) s[0] = (uint8_t)(n[0] ? s[0] % n[0] : 0);
    if (kind == 1) s[len - 1]--;
    if (kind == 3) s[len - 1] = 1;
}

/* Every size from one limb to the next, then the largest. */
TEST(test_rsa_power_every_size)
{
    uint8_t n[SRL_RSA_MAX_BITS / 8], s[SRL_RSA_MAX_BITS / 8];
    size_t bits;
    int kind;

    for (bits = 2048; bits <= 2113; bits++) {
        for (kind = 0; kind < 3; kind++) {
            size_t len = make_modulus(n, bits, kind);

            make_signature(s, n, len, (int)(bits + (size_t)kind) % 2);
            power_case(n, len, s, 3);
        }
    }
    for (bits = 8191; bits <= 8192; bits++) {
        for (kind = 0; kind < 3; kind++) {
            size_t len = make_modulus(n, bits, kind);

            make_signature(s, n, len, 0);
            power_case(n, len, s, 3);
        }
    }
}

TEST(test_rsa_power_every_exponent_and_edge)
{
    static const uint64_t exponents[] = {
        3, 5, 7, 17, 43147, 65537, UINT64_C(0x100000001),
        UINT64_C(0x8000000000000001), UINT64_C(0xffffffffffffffff)};
    uint8_t n[SRL_RSA_MAX_BITS / 8], s[SRL_RSA_MAX_BITS / 8];
    size_t i;
    int kind, edge;

    for (i = 0; i < sizeof exponents / sizeof *exponents; i++) {
        size_t len = make_modulus(n, 2048, 0);

        make_signature(s, n, len, 0);
        power_case(n, len, s, exponents[i]);
    }
    for (kind = 0; kind < 3; kind++) {
        for (edge = 0; edge < 5; edge++) {
            size_t len = make_modulus(n, 2048 + 61 * (size_t)edge, kind);

            make_signature(s, n, len, edge);
            power_case(n, len, s, 17);
        }
    }
}

TEST_MAIN(
    RUN(test_rsa_pkcs1_wycheproof);
    RUN(test_rsa_pss_wycheproof);
    RUN(test_rsa_pss_wycheproof_misc);
    RUN(test_rsa_sizes_and_exponents);
    RUN(test_rsa_pss_byte_before_the_block);
    RUN(test_rsa_any_bit_changed);
    RUN(test_rsa_other_hash_padding_or_salt);
    RUN(test_rsa_signature_out_of_range);
    RUN(test_rsa_keys_refused);
    RUN(test_rsa_good_signature_bad_key);
    RUN(test_rsa_bits);
    RUN(test_rsa_power_every_size);
    RUN(test_rsa_power_every_exponent_and_edge);
)
