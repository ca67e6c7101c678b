/* crypto/x25519.c: key agreement on Curve25519, RFC 7748. */
#include "crypto/crypto.h"

/* The Montgomery ladder of RFC 7748 section 5: 255 equal steps, whatever the
 * scalar. Which of the two points a step works on is settled by masked swaps;
 * no branch and no address depends on the scalar or on a coordinate.
 *
 * Points are (x : z), x/z being the coordinate u. One struct holds all that is
 * secret, so that one wipe ends it. */
typedef struct srl_x25519_ladder {
    uint8_t scalar[32];
    srl_fe base; /* u of the peer's point */
    srl_fe x2, z2, x3, z3;
    srl_fe sum, diff, sum2, diff2, da, cb;
} srl_x25519_ladder;

/* (x2 : z2) doubled, (x3 : z3) becomes the sum of both, whose difference is
 * `base`. Weights: sums are 2, differences 3, of squares and products. */
static void
srl_x25519_step(srl_x25519_ladder *at)
{
    srl_fe_sub(&at->diff, &at->x3, &at->z3);
    srl_fe_add(&at->sum, &at->x2, &at->z2);
    srl_fe_mul(&at->da, &at->diff, &at->sum);  /* D * A: 3 * 2 */
    srl_fe_square(&at->sum2, &at->sum);        /* AA */
    srl_fe_add(&at->sum, &at->x3, &at->z3);
    srl_fe_sub(&at->diff, &at->x2, &at->z2);
    srl_fe_mul(&at->cb, &at->sum, &at->diff);  /* C * B: 2 * 3 */
    srl_fe_square(&at->diff2, &at->diff);      /* BB */

    srl_fe_add(&at->x3, &at->da, &at->cb);
    srl_fe_square(&at->x3, &at->x3);
    srl_fe_sub(&at->z3, &at->da, &at->cb);
    srl_fe_square(&at->z3, &at->z3);
    srl_fe_mul(&at->z3, &at->z3, &at->base);

    srl_fe_mul(&at->x2, &at->sum2, &at->diff2);
    srl_fe_sub(&at->diff, &at->sum2, &at->diff2);  /* E: 3 */
    srl_fe_scale(&at->z2, &at->diff, 121665);      /* (486662 - 2) / 4 */
    srl_fe_add(&at->z2, &at->z2, &at->sum2);       /* 2 */
    srl_fe_mul(&at->z2, &at->z2, &at->diff);
}

/* Limbs that products and powers left on the stack lie where this function's
 * frame lies now: it must not become a piece of its caller's. */
#if defined(__GNUC__)
__attribute__((noinline))
#elif defined(_MSC_VER)
__declspec(noinline)
#endif
static void
srl_x25519_wipe_below(void)
{
    uint8_t room[1536]; /* more than the deepest calls take */

    srl_wipe(room, sizeof room);
}

SRL_FN bool
srl_x25519(uint8_t out[32], const uint8_t scalar[32],
           const uint8_t point[32])
{
    srl_x25519_ladder at;
    unsigned swapped = 0;
    unsigned any = 0;
    int i;

    /* decodeScalar25519: a multiple of 8, bit 254 the highest. */
    memcpy(at.scalar, scalar, 32);
    at.scalar[0] &= 0xf8;
    at.scalar[31] = (uint8_t)((at.scalar[31] & 0x7f) | 0x40);

    srl_fe_load(&at.base, point);
    srl_fe_set(&at.x2, 1);
    srl_fe_set(&at.z2, 0);
    at.x3 = at.base;
    srl_fe_set(&at.z3, 1);
    for (i = 254; i >= 0; i--) {
        unsigned bit = (unsigned)at.scalar[i / 8] >> (i % 8) & 1;

        srl_fe_swap(&at.x2, &at.x3, swapped ^ bit);
        srl_fe_swap(&at.z2, &at.z3, swapped ^ bit);
        swapped = bit;
        srl_x25519_step(&at);
    }
    /* Bit 0 is 0: the last step left nothing swapped. */

    srl_fe_invert(&at.z2, &at.z2);
    srl_fe_mul(&at.x2, &at.x2, &at.z2);
    srl_fe_store(out, &at.x2);
    srl_wipe(&at, sizeof at);
    srl_x25519_wipe_below();
    for (i = 0; i < 32; i++) {
        any |= out[i];
    }
    return any != 0;
}

SRL_FN void
srl_x25519_public(uint8_t out[32], const uint8_t scalar[32])
{
    uint8_t base[32];

    memset(base, 0, sizeof base);
    base[0] = 9;
    (void)srl_x25519(out, scalar, base); /* never zero: 9 has full order */
}
