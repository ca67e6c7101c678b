/* tests/live/test_migrate.c: migrations on a real server.
 *
 *   make build/live/test_migrate
 *   sh tests/live/run.sh build/live/test_migrate */
#include "tests/live/migrate.h"

/* ---- one transaction each ----------------------------------------------- */

TEST(test_live_migrate_applies_each_once)
{
    bool current = true;

    fresh("m_once");
    chain_tx("a", "DEFINE TABLE a; DEFINE FIELD n ON a TYPE int;",
             "REMOVE TABLE a;");
    chain_tx("b", "DEFINE TABLE b -- no semicolon", "REMOVE TABLE b");
    chain_tx("c", "-- nothing at all\n", NULL);
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current);
    CHECK(!has_table("_surrealgen_migration"));
    how.by = "a test";
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 3);
    CHECK(report.failed == NULL);
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 0);
    CHECK_STR(value(HISTORY), "['a applied 1', 'b applied 1', 'c applied 1']");
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(current);
    CHECK_STR(value(LOG), "['up', 'up', 'up']");
    CHECK_STR(value("(SELECT VALUE [applied_by, kind, parent] FROM "
                    "_surrealgen_migration)[1]"),
              "['a test', 'run', '20260801000000_a']");
    CHECK_STR(value("(SELECT VALUE took > 0s FROM _surrealgen_log)"),
              "[true, true, true]");
    CHECK(has_table("a") && has_table("b"));
}

TEST(test_live_migrate_goes_as_far_as_told)
{
    fresh("m_far");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    chain_tx("c", "DEFINE TABLE c", NULL);
    how.to = the.ids[1];
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 2);
    CHECK(has_table("b") && !has_table("c"));
    how.to = "20990101000000_x";
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("20990101000000_x");
    fresh("m_far");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    how.count = 1;
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 1);
    CHECK(has_table("a") && !has_table("b"));
}

TEST(test_live_migrate_names_the_culprit_and_changes_nothing)
{
    static const char text[] = "DEFINE TABLE p;\n"
                               "DEFINE FIELD n ON p TYPE int;\n"
                               "CREATE p:1 SET n = 'no';\n"
                               "DEFINE TABLE q;\n";

    fresh("m_culprit");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", text, NULL);
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK_INT(report.done, 1);
    CHECK(report.failed == &the.at[1]);
    CHECK_INT(report.step, 0);
    CHECK_INT(report.statement, 2);
    CHECK_INT(report.at, strstr(text, "CREATE") - text);
    CHECK(!report.is_partly);
    CHECK(strstr(report.error.message, "p:1") != NULL);
    SAID("20260801000001_b, statement 3 (up.surql:12): ");
    SAID("p:1");
    CHECK(!has_table("p") && !has_table("q"));
    CHECK_STR(value(HISTORY), "['a applied 1']");

    /* What OPTION answers, and does not on SurrealDB 2, is no statement. */
    chain_fill(&the.steps[1][0], SURREAL_STEP_TX,
               "OPTION IMPORT = FALSE; DEFINE TABLE p; DEFINE TABLE p");
    CHECK_UP(SURREAL_ERR_EXISTS);
    CHECK_INT(report.statement, 2);
    CHECK(!has_table("p"));
}

TEST(test_live_migrate_finds_the_place_of_a_syntax_error)
{
    static const char text[] = "DEFINE TABLE p;\n"
                               "DEFINE TABLE `\xc3\xa4\xc3\xb6`; "
                               "DEFINE TABEL q;";

    fresh("m_syntax");
    chain_tx("a", text, NULL);
    CHECK_UP(SURREAL_ERR_QUERY);
    CHECK_INT(report.statement, 2);
    CHECK_INT(report.at, strstr(text, "TABEL") - text);
    SAID("statement 3 (up.surql:11)");
    CHECK(!has_table("p"));
    CHECK_STR(value(HISTORY), "[]");
}

TEST(test_live_migrate_refuses_what_would_end_its_transaction)
{
    static const char *const bad[] = {
        "COMMIT", "BEGIN", "CANCEL TRANSACTION", "RETURN 1",
        "IF true { RETURN 1 }", "USE DB other", "/* x */ commit"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[128];

        fresh("m_refused");
        chain_tx("a", "DEFINE TABLE a", NULL);
        snprintf(text, sizeof text, "DEFINE TABLE b; %s; DEFINE TABLE c",
                 bad[i]);
        chain_tx("b", text, NULL);
        CHECK_UP(SURREAL_ERR_USAGE);
        CHECK(report.failed == &the.at[1]);
        CHECK_INT(report.done, 0);
        CHECK(!has_table("a"));
    }
    fresh("m_refused");
    chain_tx("a", "DEFINE FUNCTION fn::one() { RETURN 1 }; DEFINE TABLE t; "
                  "DEFINE EVENT e ON t THEN { RETURN 1 }", NULL);
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value("fn::one()"), "1");
}

TEST(test_live_migrate_needs_the_version_and_no_transaction)
{
    surreal *tx;

    fresh("m_needs");
    chain_tx("a", "DEFINE TABLE a", NULL);
    the.all.major = live_major == 3 ? 2 : 3;
    CHECK_UP(SURREAL_ERR_UNSUPPORTED);
    the.all.major = 0;
    if (live_major >= 3 && !live_is_http) {
        CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
        CHECK_INT(surreal_migrate(tx, &the.all, &how, &report),
                  SURREAL_ERR_USAGE);
        surreal_close(tx);
    }
    CHECK_STATUS(surreal_migrate(db, NULL, NULL, NULL), SURREAL_ERR_USAGE);
    CHECK(!has_table("a"));
    CHECK_STATUS(surreal_migrate(db, &the.all, NULL, NULL), SURREAL_OK);
    CHECK(has_table("a"));
}

TEST(test_live_migrate_without_rights_says_so)
{
    surreal *real;
    surreal_auth auth = surreal_auth_db("live", "m_rights", "looker", "pw");

    fresh("m_rights");
    sql("DEFINE USER looker ON DATABASE PASSWORD 'pw' ROLES VIEWER");
    chain_tx("a", "DEFINE TABLE a", NULL);
    real = db;
    {
        surreal_options opt;

        memset(&opt, 0, sizeof opt);
        opt.auth = auth;
        opt.ns = "live";
        opt.db = "m_rights";
        opt.tls.ca_file = live_ca;
        CHECK_INT(surreal_open(live_url, &opt, &db), SURREAL_OK);
    }
    CHECK_UP(SURREAL_ERR_DENIED);
    surreal_close(db);
    db = real;
    CHECK(!has_table("a"));
}

/* ---- the chain and the database ----------------------------------------- */

TEST(test_live_migrate_sees_edits)
{
    bool current = true;

    fresh("m_edit");
    chain_tx("a", "DEFINE TABLE a", "REMOVE TABLE a");
    the.at[0].checksum = "1:0a";
    CHECK_UP(SURREAL_OK);
    the.at[0].checksum = "1:0b";
    chain_tx("b", "DEFINE TABLE b", NULL);
    CHECK_UP(SURREAL_ERR_USAGE);
    CHECK(report.failed == &the.at[0]);
    SAID("edited");
    CHECK(!has_table("b"));
    CHECK_STATUS(down_to("", SURREAL_DOWN_EXACT), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current);
    the.at[0].checksum = "2:0b"; /* another algorithm: nothing to compare */
    CHECK_UP(SURREAL_OK);
}

TEST(test_live_migrate_sees_strangers_and_gaps)
{
    surreal_migration kept;
    bool current = false;

    fresh("m_strange");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    chain_tx("c", "DEFINE TABLE c", NULL);
    CHECK_UP(SURREAL_OK);
    the.all.count = 2; /* an older program */
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("20260801000002_c");
    SAID("older");
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(current); /* all it needs is there */

    the.all.count = 3;
    kept = the.at[1];
    the.at[1].id = "20260801000001_other"; /* and not b */
    the.at[2].parent = the.at[1].id;
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("20260801000001_b");
    the.at[1] = kept;
    the.at[2].parent = kept.id;
    sql("DELETE _surrealgen_migration:`20260801000001_b`");
    CHECK_UP(SURREAL_ERR_USAGE);
    CHECK(report.failed == &the.at[1]);
    SAID("rebase");
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current);
    the.at[2].parent = "20260801000000_a"; /* two heads */
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("rebase");
}

/* a, b and c become one. */
static void
squash(const char *name, size_t applied)
{
    static const char *ids[3];
    static char all[3][40];
    size_t i;

    fresh(name);
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    chain_tx("c", "DEFINE TABLE c", NULL);
    how.count = applied;
    if (applied) CHECK_UP(SURREAL_OK);
    how.count = 0;
    for (i = 0; i < 3; i++) {
        memcpy(all[i], the.ids[i], sizeof all[i]);
        ids[i] = all[i];
    }
    memset(&the, 0, sizeof the);
    the.all.at = the.at;
    chain_add("squash");
    chain_step(SURREAL_STEP_TX, "DEFINE TABLE a; DEFINE TABLE b; "
                                "DEFINE TABLE c");
    the.at[0].replaces = ids;
    the.at[0].replaces_count = 3;
    chain_tx("d", "DEFINE TABLE d", NULL);
    the.at[1].parent = ids[2];
}

TEST(test_live_migrate_squash)
{
    bool current = false;

    squash("m_squash", 3);
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current); /* d is not there */
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 2);
    CHECK(has_table("d"));
    CHECK_STR(value("(SELECT VALUE kind FROM _surrealgen_migration WHERE "
                    "status = 'applied' AND replaces != [])"), "['squash']");
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 0);
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(current);
    /* Later nobody remembers what it stood for. */
    the.at[0].replaces_count = 0;
    the.at[1].parent = the.at[0].id;
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 0);
    /* A program from before the squash, started again. */
    memset(&the, 0, sizeof the);
    the.all.at = the.at;
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    chain_tx("c", "DEFINE TABLE c", NULL);
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(current);

    squash("m_squash", 0);
    CHECK_UP(SURREAL_OK);
    CHECK(has_table("c") && has_table("d"));
    CHECK_STR(value("(SELECT VALUE kind FROM _surrealgen_migration)"),
              "['run', 'run']");

    squash("m_squash", 2);
    CHECK_UP(SURREAL_ERR_USAGE);
    CHECK(report.failed == &the.at[0]);
    SAID("of which the database has 2");
    CHECK(!has_table("d"));
}

TEST(test_live_migrate_fake)
{
    fresh("m_fake");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    how.mode = SURREAL_MIGRATE_FAKE;
    how.to = the.ids[0];
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("reason");
    how.reason = "made by hand in 2025";
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 1);
    CHECK(!has_table("a"));
    CHECK_STR(value("(SELECT VALUE [action, reason] FROM _surrealgen_log)"),
              "[['fake', 'made by hand in 2025']]");
    memset(&how, 0, sizeof how);
    CHECK_UP(SURREAL_OK);
    CHECK(!has_table("a") && has_table("b"));
    CHECK_STR(value("(SELECT VALUE kind FROM _surrealgen_migration)"),
              "['fake', 'run']");
}

/* ---- rows that do not fit ----------------------------------------------- */

TEST(test_live_migrate_tries_rows_first)
{
    fresh("m_touch");
    sql("DEFINE TABLE p SCHEMAFULL; DEFINE FIELD n ON p TYPE any;"
        "DEFINE TABLE q; DEFINE EVENT e ON p THEN { CREATE seen };"
        "CREATE p:1 SET n = 1; CREATE p:2 SET n = 'x'; CREATE q:1; "
        "DELETE seen");
    chain_tx("a", "DEFINE FIELD OVERWRITE n ON p TYPE int", NULL);
    the.steps[0][0].touch = "q, p";
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK_STR(report.table, "p");
    CHECK_INT(report.statement, -1);
    CHECK(!report.is_partly);
    SAID("20260801000000_a: rows of table p do not fit: ");
    SAID("p:2");
    CHECK_STR(value(HISTORY), "[]");
    /* SurrealDB 2 would still go by the type that was rolled back. */
    sql("UPDATE p:1 SET n = 'y'; UPDATE p:1 SET n = 1");
    sql("UPDATE p:2 SET n = 2; DELETE seen");
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value("(SELECT * FROM seen)"), "[]");
    sql("DEFINE FIELD OVERWRITE n ON p TYPE any; CREATE p:3 SET n = 'z'");
    /* A step that says IMPORT is tried without. */
    chain_tx("b", "OPTION IMPORT; DEFINE FIELD OVERWRITE n ON p TYPE int",
             NULL);
    the.steps[1][0].touch = "p";
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK_STR(report.table, "p");
}

TEST(test_live_migrate_rehearses)
{
    fresh("m_rehearse");
    sql("DEFINE TABLE p; CREATE |p:1..31| SET n = 1 RETURN NONE; "
        "DEFINE TABLE seen; DEFINE EVENT e ON p THEN { CREATE seen }");
    chain_tx("a", "DEFINE FIELD m ON p TYPE option<int>", NULL);
    chain_add("b");
    chain_data("p", 10, true, "UPDATE $batch SET m = n + 1;");
    chain_index("p", "nx", "DEFINE INDEX nx ON p FIELDS n CONCURRENTLY;");
    chain_step(SURREAL_STEP_TX, "DEFINE FIELD OVERWRITE n ON p TYPE int");
    chain_tx("c", "REMOVE INDEX nx ON p; DEFINE TABLE d", NULL);
    how.mode = SURREAL_MIGRATE_REHEARSE;
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 3);
    CHECK(!has_table("d") && !has_table("_surrealgen_migration"));
    CHECK_STR(value("(SELECT * FROM p WHERE m != NONE)"), "[]");

    chain_add("e");
    chain_step(SURREAL_STEP_TX, "DEFINE TABLE f");
    chain_step(SURREAL_STEP_TX, "DEFINE TABLE g; DEFINE TABLE d");
    CHECK_UP(SURREAL_ERR_EXISTS);
    CHECK(report.failed == &the.at[3]);
    CHECK_INT(report.step, 1);
    CHECK_INT(report.statement, 1);
    CHECK_INT(report.done, 3);
    SAID("_e, step 2 of 2, statement 2");

    the.all.count = 2; /* a touch check in the middle */
    the.steps[1][2].touch = "p";
    the.steps[1][2].text = "DEFINE FIELD OVERWRITE n ON p TYPE string";
    the.steps[1][2].len = strlen(the.steps[1][2].text);
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK(report.failed == &the.at[1]);
    CHECK_INT(report.step, 2);
    CHECK_STR(report.table, "p");

    /* Duplicates under a unique index. */
    the.all.count = 1;
    the.at[1].up_count = 0;
    chain_add("u");
    chain_index("p", "ux", "DEFINE INDEX ux ON p FIELDS n UNIQUE "
                           "CONCURRENTLY;");
    CHECK_UP(SURREAL_ERR_EXISTS);
    CHECK(report.failed == &the.at[1]);
    CHECK_INT(report.statement, 0);
    CHECK_STR(value("(SELECT * FROM seen)"), "[]");
    CHECK(!has_table("_surrealgen_migration"));
}

TEST(test_live_migrate_keeps_what_goes)
{
    fresh("m_attic");
    sql("DEFINE TABLE p SCHEMAFULL; DEFINE FIELD n ON p TYPE option<int>;"
        "DEFINE FIELD o ON p TYPE option<object> FLEXIBLE;");
    sql("CREATE p:1 SET n = 1, o = { a: { b: 2 } }; CREATE p:2 SET n = 2; "
        "CREATE p:3; DEFINE TABLE q; CREATE q:1 SET x = 5");
    chain_tx("a", "REMOVE FIELD n ON p; REMOVE FIELD o ON p; "
                  "UPDATE p UNSET n, o RETURN NONE; REMOVE TABLE q;", NULL);
    the.steps[0][0].archive = "p.n, p.o,q";
    how.archive = true;
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value("array::sort((SELECT VALUE [of, column, record, old] "
                    "FROM _surrealgen_attic))"),
              "[['p', 'n', p:1, 1], ['p', 'n', p:2, 2], "
              "['p', 'o', p:1, { a: { b: 2 } }], "
              "['q', NONE, q:1, { id: q:1, x: 5 }]]");
}

/* ---- back --------------------------------------------------------------- */

TEST(test_live_migrate_down)
{
    fresh("m_down");
    chain_tx("a", "DEFINE TABLE a", "REMOVE TABLE a");
    chain_tx("b", "DEFINE TABLE b", "REMOVE TABLE b");
    the.at[1].down_class = SURREAL_DOWN_LOSSY;
    chain_tx("c", "DEFINE TABLE c", "REMOVE TABLE c");
    chain_tx("d", "DEFINE TABLE d", "REMOVE TABLE d");
    CHECK_UP(SURREAL_OK);
    how.reason = "a mistake";
    CHECK_STATUS(down_to(NULL, SURREAL_DOWN_EXACT), SURREAL_OK);
    CHECK_INT(report.done, 1);
    CHECK(has_table("c") && !has_table("d"));
    CHECK_STATUS(down_to(the.ids[0], SURREAL_DOWN_MAY_FAIL),
                 SURREAL_ERR_USAGE);
    CHECK(report.failed == &the.at[1]);
    CHECK(report.is_down);
    SAID("lossy");
    CHECK(has_table("c")); /* not even the one that may go */
    CHECK_STATUS(down_to(the.ids[0], SURREAL_DOWN_LOSSY), SURREAL_OK);
    CHECK_INT(report.done, 2);
    CHECK(has_table("a") && !has_table("b"));
    CHECK_STR(value(HISTORY), "['a applied 1']");
    CHECK_STATUS(down_to("", SURREAL_DOWN_EXACT), SURREAL_OK);
    CHECK(!has_table("a"));
    CHECK_STATUS(down_to("", SURREAL_DOWN_EXACT), SURREAL_OK);
    CHECK_INT(report.done, 0);
    CHECK_STR(value("array::distinct((SELECT VALUE [action, reason] FROM "
                    "_surrealgen_log WHERE action = 'down'))"),
              "[['down', 'a mistake']]");
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 4);
}

TEST(test_live_migrate_down_that_cannot_be)
{
    fresh("m_nodown");
    sql("DEFINE TABLE p; CREATE p:1 SET n = 'x'");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE FIELD n ON p TYPE any", "DEFINE FIELD OVERWRITE n "
                  "ON p TYPE int");
    the.downs[1][0].touch = "p";
    the.at[1].down_class = SURREAL_DOWN_MAY_FAIL;
    CHECK_UP(SURREAL_OK);
    CHECK_STATUS(down_to(the.ids[0], SURREAL_DOWN_SAFE), SURREAL_ERR_USAGE);
    CHECK_STATUS(down_to(the.ids[0], SURREAL_DOWN_MAY_FAIL),
                 SURREAL_ERR_STATEMENT);
    CHECK_STR(report.table, "p");
    CHECK(report.is_down);
    CHECK_STR(value(HISTORY), "['a applied 1', 'b applied 1']");
    sql("UPDATE p:1 SET n = 1");
    CHECK_STATUS(down_to(the.ids[0], SURREAL_DOWN_MAY_FAIL), SURREAL_OK);
    CHECK_STATUS(down_to("", SURREAL_DOWN_IRREVERSIBLE), SURREAL_ERR_USAGE);
    SAID("irreversible");

    fresh("m_nodown");
    chain_tx("a", "DEFINE TABLE a", "REMOVE TABLE a; REMOVE TABLE nope");
    CHECK_UP(SURREAL_OK);
    CHECK_STATUS(down_to("", SURREAL_DOWN_EXACT), SURREAL_ERR_UNDEFINED);
    CHECK_INT(report.statement, 1);
    SAID("(down.surql:10)");
    CHECK(has_table("a"));
}

/* ---- what waits for the end of old programs ------------------------------ */

TEST(test_live_migrate_waits_for_the_end_of_old_programs)
{
    surreal_migration *contract;
    bool current = false;

    fresh("m_phases");
    chain_tx("a", "DEFINE TABLE a", NULL);
    chain_tx("b", "DEFINE TABLE b", NULL);
    contract = &the.at[1];
    contract->after_deploy = 1;
    /* A program has what it was written for: that is no failure. */
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 1);
    CHECK(report.waiting == contract);
    CHECK(has_table("a") && !has_table("b"));
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(current);
    /* Asked for by name it is one; so it is where the program needs more. */
    how.to = contract->id;
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("after_deploy");
    how.to = NULL;
    chain_tx("c", "DEFINE TABLE c", NULL);
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("20260801000002_c");
    CHECK(report.waiting == contract);
    CHECK(!has_table("b") && !has_table("c"));
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current);
    how.count = 1;
    CHECK_UP(SURREAL_OK);
    CHECK(report.waiting == contract);
    how.count = 0;
    how.mode = SURREAL_MIGRATE_REHEARSE;
    CHECK_UP(SURREAL_ERR_USAGE);
    how.after_deploy = true;
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 2);
    CHECK(!has_table("b"));
    how.mode = SURREAL_MIGRATE_UP;
    CHECK_UP(SURREAL_OK);
    CHECK(!report.waiting);
    CHECK(has_table("b") && has_table("c"));

    /* One that was begun goes on. */
    fresh("m_phases_half");
    chain_add("a");
    the.at[0].after_deploy = 1;
    chain_step(SURREAL_STEP_TX, "DEFINE TABLE a");
    chain_step(SURREAL_STEP_TX, "DEFINE TABLE b; THROW 'half'");
    how.after_deploy = true;
    CHECK_UP(SURREAL_ERR_THROWN);
    CHECK(report.is_partly);
    the.steps[0][1].text = "DEFINE TABLE b";
    the.steps[0][1].len = strlen(the.steps[0][1].text);
    how.after_deploy = false;
    CHECK_UP(SURREAL_OK);
    CHECK(has_table("b"));
}

TEST_MAIN(
    live_init();
    RUN(test_live_migrate_applies_each_once);
    RUN(test_live_migrate_goes_as_far_as_told);
    RUN(test_live_migrate_names_the_culprit_and_changes_nothing);
    RUN(test_live_migrate_finds_the_place_of_a_syntax_error);
    RUN(test_live_migrate_refuses_what_would_end_its_transaction);
    RUN(test_live_migrate_needs_the_version_and_no_transaction);
    RUN(test_live_migrate_without_rights_says_so);
    RUN(test_live_migrate_sees_edits);
    RUN(test_live_migrate_sees_strangers_and_gaps);
    RUN(test_live_migrate_squash);
    RUN(test_live_migrate_fake);
    RUN(test_live_migrate_tries_rows_first);
    RUN(test_live_migrate_rehearses);
    RUN(test_live_migrate_keeps_what_goes);
    RUN(test_live_migrate_down);
    RUN(test_live_migrate_down_that_cannot_be);
    RUN(test_live_migrate_waits_for_the_end_of_old_programs);
    if (db) surreal_close(db);
)
