/* surrealgen/schema/lex.re: bytes to tokens.
 *
 * lex.c is made from this file and committed; to make it again:
 *     make lexer       (re2c -i -8 --no-generation-date --no-version)
 * with re2c 3.0; the flags keep paths, dates and versions out. -8 is turned
 * off again below.
 *
 * Every byte of the file belongs to exactly one token, white space and
 * comments included, so the tokens put together give the file back. The text
 * is matched as bytes, not with re2c's UTF-8 mode: only the angle brackets,
 * the micro sign and the operator signs are above ASCII, and a file that is
 * not UTF-8 must still come out in tokens. The text ends in a NUL that is
 * not part of it, the sentinel; a NUL before the end is a bad character.
 *
 * Three things need memory between tokens: `/` starts a regular expression
 * only where an operand can stand, `function (...) {` opens a script body,
 * and a line without a closing `/` is not searched for one again. */
#include "front.h"

#include <string.h>

typedef enum script_state {
    SCRIPT_NO,
    SCRIPT_WORD, /* after `function` */
    SCRIPT_ARGS, /* inside its parentheses */
    SCRIPT_BODY  /* after them: a `{` opens a script */
} script_state;

typedef struct lexer {
    const char *cur, *end;
    const char *no_regex; /* no `/` closes before this */
    gen_tok last;         /* the significant token before, and its text: */
    gen_str last_text;    /* whether an operand can stand here is theirs */
    script_state script;
    unsigned parens;
} lexer;

/*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = cur;
    re2c:define:YYMARKER = mark;
    re2c:yyfill:enable = 0;
    re2c:encoding:utf8 = 0;

    nul    = "\x00";
    space  = [ \t\r\n\f\v]+;
    digit  = [0-9];
    digits = digit [0-9_]*;
    exp    = [eE] [+-]? digits;
    unit   = "ns" | "us" | "\xc2\xb5s" | "ms" | [smhdwy];
    ident  = [A-Za-z_] [A-Za-z0-9_]*;
    line   = [^\n\x00]*;
    back   = "`" ([^`\\\x00] | "\\" [^\x00])*;
    inner  = [^\xe2\\\x00] | "\\" [^\x00] | "\xe2" [^\x9f\x00] [^\x00]
           | "\xe2\x9f" [^\xa9\x00];
    angle  = "\xe2\x9f\xa8" inner*;
    prefix = [rudfbs];
    single = "'" ([^'\\\x00] | "\\" [^\x00])*;
    double = "\"" ([^"\\\x00] | "\\" [^\x00])*;
    block  = "/*" ([^*\x00] | "*"+ [^*/\x00])* "*"*;
    sign   = "\xc3\x97" | "\xc3\xb7" | "\xe2\x88" [\x88-\x8c]
           | "\xe2\x8a" [\x82-\x89] | "\xe2\x80\xa6";
*/

/* One token from cur; *kind says which. The caller knows the end. */
static const unsigned char *lex_one(const unsigned char *cur,
                                    const unsigned char *end, gen_tok *kind)
{
    const unsigned char *mark = cur;

    /*!re2c
        space           { *kind = GEN_TOK_SPACE; return cur; }
        "\xef\xbb\xbf"  { *kind = GEN_TOK_SPACE; return cur; }
        "////" line     { *kind = GEN_TOK_COMMENT; return cur; }
        "///" line      { *kind = GEN_TOK_DOC; return cur; }
        "//!" line      { *kind = GEN_TOK_FILE_DOC; return cur; }
        "//" line       { *kind = GEN_TOK_COMMENT; return cur; }
        "--" line       { *kind = GEN_TOK_COMMENT; return cur; }
        "#" line        { *kind = GEN_TOK_COMMENT; return cur; }
        block "/"       { *kind = GEN_TOK_COMMENT; return cur; }
        block           { *kind = GEN_TOK_BAD_COMMENT; return cur; }
        ident           { *kind = GEN_TOK_IDENT; return cur; }
        back "`"        { *kind = GEN_TOK_QUOTED; return cur; }
        back            { *kind = GEN_TOK_BAD_NAME; return cur; }
        angle "\xe2\x9f\xa9" { *kind = GEN_TOK_QUOTED; return cur; }
        angle           { *kind = GEN_TOK_BAD_NAME; return cur; }
        "$" ident       { *kind = GEN_TOK_PARAM; return cur; }
        "$" back "`"    { *kind = GEN_TOK_PARAM; return cur; }
        prefix? single "'"   { *kind = GEN_TOK_STRING; return cur; }
        prefix? single       { *kind = GEN_TOK_BAD_STRING; return cur; }
        prefix? double "\""  { *kind = GEN_TOK_STRING; return cur; }
        prefix? double       { *kind = GEN_TOK_BAD_STRING; return cur; }
        digits          { *kind = GEN_TOK_INT; return cur; }
        digits ("." digits)? exp? "f" { *kind = GEN_TOK_FLOAT; return cur; }
        digits "." digits exp? { *kind = GEN_TOK_FLOAT; return cur; }
        digits exp      { *kind = GEN_TOK_FLOAT; return cur; }
        digits ("." digits)? exp? "dec" {
            *kind = GEN_TOK_DECIMAL; return cur;
        }
        (digit+ unit)+  { *kind = GEN_TOK_DURATION; return cur; }
        "<->" | "->" | "<-" | "<~" | "??" | "?:" | "?." | "?=" | "?~"
            | "::" | "..=" | "..." | ".." | "@@" | "<=" | ">=" | "=="
            | "!=" | "!~" | "*=" | "*~" | "+=" | "-=" | "+?=" | "&&"
            | "||" | "**" | "<|" | "|>" | sign {
            *kind = GEN_TOK_PUNCT; return cur;
        }
        [-+*/%=<>!?&|^~.,:;@$()[\]{}] { *kind = GEN_TOK_PUNCT; return cur; }
        [\x80-\xff]+    { *kind = GEN_TOK_BAD_CHAR; return cur; }
        nul {
            *kind = GEN_TOK_BAD_CHAR;
            if (cur > end) {
                *kind = GEN_TOK_END;
                return end;
            }
            return cur;
        }
        [^]             { *kind = GEN_TOK_BAD_CHAR; return cur; }
    */
}

/* Past the closing `/` of the regular expression at cur, or NULL when the
 * line has none. `[/]` is not special: the server ends there as well. */
static const char *regex_end(lexer *lx)
{
    const char *s = lx->cur + 1;

    if (lx->cur < lx->no_regex) return NULL;
    while (s < lx->end && *s != '\n' && *s != 0) {
        if (*s == '/') return s + 1;
        s += *s == '\\' && s + 1 < lx->end && s[1] != '\n' ? 2 : 1;
    }
    lx->no_regex = s;
    return NULL;
}

/* Past a JavaScript string, or end. */
static const char *js_string(const char *s, const char *end)
{
    char quote = *s;

    for (s++; s < end && *s != quote && *s != '\n'; s++) {
        if (*s == '\\' && s + 1 < end) {
            s++;
        }
    }
    return s < end ? s + 1 : end;
}

/* Whether the `/` at s, after a letter, follows `return`. */
static bool js_after_return(const char *s, const char *start)
{
    while (s > start && strchr(" \t", s[-1]) != NULL) {
        s--;
    }
    return s - start >= 6 && memcmp(s - 6, "return", 6) == 0;
}

/* Past a comment or regular expression at `/`, or one past the slash. */
static const char *js_slash(const char *s, const char *end, bool operand)
{
    const char *from = s;

    if (s + 1 < end && s[1] == '/') {
        while (s < end && *s != '\n') {
            s++;
        }
        return s;
    }
    if (s + 1 < end && s[1] == '*') {
        for (s += 2; s + 1 < end; s++) {
            if (s[0] == '*' && s[1] == '/') return s + 2;
        }
        return end;
    }
    if (!operand) return s + 1;
    for (s++; s < end && *s != '\n'; s++) {
        if (*s == '/') return s + 1;
        if (*s == '\\' && s + 1 < end && s[1] != '\n') {
            s++;
        }
    }
    return s < end ? s : from + 1;
}

/* Past the `}` that closes the script at s, or NULL. modes holds what each
 * open brace returns to: code, or the template literal around `${`. */
static const char *script_end(const char *s, const char *end)
{
    char modes[GEN_MAX_DEPTH];
    unsigned depth = 0;
    bool text = false; /* inside a template literal */
    const char *from = s;
    char before = '{';

    while (s < end) {
        char c = *s;
        if (text && c == '\\') {
            s += s + 1 < end ? 2 : 1;
        } else if (c == '`') {
            text = !text;
            s++;
        } else if (c == '{' || (text && c == '$' && s + 1 < end
                                && s[1] == '{')) {
            if (!text || c == '$') {
                if (depth == GEN_MAX_DEPTH) return NULL;
                modes[depth++] = text ? 't' : 'c';
                text = false;
            }
            s += c == '$' ? 2 : 1;
        } else if (c == '}' && !text) {
            depth--;
            s++;
            if (depth == 0) return s;
            text = modes[depth] == 't';
        } else if (!text && (c == '\'' || c == '"')) {
            s = js_string(s, end);
        } else if (!text && c == '/') {
            bool operand = strchr("(,=:[!&|?{};+-*%<>~^", before) != NULL;
            operand = operand || (before == 'n' && js_after_return(s, from));
            s = js_slash(s, end, operand);
        } else {
            s++;
        }
        if (strchr(" \t\r\n", c) == NULL) {
            before = c;
        }
    }
    return NULL;
}

/* Follows `function ( ... ) {` over the significant tokens. */
static void script_step(lexer *lx, gen_tok kind, gen_str text)
{
    bool open = kind == GEN_TOK_PUNCT && *text.ptr == '(';
    bool close = kind == GEN_TOK_PUNCT && *text.ptr == ')';

    if (kind == GEN_TOK_IDENT && text.len == 8
        && gen_word_eq(text, "function")) {
        lx->script = SCRIPT_WORD;
    } else if (lx->script == SCRIPT_WORD && open) {
        lx->script = SCRIPT_ARGS;
        lx->parens = 1;
    } else if (lx->script == SCRIPT_ARGS) {
        lx->parens += open;
        lx->parens -= close;
        if (lx->parens == 0) {
            lx->script = SCRIPT_BODY;
        }
    } else {
        lx->script = SCRIPT_NO;
    }
}

/* Whether an operand can follow this token: asked at a `/` alone. At the
 * beginning of the text it can, where the token is the end. */
static bool wants_operand(gen_tok kind, gen_str text)
{
    if (kind == GEN_TOK_END) return true;
    if (kind == GEN_TOK_IDENT) {
        return gen_word_is_prefix(text) || gen_word_is_infix(text);
    }
    if (kind != GEN_TOK_PUNCT) return false;
    return !gen_str_is(text, ")") && !gen_str_is(text, "]")
        && !gen_str_is(text, "}");
}

static const char *lex_next(lexer *lx, gen_tok *kind)
{
    const char *to;

    if (lx->cur < lx->end && *lx->cur == '{' && lx->script == SCRIPT_BODY) {
        to = script_end(lx->cur, lx->end);
        *kind = to != NULL ? GEN_TOK_SCRIPT : GEN_TOK_BAD_SCRIPT;
        return to != NULL ? to : lx->end;
    }
    to = (const char *)lex_one((const unsigned char *)lx->cur,
                               (const unsigned char *)lx->end, kind);
    if (*kind == GEN_TOK_PUNCT && *lx->cur == '/'
        && wants_operand(lx->last, lx->last_text)) {
        const char *regex = regex_end(lx);
        if (regex != NULL) {
            *kind = GEN_TOK_REGEX;
            to = regex;
        }
    }
    return to;
}

/* Moves line and col over the bytes of a token. Words, whole numbers and signs
 * of ASCII have a column for each byte. */
static void advance(gen_token *place, gen_tok kind, const char *from,
                    const char *to)
{
    if (kind == GEN_TOK_IDENT || kind == GEN_TOK_INT
        || (kind == GEN_TOK_PUNCT && (unsigned char)*from < 0x80)) {
        place->col += (uint32_t)(to - from);
        return;
    }
    for (; from < to; from++) {
        if (*from == '\n') {
            place->line++;
            place->col = 1;
        } else if (((unsigned char)*from & 0xc0) != 0x80) {
            place->col++;
        }
    }
}

static void push_token(gen_ctx *ctx, gen_file *file, size_t *cap,
                       gen_token token)
{
    if (file->token_count == *cap) {
        size_t more = *cap * 2;
        gen_token *grown = (gen_token *)gen_new_plain(ctx, more
                                                      * sizeof *grown);
        memcpy(grown, file->tokens, *cap * sizeof *grown);
        file->tokens = grown;
        *cap = more;
    }
    file->tokens[file->token_count] = token;
    file->token_count++;
}

enum { FEW_TOKENS = 4 * 1024 * 1024 };

/* The last token is always GEN_TOK_END. */
void gen_lex(gen_ctx *ctx, gen_file *file)
{
    lexer lx;
    gen_token place = { 0, 0, 1, 1, GEN_TOK_END };
    /* More than texts have, and what is not written to costs nothing; of a
     * huge one it would be too much all the same. */
    size_t few = file->text.len > FEW_TOKENS ? 4 : 2;
    size_t cap = file->text.len / few + 16;
    gen_tok kind;

    memset(&lx, 0, sizeof lx);
    lx.last = GEN_TOK_END;
    lx.cur = file->text.ptr;
    lx.end = lx.cur + file->text.len;
    lx.no_regex = lx.cur;
    file->tokens = (gen_token *)gen_new_plain(ctx, cap
                                              * sizeof *file->tokens);
    file->token_count = 0;
    do {
        const char *to = lex_next(&lx, &kind);
        gen_str text = { lx.cur, (size_t)(to - lx.cur) };
        place.kind = kind;
        place.off = (uint32_t)(lx.cur - file->text.ptr);
        place.len = (uint32_t)text.len;
        push_token(ctx, file, &cap, place);
        advance(&place, kind, lx.cur, to);
        if (!gen_tok_is_trivia(kind)) {
            lx.last = kind;
            lx.last_text = text;
            script_step(&lx, kind, text);
        }
        lx.cur = to;
    } while (kind != GEN_TOK_END);
}
