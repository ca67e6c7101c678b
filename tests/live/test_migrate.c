/* tests/live/test_migrate.c: migrations on a real server.
 *
 *   make build/live/test_migrate && sh tests/live/run.sh build/live/test_migrate
 */
#include "tests/live/live.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

static surreal *db;

/* ---- chains ---------------------------------------------------------------
 *
 * Made of steps in an array: the checksum of a step is its text, that of a
 * migration all of them. */
#define MOST_STEPS 8
#define MOST 240

typedef struct chain {
    surreal_migration_step steps[MOST][MOST_STEPS];
    surreal_migration_step downs[MOST][MOST_STEPS];
    surreal_migration at[MOST];
    char ids[MOST][40];
    surreal_migrations all;
} chain;

static void
chain_begin(chain *c)
{
    memset(c, 0, sizeof *c);
    c->all.at = c->at;
    c->all.major = live_major;
}

static surreal_migration *
chain_add(chain *c, const char *name)
{
    size_t i = c->all.count++;
    surreal_migration *m = &c->at[i];

    snprintf(c->ids[i], sizeof c->ids[i], "20260801%06d_%s", (int)i, name);
    m->id = c->ids[i];
    m->parent = i ? c->ids[i - 1] : NULL;
    m->checksum = "1:none";
    m->schema_hash = "1:schema";
    m->up = c->steps[i];
    m->down = c->downs[i];
    return m;
}

static surreal_migration_step *
step_fill(surreal_migration_step *s, surreal_step_kind kind, const char *text)
{
    s->kind = kind;
    s->text = text;
    s->len = strlen(text);
    s->checksum = text;
    s->line = 10;
    return s;
}

static surreal_migration_step *
chain_step(chain *c, surreal_step_kind kind, const char *text)
{
    surreal_migration *m = &c->at[c->all.count - 1];
    surreal_migration_step *s = &c->steps[c->all.count - 1][m->up_count++];

    if (m->up_count == 1) m->checksum = text;
    return step_fill(s, kind, text);
}

static surreal_migration_step *
chain_down(chain *c, surreal_step_kind kind, const char *text)
{
    surreal_migration *m = &c->at[c->all.count - 1];

    return step_fill(&c->downs[c->all.count - 1][m->down_count++], kind, text);
}

/* One migration of one transaction, and back. */
static void
chain_tx(chain *c, const char *name, const char *up, const char *down)
{
    chain_add(c, name);
    chain_step(c, SURREAL_STEP_TX, up);
    if (down) chain_down(c, SURREAL_STEP_TX, down);
}

static chain the; /* of the test under way */

static surreal_migrate_report report;

static surreal_status
up(surreal *conn)
{
    return surreal_migrate(conn, &the.all, NULL, &report);
}

#define CHECK_UP(want) check_status(up(db), (want), __LINE__)

static void
check_status(surreal_status got, surreal_status want, int line)
{
    if (got != want) {
        TEST_FAIL("line %d: \"%s\", expected \"%s\": %s", line,
                  surreal_status_text(got), surreal_status_text(want),
                  surreal_last_error(db)->message);
    }
}

#define CHECK_STATUS(got, want) check_status((got), (want), __LINE__)

/* What an expression gives, as text. */
static const char *
value(const char *expr)
{
    static char text[4096];
    char query[1024];
    surreal_result *r;

    snprintf(query, sizeof query, "RETURN %s", expr);
    r = live_run(db, query, SURREAL_NO_VARS);
    snprintf(text, sizeof text, "%s",
             live_text(surreal_statement_value(r, 0)));
    surreal_result_free(r);
    return text;
}

#define HISTORY                                                            \
    "(SELECT VALUE record::id(id) + ' ' + status + ' ' + <string>steps_done " \
    "FROM _surrealgen_migration)"

static void
fresh(const char *name)
{
    if (db) surreal_close(db);
    db = live_open(name);
    chain_begin(&the);
}

/* ---- one transaction each ----------------------------------------------- */

TEST(test_live_migrate_applies_each_once)
{
    bool current = true;

    fresh("m_once");
    chain_tx(&the, "a", "DEFINE TABLE a; DEFINE FIELD n ON a TYPE int;",
             "REMOVE TABLE a;");
    chain_tx(&the, "b", "DEFINE TABLE b", "REMOVE TABLE b");
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(!current);
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 2);
    CHECK_UP(SURREAL_OK);
    CHECK_INT(report.done, 0);
    CHECK_STR(value(HISTORY), "['20260801000000_a applied 1', "
                              "'20260801000001_b applied 1']");
    CHECK_STATUS(surreal_migrate_check(db, &the.all, &current), SURREAL_OK);
    CHECK(current);
    CHECK_STR(value("(SELECT action, at FROM _surrealgen_log ORDER BY at).action"),
              "['up', 'up']");
    CHECK_STR(value("(SELECT VALUE took > 0s FROM _surrealgen_migration)"),
              "[true, true]");
}

TEST_MAIN(
    live_init();
    RUN(test_live_migrate_applies_each_once);
    if (db) surreal_close(db);
)
