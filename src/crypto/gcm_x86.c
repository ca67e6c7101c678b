/* crypto/gcm_x86.c: AES-GCM with AES-NI and PCLMULQDQ. */
#include "crypto/crypto.h"

#ifdef SRL_CRYPTO_X86
#include <immintrin.h>

/* Eight blocks at a time: as many as keep the AES units busy for the time one
 * round takes, and as the registers hold. GHASH of eight blocks is done in
 * between, y = (y + x1) H^8 + x2 H^7 + .. + x8 H, with one reduction; see
 * crypto/gcm.c for why H has been multiplied by x and how the reduction goes.
 * Compilers do not unroll loops of eight at -O2, hence the macros. */

#define SRL_CRYPTO_GCM_X86 __attribute__((target("aes,pclmul,ssse3,sse4.1")))
#define SRL_CRYPTO_GCM_EACH(m) m(0) m(1) m(2) m(3) m(4) m(5) m(6) m(7)
#define SRL_CRYPTO_GCM_BATCH 128

/* What a sum of products is before it is reduced (Karatsuba's three). */
typedef struct srl_gcm_sum {
    __m128i low;
    __m128i middle;
    __m128i high;
} srl_gcm_sum;

SRL_INLINE SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_load(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

SRL_INLINE SRL_CRYPTO_GCM_X86 void
srl_gcm_store(uint8_t *p, __m128i v)
{
    _mm_storeu_si128((__m128i *)p, v);
}

/* A block as a number, and back. */
SRL_INLINE SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_turn(__m128i v)
{
    return _mm_shuffle_epi8(v, _mm_set_epi64x(0x0001020304050607,
                                              0x08090a0b0c0d0e0f));
}

/* sum += x * power number i: 0 is H^8, 7 is H. */
SRL_INLINE SRL_CRYPTO_GCM_X86 void
srl_gcm_add(srl_gcm_sum *sum, __m128i x, const srl_gcm_cpu *gcm, size_t i)
{
    __m128i h = srl_gcm_load(gcm->powers + 16 * i);
    __m128i both = srl_gcm_load(gcm->powers + 128 + 16 * i);
    __m128i halves = _mm_xor_si128(x, _mm_shuffle_epi32(x, 0x4e));

    sum->low = _mm_xor_si128(sum->low, _mm_clmulepi64_si128(x, h, 0x00));
    sum->high = _mm_xor_si128(sum->high, _mm_clmulepi64_si128(x, h, 0x11));
    sum->middle = _mm_xor_si128(sum->middle,
                                _mm_clmulepi64_si128(halves, both, 0x00));
}

SRL_INLINE SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_reduce(const srl_gcm_sum *sum)
{
    const __m128i poly = _mm_set_epi64x(0, (long long)0xc200000000000000u);
    __m128i middle = _mm_xor_si128(sum->middle,
                                   _mm_xor_si128(sum->low, sum->high));
    __m128i low = _mm_xor_si128(sum->low, _mm_slli_si128(middle, 8));
    __m128i high = _mm_xor_si128(sum->high, _mm_srli_si128(middle, 8));

    low = _mm_xor_si128(_mm_shuffle_epi32(low, 0x4e),
                        _mm_clmulepi64_si128(low, poly, 0x00));
    low = _mm_xor_si128(_mm_shuffle_epi32(low, 0x4e),
                        _mm_clmulepi64_si128(low, poly, 0x00));
    return _mm_xor_si128(high, low);
}

SRL_INLINE SRL_CRYPTO_GCM_X86 void
srl_gcm_sum_start(srl_gcm_sum *sum)
{
    sum->low = sum->middle = sum->high = _mm_setzero_si128();
}

/* GHASH of any length, the last block filled with zeros. */
static SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_absorb(const srl_gcm_cpu *gcm, __m128i y, const uint8_t *data,
               size_t len)
{
    while (len) {
        size_t blocks = len < SRL_CRYPTO_GCM_BATCH ? (len + 15) / 16 : 8;
        size_t i;
        srl_gcm_sum sum;

        srl_gcm_sum_start(&sum);
        for (i = 8 - blocks; i < 8; i++) {
            __m128i x;

            if (len >= 16) {
                x = srl_gcm_load(data);
                data += 16;
                len -= 16;
            } else {
                uint8_t last[16];

                srl_gcm_store(last, _mm_setzero_si128());
                memcpy(last, data, len);
                x = srl_gcm_load(last);
                len = 0;
            }
            x = _mm_xor_si128(srl_gcm_turn(x), y);
            y = _mm_setzero_si128();
            srl_gcm_add(&sum, x, gcm, i);
        }
        y = srl_gcm_reduce(&sum);
    }
    return y;
}

#define SRL_CRYPTO_GCM_COUNT(i)                                         \
    b[i] = _mm_xor_si128(srl_gcm_turn(                                  \
        _mm_add_epi32(counter, _mm_set_epi32(0, 0, 0, i))), key);
#define SRL_CRYPTO_GCM_ENC(i) b[i] = _mm_aesenc_si128(b[i], key)
#define SRL_CRYPTO_GCM_ROUND(r)                                         \
    key = srl_gcm_load(gcm->keys + 16 * (r));                           \
    SRL_CRYPTO_GCM_ENC(0); SRL_CRYPTO_GCM_ENC(1);                       \
    SRL_CRYPTO_GCM_ENC(2); SRL_CRYPTO_GCM_ENC(3);                       \
    SRL_CRYPTO_GCM_ENC(4); SRL_CRYPTO_GCM_ENC(5);                       \
    SRL_CRYPTO_GCM_ENC(6); SRL_CRYPTO_GCM_ENC(7);
/* A round, and one block of GHASH in the shadow of it. */
#define SRL_CRYPTO_GCM_BOTH(i)                                          \
    SRL_CRYPTO_GCM_ROUND((i) + 1)                                       \
    if (hash) {                                                         \
        __m128i x = srl_gcm_turn(srl_gcm_load(hash + 16 * (i)));        \
                                                                        \
        if ((i) == 0) x = _mm_xor_si128(x, *y);                         \
        srl_gcm_add(&sum, x, gcm, i);                                   \
    }
#define SRL_CRYPTO_GCM_LAST(i)                                          \
    srl_gcm_store(out + 16 * (i), _mm_aesenclast_si128(b[i],            \
        _mm_xor_si128(key, srl_gcm_load(in + 16 * (i)))));

/* Eight blocks of key stream from `counter` on (a number, so that adding to
 * its low 32 bits counts), added to `in`. GHASH takes in the eight blocks at
 * `hash`, unless that is NULL. */
SRL_INLINE SRL_CRYPTO_GCM_X86 void
srl_gcm_eight(const srl_gcm_cpu *gcm, __m128i counter, const uint8_t *in,
              uint8_t *out, __m128i *y, const uint8_t *hash)
{
    __m128i b[8];
    __m128i key = srl_gcm_load(gcm->keys);
    srl_gcm_sum sum;

    srl_gcm_sum_start(&sum);
    SRL_CRYPTO_GCM_EACH(SRL_CRYPTO_GCM_COUNT)
    SRL_CRYPTO_GCM_EACH(SRL_CRYPTO_GCM_BOTH)
    SRL_CRYPTO_GCM_ROUND(9)
    if (gcm->rounds == 14) {
        SRL_CRYPTO_GCM_ROUND(10)
        SRL_CRYPTO_GCM_ROUND(11)
        SRL_CRYPTO_GCM_ROUND(12)
        SRL_CRYPTO_GCM_ROUND(13)
    }
    if (hash) *y = srl_gcm_reduce(&sum);
    key = srl_gcm_load(gcm->keys + 16 * gcm->rounds);
    SRL_CRYPTO_GCM_EACH(SRL_CRYPTO_GCM_LAST)
}

SRL_INLINE SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_count8(__m128i counter)
{
    return _mm_add_epi32(counter, _mm_set_epi32(0, 0, 0, 8));
}

/* Whole batches; what is encrypted is hashed one batch behind. */
static SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_seal_batches(const srl_gcm_cpu *gcm, __m128i counter, __m128i y,
                     const uint8_t *in, uint8_t *out, size_t batches)
{
    srl_gcm_eight(gcm, counter, in, out, &y, NULL);
    while (--batches) {
        counter = srl_gcm_count8(counter);
        in += SRL_CRYPTO_GCM_BATCH;
        out += SRL_CRYPTO_GCM_BATCH;
        srl_gcm_eight(gcm, counter, in, out, &y, out - SRL_CRYPTO_GCM_BATCH);
    }
    return srl_gcm_absorb(gcm, y, out, SRL_CRYPTO_GCM_BATCH);
}

static SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_open_batches(const srl_gcm_cpu *gcm, __m128i counter, __m128i y,
                     const uint8_t *in, uint8_t *out, size_t batches)
{
    while (batches--) {
        srl_gcm_eight(gcm, counter, in, out, &y, in);
        counter = srl_gcm_count8(counter);
        in += SRL_CRYPTO_GCM_BATCH;
        out += SRL_CRYPTO_GCM_BATCH;
    }
    return y;
}

/* Less than a batch: `stream` holds key blocks. */
static SRL_CRYPTO_GCM_X86 __m128i
srl_gcm_piece(const srl_gcm_cpu *gcm, __m128i y, const srl_aead_job *job,
              size_t at, size_t len, const uint8_t *stream)
{
    const uint8_t *in = job->in + at;
    uint8_t *out = job->out + at;
    size_t i;

    if (!job->is_seal) y = srl_gcm_absorb(gcm, y, in, len);
    for (i = 0; len - i >= 16; i += 16) {
        srl_gcm_store(out + i, _mm_xor_si128(srl_gcm_load(in + i),
                                             srl_gcm_load(stream + i)));
    }
    for (; i < len; i++) {
        out[i] = (uint8_t)(in[i] ^ stream[i]);
    }
    if (job->is_seal) y = srl_gcm_absorb(gcm, y, out, len);
    return y;
}

SRL_FN SRL_CRYPTO_GCM_X86 void
srl_gcm_cpu_init(srl_gcm_cpu *gcm, const uint8_t *key, size_t len)
{
    uint8_t block[16];
    uint64_t h[2];
    __m128i b, power;
    unsigned i;

    gcm->rounds = srl_aes_expand(gcm->keys, key, len);
    b = srl_gcm_load(gcm->keys); /* of zeros */
    for (i = 1; i < gcm->rounds; i++) {
        b = _mm_aesenc_si128(b, srl_gcm_load(gcm->keys + 16 * i));
    }
    b = _mm_aesenclast_si128(b, srl_gcm_load(gcm->keys + 16 * i));
    srl_gcm_store(block, b);
    srl_gcm_times_x(h, block);
    power = _mm_set_epi64x((long long)h[1], (long long)h[0]);
    for (i = 8; i--; ) {
        srl_gcm_sum sum;

        srl_gcm_store(gcm->powers + 16 * i, power);
        srl_gcm_store(gcm->powers + 128 + 16 * i, _mm_xor_si128(power,
                      _mm_shuffle_epi32(power, 0x4e)));
        srl_gcm_sum_start(&sum);
        srl_gcm_add(&sum, power, gcm, 7);
        power = srl_gcm_reduce(&sum);
    }
    srl_wipe(block, sizeof block);
    srl_wipe(h, sizeof h);
}

/* The first eight key blocks are the mask of the tag and 112 bytes for the
 * text, so that a short record needs no others. */
SRL_FN SRL_CRYPTO_GCM_X86 void
srl_gcm_cpu_run(const srl_gcm_cpu *gcm, const srl_aead_job *job,
                uint8_t tag[SRL_AEAD_TAG])
{
    uint8_t stream[SRL_CRYPTO_GCM_BATCH];
    uint8_t block[16];
    __m128i y = _mm_setzero_si128();
    __m128i counter, mask;
    size_t at = job->len < 112 ? job->len : 112;
    size_t batches = (job->len - at) / SRL_CRYPTO_GCM_BATCH;

    memcpy(block, job->nonce, SRL_AEAD_NONCE);
    srl_store32(block + 12, 1);
    counter = srl_gcm_turn(srl_gcm_load(block));
    memset(stream, 0, sizeof stream);
    srl_gcm_eight(gcm, counter, stream, stream, &y, NULL);
    mask = srl_gcm_load(stream);
    counter = srl_gcm_count8(counter);

    y = srl_gcm_absorb(gcm, y, job->aad, job->aad_len);
    y = srl_gcm_piece(gcm, y, job, 0, at, stream + 16);
    if (batches) {
        y = job->is_seal
            ? srl_gcm_seal_batches(gcm, counter, y, job->in + at,
                                   job->out + at, batches)
            : srl_gcm_open_batches(gcm, counter, y, job->in + at,
                                   job->out + at, batches);
        at += batches * SRL_CRYPTO_GCM_BATCH;
        counter = _mm_add_epi32(counter, _mm_set_epi32(0, 0, 0,
                                                       (int)batches * 8));
    }
    if (at < job->len) {
        memset(stream, 0, sizeof stream);
        srl_gcm_eight(gcm, counter, stream, stream, &y, NULL);
        y = srl_gcm_piece(gcm, y, job, at, job->len - at, stream);
    }
    srl_store64(block, (uint64_t)job->aad_len << 3);
    srl_store64(block + 8, (uint64_t)job->len << 3);
    y = srl_gcm_absorb(gcm, y, block, sizeof block);
    srl_gcm_store(tag, _mm_xor_si128(srl_gcm_turn(y), mask));
    srl_wipe(stream, sizeof stream);
}

#endif
