/* migrate/trial.c: what a trial in one transaction does otherwise. */
#include "migrate/migrate.h"

/* Two things are otherwise in one transaction than in steps:
 *
 * In the transaction that writes the rows, the server builds an index of what
 * they were before it (measured on 3.0.2 and 2.6.0): duplicates that a step
 * makes would only be refused when the steps before it are done, and those that
 * it mends would be now. So behind statements that write rows a trial defines
 * the index without its UNIQUE, and counts for itself.
 *
 * SurrealDB 3.0 cannot remove a view, write its table's rows and define it once
 * more: "key being inserted already exists". So it is not defined. */

/* ---- unique ------------------------------------------------------------- */

typedef struct srl_mig_unique {
    surreal_str name;
    surreal_str table;
    surreal_str columns; /* with commas between them */
    const char *unique;  /* the word */
} srl_mig_unique;

static bool
srl_mig_is_word(surreal_str token, const char *word)
{
    return srl_word_is(token.ptr, token.len, word);
}

/* ON [TABLE] t FIELDS, behind the name. */
static bool
srl_mig_unique_table(surreal_str *rest, srl_mig_unique *out)
{
    surreal_str token;

    if (!srl_sql_token(rest, &token) || !srl_mig_is_word(token, "ON") ||
        !srl_sql_token(rest, &out->table)) {
        return false;
    }
    if (srl_mig_is_word(out->table, "TABLE") &&
        !srl_sql_token(rest, &out->table)) {
        return false;
    }
    return srl_sql_token(rest, &token) && (srl_mig_is_word(token, "FIELDS") ||
                                           srl_mig_is_word(token, "COLUMNS"));
}

/* The columns end where a word stands behind one without a comma or a dot;
 * false if UNIQUE does not come then, or not for all rows. */
static bool
srl_mig_unique_columns(surreal_str *rest, srl_mig_unique *out)
{
    const char *end = NULL;
    bool is_open = true;
    surreal_str token;

    out->columns.ptr = rest->ptr;
    while (srl_sql_token(rest, &token)) {
        bool is_word = srl_is_letter(token.ptr[0]) || token.ptr[0] == '_';

        if (!end && is_word && !is_open) end = token.ptr;
        is_open = token.ptr[0] == ',' || token.ptr[0] == '.';
        if (!end) continue;
        if (srl_mig_is_word(token, "WHERE")) return false;
        if (srl_mig_is_word(token, "UNIQUE")) out->unique = token.ptr;
    }
    if (out->unique) out->columns.len = (size_t)(end - out->columns.ptr);
    return out->unique != NULL;
}

/* DEFINE INDEX [OVERWRITE | IF NOT EXISTS] name ON ... */
static bool
srl_mig_unique_read(surreal_str text, srl_mig_unique *out)
{
    surreal_str token;
    int skip;

    memset(out, 0, sizeof *out);
    if (!srl_sql_token(&text, &token) || !srl_mig_is_word(token, "DEFINE") ||
        !srl_sql_token(&text, &token) || !srl_mig_is_word(token, "INDEX") ||
        !srl_sql_token(&text, &out->name)) {
        return false;
    }
    skip = srl_mig_is_word(out->name, "OVERWRITE") ? 1
           : srl_mig_is_word(out->name, "IF")      ? 3
                                                   : 0;
    while (skip-- > 0) {
        if (!srl_sql_token(&text, &out->name)) return false;
    }
    return srl_mig_unique_table(&text, out) &&
           srl_mig_unique_columns(&text, out);
}

/* The next of the columns. */
static bool
srl_mig_unique_next(surreal_str *rest, surreal_str *out)
{
    surreal_str token;

    out->ptr = rest->ptr;
    out->len = 0;
    while (srl_sql_token(rest, &token)) {
        if (token.ptr[0] == ',') return true;
        out->len = (size_t)(token.ptr + token.len - out->ptr);
    }
    return out->len > 0;
}

/* Which rows the index has: SurrealDB 3 leaves out those where any column is
 * NONE or NULL, SurrealDB 2 those where all are; of an array each element, so
 * nothing of an empty one. */
static void
srl_mig_put_indexed(srl_mig *m, const srl_mig_unique *u)
{
    surreal_str rest = u->columns;
    const char *before = "(";
    surreal_str column;

    while (srl_mig_unique_next(&rest, &column)) {
        srl_buf_put_text(&m->text, before);
        srl_buf_put_text(&m->text, "(");
        srl_buf_put(&m->text, column.ptr, column.len);
        srl_buf_put_text(&m->text, ") NOT IN [NONE, NULL, [], <set> []]");
        before = m->major >= 3 ? " AND " : " OR ";
    }
    srl_buf_put_text(&m->text, ")");
}

static void
srl_mig_put_count(srl_mig *m, const srl_mig_unique *u)
{
    srl_buf_put_text(&m->text, "LET $srl_dups = (SELECT * FROM (SELECT "
                               "count() AS n, [");
    srl_buf_put(&m->text, u->columns.ptr, u->columns.len);
    srl_buf_put_text(&m->text, "] AS v FROM (SELECT VALUE id FROM ");
    srl_buf_put(&m->text, u->table.ptr, u->table.len);
    srl_buf_put_text(&m->text, " LIMIT ");
    srl_mig_put_size(m, SRL_MIG_SAMPLE);
    srl_buf_put_text(&m->text, ") WHERE ");
    srl_mig_put_indexed(m, u);
    srl_buf_put_text(&m->text,
                     " GROUP BY v) WHERE n > 1 LIMIT 1);\n"
                     "IF $srl_dups { THROW string::concat($srl_dups[0].n, "
                     "' rows would have the same in this index: ', "
                     "$srl_dups[0].v) };\n");
}

/* Counts for one statement of a step, the one with this number. */
static void
srl_mig_put_alike(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step, size_t statement, const srl_mig_unique *u)
{
    srl_mig_part part;

    memset(&part, 0, sizeof part);
    part.whose = SRL_MIG_UNIQUE;
    part.migration = what;
    part.step = step;
    part.is_down = is_down;
    part.statement = statement;
    part.answers = 2;
    part.at = m->text.len;
    srl_mig_put_count(m, u);
    part.len = m->text.len - part.at;
    srl_mig_part_add(m, &part);
}

/* ---- views -------------------------------------------------------------- */

/* What such a statement becomes: it does nothing, and gives one answer as
 * well. Behind it the view's name, for the REMOVE that may follow. */
#define SRL_MIG_NO_VIEW "LET $srl_v=1"

/* The request, as far as `len`, has `before`, the name and `after`. */
static bool
srl_mig_has(const srl_mig *m, size_t len, const char *before, surreal_str name,
            const char *after)
{
    size_t a = strlen(before);
    size_t b = strlen(after);
    size_t i;

    for (i = 0; i + a + name.len + b <= len; i++) {
        const char *at = (const char *)m->text.data + i;

        if (!memcmp(at, before, a) && !memcmp(at + a, name.ptr, name.len) &&
            !memcmp(at + a + name.len, after, b)) {
            return true;
        }
    }
    return false;
}

static void
srl_mig_put_no_view(srl_mig *m, size_t at, size_t len, surreal_str name)
{
    char *to = (char *)m->text.data + at;
    size_t size = strlen(SRL_MIG_NO_VIEW);

    memset(to, ' ', len);
    memcpy(to, SRL_MIG_NO_VIEW, size);
    if (len < size + name.len + 4) return;
    memcpy(to + size, "/*", 2);
    memcpy(to + size + 2, name.ptr, name.len);
    memcpy(to + size + 2 + name.len, "*/", 2);
}

/* DEFINE TABLE v ... AS, of a view that was there, and a REMOVE of what was
 * left out so. */
static void
srl_mig_leave_out(srl_mig *m, size_t step_at, const srl_sql *sql,
                  const char *step_text)
{
    size_t at = step_at + (size_t)(sql->begin - step_text);
    size_t len = (size_t)(sql->text.ptr + sql->text.len - sql->begin);
    surreal_str rest = surreal_text_of(sql->begin, len);
    surreal_str verb;
    surreal_str token;
    surreal_str name;
    bool is_view = false;

    if (!srl_sql_token(&rest, &verb) || !srl_sql_token(&rest, &token) ||
        !srl_mig_is_word(token, "TABLE") || !srl_sql_token(&rest, &name)) {
        return;
    }
    if (srl_mig_is_word(verb, "REMOVE")) {
        is_view = srl_mig_has(m, at, SRL_MIG_NO_VIEW "/*", name, "*/");
    } else if (srl_mig_is_word(verb, "DEFINE")) {
        while (!is_view && srl_sql_token(&rest, &token)) {
            is_view = srl_mig_is_word(token, "AS");
        }
        is_view = is_view && srl_mig_has(m, at, "REMOVE TABLE ", name, ";");
    }
    if (is_view) srl_mig_put_no_view(m, at, len, name);
}

/* ---- both --------------------------------------------------------------- */

SRL_FN surreal_status
srl_mig_put_trial(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step, size_t at, bool wrote)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_str rest = surreal_text_of(s->text, s->len);
    surreal_status status;
    bool is_put = at != SRL_MIG_NOT_PUT;
    srl_mig_unique u;
    srl_sql sql;
    size_t i;

    for (i = 0; !(status = srl_mig_next(&rest, &sql, m->err)); i++) {
        if (m->text.status) return m->text.status;
        if (is_put && m->major >= 3) {
            srl_mig_leave_out(m, at, &sql, s->text);
        }
        if (!wrote || !srl_mig_unique_read(sql.text, &u)) continue;
        if (is_put) {
            memset(m->text.data + at + (u.unique - s->text), ' ',
                   strlen("UNIQUE"));
        }
        srl_mig_put_alike(m, what, is_down, step, i, &u);
    }
    return status == SURREAL_NOT_FOUND ? SURREAL_OK : status;
}
