/* surrealgen/fmt/fmt.c: one layout for schema files.
 *
 * The file's own tokens are printed again with other white space between
 * them, so nothing is ever lost. What the layout is: docs/formatting.md. The
 * result is cut into tokens once more and compared; if one differs by more
 * than the letter case of a keyword, the result is not to be used. */
#include "fmt.h"

#include <string.h>

static bool same_folded(gen_str a, gen_str b)
{
    size_t i;

    if (a.len != b.len) return false;
    for (i = 0; i < a.len; i++) {
        char x = a.ptr[i];
        char y = b.ptr[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x | 32);
        if (y >= 'A' && y <= 'Z') y = (char)(y | 32);
        if (x != y) return false;
    }
    return true;
}

static bool skipped(const gen_file *file, uint32_t i)
{
    return file->tokens[i].kind == GEN_TOK_SPACE;
}

/* The token of both, comments included, that differs first; END when none
 * does. */
static const gen_token *difference(const fmt_printer *f, const gen_file *now)
{
    const gen_file *was = f->file;
    uint32_t i = 0;
    uint32_t k = 0;

    for (;; i++, k++) {
        const gen_token *a;
        const gen_token *b;
        bool same;
        while (skipped(was, i)) i++;
        while (skipped(now, k)) k++;
        a = &was->tokens[i];
        b = &now->tokens[k];
        if (gen_tok_is_trivia(a->kind)) {
            same = a->kind == b->kind && gen_str_eq(fmt_comment(was, a),
                                                    fmt_comment(now, b));
        } else if (f->marks[i].kase != FMT_AS_IS) {
            same = a->kind == b->kind && same_folded(gen_tok_str(was, a),
                                                     gen_tok_str(now, b));
        } else {
            same = a->kind == b->kind && gen_str_eq(gen_tok_str(was, a),
                                                    gen_tok_str(now, b));
        }
        if (!same || a->kind == GEN_TOK_END) return a;
    }
}

static bool check_tokens(fmt_printer *f)
{
    gen_file *now = (gen_file *)gen_new(f->ctx, sizeof *now);

    *now = *f->file;
    now->text = gen_buf_str(f->out);
    gen_lex(f->ctx, now);
    return difference(f, now)->kind == GEN_TOK_END;
}

static void put_statement(fmt_printer *f, const fmt_stmt *stmt)
{
    if (f->file->is_sg) {
        fmt_item(f, stmt);
        return;
    }
    fmt_at(f, stmt->begin);
    if (gen_at_word(&f->p, "define")) {
        fmt_define(f, stmt->end);
    } else {
        fmt_keep(f, stmt->begin + 1, stmt->end);
    }
    fmt_range(f, f->out, stmt->begin, stmt->end, "    ");
    fmt_tail(f, stmt);
}

bool gen_fmt(gen_ctx *ctx, const gen_file *file, gen_buf *out)
{
    static const char bom[] = "\xef\xbb\xbf";
    gen_list stmts = { NULL, 0, 0 };
    fmt_printer f;
    uint32_t rest;
    size_t i;

    memset(&f, 0, sizeof f);
    f.ctx = ctx;
    f.file = (gen_file *)(uintptr_t)file;
    f.out = out;
    f.nl = fmt_line_end(file);
    f.marks = (fmt_mark *)gen_new(ctx, file->token_count * sizeof *f.marks);
    gen_parser_init(&f.p, ctx, f.file);
    out->len = 0;
    if (file->text.len >= 3 && memcmp(file->text.ptr, bom, 3) == 0) {
        gen_buf_add_text(out, bom);
    }
    rest = fmt_split(ctx, file, &stmts);
    for (i = 0; i < stmts.count; i++) {
        const fmt_stmt *stmt = fmt_stmt_at(&stmts, i);
        fmt_lead(&f, stmt->lead, stmt->begin, "", i == 0);
        put_statement(&f, stmt);
    }
    i = out->len;
    fmt_lead(&f, rest, (uint32_t)file->token_count - 1, "",
             stmts.count == 0);
    /* No empty line at the end of the file. */
    if (out->len == i + strlen(f.nl) && stmts.count > 0) out->len = i;
    while (out->len > i && stmts.count > 0 && out->len >= 2 * strlen(f.nl)
           && memcmp(out->ptr + out->len - strlen(f.nl), f.nl,
                     strlen(f.nl)) == 0
           && memcmp(out->ptr + out->len - 2 * strlen(f.nl), f.nl,
                     strlen(f.nl)) == 0) {
        out->len -= strlen(f.nl);
    }
    out->ptr[out->len] = 0;
    return check_tokens(&f);
}
