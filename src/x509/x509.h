/* x509/x509.h: certificates, whom they name and who vouches for them. */
#ifndef SRL_X509_H
#define SRL_X509_H
#include "crypto/crypto.h"

/* Everything here is bytes in, verdict out: no clock, no files. A certificate
 * is parsed once, into slices of its own bytes (surreal_bytes), without
 * recursion and without memory of its own. */

/* ---- x509/der.c ---------------------------------------------------------- */

/* A bounded reader of DER (X.690 10: definite, minimal lengths). The first
 * failure is latched: readers after it give nothing, so that straight-line
 * code checks once. Reads only [at, end). */
typedef struct srl_der {
    const uint8_t *start; /* of the whole input, for offsets */
    const uint8_t *at;
    const uint8_t *end;
    bool failed;
} srl_der;

/* ---- x509/key.c ---------------------------------------------------------- */

typedef enum srl_key_kind {
    SRL_KEY_RSA = 1,
    SRL_KEY_P256,
    SRL_KEY_P384,
    SRL_KEY_ED25519,
    SRL_KEY_OTHER /* well-formed, but of no use here */
} srl_key_kind;

/* A SubjectPublicKeyInfo (RFC 5280 4.1.2.7). */
typedef struct srl_public_key {
    srl_key_kind kind;
    surreal_bytes spki;  /* the whole DER element: what pins are digests of */
    surreal_bytes point; /* of a curve, or the 32 bytes of Ed25519 */
    srl_rsa_key rsa;
} srl_public_key;

typedef enum srl_signature_kind {
    SRL_SIG_RSA_PKCS1 = 1,
    SRL_SIG_RSA_PSS, /* salt as long as the digest, MGF1 of the same hash */
    SRL_SIG_ECDSA,
    SRL_SIG_ED25519
} srl_signature_kind;

typedef struct srl_signature_alg {
    srl_signature_kind kind;
    srl_hash_id hash; /* not for Ed25519 */
} srl_signature_alg;

/* Whether `signature` (ECDSA: DER, strict) is the key's over the message. False
 * too if algorithm and key do not belong together or the key is too weak. */
SRL_FN bool srl_signature_verify(const srl_public_key *key,
                                 srl_signature_alg alg, surreal_bytes message,
                                 surreal_bytes signature);

/* ---- x509/chain.c -------------------------------------------------------- */

/* What the certificate message of TLS is checked against.
 *
 *   trust      NULL where it is not asked for (only_cert, pins alone, danger)
 *   only_cert  DER; ptr NULL: any
 *   pins       of 32 bytes each; len 0: none asked for
 *   host       the name to check where the chain is; else ignored
 *   is_blind   nothing of the above, only the key is wanted
 */
typedef struct srl_verify {
    const surreal_trust *trust;
    surreal_bytes only_cert;
    surreal_bytes pins;
    const char *host;
    int64_t unix_s;
    bool is_blind;
} srl_verify;

/* The whole verdict on what a server showed; *key receives the key of the
 * first certificate (slices of chain[0]) on SURREAL_OK. */
SRL_FN surreal_status srl_x509_verify(const srl_verify *how,
                                      const surreal_bytes *chain, size_t count,
                                      srl_public_key *key,
                                      surreal_error *err);

/* ---- x509/trust.c -------------------------------------------------------- */

/* Make a trust store out of pieces: new, add..., done. Adding the same anchor
 * twice keeps one. */
SRL_FN surreal_trust *srl_trust_new(const surreal_allocator *allocator);
/* PEM (all CERTIFICATE blocks, other text between them ignored) or one DER.
 * Returns:  OK; ERR_CERT with at the offset; ERR_NOMEM
 *
 *   is_lenient  a system's bundle: certificates that are not understood are
 *               left out, instead of refusing the whole */
SRL_FN surreal_status srl_trust_add(surreal_trust *trust, surreal_bytes text,
                                    bool is_lenient, surreal_error *err);

/* ---- x509/pem.c ---------------------------------------------------------- */

/* The next CERTIFICATE block at or behind *at, decoded into room (cap bytes;
 * len of the text is always enough).
 *
 * Returns:  OK with *out a slice of room and *at behind the block; NOT_FOUND at
 *           the end; ERR_CERT with err->at the offset of the wrong byte */
SRL_FN surreal_status srl_pem_next(surreal_bytes text, size_t *at,
                                   uint8_t *room, size_t cap,
                                   surreal_bytes *out, surreal_error *err);
/* True if the text holds a PEM armour line, else it should be DER. */
SRL_FN bool srl_pem_is(surreal_bytes text);

#endif
