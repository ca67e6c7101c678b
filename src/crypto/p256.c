/* crypto/p256.c: the curve P-256 and its key agreement. */
#include "crypto/crypto.h"

/* SP 800-186 3.2.1.3: p, n, b and the base point, the latter as its odd
 * multiples 1 to 15. Field elements stand in Montgomery form. */
static const srl_ec_curve srl_p256_curve = {
    {256 / SRL_EC_BITS, srl_ec_mul_p256, SRL_EC_LOW(0x00000000, 0x00000001),
     {SRL_EC_W(0xffffffff, 0xffffffff), SRL_EC_W(0x00000000, 0xffffffff),
      SRL_EC_W(0x00000000, 0x00000000), SRL_EC_W(0xffffffff, 0x00000001)},
     {SRL_EC_W(0x00000000, 0x00000001), SRL_EC_W(0xffffffff, 0x00000000),
      SRL_EC_W(0xffffffff, 0xffffffff), SRL_EC_W(0x00000000, 0xfffffffe)},
     {SRL_EC_W(0x00000000, 0x00000003), SRL_EC_W(0xfffffffb, 0xffffffff),
      SRL_EC_W(0xffffffff, 0xfffffffe), SRL_EC_W(0x00000004, 0xfffffffd)}},
    {256 / SRL_EC_BITS, srl_ec_mul, SRL_EC_LOW(0xccd1c8aa, 0xee00bc4f),
     {SRL_EC_W(0xf3b9cac2, 0xfc632551), SRL_EC_W(0xbce6faad, 0xa7179e84),
      SRL_EC_W(0xffffffff, 0xffffffff), SRL_EC_W(0xffffffff, 0x00000000)},
     {SRL_EC_W(0x0c46353d, 0x039cdaaf), SRL_EC_W(0x43190552, 0x58e8617b),
      SRL_EC_W(0x00000000, 0x00000000), SRL_EC_W(0x00000000, 0xffffffff)},
     {SRL_EC_W(0x83244c95, 0xbe79eea2), SRL_EC_W(0x4699799c, 0x49bd6fa6),
      SRL_EC_W(0x2845b239, 0x2b6bec59), SRL_EC_W(0x66e12d94, 0xf3d95620)}},
    {SRL_EC_W(0xd89cdf62, 0x29c4bddf), SRL_EC_W(0xacf005cd, 0x78843090),
     SRL_EC_W(0xe5a220ab, 0xf7212ed6), SRL_EC_W(0xdc30061d, 0x04874834)},
    {{{SRL_EC_W(0x79e730d4, 0x18a9143c), SRL_EC_W(0x75ba95fc, 0x5fedb601),
       SRL_EC_W(0x79fb732b, 0x77622510), SRL_EC_W(0x18905f76, 0xa53755c6)},
      {SRL_EC_W(0xddf25357, 0xce95560a), SRL_EC_W(0x8b4ab8e4, 0xba19e45c),
       SRL_EC_W(0xd2e88688, 0xdd21f325), SRL_EC_W(0x8571ff18, 0x25885d85)}},
     {{SRL_EC_W(0xffac3f90, 0x4eebc127), SRL_EC_W(0xb027f84a, 0x087d81fb),
       SRL_EC_W(0x66ad77dd, 0x87cbbc98), SRL_EC_W(0x26936a3f, 0xb6ff747e)},
      {SRL_EC_W(0xb04c5c1f, 0xc983a7eb), SRL_EC_W(0x583e47ad, 0x0861fe1a),
       SRL_EC_W(0x78820831, 0x1a2ee98e), SRL_EC_W(0xd5f06a29, 0xe587cc07)}},
     {{SRL_EC_W(0xbe1b8aae, 0xc45c61f5), SRL_EC_W(0x90ec649a, 0x94b9537d),
       SRL_EC_W(0x941cb5aa, 0xd076c20c), SRL_EC_W(0xc9079605, 0x890523c8)},
      {SRL_EC_W(0xeb309b4a, 0xe7ba4f10), SRL_EC_W(0x73c568ef, 0xe5eb882b),
       SRL_EC_W(0x3540a987, 0x7e7a1f68), SRL_EC_W(0x73a076bb, 0x2dd1e916)}},
     {{SRL_EC_W(0x0746354e, 0xa0173b4f), SRL_EC_W(0x2bd20213, 0xd23c00f7),
       SRL_EC_W(0xf43eaab5, 0x0c23bb08), SRL_EC_W(0x13ba5119, 0xc3123e03)},
      {SRL_EC_W(0x2847d030, 0x3f5b9d4d), SRL_EC_W(0x6742f2f2, 0x5da67bdd),
       SRL_EC_W(0xef933bdc, 0x77c94195), SRL_EC_W(0xeaedd915, 0x6e240867)}},
     {{SRL_EC_W(0x75c96e8f, 0x264e20e8), SRL_EC_W(0xabe6bfed, 0x59a7a841),
       SRL_EC_W(0x2cc09c04, 0x44c8eb00), SRL_EC_W(0xe05b3080, 0xf0c4e16b)},
      {SRL_EC_W(0x1eb7777a, 0xa45f3314), SRL_EC_W(0x56af7bed, 0xce5d45e3),
       SRL_EC_W(0x2b6e019a, 0x88b12f1a), SRL_EC_W(0x086659cd, 0xfd835f9b)}},
     {{SRL_EC_W(0xea7d260a, 0x6245e404), SRL_EC_W(0x9de40795, 0x6e7fdfe0),
       SRL_EC_W(0x1ff3a415, 0x8dac1ab5), SRL_EC_W(0x3e7090f1, 0x649c9073)},
      {SRL_EC_W(0x1a768561, 0x2b944e88), SRL_EC_W(0x250f939e, 0xe57f61c8),
       SRL_EC_W(0x0c0daa89, 0x1ead643d), SRL_EC_W(0x68930023, 0xe125b88e)}},
     {{SRL_EC_W(0xccc42563, 0x4b2ed709), SRL_EC_W(0x0e356769, 0x856fd30d),
       SRL_EC_W(0xbcbcd43f, 0x559e9811), SRL_EC_W(0x738477ac, 0x5395b759)},
      {SRL_EC_W(0x35752b90, 0xc00ee17f), SRL_EC_W(0x68748390, 0x742ed2e3),
       SRL_EC_W(0x7cd06422, 0xbd1f5bc1), SRL_EC_W(0xfbc08769, 0xc9e7b797)}},
     {{SRL_EC_W(0x72bcd8b7, 0xbc60055b), SRL_EC_W(0x03cc23ee, 0x56e27e4b),
       SRL_EC_W(0xee337424, 0xe4819370), SRL_EC_W(0xe2aa0e43, 0x0ad3da09)},
      {SRL_EC_W(0x40b8524f, 0x6383c45d), SRL_EC_W(0xd7663554, 0x42a41b25),
       SRL_EC_W(0x64efa6de, 0x778a4797), SRL_EC_W(0x2042170a, 0x7079adf4)}}}
};

SRL_FN const srl_ec_curve *
srl_p256(void)
{
    return &srl_p256_curve;
}

/* ---- secret scalars ------------------------------------------------------ */

/* The scalar in signed digits of five bits (Booth): a digit is read from six
 * bits, of which the lowest belongs to the digit below, and stands for
 *     (v + 1) / 2 - 32 * (v / 32), from -16 to 16.
 * Read from the top, the digits above bit 5j make the number
 *     k_j = floor(scalar / 2^5j) + (bit 5j - 1 of scalar).
 *
 * No addition below is exceptional, for 1 <= scalar < n: it adds d times the
 * point to 32 * k_(j+1) times the point, where |d| <= 16. Infinite operands
 * (k_(j+1) = 0 or d = 0) are selected away. Equal ones mean 32 * k_(j+1) = d
 * modulo n. For j > 0 both are below n / 2 in size, so they are equal as
 * numbers, and as |d| < 32 both are 0. For j = 0, 32 * k_1 = scalar - d lies
 * between -15 and n + 15; if it is not d itself (which is 0 again) it is
 * n + d with d < 0: but n is 17 modulo 32, so that d would be -17. Opposite
 * ones would make a multiple of n, which only scalar is that far up. */
#define SRL_P256_WINDOWS 52

/* The digit j: its size, and a mask of its sign. */
static unsigned
srl_p256_digit(const uint8_t scalar[32], unsigned j, srl_ec_limb *minus)
{
    unsigned v = 0;
    unsigned sign, i;

    for (i = 0; i < 6; i++) {
        unsigned bit = 5 * j + i; /* one above the bit's place */

        if (bit < 1 || bit > 256) continue;
        bit--;
        v |= ((unsigned)scalar[31 - bit / 8] >> bit % 8 & 1) << i;
    }
    sign = v >> 5;
    *minus = (srl_ec_limb)0 - (srl_ec_limb)sign;
    v = (v + 1) >> 1; /* 0 to 16, or 16 to 32 with the sign */
    return (v ^ (0u - sign)) + sign + (sign << 5); /* v, or 32 - v */
}

/* r = table[size - 1], or an infinite point for 0; every entry is read. */
static void
srl_p256_pick(srl_ec_point *r, const srl_ec_point table[16], unsigned size,
              srl_ec_limb minus)
{
    const srl_ec_mod *p = &srl_p256_curve.p;
    srl_ec_int zero, y;
    unsigned i;

    memset(r, 0, sizeof *r);
    memset(zero, 0, sizeof zero);
    for (i = 0; i < 16; i++) {
        /* The top bit of a difference that is not 0. */
        unsigned differ = ((size ^ (i + 1)) + 0x7fffffffu) >> 31;
        srl_ec_limb mask = (srl_ec_limb)differ - 1;

        srl_ec_select(p, r->x, table[i].x, mask);
        srl_ec_select(p, r->y, table[i].y, mask);
        srl_ec_select(p, r->z, table[i].z, mask);
    }
    srl_ec_sub(p, y, zero, r->y);
    srl_ec_select(p, r->y, y, minus);
}

static void
srl_p256_select(srl_ec_point *r, const srl_ec_point *a, srl_ec_limb mask)
{
    const srl_ec_mod *p = &srl_p256_curve.p;

    srl_ec_select(p, r->x, a->x, mask);
    srl_ec_select(p, r->y, a->y, mask);
    srl_ec_select(p, r->z, a->z, mask);
}

SRL_FN void
srl_p256_mul(srl_ec_point *r, const srl_ec_point *point,
             const uint8_t scalar[32])
{
    const srl_ec_curve *c = &srl_p256_curve;
    srl_ec_point table[16]; /* 1 to 16 times the point */
    srl_ec_point at, sum, pick;
    unsigned j, i;

    memset(&at, 0, sizeof at);
    memset(&sum, 0, sizeof sum);
    table[0] = *point;
    for (i = 1; i < 16; i++) {
        if (i & 1) {
            srl_ec_double(c, &table[i], &table[i / 2]);
        } else {
            srl_ec_sum(c, &table[i], &table[i - 1], point, false);
        }
    }
    for (j = SRL_P256_WINDOWS; j-- > 0;) {
        srl_ec_limb minus, at_zero, pick_zero;
        unsigned size = srl_p256_digit(scalar, j, &minus);

        for (i = 0; i < 5; i++) {
            srl_ec_double(c, &at, &at);
        }
        srl_p256_pick(&pick, table, size, minus);
        at_zero = srl_ec_zero_mask(&c->p, at.z);
        pick_zero = srl_ec_zero_mask(&c->p, pick.z);
        srl_ec_sum(c, &sum, &at, &pick, false);
        srl_p256_select(&sum, &at, pick_zero);
        srl_p256_select(&sum, &pick, at_zero);
        at = sum;
    }
    *r = at;
    srl_wipe(table, sizeof table);
    srl_wipe(&at, sizeof at);
    srl_wipe(&sum, sizeof sum);
    srl_wipe(&pick, sizeof pick);
}

/* All ones for a scalar from 1 to n - 1, else 0. */
static srl_ec_limb
srl_p256_is_scalar(const uint8_t scalar[32])
{
    const srl_ec_mod *n = &srl_p256_curve.n;
    srl_ec_int k;
    srl_ec_limb ok = srl_ec_load(n, k, scalar);

    ok &= ~srl_ec_zero_mask(n, k);
    srl_wipe(k, sizeof k);
    return ok;
}

/* x and, unless it is NULL, y: 32 bytes each, zero where `ok` is 0. */
static void
srl_p256_export(uint8_t *x, uint8_t *y, srl_ec_point *point, srl_ec_limb ok)
{
    const srl_ec_mod *p = &srl_p256_curve.p;
    srl_ec_int z, t;
    unsigned i;

    srl_ec_invert(p, z, point->z);
    p->mul(p, t, z, z);
    p->mul(p, point->x, point->x, t);
    p->mul(p, t, t, z);
    p->mul(p, point->y, point->y, t);
    srl_ec_leave(p, point->x, point->x);
    srl_ec_leave(p, point->y, point->y);
    for (i = 0; i < p->count; i++) {
        point->x[i] &= ok;
        point->y[i] &= ok;
    }
    srl_ec_store(p, x, point->x);
    if (y) srl_ec_store(p, y, point->y);
    srl_wipe(z, sizeof z);
    srl_wipe(t, sizeof t);
    srl_wipe(point, sizeof *point);
}

/* A scalar out of range is worked on like any other, and the result dropped:
 * nothing but the answer depends on it. */
SRL_FN bool
srl_p256_public(uint8_t out[SRL_P256_POINT], const uint8_t scalar[32])
{
    const srl_ec_curve *c = &srl_p256_curve;
    srl_ec_limb ok = srl_p256_is_scalar(scalar);
    srl_ec_point point;

    memcpy(point.x, c->base[0][0], sizeof point.x);
    memcpy(point.y, c->base[0][1], sizeof point.y);
    memcpy(point.z, c->p.one, sizeof point.z);
    srl_p256_mul(&point, &point, scalar);
    out[0] = (uint8_t)(4 & ok);
    srl_p256_export(out + 1, out + 33, &point, ok);
    return ok & 1;
}

SRL_FN bool
srl_p256_ecdh(uint8_t out[32], const uint8_t scalar[32], const uint8_t *peer,
              size_t peer_len)
{
    srl_ec_limb ok = srl_p256_is_scalar(scalar);
    srl_ec_point point;

    memset(out, 0, 32);
    if (!srl_ec_decode(&srl_p256_curve, &point, peer, peer_len)) return false;
    srl_p256_mul(&point, &point, scalar);
    srl_p256_export(out, NULL, &point, ok);
    return ok & 1;
}
