/* crypto/sha1.c: SHA-1, RFC 3174. */
#include "crypto/crypto.h"

/* Only the upgrade to WebSocket needs it, for 60 bytes: the plain form of the
 * standard, without tables or unrolling. Names are those of RFC 3174 6.1. */

static uint32_t
srl_sha1_rotl(uint32_t v, unsigned n)
{
    return v << n | v >> (32 - n);
}

static uint32_t
srl_sha1_f(unsigned t, uint32_t b, uint32_t c, uint32_t d)
{
    if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999u;
    if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1u;
    if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
    return (b ^ c ^ d) + 0xca62c1d6u;
}

static void
srl_sha1_block(uint32_t h[5], const uint8_t block[64])
{
    uint32_t w[80];
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    unsigned t;

    for (t = 0; t < 16; t++) {
        w[t] = srl_load32(block + 4 * t);
    }
    for (; t < 80; t++) {
        w[t] = srl_sha1_rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    }
    for (t = 0; t < 80; t++) {
        uint32_t next = srl_sha1_rotl(a, 5) + srl_sha1_f(t, b, c, d) + e +
                        w[t];

        e = d;
        d = c;
        c = srl_sha1_rotl(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

SRL_FN void
srl_sha1(const uint8_t *data, size_t len, uint8_t out[20])
{
    uint32_t h[5] = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u,
                     0xc3d2e1f0u};
    uint8_t tail[128];
    size_t whole = len / 64 * 64;
    size_t rest = len - whole;
    size_t end = rest < 56 ? 64 : 128; /* 1 byte and the length must fit */
    size_t i;

    for (i = 0; i < whole; i += 64) {
        srl_sha1_block(h, data + i);
    }

    /* Padding: a one bit, zeros, the length in bits (RFC 3174 4). */
    memset(tail, 0, sizeof tail);
    if (rest) memcpy(tail, data + whole, rest);
    tail[rest] = 0x80;
    srl_store64(tail + end - 8, (uint64_t)len << 3);
    for (i = 0; i < end; i += 64) {
        srl_sha1_block(h, tail + i);
    }
    for (i = 0; i < 5; i++) {
        srl_store32(out + 4 * i, h[i]);
    }
}
