/* value/document.c: a checked message and the text that lies in it. */
#include "value/value.h"

/* The twin, see value.h. Three kinds of byte are written in it: the NUL behind
 * a text, where the next head was (or the end, one byte past the message);
 * strings of indefinite length, whose chunks are moved together over their own
 * heads; and the NUL behind those, which stands on the break or before it.
 * None of them is part of another text, and all heads are read from `data`, so
 * doing any of it again changes nothing. */

SRL_FN void
srl_document_init(surreal_document *doc, const uint8_t *data, size_t len,
                  srl_arena *arena)
{
    SURREAL_ASSERT(data || !len);
    doc->data = data;
    doc->len = len;
    doc->twin = NULL;
    doc->arena = arena;
}

/* Values hold a pointer to const, because nothing a user can see of a document
 * ever changes. The object itself is not const: it was handed to
 * srl_document_init. This is the one place that makes use of it. */
static uint8_t *
srl_document_twin(const surreal_document *doc)
{
    if (!doc->twin) {
        surreal_document *made = (surreal_document *)doc;

        if (doc->len == (size_t)-1) return NULL;
        made->twin = (uint8_t *)srl_arena_alloc(doc->arena, doc->len + 1);
        if (doc->twin && doc->len) memcpy(doc->twin, doc->data, doc->len);
    }
    return doc->twin;
}

SRL_FN surreal_str
srl_document_text(const surreal_document *doc, const uint8_t *text,
                  size_t len)
{
    uint8_t *twin = srl_document_twin(doc);
    surreal_str out = {NULL, 0};
    size_t off;

    if (!twin) return out;
    SURREAL_ASSERT(text >= doc->data);
    off = (size_t)(text - doc->data);
    SURREAL_ASSERT(off <= doc->len);
    SURREAL_ASSERT(len <= doc->len - off);
    twin[off + len] = '\0';
    out.ptr = (const char *)(twin + off);
    out.len = len;
    return out;
}

/* The pieces of an indefinite string, moved together in the twin right behind
 * its head. They come from `data`, so they never overlap what is written. */
static surreal_status
srl_document_join(const surreal_document *doc, const uint8_t *at,
                  uint8_t **out, size_t *len)
{
    uint8_t *twin = srl_document_twin(doc);
    size_t off = (size_t)(at - doc->data) + 1;

    if (!twin) return SURREAL_ERR_NOMEM;
    SURREAL_ASSERT(off < doc->len);
    *out = twin + off;
    *len = srl_cbor_join(srl_cbor_pieces_of(at), *out, doc->len - off);
    SURREAL_ASSERT(*len < doc->len - off + 1);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_document_str(const surreal_document *doc, const uint8_t *at,
                 surreal_str *out)
{
    srl_cbor_head head;
    const uint8_t *text = srl_cbor_head_at(at, &head);
    surreal_str found;
    uint8_t *joined;
    size_t len;

    if (head.major != SRL_CBOR_TEXT) return SURREAL_ERR_TYPE;
    if (SRL_UNLIKELY(head.info == 31)) {
        SRL_TRY(srl_document_join(doc, at, &joined, &len));
        joined[len] = '\0';
        out->ptr = (const char *)joined;
        out->len = len;
        return SURREAL_OK;
    }
    found = srl_document_text(doc, text, (size_t)head.arg);
    if (!found.ptr) return SURREAL_ERR_NOMEM;
    *out = found;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_document_bytes(const surreal_document *doc, const uint8_t *at,
                   surreal_bytes *out)
{
    srl_cbor_head head;
    const uint8_t *bytes = srl_cbor_head_at(at, &head);
    uint8_t *joined;
    size_t len;

    if (head.major != SRL_CBOR_BYTES) return SURREAL_ERR_TYPE;
    if (SRL_UNLIKELY(head.info == 31)) {
        SRL_TRY(srl_document_join(doc, at, &joined, &len));
        bytes = joined;
    } else {
        len = (size_t)head.arg;
    }
    out->ptr = bytes;
    out->len = len;
    return SURREAL_OK;
}

SRL_FN surreal_value
srl_value_at(const surreal_document *doc, const uint8_t *at)
{
    surreal_value v;

    SURREAL_ASSERT(at >= doc->data);
    SURREAL_ASSERT(at < doc->data + doc->len);
    v.doc = doc;
    v.at = at;
    return v;
}
