/* crypto/chapoly.c: ChaCha20-Poly1305 in plain C, RFC 8439. */
#include "crypto/crypto.h"

static uint32_t
srl_chapoly_load32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
           (uint32_t)p[1] << 8 | p[0];
}

static void
srl_chapoly_store32(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
    p[2] = (uint8_t)(v >> 16);
    p[3] = (uint8_t)(v >> 24);
}

static void
srl_chapoly_store64(uint8_t *p, uint64_t v)
{
    srl_chapoly_store32(p, (uint32_t)v);
    srl_chapoly_store32(p + 4, (uint32_t)(v >> 32));
}

/* ---- ChaCha20 (section 2.3) ---------------------------------------------- */

static void
srl_chacha_start(uint32_t state[16], const uint32_t key[8],
                 const uint8_t nonce[SRL_AEAD_NONCE], uint32_t counter)
{
    state[0] = 0x61707865u;
    state[1] = 0x3320646eu;
    state[2] = 0x79622d32u;
    state[3] = 0x6b206574u;
    memcpy(state + 4, key, 32);
    state[12] = counter;
    state[13] = srl_chapoly_load32(nonce);
    state[14] = srl_chapoly_load32(nonce + 4);
    state[15] = srl_chapoly_load32(nonce + 8);
}

SRL_INLINE uint32_t
srl_chacha_rotl(uint32_t v, unsigned n)
{
    return v << n | v >> (32 - n);
}

/* A quarter round (2.1). */
SRL_INLINE void
srl_chacha_quarter(uint32_t x[16], unsigned a, unsigned b, unsigned c,
                   unsigned d)
{
    x[a] += x[b];
    x[d] = srl_chacha_rotl(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = srl_chacha_rotl(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = srl_chacha_rotl(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = srl_chacha_rotl(x[b] ^ x[c], 7);
}

/* Like srl_chacha_sse2, one block at a time. */
static void
srl_chacha_plain(uint32_t state[16], const uint8_t *in, size_t len,
                 uint8_t *out)
{
    uint32_t x[16];
    unsigned i;

    for (; len >= 64; len -= 64, in += 64, out += 64) {
        memcpy(x, state, sizeof x);
        for (i = 0; i < 10; i++) {
            srl_chacha_quarter(x, 0, 4, 8, 12);
            srl_chacha_quarter(x, 1, 5, 9, 13);
            srl_chacha_quarter(x, 2, 6, 10, 14);
            srl_chacha_quarter(x, 3, 7, 11, 15);
            srl_chacha_quarter(x, 0, 5, 10, 15);
            srl_chacha_quarter(x, 1, 6, 11, 12);
            srl_chacha_quarter(x, 2, 7, 8, 13);
            srl_chacha_quarter(x, 3, 4, 9, 14);
        }
        for (i = 0; i < 16; i++) {
            srl_chapoly_store32(out + 4 * i, (x[i] + state[i]) ^
                                srl_chapoly_load32(in + 4 * i));
        }
        state[12]++;
    }
    srl_wipe(x, sizeof x);
}

#define SRL_CRYPTO_CHACHA_MAX 512 /* bytes of the longest batch */

/* Bytes that are made at once. */
static size_t
srl_chacha_batch(unsigned cpu)
{
#if defined(SRL_CRYPTO_X86)
    if (cpu & SRL_CPU_AVX2) return 512;
    if (cpu & SRL_CPU_SSE2) return 256;
#elif defined(SRL_CRYPTO_ARM)
    if (cpu & SRL_CPU_NEON) return 256;
#endif
    (void)cpu;
    return 64;
}

/* Whole batches. */
static void
srl_chacha_crypt(unsigned cpu, uint32_t state[16], const uint8_t *in,
                 size_t len, uint8_t *out)
{
#if defined(SRL_CRYPTO_X86)
    if (cpu & SRL_CPU_AVX2) {
        srl_chacha_avx2(state, in, len, out);
        return;
    }
    if (cpu & SRL_CPU_SSE2) {
        srl_chacha_sse2(state, in, len, out);
        return;
    }
#elif defined(SRL_CRYPTO_ARM)
    if (cpu & SRL_CPU_NEON) {
        srl_chacha_neon(state, in, len, out);
        return;
    }
#endif
    (void)cpu;
    srl_chacha_plain(state, in, len, out);
}

static void
srl_chacha_xor(uint8_t *out, const uint8_t *in, const uint8_t *stream,
               size_t len)
{
    size_t i;

    for (i = 0; len - i >= 8; i += 8) {
        uint64_t a, b;

        memcpy(&a, in + i, 8);
        memcpy(&b, stream + i, 8);
        a ^= b;
        memcpy(out + i, &a, 8);
    }
    for (; i < len; i++) {
        out[i] = (uint8_t)(in[i] ^ stream[i]);
    }
}

/* The text. `stream` has the first batch of key stream, whose first block is
 * used up. */
static void
srl_chacha_text(unsigned cpu, uint32_t state[16], const srl_aead_job *job,
                uint8_t stream[SRL_CRYPTO_CHACHA_MAX])
{
    size_t batch = srl_chacha_batch(cpu);
    size_t at = job->len < batch - 64 ? job->len : batch - 64;
    size_t whole = (job->len - at) / batch * batch;

    srl_chacha_xor(job->out, job->in, stream + 64, at);
    if (whole) {
        srl_chacha_crypt(cpu, state, job->in + at, whole, job->out + at);
        at += whole;
    }
    if (at < job->len) {
        memset(stream, 0, batch);
        srl_chacha_crypt(cpu, state, stream, batch, stream);
        srl_chacha_xor(job->out + at, job->in + at, stream, job->len - at);
    }
}

/* ---- Poly1305 (section 2.5) ---------------------------------------------- */

#ifdef SRL_CRYPTO_INT128

static uint64_t
srl_chapoly_load64(const uint8_t *p)
{
    return (uint64_t)srl_chapoly_load32(p + 4) << 32 | srl_chapoly_load32(p);
}

/* The sum h is h[0] + 2^64 h[1] + 2^128 h[2] modulo 2^130 - 5, not always the
 * smallest such number: h[2] stays below 8. */
typedef struct srl_poly {
    uint64_t r[2];
    uint64_t s;   /* r[1] * 5 / 4; r[1] is a multiple of 4 */
    uint64_t pad[2];
    uint64_t h[3];
} srl_poly;

static void
srl_poly_init(srl_poly *poly, const uint8_t key[32])
{
    /* Clamped (2.5): each half below 2^60. */
    poly->r[0] = srl_chapoly_load64(key) & 0x0ffffffc0fffffffu;
    poly->r[1] = srl_chapoly_load64(key + 8) & 0x0ffffffc0ffffffcu;
    poly->s = poly->r[1] + (poly->r[1] >> 2);
    poly->pad[0] = srl_chapoly_load64(key + 16);
    poly->pad[1] = srl_chapoly_load64(key + 24);
    poly->h[0] = poly->h[1] = poly->h[2] = 0;
}

/* h = (h + block + 2^128) * r for whole blocks. */
static void
srl_poly_blocks(srl_poly *poly, const uint8_t *data, size_t len)
{
    const uint64_t r0 = poly->r[0], r1 = poly->r[1], s1 = poly->s;
    uint64_t h0 = poly->h[0], h1 = poly->h[1], h2 = poly->h[2];
    srl_u128 d0, d1;
    uint64_t c;

    for (; len >= 16; len -= 16, data += 16) {
        d0 = (srl_u128)h0 + srl_chapoly_load64(data);
        h0 = (uint64_t)d0;
        d1 = (srl_u128)h1 + srl_chapoly_load64(data + 8) +
             (uint64_t)(d0 >> 64);
        h1 = (uint64_t)d1;
        h2 += (uint64_t)(d1 >> 64) + 1; /* at most 9 */

        /* 2^128 r1 is s1, as 2^130 is 5. s1 < 2^61, so that d0 < 2^126, d1
         * < 2^126 and h2 * r0 < 2^64. */
        d0 = (srl_u128)h0 * r0 + (srl_u128)h1 * s1;
        d1 = (srl_u128)h0 * r1 + (srl_u128)h1 * r0 +
             (srl_u128)(h2 * s1) + (uint64_t)(d0 >> 64);
        h2 = h2 * r0 + (uint64_t)(d1 >> 64); /* 2^64 is not reached */

        /* The part of h2 from 2^130 on comes back times 5: 4 of it is h2
         * without its two low bits. */
        c = (h2 >> 2) + (h2 & ~(uint64_t)3);
        d0 = (srl_u128)(uint64_t)d0 + c;
        h0 = (uint64_t)d0;
        d1 = (srl_u128)(uint64_t)d1 + (uint64_t)(d0 >> 64);
        h1 = (uint64_t)d1;
        h2 = (h2 & 3) + (uint64_t)(d1 >> 64); /* at most 4 */
    }
    poly->h[0] = h0;
    poly->h[1] = h1;
    poly->h[2] = h2;
}

static void
srl_poly_end(srl_poly *poly, uint8_t tag[SRL_AEAD_TAG])
{
    uint64_t h0 = poly->h[0], h1 = poly->h[1], h2 = poly->h[2];
    srl_u128 d0, d1;
    uint64_t past;

    /* h is below 2 * (2^130 - 5): if h + 5 reaches 2^130, that is the residue
     * plus 2^130, else h is. The tag keeps 128 bits, in which the two differ
     * by 5. */
    d0 = (srl_u128)h0 + 5;
    d1 = (srl_u128)h1 + (uint64_t)(d0 >> 64);
    past = (h2 + (uint64_t)(d1 >> 64)) >> 2; /* 0 or 1 */
    d0 = (srl_u128)h0 + past * 5;
    d1 = (srl_u128)h1 + (uint64_t)(d0 >> 64);
    d0 = (srl_u128)(uint64_t)d0 + poly->pad[0];
    d1 = (srl_u128)(uint64_t)d1 + poly->pad[1] + (uint64_t)(d0 >> 64);
    srl_chapoly_store64(tag, (uint64_t)d0);
    srl_chapoly_store64(tag + 8, (uint64_t)d1);
    srl_wipe(poly, sizeof *poly);
}

#else

/* The sum h is five limbs of 26 bits, a little more between blocks. */
typedef struct srl_poly {
    uint32_t r[5];
    uint32_t s[5]; /* 5 r */
    uint32_t h[5];
    uint32_t pad[4];
} srl_poly;

static void
srl_poly_init(srl_poly *poly, const uint8_t key[32])
{
    unsigned i;

    /* Clamped (2.5), in limbs: each below 2^26, and r[1] to r[4] below 2^26
     * with their holes, so that s < 2^28.33. */
    poly->r[0] = srl_chapoly_load32(key) & 0x3ffffff;
    poly->r[1] = srl_chapoly_load32(key + 3) >> 2 & 0x3ffff03;
    poly->r[2] = srl_chapoly_load32(key + 6) >> 4 & 0x3ffc0ff;
    poly->r[3] = srl_chapoly_load32(key + 9) >> 6 & 0x3f03fff;
    poly->r[4] = srl_chapoly_load32(key + 12) >> 8 & 0x00fffff;
    for (i = 0; i < 5; i++) {
        poly->s[i] = poly->r[i] * 5;
        poly->h[i] = 0;
    }
    for (i = 0; i < 4; i++) {
        poly->pad[i] = srl_chapoly_load32(key + 16 + 4 * i);
    }
}

/* h = (h + block + 2^128) * r for whole blocks. */
static void
srl_poly_blocks(srl_poly *poly, const uint8_t *data, size_t len)
{
    const uint32_t *r = poly->r;
    const uint32_t *s = poly->s;
    uint32_t *h = poly->h;
    uint64_t d[5];
    uint64_t carry;
    unsigned i;

    for (; len >= 16; len -= 16, data += 16) {
        h[0] += srl_chapoly_load32(data) & 0x3ffffff;
        h[1] += srl_chapoly_load32(data + 3) >> 2 & 0x3ffffff;
        h[2] += srl_chapoly_load32(data + 6) >> 4 & 0x3ffffff;
        h[3] += srl_chapoly_load32(data + 9) >> 6;
        h[4] += srl_chapoly_load32(data + 12) >> 8 | 1u << 24;

        /* Limbs of h are below 2^27.1, of s below 2^28.4: five products and a
         * carry stay below 2^58. */
        d[0] = (uint64_t)h[0] * r[0] + (uint64_t)h[1] * s[4] +
               (uint64_t)h[2] * s[3] + (uint64_t)h[3] * s[2] +
               (uint64_t)h[4] * s[1];
        d[1] = (uint64_t)h[0] * r[1] + (uint64_t)h[1] * r[0] +
               (uint64_t)h[2] * s[4] + (uint64_t)h[3] * s[3] +
               (uint64_t)h[4] * s[2];
        d[2] = (uint64_t)h[0] * r[2] + (uint64_t)h[1] * r[1] +
               (uint64_t)h[2] * r[0] + (uint64_t)h[3] * s[4] +
               (uint64_t)h[4] * s[3];
        d[3] = (uint64_t)h[0] * r[3] + (uint64_t)h[1] * r[2] +
               (uint64_t)h[2] * r[1] + (uint64_t)h[3] * r[0] +
               (uint64_t)h[4] * s[4];
        d[4] = (uint64_t)h[0] * r[4] + (uint64_t)h[1] * r[3] +
               (uint64_t)h[2] * r[2] + (uint64_t)h[3] * r[1] +
               (uint64_t)h[4] * r[0];

        carry = 0;
        for (i = 0; i < 5; i++) {
            d[i] += carry;
            carry = d[i] >> 26; /* below 2^32 */
            h[i] = (uint32_t)d[i] & 0x3ffffff;
        }
        carry = h[0] + carry * 5; /* 2^130 is 5; below 2^35 */
        h[0] = (uint32_t)carry & 0x3ffffff;
        h[1] += (uint32_t)(carry >> 26);
    }
}

static void
srl_poly_end(srl_poly *poly, uint8_t tag[SRL_AEAD_TAG])
{
    uint32_t *h = poly->h;
    uint32_t word[4];
    uint64_t sum;
    uint32_t carry = 0;
    unsigned i, turn;

    for (turn = 0; turn < 2; turn++) { /* the second makes all limbs small */
        for (i = 0; i < 5; i++) {
            h[i] += carry;
            carry = h[i] >> 26;
            h[i] &= 0x3ffffff;
        }
        h[0] += carry * 5;
        carry = 0;
    }
    /* Now h < 2^130: if h + 5 reaches 2^130, that is the residue plus 2^130.
     * The tag keeps 128 bits, in which the two differ by 5. */
    carry = 5;
    for (i = 0; i < 5; i++) {
        carry = (h[i] + carry) >> 26;
    }
    sum = (uint64_t)carry * 5; /* carry is 0 or 1 */
    for (i = 0; i < 5; i++) {
        sum += h[i];
        h[i] = (uint32_t)sum & 0x3ffffff;
        sum >>= 26;
    }
    word[0] = h[0] | h[1] << 26;
    word[1] = h[1] >> 6 | h[2] << 20;
    word[2] = h[2] >> 12 | h[3] << 14;
    word[3] = h[3] >> 18 | h[4] << 8;
    sum = 0;
    for (i = 0; i < 4; i++) {
        sum += (uint64_t)word[i] + poly->pad[i];
        srl_chapoly_store32(tag + 4 * i, (uint32_t)sum);
        sum >>= 32;
    }
    srl_wipe(word, sizeof word);
    srl_wipe(poly, sizeof *poly);
}
#endif

/* Whole blocks, and a last one filled with zeros (section 2.8: pad16). */
static void
srl_poly_padded(srl_poly *poly, const uint8_t *data, size_t len)
{
    uint8_t last[16];
    size_t rest = len % 16;

    if (len >= 16) srl_poly_blocks(poly, data, len - rest);
    if (!rest) return;
    memset(last, 0, sizeof last);
    memcpy(last, data + len - rest, rest);
    srl_poly_blocks(poly, last, sizeof last);
}

/* ---- the two together (section 2.8) -------------------------------------- */

SRL_FN void
srl_chapoly_init(srl_chapoly *chapoly, const uint8_t key[32], unsigned cpu)
{
    unsigned i;

    for (i = 0; i < 8; i++) {
        chapoly->key[i] = srl_chapoly_load32(key + 4 * i);
    }
    chapoly->cpu = cpu;
}

/* The first block of key stream is for Poly1305 (2.6), the text starts with
 * the second: a short record needs no other batch. */
SRL_FN void
srl_chapoly_run(const srl_chapoly *chapoly, const srl_aead_job *job,
                uint8_t tag[SRL_AEAD_TAG])
{
    uint8_t stream[SRL_CRYPTO_CHACHA_MAX];
    uint32_t state[16];
    unsigned cpu = chapoly->cpu;
    size_t batch = srl_chacha_batch(cpu);
    uint8_t lens[16];
    srl_poly poly;

    srl_chacha_start(state, chapoly->key, job->nonce, 0);
    memset(stream, 0, batch);
    srl_chacha_crypt(cpu, state, stream, batch, stream);
    srl_poly_init(&poly, stream);
    srl_poly_padded(&poly, job->aad, job->aad_len);
    /* What is hashed may be overwritten, or come into being, by the text. */
    if (!job->is_seal) srl_poly_padded(&poly, job->in, job->len);
    srl_chacha_text(cpu, state, job, stream);
    if (job->is_seal) srl_poly_padded(&poly, job->out, job->len);
    srl_chapoly_store64(lens, (uint64_t)job->aad_len);
    srl_chapoly_store64(lens + 8, (uint64_t)job->len);
    srl_poly_blocks(&poly, lens, sizeof lens);
    srl_poly_end(&poly, tag);
    srl_wipe(stream, batch);
    srl_wipe(state, sizeof state);
}
