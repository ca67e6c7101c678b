/* client/reconnect.c: losing a connection, and what has its time. */
#include "client/client.h"

/* ---- whether and when to try again ----------------------------------- */

/* What waiting may cure: the network, a server that is away, busy or shutting
 * down. What was a good server once may also come back from having broken its
 * protocol or from a proxy that answers in its place; while connecting for the
 * first time, that means we are talking to something else. */
static bool
srl_may_pass(const srl_conn *c, const surreal_error *err)
{
    switch (surreal_status_class(err->status)) {
    case SURREAL_CLASS_IO: return err->status != SURREAL_ERR_RANDOM;
    case SURREAL_CLASS_TIMEOUT:
    case SURREAL_CLASS_CLOSED: return true;
    case SURREAL_CLASS_PROTO:
        if (err->code >= 500) return true; /* HTTP's, of a proxy mostly */
        return c->was_ready;
    case SURREAL_CLASS_TLS:
        /* A stream that ended is no more than that. The rest is a server that
         * is none of ours, or one whose certificate has to be renewed: what
         * was good once is given the time for it. */
        if (err->status == SURREAL_ERR_TLS_TRUNCATED) return true;
        return c->was_ready;
    case SURREAL_CLASS_LIMIT:
    case SURREAL_CLASS_NOMEM: return c->was_ready;
    case SURREAL_CLASS_SERVER:
        /* Neither refused nor misunderstood: it could not just then. */
        return c->was_ready && (err->status == SURREAL_ERR_SERVER ||
                                err->status == SURREAL_ERR_QUERY_TIMEOUT);
    default: return err->status == SURREAL_CONFLICT;
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

    for (i = 0; i < c->retry.waits && delay < r->max_ms; i++) {
        delay *= r->multiplier;
    }
    if (delay > r->max_ms) delay = r->max_ms;
    c->retry.seed = c->retry.seed * 1664525u + 1013904223u;
    delay += delay * r->jitter *
             ((double)(c->retry.seed >> 8) / (double)(1u << 23) - 1);
    return (int64_t)delay;
}

SRL_FN void
srl_retry_begin(srl_conn *c, int rounds)
{
    c->retry.rounds = rounds;
    c->retry.waits = 0;
    c->retry.dialled = 0;
}

/* A server of a list that cannot show who it is must not keep the others from
 * being asked: each of them has to show it as well. */
static bool
srl_may_ask_next(const srl_conn *c, const surreal_error *err)
{
    return surreal_status_class(err->status) == SURREAL_CLASS_TLS &&
           c->phase != SRL_PHASE_READY && c->retry.dialled + 1 < c->url_count;
}

/* True with the time set if there will be another attempt. The other urls of
 * a round are tried without waiting. */
static bool
srl_retry_plan(srl_conn *c, const surreal_error *err)
{
    srl_retry *retry = &c->retry;
    int limit = c->was_ready ? c->options.reconnect.attempts
                             : c->options.connect_tries;

    if (!srl_may_pass(c, err) && !srl_may_ask_next(c, err)) return false;
    if (!retry->seed) srl_os_random(&retry->seed, sizeof retry->seed);
    retry->at_ms = srl_os_now_ms();
    if (c->phase != SRL_PHASE_READY) {
        if (++retry->dialled < c->url_count) return true;
    } else if (retry->at_ms - c->ready_ms >= c->options.reconnect.max_ms) {
        /* It held longer than the longest wait, whether anybody asked it
         * anything or not: this is no server that throws everybody out. */
        srl_retry_begin(c, 0);
    }
    retry->dialled = 0;
    if (retry->rounds >= limit) return false;
    retry->at_ms += srl_retry_delay(c);
    retry->waits++;
    retry->rounds++;
    return true;
}

/* ---- losing ---------------------------------------------------------- */

/* State first, callbacks last: any of them may drive the connection on to the
 * next attempt and beyond, or close it. So a change is told before the ends of
 * the requests it is the reason of, and those are told by their epoch alone,
 * whatever the connection is by then. */
SRL_FN void
srl_conn_fail(srl_conn *c, const surreal_error *err)
{
    surreal_error cause = *err;
    uint32_t epoch = c->epoch;
    surreal *db;

    if (c->phase >= SRL_PHASE_FAILED) return;
    srl_trace(c, SURREAL_LEVEL_ERROR, "client", "%s", cause.message);
    srl_transport_close(c, false);
    c->failure = cause;
    c->phase = SRL_PHASE_FAILED;
    c->setup.stage = SRL_STAGE_NONE;
    for (db = c->handles; db; db = db->next) db->error = cause;
    srl_auth_settle(c);
    srl_txns_lose(c, NULL, &cause);
    srl_requests_fail(c, epoch, true, &cause);
    srl_tell(c, c->root, SURREAL_CHANGE_FAILED, &cause);
    srl_requests_fail(c, epoch, false, &cause);
    /* Tried again from a callback, it restores them. */
    if (c->phase >= SRL_PHASE_FAILED) srl_lives_end(c, NULL, &cause);
}

SRL_FN void
srl_conn_lose(srl_conn *c, const surreal_error *err)
{
    surreal_error cause = *err;
    uint64_t written = srl_transport_sent(c);
    uint32_t epoch = c->epoch;
    bool was_open = c->phase == SRL_PHASE_READY;

    if (c->phase >= SRL_PHASE_FAILED) return;
    if (!srl_retry_plan(c, &cause)) {
        srl_conn_fail(c, &cause);
        return;
    }
    srl_trace(c, SURREAL_LEVEL_WARN, "client", "%s; trying again",
              cause.message);
    srl_transport_close(c, false);
    c->failure = cause;
    c->phase = SRL_PHASE_WAIT;
    c->setup.stage = SRL_STAGE_NONE;
    if (was_open) {
        srl_txns_lose(c, NULL, &cause);
        srl_lives_lose(c, &cause);
    }
    srl_requests_lose(c, epoch, written, true, &cause);
    srl_tell(c, c->root, was_open ? SURREAL_CHANGE_LOST
                                  : SURREAL_CHANGE_RETRY, &cause);
    srl_requests_lose(c, epoch, written, false, &cause);
}

SURREAL_API surreal_status
surreal_reconnect_now(surreal *db)
{
    srl_conn *c;

    if (!db || db->is_ended) return SURREAL_ERR_CLOSED;
    c = db->conn;
    if (c->phase != SRL_PHASE_WAIT && c->phase != SRL_PHASE_FAILED) {
        return SURREAL_OK;
    }
    if (!c->url_next) return c->failure.status; /* it never could dial */
    /* Not dialled here but by the next step: a program that does this in the
     * callback that tells of the failure would come back here from there. */
    srl_retry_begin(c, 1);
    c->retry.at_ms = srl_os_now_ms();
    c->phase = SRL_PHASE_WAIT;
    return SURREAL_OK;
}

/* ---- what has its time ----------------------------------------------- */

/* Silence means nothing by itself; silence after a ping means that the peer or
 * the way to it is gone, though no packet ever says so. The answer is judged
 * only after reading: a program that slept finds it in its socket. */
SRL_FN surreal_status
srl_ping_timers(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    bool progress = false;

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
    /* Written now, not by the next step: its answer has a time limit, and a
     * program that sleeps until then would judge a ping it never sent. */
    c->pong_deadline_ms = now_ms + c->options.pong_ms;
    SRL_TRY(srl_transport_ping(c, err));
    return srl_transport_flush(c, &progress, err);
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
