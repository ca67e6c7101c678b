/* migrate/rehearse.c: everything for real, then undone. */
#include "migrate/migrate.h"

/* One transaction for all that is left, because each step needs what the ones
 * before it did. It ends in a THROW: what fails before that, would have failed.
 * Indexes are built at once, since one that is built beside the traffic cannot
 * be undone. Of a table at most SRL_MIG_SAMPLE rows are changed, and tried:
 * the first ones, by their ids, in both cases.
 *
 * A migration of several steps is rehearsed by itself before it runs: a row
 * that does not fit what a late step defines, or has no cast, is then found
 * while nothing is done yet. With more rows than the sample it may still be
 * found half way. Where events would fire this is left out: what they do beyond
 * the database cannot be undone. */

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

/* A statement of the step may write rows: it defines nothing. */
static bool
srl_mig_writes(srl_mig *m, const surreal_migration_step *s)
{
    static const char *const defines[] = {"DEFINE", "REMOVE", "ALTER",
                                          "OPTION", NULL};
    surreal_str rest = surreal_text_of(s->text, s->len);
    srl_sql sql;

    while (!srl_mig_next(&rest, &sql, m->err)) {
        size_t i = 0;

        while (defines[i] && !srl_word_is(sql.word.ptr, sql.word.len,
                                          defines[i])) i++;
        if (!defines[i]) return true;
    }
    return false;
}

/* *is_data: a step before it, or it, writes rows. */
static surreal_status
srl_mig_rehearse_step(srl_mig *m, const surreal_migration *what, bool is_down,
                      size_t step, bool *is_data)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    size_t answers = m->major >= 3;
    size_t at = m->text.len;

    if (s->kind == SURREAL_STEP_DATA) {
        surreal_migration_step sample = *s;
        surreal_value none = {NULL, NULL};

        sample.batch = SRL_MIG_SAMPLE;
        srl_mig_put_batch(m, &sample, true, none, false);
        if (s->is_quiet) srl_mig_ours(m, "OPTION IMPORT;\n", answers);
        SRL_TRY(srl_mig_put_block(m, what, is_down, step));
    } else {
        SRL_TRY(srl_mig_put_step(m, what, is_down, step));
    }
    *is_data = *is_data || srl_mig_writes(m, s);
    if (s->kind == SURREAL_STEP_INDEX) srl_mig_not_concurrent(m, at);
    /* A step may have said IMPORT for itself. */
    srl_mig_ours(m, "OPTION IMPORT = FALSE;\n", answers);
    if (s->kind != SURREAL_STEP_DATA) {
        SRL_TRY(srl_mig_put_trial(m, what, is_down, step, at, *is_data));
    }
    return srl_mig_put_touch(m, what, is_down, step, SRL_MIG_SAMPLE);
}

/* Where a migration that is half applied goes on. */
static size_t
srl_mig_rehearse_from(const srl_mig *m, size_t i)
{
    if (m->rows[i].state != SRL_MIG_PARTIAL) return 0;
    return (size_t)surreal_int_at(m->rows[i].v, "steps_done");
}

/* Send what was made; it is undone. */
static surreal_status
srl_mig_rehearse_end(srl_mig *m)
{
    surreal_tx_options often;
    surreal_status status;
    int attempt = 0;

    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    srl_mig_ours(m, "THROW 'surrealgen: rehearsed';\nCOMMIT;", 0);
    do {
        srl_mig_kind(m, SURREAL_MIGRATE_TRIAL);
        status = srl_mig_send(m, SURREAL_NO_VARS, NULL);
        if (srl_mig_is_shown(m)) return status;
        attempt++;
    } while (srl_tx_again(m->db, &often, status, attempt) ||
             (srl_mig_is_lost(status) && attempt < SRL_MIG_LOSSES));
    srl_mig_heal(m);
    if (srl_mig_threw(m, status, "surrealgen: rehearsed")) return SURREAL_OK;
    if (!status) {
        status = srl_fail(m->err, SURREAL_ERR_REPLY,
                          "the rehearsal was not rolled back");
    }
    return status;
}

SRL_FN surreal_status
srl_mig_rehearse(srl_mig *m, size_t last)
{
    surreal_status status;
    bool is_data = false;
    size_t i;
    size_t k;

    if (m->first >= last) return SURREAL_OK;
    m->began_ms = srl_os_now_ms();
    srl_mig_begin(m);
    for (i = m->first; i < last; i++) {
        const surreal_migration *what = &m->chain->at[i];

        if (srl_mig_is_squashed(m, i)) continue;
        for (k = srl_mig_rehearse_from(m, i); k < what->up_count; k++) {
            SRL_TRY(srl_mig_rehearse_step(m, what, false, k, &is_data));
        }
    }
    status = srl_mig_rehearse_end(m);
    if (!status) {
        m->report->done = last - m->first;
        return SURREAL_OK;
    }
    srl_mig_blame(m, &m->chain->at[m->first], false, 0);
    m->report->done = (size_t)(m->report->failed - &m->chain->at[m->first]);
    return status;
}

/* There is something that may fail late, and nothing that events would see. */
static bool
srl_mig_may_try(const surreal_migration *what, bool is_down)
{
    size_t count = srl_mig_steps_of(what, is_down);
    bool is_wanted = false;
    size_t k;

    for (k = 0; k < count; k++) {
        const surreal_migration_step *s = srl_mig_step_of(what, is_down, k);

        if (s->kind == SURREAL_STEP_DATA && !s->is_quiet) return false;
        if (s->kind == SURREAL_STEP_DATA || (s->touch && k > 0)) {
            is_wanted = true;
        }
    }
    return is_wanted;
}

/* What works in steps and not in one transaction, and says nothing about rows:
 * on SurrealDB 2 an index that goes and comes again around a change of them. */
static bool
srl_mig_is_of_one_tx(const srl_mig *m, surreal_status status)
{
    return strstr(m->err->message, "key being inserted already exists") ||
           status == SURREAL_CONFLICT;
}

SRL_FN surreal_status
srl_mig_try_all(srl_mig *m, size_t i, bool is_down)
{
    const surreal_migration *what = &m->chain->at[i];
    size_t count = srl_mig_steps_of(what, is_down);
    surreal_status status;
    bool is_data = false;
    size_t k;

    if (!srl_mig_may_try(what, is_down)) return SURREAL_OK;
    srl_mig_begin(m);
    for (k = 0; k < count; k++) {
        /* What is built beside the traffic may take long, and be too much for
         * one transaction. */
        if (srl_mig_step_of(what, is_down, k)->kind == SURREAL_STEP_INDEX) {
            SRL_TRY(srl_mig_put_trial(m, what, is_down, k, SRL_MIG_NOT_PUT,
                                      true));
            continue;
        }
        SRL_TRY(srl_mig_rehearse_step(m, what, is_down, k, &is_data));
    }
    status = srl_mig_rehearse_end(m);
    if (!status || srl_mig_is_of_one_tx(m, status)) return SURREAL_OK;
    return srl_mig_blame(m, what, is_down, 0);
}
