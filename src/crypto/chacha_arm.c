/* crypto/chacha_arm.c: ChaCha20 with NEON. */
#include "crypto/crypto.h"

#ifdef SRL_CRYPTO_ARM
#include <arm_neon.h>

/* Four blocks at once, register i holds word i of each; crypto/chacha_x86.c
 * says more. Here 32 registers hold all of the state. */

#define SRL_CRYPTO_CHACHA_NEON_EACH(m)                                  \
    m(0) m(1) m(2) m(3) m(4) m(5) m(6) m(7)                             \
    m(8) m(9) m(10) m(11) m(12) m(13) m(14) m(15)

/* v turned left by n bits: a shift, and one that inserts. */
#define SRL_CRYPTO_CHACHA_NEON_ROTL(v, n) \
    vsriq_n_u32(vshlq_n_u32((v), (n)), (v), 32 - (n))

SRL_INLINE void
srl_chacha_quarter_neon(uint32x4_t *x, int a, int b, int c, int d)
{
    uint32x4_t t;

    x[a] = vaddq_u32(x[a], x[b]);
    x[d] = vreinterpretq_u32_u16(vrev32q_u16(vreinterpretq_u16_u32(
        veorq_u32(x[d], x[a]))));
    x[c] = vaddq_u32(x[c], x[d]);
    t = veorq_u32(x[b], x[c]);
    x[b] = SRL_CRYPTO_CHACHA_NEON_ROTL(t, 12);
    x[a] = vaddq_u32(x[a], x[b]);
    t = veorq_u32(x[d], x[a]);
    x[d] = SRL_CRYPTO_CHACHA_NEON_ROTL(t, 8);
    x[c] = vaddq_u32(x[c], x[d]);
    t = veorq_u32(x[b], x[c]);
    x[b] = SRL_CRYPTO_CHACHA_NEON_ROTL(t, 7);
}

SRL_INLINE void
srl_chacha_put_neon(uint8_t *out, const uint8_t *in, uint64x2_t v)
{
    vst1q_u8(out, veorq_u8(vld1q_u8(in), vreinterpretq_u8_u64(v)));
}

/* Words w to w + 3 of four blocks, `at` bytes into each. */
SRL_INLINE void
srl_chacha_out_neon(uint8_t *out, const uint8_t *in, const uint32x4_t *x,
                    int at)
{
    uint64x2_t a = vreinterpretq_u64_u32(vzip1q_u32(x[0], x[1]));
    uint64x2_t b = vreinterpretq_u64_u32(vzip1q_u32(x[2], x[3]));
    uint64x2_t c = vreinterpretq_u64_u32(vzip2q_u32(x[0], x[1]));
    uint64x2_t d = vreinterpretq_u64_u32(vzip2q_u32(x[2], x[3]));

    out += at;
    in += at;
    srl_chacha_put_neon(out, in, vzip1q_u64(a, b));
    srl_chacha_put_neon(out + 64, in + 64, vzip2q_u64(a, b));
    srl_chacha_put_neon(out + 128, in + 128, vzip1q_u64(c, d));
    srl_chacha_put_neon(out + 192, in + 192, vzip2q_u64(c, d));
}

#define SRL_CRYPTO_CHACHA_NEON_SET(i) x[i] = vdupq_n_u32(state[i]);
#define SRL_CRYPTO_CHACHA_NEON_ADD(i) \
    x[i] = vaddq_u32(x[i], vdupq_n_u32(state[i]));

SRL_FN void
srl_chacha_neon(uint32_t state[16], const uint8_t *in, size_t len,
                uint8_t *out)
{
    static const uint32_t steps[4] = {0, 1, 2, 3};
    const uint32x4_t count = vld1q_u32(steps);
    uint32x4_t x[16];
    int i;

    for (; len >= 256; len -= 256, in += 256, out += 256) {
        SRL_CRYPTO_CHACHA_NEON_EACH(SRL_CRYPTO_CHACHA_NEON_SET)
        x[12] = vaddq_u32(x[12], count);
        for (i = 0; i < 10; i++) {
            srl_chacha_quarter_neon(x, 0, 4, 8, 12);
            srl_chacha_quarter_neon(x, 1, 5, 9, 13);
            srl_chacha_quarter_neon(x, 2, 6, 10, 14);
            srl_chacha_quarter_neon(x, 3, 7, 11, 15);
            srl_chacha_quarter_neon(x, 0, 5, 10, 15);
            srl_chacha_quarter_neon(x, 1, 6, 11, 12);
            srl_chacha_quarter_neon(x, 2, 7, 8, 13);
            srl_chacha_quarter_neon(x, 3, 4, 9, 14);
        }
        SRL_CRYPTO_CHACHA_NEON_EACH(SRL_CRYPTO_CHACHA_NEON_ADD)
        x[12] = vaddq_u32(x[12], count);
        srl_chacha_out_neon(out, in, x, 0);
        srl_chacha_out_neon(out, in, x + 4, 16);
        srl_chacha_out_neon(out, in, x + 8, 32);
        srl_chacha_out_neon(out, in, x + 12, 48);
        state[12] += 4;
    }
}

#endif
