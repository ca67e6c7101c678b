/* crypto/ed25519.c: verifying Ed25519 signatures, RFC 8032. */
#include "crypto/crypto.h"

/* All here is public and takes any time.
 *
 * A signature is (R, S) of a message under a key A: it holds if S < L and the
 * bytes of R are those of S*B - k*A, k = SHA-512(R, A, message) mod L. What
 * RFC 8032 leaves open is decided so:
 *
 *   S >= L             refused (5.1.7): one message, one S
 *   R                  compared as bytes, never decoded: no other spelling of
 *                      the same point is taken
 *   A                  y below p, and no sign on x = 0 (5.1.3 steps 1 and 4)
 *   cofactor           not multiplied in, as in OpenSSL and BoringSSL: a
 *                      signature is good here if and only if it is there
 *   A of small order   taken like any other. Who publishes such a key lets all
 *                      the world sign, as does who publishes the private key;
 *                      the RFC has no rule against it
 *
 * The curve is -x^2 + y^2 = 1 + d x^2 y^2. Points are (X : Y : Z : T) with
 * x = X/Z, y = Y/Z, T = XY/Z (Hisil and others 2008); the formulas for sums
 * hold for all points, so no case is special. */
typedef struct srl_ed_point {
    srl_fe x, y, z, t;
} srl_ed_point;

/* A point as sums want it: y + x (weight 2), y - x (3), 2z (2), 2d t (1). */
typedef struct srl_ed_addend {
    srl_fe plus, minus, z2, t2d;
} srl_ed_addend;

/* An odd digit of up to 4 bits and its sign, followed by 4 zeros: multiples 1,
 * 3, ... 15 are made ready. */
#define SRL_ED_WINDOW 5
#define SRL_ED_MULTIPLES 8
#define SRL_ED_DIGITS 256

static void
srl_ed_d(srl_fe *r)
{
    static const uint8_t d[32] = {
        0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75,
        0xab, 0xd8, 0x41, 0x41, 0x4d, 0x0a, 0x70, 0x00,
        0x98, 0xe8, 0x79, 0x77, 0x79, 0x40, 0xc7, 0x8c,
        0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52
    };

    srl_fe_load(r, d);
}

static void
srl_ed_root_of_minus_1(srl_fe *r)
{
    static const uint8_t root[32] = {
        0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4,
        0x78, 0xe4, 0x2f, 0xad, 0x06, 0x18, 0x43, 0x2f,
        0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00, 0x4d, 0x2b,
        0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b
    };

    srl_fe_load(r, root);
}

/* ---- scalars: eight words, the lowest first ------------------------------ */

/* L = 2^252 + 27742317777372353535851937790883648493, the order of B. */
static const uint32_t srl_ed_order[8] = {
    0x5cf5d3edu, 0x5812631au, 0xa2f79cd6u, 0x14def9deu, 0, 0, 0, 0x10000000u
};

static uint32_t
srl_ed_word(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

/* False if the scalar is not below L. */
static bool
srl_ed_scalar(uint32_t r[8], const uint8_t in[32])
{
    int i;

    for (i = 0; i < 8; i++) {
        r[i] = srl_ed_word(in + 4 * i);
    }
    for (i = 7; i >= 0; i--) {
        if (r[i] != srl_ed_order[i]) return r[i] < srl_ed_order[i];
    }
    return false;
}

/* r = (r * 2^32 + word) mod L, for r < L.
 *
 * q counts the 2^252 in the sum. It is at most 2^32, and exactly that only if
 * r >= 2^252. Taking q * L away leaves the bits below 2^252, less q times the
 * low half of L: at most 2^158 below zero, so one L more mends it. */
static void
srl_ed_shift_in(uint32_t r[8], uint32_t word)
{
    uint64_t q = (uint64_t)r[7] << 4 | r[6] >> 28;
    uint64_t carry = 0;
    int i;

    for (i = 7; i > 0; i--) {
        r[i] = r[i - 1];
    }
    r[0] = word;
    r[7] &= 0x0fffffff;
    for (i = 0; i < 8; i++) {
        uint64_t left;

        /* q * order < 2^63.4 for the four words used, carry <= 2^32. */
        if (i < 4) carry += q * srl_ed_order[i];
        left = (uint64_t)r[i] - (uint32_t)carry;
        r[i] = (uint32_t)left;
        carry = (carry >> 32) + (left >> 63);
    }
    if (!carry) return;
    carry = 0;
    for (i = 0; i < 8; i++) {
        carry += (uint64_t)r[i] + srl_ed_order[i];
        r[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* 64 bytes, little-endian, modulo L. */
static void
srl_ed_reduce(uint32_t r[8], const uint8_t in[64])
{
    int i;

    memset(r, 0, 8 * sizeof r[0]);
    for (i = 60; i >= 0; i -= 4) {
        srl_ed_shift_in(r, srl_ed_word(in + i));
    }
}

/* Bits [at, at + SRL_ED_WINDOW) of a scalar; those beyond its end are 0. */
static int
srl_ed_bits(const uint32_t k[8], unsigned at)
{
    uint64_t two = k[at / 32];

    if (at < 224) two |= (uint64_t)k[at / 32 + 1] << 32;
    return (int)(two >> at % 32) & ((1 << SRL_ED_WINDOW) - 1);
}

/* The scalar as the sum of digits[i] * 2^i, each 0 or odd and from -15 to 15.
 * A negative digit carries 1 into the bits above it; k < 2^253 lets the last
 * carry end inside the array. */
static void
srl_ed_digits(int8_t digits[SRL_ED_DIGITS], const uint32_t k[8])
{
    unsigned at = 0;
    int carry = 0;

    memset(digits, 0, SRL_ED_DIGITS);
    while (at < SRL_ED_DIGITS) {
        int digit = srl_ed_bits(k, at) + carry;

        if (!(digit & 1)) {
            at++;
            continue;
        }
        carry = digit > SRL_ED_MULTIPLES * 2;
        if (carry) digit -= 1 << SRL_ED_WINDOW;
        digits[at] = (int8_t)digit;
        at += SRL_ED_WINDOW;
    }
}

/* ---- points -------------------------------------------------------------- */

static void
srl_ed_neutral(srl_ed_point *r)
{
    srl_fe_set(&r->x, 0);
    srl_fe_set(&r->y, 1);
    srl_fe_set(&r->z, 1);
    srl_fe_set(&r->t, 0);
}

/* B, of which S is a multiple (RFC 8032 5.1). */
static void
srl_ed_base(srl_ed_point *r)
{
    static const uint8_t x[32] = {
        0x1a, 0xd5, 0x25, 0x8f, 0x60, 0x2d, 0x56, 0xc9,
        0xb2, 0xa7, 0x25, 0x95, 0x60, 0xc7, 0x2c, 0x69,
        0x5c, 0xdc, 0xd6, 0xfd, 0x31, 0xe2, 0xa4, 0xc0,
        0xfe, 0x53, 0x6e, 0xcd, 0xd3, 0x36, 0x69, 0x21
    };
    uint8_t y[32];

    memset(y, 0x66, sizeof y); /* 4/5 */
    y[0] = 0x58;
    srl_fe_load(&r->x, x);
    srl_fe_load(&r->y, y);
    srl_fe_set(&r->z, 1);
    srl_fe_mul(&r->t, &r->x, &r->y);
}

/* x of a point whose y is given: x^2 = u/v with u = y^2 - 1, v = d y^2 + 1.
 * The candidate u v^3 (u v^7)^((p-5)/8) is a root of u/v or of -u/v, if there
 * is one (RFC 8032 5.1.3 step 3). */
static bool
srl_ed_solve(srl_fe *x, const srl_fe *y)
{
    srl_fe u, v, v3, t, one;

    srl_fe_set(&one, 1);
    srl_fe_square(&t, y);
    srl_fe_sub(&u, &t, &one); /* weight 3 */
    srl_ed_d(&v);
    srl_fe_mul(&v, &v, &t);
    srl_fe_add(&v, &v, &one); /* 2 */

    srl_fe_square(&v3, &v);
    srl_fe_mul(&v3, &v3, &v);
    srl_fe_square(&t, &v3);
    srl_fe_mul(&t, &t, &v);
    srl_fe_mul(&t, &t, &u);
    srl_fe_root(&t, &t);
    srl_fe_mul(&t, &t, &v3);
    srl_fe_mul(x, &t, &u);

    srl_fe_square(&t, x);
    srl_fe_mul(&t, &t, &v);
    if (srl_fe_is_equal(&t, &u)) return true;
    srl_fe_add(&u, &u, &t); /* 4: zero if t is -u */
    srl_fe_set(&t, 0);
    if (!srl_fe_is_equal(&t, &u)) return false;
    srl_ed_root_of_minus_1(&t);
    srl_fe_mul(x, x, &t);
    return true;
}

/* The point of these bytes, negated if `negate` is set. False if there is none
 * or they are not its only form (RFC 8032 5.1.3). */
static bool
srl_ed_load(srl_ed_point *r, const uint8_t in[32], bool negate)
{
    uint8_t bytes[32];
    unsigned sign = in[31] >> 7;
    srl_fe zero;

    srl_fe_load(&r->y, in);
    srl_fe_store(bytes, &r->y);
    bytes[31] = (uint8_t)(bytes[31] | sign << 7);
    if (memcmp(bytes, in, 32) || !srl_ed_solve(&r->x, &r->y)) return false;

    srl_fe_set(&zero, 0);
    if (sign && srl_fe_is_equal(&r->x, &zero)) return false;
    srl_fe_store(bytes, &r->x);
    if ((bytes[0] & 1u) != (sign ^ (unsigned)negate)) {
        srl_fe_neg(&r->x, &r->x);
    }
    srl_fe_set(&r->z, 1);
    srl_fe_mul(&r->t, &r->x, &r->y);
    return true;
}

/* y with the lowest bit of x above it (RFC 8032 5.1.2). */
static void
srl_ed_store(uint8_t out[32], const srl_ed_point *p)
{
    uint8_t bytes[32];
    srl_fe inverse, t;

    srl_fe_invert(&inverse, &p->z);
    srl_fe_mul(&t, &p->x, &inverse);
    srl_fe_store(bytes, &t);
    srl_fe_mul(&t, &p->y, &inverse);
    srl_fe_store(out, &t);
    out[31] = (uint8_t)(out[31] | bytes[0] << 7);
}

static void
srl_ed_addend_of(srl_ed_addend *r, const srl_ed_point *p)
{
    srl_fe d;

    srl_ed_d(&d);
    srl_fe_add(&d, &d, &d); /* weight 2 */
    srl_fe_add(&r->plus, &p->y, &p->x);
    srl_fe_sub(&r->minus, &p->y, &p->x);
    srl_fe_add(&r->z2, &p->z, &p->z);
    srl_fe_mul(&r->t2d, &p->t, &d);
}

/* (E : F : G : H) as all formulas leave it; products of weights up to 20. */
static void
srl_ed_finish(srl_ed_point *r, const srl_fe *e, const srl_fe *f,
              const srl_fe *g, const srl_fe *h)
{
    srl_fe_mul(&r->x, e, f);
    srl_fe_mul(&r->y, g, h);
    srl_fe_mul(&r->z, f, g);
    srl_fe_mul(&r->t, e, h);
}

/* p += q, or p -= q: -q has plus and minus exchanged and t negated. RFC 8032
 * 5.1.4, whose names these are. Weights: 3 * 3 at most before the sums; E 3,
 * H 2, D - C 3, D + C 2. */
static void
srl_ed_add(srl_ed_point *p, const srl_ed_addend *q, bool negate)
{
    srl_fe a, b, c, d, e, h;

    srl_fe_sub(&a, &p->y, &p->x);
    srl_fe_mul(&a, &a, negate ? &q->plus : &q->minus);
    srl_fe_add(&b, &p->y, &p->x);
    srl_fe_mul(&b, &b, negate ? &q->minus : &q->plus);
    srl_fe_mul(&c, &p->t, &q->t2d);
    srl_fe_mul(&d, &p->z, &q->z2);
    srl_fe_sub(&e, &b, &a);
    srl_fe_add(&h, &b, &a);
    srl_fe_sub(&a, &d, &c);
    srl_fe_add(&b, &d, &c);
    if (negate) {
        srl_ed_finish(p, &e, &b, &a, &h);
    } else {
        srl_ed_finish(p, &e, &a, &b, &h);
    }
}

/* p = 2p, with the signs of E, F, G and H as in RFC 8032 5.1.4 all turned.
 * Weights: C 2, H 2, E 4, G 3, F 5. T of p is not read, so that it may be left
 * out (`with_t`) where the next step is a doubling too. */
static void
srl_ed_double(srl_ed_point *p, bool with_t)
{
    srl_fe a, b, c, e, h;

    srl_fe_add(&e, &p->x, &p->y);
    srl_fe_square(&e, &e);
    srl_fe_square(&a, &p->x);
    srl_fe_square(&b, &p->y);
    srl_fe_square(&c, &p->z);
    srl_fe_add(&c, &c, &c);
    srl_fe_add(&h, &a, &b);
    srl_fe_sub(&e, &h, &e);
    srl_fe_sub(&a, &a, &b); /* G */
    srl_fe_add(&c, &c, &a); /* F */
    if (with_t) {
        srl_ed_finish(p, &e, &c, &a, &h);
    } else {
        srl_fe_mul(&p->x, &e, &c);
        srl_fe_mul(&p->y, &a, &h);
        srl_fe_mul(&p->z, &c, &a);
    }
}

/* ---- multiples ----------------------------------------------------------- */

/* A point's multiples 1, 3, ... 15, and the digits that choose among them. */
typedef struct srl_ed_term {
    srl_ed_addend odd[SRL_ED_MULTIPLES];
    int8_t digits[SRL_ED_DIGITS];
} srl_ed_term;

static void
srl_ed_term_init(srl_ed_term *term, const uint32_t k[8],
                 const srl_ed_point *p)
{
    srl_ed_point at = *p;
    srl_ed_addend twice;
    int i;

    srl_ed_double(&at, true);
    srl_ed_addend_of(&twice, &at);
    at = *p;
    for (i = 0; i < SRL_ED_MULTIPLES; i++) {
        if (i) srl_ed_add(&at, &twice, false);
        srl_ed_addend_of(&term->odd[i], &at);
    }
    srl_ed_digits(term->digits, k);
}

static void
srl_ed_term_add(srl_ed_point *p, const srl_ed_term *term, int i)
{
    int digit = term->digits[i];

    if (digit > 0) srl_ed_add(p, &term->odd[digit / 2], false);
    if (digit < 0) srl_ed_add(p, &term->odd[-digit / 2], true);
}

/* r = k * p + s * B, both in one run of doublings (Straus). The multiples of B
 * are made for each call, 3 % of its time: less than a table is worth. */
static void
srl_ed_mul_add(srl_ed_point *r, const uint32_t k[8], const srl_ed_point *p,
               const uint32_t s[8])
{
    srl_ed_term one, other;
    srl_ed_point base;
    int i;

    srl_ed_base(&base);
    srl_ed_term_init(&one, k, p);
    srl_ed_term_init(&other, s, &base);
    srl_ed_neutral(r);
    for (i = SRL_ED_DIGITS - 1; i >= 0; i--) {
        srl_ed_double(r, one.digits[i] || other.digits[i]);
        srl_ed_term_add(r, &one, i);
        srl_ed_term_add(r, &other, i);
    }
}

SRL_FN bool
srl_ed25519_verify(const uint8_t key[32], const uint8_t *message, size_t len,
                   const uint8_t signature[64])
{
    srl_hash hash;
    srl_ed_point a, r;
    uint32_t k[8], s[8];
    uint8_t digest[SRL_HASH_MAX];

    if (!srl_ed_scalar(s, signature + 32)) return false;
    if (!srl_ed_load(&a, key, true)) return false;
    srl_hash_init(&hash, SRL_SHA512);
    srl_hash_add(&hash, signature, 32);
    srl_hash_add(&hash, key, 32);
    srl_hash_add(&hash, message, len);
    srl_hash_end(&hash, digest);
    srl_ed_reduce(k, digest);
    srl_ed_mul_add(&r, k, &a, s);
    srl_ed_store(digest, &r);
    return memcmp(digest, signature, 32) == 0;
}
