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

static void guess_types(gen_ctx *ctx, gen_guess *guess)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    gen_guess_words(guess, gen_type_words);
    for (i = 0; i < schema->enums.count; i++) {
        gen_guess_try(guess, gen_enum_at(&schema->enums, i)->name);
    }
    for (i = 0; i < schema->structs.count; i++) {
        gen_guess_try(guess, gen_struct_at(&schema->structs, i)->name);
    }
    for (i = 0; i < schema->aliases.count; i++) {
        gen_guess_try(guess, gen_alias_at(&schema->aliases, i)->name);
    }
}

static void unknown_name(gen_ctx *ctx, gen_type *type)
{
    gen_guess guess;
    gen_diag *diag;

    diag = gen_error(ctx, SG1211, type->pos, "there is no type called `%s`",
                     gen_clip(ctx, type->name));
    if (diag->muted) return;
    gen_guess_start(&guess, type->name);
    guess_types(ctx, &guess);
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
    type->enum_ref = named->enum_ref;
    type->struct_ref = named->struct_ref;
    type->alias_ref = named->alias_ref;
    type->kind = named->enum_ref != NULL ? GEN_T_ENUM
        : named->struct_ref != NULL ? GEN_T_STRUCT : GEN_T_ALIAS;
    return true;
}

/* ------------------------------------------------------------------- cores */

static bool resolve_type(gen_ctx *ctx, gen_type *type);

enum { STRUCT_DEPTH = 64 };

/* What an alias stands for, first: mark 0 not seen, 1 open, 2 done. False
 * when it, or one below it, was reported. */
static bool resolve_alias(gen_ctx *ctx, gen_alias *alias, gen_pos use)
{
    gen_diag *diag;

    if (alias->mark == 2) return !alias->bad;
    if (alias->mark == 1) {
        if (!alias->bad) {
            diag = gen_error(ctx, SG1235, use, "the type `%s` stands for "
                             "itself", gen_clip(ctx, alias->name));
            gen_other(ctx, diag, alias->pos, "declared here");
        }
        alias->bad = true;
        return false;
    }
    if (ctx->struct_depth == STRUCT_DEPTH) {
        gen_error(ctx, SG1004, alias->pos, "types are nested more than %d "
                  "deep here", STRUCT_DEPTH);
        alias->bad = true;
        return false;
    }
    alias->mark = 1;
    ctx->struct_depth++;
    if (!resolve_type(ctx, alias->type)) alias->bad = true;
    ctx->struct_depth--;
    alias->mark = 2;
    if (alias->bad) return false;
    alias->type->named = alias;
    if (alias->type->core->named == NULL) alias->type->core->named = alias;
    return true;
}

static const gen_type *bare(const gen_type *type)
{
    while (type->kind == GEN_T_ALIAS) {
        type = type->alias_ref->type;
    }
    return type;
}

/* `any` and option<> have places where they mean nothing. */
static bool check_nesting(gen_ctx *ctx, const gen_type *type)
{
    bool old = ctx->schema.target.major < 3;
    gen_diag *diag;
    size_t i;

    if (type->kind == GEN_T_OPTION
        && bare(type->elem)->kind == GEN_T_ANY) {
        diag = gen_error(ctx, SG1212, type->pos, "`option<any>` is not a "
                         "type: `any` admits NONE already");
        gen_fix(ctx, diag, "write `any`");
        return false;
    }
    if (type->kind == GEN_T_OPTION
        && bare(type->elem)->kind == GEN_T_OPTION) {
        diag = gen_error(ctx, SG1212, type->pos, "`option<>` cannot stand "
                         "inside `option<>`");
        gen_fix(ctx, diag, "write it once");
        return false;
    }
    if (type->kind != GEN_T_UNION) return true;
    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        if (bare(arm)->kind == GEN_T_ANY) {
            gen_error(ctx, SG1212, arm->pos, "`any` cannot be one of "
                      "several types");
            return false;
        }
        if (bare(arm)->kind == GEN_T_OPTION && (i > 0 || old)) {
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
        if (arm->core->kind != GEN_T_NONE && arm->core->kind != GEN_T_NULL) {
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
    if (type->kind == GEN_T_ALIAS) {
        if (!resolve_alias(ctx, type->alias_ref, type->pos)) return false;
        type->core = type->alias_ref->type->core;
        type->optional = type->alias_ref->type->optional;
        type->nullable = type->alias_ref->type->nullable;
        return true;
    }
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

static bool visit_alias(gen_ctx *ctx, gen_alias *alias);

static bool visit_type(gen_ctx *ctx, const gen_type *type, size_t *weight)
{
    size_t i;

    if (type->kind == GEN_T_NAME) return false; /* reported */

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
    if (type->kind == GEN_T_ALIAS) {
        if (!visit_alias(ctx, type->alias_ref)) return false;
        *weight += type->alias_ref->weight;
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

/* Aliases are free of cycles among themselves; a struct may close one. */
static bool visit_alias(gen_ctx *ctx, gen_alias *alias)
{
    bool ok;

    if (alias->mark == 4) return true;
    if (alias->mark != 2 || alias->bad) return false;
    alias->mark = 3;
    alias->weight = 1;
    ok = visit_type(ctx, alias->type, &alias->weight);
    if (ok && alias->weight > GEN_MAX_FIELDS) {
        gen_error(ctx, SG1012, alias->pos, "the type `%s` comes to more than "
                  "%u parts", gen_clip(ctx, alias->name), GEN_MAX_FIELDS);
        ok = false;
    }
    alias->mark = ok ? 4 : 2;
    alias->bad = alias->bad || !ok;
    return ok;
}

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

static bool resolve_parms(gen_ctx *ctx, const gen_list *parms)
{
    bool ok = true;
    size_t i;

    for (i = 0; i < parms->count; i++) {
        ok = resolve_type(ctx, gen_parm_at(parms, i)->type) && ok;
    }
    return ok;
}

static void unknown_shape(gen_ctx *ctx, const gen_shape *shape)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    diag = gen_error(ctx, SG1238, shape->name.pos, "there is no table and no "
                     "type called `%s`", gen_clip(ctx, shape->name.text));
    if (diag->muted) return;
    gen_guess_start(&guess, shape->name.text);
    for (i = 0; i < ctx->schema.tables.count; i++) {
        gen_guess_try(&guess, gen_table_at(&ctx->schema.tables, i)->name);
    }
    guess_types(ctx, &guess);
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

/* A table's name, one word, means its rows; any other name is a type. */
static bool resolve_shape(gen_ctx *ctx, gen_shape *shape)
{
    gen_table *table;

    if (shape->kind == GEN_SHAPE_NONE) return true;
    table = shape->name.text.len > 0 && (shape->type == NULL
        || shape->type->kind == GEN_T_NAME)
        ? gen_find_table(ctx, shape->name.text) : NULL;
    if (table != NULL) {
        shape->table = table;
        shape->type = NULL;
        return true;
    }
    if (shape->type != NULL && shape->type->kind != GEN_T_NAME) {
        return resolve_type(ctx, shape->type);
    }
    if (shape->type != NULL && gen_map_get(ctx, NULL, GEN_KEY_TYPE_NAME,
        shape->name.text) != NULL) return resolve_type(ctx, shape->type);
    unknown_shape(ctx, shape);
    return false;
}

static void resolve_signatures(gen_ctx *ctx)
{
    gen_schema *schema = &ctx->schema;
    size_t i, k;

    for (i = 0; i < schema->params.count; i++) {
        gen_param *param = gen_param_at(&schema->params, i);
        if (param->type != NULL && !resolve_type(ctx, param->type)) {
            param->bad = true;
        }
    }
    for (i = 0; i < schema->functions.count; i++) {
        gen_function *f = gen_function_at(&schema->functions, i);
        bool ok = resolve_parms(ctx, &f->params);
        if (f->returns != NULL) ok = resolve_type(ctx, f->returns) && ok;
        f->bad = f->bad || !ok;
    }
    for (i = 0; i < schema->accesses.count; i++) {
        gen_access *access = gen_access_at(&schema->accesses, i);
        bool ok = resolve_parms(ctx, &access->signup.params);
        ok = resolve_parms(ctx, &access->signin.params) && ok;
        access->bad = access->bad || !ok;
    }
    for (i = 0; i < schema->queries.count; i++) {
        gen_query *query = gen_query_at(&schema->queries, i);
        bool ok = resolve_parms(ctx, &query->params);
        for (k = 0; k < query->shapes.count; k++) {
            ok = resolve_shape(ctx, gen_shape_at(&query->shapes, k)) && ok;
        }
        query->bad = query->bad || !ok;
    }
}

void gen_resolve_types(gen_ctx *ctx)
{
    gen_schema *schema = &ctx->schema;
    size_t i;

    for (i = 0; i < schema->aliases.count; i++) {
        gen_alias *alias = gen_alias_at(&schema->aliases, i);
        resolve_alias(ctx, alias, alias->pos);
    }
    for (i = 0; i < schema->structs.count; i++) {
        resolve_fields(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
    for (i = 0; i < schema->mixins.count; i++) {
        resolve_fields(ctx, &gen_mixin_at(&schema->mixins, i)->fields);
    }
    for (i = 0; i < schema->tables.count; i++) {
        resolve_fields(ctx, &gen_table_at(&schema->tables, i)->fields);
    }
    for (i = 0; i < schema->structs.count; i++) {
        visit_struct(ctx, gen_struct_at(&schema->structs, i));
    }
    for (i = 0; i < schema->aliases.count; i++) {
        visit_alias(ctx, gen_alias_at(&schema->aliases, i));
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
    for (i = 0; i < schema->mixins.count; i++) {
        settle_fields(ctx, &gen_mixin_at(&schema->mixins, i)->fields);
    }
    resolve_signatures(ctx);
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
