/* surrealgen/schema/ending.c: the end of a statement, and one left out.
 *
 * Expressions are not parsed: without care one whose `;` is missing takes in
 * all that stands behind it, up to the next `;`. So where an operator could
 * follow, what can only be the beginning of something else is looked for. */
#include "front.h"

#include <string.h>

/* What may follow an operand on a line of its own. */
static bool goes_on(gen_str text)
{
    static const char *const words[] = {
        "after", "all", "alter", "asc", "asserts", "before", "collate",
        "concurrently", "define", "desc", "diff", "duplicate", "end",
        "explain", "fields", "full", "group", "having", "ignore", "key",
        "noindex", "none", "null", "numeric", "order", "parallel", "remove",
        "return", "tempfiles", "timeout", "type", "update", "value",
        "values", "version", NULL
    };
    return gen_word_in(text, words) || gen_word_is_infix(text)
        || gen_word_is_prefix(text);
}

static uint32_t behind(const gen_parser *p, uint32_t i)
{
    if (p->tokens[i].kind == GEN_TOK_END) return i;
    do {
        i++;
    } while (gen_tok_is_trivia(p->tokens[i].kind));
    return i;
}

static bool is_punct(const gen_parser *p, uint32_t i, const char *text)
{
    return p->tokens[i].kind == GEN_TOK_PUNCT
        && gen_str_is(gen_tok_str(p->file, &p->tokens[i]), text);
}

/* Whether nothing but space and comments stands before it on its line. */
static bool starts_line(const gen_parser *p)
{
    const gen_token *last = &p->tokens[p->prev];
    size_t from = (size_t)last->off + last->len;
    size_t to = gen_now(p)->off;

    return p->at > p->begin && to > from
        && memchr(p->file->text.ptr + from, '\n', to - from) != NULL;
}

/* Whether this can only be a member or an item of an .sg file: no SurrealQL
 * has, behind an operand, a word that is not its own and then another word, a
 * brace, a parameter. */
static bool begins_next(const gen_parser *p)
{
    gen_str first = gen_text(p);
    uint32_t next = behind(p, p->at);
    const gen_token *tok;

    if (gen_now(p)->kind != GEN_TOK_IDENT || !starts_line(p)) return false;
    while (is_punct(p, next, ".")) {
        next = behind(p, behind(p, next));
    }
    tok = &p->tokens[next];
    if (tok->line != gen_now(p)->line) return false;
    if (gen_word_eq(first, "type")) {
        return tok->kind == GEN_TOK_IDENT
            && is_punct(p, behind(p, next), "=");
    }
    if (goes_on(first)) return false;
    switch (tok->kind) {
    case GEN_TOK_IDENT:
        return !gen_word_is_infix(gen_tok_str(p->file, tok));
    case GEN_TOK_QUOTED:
    case GEN_TOK_PARAM:
        return true;
    case GEN_TOK_STRING:
        return gen_word_eq(first, "include");
    default:
        if (!p->in_block) return false;
        return is_punct(p, next, "{")
            || (is_punct(p, next, "(") && (gen_word_eq(first, "signin")
                                           || gen_word_eq(first, "signup")));
    }
}

static gen_diag *tell(gen_parser *p)
{
    gen_pos pos = gen_tok_pos(p->file, &p->tokens[p->prev]);
    gen_diag *diag;

    diag = gen_fail(p, SG1109, pos, "a `;` is missing after this");
    gen_add_edit(p->ctx, diag, gen_pos_behind(pos), ";");
    return diag;
}

/* A new statement starts where the old one could go on: its `;` is gone. */
bool gen_missing_semicolon(gen_parser *p)
{
    const gen_token *last = &p->tokens[p->prev];

    if (p->at == p->begin) return false;
    if (gen_at_word(p, "define") && gen_peek(p, 1)->kind == GEN_TOK_IDENT
        && !(last->kind == GEN_TOK_IDENT
             && gen_word_is_infix(gen_tok_str(p->file, last)))) {
        gen_other(p->ctx, tell(p), gen_here(p), "a new statement starts "
                  "here");
        return true;
    }
    if (!p->file->is_sg || p->keep_raw || p->failed || !begins_next(p)) {
        return false;
    }
    gen_other(p->ctx, tell(p), gen_here(p), p->in_block
              ? "the next member starts here" : "the next item starts here");
    p->resume = p->at;
    return true;
}

/* `;`, or the end of a .surql file. */
bool gen_want_end(gen_parser *p)
{
    if (gen_take_punct(p, ";")) return true;
    if (gen_at_end(p) && !p->file->is_sg) return true;
    if (gen_missing_semicolon(p)) return false;
    if (p->file->is_sg && !p->failed
        && (gen_at_end(p) || gen_at_punct(p, "}") || starts_line(p))) {
        tell(p);
        if (p->at > p->begin) p->resume = p->at;
        return false;
    }
    return gen_want_punct(p, ";", "to end this");
}
