/* client/loop.c: stepping, and the calls that wait. */
#include "client/client.h"

/* ---- one step -------------------------------------------------------- */

/* A reply without an id answers a request the server could not read, so it
 * does not say which. With one request that has no answer yet, given up or
 * not, there is no doubt; with more, guessing could give one caller's failure
 * to another, so the connection ends. */
static surreal_status
srl_dispatch_nameless(srl_conn *c, const srl_reply *reply, surreal_error *err)
{
    surreal_request *first = c->requests.first;
    size_t unanswered = c->unanswered;
    surreal_error server;
    surreal_status status;

    if (c->unanswered) c->unanswered--;
    if (!first) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a message nobody asked for");
        return SURREAL_OK;
    }
    status = srl_rpc_error(reply->error, c->version.major, &server);
    if (unanswered <= 1 && c->requests.pending == 1 &&
        first->epoch == c->epoch) {
        srl_request_complete(c, first, status, NULL, &server);
        return SURREAL_OK;
    }
    return srl_fail(err, SURREAL_ERR_REPLY,
                    "the server could not read one of %zu requests in flight "
                    "and does not say which: %s", unanswered, server.message);
}

/* A reply nobody waits for any more (timed out, cancelled) is dropped by its
 * id. What is wrong inside an answer fails its own request only. */
static surreal_status
srl_dispatch_answer(srl_conn *c, const srl_reply *reply, surreal_result *r,
                    surreal_error *err)
{
    surreal_request *request = srl_request_find(c, reply->id);
    surreal_status status;

    if (c->unanswered) c->unanswered--;
    if (!request) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc", "dropped a late reply");
        if (reply->result) srl_live_late(c, reply->id, r, reply->result);
        srl_auth_wipe(c, r); /* it may answer a sign-in */
        surreal_result_free(r);
        return SURREAL_OK;
    }
    if (c->phase == SRL_PHASE_READY) srl_retry_begin(c, 0);
    if (reply->error) {
        status = srl_rpc_error(reply->error, c->version.major, err);
    } else {
        status = srl_result_index(r, reply->result, request->is_query, err);
    }
    if (status == SURREAL_ERR_AUTH && request->db->session) {
        srl_auth_expired(request->db->session, err);
    }
    if (status) {
        surreal_result_free(r);
        srl_request_complete(c, request, status, NULL, err);
    } else if (r->cause) {
        /* A copy: the callback may free the result and go on reading. */
        *err = *r->cause;
        srl_request_complete(c, request, r->status, r, err);
    } else {
        srl_request_complete(c, request, SURREAL_OK, r, NULL);
    }
    return SURREAL_OK;
}

/* The answer to the request that was on the wire. What is wrong with it is
 * told to that request alone: the next answer begins where HTTP says. */
static surreal_status
srl_dispatch_http(srl_conn *c, surreal_status status, srl_reply *reply,
                  surreal_result *r, surreal_error *err)
{
    surreal_request *request;

    reply->id = c->transport.http->id;
    if (!status) return srl_dispatch_answer(c, reply, r, err);
    surreal_result_free(r);
    request = srl_request_find(c, reply->id);
    if (request) srl_request_complete(c, request, status, NULL, err);
    return SURREAL_OK;
}

/* Give a message to whom it belongs. */
static surreal_status
srl_dispatch(srl_conn *c, surreal_result *r, surreal_error *err)
{
    srl_reply reply;
    surreal_status status = srl_reply_read(r->doc.data, &reply, err);

    if (srl_conn_is_http(c)) {
        return srl_dispatch_http(c, status, &reply, r, err);
    }
    if (!status && reply.has_id) {
        return srl_dispatch_answer(c, &reply, r, err);
    }
    if (!status && !reply.error) {
        srl_live_take(c, r, reply.result);
        return SURREAL_OK;
    }
    if (!status) status = srl_dispatch_nameless(c, &reply, err);
    surreal_result_free(r);
    return status;
}

/* Both directions until neither moves. A callback may have driven the
 * connection through a loss to a new stream: then this traffic is over. */
static surreal_status
srl_step_traffic(srl_conn *c, bool send, surreal_error *err)
{
    uint32_t epoch = c->epoch;
    bool progress = true;

    while (progress && c->epoch == epoch &&
           (c->phase == SRL_PHASE_SETUP || c->phase == SRL_PHASE_READY)) {
        surreal_result *r = NULL;
        surreal_status status;

        progress = false;
        if (send) SRL_TRY(srl_wire_flush(c, &progress, err));
        status = srl_wire_next(c, &r, err);
        if (status == SURREAL_WOULD_BLOCK) {
            if (!send) break;
            /* Pongs may have been queued on the way. */
            SRL_TRY(srl_wire_flush(c, &progress, err));
            continue;
        }
        SRL_TRY(status);
        progress = true;
        if (r) SRL_TRY(srl_dispatch(c, r, err));
    }
    return SURREAL_OK;
}

static surreal_status
srl_step_connect(srl_conn *c, surreal_error *err)
{
    surreal_status status = SURREAL_OK;

    if (c->phase < SRL_PHASE_SETUP) status = srl_connect_step(c, err);
    if (!status) status = srl_step_traffic(c, true, err);
    if (status && status != SURREAL_WOULD_BLOCK) {
        return srl_connect_failed(c, status, err);
    }
    if (c->phase > SRL_PHASE_WAIT && c->phase < SRL_PHASE_READY &&
        srl_os_now_ms() >= c->connect_deadline_ms) {
        return srl_fail(err, SURREAL_ERR_TIMEOUT,
                        "%s port %u: %s took more than %d ms", c->url.host,
                        (unsigned)c->url.port, srl_connect_stage(c),
                        c->options.connect_ms);
    }
    return SURREAL_OK;
}

static surreal_status
srl_step_phase(srl_conn *c, bool send, surreal_error *err)
{
    if (c->phase == SRL_PHASE_WAIT) return SURREAL_OK;
    return c->phase < SRL_PHASE_READY ? srl_step_connect(c, err)
                                      : srl_step_traffic(c, send, err);
}

/* A failure belongs to the connection it came from, which a callback may have
 * lost and made anew meanwhile. */
static void
srl_step_part(srl_conn *c, uint32_t epoch, surreal_status status,
              const surreal_error *err)
{
    if (status && c->epoch == epoch && c->phase > SRL_PHASE_WAIT) {
        srl_conn_lose(c, err);
    }
}

static void
srl_step(srl_conn *c, srl_patience patience)
{
    uint32_t epoch = c->epoch;
    surreal_status status;
    surreal_error err;
    int64_t now;

    srl_enter(c);
    if (srl_wake_take(c->wake)) c->is_woken = true;
    if (c->phase < SRL_PHASE_FAILED) {
        srl_error_clear(&err);
        srl_transport_refresh(c, patience);
        status = srl_step_phase(c, patience != SRL_PATIENCE_LISTEN, &err);
        srl_step_part(c, epoch, status, &err);
        c->transport.may_wait = false;
        now = srl_os_now_ms();
        if (c->phase < SRL_PHASE_FAILED) {
            status = srl_conn_timers(c, now, &err);
            srl_step_part(c, c->epoch, status, &err);
        }
        srl_requests_expire(c, now);
    }
    srl_leave(c);
}

/* What a handle says about its connection. */
static surreal_status
srl_handle_status(const surreal *db)
{
    if (db->is_ended) return SURREAL_ERR_CLOSED;
    return db->conn->phase == SRL_PHASE_FAILED ? db->conn->failure.status
                                               : SURREAL_OK;
}

SURREAL_API surreal_status
surreal_step(surreal *db)
{
    surreal_status status;
    srl_conn *c;

    if (!db) return SURREAL_ERR_USAGE;
    c = db->conn;
    srl_enter(c);
    srl_step(c, SRL_PATIENCE_NONE);
    status = srl_handle_status(db);
    srl_leave(c);
    return status;
}

/* ---- what an event loop asks ----------------------------------------- */

SURREAL_API int
surreal_fd(const surreal *db)
{
    const srl_transport *t;

    if (!db) return -1;
    t = &db->conn->transport;
    return t->has_stream ? t->stream.fd(t->stream.user) : -1;
}

SURREAL_API short
surreal_wants(const surreal *db)
{
    const srl_conn *c = db ? db->conn : NULL;
    const surreal_stream *stream;
    short wants;

    if (!db || !c->transport.has_stream) return 0;
    stream = &c->transport.stream;
    wants = stream->wants ? stream->wants(stream->user) : 0;
    if (wants) return wants;
    if (c->transport.is_connecting) return SURREAL_WRITE;
    return srl_wire_has_output(c) ? SURREAL_READ | SURREAL_WRITE
                                  : SURREAL_READ;
}

SURREAL_API int
surreal_deadline_ms(const surreal *db)
{
    const srl_conn *c = db ? db->conn : NULL;
    int64_t deadline;
    int64_t left;

    if (!db || c->phase >= SRL_PHASE_FAILED) return -1;
    if (c->transport.has_more) return 0;
    /* The first step makes the socket: there is nothing to wait for yet. */
    if (c->phase == SRL_PHASE_CONNECT && surreal_fd(db) < 0) return 0;
    deadline = srl_conn_timer(c);
    if (c->requests.first && c->requests.first->deadline_ms < deadline) {
        deadline = c->requests.first->deadline_ms;
    }
    if (deadline == INT64_MAX) return -1;
    left = deadline - srl_os_now_ms();
    if (left < 0) left = 0;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

SURREAL_API size_t
surreal_pending(const surreal *db)
{
    return db ? db->conn->requests.pending : 0;
}

SURREAL_API void
surreal_wake(surreal *db)
{
    if (db) srl_wake_send(db->conn->wake);
}

SURREAL_API int
surreal_wake_fd(const surreal *db)
{
    return db ? db->conn->wake[0] : -1;
}

/* Send what waits; an answer cannot be there yet, so do not look for one. */
static void
srl_send_now(srl_conn *c)
{
    surreal_error err;
    bool progress = false;

    if (c->phase != SRL_PHASE_READY) return;
    if (srl_wire_flush(c, &progress, &err)) srl_conn_lose(c, &err);
}

/* ---- waiting --------------------------------------------------------- */

SRL_FN void
srl_wait_and_step(srl_conn *c, int64_t limit_ms)
{
    const surreal *db = c->root;
    int timeout = surreal_deadline_ms(db);

    if (limit_ms >= 0 && (timeout < 0 || timeout > limit_ms)) {
        timeout = limit_ms > INT32_MAX ? INT32_MAX : (int)limit_ms;
    }
    /* With nothing to send, and time enough, the read itself can wait. */
    if (c->phase == SRL_PHASE_READY && c->transport.read_wait &&
        c->wake[0] < 0 && surreal_wants(db) == SURREAL_READ &&
        (timeout < 0 || timeout > SRL_SOCK_PATIENCE_MS)) {
        srl_step(c, SRL_PATIENCE_READ);
        return;
    }
    srl_sock_wait(surreal_fd(db), surreal_wants(db), c->wake[0], timeout);
    srl_step(c, SRL_PATIENCE_POLLED);
}

/* Nothing to wait for: the connection is open, nobody asked anything and
 * nobody watches. */
static bool
srl_wait_is_idle(const srl_conn *c)
{
    return c->phase == SRL_PHASE_READY && !c->requests.pending &&
           !srl_lives_any(c);
}

SURREAL_API surreal_status
surreal_wait(surreal *db, int timeout_ms)
{
    int64_t end = srl_os_now_ms() + timeout_ms;
    bool stepped = false;
    uint64_t before;
    surreal_status status;
    srl_conn *c;

    if (!db) return SURREAL_ERR_USAGE;
    c = db->conn;
    before = c->completed;
    srl_enter(c);
    srl_send_now(c);
    for (;;) {
        int64_t left = timeout_ms < 0 ? -1 : end - srl_os_now_ms();

        status = srl_handle_status(db);
        if (status || c->completed != before || srl_wait_is_idle(c)) break;
        if (c->is_woken) {
            c->is_woken = false;
            break;
        }
        if (timeout_ms >= 0 && left <= 0) {
            if (stepped) {
                status = SURREAL_ERR_TIMEOUT;
                break;
            }
            left = 0;
        }
        srl_wait_and_step(c, left);
        stepped = true;
    }
    srl_leave(c);
    return status;
}

SRL_FN void
srl_waiter_init(surreal *db, srl_waiter *waiter)
{
    memset(waiter, 0, sizeof *waiter);
    waiter->db = db;
    waiter->end_ms = srl_os_deadline(db->conn->options.timeout_ms);
    srl_enter(db->conn);
}

/* The first call after a while: if the server has ended the connection since,
 * that is to be read in the socket already. Seen before anything is written,
 * it costs the call nothing; afterwards nobody could say what was done. */
#define SRL_STALE_MS 1000

static void
srl_listen_first(srl_conn *c)
{
    if (c->phase != SRL_PHASE_READY || c->requests.pending != 1 ||
        srl_conn_is_http(c) || srl_os_now_ms() - c->heard_ms < SRL_STALE_MS) {
        return;
    }
    srl_step(c, SRL_PATIENCE_LISTEN);
}

SRL_FN bool
srl_waiter_again(srl_waiter *waiter)
{
    srl_conn *c = waiter->db->conn;
    int64_t left;

    if (!waiter->status) {
        srl_listen_first(c);
        srl_send_now(c);
        while (!waiter->is_done) srl_wait_and_step(c, -1);
        if (waiter->status != SURREAL_ERR_NOT_SENT) return false;
        if (c->phase >= SRL_PHASE_FAILED || waiter->db->is_ended) return false;
        waiter->is_done = false;
    } else if (waiter->status != SURREAL_WOULD_BLOCK) {
        return false;
    }
    left = waiter->end_ms - srl_os_now_ms();
    if (left <= 0) {
        waiter->status = srl_fail(&waiter->error, SURREAL_ERR_TIMEOUT,
                                  "the request could not be sent within %d "
                                  "ms: %s", c->options.timeout_ms,
                                  waiter->error.message);
        return false;
    }
    srl_wait_and_step(c, left);
    return true;
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
srl_waiter_end(srl_waiter *waiter, surreal_result **out)
{
    surreal *db = waiter->db;

    if (waiter->status) db->error = waiter->error;
    if (out) {
        *out = waiter->result;
    } else {
        surreal_result_recycle(db, waiter->result);
    }
    srl_leave(db->conn);
    return waiter->status;
}
