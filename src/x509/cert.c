/* x509/cert.c: certificates in one pass, RFC 5280 section 4. */
#include "x509/x509.h"

/* Extensions below 2.5.29 (id-ce) that are read; 14 and 35, the identifiers of
 * keys, only for their form: paths are built by names and signatures. */
#define SRL_X509_CE_SKI 14
#define SRL_X509_CE_KEY_USAGE 15
#define SRL_X509_CE_SAN 17
#define SRL_X509_CE_BASIC 19
#define SRL_X509_CE_LIMITS 30
#define SRL_X509_CE_AKI 35
#define SRL_X509_CE_EKU 37
#define SRL_X509_AIA 256 /* 1.3.6.1.5.5.7.1.1, authorityInfoAccess */

/* ---- names --------------------------------------------------------------- */

/* A Name (4.1.2.4): SEQUENCE OF SET OF { type, value }. Returns all of it. */
static surreal_bytes
srl_name_read(srl_der *der)
{
    const uint8_t *from = der->at;
    srl_der sets = srl_der_enter(der, SRL_DER_SEQUENCE);
    surreal_bytes name;

    while (srl_der_more(&sets)) {
        srl_der set = srl_der_enter(&sets, SRL_DER_SET);

        do {
            srl_der pair = srl_der_enter(&set, SRL_DER_SEQUENCE);
            surreal_bytes value;

            srl_der_oid(&pair);
            srl_der_any(&pair, &value);
            srl_der_leave(&set, &pair);
        } while (srl_der_more(&set));
        srl_der_leave(&sets, &set);
    }
    srl_der_leave(der, &sets);
    name.ptr = from;
    name.len = der->why ? 0 : (size_t)(der->at - from);
    return name;
}

/* A name whose SEQUENCE is empty has two bytes. */
static bool
srl_name_is_empty(surreal_bytes name)
{
    return name.len <= 2;
}

SRL_FN void
srl_out_escaped(srl_out *out, surreal_bytes text, size_t max)
{
    static const char hex[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i < text.len && i < max; i++) {
        uint8_t c = text.ptr[i];

        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
            srl_out_char(out, (char)c);
        } else {
            srl_out_text(out, "\\x");
            srl_out_char(out, hex[c >> 4]);
            srl_out_char(out, hex[c & 15]);
        }
    }
    if (i < text.len) srl_out_text(out, "...");
}

/* Put a quoted text that may be of any bytes into a label. */
static void
srl_label_put(char room[SRL_CERT_LABEL], surreal_bytes text)
{
    srl_out out;
    char all[4 * 60 + 8];

    srl_out_init(&out, all, sizeof all);
    srl_out_char(&out, '"');
    srl_out_escaped(&out, text, 60);
    srl_out_char(&out, '"');
    srl_out_end(&out);
    srl_text_copy(room, SRL_CERT_LABEL, all, strlen(all));
}

/* The common name (2.5.4.3) that stands last, which is the most specific, or
 * else the last attribute. */
static surreal_bytes
srl_name_text(surreal_bytes name)
{
    static const uint8_t common_name[] = {0x55, 0x04, 0x03};
    surreal_bytes found = {NULL, 0};
    bool is_common = false;
    srl_der der;
    srl_der sets;

    srl_der_init(&der, name);
    sets = srl_der_enter(&der, SRL_DER_SEQUENCE);
    while (srl_der_more(&sets)) {
        srl_der set = srl_der_enter(&sets, SRL_DER_SET);

        while (srl_der_more(&set)) {
            srl_der pair = srl_der_enter(&set, SRL_DER_SEQUENCE);
            surreal_bytes oid = srl_der_oid(&pair);
            surreal_bytes value;
            bool is_it = oid.len == sizeof common_name &&
                         !memcmp(oid.ptr, common_name, oid.len);

            srl_der_any(&pair, &value);
            if (value.len && (is_it || !is_common)) {
                found = value;
                is_common = is_it;
            }
        }
    }
    return found;
}

SRL_FN void
srl_name_label(surreal_bytes name, char room[SRL_CERT_LABEL])
{
    surreal_bytes text = srl_name_text(name);

    if (text.len) {
        srl_label_put(room, text);
    } else {
        srl_text_copy(room, SRL_CERT_LABEL, "(no name)", 9);
    }
}

SRL_FN void
srl_cert_label(const srl_cert *cert, char room[SRL_CERT_LABEL])
{
    surreal_bytes text = srl_name_text(cert->subject);
    srl_der names;

    srl_der_init(&names, cert->san);
    while (!text.len && srl_der_more(&names)) {
        surreal_bytes body;

        if (srl_der_any(&names, &body) == SRL_NAME_DNS) text = body;
    }
    if (text.len) {
        srl_label_put(room, text);
    } else {
        srl_text_copy(room, SRL_CERT_LABEL, "(no name)", 9);
    }
}

/* Four or sixteen bytes of one bits, then zeros. */
static bool
srl_mask_is_valid(const uint8_t *mask, size_t len)
{
    size_t i = 0;

    while (i < len && mask[i] == 0xff) {
        i++;
    }
    /* A byte of ones and then zeros becomes a power of two when negated. */
    if (i < len) {
        unsigned rest = 256u - mask[i++];

        if (rest & (rest - 1)) return false;
    }
    while (i < len && !mask[i]) {
        i++;
    }
    return i == len;
}

static const char *
srl_ip_flaw(surreal_bytes ip, bool is_subtree)
{
    size_t len = is_subtree ? ip.len / 2 : ip.len;

    if ((len != 4 && len != 16) || (is_subtree && ip.len % 2)) {
        return "address of a wrong length";
    }
    if (is_subtree && !srl_mask_is_valid(ip.ptr + len, len)) {
        return "address with a mask that has gaps";
    }
    return NULL;
}

/* Names with other characters than these never match; with those refused here
 * they are an attack or garbage. A base of a subtree decides about names that
 * are not its own, so that it must be a domain name, or empty: every name. */
static const char *
srl_dns_flaw(surreal_bytes name, bool is_subtree)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        if (name.ptr[i] < 0x20 || name.ptr[i] >= 0x7f) {
            return "domain name with a character that is not printable ASCII";
        }
    }
    if (is_subtree && name.len && !srl_dns_is_valid(name)) {
        return "name constraint that is not a domain name";
    }
    return NULL;
}

SRL_FN unsigned
srl_general_name(srl_der *der, bool is_subtree, surreal_bytes *body)
{
    const uint8_t *from = der->at;
    unsigned tag = srl_der_any(der, body);
    const char *flaw = NULL;

    switch (tag) {
    case 0: return 0;
    case SRL_NAME_DNS: flaw = srl_dns_flaw(*body, is_subtree); break;
    case SRL_NAME_IP: flaw = srl_ip_flaw(*body, is_subtree); break;
    case SRL_NAME_DIRECTORY: {
        srl_der in = *der;

        in.at = body->ptr;
        in.end = body->ptr + body->len;
        *body = srl_name_read(&in);
        srl_der_leave(der, &in);
        break;
    }
    case SRL_DER_CONTEXT_OF(0): /* otherName */
    case SRL_DER_CONTEXT(1):    /* rfc822Name */
    case SRL_DER_CONTEXT_OF(3): /* x400Address */
    case SRL_DER_CONTEXT_OF(5): /* ediPartyName */
    case SRL_DER_CONTEXT(6):    /* uniformResourceIdentifier */
    case SRL_DER_CONTEXT(8):    /* registeredID */
        break;
    default: flaw = "name of a form that does not exist"; break;
    }
    if (flaw) srl_der_fail_at(der, from, flaw);
    return der->why ? 0 : tag;
}

/* ---- extensions ---------------------------------------------------------- */

static void
srl_cert_key_usage(srl_cert *cert, srl_der *in)
{
    const uint8_t *from = in->at;
    unsigned unused;
    surreal_bytes bits = srl_der_bits(in, &unused);
    size_t i;
    unsigned any = 0;

    for (i = 0; i < bits.len; i++) {
        any |= bits.ptr[i];
    }
    /* 4.2.1.3: at least one bit; then 0 can mean "no such extension". */
    if (!any) {
        srl_der_fail_at(in, from, "key usage of nothing");
        return;
    }
    /* decipherOnly is in the second byte: bit 1, contentCommitment, stands
     * for "there, but of no use". */
    cert->key_usage = bits.ptr[0] ? bits.ptr[0] : 0x40u;
}

/* FALSE written out is not DER, but common (as for `critical` below). */
static void
srl_cert_basic(srl_cert *cert, srl_der *der)
{
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);
    const uint8_t *from;

    if (srl_der_is(&in, SRL_DER_BOOLEAN)) cert->is_ca = srl_der_bool(&in);
    from = in.at;
    if (srl_der_is(&in, SRL_DER_INTEGER)) {
        cert->path_len = (int)srl_der_small(&in);
        if (!cert->is_ca) {
            srl_der_fail_at(&in, from, "path length of no authority");
        }
    }
    srl_der_leave(der, &in);
}

static void
srl_cert_san(srl_cert *cert, srl_der *der)
{
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);
    surreal_bytes body;

    cert->san.ptr = in.at;
    cert->san.len = (size_t)(in.end - in.at);
    do {
        srl_general_name(&in, false, &body);
    } while (srl_der_more(&in));
    srl_der_leave(der, &in);
    if (der->why) cert->san.len = 0;
}

/* GeneralSubtrees in [0] or [1]; minimum and maximum are not used (4.2.1.10)
 * and so never there in DER. */
static void
srl_cert_subtrees(srl_der *der, unsigned tag, surreal_bytes *trees)
{
    srl_der in;

    if (!srl_der_is(der, tag)) return;
    in = srl_der_enter(der, tag);
    trees->ptr = in.at;
    trees->len = (size_t)(in.end - in.at);
    do {
        srl_der tree = srl_der_enter(&in, SRL_DER_SEQUENCE);
        surreal_bytes body;

        srl_general_name(&tree, true, &body);
        srl_der_leave(&in, &tree);
    } while (srl_der_more(&in));
    srl_der_leave(der, &in);
}

static void
srl_cert_limits(srl_cert *cert, srl_der *der)
{
    const uint8_t *from = der->at;
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);

    cert->has_constraints = true;
    if (!srl_der_more(&in)) {
        srl_der_fail_at(der, from, "name constraints without any");
    }
    srl_cert_subtrees(&in, SRL_DER_CONTEXT_OF(0), &cert->permitted);
    srl_cert_subtrees(&in, SRL_DER_CONTEXT_OF(1), &cert->excluded);
    srl_der_leave(der, &in);
}

static void
srl_cert_eku(srl_cert *cert, srl_der *der)
{
    static const uint8_t any[] = {0x55, 0x1d, 0x25, 0x00};
    static const uint8_t server[] = {0x2b, 0x06, 0x01, 0x05,
                                     0x05, 0x07, 0x03, 0x01};
    srl_der in = srl_der_enter(der, SRL_DER_SEQUENCE);

    cert->for_server = false;
    do {
        surreal_bytes oid = srl_der_oid(&in);

        if ((oid.len == sizeof any && !memcmp(oid.ptr, any, oid.len)) ||
            (oid.len == sizeof server && !memcmp(oid.ptr, server, oid.len))) {
            cert->for_server = true;
        }
    } while (srl_der_more(&in));
    srl_der_leave(der, &in);
}

/* The key's identifiers and where the authority is found: their form only. */
static void
srl_cert_unused(unsigned id, srl_der *der)
{
    srl_der in;
    surreal_bytes body;

    if (id == SRL_X509_CE_SKI) {
        srl_der_body(der, SRL_DER_OCTET_STRING);
        return;
    }
    in = srl_der_enter(der, SRL_DER_SEQUENCE);
    if (id == SRL_X509_AIA) { /* SEQUENCE SIZE (1..MAX) OF AccessDescription */
        do {
            srl_der one = srl_der_enter(&in, SRL_DER_SEQUENCE);

            srl_der_oid(&one);
            srl_general_name(&one, false, &body);
            srl_der_leave(&in, &one);
        } while (srl_der_more(&in));
    }
    while (srl_der_more(&in)) {
        srl_der_any(&in, &body);
    }
    srl_der_leave(der, &in);
}

/* The number of an extension that is read here; 0: another one. */
static unsigned
srl_extension_id(surreal_bytes oid)
{
    static const uint8_t aia[] = {0x2b, 0x06, 0x01, 0x05,
                                  0x05, 0x07, 0x01, 0x01};

    if (oid.len == sizeof aia && !memcmp(oid.ptr, aia, oid.len)) {
        return SRL_X509_AIA;
    }
    if (oid.len != 3 || oid.ptr[0] != 0x55 || oid.ptr[1] != 0x1d) return 0;
    return oid.ptr[2];
}

/* One extension's value. Those that may not be critical are, if they are,
 * none that is understood: who made them meant something else. */
static void
srl_cert_extension(srl_cert *cert, surreal_bytes oid, bool is_critical,
                   srl_der *in)
{
    unsigned id = srl_extension_id(oid);

    switch (id) {
    case SRL_X509_CE_KEY_USAGE: srl_cert_key_usage(cert, in); return;
    case SRL_X509_CE_SAN:
        cert->has_critical_san = is_critical;
        srl_cert_san(cert, in);
        return;
    case SRL_X509_CE_BASIC: srl_cert_basic(cert, in); return;
    case SRL_X509_CE_LIMITS: srl_cert_limits(cert, in); return;
    case SRL_X509_CE_EKU: srl_cert_eku(cert, in); return;
    case SRL_X509_CE_SKI:
    case SRL_X509_CE_AKI:
    case SRL_X509_AIA: srl_cert_unused(id, in); break;
    default: in->at = in->end; break;
    }
    if (is_critical) cert->critical = oid;
}

static void
srl_cert_extensions(srl_cert *cert, srl_der *der)
{
    surreal_bytes seen[SRL_CERT_EXTENSIONS];
    unsigned count = 0;
    srl_der list = srl_der_enter(der, SRL_DER_SEQUENCE);

    do {
        const uint8_t *from = list.at;
        srl_der one = srl_der_enter(&list, SRL_DER_SEQUENCE);
        surreal_bytes oid = srl_der_oid(&one);
        bool is_critical = false;
        srl_der value;
        unsigned i;

        for (i = 0; i < count && !srl_bytes_equal(seen[i], oid); i++) {
        }
        if (i < count) srl_der_fail_at(&one, from, "extension given twice");
        if (count == SRL_CERT_EXTENSIONS) {
            srl_der_fail_at(&one, from, "more than 64 extensions");
        }
        if (one.why) {
            srl_der_leave(&list, &one);
            break;
        }
        seen[count++] = oid;
        if (srl_der_is(&one, SRL_DER_BOOLEAN)) is_critical = srl_der_bool(&one);
        value = srl_der_enter(&one, SRL_DER_OCTET_STRING);
        if (!value.why) srl_cert_extension(cert, oid, is_critical, &value);
        srl_der_leave(&one, &value);
        srl_der_leave(&list, &one);
    } while (srl_der_more(&list));
    srl_der_leave(der, &list);
}

/* ---- the whole ----------------------------------------------------------- */

static void
srl_cert_version(srl_cert *cert, srl_der *tbs)
{
    const uint8_t *from = tbs->at;
    srl_der in;

    cert->version = 1;
    if (!srl_der_is(tbs, SRL_DER_CONTEXT_OF(0))) return;
    in = srl_der_enter(tbs, SRL_DER_CONTEXT_OF(0));
    cert->version = srl_der_small(&in) + 1;
    srl_der_leave(tbs, &in);
    if (cert->version != 2 && cert->version != 3) {
        srl_der_fail_at(tbs, from, "version that does not exist");
    }
}

/* 4.1.2.2: not negative, at most 20 bytes. Zero is wrong too, but authorities
 * that everybody trusts have it. */
static void
srl_cert_serial(srl_cert *cert, srl_der *tbs)
{
    const uint8_t *from = tbs->at;

    cert->serial = srl_der_positive(tbs);
    if (cert->serial.len > 20) {
        srl_der_fail_at(tbs, from, "serial number longer than 20 bytes");
    }
}

/* What follows the key. Unique identifiers ([1], [2]) are not looked at. */
static void
srl_cert_tail(srl_cert *cert, srl_der *tbs)
{
    unsigned n;

    for (n = 1; n <= 2; n++) {
        if (!srl_der_is(tbs, SRL_DER_CONTEXT(n))) continue;
        if (cert->version < 2) srl_der_fail(tbs, "identifier in version 1");
        srl_der_body(tbs, SRL_DER_CONTEXT(n));
    }
    if (srl_der_is(tbs, SRL_DER_CONTEXT_OF(3))) {
        srl_der in;

        if (cert->version < 3) {
            srl_der_fail(tbs, "extensions before version 3");
        }
        in = srl_der_enter(tbs, SRL_DER_CONTEXT_OF(3));
        srl_cert_extensions(cert, &in);
        srl_der_leave(tbs, &in);
    }
}

static void
srl_cert_tbs(srl_cert *cert, srl_der *tbs, surreal_bytes *alg)
{
    srl_der in;
    const uint8_t *from;

    srl_cert_version(cert, tbs);
    srl_cert_serial(cert, tbs);
    *alg = srl_der_element(tbs, SRL_DER_SEQUENCE);
    from = tbs->at;
    cert->issuer = srl_name_read(tbs);
    if (srl_name_is_empty(cert->issuer)) {
        srl_der_fail_at(tbs, from, "issuer without a name");
    }
    in = srl_der_enter(tbs, SRL_DER_SEQUENCE);
    cert->not_before = srl_der_time(&in);
    cert->not_after = srl_der_time(&in);
    srl_der_leave(tbs, &in);
    cert->subject = srl_name_read(tbs);
    srl_public_key_read(tbs, &cert->key);
    srl_cert_tail(cert, tbs);
}

static surreal_status
srl_cert_fail(const srl_cert *cert, surreal_error *err, size_t at,
              const char *why)
{
    char label[SRL_CERT_LABEL];
    surreal_status status;

    srl_cert_label(cert, label);
    status = srl_fail(err, SURREAL_ERR_CERT,
                      "certificate of %s not understood: %s (at byte %lu)",
                      label, why, (unsigned long)at);
    if (err) err->at = at;
    return status;
}

SRL_FN surreal_status
srl_cert_parse(srl_cert *cert, surreal_bytes der, surreal_error *err)
{
    srl_der all;
    srl_der in;
    srl_der tbs;
    surreal_bytes inner;
    surreal_bytes outer;
    char text[112];

    memset(cert, 0, sizeof *cert);
    cert->path_len = -1;
    cert->for_server = true;
    cert->der = der;
    srl_der_init(&all, der);
    in = srl_der_enter(&all, SRL_DER_SEQUENCE);
    cert->tbs.ptr = in.at;
    tbs = srl_der_enter(&in, SRL_DER_SEQUENCE);
    cert->tbs.len = (size_t)(in.at - cert->tbs.ptr);
    srl_cert_tbs(cert, &tbs, &inner);
    srl_der_leave(&in, &tbs);
    outer.ptr = in.at;
    cert->has_alg = srl_signature_alg_read(&in, &cert->alg, cert->alg_name);
    outer.len = (size_t)(in.at - outer.ptr);
    if (!srl_bytes_equal(inner, outer)) {
        srl_der_fail_at(&in, outer.ptr, "signature algorithm outside is not "
                                        "the one inside");
    }
    cert->signature = srl_der_octet_bits(&in);
    srl_der_leave(&all, &in);
    srl_der_end(&all);
    if (all.why) return srl_cert_fail(cert, err, all.why_at, all.why);
    if (!cert->critical.len) return SURREAL_OK;
    memcpy(text, "critical extension ", 19);
    srl_oid_print(cert->critical, text + 19, 64);
    return srl_cert_fail(cert, err, (size_t)(cert->critical.ptr - der.ptr),
                         text);
}
