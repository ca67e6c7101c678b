/* model/copy.c: one struct out of its result. */

/* The struct is copied as it is, and then everything it points to is copied
 * and pointed to anew. After a failure nothing of it is used. */
#include "model/model.h"

static bool srl_copy_member(srl_arena *arena, unsigned member,
                            const void *sub, uint8_t *at);
static bool srl_copy_struct(srl_arena *arena, const surreal_model *model,
                            uint8_t *row);

static bool
srl_copy_text(srl_arena *arena, uint8_t *at)
{
    surreal_str text;

    memcpy(&text, at, sizeof text);
    if (!text.ptr) return true;
    text = srl_arena_text(arena, text.ptr, text.len);
    memcpy(at, &text, sizeof text);
    return text.ptr != NULL;
}

static bool
srl_copy_bytes(srl_arena *arena, surreal_bytes *bytes)
{
    uint8_t *copy;

    if (!bytes->len) return true;
    copy = (uint8_t *)srl_arena_alloc(arena, bytes->len);
    if (!copy) return false;
    memcpy(copy, bytes->ptr, bytes->len);
    bytes->ptr = copy;
    return true;
}

/* A view needs a message of its own to look into. */
static bool
srl_copy_value(srl_arena *arena, surreal_value *v)
{
    surreal_document *doc;
    surreal_bytes bytes;

    if (!v->at) return true;
    bytes.ptr = v->at;
    bytes.len = (size_t)(srl_cbor_skip(v->at) - v->at);
    doc = (surreal_document *)srl_arena_alloc(arena, sizeof *doc);
    if (!doc || !srl_copy_bytes(arena, &bytes)) return false;
    srl_document_init(doc, bytes.ptr, bytes.len, arena);
    *v = srl_value_at(doc, bytes.ptr);
    return true;
}

static bool
srl_copy_raw(srl_arena *arena, surreal_raw *raw)
{
    return srl_copy_value(arena, &raw->value) &&
           srl_copy_bytes(arena, &raw->cbor);
}

static bool
srl_copy_record(srl_arena *arena, uint8_t *at)
{
    surreal_record_id id;

    memcpy(&id, at, sizeof id);
    if (id.table.ptr) {
        id.table = srl_arena_text(arena, id.table.ptr, id.table.len);
        if (!id.table.ptr) return false;
    }
    if (id.kind == SURREAL_KEY_STRING && id.key.s.ptr) {
        id.key.s = srl_arena_text(arena, id.key.s.ptr, id.key.s.len);
        if (!id.key.s.ptr) return false;
    }
    if (id.kind >= SURREAL_KEY_ARRAY &&
        !srl_copy_bytes(arena, &id.key.cbor)) {
        return false;
    }
    memcpy(at, &id, sizeof id);
    return true;
}

/* The elements of a slice at `at`. */
static bool
srl_copy_slice(srl_arena *arena, uint8_t *at, unsigned member,
               const void *of, size_t size)
{
    srl_slice slice;
    uint8_t *copy;
    size_t i;

    memcpy(&slice, at, sizeof slice);
    if (!slice.count) return true;
    copy = (uint8_t *)srl_arena_array(arena, slice.count, size);
    if (!copy) return false;
    memcpy(copy, slice.v, slice.count * size);
    slice.v = copy;
    memcpy(at, &slice, sizeof slice);
    for (i = 0; i < slice.count; i++) {
        if (!srl_copy_member(arena, member, of, copy + i * size)) {
            return false;
        }
    }
    return true;
}

static bool
srl_copy_items(srl_arena *arena, const surreal_items *items, uint8_t *at)
{
    srl_slice slice;
    size_t i;

    if (!items->is_inline) {
        return srl_copy_slice(arena, at, items->member, items->of,
                              items->size);
    }
    slice = srl_slice_of(items, at);
    for (i = 0; i < slice.count && i < items->max; i++) {
        if (!srl_copy_member(arena, items->member, items->of,
                             at + i * items->size)) {
            return false;
        }
    }
    return true;
}

static bool
srl_copy_geo(srl_arena *arena, unsigned member, uint8_t *at)
{
    srl_geo geo = srl_geo_of(member, at);
    unsigned part;
    size_t size;

    if (geo.kind <= SURREAL_POINT || geo.kind > SURREAL_COLLECTION) {
        return true;
    }
    size = srl_geo_part(geo.kind, &part);
    return srl_copy_slice(arena, at + (geo.at - at), part, NULL, size);
}

static bool
srl_copy_union(srl_arena *arena, const surreal_union *u, uint8_t *at)
{
    int tag = srl_union_tag(at);

    if (tag < 1 || (unsigned)tag > u->count + 1) return true;
    if ((unsigned)tag == u->count + 1) {
        return srl_copy_member(arena, SURREAL_MEMBER_RAW, NULL, at + u->at);
    }
    return srl_copy_member(arena, u->arms[tag - 1].member,
                           u->arms[tag - 1].of, at + u->at);
}

static bool
srl_copy_shape(srl_arena *arena, unsigned member, const void *sub,
               uint8_t *at)
{
    const surreal_tuple *t = (const surreal_tuple *)sub;
    const surreal_part *part = (const surreal_part *)sub;
    surreal_bounds bounds;
    size_t i;

    switch (member) {
    case SURREAL_MEMBER_UNION:
        return srl_copy_union(arena, (const surreal_union *)sub, at);
    case SURREAL_MEMBER_TUPLE:
        for (i = 0; i < t->count; i++) {
            if (!srl_copy_member(arena, t->parts[i].member, t->parts[i].of,
                                 at + t->parts[i].offset)) {
                return false;
            }
        }
        return true;
    case SURREAL_MEMBER_MAYBE:
        return !srl_maybe_has(at) ||
               srl_copy_member(arena, part->member, part->of,
                               at + part->offset);
    case SURREAL_MEMBER_RANGE:
        memcpy(&bounds, at, sizeof bounds);
        if (!srl_copy_raw(arena, &bounds.begin) ||
            !srl_copy_raw(arena, &bounds.end)) {
            return false;
        }
        memcpy(at, &bounds, sizeof bounds);
        return true;
    case SURREAL_MEMBER_USER:
    case SURREAL_MEMBER_CONST: return true;
    default: return srl_copy_geo(arena, member, at);
    }
}

static bool
srl_copy_member(srl_arena *arena, unsigned member, const void *sub,
                uint8_t *at)
{
    surreal_number number;
    surreal_bytes bytes;
    surreal_raw raw;

    if (srl_member_is_shape(member)) {
        return srl_copy_shape(arena, member, sub, at);
    }
    switch (member) {
    case SURREAL_MEMBER_DECIMAL:
    case SURREAL_MEMBER_STRING: return srl_copy_text(arena, at);
    case SURREAL_MEMBER_NUMBER:
        memcpy(&number, at, sizeof number);
        return number.kind != SURREAL_DECIMAL ||
               srl_copy_text(arena, at + offsetof(surreal_number, as));
    case SURREAL_MEMBER_BYTES:
        memcpy(&bytes, at, sizeof bytes);
        if (!srl_copy_bytes(arena, &bytes)) return false;
        memcpy(at, &bytes, sizeof bytes);
        return true;
    case SURREAL_MEMBER_RECORD: return srl_copy_record(arena, at);
    case SURREAL_MEMBER_FILE:
        return srl_copy_text(arena, at + offsetof(surreal_file, bucket)) &&
               srl_copy_text(arena, at + offsetof(surreal_file, key));
    case SURREAL_MEMBER_RAW:
        memcpy(&raw, at, sizeof raw);
        if (!srl_copy_raw(arena, &raw)) return false;
        memcpy(at, &raw, sizeof raw);
        return true;
    case SURREAL_MEMBER_STRUCT:
        return srl_copy_struct(arena, (const surreal_model *)sub, at);
    case SURREAL_MEMBER_ARRAY:
        return srl_copy_items(arena, (const surreal_items *)sub, at);
    default: return true;
    }
}

static bool
srl_copy_struct(srl_arena *arena, const surreal_model *model, uint8_t *row)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;

        if (!srl_bit_at(row, 0, field->bit) ||
            srl_field_is_null(model, row, field)) {
            continue;
        }
        if (!srl_copy_member(arena, field->member,
                             srl_field_sub(model, field),
                             row + field->offset)) {
            return false;
        }
    }
    if (model->extra_at) {
        surreal_value v = srl_model_extra(model, row);

        if (!srl_copy_value(arena, &v)) return false;
        memcpy(row + (size_t)model->extra_at * 8, &v, sizeof v);
    }
    return true;
}

SURREAL_API surreal_status
surreal_model_copy(const surreal_model *model, const void *row,
                   surreal_result *owner, void *out)
{
    memmove(out, row, model->size);
    if (srl_copy_struct(&owner->arena, model, (uint8_t *)out)) {
        return SURREAL_OK;
    }
    memset(out, 0, model->size);
    return SURREAL_ERR_NOMEM;
}
