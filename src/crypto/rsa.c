/* crypto/rsa.c: verifying RSA signatures, RFC 8017. */
#include "crypto/crypto.h"

/* Numbers are arrays of limbs, the lowest first; the wide type holds a product
 * of two limbs and two more limbs on top: (B-1)^2 + 2(B-1) = B^2 - 1, with B
 * as the base. All numbers are public here: branches and memory may follow
 * them. */
#ifdef SRL_CRYPTO_INT128
typedef uint64_t srl_limb;
typedef srl_u128 srl_limb2;
#define SRL_CRYPTO_LIMB 64
#else
typedef uint32_t srl_limb;
typedef uint64_t srl_limb2;
#define SRL_CRYPTO_LIMB 32
#endif

#define SRL_CRYPTO_LIMBS (SRL_RSA_MAX_BITS / SRL_CRYPTO_LIMB)
#define SRL_CRYPTO_RSA_BYTES (SRL_RSA_MAX_BITS / 8)

SRL_FN size_t
srl_rsa_bits(const srl_rsa_key *key)
{
    const uint8_t *p = key->n.ptr;
    size_t len = key->n.len;
    size_t bits;
    unsigned top;

    while (len && !*p) {
        p++;
        len--;
    }
    if (!len) return 0;
    bits = (len - 1) * 8;
    for (top = *p; top; top >>= 1) {
        bits++;
    }
    return bits;
}

SRL_FN bool
srl_rsa_is_usable(const srl_rsa_key *key)
{
    surreal_bytes n = key->n;
    surreal_bytes e = key->e;
    size_t bits;

    /* Lengths first: nobody counts the bits of a megabyte. */
    if (n.len < SRL_RSA_MIN_BITS / 8 || n.len > SRL_CRYPTO_RSA_BYTES ||
        !n.ptr[0] || !(n.ptr[n.len - 1] & 1)) {
        return false;
    }
    bits = srl_rsa_bits(key);
    if (bits < SRL_RSA_MIN_BITS || bits > SRL_RSA_MAX_BITS) return false;
    return e.len >= 1 && e.len <= 8 && e.ptr[0] && (e.ptr[e.len - 1] & 1) &&
           (e.len > 1 || e.ptr[0] >= 3);
}

/* ---- s^e mod n ----------------------------------------------------------- */

/* What stays the same in all multiplications. */
typedef struct srl_rsa_modulus {
    srl_limb n[SRL_CRYPTO_LIMBS];
    srl_limb negative_inverse; /* -1/n mod B */
    size_t count;              /* limbs of n; the highest is not 0 */
} srl_rsa_modulus;

static void
srl_rsa_load(srl_limb *out, size_t count, const uint8_t *bytes, size_t len)
{
    const size_t size = SRL_CRYPTO_LIMB / 8;
    size_t i;

    memset(out, 0, count * sizeof *out);
    for (i = 0; i < len; i++) {
        out[i / size] |= (srl_limb)bytes[len - 1 - i] << (8 * (i % size));
    }
}

static void
srl_rsa_store(uint8_t *bytes, size_t len, const srl_limb *in)
{
    const size_t size = SRL_CRYPTO_LIMB / 8;
    size_t i;

    for (i = 0; i < len; i++) {
        bytes[len - 1 - i] = (uint8_t)(in[i / size] >> (8 * (i % size)));
    }
}

/* out = a - b; returns the borrow. out may be a. */
static srl_limb
srl_rsa_sub(srl_limb *out, const srl_limb *a, const srl_limb *b, size_t count)
{
    srl_limb borrow = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        srl_limb less = (srl_limb)(a[i] - b[i]);

        out[i] = (srl_limb)(less - borrow);
        borrow = (srl_limb)((a[i] < b[i]) | (less < borrow));
    }
    return borrow;
}

/* x += b; returns the carry. */
static srl_limb
srl_rsa_add(srl_limb *x, const srl_limb *b, size_t count)
{
    srl_limb2 sum = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        sum += (srl_limb2)x[i] + b[i];
        x[i] = (srl_limb)sum;
        sum >>= SRL_CRYPTO_LIMB;
    }
    return (srl_limb)sum;
}

static void
srl_rsa_modulus_init(srl_rsa_modulus *m, surreal_bytes n)
{
    const size_t size = SRL_CRYPTO_LIMB / 8;
    srl_limb inverse;
    int i;

    m->count = (n.len + size - 1) / size;
    srl_rsa_load(m->n, m->count, n.ptr, n.len);
    /* Newton: an odd number is its own inverse mod 8, and each step doubles
     * the bits that are right: 3, 6, 12, 24, 48, 96. */
    inverse = m->n[0];
    for (i = 0; i < 5; i++) {
        inverse *= (srl_limb)(2 - m->n[0] * inverse);
    }
    m->negative_inverse = (srl_limb)(0 - inverse);
}

/* out = a * b / B^count mod n, for a, b < n (Montgomery 1985). Row by row the
 * multiple of n that makes the lowest limb zero is added, and that limb left
 * out. Both products of a row run in one loop with a carry for each, so that
 * neither waits for the other. out may be a or b. */
static void
srl_rsa_mul(srl_limb *out, const srl_limb *a, const srl_limb *b,
            const srl_rsa_modulus *m)
{
    srl_limb sum[SRL_CRYPTO_LIMBS];
    const srl_limb *n = m->n;
    size_t count = m->count;
    srl_limb top = 0; /* of the sum, which is below 2n: 0 or 1 */
    size_t i, j;

    memset(sum, 0, count * sizeof *sum);
    for (i = 0; i < count; i++) {
        srl_limb2 x = (srl_limb2)a[i] * b[0] + sum[0];
        srl_limb q = (srl_limb)((srl_limb)x * m->negative_inverse);
        srl_limb2 y = (srl_limb2)q * n[0] + (srl_limb)x;

        for (j = 1; j < count; j++) {
            x = (srl_limb2)a[i] * b[j] + sum[j] +
                (srl_limb)(x >> SRL_CRYPTO_LIMB);
            y = (srl_limb2)q * n[j] + (srl_limb)x +
                (srl_limb)(y >> SRL_CRYPTO_LIMB);
            sum[j - 1] = (srl_limb)y;
        }
        x = (srl_limb2)(srl_limb)(x >> SRL_CRYPTO_LIMB) +
            (srl_limb)(y >> SRL_CRYPTO_LIMB) + top;
        sum[count - 1] = (srl_limb)x;
        top = (srl_limb)(x >> SRL_CRYPTO_LIMB);
    }
    if (srl_rsa_sub(out, sum, n, count) > top) {
        memcpy(out, sum, count * sizeof *sum);
    }
}

/* x <<= shift, or x >>= shift with `down`; 0 < shift < bits of a limb. */
static void
srl_rsa_shift(srl_limb *x, size_t count, unsigned shift, bool down)
{
    size_t i;

    for (i = 0; down && i < count; i++) {
        srl_limb next = i + 1 < count ? x[i + 1] : 0;

        x[i] = (srl_limb)(x[i] >> shift | next << (SRL_CRYPTO_LIMB - shift));
    }
    for (i = count; !down && i--;) {
        srl_limb next = i ? x[i - 1] : 0;

        x[i] = (srl_limb)(x[i] << shift | next >> (SRL_CRYPTO_LIMB - shift));
    }
}

/* x = x * B mod d, for x < d: one step of a long division (Knuth, TAOCP 4.3.1
 * D). The top bit of d is set: then the quotient of the two highest limbs is
 * the right one, or one or two too large. */
static void
srl_rsa_step(srl_limb *x, const srl_limb *d, size_t count)
{
    srl_limb top = x[count - 1];
    srl_limb q = (srl_limb)-1;
    srl_limb below = 0; /* the limb that moves up to where j is */
    srl_limb carry = 0;
    size_t j;

    if (top < d[count - 1]) {
        q = (srl_limb)(((srl_limb2)top << SRL_CRYPTO_LIMB | x[count - 2]) /
                       d[count - 1]);
    }
    for (j = 0; j < count; j++) {
        srl_limb2 p = (srl_limb2)q * d[j] + carry; /* at most B(B-1) */
        srl_limb old = x[j];

        x[j] = (srl_limb)(below - (srl_limb)p);
        carry = (srl_limb)((srl_limb)(p >> SRL_CRYPTO_LIMB) +
                           (below < (srl_limb)p));
        below = old;
    }
    for (top = (srl_limb)(top - carry); top;) {
        top = (srl_limb)(top + srl_rsa_add(x, d, count));
    }
}

/* x = x * B^count mod n, the form that srl_rsa_mul keeps, for x < n. The usual
 * way is to multiply by B^(2 count) mod n, which a signer computes once for a
 * key. Here each key is used once, and that number costs more than a division
 * by hand, which takes about as long as one multiplication. */
static void
srl_rsa_enter(srl_limb *x, const srl_rsa_modulus *m)
{
    srl_limb d[SRL_CRYPTO_LIMBS];
    size_t count = m->count;
    unsigned shift = 0;
    size_t i;

    memcpy(d, m->n, count * sizeof *d);
    while (!(d[count - 1] << shift >> (SRL_CRYPTO_LIMB - 1))) {
        shift++;
    }
    if (shift) srl_rsa_shift(d, count, shift, false);
    if (shift) srl_rsa_shift(x, count, shift, false);
    for (i = 0; i < count; i++) {
        srl_rsa_step(x, d, count);
    }
    if (shift) srl_rsa_shift(x, count, shift, true);
}

/* out = signature^e mod n, as long as n. False if the key is not usable, or
 * the signature not as long as n or not below it (RFC 8017 5.2.2, 8.2.2). */
static bool
srl_rsa_power(const srl_rsa_key *key, const uint8_t *signature, size_t len,
              uint8_t out[SRL_CRYPTO_RSA_BYTES])
{
    srl_rsa_modulus m;
    srl_limb plain[SRL_CRYPTO_LIMBS];
    srl_limb base[SRL_CRYPTO_LIMBS];
    srl_limb power[SRL_CRYPTO_LIMBS];
    uint64_t e = 0;
    unsigned bit = 63;
    size_t i;

    if (!srl_rsa_is_usable(key) || len != key->n.len) return false;
    srl_rsa_modulus_init(&m, key->n);
    srl_rsa_load(plain, m.count, signature, len);
    if (!srl_rsa_sub(power, plain, m.n, m.count)) return false;
    for (i = 0; i < key->e.len; i++) {
        e = e << 8 | key->e.ptr[i];
    }

    /* From the highest bit of e down. The last is 1, as e is odd: multiplying
     * by the plain signature then leaves Montgomery's form as well. */
    while (!(e >> bit)) {
        bit--;
    }
    memcpy(base, plain, m.count * sizeof *base);
    srl_rsa_enter(base, &m);
    memcpy(power, base, m.count * sizeof *power);
    while (bit--) {
        srl_rsa_mul(power, power, power, &m);
        if (e >> bit & 1) {
            srl_rsa_mul(power, power, bit ? base : plain, &m);
        }
    }
    srl_rsa_store(out, len, power);
    return true;
}

/* ---- the two paddings ---------------------------------------------------- */

SRL_FN bool
srl_rsa_pkcs1_verify(const srl_rsa_key *key, srl_hash_id hash,
                     const uint8_t *digest, const uint8_t *signature,
                     size_t len)
{
    /* DigestInfo in DER with the NULL that 9.2 note 1 asks for; the lengths
     * and the last arc of the algorithm's OID are filled in. */
    uint8_t info[19] = {0x30, 17, 0x30, 13, 0x06, 9, 0x60, 0x86, 0x48, 0x01,
                        0x65, 0x03, 0x04, 0x02, 0, 0x05, 0, 0x04, 0};
    uint8_t got[SRL_CRYPTO_RSA_BYTES];
    uint8_t want[SRL_CRYPTO_RSA_BYTES];
    size_t digest_len = srl_hash_len(hash);
    uint8_t *at;

    if (!srl_rsa_power(key, signature, len, got)) return false;
    info[1] = (uint8_t)(info[1] + digest_len);
    info[14] = hash == SRL_SHA256 ? 1 : hash == SRL_SHA384 ? 2 : 3;
    info[18] = (uint8_t)digest_len;

    /* 00 01 ff .. ff 00 DigestInfo (9.2): at least 256 bytes, so there is
     * always room for the eight ff it must have. */
    memset(want, 0xff, len);
    want[0] = 0;
    want[1] = 1;
    at = want + len - digest_len;
    memcpy(at, digest, digest_len);
    memcpy(at - sizeof info, info, sizeof info);
    at[-(ptrdiff_t)sizeof info - 1] = 0;
    return memcmp(got, want, len) == 0;
}

/* data ^= MGF1(seed) (B.2.1). */
static void
srl_rsa_unmask(srl_hash_id hash, uint8_t *data, size_t len,
               const uint8_t *seed)
{
    size_t digest_len = srl_hash_len(hash);
    uint8_t mask[SRL_HASH_MAX];
    uint8_t count[4];
    srl_hash state;
    size_t i;

    for (i = 0; i < len; i++) {
        if (i % digest_len == 0) {
            srl_store32(count, (uint32_t)(i / digest_len));
            srl_hash_init(&state, hash);
            srl_hash_add(&state, seed, digest_len);
            srl_hash_add(&state, count, sizeof count);
            srl_hash_end(&state, mask);
        }
        data[i] ^= mask[i % digest_len];
    }
}

SRL_FN bool
srl_rsa_pss_verify(const srl_rsa_key *key, srl_hash_id hash,
                   const uint8_t *digest, size_t salt_len,
                   const uint8_t *signature, size_t len)
{
    static const uint8_t zeros[8] = {0};
    uint8_t block[SRL_CRYPTO_RSA_BYTES];
    uint8_t again[SRL_HASH_MAX];
    size_t digest_len = srl_hash_len(hash);
    uint8_t *em = block;
    size_t em_bits, db_len, pad, i;
    unsigned top; /* the bits of the first byte that are in use */
    srl_hash state;

    /* The names are those of 9.1.2. The encoded message has one bit less than
     * n, which can make it one byte shorter. */
    if (!srl_rsa_power(key, signature, len, block)) return false;
    em_bits = srl_rsa_bits(key) - 1;
    if (em_bits % 8 == 0) {
        if (*em++) return false;
        len--;
    }
    if (salt_len > len || len - salt_len < digest_len + 2) return false;
    db_len = len - digest_len - 1;
    pad = db_len - salt_len - 1;
    top = 0xffu >> (8 * len - em_bits);
    if (em[len - 1] != 0xbc || (em[0] & ~top)) return false;

    srl_rsa_unmask(hash, em, db_len, em + db_len);
    em[0] &= (uint8_t)top;
    for (i = 0; i < pad; i++) {
        if (em[i]) return false;
    }
    if (em[pad] != 1) return false;
    srl_hash_init(&state, hash);
    srl_hash_add(&state, zeros, sizeof zeros);
    srl_hash_add(&state, digest, digest_len);
    srl_hash_add(&state, em + pad + 1, salt_len);
    srl_hash_end(&state, again);
    return memcmp(again, em + db_len, digest_len) == 0;
}
