/* model/json.c: structs as JSON. */

/* Values look as srl_json_item writes them, so that a field has one JSON form
 * whether its type is known or not. What is short is encoded and printed from
 * that; text, bytes and ids, which may be long, are printed as they are. */
#include "model/model.h"

static void srl_json_struct(srl_out *out, const surreal_model *model,
                            const uint8_t *row);
static void srl_json_member(srl_out *out, unsigned member, const void *sub,
                            const uint8_t *at);

static void
srl_json_quoted(srl_out *out, surreal_str text)
{
    srl_out_char(out, '"');
    srl_json_escape(out, text.ptr, text.len);
    srl_out_char(out, '"');
}

static void
srl_json_octets(srl_out *out, const uint8_t *ptr, size_t len)
{
    srl_json_base64_out(out, srl_cbor_pieces_str(surreal_text_of(
                                 (const char *)ptr, len)));
}

/* Numbers, moments, uuids, points: what takes a few bytes. */
static void
srl_json_short(srl_out *out, unsigned member, const void *sub,
               const uint8_t *at)
{
    uint8_t room[SRL_ENCODE_SHORT];
    srl_where where;

    srl_where_init(&where);
    if (srl_encode_short(&where, room, member, sub, at)) {
        srl_json_item(out, room);
    } else {
        srl_out_text(out, "null");
    }
}

static void
srl_json_raw(srl_out *out, const surreal_raw *raw)
{
    const char *reason;
    size_t used;

    if (!raw->cbor.len) {
        if (raw->value.at) {
            srl_json_item(out, raw->value.at);
        } else {
            srl_out_text(out, "null");
        }
    } else if (srl_cbor_check(raw->cbor.ptr, raw->cbor.len,
                              SURREAL_MAX_DEPTH, &used, &reason)) {
        srl_out_text(out, "null");
    } else {
        srl_json_item(out, raw->cbor.ptr);
    }
}

/* ---- shapes ------------------------------------------------------------- */

static void
srl_json_bound(srl_sink sink, const surreal_raw *raw)
{
    const char *reason;
    size_t used;

    if (raw->cbor.len) {
        if (!srl_cbor_check(raw->cbor.ptr, raw->cbor.len, SURREAL_MAX_DEPTH,
                            &used, &reason)) {
            srl_sink_item(sink, raw->cbor.ptr);
        }
    } else if (raw->value.at) {
        srl_sink_item(sink, raw->value.at);
    }
}

static void
srl_json_range(srl_out *out, const uint8_t *at)
{
    surreal_bounds bounds;
    srl_sink sink;

    memcpy(&bounds, at, sizeof bounds);
    sink.out = out;
    sink.json = true;
    srl_out_char(out, '"');
    srl_json_bound(sink, &bounds.begin);
    if (bounds.begin_excluded) srl_out_char(out, '>');
    srl_out_text(out, "..");
    if (bounds.end_included) srl_out_char(out, '=');
    srl_json_bound(sink, &bounds.end);
    srl_out_char(out, '"');
}

static void
srl_json_union(srl_out *out, const surreal_union *u, const uint8_t *at)
{
    int tag = srl_union_tag(at);
    const surreal_part *arm;

    if (tag < 1 || (unsigned)tag > u->count + 1) {
        srl_out_text(out, "null");
    } else if ((unsigned)tag == u->count + 1) {
        srl_json_member(out, SURREAL_MEMBER_RAW, NULL, at + u->at);
    } else {
        arm = u->arms + (tag - 1);
        srl_json_member(out, arm->member, arm->of, at + u->at);
    }
}

static void
srl_json_tuple(srl_out *out, const surreal_tuple *t, const uint8_t *at)
{
    size_t i;

    srl_out_char(out, '[');
    for (i = 0; i < t->count; i++) {
        if (i) srl_out_char(out, ',');
        srl_json_member(out, t->parts[i].member, t->parts[i].of,
                        at + t->parts[i].offset);
    }
    srl_out_char(out, ']');
}

static void
srl_json_shape(srl_out *out, unsigned member, const void *sub,
               const uint8_t *at)
{
    const surreal_part *part = (const surreal_part *)sub;
    uint8_t room[SRL_USER_ROOM];
    surreal_bytes item;

    switch (member) {
    case SURREAL_MEMBER_UNION:
        srl_json_union(out, (const surreal_union *)sub, at);
        break;
    case SURREAL_MEMBER_TUPLE:
        srl_json_tuple(out, (const surreal_tuple *)sub, at);
        break;
    case SURREAL_MEMBER_MAYBE:
        if (srl_maybe_has(at)) {
            srl_json_member(out, part->member, part->of, at + part->offset);
        } else {
            srl_out_text(out, "null");
        }
        break;
    case SURREAL_MEMBER_RANGE: srl_json_range(out, at); break;
    case SURREAL_MEMBER_USER:
        if (srl_user_item((const surreal_user *)sub, at, room, &item)) {
            srl_json_item(out, item.ptr);
        } else {
            srl_out_text(out, "null");
        }
        break;
    case SURREAL_MEMBER_CONST:
        srl_json_item(out, (const uint8_t *)sub);
        break;
    default: srl_geo_show(out, member, at, true); break;
    }
}

/* ---- members ------------------------------------------------------------ */

static void
srl_json_array_of(srl_out *out, const surreal_items *items, const uint8_t *at)
{
    srl_slice slice = srl_slice_of(items, at);
    size_t i;

    srl_out_char(out, '[');
    for (i = 0; i < slice.count; i++) {
        if (i) srl_out_char(out, ',');
        srl_json_member(out, items->member, items->of,
                        slice.v + i * items->size);
    }
    srl_out_char(out, ']');
}

static void
srl_json_enum(srl_out *out, const surreal_enum *e, const uint8_t *at)
{
    int v;

    memcpy(&v, at, sizeof v);
    if (v < 1 || (unsigned)v > e->count) {
        srl_out_text(out, "null");
    } else if (e->numbers) {
        srl_out_int(out, e->numbers[v - 1]);
    } else {
        srl_json_quoted(out, surreal_text(e->names[v - 1]));
    }
}

/* What is text in JSON. */
static void
srl_json_name(srl_out *out, unsigned member, const uint8_t *at)
{
    srl_any_member u;
    srl_sink sink;

    sink.out = out;
    sink.json = true;
    srl_out_char(out, '"');
    if (member == SURREAL_MEMBER_RECORD) {
        memcpy(&u.id, at, sizeof u.id);
        srl_sink_record_id(sink, &u.id);
    } else {
        memcpy(&u.file, at, sizeof u.file);
        srl_json_escape(out, u.file.bucket.ptr, u.file.bucket.len);
        srl_out_char(out, ':');
        srl_json_escape(out, u.file.key.ptr, u.file.key.len);
    }
    srl_out_char(out, '"');
}

static void
srl_json_member(srl_out *out, unsigned member, const void *sub,
                const uint8_t *at)
{
    srl_any_member u;

    if (srl_member_is_shape(member)) {
        srl_json_shape(out, member, sub, at);
        return;
    }
    switch (member) {
    case SURREAL_MEMBER_STRING:
        memcpy(&u.text, at, sizeof u.text);
        srl_json_quoted(out, u.text);
        break;
    case SURREAL_MEMBER_CHARS:
        memcpy(&u.len, at, sizeof u.len);
        srl_json_quoted(out, surreal_text_of((const char *)at + sizeof u.len,
                                             u.len));
        break;
    case SURREAL_MEMBER_BYTES:
        memcpy(&u.bytes, at, sizeof u.bytes);
        srl_json_octets(out, u.bytes.ptr, u.bytes.len);
        break;
    case SURREAL_MEMBER_OCTETS:
        memcpy(&u.len, at, sizeof u.len);
        srl_json_octets(out, at + sizeof u.len, u.len);
        break;
    case SURREAL_MEMBER_RECORD:
    case SURREAL_MEMBER_FILE: srl_json_name(out, member, at); break;
    case SURREAL_MEMBER_ENUM:
        srl_json_enum(out, (const surreal_enum *)sub, at);
        break;
    case SURREAL_MEMBER_STRUCT:
        srl_json_struct(out, (const surreal_model *)sub, at);
        break;
    case SURREAL_MEMBER_ARRAY:
        srl_json_array_of(out, (const surreal_items *)sub, at);
        break;
    case SURREAL_MEMBER_RAW:
        memcpy(&u.raw, at, sizeof u.raw);
        srl_json_raw(out, &u.raw);
        break;
    default: srl_json_short(out, member, sub, at); break;
    }
}

static void
srl_json_struct(srl_out *out, const surreal_model *model, const uint8_t *row)
{
    const char *before = "";
    size_t i;

    srl_out_char(out, '{');
    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        const uint8_t *kept;

        if (field->flags & (SURREAL_FIELD_SECRET | SURREAL_FIELD_UNREAD)) {
            continue;
        }
        if (!srl_bit_at(row, 0, field->bit) &&
            field->member != SURREAL_MEMBER_CONST) {
            continue;
        }
        srl_out_text(out, before);
        before = ",";
        srl_json_quoted(out, srl_field_name(model, field));
        srl_out_char(out, ':');
        kept = srl_enum_kept(model, field, row);
        if (srl_field_is_null(model, row, field)) {
            srl_out_text(out, "null");
        } else if (kept) {
            srl_json_item(out, kept);
        } else {
            srl_json_member(out, field->member, srl_field_sub(model, field),
                            row + field->offset);
        }
    }
    srl_out_char(out, '}');
}

SURREAL_API size_t
surreal_model_to_json(const surreal_model *model, const void *row, char *buf,
                      size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_json_struct(&out, model, (const uint8_t *)row);
    return srl_out_end(&out);
}
