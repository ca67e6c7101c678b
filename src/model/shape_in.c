/* model/shape_in.c: unions, tuples and their like out of values. */
#include "model/model.h"

/* ---- unions ------------------------------------------------------------- */

/* True if two items are the same text, number or bool; `tag` is one that the
 * generator wrote, in its shortest form. */
static bool
srl_tag_is(const uint8_t *tag, const uint8_t *at)
{
    surreal_str text;
    srl_cbor_head a;
    srl_cbor_head b;

    if (tag[0] >> 5 == SRL_CBOR_TEXT) {
        if (at[0] >> 5 != SRL_CBOR_TEXT) return false;
        srl_cbor_text_at(tag, &text);
        return srl_cbor_text_is(at, text);
    }
    srl_cbor_head_at(tag, &a);
    srl_cbor_head_at(at, &b);
    return a.major == b.major && a.arg == b.arg &&
           (a.major != SRL_CBOR_SIMPLE || a.info == b.info);
}

/* The arm for a value: its place from 0, or count for none. */
static size_t
srl_union_arm(const surreal_union *u, surreal_kind kind, const uint8_t *at)
{
    const uint8_t *tag = NULL;
    surreal_str key;
    size_t i;

    if (kind == SURREAL_OBJECT && u->key && at[0] >> 5 == SRL_CBOR_MAP) {
        srl_cbor_text_at((const uint8_t *)u->key, &key);
        tag = srl_cbor_find(at, key);
    }
    for (i = 0; i < u->count; i++) {
        const surreal_part *arm = u->arms + i;

        if (!(arm->kinds >> kind & 1)) continue;
        if (!arm->tag) break;
        if (tag && srl_tag_is((const uint8_t *)arm->tag, tag)) break;
    }
    return i;
}

/* A value that no arm takes: kept as it is, or refused. */
static const uint8_t *
srl_union_other(srl_decoder *d, const surreal_union *u, const uint8_t *at,
                uint8_t *out)
{
    int tag = (int)u->count + 1;
    surreal_raw raw;

    if (u->is_closed) {
        char text[80];

        d->where.offset = (size_t)(at - d->doc->data);
        if (surreal_print(srl_value_at(d->doc, at), text, sizeof text) >=
            sizeof text) {
            memcpy(text + sizeof text - 4, "...", 4);
        }
        srl_where_fail(&d->where, SURREAL_ERR_TYPE, "expected %.60s, got %s",
                       u->name, text);
        return NULL;
    }
    memset(out, 0, u->size);
    memset(&raw, 0, sizeof raw);
    raw.value = srl_value_at(d->doc, at);
    memcpy(out, &tag, sizeof tag);
    memcpy(out + u->at, &raw, sizeof raw);
    return srl_cbor_skip(at);
}

static const uint8_t *
srl_decode_union(srl_decoder *d, const surreal_union *u, const uint8_t *at,
                 uint8_t *out)
{
    surreal_kind kind = srl_item_kind(at);
    size_t place;
    const surreal_part *arm;
    int tag;

    if (kind == SURREAL_NONE || kind == SURREAL_NULL) return NULL;
    place = srl_union_arm(u, kind, at);
    if (place == u->count) return srl_union_other(d, u, at, out);
    memset(out, 0, u->size);
    arm = u->arms + place;
    if (arm->member == SURREAL_MEMBER_ENUM) {
        surreal_status status;
        int v = 0;

        srl_decode_return(d);
        status = srl_decode_enum((const surreal_enum *)arm->of,
                                 srl_value_at(d->doc, at), &v);
        srl_decode_borrow(d);
        if (status == SURREAL_ERR_NOMEM) {
            srl_decode_blame(d, arm->member, arm->of, status, at);
            return NULL;
        }
        if (!v) return srl_union_other(d, u, at, out);
        memcpy(out + u->at, &v, sizeof v);
        at = srl_cbor_skip(at);
    } else {
        at = srl_decode_part(d, arm->member, arm->of, at, out + u->at);
    }
    tag = (int)place + 1;
    memcpy(out, &tag, sizeof tag);
    return at;
}

/* ---- tuples, optional elements ------------------------------------------ */

static const uint8_t *
srl_decode_tuple(srl_decoder *d, const surreal_tuple *t, const uint8_t *at,
                 uint8_t *out)
{
    const uint8_t *start = at;
    srl_cbor_head head;
    size_t count;
    size_t i;

    if (at[0] >> 5 != SRL_CBOR_ARRAY) return NULL;
    at = srl_cbor_head_at(at, &head);
    count = srl_decode_count(at, &head);
    if (count != t->count) {
        d->where.offset = (size_t)(start - d->doc->data);
        srl_where_fail(&d->where, SURREAL_ERR_TYPE,
                       "expected %lu elements, got %lu",
                       (unsigned long)t->count, (unsigned long)count);
        return NULL;
    }
    memset(out, 0, t->size);
    for (i = 0; i < count; i++) {
        const surreal_part *part = t->parts + i;

        at = srl_decode_part(d, part->member, part->of, at,
                             out + part->offset);
        if (!at) {
            srl_where_index(&d->where, i);
            return NULL;
        }
    }
    return head.info == 31 ? at + 1 : at;
}

static const uint8_t *
srl_decode_maybe(srl_decoder *d, const surreal_part *part, const uint8_t *at,
                 uint8_t *out)
{
    surreal_kind kind = srl_item_kind(at);

    if ((kind == SURREAL_NONE && (part->flags & SURREAL_FIELD_OPTION)) ||
        (kind == SURREAL_NULL && (part->flags & SURREAL_FIELD_NULLABLE))) {
        memset(out, 0, part->size);
        out[1] = kind == SURREAL_NULL;
        return srl_cbor_skip(at);
    }
    memset(out, 0, part->size);
    out[0] = 1;
    return srl_decode_part(d, part->member, part->of, at,
                           out + part->offset);
}

/* ---- the rest ----------------------------------------------------------- */

static const uint8_t *
srl_decode_range(srl_decoder *d, const uint8_t *at, uint8_t *out)
{
    surreal_bounds bounds;
    srl_item_bounds found;

    if (srl_item_kind(at) != SURREAL_RANGE || srl_item_range(at, &found)) {
        return NULL;
    }
    memset(&bounds, 0, sizeof bounds);
    if (found.begin) bounds.begin.value = srl_value_at(d->doc, found.begin);
    if (found.end) bounds.end.value = srl_value_at(d->doc, found.end);
    bounds.begin_excluded = found.begin_excluded;
    bounds.end_included = found.end_included;
    memcpy(out, &bounds, sizeof bounds);
    return srl_cbor_skip(at);
}

static const uint8_t *
srl_decode_user(srl_decoder *d, const surreal_user *user, const uint8_t *at,
                uint8_t *out)
{
    surreal_kind kind = srl_item_kind(at);
    surreal_status status;
    surreal_error err;

    if (kind == SURREAL_NONE || kind == SURREAL_NULL) return NULL;
    memset(out, 0, user->size);
    memset(&err, 0, sizeof err);
    /* It may ask for text. */
    srl_decode_return(d);
    status = user->decode(srl_value_at(d->doc, at), out, &err);
    srl_decode_borrow(d);
    if (!status) return srl_cbor_skip(at);
    if (err.message[0]) {
        d->where.offset = (size_t)(at - d->doc->data);
        srl_where_fail(&d->where, status, "%.150s", err.message);
    } else {
        srl_decode_blame(d, SURREAL_MEMBER_USER, user, status, at);
    }
    return NULL;
}

static const uint8_t *
srl_decode_const(srl_decoder *d, const uint8_t *want, const uint8_t *at)
{
    char text[64];
    char is[64];
    srl_sink sink;
    srl_out out;

    if (srl_tag_is(want, at)) return srl_cbor_skip(at);
    srl_out_init(&out, text, sizeof text);
    sink.out = &out;
    sink.json = false;
    srl_sink_item(sink, want);
    srl_out_end(&out);
    surreal_print(srl_value_at(d->doc, at), is, sizeof is);
    d->where.offset = (size_t)(at - d->doc->data);
    srl_where_fail(&d->where, SURREAL_ERR_TYPE, "expected %s, got %s", text,
                   is);
    return NULL;
}

SRL_FN const uint8_t *
srl_decode_shape(srl_decoder *d, unsigned member, const void *of,
                 const uint8_t *at, uint8_t *out)
{
    switch (member) {
    case SURREAL_MEMBER_UNION:
        return srl_decode_union(d, (const surreal_union *)of, at, out);
    case SURREAL_MEMBER_TUPLE:
        return srl_decode_tuple(d, (const surreal_tuple *)of, at, out);
    case SURREAL_MEMBER_MAYBE:
        return srl_decode_maybe(d, (const surreal_part *)of, at, out);
    case SURREAL_MEMBER_RANGE: return srl_decode_range(d, at, out);
    case SURREAL_MEMBER_USER:
        return srl_decode_user(d, (const surreal_user *)of, at, out);
    case SURREAL_MEMBER_CONST:
        return srl_decode_const(d, (const uint8_t *)of, at);
    default:
        return srl_decode_geo(d, member, (const uint32_t *)of, at, out);
    }
}
