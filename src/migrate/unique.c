/* migrate/unique.c: duplicates under a new UNIQUE index. */
#include "migrate/migrate.h"

/* In the transaction that writes the rows, the server builds an index of what
 * they were before it (measured on 3.0.2 and 2.6.0): duplicates that a step
 * makes would only be refused when the steps before it are done, and those that
 * it mends would be now. So behind steps that write rows a rehearsal defines
 * the index without its UNIQUE, and counts for itself. */

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
        srl_buf_put_text(&m->text, "((");
        srl_buf_put(&m->text, column.ptr, column.len);
        srl_buf_put_text(&m->text, ") ?? NONE) NOT IN [NONE, []]");
        before = m->major >= 3 ? " AND " : " OR ";
    }
    srl_buf_put_text(&m->text, ")");
}

static void
srl_mig_put_count(srl_mig *m, const srl_mig_unique *u, size_t limit)
{
    srl_buf_put_text(&m->text, "LET $srl_dups = (SELECT * FROM (SELECT "
                               "count() AS n, [");
    srl_buf_put(&m->text, u->columns.ptr, u->columns.len);
    srl_buf_put_text(&m->text, "] AS v FROM (SELECT VALUE id FROM ");
    srl_buf_put(&m->text, u->table.ptr, u->table.len);
    srl_buf_put_text(&m->text, " LIMIT ");
    srl_mig_put_size(m, limit);
    srl_buf_put_text(&m->text, ") WHERE ");
    srl_mig_put_indexed(m, u);
    srl_buf_put_text(&m->text,
                     " GROUP BY v) WHERE n > 1 LIMIT 1);\n"
                     "IF $srl_dups { THROW string::concat($srl_dups[0].n, "
                     "' rows would have the same in this index: ', "
                     "$srl_dups[0].v) };\n");
}

static void
srl_mig_blank_unique(srl_mig *m, size_t at, size_t off)
{
    if (at == SRL_MIG_NOT_PUT || m->text.status) return;
    memset(m->text.data + at + off, ' ', strlen("UNIQUE"));
}

SRL_FN surreal_status
srl_mig_put_unique(srl_mig *m, const surreal_migration *what, bool is_down,
                   size_t step, size_t at, size_t limit)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_str rest = surreal_text_of(s->text, s->len);
    surreal_status status;
    srl_mig_part part;
    srl_sql sql;

    memset(&part, 0, sizeof part);
    part.whose = SRL_MIG_UNIQUE;
    part.migration = what;
    part.step = step;
    part.is_down = is_down;
    part.answers = 2;
    for (; !(status = srl_mig_next(&rest, &sql, m->err)); part.statement++) {
        srl_mig_unique u;

        if (!srl_mig_unique_read(sql.text, &u)) continue;
        srl_mig_blank_unique(m, at, (size_t)(u.unique - s->text));
        part.at = m->text.len;
        srl_mig_put_count(m, &u, limit);
        part.len = m->text.len - part.at;
        srl_mig_part_add(m, &part);
    }
    return status == SURREAL_NOT_FOUND ? SURREAL_OK : status;
}
