/* surrealgen/schema/target.c: what the target has no form for at all.
 *
 * A model of an .sg file is printed to fit the target wherever it has a form
 * that does the same: a computed column is a future on 2.x, a full-text index
 * has another word there. What is left is told here, each with its place.
 * Statements are the server's own language: they are not rewritten. */
#include "front.h"

static bool is_sg(gen_pos pos)
{
    return pos.file != NULL && pos.file->is_sg;
}

static void newer(gen_ctx *ctx, gen_pos pos, const char *what,
                  const char *note)
{
    gen_diag *diag;

    diag = gen_error(ctx, SG403, pos, "%s needs SurrealDB 3.0, the target is "
                     "%d.%d", what, ctx->schema.target.major,
                     ctx->schema.target.minor);
    if (note != NULL) gen_note(ctx, diag, "%s", note);
}

static const char experiment[] =
    "SurrealDB 2 has it as an experiment that is off by default";

/* ------------------------------------------------------------------- types */

/* The first part of a type that 2.x has no word for is told. none is fine as
 * an arm, which is printed as option<>. */
static bool check_old_type(gen_ctx *ctx, const gen_type *type, bool arm)
{
    size_t i;

    if (type->kind == GEN_T_TABLE) {
        newer(ctx, type->pos, "the type `table`", NULL);
        return false;
    }
    if (type->kind == GEN_T_FILE) {
        newer(ctx, type->pos, "the type `file`", NULL);
        return false;
    }
    if (type->kind == GEN_T_NONE && !arm) {
        newer(ctx, type->pos, "the type `none`", NULL);
        return false;
    }
    if (type->elem != NULL && !check_old_type(ctx, type->elem, false)) {
        return false;
    }
    for (i = 0; i < type->arms.count; i++) {
        if (!check_old_type(ctx, gen_type_at(&type->arms, i),
                            type->kind == GEN_T_UNION)) return false;
    }
    for (i = 0; i < type->members.count; i++) {
        if (!check_old_type(ctx, gen_member_at(&type->members, i)->type,
                            false)) return false;
    }
    return true;
}

/* ------------------------------------------------------------------ fields */

static void check_old_field(gen_ctx *ctx, const gen_field *field)
{
    if (field->computed.present && !is_sg(field->computed.pos)) {
        newer(ctx, field->computed.pos, "`computed`", NULL);
    } else if (field->reference) {
        newer(ctx, field->pos, "`reference`", experiment);
    } else {
        check_old_type(ctx, field->type, false);
    }
}

/* The first part of a type that only 2.x has a word for is told. */
static bool check_new_type(gen_ctx *ctx, const gen_type *type)
{
    gen_diag *diag;
    size_t i;

    if (type->kind == GEN_T_REFERENCES) {
        diag = gen_error(ctx, SG404, type->pos, "the type `references<...>` "
                         "is gone from SurrealDB 3.0");
        gen_fix(ctx, diag, is_sg(type->pos)
                ? "write `any` and `computed <~table`"
                : "leave the type out and write `COMPUTED <~table`");
        return false;
    }
    for (i = 0; type->kind == GEN_T_GEOMETRY && i < type->names.count; i++) {
        const gen_name *name = gen_name_at(&type->names, i);
        if (!gen_word_eq(name->text, "feature")) continue;
        diag = gen_error(ctx, SG404, name->pos, "`geometry<feature>` is gone "
                         "from SurrealDB 3.0");
        gen_fix(ctx, diag, "write `geometry`, or the kinds that are meant");
        return false;
    }
    if (type->elem != NULL && !check_new_type(ctx, type->elem)) return false;
    for (i = 0; i < type->arms.count; i++) {
        if (!check_new_type(ctx, gen_type_at(&type->arms, i))) return false;
    }
    for (i = 0; i < type->members.count; i++) {
        if (!check_new_type(ctx, gen_member_at(&type->members, i)->type)) {
            return false;
        }
    }
    return true;
}

/* "for delete" on a column: 2.x takes it and never asks it. */
static void check_new_field(gen_ctx *ctx, const gen_field *field)
{
    const gen_table *table = field->table;
    gen_diag *diag;
    size_t i;

    if (!check_new_type(ctx, field->type)) return;
    for (i = 0; i < field->perms.rules.count; i++) {
        const gen_perm_rule *rule = gen_perm_rule_at(&field->perms.rules, i);
        if ((rule->ops & GEN_OP_DELETE) == 0) continue;
        diag = gen_error(ctx, SG404, field->perms.pos, "a column has no "
                         "`delete` permission in SurrealDB 3.0");
        gen_fix(ctx, diag, "leave it out; rows are deleted, not columns: "
                "that permission is the table's");
        return;
    }
    if (!field->flexible || table == NULL || table->schemafull
        || table->implied || table->removed) return;
    diag = gen_error(ctx, SG414, field->pos, "`flexible` needs a schemafull "
                     "table, and `%s` is not one",
                     gen_clip(ctx, table->name));
    gen_other(ctx, diag, table->pos, "declared here");
    gen_fix(ctx, diag, "leave `flexible` out: any key is allowed here "
            "anyway");
}

static void check_fields(gen_ctx *ctx, const gen_list *fields)
{
    bool v3 = ctx->schema.target.major >= 3;
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        if (!field->bad && !field->implied) {
            if (v3) {
                check_new_field(ctx, field);
            } else {
                check_old_field(ctx, field);
            }
        }
        check_fields(ctx, &field->children);
    }
}

/* ---------------------------------------------------- the rest, before 3.0 */

static void check_old_index(gen_ctx *ctx, const gen_index *index)
{
    if (index->bad) return;
    /* In .sg files the word is ours, and printed to fit. */
    if (index->kind == GEN_IX_FULLTEXT && !is_sg(index->kind_pos)) {
        newer(ctx, index->kind_pos, "`FULLTEXT`", NULL);
    } else if (index->where.present) {
        newer(ctx, index->where.pos, "`count where`", NULL);
    }
}

static void check_old_tables(gen_ctx *ctx)
{
    size_t i, k;

    for (i = 0; i < ctx->schema.tables.count; i++) {
        const gen_table *table = gen_table_at(&ctx->schema.tables, i);
        for (k = 0; k < table->indexes.count; k++) {
            check_old_index(ctx, gen_index_at(&table->indexes, k));
        }
        for (k = 0; k < table->events.count; k++) {
            const gen_event *event = gen_event_at(&table->events, k);
            if (event->async && !event->bad) {
                newer(ctx, event->pos, "an `async` event", NULL);
            }
        }
    }
}

static void check_old_access(gen_ctx *ctx, const gen_access *access)
{
    if (access->bad) return;
    if (access->kind == GEN_ACCESS_BEARER) {
        newer(ctx, access->pos, "a `bearer` access", experiment);
    } else if (access->with_refresh) {
        newer(ctx, access->pos, "`with refresh`", experiment);
    } else if (access->token.present
               && gen_word_eq(access->token.text, "none")) {
        newer(ctx, access->token.pos, "a token without an end", NULL);
    }
}

static void check_old_function(gen_ctx *ctx, const gen_function *function)
{
    size_t i;

    if (function->bad) return;
    for (i = 0; i < function->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&function->params, i);
        if (!check_old_type(ctx, parm->type, false)) return;
    }
    if (function->returns != NULL) {
        check_old_type(ctx, function->returns, false);
    }
}

static void check_old_rest(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    for (i = 0; i < schema->functions.count; i++) {
        check_old_function(ctx, gen_function_at(&schema->functions, i));
    }
    for (i = 0; i < schema->sequences.count; i++) {
        const gen_sequence *sequence = gen_sequence_at(&schema->sequences, i);
        if (!sequence->bad) newer(ctx, sequence->pos, "a sequence", NULL);
    }
    for (i = 0; i < schema->accesses.count; i++) {
        check_old_access(ctx, gen_access_at(&schema->accesses, i));
    }
}

void gen_check_target(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    for (i = 0; i < schema->aliases.count; i++) {
        const gen_type *type = gen_alias_at(&schema->aliases, i)->type;
        if (type == NULL) continue;
        if (schema->target.major >= 3) {
            check_new_type(ctx, type);
        } else {
            check_old_type(ctx, type, false);
        }
    }
    for (i = 0; i < schema->structs.count; i++) {
        check_fields(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
    for (i = 0; i < schema->tables.count; i++) {
        check_fields(ctx, &gen_table_at(&schema->tables, i)->fields);
    }
    if (schema->target.major >= 3) return;
    check_old_tables(ctx);
    check_old_rest(ctx);
}
