/* migrate/run.c: migrations, one after the other. */
#include "migrate/migrate.h"

/* ---- what every run needs ------------------------------------------------ */

SRL_FN surreal_status
srl_mig_tell(srl_mig *m, surreal_migrate_what what,
             const surreal_migration *migration, size_t step, size_t steps,
             uint64_t rows, uint64_t rows_all, const char *holder)
{
    surreal_migrate_event event;
    surreal_status status;

    if (!m->opt.on_event || srl_mig_is_shown(m)) return SURREAL_OK;
    memset(&event, 0, sizeof event);
    event.what = what;
    event.migration = migration;
    event.step = step;
    event.steps = steps;
    event.rows = rows;
    event.rows_all = rows_all;
    event.holder = holder;
    if (what == SURREAL_MIGRATE_DONE) {
        event.took_us = (srl_os_now_ms() - m->began_ms) * 1000;
    }
    status = m->opt.on_event(m->opt.user, &event);
    if (!status) return SURREAL_OK;
    return srl_fail(m->err, status, "the program stopped the migration");
}

SRL_FN void
srl_mig_pause(srl_mig *m, int64_t ms)
{
    srl_conn *c = m->db->conn;
    int64_t end = srl_os_now_ms() + ms;
    int64_t left;

    while ((left = end - srl_os_now_ms()) > 0 && c->phase < SRL_PHASE_FAILED &&
           !m->db->is_ended) {
        int64_t next = m->lock.is_held ? srl_mig_lock_refresh(m) : left;

        srl_wait_and_step(c, next < left ? next : left);
    }
}

/* A name for this run: 32 hexadecimal digits. */
static bool
srl_mig_name_run(srl_mig *m)
{
    uint8_t bytes[16];
    size_t i;

    if (!srl_os_random(bytes, sizeof bytes)) return false;
    for (i = 0; i < sizeof bytes; i++) {
        snprintf(m->run + 2 * i, 3, "%02x", bytes[i]);
    }
    return true;
}

static surreal_status
srl_mig_open(srl_mig *m)
{
    const surreal_migrations *chain = m->chain;

    m->err = m->db ? srl_handle_error(m->db) : &m->own;
    m->report->statement = -1;
    m->kind = SURREAL_MIGRATE_RUN;
    if (m->db && m->db->txn) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "migrations have transactions of their own: use the "
                        "connection itself");
    }
    if (!chain || (chain->count && !chain->at)) {
        return srl_fail(m->err, SURREAL_ERR_USAGE, "the migrations are NULL");
    }
    if (m->db) m->major = surreal_version(m->db).major;
    if (!m->db) m->major = chain->major ? chain->major : 3;
    if (chain->major && m->major && chain->major != m->major) {
        return srl_fail(m->err, SURREAL_ERR_UNSUPPORTED,
                        "the migrations were written for SurrealDB %d, the "
                        "server is SurrealDB %d", chain->major, m->major);
    }
    srl_mem_init(&m->mem, m->db ? srl_handle_allocator(m->db) : NULL, 0);
    srl_mig_bufs_init(m);
    srl_buf_init(&m->encoded, &m->mem, SURREAL_MAX_MESSAGE);
    srl_os_host(m->host, sizeof m->host);
    if (srl_mig_is_shown(m)) {
        /* Whoever runs what is shown; and the same each time. */
        srl_text_copy(m->run, sizeof m->run, "by hand", 7);
    } else if (!srl_mig_name_run(m)) {
        return srl_fail(m->err, SURREAL_ERR_RANDOM,
                        "no random numbers to name the run of migrations");
    }
    m->rows = (srl_mig_row *)srl_mem_resize(
        &m->mem, NULL, 0, (chain->count + 1) * sizeof *m->rows);
    if (!m->rows) {
        return srl_fail(m->err, SURREAL_ERR_NOMEM,
                        "out of memory for %zu migrations", chain->count);
    }
    return srl_mig_chain_check(m);
}

static void
srl_mig_close(srl_mig *m)
{
    if (!m->mem.allocator.resize) return;
    srl_mig_lock_free(m);
    surreal_result_free(m->history);
    srl_mem_free(&m->mem, m->rows, (m->chain->count + 1) * sizeof *m->rows);
    srl_mig_bufs_free(m);
    srl_buf_free(&m->encoded);
    SURREAL_ASSERT(m->mem.used == 0);
}

/* ---- up ----------------------------------------------------------------- */

static bool
srl_mig_is_single(const surreal_migration *what, bool is_down)
{
    size_t count = srl_mig_steps_of(what, is_down);

    return !count || (count == 1 && srl_mig_step_of(what, is_down, 0)->kind ==
                                        SURREAL_STEP_TX);
}

/* How to apply it: "run", "fake" or "squash". */
static surreal_status
srl_mig_up_one(srl_mig *m, size_t i, srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];

    if (m->opt.mode == SURREAL_MIGRATE_FAKE) {
        if (m->rows[i].state) return srl_mig_fake_rest(m, i, end);
        return srl_mig_apply(m, i, "fake", end);
    }
    if (srl_mig_is_squashed(m, i)) return srl_mig_apply(m, i, "squash", end);
    if (!m->rows[i].state && srl_mig_is_single(what, false)) {
        return srl_mig_apply(m, i, "run", end);
    }
    return srl_mig_steps(m, i, false, end);
}

/* The index behind the last one to apply. */
static surreal_status
srl_mig_up_last(srl_mig *m, size_t *last)
{
    *last = m->chain->count;
    if (m->opt.to) {
        size_t i = srl_mig_find(m, surreal_text(m->opt.to));

        if (i == m->chain->count) {
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "there is no migration %s to go to", m->opt.to);
        }
        *last = i + 1;
    }
    if (m->opt.count && *last > m->first &&
        m->opt.count < *last - m->first) {
        *last = m->first + m->opt.count;
    }
    return SURREAL_OK;
}

/* It is to be applied when programs of before are gone. One that was begun has
 * had that said, and is better finished; one that is only written down, for a
 * squash, takes nothing away. */
static bool
srl_mig_waits(const srl_mig *m, size_t i)
{
    return m->chain->at[i].after_deploy && !m->opt.after_deploy &&
           m->rows[i].state == SRL_MIG_ABSENT && !srl_mig_is_squashed(m, i);
}

/* The run ends before the first that waits. *wanted is the index behind what
 * was asked for and will be missing. Where only such are left that is 0: the
 * program has the schema it was written for. */
static void
srl_mig_up_wait(srl_mig *m, size_t *last, size_t *wanted)
{
    size_t end = *last;
    size_t i;

    *wanted = 0;
    for (i = m->first; i < end && !srl_mig_waits(m, i); i++) continue;
    if (i >= end) return;
    *last = i;
    m->report->waiting = &m->chain->at[i];
    for (; i < end; i++) {
        if (!srl_mig_waits(m, i)) *wanted = i + 1;
    }
    if (m->opt.to) *wanted = end;
}

static surreal_status
srl_mig_up_missing(srl_mig *m, size_t wanted)
{
    const surreal_migration *waiting = m->report->waiting;
    const surreal_migration *missing;

    if (wanted <= m->first) return SURREAL_OK;
    missing = &m->chain->at[wanted - 1];
    if (missing == waiting) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "migration %s waits until programs of before are gone "
                        "(after_deploy)", waiting->id);
    }
    return srl_fail(m->err, SURREAL_ERR_USAGE,
                    "migration %s waits until programs of before are gone "
                    "(after_deploy), and %s comes behind it", waiting->id,
                    missing->id);
}

/* Read the rows again, after somebody else did something. */
static surreal_status
srl_mig_again(srl_mig *m, const surreal_migration *what)
{
    if (++m->again > SRL_MIG_AGAIN) {
        m->report->failed = what;
        return srl_fail(m->err, SURREAL_CONFLICT,
                        "the row of migration %s was changed by others %d "
                        "times: are other programs at it, or may this user not "
                        "write?", what->id,
                        m->again);
    }
    SRL_TRY(srl_mig_load(m, false));
    return srl_mig_compare(m);
}

static surreal_status
srl_mig_up(srl_mig *m)
{
    size_t wanted;
    size_t last;
    size_t i;

    SRL_TRY(srl_mig_load(m, m->opt.mode != SURREAL_MIGRATE_REHEARSE));
    SRL_TRY(srl_mig_compare(m));
    SRL_TRY(srl_mig_up_last(m, &last));
    srl_mig_up_wait(m, &last, &wanted);
    for (i = m->first; i < last; i++) {
        const surreal_migration *what = &m->chain->at[i];

        if (m->rows[i].state == SRL_MIG_REVERTING) {
            m->report->failed = what;
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "migration %s is half taken back: finish that "
                            "first (surrealgen migrate down)", what->id);
        }
        SRL_TRY(srl_mig_check(m, what, false));
    }
    if (m->opt.mode == SURREAL_MIGRATE_REHEARSE) {
        SRL_TRY(srl_mig_rehearse(m, last));
        return srl_mig_up_missing(m, wanted);
    }
    while (m->first < last) {
        const surreal_migration *what = &m->chain->at[m->first];
        srl_mig_end end = SRL_MIG_DONE;

        m->at = what;
        m->began_ms = srl_os_now_ms();
        SRL_TRY(srl_mig_tell(m, SURREAL_MIGRATE_BEGIN, what, 0, what->up_count,
                             0, 0, NULL));
        SRL_TRY(srl_mig_up_one(m, m->first, &end));
        if (end == SRL_MIG_ELSEWHERE) {
            SRL_TRY(srl_mig_again(m, what));
            if (!srl_mig_did(m, what, false)) continue;
        } else {
            m->first++;
        }
        m->report->done++;
        m->again = 0;
        SRL_TRY(srl_mig_tell(m, SURREAL_MIGRATE_DONE, what, what->up_count,
                             what->up_count, 0, 0, NULL));
    }
    return srl_mig_up_missing(m, wanted);
}

/* ---- down --------------------------------------------------------------- */

/* The index of the last one to take back, and of the first of them. */
static surreal_status
srl_mig_down_range(srl_mig *m, size_t *from, size_t *keep)
{
    size_t count = m->chain->count;
    size_t n = 0;
    size_t i;

    *from = m->first; /* applied: all before it; it may be half taken back */
    if (m->first < count && m->rows[m->first].state) *from = m->first + 1;
    if (m->opt.to && m->opt.to[0]) {
        i = srl_mig_find(m, surreal_text(m->opt.to));
        if (i == count) {
            return srl_fail(m->err, SURREAL_ERR_USAGE,
                            "there is no migration %s to go back to",
                            m->opt.to);
        }
        *keep = i + 1;
    } else if (m->opt.to) {
        *keep = 0;
    } else {
        n = m->opt.count ? m->opt.count : 1;
        *keep = *from > n ? *from - n : 0;
    }
    if (m->opt.to && m->opt.count && *from > *keep &&
        m->opt.count < *from - *keep) {
        *keep = *from - m->opt.count;
    }
    return SURREAL_OK;
}

static surreal_status
srl_mig_down_allowed(srl_mig *m, size_t i)
{
    static const char *const words[] = {"exact", "safe", "may-fail", "lossy",
                                        "irreversible"};
    const surreal_migration *what = &m->chain->at[i];

    m->report->failed = what;
    m->report->is_down = true;
    if (!m->rows[i].state) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "migration %s stands for %zu others, which were "
                        "applied by themselves: `surrealgen migrate up` writes "
                        "it down in their place, then there is a way back",
                        what->id, what->replaces_count);
    }
    if (m->rows[i].state == SRL_MIG_PARTIAL) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "migration %s is half applied: finish that first "
                        "(surrealgen migrate up)", what->id);
    }
    if (!what->down || what->down_class == SURREAL_DOWN_IRREVERSIBLE) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "migration %s is irreversible: there is no way back "
                        "behind it", what->id);
    }
    if (what->down_class > m->opt.allow) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "taking back migration %s is %s, and only what is %s "
                        "was allowed", what->id, words[what->down_class],
                        words[m->opt.allow]);
    }
    m->report->failed = NULL;
    m->report->is_down = false;
    return srl_mig_check(m, what, true);
}

static surreal_status
srl_mig_down_one(srl_mig *m, size_t i, srl_mig_end *end)
{
    if (m->rows[i].state == SRL_MIG_APPLIED &&
        srl_mig_is_single(&m->chain->at[i], true)) {
        return srl_mig_revert(m, i, end);
    }
    return srl_mig_steps(m, i, true, end);
}

static surreal_status
srl_mig_down(srl_mig *m)
{
    size_t from = 0;
    size_t keep = 0;
    size_t i;

    SRL_TRY(srl_mig_load(m, true));
    SRL_TRY(srl_mig_compare(m));
    SRL_TRY(srl_mig_down_range(m, &from, &keep));
    for (i = from; i > keep; i--) SRL_TRY(srl_mig_down_allowed(m, i - 1));
    while (from > keep) {
        const surreal_migration *what = &m->chain->at[from - 1];
        srl_mig_end end = SRL_MIG_DONE;

        m->at = what;
        m->began_ms = srl_os_now_ms();
        SRL_TRY(srl_mig_tell(m, SURREAL_MIGRATE_BEGIN, what, 0,
                             what->down_count, 0, 0, NULL));
        SRL_TRY(srl_mig_down_one(m, from - 1, &end));
        if (end == SRL_MIG_ELSEWHERE) {
            SRL_TRY(srl_mig_again(m, what));
            if (from > m->first) from = m->first;
            if (from < m->chain->count && m->rows[from].state) from++;
            if (!srl_mig_did(m, what, true)) continue;
        } else {
            from--;
        }
        m->report->done++;
        m->again = 0;
        SRL_TRY(srl_mig_tell(m, SURREAL_MIGRATE_DONE, what, what->down_count,
                             what->down_count, 0, 0, NULL));
    }
    return SURREAL_OK;
}

/* ---- the two calls ------------------------------------------------------- */

static surreal_status
srl_mig_run(srl_mig *m)
{
    SRL_TRY(srl_mig_open(m));
    if (m->opt.mode == SURREAL_MIGRATE_DOWN) return srl_mig_down(m);
    if (m->opt.mode == SURREAL_MIGRATE_FAKE &&
        (!m->opt.reason || !m->opt.reason[0])) {
        return srl_fail(m->err, SURREAL_ERR_USAGE,
                        "a migration that is only said to be applied needs a "
                        "reason, for the log");
    }
    return srl_mig_up(m);
}

/* All that a run would send, and at its end the lock. */
static surreal_status
srl_mig_run_all(srl_mig *m)
{
    SRL_TRY(srl_mig_run(m));
    return srl_mig_is_shown(m) ? srl_mig_lock_free(m) : SURREAL_OK;
}

SURREAL_API surreal_status
surreal_migrate(surreal *db, const surreal_migrations *chain,
                const surreal_migrate_options *opt,
                surreal_migrate_report *report)
{
    surreal_migrate_report ignored;
    surreal_status status;
    surreal_error err;
    srl_conn *c;
    srl_mig m;

    if (!report) report = &ignored;
    memset(report, 0, sizeof *report);
    if (!db && (!opt || !opt->on_request)) return SURREAL_ERR_USAGE;
    memset(&m, 0, sizeof m);
    m.db = db;
    m.chain = chain;
    if (opt) m.opt = *opt;
    m.report = report;
    if (!db) {
        status = srl_mig_run_all(&m);
        if (status) report->error = m.own;
        srl_mig_close(&m);
        return status;
    }
    c = db->conn;
    srl_enter(c);
    status = srl_mig_run_all(&m);
    err = *srl_handle_error(db);
    srl_mig_close(&m);
    if (status) *srl_handle_error(db) = err; /* not that of the clean-up */
    srl_leave(c);
    return status;
}

SURREAL_API surreal_status
surreal_migrate_check(surreal *db, const surreal_migrations *chain,
                      bool *current)
{
    surreal_migrate_report report;
    surreal_status status;
    surreal_error err;
    bool waits = false;
    srl_conn *c;
    srl_mig m;
    size_t i;

    *current = false;
    if (!db) return SURREAL_ERR_USAGE;
    memset(&m, 0, sizeof m);
    memset(&report, 0, sizeof report);
    m.db = db;
    m.chain = chain;
    m.report = &report;
    c = db->conn;
    srl_enter(c);
    status = srl_mig_open(&m);
    if (!status) status = srl_mig_load(&m, false);
    for (i = 0; !status && i < chain->count; i++) {
        if (srl_mig_is_squashed(&m, i)) continue;
        if (srl_mig_waits(&m, i)) {
            waits = true;
            continue;
        }
        if (waits || m.rows[i].state != SRL_MIG_APPLIED ||
            !srl_mig_same_sum(surreal_str_at(m.rows[i].v, "checksum"),
                              surreal_text(chain->at[i].checksum))) {
            break;
        }
    }
    *current = !status && i == chain->count;
    err = *srl_handle_error(db);
    srl_mig_close(&m);
    if (status) *srl_handle_error(db) = err;
    srl_leave(c);
    return status;
}
