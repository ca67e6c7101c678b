/* surrealgen/migrate/dups.c: values that a UNIQUE index would not take. */
#include "migrate.h"

#include <string.h>

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9') || c == '_';
}

/* The next word; quoted names come with their quotes, other bytes alone. */
static gen_str next_word(gen_str *rest)
{
    gen_str word;
    size_t i = 0;
    size_t n = 0;

    while (i < rest->len && strchr(" \t\r\n", rest->ptr[i]) != NULL) i++;
    if (i < rest->len && rest->ptr[i] == '`') {
        n = 1;
        while (i + n < rest->len && rest->ptr[i + n] != '`') n++;
        if (i + n < rest->len) n++;
    } else {
        while (i + n < rest->len && is_name_byte(rest->ptr[i + n])) n++;
        if (n == 0 && i < rest->len) n = 1;
    }
    word.ptr = rest->ptr + i;
    word.len = n;
    rest->ptr += i + n;
    rest->len -= i + n;
    return word;
}

static bool is_word(gen_str word, const char *small)
{
    size_t i;

    if (word.len != strlen(small)) return false;
    for (i = 0; i < word.len; i++) {
        if ((word.ptr[i] | 32) != small[i]) return false;
    }
    return true;
}

bool mig_index_columns(gen_ctx *ctx, gen_str statement, gen_str *table,
                       gen_str *fields)
{
    gen_str rest = statement;
    gen_str canon = mig_canon(ctx, statement);
    gen_str word;
    const char *from;

    rest = canon;
    do {
        word = next_word(&rest);
        if (word.len == 0) return false;
    } while (!is_word(word, "on"));
    *table = next_word(&rest);
    if (is_word(*table, "table")) *table = next_word(&rest);
    word = next_word(&rest);
    if (!is_word(word, "fields") && !is_word(word, "columns")) return false;
    from = rest.ptr;
    do {
        fields->len = (size_t)(rest.ptr - from);
        word = next_word(&rest);
    } while (word.len > 0 && !is_word(word, "unique"));
    while (fields->len > 0 && *from == ' ') {
        from++;
        fields->len--;
    }
    fields->ptr = from;
    *table = gen_str_copy(ctx, table->ptr, table->len);
    *fields = gen_str_copy(ctx, fields->ptr, fields->len);
    return word.len > 0 && fields->len > 0;
}

/* Rows where one of the columns has nothing do not count: an index has none of
 * them (SurrealDB 2 has those where another one has something). */
static void add_conditions(gen_buf *text, gen_str fields)
{
    gen_str rest = fields;
    size_t depth = 0;
    size_t from = 0;
    size_t i;

    for (i = 0; i <= rest.len; i++) {
        char c = i < rest.len ? rest.ptr[i] : ',';
        if (c == '(' || c == '[') depth++;
        if ((c == ')' || c == ']') && depth > 0) depth--;
        if (c != ',' || depth > 0) continue;
        gen_buf_add_text(text, from == 0 ? "(" : " AND (");
        gen_buf_add(text, rest.ptr + from, i - from);
        gen_buf_add_text(text, ") NOT IN [NONE, NULL, []]");
        from = i + 1;
    }
}

int mig_dups(db_link *link, gen_str table, gen_str fields, unsigned limit,
             gen_buf *out, size_t *count)
{
    surreal_result *result = NULL;
    surreal_value row;
    char shown[160];
    gen_buf text;
    int rc;

    *count = 0;
    gen_buf_init(&text, link->ctx);
    gen_buf_add_text(&text, "SELECT * FROM (SELECT count() AS n, [");
    gen_buf_add_str(&text, fields);
    gen_buf_add_text(&text, "] AS v FROM ");
    gen_buf_add_str(&text, table);
    gen_buf_add_text(&text, " WHERE ");
    add_conditions(&text, fields);
    gen_buf_add_text(&text, " GROUP BY v) WHERE n > 1 ORDER BY n DESC");
    if (limit > 0) gen_buf_add_fmt(&text, " LIMIT %u", limit);
    rc = db_query(link, gen_buf_str(&text), &result);
    if (rc == CLI_FINE) {
        rc = db_refused(link, "looking for values that occur twice",
                        surreal_result_error(result));
    }
    SURREAL_EACH(row, surreal_rows(result, 0)) {
        surreal_value v = surreal_field(row, "v");
        if (surreal_count(v) == 1) v = surreal_at(v, 0);
        surreal_print(v, shown, sizeof shown);
        gen_buf_add_fmt(out, "    %d x  %s\n", (int)surreal_int_at(row, "n"),
                        shown);
        ++*count;
    }
    surreal_result_free(result);
    return rc;
}
