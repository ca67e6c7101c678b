/* cc -I. -Ibuild/gen -o build/live/test_live tests/live/test_live.c
 *    build/gen/types.c -lm
 *
 * Live queries on the real server: what it sends, in which order, and that
 * none of it is lost. */
#include "tests/live/live.h"

/* The next event of a stream; fails the test if none comes. */
static surreal_event
next_event(surreal_live *live)
{
    surreal_event event;
    surreal_status status = surreal_live_next(live, &event, 5000);

    if (status) TEST_FAIL("no event: %s", surreal_status_text(status));
    return event;
}

/* The next event is this change of this record. */
static surreal_event
check_event(surreal_live *live, surreal_action action, const char *record)
{
    surreal_event event = next_event(live);
    surreal_uuid id = surreal_live_id(live);
    char text[128];

    CHECK_INT(event.action, action);
    CHECK(event.live == live);
    CHECK(!memcmp(&event.id, &id, sizeof id));
    surreal_record_id_print(event.record, text, sizeof text);
    CHECK_STR(text, record);
    return event;
}

static void
check_silence(surreal_live *live)
{
    surreal_event event;
    surreal_status status = surreal_live_next(live, &event, 150);

    if (status != SURREAL_ERR_TIMEOUT) {
        TEST_FAIL("expected no event, got status %s, action %d",
                  surreal_status_text(status), event.action);
    }
}

static surreal *
open_with_table(const char *database, const char *tables)
{
    surreal *db = live_open(database);

    surreal_result_free(live_run(db, tables, SURREAL_NO_VARS));
    return db;
}

static void
run(surreal *db, const char *text)
{
    surreal_result_free(live_run(db, text, SURREAL_NO_VARS));
}

TEST(test_live_table_tells_of_every_change)
{
    surreal *db = open_with_table("live_table", "DEFINE TABLE a");
    surreal_live *live = NULL;
    surreal_event event;

    CHECK_INT(surreal_live_table(db, "a", NULL, &live), SURREAL_OK);
    NEED(live);
    run(db, "CREATE a:1 SET n = 1");
    event = check_event(live, SURREAL_CREATED, "a:1");
    CHECK_STR(live_text(event.value), "{ id: a:1, n: 1 }");
    run(db, "UPDATE a:1 SET n = 2");
    event = check_event(live, SURREAL_UPDATED, "a:1");
    CHECK_STR(live_text(event.value), "{ id: a:1, n: 2 }");
    run(db, "DELETE a:1");
    event = check_event(live, SURREAL_DELETED, "a:1");
    CHECK_STR(live_text(event.value), "{ id: a:1, n: 2 }");
    run(db, "CREATE a:['x', 2]; CREATE b:1");
    event = check_event(live, SURREAL_CREATED, "a:['x', 2]");
    CHECK_INT(event.record.kind, SURREAL_KEY_ARRAY);
    check_silence(live);
    surreal_live_close(live);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
    surreal_close(db);
}

TEST(test_live_table_names_are_names)
{
    surreal *db = open_with_table("live_names", "DEFINE TABLE `a b-c`;"
                                                "DEFINE TABLE `select`");
    surreal_live *live = NULL;
    surreal_status status;

    CHECK_INT(surreal_live_table(db, "a b-c", NULL, &live), SURREAL_OK);
    NEED(live);
    run(db, "CREATE `a b-c`:1");
    check_event(live, SURREAL_CREATED, "`a b-c`:1");
    surreal_live_close(live);
    CHECK_INT(surreal_live_table(db, "select", NULL, &live), SURREAL_OK);
    run(db, "CREATE `select`:1");
    check_event(live, SURREAL_CREATED, "`select`:1");
    surreal_live_close(live);

    status = surreal_live_table(db, "nowhere", NULL, &live);
    CHECK_INT(status, live_major == 3 ? SURREAL_ERR_UNDEFINED : SURREAL_OK);
    CHECK((live != NULL) == (status == SURREAL_OK));
    surreal_live_close(live);
    surreal_close(db);
}

/* SurrealDB 2 forgets variables: refused, since its events would be wrong. */
static void
check_variables_refused(surreal *db)
{
    surreal_live *live = NULL;

    CHECK_INT(surreal_live_query(db, "LIVE SELECT * FROM a WHERE n > $min",
                                 SURREAL_VARS(surreal_bind_int("min", 10)),
                                 NULL, &live), SURREAL_ERR_UNSUPPORTED);
    CHECK(!live);
    CHECK_INT(surreal_live_query(
                  db, "LIVE SELECT * FROM $t WHERE n > 10",
                  SURREAL_VARS(surreal_bind_table("t", "a")), NULL, &live),
              SURREAL_OK);
    NEED(live);
    run(db, "CREATE a:1 SET n = 1; CREATE a:2 SET n = 15");
    check_event(live, SURREAL_CREATED, "a:2");
    surreal_live_close(live);
}

TEST(test_live_query_has_condition_and_variables)
{
    surreal *db = open_with_table("live_query", "DEFINE TABLE a;"
                                                "DEFINE TABLE b");
    surreal_live *live = NULL;
    surreal_live *who = NULL;
    surreal_event event;

    if (live_major == 2) {
        check_variables_refused(db);
        surreal_close(db);
        return;
    }
    CHECK_INT(surreal_live_query(db, "-- big ones\n LIVE SELECT n FROM a "
                                     "WHERE n > $min",
                                 SURREAL_VARS(surreal_bind_int("min", 10)),
                                 NULL, &live), SURREAL_OK);
    CHECK_INT(surreal_live_query(
                  db, "LIVE SELECT VALUE n FROM b WHERE owner = $who",
                  SURREAL_VARS(surreal_bind_id("who",
                                               surreal_id_int("p", 7))),
                  NULL, &who), SURREAL_OK);
    NEED(live && who);
    run(db, "CREATE a:1 SET n = 5; UPDATE a:1 SET n = 15");
    event = check_event(live, SURREAL_UPDATED, "a:1");
    CHECK_INT(surreal_int_at(event.value, "n"), 15);
    run(db, "UPDATE a:1 SET n = 3; CREATE b:1 SET owner = p:8, n = 1; "
            "CREATE b:2 SET owner = p:7, n = 'mine'");
    check_silence(live); /* ceasing to match is not told */
    event = check_event(who, SURREAL_CREATED, "b:2");
    CHECK_STR(live_text(event.value), "'mine'");
    surreal_live_close(live);
    surreal_live_close(who);
    surreal_close(db);
}

TEST(test_live_diff_has_one_shape)
{
    surreal *db = open_with_table("live_diff", "DEFINE TABLE a");
    surreal_live_options opt;
    surreal_live *live = NULL;
    surreal_live *other = NULL;
    surreal_patch_op op;
    surreal_event event;

    memset(&opt, 0, sizeof opt);
    opt.diff = true;
    CHECK_INT(surreal_live_table(db, "a", &opt, &live), SURREAL_OK);
    CHECK_INT(surreal_live_query(db, "LIVE SELECT DIFF FROM a",
                                 SURREAL_NO_VARS, NULL, &other), SURREAL_OK);
    NEED(live && other);
    run(db, "CREATE a:1 SET n = 1, s = 'abc'");
    event = check_event(live, SURREAL_CREATED, "a:1");
    CHECK_INT(surreal_patch_at(event.value, 0, &op), SURREAL_OK);
    CHECK_STR(op.op.ptr, "replace");
    CHECK_STR(op.path.ptr, "");
    CHECK_INT(surreal_int_at(op.value, "n"), 1);
    CHECK_INT(surreal_patch_at(event.value, 1, &op), SURREAL_NOT_FOUND);
    run(db, "UPDATE a:1 SET n = 2, t = [1]");
    event = check_event(live, SURREAL_UPDATED, "a:1");
    CHECK_INT(surreal_count(event.value), 2);
    CHECK_INT(surreal_patch_at(event.value, 0, &op), SURREAL_OK);
    CHECK_STR(op.op.ptr, "replace");
    CHECK_STR(op.path.ptr, "/n");
    CHECK_STR(live_text(op.value), "2");
    CHECK_INT(surreal_patch_at(event.value, 1, &op), SURREAL_OK);
    CHECK_STR(op.op.ptr, "add");
    CHECK_STR(op.path.ptr, "/t");
    run(db, "UPDATE a:1 UNSET s");
    event = check_event(live, SURREAL_UPDATED, "a:1");
    CHECK_INT(surreal_patch_at(event.value, 0, &op), SURREAL_OK);
    CHECK_STR(op.op.ptr, "remove");
    CHECK_STR(op.path.ptr, "/s");
    run(db, "DELETE a:1");
    event = check_event(live, SURREAL_DELETED, "a:1");
    if (live_major == 3) {
        CHECK_INT(surreal_patch_at(event.value, 0, &op), SURREAL_OK);
        CHECK_STR(op.op.ptr, "replace");
        CHECK_STR(op.path.ptr, "");
        CHECK_INT(surreal_value_kind(op.value), SURREAL_NONE);
    } else {
        CHECK_INT(surreal_patch_at(event.value, 0, &op), SURREAL_ERR_TYPE);
        CHECK_INT(surreal_int_at(event.value, "n"), 2);
    }
    event = check_event(other, SURREAL_CREATED, "a:1");
    CHECK_INT(surreal_patch_at(event.value, 0, &op), SURREAL_OK);
    CHECK_STR(op.path.ptr, "");
    surreal_close(db);
    surreal_live_close(live);
    surreal_live_close(other);
}

TEST(test_live_wrong_statements_leave_nothing_behind)
{
    surreal *db = open_with_table("live_wrong", "DEFINE TABLE a");
    surreal_live *live = (surreal_live *)&db;
    surreal_result *r;

    CHECK_INT(surreal_live_query(db, "SELECT * FROM a", SURREAL_NO_VARS, NULL,
                                 &live), SURREAL_ERR_USAGE);
    CHECK(!live);
    CHECK_INT(surreal_live_query(db, "LIVE SELECT * FROM a; CREATE a:1",
                                 SURREAL_NO_VARS, NULL, &live),
              SURREAL_ERR_USAGE);
    CHECK(!live);
    CHECK_INT(surreal_live_query(db, "LIVE SELECT * FROM a; LIVE SELECT * "
                                     "FROM a", SURREAL_NO_VARS, NULL, &live),
              SURREAL_ERR_USAGE);
    CHECK_INT(surreal_live_query(db, "LIVE SELEKT", SURREAL_NO_VARS, NULL,
                                 &live), SURREAL_ERR_QUERY);
    CHECK_INT(surreal_live_query(db, "LIVE SELECT * FROM $nothing",
                                 SURREAL_NO_VARS, NULL, &live) !=
              SURREAL_OK, true);
    CHECK(!live);
    surreal_ping(db); /* the kills are through */
    r = live_run(db, "INFO FOR TABLE a", SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_field(surreal_statement_value(r, 0),
                                      "lives")), "{}");
    surreal_result_free(r);
    surreal_close(db);
}

TEST(test_live_close_kills_on_the_server)
{
    surreal *db = open_with_table("live_close", "DEFINE TABLE a");
    surreal_live *live = NULL;
    surreal_result *r;

    CHECK_INT(surreal_live_table(db, "a", NULL, &live), SURREAL_OK);
    r = live_run(db, "INFO FOR TABLE a", SURREAL_NO_VARS);
    CHECK_INT(surreal_count(surreal_field(surreal_statement_value(r, 0),
                                          "lives")), 1);
    surreal_result_free(r);
    surreal_live_close(live);
    run(db, "CREATE a:1");
    CHECK_INT(surreal_ping(db), SURREAL_OK);
    r = live_run(db, "INFO FOR TABLE a", SURREAL_NO_VARS);
    CHECK_INT(surreal_count(surreal_field(surreal_statement_value(r, 0),
                                          "lives")), 0);
    surreal_result_free(r);
    surreal_close(db);
}

/* SurrealDB 3 tells of the end of a live query, 2 never does. */
static void
check_killed(surreal_live *live)
{
    surreal_event event;

    if (live_major == 2) {
        check_silence(live);
        return;
    }
    event = next_event(live);
    CHECK_INT(event.action, SURREAL_ENDED);
    NEED(event.err);
    CHECK_INT(event.err->status, SURREAL_ERR_CANCELLED);
    CHECK_INT(event.record.kind, SURREAL_KEY_NONE);
    CHECK_INT(surreal_live_next(live, &event, 0), SURREAL_ERR_CLOSED);
}

TEST(test_live_killed_and_removed_streams_end)
{
    surreal *db = open_with_table("live_killed", "DEFINE TABLE a;"
                                                 "DEFINE TABLE b");
    surreal_live *killed = NULL;
    surreal_live *removed = NULL;

    CHECK_INT(surreal_live_table(db, "a", NULL, &killed), SURREAL_OK);
    CHECK_INT(surreal_live_table(db, "b", NULL, &removed), SURREAL_OK);
    NEED(killed && removed);
    surreal_result_free(live_run(
        db, "KILL $id", SURREAL_VARS(surreal_bind_uuid("id",
                                         surreal_live_id(killed)))));
    check_killed(killed);
    run(db, "CREATE b:1");
    check_event(removed, SURREAL_CREATED, "b:1");
    run(db, "REMOVE TABLE b");
    check_killed(removed);
    surreal_live_close(killed);
    surreal_live_close(removed);
    surreal_close(db);
}

#define MANY 10000

typedef struct tally {
    int64_t next;
    int64_t wrong;
    size_t gaps;
    int ended;
} tally;

static void
on_event(void *user, const surreal_event *event)
{
    tally *t = (tally *)user;

    if (event->action == SURREAL_GAP) t->gaps++;
    if (event->action == SURREAL_ENDED) t->ended++;
    if (event->action != SURREAL_CREATED) return;
    if (event->record.kind != SURREAL_KEY_INT) t->wrong++;
    if (event->record.key.i != surreal_int_at(event->value, "n")) t->wrong++;
    t->next++;
}

/* Two streams, one of each form, while another connection writes. */
TEST(test_live_ten_thousand_events_without_loss)
{
    surreal *db = open_with_table("live_many", "DEFINE TABLE a");
    surreal *writer = NULL;
    surreal_live_options opt;
    surreal_options how;
    surreal_live *pull = NULL;
    surreal_live *push = NULL;
    surreal_event event;
    static char seen[MANY];
    tally t;
    int i;

    memset(&opt, 0, sizeof opt);
    memset(&how, 0, sizeof how);
    memset(&t, 0, sizeof t);
    opt.on_event = on_event;
    opt.user = &t;
    how.ns = "live", how.db = "live_many";
    how.user = live_user, how.pass = live_pass;
    CHECK_INT(surreal_live_table(db, "a", &opt, &push), SURREAL_OK);
    CHECK_INT(surreal_live_table(db, "a", NULL, &pull), SURREAL_OK);
    CHECK_INT(surreal_open(live_url, &how, &writer), SURREAL_OK);
    NEED(push && pull);
    CHECK_INT(surreal_live_next(push, &event, 0), SURREAL_ERR_USAGE);
    /* Taken as they come: since 3.1 the server drops a connection that is
     * not read while it has much to tell. */
    for (i = 0; i < MANY; i++) {
        if (i % 20 == 0) {
            surreal_result_free(live_run(
                writer, "FOR $i IN array::range(0, 20) { LET $n = $i + $from;"
                        "CREATE type::record('a:' + <string>$n) SET n = $n }",
                SURREAL_VARS(surreal_bind_int("from", i))));
        }
        if (surreal_live_next(pull, &event, 10000)) break;
        CHECK_INT(event.action, SURREAL_CREATED);
        if (event.record.key.i >= 0 && event.record.key.i < MANY) {
            seen[event.record.key.i]++;
        }
    }
    CHECK_INT(i, MANY);
    for (i = 0; i < MANY; i++) {
        if (seen[i] == 1) continue;
        TEST_FAIL("event %d came %d times", i, seen[i]);
        break;
    }
    while (t.next < MANY && surreal_wait(db, 5000) == SURREAL_OK) continue;
    CHECK_INT(t.next, MANY);
    CHECK_INT(t.wrong, 0);
    CHECK_INT(t.gaps, 0);
    surreal_close(writer);
    surreal_close(db);
    CHECK_INT(t.ended, 1);
    CHECK_INT(surreal_live_next(pull, &event, 0), SURREAL_OK);
    CHECK_INT(event.action, SURREAL_ENDED);
    CHECK_INT(event.err->status, SURREAL_ERR_CLOSED);
    CHECK_INT(surreal_live_next(pull, &event, 0), SURREAL_ERR_CLOSED);
    surreal_live_close(pull);
    surreal_live_close(push);
}

TEST(test_live_events_can_be_kept)
{
    surreal *db = open_with_table("live_keep", "DEFINE TABLE a");
    surreal_result *kept[3];
    surreal_live *live = NULL;
    int i;

    CHECK_INT(surreal_live_table(db, "a", NULL, &live), SURREAL_OK);
    NEED(live);
    for (i = 0; i < 3; i++) {
        surreal_result_free(live_run(db, "CREATE a SET n = $n",
                                     SURREAL_VARS(surreal_bind_int("n", i))));
        next_event(live);
        kept[i] = surreal_live_keep(live);
        CHECK(kept[i] != NULL);
        CHECK(!surreal_live_keep(live));
    }
    surreal_live_close(live);
    surreal_close(db);
    for (i = 0; i < 3; i++) {
        CHECK_INT(surreal_int_at(surreal_statement_value(kept[i], 0), "n"),
                  i);
        surreal_result_free(kept[i]);
    }
}

TEST_MAIN(live_init();
    RUN(test_live_table_tells_of_every_change);
    RUN(test_live_table_names_are_names);
    RUN(test_live_query_has_condition_and_variables);
    RUN(test_live_diff_has_one_shape);
    RUN(test_live_wrong_statements_leave_nothing_behind);
    RUN(test_live_close_kills_on_the_server);
    RUN(test_live_killed_and_removed_streams_end);
    RUN(test_live_ten_thousand_events_without_loss);
    RUN(test_live_events_can_be_kept);)
