/* model/show.c: structs as SurrealQL text. */
#include "model/model.h"

static void srl_show_object(srl_out *out, const surreal_model *model,
                            const uint8_t *row);
static void srl_show_member(srl_out *out, unsigned member, const void *sub,
                            const uint8_t *at);

/* ---- text --------------------------------------------------------------- */

static void
srl_show_float(srl_out *out, double v)
{
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    srl_sink_float(sink, v);
}

static void
srl_show_item(srl_out *out, const uint8_t *item)
{
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    srl_sink_item(sink, item);
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
    const char *reason;
    size_t used;

    if (!raw->cbor.len) {
        if (raw->value.at) {
            srl_show_item(out, raw->value.at);
        } else {
            srl_out_text(out, "(no value)");
        }
    } else if (srl_cbor_check(raw->cbor.ptr, raw->cbor.len,
                              SURREAL_MAX_DEPTH, &used, &reason)) {
        srl_show_bytes(out, raw->cbor);
    } else {
        srl_show_item(out, raw->cbor.ptr);
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
    srl_sink sink;

    if (srl_show_simple(out, member, at)) return;
    switch (member) {
    case SURREAL_MEMBER_BYTES:
        SRL_TAKE(bytes);
        srl_show_bytes(out, u.bytes);
        break;
    case SURREAL_MEMBER_OCTETS:
        SRL_TAKE(len);
        u.bytes.len = u.len;
        u.bytes.ptr = at + sizeof u.len;
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
        sink.out = out;
        sink.json = false;
        srl_sink_record_id(sink, &u.id);
        break;
    case SURREAL_MEMBER_POINT:
        srl_geo_show(out, member, at, false);
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

/* ---- shapes ------------------------------------------------------------- */

static void
srl_show_union(srl_out *out, const surreal_union *u, const uint8_t *at)
{
    int tag = srl_union_tag(at);
    surreal_raw raw;

    if (tag < 1 || (unsigned)tag > u->count + 1) {
        srl_out_text(out, "(no arm)");
    } else if ((unsigned)tag == u->count + 1) {
        memcpy(&raw, at + u->at, sizeof raw);
        srl_show_raw(out, &raw);
    } else {
        const surreal_part *arm = u->arms + (tag - 1);

        srl_show_member(out, arm->member, arm->of, at + u->at);
    }
}

static void
srl_show_tuple(srl_out *out, const surreal_tuple *t, const uint8_t *at)
{
    size_t i;

    srl_out_char(out, '[');
    for (i = 0; i < t->count; i++) {
        if (i) srl_out_text(out, ", ");
        srl_show_member(out, t->parts[i].member, t->parts[i].of,
                        at + t->parts[i].offset);
    }
    srl_out_char(out, ']');
}

static void
srl_show_range(srl_out *out, const uint8_t *at)
{
    surreal_bounds bounds;

    memcpy(&bounds, at, sizeof bounds);
    if (bounds.begin.cbor.len || bounds.begin.value.at) {
        srl_show_raw(out, &bounds.begin);
        if (bounds.begin_excluded) srl_out_char(out, '>');
    }
    srl_out_text(out, "..");
    if (bounds.end.cbor.len || bounds.end.value.at) {
        if (bounds.end_included) srl_out_char(out, '=');
        srl_show_raw(out, &bounds.end);
    }
}

static void
srl_show_user(srl_out *out, const surreal_user *user, const uint8_t *at)
{
    uint8_t room[SRL_USER_ROOM];
    surreal_bytes item;

    if (srl_user_item(user, at, room, &item)) {
        srl_show_item(out, item.ptr);
    } else {
        srl_out_char(out, '(');
        srl_out_text(out, user->name);
        srl_out_char(out, ')');
    }
}

static void
srl_show_shape(srl_out *out, unsigned member, const void *sub,
               const uint8_t *at)
{
    const surreal_part *part = (const surreal_part *)sub;

    switch (member) {
    case SURREAL_MEMBER_UNION:
        srl_show_union(out, (const surreal_union *)sub, at);
        break;
    case SURREAL_MEMBER_TUPLE:
        srl_show_tuple(out, (const surreal_tuple *)sub, at);
        break;
    case SURREAL_MEMBER_MAYBE:
        if (srl_maybe_has(at)) {
            srl_show_member(out, part->member, part->of, at + part->offset);
        } else {
            srl_out_text(out, srl_maybe_is_null(part, at) ? "NULL" : "NONE");
        }
        break;
    case SURREAL_MEMBER_RANGE: srl_show_range(out, at); break;
    case SURREAL_MEMBER_USER:
        srl_show_user(out, (const surreal_user *)sub, at);
        break;
    case SURREAL_MEMBER_CONST:
        srl_show_item(out, (const uint8_t *)sub);
        break;
    default: srl_geo_show(out, member, at, false); break;
    }
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
    if (srl_member_is_shape(member)) {
        srl_show_shape(out, member, sub, at);
        return;
    }
    if (member != SURREAL_MEMBER_ARRAY) {
        srl_show_plain(out, member, sub, at);
        return;
    }
    slice = srl_slice_of(items, at);
    srl_out_char(out, items->is_set ? '{' : '[');
    for (i = 0; i < slice.count; i++) {
        if (i) srl_out_text(out, ", ");
        srl_show_member(out, items->member, items->of,
                        slice.v + i * items->size);
    }
    if (items->is_set && slice.count < 2) srl_out_char(out, ',');
    srl_out_char(out, items->is_set ? '}' : ']');
}

static void
srl_show_object(srl_out *out, const surreal_model *model, const uint8_t *row)
{
    const char *before = "{ ";
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        const uint8_t *kept;

        if (!srl_bit_at(row, 0, field->bit) &&
            field->member != SURREAL_MEMBER_CONST) {
            continue;
        }
        srl_out_text(out, before);
        before = ", ";
        srl_ident_out(out, srl_field_name(model, field));
        srl_out_text(out, ": ");
        if (field->flags & SURREAL_FIELD_SECRET) {
            srl_out_text(out, "(secret)");
        } else if (srl_field_is_null(model, row, field)) {
            srl_out_text(out, "NULL");
        } else if ((kept = srl_enum_kept(model, field, row)) != NULL) {
            srl_show_item(out, kept);
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
