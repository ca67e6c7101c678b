/* x509/key.c: public keys, signature algorithms, and verifying with them. */
#include "x509/x509.h"

/* Object identifiers, as the bytes of their DER contents:
 *
 *   rsadsi     1.2.840.113549.1.1.n   (RFC 8017, RFC 4055)
 *   ansi       1.2.840.10045.n...     (RFC 5480, RFC 5758)
 *   ed25519    1.3.101.112            (RFC 8410)
 *   sha2       2.16.840.1.101.3.4.2.n (RFC 4055) */
static const uint8_t srl_oid_rsadsi[] = {0x2a, 0x86, 0x48, 0x86, 0xf7,
                                         0x0d, 0x01, 0x01};
static const uint8_t srl_oid_ansi_sign[] = {0x2a, 0x86, 0x48, 0xce, 0x3d,
                                            0x04};
static const uint8_t srl_oid_ansi_sign2[] = {0x2a, 0x86, 0x48, 0xce, 0x3d,
                                             0x04, 0x03};
static const uint8_t srl_oid_ec_key[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
                                         0x01};
static const uint8_t srl_oid_p256[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
                                       0x01, 0x07};
static const uint8_t srl_oid_p384[] = {0x2b, 0x81, 0x04, 0x00, 0x22};
static const uint8_t srl_oid_ed25519[] = {0x2b, 0x65, 0x70};
static const uint8_t srl_oid_sha2[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03,
                                       0x04, 0x02};

#define SRL_X509_OID_IS(oid, known) \
    srl_oid_is((oid), (known), sizeof(known))

static bool
srl_oid_is(surreal_bytes oid, const uint8_t *known, size_t len)
{
    return oid.len == len && !memcmp(oid.ptr, known, len);
}

/* The last number of an identifier that is `known` and one more below 128;
 * 0 for any other. */
static unsigned
srl_oid_below(surreal_bytes oid, const uint8_t *known, size_t len)
{
    if (oid.len != len + 1 || memcmp(oid.ptr, known, len)) return 0;
    return oid.ptr[len];
}

SRL_FN void
srl_oid_print(surreal_bytes oid, char *room, size_t cap)
{
    srl_out out;
    uint64_t v = 0;
    bool is_first = true;
    size_t i;

    srl_out_init(&out, room, cap);
    for (i = 0; i < oid.len; i++) {
        if (v > UINT64_MAX >> 8) {
            srl_out_text(&out, "...");
            break;
        }
        v = v << 7 | (oid.ptr[i] & 0x7f);
        if (oid.ptr[i] >= 0x80) continue;
        if (is_first) {
            /* X.690 8.19.4: the first two arcs are in one number. */
            uint64_t arc = v < 40 ? 0 : v < 80 ? 1 : 2;

            srl_out_uint(&out, arc);
            v -= 40 * arc;
            is_first = false;
        }
        srl_out_char(&out, '.');
        srl_out_uint(&out, v);
        v = 0;
    }
    srl_out_end(&out);
}

/* ---- algorithms ---------------------------------------------------------- */

static void
srl_alg_name(char what[48], const char *name)
{
    srl_text_copy(what, 48, name, strlen(name));
}

/* 1, 2, 3 of the tree of SHA-2; 0 for what is not used here. */
static srl_hash_id
srl_hash_numbered(unsigned n)
{
    switch (n) {
    case 1: return SRL_SHA256;
    case 2: return SRL_SHA384;
    case 3: return SRL_SHA512;
    default: return (srl_hash_id)0;
    }
}

/* AlgorithmIdentifier of a hash: parameters absent or NULL (RFC 4055 2.1). */
static srl_hash_id
srl_hash_read(srl_der *der)
{
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);
    surreal_bytes oid = srl_der_oid(&in);
    unsigned n = srl_oid_below(oid, srl_oid_sha2, sizeof srl_oid_sha2);

    if (!n) {
        in.at = in.end; /* whose parameters are none of ours */
    } else if (srl_der_more(&in)) {
        srl_der_null(&in);
    }
    srl_der_leave(der, &in);
    return srl_hash_numbered(n);
}

/* RSASSA-PSS-params (RFC 4055 3.1). All but the trailer must be there, since
 * what is absent means SHA-1. False: parameters of no use here. */
static bool
srl_pss_read(srl_der *der, srl_hash_id *hash)
{
    static const uint8_t mgf1[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
                                   0x01, 0x01, 0x08};
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);
    srl_der field;
    srl_hash_id inner = (srl_hash_id)0;
    unsigned salt = 20;
    unsigned trailer = 1;

    *hash = (srl_hash_id)0;
    if (srl_der_is(&in, SRL_DER_CONTEXT_OF(0))) {
        field = srl_der_enter(&in, SRL_DER_CONTEXT_OF(0));
        *hash = srl_hash_read(&field);
        srl_der_leave(&in, &field);
    }
    if (srl_der_is(&in, SRL_DER_CONTEXT_OF(1))) {
        srl_der mgf;

        field = srl_der_enter(&in, SRL_DER_CONTEXT_OF(1));
        mgf = srl_der_enter(&field, SRL_DER_SEQUENCE);
        if (SRL_X509_OID_IS(srl_der_oid(&mgf), mgf1)) {
            inner = srl_hash_read(&mgf);
        } else {
            mgf.at = mgf.end;
        }
        srl_der_leave(&field, &mgf);
        srl_der_leave(&in, &field);
    }
    if (srl_der_is(&in, SRL_DER_CONTEXT_OF(2))) {
        field = srl_der_enter(&in, SRL_DER_CONTEXT_OF(2));
        salt = srl_der_small(&field);
        srl_der_leave(&in, &field);
    }
    if (srl_der_is(&in, SRL_DER_CONTEXT_OF(3))) {
        field = srl_der_enter(&in, SRL_DER_CONTEXT_OF(3));
        trailer = srl_der_small(&field);
        srl_der_leave(&in, &field);
    }
    srl_der_leave(der, &in);
    return !der->why && *hash && inner == *hash &&
           salt == srl_hash_len(*hash) && trailer == 1;
}

/* The algorithms below 1.2.840.113549.1.1. False: not believed. */
static bool
srl_rsa_alg_read(srl_der *in, unsigned n, srl_signature_alg *alg, char *what)
{
    switch (n) {
    case 10:
        alg->kind = SRL_SIG_RSA_PSS;
        srl_alg_name(what, "RSASSA-PSS with these parameters");
        return srl_pss_read(in, &alg->hash);
    case 11:
    case 12:
    case 13:
        alg->kind = SRL_SIG_RSA_PKCS1;
        alg->hash = srl_hash_numbered(n - 10);
        /* NULL, but must be taken when absent too: RFC 4055 5. */
        if (srl_der_more(in)) srl_der_null(in);
        return true;
    case 2: srl_alg_name(what, "MD2 with RSA"); break;
    case 4: srl_alg_name(what, "MD5 with RSA"); break;
    case 5: srl_alg_name(what, "SHA-1 with RSA"); break;
    default: break;
    }
    in->at = in->end;
    return false;
}

SRL_FN bool
srl_signature_alg_read(srl_der *der, srl_signature_alg *alg, char what[48])
{
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);
    surreal_bytes oid = srl_der_oid(&in);
    unsigned n;
    bool is_ok = true;

    memset(alg, 0, sizeof *alg);
    srl_oid_print(oid, what, 48);
    n = srl_oid_below(oid, srl_oid_ansi_sign2, sizeof srl_oid_ansi_sign2);
    if (n >= 2 && n <= 4) { /* RFC 5758 3.2: parameters absent */
        alg->kind = SRL_SIG_ECDSA;
        alg->hash = srl_hash_numbered(n - 1);
    } else if (SRL_X509_OID_IS(oid, srl_oid_ed25519)) { /* absent */
        alg->kind = SRL_SIG_ED25519;
    } else if ((n = srl_oid_below(oid, srl_oid_rsadsi,
                                  sizeof srl_oid_rsadsi)) != 0) {
        is_ok = srl_rsa_alg_read(&in, n, alg, what);
    } else {
        n = srl_oid_below(oid, srl_oid_ansi_sign, sizeof srl_oid_ansi_sign);
        if (n == 1) srl_alg_name(what, "SHA-1 with ECDSA");
        in.at = in.end;
        is_ok = false;
    }
    srl_der_leave(der, &in);
    if (is_ok && !der->why) return true;
    memset(alg, 0, sizeof *alg); /* nothing that could be verified with */
    return false;
}

/* ---- keys ---------------------------------------------------------------- */

/* RSAPublicKey (RFC 8017 A.1.1) in [bits]; key and reader share the start, so
 * that offsets fit. */
static void
srl_rsa_key_read(srl_der *der, surreal_bytes bits, srl_rsa_key *rsa)
{
    srl_der in = *der;
    srl_der pair;

    if (der->why) return;
    in.at = bits.ptr;
    in.end = bits.ptr + bits.len;
    pair = srl_der_enter(&in, SRL_DER_SEQUENCE);
    rsa->n = srl_der_positive(&pair);
    rsa->e = srl_der_positive(&pair);
    srl_der_leave(&in, &pair);
    srl_der_leave(der, &in);
}

/* The named curve, RFC 5480 2.1.1; others, and curves that are spelt out,
 * leave the key OTHER. */
static void
srl_curve_read(srl_der *in, srl_public_key *key)
{
    surreal_bytes oid;

    if (!srl_der_is(in, SRL_DER_OID)) {
        in->at = in->end;
        return;
    }
    oid = srl_der_oid(in);
    if (SRL_X509_OID_IS(oid, srl_oid_p256)) key->kind = SRL_KEY_P256;
    if (SRL_X509_OID_IS(oid, srl_oid_p384)) key->kind = SRL_KEY_P384;
}

SRL_FN void
srl_public_key_read(srl_der *der, srl_public_key *key)
{
    const uint8_t *from = der->at;
    surreal_bytes bits;
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);
    srl_der alg = srl_der_enter(&in, SRL_DER_SEQUENCE);
    surreal_bytes oid = srl_der_oid(&alg);

    memset(key, 0, sizeof *key);
    key->kind = SRL_KEY_OTHER;
    if (srl_oid_below(oid, srl_oid_rsadsi, sizeof srl_oid_rsadsi) == 1) {
        key->kind = SRL_KEY_RSA;
        srl_der_null(&alg); /* RFC 3279 2.3.1: there, and NULL */
    } else if (SRL_X509_OID_IS(oid, srl_oid_ec_key)) {
        srl_curve_read(&alg, key);
    } else if (SRL_X509_OID_IS(oid, srl_oid_ed25519)) {
        key->kind = SRL_KEY_ED25519; /* RFC 8410 3: parameters absent */
    } else {
        alg.at = alg.end;
    }
    srl_der_leave(&in, &alg);
    bits = srl_der_octet_bits(&in);
    if (key->kind == SRL_KEY_RSA) {
        srl_rsa_key_read(&in, bits, &key->rsa);
    } else if (key->kind == SRL_KEY_ED25519 && bits.len != 32) {
        srl_der_fail(&in, "Ed25519 key that has not 32 bytes");
    }
    if (key->kind != SRL_KEY_RSA) key->point = bits;
    srl_der_leave(der, &in);
    key->spki.ptr = from;
    key->spki.len = (size_t)(der->at - from);
    if (der->why) {
        memset(key, 0, sizeof *key);
        key->kind = SRL_KEY_OTHER;
    }
}

SRL_FN const char *
srl_public_key_flaw(const srl_public_key *key, char room[48])
{
    size_t bits = srl_rsa_bits(&key->rsa);
    size_t want = key->kind == SRL_KEY_P256 ? SRL_P256_POINT : SRL_P384_POINT;

    switch (key->kind) {
    case SRL_KEY_RSA:
        /* Moduli are of whole bytes (CA/Browser Forum, baseline 6.1.5): what
         * is not was made by no sound generator. */
        if (srl_rsa_is_usable(&key->rsa) && bits % 8 == 0) return NULL;
        snprintf(room, 48, "RSA key of %lu bits", (unsigned long)bits);
        if (bits < SRL_RSA_MIN_BITS || bits > SRL_RSA_MAX_BITS || bits % 8) {
            return room;
        }
        return "RSA key with an even or small number";
    case SRL_KEY_P256:
    case SRL_KEY_P384:
        if (key->point.len == want && key->point.ptr[0] == 4) return NULL;
        return "key that is a compressed or no point";
    case SRL_KEY_ED25519: return NULL;
    default: return "key of an algorithm or curve that is not supported";
    }
}

/* ---- signatures ---------------------------------------------------------- */

/* ECDSA-Sig-Value (RFC 3279 2.2.3) to numbers of `len` bytes each. */
static bool
srl_ecdsa_split(surreal_bytes signature, size_t len, uint8_t *r, uint8_t *s)
{
    srl_der der;
    srl_der in;
    surreal_bytes part[2];
    uint8_t *to[2];
    int i;

    srl_der_init(&der, signature);
    in = srl_der_enter(&der, SRL_DER_SEQUENCE);
    part[0] = srl_der_positive(&in);
    part[1] = srl_der_positive(&in);
    srl_der_leave(&der, &in);
    srl_der_end(&der);
    if (der.why) return false;
    to[0] = r;
    to[1] = s;
    for (i = 0; i < 2; i++) {
        if (part[i].len > len) return false;
        memset(to[i], 0, len - part[i].len);
        if (part[i].len) {
            memcpy(to[i] + len - part[i].len, part[i].ptr, part[i].len);
        }
    }
    return true;
}

static bool
srl_ecdsa_verify_der(const srl_public_key *key, const uint8_t *digest,
                     size_t digest_len, surreal_bytes signature)
{
    srl_curve curve = key->kind == SRL_KEY_P256 ? SRL_P256 : SRL_P384;
    uint8_t r[48];
    uint8_t s[48];

    if (!srl_ecdsa_split(signature, srl_curve_len(curve), r, s)) return false;
    return srl_ecdsa_verify(curve, key->point.ptr, key->point.len, digest,
                            digest_len, r, s);
}

SRL_FN bool
srl_signature_verify(const srl_public_key *key, srl_signature_alg alg,
                     surreal_bytes message, surreal_bytes signature)
{
    uint8_t digest[SRL_HASH_MAX];
    char room[48];
    size_t len = 0;

    if (srl_public_key_flaw(key, room)) return false;
    if (alg.kind != SRL_SIG_ED25519) {
        len = srl_hash_len(alg.hash);
        srl_hash_of(alg.hash, message.ptr, message.len, digest);
    }
    switch (alg.kind) {
    case SRL_SIG_RSA_PKCS1:
        return key->kind == SRL_KEY_RSA &&
               srl_rsa_pkcs1_verify(&key->rsa, alg.hash, digest,
                                    signature.ptr, signature.len);
    case SRL_SIG_RSA_PSS:
        return key->kind == SRL_KEY_RSA &&
               srl_rsa_pss_verify(&key->rsa, alg.hash, digest, len,
                                  signature.ptr, signature.len);
    case SRL_SIG_ECDSA:
        return (key->kind == SRL_KEY_P256 || key->kind == SRL_KEY_P384) &&
               srl_ecdsa_verify_der(key, digest, len, signature);
    case SRL_SIG_ED25519:
        return key->kind == SRL_KEY_ED25519 && signature.len == 64 &&
               srl_ed25519_verify(key->point.ptr, message.ptr, message.len,
                                  signature.ptr);
    default: return false;
    }
}
