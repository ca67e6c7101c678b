/* surrealgen/db/sample.c: a value of a type, as SurrealQL.
 *
 * What a query is tried with: NONE where that is allowed, the first of several
 * possibilities, else the emptiest value there is. */
#include "db.h"

#include <string.h>

static void add_record(gen_buf *out, const gen_type *type)
{
    if (type->names.count == 0) {
        gen_buf_add_text(out, "surrealgen:sample");
        return;
    }
    gen_surql_name(out, gen_name_at(&type->names, 0)->text);
    gen_buf_add_text(out, ":sample");
}

static void add_enum(gen_buf *out, const gen_enum *e)
{
    const gen_variant *first = e->variants.count > 0
        ? gen_variant_at(&e->variants, 0) : NULL;

    if (first == NULL) {
        gen_buf_add_text(out, "NONE");
    } else if (e->is_int) {
        gen_buf_add_fmt(out, "%lld", (long long)first->number);
    } else {
        gen_surql_string(out, first->value);
    }
}

/* Arrays of a fixed length have so many; a long one is not written out. */
static void add_array(gen_buf *out, const gen_type *type, unsigned depth)
{
    uint64_t count = type->has_length && type->length <= 4096 ? type->length
        : 0;
    uint64_t i;

    gen_buf_add_text(out, type->kind == GEN_T_SET ? "<set>[" : "[");
    for (i = 0; type->elem != NULL && i < count; i++) {
        if (i > 0) gen_buf_add_text(out, ", ");
        db_add_sample(out, type->elem, depth + 1);
    }
    gen_buf_add_char(out, ']');
}

static void add_shape(gen_buf *out, const gen_type *type, unsigned depth)
{
    size_t i;

    gen_buf_add_text(out, "{ ");
    for (i = 0; i < type->members.count; i++) {
        const gen_member *member = gen_member_at(&type->members, i);
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_string(out, member->name);
        gen_buf_add_text(out, ": ");
        db_add_sample(out, member->type, depth + 1);
    }
    gen_buf_add_text(out, " }");
}

static void add_struct(gen_buf *out, const gen_struct *s, unsigned depth)
{
    size_t i;

    gen_buf_add_text(out, "{ ");
    for (i = 0; i < s->fields.count; i++) {
        const gen_field *field = gen_field_at(&s->fields, i);
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_string(out, field->name);
        gen_buf_add_text(out, ": ");
        db_add_sample(out, field->type, depth + 1);
    }
    gen_buf_add_text(out, " }");
}

static void add_tuple(gen_buf *out, const gen_type *type, unsigned depth)
{
    size_t i;

    gen_buf_add_char(out, '[');
    for (i = 0; i < type->arms.count; i++) {
        if (i > 0) gen_buf_add_text(out, ", ");
        db_add_sample(out, gen_type_at(&type->arms, i), depth + 1);
    }
    gen_buf_add_char(out, ']');
}

static void add_geometry(gen_buf *out, const gen_type *type)
{
    static const char *const forms[][2] = {
        { "line", "{ type: 'LineString', coordinates: [[0, 0], [1, 1]] }" },
        { "polygon", "{ type: 'Polygon', coordinates: "
          "[[[0, 0], [1, 0], [1, 1], [0, 0]]] }" },
        { "multipoint", "{ type: 'MultiPoint', coordinates: [[0, 0]] }" },
        { "multiline", "{ type: 'MultiLineString', coordinates: "
          "[[[0, 0], [1, 1]]] }" },
        { "multipolygon", "{ type: 'MultiPolygon', coordinates: "
          "[[[[0, 0], [1, 0], [1, 1], [0, 0]]]] }" },
        { "collection", "{ type: 'GeometryCollection', geometries: "
          "[{ type: 'Point', coordinates: [0, 0] }] }" }
    };
    size_t i;

    for (i = 0; type->names.count > 0
             && i < sizeof forms / sizeof forms[0]; i++) {
        if (gen_str_is(gen_name_at(&type->names, 0)->text, forms[i][0])) {
            gen_buf_add_text(out, forms[i][1]);
            return;
        }
    }
    gen_buf_add_text(out, "(0, 0)");
}

static const char *plain(gen_type_kind kind)
{
    switch (kind) {
    case GEN_T_NULL: return "NULL";
    case GEN_T_BOOL: return "false";
    case GEN_T_INT:
    case GEN_T_NUMBER: return "0";
    case GEN_T_FLOAT: return "0f";
    case GEN_T_DECIMAL: return "0dec";
    case GEN_T_STRING: return "''";
    case GEN_T_BYTES: return "<bytes>''";
    case GEN_T_DATETIME: return "d'1970-01-01T00:00:00Z'";
    case GEN_T_DURATION: return "0ns";
    case GEN_T_UUID: return "u'00000000-0000-0000-0000-000000000000'";
    case GEN_T_OBJECT: return "{}";
    case GEN_T_RANGE: return "0..1";
    case GEN_T_REGEX: return "/a/";
    default: return "NONE";
    }
}

void db_add_sample(gen_buf *out, const gen_type *type, unsigned depth)
{
    const gen_type *core = type->core != NULL ? type->core : type;

    if (type->optional || depth > 32) {
        gen_buf_add_text(out, "NONE");
        return;
    }
    if (type->nullable) {
        gen_buf_add_text(out, "NULL");
        return;
    }
    switch (core->kind) {
    case GEN_T_RECORD: add_record(out, core); break;
    case GEN_T_ENUM: add_enum(out, core->enum_ref); break;
    case GEN_T_STRUCT: add_struct(out, core->struct_ref, depth); break;
    case GEN_T_ARRAY:
    case GEN_T_SET: add_array(out, core, depth); break;
    case GEN_T_SHAPE: add_shape(out, core, depth); break;
    case GEN_T_TUPLE: add_tuple(out, core, depth); break;
    case GEN_T_GEOMETRY: add_geometry(out, core); break;
    case GEN_T_LITERAL: gen_buf_add_str(out, core->literal); break;
    case GEN_T_UNION:
        db_add_sample(out, gen_type_at(&core->arms, 0), depth + 1);
        break;
    default: gen_buf_add_text(out, plain(core->kind)); break;
    }
}
