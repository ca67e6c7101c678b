/* surrealgen/schema/cursor.c: walking the tokens, and expressions.
 *
 * Expressions are not parsed. An expression is scanned from its first token
 * to the `;`, or to a clause word standing where an operator would stand:
 * `value` is a column after `=` and a clause after `)`. Brackets are matched
 * with a fixed stack, so no input makes the program recurse. */
#include "front.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FAIL_TEXT = 512, RAN_OFF_MAX = 8 };

gen_str gen_tok_str(const gen_file *file, const gen_token *tok)
{
    return gen_str_sub(file->text, tok->off, tok->off + tok->len);
}

gen_pos gen_tok_pos(const gen_file *file, const gen_token *tok)
{
    gen_pos pos;

    pos.file = file;
    pos.off = tok->off;
    pos.len = tok->len;
    pos.line = tok->line;
    pos.col = tok->col;
    return pos;
}

bool gen_tok_is_trivia(gen_tok kind)
{
    return kind == GEN_TOK_SPACE || kind == GEN_TOK_COMMENT
        || kind == GEN_TOK_DOC || kind == GEN_TOK_FILE_DOC;
}

const gen_token *gen_now(const gen_parser *p)
{
    return &p->tokens[p->at];
}

const gen_token *gen_peek(const gen_parser *p, unsigned n)
{
    uint32_t i = p->at;

    while (n > 0 && p->tokens[i].kind != GEN_TOK_END) {
        i++;
        n -= !gen_tok_is_trivia(p->tokens[i].kind);
    }
    return &p->tokens[i];
}

gen_str gen_text(const gen_parser *p)
{
    return gen_tok_str(p->file, gen_now(p));
}

/* Nothing can be shown at the end of the file: the last token is. */
gen_pos gen_here(const gen_parser *p)
{
    const gen_token *tok = gen_now(p);

    if (tok->kind == GEN_TOK_END && p->prev < p->at) {
        tok = &p->tokens[p->prev];
    }
    return gen_tok_pos(p->file, tok);
}

/* From token `first` to the last one taken. */
gen_pos gen_pos_from(const gen_parser *p, uint32_t first)
{
    gen_pos pos = gen_tok_pos(p->file, &p->tokens[first]);

    if (p->prev >= first && p->prev < p->at) {
        const gen_token *last = &p->tokens[p->prev];
        pos.len = last->off + last->len - pos.off;
    }
    return pos;
}

gen_str gen_slice(const gen_parser *p, uint32_t first)
{
    gen_pos pos = gen_pos_from(p, first);

    return gen_str_copy(p->ctx, p->file->text.ptr + pos.off, pos.len);
}

bool gen_at_end(const gen_parser *p)
{
    return gen_now(p)->kind == GEN_TOK_END;
}

/* A parser tries one word after the other: most differ in the first letter,
 * which in a word of ours is one. */
bool gen_at_word(const gen_parser *p, const char *word)
{
    const gen_token *tok = gen_now(p);

    return tok->kind == GEN_TOK_IDENT
        && (p->file->text.ptr[tok->off] | 0x20) == *word
        && gen_word_eq(gen_text(p), word);
}

bool gen_at_punct(const gen_parser *p, const char *text)
{
    return gen_now(p)->kind == GEN_TOK_PUNCT
        && gen_str_is(gen_text(p), text);
}

/* ------------------------------------------------------------ complaining */

gen_diag *gen_fail(gen_parser *p, gen_code code, gen_pos pos,
                   const char *fmt, ...)
{
    char text[FAIL_TEXT];
    va_list args;

    if (p->failed) return &p->ctx->muted;
    p->failed = true;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return gen_error(p->ctx, code, pos, "%s", text);
}

gen_diag *gen_expected(gen_parser *p, const char *what)
{
    gen_diag *diag;

    diag = gen_fail(p, SG1101, gen_here(p), "expected %s", what);
    if (gen_at_end(p)) {
        gen_hint(p->ctx, diag, "the file ends after this");
    }
    return diag;
}

/* The lexer makes tokens of everything; here the broken ones are told. */
void gen_tell_bad(gen_ctx *ctx, const gen_file *file, const gen_token *tok)
{
    gen_pos pos = gen_tok_pos(file, tok);
    gen_str text = gen_tok_str(file, tok);
    gen_diag *diag;

    if (tok->kind == GEN_TOK_BAD_CHAR) {
        diag = gen_error(ctx, SG1005, pos, "this character means nothing "
                         "here");
        if ((unsigned char)text.ptr[0] >= 0x80) {
            gen_fix(ctx, diag, "back-quote a name with letters beyond "
                    "ASCII: `...`");
        }
        return;
    }
    /* The rest of the file is inside: mark where it opened. */
    pos.len = tok->kind == GEN_TOK_BAD_COMMENT ? 2 : 1;
    if (tok->kind == GEN_TOK_BAD_STRING) {
        pos.len += text.ptr[0] != '\'' && text.ptr[0] != '"';
        gen_error(ctx, SG1006, pos, "this string is never closed");
    } else if (tok->kind == GEN_TOK_BAD_COMMENT) {
        gen_error(ctx, SG1007, pos, "this comment is never closed");
    } else if (tok->kind == GEN_TOK_BAD_NAME) {
        gen_error(ctx, SG1008, pos, "this quoted name is never closed");
    } else {
        gen_error(ctx, SG1009, pos, "this script is never closed");
    }
}

static void check_bad(gen_parser *p)
{
    const gen_token *tok = gen_now(p);

    if (tok->kind < GEN_TOK_BAD_CHAR || p->told > p->at) return;
    p->told = p->at + 1;
    if (p->failed) return;
    p->failed = true;
    gen_tell_bad(p->ctx, p->file, tok);
}

static void skip_trivia(gen_parser *p)
{
    while (gen_tok_is_trivia(gen_now(p)->kind)) {
        p->at++;
    }
    check_bad(p);
}

void gen_parser_init(gen_parser *p, gen_ctx *ctx, gen_file *file)
{
    memset(p, 0, sizeof *p);
    p->ctx = ctx;
    p->file = file;
    p->tokens = file->tokens;
    while (gen_tok_is_trivia(gen_now(p)->kind)) {
        p->at++;
    }
}

void gen_next(gen_parser *p)
{
    if (gen_at_end(p)) return;
    p->prev = p->at;
    p->at++;
    skip_trivia(p);
}

bool gen_take_word(gen_parser *p, const char *word)
{
    if (!gen_at_word(p, word)) return false;
    gen_next(p);
    return true;
}

bool gen_take_punct(gen_parser *p, const char *text)
{
    if (!gen_at_punct(p, text)) return false;
    gen_next(p);
    return true;
}

bool gen_want_punct(gen_parser *p, const char *text, const char *where)
{
    gen_diag *diag;

    if (gen_take_punct(p, text)) return true;
    diag = gen_fail(p, SG1101, gen_here(p), "expected `%s` %s", text, where);
    if (gen_at_end(p)) {
        gen_hint(p->ctx, diag, "the file ends after this");
    }
    return false;
}

/* ------------------------------------------------------- statements, ends */

void gen_start(gen_parser *p)
{
    p->begin = p->at;
    p->failed = false;
    p->recovered = false;
    p->keep_raw = false;
    p->unknown = false;
    p->stop_brace = false;
    p->query = NULL;
    p->resume = 0;
    p->depth = 0;
    p->type_parts = 0;
    check_bad(p);
}

void gen_close_extent(gen_parser *p)
{
    gen_extent *extent = (gen_extent *)gen_new(p->ctx, sizeof *extent);

    extent->begin = p->begin;
    extent->end = p->at;
    extent->reported = p->failed;
    gen_list_push(p->ctx, &p->file->extents, extent);
}

/* Whether an .sg item goes on behind one of its `}`: a query has a shape, a
 * body and `result`, a view `as`. */
static bool goes_on(const gen_parser *p, uint32_t i)
{
    uint32_t line = p->tokens[i - 1].line;
    gen_str text;

    while (gen_tok_is_trivia(p->tokens[i].kind)) {
        i++;
    }
    text = gen_tok_str(p->file, &p->tokens[i]);
    if (p->tokens[i].kind == GEN_TOK_IDENT) {
        return gen_word_eq(text, "result") || gen_word_eq(text, "as");
    }
    /* An attribute on a line of its own is the next item's. */
    if (gen_str_is(text, "@")) return p->tokens[i].line == line;
    return gen_str_is(text, "{") || gen_str_is(text, ";");
}

/* Goes on after the statement that failed: behind its `;` or, in a block,
 * before the `}` that closes the block. Round brackets are not counted, the
 * failure may be one of them. A DEFINE in the column where the statement
 * began is taken for the next one. */
void gen_recover(gen_parser *p)
{
    uint32_t col = p->tokens[p->begin].col;
    uint32_t i = p->begin;
    size_t braces = 0;

    if (p->resume > p->begin) { /* only a `;` is missing */
        p->at = p->resume;
        return;
    }
    for (;; i++) {
        const gen_token *tok = &p->tokens[i];
        gen_str text = gen_tok_str(p->file, tok);
        bool punct = tok->kind == GEN_TOK_PUNCT;
        if (tok->kind == GEN_TOK_END) break;
        if (punct && gen_str_is(text, "{")) {
            braces++;
        } else if (punct && gen_str_is(text, "}")) {
            if (braces == 0 && p->in_block && i >= p->at) break;
            braces -= braces > 0;
            if (braces == 0 && p->file->is_sg && !p->in_block
                && i >= p->at && !goes_on(p, i + 1)) {
                i++;
                break;
            }
        } else if (i >= p->at && braces == 0 && punct
                   && gen_str_is(text, ";")) {
            i++;
            break;
        } else if (i >= p->at && i > p->begin && tok->kind == GEN_TOK_IDENT
                   && tok->col == col && gen_word_eq(text, "define")) {
            break;
        }
    }
    if (i > p->at) {
        p->prev = p->at;
        p->at = i;
    }
    if (p->ran_off > RAN_OFF_MAX) {
        while (!gen_at_end(p)) {
            p->at++;
        }
    }
    skip_trivia(p);
}

/* ------------------------------------------------------------ expressions */

static char opener(const gen_parser *p)
{
    gen_str text = gen_text(p);

    if (gen_now(p)->kind != GEN_TOK_PUNCT || text.len != 1) return 0;
    return text.ptr[0] == '(' || text.ptr[0] == '[' || text.ptr[0] == '{'
        ? text.ptr[0] : 0;
}

static char closer(const gen_parser *p)
{
    gen_str text = gen_text(p);

    if (gen_now(p)->kind != GEN_TOK_PUNCT || text.len != 1) return 0;
    if (text.ptr[0] == ')') return '(';
    if (text.ptr[0] == ']') return '[';
    return text.ptr[0] == '}' ? '{' : 0;
}

static bool group_mismatch(gen_parser *p, uint32_t open)
{
    gen_pos pos = gen_tok_pos(p->file, &p->tokens[open]);
    gen_str text = gen_tok_str(p->file, &p->tokens[open]);
    gen_diag *diag;

    if (gen_at_end(p)) {
        p->ran_off++;
        gen_fail(p, SG1010, pos, "this `%s` is never closed", text.ptr[0]
                 == '{' ? "{" : text.ptr[0] == '[' ? "[" : "(");
        return false;
    }
    diag = gen_fail(p, SG1010, gen_here(p), "`%.1s` comes before the bracket "
                    "is closed", gen_text(p).ptr);
    gen_other(p->ctx, diag, pos, "this one");
    return false;
}

/* From an opening bracket to behind the one that closes it. */
bool gen_skip_group(gen_parser *p)
{
    uint32_t open[GEN_MAX_DEPTH];
    unsigned depth = 0;

    do {
        char want = closer(p);
        if (gen_now(p)->kind >= GEN_TOK_BAD_CHAR) {
            gen_next(p);
            return false;
        }
        if (opener(p) != 0) {
            if (depth == GEN_MAX_DEPTH) {
                gen_fail(p, SG1004, gen_here(p), "brackets are nested more "
                         "than %d deep here", GEN_MAX_DEPTH);
                return false;
            }
            open[depth++] = p->at;
        } else if (gen_at_end(p)) {
            return group_mismatch(p, open[depth - 1]);
        } else if (want != 0 || gen_at_punct(p, ";")) {
            char top = p->file->text.ptr[p->tokens[open[depth - 1]].off];
            if (want != 0 ? want != top : top != '{') {
                return group_mismatch(p, open[depth - 1]);
            }
            depth -= want != 0;
        }
        gen_next(p);
    } while (depth > 0);
    return true;
}

/* Whether an operand is wanted after the current token, given that one was
 * (or was not) wanted before it. */
static bool want_after(const gen_parser *p, bool want)
{
    gen_str text = gen_text(p);
    gen_str before = p->prev < p->at ? gen_tok_str(p->file,
                                                   &p->tokens[p->prev])
        : gen_str_lit("");

    if (gen_now(p)->kind == GEN_TOK_PUNCT) {
        return !(want && gen_str_is(text, "*"));
    }
    if (gen_now(p)->kind != GEN_TOK_IDENT) return false;
    if (!want) return gen_word_is_infix(text);
    /* Here a column's name, as SurrealDB 2 prints it: GROUP BY from. */
    if (gen_word_eq(before, "by")) return false;
    if (gen_word_is_prefix(text)) return true;
    return gen_word_eq(text, "value") && gen_word_eq(before, "select");
}

bool gen_scan_expr(gen_parser *p, const char *const *stops, bool commas,
                   gen_clause *out)
{
    uint32_t first = p->at;
    bool want = true;

    while (!p->failed && !gen_at_end(p) && !gen_at_punct(p, ";")) {
        if (closer(p) != 0) break;
        if (p->stop_brace && !want && gen_at_punct(p, "{")) break;
        if (opener(p) != 0) {
            gen_skip_group(p);
            want = false;
            continue;
        }
        if (commas && gen_at_punct(p, ",")) break;
        if (!want && gen_now(p)->kind == GEN_TOK_IDENT) {
            if (gen_word_in(gen_text(p), stops)) break;
            if (gen_missing_semicolon(p)) return false;
        }
        want = want_after(p, want);
        gen_next(p);
    }
    if (p->failed) return false;
    if (p->at == first) {
        gen_expected(p, "an expression");
        return false;
    }
    out->present = true;
    out->pos = gen_pos_from(p, first);
    out->text = gen_slice(p, first);
    return true;
}

/* A clause whose word was just taken. */
bool gen_take_clause(gen_parser *p, const char *const *stops,
                     gen_clause *out)
{
    if (!gen_clause_once(p, out->present, out->pos)) return false;
    return gen_scan_expr(p, stops, false, out);
}

bool gen_clause_once(gen_parser *p, bool already, gen_pos first)
{
    gen_pos pos = gen_tok_pos(p->file, &p->tokens[p->prev]);
    gen_diag *diag;

    if (!already) return true;
    diag = gen_fail(p, SG1105, pos, "`%s` is given twice", gen_clip(p->ctx,
                    gen_tok_str(p->file, &p->tokens[p->prev])));
    if (first.file != NULL) {
        gen_other(p->ctx, diag, first, "first here");
    }
    return false;
}

/* Words of a clause that is kept as it is, in upper case, one space apart:
 * everything up to a stop word, `;` or a closing bracket. */
gen_str gen_words_until(gen_parser *p, const char *const *stops)
{
    gen_buf buf;

    gen_buf_init(&buf, p->ctx);
    while (!p->failed && !gen_at_end(p) && !gen_at_punct(p, ";")
           && !gen_at_punct(p, "}") && !gen_at_punct(p, "@")) {
        gen_str text = gen_text(p);
        size_t i;
        if (gen_now(p)->kind == GEN_TOK_IDENT && gen_word_in(text, stops)) {
            break;
        }
        if (gen_missing_semicolon(p)) break;
        if (buf.len > 0 && !gen_at_punct(p, "(") && !gen_at_punct(p, ")")
            && !gen_at_punct(p, ",") && buf.ptr[buf.len - 1] != '(') {
            gen_buf_add_char(&buf, ' ');
        }
        for (i = 0; i < text.len; i++) {
            char c = text.ptr[i];
            bool lower = gen_now(p)->kind == GEN_TOK_IDENT && c >= 'a'
                && c <= 'z';
            gen_buf_add_char(&buf, lower ? (char)(c - 'a' + 'A') : c);
        }
        gen_next(p);
    }
    return gen_buf_str(&buf);
}
