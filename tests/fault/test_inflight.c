/* cc -I. -o build/fault/test_inflight tests/fault/test_inflight.c -lm
 *
 * Requests on their way when the connection is lost: each ends exactly once,
 * says the truth about what the server saw, and is never sent twice. */
#define SURREAL_IMPLEMENTATION
#include "tests/fault/comeback.h"

/* ---- what was written ---------------------------------------------------- */

/* The first server takes requests and says nothing to them. */
static void
answer_nothing(script *s, const script_request *rq)
{
    if (!script_is(rq, "query")) script_answer(s, rq);
}

static void
prepare_first_silent(redial *r, script *s, int number)
{
    (void)r;
    if (!number) s->answer = answer_nothing;
}

static size_t
frame_len(void)
{
    redial r;
    surreal *db;
    script_end_of end;
    size_t before;
    size_t len;

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    before = r.servers[0]->s.up_total;
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    len = r.servers[0]->s.up_total - before;
    redial_end(&r, db);
    CHECK_INT(end.calls, 1);
    return len;
}

TEST(test_unsent_or_unknown_by_the_byte)
{
    size_t frame = frame_len();
    size_t n;

    for (n = 0; n <= frame * 2; n++) {
        redial r;
        surreal *db;
        script_end_of a;
        script_end_of b;

        redial_init(&r);
        r.prepare = prepare_first_silent;
        db = redial_open(&r, "ws://a");
        r.servers[0]->s.write_budget = n;
        CHECK_STATUS(script_query(db, 1, &a, NULL), SURREAL_OK);
        CHECK_STATUS(script_query(db, 2, &b, NULL), SURREAL_OK);
        surreal_step(db);
        CHECK_INT(a.calls + b.calls, 0);
        redial_drop(&r.servers[0]->s);
        surreal_step(db);
        CHECK_INT(a.calls, 1);
        CHECK_INT(b.calls, 1);
        CHECK_STATUS(a.status, n < frame ? SURREAL_ERR_NOT_SENT
                                         : SURREAL_ERR_UNKNOWN);
        CHECK_STATUS(b.status, n < frame * 2 ? SURREAL_ERR_NOT_SENT
                                             : SURREAL_ERR_UNKNOWN);
        CHECK_INT(redial_queries(&r), n / frame);
        redial_settle(db);
        redial_run(db, 10);
        CHECK_INT(redial_queries(&r), n / frame); /* not repeated */
        redial_end(&r, db);
    }
}

static void
drop_first(redial *r)
{
    redial_drop(&r->servers[0]->s);
}

/* The server went while the program did something else: the call that finds
 * out has not been sent, and is repeated. */
TEST(test_a_call_after_a_while_listens_first)
{
    redial r;
    surreal *db;

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    redial_drop(&r.servers[0]->s);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_UNKNOWN);
    redial_settle(db);
    redial_drop(&redial_last(&r)->s);
    redial_ms += 5000;
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(r.count, 3);
    redial_end(&r, db);
}

/* A call that waits goes round again for what was not sent, and only then. */
TEST(test_waiting_calls_repeat_what_was_not_sent)
{
    size_t frame = frame_len();
    size_t n;

    for (n = 0; n <= frame; n++) {
        redial r;
        surreal *db;
        surreal_status status;

        redial_init(&r);
        r.prepare = prepare_first_silent;
        db = redial_open(&r, "ws://a");
        r.servers[0]->s.write_budget = n;
        r.at = drop_first;
        r.at_ms = redial_ms + 20;
        status = surreal_query(db, "RETURN $n",
                               SURREAL_VARS(surreal_bind_int("n", 1)), NULL);
        CHECK_STATUS(status, n < frame ? SURREAL_OK : SURREAL_ERR_UNKNOWN);
        CHECK_INT(redial_queries(&r), 1);
        if (status) {
            CHECK_SAYS(surreal_last_error(db), "the server may have done it");
        }
        redial_end(&r, db);
    }
}

/* Losing a connection for what the server said must not write the rest of the
 * queue: it would be done there, and once more on the next connection. */
TEST(test_the_queue_of_a_lost_connection_is_not_sent)
{
    redial r;
    surreal *db;
    script *s;
    script_end_of end;

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    s = &r.servers[0]->s;
    s->write_gaps = true; /* the first write blocks, the next would not */
    script_frame(s, SCRIPT_BINARY, "\xff", 1);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    CHECK_STATUS(end.status, SURREAL_ERR_NOT_SENT);
    CHECK(s->is_closed);
    CHECK_INT(s->queries, 0);
    redial_end(&r, db);
}

TEST(test_session_calls_repeat_as_well)
{
    redial r;
    surreal *db;

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    r.servers[0]->s.write_blocked = true;
    r.at = drop_first;
    r.at_ms = redial_ms + 20;
    CHECK_STATUS(surreal_let(db, surreal_bind_int("x", 1)), SURREAL_OK);
    CHECK_STR(r.log, "a CONNECTING version signin use OPEN LOST "
                     "a CONNECTING version signin use OPEN let ");
    redial_end(&r, db);
}

/* ---- limits of time ------------------------------------------------------ */

static void
prepare_good_once(redial *r, script *s, int number)
{
    (void)r;
    if (number) redial_refuse(s, SURREAL_ERR_CONNECT, true);
}

TEST(test_the_deadline_passes_while_reconnecting)
{
    redial r;
    surreal *db;
    int64_t start;

    redial_init(&r);
    r.prepare = prepare_good_once;
    r.options.timeout_ms = 500;
    db = redial_open(&r, "ws://a");
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    start = redial_ms;
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_TIMEOUT);
    CHECK_INT(redial_ms - start, 500);
    CHECK_SAYS(surreal_last_error(db), "refused"); /* why it is so */
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    redial_end(&r, db);
}

static void
prepare_all_silent(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = answer_nothing;
}

/* The limit is one of the call, not of each time it is sent. */
TEST(test_a_repeated_call_keeps_its_deadline)
{
    redial r;
    surreal *db;
    int64_t start;

    redial_init(&r);
    r.prepare = prepare_all_silent;
    r.options.timeout_ms = 500;
    db = redial_open(&r, "ws://a");
    r.servers[0]->s.write_blocked = true;
    r.at = drop_first;
    start = redial_ms;
    r.at_ms = start + 300;
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_TIMEOUT);
    CHECK_INT(redial_queries(&r), 1);
    CHECK_INT(redial_ms - start, 500);
    redial_end(&r, db);
}

TEST(test_giving_up_completes_everything_once)
{
    redial r;
    surreal *db;
    script_end_of ends[20];
    int i;

    redial_init(&r);
    r.prepare = prepare_good_once;
    db = redial_open(&r, "ws://a");
    r.servers[0]->s.mute = true;
    for (i = 0; i < 20; i++) {
        CHECK_STATUS(script_query(db, i, &ends[i], NULL), SURREAL_OK);
    }
    surreal_step(db);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    for (i = 0; i < 20; i++) CHECK_STATUS(ends[i].status, SURREAL_ERR_UNKNOWN);
    CHECK_STATUS(script_query(db, 1, &ends[0], NULL), SURREAL_WOULD_BLOCK);
    ends[0].calls = 1;
    /* A call that waits hears of the end. */
    CHECK_STATUS(surreal_wait(db, -1), SURREAL_ERR_CONNECT);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_CONNECT);
    CHECK_STATUS(script_query(db, 1, &ends[0], NULL), SURREAL_ERR_CONNECT);
    ends[0].calls = 1;
    CHECK_INT(r.changes[SURREAL_CHANGE_FAILED], 1);
    CHECK_INT(r.changes[SURREAL_CHANGE_LOST], 1);
    CHECK_INT(surreal_pending(db), 0);
    redial_end(&r, db);
    for (i = 0; i < 20; i++) CHECK_INT(ends[i].calls, 1);
}

/* ---- replies that are not what they seem --------------------------------- */

static uint64_t kept_ids[8];
static int kept;

static void
answer_later(script *s, const script_request *rq)
{
    if (script_is(rq, "query") && kept < 8) {
        kept_ids[kept++] = rq->id;
    } else {
        script_answer(s, rq);
    }
}

static void
prepare_later(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = answer_later;
}

static void
reply_n(script *s, uint64_t id, int64_t n)
{
    script_row row;
    srl_buf *b = script_reply(s, id, "result");

    memset(&row, 0, sizeof row);
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
    srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
    srl_cbor_put_key(b, "result");
    srl_cbor_put_head(b, SRL_CBOR_MAP, 1);
    srl_cbor_put_key(b, "n");
    srl_cbor_put_int(b, n);
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, "OK");
    srl_cbor_put_key(b, "time");
    srl_cbor_put_key(b, "1ms");
    script_send(s);
}

TEST(test_two_replies_with_one_id)
{
    redial r;
    surreal *db;
    script_end_of a;
    script_end_of b;
    script *s;

    redial_init(&r);
    r.prepare = prepare_later;
    kept = 0;
    db = redial_open(&r, "ws://a");
    s = &r.servers[0]->s;
    CHECK_STATUS(script_query(db, 1, &a, NULL), SURREAL_OK);
    surreal_step(db);
    reply_n(s, kept_ids[0], 11);
    reply_n(s, kept_ids[0], 12);
    surreal_step(db);
    CHECK_INT(a.calls, 1);
    CHECK_INT(a.n, 11);
    /* The slot has a new tenant: an old id does not fit it. */
    CHECK_STATUS(script_query(db, 2, &b, NULL), SURREAL_OK);
    surreal_step(db);
    reply_n(s, kept_ids[0], 13);
    surreal_step(db);
    CHECK_INT(b.calls, 0);
    reply_n(s, kept_ids[1], 14);
    surreal_step(db);
    CHECK_INT(b.calls, 1);
    CHECK_INT(b.n, 14);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    redial_end(&r, db);
}

static void
reply_nameless(script *s)
{
    s->body.len = 0;
    srl_cbor_put_head(&s->body, SRL_CBOR_MAP, 1);
    srl_cbor_put_key(&s->body, "error");
    script_put_error(&s->body, -32600, NULL, "Invalid request");
    script_send(s);
}

/* A failure without an id goes to the one request it can be about, and to
 * nobody if that is in doubt: also when the one it may be about was cancelled
 * a moment ago. */
TEST(test_a_reply_without_id)
{
    redial r;
    surreal *db;
    script_end_of a;
    script_end_of b;
    surreal_request *rq = NULL;

    redial_init(&r);
    r.prepare = prepare_later;
    kept = 0;
    db = redial_open(&r, "ws://a");
    CHECK_STATUS(script_query(db, 1, &a, NULL), SURREAL_OK);
    surreal_step(db);
    reply_nameless(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(a.calls, 1);
    CHECK_INT(surreal_status_class(a.status), SURREAL_CLASS_SERVER);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);

    CHECK_STATUS(script_query(db, 1, &a, &rq), SURREAL_OK);
    CHECK_STATUS(script_query(db, 2, &b, NULL), SURREAL_OK);
    surreal_step(db);
    surreal_cancel(db, rq);
    CHECK_STATUS(a.status, SURREAL_ERR_CANCELLED);
    reply_nameless(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(b.calls, 1);
    CHECK_STATUS(b.status, SURREAL_ERR_UNKNOWN);
    CHECK_SAYS(&b.error, "does not say which");
    redial_settle(db);

    /* Nobody waits: it can only be about the one that was given up. */
    CHECK_STATUS(script_query(db, 1, &a, &rq), SURREAL_OK);
    surreal_step(db);
    surreal_cancel(db, rq);
    reply_nameless(&redial_last(&r)->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_STATUS(script_query(db, 2, &b, NULL), SURREAL_OK);
    surreal_step(db);
    reply_nameless(&redial_last(&r)->s);
    surreal_step(db);
    CHECK_INT(surreal_status_class(b.status), SURREAL_CLASS_SERVER);
    redial_end(&r, db);
}

/* ---- a hundred thousand requests ----------------------------------------- */

#define STORM 100000
#define STORM_WINDOW 200

typedef struct storm_one {
    uint8_t calls;
    uint8_t served;
    uint8_t kind; /* 1 ok, 2 unsent, 3 unknown, 4 cancelled */
} storm_one;

static storm_one storm_all[STORM];
static surreal_request *storm_rq[STORM];
static uint32_t storm_seed;
static struct { uint64_t id; int64_t n; } storm_held[STORM_WINDOW * 2];
static size_t storm_holds;
static int storm_ended;

static void
storm_done(void *user, surreal *db, surreal_status status,
           surreal_result *result, const surreal_error *err)
{
    storm_one *one = (storm_one *)user;
    int64_t n = -1;

    (void)db;
    (void)err;
    one->calls++;
    storm_ended++;
    one->kind = status == SURREAL_OK               ? 1
                : status == SURREAL_ERR_NOT_SENT   ? 2
                : status == SURREAL_ERR_UNKNOWN    ? 3
                : status == SURREAL_ERR_CANCELLED  ? 4
                                                   : 9;
    if (!status) {
        surreal_get_int(surreal_field(surreal_statement_value(result, 0),
                                      "n"), &n);
        CHECK_INT(n, one - storm_all);
    }
    surreal_result_free(result);
    storm_rq[one - storm_all] = NULL;
}

/* Answers come in any order and some wait for long. */
static void
storm_reply(script *s, size_t leave)
{
    while (storm_holds > leave) {
        size_t i = script_random(&storm_seed) % storm_holds;

        reply_n(s, storm_held[i].id, storm_held[i].n);
        storm_held[i] = storm_held[--storm_holds];
    }
}

static void
storm_answer(script *s, const script_request *rq)
{
    const uint8_t *n;
    srl_cbor_head head;

    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    n = srl_cbor_find(script_param(rq, 1), SURREAL_LIT("n"));
    srl_cbor_head_at(n, &head);
    storm_all[head.arg].served++;
    storm_held[storm_holds].id = rq->id;
    storm_held[storm_holds++].n = (int64_t)head.arg;
    storm_reply(s, script_random(&storm_seed) % 30);
}

static void
storm_prepare(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = storm_answer;
    s->cut = SCRIPT_RANDOM;
    s->cut_len = 900;
    s->seed = storm_seed | 1;
    s->write_max = 1 + script_random(&storm_seed) % 2000;
    storm_holds = 0;
}

/* One turn: start some, give up some, break something, drive it. */
static void
storm_turn(redial *r, surreal *db, int64_t *next)
{
    script *s = &redial_last(r)->s;
    uint32_t dice = script_random(&storm_seed);
    int i;

    for (i = 0; i < 40 && *next < STORM; i++) {
        if (surreal_pending(db) >= STORM_WINDOW) break;
        if (surreal_query_start(
                db, SURREAL_LIT("RETURN $n"),
                SURREAL_VARS(surreal_bind_int("n", *next)), storm_done,
                &storm_all[*next], &storm_rq[*next])) {
            break;
        }
        ++*next;
    }
    if (dice % 5 == 0 && *next) {
        int64_t at = *next - 1 - (dice >> 8) % 100;

        if (at >= 0 && storm_rq[at]) surreal_cancel(db, storm_rq[at]);
    }
    if (dice % 7 == 0) s->write_budget = (dice >> 4) % 500;
    if (dice % 7 == 3) s->write_budget = SCRIPT_NEVER;
    if (dice % 29 == 0 && r->count < REDIAL_MAX - 2 && !s->read_fail &&
        surreal_get_state(db) == SURREAL_OPEN) {
        s->read_fail_at = s->down_at + (dice >> 6) % 600;
        s->read_fail = dice % 2 ? SURREAL_ERR_IO : SURREAL_ERR_CLOSED;
    }
    if (dice % 3 == 0 && !s->is_closed) storm_reply(s, 0);
    redial_run(db, 1);
}

TEST(test_a_hundred_thousand_requests_with_losses)
{
    redial r;
    surreal *db;
    int64_t next = 0;
    int kinds[10] = {0};
    int turns = 0;
    int i;

    memset(storm_all, 0, sizeof storm_all);
    storm_seed = 20240607;
    storm_ended = 0;
    redial_init(&r);
    r.log_off = true;
    r.prepare = storm_prepare;
    r.options.timeout_ms = -1;
    r.options.reconnect.min_ms = 1;
    db = redial_open(&r, "ws://a,ws://b");
    while (storm_ended < STORM && turns++ < 200000) {
        script *s = &redial_last(&r)->s;

        storm_turn(&r, db, &next);
        /* What a blocked server holds back comes in the end. */
        if (next == STORM) s->write_budget = SCRIPT_NEVER;
        if (s->read_fail && s->down.len < s->read_fail_at) redial_drop(s);
    }
    CHECK_INT(storm_ended, STORM);
    for (i = 0; i < STORM; i++) {
        const storm_one *one = &storm_all[i];

        kinds[one->kind]++;
        if (one->calls != 1) TEST_FAIL("%d ended %d times", i, one->calls);
        if (one->served > 1) TEST_FAIL("%d was sent twice", i);
        if (one->kind == 1 && one->served != 1) TEST_FAIL("%d: ok?", i);
        if (one->kind == 2 && one->served) TEST_FAIL("%d was sent", i);
    }
    /* Each kind of end was met, or this test tests less than it says. */
    CHECK(kinds[1] > STORM / 2 && kinds[2] && kinds[3] && kinds[4]);
    CHECK(!kinds[9] && !kinds[0]);
    CHECK(r.count > 100);
    redial_end(&r, db);
}

TEST_MAIN(RUN(test_unsent_or_unknown_by_the_byte);
    RUN(test_a_call_after_a_while_listens_first);
    RUN(test_waiting_calls_repeat_what_was_not_sent);
    RUN(test_the_queue_of_a_lost_connection_is_not_sent);
    RUN(test_session_calls_repeat_as_well);
    RUN(test_the_deadline_passes_while_reconnecting);
    RUN(test_a_repeated_call_keeps_its_deadline);
    RUN(test_giving_up_completes_everything_once);
    RUN(test_two_replies_with_one_id);
    RUN(test_a_reply_without_id);
    RUN(test_a_hundred_thousand_requests_with_losses);)
