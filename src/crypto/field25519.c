/* crypto/field25519.c: arithmetic modulo 2^255 - 19. */
#include "crypto/crypto.h"

/* The prime folds: 2^255 is 19. What a product has above that comes back
 * below, 19 times. Limbs have fewer bits than their type, so that products add
 * up before anything is carried, and sums go into products as they are: the
 * weights in crypto.h keep account of it.
 *
 * No branch and no address depends on a value. A 32-bit multiplication whose
 * time depends on its operands (ARM Cortex-M3) is beyond what C can mend. */

#if SRL_FE_LIMBS == 5
typedef srl_u128 srl_fe_wide;
#define SRL_FE_BITS(i) 51
#else
typedef uint64_t srl_fe_wide;
#define SRL_FE_BITS(i) (26 - ((i) & 1))
#endif
#define SRL_FE_MASK(i) (((srl_fe_limb)1 << SRL_FE_BITS(i)) - 1)

/* ---- products ------------------------------------------------------------ */

#if SRL_FE_LIMBS == 5

/* From five sums of products, each below 2^115, h4 below 2^111, to weight 1.
 *
 * A sum of products is at most 5 terms of 32 * (2^51 + 2^13)^2, in h0 four of
 * them 19 times: 77 * 32 * 2^102 < 2^114, and h4 has no term 19 times:
 * 160 * 2^102 < 2^110. What h3 hands on is below 2^63, so h4 hands on less
 * than 2^59 and 19 times that fits into 64 bits with limb 0. Limb 0 then hands
 * on less than 2^13. */
SRL_INLINE void
srl_fe_fold(srl_fe *r, srl_fe_wide h0, srl_fe_wide h1, srl_fe_wide h2,
            srl_fe_wide h3, srl_fe_wide h4)
{
    uint64_t low;

    h1 += (uint64_t)(h0 >> 51);
    h2 += (uint64_t)(h1 >> 51);
    h3 += (uint64_t)(h2 >> 51);
    h4 += (uint64_t)(h3 >> 51);
    low = ((uint64_t)h0 & SRL_FE_MASK(0)) + 19 * (uint64_t)(h4 >> 51);
    r->v[0] = low & SRL_FE_MASK(0);
    r->v[1] = ((uint64_t)h1 & SRL_FE_MASK(1)) + (low >> 51);
    r->v[2] = (uint64_t)h2 & SRL_FE_MASK(2);
    r->v[3] = (uint64_t)h3 & SRL_FE_MASK(3);
    r->v[4] = (uint64_t)h4 & SRL_FE_MASK(4);
}

/* 19 times a limb of weight 8 is below 2^59. */
SRL_FN void
srl_fe_mul(srl_fe *r, const srl_fe *a, const srl_fe *b)
{
    uint64_t b0 = b->v[0], b1 = b->v[1], b2 = b->v[2], b3 = b->v[3],
             b4 = b->v[4];
    uint64_t f1 = 19 * b1, f2 = 19 * b2, f3 = 19 * b3, f4 = 19 * b4;
    srl_fe_wide a0 = a->v[0], a1 = a->v[1], a2 = a->v[2], a3 = a->v[3],
                a4 = a->v[4];

    srl_fe_fold(r, a0 * b0 + a1 * f4 + a2 * f3 + a3 * f2 + a4 * f1,
                a0 * b1 + a1 * b0 + a2 * f4 + a3 * f3 + a4 * f2,
                a0 * b2 + a1 * b1 + a2 * b0 + a3 * f4 + a4 * f3,
                a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * f4,
                a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0);
}

/* The same sums with equal products taken together: 38 times a limb of weight
 * 5 is below 2^59. */
SRL_FN void
srl_fe_square(srl_fe *r, const srl_fe *a)
{
    uint64_t a0 = a->v[0], a1 = a->v[1], a2 = a->v[2], a3 = a->v[3],
             a4 = a->v[4];
    uint64_t d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2;
    uint64_t f3 = 19 * a3, f4 = 19 * a4;
    srl_fe_wide w0 = d0, w1 = d1, w2 = d2;

    srl_fe_fold(r, (srl_fe_wide)a0 * a0 + w1 * f4 + w2 * f3,
                w0 * a1 + w2 * f4 + (srl_fe_wide)a3 * f3,
                w0 * a2 + (srl_fe_wide)a1 * a1 + (srl_fe_wide)(2 * a3) * f4,
                w0 * a3 + w1 * a2 + (srl_fe_wide)a4 * f4,
                w0 * a4 + w1 * a3 + (srl_fe_wide)a2 * a2);
}

/* Products are below 2^55 * 2^17. */
SRL_FN void
srl_fe_scale(srl_fe *r, const srl_fe *a, uint32_t factor)
{
    srl_fe_wide f = factor;

    srl_fe_fold(r, a->v[0] * f, a->v[1] * f, a->v[2] * f, a->v[3] * f,
                a->v[4] * f);
}

#else

/* From ten sums of products to weight 1. t[9] is below 2^60 (see srl_fe_mul)
 * and t[8] hands on less than 2^38, so t[9] hands on less than 2^35; 19 times
 * that and limb 0 hand on less than 2^14 to limb 1, which hands on 1 at most.
 */
static void
srl_fe_fold(srl_fe *r, uint64_t t[10])
{
    uint64_t carry = 0;
    unsigned i;

    for (i = 0; i < 10; i++) {
        t[i] += carry;
        carry = t[i] >> SRL_FE_BITS(i);
        r->v[i] = (uint32_t)t[i] & SRL_FE_MASK(i);
    }
    carry = r->v[0] + 19 * carry;
    r->v[0] = (uint32_t)carry & SRL_FE_MASK(0);
    r->v[1] += (uint32_t)(carry >> 26);
    r->v[2] += r->v[1] >> 25;
    r->v[1] &= SRL_FE_MASK(1);
}

/* Bring t[10] to t[18] back below 2^255, then fold. */
static void
srl_fe_fold_product(srl_fe *r, uint64_t t[19])
{
    unsigned i;

    for (i = 0; i < 9; i++) {
        t[i] += 19 * t[i + 10];
    }
    srl_fe_fold(r, t);
}

/* Two limbs of odd number stand for half a bit each, so their product counts
 * twice: 2 * 8 * 2^25 still fits into 32 bits.
 *
 * The largest sum is t[0] + 19 t[10]: one product of even limbs, and 19 times
 * (four such and five of odd limbs, each half as large). In units of 2^52 that
 * is 1 + 19 * 6.5 = 124.5, times weights of 32 in all 3984; 2^64 is 4096
 * units, and the 2^13 above each limb add two units at most. t[9] has ten
 * products of 2^51: below 2^60. */
SRL_FN void
srl_fe_mul(srl_fe *r, const srl_fe *a, const srl_fe *b)
{
    uint64_t t[19];
    uint32_t twice[10];
    unsigned i, j;

    memset(t, 0, sizeof t);
    for (j = 0; j < 10; j++) {
        twice[j] = b->v[j] << (j & 1);
    }
    for (i = 0; i < 10; i++) {
        const uint32_t *row = i & 1 ? twice : b->v;

        for (j = 0; j < 10; j++) {
            t[i + j] += (uint64_t)a->v[i] * row[j];
        }
    }
    srl_fe_fold_product(r, t);
}

/* The same sums; each product of two different limbs is taken once, with the
 * first of them doubled: 2 * 5 * 2^26 fits. */
SRL_FN void
srl_fe_square(srl_fe *r, const srl_fe *a)
{
    uint64_t t[19];
    uint32_t twice[10];
    unsigned i, j;

    memset(t, 0, sizeof t);
    for (j = 0; j < 10; j++) {
        twice[j] = a->v[j] << (j & 1);
    }
    for (i = 0; i < 10; i++) {
        const uint32_t *row = i & 1 ? twice : a->v;
        uint32_t both = 2 * a->v[i];

        t[2 * i] += (uint64_t)a->v[i] * row[i];
        for (j = i + 1; j < 10; j++) {
            t[i + j] += (uint64_t)both * row[j];
        }
    }
    srl_fe_fold_product(r, t);
}

SRL_FN void
srl_fe_scale(srl_fe *r, const srl_fe *a, uint32_t factor)
{
    uint64_t t[10];
    unsigned i;

    for (i = 0; i < 10; i++) {
        t[i] = (uint64_t)a->v[i] * factor;
    }
    srl_fe_fold(r, t);
}

#endif

/* ---- sums ---------------------------------------------------------------- */

/* Weight 8 of limb 0 fits both types: 2^54 and 2^29. */
SRL_FN void
srl_fe_add(srl_fe *r, const srl_fe *a, const srl_fe *b)
{
    unsigned i;

    for (i = 0; i < SRL_FE_LIMBS; i++) {
        r->v[i] = a->v[i] + b->v[i];
    }
}

/* a + 2p - b: the limbs of 2p are all but twice the mask of their place, more
 * than b of weight 1 has, so none goes below zero. */
SRL_FN void
srl_fe_sub(srl_fe *r, const srl_fe *a, const srl_fe *b)
{
    unsigned i;

    r->v[0] = a->v[0] + (2 * SRL_FE_MASK(0) - 36) - b->v[0];
    for (i = 1; i < SRL_FE_LIMBS; i++) {
        r->v[i] = a->v[i] + 2 * SRL_FE_MASK(i) - b->v[i];
    }
}

/* Weight up to 8 to limbs within their bits, but for limb 0: it exceeds them by
 * 19 * 9 at most. */
static void
srl_fe_carry(srl_fe *r)
{
    srl_fe_limb carry = 0;
    unsigned i;

    for (i = 0; i < SRL_FE_LIMBS; i++) {
        r->v[i] += carry;
        carry = r->v[i] >> SRL_FE_BITS(i);
        r->v[i] &= SRL_FE_MASK(i);
    }
    r->v[0] += 19 * carry;
}

SRL_FN void
srl_fe_neg(srl_fe *r, const srl_fe *a)
{
    srl_fe zero;

    srl_fe_set(&zero, 0);
    srl_fe_sub(r, &zero, a);
    srl_fe_carry(r);
}

/* ---- bytes --------------------------------------------------------------- */

SRL_FN void
srl_fe_set(srl_fe *r, unsigned small)
{
    memset(r, 0, sizeof *r);
    r->v[0] = small;
}

/* At most 7 bits wait for the next limb: 7 + 51 fit. */
SRL_FN void
srl_fe_load(srl_fe *r, const uint8_t in[32])
{
    uint64_t waiting = 0;
    unsigned bits = 0;
    unsigned i;

    for (i = 0; i < SRL_FE_LIMBS; i++) {
        unsigned want = SRL_FE_BITS(i);

        for (; bits < want; bits += 8) {
            waiting |= (uint64_t)*in++ << bits;
        }
        r->v[i] = (srl_fe_limb)waiting & SRL_FE_MASK(i);
        waiting >>= want;
        bits -= want;
    }
}

/* After one carry the value is below 2^255 + 171, so p fits into it at most
 * once: exactly if adding 19 reaches 2^255. */
SRL_FN void
srl_fe_store(uint8_t out[32], const srl_fe *a)
{
    srl_fe t = *a;
    srl_fe_limb over = 19;
    uint64_t waiting = 0;
    unsigned bits = 0;
    unsigned i;

    srl_fe_carry(&t);
    for (i = 0; i < SRL_FE_LIMBS; i++) {
        over = (t.v[i] + over) >> SRL_FE_BITS(i);
    }
    over *= 19;
    for (i = 0; i < SRL_FE_LIMBS; i++) {
        over += t.v[i];
        waiting |= (uint64_t)(over & SRL_FE_MASK(i)) << bits;
        over >>= SRL_FE_BITS(i);
        for (bits += SRL_FE_BITS(i); bits >= 8; bits -= 8) {
            *out++ = (uint8_t)waiting;
            waiting >>= 8;
        }
    }
    *out = (uint8_t)waiting; /* the 7 bits left of 255 */
    srl_wipe(&t, sizeof t);
}

SRL_FN bool
srl_fe_is_equal(const srl_fe *a, const srl_fe *b)
{
    uint8_t one[32], other[32];

    srl_fe_store(one, a);
    srl_fe_store(other, b);
    return memcmp(one, other, sizeof one) == 0;
}

/* Every limb is touched and written in both cases. */
SRL_FN void
srl_fe_swap(srl_fe *a, srl_fe *b, unsigned bit)
{
    srl_fe_limb mask = (srl_fe_limb)0 - bit;
    unsigned i;

    SRL_CT_HIDE(mask);
    for (i = 0; i < SRL_FE_LIMBS; i++) {
        srl_fe_limb both = mask & (a->v[i] ^ b->v[i]);

        a->v[i] ^= both;
        b->v[i] ^= both;
    }
}

/* ---- powers -------------------------------------------------------------- */

/* r = a^(2^times) * b. */
static void
srl_fe_square_mul(srl_fe *r, const srl_fe *a, unsigned times, const srl_fe *b)
{
    srl_fe t;

    srl_fe_square(&t, a);
    while (--times) {
        srl_fe_square(&t, &t);
    }
    srl_fe_mul(r, &t, b);
    srl_wipe(&t, sizeof t);
}

/* r = a^(2^250 - 1), the long run of ones both exponents begin with, and
 * *eleven = a^11. Runs double: 5, 10, 20, 40; 50, 100, 200; 250 ones. */
static void
srl_fe_ones(srl_fe *r, srl_fe *eleven, const srl_fe *a)
{
    struct {
        srl_fe two, nine, run, ten, fifty;
    } at;

    srl_fe_square(&at.two, a);
    srl_fe_square_mul(&at.nine, &at.two, 2, a);
    srl_fe_mul(eleven, &at.nine, &at.two);
    srl_fe_square_mul(&at.run, eleven, 1, &at.nine);
    srl_fe_square_mul(&at.ten, &at.run, 5, &at.run);
    srl_fe_square_mul(&at.run, &at.ten, 10, &at.ten);
    srl_fe_square_mul(&at.run, &at.run, 20, &at.run);
    srl_fe_square_mul(&at.fifty, &at.run, 10, &at.ten);
    srl_fe_square_mul(&at.run, &at.fifty, 50, &at.fifty);
    srl_fe_square_mul(&at.run, &at.run, 100, &at.run);
    srl_fe_square_mul(r, &at.run, 50, &at.fifty);
    srl_wipe(&at, sizeof at);
}

/* p - 2 = (2^250 - 1) * 2^5 + 11 (Fermat). */
SRL_FN void
srl_fe_invert(srl_fe *r, const srl_fe *a)
{
    srl_fe ones, eleven;

    srl_fe_ones(&ones, &eleven, a);
    srl_fe_square_mul(r, &ones, 5, &eleven);
    srl_wipe(&ones, sizeof ones);
    srl_wipe(&eleven, sizeof eleven);
}

/* (p - 5) / 8 = 2^252 - 3 = (2^250 - 1) * 2^2 + 1. Of public numbers only. */
SRL_FN void
srl_fe_root(srl_fe *r, const srl_fe *a)
{
    srl_fe ones, eleven;

    srl_fe_ones(&ones, &eleven, a);
    srl_fe_square_mul(r, &ones, 2, a);
}
