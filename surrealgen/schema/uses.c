/* surrealgen/schema/uses.c: which tables, columns and functions a query names.
 *
 * Statements are not parsed. What is said here is certain: a column counts
 * only where every table the statement names is known and no other one of them
 * has a column of that name. */
#include "front.h"

#include <string.h>

/* ------------------------------------------------------------------ tokens */

void gen_toks_of(gen_ctx *ctx, const gen_file *file, uint32_t from,
                 uint32_t to, gen_toks *out)
{
    uint32_t i;

    out->file = file;
    out->count = 0;
    out->at = (uint32_t *)gen_new(ctx, (size_t)(to - from + 1)
                                  * sizeof *out->at);
    for (i = from; i < to; i++) {
        if (gen_tok_is_trivia(file->tokens[i].kind)
            || file->tokens[i].kind == GEN_TOK_END) continue;
        out->at[out->count++] = i;
    }
}

/* The first token at or behind the offset. */
static uint32_t token_at(const gen_file *file, size_t off)
{
    size_t low = 0;
    size_t high = file->token_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (file->tokens[middle].off < off) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

bool gen_toks_clause(gen_ctx *ctx, const gen_clause *clause, gen_toks *out)
{
    const gen_file *file = clause->pos.file;

    if (file == NULL || file->tokens == NULL || clause->text.len == 0) {
        return false;
    }
    gen_toks_of(ctx, file, token_at(file, clause->pos.off),
                token_at(file, clause->pos.off + clause->text.len), out);
    return true;
}

static const gen_token *tok_at(const gen_toks *t, size_t i)
{
    return i < t->count ? &t->file->tokens[t->at[i]] : NULL;
}

gen_str gen_toks_text(const gen_toks *t, size_t i)
{
    const gen_token *tok = tok_at(t, i);

    return tok != NULL ? gen_tok_str(t->file, tok) : gen_str_lit("");
}

gen_pos gen_toks_pos(const gen_toks *t, size_t i)
{
    return gen_tok_pos(t->file, tok_at(t, i < t->count ? i : t->count - 1));
}

bool gen_toks_is(const gen_toks *t, size_t i, const char *text)
{
    const gen_token *tok = tok_at(t, i);

    if (tok == NULL) return false;
    if (tok->kind == GEN_TOK_IDENT) {
        return gen_word_eq(gen_tok_str(t->file, tok), text);
    }
    return tok->kind == GEN_TOK_PUNCT
        && gen_str_is(gen_tok_str(t->file, tok), text);
}

bool gen_toks_name(gen_ctx *ctx, const gen_toks *t, size_t i, gen_str *out)
{
    const gen_token *tok = tok_at(t, i);

    if (tok == NULL || (tok->kind != GEN_TOK_IDENT
        && tok->kind != GEN_TOK_QUOTED)) return false;
    *out = gen_tok_str(t->file, tok);
    if (tok->kind == GEN_TOK_QUOTED) *out = gen_unquote(ctx, *out);
    return true;
}

static bool opens(const gen_toks *t, size_t i)
{
    return gen_toks_is(t, i, "(") || gen_toks_is(t, i, "[")
        || gen_toks_is(t, i, "{");
}

static bool closes(const gen_toks *t, size_t i)
{
    return gen_toks_is(t, i, ")") || gen_toks_is(t, i, "]")
        || gen_toks_is(t, i, "}");
}

size_t gen_toks_close(const gen_toks *t, size_t i)
{
    size_t depth = 0;

    for (; i < t->count; i++) {
        if (opens(t, i)) depth++;
        if (closes(t, i)) depth -= depth > 0;
        if (depth == 0) return i + 1;
    }
    return i;
}

/* ------------------------------------------------------------------ tables */

typedef struct named {
    gen_list tables; /* gen_name */
    bool open; /* it names something that may be any table */
} named;

static void add_table(gen_ctx *ctx, const gen_toks *t, size_t i, named *out)
{
    gen_name *name;
    gen_str text;

    if (gen_toks_is(t, i, "only")) i++;
    if (gen_toks_is(t, i, "(")) return; /* what is inside is met later */
    if (!gen_toks_name(ctx, t, i, &text) || gen_toks_is(t, i + 1, "::")
        || gen_toks_is(t, i + 1, "(")) {
        out->open = true;
        return;
    }
    name = (gen_name *)gen_new(ctx, sizeof *name);
    name->text = text;
    name->pos = gen_toks_pos(t, i);
    gen_list_push(ctx, &out->tables, name);
}

static bool can_start(const gen_toks *t, size_t i)
{
    gen_str before;

    if (i == 0) return true;
    before = gen_toks_text(t, i - 1);
    return gen_str_is(before, ";") || gen_str_is(before, "{")
        || gen_str_is(before, "(") || gen_str_is(before, "=")
        || gen_word_eq(before, "return") || gen_word_eq(before, "then");
}

static void find_tables(gen_ctx *ctx, const gen_toks *t, named *out)
{
    static const char *const verbs[] = {
        "update", "upsert", "create", "delete", NULL
    };
    size_t i;

    memset(out, 0, sizeof *out);
    for (i = 0; i < t->count; i++) {
        if (gen_toks_is(t, i, "from") || gen_toks_is(t, i, "into")) {
            add_table(ctx, t, i + 1, out);
        } else if (can_start(t, i) && gen_word_in(gen_toks_text(t, i), verbs)
                   && !gen_toks_is(t, i + 1, "from")) {
            add_table(ctx, t, i + 1, out);
        } else if ((gen_toks_is(t, i, "->") || gen_toks_is(t, i, "<-")
                    || gen_toks_is(t, i, "<->"))
                   && !(i > 0 && gen_toks_is(t, i - 1, "|"))) {
            add_table(ctx, t, i + 1, out);
        }
    }
}

static bool has_column(const gen_table *table, gen_str name)
{
    size_t i;

    for (i = 0; i < table->fields.count; i++) {
        if (gen_str_eq(gen_field_at(&table->fields, i)->name, name)) {
            return true;
        }
    }
    return false;
}

/* The table is named, and nothing else named may have the column. */
static bool is_about(gen_ctx *ctx, const named *what, gen_str table,
                     gen_str column)
{
    bool found = false;
    size_t i;

    if (what->open) return false;
    for (i = 0; i < what->tables.count; i++) {
        gen_str name = gen_name_at(&what->tables, i)->text;
        const gen_table *other = gen_find_table(ctx, name);
        if (gen_str_eq(name, table)) {
            found = true;
        } else if (other == NULL || has_column(other, column)) {
            return false;
        }
    }
    return found;
}

/* ----------------------------------------------------------------- columns */

static gen_str first_part(gen_str path)
{
    size_t i;

    for (i = 0; i < path.len && path.ptr[i] != '.'; i++) {
    }
    return gen_str_sub(path, 0, i);
}

/* The path stands at token i: a, a.b, a.b.c; what follows does not matter.
 * `*` and indexes inside of it are taken for names. */
static bool is_path_at(gen_ctx *ctx, const gen_toks *t, size_t i,
                       gen_str path)
{
    gen_str name;

    for (;;) {
        gen_str part = first_part(path);
        if (!gen_toks_name(ctx, t, i, &name) || !gen_str_eq(name, part)) {
            return false;
        }
        if (part.len == path.len) return true;
        path = gen_str_sub(path, part.len + 1, path.len);
        while (path.len > 1 && path.ptr[0] == '*' && path.ptr[1] == '.') {
            path = gen_str_sub(path, 2, path.len);
        }
        if (gen_toks_is(t, i + 1, "[")) {
            i = gen_toks_close(t, i + 1) - 1;
        } else if (gen_toks_is(t, i + 1, ".") && gen_toks_is(t, i + 2, "*")) {
            i += 2;
        }
        if (!gen_toks_is(t, i + 1, ".")) return false;
        i += 2;
    }
}

/* A column stands there, not the column of a link, a function, a table or a
 * new name. */
static bool is_column_at(const gen_toks *t, size_t i)
{
    static const char *const not_behind[] = {
        "from", "into", "as", "update", "create", "upsert", "delete", "only",
        NULL
    };
    if (gen_toks_is(t, i + 1, "::") || gen_toks_is(t, i + 1, "(")) {
        return false;
    }
    if (i == 0) return true;
    if (gen_toks_is(t, i - 1, ".") || gen_toks_is(t, i - 1, "::")
        || gen_toks_is(t, i - 1, "->") || gen_toks_is(t, i - 1, "<-")
        || gen_toks_is(t, i - 1, "<->")) return false;
    return !gen_word_in(gen_toks_text(t, i - 1), not_behind);
}

bool gen_query_uses(gen_ctx *ctx, const gen_query *query, gen_str table,
                    gen_str path, gen_pos *pos)
{
    gen_toks t;
    named what;
    size_t i, k;

    for (i = 0; i < query->statements.count; i++) {
        if (!gen_toks_clause(ctx, gen_clause_at(&query->statements, i), &t)) {
            continue;
        }
        find_tables(ctx, &t, &what);
        if (!is_about(ctx, &what, table, first_part(path))) continue;
        for (k = 0; k < t.count; k++) {
            if (!is_column_at(&t, k) || !is_path_at(ctx, &t, k, path)) {
                continue;
            }
            *pos = gen_toks_pos(&t, k);
            return true;
        }
    }
    return false;
}

gen_table *gen_clause_where(gen_ctx *ctx, const gen_clause *clause,
                            gen_list *columns)
{
    static const char *const compares[] = {
        "=", "==", "in", "inside", "contains", "@@", ">", "<", ">=", "<=",
        NULL
    };
    gen_table *table;
    gen_toks t;
    named what;
    size_t i = 0;

    memset(columns, 0, sizeof *columns);
    if (!gen_toks_clause(ctx, clause, &t)) return NULL;
    find_tables(ctx, &t, &what);
    if (what.open || what.tables.count != 1) return NULL;
    table = gen_find_table(ctx, gen_name_at(&what.tables, 0)->text);
    if (table == NULL) return NULL;
    while (i < t.count && !gen_toks_is(&t, i, "where")) {
        if (gen_toks_is(&t, i, ":")) return NULL; /* one record */
        i++;
    }
    for (; i + 1 < t.count; i++) {
        gen_name *name;
        gen_str text;
        size_t k;
        if (!is_column_at(&t, i) || !gen_toks_name(ctx, &t, i, &text)) {
            continue;
        }
        for (k = 0; compares[k] != NULL; k++) {
            if (gen_toks_is(&t, i + 1, compares[k])) break;
        }
        if (compares[k] == NULL && !gen_toks_is(&t, i + 1, "@")) continue;
        name = (gen_name *)gen_new(ctx, sizeof *name);
        name->text = text;
        name->pos = gen_toks_pos(&t, i);
        gen_list_push(ctx, columns, name);
    }
    return table;
}

/* --------------------------------------------------------------- functions */

/* fn :: a :: b at i; past it. */
static bool take_path(gen_ctx *ctx, const gen_toks *t, size_t *i,
                      gen_str *name)
{
    size_t at = *i;
    gen_buf path;
    gen_str part;

    if (!gen_toks_is(t, at, "fn") || !gen_toks_is(t, at + 1, "::")) {
        return false;
    }
    gen_buf_init(&path, ctx);
    for (at += 2; gen_toks_name(ctx, t, at, &part); at += 2) {
        if (path.len > 0) gen_buf_add_text(&path, "::");
        gen_buf_add_str(&path, part);
        if (!gen_toks_is(t, at + 1, "::")) {
            at++;
            break;
        }
    }
    *name = gen_buf_str(&path);
    *i = at;
    return true;
}

static bool take_function(gen_ctx *ctx, const gen_toks *t, size_t *i,
                          gen_str name)
{
    size_t at = *i;
    gen_str path;

    if (!take_path(ctx, t, &at, &path) || !gen_str_eq(path, name)) {
        return false;
    }
    *i = at;
    return true;
}

bool gen_clause_next_call(gen_ctx *ctx, const gen_clause *clause,
                          size_t *from, gen_str *name, gen_pos *pos)
{
    gen_toks t;
    size_t i;

    if (!gen_toks_clause(ctx, clause, &t)) return false;
    for (i = *from; i < t.count; i++) {
        size_t at = i;
        if (i > 0 && gen_toks_is(&t, i - 1, "::")) continue;
        if (!take_path(ctx, &t, &at, name)) continue;
        *pos = gen_toks_pos(&t, i);
        *from = i;
        return true;
    }
    return false;
}

bool gen_clause_calls(gen_ctx *ctx, const gen_clause *clause, gen_str name,
                      size_t *from, size_t *args, gen_pos *pos)
{
    gen_toks t;
    size_t i, end;

    if (!gen_toks_clause(ctx, clause, &t)) return false;
    for (i = *from; i < t.count; i++) {
        size_t start = i;
        if (i > 0 && gen_toks_is(&t, i - 1, "::")) continue;
        if (!take_function(ctx, &t, &i, name)) continue;
        *pos = gen_toks_pos(&t, start);
        *from = i;
        *args = 0;
        if (!gen_toks_is(&t, i, "(")) return true;
        end = gen_toks_close(&t, i) - 1;
        if (i + 1 < end) *args = 1;
        for (i++; i < end; i++) {
            if (opens(&t, i)) i = gen_toks_close(&t, i) - 1;
            if (gen_toks_is(&t, i, ",") && i + 1 < end) (*args)++;
        }
        *from = end;
        return true;
    }
    return false;
}
