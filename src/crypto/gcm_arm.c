/* crypto/gcm_arm.c: AES-GCM with the AES and PMULL instructions of ARMv8. */
#include "crypto/crypto.h"

#ifdef SRL_CRYPTO_ARM
#include <arm_neon.h>

/* The plan of crypto/gcm_x86.c, whose comments hold here: batches of eight
 * blocks, GHASH with one reduction for each. The two are not interleaved by
 * hand; these processors look far enough ahead. */

#define SRL_CRYPTO_GCM_ARM __attribute__((target("+crypto")))
#define SRL_CRYPTO_GCM_ARM_EACH(m) m(0) m(1) m(2) m(3) m(4) m(5) m(6) m(7)
#define SRL_CRYPTO_GCM_ARM_BATCH 128

/* A block as a number: low word first. */
SRL_INLINE SRL_CRYPTO_GCM_ARM uint64x2_t
srl_gcm_load(const uint8_t *p)
{
    uint8x16_t v = vrev64q_u8(vld1q_u8(p));

    return vreinterpretq_u64_u8(vextq_u8(v, v, 8));
}

SRL_INLINE SRL_CRYPTO_GCM_ARM void
srl_gcm_store(uint8_t *p, uint64x2_t v)
{
    uint8x16_t b = vrev64q_u8(vreinterpretq_u8_u64(v));

    vst1q_u8(p, vextq_u8(b, b, 8));
}

SRL_INLINE SRL_CRYPTO_GCM_ARM uint64x2_t
srl_gcm_times(uint64_t a, uint64_t b)
{
    return vreinterpretq_u64_p128(vmull_p64((poly64_t)a, (poly64_t)b));
}

/* What a sum of products is before it is reduced (Karatsuba's three). */
typedef struct srl_gcm_sum {
    uint64x2_t low;
    uint64x2_t middle;
    uint64x2_t high;
} srl_gcm_sum;

/* sum += x * power number i: 0 is H^8, 7 is H. */
SRL_INLINE SRL_CRYPTO_GCM_ARM void
srl_gcm_add(srl_gcm_sum *sum, uint64x2_t x, const srl_gcm_cpu *gcm, size_t i)
{
    uint64x2_t h = vreinterpretq_u64_u8(vld1q_u8(gcm->powers + 16 * i));
    uint64_t x0 = vgetq_lane_u64(x, 0), x1 = vgetq_lane_u64(x, 1);
    uint64_t h0 = vgetq_lane_u64(h, 0), h1 = vgetq_lane_u64(h, 1);

    sum->low = veorq_u64(sum->low, srl_gcm_times(x0, h0));
    sum->high = veorq_u64(sum->high, srl_gcm_times(x1, h1));
    sum->middle = veorq_u64(sum->middle, srl_gcm_times(x0 ^ x1, h0 ^ h1));
}

SRL_INLINE SRL_CRYPTO_GCM_ARM uint64x2_t
srl_gcm_reduce(const srl_gcm_sum *sum)
{
    const uint64_t poly = 0xc200000000000000u;
    const uint64x2_t zero = vdupq_n_u64(0);
    uint64x2_t middle = veorq_u64(sum->middle,
                                  veorq_u64(sum->low, sum->high));
    uint64x2_t low = veorq_u64(sum->low, vextq_u64(zero, middle, 1));
    uint64x2_t high = veorq_u64(sum->high, vextq_u64(middle, zero, 1));

    low = veorq_u64(vextq_u64(low, low, 1),
                    srl_gcm_times(vgetq_lane_u64(low, 0), poly));
    low = veorq_u64(vextq_u64(low, low, 1),
                    srl_gcm_times(vgetq_lane_u64(low, 0), poly));
    return veorq_u64(high, low);
}

SRL_INLINE SRL_CRYPTO_GCM_ARM void
srl_gcm_sum_start(srl_gcm_sum *sum)
{
    sum->low = sum->middle = sum->high = vdupq_n_u64(0);
}

/* GHASH of any length, the last block filled with zeros. */
static SRL_CRYPTO_GCM_ARM uint64x2_t
srl_gcm_absorb(const srl_gcm_cpu *gcm, uint64x2_t y, const uint8_t *data,
               size_t len)
{
    uint8_t last[16];

    while (len) {
        size_t i = len < SRL_CRYPTO_GCM_ARM_BATCH ? 8 - (len + 15) / 16 : 0;
        srl_gcm_sum sum;

        srl_gcm_sum_start(&sum);
        for (; i < 8; i++) {
            size_t n = len < 16 ? len : 16;

            if (n < 16) {
                memset(last, 0, sizeof last);
                memcpy(last, data, n);
            }
            y = veorq_u64(y, srl_gcm_load(n < 16 ? last : data));
            srl_gcm_add(&sum, y, gcm, i);
            y = vdupq_n_u64(0);
            data += n;
            len -= n;
        }
        y = srl_gcm_reduce(&sum);
    }
    return y;
}

#define SRL_CRYPTO_GCM_ARM_COUNT(i)                                     \
    srl_store32(block + 12, counter + (i));                             \
    b[i] = vld1q_u8(block);
#define SRL_CRYPTO_GCM_ARM_ENC(i) b[i] = vaesmcq_u8(vaeseq_u8(b[i], key));
#define SRL_CRYPTO_GCM_ARM_LAST(i) \
    vst1q_u8(stream + 16 * (i), veorq_u8(vaeseq_u8(b[i], key), last));

/* Eight blocks of key stream from `counter` on; `block` has the nonce. */
static SRL_CRYPTO_GCM_ARM void
srl_gcm_eight(const srl_gcm_cpu *gcm, uint8_t block[16], uint32_t counter,
              uint8_t stream[SRL_CRYPTO_GCM_ARM_BATCH])
{
    uint8x16_t b[8];
    uint8x16_t key, last;
    unsigned r;

    SRL_CRYPTO_GCM_ARM_EACH(SRL_CRYPTO_GCM_ARM_COUNT)
    for (r = 0; r + 1 < gcm->rounds; r++) {
        key = vld1q_u8(gcm->keys + 16 * r);
        SRL_CRYPTO_GCM_ARM_EACH(SRL_CRYPTO_GCM_ARM_ENC)
    }
    key = vld1q_u8(gcm->keys + 16 * r);
    last = vld1q_u8(gcm->keys + 16 * r + 16);
    SRL_CRYPTO_GCM_ARM_EACH(SRL_CRYPTO_GCM_ARM_LAST)
}

/* At most a batch of text. */
static SRL_CRYPTO_GCM_ARM uint64x2_t
srl_gcm_piece(const srl_gcm_cpu *gcm, uint64x2_t y, const srl_aead_job *job,
              size_t at, size_t len, const uint8_t *stream)
{
    const uint8_t *in = job->in + at;
    uint8_t *out = job->out + at;
    size_t i;

    if (!job->is_seal) y = srl_gcm_absorb(gcm, y, in, len);
    for (i = 0; len - i >= 16; i += 16) {
        vst1q_u8(out + i, veorq_u8(vld1q_u8(in + i), vld1q_u8(stream + i)));
    }
    for (; i < len; i++) {
        out[i] = (uint8_t)(in[i] ^ stream[i]);
    }
    if (job->is_seal) y = srl_gcm_absorb(gcm, y, out, len);
    return y;
}

SRL_FN SRL_CRYPTO_GCM_ARM void
srl_gcm_cpu_init(srl_gcm_cpu *gcm, const uint8_t *key, size_t len)
{
    uint8x16_t b = vdupq_n_u8(0);
    uint64x2_t power;
    uint8_t block[16];
    uint64_t h[2];
    unsigned i;

    gcm->rounds = srl_aes_expand(gcm->keys, key, len);
    for (i = 0; i + 1 < gcm->rounds; i++) {
        b = vaesmcq_u8(vaeseq_u8(b, vld1q_u8(gcm->keys + 16 * i)));
    }
    b = vaeseq_u8(b, vld1q_u8(gcm->keys + 16 * i));
    vst1q_u8(block, veorq_u8(b, vld1q_u8(gcm->keys + 16 * i + 16)));
    srl_gcm_times_x(h, block);
    power = vld1q_u64(h);
    for (i = 8; i--; ) {
        srl_gcm_sum sum;

        vst1q_u8(gcm->powers + 16 * i, vreinterpretq_u8_u64(power));
        srl_gcm_sum_start(&sum);
        srl_gcm_add(&sum, power, gcm, 7);
        power = srl_gcm_reduce(&sum);
    }
    srl_wipe(block, sizeof block);
    srl_wipe(h, sizeof h);
}

SRL_FN SRL_CRYPTO_GCM_ARM void
srl_gcm_cpu_run(const srl_gcm_cpu *gcm, const srl_aead_job *job,
                uint8_t tag[SRL_AEAD_TAG])
{
    uint8_t stream[SRL_CRYPTO_GCM_ARM_BATCH];
    uint8_t block[16];
    uint8_t mask[16];
    uint64x2_t y = vdupq_n_u64(0);
    uint32_t counter = 1;
    size_t used = 16; /* the first key block is for the tag */
    size_t at, n;

    memcpy(block, job->nonce, SRL_AEAD_NONCE);
    srl_gcm_eight(gcm, block, counter, stream);
    memcpy(mask, stream, sizeof mask);
    y = srl_gcm_absorb(gcm, y, job->aad, job->aad_len);
    for (at = 0; at < job->len; at += n, used = 0) {
        if (!used) {
            counter += 8;
            srl_gcm_eight(gcm, block, counter, stream);
        }
        n = sizeof stream - used;
        if (n > job->len - at) n = job->len - at;
        y = srl_gcm_piece(gcm, y, job, at, n, stream + used);
    }
    srl_store64(block, (uint64_t)job->aad_len << 3);
    srl_store64(block + 8, (uint64_t)job->len << 3);
    y = srl_gcm_absorb(gcm, y, block, sizeof block);
    srl_gcm_store(tag, veorq_u64(y, srl_gcm_load(mask)));
    srl_wipe(stream, sizeof stream);
    srl_wipe(mask, sizeof mask);
}

#endif
