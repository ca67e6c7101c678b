/* client/transport.c: WebSocket over a stream. */
#include "client/client.h"

/* Out: requests are written straight into the send queue behind room for the
 * largest frame head; closing a message masks it in place and moves it over
 * the part of that room its head did not need. In: bytes are received into one
 * fixed buffer; once the head of a larger message is known, the rest of it is
 * received straight into the result that will own it. */

static surreal_status
srl_entropy_take(srl_transport *t, void *out, size_t len, surreal_error *err)
{
    SURREAL_ASSERT(len <= sizeof t->entropy);
    if (t->entropy_left < len) {
        if (!srl_os_random(t->entropy, sizeof t->entropy)) {
            return srl_fail(err, SURREAL_ERR_RANDOM,
                            "the system gives no random numbers, which "
                            "WebSocket needs (RFC 6455 10.3)");
        }
        t->entropy_left = sizeof t->entropy;
    }
    t->entropy_left -= len;
    memcpy(out, t->entropy + t->entropy_left, len);
    return SURREAL_OK;
}

/* Memory for a message: a result, whose room is the block. */
static uint8_t *
srl_transport_room(void *user, uint8_t *block, size_t used, size_t len)
{
    srl_conn *c = (srl_conn *)user;
    srl_transport *t = &c->transport;
    surreal_result *r = srl_result_new(&c->spare, &c->mem.allocator, len,
                                       c->options.max_memory);

    if (!r) return NULL;
    if (block) {
        memcpy(srl_result_room(r), block, used);
        srl_wipe(block, used); /* whoever takes the answer wipes only that */
    }
    surreal_result_free(t->incoming);
    t->incoming = r;
    return srl_result_room(r);
}

SRL_FN size_t
srl_transport_max(const srl_conn *c)
{
    size_t max = c->options.max_message;
    size_t memory = c->options.max_memory;
    size_t around = sizeof(surreal_result) + 1;

    if (memory && (memory <= around || max > memory - around)) {
        max = memory > around ? memory - around : 0;
    }
    return max;
}

SRL_FN void
srl_transport_init(srl_conn *c)
{
    srl_transport *t = &c->transport;

    memset(t, 0, sizeof *t);
    srl_buf_init(&t->out, &c->mem, (size_t)-1);
    srl_ws_init(&t->ws, srl_transport_max(c), srl_transport_room, c);
}

SRL_FN surreal_status
srl_transport_upgrade(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;

    t->in = (uint8_t *)srl_mem_resize(&c->mem, NULL, 0, SRL_IN_CAP);
    t->upgrade = (srl_upgrade *)srl_mem_resize(&c->mem, NULL, 0,
                                               sizeof *t->upgrade);
    if (!t->in || !t->upgrade) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for the connection's buffers");
    }
    srl_http_head_init(&t->upgrade->head);
    SRL_TRY(srl_entropy_take(t, t->upgrade->nonce, sizeof t->upgrade->nonce,
                             err));
    return srl_http_upgrade_write(&t->out, &c->url, t->upgrade->nonce, NULL,
                                  0, err);
}

/* Whether a read that gave less than it could has taken all there was. A stream
 * of the user's may have more in a buffer of its own. */
static bool
srl_transport_is_empty(const srl_transport *t)
{
#ifndef SURREAL_NO_TLS
    if (t->is_tls && !((const srl_secure *)t->stream.user)->is_drained) {
        return false;
    }
#endif
    return t->read_wait != NULL;
}

static surreal_status
srl_transport_get(srl_transport *t, uint8_t *data, size_t len, size_t *got,
                  surreal_error *err)
{
    bool wait = t->may_wait;
    surreal_status status;

    t->may_wait = false;
    if (!t->budget) {
        t->has_more = true;
        return SURREAL_WOULD_BLOCK;
    }
    status = wait ? t->read_wait(t->stream.user, data, len, got, err)
                  : t->stream.read(t->stream.user, data, len, got, err);
    if (status && status != SURREAL_WOULD_BLOCK) t->is_broken = true;
    SRL_TRY(status);
    t->got_any = true;
    t->budget -= *got < t->budget ? *got : t->budget;
    t->is_drained = t->is_waiting && *got < len && srl_transport_is_empty(t);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_read(srl_transport *t, surreal_error *err)
{
    size_t got = 0;

    if (t->in_at == t->in_len) {
        t->in_at = 0;
        t->in_len = 0;
    }
    SURREAL_ASSERT(t->in_len < SRL_IN_CAP);
    SRL_TRY(srl_transport_get(t, t->in + t->in_len, SRL_IN_CAP - t->in_len,
                              &got, err));
    t->in_len += got;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_upgraded(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    surreal_status status;

    /* A head that does not fit the buffer is beyond SURREAL_MAX_HEAD and
     * refused by the parser before the buffer is full. */
    do {
        SRL_TRY(srl_transport_read(t, err));
        status = srl_http_head_feed(&t->upgrade->head, t->in, t->in_len, err);
    } while (status == SURREAL_WOULD_BLOCK && t->in_len < SRL_IN_CAP);
    if (status == SURREAL_WOULD_BLOCK) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "the server's HTTP head is longer than %d bytes",
                        SURREAL_MAX_HEAD);
    }
    SRL_TRY(status);
    SRL_TRY(srl_http_upgrade_check(&t->upgrade->head, t->upgrade->nonce,
                                   err));
    t->in_at = t->upgrade->head.len;
    srl_mem_free(&c->mem, t->upgrade, sizeof *t->upgrade);
    t->upgrade = NULL;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_reserve(srl_conn *c, size_t len, size_t *mark,
                      surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_buf *out = &t->out;

    /* A queue that never runs empty must not grow for ever: give the written
     * part back when it is the larger one, so that moving is paid for. */
    if (t->out_at > out->len / 2) {
        memmove(out->data, out->data + t->out_at, out->len - t->out_at);
        out->len -= t->out_at;
        t->out_at = 0;
    }
    *mark = out->len;
    if (srl_buf_reserve(out, len)) {
        surreal_status status = out->status;

        out->status = SURREAL_OK;
        return srl_fail(err, status, "out of memory for the request");
    }
    out->len += len;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_begin(srl_conn *c, size_t *mark, surreal_error *err)
{
    return srl_transport_reserve(c, SRL_WS_MAX_HEAD, mark, err);
}

SRL_FN void
srl_transport_undo(srl_conn *c, size_t mark)
{
    c->transport.out.len = mark;
    c->transport.out.status = SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_end(srl_conn *c, size_t mark, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_buf *out = &t->out;
    uint8_t key[4] = {0, 0, 0, 0}; /* gcc -O3 cannot see it set */
    size_t payload;
    size_t gap;

    if (out->status) {
        return srl_fail(err, out->status, "out of memory for the request");
    }
    payload = out->len - mark - SRL_WS_MAX_HEAD;
    if (payload > SURREAL_MAX_MESSAGE) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "the request has %zu bytes, servers take %zu at most",
                        payload, (size_t)SURREAL_MAX_MESSAGE);
    }
    SRL_TRY(srl_entropy_take(t, key, sizeof key, err));
    gap = srl_ws_seal(out->data + mark, payload, SRL_WS_BINARY, key);
    if (gap) {
        memmove(out->data + mark, out->data + mark + gap,
                out->len - mark - gap);
        out->len -= gap;
    }
    return SURREAL_OK;
}

/* Queue a ping or pong. */
static surreal_status
srl_transport_control(srl_conn *c, unsigned opcode, surreal_bytes data,
                      surreal_error *err)
{
    srl_transport *t = &c->transport;
    uint8_t frame[SRL_WS_MAX_CONTROL_FRAME];
    uint8_t key[4];

    SRL_TRY(srl_entropy_take(t, key, sizeof key, err));
    srl_buf_put(&t->out, frame,
                srl_ws_control_write(frame, opcode, data.ptr, data.len, key));
    if (t->out.status) {
        return srl_fail(err, t->out.status, "out of memory for a ping or pong");
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_ping(srl_conn *c, surreal_error *err)
{
    surreal_bytes none = {NULL, 0};

    return srl_transport_control(c, SRL_WS_PING, none, err);
}

/* A peer that pings and never reads may not grow the queue for ever. */
static surreal_status
srl_transport_pong(srl_conn *c, surreal_bytes data, surreal_error *err)
{
    const srl_transport *t = &c->transport;

    if (t->out.len - t->out_at > SRL_OUT_HIGH) return SURREAL_OK;
    return srl_transport_control(c, SRL_WS_PONG, data, err);
}

SRL_FN void
srl_transport_wipe(srl_transport *t)
{
    if (!t->in) return;
    srl_wipe(t->in, t->in_at);
    srl_wipe(t->in + t->in_len, SRL_IN_CAP - t->in_len);
}

SRL_FN bool
srl_transport_has_output(const srl_conn *c)
{
    return c->transport.out_at < c->transport.out.len;
}

SRL_FN uint64_t
srl_transport_sent(const srl_conn *c)
{
    uint64_t written = c->transport.written;

#ifndef SURREAL_NO_TLS
    if (c->transport.is_tls) written -= c->secure.unsent;
#endif
    return written;
}

SRL_FN void
srl_transport_flushed(srl_conn *c)
{
    srl_transport *t = &c->transport;

    if (t->out.is_secret) srl_wipe(t->out.data, t->out.cap);
    t->out.is_secret = false;
    t->out_at = 0;
    t->out.len = 0;
    if (t->out.cap > SRL_OUT_KEEP && !c->requests.pending) {
        srl_buf_free(&t->out);
    }
}

SRL_FN surreal_status
srl_transport_flush(srl_conn *c, bool *progress, surreal_error *err)
{
    srl_transport *t = &c->transport;

    while (t->out_at < t->out.len) {
        size_t done = 0;
        surreal_status status =
            t->stream.write(t->stream.user, t->out.data + t->out_at,
                            t->out.len - t->out_at, &done, err);

        if (status == SURREAL_WOULD_BLOCK) {
            t->is_full = true;
            return SURREAL_OK;
        }
        if (status) t->is_broken = true;
        SRL_TRY(status);
        /* What had been full takes bytes again: somebody took some out. */
        if (t->is_full) t->got_any = true;
        t->is_full = false;
        t->out_at += done;
        t->written += done;
        *progress = true;
    }
    srl_transport_flushed(c);
    return SURREAL_OK;
}

static surreal_status
srl_transport_closed(const srl_ws_event *event, surreal_error *err)
{
    if (event->code == SRL_WS_NO_CODE) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the server closed the connection");
    }
    return srl_fail(err, SURREAL_ERR_CLOSED,
                    "the server closed the connection with code %u: %.*s",
                    event->code, (int)event->data.len,
                    event->data.len ? (const char *)event->data.ptr
                                    : "no reason given");
}

SRL_FN surreal_status
srl_transport_take(srl_conn *c, size_t len, surreal_result **out,
                   surreal_error *err)
{
    surreal_result *r = c->transport.incoming;
    const char *reason = "";
    size_t used = 0;
    surreal_status status;

    c->transport.incoming = NULL;
    *out = r;
    status = srl_cbor_check(srl_result_room(r), len, SURREAL_MAX_DEPTH, &used,
                            &reason);
    if (!status && used != len) {
        status = SURREAL_ERR_CBOR;
        reason = "bytes after the reply";
    }
    if (!status) {
        srl_document_init(&r->doc, srl_result_room(r), len, &r->arena);
        return SURREAL_OK;
    }
    surreal_result_free(r);
    *out = NULL;
    srl_fail(err, status, "the server's message of %zu bytes: %s at byte %zu",
             len, reason, used);
    err->at = used;
    return status;
}

/* Feed what is there; SURREAL_OK with event->kind NONE if more is needed. */
static surreal_status
srl_transport_event(srl_transport *t, srl_ws_event *event,
                    surreal_error *err)
{
    surreal_bytes in;
    surreal_status status;

    in.ptr = t->in + t->in_at;
    in.len = t->in_len - t->in_at;
    status = srl_ws_next(&t->ws, &in, event, err);
    t->in_at = t->in_len - in.len;
    return status;
}

/* More bytes: the rest of a large message straight into its place, anything
 * else into the buffer. */
static surreal_status
srl_transport_receive(srl_transport *t, surreal_error *err)
{
    uint8_t *into = NULL;
    size_t want = srl_ws_want(&t->ws, &into);
    size_t got = 0;

    SURREAL_ASSERT(t->in_at == t->in_len);
    if (t->is_drained) return SURREAL_WOULD_BLOCK;
    if (want < SRL_IN_CAP / 4) return srl_transport_read(t, err);
    SRL_TRY(srl_transport_get(t, into, want, &got, err));
    srl_ws_filled(&t->ws, got);
    return SURREAL_OK;
}

SRL_FN void
srl_transport_refresh(srl_conn *c, srl_patience patience)
{
    srl_transport *t = &c->transport;

    t->is_drained = false;
    t->is_waiting = patience != SRL_PATIENCE_NONE;
    t->may_wait = patience == SRL_PATIENCE_READ && t->read_wait;
    t->budget = SRL_STEP_BYTES;
    t->has_more = false;
}

SRL_FN surreal_status
srl_transport_next(srl_conn *c, surreal_result **out, surreal_error *err)
{
    srl_transport *t = &c->transport;

    *out = NULL;
    for (;;) {
        srl_ws_event event;

        SRL_TRY(srl_transport_event(t, &event, err));
        switch (event.kind) {
        case SRL_WS_EVENT_MESSAGE:
            t->may_wait = false; /* something was there */
            SURREAL_ASSERT(t->incoming);
            SURREAL_ASSERT(event.data.ptr == srl_result_room(t->incoming));
            return srl_transport_take(c, event.data.len, out, err);
        case SRL_WS_EVENT_PING:
            SRL_TRY(srl_transport_pong(c, event.data, err));
            break;
        case SRL_WS_EVENT_PONG:
            break;
        case SRL_WS_EVENT_CLOSE:
            return srl_transport_closed(&event, err);
        case SRL_WS_EVENT_NONE:
            SRL_TRY(srl_transport_receive(t, err));
            break;
        }
    }
}

SRL_FN void
srl_transport_goodbye(srl_conn *c)
{
    srl_transport *t = &c->transport;
    uint8_t frame[SRL_WS_MAX_CONTROL_FRAME];
    uint8_t key[4];
    surreal_error ignored;
    bool progress = false;
    unsigned code;

    if (t->out.status || srl_entropy_take(t, key, sizeof key, NULL)) return;
    code = t->ws.status ? srl_ws_close_code(t->ws.status)
                        : (unsigned)SRL_WS_NORMAL;
    srl_buf_put(&t->out, frame, srl_ws_close_write(frame, code, "", key));
    srl_transport_flush(c, &progress, &ignored);
}

SRL_FN void
srl_transport_close(srl_conn *c, bool flush)
{
    srl_transport *t = &c->transport;

    if (t->has_stream) {
        /* A peer that is gone needs no goodbye, and none fits behind half a
         * frame. */
        if ((c->phase == SRL_PHASE_READY || c->phase == SRL_PHASE_SETUP) &&
            (flush || !srl_wire_has_output(c)) && !t->is_broken) {
            srl_wire_goodbye(c);
        }
        t->stream.close(t->stream.user);
        t->has_stream = false;
    }
    /* What was being received may have been a token. */
    t->in_at = t->in_len = 0;
    srl_transport_wipe(t);
    if (t->incoming) srl_result_wipe(t->incoming);
    srl_buf_free(&t->out);
    t->out_at = 0;
    srl_mem_free(&c->mem, t->in, SRL_IN_CAP);
    t->in = NULL;
    t->in_at = 0;
    t->in_len = 0;
    srl_mem_free(&c->mem, t->upgrade, sizeof *t->upgrade);
    t->upgrade = NULL;
    srl_mem_free(&c->mem, t->http, sizeof *t->http);
    t->http = NULL;
    t->is_connecting = false;
    surreal_result_free(t->incoming);
    t->incoming = NULL;
    srl_wipe(t->entropy, sizeof t->entropy);
    t->entropy_left = 0;
}
