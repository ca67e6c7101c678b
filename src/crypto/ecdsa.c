/* crypto/ecdsa.c: ECDSA signatures, verified. */
#include "crypto/crypto.h"

/* FIPS 186-5 6.4.2. All of it is public: it takes the time it takes.
 *
 * u1 * G + u2 * Q is one run of doublings for both scalars (Straus), each in
 * its non-adjacent form of width 5: digits are 0 or odd and below 16 in size,
 * and of five in a row at most one is not 0. Eight odd multiples of each point
 * do for that; those of G are constants. */

#define SRL_ECDSA_DIGITS 385 /* one more than an order has bits */

/* Digits of a plain number below the order; returns how many there are. */
static unsigned
srl_ecdsa_digits(const srl_ec_mod *n, int8_t digits[SRL_ECDSA_DIGITS],
                 const srl_ec_limb *k)
{
    unsigned bits = n->count * SRL_EC_BITS;
    unsigned carry = 0;
    unsigned used = 0;
    unsigned at = 0;

    memset(digits, 0, SRL_ECDSA_DIGITS);
    while (at < bits) {
        unsigned v = 0;
        unsigned bit;

        for (bit = at; bit < at + 5 && bit < bits; bit++) {
            v |= (unsigned)(k[bit / SRL_EC_BITS] >> bit % SRL_EC_BITS & 1)
                 << (bit - at);
        }
        if ((v & 1) == carry) { /* 0 + 0, or 1 + 1 with the carry going on */
            at++;
            continue;
        }
        v += carry; /* odd, at most 31 */
        carry = v >> 4;
        digits[at] = (int8_t)((int)v - (carry ? 32 : 0));
        used = at + 1;
        at += 5;
    }
    if (carry) {
        digits[bits] = 1;
        used = bits + 1;
    }
    return used;
}

/* at += digit * (the point whose odd multiples are in the table). */
static void
srl_ecdsa_step(const srl_ec_curve *c, srl_ec_point *at,
               const srl_ec_point *multiple, bool is_affine, bool minus)
{
    srl_ec_point point = *multiple;
    srl_ec_int zero;

    if (minus) {
        memset(zero, 0, sizeof zero);
        srl_ec_sub(&c->p, point.y, zero, point.y);
    }
    srl_ec_sum_any(c, at, at, &point, is_affine);
}

/* r = u1 * G + u2 * q; u1 and u2 are plain. */
static void
srl_ecdsa_sum(const srl_ec_curve *c, srl_ec_point *r, const srl_ec_limb *u1,
              const srl_ec_limb *u2, const srl_ec_point *q)
{
    int8_t digits1[SRL_ECDSA_DIGITS], digits2[SRL_ECDSA_DIGITS];
    unsigned used1 = srl_ecdsa_digits(&c->n, digits1, u1);
    unsigned used2 = srl_ecdsa_digits(&c->n, digits2, u2);
    unsigned i = used1 > used2 ? used1 : used2;
    srl_ec_point table[8]; /* 1, 3, .. 15 times q: none infinite or equal */
    srl_ec_point twice, base;
    int d;

    memset(r, 0, sizeof *r);
    memset(&base, 0, sizeof base);
    memset(&twice, 0, sizeof twice);
    memset(table, 0, sizeof table);
    srl_ec_double(c, &twice, q);
    table[0] = *q;
    for (d = 1; d < 8; d++) {
        srl_ec_sum(c, &table[d], &twice, &table[d - 1], d == 1);
    }
    while (i-- > 0) {
        srl_ec_double(c, r, r);
        d = digits1[i];
        if (d) {
            memcpy(base.x, c->base[abs(d) / 2][0], sizeof base.x);
            memcpy(base.y, c->base[abs(d) / 2][1], sizeof base.y);
            srl_ecdsa_step(c, r, &base, true, d < 0);
        }
        d = digits2[i];
        if (d) srl_ecdsa_step(c, r, &table[abs(d) / 2], false, d < 0);
    }
}

/* The leftmost bits of the digest as a number below n; a digest shorter than
 * the order is that number as it is. Less than 2^bits, it is below 2n. */
static void
srl_ecdsa_number(const srl_ec_mod *n, srl_ec_limb *e, const uint8_t *digest,
                 size_t len)
{
    uint8_t bytes[48] = {0};
    size_t size = n->count * sizeof *e;

    if (len > size) len = size;
    if (len) memcpy(bytes + size - len, digest, len);
    (void)srl_ec_load(n, e, bytes);
    srl_ec_reduce(n, e, e, 0);
}

/* r or s: false if it is not from 1 to n - 1. */
static bool
srl_ecdsa_scalar(const srl_ec_mod *n, srl_ec_limb *k, const uint8_t *bytes)
{
    return srl_ec_load(n, k, bytes) && !srl_ec_zero_mask(n, k);
}

/* True if x / z^2 is the field element of the plain number k. */
static bool
srl_ecdsa_is_x(const srl_ec_mod *p, const srl_ec_point *point,
               const srl_ec_limb *k)
{
    srl_ec_int t, x;

    srl_ec_enter(p, x, k);
    p->mul(p, t, point->z, point->z);
    p->mul(p, t, t, x);
    srl_ec_sub(p, t, t, point->x);
    return srl_ec_zero_mask(p, t) != 0;
}

/* True if the x coordinate is r modulo n. It is below p < 2n, and so is r or
 * r + n. */
static bool
srl_ecdsa_is_r(const srl_ec_curve *c, const srl_ec_point *point,
               const srl_ec_limb *r)
{
    srl_ec_int sum;
    unsigned i = c->p.count;

    if (srl_ec_zero_mask(&c->p, point->z)) return false;
    if (srl_ecdsa_is_x(&c->p, point, r)) return true;
    /* Modulo p: if that takes off a p, the sum is less than r. */
    srl_ec_add(&c->p, sum, r, c->n.m);
    while (i > 1 && sum[i - 1] == r[i - 1]) {
        i--;
    }
    return sum[i - 1] > r[i - 1] && srl_ecdsa_is_x(&c->p, point, sum);
}

SRL_FN size_t
srl_curve_len(srl_curve curve)
{
    return curve == SRL_P256 ? 32 : 48;
}

SRL_FN bool
srl_ecdsa_verify(srl_curve curve, const uint8_t *point, size_t point_len,
                 const uint8_t *digest, size_t digest_len, const uint8_t *r,
                 const uint8_t *s)
{
    const srl_ec_curve *c = curve == SRL_P256 ? srl_p256() : srl_p384();
    const srl_ec_mod *n = &c->n;
    srl_ec_point q, sum;
    srl_ec_int rn, sn, e, u2;

    memset(&q, 0, sizeof q);
    if (!srl_ecdsa_scalar(n, rn, r) || !srl_ecdsa_scalar(n, sn, s) ||
        !srl_ec_decode(c, &q, point, point_len)) {
        return false;
    }
    srl_ecdsa_number(n, e, digest, digest_len);
    srl_ec_enter(n, sn, sn);
    srl_ec_invert(n, sn, sn);
    n->mul(n, e, e, sn);
    n->mul(n, u2, rn, sn);
    srl_ecdsa_sum(c, &sum, e, u2, &q);
    return srl_ecdsa_is_r(c, &sum, rn);
}
