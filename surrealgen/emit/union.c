/* surrealgen/emit/union.c: unions, tuples and the like as C types.
 *
 * A value on the wire says what kind it is of, so the arms of a union are
 * told apart by that; objects among them by a column that holds another
 * literal in each. Arms that nothing tells apart become one arm that keeps
 * the value as it is. */
#include "emit.h"

#include <stdio.h>
#include <string.h>

/* The arms of a union by what they have in common on the wire. */
typedef struct emit_sorting {
    emit_plan *plan;
    emit_union *u;
    gen_list flat;     /* gen_type: no unions, none, null left */
    gen_list objects;  /* SHAPE and STRUCT */
    gen_list lists;    /* ARRAY and TUPLE */
    gen_list sets;
    gen_list strings, ints; /* literals */
    gen_list enums;    /* of text */
    gen_list int_enums;
    gen_list tables;   /* gen_name */
    gen_list places;   /* gen_name: kinds of geometry */
    bool any, text, number, integer, object, any_table, any_place;
    bool done[GEN_T_REFERENCES + 1];
} emit_sorting;

/* An array inside another type needs a type with a name only in an array. */
static gen_str
emit_fresh(emit_plan *plan, gen_str base)
{
    static const char *const ends[] = {"", "_tag", "_union", "_kinds", NULL};

    return emit_free_base(plan, base, ends);
}

static gen_str
emit_constant(emit_plan *plan, gen_str name)
{
    while (emit_name_taken(&plan->names, name)) {
        name = emit_glue(plan->ctx, name, "_");
    }
    emit_name_take(plan, name);
    return name;
}

/* ---- sorting ------------------------------------------------------------ */

static void *
emit_listed(const void *p)
{
    union {
        const void *from;
        void *to;
    } both;

    both.from = p;
    return both.to;
}

static void
emit_flatten(emit_sorting *s, const gen_type *type)
{
    size_t i;

    type = type->core;
    if (type->kind == GEN_T_NONE || type->kind == GEN_T_NULL) return;
    if (type->kind != GEN_T_UNION) {
        gen_list_push(s->plan->ctx, &s->flat, emit_listed(type));
        return;
    }
    for (i = 0; i < type->arms.count; i++) {
        emit_flatten(s, gen_type_at(&type->arms, i));
    }
}

static void
emit_names_into(emit_sorting *s, gen_list *out, const gen_list *names,
                bool *is_any)
{
    size_t i;
    size_t j;

    if (!names->count) *is_any = true;
    for (i = 0; i < names->count; i++) {
        gen_name *name = gen_name_at(names, i);

        for (j = 0; j < out->count; j++) {
            if (gen_str_eq(gen_name_at(out, j)->text, name->text)) break;
        }
        if (j == out->count) gen_list_push(s->plan->ctx, out, name);
    }
}

static void
emit_sort_one(emit_sorting *s, const gen_type *type)
{
    gen_ctx *ctx = s->plan->ctx;
    void *arm = emit_listed(type);

    switch (type->kind) {
    case GEN_T_ANY:
    case GEN_T_FUNCTION:
    case GEN_T_REGEX: s->any = true; break;
    case GEN_T_STRING: s->text = true; break;
    case GEN_T_NUMBER: s->number = true; break;
    case GEN_T_INT: s->integer = true; break;
    case GEN_T_OBJECT: s->object = true; break;
    case GEN_T_SHAPE:
    case GEN_T_STRUCT: gen_list_push(ctx, &s->objects, arm); break;
    case GEN_T_ARRAY:
    case GEN_T_TUPLE: gen_list_push(ctx, &s->lists, arm); break;
    case GEN_T_SET: gen_list_push(ctx, &s->sets, arm); break;
    case GEN_T_ENUM:
        gen_list_push(ctx, type->enum_ref->is_int ? &s->int_enums
                                                  : &s->enums, arm);
        break;
    case GEN_T_LITERAL:
        if (type->literal_kind == GEN_L_STRING) {
            gen_list_push(ctx, &s->strings, arm);
        } else if (type->literal_kind == GEN_L_INT) {
            gen_list_push(ctx, &s->ints, arm);
        } else if (type->literal_kind == GEN_L_OTHER) {
            s->any = true;
        }
        break;
    case GEN_T_RECORD:
    case GEN_T_REFERENCES:
        emit_names_into(s, &s->tables, &type->names, &s->any_table);
        break;
    case GEN_T_GEOMETRY:
        emit_names_into(s, &s->places, &type->names, &s->any_place);
        break;
    default: break;
    }
}

/* ---- the discriminator -------------------------------------------------- */

/* The literal an object holds under `column`, or NULL. */
static const gen_type *
emit_tag_of(const gen_type *object, gen_str column)
{
    size_t i;

    if (object->kind == GEN_T_SHAPE) {
        for (i = 0; i < object->members.count; i++) {
            const gen_member *m = gen_member_at(&object->members, i);

            if (!gen_str_eq(m->name, column)) continue;
            if (m->type->optional || m->type->nullable) return NULL;
            return emit_is_constant(m->type->core) ? m->type->core : NULL;
        }
        return NULL;
    }
    for (i = 0; i < object->struct_ref->fields.count; i++) {
        const gen_field *f = gen_field_at(&object->struct_ref->fields, i);

        if (!gen_str_eq(f->name, column)) continue;
        if (f->optional || f->nullable) return NULL;
        return emit_is_constant(f->eff) ? f->eff : NULL;
    }
    return NULL;
}

static bool
emit_tag_is(const gen_type *a, const gen_type *b)
{
    if (a->literal_kind != b->literal_kind) return false;
    if (a->literal_kind == GEN_L_BOOL) {
        return gen_str_eq(a->literal, b->literal);
    }
    return gen_str_eq(a->value, b->value);
}

static bool
emit_tells_apart(const emit_sorting *s, gen_str column)
{
    size_t i;
    size_t j;

    for (i = 0; i < s->objects.count; i++) {
        const gen_type *tag = emit_tag_of(gen_type_at(&s->objects, i),
                                          column);

        if (!tag) return false;
        for (j = 0; j < i; j++) {
            if (emit_tag_is(tag, emit_tag_of(gen_type_at(&s->objects, j),
                                             column))) {
                return false;
            }
        }
    }
    return true;
}

/* The first column that tells the objects apart, or an empty name. */
static gen_str
emit_discriminator(const emit_sorting *s)
{
    const gen_type *first = gen_type_at(&s->objects, 0);
    bool is_shape = first->kind == GEN_T_SHAPE;
    size_t count = is_shape ? first->members.count
                            : first->struct_ref->fields.count;
    size_t i;

    for (i = 0; i < count; i++) {
        gen_str name =
            is_shape ? gen_member_at(&first->members, i)->name
                     : gen_field_at(&first->struct_ref->fields, i)->name;

        if (emit_tells_apart(s, name)) return name;
    }
    return gen_str_lit("");
}

/* ---- arms --------------------------------------------------------------- */

static void
emit_arm(emit_sorting *s, const char *word, const char *kinds, emit_type type,
         const gen_type *tag)
{
    gen_ctx *ctx = s->plan->ctx;
    emit_part *arm = (emit_part *)gen_new(ctx, sizeof *arm);
    gen_str name = emit_fold(ctx, gen_str_lit(word));
    gen_str upper = emit_upper(ctx, name);
    size_t i;

    if (emit_is_reserved(name) || gen_str_is(name, "other")) {
        name = emit_glue(ctx, name, "_");
    }
    for (i = 0; i < s->u->arms.count; i++) {
        const emit_part *other = (const emit_part *)s->u->arms.at[i];

        if (!gen_str_eq(other->name, name)) continue;
        name = emit_glue(ctx, name, "_");
        i = (size_t)-1;
    }
    arm->name = name;
    arm->constant = emit_constant(
        s->plan,
        emit_join(ctx, emit_upper(ctx, s->u->name), "_", upper));
    arm->kinds = gen_str_lit(kinds);
    arm->type = type;
    arm->tag = tag;
    gen_list_push(ctx, &s->u->arms, arm);
}

static gen_str
emit_arm_base(const emit_sorting *s, const char *word)
{
    return emit_join(s->plan->ctx, s->u->name, "_",
                     emit_fold(s->plan->ctx, gen_str_lit(word)));
}

static void
emit_merged(const emit_sorting *s, const char *what)
{
    gen_buf text;

    gen_buf_init(&text, s->plan->ctx);
    gen_buf_add_fmt(&text,
                    "nothing tells the %s of `%.*s` apart: they are one arm, "
                    "a surreal_raw",
                    what, (int)s->u->text.len, s->u->text.ptr);
    emit_note(s->plan, text.ptr);
}

static gen_str
emit_tag_word(emit_plan *plan, const gen_type *tag)
{
    if (tag->literal_kind == GEN_L_BOOL) return tag->literal;
    if (tag->literal_kind == GEN_L_INT) {
        return emit_join(plan->ctx, gen_str_lit("is"), "_",
                         *tag->value.ptr == '-'
                             ? emit_join(plan->ctx, gen_str_lit("minus"), "_",
                                         gen_str_lit(tag->value.ptr + 1))
                             : tag->value);
    }
    return tag->value;
}

static void
emit_object_arms(emit_sorting *s)
{
    gen_str column;
    size_t i;

    if (s->object || s->objects.count == 0) {
        if (s->objects.count) emit_merged(s, "objects");
        emit_arm(s, "object", "1u << SURREAL_OBJECT", emit_raw(), NULL);
        return;
    }
    if (s->objects.count == 1) {
        emit_arm(s, "object", "1u << SURREAL_OBJECT",
                 emit_type_of(s->plan, gen_type_at(&s->objects, 0), NULL,
                              emit_arm_base(s, "object")), NULL);
        return;
    }
    column = emit_discriminator(s);
    if (!column.len) {
        emit_merged(s, "objects");
        emit_arm(s, "object", "1u << SURREAL_OBJECT", emit_raw(), NULL);
        return;
    }
    s->u->column = column;
    for (i = 0; i < s->objects.count; i++) {
        const gen_type *object = gen_type_at(&s->objects, i);
        const gen_type *tag = emit_tag_of(object, column);
        gen_str word = emit_tag_word(s->plan, tag);

        emit_arm(s, word.ptr, "1u << SURREAL_OBJECT",
                 emit_type_of(s->plan, object, NULL,
                              emit_arm_base(s, word.ptr)), tag);
    }
}

/* Text or ints: plain, one enum, or some literals. */
static void
emit_word_arm(emit_sorting *s, bool is_int)
{
    const gen_list *enums = is_int ? &s->int_enums : &s->enums;
    const gen_list *words = is_int ? &s->ints : &s->strings;
    const char *word = is_int ? "int" : "string";
    const char *kinds = is_int ? "1u << SURREAL_INT" : "1u << SURREAL_STRING";
    bool is_plain = is_int ? s->integer : s->text;
    emit_type type;

    if (is_plain || enums->count > 1 || (enums->count && words->count)) {
        type = is_int ? emit_plain("INT", "int64_t")
                      : emit_plain("STRING", "surreal_str");
    } else if (enums->count) {
        type = emit_type_of(s->plan, gen_type_at(enums, 0), NULL,
                            emit_arm_base(s, word));
    } else {
        type = emit_literals(s->plan, gen_type_at(words, 0),
                             emit_arm_base(s, is_int ? "number" : "word"),
                             words, is_int, s->u->is_closed);
    }
    emit_arm(s, word, kinds, type, NULL);
}

static void
emit_list_arm(emit_sorting *s, bool is_set)
{
    const gen_list *lists = is_set ? &s->sets : &s->lists;
    const char *word = is_set ? "set" : "array";
    /* SurrealDB 2 sends sets as arrays. */
    const char *kinds = !is_set ? "1u << SURREAL_ARRAY"
                        : s->lists.count
                            ? "1u << SURREAL_SET"
                            : "1u << SURREAL_SET | 1u << SURREAL_ARRAY";

    if (lists->count > 1) {
        emit_merged(s, is_set ? "sets" : "arrays");
        emit_arm(s, word, kinds, emit_raw(), NULL);
        return;
    }
    emit_arm(s, word, kinds,
             emit_type_of(s->plan, gen_type_at(lists, 0), NULL,
                          emit_arm_base(s, word)), NULL);
}

static void
emit_record_arm(emit_sorting *s)
{
    gen_type *all = (gen_type *)gen_new(s->plan->ctx, sizeof *all);

    all->kind = GEN_T_RECORD;
    all->core = all;
    if (!s->any_table) all->names = s->tables;
    emit_arm(s, "record", "1u << SURREAL_RECORD_ID",
             emit_type_of(s->plan, all, NULL, emit_arm_base(s, "record")),
             NULL);
}

static void
emit_place_arm(emit_sorting *s)
{
    static const char every[] =
        "1u << SURREAL_POINT | 1u << SURREAL_LINE | "
        "1u << SURREAL_POLYGON | 1u << SURREAL_MULTIPOINT | "
        "1u << SURREAL_MULTILINE | 1u << SURREAL_MULTIPOLYGON | "
        "1u << SURREAL_COLLECTION";
    gen_list none;
    gen_buf kinds;
    size_t i;

    memset(&none, 0, sizeof none);
    gen_buf_init(&kinds, s->plan->ctx);
    for (i = 0; !s->any_place && i < s->places.count; i++) {
        gen_str upper = emit_upper(s->plan->ctx,
                                   gen_name_at(&s->places, i)->text);

        gen_buf_add_fmt(&kinds, "%s1u << SURREAL_%.*s", i ? " | " : "",
                        (int)upper.len, upper.ptr);
    }
    if (s->any_place) gen_buf_add_text(&kinds, every);
    emit_arm(s, "geometry", kinds.ptr,
             emit_geometry(s->plan, s->any_place ? &none : &s->places,
                           emit_arm_base(s, "geometry")), NULL);
}

/* Kinds that stand for themselves. */
static void
emit_plain_arm(emit_sorting *s, const gen_type *type)
{
    static const struct {
        gen_type_kind kind;
        const char *word, *kinds;
    } table[] = {
        {GEN_T_BOOL, "bool", "1u << SURREAL_BOOL"},
        {GEN_T_FLOAT, "float", "1u << SURREAL_FLOAT"},
        {GEN_T_DECIMAL, "decimal", "1u << SURREAL_DECIMAL"},
        {GEN_T_BYTES, "bytes", "1u << SURREAL_BYTES"},
        {GEN_T_DATETIME, "datetime", "1u << SURREAL_DATETIME"},
        {GEN_T_DURATION, "duration", "1u << SURREAL_DURATION"},
        {GEN_T_UUID, "uuid", "1u << SURREAL_UUID"},
        {GEN_T_RANGE, "range", "1u << SURREAL_RANGE"},
        {GEN_T_TABLE, "table", "1u << SURREAL_TABLE"},
        {GEN_T_FILE, "file", "1u << SURREAL_FILE"}};
    size_t i;

    for (i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].kind != type->kind) continue;
        emit_arm(s, table[i].word, table[i].kinds,
                 emit_type_of(s->plan, type, NULL,
                              emit_arm_base(s, table[i].word)), NULL);
    }
}

/* A literal of a kind that has no enum counts as its kind. */
static gen_type_kind
emit_group(const emit_sorting *s, const gen_type *type)
{
    gen_type_kind kind = type->kind;

    if (kind == GEN_T_LITERAL) {
        switch (type->literal_kind) {
        case GEN_L_STRING: kind = GEN_T_STRING; break;
        case GEN_L_INT: kind = GEN_T_INT; break;
        case GEN_L_FLOAT: kind = GEN_T_FLOAT; break;
        case GEN_L_DECIMAL: kind = GEN_T_DECIMAL; break;
        case GEN_L_DURATION: kind = GEN_T_DURATION; break;
        default: kind = GEN_T_BOOL; break;
        }
    }
    if (kind == GEN_T_ENUM) {
        kind = type->enum_ref->is_int ? GEN_T_INT : GEN_T_STRING;
    }
    if (kind == GEN_T_SHAPE || kind == GEN_T_STRUCT) kind = GEN_T_OBJECT;
    if (kind == GEN_T_TUPLE) kind = GEN_T_ARRAY;
    if (kind == GEN_T_REFERENCES) kind = GEN_T_RECORD;
    if (s->number && (kind == GEN_T_INT || kind == GEN_T_FLOAT ||
                      kind == GEN_T_DECIMAL)) {
        kind = GEN_T_NUMBER;
    }
    return kind;
}

static void
emit_arm_of(emit_sorting *s, const gen_type *type)
{
    gen_type_kind kind = emit_group(s, type);
    gen_type *plain;

    if (s->done[kind]) return;
    s->done[kind] = true;
    switch (kind) {
    case GEN_T_STRING: emit_word_arm(s, false); break;
    case GEN_T_INT: emit_word_arm(s, true); break;
    case GEN_T_NUMBER:
        emit_arm(s, "number",
                 "1u << SURREAL_INT | 1u << SURREAL_FLOAT | "
                 "1u << SURREAL_DECIMAL",
                 emit_plain("NUMBER", "surreal_number"), NULL);
        break;
    case GEN_T_OBJECT: emit_object_arms(s); break;
    case GEN_T_ARRAY: emit_list_arm(s, false); break;
    case GEN_T_SET: emit_list_arm(s, true); break;
    case GEN_T_RECORD: emit_record_arm(s); break;
    case GEN_T_GEOMETRY: emit_place_arm(s); break;
    default:
        plain = (gen_type *)gen_new(s->plan->ctx, sizeof *plain);
        plain->kind = kind;
        plain->core = plain;
        emit_plain_arm(s, plain);
        break;
    }
}

/* ---- the union ---------------------------------------------------------- */

static emit_type
emit_as_union(const emit_union *u)
{
    emit_type type = emit_plain("UNION", "");

    type.c = u->name;
    type.u = u;
    return type;
}

/* True if all arms are of one group: then there is nothing to choose, and
 * the union is that type. */
static bool
emit_is_one_group(const emit_sorting *s)
{
    gen_type_kind first;
    size_t i;

    if (!s->flat.count) return false;
    first = emit_group(s, gen_type_at(&s->flat, 0));
    for (i = 1; i < s->flat.count; i++) {
        if (emit_group(s, gen_type_at(&s->flat, i)) != first) return false;
    }
    if (first == GEN_T_OBJECT) {
        return s->object || !emit_discriminator(s).len;
    }
    return true;
}

emit_type
emit_union_type(emit_plan *plan, const gen_type *type, const gen_field *field,
                gen_str base)
{
    emit_union *u = (emit_union *)emit_map_get(plan, EMIT_KEY_SHAPE, type,
                                               gen_str_lit(""));
    emit_sorting s;
    gen_buf text;
    size_t i;

    if (u) return emit_as_union(u);
    memset(&s, 0, sizeof s);
    s.plan = plan;
    emit_flatten(&s, type);
    for (i = 0; i < s.flat.count; i++) {
        emit_sort_one(&s, gen_type_at(&s.flat, i));
    }
    if (s.any || !s.flat.count) return emit_raw();
    u = (emit_union *)gen_new(plan->ctx, sizeof *u);
    s.u = u;
    u->is_closed = emit_is_closed(type, field);
    if (type->named) u->doc = type->named->doc;
    gen_buf_init(&text, plan->ctx);
    gen_surql_type(&text, type);
    u->text.ptr = text.ptr;
    u->text.len = text.len;
    if (emit_is_one_group(&s)) {
        u->name = base;
        for (i = 0; i < s.flat.count; i++) {
            emit_arm_of(&s, gen_type_at(&s.flat, i));
        }
        return ((const emit_part *)u->arms.at[0])->type;
    }
    u->name = emit_fresh(plan, base);
    u->none = emit_constant(plan, emit_glue(plan->ctx,
                                            emit_upper(plan->ctx, u->name),
                                            "_NONE_"));
    u->other = emit_constant(plan, emit_glue(plan->ctx,
                                             emit_upper(plan->ctx, u->name),
                                             "_OTHER_"));
    for (i = 0; i < s.flat.count; i++) {
        emit_arm_of(&s, gen_type_at(&s.flat, i));
    }
    emit_item_add(plan, EMIT_UNION, u);
    emit_map_put(plan, EMIT_KEY_SHAPE, type, gen_str_lit(""), u);
    return emit_as_union(u);
}

/* ---- tuples, optional elements, geometry, types of the user's ----------- */

emit_type
emit_tuple_make(emit_plan *plan, const gen_type *type, gen_str base)
{
    emit_tuple *t = (emit_tuple *)emit_map_get(plan, EMIT_KEY_SHAPE, type,
                                               gen_str_lit(""));
    emit_type out = emit_plain("TUPLE", "");
    size_t i;

    if (!type->arms.count) return emit_raw();
    if (!t) {
        t = (emit_tuple *)gen_new(plan->ctx, sizeof *t);
        t->name = emit_fresh(plan, base);
        if (type->named) t->doc = type->named->doc;
        for (i = 0; i < type->arms.count; i++) {
            const gen_type *arm = gen_type_at(&type->arms, i);
            emit_part *part = (emit_part *)gen_new(plan->ctx, sizeof *part);
            gen_str inner;
            char name[24];

            snprintf(name, sizeof name, "_%zu", i);
            part->name = gen_str_copy(plan->ctx, name, strlen(name));
            inner = emit_join(plan->ctx, t->name, "", part->name);
            part->type = emit_type_of(plan, arm->core, NULL, inner);
            if ((arm->optional || arm->nullable) &&
                strcmp(part->type.member, "RAW")) {
                part->type = emit_maybe_type(plan, part->type, arm->optional,
                                             arm->nullable, inner);
            }
            gen_list_push(plan->ctx, &t->parts, part);
        }
        emit_item_add(plan, EMIT_TUPLE, t);
        emit_map_put(plan, EMIT_KEY_SHAPE, type, gen_str_lit(""), t);
    }
    out.c = t->name;
    out.t = t;
    return out;
}

emit_type
emit_maybe_type(emit_plan *plan, emit_type of, bool optional, bool nullable,
                gen_str base)
{
    static const char *const ends[] = {"_maybe", NULL};
    emit_maybe *m = (emit_maybe *)gen_new(plan->ctx, sizeof *m);
    emit_type out = emit_plain("MAYBE", "");

    base = emit_free_base(plan, base, ends);
    m->name = emit_glue(plan->ctx, base, "_maybe");
    m->of = of;
    m->optional = optional;
    m->nullable = nullable;
    emit_item_add(plan, EMIT_MAYBE, m);
    out.c = m->name;
    out.m = m;
    return out;
}

emit_type
emit_geometry(emit_plan *plan, const gen_list *names, gen_str base)
{
    static const char *const words[] = {"point",        "line",
                                        "polygon",      "multipoint",
                                        "multiline",    "multipolygon",
                                        "collection"};
    static const char *const members[] = {"POINT",     "LINE",
                                          "POLYGON",   "MULTIPOINT",
                                          "MULTILINE", "MULTIPOLYGON",
                                          "COLLECTION"};
    static const char *const ends[] = {"_kinds", NULL};
    emit_type out = emit_plain("GEOMETRY", "surreal_geometry");
    emit_mask *mask;
    gen_buf kinds;
    size_t i;

    for (i = 0; names->count == 1 && i < sizeof words / sizeof *words; i++) {
        if (!gen_str_is(gen_name_at(names, 0)->text, words[i])) continue;
        return emit_plain(members[i],
                          emit_join(plan->ctx, gen_str_lit("surreal"), "_",
                                    gen_str_lit(words[i])).ptr);
    }
    if (!names->count) return out;
    gen_buf_init(&kinds, plan->ctx);
    for (i = 0; i < names->count; i++) {
        gen_str upper = emit_upper(plan->ctx, gen_name_at(names, i)->text);

        /* `feature` is another word for any kind. */
        if (gen_str_is(upper, "FEATURE")) return out;
        gen_buf_add_fmt(&kinds, "%s1u << SURREAL_%.*s", i ? " | " : "",
                        (int)upper.len, upper.ptr);
    }
    mask = (emit_mask *)gen_new(plan->ctx, sizeof *mask);
    base = emit_free_base(plan, base, ends);
    mask->name = emit_glue(plan->ctx, base, "_kinds");
    mask->kinds.ptr = kinds.ptr;
    mask->kinds.len = kinds.len;
    emit_item_add(plan, EMIT_MASK, mask);
    out.kinds = mask->name;
    return out;
}

/* A C type in words: letters, digits, _ and blanks between them. */
static bool
emit_is_type_name(gen_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         c == '_';

        if (!is_letter && !(i && c >= '0' && c <= '9') &&
            !(i && c == ' ' && i + 1 < text.len)) {
            return false;
        }
    }
    return text.len != 0;
}

static bool
emit_user_refused(emit_plan *plan, const gen_field *field, const char *why,
                  const char *hint)
{
    gen_report(plan->ctx, "SG703", field->pos, why, hint, NULL, NULL, NULL);
    plan->errors++;
    return false;
}

/* A header for the generated one, each once. */
static void
emit_include(emit_plan *plan, gen_str path)
{
    gen_str *kept;

    if (!path.len ||
        emit_map_get(plan, EMIT_KEY_INCLUDE, NULL, path)) {
        return;
    }
    kept = (gen_str *)gen_new(plan->ctx, sizeof *kept);
    *kept = path;
    emit_map_put(plan, EMIT_KEY_INCLUDE, NULL, path, kept);
    gen_list_push(plan->ctx, &plan->includes, kept);
}

bool
emit_user_type(emit_plan *plan, const gen_field *field, emit_type *out)
{
    static const char example[] =
        "for example @c(type: \"money_t\", via: \"money\", include: "
        "\"money.h\"), with money_decode and money_encode in money.h";
    gen_str c = emit_c_arg(&field->attrs, "type");
    gen_str via = emit_c_arg(&field->attrs, "via");
    static const char *const ends[] = {"_user", NULL};
    emit_user *user;
    gen_str pair;

    if (!c.len && !via.len) return false;
    if (!c.len || !via.len) {
        return emit_user_refused(plan, field,
                                 "a type of your own needs `type` and `via`",
                                 example);
    }
    if (!emit_is_type_name(c) || !emit_is_type_name(via) ||
        strchr(via.ptr, ' ')) {
        return emit_user_refused(plan, field,
                                 "`type` is the name of a C type and `via` "
                                 "what its functions begin with", example);
    }
    *out = emit_plain("USER", c.ptr);
    pair = emit_join(plan->ctx, via, " ", c); /* no blank is in `via` */
    user = (emit_user *)emit_map_get(plan, EMIT_KEY_USER, NULL, pair);
    if (user) {
        out->user = user;
        return true;
    }
    user = (emit_user *)gen_new(plan->ctx, sizeof *user);
    emit_map_put(plan, EMIT_KEY_USER, NULL, pair, user);
    user->name = emit_glue(
        plan->ctx,
        emit_free_base(plan, emit_fold(plan->ctx, via), ends), "_user");
    user->c = c;
    user->via = via;
    emit_include(plan, emit_c_arg(&field->attrs, "include"));
    emit_item_add(plan, EMIT_USER, user);
    out->user = user;
    return true;
}
