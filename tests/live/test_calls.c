/* tests/live/test_calls.c: records and functions on a real server.
 *
 *   make build/live/test_calls && sh tests/live/run.sh build/live/test_calls */
#include "tests/live/live.h"

static surreal *db;
static surreal_result *got; /* of CHECK_ANSWER */

/* Statement 0 as text; frees the result. */
static const char *
answer(surreal_status status, surreal_result *r)
{
    static char text[4096];

    if (status) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
        text[0] = '\0';
    } else {
        surreal_print(surreal_statement_value(r, 0), text, sizeof text);
    }
    surreal_result_free(r);
    return text;
}

#define CHECK_ANSWER(call, want)                    \
    do {                                            \
        surreal_status status_ = (call);            \
        CHECK_STR(answer(status_, got), want);      \
    } while (0)

static surreal_target
one(const char *table, int64_t key)
{
    return surreal_record(surreal_id_int(table, key));
}

static surreal_bytes
range_from(int64_t first, int64_t past)
{
    static uint8_t room[64];
    surreal_writer w;
    surreal_bytes item = {NULL, 0};

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_range(&w);
    surreal_put_bound(&w, SURREAL_BOUND_INCLUDED);
    surreal_put_int(&w, first);
    surreal_put_bound(&w, SURREAL_BOUND_EXCLUDED);
    surreal_put_int(&w, past);
    surreal_put_end(&w);
    CHECK_INT(surreal_writer_take(&w, &item), SURREAL_OK);
    return item;
}

TEST(test_live_a_record_lives_and_dies)
{
    surreal_target ann = one("person", 1);

    CHECK_ANSWER(surreal_create(db, ann,
                                SURREAL_DATA(surreal_bind_text("name", "Ann"),
                                             surreal_bind_none("gone"),
                                             surreal_bind_null("empty")),
                                SURREAL_RETURN_DEFAULT, &got),
                 "[{ empty: NULL, id: person:1, name: 'Ann' }]");
    CHECK_INT(surreal_create(db, ann, SURREAL_NO_DATA, SURREAL_RETURN_DEFAULT,
                             NULL), SURREAL_ERR_EXISTS);
    CHECK_ANSWER(surreal_select(db, ann, &got),
                 "[{ empty: NULL, id: person:1, name: 'Ann' }]");
    CHECK_ANSWER(surreal_merge(db, ann,
                               SURREAL_DATA(surreal_bind_int("age", 31),
                                            surreal_bind_none("empty")),
                               SURREAL_RETURN_DEFAULT, &got),
                 "[{ age: 31, id: person:1, name: 'Ann' }]");
    CHECK_ANSWER(surreal_update(db, ann,
                                SURREAL_DATA(surreal_bind_text("name", "A")),
                                SURREAL_RETURN_BEFORE, &got),
                 "[{ age: 31, id: person:1, name: 'Ann' }]");
    CHECK_ANSWER(surreal_update(db, ann, SURREAL_NO_DATA,
                                SURREAL_RETURN_AFTER, &got),
                 "[{ id: person:1, name: 'A' }]");
    CHECK_ANSWER(surreal_upsert(db, ann,
                                SURREAL_DATA(surreal_bind_int("n", 1)),
                                SURREAL_RETURN_AFTER, &got),
                 "[{ id: person:1, n: 1 }]");
    CHECK_ANSWER(surreal_upsert(db, one("person", 2),
                                SURREAL_DATA(surreal_bind_int("n", 2)),
                                SURREAL_RETURN_BEFORE, &got), "[NONE]");
    CHECK_ANSWER(surreal_delete(db, ann, SURREAL_RETURN_DEFAULT, &got),
                 "[{ id: person:1, n: 1 }]");
    CHECK_ANSWER(surreal_delete(db, one("person", 2), SURREAL_RETURN_NONE,
                                &got), "[]");
}

TEST(test_live_a_missing_record_is_no_row)
{
    surreal_target none = one("missing", 7);
    surreal_result *r = NULL;
    surreal_value row;

    surreal_result_free(live_run(db, "DEFINE TABLE missing",
                                 SURREAL_NO_VARS));
    CHECK_ANSWER(surreal_select(db, none, &got), "[]");
    CHECK_ANSWER(surreal_merge(db, none,
                               SURREAL_DATA(surreal_bind_int("a", 1)),
                               SURREAL_RETURN_DEFAULT, &got), "[]");
    CHECK_ANSWER(surreal_delete(db, none, SURREAL_RETURN_DEFAULT, &got), "[]");
    CHECK_INT(surreal_select(db, none, &r), SURREAL_OK);
    CHECK_INT(surreal_one(r, 0, &row), SURREAL_NOT_FOUND);
    surreal_result_free(r);
}

TEST(test_trap_m01_verbs_on_an_unknown_table)
{
    surreal_status want = live_major >= 3 ? SURREAL_ERR_UNDEFINED
                                          : SURREAL_OK;
    surreal_target what = surreal_table("never_defined");

    CHECK_INT(surreal_select(db, what, NULL), want);
    CHECK_INT(surreal_delete(db, what, SURREAL_RETURN_DEFAULT, NULL), want);
    CHECK_INT(surreal_merge(db, what, SURREAL_DATA(surreal_bind_int("a", 1)),
                            SURREAL_RETURN_DEFAULT, NULL), want);
}

TEST(test_live_tables_and_ranges)
{
    surreal_target five = surreal_record(
        surreal_id_cbor("many", range_from(2, 4)));
    surreal_result *r = live_run(
        db, "CREATE many:1, many:2, many:3, many:4 SET n = 0",
        SURREAL_NO_VARS);

    surreal_result_free(r);
    CHECK_ANSWER(surreal_select(db, five, &got),
                 "[{ id: many:2, n: 0 }, { id: many:3, n: 0 }]");
    CHECK_ANSWER(surreal_merge(db, five,
                               SURREAL_DATA(surreal_bind_int("n", 1)),
                               SURREAL_RETURN_DIFF, &got),
                 "[[{ op: 'replace', path: '/n', value: 1 }], "
                 "[{ op: 'replace', path: '/n', value: 1 }]]");
    CHECK_ANSWER(surreal_delete(db, five, SURREAL_RETURN_AFTER, &got),
                 "[NONE, NONE]");
    CHECK_ANSWER(surreal_update(db, surreal_table("many"),
                                SURREAL_DATA(surreal_bind_int("m", 5)),
                                SURREAL_RETURN_DEFAULT, &got),
                 "[{ id: many:1, m: 5 }, { id: many:4, m: 5 }]");
    CHECK_INT(surreal_create(db, five, SURREAL_NO_DATA,
                             SURREAL_RETURN_DEFAULT, NULL),
              SURREAL_ERR_USAGE);
    CHECK(strstr(surreal_last_error(db)->message, "range"));
    CHECK_INT(surreal_create(db, surreal_table("many"), SURREAL_NO_DATA,
                             SURREAL_RETURN_DEFAULT, &r), SURREAL_OK);
    CHECK_INT(surreal_count(surreal_rows(r, 0)), 1);
    surreal_result_free(r);
}

TEST(test_live_fields_may_hold_objects)
{
    surreal_vars at = SURREAL_VARS(surreal_bind_text("$city", "Ulm"),
                                      surreal_bind_id("by",
                                                      surreal_id_int("p", 1)));

    CHECK_ANSWER(surreal_create(
                     db, one("nested", 1),
                     SURREAL_DATA(surreal_bind_object("at", at)),
                     SURREAL_RETURN_DEFAULT, &got),
                 "[{ at: { \"$city\": 'Ulm', by: p:1 }, id: nested:1 }]");
}

TEST(test_live_inserts_are_all_or_nothing)
{
    uint8_t room[256];
    surreal_writer w;
    surreal_bytes rows;
    int64_t i;

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_array(&w);
    for (i = 1; i <= 3; i++) {
        surreal_put_object(&w);
        surreal_put_key(&w, "id");
        surreal_put_int(&w, i);
        surreal_put_end(&w);
    }
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &rows) == SURREAL_OK);
    CHECK_ANSWER(surreal_insert(db, "ins", surreal_data_encoded(rows),
                                SURREAL_RETURN_DEFAULT, &got),
                 "[{ id: ins:1 }, { id: ins:2 }, { id: ins:3 }]");
    CHECK_ANSWER(surreal_insert(db, "ins",
                                SURREAL_DATA(surreal_bind_int("id", 9),
                                             surreal_bind_bool("b", true)),
                                SURREAL_RETURN_DEFAULT, &got),
                 "[{ b: true, id: ins:9 }]");
    CHECK_ANSWER(surreal_delete(db, one("ins", 3), SURREAL_RETURN_NONE, &got),
                 "[]");
    CHECK_INT(surreal_insert(db, "ins", surreal_data_encoded(rows),
                             SURREAL_RETURN_DEFAULT, NULL),
              SURREAL_ERR_EXISTS);
    CHECK_ANSWER(surreal_select(db, one("ins", 3), &got), "[]");
    CHECK_INT(surreal_insert(db, "ins", SURREAL_NO_DATA,
                             SURREAL_RETURN_DEFAULT, NULL),
              SURREAL_ERR_USAGE);
}

TEST(test_live_edges)
{
    surreal_record_id a = surreal_id_int("node", 1);
    surreal_record_id b = surreal_id_str("node", SURREAL_LIT("7b"));
    surreal_target edge = one("likes", 5);
    surreal_result *r = NULL;
    surreal_value row;

    surreal_result_free(live_run(db, "CREATE node:1, node:`7b`",
                                 SURREAL_NO_VARS));
    CHECK_INT(surreal_relate(db, a, surreal_table("likes"), b,
                             SURREAL_DATA(surreal_bind_int("w", 1)),
                             SURREAL_RETURN_DEFAULT, &r), SURREAL_OK);
    CHECK_INT(surreal_one(r, 0, &row), SURREAL_OK);
    CHECK(surreal_id_eq(surreal_record_id_at(row, "in"), a));
    CHECK(surreal_id_eq(surreal_record_id_at(row, "out"), b));
    CHECK_INT(surreal_int_at(row, "w"), 1);
    surreal_result_free(r);
    CHECK_ANSWER(surreal_relate(db, a, edge, b, SURREAL_NO_DATA,
                                SURREAL_RETURN_DEFAULT, &got),
                 "[{ id: likes:5, in: node:1, out: node:7b }]");
    CHECK_ANSWER(surreal_insert_relation(
                     db, "likes", SURREAL_DATA(surreal_bind_int("id", 6),
                                               surreal_bind_id("in", b),
                                               surreal_bind_id("out", a)),
                     SURREAL_RETURN_DEFAULT, &got),
                 "[{ id: likes:6, in: node:7b, out: node:1 }]");
    /* T-02: the digit id is found through the graph too. */
    r = live_run(db, "SELECT VALUE ->likes->node FROM ONLY $n",
                 SURREAL_VARS(surreal_bind_id("n", b)));
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "[node:1]");
    surreal_result_free(r);
    memset(&a, 0, sizeof a);
    CHECK_INT(surreal_relate(db, a, edge, b, SURREAL_NO_DATA,
                             SURREAL_RETURN_DEFAULT, NULL),
              SURREAL_ERR_USAGE);
}

TEST(test_live_patch)
{
    uint8_t room[256];
    surreal_writer w;
    surreal_bytes ops;
    surreal_bytes none = {NULL, 0};

    CHECK_ANSWER(surreal_create(db, one("pat", 1),
                                SURREAL_DATA(surreal_bind_int("a", 1),
                                             surreal_bind_int("b", 2)),
                                SURREAL_RETURN_NONE, &got), "[]");
    surreal_writer_init(&w, room, sizeof room);
    surreal_put_array(&w);
    surreal_put_patch_test(&w, "/a");
    surreal_put_int(&w, 1);
    surreal_put_end(&w);
    surreal_put_patch_add(&w, "/c");
    surreal_put_text(&w, "new");
    surreal_put_end(&w);
    surreal_put_patch_replace(&w, "/a");
    surreal_put_int(&w, 9);
    surreal_put_end(&w);
    surreal_put_patch_remove(&w, "/b");
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &ops) == SURREAL_OK);
    CHECK_ANSWER(surreal_patch(db, one("pat", 1), ops,
                               SURREAL_RETURN_DEFAULT, &got),
                 "[{ a: 9, c: 'new', id: pat:1 }]");
    /* Now the test fails. */
    CHECK_INT(surreal_patch(db, one("pat", 1), ops, SURREAL_RETURN_DEFAULT,
                            NULL), SURREAL_ERR_STATEMENT);
    CHECK_ANSWER(surreal_select(db, one("pat", 1), &got),
                 "[{ a: 9, c: 'new', id: pat:1 }]");
    CHECK_INT(surreal_patch(db, one("pat", 1), none, SURREAL_RETURN_DEFAULT,
                            NULL), SURREAL_ERR_USAGE);
}

TEST(test_trap_t01_every_text_is_a_key_of_its_own)
{
    static const char *const keys[] = {
        "7abc", "1", "1e5", "007", "-1", "true", "", "a`b", "a\\b",
        "\xe2\x9f\xa8x\xe2\x9f\xa9", "\xf0\x9f\x98\x80", "a:b",
        "person:1", "'; DELETE person; --", "..", "a b"};
    size_t count = sizeof keys / sizeof keys[0];
    size_t i;

    for (i = 0; i < count; i++) {
        surreal_record_id id = surreal_id_str("odd", surreal_text(keys[i]));
        surreal_result *r = NULL;
        surreal_value row;

        CHECK_INT(surreal_create(db, surreal_record(id),
                                 SURREAL_DATA(surreal_bind_text("k",
                                                                keys[i])),
                                 SURREAL_RETURN_DEFAULT, NULL), SURREAL_OK);
        CHECK_INT(surreal_select(db, surreal_record(id), &r), SURREAL_OK);
        CHECK_INT(surreal_one(r, 0, &row), SURREAL_OK);
        CHECK(surreal_id_eq(surreal_record_id_at(row, "id"), id));
        CHECK_STR(surreal_str_at(row, "k").ptr, keys[i]);
        surreal_result_free(r);
    }
}

TEST(test_trap_t03_text_that_looks_like_a_value_stays_text)
{
    static const char *const looks[] = {
        "data:image/png;base64,AA", "user:1", "2024-01-01",
        "u'018f0000-0000-7000-8000-000000000001'", "1h", "2024-01-01T00:00Z"};
    size_t i;

    for (i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        surreal_result *r = NULL;
        surreal_str text = {NULL, 0};

        CHECK_INT(surreal_upsert(db, one("looks", 1),
                                 SURREAL_DATA(surreal_bind_text("t",
                                                                looks[i])),
                                 SURREAL_RETURN_DEFAULT, &r), SURREAL_OK);
        CHECK_INT(surreal_get_str(
                      surreal_field(surreal_at(surreal_rows(r, 0), 0), "t"),
                      &text), SURREAL_OK);
        CHECK_STR(text.ptr, looks[i]);
        surreal_result_free(r);
    }
}

TEST(test_trap_t04_a_table_is_never_a_record)
{
    surreal_result *r = NULL;

    CHECK_ANSWER(surreal_create(db, one("t04", 1), SURREAL_NO_DATA,
                                SURREAL_RETURN_NONE, &got), "[]");
    CHECK_INT(surreal_create(db, surreal_table("t04:1"), SURREAL_NO_DATA,
                             SURREAL_RETURN_DEFAULT, NULL), SURREAL_OK);
    CHECK_INT(surreal_delete(db, surreal_table("t04:1"),
                             SURREAL_RETURN_DEFAULT, &r), SURREAL_OK);
    CHECK_INT(surreal_count(surreal_rows(r, 0)), 1);
    surreal_result_free(r);
    CHECK_ANSWER(surreal_select(db, one("t04", 1), &got), "[{ id: t04:1 }]");
}

/* On 2.x a variable of the session wins over one sent along. */
TEST(test_live_session_variables_do_not_change_the_target)
{
    static const char *const names[] = {"what", "data", "table", "id", "to"};
    surreal *other = live_open("calls_vars");
    surreal_result *r = NULL;
    size_t i;

    for (i = 0; i < 5; i++) {
        CHECK_INT(surreal_let(other, surreal_bind_int(names[i], 1)),
                  SURREAL_OK);
    }
    CHECK_INT(surreal_create(other, one("v", 1),
                             SURREAL_DATA(surreal_bind_int("a", 2)),
                             SURREAL_RETURN_DEFAULT, &r), SURREAL_OK);
    CHECK_STR(live_text(surreal_statement_value(r, 0)),
              "[{ a: 2, id: v:1 }]");
    surreal_result_free(r);
    surreal_close(other);
}

TEST(test_live_sets_stay_sets)
{
    uint8_t room[64];
    surreal_writer w;
    surreal_bytes item;

    surreal_result_free(live_run(
        db, "DEFINE TABLE bag; DEFINE FIELD s ON bag TYPE set<int>",
        SURREAL_NO_VARS));
    surreal_writer_init(&w, room, sizeof room);
    surreal_writer_target(&w, live_major);
    surreal_put_set(&w);
    surreal_put_int(&w, 3);
    surreal_put_int(&w, 4);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &item) == SURREAL_OK);
    CHECK_ANSWER(surreal_create(
                     db, one("bag", 1),
                     SURREAL_DATA(surreal_bind_encoded("s", item)),
                     SURREAL_RETURN_DEFAULT, &got),
                 live_major >= 3 ? "[{ id: bag:1, s: {3, 4} }]"
                                 : "[{ id: bag:1, s: [3, 4] }]");
}

TEST(test_live_run)
{
    surreal_result_free(live_run(
        db, "DEFINE FUNCTION fn::sum::of($a: int, $b: int) "
            "{ RETURN $a + $b }; DEFINE FUNCTION fn::Upper_2() { RETURN 'U' }",
        SURREAL_NO_VARS));
    CHECK_ANSWER(surreal_run(db, "fn::sum::of",
                             SURREAL_VARS(surreal_bind_int(NULL, 3),
                                          surreal_bind_int(NULL, 4)), &got),
                 "7");
    CHECK_ANSWER(surreal_run(db, "fn::Upper_2", SURREAL_NO_VARS, &got), "'U'");
    CHECK_ANSWER(surreal_run(db, "math::abs",
                             SURREAL_VARS(surreal_bind_int("x", -3)), &got),
                 "3");
    CHECK_ANSWER(surreal_run(db, "string::len",
                             SURREAL_VARS(surreal_bind_text("x", "abc")), &got),
                 "3");
    CHECK_ANSWER(surreal_run(db, "not",
                             SURREAL_VARS(surreal_bind_bool("x", true)), &got),
                 "false");
    CHECK_INT(surreal_run(db, "fn::nope", SURREAL_NO_VARS, NULL),
              live_major >= 3 ? SURREAL_ERR_STATEMENT : SURREAL_ERR_UNDEFINED);
    CHECK_INT(surreal_run(db, "math::nope", SURREAL_NO_VARS, NULL),
              SURREAL_ERR_QUERY);
}

TEST(test_live_function_names_are_checked_before_sending)
{
    static const char *const bad[] = {
        "", "abs", "fn::", "::a", "fn:a", "fn::a()", "fn::a b", "a::1b",
        "fn::a;DELETE person", "select", "fn::\xc3\xa9", "fn::a::", "f n::a"};
    char longest[SURREAL_RUN_NAME + 2];
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_INT(surreal_run(db, bad[i], SURREAL_NO_VARS, NULL),
                  SURREAL_ERR_SYNTAX);
    }
    CHECK_INT(surreal_run(db, NULL, SURREAL_NO_VARS, NULL),
              SURREAL_ERR_SYNTAX);
    memset(longest, 'a', sizeof longest - 1);
    longest[1] = longest[2] = ':';
    longest[sizeof longest - 1] = '\0';
    CHECK_INT(surreal_run(db, longest, SURREAL_NO_VARS, NULL),
              SURREAL_ERR_SYNTAX);
}

/* A record user asks who he is; the system user is nobody's record. */
TEST(test_live_info)
{
    surreal *ann = NULL;
    surreal_options opt;
    surreal_result *r = NULL;
    surreal_bind n = surreal_bind_int("n", 5);
    surreal_auth acc;
    surreal_vars vars;

    CHECK_ANSWER(surreal_info(db, &got), "NONE");
    surreal_result_free(live_run(
        db, "DEFINE TABLE member PERMISSIONS FULL; DEFINE ACCESS acc ON "
            "DATABASE TYPE RECORD SIGNUP (CREATE member:1 SET n = $n)",
        SURREAL_NO_VARS));
    memset(&opt, 0, sizeof opt);
    NEED(surreal_open(live_url, &opt, &ann) == SURREAL_OK);
    vars.v = &n;
    vars.count = 1;
    acc = surreal_auth_record("live", "calls", "acc", vars);
    CHECK_INT(surreal_signup(ann, &acc), SURREAL_OK);
    CHECK_INT(surreal_info(ann, &r), SURREAL_OK);
    CHECK_STR(live_text(surreal_statement_value(r, 0)),
              "{ id: member:1, n: 5 }");
    surreal_result_free(r);
    surreal_close(ann);
}

static void
started_done(void *user, surreal *conn, surreal_status status,
             surreal_result *r, const surreal_error *err)
{
    (void)conn;
    (void)err;
    CHECK_INT(status, SURREAL_OK);
    snprintf((char *)user, 64, "%s",
             live_text(surreal_statement_value(r, 0)));
    surreal_result_free(r);
}

TEST(test_live_start_forms_answer_alike)
{
    char text[3][64] = {"", "", ""};

    CHECK_INT(surreal_create_start(db, one("st", 1),
                                   SURREAL_DATA(surreal_bind_int("a", 1)),
                                   SURREAL_RETURN_DEFAULT, started_done,
                                   text[0], NULL), SURREAL_OK);
    CHECK_INT(surreal_run_start(db, "math::abs",
                                SURREAL_VARS(surreal_bind_int(NULL, -2)),
                                started_done, text[1], NULL), SURREAL_OK);
    CHECK_INT(surreal_info_start(db, started_done, text[2], NULL), SURREAL_OK);
    while (surreal_pending(db)) {
        NEED(surreal_wait(db, 10000) == SURREAL_OK);
    }
    CHECK_STR(text[0], "[{ a: 1, id: st:1 }]");
    CHECK_STR(text[1], "2");
    CHECK_STR(text[2], "NONE");
}

TEST_MAIN(
    live_init();
    db = live_open("calls");
    RUN(test_live_a_record_lives_and_dies);
    RUN(test_live_a_missing_record_is_no_row);
    RUN(test_trap_m01_verbs_on_an_unknown_table);
    RUN(test_live_tables_and_ranges);
    RUN(test_live_fields_may_hold_objects);
    RUN(test_live_inserts_are_all_or_nothing);
    RUN(test_live_edges);
    RUN(test_live_patch);
    RUN(test_trap_t01_every_text_is_a_key_of_its_own);
    RUN(test_trap_t03_text_that_looks_like_a_value_stays_text);
    RUN(test_trap_t04_a_table_is_never_a_record);
    RUN(test_live_session_variables_do_not_change_the_target);
    RUN(test_live_sets_stay_sets);
    RUN(test_live_run);
    RUN(test_live_function_names_are_checked_before_sending);
    RUN(test_live_info);
    RUN(test_live_start_forms_answer_alike);
    surreal_close(db);
)
