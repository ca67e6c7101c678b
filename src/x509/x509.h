/* x509/x509.h: certificates, whom they name and who vouches for them. */
#ifndef SRL_X509_H
#define SRL_X509_H
#include "crypto/crypto.h"

/* Everything here is bytes in, verdict out: no clock, no files. A certificate
 * is parsed once, into slices of its own bytes (surreal_bytes), without
 * recursion and without memory of its own. */

/* ---- x509/der.c ---------------------------------------------------------- */

/* A bounded reader of DER (X.690 10: definite, minimal lengths). The first
 * failure is latched, with its reason and offset: readers after it give
 * nothing (a valid pointer and length 0), so that straight-line code checks
 * once. Reads only [at, end). */
typedef struct srl_der {
    const uint8_t *start; /* of the whole input, for offsets */
    const uint8_t *at;
    const uint8_t *end;
    const char *why; /* NULL: all is well */
    size_t why_at;
} srl_der;

#define SRL_DER_BOOLEAN 0x01u
#define SRL_DER_INTEGER 0x02u
#define SRL_DER_BIT_STRING 0x03u
#define SRL_DER_OCTET_STRING 0x04u
#define SRL_DER_NULL 0x05u
#define SRL_DER_OID 0x06u
#define SRL_DER_UTC_TIME 0x17u
#define SRL_DER_GENERALIZED_TIME 0x18u
#define SRL_DER_SEQUENCE 0x30u
#define SRL_DER_SET 0x31u
#define SRL_DER_CONTEXT(n) (0x80u | (n))     /* primitive */
#define SRL_DER_CONTEXT_OF(n) (0xa0u | (n))  /* constructed */

SRL_FN void srl_der_init(srl_der *der, surreal_bytes in);
/* Latch a failure at the reader's place, or at `at` inside its input. */
SRL_FN void srl_der_fail(srl_der *der, const char *why);
SRL_FN void srl_der_fail_at(srl_der *der, const uint8_t *at, const char *why);
/* Whether another element follows, and one of that tag. */
SRL_FN bool srl_der_more(const srl_der *der);
SRL_FN bool srl_der_is(const srl_der *der, unsigned tag);
/* The next element must be of that tag: as a whole, or what is in it. */
SRL_FN surreal_bytes srl_der_element(srl_der *der, unsigned tag);
SRL_FN surreal_bytes srl_der_body(srl_der *der, unsigned tag);
/* Any element; returns its tag, 0 after a failure. */
SRL_FN unsigned srl_der_any(srl_der *der, surreal_bytes *body);
/* A reader of what is in the next element, and the check that it was read to
 * its end; the inner one's failure becomes the outer one's. */
SRL_FN srl_der srl_der_enter(srl_der *der, unsigned tag);
SRL_FN void srl_der_leave(srl_der *der, srl_der *inner);
/* Fail unless everything was read. */
SRL_FN void srl_der_end(srl_der *der);

SRL_FN bool srl_der_bool(srl_der *der);
/* In its shortest form; _positive: not below zero, without the leading zero
 * byte (of zero no byte is left); _small: at most 65535. */
SRL_FN surreal_bytes srl_der_integer(srl_der *der);
SRL_FN surreal_bytes srl_der_positive(srl_der *der);
SRL_FN unsigned srl_der_small(srl_der *der);
/* Without the count of unused bits; _octet_bits: there must be none. */
SRL_FN surreal_bytes srl_der_bits(srl_der *der, unsigned *unused);
SRL_FN surreal_bytes srl_der_octet_bits(srl_der *der);
SRL_FN surreal_bytes srl_der_oid(srl_der *der);
SRL_FN void srl_der_null(srl_der *der);
/* UTCTime or GeneralizedTime of RFC 5280 4.1.2.5 in seconds since 1970. */
SRL_FN int64_t srl_der_time(srl_der *der);
/* Days from 1970-01-01 to a day of the years from 1 on. */
SRL_FN int64_t srl_der_days(int64_t year, unsigned month, unsigned day);

SRL_INLINE bool
srl_bytes_equal(surreal_bytes a, surreal_bytes b)
{
    return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

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

/* The dotted numbers of an identifier, with a NUL, cut. */
SRL_FN void srl_oid_print(surreal_bytes oid, char *room, size_t cap);
/* An AlgorithmIdentifier, parameters checked where the algorithm is known.
 * False: another one, or a failure of the reader. *what is its name or dotted
 * number, for messages. */
SRL_FN bool srl_signature_alg_read(srl_der *der, srl_signature_alg *alg,
                                   char what[48]);
/* A SubjectPublicKeyInfo. Keys of no use here are SRL_KEY_OTHER. */
SRL_FN void srl_public_key_read(srl_der *der, srl_public_key *key);
/* What is wrong with a well-formed key ("RSA key of 1024 bits"), or NULL if
 * signatures by it may be believed. */
SRL_FN const char *srl_public_key_flaw(const srl_public_key *key,
                                       char room[48]);
/* Whether `signature` (ECDSA: DER, strict) is the key's over the message. False
 * too if algorithm and key do not belong together or the key is too weak. */
SRL_FN bool srl_signature_verify(const srl_public_key *key,
                                 srl_signature_alg alg, surreal_bytes message,
                                 surreal_bytes signature);

/* ---- x509/cert.c --------------------------------------------------------- */

#define SRL_CERT_EXTENSIONS 64 /* more are refused */

#define SRL_USAGE_SIGN 0x80u /* digitalSignature */
#define SRL_USAGE_CERT 0x04u /* keyCertSign */

/* A certificate (RFC 5280 4.1), in slices of `der`.
 *
 *   alg        of the signature; has_alg false: not one that is believed,
 *              alg_name says which
 *   san        GeneralNames one after the other, each checked for its form;
 *              len 0: none
 *   permitted, excluded   GeneralSubtrees, checked the same way
 *   key_usage  first byte of the BIT STRING; 0: no such extension
 *   path_len   -1: no limit
 *   for_server no extended key usage, or one that allows TLS servers */
typedef struct srl_cert {
    surreal_bytes der;
    surreal_bytes tbs;
    surreal_bytes issuer;  /* the whole DER of the name, as is subject */
    surreal_bytes subject;
    surreal_bytes signature;
    surreal_bytes serial;
    surreal_bytes san;
    surreal_bytes permitted;
    surreal_bytes excluded;
    surreal_bytes critical; /* identifier of one that is not understood */
    int64_t not_before;
    int64_t not_after;
    srl_public_key key;
    srl_signature_alg alg;
    char alg_name[48];
    unsigned version; /* 1 to 3 */
    unsigned key_usage;
    int path_len;
    bool has_alg;
    bool is_ca;
    bool has_critical_san;
    bool has_constraints;
    bool for_server;
} srl_cert;

/* Returns:  OK; ERR_CERT with err->at the offset. *cert holds then what was
 *           read before. */
SRL_FN surreal_status srl_cert_parse(srl_cert *cert, surreal_bytes der,
                                     surreal_error *err);
/* Whether it may sign certificates: the flag of an authority and key usage. */
SRL_FN bool srl_cert_may_issue(const srl_cert *cert);
#define SRL_CERT_LABEL 72
/* Whose it is, for messages: "db.example", quoted and in printable ASCII. */
SRL_FN void srl_cert_label(const srl_cert *cert, char room[SRL_CERT_LABEL]);
SRL_FN void srl_name_label(surreal_bytes name, char room[SRL_CERT_LABEL]);
/* The next GeneralName (RFC 5280 4.2.1.6); returns its tag, 0 after a
 * failure: also of a form that is not allowed.
 *
 *   is_subtree  a base of a GeneralSubtree: addresses have masks */
SRL_FN unsigned srl_general_name(srl_der *der, bool is_subtree,
                                 surreal_bytes *body);

/* ---- x509/name.c --------------------------------------------------------- */

#define SRL_NAME_DNS SRL_DER_CONTEXT(2)
#define SRL_NAME_DIRECTORY SRL_DER_CONTEXT_OF(4)
#define SRL_NAME_IP SRL_DER_CONTEXT(7)

/* Who is asked for: a name without the dot at its end, or an address. */
typedef struct srl_peer {
    surreal_bytes name; /* len 0: an address */
    uint8_t ip[16];
    size_t ip_len;
} srl_peer;

/* A host name of letters, digits and hyphens, or an address without brackets.
 * False for anything else. */
SRL_FN bool srl_peer_parse(srl_peer *peer, const char *host);
/* Whether it is a domain name as certificates may have it: labels of letters,
 * digits and inner hyphens, 253 bytes at most, not an address. */
SRL_FN bool srl_dns_is_valid(surreal_bytes name);
/* Whether a certificate's names are of that peer. */
SRL_FN bool srl_san_has(surreal_bytes san, const srl_peer *peer);
/* The names, quoted, cut, for messages; "(none)". */
SRL_FN void srl_san_print(surreal_bytes san, char *room, size_t cap);
SRL_FN void srl_ip_print(surreal_bytes ip, char room[48]);
/* Text of any bytes in printable ASCII. */
SRL_FN void srl_out_escaped(srl_out *out, surreal_bytes text, size_t max);

typedef struct srl_limits {
    surreal_bytes permitted;
    surreal_bytes excluded;
} srl_limits;

typedef enum srl_limits_verdict {
    SRL_LIMITS_KEPT = 1,
    SRL_LIMITS_BROKEN, /* *name is the name outside, *tag its form */
    SRL_LIMITS_BUDGET
} srl_limits_verdict;

/* RFC 5280 4.2.1.10 and 6.1.4 (g): whether all names of a certificate are
 * inside. Each comparison takes one from *budget. */
SRL_FN srl_limits_verdict srl_limits_check(const srl_limits *limits,
                                           const srl_cert *cert,
                                           unsigned *budget, unsigned *tag,
                                           surreal_bytes *name);

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
 * first certificate (slices of chain[0]) on SURREAL_OK, else zeros. All that
 * is asked for must hold: with trust and pins both.
 *
 * Returns:  OK; ERR_CERT... of the reason that helps most, if several paths
 *           fail; ERR_CERT_PIN also where only_cert is another one; ERR_TRUST
 *           for a trust without anchors; ERR_USAGE for a host that no
 *           certificate can name, and where nothing was asked for */
SRL_FN surreal_status srl_x509_verify(const srl_verify *how,
                                      const surreal_bytes *chain, size_t count,
                                      srl_public_key *key,
                                      surreal_error *err);

/* ---- x509/trust.c -------------------------------------------------------- */

/* What is kept of an authority's certificate.
 *
 *   is_ca  false: it vouches for its own key alone, as a server's certificate
 *          that signed itself does */
typedef struct srl_anchor {
    uint32_t hash; /* of subject */
    surreal_bytes subject;
    srl_public_key key;
    srl_limits limits;
    int path_len;
    bool is_ca;
    bool for_server;
} srl_anchor;

/* The next anchor of that name; *at is 0 before the first. NULL: no more. */
SRL_FN const srl_anchor *srl_trust_find(const surreal_trust *trust,
                                        surreal_bytes name, size_t *at);

/* Make a trust store out of pieces: new, add..., done, free with
 * surreal_trust_free. Adding the same anchor twice keeps one. NULL: no
 * memory. */
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
 *           the end; ERR_CERT with err->at the offset of the wrong byte, and
 *           *at behind the block's first line: the next one may be fine */
SRL_FN surreal_status srl_pem_next(surreal_bytes text, size_t *at,
                                   uint8_t *room, size_t cap,
                                   surreal_bytes *out, surreal_error *err);
/* Where it begins; text.len if there is none. */
SRL_FN size_t srl_pem_begin(surreal_bytes text, size_t at);
/* True if the text holds a PEM armour line, else it should be DER. */
SRL_FN bool srl_pem_is(surreal_bytes text);

#endif
