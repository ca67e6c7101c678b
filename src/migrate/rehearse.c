/* migrate/rehearse.c: everything for real, then undone. */
#include "migrate/migrate.h"

/* One transaction for all migrations that are left, because each needs what
 * the ones before it did. It ends in a THROW: what fails before that, would
 * have failed. Steps of data are tried on their first batch, indexes are built
 * at once, since one that is built beside the traffic cannot be undone. */

/* The text with CONCURRENTLY blanked out: it ends the statement. */
static void
srl_mig_not_concurrent(srl_mig *m, size_t at)
{
    static const char word[] = "CONCURRENTLY";
    size_t len = sizeof word - 1;
    size_t end = m->text.len;

    while (end >= at + len) {
        const char *text = (const char *)m->text.data + end - len;

        if (srl_word_is(text, len, word)) {
            memset(m->text.data + end - len, ' ', len);
            return;
        }
        end--;
    }
}

static surreal_status
srl_mig_rehearse_step(srl_mig *m, const surreal_migration *what, size_t step)
{
    const surreal_migration_step *s = &what->up[step];
    size_t answers = m->major >= 3;
    size_t at = m->text.len;

    if (s->kind == SURREAL_STEP_DATA) {
        srl_mig_put_batch(m, s, true, false);
        if (s->is_quiet) srl_mig_ours(m, "OPTION IMPORT;\n", answers);
        SRL_TRY(srl_mig_put_block(m, what, false, step));
    } else {
        SRL_TRY(srl_mig_put_step(m, what, false, step));
    }
    if (s->kind == SURREAL_STEP_INDEX) srl_mig_not_concurrent(m, at);
    /* A step may have said IMPORT for itself. */
    srl_mig_ours(m, "OPTION IMPORT = FALSE;\n", answers);
    return srl_mig_put_touch(m, what, false, step);
}

/* Where a migration that is half applied goes on. */
static size_t
srl_mig_rehearse_from(const srl_mig *m, size_t i)
{
    if (m->rows[i].state != SRL_MIG_PARTIAL) return 0;
    return (size_t)surreal_int_at(m->rows[i].v, "steps_done");
}

SRL_FN surreal_status
srl_mig_rehearse(srl_mig *m, size_t last)
{
    surreal_tx_options often;
    surreal_status status;
    int attempt = 0;
    size_t i;
    size_t k;

    if (m->first >= last) return SURREAL_OK;
    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    m->began_ms = srl_os_now_ms();
    srl_mig_begin(m);
    for (i = m->first; i < last; i++) {
        const surreal_migration *what = &m->chain->at[i];

        if (srl_mig_is_squashed(m, i)) continue;
        for (k = srl_mig_rehearse_from(m, i); k < what->up_count; k++) {
            SRL_TRY(srl_mig_rehearse_step(m, what, k));
        }
    }
    srl_mig_ours(m, "THROW 'surrealgen: rehearsed';\nCOMMIT;", 0);
    do {
        status = srl_mig_send(m, SURREAL_NO_VARS, NULL);
        attempt++;
    } while (srl_tx_again(m->db, &often, status, attempt) ||
             (srl_mig_is_lost(status) && attempt < SRL_MIG_LOSSES));
    srl_mig_heal(m);
    if (srl_mig_threw(m, status, "surrealgen: rehearsed")) {
        m->report->done = last - m->first;
        return SURREAL_OK;
    }
    if (!status) {
        status = srl_fail(m->err, SURREAL_ERR_REPLY,
                          "the rehearsal was not rolled back");
    }
    srl_mig_blame(m, &m->chain->at[m->first], false, 0);
    m->report->done = (size_t)(m->report->failed - &m->chain->at[m->first]);
    return status;
}
