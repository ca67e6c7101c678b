/* client/transaction.c: transactions of SurrealDB 3. */
#include "client/client.h"

/* The server keeps a transaction by its id, for the connection it was begun
 * on; requests that name it are part of it. It neither rolls back what a
 * failed statement did so far nor refuses to commit after one, so both are
 * done here: the first failure of any request through the handle is kept, and
 * from then on the handle only gives it back.
 *
 *   good      requests go out
 *   poisoned  a request failed: calls return its error, commit cancels
 *   ended     committed, cancelled, or gone with the connection
 */

SRL_FN void
srl_txn_poison(surreal *tx, const surreal_error *err)
{
    if (!tx->txn->failure.status) tx->txn->failure = *err;
}

SRL_FN void
srl_txns_lose(srl_conn *c, const srl_session *session,
              const surreal_error *err)
{
    surreal *db;

    for (db = c->handles; db; db = db->next) {
        if (!db->txn || db->txn->is_ended) continue;
        if (session && db->session != session) continue;
        srl_txn_poison(db, err);
        db->txn->is_ended = true;
        if (session) db->is_ended = true;
    }
}

SRL_FN void
srl_txn_close(surreal *tx, const surreal_error *err)
{
    srl_conn *c = tx->conn;

    surreal_rollback_start(tx);
    tx->is_ended = true;
    srl_requests_end(c, tx, err);
}

SRL_FN surreal_status
srl_txn_allows(const surreal *tx, const char *method, surreal_error *err)
{
    static const char *const honoured[] = {
        "query", "select", "create", "insert", "insert_relation", "upsert",
        "merge", "delete", "ping", "version"};
    size_t i;

    if (tx->txn->failure.status) {
        *err = tx->txn->failure;
        return err->status;
    }
    if (tx->txn->is_ended) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the transaction has ended already");
    }
    for (i = 0; i < sizeof honoured / sizeof honoured[0]; i++) {
        if (!strcmp(method, honoured[i])) return SURREAL_OK;
    }
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "the method %s would not be part of the transaction: use "
                    "a statement, or the session's own handle", method);
}

/* ---- begin ------------------------------------------------------------- */

static surreal_status
srl_begin_check(const surreal *db, surreal_error *err)
{
    if (db->txn) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the server has no transactions inside transactions");
    }
    if (srl_conn_is_http(db->conn)) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "a transaction needs a ws:// connection; over HTTP "
                        "send its statements together (surreal_batch)");
    }
    if (db->conn->version.major == 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "SurrealDB 2 has no transactions over several calls; "
                        "send the statements together (surreal_batch)");
    }
    return SURREAL_OK;
}

/* A handle whose transaction has no id yet. */
static surreal *
srl_txn_new(surreal *db)
{
    srl_conn *c = db->conn;
    srl_txn *txn;
    surreal *tx;

    txn = (srl_txn *)srl_mem_resize(&c->mem, NULL, 0, sizeof *txn);
    if (!txn) return NULL;
    tx = srl_handle_new(c);
    if (!tx) {
        srl_mem_free(&c->mem, txn, sizeof *txn);
        return NULL;
    }
    memset(txn, 0, sizeof *txn);
    srl_error_clear(&txn->failure);
    tx->session = db->session;
    tx->txn = txn;
    return tx;
}

/* It never became one. */
static void
srl_txn_drop(surreal *tx)
{
    tx->txn->is_ended = true;
    surreal_close(tx);
}

/* The answer to begin. The handle exists already; it is the program's from
 * here on, or gone. */
static void
srl_begin_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    surreal *tx = (surreal *)user;
    surreal_begun *begun = tx->txn->begun;
    surreal_error failure;

    if (!status && surreal_get_uuid(surreal_statement_value(result, 0),
                                    &tx->txn->id)) {
        status = srl_fail(&failure, SURREAL_ERR_REPLY,
                          "the server's answer to begin is not a uuid");
        err = &failure;
    }
    surreal_result_recycle(db, result);
    user = tx->txn->begun_user;
    if (status) srl_txn_drop(tx);
    begun(user, db, status, status ? NULL : tx, err);
}

static surreal_status
srl_begin_start(surreal *db, surreal_begun *begun, void *user,
                surreal_error *err)
{
    surreal_status status;
    srl_call call;
    surreal *tx;

    SRL_TRY(srl_begin_check(db, err));
    tx = srl_txn_new(db);
    if (!tx) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    tx->txn->begun = begun;
    tx->txn->begun_user = user;
    status = srl_call_begin(db, "begin", 0, srl_begin_done, tx, &call, err);
    if (!status) status = srl_call_send(db, &call, SURREAL_OK, err);
    if (status) srl_txn_drop(tx);
    return status;
}

SURREAL_API surreal_status
surreal_begin_start(surreal *db, surreal_begun *begun, void *user)
{
    surreal_error err;
    surreal_status status;

    if (!db || !begun) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    srl_error_clear(&err);
    status = srl_begin_start(db, begun, user, &err);
    if (status) db->error = err;
    srl_leave(db->conn);
    return status;
}

/* A waiting begin: where the handle goes. */
typedef struct srl_begin_wait {
    srl_waiter waiter;
    surreal *tx;
} srl_begin_wait;

static void
srl_begun_waiting(void *user, surreal *db, surreal_status status, surreal *tx,
                  const surreal_error *err)
{
    srl_begin_wait *wait = (srl_begin_wait *)user;

    wait->tx = tx;
    srl_waiter_done(&wait->waiter, db, status, NULL, err);
}

SURREAL_API surreal_status
surreal_begin(surreal *db, surreal **out)
{
    srl_begin_wait wait;

    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    wait.tx = NULL;
    srl_waiter_init(db, &wait.waiter);
    do {
        wait.waiter.status = srl_begin_start(db, srl_begun_waiting, &wait,
                                             &wait.waiter.error);
    } while (srl_waiter_again(&wait.waiter));
    *out = wait.tx;
    return srl_waiter_end(&wait.waiter, NULL);
}

/* ---- the end ------------------------------------------------------------ */

/* Commit or cancel go through the session, so that they do not name the
 * transaction they end as the one they are part of; but they are the
 * handle's. What failed before is what they report. */
static surreal_status
srl_txn_end_start(surreal *tx, const char *method, surreal_done *done,
                  void *user, surreal_error *err)
{
    surreal *db = tx->session ? tx->session->handle : NULL;
    surreal_status status;
    srl_call call;

    if (tx->is_ended || tx->txn->is_ended) {
        if (!tx->txn->failure.status) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "the transaction has ended already");
        }
        *err = tx->txn->failure;
        return err->status;
    }
    SRL_TRY(srl_call_begin(db, method, 1, done, user, &call, err));
    call.request->db = tx;
    status = srl_put_uuid(&tx->conn->transport.out, tx->txn->id);
    SRL_TRY(srl_call_send(db, &call, status, err));
    tx->txn->is_ended = true;
    return SURREAL_OK;
}

static surreal_status
srl_txn_end(surreal *tx, const char *method)
{
    srl_waiter waiter;

    srl_waiter_init(tx, &waiter);
    do {
        waiter.status = srl_txn_end_start(tx, method, srl_waiter_done,
                                          &waiter, &waiter.error);
    } while (srl_waiter_again(&waiter));
    return srl_waiter_end(&waiter, NULL);
}

/* A poisoned transaction is cancelled instead, and its failure reported. */
SURREAL_API surreal_status
surreal_commit(surreal *tx)
{
    surreal_error cause;

    if (!tx || !tx->txn) return SURREAL_ERR_USAGE;
    cause = tx->txn->failure;
    if (!cause.status || tx->txn->is_ended) return srl_txn_end(tx, "commit");
    srl_enter(tx->conn);
    srl_txn_end(tx, "cancel");
    tx->error = cause;
    srl_leave(tx->conn);
    return cause.status;
}

SURREAL_API surreal_status
surreal_commit_start(surreal *tx, surreal_done *done, void *user)
{
    surreal_error err;
    surreal_status status;

    if (!tx || !tx->txn || !done) return SURREAL_ERR_USAGE;
    srl_error_clear(&err);
    if (tx->txn->failure.status) {
        err = tx->txn->failure;
        if (!tx->txn->is_ended) surreal_rollback_start(tx);
    } else {
        srl_txn_end_start(tx, "commit", done, user, &err);
    }
    status = err.status;
    if (status) tx->error = err;
    return status;
}

SURREAL_API surreal_status
surreal_rollback(surreal *tx)
{
    if (!tx || !tx->txn) return SURREAL_ERR_USAGE;
    return srl_txn_end(tx, "cancel");
}

SURREAL_API void
surreal_rollback_start(surreal *tx)
{
    if (!tx || !tx->txn || tx->is_ended || tx->txn->is_ended) return;
    tx->txn->is_ended = true;
    srl_enter(tx->conn);
    srl_call_and_forget(tx->session->handle, "cancel", &tx->txn->id);
    srl_leave(tx->conn);
}

/* ---- all of it, again and again ---------------------------------------- */

/* The connection is driven on meanwhile: others may be using it. */
static void
srl_tx_pause(srl_conn *c, int64_t ms)
{
    int64_t end = srl_os_now_ms() + ms;
    int64_t left;

    while ((left = end - srl_os_now_ms()) > 0 && c->phase < SRL_PHASE_FAILED) {
        srl_wait_and_step(c, left);
    }
}

/* Two that collided must not meet again: half of the wait is drawn. */
static int64_t
srl_tx_delay(const surreal_tx_options *opt, int attempt)
{
    int64_t delay = opt->min_ms;
    uint32_t draw = 0;

    while (--attempt > 0 && delay < opt->max_ms) delay *= 2;
    if (delay > opt->max_ms) delay = opt->max_ms;
    srl_os_random(&draw, sizeof draw);
    return delay / 2 + (int64_t)(draw % (uint32_t)(delay / 2 + 1));
}

SRL_FN bool
srl_tx_again(surreal *db, const surreal_tx_options *opt,
             surreal_status status, int attempt)
{
    surreal_tx_options o;

    memset(&o, 0, sizeof o);
    if (opt) o = *opt;
    if (o.attempts <= 0) o.attempts = 5;
    if (o.min_ms <= 0) o.min_ms = 5;
    if (o.max_ms <= 0) o.max_ms = 1000;
    if (status != SURREAL_CONFLICT || attempt >= o.attempts) return false;
    if (db->is_ended) return false;
    srl_tx_pause(db->conn, srl_tx_delay(&o, attempt));
    return true;
}

static surreal_status
srl_tx_try(surreal *db, surreal_tx_fn *fn, void *user)
{
    surreal *tx;
    surreal_status status;

    SRL_TRY(surreal_begin(db, &tx));
    status = fn(user, tx);
    if (!status) status = surreal_commit(tx);
    if (status) db->error = tx->error;
    if (tx->txn->failure.status == SURREAL_CONFLICT) status = SURREAL_CONFLICT;
    surreal_close(tx);
    return status;
}

SURREAL_API surreal_status
surreal_tx_run(surreal *db, const surreal_tx_options *opt, surreal_tx_fn *fn,
               void *user)
{
    surreal_status status;
    srl_conn *c;
    int attempt = 0;

    if (!db || !fn) return SURREAL_ERR_USAGE;
    c = db->conn;
    srl_enter(c);
    do {
        status = srl_tx_try(db, fn, user);
        attempt++;
    } while (srl_tx_again(db, opt, status, attempt));
    srl_leave(c);
    return status;
}
