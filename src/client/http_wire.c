/* client/http_wire.c: HTTP/1.1 over a stream, one exchange after the other. */
#include "client/client.h"

/* Requests wait in transport.out as they do for WebSocket, each behind a slip
 * that says whose it is and how long. One is on the wire at a time, because
 * the answers of /rpc carry no id: what comes belongs to the one that was
 * sent. (Pipelining, RFC 9112 9.3.2, would do as well as long as nothing
 * fails; when something does, nobody knows which requests were run.)
 *
 *   queued   in transport.out; one whose caller gave up is passed over
 *   busy     at least one byte of it was taken by the stream. From here on it
 *            is never sent again, and its answer is read to the end even if
 *            nobody wants it any more, for the connection's sake
 *
 * The connection of a srl_conn outlives its streams: a server may close one
 * between two exchanges whenever it likes (RFC 9112 9.5), and says so after
 * an exchange with "Connection: close". Then there is no stream until the
 * next request is to be sent. Losing the stream with a request on the wire is
 * srl_conn_lose, as for WebSocket. */

/* In front of each queued request. Copied, for `out` is not aligned. */
typedef struct srl_http_slip {
    uint64_t id;
    size_t len;      /* of head and body; 0: an exchange has them */
    size_t head_len; /* while the request is being written */
    bool is_bare;    /* neither a user nor a place goes with it */
} srl_http_slip;

/* More than any text of an error that is shown. */
#define SRL_HTTP_ERROR_MAX ((uint64_t)64 << 10)
/* An answer nobody wants any more is waited for about as long as a new stream
 * takes to make, if another request waits behind it. */
#define SRL_HTTP_GRACE_MS 10
/* The first room for a body of unknown length. */
#define SRL_HTTP_ROOM 4096

/* ---- queueing ------------------------------------------------------------ */

SRL_FN surreal_status
srl_httpwire_open(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;

    t->in = (uint8_t *)srl_mem_resize(&c->mem, NULL, 0, SRL_IN_CAP);
    t->http = (srl_httpwire *)srl_mem_resize(&c->mem, NULL, 0,
                                             sizeof *t->http);
    if (!t->in || !t->http) {
        srl_mem_free(&c->mem, t->http, sizeof *t->http);
        t->http = NULL;
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for the connection's buffers");
    }
    memset(t->http, 0, sizeof *t->http);
    t->http->orphan_ms = INT64_MAX;
    return SURREAL_OK;
}

static srl_http_field
srl_http_field_of(const char *name, const srl_buf *value)
{
    srl_http_field field;

    field.name = surreal_text(name);
    field.value = surreal_text_of((const char *)value->data, value->len);
    return field;
}

SRL_FN surreal_status
srl_httpwire_head(srl_conn *c, const srl_session *session, srl_buf *out,
                  const srl_http_ask *ask, surreal_error *err)
{
    static const char scheme[] = "Bearer ";
    srl_http_field fields[5];
    srl_http_request request;
    surreal_status status;
    srl_buf bearer;

    memset(&request, 0, sizeof request);
    request.method = ask->method;
    request.target = ask->target;
    request.framing = ask->framing;
    request.body_len = ask->body_len;
    request.fields = fields;
    if (ask->type) {
        fields[0].name = SURREAL_LIT("Content-Type");
        fields[0].value = surreal_text(ask->type);
        request.field_count = 1;
    }
    fields[request.field_count].name = SURREAL_LIT("Accept");
    fields[request.field_count++].value = surreal_text(ask->accept);
    if (session && session->ns.len) {
        fields[request.field_count++] = srl_http_field_of("Surreal-NS",
                                                          &session->ns);
        if (session->db.len) {
            fields[request.field_count++] = srl_http_field_of("Surreal-DB",
                                                              &session->db);
        }
    }
    if (!session || !session->access.len) {
        return srl_http_request_write(out, &c->url, &request, err);
    }
    out->is_secret = true;
    srl_buf_init_secret(&bearer, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_put_text(&bearer, scheme);
    srl_buf_put(&bearer, session->access.data, session->access.len);
    status = bearer.status;
    if (status) {
        srl_fail(err, status, "out of memory for the request");
    } else {
        fields[request.field_count++] = srl_http_field_of("Authorization",
                                                          &bearer);
        status = srl_http_request_write(out, &c->url, &request, err);
    }
    srl_buf_free(&bearer);
    return status;
}

static surreal_status
srl_httpwire_rpc_head(surreal_request *request, bool is_bare, size_t len,
                      surreal_error *err)
{
    srl_conn *c = request->db->conn;
    srl_http_ask ask;

    memset(&ask, 0, sizeof ask);
    ask.method = SRL_HTTP_POST;
    ask.target = c->url.path;
    ask.type = "application/cbor";
    ask.accept = ask.type;
    ask.framing = SRL_HTTP_LENGTH;
    ask.body_len = len;
    return srl_httpwire_head(c, is_bare ? NULL : request->db->session,
                             &c->transport.out, &ask, err);
}

/* Methods for which it does not matter who asks, or which say it themselves:
 * a token that has expired must not stand in the way of a new one. */
static bool
srl_httpwire_is_bare(const char *method)
{
    static const char *const bare[] = {"signin", "signup", "authenticate",
                                       "refresh", "revoke", "version"};
    size_t i;

    for (i = 0; i < sizeof bare / sizeof bare[0]; i++) {
        if (!strcmp(method, bare[i])) return true;
    }
    return false;
}

/* The head says how long the body is, which is not known yet: its largest size
 * is reserved, and `end` closes the gap. */
SRL_FN surreal_status
srl_httpwire_begin(surreal_request *request, const char *method, size_t *mark,
                   surreal_error *err)
{
    srl_conn *c = request->db->conn;
    srl_buf *out = &c->transport.out;
    srl_http_slip slip;
    surreal_status status;

    memset(&slip, 0, sizeof slip);
    slip.id = request->id;
    slip.is_bare = srl_httpwire_is_bare(method);
    SRL_TRY(srl_transport_reserve(c, sizeof slip, mark, err));
    status = srl_httpwire_rpc_head(request, slip.is_bare, SURREAL_MAX_MESSAGE,
                                   err);
    if (status) {
        srl_transport_undo(c, *mark);
        return status;
    }
    slip.head_len = out->len - *mark - sizeof slip;
    memcpy(out->data + *mark, &slip, sizeof slip);
    request->sent_end = UINT64_MAX;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_httpwire_end(surreal_request *request, size_t mark, surreal_error *err)
{
    srl_buf *out = &request->db->conn->transport.out;
    srl_http_slip slip;
    size_t head_len;
    size_t body_at;
    size_t len;
    uint8_t *head;

    if (out->status) {
        return srl_fail(err, out->status, "out of memory for the request");
    }
    memcpy(&slip, out->data + mark, sizeof slip);
    body_at = mark + sizeof slip + slip.head_len;
    len = out->len - body_at;
    if (len > SURREAL_MAX_MESSAGE) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "the request has %zu bytes, servers take %zu at most",
                        len, (size_t)SURREAL_MAX_MESSAGE);
    }
    SRL_TRY(srl_httpwire_rpc_head(request, slip.is_bare, len, err));
    head_len = out->len - body_at - len;
    SURREAL_ASSERT(head_len <= slip.head_len);
    head = out->data + mark + sizeof slip;
    memcpy(head, out->data + body_at + len, head_len);
    memmove(head + head_len, out->data + body_at, len);
    slip.len = head_len + len;
    memcpy(out->data + mark, &slip, sizeof slip);
    out->len = mark + sizeof slip + slip.len;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_httpwire_queue(surreal_request *request, srl_exchange *exchange,
                   surreal_error *err)
{
    srl_conn *c = request->db->conn;
    srl_http_slip slip;
    size_t mark = 0;

    memset(&slip, 0, sizeof slip);
    slip.id = request->id;
    SRL_TRY(srl_transport_reserve(c, sizeof slip, &mark, err));
    memcpy(c->transport.out.data + mark, &slip, sizeof slip);
    request->sent_end = UINT64_MAX;
    request->exchange = exchange;
    return SURREAL_OK;
}

/* ---- streams come and go ------------------------------------------------- */

/* The request on the wire; NULL if its caller gave up. */
static surreal_request *
srl_httpwire_request(srl_conn *c)
{
    return srl_request_find(c, c->transport.http->id);
}

/* Be without a stream. What is queued stays queued. */
static void
srl_httpwire_drop(srl_conn *c)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;

    if (t->has_stream) t->stream.close(t->stream.user);
    t->has_stream = false;
    t->is_connecting = false;
    t->in_at = 0;
    t->in_len = 0;
    t->out_at += h->left;
    h->left = 0;
    h->is_busy = false;
    h->is_used = false;
    h->is_cut = false;
    h->has_head = false;
    h->orphan_ms = INT64_MAX;
    srl_error_clear(&h->write_error);
    surreal_result_free(t->incoming);
    t->incoming = NULL;
}

/* The exchange is over; the stream goes on to the next if both sides can. */
static void
srl_httpwire_over(srl_conn *c)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;

    if (!h->body.is_reusable || t->in_at != t->in_len || h->left || h->is_cut) {
        srl_httpwire_drop(c);
        return;
    }
    h->is_busy = false;
    h->is_used = true;
    h->has_head = false;
    h->orphan_ms = INT64_MAX;
}

/* A failure of this request alone, after which the stream cannot be used. */
static void
srl_httpwire_refuse(srl_conn *c, const surreal_error *err)
{
    surreal_request *request = srl_httpwire_request(c);
    surreal_error copy = *err;

    srl_httpwire_drop(c);
    if (request) {
        srl_request_complete(c, request, copy.status, NULL, &copy);
    }
}

/* Between two exchanges nothing may come but the end. A server that gives up
 * waiting for us may also say so with a 408 (RFC 9110 15.5.9): nothing was
 * asked, so nothing is answered. True if the stream can be used. */
static bool
srl_httpwire_probe(srl_transport *t)
{
    surreal_error ignored;
    size_t got = 0;

    return t->stream.read(t->stream.user, t->in, SRL_IN_CAP, &got,
                          &ignored) == SURREAL_WOULD_BLOCK;
}

/* Have a stream that is connected; WOULD_BLOCK until then. One that carried an
 * answer before is looked at first: if the server has closed it meanwhile,
 * that is found out while nothing was sent, nearly always. */
static surreal_status
srl_httpwire_connect(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    surreal_status status = SURREAL_OK;

    if (t->has_stream && t->http->is_used && !srl_httpwire_probe(t)) {
        srl_httpwire_drop(c);
    }
    if (!t->has_stream) {
        srl_trace(c, SURREAL_LEVEL_DEBUG, "client",
                  "connecting again to %s port %u", c->url.host,
                  (unsigned)c->url.port);
        if (c->phase == SRL_PHASE_READY) srl_connect_limit(c);
        status = srl_stream_open(c, err);
    }
    if (!status && t->is_connecting) {
        status = t->stream.connect(t->stream.user, err);
    }
    if (status) return srl_connect_failed(c, status, err);
    t->is_connecting = false;
    return SURREAL_OK;
}

/* ---- out ----------------------------------------------------------------- */

/* The next request that somebody still waits for. */
static surreal_request *
srl_httpwire_pick(srl_conn *c, srl_http_slip *slip)
{
    srl_transport *t = &c->transport;

    while (t->out_at < t->out.len) {
        surreal_request *request;

        memcpy(slip, t->out.data + t->out_at, sizeof *slip);
        request = srl_request_find(c, slip->id);
        if (request) return request;
        t->out_at += sizeof *slip + slip->len;
    }
    srl_transport_flushed(c);
    return NULL;
}

/* Write once. A failure after the first byte of a request is not the end yet:
 * a server may answer and close before it has read all (RFC 9112 9.6), so
 * the answer is looked for first. */
static surreal_status
srl_httpwire_write(srl_conn *c, const uint8_t *data, size_t len, size_t *done,
                   surreal_error *err)
{
    srl_transport *t = &c->transport;
    surreal_status status = t->stream.write(t->stream.user, data, len, done,
                                            err);

    if (!status) {
        t->written += *done;
    } else if (status != SURREAL_WOULD_BLOCK && t->http->is_busy) {
        t->http->is_cut = true;
        t->http->write_error = *err;
        status = SURREAL_WOULD_BLOCK;
    }
    return status;
}

/* The first bytes of a request. OK with *done 0: look again. */
static surreal_status
srl_httpwire_start(srl_conn *c, surreal_request *request,
                   const srl_http_slip *slip, size_t *done,
                   surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;
    srl_exchange *x = request->exchange;
    const uint8_t *data = x ? x->out.data
                            : t->out.data + t->out_at + sizeof *slip;
    surreal_status status;

    *done = 0;
    SRL_TRY(srl_httpwire_connect(c, err));
    status = srl_httpwire_write(c, data, x ? x->out.len : slip->len, done,
                                err);
    if (status && status != SURREAL_WOULD_BLOCK && h->is_used) {
        srl_httpwire_drop(c); /* it was closed just now */
        return SURREAL_OK;
    }
    SRL_TRY(status);
    request->sent_end = 0; /* some of it left */
    h->is_busy = true;
    h->is_exchange = x != NULL;
    h->id = slip->id;
    h->left = x ? 0 : slip->len - *done;
    t->out_at += sizeof *slip + (x ? 0 : *done);
    if (x) x->out_at = *done;
    srl_http_head_init(&h->head);
    return SURREAL_OK;
}

/* The next part of a body that the caller gives piece by piece. */
static surreal_status
srl_exchange_fill(srl_conn *c, srl_exchange *x, surreal_error *err)
{
    uint8_t room[SRL_HTTP_PIECE];
    uint64_t id = c->transport.http->id;
    size_t len = 0;
    surreal_status status;

    x->out.len = 0;
    x->out_at = 0;
    c->transport.is_in_callback = true;
    status = x->source(x->user, room, sizeof room, &len);
    c->transport.is_in_callback = false;
    if (!srl_request_find(c, id)) return SURREAL_WOULD_BLOCK; /* closed */
    if (status || len > sizeof room) {
        x->stop = status ? status : SURREAL_ERR_USAGE;
        status = srl_fail(err, SURREAL_ERR_CANCELLED, "%s",
                          status ? "the program gave up"
                                 : "more bytes than there was room for");
    } else {
        srl_http_chunk_put(&x->out, room, len);
        x->is_sent = !len;
        if (!len) srl_http_chunk_last(&x->out);
        if (x->out.status) {
            status = srl_fail(err, x->out.status, "out of memory");
        }
    }
    srl_wipe(room, sizeof room);
    if (!status) return SURREAL_OK;
    srl_httpwire_refuse(c, err);
    return SURREAL_WOULD_BLOCK;
}

/* More of an exchange's own bytes. */
static surreal_status
srl_exchange_write(srl_conn *c, size_t *done, surreal_error *err)
{
    surreal_request *request = srl_httpwire_request(c);
    srl_exchange *x = request ? request->exchange : NULL;

    if (!x) return SURREAL_WOULD_BLOCK; /* `next` drops the stream */
    if (x->out_at == x->out.len) {
        if (x->is_sent || !x->source) return SURREAL_WOULD_BLOCK;
        SRL_TRY(srl_exchange_fill(c, x, err));
    }
    SRL_TRY(srl_httpwire_write(c, x->out.data + x->out_at,
                               x->out.len - x->out_at, done, err));
    x->out_at += *done;
    srl_exchange_alive(c, request);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_httpwire_flush(srl_conn *c, bool *progress, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;

    while (t->http && !t->is_in_callback && !h->is_cut) {
        surreal_status status;
        size_t done = 0;

        if (!h->is_busy) {
            srl_http_slip slip;
            surreal_request *request = srl_httpwire_pick(c, &slip);

            if (!request) break;
            status = srl_httpwire_start(c, request, &slip, &done, err);
        } else if (h->left) {
            status = srl_httpwire_write(c, t->out.data + t->out_at, h->left,
                                        &done, err);
            t->out_at += done;
            h->left -= done;
        } else if (h->is_exchange) {
            status = srl_exchange_write(c, &done, err);
        } else {
            break;
        }
        if (status == SURREAL_WOULD_BLOCK) return SURREAL_OK;
        SRL_TRY(status);
        *progress = true;
    }
    if (t->http && t->out_at == t->out.len) srl_transport_flushed(c);
    return SURREAL_OK;
}

SRL_FN bool
srl_httpwire_has_output(const srl_conn *c)
{
    const srl_transport *t = &c->transport;
    const srl_httpwire *h = t->http;
    const surreal_request *request;
    const srl_exchange *x;

    if (!h || h->is_cut) return false;
    if (!h->is_busy) return t->out_at < t->out.len;
    if (h->left || !h->is_exchange) return h->left != 0;
    request = srl_request_find(c, h->id);
    x = request ? request->exchange : NULL;
    return x && (x->out_at < x->out.len || (x->source && !x->is_sent));
}

/* ---- in: the head -------------------------------------------------------- */

/* The stream ended or broke with a request on the wire. */
static surreal_status
srl_httpwire_ended(srl_conn *c, surreal_status status, surreal_error *err)
{
    const srl_httpwire *h = c->transport.http;
    surreal_error cause = *err;

    if (h->is_cut) { /* what came first explains more */
        *err = h->write_error;
        return err->status;
    }
    if (h->has_head) return status;
    srl_fail(err, status, "%s before its answer was there", cause.message);
    err->os_error = cause.os_error;
    return status;
}

static bool
srl_httpwire_is_end(surreal_status status)
{
    surreal_class kind = surreal_status_class(status);

    return kind == SURREAL_CLASS_CLOSED || kind == SURREAL_CLASS_IO ||
           status == SURREAL_ERR_TLS_TRUNCATED;
}

/* Interim answers make the bytes of the head begin further and further on. */
static surreal_status
srl_httpwire_read(srl_transport *t, surreal_error *err)
{
    if (t->is_drained) return SURREAL_WOULD_BLOCK;
    if (t->in_at && t->in_len == SRL_IN_CAP) {
        memmove(t->in, t->in + t->in_at, t->in_len - t->in_at);
        t->in_len -= t->in_at;
        t->in_at = 0;
    }
    if (t->in_len - t->in_at == SRL_IN_CAP) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "the server's HTTP head is longer than %d bytes",
                        SURREAL_MAX_HEAD);
    }
    return srl_transport_read(t, err);
}

static surreal_status
srl_httpwire_head_read(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;

    for (;;) {
        surreal_status status = SURREAL_WOULD_BLOCK;

        if (t->in_len > t->in_at) {
            status = srl_http_head_feed(&h->head, t->in + t->in_at,
                                        t->in_len - t->in_at, err);
        }
        if (status == SURREAL_WOULD_BLOCK) {
            status = srl_httpwire_read(t, err);
            if (srl_httpwire_is_end(status)) {
                return srl_httpwire_ended(c, status, err);
            }
            SRL_TRY(status);
            continue;
        }
        SRL_TRY(status);
        if (!srl_http_is_interim(&h->head)) return SURREAL_OK;
        t->in_at += h->head.len;
        SRL_TRY(srl_http_head_restart(&h->head, err));
    }
}

/* ---- in: the body -------------------------------------------------------- */

/* Room for an answer of `len` bytes, with what came of it so far. */
static surreal_status
srl_httpwire_room(srl_conn *c, size_t len, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;
    surreal_result *r = srl_result_new(&c->spare, &c->mem.allocator, len,
                                       c->options.max_memory);

    if (!r) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for an answer of %zu bytes", len);
    }
    if (t->incoming) {
        memcpy(srl_result_room(r), srl_result_room(t->incoming), h->filled);
    }
    surreal_result_free(t->incoming);
    t->incoming = r;
    h->room = len;
    return SURREAL_OK;
}

/* Keep a part of an answer. */
static surreal_status
srl_httpwire_collect(srl_conn *c, surreal_bytes span, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;
    size_t max = srl_transport_max(c);
    size_t need = h->filled + span.len; /* at most max: the body's limit */
    size_t room = h->room;

    SURREAL_ASSERT(need <= max);
    while (room < need) room = room <= max / 2 ? room * 2 : max;
    if (room != h->room) SRL_TRY(srl_httpwire_room(c, room, err));
    memcpy(srl_result_room(t->incoming) + h->filled, span.ptr, span.len);
    h->filled += span.len;
    return SURREAL_OK;
}

/* Give a part to the caller's callback, which may close the handle but do
 * nothing else with this connection. */
static surreal_status
srl_exchange_give(srl_conn *c, srl_exchange *x, surreal_bytes span,
                  surreal_error *err)
{
    uint64_t got = c->transport.http->body.got;
    surreal_status status;

    c->transport.is_in_callback = true;
    status = x->sink(x->user, span);
    c->transport.is_in_callback = false;
    if (!status) return SURREAL_OK;
    x->stop = status;
    return srl_fail(err, SURREAL_ERR_CANCELLED,
                    "the program gave up after %llu bytes",
                    (unsigned long long)got);
}

/* A part of the body to whom it belongs. A failure is the request's alone. */
static surreal_status
srl_httpwire_take(srl_conn *c, surreal_request *request, surreal_bytes span,
                  surreal_error *err)
{
    srl_httpwire *h = c->transport.http;
    size_t room = sizeof h->text - h->text_len;

    if (h->is_error) {
        if (room > span.len) room = span.len;
        memcpy(h->text + h->text_len, span.ptr, room);
        h->text_len += room;
        return SURREAL_OK;
    }
    if (!request) return SURREAL_OK;
    if (!request->exchange || !request->exchange->sink) {
        return srl_httpwire_collect(c, span, err);
    }
    srl_exchange_alive(c, request);
    return srl_exchange_give(c, request->exchange, span, err);
}

/* What the body is for: an answer, something for the caller's callback, or the
 * text of an error. */
static surreal_status
srl_httpwire_body_begin(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;
    const surreal_request *request = srl_httpwire_request(c);
    const srl_exchange *x = request ? request->exchange : NULL;
    const char *type = x ? x->expects : "application/cbor";
    bool is_kept = request && !(x && x->sink);
    uint64_t max = srl_transport_max(c);

    srl_httpwire_note(h, type);
    if (h->is_error) is_kept = false;
    if (!is_kept) max = (uint64_t)-1;
    SRL_TRY(srl_http_body_init(&h->body, &h->head,
                               x ? x->method : SRL_HTTP_POST, max, err));
    t->in_at += h->head.len;
    h->has_head = true;
    h->filled = 0;
    if (!is_kept) return SURREAL_OK;
    if (max > SRL_HTTP_ROOM) max = SRL_HTTP_ROOM;
    return srl_httpwire_room(c, (size_t)(h->body.framing == SRL_HTTP_LENGTH
                                             ? h->body.left : max), err);
}

/* SURREAL_OK when the body is over; *own is set for a failure that is only the
 * request's. */
static surreal_status
srl_httpwire_body_read(srl_conn *c, bool *own, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;

    for (;;) {
        uint64_t id = h->id;
        surreal_bytes span;
        surreal_bytes in;
        surreal_status status;

        in.ptr = t->in + t->in_at;
        in.len = t->in_len - t->in_at;
        status = srl_http_body_next(&h->body, &in, &span, err);
        t->in_at = t->in_len - in.len;
        if (status == SURREAL_WOULD_BLOCK) {
            status = srl_httpwire_read(t, err);
            if (status == SURREAL_ERR_CLOSED) {
                status = srl_http_body_eof(&h->body, err);
            }
            if (srl_httpwire_is_end(status)) {
                return srl_httpwire_ended(c, status, err);
            }
            SRL_TRY(status);
            continue;
        }
        *own = status == SURREAL_ERR_LIMIT;
        SRL_TRY(status);
        if (!span.len) return SURREAL_OK;
        *own = true;
        SRL_TRY(srl_httpwire_take(c, srl_request_find(c, id), span, err));
        *own = false;
        /* The callback may have closed the handle, and all of this with it. */
        if (t->http != h || !h->is_busy) return SURREAL_WOULD_BLOCK;
        if (h->is_error && h->body.got > SRL_HTTP_ERROR_MAX) {
            h->body.is_reusable = false;
            return SURREAL_OK;
        }
    }
}

/* The whole answer is there. */
static surreal_status
srl_httpwire_answered(srl_conn *c, surreal_result **out, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;
    surreal_request *request = srl_httpwire_request(c);
    srl_exchange *x = request ? request->exchange : NULL;
    surreal_result *r = NULL;
    surreal_status status = SURREAL_OK;

    if (!request) {
        srl_trace(c, SURREAL_LEVEL_WARN, "http", "dropped a late answer");
    } else if (h->is_error) {
        status = srl_httpwire_error(c, x, err);
    } else if (!x) {
        status = srl_transport_take(c, h->filled, &r, err);
    } else if (t->incoming) {
        status = srl_exchange_text(c, &r, err);
    }
    if (status || !request || x) {
        srl_httpwire_over(c);
        if (request) {
            srl_request_complete(c, request, status, r, status ? err : NULL);
        }
        return SURREAL_OK;
    }
    srl_httpwire_over(c);
    *out = r;
    return SURREAL_OK;
}

/* Nothing is on the wire, so nothing should come. */
static surreal_status
srl_httpwire_idle(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    surreal_status status = srl_httpwire_read(t, err);

    if (status == SURREAL_WOULD_BLOCK) return status;
    /* A new stream that ends before the first request could be written: not
     * to be tried again without a pause. */
    if (!t->http->is_used && t->out_at < t->out.len) {
        if (status) return status;
        return srl_fail(err, SURREAL_ERR_HTTP,
                        "the server spoke before it was asked: it does not "
                        "speak HTTP");
    }
    srl_httpwire_drop(c);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_httpwire_next(srl_conn *c, surreal_result **out, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;
    surreal_status status = SURREAL_OK;
    bool own = false;

    *out = NULL;
    if (!h || t->is_in_callback || !t->has_stream || t->is_connecting) {
        return SURREAL_WOULD_BLOCK;
    }
    if (!h->is_busy) return srl_httpwire_idle(c, err);
    if (h->is_exchange && !srl_httpwire_request(c)) {
        srl_httpwire_drop(c); /* it may be any number of bytes */
        return SURREAL_OK;
    }
    if (!h->has_head) {
        SRL_TRY(srl_httpwire_head_read(c, err));
        status = srl_httpwire_body_begin(c, err);
        own = status == SURREAL_ERR_LIMIT || status == SURREAL_ERR_NOMEM;
    }
    if (!status) status = srl_httpwire_body_read(c, &own, err);
    if (!status) return srl_httpwire_answered(c, out, err);
    if (!own) return status;
    if (t->http == h) srl_httpwire_refuse(c, err);
    return SURREAL_OK;
}

/* ---- what has its time --------------------------------------------------- */

/* When to stop waiting for an answer that nobody wants. */
static int64_t
srl_httpwire_give_up(const srl_conn *c)
{
    const srl_transport *t = &c->transport;
    const srl_httpwire *h = t->http;
    bool is_alone = t->out_at + h->left >= t->out.len;

    return h->orphan_ms + (is_alone ? c->options.pong_ms : SRL_HTTP_GRACE_MS);
}

SRL_FN surreal_status
srl_httpwire_timers(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_httpwire *h = t->http;

    if (t->is_connecting && now_ms >= c->connect_deadline_ms) {
        return srl_fail(err, SURREAL_ERR_TIMEOUT,
                        "%s port %u: connecting took more than %d ms",
                        c->url.host, (unsigned)c->url.port,
                        c->options.connect_ms);
    }
    if (!h->is_busy || srl_httpwire_request(c)) return SURREAL_OK;
    if (h->orphan_ms == INT64_MAX) h->orphan_ms = now_ms;
    if (now_ms >= srl_httpwire_give_up(c)) {
        srl_trace(c, SURREAL_LEVEL_WARN, "http",
                  "no answer to a request that was given up: connecting anew");
        srl_httpwire_drop(c);
    }
    return SURREAL_OK;
}

SRL_FN int64_t
srl_httpwire_timer(const srl_conn *c)
{
    const srl_transport *t = &c->transport;
    const srl_httpwire *h = t->http;

    if (t->is_connecting) return c->connect_deadline_ms;
    if (!h->is_busy) {
        return !t->has_stream && t->out_at < t->out.len ? 0 : INT64_MAX;
    }
    if (srl_request_find(c, h->id)) return INT64_MAX;
    return h->orphan_ms == INT64_MAX ? 0 : srl_httpwire_give_up(c);
}
