/* model/walk.c: what reading, writing and comparing structs share. */
#include "model/model.h"

SRL_FN void
srl_where_init(srl_where *where)
{
    where->status = SURREAL_OK;
    where->offset = 0;
    where->why[0] = '\0';
    where->path_at = sizeof where->path - 1;
    where->path[where->path_at] = '\0';
    where->path_cut = false;
}

SRL_FN void
srl_where_fail(srl_where *where, surreal_status status, const char *fmt, ...)
{
    va_list args;

    where->status = status;
    va_start(args, fmt);
    vsnprintf(where->why, sizeof where->why, fmt, args);
    va_end(args);
}

/* The innermost parts matter most: what does not fit in front is cut. */
static void
srl_where_put(srl_where *where, const char *text, size_t len)
{
    if (where->path_cut) return;
    if (len + 3 > where->path_at) {
        where->path_cut = true;
        where->path_at -= 3;
        memcpy(where->path + where->path_at, "...", 3);
        return;
    }
    where->path_at -= len;
    memcpy(where->path + where->path_at, text, len);
}

SRL_FN surreal_str
srl_field_name(const surreal_model *model, const surreal_field_desc *field)
{
    const uint8_t *key = (const uint8_t *)model->pool + field->key;
    surreal_str name;

    srl_cbor_text_at(key, &name);
    return name;
}

SRL_FN void
srl_where_key(srl_where *where, const surreal_model *model,
              const surreal_field_desc *field)
{
    srl_where_name(where, srl_field_name(model, field));
}

SRL_FN void
srl_where_name(srl_where *where, surreal_str name)
{
    srl_where_put(where, name.ptr, name.len);
    srl_where_put(where, ".", 1);
}

SRL_FN void
srl_where_index(srl_where *where, size_t index)
{
    char text[32];
    int len = snprintf(text, sizeof text, "[%lu]", (unsigned long)index);

    srl_where_put(where, text, (size_t)len);
}

SRL_FN surreal_status
srl_where_tell(srl_where *where, const surreal_model *model, bool has_offset,
               surreal_error *err)
{
    const char *path = where->path + where->path_at;
    const char *plain = *path == '.' ? path + 1 : path;
    char at[40];

    SURREAL_ASSERT(where->status != SURREAL_OK);
    at[0] = '\0';
    if (has_offset) {
        snprintf(at, sizeof at, " at byte %lu",
                 (unsigned long)where->offset);
    }
    srl_fail(err, where->status, "%s%s: %s%s", model->name, path, where->why,
             at);
    if (err) {
        err->at = where->offset;
        srl_text_copy(err->path, sizeof err->path, plain, strlen(plain));
    }
    return where->status;
}

SRL_FN const surreal_field_desc *
srl_field_find(const surreal_model *model, surreal_str column)
{
    size_t low = 0;
    size_t high = model->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        surreal_str name = srl_field_name(model, model->fields + middle);
        size_t common = column.len < name.len ? column.len : name.len;
        int order = common ? memcmp(column.ptr, name.ptr, common) : 0;

        if (!order && column.len == name.len) return model->fields + middle;
        if (order > 0 || (!order && column.len > name.len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

SRL_FN const char *
srl_member_name(unsigned member)
{
    switch (member) {
    case SURREAL_MEMBER_BOOL: return "bool";
    case SURREAL_MEMBER_INT: return "int";
    case SURREAL_MEMBER_FLOAT: return "float";
    case SURREAL_MEMBER_DECIMAL: return "decimal";
    case SURREAL_MEMBER_NUMBER: return "number";
    case SURREAL_MEMBER_STRING:
    case SURREAL_MEMBER_CHARS: return "string";
    case SURREAL_MEMBER_BYTES:
    case SURREAL_MEMBER_OCTETS: return "bytes";
    case SURREAL_MEMBER_DATETIME: return "datetime";
    case SURREAL_MEMBER_DURATION: return "duration";
    case SURREAL_MEMBER_UUID: return "uuid";
    case SURREAL_MEMBER_RECORD: return "record";
    case SURREAL_MEMBER_POINT: return "point";
    case SURREAL_MEMBER_FILE: return "file";
    case SURREAL_MEMBER_ENUM: return "enum";
    case SURREAL_MEMBER_STRUCT: return "object";
    case SURREAL_MEMBER_ARRAY:
    case SURREAL_MEMBER_TUPLE: return "array";
    case SURREAL_MEMBER_LINE: return "geometry<line>";
    case SURREAL_MEMBER_POLYGON: return "geometry<polygon>";
    case SURREAL_MEMBER_MULTIPOINT: return "geometry<multipoint>";
    case SURREAL_MEMBER_MULTILINE: return "geometry<multiline>";
    case SURREAL_MEMBER_MULTIPOLYGON: return "geometry<multipolygon>";
    case SURREAL_MEMBER_COLLECTION: return "geometry<collection>";
    case SURREAL_MEMBER_GEOMETRY: return "geometry";
    case SURREAL_MEMBER_RANGE: return "range";
    case SURREAL_MEMBER_UNION: return "union";
    default: return "any";
    }
}

SRL_FN size_t
srl_items_count_at(const surreal_items *items)
{
    size_t len = (size_t)items->size * items->max;

    return (len + sizeof(size_t) - 1) / sizeof(size_t) * sizeof(size_t);
}

SRL_FN srl_slice
srl_slice_of(const surreal_items *items, const uint8_t *member)
{
    srl_slice slice;

    if (items->is_inline) {
        slice.v = member;
        memcpy(&slice.count, member + srl_items_count_at(items),
               sizeof slice.count);
        return slice;
    }
    memcpy(&slice, member, sizeof slice);
    return slice;
}

SRL_FN bool
srl_tables_have(const uint8_t *tables, surreal_str table)
{
    surreal_str name;
    srl_cbor_walk walk;

    if (tables[0] >> 5 == SRL_CBOR_TEXT) {
        srl_cbor_text_at(tables, &name);
        return surreal_str_eq(name, table);
    }
    walk = srl_cbor_walk_of(tables);
    while (srl_cbor_more(&walk)) {
        walk.at = srl_cbor_text_at(walk.at, &name);
        if (surreal_str_eq(name, table)) return true;
    }
    return false;
}

SRL_FN void
srl_tables_print(const uint8_t *tables, char *text, size_t cap)
{
    const char *between = "";
    surreal_str name;
    srl_cbor_walk walk;
    srl_out out;

    srl_out_init(&out, text, cap);
    if (tables[0] >> 5 == SRL_CBOR_TEXT) {
        srl_cbor_text_at(tables, &name);
        srl_out_put(&out, name.ptr, name.len);
    } else {
        walk = srl_cbor_walk_of(tables);
        while (srl_cbor_more(&walk)) {
            walk.at = srl_cbor_text_at(walk.at, &name);
            srl_out_text(&out, between);
            srl_out_put(&out, name.ptr, name.len);
            between = " | ";
        }
    }
    srl_out_end(&out);
}

SRL_FN const uint8_t *
srl_enum_kept(const surreal_model *model, const surreal_field_desc *field,
              const uint8_t *row)
{
    surreal_value from;
    const uint8_t *item;
    int known = 1;
    int v;

    if (field->member != SURREAL_MEMBER_ENUM || !model->extra_at) return NULL;
    memcpy(&v, row + field->offset, sizeof v);
    if (v) return NULL;
    from = srl_model_extra(model, row);
    if (!from.at) return NULL;
    item = srl_cbor_find(from.at, srl_field_name(model, field));
    if (!item ||
        srl_decode_enum((const surreal_enum *)srl_field_sub(model, field),
                        srl_value_at(from.doc, item), &known) ||
        known) {
        return NULL;
    }
    return item;
}
