/* surrealgen/schema/resolve.c: type names, cores, structs, element types.
 *
 * After this every type has a `core` (what is left without option, none and
 * null) and every field an `eff`: its core with the types of `*` children
 * merged in. Recursion follows types and trees, whose depth the parser
 * bounds; structs are searched for cycles before anything follows them. */
#include "front.h"

#include <string.h>

const char *gen_type_word(gen_type_kind kind)
{
    static const char *const words[] = {
        "any", "none", "null", "bool", "int", "float", "decimal", "number",
        "string", "bytes", "datetime", "duration", "uuid", "object",
        "range", "regex", "function", "option", "array", "set", "record",
        "table", "file", "geometry", "|", "literal", "{", "[", "enum",
        "struct", "alias", "name", "references"
    };
    return words[kind];
}

/* ------------------------------------------------------------------- names */

static void unknown_name(gen_ctx *ctx, gen_type *type)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    diag = gen_error(ctx, SG1211, type->pos, "there is no type called `%s`",
                     gen_clip(ctx, type->name));
    if (diag->muted) return;
    gen_guess_start(&guess, type->name);
    gen_guess_words(&guess, gen_type_words);
    for (i = 0; i < ctx->schema.enums.count; i++) {
        gen_guess_try(&guess, gen_enum_at(&ctx->schema.enums, i)->name);
    }
    for (i = 0; i < ctx->schema.structs.count; i++) {
        gen_guess_try(&guess, gen_struct_at(&ctx->schema.structs, i)->name);
    }
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

static bool resolve_name(gen_ctx *ctx, gen_type *type)
{
    gen_named *named = (gen_named *)gen_map_get(ctx, NULL, GEN_KEY_TYPE_NAME,
                                                type->name);
    if (named == NULL) {
        unknown_name(ctx, type);
        return false;
    }
    /* Declared by an item that was reported: no second complaint. */
    if (named->enum_ref == NULL && named->struct_ref == NULL) return false;
    type->enum_ref = named->enum_ref;
    type->struct_ref = named->struct_ref;
    type->kind = named->enum_ref != NULL ? GEN_T_ENUM : GEN_T_STRUCT;
    return true;
}

/* ------------------------------------------------------------------- cores */

static bool resolve_type(gen_ctx *ctx, gen_type *type);

/* `any` and option<> have places where they mean nothing. */
static bool check_nesting(gen_ctx *ctx, const gen_type *type)
{
    bool old = ctx->schema.target.major < 3;
    gen_diag *diag;
    size_t i;

    if (type->kind == GEN_T_OPTION && type->elem->kind == GEN_T_ANY) {
        diag = gen_error(ctx, SG1212, type->pos, "`option<any>` is not a "
                         "type: `any` admits NONE already");
        gen_fix(ctx, diag, "write `any`");
        return false;
    }
    if (type->kind == GEN_T_OPTION && type->elem->kind == GEN_T_OPTION) {
        diag = gen_error(ctx, SG1212, type->pos, "`option<>` cannot stand "
                         "inside `option<>`");
        gen_fix(ctx, diag, "write it once");
        return false;
    }
    if (type->kind != GEN_T_UNION) return true;
    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        if (arm->kind == GEN_T_ANY) {
            gen_error(ctx, SG1212, arm->pos, "`any` cannot be one of "
                      "several types");
            return false;
        }
        if (arm->kind == GEN_T_OPTION && (i > 0 || old)) {
            diag = gen_error(ctx, SG1212, arm->pos, "`option<>` cannot stand "
                             "beside `|`");
            gen_fix(ctx, diag, "put the whole union into it: "
                    "`option<a | b>`");
            return false;
        }
    }
    return true;
}

static void core_of_union(gen_ctx *ctx, gen_type *type)
{
    gen_type *rest = gen_type_new(ctx, GEN_T_UNION, type->pos);
    bool same = true;
    size_t i;

    for (i = 0; i < type->arms.count; i++) {
        gen_type *arm = gen_type_at(&type->arms, i);
        type->optional |= arm->optional;
        type->nullable |= arm->nullable;
        same = same && arm->core == arm && arm->kind != GEN_T_NONE
            && arm->kind != GEN_T_NULL;
        if (arm->kind != GEN_T_NONE && arm->kind != GEN_T_NULL) {
            gen_list_push(ctx, &rest->arms, arm->core);
        }
    }
    if (same) return;
    if (rest->arms.count == 0) return; /* none | null */
    type->core = rest->arms.count == 1 ? gen_type_at(&rest->arms, 0) : rest;
}

static bool resolve_children(gen_ctx *ctx, gen_type *type)
{
    bool ok = type->elem == NULL || resolve_type(ctx, type->elem);
    size_t i;

    for (i = 0; ok && i < type->arms.count; i++) {
        ok = resolve_type(ctx, gen_type_at(&type->arms, i));
    }
    if (type->kind != GEN_T_SHAPE) return ok;
    for (i = 0; ok && i < type->members.count; i++) {
        ok = resolve_type(ctx, gen_member_at(&type->members, i)->type);
    }
    return ok;
}

/* False after one report: at most one for each type clause. */
static bool resolve_type(gen_ctx *ctx, gen_type *type)
{
    if (type->kind == GEN_T_NAME && !resolve_name(ctx, type)) return false;
    if (!resolve_children(ctx, type)) return false;
    if (!check_nesting(ctx, type)) return false;
    type->core = type;
    type->optional = type->kind == GEN_T_NONE || type->kind == GEN_T_ANY;
    type->nullable = type->kind == GEN_T_NULL || type->kind == GEN_T_ANY;
    if (type->kind == GEN_T_OPTION) {
        type->optional = true;
        type->nullable = type->elem->nullable;
        type->core = type->elem->core;
    } else if (type->kind == GEN_T_UNION) {
        core_of_union(ctx, type);
    }
    return true;
}

/* ----------------------------------------------------------------- structs */

/* Whether the struct is met again inside itself; weight counts columns. */
static bool visit_struct(gen_ctx *ctx, gen_struct *s);

static bool visit_type(gen_ctx *ctx, const gen_type *type, size_t *weight)
{
    size_t i;

    if (type->kind == GEN_T_STRUCT) {
        if (!visit_struct(ctx, type->struct_ref)) {
            if (type->struct_ref->mark == 1 && !type->struct_ref->bad) {
                type->struct_ref->bad = true;
                gen_error(ctx, SG1213, type->pos, "the struct `%s` contains "
                          "itself", gen_clip(ctx, type->struct_ref->name));
            }
            return false;
        }
        *weight += type->struct_ref->weight;
        return true;
    }
    if (type->elem != NULL && !visit_type(ctx, type->elem, weight)) {
        return false;
    }
    for (i = 0; i < type->arms.count; i++) {
        if (!visit_type(ctx, gen_type_at(&type->arms, i), weight)) {
            return false;
        }
    }
    if (type->kind != GEN_T_SHAPE) return true;
    for (i = 0; i < type->members.count; i++) {
        const gen_member *member = gen_member_at(&type->members, i);
        if (!visit_type(ctx, member->type, weight)) return false;
    }
    return true;
}

static bool visit_fields(gen_ctx *ctx, const gen_list *fields,
                         size_t *weight)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        gen_field *field = gen_field_at(fields, i);
        *weight += 1;
        if (!field->bad && !visit_type(ctx, field->type, weight)) {
            return false;
        }
        if (!visit_fields(ctx, &field->children, weight)) return false;
    }
    return true;
}

enum { STRUCT_DEPTH = 64 };

/* mark: 0 not seen, 1 open, 2 done, 3 done and unusable. */
static bool visit_struct(gen_ctx *ctx, gen_struct *s)
{
    bool ok;

    if (s->mark == 2) return true;
    if (s->mark != 0) return false;
    if (ctx->struct_depth == STRUCT_DEPTH) {
        gen_error(ctx, SG1004, s->pos, "structs are nested more than %d deep "
                  "here", STRUCT_DEPTH);
        s->bad = true;
        s->mark = 3;
        return false;
    }
    s->mark = 1;
    ctx->struct_depth++;
    ok = visit_fields(ctx, &s->fields, &s->weight);
    ctx->struct_depth--;
    if (ok && s->weight > GEN_MAX_FIELDS) {
        gen_error(ctx, SG1012, s->pos, "the struct `%s` comes to more than "
                  "%u columns", gen_clip(ctx, s->name), GEN_MAX_FIELDS);
        ok = false;
    }
    s->mark = ok ? 2 : 3;
    s->bad = s->bad || !ok;
    return ok;
}

/* ---------------------------------------------------------- element types */

static gen_type *elem_type(gen_ctx *ctx, const gen_field *elem)
{
    gen_type *type;

    if (elem->eff == elem->type->core) return elem->type;
    if (!elem->optional || elem->implied) return elem->eff;
    type = gen_type_new(ctx, GEN_T_OPTION, elem->pos);
    type->elem = elem->eff;
    type->core = elem->eff;
    type->optional = true;
    type->nullable = elem->nullable;
    return type;
}

static void merge_element(gen_ctx *ctx, gen_field *field, gen_field *elem)
{
    gen_type_kind kind = field->eff->kind;
    bool bare = kind == GEN_T_ANY
        || (kind == GEN_T_OBJECT && (field->implied || !field->has_type));
    gen_type *copy;

    if (kind != GEN_T_ARRAY && kind != GEN_T_SET && !bare) return;
    if (elem->implied && elem->children.count == 0) return;
    copy = gen_type_new(ctx, GEN_T_ARRAY, field->pos);
    if (!bare) {
        *copy = *field->eff;
        copy->core = copy;
    }
    if (!elem->implied || copy->elem == NULL) {
        copy->elem = elem_type(ctx, elem);
    }
    field->eff = copy;
}

static void settle_fields(gen_ctx *ctx, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        gen_field *field = gen_field_at(fields, i);
        gen_field *elem = gen_field_elem(field);
        settle_fields(ctx, &field->children);
        field->eff = field->type->core;
        field->optional = field->type->optional || field->implied;
        field->nullable = field->type->nullable;
        if (elem != NULL) {
            merge_element(ctx, field, elem);
        } else if (field->children.count > 0
                   && field->eff->kind == GEN_T_ANY) {
            field->eff = gen_type_new(ctx, GEN_T_OBJECT, field->pos);
        }
    }
}

/* -------------------------------------------------------------------- all */

static void resolve_fields(gen_ctx *ctx, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        gen_field *field = gen_field_at(fields, i);
        if (!field->bad && !resolve_type(ctx, field->type)) {
            field->bad = true;
        }
        resolve_fields(ctx, &field->children);
    }
}

void gen_resolve_types(gen_ctx *ctx)
{
    gen_schema *schema = &ctx->schema;
    size_t i;

    for (i = 0; i < schema->structs.count; i++) {
        resolve_fields(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
    for (i = 0; i < schema->tables.count; i++) {
        resolve_fields(ctx, &gen_table_at(&schema->tables, i)->fields);
    }
    for (i = 0; i < schema->structs.count; i++) {
        visit_struct(ctx, gen_struct_at(&schema->structs, i));
    }
    for (i = 0; i < schema->tables.count; i++) {
        gen_table *table = gen_table_at(&schema->tables, i);
        size_t weight = 0;
        bool ok = visit_fields(ctx, &table->fields, &weight);
        if (ok && weight > GEN_MAX_FIELDS
            && table->field_total <= GEN_MAX_FIELDS) {
            gen_error(ctx, SG1012, table->pos, "the table `%s` comes to more "
                      "than %u columns", gen_clip(ctx, table->name),
                      GEN_MAX_FIELDS);
        }
        settle_fields(ctx, &table->fields);
    }
    for (i = 0; i < schema->structs.count; i++) {
        settle_fields(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
}

/* ----------------------------------------------------------------- helpers */

gen_field *gen_field_elem(const gen_field *field)
{
    size_t i;

    for (i = 0; i < field->children.count; i++) {
        gen_field *child = gen_field_at(&field->children, i);
        if (child->is_elem) return child;
    }
    return NULL;
}

bool gen_field_read_only(const gen_field *field)
{
    bool id = field->parent == NULL && gen_str_is(field->name, "id");

    return field->computed.present || field->attrs.server || id;
}

bool gen_field_may_omit(const gen_field *field)
{
    return field->optional || field->default_.present || field->value.present
        || field->computed.present;
}

size_t gen_type_literal_count(const gen_type *type)
{
    if (type->kind == GEN_T_LITERAL) return 1;
    return type->kind == GEN_T_UNION ? type->arms.count : 0;
}

const gen_type *gen_type_literal(const gen_type *type, size_t i)
{
    return type->kind == GEN_T_LITERAL ? type : gen_type_at(&type->arms, i);
}

bool gen_type_is_literals(const gen_type *type, gen_literal_kind *kind)
{
    size_t count = gen_type_literal_count(type);
    size_t i;

    for (i = 0; i < count; i++) {
        const gen_type *arm = gen_type_literal(type, i);
        if (arm->kind != GEN_T_LITERAL
            || arm->literal_kind != gen_type_literal(type, 0)->literal_kind) {
            return false;
        }
        if (arm->literal_kind != GEN_L_STRING
            && arm->literal_kind != GEN_L_INT) return false;
    }
    if (count > 0 && kind != NULL) {
        *kind = gen_type_literal(type, 0)->literal_kind;
    }
    return count > 0;
}
