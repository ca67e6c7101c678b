/* surrealgen/schema/parse.c: names, paths, permissions, docs, files.
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
uint32_t gen_trivia_start(const gen_parser *p)
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
    return join_docs(p, gen_trivia_start(p), p->at, GEN_TOK_DOC);
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

static void parse_named_query(gen_parser *p, gen_str doc, gen_attrs *attrs)
{
    gen_query *query = p->query;
    size_t i;

    query->doc = doc;
    for (i = 0; i < query->attrs.list.count; i++) {
        gen_list_push(p->ctx, &attrs->list, query->attrs.list.at[i]);
    }
    if (query->attrs.c_name.len > 0) attrs->c_name = query->attrs.c_name;
    query->attrs = *attrs;
    gen_check_attrs(p, attrs, GEN_PLACE_QUERY, "a query");
    if (p->failed) return;
    gen_query_statement(p, query);
    gen_item_push(p, GEN_ITEM_QUERY, query, query->pos);
}

/* statement = define | raw ; */
static void parse_statement(gen_parser *p)
{
    gen_attrs attrs;
    gen_str doc = gen_take_docs(p);

    memset(&attrs, 0, sizeof attrs);
    gen_read_annotations(p, &attrs);
    if (p->failed || !check_first_word(p)) return;
    if (p->query != NULL) {
        parse_named_query(p, doc, &attrs);
    } else if (gen_at_word(p, "define")) {
        gen_parse_define(p, doc, &attrs);
    } else {
        gen_check_attrs(p, &attrs, GEN_PLACE_RAW, "this statement");
        if (!p->failed) gen_parse_raw(p, doc);
    }
}

/* A query whose statement is not there. */
static void lone_query(gen_parser *p)
{
    gen_attrs attrs;

    if (p->file->is_sg) return;
    memset(&attrs, 0, sizeof attrs);
    gen_start(p);
    gen_read_annotations(p, &attrs);
    if (p->query == NULL) return;
    gen_fail(p, SG1120, p->query->pos, "no statement follows `%s`",
             gen_clip(p->ctx, p->query->name));
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
        size_t allows = file->allows[0].count;
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
        gen_close_allows(&p, allows);
        gen_close_extent(&p);
    }
    lone_query(&p);
}
