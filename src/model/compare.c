/* model/compare.c: whether two structs are equal. */
#include "model/model.h"

static bool srl_same_object(const surreal_model *model, const uint8_t *a,
                            const uint8_t *b);
static bool srl_same_member(unsigned member, const void *sub,
                            const uint8_t *a, const uint8_t *b);

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
    case SURREAL_MEMBER_OCTETS:
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

/* ---- shapes ------------------------------------------------------------- */

static bool
srl_same_union(const surreal_union *u, const uint8_t *a, const uint8_t *b)
{
    int tag = srl_union_tag(a);
    const surreal_part *arm;

    if (tag != srl_union_tag(b)) return false;
    if (tag < 1 || (unsigned)tag > u->count + 1) return true;
    if ((unsigned)tag == u->count + 1) {
        return srl_same_plain(SURREAL_MEMBER_RAW, a + u->at, b + u->at);
    }
    arm = u->arms + (tag - 1);
    return srl_same_member(arm->member, arm->of, a + u->at, b + u->at);
}

static bool
srl_same_tuple(const surreal_tuple *t, const uint8_t *a, const uint8_t *b)
{
    size_t i;

    for (i = 0; i < t->count; i++) {
        const surreal_part *part = t->parts + i;

        if (!srl_same_member(part->member, part->of, a + part->offset,
                             b + part->offset)) {
            return false;
        }
    }
    return true;
}

static bool
srl_same_range(const uint8_t *a, const uint8_t *b)
{
    surreal_bounds x;
    surreal_bounds y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x.begin_excluded == y.begin_excluded &&
           x.end_included == y.end_included &&
           srl_same_plain(SURREAL_MEMBER_RAW, (const uint8_t *)&x.begin,
                          (const uint8_t *)&y.begin) &&
           srl_same_plain(SURREAL_MEMBER_RAW, (const uint8_t *)&x.end,
                          (const uint8_t *)&y.end);
}

static bool
srl_same_geo(unsigned member, const uint8_t *a, const uint8_t *b)
{
    srl_geo x = srl_geo_of(member, a);
    srl_geo y = srl_geo_of(member, b);
    srl_slice v;
    srl_slice w;
    unsigned part;
    size_t size;
    size_t i;

    if (x.kind != y.kind) return false;
    if (x.kind < SURREAL_POINT || x.kind > SURREAL_COLLECTION) return true;
    if (x.kind == SURREAL_POINT) {
        return srl_same_plain(SURREAL_MEMBER_POINT, x.at, y.at);
    }
    size = srl_geo_part(x.kind, &part);
    memcpy(&v, x.at, sizeof v);
    memcpy(&w, y.at, sizeof w);
    if (v.count != w.count) return false;
    for (i = 0; i < v.count; i++) {
        if (!srl_same_geo(part, v.v + i * size, w.v + i * size)) {
            return false;
        }
    }
    return true;
}

/* As what they are sent as, and if that is too long or refused, byte by byte,
 * which may tell apart what is equal. */
static bool
srl_same_user(const surreal_user *user, const uint8_t *a, const uint8_t *b)
{
    uint8_t room_a[SRL_USER_ROOM];
    uint8_t room_b[SRL_USER_ROOM];
    surreal_bytes x;
    surreal_bytes y;

    if (srl_user_item(user, a, room_a, &x) &&
        srl_user_item(user, b, room_b, &y)) {
        return srl_same_item(x.ptr, y.ptr);
    }
    return !memcmp(a, b, user->size);
}

static bool
srl_same_shape(unsigned member, const void *sub, const uint8_t *a,
               const uint8_t *b)
{
    const surreal_part *part = (const surreal_part *)sub;

    switch (member) {
    case SURREAL_MEMBER_UNION:
        return srl_same_union((const surreal_union *)sub, a, b);
    case SURREAL_MEMBER_TUPLE:
        return srl_same_tuple((const surreal_tuple *)sub, a, b);
    case SURREAL_MEMBER_MAYBE:
        if (srl_maybe_has(a) != srl_maybe_has(b) ||
            srl_maybe_is_null(part, a) != srl_maybe_is_null(part, b)) {
            return false;
        }
        return !srl_maybe_has(a) ||
               srl_same_member(part->member, part->of, a + part->offset,
                               b + part->offset);
    case SURREAL_MEMBER_RANGE: return srl_same_range(a, b);
    case SURREAL_MEMBER_USER:
        return srl_same_user((const surreal_user *)sub, a, b);
    case SURREAL_MEMBER_CONST: return true;
    default: return srl_same_geo(member, a, b);
    }
}

/* Values of an enum that are not known here are equal if they came as the
 * same value. */
static bool
srl_same_unknown(const surreal_model *model, const surreal_field_desc *field,
                 const uint8_t *a, const uint8_t *b)
{
    const uint8_t *item = srl_enum_kept(model, field, a);
    const uint8_t *other = srl_enum_kept(model, field, b);

    return item && other ? srl_same_item(item, other) : item == other;
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
    if (srl_member_is_shape(member)) {
        return srl_same_shape(member, sub, a, b);
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

        if (field->member == SURREAL_MEMBER_CONST) continue;
        if (srl_bit_at(a, 0, field->bit) != srl_bit_at(b, 0, field->bit) ||
            is_null != srl_field_is_null(model, b, field)) {
            return false;
        }
        if (is_null || !srl_bit_at(a, 0, field->bit)) continue;
        if (!srl_same_member(field->member, srl_field_sub(model, field),
                             a + field->offset, b + field->offset)) {
            return false;
        }
        if (field->member == SURREAL_MEMBER_ENUM && model->extra_at) {
            int v;

            memcpy(&v, a + field->offset, sizeof v);
            if (!v && !srl_same_unknown(model, field, a, b)) return false;
        }
    }
    return true;
}

SURREAL_API bool
surreal_model_equal(const surreal_model *model, const void *a, const void *b)
{
    return srl_same_object(model, (const uint8_t *)a, (const uint8_t *)b);
}
