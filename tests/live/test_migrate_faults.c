/* tests/live/test_migrate_faults.c: migrations under many hands and blows.
 *
 * Deployers at once; the program killed, or its connection cut, at every
 * request there is, in front of it and behind it; every allocation failing.
 *
 *   make build/live/test_migrate_faults
 *   sh tests/live/run.sh build/live/test_migrate_faults */
#include "tests/live/migrate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a stream that is counted -------------------------------------------- */

typedef enum blow {
    BLOW_NONE = 0,
    BLOW_KILL_BEFORE, /* the program dies with the message not sent, ... */
    BLOW_KILL_BEHIND, /* ... or sent */
    BLOW_CUT_BEFORE,  /* the connection ends instead */
    BLOW_CUT_BEHIND
} blow;

static struct wire {
    blow blow;
    int at;      /* which message; 0: none */
    int sent;    /* so far */
    bool is_on;  /* they are counted */
    bool is_cut; /* this stream */
} wire;

typedef struct wire_stream {
    int fd;
} wire_stream;

static surreal_status
wire_read(void *user, uint8_t *data, size_t len, size_t *done,
          surreal_error *err)
{
    wire_stream *s = (wire_stream *)user;
    ssize_t n;

    if (wire.is_cut) {
        return surreal_fail_with(err, SURREAL_ERR_IO, "the test cut it");
    }
    n = recv(s->fd, data, len, 0);
    if (n > 0) {
        *done = (size_t)n;
        return SURREAL_OK;
    }
    if (n < 0 && errno == EAGAIN) return SURREAL_WOULD_BLOCK;
    return surreal_fail_with(err, SURREAL_ERR_CLOSED, "the stream ended");
}

/* The library writes a message as a whole as long as it fits the socket. */
static surreal_status
wire_write(void *user, const uint8_t *data, size_t len, size_t *done,
           surreal_error *err)
{
    wire_stream *s = (wire_stream *)user;
    bool is_it = wire.is_on && ++wire.sent == wire.at;
    ssize_t n;

    if (wire.is_cut) {
        return surreal_fail_with(err, SURREAL_ERR_IO, "the test cut it");
    }
    if (is_it && wire.blow == BLOW_KILL_BEFORE) kill(getpid(), SIGKILL);
    if (is_it && wire.blow == BLOW_CUT_BEFORE) {
        wire.is_cut = true;
        return surreal_fail_with(err, SURREAL_ERR_IO, "the test cut it");
    }
    n = send(s->fd, data, len, MSG_NOSIGNAL);
    if (n < 0 && errno == EAGAIN) return SURREAL_WOULD_BLOCK;
    if (n < 0) {
        return surreal_fail_with(err, SURREAL_ERR_IO, "the stream ended");
    }
    *done = (size_t)n;
    if (is_it && wire.blow == BLOW_KILL_BEHIND) kill(getpid(), SIGKILL);
    if (is_it && wire.blow == BLOW_CUT_BEHIND) wire.is_cut = true;
    return SURREAL_OK;
}

static surreal_status
wire_connect(void *user, surreal_error *err)
{
    (void)user;
    (void)err;
    return SURREAL_OK;
}

static int
wire_fd(void *user)
{
    return ((wire_stream *)user)->fd;
}

static void
wire_close(void *user)
{
    close(((wire_stream *)user)->fd);
    free(user);
    wire.is_cut = false;
}

static surreal_status
wire_open(void *user, const char *host, uint16_t port, bool is_secure,
          surreal_stream *out, surreal_error *err)
{
    wire_stream *s = (wire_stream *)malloc(sizeof *s);
    struct sockaddr_in at;

    (void)user;
    (void)host;
    (void)is_secure;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!s) abort();
    s->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (s->fd < 0 || connect(s->fd, (struct sockaddr *)&at, sizeof at)) {
        if (s->fd >= 0) close(s->fd);
        free(s);
        return surreal_fail_with(err, SURREAL_ERR_CONNECT, "no connection");
    }
    fcntl(s->fd, F_SETFL, O_NONBLOCK);
    memset(out, 0, sizeof *out);
    out->read = wire_read;
    out->write = wire_write;
    out->connect = wire_connect;
    out->fd = wire_fd;
    out->close = wire_close;
    out->user = s;
    return SURREAL_OK;
}

static const surreal_transport wire_transport = {wire_open, NULL, false};

static surreal *
open_on(const char *database, const surreal_transport *transport,
        test_heap *heap)
{
    surreal_options opt;
    surreal *conn = NULL;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = database;
    opt.tls.ca_file = live_ca;
    opt.transport = transport;
    opt.reconnect.min_ms = 1;
    if (heap) {
        opt.allocator.resize = test_resize;
        opt.allocator.user = heap;
    }
    if (surreal_open(live_url, &opt, &conn)) {
        TEST_FAIL("%s: %s", database, surreal_last_error(conn)->message);
    }
    return conn;
}

/* ---- the chain that is applied -------------------------------------------
 *
 * Every step counts itself: nothing may happen twice. */
static void
counted_chain(const char *name)
{
    fresh(name);
    sql("DEFINE TABLE t; DEFINE TABLE p; FOR $i IN [1, 2, 3, 4, 5, 6, 7] "
        "{ CREATE type::record('p:' + <string>$i) SET n = 0 }");
    chain_tx("a", "CREATE t SET step = 'a';", "CREATE t SET step = 'a-';");
    chain_add("b");
    chain_step(SURREAL_STEP_TX, "CREATE t SET step = 'b1'");
    chain_data("p", 3, true, "UPDATE $batch SET n += 1");
    chain_index("p", "nx", "DEFINE INDEX nx ON p FIELDS n CONCURRENTLY");
    chain_step(SURREAL_STEP_TX, "CREATE t SET step = 'b4'");
    the.steps[1][3].touch = "p";
    chain_down(SURREAL_STEP_TX, "REMOVE INDEX nx ON p; "
                                "CREATE t SET step = 'b1-'");
    chain_down(SURREAL_STEP_DATA, "UPDATE $batch SET n -= 1")->table = "p";
    the.downs[1][1].batch = 4;
    chain_tx("c", "CREATE t SET step = 'c'", "CREATE t SET step = 'c-'");
}

#define STEPS "array::sort((SELECT VALUE step FROM t))"

static void
check_counted(const char *what, int at)
{
    int before = test_failed_checks;

    CHECK_STR(value(HISTORY), "['a applied 1', 'b applied 4', 'c applied 1']");
    CHECK_STR(value(STEPS), "['a', 'b1', 'b4', 'c']");
    CHECK_STR(value("array::distinct((SELECT VALUE n FROM p))"), "[1]");
    CHECK_STR(value(LOG), "['up', 'up', 'up']");
    if (test_failed_checks > before) printf("%s %d\n", what, at);
}

static void
check_back(const char *what, int at)
{
    int before = test_failed_checks;

    CHECK_STR(value(HISTORY), "[]");
    CHECK_STR(value(STEPS),
              "['a', 'a-', 'b1', 'b1-', 'b4', 'c', 'c-']");
    CHECK_STR(value("array::distinct((SELECT VALUE n FROM p))"), "[0]");
    CHECK_STR(value(LOG), "['up', 'up', 'up', 'down', 'down', 'down']");
    if (test_failed_checks > before) printf("%s %d\n", what, at);
}

/* ---- many hands --------------------------------------------------------- */

typedef struct deployer {
    pthread_t thread;
    surreal *conn;
    surreal_status status;
    surreal_migrate_report report;
    char said[512];
} deployer;

static void *
deploy(void *user)
{
    deployer *d = (deployer *)user;

    d->status = surreal_migrate(d->conn, &the.all, NULL, &d->report);
    snprintf(d->said, sizeof d->said, "%s",
             surreal_last_error(d->conn)->message);
    return NULL;
}

static void
deploy_at_once(int count)
{
    deployer who[8];
    size_t done = 0;
    int i;

    memset(who, 0, sizeof who);
    for (i = 0; i < count; i++) who[i].conn = open_on("f_many", NULL, NULL);
    for (i = 0; i < count; i++) {
        if (pthread_create(&who[i].thread, NULL, deploy, &who[i])) abort();
    }
    for (i = 0; i < count; i++) {
        pthread_join(who[i].thread, NULL);
        done += who[i].report.done;
        if (who[i].status) {
            TEST_FAIL("deployer %d of %d: %s", i, count, who[i].said);
        }
        surreal_close(who[i].conn);
    }
    CHECK_INT(done, 3);
}

TEST(test_live_migrate_deployers)
{
    static const int counts[] = {2, 8, 2, 8, 8};
    size_t i;

    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        counted_chain("f_many");
        deploy_at_once(counts[i]);
        check_counted("deployers", counts[i]);
    }
}

/* ---- killed ------------------------------------------------------------- */

/* A program of its own applies all, or takes all back; true if it was killed
 * on the way. */
static bool
program(const char *database, bool is_down, blow how_hit, int at)
{
    int status = 0;
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (!pid) {
        surreal *conn = open_on(database, &wire_transport, NULL);
        surreal_migrate_options o = how;

        memset(&wire, 0, sizeof wire);
        wire.blow = how_hit;
        wire.at = at;
        wire.is_on = true;
        if (is_down) {
            o.mode = SURREAL_MIGRATE_DOWN;
            o.to = "";
        }
        if (surreal_migrate(conn, &the.all, &o, NULL)) {
            printf("%s\n", surreal_last_error(conn)->message);
            fflush(stdout);
            _exit(2);
        }
        _exit(0);
    }
    waitpid(pid, &status, 0);
    if (WIFSIGNALED(status)) return true;
    if (WEXITSTATUS(status)) TEST_FAIL("the program ended with an error");
    return false;
}

static void
killed(blow how_hit)
{
    bool was_killed = true;
    int at;

    for (at = 1; was_killed && at < 80; at++) {
        counted_chain("f_kill");
        was_killed = program("f_kill", false, how_hit, at);
        if (was_killed) CHECK(!program("f_kill", false, BLOW_NONE, 0));
        check_counted("killed at message", at);
        if (program("f_kill", true, how_hit, at)) {
            CHECK(!program("f_kill", true, BLOW_NONE, 0));
        }
        check_back("back, killed at message", at);
    }
    if (at < 12) TEST_FAIL("only %d messages", at);
}

TEST(test_live_migrate_killed_before_each_message)
{
    if (live_ca) SKIP("its streams are plain");
    else killed(BLOW_KILL_BEFORE);
}

TEST(test_live_migrate_killed_behind_each_message)
{
    if (live_ca) SKIP("its streams are plain");
    else killed(BLOW_KILL_BEHIND);
}

/* ---- cut ---------------------------------------------------------------- */

static void
cut(blow how_hit)
{
    surreal_migrate_options back;
    surreal_migrate_report r;
    int messages = 80;
    int at;

    memset(&back, 0, sizeof back);
    back.mode = SURREAL_MIGRATE_DOWN;
    back.to = "";
    for (at = 1; at <= messages; at++) {
        surreal *conn;

        counted_chain("f_cut");
        conn = open_on("f_cut", &wire_transport, NULL);
        memset(&wire, 0, sizeof wire);
        wire.blow = how_hit;
        wire.at = at;
        wire.is_on = true;
        check_status(conn, surreal_migrate(conn, &the.all, NULL, &r),
                     SURREAL_OK, __LINE__);
        if (wire.sent < at) messages = at;
        CHECK_INT(r.done, 3);
        check_counted("cut at message", at);
        wire.sent = 0;
        check_status(conn, surreal_migrate(conn, &the.all, &back, &r),
                     SURREAL_OK, __LINE__);
        CHECK_INT(r.done, 3);
        check_back("back, cut at message", at);
        wire.is_on = false;
        surreal_close(conn);
    }
    if (messages < 12) TEST_FAIL("only %d messages", messages);
}

TEST(test_live_migrate_cut_before_each_message)
{
    if (live_ca) SKIP("its streams are plain");
    else cut(BLOW_CUT_BEFORE);
}

TEST(test_live_migrate_cut_behind_each_message)
{
    if (live_ca) SKIP("its streams are plain");
    else cut(BLOW_CUT_BEHIND);
}

/* ---- no memory ---------------------------------------------------------- */

TEST(test_live_migrate_without_memory)
{
    test_heap heap;
    size_t fails = 0;
    size_t at = 1;
    bool is_over = false;

    while (!is_over && at < 2000) {
        surreal *conn;
        surreal_status status;
        size_t before;

        counted_chain("f_heap");
        memset(&heap, 0, sizeof heap);
        conn = open_on("f_heap", NULL, &heap);
        before = heap.calls;
        heap.fail_at = before + at;
        status = surreal_migrate(conn, &the.all, NULL, NULL);
        is_over = heap.calls < heap.fail_at;
        heap.fail_at = 0;
        if (status) {
            fails++;
            if (status != SURREAL_ERR_NOMEM) {
                TEST_FAIL("allocation %zu: %s: %s", at,
                          surreal_status_text(status),
                          surreal_last_error(conn)->message);
            }
        }
        surreal_close(conn);
        CHECK_INT(heap.held, 0);
        CHECK_STATUS(surreal_migrate(db, &the.all, NULL, NULL), SURREAL_OK);
        check_counted("allocation", (int)at);
        at += 1 + at / 24; /* all of the first ones, then a sample */
    }
    CHECK(is_over);
    CHECK(fails > 5);
}

TEST_MAIN(
    live_init();
    RUN(test_live_migrate_deployers);
    RUN(test_live_migrate_killed_before_each_message);
    RUN(test_live_migrate_killed_behind_each_message);
    RUN(test_live_migrate_cut_before_each_message);
    RUN(test_live_migrate_cut_behind_each_message);
    RUN(test_live_migrate_without_memory);
    if (db) surreal_close(db);
)
