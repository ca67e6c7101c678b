/* model/encode.c: structs into objects. */

/* Room is asked for once for each field, with a bound on what its head, key
 * and short value take, and then filled with plain stores. Values are checked
 * as the server would check them, because it refuses a whole request, without
 * saying which, for one bad byte; anything but the plain case goes through
 * the functions of value/ that know all of it. */
#include "model/model.h"

typedef struct srl_encoder {
    uint8_t *at;
    uint8_t *end;
    srl_buf *buf; /* where at and end point into */
    int server_major;
    srl_where where;
} srl_encoder;

/* More than any value without text takes: a uuid or a datetime. */
#define SRL_ENCODE_SLACK 40

static bool srl_encode_object(srl_encoder *e, const surreal_model *model,
                              const uint8_t *row, surreal_send what,
                              bool is_nested);
static bool srl_encode_array(srl_encoder *e, const surreal_items *items,
                             const uint8_t *member);

/* ---- room ---------------------------------------------------------------- */

static bool
srl_encode_bad(srl_encoder *e, surreal_status status, const char *why)
{
    srl_where_fail(&e->where, status, "%s", why);
    return false;
}

static void
srl_encode_sync(srl_encoder *e)
{
    if (e->buf->data) e->buf->len = (size_t)(e->at - e->buf->data);
}

static void
srl_encode_resume(srl_encoder *e)
{
    if (!e->buf->data) return;
    e->at = e->buf->data + e->buf->len;
    e->end = e->buf->data + e->buf->cap;
}

static bool
srl_encode_grow(srl_encoder *e, size_t len)
{
    surreal_status status;

    srl_encode_sync(e);
    status = srl_buf_reserve(e->buf, len);
    srl_encode_resume(e);
    if (!status) return true;
    return srl_encode_bad(e, status, surreal_status_text(status));
}

SRL_INLINE bool
srl_encode_room(srl_encoder *e, size_t len)
{
    if (SRL_LIKELY((size_t)(e->end - e->at) >= len)) return true;
    return srl_encode_grow(e, len);
}

/* ---- text ---------------------------------------------------------------- */

/* Copy len bytes; true if all of them are ASCII. */
SRL_INLINE bool
srl_encode_copy(uint8_t *out, const uint8_t *text, size_t len)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t seen = 0;
    uint64_t word;
    size_t i;

    if (len < 8) {
        for (i = 0; i < len; i++) {
            seen |= text[i];
            out[i] = text[i];
        }
        return !(seen & 0x80);
    }
    for (i = 0; i + 8 <= len; i += 8) {
        memcpy(&word, text + i, 8);
        memcpy(out + i, &word, 8);
        seen |= word;
    }
    memcpy(&word, text + len - 8, 8);
    memcpy(out + len - 8, &word, 8);
    return !((seen | word) & high);
}

SRL_INLINE bool
srl_encode_text(srl_encoder *e, const char *text, size_t len)
{
    if (SRL_UNLIKELY(!srl_encode_room(e, len + 9))) return false;
    e->at = srl_cbor_store_head(e->at, SRL_CBOR_TEXT, len);
    if (SRL_UNLIKELY(!srl_encode_copy(e->at, (const uint8_t *)text, len))) {
        if (!srl_utf8_valid((const uint8_t *)text, len)) {
            return srl_encode_bad(e, SURREAL_ERR_UTF8, "text is not UTF-8");
        }
    }
    e->at += len;
    return true;
}

/* [-]digits[.digits] of at most 28 digits: then the mantissa is below 10^28
 * and fits. Anything else is for the thorough check. */
SRL_INLINE bool
srl_encode_is_plain_decimal(surreal_str v)
{
    size_t i = v.len && v.ptr[0] == '-';
    size_t first = i;
    size_t points = 0;
    size_t point = 0;

    if (v.len - i > 29 || v.len == i) return false;
    for (; i < v.len; i++) {
        if ((unsigned)(uint8_t)v.ptr[i] - '0' < 10u) continue;
        if (v.ptr[i] != '.') return false;
        points++;
        point = i;
    }
    if (points == 0) return v.len - first <= 28;
    return points == 1 && point > first && point + 1 < v.len;
}

/* ---- values -------------------------------------------------------------- */

SRL_INLINE bool
srl_encode_int(srl_encoder *e, int64_t v)
{
    if (v >= 0) {
        e->at = srl_cbor_store_head(e->at, SRL_CBOR_UINT, (uint64_t)v);
    } else {
        e->at = srl_cbor_store_head(e->at, SRL_CBOR_NINT,
                                    (uint64_t)(-1 - v));
    }
    return true;
}

SRL_INLINE void
srl_encode_double(srl_encoder *e, double v)
{
    *e->at = 0xfb;
    srl_store64(e->at + 1, srl_double_to_bits(v));
    e->at += 9;
}

/* Through the functions of value/. */
static bool
srl_encode_slow(srl_encoder *e, unsigned member, const uint8_t *from)
{
    surreal_decimal decimal;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_record_id id;
    surreal_file file;
    surreal_raw raw;
    surreal_status status = SURREAL_ERR_INTERNAL;

    srl_encode_sync(e);
#define SRL_TAKE(part) memcpy(&part, from, sizeof part)
    switch (member) {
    case SURREAL_MEMBER_DECIMAL:
        SRL_TAKE(decimal);
        status = srl_put_decimal(e->buf, decimal.text);
        break;
    case SURREAL_MEMBER_DATETIME:
        SRL_TAKE(datetime);
        status = srl_put_datetime(e->buf, datetime);
        break;
    case SURREAL_MEMBER_DURATION:
        SRL_TAKE(duration);
        status = srl_put_duration(e->buf, duration);
        break;
    case SURREAL_MEMBER_RECORD:
        SRL_TAKE(id);
        status = srl_put_record_id(e->buf, id);
        break;
    case SURREAL_MEMBER_FILE:
        SRL_TAKE(file);
        status = srl_put_file(e->buf, file, e->server_major);
        break;
    case SURREAL_MEMBER_RAW:
        SRL_TAKE(raw);
        status = srl_put_encoded(e->buf, raw.cbor);
        break;
    default: break;
    }
#undef SRL_TAKE
    srl_encode_resume(e);
    if (status) return srl_encode_bad(e, status, surreal_status_text(status));
    return true;
}

/* A table's name, a short key: what nearly every record id is. */
static bool
srl_encode_record(srl_encoder *e, const char *table, const uint8_t *from)
{
    surreal_record_id id;

    memcpy(&id, from, sizeof id);
    if (table && id.table.ptr != table &&
        !surreal_str_eq(id.table, surreal_text(table))) {
        srl_where_fail(&e->where, SURREAL_ERR_TYPE,
                       "expected record<%s>, got another record", table);
        return false;
    }
    if (id.table.len == 0) {
        return srl_encode_bad(e, SURREAL_ERR_USAGE,
                              "the record id names no table");
    }
    if (id.kind == SURREAL_KEY_INT) {
        if (!srl_encode_room(e, 2)) return false;
        *e->at++ = 0xc8;
        *e->at++ = 0x82;
        return srl_encode_text(e, id.table.ptr, id.table.len) &&
               srl_encode_room(e, 9) && srl_encode_int(e, id.key.i);
    }
    if (id.kind == SURREAL_KEY_STRING) {
        if (!srl_encode_room(e, 2)) return false;
        *e->at++ = 0xc8;
        *e->at++ = 0x82;
        return srl_encode_text(e, id.table.ptr, id.table.len) &&
               srl_encode_text(e, id.key.s.ptr, id.key.s.len);
    }
    return srl_encode_slow(e, SURREAL_MEMBER_RECORD, from);
}

static bool
srl_encode_raw(srl_encoder *e, const uint8_t *from)
{
    surreal_raw raw;
    size_t len;

    memcpy(&raw, from, sizeof raw);
    if (raw.cbor.len) return srl_encode_slow(e, SURREAL_MEMBER_RAW, from);
    if (!raw.value.at) {
        return srl_encode_bad(e, SURREAL_ERR_MISSING,
                              "set, but holds no value");
    }
    len = (size_t)(srl_cbor_skip(raw.value.at) - raw.value.at);
    if (!srl_encode_room(e, len)) return false;
    memcpy(e->at, raw.value.at, len);
    e->at += len;
    return true;
}

static bool
srl_encode_enum(srl_encoder *e, const surreal_enum *desc,
                const uint8_t *from)
{
    int v;

    memcpy(&v, from, sizeof v);
    if (v < 1 || (unsigned)v > desc->count) {
        srl_where_fail(&e->where, SURREAL_ERR_RANGE,
                       "%d is no value of the enum %s", v, desc->name);
        return false;
    }
    if (!desc->names) return srl_encode_int(e, desc->numbers[v - 1]);
    return srl_encode_text(e, desc->names[v - 1],
                           strlen(desc->names[v - 1]));
}

SRL_INLINE bool
srl_encode_datetime(srl_encoder *e, const uint8_t *from)
{
    surreal_datetime t;

    memcpy(&t, from, sizeof t);
    if (t.nsec > 999999999 || t.sec < SRL_DATETIME_MIN ||
        t.sec > SRL_DATETIME_MAX) {
        return srl_encode_slow(e, SURREAL_MEMBER_DATETIME, from);
    }
    e->at[0] = 0xcc;
    e->at[1] = 0x82;
    e->at += 2;
    srl_encode_int(e, t.sec);
    return srl_encode_int(e, (int64_t)t.nsec);
}

static bool
srl_encode_number(srl_encoder *e, const uint8_t *from)
{
    surreal_number n;

    memcpy(&n, from, sizeof n);
    if (n.kind == SURREAL_INT) return srl_encode_int(e, n.as.i);
    if (n.kind == SURREAL_FLOAT) {
        srl_encode_double(e, n.as.f);
        return true;
    }
    if (n.kind != SURREAL_DECIMAL) {
        return srl_encode_bad(e, SURREAL_ERR_TYPE, "number of no kind");
    }
    return srl_encode_slow(e, SURREAL_MEMBER_DECIMAL,
                           (const uint8_t *)&n.as.decimal);
}

/* Bytes, a point, fixed text, and what is rare. */
static bool
srl_encode_rare(srl_encoder *e, unsigned member, const uint8_t *from)
{
    surreal_bytes bytes;
    surreal_point point;
    size_t len;

    switch (member) {
    case SURREAL_MEMBER_CHARS:
        memcpy(&len, from, sizeof len);
        return srl_encode_text(e, (const char *)from + sizeof len, len);
    case SURREAL_MEMBER_BYTES:
        memcpy(&bytes, from, sizeof bytes);
        if (!srl_encode_room(e, bytes.len + 9)) return false;
        e->at = srl_cbor_store_head(e->at, SRL_CBOR_BYTES, bytes.len);
        if (bytes.len) memcpy(e->at, bytes.ptr, bytes.len);
        e->at += bytes.len;
        return true;
    case SURREAL_MEMBER_POINT:
        memcpy(&point, from, sizeof point);
        memcpy(e->at, "\xd8\x58\x82", 3);
        e->at += 3;
        srl_encode_double(e, point.lon);
        srl_encode_double(e, point.lat);
        return true;
    case SURREAL_MEMBER_UUID:
        memcpy(e->at, "\xd8\x25\x50", 3);
        memcpy(e->at + 3, from, 16);
        e->at += 19;
        return true;
    case SURREAL_MEMBER_NUMBER: return srl_encode_number(e, from);
    case SURREAL_MEMBER_RAW: return srl_encode_raw(e, from);
    default: return srl_encode_slow(e, member, from);
    }
}

/* SRL_ENCODE_SLACK bytes are there. `what` is for nested structs. */
SRL_INLINE bool
srl_encode_value(srl_encoder *e, unsigned member, const void *sub,
                 const uint8_t *from, surreal_send what)
{
    surreal_str text;
    int64_t i;
    double f;

    switch (member) {
    case SURREAL_MEMBER_BOOL:
        *e->at++ = *from ? SRL_CBOR_TRUE : SRL_CBOR_FALSE;
        return true;
    case SURREAL_MEMBER_INT:
        memcpy(&i, from, sizeof i);
        return srl_encode_int(e, i);
    case SURREAL_MEMBER_FLOAT:
        memcpy(&f, from, sizeof f);
        srl_encode_double(e, f);
        return true;
    case SURREAL_MEMBER_STRING:
        memcpy(&text, from, sizeof text);
        return srl_encode_text(e, text.ptr, text.len);
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&text, from, sizeof text);
        if (!srl_encode_is_plain_decimal(text)) break;
        *e->at++ = 0xca;
        return srl_encode_text(e, text.ptr, text.len);
    case SURREAL_MEMBER_DATETIME: return srl_encode_datetime(e, from);
    case SURREAL_MEMBER_RECORD:
        return srl_encode_record(e, (const char *)sub, from);
    case SURREAL_MEMBER_ENUM:
        return srl_encode_enum(e, (const surreal_enum *)sub, from);
    case SURREAL_MEMBER_STRUCT:
        return srl_encode_object(e, (const surreal_model *)sub, from, what,
                                 true);
    case SURREAL_MEMBER_ARRAY:
        return srl_encode_array(e, (const surreal_items *)sub, from);
    default: return srl_encode_rare(e, member, from);
    }
    return srl_encode_slow(e, member, from);
}

static bool
srl_encode_array(srl_encoder *e, const surreal_items *items,
                 const uint8_t *member)
{
    srl_slice slice = srl_slice_of(items, member);
    size_t i;

    if (items->max && slice.count > items->max) {
        return srl_encode_bad(e, SURREAL_ERR_TOO_LONG,
                              "more elements than the type allows");
    }
    if (items->is_set && e->server_major >= 3) {
        *e->at++ = 0xd8;
        *e->at++ = SRL_TAG_SET;
    }
    e->at = srl_cbor_store_head(e->at, SRL_CBOR_ARRAY, slice.count);
    for (i = 0; i < slice.count; i++) {
        if (!srl_encode_room(e, SRL_ENCODE_SLACK) ||
            !srl_encode_value(e, items->member, items->of,
                              slice.v + i * items->size, SURREAL_SEND_NEW)) {
            srl_where_index(&e->where, i);
            return false;
        }
    }
    return true;
}

/* ---- objects ------------------------------------------------------------- */

/* What becomes of a field. */
typedef enum srl_fate {
    SRL_FATE_SKIP = 0,
    SRL_FATE_VALUE,
    SRL_FATE_NONE,
    SRL_FATE_MISSING
} srl_fate;

SRL_INLINE srl_fate
srl_encode_fate(const surreal_model *model, const surreal_field_desc *field,
                const uint8_t *row, surreal_send what, bool is_nested)
{
    bool is_set = srl_bit_at(row, 0, field->bit);

    if (field->flags & SURREAL_FIELD_SERVER) return SRL_FATE_SKIP;
    if ((field->flags & SURREAL_FIELD_KEY) && what != SURREAL_SEND_NEW) {
        return SRL_FATE_SKIP;
    }
    if (what == SURREAL_SEND_CHANGES && !is_nested) {
        if (!srl_bit_at(row, model->mark_at, field->bit)) {
            return SRL_FATE_SKIP;
        }
        return is_set ? SRL_FATE_VALUE : SRL_FATE_NONE;
    }
    if (is_set) return SRL_FATE_VALUE;
    if (field->flags & SURREAL_FIELD_REQUIRED) return SRL_FATE_MISSING;
    if (what == SURREAL_SEND_CHANGES &&
        (field->flags & SURREAL_FIELD_OPTION)) {
        return SRL_FATE_NONE;
    }
    return SRL_FATE_SKIP;
}

/* The pairs of an object whose head takes more than one byte. */
static size_t
srl_encode_count(const surreal_model *model, const uint8_t *row,
                 surreal_send what, bool is_nested)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < model->count; i++) {
        if (srl_encode_fate(model, model->fields + i, row, what, is_nested)) {
            count++;
        }
    }
    return count;
}

SRL_INLINE bool
srl_encode_field(srl_encoder *e, const surreal_model *model,
                 const surreal_field_desc *field, const uint8_t *row,
                 surreal_send what, srl_fate fate)
{
    const uint8_t *key = (const uint8_t *)model->pool + field->key;

    if (fate == SRL_FATE_MISSING) {
        return srl_encode_bad(e, SURREAL_ERR_MISSING,
                              "required, but not set");
    }
    if (!srl_encode_room(e, (size_t)field->key_len + SRL_ENCODE_SLACK)) {
        return false;
    }
    srl_encode_copy(e->at, key, field->key_len);
    e->at += field->key_len;
    if (fate == SRL_FATE_NONE) {
        *e->at++ = 0xc6;
        *e->at++ = SRL_CBOR_NULL;
        return true;
    }
    if (srl_field_is_null(model, row, field)) {
        *e->at++ = SRL_CBOR_NULL;
        return true;
    }
    return srl_encode_value(e, field->member, srl_field_sub(model, field),
                            row + field->offset, what);
}

static bool
srl_encode_object(srl_encoder *e, const surreal_model *model,
                  const uint8_t *row, surreal_send what, bool is_nested)
{
    size_t head = 0;
    size_t count = 0;
    size_t i;

    if (!srl_encode_room(e, 9)) return false;
    if (model->count < 24) {
        /* The head is one byte, written when the count is known. */
        head = (size_t)(e->at - e->buf->data);
        e->at++;
    } else {
        count = srl_encode_count(model, row, what, is_nested);
        e->at = srl_cbor_store_head(e->at, SRL_CBOR_MAP, count);
    }
    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        srl_fate fate = srl_encode_fate(model, field, row, what, is_nested);

        if (fate == SRL_FATE_SKIP) continue;
        if (SRL_UNLIKELY(
                !srl_encode_field(e, model, field, row, what, fate))) {
            srl_where_key(&e->where, model, field);
            return false;
        }
        count++;
    }
    if (model->count < 24) e->buf->data[head] = (uint8_t)(0xa0 | count);
    return true;
}

/* ---- the calls ------------------------------------------------------------ */

SRL_FN surreal_status
srl_model_encode(srl_buf *buf, const surreal_model *model, const void *row,
                 surreal_send what, int server_major, surreal_error *err)
{
    srl_encoder e;

    if (buf->status) return buf->status;
    srl_where_init(&e.where);
    e.buf = buf;
    e.at = NULL;
    e.end = NULL;
    e.server_major = server_major;
    srl_encode_resume(&e);
    if (!srl_encode_object(&e, model, (const uint8_t *)row, what, false)) {
        srl_encode_sync(&e);
        return srl_where_tell(&e.where, model, false, err);
    }
    srl_encode_sync(&e);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_encode(const surreal_model *model, const void *row, surreal_send what,
               int server_major, void *room, size_t cap, surreal_bytes *out,
               surreal_error *err)
{
    srl_buf buf;
    surreal_status status;

    out->ptr = NULL;
    out->len = 0;
    srl_buf_fixed(&buf, room, cap);
    status = srl_model_encode(&buf, model, row, what, server_major, err);
    if (status) return status;
    out->ptr = buf.data;
    out->len = buf.len;
    return SURREAL_OK;
}

SURREAL_API bool
surreal_is_changed(const surreal_model *model, const void *row)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        if (srl_encode_fate(model, model->fields + i, (const uint8_t *)row,
                            SURREAL_SEND_CHANGES, false)) {
            return true;
        }
    }
    return false;
}
