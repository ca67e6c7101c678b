/* crypto/sha2.c: SHA-256, SHA-384 and SHA-512, FIPS 180-4. */
#include "crypto/crypto.h"

/* The names of variables and functions are those of the standard: Ch and Maj
 * of 4.1.2, Sigma and sigma as s0 to s3.
 *
 * Two things are not done as it is written down there. The message schedule is
 * a ring of 16 words, made while the rounds go on, so that it stays in the
 * first level cache and overlaps with them. And instead of moving the eight
 * working variables each round, the macro below is handed them in another
 * order: after 8 rounds they are in their places again. */

/* The first 32 or 64 bits of the fractions of the cube roots of the first 64
 * or 80 primes (FIPS 180-4 4.2.2, 4.2.3). */
static const uint32_t srl_sha256_k[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u,
    0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u,
    0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu,
    0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u,
    0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u,
    0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u,
    0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u,
    0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u,
    0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u
};

static const uint64_t srl_sha512_k[80] = {
    UINT64_C(0x428a2f98d728ae22), UINT64_C(0x7137449123ef65cd),
    UINT64_C(0xb5c0fbcfec4d3b2f), UINT64_C(0xe9b5dba58189dbbc),
    UINT64_C(0x3956c25bf348b538), UINT64_C(0x59f111f1b605d019),
    UINT64_C(0x923f82a4af194f9b), UINT64_C(0xab1c5ed5da6d8118),
    UINT64_C(0xd807aa98a3030242), UINT64_C(0x12835b0145706fbe),
    UINT64_C(0x243185be4ee4b28c), UINT64_C(0x550c7dc3d5ffb4e2),
    UINT64_C(0x72be5d74f27b896f), UINT64_C(0x80deb1fe3b1696b1),
    UINT64_C(0x9bdc06a725c71235), UINT64_C(0xc19bf174cf692694),
    UINT64_C(0xe49b69c19ef14ad2), UINT64_C(0xefbe4786384f25e3),
    UINT64_C(0x0fc19dc68b8cd5b5), UINT64_C(0x240ca1cc77ac9c65),
    UINT64_C(0x2de92c6f592b0275), UINT64_C(0x4a7484aa6ea6e483),
    UINT64_C(0x5cb0a9dcbd41fbd4), UINT64_C(0x76f988da831153b5),
    UINT64_C(0x983e5152ee66dfab), UINT64_C(0xa831c66d2db43210),
    UINT64_C(0xb00327c898fb213f), UINT64_C(0xbf597fc7beef0ee4),
    UINT64_C(0xc6e00bf33da88fc2), UINT64_C(0xd5a79147930aa725),
    UINT64_C(0x06ca6351e003826f), UINT64_C(0x142929670a0e6e70),
    UINT64_C(0x27b70a8546d22ffc), UINT64_C(0x2e1b21385c26c926),
    UINT64_C(0x4d2c6dfc5ac42aed), UINT64_C(0x53380d139d95b3df),
    UINT64_C(0x650a73548baf63de), UINT64_C(0x766a0abb3c77b2a8),
    UINT64_C(0x81c2c92e47edaee6), UINT64_C(0x92722c851482353b),
    UINT64_C(0xa2bfe8a14cf10364), UINT64_C(0xa81a664bbc423001),
    UINT64_C(0xc24b8b70d0f89791), UINT64_C(0xc76c51a30654be30),
    UINT64_C(0xd192e819d6ef5218), UINT64_C(0xd69906245565a910),
    UINT64_C(0xf40e35855771202a), UINT64_C(0x106aa07032bbd1b8),
    UINT64_C(0x19a4c116b8d2d0c8), UINT64_C(0x1e376c085141ab53),
    UINT64_C(0x2748774cdf8eeb99), UINT64_C(0x34b0bcb5e19b48a8),
    UINT64_C(0x391c0cb3c5c95a63), UINT64_C(0x4ed8aa4ae3418acb),
    UINT64_C(0x5b9cca4f7763e373), UINT64_C(0x682e6ff3d6b2b8a3),
    UINT64_C(0x748f82ee5defb2fc), UINT64_C(0x78a5636f43172f60),
    UINT64_C(0x84c87814a1f0ab72), UINT64_C(0x8cc702081a6439ec),
    UINT64_C(0x90befffa23631e28), UINT64_C(0xa4506cebde82bde9),
    UINT64_C(0xbef9a3f7b2c67915), UINT64_C(0xc67178f2e372532b),
    UINT64_C(0xca273eceea26619c), UINT64_C(0xd186b8c721c0c207),
    UINT64_C(0xeada7dd6cde0eb1e), UINT64_C(0xf57d4f7fee6ed178),
    UINT64_C(0x06f067aa72176fba), UINT64_C(0x0a637dc5a2c898a6),
    UINT64_C(0x113f9804bef90dae), UINT64_C(0x1b710b35131c471b),
    UINT64_C(0x28db77f523047d84), UINT64_C(0x32caab7b40c72493),
    UINT64_C(0x3c9ebe0a15c9bebc), UINT64_C(0x431d67c49c100d4c),
    UINT64_C(0x4cc5d4becb3e42b6), UINT64_C(0x597f299cfc657e2a),
    UINT64_C(0x5fcb6fab3ad6faec), UINT64_C(0x6c44198c4a475817)
};

/* The same of the square roots of the first 8 primes, and for SHA-384 of the
 * 9th to 16th (FIPS 180-4 5.3). */
static const uint32_t srl_sha256_start[8] = {
    0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
    0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u
};

static const uint64_t srl_sha384_start[8] = {
    UINT64_C(0xcbbb9d5dc1059ed8), UINT64_C(0x629a292a367cd507),
    UINT64_C(0x9159015a3070dd17), UINT64_C(0x152fecd8f70e5939),
    UINT64_C(0x67332667ffc00b31), UINT64_C(0x8eb44a8768581511),
    UINT64_C(0xdb0c2e0d64f98fa7), UINT64_C(0x47b5481dbefa4fa4)
};

static const uint64_t srl_sha512_start[8] = {
    UINT64_C(0x6a09e667f3bcc908), UINT64_C(0xbb67ae8584caa73b),
    UINT64_C(0x3c6ef372fe94f82b), UINT64_C(0xa54ff53a5f1d36f1),
    UINT64_C(0x510e527fade682d1), UINT64_C(0x9b05688c2b3e6c1f),
    UINT64_C(0x1f83d9abfb41bd6b), UINT64_C(0x5be0cd19137e2179)
};

SRL_INLINE uint32_t
srl_rotr32(uint32_t v, unsigned n)
{
    return v >> n | v << (32 - n);
}

SRL_INLINE uint64_t
srl_rotr64(uint64_t v, unsigned n)
{
    return v >> n | v << (64 - n);
}

/* FIPS 180-4 (4.4) to (4.7) and (4.10) to (4.13): with x as a shift in place
 * of the last rotation for the small ones. */
#define SRL_CRYPTO_S32(v, x, y, z) \
    (srl_rotr32(v, x) ^ srl_rotr32(v, y) ^ (z))
#define SRL_CRYPTO_S64(v, x, y, z) \
    (srl_rotr64(v, x) ^ srl_rotr64(v, y) ^ (z))

SRL_INLINE uint32_t
srl_sha256_next(const uint32_t w[16], unsigned t)
{
    uint32_t a = w[(t + 1) & 15];
    uint32_t b = w[(t + 14) & 15];

    return w[t & 15] + SRL_CRYPTO_S32(a, 7, 18, a >> 3) + w[(t + 9) & 15] +
           SRL_CRYPTO_S32(b, 17, 19, b >> 10);
}

SRL_INLINE uint64_t
srl_sha512_next(const uint64_t w[16], unsigned t)
{
    uint64_t a = w[(t + 1) & 15];
    uint64_t b = w[(t + 14) & 15];

    return w[t & 15] + SRL_CRYPTO_S64(a, 1, 8, a >> 7) + w[(t + 9) & 15] +
           SRL_CRYPTO_S64(b, 19, 61, b >> 6);
}

/* One round (6.2.2 step 3, 6.4.2 step 3). Ch and Maj in their forms with one
 * operation less; all variables are evaluated more than once. */
#define SRL_CRYPTO_ROUND(a, b, c, d, e, f, g, h, big0, big1, kw) \
    do {                                                         \
        (h) += (big1) + ((g) ^ ((e) & ((f) ^ (g)))) + (kw);      \
        (d) += (h);                                              \
        (h) += (big0) + (((a) & (b)) | ((c) & ((a) | (b))));     \
    } while (0)

#define SRL_CRYPTO_ROUND32(a, b, c, d, e, f, g, h, i)                \
    SRL_CRYPTO_ROUND(a, b, c, d, e, f, g, h,                         \
                     SRL_CRYPTO_S32(a, 2, 13, srl_rotr32(a, 22)),    \
                     SRL_CRYPTO_S32(e, 6, 11, srl_rotr32(e, 25)),    \
                     srl_sha256_k[t + (i)] + w[(i)])

#define SRL_CRYPTO_ROUND64(a, b, c, d, e, f, g, h, i)                \
    SRL_CRYPTO_ROUND(a, b, c, d, e, f, g, h,                         \
                     SRL_CRYPTO_S64(a, 28, 34, srl_rotr64(a, 39)),   \
                     SRL_CRYPTO_S64(e, 14, 18, srl_rotr64(e, 41)),   \
                     srl_sha512_k[t + (i)] + w[(i)])

/* Eight rounds for the words w[i] to w[i + 7] of the ring; `round` is one of
 * the two macros above, `next` makes a word of the schedule. */
#define SRL_CRYPTO_STEP(round, next, a, b, c, d, e, f, g, h, i) \
    do {                                                        \
        if (t) w[(i)] = next(w, (i));                           \
        round(a, b, c, d, e, f, g, h, i);                       \
    } while (0)

#define SRL_CRYPTO_EIGHT(round, next, i)                                   \
    do {                                                                   \
        SRL_CRYPTO_STEP(round, next, a, b, c, d, e, f, g, h, (i) + 0);     \
        SRL_CRYPTO_STEP(round, next, h, a, b, c, d, e, f, g, (i) + 1);     \
        SRL_CRYPTO_STEP(round, next, g, h, a, b, c, d, e, f, (i) + 2);     \
        SRL_CRYPTO_STEP(round, next, f, g, h, a, b, c, d, e, (i) + 3);     \
        SRL_CRYPTO_STEP(round, next, e, f, g, h, a, b, c, d, (i) + 4);     \
        SRL_CRYPTO_STEP(round, next, d, e, f, g, h, a, b, c, (i) + 5);     \
        SRL_CRYPTO_STEP(round, next, c, d, e, f, g, h, a, b, (i) + 6);     \
        SRL_CRYPTO_STEP(round, next, b, c, d, e, f, g, h, a, (i) + 7);     \
    } while (0)

static void
srl_sha256_plain(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    uint32_t w[16];

    for (; blocks; blocks--, data += 64) {
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
        unsigned t;

        for (t = 0; t < 16; t++) {
            w[t] = srl_load32(data + 4 * t);
        }
        for (t = 0; t < 64; t += 16) {
            SRL_CRYPTO_EIGHT(SRL_CRYPTO_ROUND32, srl_sha256_next, 0);
            SRL_CRYPTO_EIGHT(SRL_CRYPTO_ROUND32, srl_sha256_next, 8);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
    srl_wipe(w, sizeof w); /* HMAC puts keys here */
}

static void
srl_sha512_plain(uint64_t state[8], const uint8_t *data, size_t blocks)
{
    uint64_t w[16];

    for (; blocks; blocks--, data += 128) {
        uint64_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint64_t e = state[4], f = state[5], g = state[6], h = state[7];
        unsigned t;

        for (t = 0; t < 16; t++) {
            w[t] = srl_load64(data + 8 * t);
        }
        for (t = 0; t < 80; t += 16) {
            SRL_CRYPTO_EIGHT(SRL_CRYPTO_ROUND64, srl_sha512_next, 0);
            SRL_CRYPTO_EIGHT(SRL_CRYPTO_ROUND64, srl_sha512_next, 8);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
    srl_wipe(w, sizeof w);
}

/* ---- any length ---------------------------------------------------------- */

static size_t
srl_hash_block_len(srl_hash_id id)
{
    return id == SRL_SHA256 ? 64 : 128;
}

static void
srl_hash_blocks(srl_hash *hash, const uint8_t *data, size_t blocks)
{
    if (hash->id != SRL_SHA256) {
        srl_sha512_plain(hash->h.w64, data, blocks);
        return;
    }
#if defined(SRL_CRYPTO_X86) || defined(SRL_CRYPTO_ARM)
    if (hash->cpu & SRL_CPU_SHA) {
        srl_sha256_cpu(hash->h.w32, srl_sha256_k, data, blocks);
        return;
    }
#endif
    srl_sha256_plain(hash->h.w32, data, blocks);
}

SRL_FN size_t
srl_hash_len(srl_hash_id id)
{
    return id == SRL_SHA256 ? 32 : id == SRL_SHA384 ? 48 : 64;
}

SRL_FN void
srl_hash_init(srl_hash *hash, srl_hash_id id)
{
    hash->id = id;
    hash->cpu = srl_cpu();
    hash->total = 0;
    if (id == SRL_SHA256) {
        memcpy(hash->h.w32, srl_sha256_start, sizeof srl_sha256_start);
    } else {
        memcpy(hash->h.w64,
               id == SRL_SHA384 ? srl_sha384_start : srl_sha512_start,
               sizeof srl_sha512_start);
    }
}

SRL_FN void
srl_hash_add(srl_hash *hash, const void *data, size_t len)
{
    const uint8_t *p = (const uint8_t *)data;
    size_t block = srl_hash_block_len(hash->id);
    size_t have = (size_t)hash->total & (block - 1);
    size_t n;

    if (!len) return;
    hash->total += len;
    if (have) {
        n = block - have < len ? block - have : len;
        memcpy(hash->block + have, p, n);
        if (have + n < block) return;
        srl_hash_blocks(hash, hash->block, 1);
        p += n;
        len -= n;
    }
    n = len / block;
    if (n) srl_hash_blocks(hash, p, n);
    p += n * block;
    len -= n * block;
    if (len) memcpy(hash->block, p, len);
}

SRL_FN void
srl_hash_end(srl_hash *hash, uint8_t *out)
{
    size_t block = srl_hash_block_len(hash->id);
    size_t have = (size_t)hash->total & (block - 1);
    size_t words = srl_hash_len(hash->id) / (block / 16);
    size_t i;

    /* Padding (5.1): a one bit, zeros, and the length in bits in the last
     * eighth of a block. The high half of it is 0, see srl_hash.total. */
    hash->block[have++] = 0x80;
    if (have > block - block / 8) {
        memset(hash->block + have, 0, block - have);
        srl_hash_blocks(hash, hash->block, 1);
        have = 0;
    }
    memset(hash->block + have, 0, block - have - 8);
    srl_store64(hash->block + block - 8, hash->total << 3);
    srl_hash_blocks(hash, hash->block, 1);
    for (i = 0; i < words; i++) {
        if (block == 64) {
            srl_store32(out + 4 * i, hash->h.w32[i]);
        } else {
            srl_store64(out + 8 * i, hash->h.w64[i]);
        }
    }
    srl_wipe(hash, sizeof *hash);
}

SRL_FN void
srl_hash_of(srl_hash_id id, const void *data, size_t len, uint8_t *out)
{
    srl_hash hash;

    srl_hash_init(&hash, id);
    srl_hash_add(&hash, data, len);
    srl_hash_end(&hash, out);
}
