/* cc -I. -o build/fault/test_io tests/fault/test_io.c -lm
 *
 * A session over a wire that cuts, blocks, lies and breaks, and over real
 * sockets. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

#include <netinet/in.h>
#include <sys/wait.h>

/* ---- one session, and how it went ---------------------------------------- */

#define SESSION_CALLS 6

typedef struct session {
    surreal_status open;
    surreal_status calls[SESSION_CALLS];
    script_end_of start; /* a request started first, answered whenever */
    int64_t n;
    char name[16];
    size_t statements;
    surreal_state state;
    surreal_error error;
} session;

/* The calls that wait. Goes on after a failure: later calls must fail too. */
static void
session_calls(surreal *db, session *end)
{
    surreal_result *r = NULL;
    surreal_str name;

    end->calls[0] = script_query(db, 99, &end->start, NULL);
    end->calls[1] = surreal_use(db, "test", "other");
    end->calls[2] = surreal_query(
        db, "RETURN $n",
        SURREAL_VARS(surreal_bind_int("n", 7), surreal_bind_text("name",
                                                                 "Ann")), &r);
    surreal_get_int(surreal_field(surreal_statement_value(r, 0), "n"),
                    &end->n);
    name = surreal_str_at(surreal_statement_value(r, 0), "name");
    if (name.ptr) snprintf(end->name, sizeof end->name, "%s", name.ptr);
    surreal_result_free(r);
    end->calls[3] = surreal_query(db, "RETURN 1; RETURN 2", SURREAL_NO_VARS,
                                  &r);
    end->statements = surreal_statements(r);
    surreal_result_free(r);
    end->calls[4] = test_signin(db, "test", NULL, "ann", "other secret");
    end->calls[5] = surreal_ping(db);
}

/* All of it; the wire is what the test made of `s`. */
static void
session_run(script *s, session *end)
{
    surreal *db;

    memset(end, 0, sizeof *end);
    db = script_open(s);
    NEED(db);
    end->open = surreal_last_error(db)->status;
    session_calls(db, end);
    end->state = surreal_get_state(db);
    end->error = *surreal_last_error(db);
    script_end(s, db);
    /* Whatever happened: a request that was started has ended, once. */
    CHECK_INT(end->start.calls, end->calls[0] == SURREAL_OK ? 1 : 0);
}

/* Nothing went wrong. */
static void
session_check_good(const session *end)
{
    int i;

    CHECK_STATUS(end->open, SURREAL_OK);
    for (i = 0; i < SESSION_CALLS; i++) {
        CHECK_STATUS(end->calls[i], SURREAL_OK);
    }
    CHECK_INT(end->n, 7);
    CHECK_STR(end->name, "Ann");
    CHECK_INT(end->statements, 2);
    CHECK_INT(end->start.n, 99);
    CHECK_INT(end->state, SURREAL_OPEN);
}

/* How many bytes the session is, in each direction. */
static void
session_measure(size_t *down, size_t *up)
{
    script s;
    session end;
    surreal *db;

    memset(&end, 0, sizeof end);
    script_init(&s);
    db = script_open(&s);
    session_calls(db, &end);
    *down = s.down.len;
    *up = s.up_total;
    script_end(&s, db);
}

/* ---- cuts ---------------------------------------------------------------- */

TEST(test_session_is_the_same_whole)
{
    script s;
    session end;

    script_init(&s);
    session_run(&s, &end);
    session_check_good(&end);
    CHECK_INT(s.closes, 1);
    CHECK_INT(s.close_code, 1000);
    CHECK_INT(s.requests, 3 + SESSION_CALLS);
}

TEST(test_session_is_the_same_split_at_every_byte)
{
    script s;
    session end;
    size_t down;
    size_t up;
    size_t at;

    session_measure(&down, &up);
    CHECK(down > 400);
    for (at = 1; at < down && !test_failed_checks; at++) {
        script_init(&s);
        s.cut = SCRIPT_SPLIT;
        s.cut_len = at;
        session_run(&s, &end);
        session_check_good(&end);
        if (test_failed_checks) TEST_FAIL("split at byte %zu", at);
    }
}

TEST(test_session_is_the_same_in_pieces)
{
    script s;
    session end;
    size_t len;

    for (len = 1; len < 40 && !test_failed_checks; len++) {
        script_init(&s);
        s.cut = SCRIPT_PIECES;
        s.cut_len = len;
        session_run(&s, &end);
        session_check_good(&end);
        if (test_failed_checks) TEST_FAIL("pieces of %zu", len);
    }
}

TEST(test_session_is_the_same_in_random_pieces)
{
    script s;
    session end;
    uint32_t seed;

    for (seed = 1; seed < 200 && !test_failed_checks; seed++) {
        script_init(&s);
        s.cut = SCRIPT_RANDOM;
        s.cut_len = 1 + seed % 60;
        s.seed = seed;
        s.write_max = 1 + seed % 17;
        s.write_gaps = seed & 1;
        session_run(&s, &end);
        session_check_good(&end);
        if (test_failed_checks) TEST_FAIL("seed %u", (unsigned)seed);
    }
}

TEST(test_session_is_the_same_with_writes_of_one_byte)
{
    script s;
    session end;

    script_init(&s);
    s.write_max = 1;
    session_run(&s, &end);
    session_check_good(&end);

    script_init(&s);
    s.write_max = 1;
    s.write_gaps = true;
    s.cut = SCRIPT_PIECES;
    s.cut_len = 1;
    s.connect_blocks = 3;
    session_run(&s, &end);
    session_check_good(&end);
}

/* ---- ends ---------------------------------------------------------------- */

/* What a broken wire looks like to the caller. */
static void
session_check_broken(const session *end, surreal_status status)
{
    int i;
    bool broken = end->open != SURREAL_OK;

    CHECK_INT(end->state, SURREAL_FAILED);
    CHECK_STATUS(end->error.status, status);
    if (broken) CHECK_STATUS(end->open, status);
    for (i = 0; i < SESSION_CALLS; i++) {
        if (end->calls[i]) broken = true;
        CHECK_STATUS(end->calls[i], broken ? status : SURREAL_OK);
    }
    CHECK(broken);
}

/* The stages have their marks on the wire: a failure must name its own. */
static void
session_check_stage(const session *end, int requests, bool is_up)
{
    if (end->open == SURREAL_OK) return;
    CHECK_SAYS(&end->error, "db.example port 8000: ");
    if (!is_up) CHECK_SAYS(&end->error, "upgrade");
    if (is_up && requests == 3) CHECK_SAYS(&end->error, "namespace");
}

static void
session_break_reads(surreal_status status, const char *says)
{
    script s;
    session end;
    size_t down;
    size_t up;
    size_t at;

    session_measure(&down, &up);
    for (at = 0; at < down && !test_failed_checks; at++) {
        script_init(&s);
        s.read_fail_at = at;
        s.read_fail = status;
        session_run(&s, &end);
        session_check_broken(&end, status);
        CHECK_SAYS(&end.error, says);
        session_check_stage(&end, s.requests, at >= s.head_end);
        if (test_failed_checks) TEST_FAIL("after byte %zu of %zu", at, down);
    }
}

TEST(test_end_of_stream_after_every_byte)
{
    session_break_reads(SURREAL_ERR_CLOSED, "server ended the connection");
}

TEST(test_reset_after_every_byte)
{
    session_break_reads(SURREAL_ERR_IO, "receive: connection reset");
}

TEST(test_reset_after_every_byte_written)
{
    script s;
    session end;
    size_t down;
    size_t up;
    size_t at;

    session_measure(&down, &up);
    for (at = 0; at < up && !test_failed_checks; at++) {
        script_init(&s);
        s.write_fail_at = at;
        s.write_fail = SURREAL_ERR_IO;
        session_run(&s, &end);
        session_check_broken(&end, SURREAL_ERR_IO);
        CHECK_SAYS(&end.error, "send: connection reset");
        if (test_failed_checks) TEST_FAIL("after byte %zu of %zu", at, up);
    }
}

TEST(test_end_of_stream_while_cut_to_bytes)
{
    script s;
    session end;
    size_t down;
    size_t up;
    size_t at;

    session_measure(&down, &up);
    for (at = 0; at < down && !test_failed_checks; at += 7) {
        script_init(&s);
        s.cut = SCRIPT_PIECES;
        s.cut_len = 1;
        s.write_max = 1;
        s.read_fail_at = at;
        s.read_fail = SURREAL_ERR_CLOSED;
        session_run(&s, &end);
        session_check_broken(&end, SURREAL_ERR_CLOSED);
        if (test_failed_checks) TEST_FAIL("after byte %zu", at);
    }
}

/* ---- answers that are not the upgrade ------------------------------------ */

#define UP "HTTP/1.1 101 Switching Protocols\r\n"
#define UP_CONN "Connection: Upgrade\r\nUpgrade: websocket\r\n"
#define UP_CBOR "Sec-WebSocket-Protocol: cbor\r\n"
#define UP_KEY "Sec-WebSocket-Accept: @\r\n"

typedef struct head_case {
    const char *head;
    surreal_status status;
    const char *says;
} head_case;

static const head_case head_cases[] = {
    {"HTTP/1.1 401 Unauthorized\r\nContent-Length: 3\r\n\r\nbad",
     SURREAL_ERR_AUTH, "401 Unauthorized"},
    {"HTTP/1.1 403 Forbidden\r\n\r\n", SURREAL_ERR_DENIED, "403 Forbidden"},
    {"HTTP/1.1 404 Not Found\r\n\r\n", SURREAL_ERR_UPGRADE, "404 Not Found"},
    {"HTTP/1.1 500 Oh dear\r\n\r\n", SURREAL_ERR_UPGRADE, "500 Oh dear"},
    {"HTTP/1.1 200 OK\r\n\r\n<html>", SURREAL_ERR_UPGRADE, "200 OK"},
    {"HTTP/1.1 301 Moved\r\nLocation: https://x.example/\r\n\r\n",
     SURREAL_ERR_UPGRADE, "https://x.example/"},
    {UP UP_CONN UP_CBOR "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA="
     "\r\n\r\n", SURREAL_ERR_UPGRADE, "Sec-WebSocket-Accept"},
    {UP UP_CONN UP_CBOR "\r\n", SURREAL_ERR_UPGRADE, "Sec-WebSocket-Accept"},
    {UP UP_CONN UP_KEY "Sec-WebSocket-Protocol: json\r\n\r\n",
     SURREAL_ERR_UPGRADE, "\"json\""},
    {UP UP_CONN UP_KEY "\r\n", SURREAL_ERR_UPGRADE, "Sec-WebSocket-Protocol"},
    {UP UP_KEY UP_CBOR "Connection: Upgrade\r\n\r\n", SURREAL_ERR_UPGRADE,
     "no Upgrade"},
    {UP UP_KEY UP_CBOR "Upgrade: websocket\r\n\r\n", SURREAL_ERR_UPGRADE,
     "no Connection"},
    {UP UP_CONN UP_KEY UP_CBOR
     "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
     SURREAL_ERR_UPGRADE, "permessage-deflate"},
    {"HTTP/1.0 101 Switching Protocols\r\n" UP_CONN UP_KEY UP_CBOR "\r\n",
     SURREAL_ERR_UPGRADE, "HTTP/1.0"},
    {"SSH-2.0-OpenSSH_9.2p1\r\n", SURREAL_ERR_HTTP, "HTTP"},
    {"\x15\x03\x01\x02\x02\x50", SURREAL_ERR_HTTP, "use wss://"},
};

TEST(test_answers_that_are_not_the_upgrade_have_their_own_error)
{
    size_t i;
    size_t pieces;

    for (i = 0; i < sizeof head_cases / sizeof head_cases[0]; i++) {
        for (pieces = 0; pieces < 2; pieces++) {
            script s;
            surreal *db;

            script_init(&s);
            s.head = head_cases[i].head;
            s.cut = pieces ? SCRIPT_PIECES : SCRIPT_WHOLE;
            s.cut_len = 1;
            db = script_open(&s);
            CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
            CHECK_STATUS(surreal_last_error(db)->status,
                         head_cases[i].status);
            CHECK_SAYS(surreal_last_error(db), head_cases[i].says);
            CHECK_STATUS(surreal_ping(db), head_cases[i].status);
            CHECK_INT(s.requests, 0);
            script_end(&s, db);
        }
    }
}

/* A head of `count` lines of `width` bytes that never ends. */
static void
endless_head(size_t count, size_t width, surreal_status status,
             const char *says)
{
    char *head = (char *)malloc(count * width + 64);
    size_t len = 0;
    size_t i;
    script s;
    surreal *db;

    if (!head) abort();
    len += (size_t)snprintf(head, 64, "%s", UP);
    for (i = 0; i < count; i++) {
        memset(head + len, 'a', width);
        memcpy(head + len, "x: ", 3);
        memcpy(head + len + width - 2, "\r\n", 2);
        len += width;
    }
    script_init(&s);
    s.head = head;
    s.head_len = len;
    db = script_open(&s);
    CHECK_STATUS(surreal_last_error(db)->status, status);
    CHECK_SAYS(surreal_last_error(db), says);
    script_end(&s, db);
    free(head);
}

TEST(test_endless_and_oversized_heads_are_refused)
{
    endless_head(5000, 8, SURREAL_ERR_LIMIT, "header");
    endless_head(1, 40000, SURREAL_ERR_LIMIT, "16384");
    endless_head(90, 1000, SURREAL_ERR_LIMIT, "16384");
}

TEST(test_frames_right_behind_the_head_are_not_lost)
{
    script s;
    surreal *db;

    script_init(&s);
    s.head = UP UP_CONN UP_KEY UP_CBOR "\r\n\x89\x02hi";
    db = script_open(&s);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(s.pongs, 1);
    CHECK_MEM(s.pong, s.pong_len, "hi", 2);
    script_end(&s, db);
}

/* ---- stalls while connecting --------------------------------------------- */

static const char *stall_method;

static void
answer_all_but(script *s, const script_request *rq)
{
    if (!script_is(rq, stall_method)) script_answer(s, rq);
}

static void
check_stall(script *s, const char *says)
{
    surreal *db;

    s->options.connect_ms = 15;
    db = script_open(s);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TIMEOUT);
    CHECK_SAYS(surreal_last_error(db), says);
    CHECK_SAYS(surreal_last_error(db), "db.example port 8000");
    CHECK_SAYS(surreal_last_error(db), "15 ms");
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_TIMEOUT);
    script_end(s, db);
}

TEST(test_a_stall_while_connecting_names_its_stage)
{
    script s;

    script_init(&s);
    s.connect_blocks = -1;
    check_stall(&s, "connecting");

    script_init(&s);
    s.mute = true;
    check_stall(&s, "upgrade");

    script_init(&s);
    s.write_blocked = true;
    check_stall(&s, "upgrade");

    script_init(&s);
    s.head = "HTTP/1.1 101 Switching";
    check_stall(&s, "upgrade");

    script_init(&s);
    s.answer = answer_all_but;
    stall_method = "version";
    s.options.user = s.options.pass = NULL;
    check_stall(&s, "version");

    script_init(&s);
    s.answer = answer_all_but;
    stall_method = "signin";
    check_stall(&s, "signing in");

    script_init(&s);
    s.answer = answer_all_but;
    stall_method = "use";
    check_stall(&s, "selecting the namespace");
}

TEST(test_negative_limits_mean_none)
{
    script s;
    surreal *db;
    int i;

    script_init(&s);
    s.connect_blocks = -1;
    s.options.connect_ms = -1;
    s.options.timeout_ms = -1;
    db = script_start(&s);
    for (i = 0; i < 100; i++) {
        surreal_step(db);
    }
    CHECK_INT(surreal_get_state(db), SURREAL_CONNECTING);
    CHECK_INT(surreal_deadline_ms(db), -1);
    script_end(&s, db);
}

/* ---- frames that are wrong ----------------------------------------------- */

typedef struct frame_case {
    const char *bytes;
    size_t len;
    surreal_status status;
    const char *says;
    unsigned close_code; /* what the server is told; 0: any */
} frame_case;

#define BYTES(literal) literal, sizeof(literal) - 1

static const frame_case frame_cases[] = {
    {BYTES("\x82\x85kkkk....."), SURREAL_ERR_WEBSOCKET, "mask", 1002},
    {BYTES("\xc2\x01\xa0"), SURREAL_ERR_WEBSOCKET, "reserved", 1002},
    {BYTES("\xa2\x01\xa0"), SURREAL_ERR_WEBSOCKET, "reserved", 1002},
    {BYTES("\x92\x01\xa0"), SURREAL_ERR_WEBSOCKET, "reserved", 1002},
    {BYTES("\x83\x01\xa0"), SURREAL_ERR_WEBSOCKET, "opcode", 1002},
    {BYTES("\x8b\x00"), SURREAL_ERR_WEBSOCKET, "opcode", 1002},
    {BYTES("\x80\x01\xa0"), SURREAL_ERR_WEBSOCKET, "continuation", 1002},
    {BYTES("\x02\x01\xa0\x82\x01\xa0"), SURREAL_ERR_WEBSOCKET, "fragment",
     1002},
    {BYTES("\x82\x7e\x00\x05....."), SURREAL_ERR_WEBSOCKET, "length", 1002},
    {BYTES("\x82\x7f\x80\0\0\0\0\0\0\0"), SURREAL_ERR_WEBSOCKET, "length",
     1002},
    {BYTES("\x82\x7f\0\0\0\0\xff\0\0\0"), SURREAL_ERR_LIMIT, "1000000",
     1009},
    {BYTES("\x09\x00"), SURREAL_ERR_WEBSOCKET, "control", 1002},
    {BYTES("\x89\x7e\x00\x80"), SURREAL_ERR_WEBSOCKET, "control", 1002},
    {BYTES("\x81\x02\xff\xfe"), SURREAL_ERR_UTF8, "UTF-8", 1007},
    {BYTES("\x88\x01\x03"), SURREAL_ERR_WEBSOCKET, "close", 1002},
    {BYTES("\x88\x02\x03\xed"), SURREAL_ERR_WEBSOCKET, "1005", 1002},
    {BYTES("\x88\x00"), SURREAL_ERR_CLOSED, "server closed", 0},
    {BYTES("\x88\x02\x03\xe8"), SURREAL_ERR_CLOSED, "1000", 0},
    {BYTES("\x88\x16\x03\xf5going to be overload"), SURREAL_ERR_CLOSED,
     "1013: going to be overload", 0},
    {BYTES("\x82\x00"), SURREAL_ERR_CBOR, "0 bytes", 0},
    {BYTES("\x82\x03\xa1\x62i"), SURREAL_ERR_CBOR, "byte", 0},
    {BYTES("\x82\x02\xa0\xa0"), SURREAL_ERR_CBOR, "after the reply", 0},
    {BYTES("\x82\x03\xa1\x61\xff"), SURREAL_ERR_UTF8, "byte", 0},
    {BYTES("\x82\x01\x01"), SURREAL_ERR_REPLY, "reply object", 0},
    {BYTES("\x82\x01\xa0"), SURREAL_ERR_REPLY, "neither", 0},
    {BYTES("\x82\x05\xa1\x62id\x01"), SURREAL_ERR_REPLY, "neither", 0},
    {BYTES("\x82\x0f\xa2\x62id\x61\x78\x66result\xc6\xf6"),
     SURREAL_ERR_REPLY, "id that is not a number", 0},
};

static const frame_case *frame_now;

static void
answer_with_frame(script *s, const script_request *rq)
{
    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    script_raw(s, frame_now->bytes, frame_now->len);
}

/* The request in flight fails with the reason, and so do all later ones. */
static void
check_frame(const frame_case *c, script_cut cut)
{
    script s;
    script_end_of end;
    surreal *db;

    frame_now = c;
    script_init(&s);
    s.answer = answer_with_frame;
    s.cut = cut;
    s.cut_len = 1;
    s.options.max_message = 1000000;
    db = script_open(&s);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    while (surreal_pending(db)) {
        surreal_step(db);
    }
    CHECK_INT(end.calls, 1);
    CHECK_STATUS(end.status, c->status);
    CHECK_SAYS(&end.error, c->says);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_ping(db), c->status);
    CHECK_SAYS(surreal_last_error(db), c->says);
    if (c->close_code) CHECK_INT(s.close_code, c->close_code);
    CHECK_INT(surreal_fd(db), -1);
    CHECK_INT(surreal_wants(db), 0);
    script_end(&s, db);
}

TEST(test_bytes_that_are_no_reply_end_the_connection)
{
    size_t i;

    for (i = 0; i < sizeof frame_cases / sizeof frame_cases[0]; i++) {
        check_frame(&frame_cases[i], SCRIPT_WHOLE);
        check_frame(&frame_cases[i], SCRIPT_PIECES);
        if (test_failed_checks) {
            TEST_FAIL("frame case %zu (%s)", i, frame_cases[i].says);
            return;
        }
    }
}

TEST(test_random_garbage_never_hangs_or_crashes)
{
    uint32_t seed;

    for (seed = 1; seed < 300; seed++) {
        uint32_t state = seed * 2654435761u + 1;
        char bytes[64];
        frame_case c = {bytes, sizeof bytes, SURREAL_OK, "", 0};
        script s;
        script_end_of end;
        surreal *db;
        size_t i;

        for (i = 0; i < sizeof bytes; i++) {
            bytes[i] = (char)script_random(&state);
        }
        frame_now = &c;
        script_init(&s);
        s.answer = answer_with_frame;
        s.options.timeout_ms = 1;
        s.options.max_message = 100000;
        db = script_open(&s);
        script_query(db, 1, &end, NULL);
        while (surreal_pending(db)) {
            surreal_step(db);
        }
        CHECK_INT(end.calls, 1);
        CHECK(end.status != SURREAL_OK);
        script_end(&s, db);
    }
}

/* ---- frames that are right ----------------------------------------------- */

/* The echo in fragments of `fragment_len`, a ping between any two. */
static size_t fragment_len;
static bool fragment_pings;

static void
answer_in_fragments(script *s, const script_request *rq)
{
    size_t at;
    size_t reply;
    uint8_t *copy;
    size_t head;

    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    at = s->down.len;
    script_echo(s, rq);
    head = s->down.data[at + 1] < 126 ? 2 : s->down.data[at + 1] == 126 ? 4
                                                                        : 10;
    reply = s->down.len - at - head;
    copy = (uint8_t *)malloc(reply);
    if (!copy) abort();
    memcpy(copy, s->down.data + at + head, reply);
    s->down.len = at;
    for (at = 0; at < reply; at += fragment_len) {
        bool last = reply - at <= fragment_len;
        unsigned first = (at ? 0u : 2u) | (last ? 0x80u : 0u);

        script_frame(s, first, copy + at, last ? reply - at : fragment_len);
        if (fragment_pings) script_frame(s, SCRIPT_PING, "are you?", 8);
    }
    script_frame(s, 0x8a, "nobody asked", 12); /* a pong */
    free(copy);
}

TEST(test_fragments_are_joined_and_pings_between_them_answered)
{
    script s;
    surreal *db;
    script_end_of end;

    for (fragment_len = 1; fragment_len < 60; fragment_len++) {
        fragment_pings = true;
        script_init(&s);
        s.answer = answer_in_fragments;
        s.cut = fragment_len & 1 ? SCRIPT_PIECES : SCRIPT_WHOLE;
        s.cut_len = 1 + fragment_len % 3;
        db = script_open(&s);
        CHECK_STATUS(script_query(db, 4711, &end, NULL), SURREAL_OK);
        surreal_step(db);
        while (s.down_at < s.down.len) {
            surreal_step(db);
        }
        CHECK_INT(end.n, 4711);
        CHECK(s.pongs > 0);
        CHECK_MEM(s.pong, s.pong_len, "are you?", 8);
        script_end(&s, db);
    }
}

TEST(test_pings_are_answered_with_their_payload)
{
    script s;
    surreal *db;
    uint8_t data[125];
    size_t len;
    size_t i;

    script_init(&s);
    db = script_open(&s);
    for (len = 0; len <= sizeof data; len++) {
        for (i = 0; i < len; i++) {
            data[i] = (uint8_t)(len + i);
        }
        script_frame(&s, SCRIPT_PING, data, len);
        CHECK_STATUS(surreal_step(db), SURREAL_OK);
        CHECK_INT(s.pongs, len + 1);
        CHECK_MEM(s.pong, s.pong_len, data, len);
    }
    script_end(&s, db);
}

/* ---- large replies, received straight into the result -------------------- */

/* Ask for `blob` back, `len` bytes, and look at every one. */
static void
check_large(script *s, size_t len)
{
    surreal *db = script_open(s);
    char *blob = (char *)malloc(len + 1);
    surreal_result *r = NULL;
    surreal_str back = {NULL, 0};
    size_t i;

    if (!blob) abort();
    for (i = 0; i < len; i++) {
        blob[i] = (char)('a' + i * 31 % 26);
    }
    CHECK_STATUS(surreal_query(db, "RETURN $blob",
                               SURREAL_VARS(surreal_bind_str(
                                   "blob", surreal_text_of(blob, len))), &r),
                 SURREAL_OK);
    back = surreal_str_at(surreal_statement_value(r, 0), "blob");
    CHECK_MEM(back.ptr, back.len, blob, len);
    CHECK(surreal_result_size(r) >= len);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    surreal_close(db); /* results live on */
    CHECK_STR(surreal_str_at(surreal_statement_value(r, 0), "time").ptr ? ""
              : "none", "");
    CHECK(back.ptr && back.len == len && back.ptr[len] == '\0');
    surreal_result_free(r);
    script_end(s, NULL);
    free(blob);
}

TEST(test_replies_of_every_size_around_the_direct_path)
{
    static const size_t lens[] = {0,     1,     100,   125,   126,   4000,
                                  4030,  4060,  4095,  4096,  4097,  8192,
                                  16000, 16384, 16385, 65535, 65536, 200000};
    size_t i;

    for (i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        script s;

        script_init(&s);
        check_large(&s, lens[i]);
        script_init(&s);
        s.cut = SCRIPT_PIECES;
        s.cut_len = 1009;
        s.write_max = 4099;
        check_large(&s, lens[i]);
        if (test_failed_checks) {
            TEST_FAIL("a reply of %zu bytes", lens[i]);
            return;
        }
    }
}

TEST(test_large_reply_split_at_every_1000th_byte)
{
    size_t at;

    for (at = 300; at < 21000 && !test_failed_checks; at += 1000) {
        script s;

        script_init(&s);
        s.cut = SCRIPT_SPLIT;
        s.cut_len = at;
        check_large(&s, 20000);
        script_init(&s);
        s.cut = SCRIPT_SPLIT;
        s.cut_len = at;
        s.answer = answer_in_fragments;
        fragment_len = 7000;
        fragment_pings = at & 1;
        check_large(&s, 20000);
        if (test_failed_checks) TEST_FAIL("split at byte %zu", at);
    }
}

TEST(test_large_reply_cut_short_is_closed_cleanly)
{
    size_t at;

    for (at = 500; at < 20000 && !test_failed_checks; at += 1000) {
        script s;
        surreal *db;
        char *blob = (char *)malloc(20000);

        if (!blob) abort();
        memset(blob, 'x', 20000);
        script_init(&s);
        s.read_fail = SURREAL_ERR_CLOSED;
        s.read_fail_at = at;
        db = script_open(&s);
        CHECK_STATUS(surreal_query(db, "RETURN $blob",
                                   SURREAL_VARS(surreal_bind_str(
                                       "blob",
                                       surreal_text_of(blob, 20000))), NULL),
                     SURREAL_ERR_CLOSED);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        script_end(&s, db);
        free(blob);
    }
}

TEST(test_message_beyond_max_message_is_refused_before_it_comes)
{
    script s;
    surreal *db;
    char blob[3000];

    memset(blob, 'x', sizeof blob);
    script_init(&s);
    s.options.max_message = 2000;
    db = script_open(&s);
    CHECK_STATUS(surreal_query(db, "RETURN $blob",
                               SURREAL_VARS(surreal_bind_str(
                                   "blob", surreal_text_of(blob, 3000))),
                               NULL),
                 SURREAL_ERR_LIMIT);
    CHECK_SAYS(surreal_last_error(db), "2000");
    CHECK_INT(s.close_code, 1009);
    script_end(&s, db);

    script_init(&s); /* and so are many small fragments */
    s.options.max_message = 2000;
    s.answer = answer_in_fragments;
    fragment_len = 500;
    db = script_open(&s);
    CHECK_STATUS(surreal_query(db, "RETURN $blob",
                               SURREAL_VARS(surreal_bind_str(
                                   "blob", surreal_text_of(blob, 3000))),
                               NULL),
                 SURREAL_ERR_LIMIT);
    script_end(&s, db);
}

/* ---- real sockets -------------------------------------------------------- */

/* A listening socket on the loopback; -1 if there is none of this family. */
static int
loop_listen(int family, uint16_t *port)
{
    struct sockaddr_storage any;
    struct sockaddr_in *v4 = (struct sockaddr_in *)&any;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&any;
    socklen_t len = family == AF_INET ? sizeof *v4 : sizeof *v6;
    int fd = socket(family, SOCK_STREAM, 0);

    if (fd < 0) return -1;
    memset(&any, 0, sizeof any);
    any.ss_family = (sa_family_t)family;
    if (family == AF_INET) v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (family == AF_INET6) v6->sin6_addr = in6addr_loopback;
    if (bind(fd, (struct sockaddr *)&any, len) || listen(fd, 4) ||
        getsockname(fd, (struct sockaddr *)&any, &len)) {
        close(fd);
        return -1;
    }
    *port = ntohs(family == AF_INET ? v4->sin_port : v6->sin6_port);
    return fd;
}

/* Serve one connection, `piece` bytes in a write; then leave the process. */
static void
loop_serve(int listening, size_t piece, size_t reset_after)
{
    script s;
    int fd = accept(listening, NULL, NULL);
    int on = 1;
    uint8_t in[100];
    ssize_t got;

    script_init(&s);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while ((got = recv(fd, in, sizeof in, 0)) > 0) {
        srl_buf_put(&s.up, in, (size_t)got);
        script_serve(&s);
        while (s.down_at < s.down.len) {
            size_t n = s.down.len - s.down_at;

            if (n > piece) n = piece;
            if (send(fd, s.down.data + s.down_at, n, MSG_NOSIGNAL) < 0) break;
            s.down_at += n;
            if (s.down_at >= reset_after) _exit(0);
        }
    }
    /* The parent learns whether the client kept the rules to the end. */
    _exit(test_failed_checks || s.closes != 1);
}

/* Start a server process for one connection, which ends itself if it must. */
static pid_t
loop_server(int family, size_t piece, size_t reset_after, uint16_t *port)
{
    int listening = loop_listen(family, port);
    pid_t pid;

    if (listening < 0) return -1;
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        alarm(20);
        loop_serve(listening, piece, reset_after);
    }
    close(listening);
    return pid;
}

static void
loop_options(surreal_options *o, test_heap *heap)
{
    memset(o, 0, sizeof *o);
    memset(heap, 0, sizeof *heap);
    o->ns = "test";
    o->db = "main";
    o->user = "root";
    o->pass = "root";
    o->reconnect.attempts = -1;
    o->connect_ms = 10000;
    o->timeout_ms = 10000;
    o->allocator.resize = test_resize;
    o->allocator.user = heap;
}

static void
loop_session(int family, const char *host, size_t piece)
{
    surreal_options o;
    test_heap heap;
    session end;
    surreal *db;
    char url[64];
    uint16_t port = 0;
    pid_t pid = loop_server(family, piece, SCRIPT_NEVER, &port);
    int left = -1;

    if (pid < 0) {
        SKIP("no loopback of this family");
        return;
    }
    memset(&end, 0, sizeof end);
    loop_options(&o, &heap);
    snprintf(url, sizeof url, "ws://%s:%u", host, (unsigned)port);
    end.open = surreal_open(url, &o, &db);
    if (end.open) TEST_FAIL("%s", surreal_last_error(db)->message);
    session_calls(db, &end);
    end.state = surreal_get_state(db);
    surreal_close(db);
    session_check_good(&end);
    CHECK_INT(heap.held, 0);
    waitpid(pid, &left, 0);
    CHECK_INT(left, 0);
}

TEST(test_session_over_a_real_socket)
{
    loop_session(AF_INET, "127.0.0.1", 100000);
}

TEST(test_session_over_a_real_socket_in_bytes)
{
    loop_session(AF_INET, "127.0.0.1", 1);
}

TEST(test_session_over_ipv6)
{
    loop_session(AF_INET6, "[::1]", 7);
}

/* A name with two addresses of which only the second is served. */
TEST(test_the_next_address_is_tried)
{
    surreal_options o;
    test_heap heap;
    struct addrinfo dead;
    struct sockaddr_in nobody;
    socklen_t len = sizeof nobody;
    surreal *db;
    char url[64];
    uint16_t port = 0;
    pid_t pid = loop_server(AF_INET, 50, SCRIPT_NEVER, &port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    NEED(pid > 0 && fd >= 0);
    memset(&nobody, 0, sizeof nobody);
    nobody.sin_family = AF_INET;
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    NEED(!bind(fd, (struct sockaddr *)&nobody, len)); /* does not listen */
    NEED(!getsockname(fd, (struct sockaddr *)&nobody, &len));
    loop_options(&o, &heap);
    snprintf(url, sizeof url, "ws://127.0.0.1:%u", (unsigned)port);
    CHECK_STATUS(surreal_open_start(url, &o, &db), SURREAL_OK);
    dead = *db->conn->tcp.addresses.list;
    dead.ai_addr = (struct sockaddr *)&nobody;
    dead.ai_next = db->conn->tcp.addresses.list;
    db->conn->tcp.addresses.next = &dead;
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    surreal_close(db);
    CHECK_INT(heap.held, 0);
    close(fd);
    waitpid(pid, NULL, 0);
}

TEST(test_a_server_process_that_dies)
{
    size_t at;

    for (at = 20; at < 420; at += 50) {
        surreal_options o;
        test_heap heap;
        surreal *db;
        session end;
        char url[64];
        uint16_t port = 0;
        pid_t pid = loop_server(AF_INET, 10, at, &port);
        surreal_class kind;

        NEED(pid > 0);
        memset(&end, 0, sizeof end);
        loop_options(&o, &heap);
        snprintf(url, sizeof url, "ws://127.0.0.1:%u", (unsigned)port);
        surreal_open(url, &o, &db);
        session_calls(db, &end);
        kind = surreal_status_class(surreal_last_error(db)->status);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        CHECK(kind == SURREAL_CLASS_CLOSED || kind == SURREAL_CLASS_IO);
        surreal_close(db);
        CHECK_INT(end.start.calls, end.calls[0] == SURREAL_OK ? 1 : 0);
        CHECK_INT(heap.held, 0);
        waitpid(pid, NULL, 0);
    }
}

TEST(test_connection_refused)
{
    surreal_options o;
    test_heap heap;
    surreal *db;
    char url[64];
    uint16_t port = 0;
    int fd = loop_listen(AF_INET, &port);

    NEED(fd >= 0);
    close(fd);
    loop_options(&o, &heap);
    snprintf(url, sizeof url, "ws://127.0.0.1:%u", (unsigned)port);
    CHECK_STATUS(surreal_open(url, &o, &db), SURREAL_ERR_CONNECT);
    CHECK_SAYS(surreal_last_error(db), "127.0.0.1 port ");
    CHECK_SAYS(surreal_last_error(db), "connect");
    CHECK_INT(surreal_last_error(db)->os_error, ECONNREFUSED);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    surreal_close(db);
    CHECK_INT(heap.held, 0);
}

TEST(test_host_that_does_not_exist)
{
    surreal_options o;
    test_heap heap;
    surreal *db;

    loop_options(&o, &heap);
    CHECK_STATUS(surreal_open("ws://host.invalid:8000", &o, &db),
                 SURREAL_ERR_RESOLVE);
    CHECK_SAYS(surreal_last_error(db), "host.invalid");
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_RESOLVE);
    surreal_close(db);
    CHECK_INT(heap.held, 0);
}

/* The system accepts for a listener; nobody ever answers. */
TEST(test_a_listener_that_never_answers)
{
    surreal_options o;
    test_heap heap;
    surreal *db;
    char url[64];
    uint16_t port = 0;
    int fd = loop_listen(AF_INET, &port);
    int64_t start = srl_os_now_ms();

    NEED(fd >= 0);
    loop_options(&o, &heap);
    o.connect_ms = 60;
    snprintf(url, sizeof url, "ws://127.0.0.1:%u", (unsigned)port);
    CHECK_STATUS(surreal_open(url, &o, &db), SURREAL_ERR_TIMEOUT);
    CHECK(srl_os_now_ms() - start >= 60);
    CHECK(srl_os_now_ms() - start < 5000);
    CHECK_SAYS(surreal_last_error(db), "upgrade");
    CHECK_SAYS(surreal_last_error(db), "60 ms");
    surreal_close(db);
    CHECK_INT(heap.held, 0);
    close(fd);
}

/* Nothing but surreal_fd, surreal_wants and surreal_deadline_ms. */
TEST(test_an_event_loop_needs_nothing_else)
{
    surreal_options o;
    test_heap heap;
    script_end_of end;
    surreal *db;
    char url[64];
    uint16_t port = 0;
    pid_t pid = loop_server(AF_INET, 3, SCRIPT_NEVER, &port);
    int64_t start = srl_os_now_ms();
    int asked = 0;
    int left = -1;

    NEED(pid > 0);
    memset(&end, 0, sizeof end);
    loop_options(&o, &heap);
    snprintf(url, sizeof url, "ws://127.0.0.1:%u", (unsigned)port);
    CHECK_STATUS(surreal_open_start(url, &o, &db), SURREAL_OK);
    while (!end.calls && surreal_get_state(db) != SURREAL_FAILED) {
        struct pollfd p;

        p.fd = surreal_fd(db);
        p.events = surreal_wants(db);
        p.revents = 0;
        poll(&p, 1, surreal_deadline_ms(db));
        CHECK_STATUS(surreal_step(db), SURREAL_OK);
        if (surreal_get_state(db) == SURREAL_OPEN && !asked++) {
            CHECK_STATUS(script_query(db, 5, &end, NULL), SURREAL_OK);
        }
    }
    CHECK_INT(end.n, 5);
    CHECK(srl_os_now_ms() - start < 5000 /* never waited for a deadline */);
    surreal_close(db);
    CHECK_INT(heap.held, 0);
    waitpid(pid, &left, 0);
    CHECK_INT(left, 0);
}

TEST_MAIN(RUN(test_session_is_the_same_whole);
    RUN(test_session_is_the_same_split_at_every_byte);
    RUN(test_session_is_the_same_in_pieces);
    RUN(test_session_is_the_same_in_random_pieces);
    RUN(test_session_is_the_same_with_writes_of_one_byte);
    RUN(test_end_of_stream_after_every_byte);
    RUN(test_reset_after_every_byte);
    RUN(test_reset_after_every_byte_written);
    RUN(test_end_of_stream_while_cut_to_bytes);
    RUN(test_answers_that_are_not_the_upgrade_have_their_own_error);
    RUN(test_endless_and_oversized_heads_are_refused);
    RUN(test_frames_right_behind_the_head_are_not_lost);
    RUN(test_a_stall_while_connecting_names_its_stage);
    RUN(test_negative_limits_mean_none);
    RUN(test_bytes_that_are_no_reply_end_the_connection);
    RUN(test_random_garbage_never_hangs_or_crashes);
    RUN(test_fragments_are_joined_and_pings_between_them_answered);
    RUN(test_pings_are_answered_with_their_payload);
    RUN(test_replies_of_every_size_around_the_direct_path);
    RUN(test_large_reply_split_at_every_1000th_byte);
    RUN(test_large_reply_cut_short_is_closed_cleanly);
    RUN(test_message_beyond_max_message_is_refused_before_it_comes);
    RUN(test_session_over_a_real_socket);
    RUN(test_session_over_a_real_socket_in_bytes);
    RUN(test_session_over_ipv6);
    RUN(test_the_next_address_is_tried);
    RUN(test_a_server_process_that_dies);
    RUN(test_connection_refused);
    RUN(test_host_that_does_not_exist);
    RUN(test_a_listener_that_never_answers);
    RUN(test_an_event_loop_needs_nothing_else);)
