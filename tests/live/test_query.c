/* tests/live/test_query.c: connections, queries and errors on a real server.
 *
 *   make build/live/test_query && sh tests/live/run.sh build/live/test_query */
#include "tests/live/live.h"

static surreal *db;

TEST(test_live_version_is_known)
{
    surreal_server_version v = surreal_version(db);

    CHECK_INT(v.major, live_major);
    CHECK(v.text.len >= 5);
    CHECK(v.text.ptr[0] == '0' + live_major);
}

TEST(test_live_wrong_password_is_refused)
{
    surreal_options opt;
    surreal *other = NULL;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = "not the password";
    CHECK_INT(surreal_open(live_url, &opt, &other), SURREAL_ERR_AUTH);
    CHECK_INT(surreal_get_state(other), SURREAL_FAILED);
    CHECK(strstr(surreal_last_error(other)->message, "authentication"));
    CHECK(!strstr(surreal_last_error(other)->message, "not the password"));
    surreal_close(other);
}

TEST(test_live_nobody_may_query_before_signing_in)
{
    surreal *other = NULL;
    surreal_status status;

    NEED(surreal_open(live_url, NULL, &other) == SURREAL_OK);
    status = surreal_query(other, "SELECT * FROM person", SURREAL_NO_VARS,
                           NULL);
    CHECK_INT(surreal_status_class(status), SURREAL_CLASS_SERVER);
    CHECK_INT(test_signin(other, NULL, NULL, live_user, "wrong"),
              SURREAL_ERR_AUTH);
    CHECK_INT(test_signin(other, NULL, NULL, live_user, live_pass),
              SURREAL_OK);
    CHECK_INT(surreal_use(other, "live", "query"), SURREAL_OK);
    CHECK_INT(surreal_query(other, "RETURN 1", SURREAL_NO_VARS, NULL),
              SURREAL_OK);
    surreal_close(other);
}

TEST(test_live_database_user_signs_in)
{
    surreal_options opt;
    surreal_result *r;
    surreal *other = NULL;

    surreal_result_free(live_run(
        db, "DEFINE USER OVERWRITE ann ON DATABASE PASSWORD 'secret' "
            "ROLES EDITOR", SURREAL_NO_VARS));
    memset(&opt, 0, sizeof opt);
    opt.ns = opt.auth_ns = "live";
    opt.db = opt.auth_db = "query";
    opt.user = "ann";
    opt.pass = "secret";
    CHECK_INT(surreal_open(live_url, &opt, &other), SURREAL_OK);
    r = live_run(other, "RETURN 7", SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "7");
    surreal_result_free(r);
    CHECK_INT(surreal_query(other, "DEFINE USER x ON DATABASE PASSWORD 'x'",
                            SURREAL_NO_VARS, NULL), SURREAL_ERR_DENIED);
    surreal_close(other);
}

TEST(test_live_options_select_a_database_at_once)
{
    surreal_options opt;
    surreal_result *r;
    surreal *other = NULL;

    memset(&opt, 0, sizeof opt);
    opt.ns = "live";
    opt.db = "query";
    opt.user = live_user;
    opt.pass = live_pass;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    r = live_run(other, "RETURN [session::ns(), session::db()]",
                 SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "['live', 'query']");
    surreal_result_free(r);
    surreal_close(other);
}

TEST(test_live_use_changes_the_database)
{
    surreal *other = live_open("query_use");
    surreal_result *r;

    CHECK_INT(surreal_use(other, NULL, "query"), SURREAL_OK);
    r = live_run(other, "RETURN session::db()", SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "'query'");
    surreal_result_free(r);
    surreal_close(other);
}

TEST(test_live_database_without_namespace_is_not_sent)
{
    surreal_options opt;
    surreal *other = NULL;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    CHECK_INT(surreal_use(other, NULL, "query"), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_ping(other), SURREAL_OK);
    surreal_close(other);
}

TEST(test_live_statements_have_their_own_status)
{
    surreal_result *r = NULL;
    surreal_status status = surreal_query(
        db, "RETURN 1; THROW 'no luck'; RETURN 3", SURREAL_NO_VARS, &r);

    CHECK_INT(status, SURREAL_ERR_THROWN);
    NEED(r != NULL);
    CHECK_INT(surreal_statements(r), 3);
    CHECK_INT(surreal_statement_status(r, 0), SURREAL_OK);
    CHECK_INT(surreal_statement_status(r, 1), SURREAL_ERR_THROWN);
    CHECK_INT(surreal_statement_status(r, 2), SURREAL_OK);
    CHECK_INT(surreal_statement_status(r, 3), SURREAL_ERR_USAGE);
    CHECK_STR(live_text(surreal_statement_value(r, 2)), "3");
    NEED(surreal_result_error(r) != NULL);
    CHECK_INT(surreal_result_error(r)->statement, 1);
    CHECK(strstr(surreal_last_error(db)->message, "no luck"));
    CHECK(surreal_statement_time(r, 0).nsec > 0);
    surreal_result_free(r);
}

TEST(test_trap_m30_failed_block_names_its_cause)
{
    surreal_result *r = NULL;
    surreal_status status = surreal_query(
        db, "BEGIN; CREATE cause:1; CREATE cause:1; CREATE cause:2; COMMIT",
        SURREAL_NO_VARS, &r);
    const surreal_error *err = surreal_result_error(r);

    CHECK_INT(status, SURREAL_ERR_EXISTS);
    NEED(err != NULL);
    CHECK(strstr(err->message, "already exists"));
    CHECK_INT(surreal_statement_status(r, (size_t)err->statement),
              SURREAL_ERR_EXISTS);
    surreal_result_free(r);
}

TEST(test_live_syntax_error_runs_nothing)
{
    surreal_result *r = NULL;

    CHECK_INT(surreal_query(db, "CREATE never:1; SELEKT 1", SURREAL_NO_VARS,
                            &r), SURREAL_ERR_QUERY);
    CHECK(!r);
    CHECK(strstr(surreal_last_error(db)->message, "SELEKT"));
    CHECK_INT(surreal_last_error(db)->statement, -1);
    CHECK_INT(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
              SURREAL_OK);
}

TEST(test_trap_m01_unknown_table)
{
    surreal_result *r = NULL;
    surreal_status status = surreal_query(db, "SELECT * FROM nowhere",
                                          SURREAL_NO_VARS, &r);

    if (live_major >= 3) {
        CHECK_INT(status, SURREAL_ERR_UNDEFINED);
        CHECK_STR(surreal_last_error(db)->kind, "NotFound");
        CHECK_STR(surreal_last_error(db)->detail, "Table");
    } else {
        CHECK_INT(status, SURREAL_OK);
        CHECK_INT(surreal_count(surreal_rows(r, 0)), 0);
    }
    surreal_result_free(r);
}

TEST(test_live_unique_index_says_exists)
{
    surreal_result *r = NULL;
    surreal_status status = surreal_query(
        db, "DEFINE INDEX u ON uq FIELDS n UNIQUE; CREATE uq:1 SET n = 5;"
            "CREATE uq:2 SET n = 5", SURREAL_NO_VARS, &r);

    CHECK_INT(status, SURREAL_ERR_EXISTS);
    CHECK_INT(surreal_last_error(db)->statement, 2);
    CHECK(strstr(surreal_last_error(db)->message, "already contains"));
    surreal_result_free(r);
}

TEST(test_live_one_tells_none_one_and_many_apart)
{
    surreal_result *r = live_run(
        db, "CREATE one:1, one:2; SELECT * FROM one;"
            "SELECT * FROM one:1; SELECT * FROM one WHERE false;"
            "SELECT * FROM ONLY one:7", SURREAL_NO_VARS);
    surreal_value row;

    CHECK_INT(surreal_one(r, 1, &row), SURREAL_ERR_RANGE);
    CHECK_INT(surreal_one(r, 2, &row), SURREAL_OK);
    CHECK_STR(live_text(surreal_field(row, "id")), "one:1");
    CHECK_INT(surreal_one(r, 3, &row), SURREAL_NOT_FOUND);
    CHECK_INT(surreal_one(r, 4, &row), SURREAL_NOT_FOUND);
    CHECK_INT(surreal_count(surreal_rows(r, 1)), 2);
    CHECK_INT(surreal_count(surreal_rows(r, 3)), 0);
    surreal_result_free(r);
}

TEST(test_live_rpc_calls_any_method)
{
    uint8_t room[128];
    surreal_writer w;
    surreal_bytes params;
    surreal_result *r = NULL;

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_array(&w);
    surreal_put_id(&w, surreal_id_int("made", 7));
    surreal_put_object(&w);
    surreal_put_key(&w, "n");
    surreal_put_int(&w, 42);
    surreal_put_end(&w);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &params) == SURREAL_OK);
    CHECK_INT(surreal_rpc(db, "create", params, &r), SURREAL_OK);
    CHECK_STR(live_text(surreal_statement_value(r, 0)),
              "{ id: made:7, n: 42 }");
    surreal_result_free(r);

    params.ptr = NULL;
    params.len = 0;
    CHECK_INT(surreal_rpc(db, "no_such_method", params, &r),
              SURREAL_ERR_METHOD);
    CHECK_INT(surreal_last_error(db)->code, -32601);
}

TEST(test_live_timeout_leaves_the_connection_good)
{
    surreal_options opt;
    surreal_result *r;
    surreal *other = NULL;
    int i;

    memset(&opt, 0, sizeof opt);
    opt.ns = "live";
    opt.db = "query";
    opt.user = live_user;
    opt.pass = live_pass;
    /* Over HTTP requests wait for each other, and for a new stream. */
    opt.timeout_ms = live_is_http ? 400 : 150;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    CHECK_INT(surreal_query(other, "SLEEP 600ms; RETURN 'late'",
                            SURREAL_NO_VARS, NULL), SURREAL_ERR_TIMEOUT);
    for (i = 0; i < 8; i++) {
        r = live_run(other, "SLEEP 100ms; RETURN $i",
                     SURREAL_VARS(surreal_bind_int("i", i)));
        CHECK_INT(surreal_int_at(surreal_statement_value(r, 1), "none"), 0);
        if (r) {
            int64_t got = -1;

            surreal_get_int(surreal_statement_value(r, 1), &got);
            CHECK_INT(got, i);
        }
        surreal_result_free(r);
    }
    surreal_close(other);
}

typedef struct flight {
    int64_t want;
    int64_t got;
    int calls;
} flight;

static void
flight_done(void *user, surreal *conn, surreal_status status,
            surreal_result *r, const surreal_error *err)
{
    flight *f = (flight *)user;

    (void)conn;
    (void)err;
    f->calls++;
    if (!status) surreal_get_int(surreal_statement_value(r, 0), &f->got);
    surreal_result_free(r);
}

TEST(test_live_many_in_flight_get_their_own_answer)
{
    static flight flights[500];
    int i;

    for (i = 0; i < 500; i++) {
        surreal_status status;

        flights[i].want = i * 3;
        flights[i].got = -1;
        flights[i].calls = 0;
        do {
            status = surreal_query_start(
                db, surreal_text("RETURN $n * 3"),
                SURREAL_VARS(surreal_bind_int("n", i)), flight_done,
                &flights[i], NULL);
            if (status == SURREAL_WOULD_BLOCK) surreal_wait(db, 100);
        } while (status == SURREAL_WOULD_BLOCK);
        NEED(status == SURREAL_OK);
    }
    while (surreal_pending(db)) {
        NEED(surreal_wait(db, 10000) == SURREAL_OK);
    }
    for (i = 0; i < 500; i++) {
        CHECK_INT(flights[i].calls, 1);
        CHECK_INT(flights[i].got, flights[i].want);
    }
}

TEST(test_live_large_texts_both_ways)
{
    size_t len = 3000000;
    char *text = (char *)malloc(len);
    surreal_result *r;
    surreal_str back = {NULL, 0};
    size_t i;

    NEED(text != NULL);
    for (i = 0; i < len; i++) {
        text[i] = (char)('a' + i % 26);
    }
    r = live_run(db, "RETURN $t",
                 SURREAL_VARS(surreal_bind_str("t",
                                               surreal_text_of(text, len))));
    CHECK_INT(surreal_get_str(surreal_statement_value(r, 0), &back),
              SURREAL_OK);
    CHECK_MEM(back.ptr, back.len, text, len);
    CHECK(back.ptr && back.ptr[back.len] == '\0');
    surreal_result_free(r);
    free(text);
}

TEST(test_live_thousands_of_rows)
{
    surreal_result *r = live_run(
        db, "FOR $i IN 0..5000 { CREATE type::record('many:' + <string>$i) "
            "SET n = $i }; SELECT * FROM many ORDER BY n", SURREAL_NO_VARS);
    surreal_value row;
    int64_t n = 0;

    CHECK_INT(surreal_count(surreal_rows(r, 1)), 5000);
    SURREAL_EACH(row, surreal_rows(r, 1)) {
        if (surreal_int_at(row, "n") != n) break;
        n++;
    }
    CHECK_INT(n, 5000);
    surreal_result_free(r);
}

TEST(test_live_two_connections_are_two_sessions)
{
    surreal *other = live_open("query_other");
    surreal_result *r = live_run(other, "RETURN session::db()",
                                 SURREAL_NO_VARS);

    CHECK_STR(live_text(surreal_statement_value(r, 0)), "'query_other'");
    surreal_result_free(r);
    r = live_run(db, "RETURN session::db()", SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "'query'");
    surreal_result_free(r);
    surreal_close(other);
}

TEST(test_trap_t33_every_spelling_of_the_url_connects)
{
    static const char *const tails[] = {"", "/", "/rpc", "/rpc/"};
    const char *end = strstr(live_url, "/rpc");
    size_t len = end ? (size_t)(end - live_url) : strlen(live_url);
    size_t i;

    for (i = 0; i < 4; i++) {
        surreal *other = NULL;
        char url[256];

        snprintf(url, sizeof url, "%.*s%s", (int)len, live_url, tails[i]);
        CHECK_INT(surreal_open(url, NULL, &other), SURREAL_OK);
        surreal_close(other);
    }
}

TEST(test_live_bad_variables_are_refused_before_sending)
{
    surreal_str bad = surreal_text_of("\xff\xfe", 2);

    CHECK_INT(surreal_query(db, "RETURN $v",
                            SURREAL_VARS(surreal_bind_str("v", bad)), NULL),
              SURREAL_ERR_UTF8);
    CHECK(strstr(surreal_last_error(db)->message, "v"));
    CHECK_INT(surreal_query(db, "RETURN $v",
                            SURREAL_VARS(surreal_bind_decimal("v", "1e5")),
                            NULL), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
}

TEST_MAIN(
    live_init();
    db = live_open("query");
    RUN(test_live_version_is_known);
    RUN(test_live_wrong_password_is_refused);
    RUN(test_live_nobody_may_query_before_signing_in);
    RUN(test_live_database_user_signs_in);
    RUN(test_live_options_select_a_database_at_once);
    RUN(test_live_use_changes_the_database);
    RUN(test_live_database_without_namespace_is_not_sent);
    RUN(test_live_statements_have_their_own_status);
    RUN(test_trap_m30_failed_block_names_its_cause);
    RUN(test_live_syntax_error_runs_nothing);
    RUN(test_trap_m01_unknown_table);
    RUN(test_live_unique_index_says_exists);
    RUN(test_live_one_tells_none_one_and_many_apart);
    RUN(test_live_rpc_calls_any_method);
    RUN(test_live_timeout_leaves_the_connection_good);
    RUN(test_live_many_in_flight_get_their_own_answer);
    RUN(test_live_large_texts_both_ways);
    RUN(test_live_thousands_of_rows);
    RUN(test_live_two_connections_are_two_sessions);
    RUN(test_trap_t33_every_spelling_of_the_url_connects);
    RUN(test_live_bad_variables_are_refused_before_sending);
    surreal_close(db);
)
