/* value/get.c: strict getters and the short forms. */
#include "value/value.h"

/* Every getter looks at the kind first (absent, another kind), then at what
 * the item holds. The forms the server only reads (text behind tags 0, 9 and
 * 13) are understood as well: results may be made of stored bytes. */

SRL_FN surreal_status
srl_item_int(const uint8_t *at, int64_t *out)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major > SRL_CBOR_NINT) return SURREAL_ERR_TYPE;
    if (head.arg > INT64_MAX) return SURREAL_ERR_RANGE;
    *out = head.major == SRL_CBOR_UINT ? (int64_t)head.arg
                                       : -1 - (int64_t)head.arg;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_float(const uint8_t *at, double *out)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_SIMPLE || head.info < 25) {
        return SURREAL_ERR_TYPE;
    }
    *out = srl_cbor_float(&head);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_small_text(const uint8_t *at, char room[SRL_SMALL_TEXT],
                    surreal_str *out)
{
    srl_cbor_pieces pieces;

    if (*at >> 5 != SRL_CBOR_TEXT) return SURREAL_ERR_TYPE;
    pieces = srl_cbor_pieces_of(at);
    if (SRL_LIKELY(!pieces.open)) {
        out->ptr = (const char *)pieces.at;
        out->len = pieces.len;
        return SURREAL_OK;
    }
    out->ptr = room;
    out->len = srl_cbor_join(pieces, (uint8_t *)room, SRL_SMALL_TEXT);
    return out->len <= SRL_SMALL_TEXT ? SURREAL_OK : SURREAL_ERR_TYPE;
}

/* Text that does not read as what its tag promises is a wrong payload. */
static surreal_status
srl_item_parsed(surreal_status status)
{
    return status == SURREAL_ERR_SYNTAX ? SURREAL_ERR_TYPE : status;
}

SRL_FN surreal_status
srl_item_datetime(const uint8_t *at, surreal_datetime *out)
{
    char room[SRL_SMALL_TEXT];
    const uint8_t *parts[2];
    surreal_datetime t;
    surreal_str text;
    int64_t nsec;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag == SRL_TAG_DATETIME_TEXT) {
        SRL_TRY(srl_item_small_text(at, room, &text));
        return srl_item_parsed(surreal_datetime_parse(text, out, NULL));
    }
    if (tag != SRL_TAG_DATETIME) return SURREAL_ERR_TYPE;
    /* Always two, also for whole seconds. */
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_int(parts[0], &t.sec));
    SRL_TRY(srl_item_int(parts[1], &nsec));
    if (nsec < 0 || nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE;
    t.nsec = (uint32_t)nsec;
    SRL_TRY(srl_datetime_check(t));
    *out = t;
    return SURREAL_OK;
}

static surreal_status
srl_item_uint(const uint8_t *at, uint64_t *out)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_UINT) return SURREAL_ERR_TYPE;
    *out = head.arg;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_duration(const uint8_t *at, surreal_duration *out)
{
    char room[SRL_SMALL_TEXT];
    const uint8_t *parts[2];
    surreal_str text;
    uint64_t sec = 0;
    uint64_t nsec = 0;
    uint64_t tag;
    size_t count;

    at = srl_item_untag(at, &tag);
    if (tag == SRL_TAG_DURATION_TEXT) {
        SRL_TRY(srl_item_small_text(at, room, &text));
        return srl_item_parsed(surreal_duration_parse(text, out, NULL));
    }
    if (tag != SRL_TAG_DURATION) return SURREAL_ERR_TYPE;
    /* [] is zero, [s] whole seconds, [s, n] the rest. */
    if (*at >> 5 != SRL_CBOR_ARRAY) return SURREAL_ERR_TYPE;
    count = srl_item_parts(at, parts, 2);
    if (count > 2) return SURREAL_ERR_TYPE;
    if (count > 0) SRL_TRY(srl_item_uint(parts[0], &sec));
    if (count > 1) SRL_TRY(srl_item_uint(parts[1], &nsec));
    if (nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE;
    out->sec = sec;
    out->nsec = (uint32_t)nsec;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_uuid(const uint8_t *at, surreal_uuid *out)
{
    char room[SRL_SMALL_TEXT];
    srl_cbor_pieces pieces;
    surreal_uuid u;
    surreal_str text;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag == SRL_TAG_UUID_TEXT) {
        SRL_TRY(srl_item_small_text(at, room, &text));
        return srl_item_parsed(surreal_uuid_parse(text, out, NULL));
    }
    if (tag != SRL_TAG_UUID) return SURREAL_ERR_TYPE;
    if (*at >> 5 != SRL_CBOR_BYTES) return SURREAL_ERR_TYPE;
    pieces = srl_cbor_pieces_of(at);
    if (srl_cbor_join(pieces, u.bytes, sizeof u.bytes) != sizeof u.bytes) {
        return SURREAL_ERR_TYPE;
    }
    *out = u;
    return SURREAL_OK;
}

/* A coordinate: the server sends floats and reads any number. */
static surreal_status
srl_item_coordinate(const uint8_t *at, double *out)
{
    char room[SRL_SMALL_TEXT];
    surreal_decimal decimal;
    int64_t i;
    uint64_t tag;

    switch (srl_item_kind(at)) {
    case SURREAL_FLOAT: return srl_item_float(at, out);
    case SURREAL_INT:
        SRL_TRY(srl_item_int(at, &i));
        *out = (double)i;
        return SURREAL_OK;
    case SURREAL_DECIMAL:
        at = srl_item_untag(at, &tag);
        SRL_TRY(srl_item_small_text(at, room, &decimal.text));
        return srl_item_parsed(surreal_decimal_to_double(decimal, out));
    default: return SURREAL_ERR_TYPE;
    }
}

SRL_FN surreal_status
srl_item_point(const uint8_t *at, surreal_point *out)
{
    const uint8_t *parts[2];
    surreal_point point;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag != SRL_TAG_POINT) return SURREAL_ERR_TYPE;
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_coordinate(parts[0], &point.lon));
    SRL_TRY(srl_item_coordinate(parts[1], &point.lat));
    *out = point;
    return SURREAL_OK;
}

/* bound = null | 50(value) | 51(value) */
static surreal_status
srl_item_bound(const uint8_t *at, const uint8_t **value, bool *excluded)
{
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    *value = NULL;
    *excluded = false;
    if (*at == SRL_CBOR_NULL || *at == SRL_CBOR_UNDEFINED) return SURREAL_OK;
    if (tag != SRL_TAG_INCLUDED && tag != SRL_TAG_EXCLUDED) {
        return SURREAL_ERR_TYPE;
    }
    *value = inner;
    *excluded = tag == SRL_TAG_EXCLUDED;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_range(const uint8_t *at, srl_item_bounds *out)
{
    const uint8_t *parts[2];
    srl_item_bounds bounds;
    bool end_excluded;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag != SRL_TAG_RANGE) return SURREAL_ERR_TYPE;
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_bound(parts[0], &bounds.begin, &bounds.begin_excluded));
    SRL_TRY(srl_item_bound(parts[1], &bounds.end, &end_excluded));
    bounds.end_included = bounds.end && !end_excluded;
    *out = bounds;
    return SURREAL_OK;
}

/* ---- the getters --------------------------------------------------------- */

static surreal_status
srl_get_kind(surreal_value v, surreal_kind kind)
{
    surreal_kind have = surreal_value_kind(v);

    if (SRL_LIKELY(have == kind)) return SURREAL_OK;
    if (have == SURREAL_ABSENT || have == SURREAL_NONE ||
        have == SURREAL_NULL) {
        return SURREAL_ERR_MISSING;
    }
    return SURREAL_ERR_TYPE;
}

SURREAL_API surreal_status
surreal_get_bool(surreal_value v, bool *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_BOOL));
    *out = *v.at == SRL_CBOR_TRUE;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_int(surreal_value v, int64_t *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_INT));
    return srl_item_int(v.at, out);
}

SURREAL_API surreal_status
surreal_get_float(surreal_value v, double *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_FLOAT));
    return srl_item_float(v.at, out);
}

SURREAL_API surreal_status
surreal_get_decimal(surreal_value v, surreal_decimal *out)
{
    surreal_str text;
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_DECIMAL));
    SRL_TRY(srl_document_str(v.doc, srl_item_untag(v.at, &tag), &text));
    SRL_TRY(srl_item_parsed(srl_decimal_check(text)));
    out->text = text;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_str(surreal_value v, surreal_str *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_STRING));
    return srl_document_str(v.doc, v.at, out);
}

SURREAL_API surreal_status
surreal_get_bytes(surreal_value v, surreal_bytes *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_BYTES));
    return srl_document_bytes(v.doc, v.at, out);
}

SURREAL_API surreal_status
surreal_get_datetime(surreal_value v, surreal_datetime *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_DATETIME));
    return srl_item_datetime(v.at, out);
}

SURREAL_API surreal_status
surreal_get_duration(surreal_value v, surreal_duration *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_DURATION));
    return srl_item_duration(v.at, out);
}

SURREAL_API surreal_status
surreal_get_uuid(surreal_value v, surreal_uuid *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_UUID));
    return srl_item_uuid(v.at, out);
}

SURREAL_API surreal_status
surreal_get_table(surreal_value v, surreal_str *out)
{
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_TABLE));
    return srl_document_str(v.doc, srl_item_untag(v.at, &tag), out);
}

static surreal_status
srl_get_key(surreal_value key, surreal_record_id *out)
{
    switch (surreal_value_kind(key)) {
    case SURREAL_INT:
        out->kind = SURREAL_KEY_INT;
        return srl_item_int(key.at, &out->key.i);
    case SURREAL_STRING:
        out->kind = SURREAL_KEY_STRING;
        return srl_document_str(key.doc, key.at, &out->key.s);
    case SURREAL_UUID:
        out->kind = SURREAL_KEY_UUID;
        return srl_item_uuid(key.at, &out->key.u);
    case SURREAL_ARRAY: out->kind = SURREAL_KEY_ARRAY; break;
    case SURREAL_OBJECT: out->kind = SURREAL_KEY_OBJECT; break;
    case SURREAL_RANGE: out->kind = SURREAL_KEY_RANGE; break;
    default: return SURREAL_ERR_TYPE;
    }
    if (!srl_item_is_key(key.at)) return SURREAL_ERR_TYPE;
    out->key.cbor.ptr = key.at;
    out->key.cbor.len = (size_t)(srl_cbor_skip(key.at) - key.at);
    return SURREAL_OK;
}

/* A record id as one text (`person:1`), which the server reads but never
 * sends. Its names need room of their own, because escapes may be undone. */
static surreal_status
srl_get_record_text(surreal_value v, const uint8_t *at,
                    surreal_record_id *out)
{
    surreal_str text;
    size_t cap;
    char *room;

    SRL_TRY(srl_document_str(v.doc, at, &text));
    if (!srl_size_add(text.len, 2, &cap)) return SURREAL_ERR_NOMEM;
    room = (char *)srl_arena_alloc(v.doc->arena, cap);
    if (!room) return SURREAL_ERR_NOMEM;
    return srl_item_parsed(surreal_record_id_parse(text, room, cap, out,
                                                   NULL));
}

SURREAL_API surreal_status
surreal_get_record_id(surreal_value v, surreal_record_id *out)
{
    const uint8_t *parts[2];
    const uint8_t *at;
    surreal_record_id id;
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_RECORD_ID));
    at = srl_item_untag(v.at, &tag);
    if (*at >> 5 == SRL_CBOR_TEXT) return srl_get_record_text(v, at, out);
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    memset(&id, 0, sizeof id);
    /* 2.x reads a table behind its own tag here. */
    at = srl_item_untag(parts[0], &tag);
    if (tag != UINT64_MAX && tag != SRL_TAG_TABLE) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_document_str(v.doc, at, &id.table));
    SRL_TRY(srl_get_key(srl_value_at(v.doc, parts[1]), &id));
    *out = id;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_file(surreal_value v, surreal_file *out)
{
    const uint8_t *parts[2];
    surreal_file file;
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_FILE));
    if (srl_item_parts(srl_item_untag(v.at, &tag), parts, 2) != 2) {
        return SURREAL_ERR_TYPE;
    }
    SRL_TRY(srl_document_str(v.doc, parts[0], &file.bucket));
    SRL_TRY(srl_document_str(v.doc, parts[1], &file.key));
    *out = file;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_point(surreal_value v, surreal_point *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_POINT));
    return srl_item_point(v.at, out);
}

SURREAL_API surreal_status
surreal_get_number(surreal_value v, double *out)
{
    switch (surreal_value_kind(v)) {
    case SURREAL_INT:
    case SURREAL_FLOAT:
    case SURREAL_DECIMAL: return srl_item_coordinate(v.at, out);
    default: return srl_get_kind(v, SURREAL_FLOAT);
    }
}

/* ---- short forms --------------------------------------------------------- */

SURREAL_API bool
surreal_bool_at(surreal_value v, const char *key)
{
    bool out = false;

    surreal_get_bool(surreal_field(v, key), &out);
    return out;
}

SURREAL_API int64_t
surreal_int_at(surreal_value v, const char *key)
{
    int64_t out = 0;

    surreal_get_int(surreal_field(v, key), &out);
    return out;
}

SURREAL_API double
surreal_float_at(surreal_value v, const char *key)
{
    double out = 0;

    surreal_get_float(surreal_field(v, key), &out);
    return out;
}

SURREAL_API surreal_str
surreal_str_at(surreal_value v, const char *key)
{
    surreal_str out = {"", 0};

    surreal_get_str(surreal_field(v, key), &out);
    return out;
}

SURREAL_API surreal_record_id
surreal_record_id_at(surreal_value v, const char *key)
{
    surreal_record_id out;

    memset(&out, 0, sizeof out);
    surreal_get_record_id(surreal_field(v, key), &out);
    return out;
}
