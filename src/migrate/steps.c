/* migrate/steps.c: migrations of several steps. */
#include "migrate/migrate.h"

/* The row counts the steps that are done, in the transaction of each step:
 *
 *   absent --first step--> partial 1 --...--> partial n-1 --last--> applied
 *   applied --first step back--> reverting 1 --...--last--> absent
 *
 * (with a first step that is not one transaction, the row is made before it
 * and says 0.) A step of several transactions keeps where it is in `cursor`.
 * Every one of these arrows says in its condition what it comes from, so that
 * it happens once: whoever finds the row elsewhere reads it again and goes on
 * from there. */

static const char *
srl_mig_half(bool is_down)
{
    return is_down ? "reverting" : "partial";
}

/* UPDATE the row to the next step where it is at this one, or THROW. */
SRL_FN void
srl_mig_put_guard(srl_mig *m, const surreal_migration *what, bool is_down,
                  size_t step)
{
    bool is_last = step + 1 == srl_mig_steps_of(what, is_down);

    srl_buf_put_text(&m->text, "LET $srl_at = (");
    if (is_last && is_down) {
        srl_buf_put_text(&m->text, "DELETE $srl_id");
    } else {
        srl_buf_put_text(&m->text, "UPDATE $srl_id SET cursor = NONE, rows = "
                                   "0, steps_done = ");
        srl_mig_put_size(m, step + 1);
        srl_buf_put_text(&m->text, ", step_sums = $srl_row.step_sums, "
                                   "steps_total = $srl_row.steps_total");
        if (is_last) {
            srl_buf_put_text(&m->text, ", status = 'applied', checksum = "
                                       "$srl_row.checksum");
        }
    }
    srl_buf_put_text(&m->text, " WHERE status = '");
    srl_buf_put_text(&m->text, srl_mig_half(is_down));
    srl_buf_put_text(&m->text, "' AND steps_done = ");
    srl_mig_put_size(m, step);
    srl_mig_ours(m, " RETURN BEFORE);\n"
                    "IF !$srl_at { THROW 'surrealgen: elsewhere' };\n", 2);
}

/* What is written down behind the last step. */
SRL_FN void
srl_mig_put_last(srl_mig *m, const surreal_migration *what, bool is_down,
                 size_t step)
{
    if (step + 1 < srl_mig_steps_of(what, is_down)) return;
    if (is_down) {
        if (what->replaces_count) srl_mig_ours(m, SRL_MIG_UNSQUASH "\n", 1);
        srl_mig_ours(m, SRL_MIG_LOG("NONE") "\n", 1);
    } else {
        srl_mig_ours(m, SRL_MIG_LOG(SRL_MIG_SINCE) "\n", 1);
    }
}

/* After a request that nobody answered the same is sent again: if it was done,
 * its condition does not hold any more. */
SRL_FN surreal_status
srl_mig_move(srl_mig *m, size_t i, bool is_down, size_t step,
             surreal_vars vars, surreal_result **out, srl_mig_end *end)
{
    surreal_tx_options often;
    surreal_status status;
    int attempt = 0;
    int losses = 0;

    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    do {
        status = srl_mig_send(m, vars, out);
        attempt++;
        if (!status || srl_mig_is_shown(m)) return status;
        if (srl_mig_threw(m, status, "surrealgen: denied")) {
            srl_mig_denied(m);
            return srl_mig_blame(m, &m->chain->at[i], is_down, step);
        }
        if (srl_mig_threw(m, status, "surrealgen: elsewhere") ||
            (status == SURREAL_ERR_EXISTS && m->err->statement ==
                                                 (m->major >= 3 ? 1 : 0))) {
            *end = SRL_MIG_ELSEWHERE;
            return SURREAL_OK;
        }
        if (srl_mig_is_lost(status)) m->was_lost = true;
    } while ((srl_mig_is_lost(status) && ++losses < SRL_MIG_LOSSES) ||
             srl_tx_again(m->db, &often, status, attempt));
    srl_mig_heal(m);
    return srl_mig_blame(m, &m->chain->at[i], is_down, step);
}

/* ---- the row ------------------------------------------------------------ */

static surreal_status
srl_mig_vars_for(srl_mig *m, size_t i, bool is_down, srl_mig_vars *out)
{
    srl_mig_new row;

    memset(&row, 0, sizeof row);
    row.what = &m->chain->at[i];
    row.kind = "run";
    row.status = srl_mig_half(is_down);
    row.action = is_down ? "down" : "up";
    row.is_down = is_down;
    return srl_mig_fill(m, &row, out);
}

/* From absent or applied to the beginning of the first step. */
static void
srl_mig_put_row(srl_mig *m, bool is_down)
{
    if (!is_down) {
        srl_mig_ours(m, SRL_MIG_MAKE, 2);
        return;
    }
    srl_mig_ours(m, "LET $srl_at = (UPDATE $srl_id SET status = 'reverting', "
                    "steps_done = 0, rows = 0, cursor = NONE, steps_total = "
                    "$srl_row.steps_total, step_sums = $srl_row.step_sums "
                    "WHERE status = 'applied' RETURN BEFORE);\n"
                    "IF !$srl_at { THROW 'surrealgen: elsewhere' };\n", 2);
}

static surreal_status
srl_mig_row_alone(srl_mig *m, size_t i, bool is_down, srl_mig_end *end)
{
    srl_mig_vars vars;

    SRL_TRY(srl_mig_vars_for(m, i, is_down, &vars));
    srl_mig_begin(m);
    srl_mig_put_row(m, is_down);
    srl_mig_ours(m, "COMMIT;", 0);
    return srl_mig_move(m, i, is_down, 0, srl_mig_vars_of(&vars), NULL, end);
}

/* A step that is one transaction. */
static surreal_status
srl_mig_tx(srl_mig *m, size_t i, bool is_down, size_t step, bool has_row,
           srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    srl_mig_vars vars;

    SRL_TRY(srl_mig_try_touch(m, what, is_down, step));
    SRL_TRY(srl_mig_vars_for(m, i, is_down, &vars));
    srl_mig_begin(m);
    if (!has_row) srl_mig_put_row(m, is_down);
    srl_mig_put_guard(m, what, is_down, step);
    if (!is_down) srl_mig_put_archive(m, what, step);
    SRL_TRY(srl_mig_put_step(m, what, is_down, step));
    srl_mig_put_last(m, what, is_down, step);
    srl_mig_ours(m, "COMMIT;", 0);
    return srl_mig_move(m, i, is_down, step, srl_mig_vars_of(&vars), NULL,
                        end);
}

/* ---- step after step ---------------------------------------------------- */

static surreal_status
srl_mig_step_run(srl_mig *m, size_t i, bool is_down, size_t step, bool has_row,
                 srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    surreal_step_kind kind = srl_mig_step_of(what, is_down, step)->kind;

    if (kind == SURREAL_STEP_TX) {
        return srl_mig_tx(m, i, is_down, step, has_row, end);
    }
    if (!has_row) {
        SRL_TRY(srl_mig_row_alone(m, i, is_down, end));
        if (*end) return SURREAL_OK;
        SRL_TRY(srl_mig_load(m, false));
    }
    if (kind == SURREAL_STEP_DATA) {
        return srl_mig_data(m, i, is_down, step, end);
    }
    return srl_mig_index(m, i, is_down, step, end);
}

/* A row that says no step was done, after a failure, goes again: then nothing
 * was changed. */
static void
srl_mig_drop_row(srl_mig *m, size_t i, bool is_down)
{
    surreal_error was = *m->err;
    srl_mig_vars vars;

    if (srl_mig_is_shown(m)) return;
    if (m->report->is_partly || srl_mig_vars_for(m, i, is_down, &vars)) return;
    srl_mig_begin_bare(m);
    if (is_down) {
        srl_mig_ours(m, "UPDATE $srl_id SET status = 'applied', steps_done = ",
                     0);
        srl_mig_put_size(m, m->chain->at[i].up_count);
        srl_mig_ours(m, ", steps_total = ", 0);
        srl_mig_put_size(m, m->chain->at[i].up_count);
        srl_mig_ours(m, " WHERE status = 'reverting'", 0);
    } else {
        srl_mig_ours(m, "DELETE $srl_id WHERE status = 'partial'", 0);
    }
    srl_mig_ours(m, " AND steps_done = 0 AND rows = 0 AND cursor = NONE;", 0);
    srl_mig_send(m, srl_mig_vars_of(&vars), NULL);
    *m->err = was;
}

SRL_FN surreal_status
srl_mig_steps(srl_mig *m, size_t i, bool is_down, srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    srl_mig_state half = is_down ? SRL_MIG_REVERTING : SRL_MIG_PARTIAL;
    srl_mig_state before = is_down ? SRL_MIG_APPLIED : SRL_MIG_ABSENT;
    size_t count = srl_mig_steps_of(what, is_down);
    surreal_status status = SURREAL_OK;
    size_t step;

    *end = SRL_MIG_DONE;
    SRL_TRY(srl_mig_lock_take(m, what));
    /* Whoever had the lock may have done it, or some of it. */
    SRL_TRY(srl_mig_load(m, false));
    if (m->rows[i].state != half && m->rows[i].state != before) {
        *end = SRL_MIG_ELSEWHERE;
        return SURREAL_OK;
    }
    if (m->rows[i].state == half) {
        SRL_TRY(srl_mig_same_steps(m, i));
    } else {
        SRL_TRY(srl_mig_try_all(m, i, is_down));
    }
    step = m->rows[i].state == half
               ? (size_t)surreal_int_at(m->rows[i].v, "steps_done")
               : 0;
    m->report->is_partly =
        step > 0 || surreal_int_at(m->rows[i].v, "rows") > 0;
    for (; step < count && !status; step++) {
        bool has_row = m->rows[i].state == half || step > 0;

        status = srl_mig_step_run(m, i, is_down, step, has_row, end);
        if (*end) return status;
        if (!status) {
            status = srl_mig_tell(m, SURREAL_MIGRATE_STEP, what, step + 1,
                                  count, 0, 0, NULL);
            m->report->is_partly = step + 1 < count;
        }
    }
    if (status) {
        if (!m->report->failed) m->report->failed = what;
        srl_mig_drop_row(m, i, is_down);
        return status;
    }
    m->report->is_partly = false;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_mig_fake_rest(srl_mig *m, size_t i, srl_mig_end *end)
{
    srl_mig_vars vars;
    srl_mig_new row;

    *end = SRL_MIG_DONE;
    memset(&row, 0, sizeof row);
    row.what = &m->chain->at[i];
    row.kind = row.action = "fake";
    row.status = "applied";
    row.done = row.what->up_count;
    SRL_TRY(srl_mig_lock_take(m, row.what));
    SRL_TRY(srl_mig_fill(m, &row, &vars));
    srl_mig_begin(m);
    srl_mig_ours(m, "LET $srl_at = (UPDATE $srl_id SET status = 'applied', "
                    "kind = 'fake', cursor = NONE, rows = 0, checksum = "
                    "$srl_row.checksum, step_sums = $srl_row.step_sums, "
                    "steps_done = $srl_row.steps_done, steps_total = "
                    "$srl_row.steps_total, run = $srl_row.run "
                    "WHERE status != 'applied' RETURN BEFORE);\n"
                    "IF !$srl_at { THROW 'surrealgen: elsewhere' };\n"
                    SRL_MIG_LOG("NONE") "\nCOMMIT;", 0);
    return srl_mig_move(m, i, false, 0, srl_mig_vars_of(&vars), NULL, end);
}
