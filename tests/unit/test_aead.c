/* cc -I. -o build/unit/test_aead tests/unit/test_aead.c
 *
 * AES-GCM and ChaCha20-Poly1305: vectors of the standards and of others, and
 * each path a CPU may take against the portable one. test_aead32.c runs the
 * same without 128-bit integers. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../vectors.h"

typedef struct text {
    unsigned char *data;
    size_t len;
} text;

/* ---- the paths ----------------------------------------------------------- */

/* What keys are made for from now on. The last path is all the CPU has. */
static const unsigned path_bits[] = {
    0,
    SRL_CPU_AES | SRL_CPU_SSE2 | SRL_CPU_NEON,
    SRL_CPU_SSE2 | SRL_CPU_AVX2,
    ~0u
};
#define PATHS (sizeof path_bits / sizeof *path_bits)

static unsigned cpu_all; /* what was found before a test took from it */

static void
take_path(size_t path)
{
    if (!cpu_all) cpu_all = srl_cpu();
    srl_cpu_found = (cpu_all & path_bits[path]) | SRL_CPU_KNOWN;
}

static text
text_hex(const char *hex)
{
    text t;

    t.data = vectors_bytes(hex, &t.len);
    return t;
}

/* Up to the end of the line; "quoted" is taken as it stands. */
static text
text_line(const char *at)
{
    size_t len = strcspn(at, "\r\n");
    char *copy = (char *)malloc(len + 1);
    text t;

    if (!copy) abort();
    memcpy(copy, at, len);
    copy[len] = '\0';
    if (*copy == '"' && len >= 2) {
        memmove(copy, copy + 1, len - 2);
        t.data = (unsigned char *)copy;
        t.len = len - 2;
        return t;
    }
    t = text_hex(copy);
    free(copy);
    return t;
}

/* ---- one case ------------------------------------------------------------ */

typedef struct vector {
    srl_aead_id id;
    text key, nonce, aad, plain, cipher, tag;
    bool is_valid;
} vector;

static void
vector_free(vector *v)
{
    free(v->key.data);
    free(v->nonce.data);
    free(v->aad.data);
    free(v->plain.data);
    free(v->cipher.data);
    free(v->tag.data);
}

static bool
all_zero(const unsigned char *p, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (p[i]) return false;
    }
    return true;
}

/* Both ways, on every path. True if all is as the vector says. */
static bool
vector_holds(const vector *v)
{
    unsigned char tag[SRL_AEAD_TAG];
    unsigned char *out;
    srl_aead aead;
    size_t len = v->cipher.len;
    size_t bad = 0;
    size_t path;
    bool ok;

    if (!v->key.data || !v->nonce.data || !v->aad.data || !v->plain.data ||
        !v->cipher.data || !v->tag.data) return false;
    if (v->key.len != srl_aead_key_len(v->id) ||
        v->nonce.len != SRL_AEAD_NONCE || v->tag.len != SRL_AEAD_TAG ||
        v->plain.len != len) return false;
    out = (unsigned char *)malloc(len ? len : 1);
    if (!out) abort();
    for (path = 0; path < PATHS; path++) {
        take_path(path);
        srl_aead_init(&aead, v->id, v->key.data);
        if (v->is_valid) {
            srl_aead_seal(&aead, v->nonce.data, v->aad.data, v->aad.len,
                          v->plain.data, len, out, tag);
            bad += len && memcmp(out, v->cipher.data, len);
            bad += memcmp(tag, v->tag.data, sizeof tag) != 0;
        }
        memset(out, 0xa5, len);
        ok = srl_aead_open(&aead, v->nonce.data, v->aad.data, v->aad.len,
                           v->cipher.data, len, out, v->tag.data);
        bad += ok != v->is_valid;
        if (v->is_valid) {
            bad += len && memcmp(out, v->plain.data, len);
        } else {
            bad += !all_zero(out, len);
        }
    }
    free(out);
    return !bad;
}

/* ---- vectors of the standards -------------------------------------------- */

typedef struct known {
    srl_aead_id id;
    const char *key, *nonce, *aad, *plain, *cipher, *tag;
} known;

static void
check_known(const known *k, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++, k++) {
        vector v;

        v.id = k->id;
        v.key = text_hex(k->key);
        v.nonce = text_hex(k->nonce);
        v.aad = text_hex(k->aad);
        v.plain = text_hex(k->plain);
        v.cipher = text_hex(k->cipher);
        v.tag = text_hex(k->tag);
        v.is_valid = true;
        if (!vector_holds(&v)) TEST_FAIL("known answer %zu", i);
        vector_free(&v);
    }
}

#define ZERO16 "00000000000000000000000000000000"
#define GCM_KEY "feffe9928665731c6d6a8f9467308308"
#define GCM_AAD "feedfacedeadbeeffeedfacedeadbeefabaddad2"
#define GCM_NONCE "cafebabefacedbaddecaf888"
#define GCM_PLAIN \
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" \
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"

/* McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B: test
 * cases 1 to 4 and 13 to 16, the basis of SP 800-38D. */
TEST(test_aead_gcm_known_answers)
{
    static const known cases[] = {
        {SRL_AES_128_GCM, ZERO16, "000000000000000000000000", "", "", "",
         "58e2fccefa7e3061367f1d57a4e7455a"},
        {SRL_AES_128_GCM, ZERO16, "000000000000000000000000", "", ZERO16,
         "0388dace60b6a392f328c2b971b2fe78",
         "ab6e47d42cec13bdf53a67b21257bddf"},
        {SRL_AES_128_GCM, GCM_KEY, GCM_NONCE, "", GCM_PLAIN "1aafd255",
         "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
         "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985",
         "4d5c2af327cd64a62cf35abd2ba6fab4"},
        {SRL_AES_128_GCM, GCM_KEY, GCM_NONCE, GCM_AAD, GCM_PLAIN,
         "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
         "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
         "5bc94fbc3221a5db94fae95ae7121a47"},
        {SRL_AES_256_GCM, ZERO16 ZERO16, "000000000000000000000000", "", "",
         "", "530f8afbc74536b9a963b4f1c4cb738b"},
        {SRL_AES_256_GCM, ZERO16 ZERO16, "000000000000000000000000", "",
         ZERO16, "cea7403d4d606b6e074ec5d3baf39d18",
         "d0d1c8a799996bf0265b98b5d48ab919"},
        {SRL_AES_256_GCM, GCM_KEY GCM_KEY, GCM_NONCE, "",
         GCM_PLAIN "1aafd255",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
         "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
         "b094dac5d93471bdec1a502270e3cc6c"},
        {SRL_AES_256_GCM, GCM_KEY GCM_KEY, GCM_NONCE, GCM_AAD, GCM_PLAIN,
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
         "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
         "76fc6ece0f4e1768cddf8853bb2d551b"}
    };

    check_known(cases, sizeof cases / sizeof *cases);
}

/* RFC 8439 2.8.2. */
TEST(test_aead_chacha_known_answer)
{
    static const known cases[] = {
        {SRL_CHACHA20_POLY1305,
         "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
         "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7",
         "4c616469657320616e642047656e746c656d656e206f662074686520636c6173"
         "73206f66202739393a204966204920636f756c64206f6666657220796f75206f"
         "6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73"
         "637265656e20776f756c642062652069742e",
         "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
         "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
         "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
         "3ff4def08e4b7a9de576d26586cec64b6116",
         "1ae10b594f09e26a7e902ecbd0600691"}
    };

    check_known(cases, sizeof cases / sizeof *cases);
}

/* RFC 8439 appendix A.5: 265 bytes to decrypt. */
TEST(test_aead_chacha_a5)
{
    static const char start[] = "Internet-Drafts are draft documents valid "
        "for a maximum of six months and may be updated, replaced, or "
        "obsoleted by other documents at any time. It is inappropriate to "
        "use Internet-Drafts as reference material or to cite them other "
        "than as /";
    unsigned char key[32], nonce[12], aad[12], in[265], out[265], tag[16];
    srl_aead aead;
    size_t path;

    CHECK_INT(vectors_hex("1c9240a5eb55d38af333888604f6b5f0473917c1402b8009"
                          "9dca5cbc207075c0", key, 32), 32);
    CHECK_INT(vectors_hex("000000000102030405060708", nonce, 12), 12);
    CHECK_INT(vectors_hex("f33388860000000000004e91", aad, 12), 12);
    CHECK_INT(vectors_hex("eead9d67890cbb22392336fea1851f38", tag, 16), 16);
    CHECK_INT(vectors_hex(
        "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb2"
        "4c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf"
        "332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c855"
        "9797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4"
        "b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523e"
        "af4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a"
        "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a10"
        "49e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29"
        "a6ad5cb4022b02709b", in, sizeof in), 265);
    for (path = 0; path < PATHS; path++) {
        take_path(path);
        srl_aead_init(&aead, SRL_CHACHA20_POLY1305, key);
        CHECK(srl_aead_open(&aead, nonce, aad, 12, in, sizeof in, out, tag));
        CHECK(!memcmp(out, start, sizeof start - 1));
    }
}

/* ---- vectors of others --------------------------------------------------- */

static srl_aead_id
gcm_id(size_t key_len)
{
    return key_len == 32 ? SRL_AES_256_GCM : SRL_AES_128_GCM;
}

static double
group_number(const json *group, const char *key)
{
    const json *item = json_get(group, key);

    return item ? item->number : -1;
}

/* Returns the number of cases, -1 if the file is absent. What TLS 1.3 does not
 * have (other lengths of nonces and keys) is counted in *left_out. */
static long
wycheproof(const char *name, bool is_gcm, long *left_out)
{
    json *doc = vectors_json(name);
    json *group;
    json *item;
    long count = 0;

    if (!doc) return -1;
    *left_out = 0;
    for (group = json_get(doc, "testGroups")->child; group;
         group = group->next) {
        double key = group_number(group, "keySize");
        bool fits = group_number(group, "ivSize") == 96 &&
                    group_number(group, "tagSize") == 128 &&
                    (key == 256 || (is_gcm && key == 128));

        for (item = json_get(group, "tests")->child; item;
             item = item->next) {
            const char *result = json_text(item, "result");
            vector v;

            if (!fits || !result) {
                *left_out += 1;
                continue;
            }
            v.id = is_gcm ? gcm_id((size_t)key / 8) : SRL_CHACHA20_POLY1305;
            v.key = text_hex(json_text(item, "key"));
            v.nonce = text_hex(json_text(item, "iv"));
            v.aad = text_hex(json_text(item, "aad"));
            v.plain = text_hex(json_text(item, "msg"));
            v.cipher = text_hex(json_text(item, "ct"));
            v.tag = text_hex(json_text(item, "tag"));
            v.is_valid = !strcmp(result, "valid");
            if (!vector_holds(&v)) {
                TEST_FAIL("%s: case %.0f", name, group_number(item, "tcId"));
            }
            vector_free(&v);
            count++;
        }
    }
    json_free(doc);
    return count;
}

TEST(test_aead_wycheproof_gcm)
{
    long left_out;
    long count = wycheproof("wycheproof/aes_gcm_test.json", true, &left_out);

    if (count < 0) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    CHECK(count >= 133);
    printf("aes_gcm_test.json: %ld cases, %ld left out (other nonces or "
           "AES-192)\n", count, left_out);
}

TEST(test_aead_wycheproof_chacha)
{
    long left_out;
    long count = wycheproof("wycheproof/chacha20_poly1305_test.json", false,
                            &left_out);

    if (count < 0) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    CHECK(count >= 316);
    printf("chacha20_poly1305_test.json: %ld cases, %ld left out (other "
           "nonces)\n", count, left_out);
}

/* The value behind "NAME: " in a block of lines that ends with an empty one;
 * NULL if there is none. */
static const char *
field(const char *block, const char *end, const char *name, const char *mark)
{
    size_t len = strlen(name);

    while (block && block < end) {
        if (!strncmp(block, name, len) &&
            !strncmp(block + len, mark, strlen(mark))) {
            return block + len + strlen(mark);
        }
        block = strchr(block, '\n');
        if (block) block++;
    }
    return NULL;
}

static text
field_text(const char *block, const char *end, const char *name,
           const char *mark)
{
    const char *at = field(block, end, name, mark);
    text none = {NULL, 0};

    return at ? text_line(at) : none;
}

/* BoringSSL's form: KEY, NONCE, IN, AD, CT, TAG. Other lengths of nonces and
 * tags are counted in *left_out. */
static long
boringssl(const char *name, srl_aead_id id, long *left_out)
{
    size_t len;
    char *file = json_read_file(vectors_path(name), &len);
    const char *at;
    long count = 0;

    if (!file) return -1;
    for (at = strstr(file, "\nKEY: "); at; at = strstr(at, "\nKEY: ")) {
        const char *end = strstr(at, "\n\n");
        vector v;

        at++;
        if (!end) end = file + len;
        v.id = id;
        v.key = field_text(at, end, "KEY", ": ");
        v.nonce = field_text(at, end, "NONCE", ": ");
        v.aad = field_text(at, end, "AD", ": ");
        v.plain = field_text(at, end, "IN", ": ");
        v.cipher = field_text(at, end, "CT", ": ");
        v.tag = field_text(at, end, "TAG", ": ");
        v.is_valid = true;
        if (v.tag.data && v.nonce.data && (v.tag.len != SRL_AEAD_TAG ||
            v.nonce.len != SRL_AEAD_NONCE)) {
            *left_out += 1;
        } else {
            count++;
            if (!vector_holds(&v)) TEST_FAIL("%s: case %ld", name, count);
        }
        vector_free(&v);
    }
    free(file);
    return count;
}

static void
check_boringssl(const char *name, srl_aead_id id, long at_least)
{
    long left_out = 0;
    long count = boringssl(name, id, &left_out);

    if (count < 0) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    CHECK(count >= at_least);
    printf("%s: %ld cases, %ld left out (other nonces or tags)\n", name,
           count, left_out);
}

TEST(test_aead_boringssl_gcm_128)
{
    check_boringssl("boringssl_txt/aes_128_gcm_tests.txt", SRL_AES_128_GCM,
                    69);
}

TEST(test_aead_boringssl_gcm_256)
{
    check_boringssl("boringssl_txt/aes_256_gcm_tests.txt", SRL_AES_256_GCM,
                    64);
}

TEST(test_aead_boringssl_chacha)
{
    check_boringssl("boringssl_txt/chacha20_poly1305_tests.txt",
                    SRL_CHACHA20_POLY1305, 66);
}

/* Records are padded to whole blocks, so the part adds 2^128 to each block.
 * The last block of other messages has the one where they end (RFC 8439 2.5):
 * it is put in here, and 2^128 taken from the sum first. */
static void
poly_tag(const unsigned char key[32], const unsigned char *data, size_t len,
         unsigned char tag[16])
{
    unsigned char last[16];
    size_t whole = len / 16 * 16;
    srl_poly poly;

    srl_poly_init(&poly, key);
    srl_poly_blocks(&poly, data, whole);
    if (len > whole) {
        memset(last, 0, sizeof last);
        memcpy(last, data + whole, len - whole);
        last[len - whole] = 1;
#if defined(__SIZEOF_INT128__) && !defined(SURREAL_NO_INT128)
        poly.h[2] -= 1;
#else
        poly.h[4] -= 1u << 24;
#endif
        srl_poly_blocks(&poly, last, sizeof last);
    }
    srl_poly_end(&poly, tag);
}

/* With the cases of RFC 8439 A.3, whose sums are at the modulus. */
TEST(test_aead_poly1305_edges)
{
    size_t len;
    char *file = json_read_file(vectors_path("boringssl_txt/"
                                             "poly1305_tests.txt"), &len);
    const char *at;
    long count = 0;

    if (!file) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (at = strstr(file, "\nKey = "); at; at = strstr(at, "\nKey = ")) {
        const char *end = strstr(at, "\n\n");
        unsigned char tag[16];
        text key, in, mac;

        at++;
        if (!end) end = file + len;
        key = field_text(at, end, "Key", " = ");
        in = field_text(at, end, "Input", " = ");
        mac = field_text(at, end, "MAC", " = ");
        if (!key.data || !in.data || !mac.data || key.len != 32 ||
            mac.len != 16) {
            TEST_FAIL("poly1305_tests.txt: case %ld", count);
        } else {
            poly_tag(key.data, in.data, in.len, tag);
            CHECK_MEM(tag, 16, mac.data, mac.len);
            count++;
        }
        free(key.data);
        free(in.data);
        free(mac.data);
    }
    free(file);
    CHECK(count >= 33);
    printf("poly1305_tests.txt: %ld cases\n", count);
}

/* ---- paths against each other -------------------------------------------- */

static uint32_t noise_state = 1;

static void
noise(unsigned char *out, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        noise_state = noise_state * 1664525u + 1013904223u;
        out[i] = (unsigned char)(noise_state >> 24);
    }
}

#define LONGEST 700

typedef struct room {
    unsigned char key[32], nonce[12], aad[40];
    unsigned char plain[LONGEST], cipher[LONGEST], tag[16];
} room;

/* `aead` against what the portable path made, at addresses `shift` away from
 * what malloc gives and with the end where the sanitizer's wall is. */
static size_t
against(const srl_aead *aead, const room *r, size_t aad_len, size_t len,
        size_t shift)
{
    unsigned char *in = (unsigned char *)malloc(shift + len + 1);
    unsigned char *out = (unsigned char *)malloc(len + shift + 1);
    unsigned char tag[16];
    size_t bad = 0;

    if (!in || !out) abort();
    memcpy(in + shift + 1, r->plain, len);
    srl_aead_seal(aead, r->nonce, r->aad, aad_len, in + shift + 1, len,
                  out + shift + 1, tag);
    bad += memcmp(out + shift + 1, r->cipher, len) != 0;
    bad += memcmp(tag, r->tag, 16) != 0;
    srl_aead_seal(aead, r->nonce, r->aad, aad_len, in + shift + 1, len,
                  in + shift + 1, tag);
    bad += memcmp(in + shift + 1, r->cipher, len) != 0;
    bad += memcmp(tag, r->tag, 16) != 0;
    memset(out, 0, len + shift + 1);
    bad += !srl_aead_open(aead, r->nonce, r->aad, aad_len, in + shift + 1,
                          len, out + shift + 1, tag);
    bad += memcmp(out + shift + 1, r->plain, len) != 0;
    bad += !srl_aead_open(aead, r->nonce, r->aad, aad_len, in + shift + 1,
                          len, in + shift + 1, tag);
    bad += memcmp(in + shift + 1, r->plain, len) != 0;
    free(in);
    free(out);
    return bad;
}

static void
check_lengths(srl_aead_id id)
{
    static room r;
    srl_aead plain, fast[PATHS];
    size_t len, path;

    noise(r.key, sizeof r.key);
    for (path = 0; path < PATHS; path++) {
        take_path(path);
        srl_aead_init(&fast[path], id, r.key);
    }
    plain = fast[0];
    for (len = 0; len <= LONGEST; len++) {
        size_t aad_len = len % (sizeof r.aad + 1);

        noise(r.nonce, sizeof r.nonce);
        noise(r.aad, sizeof r.aad);
        noise(r.plain, sizeof r.plain);
        srl_aead_seal(&plain, r.nonce, r.aad, aad_len, r.plain, len,
                      r.cipher, r.tag);
        for (path = 0; path < PATHS; path++) {
            if (against(&fast[path], &r, aad_len, len, len * 7 % 16)) {
                TEST_FAIL("cipher %d, path %zu, length %zu", (int)id, path,
                          len);
            }
        }
    }
}

TEST(test_aead_every_length_on_every_path)
{
    check_lengths(SRL_AES_128_GCM);
    check_lengths(SRL_AES_256_GCM);
    check_lengths(SRL_CHACHA20_POLY1305);
}

/* Longer than a record and than any batch, with limbs full of ones. */
TEST(test_aead_long_texts)
{
    static unsigned char in[40000], out[2][sizeof in];
    unsigned char key[32], nonce[12], tag[2][16];
    srl_aead aead;
    int id, turn;
    size_t path;

    for (id = SRL_AES_128_GCM; id <= SRL_CHACHA20_POLY1305; id++) {
        for (turn = 0; turn < 6; turn++) {
            size_t len = sizeof in - (size_t)turn * 97;

            noise(key, sizeof key);
            noise(nonce, sizeof nonce);
            if (turn & 1) memset(in, 0xff, sizeof in);
            else noise(in, sizeof in);
            for (path = 0; path < PATHS; path++) {
                take_path(path);
                srl_aead_init(&aead, (srl_aead_id)id, key);
                srl_aead_seal(&aead, nonce, in, 1000, in, len,
                              out[path != 0], tag[path != 0]);
                CHECK(!path || !memcmp(out[0], out[1], len));
                CHECK(!path || !memcmp(tag[0], tag[1], 16));
                CHECK(srl_aead_open(&aead, nonce, in, 1000, out[path != 0],
                                    len, out[path != 0], tag[path != 0]));
                CHECK(!memcmp(out[path != 0], in, len));
                if (!path) {
                    srl_aead_seal(&aead, nonce, in, 1000, in, len, out[0],
                                  tag[0]);
                }
            }
        }
    }
}

/* Poly1305 of texts whose sums and limbs are at their limits: ones, zeros, and
 * values around the modulus, straight against arithmetic in long hand. */
static void
slow_poly(const unsigned char key[32], const unsigned char *data, size_t len,
          unsigned char tag[16])
{
    unsigned h[17], r[17], product[34], carry;
    size_t at, i, j;

    memset(h, 0, sizeof h);
    for (i = 0; i < 16; i++) {
        r[i] = key[i];
    }
    r[3] &= 15;
    r[7] &= 15;
    r[11] &= 15;
    r[15] &= 15;
    r[4] &= 252;
    r[8] &= 252;
    r[12] &= 252;
    r[16] = 0;
    for (at = 0; at < len; at += 16) {
        carry = 0;
        for (i = 0; i < 17; i++) {
            carry += h[i] + (i < 16 ? data[at + i] : 1u);
            h[i] = carry & 255;
            carry >>= 8;
        }
        memset(product, 0, sizeof product);
        for (i = 0; i < 17; i++) {
            for (j = 0; j < 17; j++) {
                product[i + j] += h[i] * r[j];
            }
        }
        carry = 0;
        for (i = 0; i < 34; i++) {
            carry += product[i];
            product[i] = carry & 255;
            carry >>= 8;
        }
        /* 2^136 is 2^6 * 5 = 320. */
        carry = 0;
        for (i = 0; i < 17; i++) {
            carry += product[i] + 320 * product[i + 17];
            h[i] = carry & 255;
            carry >>= 8;
        }
        while (carry || h[16] > 3) {
            unsigned top = (carry << 6) + (h[16] >> 2);

            h[16] &= 3;
            carry = top * 5;
            for (i = 0; i < 17; i++) {
                carry += h[i];
                h[i] = carry & 255;
                carry >>= 8;
            }
        }
    }
    /* Below the modulus: h + 5 has bit 130 if it is not. */
    carry = 5;
    for (i = 0; i < 17; i++) {
        carry += h[i];
        product[i] = carry & 255;
        carry >>= 8;
    }
    if (product[16] > 3) memcpy(h, product, sizeof h);
    carry = 0;
    for (i = 0; i < 16; i++) {
        carry += h[i] + key[16 + i];
        tag[i] = (unsigned char)carry;
        carry >>= 8;
    }
}

TEST(test_aead_poly1305_against_long_hand)
{
    static const unsigned char fill[] = {0x00, 0xff, 0xfb, 0x01, 0x7f, 0x80};
    unsigned char key[32], data[256], got[16], want[16];
    size_t bad = 0;
    int turn;

    for (turn = 0; turn < 3000; turn++) {
        size_t len = (size_t)(turn % 16 + 1) * 16;
        size_t i;

        noise(key, sizeof key);
        noise(data, sizeof data);
        if (turn % 3 == 0) memset(key, fill[turn / 3 % 6], 16);
        if (turn % 5 == 0) memset(key, 0, 16), key[0] = (unsigned char)turn;
        if (turn % 7 < 4) {
            for (i = 0; i < len; i++) {
                data[i] = fill[(i / 16 + (size_t)turn) % 6];
            }
        }
        if (turn % 7 == 1) data[0] = fill[turn % 6];
        slow_poly(key, data, len, want);
        poly_tag(key, data, len, got);
        bad += memcmp(got, want, 16) != 0;
    }
    CHECK_INT(bad, 0);
}

/* ---- refusals ------------------------------------------------------------ */

static void
check_refusals(srl_aead_id id, size_t len)
{
    unsigned char key[32], nonce[12], aad[5], plain[300], sealed[300];
    unsigned char out[300], tag[16];
    srl_aead aead;
    size_t path, bit;

    noise(key, sizeof key);
    noise(nonce, sizeof nonce);
    noise(aad, sizeof aad);
    noise(plain, sizeof plain);
    for (path = 0; path < PATHS; path++) {
        take_path(path);
        srl_aead_init(&aead, id, key);
        srl_aead_seal(&aead, nonce, aad, sizeof aad, plain, len, sealed, tag);
        for (bit = 0; bit < 128 + 8 * len + 40 + 96; bit++) {
            unsigned char *at = bit < 128 ? tag + bit / 8
                : bit < 128 + 8 * len ? sealed + (bit - 128) / 8
                : bit < 168 + 8 * len ? aad + (bit - 128 - 8 * len) / 8
                : nonce + (bit - 168 - 8 * len) / 8;
            unsigned char flip = (unsigned char)(1u << bit % 8);

            *at = (unsigned char)(*at ^ flip);
            memset(out, 0xa5, sizeof out);
            CHECK(!srl_aead_open(&aead, nonce, aad, sizeof aad, sealed, len,
                                 out, tag));
            CHECK(all_zero(out, len));
            CHECK(out[len] == 0xa5);
            memcpy(out, sealed, len);
            CHECK(!srl_aead_open(&aead, nonce, aad, sizeof aad, out, len,
                                 out, tag));
            CHECK(all_zero(out, len));
            *at = (unsigned char)(*at ^ flip);
        }
        CHECK(srl_aead_open(&aead, nonce, aad, sizeof aad, sealed, len, out,
                            tag));
        CHECK(!memcmp(out, plain, len));
    }
}

/* Each bit of the tag, the text, the AAD and the nonce. */
TEST(test_aead_refuses_each_flipped_bit)
{
    int id;

    for (id = SRL_AES_128_GCM; id <= SRL_CHACHA20_POLY1305; id++) {
        check_refusals((srl_aead_id)id, 0);
        check_refusals((srl_aead_id)id, 17);
        check_refusals((srl_aead_id)id, 260);
    }
}

/* The counter of GCM has 32 bits and starts at 1: what the longest text that
 * may be sealed needs does not wrap it, and a record of TLS (RFC 8446 5.2: at
 * most 2^14 + 256 bytes) is far from it. */
TEST(test_aead_counter_cannot_wrap)
{
    const uint64_t longest = ((uint64_t)1 << 36) - 33;
    const uint64_t record = (1 << 14) + 256;

    CHECK(1 + (longest + 15) / 16 <= 0xffffffffu);
    CHECK(1 + (record + 15) / 16 <= 0xffffffffu / 1000);
}

TEST(test_aead_key_lengths)
{
    CHECK_INT(srl_aead_key_len(SRL_AES_128_GCM), 16);
    CHECK_INT(srl_aead_key_len(SRL_AES_256_GCM), 32);
    CHECK_INT(srl_aead_key_len(SRL_CHACHA20_POLY1305), 32);
}

/* FIPS 197 appendix B and C.3, A.1 and A.3: the cipher and the key schedule
 * by themselves. */
TEST(test_aead_aes_fips_197)
{
    unsigned char key[32], in[64], out[64], want[16], keys[SRL_AES_KEYS];
    srl_aes aes;
    unsigned i;

    vectors_hex("2b7e151628aed2a6abf7158809cf4f3c", key, 16);
    vectors_hex("3243f6a8885a308d313198a2e0370734", in, 16);
    vectors_hex("3925841d02dc09fbdc118597196a0b32", want, 16);
    noise(in + 16, 48);
    srl_aes_init(&aes, key, 16);
    srl_aes_encrypt4(&aes, in, out);
    CHECK_MEM(out, 16, want, 16);
    CHECK_INT(srl_aes_expand(keys, key, 16), 10);
    vectors_hex("d014f9a8c9ee2589e13f0cc8b6630ca6", want, 16);
    CHECK_MEM(keys + 160, 16, want, 16);

    for (i = 0; i < 64; i++) {
        if (i < 32) key[i] = (unsigned char)i;
        in[i] = (unsigned char)(i % 16 * 0x11);
    }
    vectors_hex("8ea2b7ca516745bfeafc49904b496089", want, 16);
    srl_aes_init(&aes, key, 32);
    srl_aes_encrypt4(&aes, in, out);
    for (i = 0; i < 64; i += 16) {
        CHECK_MEM(out + i, 16, want, 16);
    }
    vectors_hex("603deb1015ca71be2b73aef0857d7781"
                "1f352c073b6108d72d9810a30914dff4", key, 32);
    CHECK_INT(srl_aes_expand(keys, key, 32), 14);
    vectors_hex("fe4890d1e6188d0b046df344706c631e", want, 16);
    CHECK_MEM(keys + 224, 16, want, 16);
}

TEST_MAIN(
    RUN(test_aead_key_lengths);
    RUN(test_aead_aes_fips_197);
    RUN(test_aead_gcm_known_answers);
    RUN(test_aead_chacha_known_answer);
    RUN(test_aead_chacha_a5);
    RUN(test_aead_wycheproof_gcm);
    RUN(test_aead_wycheproof_chacha);
    RUN(test_aead_boringssl_gcm_128);
    RUN(test_aead_boringssl_gcm_256);
    RUN(test_aead_boringssl_chacha);
    RUN(test_aead_poly1305_edges);
    RUN(test_aead_poly1305_against_long_hand);
    RUN(test_aead_every_length_on_every_path);
    RUN(test_aead_long_texts);
    RUN(test_aead_refuses_each_flipped_bit);
    RUN(test_aead_counter_cannot_wrap);
)
