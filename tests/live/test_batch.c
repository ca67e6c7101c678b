/* tests/live/test_batch.c: batches on a real server.
 *
 *   make build/live/test_batch && sh tests/live/run.sh build/live/test_batch */
#include "tests/live/live.h"

static surreal *db;

static const char *
value_of(const surreal_result *r, size_t i)
{
    return live_text(surreal_statement_value(r, i));
}

/* Is there such a record? */
static bool
exists(const char *table, int64_t key)
{
    surreal_result *r = live_run(
        db, "RETURN record::exists($id)",
        SURREAL_VARS(surreal_bind_id("id", surreal_id_int(table, key))));
    bool is = false;

    surreal_get_bool(surreal_statement_value(r, 0), &is);
    surreal_result_free(r);
    return is;
}

TEST(test_trap_m37_result_i_is_statement_i)
{
    surreal_result *r = NULL;
    surreal_batch b;

    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE $id SET n = $n;",
                      SURREAL_VARS(surreal_bind_id("id",
                                                   surreal_id_int("m", 1)),
                                   surreal_bind_int("n", 5)));
    surreal_batch_add(&b, "SELECT VALUE n FROM m -- all of them",
                      SURREAL_NO_VARS);
    surreal_batch_add(&b, "$n + 1", SURREAL_VARS(surreal_bind_int("n", 9)));
    surreal_batch_add(&b, "UPDATE m:1 SET n += 1 RETURN NONE",
                      SURREAL_NO_VARS);
    surreal_batch_add(&b, "IF $go { 'yes' } ELSE { 'no' }",
                      SURREAL_VARS(surreal_bind_bool("go", true)));
    surreal_batch_add(&b, "INSERT INTO m [{ id: 2 }, { id: 3 }]",
                      SURREAL_NO_VARS);
    surreal_batch_add(&b, "RELATE m:1->to->m:2 RETURN VALUE out",
                      SURREAL_NO_VARS);
    surreal_batch_add(&b, "FOR $i IN [8, 9] { CREATE m SET n = $i }",
                      SURREAL_NO_VARS);
    surreal_batch_add(&b, "DEFINE TABLE other", SURREAL_NO_VARS);
    surreal_batch_add(&b, "SELECT count() FROM m GROUP ALL",
                      SURREAL_NO_VARS);
    surreal_batch_add(&b, "DELETE m:3", SURREAL_NO_VARS);
    CHECK_INT(b.count, 11);
    CHECK_INT(surreal_batch_run(&b, &r), SURREAL_OK);
    NEED(r != NULL);
    CHECK_INT(surreal_statements(r), 11);
    CHECK_STR(value_of(r, 0), "[{ id: m:1, n: 5 }]");
    CHECK_STR(value_of(r, 1), "[5]");
    CHECK_STR(value_of(r, 2), "10");
    CHECK_STR(value_of(r, 3), "[]");
    CHECK_STR(value_of(r, 4), "'yes'");
    CHECK_INT(surreal_count(surreal_rows(r, 5)), 2);
    CHECK_STR(value_of(r, 6), "[m:2]");
    CHECK_STR(value_of(r, 7), "NONE");
    CHECK_STR(value_of(r, 8), "NONE");
    CHECK_INT(surreal_int_at(surreal_at(surreal_rows(r, 9), 0), "count"), 5);
    CHECK_STR(value_of(r, 10), "[]");
    CHECK_INT(surreal_statement_status(r, 10), SURREAL_OK);
    CHECK_INT(surreal_statement_status(r, 11), SURREAL_ERR_USAGE);
    surreal_result_free(r);
    surreal_batch_free(&b);
}

/* Every kind of value arrives as it was, and names do not meet. */
TEST(test_live_batch_variables_are_their_statements_own)
{
    surreal_datetime t = {1700000000, 5};
    uint8_t room[64];
    surreal_writer w;
    surreal_bytes set;
    surreal_result *r = NULL;
    surreal_batch b;

    surreal_result_free(live_run(
        db, "DEFINE TABLE bag; DEFINE FIELD s ON bag TYPE set<int>;"
            "DEFINE FIELD t ON bag TYPE datetime; CREATE who:1",
        SURREAL_NO_VARS));
    surreal_writer_init(&w, room, sizeof room);
    surreal_writer_target(&w, live_major);
    surreal_put_set(&w);
    surreal_put_int(&w, 3);
    surreal_put_int(&w, 4);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &set) == SURREAL_OK);
    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE bag:1 SET s = $x, t = $value, l = $`a b`, "
                          "no = $no, nu = $nu",
                      SURREAL_VARS(surreal_bind_encoded("x", set),
                                   surreal_bind_datetime("value", t),
                                   surreal_bind_id("a b",
                                                   surreal_id_int("who", 1)),
                                   surreal_bind_none("no"),
                                   surreal_bind_null("nu")));
    surreal_batch_add(&b, "SELECT * FROM $x",
                      SURREAL_VARS(surreal_bind_table("x", "who")));
    surreal_batch_add(&b, "$x", SURREAL_NO_VARS);
    surreal_batch_add(&b, "[$x, $`\\`q`]",
                      SURREAL_VARS(surreal_bind_text("x", "'); DELETE bag"),
                                   surreal_bind_int("`q", 1)));
    CHECK_INT(surreal_batch_run(&b, &r), SURREAL_OK);
    CHECK_STR(value_of(r, 0), live_major >= 3
              ? "[{ id: bag:1, l: who:1, nu: NULL, s: {3, 4}, "
                "t: d'2023-11-14T22:13:20.000000005Z' }]"
              : "[{ id: bag:1, l: who:1, nu: NULL, s: [3, 4], "
                "t: d'2023-11-14T22:13:20.000000005Z' }]");
    CHECK_STR(value_of(r, 1), "[{ id: who:1 }]");
    CHECK_STR(value_of(r, 2), "NONE");
    CHECK_STR(value_of(r, 3), "[\"'); DELETE bag\", 1]");
    surreal_result_free(r);
    surreal_batch_free(&b);
}

TEST(test_trap_m39_a_failed_batch_names_its_cause_and_writes_nothing)
{
    static const surreal_status want[] = {
        SURREAL_ERR_STATEMENT, SURREAL_ERR_EXISTS, SURREAL_ERR_STATEMENT};
    surreal_result *r = NULL;
    surreal_batch b;
    size_t i;

    surreal_result_free(live_run(db, "DEFINE TABLE f; DEFINE TABLE started",
                                 SURREAL_NO_VARS));
    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE f:1", SURREAL_NO_VARS);
    surreal_batch_add(&b, "CREATE f:1", SURREAL_NO_VARS);
    surreal_batch_add(&b, "CREATE f:2", SURREAL_NO_VARS);
    CHECK_INT(surreal_batch_run(&b, &r), SURREAL_ERR_EXISTS);
    CHECK_INT(surreal_last_error(db)->statement, 1);
    CHECK(strstr(surreal_last_error(db)->message, "already exists"));
    NEED(r != NULL);
    CHECK_INT(surreal_statements(r), 3);
    for (i = 0; i < 3; i++) {
        CHECK_INT(surreal_statement_status(r, i), want[i]);
        NEED(surreal_statement_error(r, i) != NULL);
        CHECK_INT(surreal_statement_error(r, i)->statement, i);
    }
    CHECK_INT(surreal_result_error(r)->statement, 1);
    surreal_result_free(r);
    surreal_batch_free(&b);
    CHECK(!exists("f", 1));
    CHECK(!exists("f", 2));

    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE f:3", SURREAL_NO_VARS);
    surreal_batch_add(&b, "THROW $why",
                      SURREAL_VARS(surreal_bind_text("why", "no luck")));
    CHECK_INT(surreal_batch_run(&b, NULL), SURREAL_ERR_THROWN);
    CHECK_INT(surreal_last_error(db)->statement, 1);
    surreal_batch_free(&b);
    CHECK(!exists("f", 3));

    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE f:4", SURREAL_NO_VARS);
    surreal_batch_add(&b, "SELEKT 1", SURREAL_NO_VARS);
    CHECK_INT(surreal_batch_run(&b, NULL), SURREAL_ERR_QUERY);
    surreal_batch_free(&b);
    CHECK(!exists("f", 4));
}

/* On 3.x such a RETURN commits and leaves out what follows. */
TEST(test_trap_m38_return_cannot_end_a_batch)
{
    static const char *const bad[] = {
        "RETURN 1", "IF true { RETURN 1 }", "{ LET $a = 1; return $a }",
        "IF true THEN RETURN 1 END", "(RETURN 1)", "array::map([1], |$x| "
        "{ RETURN $x })", "IF 1 = 2 THEN 1 ELSE RETURN 1 END"};
    static const char *const good[] = {
        "CREATE ret RETURN NONE", "CREATE ret RETURN BEFORE",
        "DEFINE FUNCTION OVERWRITE fn::r() { RETURN 1 }", "{ return: 1 }",
        "'RETURN 1; RETURN 2'", "/* ; RETURN 1 */ 5", "1 # ; RETURN"};
    surreal_batch b;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        surreal_batch_init(&b, db);
        CHECK_INT(surreal_batch_add(&b, bad[i], SURREAL_NO_VARS),
                  SURREAL_ERR_USAGE);
        CHECK_INT(surreal_batch_run(&b, NULL), SURREAL_ERR_USAGE);
        surreal_batch_free(&b);
    }
    surreal_batch_init(&b, db);
    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        CHECK_INT(surreal_batch_add(&b, good[i], SURREAL_NO_VARS),
                  SURREAL_OK);
    }
    CHECK_INT(surreal_batch_run(&b, NULL), SURREAL_OK);
    surreal_batch_free(&b);
}

TEST(test_live_batch_refuses_what_is_not_one_statement)
{
    static const char *const usage[] = {
        "BEGIN", "commit", "Cancel TRANSACTION", "LET $a = 1", "USE DB x",
        "LIVE SELECT * FROM x", "KILL u'x'", "SHOW CHANGES FOR TABLE x", "",
        " ; ", "-- nothing", "CREATE a; CREATE b", "CREATE a;; CREATE b",
        "OPTION IMPORT", "BREAK"};
    static const char *const syntax[] = {
        "1)", "(1", "1 } ; CREATE a", "'a", "`a", "/* a", "\"a\\\"",
        "\xe2\x9f\xa8" "a"};
    surreal_batch b;
    size_t i;

    for (i = 0; i < sizeof usage / sizeof usage[0]; i++) {
        surreal_batch_init(&b, db);
        CHECK_INT(surreal_batch_add(&b, usage[i], SURREAL_NO_VARS),
                  SURREAL_ERR_USAGE);
        CHECK_INT(surreal_last_error(db)->statement, 0);
        surreal_batch_free(&b);
    }
    for (i = 0; i < sizeof syntax / sizeof syntax[0]; i++) {
        surreal_batch_init(&b, db);
        CHECK_INT(surreal_batch_add(&b, syntax[i], SURREAL_NO_VARS),
                  SURREAL_ERR_SYNTAX);
        surreal_batch_free(&b);
    }
    surreal_batch_init(&b, db);
    CHECK_INT(surreal_batch_run(&b, NULL), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_batch_add(&b, "$a",
                                SURREAL_VARS(surreal_bind_text("a", "\xff"))),
              SURREAL_ERR_UTF8);
    CHECK(strstr(surreal_last_error(db)->message, "variable 'a'"));
    CHECK_INT(surreal_batch_add(&b, "1", SURREAL_NO_VARS), SURREAL_ERR_UTF8);
    surreal_batch_free(&b);
}

TEST(test_live_batch_runs_again)
{
    surreal_result *r = NULL;
    surreal_batch b;
    int i;

    surreal_result_free(live_run(db, "CREATE again:1 SET n = 0",
                                 SURREAL_NO_VARS));
    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "UPDATE again:1 SET n += $n",
                      SURREAL_VARS(surreal_bind_int("n", 2)));
    for (i = 1; i <= 3; i++) {
        CHECK_INT(surreal_batch_run(&b, &r), SURREAL_OK);
        CHECK_INT(surreal_int_at(surreal_at(surreal_rows(r, 0), 0), "n"),
                  2 * i);
        surreal_result_free(r);
    }
    surreal_batch_add(&b, "'more'", SURREAL_NO_VARS);
    CHECK_INT(surreal_batch_run(&b, &r), SURREAL_OK);
    CHECK_STR(value_of(r, 1), "'more'");
    surreal_result_free(r);
    surreal_batch_free(&b);
}

TEST(test_live_batch_of_hundreds)
{
    surreal_result *r = NULL;
    surreal_batch b;
    int64_t i;
    int64_t n = 0;

    surreal_batch_init(&b, db);
    for (i = 0; i < 400; i++) {
        surreal_batch_add(&b, "$i * 2", SURREAL_VARS(surreal_bind_int("i",
                                                                      i)));
    }
    CHECK_INT(surreal_batch_run(&b, &r), SURREAL_OK);
    CHECK_INT(surreal_statements(r), 400);
    CHECK_INT(surreal_get_int(surreal_statement_value(r, 399), &n),
              SURREAL_OK);
    CHECK_INT(n, 798);
    surreal_result_free(r);
    surreal_batch_free(&b);
}

typedef struct started {
    int calls;
    surreal_status status;
    int statement;
    size_t count;
} started;

static void
started_done(void *user, surreal *conn, surreal_status status,
             surreal_result *r, const surreal_error *err)
{
    started *s = (started *)user;

    (void)conn;
    s->calls++;
    s->status = status;
    s->statement = err ? err->statement : -1;
    s->count = surreal_statements(r);
    surreal_result_free(r);
}

TEST(test_live_batch_start)
{
    started s = {0, SURREAL_OK, 0, 0};
    surreal_batch b;

    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE started:1", SURREAL_NO_VARS);
    CHECK_INT(surreal_batch_start(&b, started_done, &s, NULL), SURREAL_OK);
    CHECK_INT(surreal_batch_start(&b, started_done, &s, NULL),
              SURREAL_ERR_USAGE);
    CHECK_INT(surreal_batch_add(&b, "1", SURREAL_NO_VARS),
              SURREAL_ERR_USAGE);
    while (surreal_pending(db)) surreal_wait(db, 10000);
    CHECK_INT(s.calls, 1);
    CHECK_INT(s.status, SURREAL_OK);
    CHECK_INT(s.count, 1);
    surreal_batch_add(&b, "CREATE started:1", SURREAL_NO_VARS);
    surreal_batch_free(&b);

    surreal_batch_init(&b, db);
    surreal_batch_add(&b, "CREATE started:2", SURREAL_NO_VARS);
    surreal_batch_add(&b, "CREATE started:1", SURREAL_NO_VARS);
    CHECK_INT(surreal_batch_start(&b, started_done, &s, NULL), SURREAL_OK);
    while (surreal_pending(db)) surreal_wait(db, 10000);
    CHECK_INT(s.status, SURREAL_ERR_EXISTS);
    CHECK_INT(s.statement, 1);
    surreal_batch_free(&b);
    CHECK(!exists("started", 2));
}

/* Two batches change one record at once: both are done, or one is told to
 * try again and names no statement. */
TEST(test_live_batch_conflict_may_be_tried_again)
{
    surreal *other = live_open("batch_conflict");
    started s = {0, SURREAL_OK, 0, 0};
    surreal_result *r = NULL;
    surreal_status status;
    surreal_batch mine;
    surreal_batch theirs;
    int64_t want = 2;

    CHECK_INT(surreal_use(db, "live", "batch_conflict"), SURREAL_OK);
    surreal_result_free(live_run(db, "CREATE hot:1 SET n = 0",
                                 SURREAL_NO_VARS));
    surreal_batch_init(&mine, db);
    surreal_batch_init(&theirs, other);
    surreal_batch_add(&mine, "UPDATE hot:1 SET n += 1", SURREAL_NO_VARS);
    surreal_batch_add(&mine, "sleep(200ms)", SURREAL_NO_VARS);
    surreal_batch_add(&theirs, "UPDATE hot:1 SET n += 1", SURREAL_NO_VARS);
    surreal_batch_add(&theirs, "sleep(200ms)", SURREAL_NO_VARS);
    CHECK_INT(surreal_batch_start(&mine, started_done, &s, NULL), SURREAL_OK);
    surreal_step(db);
    status = surreal_batch_run(&theirs, NULL);
    while (surreal_pending(db)) surreal_wait(db, 10000);
    if (status) {
        CHECK_INT(status, SURREAL_CONFLICT);
        CHECK_INT(surreal_last_error(other)->statement, -1);
        want--;
    }
    if (s.status) {
        CHECK_INT(s.status, SURREAL_CONFLICT);
        CHECK_INT(s.statement, -1);
        want--;
    }
    CHECK(want >= 1);
    CHECK_INT(surreal_select(db, surreal_record(surreal_id_int("hot", 1)),
                             &r), SURREAL_OK);
    CHECK_INT(surreal_int_at(surreal_at(surreal_rows(r, 0), 0), "n"), want);
    surreal_result_free(r);
    surreal_batch_free(&mine);
    surreal_batch_free(&theirs);
    surreal_use(db, "live", "batch");
    surreal_close(other);
}

TEST_MAIN(
    live_init();
    db = live_open("batch");
    RUN(test_trap_m37_result_i_is_statement_i);
    RUN(test_live_batch_variables_are_their_statements_own);
    RUN(test_trap_m39_a_failed_batch_names_its_cause_and_writes_nothing);
    RUN(test_trap_m38_return_cannot_end_a_batch);
    RUN(test_live_batch_refuses_what_is_not_one_statement);
    RUN(test_live_batch_runs_again);
    RUN(test_live_batch_of_hundreds);
    RUN(test_live_batch_start);
    RUN(test_live_batch_conflict_may_be_tried_again);
    surreal_close(db);
)
