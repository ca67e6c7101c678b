/* surrealgen/migrate/decide.c: `was this one called that one before?`
 *
 * On a terminal it is asked, and the answer goes into the schema file: what
 * was decided once is seen by everyone, and by the next run. Without one the
 * two lines to choose from are printed and nothing is done. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* isatty */
#endif
#include "plan.h"

#include <stdio.h>
#include <string.h>

#if defined(_WIN32)
#include <io.h>
#define mig_isatty(fd) _isatty(fd)
#else
#include <unistd.h>
#define mig_isatty(fd) isatty(fd)
#endif

/* ------------------------------------------------------- where a hint goes */

static bool is_punct(const gen_file *file, const gen_token *tok, char c)
{
    return tok->kind == GEN_TOK_PUNCT && file->text.ptr[tok->off] == c;
}

static size_t skip_trivia(const gen_file *file, size_t i)
{
    while (gen_tok_is_trivia(file->tokens[i].kind)) i++;
    return i;
}

/* The token behind a bracket's other end. */
static size_t skip_group(const gen_file *file, size_t i)
{
    int depth = 0;

    for (; file->tokens[i].kind != GEN_TOK_END; i++) {
        const gen_token *tok = &file->tokens[i];
        uint32_t k;
        if (tok->kind != GEN_TOK_PUNCT) continue;
        for (k = 0; k < tok->len; k++) {
            char c = file->text.ptr[tok->off + k];
            if (strchr("<([{", c) != NULL) depth++;
            if (strchr(">)]}", c) != NULL) depth--;
        }
        if (depth <= 0) return i + 1;
    }
    return i;
}

/* One of the things a type is a `|` of. */
static size_t skip_operand(const gen_file *file, size_t i)
{
    if (is_punct(file, &file->tokens[i], '-')) i = skip_trivia(file, i + 1);
    if (file->tokens[i].kind == GEN_TOK_PUNCT) return skip_group(file, i);
    i++;
    if (is_punct(file, &file->tokens[skip_trivia(file, i)], '<')) {
        i = skip_group(file, skip_trivia(file, i));
    }
    return i;
}

static size_t token_at(const gen_file *file, uint32_t off)
{
    size_t low = 0;
    size_t high = file->token_count;

    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (file->tokens[middle].off <= off) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A member of .sg: the byte behind its type. */
static size_t behind_type(const gen_file *file, gen_pos pos)
{
    size_t i = token_at(file, pos.off);
    size_t next = skip_trivia(file, i + 1);
    const gen_token *last;

    while (is_punct(file, &file->tokens[next], '.')) {
        i = skip_trivia(file, next + 1);
        next = skip_trivia(file, i + 1);
    }
    for (i = skip_operand(file, next);
         is_punct(file, &file->tokens[skip_trivia(file, i)], '|');
         i = skip_operand(file, next)) {
        next = skip_trivia(file, skip_trivia(file, i) + 1);
    }
    last = &file->tokens[i - 1];
    return last->off + last->len;
}

/* A statement: the byte where it begins. */
static size_t statement_start(const gen_file *file, gen_pos pos)
{
    size_t i = token_at(file, pos.off);

    while (i > 0 && !is_punct(file, &file->tokens[i - 1], ';')
           && !is_punct(file, &file->tokens[i - 1], '{')) {
        i--;
    }
    return file->tokens[skip_trivia(file, i)].off;
}

static bool is_member(const mig_def *def)
{
    size_t at = statement_start(def->pos.file, def->pos);
    gen_str text = def->pos.file->text;

    return !gen_word_eq(gen_str_sub(text, at, at + 6 < text.len ? at + 6
                                    : text.len), "define");
}

/* What to insert, and where. */
static size_t hint_for(gen_ctx *ctx, const mig_def *def, const char *hint,
                       gen_buf *out)
{
    gen_str text = def->pos.file->text;
    size_t at, from;

    gen_buf_init(out, ctx);
    if (is_member(def)) {
        gen_buf_add_fmt(out, " %s", hint);
        return behind_type(def->pos.file, def->pos);
    }
    at = from = statement_start(def->pos.file, def->pos);
    while (from > 0 && text.ptr[from - 1] == ' ') from--;
    gen_buf_add_fmt(out, "-- %s\n", hint);
    gen_buf_add(out, text.ptr + from, at - from);
    return at;
}

/* The line (or two) of the schema with the hint in it. */
static void add_line(gen_ctx *ctx, const mig_def *def, const char *hint,
                     gen_buf *out)
{
    gen_str text = def->pos.file->text;
    gen_buf put;
    size_t at = hint_for(ctx, def, hint, &put);
    size_t from = at;
    size_t to = at;

    if (!is_member(def)) {
        gen_buf_add_fmt(out, "-- %s", hint);
        return;
    }
    while (from > 0 && strchr("\n{;", text.ptr[from - 1]) == NULL) from--;
    while (text.ptr[from] == ' ' || text.ptr[from] == '\t') from++;
    while (to < text.len && strchr("\n;", text.ptr[to]) == NULL) to++;
    gen_buf_add(out, text.ptr + from, at - from);
    gen_buf_add(out, put.ptr, put.len);
    gen_buf_add(out, text.ptr + at, to - at);
    gen_buf_add_char(out, ';');
}

/* ------------------------------------------------------------ the question */

static void hints_of(gen_ctx *ctx, const mig_pair *pair, gen_buf *was)
{
    gen_str name = pair->gone->before->spelled;
    size_t i;

    for (i = name.len; i > 0 && name.ptr[i - 1] != '.'; i--) {
    }
    gen_buf_init(was, ctx);
    gen_buf_add_text(was, "@was(");
    gen_buf_add(was, name.ptr + i, name.len - i);
    gen_buf_add_char(was, ')');
}

static void add_column(gen_buf *out, const mig_def *def, const char *what)
{
    size_t from = out->len;

    gen_buf_add_text(out, "   ");
    mig_add_title(out, def);
    while (out->len - from < 20) gen_buf_add_char(out, ' ');
    gen_buf_add_text(out, "  ");
    gen_surql_type(out, mig_field_of(def)->type);
    while (out->len - from < 40) gen_buf_add_char(out, ' ');
    gen_buf_add_fmt(out, "  %s\n", what);
}

static void add_question(gen_ctx *ctx, const mig_pair *pair, gen_buf *out)
{
    const mig_def *came = pair->came->after;
    gen_buf was;

    hints_of(ctx, pair, &was);
    add_column(out, pair->gone->before, "is gone from the schema");
    add_column(out, came, "is new");
    gen_buf_add_fmt(out, "  Was `%s` called `%s` before?\n",
                    came->spelled.ptr, pair->gone->before->spelled.ptr);
    gen_buf_add_text(out, "     yes -> write   ");
    add_line(ctx, came, was.ptr, out);
    gen_buf_add_text(out, "     keeps the values\n     no  -> write   ");
    add_line(ctx, came, "@new", out);
    gen_buf_add_text(out, "     drops the values (SG102, needs --allow "
                     "data-loss)\n");
    gen_buf_add_fmt(out, "  %s:%u\n", came->pos.file->name.ptr,
                    came->pos.line);
}

static int print_all(const gen_cli *cli, const gen_list *pairs)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, cli->ctx);
    gen_buf_add_fmt(&out, "migrate generate: %zu decision%s needed\n",
                    pairs->count, pairs->count == 1 ? "" : "s");
    for (i = 0; i < pairs->count; i++) {
        add_question(cli->ctx, (const mig_pair *)pairs->at[i], &out);
    }
    fwrite(out.ptr, 1, out.len, stderr);
    return CLI_REFUSED;
}

/* 'y', 'n', or 0 when nobody answers. */
static char read_answer(void)
{
    char line[64];

    for (;;) {
        fputs("  [y/n] ", stderr);
        fflush(stderr);
        if (fgets(line, sizeof line, stdin) == NULL) return 0;
        if (line[0] == 'y' || line[0] == 'Y') return 'y';
        if (line[0] == 'n' || line[0] == 'N') return 'n';
    }
}

/* ---------------------------------------------------- into the schema file */

/* Hints for one file, put in from its end to its beginning, so that places
 * found before stay right. */
typedef struct edit {
    const gen_file *file;
    size_t at;
    gen_str text;
} edit;

static bool is_told(const gen_list *edits, const gen_file *file, size_t at)
{
    size_t i;

    for (i = 0; i < edits->count; i++) {
        const edit *one = (const edit *)edits->at[i];
        if (one->file == file && one->at == at) return true;
    }
    return false;
}

static const edit *last_of(const gen_list *edits, const gen_file *file,
                           size_t before)
{
    const edit *last = NULL;
    size_t i;

    for (i = 0; i < edits->count; i++) {
        const edit *one = (const edit *)edits->at[i];
        if (one->file == file && one->at < before
            && (last == NULL || one->at > last->at)) {
            last = one;
        }
    }
    return last;
}

static bool write_hints(gen_ctx *ctx, const gen_file *file,
                        const gen_list *edits)
{
    gen_str text = file->text;
    gen_str rest = gen_str_lit("");
    size_t before = text.len + 1;
    const edit *one = last_of(edits, file, before);
    gen_buf out;

    if (one == NULL) return true;
    for (; one != NULL; one = last_of(edits, file, before)) {
        gen_buf_init(&out, ctx);
        gen_buf_add_str(&out, one->text);
        gen_buf_add(&out, text.ptr + one->at,
                    (before < text.len ? before : text.len) - one->at);
        gen_buf_add_str(&out, rest);
        rest = gen_buf_str(&out);
        before = one->at;
    }
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, text.ptr, before);
    gen_buf_add_str(&out, rest);
    return cli_write_file(ctx, file->name.ptr, out.ptr, out.len);
}

static void decide(gen_ctx *ctx, mig_pair *pair, char answer, gen_list *edits)
{
    mig_def *came = (mig_def *)(uintptr_t)pair->came->after;
    edit *one = (edit *)gen_new(ctx, sizeof *one);
    gen_buf was;
    gen_buf text;

    hints_of(ctx, pair, &was);
    one->file = came->pos.file;
    one->at = hint_for(ctx, came, answer == 'y' ? was.ptr : "@new", &text);
    one->text = gen_buf_str(&text);
    if (!is_told(edits, one->file, one->at)) gen_list_push(ctx, edits, one);
    if (answer == 'n') {
        came->is_new = true;
    } else {
        came->was = gen_str_sub(gen_buf_str(&was), 5, was.len - 1);
    }
}

static int ask_all(const gen_cli *cli, const gen_list *pairs)
{
    const gen_list *files = &gen_schema_of(cli->ctx)->files;
    gen_list edits = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < pairs->count; i++) {
        mig_pair *pair = (mig_pair *)pairs->at[i];
        gen_buf out;
        char answer = 'y';
        if (!cli_flag(cli, CLI_YES)) {
            gen_buf_init(&out, cli->ctx);
            add_question(cli->ctx, pair, &out);
            fwrite(out.ptr, 1, out.len, stderr);
            answer = read_answer();
        }
        if (answer == 0) return CLI_REFUSED;
        decide(cli->ctx, pair, answer, &edits);
    }
    for (i = 0; i < files->count; i++) {
        if (!write_hints(cli->ctx, gen_file_at(files, i), &edits)) {
            return CLI_FAILED;
        }
    }
    return CLI_FINE;
}

int mig_renames(const gen_cli *cli, gen_list *changes)
{
    bool ask = (mig_isatty(0) != 0 && mig_isatty(2) != 0
                && !cli_flag(cli, CLI_NO_INPUT)) || cli_flag(cli, CLI_YES);
    gen_list pairs = { NULL, 0, 0 };
    int rc = CLI_FINE;

    mig_match_hints(cli->ctx, changes);
    mig_drop_taken(changes);
    mig_find_pairs(cli->ctx, changes, &pairs);
    if (pairs.count == 0) return CLI_FINE;
    rc = ask ? ask_all(cli, &pairs) : print_all(cli, &pairs);
    if (rc != CLI_FINE) return rc;
    mig_match_hints(cli->ctx, changes);
    mig_drop_taken(changes);
    return CLI_FINE;
}
