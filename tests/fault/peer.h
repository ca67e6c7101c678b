/* An HTTP server in memory, in the manner of script.h: the client writes, the
 * peer takes its requests apart, checks them, and answers in pieces and ways
 * the test decides. It may be dialled any number of times.
 *
 *   peer p;
 *   peer_init(&p);
 *   p.framing = SRL_HTTP_CHUNKED, p.cut = SCRIPT_PIECES, p.cut_len = 1;
 *   p.answer = my_answer;                       or peer_answer, the default
 *   db = peer_open(&p);
 *   ...
 *   peer_end(&p, db);                           closes; nothing may be held
 */
#ifndef PEER_H
#define PEER_H
#include "tests/fault/script.h"

typedef struct peer peer;

/* A request, checked. Pointers live during the call. */
typedef struct peer_request {
    const char *head;     /* with its empty line, ends in NUL */
    surreal_bytes body;   /* chunks joined */
    surreal_str method;   /* RPC */
    const uint8_t *params;
    int number;           /* requests before it */
} peer_request;

typedef void peer_answer_fn(peer *p, const peer_request *rq);

struct peer {
    /* What a test decides. */
    surreal_options options;
    surreal_transport transport;
    test_heap heap;
    peer_answer_fn *answer;
    int major;
    srl_http_framing framing;   /* of answers */
    size_t chunk;               /* bytes of each chunk of an answer */
    bool says_close;            /* ... and does */
    bool closes_idle;           /* closes after an answer without a word */
    const char *before;         /* sent in front of each answer */
    script_cut cut;
    size_t cut_len;
    uint32_t seed;
    size_t end_at;              /* a stream ends after so many bytes */
    surreal_status end_status;  /* ... like this */
    int end_dial;               /* only this dial; 0: each */
    size_t write_max;
    bool write_gaps;
    size_t write_fail_at;       /* writes fail after so many bytes of all */
    bool swallows;              /* takes bytes after it has closed */
    int breaks;                 /* so many writes fail, out of the blue */
    bool answers_head;          /* does not wait for the body */
    int dial_fails;             /* so many dials fail */
    int connect_blocks;
    bool mute;

    /* The stream. */
    srl_mem mem;
    srl_buf down;
    size_t down_at;
    size_t gate;
    srl_buf up;
    size_t up_total;
    bool gap_next;
    bool is_open;
    bool is_ended;              /* the server closed it */
    bool is_head_done;

    /* What it saw. */
    int dials;
    int requests;
    int queries;
    int pings;
    char last_head[2048];
    srl_buf body;
    srl_buf joined;             /* the last chunked body */
};

/* ---- answering ----------------------------------------------------------- */

static inline void
peer_send(peer *p, int code, const char *type, const void *body, size_t len)
{
    char head[512];
    const uint8_t *at = (const uint8_t *)body;
    int n;

    if (p->before) srl_buf_put_text(&p->down, p->before);
    n = snprintf(head, sizeof head, "HTTP/1.1 %d Some Reason\r\n%s%s%s%s",
                 code, type ? "content-type: " : "", type ? type : "",
                 type ? "\r\n" : "",
                 p->says_close ? "Connection: close\r\n" : "");
    srl_buf_put(&p->down, head, (size_t)n);
    if (p->framing == SRL_HTTP_LENGTH) {
        n = snprintf(head, sizeof head, "Content-Length: %zu\r\n", len);
        srl_buf_put(&p->down, head, (size_t)n);
    } else if (p->framing == SRL_HTTP_CHUNKED) {
        srl_buf_put_text(&p->down, "Transfer-Encoding: chunked\r\n");
    }
    srl_buf_put_text(&p->down, "\r\n");
    if (p->framing == SRL_HTTP_CHUNKED) {
        while (len) {
            size_t part = len < p->chunk ? len : p->chunk;

            srl_http_chunk_put(&p->down, at, part);
            at += part;
            len -= part;
        }
        srl_http_chunk_last(&p->down);
    } else {
        srl_buf_put(&p->down, at, len);
    }
    p->is_ended = p->is_ended || p->says_close || p->closes_idle ||
                  p->framing == SRL_HTTP_UNTIL_CLOSE;
}

static inline void
peer_send_body(peer *p)
{
    peer_send(p, 200, "application/cbor", p->body.data, p->body.len);
}

/* Begin { `key`: ... }; append one item to the buffer returned. */
static inline srl_buf *
peer_reply(peer *p, const char *key)
{
    p->body.len = 0;
    srl_cbor_put_head(&p->body, SRL_CBOR_MAP, 1);
    srl_cbor_put_key(&p->body, key);
    return &p->body;
}

static inline void
peer_text(peer *p, const char *text)
{
    srl_cbor_put_key(peer_reply(p, "result"), text);
    peer_send_body(p);
}

/* One statement that gives the variables back. */
static inline void
peer_echo(peer *p, const peer_request *rq)
{
    srl_cbor_walk walk = srl_cbor_walk_of(rq->params);
    srl_buf *b = peer_reply(p, "result");
    const uint8_t *vars;

    SCRIPT_MUST(srl_cbor_more(&walk));
    vars = srl_cbor_skip(walk.at);
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
    srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
    srl_cbor_put_key(b, "result");
    srl_buf_put(b, vars, (size_t)(srl_cbor_skip(vars) - vars));
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, "OK");
    srl_cbor_put_key(b, "time");
    srl_cbor_put_key(b, "1.5ms");
    peer_send_body(p);
}

static inline bool
peer_is(const peer_request *rq, const char *method)
{
    return surreal_str_eq(rq->method, surreal_text(method));
}

static inline void
peer_answer(peer *p, const peer_request *rq)
{
    if (peer_is(rq, "version")) {
        peer_text(p, p->major == 2 ? "surrealdb-2.6.0" : "surrealdb-3.0.2");
    } else if (peer_is(rq, "signin")) {
        peer_text(p, "eyJ0.a.b");
    } else if (peer_is(rq, "query")) {
        peer_echo(p, rq);
    } else {
        srl_cbor_put_none(peer_reply(p, "result"));
        peer_send_body(p);
    }
}

/* ---- taking requests apart ----------------------------------------------- */

static inline void
peer_check_head(peer *p, const peer_request *rq)
{
    bool is_rpc = !strncmp(rq->head, "POST /rpc HTTP/1.1\r\n", 20);
    bool is_bare = peer_is(rq, "signin") || peer_is(rq, "version");

    SCRIPT_MUST(strstr(rq->head, "\r\nHost: db.example:8000\r\n"));
    SCRIPT_MUST(!strstr(rq->head, "Accept-Encoding"));
    if (is_rpc) {
        SCRIPT_MUST(strstr(rq->head, "\r\nContent-Type: application/cbor\r\n"));
        SCRIPT_MUST(strstr(rq->head, "\r\nAccept: application/cbor\r\n"));
        SCRIPT_MUST(strstr(rq->head, "\r\nContent-Length: "));
    }
    SCRIPT_MUST(is_bare == !strstr(rq->head, "\r\nSurreal-NS: "));
    if (p->options.pass) {
        SCRIPT_MUST(is_bare ==
                    !strstr(rq->head, "\r\nAuthorization: Bearer eyJ0."));
    }
    SCRIPT_MUST(p->down_at == p->down.len /* one at a time */);
}

static inline void
peer_serve_rpc(peer_request *rq)
{
    const char *reason = "";
    const uint8_t *method;
    size_t used = 0;

    SCRIPT_MUST(srl_cbor_check(rq->body.ptr, rq->body.len, SURREAL_MAX_DEPTH,
                               &used, &reason) == SURREAL_OK);
    SCRIPT_MUST(used == rq->body.len);
    method = srl_cbor_find(rq->body.ptr, SURREAL_LIT("method"));
    rq->params = srl_cbor_find(rq->body.ptr, SURREAL_LIT("params"));
    if (method) srl_cbor_text_at(method, &rq->method);
    SCRIPT_MUST(method && rq->params);
}

/* The body behind a head of `len` bytes: bytes it takes in `up`, 0 if it is
 * not whole yet. */
static inline size_t
peer_body(peer *p, const char *head, size_t len, peer_request *rq)
{
    const char *at = strstr(head, "\r\nContent-Length: ");
    const char *text = (const char *)p->up.data;
    size_t end = len;

    if (!strstr(head, "\r\nTransfer-Encoding: chunked\r\n")) {
        end += at ? (size_t)strtoul(at + 18, NULL, 10) : 0;
        if (end > p->up.len) return 0;
        rq->body.ptr = p->up.data + len;
        rq->body.len = end - len;
        return end;
    }
    SCRIPT_MUST(!at);
    p->joined.len = 0;
    for (;;) {
        size_t line = end;
        size_t size;

        while (line + 1 < p->up.len &&
               (text[line] != '\r' || text[line + 1] != '\n')) {
            line++;
        }
        if (line + 1 >= p->up.len) return 0;
        size = (size_t)strtoul(text + end, NULL, 16);
        if (p->up.len - line < size + 4) return 0;
        srl_buf_put(&p->joined, text + line + 2, size);
        end = line + size + 4;
        if (!size) break;
    }
    rq->body.ptr = p->joined.data;
    rq->body.len = p->joined.len;
    return end;
}

/* One request; false if it is not whole yet. */
static inline bool
peer_serve(peer *p)
{
    char head[2048];
    size_t len = p->up.len < sizeof head ? p->up.len : sizeof head - 1;
    peer_request rq;
    char *end;
    size_t used;

    if (!len || p->is_ended) return false;
    memcpy(head, p->up.data, len);
    head[len] = '\0';
    end = strstr(head, "\r\n\r\n");
    if (!end) return false;
    end[4] = '\0';
    memset(&rq, 0, sizeof rq);
    rq.head = head;
    used = peer_body(p, head, strlen(head), &rq);
    if (!used && !(p->answers_head && p->requests > 1)) return false;
    memcpy(p->last_head, head, sizeof head);
    if (used && !strncmp(head, "POST /rpc ", 10)) peer_serve_rpc(&rq);
    peer_check_head(p, &rq);
    rq.number = p->requests++;
    p->queries += peer_is(&rq, "query");
    p->pings += peer_is(&rq, "ping");
    if (!p->mute) p->answer(p, &rq);
    if (!used) {
        p->is_ended = true;
        used = p->up.len;
    }
    memmove(p->up.data, p->up.data + used, p->up.len - used);
    p->up.len -= used;
    return true;
}

/* ---- the stream ---------------------------------------------------------- */

static inline void
peer_gate_next(peer *p)
{
    p->gate = SCRIPT_NEVER;
    if (p->cut == SCRIPT_SPLIT && p->down_at < p->cut_len) {
        p->gate = p->cut_len;
    } else if (p->cut == SCRIPT_PIECES) {
        p->gate = p->down_at + p->cut_len;
    } else if (p->cut == SCRIPT_RANDOM) {
        p->gate = p->down_at + 1 + script_random(&p->seed) % p->cut_len;
    }
}

static inline surreal_status
peer_read(void *user, uint8_t *data, size_t len, size_t *done,
          surreal_error *err)
{
    peer *p = (peer *)user;
    bool ends = p->end_status && (!p->end_dial || p->end_dial == p->dials);
    size_t n = p->down.len - p->down_at;

    SCRIPT_MUST(p->is_open);
    if (!p->gate) peer_gate_next(p);
    if (n > len) n = len;
    if (ends && n > p->end_at - p->down_at) n = p->end_at - p->down_at;
    if (n > p->gate - p->down_at) n = p->gate - p->down_at;
    if (n) {
        memcpy(data, p->down.data + p->down_at, n);
        p->down_at += n;
        *done = n;
        return SURREAL_OK;
    }
    if (ends && p->down_at == p->end_at) {
        return srl_fail(err, p->end_status, "the peer ended it");
    }
    if (p->is_ended && p->down_at == p->down.len) {
        return srl_fail(err, SURREAL_ERR_CLOSED, "the server ended it");
    }
    if (p->down_at == p->gate) peer_gate_next(p);
    return SURREAL_WOULD_BLOCK;
}

static inline surreal_status
peer_write(void *user, const uint8_t *data, size_t len, size_t *done,
           surreal_error *err)
{
    peer *p = (peer *)user;

    SCRIPT_MUST(p->is_open);
    if (p->is_ended && p->swallows) {
        *done = len;
        return SURREAL_OK;
    }
    if (p->breaks) {
        p->breaks--;
        return srl_fail(err, SURREAL_ERR_IO, "send: connection reset");
    }
    if (p->is_ended || p->up_total >= p->write_fail_at) {
        return srl_fail(err, SURREAL_ERR_IO, "send: broken pipe");
    }
    if (p->write_gaps) {
        p->gap_next = !p->gap_next;
        if (p->gap_next) return SURREAL_WOULD_BLOCK;
    }
    if (len > p->write_max) len = p->write_max;
    if (len > p->write_fail_at - p->up_total) {
        len = p->write_fail_at - p->up_total;
    }
    srl_buf_put(&p->up, data, len);
    p->up_total += len;
    *done = len;
    while (peer_serve(p)) continue;
    return SURREAL_OK;
}

static inline surreal_status
peer_connect(void *user, surreal_error *err)
{
    peer *p = (peer *)user;

    (void)err;
    if (!p->connect_blocks) return SURREAL_OK;
    p->connect_blocks--;
    return SURREAL_WOULD_BLOCK;
}

static inline void
peer_closed(void *user)
{
    peer *p = (peer *)user;

    SCRIPT_MUST(p->is_open /* closed once */);
    p->is_open = false;
}

static inline surreal_status
peer_dial(void *user, const char *host, uint16_t port, bool is_secure,
          surreal_stream *out, surreal_error *err)
{
    peer *p = (peer *)user;

    SCRIPT_MUST(!strcmp(host, "db.example") && port == 8000 && !is_secure);
    SCRIPT_MUST(!p->is_open);
    if (p->dial_fails) {
        p->dial_fails--;
        return srl_fail(err, SURREAL_ERR_CONNECT, "connection refused");
    }
    p->dials++;
    p->down.len = p->down_at = 0;
    p->up.len = 0;
    p->gate = 0;
    p->is_ended = false;
    p->is_open = true;
    memset(out, 0, sizeof *out);
    out->read = peer_read;
    out->write = peer_write;
    out->connect = peer_connect;
    out->fd = script_fd;
    out->close = peer_closed;
    out->user = p;
    return SURREAL_OK;
}

/* ---- a test's frame ------------------------------------------------------ */

static inline void
peer_init(peer *p)
{
    memset(p, 0, sizeof *p);
    srl_mem_init(&p->mem, NULL, 0);
    srl_buf_init(&p->down, &p->mem, SCRIPT_NEVER);
    srl_buf_init(&p->up, &p->mem, SCRIPT_NEVER);
    srl_buf_init(&p->body, &p->mem, SCRIPT_NEVER);
    srl_buf_init(&p->joined, &p->mem, SCRIPT_NEVER);
    p->answer = peer_answer;
    p->major = 3;
    p->framing = SRL_HTTP_LENGTH;
    p->chunk = 7;
    p->seed = 1;
    p->write_max = SCRIPT_NEVER;
    p->write_fail_at = SCRIPT_NEVER;
    p->options.ns = "test";
    p->options.db = "main";
    p->options.user = "root";
    p->options.pass = "correct horse battery";
    p->options.reconnect.attempts = -1;
    p->options.allocator.resize = test_resize;
    p->options.allocator.user = &p->heap;
}

static inline surreal *
peer_open(peer *p)
{
    surreal *db = NULL;

    p->transport.open = peer_dial;
    p->transport.user = p;
    p->options.transport = &p->transport;
    surreal_open_start("http://db.example:8000", &p->options, &db);
    while (db && (surreal_get_state(db) == SURREAL_CONNECTING)) {
        surreal_step(db);
    }
    return db;
}

static inline void
peer_end(peer *p, surreal *db)
{
    surreal_close(db);
    CHECK(!p->is_open);
    CHECK_INT(p->heap.held, 0);
    srl_buf_free(&p->down);
    srl_buf_free(&p->up);
    srl_buf_free(&p->body);
    srl_buf_free(&p->joined);
}

#endif
