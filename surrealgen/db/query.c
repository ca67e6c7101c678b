/* surrealgen/db/query.c: `query check`: each query, tried on a server.
 *
 * A query is sent twice. First behind a THROW in a transaction, so that the
 * server reads all of it and runs nothing: a mistake of form comes back with
 * its line and column. Then with a sample for each parameter, in a
 * transaction whose last word is THROW: the server runs it, and nothing of
 * what it did is kept. BEGIN, COMMIT and CANCEL of the query itself are blanked
 * out, or it would end ours. */
#include "../fmt/fmt.h"
#include "db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK "surrealgen reached the end:"

static const char *const ours[] = { "begin", "commit", "cancel", NULL };

static gen_str first_word(gen_str text)
{
    size_t len = 0;

    while (len < text.len && ((text.ptr[len] >= 'a' && text.ptr[len] <= 'z')
               || (text.ptr[len] >= 'A' && text.ptr[len] <= 'Z'))) {
        len++;
    }
    text.len = len;
    return text;
}

static bool begins_with(const gen_clause *statement, const char *word)
{
    return gen_word_eq(first_word(statement->text), word);
}

static bool is_blank(const gen_clause *statement)
{
    gen_str word = first_word(statement->text);

    return word.len > 0 && gen_word_in(word, ours);
}

/* The body with the transaction's own words blanked out: every other byte
 * keeps its place. */
static gen_str body_of(gen_ctx *ctx, const gen_query *query)
{
    gen_str text = gen_str_copy(ctx, query->body.text.ptr,
                                query->body.text.len);
    char *bytes = (char *)gen_new(ctx, text.len + 1);
    size_t i;
    size_t j;

    memcpy(bytes, text.ptr, text.len);
    for (i = 0; i < query->statements.count; i++) {
        const gen_clause *one = gen_clause_at(&query->statements, i);
        size_t from = one->pos.off - query->body.pos.off;
        if (!is_blank(one)) continue;
        for (j = from; j < from + one->text.len && j < text.len; j++) {
            if (bytes[j] != '\n') bytes[j] = ' ';
        }
    }
    text.ptr = bytes;
    return text;
}

/* --------------------------------------------------------------- positions */

/* The place `line`, `col` of a text that begins at `start`. */
static gen_pos place(gen_pos start, size_t line, size_t col)
{
    gen_str text = start.file->text;
    gen_pos out = start;

    if (line > 1) out.col = 1;
    while (line > 1 && out.off < text.len) {
        if (text.ptr[out.off++] != '\n') continue;
        out.line++;
        line--;
    }
    while (col > 1 && out.off < text.len && text.ptr[out.off] != '\n') {
        out.off++;
        while (out.off < text.len
               && ((unsigned char)text.ptr[out.off] & 0xc0) == 0x80) {
            out.off++;
        }
        out.col++;
        col--;
    }
    out.len = 1;
    return out;
}

/* The server's "[line:col]", or false. */
bool db_read_place(const char *message, size_t *line, size_t *col)
{
    const char *at = strstr(message, "--> [");
    char *end;

    if (at == NULL) return false;
    *line = (size_t)strtoul(at + 5, &end, 10);
    if (*end != ':') return false;
    *col = (size_t)strtoul(end + 1, &end, 10);
    return *end == ']';
}

/* The first line of what the server said, without what it says always. */
const char *db_reason(gen_ctx *ctx, const char *message)
{
    static const char *const heads[] = {
        "There was a problem with the database: ", "Parse error: ", NULL
    };
    size_t i;

    for (i = 0; heads[i] != NULL; i++) {
        size_t len = strlen(heads[i]);
        if (strncmp(message, heads[i], len) == 0) message += len;
    }
    return gen_str_copy(ctx, message, strcspn(message, "\n")).ptr;
}

/* ------------------------------------------------------------------ trying */

typedef struct trial {
    db_link *link;
    const gen_query *query;
    gen_str body;
    gen_str schema; /* statements to define first, or empty */
    bool failed, compared;
} trial;

static void report(trial *t, const char *code, gen_pos pos, const char *what,
                   const char *message)
{
    gen_ctx *ctx = t->link->ctx;
    gen_buf text;
    gen_buf hint;

    t->failed = true;
    gen_buf_init(&text, ctx);
    gen_buf_init(&hint, ctx);
    gen_buf_add_fmt(&text, "%s `%s`: %s", what, t->query->name.ptr,
                    db_reason(ctx, message));
    gen_buf_add_fmt(&hint, "SurrealDB %.*s said so",
                    (int)t->link->version.text.len,
                    t->link->version.text.ptr);
    gen_report(ctx, code, pos, text.ptr, hint.ptr, NULL, NULL, NULL);
}

int db_send(db_link *link, gen_buf *text, surreal_result **out,
            const surreal_error **err)
{
    surreal_str query;
    surreal_vars none;
    surreal_status status;

    memset(&none, 0, sizeof none);
    query.ptr = text->ptr;
    query.len = text->len;
    status = surreal_query_str(link->db, query, none, out);
    *err = surreal_last_error(link->db);
    if (status == SURREAL_OK || *out != NULL) {
        *err = surreal_result_error(*out);
        return CLI_FINE;
    }
    if (surreal_status_class(status) == SURREAL_CLASS_SERVER) {
        return CLI_FINE;
    }
    cli_say("%s: %s", link->url, (*err)->message);
    return CLI_CONNECT;
}

/* Form alone: nothing behind the THROW runs. */
static int try_form(trial *t)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    gen_pos pos = t->query->body.pos;
    size_t line;
    size_t col;
    gen_buf text;
    int rc;

    gen_buf_init(&text, t->link->ctx);
    gen_buf_add_text(&text, "BEGIN; THROW '" MARK "';\n");
    gen_buf_add_str(&text, t->body);
    gen_buf_add_text(&text, "\n;CANCEL;");
    rc = db_send(t->link, &text, &result, &err);
    if (rc == CLI_FINE && err != NULL && strstr(err->message, MARK) == NULL) {
        if (db_read_place(err->message, &line, &col) && line > 1) {
            pos = place(pos, line - 1, col);
        }
        report(t, "SG1610", pos, "the server does not read the query",
               err->message);
    }
    surreal_result_free(result);
    return rc;
}

/* The statement whose rows the declared shape is about, or NULL. */
static const gen_clause *result_of(const gen_query *query)
{
    static const char *const words[] = {
        "select", "create", "update", "upsert", "delete", "insert",
        "relate", NULL
    };
    const gen_clause *out = NULL;
    size_t i;

    for (i = 0; i < query->statements.count; i++) {
        const gen_clause *one = gen_clause_at(&query->statements, i);
        if (query->result > 0 ? i + 1 == (size_t)query->result
            : !is_blank(one)) {
            out = one;
        }
    }
    if (out == NULL || !gen_word_in(first_word(out->text), words)) {
        return NULL;
    }
    return out;
}

static const gen_type *columns_of(const gen_query *query)
{
    const gen_shape *shape = query->shapes.count == 1
        ? gen_shape_at(&query->shapes, 0) : NULL;

    if (shape == NULL || shape->type == NULL) return NULL;
    return shape->type->core != NULL
        && shape->type->core->kind == GEN_T_SHAPE ? shape->type->core : NULL;
}

/* Comma-separated keys: whether one of them is `name`. */
static bool has_key(const char *keys, gen_str name)
{
    while (*keys != 0) {
        size_t len = strcspn(keys, ",\n");
        if (len == name.len && memcmp(keys, name.ptr, len) == 0) return true;
        keys += len;
        if (*keys != ',') return false;
        keys++;
    }
    return false;
}

/* What the row that came has, against what is declared. */
static void compare(trial *t, const char *keys)
{
    const gen_type *columns = columns_of(t->query);
    size_t i;

    if (columns == NULL || *keys == 0 || *keys == '\n') return;
    t->compared = true;
    for (i = 0; i < columns->members.count; i++) {
        const gen_member *member = gen_member_at(&columns->members, i);
        gen_buf text;
        if (member->type->optional || has_key(keys, member->name)) continue;
        gen_buf_init(&text, t->link->ctx);
        gen_buf_add_fmt(&text, "no column `%s` came; the row has %s",
                        member->name.ptr, keys);
        report(t, "SG1612", member->pos, "the result of", text.ptr);
    }
}

static bool has_word(gen_str text, const char *word)
{
    size_t len = strlen(word);
    size_t i;

    for (i = 0; i + len <= text.len; i++) {
        gen_str part = { text.ptr + i, len };
        if (gen_word_eq(part, word)) return true;
    }
    return false;
}

/* RETURN would end our transaction before its last word: its value is worked
 * out without it. */
static void add_statement(gen_buf *text, const gen_clause *one)
{
    gen_str word = first_word(one->text);

    if (!gen_word_eq(word, "return") || has_word(one->text, "fetch")) {
        gen_buf_add_str(text, one->text);
        gen_buf_add_text(text, "\n;\n");
        return;
    }
    gen_buf_add_text(text, "LET $surrealgen_value = (");
    gen_buf_add(text, one->text.ptr + word.len, one->text.len - word.len);
    gen_buf_add_text(text, "\n);\n");
}

/* The text that runs the query; *at is set to the number of statements in it
 * before the first of the query's own. */
static void build_run(trial *t, gen_buf *text, size_t *at)
{
    const gen_query *query = t->query;
    const gen_clause *result = result_of(query);
    const gen_type *columns = columns_of(query);
    size_t i;

    gen_buf_add_text(text, "BEGIN;\n");
    *at = t->link->version.major >= 3 ? 1 : 0;
    if (t->schema.len > 0) {
        gen_buf_add_text(text, "{\n");
        gen_buf_add_str(text, t->schema);
        gen_buf_add_text(text, "};\n");
        ++*at;
    }
    for (i = 0; i < query->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&query->params, i);
        gen_buf_add_fmt(text, "LET $%s = ", parm->name.ptr);
        if (parm->default_.present) {
            gen_buf_add_str(text, parm->default_.text);
        } else {
            db_add_sample(text, parm->type, 0);
        }
        gen_buf_add_text(text, ";\n");
        ++*at;
    }
    for (i = 0; i < query->statements.count; i++) {
        const gen_clause *one = gen_clause_at(&query->statements, i);
        bool wanted = one == result && columns != NULL;
        if (is_blank(one)) continue;
        if (!wanted) {
            add_statement(text, one);
            continue;
        }
        gen_buf_add_text(text, "LET $surrealgen_rows = (");
        gen_buf_add_str(text, one->text);
        gen_buf_add_text(text, "\n);\n");
    }
    gen_buf_add_text(text, "THROW '" MARK "'");
    if (result != NULL && columns != NULL) {
        gen_buf_add_text(text, " + array::join(object::keys(array::flatten("
                         "[$surrealgen_rows])[0] ?? {}), ',')");
    }
    gen_buf_add_text(text, ";\nCANCEL;");
}

/* The statement of the query that failed, by its number in the answer. */
static gen_pos failed_at(const trial *t, size_t number)
{
    size_t i;

    for (i = 0; i < t->query->statements.count; i++) {
        const gen_clause *one = gen_clause_at(&t->query->statements, i);
        if (is_blank(one)) continue;
        if (number == 0) return one->pos;
        number--;
    }
    return t->query->pos;
}

/* A RETURN within an IF: no statement failed, and our THROW was not reached;
 * what did all of it away is the CANCEL. */
static bool left_early(const surreal_error *err)
{
    return strstr(err->message, "due to a cancelled transaction") != NULL;
}

static int try_run(trial *t)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    const char *end;
    gen_buf text;
    size_t before;
    int rc;

    gen_buf_init(&text, t->link->ctx);
    build_run(t, &text, &before);
    rc = db_send(t->link, &text, &result, &err);
    if (rc != CLI_FINE || err == NULL) {
        surreal_result_free(result);
        return rc;
    }
    end = strstr(err->message, MARK);
    if (end != NULL) {
        compare(t, end + strlen(MARK));
    } else if (err->status == SURREAL_ERR_THROWN || left_early(err)) {
        t->failed = false; /* its own THROW: with other values it goes on */
    } else if (err->statement >= 0 && (size_t)err->statement >= before) {
        report(t, "SG1611", failed_at(t, (size_t)err->statement - before),
               "the server does not run the query", err->message);
    } else {
        report(t, "SG1611", t->query->pos,
               "the server does not get as far as the query", err->message);
    }
    surreal_result_free(result);
    return rc;
}

static bool is_live(const gen_query *query)
{
    size_t i;

    for (i = 0; i < query->statements.count; i++) {
        const gen_clause *one = gen_clause_at(&query->statements, i);
        if (begins_with(one, "live") || begins_with(one, "kill")) return true;
    }
    return false;
}

/* USE would leave the database that was named. */
static bool leaves(trial *t)
{
    size_t i;

    for (i = 0; i < t->query->statements.count; i++) {
        const gen_clause *one = gen_clause_at(&t->query->statements, i);
        if (!begins_with(one, "use")) continue;
        report(t, "SG1613", one->pos, "cannot be tried: the query",
               "it changes the database with USE");
        return true;
    }
    return false;
}

int db_try_query(db_link *link, const gen_query *query, gen_str schema,
                 db_verdict *out)
{
    trial t;
    int rc;

    memset(&t, 0, sizeof t);
    t.link = link;
    t.query = query;
    t.schema = schema;
    *out = DB_REFUSED;
    if (leaves(&t)) return CLI_FINE;
    t.body = body_of(link->ctx, query);
    rc = try_form(&t);
    if (rc == CLI_FINE && !t.failed && !is_live(query)) rc = try_run(&t);
    if (rc == CLI_FINE && !t.failed) {
        *out = is_live(query) ? DB_READ : t.compared ? DB_COMPARED : DB_RAN;
    }
    return rc;
}
