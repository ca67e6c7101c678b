/* cc -I. -o build/fault/test_reconnect tests/fault/test_reconnect.c -lm
 *
 * How a connection comes back: when, where, as whom, and when it does not. */
#define SURREAL_IMPLEMENTATION
#include "tests/fault/comeback.h"

/* ---- opening with several tries ------------------------------------------ */

/* The first `*user` connections are refused. */
static void
prepare_refuse_first(redial *r, script *s, int number)
{
    if (number < *(int *)r->user) {
        redial_refuse(s, SURREAL_ERR_CONNECT, number % 2 != 0);
    }
}

TEST(test_open_gives_up_after_connect_tries)
{
    redial r;
    surreal *db;
    int refused = 100;

    redial_init(&r);
    r.prepare = prepare_refuse_first;
    r.user = &refused;
    r.options.connect_tries = 3;
    CHECK_STATUS(surreal_open("ws://a", &r.options, &db),
                 SURREAL_ERR_CONNECT);
    CHECK_INT(r.count, 3);
    CHECK_INT(r.servers[1]->asked_ms - r.servers[0]->asked_ms, 100);
    CHECK_INT(r.servers[2]->asked_ms - r.servers[1]->asked_ms, 200);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STR(r.log, "a RETRY a CONNECTING RETRY a FAILED ");
    redial_end(&r, db);
}

TEST(test_open_succeeds_on_the_last_try)
{
    redial r;
    surreal *db;
    int refused = 2;

    redial_init(&r);
    r.prepare = prepare_refuse_first;
    r.user = &refused;
    r.options.connect_tries = 3;
    CHECK_STATUS(surreal_open("ws://a", &r.options, &db), SURREAL_OK);
    CHECK_INT(r.count, 3);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    redial_end(&r, db);
}

TEST(test_open_tries_once_unless_told_otherwise)
{
    redial r;
    surreal *db;
    int refused = 1;

    redial_init(&r);
    r.prepare = prepare_refuse_first;
    r.user = &refused;
    CHECK_STATUS(surreal_open("ws://a", &r.options, &db),
                 SURREAL_ERR_CONNECT);
    CHECK_INT(r.count, 1);
    redial_end(&r, db);
}

/* ---- the policy ---------------------------------------------------------- */

/* Server 0 is good; later ones as *user says: refused. */
static void
prepare_good_once(redial *r, script *s, int number)
{
    (void)r;
    if (number) redial_refuse(s, SURREAL_ERR_CONNECT, number % 2 != 0);
}

/* Opened, lost, never back: how often and when it is tried. */
static void
policy_run(redial *r, bool answered)
{
    surreal *db;

    r->prepare = prepare_good_once;
    db = redial_open(r, "ws://a");
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    if (answered) CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    r->servers[0]->asked_ms = redial_ms; /* the time of the loss */
    redial_drop(&r->servers[0]->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    surreal_close(db);
}

static void
policy_check(redial *r, const int *waits, int count)
{
    int i;

    CHECK_INT(r->count, count + 1);
    for (i = 0; i < count && i + 1 < r->count; i++) {
        int64_t waited = r->servers[i + 1]->asked_ms - r->servers[i]->asked_ms;

        if (waited != waits[i]) {
            TEST_FAIL("wait %d was %lld ms, not %d", i, (long long)waited,
                      waits[i]);
        }
    }
}

TEST(test_default_policy)
{
    static const int waits[] = {100,  200,  400,   800,   1600,  3200,
                                6400, 12800, 15000, 15000, 15000, 15000};
    int answered;

    for (answered = 0; answered < 2; answered++) {
        redial r;

        redial_init(&r);
        policy_run(&r, answered != 0);
        policy_check(&r, waits, 12);
        redial_free(&r);
        CHECK_INT(r.heap.held, 0);
    }
}

TEST(test_policy_of_ones_own)
{
    static const int waits[] = {7, 21, 63, 100, 100};
    redial r;

    redial_init(&r);
    r.options.reconnect.attempts = 5;
    r.options.reconnect.min_ms = 7;
    r.options.reconnect.max_ms = 100;
    r.options.reconnect.multiplier = 3;
    policy_run(&r, true);
    policy_check(&r, waits, 5);
    redial_free(&r);
}

TEST(test_a_single_attempt_is_an_attempt)
{
    static const int waits[] = {100};
    int answered;

    for (answered = 0; answered < 2; answered++) {
        redial r;

        redial_init(&r);
        r.options.reconnect.attempts = 1;
        policy_run(&r, answered != 0);
        policy_check(&r, waits, 1);
        redial_free(&r);
    }
}

TEST(test_negative_attempts_give_up_at_once)
{
    redial r;
    surreal *db;

    redial_init(&r);
    r.options.reconnect.attempts = -1;
    db = redial_open(&r, "ws://a,ws://b");
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_INT(r.count, 1);
    redial_end(&r, db);
}

TEST(test_jitter_stays_within_its_part)
{
    int64_t least = INT64_MAX;
    int64_t most = 0;
    int round;

    for (round = 0; round < 40; round++) {
        redial r;
        int i;

        redial_init(&r);
        r.options.reconnect.jitter = round % 2 ? 0 : 0.25; /* the default */
        r.options.reconnect.min_ms = 1000;
        r.options.reconnect.max_ms = 1000;
        policy_run(&r, true);
        for (i = 1; i < r.count; i++) {
            int64_t waited =
                r.servers[i]->asked_ms - r.servers[i - 1]->asked_ms;

            if (waited < least) least = waited;
            if (waited > most) most = waited;
        }
        redial_free(&r);
    }
    CHECK(least >= 750 && least < 800);
    CHECK(most <= 1250 && most > 1200);
}

/* A server that takes everybody in and throws them out at once: the waits
 * grow, and in the end it is given up. */
static void
prepare_drop_when_open(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->user = s;
}

static void
changed_drop_when_open(redial *r, surreal *db, surreal_change change)
{
    (void)db;
    if (change == SURREAL_CHANGE_OPEN) redial_drop(&redial_last(r)->s);
}

TEST(test_accepting_and_dropping_does_not_reset_the_waits)
{
    redial r;
    surreal *db;

    redial_init(&r);
    r.prepare = prepare_drop_when_open;
    r.changed = changed_drop_when_open;
    r.options.reconnect.attempts = 5;
    db = redial_open(&r, "ws://a");
    CHECK_INT(r.count, 1); /* opening does not wait for all that follows */
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    while (surreal_get_state(db) != SURREAL_FAILED && r.count < 50) {
        redial_run(db, 50);
    }
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_INT(r.count, 6);
    if (r.count == 6) {
        CHECK_INT(r.servers[1]->asked_ms - r.servers[0]->asked_ms, 100);
        CHECK_INT(r.servers[5]->asked_ms - r.servers[4]->asked_ms, 1600);
    }
    redial_end(&r, db);
}

/* An idle connection that some box on the way cuts once an hour is not given
 * up after twelve hours. */
TEST(test_connections_that_held_for_long_begin_anew)
{
    redial r;
    surreal *db;
    int hour;

    redial_init(&r);
    r.options.ping_ms = -1;
    db = redial_open(&r, "ws://a");
    for (hour = 0; hour < 30; hour++) {
        int64_t lost;

        redial_run(db, 3600000);
        redial_drop(&redial_last(&r)->s);
        lost = redial_ms;
        surreal_step(db);
        redial_settle(db);
        CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        CHECK_INT(redial_last(&r)->asked_ms - lost, 100);
    }
    redial_end(&r, db);
}

/* ---- several urls -------------------------------------------------------- */

/* *user: for each connection 'd'own, 'D'own late or 'u'p. */
static void
prepare_by_text(redial *r, script *s, int number)
{
    const char *text = (const char *)r->user;
    char how = (size_t)number < strlen(text) ? text[number] : 'u';

    if (how == 'd') redial_refuse(s, SURREAL_ERR_CONNECT, false);
    if (how == 'D') redial_refuse(s, SURREAL_ERR_IO, true);
    if (how == 'r') redial_refuse(s, SURREAL_ERR_RESOLVE, false);
    if (how == 's') s->connect_blocks = -1;
    if (how == '5') {
        s->head = "HTTP/1.1 503 Service Unavailable\r\n"
                  "content-length: 0\r\n\r\n";
    }
    if (how == '4') {
        s->head = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    }
    if (how == 'g') s->head = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
}

static void
failover(const char *how, const char *hosts, surreal_status want)
{
    redial r;
    surreal *db;
    surreal_status status;
    int64_t start = redial_ms;
    char log[256] = "";
    int i;

    redial_init(&r);
    r.prepare = prepare_by_text;
    r.user = (void *)(uintptr_t)how;
    status = surreal_open("ws://a,ws://b,ws://c", &r.options, &db);
    CHECK_STATUS(status, want);
    if (!strchr(how, 's')) CHECK_INT(redial_ms, start); /* no wait inside */
    for (i = 0; i < r.count; i++) {
        snprintf(log + strlen(log), sizeof log - strlen(log), "%s",
                 r.servers[i]->host);
    }
    CHECK_STR(log, hosts);
    redial_end(&r, db);
}

TEST(test_urls_are_tried_in_turn_without_waiting)
{
    failover("u", "a", SURREAL_OK);
    failover("du", "ab", SURREAL_OK);
    failover("Ddu", "abc", SURREAL_OK);
    failover("r5u", "abc", SURREAL_OK);
    failover("ddd", "abc", SURREAL_ERR_CONNECT);
    failover("drD", "abc", SURREAL_ERR_IO);
    failover("ssu", "abc", SURREAL_OK);
    failover("4", "a", SURREAL_ERR_UPGRADE); /* something else is there */
    failover("d4", "ab", SURREAL_ERR_UPGRADE);
}

TEST(test_rounds_wait_between_each_other)
{
    redial r;
    surreal *db;
    int64_t start = redial_ms;
    int i;

    redial_init(&r);
    r.prepare = prepare_by_text;
    r.user = (void *)(uintptr_t)"dDdDdu";
    r.options.connect_tries = 3;
    CHECK_STATUS(surreal_open("ws://a,ws://b", &r.options, &db), SURREAL_OK);
    CHECK_INT(r.count, 6);
    for (i = 0; i < r.count; i++) {
        CHECK_INT(r.servers[i]->host[0], "ab"[i % 2]);
        CHECK_INT(r.servers[i]->asked_ms - start,
                  i < 2 ? 0 : i < 4 ? 100 : 300);
    }
    redial_end(&r, db);
}

TEST(test_a_lost_connection_fails_over)
{
    redial r;
    surreal *db;

    redial_init(&r);
    r.prepare = prepare_by_text;
    r.user = (void *)(uintptr_t)"uddu";
    db = redial_open(&r, "ws://a,ws://b");
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    /* One round of two without a wait, then the next. */
    CHECK_INT(r.count, 4);
    CHECK_INT(r.servers[2]->asked_ms, r.servers[1]->asked_ms);
    CHECK(r.servers[1]->host[0] != r.servers[2]->host[0]);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    redial_end(&r, db);
}

/* ---- final or not -------------------------------------------------------- */

static const char *answer_text; /* what it is about */

static void
answer_no(script *s, const script_request *rq)
{
    if (!strcmp(answer_text, "auth") && script_is(rq, "signin")) {
        script_error(s, rq->id, -32002, "NotAllowed/Auth/InvalidAuth",
                     "There was a problem with authentication");
    } else if (!strcmp(answer_text, "old") && script_is(rq, "version")) {
        script_result_text(s, rq->id, "surrealdb-1.5.4");
    } else if (!strcmp(answer_text, "shutdown") && script_is(rq, "signin")) {
        script_error(s, rq->id, -32000, NULL,
                     "The server is gracefully shutting down");
    } else if (!strcmp(answer_text, "conflict") && script_is(rq, "use")) {
        script_error(s, rq->id, -32000, "Query/TransactionConflict",
                     "Transaction conflict: Write conflict. This transaction "
                     "can be retried");
    } else if (!strcmp(answer_text, "gone") && script_is(rq, "signin")) {
        redial_drop(s);
    } else if (!strcmp(answer_text, "busy") && script_is(rq, "signin")) {
        script_close_frame(s, 1013, "The server is unable to handle the "
                                    "request");
        s->mute = true;
    } else {
        script_answer(s, rq);
    }
}

/* The second connection goes as answer_text says, the third is good. */
static void
prepare_second_bad(redial *r, script *s, int number)
{
    (void)r;
    if (number != 1) return;
    s->answer = answer_no;
    if (!strcmp(answer_text, "503")) prepare_by_text(r, s, 1);
    if (!strcmp(answer_text, "404")) prepare_by_text(r, s, 1);
}

static surreal_state
second_chance(const char *text, const char *how, surreal_status *why)
{
    redial r;
    surreal *db;
    surreal_state state;

    answer_text = text;
    redial_init(&r);
    r.prepare = prepare_second_bad;
    r.user = (void *)(uintptr_t)how;
    db = redial_open(&r, "ws://a");
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    redial_settle(db);
    state = surreal_get_state(db);
    *why = surreal_last_error(db)->status;
    CHECK_INT(r.count, state == SURREAL_OPEN ? 3 : 2);
    redial_end(&r, db);
    return state;
}

TEST(test_what_ends_a_reconnect_for_good)
{
    surreal_status why;

    CHECK_INT(second_chance("auth", "", &why), SURREAL_FAILED);
    CHECK_STATUS(why, SURREAL_ERR_AUTH);
    CHECK_INT(second_chance("old", "", &why), SURREAL_FAILED);
    CHECK_STATUS(why, SURREAL_ERR_UNSUPPORTED);
}

TEST(test_what_a_reconnect_tries_again)
{
    surreal_status why;

    CHECK_INT(second_chance("gone", "", &why), SURREAL_OPEN);
    CHECK_INT(second_chance("busy", "", &why), SURREAL_OPEN);
    CHECK_INT(second_chance("503", "u5", &why), SURREAL_OPEN);
    CHECK_INT(second_chance("shutdown", "", &why), SURREAL_OPEN);
    CHECK_INT(second_chance("conflict", "", &why), SURREAL_OPEN);
    /* A proxy while the server behind it is being replaced. */
    CHECK_INT(second_chance("404", "u4", &why), SURREAL_OPEN);
}

TEST(test_what_ends_the_first_connecting_for_good)
{
    static const char *const final[] = {"4", "g"};
    size_t i;

    for (i = 0; i < 2; i++) {
        redial r;
        surreal *db;

        redial_init(&r);
        r.prepare = prepare_by_text;
        r.user = (void *)(uintptr_t)final[i];
        r.options.connect_tries = 5;
        surreal_open("ws://a", &r.options, &db);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        CHECK_INT(r.count, 1);
        redial_end(&r, db);
    }
}

/* The stream breaks after every byte the server sends while the connection is
 * being restored, and in the reply to a request: it is restored anyway. */
static void
prepare_break_second(redial *r, script *s, int number)
{
    if (number != 1) return;
    s->read_fail_at = *(size_t *)r->user;
    s->read_fail = number % 2 ? SURREAL_ERR_IO : SURREAL_ERR_CLOSED;
}

TEST(test_a_restore_broken_at_every_byte)
{
    size_t at = 0;
    int broken = 1;

    for (at = 0; broken; at++) {
        redial r;
        surreal *db;

        redial_init(&r);
        r.prepare = prepare_break_second;
        r.user = &at;
        db = redial_open(&r, "ws://a");
        redial_drop(&r.servers[0]->s);
        surreal_step(db);
        redial_settle(db);
        CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        /* Unsent or unknown once the restored one breaks as well. */
        if (r.count == 2) {
            surreal_status status = surreal_ping(db);

            CHECK(status == SURREAL_OK || status == SURREAL_ERR_UNKNOWN);
            broken = status != SURREAL_OK;
            if (broken) CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        }
        CHECK_STR(surreal_version(db).text.ptr, "3.0.2");
        redial_end(&r, db);
    }
    CHECK(at > 200);
}

/* ---- states, and what is told -------------------------------------------- */

TEST(test_changes_come_in_order)
{
    redial r;
    surreal *db;

    redial_init(&r);
    r.prepare = prepare_by_text;
    r.user = (void *)(uintptr_t)"uD5u";
    r.options.reconnect.attempts = 3;
    CHECK_STATUS(surreal_open_start("ws://a", &r.options, &db), SURREAL_OK);
    CHECK_INT(surreal_get_state(db), SURREAL_CONNECTING);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    CHECK_INT(surreal_fd(db), -1);
    CHECK_INT(surreal_wants(db), 0);
    CHECK_INT(surreal_deadline_ms(db), 100);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_STR(r.log, "a CONNECTING version signin use OPEN LOST "
                     "a CONNECTING RETRY a CONNECTING RETRY "
                     "a CONNECTING version signin use OPEN ");
    redial_end(&r, db);
}

TEST(test_reconnect_now_does_not_wait)
{
    redial r;
    surreal *db;
    int64_t start;

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    CHECK_STATUS(surreal_reconnect_now(db), SURREAL_OK); /* nothing happens */
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    start = redial_ms;
    CHECK_STATUS(surreal_reconnect_now(db), SURREAL_OK);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK(redial_ms - start <= 1);
    redial_end(&r, db);
    CHECK_STATUS(surreal_reconnect_now(NULL), SURREAL_ERR_CLOSED);
}

/* After giving up, the same connection comes back as the same user. */
TEST(test_reconnect_now_after_failing_restores_the_user)
{
    redial r;
    surreal *db;

    redial_init(&r);
    r.prepare = prepare_by_text;
    r.user = (void *)(uintptr_t)"udu";
    r.options.reconnect.attempts = 1;
    db = redial_open(&r, "ws://a");
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_CONNECT);
    r.log_len = 0;
    CHECK_STATUS(surreal_reconnect_now(db), SURREAL_OK);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_STR(r.log, "a CONNECTING version signin use OPEN ");
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    redial_end(&r, db);
}

/* Credentials that were not kept cannot restore anybody; being nobody instead
 * would be a lie. */
TEST(test_reconnect_now_without_credentials_is_refused)
{
    redial r;
    surreal *db;

    redial_init(&r);
    r.prepare = redial_prepare_tokenless;
    r.options.reconnect.attempts = -1;
    db = redial_open(&r, "ws://a");
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    surreal_reconnect_now(db);
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_AUTH);
    redial_end(&r, db);
}

TEST(test_reconnect_now_after_wrong_options_is_refused)
{
    redial r;
    surreal *db = NULL;

    redial_init(&r);
    r.options.pass = NULL;
    CHECK_STATUS(surreal_open("ws://a", &r.options, &db), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_reconnect_now(db), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_INT(r.count, 0);
    redial_end(&r, db);
}

/* ---- what is restored ---------------------------------------------------- */

TEST(test_a_session_is_restored_before_any_traffic)
{
    redial r;
    surreal *db;
    script_end_of end;

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    CHECK_STATUS(surreal_use(db, "other", "place"), SURREAL_OK);
    CHECK_STATUS(surreal_let(db, surreal_bind_int("x", 7)), SURREAL_OK);
    CHECK_STATUS(surreal_let(db, surreal_bind_text("y", "z")), SURREAL_OK);
    CHECK_STATUS(surreal_let(db, surreal_bind_int("x", 8)), SURREAL_OK);
    CHECK_STATUS(test_signin(db, "other", "place", "ann", "p"), SURREAL_OK);
    r.log_len = 0;
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_WOULD_BLOCK);
    CHECK_INT(end.calls, 0);
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_OK);
    CHECK_STR(r.log, "LOST a CONNECTING version signin use let let OPEN "
                     "query ");
    CHECK_INT(surreal_ns(db).len, 5);
    redial_end(&r, db);
}

/* Each stage waits for the one before, since servers run requests side by
 * side; only asking for the version and signing in go together. */
static int seen_in_stage;

static void
answer_one_at_a_time(script *s, const script_request *rq)
{
    (void)s;
    (void)rq;
    seen_in_stage++;
}

static void
prepare_mute(redial *r, script *s, int number)
{
    (void)r;
    if (number) s->answer = answer_one_at_a_time;
}

TEST(test_stages_wait_for_their_answers)
{
    redial r;
    surreal *db;
    script *s;

    redial_init(&r);
    r.prepare = prepare_mute;
    r.options.reconnect.attempts = 1;
    r.options.connect_ms = 50;
    db = redial_open(&r, "ws://a");
    CHECK_STATUS(surreal_let(db, surreal_bind_int("x", 1)), SURREAL_OK);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    seen_in_stage = 0;
    redial_run(db, 120);
    s = &redial_last(&r)->s;
    CHECK_INT(r.count, 2);
    CHECK_INT(seen_in_stage, 2); /* version and signin */
    script_result_text(s, 1u << 16 | 0, "ignored"); /* an old id: no */
    redial_run(db, 5);
    CHECK_INT(seen_in_stage, 2);
    redial_run(db, 100);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED); /* by connect_ms */
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TIMEOUT);
    redial_end(&r, db);
}

TEST_MAIN(RUN(test_open_gives_up_after_connect_tries);
    RUN(test_open_succeeds_on_the_last_try);
    RUN(test_open_tries_once_unless_told_otherwise);
    RUN(test_default_policy);
    RUN(test_policy_of_ones_own);
    RUN(test_a_single_attempt_is_an_attempt);
    RUN(test_negative_attempts_give_up_at_once);
    RUN(test_jitter_stays_within_its_part);
    RUN(test_accepting_and_dropping_does_not_reset_the_waits);
    RUN(test_connections_that_held_for_long_begin_anew);
    RUN(test_urls_are_tried_in_turn_without_waiting);
    RUN(test_rounds_wait_between_each_other);
    RUN(test_a_lost_connection_fails_over);
    RUN(test_what_ends_a_reconnect_for_good);
    RUN(test_what_a_reconnect_tries_again);
    RUN(test_what_ends_the_first_connecting_for_good);
    RUN(test_a_restore_broken_at_every_byte);
    RUN(test_changes_come_in_order);
    RUN(test_reconnect_now_does_not_wait);
    RUN(test_reconnect_now_after_failing_restores_the_user);
    RUN(test_reconnect_now_without_credentials_is_refused);
    RUN(test_reconnect_now_after_wrong_options_is_refused);
    RUN(test_a_session_is_restored_before_any_traffic);
    RUN(test_stages_wait_for_their_answers);)
