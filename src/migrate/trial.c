/* migrate/trial.c: what a trial in one transaction does otherwise. */
#include "migrate/migrate.h"

/* Two things work in steps and not in one transaction:
 *
 * A UNIQUE index made in the transaction that changed its rows accepts values
 * that occur twice; as a step of its own, behind them, it does not. So they are
 * counted, and THROWn as the index would.
 *
 * SurrealDB 3.0 cannot remove a view, write its table's rows and define it once
 * more: "key being inserted already exists". So it is not defined. */

#define SRL_MIG_QUOTE 0x60 /* around names */

/* The next word of a statement, a name with its quotes; false at its end. */
static bool
srl_mig_word(surreal_str *rest, surreal_str *out)
{
    size_t i = 0;
    bool is_quoted = false;

    while (rest->len && strchr(" \t\r\n", rest->ptr[0])) {
        rest->ptr++;
        rest->len--;
    }
    for (; i < rest->len; i++) {
        char c = rest->ptr[i];

        if (c == SRL_MIG_QUOTE) is_quoted = !is_quoted;
        if (!is_quoted && strchr(" \t\r\n", c)) break;
    }
    out->ptr = rest->ptr;
    out->len = i;
    rest->ptr += i;
    rest->len -= i;
    return i > 0;
}

static bool
srl_mig_word_is(surreal_str *rest, const char *word, surreal_str *out)
{
    return srl_mig_word(rest, out) && srl_word_is(out->ptr, out->len, word);
}

static surreal_str
srl_mig_statement(const srl_sql *sql)
{
    const char *end = sql->text.ptr + sql->text.len;

    return surreal_text_of(sql->begin, (size_t)(end - sql->begin));
}

/* ---- unique ------------------------------------------------------------- */

typedef struct srl_mig_unique {
    surreal_str name, table, columns;
} srl_mig_unique;

/* DEFINE INDEX [OVERWRITE | IF NOT EXISTS] n ON [TABLE] t FIELDS a, b UNIQUE:
 * of single values, whose paths are names and dots. */
static bool
srl_mig_is_unique(surreal_str text, srl_mig_unique *out)
{
    surreal_str word;
    size_t i;

    if (!srl_mig_word_is(&text, "DEFINE", &word) ||
        !srl_mig_word_is(&text, "INDEX", &word) ||
        !srl_mig_word(&text, &word)) {
        return false;
    }
    if (srl_word_is(word.ptr, word.len, "OVERWRITE")) {
        srl_mig_word(&text, &word);
    } else if (srl_word_is(word.ptr, word.len, "IF")) {
        for (i = 0; i < 3; i++) srl_mig_word(&text, &word);
    }
    out->name = word;
    if (!srl_mig_word_is(&text, "ON", &word) || !srl_mig_word(&text, &word)) {
        return false;
    }
    if (srl_word_is(word.ptr, word.len, "TABLE")) srl_mig_word(&text, &word);
    out->table = word;
    if (!srl_mig_word(&text, &word) ||
        (!srl_word_is(word.ptr, word.len, "FIELDS") &&
         !srl_word_is(word.ptr, word.len, "COLUMNS"))) {
        return false;
    }
    out->columns = text;
    while (srl_mig_word(&text, &word)) {
        if (!srl_word_is(word.ptr, word.len, "UNIQUE")) continue;
        out->columns.len = (size_t)(word.ptr - out->columns.ptr);
        for (i = 0; i < out->columns.len; i++) {
            if (strchr("*[(\\", out->columns.ptr[i])) return false;
        }
        return true;
    }
    return false;
}

/* Which rows the index has: those with any of its values on SurrealDB 2, those
 * with all of them on 3. An empty array is none. */
static void
srl_mig_put_indexed(srl_mig *m, surreal_str columns)
{
    bool is_first = true;
    surreal_str name;

    while (srl_mig_name(&columns, &name)) {
        if (!is_first) {
            srl_buf_put_text(&m->text, m->major >= 3 ? " AND " : " OR ");
        }
        is_first = false;
        srl_buf_put_text(&m->text, "(");
        srl_buf_put(&m->text, name.ptr, name.len);
        srl_buf_put_text(&m->text, " NOT IN [NONE, NULL, [], <set> []])");
    }
}

/* To blame is the statement in front of which the step gives so many answers as
 * part has: see srl_mig_culprit_of(). */
static void
srl_mig_put_twice(srl_mig *m, srl_mig_part *part, const srl_mig_unique *index,
                  size_t limit)
{
    srl_buf_put_text(&m->text, "LET $srl_twice = (SELECT k, count() AS n FROM "
                               "(SELECT [");
    srl_buf_put(&m->text, index->columns.ptr, index->columns.len);
    srl_buf_put_text(&m->text, "] AS k FROM ");
    srl_buf_put(&m->text, index->table.ptr, index->table.len);
    srl_buf_put_text(&m->text, " WHERE ");
    srl_mig_put_indexed(m, index->columns);
    srl_buf_put_text(&m->text, " LIMIT ");
    srl_mig_put_size(m, limit);
    srl_mig_ours(m, ") GROUP BY k)[WHERE n > 1][0];\n", 1);
    part->first = m->answers - part->answers;
    part->answers++;
    srl_buf_put(&m->parts, part, sizeof *part);
    srl_buf_put_text(&m->text, "IF $srl_twice { THROW 'the index would contain "
                               "' + <string> $srl_twice.k + ' ' + <string> "
                               "$srl_twice.n");
    srl_mig_ours(m, " + ' times' };\n", 1);
}

/* ---- views -------------------------------------------------------------- */

/* The request has REMOVE TABLE of it. */
static bool
srl_mig_is_removed(const srl_mig *m, size_t len, surreal_str name)
{
    static const char remove[] = "REMOVE TABLE ";
    size_t size = sizeof remove - 1;
    size_t i;

    for (i = 0; i + size + name.len < len; i++) {
        const char *at = (const char *)m->text.data + i;

        if (!memcmp(at, remove, size) &&
            !memcmp(at + size, name.ptr, name.len) &&
            at[size + name.len] == ';') {
            return true;
        }
    }
    return false;
}

/* DEFINE TABLE v ... AS, of a view that was there, becomes a statement that
 * does nothing and gives one answer as well. */
static void
srl_mig_leave_out(srl_mig *m, size_t step_at, surreal_str text, size_t offset)
{
    static const char nothing[] = "LET $srl_view = 1";
    size_t at = step_at + offset;
    size_t len = text.len;
    surreal_str rest = text;
    surreal_str word;
    surreal_str name;
    bool is_view = false;

    if (!srl_mig_word_is(&rest, "DEFINE", &word) ||
        !srl_mig_word_is(&rest, "TABLE", &word) ||
        !srl_mig_word(&rest, &name)) {
        return;
    }
    while (!is_view && srl_mig_word(&rest, &word)) {
        is_view = srl_word_is(word.ptr, word.len, "AS");
    }
    if (!is_view || len < sizeof nothing ||
        !srl_mig_is_removed(m, step_at, name)) {
        return;
    }
    memset(m->text.data + at, ' ', len);
    memcpy(m->text.data + at, nothing, sizeof nothing - 1);
}

/* ---- both ---------------------------------------------------------------- */

SRL_FN void
srl_mig_put_trial(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step, size_t at, size_t limit)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_str rest = surreal_text_of(s->text, s->len);
    surreal_error ignored;
    srl_mig_part part;
    srl_sql sql;

    memset(&part, 0, sizeof part);
    part.whose = SRL_MIG_STEP;
    part.migration = what;
    part.step = step;
    part.is_down = is_down;
    while (!srl_mig_next(&rest, &sql, &ignored)) {
        surreal_str text = srl_mig_statement(&sql);
        srl_mig_unique index;

        if (m->text.status) return;
        if (srl_mig_is_unique(text, &index)) {
            srl_mig_put_twice(m, &part, &index, limit);
            part.answers--;
        }
        if (m->major >= 3) {
            srl_mig_leave_out(m, at, text, (size_t)(text.ptr - s->text));
        }
        part.answers += srl_mig_answers(m, &sql);
    }
}
