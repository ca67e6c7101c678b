/* crypto/chacha_x86.c: ChaCha20 with SSE2 and AVX2. */
#include "crypto/crypto.h"

#ifdef SRL_CRYPTO_X86
#include <immintrin.h>

/* As many blocks at once as a register has words: register i holds word i of
 * each of them, so that a quarter round is what RFC 8439 2.1 says, word for
 * register. Only on the way out the words of a block must come together.
 * Compilers do not unroll loops of sixteen at -O2, and keep an array in
 * registers only if all its indexes are constants: hence the macros. */

#define SRL_CRYPTO_CHACHA_EACH(m)                                       \
    m(0) m(1) m(2) m(3) m(4) m(5) m(6) m(7)                             \
    m(8) m(9) m(10) m(11) m(12) m(13) m(14) m(15)
#define SRL_CRYPTO_CHACHA_ROUNDS(quarter)                               \
    quarter(x, 0, 4, 8, 12);                                            \
    quarter(x, 1, 5, 9, 13);                                            \
    quarter(x, 2, 6, 10, 14);                                           \
    quarter(x, 3, 7, 11, 15);                                           \
    quarter(x, 0, 5, 10, 15);                                           \
    quarter(x, 1, 6, 11, 12);                                           \
    quarter(x, 2, 7, 8, 13);                                            \
    quarter(x, 3, 4, 9, 14)

/* ---- four blocks --------------------------------------------------------- */

#define SRL_CRYPTO_CHACHA_SSE2 __attribute__((target("sse2")))

SRL_INLINE SRL_CRYPTO_CHACHA_SSE2 __m128i
srl_chacha_rotl4(__m128i v, int n)
{
    return _mm_or_si128(_mm_slli_epi32(v, n), _mm_srli_epi32(v, 32 - n));
}

SRL_INLINE SRL_CRYPTO_CHACHA_SSE2 void
srl_chacha_quarter4(__m128i *x, int a, int b, int c, int d)
{
    x[a] = _mm_add_epi32(x[a], x[b]);
    x[d] = _mm_xor_si128(x[d], x[a]);
    x[d] = _mm_shufflehi_epi16(_mm_shufflelo_epi16(x[d], 0xb1), 0xb1);
    x[c] = _mm_add_epi32(x[c], x[d]);
    x[b] = srl_chacha_rotl4(_mm_xor_si128(x[b], x[c]), 12);
    x[a] = _mm_add_epi32(x[a], x[b]);
    x[d] = srl_chacha_rotl4(_mm_xor_si128(x[d], x[a]), 8);
    x[c] = _mm_add_epi32(x[c], x[d]);
    x[b] = srl_chacha_rotl4(_mm_xor_si128(x[b], x[c]), 7);
}

SRL_INLINE SRL_CRYPTO_CHACHA_SSE2 void
srl_chacha_put4(uint8_t *out, const uint8_t *in, __m128i v)
{
    v = _mm_xor_si128(v, _mm_loadu_si128((const __m128i *)in));
    _mm_storeu_si128((__m128i *)out, v);
}

/* Words w to w + 3 of four blocks, `at` bytes into each. */
SRL_INLINE SRL_CRYPTO_CHACHA_SSE2 void
srl_chacha_out4(uint8_t *out, const uint8_t *in, const __m128i *x, int at)
{
    __m128i a = _mm_unpacklo_epi32(x[0], x[1]);
    __m128i b = _mm_unpacklo_epi32(x[2], x[3]);
    __m128i c = _mm_unpackhi_epi32(x[0], x[1]);
    __m128i d = _mm_unpackhi_epi32(x[2], x[3]);

    out += at;
    in += at;
    srl_chacha_put4(out, in, _mm_unpacklo_epi64(a, b));
    srl_chacha_put4(out + 64, in + 64, _mm_unpackhi_epi64(a, b));
    srl_chacha_put4(out + 128, in + 128, _mm_unpacklo_epi64(c, d));
    srl_chacha_put4(out + 192, in + 192, _mm_unpackhi_epi64(c, d));
}

#define SRL_CRYPTO_CHACHA_SET4(i) x[i] = _mm_set1_epi32((int)state[i]);
#define SRL_CRYPTO_CHACHA_ADD4(i) \
    x[i] = _mm_add_epi32(x[i], _mm_set1_epi32((int)state[i]));

SRL_FN SRL_CRYPTO_CHACHA_SSE2 void
srl_chacha_sse2(uint32_t state[16], const uint8_t *in, size_t len,
                uint8_t *out)
{
    const __m128i count = _mm_set_epi32(3, 2, 1, 0);
    __m128i x[16];
    int i;

    for (; len >= 256; len -= 256, in += 256, out += 256) {
        SRL_CRYPTO_CHACHA_EACH(SRL_CRYPTO_CHACHA_SET4)
        x[12] = _mm_add_epi32(x[12], count);
        for (i = 0; i < 10; i++) {
            SRL_CRYPTO_CHACHA_ROUNDS(srl_chacha_quarter4);
        }
        SRL_CRYPTO_CHACHA_EACH(SRL_CRYPTO_CHACHA_ADD4)
        x[12] = _mm_add_epi32(x[12], count);
        srl_chacha_out4(out, in, x, 0);
        srl_chacha_out4(out, in, x + 4, 16);
        srl_chacha_out4(out, in, x + 8, 32);
        srl_chacha_out4(out, in, x + 12, 48);
        state[12] += 4;
    }
}

/* ---- eight blocks -------------------------------------------------------- */

#define SRL_CRYPTO_CHACHA_AVX2 __attribute__((target("avx2")))

SRL_INLINE SRL_CRYPTO_CHACHA_AVX2 __m256i
srl_chacha_rotl8(__m256i v, int n)
{
    return _mm256_or_si256(_mm256_slli_epi32(v, n),
                           _mm256_srli_epi32(v, 32 - n));
}

/* Turning by 16 and by 8 bits moves whole bytes. */
SRL_INLINE SRL_CRYPTO_CHACHA_AVX2 void
srl_chacha_quarter8(__m256i *x, int a, int b, int c, int d)
{
    const __m256i by16 = _mm256_set_epi64x(
        0x0d0c0f0e09080b0a, 0x0504070601000302,
        0x0d0c0f0e09080b0a, 0x0504070601000302);
    const __m256i by8 = _mm256_set_epi64x(
        0x0e0d0c0f0a09080b, 0x0605040702010003,
        0x0e0d0c0f0a09080b, 0x0605040702010003);

    x[a] = _mm256_add_epi32(x[a], x[b]);
    x[d] = _mm256_shuffle_epi8(_mm256_xor_si256(x[d], x[a]), by16);
    x[c] = _mm256_add_epi32(x[c], x[d]);
    x[b] = srl_chacha_rotl8(_mm256_xor_si256(x[b], x[c]), 12);
    x[a] = _mm256_add_epi32(x[a], x[b]);
    x[d] = _mm256_shuffle_epi8(_mm256_xor_si256(x[d], x[a]), by8);
    x[c] = _mm256_add_epi32(x[c], x[d]);
    x[b] = srl_chacha_rotl8(_mm256_xor_si256(x[b], x[c]), 7);
}

/* 32 bytes of block i and of block i + 4. */
SRL_INLINE SRL_CRYPTO_CHACHA_AVX2 void
srl_chacha_put8(uint8_t *out, const uint8_t *in, __m256i a, __m256i b)
{
    __m256i low = _mm256_permute2x128_si256(a, b, 0x20);
    __m256i high = _mm256_permute2x128_si256(a, b, 0x31);

    low = _mm256_xor_si256(low, _mm256_loadu_si256((const __m256i *)in));
    _mm256_storeu_si256((__m256i *)out, low);
    high = _mm256_xor_si256(high, _mm256_loadu_si256((const __m256i *)
                                                     (in + 256)));
    _mm256_storeu_si256((__m256i *)(out + 256), high);
}

/* Words w to w + 7 of eight blocks, `at` bytes into each. */
SRL_INLINE SRL_CRYPTO_CHACHA_AVX2 void
srl_chacha_out8(uint8_t *out, const uint8_t *in, const __m256i *x, int at)
{
    __m256i a = _mm256_unpacklo_epi32(x[0], x[1]);
    __m256i b = _mm256_unpackhi_epi32(x[0], x[1]);
    __m256i c = _mm256_unpacklo_epi32(x[2], x[3]);
    __m256i d = _mm256_unpackhi_epi32(x[2], x[3]);
    __m256i e = _mm256_unpacklo_epi32(x[4], x[5]);
    __m256i f = _mm256_unpackhi_epi32(x[4], x[5]);
    __m256i g = _mm256_unpacklo_epi32(x[6], x[7]);
    __m256i h = _mm256_unpackhi_epi32(x[6], x[7]);

    out += at;
    in += at;
    srl_chacha_put8(out, in, _mm256_unpacklo_epi64(a, c),
                    _mm256_unpacklo_epi64(e, g));
    srl_chacha_put8(out + 64, in + 64, _mm256_unpackhi_epi64(a, c),
                    _mm256_unpackhi_epi64(e, g));
    srl_chacha_put8(out + 128, in + 128, _mm256_unpacklo_epi64(b, d),
                    _mm256_unpacklo_epi64(f, h));
    srl_chacha_put8(out + 192, in + 192, _mm256_unpackhi_epi64(b, d),
                    _mm256_unpackhi_epi64(f, h));
}

#define SRL_CRYPTO_CHACHA_SET8(i) x[i] = _mm256_set1_epi32((int)state[i]);
#define SRL_CRYPTO_CHACHA_ADD8(i) \
    x[i] = _mm256_add_epi32(x[i], _mm256_set1_epi32((int)state[i]));

SRL_FN SRL_CRYPTO_CHACHA_AVX2 void
srl_chacha_avx2(uint32_t state[16], const uint8_t *in, size_t len,
                uint8_t *out)
{
    const __m256i count = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
    __m256i x[16];
    int i;

    for (; len >= 512; len -= 512, in += 512, out += 512) {
        SRL_CRYPTO_CHACHA_EACH(SRL_CRYPTO_CHACHA_SET8)
        x[12] = _mm256_add_epi32(x[12], count);
        for (i = 0; i < 10; i++) {
            SRL_CRYPTO_CHACHA_ROUNDS(srl_chacha_quarter8);
        }
        SRL_CRYPTO_CHACHA_EACH(SRL_CRYPTO_CHACHA_ADD8)
        x[12] = _mm256_add_epi32(x[12], count);
        srl_chacha_out8(out, in, x, 0);
        srl_chacha_out8(out, in, x + 8, 32);
        state[12] += 8;
    }
}

#endif
