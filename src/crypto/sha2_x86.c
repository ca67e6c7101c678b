/* crypto/sha2_x86.c: SHA-256 with the SHA instructions of x86-64. */
#include "crypto/crypto.h"

#ifdef SRL_CRYPTO_X86
#include <immintrin.h>

#define SRL_CRYPTO_TARGET __attribute__((target("sha,sse4.1,ssse3")))

/* The instructions keep the working variables in two registers, from the top
 * {a,b,e,f} and {c,d,g,h}. sha256rnds2 does two rounds: its result is the new
 * first register, and the old first one is the new second. So the two trade
 * places, and after four rounds each is back under its name. */

/* Four rounds for the schedule words w, all of them 32 bits, low one first. */
SRL_INLINE SRL_CRYPTO_TARGET void
srl_sha256_four(__m128i *abef, __m128i *cdgh, __m128i w, const uint32_t *k)
{
    __m128i kw = _mm_add_epi32(w, _mm_loadu_si128((const __m128i *)k));

    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, kw);
    kw = _mm_shuffle_epi32(kw, 0x0e);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, kw);
}

/* W(t) to W(t + 3) from the 16 words before them, oldest first. */
SRL_INLINE SRL_CRYPTO_TARGET __m128i
srl_sha256_four_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
    __m128i w = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1),
                              _mm_alignr_epi8(w3, w2, 4));

    return _mm_sha256msg2_epu32(w, w3);
}

SRL_INLINE SRL_CRYPTO_TARGET __m128i
srl_sha256_load(const uint8_t *data)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)data), swap);
}

SRL_FN SRL_CRYPTO_TARGET void
srl_sha256_cpu(uint32_t state[8], const uint32_t k[64], const uint8_t *data,
               size_t blocks)
{
    __m128i *at = (__m128i *)state;
    __m128i dcba = _mm_loadu_si128(at); /* a in the lowest lane */
    __m128i hgfe = _mm_loadu_si128(at + 1);
    __m128i badc = _mm_shuffle_epi32(dcba, 0xb1);
    __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    __m128i abef = _mm_alignr_epi8(badc, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, badc, 0xf0);
    __m128i feba, dchg;

    for (; blocks; blocks--, data += 64) {
        __m128i w0 = srl_sha256_load(data);
        __m128i w1 = srl_sha256_load(data + 16);
        __m128i w2 = srl_sha256_load(data + 32);
        __m128i w3 = srl_sha256_load(data + 48);
        __m128i abef_before = abef;
        __m128i cdgh_before = cdgh;
        unsigned t;

        for (t = 0;; t += 16) {
            srl_sha256_four(&abef, &cdgh, w0, k + t);
            srl_sha256_four(&abef, &cdgh, w1, k + t + 4);
            srl_sha256_four(&abef, &cdgh, w2, k + t + 8);
            srl_sha256_four(&abef, &cdgh, w3, k + t + 12);
            if (t == 48) break;
            w0 = srl_sha256_four_words(w0, w1, w2, w3);
            w1 = srl_sha256_four_words(w1, w2, w3, w0);
            w2 = srl_sha256_four_words(w2, w3, w0, w1);
            w3 = srl_sha256_four_words(w3, w0, w1, w2);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    feba = _mm_shuffle_epi32(abef, 0x1b);
    dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128(at, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(at + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#undef SRL_CRYPTO_TARGET
#endif
