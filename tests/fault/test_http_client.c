/* cc -I. -o build/fault/test_http_client tests/fault/test_http_client.c -lm
 *
 * The client over HTTP, against a peer that cuts, closes, refuses and lies. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/peer.h"

/* ---- one session --------------------------------------------------------- */

static void
drive(surreal *db)
{
    int i;

    for (i = 0; i < 2000000 && surreal_pending(db); i++) surreal_step(db);
    CHECK_INT(surreal_pending(db), 0);
}

static surreal_status
query_n(surreal *db, int64_t n, int64_t *got)
{
    surreal_result *r = NULL;
    surreal_status status = surreal_query(
        db, "RETURN $n", SURREAL_VARS(surreal_bind_int("n", n)), &r);

    *got = -1;
    surreal_get_int(surreal_field(surreal_statement_value(r, 0), "n"), got);
    surreal_result_free(r);
    return status;
}

/* Calls of all kinds, which all must succeed. */
static void
session_ok(peer *p)
{
    surreal *db = peer_open(p);
    script_end_of end[3];
    int64_t n;
    int i;

    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_STR(surreal_last_error(db)->message, "");
    CHECK_INT(surreal_version(db).major, p->major);
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(script_query(db, 10 + i, &end[i], NULL), SURREAL_OK);
    }
    CHECK_STATUS(query_n(db, 7, &n), SURREAL_OK);
    CHECK_INT(n, 7);
    for (i = 0; i < 3; i++) {
        CHECK_INT(end[i].calls, 1);
        CHECK_INT(end[i].n, 10 + i);
    }
    CHECK_STATUS(surreal_use(db, "test", "other"), SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK(strstr(p->last_head, "\r\nSurreal-DB: other\r\n"));
    CHECK_INT(p->queries, 4);
    peer_end(p, db);
}

/* The whole answer of the peer to a query, to know where to cut. */
#define MOST_CUTS 260

TEST(test_http_session_over_each_framing)
{
    static const srl_http_framing framings[] = {
        SRL_HTTP_LENGTH, SRL_HTTP_CHUNKED, SRL_HTTP_UNTIL_CLOSE};
    size_t i;

    for (i = 0; i < 3; i++) {
        peer p;

        peer_init(&p);
        p.framing = framings[i];
        session_ok(&p);
        CHECK_INT(p.dials, framings[i] == SRL_HTTP_UNTIL_CLOSE ? 7 : 1);
    }
}

TEST(test_http_session_split_at_every_byte)
{
    size_t i;

    for (i = 1; i < 3 * MOST_CUTS; i++) {
        peer p;

        peer_init(&p);
        p.framing = i % 3 == 0   ? SRL_HTTP_LENGTH
                    : i % 3 == 1 ? SRL_HTTP_CHUNKED
                                 : SRL_HTTP_UNTIL_CLOSE;
        p.cut = SCRIPT_SPLIT;
        p.cut_len = i / 3 + 1;
        session_ok(&p);
    }
}

TEST(test_http_session_in_pieces)
{
    size_t i;

    for (i = 1; i < 60; i++) {
        peer p;

        peer_init(&p);
        p.framing = i & 1 ? SRL_HTTP_LENGTH : SRL_HTTP_CHUNKED;
        p.cut = i < 20 ? SCRIPT_PIECES : SCRIPT_RANDOM;
        p.cut_len = i < 20 ? i : 40;
        p.seed = (uint32_t)i;
        p.chunk = i;
        p.write_max = i & 2 ? i : SCRIPT_NEVER;
        p.write_gaps = (i & 4) != 0;
        p.connect_blocks = (int)(i & 3);
        session_ok(&p);
    }
}

TEST(test_http_streams_may_end_between_requests)
{
    int i;

    for (i = 0; i < 2; i++) {
        peer p;

        peer_init(&p);
        p.says_close = i == 0;
        p.closes_idle = i == 1;
        session_ok(&p);
        CHECK_INT(p.dials, 7);
    }
}

TEST(test_http_interim_answers_are_passed_over)
{
    peer p;

    peer_init(&p);
    p.before = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
               "Link: <x>\r\n\r\n";
    session_ok(&p);
}

/* The system takes bytes for a stream that the server has closed already: it
 * is looked at before anything is written. */
TEST(test_http_closed_stream_is_found_before_sending)
{
    peer p;

    peer_init(&p);
    p.closes_idle = true;
    p.swallows = true;
    session_ok(&p);
    CHECK_INT(p.dials, 7);
}

/* The end of an idle stream may show in the write alone: nothing was taken. */
TEST(test_http_first_write_that_fails_sent_nothing)
{
    peer p;
    surreal *db;
    int64_t n;

    peer_init(&p);
    db = peer_open(&p);
    CHECK_STATUS(query_n(db, 1, &n), SURREAL_OK);
    p.breaks = 1;
    CHECK_STATUS(query_n(db, 2, &n), SURREAL_OK);
    CHECK_INT(n, 2);
    CHECK_INT(p.queries, 2);
    CHECK_INT(p.dials, 2);
    peer_end(&p, db);
}

static void
answer_twice(peer *p, const peer_request *rq)
{
    peer_answer(p, rq);
    peer_answer(p, rq);
}

/* Two answers to one request: the second is not the next one's. */
TEST(test_http_second_answer_is_nobodys)
{
    int i;

    for (i = 0; i < 2; i++) {
        peer p;
        surreal *db;
        int64_t n;

        peer_init(&p);
        p.framing = i ? SRL_HTTP_CHUNKED : SRL_HTTP_LENGTH;
        db = peer_open(&p);
        p.answer = answer_twice;
        CHECK_STATUS(query_n(db, 1, &n), SURREAL_OK);
        CHECK_INT(n, 1);
        p.answer = peer_answer;
        CHECK_STATUS(query_n(db, 2, &n), SURREAL_OK);
        CHECK_INT(n, 2);
        CHECK_INT(p.dials, 2);
        peer_end(&p, db);
    }
}

/* A proxy that gave up waiting may say so; nothing was asked. */
TEST(test_http_unasked_bytes_are_no_answer)
{
    static const char late[] = "HTTP/1.1 408 Request Timeout\r\n"
                               "Content-Length: 0\r\n\r\n";
    peer p;
    surreal *db;
    int64_t n;

    peer_init(&p);
    db = peer_open(&p);
    CHECK_STATUS(query_n(db, 1, &n), SURREAL_OK);
    srl_buf_put_text(&p.down, late);
    p.is_ended = true;
    CHECK_STATUS(query_n(db, 2, &n), SURREAL_OK);
    CHECK_INT(n, 2);
    CHECK_INT(p.dials, 2);
    srl_buf_put_text(&p.down, late); /* found by a step this time */
    surreal_step(db);
    CHECK_INT(p.is_open, false);
    CHECK_INT(surreal_fd(db), -1);
    CHECK_STATUS(query_n(db, 3, &n), SURREAL_OK);
    CHECK_INT(n, 3);
    CHECK_INT(p.dials, 3);
    peer_end(&p, db);
}

/* ---- what is lost -------------------------------------------------------- */

/* The second stream ends after `at` bytes of an answer. */
static surreal_status
lose_at(size_t at, surreal_status how, srl_http_framing framing, int *queries)
{
    peer p;
    surreal *db;
    surreal_status status;
    int64_t n;

    peer_init(&p);
    p.options.reconnect.attempts = 3;
    p.options.reconnect.min_ms = 1;
    db = peer_open(&p);
    p.framing = framing;
    p.is_ended = true; /* the first one, idle */
    p.end_dial = 2;
    p.end_at = at;
    p.end_status = how;
    status = query_n(db, 5, &n);
    *queries = p.queries;
    if (!status) CHECK_INT(n, 5);
    if (status) CHECK_SAYS(surreal_last_error(db), "may have done it or not");
    p.framing = SRL_HTTP_LENGTH;
    p.end_status = SURREAL_OK;
    CHECK_STATUS(query_n(db, 6, &n), SURREAL_OK);
    CHECK_INT(n, 6);
    CHECK_INT(p.queries, *queries + 1);
    peer_end(&p, db);
    return status;
}

TEST(test_http_half_an_answer_is_unknown_and_not_repeated)
{
    size_t i;
    int done = 0;

    for (i = 0; i < MOST_CUTS; i++) {
        surreal_status how = i & 1 ? SURREAL_ERR_IO : SURREAL_ERR_CLOSED;
        srl_http_framing framing = i & 2 ? SRL_HTTP_LENGTH : SRL_HTTP_CHUNKED;
        int queries = 0;
        surreal_status status = lose_at(i, how, framing, &queries);

        CHECK_INT(queries, 1);
        if (status == SURREAL_OK) {
            done++;
        } else {
            CHECK_STATUS(status, SURREAL_ERR_UNKNOWN);
            CHECK(!done || framing == SRL_HTTP_CHUNKED);
        }
    }
    CHECK(done > 40);
}

/* Those behind the one on the wire were not sent: waiting calls say nothing of
 * it and go round again. */
TEST(test_http_queued_requests_were_not_sent)
{
    script_end_of first;
    script_end_of second;
    peer p;
    surreal *db;

    peer_init(&p);
    p.options.reconnect.attempts = 2;
    p.options.reconnect.min_ms = 1;
    db = peer_open(&p);
    p.end_dial = 1;
    p.end_at = p.down_at;
    p.end_status = SURREAL_ERR_CLOSED;
    p.mute = true;
    CHECK_STATUS(script_query(db, 1, &first, NULL), SURREAL_OK);
    CHECK_STATUS(script_query(db, 2, &second, NULL), SURREAL_OK);
    /* An idle stream that ends is looked at before anything is sent. */
    p.end_status = SURREAL_OK;
    surreal_step(db);
    p.end_status = SURREAL_ERR_CLOSED;
    p.mute = false;
    drive(db);
    CHECK_STATUS(first.status, SURREAL_ERR_UNKNOWN);
    CHECK_STATUS(second.status, SURREAL_ERR_NOT_SENT);
    CHECK_INT(p.queries, 1);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(p.pings, 1);
    CHECK_INT(p.dials, 2);
    peer_end(&p, db);
}

TEST(test_http_server_that_is_gone_fails_for_good_without_a_policy)
{
    peer p;
    surreal *db;

    peer_init(&p);
    db = peer_open(&p);
    p.is_ended = true;
    p.dial_fails = 1;
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_CONNECT);
    CHECK_SAYS(surreal_last_error(db), "db.example port 8000");
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_reconnect_now(db), SURREAL_OK);
    peer_end(&p, db);
}

TEST(test_http_server_that_is_gone_is_dialled_until_it_is_back)
{
    peer p;
    surreal *db;

    peer_init(&p);
    p.options.reconnect.attempts = 5;
    p.options.reconnect.min_ms = 1;
    db = peer_open(&p);
    p.is_ended = true;
    p.dial_fails = 3;
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(p.pings, 1);
    CHECK_INT(p.dials, 2);
    peer_end(&p, db);
}

/* ---- answers that are none ----------------------------------------------- */

typedef struct refusal {
    int code;
    const char *type;
    const char *body;
    surreal_status status;
    const char *says;
} refusal;

static const refusal *refuse_with;

static void
answer_refuse(peer *p, const peer_request *rq)
{
    if (!peer_is(rq, "query")) {
        peer_answer(p, rq);
        return;
    }
    peer_send(p, refuse_with->code, refuse_with->type, refuse_with->body,
              strlen(refuse_with->body));
}

#define JSON "application/json"
#define PLAIN "text/plain; charset=utf-8"
#define HTML "text/html"

static const refusal refusals[] = {
    {401, PLAIN, "There was a problem with authentication", SURREAL_ERR_AUTH,
     "401: There was a problem with authentication"},
    {403, JSON, "{\"code\":403,\"details\":\"Forbidden\",\"information\":\"Not "
     "allowed to \\\"do\\\" this\"}", SURREAL_ERR_DENIED,
     "403: Not allowed to \"do\" this"},
    {400, JSON, "{\"code\":400,\"details\":\"Request problems dectected\"}",
     SURREAL_ERR_SERVER, "400: Request problems dectected"},
    {404, HTML, "<html>\n\n<h1>nginx</h1>", SURREAL_ERR_HTTP,
     "is this the address of SurrealDB's /rpc?: <html> <h1>nginx"},
    {405, NULL, "", SURREAL_ERR_HTTP, "/rpc: the server answered 405"},
    {413, PLAIN, "length limit exceeded", SURREAL_ERR_LIMIT, "4 MiB"},
    {415, JSON, "{\"details\":\"Unsupported media type\"}", SURREAL_ERR_HTTP,
     "415: Unsupported media type"},
    {500, JSON, "{\"information\": \"cut", SURREAL_ERR_HTTP, "500: cut"},
    {502, HTML, "\x1b[31mbad\xff gateway", SURREAL_ERR_HTTP,
     "502: [31mbad gateway"},
    {503, NULL, "busy", SURREAL_ERR_HTTP, "503: busy"},
    {204, NULL, "", SURREAL_ERR_HTTP, "204"},
    {302, NULL, "", SURREAL_ERR_HTTP, "302"},
    {200, HTML, "<h1>welcome</h1>", SURREAL_ERR_HTTP,
     "200 with text/html, which is not what was asked for: <h1>welcome"},
    {200, NULL, "what", SURREAL_ERR_HTTP, "no Content-Type"},
    {200, "application/cbor", "", SURREAL_ERR_CBOR, "message of 0 bytes"},
    {200, "application/cbor", "\xff", SURREAL_ERR_CBOR, "1 bytes"},
    {200, "application/cbor", "\x80", SURREAL_ERR_REPLY, "reply"},
    {200, "application/cbor", "\xa0", SURREAL_ERR_REPLY, "neither"},
};

TEST(test_http_refusals_are_told_and_leave_the_connection_good)
{
    size_t i;
    size_t k;

    for (i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        for (k = 0; k < 3; k++) {
            peer p;
            surreal *db;

            peer_init(&p);
            refuse_with = &refusals[i];
            if (refuse_with->code == 204 && k) continue; /* has no body */
            db = peer_open(&p);
            p.framing = k == 1 ? SRL_HTTP_CHUNKED : SRL_HTTP_LENGTH;
            p.cut = k == 2 ? SCRIPT_PIECES : SCRIPT_WHOLE;
            p.cut_len = 1;
            p.answer = answer_refuse;
            if (refuse_with->code == 204) p.framing = SRL_HTTP_NO_BODY;
            CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                         refuse_with->status);
            CHECK_SAYS(surreal_last_error(db), refuse_with->says);
            CHECK_INT(surreal_last_error(db)->code,
                      refuse_with->code == 200 && k < 3 &&
                              refuse_with->status != SURREAL_ERR_HTTP
                          ? 0 : refuse_with->code);
            p.framing = SRL_HTTP_LENGTH;
            CHECK_STATUS(surreal_ping(db), SURREAL_OK);
            CHECK_INT(p.dials, 1);
            peer_end(&p, db);
        }
    }
}

/* A text nobody reads to its end. */
TEST(test_http_refusal_of_any_length)
{
    static char text[300000];
    refusal r = {500, "text/plain", text, SURREAL_ERR_HTTP, "500: xxx"};
    peer p;
    surreal *db;

    memset(text, 'x', sizeof text - 1);
    refuse_with = &r;
    peer_init(&p);
    db = peer_open(&p);
    p.answer = answer_refuse;
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_HTTP);
    CHECK_SAYS(surreal_last_error(db), r.says);
    CHECK(strlen(surreal_last_error(db)->message) < 300);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(p.dials, 2);
    peer_end(&p, db);
}

/* While opening, too, the real reason is told. */
static void
answer_all_refused(peer *p, const peer_request *rq)
{
    (void)rq;
    peer_send(p, refuse_with->code, refuse_with->type, refuse_with->body,
              strlen(refuse_with->body));
}

TEST(test_http_open_tells_why_it_failed)
{
    size_t i;

    for (i = 0; i < 10; i++) {
        peer p;
        surreal *db;

        peer_init(&p);
        p.answer = answer_all_refused;
        refuse_with = &refusals[i];
        db = peer_open(&p);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        CHECK_STATUS(surreal_last_error(db)->status, refuse_with->status);
        CHECK_SAYS(surreal_last_error(db), refuse_with->says);
        peer_end(&p, db);
    }
}

static const char *raw_answer;

static void
answer_raw(peer *p, const peer_request *rq)
{
    (void)rq;
    srl_buf_put_text(&p->down, raw_answer);
    p->is_ended = true;
}

TEST(test_http_garbage_is_refused)
{
    static const char *const raw[] = {
        "", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked"
        "\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\n"
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\x16\x03\x01\x02",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"};
    size_t i;

    for (i = 0; i < sizeof raw / sizeof raw[0]; i++) {
        peer p;
        surreal *db;
        int k;

        for (k = 0; k < 2; k++) {
            peer_init(&p);
            raw_answer = raw[i];
            if (k == 0) p.answer = answer_raw;
            db = peer_open(&p);
            if (k == 1) {
                surreal_status status;

                CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
                p.answer = answer_raw;
                status = surreal_ping(db);
                CHECK(status != SURREAL_OK);
                CHECK_INT(p.pings, 1);
            }
            CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
            CHECK(surreal_last_error(db)->message[0]);
            peer_end(&p, db);
        }
    }
}

TEST(test_http_answers_have_a_limit)
{
    static char text[5000];
    int i;

    memset(text, 'x', sizeof text - 1);
    for (i = 0; i < 6; i++) {
        peer p;
        surreal *db;

        peer_init(&p);
        if (i & 1) {
            p.options.max_memory = 2000;
        } else {
            p.options.max_message = 2000;
        }
        db = peer_open(&p);
        p.framing = i / 2 == 0   ? SRL_HTTP_LENGTH
                    : i / 2 == 1 ? SRL_HTTP_CHUNKED
                                 : SRL_HTTP_UNTIL_CLOSE;
        p.chunk = 100;
        CHECK_STATUS(surreal_query(db, "RETURN $t", SURREAL_VARS(
                         surreal_bind_text("t", text)), NULL),
                     SURREAL_ERR_LIMIT);
        CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        peer_end(&p, db);
    }
}

/* A server may answer before it has read all, and close. */
static void
answer_too_large(peer *p, const peer_request *rq)
{
    (void)rq;
    p->says_close = true;
    peer_send(p, 413, "text/plain", "length limit exceeded", 21);
}

TEST(test_http_early_refusal_is_found_behind_a_broken_pipe)
{
    static char text[60000];
    size_t i;

    memset(text, 'x', sizeof text - 1);
    for (i = 1; i < 40; i++) {
        peer p;
        surreal *db;

        peer_init(&p);
        db = peer_open(&p);
        p.answers_head = true;
        p.answer = answer_too_large;
        p.write_max = i * 97;
        p.cut = SCRIPT_RANDOM;
        p.cut_len = i;
        CHECK_STATUS(surreal_query(db, "RETURN $t", SURREAL_VARS(
                         surreal_bind_text("t", text)), NULL),
                     SURREAL_ERR_LIMIT);
        CHECK_INT(surreal_last_error(db)->code, 413);
        p.answer = peer_answer;
        p.says_close = p.answers_head = false;
        p.write_max = SCRIPT_NEVER;
        CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        CHECK_INT(p.dials, 2);
        peer_end(&p, db);
    }
}

/* ---- giving up ----------------------------------------------------------- */

TEST(test_http_cancelled_in_the_queue_is_never_sent)
{
    script_end_of end[3];
    surreal_request *rq[3];
    peer p;
    surreal *db;
    int i;

    peer_init(&p);
    db = peer_open(&p);
    p.mute = true;
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(script_query(db, i, &end[i], &rq[i]), SURREAL_OK);
    }
    surreal_step(db);
    CHECK_INT(p.queries, 1);
    surreal_cancel(db, rq[1]);
    CHECK_STATUS(end[1].status, SURREAL_ERR_CANCELLED);
    p.mute = false;
    srl_cbor_put_none(peer_reply(&p, "result"));
    p.body.len = 0; /* [{result: {n: 0}, status, time}] for the first */
    {
        static const uint8_t answer[] = "\xa1\x66result\x81\xa3\x66result"
                                        "\xa1\x61n\x00\x66status\x62OK"
                                        "\x64time\x63" "1ns";

        srl_buf_put(&p.body, answer, sizeof answer - 1);
    }
    peer_send_body(&p);
    drive(db);
    CHECK_INT(end[0].n, 0);
    CHECK_INT(end[2].n, 2);
    CHECK_INT(end[1].calls, 1);
    CHECK_INT(p.queries, 2);
    CHECK_INT(p.dials, 1);
    peer_end(&p, db);
}

/* Its answer is nobody's, least of all the next one's. */
TEST(test_http_cancelled_on_the_wire_is_read_to_its_end)
{
    script_end_of first;
    script_end_of second;
    surreal_request *rq;
    peer p;
    surreal *db;

    peer_init(&p);
    p.cut = SCRIPT_PIECES;
    p.cut_len = 1;
    db = peer_open(&p);
    CHECK_STATUS(script_query(db, 1, &first, &rq), SURREAL_OK);
    surreal_step(db);
    CHECK_INT(p.queries, 1);
    CHECK(p.down_at < p.down.len);
    surreal_cancel(db, rq);
    CHECK_STATUS(script_query(db, 2, &second, NULL), SURREAL_OK);
    drive(db);
    CHECK_STATUS(first.status, SURREAL_ERR_CANCELLED);
    CHECK_INT(second.n, 2);
    peer_end(&p, db);
}

/* An answer that does not come stands in nobody's way for long. */
TEST(test_http_timed_out_request_is_left_behind)
{
    script_end_of end;
    peer p;
    surreal *db;
    int64_t n;

    peer_init(&p);
    p.options.timeout_ms = 30;
    db = peer_open(&p);
    p.mute = true;
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_TIMEOUT);
    p.mute = false;
    CHECK_STATUS(query_n(db, 3, &n), SURREAL_OK);
    CHECK_INT(n, 3);
    CHECK_INT(p.dials, 2);
    CHECK_STATUS(script_query(db, 4, &end, NULL), SURREAL_OK);
    drive(db);
    CHECK_INT(end.n, 4);
    peer_end(&p, db);
}

#define CROWD 120

/* Whatever is cancelled when, every request completes once, with its own
 * answer or none. */
TEST(test_http_random_cancels_complete_exactly_once)
{
    uint32_t seed;

    for (seed = 1; seed < 12; seed++) {
        script_end_of end[CROWD];
        surreal_request *rq[CROWD];
        uint32_t random = seed;
        peer p;
        surreal *db;
        int i;

        peer_init(&p);
        p.seed = seed;
        p.framing = seed & 1 ? SRL_HTTP_LENGTH : SRL_HTTP_CHUNKED;
        p.closes_idle = (seed & 2) != 0;
        p.cut = SCRIPT_RANDOM;
        p.cut_len = 90;
        p.write_max = 50;
        db = peer_open(&p);
        for (i = 0; i < CROWD; i++) {
            int victim = (int)(script_random(&random) % (uint32_t)(i + 1));

            CHECK_STATUS(script_query(db, i, &end[i], &rq[i]), SURREAL_OK);
            if (script_random(&random) % 3 == 0) surreal_step(db);
            if (script_random(&random) % 4) continue;
            if (!end[victim].calls) surreal_cancel(db, rq[victim]);
        }
        drive(db);
        for (i = 0; i < CROWD; i++) {
            CHECK_INT(end[i].calls, 1);
            if (end[i].status == SURREAL_ERR_CANCELLED) continue;
            CHECK_STATUS(end[i].status, SURREAL_OK);
            CHECK_INT(end[i].n, i);
        }
        peer_end(&p, db);
    }
}

/* Streams end anywhere, dials fail, callers give up: every request completes
 * once, with its own answer or the truth about it, and none is sent twice. */
TEST(test_http_random_faults_complete_exactly_once)
{
    uint32_t seed;
    int lost = 0;

    for (seed = 1; seed < 40; seed++) {
        script_end_of end[CROWD];
        surreal_request *rq[CROWD];
        uint32_t random = seed * 77;
        int unsent = 0;
        int started = 0;
        peer p;
        surreal *db;
        int i;

        peer_init(&p);
        p.options.reconnect.attempts = 50;
        p.options.reconnect.min_ms = 1;
        p.options.reconnect.max_ms = 1;
        p.seed = seed;
        p.framing = seed & 1 ? SRL_HTTP_LENGTH : SRL_HTTP_CHUNKED;
        p.cut = SCRIPT_RANDOM;
        p.cut_len = 90;
        db = peer_open(&p);
        for (i = 0; i < CROWD; i++) {
            int victim = (int)(script_random(&random) % (uint32_t)(i + 1));

            memset(&end[i], 0, sizeof end[i]);
            if (script_random(&random) % 6 == 0 && p.is_open) {
                p.end_dial = p.dials;
                p.end_at = p.down_at + script_random(&random) % 150;
                p.end_status = SURREAL_ERR_IO;
                p.dial_fails = (int)(script_random(&random) % 3);
            }
            if (script_query(db, i, &end[i], &rq[i]) == SURREAL_OK) {
                started++;
            } else {
                end[i].status = SURREAL_WOULD_BLOCK;
            }
            if (script_random(&random) % 3 == 0) surreal_wait(db, 1);
            if (script_random(&random) % 9) continue;
            if (end[victim].status != SURREAL_WOULD_BLOCK &&
                !end[victim].calls) {
                surreal_cancel(db, rq[victim]);
            }
        }
        p.end_status = SURREAL_OK;
        drive(db);
        for (i = 0; i < CROWD; i++) {
            surreal_status status = end[i].status;

            if (status == SURREAL_WOULD_BLOCK) continue;
            CHECK_INT(end[i].calls, 1);
            if (status == SURREAL_OK) CHECK_INT(end[i].n, i);
            unsent += status == SURREAL_ERR_NOT_SENT;
            lost += status == SURREAL_ERR_UNKNOWN;
            CHECK(status == SURREAL_OK || status == SURREAL_ERR_UNKNOWN ||
                  status == SURREAL_ERR_NOT_SENT ||
                  status == SURREAL_ERR_CANCELLED);
        }
        CHECK(p.queries <= started - unsent);
        peer_end(&p, db);
    }
    CHECK(lost > 20);
}

TEST(test_http_queue_is_bounded)
{
    static char text[100000];
    script_end_of end;
    peer p;
    surreal *db;
    int sent = 0;

    memset(&end, 0, sizeof end);
    memset(text, 'x', sizeof text - 1);
    peer_init(&p);
    db = peer_open(&p);
    while (surreal_query_start(db, SURREAL_LIT("RETURN $t"), SURREAL_VARS(
               surreal_bind_text("t", text)), script_note, &end, NULL) ==
           SURREAL_OK) {
        if (++sent > 100) break;
    }
    CHECK_INT(sent, 11);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_WOULD_BLOCK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    drive(db);
    CHECK_INT(end.calls, sent);
    CHECK_STATUS(end.status, SURREAL_OK);
    peer_end(&p, db);
}

/* ---- who asks ------------------------------------------------------------ */

static void
answer_tokens(peer *p, const peer_request *rq)
{
    srl_buf *b;

    if (!peer_is(rq, "signin")) {
        peer_answer(p, rq);
        return;
    }
    b = peer_reply(p, "result");
    srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(b, "access");
    srl_cbor_put_key(b, "eyJ0.second");
    srl_cbor_put_key(b, "refresh");
    srl_cbor_put_key(b, "surreal-refresh-1");
    peer_send_body(p);
}

TEST(test_http_token_and_place_go_with_each_request)
{
    peer p;
    surreal *db;

    peer_init(&p);
    db = peer_open(&p);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK(strstr(p.last_head, "\r\nAuthorization: Bearer eyJ0.a.b\r\n"));
    CHECK(strstr(p.last_head, "\r\nSurreal-NS: test\r\nSurreal-DB: main\r\n"));
    p.answer = answer_tokens;
    CHECK_STATUS(test_signin(db, "n1", "d1", "ann", "secret"), SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK(strstr(p.last_head, "\r\nAuthorization: Bearer eyJ0.second\r\n"));
    CHECK(strstr(p.last_head, "\r\nSurreal-NS: n1\r\nSurreal-DB: d1\r\n"));
    CHECK_STATUS(surreal_use(db, "a\r\nX: y", NULL), SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_SYNTAX);
    CHECK_SAYS(surreal_last_error(db), "Surreal-NS");
    CHECK_STATUS(surreal_use(db, "n2", NULL), SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    peer_end(&p, db);
}

static void
answer_no_token(peer *p, const peer_request *rq)
{
    if (peer_is(rq, "signin")) {
        srl_cbor_put_none(peer_reply(p, "result"));
        peer_send_body(p);
    } else {
        peer_answer(p, rq);
    }
}

TEST(test_http_signin_without_a_token_is_refused)
{
    peer p;
    surreal *db;

    peer_init(&p);
    p.answer = answer_no_token;
    db = peer_open(&p);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_REPLY);
    peer_end(&p, db);
}

TEST(test_http_session_variables_go_with_each_query)
{
    surreal_result *r = NULL;
    surreal_value v;
    peer p;
    surreal *db;

    peer_init(&p);
    db = peer_open(&p);
    CHECK_STATUS(surreal_let(db, surreal_bind_int("n", 1)), SURREAL_OK);
    CHECK_STATUS(surreal_let(db, surreal_bind_int("m", 2)), SURREAL_OK);
    CHECK_STATUS(surreal_query(db, "RETURN $n", SURREAL_VARS(
                     surreal_bind_int("n", 7), surreal_bind_int("o", 3)), &r),
                 SURREAL_OK);
    v = surreal_statement_value(r, 0);
    CHECK_INT(surreal_count(v), 3);
    CHECK_INT(surreal_int_at(v, "n"), 7);
    CHECK_INT(surreal_int_at(v, "m"), 2);
    CHECK_INT(surreal_int_at(v, "o"), 3);
    surreal_result_free(r);
    CHECK_INT(p.requests, 3);
    peer_end(&p, db);
}

/* ---- bodies that pass through -------------------------------------------- */

typedef struct flow {
    peer *p;
    surreal *db;
    srl_buf bytes;
    size_t want;        /* bytes the source gives */
    size_t stop_at;     /* calls; 0: never */
    size_t calls;
    bool closes;
    surreal_status inner;
} flow;

static surreal_status
flow_sink(void *user, surreal_bytes part)
{
    flow *f = (flow *)user;

    CHECK(part.len);
    srl_buf_put(&f->bytes, part.ptr, part.len);
    if (f->calls++ == 0) {
        f->inner = surreal_ping(f->db);
        surreal_step(f->db);
    }
    if (f->closes) surreal_close(f->db);
    return f->calls == f->stop_at ? SURREAL_ERR_FULL : SURREAL_OK;
}

static surreal_status
flow_source(void *user, void *room, size_t cap, size_t *len)
{
    flow *f = (flow *)user;
    size_t i;

    if (f->calls++ == 0) f->inner = surreal_ping(f->db);
    *len = f->want < cap ? f->want : cap;
    for (i = 0; i < *len; i++) ((uint8_t *)room)[i] = (uint8_t)(f->want - i);
    srl_buf_put(&f->bytes, room, *len);
    f->want -= *len;
    if (f->closes) surreal_close(f->db);
    return f->calls == f->stop_at ? SURREAL_ERR_FULL : SURREAL_OK;
}

static const char *flow_reply;
static surreal_bytes flow_body;

static void
answer_flow(peer *p, const peer_request *rq)
{
    if (!strncmp(rq->head, "GET /export HTTP/1.1\r\n", 22) ||
        !strncmp(rq->head, "POST /export HTTP/1.1\r\n", 23)) {
        peer_send(p, 200, "application/octet-stream", flow_body.ptr,
                  flow_body.len);
    } else if (!strncmp(rq->head, "POST /import HTTP/1.1\r\n", 23)) {
        SCRIPT_MUST(strstr(rq->head, "\r\nTransfer-Encoding: chunked\r\n"));
        peer_send(p, 200, "application/json", flow_reply, strlen(flow_reply));
    } else if (!strncmp(rq->head, "POST /graphql HTTP/1.1\r\n", 24)) {
        SCRIPT_MUST(!strncmp((const char *)rq->body.ptr,
                             "{\"query\":\"{ a }\",\"variables\":{\"n\":1}}",
                             rq->body.len));
        peer_send(p, 200, "application/json", flow_reply, strlen(flow_reply));
    } else if (!strncmp(rq->head, "GET /health HTTP/1.1\r\n", 22)) {
        peer_send(p, 200, NULL, "", 0);
    } else {
        peer_answer(p, rq);
    }
}

static void
flow_begin(flow *f, peer *p)
{
    memset(f, 0, sizeof *f);
    peer_init(p);
    p->answer = answer_flow;
    f->p = p;
    f->db = peer_open(p);
    srl_buf_init(&f->bytes, &p->mem, SCRIPT_NEVER);
}

static void
flow_end(flow *f)
{
    peer_end(f->p, f->db);
    srl_buf_free(&f->bytes);
}

TEST(test_http_export_passes_through)
{
    static uint8_t body[100000];
    size_t i;

    for (i = 0; i < sizeof body; i++) body[i] = (uint8_t)(i * 7);
    flow_body.ptr = body;
    flow_body.len = sizeof body;
    for (i = 0; i < 12; i++) {
        surreal_export_options opt;
        flow f;
        peer p;

        flow_begin(&f, &p);
        memset(&opt, 0, sizeof opt);
        opt.users = SURREAL_EXPORT_NO;
        p.framing = i % 3 == 0   ? SRL_HTTP_LENGTH
                    : i % 3 == 1 ? SRL_HTTP_CHUNKED
                                 : SRL_HTTP_UNTIL_CLOSE;
        p.chunk = 1 + 900 * i;
        p.cut = SCRIPT_RANDOM;
        p.cut_len = 5000;
        CHECK_STATUS(surreal_export(f.db, i & 1 ? &opt : NULL, flow_sink, &f),
                     SURREAL_OK);
        CHECK_MEM(f.bytes.data, f.bytes.len, body, sizeof body);
        CHECK_STATUS(f.inner, SURREAL_ERR_USAGE);
        CHECK_STATUS(surreal_ping(f.db), SURREAL_OK);
        CHECK_STATUS(surreal_health(f.db), SURREAL_OK);
        flow_end(&f);
    }
}

TEST(test_http_import_passes_through)
{
    size_t i;

    flow_reply = "[]";
    for (i = 0; i < 12; i++) {
        flow f;
        peer p;

        flow_begin(&f, &p);
        f.want = i * 9001;
        p.write_max = 1 + i * 777;
        p.write_gaps = i & 1;
        CHECK_STATUS(surreal_import(f.db, flow_source, &f), SURREAL_OK);
        CHECK_MEM(p.joined.data, p.joined.len, f.bytes.data, f.bytes.len);
        CHECK_STATUS(f.inner, SURREAL_ERR_USAGE);
        CHECK_STATUS(surreal_ping(f.db), SURREAL_OK);
        CHECK_INT(p.dials, 1);
        flow_end(&f);
    }
}

TEST(test_http_import_reads_any_answer)
{
    static const struct {
        const char *json;
        const char *failure;
    } answers[] = {
        {"[]", NULL},
        {"[{\"status\":\"OK\",\"result\":[{\"status\":\"ERR\"}]}]", NULL},
        {"[{\"result\":\"a\",\"status\":\"OK\"},{\"time\":\"1\",\"result\":"
         "\"b \\\"q\\\" ]}\",\"status\":\"ERR\"}]", "b \"q\" ]}"},
        {"[ { \"status\" : \"ERR\" , \"result\" : \"c\" } , { \"status\": "
         "\"ERR\", \"result\": \"d\" } ]", "failed: c"},
        {"[{\"a very long key indeed\":{\"result\":\"x\"},\"result\":null,"
         "\"status\":\"ERR\"}]", "a statement failed"},
        {"]]]}}}\"\\", NULL},
    };
    size_t i;
    size_t cut;

    for (i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        for (cut = 1; cut < 8; cut++) {
            flow f;
            peer p;
            surreal_status status;

            flow_reply = answers[i].json;
            flow_begin(&f, &p);
            p.cut = SCRIPT_PIECES;
            p.cut_len = cut;
            f.want = 10;
            status = surreal_import(f.db, flow_source, &f);
            CHECK_STATUS(status, answers[i].failure ? SURREAL_ERR_STATEMENT
                                                    : SURREAL_OK);
            if (status) {
                CHECK_SAYS(surreal_last_error(f.db), answers[i].failure);
            }
            flow_end(&f);
        }
    }
}

/* Giving up and closing in a callback, at the first part and later ones. */
TEST(test_http_callbacks_may_end_it)
{
    static uint8_t body[70000];
    size_t i;

    flow_body.ptr = body;
    flow_body.len = sizeof body;
    flow_reply = "[]";
    for (i = 0; i < 8; i++) {
        flow f;
        peer p;
        surreal_status status;

        flow_begin(&f, &p);
        f.want = sizeof body;
        f.closes = (i & 2) != 0;
        f.stop_at = f.closes ? 0 : 1 + (i & 4) / 2;
        status = i & 1 ? surreal_export(f.db, NULL, flow_sink, &f)
                       : surreal_import(f.db, flow_source, &f);
        CHECK_STATUS(status, f.closes ? SURREAL_ERR_CLOSED : SURREAL_ERR_FULL);
        CHECK_INT(f.calls, f.closes ? 1 : f.stop_at);
        if (f.closes) {
            f.db = NULL;
        } else {
            CHECK_STATUS(surreal_ping(f.db), SURREAL_OK);
        }
        flow_end(&f);
    }
}

TEST(test_http_graphql_answers_text)
{
    surreal_result *r = NULL;
    surreal_str text;
    flow f;
    peer p;

    flow_reply = "{\"data\":{\"a\":[1]}}";
    flow_begin(&f, &p);
    CHECK_STATUS(surreal_graphql(f.db, SURREAL_LIT("{ a }"), SURREAL_VARS(
                     surreal_bind_int("n", 1)), &r), SURREAL_OK);
    CHECK_STATUS(surreal_get_str(surreal_statement_value(r, 0), &text),
                 SURREAL_OK);
    CHECK(surreal_str_eq(text, surreal_text(flow_reply)));
    surreal_result_free(r);
    flow_reply = "\"\xff\"";
    CHECK_STATUS(surreal_graphql(f.db, SURREAL_LIT("{ a }"), SURREAL_VARS(
                     surreal_bind_int("n", 1)), &r), SURREAL_ERR_UTF8);
    CHECK(r == NULL);
    CHECK_STATUS(surreal_ping(f.db), SURREAL_OK);
    flow_end(&f);
}

/* The time limit is one of standing still. */
TEST(test_http_exchange_that_stands_still_times_out)
{
    flow f;
    peer p;

    flow_begin(&f, &p);
    f.db->conn->options.timeout_ms = 30;
    p.mute = true;
    CHECK_STATUS(surreal_export(f.db, NULL, flow_sink, &f),
                 SURREAL_ERR_TIMEOUT);
    p.mute = false;
    CHECK_STATUS(surreal_ping(f.db), SURREAL_OK);
    CHECK_INT(p.dials, 2);
    flow_end(&f);
}

static surreal_status
refuse_as_not_sent(void *user, surreal_bytes part)
{
    (void)part;
    ++*(int *)user;
    return SURREAL_ERR_NOT_SENT;
}

static surreal_status
refuse_to_give(void *user, void *room, size_t cap, size_t *len)
{
    (void)room;
    (void)cap;
    *len = 0;
    ++*(int *)user;
    return SURREAL_ERR_NOT_SENT;
}

/* A status of the program's is not taken for one of this connection's. */
TEST(test_http_callbacks_that_fail_are_not_asked_again)
{
    static const char body[] = "OPTION IMPORT;";
    int calls = 0;
    flow f;
    peer p;

    flow_body.ptr = (const uint8_t *)body;
    flow_body.len = sizeof body;
    flow_begin(&f, &p);
    f.db->conn->options.timeout_ms = 300;
    CHECK_STATUS(surreal_export(f.db, NULL, refuse_as_not_sent, &calls),
                 SURREAL_ERR_NOT_SENT);
    CHECK_INT(calls, 1);
    CHECK_STATUS(surreal_last_error(f.db)->status, SURREAL_ERR_NOT_SENT);
    CHECK_STATUS(surreal_import(f.db, refuse_to_give, &calls),
                 SURREAL_ERR_NOT_SENT);
    CHECK_INT(calls, 2);
    CHECK_STATUS(surreal_ping(f.db), SURREAL_OK);
    flow_end(&f);
}

/* ---- memory -------------------------------------------------------------- */

/* From one call on there is no memory any more. */
static void *
starve_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    test_heap *heap = (test_heap *)user;

    if (new_len && heap->fail_at && heap->calls + 1 >= heap->fail_at) {
        heap->calls++;
        return NULL;
    }
    return test_resize(user, block, old_len, new_len);
}

/* True if something had no memory. */
static bool
starve(size_t fail_at, bool from_on)
{
    surreal_status status[6] = {SURREAL_OK};
    bool had_nomem;
    flow f;
    peer p;
    int64_t n = 0;
    size_t i;

    memset(&f, 0, sizeof f);
    peer_init(&p);
    p.answer = answer_flow;
    p.framing = fail_at & 1 ? SRL_HTTP_CHUNKED : SRL_HTTP_LENGTH;
    p.chunk = 500;
    p.closes_idle = (fail_at & 2) != 0;
    p.options.reconnect.attempts = 3;
    p.options.reconnect.min_ms = 1;
    if (from_on) p.options.allocator.resize = starve_resize;
    p.heap.fail_at = fail_at;
    f.p = &p;
    f.want = 40000;
    f.calls = 1;
    srl_buf_init(&f.bytes, &p.mem, SCRIPT_NEVER);
    f.db = peer_open(&p);
    if (f.db && surreal_get_state(f.db) == SURREAL_OPEN) {
        surreal_vars vars;
        surreal_bind bind = surreal_bind_int("n", 1);

        vars.v = &bind;
        vars.count = 1;
        status[0] = query_n(f.db, 9, &n);
        status[1] = surreal_let(f.db, surreal_bind_int("x", 1));
        status[2] = surreal_export(f.db, NULL, flow_sink, &f);
        status[3] = surreal_import(f.db, flow_source, &f);
        status[4] = surreal_graphql(f.db, SURREAL_LIT("{ a }"), vars, NULL);
        status[5] = surreal_ping(f.db);
    } else {
        status[0] = f.db ? surreal_last_error(f.db)->status
                         : SURREAL_ERR_NOMEM;
    }
    /* A step between two calls may have had to go round again. */
    had_nomem = p.heap.calls >= fail_at;
    for (i = 0; i < 6; i++) {
        if (status[i]) CHECK_STATUS(status[i], SURREAL_ERR_NOMEM);
    }
    flow_end(&f);
    return had_nomem;
}

TEST(test_http_every_allocation_may_fail)
{
    static uint8_t body[20000];
    size_t fail_at;
    int from_on;

    flow_body.ptr = body;
    flow_body.len = sizeof body;
    flow_reply = "[]";
    for (from_on = 0; from_on < 2; from_on++) {
        for (fail_at = 1; starve(fail_at, from_on); fail_at++) continue;
        CHECK(fail_at > 20);
    }
}

TEST_MAIN(
    RUN(test_http_callbacks_that_fail_are_not_asked_again);
    RUN(test_http_session_over_each_framing);
    RUN(test_http_session_split_at_every_byte);
    RUN(test_http_session_in_pieces);
    RUN(test_http_streams_may_end_between_requests);
    RUN(test_http_interim_answers_are_passed_over);
    RUN(test_http_closed_stream_is_found_before_sending);
    RUN(test_http_first_write_that_fails_sent_nothing);
    RUN(test_http_second_answer_is_nobodys);
    RUN(test_http_unasked_bytes_are_no_answer);
    RUN(test_http_half_an_answer_is_unknown_and_not_repeated);
    RUN(test_http_queued_requests_were_not_sent);
    RUN(test_http_server_that_is_gone_fails_for_good_without_a_policy);
    RUN(test_http_server_that_is_gone_is_dialled_until_it_is_back);
    RUN(test_http_refusals_are_told_and_leave_the_connection_good);
    RUN(test_http_refusal_of_any_length);
    RUN(test_http_open_tells_why_it_failed);
    RUN(test_http_garbage_is_refused);
    RUN(test_http_answers_have_a_limit);
    RUN(test_http_early_refusal_is_found_behind_a_broken_pipe);
    RUN(test_http_cancelled_in_the_queue_is_never_sent);
    RUN(test_http_cancelled_on_the_wire_is_read_to_its_end);
    RUN(test_http_timed_out_request_is_left_behind);
    RUN(test_http_random_cancels_complete_exactly_once);
    RUN(test_http_random_faults_complete_exactly_once);
    RUN(test_http_queue_is_bounded);
    RUN(test_http_token_and_place_go_with_each_request);
    RUN(test_http_signin_without_a_token_is_refused);
    RUN(test_http_session_variables_go_with_each_query);
    RUN(test_http_export_passes_through);
    RUN(test_http_import_passes_through);
    RUN(test_http_import_reads_any_answer);
    RUN(test_http_callbacks_may_end_it);
    RUN(test_http_graphql_answers_text);
    RUN(test_http_exchange_that_stands_still_times_out);
    RUN(test_http_every_allocation_may_fail);
)
