/* cc -I. -o build/interop/diff tests/interop/diff.c -lcrypto &&
 *     build/interop/diff [TRIALS [SEED]]
 *
 * surreal_verify_chain beside OpenSSL's X509_verify_cert, on chains nobody
 * would make: those of x509-limbo, one certificate of which was changed. The
 * P-256 keys of a chain are replaced by keys of this program first, so that
 * what was changed can be signed again and the change itself is judged, not
 * the broken signature.
 *
 * Being stricter is allowed and counted by reason. Accepting what OpenSSL
 * refuses is a failure, but for the reasons in diff_allowed and those of
 * diff_is_listed. A seed gives the same changes each time. Skipped without limbo.json (tests/vectors.h). */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/vectors.h"
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#define DIFF_CERTS 24 /* of one chain, anchors included */
#define DIFF_CASES 400
#define DIFF_NODES 1500
#define DIFF_DER 8000 /* bytes of a certificate; others are left out */
#define DIFF_ROOM 200000

typedef struct diff_cert {
    uint8_t *der;
    size_t len;
    int signer;    /* index of the certificate with the key; -1: unknown */
    EVP_PKEY *key; /* ours; NULL: not replaced */
} diff_cert;

/* certs: the server's, intermediates, then anchors. */
typedef struct diff_case {
    const char *id;
    const char *host;
    int64_t time;
    bool is_good; /* says limbo */
    size_t count;
    size_t sent;
    diff_cert certs[DIFF_CERTS];
} diff_case;

static diff_case diff_cases[DIFF_CASES];
static size_t diff_count, diff_unjudged;
static EVP_PKEY *diff_keys[DIFF_CERTS];
static uint64_t diff_state;

static uint32_t
diff_random(uint32_t below)
{
    diff_state = diff_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((diff_state >> 33) % below);
}

static void *
diff_copy(const void *data, size_t len)
{
    void *copy = malloc(len ? len : 1);

    if (!copy) abort();
    memcpy(copy, data, len);
    return copy;
}

/* ---- DER as a tree ------------------------------------------------------- */

typedef struct diff_node {
    uint8_t tag;
    bool is_parent;   /* constructed, or DER inside of a string */
    bool is_long;     /* length in one byte more than needed */
    uint8_t lead;     /* bytes before the children: of a BIT STRING */
    int child, next;  /* -1: none */
    const uint8_t *data;
    size_t len;
} diff_node;

typedef struct diff_tree {
    int count;
    diff_node nodes[DIFF_NODES];
    uint8_t room[DIFF_ROOM]; /* contents that were changed */
    size_t used;
} diff_tree;

static int diff_parse(diff_tree *t, const uint8_t *at, const uint8_t *end,
                      int depth);

/* One element at *at; -1 if there is none that this reader takes. */
static int
diff_element(diff_tree *t, const uint8_t **at, const uint8_t *end, int depth)
{
    const uint8_t *p = *at;
    diff_node *node;
    size_t len, n;
    int index, saved;

    if (end - p < 2 || (p[0] & 31) == 31 || t->count == DIFF_NODES) return -1;
    len = p[1];
    n = 2;
    if (len > 0x82 || len == 0x80 || (size_t)(end - p) < 2 + (len & 0x7f) *
        (len >> 7)) {
        return -1;
    }
    if (len == 0x81) len = p[2], n = 3;
    else if (len == 0x82) len = (size_t)p[2] << 8 | p[3], n = 4;
    if ((size_t)(end - p) < n + len) return -1;
    index = t->count++;
    node = &t->nodes[index];
    memset(node, 0, sizeof *node);
    node->tag = p[0];
    node->data = p + n;
    node->len = len;
    node->child = node->next = -1;
    *at = p + n + len;
    if (depth > 20 || !len) return index;
    if (!(p[0] & 0x20) && p[0] != 4) return index;
    saved = t->count;
    node->child = diff_parse(t, node->data, node->data + len, depth + 1);
    if (node->child < 0) t->count = saved;
    t->nodes[index].is_parent = node->child >= 0;
    return index;
}

/* The elements that fill [at, end) exactly: the first of a list, or -1. */
static int
diff_parse(diff_tree *t, const uint8_t *at, const uint8_t *end, int depth)
{
    int first = -1, last = -1;

    while (at < end) {
        int index = diff_element(t, &at, end, depth);

        if (index < 0) return -1;
        if (last < 0) first = index;
        else t->nodes[last].next = index;
        last = index;
    }
    return first;
}

/* Writes backwards, in front of `end`; returns where it begins. */
static uint8_t *
diff_write(const diff_tree *t, int index, uint8_t *end)
{
    const diff_node *node = &t->nodes[index];
    uint8_t *at = end;
    size_t len;

    if (node->is_parent) {
        int list[DIFF_NODES], n = 0, c;

        for (c = node->child; c >= 0; c = t->nodes[c].next) {
            list[n++] = c;
        }
        while (n > 0) {
            at = diff_write(t, list[--n], at);
        }
    } else {
        at -= node->len;
        memcpy(at, node->data, node->len);
    }
    len = (size_t)(end - at);
    if (len < 128 && !node->is_long) {
        *--at = (uint8_t)len;
    } else {
        size_t bytes = len < 256 ? 1 : len < 65536 ? 2 : 3;

        if (len >= 128 && node->is_long) bytes++;
        *--at = (uint8_t)len;
        if (bytes > 1) *--at = (uint8_t)(len >> 8);
        if (bytes > 2) *--at = (uint8_t)(len >> 16);
        *--at = (uint8_t)(0x80 | bytes);
    }
    *--at = node->tag;
    return at;
}

/* ---- chains of limbo ----------------------------------------------------- */

static bool
diff_add_pem(diff_case *c, const char *text)
{
    BIO *bio = BIO_new_mem_buf(text, -1);
    char *name = NULL, *header = NULL;
    unsigned char *data = NULL;
    long len = 0;
    bool ok = bio && c->count < DIFF_CERTS &&
              PEM_read_bio(bio, &name, &header, &data, &len) == 1 &&
              len <= DIFF_DER;

    if (ok) {
        diff_cert *cert = &c->certs[c->count++];

        cert->der = (uint8_t *)diff_copy(data, (size_t)len);
        cert->len = (size_t)len;
        cert->signer = -1;
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    BIO_free(bio);
    return ok;
}

static X509 *
diff_x509(const diff_cert *cert)
{
    const unsigned char *at = cert->der;
    X509 *x = d2i_X509(NULL, &at, (long)cert->len);

    if (x && at != cert->der + cert->len) {
        X509_free(x);
        return NULL;
    }
    return x;
}

/* Which certificate's key signed which. */
static void
diff_find_signers(diff_case *c)
{
    X509 *x[DIFF_CERTS];
    size_t i, j;

    for (i = 0; i < c->count; i++) {
        x[i] = diff_x509(&c->certs[i]);
    }
    for (i = 0; i < c->count; i++) {
        for (j = 0; j < c->count && c->certs[i].signer < 0; j++) {
            EVP_PKEY *key = x[j] && x[i] ? X509_get0_pubkey(x[j]) : NULL;

            if (key && X509_verify(x[i], key) == 1) {
                c->certs[i].signer = (int)j;
            }
        }
    }
    for (i = 0; i < c->count; i++) {
        X509_free(x[i]);
    }
}

static uint8_t *
diff_find(uint8_t *in, size_t len, const uint8_t *what, size_t what_len)
{
    size_t i;

    for (i = 0; what_len <= len && i <= len - what_len; i++) {
        if (memcmp(in + i, what, what_len) == 0) return in + i;
    }
    return NULL;
}

/* Sign the first element of the certificate again, if the signer's key is one
 * of ours: a new certificate in *cert. */
static void
diff_sign(diff_case *c, diff_cert *cert)
{
    static diff_tree t;
    EVP_PKEY *key = cert->signer < 0 ? NULL : c->certs[cert->signer].key;
    EVP_MD_CTX *ctx;
    static uint8_t room[DIFF_ROOM];
    uint8_t sig[100], *end = room + sizeof room, *at;
    size_t len = sizeof sig - 1;
    const diff_node *tbs;
    int alg, value;
    bool ok;

    t.count = 0;
    at = cert->der;
    if (!key || diff_parse(&t, at, at + cert->len, 0) != 0) return;
    tbs = t.nodes[0].child < 0 ? NULL : &t.nodes[t.nodes[0].child];
    alg = tbs ? tbs->next : -1;
    value = alg < 0 ? -1 : t.nodes[alg].next;
    if (value < 0) return;
    at = diff_write(&t, t.nodes[0].child, end);
    ctx = EVP_MD_CTX_new();
    sig[0] = 0;
    ok = EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
         EVP_DigestSign(ctx, sig + 1, &len, at, (size_t)(end - at)) == 1;
    EVP_MD_CTX_free(ctx);
    if (!ok) return;
    t.nodes[value].data = sig;
    t.nodes[value].len = len + 1;
    t.nodes[value].is_parent = false;
    at = diff_write(&t, 0, end);
    free(cert->der);
    cert->len = (size_t)(end - at);
    cert->der = (uint8_t *)diff_copy(at, cert->len);
}

/* Our keys instead of the chain's. Those of certificates signed by another
 * algorithm than ECDSA with SHA-256 stay. */
static void
diff_rekey(diff_case *c)
{
    uint8_t *old[DIFF_CERTS];
    size_t i, j;

    for (i = 0; i < c->count; i++) {
        X509 *x = diff_x509(&c->certs[i]);

        old[i] = NULL;
        if (x && X509_get_signature_nid(x) != NID_ecdsa_with_SHA256) {
            c->certs[i].signer = -1;
        }
        if (x && i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x), &old[i]) != 91) {
            OPENSSL_free(old[i]);
            old[i] = NULL;
        }
        X509_free(x);
    }
    for (i = 0; i < c->count; i++) {
        diff_cert *cert = &c->certs[i];
        uint8_t *spki = NULL, *at;

        if (!old[i]) continue;
        for (j = 0; memcmp(old[i], old[j] ? old[j] : old[i], 91) != 0 ||
                    !old[j]; j++) {
        }
        at = diff_find(cert->der, cert->len, old[i], 91);
        if (at && i2d_PUBKEY(diff_keys[j], &spki) == 91) {
            memcpy(at, spki, 91);
            cert->key = diff_keys[j];
        }
        OPENSSL_free(spki);
    }
    for (i = 0; i < c->count; i++) {
        diff_sign(c, &c->certs[i]);
        OPENSSL_free(old[i]);
    }
}

static int64_t
diff_time(const char *text)
{
    ASN1_TIME *t = ASN1_TIME_new();
    char plain[16];
    struct tm tm;
    size_t n = 0;
    int64_t seconds = 1704067200; /* 2024, if limbo does not care */
    int day = 0, second = 0;
    ASN1_TIME *zero = ASN1_TIME_set(NULL, 0);

    for (; text && *text && *text != '+' && n < 14; text++) {
        if (*text >= '0' && *text <= '9') plain[n++] = *text;
    }
    plain[n] = 'Z';
    plain[n + 1 < sizeof plain ? n + 1 : n] = '\0';
    if (n == 14 && ASN1_TIME_set_string_X509(t, plain) == 0) {
        ASN1_TIME_set_string(t, plain);
    }
    if (n == 14 && ASN1_TIME_to_tm(t, &tm) == 1 &&
        ASN1_TIME_diff(&day, &second, zero, t) == 1) {
        seconds = (int64_t)day * 86400 + second;
    }
    ASN1_TIME_free(t);
    ASN1_TIME_free(zero);
    return seconds;
}

static int diff_theirs(const diff_case *c, bool *is_anchor);

static bool
diff_load_case(diff_case *c, const json *test)
{
    const json *name = json_get(test, "expected_peer_name");
    const char *time = json_text(test, "validation_time");
    const json *item;
    bool ok, is_anchor;

    c->id = json_text(test, "id");
    c->host = json_text(name, "value");
    if (!c->host || strcmp(json_text(test, "validation_kind"), "SERVER") != 0 ||
        json_count(json_get(test, "crls"))) {
        return false;
    }
    c->time = diff_time(time);
    c->is_good = !strcmp(json_text(test, "expected_result"), "SUCCESS");
    ok = diff_add_pem(c, json_text(test, "peer_certificate"));
    item = json_get(test, "untrusted_intermediates");
    for (item = item ? item->child : NULL; item; item = item->next) {
        ok = ok && diff_add_pem(c, item->text);
    }
    c->sent = c->count;
    item = json_get(test, "trusted_certs");
    for (item = item ? item->child : NULL; item; item = item->next) {
        ok = ok && diff_add_pem(c, item->text);
    }
    if (!ok || c->sent > SURREAL_MAX_CHAIN) return false;
    diff_find_signers(c);
    diff_rekey(c);
    /* OpenSSL tries one path only; where limbo needs another, it is no judge
     * of what comes of a change. */
    if (c->is_good && diff_theirs(c, &is_anchor)) {
        diff_unjudged++;
        return false;
    }
    return true;
}

/* ---- verdicts ------------------------------------------------------------ */

static surreal_status
diff_ours(const diff_case *c, surreal_error *err)
{
    surreal_trust *trust = srl_trust_new(NULL);
    surreal_bytes chain[DIFF_CERTS], anchor;
    surreal_status st;
    size_t i;

    if (!trust) abort();
    for (i = 0; i < c->count; i++) {
        if (i < c->sent) {
            chain[i].ptr = c->certs[i].der;
            chain[i].len = c->certs[i].len;
            continue;
        }
        anchor.ptr = c->certs[i].der;
        anchor.len = c->certs[i].len;
        (void)srl_trust_add(trust, anchor, true, err);
    }
    st = surreal_verify_chain(trust, chain, c->sent, c->host, c->time, err);
    surreal_trust_free(trust);
    return st;
}

/* Whether somewhere a key did sign, but the key identifiers beside it do not
 * fit: they are hints for building paths (RFC 5280 4.2.1.1), for OpenSSL
 * conditions. */
static bool
diff_only_hints(const diff_case *c)
{
    X509 *x[DIFF_CERTS];
    bool found = false;
    size_t i, j;

    for (i = 0; i < c->count; i++) {
        x[i] = diff_x509(&c->certs[i]);
    }
    for (i = 0; i < c->sent; i++) {
        for (j = 0; j < c->count; j++) {
            EVP_PKEY *key = x[j] ? X509_get0_pubkey(x[j]) : NULL;
            int code;

            if (!x[i] || !key || X509_verify(x[i], key) != 1) continue;
            code = X509_check_issued(x[j], x[i]);
            found |= code == X509_V_ERR_AKID_SKID_MISMATCH ||
                     code == X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH;
        }
    }
    for (i = 0; i < c->count; i++) {
        X509_free(x[i]);
    }
    return found;
}

/* Whether some extension does not decode that neither side has a use for, and
 * all that matter do: nothing in RFC 5280 asks to read the others. */
static bool
diff_only_unused(const diff_case *c)
{
    static const int used[] = {NID_basic_constraints, NID_key_usage,
                               NID_ext_key_usage, NID_subject_alt_name,
                               NID_name_constraints};
    bool found = false, is_used = false;
    size_t i, k;

    for (i = 0; i < c->count; i++) {
        X509 *x = diff_x509(&c->certs[i]);

        if (x && (X509_get_extension_flags(x) & EXFLAG_INVALID)) found = true;
        for (k = 0; x && k < sizeof used / sizeof used[0]; k++) {
            int flag = 0;
            void *value = X509_get_ext_d2i(x, used[k], &flag, NULL);

            if (!value && flag != -1) is_used = true;
            if (value) ASN1_item_free((ASN1_VALUE *)value,
                                      ASN1_ITEM_ptr(X509V3_EXT_get_nid(
                                          used[k])->it));
        }
        X509_free(x);
    }
    return found && !is_used;
}

/* Whether the certificate is one that OpenSSL can read but for what is inside
 * its names: here they are bytes to be compared (RFC 5280 7.1 does not ask for
 * more), so that nothing in them can be misread. */
static bool
diff_reads_without_names(const diff_cert *cert)
{
    static diff_tree t;
    static uint8_t room[DIFF_ROOM];
    uint8_t *end = room + sizeof room, *at;
    diff_cert plain;
    X509 *x = diff_x509(cert);
    int n, i;

    if (x) {
        X509_free(x);
        return true;
    }
    t.count = 0;
    n = diff_parse(&t, cert->der, cert->der + cert->len, 0);
    n = n ? -1 : t.nodes[0].child;
    n = n < 0 ? -1 : t.nodes[n].child;
    if (n >= 0 && t.nodes[n].tag == 0xa0) n = t.nodes[n].next;
    /* serial, algorithm, issuer, dates, subject */
    for (i = 0; i < 5 && n >= 0; i++, n = t.nodes[n].next) {
        if (i != 2 && i != 4) continue;
        t.nodes[n].len = 0;
        t.nodes[n].is_parent = false;
    }
    if (n < 0) return false;
    at = diff_write(&t, 0, end);
    plain.der = at;
    plain.len = (size_t)(end - at);
    x = diff_x509(&plain);
    X509_free(x);
    return x != NULL;
}

/* The same of all, one of which it cannot read. */
static bool
diff_only_names(const diff_case *c)
{
    bool all = true, any = false;
    size_t i;

    for (i = 0; i < c->count; i++) {
        X509 *x = diff_x509(&c->certs[i]);

        any |= !x;
        all &= diff_reads_without_names(&c->certs[i]);
        X509_free(x);
    }
    return any && all;
}

/* Whether two certificates are of the same name: OpenSSL takes one of them and
 * stays with it, here each is tried. */
static bool
diff_other_path(const diff_case *c)
{
    X509 *x[DIFF_CERTS];
    bool found = false;
    size_t i, j;

    for (i = 0; i < c->count; i++) {
        x[i] = diff_x509(&c->certs[i]);
    }
    for (i = 0; i < c->count; i++) {
        for (j = 0; j < i; j++) {
            found |= x[i] && x[j] &&
                     X509_NAME_cmp(X509_get_subject_name(x[i]),
                                   X509_get_subject_name(x[j])) == 0;
        }
    }
    for (i = 0; i < c->count; i++) {
        X509_free(x[i]);
    }
    return found;
}

/* Whether OpenSSL's reason is one that does not count here. */
static bool
diff_is_listed(const diff_case *c, int theirs)
{
    X509 *leaf = diff_x509(&c->certs[0]);
    bool is_listed = false;

    switch (theirs) {
    case X509_V_ERR_EE_KEY_TOO_SMALL:
        /* A point that is none: CertificateVerify is checked with it, and
         * srl_ecdsa_verify refuses it then. */
        is_listed = leaf && !X509_get0_pubkey(leaf);
        break;
    case X509_V_ERR_INVALID_PURPOSE:
        /* anyExtendedKeyUsage counts (RFC 5280 4.2.1.12). */
        is_listed = leaf && (X509_get_extended_key_usage(leaf) & XKU_ANYEKU);
        break;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        is_listed = diff_only_hints(c) || diff_only_unused(c) ||
                    diff_only_names(c) || diff_other_path(c);
        break;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_EXCLUDED_VIOLATION:
        is_listed = diff_other_path(c);
        break;
    case -1: is_listed = diff_only_names(c); break;
    default: break;
    }
    X509_free(leaf);
    return is_listed;
}

/* 0, or OpenSSL's reason; -1: a certificate it cannot read. *depth is where,
 * *is_anchor whether that is the end of the path. */
static int
diff_theirs(const diff_case *c, bool *is_anchor)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    X509_VERIFY_PARAM *param;
    X509 *leaf = diff_x509(&c->certs[0]);
    size_t i;
    int code = -1;

    *is_anchor = false;
    for (i = 1; i < c->count; i++) {
        X509 *x = diff_x509(&c->certs[i]);

        if (x && i < c->sent) sk_X509_push(others, x);
        if (x && i >= c->sent) X509_STORE_add_cert(store, x), X509_free(x);
    }
    if (leaf && X509_STORE_CTX_init(ctx, store, leaf, others) == 1) {
        param = X509_STORE_CTX_get0_param(ctx);
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
        X509_VERIFY_PARAM_set_time(param, (time_t)c->time);
        X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
        X509_VERIFY_PARAM_set_auth_level(param, 2);
        X509_VERIFY_PARAM_set_hostflags(
            param, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT |
                       X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        if (X509_VERIFY_PARAM_set1_ip_asc(param, c->host) != 1) {
            X509_VERIFY_PARAM_set1_host(param, c->host, 0);
        }
        if (X509_verify_cert(ctx) == 1) {
            code = 0;
        } else {
            code = X509_STORE_CTX_get_error(ctx);
            *is_anchor = X509_STORE_CTX_get_error_depth(ctx) ==
                         X509_STORE_CTX_get_num_untrusted(ctx);
        }
    }
    X509_free(leaf);
    sk_X509_pop_free(others, X509_free);
    X509_STORE_CTX_free(ctx);
    X509_STORE_free(store);
    return code;
}

/* ---- changes ------------------------------------------------------------- */

/* A copy of another tree's node with all below it. */
static int
diff_graft(diff_tree *t, const diff_tree *from, int index)
{
    int made, c, last = -1;

    if (t->count == DIFF_NODES) return -1;
    made = t->count++;
    t->nodes[made] = from->nodes[index];
    t->nodes[made].next = t->nodes[made].child = -1;
    for (c = from->nodes[index].child; c >= 0; c = from->nodes[c].next) {
        int below = diff_graft(t, from, c);

        if (below < 0) return -1;
        if (last < 0) t->nodes[made].child = below;
        else t->nodes[last].next = below;
        last = below;
    }
    return made;
}

/* The content of a node, to be written to. */
static uint8_t *
diff_own(diff_tree *t, diff_node *node, size_t extra)
{
    uint8_t *own = t->room + t->used;

    if (node->is_parent || t->used + node->len + extra > sizeof t->room) {
        return NULL;
    }
    memcpy(own, node->data, node->len);
    t->used += node->len + extra;
    node->data = own;
    return own;
}

static void
diff_change_content(diff_tree *t, diff_node *node)
{
    uint8_t *own = diff_own(t, node, 1);
    uint32_t at = node->len ? diff_random((uint32_t)node->len) : 0;

    if (!own) return;
    switch (diff_random(6)) {
    case 0: own[at] = (uint8_t)diff_random(256); break;
    case 1: own[at] ^= (uint8_t)(1u << diff_random(8)); break;
    case 2: own[node->len++] = (uint8_t)diff_random(256); break;
    case 3: node->len -= node->len != 0; break;
    case 4: own[at] = "*.-\0/ ~"[diff_random(7)]; break;
    default:
        memmove(own + 1, own, node->len);
        own[0] = 0;
        node->len++;
    }
}

/* Something else in the place of node `index`. */
static void
diff_change_node(diff_tree *t, int index)
{
    static const uint8_t tags[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c,
                                   0x13, 0x16, 0x17, 0x18, 0x30, 0x31, 0x80,
                                   0x81, 0x82, 0x86, 0x87, 0xa0, 0xa1, 0xa3};
    static diff_tree other;
    diff_node *node = &t->nodes[index];
    const diff_case *c;
    const diff_cert *cert;
    int n, k, next = node->next;

    switch (diff_random(6)) {
    case 0: node->tag = tags[diff_random(sizeof tags)]; return;
    case 1: node->is_long = true; return;
    case 2:
    case 3: diff_change_content(t, node); return;
    default: break;
    }
    /* What stands under the same tag somewhere in any certificate. */
    c = &diff_cases[diff_random((uint32_t)diff_count)];
    cert = &c->certs[diff_random((uint32_t)c->count)];
    other.count = 0;
    if (diff_parse(&other, cert->der, cert->der + cert->len, 0) != 0) return;
    k = (int)diff_random((uint32_t)other.count);
    for (n = 0; n < other.count; n++, k = (k + 1) % other.count) {
        if (other.nodes[k].tag == node->tag && k) break;
    }
    n = diff_graft(t, &other, k);
    if (n < 0) return;
    *node = t->nodes[n];
    node->next = next;
}

/* Leave out, repeat or swap one of a list; else change one node. */
static void
diff_change_tree(diff_tree *t)
{
    int before = t->count;
    int index = 1 + (int)diff_random((uint32_t)(before - 1));
    diff_node *node = &t->nodes[index];
    int i, copy;

    if (diff_random(3)) {
        diff_change_node(t, index);
        return;
    }
    switch (diff_random(3)) {
    case 0: /* out of its list */
        for (i = 0; i < before; i++) {
            if (t->nodes[i].next == index) t->nodes[i].next = node->next;
            if (t->nodes[i].child == index) t->nodes[i].child = node->next;
        }
        break;
    case 1:
        copy = diff_graft(t, t, index);
        if (copy < 0) break;
        t->nodes[copy].next = t->nodes[index].next;
        t->nodes[index].next = copy;
        break;
    default:
        if (node->next >= 0) {
            diff_node *after = &t->nodes[node->next];
            diff_node kept = *node;
            int next = after->next, own = node->next;

            *node = *after;
            node->next = own;
            *after = kept;
            after->next = next;
        }
    }
}

static void
diff_change_cert(diff_case *c, diff_cert *cert)
{
    static diff_tree t;
    uint8_t *end, *at;
    static uint8_t room[DIFF_ROOM];

    if (diff_random(12) == 0) { /* bytes, and no new signature */
        cert->der[diff_random((uint32_t)cert->len)] ^=
            (uint8_t)(1u << diff_random(8));
        return;
    }
    t.count = 0;
    t.used = 0;
    if (diff_parse(&t, cert->der, cert->der + cert->len, 0) != 0 ||
        t.count < 2) {
        return;
    }
    diff_change_tree(&t);
    if (diff_random(4) == 0) diff_change_tree(&t);
    end = room + sizeof room;
    at = diff_write(&t, 0, end);
    free(cert->der);
    cert->len = (size_t)(end - at);
    cert->der = (uint8_t *)diff_copy(at, cert->len);
    diff_sign(c, cert);
}

static void
diff_change(diff_case *c)
{
    uint32_t what = diff_random(20);
    size_t i;

    if (what == 0 && c->sent > 1) { /* another order; keys go along */
        size_t k = 1 + diff_random((uint32_t)(c->sent - 1));
        diff_cert kept = c->certs[k];

        c->certs[k] = c->certs[c->sent - 1];
        c->certs[c->sent - 1] = kept;
        return;
    }
    if (what == 1) {
        static const int64_t shifts[] = {-1, 1, -86400, 86400,
                                         -(int64_t)86400 * 20000,
                                         (int64_t)86400 * 400000};

        c->time += shifts[diff_random(6)];
    }
    if (what == 2) c->host = diff_cases[diff_random((uint32_t)diff_count)].host;
    i = diff_random(3) ? diff_random((uint32_t)c->sent)
                       : diff_random((uint32_t)c->count);
    diff_change_cert(c, &c->certs[i]);
}

/* ---- comparing ----------------------------------------------------------- */

/* Reasons for which OpenSSL may refuse what is accepted here, and why that is
 * right. at_anchor: only if it is the anchor that it does not like. */
static const struct {
    int code;
    bool at_anchor;
    const char *why;
} diff_allowed[] = {
    {X509_V_ERR_CERT_HAS_EXPIRED, true,
     "an anchor is a name and a key (RFC 5280 6.1.1): its dates are its own"},
    {X509_V_ERR_CERT_NOT_YET_VALID, true, "the same"}};

static int diff_agree, diff_lax, diff_listed, diff_strict;
static int diff_reasons[256];

static void
diff_compare(const diff_case *c, bool is_changed)
{
    surreal_error err;
    bool is_anchor;
    surreal_status ours = diff_ours(c, &err);
    int theirs = diff_theirs(c, &is_anchor);
    size_t i;

    if ((ours == 0) == (theirs == 0)) {
        diff_agree++;
        return;
    }
    if (ours) {
        diff_strict++;
        if (surreal_status_class(ours) == SURREAL_CLASS_TLS) {
            diff_reasons[ours & 255]++;
        }
        if (getenv("DIFF_SHOW")) {
            printf("stricter: %s%s: %s\n", c->id, is_changed ? "*" : "",
                   err.message);
        }
        return;
    }
    for (i = 0; i < sizeof diff_allowed / sizeof diff_allowed[0]; i++) {
        if (diff_allowed[i].code == theirs &&
            (is_anchor || !diff_allowed[i].at_anchor)) {
            diff_listed++;
            return;
        }
    }
    if (diff_is_listed(c, theirs)) {
        diff_listed++;
        return;
    }
    diff_lax++;
    printf("LAXER: %s%s: OpenSSL says %d %s%s\n", c->id, is_changed ? "*" : "",
           theirs, theirs < 0 ? "unreadable"
                              : X509_verify_cert_error_string(theirs),
           is_anchor ? " (anchor)" : "");
    if (getenv("DIFF_SHOW")) {
        for (i = 0; i < c->count; i++) {
            X509 *x = diff_x509(&c->certs[i]);

            printf("%s:\n", i < c->sent ? "sent" : "anchor");
            if (x) X509_print_fp(stdout, x);
            PEM_write(stdout, "CERTIFICATE", "", c->certs[i].der,
                      (long)c->certs[i].len);
            X509_free(x);
        }
    }
}

static void
diff_try(const diff_case *base)
{
    diff_case c = *base;
    size_t i;

    for (i = 0; i < c.count; i++) {
        c.certs[i].der = (uint8_t *)diff_copy(c.certs[i].der, c.certs[i].len);
    }
    diff_change(&c);
    diff_compare(&c, true);
    for (i = 0; i < c.count; i++) {
        free(c.certs[i].der);
    }
}

int
main(int argc, char **argv)
{
    long trials = argc > 1 ? strtol(argv[1], NULL, 10) : 5000;
    json *doc = vectors_json("limbo.json");
    const json *test = json_get(doc, "testcases");
    long i;

    diff_state = argc > 2 ? (uint64_t)strtol(argv[2], NULL, 10) : 1;
    if (!doc) {
        printf("skipped: diff: %s\ndiff: 0 passed, 0 failed, 1 skipped\n",
               VECTORS_ABSENT);
        return 0;
    }
    for (i = 0; i < DIFF_CERTS; i++) {
        diff_keys[i] = EVP_EC_gen("P-256");
    }
    for (test = test ? test->child : NULL; test; test = test->next) {
        diff_case *c = &diff_cases[diff_count];
        size_t k;

        if (diff_count < DIFF_CASES && diff_load_case(c, test)) {
            diff_count++;
            continue;
        }
        for (k = 0; k < c->count; k++) {
            free(c->certs[k].der);
        }
        memset(c, 0, sizeof *c);
    }
    for (i = 0; i < (long)diff_count; i++) {
        diff_compare(&diff_cases[i], false);
    }
    for (i = 0; i < trials && diff_count; i++) {
        diff_try(&diff_cases[diff_random((uint32_t)diff_count)]);
    }
    printf("%zu chains, and %zu that OpenSSL is no judge of:\n", diff_count,
           diff_unjudged);
    printf("%d agree, %d stricter, %d for a listed reason, %d laxer\n",
           diff_agree, diff_strict, diff_listed, diff_lax);
#define DIFF_NAME(name, cls, number, text)                                  \
    if ((cls) == 12 && diff_reasons[(number)]) {                            \
        printf("  stricter: %d %s\n", diff_reasons[(number)], #name);       \
    }
    SURREAL_STATUS_LIST(DIFF_NAME)
    printf("diff: %d passed, %d failed\n", diff_agree + diff_strict +
           diff_listed, diff_lax + (diff_count < 100));
    json_free(doc);
    return diff_lax || diff_count < 100;
}
