/* surrealgen/schema/check_item.c: what events, functions, access and queries
 * say about things that are elsewhere.
 *
 * Names of the server's own (tokenizers, roles) are judged only when they
 * are close to one that is known: a newer server may have more of them. */
#include "front.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------ near misses */

static void check_word(gen_ctx *ctx, const gen_name *name, const char *what,
                       const char *const *words)
{
    gen_str text = name->text;
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    for (i = 0; i < text.len && text.ptr[i] != '('; i++) {
        /* snowball(english): the word in front */
    }
    text.len = i;
    if (gen_word_in(text, words)) return;
    gen_guess_start(&guess, text);
    gen_guess_words(&guess, words);
    if (guess.best.len == 0) return;
    diag = gen_error(ctx, SG1245, name->pos, "there is no %s called `%.*s`",
                     what, (int)(text.len < 60 ? text.len : 60), text.ptr);
    gen_hint(ctx, diag, "did you mean `%s`?", guess.best.ptr);
}

static void check_analyzer(gen_ctx *ctx, const gen_analyzer *a)
{
    static const char *const tokenizers[] = {
        "blank", "camel", "class", "punct", NULL
    };
    static const char *const filters[] = {
        "ascii", "lowercase", "uppercase", "edgengram", "ngram", "mapper",
        "snowball", NULL
    };
    size_t i;

    for (i = 0; i < a->tokenizers.count; i++) {
        check_word(ctx, gen_name_at(&a->tokenizers, i), "tokenizer",
                   tokenizers);
    }
    for (i = 0; i < a->filters.count; i++) {
        check_word(ctx, gen_name_at(&a->filters, i), "filter", filters);
    }
}

static void check_user(gen_ctx *ctx, const gen_user *user)
{
    static const char *const roles[] = { "owner", "editor", "viewer", NULL };
    size_t i;

    for (i = 0; i < user->roles.count; i++) {
        check_word(ctx, gen_name_at(&user->roles, i), "role", roles);
    }
}

/* ------------------------------------------------------------------- tables */

static bool near_table(gen_ctx *ctx, gen_str name, gen_guess *guess)
{
    size_t i;

    gen_guess_start(guess, name);
    for (i = 0; i < ctx->schema.tables.count; i++) {
        const gen_table *table = gen_table_at(&ctx->schema.tables, i);
        if (!table->implied) gen_guess_try(guess, table->name);
    }
    return guess->best.len > 0;
}

/* In SurrealQL an event may be defined before its table. */
static void check_event(gen_ctx *ctx, const gen_event *event)
{
    gen_table *table = event->table;
    gen_guess guess;
    gen_diag *diag;

    if (!event->pos.file->is_sg || !table->implied || table->removed) return;
    table->bad = true;
    diag = gen_error(ctx, SG1242, table->pos, "there is no table called `%s`",
                     gen_clip(ctx, table->name));
    if (!diag->muted && near_table(ctx, table->name, &guess)) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

static void check_reserved(gen_ctx *ctx, const gen_table *table)
{
    size_t i;

    for (i = 0; i < table->reserved.count; i++) {
        const gen_name *name = gen_name_at(&table->reserved, i);
        gen_field *field = (gen_field *)gen_map_get(ctx, table,
                                                    GEN_KEY_FIELD, name->text);
        gen_diag *diag;
        if (field == NULL || field->bad) continue;
        field->bad = true;
        diag = gen_error(ctx, SG1236, field->pos, "the name `%s` is reserved",
                         gen_clip(ctx, name->text));
        gen_other(ctx, diag, name->pos, "reserved here");
        gen_note(ctx, diag, "it once had another meaning: old rows may still "
                 "hold it");
    }
}

/* The columns of a view are what its SELECT makes them. */
static void check_view(gen_ctx *ctx, const gen_table *table)
{
    size_t i;

    for (i = 0; i < table->fields.count; i++) {
        gen_field *field = gen_field_at(&table->fields, i);
        bool clause = field->default_.present || field->value.present
            || field->assert_.present || field->computed.present
            || field->readonly || field->flexible || field->reference
            || field->perms.kind != GEN_PERM_UNSET;
        if (!clause || field->bad) continue;
        field->bad = true;
        gen_error(ctx, SG1243, field->pos, "a column of a view has a type "
                  "and no clauses: the `SELECT` makes its values");
    }
}

static void check_text_index(gen_ctx *ctx, const gen_index *index)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    if (index->analyzer.len == 0 || gen_str_is(index->analyzer, "like")
        || gen_find_global(ctx, NULL, GEN_KEY_ANALYZER,
                           index->analyzer) != NULL) return;
    gen_guess_start(&guess, index->analyzer);
    for (i = 0; i < ctx->schema.analyzers.count; i++) {
        gen_guess_try(&guess, gen_analyzer_at(&ctx->schema.analyzers,
                                              i)->name);
    }
    /* A .surql file is often one of many. */
    if (guess.best.len == 0 && !index->pos.file->is_sg) return;
    diag = gen_warn(ctx, SG1237, index->kind_pos, "no analyzer `%s` is "
                    "defined in these files", gen_clip(ctx, index->analyzer));
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

/* -------------------------------------------------------------------- types */

static void check_parms(gen_ctx *ctx, const gen_list *parms)
{
    size_t i;

    for (i = 0; i < parms->count; i++) {
        gen_check_type_tables(ctx, gen_parm_at(parms, i)->type);
    }
}

/* @open and @closed speak of values the program does not know. */
static void check_open(gen_ctx *ctx, const gen_attrs *attrs,
                       const gen_type *type)
{
    const gen_type *core = type->core;
    size_t i;

    while (core->elem != NULL) {
        core = core->elem->core;
    }
    if (core->kind == GEN_T_UNION || core->kind == GEN_T_ENUM
        || core->kind == GEN_T_LITERAL) return;
    for (i = 0; i < attrs->list.count; i++) {
        const gen_attr *attr = gen_attr_at(&attrs->list, i);
        gen_diag *diag;
        if (!gen_str_is(attr->name, "open")
            && !gen_str_is(attr->name, "closed")) continue;
        diag = gen_error(ctx, SG1117, attr->pos, "`@%s` means nothing on this "
                         "type", attr->name.ptr);
        gen_hint(ctx, diag, "it goes on an enum or a union");
        return;
    }
}

static void check_open_fields(gen_ctx *ctx, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        if (!field->bad && field->attrs.list.count > 0) {
            check_open(ctx, &field->attrs, field->type);
        }
        check_open_fields(ctx, &field->children);
    }
}

/* ------------------------------------------------------------------- access */

static void check_access(gen_ctx *ctx, gen_access *access)
{
    const gen_signing *s = access->signup.present ? &access->signup
        : &access->signin;
    gen_diag *diag;

    check_parms(ctx, &access->signup.params);
    check_parms(ctx, &access->signin.params);
    if (access->bad) return;
    if (access->level != GEN_LEVEL_DATABASE
        && (access->kind == GEN_ACCESS_RECORD || access->bearer_for_record)) {
        diag = gen_error(ctx, SG1244, access->pos, "records sign in to a "
                         "database, not above it");
        gen_fix(ctx, diag, "write `ON DATABASE`");
        access->bad = true;
    }
    if (access->bad || !access->pos.file->is_sg) return;
    if (access->kind != GEN_ACCESS_RECORD && s->present) {
        diag = gen_error(ctx, SG1244, s->pos, "only access of type `record` "
                         "signs up and in");
        gen_other(ctx, diag, access->pos, "this one is of another type");
    } else if (access->kind == GEN_ACCESS_JWT && !access->url.present
               && access->key.kind == GEN_SECRET_NONE) {
        diag = gen_error(ctx, SG1244, access->pos, "access of type `jwt` "
                         "needs a key to check tokens with");
        gen_fix(ctx, diag, "add `algorithm HS512 key env(\"NAME\");` or "
                "`url \"https://...\";`");
    } else if (access->kind == GEN_ACCESS_BEARER
               && (access->url.present
                   || access->key.kind != GEN_SECRET_NONE)) {
        gen_error(ctx, SG1244, access->pos, "access of type `bearer` has no "
                  "keys, the server hands them out");
    } else {
        return;
    }
    access->bad = true;
}

/* ------------------------------------------------------------------ queries */

/* parameters: $a, $b, $c */
static void hint_parameters(gen_ctx *ctx, gen_diag *diag,
                            const gen_query *query)
{
    enum { SHOWN = 8 };
    gen_buf buf;
    size_t i;

    if (diag->muted) return;
    if (query->params.count == 0) {
        gen_hint(ctx, diag, "this query has no parameters");
        return;
    }
    gen_buf_init(&buf, ctx);
    for (i = 0; i < query->params.count && i < SHOWN; i++) {
        gen_buf_add_fmt(&buf, "%s$%s", i > 0 ? ", " : "", gen_clip(ctx,
                        gen_parm_at(&query->params, i)->name));
    }
    gen_hint(ctx, diag, "parameters: %s%s", buf.ptr,
             query->params.count > SHOWN ? ", ..." : "");
}

static bool check_uses(gen_ctx *ctx, const gen_query *query)
{
    size_t i;

    for (i = 0; i < query->uses.count; i++) {
        const gen_name *use = gen_name_at(&query->uses, i);
        gen_diag *diag;
        if (gen_map_get(ctx, &query->params, GEN_KEY_PARM, use->text) != NULL
            || gen_find_global(ctx, NULL, GEN_KEY_PARAM,
                               use->text) != NULL) continue;
        diag = gen_error(ctx, SG1510, use->pos, "`$%s` is used but not "
                         "declared", gen_clip(ctx, use->text));
        hint_parameters(ctx, diag, query);
        return false;
    }
    return true;
}

static void check_unused(gen_ctx *ctx, const gen_query *query)
{
    size_t i;

    for (i = 0; i < query->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&query->params, i);
        if (gen_map_get(ctx, query, GEN_KEY_USED, parm->name) != NULL) {
            continue;
        }
        gen_warn(ctx, SG1240, parm->pos, "the query `%s` does not use its "
                 "parameter `$%s`", gen_clip(ctx, query->name),
                 gen_clip(ctx, parm->name));
    }
}

static void check_query(gen_ctx *ctx, gen_query *query)
{
    size_t i;
    size_t want = query->statements.count;

    if (query->bad) return;
    query->bad = true;
    if (!check_uses(ctx, query)) return;
    if (query->is_tuple && query->shapes.count != want) {
        gen_error(ctx, SG1239, gen_shape_at(&query->shapes, 0)->pos,
                  "this query has %u statement%s and %u shape%s",
                  (unsigned)want, want == 1 ? "" : "s",
                  (unsigned)query->shapes.count,
                  query->shapes.count == 1 ? "" : "s");
        return;
    }
    query->bad = false;
    check_unused(ctx, query);
    check_parms(ctx, &query->params);
    for (i = 0; i < query->shapes.count; i++) {
        const gen_shape *shape = gen_shape_at(&query->shapes, i);
        if (shape->type != NULL) gen_check_type_tables(ctx, shape->type);
    }
}

/* --------------------------------------------------------------------- all */

static void check_functions(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    for (i = 0; i < schema->params.count; i++) {
        const gen_param *param = gen_param_at(&schema->params, i);
        if (param->type != NULL) gen_check_type_tables(ctx, param->type);
    }
    for (i = 0; i < schema->functions.count; i++) {
        const gen_function *f = gen_function_at(&schema->functions, i);
        check_parms(ctx, &f->params);
        if (f->returns != NULL) gen_check_type_tables(ctx, f->returns);
    }
}

static void check_tables(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    size_t i, k;

    for (i = 0; i < schema->tables.count; i++) {
        const gen_table *table = gen_table_at(&schema->tables, i);
        check_reserved(ctx, table);
        if (table->from_model && table->view.present) check_view(ctx, table);
        check_open_fields(ctx, &table->fields);
        for (k = 0; k < table->indexes.count; k++) {
            check_text_index(ctx, gen_index_at(&table->indexes, k));
        }
    }
}

void gen_check_events(gen_ctx *ctx)
{
    size_t i;

    for (i = 0; i < ctx->schema.items.count; i++) {
        const gen_item *item = gen_item_at(&ctx->schema.items, i);
        if (item->kind != GEN_ITEM_EVENT) continue;
        check_event(ctx, (const gen_event *)item->of);
    }
}

void gen_check_items(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    for (i = 0; i < schema->aliases.count; i++) {
        const gen_alias *alias = gen_alias_at(&schema->aliases, i);
        if (!alias->bad) check_open(ctx, &alias->attrs, alias->type);
        if (!alias->bad) gen_check_type_tables(ctx, alias->type);
    }
    for (i = 0; i < schema->structs.count; i++) {
        check_open_fields(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
    check_tables(ctx);
    for (i = 0; i < schema->analyzers.count; i++) {
        check_analyzer(ctx, gen_analyzer_at(&schema->analyzers, i));
    }
    check_functions(ctx);
    for (i = 0; i < schema->accesses.count; i++) {
        check_access(ctx, gen_access_at(&schema->accesses, i));
    }
    for (i = 0; i < schema->users.count; i++) {
        check_user(ctx, gen_user_at(&schema->users, i));
    }
    for (i = 0; i < schema->queries.count; i++) {
        check_query(ctx, gen_query_at(&schema->queries, i));
    }
}
