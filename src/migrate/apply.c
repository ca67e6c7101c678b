/* migrate/apply.c: migrations of one transaction. */
#include "migrate/migrate.h"

/* ---- touch -------------------------------------------------------------- */

SRL_FN surreal_status
srl_mig_try_touch(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step)
{
    static const char marker[] = "surrealgen: the rows fit";
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_tx_options often;
    surreal_status status;
    int attempt = 0;

    if (!s->touch) return SURREAL_OK;
    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    do {
        srl_mig_begin(m);
        SRL_TRY(srl_mig_put_step(m, what, is_down, step));
        srl_mig_put_touch(m, what, is_down, step, 0);
        srl_mig_ours(m, "THROW 'surrealgen: the rows fit';\nCOMMIT;", 0);
        srl_mig_kind(m, SURREAL_MIGRATE_TRIAL);
        status = srl_mig_send(m, SURREAL_NO_VARS, NULL);
        if (srl_mig_is_shown(m)) return status;
        attempt++;
    } while (srl_tx_again(m->db, &often, status, attempt) ||
             (srl_mig_is_lost(status) && attempt < SRL_MIG_LOSSES));
    srl_mig_heal(m);
    if (srl_mig_threw(m, status, marker)) return SURREAL_OK;
    if (!status) {
        srl_fail(m->err, SURREAL_ERR_REPLY, "the trial was not rolled back");
    }
    return srl_mig_blame(m, what, is_down, step);
}

/* ---- attic --------------------------------------------------------------- */

/* INSERT what stands in one column, or in whole records. */
static void
srl_mig_put_kept(srl_mig *m, const surreal_migration *what, surreal_str column,
                 bool is_batch)
{
    const char *dot = (const char *)memchr(column.ptr, '.', column.len);
    surreal_str table = column;

    if (dot) {
        table.len = (size_t)(dot - column.ptr);
        column.len -= table.len + 1;
        column.ptr = dot + 1;
    }
    srl_buf_put_text(&m->text, "INSERT INTO _surrealgen_attic (SELECT VALUE "
                               "{ migration: ");
    srl_mig_put_string(m, surreal_text(what->id));
    srl_buf_put_text(&m->text, ", of: ");
    srl_mig_put_string(m, table);
    if (dot) {
        srl_buf_put_text(&m->text, ", column: ");
        srl_mig_put_string(m, column);
    }
    srl_buf_put_text(&m->text, ", at: time::now(), record: id, old: ");
    if (dot) {
        srl_buf_put(&m->text, column.ptr, column.len);
    } else {
        srl_buf_put_text(&m->text, "$this");
    }
    srl_buf_put_text(&m->text, " } FROM ");
    if (is_batch) {
        srl_buf_put_text(&m->text, "$batch");
    } else {
        srl_buf_put(&m->text, table.ptr, table.len);
    }
    if (dot) {
        srl_buf_put_text(&m->text, " WHERE ");
        srl_buf_put(&m->text, column.ptr, column.len);
        srl_buf_put_text(&m->text, " != NONE");
    }
    srl_mig_ours(m, ") RETURN NONE;\n", 1);
}

SRL_FN void
srl_mig_put_archive(srl_mig *m, const surreal_migration *what, size_t step)
{
    const surreal_migration_step *s = &what->up[step];
    surreal_str rest = surreal_text(s->archive);
    surreal_str column;

    if (!m->opt.archive || !s->archive) return;
    while (srl_mig_name(&rest, &column)) {
        srl_mig_put_kept(m, what, column, s->kind == SURREAL_STEP_DATA);
    }
}

/* ---- once --------------------------------------------------------------- */

typedef struct srl_mig_once {
    size_t i;
    bool is_down;
    size_t exists; /* the answer that fails when somebody else was first */
} srl_mig_once;

/* What became of a request that nobody answered: it was done if the row is
 * there, or gone on the way down; whose doing it was, the log tells. Otherwise
 * the server may still be at it: but then that, or the next try, will find the
 * other one's row. */
static surreal_status
srl_mig_find_out(srl_mig *m, const srl_mig_once *once, bool *is_done)
{
    surreal_error was = *m->err;
    srl_buf text = m->text;
    srl_buf parts = m->parts;
    surreal_status status;
    bool is_there;

    m->was_lost = true;
    *is_done = false;
    /* Asking makes another request: this one may be sent again. */
    srl_mig_bufs_init(m);
    status = srl_mig_load(m, false);
    srl_mig_bufs_free(m);
    m->text = text;
    m->parts = parts;
    *m->err = was; /* what matters is what is not known */
    if (status) return was.status;
    is_there = m->rows[once->i].state != SRL_MIG_ABSENT;
    *is_done = is_there != once->is_down;
    return SURREAL_OK;
}

/* Send what was made until it is known to be done, here or elsewhere. */
static surreal_status
srl_mig_send_once(srl_mig *m, const srl_mig_once *once, surreal_vars vars,
                  srl_mig_end *end)
{
    surreal_tx_options often;
    surreal_status status;
    bool is_done = false;
    int attempt = 0;
    int losses = 0;

    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    for (;;) {
        status = srl_mig_send(m, vars, NULL);
        attempt++;
        if (!status || srl_mig_is_shown(m)) return status;
        if (srl_mig_threw(m, status, "surrealgen: denied")) {
            return srl_mig_denied(m);
        }
        if (srl_mig_threw(m, status, "surrealgen: gone") ||
            (status == SURREAL_ERR_EXISTS && !once->is_down &&
             m->err->statement == (int)once->exists)) {
            *end = SRL_MIG_ELSEWHERE;
            return SURREAL_OK;
        }
        if (srl_mig_is_lost(status) && ++losses <= SRL_MIG_LOSSES) {
            SRL_TRY(srl_mig_find_out(m, once, &is_done));
            if (is_done) *end = SRL_MIG_ELSEWHERE;
            if (is_done) return SURREAL_OK;
        } else if (!srl_tx_again(m->db, &often, status, attempt)) {
            srl_mig_heal(m);
            return status;
        }
    }
}

SRL_FN surreal_status
srl_mig_apply(srl_mig *m, size_t i, const char *kind, srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    bool is_run = !strcmp(kind, "run");
    srl_mig_once once;
    srl_mig_vars vars;
    srl_mig_new row;

    memset(&once, 0, sizeof once);
    memset(&row, 0, sizeof row);
    *end = SRL_MIG_DONE;
    if (is_run && what->up_count) SRL_TRY(srl_mig_try_touch(m, what, false, 0));
    once.i = i;
    row.what = what;
    row.kind = kind;
    row.status = "applied";
    row.action = is_run ? "up" : kind;
    row.done = what->up_count;
    SRL_TRY(srl_mig_fill(m, &row, &vars));
    srl_mig_begin(m);
    srl_mig_ours(m, "LET $srl_began = time::now();\n", 1);
    once.exists = m->answers;
    srl_mig_ours(m, SRL_MIG_MAKE, 2);
    if (is_run && what->up_count) {
        srl_mig_put_archive(m, what, 0);
        SRL_TRY(srl_mig_put_step(m, what, false, 0));
    }
    srl_mig_ours(m, SRL_MIG_LOG("time::now() - $srl_began") "\nCOMMIT;", 0);
    if (srl_mig_send_once(m, &once, srl_mig_vars_of(&vars), end)) {
        return srl_mig_blame(m, what, false, 0);
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_mig_revert(srl_mig *m, size_t i, srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    srl_mig_once once;
    srl_mig_vars vars;
    srl_mig_new row;

    memset(&once, 0, sizeof once);
    memset(&row, 0, sizeof row);
    *end = SRL_MIG_DONE;
    if (what->down_count) SRL_TRY(srl_mig_try_touch(m, what, true, 0));
    once.i = i;
    once.is_down = true;
    row.what = what;
    row.kind = row.status = "";
    row.action = "down";
    SRL_TRY(srl_mig_fill(m, &row, &vars));
    srl_mig_begin(m);
    srl_mig_ours(m, "LET $srl_was = (DELETE $srl_id WHERE status = 'applied' "
                    "RETURN BEFORE);\n"
                    "IF !$srl_was { THROW 'surrealgen: gone' };\n", 2);
    if (what->replaces_count) srl_mig_ours(m, SRL_MIG_UNSQUASH "\n", 1);
    if (what->down_count) SRL_TRY(srl_mig_put_step(m, what, true, 0));
    srl_mig_ours(m, SRL_MIG_LOG("NONE") "\nCOMMIT;", 0);
    if (srl_mig_send_once(m, &once, srl_mig_vars_of(&vars), end)) {
        return srl_mig_blame(m, what, true, 0);
    }
    return SURREAL_OK;
}
