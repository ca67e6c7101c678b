/* tests/bench/bench_requests.c: what the client itself can do.
 *
 *   cc -O2 -I. tests/bench/bench_requests.c -o build/bench/bench_requests
 *   build/bench/bench_requests [N]
 *
 * Queries against a responder in memory, so that neither a network nor a
 * server is measured: the responder reads the id of each request and answers
 * with one row. Its own share is measured by running it alone. Allocations are
 * counted by the connection's allocator after a tenth of the requests. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>
#include <sys/resource.h>

/* ---- the responder ------------------------------------------------------- */

typedef struct responder {
    uint8_t up[1 << 16];
    size_t up_len;
    uint8_t *down;
    size_t down_len;
    size_t down_at;
    size_t down_cap;
    bool is_up;
} responder;

static void
say(responder *r, const void *data, size_t len)
{
    if (r->down_at == r->down_len) r->down_at = r->down_len = 0;
    if (r->down_len + len > r->down_cap) {
        r->down_cap = (r->down_len + len) * 2;
        r->down = (uint8_t *)realloc(r->down, r->down_cap);
        if (!r->down) abort();
    }
    memcpy(r->down + r->down_len, data, len);
    r->down_len += len;
}

/* { id: n, result: <what follows> } in one small frame. */
static void
answer(responder *r, uint64_t id, const void *body, size_t len)
{
    uint8_t frame[128] = {0x82, 0, 0xa2, 0x62, 'i', 'd', 0x1b};
    static const char key[] = "\x66result";

    srl_store64(frame + 7, id);
    memcpy(frame + 15, key, 7);
    memcpy(frame + 22, body, len);
    frame[1] = (uint8_t)(20 + len);
    say(r, frame, 22 + len);
}

static const uint8_t ROW[] =
    "\x81\xa4\x66result\x01\x66status\x62OK\x64time\x69"
    "50.034\xc2\xb5s\x64type\xc6\xf6";

static void
serve(responder *r, const uint8_t *request)
{
    const uint8_t *at = request + 1 + 3; /* { "id": */
    srl_cbor_head id;

    at = srl_cbor_head_at(at, &id);
    at += 7 + 1; /* "method", and the head of its text */
    if (*at == 'q') {
        answer(r, id.arg, ROW, sizeof ROW - 1);
    } else if (*at == 'v') {
        answer(r, id.arg, "\x6fsurrealdb-3.0.2", 16);
    } else {
        answer(r, id.arg, "\xc6\xf6", 2);
    }
}

static void
upgrade(responder *r)
{
    char *key = strstr((char *)r->up, "Sec-WebSocket-Key: ");
    char text[256];
    char accept[29];

    if (!key) abort();
    key += 19;
    key[24] = '\0';
    srl_http_accept_of(key, accept);
    say(r, text, (size_t)snprintf(text, sizeof text,
        "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: cbor\r\n\r\n",
        accept));
    r->is_up = true;
    r->up_len = 0;
}

/* Take whole frames; the start of one that is not is kept. */
static void
serve_all(responder *r)
{
    size_t at = 0;

    while (r->up_len - at >= 8) {
        uint8_t *f = r->up + at;
        size_t head = (f[1] & 127) == 126 ? 4 : 2;
        size_t len = head == 4 ? srl_load16(f + 2) : (size_t)(f[1] & 127);
        size_t i;

        if (r->up_len - at < head + 4 + len) break;
        for (i = 0; i < 32 && i < len; i++) f[head + 4 + i] ^= f[head + i % 4];
        serve(r, f + head + 4);
        at += head + 4 + len;
    }
    memmove(r->up, r->up + at, r->up_len - at);
    r->up_len -= at;
}

static surreal_status
mem_write(void *user, const uint8_t *data, size_t len, size_t *done,
          surreal_error *err)
{
    responder *r = (responder *)user;

    (void)err;
    if (len > sizeof r->up - 1 - r->up_len) len = sizeof r->up - 1 - r->up_len;
    if (!len) return SURREAL_WOULD_BLOCK;
    memcpy(r->up + r->up_len, data, len);
    r->up_len += len;
    r->up[r->up_len] = '\0';
    *done = len;
    if (r->is_up) {
        serve_all(r);
    } else {
        upgrade(r);
    }
    return SURREAL_OK;
}

static surreal_status
mem_read(void *user, uint8_t *data, size_t len, size_t *done,
         surreal_error *err)
{
    responder *r = (responder *)user;
    size_t n = r->down_len - r->down_at;

    (void)err;
    if (!n) return SURREAL_WOULD_BLOCK;
    if (n > len) n = len;
    memcpy(data, r->down + r->down_at, n);
    r->down_at += n;
    *done = n;
    return SURREAL_OK;
}

static surreal_status
mem_connect(void *user, surreal_error *err)
{
    (void)user;
    (void)err;
    return SURREAL_OK;
}

static int
mem_fd(void *user)
{
    (void)user;
    return -1;
}

static void
mem_close(void *user)
{
    (void)user;
}

static surreal_status
mem_open(void *user, const char *host, uint16_t port, bool is_secure,
         surreal_stream *out, surreal_error *err)
{
    (void)host;
    (void)port;
    (void)is_secure;
    (void)err;
    memset(out, 0, sizeof *out);
    out->read = mem_read;
    out->write = mem_write;
    out->connect = mem_connect;
    out->fd = mem_fd;
    out->close = mem_close;
    out->user = user;
    return SURREAL_OK;
}

/* ---- the client ---------------------------------------------------------- */

static size_t allocations;

static void *
count_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    (void)user;
    (void)old_len;
    if (!new_len) {
        free(block);
        return NULL;
    }
    allocations++;
    return realloc(block, new_len);
}

static long answered;

static void
on_done(void *user, surreal *db, surreal_status status, surreal_result *r,
        const surreal_error *err)
{
    int64_t v = 0;

    (void)user;
    (void)err;
    if (status) exit(1);
    surreal_get_int(surreal_statement_value(r, 0), &v);
    answered += v;
    surreal_result_recycle(db, r);
}

static double
cpu_now(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec / 1e6 +
           (double)u.ru_stime.tv_sec + (double)u.ru_stime.tv_usec / 1e6;
}

static void
run(surreal *db, long n, long flight)
{
    long i;

    for (i = 0; i < n; i++) {
        if (surreal_query_start(db, SURREAL_LIT("RETURN $n"),
                                SURREAL_VARS(surreal_bind_int("n", i)),
                                on_done, NULL, NULL)) {
            fprintf(stderr, "%s\n", surreal_last_error(db)->message);
            exit(1);
        }
        if (surreal_pending(db) >= (size_t)flight) surreal_step(db);
    }
    while (surreal_pending(db)) surreal_step(db);
}

/* The responder's share: the same bytes, without a client. */
static double
alone(responder *r, long n, long flight)
{
    static const uint8_t frame[] =
        "\x82\xb2\0\0\0\0\xa3\x62id\x1b\0\0\0\x01\0\0\0\x01\x66method\x65query"
        "\x66params\x82\x69RETURN $n\xa1\x61n\x19\x03\xe8";
    double start = cpu_now();
    uint8_t sink[4096];
    long i;

    for (i = 0; i < n; i++) {
        size_t done;

        mem_write(r, frame, sizeof frame - 1, &done, NULL);
        if (i % flight) continue;
        while (!mem_read(r, sink, sizeof sink, &done, NULL)) continue;
    }
    return cpu_now() - start;
}

static void
measure(surreal *db, responder *r, long n, long flight)
{
    double start;
    double all;
    double rest;
    size_t before;

    run(db, n / 10, flight);
    before = allocations;
    start = cpu_now();
    answered = 0;
    run(db, n, flight);
    all = cpu_now() - start;
    if (answered != n) exit(1);
    rest = alone(r, n, flight);
    printf("%4ld in flight %12.0f requests/s %8.3f us each, of which the "
           "responder %.3f; %.4f allocations each\n", flight,
           (double)n / all, all / (double)n * 1e6, rest / (double)n * 1e6,
           (double)(allocations - before) / (double)n);
}

int
main(int argc, char **argv)
{
    static responder r;
    surreal_transport transport;
    surreal_options opt;
    surreal *db = NULL;
    long n = argc > 1 ? strtol(argv[1], NULL, 10) : 2000000;

    transport.open = mem_open;
    transport.user = &r;
    memset(&opt, 0, sizeof opt);
    opt.transport = &transport;
    opt.allocator.resize = count_resize;
    if (surreal_open("ws://memory", &opt, &db)) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
        return 1;
    }
    measure(db, &r, n, 1);
    measure(db, &r, n, 16);
    measure(db, &r, n, 256);
    surreal_close(db);
    free(r.down);
    return 0;
}
