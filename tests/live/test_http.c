/* What SurrealDB offers over HTTP beside RPC, and what HTTP cannot do.
 *
 *   sh tests/live/run.sh build/live/test_http
 */
#include "tests/live/live.h"

#include <poll.h>

static surreal *db;

/* ---- a text that is exported and imported -------------------------------- */

typedef struct tape {
    char *text;
    size_t len;
    size_t cap;
    size_t at;
    size_t parts;
    size_t stop_after;  /* parts; 0: never */
    size_t most;        /* largest part */
    size_t total;
    bool is_kept;
} tape;

static surreal_status
tape_write(void *user, surreal_bytes part)
{
    tape *t = (tape *)user;

    t->parts++;
    t->total += part.len;
    if (part.len > t->most) t->most = part.len;
    if (t->stop_after && t->parts >= t->stop_after) return SURREAL_ERR_FULL;
    if (!t->is_kept) return SURREAL_OK;
    if (t->len + part.len > t->cap) {
        t->cap = (t->len + part.len) * 2;
        t->text = (char *)realloc(t->text, t->cap);
        if (!t->text) abort();
    }
    memcpy(t->text + t->len, part.ptr, part.len);
    t->len += part.len;
    return SURREAL_OK;
}

static surreal_status
tape_read(void *user, void *room, size_t cap, size_t *len)
{
    tape *t = (tape *)user;

    t->parts++;
    if (t->stop_after && t->parts >= t->stop_after) return SURREAL_ERR_FULL;
    *len = t->len - t->at < cap ? t->len - t->at : cap;
    memcpy(room, t->text + t->at, *len);
    t->at += *len;
    return SURREAL_OK;
}

static bool
tape_has(const tape *t, const char *word)
{
    size_t n = strlen(word);
    size_t i;

    for (i = 0; i + n <= t->len; i++) {
        if (!memcmp(t->text + i, word, n)) return true;
    }
    return false;
}

static void
fill(surreal *to, int records, size_t size)
{
    char *text = (char *)malloc(size + 1);
    char query[160];

    if (!text) abort();
    memset(text, 'x', size);
    text[size] = '\0';
    snprintf(query, sizeof query,
             "FOR $i IN array::range(0, %d) { CREATE blob SET i = $i, "
             "text = $text; };", records);
    surreal_result_free(live_run(to, query, SURREAL_VARS(
        surreal_bind_text("text", text))));
    free(text);
}

/* ---- tests --------------------------------------------------------------- */

TEST(test_live_http_health)
{
    CHECK_INT(surreal_health(db), SURREAL_OK);
}

TEST(test_live_http_calls_name_the_url_they_need)
{
    tape t;

    memset(&t, 0, sizeof t);
    CHECK_INT(surreal_health(db), SURREAL_ERR_UNSUPPORTED);
    CHECK_INT(surreal_export(db, NULL, tape_write, &t),
              SURREAL_ERR_UNSUPPORTED);
    CHECK_INT(surreal_import(db, tape_read, &t), SURREAL_ERR_UNSUPPORTED);
    CHECK_INT(surreal_graphql(db, SURREAL_LIT("{a}"), SURREAL_NO_VARS, NULL),
              SURREAL_ERR_UNSUPPORTED);
    CHECK(strstr(surreal_last_error(db)->message, "http://") != NULL);
    CHECK_INT(t.parts, 0);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
}

TEST(test_live_http_export_imports_elsewhere)
{
    surreal *other = NULL;
    surreal_result *r;
    tape t;

    memset(&t, 0, sizeof t);
    t.is_kept = true;
    surreal_result_free(live_run(
        db, "DEFINE TABLE OVERWRITE pet SCHEMAFULL; DEFINE FIELD OVERWRITE name"
            " ON pet TYPE string; CREATE pet:1 SET name = 'Tom'; CREATE pet:2 "
            "SET name = 'O\\'Hara \\u{1F408}';", SURREAL_NO_VARS));
    NEED(surreal_export(db, NULL, tape_write, &t) == SURREAL_OK);
    CHECK(tape_has(&t, "OPTION IMPORT"));
    CHECK(tape_has(&t, "Tom"));

    other = live_open("http_import");
    CHECK_INT(surreal_import(other, tape_read, &t), SURREAL_OK);
    CHECK_STR(surreal_last_error(other)->message, "");
    r = live_run(other, "SELECT * FROM pet ORDER BY id", SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)),
              "[{ id: pet:1, name: 'Tom' }, { id: pet:2, name: "
              "\"O'Hara \xf0\x9f\x90\x88\" }]");
    surreal_result_free(r);
    surreal_close(other);
    free(t.text);
}

TEST(test_live_http_export_options_choose)
{
    static const char *const tables[] = {"pet"};
    surreal_export_options opt;
    tape t;

    surreal_result_free(live_run(db, "CREATE toy:1 SET name = 'ball'; "
                                     "UPSERT pet:1 SET name = 'Tom'",
                                 SURREAL_NO_VARS));
    memset(&opt, 0, sizeof opt);
    memset(&t, 0, sizeof t);
    t.is_kept = true;
    opt.tables = tables;
    opt.table_count = 1;
    opt.users = SURREAL_EXPORT_NO;
    CHECK_INT(surreal_export(db, &opt, tape_write, &t), SURREAL_OK);
    CHECK(tape_has(&t, "Tom") && !tape_has(&t, "ball"));
    opt.records = SURREAL_EXPORT_NO;
    t.len = 0;
    CHECK_INT(surreal_export(db, &opt, tape_write, &t), SURREAL_OK);
    CHECK(tape_has(&t, "pet") && !tape_has(&t, "Tom"));
    if (live_major >= 3) {
        opt.records = SURREAL_EXPORT_YES;
        opt.exclude = true;
        t.len = 0;
        CHECK_INT(surreal_export(db, &opt, tape_write, &t), SURREAL_OK);
        CHECK(!tape_has(&t, "Tom") && tape_has(&t, "ball"));
    }
    opt.no_tables = true;
    CHECK_INT(surreal_export(db, &opt, tape_write, &t), SURREAL_ERR_USAGE);
    free(t.text);
}

TEST(test_live_http_import_names_what_failed)
{
    static char good[] = "OPTION IMPORT; CREATE thing:1;";
    static char bad[] = "OPTION IMPORT; THROW 'no \"way\"'; THROW 'second'";
    static char wrong[] = "OPTION IMPORT; SELEKT 1";
    tape t;

    memset(&t, 0, sizeof t);
    t.text = good;
    t.len = strlen(good);
    CHECK_INT(surreal_import(db, tape_read, &t), SURREAL_OK);
    t.text = bad;
    t.len = strlen(bad);
    t.at = 0;
    CHECK_INT(surreal_import(db, tape_read, &t), SURREAL_ERR_STATEMENT);
    CHECK(strstr(surreal_last_error(db)->message, "no \"way\"") != NULL);
    t.text = wrong;
    t.len = strlen(wrong);
    t.at = 0;
    /* 2.x and the engine answer 400, 3.0.5 takes the stream apart by statement
     * and reports the one that is none. */
    CHECK_INT(surreal_status_class(surreal_import(db, tape_read, &t)),
              SURREAL_CLASS_SERVER);
    CHECK(strstr(surreal_last_error(db)->message, "SELEKT") ||
          strstr(surreal_last_error(db)->message, "arse"));
    CHECK_INT(surreal_ping(db), SURREAL_OK);
}

TEST(test_live_http_callback_may_give_up)
{
    static char text[100000];
    tape t;

    memset(&t, 0, sizeof t);
    t.stop_after = 1;
    CHECK_INT(surreal_export(db, NULL, tape_write, &t), SURREAL_ERR_FULL);
    CHECK_INT(t.parts, 1);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
    memset(text, ' ', sizeof text);
    t.text = text;
    t.len = sizeof text;
    t.parts = 0;
    t.stop_after = 3;
    CHECK_INT(surreal_import(db, tape_read, &t), SURREAL_ERR_FULL);
    CHECK_INT(t.parts, 3);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
}

/* More than ten megabytes go through memory that does not know it. */
TEST(test_live_http_export_needs_constant_memory)
{
    surreal_options opt;
    surreal *other = NULL;
    test_heap heap;
    tape t;
    size_t before;

    other = live_open("http_large");
    fill(other, 1200, 10000);
    surreal_close(other);
    memset(&opt, 0, sizeof opt);
    memset(&heap, 0, sizeof heap);
    memset(&t, 0, sizeof t);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = "http_large";
    opt.allocator.resize = test_resize;
    opt.allocator.user = &heap;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    before = heap.held;
    heap.peak = before;
    CHECK_INT(surreal_export(other, NULL, tape_write, &t), SURREAL_OK);
    CHECK(t.total > 10u << 20);
    CHECK(heap.peak - before < 4096);
    CHECK(t.most <= SURREAL_MAX_HEAD);
    CHECK_INT(surreal_ping(other), SURREAL_OK);
    surreal_close(other);
    CHECK_INT(heap.held, 0);
}

/* The same for what is sent. */
TEST(test_live_http_import_needs_constant_memory)
{
    surreal_options opt;
    surreal *other = NULL;
    test_heap heap;
    tape t;
    size_t before;

    surreal_close(live_open("http_large"));
    memset(&opt, 0, sizeof opt);
    memset(&heap, 0, sizeof heap);
    memset(&t, 0, sizeof t);
    t.cap = t.len = (size_t)12 << 20;
    t.text = (char *)malloc(t.len);
    NEED(t.text != NULL);
    memset(t.text, ' ', t.len);
    memcpy(t.text, "OPTION IMPORT; CREATE thing:1;", 30);
    memcpy(t.text + t.len - 20, "   CREATE thing:2;  ", 20);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = "http_large";
    opt.allocator.resize = test_resize;
    opt.allocator.user = &heap;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    before = heap.held;
    heap.peak = before;
    CHECK_INT(surreal_import(other, tape_read, &t), SURREAL_OK);
    /* It is sent in pieces of 16 KiB. */
    CHECK(heap.peak - before < 3 * 16384);
    surreal_close(other);
    CHECK_INT(heap.held, 0);
    free(t.text);
}

TEST(test_live_http_refuses_what_needs_a_socket)
{
    static const char *const methods[] = {"live", "kill", "begin", "commit",
                                          "cancel", "attach", "use", "let"};
    surreal_bytes none = {NULL, 0};
    size_t i;

    for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        CHECK_INT(surreal_rpc(db, methods[i], none, NULL),
                  SURREAL_ERR_UNSUPPORTED);
        CHECK(strstr(surreal_last_error(db)->message, "ws://") != NULL);
    }
    CHECK(!surreal_has(db, SURREAL_FEATURE_LIVE));
    CHECK(!surreal_has(db, SURREAL_FEATURE_TRANSACTIONS));
}

/* Over both protocols: a session's variables are there in every query. */
TEST(test_live_session_variables)
{
    surreal_result *r;

    CHECK_INT(surreal_let(db, surreal_bind_int("a", 1)), SURREAL_OK);
    CHECK_INT(surreal_let(db, surreal_bind_text("b", "two")), SURREAL_OK);
    r = live_run(db, "RETURN [$a, $b, $c]",
                 SURREAL_VARS(surreal_bind_int("c", 3)));
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "[1, 'two', 3]");
    surreal_result_free(r);
    CHECK_INT(surreal_unset(db, "a"), SURREAL_OK);
    r = live_run(db, "RETURN [$a, $b]", SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "[NONE, 'two']");
    surreal_result_free(r);
    if (live_is_http || live_major >= 3) {
        r = live_run(db, "RETURN $b",
                     SURREAL_VARS(surreal_bind_text("b", "mine")));
        CHECK_STR(live_text(surreal_statement_value(r, 0)), "'mine'");
        surreal_result_free(r);
    }
    CHECK_INT(surreal_unset(db, "b"), SURREAL_OK);
}

static void
loop_done(void *user, surreal *conn, surreal_status status, surreal_result *r,
          const surreal_error *err)
{
    int64_t n = -1;

    (void)conn;
    (void)err;
    surreal_get_int(surreal_statement_value(r, 0), &n);
    CHECK_INT(status, SURREAL_OK);
    *(int64_t *)user += n;
    surreal_result_free(r);
}

/* An event loop needs descriptor, wants and deadline, over both protocols. */
TEST(test_live_event_loop_drives_it)
{
    int64_t sum = 0;
    int steps = 0;
    int i;

    for (i = 1; i <= 40; i++) {
        CHECK_INT(surreal_query_start(
                      db, SURREAL_LIT("RETURN $i"),
                      SURREAL_VARS(surreal_bind_int("i", i)), loop_done, &sum,
                      NULL), SURREAL_OK);
    }
    while (surreal_pending(db) && steps++ < 5000) {
        struct pollfd p;

        p.fd = surreal_fd(db);
        p.events = surreal_wants(db);
        poll(&p, 1, surreal_deadline_ms(db));
        surreal_step(db);
    }
    CHECK_INT(sum, 820);
    CHECK(steps < 400); /* none of them in vain */
}

/* 4 MiB is where the server's body limit stands for /rpc. */
TEST(test_live_http_request_beyond_the_limit)
{
    size_t size = (size_t)5 << 20;
    char *text;

    text = (char *)malloc(size + 1);
    NEED(text != NULL);
    memset(text, 'x', size);
    text[size] = '\0';
    CHECK_INT(surreal_query(db, "RETURN $t",
                            SURREAL_VARS(surreal_bind_text("t", text)), NULL),
              SURREAL_ERR_LIMIT);
    CHECK_INT(surreal_last_error(db)->code, 413);
    CHECK(strstr(surreal_last_error(db)->message, "4 MiB") != NULL);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
    free(text);
}

TEST(test_live_bad_token_is_refused)
{
    surreal_options opt;
    surreal *other = NULL;

    memset(&opt, 0, sizeof opt);
    opt.auth = surreal_auth_token("eyJhbGciOiJIUzUxMiJ9.e30.c2ln", NULL);
    CHECK_INT(surreal_status_class(surreal_open(live_url, &opt, &other)),
              SURREAL_CLASS_SERVER);
    if (live_is_http) {
        CHECK_INT(surreal_last_error(other)->status, SURREAL_ERR_AUTH);
    }
    surreal_close(other);
}

static void
run_http(void)
{
    RUN(test_live_http_health);
    RUN(test_live_http_export_imports_elsewhere);
    RUN(test_live_http_export_options_choose);
    RUN(test_live_http_import_names_what_failed);
    RUN(test_live_http_callback_may_give_up);
    RUN(test_live_http_export_needs_constant_memory);
    RUN(test_live_http_import_needs_constant_memory);
    RUN(test_live_http_refuses_what_needs_a_socket);
    RUN(test_live_http_request_beyond_the_limit);
}

TEST_MAIN(
    live_init();
    db = live_open("http");
    if (live_is_http) {
        run_http();
    } else {
        RUN(test_live_http_calls_name_the_url_they_need);
    }
    RUN(test_live_session_variables);
    RUN(test_live_event_loop_drives_it);
    RUN(test_live_bad_token_is_refused);
    surreal_close(db);
)
