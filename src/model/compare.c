/* model/compare.c: structs as text, and whether two are equal. */
#include "model/model.h"

static void srl_show_object(srl_out *out, const surreal_model *model,
                            const uint8_t *row);
static bool srl_same_object(const surreal_model *model, const uint8_t *a,
                            const uint8_t *b);

/* ---- text --------------------------------------------------------------- */

/* Room for what a function with snprintf's contract prints next. */
static char *
srl_show_rest(const srl_out *out, size_t *cap)
{
    *cap = out->len < out->cap ? out->cap - out->len : 0;
    return *cap ? out->buf + out->len : NULL;
}

static void
srl_show_float(srl_out *out, double v)
{
    char text[32];

    srl_double_print(v, text);
    srl_out_text(out, text);
    if (!strpbrk(text, ".eNI")) srl_out_char(out, 'f');
}

static void
srl_show_bytes(srl_out *out, surreal_bytes bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t i;

    srl_out_text(out, "b\"");
    for (i = 0; i < bytes.len; i++) {
        srl_out_char(out, digits[bytes.ptr[i] >> 4]);
        srl_out_char(out, digits[bytes.ptr[i] & 15]);
    }
    srl_out_char(out, '"');
}

static void
srl_show_raw(srl_out *out, const surreal_raw *raw)
{
    size_t cap;
    char *rest;

    if (raw->cbor.len) {
        srl_show_bytes(out, raw->cbor);
    } else {
        rest = srl_show_rest(out, &cap);
        out->len += surreal_print(raw->value, rest, cap);
    }
}

static void
srl_show_enum(srl_out *out, const surreal_enum *e, int v)
{
    if (v < 1 || (unsigned)v > e->count) {
        srl_out_text(out, "(unknown)");
    } else if (e->names) {
        srl_string_out(out, surreal_text(e->names[v - 1]));
    } else {
        srl_out_int(out, e->numbers[v - 1]);
    }
}

static void
srl_show_number(srl_out *out, const surreal_number *n)
{
    if (n->kind == SURREAL_INT) {
        srl_out_int(out, n->as.i);
    } else if (n->kind == SURREAL_FLOAT) {
        srl_show_float(out, n->as.f);
    } else {
        srl_out_put(out, n->as.decimal.text.ptr, n->as.decimal.text.len);
        srl_out_text(out, "dec");
    }
}

/* Any member type, for reading one out of a struct. */
typedef union srl_any_member {
    bool b;
    int e;
    int64_t i;
    double f;
    size_t len;
    surreal_str text;
    surreal_bytes bytes;
    surreal_number number;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;
    surreal_record_id id;
    surreal_point point;
    surreal_file file;
    surreal_raw raw;
} srl_any_member;

/* Texts and numbers. */
static bool
srl_show_simple(srl_out *out, unsigned member, const uint8_t *at)
{
    srl_any_member u;

#define SRL_TAKE(part) memcpy(&u.part, at, sizeof u.part)
    switch (member) {
    case SURREAL_MEMBER_BOOL:
        srl_out_text(out, *at ? "true" : "false");
        return true;
    case SURREAL_MEMBER_INT: SRL_TAKE(i); srl_out_int(out, u.i); return true;
    case SURREAL_MEMBER_FLOAT:
        SRL_TAKE(f);
        srl_show_float(out, u.f);
        return true;
    case SURREAL_MEMBER_NUMBER:
        SRL_TAKE(number);
        srl_show_number(out, &u.number);
        return true;
    case SURREAL_MEMBER_DECIMAL:
        SRL_TAKE(text);
        srl_out_put(out, u.text.ptr, u.text.len);
        srl_out_text(out, "dec");
        return true;
    case SURREAL_MEMBER_STRING:
        SRL_TAKE(text);
        srl_string_out(out, u.text);
        return true;
    case SURREAL_MEMBER_CHARS:
        SRL_TAKE(len);
        srl_string_out(out, surreal_text_of((const char *)at + sizeof u.len,
                                            u.len));
        return true;
    default: return false;
    }
}

/* Everything but structs and arrays. */
static void
srl_show_plain(srl_out *out, unsigned member, const void *sub,
               const uint8_t *at)
{
    srl_any_member u;
    size_t cap;
    char *rest;

    if (srl_show_simple(out, member, at)) return;
    switch (member) {
    case SURREAL_MEMBER_BYTES:
        SRL_TAKE(bytes);
        srl_show_bytes(out, u.bytes);
        break;
    case SURREAL_MEMBER_DATETIME:
        SRL_TAKE(datetime);
        srl_out_text(out, "d'");
        srl_datetime_out(out, u.datetime);
        srl_out_char(out, '\'');
        break;
    case SURREAL_MEMBER_DURATION:
        SRL_TAKE(duration);
        srl_duration_out(out, u.duration);
        break;
    case SURREAL_MEMBER_UUID:
        SRL_TAKE(uuid);
        srl_out_text(out, "u'");
        srl_uuid_out(out, u.uuid);
        srl_out_char(out, '\'');
        break;
    case SURREAL_MEMBER_RECORD:
        SRL_TAKE(id);
        rest = srl_show_rest(out, &cap);
        out->len += surreal_record_id_print(u.id, rest, cap);
        break;
    case SURREAL_MEMBER_POINT:
        SRL_TAKE(point);
        srl_out_char(out, '(');
        srl_show_float(out, u.point.lon);
        srl_out_text(out, ", ");
        srl_show_float(out, u.point.lat);
        srl_out_char(out, ')');
        break;
    case SURREAL_MEMBER_FILE:
        SRL_TAKE(file);
        srl_out_text(out, "f\"");
        srl_out_put(out, u.file.bucket.ptr, u.file.bucket.len);
        srl_out_char(out, ':');
        srl_out_put(out, u.file.key.ptr, u.file.key.len);
        srl_out_char(out, '"');
        break;
    case SURREAL_MEMBER_ENUM:
        SRL_TAKE(e);
        srl_show_enum(out, (const surreal_enum *)sub, u.e);
        break;
    default: SRL_TAKE(raw); srl_show_raw(out, &u.raw); break;
    }
#undef SRL_TAKE
}

static void
srl_show_member(srl_out *out, unsigned member, const void *sub,
                const uint8_t *at)
{
    const surreal_items *items = (const surreal_items *)sub;
    srl_slice slice;
    size_t i;

    if (member == SURREAL_MEMBER_STRUCT) {
        srl_show_object(out, (const surreal_model *)sub, at);
        return;
    }
    if (member != SURREAL_MEMBER_ARRAY) {
        srl_show_plain(out, member, sub, at);
        return;
    }
    slice = srl_slice_of(items, at);
    srl_out_char(out, '[');
    for (i = 0; i < slice.count; i++) {
        if (i) srl_out_text(out, ", ");
        srl_show_member(out, items->member, items->of,
                        slice.v + i * items->size);
    }
    srl_out_char(out, ']');
}

static void
srl_show_object(srl_out *out, const surreal_model *model, const uint8_t *row)
{
    const char *before = "{ ";
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;

        if (!srl_bit_at(row, 0, field->bit)) continue;
        srl_out_text(out, before);
        before = ", ";
        srl_ident_out(out, srl_field_name(model, field));
        srl_out_text(out, ": ");
        if (field->flags & SURREAL_FIELD_SECRET) {
            srl_out_text(out, "(secret)");
        } else if (srl_field_is_null(model, row, field)) {
            srl_out_text(out, "NULL");
        } else {
            srl_show_member(out, field->member, srl_field_sub(model, field),
                            row + field->offset);
        }
    }
    srl_out_text(out, *before == '{' ? "{}" : " }");
}

SURREAL_API size_t
surreal_model_print(const surreal_model *model, const void *row, char *buf,
                    size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_show_object(&out, model, (const uint8_t *)row);
    return srl_out_end(&out);
}

/* ---- equality ----------------------------------------------------------- */

static bool
srl_same_float(double a, double b)
{
    return (a != a && b != b) || !(a < b || a > b || a != a || b != b);
}

/* Two items of checked bytes: the same bytes, or else compared head by head.
 * The same items in the same order are the same value, whatever the width of
 * their numbers. */
static bool
srl_same_item(const uint8_t *a, const uint8_t *b)
{
    uint64_t left = 1;
    size_t len = (size_t)(srl_cbor_skip(a) - a);

    if (len == (size_t)(srl_cbor_skip(b) - b) && !memcmp(a, b, len)) {
        return true;
    }
    while (left--) {
        srl_cbor_head x;
        srl_cbor_head y;

        a = srl_cbor_head_at(a, &x);
        b = srl_cbor_head_at(b, &y);
        if (x.major != y.major) return false;
        if (x.major == SRL_CBOR_SIMPLE && x.info >= 25 && x.info <= 27) {
            if (y.info < 25 || y.info > 27) return false;
            if (!srl_same_float(srl_cbor_float(&x), srl_cbor_float(&y))) {
                return false;
            }
            continue;
        }
        if (x.arg != y.arg || x.info == 31 || y.info == 31) return false;
        switch (x.major) {
        case SRL_CBOR_BYTES:
        case SRL_CBOR_TEXT:
            if (memcmp(a, b, (size_t)x.arg)) return false;
            a += x.arg;
            b += x.arg;
            break;
        case SRL_CBOR_ARRAY: left += x.arg; break;
        case SRL_CBOR_MAP: left += 2 * x.arg; break;
        case SRL_CBOR_TAG: left++; break;
        default: break;
        }
    }
    return true;
}

/* The item of a raw member, if it is one. */
static const uint8_t *
srl_raw_item(const surreal_raw *raw)
{
    const char *reason;
    size_t used;

    if (!raw->cbor.len) return raw->value.at;
    if (srl_cbor_check(raw->cbor.ptr, raw->cbor.len, SURREAL_MAX_DEPTH, &used,
                       &reason)) {
        return NULL;
    }
    return raw->cbor.ptr;
}

static bool
srl_same_number(const surreal_number *a, const surreal_number *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == SURREAL_INT) return a->as.i == b->as.i;
    if (a->kind == SURREAL_FLOAT) return srl_same_float(a->as.f, b->as.f);
    return surreal_decimal_cmp(a->as.decimal, b->as.decimal) == 0;
}

static bool
srl_same_plain(unsigned member, const uint8_t *a, const uint8_t *b)
{
    srl_any_member x;
    srl_any_member y;
    surreal_decimal c;
    surreal_decimal d;
    const uint8_t *item;
    const uint8_t *other;

#define SRL_TAKE(part)                  \
    (memcpy(&x.part, a, sizeof x.part), \
     memcpy(&y.part, b, sizeof y.part))
    switch (member) {
    case SURREAL_MEMBER_BOOL: return *a == *b;
    case SURREAL_MEMBER_INT: SRL_TAKE(i); return x.i == y.i;
    case SURREAL_MEMBER_FLOAT: SRL_TAKE(f); return srl_same_float(x.f, y.f);
    case SURREAL_MEMBER_NUMBER:
        SRL_TAKE(number);
        return srl_same_number(&x.number, &y.number);
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&c, a, sizeof c);
        memcpy(&d, b, sizeof d);
        return surreal_decimal_cmp(c, d) == 0;
    case SURREAL_MEMBER_STRING:
        SRL_TAKE(text);
        return surreal_str_eq(x.text, y.text);
    case SURREAL_MEMBER_CHARS:
        SRL_TAKE(len);
        return x.len == y.len &&
               !memcmp(a + sizeof x.len, b + sizeof x.len, x.len);
    case SURREAL_MEMBER_BYTES:
        SRL_TAKE(bytes);
        return x.bytes.len == y.bytes.len &&
               (!x.bytes.len ||
                !memcmp(x.bytes.ptr, y.bytes.ptr, x.bytes.len));
    case SURREAL_MEMBER_DATETIME:
        SRL_TAKE(datetime);
        return x.datetime.sec == y.datetime.sec &&
               x.datetime.nsec == y.datetime.nsec;
    case SURREAL_MEMBER_DURATION:
        SRL_TAKE(duration);
        return x.duration.sec == y.duration.sec &&
               x.duration.nsec == y.duration.nsec;
    case SURREAL_MEMBER_UUID: return !memcmp(a, b, 16);
    case SURREAL_MEMBER_RECORD:
        SRL_TAKE(id);
        return surreal_id_eq(x.id, y.id);
    case SURREAL_MEMBER_POINT:
        SRL_TAKE(point);
        return srl_same_float(x.point.lon, y.point.lon) &&
               srl_same_float(x.point.lat, y.point.lat);
    case SURREAL_MEMBER_FILE:
        SRL_TAKE(file);
        return surreal_str_eq(x.file.bucket, y.file.bucket) &&
               surreal_str_eq(x.file.key, y.file.key);
    case SURREAL_MEMBER_ENUM: SRL_TAKE(e); return x.e == y.e;
    default:
        SRL_TAKE(raw);
        item = srl_raw_item(&x.raw);
        other = srl_raw_item(&y.raw);
        return item && other ? srl_same_item(item, other) : item == other;
    }
#undef SRL_TAKE
}

static bool
srl_same_member(unsigned member, const void *sub, const uint8_t *a,
                const uint8_t *b)
{
    const surreal_items *items = (const surreal_items *)sub;
    srl_slice x;
    srl_slice y;
    size_t i;

    if (member == SURREAL_MEMBER_STRUCT) {
        return srl_same_object((const surreal_model *)sub, a, b);
    }
    if (member != SURREAL_MEMBER_ARRAY) return srl_same_plain(member, a, b);
    x = srl_slice_of(items, a);
    y = srl_slice_of(items, b);
    if (x.count != y.count) return false;
    for (i = 0; i < x.count; i++) {
        if (!srl_same_member(items->member, items->of, x.v + i * items->size,
                             y.v + i * items->size)) {
            return false;
        }
    }
    return true;
}

static bool
srl_same_object(const surreal_model *model, const uint8_t *a,
                const uint8_t *b)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        bool is_null = srl_field_is_null(model, a, field);

        if (srl_bit_at(a, 0, field->bit) != srl_bit_at(b, 0, field->bit) ||
            is_null != srl_field_is_null(model, b, field)) {
            return false;
        }
        if (is_null || !srl_bit_at(a, 0, field->bit)) continue;
        if (!srl_same_member(field->member, srl_field_sub(model, field),
                             a + field->offset, b + field->offset)) {
            return false;
        }
    }
    return true;
}

SURREAL_API bool
surreal_model_equal(const surreal_model *model, const void *a, const void *b)
{
    return srl_same_object(model, (const uint8_t *)a, (const uint8_t *)b);
}
