/* surrealgen/emit/query_text.c: looking at SurrealQL without parsing it. */
#include "query.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Behind blanks and comments. */
static size_t
emit_skip_blank(gen_str text, size_t at)
{
    while (at < text.len) {
        const char *p = text.ptr + at;
        size_t left = text.len - at;

        if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
            at++;
        } else if (left > 1 && !memcmp(p, "/*", 2)) {
            for (at += 2; at + 1 < text.len; at++) {
                if (!memcmp(text.ptr + at, "*/", 2)) break;
            }
            at += 2;
        } else if (*p == '#' || (left > 1 && (!memcmp(p, "--", 2) ||
                                              !memcmp(p, "//", 2)))) {
            while (at < text.len && text.ptr[at] != '\n') at++;
        } else {
            break;
        }
    }
    return at < text.len ? at : text.len;
}

gen_str
emit_trim(gen_str text)
{
    size_t at = emit_skip_blank(text, 0);

    text.ptr += at;
    text.len -= at;
    while (text.len) {
        char last = text.ptr[text.len - 1];

        if (last != ' ' && !(last >= '\t' && last <= '\r')) break;
        text.len--;
    }
    return text;
}

static bool
emit_is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

/* The word at `at`, which may be empty. */
static gen_str
emit_word_at(gen_str text, size_t at)
{
    gen_str word;

    word.ptr = text.ptr + at;
    word.len = 0;
    while (at + word.len < text.len &&
           emit_is_name_char(text.ptr[at + word.len])) {
        word.len++;
    }
    return word;
}

static bool
emit_word_is(gen_str word, const char *text)
{
    size_t i;

    if (word.len != strlen(text)) return false;
    for (i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != text[i]) return false;
    }
    return true;
}

/* ---- statements --------------------------------------------------------- */

/* True if the statement begins with this word. */
static bool
emit_statement_is(const gen_clause *statement, const char *word)
{
    gen_str text = statement->text;

    return emit_word_is(emit_word_at(text, emit_skip_blank(text, 0)), word);
}

static bool
emit_is_end(const gen_clause *statement)
{
    return emit_statement_is(statement, "commit") ||
           emit_statement_is(statement, "cancel");
}

/* BEGIN, COMMIT and CANCEL are no results on SurrealDB 2. */
static bool
emit_is_frame(const gen_clause *statement)
{
    return emit_statement_is(statement, "begin") || emit_is_end(statement);
}

/* Whether the block that begins at `index` holds a RETURN. */
static bool
emit_block_returns(const gen_query *query, size_t index)
{
    for (; index < query->statements.count; index++) {
        const gen_clause *s = gen_clause_at(&query->statements, index);

        if (emit_is_end(s)) return false;
        if (emit_statement_is(s, "return")) return true;
    }
    return false;
}

void
emit_statement(const gen_query *query, size_t index, unsigned before,
               unsigned out[2])
{
    bool is_one = false; /* in a block that gives one result */
    size_t i;

    out[1] = before + (unsigned)index;
    out[0] = before;
    for (i = 0; i <= index && i < query->statements.count; i++) {
        const gen_clause *s = gen_clause_at(&query->statements, i);

        if (emit_is_frame(s)) {
            if (is_one) out[0]++;
            is_one = emit_statement_is(s, "begin") &&
                     emit_block_returns(query, i);
        } else if (i < index && !is_one) {
            out[0]++;
        }
    }
}

size_t
emit_statement_of(const gen_query *query)
{
    size_t i = query->statements.count;

    if (query->result > 0) return (size_t)query->result - 1;
    while (i > 0) {
        i--;
        if (!emit_is_frame(gen_clause_at(&query->statements, i))) return i;
    }
    return 0;
}

/* ---- literals ----------------------------------------------------------- */

static gen_str
emit_int_of(gen_ctx *ctx, gen_str text)
{
    gen_buf digits;
    long long number;
    char room[48];
    char *end;
    size_t i;

    gen_buf_init(&digits, ctx);
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] != '_') gen_buf_add_char(&digits, text.ptr[i]);
    }
    errno = 0;
    if (!digits.len) return gen_str_lit("");
    number = strtoll(digits.ptr, &end, 10);
    if (errno || *end || number == (long long)INT64_MIN) {
        return gen_str_lit("");
    }
    snprintf(room, sizeof room, "INT64_C(%lld)", number);
    return gen_str_copy(ctx, room, strlen(room));
}

static gen_str
emit_float_of(gen_ctx *ctx, gen_str text)
{
    double number;
    char room[48];
    char *end;

    if (text.len > 1 && text.ptr[text.len - 1] == 'f') text.len--;
    text = gen_str_copy(ctx, text.ptr, text.len);
    if (!text.len || strspn(text.ptr, "0123456789.eE+-") != text.len) {
        return gen_str_lit("");
    }
    number = strtod(text.ptr, &end);
    if (*end || number > 1e300 || number < -1e300) return gen_str_lit("");
    snprintf(room, sizeof room, "%.17g", number);
    if (!strpbrk(room, ".e")) snprintf(room, sizeof room, "%.1f", number);
    return gen_str_copy(ctx, room, strlen(room));
}

/* What is between plain quotes; false if it is more than that. */
static bool
emit_string_of(gen_str text, gen_str *out)
{
    size_t i;

    if (text.len < 2 || (*text.ptr != '\'' && *text.ptr != '"')) return false;
    if (text.ptr[text.len - 1] != *text.ptr) return false;
    for (i = 1; i + 1 < text.len; i++) {
        if (text.ptr[i] == *text.ptr || text.ptr[i] == '\\') return false;
    }
    out->ptr = text.ptr + 1;
    out->len = text.len - 2;
    return true;
}

static gen_str
emit_enum_of(const emit_enum *e, gen_str text)
{
    gen_str plain = gen_str_lit("");
    bool is_text = emit_string_of(text, &plain);
    size_t i;

    for (i = 0; i < e->values.count; i++) {
        const emit_value *v = (const emit_value *)e->values.at[i];
        char number[32];

        snprintf(number, sizeof number, "%lld", (long long)v->number);
        if (e->is_int ? gen_str_is(text, number)
                      : is_text && gen_str_eq(v->text, plain)) {
            return v->name;
        }
    }
    return gen_str_lit("");
}

gen_str
emit_literal_of(gen_ctx *ctx, const emit_member *member, gen_str text,
                bool *is_none)
{
    const char *kind = member->type.member;
    gen_str plain;
    gen_buf out;

    text = emit_trim(text);
    *is_none = emit_word_is(text, "none");
    if (!strcmp(kind, "BOOL")) {
        if (emit_word_is(text, "true")) return gen_str_lit("true");
        if (emit_word_is(text, "false")) return gen_str_lit("false");
    }
    if (!strcmp(kind, "INT")) return emit_int_of(ctx, text);
    if (!strcmp(kind, "FLOAT")) return emit_float_of(ctx, text);
    if (!strcmp(kind, "ENUM")) return emit_enum_of(member->type.e, text);
    /* Longer ones would not fit on a line. */
    if (!strcmp(kind, "STRING") && emit_string_of(text, &plain) &&
        plain.len <= 16) {
        gen_str literal;

        gen_buf_init(&out, ctx);
        gen_buf_add_text(&out, "SURREAL_LIT(");
        emit_literal(&out, plain);
        gen_buf_add_text(&out, ")");
        literal.ptr = out.ptr;
        literal.len = out.len;
        return literal;
    }
    return gen_str_lit("");
}

/* ---- names -------------------------------------------------------------- */

/* Variables the server sets. */
static bool
emit_is_server_name(gen_str name)
{
    static const char *const names[] = {
        "access", "after", "auth", "before", "event", "input", "parent",
        "reference", "request", "session", "this", "token", "value", NULL};
    size_t i;

    for (i = 0; names[i]; i++) {
        if (gen_str_is(name, names[i])) return true;
    }
    return false;
}

static bool
emit_name_known(const gen_list *list, gen_str name)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        if (gen_str_eq(gen_name_at(list, i)->text, name)) return true;
    }
    return false;
}

/* Behind a string or quoted name that begins at `at`. */
static size_t
emit_skip_quotes(gen_str text, size_t at)
{
    char quote = text.ptr[at++];

    while (at < text.len && text.ptr[at] != quote) {
        at += text.ptr[at] == '\\' ? 2 : 1;
    }
    return at < text.len ? at + 1 : text.len;
}

void
emit_names_in(gen_ctx *ctx, gen_str text, gen_list *out)
{
    gen_list bound;
    gen_str last = gen_str_lit("");
    size_t at = 0;

    memset(&bound, 0, sizeof bound);
    while ((at = emit_skip_blank(text, at)) < text.len) {
        char c = text.ptr[at];
        gen_name *name;

        if (c == '\'' || c == '"' || c == '`') {
            at = emit_skip_quotes(text, at);
            last = gen_str_lit("");
        } else if (c == '$') {
            bool binds = emit_word_is(last, "let") ||
                         emit_word_is(last, "for");

            name = (gen_name *)gen_new(ctx, sizeof *name);
            name->text = emit_word_at(text, at + 1);
            name->text = gen_str_copy(ctx, name->text.ptr, name->text.len);
            at += 1 + name->text.len;
            last = gen_str_lit("");
            if (!name->text.len) continue;
            if (binds || (at < text.len && at > name->text.len + 1 &&
                          text.ptr[at - name->text.len - 2] == '|')) {
                gen_list_push(ctx, &bound, name);
            } else if (!emit_is_server_name(name->text) &&
                       !emit_name_known(&bound, name->text) &&
                       !emit_name_known(out, name->text)) {
                gen_list_push(ctx, out, name);
            }
        } else {
            last = emit_word_at(text, at);
            at += last.len ? last.len : 1;
        }
    }
}

/* ---- printing ----------------------------------------------------------- */

/* ISO C promises string literals of 4095 characters. */
#define EMIT_TEXT_MAX 4000

void
emit_long_text(gen_buf *out, gen_str text, const char *indent)
{
    size_t start = 0;
    size_t i;

    if (text.len > EMIT_TEXT_MAX) {
        gen_buf_add_text(out, "{");
        for (i = 0; i < text.len; i++) {
            gen_buf_add_fmt(out, "%s(char)%u,", i % 8 ? "" : "\n    ",
                            (unsigned)(unsigned char)text.ptr[i]);
        }
        gen_buf_add_text(out, "\n    0}");
        return;
    }
    while (start < text.len || !text.len) {
        gen_str line;
        size_t width = 0;

        line.ptr = text.ptr + start;
        for (line.len = 0; start + line.len < text.len && width < 66;) {
            char c = line.ptr[line.len++];

            width += c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?'
                         ? 4 : 1;
            if (c == '\n') break;
        }
        gen_buf_add_fmt(out, "\n%s", indent);
        emit_literal(out, line);
        start += line.len;
        if (!text.len) break;
    }
}
