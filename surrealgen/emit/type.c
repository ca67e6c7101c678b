/* surrealgen/emit/type.c: the C side of types and fields. */
#include "emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

emit_type
emit_plain(const char *member, const char *c)
{
    emit_type type;

    memset(&type, 0, sizeof type);
    type.member = member;
    type.c = gen_str_lit(c);
    return type;
}

emit_type
emit_raw(void)
{
    return emit_plain("RAW", "surreal_raw");
}

/* ---- attributes --------------------------------------------------------- */

const gen_attr *
emit_attr(const gen_attrs *attrs, const char *name)
{
    size_t i;

    for (i = 0; i < attrs->list.count; i++) {
        const gen_attr *attr = gen_attr_at(&attrs->list, i);

        if (gen_str_is(attr->name, name)) return attr;
    }
    return NULL;
}

gen_str
emit_c_arg(const gen_attrs *attrs, const char *key)
{
    size_t i;
    size_t j;

    for (i = 0; i < attrs->list.count; i++) {
        const gen_attr *attr = gen_attr_at(&attrs->list, i);

        if (!gen_str_is(attr->name, "c")) continue;
        for (j = 0; j < attr->args.count; j++) {
            const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, j);

            if (gen_str_is(arg->key, key)) return arg->text;
        }
    }
    return gen_str_lit("");
}

bool
emit_is_closed(const gen_type *type, const gen_field *field)
{
    if (type->named) {
        return emit_attr(&type->named->attrs, "closed") != NULL;
    }
    return field && emit_attr(&field->attrs, "closed") != NULL;
}

/* What a type is called: after the alias that names it, else `base`. */
static gen_str
emit_named_base(emit_plan *plan, const gen_type *type, gen_str base)
{
    const gen_alias *named = type->named;

    if (!named) return base;
    base = named->attrs.c_name.len ? named->attrs.c_name : named->name;
    base = emit_fold(plan->ctx, base);
    return plan->prefix.len ? emit_join(plan->ctx, plan->prefix, "_", base)
                            : base;
}

bool
emit_is_constant(const gen_type *type)
{
    return type->kind == GEN_T_LITERAL &&
           (type->literal_kind == GEN_L_STRING ||
            type->literal_kind == GEN_L_INT ||
            type->literal_kind == GEN_L_BOOL);
}

static emit_type
emit_const(const gen_type *literal)
{
    emit_type type = emit_plain("CONST", "");

    type.literal = literal;
    return type;
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
    e->is_closed = emit_attr(&from->attrs, "closed") != NULL;
    for (i = 0; i < from->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&from->variants, i);
        gen_str name = v->attrs.c_name.len ? v->attrs.c_name : v->name;

        emit_enum_add(plan, e, name, v->value, v->number, v->doc);
    }
    return emit_enum_type(e);
}

/* 'a' | 'b' and 1 | 2. */
emit_type
emit_literals(emit_plan *plan, const void *key, gen_str base,
              const gen_list *literals, bool is_int, bool is_closed)
{
    emit_enum *e = emit_enum_find(plan, key);
    gen_str none = gen_str_lit("");
    size_t i;

    if (e) return emit_enum_type(e);
    e = emit_enum_new(plan, base, key, is_int);
    e->is_closed = is_closed;
    for (i = 0; i < literals->count; i++) {
        const gen_type *one = gen_type_at(literals, i);
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

static emit_type
emit_literal_union(emit_plan *plan, const gen_type *type,
                   const gen_field *field, gen_str base, bool is_int)
{
    gen_list list;
    size_t i;

    memset(&list, 0, sizeof list);
    for (i = 0; i < gen_type_literal_count(type); i++) {
        union {
            const gen_type *from;
            void *to;
        } one;

        one.from = gen_type_literal(type, i);
        gen_list_push(plan->ctx, &list, one.to);
    }
    return emit_literals(plan, type, base, &list, is_int,
                         emit_is_closed(type, field));
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
    emit_struct_flags(plan, s, &from->attrs);
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
    if (type->named) {
        s->doc = type->named->doc;
        emit_struct_flags(plan, s, &type->named->attrs);
    }
    for (i = 0; i < type->members.count; i++) {
        const gen_member *from = gen_member_at(&type->members, i);
        gen_str name = emit_fold(plan->ctx, from->name);
        emit_member *m =
            (emit_member *)gen_new(plan->ctx, sizeof(emit_member));

        m->optional = from->type->optional;
        m->nullable = from->type->nullable;
        m->required = !m->optional;
        if (m->required && !m->nullable &&
            emit_is_constant(from->type->core)) {
            m->type = emit_const(from->type->core);
        } else {
            m->type = emit_type_of(plan, from->type->core, NULL,
                                   emit_join(plan->ctx, s->name, "_", name));
        }
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

    if (elem && emit_has_members(elem) && !elem->optional &&
        !elem->nullable &&
        (!type->elem || type->elem->optional || type->elem->nullable)) {
        a->item = emit_object(plan, elem, base);
    } else if (!type->elem || type->elem->core->kind == GEN_T_ANY) {
        a->item = emit_raw();
    } else {
        a->item = emit_type_of(plan, type->elem->core, elem, base);
        if ((type->elem->optional || type->elem->nullable) &&
            strcmp(a->item.member, "RAW")) {
            a->item = emit_maybe_type(plan, a->item, type->elem->optional,
                                      type->elem->nullable, base);
        }
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

    if (type->names.count > 1 && type->names.count < 24) {
        out.tables = &type->names;
    }
    if (type->names.count != 1) return out;
    table = emit_table_of(plan, gen_name_at(&type->names, 0)->text);
    out.table = gen_name_at(&type->names, 0)->text;
    if (!table) return out;
    out.c = emit_glue(plan->ctx, table->base, "_id");
    return out;
}

/* A literal that is neither text nor an int: what it is one of. */
static emit_type
emit_literal_type(const gen_type *type)
{
    switch (type->literal_kind) {
    case GEN_L_FLOAT: return emit_plain("FLOAT", "double");
    case GEN_L_DECIMAL: return emit_plain("DECIMAL", "surreal_decimal");
    case GEN_L_DURATION: return emit_plain("DURATION", "surreal_duration");
    case GEN_L_BOOL: return emit_plain("BOOL", "bool");
    default: return emit_raw();
    }
}

emit_type
emit_type_of(emit_plan *plan, const gen_type *type, const gen_field *field,
             gen_str base)
{
    gen_literal_kind literal;

    base = emit_named_base(plan, type, base);
    if (gen_type_is_literals(type, &literal) &&
        (literal == GEN_L_STRING || literal == GEN_L_INT)) {
        return emit_literal_union(plan, type, field, base,
                                  literal == GEN_L_INT);
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
    case GEN_T_GEOMETRY: return emit_geometry(plan, &type->names, base);
    case GEN_T_RANGE: return emit_plain("RANGE", "surreal_bounds");
    case GEN_T_TUPLE: return emit_tuple_make(plan, type, base);
    case GEN_T_UNION: return emit_union_type(plan, type, field, base);
    case GEN_T_LITERAL: return emit_literal_type(type);
    default: return emit_raw();
    }
}

/* ---- fields ------------------------------------------------------------- */

/* @since goes into the comment, @deprecated to the compiler as well. */
static void
emit_history(emit_plan *plan, emit_member *m, const gen_field *field)
{
    const gen_attr *since = emit_attr(&field->attrs, "since");
    const gen_attr *old = emit_attr(&field->attrs, "deprecated");
    gen_buf doc;

    gen_buf_init(&doc, plan->ctx);
    gen_buf_add_str(&doc, field->doc);
    if (since && since->args.count) {
        gen_str text = gen_attr_arg_at(&since->args, 0)->text;

        gen_buf_add_fmt(&doc, "%sSince %.*s.", doc.len ? "\n" : "",
                        (int)text.len, text.ptr);
    }
    if (old) {
        m->is_deprecated = true;
        if (old->args.count) {
            m->deprecated = gen_attr_arg_at(&old->args, 0)->text;
        }
        gen_buf_add_fmt(&doc, "%sDeprecated%s%.*s", doc.len ? "\n" : "",
                        m->deprecated.len ? ": " : ".",
                        (int)m->deprecated.len, m->deprecated.ptr);
    }
    m->doc.ptr = doc.ptr;
    m->doc.len = doc.len;
}

/* Text and bytes inside the struct. */
static void
emit_inline(emit_member *m, const gen_field *field)
{
    const char *member;

    if (!field->attrs.c_max || field->attrs.c_max >= 0xffff) return;
    if (!strcmp(m->type.member, "STRING")) {
        member = "CHARS";
    } else if (!strcmp(m->type.member, "BYTES")) {
        member = "OCTETS";
    } else {
        return;
    }
    m->type = emit_plain(member, "");
    m->type.cap = field->attrs.c_max;
}

static void
emit_field(emit_plan *plan, emit_struct *s, const gen_field *field)
{
    emit_member *m = (emit_member *)gen_new(plan->ctx, sizeof *m);
    gen_str name = field->attrs.c_name.len ? field->attrs.c_name
                                           : field->name;

    name = emit_fold(plan->ctx, name);
    emit_history(plan, m, field);
    m->optional = field->optional;
    m->nullable = field->nullable;
    m->server = gen_field_read_only(field);
    m->unread = field->attrs.encrypt.len != 0;
    m->secret = field->attrs.secret || m->unread;
    if (field->assert_.present) m->field = field;
    if (!s->table && !m->optional && !m->nullable && !m->server &&
        emit_is_constant(field->eff)) {
        m->type = emit_const(field->eff);
    } else if (!emit_user_type(plan, field, &m->type)) {
        m->type = emit_type_of(plan, field->eff, field,
                               emit_join(plan->ctx, s->name, "_", name));
        emit_inline(m, field);
    }
    m->required = !m->optional && !m->server &&
                  (m->unread || !gen_field_may_omit(field));
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
