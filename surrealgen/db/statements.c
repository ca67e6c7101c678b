/* surrealgen/db/statements.c: a catalogue from statements instead of a
 * server: what `schema print` puts in order. */
#include "../fmt/fmt.h"
#include "db.h"

#include <string.h>

typedef struct word_row {
    const char *word;
    db_kind kind;
} word_row;

static const word_row rows[] = {
    { "analyzer", DB_ANALYZER }, { "bucket", DB_BUCKET },
    { "param", DB_PARAM }, { "function", DB_FUNCTION },
    { "sequence", DB_SEQUENCE }, { "module", DB_MODULE },
    { "table", DB_TABLE }, { "field", DB_FIELD }, { "index", DB_INDEX },
    { "event", DB_EVENT }, { "model", DB_MODEL }, { "api", DB_API },
    { "config", DB_CONFIG }, { "access", DB_ACCESS }, { "user", DB_USER },
    { NULL, DB_TABLE }
};

typedef struct walk {
    const gen_file *file;
    const fmt_stmt *stmt;
    uint32_t at;
} walk;

static void skip_trivia(walk *w)
{
    while (w->at < w->stmt->end
           && gen_tok_is_trivia(w->file->tokens[w->at].kind)) {
        w->at++;
    }
}

static gen_str next_word(walk *w)
{
    gen_str none = { "", 0 };

    skip_trivia(w);
    if (w->at >= w->stmt->end) return none;
    return gen_tok_str(w->file, &w->file->tokens[w->at++]);
}

static bool take(walk *w, const char *word)
{
    uint32_t before = w->at;

    if (gen_word_eq(next_word(w), word)) return true;
    w->at = before;
    return false;
}

/* Up to a blank or an open parenthesis, quotes taken off: fn::a::b. */
static gen_str read_name(walk *w, gen_ctx *ctx)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    skip_trivia(w);
    for (; w->at < w->stmt->end; w->at++) {
        const gen_token *tok = &w->file->tokens[w->at];
        gen_str text = gen_tok_str(w->file, tok);
        if (gen_tok_is_trivia(tok->kind) || gen_str_is(text, "(")
            || gen_str_is(text, ";")) {
            break;
        }
        if (tok->kind == GEN_TOK_QUOTED) text = gen_unquote(ctx, text);
        gen_buf_add_str(&out, text);
    }
    return gen_str_copy(ctx, out.ptr != NULL ? out.ptr : "", out.len);
}

static gen_str table_name(const gen_item *item)
{
    gen_str none = { "", 0 };

    if (item == NULL) return none;
    switch (item->kind) {
    case GEN_ITEM_FIELD:
        return ((const gen_field *)item->of)->table->name;
    case GEN_ITEM_INDEX:
        return ((const gen_index *)item->of)->table->name;
    case GEN_ITEM_EVENT:
        return ((const gen_event *)item->of)->table->name;
    default:
        return none;
    }
}

/* The level of an access or a user: DATABASE unless it says otherwise. */
static gen_level level_of(const gen_item *item)
{
    if (item != NULL && item->kind == GEN_ITEM_ACCESS) {
        return ((const gen_access *)item->of)->level;
    }
    if (item != NULL && item->kind == GEN_ITEM_USER) {
        return ((const gen_user *)item->of)->level;
    }
    return GEN_LEVEL_DATABASE;
}

static gen_str copy(gen_ctx *ctx, gen_str text)
{
    return gen_str_copy(ctx, text.ptr, text.len);
}

static gen_str text_of(const walk *w, gen_ctx *ctx)
{
    const gen_token *first = &w->file->tokens[w->stmt->begin];
    uint32_t end = w->stmt->end;
    const gen_token *last;

    while (end > w->stmt->begin + 1
           && (gen_tok_is_trivia(w->file->tokens[end - 1].kind)
               || gen_str_is(gen_tok_str(w->file,
                                         &w->file->tokens[end - 1]), ";"))) {
        end--;
    }
    last = &w->file->tokens[end - 1];
    return gen_str_copy(ctx, w->file->text.ptr + first->off,
                        last->off + last->len - first->off);
}

/* A statement that defines nothing has no place in a catalogue. */
static void add(walk *w, gen_ctx *ctx, gen_ctx *reader, db_catalogue *out)
{
    const word_row *row = rows;
    db_entry *entry;
    gen_str word;

    w->at = w->stmt->begin;
    if (!take(w, "define")) return;
    word = next_word(w);
    while (row->word != NULL && !gen_word_eq(word, row->word)) row++;
    if (row->word == NULL) return;
    if (!take(w, "overwrite") && take(w, "if")) {
        take(w, "not");
        take(w, "exists");
    }
    entry = (db_entry *)gen_new(ctx, sizeof *entry);
    entry->kind = row->kind;
    entry->level = level_of(w->stmt->item);
    entry->name = copy(ctx, read_name(w, reader));
    entry->table = copy(ctx, table_name(w->stmt->item));
    entry->text = text_of(w, ctx);
    gen_list_push(ctx, &out->entries, entry);
}

int db_catalogue_of(gen_ctx *ctx, gen_version target, gen_str text,
                    db_catalogue *out)
{
    gen_list stmts = { NULL, 0, 0 };
    gen_ctx *reader = gen_open(cli_memory());
    walk w;
    size_t i;

    memset(out, 0, sizeof *out);
    if (reader == NULL) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    gen_set_target(reader, target);
    if (gen_load_text(reader, "printed.surql", text.ptr, text.len) == NULL) {
        gen_close(reader);
        cli_say("out of memory");
        return CLI_FAILED;
    }
    w.file = gen_file_at(&gen_schema_of(reader)->files, 0);
    fmt_split(reader, w.file, &stmts);
    fmt_match_items(reader, w.file, &stmts);
    for (i = 0; i < stmts.count; i++) {
        w.stmt = fmt_stmt_at(&stmts, i);
        add(&w, ctx, reader, out);
    }
    gen_close(reader);
    db_sort(out);
    return CLI_FINE;
}
