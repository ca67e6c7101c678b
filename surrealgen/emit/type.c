/* surrealgen/emit/type.c: the C side of types and fields. */
#include "emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static emit_type
emit_plain(const char *member, const char *c)
{
    emit_type type;

    memset(&type, 0, sizeof type);
    type.member = member;
    type.c = gen_str_lit(c);
    return type;
}

static emit_type
emit_raw(void)
{
    return emit_plain("RAW", "surreal_raw");
}

/* ---- enums -------------------------------------------------------------- */

static emit_enum *
emit_enum_find(const emit_plan *plan, const void *key)
{
    return (emit_enum *)emit_map_get(plan, EMIT_KEY_ENUM, key,
                                     gen_str_lit(""));
}

static emit_enum *
emit_enum_new(emit_plan *plan, gen_str base, const void *key, bool is_int)
{
    static const char *const ends[] = {"", "_name", "_parse", NULL};
    emit_enum *e = (emit_enum *)gen_new(plan->ctx, sizeof *e);

    e->name = emit_free_base(plan, base, ends);
    e->key = key;
    e->is_int = is_int;
    emit_item_add(plan, EMIT_ENUM, e);
    emit_map_put(plan, EMIT_KEY_ENUM, key, gen_str_lit(""), e);
    return e;
}

/* Add a value; a constant that is taken gets the value's number behind it. */
static void
emit_enum_add(emit_plan *plan, emit_enum *e, gen_str name, gen_str text,
              int64_t number, gen_str doc)
{
    emit_value *v = (emit_value *)gen_new(plan->ctx, sizeof *v);
    gen_str upper = emit_upper(plan->ctx, e->name);
    char tail[32];

    name = emit_upper(plan->ctx, emit_fold(plan->ctx, name));
    v->name = emit_join(plan->ctx, upper, "_", name);
    snprintf(tail, sizeof tail, "_%zu", e->values.count + 1);
    while (emit_name_taken(&plan->names, v->name)) {
        v->name = emit_glue(plan->ctx, v->name, tail);
    }
    emit_name_take(plan, v->name);
    v->text = text;
    v->number = number;
    v->doc = doc;
    gen_list_push(plan->ctx, &e->values, v);
}

static emit_type
emit_enum_type(const emit_enum *e)
{
    emit_type type = emit_plain("ENUM", "");

    type.c = e->name;
    type.e = e;
    return type;
}

static emit_type
emit_declared_enum(emit_plan *plan, const gen_enum *from)
{
    emit_enum *e = emit_enum_find(plan, from);
    gen_str base = from->attrs.c_name.len ? from->attrs.c_name : from->name;
    size_t i;

    if (e) return emit_enum_type(e);
    base = emit_fold(plan->ctx, base);
    if (plan->prefix.len) base = emit_join(plan->ctx, plan->prefix, "_", base);
    e = emit_enum_new(plan, base, from, from->is_int);
    e->doc = from->doc;
    for (i = 0; i < from->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&from->variants, i);
        gen_str name = v->attrs.c_name.len ? v->attrs.c_name : v->name;

        emit_enum_add(plan, e, name, v->value, v->number, v->doc);
    }
    return emit_enum_type(e);
}

/* 'a' | 'b' and 1 | 2. */
static emit_type
emit_literals(emit_plan *plan, const gen_type *type, gen_str base,
              bool is_int)
{
    emit_enum *e = emit_enum_find(plan, type);
    gen_str none = gen_str_lit("");
    size_t i;

    if (e) return emit_enum_type(e);
    e = emit_enum_new(plan, base, type, is_int);
    for (i = 0; i < gen_type_literal_count(type); i++) {
        const gen_type *one = gen_type_literal(type, i);
        long long number = 0;
        gen_str name = one->value;

        if (is_int) {
            number = strtoll(one->value.ptr, NULL, 10);
            if (number < 0) {
                name = emit_join(plan->ctx, gen_str_lit("minus"), "_",
                                 gen_str_lit(one->value.ptr + 1));
            }
        }
        emit_enum_add(plan, e, name, one->value, (int64_t)number, none);
    }
    return emit_enum_type(e);
}

/* ---- objects, arrays ---------------------------------------------------- */

static emit_type
emit_struct_type(const emit_struct *s)
{
    emit_type type = emit_plain("STRUCT", "");

    type.c = s->name;
    type.s = s;
    return type;
}

static emit_struct *
emit_struct_find(const emit_plan *plan, const void *key)
{
    return (emit_struct *)emit_map_get(plan, EMIT_KEY_STRUCT, key,
                                       gen_str_lit(""));
}

static bool
emit_has_members(const gen_field *field)
{
    size_t i;

    for (i = 0; field && i < field->children.count; i++) {
        if (!gen_field_at(&field->children, i)->is_elem) return true;
    }
    return false;
}

static emit_type
emit_object(emit_plan *plan, const gen_field *field, gen_str base)
{
    emit_struct *s;

    if (!emit_has_members(field)) return emit_raw();
    s = emit_struct_new(plan, base, base, field);
    emit_fields(plan, s, &field->children);
    emit_item_add(plan, EMIT_STRUCT, s);
    return emit_struct_type(s);
}

static emit_type
emit_declared_struct(emit_plan *plan, const gen_struct *from)
{
    emit_struct *s = emit_struct_find(plan, from);
    gen_str base = from->attrs.c_name.len ? from->attrs.c_name : from->name;

    if (s) return emit_struct_type(s);
    base = emit_fold(plan->ctx, base);
    if (plan->prefix.len) base = emit_join(plan->ctx, plan->prefix, "_", base);
    s = emit_struct_new(plan, base, from->name, from);
    s->doc = from->doc;
    s->pos = from->pos;
    emit_fields(plan, s, &from->fields);
    emit_item_add(plan, EMIT_STRUCT, s);
    return emit_struct_type(s);
}

/* { k: T } as a type of its own. */
static emit_type
emit_shape(emit_plan *plan, const gen_type *type, gen_str base)
{
    emit_struct *s = emit_struct_find(plan, type);
    size_t i;

    if (s) return emit_struct_type(s);
    if (!type->members.count) return emit_raw();
    s = emit_struct_new(plan, base, base, type);
    for (i = 0; i < type->members.count; i++) {
        const gen_member *from = gen_member_at(&type->members, i);
        gen_str name = emit_fold(plan->ctx, from->name);
        emit_member *m =
            (emit_member *)gen_new(plan->ctx, sizeof(emit_member));

        m->type = emit_type_of(plan, from->type->core, NULL,
                               emit_join(plan->ctx, base, "_", name));
        m->optional = from->type->optional;
        m->nullable = from->type->nullable;
        m->required = !m->optional;
        emit_struct_add(plan, s, from->name, name, from->pos, m);
    }
    emit_item_add(plan, EMIT_STRUCT, s);
    return emit_struct_type(s);
}

/* More inline elements than these make a struct that is copied around large
 * for little. */
#define EMIT_INLINE_MAX 64

static emit_type
emit_list(emit_plan *plan, const gen_type *type, const gen_field *field,
          gen_str base)
{
    static const char *const ends[] = {"_items", NULL};
    emit_array *a = (emit_array *)gen_new(plan->ctx, sizeof *a);
    emit_type out = emit_plain("ARRAY", "");
    const gen_field *elem = field ? gen_field_elem(field) : NULL;

    if (!type->elem || type->elem->optional || type->elem->nullable) {
        a->item = emit_raw();
        if (elem && emit_has_members(elem) && !elem->optional &&
            !elem->nullable) {
            a->item = emit_object(plan, elem, base);
        }
    } else {
        a->item = emit_type_of(plan, type->elem->core, elem, base);
    }
    if (a->item.a) {
        emit_array *inner = (emit_array *)(uintptr_t)a->item.a;

        inner->has_type = true;
        a->item.c = inner->name;
    }
    a->name = emit_free_base(plan, base, ends);
    a->name = emit_glue(plan->ctx, a->name, "_items");
    a->is_set = type->kind == GEN_T_SET;
    if (type->has_length && type->length && type->length <= UINT32_MAX) {
        a->max = type->length;
    }
    a->is_inline = a->max && a->max <= EMIT_INLINE_MAX;
    emit_item_add(plan, EMIT_ARRAY, a);
    out.a = a;
    return out;
}

/* ---- types -------------------------------------------------------------- */

static emit_type
emit_record(const emit_plan *plan, const gen_type *type)
{
    emit_type out = emit_plain("RECORD", "surreal_record_id");
    const emit_table *table;

    if (type->names.count != 1) return out;
    table = emit_table_of(plan, gen_name_at(&type->names, 0)->text);
    if (!table) return out;
    out.table = table->table->name;
    out.c = emit_glue(plan->ctx, table->base, "_id");
    return out;
}

emit_type
emit_type_of(emit_plan *plan, const gen_type *type, const gen_field *field,
             gen_str base)
{
    gen_literal_kind literal;

    if (gen_type_is_literals(type, &literal) &&
        (literal == GEN_L_STRING || literal == GEN_L_INT)) {
        return emit_literals(plan, type, base, literal == GEN_L_INT);
    }
    switch (type->kind) {
    case GEN_T_BOOL: return emit_plain("BOOL", "bool");
    case GEN_T_INT: return emit_plain("INT", "int64_t");
    case GEN_T_FLOAT: return emit_plain("FLOAT", "double");
    case GEN_T_DECIMAL: return emit_plain("DECIMAL", "surreal_decimal");
    case GEN_T_NUMBER: return emit_plain("NUMBER", "surreal_number");
    case GEN_T_STRING: return emit_plain("STRING", "surreal_str");
    case GEN_T_BYTES: return emit_plain("BYTES", "surreal_bytes");
    case GEN_T_DATETIME: return emit_plain("DATETIME", "surreal_datetime");
    case GEN_T_DURATION: return emit_plain("DURATION", "surreal_duration");
    case GEN_T_UUID: return emit_plain("UUID", "surreal_uuid");
    case GEN_T_FILE: return emit_plain("FILE", "surreal_file");
    case GEN_T_OBJECT: return emit_object(plan, field, base);
    case GEN_T_SHAPE: return emit_shape(plan, type, base);
    case GEN_T_ENUM: return emit_declared_enum(plan, type->enum_ref);
    case GEN_T_STRUCT: return emit_declared_struct(plan, type->struct_ref);
    case GEN_T_ARRAY:
    case GEN_T_SET: return emit_list(plan, type, field, base);
    case GEN_T_RECORD: return emit_record(plan, type);
    case GEN_T_GEOMETRY:
        if (type->names.count == 1 &&
            gen_str_is(gen_name_at(&type->names, 0)->text, "point")) {
            return emit_plain("POINT", "surreal_point");
        }
        return emit_raw();
    default: return emit_raw();
    }
}

/* ---- fields ------------------------------------------------------------- */

static void
emit_field(emit_plan *plan, emit_struct *s, const gen_field *field)
{
    emit_member *m = (emit_member *)gen_new(plan->ctx, sizeof *m);
    gen_str name = field->attrs.c_name.len ? field->attrs.c_name
                                           : field->name;

    name = emit_fold(plan->ctx, name);
    m->doc = field->doc;
    m->optional = field->optional;
    m->nullable = field->nullable;
    m->server = gen_field_read_only(field);
    m->secret = field->attrs.secret;
    m->type = emit_type_of(plan, field->eff, field,
                           emit_join(plan->ctx, s->name, "_", name));
    if (!strcmp(m->type.member, "STRING") && field->attrs.c_max &&
        field->attrs.c_max < 0xffff) {
        m->type = emit_plain("CHARS", "");
        m->type.cap = field->attrs.c_max;
    }
    m->required = !m->optional && !m->server && !gen_field_may_omit(field);
    emit_struct_add(plan, s, field->name, name, field->pos, m);
}

void
emit_fields(emit_plan *plan, emit_struct *s, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);

        if (field->attrs.skip || field->is_elem) continue;
        if (s->table && (gen_str_is(field->name, "id") ||
                         (s->is_edge && (gen_str_is(field->name, "in") ||
                                         gen_str_is(field->name, "out"))))) {
            continue;
        }
        emit_field(plan, s, field);
    }
}
