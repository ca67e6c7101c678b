/* surrealgen/fmt/layout.c: tokens to text, gap by gap.
 *
 * The rules between two tokens are the same everywhere outside expressions:
 * nothing before `,` `;` `:` and closing brackets, one space after `,` and
 * `:`, one around `|`, `=` and `->`; otherwise one space where the author had
 * any. */
#include "fmt.h"

#include <string.h>

/* ------------------------------------------------------------------ gaps */

static char single(const fmt_printer *f, uint32_t i)
{
    const gen_token *tok = &f->file->tokens[i];

    return tok->kind == GEN_TOK_PUNCT && tok->len == 1
        ? f->file->text.ptr[tok->off] : 0;
}

static bool has_space(uint32_t prev, uint32_t i)
{
    return prev + 1 < i;
}

static bool auto_space(const fmt_printer *f, uint32_t prev, uint32_t i)
{
    char a = single(f, prev);
    char b = single(f, i);
    bool space = has_space(prev, i);

    if (b == ',' || b == ';' || b == ')' || b == ']') return false;
    if (a == '(' || a == '[') return false;
    if (b == '>' && a != '-' && a != '|') return false;
    if (a == '<') return b == '-' || b == '|' || b == '~' || b == '=';
    if (b == '<') return space && f->file->tokens[prev].kind != GEN_TOK_IDENT;
    if (b == ':' && a != ':' && a != '?') return false;
    if (a == ',' || a == ':' || a == '|' || a == '=') return true;
    if (b == '|' || b == '=' || b == '{' || a == '{' || b == '}') return true;
    if (b == '@') return true;
    return space;
}

/* White space and comments as they are, blanks at line ends aside. */
static void put_kept(fmt_printer *f, gen_buf *out, uint32_t prev, uint32_t i)
{
    for (prev++; prev < i; prev++) {
        const gen_token *tok = &f->file->tokens[prev];
        const char *text = f->file->text.ptr + tok->off;
        uint32_t from = 0;
        uint32_t k;
        if (tok->kind != GEN_TOK_SPACE) {
            gen_buf_add_str(out, fmt_comment(f->file, tok));
            continue;
        }
        for (k = 0; k < tok->len; k++) {
            if (text[k] != '\n') continue;
            gen_buf_add_text(out, f->nl);
            from = k + 1;
        }
        gen_buf_add(out, text + from, tok->len - from);
    }
}

/* Comments within a statement stay between the tokens they stood between. */
static bool put_inside(fmt_printer *f, gen_buf *out, uint32_t prev,
                       uint32_t i, const char *indent)
{
    bool line = false;
    bool any = false;
    uint32_t k;

    for (k = prev + 1; k < i; k++) {
        const gen_token *tok = &f->file->tokens[k];
        if (tok->kind == GEN_TOK_SPACE) {
            line = line || (fmt_newlines(f->file, tok) > 0);
            continue;
        }
        if (line) {
            gen_buf_add_fmt(out, "%s%s", f->nl, indent);
        } else {
            gen_buf_add_char(out, ' ');
        }
        gen_buf_add_str(out, fmt_comment(f->file, tok));
        any = true;
        line = fmt_is_line_comment(f->file, tok);
    }
    if (!any) return false;
    if (line) {
        gen_buf_add_fmt(out, "%s%s", f->nl, indent);
    } else {
        gen_buf_add_char(out, ' ');
    }
    return true;
}

static bool breaks(const fmt_printer *f, uint32_t prev, uint32_t i)
{
    for (prev++; prev < i; prev++) {
        if (fmt_newlines(f->file, &f->file->tokens[prev]) > 0) return true;
    }
    return false;
}

static void put_gap(fmt_printer *f, gen_buf *out, uint32_t prev, uint32_t i,
                    const char *indent)
{
    fmt_gap gap = (fmt_gap)f->marks[i].gap;

    if (gap == FMT_KEEP) {
        put_kept(f, out, prev, i);
        return;
    }
    if (put_inside(f, out, prev, i, indent)) return;
    if (gap >= FMT_CLAUSE && breaks(f, prev, i)) {
        gen_buf_add_text(out, f->nl);
        if (gap != FMT_MARGIN) gen_buf_add_text(out, indent);
        if (gap == FMT_RULE) {
            gen_buf_add_text(out, f->file->is_sg ? "  " : "    ");
        }
    } else if (gap == FMT_SPACE || gap >= FMT_CLAUSE
               || (gap == FMT_AUTO && auto_space(f, prev, i))) {
        gen_buf_add_char(out, ' ');
    }
}

static void put_token(fmt_printer *f, gen_buf *out, uint32_t i)
{
    gen_str text = gen_tok_str(f->file, &f->file->tokens[i]);
    size_t k;

    for (k = 0; k < text.len; k++) {
        char c = text.ptr[k];
        if (f->marks[i].kase == FMT_LOWER && c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        } else if (f->marks[i].kase == FMT_UPPER && c >= 'a' && c <= 'z') {
            c = (char)(c - 'a' + 'A');
        }
        gen_buf_add_char(out, c);
    }
}

void fmt_range(fmt_printer *f, gen_buf *out, uint32_t from, uint32_t to,
               const char *indent)
{
    uint32_t prev = UINT32_MAX;
    uint32_t i;

    for (i = from; i < to; i++) {
        if (gen_tok_is_trivia(f->file->tokens[i].kind)) continue;
        if (prev != UINT32_MAX) put_gap(f, out, prev, i, indent);
        put_token(f, out, i);
        prev = i;
    }
}

/* ----------------------------------------------------------------- comments */

void fmt_lead(fmt_printer *f, uint32_t from, uint32_t to, const char *indent,
              bool first)
{
    unsigned lines = 0;

    for (; from < to; from++) {
        const gen_token *tok = &f->file->tokens[from];
        if (tok->kind == GEN_TOK_SPACE) {
            lines += fmt_newlines(f->file, tok);
            continue;
        }
        if (lines > 1 && !first) gen_buf_add_text(f->out, f->nl);
        first = false;
        lines = 0;
        gen_buf_add_text(f->out, indent);
        gen_buf_add_str(f->out, fmt_comment(f->file, tok));
        gen_buf_add_text(f->out, f->nl);
    }
    if (lines > 1 && !first) gen_buf_add_text(f->out, f->nl);
}

void fmt_tail(fmt_printer *f, const fmt_stmt *stmt)
{
    uint32_t i;
    bool first = true;

    for (i = stmt->end; i < stmt->tail; i++) {
        const gen_token *tok = &f->file->tokens[i];
        if (tok->kind == GEN_TOK_SPACE) continue;
        gen_buf_add_text(f->out, first ? "  " : " ");
        first = false;
        gen_buf_add_str(f->out, fmt_comment(f->file, tok));
    }
    gen_buf_add_text(f->out, f->nl);
}
