/* tests/sign25519.h: Ed25519 keys and signatures (RFC 8032 5.1.5, 5.1.6) for
 * throw-away certificates and servers of tests.
 *
 * For tests only: it takes a time that depends on the key and wipes nothing.
 * Include it after surreal.h with SURREAL_IMPLEMENTATION, whose inner functions
 * it is made of. */
#ifndef TEST_SIGN25519_H
#define TEST_SIGN25519_H

/* The secret scalar modulo L, which makes no difference to multiples of B; and
 * the other half of the seed's hash. */
static inline void
sign25519_expand(uint32_t scalar[8], uint8_t prefix[32],
                 const uint8_t seed[32])
{
    uint8_t hash[64];
    uint8_t wide[64] = {0};

    srl_hash_of(SRL_SHA512, seed, 32, hash);
    memcpy(wide, hash, 32);
    wide[0] &= 0xf8;
    wide[31] = (uint8_t)((wide[31] & 0x7f) | 0x40);
    srl_ed_reduce(scalar, wide);
    memcpy(prefix, hash + 32, 32);
}

/* The bytes of scalar * B. */
static inline void
sign25519_multiple(uint8_t out[32], const uint32_t scalar[8])
{
    static const uint32_t zero[8] = {0};
    srl_ed_point p;

    srl_ed_neutral(&p);
    srl_ed_mul_add(&p, zero, &p, scalar);
    srl_ed_store(out, &p);
}

/* SHA-512(a, b, msg) modulo L; a may be NULL. */
static inline void
sign25519_hash(uint32_t r[8], const uint8_t *a, const uint8_t *b,
               const uint8_t *msg, size_t len)
{
    srl_hash hash;
    uint8_t digest[64];

    srl_hash_init(&hash, SRL_SHA512);
    if (a) srl_hash_add(&hash, a, 32);
    srl_hash_add(&hash, b, 32);
    srl_hash_add(&hash, msg, len);
    srl_hash_end(&hash, digest);
    srl_ed_reduce(r, digest);
}

/* out = (a * b + c) mod L: below 2^512 before it is reduced. */
static inline void
sign25519_mul_add(uint8_t out[32], const uint32_t a[8], const uint32_t b[8],
                  const uint32_t c[8])
{
    uint32_t t[16] = {0};
    uint8_t bytes[64];
    int i, j;

    for (i = 0; i < 8; i++) {
        uint64_t carry = 0;

        for (j = 0; j < 8; j++) {
            carry += t[i + j] + (uint64_t)a[i] * b[j];
            if (!i) carry += c[j];
            t[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        t[i + 8] = (uint32_t)carry;
    }
    for (i = 0; i < 64; i++) {
        bytes[i] = (uint8_t)(t[i / 4] >> i % 4 * 8);
    }
    srl_ed_reduce(t, bytes);
    for (i = 0; i < 32; i++) {
        out[i] = (uint8_t)(t[i / 4] >> i % 4 * 8);
    }
}

/* The public key of a seed. */
static inline void
sign25519_public(uint8_t key[32], const uint8_t seed[32])
{
    uint32_t scalar[8];
    uint8_t prefix[32];

    sign25519_expand(scalar, prefix, seed);
    sign25519_multiple(key, scalar);
}

static inline void
sign25519(uint8_t sig[64], const uint8_t seed[32], const uint8_t *msg,
          size_t len)
{
    uint32_t scalar[8], nonce[8], k[8];
    uint8_t prefix[32], key[32];

    sign25519_expand(scalar, prefix, seed);
    sign25519_multiple(key, scalar);
    sign25519_hash(nonce, NULL, prefix, msg, len);
    sign25519_multiple(sig, nonce);
    sign25519_hash(k, sig, key, msg, len);
    sign25519_mul_add(sig + 32, k, scalar, nonce);
}

#endif
