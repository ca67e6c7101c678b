/* cc -I. -o build/fault/test_alive tests/fault/test_alive.c -lm
 *
 * Who is still there: pings and their answers, peers that stop, peers that
 * dribble, and programs that sleep. */
#define SURREAL_IMPLEMENTATION
#include "tests/fault/comeback.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/wait.h>

/* script.h knows no pings from the client: they are counted, and answered if
 * the test wants that, in front of it. */
static int pings;
static bool answer_pings;

static surreal_status
alive_write(void *user, const uint8_t *data, size_t len, size_t *done,
            surreal_error *err)
{
    script *s = (script *)user;

    if (s->write_blocked) return SURREAL_WOULD_BLOCK;
    if (s->is_up && len >= 6 && data[0] == 0x89 && data[1] == 0x80) {
        pings++;
        if (answer_pings) script_frame(s, 0x8a, "", 0);
        *done = 6;
        return SURREAL_OK;
    }
    return script_write(user, data, len, done, err);
}

static surreal_status
alive_dial(void *user, const char *host, uint16_t port, bool is_secure,
           surreal_stream *out, surreal_error *err)
{
    SRL_TRY(redial_dial(user, host, port, is_secure, out, err));
    out->write = alive_write;
    return SURREAL_OK;
}

static surreal *
alive_open(redial *r, int ping_ms, int pong_ms)
{
    redial_init(r);
    r->transport.open = alive_dial;
    r->options.ping_ms = ping_ms;
    r->options.pong_ms = pong_ms;
    pings = 0;
    return redial_open(r, "ws://a");
}

TEST(test_a_silent_peer_is_found)
{
    redial r;
    surreal *db = alive_open(&r, 1000, 300);
    int64_t start = redial_ms;

    answer_pings = false;
    redial_run(db, 999);
    CHECK_INT(pings, 0);
    redial_run(db, 2);
    CHECK_INT(pings, 1);
    redial_run(db, 298);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    redial_run(db, 2);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    CHECK_INT(redial_ms - start, 1301);
    CHECK_STATUS(r.lost.status, SURREAL_ERR_TIMEOUT);
    CHECK_SAYS(&r.lost, "1000 ms");
    CHECK_SAYS(&r.lost, "300 ms");
    redial_end(&r, db);
}

/* A call that waits finds it as well, and tells the truth about itself. */
TEST(test_a_silent_peer_is_found_by_a_waiting_call)
{
    redial r;
    surreal *db = alive_open(&r, 1000, 300);
    int64_t start = redial_ms;

    answer_pings = false;
    r.servers[0]->s.mute = true;
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_UNKNOWN);
    CHECK_INT(redial_ms - start, 1300);
    redial_end(&r, db);
}

TEST(test_an_answered_ping_is_life)
{
    redial r;
    surreal *db = alive_open(&r, 1000, 300);

    answer_pings = true;
    redial_run(db, 60000);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(r.count, 1);
    CHECK(pings >= 55 && pings <= 60);
    redial_end(&r, db);
}

static void
at_ping(redial *r)
{
    script_frame(&r->servers[0]->s, SCRIPT_PING, "", 0);
    r->at_ms = redial_ms + 900;
}

TEST(test_pings_of_the_server_are_life)
{
    redial r;
    surreal *db = alive_open(&r, 1000, 300);

    answer_pings = false;
    r.at = at_ping;
    r.at_ms = redial_ms + 900;
    redial_run(db, 60000);
    r.at_ms = 0;
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(pings, 0);
    CHECK(r.servers[0]->s.pongs > 60);
    redial_end(&r, db);
}

TEST(test_negative_ping_ms_never_pings)
{
    redial r;
    surreal *db = alive_open(&r, -1, 300);

    answer_pings = false;
    CHECK_INT(surreal_deadline_ms(db), -1);
    redial_run(db, 100000000);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(pings, 0);
    redial_end(&r, db);
}

/* The program sleeps, not the server: before and after the ping went out, and
 * with the ping still in the queue. */
TEST(test_a_sleeping_program_does_not_misjudge)
{
    redial r;
    surreal *db = alive_open(&r, 1000, 300);
    script *s = &r.servers[0]->s;

    answer_pings = true;
    redial_ms += 3600000;
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(pings, 1);
    redial_ms += 3600000; /* the answer lies in the socket */
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    redial_ms += 1000;
    s->write_blocked = true;
    surreal_step(db);
    CHECK_INT(pings, 1);
    redial_ms += 3600000;
    s->write_blocked = false; /* somebody took what was in the way */
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(pings, 2);
    redial_run(db, 10);
    CHECK_INT(r.count, 1);
    redial_end(&r, db);
}

/* A peer that takes nothing any more is as gone as one that says nothing. */
TEST(test_a_peer_that_takes_nothing_is_found)
{
    redial r;
    surreal *db = alive_open(&r, 1000, 300);
    script_end_of end;

    answer_pings = false;
    r.servers[0]->s.write_blocked = true;
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    redial_run(db, 1310);
    CHECK_STATUS(end.status, SURREAL_ERR_NOT_SENT);
    redial_end(&r, db);
}

/* A long upload over a slow line: the answer to a ping cannot come before the
 * upload is through, but the line is alive. */
static void
at_take_some(redial *r)
{
    r->servers[0]->s.write_budget = 1000;
    r->at_ms = redial_ms + 200;
}

TEST(test_a_slow_upload_is_life)
{
    static char text[30000];
    redial r;
    surreal *db = alive_open(&r, 1000, 300);
    surreal_status status;
    int64_t start = redial_ms;

    answer_pings = false;
    memset(text, 'x', sizeof text - 1);
    r.servers[0]->s.write_budget = 0;
    r.at = at_take_some;
    r.at_ms = redial_ms + 200;
    status = surreal_query(db, "RETURN $t",
                           SURREAL_VARS(surreal_bind_text("t", text)), NULL);
    CHECK_STATUS(status, SURREAL_OK);
    CHECK(redial_ms - start > 5000);
    CHECK_INT(r.count, 1);
    redial_end(&r, db);
}

/* ---- slow loris ---------------------------------------------------------- */

/* One byte a second, from some byte on. */
static void
at_drip(redial *r)
{
    script *s = &redial_last(r)->s;

    s->gate = s->down_at + 1;
    r->at_ms = redial_ms + 1000;
}

static surreal_status
loris_read(void *user, uint8_t *data, size_t len, size_t *done,
           surreal_error *err)
{
    script *s = (script *)user;

    if (s->gate <= s->down_at) return SURREAL_WOULD_BLOCK;
    return script_read(user, data, len, done, err);
}

static size_t loris_from;

static surreal_status
loris_dial(void *user, const char *host, uint16_t port, bool is_secure,
           surreal_stream *out, surreal_error *err)
{
    SRL_TRY(redial_dial(user, host, port, is_secure, out, err));
    out->read = loris_read;
    redial_last((redial *)user)->s.gate = loris_from;
    return SURREAL_OK;
}

/* The virtual poll sees bytes that the gate holds back: real enough steps. */
static void
loris_drive(surreal *db, int64_t ms)
{
    int64_t end = redial_ms + ms;

    while (redial_ms < end) {
        surreal_step(db);
        redial_sleep_to(redial_ms + 10);
    }
}

TEST(test_a_dribbling_server_hits_the_deadlines)
{
    for (loris_from = 0; loris_from < 260; loris_from += 20) {
        redial r;
        surreal *db = NULL;
        script_end_of end;

        redial_init(&r);
        r.transport.open = loris_dial;
        r.options.connect_ms = 5000;
        r.options.timeout_ms = 3000;
        r.at = at_drip;
        r.at_ms = redial_ms + 1000;
        surreal_open_start("ws://a", &r.options, &db);
        loris_drive(db, 5020);
        if (surreal_get_state(db) == SURREAL_OPEN) {
            CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
            loris_drive(db, 3020);
            CHECK_STATUS(end.status, SURREAL_ERR_TIMEOUT);
            CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        } else {
            CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
            CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TIMEOUT);
        }
        redial_end(&r, db);
    }
}

/* ---- a peer that stops --------------------------------------------------- */

static void
serve_for_ever(int listening)
{
    int fd = accept(listening, NULL, NULL);
    script s;
    uint8_t in[4096];
    ssize_t got;

    script_init(&s);
    while ((got = recv(fd, in, sizeof in, 0)) > 0) {
        srl_buf_put(&s.up, in, (size_t)got);
        script_serve(&s);
        if (send(fd, s.down.data + s.down_at, s.down.len - s.down_at,
                 MSG_NOSIGNAL) < 0) {
            break;
        }
        s.down_at = s.down.len;
    }
    _exit(0);
}

/* The process that owns the port is stopped: its system still takes bytes,
 * nobody reads them. The next connection is accepted by the system, too, and
 * never answered; after SIGCONT another process would serve it. */
TEST(test_a_stopped_peer_is_found_on_a_real_socket)
{
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    surreal_options o;
    test_heap heap;
    surreal *db = NULL;
    int64_t start;
    char url[64];
    pid_t pid;
    int listening = socket(AF_INET, SOCK_STREAM, 0);

    redial_is_real = true;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    NEED(!bind(listening, (struct sockaddr *)&at, len));
    NEED(!listen(listening, 4));
    NEED(!getsockname(listening, (struct sockaddr *)&at, &len));
    fflush(stdout);
    pid = fork();
    if (!pid) {
        alarm(20);
        serve_for_ever(listening);
    }
    close(listening);
    NEED(pid > 0);
    memset(&o, 0, sizeof o);
    memset(&heap, 0, sizeof heap);
    o.ping_ms = 60;
    o.pong_ms = 60;
    o.connect_ms = 100;
    o.reconnect.attempts = 2;
    o.reconnect.min_ms = 10;
    o.allocator.resize = test_resize;
    o.allocator.user = &heap;
    snprintf(url, sizeof url, "ws://127.0.0.1:%u",
             (unsigned)ntohs(at.sin_port));
    CHECK_STATUS(surreal_open(url, &o, &db), SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    kill(pid, SIGSTOP);
    start = srl_os_now_ms();
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_UNKNOWN);
    CHECK(srl_os_now_ms() - start >= 110);
    CHECK(srl_os_now_ms() - start < 3000);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    CHECK_STATUS(surreal_wait(db, -1), SURREAL_ERR_TIMEOUT);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK(srl_os_now_ms() - start < 5000);
    surreal_close(db);
    CHECK_INT(heap.held, 0);
    kill(pid, SIGKILL);
    kill(pid, SIGCONT);
    waitpid(pid, NULL, 0);
    redial_is_real = false;
}

TEST_MAIN(RUN(test_a_silent_peer_is_found);
    RUN(test_a_silent_peer_is_found_by_a_waiting_call);
    RUN(test_an_answered_ping_is_life);
    RUN(test_pings_of_the_server_are_life);
    RUN(test_negative_ping_ms_never_pings);
    RUN(test_a_sleeping_program_does_not_misjudge);
    RUN(test_a_peer_that_takes_nothing_is_found);
    RUN(test_a_slow_upload_is_life);
    RUN(test_a_dribbling_server_hits_the_deadlines);
    RUN(test_a_stopped_peer_is_found_on_a_real_socket);)
