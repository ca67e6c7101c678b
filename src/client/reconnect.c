/* client/reconnect.c: losing a connection, and what has its time. */
#include "client/client.h"

/* ---- whether and when to try again -------------------------------------- */

/* What waiting may cure: the network, a server that is away or busy. A server
 * that was there once may also come back from having broken its protocol;
 * while connecting, that means we are talking to something else. */
static bool
srl_may_pass(const srl_conn *c, const surreal_error *err)
{
    switch (surreal_status_class(err->status)) {
    case SURREAL_CLASS_IO: return err->status != SURREAL_ERR_RANDOM;
    case SURREAL_CLASS_TIMEOUT:
    case SURREAL_CLASS_CLOSED: return true;
    case SURREAL_CLASS_PROTO:
        if (err->code >= 500) return true; /* HTTP's, of a proxy mostly */
        return c->phase == SRL_PHASE_READY;
    case SURREAL_CLASS_LIMIT:
    case SURREAL_CLASS_NOMEM: return c->phase == SRL_PHASE_READY;
    default: return false;
    }
}

/* Exponential, capped, with jitter; the draw needs to be different between
 * clients, not secret. */
static int64_t
srl_retry_delay(srl_conn *c)
{
    const surreal_reconnect *r = &c->options.reconnect;
    double delay = r->min_ms;
    int i;

    for (i = 1; i < c->retry.round && delay < r->max_ms; i++) {
        delay *= r->multiplier;
    }
    if (delay > r->max_ms) delay = r->max_ms;
    c->retry.seed = c->retry.seed * 1664525u + 1013904223u;
    delay += delay * r->jitter *
             ((double)(c->retry.seed >> 8) / (double)(1u << 23) - 1);
    return (int64_t)delay;
}

/* True with the time set if there will be another attempt. The other urls of
 * a round are tried without waiting. */
static bool
srl_retry_plan(srl_conn *c, const surreal_error *err)
{
    srl_retry *retry = &c->retry;
    int limit = c->was_ready ? c->options.reconnect.attempts
                             : c->options.connect_tries;

    if (!srl_may_pass(c, err)) return false;
    if (!retry->seed) srl_os_random(&retry->seed, sizeof retry->seed);
    retry->at_ms = srl_os_now_ms();
    if (c->phase != SRL_PHASE_READY && ++retry->dialled < c->url_count) {
        return true;
    }
    retry->dialled = 0;
    if (retry->round >= limit) return false;
    retry->at_ms += srl_retry_delay(c);
    retry->round++;
    return true;
}

/* ---- losing ------------------------------------------------------------- */

SRL_FN void
srl_conn_fail(srl_conn *c, const surreal_error *err)
{
    surreal *db;

    if (c->phase >= SRL_PHASE_FAILED) return;
    srl_trace(c, SURREAL_LEVEL_ERROR, "client", "%s", err->message);
    c->failure = *err;
    srl_transport_close(c);
    c->phase = SRL_PHASE_FAILED;
    c->setup.stage = SRL_STAGE_NONE;
    for (db = c->handles; db; db = db->next) db->error = c->failure;
    srl_auth_forget(c);
    srl_txns_lose(c, NULL, &c->failure);
    srl_requests_end(c, NULL, &c->failure);
    srl_lives_end(c, NULL, &c->failure);
    if (c->phase == SRL_PHASE_FAILED) {
        srl_tell(c, c->root, SURREAL_CHANGE_FAILED, &c->failure);
    }
}

/* State first, callbacks last: any of them may drive the connection on to the
 * next attempt, or close it, and then there is nothing left to tell. */
SRL_FN void
srl_conn_lose(srl_conn *c, const surreal_error *err)
{
    surreal_error cause = *err;
    uint64_t written = c->transport.written;
    uint32_t epoch = c->epoch;
    bool was_open = c->phase == SRL_PHASE_READY;

    if (c->phase >= SRL_PHASE_FAILED) return;
    if (!srl_retry_plan(c, &cause)) {
        srl_conn_fail(c, &cause);
        return;
    }
    srl_trace(c, SURREAL_LEVEL_WARN, "client", "%s; trying again",
              cause.message);
    srl_transport_close(c);
    c->phase = SRL_PHASE_WAIT;
    c->setup.stage = SRL_STAGE_NONE;
    if (was_open) {
        srl_txns_lose(c, NULL, &cause);
        srl_lives_lose(c);
    }
    srl_requests_lose(c, epoch, written, &cause);
    if (c->phase == SRL_PHASE_WAIT && c->epoch == epoch) {
        srl_tell(c, c->root, was_open ? SURREAL_CHANGE_LOST
                                      : SURREAL_CHANGE_RETRY, &cause);
    }
}

SURREAL_API surreal_status
surreal_reconnect_now(surreal *db)
{
    srl_conn *c;
    surreal_error err;
    surreal_status status;

    if (!db || db->is_ended) return SURREAL_ERR_CLOSED;
    c = db->conn;
    if (c->phase != SRL_PHASE_WAIT && c->phase != SRL_PHASE_FAILED) {
        return SURREAL_OK;
    }
    if (c->phase == SRL_PHASE_FAILED && !c->url_count) {
        return c->failure.status; /* it never had where to go */
    }
    srl_enter(c);
    srl_error_clear(&c->failure);
    srl_error_clear(&err);
    c->retry.round = 1;
    c->retry.dialled = 0;
    if (srl_dial(c, &err)) srl_conn_lose(c, &err);
    status = c->phase == SRL_PHASE_FAILED ? c->failure.status : SURREAL_OK;
    srl_leave(c);
    return status;
}

/* ---- what has its time -------------------------------------------------- */

/* Silence means nothing by itself; silence after a ping means that the peer or
 * the way to it is gone, though no packet ever says so. The answer is judged
 * only after reading: a program that slept finds it in its socket. */
SRL_FN surreal_status
srl_ping_timers(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    if (c->transport.got_any) {
        c->transport.got_any = false;
        c->heard_ms = now_ms;
        c->pong_deadline_ms = INT64_MAX;
    }
    if (now_ms >= c->pong_deadline_ms && !c->transport.has_more) {
        return srl_fail(err, SURREAL_ERR_TIMEOUT,
                        "the server is gone: nothing came for %d ms, nor an "
                        "answer to a ping within %d ms", c->options.ping_ms,
                        c->options.pong_ms);
    }
    if (c->options.ping_ms < 0 || c->pong_deadline_ms != INT64_MAX ||
        now_ms - c->heard_ms < c->options.ping_ms) {
        return SURREAL_OK;
    }
    c->pong_deadline_ms = now_ms + c->options.pong_ms;
    return srl_transport_ping(c, err);
}

SRL_FN int64_t
srl_ping_timer(const srl_conn *c)
{
    if (c->options.ping_ms < 0) return INT64_MAX;
    return c->pong_deadline_ms != INT64_MAX
               ? c->pong_deadline_ms
               : c->heard_ms + c->options.ping_ms;
}

SRL_FN surreal_status
srl_conn_timers(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    if (c->phase == SRL_PHASE_WAIT && now_ms >= c->retry.at_ms) {
        return srl_dial(c, err);
    }
    if (c->phase != SRL_PHASE_READY) return SURREAL_OK;
    SRL_TRY(srl_wire_timers(c, now_ms, err));
    srl_auth_timers(c, now_ms);
    return SURREAL_OK;
}

SRL_FN int64_t
srl_conn_timer(const srl_conn *c)
{
    if (c->phase == SRL_PHASE_WAIT) return c->retry.at_ms;
    if (c->phase < SRL_PHASE_READY) return c->connect_deadline_ms;
    return srl_auth_timer(c, srl_wire_timer(c));
}
