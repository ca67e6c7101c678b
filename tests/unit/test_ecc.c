/* cc -I. -o build/unit/test_ecc tests/unit/test_ecc.c
 *
 * P-256, P-384 and ECDSA: numbers, points, key agreement, verification. The
 * vectors of Wycheproof and BoringSSL are read from SURREAL_TEST_VECTORS;
 * test_ecc32.c runs all of it with limbs of 32 bits. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../vectors.h"
#include "../signp256.h"

static void
unhex(void *out, const char *hex, size_t len)
{
    if (vectors_hex(hex, out, len) != (long)len) {
        TEST_FAIL("no %zu bytes: %s", len, hex);
        memset(out, 0, len);
    }
}

/* Big-endian bytes without leading zeros into len bytes; false if too many. */
static bool
fit(uint8_t *out, size_t len, const uint8_t *bytes, size_t count)
{
    while (count && !*bytes) {
        bytes++;
        count--;
    }
    if (count > len) return false;
    memset(out, 0, len - count);
    if (count) memcpy(out + len - count, bytes, count);
    return true;
}

static const char p256_p[] =
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
static const char p256_n[] =
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
static const char p384_n[] =
    "ffffffffffffffffffffffffffffffffffffffffffffffff"
    "c7634d81f4372ddf581a0db248b0a77aecec196accc52973";

/* ---- numbers ------------------------------------------------------------- */

static uint64_t seed;

static srl_ec_limb
random_limb(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (srl_ec_limb)(seed >> 11 ^ seed << 17);
}

/* Numbers below m at which carries happen: near 0, near m, limbs of all ones
 * and zeros, and any. */
static void
some_number(const srl_ec_mod *m, srl_ec_limb *out, unsigned which)
{
    unsigned i;

    memset(out, 0, sizeof(srl_ec_int));
    if (which < 3) {
        out[0] = which;
    } else if (which < 6) {
        srl_ec_int less = {0};

        less[0] = which - 2;
        srl_ec_sub(m, out, out, less);
    } else {
        for (i = 0; i < m->count; i++) {
            out[i] = random_limb();
            if (which & 1) {
                switch (random_limb() & 3) {
                case 0: out[i] = 0; break;
                case 1: out[i] = (srl_ec_limb)-1; break;
                case 2: out[i] = (srl_ec_limb)-1 << (random_limb() & 31);
                }
            }
        }
        srl_ec_reduce(m, out, out, 0);
    }
}

static bool
same(const srl_ec_mod *m, const srl_ec_limb *a, const srl_ec_limb *b)
{
    return !memcmp(a, b, m->count * sizeof *a);
}

/* Every number stays below m, so that equal ones have equal limbs. */
static bool
is_below(const srl_ec_mod *m, const srl_ec_limb *a)
{
    unsigned i = m->count;

    while (i > 1 && a[i - 1] == m->m[i - 1]) {
        i--;
    }
    return a[i - 1] < m->m[i - 1];
}

/* (a + b) c = a c + b c, a - b + b = a, and the product that knows the form
 * of m against the one that does not. */
static void
number_case(const srl_ec_mod *m, unsigned i, unsigned j)
{
    srl_ec_int a, b, c, left, right, t;

    some_number(m, a, i);
    some_number(m, b, j);
    some_number(m, c, 6 + (i ^ j));
    srl_ec_add(m, t, a, b);
    CHECK(is_below(m, t));
    m->mul(m, left, t, c);
    CHECK(is_below(m, left));
    m->mul(m, right, a, c);
    srl_ec_mul(m, t, b, c);
    srl_ec_add(m, right, right, t);
    CHECK(same(m, left, right));
    m->mul(m, t, a, b);
    srl_ec_mul(m, right, a, b);
    CHECK(same(m, t, right));
    srl_ec_sub(m, t, a, b);
    CHECK(is_below(m, t));
    srl_ec_add(m, t, t, b);
    CHECK(same(m, t, a));
    srl_ec_half(m, t, a);
    CHECK(is_below(m, t));
    srl_ec_add(m, t, t, t);
    CHECK(same(m, t, a));
    srl_ec_enter(m, t, a);
    srl_ec_leave(m, t, t);
    CHECK(same(m, t, a));
}

static void
number_cases(const srl_ec_mod *m)
{
    srl_ec_int a, t, zero;
    unsigned i, j;

    seed = 0x9e3779b97f4a7c15u;
    memset(zero, 0, sizeof zero);
    for (i = 0; i < 40; i++) {
        for (j = 0; j < 40; j++) {
            number_case(m, i, j);
        }
        some_number(m, a, i);
        srl_ec_invert(m, t, a);
        m->mul(m, t, t, a);
        CHECK(same(m, t, i ? m->one : zero));
        CHECK(srl_ec_zero_mask(m, a) == (srl_ec_limb)(i ? 0 : -1));
    }
}

TEST(test_ecc_numbers)
{
#ifdef SURREAL_NO_INT128
    CHECK(SRL_EC_BITS == 32);
#endif
    number_cases(&srl_p256()->p);
    number_cases(&srl_p256()->n);
    number_cases(&srl_p384()->p);
    number_cases(&srl_p384()->n);
}

TEST(test_ecc_load)
{
    const srl_ec_mod *n = &srl_p384()->n;
    uint8_t bytes[48], back[48];
    srl_ec_int k;

    unhex(bytes, p384_n, 48);
    CHECK(!srl_ec_load(n, k, bytes));
    bytes[47]--;
    CHECK(srl_ec_load(n, k, bytes) == (srl_ec_limb)-1);
    srl_ec_store(n, back, k);
    CHECK(!memcmp(bytes, back, 48));
    memset(bytes, 0xff, 48);
    CHECK(!srl_ec_load(n, k, bytes));
}

/* The constants of a curve, against each other and what the standard says:
 * the base is on the curve, n times it is infinite, and its multiples. */
static void
curve_case(const srl_ec_curve *c, size_t len, const char *n)
{
    srl_ec_point g, at, sum;
    srl_ec_int z, t;
    uint8_t point[97], order[48], x[48];
    unsigned i;

    memset(&at, 0, sizeof at);
    memset(&sum, 0, sizeof sum);
    memset(&g, 0, sizeof g);
    memcpy(g.x, c->base[0][0], sizeof g.x);
    memcpy(g.y, c->base[0][1], sizeof g.y);
    memcpy(g.z, c->p.one, sizeof g.z);
    unhex(order, n, len);
    srl_ec_store(&c->n, x, c->n.m);
    CHECK(!memcmp(x, order, len));
    for (i = 0; i < 8 * len; i++) {
        srl_ec_double(c, &at, &at);
        if (order[i / 8] >> (7 - i % 8) & 1) {
            srl_ec_sum_any(c, &at, &at, &g, true);
        }
    }
    CHECK(srl_ec_zero_mask(&c->p, at.z));
    point[0] = 4;
    for (i = 0; i < 8; i++) { /* sum = (2 * i + 1) * g */
        srl_ec_sum_any(c, &sum, &sum, &g, i & 1);
        srl_ec_invert(&c->p, z, sum.z);
        c->p.mul(&c->p, t, z, z);
        c->p.mul(&c->p, z, z, t);
        c->p.mul(&c->p, t, t, sum.x);
        CHECK(same(&c->p, t, c->base[i][0]));
        srl_ec_leave(&c->p, t, t);
        srl_ec_store(&c->p, point + 1, t);
        c->p.mul(&c->p, t, z, sum.y);
        CHECK(same(&c->p, t, c->base[i][1]));
        srl_ec_leave(&c->p, t, t);
        srl_ec_store(&c->p, point + 1 + len, t);
        CHECK(srl_ec_decode(c, &at, point, 1 + 2 * len));
        srl_ec_sum_any(c, &sum, &sum, &g, false);
    }
}

TEST(test_ecc_curves)
{
    curve_case(srl_p256(), 32, p256_n);
    curve_case(srl_p384(), 48, p384_n);
}

/* ---- points from outside ------------------------------------------------- */

TEST(test_ecc_decode)
{
    const srl_ec_curve *c = srl_p256();
    uint8_t key[32] = {0}, point[66], p[32];
    srl_ec_point at;
    unsigned i;

    key[31] = 5;
    CHECK(srl_p256_public(point, key));
    CHECK(srl_ec_decode(c, &at, point, 65));
    for (i = 0; i <= 66; i++) {
        uint8_t *cut = (uint8_t *)malloc(i ? i : 1);

        if (!cut) abort();
        if (i) memcpy(cut, point, i);
        CHECK(srl_ec_decode(c, &at, cut, i) == (i == 65));
        free(cut);
    }
    for (i = 0; i < 256; i++) { /* 2, 3: compressed; 6, 7: hybrid */
        point[0] = (uint8_t)i;
        CHECK(srl_ec_decode(c, &at, point, 65) == (i == 4));
    }
    point[0] = 4;
    for (i = 8; i < 65 * 8; i++) { /* a wrong bit is off the curve */
        point[i / 8] ^= (uint8_t)(1u << i % 8);
        CHECK(!srl_ec_decode(c, &at, point, 65));
        point[i / 8] ^= (uint8_t)(1u << i % 8);
    }
    memset(point + 1, 0, 64);
    CHECK(!srl_ec_decode(c, &at, point, 65));
    /* x = 0 is on the curve: y^2 = b. x = p must not pass for it. */
    unhex(point + 33, "66485c780e2f83d72433bd5d84a06bb6"
                      "541c2af31dae871728bf856a174f93f4", 32);
    CHECK(srl_ec_decode(c, &at, point, 65));
    unhex(p, p256_p, 32);
    memcpy(point + 1, p, 32);
    CHECK(!srl_ec_decode(c, &at, point, 65));
}

/* ---- key agreement ------------------------------------------------------- */

/* RFC 5903 8.1 */
TEST(test_ecc_rfc5903)
{
    uint8_t i[32], r[32], gi[65], gr[65], want[65], got[32];

    unhex(i, "c88f01f510d9ac3f70a292daa2316de5"
             "44e9aab8afe84049c62a9c57862d1433", 32);
    unhex(r, "c6ef9c5d78ae012a011164acb397ce20"
             "88685d8f06bf9be0b283ab46476bee53", 32);
    CHECK(srl_p256_public(gi, i));
    unhex(want, "04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772"
                "5811805271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e05"
                "77b8990bb3", 65);
    CHECK_MEM(gi, 65, want, 65);
    CHECK(srl_p256_public(gr, r));
    unhex(want, "04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc75544"
                "94bf6356fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f"
                "33039872ab", 65);
    CHECK_MEM(gr, 65, want, 65);
    unhex(want, "d6840f6b42f6edafd13116e0e1256520"
                "2fef8e9ece7dce03812464d04b9442de", 32);
    CHECK(srl_p256_ecdh(got, i, gr, 65));
    CHECK_MEM(got, 32, want, 32);
    CHECK(srl_p256_ecdh(got, r, gi, 65));
    CHECK_MEM(got, 32, want, 32);
}

/* n + add as a scalar. */
static void
near_order(uint8_t out[32], int add)
{
    int i;

    unhex(out, p256_n, 32);
    for (i = 31; i >= 0; i--) {
        add += out[i];
        out[i] = (uint8_t)(add & 255);
        add = add < 0 ? -1 : add >> 8;
    }
}

TEST(test_ecc_scalars_out_of_range)
{
    uint8_t scalar[32], point[65], base[65], out[65], zero[65];
    int i;

    memset(zero, 0, sizeof zero);
    memset(scalar, 0, sizeof scalar);
    CHECK(!srl_p256_public(point, scalar));
    CHECK_MEM(point, 65, zero, 65);
    scalar[31] = 1;
    CHECK(srl_p256_public(base, scalar));
    for (i = 0; i < 40; i++) {
        near_order(scalar, i);
        memset(out, 1, sizeof out);
        CHECK(!srl_p256_public(out, scalar));
        CHECK_MEM(out, 65, zero, 65);
        memset(out, 1, sizeof out);
        CHECK(!srl_p256_ecdh(out, scalar, base, 65));
        CHECK_MEM(out, 32, zero, 32);
    }
    memset(scalar, 0xff, 32);
    CHECK(!srl_p256_ecdh(out, scalar, base, 65));
    memset(scalar, 0, 32);
    CHECK(!srl_p256_ecdh(out, scalar, base, 65));
}

/* What the windows meet last, where an exception would be: k * G by single
 * steps, and (n - k) * G = -(k * G), for k up to 70. */
TEST(test_ecc_scalars_at_the_ends)
{
    const srl_ec_curve *c = srl_p256();
    uint8_t scalar[32], point[65], other[65], p[32];
    srl_ec_point g, at;
    srl_ec_int k, y;
    int i;

    memset(scalar, 0, sizeof scalar);
    memset(&at, 0, sizeof at);
    scalar[31] = 1;
    CHECK(srl_p256_public(point, scalar));
    NEED(srl_ec_decode(c, &g, point, 65));
    unhex(p, p256_p, 32);
    for (i = 1; i <= 70; i++) {
        srl_ec_int z2;

        srl_ec_sum_any(c, &at, &at, &g, true);
        scalar[31] = (uint8_t)i;
        CHECK(srl_p256_public(point, scalar));
        (void)srl_ec_load(&c->p, k, point + 1);
        srl_ec_enter(&c->p, k, k);
        c->p.mul(&c->p, z2, at.z, at.z);
        c->p.mul(&c->p, k, k, z2);
        CHECK(same(&c->p, k, at.x));
        near_order(other, -i);
        CHECK(srl_p256_public(other, other));
        CHECK_MEM(point, 33, other, 33);
        (void)srl_ec_load(&c->p, k, point + 33);
        (void)srl_ec_load(&c->p, y, other + 33);
        srl_ec_add(&c->p, k, k, y);
        CHECK(srl_ec_zero_mask(&c->p, k));
    }
}

static void
ecdh_case(const char *id, const uint8_t *peer, size_t peer_len, const json *c,
          bool ok)
{
    uint8_t out[32], scalar[32];
    uint8_t *secret, *shared;
    size_t secret_len = 0, shared_len = 0;

    secret = vectors_bytes(json_text(c, "private"), &secret_len);
    shared = vectors_bytes(json_text(c, "shared"), &shared_len);
    if (!secret || !shared || !fit(scalar, 32, secret, secret_len)) {
        TEST_FAIL("case %s is not what it was", id);
    } else if (srl_p256_ecdh(out, scalar, peer, peer_len) != ok) {
        TEST_FAIL("case %s: %s", id, ok ? "refused" : "accepted");
    } else if (ok && (shared_len != 32 || memcmp(out, shared, 32))) {
        TEST_FAIL("case %s: wrong secret", id);
    }
    free(secret);
    free(shared);
}

/* Keys in a SubjectPublicKeyInfo: those with the one right head for a named
 * P-256 are cut down to the point. The others test the reader of DER, and
 * explicit curve parameters, which nothing here reads. */
static void
wycheproof_ecdh(const char *file, size_t head, size_t min, size_t min_bad)
{
    static const char spki[] =
        "3059301306072a8648ce3d020106082a8648ce3d030107034200";
    json *doc = vectors_json(file);
    size_t ran = 0, bad = 0;
    json *g, *c;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (g = json_get(doc, "testGroups")->child; g; g = g->next) {
        for (c = json_get(g, "tests")->child; c; c = c->next) {
            const char *text = json_text(c, "public");
            const char *result = json_text(c, "result");
            bool ok = result && !strcmp(result, "valid");
            uint8_t *peer;
            size_t len = 0;

            if (head && (!text || strncmp(text, spki, head * 2))) continue;
            peer = vectors_bytes(text + head * 2, &len);
            NEED(peer);
            ecdh_case(json_get(c, "tcId")->text, peer, len, c, ok);
            free(peer);
            ran++;
            bad += !ok;
        }
    }
    if (ran < min || bad < min_bad) {
        TEST_FAIL("%s: %zu cases, %zu bad", file, ran, bad);
    }
    json_free(doc);
}

TEST(test_ecc_wycheproof_ecdh_point)
{
    wycheproof_ecdh("wycheproof/ecdh_secp256r1_ecpoint_test.json", 0, 355,
                    25);
}

TEST(test_ecc_wycheproof_ecdh_spki)
{
    wycheproof_ecdh("wycheproof/ecdh_secp256r1_test.json", 26, 340, 16);
}

/* ---- signatures ---------------------------------------------------------- */

typedef struct signature {
    srl_curve curve;
    const char *key; /* 04 x y */
    srl_hash_id hash;
    const char *message;
    const char *r;
    const char *s;
} signature;

#define RFC6979_256                                                      \
    SRL_P256, "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce66962" \
              "2e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f" \
              "5177a3c294d4462299"
#define RFC6979_384                                                      \
    SRL_P384, "04ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5" \
              "286b300c64def8f0ea9055866064a254515480bc138015d9b72d7d57" \
              "244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b23" \
              "1c3ae0d4fe7344fd2533264720"

/* RFC 6979 A.2.5, A.2.6 */
static const signature rfc6979[] = {
    {RFC6979_256, SRL_SHA256, "sample",
     "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
     "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"},
    {RFC6979_256, SRL_SHA256, "test",
     "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
     "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"},
    {RFC6979_256, SRL_SHA384, "sample",
     "0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719",
     "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954"},
    {RFC6979_256, SRL_SHA512, "sample",
     "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00",
     "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe"},
    {RFC6979_384, SRL_SHA256, "sample",
     "21b13d1e013c7fa1392d03c5f99af8b30c570c6f98d4ea8e"
     "354b63a21d3daa33bde1e888e63355d92fa2b3c36d8fb2cd",
     "f3aa443fb107745bf4bd77cb3891674632068a10ca67e3d4"
     "5db2266fa7d1feebefdc63eccd1ac42ec0cb8668a4fa0ab0"},
    {RFC6979_384, SRL_SHA384, "sample",
     "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa7"
     "3d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46",
     "99ef4aeb15f178cea1fe40db2603138f130e740a19624526"
     "203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"},
};

/* Right as it is; wrong with one bit of anything turned. */
TEST(test_ecc_rfc6979)
{
    size_t i, bit;

    for (i = 0; i < sizeof rfc6979 / sizeof *rfc6979; i++) {
        const signature *t = &rfc6979[i];
        size_t len = srl_curve_len(t->curve);
        uint8_t key[97], digest[SRL_HASH_MAX], r[48], s[48];
        size_t digest_len = srl_hash_len(t->hash);

        unhex(key, t->key, 1 + 2 * len);
        unhex(r, t->r, len);
        unhex(s, t->s, len);
        srl_hash_of(t->hash, t->message, strlen(t->message), digest);
        if (!srl_ecdsa_verify(t->curve, key, 1 + 2 * len, digest, digest_len,
                              r, s)) {
            TEST_FAIL("signature %zu is refused", i);
        }
        for (bit = 0; bit < 8 * len; bit += 37) {
            uint8_t *where[3];
            unsigned k;

            where[0] = r;
            where[1] = s;
            where[2] = digest;
            for (k = 0; k < 3; k++) {
                uint8_t *byte = where[k] + bit / 8;

                if (k == 2 && bit / 8 >= digest_len) continue;
                *byte ^= (uint8_t)(1u << bit % 8);
                CHECK(!srl_ecdsa_verify(t->curve, key, 1 + 2 * len, digest,
                                        digest_len, r, s));
                *byte ^= (uint8_t)(1u << bit % 8);
            }
        }
        CHECK(!srl_ecdsa_verify(t->curve, key, 2 * len, digest, digest_len,
                                r, s));
        CHECK(!srl_ecdsa_verify(t->curve == SRL_P256 ? SRL_P384 : SRL_P256,
                                key, 1 + 2 * len, digest, digest_len, r, s));
    }
}

TEST(test_ecc_r_and_s_out_of_range)
{
    const signature *t = &rfc6979[0];
    uint8_t key[65], digest[32], good[2][32], bad[2][32];
    int which, add;

    unhex(key, t->key, 65);
    unhex(good[0], t->r, 32);
    unhex(good[1], t->s, 32);
    srl_hash_of(t->hash, t->message, strlen(t->message), digest);
    for (which = 0; which < 2; which++) {
        memcpy(bad, good, sizeof bad);
        memset(bad[which], 0, 32);
        CHECK(!srl_ecdsa_verify(SRL_P256, key, 65, digest, 32, bad[0],
                                bad[1]));
        for (add = -3; add < 20; add++) {
            near_order(bad[which], add);
            CHECK(!srl_ecdsa_verify(SRL_P256, key, 65, digest, 32, bad[0],
                                    bad[1]));
        }
        memset(bad[which], 0xff, 32);
        CHECK(!srl_ecdsa_verify(SRL_P256, key, 65, digest, 32, bad[0],
                                bad[1]));
    }
    /* -s is as good as s: the signature says nothing else (malleable). */
    {
        const srl_ec_mod *n = &srl_p256()->n;
        srl_ec_int k, zero;

        memset(zero, 0, sizeof zero);
        memcpy(bad, good, sizeof bad);
        (void)srl_ec_load(n, k, good[1]);
        srl_ec_sub(n, k, zero, k);
        srl_ec_store(n, bad[1], k);
        CHECK(srl_ecdsa_verify(SRL_P256, key, 65, digest, 32, bad[0],
                               bad[1]));
    }
}

/* With the key 1 the point is G itself and with n - 1 it is -G. A digest
 * equal to r makes u1 = u2: each addition then meets an equal or an opposite
 * point, and for n - 1 the sum is infinite and must be refused. */
TEST(test_ecc_sum_of_equal_and_opposite)
{
    uint8_t one[32] = {0}, minus[32], k[32] = {0}, key[65], r[32], s[32];
    uint8_t digest[32];
    unsigned i;

    one[31] = 1;
    near_order(minus, -1);
    for (i = 1; i < 40; i++) {
        k[31] = (uint8_t)i;
        memset(digest, 0, 32);
        signp256_public(key, one);
        signp256(r, s, one, digest, k);
        memcpy(digest, r, 32); /* s needs it, r does not */
        signp256(r, s, one, digest, k);
        CHECK(srl_ecdsa_verify(SRL_P256, key, 65, digest, 32, r, s));
        signp256_public(key, minus);
        CHECK(!srl_ecdsa_verify(SRL_P256, key, 65, digest, 32, r, s));
    }
}

/* A digest of nothing is 0, and so is u1; beyond 32 bytes nothing counts. */
TEST(test_ecc_digest_lengths)
{
    uint8_t key[32], point[65], digest[64], r[32], s[32], k[32];
    size_t len;

    memset(key, 0x42, sizeof key);
    memset(k, 0x17, sizeof k);
    signp256_public(point, key);
    memset(digest, 0, sizeof digest);
    signp256(r, s, key, digest, k);
    CHECK(srl_ecdsa_verify(SRL_P256, point, 65, NULL, 0, r, s));
    for (len = 0; len <= 64; len++) {
        CHECK(srl_ecdsa_verify(SRL_P256, point, 65, digest, len, r, s));
    }
    memset(digest, 0xff, sizeof digest); /* above the order */
    signp256(r, s, key, digest, k);
    for (len = 0; len <= 64; len++) {
        CHECK(srl_ecdsa_verify(SRL_P256, point, 65, digest, len, r, s) ==
              (len >= 32));
    }
    memset(digest, 0, sizeof digest); /* a short one is not shifted */
    digest[31] = 9;
    signp256(r, s, key, digest, k);
    CHECK(srl_ecdsa_verify(SRL_P256, point, 65, digest + 31, 1, r, s));
    CHECK(srl_ecdsa_verify(SRL_P256, point, 65, digest + 12, 20, r, s));
    CHECK(!srl_ecdsa_verify(SRL_P256, point, 65, digest + 31, 2, r, s));
}

/* RFC 6979 A.2.5 gives k as well. */
TEST(test_ecc_signer_of_the_tests)
{
    const signature *t = &rfc6979[0];
    uint8_t key[32], k[32], want[65], got[65], digest[32], r[32], s[32];

    unhex(key, "c9afa9d845ba75166b5c215767b1d693"
               "4e50c3db36e89b127b8a622b120f6721", 32);
    unhex(k, "a6e3c57dd01abe90086538398355dd4c"
             "3b17aa873382b0f24d6129493d8aad60", 32);
    signp256_public(got, key);
    unhex(want, t->key, 65);
    CHECK_MEM(got, 65, want, 65);
    srl_hash_of(t->hash, t->message, strlen(t->message), digest);
    signp256(r, s, key, digest, k);
    unhex(want, t->r, 32);
    CHECK_MEM(r, 32, want, 32);
    unhex(want, t->s, 32);
    CHECK_MEM(s, 32, want, 32);
}

/* ---- signatures of others ------------------------------------------------ */

/* A DER INTEGER from 0 on, in its one form, of at most len bytes. */
static bool
der_int(const uint8_t **at, const uint8_t *end, uint8_t *out, size_t len)
{
    const uint8_t *p = *at;
    size_t n;

    if (end - p < 3 || p[0] != 2 || p[1] > 0x7f) return false;
    n = p[1];
    p += 2;
    if (!n || (size_t)(end - p) < n || (p[0] & 0x80)) return false;
    if (n > 1 && !p[0] && !(p[1] & 0x80)) return false;
    *at = p + n;
    return fit(out, len, p, n);
}

/* SEQUENCE { INTEGER r, INTEGER s }; both curves' are below 128 bytes. */
static bool
der_signature(const uint8_t *sig, size_t sig_len, uint8_t *r, uint8_t *s,
              size_t len)
{
    const uint8_t *at = sig + 2;
    const uint8_t *end = sig + sig_len;

    if (sig_len < 2 || sig[0] != 0x30 || sig[1] != sig_len - 2 ||
        sig[1] > 0x7f) {
        return false;
    }
    return der_int(&at, end, r, len) && der_int(&at, end, s, len) &&
           at == end;
}

static bool
wycheproof_verify(srl_curve curve, const json *group, const json *c,
                  srl_hash_id hash, bool is_der)
{
    const char *text = json_text(json_get(group, "publicKey"),
                                 "uncompressed");
    size_t len = srl_curve_len(curve);
    size_t key_len = 0, msg_len = 0, sig_len = 0;
    uint8_t *key = vectors_bytes(text, &key_len);
    uint8_t *msg = vectors_bytes(json_text(c, "msg"), &msg_len);
    uint8_t *sig = vectors_bytes(json_text(c, "sig"), &sig_len);
    uint8_t digest[SRL_HASH_MAX], r[48], s[48];
    bool ok = false;

    if (!key || !msg || !sig || key_len != 1 + 2 * len) {
        TEST_FAIL("case %s is not what it was", json_get(c, "tcId")->text);
    } else {
        srl_hash_of(hash, msg, msg_len, digest);
        if (is_der) {
            ok = der_signature(sig, sig_len, r, s, len);
        } else if (sig_len == 2 * len) { /* others the caller refuses */
            memcpy(r, sig, len);
            memcpy(s, sig + len, len);
            ok = true;
        }
        ok = ok && srl_ecdsa_verify(curve, key, key_len, digest,
                                    srl_hash_len(hash), r, s);
    }
    free(key);
    free(msg);
    free(sig);
    return ok;
}

static void
wycheproof_ecdsa(const char *file, srl_curve curve, srl_hash_id hash,
                 size_t min_good, size_t min_bad)
{
    json *doc = vectors_json(file);
    bool is_der = !strstr(file, "p1363");
    size_t good = 0, bad = 0;
    json *g, *c;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (g = json_get(doc, "testGroups")->child; g; g = g->next) {
        for (c = json_get(g, "tests")->child; c; c = c->next) {
            const char *result = json_text(c, "result");
            bool want = result && !strcmp(result, "valid");

            if (wycheproof_verify(curve, g, c, hash, is_der) != want) {
                TEST_FAIL("%s: case %s: %s", file,
                          json_get(c, "tcId")->text,
                          want ? "refused" : "accepted");
            }
            good += want;
            bad += !want;
        }
    }
    if (good < min_good || bad < min_bad) {
        TEST_FAIL("%s: %zu good, %zu bad cases", file, good, bad);
    }
    json_free(doc);
}

TEST(test_ecc_wycheproof_p256_fixed)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json",
                     SRL_P256, SRL_SHA256, 173, 89);
}

TEST(test_ecc_wycheproof_p384_fixed)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp384r1_sha384_p1363_test.json",
                     SRL_P384, SRL_SHA384, 193, 87);
}

TEST(test_ecc_wycheproof_p256_sha256)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp256r1_sha256_test.json",
                     SRL_P256, SRL_SHA256, 174, 310);
}

TEST(test_ecc_wycheproof_p256_sha512)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp256r1_sha512_test.json",
                     SRL_P256, SRL_SHA512, 243, 311);
}

TEST(test_ecc_wycheproof_p384_sha256)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp384r1_sha256_test.json",
                     SRL_P384, SRL_SHA256, 162, 310);
}

TEST(test_ecc_wycheproof_p384_sha384)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp384r1_sha384_test.json",
                     SRL_P384, SRL_SHA384, 194, 310);
}

TEST(test_ecc_wycheproof_p384_sha512)
{
    wycheproof_ecdsa("wycheproof/ecdsa_secp384r1_sha512_test.json",
                     SRL_P384, SRL_SHA512, 231, 311);
}

/* ---- BoringSSL's files --------------------------------------------------- */

/* Blocks of "Name = value" with empty lines between; # starts a comment. */
typedef struct block {
    char *at;
    struct {
        char *name;
        char *value;
    } line[16];
    unsigned lines;
} block;

static bool
next_block(block *b)
{
    b->lines = 0;
    while (*b->at) {
        char *line = b->at;
        size_t len = strcspn(line, "\n");
        char *is = strstr(line, " =");

        b->at += len + (line[len] == '\n');
        line[len] = '\0';
        if (len && line[len - 1] == '\r') line[len - 1] = '\0';
        if (!*line && b->lines) return true;
        if (!*line || *line == '#' || !is || is > line + len) continue;
        if (b->lines == 16) abort();
        *is = '\0';
        b->line[b->lines].name = line;
        b->line[b->lines++].value = is[2] ? is + 3 : is + 2;
    }
    return b->lines != 0;
}

static const char *
value_of(const block *b, const char *name)
{
    unsigned i;

    for (i = 0; i < b->lines; i++) {
        if (!strcmp(b->line[i].name, name)) return b->line[i].value;
    }
    return NULL;
}

/* A number into len bytes; false if there is none or it does not fit. */
static bool
number_of(const block *b, const char *name, uint8_t *out, size_t len)
{
    uint8_t bytes[80];
    long count = vectors_hex(value_of(b, name), bytes, sizeof bytes);

    return count >= 0 && fit(out, len, bytes, (size_t)count);
}

static void
boring_verify(const block *b, srl_curve curve, size_t count[2])
{
    size_t len = srl_curve_len(curve);
    bool want = !value_of(b, "Invalid");
    uint8_t key[97], digest[80], r[48], s[48];
    long digest_len = vectors_hex(value_of(b, "Digest"), digest,
                                  sizeof digest);
    bool ok;

    key[0] = 4;
    ok = number_of(b, "X", key + 1, len) &&
         number_of(b, "Y", key + 1 + len, len) &&
         number_of(b, "R", r, len) && number_of(b, "S", s, len);
    if (digest_len < 0) TEST_FAIL("no digest");
    ok = ok && digest_len >= 0 &&
         srl_ecdsa_verify(curve, key, 1 + 2 * len, digest,
                          (size_t)digest_len, r, s);
    if (ok != want) {
        TEST_FAIL("%s: X = %s, R = %s", ok ? "accepted" : "refused",
                  value_of(b, "X"), value_of(b, "R"));
    }
    count[want]++;
}

TEST(test_ecc_boringssl_verify)
{
    size_t len;
    char *text = json_read_file(
        vectors_path("boringssl_txt/ecdsa_verify_tests.txt"), &len);
    size_t p256[2] = {0, 0}, p384[2] = {0, 0};
    block b;

    if (!text) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    b.at = text;
    while (next_block(&b)) {
        const char *curve = value_of(&b, "Curve");

        if (curve && !strcmp(curve, "P-256")) {
            boring_verify(&b, SRL_P256, p256);
        } else if (curve && !strcmp(curve, "P-384")) {
            boring_verify(&b, SRL_P384, p384);
        }
    }
    if (p256[0] + p256[1] < 85 || p384[0] + p384[1] < 85 || p256[0] < 40 ||
        p384[0] < 40 || p256[1] < 20 || p384[1] < 20) {
        TEST_FAIL("P-256 %zu bad %zu good, P-384 %zu bad %zu good", p256[0],
                  p256[1], p384[0], p384[1]);
    }
    free(text);
}

TEST(test_ecc_boringssl_base)
{
    size_t len, ran = 0, refused = 0;
    char *text = json_read_file(
        vectors_path("boringssl_txt/ec_scalar_base_mult_tests.txt"), &len);
    block b;

    if (!text) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    b.at = text;
    while (next_block(&b)) {
        const char *curve = value_of(&b, "Curve");
        uint8_t scalar[32], want[65], got[65];
        bool ok;

        if (!curve || strcmp(curve, "P-256")) continue;
        want[0] = 4;
        NEED(number_of(&b, "N", scalar, 32));
        NEED(number_of(&b, "X", want + 1, 32));
        NEED(number_of(&b, "Y", want + 33, 32));
        /* 0 for the infinite point, which is no public key. */
        ok = strspn(value_of(&b, "X"), "0") != strlen(value_of(&b, "X"));
        CHECK(srl_p256_public(got, scalar) == ok);
        if (ok) CHECK_MEM(got, 65, want, 65);
        ran++;
        refused += !ok;
    }
    if (ran < 129 || refused < 1) {
        TEST_FAIL("%zu cases, %zu refused", ran, refused);
    }
    free(text);
}

/* A number in Montgomery form as it stands in the file. */
static void
raw_of(const block *b, const char *name, srl_ec_limb *out)
{
    uint8_t bytes[32];

    memset(out, 0, sizeof(srl_ec_int));
    if (!number_of(b, name, bytes, 32)) {
        TEST_FAIL("no %s", name);
        return;
    }
    (void)srl_ec_load(&srl_p256()->p, out, bytes);
}

static void
nistz_add(const block *b)
{
    const srl_ec_curve *c = srl_p256();
    srl_ec_point p, q, sum;
    srl_ec_int x, y, t, z;

    memset(&sum, 0, sizeof sum);
    raw_of(b, "A.X", p.x);
    raw_of(b, "A.Y", p.y);
    raw_of(b, "A.Z", p.z);
    raw_of(b, "B.X", q.x);
    raw_of(b, "B.Y", q.y);
    raw_of(b, "B.Z", q.z);
    raw_of(b, "Result.X", x);
    raw_of(b, "Result.Y", y);
    srl_ec_sum_any(c, &sum, &p, &q, same(&c->p, q.z, c->p.one));
    srl_ec_invert(&c->p, z, sum.z); /* 0 if infinite: then 0, 0 */
    c->p.mul(&c->p, t, z, z);
    c->p.mul(&c->p, z, z, t);
    c->p.mul(&c->p, t, t, sum.x);
    CHECK(same(&c->p, t, x));
    c->p.mul(&c->p, z, z, sum.y);
    CHECK(same(&c->p, z, y));
}

TEST(test_ecc_boringssl_nistz)
{
    size_t len, ran = 0;
    char *text = json_read_file(
        vectors_path("boringssl_txt/p256-nistz_tests.txt"), &len);
    const srl_ec_curve *c = srl_p256();
    block b;

    if (!text) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    b.at = text;
    while (next_block(&b)) {
        const char *what = value_of(&b, "Test");
        const srl_ec_mod *m = &c->p;
        srl_ec_int left, right, want, zero;

        NEED(what);
        ran++;
        if (!strcmp(what, "PointAdd")) {
            nistz_add(&b);
            continue;
        }
        raw_of(&b, "A", left);
        raw_of(&b, "B", right);
        if (!strcmp(what, "Negate")) {
            memset(zero, 0, sizeof zero);
            srl_ec_sub(m, left, zero, left);
            CHECK(same(m, left, right));
            continue;
        }
        raw_of(&b, "Result", want);
        if (!strcmp(what, "OrdMulMont")) m = &c->n;
        srl_ec_mul(m, zero, left, right);
        CHECK(same(m, zero, want));
        m->mul(m, left, left, right);
        CHECK(same(m, left, want));
    }
    if (ran < 334) TEST_FAIL("%zu cases", ran);
    free(text);
}

TEST_MAIN(
    RUN(test_ecc_numbers);
    RUN(test_ecc_load);
    RUN(test_ecc_curves);
    RUN(test_ecc_decode);
    RUN(test_ecc_rfc5903);
    RUN(test_ecc_scalars_out_of_range);
    RUN(test_ecc_scalars_at_the_ends);
    RUN(test_ecc_wycheproof_ecdh_point);
    RUN(test_ecc_wycheproof_ecdh_spki);
    RUN(test_ecc_rfc6979);
    RUN(test_ecc_r_and_s_out_of_range);
    RUN(test_ecc_sum_of_equal_and_opposite);
    RUN(test_ecc_digest_lengths);
    RUN(test_ecc_signer_of_the_tests);
    RUN(test_ecc_wycheproof_p256_fixed);
    RUN(test_ecc_wycheproof_p384_fixed);
    RUN(test_ecc_wycheproof_p256_sha256);
    RUN(test_ecc_wycheproof_p256_sha512);
    RUN(test_ecc_wycheproof_p384_sha256);
    RUN(test_ecc_wycheproof_p384_sha384);
    RUN(test_ecc_wycheproof_p384_sha512);
    RUN(test_ecc_boringssl_verify);
    RUN(test_ecc_boringssl_base);
    RUN(test_ecc_boringssl_nistz);
)
