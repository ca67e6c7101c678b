/* x509/chain.c: whether a server is who it should be, RFC 5280 section 6. */
#include "x509/x509.h"

/* A path is built from the server's certificate upwards: at each step anchors
 * first, then what else the server sent, in any order. Of what can be checked
 * before a signature everything is; a signature between two certificates that
 * were sent is checked once, whatever paths it is on.
 *
 * The server chooses what it sends, so that nothing here is done as often as
 * it likes: the three budgets are those of webpki, and far above any chain
 * that was meant well. */
#define SRL_CHAIN_DEPTH 8u          /* certificates of a path, anchor aside */
#define SRL_CHAIN_SIGNATURES 100u
#define SRL_CHAIN_STEPS 200000u
#define SRL_CHAIN_COMPARISONS 250000u

#define SRL_CHAIN_EDGE_GOOD 1u
#define SRL_CHAIN_EDGE_BAD 2u

typedef struct srl_chain {
    const surreal_trust *trust;
    int64_t now;
    size_t count;
    size_t depth; /* of path */
    size_t deepest;
    unsigned signatures;
    unsigned steps;
    unsigned comparisons;
    size_t path[SRL_CHAIN_DEPTH]; /* indices of certs, the server's first */
    size_t next[SRL_CHAIN_DEPTH]; /* the next candidate above each */
    surreal_error *err;           /* the most useful reason so far */
    surreal_status reason;
    srl_cert certs[SURREAL_MAX_CHAIN];
    bool is_broken[SURREAL_MAX_CHAIN];
    uint8_t edges[SURREAL_MAX_CHAIN][SURREAL_MAX_CHAIN]; /* [below][above] */
    const srl_anchor *tried[SURREAL_MAX_CHAIN];
    bool tried_well[SURREAL_MAX_CHAIN];
} srl_chain;

/* ---- reasons ------------------------------------------------------------- */

/* How much a reason helps, if several paths fail: dates can be mended and are
 * the usual cause; "unknown" is what is left. */
static int
srl_chain_rank(surreal_status status)
{
    switch (status) {
    case SURREAL_OK: return 0;
    case SURREAL_ERR_CERT_ISSUER: return 1;
    case SURREAL_ERR_CERT_SIGNATURE: return 2;
    case SURREAL_ERR_CERT_LIMIT: return 3;
    case SURREAL_ERR_CERT_USAGE: return 5;
    case SURREAL_ERR_CERT_CONSTRAINT: return 6;
    case SURREAL_ERR_CERT_WEAK: return 7;
    case SURREAL_ERR_CERT_EARLY: return 8;
    case SURREAL_ERR_CERT_EXPIRED: return 9;
    default: return 4; /* ERR_CERT */
    }
}

/* True if this reason is the best one so far: tell it. */
static bool
srl_chain_note(srl_chain *chain, surreal_status status)
{
    if (srl_chain_rank(status) <= srl_chain_rank(chain->reason)) return false;
    chain->reason = status;
    return true;
}

/* "2026-01-02T03:04:05Z". */
static void
srl_stamp_print(int64_t unix_s, char room[24])
{
    int64_t day = unix_s / 86400 - (unix_s % 86400 < 0);
    unsigned second = (unsigned)(unix_s - day * 86400);
    int64_t year = 1970 + day / 366;
    unsigned month = 12;

    if (unix_s < INT64_C(-62135596800) || unix_s > INT64_C(253402300799)) {
        srl_text_copy(room, 24, "no date", 7); /* of the years 1 to 9999 */
        return;
    }
    /* The year was taken a little too near to 1970, then is walked. */
    while (srl_der_days(year + 1, 1, 1) <= day) {
        year++;
    }
    while (srl_der_days(year, 1, 1) > day) {
        year--;
    }
    while (srl_der_days(year, month, 1) > day) {
        month--;
    }
    snprintf(room, 24, "%04u-%02u-%02uT%02u:%02u:%02uZ",
             (unsigned)year % 10000u, month,
             (unsigned)(day - srl_der_days(year, month, 1)) % 100u + 1,
             second / 3600 % 100, second / 60 % 60, second % 60);
}

/* "12 days". */
static void
srl_span_print(int64_t seconds, char room[32])
{
    const char *unit = "days";
    int64_t n = seconds / 86400;

    if (n < 2) {
        n = seconds / 3600;
        unit = "hours";
    }
    if (n < 2) {
        n = seconds / 60;
        unit = "minutes";
    }
    if (n < 2) {
        n = seconds;
        unit = "seconds";
    }
    snprintf(room, 32, "%ld %s", (long)n, n == 1 ? "second" : unit);
}

/* Whether it is valid at this time (4.1.2.5: both ends included). */
static surreal_status
srl_cert_dates(const srl_cert *cert, int64_t now, surreal_error *err)
{
    char label[SRL_CERT_LABEL];
    char stamp[24];
    char clock[24];
    char span[32];

    if (now >= cert->not_before && now <= cert->not_after) return SURREAL_OK;
    if (!err) {
        return now < cert->not_before ? SURREAL_ERR_CERT_EARLY
                                      : SURREAL_ERR_CERT_EXPIRED;
    }
    srl_cert_label(cert, label);
    srl_stamp_print(now, clock);
    if (now < cert->not_before) {
        srl_stamp_print(cert->not_before, stamp);
        srl_span_print(cert->not_before - now, span);
        return srl_fail(err, SURREAL_ERR_CERT_EARLY,
                        "certificate of %s is valid from %s on, in %s (the "
                        "clock says %s)", label, stamp, span, clock);
    }
    srl_stamp_print(cert->not_after, stamp);
    srl_span_print(now - cert->not_after, span);
    return srl_fail(err, SURREAL_ERR_CERT_EXPIRED,
                    "certificate of %s expired on %s, %s ago (the clock says "
                    "%s)", label, stamp, span, clock);
}

static surreal_status
srl_cert_tell(const srl_cert *cert, surreal_error *err, surreal_status status,
              const char *what)
{
    char label[SRL_CERT_LABEL];

    srl_cert_label(cert, label);
    return srl_fail(err, status, "certificate of %s %s", label, what);
}

static bool
srl_cert_is_self_issued(const srl_cert *cert)
{
    return srl_bytes_equal(cert->issuer, cert->subject);
}

/* ---- the server's own certificate ---------------------------------------- */

/* Nobody vouches for it, whatever else it is not: `openssl req -x509` marks
 * what it makes as an authority's. */
static surreal_status
srl_leaf_alone(const srl_cert *leaf, surreal_error *err)
{
    return srl_cert_tell(leaf, err, SURREAL_ERR_CERT_ISSUER,
                         "is signed by itself and not trusted; give it as "
                         "ca_file, ca or only_cert if it should be");
}

static surreal_status
srl_leaf_key(const srl_cert *leaf, surreal_error *err)
{
    char label[SRL_CERT_LABEL];
    char room[48];
    const char *flaw = srl_public_key_flaw(&leaf->key, room);

    if (!flaw) return SURREAL_OK;
    srl_cert_label(leaf, label);
    return srl_fail(err, SURREAL_ERR_CERT_WEAK, "certificate of %s has a key "
                    "that is too weak or not supported: %s", label, flaw);
}

/* Whether the very certificate is one of those trusted: same name and key. */
static bool
srl_leaf_is_anchor(const srl_cert *leaf, const surreal_trust *trust)
{
    const srl_anchor *anchor;
    size_t at = 0;

    while ((anchor = srl_trust_find(trust, leaf->subject, &at)) != NULL) {
        if (srl_bytes_equal(anchor->key.spki, leaf->key.spki)) return true;
    }
    return false;
}

/* What it may be used for. An authority's certificate is none of a server, so
 * that a key kept offline is not taken for one; if it was trusted by name it
 * is what most people make first when they try TLS. */
static surreal_status
srl_leaf_usage(const srl_cert *leaf, const surreal_trust *trust,
               surreal_error *err)
{
    if (leaf->is_ca && !srl_leaf_is_anchor(leaf, trust)) {
        if (srl_cert_is_self_issued(leaf)) return srl_leaf_alone(leaf, err);
        return srl_cert_tell(leaf, err, SURREAL_ERR_CERT_USAGE,
                             "is that of an authority, not of a server");
    }
    if (!leaf->is_ca && (leaf->key_usage & SRL_USAGE_CERT)) {
        return srl_cert_tell(leaf, err, SURREAL_ERR_CERT_USAGE,
                             "may sign certificates, but is not that of an "
                             "authority");
    }
    if (leaf->key_usage && !(leaf->key_usage & SRL_USAGE_SIGN)) {
        return srl_cert_tell(leaf, err, SURREAL_ERR_CERT_USAGE,
                             "may not be used to sign, as TLS does (key "
                             "usage)");
    }
    if (!leaf->for_server) {
        return srl_cert_tell(leaf, err, SURREAL_ERR_CERT_USAGE,
                             "is not for TLS servers (extended key usage)");
    }
    if (leaf->has_constraints && !leaf->is_ca) {
        return srl_cert_tell(leaf, err, SURREAL_ERR_CERT_USAGE,
                             "limits names, but is not that of an "
                             "authority");
    }
    /* 4.2.1.6. Two bytes are an empty SEQUENCE. */
    if (leaf->subject.len <= 2 && leaf->san.len && !leaf->has_critical_san) {
        return srl_cert_tell(leaf, err, SURREAL_ERR_CERT,
                             "has no subject, so that its subjectAltName "
                             "must be critical");
    }
    return SURREAL_OK;
}

static surreal_status
srl_leaf_name(const srl_cert *leaf, const char *host, const srl_peer *peer,
              surreal_error *err)
{
    char label[SRL_CERT_LABEL];
    char names[320];

    if (srl_san_has(leaf->san, peer)) return SURREAL_OK;
    srl_cert_label(leaf, label);
    if (!leaf->san.len) {
        return srl_fail(err, SURREAL_ERR_CERT_NAME,
                        "certificate of %s names no host (it has no "
                        "subjectAltName; the common name does not count; "
                        "only_cert and pins ask for no name)", label);
    }
    srl_san_print(leaf->san, names, sizeof names);
    return srl_fail(err, SURREAL_ERR_CERT_NAME,
                    "certificate of %s is not for \"%s\" but for %s", label,
                    host, names);
}

/* ---- paths --------------------------------------------------------------- */

/* One signature; false too when the budget is used up. */
static bool
srl_chain_signed(srl_chain *chain, const srl_cert *cert,
                 const srl_public_key *key)
{
    if (!chain->signatures) return false;
    chain->signatures--;
    return cert->has_alg &&
           srl_signature_verify(key, cert->alg, cert->tbs, cert->signature);
}

static bool
srl_chain_is_spent(const srl_chain *chain)
{
    return !chain->signatures || !chain->steps || !chain->comparisons;
}

/* Authorities below, self-issued ones not counted (6.1.4 (l), (m)). */
static bool
srl_chain_path_len(srl_chain *chain, int path_len, surreal_bytes subject)
{
    char label[SRL_CERT_LABEL];
    int below = 0;
    size_t i;

    for (i = 1; i < chain->depth; i++) {
        below += !srl_cert_is_self_issued(&chain->certs[chain->path[i]]);
    }
    if (path_len < 0 || below <= path_len) return true;
    if (srl_chain_note(chain, SURREAL_ERR_CERT_USAGE)) {
        srl_name_label(subject, label);
        srl_fail(chain->err, chain->reason, "authority %s allows %d "
                 "authorities below it, the path has %d", label, path_len,
                 below);
    }
    return false;
}

/* Names of everything on the path so far but self-issued authorities (6.1.3
 * (b), (c)). */
static bool
srl_chain_limits(srl_chain *chain, const srl_limits *limits,
                 surreal_bytes subject)
{
    char label[SRL_CERT_LABEL];
    char above[SRL_CERT_LABEL];
    size_t i;

    for (i = 0; i < chain->depth; i++) {
        const srl_cert *cert = &chain->certs[chain->path[i]];
        surreal_bytes name = {NULL, 0};
        unsigned tag = 0;
        srl_limits_verdict verdict;

        if (i && srl_cert_is_self_issued(cert)) continue;
        verdict = srl_limits_check(limits, cert, &chain->comparisons, &tag,
                                   &name);
        if (verdict == SRL_LIMITS_KEPT) continue;
        if (verdict == SRL_LIMITS_BROKEN &&
            srl_chain_note(chain, SURREAL_ERR_CERT_CONSTRAINT)) {
            char text[64];
            srl_out out;

            srl_out_init(&out, text, sizeof text);
            if (tag == SRL_NAME_DNS) {
                srl_out_escaped(&out, name, 56);
            } else if (tag == SRL_NAME_IP) {
                srl_ip_print(name, text);
            } else {
                srl_out_text(&out, "one that is no host");
            }
            if (tag != SRL_NAME_IP) srl_out_end(&out);
            srl_cert_label(cert, label);
            srl_name_label(subject, above);
            srl_fail(chain->err, chain->reason, "certificate of %s holds a "
                     "name (%s) that authority %s may not vouch for", label,
                     text, above);
        }
        return false;
    }
    return true;
}

/* What cannot sign at all, or not today; *the key, too. */
static bool
srl_chain_may_issue(srl_chain *chain, const srl_cert *cert)
{
    surreal_status status;
    char room[48];
    char label[SRL_CERT_LABEL];
    const char *flaw = srl_public_key_flaw(&cert->key, room);

    status = srl_cert_dates(cert, chain->now, NULL);
    if (status) {
        if (srl_chain_note(chain, status)) {
            srl_cert_dates(cert, chain->now, chain->err);
        }
        return false;
    }
    /* Not srl_cert_may_issue alone: that takes old anchors. */
    if (cert->version < 3 || !srl_cert_may_issue(cert) ||
        !cert->for_server) {
        if (srl_chain_note(chain, SURREAL_ERR_CERT_USAGE)) {
            srl_cert_tell(cert, chain->err, chain->reason,
                          cert->for_server
                              ? "is not that of an authority, yet it signed "
                                "another (basic constraints, key usage)"
                              : "is of an authority that is not for TLS "
                                "servers (extended key usage)");
        }
        return false;
    }
    if (!flaw) return true;
    if (srl_chain_note(chain, SURREAL_ERR_CERT_WEAK)) {
        srl_cert_label(cert, label);
        srl_fail(chain->err, chain->reason, "certificate of %s has a key "
                 "that is too weak or not supported: %s", label, flaw);
    }
    return false;
}

static void
srl_chain_note_signature(srl_chain *chain, const srl_cert *cert)
{
    char label[SRL_CERT_LABEL];
    char issuer[SRL_CERT_LABEL];

    if (srl_chain_is_spent(chain)) return;
    if (!cert->has_alg) {
        if (!srl_chain_note(chain, SURREAL_ERR_CERT_WEAK)) return;
        srl_cert_label(cert, label);
        srl_fail(chain->err, chain->reason, "certificate of %s is signed with "
                 "an algorithm that is too weak or not supported: %s", label,
                 cert->alg_name);
        return;
    }
    if (!srl_chain_note(chain, SURREAL_ERR_CERT_SIGNATURE)) return;
    srl_cert_label(cert, label);
    srl_name_label(cert->issuer, issuer);
    srl_fail(chain->err, chain->reason, "certificate of %s: the signature is "
             "not that of %s", label, issuer);
}

/* Whether the anchor vouches for the certificate on top, and may. */
static bool
srl_chain_anchor_fits(srl_chain *chain, const srl_anchor *anchor)
{
    size_t top = chain->path[chain->depth - 1];
    const srl_cert *cert = &chain->certs[top];
    char label[SRL_CERT_LABEL];
    char room[48];
    const char *flaw = srl_public_key_flaw(&anchor->key, room);
    bool is_itself = chain->depth == 1 &&
                     srl_bytes_equal(anchor->key.spki, cert->key.spki);
    /* "localhost" beside a "localhost" that is trusted: that one's flaws, and
     * that it did not sign, say nothing about this. */
    bool is_namesake = chain->depth == 1 && !is_itself &&
                       srl_cert_is_self_issued(cert);

    if ((!anchor->is_ca && !is_itself) || !anchor->for_server) {
        if (!is_namesake && srl_chain_note(chain, SURREAL_ERR_CERT_USAGE)) {
            srl_name_label(anchor->subject, label);
            srl_fail(chain->err, chain->reason, "the certificate of %s is "
                     "trusted, but is not that of an authority for TLS "
                     "servers", label);
        }
        return false;
    }
    if (flaw) {
        if (srl_chain_note(chain, SURREAL_ERR_CERT_WEAK)) {
            srl_name_label(anchor->subject, label);
            srl_fail(chain->err, chain->reason, "the certificate of %s is "
                     "trusted, but has a key that is too weak or not "
                     "supported: %s", label, flaw);
        }
        return false;
    }
    if (!srl_chain_path_len(chain, anchor->path_len, anchor->subject) ||
        !srl_chain_limits(chain, &anchor->limits, anchor->subject)) {
        return false;
    }
    if (chain->tried[top] != anchor) {
        chain->tried_well[top] = srl_chain_signed(chain, cert, &anchor->key);
        chain->tried[top] = anchor;
    }
    if (chain->tried_well[top]) return true;
    if (!is_namesake || !cert->has_alg) srl_chain_note_signature(chain, cert);
    return false;
}

/* True if an anchor completes the path. */
static bool
srl_chain_is_anchored(srl_chain *chain)
{
    const srl_cert *top = &chain->certs[chain->path[chain->depth - 1]];
    const srl_anchor *anchor;
    size_t at = 0;

    while (!srl_chain_is_spent(chain) &&
           (anchor = srl_trust_find(chain->trust, top->issuer, &at)) != NULL) {
        chain->steps--;
        if (srl_chain_anchor_fits(chain, anchor)) return true;
    }
    return false;
}

/* Whether certs[above] is of the name that signed the top of the path, and is
 * not on it: neither itself nor another of the same name and key. */
static bool
srl_chain_is_candidate(const srl_chain *chain, size_t above)
{
    const srl_cert *cert = &chain->certs[above];
    size_t top = chain->path[chain->depth - 1];
    size_t i;

    if (!srl_bytes_equal(cert->subject, chain->certs[top].issuer)) {
        return false;
    }
    for (i = 0; i < chain->depth; i++) {
        const srl_cert *known = &chain->certs[chain->path[i]];

        if (srl_bytes_equal(known->subject, cert->subject) &&
            srl_bytes_equal(known->key.spki, cert->key.spki)) {
            return false;
        }
    }
    return true;
}

/* Whether a candidate may stand above the path. */
static bool
srl_chain_fits(srl_chain *chain, size_t above)
{
    const srl_cert *cert = &chain->certs[above];
    size_t top = chain->path[chain->depth - 1];
    uint8_t *edge = &chain->edges[top][above];
    srl_limits limits;

    if (chain->depth == SRL_CHAIN_DEPTH) {
        if (srl_chain_note(chain, SURREAL_ERR_CERT_LIMIT)) {
            srl_fail(chain->err, chain->reason, "more than %u certificates "
                     "between the server and an authority", SRL_CHAIN_DEPTH);
        }
        return false;
    }
    if (chain->is_broken[above]) {
        srl_cert again;

        if (srl_chain_note(chain, SURREAL_ERR_CERT)) {
            srl_cert_parse(&again, cert->der, chain->err);
        }
        return false;
    }
    limits.permitted = cert->permitted;
    limits.excluded = cert->excluded;
    if (!srl_chain_may_issue(chain, cert) ||
        !srl_chain_path_len(chain, cert->path_len, cert->subject) ||
        !srl_chain_limits(chain, &limits, cert->subject)) {
        return false;
    }
    if (!*edge) {
        *edge = srl_chain_signed(chain, &chain->certs[top], &cert->key)
                    ? SRL_CHAIN_EDGE_GOOD
                    : SRL_CHAIN_EDGE_BAD;
    }
    if (*edge == SRL_CHAIN_EDGE_GOOD) return true;
    srl_chain_note_signature(chain, &chain->certs[top]);
    return false;
}

/* True only if a path to an anchor was found. Depth first, without recursion:
 * next[] is where each level goes on. */
static bool
srl_chain_search(srl_chain *chain)
{
    chain->path[0] = 0;
    chain->next[0] = 1;
    chain->depth = 1;
    if (srl_chain_is_anchored(chain)) return true;
    while (chain->depth && !srl_chain_is_spent(chain)) {
        size_t above = chain->next[chain->depth - 1]++;

        if (above >= chain->count) {
            chain->depth--;
            continue;
        }
        chain->steps--;
        if (!srl_chain_is_candidate(chain, above) ||
            !srl_chain_fits(chain, above)) {
            continue;
        }
        chain->path[chain->depth] = above;
        chain->next[chain->depth] = 1;
        chain->depth++;
        chain->deepest = above;
        if (srl_chain_is_anchored(chain)) return true;
    }
    return false;
}

static surreal_status
srl_chain_unknown(const srl_chain *chain, surreal_error *err)
{
    const srl_cert *leaf = &chain->certs[0];
    char label[SRL_CERT_LABEL];
    char issuer[SRL_CERT_LABEL];

    if (srl_cert_is_self_issued(leaf)) return srl_leaf_alone(leaf, err);
    srl_cert_label(leaf, label);
    srl_name_label(chain->certs[chain->deepest].issuer, issuer);
    if (!chain->deepest) {
        return srl_fail(err, SURREAL_ERR_CERT_ISSUER,
                        "certificate of %s is signed by %s, which is not "
                        "trusted, and no certificate of it was sent (%lu are "
                        "trusted)", label, issuer,
                        (unsigned long)surreal_trust_count(chain->trust));
    }
    return srl_fail(err, SURREAL_ERR_CERT_ISSUER,
                    "certificate of %s leads to %s, which is not trusted (%lu "
                    "are)", label, issuer,
                    (unsigned long)surreal_trust_count(chain->trust));
}

/* The path, for a server's certificate that is well in itself. */
static surreal_status
srl_chain_verify(const srl_verify *how, const surreal_bytes *certs,
                 size_t count, const srl_cert *leaf, surreal_error *err)
{
    srl_chain chain;
    size_t i;

    memset(&chain, 0, sizeof chain);
    chain.trust = how->trust;
    chain.now = how->unix_s;
    chain.count = count;
    chain.signatures = SRL_CHAIN_SIGNATURES;
    chain.steps = SRL_CHAIN_STEPS;
    chain.comparisons = SRL_CHAIN_COMPARISONS;
    chain.err = err;
    chain.certs[0] = *leaf;
    for (i = 1; i < count; i++) {
        chain.is_broken[i] =
            srl_cert_parse(&chain.certs[i], certs[i], NULL) != SURREAL_OK;
    }
    if (srl_chain_search(&chain)) return SURREAL_OK;
    if (srl_chain_is_spent(&chain)) {
        return srl_fail(err, SURREAL_ERR_CERT_LIMIT,
                        "the server's certificates are too tangled: no path "
                        "to an authority after %u signatures, %u steps and "
                        "%u names", SRL_CHAIN_SIGNATURES - chain.signatures,
                        SRL_CHAIN_STEPS - chain.steps,
                        SRL_CHAIN_COMPARISONS - chain.comparisons);
    }
    if (chain.reason) return chain.reason;
    return srl_chain_unknown(&chain, err);
}

/* ---- the verdict --------------------------------------------------------- */

static surreal_status
srl_verify_host(const char *host, srl_peer *peer, surreal_error *err)
{
    srl_out out;
    surreal_bytes text;
    char room[72];

    if (!host || !*host) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the name to check the server's certificate against "
                        "is missing");
    }
    if (srl_peer_parse(peer, host)) return SURREAL_OK;
    text.ptr = (const uint8_t *)host;
    text.len = strlen(host);
    srl_out_init(&out, room, sizeof room);
    srl_out_escaped(&out, text, 64);
    srl_out_end(&out);
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "\"%s\" is no name that a certificate can be for: only "
                    "letters, digits and inner hyphens%s, or an address; "
                    "give another with server_name", room,
                    strchr(host, '_') ? " (no underscore)" : "");
}

static surreal_status
srl_verify_only(surreal_bytes only, const srl_cert *leaf, surreal_error *err)
{
    srl_cert known;
    char label[SRL_CERT_LABEL];
    char label2[SRL_CERT_LABEL];

    if (srl_bytes_equal(only, leaf->der)) return SURREAL_OK;
    srl_cert_label(leaf, label);
    if (srl_cert_parse(&known, only, NULL)) {
        srl_text_copy(label2, sizeof label2, "(not understood)", 16);
    } else {
        srl_cert_label(&known, label2);
    }
    return srl_fail(err, SURREAL_ERR_CERT_PIN,
                    "the server shows a certificate of %s that is not the "
                    "only one trusted, of %s", label, label2);
}

static surreal_status
srl_verify_pins(surreal_bytes pins, const srl_cert *leaf, surreal_error *err)
{
    char label[SRL_CERT_LABEL];
    uint8_t digest[SRL_HASH_MAX];
    size_t i;

    srl_hash_of(SRL_SHA256, leaf->key.spki.ptr, leaf->key.spki.len, digest);
    for (i = 0; i + 32 <= pins.len; i += 32) {
        if (!memcmp(pins.ptr + i, digest, 32)) return SURREAL_OK;
    }
    srl_cert_label(leaf, label);
    return srl_fail(err, SURREAL_ERR_CERT_PIN,
                    "the key in the certificate of %s is none of the %lu "
                    "pinned", label, (unsigned long)(pins.len / 32));
}

/* Everything that was asked for, the cheap things first. */
static surreal_status
srl_verify_leaf(const srl_verify *how, const surreal_bytes *chain,
                size_t count, const srl_cert *leaf, surreal_error *err)
{
    srl_peer peer;

    SRL_TRY(srl_leaf_key(leaf, err));
    if (how->only_cert.ptr) {
        SRL_TRY(srl_verify_only(how->only_cert, leaf, err));
        SRL_TRY(srl_cert_dates(leaf, how->unix_s, err));
    }
    if (how->pins.len) SRL_TRY(srl_verify_pins(how->pins, leaf, err));
    if (!how->trust) return SURREAL_OK;
    SRL_TRY(srl_verify_host(how->host, &peer, err));
    SRL_TRY(srl_cert_dates(leaf, how->unix_s, err));
    SRL_TRY(srl_leaf_name(leaf, how->host, &peer, err));
    SRL_TRY(srl_leaf_usage(leaf, how->trust, err));
    return srl_chain_verify(how, chain, count, leaf, err);
}

SRL_FN surreal_status
srl_x509_verify(const srl_verify *how, const surreal_bytes *chain,
                size_t count, srl_public_key *key, surreal_error *err)
{
    srl_verify asked = *how;
    surreal_error unused;
    srl_cert leaf;

    if (!err) err = &unused; /* reasons of several paths are compared */
    memset(key, 0, sizeof *key);
    if (how->pins.len % 32 ||
        (!how->is_blind && !how->trust && !how->only_cert.ptr &&
         !how->pins.len)) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        how->pins.len % 32
                            ? "pins are of 32 bytes each"
                            : "nothing to check the server against");
    }
    if (!count) {
        return srl_fail(err, SURREAL_ERR_CERT,
                        "the server showed no certificate");
    }
    if (count > SURREAL_MAX_CHAIN) {
        return srl_fail(err, SURREAL_ERR_CERT_LIMIT,
                        "the server shows %lu certificates, more than %d",
                        (unsigned long)count, (int)SURREAL_MAX_CHAIN);
    }
    if (how->trust && !how->is_blind && !surreal_trust_count(how->trust)) {
        return srl_fail(err, SURREAL_ERR_TRUST,
                        "none of the certificates to trust was understood");
    }
    SRL_TRY(srl_cert_parse(&leaf, chain[0], err));
    /* Differences of times must not overflow. */
    if (asked.unix_s > INT64_C(1000000000000)) {
        asked.unix_s = INT64_C(1000000000000);
    }
    if (asked.unix_s < INT64_C(-1000000000000)) {
        asked.unix_s = INT64_C(-1000000000000);
    }
    if (!how->is_blind) {
        SRL_TRY(srl_verify_leaf(&asked, chain, count, &leaf, err));
    }
    *key = leaf.key;
    srl_error_clear(err);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_verify_chain(const surreal_trust *trust, const surreal_bytes *chain,
                     size_t count, const char *host, int64_t unix_s,
                     surreal_error *err)
{
    srl_public_key key;
    srl_verify how;
    srl_peer peer;

    srl_error_clear(err);
    if (!trust || (count && !chain)) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s is NULL",
                        trust ? "chain" : "trust");
    }
    SRL_TRY(srl_verify_host(host, &peer, err));
    memset(&how, 0, sizeof how);
    how.trust = trust;
    how.host = host;
    how.unix_s = unix_s;
    return srl_x509_verify(&how, chain, count, &key, err);
}
