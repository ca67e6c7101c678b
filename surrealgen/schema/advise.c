/* surrealgen/schema/advise.c: what is not wrong and better otherwise.
 *
 * Rules about the schema as a whole. They speak where notes are wanted, for a
 * schema that was fine yesterday should not be full of warnings today.
 * `migrate lint` runs them over what a migration defines. */
#include "front.h"

#include <string.h>

/* ----------------------------------------------------------------- indexes */

static gen_str column_text(gen_ctx *ctx, const gen_index *index, size_t i)
{
    gen_buf buf;

    gen_buf_init(&buf, ctx);
    gen_surql_path(&buf, gen_index_column(index, i));
    return gen_buf_str(&buf);
}

/* The columns of a are the first of b. */
static bool is_prefix(gen_ctx *ctx, const gen_index *a, const gen_index *b)
{
    size_t i;

    if (a->columns.count == 0 || a->columns.count > b->columns.count) {
        return false;
    }
    for (i = 0; i < a->columns.count; i++) {
        if (!gen_str_eq(column_text(ctx, a, i), column_text(ctx, b, i))) {
            return false;
        }
    }
    return true;
}

static bool is_older(const gen_index *a, const gen_index *b)
{
    if (a->pos.file != b->pos.file) {
        return a->pos.file->order < b->pos.file->order;
    }
    return a->pos.off < b->pos.off;
}

/* b does all that a is for. */
static bool is_needless(gen_ctx *ctx, const gen_index *a, const gen_index *b)
{
    bool same;

    if (a == b || a->bad || b->bad || !is_prefix(ctx, a, b)) return false;
    same = a->columns.count == b->columns.count;
    if (a->kind == GEN_IX_PLAIN && b->kind == GEN_IX_PLAIN) {
        return !same || is_older(b, a);
    }
    if (a->kind == GEN_IX_PLAIN) return b->kind == GEN_IX_UNIQUE;
    return same && a->kind == b->kind && is_older(b, a)
        && gen_str_eq(a->options, b->options)
        && gen_str_eq(a->analyzer, b->analyzer);
}

static void check_indexes(gen_ctx *ctx, const gen_table *table)
{
    size_t i, k;

    for (i = 0; i < table->indexes.count; i++) {
        const gen_index *a = gen_index_at(&table->indexes, i);
        for (k = 0; k < table->indexes.count; k++) {
            const gen_index *b = gen_index_at(&table->indexes, k);
            gen_diag *diag;
            if (!is_needless(ctx, a, b)) continue;
            diag = gen_warn(ctx, SG504, a->pos, "the index `%s` is needless "
                            "beside `%s`", gen_clip(ctx, a->name),
                            gen_clip(ctx, b->name));
            gen_other(ctx, diag, b->pos, a->columns.count
                      == b->columns.count ? "this one has the same columns"
                      : "this one begins with the same columns");
            gen_note(ctx, diag, "every index is written with every row");
            break;
        }
    }
}

/* Whether any query speaks of the first column of the index. */
static bool is_used(gen_ctx *ctx, const gen_index *index)
{
    gen_pos pos;
    size_t i, k;

    for (k = 0; k < index->columns.count; k++) {
        gen_str column = column_text(ctx, index, k);
        for (i = 0; i < ctx->schema.queries.count; i++) {
            if (gen_query_uses(ctx, gen_query_at(&ctx->schema.queries, i),
                               index->table->name, column, &pos)) {
                return true;
            }
        }
    }
    return false;
}

static void check_unused(gen_ctx *ctx, const gen_table *table)
{
    size_t i;

    for (i = 0; i < table->indexes.count; i++) {
        const gen_index *index = gen_index_at(&table->indexes, i);
        gen_diag *diag;
        if (index->bad || index->kind == GEN_IX_UNIQUE
            || index->kind == GEN_IX_COUNT || is_used(ctx, index)) continue;
        diag = gen_remark(ctx, SG503, index->pos, "no query of these files "
                          "uses the index `%s`", gen_clip(ctx, index->name));
        gen_note(ctx, diag, "every index is written with every row; programs "
                 "with queries of their own may use it");
    }
}

static bool is_first_column(gen_ctx *ctx, const gen_table *table,
                            gen_str column)
{
    size_t i;

    for (i = 0; i < table->indexes.count; i++) {
        const gen_index *index = gen_index_at(&table->indexes, i);
        if (index->columns.count > 0
            && gen_str_eq(column_text(ctx, index, 0), column)) return true;
    }
    return false;
}

/* A WHERE that has to look at every row. */
static void check_scans(gen_ctx *ctx, const gen_query *query)
{
    size_t i, k;

    for (i = 0; i < query->statements.count; i++) {
        const gen_clause *clause = gen_clause_at(&query->statements, i);
        gen_list columns;
        const gen_table *table = gen_clause_where(ctx, clause, &columns);
        gen_diag *diag;
        bool found = table == NULL || columns.count == 0;
        for (k = 0; !found && k < columns.count; k++) {
            gen_str name = gen_name_at(&columns, k)->text;
            found = gen_str_is(name, "id")
                || is_first_column(ctx, table, name);
        }
        if (found) continue;
        diag = gen_remark(ctx, SG503, gen_name_at(&columns, 0)->pos,
                          "this looks at every row of `%s`",
                          gen_clip(ctx, table->name));
        gen_hint(ctx, diag, "no index begins with it");
    }
}

/* ------------------------------------------------------------- permissions */

/* Whether everybody may select. */
static bool is_open(const gen_perms *perms)
{
    size_t i;

    if (perms->kind == GEN_PERM_FULL) return true;
    for (i = 0; perms->kind == GEN_PERM_RULES && i < perms->rules.count;
         i++) {
        const gen_perm_rule *rule = gen_perm_rule_at(&perms->rules, i);
        if ((rule->ops & GEN_OP_SELECT) != 0
            && rule->kind == GEN_PERM_FULL) return true;
    }
    return false;
}

static bool has_text(gen_str text, const char *want)
{
    size_t len = strlen(want);
    size_t i;

    for (i = 0; i + len <= text.len; i++) {
        if (memcmp(text.ptr + i, want, len) == 0) return true;
    }
    return false;
}

/* A column of `@encrypt` without permissions of its own gets `FOR select
 * NONE` when it is printed. */
static bool is_exposed(const gen_field *field)
{
    bool open = field->perms.kind == GEN_PERM_UNSET
        || is_open(&field->perms);

    if (field->attrs.encrypt.len > 0) return is_open(&field->perms);
    if (field->attrs.secret) return open;
    return open && has_text(field->value.text, "crypto::")
        && has_text(field->value.text, "::generate(");
}

static void check_secrets(gen_ctx *ctx, const gen_table *table,
                          const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        gen_diag *diag;
        check_secrets(ctx, table, &field->children);
        if (field->bad || field->implied || !is_exposed(field)) continue;
        diag = gen_warn(ctx, SG602, field->pos, "everybody may read `%s`",
                        gen_clip(ctx, field->name));
        gen_other(ctx, diag, table->perms.pos, "the table is open to all");
        gen_fix(ctx, diag, "give the column `PERMISSIONS FOR select NONE`, "
                "or the table less");
    }
}

static bool has_record_access(const gen_ctx *ctx)
{
    size_t i;

    for (i = 0; i < ctx->schema.accesses.count; i++) {
        const gen_access *access = gen_access_at(&ctx->schema.accesses, i);
        if (access->kind == GEN_ACCESS_RECORD) return true;
    }
    return false;
}

static void check_perms(gen_ctx *ctx, const gen_table *table, bool records)
{
    gen_diag *diag;

    if (table->bad || table->implied) return;
    if (is_open(&table->perms)) check_secrets(ctx, table, &table->fields);
    if (table->perms.kind != GEN_PERM_UNSET || !records) return;
    diag = gen_remark(ctx, SG601, table->pos, "the table `%s` says nothing "
                      "of permissions", gen_clip(ctx, table->name));
    gen_note(ctx, diag, "that is `PERMISSIONS NONE`: who signs in with an "
             "access of records sees no row; write it, if it is meant");
}

/* ----------------------------------------------------------------- secrets */

static bool is_public(const gen_access *access)
{
    return access->algorithm.len == 0
        || (access->algorithm.ptr[0] | 32) != 'h';
}

static void told_secret(gen_ctx *ctx, const gen_secret *secret,
                        const char *what)
{
    gen_diag *diag;

    if (secret->kind != GEN_SECRET_TEXT || secret->text.len == 0
        || gen_str_is(secret->text, "[REDACTED]")) return;
    diag = gen_warn(ctx, SG603, secret->pos, "%s stands in the file", what);
    gen_note(ctx, diag, "whoever may read the file, or its history, has it");
    gen_fix(ctx, diag, "let an .sg file name it, `env(\"NAME\")`, or define "
            "it by hand; change it on the server");
}

/* Strings that begin as the keys and tokens of well-known services do. */
static void check_strings(gen_ctx *ctx, const gen_file *file)
{
    static const char *const heads[] = {
        "eyJhbGciOi", "-----BEGIN ", "AKIA", "ghp_", "github_pat_",
        "sk_live_", "xoxb-", "xoxp-", "glpat-", NULL
    };
    size_t i, k;

    for (i = 0; i < file->token_count; i++) {
        const gen_token *tok = &file->tokens[i];
        gen_secret secret;
        gen_str text = gen_tok_str(file, tok);
        if (tok->kind != GEN_TOK_STRING || text.len < 18) continue;
        for (k = 0; heads[k] != NULL; k++) {
            if (memcmp(text.ptr + 1, heads[k], strlen(heads[k])) == 0) break;
        }
        if (heads[k] == NULL) continue;
        secret.kind = GEN_SECRET_TEXT;
        secret.text = text;
        secret.pos = gen_tok_pos(file, tok);
        told_secret(ctx, &secret, "what looks like a key or a token");
    }
}

static void check_access(gen_ctx *ctx, const gen_access *access)
{
    gen_diag *diag;

    if (access->bad) return;
    if (!is_public(access)) {
        told_secret(ctx, &access->key, "the key of an access");
    }
    told_secret(ctx, &access->issuer, "the key that signs tokens");
    if (access->session.present) return;
    diag = gen_warn(ctx, SG604, access->pos, "a session of the access `%s` "
                    "never ends", gen_clip(ctx, access->name));
    gen_fix(ctx, diag, "say how long: %s", access->pos.file->is_sg
            ? "`duration session 12h;`" : "`DURATION FOR SESSION 12h`");
}

/* ------------------------------------------------------------------- names */

enum { STYLE_PLAIN, STYLE_SNAKE, STYLE_CAMEL, STYLE_PASCAL, STYLE_COUNT };

static int style_of(gen_str name)
{
    bool bar = false;
    bool upper = false;
    size_t i;

    if (name.len == 0 || name.ptr[0] == '_') return STYLE_PLAIN;
    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bar = bar || c == '_';
        upper = upper || (c >= 'A' && c <= 'Z');
    }
    if (name.ptr[0] >= 'A' && name.ptr[0] <= 'Z') return STYLE_PASCAL;
    if (upper) return STYLE_CAMEL;
    return bar ? STYLE_SNAKE : STYLE_PLAIN;
}

/* One name among its siblings. */
typedef struct sibling {
    gen_str name;
    gen_pos pos;
} sibling;

static gen_str small(gen_ctx *ctx, gen_str text)
{
    gen_buf buf;
    size_t i;

    gen_buf_init(&buf, ctx);
    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        gen_buf_add_char(&buf, c >= 'A' && c <= 'Z' ? (char)(c | 32) : c);
    }
    return gen_buf_str(&buf);
}

/* The first of each style; the rarer one is reported, and names that differ
 * in case alone. */
static void check_names(gen_ctx *ctx, const sibling *all, size_t count,
                        const void *scope)
{
    const sibling *first[STYLE_COUNT] = { NULL, NULL, NULL, NULL };
    size_t times[STYLE_COUNT] = { 0, 0, 0, 0 };
    int most = STYLE_SNAKE;
    size_t i;
    int k;

    for (i = 0; i < count; i++) {
        gen_str key = small(ctx, all[i].name);
        const sibling *old = (const sibling *)gen_map_get(ctx, scope,
                                                          GEN_KEY_TOLD, key);
        gen_diag *diag;
        k = style_of(all[i].name);
        if (first[k] == NULL) first[k] = &all[i];
        times[k]++;
        if (old == NULL) {
            gen_map_set(ctx, scope, GEN_KEY_TOLD, key,
                        (void *)(uintptr_t)&all[i]);
            continue;
        }
        diag = gen_warn(ctx, SG704, all[i].pos, "`%s` differs in case "
                        "alone", gen_clip(ctx, all[i].name));
        gen_other(ctx, diag, old->pos, "from this one");
    }
    for (k = STYLE_SNAKE; k < STYLE_COUNT; k++) {
        if (times[k] > times[most]) most = k;
    }
    for (k = STYLE_SNAKE; k < STYLE_COUNT; k++) {
        gen_diag *diag;
        if (k == most || first[k] == NULL) continue;
        diag = gen_warn(ctx, SG704, first[k]->pos, "`%s` is in another "
                        "style", gen_clip(ctx, first[k]->name));
        gen_other(ctx, diag, first[most]->pos, "than this one");
    }
}

static void check_field_names(gen_ctx *ctx, const gen_list *fields)
{
    sibling *all = (sibling *)gen_new(ctx, (fields->count + 1) * sizeof *all);
    size_t count = 0;
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        check_field_names(ctx, &field->children);
        if (field->implied || field->is_elem) continue;
        all[count].name = field->name;
        all[count++].pos = field->pos;
    }
    check_names(ctx, all, count, fields);
}

static void check_table_names(gen_ctx *ctx)
{
    const gen_list *tables = &ctx->schema.tables;
    sibling *all = (sibling *)gen_new(ctx, (tables->count + 1) * sizeof *all);
    size_t count = 0;
    size_t i;

    for (i = 0; i < tables->count; i++) {
        const gen_table *table = gen_table_at(tables, i);
        if (table->implied) continue;
        all[count].name = table->name;
        all[count++].pos = table->pos;
    }
    check_names(ctx, all, count, tables);
}

/* --------------------------------------------------------------------- all */

void gen_advise(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    bool records = has_record_access(ctx);
    bool queries = schema->queries.count > 0;
    size_t i;

    if (!ctx->notes) return;
    for (i = 0; i < schema->tables.count; i++) {
        const gen_table *table = gen_table_at(&schema->tables, i);
        check_perms(ctx, table, records);
        check_indexes(ctx, table);
        check_field_names(ctx, &table->fields);
        if (queries) check_unused(ctx, table);
    }
    check_table_names(ctx);
    for (i = 0; i < schema->users.count; i++) {
        const gen_user *user = gen_user_at(&schema->users, i);
        if (!user->bad && !user->passhash) {
            told_secret(ctx, &user->secret, "the password of a user");
        }
    }
    for (i = 0; i < schema->accesses.count; i++) {
        check_access(ctx, gen_access_at(&schema->accesses, i));
    }
    for (i = ctx->known; i < schema->files.count; i++) {
        check_strings(ctx, gen_file_at(&schema->files, i));
    }
    for (i = 0; queries && i < schema->queries.count; i++) {
        const gen_query *query = gen_query_at(&schema->queries, i);
        if (!query->bad) check_scans(ctx, query);
    }
}
