/* cc -I. -o build/fault/test_live tests/fault/test_live.c -lm
 *
 * Live queries over a wire that does what it likes. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/redial.h"

/* ---- a server with live queries ------------------------------------------ */

/* Its behaviour and what it saw, at script.user. Ids are uuids whose last byte
 * is `base` plus the number of the registration, from 1. */
typedef struct server {
    int base;
    int lives;
    int kills;
    int killed[8];
    void (*before)(script *s, int id); /* is answered; NULL: nothing */
    const char *refusal;
    bool hold;          /* the next registrations stay without answer */
    uint64_t held[4];
    int holds;
} server;

static surreal_uuid
uuid_of(int id)
{
    surreal_uuid u;

    memset(&u, 0, sizeof u);
    u.bytes[0] = 0xab;
    u.bytes[15] = (uint8_t)id;
    return u;
}

static bool
is_id(surreal_uuid u, int id)
{
    surreal_uuid want = uuid_of(id);

    return !memcmp(&u, &want, sizeof u);
}

/* A notification; key 0: record and result are NONE. */
static void
notify(script *s, int id, const char *action, int64_t key)
{
    srl_buf *b = &s->body;

    b->len = 0;
    srl_cbor_put_head(b, SRL_CBOR_MAP, s->major == 3 ? 2 : 1);
    srl_cbor_put_key(b, "result");
    srl_cbor_put_head(b, SRL_CBOR_MAP, s->major == 3 ? 5 : 4);
    srl_cbor_put_key(b, "action");
    srl_cbor_put_key(b, action);
    srl_cbor_put_key(b, "id");
    srl_put_uuid(b, uuid_of(id));
    srl_cbor_put_key(b, "record");
    if (key) {
        srl_put_record_id(b, surreal_id_int("t", key));
    } else {
        srl_cbor_put_none(b);
    }
    srl_cbor_put_key(b, "result");
    if (key) {
        srl_cbor_put_head(b, SRL_CBOR_MAP, 1);
        srl_cbor_put_key(b, "n");
        srl_cbor_put_int(b, key);
    } else {
        srl_cbor_put_none(b);
    }
    if (s->major == 3) {
        srl_cbor_put_key(b, "session");
        srl_put_uuid(b, uuid_of(77));
        srl_cbor_put_key(b, "session");
        srl_put_uuid(b, uuid_of(78));
    }
    script_send(s);
}

static void
put_row(srl_buf *b, int id, int major)
{
    srl_cbor_put_head(b, SRL_CBOR_MAP, major == 3 ? 4 : 3);
    srl_cbor_put_key(b, "result");
    srl_put_uuid(b, uuid_of(id));
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, "OK");
    srl_cbor_put_key(b, "time");
    srl_cbor_put_key(b, "1ms");
    if (major < 3) return;
    srl_cbor_put_key(b, "type");
    srl_cbor_put_key(b, "live");
}

/* The answer to a registration: rows of a query, as many as it has
 * statements, or an id alone. */
static void
answer_id(script *s, uint64_t request, int rows)
{
    server *srv = (server *)s->user;
    int id = srv->base + ++srv->lives;
    srl_buf *b;
    int i;

    if (srv->before) srv->before(s, id);
    b = script_reply(s, request, "result");
    if (!rows) {
        srl_put_uuid(b, uuid_of(id));
    } else {
        srl_cbor_put_head(b, SRL_CBOR_ARRAY, (uint64_t)rows);
        for (i = 0; i < rows; i++) {
            put_row(b, id + i, s->major);
        }
    }
    script_send(s);
}

static void
answer_kill(script *s, const script_request *rq)
{
    server *srv = (server *)s->user;
    surreal_uuid id;

    if (srl_item_uuid(script_param(rq, 0), &id)) {
        TEST_FAIL("kill without an id");
    } else if (srv->kills < 8) {
        srv->killed[srv->kills++] = id.bytes[15];
    }
    script_result_none(s, rq->id);
}

static void
answer_live(script *s, const script_request *rq)
{
    server *srv = (server *)s->user;
    surreal_str text = script_param_text(rq, 0);
    bool is_live = script_is(rq, "live");
    int rows = 0;
    size_t i;

    if (script_is(rq, "query") && text.len > 4 &&
        !memcmp(text.ptr, "LIVE", 4)) {
        is_live = true;
        for (i = 0, rows = 1; i < text.len; i++) {
            rows += text.ptr[i] == ';';
        }
    }
    if (script_is(rq, "kill")) {
        answer_kill(s, rq);
    } else if (!is_live) {
        script_answer(s, rq);
    } else if (srv->refusal) {
        script_error(s, rq->id, -32000, s->major == 2 ? NULL : "NotFound/Table",
                     srv->refusal);
    } else if (srv->hold) {
        srv->held[srv->holds++] = rq->id;
    } else {
        answer_id(s, rq->id, rows);
    }
}

static void
server_init(script *s, server *srv)
{
    memset(srv, 0, sizeof *srv);
    s->answer = answer_live;
    s->user = srv;
}

static surreal *
server_open(script *s, server *srv)
{
    script_init(s);
    server_init(s, srv);
    return script_open(s);
}

static surreal_live *
watch(surreal *db, const surreal_live_options *opt)
{
    surreal_live *live = NULL;
    surreal_status status = surreal_live_table(db, "t", opt, &live);

    if (status) TEST_FAIL("%s", surreal_last_error(db)->message);
    return live;
}

static surreal_event
take(surreal_live *live)
{
    surreal_event event;

    memset(&event, 0, sizeof event);
    CHECK_STATUS(surreal_live_next(live, &event, 0), SURREAL_OK);
    return event;
}

static void
check_change(surreal_live *live, surreal_action action, int64_t key)
{
    surreal_event event = take(live);

    CHECK_INT(event.action, action);
    CHECK_INT(event.record.kind, SURREAL_KEY_INT);
    CHECK_INT(event.record.key.i, key);
    CHECK_INT(surreal_int_at(event.value, "n"), key);
    CHECK(!event.err && !event.lost);
}

static surreal_event
check_gap(surreal_live *live, size_t lost)
{
    surreal_event event = take(live);

    CHECK_INT(event.action, SURREAL_GAP);
    CHECK_INT(event.lost, lost);
    CHECK_INT(event.record.kind, SURREAL_KEY_NONE);
    CHECK(!surreal_live_keep(live));
    return event;
}

static void
check_ended(surreal_live *live, surreal_status status, const char *says)
{
    surreal_event event = take(live);

    CHECK_INT(event.action, SURREAL_ENDED);
    NEED(event.err);
    CHECK_STATUS(event.err->status, status);
    CHECK_SAYS(event.err, says);
    CHECK_STATUS(surreal_live_next(live, &event, -1), SURREAL_ERR_CLOSED);
}

static void
check_nothing(surreal_live *live)
{
    surreal_event event;

    CHECK_STATUS(surreal_live_next(live, &event, 0), SURREAL_ERR_TIMEOUT);
}

/* ---- order --------------------------------------------------------------- */

static void
two_before(script *s, int id)
{
    notify(s, id, "CREATE", 1);
    notify(s, id + 40, "CREATE", 9);
    notify(s, id, "UPDATE", 1);
}

/* Returns false if it ran out of memory. */
static bool
early_run(script *s, server *srv)
{
    surreal *db = script_open(s);
    surreal_live *live = NULL;
    surreal_status status = SURREAL_ERR_NOMEM;

    srv->before = two_before;
    if (db) {
        status = surreal_live_query(db, "LIVE SELECT * FROM t WHERE n < $m",
                                    SURREAL_VARS(surreal_bind_int("m", 10)),
                                    NULL, &live);
    }
    if (!status) {
        notify(s, 1, "DELETE", 1);
        notify(s, 41, "DELETE", 9);
        notify(s, 1, "CREATE", 2);
        check_change(live, SURREAL_CREATED, 1);
        check_change(live, SURREAL_UPDATED, 1);
        while (s->down_at < s->down.len) {
            surreal_step(db);
        }
        check_change(live, SURREAL_DELETED, 1);
        check_change(live, SURREAL_CREATED, 2);
        check_nothing(live);
    } else {
        CHECK_STATUS(status, SURREAL_ERR_NOMEM);
        CHECK(!live);
    }
    surreal_live_close(live);
    script_end(s, db);
    return !status;
}

static size_t
early_length(void)
{
    server srv;
    script s;

    script_init(&s);
    server_init(&s, &srv);
    early_run(&s, &srv);
    return s.down_at;
}

TEST(test_events_before_the_answer_are_kept_in_order)
{
    early_length();
}

TEST(test_frames_of_events_cut_at_every_byte)
{
    size_t len = early_length();
    size_t at;

    for (at = 1; at < len; at++) {
        server srv;
        script s;

        script_init(&s);
        server_init(&s, &srv);
        s.cut = at == 1 ? SCRIPT_PIECES : SCRIPT_SPLIT;
        s.cut_len = at;
        early_run(&s, &srv);
        if (test_failed_checks) {
            TEST_FAIL("cut at %zu", at);
            return;
        }
    }
}

TEST(test_streams_get_their_own_events)
{
    surreal_live *live[3];
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    int i;

    for (i = 0; i < 3; i++) {
        live[i] = watch(db, NULL);
        CHECK(is_id(surreal_live_id(live[i]), i + 1));
    }
    for (i = 0; i < 30; i++) {
        notify(&s, i % 4 + 1, "CREATE", i + 1);
    }
    for (i = 0; i < 30; i++) {
        if (i % 4 < 3) check_change(live[i % 4], SURREAL_CREATED, i + 1);
    }
    surreal_live_close(live[1]);
    notify(&s, 2, "CREATE", 1);
    notify(&s, 3, "CREATE", 2);
    check_change(live[2], SURREAL_CREATED, 2);
    check_nothing(live[0]);
    CHECK_INT(srv.kills, 1);
    CHECK_INT(srv.killed[0], 2);
    surreal_close(db);
    check_ended(live[0], SURREAL_ERR_CLOSED, "closed here");
    check_ended(live[2], SURREAL_ERR_CLOSED, "closed here");
    surreal_live_close(live[0]);
    surreal_live_close(live[2]);
    script_end(&s, NULL);
}

TEST(test_unknown_actions_and_shapes_are_skipped)
{
    surreal_live *live;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    static const uint8_t odd[] = {0xa1, 0x66, 'r', 'e', 's', 'u', 'l', 't',
                                  0x82, 0x01, 0x02};

    live = watch(db, NULL);
    notify(&s, 1, "TRUNCATE", 1);
    script_frame(&s, SCRIPT_BINARY, odd, sizeof odd);
    notify(&s, 1, "CREATE", 2);
    check_change(live, SURREAL_CREATED, 2);
    check_nothing(live);
    surreal_live_close(live);
    surreal_live_close(NULL);
    script_end(&s, db);
}

/* ---- room ---------------------------------------------------------------- */

TEST(test_a_full_queue_counts_what_it_drops)
{
    surreal_live_options opt;
    surreal_live *live;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    surreal_event event;
    int i;

    memset(&opt, 0, sizeof opt);
    opt.max_bytes = 3000;
    live = watch(db, &opt);
    for (i = 1; i <= 100; i++) {
        notify(&s, 1, "CREATE", i);
    }
    check_change(live, SURREAL_CREATED, 1); /* all have come */
    for (i = 2; surreal_live_next(live, &event, 0) == SURREAL_OK &&
                event.action == SURREAL_CREATED; i++) {
        CHECK_INT(event.record.key.i, i);
    }
    CHECK(i > 5 && i < 30);
    CHECK_INT(event.action, SURREAL_GAP);
    CHECK_INT(event.lost, 100 - (i - 1));
    CHECK(is_id(event.id, 1));
    check_nothing(live);
    notify(&s, 1, "UPDATE", 7);
    check_change(live, SURREAL_UPDATED, 7);
    surreal_live_close(live);
    script_end(&s, db);
}

/* Behind a loss everything is part of it until the gap was taken. */
TEST(test_one_gap_stands_at_the_place_of_the_loss)
{
    surreal_live_options opt;
    surreal_live *live;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);

    memset(&opt, 0, sizeof opt);
    opt.max_bytes = 1; /* an event alone always fits */
    live = watch(db, &opt);
    notify(&s, 1, "CREATE", 1);
    notify(&s, 1, "CREATE", 2);
    surreal_step(db);
    check_change(live, SURREAL_CREATED, 1);
    notify(&s, 1, "CREATE", 3);
    surreal_step(db);
    check_gap(live, 2);
    notify(&s, 1, "CREATE", 4);
    notify(&s, 1, "KILLED", 0);
    surreal_step(db);
    check_change(live, SURREAL_CREATED, 4);
    check_ended(live, SURREAL_ERR_CANCELLED, "killed it");
    surreal_live_close(live);
    CHECK_INT(srv.kills, 0);
    script_end(&s, db);
}

static void
flood_before(script *s, int id)
{
    static uint8_t blob[1 << 20];
    int i;

    notify(s, id, "CREATE", 1);
    for (i = 0; i < 20; i++) {
        srl_buf *b = &s->body;

        b->len = 0;
        srl_cbor_put_head(b, SRL_CBOR_MAP, 1);
        srl_cbor_put_key(b, "result");
        srl_cbor_put_head(b, SRL_CBOR_MAP, 4);
        srl_cbor_put_key(b, "action");
        srl_cbor_put_key(b, "CREATE");
        srl_cbor_put_key(b, "id");
        srl_put_uuid(b, uuid_of(id + 50));
        srl_cbor_put_key(b, "record");
        srl_cbor_put_none(b);
        srl_cbor_put_key(b, "result");
        srl_cbor_put_head(b, SRL_CBOR_BYTES, sizeof blob);
        srl_buf_put(b, blob, sizeof blob);
        script_send(s);
    }
    notify(s, id, "CREATE", 2);
}

TEST(test_too_much_before_the_answer_is_a_gap)
{
    surreal_live *live;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);

    srv.before = flood_before;
    live = watch(db, NULL);
    CHECK(s.heap.peak < (size_t)20 << 20);
    check_change(live, SURREAL_CREATED, 1);
    check_gap(live, 6); /* five of the blobs, and the event behind them */
    check_nothing(live);
    surreal_live_close(live);
    script_end(&s, db);
}

/* ---- callbacks ----------------------------------------------------------- */

typedef struct watcher {
    surreal_live_options opt;
    surreal *db;
    surreal_live *live;
    surreal_live *victim;  /* closed by the first event */
    bool closes_db;
    int asks;              /* a query inside the first event: events then */
    bool closes_self;
    script *script;
    int calls;
    int64_t keys[16];
    surreal_event last;
    surreal_error err;
} watcher;

static void
on_event(void *user, const surreal_event *event)
{
    watcher *w = (watcher *)user;

    w->last = *event;
    if (event->err) w->err = *event->err;
    if (w->calls < 16) w->keys[w->calls] = event->record.key.i;
    w->calls++;
    if (w->calls > 1) return;
    if (w->asks) {
        notify(w->script, 1, "CREATE", 2);
        CHECK_STATUS(surreal_ping(w->db), SURREAL_OK);
        CHECK_INT(w->calls, w->asks);
    }
    if (w->victim) surreal_live_close(w->victim);
    if (w->closes_self) surreal_live_close(event->live);
    if (w->closes_db) surreal_close(w->db);
}

static void
watcher_init(watcher *w, surreal *db, script *s)
{
    memset(w, 0, sizeof *w);
    w->opt.on_event = on_event;
    w->opt.user = w;
    w->db = db;
    w->script = s;
}

TEST(test_events_come_to_the_callback)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    surreal_event event;
    watcher w;

    srv.before = two_before;
    watcher_init(&w, db, &s);
    w.live = watch(db, &w.opt);
    CHECK_INT(w.calls, 2);
    CHECK_INT(w.last.action, SURREAL_UPDATED);
    CHECK(w.last.live == w.live);
    notify(&s, 1, "DELETE", 1);
    CHECK_STATUS(surreal_wait(db, 1000), SURREAL_OK); /* a callback ends it */
    CHECK_INT(w.calls, 3);
    CHECK_STATUS(surreal_live_next(w.live, &event, 0), SURREAL_ERR_USAGE);
    surreal_close(db);
    CHECK_INT(w.calls, 4);
    CHECK_INT(w.last.action, SURREAL_ENDED);
    CHECK_STATUS(w.err.status, SURREAL_ERR_CLOSED);
    surreal_live_close(w.live);
    script_end(&s, NULL);
}

/* What a callback drives comes behind what was there before it. */
TEST(test_order_holds_while_a_callback_waits)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    watcher w;

    watcher_init(&w, db, &s);
    w.asks = 3;
    srv.before = two_before;
    w.live = watch(db, &w.opt);
    CHECK_INT(w.calls, 3);
    CHECK_INT(w.keys[0], 1);
    CHECK_INT(w.keys[1], 1);
    CHECK_INT(w.keys[2], 2);
    surreal_live_close(w.live);
    script_end(&s, db);
}

TEST(test_a_callback_closes_its_stream)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    surreal_live *live = NULL;
    watcher w;

    watcher_init(&w, db, &s);
    w.closes_self = true;
    w.live = watch(db, &w.opt);
    notify(&s, 1, "CREATE", 1);
    notify(&s, 1, "CREATE", 2);
    surreal_step(db);
    CHECK_INT(w.calls, 1);
    CHECK_INT(srv.kills, 1);

    /* Before the call that opens it has returned. */
    w.calls = 0;
    srv.before = two_before;
    CHECK_STATUS(surreal_live_table(db, "t", &w.opt, &live), SURREAL_OK);
    CHECK(!live);
    CHECK_INT(w.calls, 1);
    surreal_step(db);
    CHECK_INT(srv.kills, 2);
    CHECK_INT(srv.killed[1], 2);
    script_end(&s, db);
}

TEST(test_a_callback_closes_another_stream)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    watcher a;
    watcher b;

    watcher_init(&a, db, &s);
    watcher_init(&b, db, &s);
    a.live = watch(db, &a.opt);
    b.live = watch(db, &b.opt);
    a.victim = b.live;
    notify(&s, 1, "CREATE", 1);
    notify(&s, 2, "CREATE", 1);
    surreal_step(db);
    CHECK_INT(a.calls, 1);
    CHECK_INT(b.calls, 0);
    surreal_live_close(a.live);
    script_end(&s, db);
}

TEST(test_the_end_of_one_stream_closes_the_next)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    watcher a;
    watcher b;

    watcher_init(&a, db, &s);
    watcher_init(&b, db, &s);
    a.live = watch(db, &a.opt);
    b.live = watch(db, &b.opt);
    a.victim = b.live;
    a.closes_self = true;
    surreal_close(db);
    CHECK_INT(a.calls, 1);
    CHECK_INT(a.last.action, SURREAL_ENDED);
    CHECK_INT(b.calls, 0);
    script_end(&s, NULL);
}

TEST(test_a_callback_closes_the_connection)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    surreal_live *pull;
    watcher w;

    watcher_init(&w, db, &s);
    w.closes_db = true;
    w.live = watch(db, &w.opt);
    pull = watch(db, NULL);
    notify(&s, 1, "CREATE", 1);
    notify(&s, 1, "CREATE", 2);
    notify(&s, 2, "CREATE", 3);
    surreal_step(db);
    CHECK_INT(w.calls, 2);
    CHECK_INT(w.last.action, SURREAL_ENDED);
    check_ended(pull, SURREAL_ERR_CLOSED, "closed here");
    surreal_live_close(pull);
    surreal_live_close(w.live);
    script_end(&s, NULL);
}

/* Even the stream that is being waited for. */
TEST(test_closing_what_is_waited_for)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    surreal_event event;
    watcher w;

    watcher_init(&w, db, &s);
    w.live = watch(db, &w.opt);
    w.victim = watch(db, NULL);
    notify(&s, 1, "CREATE", 1);
    CHECK_STATUS(surreal_live_next(w.victim, &event, -1), SURREAL_ERR_CLOSED);

    w.calls = 0;
    w.victim = NULL;
    w.closes_db = true;
    {
        surreal_live *pull = watch(db, NULL);

        notify(&s, 1, "CREATE", 1);
        CHECK_STATUS(surreal_live_next(pull, &event, -1), SURREAL_OK);
        CHECK_INT(event.action, SURREAL_ENDED);
        surreal_live_close(pull);
    }
    surreal_live_close(w.live);
    script_end(&s, NULL);
}

/* ---- what is refused ----------------------------------------------------- */

static void
check_refused(surreal *db, const char *text, surreal_status status,
              const char *says)
{
    surreal_live *live = (surreal_live *)db;

    CHECK_STATUS(surreal_live_query(db, text, SURREAL_NO_VARS, NULL, &live),
                 status);
    CHECK(!live);
    CHECK_SAYS(surreal_last_error(db), says);
}

TEST(test_only_one_live_select_is_a_live_query)
{
    surreal_live *live = NULL;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    int queries;

    check_refused(db, "SELECT * FROM t", SURREAL_ERR_USAGE, "nothing was");
    check_refused(db, "LIV", SURREAL_ERR_USAGE, "nothing was sent");
    check_refused(db, "/* LIVE", SURREAL_ERR_USAGE, "nothing was sent");
    check_refused(db, "", SURREAL_ERR_USAGE, "empty");
    check_refused(db, NULL, SURREAL_ERR_USAGE, "NULL");
    queries = s.queries;
    CHECK_INT(queries, 0);
    CHECK_STATUS(surreal_live_table(db, "", NULL, &live), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_live_table(db, NULL, NULL, &live), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_live_table(db, "\xff", NULL, &live), SURREAL_ERR_UTF8);
    CHECK_STATUS(surreal_live_table(NULL, "t", NULL, &live),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_live_table(db, "t", NULL, NULL), SURREAL_ERR_USAGE);
    check_refused(db, "LIVE SELECT * FROM t; LIVE SELECT * FROM u",
                  SURREAL_ERR_USAGE, "got 2 statements");
    surreal_step(db);
    CHECK_INT(srv.kills, 2);
    CHECK_INT(srv.killed[0], 1);
    CHECK_INT(srv.killed[1], 2);
    srv.refusal = "The table 't' does not exist";
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live),
                 SURREAL_ERR_UNDEFINED);
    check_refused(db, "LIVE SELECT * FROM t", SURREAL_ERR_UNDEFINED,
                  "does not exist");
    script_end(&s, db);
}

/* An answer that is no id of a live query. */
static void
answer_other(script *s, const script_request *rq)
{
    if (script_is(rq, "live")) {
        script_result_text(s, rq->id, "no id");
    } else {
        script_answer(s, rq);
    }
}

TEST(test_an_answer_without_an_id_is_refused)
{
    surreal_live *live = NULL;
    script s;
    surreal *db;

    script_init(&s);
    s.answer = answer_other;
    db = script_open(&s);
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live), SURREAL_ERR_REPLY);
    check_refused(db, "live", SURREAL_ERR_USAGE, "no LIVE SELECT");
    script_end(&s, db);
}

TEST(test_variables_are_refused_where_they_are_forgotten)
{
    surreal_live *live = NULL;
    server srv;
    script s;
    surreal *db;

    script_init(&s);
    server_init(&s, &srv);
    s.major = 2;
    db = script_open(&s);
    CHECK_STATUS(surreal_live_query(db, "LIVE SELECT * FROM t WHERE n > $m",
                                    SURREAL_VARS(surreal_bind_int("m", 1)),
                                    NULL, &live), SURREAL_ERR_UNSUPPORTED);
    CHECK_SAYS(surreal_last_error(db), "'m'");
    CHECK_STATUS(surreal_live_query(db, "LIVE SELECT * FROM $t",
                                    SURREAL_VARS(surreal_bind_table("t", "u")),
                                    NULL, &live), SURREAL_OK);
    notify(&s, 1, "CREATE", 1);
    check_change(live, SURREAL_CREATED, 1);
    surreal_live_close(live);
    script_end(&s, db);
}

TEST(test_http_and_transactions_have_no_live_queries)
{
    surreal_live *live = NULL;
    srl_txn txn;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);

    memset(&txn, 0, sizeof txn);
    db->txn = &txn;
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live),
                 SURREAL_ERR_UNSUPPORTED);
    CHECK_SAYS(surreal_last_error(db), "session's handle");
    db->txn = NULL;
    db->conn->url.scheme = SRL_SCHEME_HTTP;
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live),
                 SURREAL_ERR_UNSUPPORTED);
    CHECK_SAYS(surreal_last_error(db), "ws://");
    db->conn->url.scheme = SRL_SCHEME_WS;
    script_end(&s, db);
}

/* ---- time ---------------------------------------------------------------- */

TEST(test_waiting_goes_on_while_there_are_streams)
{
    surreal_live *live;
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);

    CHECK_STATUS(surreal_wait(db, 5), SURREAL_OK);
    live = watch(db, NULL);
    CHECK_STATUS(surreal_wait(db, 5), SURREAL_ERR_TIMEOUT);
    surreal_live_close(live);
    surreal_ping(db);
    CHECK_STATUS(surreal_wait(db, 5), SURREAL_OK);
    script_end(&s, db);
}

/* The call gave up; what the server registered all the same is killed. */
TEST(test_a_late_answer_is_killed)
{
    surreal_live *live = NULL;
    server srv;
    script s;
    surreal *db;

    script_init(&s);
    server_init(&s, &srv);
    s.options.timeout_ms = 5;
    srv.hold = true;
    db = script_open(&s);
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live),
                 SURREAL_ERR_TIMEOUT);
    CHECK(!live);
    CHECK_STATUS(surreal_live_query(db, "LIVE SELECT * FROM t",
                                    SURREAL_NO_VARS, NULL, &live),
                 SURREAL_ERR_TIMEOUT);
    CHECK_STATUS(surreal_wait(db, 5), SURREAL_OK); /* nobody watches */
    NEED(srv.holds == 2);
    answer_id(&s, srv.held[0], 0);
    answer_id(&s, srv.held[1], 1);
    notify(&s, 1, "CREATE", 1);
    surreal_step(db);
    CHECK_INT(srv.kills, 2);
    CHECK_INT(srv.killed[0], 1);
    CHECK_INT(srv.killed[1], 2);
    /* One that is still late when the connection is closed. */
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live),
                 SURREAL_ERR_TIMEOUT);
    script_end(&s, db);
}

/* ---- reconnecting -------------------------------------------------------- */

typedef struct cluster {
    redial r;
    server srv[REDIAL_MAX];
} cluster;

static surreal *
cluster_open(cluster *k, size_t count)
{
    size_t i;

    redial_init(&k->r, count);
    for (i = 0; i < count; i++) {
        server_init(&k->r.s[i], &k->srv[i]);
        k->srv[i].base = (int)i * 10;
    }
    return redial_open(&k->r);
}

TEST(test_streams_come_back_with_a_gap)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *table = watch(db, NULL);
    surreal_live *query = NULL;
    surreal_event event;

    CHECK_STATUS(surreal_live_query(db, "LIVE SELECT * FROM t WHERE n > $m",
                                    SURREAL_VARS(surreal_bind_int("m", 1)),
                                    NULL, &query), SURREAL_OK);
    notify(&k.r.s[0], 1, "CREATE", 1);
    surreal_step(db);
    redial_break(&k.r, 0);
    k.srv[1].before = two_before;
    redial_wait(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK(is_id(surreal_live_id(table), 11));
    CHECK(is_id(surreal_live_id(query), 12));
    notify(&k.r.s[1], 11, "CREATE", 2);
    event = take(table);
    CHECK(is_id(event.id, 1)); /* of before */
    CHECK_INT(event.record.key.i, 1);
    event = check_gap(table, 0);
    CHECK(is_id(event.old_id, 1));
    CHECK(is_id(event.id, 11));
    check_change(table, SURREAL_CREATED, 1);
    check_change(table, SURREAL_UPDATED, 1);
    check_change(table, SURREAL_CREATED, 2);
    event = check_gap(query, 0);
    CHECK(is_id(event.old_id, 2));
    CHECK(is_id(event.id, 12));
    check_change(query, SURREAL_CREATED, 1);
    surreal_live_close(table);
    surreal_live_close(query);
    surreal_ping(db);
    CHECK_INT(k.srv[1].kills, 2);
    redial_end(&k.r, db);
}

/* Nothing came between: one gap tells all of it. */
TEST(test_a_stream_lost_again_and_again_has_one_gap)
{
    surreal_live_options opt;
    static cluster k;
    surreal *db = cluster_open(&k, 4);
    surreal_live *live;
    surreal_event event;

    memset(&opt, 0, sizeof opt);
    opt.max_bytes = 1;
    live = watch(db, &opt);
    notify(&k.r.s[0], 1, "CREATE", 1);
    notify(&k.r.s[0], 1, "CREATE", 2);
    surreal_step(db);
    k.srv[1].hold = true; /* lost again before it is restored */
    redial_break(&k.r, 0);
    while (!k.srv[1].holds) {
        surreal_step(db);
    }
    redial_break(&k.r, 1);
    redial_wait(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK(is_id(surreal_live_id(live), 21));
    redial_break(&k.r, 2);
    redial_wait(db);
    check_change(live, SURREAL_CREATED, 1);
    event = check_gap(live, 1);
    CHECK(is_id(event.old_id, 1));
    CHECK(is_id(event.id, 31));
    check_nothing(live);
    surreal_live_close(live);
    redial_end(&k.r, db);
}

TEST(test_the_callback_gets_the_gap_when_the_connection_is_open)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    watcher w;

    watcher_init(&w, db, &k.r.s[1]);
    w.live = watch(db, &w.opt);
    k.srv[1].before = two_before;
    k.srv[1].base = 0; /* the same ids as before */
    w.asks = 4;        /* which needs an open connection */
    w.calls = 0;
    redial_break(&k.r, 0);
    redial_wait(db);
    CHECK_INT(w.calls, 4);
    CHECK_INT(w.keys[1], 1);
    CHECK_INT(w.keys[2], 1);
    CHECK_INT(w.keys[3], 2);
    surreal_live_close(w.live);
    redial_end(&k.r, db);
}

TEST(test_a_refused_stream_ends_alone)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *live = watch(db, NULL);
    watcher w;

    watcher_init(&w, db, &k.r.s[1]);
    w.live = watch(db, &w.opt);
    k.srv[1].refusal = "The table 't' does not exist";
    redial_break(&k.r, 0);
    redial_wait(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    check_ended(live, SURREAL_ERR_UNDEFINED, "does not exist");
    CHECK_INT(w.calls, 1);
    CHECK_INT(w.last.action, SURREAL_ENDED);
    CHECK_STATUS(w.err.status, SURREAL_ERR_UNDEFINED);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    surreal_live_close(live);
    surreal_live_close(w.live);
    redial_end(&k.r, db);
}

TEST(test_once_ends_with_the_connection)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *live;
    watcher w;

    watcher_init(&w, db, &k.r.s[1]);
    w.opt.once = true;
    w.closes_self = true;
    watch(db, &w.opt);
    w.opt.on_event = NULL;
    live = watch(db, &w.opt);
    redial_break(&k.r, 0);
    redial_wait(db);
    CHECK_INT(w.calls, 1);
    CHECK_STATUS(w.err.status, SURREAL_ERR_IO);
    check_ended(live, SURREAL_ERR_IO, "reset");
    CHECK_INT(k.srv[1].lives, 0);
    surreal_live_close(live);
    redial_end(&k.r, db);
}

TEST(test_a_stream_does_not_move_to_another_database)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *live = watch(db, NULL);
    surreal_live *there;

    CHECK_STATUS(surreal_use(db, "test", "other"), SURREAL_OK);
    there = watch(db, NULL);
    redial_break(&k.r, 0);
    redial_wait(db);
    check_ended(live, SURREAL_ERR_USAGE, "another namespace or database");
    check_gap(there, 0);
    surreal_live_close(live);
    surreal_live_close(there);
    redial_end(&k.r, db);
}

/* Closed while it is registered again: killed when the id is known. */
TEST(test_closing_during_registration_kills_it)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *live = watch(db, NULL);
    surreal_live *other = watch(db, NULL);

    k.srv[1].hold = true;
    redial_break(&k.r, 0);
    while (k.srv[1].holds < 2) {
        surreal_step(db);
    }
    surreal_live_close(live);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    answer_id(&k.r.s[1], k.srv[1].held[0], 0);
    notify(&k.r.s[1], 11, "CREATE", 1);
    answer_id(&k.r.s[1], k.srv[1].held[1], 0);
    redial_wait(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    surreal_ping(db);
    CHECK_INT(k.srv[1].kills, 1);
    CHECK_INT(k.srv[1].killed[0], 11);
    check_gap(other, 0);
    check_nothing(other);
    surreal_live_close(other);
    redial_end(&k.r, db);
}

TEST(test_closing_everything_during_registration)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *live = watch(db, NULL);
    surreal_live *gone = watch(db, NULL);

    k.srv[1].hold = true;
    redial_break(&k.r, 0);
    while (k.srv[1].holds < 2) {
        surreal_step(db);
    }
    notify(&k.r.s[1], 11, "CREATE", 1);
    surreal_step(db);
    surreal_live_close(gone);
    surreal_close(db);
    check_ended(live, SURREAL_ERR_CLOSED, "closed here");
    surreal_live_close(live);
    redial_end(&k.r, NULL);
}

TEST(test_a_connection_that_fails_ends_its_streams)
{
    static cluster k;
    surreal *db = cluster_open(&k, 1);
    surreal_live *live = watch(db, NULL);
    surreal_event event;

    redial_break(&k.r, 0);
    CHECK_STATUS(surreal_live_next(live, &event, -1), SURREAL_OK);
    CHECK_INT(event.action, SURREAL_ENDED);
    CHECK_STATUS(event.err->status, SURREAL_ERR_CONNECT);
    CHECK_STATUS(surreal_live_next(live, &event, -1), SURREAL_ERR_CLOSED);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    surreal_live_close(live);
    redial_end(&k.r, db);
}

/* Lost while the first registration is on its way. */
TEST(test_losing_the_connection_while_opening)
{
    static cluster k;
    surreal *db = cluster_open(&k, 2);
    surreal_live *live = NULL;

    k.srv[0].hold = true;
    redial_break(&k.r, 0);
    CHECK_STATUS(surreal_live_table(db, "t", NULL, &live), SURREAL_ERR_UNKNOWN);
    CHECK(!live);
    redial_wait(db);
    live = watch(db, NULL);
    notify(&k.r.s[1], 11, "CREATE", 1);
    check_change(live, SURREAL_CREATED, 1);
    surreal_live_close(live);
    redial_end(&k.r, db);
}

/* More than the send queue takes at once is registered in portions. */
TEST(test_many_large_streams_are_restored)
{
    static cluster k;
    static char text[400001];
    surreal *db = cluster_open(&k, 2);
    surreal_live *live[8];
    int i;

    memset(text, 'x', sizeof text - 1);
    for (i = 0; i < 8; i++) {
        CHECK_STATUS(surreal_live_query(
                         db, "LIVE SELECT * FROM t WHERE n = $x",
                         SURREAL_VARS(surreal_bind_text("x", text)), NULL,
                         &live[i]), SURREAL_OK);
    }
    redial_break(&k.r, 0);
    redial_wait(db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(k.srv[1].lives, 8);
    for (i = 0; i < 8; i++) {
        check_gap(live[i], 0);
        surreal_live_close(live[i]);
    }
    redial_end(&k.r, db);
}

/* ---- sessions ------------------------------------------------------------ */

/* A second session on the same wire, as surreal_fork makes it. */
TEST(test_sessions_have_their_own_streams)
{
    server srv;
    script s;
    surreal *db = server_open(&s, &srv);
    surreal *other = srl_session_new(db->conn);
    surreal_live *mine = watch(db, NULL);
    surreal_live *theirs = watch(other, NULL);
    watcher w;

    watcher_init(&w, other, &s);
    w.live = watch(other, &w.opt);
    notify(&s, 2, "CREATE", 2);
    notify(&s, 1, "CREATE", 1);
    notify(&s, 3, "CREATE", 3);
    check_change(mine, SURREAL_CREATED, 1);
    check_change(theirs, SURREAL_CREATED, 2);
    CHECK_INT(w.keys[0], 3);
    surreal_close(other);
    check_ended(theirs, SURREAL_ERR_CLOSED, "closed here");
    CHECK_INT(w.last.action, SURREAL_ENDED);
    notify(&s, 2, "CREATE", 2);
    notify(&s, 1, "CREATE", 4);
    check_change(mine, SURREAL_CREATED, 4);
    surreal_live_close(w.live);
    surreal_live_close(mine);
    surreal_live_close(theirs);
    script_end(&s, db);
}

/* ---- memory -------------------------------------------------------------- */

/* All of a stream's life; each call succeeds or says that there is no memory.
 * An event without memory for its text is a gap. */
static void
memory_run(cluster *k, surreal *db)
{
    surreal_live *live = NULL;
    surreal_event event;
    surreal_status status = SURREAL_OK;
    watcher w;
    int i;

    watcher_init(&w, db, &k->r.s[0]);
    surreal_live_table(db, "t", &w.opt, &w.live);
    status = surreal_live_query(db, "LIVE SELECT * FROM t WHERE n < $m",
                                SURREAL_VARS(surreal_bind_int("m", 10)), NULL,
                                &live);
    CHECK((status == SURREAL_OK) == (live != NULL));
    for (i = 0; i < 6; i++) {
        notify(&k->r.s[0], i % 2 + 1, "CREATE", i + 1);
    }
    surreal_step(db);
    redial_break(&k->r, 0);
    redial_wait(db);
    for (i = 0; i < 6; i++) {
        notify(&k->r.s[1], i % 2 + 11, "UPDATE", i + 1);
    }
    while (live && surreal_live_next(live, &event, 0) == SURREAL_OK) {
        CHECK(event.action >= SURREAL_CREATED);
        CHECK((event.action < SURREAL_GAP) ==
              (event.record.kind == SURREAL_KEY_INT));
    }
    surreal_live_close(live);
    if (w.live) surreal_close(db);
    if (w.live) CHECK_INT(w.last.action, SURREAL_ENDED);
    surreal_live_close(w.live);
}

TEST(test_each_allocation_of_a_stream_fails_once)
{
    static cluster k;
    size_t at;
    size_t calls;

    for (at = 1; at < 2000 && !test_failed_checks; at++) {
        surreal *db;

        redial_init(&k.r, 3);
        for (calls = 0; calls < 3; calls++) {
            server_init(&k.r.s[calls], &k.srv[calls]);
            k.srv[calls].base = (int)calls * 10;
        }
        k.srv[0].before = k.srv[1].before = two_before;
        k.r.s[0].heap.fail_at = at;
        db = redial_open(&k.r);
        if (db && surreal_get_state(db) == SURREAL_OPEN) {
            memory_run(&k, db);
            if (k.r.s[0].heap.held) surreal_close(db);
        } else {
            surreal_close(db);
        }
        calls = k.r.s[0].heap.calls;
        redial_end(&k.r, NULL);
        if (test_failed_checks) TEST_FAIL("allocation %zu", at);
        if (calls < at) break;
    }
    CHECK(at > 30 && at < 2000);
}

/* ---- anything at any time ------------------------------------------------ */

#define CHAOS_STREAMS 12

/* Streams whose callbacks do what a random draw says. Each gets ENDED exactly
 * once unless it was closed, and nothing after either. */
typedef struct chaos {
    cluster k;
    surreal *db;
    bool is_closed;
    uint32_t seed;
    int depth;
    struct chaos_stream {
        struct chaos *all;
        surreal_live *live;
        bool is_open;
        int ended;
    } stream[CHAOS_STREAMS];
    int opened;
    int events;
} chaos;

static void chaos_act(chaos *x);

static void
chaos_event(void *user, const surreal_event *event)
{
    struct chaos_stream *st = (struct chaos_stream *)user;

    CHECK(st->is_open && !st->ended);
    CHECK(event->live == st->live || !st->live);
    st->live = event->live;
    st->all->events++;
    if (event->action == SURREAL_ENDED) st->ended++;
    CHECK((event->action == SURREAL_ENDED) == (event->err != NULL));
    chaos_act(st->all);
}

static void
chaos_open(chaos *x)
{
    surreal_live_options opt;
    struct chaos_stream *st;
    surreal_live *live = NULL;
    uint32_t draw = script_random(&x->seed);

    if (x->opened == CHAOS_STREAMS || x->is_closed) return;
    memset(&opt, 0, sizeof opt);
    st = &x->stream[x->opened++];
    st->all = x;
    st->is_open = true;
    opt.on_event = draw & 3 ? chaos_event : NULL;
    opt.user = st;
    opt.once = (draw & 12) == 0;
    opt.max_bytes = draw & 16 ? 1 : 0;
    if (surreal_live_table(x->db, "t", &opt, &live)) {
        CHECK(!live);
        st->is_open = false;
    } else if (st->is_open) {
        st->live = live;
    }
}

static void
chaos_close(chaos *x)
{
    struct chaos_stream *st;

    if (!x->opened) return;
    st = &x->stream[script_random(&x->seed) % (uint32_t)x->opened];
    if (!st->is_open || !st->live) return;
    st->is_open = false;
    surreal_live_close(st->live);
}

static void
chaos_next(chaos *x)
{
    struct chaos_stream *st;
    surreal_event event;

    if (!x->opened) return;
    st = &x->stream[script_random(&x->seed) % (uint32_t)x->opened];
    if (st->is_open && st->live) surreal_live_next(st->live, &event, 0);
}

static void
chaos_act(chaos *x)
{
    static const char *const actions[] = {"CREATE", "UPDATE", "DELETE",
                                          "CREATE", "KILLED", "STRANGE"};
    uint32_t draw = script_random(&x->seed);
    size_t at = x->k.r.dialled - 1;
    int i;

    if (++x->depth > 6) draw = 100;
    for (i = 0; i < 4; i++) {
        uint32_t other = script_random(&x->seed);

        notify(&x->k.r.s[at], (int)at * 20 + 1 + (int)(other % 8),
               actions[other / 8 % (other % 50 ? 4 : 6)], 1 + other % 5);
    }
    switch (draw % 24) {
    case 0: case 1: case 2: case 3: chaos_open(x); break;
    case 4: case 5: case 6: chaos_close(x); break;
    case 7: case 8: if (!x->is_closed) surreal_ping(x->db); break;
    case 9: if (!x->is_closed) surreal_step(x->db); break;
    case 10: if (!x->is_closed) redial_break(&x->k.r, at); break;
    case 11: case 12: case 13: chaos_next(x); break;
    case 14: x->k.srv[at].refusal = draw & 64 ? "no such table" : NULL; break;
    case 15:
        if (x->is_closed || draw % 7) break;
        x->is_closed = true;
        surreal_close(x->db);
        break;
    default: break;
    }
    x->depth--;
}

static void
chaos_run(chaos *x, uint32_t seed)
{
    size_t i;

    memset(x, 0, sizeof *x);
    x->seed = seed;
    redial_init(&x->k.r, REDIAL_MAX);
    for (i = 0; i < REDIAL_MAX; i++) {
        server_init(&x->k.r.s[i], &x->k.srv[i]);
        x->k.srv[i].base = (int)i * 20;
        x->k.srv[i].before = two_before;
        x->k.r.s[i].cut = SCRIPT_RANDOM;
        x->k.r.s[i].cut_len = 200;
        x->k.r.s[i].seed = seed;
    }
    x->db = redial_open(&x->k.r);
    for (i = 0; i < 60 && !x->is_closed; i++) {
        chaos_act(x);
        if (!x->is_closed) surreal_step(x->db);
    }
    if (!x->is_closed) surreal_close(x->db);
    x->is_closed = true;
    for (i = 0; i < CHAOS_STREAMS; i++) {
        struct chaos_stream *st = &x->stream[i];
        surreal_event event;

        if (!st->is_open) continue;
        while (surreal_live_next(st->live, &event, -1) == SURREAL_OK) {
            CHECK_INT(st->ended, 0);
            st->ended += event.action == SURREAL_ENDED;
        }
        surreal_live_close(st->live);
    }
    redial_end(&x->k.r, NULL);
}

static uint32_t
chaos_seeds(void)
{
    const char *text = getenv("SURREAL_TEST_SEEDS");

    return text ? (uint32_t)strtoul(text, NULL, 10) : 300;
}

TEST(test_anything_at_any_time)
{
    static chaos x;
    uint32_t seed;
    int events = 0;

    for (seed = 1; seed <= chaos_seeds() && !test_failed_checks; seed++) {
        chaos_run(&x, seed * 2654435761u | 1);
        events += x.events;
        if (test_failed_checks) TEST_FAIL("seed %u", (unsigned)seed);
    }
    CHECK(events > 10000);
}

/* ---- diffs --------------------------------------------------------------- */

TEST(test_patch_operations)
{
    static const uint8_t whole[] = {0x81, 0xa3, 0x62, 'o', 'p', 0x67, 'r', 'e',
                                    'p', 'l', 'a', 'c', 'e', 0x64, 'p', 'a',
                                    't', 'h', 0x61, '/', 0x65, 'v', 'a', 'l',
                                    'u', 'e', 0x01};
    static const uint8_t odd[] = {0x82, 0xa1, 0x62, 'o', 'p', 0x63, 'a', 'd',
                                  'd', 0x05};
    surreal_bytes bytes;
    surreal_result *r = NULL;
    surreal_patch_op op;
    surreal_value none = {NULL, NULL};

    bytes.ptr = whole, bytes.len = sizeof whole;
    NEED(!surreal_result_from(NULL, bytes, &r, NULL));
    CHECK_STATUS(surreal_patch_at(surreal_statement_value(r, 0), 0, &op),
                 SURREAL_OK);
    CHECK_STR(op.op.ptr, "replace");
    CHECK_INT(op.path.len, 0);
    CHECK_INT(surreal_value_kind(op.value), SURREAL_INT);
    CHECK_STATUS(surreal_patch_at(surreal_statement_value(r, 0), 1, &op),
                 SURREAL_NOT_FOUND);
    surreal_result_free(r);
    bytes.ptr = odd, bytes.len = sizeof odd;
    NEED(!surreal_result_from(NULL, bytes, &r, NULL));
    CHECK_STATUS(surreal_patch_at(surreal_statement_value(r, 0), 0, &op),
                 SURREAL_ERR_TYPE); /* no path */
    CHECK_STATUS(surreal_patch_at(surreal_statement_value(r, 0), 1, &op),
                 SURREAL_ERR_TYPE);
    surreal_result_free(r);
    CHECK_STATUS(surreal_patch_at(none, 0, &op), SURREAL_ERR_TYPE);
}

TEST_MAIN(RUN(test_events_before_the_answer_are_kept_in_order);
    RUN(test_frames_of_events_cut_at_every_byte);
    RUN(test_streams_get_their_own_events);
    RUN(test_unknown_actions_and_shapes_are_skipped);
    RUN(test_a_full_queue_counts_what_it_drops);
    RUN(test_one_gap_stands_at_the_place_of_the_loss);
    RUN(test_too_much_before_the_answer_is_a_gap);
    RUN(test_events_come_to_the_callback);
    RUN(test_order_holds_while_a_callback_waits);
    RUN(test_a_callback_closes_its_stream);
    RUN(test_a_callback_closes_another_stream);
    RUN(test_the_end_of_one_stream_closes_the_next);
    RUN(test_a_callback_closes_the_connection);
    RUN(test_closing_what_is_waited_for);
    RUN(test_only_one_live_select_is_a_live_query);
    RUN(test_an_answer_without_an_id_is_refused);
    RUN(test_variables_are_refused_where_they_are_forgotten);
    RUN(test_http_and_transactions_have_no_live_queries);
    RUN(test_waiting_goes_on_while_there_are_streams);
    RUN(test_a_late_answer_is_killed);
    RUN(test_streams_come_back_with_a_gap);
    RUN(test_a_stream_lost_again_and_again_has_one_gap);
    RUN(test_the_callback_gets_the_gap_when_the_connection_is_open);
    RUN(test_a_refused_stream_ends_alone);
    RUN(test_once_ends_with_the_connection);
    RUN(test_a_stream_does_not_move_to_another_database);
    RUN(test_closing_during_registration_kills_it);
    RUN(test_closing_everything_during_registration);
    RUN(test_a_connection_that_fails_ends_its_streams);
    RUN(test_losing_the_connection_while_opening);
    RUN(test_many_large_streams_are_restored);
    RUN(test_sessions_have_their_own_streams);
    RUN(test_each_allocation_of_a_stream_fails_once);
    RUN(test_anything_at_any_time);
    RUN(test_patch_operations);)
