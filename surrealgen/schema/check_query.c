/* surrealgen/schema/check_query.c: what is certain about a query's statements.
 *
 * Statements are not parsed. A rule looks for a form it knows and says nothing
 * about any other, so nothing said here is a guess: but that a table nobody
 * defined in these files may exist all the same, which is a warning. */
#include "front.h"

#include <string.h>

/* The tokens of one statement, without blanks and comments. */
typedef struct query_walk {
    gen_ctx *ctx;
    const gen_file *file;
    uint32_t at, end;
} query_walk;

static void skip_trivia(query_walk *w)
{
    while (w->at < w->end && gen_tok_is_trivia(w->file->tokens[w->at].kind)) {
        w->at++;
    }
}

/* False if the clause is not of a file that is here. */
static bool walk_start(query_walk *w, gen_ctx *ctx, const gen_clause *clause)
{
    const gen_file *file = clause->pos.file;
    size_t low = 0;
    size_t high;

    if (file == NULL || file->tokens == NULL) return false;
    high = file->token_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (file->tokens[middle].off < clause->pos.off) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    w->ctx = ctx;
    w->file = file;
    w->at = w->end = (uint32_t)low;
    while (w->end < file->token_count && file->tokens[w->end].off
           < clause->pos.off + clause->text.len) {
        w->end++;
    }
    skip_trivia(w);
    return true;
}

static const gen_token *walk_now(const query_walk *w)
{
    return w->at < w->end ? &w->file->tokens[w->at] : NULL;
}

static gen_str walk_text(const query_walk *w)
{
    const gen_token *tok = walk_now(w);

    return tok != NULL ? gen_tok_str(w->file, tok) : gen_str_lit("");
}

static void walk_next(query_walk *w)
{
    if (w->at < w->end) w->at++;
    skip_trivia(w);
}

static bool walk_word(const query_walk *w, const char *word)
{
    const gen_token *tok = walk_now(w);

    return tok != NULL && tok->kind == GEN_TOK_IDENT
        && gen_word_eq(walk_text(w), word);
}

static bool walk_punct(const query_walk *w, const char *text)
{
    const gen_token *tok = walk_now(w);

    return tok != NULL && tok->kind == GEN_TOK_PUNCT
        && gen_str_is(walk_text(w), text);
}

static bool walk_take(query_walk *w, const char *word)
{
    if (!walk_word(w, word)) return false;
    walk_next(w);
    return true;
}

/* A name, plain or quoted. */
static bool walk_name(query_walk *w, gen_str *name, gen_pos *pos)
{
    const gen_token *tok = walk_now(w);

    if (tok == NULL || (tok->kind != GEN_TOK_IDENT
        && tok->kind != GEN_TOK_QUOTED)) return false;
    *pos = gen_tok_pos(w->file, tok);
    *name = walk_text(w);
    if (tok->kind == GEN_TOK_QUOTED) *name = gen_unquote(w->ctx, *name);
    walk_next(w);
    return true;
}

/* Which statement starts like this. */
static bool starts_with(gen_ctx *ctx, const gen_clause *clause,
                        const char *word)
{
    query_walk w;

    return walk_start(&w, ctx, clause) && walk_word(&w, word);
}

/* ------------------------------------------------------------------ tables */

/* Words behind which no table stands, though one could. */
static bool is_no_table(gen_str name)
{
    static const char *const words[] = {
        "only", "where", "set", "content", "merge", "patch", "return", "from",
        "into", "value", "select", "if", "type", "rand", NULL
    };
    return gen_word_in(name, words) || gen_word_in(name, gen_type_words);
}

static void told_table(gen_ctx *ctx, gen_str name, gen_pos pos)
{
    gen_schema *schema = &ctx->schema;
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    if (gen_find_table(ctx, name) != NULL || is_no_table(name)) return;
    diag = gen_warn(ctx, SG1501, pos, "no table `%s` is defined in these "
                    "files", gen_clip(ctx, name));
    if (diag->muted) return;
    gen_guess_start(&guess, name);
    for (i = 0; i < schema->tables.count; i++) {
        gen_guess_try(&guess, gen_table_at(&schema->tables, i)->name);
    }
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

/* A table, or a record of one; not a function and not a path. */
static bool take_table(query_walk *w)
{
    gen_str name;
    gen_pos pos;

    if (!walk_name(w, &name, &pos)) return false;
    if (walk_punct(w, "::") || walk_punct(w, "(") || walk_punct(w, ".")
        || walk_punct(w, "[")) return false;
    told_table(w->ctx, name, pos);
    return !walk_punct(w, ":");
}

static bool can_start(const query_walk *w, uint32_t before)
{
    gen_str text;

    if (before == UINT32_MAX) return true;
    text = gen_tok_str(w->file, &w->file->tokens[before]);
    return gen_str_is(text, ";") || gen_str_is(text, "{")
        || gen_str_is(text, "(") || gen_str_is(text, "=")
        || gen_word_eq(text, "return") || gen_word_eq(text, "then");
}

/* Behind FROM and the verbs of writing. */
static void take_targets(query_walk *w)
{
    walk_take(w, "only");
    while (take_table(w) && walk_punct(w, ",")) {
        walk_next(w);
    }
}

static void check_tables(gen_ctx *ctx, const gen_clause *clause)
{
    query_walk w;
    uint32_t before = UINT32_MAX;
    uint32_t at;

    if (!walk_start(&w, ctx, clause)) return;
    while (walk_now(&w) != NULL) {
        at = w.at;
        if (can_start(&w, before) && (walk_word(&w, "update")
            || walk_word(&w, "upsert") || walk_word(&w, "create")
            || walk_word(&w, "delete"))) {
            walk_next(&w);
            walk_take(&w, "from");
            take_targets(&w);
        } else if (walk_word(&w, "from") || walk_word(&w, "into")) {
            walk_next(&w);
            take_targets(&w);
        } else if (walk_punct(&w, "->") || walk_punct(&w, "<-")
                   || walk_punct(&w, "<->")) {
            bool is_closure = before != UINT32_MAX && gen_str_is(
                gen_tok_str(w.file, &w.file->tokens[before]), "|");
            walk_next(&w);
            if (!is_closure) take_table(&w);
        } else {
            walk_next(&w);
        }
        before = at;
    }
}

/* ----------------------------------------------------------------- columns */

/* What `SELECT a, b AS c FROM t` gives. */
typedef struct selected {
    gen_list names; /* gen_name */
    bool star;
    gen_table *table;
} selected;

static bool has_name(const gen_list *list, gen_str name)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        if (gen_str_eq(gen_name_at(list, i)->text, name)) return true;
    }
    return false;
}

/* All columns are known: a table that takes no others. */
static bool is_closed_table(const gen_table *table)
{
    return table->schemafull && !table->implied && !table->view.present;
}

static bool has_column(const gen_table *table, gen_str name)
{
    size_t i;

    if (gen_str_is(name, "id")) return true;
    if (table->kind == GEN_TABLE_RELATION
        && (gen_str_is(name, "in") || gen_str_is(name, "out"))) return true;
    for (i = 0; i < table->fields.count; i++) {
        if (gen_str_eq(gen_field_at(&table->fields, i)->name, name)) {
            return true;
        }
    }
    return false;
}

/* One item: `*`, a name, or anything `AS` a name. `plain` is set for a name
 * alone. */
static bool take_item(query_walk *w, selected *out, gen_name **plain)
{
    gen_name *item = (gen_name *)gen_new(w->ctx, sizeof *item);
    unsigned level = 0;
    unsigned count = 0;
    bool named = false;

    *plain = NULL;
    if (walk_punct(w, "*")) {
        out->star = true;
        walk_next(w);
        return walk_punct(w, ",") || walk_word(w, "from");
    }
    for (; walk_now(w) != NULL; count++) {
        if (level == 0 && (walk_punct(w, ",") || walk_word(w, "from"))) break;
        if (level == 0 && walk_word(w, "omit")) return false;
        if (level == 0 && count > 0 && walk_take(w, "as")) {
            if (!walk_name(w, &item->text, &item->pos)) return false;
            named = true;
            break;
        }
        if (walk_punct(w, "(") || walk_punct(w, "[") || walk_punct(w, "{")) {
            level++;
        } else if (level > 0 && (walk_punct(w, ")") || walk_punct(w, "]")
                   || walk_punct(w, "}"))) {
            level--;
        }
        if (count == 0 && walk_name(w, &item->text, &item->pos)) continue;
        walk_next(w);
    }
    if (!named && (count != 1 || item->text.len == 0)) return false;
    if (!named) *plain = item;
    gen_list_push(w->ctx, &out->names, item);
    return walk_punct(w, ",") || walk_word(w, "from");
}

static void missing_column(gen_ctx *ctx, const gen_table *table,
                           const gen_name *name)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    diag = gen_warn(ctx, SG1502, name->pos, "the table `%s` has no column "
                    "`%s`", gen_clip(ctx, table->name),
                    gen_clip(ctx, name->text));
    if (diag->muted) return;
    gen_guess_start(&guess, name->text);
    for (i = 0; i < table->fields.count; i++) {
        gen_guess_try(&guess, gen_field_at(&table->fields, i)->name);
    }
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

/* False for everything but a SELECT of items that have names from one table
 * of these files. */
static bool read_select(gen_ctx *ctx, const gen_clause *clause, selected *out)
{
    gen_list plain;
    gen_name *name;
    gen_str table;
    gen_pos pos;
    query_walk w;
    size_t i;

    memset(out, 0, sizeof *out);
    memset(&plain, 0, sizeof plain);
    if (!walk_start(&w, ctx, clause)) return false;
    walk_take(&w, "live");
    if (!walk_take(&w, "select") || walk_word(&w, "value")
        || walk_word(&w, "diff")) return false;
    for (;;) {
        if (!take_item(&w, out, &name)) return false;
        if (name != NULL) gen_list_push(ctx, &plain, name);
        if (!walk_punct(&w, ",")) break;
        walk_next(&w);
    }
    if (!walk_take(&w, "from")) return false;
    walk_take(&w, "only");
    if (!walk_name(&w, &table, &pos)) return false;
    if (walk_punct(&w, "::") || walk_punct(&w, "(") || walk_punct(&w, ".")
        || walk_punct(&w, ",") || walk_punct(&w, "->")
        || walk_punct(&w, "<-")) return false;
    out->table = gen_find_table(ctx, table);
    if (out->table == NULL) return false;
    for (i = 0; is_closed_table(out->table) && i < plain.count; i++) {
        name = gen_name_at(&plain, i);
        if (!has_column(out->table, name->text)) {
            missing_column(ctx, out->table, name);
        }
    }
    return true;
}

/* Columns that must come and never do. */
static void check_shape(gen_ctx *ctx, gen_query *query,
                        const gen_shape *shape, const gen_clause *clause)
{
    const gen_type *type = shape->type;
    selected got;
    size_t i;

    if (!read_select(ctx, clause, &got)) return;
    if (type == NULL || type->kind != GEN_T_SHAPE) return;
    if (got.star && !is_closed_table(got.table)) return;
    for (i = 0; i < type->members.count; i++) {
        const gen_member *m = gen_member_at(&type->members, i);
        gen_diag *diag;
        if (m->type->optional || has_name(&got.names, m->name)) continue;
        if (got.star && has_column(got.table, m->name)) continue;
        diag = gen_error(ctx, SG1506, m->pos, "the statement does not give "
                         "`%s`", gen_clip(ctx, m->name));
        gen_other(ctx, diag, clause->pos, "this statement");
        gen_hint(ctx, diag, "select it, or make it `option<...>`");
        query->bad = true;
        return;
    }
}

/* ------------------------------------------------------------------ shapes */

static bool gives_nothing(gen_ctx *ctx, const gen_clause *clause)
{
    return starts_with(ctx, clause, "begin")
        || starts_with(ctx, clause, "commit")
        || starts_with(ctx, clause, "cancel")
        || starts_with(ctx, clause, "let");
}

/* The statement a query with one shape is about. */
static const gen_clause *statement_of(gen_ctx *ctx, const gen_query *query)
{
    size_t i = query->statements.count;

    if (query->result > 0) {
        return gen_clause_at(&query->statements, (size_t)query->result - 1);
    }
    while (i-- > 0) {
        const gen_clause *clause = gen_clause_at(&query->statements, i);
        if (!starts_with(ctx, clause, "begin")
            && !starts_with(ctx, clause, "commit")
            && !starts_with(ctx, clause, "cancel")) return clause;
    }
    return gen_clause_at(&query->statements, 0);
}

static bool check_live(gen_ctx *ctx, const gen_query *query,
                       const gen_shape *shape, const gen_clause *clause)
{
    gen_diag *diag;

    if (shape->kind == GEN_SHAPE_LIVE
        && !starts_with(ctx, clause, "live")) {
        diag = gen_error(ctx, SG1503, shape->pos, "`live` needs a LIVE SELECT "
                         "statement");
        gen_other(ctx, diag, clause->pos, "this is none");
        return false;
    }
    if (shape->kind == GEN_SHAPE_LIVE && query->statements.count > 1) {
        gen_error(ctx, SG1505, shape->pos, "a live query is one statement, "
                  "this one has %u", (unsigned)query->statements.count);
        return false;
    }
    if (shape->kind != GEN_SHAPE_LIVE && starts_with(ctx, clause, "live")) {
        diag = gen_error(ctx, SG1504, clause->pos, "LIVE SELECT gives no "
                         "rows, changes come later");
        gen_hint(ctx, diag, "declare the query as `-> live ...`");
        return false;
    }
    return true;
}

static bool check_one_shape(gen_ctx *ctx, gen_query *query,
                            const gen_shape *shape, const gen_clause *clause)
{
    gen_diag *diag;

    if (query->is_tuple && (shape->kind == GEN_SHAPE_EACH
        || shape->kind == GEN_SHAPE_LIVE)) {
        gen_error(ctx, SG1505, shape->pos, "`%s` has to be a query of its "
                  "own", shape->kind == GEN_SHAPE_EACH ? "each" : "live");
        return false;
    }
    if (!check_live(ctx, query, shape, clause)) return false;
    if (shape->kind != GEN_SHAPE_NONE && gives_nothing(ctx, clause)) {
        diag = gen_error(ctx, SG1508, shape->pos, "this statement gives "
                         "nothing to read");
        gen_other(ctx, diag, clause->pos, "the statement");
        if (query->is_tuple) {
            gen_hint(ctx, diag, "its shape is `none`");
        } else {
            gen_hint(ctx, diag, "end the query with a RETURN, or say which "
                     "statement counts with `result n;`");
        }
        return false;
    }
    check_shape(ctx, query, shape, clause);
    return true;
}

static void check_query(gen_ctx *ctx, gen_query *query)
{
    size_t i;

    for (i = 0; i < query->shapes.count; i++) {
        const gen_clause *clause = query->is_tuple
            ? gen_clause_at(&query->statements, i)
            : statement_of(ctx, query);
        if (!check_one_shape(ctx, query, gen_shape_at(&query->shapes, i),
                             clause)) {
            query->bad = true;
            return;
        }
    }
    for (i = 0; ctx->schema.tables.count > 0 && i < query->statements.count;
         i++) {
        check_tables(ctx, gen_clause_at(&query->statements, i));
    }
}

/* --------------------------------------------------------------- functions */

static const gen_function *function_of(gen_ctx *ctx, gen_str name)
{
    size_t i;

    for (i = 0; i < ctx->schema.functions.count; i++) {
        const gen_function *f = gen_function_at(&ctx->schema.functions, i);
        if (gen_str_eq(f->name, name)) return f;
    }
    return NULL;
}

static void check_call(gen_ctx *ctx, gen_pos pos, gen_str name, size_t args)
{
    const gen_function *f = function_of(ctx, name);
    gen_diag *diag;
    size_t least;

    if (f == NULL) {
        diag = gen_warn(ctx, SG302, pos, "the query calls `fn::%s`, which is "
                        "not in these files", name.ptr);
        gen_note(ctx, diag, "the query fails unless the database has it from "
                 "elsewhere");
        return;
    }
    least = f->params.count;
    while (least > 0) {
        const gen_parm *p = gen_parm_at(&f->params, least - 1);
        if (!p->type->optional && !p->default_.present) break;
        least--;
    }
    if (args >= least && args <= f->params.count) return;
    diag = gen_error(ctx, SG302, pos, "the query calls `fn::%s` with %zu "
                     "argument%s, and it takes %zu", name.ptr, args,
                     args == 1 ? "" : "s", args < least ? least
                     : f->params.count);
    gen_other(ctx, diag, f->pos, "the function");
}

/* Where no function is defined they are defined elsewhere. */
static void check_functions(gen_ctx *ctx, const gen_clause *clause)
{
    size_t from = 0;
    gen_str name;
    gen_pos pos;

    while (ctx->schema.functions.count > 0
           && gen_clause_next_call(ctx, clause, &from, &name, &pos)) {
        size_t at = from;
        size_t args = 0;
        if (!gen_clause_calls(ctx, clause, name, &at, &args, &pos)) return;
        check_call(ctx, pos, name, args);
        from++;
    }
}

void gen_check_queries(gen_ctx *ctx)
{
    size_t i, k;

    for (i = 0; i < ctx->schema.queries.count; i++) {
        gen_query *query = gen_query_at(&ctx->schema.queries, i);
        if (query->bad || query->statements.count == 0) continue;
        if (query->is_tuple
            && query->shapes.count != query->statements.count) continue;
        check_query(ctx, query);
        for (k = 0; k < query->statements.count; k++) {
            check_functions(ctx, gen_clause_at(&query->statements, k));
        }
    }
}
