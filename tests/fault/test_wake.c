/* cc -I. -pthread -fsanitize=thread -o build/fault/test_wake \
 *     tests/fault/test_wake.c -lm
 *
 * surreal_wake from other threads and from a signal handler, and connections
 * that share nothing in threads of their own. Built with ThreadSanitizer. */
#define SURREAL_IMPLEMENTATION
#include "tests/fault/comeback.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>

/* The answers come from memory, so there is nothing to wait for but the wake:
 * this descriptor is never readable. */
static int quiet[2] = {-1, -1};

static int
quiet_fd(void *user)
{
    (void)user;
    return quiet[0];
}

static short
quiet_wants(void *user)
{
    (void)user;
    return SURREAL_READ;
}

static surreal_status
quiet_dial(void *user, const char *host, uint16_t port, bool is_secure,
           surreal_stream *out, surreal_error *err)
{
    SRL_TRY(redial_dial(user, host, port, is_secure, out, err));
    out->fd = quiet_fd;
    out->wants = quiet_wants;
    return SURREAL_OK;
}

static void
answer_nothing(script *s, const script_request *rq)
{
    if (!script_is(rq, "query")) script_answer(s, rq);
}

static void
prepare_silent(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = answer_nothing;
}

/* Open, with a request that is never answered, so that waiting waits. */
static surreal *
wake_open(redial *r, bool can_wake, script_end_of *end)
{
    surreal *db = NULL;
    int turns = 0;

    redial_is_real = true;
    if (quiet[0] < 0 && pipe(quiet)) return NULL;
    redial_init(r);
    r->prepare = prepare_silent;
    r->transport.open = quiet_dial;
    r->options.can_wake = can_wake;
    surreal_open_start("ws://a", &r->options, &db);
    while (surreal_get_state(db) != SURREAL_OPEN && turns++ < 100) {
        surreal_step(db);
    }
    CHECK_STATUS(script_query(db, 1, end, NULL), SURREAL_OK);
    return db;
}

static void
wake_end(redial *r, surreal *db, script_end_of *end)
{
    redial_end(r, db);
    CHECK_INT(end->calls, 1);
    redial_is_real = false;
}

#define WAKES 500

static void *
wake_often(void *user)
{
    struct timespec pause = {0, 100000};
    int i;

    for (i = 0; i < WAKES; i++) {
        surreal_wake((surreal *)user);
        if (i % 10 == 0) nanosleep(&pause, NULL);
    }
    return NULL;
}

static void *
wake_once(void *user)
{
    struct timespec pause = {0, 30000000};

    nanosleep(&pause, NULL);
    surreal_wake((surreal *)user);
    return NULL;
}

TEST(test_another_thread_wakes_a_wait)
{
    redial r;
    script_end_of end;
    surreal *db = wake_open(&r, true, &end);
    pthread_t thread;
    int64_t start = srl_os_now_ms();

    NEED(db);
    CHECK_INT(pthread_create(&thread, NULL, wake_once, db), 0);
    CHECK_STATUS(surreal_wait(db, 20000), SURREAL_OK);
    CHECK(srl_os_now_ms() - start >= 20);
    CHECK(srl_os_now_ms() - start < 10000);
    CHECK_INT(end.calls, 0);
    pthread_join(thread, NULL);
    wake_end(&r, db, &end);
}

TEST(test_many_threads_wake_and_none_is_lost)
{
    redial r;
    script_end_of end;
    surreal *db = wake_open(&r, true, &end);
    pthread_t threads[4];
    int woken = 0;
    int i;

    NEED(db);
    for (i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, wake_often, db);
    }
    while (surreal_wait(db, 200) == SURREAL_OK) woken++;
    for (i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    CHECK(woken > 0 && woken <= 4 * WAKES);
    /* All that came so far is one wake for the next wait. */
    surreal_wait(db, 0);
    surreal_wake(db);
    surreal_wake(db);
    CHECK_STATUS(surreal_wait(db, 10000), SURREAL_OK);
    CHECK_STATUS(surreal_wait(db, 10), SURREAL_ERR_TIMEOUT);
    wake_end(&r, db, &end);
}

/* Also when a step of the program's own loop took it out of the pipe. */
TEST(test_a_wake_before_the_wait_counts)
{
    redial r;
    script_end_of end;
    surreal *db = wake_open(&r, true, &end);
    struct pollfd p;

    NEED(db);
    surreal_wake(db);
    p.fd = surreal_wake_fd(db);
    p.events = POLLIN;
    CHECK_INT(poll(&p, 1, 0), 1);
    surreal_step(db);
    CHECK_INT(poll(&p, 1, 0), 0);
    CHECK_STATUS(surreal_wait(db, 10000), SURREAL_OK);
    CHECK_STATUS(surreal_wait(db, 10), SURREAL_ERR_TIMEOUT);
    wake_end(&r, db, &end);
}

TEST(test_without_can_wake_nothing_happens)
{
    redial r;
    script_end_of end;
    surreal *db = wake_open(&r, false, &end);

    NEED(db);
    CHECK_INT(surreal_wake_fd(db), -1);
    surreal_wake(db);
    surreal_wake(NULL);
    CHECK_STATUS(surreal_wait(db, 20), SURREAL_ERR_TIMEOUT);
    wake_end(&r, db, &end);
}

static surreal *signal_db;

static void
on_signal(int number)
{
    (void)number;
    surreal_wake(signal_db);
}

TEST(test_a_signal_handler_wakes_a_wait)
{
    redial r;
    script_end_of end;
    surreal *db = wake_open(&r, true, &end);
    struct itimerval soon = {{0, 0}, {0, 30000}};
    struct sigaction action;
    int64_t start = srl_os_now_ms();

    NEED(db);
    signal_db = db;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    CHECK_STATUS(surreal_wait(db, 20000), SURREAL_OK);
    CHECK(srl_os_now_ms() - start < 10000);
    CHECK_INT(end.calls, 0);
    signal(SIGALRM, SIG_DFL);
    wake_end(&r, db, &end);
}

/* A wake ends a wait between two attempts to connect as well. */
TEST(test_a_wake_ends_a_wait_while_reconnecting)
{
    redial r;
    script_end_of end;
    surreal *db = wake_open(&r, true, &end);
    pthread_t thread;
    int64_t start;

    NEED(db);
    db->conn->options.reconnect.min_ms = 60000;
    db->conn->options.reconnect.max_ms = 60000;
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    surreal_wait(db, 0);
    start = srl_os_now_ms();
    CHECK_INT(pthread_create(&thread, NULL, wake_once, db), 0);
    CHECK_STATUS(surreal_wait(db, 20000), SURREAL_OK);
    CHECK(srl_os_now_ms() - start < 10000);
    pthread_join(thread, NULL);
    wake_end(&r, db, &end);
}

/* ---- connections of different threads ------------------------------------ */

/* A script alone, since comeback.h has one clock. */
static void *
thread_session(void *user)
{
    int *good = (int *)user;
    script s;
    surreal *db;
    int i;

    script_init(&s);
    db = script_open(&s);
    for (i = 0; i < 200; i++) *good += surreal_ping(db) == SURREAL_OK;
    surreal_close(db);
    srl_buf_free(&s.down);
    srl_buf_free(&s.up);
    srl_buf_free(&s.body);
    return NULL;
}

TEST(test_different_connections_are_independent)
{
    pthread_t threads[4];
    int good[4] = {0, 0, 0, 0};
    int i;

    redial_is_real = true;
    script_fd(NULL); /* opened before the threads ask for it */
    for (i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, thread_session, &good[i]);
    }
    for (i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(good[i], 200);
    }
    redial_is_real = false;
}

TEST_MAIN(RUN(test_another_thread_wakes_a_wait);
    RUN(test_many_threads_wake_and_none_is_lost);
    RUN(test_a_wake_before_the_wait_counts);
    RUN(test_without_can_wake_nothing_happens);
    RUN(test_a_signal_handler_wakes_a_wait);
    RUN(test_a_wake_ends_a_wait_while_reconnecting);
    RUN(test_different_connections_are_independent);)
