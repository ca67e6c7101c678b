/* tests/pki.h: certificates made by tests, good and deliberately broken.
 *
 *   pki_key root_key, key;
 *   pki_spec spec;
 *   pki_cert root, leaf;
 *
 *   pki_key_ed25519(&root_key, 1);           the same for the same number
 *   pki_key_p256(&key, 2);
 *   pki_ca(&spec, "test root");
 *   pki_make(&root, &spec, &root_key, NULL, NULL);         signed by itself
 *   pki_server(&spec, "db.example");
 *   pki_make(&leaf, &spec, &key, &root, &root_key);
 *   surreal_trust_memory(NULL, pki_der(&root), &trust, NULL);
 *   surreal_verify_chain(trust, chain, 1, "db.example", PKI_NOW, &err);
 *   pki_sign(&key, message, len, signature, &len)          as a server does
 *
 * Change the spec between pki_ca or pki_server and pki_make: each of its
 * members can be left out, or replaced by bytes of any kind. Include it behind
 * surreal.h with SURREAL_IMPLEMENTATION. For tests only: keys are made from
 * small numbers. */
#ifndef TEST_PKI_H
#define TEST_PKI_H
#include "tests/sign25519.h"
#include "tests/signp256.h"

#define PKI_NOW INT64_C(1767225600) /* 2026-01-01T00:00:00Z */
#define PKI_DAY INT64_C(86400)

typedef enum pki_alg {
    PKI_ED25519 = 1,
    PKI_P256
} pki_alg;

typedef struct pki_key {
    pki_alg alg;
    uint8_t secret[32];
    uint8_t point[65];
} pki_key;

/* Any bytes; what is put in once the room is full is a mistake of the test. */
typedef struct pki_buf {
    uint8_t data[16384];
    size_t len;
} pki_buf;

typedef struct pki_cert {
    uint8_t der[16384];
    size_t len;
    uint8_t subject[300]; /* its DER */
    size_t subject_len;
} pki_cert;

/* What a certificate says. All zero: version 3, a serial number, no names, no
 * extensions, valid from a year before PKI_NOW to a year after it.
 *
 *   cn          common name of the subject; NULL: an empty subject
 *   issuer_cn   instead of the issuer's subject; "" an empty name
 *   dns         a name, or several with a space between; NULL: none
 *   ip, ip_len  one iPAddress
 *   from, to    seconds since 1970; 0: as above
 *   from_text   instead of from: UTCTime as it stands there
 *   version     0: 3
 *   basic       'c' an authority, 'n' extension without the flag, 0 none
 *   path_len    one more than it says; 0: none
 *   usage       first byte of keyUsage; 0: no extension
 *   eku         's' server, 'c' client, 'a' any, 0: no extension
 *   permitted, excluded   name constraints: domain names with a space between
 *   *_hex       DER instead of what would be there: hexadecimal
 *   more_hex    more Extensions, one after the other
 *   san_hex     GeneralNames instead of dns and ip
 *   limits_hex  NameConstraints, with its SEQUENCE, instead of permitted...
 *   bad_signature   a bit of it is wrong */
typedef struct pki_spec {
    const char *cn;
    const char *issuer_cn;
    const char *dns;
    uint8_t ip[16];
    size_t ip_len;
    int64_t from, to;
    const char *from_text;
    unsigned version;
    char basic;
    unsigned path_len;
    unsigned usage;
    char eku;
    const char *permitted;
    const char *excluded;
    const char *serial_hex;
    const char *inner_alg_hex;
    const char *outer_alg_hex;
    const char *spki_hex;
    const char *unique_hex;
    const char *more_hex;
    const char *san_hex;
    const char *limits_hex;
    bool san_critical;
    bool bad_signature;
} pki_spec;

/* AlgorithmIdentifiers for *_alg_hex. */
#define PKI_ALG_ED25519 "300506032b6570"
#define PKI_ALG_P256 "300a06082a8648ce3d040302"
#define PKI_ALG_RSA_SHA256 "300d06092a864886f70d01010b0500"
#define PKI_ALG_RSA_SHA1 "300d06092a864886f70d0101050500"
#define PKI_ALG_RSA_MD5 "300d06092a864886f70d0101040500"
#define PKI_ALG_ECDSA_SHA1 "300906072a8648ce3d0401"

/* ---- DER ----------------------------------------------------------------- */

static inline void
pki_put(pki_buf *buf, const void *data, size_t len)
{
    if (len > sizeof buf->data - buf->len) abort();
    if (len) memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

static inline void
pki_put_byte(pki_buf *buf, unsigned byte)
{
    uint8_t b = (uint8_t)byte;

    pki_put(buf, &b, 1);
}

static inline void
pki_put_hex(pki_buf *buf, const char *hex)
{
    for (; hex[0] && hex[1]; hex += 2) {
        pki_put_byte(buf, (unsigned)(srl_hex_value(hex[0]) << 4 |
                                     srl_hex_value(hex[1])));
    }
    if (*hex) abort();
}

/* Begin an element; pki_end with what this returned writes its length. */
static inline size_t
pki_begin(pki_buf *buf, unsigned tag)
{
    pki_put_byte(buf, tag);
    return buf->len;
}

static inline void
pki_end(pki_buf *buf, size_t start)
{
    size_t len = buf->len - start;
    uint8_t head[3];
    size_t n = 0;

    if (len >= 256) {
        head[n++] = 0x82;
        head[n++] = (uint8_t)(len >> 8);
    } else if (len >= 128) {
        head[n++] = 0x81;
    }
    head[n++] = (uint8_t)len;
    pki_put(buf, head, n);
    memmove(buf->data + start + n, buf->data + start, len);
    memcpy(buf->data + start, head, n);
}

static inline void
pki_element(pki_buf *buf, unsigned tag, const void *data, size_t len)
{
    size_t start = pki_begin(buf, tag);

    pki_put(buf, data, len);
    pki_end(buf, start);
}

/* ---- keys ---------------------------------------------------------------- */

static inline void
pki_key_ed25519(pki_key *key, unsigned number)
{
    memset(key, 0, sizeof *key);
    key->alg = PKI_ED25519;
    memset(key->secret, 0x5a, 32);
    srl_store32(key->secret, number);
    sign25519_public(key->point, key->secret);
}

static inline void
pki_key_p256(pki_key *key, unsigned number)
{
    memset(key, 0, sizeof *key);
    key->alg = PKI_P256;
    memset(key->secret, 0x5a, 32);
    srl_store32(key->secret, number);
    signp256_public(key->point, key->secret);
}

/* Ed25519, or ECDSA with SHA-256 as DER: at most 72 bytes. */
static inline void
pki_sign(const pki_key *key, const uint8_t *message, size_t len,
         uint8_t *signature, size_t *signature_len)
{
    uint8_t digest[32], k[32], part[2][33];
    pki_buf *buf;
    size_t start;
    int i;

    if (key->alg == PKI_ED25519) {
        sign25519(signature, key->secret, message, len);
        *signature_len = 64;
        return;
    }
    srl_hash_of(SRL_SHA256, message, len, digest);
    srl_hash_of(SRL_SHA256, digest, 32, k); /* for tests only: k is known */
    k[0] = 1;
    part[0][0] = part[1][0] = 0;
    signp256(part[0] + 1, part[1] + 1, key->secret, digest, k);
    buf = (pki_buf *)calloc(1, sizeof *buf);
    if (!buf) abort();
    start = pki_begin(buf, 0x30);
    for (i = 0; i < 2; i++) {
        size_t from = 0;

        while (from < 32 && !part[i][from] && part[i][from + 1] < 0x80) {
            from++;
        }
        pki_element(buf, 2, part[i] + from, 33 - from);
    }
    pki_end(buf, start);
    memcpy(signature, buf->data, buf->len);
    *signature_len = buf->len;
    free(buf);
}

/* SubjectPublicKeyInfo. */
static inline void
pki_put_key(pki_buf *buf, const pki_key *key)
{
    size_t start = pki_begin(buf, 0x30);
    size_t bits;

    pki_put_hex(buf, key->alg == PKI_ED25519
                         ? PKI_ALG_ED25519
                         : "301306072a8648ce3d020106082a8648ce3d030107");
    bits = pki_begin(buf, 3);
    pki_put_byte(buf, 0);
    pki_put(buf, key->point, key->alg == PKI_ED25519 ? 32 : 65);
    pki_end(buf, bits);
    pki_end(buf, start);
}

/* ---- parts of a certificate ---------------------------------------------- */

/* A Name of one common name; NULL or "": empty. */
static inline void
pki_put_name(pki_buf *buf, const char *cn)
{
    size_t name = pki_begin(buf, 0x30);

    if (cn && *cn) {
        size_t set = pki_begin(buf, 0x31);
        size_t pair = pki_begin(buf, 0x30);

        pki_put_hex(buf, "0603550403");
        pki_element(buf, 0x0c, cn, strlen(cn));
        pki_end(buf, pair);
        pki_end(buf, set);
    }
    pki_end(buf, name);
}

static inline void
pki_put_time(pki_buf *buf, int64_t unix_s)
{
    int64_t day = unix_s / 86400;
    unsigned second = (unsigned)(unix_s % 86400);
    int64_t year = 1970;
    unsigned month = 1;
    char text[64];

    while (srl_der_days(year + 1, 1, 1) <= day) {
        year++;
    }
    while (month < 12 && srl_der_days(year, month + 1, 1) <= day) {
        month++;
    }
    snprintf(text, sizeof text, "%04d%02u%02d%02u%02u%02uZ", (int)year, month,
             (int)(day - srl_der_days(year, month, 1)) + 1, second / 3600,
             second / 60 % 60, second % 60);
    if (year < 2050) {
        pki_element(buf, 0x17, text + 2, 13);
    } else {
        pki_element(buf, 0x18, text, 15);
    }
}

/* One Extension; `oid` is the hexadecimal of the identifier's element. */
static inline void
pki_put_extension(pki_buf *buf, const char *oid, bool is_critical,
                  const void *value, size_t len)
{
    size_t start = pki_begin(buf, 0x30);

    pki_put_hex(buf, oid);
    if (is_critical) pki_put_hex(buf, "0101ff");
    pki_element(buf, 4, value, len);
    pki_end(buf, start);
}

/* Each name of a list as [2], for subtrees in a SEQUENCE of its own. */
static inline void
pki_put_names(pki_buf *buf, const char *names, bool is_subtree)
{
    while (names) {
        const char *space = strchr(names, ' ');
        size_t len = space ? (size_t)(space - names) : strlen(names);
        size_t tree = is_subtree ? pki_begin(buf, 0x30) : 0;

        pki_element(buf, 0x82, names, len);
        if (is_subtree) pki_end(buf, tree);
        names = space ? space + 1 : NULL;
    }
}

static inline void
pki_put_san(pki_buf *buf, const pki_spec *spec, pki_buf *value)
{
    size_t start;

    if (!spec->dns && !spec->ip_len && !spec->san_hex) return;
    value->len = 0;
    start = pki_begin(value, 0x30);
    if (spec->san_hex) {
        pki_put_hex(value, spec->san_hex);
    } else {
        pki_put_names(value, spec->dns, false);
        if (spec->ip_len) pki_element(value, 0x87, spec->ip, spec->ip_len);
    }
    pki_end(value, start);
    pki_put_extension(buf, "0603551d11", spec->san_critical, value->data,
                      value->len);
}

static inline void
pki_put_limits(pki_buf *buf, const pki_spec *spec, pki_buf *value)
{
    size_t start, list;

    if (!spec->permitted && !spec->excluded && !spec->limits_hex) return;
    value->len = 0;
    if (spec->limits_hex) {
        pki_put_hex(value, spec->limits_hex);
    } else {
        start = pki_begin(value, 0x30);
        if (spec->permitted) {
            list = pki_begin(value, 0xa0);
            pki_put_names(value, spec->permitted, true);
            pki_end(value, list);
        }
        if (spec->excluded) {
            list = pki_begin(value, 0xa1);
            pki_put_names(value, spec->excluded, true);
            pki_end(value, list);
        }
        pki_end(value, start);
    }
    pki_put_extension(buf, "0603551d1e", true, value->data, value->len);
}

static inline void
pki_put_extensions(pki_buf *buf, const pki_spec *spec)
{
    pki_buf *value = (pki_buf *)calloc(1, sizeof *value);
    size_t outer = pki_begin(buf, 0xa3);
    size_t list = pki_begin(buf, 0x30);
    size_t empty = buf->len;

    if (!value) abort();
    if (spec->basic) {
        size_t start = pki_begin(value, 0x30);

        if (spec->basic == 'c') pki_put_hex(value, "0101ff");
        if (spec->path_len) {
            pki_put_hex(value, "0201");
            pki_put_byte(value, spec->path_len - 1);
        }
        pki_end(value, start);
        pki_put_extension(buf, "0603551d13", true, value->data, value->len);
    }
    if (spec->usage) {
        uint8_t bits[4] = {3, 2, 0, 0};
        unsigned unused = 0;

        while (!(spec->usage >> unused & 1)) {
            unused++;
        }
        bits[2] = (uint8_t)unused;
        bits[3] = (uint8_t)spec->usage;
        pki_put_extension(buf, "0603551d0f", true, bits, 4);
    }
    if (spec->eku) {
        value->len = 0;
        pki_put_hex(value, spec->eku == 'a'   ? "30060604551d2500"
                           : spec->eku == 's' ? "300a06082b06010505070301"
                                              : "300a06082b06010505070302");
        pki_put_extension(buf, "0603551d25", false, value->data, value->len);
    }
    pki_put_san(buf, spec, value);
    pki_put_limits(buf, spec, value);
    if (spec->more_hex) pki_put_hex(buf, spec->more_hex);
    free(value);
    if (buf->len == empty) {
        buf->len = outer - 1; /* none at all */
        return;
    }
    pki_end(buf, list);
    pki_end(buf, outer);
}

/* ---- certificates -------------------------------------------------------- */

/* A spec for an authority. */
static inline void
pki_ca(pki_spec *spec, const char *cn)
{
    memset(spec, 0, sizeof *spec);
    spec->cn = cn;
    spec->basic = 'c';
    spec->usage = 0x06; /* keyCertSign, cRLSign */
}

/* A spec for a server's certificate with that one name. */
static inline void
pki_server(pki_spec *spec, const char *dns)
{
    memset(spec, 0, sizeof *spec);
    spec->cn = dns;
    spec->dns = dns;
    spec->usage = 0x80; /* digitalSignature */
    spec->eku = 's';
}

static inline void
pki_put_tbs(pki_buf *buf, const pki_spec *spec, const pki_key *key,
            const pki_cert *issuer, const char *alg, pki_cert *out)
{
    size_t start = pki_begin(buf, 0x30);
    size_t times, name;

    if (spec->version != 1) {
        pki_put_hex(buf, "a0030201");
        pki_put_byte(buf, (spec->version ? spec->version : 3) - 1);
    }
    pki_put_hex(buf, spec->serial_hex ? spec->serial_hex : "02021234");
    pki_put_hex(buf, spec->inner_alg_hex ? spec->inner_alg_hex : alg);
    if (spec->issuer_cn) {
        pki_put_name(buf, spec->issuer_cn);
    } else if (issuer) {
        pki_put(buf, issuer->subject, issuer->subject_len);
    } else {
        pki_put_name(buf, spec->cn);
    }
    times = pki_begin(buf, 0x30);
    if (spec->from_text) {
        pki_element(buf, 0x17, spec->from_text, strlen(spec->from_text));
    } else {
        pki_put_time(buf, spec->from ? spec->from : PKI_NOW - 365 * PKI_DAY);
    }
    pki_put_time(buf, spec->to ? spec->to : PKI_NOW + 365 * PKI_DAY);
    pki_end(buf, times);
    name = buf->len;
    pki_put_name(buf, spec->cn);
    out->subject_len = buf->len - name;
    if (out->subject_len > sizeof out->subject) abort();
    memcpy(out->subject, buf->data + name, out->subject_len);
    if (spec->spki_hex) {
        pki_put_hex(buf, spec->spki_hex);
    } else {
        pki_put_key(buf, key);
    }
    if (spec->unique_hex) pki_put_hex(buf, spec->unique_hex);
    pki_put_extensions(buf, spec);
    pki_end(buf, start);
}

/* issuer NULL: signed by itself, with `key`. */
static inline void
pki_make(pki_cert *out, const pki_spec *spec, const pki_key *key,
         const pki_cert *issuer, const pki_key *issuer_key)
{
    const pki_key *signer = issuer_key ? issuer_key : key;
    const char *alg = signer->alg == PKI_ED25519 ? PKI_ALG_ED25519
                                                 : PKI_ALG_P256;
    pki_buf *buf = (pki_buf *)calloc(1, sizeof *buf);
    uint8_t signature[80];
    size_t len, start, tbs, bits;

    if (!buf) abort();
    start = pki_begin(buf, 0x30);
    tbs = buf->len;
    pki_put_tbs(buf, spec, key, issuer, alg, out);
    pki_sign(signer, buf->data + tbs, buf->len - tbs, signature, &len);
    if (spec->bad_signature) signature[len - 1] ^= 1;
    pki_put_hex(buf, spec->outer_alg_hex   ? spec->outer_alg_hex
                     : spec->inner_alg_hex ? spec->inner_alg_hex
                                           : alg);
    bits = pki_begin(buf, 3);
    pki_put_byte(buf, 0);
    pki_put(buf, signature, len);
    pki_end(buf, bits);
    pki_end(buf, start);
    memcpy(out->der, buf->data, buf->len);
    out->len = buf->len;
    free(buf);
}

static inline surreal_bytes
pki_der(const pki_cert *cert)
{
    surreal_bytes der;

    der.ptr = cert->der;
    der.len = cert->len;
    return der;
}

/* The same as PEM with a NUL; `room` has 1.5 times the length and 80 more. */
static inline size_t
pki_pem(const pki_cert *cert, char *room, size_t cap)
{
    size_t n = 0;
    size_t i;

    if (cap < cert->len * 3 / 2 + 80) abort();
    n += (size_t)snprintf(room, cap, "-----BEGIN CERTIFICATE-----\n");
    for (i = 0; i < cert->len; i += 48) {
        n += srl_base64_encode(room + n, cert->der + i,
                               cert->len - i < 48 ? cert->len - i : 48);
        room[n++] = '\n';
    }
    n += (size_t)snprintf(room + n, cap - n,
                          "-----END CERTIFICATE-----\n");
    return n;
}

#endif
