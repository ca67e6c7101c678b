/* Servers that come and go, for the tests of reconnecting.
 *
 * Every attempt to connect makes a new scripted server (script.h); the test
 * says by its number what becomes of it: refused, silent, dying after n bytes,
 * or answering. Time is the test's own: it stands still while there is
 * anything to do, and a wait jumps to its end, so that a minute of waiting
 * costs nothing and every wait is known to the millisecond.
 *
 *   redial r;
 *   redial_init(&r);
 *   r.prepare = my_prepare;          what the n-th connection is like
 *   db = redial_open(&r, "ws://a,ws://b");
 *   ...
 *   redial_end(&r, db);              closes; nothing may be held
 *
 * Include it instead of surreal.h, with SURREAL_IMPLEMENTATION defined. */
#ifndef COMEBACK_H
#define COMEBACK_H
#define _POSIX_C_SOURCE 200809L
#include <stddef.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

static int redial_poll(struct pollfd *fds, nfds_t count, int timeout);
static int redial_clock(clockid_t id, struct timespec *now);

/* The library's clock and its only wait. */
#define poll(fds, count, timeout) redial_poll(fds, count, timeout)
#define clock_gettime(id, now) redial_clock(id, now)
#include "surreal.h"
#include "tests/fault/script.h"
#undef poll
#undef clock_gettime

#define REDIAL_MAX 512 /* connections of one test */

typedef struct redial redial;
typedef void redial_prepare(redial *r, script *s, int number);

typedef struct redial_server {
    script s; /* first: the stream functions of script.h take it */
    redial *r;
    int number;
    script_answer_fn *answer; /* behind the log's */
    surreal_status refuse;    /* connecting fails with this, at once ... */
    bool refuse_late;         /* ... or when asked for it */
    int64_t asked_ms;         /* when it was dialled */
    char host[64];
} redial_server;

struct redial {
    surreal_options options;
    surreal_transport transport;
    test_heap heap;
    redial_prepare *prepare;
    void *user;
    redial_server *servers[REDIAL_MAX];
    int count;
    char log[8192];           /* what was asked and told, in order */
    size_t log_len;
    bool log_off;
    void (*at)(redial *r);    /* called once when time passes at_ms */
    int64_t at_ms;            /* 0: never */
    void (*changed)(redial *r, surreal *db, surreal_change change);
    int changes[SURREAL_CHANGE_EXPIRED + 1];
    surreal_error lost;       /* of the last change that had one */
};

static redial *redial_now_of;   /* whose servers poll looks at */
static int64_t redial_ms = 1000; /* the time */
static bool redial_is_real;      /* tests of real sockets: a real clock */
static int redial_spins;

/* A server whose tokens are worth nothing later. */
static inline void
redial_answer_tokenless(script *s, const script_request *rq)
{
    if (script_is(rq, "authenticate")) {
        script_error(s, rq->id, -32002, "NotAllowed/Auth/InvalidAuth",
                     "There was a problem with authentication");
    } else if (script_is(rq, "attach") || script_is(rq, "detach")) {
        script_result_none(s, rq->id);
    } else {
        script_answer(s, rq);
    }
}

static inline void
redial_prepare_tokenless(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = redial_answer_tokenless;
}

static inline redial_server *
redial_last(const redial *r)
{
    return r->count ? r->servers[r->count - 1] : NULL;
}

/* Append to the log: words with a space behind each. */
static inline void
redial_log(redial *r, const char *word)
{
    size_t left = sizeof r->log - r->log_len;
    int n;

    if (r->log_off) return;
    n = snprintf(r->log + r->log_len, left, "%s ", word);
    if (n > 0 && (size_t)n < left) r->log_len += (size_t)n;
}

/* ---- time ---------------------------------------------------------------- */

static int
redial_clock(clockid_t id, struct timespec *now)
{
    if (redial_is_real) return clock_gettime(id, now);
    now->tv_sec = (time_t)(redial_ms / 1000);
    now->tv_nsec = (long)(redial_ms % 1000) * 1000000;
    return 0;
}

/* Move on to a time, calling what is due on the way. */
static inline void
redial_sleep_to(int64_t ms)
{
    redial *r = redial_now_of;

    while (r && r->at_ms && r->at_ms <= ms && r->at) {
        redial_ms = r->at_ms > redial_ms ? r->at_ms : redial_ms;
        r->at_ms = 0;
        r->at(r);
        if (redial_ms >= ms) return;
    }
    if (ms > redial_ms) redial_ms = ms;
}

static inline bool
redial_is_ready(const script *s, short wants)
{
    if ((wants & POLLIN) &&
        (s->down_at < s->down.len ||
         (s->read_fail && s->down_at >= s->read_fail_at))) {
        /* What lies behind the point of failure is never given. */
        if (!s->read_fail || s->down_at <= s->read_fail_at) return true;
    }
    if (!(wants & POLLOUT)) return false;
    return !s->connect_blocks || s->connect_blocks > 0
               ? s->connect_blocks > 0 ||
                     (!s->write_blocked && s->write_budget)
               : false;
}

static int
redial_poll(struct pollfd *fds, nfds_t count, int timeout)
{
    const redial_server *server =
        redial_now_of ? redial_last(redial_now_of) : NULL;
    bool has_stream = server && !server->s.is_closed;
    nfds_t i;

    if (redial_is_real) return poll(fds, count, timeout);
    for (i = 0; i < count; i++) {
        if (fds[i].fd == script_fd(NULL)) {
            if (has_stream && redial_is_ready(&server->s, fds[i].events)) {
                return 1;
            }
        } else if (poll(&fds[i], 1, 0) > 0) {
            return 1;
        }
    }
    if (!timeout && ++redial_spins > 100000) {
        printf("%s\nthe client spins\n", redial_now_of->log);
        abort();
    }
    if (timeout) redial_spins = 0;
    if (timeout < 0) {
        const redial *r = redial_now_of;

        if (!r || !r->at_ms) {
            printf("the client would wait for ever\n");
            abort();
        }
        redial_sleep_to(r->at_ms);
        return 0;
    }
    /* An event on the way ends the wait. */
    if (redial_now_of && redial_now_of->at_ms &&
        redial_now_of->at_ms < redial_ms + timeout) {
        redial_sleep_to(redial_now_of->at_ms);
    } else {
        redial_sleep_to(redial_ms + timeout);
    }
    return 0;
}

/* ---- streams ------------------------------------------------------------- */

static inline surreal_status
redial_connect(void *user, surreal_error *err)
{
    redial_server *server = (redial_server *)user;

    if (server->refuse) {
        return surreal_fail_with(err, server->refuse, "connect: refused");
    }
    return script_connect(&server->s, err);
}

static inline void
redial_answer(script *s, const script_request *rq)
{
    redial_server *server = (redial_server *)(void *)s;
    char word[64];

    snprintf(word, sizeof word, "%.*s", (int)rq->method.len, rq->method.ptr);
    redial_log(server->r, word);
    if (server->answer == script_answer &&
        (script_is(rq, "let") || script_is(rq, "attach") ||
         script_is(rq, "detach") || script_is(rq, "cancel"))) {
        script_result_none(s, rq->id);
    } else {
        server->answer(s, rq);
    }
}

static inline surreal_status
redial_dial(void *user, const char *host, uint16_t port, bool is_secure,
            surreal_stream *out, surreal_error *err)
{
    redial *r = (redial *)user;
    redial_server *server;

    (void)port;
    (void)is_secure;
    if (r->count == REDIAL_MAX) {
        printf("too many connections\n");
        abort();
    }
    SCRIPT_MUST(!r->count || redial_last(r)->s.is_closed ||
                redial_last(r)->s.is_taken == false);
    server = (redial_server *)calloc(1, sizeof *server);
    if (!server) abort();
    r->servers[r->count] = server;
    script_init(&server->s);
    server->r = r;
    server->number = r->count++;
    server->asked_ms = srl_os_now_ms();
    snprintf(server->host, sizeof server->host, "%s", host);
    if (r->prepare) r->prepare(r, &server->s, server->number);
    server->answer = server->s.answer;
    server->s.answer = redial_answer;
    redial_log(r, host);
    if (server->refuse && !server->refuse_late) {
        return surreal_fail_with(err, server->refuse, "open: refused");
    }
    memset(out, 0, sizeof *out);
    out->read = script_read;
    out->write = script_write;
    out->connect = redial_connect;
    out->fd = script_fd;
    out->close = script_closed;
    out->user = server;
    server->s.is_taken = true;
    return SURREAL_OK;
}

static inline redial_server *
redial_of(script *s)
{
    return (redial_server *)(void *)s;
}

static inline void
redial_refuse(script *s, surreal_status status, bool late)
{
    redial_of(s)->refuse = status;
    redial_of(s)->refuse_late = late;
}

/* The server ends the stream after what it has sent so far. */
static inline void
redial_drop(script *s)
{
    s->read_fail_at = s->down.len;
    s->read_fail = SURREAL_ERR_CLOSED;
    s->mute = true;
}

/* ---- a test's frame ------------------------------------------------------ */

static inline void
redial_change(void *user, surreal *db, surreal_change change,
              const surreal_error *err)
{
    static const char *const words[] = {
        "", "CONNECTING", "OPEN", "LOST", "RETRY", "FAILED", "SIGNED_IN",
        "RENEWED", "EXPIRED"};
    redial *r = (redial *)user;
    bool has_error = change == SURREAL_CHANGE_LOST ||
                     change == SURREAL_CHANGE_RETRY ||
                     change == SURREAL_CHANGE_FAILED ||
                     change == SURREAL_CHANGE_EXPIRED;

    CHECK((err != NULL) == has_error);
    CHECK(db != NULL);
    if (err) r->lost = *err;
    r->changes[change]++;
    redial_log(r, words[change]);
    if (r->changed) r->changed(r, db, change);
}

static inline void
redial_init(redial *r)
{
    memset(r, 0, sizeof *r);
    r->options.ns = "test";
    r->options.db = "main";
    r->options.user = "root";
    r->options.pass = "correct horse battery";
    r->options.allocator.resize = test_resize;
    r->options.allocator.user = &r->heap;
    r->options.on_change = redial_change;
    r->options.change_user = r;
    r->options.reconnect.jitter = -1;
    r->transport.open = redial_dial;
    r->transport.user = r;
    r->options.transport = &r->transport;
    redial_now_of = r;
    redial_spins = 0;
}

static inline surreal *
redial_open(redial *r, const char *url)
{
    surreal *db = NULL;

    surreal_open(url, &r->options, &db);
    return db;
}

/* Drive it for so many milliseconds, as an event loop would. */
static inline void
redial_run(surreal *db, int64_t ms)
{
    int64_t end = redial_ms + ms;
    int turns = 0;

    while (redial_ms < end && turns++ < 1000000) {
        struct pollfd p;
        int timeout = surreal_deadline_ms(db);

        p.fd = surreal_fd(db);
        p.events = surreal_wants(db);
        p.revents = 0;
        if (timeout < 0 || timeout > end - redial_ms) {
            timeout = (int)(end - redial_ms);
        }
        redial_poll(&p, 1, timeout);
        surreal_step(db);
    }
}

/* Drive it until it is open or failed. */
static inline void
redial_settle(surreal *db)
{
    int turns = 0;

    surreal_step(db);
    while (surreal_get_state(db) != SURREAL_OPEN &&
           surreal_get_state(db) != SURREAL_FAILED && turns++ < 100000) {
        redial_run(db, 1);
    }
}

/* The servers' memory; every stream that was opened was closed. */
static inline void
redial_free(redial *r)
{
    int i;

    for (i = 0; i < r->count; i++) {
        script *s = &r->servers[i]->s;

        CHECK_INT(s->is_closed, s->is_taken);
        CHECK(s->closes <= 1);
        srl_buf_free(&s->down);
        srl_buf_free(&s->up);
        srl_buf_free(&s->body);
        free(r->servers[i]);
    }
    r->count = 0;
    redial_now_of = NULL;
}

static inline void
redial_end(redial *r, surreal *db)
{
    surreal_close(db);
    redial_free(r);
    CHECK_INT(r->heap.held, 0);
}

/* Queries the servers of this test were asked, all together. */
static inline int
redial_queries(const redial *r)
{
    int queries = 0;
    int i;

    for (i = 0; i < r->count; i++) queries += r->servers[i]->s.queries;
    return queries;
}

#endif
