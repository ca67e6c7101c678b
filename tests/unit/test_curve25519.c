/* cc -I. -o build/unit/test_curve25519 tests/unit/test_curve25519.c
 *
 * The field modulo 2^255 - 19 against bit-by-bit arithmetic, X25519 (RFC 7748)
 * and Ed25519 (RFC 8032) against the RFCs, Wycheproof and BoringSSL, and what
 * must be refused. test_curve25519_32.c runs the same on the other limbs.
 *
 * Left out: Wycheproof's x25519_asn_test.json. It has the same computations
 * with keys inside of DER (PKCS #8), which no part of this client reads. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "tests/vectors.h"
#include "tests/sign25519.h"

/* The 32 bytes of a text; valid until four more are asked for. */
static const uint8_t *
hex32(const char *text)
{
    static uint8_t bytes[4][32];
    static int turn;

    turn = (turn + 1) % 4;
    if (vectors_hex(text, bytes[turn], 32) != 32) abort();
    return bytes[turn];
}

/* Numbers that look random, the same in each run (xorshift). */
static uint64_t
some(void)
{
    static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void
some_bytes(uint8_t *out, size_t len)
{
    while (len--) {
        *out++ = (uint8_t)(some() >> 20);
    }
}

/* ---- slow arithmetic to compare with: one bit at a time ------------------ */

static const uint32_t prime[8] = {0xffffffedu, 0xffffffffu, 0xffffffffu,
                                  0xffffffffu, 0xffffffffu, 0xffffffffu,
                                  0xffffffffu, 0x7fffffffu};

/* acc = (acc + b) mod m, for acc, b < m < 2^255. */
static void
slow_add(uint32_t acc[8], const uint32_t b[8], const uint32_t m[8])
{
    uint32_t less[8];
    uint64_t carry = 0, borrow = 0;
    int i;

    for (i = 0; i < 8; i++) {
        carry += (uint64_t)acc[i] + b[i];
        acc[i] = (uint32_t)carry;
        carry >>= 32;
    }
    for (i = 0; i < 8; i++) {
        uint64_t left = (uint64_t)acc[i] - m[i] - borrow;

        less[i] = (uint32_t)left;
        borrow = left >> 63;
    }
    if (!borrow) memcpy(acc, less, sizeof less);
}

/* Little-endian bytes modulo m. */
static void
slow_mod(uint32_t r[8], const uint8_t *bytes, size_t len, const uint32_t m[8])
{
    uint32_t one[8] = {1};
    size_t bit;

    memset(r, 0, 32);
    for (bit = 8 * len; bit--;) {
        uint32_t same[8];

        memcpy(same, r, sizeof same);
        slow_add(r, same, m);
        if (bytes[bit / 8] >> bit % 8 & 1) slow_add(r, one, m);
    }
}

static void
slow_mul(uint32_t r[8], const uint32_t a[8], const uint32_t b[8],
         const uint32_t m[8])
{
    uint32_t acc[8] = {0};
    int bit;

    for (bit = 255; bit >= 0; bit--) {
        uint32_t same[8];

        memcpy(same, acc, sizeof same);
        slow_add(acc, same, m);
        if (a[bit / 32] >> bit % 32 & 1) slow_add(acc, b, m);
    }
    memcpy(r, acc, sizeof acc);
}

/* What the limbs of a say, modulo p, without any function of the field. */
static void
slow_of(uint32_t r[8], const srl_fe *a)
{
    uint8_t sum[48] = {0};
    unsigned i;

    for (i = 0; i < SRL_FE_LIMBS; i++) {
        unsigned at = SRL_FE_LIMBS == 5 ? 51 * i : (51 * i + 1) / 2;
        uint64_t low = (uint64_t)a->v[i] << at % 8;
        uint64_t high = at % 8 ? (uint64_t)a->v[i] >> (64 - at % 8) : 0;
        unsigned carry = 0;
        unsigned k;

        for (k = 0; at / 8 + k < sizeof sum; k++) {
            unsigned byte = k < 8   ? (unsigned)(low >> 8 * k & 0xff)
                            : k < 16 ? (unsigned)(high >> 8 * (k - 8) & 0xff)
                                     : 0;

            carry += sum[at / 8 + k] + byte;
            sum[at / 8 + k] = (uint8_t)carry;
            carry >>= 8;
        }
    }
    slow_mod(r, sum, sizeof sum, prime);
}

static int
field_is(const srl_fe *a, const uint32_t want[8])
{
    uint8_t bytes[32];
    int i;

    srl_fe_store(bytes, a);
    for (i = 0; i < 8; i++) {
        if (srl_ed_word(bytes + 4 * i) != want[i]) return 0;
    }
    return 1;
}

/* ---- the field ----------------------------------------------------------- */

static srl_fe_limb
limb_max(unsigned i, unsigned weight)
{
    unsigned bits = SRL_FE_LIMBS == 5 ? 51 : 26 - (i & 1);

    return (srl_fe_limb)((((uint64_t)1 << bits) + 8192) * weight);
}

/* A number of that weight: each limb the most it may be, nothing, or anything
 * between. */
static void
field_some(srl_fe *r, unsigned weight, int kind)
{
    unsigned i;

    for (i = 0; i < SRL_FE_LIMBS; i++) {
        srl_fe_limb most = limb_max(i, weight);
        int how = kind < 2 ? kind : (int)(some() >> 30 & 3);

        r->v[i] = how == 0   ? most
                  : how == 1 ? 0
                             : (srl_fe_limb)(some() % ((uint64_t)most + 1));
    }
}

static int
field_weight_is_1(const srl_fe *a)
{
    unsigned i;

    for (i = 0; i < SRL_FE_LIMBS; i++) {
        if (a->v[i] > limb_max(i, 1)) return 0;
    }
    return 1;
}

TEST(test_field_products_at_the_limits_of_weight)
{
    static const unsigned weights[][2] = {{1, 1}, {4, 8}, {8, 4}, {5, 6},
                                          {6, 5}, {3, 3}, {2, 8}};
    size_t k;
    int round, bad = 0;

    for (k = 0; k < sizeof weights / sizeof *weights; k++) {
        for (round = 0; round < 120; round++) {
            srl_fe a, b, r;
            uint32_t sa[8], sb[8];

            field_some(&a, weights[k][0], round);
            field_some(&b, weights[k][1], round == 1 ? 0 : round);
            slow_of(sa, &a);
            slow_of(sb, &b);
            slow_mul(sb, sa, sb, prime);
            srl_fe_mul(&r, &a, &b);
            bad += !field_is(&r, sb) || !field_weight_is_1(&r);
            srl_fe_mul(&b, &a, &b); /* onto an operand */
            bad += memcmp(&b, &r, sizeof r) != 0;
        }
    }
    CHECK_INT(bad, 0);
}

TEST(test_field_squares_and_scales_at_the_limits_of_weight)
{
    int round, bad = 0;

    for (round = 0; round < 600; round++) {
        srl_fe a, r;
        uint32_t sa[8], want[8], factor[8] = {0};

        field_some(&a, 1 + (unsigned)round % 5, round / 5);
        slow_of(sa, &a);
        slow_mul(want, sa, sa, prime);
        srl_fe_square(&r, &a);
        bad += !field_is(&r, want) || !field_weight_is_1(&r);

        field_some(&a, 8, round);
        slow_of(sa, &a);
        factor[0] = round % 2 ? 121665 : (1u << 17) - 1;
        slow_mul(want, sa, factor, prime);
        srl_fe_scale(&r, &a, factor[0]);
        bad += !field_is(&r, want) || !field_weight_is_1(&r);
    }
    CHECK_INT(bad, 0);
}

TEST(test_field_sums)
{
    int round, bad = 0;

    for (round = 0; round < 300; round++) {
        srl_fe a, b, r;
        uint32_t sa[8], sb[8], sr[8];
        unsigned i;

        field_some(&a, 4, round);
        field_some(&b, 4, round);
        slow_of(sa, &a);
        slow_of(sb, &b);
        slow_add(sa, sb, prime);
        srl_fe_add(&r, &a, &b);
        bad += !field_is(&r, sa);

        /* a - b + b = a, with b at its most and a at nothing and the most. */
        field_some(&a, 6, round == 0 ? 1 : round);
        field_some(&b, 1, round == 1 ? 0 : round);
        slow_of(sa, &a);
        slow_of(sb, &b);
        srl_fe_sub(&r, &a, &b);
        slow_of(sr, &r);
        slow_add(sr, sb, prime);
        bad += memcmp(sr, sa, sizeof sa) != 0;
        for (i = 0; i < SRL_FE_LIMBS; i++) {
            bad += r.v[i] > limb_max(i, 8);
        }

        srl_fe_neg(&r, &b);
        slow_of(sr, &r);
        slow_add(sr, sb, prime);
        srl_fe_set(&a, 0);
        bad += !field_is(&a, sr) || !field_weight_is_1(&r);
    }
    CHECK_INT(bad, 0);
}

/* Around p and 2^255 there are two spellings, of which one is stored. */
TEST(test_field_stores_the_form_below_p)
{
    uint8_t bytes[32], out[32];
    uint32_t want[8];
    srl_fe a;
    int k, bad = 0;

    for (k = 0; k < 256; k++) {
        int top;

        memset(bytes, k < 128 ? 0xff : 0, sizeof bytes);
        bytes[0] = (uint8_t)(k < 128 ? 0x80 + k : k - 128);
        for (top = 0; top < 2; top++) {
            bytes[31] = (uint8_t)((bytes[31] & 0x7f) | top << 7);
            srl_fe_load(&a, bytes);
            bytes[31] &= 0x7f;
            slow_mod(want, bytes, 32, prime);
            bad += !field_is(&a, want);
        }
    }
    for (k = 0; k < 500; k++) {
        field_some(&a, 8, k);
        slow_of(want, &a);
        bad += !field_is(&a, want);
        some_bytes(bytes, 32);
        bytes[31] &= 0x7f;
        srl_fe_load(&a, bytes);
        srl_fe_store(out, &a);
        bad += memcmp(out, bytes, 32) != 0;
    }
    CHECK_INT(bad, 0);
}

TEST(test_field_inverse_root_swap)
{
    srl_fe a, b, r, one, zero;
    int k, bad = 0;

    srl_fe_set(&one, 1);
    srl_fe_set(&zero, 0);
    srl_fe_invert(&r, &zero);
    CHECK(srl_fe_is_equal(&r, &zero));
    CHECK(!srl_fe_is_equal(&one, &zero));
    for (k = 0; k < 20; k++) {
        srl_fe a0, b0, eight, t;
        int i;

        field_some(&a, 1, 2);
        srl_fe_invert(&r, &a);
        srl_fe_mul(&r, &r, &a);
        bad += !srl_fe_is_equal(&r, &one);

        /* (a^((p-5)/8))^8 * a^5 = a^p = a. */
        srl_fe_root(&r, &a);
        eight = r;
        for (i = 0; i < 3; i++) {
            srl_fe_square(&eight, &eight);
        }
        srl_fe_square(&t, &a);
        srl_fe_square(&t, &t);
        srl_fe_mul(&t, &t, &eight);
        bad += !srl_fe_is_equal(&t, &one); /* a^(p-1) */

        field_some(&b, 1, 2);
        a0 = a;
        b0 = b;
        srl_fe_swap(&a, &b, 0);
        bad += memcmp(&a, &a0, sizeof a) || memcmp(&b, &b0, sizeof b);
        srl_fe_swap(&a, &b, 1);
        bad += memcmp(&a, &b0, sizeof a) || memcmp(&b, &a0, sizeof b);
    }
    CHECK_INT(bad, 0);
}

/* ---- X25519 -------------------------------------------------------------- */

TEST(test_x25519_rfc7748_5_2)
{
    uint8_t out[32];

    CHECK(srl_x25519(
        out,
        hex32("a546e36bf0527c9d3b16154b82465edd"
              "62144c0ac1fc5a18506a2244ba449ac4"),
        hex32("e6db6867583030db3594c1a424b15f7c"
              "726624ec26b3353b10a903a6d0ab1c4c")));
    CHECK_MEM(out, 32, hex32("c3da55379de9c6908e94ea4df28d084f"
                             "32eccf03491c71f754b4075577a28552"), 32);
    CHECK(srl_x25519(
        out,
        hex32("4b66e9d4d1b4673c5ad22691957d6af5"
              "c11b6421e0ea01d42ca4169e7918ba0d"),
        hex32("e5210f12786811d3f4b7959d0538ae2c"
              "31dbe7106fc03c3efc4cd549c715a493")));
    CHECK_MEM(out, 32, hex32("95cbde9476e8907d7aade45cb4b873f8"
                             "8b595a68799fa152e6f8f7647aac7957"), 32);
}

/* The second half of 5.2: each result is the next scalar, each scalar the next
 * point. Results go onto the scalar, so this also tests that they may. */
static void
x25519_chain(uint8_t k[32], long times)
{
    uint8_t u[32] = {9}, old[32];

    memset(k, 0, 32);
    k[0] = 9;
    while (times--) {
        memcpy(old, k, 32);
        if (!srl_x25519(k, k, u)) TEST_FAIL("zero");
        memcpy(u, old, 32);
    }
}

TEST(test_x25519_rfc7748_5_2_1_and_1000_times)
{
    uint8_t k[32];

    x25519_chain(k, 1);
    CHECK_MEM(k, 32, hex32("422c8e7a6227d7bca1350b3e2bb7279f"
                           "7897b87bb6854b783c60e80311ae3079"), 32);
    x25519_chain(k, 1000);
    CHECK_MEM(k, 32, hex32("684cf59ba83309552800ef566f2f4d3c"
                           "1c3887c49360e3875f2eb94d99532c51"), 32);
}

TEST(test_x25519_rfc7748_5_2_1000000_times)
{
    uint8_t k[32];

    if (!getenv("SURREAL_TEST_LONG")) {
        SKIP("takes minutes: set SURREAL_TEST_LONG=1");
        return;
    }
    x25519_chain(k, 1000000);
    CHECK_MEM(k, 32, hex32("7c3911e0ab2586fd864497297e575e6f"
                           "3bc601c0883c30df5f4dd2d24f665424"), 32);
}

TEST(test_x25519_rfc7748_6_1)
{
    uint8_t alice[32], bob[32], a_pub[32], b_pub[32], out[32];
    const uint8_t *shared;

    memcpy(alice, hex32("77076d0a7318a57d3c16c17251b26645"
                        "df4c2f87ebc0992ab177fba51db92c2a"), 32);
    memcpy(bob, hex32("5dab087e624a8a4b79e17f8b83800ee6"
                      "6f3bb1292618b6fd1c2f8b27ff88e0eb"), 32);
    srl_x25519_public(a_pub, alice);
    CHECK_MEM(a_pub, 32, hex32("8520f0098930a754748b7ddcb43ef75a"
                               "0dbf3a0d26381af4eba4a98eaa9b4e6a"), 32);
    srl_x25519_public(b_pub, bob);
    CHECK_MEM(b_pub, 32, hex32("de9edb7d7b7dc1b4d35b61c2ece43537"
                               "3f8343c85b78674dadfc7e146f882b4f"), 32);
    shared = hex32("4a5d9d5ba4ce2de1728e3bf480350f25"
                   "e07e21c947d19e3376f09b3c1e161742");
    CHECK(srl_x25519(out, alice, b_pub));
    CHECK_MEM(out, 32, shared, 32);
    CHECK(srl_x25519(b_pub, alice, b_pub)); /* onto the point */
    CHECK_MEM(b_pub, 32, shared, 32);
    CHECK(srl_x25519(out, bob, a_pub));
    CHECK_MEM(out, 32, shared, 32);
}

/* All points of small order, of the curve and of its twist, in every spelling
 * of 256 bits: whatever the scalar, the result is zero and refused. */
TEST(test_x25519_refuses_points_of_small_order)
{
    static const char *const points[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        /* p - 1, p, p + 1 */
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    uint8_t scalar[32], point[32], out[32], zero[32] = {0};
    size_t i;
    int round;

    for (i = 0; i < sizeof points / sizeof *points; i++) {
        for (round = 0; round < 4; round++) {
            memcpy(point, hex32(points[i]), 32);
            point[31] = (uint8_t)(point[31] | (round & 1) << 7);
            some_bytes(scalar, 32);
            memset(out, 0xaa, sizeof out);
            CHECK(!srl_x25519(out, scalar, point));
            CHECK_MEM(out, 32, zero, 32);
        }
    }
}

/* RFC 7748 section 5: the top bit is masked, 2^255 - 19 to 2^255 - 1 count as
 * what they are modulo p; and which bits of a scalar count. */
TEST(test_x25519_spellings)
{
    uint8_t scalar[32], point[32], want[32], out[32];
    unsigned low;

    some_bytes(scalar, 32);
    for (low = 2; low < 19; low++) { /* p + 0 and p + 1 are refused above */
        memset(point, 0, 32);
        point[0] = (uint8_t)low;
        CHECK(srl_x25519(want, scalar, point));
        point[31] = 0x80;
        CHECK(srl_x25519(out, scalar, point));
        CHECK_MEM(out, 32, want, 32);
        memset(point, 0xff, 32);
        point[0] = (uint8_t)(0xed + low);
        point[31] = 0x7f;
        CHECK(srl_x25519(out, scalar, point));
        CHECK_MEM(out, 32, want, 32);
    }
    memset(point, 0, 32);
    point[0] = 9;
    CHECK(srl_x25519(want, scalar, point));
    for (low = 0; low < 256; low++) {
        int ignored = low < 3 || low > 253;

        scalar[low / 8] ^= (uint8_t)(1u << low % 8);
        CHECK(srl_x25519(out, scalar, point));
        CHECK_INT(!memcmp(out, want, 32), ignored);
        scalar[low / 8] ^= (uint8_t)(1u << low % 8);
    }
}

/* "acceptable" is what is right but may be refused. This client takes all but
 * results of zero, so each case has one right answer. */
TEST(test_x25519_wycheproof)
{
    json *doc = vectors_json("wycheproof/x25519_test.json");
    const json *group, *c;
    int seen = 0, refused = 0;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (group = json_get(doc, "testGroups")->child; group;
         group = group->next) {
        for (c = json_get(group, "tests")->child; c; c = c->next) {
            uint8_t scalar[32], point[32], want[32], out[32];
            uint8_t zero[32] = {0};
            bool is_zero, ok;

            if (vectors_hex(json_text(c, "private"), scalar, 32) != 32 ||
                vectors_hex(json_text(c, "public"), point, 32) != 32 ||
                vectors_hex(json_text(c, "shared"), want, 32) != 32) {
                TEST_FAIL("case %d cannot be read", seen);
                continue;
            }
            is_zero = memcmp(want, zero, 32) == 0;
            ok = srl_x25519(out, scalar, point);
            if (ok == is_zero || memcmp(out, want, 32)) {
                TEST_FAIL("tcId %s", json_get(c, "tcId")->text);
            }
            seen++;
            refused += is_zero;
        }
    }
    CHECK(seen >= 518);
    CHECK(refused >= 31);
    json_free(doc);
}

/* ---- scalars of Ed25519 -------------------------------------------------- */

static void
order_bytes(uint8_t out[32])
{
    uint64_t carry = 0;
    int i;

    for (i = 0; i < 32; i++) {
        if (i % 4 == 0) carry += srl_ed_order[i / 4];
        out[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

TEST(test_ed25519_scalars_reduce)
{
    uint8_t wide[64];
    uint32_t got[8], want[8];
    int k, bad = 0;

    for (k = 0; k < 1500; k++) {
        unsigned from = k % 3 ? 0 : (unsigned)k % 33;

        some_bytes(wide, sizeof wide);
        if (k % 5 == 0) memset(wide, k % 2 ? 0xff : 0, 64);
        /* The order, and one less, at each place: the corners of 2^252. */
        if (k % 3 == 0) {
            order_bytes(wide + from);
            wide[from] = (uint8_t)(wide[from] - k % 2);
        }
        srl_ed_reduce(got, wide);
        slow_mod(want, wide, 64, srl_ed_order);
        bad += memcmp(got, want, sizeof want) != 0;
    }
    CHECK_INT(bad, 0);
}

/* From each side of 2^252 and just below the order, where the estimate of a
 * quotient is 2^32 and where it is one too large. */
TEST(test_ed25519_scalars_shift_in)
{
    int k, bad = 0;

    for (k = 0; k < 400; k++) {
        uint32_t r[8], want[8];
        uint8_t bytes[36];
        uint32_t word = k % 4 == 0 ? 0 : k % 4 == 1 ? UINT32_MAX
                                                    : (uint32_t)some();
        int i;

        memcpy(r, srl_ed_order, sizeof r);
        r[0] -= 1 + (k % 8 < 4 ? 0 : (uint32_t)some() % 0x5cf5d3ec);
        if (k % 16 > 7) r[k % 3] = (uint32_t)some() % (srl_ed_order[k % 3] - 1);
        if (k % 32 > 23) memset(r, 0, 7 * sizeof r[0]); /* 2^252 */
        for (i = 0; i < 36; i++) {
            bytes[i] = (uint8_t)((i < 4 ? word : r[i / 4 - 1]) >> i % 4 * 8);
        }
        slow_mod(want, bytes, 36, srl_ed_order);
        srl_ed_shift_in(r, word);
        bad += memcmp(r, want, sizeof want) != 0;
    }
    CHECK_INT(bad, 0);
}

TEST(test_ed25519_digits_sum_up)
{
    int k, bad = 0;

    for (k = 0; k < 300; k++) {
        uint32_t scalar[8], sum[8] = {0}, add[8], sub[8];
        int8_t digits[SRL_ED_DIGITS];
        int i, last = SRL_ED_DIGITS;

        for (i = 0; i < 8; i++) {
            scalar[i] = k < 2 ? 0u - (uint32_t)k : (uint32_t)some();
        }
        scalar[7] &= 0x1fffffff;
        srl_ed_digits(digits, scalar);
        for (i = SRL_ED_DIGITS - 1; i >= 0; i--) {
            uint32_t same[8];

            memcpy(same, sum, sizeof same);
            slow_add(sum, same, prime);
            if (!digits[i]) continue;
            bad += digits[i] > 15 || digits[i] < -15 || digits[i] % 2 == 0;
            bad += last - i < SRL_ED_WINDOW && last < SRL_ED_DIGITS;
            last = i;
            memset(add, 0, sizeof add);
            memcpy(sub, prime, sizeof sub);
            add[0] = (uint32_t)(digits[i] > 0 ? digits[i] : 0);
            sub[0] -= (uint32_t)-digits[i];
            slow_add(sum, digits[i] > 0 ? add : sub, prime);
        }
        bad += memcmp(sum, scalar, sizeof sum) != 0;
    }
    CHECK_INT(bad, 0);
}

/* ---- Ed25519 ------------------------------------------------------------- */

/* RFC 8032 7.1: tests 1 to 3 and SHA(abc); test 1024 is in BoringSSL's file. */
static const struct {
    const char *seed, *key, *message, *signature;
} rfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
     "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
     "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"},
};

TEST(test_ed25519_rfc8032_7_1)
{
    size_t i;

    for (i = 0; i < sizeof rfc8032 / sizeof *rfc8032; i++) {
        uint8_t sig[64], got[64], key[32];
        size_t len;
        unsigned char *message = vectors_bytes(rfc8032[i].message, &len);

        NEED(message && vectors_hex(rfc8032[i].signature, sig, 64) == 64);
        sign25519_public(key, hex32(rfc8032[i].seed));
        CHECK_MEM(key, 32, hex32(rfc8032[i].key), 32);
        CHECK(srl_ed25519_verify(key, message, len, sig));
        sign25519(got, hex32(rfc8032[i].seed), message, len);
        CHECK_MEM(got, 64, sig, 64);
        free(message);
    }
}

/* Every single bit of key, message and signature counts. */
TEST(test_ed25519_refuses_each_flipped_bit)
{
    uint8_t all[32 + 64 + 2]; /* key, signature, message */
    int bit, taken = 0;

    memcpy(all, hex32(rfc8032[2].key), 32);
    NEED(vectors_hex(rfc8032[2].signature, all + 32, 64) == 64);
    NEED(vectors_hex(rfc8032[2].message, all + 96, 2) == 2);
    CHECK(srl_ed25519_verify(all, all + 96, 2, all + 32));
    for (bit = 0; bit < (int)sizeof all * 8; bit++) {
        all[bit / 8] ^= (uint8_t)(1u << bit % 8);
        taken += srl_ed25519_verify(all, all + 96, 2, all + 32);
        all[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_INT(taken, 0);
    CHECK(!srl_ed25519_verify(all, all + 96, 1, all + 32));
    CHECK(!srl_ed25519_verify(all, all + 96, 0, all + 32));
}

/* A signature of another length than 64 never gets here: the caller's check. */
TEST(test_ed25519_wycheproof)
{
    json *doc = vectors_json("wycheproof/ed25519_test.json");
    const json *group, *c;
    int seen = 0, valid = 0, other_length = 0;

    if (!doc) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (group = json_get(doc, "testGroups")->child; group;
         group = group->next) {
        const json *public_key = json_get(group, "publicKey");
        uint8_t key[32];

        NEED(vectors_hex(json_text(public_key, "pk"), key, 32) == 32);
        for (c = json_get(group, "tests")->child; c; c = c->next) {
            size_t len, sig_len;
            unsigned char *message = vectors_bytes(json_text(c, "msg"), &len);
            unsigned char *sig = vectors_bytes(json_text(c, "sig"), &sig_len);
            bool want = strcmp(json_text(c, "result"), "valid") == 0;

            NEED(message && sig);
            seen++;
            valid += want;
            if (sig_len != 64) {
                other_length++;
                CHECK(!want);
            } else if (srl_ed25519_verify(key, message, len, sig) != want) {
                TEST_FAIL("tcId %s", json_get(c, "tcId")->text);
            }
            free(message);
            free(sig);
        }
    }
    CHECK(seen >= 151);
    CHECK(valid >= 88);
    CHECK(other_length <= 12);
    json_free(doc);
}

/* The hexadecimal text behind `name` at *at; moves *at behind the line. */
static unsigned char *
line_bytes(const char **at, const char *name, size_t *len)
{
    const char *start = strstr(*at, name);
    const char *end = start ? strchr(start + 1, '\n') : NULL;
    unsigned char *bytes;
    char *text;

    if (!end) return NULL;
    start += strlen(name);
    start += *start == ' ';
    text = (char *)calloc(1, (size_t)(end - start) + 1);
    if (!text) abort();
    memcpy(text, start, (size_t)(end - start));
    if (end > start && end[-1] == '\r') text[end - start - 1] = '\0';
    bytes = vectors_bytes(text, len);
    free(text);
    *at = end;
    return bytes;
}

/* Signs, too: what other tests sign with is as good as what they test. */
TEST(test_ed25519_boringssl)
{
    size_t len;
    char *text = json_read_file(
        vectors_path("boringssl_txt/ed25519_tests.txt"), &len);
    const char *at = text;
    int seen = 0;

    if (!text) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    for (;; seen++) {
        size_t seed_len, key_len, message_len, sig_len;
        unsigned char *seed = line_bytes(&at, "\nPRIV:", &seed_len);
        unsigned char *key, *message, *sig;
        uint8_t got[64];

        if (!seed) break;
        key = line_bytes(&at, "\nPUB:", &key_len);
        message = line_bytes(&at, "\nMESSAGE:", &message_len);
        sig = line_bytes(&at, "\nSIG:", &sig_len);
        NEED(key && message && sig);
        NEED(seed_len == 64 && key_len == 32 && sig_len == 64);
        CHECK(srl_ed25519_verify(key, message, message_len, sig));
        if (seen % 4 == 0 || message_len > 1000) {
            sign25519_public(got, seed);
            CHECK_MEM(got, 32, key, 32);
            sign25519(got, seed, message, message_len);
            CHECK_MEM(got, 64, sig, 64);
        }
        sig[(unsigned)seen % 64] ^= (unsigned char)(1u << seen % 8);
        CHECK(!srl_ed25519_verify(key, message, message_len, sig));
        free(seed);
        free(key);
        free(message);
        free(sig);
    }
    CHECK(seen >= 514);
    free(text);
}

/* ---- spellings and points no honest signer uses -------------------------- */

static const char identity_key[] =
    "0100000000000000000000000000000000000000000000000000000000000000";

/* R = S * B: a signature under the neutral key, whatever is signed. */
static void
sign_for_neutral(uint8_t sig[64], const uint8_t s[32])
{
    uint32_t scalar[8];

    if (!srl_ed_scalar(scalar, s)) abort();
    sign25519_multiple(sig, scalar);
    memcpy(sig + 32, s, 32);
}

/* With the neutral key the equation holds for S + L as well, so that it is the
 * rule on S alone that refuses it. */
TEST(test_ed25519_s_is_below_the_order)
{
    const uint8_t *key = hex32(identity_key);
    uint8_t sig[64], s[32] = {5};
    int times;

    sign_for_neutral(sig, s);
    CHECK(srl_ed25519_verify(key, sig, 0, sig));
    for (times = 1; times < 15; times++) { /* 15 L + 5 has 256 bits still */
        unsigned carry = 0;
        uint8_t order[32];
        int i;

        order_bytes(order);
        for (i = 0; i < 32; i++) {
            carry += (unsigned)sig[32 + i] + order[i];
            sig[32 + i] = (uint8_t)carry;
            carry >>= 8;
        }
        CHECK_INT(carry, 0);
        CHECK(!srl_ed25519_verify(key, sig, 0, sig));
    }

    /* R neutral: S = 0 holds, S = L would. L - 1 is taken with its own R. */
    memcpy(sig, key, 32);
    memset(sig + 32, 0, 32);
    CHECK(srl_ed25519_verify(key, sig, 0, sig));
    order_bytes(sig + 32);
    CHECK(!srl_ed25519_verify(key, sig, 0, sig));
    sig[32]--;
    memcpy(s, sig + 32, 32);
    sign_for_neutral(sig, s);
    CHECK(srl_ed25519_verify(key, sig, 0, sig));
}

/* p + 1 and a sign on x = 0 are other spellings of the neutral point: as a key
 * and as R, where everything else holds. */
TEST(test_ed25519_refuses_other_spellings)
{
    static const char *const spellings[] = {
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    };
    uint8_t sig[64] = {1}, sig_b[64], s[32] = {77};
    size_t i;

    sign_for_neutral(sig_b, s);
    for (i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        const uint8_t *other = hex32(spellings[i]);

        CHECK(!srl_ed25519_verify(other, s, 32, sig_b));
        memcpy(sig, other, 32);
        CHECK(!srl_ed25519_verify(hex32(identity_key), s, 32, sig));
    }
    memcpy(sig, hex32(identity_key), 32);
    CHECK(srl_ed25519_verify(hex32(identity_key), s, 32, sig));
    CHECK(srl_ed25519_verify(hex32(identity_key), s, 32, sig_b));
}

/* y = 0 to 99: 57 have a point (counted with Euler's criterion); y from p to
 * 2^255 - 1 none, though each is one of them modulo p. */
TEST(test_ed25519_keys_are_points_in_canonical_form)
{
    uint8_t bytes[32], out[32];
    srl_ed_point p;
    int y, points = 0;

    for (y = 0; y < 100; y++) {
        int sign;

        memset(bytes, 0, 32);
        bytes[0] = (uint8_t)y;
        points += srl_ed_load(&p, bytes, false);
        for (sign = 0; sign < 2; sign++) {
            bytes[31] = (uint8_t)(sign << 7);
            if (!srl_ed_load(&p, bytes, false)) continue;
            srl_ed_store(out, &p);
            CHECK_MEM(out, 32, bytes, 32);
            CHECK(srl_ed_load(&p, bytes, true));
            srl_ed_store(out, &p);
            CHECK_INT(out[31], y == 1 ? 0 : (sign ^ 1) << 7);
        }
    }
    CHECK_INT(points, 57);
    for (y = 0; y < 38; y++) {
        memset(bytes, 0xff, 32);
        bytes[0] = (uint8_t)(0xed + y % 19);
        bytes[31] = y < 19 ? 0x7f : 0xff;
        CHECK(!srl_ed_load(&p, bytes, false));
    }
    bytes[0] = 0xec; /* p - 1: x is 0 */
    bytes[31] = 0x7f;
    CHECK(srl_ed_load(&p, bytes, false));
    bytes[31] = 0xff;
    CHECK(!srl_ed_load(&p, bytes, false));
}

/* A key of order 8: S*B - k*A is R = S*B only where 8 divides k. With the
 * cofactor every message would do. */
TEST(test_ed25519_is_without_the_cofactor)
{
    const uint8_t *key = hex32("c7176a703d4dd84fba3c0b760d10670f"
                               "2a2053fa2c39ccc64ec7fd7792ac037a");
    uint8_t sig[64], s[32] = {3};
    int k, taken = 0;

    sign_for_neutral(sig, s);
    for (k = 0; k < 160; k++) {
        uint8_t message = (uint8_t)k;
        uint32_t hash[8];
        bool want;

        sign25519_hash(hash, sig, key, &message, 1);
        want = hash[0] % 8 == 0;
        taken += want;
        CHECK_INT(srl_ed25519_verify(key, &message, 1, sig), want);
    }
    CHECK(taken > 4 && taken < 60);
}

/* An honest key, and R moved by a point of order 8 before it is hashed: only
 * the cofactor would make this hold. */
TEST(test_ed25519_refuses_r_with_torsion)
{
    const uint8_t *seed = hex32(rfc8032[1].seed);
    uint32_t scalar[8], nonce[8] = {1234567, 89}, k[8];
    uint8_t prefix[32], key[32], sig[64], message[3] = {1, 2, 3};
    srl_ed_addend small;
    srl_ed_point p;
    int moved;

    sign25519_expand(scalar, prefix, seed);
    sign25519_multiple(key, scalar);
    NEED(srl_ed_load(&p, hex32("c7176a703d4dd84fba3c0b760d10670f"
                               "2a2053fa2c39ccc64ec7fd7792ac037a"), false));
    srl_ed_addend_of(&small, &p);
    for (moved = 0; moved < 9; moved++) {
        int i;

        sign25519_multiple(sig, nonce);
        NEED(srl_ed_load(&p, sig, false));
        for (i = 0; i < moved; i++) {
            srl_ed_add(&p, &small, false);
        }
        srl_ed_store(sig, &p);
        sign25519_hash(k, sig, key, message, sizeof message);
        sign25519_mul_add(sig + 32, k, scalar, nonce);
        CHECK_INT(srl_ed25519_verify(key, message, sizeof message, sig),
                  moved % 8 == 0);
    }
}

TEST_MAIN(
    RUN(test_field_products_at_the_limits_of_weight);
    RUN(test_field_squares_and_scales_at_the_limits_of_weight);
    RUN(test_field_sums);
    RUN(test_field_stores_the_form_below_p);
    RUN(test_field_inverse_root_swap);
    RUN(test_x25519_rfc7748_5_2);
    RUN(test_x25519_rfc7748_5_2_1_and_1000_times);
    RUN(test_x25519_rfc7748_5_2_1000000_times);
    RUN(test_x25519_rfc7748_6_1);
    RUN(test_x25519_refuses_points_of_small_order);
    RUN(test_x25519_spellings);
    RUN(test_x25519_wycheproof);
    RUN(test_ed25519_scalars_reduce);
    RUN(test_ed25519_scalars_shift_in);
    RUN(test_ed25519_digits_sum_up);
    RUN(test_ed25519_rfc8032_7_1);
    RUN(test_ed25519_refuses_each_flipped_bit);
    RUN(test_ed25519_wycheproof);
    RUN(test_ed25519_boringssl);
    RUN(test_ed25519_s_is_below_the_order);
    RUN(test_ed25519_refuses_other_spellings);
    RUN(test_ed25519_keys_are_points_in_canonical_form);
    RUN(test_ed25519_is_without_the_cofactor);
    RUN(test_ed25519_refuses_r_with_torsion);
)
