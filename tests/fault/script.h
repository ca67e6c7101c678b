/* A SurrealDB server and the wire to it, in memory, for the fault tests.
 *
 * The client writes, the server in here takes its upgrade request and frames
 * apart, checks that they are what the RFC and SurrealDB want, and puts its
 * replies on the wire; the client reads them in pieces the test decides. There
 * is no thread and no sleep: a read with nothing to give would block, and the
 * descriptor to wait for is always ready, so waiting calls spin.
 *
 *   script s;
 *   script_init(&s);
 *   s.cut = SCRIPT_PIECES, s.cut_len = 1;       one byte at a time
 *   s.answer = my_answer;                       or script_answer, the default
 *   db = script_open(&s);
 *   ...
 *   script_end(&s, db);                         closes; nothing may be held
 */
#ifndef SCRIPT_H
#define SCRIPT_H
#include "tests/test.h"

typedef struct script script;

/* A request the client sent, checked. Pointers live during the call. */
typedef struct script_request {
    uint64_t id;
    surreal_str method;
    const uint8_t *params;    /* one CBOR array */
    surreal_bytes bytes;      /* the whole request */
    int number;               /* requests before it */
} script_request;

/* The server's behaviour: answers a request, now or later or never. */
typedef void script_answer_fn(script *s, const script_request *rq);

typedef enum script_cut {
    SCRIPT_WHOLE = 0,
    SCRIPT_SPLIT,  /* one gap, after cut_len bytes */
    SCRIPT_PIECES, /* a gap after every cut_len bytes */
    SCRIPT_RANDOM  /* gaps after 1 to cut_len bytes, from seed */
} script_cut;

#define SCRIPT_NEVER ((size_t)-1)

struct script {
    /* What a test decides. */
    surreal_options options;
    surreal_transport transport;
    test_heap heap;
    int major;               /* of the server's version: 2 or 3 */
    script_answer_fn *answer;
    void *user;
    const char *head;        /* sent instead of the right response head; "@"
                                stands for the right accept key */
    size_t head_len;         /* 0: strlen */
    int connect_blocks;      /* this many tries block; -1: all */
    script_cut cut;
    size_t cut_len;
    uint32_t seed;
    size_t read_fail_at;     /* after this many bytes reads fail ... */
    surreal_status read_fail;  /* ... with this */
    size_t write_fail_at;
    surreal_status write_fail;
    size_t write_max;        /* bytes one write takes */
    size_t write_budget;     /* bytes taken until writes would block */
    bool write_gaps;         /* every other write would block */
    bool write_blocked;      /* every write would block */
    bool mute;               /* requests are checked, not answered */

    /* The wire. */
    srl_mem mem;
    srl_buf down;            /* all bytes to the client */
    size_t down_at;          /* given to it */
    size_t gate;             /* to be given before the next gap */
    srl_buf up;              /* bytes from the client, not yet served */
    size_t up_at;
    size_t up_total;
    bool gap_next;
    bool is_up;              /* the upgrade was answered */
    size_t head_end;         /* where in `down` frames begin */
    bool is_taken;           /* the client has the stream ... */
    bool is_closed;          /* ... and closed it */

    /* What the server saw. */
    int requests;
    int queries;
    int pongs;
    int closes;              /* close frames; at most one is right */
    unsigned close_code;
    uint8_t pong[125];       /* payload of the last pong */
    size_t pong_len;
    uint8_t key[4];          /* mask key of the last frame */
    srl_buf body;            /* the reply being built */
};

#define SCRIPT_MUST(x) \
    ((x) ? (void)0 : (void)TEST_FAIL("the client broke a rule: %s", #x))

static inline uint32_t
script_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* ---- what the server sends ----------------------------------------------- */

static inline void
script_raw(script *s, const void *data, size_t len)
{
    srl_buf_put(&s->down, data, len);
}

/* One frame; `first` is the byte with FIN, reserved bits and opcode. */
static inline void
script_frame(script *s, unsigned first, const void *data, size_t len)
{
    uint8_t head[10];
    size_t n = 2;

    head[0] = (uint8_t)first;
    if (len < 126) {
        head[1] = (uint8_t)len;
    } else if (len <= 0xffff) {
        head[1] = 126;
        srl_store16(head + 2, (uint16_t)len);
        n = 4;
    } else {
        head[1] = 127;
        srl_store64(head + 2, len);
        n = 10;
    }
    script_raw(s, head, n);
    script_raw(s, data, len);
}

#define SCRIPT_BINARY 0x82
#define SCRIPT_CLOSE 0x88
#define SCRIPT_PING 0x89

static inline void
script_close_frame(script *s, unsigned code, const char *reason)
{
    uint8_t data[125];
    size_t len = strlen(reason);

    srl_store16(data, (uint16_t)code);
    memcpy(data + 2, reason, len);
    script_frame(s, SCRIPT_CLOSE, data, len + 2);
}

/* Begin a reply { id, `key`: ... }; append one item to the buffer returned,
 * then script_send. */
static inline srl_buf *
script_reply(script *s, uint64_t id, const char *key)
{
    s->body.len = 0;
    srl_cbor_put_head(&s->body, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(&s->body, "id");
    srl_cbor_put_head(&s->body, SRL_CBOR_UINT, id);
    srl_cbor_put_key(&s->body, key);
    return &s->body;
}

static inline void
script_send(script *s)
{
    script_frame(s, SCRIPT_BINARY, s->body.data, s->body.len);
}

static inline void
script_result_none(script *s, uint64_t id)
{
    srl_cbor_put_none(script_reply(s, id, "result"));
    script_send(s);
}

static inline void
script_result_text(script *s, uint64_t id, const char *text)
{
    srl_cbor_put_key(script_reply(s, id, "result"), text);
    script_send(s);
}

/* "Auth/InvalidAuth" as { kind, details: { kind } }. */
static inline void
script_put_details(srl_buf *b, const char *path)
{
    const char *rest = strchr(path, '/');
    size_t len = rest ? (size_t)(rest - path) : strlen(path);

    srl_cbor_put_head(b, SRL_CBOR_MAP, rest ? 2 : 1);
    srl_cbor_put_key(b, "kind");
    srl_cbor_put_text(b, path, len);
    if (!rest) return;
    srl_cbor_put_key(b, "details");
    script_put_details(b, rest + 1);
}

/* kind and details of SurrealDB 3 from "NotAllowed/Auth/InvalidAuth"; returns
 * how many pairs they are. */
static inline void
script_put_kind(srl_buf *b, const char *path)
{
    const char *rest = strchr(path, '/');
    size_t len = rest ? (size_t)(rest - path) : strlen(path);

    srl_cbor_put_key(b, "kind");
    srl_cbor_put_text(b, path, len);
    if (!rest) return;
    srl_cbor_put_key(b, "details");
    script_put_details(b, rest + 1);
}

static inline unsigned
script_kind_pairs(const char *path)
{
    return !path ? 0 : strchr(path, '/') ? 2 : 1;
}

/* The error object alone; kind NULL: as SurrealDB 2 sends it. */
static inline void
script_put_error(srl_buf *b, int64_t code, const char *kind,
                 const char *message)
{
    unsigned pairs = 2 + script_kind_pairs(kind) + (kind ? 1u : 0u);

    srl_cbor_put_head(b, SRL_CBOR_MAP, pairs);
    srl_cbor_put_key(b, "code");
    srl_cbor_put_int(b, code);
    srl_cbor_put_key(b, "message");
    srl_cbor_put_key(b, message);
    if (!kind) return;
    script_put_kind(b, kind);
    srl_cbor_put_key(b, "cause");
    srl_cbor_put_none(b);
}

static inline void
script_error(script *s, uint64_t id, int64_t code, const char *kind,
             const char *message)
{
    script_put_error(script_reply(s, id, "error"), code, kind, message);
    script_send(s);
}

/* A row of a query: an integer, or an error's text with, on SurrealDB 3, its
 * kind. */
typedef struct script_row {
    const char *error;
    const char *kind;
    int64_t value;
} script_row;

static inline void
script_put_row(srl_buf *b, const script_row *row, int major)
{
    unsigned pairs = 3 + script_kind_pairs(row->kind) + (major >= 3 ? 1u : 0);

    srl_cbor_put_head(b, SRL_CBOR_MAP, pairs);
    srl_cbor_put_key(b, "result");
    if (row->error) {
        srl_cbor_put_key(b, row->error);
    } else {
        srl_cbor_put_int(b, row->value);
    }
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, row->error ? "ERR" : "OK");
    srl_cbor_put_key(b, "time");
    srl_cbor_put_key(b, "50.034\xc2\xb5s");
    if (major >= 3) {
        srl_cbor_put_key(b, "type");
        srl_cbor_put_none(b);
    }
    if (row->kind) script_put_kind(b, row->kind);
}

static inline void
script_rows(script *s, uint64_t id, const script_row *rows, size_t count)
{
    srl_buf *b = script_reply(s, id, "result");
    size_t i;

    srl_cbor_put_head(b, SRL_CBOR_ARRAY, count);
    for (i = 0; i < count; i++) {
        script_put_row(b, &rows[i], s->major);
    }
    script_send(s);
}

/* ---- how it answers unless told otherwise -------------------------------- */

/* Parameter `index` of a request, or NULL. */
static inline const uint8_t *
script_param(const script_request *rq, size_t index)
{
    srl_cbor_walk walk = srl_cbor_walk_of(rq->params);

    while (srl_cbor_more(&walk)) {
        if (!index--) return walk.at;
        walk.at = srl_cbor_skip(walk.at);
    }
    return NULL;
}

static inline surreal_str
script_param_text(const script_request *rq, size_t index)
{
    const uint8_t *at = script_param(rq, index);
    surreal_str text = {NULL, 0};

    if (at && *at >> 5 == SRL_CBOR_TEXT) srl_cbor_text_at(at, &text);
    return text;
}

/* Every statement gives the variables back. */
static inline void
script_echo(script *s, const script_request *rq)
{
    surreal_str text = script_param_text(rq, 0);
    const uint8_t *vars = script_param(rq, 1);
    srl_buf *b = script_reply(s, rq->id, "result");
    size_t count = 1;
    size_t i;

    for (i = 0; i < text.len; i++) {
        count += text.ptr[i] == ';';
    }
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, count);
    for (i = 0; i < count; i++) {
        srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
        srl_cbor_put_key(b, "result");
        if (vars) {
            srl_buf_put(b, vars, (size_t)(srl_cbor_skip(vars) - vars));
        } else {
            srl_cbor_put_none(b);
        }
        srl_cbor_put_key(b, "status");
        srl_cbor_put_key(b, "OK");
        srl_cbor_put_key(b, "time");
        srl_cbor_put_key(b, "1.5ms");
    }
    script_send(s);
}

static inline bool
script_is(const script_request *rq, const char *method)
{
    return surreal_str_eq(rq->method, surreal_text(method));
}

static inline void
script_answer(script *s, const script_request *rq)
{
    if (script_is(rq, "version")) {
        script_result_text(s, rq->id, s->major == 2 ? "surrealdb-2.6.0"
                                                    : "surrealdb-3.0.2");
    } else if (script_is(rq, "signin")) {
        script_result_text(s, rq->id, "eyJ0.a.b");
    } else if (script_is(rq, "query")) {
        script_echo(s, rq);
    } else if (script_is(rq, "use") || script_is(rq, "ping")) {
        script_result_none(s, rq->id);
    } else {
        script_error(s, rq->id, -32601, s->major == 2 ? NULL
                                                      : "NotFound/Method",
                     "Method not found");
    }
}

/* ---- what the server takes ----------------------------------------------- */

static inline void
script_serve_request(script *s, const uint8_t *data, size_t len)
{
    script_request rq;
    srl_cbor_head head;
    const uint8_t *id;
    const uint8_t *method;
    const char *reason = "";
    size_t used = 0;

    memset(&rq, 0, sizeof rq);
    rq.number = s->requests++;
    rq.bytes.ptr = data;
    rq.bytes.len = len;
    SCRIPT_MUST(srl_cbor_check(data, len, SURREAL_MAX_DEPTH, &used,
                               &reason) == SURREAL_OK);
    SCRIPT_MUST(used == len);
    /* Session and transaction may stand beside the three. */
    if (used != len || *data < 0xa3 || *data > 0xa5) {
        TEST_FAIL("the client sent a request that is no map of three to five");
        return;
    }
    id = srl_cbor_find(data, SURREAL_LIT("id"));
    method = srl_cbor_find(data, SURREAL_LIT("method"));
    rq.params = srl_cbor_find(data, SURREAL_LIT("params"));
    if (!id || *id >> 5 != SRL_CBOR_UINT || !method ||
        *method >> 5 != SRL_CBOR_TEXT || !rq.params ||
        *rq.params >> 5 != SRL_CBOR_ARRAY) {
        TEST_FAIL("the client sent a request without id, method or params");
        return;
    }
    srl_cbor_head_at(id, &head);
    rq.id = head.arg;
    srl_cbor_text_at(method, &rq.method);
    s->queries += script_is(&rq, "query");
    if (!s->mute) s->answer(s, &rq);
}

/* One frame from the client; false if it is not whole yet. */
static inline bool
script_serve_frame(script *s)
{
    uint8_t *p = s->up.data + s->up_at;
    size_t n = s->up.len - s->up_at;
    uint64_t len;
    size_t head = 2;
    uint64_t least = 0;
    uint64_t i;

    if (n < 2) return false;
    len = p[1] & 127;
    if (len == 126) head = 4, least = 126;
    if (len == 127) head = 10, least = 65536;
    if (n < head + 4) return false;
    if (head == 4) len = srl_load16(p + 2);
    if (head == 10) len = srl_load64(p + 2);
    if (n - head - 4 < len) return false;

    SCRIPT_MUST((p[0] & 0x80) != 0 /* whole messages */);
    SCRIPT_MUST((p[0] & 0x70) == 0 /* no reserved bits */);
    SCRIPT_MUST((p[1] & 0x80) != 0 /* masked */);
    SCRIPT_MUST(len >= least /* shortest form of the length */);
    SCRIPT_MUST(memcmp(s->key, p + head, 4) != 0 /* a new mask key */);
    SCRIPT_MUST(!s->closes /* nothing behind a close frame */);
    memcpy(s->key, p + head, 4);
    p += head + 4;
    for (i = 0; i < len; i++) {
        p[i] ^= s->key[i & 3];
    }
    s->up_at += head + 4 + (size_t)len;
    switch (p[-(int)head - 4] & 15) {
    case SRL_WS_BINARY:
        script_serve_request(s, p, (size_t)len);
        break;
    case SRL_WS_PONG:
        SCRIPT_MUST(len <= 125);
        s->pongs++;
        s->pong_len = (size_t)len;
        if (len) memcpy(s->pong, p, (size_t)len);
        break;
    case SRL_WS_CLOSE:
        SCRIPT_MUST(len == 2);
        s->closes++;
        s->close_code = srl_load16(p);
        break;
    default: TEST_FAIL("the client sent opcode %d", p[-(int)head - 4] & 15);
    }
    return true;
}

/* The response head, with the accept key put in for "@". */
static inline void
script_upgrade(script *s, const char *accept)
{
    const char *head = s->head;
    size_t len = s->head_len;
    size_t i;

    if (!head) {
        head = "HTTP/1.1 101 Switching Protocols\r\n"
               "connection: upgrade\r\nupgrade: websocket\r\n"
               "sec-websocket-protocol: cbor\r\n"
               "sec-websocket-accept: @\r\n\r\n";
    }
    if (!len) len = strlen(head);
    for (i = 0; i < len; i++) {
        if (head[i] == '@') {
            script_raw(s, accept, strlen(accept));
        } else {
            script_raw(s, head + i, 1);
        }
    }
}

static inline void
script_serve_head(script *s)
{
    char text[2048];
    char key[25];
    char accept[29];
    const char *at;
    size_t len = s->up.len < sizeof text ? s->up.len : sizeof text - 1;

    memcpy(text, s->up.data, len);
    text[len] = '\0';
    at = strstr(text, "\r\n\r\n");
    if (!at) return;
    s->up_at = (size_t)(at - text) + 4;
    SCRIPT_MUST(!strncmp(text, "GET /rpc HTTP/1.1\r\n", 19));
    SCRIPT_MUST(strstr(text, "\r\nHost: "));
    SCRIPT_MUST(strstr(text, "\r\nUpgrade: websocket\r\n"));
    SCRIPT_MUST(strstr(text, "\r\nConnection: Upgrade\r\n"));
    SCRIPT_MUST(strstr(text, "\r\nSec-WebSocket-Version: 13\r\n"));
    SCRIPT_MUST(strstr(text, "\r\nSec-WebSocket-Protocol: cbor\r\n"));
    at = strstr(text, "\r\nSec-WebSocket-Key: ");
    SCRIPT_MUST(at && strstr(at + 21, "==\r\n") == at + 21 + 22);
    if (!at) return;
    memcpy(key, at + 21, 24);
    key[24] = '\0';
    srl_http_accept_of(key, accept);
    s->is_up = true;
    if (!s->mute) script_upgrade(s, accept);
    s->head_end = s->down.len;
}

/* Take what the client wrote. */
static inline void
script_serve(script *s)
{
    if (!s->is_up) script_serve_head(s);
    while (s->is_up && script_serve_frame(s)) {
        continue;
    }
    if (s->up_at == s->up.len) s->up_at = s->up.len = 0;
}

/* ---- the wire ------------------------------------------------------------ */

static inline void
script_gate_next(script *s)
{
    switch (s->cut) {
    case SCRIPT_WHOLE: s->gate = SCRIPT_NEVER; break;
    case SCRIPT_SPLIT:
        s->gate = s->down_at < s->cut_len ? s->cut_len : SCRIPT_NEVER;
        break;
    case SCRIPT_PIECES: s->gate = s->down_at + s->cut_len; break;
    case SCRIPT_RANDOM:
        s->gate = s->down_at + 1 + script_random(&s->seed) % s->cut_len;
        break;
    }
}

static inline surreal_status
script_read(void *user, uint8_t *data, size_t len, size_t *done,
            surreal_error *err)
{
    script *s = (script *)user;
    size_t n = s->down.len - s->down_at;

    if (!s->gate) script_gate_next(s);
    if (n > len) n = len;
    if (s->read_fail && n > s->read_fail_at - s->down_at) {
        n = s->read_fail_at - s->down_at;
    }
    if (n > s->gate - s->down_at) n = s->gate - s->down_at;
    if (n) {
        memcpy(data, s->down.data + s->down_at, n);
        s->down_at += n;
        *done = n;
        return SURREAL_OK;
    }
    if (s->read_fail && s->down_at == s->read_fail_at) {
        return srl_fail(err, s->read_fail, "%s",
                        s->read_fail == SURREAL_ERR_CLOSED
                            ? "the server ended the connection"
                            : "receive: connection reset");
    }
    if (s->down_at == s->gate) script_gate_next(s);
    return SURREAL_WOULD_BLOCK;
}

static inline surreal_status
script_write(void *user, const uint8_t *data, size_t len, size_t *done,
             surreal_error *err)
{
    script *s = (script *)user;

    if (s->write_fail && s->up_total >= s->write_fail_at) {
        return srl_fail(err, s->write_fail, "send: connection reset");
    }
    if (s->write_blocked || !s->write_budget) return SURREAL_WOULD_BLOCK;
    if (s->write_gaps) {
        s->gap_next = !s->gap_next;
        if (s->gap_next) return SURREAL_WOULD_BLOCK;
    }
    if (len > s->write_max) len = s->write_max;
    if (len > s->write_budget) len = s->write_budget;
    if (s->write_fail && len > s->write_fail_at - s->up_total) {
        len = s->write_fail_at - s->up_total;
    }
    srl_buf_put(&s->up, data, len);
    s->up_total += len;
    if (s->write_budget != SCRIPT_NEVER) s->write_budget -= len;
    *done = len;
    script_serve(s);
    return SURREAL_OK;
}

static inline surreal_status
script_connect(void *user, surreal_error *err)
{
    script *s = (script *)user;

    (void)err;
    if (!s->connect_blocks) return SURREAL_OK;
    if (s->connect_blocks > 0) s->connect_blocks--;
    return SURREAL_WOULD_BLOCK;
}

/* Always ready, so that a wait ends at once. */
static inline int
script_fd(void *user)
{
    static int fd = -1;

    (void)user;
    if (fd < 0) fd = open("/dev/null", O_RDWR);
    return fd;
}

static inline void
script_closed(void *user)
{
    script *s = (script *)user;

    SCRIPT_MUST(!s->is_closed /* closed once */);
    s->is_closed = true;
}

/* ---- a test's frame ------------------------------------------------------ */

static inline void
script_init(script *s)
{
    memset(s, 0, sizeof *s);
    srl_mem_init(&s->mem, NULL, 0);
    srl_buf_init(&s->down, &s->mem, SCRIPT_NEVER);
    srl_buf_init(&s->up, &s->mem, SCRIPT_NEVER);
    srl_buf_init(&s->body, &s->mem, SCRIPT_NEVER);
    s->major = 3;
    s->answer = script_answer;
    s->seed = 1;
    s->write_max = SCRIPT_NEVER;
    s->write_budget = SCRIPT_NEVER;
    s->options.ns = "test";
    s->options.db = "main";
    s->options.user = "root";
    s->options.pass = "correct horse battery";
    s->options.allocator.resize = test_resize;
    s->options.allocator.user = &s->heap;
}

/* Makes the one stream there is: a connection to a script that is lost stays
 * lost. */
static inline surreal_status
script_dial(void *user, const char *host, uint16_t port, bool is_secure,
            surreal_stream *out, surreal_error *err)
{
    script *s = (script *)user;

    (void)err;
    SCRIPT_MUST(!strcmp(host, "db.example") && port == 8000 && !is_secure);
    SCRIPT_MUST(!s->is_taken);
    memset(out, 0, sizeof *out);
    out->read = script_read;
    out->write = script_write;
    out->connect = script_connect;
    out->fd = script_fd;
    out->close = script_closed;
    out->user = s;
    s->is_taken = true;
    return SURREAL_OK;
}

/* Begin to connect; NULL only without memory. */
static inline surreal *
script_start(script *s)
{
    surreal *db = NULL;

    s->transport.open = script_dial;
    s->transport.user = s;
    s->options.transport = &s->transport;
    s->options.reconnect.attempts = -1;
    surreal_open_start("ws://db.example:8000", &s->options, &db);
    return db;
}

/* Connect until that is done or has failed. */
static inline surreal *
script_open(script *s)
{
    surreal *db = script_start(s);

    while (db && surreal_get_state(db) == SURREAL_CONNECTING) {
        surreal_step(db);
    }
    return db;
}

/* Close; the client must have given everything back. */
static inline void
script_end(script *s, surreal *db)
{
    surreal_close(db);
    CHECK_INT(s->is_closed, s->is_taken);
    CHECK(s->closes <= 1);
    CHECK_INT(s->heap.held, 0);
    srl_buf_free(&s->down);
    srl_buf_free(&s->up);
    srl_buf_free(&s->body);
}

/* The error's text holds `part`. */
#define CHECK_SAYS(err, part)                                          \
    do {                                                               \
        const surreal_error *says_ = (err);                            \
        if (!says_ || !strstr(says_->message, (part)))                 \
            TEST_FAIL("error \"%s\" does not say \"%s\"",              \
                      says_ ? says_->message : "(none)", (part));      \
    } while (0)

#define CHECK_STATUS(got, want)                                        \
    do {                                                               \
        surreal_status got_ = (got);                                   \
        surreal_status want_ = (want);                                 \
        if (got_ != want_)                                             \
            TEST_FAIL("%s is \"%s\" (0x%x), expected \"%s\"", #got,    \
                      surreal_status_text(got_), (unsigned)got_,       \
                      surreal_status_text(want_));                     \
    } while (0)

/* The end of a request as its callback saw it. */
typedef struct script_end_of {
    int calls;
    surreal_status status;
    int64_t n;               /* variable n of an echoed answer, else -1 */
    size_t statements;
    surreal_error error;
} script_end_of;

static inline void
script_note(void *user, surreal *db, surreal_status status,
            surreal_result *result, const surreal_error *err)
{
    script_end_of *end = (script_end_of *)user;

    (void)db;
    end->calls++;
    end->status = status;
    end->n = -1;
    end->statements = surreal_statements(result);
    if (err) end->error = *err;
    CHECK((status != SURREAL_OK) == (err != NULL));
    CHECK(!err || err->status == status);
    surreal_get_int(surreal_field(surreal_statement_value(result, 0), "n"),
                    &end->n);
    surreal_result_free(result);
}

/* Start a query that gives n back. */
static inline surreal_status
script_query(surreal *db, int64_t n, script_end_of *end,
             surreal_request **rq)
{
    memset(end, 0, sizeof *end);
    end->n = -1;
    return surreal_query_start(db, SURREAL_LIT("RETURN $n"),
                               SURREAL_VARS(surreal_bind_int("n", n)),
                               script_note, end, rq);
}

#endif
