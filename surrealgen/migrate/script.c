/* surrealgen/migrate/script.c: the text of up.surql or down.surql.
 *
 * A script is SurrealQL in which some comments mean something:
 *
 *     -- id: 20260801120000_add_post_slug      the header; files.c reads it
 *     -- step: data post batch=1000 quiet      a step begins
 *     -- where: slug = NONE                    of the step around it
 *     -- sg-allow SG102: reason                of the next statement; of all
 *                                              before the first empty line
 *
 * They stand where no statement is open, so that one of them can never cut a
 * statement in two; anything else behind `--` is a remark. The tokens are
 * walked once: a statement opens with the first token that is no comment and
 * ends with its `;`, a step ends where the next begins. */
#include "migrate.h"

#include "../schema/front.h"
#include "files.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH_ROWS = 1000, BATCH_MAX = 1000000 };

typedef struct reader {
    gen_ctx *ctx;
    mig_script *out;
    const gen_file *file;
    mig_step *step;    /* NULL: none yet */
    bool body;         /* the header is over */
    size_t fresh;      /* allows from here on wait for their statement */
    size_t first;      /* token the open statement begins with */
    bool open;
    size_t depth;
    bool catches;      /* a RETURN or BREAK inside ends nothing else */
    size_t closure;    /* depth inside of the closure around, or 0 */
    size_t loop;       /* depth inside of the FOR around, or 0 */
    size_t loop_at;    /* depth of a FOR whose body is to come, plus 1, or 0 */
    const gen_token *before, *before2; /* the tokens before, in a statement */
    size_t statements; /* in the step */
    bool has_batch;    /* `$batch` stands in the step */
    size_t end;        /* offset behind the last token of the step */
    size_t step_first; /* token its first statement begins with */
    size_t last;       /* token that ends the step so far */
    bool closed;       /* that token is a `;` */
    bool odd;          /* the line of the step was not understood */
    gen_pos step_pos, key_pos;
} reader;

mig_step *mig_step_at(const gen_list *list, size_t i)
{
    return (mig_step *)list->at[i];
}

mig_allow *mig_allow_at(const gen_list *list, size_t i)
{
    return (mig_allow *)list->at[i];
}

mig_note *mig_note_at(const gen_list *list, size_t i)
{
    return (mig_note *)list->at[i];
}

const mig_note *mig_find_note(const mig_script *script, const char *key)
{
    size_t i;

    for (i = 0; i < script->notes.count; i++) {
        const mig_note *note = mig_note_at(&script->notes, i);
        if (gen_str_is(note->key, key)) return note;
    }
    return NULL;
}

gen_pos mig_pos(const mig_script *script, size_t at, size_t len)
{
    gen_pos pos = gen_pos_at(script->file, at > script->text.len
                             ? script->text.len : at);

    pos.len = (uint32_t)len;
    return pos;
}

/* -------------------------------------------------------------- checksums */

static gen_str step_checksum(gen_ctx *ctx, const mig_step *step)
{
    gen_buf out;

    if (step->kind == SURREAL_STEP_TX) return mig_checksum(ctx, step->text);
    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, step->kind == SURREAL_STEP_DATA ? "step data "
                                                           : "step index ");
    gen_surql_name(&out, step->table);
    gen_buf_add_char(&out, ' ');
    if (step->kind == SURREAL_STEP_INDEX) gen_surql_name(&out, step->index);
    if (step->quiet) gen_buf_add_text(&out, "quiet ");
    if (step->where.len > 0) {
        gen_buf_add_text(&out, "where ");
        gen_buf_add_str(&out, step->where);
    }
    gen_buf_add_text(&out, "\n;\n");
    gen_buf_add_str(&out, step->text);
    return mig_checksum(ctx, gen_buf_str(&out));
}

gen_str mig_steps_checksum(gen_ctx *ctx, const gen_list *steps)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < steps->count; i++) {
        gen_buf_add_str(&out, mig_step_at(steps, i)->checksum);
        gen_buf_add_char(&out, '\n');
    }
    return mig_digest(ctx, gen_buf_str(&out));
}

/* ------------------------------------------------------------------ steps */

static gen_str trim(gen_str text)
{
    while (text.len > 0 && strchr(" \t\r\n", text.ptr[0]) != NULL) {
        text = gen_str_sub(text, 1, text.len);
    }
    while (text.len > 0 && strchr(" \t\r\n", text.ptr[text.len - 1])
           != NULL) {
        text.len--;
    }
    return text;
}

static gen_pos tok_pos(const reader *r, const gen_token *tok)
{
    return gen_tok_pos(r->file, tok);
}

static gen_str tok_str(const reader *r, const gen_token *tok)
{
    return gen_tok_str(r->file, tok);
}

static mig_step *add_step(reader *r, surreal_step_kind kind, uint32_t line)
{
    mig_step *step = (mig_step *)gen_new(r->ctx, sizeof *step);

    step->kind = kind;
    step->text = step->table = step->index = step->where = gen_str_lit("");
    step->batch = BATCH_ROWS;
    step->line = line;
    r->step = step;
    r->statements = 0;
    r->has_batch = false;
    r->closed = true;
    return step;
}

/* `DEFINE INDEX [...] NAME ON [TABLE] TABLE ... CONCURRENTLY`: the words that
 * the step repeats. */
static bool is_same_index(reader *r, const mig_step *step)
{
    gen_str want[2];
    size_t found = 0;
    bool define = false;
    bool concurrent = false;
    size_t i;

    want[0] = step->index;
    want[1] = step->table;
    for (i = r->first; r->file->tokens[i].off < r->end; i++) {
        const gen_token *tok = &r->file->tokens[i];
        gen_str text = tok_str(r, tok);
        if (gen_tok_is_trivia(tok->kind)) continue;
        if (tok->kind == GEN_TOK_IDENT && gen_word_eq(text, "index")) {
            define = true;
        }
        concurrent = concurrent || (tok->kind == GEN_TOK_IDENT
                                    && gen_word_eq(text, "concurrently"));
        if (tok->kind == GEN_TOK_QUOTED) text = gen_unquote(r->ctx, text);
        if (define && found < 2 && gen_str_eq(text, want[found])) found++;
    }
    return define && concurrent && found == 2;
}

static void check_step(reader *r, const mig_step *step)
{
    const char *word = step->kind == SURREAL_STEP_DATA ? "data"
        : step->kind == SURREAL_STEP_INDEX ? "index" : "tx";
    gen_diag *diag;

    if (r->statements == 0) {
        diag = gen_error(r->ctx, SG812, r->step_pos,
                         "this step has no statement");
        gen_fix(r->ctx, diag, "write one behind it, or take the `-- step:` "
                "out");
        return;
    }
    if (step->kind == SURREAL_STEP_TX) return;
    if (r->statements > 1) {
        diag = gen_error(r->ctx, SG812, r->step_pos, "a step of kind `%s` "
                         "has one statement, this one has %lu", word,
                         (unsigned long)r->statements);
        gen_fix(r->ctx, diag, "give each a step of its own, or put what "
                "belongs together into a `-- step: tx`");
    } else if (step->kind == SURREAL_STEP_DATA && !r->has_batch) {
        diag = gen_error(r->ctx, SG812, r->step_pos, "the statement of a "
                         "data step works on `$batch`, which is not in it");
        gen_fix(r->ctx, diag, "write `UPDATE $batch SET ...`: it holds the "
                "ids of the rows whose turn it is");
    } else if (step->kind == SURREAL_STEP_INDEX && !is_same_index(r, step)) {
        diag = gen_error(r->ctx, SG812, r->step_pos, "an index step is one "
                         "`DEFINE INDEX %s ON %s ... CONCURRENTLY`",
                         gen_clip(r->ctx, step->index),
                         gen_clip(r->ctx, step->table));
        gen_hint(r->ctx, diag, "its statement is not that");
    }
}

static void end_step(reader *r)
{
    mig_step *step = r->step;
    gen_buf text;

    if (step == NULL) return;
    if (r->statements > 0) {
        gen_buf_init(&text, r->ctx);
        gen_buf_add(&text, r->file->text.ptr + step->at, r->end - step->at);
        if (!r->closed) gen_buf_add_char(&text, ';');
        step->text = gen_buf_str(&text);
        step->first = r->step_first;
        step->last = r->last;
        gen_list_push(r->ctx, &r->out->steps, step);
    }
    if (!r->odd) check_step(r, step);
    r->step = NULL;
}

/* ------------------------------------------------------------- statements */

static const char return_ends[] = "the server leaves out the statements behind "
                                  "it, and commits";
static const char loop_fails[] = "it fails, and SurrealDB 3 commits the "
                                 "statements around it all the same";

/* What a step cannot hold, with the reason. */
static const char *why_not(gen_str word)
{
    static const struct {
        const char *word, *why;
    } rows[] = {
        { "begin", "each step is a transaction already" },
        { "commit", "each step is a transaction already" },
        { "cancel", "each step is a transaction already" },
        { "use", "a migration is for the database it runs in" },
        { "option", "`quiet` in the `-- step: data` line does that" },
        { "live", "nobody would hear what it says" },
        { "kill", "there is no live query to end" },
        { "return", return_ends },
        { NULL, NULL }
    };
    size_t i;

    for (i = 0; rows[i].word != NULL; i++) {
        if (gen_word_eq(word, rows[i].word)) return rows[i].why;
    }
    return NULL;
}

/* RETURN ends more than a block: the server leaves out every statement behind
 * the one it stands in, and commits. (Both 2.6 and 3.0; on 3.0 from within any
 * expression, THROW and SELECT included.) BREAK and CONTINUE outside of a loop
 * fail on 3.0, and the statements around them are committed all the same.
 * Statements about rows end such a thing in themselves, as do the bodies of
 * definitions and of closures. */
static bool catches(gen_str word)
{
    static const char *const words[] = {
        "update", "upsert", "create", "insert", "relate", "delete", "define",
        "alter", "remove", NULL
    };

    return gen_word_in(word, words);
}

static bool is_at(const reader *r, const gen_token *tok, const char *text)
{
    return tok != NULL && tok->kind == GEN_TOK_PUNCT
        && gen_str_is(gen_tok_str(r->file, tok), text);
}

static bool is_word(const reader *r, const gen_token *tok, const char *text)
{
    return tok != NULL && tok->kind == GEN_TOK_IDENT
        && gen_word_eq(tok_str(r, tok), text);
}

/* A statement may begin here. */
static bool may_begin(const reader *r)
{
    return r->before == NULL || is_at(r, r->before, "{")
        || is_at(r, r->before, "(") || is_at(r, r->before, ";")
        || is_word(r, r->before, "then") || is_word(r, r->before, "else");
}

static void check_flow(reader *r, const gen_token *tok)
{
    bool is_loop_end = is_word(r, tok, "break") || is_word(r, tok, "continue");
    gen_diag *diag;

    if (r->catches || r->closure > 0 || !may_begin(r)) return;
    if (is_word(r, tok, "for")) r->loop_at = r->depth + 1;
    if (is_loop_end ? r->loop > 0
        : !is_word(r, tok, "return") || r->before == NULL) return;
    diag = gen_error(r->ctx, SG811, tok_pos(r, tok), "`%s` cannot stand here "
                     "in a migration", gen_clip(r->ctx, tok_str(r, tok)));
    gen_hint(r->ctx, diag, "%s", is_loop_end ? loop_fails : return_ends);
    if (is_loop_end) {
        gen_fix(r->ctx, diag, "outside of FOR it ends nothing: IF leaves "
                "statements out, THROW stops the migration");
    } else {
        gen_fix(r->ctx, diag, "a block has the value of its last expression: "
                "write that alone");
    }
}

/* Brackets, and whether a closure begins: `|$v| {` or `|$v| -> int {`; or the
 * body of a FOR. */
static void count_bracket(reader *r, const gen_token *tok)
{
    if (is_at(r, tok, "(") || is_at(r, tok, "[") || is_at(r, tok, "{")) {
        r->depth++;
        if (r->closure == 0 && is_at(r, tok, "{")
            && (is_at(r, r->before, "|") || is_at(r, r->before, "||")
                || is_at(r, r->before2, "->"))) r->closure = r->depth;
        if (r->loop == 0 && is_at(r, tok, "{") && r->loop_at == r->depth) {
            r->loop = r->depth;
        }
    } else if (is_at(r, tok, ")") || is_at(r, tok, "]")
               || is_at(r, tok, "}")) {
        if (r->closure == r->depth) r->closure = 0;
        if (r->loop == r->depth) r->loop = r->loop_at = 0;
        r->depth--;
    }
}

static void begin_statement(reader *r, size_t i)
{
    const gen_token *tok = &r->file->tokens[i];
    gen_str word = tok_str(r, tok);
    gen_diag *diag;
    const char *why;

    r->body = true;
    if (r->step == NULL) {
        add_step(r, SURREAL_STEP_TX, tok->line);
        r->step_pos = tok_pos(r, tok);
    }
    if (r->statements == 0) {
        r->step->at = tok->off;
        r->step->text_line = tok->line;
        r->first = r->step_first = i;
    }
    r->statements++;
    r->open = true;
    r->catches = catches(word);
    r->loop = r->loop_at = 0;
    r->before = r->before2 = NULL;
    r->out->is_empty = false;
    while (r->fresh < r->out->allows.count) {
        mig_allow_at(&r->out->allows, r->fresh++)->line = tok->line;
    }
    why = tok->kind == GEN_TOK_IDENT ? why_not(word) : NULL;
    if (why == NULL) return;
    diag = gen_error(r->ctx, SG811, tok_pos(r, tok), "`%s` cannot stand in a "
                     "migration", gen_clip(r->ctx, word));
    gen_hint(r->ctx, diag, "%s", why);
}

static void check_word(reader *r, const gen_token *tok)
{
    static const char ours[] = "_surrealgen_";
    gen_str text = tok_str(r, tok);
    gen_diag *diag;

    if (tok->kind == GEN_TOK_PARAM && gen_str_is(text, "$batch")) {
        r->has_batch = true;
    }
    if (tok->kind == GEN_TOK_QUOTED) text = gen_unquote(r->ctx, text);
    if (tok->kind != GEN_TOK_IDENT && tok->kind != GEN_TOK_QUOTED) return;
    if (text.len < sizeof ours - 1
        || memcmp(text.ptr, ours, sizeof ours - 1) != 0
        || gen_str_is(text, "_surrealgen_attic")
        || gen_str_is(text, "_surrealgen_cast")) return;
    diag = gen_error(r->ctx, SG811, tok_pos(r, tok), "a migration cannot "
                     "touch `%s`", gen_clip(r->ctx, text));
    gen_hint(r->ctx, diag, "the history of migrations is kept there");
}

/* --------------------------------------------------------- `-- step: ...` */

/* Words of a directive, lexed: names may be quoted. */
typedef struct words {
    gen_file file;
    size_t at;
} words;

static const gen_token *word_now(words *w)
{
    while (gen_tok_is_trivia(w->file.tokens[w->at].kind)) w->at++;
    return &w->file.tokens[w->at];
}

static bool take_name(reader *r, words *w, gen_str *out)
{
    const gen_token *tok = word_now(w);
    gen_str text = gen_tok_str(&w->file, tok);

    if (tok->kind == GEN_TOK_QUOTED) {
        *out = gen_unquote(r->ctx, text);
    } else if (tok->kind == GEN_TOK_IDENT) {
        *out = gen_str_copy(r->ctx, text.ptr, text.len);
    } else {
        return false;
    }
    w->at++;
    return true;
}

static bool take_punct(words *w, const char *text)
{
    const gen_token *tok = word_now(w);

    if (tok->kind != GEN_TOK_PUNCT
        || !gen_str_is(gen_tok_str(&w->file, tok), text)) return false;
    w->at++;
    return true;
}

/* "touch=a,b", "batch=100", "quiet": NULL, or what was wanted. */
static const char *read_option(reader *r, words *w, mig_step *step)
{
    gen_str key = gen_str_lit("");

    if (!take_name(r, w, &key)) return "an option";
    if (step->kind == SURREAL_STEP_DATA && gen_word_eq(key, "quiet")) {
        step->quiet = true;
        return NULL;
    }
    if (step->kind == SURREAL_STEP_DATA && gen_word_eq(key, "batch")) {
        unsigned long rows = 0;
        if (take_punct(w, "=") && word_now(w)->kind == GEN_TOK_INT) {
            rows = strtoul(gen_tok_str(&w->file, word_now(w)).ptr, NULL, 10);
            w->at++;
        }
        step->batch = (unsigned)rows;
        return rows > 0 && rows <= BATCH_MAX
            ? NULL : "`batch=` and a number from 1 to 1000000";
    }
    if (step->kind == SURREAL_STEP_TX && gen_word_eq(key, "touch")) {
        if (!take_punct(w, "=")) return "`touch=` and names of tables";
        do {
            gen_name *name = (gen_name *)gen_new(r->ctx, sizeof *name);
            if (!take_name(r, w, &name->text)) return "a table";
            name->pos = r->step_pos;
            gen_list_push(r->ctx, &step->touch, name);
        } while (take_punct(w, ","));
        return NULL;
    }
    return step->kind == SURREAL_STEP_DATA ? "`batch=N` or `quiet`"
        : step->kind == SURREAL_STEP_TX ? "`touch=TABLE,...`" : "nothing more";
}

static const char *read_step(reader *r, words *w, uint32_t line)
{
    gen_str kind = gen_str_lit("");
    mig_step *step = add_step(r, SURREAL_STEP_TX, line);
    const char *wanted = NULL;

    if (!take_name(r, w, &kind)) kind = gen_str_lit("");
    if (gen_str_is(kind, "data")) {
        step->kind = SURREAL_STEP_DATA;
        if (!take_name(r, w, &step->table)) return "a table behind `data`";
    } else if (gen_str_is(kind, "index")) {
        step->kind = SURREAL_STEP_INDEX;
        if (!take_name(r, w, &step->table)
            || !take_name(r, w, &step->index)) {
            return "a table and an index behind `index`";
        }
    } else if (!gen_str_is(kind, "tx")) {
        return "`tx`, `data TABLE` or `index TABLE NAME`";
    }
    while (wanted == NULL && word_now(w)->kind != GEN_TOK_END) {
        wanted = read_option(r, w, step);
    }
    return wanted;
}

static void note_step(reader *r, const mig_note *note)
{
    const char *wanted;
    gen_diag *diag;
    words w;

    end_step(r);
    if (!r->body) r->fresh = r->out->allows.count;
    memset(&w, 0, sizeof w);
    mig_lex(r->ctx, note->value, &w.file);
    r->step_pos = note->pos;
    r->body = true;
    wanted = read_step(r, &w, note->pos.line);
    r->odd = wanted != NULL;
    if (!r->odd) return;
    diag = gen_error(r->ctx, SG810, note->pos, "expected %s", wanted);
    gen_fix(r->ctx, diag, "a step is `-- step: tx [touch=a,b]`, `-- step: "
            "data TABLE [batch=N] [quiet]` or `-- step: index TABLE NAME`");
}

/* ------------------------------------------------------- other directives */

static void note_where(reader *r, const mig_note *note)
{
    gen_diag *diag;

    if (r->step == NULL || r->step->kind != SURREAL_STEP_DATA) {
        diag = gen_error(r->ctx, SG810, note->pos, "`-- where:` belongs into "
                         "a data step");
        gen_fix(r->ctx, diag, "begin one with `-- step: data TABLE`, or write "
                "WHERE into the statement");
    } else if (r->step->where.len > 0) {
        gen_error(r->ctx, SG810, note->pos, "a step has one `-- where:`");
    } else if (note->value.len == 0) {
        gen_error(r->ctx, SG810, note->pos, "expected a condition behind "
                  "`-- where:`");
    } else {
        gen_str text = note->value;
        while (text.len > 0 && text.ptr[text.len - 1] == ';') text.len--;
        r->step->where = gen_str_copy(r->ctx, text.ptr, text.len);
    }
}

/* `-- sg-allow CODE: reason`: the code is the first word of the value. */
static void note_allow(reader *r, const mig_note *note)
{
    mig_allow *allow = (mig_allow *)gen_new(r->ctx, sizeof *allow);
    gen_str text = note->value;
    gen_code code;
    gen_diag *diag;
    size_t len = 0;

    while (len < text.len && strchr(" \t:", text.ptr[len]) == NULL) len++;
    allow->code = gen_str_copy(r->ctx, text.ptr, len);
    allow->line = 0;
    while (len < text.len && strchr(" \t:", text.ptr[len]) != NULL) len++;
    allow->reason = gen_str_copy(r->ctx, text.ptr + len, text.len - len);
    if (!gen_find_code(allow->code, &code)) {
        diag = gen_error(r->ctx, SG819, note->pos, "there is no code `%s`",
                         gen_clip(r->ctx, allow->code));
        gen_fix(r->ctx, diag, "`surrealgen explain --list` prints them");
    } else if (allow->reason.len == 0) {
        diag = gen_error(r->ctx, SG819, note->pos, "why %s is fine here is "
                         "missing", gen_clip(r->ctx, allow->code));
        gen_fix(r->ctx, diag, "-- sg-allow %s: the reason",
                gen_clip(r->ctx, allow->code));
    }
    gen_list_push(r->ctx, &r->out->allows, allow);
}

/* In the header, and anywhere. */
static const char *const head_keys[] = {
    "surrealgen", "id", "parent", "target", "up", "down", "schema",
    "replaces", NULL
};
static const char *const keys[] = {
    "irreversible", "elidable", "phase", "step", "where", "sg-allow", NULL
};

static bool is_key(const char *const *list, gen_str key)
{
    for (; *list != NULL; list++) {
        if (gen_str_is(key, *list)) return true;
    }
    return false;
}

/* Close to a word of ours, and no word of prose. */
static void check_near(reader *r, gen_str key, gen_pos pos)
{
    static const char *const near_keys[] = {
        "parent", "target", "irreversible", "replaces", "elidable", "phase",
        "step", "where", "sg-allow", "schema", NULL
    };
    gen_guess guess;
    gen_diag *diag;

    if (key.len < 4) return;
    gen_guess_start(&guess, key);
    gen_guess_words(&guess, near_keys);
    if (guess.distance > 1 || is_key(head_keys, key)) return;
    diag = gen_warn(r->ctx, SG821, pos, "`-- %s:` is a remark and does "
                    "nothing", gen_clip(r->ctx, key));
    gen_fix(r->ctx, diag, "write `-- %s:` if that is meant, or the remark "
            "without `:`", guess.best.ptr);
}

/* The key and value of a comment; false when it is a remark. */
static bool read_note(reader *r, const gen_token *tok, mig_note *note)
{
    gen_str text = tok_str(r, tok);
    size_t from = 2;
    size_t to, at;

    if (text.len < 3 || text.ptr[0] != '-') return false;
    while (from < text.len && strchr(" \t", text.ptr[from]) != NULL) from++;
    to = from;
    while (to < text.len && (text.ptr[to] == '-'
           || ((text.ptr[to] | 0x20) >= 'a' && (text.ptr[to] | 0x20) <= 'z')
           )) {
        to++;
    }
    note->key = gen_str_copy(r->ctx, text.ptr + from, to - from);
    note->pos = tok_pos(r, tok);
    note->pos.off += (uint32_t)from;
    note->pos.col += (uint32_t)from;
    note->pos.len = (uint32_t)(to - from);
    r->key_pos = note->pos;
    at = to;
    if (gen_str_is(note->key, "surrealgen")
        || (note->key.len > 3 && memcmp(note->key.ptr, "sg-", 3) == 0)) {
        if (at == text.len || strchr(" \t:", text.ptr[at]) == NULL) {
            return false;
        }
    } else if (at < text.len ? text.ptr[at] != ':'
                             : !gen_str_is(note->key, "elidable")) {
        return false;
    }
    while (at < text.len && strchr(" \t:", text.ptr[at]) != NULL) at++;
    note->value = trim(gen_str_sub(text, at, text.len));
    note->value = gen_str_copy(r->ctx, note->value.ptr, note->value.len);
    if (note->value.len == 0) return true;
    note->pos = tok_pos(r, tok);
    note->pos.off += (uint32_t)at;
    note->pos.col += (uint32_t)at;
    note->pos.len = (uint32_t)note->value.len;
    return true;
}

static void read_comment(reader *r, const gen_token *tok)
{
    mig_note *note = (mig_note *)gen_new(r->ctx, sizeof *note);
    gen_diag *diag;

    if (!read_note(r, tok, note)) return;
    if (!is_key(keys, note->key)
        && (r->body || !is_key(head_keys, note->key))) {
        check_near(r, note->key, r->key_pos);
        return;
    }
    if (gen_str_is(note->key, "surrealgen")
        && (note->value.len < 9
            || memcmp(note->value.ptr, "migration", 9) != 0)) return;
    if (r->open && gen_str_is(note->key, "step")) {
        diag = gen_error(r->ctx, SG1109, note->pos, "a `;` is missing before "
                         "this step");
        gen_hint(r->ctx, diag, "the statement before it is still open");
        return;
    }
    if (gen_str_is(note->key, "step")) {
        note_step(r, note);
    } else if (gen_str_is(note->key, "where")) {
        note_where(r, note);
    } else if (gen_str_is(note->key, "sg-allow")) {
        note_allow(r, note);
    } else if (gen_str_is(note->key, "irreversible")) {
        r->out->irreversible = note->value;
    }
    gen_list_push(r->ctx, &r->out->notes, note);
}

/* ---------------------------------------------------------------- reading */

/* What a merge that was not finished leaves: a line of these. */
bool mig_check_marks(gen_ctx *ctx, const gen_file *file)
{
    static const char *const marks[] = { "<<<<<<< ", ">>>>>>> ", NULL };
    const char *line = file->text.ptr;
    gen_pos pos = { NULL, 0, 7, 1, 1 };
    size_t i;

    pos.file = file;
    while (line != NULL) {
        for (i = 0; marks[i] != NULL; i++) {
            gen_diag *diag;
            if (strncmp(line, marks[i], 8) != 0) continue;
            pos.off = (uint32_t)(line - file->text.ptr);
            diag = gen_error(ctx, SG822, pos, "a merge was not finished "
                             "here");
            gen_fix(ctx, diag, "take one of the two texts; two migrations "
                    "never share a file, so this is an edit of one");
            return false;
        }
        line = strchr(line, '\n');
        if (line != NULL) {
            line++;
            pos.line++;
        }
    }
    return true;
}

static char closer_of(char open)
{
    return open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : '\0';
}

/* Statements are found by their brackets: those must match. */
static bool check_tokens(gen_ctx *ctx, const gen_file *file)
{
    uint32_t open[GEN_MAX_DEPTH];
    size_t depth = 0;
    size_t i;

    for (i = 0; i < file->token_count; i++) {
        const gen_token *tok = &file->tokens[i];
        gen_pos pos = gen_tok_pos(file, tok);
        char c = file->text.ptr[tok->off];
        gen_diag *diag;
        if (tok->kind >= GEN_TOK_BAD_CHAR) {
            gen_tell_bad(ctx, file, tok);
            return false;
        }
        if (tok->kind != GEN_TOK_PUNCT || tok->len != 1) continue;
        if (closer_of(c) != 0) {
            if (depth == GEN_MAX_DEPTH) {
                gen_error(ctx, SG1004, pos, "brackets are nested more than "
                          "%d deep here", GEN_MAX_DEPTH);
                return false;
            }
            open[depth++] = (uint32_t)i;
        } else if (c == ')' || c == ']' || c == '}') {
            const gen_token *last = depth > 0 ? &file->tokens[open[depth - 1]]
                                              : NULL;
            if (last != NULL && closer_of(file->text.ptr[last->off]) == c) {
                depth--;
                continue;
            }
            diag = gen_error(ctx, SG1010, pos, last == NULL
                             ? "this `%c` closes nothing"
                             : "`%c` comes before the bracket is closed", c);
            if (last != NULL) {
                gen_other(ctx, diag, gen_tok_pos(file, last), "this one");
            }
            return false;
        }
    }
    if (depth == 0) return true;
    gen_error(ctx, SG1010, gen_tok_pos(file, &file->tokens[open[depth - 1]]),
              "this `%c` is never closed",
              file->text.ptr[file->tokens[open[depth - 1]].off]);
    return false;
}

/* Without the mark some editors put in front, line ends as LF: what a checkout
 * on another system makes of a file is the same file. */
gen_str mig_settle(gen_ctx *ctx, gen_str text)
{
    gen_str out = { NULL, 0 };
    size_t i = 0;
    char *to;

    if (text.len > 0 && (unsigned char)text.ptr[0] != 0xef
        && text.ptr[text.len] == 0
        && memchr(text.ptr, '\r', text.len) == NULL) return text;
    to = (char *)gen_new(ctx, text.len + 1);
    if (text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0) i = 3;
    for (; i < text.len; i++) {
        if (text.ptr[i] == '\r' && i + 1 < text.len
            && text.ptr[i + 1] == '\n') continue;
        to[out.len++] = text.ptr[i];
    }
    out.ptr = to;
    return out;
}

/* An empty line ends the header. */
static void read_space(reader *r, gen_str text)
{
    size_t lines = 0;
    size_t i;

    for (i = 0; i < text.len; i++) {
        lines += text.ptr[i] == '\n';
    }
    if (lines < 2 || r->body || r->out->notes.count == 0) return;
    r->body = true;
    r->fresh = r->out->allows.count;
}

static void read_tokens(reader *r)
{
    size_t i;

    for (i = 0; i < r->file->token_count; i++) {
        const gen_token *tok = &r->file->tokens[i];
        if (tok->kind == GEN_TOK_END) break;
        if (tok->kind == GEN_TOK_SPACE) read_space(r, tok_str(r, tok));
        if (tok->kind == GEN_TOK_COMMENT && r->depth == 0) {
            read_comment(r, tok);
        }
        if (gen_tok_is_trivia(tok->kind)) continue;
        if (r->depth == 0 && tok->kind == GEN_TOK_PUNCT
            && gen_str_is(tok_str(r, tok), ";")) {
            if (r->open) r->end = tok->off + tok->len;
            if (r->open) r->last = i;
            r->closed = r->closed || r->open;
            r->open = false;
            continue;
        }
        if (!r->open) begin_statement(r, i);
        check_word(r, tok);
        check_flow(r, tok);
        count_bracket(r, tok);
        r->before2 = r->before;
        r->before = tok;
        r->end = tok->off + tok->len;
        r->last = i;
        r->closed = false;
    }
    end_step(r);
}

bool mig_scan_script(gen_ctx *ctx, const char *path, gen_str text,
                     mig_script *out)
{
    size_t before = gen_error_count(ctx);
    gen_file *file;
    reader r;

    memset(out, 0, sizeof *out);
    memset(&r, 0, sizeof r);
    out->path = gen_str_copy(ctx, path, strlen(path));
    out->text = text.len <= GEN_MAX_FILE ? mig_settle(ctx, text) : text;
    out->irreversible = gen_str_lit("");
    out->is_empty = true;
    r.ctx = ctx;
    r.out = out;
    if (!gen_add_beside(ctx, path, out->text, &file)) return false;
    gen_lex(ctx, file);
    out->file = r.file = file;
    if (!mig_check_marks(ctx, file) || !check_tokens(ctx, file)) return false;
    read_tokens(&r);
    return gen_error_count(ctx) == before;
}

bool mig_read_script(gen_ctx *ctx, const char *path, gen_str text,
                     mig_script *out)
{
    bool fine = mig_scan_script(ctx, path, text, out);
    size_t i;

    for (i = 0; i < out->steps.count; i++) {
        mig_step *step = mig_step_at(&out->steps, i);
        step->checksum = step->kind == SURREAL_STEP_TX
            ? mig_checksum_part(ctx, out->file, step->first, step->last + 1)
            : step_checksum(ctx, step);
    }
    return fine;
}
