/* crypto/gcm.c: AES-GCM in plain C, NIST SP 800-38D. */
#include "crypto/crypto.h"

/* GHASH is a sum of products in GF(2^128), whose bits stand in reverse: the
 * highest bit of the first byte is the coefficient of x^0. A block loaded big
 * endian, as low + 2^64 high, is therefore its polynomial mirrored, and the
 * product of two mirrored polynomials comes out mirrored and one bit too low.
 * H is multiplied by x once, then nothing needs shifting (Gueron and Kounavis,
 * "Intel Carry-Less Multiplication Instruction and its Usage for Computing the
 * GCM Mode", section 5).
 *
 * The processor's own multiplication becomes one without carries by leaving
 * holes: if only every fourth bit of both factors is set, a column of the sum
 * counts at most 15 ones, which fit the four bits there are, and its lowest
 * bit is what the carry-less product has in that place (Pornin, BearSSL's
 * "constant-time" pages). Multiplication takes the same time for all values on
 * every processor this is for, unlike tables. */

#ifdef SRL_CRYPTO_INT128
/* Carry-less a * b, low and high half. Of 16 columns the bits of a would make
 * 16 ones, one too many: its lowest four bits are multiplied one by one, where
 * there is nothing to carry. */
SRL_INLINE void
srl_gcm_mul64(uint64_t out[2], uint64_t a, uint64_t b)
{
    const uint64_t hole = 0x1111111111111111u;
    uint64_t a0 = a & (hole ^ 1), a1 = a & (hole ^ 1) << 1;
    uint64_t a2 = a & (hole ^ 1) << 2, a3 = a & (hole ^ 1) << 3;
    uint64_t b0 = b & hole, b1 = b & hole << 1;
    uint64_t b2 = b & hole << 2, b3 = b & hole << 3;
    srl_u128 mask = (srl_u128)hole << 64 | hole;
    srl_u128 c;

    c = (((srl_u128)a0 * b0) ^ ((srl_u128)a1 * b3) ^
         ((srl_u128)a2 * b2) ^ ((srl_u128)a3 * b1)) & mask;
    c |= (((srl_u128)a0 * b1) ^ ((srl_u128)a1 * b0) ^
          ((srl_u128)a2 * b3) ^ ((srl_u128)a3 * b2)) & mask << 1;
    c |= (((srl_u128)a0 * b2) ^ ((srl_u128)a1 * b1) ^
          ((srl_u128)a2 * b0) ^ ((srl_u128)a3 * b3)) & mask << 2;
    c |= (((srl_u128)a0 * b3) ^ ((srl_u128)a1 * b2) ^
          ((srl_u128)a2 * b1) ^ ((srl_u128)a3 * b0)) & mask << 3;
    c ^= (srl_u128)b * (a & 1) ^ (srl_u128)b * (a & 2) ^
         (srl_u128)b * (a & 4) ^ (srl_u128)b * (a & 8);
    out[0] = (uint64_t)c;
    out[1] = (uint64_t)(c >> 64);
}

#else

/* The same with 32 bits: 8 columns, all fit. */
SRL_INLINE uint64_t
srl_gcm_mul32(uint32_t a, uint32_t b)
{
    const uint32_t hole = 0x11111111u;
    const uint64_t mask = 0x1111111111111111u;
    uint64_t a0 = a & hole, a1 = a & hole << 1;
    uint64_t a2 = a & hole << 2, a3 = a & hole << 3;
    uint64_t b0 = b & hole, b1 = b & hole << 1;
    uint64_t b2 = b & hole << 2, b3 = b & hole << 3;

    return ((a0 * b0 ^ a1 * b3 ^ a2 * b2 ^ a3 * b1) & mask) |
           ((a0 * b1 ^ a1 * b0 ^ a2 * b3 ^ a3 * b2) & mask << 1) |
           ((a0 * b2 ^ a1 * b1 ^ a2 * b0 ^ a3 * b3) & mask << 2) |
           ((a0 * b3 ^ a1 * b2 ^ a2 * b1 ^ a3 * b0) & mask << 3);
}

/* Karatsuba: three products instead of four. */
static void
srl_gcm_mul64(uint64_t out[2], uint64_t a, uint64_t b)
{
    uint32_t a0 = (uint32_t)a, a1 = (uint32_t)(a >> 32);
    uint32_t b0 = (uint32_t)b, b1 = (uint32_t)(b >> 32);
    uint64_t low = srl_gcm_mul32(a0, b0);
    uint64_t high = srl_gcm_mul32(a1, b1);
    uint64_t middle = srl_gcm_mul32(a0 ^ a1, b0 ^ b1) ^ low ^ high;

    out[0] = low ^ middle << 32;
    out[1] = high ^ middle >> 32;
}
#endif

/* y = y * h, where h has been multiplied by x. */
static void
srl_gcm_mul(uint64_t y[2], const uint64_t h[2])
{
    uint64_t low[2];
    uint64_t high[2];
    uint64_t middle[2];
    uint64_t v0, v1;

    srl_gcm_mul64(low, y[0], h[0]);
    srl_gcm_mul64(high, y[1], h[1]);
    srl_gcm_mul64(middle, y[0] ^ y[1], h[0] ^ h[1]);
    v0 = low[0];
    v1 = low[1] ^ middle[0] ^ low[0] ^ high[0];
    y[0] = high[0] ^ middle[1] ^ low[1] ^ high[1];
    y[1] = high[1];
    /* Mirrored, the low words are the powers from x^128 on, and x^128 is
     * x^7 + x^2 + x + 1: each word goes 128 bits up, and a little less. */
    v1 ^= v0 << 63 ^ v0 << 62 ^ v0 << 57;
    y[0] ^= v0 ^ v0 >> 1 ^ v0 >> 2 ^ v0 >> 7;
    y[0] ^= v1 << 63 ^ v1 << 62 ^ v1 << 57;
    y[1] ^= v1 ^ v1 >> 1 ^ v1 >> 2 ^ v1 >> 7;
}

/* GHASH of whole blocks and a last one filled with zeros. */
static void
srl_gcm_hash(uint64_t y[2], const uint64_t h[2], const uint8_t *data,
             size_t len)
{
    uint8_t last[16];

    for (; len >= 16; len -= 16, data += 16) {
        y[1] ^= srl_load64(data);
        y[0] ^= srl_load64(data + 8);
        srl_gcm_mul(y, h);
    }
    if (!len) return;
    memset(last, 0, sizeof last);
    memcpy(last, data, len);
    y[1] ^= srl_load64(last);
    y[0] ^= srl_load64(last + 8);
    srl_gcm_mul(y, h);
}

SRL_FN void
srl_gcm_times_x(uint64_t h[2], const uint8_t block[16])
{
    uint64_t high = srl_load64(block);
    uint64_t low = srl_load64(block + 8);
    uint64_t carry = high >> 63;

    /* Mirrored: up by one, and x^128 comes back in as above. The product with
     * the bit is 0 or the constant without a choice being made. */
    h[1] = (high << 1 | low >> 63) ^ carry * 0xc200000000000000u;
    h[0] = low << 1 ^ carry;
}

SRL_FN void
srl_gcm_init(srl_gcm *gcm, const uint8_t *key, size_t len)
{
    uint8_t four[64];

    srl_aes_init(&gcm->aes, key, len);
    memset(four, 0, sizeof four);
    srl_aes_encrypt4(&gcm->aes, four, four);
    srl_gcm_times_x(gcm->h, four);
    srl_wipe(four, sizeof four);
}

/* The next four key blocks (SP 800-38D 6.5). The 32-bit counter cannot wrap
 * back to 1: fewer than 2^32 - 2 blocks fit len. */
static void
srl_gcm_stream(const srl_aes *aes, const uint8_t nonce[SRL_AEAD_NONCE],
               uint32_t counter, uint8_t out[64])
{
    uint32_t i;

    for (i = 0; i < 4; i++) {
        memcpy(out + 16 * i, nonce, SRL_AEAD_NONCE);
        srl_store32(out + 16 * i + 12, counter + i);
    }
    srl_aes_encrypt4(aes, out, out);
}

static void
srl_gcm_xor(uint8_t *out, const uint8_t *in, const uint8_t *key, size_t len)
{
    size_t i;

    for (i = 0; len - i >= 8; i += 8) {
        uint64_t a, b;

        memcpy(&a, in + i, 8);
        memcpy(&b, key + i, 8);
        a ^= b;
        memcpy(out + i, &a, 8);
    }
    for (; i < len; i++) {
        out[i] = (uint8_t)(in[i] ^ key[i]);
    }
}

/* The first batch of four makes the mask of the tag (counter 1) and 48 bytes
 * of key stream, so that a short record needs no other. */
SRL_FN void
srl_gcm_run(const srl_gcm *gcm, const srl_aead_job *job,
            uint8_t tag[SRL_AEAD_TAG])
{
    uint64_t y[2] = {0, 0};
    uint8_t stream[64];
    uint8_t mask[16];
    uint32_t counter = 1;
    size_t used = 16; /* of stream */
    size_t at, n;

    srl_gcm_stream(&gcm->aes, job->nonce, counter, stream);
    memcpy(mask, stream, sizeof mask);
    srl_gcm_hash(y, gcm->h, job->aad, job->aad_len);
    for (at = 0; at < job->len; at += n, used = 0) {
        if (!used) {
            counter += 4;
            srl_gcm_stream(&gcm->aes, job->nonce, counter, stream);
        }
        n = sizeof stream - used;
        if (n > job->len - at) n = job->len - at;
        /* What is hashed may be overwritten, or come into being, by the XOR. */
        if (!job->is_seal) srl_gcm_hash(y, gcm->h, job->in + at, n);
        srl_gcm_xor(job->out + at, job->in + at, stream + used, n);
        if (job->is_seal) srl_gcm_hash(y, gcm->h, job->out + at, n);
    }
    y[1] ^= (uint64_t)job->aad_len << 3;
    y[0] ^= (uint64_t)job->len << 3;
    srl_gcm_mul(y, gcm->h);
    srl_store64(tag, y[1] ^ srl_load64(mask));
    srl_store64(tag + 8, y[0] ^ srl_load64(mask + 8));
    srl_wipe(stream, sizeof stream);
    srl_wipe(mask, sizeof mask);
    srl_wipe(y, sizeof y);
}
