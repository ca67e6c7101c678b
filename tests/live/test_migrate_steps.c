/* tests/live/test_migrate_steps.c: migrations of several steps.
 *
 *   make build/live/test_migrate_steps
 *   sh tests/live/run.sh build/live/test_migrate_steps */
#include "tests/live/migrate.h"

#include <unistd.h>

/* What was told, one line per event. */
static char told[4096];
static int stop_at; /* an event that stops the run; 0: none */
static int events;

static surreal_status
hear(void *user, const surreal_migrate_event *e)
{
    static const char *const words[] = {"begin", "step", "rows", "done",
                                        "waiting"};
    size_t len = strlen(told);

    (void)user;
    snprintf(told + len, sizeof told - len, "%s %d/%d %d/%d\n", words[e->what],
             (int)e->step, (int)e->steps, (int)e->rows, (int)e->rows_all);
    return ++events == stop_at ? SURREAL_ERR_CANCELLED : SURREAL_OK;
}

static void
hear_begin(int stop)
{
    told[0] = '\0';
    events = 0;
    stop_at = stop;
    how.on_event = hear;
}

/* Rows from:... to the last; the end of a range counts on SurrealDB 2 only. */
static void
rows(const char *table, long from, long last)
{
    char text[256];

    snprintf(text, sizeof text,
             "CREATE |%s:%ld..%ld| SET n = 1, pad = 'some text' RETURN NONE",
             table, from, last + (live_major >= 3));
    sql(text);
}

/* Rows p:1 to p:25, an event that counts writes, and the slug recipe. */
static void
slug_chain(const char *name)
{
    fresh(name);
    sql("DEFINE TABLE p SCHEMAFULL; DEFINE FIELD n ON p TYPE int; "
        "DEFINE FIELD at ON p VALUE 'moved'; DEFINE FIELD pad ON p; "
        "DEFINE TABLE seen; "
        "DEFINE EVENT e ON p THEN { CREATE seen };");
    rows("p", 1, 25);
    if (live_major >= 3) sql("CREATE p:[1, 'x'] SET n = 1 RETURN NONE");
    if (live_major < 3) sql("CREATE p:zoo SET n = 1 RETURN NONE");
    sql("DELETE seen");
    chain_add("slug");
    chain_step(SURREAL_STEP_TX, "DEFINE FIELD m ON p TYPE option<int>;");
    chain_data("p", 10, true, "UPDATE $batch SET m = (m ?? 0) + n;\n"
                              "-- each once\n");
    chain_index("p", "mx", "DEFINE INDEX mx ON p FIELDS m CONCURRENTLY;");
    chain_step(SURREAL_STEP_TX, "DEFINE FIELD OVERWRITE m ON p TYPE int;");
    the.steps[0][3].touch = "p";
}

#define ONES "(SELECT count() AS c, m FROM p GROUP BY m)"

TEST(test_live_migrate_steps_all)
{
    slug_chain("s_all");
    hear_begin(0);
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 1);
    CHECK(!report.is_partly);
    CHECK_STR(told, "begin 0/4 0/0\nstep 1/4 0/0\nrows 1/4 10/26\n"
                    "rows 1/4 20/26\nrows 1/4 26/26\nstep 2/4 0/0\n"
                    "step 3/4 0/0\nstep 4/4 0/0\ndone 4/4 0/0\n");
    CHECK_STR(value(ONES), "[{ c: 26, m: 1 }]");
    CHECK_STR(value("(SELECT * FROM seen)"), "[]");
    CHECK_STR(value(HISTORY), "['slug applied 4']");
    CHECK_STR(value(LOG), "['up']");
    CHECK_STR(value("(SELECT VALUE [cursor, rows] FROM "
                    "_surrealgen_migration)[0]"), "[NONE, 0]");
    CHECK_STR(value("(SELECT VALUE took > 1ms FROM _surrealgen_log)"),
              "[true]");
    CHECK_STR(value("(SELECT * FROM _surrealgen_lock)"), "[]");
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 0);
}

/* Without `quiet` events fire, and `where` says which rows. */
TEST(test_live_migrate_steps_loud_where)
{
    slug_chain("s_loud");
    the.steps[0][1].is_quiet = 0;
    the.steps[0][1].batch = 4;
    the.steps[0][1].where = "record::id(id) IN [3, 4, 5, 6, 7] -- five";
    the.at[0].up_count = 2;
    hear_begin(0);
    CHECK_UP(SURREAL_OK);
    CHECK_STR(told, "begin 0/2 0/0\nstep 1/2 0/0\nrows 1/2 4/5\n"
                    "rows 1/2 5/5\nstep 2/2 0/0\ndone 2/2 0/0\n");
    CHECK_STR(value("(SELECT VALUE record::id(id) FROM p WHERE m = 1)"),
              "[3, 4, 5, 6, 7]");
    CHECK_STR(value("array::len((SELECT * FROM seen))"), "5");
}

/* A whole number of batches, an empty table, one step that is no
 * transaction, a name that needs quotes. */
TEST(test_live_migrate_steps_data_alone)
{
    fresh("s_alone");
    sql("DEFINE TABLE `two words`");
    rows("`two words`", 1, 20);
    chain_add("a");
    chain_data("two words", 10, true, "UPDATE $batch SET n += 1");
    chain_tx("b", "DEFINE TABLE empty", NULL);
    chain_add("c");
    chain_data("empty", 10, true, "UPDATE $batch SET n += 1");
    chain_add("d");
    chain_data("two words", 7, false,
               "FOR $it IN $batch { UPDATE $it SET n += 1; };");
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 4);
    CHECK_STR(value("(SELECT n, count() AS c FROM `two words` GROUP BY n)"),
              "[{ c: 20, n: 3 }]");
    CHECK_STR(value(HISTORY),
              "['a applied 1', 'b applied 1', 'c applied 1', 'd applied 1']");
}

/* The second batch fails; the way on is the batch that failed. */
TEST(test_live_migrate_steps_go_on)
{
    bool current = true;

    slug_chain("s_on");
    the.steps[0][1].is_quiet = 0;
    sql("UPDATE p:13 SET n = 5; DELETE seen; "
        "DEFINE EVENT bad ON p WHEN $after.m = 5 THEN { THROW 'five' }");
    CHECK_UP(SURREAL_ERR_THROWN);
    CHECK(report.is_partly);
    CHECK(report.failed == &the.at[0]);
    CHECK_INT(report.step, 1);
    CHECK_INT(report.statement, 0);
    SAID("_slug, step 2 of 4, statement 1 (up.surql:10): ");
    SAID("five");
    CHECK_STR(value(HISTORY), "['slug partial 1']");
    CHECK_STR(value(LOG), "[]");
    CHECK_STR(value("(SELECT VALUE [cursor, rows] FROM "
                    "_surrealgen_migration)[0]"), "[p:10, 10]");
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current);
    /* A step that was run, even in part, must stay; a later one may not. */
    the.steps[0][1].checksum = "1:edited";
    CHECK_UP(SURREAL_ERR_USAGE);
    SAID("step 2");
    the.steps[0][1].checksum = the.steps[0][1].text;
    the.steps[0][3].checksum = "1:edited";
    the.at[0].checksum = "1:edited";
    CHECK_STATUS(down_to("", SURREAL_DOWN_LOSSY), SURREAL_ERR_USAGE);
    SAID("half applied");
    sql("UPDATE p:13 SET n = 1; DELETE seen");
    hear_begin(0);
    CHECK_UP(SURREAL_OK);
    CHECK_STR(told, "begin 0/4 0/0\nrows 1/4 20/26\nrows 1/4 26/26\n"
                    "step 2/4 0/0\nstep 3/4 0/0\nstep 4/4 0/0\ndone 4/4 0/0\n");
    CHECK_STR(value("[(SELECT VALUE m FROM ONLY p:1), "
                    "(SELECT VALUE m FROM ONLY p:25)]"), "[1, 1]");
    CHECK_STR(value("array::distinct((SELECT VALUE m FROM p))"), "[1]");
    CHECK_STR(value("(SELECT VALUE checksum FROM _surrealgen_migration)"),
              "['1:edited']");
    CHECK_UP(SURREAL_OK);
}

/* A failure in the first step leaves nothing, whatever kind it is of. */
TEST(test_live_migrate_steps_first_fails)
{
    fresh("s_first");
    sql("DEFINE TABLE p SCHEMAFULL; DEFINE FIELD n ON p TYPE int; "
        "CREATE p:1 SET n = 1; CREATE p:2 SET n = 1");
    chain_add("a");
    chain_data("p", 10, false, "UPDATE $batch SET n = 'x'");
    chain_step(SURREAL_STEP_TX, "DEFINE TABLE b");
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK(!report.is_partly);
    CHECK_STR(value(HISTORY), "[]");
    chain_fill(&the.steps[0][0], SURREAL_STEP_INDEX,
               "DEFINE INDEX ux ON p FIELDS n UNIQUE CONCURRENTLY");
    the.steps[0][0].index = "ux";
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK(!report.is_partly);
    SAID("cannot be built");
    SAID("ux");
    CHECK_STR(value(HISTORY), "[]");
    chain_fill(&the.steps[0][0], SURREAL_STEP_TX, "DEFINE TABLE p");
    CHECK_UP(SURREAL_ERR_EXISTS);
    CHECK(!report.is_partly);
    CHECK_STR(value(HISTORY), "[]");
    CHECK_STR(value("(SELECT * FROM _surrealgen_lock)"), "[]");
}

/* ---- indexes ------------------------------------------------------------ */

static const char *
indexes(void)
{
    static char text[1024];
    surreal_result *r = live_run(db, "INFO FOR TABLE p", SURREAL_NO_VARS);

    snprintf(text, sizeof text, "%s",
             live_text(surreal_field(surreal_statement_value(r, 0),
                                     "indexes")));
    surreal_result_free(r);
    return text;
}

TEST(test_live_migrate_steps_index)
{
    fresh("s_index");
    sql("DEFINE TABLE p");
    rows("p", 1, 200);
    chain_add("a");
    chain_step(SURREAL_STEP_TX, "DEFINE FIELD n ON p TYPE int");
    chain_index("p", "ux", "DEFINE INDEX ux ON p FIELDS n UNIQUE "
                           "CONCURRENTLY;");
    CHECK_UP(SURREAL_ERR_STATEMENT);
    CHECK(report.is_partly);
    CHECK_INT(report.step, 1);
    SAID("already contains 1");
    CHECK_STR(indexes(), "{}");
    CHECK_STR(value(HISTORY), "['a partial 1']");
    sql("UPDATE p SET n = record::id(id) RETURN NONE");
    /* One that somebody else made is not taken for ours. */
    sql("DEFINE INDEX ux ON p FIELDS n");
    CHECK_UP(SURREAL_ERR_EXISTS);
    CHECK_INT(report.statement, 0);
    CHECK(strstr(indexes(), "ux") != NULL);
    sql("REMOVE INDEX ux ON p");
    CHECK_UP(SURREAL_OK);
    CHECK(strstr(indexes(), "UNIQUE") != NULL);

    /* Killed behind DEFINE: it is ours, and is not defined again. */
    sql("UPDATE _surrealgen_migration SET status = 'partial', "
        "steps_done = 1, cursor = 'index'");
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value(HISTORY), "['a applied 2']");
    /* Killed before it. */
    sql("UPDATE _surrealgen_migration SET status = 'partial', "
        "steps_done = 1, cursor = 'index'; REMOVE INDEX ux ON p");
    CHECK_UP(SURREAL_OK);
    CHECK(strstr(indexes(), "UNIQUE") != NULL);
}

/* ---- ids of every kind -------------------------------------------------- */

/* SurrealDB 2 took no range behind a uuid, and left rows out behind arrays. */
TEST(test_live_migrate_steps_keys_of_all_kinds)
{
    size_t batch;

    for (batch = 1; batch <= 4; batch += 3) {
        fresh("s_keys");
        sql("DEFINE TABLE p; FOR $i IN 1..8 { "
            "CREATE p SET id = $i; CREATE p SET id = 'k y' + <string>$i; "
            "CREATE p SET id = <string>$i; CREATE p SET id = rand::uuid(); "
            "CREATE p SET id = [$i, 'a', rand::uuid()]; "
            "CREATE p SET id = [$i]; CREATE p SET id = { a: $i, b: [] }; }");
        chain_add("a");
        chain_data("p", (uint32_t)batch, true,
                   "UPDATE $batch SET n = (n ?? 0) + 1 WHERE id != NONE");
        CHECK_UP(SURREAL_OK);
        CHECK_STR(value("(SELECT VALUE count() FROM p WHERE n = 1 GROUP ALL)"),
                  live_major >= 3 ? "[49]" : "[{ count: 49 }]");
    }
}

/* ---- duplicates that the migration makes --------------------------------- */

typedef struct dup_case {
    const char *define; /* a statement; the one before it gives `k` to rows */
    const char *said;   /* NULL: the rows are not alike for this index */
} dup_case;

/* p:1 and p:2 are alike in a, k and t; b differs, nil is NONE, e is []. */
static const dup_case dup_cases[] = {
    {"DEFINE INDEX ux ON p FIELDS k UNIQUE", "2 rows would have the same"},
    {"DEFINE INDEX ux ON TABLE p COLUMNS k UNIQUE", "['x']"},
    {"define index OVERWRITE ux on p fields k, a unique", "['x', 1]"},
    {"DEFINE INDEX IF NOT EXISTS ux ON p FIELDS a, /* UNIQUE */ k UNIQUE "
     "COMMENT 'one, two'", "[1, 'x']"},
    {"DEFINE INDEX ux ON p FIELDS k COMMENT 'it is' UNIQUE", "['x']"},
    {"DEFINE INDEX `u x` ON `p` FIELDS `k`, o.n UNIQUE", "['x', 7]"},
    {"DEFINE INDEX ux ON p FIELDS t, k UNIQUE", "[[1, 2], 'x']"},
    {"DEFINE INDEX ux ON p FIELDS k, b UNIQUE", NULL},
    {"DEFINE INDEX ux ON p FIELDS nil UNIQUE", NULL},
    {"DEFINE INDEX ux ON p FIELDS e UNIQUE", NULL},
    {"DEFINE INDEX ux ON p FIELDS kind, a UNIQUE", NULL}, /* mended by it */
    {"DEFINE INDEX ux ON p FIELDS k", NULL},
    {"DEFINE INDEX ux ON p FIELDS k COMMENT 'UNIQUE'", NULL},
};

TEST(test_live_migrate_steps_make_duplicates)
{
    size_t i;

    for (i = 0; i < sizeof dup_cases / sizeof dup_cases[0]; i++) {
        const dup_case *c = &dup_cases[i];

        fresh("s_dups");
        sql("DEFINE TABLE p; CREATE p:1 SET a = 1, b = 1, o.n = 7, kind = 1, "
            "t = [1, 2], e = []; CREATE p:2 SET a = 1, b = 2, o.n = 7, "
            "kind = 1, t = [1, 2], e = []");
        chain_add("a");
        chain_step(SURREAL_STEP_TX, "DEFINE FIELD k ON p TYPE option<string>");
        chain_data("p", 10, true, "UPDATE $batch SET k = 'x', kind = "
                                    "record::id(id) WHERE k = NONE");
        chain_step(SURREAL_STEP_TX, c->define)->line = 30;
        if (c->said) {
            CHECK_UP(SURREAL_ERR_THROWN);
            CHECK(!report.is_partly);
            CHECK_INT(report.step, 2);
            CHECK_INT(report.statement, 0);
            SAID(c->said);
            SAID("(up.surql:30)");
            CHECK_STR(value(HISTORY), "[]");
            CHECK_STR(value("(SELECT VALUE k FROM p:1)"), "[NONE]");
        } else {
            CHECK_UP(SURREAL_OK);
        }
    }
    /* Built beside the traffic: not tried, but counted. */
    fresh("s_dups");
    sql("DEFINE TABLE p; CREATE p:1; CREATE p:2");
    chain_add("a");
    chain_data("p", 10, true, "UPDATE $batch SET k = 'x' WHERE k = NONE");
    chain_index("p", "ux", "DEFINE INDEX ux ON p FIELDS k UNIQUE "
                           "CONCURRENTLY;");
    CHECK_UP(SURREAL_ERR_THROWN);
    CHECK(!report.is_partly);
    CHECK_INT(report.step, 1);
}

/* ---- the lock ----------------------------------------------------------- */

TEST(test_live_migrate_lock)
{
    slug_chain("s_lock");
    the.at[0].up_count = 2;
    how.to = "";
    chain_tx("b", "DEFINE TABLE b", NULL);
    /* The tables, and nothing else. */
    how.to = NULL;
    how.mode = SURREAL_MIGRATE_DOWN;
    CHECK_UP(SURREAL_OK);
    how.mode = SURREAL_MIGRATE_UP;
    sql("CREATE _surrealgen_lock:migrate SET owner = 'them', "
        "held_by = 'deploy-7', host = 'web-3', pid = 14, "
        "since = time::now() - 14s, until = time::now() + 60s");
    hear_begin(0);
    how.lock_wait_ms = -1;
    CHECK_UP(SURREAL_ERR_TIMEOUT);
    SAID("deploy-7 (host web-3, pid 14), since 1"); /* 14 s, or more */
    CHECK_STR(told, "begin 0/2 0/0\n");
    CHECK_STR(value(HISTORY), "[]");
    how.lock_wait_ms = 400;
    hear_begin(0);
    CHECK_UP(SURREAL_ERR_TIMEOUT);
    CHECK_STR(told, "begin 0/2 0/0\nwaiting 0/0 0/0\n");
    CHECK_STR(value("(SELECT VALUE owner FROM _surrealgen_lock)"),
              "['them']");
    hear_begin(2); /* the one who looks on gives up */
    CHECK_UP(SURREAL_ERR_CANCELLED);

    /* It expires while we wait. */
    sql("UPDATE _surrealgen_lock:migrate SET until = time::now() + 600ms");
    how.lock_wait_ms = 20000;
    hear_begin(0);
    CHECK_UP(SURREAL_OK);
    CHECK(strstr(told, "waiting") != NULL);
    CHECK_INT(report.done, 2);
    CHECK_STR(value("(SELECT * FROM _surrealgen_lock)"), "[]");
}

TEST(test_live_migrate_lock_of_the_dead)
{
    char text[256];
    char host[64];

    slug_chain("s_dead");
    the.at[0].up_count = 2;
    how.mode = SURREAL_MIGRATE_DOWN;
    CHECK_UP(SURREAL_OK);
    how.mode = SURREAL_MIGRATE_UP;
    gethostname(host, sizeof host);
    /* 2^22 is beyond every process id of Linux. */
    snprintf(text, sizeof text,
             "CREATE _surrealgen_lock:migrate SET owner = 'them', "
             "held_by = 'x', host = '%s', pid = 4194305, "
             "since = time::now(), until = time::now() + 60s", host);
    sql(text);
    how.lock_wait_ms = -1;
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value(HISTORY), "['slug applied 2']");
}

/* ---- somebody else is faster -------------------------------------------- */

/* From within an event another connection does the rest. */
static surreal *other;
static int other_at;

static surreal_status
overtake(void *user, const surreal_migrate_event *e)
{
    (void)user;
    (void)e;
    if (++events == other_at) {
        surreal_migrate_options o;

        memset(&o, 0, sizeof o);
        /* As if our lock had expired. */
        surreal_result_free(live_run(other, "DELETE _surrealgen_lock",
                                     SURREAL_NO_VARS));
        CHECK_INT(surreal_migrate(other, &the.all, &o, NULL), SURREAL_OK);
    }
    return SURREAL_OK;
}

TEST(test_live_migrate_steps_overtaken)
{
    for (other_at = 1; other_at <= 8; other_at++) {
        slug_chain("s_over");
        other = live_open("s_over_other");
        CHECK_INT(surreal_use(other, "live", "s_over"), SURREAL_OK);
        events = 0;
        how.on_event = overtake;
        CHECK_UP(SURREAL_OK);
        surreal_close(other);
        CHECK_STR(value(ONES), "[{ c: 26, m: 1 }]");
        CHECK_STR(value(HISTORY), "['slug applied 4']");
        CHECK_STR(value(LOG), "['up']");
    }
}

/* ---- other ways --------------------------------------------------------- */

TEST(test_live_migrate_steps_fake_the_rest)
{
    slug_chain("s_fake");
    hear_begin(2);
    CHECK_UP(SURREAL_ERR_CANCELLED);
    CHECK(report.is_partly);
    CHECK_STR(value(HISTORY), "['slug partial 1']");
    memset(&how, 0, sizeof how);
    how.mode = SURREAL_MIGRATE_FAKE;
    how.reason = "done by hand";
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value(HISTORY), "['slug applied 4']");
    CHECK_STR(value(LOG), "['fake']");
}

TEST(test_live_migrate_steps_archive)
{
    fresh("s_attic");
    sql("DEFINE TABLE p");
    rows("p", 1, 12);
    chain_add("a");
    chain_data("p", 5, true, "UPDATE $batch UNSET n")->archive = "p.n";
    how.archive = true;
    CHECK_UP(SURREAL_OK);
    CHECK_STR(value("(SELECT VALUE n FROM p WHERE n != NONE)"), "[]");
    CHECK_STR(value("(SELECT old, count() AS c FROM _surrealgen_attic "
                    "GROUP BY old)"), "[{ c: 12, old: 1 }]");
}

/* Back in steps, stopped after each of them, and on. */
TEST(test_live_migrate_steps_down)
{
    int i;

    slug_chain("s_down");
    chain_down(SURREAL_STEP_TX, "REMOVE INDEX mx ON p; "
                                "DEFINE FIELD OVERWRITE m ON p TYPE any;");
    chain_down(SURREAL_STEP_DATA, "UPDATE $batch SET n += 1")->table = "p";
    the.downs[0][1].batch = 10;
    chain_down(SURREAL_STEP_TX, "REMOVE FIELD m ON p; UPDATE p UNSET m");
    CHECK_UP(SURREAL_OK);
    how.mode = SURREAL_MIGRATE_DOWN;
    for (i = 0; i < 4; i++) {
        hear_begin(2);
        CHECK_UP(SURREAL_ERR_CANCELLED);
        CHECK(strstr(value(HISTORY), "slug reverting") != NULL);
        CHECK(report.is_partly);
        /* Up again only when that is finished. */
        how.mode = SURREAL_MIGRATE_UP;
        CHECK_UP(SURREAL_ERR_USAGE);
        SAID("half taken back");
        how.mode = SURREAL_MIGRATE_DOWN;
    }
    the.downs[0][0].checksum = "1:edited";
    CHECK_UP(SURREAL_ERR_USAGE);
    the.downs[0][0].checksum = the.downs[0][0].text;
    hear_begin(0);
    CHECK_UP(SURREAL_OK);
    CHECK_STR(told, "begin 0/3 0/0\nstep 3/3 0/0\ndone 3/3 0/0\n");
    CHECK_STR(value(HISTORY), "[]");
    CHECK_STR(value("(SELECT n, m, count() AS c FROM p GROUP BY n, m)"),
              "[{ c: 26, m: NONE, n: 2 }]");
    CHECK_STR(value(LOG), "['up', 'down']");
}

/* ---- much --------------------------------------------------------------- */

#define MUCH 100000

TEST(test_live_migrate_steps_bounded_memory)
{
    test_heap heap;
    surreal_options opt;
    surreal *plain;
    long all = MUCH;
    long at;
    const char *more = getenv("MIGRATE_ROWS");

    if (more) all = strtol(more, NULL, 10);
    fresh("s_much");
    plain = db;
    memset(&heap, 0, sizeof heap);
    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = "s_much";
    opt.tls.ca_file = live_ca;
    opt.allocator.resize = test_resize;
    opt.allocator.user = &heap;
    sql("DEFINE TABLE p");
    for (at = 0; at < all; at += 10000) rows("p", at + 1, at + 10000);
    CHECK_INT(surreal_open(live_url, &opt, &db), SURREAL_OK);
    chain_add("a");
    chain_data("p", 1000, true, "UPDATE $batch SET n += 1");
    CHECK_UP(SURREAL_OK);
    surreal_close(db);
    db = plain;
    CHECK_STR(value("array::distinct((SELECT VALUE n FROM p))"), "[2]");
    CHECK_INT(heap.held, 0);
    if (heap.peak > 256 * 1024) TEST_FAIL("%zu bytes", heap.peak);
}

TEST_MAIN(
    live_init();
    RUN(test_live_migrate_steps_all);
    RUN(test_live_migrate_steps_loud_where);
    RUN(test_live_migrate_steps_data_alone);
    RUN(test_live_migrate_steps_go_on);
    RUN(test_live_migrate_steps_first_fails);
    RUN(test_live_migrate_steps_index);
    RUN(test_live_migrate_steps_keys_of_all_kinds);
    RUN(test_live_migrate_steps_make_duplicates);
    RUN(test_live_migrate_lock);
    RUN(test_live_migrate_lock_of_the_dead);
    RUN(test_live_migrate_steps_overtaken);
    RUN(test_live_migrate_steps_fake_the_rest);
    RUN(test_live_migrate_steps_archive);
    RUN(test_live_migrate_steps_down);
    RUN(test_live_migrate_steps_bounded_memory);
    if (db) surreal_close(db);
)
