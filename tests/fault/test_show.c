/* cc -I. -o build/fault/test_show tests/fault/test_show.c -lm
 *
 * surreal_migrate() that shows its requests: without a connection, stopped by
 * the program, and with memory that runs out. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

static const surreal_migration_step first_up[] = {
    {SURREAL_STEP_TX, "DEFINE TABLE a;", 15, NULL, NULL, NULL, NULL, NULL,
     "1:a", 1, 0, 0},
};
static const surreal_migration_step second_up[] = {
    {SURREAL_STEP_TX, "DEFINE FIELD n ON a;", 20, NULL, NULL, NULL, "a", NULL,
     "1:b", 1, 0, 0},
    {SURREAL_STEP_DATA, "UPDATE $batch SET n = 1;", 24, "a", NULL, "n = NONE",
     NULL, NULL, "1:c", 2, 100, 1},
    {SURREAL_STEP_INDEX, "DEFINE INDEX i ON a FIELDS n CONCURRENTLY;", 42,
     "a", "i", NULL, NULL, NULL, "1:d", 3, 0, 0},
};
static const surreal_migration_step first_down[] = {
    {SURREAL_STEP_TX, "REMOVE TABLE a;", 15, NULL, NULL, NULL, NULL, NULL,
     "1:e", 1, 0, 0},
};

static surreal_migration all[] = {
    {"1_a", NULL, "1:a", "1:aa", NULL, 0, first_up, 1, first_down, 1,
     SURREAL_DOWN_LOSSY, 0},
    {"2_b", "1_a", "1:b", "1:bb", NULL, 0, second_up, 3, first_down, 1,
     SURREAL_DOWN_LOSSY, 0},
};
static surreal_migrations chain = {all, 2, 3};

/* ---- who is shown them --------------------------------------------------- */

typedef struct seen {
    char kinds[64]; /* a letter each */
    size_t count;
    size_t stop_at; /* the request that is the last; 0: none */
    bool has_thing; /* SurrealDB 2's word */
} seen;

static surreal_status
see(void *user, const surreal_migrate_request *request)
{
    static const char letters[] = "TLUtRBAIW";
    seen *s = (seen *)user;

    CHECK_INT(strlen(request->text.ptr), request->text.len);
    if (strstr(request->text.ptr, "type::thing(")) s->has_thing = true;
    if (request->kind == SURREAL_MIGRATE_TRIAL) {
        CHECK(strstr(request->text.ptr, "THROW 'surrealgen: ") != NULL);
    }
    if (request->kind == SURREAL_MIGRATE_RUN) {
        CHECK(request->migration != NULL);
        CHECK(strstr(request->text.ptr, "LET $srl_id = "
                                        "_surrealgen_migration:") != NULL);
    }
    if (s->count + 1 < sizeof s->kinds) {
        s->kinds[s->count] = letters[request->kind];
    }
    s->count++;
    return s->count == s->stop_at ? SURREAL_ERR_CANCELLED : SURREAL_OK;
}

static surreal_status
show(surreal *db, surreal_migrate_mode mode, seen *s,
     surreal_migrate_report *report)
{
    surreal_migrate_options how;

    memset(&how, 0, sizeof how);
    how.mode = mode;
    how.to = mode == SURREAL_MIGRATE_DOWN ? "" : NULL;
    how.allow = SURREAL_DOWN_LOSSY;
    how.on_request = see;
    how.user = s;
    return surreal_migrate(db, &chain, &how, report);
}

/* Tables, the first; the lock, a trial of all, of the touch, the step; both
 * of the rows; what marks the index, makes, awaits and ends it; unlock. */
#define UP "TRLttRBARIWRU"

TEST(test_show_needs_no_connection)
{
    surreal_migrate_report report;
    seen s;

    memset(&s, 0, sizeof s);
    CHECK_STATUS(show(NULL, SURREAL_MIGRATE_UP, &s, &report), SURREAL_OK);
    CHECK_STR(s.kinds, UP);
    CHECK_INT(report.done, 2);
    CHECK(!s.has_thing);
    memset(&s, 0, sizeof s);
    CHECK_STATUS(show(NULL, SURREAL_MIGRATE_DOWN, &s, &report), SURREAL_OK);
    CHECK_STR(s.kinds, "RR");
    memset(&s, 0, sizeof s);
    CHECK_STATUS(show(NULL, SURREAL_MIGRATE_REHEARSE, &s, &report),
                 SURREAL_OK);
    CHECK_STR(s.kinds, "t");
    chain.major = 2;
    memset(&s, 0, sizeof s);
    CHECK_STATUS(show(NULL, SURREAL_MIGRATE_UP, &s, &report), SURREAL_OK);
    CHECK_STR(s.kinds, UP);
    CHECK(s.has_thing);
    chain.major = 3;
    CHECK_STATUS(surreal_migrate(NULL, &chain, NULL, &report),
                 SURREAL_ERR_USAGE);
}

TEST(test_show_stops_when_told)
{
    surreal_migrate_report report;
    size_t at;
    seen s;

    for (at = 1; at <= sizeof UP - 2; at++) {
        memset(&s, 0, sizeof s);
        s.stop_at = at;
        CHECK_STATUS(show(NULL, SURREAL_MIGRATE_UP, &s, &report),
                     SURREAL_ERR_CANCELLED);
        CHECK_STATUS(report.error.status, SURREAL_ERR_CANCELLED);
        CHECK_SAYS(&report.error, "stopped");
        /* Nothing but that the lock is given back. */
        CHECK(s.count == at || (s.count == at + 1 && s.kinds[at] == 'U'));
    }
}

TEST(test_show_says_what_is_wrong_with_the_chain)
{
    surreal_migrate_report report;
    seen s;

    memset(&s, 0, sizeof s);
    all[1].parent = "0_x";
    CHECK_STATUS(show(NULL, SURREAL_MIGRATE_UP, &s, &report),
                 SURREAL_ERR_USAGE);
    CHECK_SAYS(&report.error, "its parent is 0_x");
    CHECK_INT(s.count, 0);
    all[1].parent = "1_a";
    all[0].down_class = SURREAL_DOWN_IRREVERSIBLE;
    CHECK_STATUS(show(NULL, SURREAL_MIGRATE_DOWN, &s, &report),
                 SURREAL_ERR_USAGE);
    CHECK_SAYS(&report.error, "irreversible");
    CHECK_INT(s.count, 0);
    all[0].down_class = SURREAL_DOWN_LOSSY;
}

/* ---- without memory ------------------------------------------------------ */

typedef struct show_fault {
    test_heap heap;
    size_t at;
} show_fault;

static void *
fault_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    show_fault *f = (show_fault *)user;

    if (new_len && f->heap.calls + 1 == f->at) {
        f->heap.calls++;
        return NULL;
    }
    return test_resize(&f->heap, block, old_len, new_len);
}

/* A history without rows; nothing else is asked. */
static void
answer_none(script *s, const script_request *rq)
{
    srl_buf *b;

    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    CHECK(!strncmp(script_param_text(rq, 0).ptr, "SELECT ", 7));
    b = script_reply(s, rq->id, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
    srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
    srl_cbor_put_key(b, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 0);
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, "OK");
    srl_cbor_put_key(b, "time");
    srl_cbor_put_key(b, "1ms");
    script_send(s);
}

/* False when the fault lay behind the end. */
static bool
show_fault_at(size_t at, size_t *noticed)
{
    surreal_migrate_report report;
    surreal_status status;
    show_fault f;
    script s;
    seen saw;
    surreal *db;

    memset(&f, 0, sizeof f);
    memset(&saw, 0, sizeof saw);
    script_init(&s);
    s.answer = answer_none;
    s.options.allocator.resize = fault_resize;
    s.options.allocator.user = &f;
    db = script_open(&s);
    f.at = f.heap.calls + at;
    status = show(db, SURREAL_MIGRATE_UP, &saw, &report);
    if (status) {
        CHECK_STATUS(status, SURREAL_ERR_NOMEM);
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_NOMEM);
        CHECK(surreal_last_error(db)->message[0]);
        ++*noticed;
    } else {
        CHECK_STR(saw.kinds, UP);
    }
    at = f.at;
    script_end(&s, db);
    CHECK_INT(f.heap.held, 0);
    return f.heap.calls >= at;
}

TEST(test_show_every_allocation_fails_once)
{
    size_t noticed = 0;
    size_t at = 1;

    while (at < 500 && !test_failed_checks && show_fault_at(at, &noticed)) {
        at++;
    }
    if (test_failed_checks) TEST_FAIL("allocation %zu", at);
    CHECK(at < 500);
    CHECK(noticed > 20);
}

TEST_MAIN(RUN(test_show_needs_no_connection);
    RUN(test_show_stops_when_told);
    RUN(test_show_says_what_is_wrong_with_the_chain);
    RUN(test_show_every_allocation_fails_once);)
