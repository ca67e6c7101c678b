/* surrealgen/fmt/split.c: a file's tokens as statements.
 *
 * Only brackets and the first word of an item are looked at, so that this
 * works on any tokens. A statement ends at a `;` outside of brackets; an item
 * of a .sg file that is a block ends at the `}` after which nothing of it can
 * follow. A comment on the line where a statement ends belongs to it, unless
 * the next statement starts on that line too. */
#include "fmt.h"

#include <string.h>

fmt_stmt *fmt_stmt_at(const gen_list *list, size_t i)
{
    return i < list->count ? (fmt_stmt *)list->at[i] : NULL;
}

/* Looked for between tokens and behind line comments alone, where the result
 * has the same everywhere: a string keeps its own. */
const char *fmt_line_end(const gen_file *file)
{
    size_t i;
    uint32_t k;

    for (i = 0; i < file->token_count; i++) {
        const gen_token *tok = &file->tokens[i];
        const char *text = file->text.ptr + tok->off;
        if (tok->kind == GEN_TOK_SPACE) {
            for (k = 0; k + 1 < tok->len; k++) {
                if (text[k] == '\r' && text[k + 1] == '\n') return "\r\n";
            }
        } else if (fmt_is_line_comment(file, tok) && text[tok->len - 1]
                   == '\r') {
            return "\r\n";
        }
    }
    return "\n";
}

unsigned fmt_newlines(const gen_file *file, const gen_token *tok)
{
    unsigned count = 0;
    size_t i;

    if (tok->kind != GEN_TOK_SPACE) return 0;
    for (i = 0; i < tok->len; i++) {
        count += file->text.ptr[tok->off + i] == '\n';
    }
    return count;
}

gen_str fmt_comment(const gen_file *file, const gen_token *tok)
{
    gen_str text = gen_tok_str(file, tok);

    while (text.len > 0 && strchr(" \t\r\f\v", text.ptr[text.len - 1])
           != NULL) {
        text.len--;
    }
    return text;
}

bool fmt_is_line_comment(const gen_file *file, const gen_token *tok)
{
    gen_str text = gen_tok_str(file, tok);

    return gen_tok_is_trivia(tok->kind) && tok->kind != GEN_TOK_SPACE
        && !(text.len > 1 && text.ptr[0] == '/' && text.ptr[1] == '*');
}

bool fmt_is_annotation(const gen_file *file, const gen_token *tok)
{
    gen_str text = gen_tok_str(file, tok);
    size_t k = 2;

    if (file->is_sg || tok->kind != GEN_TOK_COMMENT || text.ptr[0] != '-') {
        return false;
    }
    while (k < text.len && (text.ptr[k] == ' ' || text.ptr[k] == '\t')) {
        k++;
    }
    return k + 1 < text.len && text.ptr[k] == '@'
        && (text.ptr[k + 1] | 32) >= 'a' && (text.ptr[k + 1] | 32) <= 'z';
}

/* --------------------------------------------------------------- splitting */

static uint32_t skip_trivia(const gen_file *file, uint32_t i)
{
    while (gen_tok_is_trivia(file->tokens[i].kind)) {
        i++;
    }
    return i;
}

static bool is_punct(const gen_file *file, uint32_t i, char c)
{
    const gen_token *tok = &file->tokens[i];

    return tok->kind == GEN_TOK_PUNCT && tok->len == 1
        && file->text.ptr[tok->off] == c;
}

/* Past the attributes that begin at i. */
static uint32_t skip_attrs(const gen_file *file, uint32_t i)
{
    while (is_punct(file, i, '@')) {
        i = skip_trivia(file, i + 1);
        if (file->tokens[i].kind == GEN_TOK_END) break;
        i = skip_trivia(file, i + 1);
        if (!is_punct(file, i, '(')) continue;
        while (file->tokens[i].kind != GEN_TOK_END
               && !is_punct(file, i, ')')) {
            i++;
        }
        if (file->tokens[i].kind != GEN_TOK_END) {
            i = skip_trivia(file, i + 1);
        }
    }
    return i;
}

/* Items of .sg files that need no `;`. */
static bool is_block(const gen_file *file, uint32_t i)
{
    static const char *const words[] = {
        "enum", "struct", "mixin", "model", "edge", "access", "function",
        "query", NULL
    };
    i = skip_attrs(file, i);
    return file->is_sg && file->tokens[i].kind == GEN_TOK_IDENT
        && gen_word_in(gen_tok_str(file, &file->tokens[i]), words);
}

/* After the `}` before i the same item goes on. */
static bool goes_on(const gen_file *file, uint32_t i)
{
    static const char *const words[] = {
        "permissions", "comment", "result", NULL
    };
    if (is_punct(file, i, '@')) {
        return is_punct(file, skip_attrs(file, i), '{');
    }
    return is_punct(file, i, '{') || is_punct(file, i, ',')
        || is_punct(file, i, ')') || is_punct(file, i, '|')
        || is_punct(file, i, '>') || is_punct(file, i, ';')
        || (file->tokens[i].kind == GEN_TOK_IDENT
            && gen_word_in(gen_tok_str(file, &file->tokens[i]), words));
}

/* The token after the statement that begins at i. */
static uint32_t statement_end(const gen_file *file, uint32_t i)
{
    bool block = is_block(file, i);
    size_t depth = 0;
    uint32_t end = i;

    while (file->tokens[i].kind != GEN_TOK_END) {
        if (is_punct(file, i, '(') || is_punct(file, i, '[')
            || is_punct(file, i, '{')) {
            depth++;
        } else if (is_punct(file, i, ')') || is_punct(file, i, ']')
                   || is_punct(file, i, '}')) {
            depth -= depth > 0;
            if (block && depth == 0 && is_punct(file, i, '}')
                && !goes_on(file, skip_trivia(file, i + 1))) return i + 1;
        }
        end = i + 1;
        if (depth == 0 && is_punct(file, i, ';')) {
            uint32_t next = skip_trivia(file, i + 1);
            if (!is_punct(file, next, ';')) return end;
        }
        i = skip_trivia(file, i + 1);
    }
    return end;
}

uint32_t fmt_trailing_end(const gen_file *file, uint32_t i)
{
    uint32_t start = i;
    uint32_t tail = i;

    for (; gen_tok_is_trivia(file->tokens[i].kind); i++) {
        const gen_token *tok = &file->tokens[i];
        if (tok->kind == GEN_TOK_SPACE) {
            if (fmt_newlines(file, tok) > 0) return tail;
        } else if (tok->kind != GEN_TOK_COMMENT
                   || memchr(file->text.ptr + tok->off, '\n', tok->len)
                   != NULL) {
            return tail;
        } else {
            tail = i + 1;
            if (fmt_is_line_comment(file, tok)) return tail;
        }
    }
    return file->tokens[i].kind == GEN_TOK_END ? tail : start;
}

uint32_t fmt_split(gen_ctx *ctx, const gen_file *file, gen_list *stmts)
{
    uint32_t lead = 0;

    for (;;) {
        uint32_t begin = skip_trivia(file, lead);
        uint32_t tail;
        fmt_stmt *stmt;
        if (file->tokens[begin].kind == GEN_TOK_END) return lead;
        stmt = (fmt_stmt *)gen_new(ctx, sizeof *stmt);
        stmt->lead = lead;
        stmt->begin = begin;
        stmt->end = statement_end(file, begin);
        tail = fmt_trailing_end(file, stmt->end);
        stmt->tail = tail > stmt->end ? tail : stmt->end;
        gen_list_push(ctx, stmts, stmt);
        lead = stmt->tail;
    }
}

uint32_t fmt_split_block(gen_ctx *ctx, const gen_file *file, uint32_t from,
                         uint32_t to, char mark, gen_list *stmts)
{
    for (;;) {
        uint32_t begin = skip_trivia(file, from);
        size_t depth = 0;
        uint32_t i = begin;
        uint32_t end = begin;
        fmt_stmt *stmt;
        if (begin >= to) return from;
        for (; i < to; i = skip_trivia(file, i + 1)) {
            end = i + 1;
            if (is_punct(file, i, '(') || is_punct(file, i, '[')
                || is_punct(file, i, '{')) {
                depth++;
            } else if (is_punct(file, i, ')') || is_punct(file, i, ']')
                       || is_punct(file, i, '}')) {
                depth -= depth > 0;
            }
            if (depth == 0 && is_punct(file, i, mark)) break;
            if (depth == 0 && is_punct(file, i, '}')
                && gen_word_eq(gen_tok_str(file, &file->tokens[begin]),
                               "authenticate")
                && !is_punct(file, skip_trivia(file, i + 1), ';')) break;
        }
        stmt = (fmt_stmt *)gen_new(ctx, sizeof *stmt);
        stmt->lead = from;
        stmt->begin = begin;
        stmt->end = end;
        stmt->tail = fmt_trailing_end(file, end);
        if (stmt->tail < end) stmt->tail = end;
        gen_list_push(ctx, stmts, stmt);
        from = stmt->tail;
    }
}

void fmt_match_items(gen_ctx *ctx, const gen_file *file, gen_list *stmts)
{
    const gen_list *items = &ctx->schema.items;
    size_t at = 0;
    size_t i;

    for (i = 0; i < items->count; i++) {
        const gen_item *item = gen_item_at(items, i);
        if (item->pos.file != file) continue;
        while (at < stmts->count) {
            fmt_stmt *stmt = fmt_stmt_at(stmts, at);
            const gen_token *last = &file->tokens[stmt->end - 1];
            if (item->pos.off < last->off + last->len) {
                if (stmt->item == NULL) stmt->item = item;
                break;
            }
            at++;
        }
    }
}
