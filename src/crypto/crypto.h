/* crypto/crypto.h: hashes, ciphers and public keys. */
#ifndef SRL_CRYPTO_H
#define SRL_CRYPTO_H
#include "base/base.h"

/* Bytes in, bytes out; no part of this layer allocates, draws random numbers
 * or keeps anything between calls, except what it found out about the CPU.
 *
 * Secret are the keys and texts of AEAD, the keys of HMAC and HKDF, and the
 * scalars and shared secrets of X25519 and P-256: whatever handles them takes
 * the same time and touches the same memory for every value of them.
 * Signatures, certificates and public keys are public, and verifying them may
 * take any time. What was secret is wiped before a function returns. */

/* ---- crypto/sha1.c ------------------------------------------------------- */

/* SHA-1 (RFC 3174, FIPS 180-4) of [data, data+len).
 *
 * Not a security function: SHA-1 is broken, and the upgrade (RFC 6455 1.3)
 * uses it only to show that the server understood the request. Nothing else
 * may call it. */
SRL_FN void srl_sha1(const uint8_t *data, size_t len, uint8_t out[20]);

/* The rest serves TLS alone. */
#ifndef SURREAL_NO_TLS

/* Defined where paths with SIMD are compiled in: it takes the per-function
 * targets and intrinsics of GCC and clang. clang before 16 hides those of
 * ARMv8 unless the whole program may use them. */
#if !defined(SURREAL_NO_SIMD) && !defined(__TINYC__)
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define SRL_CRYPTO_X86
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#if defined(__ARM_FEATURE_CRYPTO) || \
    (defined(__ARM_FEATURE_AES) && defined(__ARM_FEATURE_SHA2)) || \
    (defined(__clang__) ? __clang_major__ >= 16 : __GNUC__ >= 6)
#define SRL_CRYPTO_ARM
#endif
#endif
#endif

/* Products of 64 bits, where the compiler has a type for them;
 * SURREAL_NO_INT128 is for testing what the others get. */
#if defined(__SIZEOF_INT128__) && !defined(SURREAL_NO_INT128)
#define SRL_CRYPTO_INT128
__extension__ typedef unsigned __int128 srl_u128;
#endif

/* ---- crypto/cpu.c -------------------------------------------------------- */

/* What this CPU has beyond its base instruction set, as one set of bits. The
 * bits mean: the path for it was compiled in as well. SRL_CPU_KNOWN is always
 * set, so that 0 is "not asked yet". With SURREAL_NO_SIMD nothing else is. */
#define SRL_CPU_KNOWN 1u
#define SRL_CPU_AES 2u   /* AES and carry-less multiplication; SSSE3/SSE4.1 */
#define SRL_CPU_SHA 4u   /* SHA-256 */
#define SRL_CPU_AVX2 8u
#define SRL_CPU_SSE2 16u /* on x86-64 always */
#define SRL_CPU_NEON 32u

/* Any thread may ask. Tests store a smaller set into srl_cpu_found first. */
SRL_FN unsigned srl_cpu(void);

/* ---- crypto/ct.c --------------------------------------------------------- */

/* From here on these bytes are no secret any more. Nothing but a mark, for the
 * check that follows secrets through the compiled code (tests/ct). */
#ifndef SRL_PUBLIC
#define SRL_PUBLIC(ptr, len) ((void)0)
#endif

/* From here on the compiler knows nothing about the value of `v`, a variable:
 * not that it is a mask, to make a branch of, nor that the rest of a loop
 * changes it no more. Without GCC's assembler it is read and written as if by
 * somebody else. */
#if defined(__GNUC__) || defined(__clang__)
#define SRL_CT_HIDE(v) __asm__ volatile("" : "+r"(v))
#else
#define SRL_CT_HIDE(v) srl_ct_touch(&(v), sizeof(v))
#endif

SRL_INLINE void
srl_ct_touch(void *at, size_t len)
{
    volatile uint8_t *p = (volatile uint8_t *)at;

    while (len--) {
        *p = *p;
        p++;
    }
}

/* True if equal, in a time that depends on len alone. The verdict is public. */
SRL_FN bool srl_ct_equal(const void *a, const void *b, size_t len);

/* ---- crypto/sha2.c ------------------------------------------------------- */

/* SHA-256, SHA-384 and SHA-512 (FIPS 180-4). A value of srl_hash may be
 * copied: the copy goes on from the same point. */
typedef enum srl_hash_id {
    SRL_SHA256 = 1,
    SRL_SHA384,
    SRL_SHA512
} srl_hash_id;

#define SRL_HASH_MAX 64   /* bytes of the longest digest */
#define SRL_HASH_BLOCK 128 /* bytes of the longest block */

typedef struct srl_hash {
    srl_hash_id id;
    unsigned cpu;
    uint64_t total; /* bytes so far; below 2^61 */
    union {
        uint32_t w32[8];
        uint64_t w64[8];
    } h;
    uint8_t block[SRL_HASH_BLOCK]; /* total % block length bytes of it */
} srl_hash;

SRL_FN size_t srl_hash_len(srl_hash_id id);
SRL_FN void srl_hash_init(srl_hash *hash, srl_hash_id id);
SRL_FN void srl_hash_add(srl_hash *hash, const void *data, size_t len);
/* Writes srl_hash_len bytes and wipes *hash. */
SRL_FN void srl_hash_end(srl_hash *hash, uint8_t *out);
/* `blocks` blocks of 64 bytes into a state of SHA-256, by SRL_CPU_SHA; k is
 * the table of constants (crypto/sha2_x86.c, crypto/sha2_arm.c). */
#if defined(SRL_CRYPTO_X86) || defined(SRL_CRYPTO_ARM)
SRL_FN void srl_sha256_cpu(uint32_t state[8], const uint32_t k[64],
                           const uint8_t *data, size_t blocks);
#endif
/* All at once. */
SRL_FN void srl_hash_of(srl_hash_id id, const void *data, size_t len,
                        uint8_t *out);

/* ---- crypto/hmac.c ------------------------------------------------------- */

/* HMAC (RFC 2104) and HKDF (RFC 5869). */
typedef struct srl_hmac {
    srl_hash inner;
    srl_hash outer;
} srl_hmac;

SRL_FN void srl_hmac_init(srl_hmac *hmac, srl_hash_id id, const uint8_t *key,
                          size_t key_len);
SRL_FN void srl_hmac_add(srl_hmac *hmac, const void *data, size_t len);
SRL_FN void srl_hmac_end(srl_hmac *hmac, uint8_t *out);

/* `out` receives srl_hash_len(id) bytes and may be `key` or `salt`. */
SRL_FN void srl_hkdf_extract(srl_hash_id id, const uint8_t *salt,
                             size_t salt_len, const uint8_t *key,
                             size_t key_len, uint8_t *out);
/* `prk` has srl_hash_len(id) bytes; out_len is at most 255 times that. */
SRL_FN void srl_hkdf_expand(srl_hash_id id, const uint8_t *prk,
                            const uint8_t *info, size_t info_len,
                            uint8_t *out, size_t out_len);

/* ---- crypto/aead.c -------------------------------------------------------
 *
 * The three ciphers of TLS 1.3 behind one interface: AES-GCM (SP 800-38D,
 * crypto/gcm.c over crypto/aes.c) and ChaCha20-Poly1305 (RFC 8439,
 * crypto/chapoly.c). Nonces have 12 bytes, tags 16.
 */
typedef enum srl_aead_id {
    SRL_AES_128_GCM = 1,
    SRL_AES_256_GCM,
    SRL_CHACHA20_POLY1305
} srl_aead_id;

#define SRL_AEAD_NONCE 12
#define SRL_AEAD_TAG 16

/* What is done to one record: where it stands. The tag is computed over the
 * encrypted text, whichever way it goes. */
typedef struct srl_aead_job {
    const uint8_t *nonce;
    const uint8_t *aad;
    size_t aad_len;
    const uint8_t *in;
    size_t len;
    uint8_t *out;
    bool is_seal; /* false: out becomes the plain text */
} srl_aead_job;

/* ---- crypto/aes.c: AES (FIPS 197), the encrypting direction ---- */

#define SRL_AES_KEYS 240 /* bytes of the longest key schedule, 14 rounds */

/* The round keys as the bitsliced cipher wants them. */
typedef struct srl_aes {
    unsigned rounds;
    uint64_t keys[SRL_AES_KEYS / 2];
} srl_aes;

/* The round keys as FIPS 197 5.2 has them, in a time that depends on the
 * length (16 or 32) alone. Returns the number of rounds. */
SRL_FN unsigned srl_aes_expand(uint8_t out[SRL_AES_KEYS], const uint8_t *key,
                               size_t len);
SRL_FN void srl_aes_init(srl_aes *aes, const uint8_t *key, size_t len);
/* Four blocks of 16 bytes. */
SRL_FN void srl_aes_encrypt4(const srl_aes *aes, const uint8_t in[64],
                             uint8_t out[64]);

/* ---- crypto/gcm.c ---- */

typedef struct srl_gcm {
    srl_aes aes;
    uint64_t h[2]; /* of GHASH, times x: low, high */
} srl_gcm;

/* The product of H, a block, with x, as srl_gcm has it. */
SRL_FN void srl_gcm_times_x(uint64_t h[2], const uint8_t block[16]);
SRL_FN void srl_gcm_init(srl_gcm *gcm, const uint8_t *key, size_t len);
SRL_FN void srl_gcm_run(const srl_gcm *gcm, const srl_aead_job *job,
                        uint8_t tag[SRL_AEAD_TAG]);

/* ---- crypto/gcm_x86.c, crypto/gcm_arm.c: with SRL_CPU_AES ---- */

#if defined(SRL_CRYPTO_X86) || defined(SRL_CRYPTO_ARM)
#define SRL_CRYPTO_GCM
#endif

typedef struct srl_gcm_cpu {
    unsigned rounds;
    uint8_t keys[SRL_AES_KEYS];
    uint8_t powers[256]; /* H^8 .. H, and of each the sum of its halves */
} srl_gcm_cpu;

#ifdef SRL_CRYPTO_GCM
SRL_FN void srl_gcm_cpu_init(srl_gcm_cpu *gcm, const uint8_t *key,
                             size_t len);
SRL_FN void srl_gcm_cpu_run(const srl_gcm_cpu *gcm, const srl_aead_job *job,
                            uint8_t tag[SRL_AEAD_TAG]);
#endif

/* ---- crypto/chapoly.c ---- */

typedef struct srl_chapoly {
    uint32_t key[8];
    unsigned cpu;
} srl_chapoly;

SRL_FN void srl_chapoly_init(srl_chapoly *chapoly, const uint8_t key[32],
                             unsigned cpu);
SRL_FN void srl_chapoly_run(const srl_chapoly *chapoly,
                            const srl_aead_job *job,
                            uint8_t tag[SRL_AEAD_TAG]);

/* ---- crypto/chacha_x86.c, crypto/chacha_arm.c: ChaCha20 alone ---- */

/* The key stream from `state` (RFC 8439 2.3) on is added to `in`, in whole
 * batches of 256 bytes, with AVX2 of 512; the counter goes on. */
#if defined(SRL_CRYPTO_X86)
SRL_FN void srl_chacha_sse2(uint32_t state[16], const uint8_t *in, size_t len,
                            uint8_t *out);
SRL_FN void srl_chacha_avx2(uint32_t state[16], const uint8_t *in, size_t len,
                            uint8_t *out);
#elif defined(SRL_CRYPTO_ARM)
SRL_FN void srl_chacha_neon(uint32_t state[16], const uint8_t *in, size_t len,
                            uint8_t *out);
#endif

/* A key made ready. Holds a secret: srl_wipe it. */
typedef struct srl_aead {
    srl_aead_id id;
    unsigned cpu;
    union {
        srl_gcm gcm;
        srl_gcm_cpu gcm_cpu;
        srl_chapoly chapoly;
    } u;
} srl_aead;

/* 16 or 32. */
SRL_FN size_t srl_aead_key_len(srl_aead_id id);
SRL_FN void srl_aead_init(srl_aead *aead, srl_aead_id id, const uint8_t *key);
/* Encrypt len bytes from `in` to `out`, which are the same or do not overlap.
 * A nonce is used once for a key. len < 2^36 - 32. */
SRL_FN void srl_aead_seal(const srl_aead *aead,
                          const uint8_t nonce[SRL_AEAD_NONCE],
                          const uint8_t *aad, size_t aad_len,
                          const uint8_t *in, size_t len, uint8_t *out,
                          uint8_t tag[SRL_AEAD_TAG]);
/* The way back. False if the tag does not fit: `out` is all zero then. */
SRL_FN bool srl_aead_open(const srl_aead *aead,
                          const uint8_t nonce[SRL_AEAD_NONCE],
                          const uint8_t *aad, size_t aad_len,
                          const uint8_t *in, size_t len, uint8_t *out,
                          const uint8_t tag[SRL_AEAD_TAG]);

/* ---- crypto/field25519.c ------------------------------------------------- */

/* Numbers modulo p = 2^255 - 19 for the two parts below: constant time but for
 * srl_fe_is_equal. Limb i counts multiples of 2^51i where there is a product of
 * 128 bits; elsewhere, and with SURREAL_NO_INT128, of 2^(25.5i rounded up).
 *
 * Sums are not carried at once. A number of weight w has limbs of at most w
 * times 2^51 + 2^13, or w times 2^26 + 2^13 and 2^25 + 2^13 in turn. Each
 * function says which weight it takes and gives; 1 unless it does. Results may
 * be one of the operands. */
#ifdef SRL_CRYPTO_INT128
#define SRL_FE_LIMBS 5
typedef uint64_t srl_fe_limb;
#else
#define SRL_FE_LIMBS 10
typedef uint32_t srl_fe_limb;
#endif

typedef struct srl_fe {
    srl_fe_limb v[SRL_FE_LIMBS];
} srl_fe;

/* Little-endian; the top bit is ignored, p and more are taken modulo p. */
SRL_FN void srl_fe_load(srl_fe *r, const uint8_t in[32]);
/* The one form below p. Weight up to 8. */
SRL_FN void srl_fe_store(uint8_t out[32], const srl_fe *a);
SRL_FN void srl_fe_set(srl_fe *r, unsigned small);
/* Weight: the sum of both, up to 8. */
SRL_FN void srl_fe_add(srl_fe *r, const srl_fe *a, const srl_fe *b);
/* b has weight 1, a up to 6; gives that of a and 2. */
SRL_FN void srl_fe_sub(srl_fe *r, const srl_fe *a, const srl_fe *b);
SRL_FN void srl_fe_neg(srl_fe *r, const srl_fe *a);
/* Weights up to 8 whose product is at most 32. */
SRL_FN void srl_fe_mul(srl_fe *r, const srl_fe *a, const srl_fe *b);
/* Weight up to 5. */
SRL_FN void srl_fe_square(srl_fe *r, const srl_fe *a);
/* Weight up to 8; factor < 2^17. */
SRL_FN void srl_fe_scale(srl_fe *r, const srl_fe *a, uint32_t factor);
/* 1/a; 0 for 0. */
SRL_FN void srl_fe_invert(srl_fe *r, const srl_fe *a);
/* a^((p-5)/8), the core of a square root (RFC 8032 5.1.3). */
SRL_FN void srl_fe_root(srl_fe *r, const srl_fe *a);
/* Exchanges them if bit is 1, not if it is 0. */
SRL_FN void srl_fe_swap(srl_fe *a, srl_fe *b, unsigned bit);
/* Weights up to 8; for public numbers. */
SRL_FN bool srl_fe_is_equal(const srl_fe *a, const srl_fe *b);

/* ---- crypto/x25519.c ----------------------------------------------------- */

/* RFC 7748 section 5; `out` may be one of the inputs. False if the result is
 * all zero: the peer sent a point of small order (6.1). */
SRL_FN bool srl_x25519(uint8_t out[32], const uint8_t scalar[32],
                       const uint8_t point[32]);
/* The public key of a scalar. */
SRL_FN void srl_x25519_public(uint8_t out[32], const uint8_t scalar[32]);

/* ---- crypto/ed25519.c ---------------------------------------------------- */

/* RFC 8032 5.1.7: S below the order, the key and R canonical, without the
 * cofactor. Keys of small order are not singled out, see the part. */
SRL_FN bool srl_ed25519_verify(const uint8_t key[32], const uint8_t *message,
                               size_t len, const uint8_t signature[64]);

/* ---- crypto/weier.c ------------------------------------------------------
 *
 * Arithmetic for p256.c, p384.c and ecdsa.c; nothing else needs it. Integers
 * are limbs, least significant first. With 128-bit products a limb has 64
 * bits, else (or with SURREAL_NO_INT128, for tests) 32.
 */
#ifdef SRL_CRYPTO_INT128
#define SRL_EC_BITS 64
typedef uint64_t srl_ec_limb;
typedef srl_u128 srl_ec_wide;
#else
#define SRL_EC_BITS 32
typedef uint32_t srl_ec_limb;
typedef uint64_t srl_ec_wide;
#endif
#define SRL_EC_MAX (384 / SRL_EC_BITS)
/* 64 bits of a constant in two halves, and -1 / m of srl_ec_mod. */
#if SRL_EC_BITS == 64
#define SRL_EC_W(high, low) ((uint64_t)(high) << 32 | (low))
#define SRL_EC_LOW(high, low) SRL_EC_W(high, low)
#else
#define SRL_EC_W(high, low) (low), (high)
#define SRL_EC_LOW(high, low) (low)
#endif

typedef srl_ec_limb srl_ec_int[SRL_EC_MAX];

/* An odd prime m of 64 * k bits, its top bit set. Numbers modulo m are below
 * m, and but for those named plain they stand in Montgomery form: x is kept
 * as x * R mod m, R = 2^bits. No function of numbers branches on them. */
typedef struct srl_ec_mod {
    unsigned count; /* limbs of m */
    /* r = a * b / R mod m, where r may be a or b: srl_ec_mul, or what makes
     * use of the form of m. */
    void (*mul)(const struct srl_ec_mod *m, srl_ec_limb *r,
                const srl_ec_limb *a, const srl_ec_limb *b);
    srl_ec_limb low; /* -1 / m modulo 2^SRL_EC_BITS */
    srl_ec_int m;
    srl_ec_int one;    /* R mod m */
    srl_ec_int square; /* R^2 mod m */
} srl_ec_mod;

/* y^2 = x^3 - 3x + b over p; the points are a group of prime order n < p. */
typedef struct srl_ec_curve {
    srl_ec_mod p;
    srl_ec_mod n;
    srl_ec_int b;
    srl_ec_int base[8][2]; /* x, y of 1, 3, .. 15 times the base point */
} srl_ec_curve;

/* Jacobian: (x / z^2, y / z^3), infinite if z is 0. */
typedef struct srl_ec_point {
    srl_ec_int x;
    srl_ec_int y;
    srl_ec_int z;
} srl_ec_point;

/* All ones if a is 0, else 0. */
SRL_FN srl_ec_limb srl_ec_zero_mask(const srl_ec_mod *m,
                                    const srl_ec_limb *a);
/* r = a where the mask is all ones; r stays where it is 0. */
SRL_FN void srl_ec_select(const srl_ec_mod *m, srl_ec_limb *r,
                          const srl_ec_limb *a, srl_ec_limb mask);
/* The sum, and the difference, modulo m; r may be a or b. */
SRL_FN void srl_ec_add(const srl_ec_mod *m, srl_ec_limb *r,
                       const srl_ec_limb *a, const srl_ec_limb *b);
SRL_FN void srl_ec_sub(const srl_ec_mod *m, srl_ec_limb *r,
                       const srl_ec_limb *a, const srl_ec_limb *b);
/* r = a / 2 modulo m; r may be a. */
SRL_FN void srl_ec_half(const srl_ec_mod *m, srl_ec_limb *r,
                        const srl_ec_limb *a);
/* srl_ec_mod.mul for every m. */
SRL_FN void srl_ec_mul(const srl_ec_mod *m, srl_ec_limb *r,
                       const srl_ec_limb *a, const srl_ec_limb *b);
/* The same for the p of P-256. */
SRL_FN void srl_ec_mul_p256(const srl_ec_mod *m, srl_ec_limb *r,
                            const srl_ec_limb *a, const srl_ec_limb *b);
/* r = top * R + t, less m if that is not below m. It must be below 2m. */
SRL_FN void srl_ec_reduce(const srl_ec_mod *m, srl_ec_limb *r,
                          const srl_ec_limb *t, srl_ec_limb top);
/* r = 1 / a; 0 gives 0. */
SRL_FN void srl_ec_invert(const srl_ec_mod *m, srl_ec_limb *r,
                          const srl_ec_limb *a);
/* Read as many bytes as m has, big-endian, as a plain number. All ones if it
 * is below m, else 0. */
SRL_FN srl_ec_limb srl_ec_load(const srl_ec_mod *m, srl_ec_limb *r,
                               const uint8_t *bytes);
/* Write a plain number. */
SRL_FN void srl_ec_store(const srl_ec_mod *m, uint8_t *bytes,
                         const srl_ec_limb *a);
/* To Montgomery form, and back to a plain number. */
SRL_FN void srl_ec_enter(const srl_ec_mod *m, srl_ec_limb *r,
                         const srl_ec_limb *a);
SRL_FN void srl_ec_leave(const srl_ec_mod *m, srl_ec_limb *r,
                         const srl_ec_limb *a);

/* r = 2a, for every a; r may be a. */
SRL_FN void srl_ec_double(const srl_ec_curve *c, srl_ec_point *r,
                          const srl_ec_point *a);
/* r = a + b if neither is infinite and they are not equal: equal points give
 * 0, 0, 0. With is_affine b->z is 1 and not read. r may be a or b. */
SRL_FN void srl_ec_sum(const srl_ec_curve *c, srl_ec_point *r,
                       const srl_ec_point *a, const srl_ec_point *b,
                       bool is_affine);
/* r = a + b, for every a and b; not in constant time. */
SRL_FN void srl_ec_sum_any(const srl_ec_curve *c, srl_ec_point *r,
                           const srl_ec_point *a, const srl_ec_point *b,
                           bool is_affine);
/* Read an uncompressed point (SEC 1 2.3.4) with z = 1. False if it is none of
 * the curve, so also for the infinite one; not in constant time. */
SRL_FN bool srl_ec_decode(const srl_ec_curve *c, srl_ec_point *r,
                          const uint8_t *bytes, size_t len);

/* ---- crypto/p256.c, crypto/p384.c, crypto/ecdsa.c ------------------------ */

SRL_FN const srl_ec_curve *srl_p256(void);
SRL_FN const srl_ec_curve *srl_p384(void);
/* r = scalar * point, constant time for a scalar of 32 bytes from 1 to n - 1
 * and a point that is not infinite. */
SRL_FN void srl_p256_mul(srl_ec_point *r, const srl_ec_point *point,
                         const uint8_t scalar[32]);

#define SRL_P256_POINT 65 /* 04 x y, SEC 1 2.3.3 uncompressed */
#define SRL_P384_POINT 97

/* False if the scalar (big-endian) is 0 or not below the order: draw another.
 * Constant time. */
SRL_FN bool srl_p256_public(uint8_t out[SRL_P256_POINT],
                            const uint8_t scalar[32]);
/* ECDH: the x coordinate of scalar * peer. False also if the peer's point is
 * none of the curve, compressed, infinite or of another length. */
SRL_FN bool srl_p256_ecdh(uint8_t out[32], const uint8_t scalar[32],
                          const uint8_t *peer, size_t peer_len);

typedef enum srl_curve {
    SRL_P256 = 1,
    SRL_P384
} srl_curve;

/* 32 or 48: bytes of a coordinate, of r and of s. */
SRL_FN size_t srl_curve_len(srl_curve curve);
/* FIPS 186-5 6.4.2. The digest is cut to the length of the order; r and s are
 * big-endian, srl_curve_len bytes each, and must be 1 to order - 1. False for
 * a point that is none, too. */
SRL_FN bool srl_ecdsa_verify(srl_curve curve, const uint8_t *point,
                             size_t point_len, const uint8_t *digest,
                             size_t digest_len, const uint8_t *r,
                             const uint8_t *s);

/* ---- crypto/rsa.c -------------------------------------------------------- */

/* RSA (RFC 8017), verifying only. */
#define SRL_RSA_MIN_BITS 2048
#define SRL_RSA_MAX_BITS 8192

/* Big-endian, without leading zeros. */
typedef struct srl_rsa_key {
    surreal_bytes n;
    surreal_bytes e;
} srl_rsa_key;

/* Of n; 0 for an empty one. */
SRL_FN size_t srl_rsa_bits(const srl_rsa_key *key);
/* True for an odd n of 2048 to 8192 bits and an odd e of 3 to 2^64 - 1: what
 * the two functions below take; they refuse anything else. */
SRL_FN bool srl_rsa_is_usable(const srl_rsa_key *key);
/* RSASSA-PKCS1-v1_5 (8.2.2): the one right block is built and compared. */
SRL_FN bool srl_rsa_pkcs1_verify(const srl_rsa_key *key, srl_hash_id hash,
                                 const uint8_t *digest,
                                 const uint8_t *signature, size_t len);
/* RSASSA-PSS (8.1.2) with MGF1 of the same hash and a salt of salt_len. */
SRL_FN bool srl_rsa_pss_verify(const srl_rsa_key *key, srl_hash_id hash,
                               const uint8_t *digest, size_t salt_len,
                               const uint8_t *signature, size_t len);

#endif /* SURREAL_NO_TLS */
#endif
