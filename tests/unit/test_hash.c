/* cc -I. -o build/unit/test_hash tests/unit/test_hash.c
 *
 * SHA-256, SHA-384, SHA-512, HMAC and HKDF: the examples of FIPS 180-4,
 * RFC 4231 and RFC 5869, the vectors of Wycheproof and BoringSSL, and every
 * length and cut around the corners of blocks. All of it twice: in plain C,
 * and with what the CPU has. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../vectors.h"

static const srl_hash_id ids[3] = {SRL_SHA256, SRL_SHA384, SRL_SHA512};

/* for (turn = 0; use_cpu(turn); turn++): plain C, then the CPU's own way if
 * it has one; then everything as before. */
static bool
use_cpu(int turn)
{
    srl_cpu_found = 0;
    if (turn == 1) return (srl_cpu() & SRL_CPU_SHA) != 0;
    if (turn == 0) srl_cpu_found = SRL_CPU_KNOWN;
    return turn == 0;
}

static const char *
hex_of(const uint8_t *data, size_t len)
{
    static char text[129];
    size_t i;

    text[0] = '\0';
    for (i = 0; i < len && i < 64; i++) {
        snprintf(text + 2 * i, 3, "%02x", data[i]);
    }
    return text;
}

/* From a block of exactly that size, so that a sanitizer sees each byte read
 * outside. */
static void *
copy_of(const void *data, size_t len)
{
    void *copy = malloc(len ? len : 1);

    if (!copy) abort();
    if (len) memcpy(copy, data, len);
    return copy;
}

static const char *
digest_of(srl_hash_id id, const void *data, size_t len)
{
    void *copy = copy_of(data, len);
    uint8_t digest[SRL_HASH_MAX];

    srl_hash_of(id, copy, len, digest);
    free(copy);
    return hex_of(digest, srl_hash_len(id));
}

static bool
is_zero(const void *data, size_t len)
{
    const uint8_t *p = (const uint8_t *)data;
    size_t i;

    for (i = 0; i < len; i++) {
        if (p[i]) return false;
    }
    return true;
}

/* A small generator: the same bytes in every run. */
static uint32_t
next_random(void)
{
    static uint64_t state = 1;

    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

/* ---- SHA-2 --------------------------------------------------------------- */

/* The examples of FIPS 180-4 (csrc.nist.gov, "Examples with intermediate
 * values") and the empty message. */
static const struct hash_case {
    srl_hash_id id;
    const char *text;
    const char *digest;
} hash_cases[] = {
    {SRL_SHA256,
     "",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {SRL_SHA256,
     "abc",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {SRL_SHA256,
     "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {SRL_SHA256,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {SRL_SHA384,
     "",
     "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
     "274edebfe76f65fbd51ad2f14898b95b"},
    {SRL_SHA384,
     "abc",
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
     "8086072ba1e7cc2358baeca134c825a7"},
    {SRL_SHA384,
     "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6"
     "b0455a8520bc4e6f5fe95b1fe3c8452b"},
    {SRL_SHA384,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712"
     "fcc7c71a557e2db966c3e9fa91746039"},
    {SRL_SHA512,
     "",
     "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
     "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"},
    {SRL_SHA512,
     "abc",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {SRL_SHA512,
     "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c335"
     "96fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445"},
    {SRL_SHA512,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
     "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"},
};

static const char *const million[3] = {
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b"
    "07b8b3dc38ecc4ebae97ddd87f3d8985",
    "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
    "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"};

static const char *const of_all_lengths[3] = {
    "60d63ff40b5558727a9b786ac0be9300f7ca58fd9ddd3b2f3681b369018a87dc",
    "022ac2b92dcdb9358b044b9475cd22bacae49d2510f5493370847b4c61050cac"
    "c2325d1d80119adbc3ca9eaa7ecd3de7",
    "e1f2f7d5d8fc48db06ec2a0eed639593f549caffa40245747258761214a3ec07"
    "134903fde52ace6cfae161a82097ba01f33a97d48dd6a80d4521d96d7401357e"};

TEST(test_hash_fips_examples)
{
    size_t i;
    int turn;

    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < sizeof hash_cases / sizeof *hash_cases; i++) {
            const struct hash_case *c = &hash_cases[i];

            CHECK_STR(digest_of(c->id, c->text, strlen(c->text)), c->digest);
        }
    }
}

TEST(test_hash_a_million_times_a)
{
    uint8_t *text = (uint8_t *)malloc(1000000);
    int turn, i;

    if (!text) abort();
    memset(text, 'a', 1000000);
    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < 3; i++) {
            CHECK_STR(digest_of(ids[i], text, 1000000), million[i]);
        }
    }
    free(text);
}

/* Against Python's hashlib. */
TEST(test_hash_every_length)
{
    uint8_t text[300], digest[SRL_HASH_MAX];
    size_t len, j;
    int turn, i;

    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < 3; i++) {
            srl_hash all;

            srl_hash_init(&all, ids[i]);
            for (len = 0; len <= 300; len++) {
                void *copy;

                for (j = 0; j < len; j++) {
                    text[j] = (uint8_t)(j * 7 + len);
                }
                copy = copy_of(text, len);
                srl_hash_of(ids[i], copy, len, digest);
                srl_hash_add(&all, digest, srl_hash_len(ids[i]));
                free(copy);
            }
            srl_hash_end(&all, digest);
            CHECK_STR(hex_of(digest, srl_hash_len(ids[i])),
                      of_all_lengths[i]);
        }
    }
}

/* Every length up to 300 cut at every byte; the hash must be the same, and
 * nothing may be left in the struct. */
static size_t
cuts_that_differ(srl_hash_id id, const uint8_t *text, size_t len)
{
    uint8_t want[SRL_HASH_MAX], got[SRL_HASH_MAX];
    size_t bad = 0;
    size_t cut;

    srl_hash_of(id, text, len, want);
    for (cut = 0; cut <= len; cut++) {
        srl_hash hash;

        srl_hash_init(&hash, id);
        srl_hash_add(&hash, text, cut);
        srl_hash_add(&hash, NULL, 0);
        srl_hash_add(&hash, text + cut, len - cut);
        srl_hash_end(&hash, got);
        bad += memcmp(got, want, srl_hash_len(id)) != 0;
        bad += !is_zero(&hash, sizeof hash);
    }
    return bad;
}

TEST(test_hash_cut_anywhere)
{
    uint8_t text[300];
    size_t len;
    int turn, i;

    for (len = 0; len < sizeof text; len++) {
        text[len] = (uint8_t)next_random();
    }
    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < 3; i++) {
            for (len = 0; len <= sizeof text; len++) {
                CHECK_INT(cuts_that_differ(ids[i], text, len), 0);
            }
        }
    }
}

TEST(test_hash_byte_by_byte)
{
    uint8_t text[1000], one[SRL_HASH_MAX], all[SRL_HASH_MAX];
    size_t j;
    int turn, i;

    for (j = 0; j < sizeof text; j++) {
        text[j] = (uint8_t)next_random();
    }
    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < 3; i++) {
            srl_hash hash;

            srl_hash_init(&hash, ids[i]);
            for (j = 0; j < sizeof text; j++) {
                srl_hash_add(&hash, text + j, 1);
            }
            srl_hash_end(&hash, one);
            srl_hash_of(ids[i], text, sizeof text, all);
            CHECK_MEM(one, srl_hash_len(ids[i]), all, srl_hash_len(ids[i]));
        }
    }
}

/* What TLS does with the transcript: the copy and the original go on, each in
 * its own way. */
TEST(test_hash_copy_of_a_running_hash)
{
    static const char text[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef!";
    uint8_t got[SRL_HASH_MAX], want[SRL_HASH_MAX];
    size_t at;
    int turn, i;

    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < 3; i++) {
            for (at = 0; at < sizeof text; at++) {
                size_t len = srl_hash_len(ids[i]);
                srl_hash hash, copy;

                srl_hash_init(&hash, ids[i]);
                srl_hash_add(&hash, text, at);
                copy = hash;
                srl_hash_end(&copy, got);
                srl_hash_of(ids[i], text, at, want);
                CHECK_MEM(got, len, want, len);
                copy = hash;
                srl_hash_add(&copy, "other", 5);
                srl_hash_add(&hash, text + at, sizeof text - at);
                srl_hash_end(&copy, want);
                srl_hash_end(&hash, got);
                CHECK(memcmp(got, want, len) != 0);
                srl_hash_of(ids[i], text, sizeof text, want);
                CHECK_MEM(got, len, want, len);
            }
        }
    }
}

TEST(test_hash_cpu_is_plain_c)
{
    size_t bad = 0;
    int i;

    if (!(srl_cpu() & SRL_CPU_SHA)) {
        SKIP("this CPU has no instructions for SHA-256");
        return;
    }
    for (i = 0; i < 2000; i++) {
        size_t len = next_random() % 5000;
        size_t offset = next_random() % 64;
        uint8_t *room = (uint8_t *)malloc(offset + len + 1);
        uint8_t plain[32], fast[32];
        size_t j;

        if (!room) abort();
        for (j = 0; j < len; j++) {
            room[offset + j] = (uint8_t)next_random();
        }
        use_cpu(0);
        srl_hash_of(SRL_SHA256, room + offset, len, plain);
        use_cpu(1);
        srl_hash_of(SRL_SHA256, room + offset, len, fast);
        bad += memcmp(plain, fast, 32) != 0;
        free(room);
    }
    use_cpu(2);
    CHECK_INT(bad, 0);
}

/* ---- HMAC ---------------------------------------------------------------- */

static void
mac_of(srl_hash_id id, const void *key, size_t key_len, const void *data,
       size_t len, uint8_t mac[SRL_HASH_MAX])
{
    srl_hmac hmac;

    srl_hmac_init(&hmac, id, (const uint8_t *)key, key_len);
    srl_hmac_add(&hmac, data, len / 3);
    srl_hmac_add(&hmac, (const uint8_t *)data + len / 3, len - len / 3);
    srl_hmac_end(&hmac, mac);
    CHECK(is_zero(&hmac, sizeof hmac));
}

/* RFC 4231 section 4. */
static const struct hmac_case {
    const char *key;
    const char *data;
    const char *mac[3];
} hmac_cases[] = {
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
     "4869205468657265",
     {"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
      "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
      "faea9ea9076ede7f4af152e8b2fa9cb6",
      "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
      "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"}},
    {"4a656665",
     "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     {"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
      "8e2240ca5e69e2c78b3239ecfab21649",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
      "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"}},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
     "dddddddddddddddddddddddddddddddddddd",
     {"773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
      "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b"
      "2a5ab39dc13814b94e3ab6e101a34f27",
      "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
      "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"}},
    {"0102030405060708090a0b0c0d0e0f10111213141516171819",
     "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
     "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
     {"82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
      "3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e"
      "6801dd23c4a7d679ccf8a386c674cffb",
      "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
      "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"}},
    {"0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
     "546573742057697468205472756e636174696f6e",
     {"a3b6167473100ee06e0c796c2955552b",
      "3abf34c3503b2a23a46efc619baef897",
      "415fad6271580a531d4179bc891d87a6"}},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
     "65204b6579202d2048617368204b6579204669727374",
     {"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
      "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
      "0c2ef6ab4030fe8296248df163f44952",
      "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
      "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"}},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaa",
     "5468697320697320612074657374207573696e672061206c6172676572207468"
     "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
     "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
     "647320746f20626520686173686564206265666f7265206265696e6720757365"
     "642062792074686520484d414320616c676f726974686d2e",
     {"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
      "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5"
      "a678cc31e799176d3860e6110c46523e",
      "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
      "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"}},
};

TEST(test_hmac_rfc4231)
{
    size_t i;
    int turn, h;

    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < sizeof hmac_cases / sizeof *hmac_cases; i++) {
            const struct hmac_case *c = &hmac_cases[i];
            size_t key_len = 0, len = 0;
            uint8_t *key = vectors_bytes(c->key, &key_len);
            uint8_t *data = vectors_bytes(c->data, &len);

            for (h = 0; h < 3; h++) {
                uint8_t mac[SRL_HASH_MAX];

                mac_of(ids[h], key, key_len, data, len, mac);
                CHECK_STR(hex_of(mac, strlen(c->mac[h]) / 2), c->mac[h]);
            }
            free(key);
            free(data);
        }
    }
}

/* A key as long as a block is used as it is, a longer one as its digest. */
TEST(test_hmac_keys_around_a_block)
{
    uint8_t key[130], digest[SRL_HASH_MAX], a[SRL_HASH_MAX], b[SRL_HASH_MAX];
    int i;

    memset(key, 0x5a, sizeof key);
    for (i = 0; i < 3; i++) {
        size_t block = ids[i] == SRL_SHA256 ? 64 : 128;
        size_t len = srl_hash_len(ids[i]);

        srl_hash_of(ids[i], key, block + 1, digest);
        mac_of(ids[i], key, block + 1, "x", 1, a);
        mac_of(ids[i], digest, len, "x", 1, b);
        CHECK_MEM(a, len, b, len);
        srl_hash_of(ids[i], key, block, digest);
        mac_of(ids[i], key, block, "x", 1, a);
        mac_of(ids[i], digest, len, "x", 1, b);
        CHECK(memcmp(a, b, len) != 0);
        mac_of(ids[i], NULL, 0, "x", 1, a);
        memset(digest, 0, sizeof digest);
        mac_of(ids[i], digest, len, "x", 1, b);
        CHECK_MEM(a, len, b, len);
    }
}

static void
hmac_wycheproof(const char *name, srl_hash_id id)
{
    json *doc = vectors_json(name);
    size_t seen = 0;
    json *g, *t;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (g = json_get(doc, "testGroups")->child; g; g = g->next) {
        size_t tag_len = (size_t)json_get(g, "tagSize")->number / 8;

        for (t = json_get(g, "tests")->child; t; t = t->next) {
            bool valid = !strcmp(json_text(t, "result"), "valid");
            size_t key_len = 0, len = 0, got_len = 0;
            uint8_t *key = vectors_bytes(json_text(t, "key"), &key_len);
            uint8_t *msg = vectors_bytes(json_text(t, "msg"), &len);
            uint8_t *tag = vectors_bytes(json_text(t, "tag"), &got_len);
            uint8_t mac[SRL_HASH_MAX];

            NEED(key && msg && tag && tag_len <= srl_hash_len(id));
            mac_of(id, key, key_len, msg, len, mac);
            if ((got_len == tag_len && srl_ct_equal(mac, tag, tag_len)) !=
                valid) {
                TEST_FAIL("%s case %s", name, json_get(t, "tcId")->text);
            }
            seen++;
            free(key);
            free(msg);
            free(tag);
        }
    }
    CHECK(seen >= 174);
    json_free(doc);
}

TEST(test_hmac_wycheproof)
{
    int turn;

    for (turn = 0; use_cpu(turn); turn++) {
        hmac_wycheproof("wycheproof/hmac_sha256_test.json", SRL_SHA256);
        hmac_wycheproof("wycheproof/hmac_sha384_test.json", SRL_SHA384);
        hmac_wycheproof("wycheproof/hmac_sha512_test.json", SRL_SHA512);
    }
}

/* ---- "Name = value" files of BoringSSL ----------------------------------- */

/* The value in the line at `line`, which is "text" or hexadecimal. */
static size_t
boring_value(const char *line, uint8_t *out, size_t cap)
{
    const char *at = strchr(line, '=');
    size_t len;
    char text[1024];
    long got;

    if (!at) return 0;
    at += 1 + (at[1] == ' ');
    len = strcspn(at, "\r\n");
    if (len >= sizeof text || len > cap) abort();
    if (*at == '"') {
        memcpy(out, at + 1, len - 2);
        return len - 2;
    }
    memcpy(text, at, len);
    text[len] = '\0';
    got = vectors_hex(text, out, cap);
    if (got < 0) abort();
    return (size_t)got;
}

TEST(test_hmac_boringssl)
{
    const char *path = vectors_path("boringssl_txt/hmac_tests.txt");
    size_t file_len, key_len = 0, len = 0, want_len;
    char *file = json_read_file(path, &file_len);
    uint8_t key[1024], input[1024], want[1024], mac[SRL_HASH_MAX];
    int ours = 0, left_out = 0;
    srl_hash_id id = SRL_SHA256;
    bool is_ours = false;
    char *line;

    if (!file) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (line = file; *line; line += strcspn(line, "\n"), line += !!*line) {
        if (!strncmp(line, "HMAC = ", 7)) {
            const char *name = line + 7;

            is_ours = true;
            if (!strncmp(name, "SHA256", 6)) {
                id = SRL_SHA256;
            } else if (!strncmp(name, "SHA384", 6)) {
                id = SRL_SHA384;
            } else if (!strncmp(name, "SHA512", 6)) {
                id = SRL_SHA512;
            } else {
                is_ours = false;
            }
        } else if (!strncmp(line, "Key =", 5)) {
            key_len = boring_value(line, key, sizeof key);
        } else if (!strncmp(line, "Input =", 7)) {
            len = boring_value(line, input, sizeof input);
        } else if (!strncmp(line, "Output =", 8)) {
            left_out += !is_ours;
            if (!is_ours) continue;
            ours++;
            want_len = boring_value(line, want, sizeof want);
            mac_of(id, key, key_len, input, len, mac);
            CHECK_MEM(mac, srl_hash_len(id), want, want_len);
        }
    }
    CHECK_INT(ours, 11);
    CHECK_INT(left_out, 12); /* MD5, SHA-1, SHA-224 */
    free(file);
}

/* ---- HKDF ---------------------------------------------------------------- */

/* RFC 5869 appendix A.1 to A.3; A.4 and later are of SHA-1. */
static const struct hkdf_case {
    const char *key, *salt, *info, *prk, *okm;
} hkdf_cases[] = {
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
     "000102030405060708090a0b0c",
     "f0f1f2f3f4f5f6f7f8f9",
     "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
     "34007208d5b887185865"},
    {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
     "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
     "404142434445464748494a4b4c4d4e4f",
     "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
     "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
     "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
     "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
     "d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
     "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
     "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
     "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
     "cc30c58179ec3e87c14c01d5c1f3434f1d87"},
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
     "",
     "",
     "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
     "9d201395faa4b61a96c8"},
};

TEST(test_hkdf_rfc5869)
{
    size_t i;
    int turn;

    for (turn = 0; use_cpu(turn); turn++) {
        for (i = 0; i < sizeof hkdf_cases / sizeof *hkdf_cases; i++) {
            const struct hkdf_case *c = &hkdf_cases[i];
            size_t key_len, salt_len, info_len, okm_len;
            uint8_t *key = vectors_bytes(c->key, &key_len);
            uint8_t *salt = vectors_bytes(c->salt, &salt_len);
            uint8_t *info = vectors_bytes(c->info, &info_len);
            uint8_t *okm = vectors_bytes(c->okm, &okm_len);
            uint8_t prk[32], got[128];

            srl_hkdf_extract(SRL_SHA256, salt, salt_len, key, key_len, prk);
            CHECK_STR(hex_of(prk, 32), c->prk);
            srl_hkdf_expand(SRL_SHA256, prk, info, info_len, got, okm_len);
            CHECK_MEM(got, okm_len, okm, strlen(c->okm) / 2);
            free(key);
            free(salt);
            free(info);
            free(okm);
        }
    }
}

/* Vectors that ask for more than 255 digests are left out: by its contract
 * srl_hkdf_expand is not asked for that. */
static void
hkdf_wycheproof(const char *name, srl_hash_id id, size_t least)
{
    json *doc = vectors_json(name);
    size_t seen = 0, too_long = 0;
    json *g, *t;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (g = json_get(doc, "testGroups")->child; g; g = g->next) {
        for (t = json_get(g, "tests")->child; t; t = t->next) {
            bool valid = !strcmp(json_text(t, "result"), "valid");
            size_t size = (size_t)json_get(t, "size")->number;
            size_t key_len, salt_len, info_len, want_len;
            uint8_t *key, *salt, *info, *want, *got;
            uint8_t prk[SRL_HASH_MAX];

            CHECK(valid == (size <= 255 * srl_hash_len(id)));
            too_long += !valid;
            if (!valid) continue;
            key = vectors_bytes(json_text(t, "ikm"), &key_len);
            salt = vectors_bytes(json_text(t, "salt"), &salt_len);
            info = vectors_bytes(json_text(t, "info"), &info_len);
            want = vectors_bytes(json_text(t, "okm"), &want_len);
            got = (uint8_t *)malloc(size ? size : 1);
            NEED(key && salt && info && want && got);
            srl_hkdf_extract(id, salt, salt_len, key, key_len, prk);
            srl_hkdf_expand(id, prk, info, info_len, got, size);
            if (size != want_len || memcmp(got, want, size)) {
                TEST_FAIL("%s case %s", name, json_get(t, "tcId")->text);
            }
            seen++;
            free(key);
            free(salt);
            free(info);
            free(want);
            free(got);
        }
    }
    CHECK(seen >= least);
    CHECK_INT(too_long, 3);
    json_free(doc);
}

TEST(test_hkdf_wycheproof)
{
    int turn;

    for (turn = 0; use_cpu(turn); turn++) {
        hkdf_wycheproof("wycheproof/hkdf_sha256_test.json", SRL_SHA256, 83);
        hkdf_wycheproof("wycheproof/hkdf_sha384_test.json", SRL_SHA384, 80);
    }
}

/* TLS 1.3 puts each secret over the one before it (RFC 8446 7.1). */
TEST(test_hkdf_extract_over_its_inputs)
{
    uint8_t salt[SRL_HASH_MAX], key[SRL_HASH_MAX], want[SRL_HASH_MAX];
    int i;

    for (i = 0; i < 3; i++) {
        size_t len = srl_hash_len(ids[i]);

        memset(salt, 1, sizeof salt);
        memset(key, 2, sizeof key);
        srl_hkdf_extract(ids[i], salt, len, key, len, want);
        srl_hkdf_extract(ids[i], salt, len, key, len, key);
        CHECK_MEM(key, len, want, len);
        memset(key, 2, sizeof key);
        srl_hkdf_extract(ids[i], salt, len, key, len, salt);
        CHECK_MEM(salt, len, want, len);
    }
}

/* Each length gives the beginning of the longest, and not a byte more. */
TEST(test_hkdf_expand_every_length)
{
    uint8_t prk[SRL_HASH_MAX], all[200], got[201];
    size_t len;
    int i;

    memset(prk, 3, sizeof prk);
    for (i = 0; i < 3; i++) {
        srl_hkdf_expand(ids[i], prk, NULL, 0, all, sizeof all);
        for (len = 0; len <= sizeof all; len++) {
            memset(got, 0x77, sizeof got);
            srl_hkdf_expand(ids[i], prk, NULL, 0, got, len);
            CHECK_MEM(got, len, all, len);
            CHECK(got[len] == 0x77);
        }
    }
}

/* ---- comparing, the CPU -------------------------------------------------- */

TEST(test_ct_equal_sees_each_bit)
{
    uint8_t a[70], b[70];
    size_t len, at;
    int bit;

    for (len = 0; len < sizeof a; len++) {
        a[len] = b[len] = (uint8_t)next_random();
    }
    CHECK(srl_ct_equal(NULL, NULL, 0));
    for (len = 0; len <= sizeof a; len++) {
        CHECK(srl_ct_equal(a, b, len));
        for (at = 0; at < sizeof a; at++) {
            for (bit = 0; bit < 8; bit++) {
                b[at] ^= (uint8_t)(1u << bit);
                CHECK(srl_ct_equal(a, b, len) == (at >= len));
                b[at] = a[at];
            }
        }
    }
    memset(b, 0, sizeof b);
    for (at = 0; at < sizeof a; at++) {
        a[at] = (uint8_t)~b[at];
    }
    CHECK(!srl_ct_equal(a, b, sizeof a));
}

/* Of either kind: only what the compiler knows changes. */
TEST(test_ct_hide_keeps_the_value)
{
    uint64_t wide = UINT64_C(0x8000000000000001);
    uint32_t mask = 0xffffffffu;

    SRL_CT_HIDE(wide);
    SRL_CT_HIDE(mask);
    CHECK(wide == UINT64_C(0x8000000000000001) && mask == 0xffffffffu);
    srl_ct_touch(&wide, sizeof wide);
    srl_ct_touch(&mask, sizeof mask);
    CHECK(wide == UINT64_C(0x8000000000000001) && mask == 0xffffffffu);
}

TEST(test_cpu_is_asked_once)
{
    unsigned found;

    srl_cpu_found = 0;
    found = srl_cpu();
    CHECK(found & SRL_CPU_KNOWN);
    CHECK_INT(srl_cpu(), found);
#if defined(SRL_CRYPTO_X86)
    __builtin_cpu_init();
    CHECK(found & SRL_CPU_SSE2);
    CHECK(!(found & SRL_CPU_NEON));
    CHECK(!(found & SRL_CPU_AVX2) == !__builtin_cpu_supports("avx2"));
    CHECK(!(found & SRL_CPU_AES) == !(__builtin_cpu_supports("aes") &&
                                      __builtin_cpu_supports("pclmul")));
    CHECK_INT(srl_cpu_found, found);
#elif defined(SRL_CRYPTO_ARM)
    CHECK(found & SRL_CPU_NEON);
    CHECK(!(found & SRL_CPU_SSE2));
#else
    CHECK_INT(found, SRL_CPU_KNOWN);
#endif
    srl_cpu_found = SRL_CPU_KNOWN; /* what tests do */
    CHECK_INT(srl_cpu(), SRL_CPU_KNOWN);
    srl_cpu_found = 0;
    CHECK_INT(srl_cpu(), found);
}

TEST_MAIN(
    RUN(test_hash_fips_examples);
    RUN(test_hash_a_million_times_a);
    RUN(test_hash_every_length);
    RUN(test_hash_cut_anywhere);
    RUN(test_hash_byte_by_byte);
    RUN(test_hash_copy_of_a_running_hash);
    RUN(test_hash_cpu_is_plain_c);
    RUN(test_hmac_rfc4231);
    RUN(test_hmac_keys_around_a_block);
    RUN(test_hmac_wycheproof);
    RUN(test_hmac_boringssl);
    RUN(test_hkdf_rfc5869);
    RUN(test_hkdf_wycheproof);
    RUN(test_hkdf_extract_over_its_inputs);
    RUN(test_hkdf_expand_every_length);
    RUN(test_ct_equal_sees_each_bit);
    RUN(test_ct_hide_keeps_the_value);
    RUN(test_cpu_is_asked_once);
)
