/* x509/trust.c: the certificates of authorities, found by their names. */
#include "x509/x509.h"

/* Of a certificate that is trusted only its name, its key and its limits are
 * kept: nothing vouches for it but who put it here, so that its signature and
 * its dates say nothing (RFC 5280 6.1.1 (d)).
 *
 * Anchors are sorted by the hash of their names. It is no secret and no
 * defence: whoever can add anchors can do anything. */

struct surreal_trust {
    srl_mem mem;
    srl_arena arena;
    const srl_anchor **anchors;
    size_t count;
    size_t cap;
};

/* FNV-1a. */
static uint32_t
srl_trust_hash(surreal_bytes name)
{
    uint32_t hash = 2166136261u;
    size_t i;

    for (i = 0; i < name.len; i++) {
        hash = (hash ^ name.ptr[i]) * 16777619u;
    }
    return hash;
}

/* The first anchor whose hash is at least `hash`. */
static size_t
srl_trust_place(const surreal_trust *trust, uint32_t hash)
{
    size_t low = 0;
    size_t high = trust->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (trust->anchors[middle]->hash < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

SRL_FN const srl_anchor *
srl_trust_find(const surreal_trust *trust, surreal_bytes name, size_t *at)
{
    uint32_t hash = srl_trust_hash(name);

    if (!*at) *at = srl_trust_place(trust, hash);
    while (*at < trust->count && trust->anchors[*at]->hash == hash) {
        const srl_anchor *anchor = trust->anchors[(*at)++];

        if (srl_bytes_equal(anchor->subject, name)) return anchor;
    }
    *at = trust->count;
    return NULL;
}

SRL_FN surreal_trust *
srl_trust_new(const surreal_allocator *allocator)
{
    srl_mem mem;
    surreal_trust *trust;

    srl_mem_init(&mem, allocator, 0);
    trust = (surreal_trust *)srl_mem_resize(&mem, NULL, 0, sizeof *trust);
    if (!trust) return NULL;
    memset(trust, 0, sizeof *trust);
    trust->mem = mem;
    srl_arena_init(&trust->arena, &trust->mem);
    return trust;
}

SURREAL_API void
surreal_trust_free(surreal_trust *trust)
{
    srl_mem mem;

    if (!trust) return;
    srl_arena_free(&trust->arena);
    srl_mem_free(&trust->mem, (void *)trust->anchors,
                 trust->cap * sizeof *trust->anchors);
    mem = trust->mem; /* which is in the block that goes now */
    srl_mem_free(&mem, trust, sizeof *trust);
}

SURREAL_API size_t
surreal_trust_count(const surreal_trust *trust)
{
    return trust ? trust->count : 0;
}

/* Copy to where *to points and move it on. */
static surreal_bytes
srl_trust_copy(uint8_t **to, surreal_bytes from)
{
    surreal_bytes copy;

    copy.ptr = *to;
    copy.len = from.len;
    if (from.len) memcpy(*to, from.ptr, from.len);
    *to += from.len;
    return copy;
}

static bool
srl_trust_reserve(surreal_trust *trust)
{
    size_t cap = trust->cap ? trust->cap * 2 : 16;
    size_t size;
    void *moved;

    if (trust->count < trust->cap) return true;
    if (!srl_size_mul(cap, sizeof *trust->anchors, &size)) return false;
    moved = srl_mem_resize(&trust->mem, (void *)trust->anchors,
                           trust->cap * sizeof *trust->anchors, size);
    if (!moved) return false;
    trust->anchors = (const srl_anchor **)moved;
    trust->cap = cap;
    return true;
}

/* Whether two anchors would say the same. */
static bool
srl_anchor_equal(const srl_anchor *a, const srl_cert *b)
{
    return srl_bytes_equal(a->subject, b->subject) &&
           srl_bytes_equal(a->key.spki, b->key.spki) &&
           srl_bytes_equal(a->limits.permitted, b->permitted) &&
           srl_bytes_equal(a->limits.excluded, b->excluded) &&
           a->path_len == b->path_len && a->is_ca == srl_cert_may_issue(b) &&
           a->for_server == b->for_server;
}

SRL_FN bool
srl_cert_may_issue(const srl_cert *cert)
{
    /* 6.1.4 (k): version 1 and 2 cannot say; the oldest roots are of these. */
    if (cert->version < 3) return true;
    return cert->is_ca &&
           (!cert->key_usage || (cert->key_usage & SRL_USAGE_CERT));
}

/* Returns:  OK or ERR_NOMEM */
static surreal_status
srl_trust_put(surreal_trust *trust, const srl_cert *cert)
{
    const srl_anchor *known;
    srl_anchor *anchor;
    srl_der key;
    uint8_t *to;
    size_t at = 0;

    while ((known = srl_trust_find(trust, cert->subject, &at)) != NULL) {
        if (srl_anchor_equal(known, cert)) return SURREAL_OK;
    }
    if (!srl_trust_reserve(trust)) return SURREAL_ERR_NOMEM;
    /* All are slices of one certificate: the sum cannot overflow. */
    anchor = (srl_anchor *)srl_arena_alloc(
        &trust->arena, sizeof *anchor + cert->subject.len +
                           cert->key.spki.len + cert->permitted.len +
                           cert->excluded.len);
    if (!anchor) return SURREAL_ERR_NOMEM;
    memset(anchor, 0, sizeof *anchor);
    to = (uint8_t *)(anchor + 1);
    anchor->subject = srl_trust_copy(&to, cert->subject);
    anchor->limits.permitted = srl_trust_copy(&to, cert->permitted);
    anchor->limits.excluded = srl_trust_copy(&to, cert->excluded);
    srl_der_init(&key, srl_trust_copy(&to, cert->key.spki));
    srl_public_key_read(&key, &anchor->key);
    anchor->path_len = cert->path_len;
    anchor->is_ca = srl_cert_may_issue(cert);
    anchor->for_server = cert->for_server;
    anchor->hash = srl_trust_hash(anchor->subject);
    at = srl_trust_place(trust, anchor->hash);
    memmove((void *)(trust->anchors + at + 1), (void *)(trust->anchors + at),
            (trust->count - at) * sizeof *trust->anchors);
    trust->anchors[at] = anchor;
    trust->count++;
    return SURREAL_OK;
}

static surreal_status
srl_trust_no_memory(surreal_error *err)
{
    return srl_fail(err, SURREAL_ERR_NOMEM,
                    "no memory for the certificates to trust");
}

static surreal_status
srl_trust_der(surreal_trust *trust, surreal_bytes der, bool is_lenient,
              surreal_error *err)
{
    srl_cert cert;
    surreal_status status = srl_cert_parse(&cert, der, err);

    if (status) return is_lenient ? SURREAL_OK : status;
    if (srl_trust_put(trust, &cert)) return srl_trust_no_memory(err);
    return SURREAL_OK;
}

static surreal_status
srl_trust_pem(surreal_trust *trust, surreal_bytes text, uint8_t *room,
              bool is_lenient, surreal_error *err)
{
    size_t at = 0;
    bool is_any = false;

    for (;;) {
        size_t begin = srl_pem_begin(text, at);
        surreal_bytes der;
        surreal_status status = srl_pem_next(text, &at, room, text.len, &der,
                                             err);

        if (status == SURREAL_NOT_FOUND) break;
        is_any = true;
        if (!status) {
            status = srl_trust_der(trust, der, is_lenient, err);
            /* Of what was decoded no offset helps; of the block it does. */
            if (status && err) err->at = begin;
        }
        if (status == SURREAL_ERR_NOMEM || (status && !is_lenient)) {
            return status;
        }
    }
    if (is_any || is_lenient) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_CERT,
                    "no \"-----BEGIN CERTIFICATE-----\" in the text of the "
                    "certificates to trust");
}

SRL_FN surreal_status
srl_trust_add(surreal_trust *trust, surreal_bytes text, bool is_lenient,
              surreal_error *err)
{
    surreal_status status;
    uint8_t *room;

    if (!srl_pem_is(text)) {
        if (text.len && text.ptr[0] == SRL_DER_SEQUENCE) {
            return srl_trust_der(trust, text, is_lenient, err);
        }
        if (is_lenient) return SURREAL_OK;
        return srl_fail(err, SURREAL_ERR_CERT,
                        text.len ? "certificates to trust: neither PEM nor "
                                   "DER"
                                 : "certificates to trust: empty");
    }
    room = (uint8_t *)srl_mem_resize(&trust->mem, NULL, 0, text.len);
    if (!room) return srl_trust_no_memory(err);
    status = srl_trust_pem(trust, text, room, is_lenient, err);
    srl_mem_free(&trust->mem, room, text.len);
    if (status) return status;
    srl_error_clear(err);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_trust_memory(const surreal_allocator *allocator, surreal_bytes text,
                     surreal_trust **out, surreal_error *err)
{
    surreal_trust *trust;
    surreal_status status;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    *out = NULL;
    if (!text.ptr && text.len) {
        return srl_fail(err, SURREAL_ERR_USAGE, "text.ptr is NULL");
    }
    trust = srl_trust_new(allocator);
    if (!trust) return srl_trust_no_memory(err);
    status = srl_trust_add(trust, text, false, err);
    if (status) {
        surreal_trust_free(trust);
        return status;
    }
    *out = trust;
    return SURREAL_OK;
}
