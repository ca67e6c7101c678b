/* surrealgen/schema/parse.c: names, paths, permissions, attributes, files.
 *
 * Recursive descent, one function per rule, the rule above it. Every parse
 * function returns false after it reported; the statement loop then recovers
 * behind the next `;` (or before the `}` of the block). */
#include "front.h"

#include <string.h>

/* ------------------------------------------------------------------ names */

static uint32_t hex(gen_str text, size_t *i, size_t max, bool braces)
{
    uint32_t value = 0;
    size_t count = 0;

    for (; *i < text.len && count < max; count++) {
        char c = text.ptr[*i];
        uint32_t digit;
        if (c >= '0' && c <= '9') {
            digit = (uint32_t)(c - '0');
        } else if ((c | 32) >= 'a' && (c | 32) <= 'f') {
            digit = (uint32_t)((c | 32) - 'a' + 10);
        } else {
            break;
        }
        value = value * 16 + digit;
        (*i)++;
    }
    if (braces && *i < text.len && text.ptr[*i] == '}') {
        (*i)++;
    }
    return value;
}

static void put_utf8(gen_buf *buf, uint32_t c)
{
    if (c < 0x80) {
        gen_buf_add_char(buf, (char)c);
    } else if (c < 0x800) {
        gen_buf_add_char(buf, (char)(0xc0 | (c >> 6)));
        gen_buf_add_char(buf, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        gen_buf_add_char(buf, (char)(0xe0 | (c >> 12)));
        gen_buf_add_char(buf, (char)(0x80 | ((c >> 6) & 0x3f)));
        gen_buf_add_char(buf, (char)(0x80 | (c & 0x3f)));
    } else {
        gen_buf_add_char(buf, (char)(0xf0 | ((c >> 18) & 7)));
        gen_buf_add_char(buf, (char)(0x80 | ((c >> 12) & 0x3f)));
        gen_buf_add_char(buf, (char)(0x80 | ((c >> 6) & 0x3f)));
        gen_buf_add_char(buf, (char)(0x80 | (c & 0x3f)));
    }
}

static size_t unescape(gen_buf *buf, gen_str text, size_t i)
{
    static const char from[] = "bfnrt0";
    static const char to[] = "\b\f\n\r\t";
    const char *hit = (const char *)memchr(from, text.ptr[i], 6);

    if (hit != NULL) {
        gen_buf_add_char(buf, to[hit - from]);
        return i + 1;
    }
    if (text.ptr[i] == 'u') {
        bool braces = i + 1 < text.len && text.ptr[i + 1] == '{';
        i += braces ? 2 : 1;
        put_utf8(buf, hex(text, &i, braces ? 6 : 4, braces));
        return i;
    }
    gen_buf_add_char(buf, text.ptr[i]);
    return i + 1;
}

gen_str gen_unquote(gen_ctx *ctx, gen_str text)
{
    gen_buf buf;
    size_t edge = text.ptr[0] == '\xe2' ? 3 : 1;
    size_t i = edge;
    size_t end = text.len - edge;

    if (strchr("rudfbs", text.ptr[0]) != NULL) i++;
    gen_buf_init(&buf, ctx);
    text.len = end;
    while (i < end) {
        if (text.ptr[i] == '\\' && i + 1 < end) {
            i = unescape(&buf, text, i + 1);
        } else {
            gen_buf_add_char(&buf, text.ptr[i]);
            i++;
        }
    }
    return gen_buf_str(&buf);
}

/* name = ident | "`" ... "`" | angle ; */
bool gen_want_name(gen_parser *p, const char *what, gen_str *out,
                   gen_pos *pos)
{
    gen_str text = gen_text(p);

    *pos = gen_here(p);
    if (gen_now(p)->kind == GEN_TOK_IDENT) {
        *out = gen_str_copy(p->ctx, text.ptr, text.len);
    } else if (gen_now(p)->kind == GEN_TOK_QUOTED) {
        *out = gen_unquote(p->ctx, text);
        if (memchr(out->ptr, 0, out->len) != NULL) {
            gen_fail(p, SG1013, *pos, "a name cannot hold a NUL");
            return false;
        }
    } else {
        gen_expected(p, what);
        return false;
    }
    gen_next(p);
    return !p->failed;
}

static bool part_index(gen_parser *p, gen_part *part)
{
    gen_str text = gen_text(p);

    if (gen_take_punct(p, "*")) {
        part->kind = GEN_PART_ALL;
        part->name = gen_str_lit("*");
    } else if (gen_now(p)->kind == GEN_TOK_INT) {
        part->kind = GEN_PART_INDEX;
        part->name = gen_str_copy(p->ctx, text.ptr, text.len);
        gen_next(p);
    } else {
        gen_expected(p, "`*` or a number inside `[ ]`");
        return false;
    }
    return gen_want_punct(p, "]", "after this");
}

/* path = name , { "." , ( name | "*" ) | "[" , ( "*" | int ) , "]" } ; */
bool gen_want_path(gen_parser *p, gen_list *parts)
{
    bool first = true;

    for (;;) {
        gen_part *part = (gen_part *)gen_new(p->ctx, sizeof *part);
        /* `pair [int, int];` is a column and its type. */
        bool apart = p->file->is_sg && p->at != p->prev + 1;
        part->pos = gen_here(p);
        if (!first && !apart && gen_take_punct(p, "[")) {
            if (!part_index(p, part)) return false;
        } else if (!first && gen_take_punct(p, "...")) {
            part->kind = GEN_PART_ALL;
            part->name = gen_str_lit("*");
        } else {
            if (!first && !gen_take_punct(p, ".")) return true;
            part->pos = gen_here(p);
            if (!first && gen_take_punct(p, "*")) {
                part->kind = GEN_PART_ALL;
                part->name = gen_str_lit("*");
            } else if (!gen_want_name(p, "the name of a column",
                                      &part->name, &part->pos)) {
                return false;
            }
        }
        if (parts->count == GEN_MAX_DEPTH) {
            gen_fail(p, SG1004, part->pos, "this path is more than %d parts "
                     "long", GEN_MAX_DEPTH);
            return false;
        }
        gen_list_push(p->ctx, parts, part);
        first = false;
    }
}

/* names = name , { sep , name } ; */
bool gen_want_name_list(gen_parser *p, const char *what, const char *sep,
                        gen_list *names)
{
    do {
        gen_name *name = (gen_name *)gen_new(p->ctx, sizeof *name);
        if (!gen_want_name(p, what, &name->text, &name->pos)) return false;
        gen_list_push(p->ctx, names, name);
    } while (gen_take_punct(p, sep));
    return true;
}

/* ------------------------------------------------------------ permissions */

static bool want_ops(gen_parser *p, gen_perm_rule *rule)
{
    static const char *const words[] = {
        "select", "create", "update", "delete", NULL
    };
    do {
        unsigned i;
        for (i = 0; words[i] != NULL; i++) {
            if (gen_take_word(p, words[i])) break;
        }
        if (words[i] == NULL) {
            gen_expected(p, "`select`, `create`, `update` or `delete`");
            return false;
        }
        rule->ops |= 1u << i;
    } while (gen_take_punct(p, ","));
    return true;
}

/* permrule = "for" , op , { "," , op } , ( "none" | "full"
 *          | "where" , expr ) ; */
static bool want_rule(gen_parser *p, const char *const *stops,
                      gen_perms *perms)
{
    gen_perm_rule *rule = (gen_perm_rule *)gen_new(p->ctx, sizeof *rule);

    if (!want_ops(p, rule)) return false;
    gen_list_push(p->ctx, &perms->rules, rule);
    if (gen_take_word(p, "none")) {
        rule->kind = GEN_PERM_NONE;
        return true;
    }
    if (gen_take_word(p, "full")) {
        rule->kind = GEN_PERM_FULL;
        return true;
    }
    rule->kind = GEN_PERM_WHERE;
    if (!gen_take_word(p, "where")) {
        gen_expected(p, "`none`, `full` or `where`");
        return false;
    }
    return gen_scan_expr(p, stops, true, &rule->where);
}

/* perms = "none" | "full" | permrule , { [ "," ] , permrule } ; */
bool gen_want_perms(gen_parser *p, const char *const *stops,
                    gen_perms *perms)
{
    uint32_t first = p->prev;

    if (!gen_clause_once(p, perms->kind != GEN_PERM_UNSET, perms->pos)) {
        return false;
    }
    perms->kind = GEN_PERM_RULES;
    if (gen_take_word(p, "none")) {
        perms->kind = GEN_PERM_NONE;
    } else if (gen_take_word(p, "full")) {
        perms->kind = GEN_PERM_FULL;
    } else if (!gen_at_word(p, "for")) {
        gen_expected(p, "`none`, `full` or `for`");
        return false;
    }
    while (perms->kind == GEN_PERM_RULES) {
        bool comma = gen_take_punct(p, ",");
        if (!gen_take_word(p, "for")) {
            if (!comma) break;
            gen_expected(p, "`for`");
            return false;
        }
        if (!want_rule(p, stops, perms)) return false;
    }
    perms->pos = gen_pos_from(p, first);
    return !p->failed;
}

/* -------------------------------------------------- comments that matter */

static gen_str doc_line(gen_str text, size_t skip)
{
    size_t end = text.len;

    if (skip < end && text.ptr[skip] == ' ') skip++;
    while (end > skip && strchr(" \t\r", text.ptr[end - 1]) != NULL) {
        end--;
    }
    return gen_str_sub(text, skip, end);
}

/* First token of the trivia before the current one. */
static uint32_t trivia_start(const gen_parser *p)
{
    uint32_t i = p->at;

    while (i > 0 && gen_tok_is_trivia(p->tokens[i - 1].kind)) {
        i--;
    }
    return i;
}

static gen_str join_docs(const gen_parser *p, uint32_t i, uint32_t end,
                         gen_tok kind)
{
    gen_buf buf;
    gen_str none = { "", 0 };
    bool any = false;

    for (; i < end; i++) {
        const gen_token *tok = &p->tokens[i];
        if (tok->kind != kind) continue;
        if (!any) {
            gen_buf_init(&buf, p->ctx);
        } else {
            gen_buf_add_char(&buf, '\n');
        }
        any = true;
        gen_buf_add_str(&buf, doc_line(gen_tok_str(p->file, tok), 3));
    }
    return any ? gen_buf_str(&buf) : none;
}

/* docs = { "///" text } ; */
gen_str gen_take_docs(const gen_parser *p)
{
    return join_docs(p, trivia_start(p), p->at, GEN_TOK_DOC);
}

/* ------------------------------------------------------------- attributes */

static bool attr_arg_value(gen_parser *p, gen_attr_arg *arg)
{
    uint32_t first = p->at;

    arg->pos = gen_here(p);
    if (gen_now(p)->kind == GEN_TOK_STRING) {
        arg->text = gen_unquote(p->ctx, gen_text(p));
        arg->is_string = true;
        gen_next(p);
        return true;
    }
    while (!gen_at_punct(p, ",") && !gen_at_punct(p, ")")) {
        if (p->failed || gen_at_end(p) || gen_at_punct(p, ";")) break;
        gen_next(p);
    }
    if (p->at == first) {
        gen_expected(p, "a value");
        return false;
    }
    arg->pos = gen_pos_from(p, first);
    arg->text = gen_slice(p, first);
    return !p->failed;
}

/* arg = [ ident , ":" ] , ( ident | number | string | path ) ; */
static bool attr_args(gen_parser *p, gen_attr *attr)
{
    do {
        gen_attr_arg *arg = (gen_attr_arg *)gen_new(p->ctx, sizeof *arg);
        gen_str next = gen_tok_str(p->file, gen_peek(p, 1));
        arg->key = gen_str_lit("");
        if (gen_now(p)->kind == GEN_TOK_IDENT && gen_str_is(next, ":")) {
            gen_str text = gen_text(p);
            arg->key = gen_str_copy(p->ctx, text.ptr, text.len);
            gen_next(p);
            gen_next(p);
        }
        if (!attr_arg_value(p, arg)) return false;
        gen_list_push(p->ctx, &attr->args, arg);
    } while (gen_take_punct(p, ","));
    return gen_want_punct(p, ")", "after the arguments");
}

static bool parse_max(gen_str text, uint64_t *out)
{
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        n = n * 10 + (uint64_t)(text.ptr[i] - '0');
        if (n > 0x7fffffff) return false;
    }
    *out = n;
    return n > 0;
}

static bool is_c_name(gen_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!letter && c != '_' && (i == 0 || c < '0' || c > '9')) {
            return false;
        }
    }
    return text.len > 0;
}

/* @c(name: x, max: n, skip) */
static void attr_c(gen_parser *p, gen_attrs *attrs, const gen_attr_arg *arg)
{
    static const char *const keys[] = {
        "name", "max", "skip", "type", "via", "include", "unknown", NULL
    };
    gen_str key = arg->key.len > 0 ? arg->key : arg->text;
    gen_guess guess;
    gen_diag *diag;

    if (gen_str_is(key, "skip") && arg->key.len == 0) {
        attrs->skip = true;
    } else if (gen_str_is(arg->key, "name")) {
        attrs->c_name = arg->text;
        if (!is_c_name(arg->text)) {
            gen_fail(p, SG1108, arg->pos, "`%s` cannot be a name in C",
                     gen_clip(p->ctx, arg->text));
        }
    } else if (gen_str_is(arg->key, "max")) {
        if (!parse_max(arg->text, &attrs->c_max)) {
            gen_fail(p, SG1108, arg->pos, "`max` takes a number of bytes, "
                     "1 or more");
        }
    } else if (gen_str_is(arg->key, "unknown")) {
        if (!gen_str_is(arg->text, "keep") && !gen_str_is(arg->text, "skip")
            && !gen_str_is(arg->text, "error")) {
            gen_fail(p, SG1108, arg->pos, "`unknown` takes `skip`, `keep` or "
                     "`error`");
        }
    } else if (gen_str_is(arg->key, "type") || gen_str_is(arg->key, "via")
               || gen_str_is(arg->key, "include")) {
        return; /* the emitter reads them from the list */
    } else {
        diag = gen_fail(p, SG1107, arg->pos, "`@c` has no argument `%s`",
                        gen_clip(p->ctx, key));
        gen_guess_start(&guess, key);
        gen_guess_words(&guess, keys);
        if (guess.best.len > 0) {
            gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
        } else {
            gen_hint(p->ctx, diag, "it takes `name`, `max`, `type`, `via`, "
                     "`include`, `unknown` and `skip`");
        }
    }
}

static void attr_effect(gen_parser *p, gen_attrs *attrs, gen_attr *attr)
{
    size_t i;
    size_t count = attr->args.count;
    bool one = gen_str_is(attr->name, "was") || gen_str_is(attr->name,
               "encrypt") || gen_str_is(attr->name, "since");

    if (gen_str_is(attr->name, "c")) {
        if (count == 0) {
            gen_fail(p, SG1108, attr->pos, "`@c` needs an argument, for "
                     "example `@c(name: x)`");
        }
        for (i = 0; i < count; i++) {
            attr_c(p, attrs, gen_attr_arg_at(&attr->args, i));
        }
    } else if (one && count != 1) {
        gen_fail(p, SG1108, attr->pos, "`@%s` takes one argument",
                 attr->name.ptr);
    } else if (gen_str_is(attr->name, "retry")) {
        gen_fail(p, SG1104, attr->pos, "`@retry` is part of the language, "
                 "but this version of surrealgen does not read it yet");
    } else if (gen_str_is(attr->name, "was")) {
        attrs->was = gen_attr_arg_at(&attr->args, 0)->text;
    }
    attrs->server |= gen_str_is(attr->name, "server");
    attrs->secret |= gen_str_is(attr->name, "secret");
}

static void unknown_attr(gen_parser *p, gen_str name, gen_pos pos)
{
    gen_guess guess;
    gen_diag *diag;
    bool comment = p->tokens != p->file->tokens;

    diag = gen_fail(p, SG1107, pos, comment ? "`-- @%s` is not an annotation"
                    " surrealgen knows" : "`@%s` is not an attribute "
                    "surrealgen knows", gen_clip(p->ctx, name));
    gen_guess_start(&guess, name);
    gen_guess_words(&guess, gen_attr_words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `@%s`?", guess.best.ptr);
    }
    if (comment) {
        gen_note(p->ctx, diag, "a comment that starts with `-- @` is read as "
                 "an annotation; write `-- (at) ...` for plain text");
    }
}

/* attr = "@" , ident , [ "(" , [ arg , { "," , arg } ] , ")" ] ; */
void gen_read_attrs(gen_parser *p, gen_attrs *attrs)
{
    while (!p->failed && gen_at_punct(p, "@")) {
        uint32_t first = p->at;
        gen_attr *attr = (gen_attr *)gen_new(p->ctx, sizeof *attr);
        gen_str text;
        gen_next(p);
        text = gen_text(p);
        if (gen_now(p)->kind != GEN_TOK_IDENT) {
            gen_expected(p, "the name of an attribute after `@`");
            return;
        }
        attr->name = gen_str_copy(p->ctx, text.ptr, text.len);
        gen_next(p);
        attr->pos = gen_pos_from(p, first);
        if (gen_str_is(text, "query") && p->tokens != p->file->tokens) {
            gen_fail(p, SG1104, attr->pos, "`-- @query` is part of the "
                     "language, but this version of surrealgen does not "
                     "read it yet");
            return;
        }
        if (!gen_word_in(attr->name, gen_attr_words)) {
            unknown_attr(p, attr->name, attr->pos);
            return;
        }
        if (gen_take_punct(p, "(") && !gen_take_punct(p, ")")
            && !attr_args(p, attr)) return;
        gen_list_push(p->ctx, &attrs->list, attr);
        attr_effect(p, attrs, attr);
    }
}

/* The tokens of one `-- @...` comment, placed where the comment is. */
static void read_annotation(gen_parser *p, const gen_token *tok,
                            gen_attrs *attrs)
{
    gen_str text = gen_tok_str(p->file, tok);
    gen_file *part = (gen_file *)gen_new(p->ctx, sizeof *part);
    gen_parser q;
    size_t i;

    part->text = gen_str_copy(p->ctx, text.ptr + 2, text.len - 2);
    gen_lex(p->ctx, part);
    for (i = 0; i < part->token_count; i++) {
        part->tokens[i].off += tok->off + 2;
        part->tokens[i].line = tok->line;
        part->tokens[i].col += tok->col + 1;
    }
    memset(&q, 0, sizeof q);
    q.ctx = p->ctx;
    q.file = p->file;
    q.tokens = part->tokens;
    q.failed = p->failed;
    if (gen_tok_is_trivia(q.tokens[0].kind)) gen_next(&q);
    gen_read_attrs(&q, attrs);
    p->failed = q.failed;
}

/* In .surql files attributes ride in comments: -- @c(max: 254) */
void gen_read_annotations(gen_parser *p, gen_attrs *attrs)
{
    uint32_t i;

    for (i = trivia_start(p); i < p->at; i++) {
        const gen_token *tok = &p->tokens[i];
        gen_str text = gen_tok_str(p->file, tok);
        size_t k = 2;
        if (tok->kind != GEN_TOK_COMMENT || text.ptr[0] != '-') continue;
        while (k < text.len && (text.ptr[k] == ' ' || text.ptr[k] == '\t')) {
            k++;
        }
        if (k + 1 < text.len && text.ptr[k] == '@'
            && (text.ptr[k + 1] | 32) >= 'a' && (text.ptr[k + 1] | 32) <= 'z') {
            read_annotation(p, tok, attrs);
        }
    }
}

/* ------------------------------------------------------------------ files */

void gen_item_push(gen_parser *p, gen_item_kind kind, void *of, gen_pos pos)
{
    gen_item *item = (gen_item *)gen_new(p->ctx, sizeof *item);

    item->kind = kind;
    item->of = of;
    item->pos = pos;
    gen_list_push(p->ctx, &p->ctx->schema.items, item);
}

static const char *const statement_words[] = {
    "define", "remove", "alter", "begin", "break", "cancel", "commit",
    "continue", "create", "delete", "explain", "for", "if", "info",
    "insert", "kill", "let", "live", "option", "rebuild", "relate",
    "return", "select", "show", "sleep", "throw", "update", "upsert", "use",
    "access", NULL
};

static const char *const block_words[] = {
    "model", "edge", "enum", "struct", "mixin", "view", "query", "include",
    "target", "prefix", NULL
};

/* Two words in a row start a statement only if the first is one of ours. */
static bool check_first_word(gen_parser *p)
{
    gen_str text = gen_text(p);
    gen_tok next = gen_peek(p, 1)->kind;
    gen_guess guess;
    gen_diag *diag;

    if (gen_now(p)->kind != GEN_TOK_IDENT) return true;
    if (gen_word_in(text, statement_words)) return true;
    if (next != GEN_TOK_IDENT && next != GEN_TOK_QUOTED
        && next != GEN_TOK_PARAM && next != GEN_TOK_STRING) return true;
    if (gen_word_in(text, block_words)) {
        diag = gen_fail(p, SG1110, gen_here(p), "`%s` is written in .sg "
                        "files, this is plain SurrealQL",
                        gen_clip(p->ctx, text));
        gen_fix(p->ctx, diag, "move it to a file whose name ends in .sg");
        return false;
    }
    diag = gen_fail(p, SG1102, gen_here(p), "no statement starts with `%s`",
                    gen_clip(p->ctx, text));
    gen_guess_start(&guess, text);
    gen_guess_words(&guess, statement_words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
    }
    return false;
}

/* statement = define | raw ; */
static void parse_statement(gen_parser *p)
{
    gen_attrs attrs;
    gen_str doc = gen_take_docs(p);

    memset(&attrs, 0, sizeof attrs);
    gen_read_annotations(p, &attrs);
    if (p->failed || !check_first_word(p)) return;
    if (gen_at_word(p, "define")) {
        gen_parse_define(p, doc, &attrs);
    } else {
        gen_parse_raw(p, doc);
    }
}

/* file = { "//!" text } , { item | statement | ";" } ; */
void gen_parse_file(gen_ctx *ctx, gen_file *file)
{
    gen_parser p;

    gen_parser_init(&p, ctx, file);
    file->doc = join_docs(&p, 0, (uint32_t)file->token_count,
                          GEN_TOK_FILE_DOC);
    if (ctx->schema.doc.len == 0) ctx->schema.doc = file->doc;
    while (!gen_at_end(&p)) {
        gen_start(&p);
        if (gen_at_punct(&p, ";")) {
            gen_next(&p);
            continue;
        }
        if (!p.failed) {
            if (file->is_sg) {
                gen_parse_item(&p);
            } else {
                parse_statement(&p);
            }
        }
        if (p.failed && !p.recovered) gen_recover(&p);
        gen_close_extent(&p);
    }
}
