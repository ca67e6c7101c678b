/* crypto/aes.c: AES-128 and AES-256 in plain C, FIPS 197. */
#include "crypto/crypto.h"

/* Tables would tell the key through the cache, so the S-box is computed, as a
 * circuit of ANDs and XORs on 64 bytes at once: word i of the state ("plane")
 * holds bit i of every byte of four blocks. In a plane the byte of row r,
 * column c of block b stands at bit 16r + 4c + b, which makes
 *
 *   - the row below a rotation of the plane by 16,
 *   - the column beside a rotation of each 16-bit lane by 4.
 *
 * ShiftRows is not done at all: after round i the state is kept as if the last
 * i ShiftRows had been undone, row r turned back by i * r columns. The row
 * below is then also i columns further on, the same for all rows, and i only
 * counts modulo 4 (the idea is "fixslicing", Adomnicai and Peyrin, TCHES
 * 2021/1). Round keys are stored turned back in the same way. Both numbers of
 * rounds, 10 and 14, are 2 modulo 4: what is left to do at the end is to turn
 * rows 1 and 3 by two columns. */

#define SRL_AES_STEP 8 /* words of one round key */

static uint32_t
srl_aes_column(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
           (uint32_t)p[1] << 8 | p[0];
}

/* ---- in and out of planes ------------------------------------------------ */

/* Each byte of v becomes the low half of 16 bits. */
static uint64_t
srl_aes_spread(uint32_t v)
{
    uint64_t x = v;

    x = (x | x << 16) & 0x0000ffff0000ffffu;
    return (x | x << 8) & 0x00ff00ff00ff00ffu;
}

static uint32_t
srl_aes_gather(uint64_t x)
{
    x &= 0x00ff00ff00ff00ffu;
    x = (x | x >> 8) & 0x0000ffff0000ffffu;
    return (uint32_t)(x | x >> 16);
}

/* Swap the bits of *b under mask with those of *a that stand n higher. */
SRL_INLINE void
srl_aes_swap(uint64_t *a, uint64_t *b, unsigned n, uint64_t mask)
{
    uint64_t t = (*a >> n ^ *b) & mask;

    *b ^= t;
    *a ^= t << n;
}

/* Transpose the 8 x 8 bits that the same byte of the 8 words makes: bit i of
 * word w goes to bit w of word i. Its own inverse. */
static void
srl_aes_transpose(uint64_t q[8])
{
    unsigned i;

    for (i = 0; i < 8; i += 2) {
        srl_aes_swap(q + i, q + i + 1, 1, 0x5555555555555555u);
    }
    for (i = 0; i < 8; i += 4) {
        srl_aes_swap(q + i, q + i + 2, 2, 0x3333333333333333u);
        srl_aes_swap(q + i + 1, q + i + 3, 2, 0x3333333333333333u);
    }
    for (i = 0; i < 4; i++) {
        srl_aes_swap(q + i, q + i + 4, 4, 0x0f0f0f0f0f0f0f0fu);
    }
}

/* Word b takes columns 0 and 2 of block b, word b + 4 columns 1 and 3: byte
 * 2r + c/2 of it is row r. Transposing gives the order named above. */
static void
srl_aes_pack(uint64_t q[8], const uint8_t in[64])
{
    unsigned b;

    for (b = 0; b < 4; b++) {
        const uint8_t *p = in + 16 * b;

        q[b] = srl_aes_spread(srl_aes_column(p)) |
               srl_aes_spread(srl_aes_column(p + 8)) << 8;
        q[b + 4] = srl_aes_spread(srl_aes_column(p + 4)) |
                   srl_aes_spread(srl_aes_column(p + 12)) << 8;
    }
    srl_aes_transpose(q);
}

static void
srl_aes_put(uint8_t *p, uint32_t column)
{
    p[0] = (uint8_t)column;
    p[1] = (uint8_t)(column >> 8);
    p[2] = (uint8_t)(column >> 16);
    p[3] = (uint8_t)(column >> 24);
}

static void
srl_aes_unpack(uint8_t out[64], uint64_t q[8])
{
    unsigned b;

    srl_aes_transpose(q);
    for (b = 0; b < 4; b++) {
        uint8_t *p = out + 16 * b;

        srl_aes_put(p, srl_aes_gather(q[b]));
        srl_aes_put(p + 4, srl_aes_gather(q[b + 4]));
        srl_aes_put(p + 8, srl_aes_gather(q[b] >> 8));
        srl_aes_put(p + 12, srl_aes_gather(q[b + 4] >> 8));
    }
}

/* ---- the S-box ----------------------------------------------------------- */

/* The circuit of Boyar and Peralta, "A depth-16 circuit for the AES S-box"
 * (IACR ePrint 2011/332): 128 gates, 34 of them ANDs. x, y, t, z are theirs,
 * with x0 and s0 the highest bit of a byte. */

/* The linear layer on top: x into the basis of the tower field. */
SRL_INLINE void
srl_aes_sbox_top(const uint64_t q[8], uint64_t y[22])
{
    uint64_t x0 = q[7], x1 = q[6], x2 = q[5], x3 = q[4];
    uint64_t x4 = q[3], x5 = q[2], x6 = q[1], x7 = q[0];
    uint64_t t0 = x1 ^ x2;

    y[0] = x7;
    y[14] = x3 ^ x5;
    y[13] = x0 ^ x6;
    y[9] = x0 ^ x3;
    y[8] = x0 ^ x5;
    y[1] = t0 ^ x7;
    y[4] = y[1] ^ x3;
    y[12] = y[13] ^ y[14];
    y[2] = y[1] ^ x0;
    y[5] = y[1] ^ x6;
    y[3] = y[5] ^ y[8];
    y[15] = x4 ^ y[12] ^ x5;
    y[20] = x4 ^ y[12] ^ x1;
    y[6] = y[15] ^ x7;
    y[10] = y[15] ^ t0;
    y[11] = y[20] ^ y[9];
    y[7] = x7 ^ y[11];
    y[17] = y[10] ^ y[11];
    y[19] = y[10] ^ y[8];
    y[16] = t0 ^ y[11];
    y[21] = y[13] ^ y[16];
    y[18] = x0 ^ y[16];
}

/* The middle: inversion in GF(2^8) by way of GF(2^4). z are the 18 products
 * that the layer below adds up. */
SRL_INLINE void
srl_aes_sbox_middle(const uint64_t y[22], uint64_t z[18])
{
    uint64_t t2 = y[12] & y[15];
    uint64_t t7 = y[13] & y[16];
    uint64_t t12 = y[9] & y[11];
    uint64_t t14 = (y[14] & y[17]) ^ t12;
    uint64_t t16 = (y[8] & y[10]) ^ t12;
    uint64_t t21 = (y[3] & y[6]) ^ t2 ^ t14 ^ y[20];
    uint64_t t22 = (y[4] & y[0]) ^ t2 ^ t16 ^ y[19];
    uint64_t t23 = (y[5] & y[1]) ^ t7 ^ t14 ^ y[21];
    uint64_t t24 = (y[2] & y[7]) ^ t7 ^ t16 ^ y[18];
    uint64_t t25 = t21 ^ t22;
    uint64_t t26 = t21 & t23;
    uint64_t t27 = t24 ^ t26;
    uint64_t t29 = (t25 & t27) ^ t22;
    uint64_t t33 = ((t22 ^ t26) & (t23 ^ t24)) ^ t24;
    uint64_t t36 = t24 & (t27 ^ t33);
    uint64_t t37 = t36 ^ t23 ^ t33;
    uint64_t t40 = t25 ^ (t29 & (t27 ^ t36));
    uint64_t t41 = t40 ^ t37;
    uint64_t t42 = t29 ^ t33;
    uint64_t t43 = t29 ^ t40;
    uint64_t t44 = t33 ^ t37;
    uint64_t t45 = t42 ^ t41;

    z[0] = t44 & y[15];
    z[1] = t37 & y[6];
    z[2] = t33 & y[0];
    z[3] = t43 & y[16];
    z[4] = t40 & y[1];
    z[5] = t29 & y[7];
    z[6] = t42 & y[11];
    z[7] = t45 & y[17];
    z[8] = t41 & y[10];
    z[9] = t44 & y[12];
    z[10] = t37 & y[3];
    z[11] = t33 & y[4];
    z[12] = t43 & y[13];
    z[13] = t40 & y[5];
    z[14] = t29 & y[2];
    z[15] = t42 & y[9];
    z[16] = t45 & y[14];
    z[17] = t41 & y[8];
}

/* The linear layer below: back to the usual basis, and the affine map. */
SRL_INLINE void
srl_aes_sbox_bottom(const uint64_t z[18], uint64_t q[8])
{
    uint64_t t46 = z[15] ^ z[16];
    uint64_t t48 = z[5] ^ z[13];
    uint64_t t53 = z[0] ^ z[3];
    uint64_t t54 = z[6] ^ z[7];
    uint64_t t57 = z[2] ^ z[12] ^ t53;
    uint64_t t58 = z[4] ^ t46;
    uint64_t t59 = z[3] ^ t54;
    uint64_t t62 = z[7] ^ z[8] ^ t58;
    uint64_t t63 = z[9] ^ z[10] ^ t58;
    uint64_t t64 = z[4] ^ t59;
    uint64_t t65 = z[14] ^ t57 ^ t62;
    uint64_t t66 = z[1] ^ t63;
    uint64_t s3 = t53 ^ t66;

    q[7] = t59 ^ t63;
    q[6] = t64 ^ ~s3;
    q[5] = z[16] ^ z[17] ^ ~(t64 ^ t65);
    q[4] = s3;
    q[3] = z[2] ^ z[5] ^ t66;
    q[2] = z[10] ^ z[11] ^ t65;
    q[1] = z[12] ^ t48 ^ ~t62;
    q[0] = t48 ^ ~(t46 ^ t57);
}

static void
srl_aes_sbox(uint64_t q[8])
{
    uint64_t y[22];
    uint64_t z[18];

    srl_aes_sbox_top(q, y);
    srl_aes_sbox_middle(y, z);
    srl_aes_sbox_bottom(z, q);
}

/* ---- rounds -------------------------------------------------------------- */

/* The plane whose byte at (r, c) is that of row r + 1, column c + turn. */
SRL_INLINE uint64_t
srl_aes_below(uint64_t x, unsigned turn)
{
    x = x >> 16 | x << 48;
    if (turn == 1) {
        return (x >> 4 & 0x0fff0fff0fff0fffu) |
               (x << 12 & 0xf000f000f000f000u);
    }
    if (turn == 2) {
        return (x >> 8 & 0x00ff00ff00ff00ffu) |
               (x << 8 & 0xff00ff00ff00ff00u);
    }
    if (turn == 3) {
        return (x >> 12 & 0x000f000f000f000fu) |
               (x << 4 & 0xfff0fff0fff0fff0u);
    }
    return x;
}

/* The same twice. */
SRL_INLINE uint64_t
srl_aes_below2(uint64_t x, unsigned turn)
{
    x = x >> 32 | x << 32;
    if (!(turn & 1)) return x;
    return (x >> 8 & 0x00ff00ff00ff00ffu) | (x << 8 & 0xff00ff00ff00ff00u);
}

/* MixColumns after `turn` ShiftRows (modulo 4), and AddRoundKey. With a the
 * byte, b, c, d those below it and s = a + b, the sum 2a + 3b + c + d is
 * 2s + b + (s two rows below). */
SRL_INLINE void
srl_aes_mix(uint64_t q[8], const uint64_t *key, unsigned turn)
{
    uint64_t s[8];
    uint64_t b[8];
    unsigned i;

    for (i = 0; i < 8; i++) {
        b[i] = srl_aes_below(q[i], turn);
        s[i] = q[i] ^ b[i];
        b[i] ^= srl_aes_below2(s[i], turn) ^ key[i];
    }
    /* Doubling in GF(2^8): x^8 = x^4 + x^3 + x + 1 (FIPS 197 4.2.1). */
    q[0] = b[0] ^ s[7];
    q[1] = b[1] ^ s[0] ^ s[7];
    q[2] = b[2] ^ s[1];
    q[3] = b[3] ^ s[2] ^ s[7];
    q[4] = b[4] ^ s[3] ^ s[7];
    q[5] = b[5] ^ s[4];
    q[6] = b[6] ^ s[5];
    q[7] = b[7] ^ s[6];
}

static void
srl_aes_add(uint64_t q[8], const uint64_t *key)
{
    unsigned i;

    for (i = 0; i < 8; i++) {
        q[i] ^= key[i];
    }
}

/* Turn row r by n * r columns to the left. */
static uint64_t
srl_aes_shift_rows(uint64_t x, unsigned n)
{
    uint64_t out = 0;
    unsigned r;

    for (r = 0; r < 4; r++) {
        uint64_t row = x >> 16 * r & 0xffff;

        row |= row << 16;
        out |= (row >> (n * r & 3) * 4 & 0xffff) << 16 * r;
    }
    return out;
}

SRL_FN void
srl_aes_encrypt4(const srl_aes *aes, const uint8_t in[64], uint8_t out[64])
{
    const uint64_t *key = aes->keys;
    const uint64_t *last = key + SRL_AES_STEP * aes->rounds;
    uint64_t q[8];
    unsigned i;

    srl_aes_pack(q, in);
    srl_aes_add(q, key);
    for (key += SRL_AES_STEP; ; key += 4 * SRL_AES_STEP) {
        srl_aes_sbox(q);
        srl_aes_mix(q, key, 1);
        srl_aes_sbox(q);
        if (key + SRL_AES_STEP == last) break;
        srl_aes_mix(q, key + SRL_AES_STEP, 2);
        srl_aes_sbox(q);
        srl_aes_mix(q, key + 2 * SRL_AES_STEP, 3);
        srl_aes_sbox(q);
        srl_aes_mix(q, key + 3 * SRL_AES_STEP, 0);
    }
    srl_aes_add(q, last);
    for (i = 0; i < 8; i++) { /* two ShiftRows: rows 1 and 3 */
        uint64_t odd = q[i] & 0xffff0000ffff0000u;

        q[i] = (q[i] ^ odd) | (odd >> 8 & 0x00ff000000ff0000u) |
               (odd << 8 & 0xff000000ff000000u);
    }
    srl_aes_unpack(out, q);
}

/* ---- keys ---------------------------------------------------------------- */

/* SubWord (FIPS 197 5.2): four bytes through the S-box. */
static void
srl_aes_sub_word(uint8_t word[4])
{
    uint8_t block[64];
    uint64_t q[8];

    memset(block, 0, sizeof block);
    memcpy(block, word, 4);
    srl_aes_pack(q, block);
    srl_aes_sbox(q);
    srl_aes_unpack(block, q);
    memcpy(word, block, 4);
    srl_wipe(block, sizeof block);
    srl_wipe(q, sizeof q);
}

SRL_FN unsigned
srl_aes_expand(uint8_t out[SRL_AES_KEYS], const uint8_t *key, size_t len)
{
    unsigned rounds = (unsigned)len / 4 + 6;
    size_t end = 16 * (size_t)(rounds + 1);
    uint8_t word[4];
    unsigned rcon = 1; /* at most ten doublings are used: below 2^9 */
    size_t at, i;

    SURREAL_ASSERT(len == 16 || len == 32);
    memcpy(out, key, len);
    for (at = len; at < end; at += 4) {
        memcpy(word, out + at - 4, 4);
        if (at % len == 0) {
            uint8_t first = word[0];

            memmove(word, word + 1, 3);
            word[3] = first;
            srl_aes_sub_word(word);
            word[0] = (uint8_t)(word[0] ^ rcon);
            rcon = rcon << 1 ^ (rcon >> 7) * 0x11b;
        } else if (len == 32 && at % len == 16) {
            srl_aes_sub_word(word);
        }
        for (i = 0; i < 4; i++) {
            out[at + i] = out[at + i - len] ^ word[i];
        }
    }
    srl_wipe(word, sizeof word);
    return rounds;
}

SRL_FN void
srl_aes_init(srl_aes *aes, const uint8_t *key, size_t len)
{
    uint8_t plain[SRL_AES_KEYS];
    uint8_t four[64];
    uint64_t *q = aes->keys;
    unsigned round, i;

    aes->rounds = srl_aes_expand(plain, key, len);
    for (round = 0; round <= aes->rounds; round++, q += SRL_AES_STEP) {
        for (i = 0; i < 4; i++) {
            memcpy(four + 16 * i, plain + 16 * (size_t)round, 16);
        }
        srl_aes_pack(q, four);
        for (i = 0; i < 8; i++) {
            q[i] = srl_aes_shift_rows(q[i], (4 - round % 4) % 4);
        }
    }
    srl_wipe(plain, sizeof plain);
    srl_wipe(four, sizeof four);
}
