/* tests/live/migrate.h: chains of migrations for tests, and what they left. */
#ifndef MIGRATE_H
#define MIGRATE_H
#include "tests/live/live.h"

static surreal *db;

/* ---- chains ---------------------------------------------------------------
 *
 * The checksum of a step is its text, that of a migration the text of its
 * first step; tests of edits set their own. */
#define CHAIN_STEPS 8
#define CHAIN_MOST 24

typedef struct chain {
    surreal_migration_step steps[CHAIN_MOST][CHAIN_STEPS];
    surreal_migration_step downs[CHAIN_MOST][CHAIN_STEPS];
    surreal_migration at[CHAIN_MOST];
    char ids[CHAIN_MOST][40];
    surreal_migrations all;
} chain;

static chain the; /* of the test under way */
static surreal_migrate_options how;
static surreal_migrate_report report;

static surreal_migration *
chain_add(const char *name)
{
    size_t i = the.all.count++;
    surreal_migration *m = &the.at[i];

    snprintf(the.ids[i], sizeof the.ids[i], "20260801%06d_%s", (int)i, name);
    m->id = the.ids[i];
    m->parent = i ? the.ids[i - 1] : NULL;
    m->checksum = "1:none";
    m->schema_hash = "1:schema";
    m->up = the.steps[i];
    return m;
}

static surreal_migration_step *
chain_fill(surreal_migration_step *s, surreal_step_kind kind, const char *text)
{
    s->kind = kind;
    s->text = text;
    s->len = strlen(text);
    s->checksum = text;
    s->line = 10;
    return s;
}

/* Another step of the last one. */
static surreal_migration_step *
chain_step(surreal_step_kind kind, const char *text)
{
    size_t i = the.all.count - 1;
    surreal_migration *m = &the.at[i];

    if (!m->up_count) m->checksum = text;
    return chain_fill(&the.steps[i][m->up_count++], kind, text);
}

static surreal_migration_step *
chain_down(surreal_step_kind kind, const char *text)
{
    size_t i = the.all.count - 1;
    surreal_migration *m = &the.at[i];

    m->down = the.downs[i];
    return chain_fill(&the.downs[i][m->down_count++], kind, text);
}

static SURREAL_UNUSED surreal_migration_step *
chain_data(const char *table, uint32_t batch, bool quiet, const char *text)
{
    surreal_migration_step *s = chain_step(SURREAL_STEP_DATA, text);

    s->table = table;
    s->batch = batch;
    s->is_quiet = quiet;
    return s;
}

static SURREAL_UNUSED surreal_migration_step *
chain_index(const char *table, const char *index, const char *text)
{
    surreal_migration_step *s = chain_step(SURREAL_STEP_INDEX, text);

    s->table = table;
    s->index = index;
    return s;
}

/* One migration of one transaction, and back. */
static void
chain_tx(const char *name, const char *up_text, const char *down_text)
{
    chain_add(name);
    chain_step(SURREAL_STEP_TX, up_text);
    if (down_text) chain_down(SURREAL_STEP_TX, down_text);
}

/* ---- running ------------------------------------------------------------ */

static void
fresh(const char *name)
{
    if (db) surreal_close(db);
    db = live_open(name);
    memset(&the, 0, sizeof the);
    memset(&how, 0, sizeof how);
    the.all.at = the.at;
    the.all.major = live_major;
}

static void
check_status(surreal *conn, surreal_status got, surreal_status want, int line)
{
    if (got != want) {
        TEST_FAIL("line %d: \"%s\", expected \"%s\": %s", line,
                  surreal_status_text(got), surreal_status_text(want),
                  surreal_last_error(conn)->message);
    }
}

#define CHECK_STATUS(got, want) check_status(db, (got), (want), __LINE__)
#define MIGRATE() surreal_migrate(db, &the.all, &how, &report)
#define CHECK_UP(want) CHECK_STATUS(MIGRATE(), want)

static SURREAL_UNUSED surreal_status
down_to(const char *id, surreal_down_class allow)
{
    surreal_migrate_options o = how;

    o.mode = SURREAL_MIGRATE_DOWN;
    o.to = id;
    o.allow = allow;
    return surreal_migrate(db, &the.all, &o, &report);
}

#define SAID(text)                                                       \
    (strstr(surreal_last_error(db)->message, (text))                     \
         ? (void)0                                                       \
         : (void)TEST_FAIL("\"%s\" is not in: %s", (text),               \
                           surreal_last_error(db)->message))

/* What an expression gives, as text. */
static SURREAL_UNUSED const char *
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

static SURREAL_UNUSED void
sql(const char *text)
{
    surreal_result_free(live_run(db, text, SURREAL_NO_VARS));
}

/* The rows by the letter behind their time: "a applied 1". */
#define HISTORY                                                           \
    "(SELECT VALUE string::slice(record::id(id), 15) + ' ' + status + "   \
    "' ' + <string>steps_done FROM _surrealgen_migration)"
#define LOG "(SELECT action, at FROM _surrealgen_log ORDER BY at).action"

/* Is there such a table? */
static SURREAL_UNUSED bool
has_table(const char *name)
{
    surreal_result *r = live_run(db, "INFO FOR DB", SURREAL_NO_VARS);
    bool is = surreal_field(surreal_field(surreal_statement_value(r, 0),
                                          "tables"), name).doc != NULL;

    surreal_result_free(r);
    return is;
}

#endif
