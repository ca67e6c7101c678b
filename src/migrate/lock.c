/* migrate/lock.c: who runs a migration of several steps. */
#include "migrate/migrate.h"

#include <inttypes.h>

/* The lock is a row with an end, which its holder moves on while it lives. So
 * a holder that died keeps others out for SRL_MIG_LOCK_MS at most; one that
 * died on this machine is known to be dead at once. Times are the server's.
 *
 * Somebody who is slow may lose it while a statement runs, and two work on the
 * same step then: see migrate/migrate.h for why that does no harm. */
#define SRL_MIG_LOCK "20s"
#define SRL_MIG_REFRESH_MS 5000
#define SRL_MIG_WAIT_MS 30000
#define SRL_MIG_POLL_MS 250

static size_t
srl_mig_lock_vars(const srl_mig *m, surreal_bind *out)
{
    out[0] = surreal_bind_text("srl_me", m->run);
    out[1] = surreal_bind_text("srl_by", m->opt.by ? m->opt.by : "surreal.h");
    out[2] = surreal_bind_text("srl_host", m->host);
    /* Whoever runs what is shown is another process. */
    out[3] = surreal_bind_int("srl_pid", srl_mig_is_shown(m) ? 0
                                                             : srl_os_pid());
    return 4;
}

/* One try: takes it if it is free, over or `dead`'s; *out is the row then. */
static surreal_status
srl_mig_lock_try(srl_mig *m, surreal_str dead, surreal_result **out)
{
    surreal_bind binds[5];
    surreal_tx_options often;
    surreal_vars vars;
    surreal_status status;
    int attempt = 0;

    vars.v = binds;
    vars.count = srl_mig_lock_vars(m, binds);
    binds[vars.count++] = surreal_bind_str(
        "srl_dead", dead.ptr ? dead : SURREAL_LIT(""));
    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    srl_mig_begin(m);
    srl_mig_ours(
        m, "LET $srl_it = (SELECT * FROM ONLY _surrealgen_lock:migrate);\n"
           "IF !$srl_it OR $srl_it.until < time::now() OR $srl_it.owner IN "
           "[$srl_me, $srl_dead] { UPSERT _surrealgen_lock:migrate SET "
           "owner = $srl_me, held_by = $srl_by, host = $srl_host, "
           "pid = $srl_pid, since = time::now(), until = time::now() + "
           SRL_MIG_LOCK " RETURN NONE };\n"
           "SELECT *, time::now() AS now FROM _surrealgen_lock:migrate;\n"
           "COMMIT;", 0);
    do {
        srl_mig_kind(m, SURREAL_MIGRATE_LOCK);
        status = srl_mig_send(m, vars, out);
        attempt++;
        if (srl_mig_is_shown(m)) return status;
    } while (srl_tx_again(m->db, &often, status, attempt) ||
             (srl_mig_is_lost(status) && attempt < SRL_MIG_LOSSES));
    return status;
}

static surreal_value
srl_mig_lock_row(const surreal_result *r)
{
    surreal_value none = {NULL, NULL};
    size_t i = surreal_statements(r);

    while (i > 0) {
        surreal_value rows = surreal_rows(r, --i);

        if (surreal_count(rows)) return surreal_at(rows, 0);
    }
    return none;
}

static int64_t
srl_mig_lock_sec(surreal_value row, const char *from, const char *to)
{
    surreal_datetime a;
    surreal_datetime b;

    if (surreal_get_datetime(surreal_field(row, from), &a) ||
        surreal_get_datetime(surreal_field(row, to), &b)) {
        return 0;
    }
    return b.sec - a.sec;
}

/* "deploy (host web-3, pid 14), since 14 s, expires in 6 s" */
static void
srl_mig_lock_holder(surreal_value row, char *out, size_t cap)
{
    surreal_str by = surreal_str_at(row, "held_by");
    surreal_str host = surreal_str_at(row, "host");

    snprintf(out, cap, "%.*s (host %.*s, pid %" PRId64 "), since %" PRId64
             " s, expires in %" PRId64 " s", SURREAL_FMT(by),
             SURREAL_FMT(host), surreal_int_at(row, "pid"),
             srl_mig_lock_sec(row, "since", "now"),
             srl_mig_lock_sec(row, "now", "until"));
}

static bool
srl_mig_lock_is_dead(const srl_mig *m, surreal_value row)
{
    return surreal_str_eq(surreal_str_at(row, "host"),
                          surreal_text(m->host)) &&
           !srl_os_pid_lives(surreal_int_at(row, "pid"));
}

static surreal_status
srl_mig_lock_wait(srl_mig *m, const surreal_migration *what,
                  surreal_value row, int64_t end_ms, int64_t *told_ms)
{
    int64_t now = srl_os_now_ms();
    char holder[256];

    srl_mig_lock_holder(row, holder, sizeof holder);
    if (now >= end_ms) {
        m->report->failed = what;
        return srl_fail(m->err, SURREAL_ERR_TIMEOUT,
                        "another program is at the migrations: %s. If that is "
                        "gone for good, `surrealgen migrate unlock` helps",
                        holder);
    }
    if (now >= *told_ms) {
        *told_ms = now + 1000;
        SRL_TRY(srl_mig_tell(m, SURREAL_MIGRATE_WAITING, what, 0, 0, 0, 0,
                             holder));
    }
    srl_mig_pause(m, end_ms - now < SRL_MIG_POLL_MS ? end_ms - now
                                                    : SRL_MIG_POLL_MS);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_mig_lock_take(srl_mig *m, const surreal_migration *what)
{
    int64_t wait = m->opt.lock_wait_ms ? m->opt.lock_wait_ms : SRL_MIG_WAIT_MS;
    int64_t end_ms = srl_os_now_ms() + (wait > 0 ? wait : 0);
    int64_t told_ms = 0;
    surreal_result *r = NULL;
    surreal_result *old = NULL;
    surreal_str dead = {NULL, 0};
    surreal_status status;

    if (m->lock.is_held) return SURREAL_OK;
    for (;;) {
        surreal_value row;

        status = srl_mig_lock_try(m, dead, &r);
        surreal_result_free(old); /* `dead` was in it */
        old = r;
        if (status) break;
        if (srl_mig_is_shown(m)) {
            m->lock.is_held = true;
            break;
        }
        row = srl_mig_lock_row(r);
        dead.ptr = NULL;
        /* Who may not write is not told so: nothing is written. */
        if (surreal_value_kind(row) == SURREAL_ABSENT) {
            status = srl_fail(m->err, SURREAL_ERR_DENIED,
                              "the lock could not be written: it takes a user "
                              "with the role EDITOR or OWNER");
            break;
        }
        if (surreal_str_eq(surreal_str_at(row, "owner"),
                           surreal_text(m->run))) {
            m->lock.is_held = true;
            m->lock.refresh_ms = srl_os_now_ms() + SRL_MIG_REFRESH_MS;
            break;
        }
        if (srl_mig_lock_is_dead(m, row)) {
            dead = surreal_str_at(row, "owner");
            continue;
        }
        status = srl_mig_lock_wait(m, what, row, end_ms, &told_ms);
        if (status) break;
    }
    surreal_result_free(old);
    return status;
}

/* ---- keeping it --------------------------------------------------------- */

static void
srl_mig_lock_asked(void *user, surreal *db, surreal_status status,
                   surreal_result *r, const surreal_error *err)
{
    srl_mig *m = (srl_mig *)user;

    (void)db;
    (void)status; /* lost, or somebody took it: the rows' conditions hold */
    (void)err;
    surreal_result_free(r);
    m->lock.is_asking = false;
    m->lock.refresh_ms = srl_os_now_ms() + SRL_MIG_REFRESH_MS;
}

SRL_FN int64_t
srl_mig_lock_refresh(srl_mig *m)
{
    static const char text[] =
        "UPDATE _surrealgen_lock:migrate SET until = time::now() + "
        SRL_MIG_LOCK " WHERE owner = $srl_me RETURN NONE";
    int64_t left = m->lock.refresh_ms - srl_os_now_ms();
    surreal_error was = *m->err;

    if (m->lock.is_asking || srl_mig_is_shown(m)) return SRL_MIG_REFRESH_MS;
    if (left > 0) return left;
    m->lock.is_asking = true;
    if (surreal_query_start(
            m->db, surreal_text_of(text, sizeof text - 1),
            SURREAL_VARS(surreal_bind_text("srl_me", m->run)),
            srl_mig_lock_asked, m, NULL)) {
        m->lock.is_asking = false;
        m->lock.refresh_ms = srl_os_now_ms() + SRL_MIG_REFRESH_MS;
        *m->err = was;
    }
    return SRL_MIG_REFRESH_MS;
}

SRL_FN surreal_status
srl_mig_lock_free(srl_mig *m)
{
    surreal_bind me = surreal_bind_text("srl_me", m->run);
    surreal_vars vars;

    /* Its callback has m. */
    while (m->lock.is_asking) srl_wait_and_step(m->db->conn, -1);
    if (!m->lock.is_held) return SURREAL_OK;
    m->lock.is_held = false;
    vars.v = &me;
    vars.count = 1;
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "DELETE _surrealgen_lock:migrate WHERE owner = $srl_me "
                    "RETURN NONE;", 1);
    if (srl_mig_is_shown(m)) m->at = NULL;
    srl_mig_kind(m, SURREAL_MIGRATE_UNLOCK);
    if (m->db && m->db->conn->phase != SRL_PHASE_READY) return SURREAL_OK;
    return srl_mig_send(m, vars, NULL);
}
