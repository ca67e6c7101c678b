/* client/loop.c: stepping, and the calls that wait. */
#include "client/client.h"

/* ---- one step ----------------------------------------------------------- */

/* A reply without an id answers a request the server could not read, so it
 * does not say which. With one request in flight there is no doubt; with more,
 * guessing could give one caller's failure to another, so the connection
 * ends. */
static surreal_status
srl_dispatch_nameless(surreal *db, const srl_reply *reply, surreal_error *err)
{
    surreal_error server;
    surreal_status status;

    if (!reply->error || !db->requests.pending) {
        srl_trace(db, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a message nobody asked for");
        return SURREAL_OK;
    }
    status = srl_rpc_error(reply->error, db->version.major, &server);
    if (db->requests.pending == 1) {
        srl_request_complete(db, db->requests.first, status, NULL, &server);
        return SURREAL_OK;
    }
    return srl_fail(err, SURREAL_ERR_REPLY,
                    "the server could not read one of %zu requests in flight "
                    "and does not say which: %s", db->requests.pending,
                    server.message);
}

/* A reply nobody waits for any more (timed out, cancelled) is dropped by its
 * id. What is wrong inside an answer fails its own request only. */
static surreal_status
srl_dispatch_answer(surreal *db, const srl_reply *reply, surreal_result *r,
                    surreal_error *err)
{
    surreal_request *request = srl_request_find(db, reply->id);
    surreal_status status;

    if (!request) {
        srl_trace(db, SURREAL_LEVEL_WARN, "rpc", "dropped a late reply");
        surreal_result_free(r);
        return SURREAL_OK;
    }
    if (reply->error) {
        status = srl_rpc_error(reply->error, db->version.major, err);
    } else {
        status = srl_result_index(r, reply->result, request->is_query, err);
    }
    if (status) {
        surreal_result_free(r);
        srl_request_complete(db, request, status, NULL, err);
    } else if (r->cause) {
        /* A copy: the callback may free the result and go on reading. */
        *err = *r->cause;
        srl_request_complete(db, request, r->status, r, err);
    } else {
        srl_request_complete(db, request, SURREAL_OK, r, NULL);
    }
    return SURREAL_OK;
}

/* Give a message to whom it belongs. */
static surreal_status
srl_dispatch(surreal *db, surreal_result *r, surreal_error *err)
{
    srl_reply reply;
    surreal_status status = srl_reply_read(r->doc.data, &reply, err);

    if (!status && reply.has_id) {
        return srl_dispatch_answer(db, &reply, r, err);
    }
    if (!status) status = srl_dispatch_nameless(db, &reply, err);
    surreal_result_free(r);
    return status;
}

/* Both directions until neither moves. */
static surreal_status
srl_step_traffic(surreal *db, surreal_error *err)
{
    bool progress = true;

    while (progress && db->phase < SRL_PHASE_FAILED) {
        surreal_result *r = NULL;
        surreal_status status;

        progress = false;
        SRL_TRY(srl_transport_flush(db, &progress, err));
        status = srl_transport_next(db, &r, err);
        if (status == SURREAL_WOULD_BLOCK) {
            /* Pongs may have been queued on the way. */
            SRL_TRY(srl_transport_flush(db, &progress, err));
            continue;
        }
        SRL_TRY(status);
        progress = true;
        SRL_TRY(srl_dispatch(db, r, err));
    }
    return SURREAL_OK;
}

/* A network failure alone does not say what was being done, nor with whom. */
static surreal_status
srl_connect_fail(const surreal *db, surreal_status status,
                 surreal_error *err)
{
    surreal_class kind = surreal_status_class(status);
    int os_error = err->os_error;

    if (kind != SURREAL_CLASS_IO && kind != SURREAL_CLASS_CLOSED) {
        return status;
    }
    srl_fail(err, status, "%s port %u: %s: %s", db->url.host,
             (unsigned)db->url.port, srl_connect_stage(db), err->message);
    err->os_error = os_error;
    return status;
}

static surreal_status
srl_step_connect(surreal *db, surreal_error *err)
{
    surreal_status status = SURREAL_OK;

    if (db->phase < SRL_PHASE_SETUP) {
        status = srl_connect_step(db, err);
    }
    if (!status) status = srl_step_traffic(db, err);
    if (status && status != SURREAL_WOULD_BLOCK) {
        return srl_connect_fail(db, status, err);
    }
    if (db->phase < SRL_PHASE_READY &&
        srl_os_now_ms() >= db->connect_deadline_ms) {
        return srl_fail(err, SURREAL_ERR_TIMEOUT,
                        "%s port %u: %s took more than %d ms", db->url.host,
                        (unsigned)db->url.port, srl_connect_stage(db),
                        db->options.connect_ms);
    }
    return SURREAL_OK;
}

static surreal_status
srl_step(surreal *db, srl_patience patience)
{
    surreal_error err;
    surreal_status status;

    srl_enter(db);
    if (db->phase < SRL_PHASE_FAILED) {
        srl_error_clear(&err);
        srl_transport_refresh(db, patience);
        status = db->phase < SRL_PHASE_READY ? srl_step_connect(db, &err)
                                             : srl_step_traffic(db, &err);
        db->transport.may_wait = false;
        if (status) srl_fail_connection(db, &err);
        srl_requests_expire(db, srl_os_now_ms());
    }
    status = db->phase == SRL_PHASE_CLOSED ? SURREAL_ERR_CLOSED
                                           : db->failure.status;
    srl_leave(db);
    return status;
}

SURREAL_API surreal_status
surreal_step(surreal *db)
{
    return db ? srl_step(db, SRL_PATIENCE_NONE) : SURREAL_ERR_USAGE;
}

/* ---- what an event loop asks -------------------------------------------- */

SURREAL_API int
surreal_fd(const surreal *db)
{
    const srl_transport *t;

    if (!db) return -1;
    t = &db->transport;
    return t->has_stream ? t->stream.fd(t->stream.user) : -1;
}

SURREAL_API short
surreal_wants(const surreal *db)
{
    if (!db || db->phase >= SRL_PHASE_FAILED) return 0;
    if (db->phase == SRL_PHASE_CONNECT) return SURREAL_WRITE;
    return srl_transport_has_output(db) ? SURREAL_READ | SURREAL_WRITE
                                        : SURREAL_READ;
}

SURREAL_API int
surreal_deadline_ms(const surreal *db)
{
    int64_t deadline = INT64_MAX;
    int64_t left;

    if (!db || db->phase >= SRL_PHASE_FAILED) return -1;
    if (db->transport.has_more) return 0;
    /* The first step makes the socket: there is nothing to wait for yet. */
    if (db->phase == SRL_PHASE_CONNECT && surreal_fd(db) < 0) return 0;
    if (db->phase < SRL_PHASE_READY) deadline = db->connect_deadline_ms;
    if (db->requests.first && db->requests.first->deadline_ms < deadline) {
        deadline = db->requests.first->deadline_ms;
    }
    if (deadline == INT64_MAX) return -1;
    left = deadline - srl_os_now_ms();
    if (left < 0) left = 0;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

SURREAL_API size_t
surreal_pending(const surreal *db)
{
    return db ? db->requests.pending : 0;
}

/* Send what waits; an answer cannot be there yet, so do not look for one. */
static void
srl_send_now(surreal *db)
{
    surreal_error err;
    bool progress = false;

    if (db->phase != SRL_PHASE_READY) return;
    if (srl_transport_flush(db, &progress, &err)) {
        srl_fail_connection(db, &err);
    }
}

/* ---- waiting ------------------------------------------------------------ */

/* Wait for the socket, at most `limit_ms` (negative: no limit), then step. */
static void
srl_wait_and_step(surreal *db, int64_t limit_ms)
{
    int timeout = surreal_deadline_ms(db);

    if (limit_ms >= 0 && (timeout < 0 || timeout > limit_ms)) {
        timeout = limit_ms > INT32_MAX ? INT32_MAX : (int)limit_ms;
    }
    /* With nothing to send, and time enough, the read itself can wait. */
    if (db->phase == SRL_PHASE_READY && db->transport.stream.read_wait &&
        surreal_wants(db) == SURREAL_READ &&
        (timeout < 0 || timeout > SRL_SOCK_PATIENCE_MS)) {
        srl_step(db, SRL_PATIENCE_READ);
        return;
    }
    srl_sock_wait(surreal_fd(db), surreal_wants(db), timeout);
    srl_step(db, SRL_PATIENCE_POLLED);
}

SURREAL_API surreal_status
surreal_wait(surreal *db, int timeout_ms)
{
    int64_t end = srl_os_now_ms() + timeout_ms;
    bool stepped = false;
    uint64_t before;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    before = db->completed;
    srl_enter(db);
    srl_send_now(db);
    for (;;) {
        int64_t left = timeout_ms < 0 ? -1 : end - srl_os_now_ms();

        status = db->phase == SRL_PHASE_CLOSED ? SURREAL_ERR_CLOSED
                                               : db->failure.status;
        if (status || db->completed != before) break;
        if (db->phase == SRL_PHASE_READY && !db->requests.pending) break;
        if (timeout_ms >= 0 && left <= 0) {
            if (stepped) {
                status = SURREAL_ERR_TIMEOUT;
                break;
            }
            left = 0;
        }
        srl_wait_and_step(db, left);
        stepped = true;
    }
    srl_leave(db);
    return status;
}

SRL_FN void
srl_waiter_init(surreal *db, srl_waiter *waiter)
{
    memset(waiter, 0, sizeof *waiter);
    waiter->end_ms = db->options.timeout_ms < 0
                         ? INT64_MAX
                         : srl_os_now_ms() + db->options.timeout_ms;
}

SRL_FN bool
srl_waiter_again(surreal *db, srl_waiter *waiter)
{
    int64_t left = waiter->end_ms - srl_os_now_ms();

    if (waiter->status != SURREAL_WOULD_BLOCK) return false;
    if (left <= 0) {
        waiter->status = srl_fail(&waiter->error, SURREAL_ERR_TIMEOUT,
                                  "the request could not be sent within %d "
                                  "ms", db->options.timeout_ms);
        return false;
    }
    srl_enter(db);
    srl_wait_and_step(db, left);
    if (srl_leave(db)) return true;
    waiter->is_closed = true;
    waiter->status = SURREAL_ERR_CLOSED;
    return false;
}

SRL_FN void
srl_waiter_done(void *user, surreal *db, surreal_status status,
                surreal_result *result, const surreal_error *err)
{
    srl_waiter *waiter = (srl_waiter *)user;

    (void)db;
    waiter->is_done = true;
    waiter->status = status;
    waiter->result = result;
    if (err) waiter->error = *err;
}

SRL_FN surreal_status
srl_waiter_wait(surreal *db, srl_waiter *waiter, surreal_result **out)
{
    if (waiter->is_closed) return waiter->status;
    srl_enter(db);
    if (!waiter->status) {
        srl_send_now(db);
        while (!waiter->is_done) {
            srl_wait_and_step(db, -1);
        }
    }
    if (waiter->status) db->error = waiter->error;
    srl_leave(db);
    if (out) {
        *out = waiter->result;
    } else {
        surreal_result_free(waiter->result);
    }
    return waiter->status;
}
