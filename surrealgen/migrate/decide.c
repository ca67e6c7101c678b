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
#include <stdlib.h>
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

/* A key of an object type, `{ city: string }`: that grammar has no hints. */
static bool is_in_shape(const mig_def *def)
{
    const gen_file *file = def->pos.file;
    size_t i = token_at(file, def->pos.off);

    return is_punct(file, &file->tokens[skip_trivia(file, i + 1)], ':');
}

/* A variant: the byte behind its name, or its value. */
static size_t behind_variant(const gen_variant *variant)
{
    const gen_file *file = variant->pos.file;
    size_t i = token_at(file, variant->pos.off);
    size_t next = skip_trivia(file, i + 1);

    if (is_punct(file, &file->tokens[next], '=')) {
        i = skip_trivia(file, next + 1);
    }
    return file->tokens[i].off + file->tokens[i].len;
}

/* What to insert, and where. */
static size_t hint_for(gen_ctx *ctx, const mig_pair *pair, const char *hint,
                       gen_buf *out)
{
    const mig_def *def = pair->came->after;
    gen_str text;
    size_t at, from;

    gen_buf_init(out, ctx);
    if (pair->variant != NULL) {
        gen_buf_add_fmt(out, " %s", hint);
        return behind_variant(pair->variant);
    }
    text = def->pos.file->text;
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
static void add_line(gen_ctx *ctx, const mig_pair *pair, const char *hint,
                     gen_buf *out)
{
    const mig_def *def = pair->came->after;
    gen_str text = def->pos.file->text;
    gen_buf put;
    size_t at = hint_for(ctx, pair, hint, &put);
    size_t from = at;
    size_t to = at;

    if (pair->variant != NULL) {
        from = pair->variant->pos.off;
        gen_buf_add(out, pair->variant->pos.file->text.ptr + from, at - from);
        gen_buf_add_str(out, gen_buf_str(&put));
        return;
    }
    if (is_in_shape(def)) {
        gen_buf_add_str(out, gen_tok_str(def->pos.file, &def->pos.file->tokens[
            token_at(def->pos.file, def->pos.off)]));
        gen_buf_add_char(out, ' ');
        gen_surql_type(out, mig_field_of(def)->type);
        gen_buf_add_fmt(out, " %s;", hint);
        return;
    }
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

static bool is_plain(gen_str word)
{
    size_t i;

    for (i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_'
            && (i == 0 || c < '0' || c > '9')) return false;
    }
    return word.len > 0;
}

static void hints_of(gen_ctx *ctx, const mig_pair *pair, gen_buf *was)
{
    gen_str name = pair->gone->before->spelled;
    size_t i;

    if (pair->variant != NULL) {
        gen_buf_init(was, ctx);
        gen_buf_add_text(was, "@was(");
        if (is_plain(pair->word)) {
            gen_buf_add_str(was, pair->word);
        } else {
            gen_surql_string(was, pair->word);
        }
        gen_buf_add_char(was, ')');
        return;
    }
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

static void add_word(gen_buf *out, const mig_pair *pair, gen_str word,
                     const char *what)
{
    size_t from = out->len;

    gen_buf_add_fmt(out, "   %s ", pair->of->name.ptr);
    gen_surql_string(out, word);
    while (out->len - from < 40) gen_buf_add_char(out, ' ');
    gen_buf_add_fmt(out, "  %s\n", what);
}

/* How much of the longer name is in the other one. */
static unsigned likeness(const mig_pair *pair)
{
    gen_str a = pair->variant != NULL ? pair->word
        : pair->gone->before->spelled;
    gen_str b = pair->variant != NULL ? pair->variant->value
        : pair->came->after->spelled;
    size_t len = a.len > b.len ? a.len : b.len;

    if (len > 64) len = 64;
    return len == 0 || pair->far > len ? 0
        : (unsigned)((len - pair->far) * 100 / len);
}

static const char *type_evidence(const mig_pair *pair)
{
    const gen_type *a = mig_field_of(pair->gone->before)->type;
    const gen_type *b = mig_field_of(pair->came->after)->type;
    bool fits = mig_type_within(a, b);

    if (fits && mig_type_within(b, a)) return "the same type";
    return fits ? "every old value fits the new type"
        : "not every old value fits the new type";
}

/* "a value in 3 of 4 rows", where a server can be asked. */
static void add_counts(gen_ctx *ctx, db_link *link, const mig_pair *pair,
                       gen_buf *out)
{
    const mig_def *def = pair->gone->before;
    uint64_t have = 0;
    uint64_t all = 0;
    gen_buf text;

    if (link == NULL || memchr(def->spelled.ptr, '*', def->spelled.len)) {
        return;
    }
    gen_buf_init(&text, ctx);
    gen_buf_add_fmt(&text, "RETURN (SELECT count() AS n FROM %s GROUP ALL)"
                    "[0].n ?? 0;", def->table_spelled.ptr);
    if (!mig_count(link, gen_buf_str(&text), &all)) return;
    gen_buf_init(&text, ctx);
    gen_buf_add_fmt(&text, "RETURN (SELECT count() AS n FROM %s WHERE %s ",
                    def->table_spelled.ptr, def->spelled.ptr);
    if (pair->variant != NULL) {
        gen_buf_add_text(&text, "= ");
        gen_surql_string(&text, pair->word);
    } else {
        gen_buf_add_text(&text, "!= NONE");
    }
    gen_buf_add_text(&text, " GROUP ALL)[0].n ?? 0;");
    if (!mig_count(link, gen_buf_str(&text), &have)) return;
    gen_buf_add_fmt(out, "; %s in %llu of %llu rows", pair->variant != NULL
                    ? "the old one" : "a value", (unsigned long long)have,
                    (unsigned long long)all);
}

static void add_evidence(gen_ctx *ctx, db_link *link, const mig_pair *pair,
                         gen_buf *out)
{
    gen_buf_add_fmt(out, "  evidence: the names are %u%% alike",
                    likeness(pair));
    if (pair->variant == NULL) {
        gen_buf_add_fmt(out, "; %s", type_evidence(pair));
    } else {
        gen_buf_add_text(out, "; in ");
        mig_add_title(out, pair->came->after);
    }
    add_counts(ctx, link, pair, out);
    gen_buf_add_char(out, '\n');
}

static void add_question(gen_ctx *ctx, db_link *link, const mig_pair *pair,
                         gen_buf *out)
{
    const mig_def *came = pair->came->after;
    const gen_variant *variant = pair->variant;
    gen_pos pos = variant != NULL ? variant->pos : came->pos;
    gen_buf was;

    hints_of(ctx, pair, &was);
    if (variant != NULL) {
        add_word(out, pair, pair->word, "is gone from the schema");
        add_word(out, pair, variant->value, "is new");
    } else {
        add_column(out, pair->gone->before, "is gone from the schema");
        add_column(out, came, "is new");
    }
    add_evidence(ctx, link, pair, out);
    gen_buf_add_fmt(out, "  Was `%s` called `%s` before?\n",
                    variant != NULL ? variant->value.ptr : came->spelled.ptr,
                    variant != NULL ? pair->word.ptr
                    : pair->gone->before->spelled.ptr);
    gen_buf_add_text(out, "     yes -> write   ");
    add_line(ctx, pair, was.ptr, out);
    gen_buf_add_text(out, "     keeps the values\n     no  -> write   ");
    add_line(ctx, pair, "@new", out);
    gen_buf_add_text(out, variant != NULL
                     ? "     leaves the rows as they are (SG104)\n"
                     : "     drops the values (SG102, needs --allow "
                     "data-loss)\n");
    if (variant == NULL && is_in_shape(came)) {
        gen_buf_add_text(out, "  in a struct: between the braces of an object "
                         "type no hint can stand. Write it as\n  `struct "
                         "NAME { ... }` and NAME as the type of the column\n");
    }
    gen_buf_add_fmt(out, "  %s:%u\n", pos.file->name.ptr, pos.line);
}

static int print_all(const gen_cli *cli, db_link *link,
                     const gen_list *pairs)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, cli->ctx);
    gen_buf_add_fmt(&out, "migrate generate: %zu decision%s needed\n",
                    pairs->count, pairs->count == 1 ? "" : "s");
    for (i = 0; i < pairs->count; i++) {
        add_question(cli->ctx, link, (const mig_pair *)pairs->at[i], &out);
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
    one->file = pair->variant != NULL ? pair->variant->pos.file
        : came->pos.file;
    one->at = hint_for(ctx, pair, answer == 'y' ? was.ptr : "@new", &text);
    one->text = gen_buf_str(&text);
    if (!is_told(edits, one->file, one->at)) gen_list_push(ctx, edits, one);
    if (pair->variant != NULL) {
        if (answer == 'n') {
            pair->variant->attrs.is_new = true;
        } else {
            pair->variant->attrs.was = pair->word;
        }
    } else if (answer == 'n') {
        came->is_new = true;
    } else {
        came->was = gen_str_sub(gen_buf_str(&was), 5, was.len - 1);
    }
}

static bool any_in_shape(const gen_list *pairs)
{
    size_t i;

    for (i = 0; i < pairs->count; i++) {
        const mig_pair *pair = (const mig_pair *)pairs->at[i];
        if (pair->variant == NULL && is_in_shape(pair->came->after)) {
            return true;
        }
    }
    return false;
}

static int ask_all(const gen_cli *cli, db_link *link, const gen_list *pairs)
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
            add_question(cli->ctx, link, pair, &out);
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

/* A server is asked only when there is something to decide, and it is no fault
 * when there is none. */
static int ask_or_print(const gen_cli *cli, const gen_list *pairs)
{
    bool ask = (mig_isatty(0) != 0 && mig_isatty(2) != 0
                && !cli_flag(cli, CLI_NO_INPUT)) || cli_flag(cli, CLI_YES);
    db_link link;
    bool open = false;
    int rc;

    memset(&link, 0, sizeof link);
    if ((cli_text(cli, CLI_URL, NULL) != NULL || getenv("SURREAL_URL") != NULL)
        && !cli_flag(cli, CLI_NO_SERVER)) {
        open = db_open(cli, &link) == CLI_FINE;
    }
    rc = ask && !any_in_shape(pairs)
        ? ask_all(cli, open ? &link : NULL, pairs)
        : print_all(cli, open ? &link : NULL, pairs);
    db_close(&link);
    return rc;
}

static void match_all(const gen_cli *cli, gen_list *changes)
{
    mig_match_hints(cli->ctx, changes);
    mig_drop_taken(changes);
    mig_match_words(cli->ctx, gen_schema_of(cli->ctx), changes);
}

int mig_renames(const gen_cli *cli, gen_list *changes)
{
    gen_list pairs = { NULL, 0, 0 };
    int rc;

    match_all(cli, changes);
    mig_find_pairs(cli->ctx, changes, &pairs);
    mig_find_words(cli->ctx, gen_schema_of(cli->ctx), changes, &pairs);
    if (pairs.count == 0) return CLI_FINE;
    rc = ask_or_print(cli, &pairs);
    if (rc == CLI_FINE) match_all(cli, changes);
    return rc;
}
