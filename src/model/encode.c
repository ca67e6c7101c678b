/* model/encode.c: structs into objects. */

/* Room is asked for once for each field, with a bound on what its head, key
 * and short value take, and then filled with plain stores. Values are checked
 * as the server would check them, because it refuses a whole request, without
 * saying which, for one bad byte; anything but the plain case goes through
 * the functions of value/ that know all of it. */
#include "model/model.h"

static srl_encode_at srl_encode_object(srl_encoder *e, srl_encode_at at,
                                       const surreal_model *model,
                                       const uint8_t *row, surreal_send what,
                                       bool is_nested);
static srl_encode_at srl_encode_array(srl_encoder *e, srl_encode_at at,
                                      const surreal_items *items,
                                      const uint8_t *member);

/* ---- room --------------------------------------------------------------- */

SRL_FN srl_encode_at
srl_encode_bad(srl_encoder *e, surreal_status status, const char *why)
{
    srl_where_fail(&e->where, status, "%s", why);
    return NULL;
}

SRL_FN void
srl_encode_leave(srl_encoder *e, const uint8_t *at)
{
    e->buf->len = (size_t)(at - e->buf->data);
}

SRL_FN srl_encode_at
srl_encode_enter(srl_encoder *e)
{
    e->end = e->buf->data + e->buf->cap;
    return e->buf->data + e->buf->len;
}

SRL_FN srl_encode_at
srl_encode_grow(srl_encoder *e, const uint8_t *at, size_t len)
{
    surreal_status status;

    srl_encode_leave(e, at);
    status = srl_buf_reserve(e->buf, len);
    if (status) return srl_encode_bad(e, status, surreal_status_text(status));
    return srl_encode_enter(e);
}

/* ---- text --------------------------------------------------------------- */

/* Copy 8 bytes; returns them. */
SRL_INLINE uint64_t
srl_copy8(uint8_t *out, const uint8_t *text)
{
    uint64_t word;

    memcpy(&word, text, 8);
    memcpy(out, &word, 8);
    return word;
}

SRL_INLINE uint64_t
srl_copy4(uint8_t *out, const uint8_t *text)
{
    uint32_t word;

    memcpy(&word, text, 4);
    memcpy(out, &word, 4);
    return word;
}

/* Copy len bytes, the last ones overlapping those before; true if all of them
 * are ASCII. */
SRL_INLINE bool
srl_encode_copy(uint8_t *out, const uint8_t *text, size_t len)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t seen;
    size_t i;

    if (len >= 8) {
        seen = srl_copy8(out, text) | srl_copy8(out + len - 8, text + len - 8);
        for (i = 8; i + 8 < len; i += 8) {
            seen |= srl_copy8(out + i, text + i);
        }
        return !(seen & high);
    }
    if (len >= 4) {
        seen = srl_copy4(out, text) | srl_copy4(out + len - 4, text + len - 4);
        return !(seen & high);
    }
    if (!len) return true;
    seen = text[0] | (unsigned)text[len / 2] | text[len - 1];
    out[len / 2] = text[len / 2];
    out[len - 1] = text[len - 1];
    out[0] = text[0];
    return !(seen & high);
}

SRL_INLINE srl_encode_at
srl_encode_text(srl_encoder *e, srl_encode_at at, const char *text,
                size_t len)
{
    at = srl_encode_room(e, at, len + 9);
    if (SRL_UNLIKELY(!at)) return NULL;
    at = srl_cbor_store_head(at, SRL_CBOR_TEXT, len);
    if (SRL_UNLIKELY(!srl_encode_copy(at, (const uint8_t *)text, len)) &&
        !srl_utf8_valid((const uint8_t *)text, len)) {
        return srl_encode_bad(e, SURREAL_ERR_UTF8, "text is not UTF-8");
    }
    return at + len;
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

/* ---- values ------------------------------------------------------------- */

SRL_INLINE srl_encode_at
srl_encode_int(srl_encode_at at, int64_t v)
{
    uint64_t sign = (uint64_t)(v >> 63);

    /* -1 - v is ~v, and so is v with all bits turned over. */
    return srl_cbor_store_head(at, (unsigned)(sign & 1), (uint64_t)v ^ sign);
}

SRL_INLINE srl_encode_at
srl_encode_double(srl_encode_at at, double v)
{
    *at = 0xfb;
    srl_store64(at + 1, srl_double_to_bits(v));
    return at + 9;
}

static surreal_status
srl_encode_other(srl_encoder *e, unsigned member, const uint8_t *from)
{
    surreal_decimal decimal;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_record_id id;
    surreal_file file;
    surreal_raw raw;

    switch (member) {
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&decimal, from, sizeof decimal);
        return srl_put_decimal(e->buf, decimal.text);
    case SURREAL_MEMBER_DATETIME:
        memcpy(&datetime, from, sizeof datetime);
        return srl_put_datetime(e->buf, datetime);
    case SURREAL_MEMBER_DURATION:
        memcpy(&duration, from, sizeof duration);
        return srl_put_duration(e->buf, duration);
    case SURREAL_MEMBER_RECORD:
        memcpy(&id, from, sizeof id);
        return srl_put_record_id(e->buf, id);
    case SURREAL_MEMBER_FILE:
        memcpy(&file, from, sizeof file);
        return srl_put_file(e->buf, file, e->server_major);
    case SURREAL_MEMBER_RAW:
        memcpy(&raw, from, sizeof raw);
        return srl_put_encoded(e->buf, raw.cbor);
    default: return SURREAL_ERR_INTERNAL;
    }
}

/* Through the functions of value/. */
static srl_encode_at
srl_encode_slow(srl_encoder *e, const uint8_t *at, unsigned member,
                const uint8_t *from)
{
    surreal_status status;

    srl_encode_leave(e, at);
    status = srl_encode_other(e, member, from);
    if (status) return srl_encode_bad(e, status, surreal_status_text(status));
    return srl_encode_enter(e);
}

static srl_encode_at
srl_encode_wrong_table(srl_encoder *e, const uint8_t *tables)
{
    char names[100];

    srl_tables_print(tables, names, sizeof names);
    srl_where_fail(&e->where, SURREAL_ERR_TYPE,
                   "expected record<%s>, got another record", names);
    return NULL;
}

/* The key behind a table's name. */
SRL_INLINE srl_encode_at
srl_encode_key(srl_encoder *e, srl_encode_at at, const surreal_record_id *id)
{
    if (id->kind == SURREAL_KEY_STRING) {
        return srl_encode_text(e, at, id->key.s.ptr, id->key.s.len);
    }
    at = srl_encode_room(e, at, 9);
    return at ? srl_encode_int(at, id->key.i) : NULL;
}

/* A table's name and an integer or text is what nearly every record id is.
 * `table` is the only one allowed, with its head, or NULL. */
static srl_encode_at
srl_encode_record(srl_encoder *e, srl_encode_at at, const char *table,
                  const uint8_t *from)
{
    surreal_record_id id;
    surreal_str name;

    memcpy(&id, from, sizeof id);
    if (!table) {
        if (!id.table.len) {
            return srl_encode_bad(e, SURREAL_ERR_USAGE,
                                  "the record id names no table");
        }
        return srl_encode_slow(e, at, SURREAL_MEMBER_RECORD, from);
    }
    if ((uint8_t)*table >> 5 != SRL_CBOR_TEXT) {
        if (!srl_tables_have((const uint8_t *)table, id.table)) {
            return srl_encode_wrong_table(e, (const uint8_t *)table);
        }
        return srl_encode_slow(e, at, SURREAL_MEMBER_RECORD, from);
    }
    srl_cbor_text_at((const uint8_t *)table, &name);
    if (id.table.len != name.len || !name.len ||
        (id.table.ptr != name.ptr &&
         !srl_bytes_same((const uint8_t *)id.table.ptr,
                         (const uint8_t *)name.ptr, name.len))) {
        return srl_encode_wrong_table(e, (const uint8_t *)table);
    }
    if (id.kind != SURREAL_KEY_STRING && id.kind != SURREAL_KEY_INT) {
        return srl_encode_slow(e, at, SURREAL_MEMBER_RECORD, from);
    }
    at[0] = 0xc8;
    at[1] = 0x82;
    at = srl_encode_text(e, at + 2, name.ptr, name.len);
    return at ? srl_encode_key(e, at, &id) : NULL;
}

static srl_encode_at
srl_encode_raw(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_raw raw;
    size_t len;

    memcpy(&raw, from, sizeof raw);
    if (raw.cbor.len) return srl_encode_slow(e, at, SURREAL_MEMBER_RAW, from);
    if (!raw.value.at) {
        return srl_encode_bad(e, SURREAL_ERR_MISSING,
                              "set, but holds no value");
    }
    len = (size_t)(srl_cbor_skip(raw.value.at) - raw.value.at);
    at = srl_encode_room(e, at, len);
    if (!at) return NULL;
    memcpy(at, raw.value.at, len);
    return at + len;
}

static srl_encode_at
srl_encode_enum(srl_encoder *e, srl_encode_at at, const surreal_enum *desc,
                const uint8_t *from)
{
    int v;

    memcpy(&v, from, sizeof v);
    if (v < 1 || (unsigned)v > desc->count) {
        srl_encode_leave(e, at); /* for srl_encode_kept */
        srl_where_fail(&e->where, SURREAL_ERR_RANGE,
                       "%d is no value of the enum %s", v, desc->name);
        return NULL;
    }
    if (desc->numbers) return srl_encode_int(at, desc->numbers[v - 1]);
    return srl_encode_text(e, at, desc->names[v - 1],
                           strlen(desc->names[v - 1]));
}

SRL_INLINE srl_encode_at
srl_encode_datetime(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_datetime t;

    memcpy(&t, from, sizeof t);
    if (t.nsec > 999999999 || t.sec < SRL_DATETIME_MIN ||
        t.sec > SRL_DATETIME_MAX) {
        return srl_encode_slow(e, at, SURREAL_MEMBER_DATETIME, from);
    }
    at[0] = 0xcc;
    at[1] = 0x82;
    at = srl_encode_int(at + 2, t.sec);
    return srl_cbor_store_head(at, SRL_CBOR_UINT, t.nsec);
}

static srl_encode_at
srl_encode_number(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_number n;

    memcpy(&n, from, sizeof n);
    if (n.kind == SURREAL_INT) return srl_encode_int(at, n.as.i);
    if (n.kind == SURREAL_FLOAT) return srl_encode_double(at, n.as.f);
    if (n.kind != SURREAL_DECIMAL) {
        return srl_encode_bad(e, SURREAL_ERR_TYPE, "number of no kind");
    }
    return srl_encode_slow(e, at, SURREAL_MEMBER_DECIMAL,
                           (const uint8_t *)&n.as.decimal);
}

/* Bytes, a point, fixed text, and what is rare. */
static srl_encode_at
srl_encode_rare(srl_encoder *e, srl_encode_at at, unsigned member,
                const uint8_t *from)
{
    surreal_bytes bytes;
    surreal_point point;
    size_t len;

    switch (member) {
    case SURREAL_MEMBER_CHARS:
        memcpy(&len, from, sizeof len);
        return srl_encode_text(e, at, (const char *)from + sizeof len, len);
    case SURREAL_MEMBER_BYTES:
    case SURREAL_MEMBER_OCTETS:
        if (member == SURREAL_MEMBER_OCTETS) {
            memcpy(&bytes.len, from, sizeof bytes.len);
            bytes.ptr = from + sizeof bytes.len;
        } else {
            memcpy(&bytes, from, sizeof bytes);
        }
        at = srl_encode_room(e, at, bytes.len + 9);
        if (!at) return NULL;
        at = srl_cbor_store_head(at, SRL_CBOR_BYTES, bytes.len);
        if (bytes.len) memcpy(at, bytes.ptr, bytes.len);
        return at + bytes.len;
    case SURREAL_MEMBER_POINT:
        memcpy(&point, from, sizeof point);
        memcpy(at, "\xd8\x58\x82", 3);
        at = srl_encode_double(at + 3, point.lon);
        return srl_encode_double(at, point.lat);
    case SURREAL_MEMBER_UUID:
        memcpy(at, "\xd8\x25\x50", 3);
        memcpy(at + 3, from, 16);
        return at + 19;
    case SURREAL_MEMBER_NUMBER: return srl_encode_number(e, at, from);
    case SURREAL_MEMBER_RAW: return srl_encode_raw(e, at, from);
    default: return srl_encode_slow(e, at, member, from);
    }
}

/* 20 bytes are there. `what` is for nested structs. */
SRL_INLINE srl_encode_at
srl_encode_value(srl_encoder *e, srl_encode_at at, unsigned member,
                 const void *const *subs, unsigned sub, const uint8_t *from,
                 surreal_send what)
{
    surreal_str text;
    int64_t i;
    double f;

    switch (member) {
    case SURREAL_MEMBER_BOOL:
        *at = *from ? SRL_CBOR_TRUE : SRL_CBOR_FALSE;
        return at + 1;
    case SURREAL_MEMBER_INT:
        memcpy(&i, from, sizeof i);
        return srl_encode_int(at, i);
    case SURREAL_MEMBER_FLOAT:
        memcpy(&f, from, sizeof f);
        return srl_encode_double(at, f);
    case SURREAL_MEMBER_STRING:
        memcpy(&text, from, sizeof text);
        return srl_encode_text(e, at, text.ptr, text.len);
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&text, from, sizeof text);
        if (!srl_encode_is_plain_decimal(text)) {
            return srl_encode_slow(e, at, member, from);
        }
        *at = 0xca;
        return srl_encode_text(e, at + 1, text.ptr, text.len);
    case SURREAL_MEMBER_DATETIME: return srl_encode_datetime(e, at, from);
    case SURREAL_MEMBER_RECORD:
        return srl_encode_record(
            e, at, sub == SURREAL_NO_SUB ? NULL : (const char *)subs[sub],
            from);
    case SURREAL_MEMBER_ENUM:
        return srl_encode_enum(e, at, (const surreal_enum *)subs[sub], from);
    case SURREAL_MEMBER_STRUCT:
        return srl_encode_object(e, at, (const surreal_model *)subs[sub],
                                 from, what, true);
    case SURREAL_MEMBER_ARRAY:
        return srl_encode_array(e, at, (const surreal_items *)subs[sub],
                                from);
    default:
        if (srl_member_is_shape(member)) {
            return srl_encode_shape(e, at, member,
                                    sub == SURREAL_NO_SUB ? NULL : subs[sub],
                                    from, what);
        }
        return srl_encode_rare(e, at, member, from);
    }
}

SRL_FN srl_encode_at
srl_encode_part(srl_encoder *e, srl_encode_at at, unsigned member,
                const void *of, const uint8_t *from, surreal_send what)
{
    at = srl_encode_room(e, at, SRL_ENCODE_SLACK);
    if (!at) return NULL;
    return srl_encode_value(e, at, member, &of, of ? 0 : SURREAL_NO_SUB, from,
                            what);
}

static srl_encode_at
srl_encode_array(srl_encoder *e, srl_encode_at at, const surreal_items *items,
                 const uint8_t *member)
{
    srl_slice slice = srl_slice_of(items, member);
    size_t i;

    if (items->max && slice.count > items->max) {
        return srl_encode_bad(e, SURREAL_ERR_TOO_LONG,
                              "more elements than the type allows");
    }
    if (items->is_set && e->server_major >= 3) {
        *at++ = 0xd8;
        *at++ = SRL_TAG_SET;
    }
    at = srl_cbor_store_head(at, SRL_CBOR_ARRAY, slice.count);
    for (i = 0; i < slice.count; i++) {
        at = srl_encode_room(e, at, SRL_ENCODE_SLACK);
        if (at) {
            at = srl_encode_value(e, at, items->member, &items->of,
                                  items->of ? 0 : SURREAL_NO_SUB,
                                  slice.v + i * items->size,
                                  SURREAL_SEND_NEW);
        }
        if (!at) {
            srl_where_index(&e->where, i);
            return NULL;
        }
    }
    return at;
}

/* ---- objects ------------------------------------------------------------ */

/* What becomes of a field. */
typedef enum srl_fate {
    SRL_FATE_SKIP = 0,
    SRL_FATE_VALUE,
    SRL_FATE_NONE,
    SRL_FATE_MISSING
} srl_fate;

/* The fate of a field that is not simply set and sent. */
static srl_fate
srl_encode_odd_fate(const surreal_model *model,
                    const surreal_field_desc *field, const uint8_t *row,
                    surreal_send what, bool is_nested)
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
    if (field->flags & SURREAL_FIELD_REQUIRED) {
        return field->member == SURREAL_MEMBER_CONST ? SRL_FATE_VALUE
                                                     : SRL_FATE_MISSING;
    }
    if ((what == SURREAL_SEND_CHANGES ||
         (what == SURREAL_SEND_ARGS && !is_nested)) &&
        (field->flags & SURREAL_FIELD_OPTION)) {
        return SRL_FATE_NONE;
    }
    return SRL_FATE_SKIP;
}

SRL_INLINE srl_fate
srl_encode_fate(const surreal_model *model, const surreal_field_desc *field,
                const uint8_t *row, surreal_send what, bool is_nested)
{
    if (SRL_LIKELY(srl_bit_at(row, 0, field->bit) &&
                   !(field->flags &
                     (SURREAL_FIELD_SERVER | SURREAL_FIELD_KEY)) &&
                   (what != SURREAL_SEND_CHANGES || is_nested))) {
        return SRL_FATE_VALUE;
    }
    return srl_encode_odd_fate(model, field, row, what, is_nested);
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

SRL_FN srl_encode_at
srl_encode_rehead(srl_encoder *e, srl_encode_at at, size_t head, size_t more)
{
    uint8_t fresh[9];
    srl_cbor_head is;
    uint8_t *start = e->buf->data + head;
    size_t old = (size_t)(srl_cbor_head_at(start, &is) - start);
    size_t len = (size_t)(srl_cbor_store_head(fresh, SRL_CBOR_MAP,
                                              is.arg + more) -
                          fresh);

    if (len != old) {
        at = srl_encode_room(e, at, sizeof fresh);
        if (!at) return NULL;
        start = e->buf->data + head;
        memmove(start + len, start + old, (size_t)(at - start) - old);
        at = at - old + len;
    }
    memcpy(start, fresh, len);
    return at;
}

/* The fields that came with a struct and that no member stands for. */
SRL_COLD static srl_encode_at
srl_encode_extra(srl_encoder *e, srl_encode_at at, const surreal_model *model,
                 const uint8_t *row, size_t head)
{
    surreal_value from = srl_model_extra(model, row);
    srl_cbor_walk walk;
    size_t more = 0;

    if (!from.at) return at;
    walk = srl_cbor_walk_of(from.at);
    while (srl_cbor_more(&walk)) {
        const uint8_t *key = walk.at;
        const uint8_t *value = srl_cbor_skip(key);
        surreal_str name;
        size_t len;

        srl_cbor_more(&walk);
        walk.at = srl_cbor_skip(value);
        if (key[0] >> 5 != SRL_CBOR_TEXT || key[0] == 0x7f) continue;
        srl_cbor_text_at(key, &name);
        if (srl_field_find(model, name)) continue;
        len = (size_t)(walk.at - key);
        at = srl_encode_room(e, at, len);
        if (!at) return NULL;
        memcpy(at, key, len);
        at += len;
        more++;
    }
    return more ? srl_encode_rehead(e, at, head, more) : at;
}

/* A value of an enum that this program does not know goes back as it came,
 * unless it is what the program means to change. NULL if there is none. */
SRL_COLD static srl_encode_at
srl_encode_kept(srl_encoder *e, const surreal_model *model,
                const surreal_field_desc *field, const uint8_t *row,
                surreal_send what)
{
    const uint8_t *item = srl_enum_kept(model, field, row);
    srl_encode_at at;
    size_t len;

    if (!item || (what == SURREAL_SEND_CHANGES && model->mark_at)) {
        return NULL;
    }
    len = (size_t)(srl_cbor_skip(item) - item);
    at = srl_encode_room(e, srl_encode_enter(e), len);
    if (!at) return NULL;
    memcpy(at, item, len);
    return at + len;
}

/* Keys are copied in blocks of 16: the pool is longer than its keys. */
SRL_INLINE srl_encode_at
srl_encode_field(srl_encoder *e, srl_encode_at at, const surreal_model *model,
                 const surreal_field_desc *field, const uint8_t *row,
                 surreal_send what, srl_fate fate)
{
    const uint8_t *key = (const uint8_t *)model->pool + field->key;
    size_t len = field->key_len;
    size_t i;

    at = srl_encode_room(e, at, len + SRL_ENCODE_SLACK);
    if (SRL_UNLIKELY(!at)) return NULL;
    memcpy(at, key, 16);
    for (i = 16; SRL_UNLIKELY(i < len); i += 16) {
        memcpy(at + i, key + i, 16);
    }
    at += len;
    if (SRL_UNLIKELY(fate != SRL_FATE_VALUE)) {
        if (fate == SRL_FATE_MISSING) {
            return srl_encode_bad(e, SURREAL_ERR_MISSING,
                                  "required, but not set");
        }
        at[0] = 0xc6;
        at[1] = SRL_CBOR_NULL;
        return at + 2;
    }
    if (srl_field_is_null(model, row, field)) {
        *at = SRL_CBOR_NULL;
        return at + 1;
    }
    return srl_encode_value(e, at, field->member, model->subs, field->sub,
                            row + field->offset, what);
}

static srl_encode_at
srl_encode_object(srl_encoder *e, srl_encode_at at,
                  const surreal_model *model, const uint8_t *row,
                  surreal_send what, bool is_nested)
{
    const surreal_field_desc *field = model->fields;
    const surreal_field_desc *last = field + model->count;
    bool is_short = model->count < 24;
    size_t head;
    size_t count = 0;

    at = srl_encode_room(e, at, 9);
    if (!at) return NULL;
    head = (size_t)(at - e->buf->data);
    if (is_short) {
        /* The head is one byte, written when the count is known. */
        at++;
    } else {
        count = srl_encode_count(model, row, what, is_nested);
        at = srl_cbor_store_head(at, SRL_CBOR_MAP, count);
    }
    for (; field < last; field++) {
        srl_fate fate = srl_encode_fate(model, field, row, what, is_nested);

        if (fate == SRL_FATE_SKIP) continue;
        at = srl_encode_field(e, at, model, field, row, what, fate);
        if (SRL_UNLIKELY(!at)) {
            at = srl_encode_kept(e, model, field, row, what);
            if (!at) {
                srl_where_key(&e->where, model, field);
                return NULL;
            }
        }
        count++;
    }
    if (is_short) e->buf->data[head] = (uint8_t)(0xa0 | count);
    if (SRL_UNLIKELY(model->flags & SURREAL_MODEL_KEEP) &&
        what != SURREAL_SEND_CHANGES) {
        return srl_encode_extra(e, at, model, row, head);
    }
    return at;
}

/* ---- the calls ---------------------------------------------------------- */

SRL_FN surreal_status
srl_model_encode(srl_buf *buf, const surreal_model *model, const void *row,
                 surreal_send what, int server_major, surreal_error *err)
{
    srl_encoder e;
    srl_encode_at at;
    surreal_status status;

    /* An empty buffer has no address to count from. */
    status = srl_buf_reserve(buf, SRL_ENCODE_SLACK);
    if (status) {
        return srl_fail(err, status, "%s: %s", model->name,
                        surreal_status_text(status));
    }
    srl_where_init(&e.where);
    e.buf = buf;
    e.server_major = server_major;
    at = srl_encode_enter(&e);
    at = srl_encode_object(&e, at, model, (const uint8_t *)row, what, false);
    if (!at) return srl_where_tell(&e.where, model, false, err);
    srl_encode_leave(&e, at);
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

SRL_FN bool
srl_encode_short(srl_where *where, uint8_t room[SRL_ENCODE_SHORT],
                 unsigned member, const void *of, const uint8_t *from)
{
    srl_encoder e;
    srl_buf buf;

    srl_buf_fixed(&buf, room, SRL_ENCODE_SHORT);
    srl_where_init(&e.where);
    e.buf = &buf;
    e.server_major = 3;
    if (srl_encode_part(&e, srl_encode_enter(&e), member, of, from,
                        SURREAL_SEND_NEW)) {
        return true;
    }
    where->status = e.where.status;
    memcpy(where->why, e.where.why, sizeof where->why);
    return false;
}
