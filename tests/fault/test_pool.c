/* cc -I. -o build/fault/test_pool tests/fault/test_pool.c -lm -lpthread
 *
 * The pool against a server on the loopback that runs in a thread of this
 * program: it speaks for as many connections as come, and does what a test or
 * a query's text says. POOL_SECONDS is how long the threads hammer. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

#include <arpa/inet.h>

/* ---- the server ---------------------------------------------------------- */

#define SERVER_CONNS 64

typedef struct server server;

typedef struct server_conn {
    server *of;
    int fd;
    bool drop; /* end it, now */
    script s;
} server_conn;

struct server {
    pthread_t thread;
    int listening;
    int wake[2];
    char url[64];

    srl_mutex lock; /* guards what follows, up to the next gap */
    bool refuse_signin;
    bool no_pings;     /* pings are not answered */
    bool kill_all;     /* end all connections ... */
    bool is_deaf;      /* ... and take no more, */
    int deafened;      /* which is so now */
    bool quit;
    int gate;          /* queries "gate" wait until so many are there */
    int accepted;
    int pings;
    int alive;
    int drops;

    server_conn *conns[SERVER_CONNS]; /* the thread's own */
    script *held[SERVER_CONNS];
    uint64_t held_id[SERVER_CONNS];
    int held_count;
};

static bool
server_flag(server *sv, const bool *flag)
{
    bool is_set;

    srl_mutex_lock(&sv->lock);
    is_set = *flag;
    srl_mutex_unlock(&sv->lock);
    return is_set;
}

static int
server_count(server *sv, const int *counter)
{
    int n;

    srl_mutex_lock(&sv->lock);
    n = *counter;
    srl_mutex_unlock(&sv->lock);
    return n;
}

static void
server_add(server *sv, int *counter)
{
    srl_mutex_lock(&sv->lock);
    (*counter)++;
    srl_mutex_unlock(&sv->lock);
}

static void
server_poke(server *sv)
{
    if (write(sv->wake[1], "", 1) != 1) abort();
}

static void
server_set(server *sv, bool *flag, bool value)
{
    srl_mutex_lock(&sv->lock);
    *flag = value;
    srl_mutex_unlock(&sv->lock);
    server_poke(sv);
}

/* Answer "gate" queries once enough of them wait. */
static void
server_hold(server *sv, script *s, uint64_t id)
{
    static const script_row row = {NULL, NULL, 7};
    int i;

    sv->held[sv->held_count] = s;
    sv->held_id[sv->held_count++] = id;
    if (sv->held_count < server_count(sv, &sv->gate)) return;
    for (i = 0; i < sv->held_count; i++) {
        script_rows(sv->held[i], sv->held_id[i], &row, 1);
    }
    sv->held_count = 0;
}

static void
server_answer(script *s, const script_request *rq)
{
    server_conn *conn = (server_conn *)s->user;
    server *sv = conn->of;
    surreal_str text = script_param_text(rq, 0);

    if (script_is(rq, "signin") && server_flag(sv, &sv->refuse_signin)) {
        script_error(s, rq->id, -32000, "NotAllowed/Auth/InvalidAuth",
                     "There was a problem with authentication");
        return;
    }
    if (script_is(rq, "ping")) {
        server_add(sv, &sv->pings);
        if (server_flag(sv, &sv->no_pings)) return;
    }
    if (script_is(rq, "query")) {
        if (surreal_str_eq(text, surreal_text("hang"))) return;
        if (surreal_str_eq(text, surreal_text("drop"))) {
            server_add(sv, &sv->drops);
            conn->drop = true;
            return;
        }
        if (surreal_str_eq(text, surreal_text("gate"))) {
            server_hold(sv, s, rq->id);
            return;
        }
        if (surreal_str_eq(text, surreal_text("fail"))) {
            static const script_row bad = {"An error occurred: no", NULL, 0};

            script_rows(s, rq->id, &bad, 1);
            return;
        }
    }
    script_answer(s, rq);
}

static void
server_accept(server *sv)
{
    int fd = accept(sv->listening, NULL, NULL);
    server_conn *conn;
    int i = 0;

    if (fd < 0) return;
    while (i < SERVER_CONNS && sv->conns[i]) i++;
    conn = (server_conn *)calloc(1, sizeof *conn);
    if (!conn || i == SERVER_CONNS) abort();
    script_init(&conn->s);
    conn->s.answer = server_answer;
    conn->s.user = conn;
    conn->of = sv;
    conn->fd = fd;
    sv->conns[i] = conn;
    server_add(sv, &sv->accepted);
    srl_mutex_lock(&sv->lock);
    sv->alive++;
    srl_mutex_unlock(&sv->lock);
}

static void
server_end(server *sv, int i)
{
    server_conn *conn = sv->conns[i];
    int k;

    sv->conns[i] = NULL;
    for (k = 0; k < sv->held_count; k++) {
        if (sv->held[k] == &conn->s) {
            sv->held_count--;
            sv->held[k] = sv->held[sv->held_count];
            sv->held_id[k] = sv->held_id[sv->held_count];
            k--;
        }
    }
    close(conn->fd);
    srl_buf_free(&conn->s.down);
    srl_buf_free(&conn->s.up);
    srl_buf_free(&conn->s.body);
    free(conn);
    srl_mutex_lock(&sv->lock);
    sv->alive--;
    srl_mutex_unlock(&sv->lock);
}

/* What came in on one connection. */
static void
server_take(server_conn *conn)
{
    uint8_t in[4096];
    ssize_t got = recv(conn->fd, in, sizeof in, MSG_DONTWAIT);

    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        conn->drop = true;
        return;
    }
    srl_buf_put(&conn->s.up, in, (size_t)got);
    script_serve(&conn->s);
}

static void
server_flush(server_conn *conn)
{
    script *s = &conn->s;

    while (s->down_at < s->down.len && !conn->drop) {
        ssize_t put = send(conn->fd, s->down.data + s->down_at,
                           s->down.len - s->down_at, MSG_NOSIGNAL);

        if (put <= 0) conn->drop = true;
        if (put > 0) s->down_at += (size_t)put;
    }
    s->down.len = s->down_at = 0;
}

static void *
server_run(void *user)
{
    server *sv = (server *)user;
    struct pollfd set[SERVER_CONNS + 2];
    char poke[64];
    int i;

    while (!server_flag(sv, &sv->quit)) {
        bool kill_all = server_flag(sv, &sv->kill_all);
        bool is_deaf = server_flag(sv, &sv->is_deaf);

        if (is_deaf && sv->listening >= 0) {
            close(sv->listening);
            sv->listening = -1;
            server_add(sv, &sv->deafened);
        }
        for (i = 0; i < SERVER_CONNS; i++) {
            if (sv->conns[i] && kill_all) server_end(sv, i);
            set[i].fd = sv->conns[i] ? sv->conns[i]->fd : -1;
            set[i].events = POLLIN;
        }
        if (kill_all) {
            srl_mutex_lock(&sv->lock);
            sv->kill_all = false;
            srl_mutex_unlock(&sv->lock);
        }
        set[i].fd = sv->wake[0];
        set[i].events = POLLIN;
        set[i + 1].fd = sv->listening;
        set[i + 1].events = POLLIN;
        srl_sock_wait_any(set, SERVER_CONNS + 2, -1);
        if (set[i].revents && read(sv->wake[0], poke, sizeof poke) < 0) break;
        if (set[i + 1].revents) server_accept(sv);
        for (i = 0; i < SERVER_CONNS; i++) {
            if (sv->conns[i] && set[i].revents) server_take(sv->conns[i]);
        }
        for (i = 0; i < SERVER_CONNS; i++) {
            if (!sv->conns[i]) continue;
            server_flush(sv->conns[i]);
            if (sv->conns[i]->drop) server_end(sv, i);
        }
    }
    for (i = 0; i < SERVER_CONNS; i++) {
        if (sv->conns[i]) server_end(sv, i);
    }
    return NULL;
}

static void
server_start(server *sv)
{
    struct sockaddr_in at;
    socklen_t len = sizeof at;

    memset(sv, 0, sizeof *sv);
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sv->listening = socket(AF_INET, SOCK_STREAM, 0);
    if (sv->listening < 0 || !srl_mutex_init(&sv->lock) ||
        bind(sv->listening, (struct sockaddr *)&at, len) ||
        listen(sv->listening, SERVER_CONNS) ||
        getsockname(sv->listening, (struct sockaddr *)&at, &len) ||
        pipe(sv->wake) ||
        pthread_create(&sv->thread, NULL, server_run, sv)) {
        abort();
    }
    snprintf(sv->url, sizeof sv->url, "ws://127.0.0.1:%u",
             (unsigned)ntohs(at.sin_port));
}

static void
server_stop(server *sv)
{
    server_set(sv, &sv->quit, true);
    pthread_join(sv->thread, NULL);
    if (sv->listening >= 0) close(sv->listening);
    close(sv->wake[0]);
    close(sv->wake[1]);
    srl_mutex_free(&sv->lock);
}

/* ---- a test's frame ------------------------------------------------------ */

/* test_resize for many threads, where one call fails or all from it on. */
typedef struct safe_heap {
    srl_mutex lock;
    test_heap heap;
    size_t at;
    bool from_on;
    const char *secret; /* must not be in a block that is given back */
    int leaks;
} safe_heap;

static bool
block_holds(const void *block, size_t len, const char *text)
{
    const char *at = (const char *)block;
    size_t n = strlen(text);

    for (; len >= n; at++, len--) {
        if (*at == *text && !memcmp(at, text, n)) return true;
    }
    return false;
}

static void *
safe_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    safe_heap *h = (safe_heap *)user;
    void *moved = NULL;
    bool fails;

    srl_mutex_lock(&h->lock);
    fails = new_len && h->at && (h->heap.calls + 1 == h->at ||
                                 (h->from_on && h->heap.calls >= h->at));
    if (!new_len && h->secret && block_holds(block, old_len, h->secret)) {
        h->leaks++;
    }
    if (fails) {
        h->heap.calls++;
    } else {
        moved = test_resize(&h->heap, block, old_len, new_len);
    }
    srl_mutex_unlock(&h->lock);
    return moved;
}

/* A server, and a pool of its connections. */
typedef struct bed {
    server sv;
    safe_heap heap;
    surreal_options options;
    surreal_pool_options po;
    surreal_pool *pool;
    surreal_error err;
} bed;

static void
bed_init(bed *b, int size)
{
    memset(b, 0, sizeof *b);
    if (!srl_mutex_init(&b->heap.lock)) abort();
    server_start(&b->sv);
    b->options.ns = "test";
    b->options.db = "main";
    b->options.user = "root";
    b->options.pass = "correct horse battery";
    b->options.reconnect.attempts = -1;
    b->options.connect_ms = 10000;
    b->options.timeout_ms = 10000;
    b->options.allocator.resize = safe_resize;
    b->options.allocator.user = &b->heap;
    b->po.size = size;
}

static surreal_status
bed_open(bed *b)
{
    return surreal_pool_open(b->sv.url, &b->options, &b->po, &b->pool,
                             &b->err);
}

/* A bed with an open pool. */
static void
bed_make(bed *b, int size)
{
    bed_init(b, size);
    if (bed_open(b)) TEST_FAIL("open: %s", b->err.message);
}

/* Everything must be back: close waits for nothing. */
static void
bed_end(bed *b)
{
    CHECK_STATUS(surreal_pool_close(b->pool, 0), SURREAL_OK);
    CHECK_INT(b->heap.heap.held, 0);
    server_stop(&b->sv);
    srl_mutex_free(&b->heap.lock);
}

static surreal *
bed_get(bed *b, int timeout_ms)
{
    surreal *db = NULL;

    if (surreal_pool_get(b->pool, timeout_ms, &db, &b->err)) {
        TEST_FAIL("get: %s", b->err.message);
    }
    return db;
}

/* The server answers on it. */
static bool
works(surreal *db, int64_t n)
{
    surreal_result *r = NULL;
    int64_t got = -1;

    if (!surreal_query(db, "RETURN $n", SURREAL_VARS(surreal_bind_int("n", n)),
                       &r)) {
        surreal_get_int(surreal_field(surreal_statement_value(r, 0), "n"),
                        &got);
    }
    surreal_result_free(r);
    return got == n;
}

static void
nap(int ms)
{
    srl_sock_wait(-1, 0, -1, ms);
}

#define UNTIL(condition)                                        \
    do {                                                        \
        int until_ = 0;                                         \
        while (!(condition) && until_++ < 5000) nap(1);         \
        CHECK(condition);                                       \
    } while (0)

static size_t
waiting(bed *b)
{
    return surreal_pool_get_stats(b->pool).waiting;
}

static void
check_stats(bed *b, size_t idle, size_t borrowed)
{
    surreal_pool_stats s = surreal_pool_get_stats(b->pool);

    CHECK_INT(s.size, b->po.size ? b->po.size : 10);
    CHECK_INT(s.idle, idle);
    CHECK_INT(s.borrowed, borrowed);
    CHECK_INT(s.open, idle + borrowed);
    CHECK_INT(s.waiting, 0);
}

/* ---- opening ------------------------------------------------------------- */

TEST(test_pool_opens_connections_when_they_are_needed)
{
    bed b;
    surreal *db[3];
    int i;

    bed_make(&b, 3);
    check_stats(&b, 1, 0);
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 1);
    for (i = 0; i < 3; i++) {
        db[i] = bed_get(&b, 0);
        NEED(db[i]);
        CHECK(works(db[i], i));
        check_stats(&b, 0, (size_t)i + 1);
    }
    CHECK(db[0] != db[1] && db[1] != db[2] && db[0] != db[2]);
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 3);
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(surreal_pool_put(b.pool, db[i]), SURREAL_OK);
    }
    check_stats(&b, 3, 0);
    CHECK(bed_get(&b, 0) == db[2] /* last used first */);
    CHECK_STATUS(surreal_pool_put(b.pool, db[2]), SURREAL_OK);
    bed_end(&b);
}

TEST(test_pool_opens_as_many_as_asked_at_once)
{
    bed b;

    bed_init(&b, 0);
    b.po.min_open = 4;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    check_stats(&b, 4, 0);
    bed_end(&b);
    bed_init(&b, 2);
    b.po.min_open = -1;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    check_stats(&b, 0, 0);
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 0);
    bed_end(&b);
}

TEST(test_pool_open_reports_credentials)
{
    bed b;

    bed_init(&b, 2);
    b.sv.refuse_signin = true;
    CHECK_STATUS(bed_open(&b), SURREAL_ERR_AUTH);
    CHECK(!b.pool);
    CHECK_INT(b.err.status, SURREAL_ERR_AUTH);
    CHECK_SAYS(&b.err, "authentication");
    bed_end(&b);
}

TEST(test_pool_options_are_checked_by_name)
{
    bed b;

    bed_init(&b, 1001);
    CHECK_STATUS(bed_open(&b), SURREAL_ERR_RANGE);
    CHECK_SAYS(&b.err, "pool option size is 1001");
    b.po.size = -1;
    CHECK_STATUS(bed_open(&b), SURREAL_ERR_RANGE);
    CHECK_SAYS(&b.err, "size is -1");
    b.po.size = 3;
    b.po.min_open = 4;
    CHECK_STATUS(bed_open(&b), SURREAL_ERR_RANGE);
    CHECK_SAYS(&b.err, "min_open is 4");
    b.po.size = 0;
    b.po.min_open = 11;
    CHECK_STATUS(bed_open(&b), SURREAL_ERR_RANGE);
    CHECK_STATUS(surreal_pool_open(NULL, NULL, NULL, &b.pool, &b.err),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_pool_open("x", NULL, NULL, NULL, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_pool_open("no url", NULL, NULL, &b.pool, &b.err),
                 SURREAL_ERR_SYNTAX);
    CHECK(!b.pool);
    bed_end(&b);
}

/* The text may go once the pool is open, and connections still sign in. A new
 * text among the options must be copied by srl_pool_options_take: teach it,
 * then this test. */
TEST(test_pool_keeps_its_own_copy_of_every_text)
{
    bed b;
    surreal *db[2];
    char text[7][64];
    int i;

    bed_init(&b, 2);
    snprintf(text[0], 64, "%s", b.sv.url);
    for (i = 1; i < 7; i++) snprintf(text[i], 64, "text%d", i);
    b.options.ns = text[1];
    b.options.db = text[2];
    b.options.user = text[3];
    b.options.pass = text[4];
    b.options.auth_ns = text[5];
    b.options.auth_db = text[6];
    CHECK_STATUS(surreal_pool_open(text[0], &b.options, &b.po, &b.pool,
                                   &b.err), SURREAL_OK);
    memset(text, '!', sizeof text);
    db[0] = bed_get(&b, 0);
    db[1] = bed_get(&b, 0);
    CHECK(works(db[0], 1) && works(db[1], 2));
    CHECK(surreal_str_eq(surreal_ns(db[1]), SURREAL_LIT("text1")));
    CHECK(surreal_str_eq(surreal_db(db[1]), SURREAL_LIT("text2")));
    CHECK(block_holds(b.pool->pattern->session->credentials.data,
                      b.pool->pattern->session->credentials.len, "text6"));
    surreal_pool_put(b.pool, db[0]);
    surreal_pool_put(b.pool, db[1]);
    bed_end(&b);
}

/* The next borrower must not be whom the last one became, nor see what he
 * set. */
TEST(test_trap_t19_a_changed_session_goes_to_nobody)
{
    bed b;
    surreal *db;
    surreal *again;
    int step;

    bed_init(&b, 1);
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    for (step = 0; step < 3; step++) {
        db = bed_get(&b, 0);
        if (step == 1) CHECK_STATUS(surreal_use(db, "x", NULL), SURREAL_OK);
        if (step == 2) {
            CHECK_STATUS(test_signin(db, NULL, NULL, "u", "p"), SURREAL_OK);
        }
        surreal_pool_put(b.pool, db);
        check_stats(&b, step ? 0 : 1, 0);
        again = bed_get(&b, 0);
        CHECK(surreal_str_eq(surreal_ns(again), SURREAL_LIT("test")));
        surreal_pool_put(b.pool, again);
    }
    bed_end(&b);
}

TEST(test_pool_wipes_the_password)
{
    bed b;
    surreal *db;

    bed_init(&b, 2);
    b.heap.secret = b.options.pass;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    CHECK(block_holds(b.pool->pattern->session->credentials.data,
                      b.pool->pattern->session->credentials.len,
                      b.options.pass));
    db = bed_get(&b, 0);
    surreal_pool_put(b.pool, bed_get(&b, 0));
    CHECK_STATUS(surreal_pool_close(b.pool, 0), SURREAL_ERR_TIMEOUT);
    surreal_pool_put(b.pool, db);
    b.pool = NULL;
    server_set(&b.sv, &b.sv.refuse_signin, true);
    CHECK_STATUS(bed_open(&b), SURREAL_ERR_AUTH);
    CHECK(!block_holds(&b.err, sizeof b.err, b.options.pass));
    CHECK_INT(b.heap.leaks, 0);
    bed_end(&b);
}

/* ---- get ----------------------------------------------------------------- */

TEST(test_get_waits_until_its_deadline)
{
    bed b;
    surreal *db;
    surreal *other = NULL;
    int64_t start;

    bed_init(&b, 1);
    b.po.get_ms = 40;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    db = bed_get(&b, 0);
    start = srl_os_now_ms();
    CHECK_STATUS(surreal_pool_get(b.pool, 60, &other, &b.err),
                 SURREAL_ERR_TIMEOUT);
    CHECK(srl_os_now_ms() - start >= 60);
    CHECK(srl_os_now_ms() - start < 5000);
    CHECK(!other);
    CHECK_SAYS(&b.err, "within 60 ms: all 1 of the pool are in use");
    CHECK_STATUS(surreal_pool_get(b.pool, 0, &other, &b.err),
                 SURREAL_ERR_TIMEOUT);
    CHECK_SAYS(&b.err, "within 40 ms");
    CHECK_STATUS(surreal_pool_get(b.pool, 1, &other, NULL),
                 SURREAL_ERR_TIMEOUT);
    check_stats(&b, 0, 1);
    surreal_pool_put(b.pool, db);
    check_stats(&b, 1, 0);
    CHECK_STATUS(surreal_pool_get(NULL, 0, &db, &b.err), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_pool_get(b.pool, 0, NULL, &b.err),
                 SURREAL_ERR_USAGE);
    bed_end(&b);
}

/* The deadline holds for connecting too: this listener never answers. */
TEST(test_get_deadline_covers_connecting)
{
    bed b;
    surreal *db = NULL;
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char url[64];
    int64_t start;

    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    NEED(!bind(fd, (struct sockaddr *)&at, len) && !listen(fd, 4));
    NEED(!getsockname(fd, (struct sockaddr *)&at, &len));
    bed_init(&b, 1);
    snprintf(url, sizeof url, "ws://127.0.0.1:%u",
             (unsigned)ntohs(at.sin_port));
    b.po.min_open = -1;
    CHECK_STATUS(surreal_pool_open(url, &b.options, &b.po, &b.pool, &b.err),
                 SURREAL_OK);
    start = srl_os_now_ms();
    CHECK_STATUS(surreal_pool_get(b.pool, 50, &db, &b.err),
                 SURREAL_ERR_TIMEOUT);
    CHECK(srl_os_now_ms() - start < 5000);
    CHECK_SAYS(&b.err, "upgrade");
    check_stats(&b, 0, 0);
    close(fd);
    bed_end(&b);
}

#define FAIR 5

typedef struct fair {
    bed *b;
    int me;
    int *order;
    int *count;
} fair;

/* Only who has the one connection touches order and count. */
static void *
fair_run(void *user)
{
    fair *f = (fair *)user;
    surreal *db = bed_get(f->b, -1);

    f->order[(*f->count)++] = f->me;
    surreal_pool_put(f->b->pool, db);
    return NULL;
}

TEST(test_waiters_are_served_in_the_order_they_came)
{
    bed b;
    surreal *db;
    surreal *late = NULL;
    pthread_t thread[FAIR];
    fair f[FAIR];
    int order[FAIR];
    int count = 0;
    int i;

    bed_make(&b, 1);
    db = bed_get(&b, 0);
    for (i = 0; i < FAIR; i++) {
        f[i].b = &b;
        f[i].me = i;
        f[i].order = order;
        f[i].count = &count;
        NEED(!pthread_create(&thread[i], NULL, fair_run, &f[i]));
        UNTIL(waiting(&b) == (size_t)i + 1);
    }
    /* One that gives up leaves the line as it was. */
    CHECK_STATUS(surreal_pool_get(b.pool, 5, &late, NULL),
                 SURREAL_ERR_TIMEOUT);
    CHECK_INT(waiting(&b), FAIR);
    surreal_pool_put(b.pool, db);
    for (i = 0; i < FAIR; i++) {
        pthread_join(thread[i], NULL);
    }
    CHECK_INT(count, FAIR);
    for (i = 0; i < FAIR; i++) {
        CHECK_INT(order[i], i);
    }
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 1);
    bed_end(&b);
}

/* ---- health -------------------------------------------------------------- */

TEST(test_a_dead_connection_is_replaced_on_get)
{
    bed b;
    surreal *db;
    int i;

    bed_make(&b, 2);
    for (i = 0; i < 3; i++) {
        server_set(&b.sv, &b.sv.kill_all, true);
        UNTIL(server_count(&b.sv, &b.sv.alive) == 0);
        db = bed_get(&b, 0);
        NEED(db);
        CHECK(works(db, i));
        surreal_pool_put(b.pool, db);
        CHECK_INT(server_count(&b.sv, &b.sv.accepted), i + 2);
        check_stats(&b, 1, 0);
    }
    bed_end(&b);
}

TEST(test_a_connection_that_was_idle_is_asked)
{
    bed b;
    surreal *db;

    bed_init(&b, 1);
    b.po.idle_ms = 20;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    db = bed_get(&b, 0);
    surreal_pool_put(b.pool, db);
    CHECK(bed_get(&b, 0) == db);
    surreal_pool_put(b.pool, db);
    CHECK(server_count(&b.sv, &b.sv.pings) <= 1 /* a slow machine: one */);
    nap(40);
    CHECK(bed_get(&b, 0) == db);
    CHECK(server_count(&b.sv, &b.sv.pings) >= 1);
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 1);
    surreal_pool_put(b.pool, db);

    /* A server that is there but does not answer. */
    server_set(&b.sv, &b.sv.no_pings, true);
    nap(40);
    db = bed_get(&b, 400);
    CHECK(works(db, 5));
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 2);
    surreal_pool_put(b.pool, db);
    bed_end(&b);
}

TEST(test_idle_connections_are_not_asked_if_told_so)
{
    bed b;
    surreal *db;

    bed_init(&b, 1);
    b.po.idle_ms = -1;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    nap(10);
    db = bed_get(&b, 0);
    surreal_pool_put(b.pool, db);
    CHECK_INT(server_count(&b.sv, &b.sv.pings), 0);
    bed_end(&b);
}

TEST(test_a_redial_that_fails_gives_the_slot_back)
{
    bed b;
    surreal *db = NULL;
    int i;

    bed_make(&b, 1);
    server_set(&b.sv, &b.sv.is_deaf, true);
    server_set(&b.sv, &b.sv.kill_all, true);
    UNTIL(server_count(&b.sv, &b.sv.alive) == 0);
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(surreal_pool_get(b.pool, 0, &db, &b.err),
                     SURREAL_ERR_CONNECT);
        CHECK(!db);
        CHECK_INT(b.err.os_error, ECONNREFUSED);
        check_stats(&b, 0, 0);
    }
    CHECK_STATUS(surreal_pool_query(b.pool, "x", SURREAL_NO_VARS, NULL, NULL),
                 SURREAL_ERR_CONNECT);
    bed_end(&b);
}

/* A thread that waits is handed the slot of a connection that died. */
TEST(test_a_waiter_gets_a_new_connection_for_a_dead_one)
{
    bed b;
    surreal *db;
    pthread_t thread;
    fair f;
    int order[1];
    int count = 0;

    bed_make(&b, 1);
    db = bed_get(&b, 0);
    f.b = &b;
    f.me = 1;
    f.order = order;
    f.count = &count;
    NEED(!pthread_create(&thread, NULL, fair_run, &f));
    UNTIL(waiting(&b) == 1);
    CHECK_STATUS(surreal_query(db, "drop", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_CLOSED);
    surreal_pool_put(b.pool, db);
    pthread_join(thread, NULL);
    CHECK_INT(count, 1);
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 2);
    bed_end(&b);
}

/* ---- put ----------------------------------------------------------------- */

TEST(test_put_closes_what_has_requests_pending)
{
    bed b;
    surreal *db;
    script_end_of end;

    bed_make(&b, 1);
    db = bed_get(&b, 0);
    memset(&end, 0, sizeof end);
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("hang"), SURREAL_NO_VARS,
                                     script_note, &end, NULL), SURREAL_OK);
    CHECK_STATUS(surreal_pool_put(b.pool, db), SURREAL_OK);
    CHECK_INT(end.calls, 1);
    CHECK_STATUS(end.status, SURREAL_ERR_CLOSED);
    check_stats(&b, 0, 0);
    db = bed_get(&b, 0);
    CHECK(works(db, 3));
    surreal_pool_put(b.pool, db);
    bed_end(&b);
}

TEST(test_put_of_what_was_not_lent_is_refused)
{
    bed b;
    surreal *db;
    surreal *own = NULL;

    bed_make(&b, 2);
    CHECK_STATUS(surreal_pool_put(b.pool, NULL), SURREAL_OK);
    CHECK_STATUS(surreal_open(b.sv.url, &b.options, &own), SURREAL_OK);
    CHECK_STATUS(surreal_pool_put(b.pool, own), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_pool_put(NULL, own), SURREAL_ERR_USAGE);
    CHECK(works(own, 1));
    surreal_close(own);
    db = bed_get(&b, 0);
    CHECK_STATUS(surreal_pool_put(b.pool, db), SURREAL_OK);
    CHECK_STATUS(surreal_pool_put(b.pool, db), SURREAL_ERR_USAGE);
    check_stats(&b, 1, 0);
    bed_end(&b);
}

TEST(test_pool_query_borrows_and_gives_back)
{
    bed b;
    surreal_result *r = NULL;
    int64_t n = 0;

    bed_make(&b, 1);
    CHECK_STATUS(surreal_pool_query(b.pool, "RETURN $n",
                                    SURREAL_VARS(surreal_bind_int("n", 9)),
                                    &r, &b.err), SURREAL_OK);
    surreal_get_int(surreal_field(surreal_statement_value(r, 0), "n"), &n);
    CHECK_INT(n, 9);
    surreal_result_free(r);
    r = NULL;
    CHECK_STATUS(surreal_pool_query(b.pool, "fail", SURREAL_NO_VARS, &r,
                                    &b.err), SURREAL_ERR_THROWN);
    CHECK(r != NULL);
    CHECK_SAYS(&b.err, "An error occurred: no");
    surreal_result_free(r);
    check_stats(&b, 1, 0);
    CHECK_STATUS(surreal_pool_query(b.pool, "drop", SURREAL_NO_VARS, &r,
                                    NULL), SURREAL_ERR_CLOSED);
    CHECK(!r);
    check_stats(&b, 0, 0);
    CHECK_STATUS(surreal_pool_query(b.pool, "a;b", SURREAL_NO_VARS, NULL,
                                    NULL), SURREAL_OK);
    bed_end(&b);
}

/* ---- close --------------------------------------------------------------- */

typedef struct holder {
    bed *b;
    surreal *db;
    int hold_ms;
    surreal_status status;
} holder;

static void *
holder_run(void *user)
{
    holder *h = (holder *)user;

    nap(h->hold_ms);
    CHECK(works(h->db, 4));
    h->status = surreal_pool_put(h->b->pool, h->db);
    return NULL;
}

static void *
getter_run(void *user)
{
    holder *h = (holder *)user;

    h->status = surreal_pool_get(h->b->pool, -1, &h->db, NULL);
    return NULL;
}

/* After a close that left something behind. */
static void
bed_end_closed(bed *b)
{
    b->pool = NULL;
    bed_end(b);
}

TEST(test_close_waits_for_what_is_borrowed)
{
    bed b;
    holder h;
    pthread_t thread;
    int64_t start;

    bed_make(&b, 2);
    memset(&h, 0, sizeof h);
    h.b = &b;
    h.db = bed_get(&b, 0);
    h.hold_ms = 50;
    start = srl_os_now_ms();
    NEED(!pthread_create(&thread, NULL, holder_run, &h));
    CHECK_STATUS(surreal_pool_close(b.pool, 10000), SURREAL_OK);
    CHECK(srl_os_now_ms() - start < 9000);
    srl_mutex_lock(&b.heap.lock);
    CHECK_INT(b.heap.heap.held, 0 /* at once, not some time later */);
    srl_mutex_unlock(&b.heap.lock);
    pthread_join(thread, NULL);
    CHECK_STATUS(h.status, SURREAL_OK);
    bed_end_closed(&b);
}

TEST(test_close_wakes_those_who_wait)
{
    bed b;
    holder h[3];
    pthread_t thread[3];
    surreal *db;
    int i;

    bed_make(&b, 1);
    db = bed_get(&b, 0);
    for (i = 0; i < 3; i++) {
        memset(&h[i], 0, sizeof h[i]);
        h[i].b = &b;
        NEED(!pthread_create(&thread[i], NULL, getter_run, &h[i]));
    }
    UNTIL(waiting(&b) == 3);
    CHECK_STATUS(surreal_pool_close(b.pool, 20), SURREAL_ERR_TIMEOUT);
    for (i = 0; i < 3; i++) {
        pthread_join(thread[i], NULL);
        CHECK_STATUS(h[i].status, SURREAL_ERR_CLOSED);
        CHECK(!h[i].db);
    }
    /* What is still borrowed works, and goes with the pool. */
    CHECK(works(db, 8));
    CHECK_STATUS(surreal_pool_put(b.pool, db), SURREAL_OK);
    bed_end_closed(&b);
}

TEST(test_close_without_waiting_leaves_the_end_to_put)
{
    bed b;
    surreal *db[2];

    bed_make(&b, 3);
    db[0] = bed_get(&b, 0);
    db[1] = bed_get(&b, 0);
    surreal_pool_put(b.pool, bed_get(&b, 0));
    CHECK_STATUS(surreal_pool_close(b.pool, 0), SURREAL_ERR_TIMEOUT);
    UNTIL(server_count(&b.sv, &b.sv.alive) == 2);
    CHECK_STATUS(surreal_pool_put(b.pool, db[1]), SURREAL_OK);
    CHECK(works(db[0], 6));
    CHECK_STATUS(surreal_pool_put(b.pool, db[0]), SURREAL_OK);
    bed_end_closed(&b);
    CHECK_STATUS(surreal_pool_close(NULL, 0), SURREAL_OK);
}

/* ---- batches ------------------------------------------------------------- */

#define JOBS 40

typedef struct batch {
    surreal_job job[JOBS];
    surreal_bind bind[JOBS];
} batch;

/* Each gives its own number back. */
static void
batch_init(batch *t, size_t count)
{
    size_t i;

    memset(t, 0x55, sizeof *t);
    for (i = 0; i < count; i++) {
        t->bind[i] = surreal_bind_int("n", (int64_t)i);
        t->job[i].text = surreal_text("RETURN $n");
        t->job[i].vars.v = &t->bind[i];
        t->job[i].vars.count = 1;
    }
}

/* Job i ended well, with its own answer; result given back. */
static void
batch_check(batch *t, size_t i)
{
    surreal_job *job = &t->job[i];
    int64_t n = -1;

    if (job->status) TEST_FAIL("job %zu: %s", i, job->error.message);
    surreal_get_int(surreal_field(surreal_statement_value(job->result, 0),
                                  "n"), &n);
    CHECK_INT(n, i);
    surreal_result_free(job->result);
}

TEST(test_run_gives_every_job_its_own_answer)
{
    static const int parallel[] = {1, 2, 4, 0, 1000};
    size_t p;
    size_t i;

    for (p = 0; p < 5; p++) {
        bed b;
        batch t;

        bed_make(&b, 5);
        batch_init(&t, JOBS);
        CHECK_STATUS(surreal_pool_run(b.pool, t.job, JOBS, parallel[p],
                                      &b.err), SURREAL_OK);
        for (i = 0; i < JOBS; i++) batch_check(&t, i);
        CHECK_INT(b.err.status, SURREAL_OK);
        i = parallel[p] && parallel[p] < 5 ? (size_t)parallel[p] : 5;
        /* One that was quick may have done the work of those that were still
         * connecting: they are not kept. */
        CHECK(surreal_pool_get_stats(b.pool).idle >= 1);
        CHECK(surreal_pool_get_stats(b.pool).idle <= i);
        CHECK(server_count(&b.sv, &b.sv.accepted) <= (int)i);
        bed_end(&b);
    }
}

/* The server answers when four are there: fewer at a time would never end. */
TEST(test_run_keeps_every_connection_busy)
{
    bed b;
    batch t;
    size_t i;

    bed_make(&b, 4);
    b.sv.gate = 4;
    batch_init(&t, JOBS);
    for (i = 0; i < JOBS; i++) t.job[i].text = surreal_text("gate");
    CHECK_STATUS(surreal_pool_run(b.pool, t.job, JOBS, 4, NULL), SURREAL_OK);
    for (i = 0; i < JOBS; i++) {
        CHECK_STATUS(t.job[i].status, SURREAL_OK);
        surreal_result_free(t.job[i].result);
    }
    bed_end(&b);
}

TEST(test_run_goes_on_when_connections_break)
{
    bed b;
    batch t;
    size_t i;

    bed_make(&b, 3);
    batch_init(&t, JOBS);
    for (i = 0; i < JOBS; i += 4) t.job[i].text = surreal_text("drop");
    t.job[5].text = surreal_text("fail");
    t.job[6].text = surreal_text("not \xff UTF-8");
    t.job[7].text.ptr = NULL;
    CHECK_STATUS(surreal_pool_run(b.pool, t.job, JOBS, 3, &b.err),
                 SURREAL_ERR_CLOSED);
    CHECK_INT(b.err.status, SURREAL_ERR_CLOSED);
    CHECK_INT(server_count(&b.sv, &b.sv.drops), JOBS / 4);
    for (i = 0; i < JOBS; i++) {
        surreal_class kind = surreal_status_class(t.job[i].status);

        if (i % 4 == 0) {
            CHECK(kind == SURREAL_CLASS_CLOSED || kind == SURREAL_CLASS_IO);
            CHECK(t.job[i].error.status == t.job[i].status);
            CHECK(!t.job[i].result);
        } else if (i == 5) {
            CHECK_STATUS(t.job[i].status, SURREAL_ERR_THROWN);
            CHECK(t.job[i].result != NULL);
            surreal_result_free(t.job[i].result);
        } else if (i == 6) {
            CHECK_STATUS(t.job[i].status, SURREAL_ERR_UTF8);
        } else if (i == 7) {
            CHECK_STATUS(t.job[i].status, SURREAL_ERR_USAGE);
        } else {
            batch_check(&t, i);
        }
    }
    bed_end(&b);
}

TEST(test_run_ends_every_job_when_the_server_is_gone)
{
    bed b;
    batch t;
    size_t i;

    bed_make(&b, 3);
    server_set(&b.sv, &b.sv.is_deaf, true);
    UNTIL(server_count(&b.sv, &b.sv.deafened) == 1);
    batch_init(&t, JOBS);
    for (i = 0; i < JOBS; i++) t.job[i].text = surreal_text("drop");
    CHECK(surreal_pool_run(b.pool, t.job, JOBS, 0, &b.err) != SURREAL_OK);
    for (i = 0; i < JOBS; i++) {
        CHECK_STATUS(t.job[i].status, i ? SURREAL_ERR_CONNECT
                                        : SURREAL_ERR_CLOSED);
        CHECK(t.job[i].error.message[0] != '\0');
        CHECK(!t.job[i].result);
    }
    check_stats(&b, 0, 0);
    bed_end(&b);
}

/* A batch waits for one connection, and is content with it. */
TEST(test_run_uses_what_is_free)
{
    bed b;
    batch t;
    surreal *db[2];
    size_t i;

    bed_init(&b, 3);
    b.po.get_ms = 30;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    db[0] = bed_get(&b, 0);
    db[1] = bed_get(&b, 0);
    batch_init(&t, JOBS);
    CHECK_STATUS(surreal_pool_run(b.pool, t.job, JOBS, 3, NULL), SURREAL_OK);
    for (i = 0; i < JOBS; i++) batch_check(&t, i);
    check_stats(&b, 1, 2);
    surreal_pool_put(b.pool, db[0]);
    db[0] = bed_get(&b, 0);
    CHECK(bed_get(&b, 0) != NULL);
    batch_init(&t, 3);
    CHECK_STATUS(surreal_pool_run(b.pool, t.job, 3, 3, &b.err),
                 SURREAL_ERR_TIMEOUT);
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(t.job[i].status, SURREAL_ERR_TIMEOUT);
        CHECK_SAYS(&t.job[i].error, "all 3 of the pool");
    }
    for (i = 0; i < 3; i++) {
        surreal_pool_put(b.pool, b.pool->slots[i].lent);
    }
    bed_end(&b);
}

TEST(test_run_replaces_what_was_idle_for_long)
{
    bed b;
    batch t;

    bed_init(&b, 1);
    b.po.idle_ms = 1;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    server_set(&b.sv, &b.sv.kill_all, true);
    nap(10);
    batch_init(&t, 1);
    CHECK_STATUS(surreal_pool_run(b.pool, t.job, 1, 1, NULL), SURREAL_OK);
    batch_check(&t, 0);
    CHECK_INT(server_count(&b.sv, &b.sv.accepted), 2);
    bed_end(&b);
}

TEST(test_run_refuses_what_makes_no_sense)
{
    bed b;
    batch t;

    bed_make(&b, 1);
    batch_init(&t, 1);
    CHECK_STATUS(surreal_pool_run(b.pool, t.job, 1, -1, &b.err),
                 SURREAL_ERR_RANGE);
    CHECK_SAYS(&b.err, "parallel is -1");
    CHECK_STATUS(surreal_pool_run(NULL, t.job, 1, 1, &b.err),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_pool_run(b.pool, NULL, 1, 1, &b.err),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_pool_run(b.pool, NULL, 0, 1, &b.err), SURREAL_OK);
    bed_end(&b);
}

/* ---- many threads -------------------------------------------------------- */

#define HAMMERS 8

typedef struct hammer {
    bed *b;
    uint32_t seed;
    int64_t until_ms;
    int done;
    int64_t wrong;
} hammer;

static bool
lost(surreal_status status)
{
    surreal_class kind = surreal_status_class(status);

    return kind == SURREAL_CLASS_CLOSED || kind == SURREAL_CLASS_IO;
}

/* Borrow and use; a few break what they borrowed. */
static void
hammer_borrow(hammer *h, int64_t n)
{
    surreal_pool *pool = h->b->pool;
    uint32_t dice = script_random(&h->seed) % 64;
    surreal_status status;
    surreal *db = NULL;
    surreal_error e;

    status = surreal_pool_get(pool, dice < 8 ? 1 : -1, &db, &e);
    if (status) {
        h->wrong += e.status != status;
        h->wrong += dice >= 8 || status != SURREAL_ERR_TIMEOUT;
        return;
    }
    if (dice == 20) {
        status = surreal_query(db, "drop", SURREAL_NO_VARS, NULL);
        h->wrong += !lost(status);
    } else if (dice == 21) {
        surreal_query_start(db, SURREAL_LIT("hang"), SURREAL_NO_VARS,
                            srl_pool_pinged, &status, NULL);
    } else {
        h->wrong += !works(db, n);
    }
    h->wrong += surreal_pool_put(pool, db) != SURREAL_OK;
}

static void
hammer_batch(hammer *h, int64_t n)
{
    surreal_job job[6];
    surreal_bind bind[6];
    size_t i;

    memset(job, 0, sizeof job);
    for (i = 0; i < 6; i++) {
        bind[i] = surreal_bind_int("n", n + (int64_t)i);
        job[i].text = surreal_text(i == 3 ? "drop" : "RETURN $n");
        job[i].vars.v = &bind[i];
        job[i].vars.count = 1;
    }
    surreal_pool_run(h->b->pool, job, 6, (int)(n % 4), NULL);
    for (i = 0; i < 6; i++) {
        int64_t got = -1;

        surreal_get_int(surreal_field(
            surreal_statement_value(job[i].result, 0), "n"), &got);
        h->wrong += i == 3 ? !lost(job[i].status)
                           : got != n + (int64_t)i;
        surreal_result_free(job[i].result);
    }
}

static void *
hammer_run(void *user)
{
    hammer *h = (hammer *)user;

    while (srl_os_now_ms() < h->until_ms) {
        uint32_t dice = script_random(&h->seed) % 32;
        int64_t n = script_random(&h->seed) >> 8;
        surreal_pool_stats s;

        if (dice == 0) {
            hammer_batch(h, n);
        } else if (dice < 8) {
            h->wrong += surreal_pool_query(h->b->pool, "RETURN $n",
                                           SURREAL_VARS(surreal_bind_int(
                                               "n", n)), NULL, NULL) !=
                        SURREAL_OK;
        } else if (dice == 8) {
            s = surreal_pool_get_stats(h->b->pool);
            h->wrong += s.open > s.size || s.idle + s.borrowed != s.open;
            h->wrong += s.waiting > HAMMERS;
        } else {
            hammer_borrow(h, n);
        }
        h->done++;
    }
    return NULL;
}

TEST(test_eight_threads_hammer_one_pool)
{
    const char *seconds = getenv("POOL_SECONDS");
    int64_t until = srl_os_now_ms() +
                    1000 * (seconds ? strtol(seconds, NULL, 10) : 1);
    bed b;
    hammer h[HAMMERS];
    pthread_t thread[HAMMERS];
    int i;

    bed_init(&b, 3);
    b.po.idle_ms = 5;
    CHECK_STATUS(bed_open(&b), SURREAL_OK);
    for (i = 0; i < HAMMERS; i++) {
        memset(&h[i], 0, sizeof h[i]);
        h[i].b = &b;
        h[i].seed = 77u + (uint32_t)i;
        h[i].until_ms = until;
        if (pthread_create(&thread[i], NULL, hammer_run, &h[i])) abort();
    }
    for (i = 0; i < HAMMERS; i++) {
        pthread_join(thread[i], NULL);
        CHECK_INT(h[i].wrong, 0);
        CHECK(h[i].done > 10);
    }
    CHECK_INT(waiting(&b), 0);
    CHECK_INT(surreal_pool_get_stats(b.pool).borrowed, 0);
    bed_end(&b);
}

/* ---- no memory ----------------------------------------------------------- */

static bool had_nomem;

static void
ok_or_nomem(surreal_status status, const surreal_error *err)
{
    if (status == SURREAL_ERR_NOMEM) had_nomem = true;
    if (status && status != SURREAL_ERR_NOMEM) {
        TEST_FAIL("%s", surreal_status_text(status));
    }
    CHECK_INT(err->status, status);
}

static void
scarce_session(bed *b)
{
    surreal *db = NULL;
    surreal *second = NULL;
    surreal_status status;
    batch t;
    size_t i;

    b->pool = NULL;
    ok_or_nomem(bed_open(b), &b->err);
    if (!b->pool) return;
    ok_or_nomem(surreal_pool_get(b->pool, 0, &db, &b->err), &b->err);
    ok_or_nomem(surreal_pool_get(b->pool, 0, &second, &b->err), &b->err);
    if (second && !works(second, 4)) had_nomem = true;
    CHECK_STATUS(surreal_pool_put(b->pool, db), SURREAL_OK);
    CHECK_STATUS(surreal_pool_put(b->pool, second), SURREAL_OK);
    status = surreal_pool_query(b->pool, "x", SURREAL_NO_VARS, NULL, &b->err);
    ok_or_nomem(status, &b->err);
    batch_init(&t, 6);
    ok_or_nomem(surreal_pool_run(b->pool, t.job, 6, 3, &b->err), &b->err);
    for (i = 0; i < 6; i++) {
        ok_or_nomem(t.job[i].status, &t.job[i].error);
        if (!t.job[i].status) batch_check(&t, i);
    }
    CHECK_INT(surreal_pool_get_stats(b->pool).borrowed, 0);
    CHECK_STATUS(surreal_pool_close(b->pool, 0), SURREAL_OK);
}

TEST(test_every_failed_allocation_of_a_pool)
{
    int from_on;

    for (from_on = 0; from_on < 2; from_on++) {
        bed b;
        size_t at = 0;

        bed_init(&b, 3);
        b.heap.from_on = from_on != 0;
        do {
            at++;
            had_nomem = false;
            memset(&b.heap.heap, 0, sizeof b.heap.heap);
            b.heap.at = at;
            scarce_session(&b);
            CHECK_INT(b.heap.heap.held, 0);
        } while (b.heap.heap.calls >= at && at < 1000);
        CHECK(!had_nomem);
        CHECK(at > 20 && at < 1000);
        b.pool = NULL;
        bed_end(&b);
    }
}

TEST_MAIN(RUN(test_pool_opens_connections_when_they_are_needed);
    RUN(test_pool_opens_as_many_as_asked_at_once);
    RUN(test_pool_open_reports_credentials);
    RUN(test_pool_options_are_checked_by_name);
    RUN(test_pool_keeps_its_own_copy_of_every_text);
    RUN(test_trap_t19_a_changed_session_goes_to_nobody);
    RUN(test_pool_wipes_the_password);
    RUN(test_get_waits_until_its_deadline);
    RUN(test_get_deadline_covers_connecting);
    RUN(test_waiters_are_served_in_the_order_they_came);
    RUN(test_a_dead_connection_is_replaced_on_get);
    RUN(test_a_connection_that_was_idle_is_asked);
    RUN(test_idle_connections_are_not_asked_if_told_so);
    RUN(test_a_redial_that_fails_gives_the_slot_back);
    RUN(test_a_waiter_gets_a_new_connection_for_a_dead_one);
    RUN(test_put_closes_what_has_requests_pending);
    RUN(test_put_of_what_was_not_lent_is_refused);
    RUN(test_pool_query_borrows_and_gives_back);
    RUN(test_close_waits_for_what_is_borrowed);
    RUN(test_close_wakes_those_who_wait);
    RUN(test_close_without_waiting_leaves_the_end_to_put);
    RUN(test_run_gives_every_job_its_own_answer);
    RUN(test_run_keeps_every_connection_busy);
    RUN(test_run_goes_on_when_connections_break);
    RUN(test_run_ends_every_job_when_the_server_is_gone);
    RUN(test_run_uses_what_is_free);
    RUN(test_run_replaces_what_was_idle_for_long);
    RUN(test_run_refuses_what_makes_no_sense);
    RUN(test_eight_threads_hammer_one_pool);
    RUN(test_every_failed_allocation_of_a_pool);)
