/* crypto/weier.c: numbers and points of P-256 and P-384. */
#include "crypto/crypto.h"

/* Both curves are y^2 = x^3 - 3x + b over a prime field (SP 800-186 3.2.1),
 * so one set of formulas serves both, and so does one Montgomery product for
 * their fields and the numbers modulo their orders. Points are Jacobian: the
 * doubling has no exceptions on a curve of odd order, and it is the doublings
 * that take the time. What the addition leaves out is said in crypto.h; each
 * caller shows why it does not meet it. */

/* Rows of limbs are short and of a known length: without loops they run in
 * half the time. Compilers do not see that at -O2. */
#if SRL_EC_BITS == 32
#define SRL_EC_UNROLL
#elif defined(__clang__)
#define SRL_EC_UNROLL _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__) && __GNUC__ >= 8
#define SRL_EC_UNROLL _Pragma("GCC unroll 6")
#else
#define SRL_EC_UNROLL
#endif

/* Call a function of n limbs so that n is a constant in it. */
#if SRL_EC_BITS == 32
#define SRL_EC_SIZED(f, m, r, a, x) f(m, r, a, x, (m)->count)
#else
#define SRL_EC_SIZED(f, m, r, a, x)                                 \
    ((m)->count == 4 ? f(m, r, a, x, 4) : f(m, r, a, x, SRL_EC_MAX))
#endif

SRL_INLINE srl_ec_limb
srl_ec_hide(srl_ec_limb mask)
{
    SRL_CT_HIDE(mask);
    return mask;
}

/* ---- limbs --------------------------------------------------------------- */

/* a + b + *carry; a carry is 0 or 1. */
SRL_INLINE srl_ec_limb
srl_ec_carry(srl_ec_limb a, srl_ec_limb b, srl_ec_limb *carry)
{
    srl_ec_wide w = (srl_ec_wide)a + b + *carry;

    *carry = (srl_ec_limb)(w >> SRL_EC_BITS);
    return (srl_ec_limb)w;
}

/* a - b - *borrow; a borrow is 0 or 1. */
SRL_INLINE srl_ec_limb
srl_ec_borrow(srl_ec_limb a, srl_ec_limb b, srl_ec_limb *borrow)
{
    srl_ec_wide w = (srl_ec_wide)a - b - *borrow;

    *borrow = (srl_ec_limb)(w >> SRL_EC_BITS) & 1;
    return (srl_ec_limb)w;
}

/* t + a * b + *carry; a carry is any limb. With B = 2^SRL_EC_BITS this is at
 * most (B - 1) + (B - 1)^2 + (B - 1) = B^2 - 1. */
SRL_INLINE srl_ec_limb
srl_ec_madd(srl_ec_limb t, srl_ec_limb a, srl_ec_limb b, srl_ec_limb *carry)
{
    srl_ec_wide w = (srl_ec_wide)a * b + t + *carry;

    *carry = (srl_ec_limb)(w >> SRL_EC_BITS);
    return (srl_ec_limb)w;
}

SRL_FN srl_ec_limb
srl_ec_zero_mask(const srl_ec_mod *m, const srl_ec_limb *a)
{
    srl_ec_limb any = 0;
    unsigned i;

    for (i = 0; i < m->count; i++) {
        any |= a[i];
    }
    any |= (srl_ec_limb)0 - any; /* the top bit says: not 0 */
    return srl_ec_hide((any >> (SRL_EC_BITS - 1)) - 1);
}

SRL_FN void
srl_ec_select(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
              srl_ec_limb mask)
{
    unsigned i;

    mask = srl_ec_hide(mask);
    for (i = 0; i < m->count; i++) {
        r[i] ^= mask & (r[i] ^ a[i]);
    }
}

/* ---- numbers modulo m ---------------------------------------------------- */

/* r = top * R + t - m if that is not negative, else t. */
SRL_INLINE void
srl_ec_reduce_n(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *t,
                srl_ec_limb top, unsigned n)
{
    srl_ec_int less;
    srl_ec_limb borrow = 0;
    srl_ec_limb keep;
    unsigned i;

    SRL_EC_UNROLL
    for (i = 0; i < n; i++) {
        less[i] = srl_ec_borrow(t[i], m->m[i], &borrow);
    }
    /* t < 2m: where top is set there is a borrow, and t is not kept. */
    keep = srl_ec_hide((srl_ec_limb)0 - (borrow & (top ^ 1)));
    SRL_EC_UNROLL
    for (i = 0; i < n; i++) {
        r[i] = less[i] ^ (keep & (less[i] ^ t[i]));
    }
}

SRL_FN void
srl_ec_reduce(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *t,
              srl_ec_limb top)
{
    SRL_EC_SIZED(srl_ec_reduce_n, m, r, t, top);
}

SRL_INLINE void
srl_ec_add_n(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
             const srl_ec_limb *b, unsigned n)
{
    srl_ec_int t;
    srl_ec_limb carry = 0;
    unsigned i;

    SRL_EC_UNROLL
    for (i = 0; i < n; i++) {
        t[i] = srl_ec_carry(a[i], b[i], &carry);
    }
    srl_ec_reduce_n(m, r, t, carry, n);
}

SRL_FN void
srl_ec_add(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
           const srl_ec_limb *b)
{
    SRL_EC_SIZED(srl_ec_add_n, m, r, a, b);
}

SRL_INLINE void
srl_ec_sub_n(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
             const srl_ec_limb *b, unsigned n)
{
    srl_ec_int t;
    srl_ec_limb borrow = 0;
    srl_ec_limb carry = 0;
    srl_ec_limb mask;
    unsigned i;

    SRL_EC_UNROLL
    for (i = 0; i < n; i++) {
        t[i] = srl_ec_borrow(a[i], b[i], &borrow);
    }
    mask = srl_ec_hide((srl_ec_limb)0 - borrow);
    SRL_EC_UNROLL
    for (i = 0; i < n; i++) {
        r[i] = srl_ec_carry(t[i], m->m[i] & mask, &carry);
    }
}

SRL_FN void
srl_ec_sub(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
           const srl_ec_limb *b)
{
    SRL_EC_SIZED(srl_ec_sub_n, m, r, a, b);
}

/* (a + (m & mask)) / 2 */
SRL_INLINE void
srl_ec_half_n(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
              srl_ec_limb mask, unsigned n)
{
    srl_ec_int t;
    srl_ec_limb carry = 0;
    unsigned i;

    SRL_EC_UNROLL
    for (i = 0; i < n; i++) {
        t[i] = srl_ec_carry(a[i], m->m[i] & mask, &carry);
    }
    SRL_EC_UNROLL
    for (i = 1; i < n; i++) {
        r[i - 1] = t[i - 1] >> 1 | t[i] << (SRL_EC_BITS - 1);
    }
    r[n - 1] = t[n - 1] >> 1 | carry << (SRL_EC_BITS - 1);
}

/* One of a and a + m is even. */
SRL_FN void
srl_ec_half(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a)
{
    srl_ec_limb mask = srl_ec_hide((srl_ec_limb)0 - (a[0] & 1));

    SRL_EC_SIZED(srl_ec_half_n, m, r, a, mask);
}

/* Montgomery's product, a limb of b at a time. Before and after each step
 * t < 2m, as t + a * b[i] + q * m < 2m + (B - 1) * m + (B - 1) * m and the
 * lowest limb of it, which q makes 0, is then dropped: < 2m. `top` is the
 * limb above the n of t. */
SRL_INLINE void
srl_ec_mul_n(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
             const srl_ec_limb *b, unsigned n)
{
    srl_ec_int t;
    srl_ec_limb top = 0;
    unsigned i, j;

    SRL_EC_UNROLL
    for (j = 0; j < n; j++) {
        t[j] = 0;
    }
    for (i = 0; i < n; i++) {
        srl_ec_limb carry = 0;
        srl_ec_limb over = 0;
        srl_ec_limb q;

        SRL_EC_UNROLL
        for (j = 0; j < n; j++) {
            t[j] = srl_ec_madd(t[j], a[j], b[i], &carry);
        }
        top = srl_ec_carry(top, carry, &over);
        q = t[0] * m->low;
        carry = 0;
        (void)srl_ec_madd(t[0], q, m->m[0], &carry);
        SRL_EC_UNROLL
        for (j = 1; j < n; j++) {
            t[j - 1] = srl_ec_madd(t[j], q, m->m[j], &carry);
        }
        t[n - 1] = top + carry;
        top = over + (t[n - 1] < carry);
    }
    srl_ec_reduce_n(m, r, t, top, n);
}

SRL_FN void
srl_ec_mul(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
           const srl_ec_limb *b)
{
    SRL_EC_SIZED(srl_ec_mul_n, m, r, a, b);
}

/* The steps of srl_ec_mul_n for p = 2^256 - 2^224 + 2^192 + 2^96 - 1, where
 * q * m is one product and shifts: low is 1, so q is the lowest limb, which -q
 * takes away; q * 2^96 is added above it, and the highest limb of p is
 * 2^64 - 2^32 + 1. As p < 2^256 - 2^223, t + a * b[i] < p * (B + 1) is below
 * B^5: five limbs hold it.
 *
 * The same for P-384 would be shifts alone, but long chains of borrows: slower
 * than products with gcc, hardly faster with clang. */
SRL_FN void
srl_ec_mul_p256(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a,
                const srl_ec_limb *b)
{
#if SRL_EC_BITS == 64
    srl_ec_int t = {0};
    srl_ec_limb top = 0;
    unsigned i;

    for (i = 0; i < 4; i++) {
        srl_ec_limb x = b[i];
        srl_ec_limb carry = 0;
        srl_ec_limb q;

        t[0] = q = srl_ec_madd(t[0], a[0], x, &carry);
        t[1] = srl_ec_madd(t[1], a[1], x, &carry);
        t[2] = srl_ec_madd(t[2], a[2], x, &carry);
        t[3] = srl_ec_madd(t[3], a[3], x, &carry);
        top += carry;
        carry = 0;
        t[0] = srl_ec_carry(t[1], q << 32, &carry);
        t[1] = srl_ec_carry(t[2], q >> 32, &carry);
        t[2] = srl_ec_madd(t[3], q, m->m[3], &carry);
        t[3] = top + carry;
        top = t[3] < carry;
    }
    srl_ec_reduce_n(m, r, t, top, 4);
#else
    srl_ec_mul(m, r, a, b);
#endif
}

/* Fermat: a^(m - 2), four bits of the exponent at a time. The exponent is
 * known to all, so that it may say what is read. */
SRL_FN void
srl_ec_invert(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a)
{
    srl_ec_int powers[16];
    srl_ec_int out;
    unsigned at = m->count * SRL_EC_BITS;
    unsigned i;

    memcpy(powers[0], m->one, sizeof powers[0]);
    for (i = 1; i < 16; i++) {
        m->mul(m, powers[i], powers[i - 1], a);
    }
    memcpy(out, m->one, sizeof out);
    while (at) {
        srl_ec_limb limb;

        at -= 4;
        limb = m->m[at / SRL_EC_BITS];
        if (at < SRL_EC_BITS) limb -= 2; /* the lowest limb is above 1 */
        for (i = 0; i < 4; i++) {
            m->mul(m, out, out, out);
        }
        m->mul(m, out, out, powers[limb >> at % SRL_EC_BITS & 15]);
    }
    memcpy(r, out, m->count * sizeof *r);
    srl_wipe(powers, sizeof powers);
    srl_wipe(out, sizeof out);
}

SRL_FN srl_ec_limb
srl_ec_load(const srl_ec_mod *m, srl_ec_limb *r, const uint8_t *bytes)
{
    srl_ec_limb borrow = 0;
    unsigned i;

    for (i = 0; i < m->count; i++) {
        const uint8_t *at = bytes + (m->count - 1 - i) * sizeof *r;

#if SRL_EC_BITS == 64
        r[i] = srl_load64(at);
#else
        r[i] = srl_load32(at);
#endif
        (void)srl_ec_borrow(r[i], m->m[i], &borrow);
    }
    return srl_ec_hide((srl_ec_limb)0 - borrow);
}

SRL_FN void
srl_ec_store(const srl_ec_mod *m, uint8_t *bytes, const srl_ec_limb *a)
{
    unsigned i;

    for (i = 0; i < m->count; i++) {
        uint8_t *at = bytes + (m->count - 1 - i) * sizeof *a;

#if SRL_EC_BITS == 64
        srl_store64(at, a[i]);
#else
        srl_store32(at, a[i]);
#endif
    }
}

SRL_FN void
srl_ec_enter(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a)
{
    m->mul(m, r, a, m->square);
}

SRL_FN void
srl_ec_leave(const srl_ec_mod *m, srl_ec_limb *r, const srl_ec_limb *a)
{
    srl_ec_int plain_one = {1};

    m->mul(m, r, a, plain_one);
}

/* ---- points -------------------------------------------------------------- */

/* With a = -3 the slope is m / (2 y z), m = 3 (x - z^2)(x + z^2), and with
 * g = (2 y)^2, s = x g:
 *     x3 = m^2 - 2 s,  y3 = m (s - x3) - g^2 / 2,  z3 = 2 y z
 * An infinite point has z = 0 and keeps it. There is no point with y = 0, for
 * it would have the order 2. */
SRL_FN void
srl_ec_double(const srl_ec_curve *c, srl_ec_point *r, const srl_ec_point *a)
{
    const srl_ec_mod *p = &c->p;
    srl_ec_int g, s, m, t;

    p->mul(p, t, a->z, a->z);
    srl_ec_sub(p, m, a->x, t);
    srl_ec_add(p, t, a->x, t);
    p->mul(p, m, m, t);
    srl_ec_add(p, t, m, m);
    srl_ec_add(p, m, m, t);
    srl_ec_add(p, t, a->y, a->y);
    p->mul(p, r->z, t, a->z);
    p->mul(p, g, t, t);
    p->mul(p, s, a->x, g);
    p->mul(p, t, m, m);
    srl_ec_sub(p, t, t, s);
    srl_ec_sub(p, r->x, t, s);
    srl_ec_sub(p, s, s, r->x);
    p->mul(p, s, s, m);
    p->mul(p, g, g, g);
    srl_ec_half(p, g, g);
    srl_ec_sub(p, r->y, s, g);
}

/* With u = x1 z2^2, s = y1 z2^3, h = x2 z1^2 - u and e = y2 z1^3 - s:
 *     x3 = e^2 - h^3 - 2 u h^2,  y3 = e (u h^2 - x3) - s h^3,  z3 = z1 z2 h
 * Opposite points have h = 0 and e != 0, which gives z = 0 as it should and
 * x = e^2 != 0. Equal points have h = e = 0. */
SRL_FN void
srl_ec_sum(const srl_ec_curve *c, srl_ec_point *r, const srl_ec_point *a,
           const srl_ec_point *b, bool is_affine)
{
    const srl_ec_mod *p = &c->p;
    srl_ec_int u, s, h, e, t, z;

    p->mul(p, t, a->z, a->z);
    p->mul(p, h, b->x, t);
    p->mul(p, t, t, a->z);
    p->mul(p, e, b->y, t);
    if (is_affine) {
        memcpy(u, a->x, sizeof u);
        memcpy(s, a->y, sizeof s);
        memcpy(z, a->z, sizeof z);
    } else {
        p->mul(p, t, b->z, b->z);
        p->mul(p, u, a->x, t);
        p->mul(p, t, t, b->z);
        p->mul(p, s, a->y, t);
        p->mul(p, z, a->z, b->z);
    }
    srl_ec_sub(p, h, h, u);
    srl_ec_sub(p, e, e, s);
    p->mul(p, r->z, z, h);
    p->mul(p, t, h, h);
    p->mul(p, u, u, t);
    p->mul(p, h, h, t);
    p->mul(p, t, e, e);
    srl_ec_sub(p, t, t, h);
    srl_ec_sub(p, t, t, u);
    srl_ec_sub(p, r->x, t, u);
    srl_ec_sub(p, t, u, r->x);
    p->mul(p, t, t, e);
    p->mul(p, s, s, h);
    srl_ec_sub(p, r->y, t, s);
}

SRL_FN void
srl_ec_sum_any(const srl_ec_curve *c, srl_ec_point *r, const srl_ec_point *a,
               const srl_ec_point *b, bool is_affine)
{
    srl_ec_point sum;

    if (!is_affine && srl_ec_zero_mask(&c->p, b->z)) {
        if (r != a) *r = *a;
        return;
    }
    if (srl_ec_zero_mask(&c->p, a->z)) {
        if (r != b) *r = *b;
        if (is_affine) memcpy(r->z, c->p.one, sizeof r->z);
        return;
    }
    srl_ec_sum(c, &sum, a, b, is_affine);
    if (srl_ec_zero_mask(&c->p, sum.z) && srl_ec_zero_mask(&c->p, sum.x)) {
        srl_ec_double(c, r, a);
    } else {
        *r = sum;
    }
}

SRL_FN bool
srl_ec_decode(const srl_ec_curve *c, srl_ec_point *r, const uint8_t *bytes,
              size_t len)
{
    const srl_ec_mod *p = &c->p;
    size_t size = p->count * sizeof(srl_ec_limb);
    srl_ec_int left, right;

    if (len != 1 + 2 * size || bytes[0] != 4) return false;
    if (!srl_ec_load(p, r->x, bytes + 1)) return false;
    if (!srl_ec_load(p, r->y, bytes + 1 + size)) return false;
    srl_ec_enter(p, r->x, r->x);
    srl_ec_enter(p, r->y, r->y);
    memcpy(r->z, p->one, sizeof r->z);
    p->mul(p, right, r->x, r->x);
    srl_ec_sub(p, right, right, p->one);
    srl_ec_sub(p, right, right, p->one);
    srl_ec_sub(p, right, right, p->one);
    p->mul(p, right, right, r->x); /* x (x^2 - 3) */
    srl_ec_add(p, right, right, c->b);
    p->mul(p, left, r->y, r->y);
    srl_ec_sub(p, left, left, right);
    return srl_ec_zero_mask(p, left) != 0;
}
