/* surrealgen/emit/rule.c: those assertions that C can check.
 *
 * An ASSERT is SurrealQL and belongs to the server. A few forms are so common
 * and so plain that the generated _check knows them:
 *
 *   $value >= 0                        also >, <=, <
 *   string::len($value) <= 40          also >=, <, >; array::len, set::len
 *   $value IN ['a', 'b']
 *
 * and several of them joined by AND. Anything else is left to the server. */
#include "emit.h"

#include <stdio.h>
#include <string.h>

typedef struct emit_scan {
    const char *at, *end;
} emit_scan;

typedef struct emit_rule {
    const char *kind;
    double v;
    bool is_in;
    emit_scan words; /* IN: what stands between the brackets */
    size_t count;
} emit_rule;

static void
emit_blanks(emit_scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' ||
                              *s->at == '\n' || *s->at == '\r')) {
        s->at++;
    }
}

static bool
emit_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= '0' && c <= '9');
}

/* Take `word`, in any case of letters, as a whole word if it is one. */
static bool
emit_take(emit_scan *s, const char *word)
{
    size_t len = strlen(word);
    size_t i;

    emit_blanks(s);
    if ((size_t)(s->end - s->at) < len) return false;
    for (i = 0; i < len; i++) {
        char c = s->at[i];

        if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
        if (c != word[i]) return false;
    }
    if (emit_is_word(word[len - 1]) && s->at + len < s->end &&
        emit_is_word(s->at[len])) {
        return false;
    }
    s->at += len;
    return true;
}

/* A number of at most 15 digits, so that a double holds it exactly or nearly;
 * nothing may follow that makes it something else. */
static bool
emit_number(emit_scan *s, double *out)
{
    double v = 0;
    double unit = 1;
    bool is_minus = emit_take(s, "-");
    bool has_point = false;
    int digits = 0;

    emit_blanks(s);
    for (; s->at < s->end; s->at++) {
        if (*s->at == '.' && !has_point && s->at + 1 < s->end &&
            s->at[1] >= '0' && s->at[1] <= '9') {
            has_point = true;
            continue;
        }
        if (*s->at < '0' || *s->at > '9') break;
        v = v * 10 + (*s->at - '0');
        if (has_point) unit *= 10;
        digits++;
    }
    if (!digits || digits > 15) return false;
    if (s->end - s->at >= 3 && !strncmp(s->at, "dec", 3)) {
        s->at += 3;
    } else if (s->at < s->end && *s->at == 'f') {
        s->at++;
    }
    if (s->at < s->end && (emit_is_word(*s->at) || *s->at == '.')) {
        return false;
    }
    *out = (is_minus ? -v : v) / unit;
    return true;
}

/* ['a', 'b']: plain words without escapes. */
static bool
emit_words_in(emit_scan *s, emit_rule *rule)
{
    if (!emit_take(s, "[")) return false;
    rule->words.at = s->at;
    for (;;) {
        char quote;

        emit_blanks(s);
        if (s->at == s->end) return false;
        quote = *s->at;
        if (quote != '\'' && quote != '"') return false;
        for (s->at++; s->at < s->end && *s->at != quote; s->at++) {
            if (*s->at == '\\') return false;
        }
        if (s->at == s->end) return false;
        s->at++;
        rule->count++;
        if (emit_take(s, ",")) continue;
        rule->words.end = s->at;
        return emit_take(s, "]");
    }
}

static bool
emit_compare(emit_scan *s, bool is_length, emit_rule *rule)
{
    bool is_less;
    bool is_equal;

    emit_blanks(s);
    if (emit_take(s, "<")) {
        is_less = true;
    } else if (emit_take(s, ">")) {
        is_less = false;
    } else {
        return false;
    }
    is_equal = s->at < s->end && *s->at == '=';
    if (is_equal) s->at++;
    if (!emit_number(s, &rule->v)) return false;
    if (!is_length) {
        rule->kind = is_less ? (is_equal ? "MAX" : "BELOW")
                             : (is_equal ? "MIN" : "ABOVE");
        return true;
    }
    /* Lengths are whole numbers. */
    if (!is_equal) rule->v += is_less ? -1 : 1;
    rule->kind = is_less ? "LEN_MAX" : "LEN_MIN";
    return true;
}

/* One comparison. */
static bool
emit_one_rule(emit_scan *s, const emit_member *m, emit_rule *rule)
{
    bool is_text = !strcmp(m->type.member, "STRING") ||
                   !strcmp(m->type.member, "CHARS");
    bool is_list = !strcmp(m->type.member, "ARRAY");
    bool is_number = !strcmp(m->type.member, "INT") ||
                     !strcmp(m->type.member, "FLOAT") ||
                     !strcmp(m->type.member, "DECIMAL") ||
                     !strcmp(m->type.member, "NUMBER");

    memset(rule, 0, sizeof *rule);
    if ((is_text && emit_take(s, "string::len")) ||
        (is_list && (emit_take(s, "array::len") ||
                     emit_take(s, "set::len")))) {
        return emit_take(s, "(") && emit_take(s, "$value") &&
               emit_take(s, ")") && emit_compare(s, true, rule);
    }
    if (!emit_take(s, "$value")) return false;
    if (is_text && (emit_take(s, "in") || emit_take(s, "inside"))) {
        rule->is_in = true;
        rule->kind = "IN";
        return emit_words_in(s, rule);
    }
    return is_number && emit_compare(s, false, rule);
}

/* Read the whole assertion; calls back for each part only if all of it is
 * understood. Returns the number of parts. */
static size_t
emit_parse_rules(const emit_member *m, emit_rule rules[8])
{
    emit_scan s;
    size_t count = 0;

    if (!m->field) return 0;
    s.at = m->field->assert_.text.ptr;
    s.end = s.at + m->field->assert_.text.len;
    do {
        if (count == 8 || !emit_one_rule(&s, m, &rules[count])) return 0;
        count++;
    } while (emit_take(&s, "and") || emit_take(&s, "&&"));
    emit_blanks(&s);
    return s.at == s.end ? count : 0;
}

static void
emit_rule_words(gen_buf *out, const emit_rule *rule, gen_str name,
                size_t index)
{
    emit_scan s = rule->words;
    size_t i;

    gen_buf_add_fmt(out, "static const char *const %.*s_words_%zu_[] = {\n",
                    (int)name.len, name.ptr, index);
    for (i = 0; i < rule->count; i++) {
        gen_str word;
        char quote;

        emit_blanks(&s);
        quote = *s.at++;
        word.ptr = s.at;
        while (*s.at != quote) {
            s.at++;
        }
        word.len = (size_t)(s.at - word.ptr);
        s.at++;
        emit_take(&s, ",");
        gen_buf_add_text(out, "    ");
        emit_literal(out, word);
        gen_buf_add_text(out, i + 1 < rule->count ? ",\n" : "\n");
    }
    gen_buf_add_text(out, "};\n\n");
}

/* The assertion on one line. */
static gen_str
emit_rule_text(gen_ctx *ctx, gen_str text)
{
    gen_buf buf;
    gen_str out;
    size_t i;

    gen_buf_init(&buf, ctx);
    for (i = 0; i < text.len; i++) {
        gen_buf_add_char(&buf, text.ptr[i] < ' ' && text.ptr[i] >= 0
                                   ? ' ' : text.ptr[i]);
    }
    out.ptr = buf.ptr;
    out.len = buf.len;
    return out;
}

size_t
emit_rules(gen_buf *out, const emit_struct *s,
           const emit_member *const *members, size_t count)
{
    emit_rule rules[8];
    gen_buf table;
    size_t total = 0;
    size_t i;
    size_t j;

    gen_buf_init(&table, out->ctx);
    for (i = 0; i < count; i++) {
        size_t parts = emit_parse_rules(members[i], rules);

        for (j = 0; j < parts; j++, total++) {
            const emit_rule *rule = &rules[j];
            char number[40];

            if (rule->is_in) emit_rule_words(out, rule, s->name, total);
            gen_buf_add_text(&table, total ? ",\n    {" : "    {");
            emit_literal(&table,
                         emit_rule_text(out->ctx,
                                        members[i]->field->assert_.text));
            if (rule->is_in) {
                gen_buf_add_fmt(&table, ",\n     %.*s_words_%zu_",
                                (int)s->name.len, s->name.ptr, total);
            } else {
                gen_buf_add_text(&table, ",\n     NULL");
            }
            snprintf(number, sizeof number, "%.17g", rule->v);
            gen_buf_add_fmt(&table, ", %s, %zu, %zu, SURREAL_RULE_%s}",
                            number, rule->count, i, rule->kind);
        }
    }
    if (!total) return 0;
    gen_buf_add_fmt(out, "static const surreal_rule %.*s_rules_[] = {\n",
                    (int)s->name.len, s->name.ptr);
    gen_buf_add(out, table.ptr, table.len);
    gen_buf_add_text(out, "\n};\n\n");
    return total;
}
