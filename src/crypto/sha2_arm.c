/* crypto/sha2_arm.c: SHA-256 with the SHA-2 instructions of ARMv8. */
#include "crypto/crypto.h"

#ifdef SRL_CRYPTO_ARM
#include <arm_neon.h>

#define SRL_CRYPTO_ARM_SHA __attribute__((target("+crypto")))

/* Four rounds for the schedule words w. */
SRL_INLINE SRL_CRYPTO_ARM_SHA void
srl_sha256_four(uint32x4_t *abcd, uint32x4_t *efgh, uint32x4_t w,
                const uint32_t *k)
{
    uint32x4_t kw = vaddq_u32(w, vld1q_u32(k));
    uint32x4_t before = *abcd;

    *abcd = vsha256hq_u32(before, *efgh, kw);
    *efgh = vsha256h2q_u32(*efgh, before, kw);
}

/* W(t) to W(t + 3) from the 16 words before them, oldest first. */
SRL_INLINE SRL_CRYPTO_ARM_SHA uint32x4_t
srl_sha256_four_words(uint32x4_t w0, uint32x4_t w1, uint32x4_t w2,
                      uint32x4_t w3)
{
    return vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3);
}

SRL_INLINE SRL_CRYPTO_ARM_SHA uint32x4_t
srl_sha256_load(const uint8_t *data)
{
    return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(data)));
}

SRL_FN SRL_CRYPTO_ARM_SHA void
srl_sha256_cpu(uint32_t state[8], const uint32_t k[64], const uint8_t *data,
               size_t blocks)
{
    uint32x4_t abcd = vld1q_u32(state);
    uint32x4_t efgh = vld1q_u32(state + 4);

    for (; blocks; blocks--, data += 64) {
        uint32x4_t w0 = srl_sha256_load(data);
        uint32x4_t w1 = srl_sha256_load(data + 16);
        uint32x4_t w2 = srl_sha256_load(data + 32);
        uint32x4_t w3 = srl_sha256_load(data + 48);
        uint32x4_t abcd_before = abcd;
        uint32x4_t efgh_before = efgh;
        unsigned t;

        for (t = 0;; t += 16) {
            srl_sha256_four(&abcd, &efgh, w0, k + t);
            srl_sha256_four(&abcd, &efgh, w1, k + t + 4);
            srl_sha256_four(&abcd, &efgh, w2, k + t + 8);
            srl_sha256_four(&abcd, &efgh, w3, k + t + 12);
            if (t == 48) break;
            w0 = srl_sha256_four_words(w0, w1, w2, w3);
            w1 = srl_sha256_four_words(w1, w2, w3, w0);
            w2 = srl_sha256_four_words(w2, w3, w0, w1);
            w3 = srl_sha256_four_words(w3, w0, w1, w2);
        }
        abcd = vaddq_u32(abcd, abcd_before);
        efgh = vaddq_u32(efgh, efgh_before);
    }
    vst1q_u32(state, abcd);
    vst1q_u32(state + 4, efgh);
}

#undef SRL_CRYPTO_ARM_SHA
#endif
