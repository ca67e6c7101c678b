/* tests/signp256.h: P-256 keys and ECDSA signatures (FIPS 186-5 6.4.1), for
 * certificates and servers that live as long as a test. Include it behind
 * surreal.h with SURREAL_IMPLEMENTATION.
 *
 * For tests only: the arithmetic is constant in time, but the caller chooses
 * k, and a k used twice or known gives the key away. */
#ifndef TEST_SIGNP256_H
#define TEST_SIGNP256_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void
signp256_bad(const char *what)
{
    fprintf(stderr, "signp256: %s is not from 1 to n - 1\n", what);
    abort();
}

/* The public key as SEC 1 has it: 04 x y. */
static inline void
signp256_public(uint8_t point[65], const uint8_t key[32])
{
    if (!srl_p256_public(point, key)) signp256_bad("the key");
}

/* r = x of k * G modulo n, s = (digest + r * key) / k. Aborts for a k or key
 * out of range, and for the k that make r or s 0, which nobody finds. */
static inline void
signp256(uint8_t r[32], uint8_t s[32], const uint8_t key[32],
         const uint8_t digest[32], const uint8_t k[32])
{
    const srl_ec_mod *n = &srl_p256()->n;
    uint8_t point[65];
    srl_ec_int rn, kn, dn, en;

    memset(rn, 0, sizeof rn);
    memset(kn, 0, sizeof kn);
    memset(dn, 0, sizeof dn);
    memset(en, 0, sizeof en);
    if (!srl_p256_public(point, k)) signp256_bad("k");
    if (!srl_ec_load(n, dn, key) || srl_ec_zero_mask(n, dn)) {
        signp256_bad("the key");
    }
    (void)srl_ec_load(n, kn, k);
    (void)srl_ec_load(n, rn, point + 1);
    srl_ec_reduce(n, rn, rn, 0); /* x < p < 2n */
    (void)srl_ec_load(n, en, digest);
    srl_ec_reduce(n, en, en, 0);
    if (srl_ec_zero_mask(n, rn)) signp256_bad("r");
    srl_ec_store(n, r, rn);
    srl_ec_enter(n, kn, kn);
    srl_ec_invert(n, kn, kn);
    srl_ec_enter(n, dn, dn);
    n->mul(n, rn, rn, dn);
    srl_ec_add(n, en, en, rn);
    n->mul(n, en, en, kn);
    if (srl_ec_zero_mask(n, en)) signp256_bad("s");
    srl_ec_store(n, s, en);
}

#endif
