/* migrate/request.c: requests made of steps, and whom to blame. */
#include "migrate/migrate.h"

/* ---- making ------------------------------------------------------------- */

SRL_FN const surreal_migration_step *
srl_mig_step_of(const surreal_migration *what, bool is_down, size_t step)
{
    return is_down ? &what->down[step] : &what->up[step];
}

SRL_FN size_t
srl_mig_steps_of(const surreal_migration *what, bool is_down)
{
    return is_down ? what->down_count : what->up_count;
}

SRL_FN void
srl_mig_begin_bare(srl_mig *m)
{
    m->text.len = 0;
    m->text.status = SURREAL_OK;
    m->parts.len = 0;
    m->parts.status = SURREAL_OK;
    m->answers = 0;
}

SRL_FN void
srl_mig_begin(srl_mig *m)
{
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "BEGIN;\n", m->major >= 3);
}

SRL_FN void
srl_mig_part_add(srl_mig *m, srl_mig_part *part)
{
    part->first = m->answers;
    srl_buf_put(&m->parts, part, sizeof *part);
    m->answers += part->answers;
}

/* Text of ours needs no part: what is in none is ours. */
SRL_FN void
srl_mig_ours(srl_mig *m, const char *text, size_t answers)
{
    srl_buf_put_text(&m->text, text);
    m->answers += answers;
}

SRL_FN surreal_status
srl_mig_next(surreal_str *rest, srl_sql *out, surreal_error *err)
{
    static const char *const refused[] = {"BEGIN", "CANCEL", "COMMIT", "KILL",
                                          "LIVE", "USE", NULL};

    return srl_sql_next(rest, "migration", refused, out, err);
}

/* SurrealDB 2 does not answer for it. */
static bool
srl_mig_answers(const srl_mig *m, const srl_sql *sql)
{
    return m->major >= 3 ||
           !srl_word_is(sql->word.ptr, sql->word.len, "OPTION");
}

static surreal_str
srl_mig_text_of(const surreal_migration_step *step)
{
    return surreal_text_of(step->text, step->len);
}

SRL_FN surreal_status
srl_mig_put_step(srl_mig *m, const surreal_migration *what, bool is_down,
                 size_t step)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_str rest = srl_mig_text_of(s);
    srl_mig_part part;
    srl_sql sql;
    surreal_status status;

    memset(&part, 0, sizeof part);
    part.whose = SRL_MIG_STEP;
    part.migration = what;
    part.step = step;
    part.is_down = is_down;
    part.at = m->text.len;
    part.len = s->len;
    while (!(status = srl_mig_next(&rest, &sql, m->err))) {
        part.answers += srl_mig_answers(m, &sql);
    }
    if (status != SURREAL_NOT_FOUND) return status;
    srl_mig_part_add(m, &part);
    srl_buf_put(&m->text, s->text, s->len);
    /* Behind a comment, or a statement without its `;`. */
    srl_buf_put_text(&m->text, "\n;\n");
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_mig_put_block(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_str rest = srl_mig_text_of(s);
    srl_mig_part part;
    srl_sql sql;
    surreal_status status = srl_mig_next(&rest, &sql, m->err);

    if (status == SURREAL_NOT_FOUND) {
        return srl_fail(m->err, SURREAL_ERR_USAGE, "the step is empty");
    }
    if (status) return status;
    memset(&part, 0, sizeof part);
    part.whose = SRL_MIG_STEP;
    part.migration = what;
    part.step = step;
    part.is_down = is_down;
    part.is_block = true;
    part.answers = 1;
    srl_buf_put_text(&m->text, "LET $srl_out = {\n");
    part.at = m->text.len;
    part.len = sql.text.len;
    part.skip = (size_t)(sql.text.ptr - s->text);
    srl_mig_part_add(m, &part);
    srl_buf_put(&m->text, sql.text.ptr, sql.text.len);
    srl_buf_put_text(&m->text, "\n;NONE};\n");
    return SURREAL_OK;
}

SRL_FN bool
srl_mig_name(surreal_str *names, surreal_str *out)
{
    const char *end = names->ptr + names->len;
    const char *at = names->ptr;
    const char *comma;

    while (at < end && (*at == ' ' || *at == ',')) at++;
    if (at >= end) return false;
    comma = (const char *)memchr(at, ',', (size_t)(end - at));
    names->ptr = comma ? comma : end;
    names->len = (size_t)(end - names->ptr);
    out->ptr = at;
    out->len = (size_t)(names->ptr - at);
    while (at[out->len - 1] == ' ') out->len--;
    return true;
}

SRL_FN surreal_status
srl_mig_put_touch(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step, size_t limit)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_str rest = surreal_text(s->touch);
    surreal_str name;
    srl_mig_part part;

    memset(&part, 0, sizeof part);
    part.whose = SRL_MIG_TOUCH;
    part.migration = what;
    part.step = step;
    part.is_down = is_down;
    part.answers = 1;
    /* The step may have said IMPORT, under which everything fits. */
    if (s->touch) srl_mig_ours(m, "OPTION IMPORT = FALSE;\n", m->major >= 3);
    while (s->touch && srl_mig_name(&rest, &name)) {
        part.table = name;
        part.at = m->text.len;
        srl_buf_put_text(&m->text, limit ? "UPDATE (SELECT VALUE id FROM "
                                         : "UPDATE ");
        srl_buf_put(&m->text, name.ptr, name.len);
        if (limit) {
            srl_buf_put_text(&m->text, " LIMIT ");
            srl_mig_put_size(m, limit);
            srl_buf_put_text(&m->text, ")");
        }
        srl_buf_put_text(&m->text, " RETURN NONE;\n");
        part.len = m->text.len - part.at;
        srl_mig_part_add(m, &part);
    }
    return SURREAL_OK;
}

SRL_FN void
srl_mig_put_name(srl_mig *m, surreal_str name)
{
    size_t len = surreal_ident_print(name, NULL, 0);

    if (srl_buf_reserve(&m->text, len + 1)) return;
    surreal_ident_print(name, (char *)m->text.data + m->text.len, len + 1);
    m->text.len += len;
}

SRL_FN void
srl_mig_put_string(srl_mig *m, surreal_str text)
{
    srl_out out;
    size_t len;

    srl_out_init(&out, NULL, 0);
    srl_string_out(&out, text);
    len = srl_out_end(&out);
    if (srl_buf_reserve(&m->text, len + 1)) return;
    srl_out_init(&out, (char *)m->text.data + m->text.len, len + 1);
    srl_string_out(&out, text);
    m->text.len += srl_out_end(&out);
}

SRL_FN void
srl_mig_bufs_init(srl_mig *m)
{
    srl_buf_init(&m->text, &m->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&m->parts, &m->mem, SURREAL_MAX_MESSAGE);
}

SRL_FN void
srl_mig_bufs_free(srl_mig *m)
{
    srl_buf_free(&m->text);
    srl_buf_free(&m->parts);
}

SRL_FN void
srl_mig_put_size(srl_mig *m, size_t n)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", n);
    srl_buf_put_text(&m->text, text);
}

SRL_FN surreal_status
srl_mig_check(srl_mig *m, const surreal_migration *what, bool is_down)
{
    size_t count = srl_mig_steps_of(what, is_down);
    surreal_status status = SURREAL_OK;
    size_t i;

    for (i = 0; i < count && !status; i++) {
        const surreal_migration_step *s = srl_mig_step_of(what, is_down, i);
        bool is_bad = !s->text ||
                      (s->kind != SURREAL_STEP_TX && !s->table) ||
                      (s->kind == SURREAL_STEP_DATA && !s->batch) ||
                      (s->kind == SURREAL_STEP_INDEX && !s->index);

        srl_mig_begin_bare(m);
        if (is_bad) {
            status = srl_fail(m->err, SURREAL_ERR_USAGE,
                              "the step lacks its text, table, index or batch");
        } else if (s->kind == SURREAL_STEP_DATA) {
            status = srl_mig_put_block(m, what, is_down, i);
        } else {
            status = srl_mig_put_step(m, what, is_down, i);
        }
        if (!status) status = m->text.status;
        if (!status) status = m->parts.status;
        if (status && m->err->status != status) {
            srl_fail(m->err, status, "the step: %s",
                     surreal_status_text(status));
        }
        srl_mig_begin_bare(m);
        if (status) srl_mig_blame(m, what, is_down, i);
    }
    return status;
}

/* ---- sending ------------------------------------------------------------ */

/* Over WebSocket pings tell of a server that is gone, so a statement may take
 * what it takes; over HTTP nothing does. */
#define SRL_MIG_HTTP_MS (60 * 60 * 1000)

SRL_FN surreal_status
srl_mig_send(srl_mig *m, surreal_vars vars, surreal_result **out)
{
    surreal *db = m->db;
    surreal_str text;
    srl_waiter w;
    surreal_status status = m->text.status;

    if (out) *out = NULL;
    if (!status) status = m->parts.status;
    if (!status) status = m->encoded.status;
    if (status) {
        return srl_fail(m->err, status, "a step of the migration: %s",
                        surreal_status_text(status));
    }
    if (srl_mig_is_shown(m) && !m->is_reading) return srl_mig_show(m, vars);
    text = surreal_text_of((const char *)m->text.data, m->text.len);
    srl_waiter_init(db, &w);
    w.end_ms = srl_conn_is_http(db->conn)
                   ? srl_os_now_ms() + SRL_MIG_HTTP_MS
                   : INT64_MAX;
    do {
        w.status = surreal_query_start(db, text, vars, srl_waiter_done, &w,
                                       NULL);
        if (w.status) {
            w.error = *m->err;
            continue;
        }
        while (!w.is_done && m->lock.is_held) {
            int64_t left = srl_mig_lock_refresh(m);

            if (!w.is_done) srl_wait_and_step(db->conn, left);
        }
        /* What srl_waiter_again() does when it has waited itself. */
        if (w.is_done && w.status == SURREAL_ERR_NOT_SENT && !db->is_ended &&
            db->conn->phase < SRL_PHASE_FAILED) {
            w.is_done = false;
            w.status = SURREAL_WOULD_BLOCK;
        }
    } while (srl_waiter_again(&w));
    status = srl_waiter_end(&w, out);
    if (!status || !out) return status;
    surreal_result_free(*out); /* m->err says it all */
    *out = NULL;
    return status;
}

SRL_FN bool
srl_mig_threw(const srl_mig *m, surreal_status status, const char *marker)
{
    static const char before[] = "An error occurred: ";
    const char *text = m->err->message;

    return status == SURREAL_ERR_THROWN &&
           !strncmp(text, before, sizeof before - 1) &&
           !strcmp(text + sizeof before - 1, marker);
}

SRL_FN surreal_status
srl_mig_denied(srl_mig *m)
{
    return srl_fail(m->err, SURREAL_ERR_DENIED, "this user may not write rows "
                    "here: the history took none, without an error");
}

SRL_FN bool
srl_mig_is_lost(surreal_status status)
{
    surreal_class cls = surreal_status_class(status);

    /* LIMIT and PROTO: it was done, and the answer could not be read. */
    return status == SURREAL_ERR_UNKNOWN || cls == SURREAL_CLASS_TIMEOUT ||
           cls == SURREAL_CLASS_LIMIT || cls == SURREAL_CLASS_PROTO;
}

/* ---- SurrealDB 2 after a rollback --------------------------------------- */

/* SurrealDB 2 caches the fields of a table as a transaction sees them, and
 * goes on using what it cached when the transaction is rolled back: later
 * writes are refused for the sake of fields nobody defined, until the fields
 * of the table change (measured on 2.6.0). So they are changed, and back, in
 * every table that the request names. */
static bool
srl_mig_mentions(const srl_mig *m, surreal_str name)
{
    const char *text = (const char *)m->text.data;
    const char *at = text;
    const char *end = text + m->text.len;

    while (name.len && (size_t)(end - at) >= name.len) {
        at = (const char *)memchr(at, name.ptr[0],
                                  (size_t)(end - at) - name.len + 1);
        if (!at) return false;
        if (!memcmp(at, name.ptr, name.len)) return true;
        at++;
    }
    return false;
}

static void
srl_mig_heal_text(srl_mig *m, const srl_mig *failed, const surreal_result *r)
{
    surreal_value info = surreal_statement_value(r, 0);
    surreal_iter it = surreal_iterate(surreal_field(info, "tables"));

    srl_mig_begin(m);
    while (surreal_next(&it)) {
        if (!srl_mig_mentions(failed, it.key)) continue;
        srl_mig_ours(m, "DEFINE FIELD OVERWRITE _surrealgen_ ON ", 0);
        srl_mig_put_name(m, it.key);
        srl_mig_ours(m, ";\nREMOVE FIELD _surrealgen_ ON ", 0);
        srl_mig_put_name(m, it.key);
        srl_mig_ours(m, ";\n", 0);
    }
    srl_mig_ours(m, "COMMIT;", 0);
}

SRL_FN void
srl_mig_heal(srl_mig *m)
{
    surreal_error was = *m->err;
    srl_mig failed = *m;
    surreal_tx_options often;
    surreal_result *r = NULL;
    surreal_status status;
    int attempt = 0;

    if (m->major >= 3 || srl_mig_is_shown(m)) return;
    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    srl_mig_bufs_init(m);
    srl_mig_ours(m, "INFO FOR DB;", 0);
    status = srl_mig_send(m, SURREAL_NO_VARS, &r);
    if (!status) srl_mig_heal_text(m, &failed, r);
    while (!status) {
        status = srl_mig_send(m, SURREAL_NO_VARS, NULL);
        attempt++;
        if (!srl_tx_again(m->db, &often, status, attempt)) break;
        status = SURREAL_OK;
    }
    surreal_result_free(r);
    srl_mig_bufs_free(m);
    m->text = failed.text;
    m->parts = failed.parts;
    m->answers = failed.answers;
    *m->err = was;
}

/* ---- whom to blame ------------------------------------------------------ */

static bool
srl_mig_part_at(const srl_mig *m, size_t i, srl_mig_part *out)
{
    if (i >= m->parts.len / sizeof *out) return false;
    memcpy(out, m->parts.data + i * sizeof *out, sizeof *out);
    return true;
}

/* "[line:column]", both from 1, as an offset in the request. */
static bool
srl_mig_place(const srl_mig *m, const char *message, size_t *out)
{
    const char *at = strstr(message, "--> [");
    unsigned long line;
    unsigned long col;
    char *end;
    size_t i = 0;

    if (!at) return false;
    line = strtoul(at + 5, &end, 10);
    if (*end != ':') return false;
    col = strtoul(end + 1, &end, 10);
    if (*end != ']') return false;
    for (; line > 1 && i < m->text.len; i++) line -= m->text.data[i] == '\n';
    while (col > 1 && i < m->text.len) {
        i++;
        while (i < m->text.len && (m->text.data[i] & 0xc0) == 0x80) i++;
        col--;
    }
    *out = i;
    return line <= 1;
}

/* The part that gave an answer, or that has an offset. */
static bool
srl_mig_part_of(const srl_mig *m, bool by_answer, size_t n, srl_mig_part *out)
{
    size_t i;

    for (i = 0; srl_mig_part_at(m, i, out); i++) {
        size_t first = by_answer ? out->first : out->at;
        size_t count = by_answer ? out->answers : out->len;

        if (n >= first && n - first < count) return true;
    }
    return false;
}

typedef struct srl_mig_culprit {
    int statement;
    size_t at;     /* in the step's text */
    uint32_t line; /* in its file; 0: not known */
} srl_mig_culprit;

static uint32_t
srl_mig_lines(const char *from, const char *to)
{
    uint32_t n = 0;

    for (; from < to; from++) n += *from == '\n';
    return n;
}

/* Which statement of the step gave this answer, or has this offset. */
static srl_mig_culprit
srl_mig_culprit_of(const srl_mig *m, const srl_mig_part *part, bool by_answer,
                   size_t n)
{
    const surreal_migration_step *s =
        srl_mig_step_of(part->migration, part->is_down, part->step);
    surreal_str rest = srl_mig_text_of(s);
    const char *place = s->text + part->skip;
    const char *first = NULL;
    srl_mig_culprit found;
    surreal_error ignored;
    srl_sql sql;
    int i;

    memset(&found, 0, sizeof found);
    found.statement = -1;
    if (!by_answer) place += n - part->at;
    for (i = 0; !srl_mig_next(&rest, &sql, &ignored); i++) {
        bool is_it;

        if (!first) first = sql.begin;
        if (by_answer) {
            is_it = part->is_block || (srl_mig_answers(m, &sql) &&
                                       n-- == part->first);
            if (part->whose == SRL_MIG_UNIQUE) {
                is_it = (size_t)i == part->statement;
            }
            place = sql.begin;
        } else {
            is_it = place <= sql.text.ptr + sql.text.len;
        }
        if (!is_it) continue;
        found.statement = i;
        found.at = (size_t)(place - s->text);
        if (s->line) found.line = s->line + srl_mig_lines(first, place);
        break;
    }
    return found;
}

/* The first line of what the server said, with the place in front of it. */
static void
srl_mig_say(srl_mig *m, const srl_mig_culprit *culprit)
{
    const surreal_migrate_report *r = m->report;
    size_t steps = srl_mig_steps_of(r->failed, r->is_down);
    char where[96];
    int len = 0;
    surreal_error was = *m->err;

    where[0] = '\0';
    if (steps > 1) {
        len = snprintf(where, sizeof where, ", step %zu of %zu", r->step + 1,
                       steps);
    }
    if (culprit->statement >= 0) {
        len += snprintf(where + len, sizeof where - (size_t)len,
                        ", statement %d", culprit->statement + 1);
    }
    if (culprit->line) {
        snprintf(where + len, sizeof where - (size_t)len, " (%s.surql:%lu)",
                 r->is_down ? "down" : "up", (unsigned long)culprit->line);
    }
    if (r->table[0]) {
        srl_fail(m->err, was.status,
                 "%s%s: rows of table %s do not fit: %s", r->failed->id,
                 where, r->table, was.message);
    } else {
        srl_fail(m->err, was.status, "%s%s: %s", r->failed->id, where,
                 was.message);
    }
    m->err->os_error = was.os_error;
    m->err->code = was.code;
    m->err->at = culprit->at;
    m->err->statement = culprit->statement;
    memcpy(m->err->kind, was.kind, sizeof was.kind);
    memcpy(m->err->detail, was.detail, sizeof was.detail);
}

SRL_FN surreal_status
srl_mig_blame(srl_mig *m, const surreal_migration *what, bool is_down,
              size_t step)
{
    surreal_migrate_report *r = m->report;
    bool by_answer = m->err->statement >= 0;
    srl_mig_culprit culprit;
    srl_mig_part part;
    size_t n = by_answer ? (size_t)m->err->statement : 0;

    memset(&culprit, 0, sizeof culprit);
    culprit.statement = -1;
    r->failed = what;
    r->is_down = is_down;
    r->step = step;
    r->error = *m->err;
    r->table[0] = '\0';
    if ((by_answer || srl_mig_place(m, m->err->message, &n)) &&
        srl_mig_part_of(m, by_answer, n, &part)) {
        r->failed = part.migration;
        r->is_down = part.is_down;
        r->step = part.step;
        if (part.whose == SRL_MIG_TOUCH) {
            srl_text_copy(r->table, sizeof r->table, part.table.ptr,
                          part.table.len);
        } else {
            culprit = srl_mig_culprit_of(m, &part, by_answer, n);
        }
    }
    r->statement = culprit.statement;
    r->at = culprit.at;
    srl_mig_say(m, &culprit);
    return m->err->status;
}
