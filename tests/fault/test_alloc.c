/* cc -I. -o build/fault/test_alloc tests/fault/test_alloc.c -lm
 *
 * Every allocation of a session fails once, and from there on all of them:
 * each call says so or succeeds, nothing leaks, and a connection that is still
 * open still works. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

/* test_resize, where one call fails or all from it on. */
typedef struct alloc_fault {
    test_heap heap;
    size_t at;
    bool from_on;
    bool is_off;
} alloc_fault;

static void *
fault_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    alloc_fault *f = (alloc_fault *)user;

    if (new_len && !f->is_off) {
        size_t call = f->heap.calls + 1;

        if (call == f->at || (f->from_on && f->at && call > f->at)) {
            f->heap.calls++;
            return NULL;
        }
    }
    return test_resize(&f->heap, block, old_len, new_len);
}

/* Set by a check of any call that had no memory. */
static bool had_nomem;

static surreal_status
ok_or_nomem(surreal_status status, surreal_status other, const char *what)
{
    if (status == SURREAL_ERR_NOMEM) {
        had_nomem = true;
    } else if (status != other) {
        TEST_FAIL("%s: \"%s\"", what, surreal_status_text(status));
    }
    return status;
}

#define OK_OR_NOMEM(x) ok_or_nomem((x), SURREAL_OK, #x)
#define IS_OR_NOMEM(x, other) ok_or_nomem((x), (other), #x)

/* ---- the session --------------------------------------------------------- */

static const script_row mixed_rows[] = {
    {NULL, NULL, 1},
    {"The query was not executed due to a failed transaction",
     "Query/NotExecuted", 0},
    {"Database record `t:1` already exists", "AlreadyExists/Record", 0},
    {"The query was not executed due to a cancelled transaction",
     "Query/Cancelled", 0},
    {NULL, NULL, 5},
};

#define MIXED (sizeof mixed_rows / sizeof mixed_rows[0])

static void
answer_mixed(script *s, const script_request *rq)
{
    if (script_is(rq, "query") &&
        surreal_str_eq(script_param_text(rq, 0), SURREAL_LIT("MIXED"))) {
        script_rows(s, rq->id, mixed_rows, MIXED);
    } else if (script_is(rq, "query") &&
               surreal_str_eq(script_param_text(rq, 0),
                              SURREAL_LIT("WRONG"))) {
        script_error(s, rq->id, -32000, "Validation", "Parse error: no");
    } else {
        script_answer(s, rq);
    }
}

static void
session_blob(surreal *db)
{
    static char blob[6001];
    surreal_result *r = NULL;
    surreal_value row;
    surreal_str text;

    memset(blob, 'b', sizeof blob - 1);
    OK_OR_NOMEM(surreal_query(db, "RETURN $b",
                              SURREAL_VARS(surreal_bind_text("b", blob),
                                           surreal_bind_int("n", -7)), &r));
    if (!r) return;
    CHECK_STATUS(surreal_one(r, 0, &row), SURREAL_OK);
    CHECK_INT(surreal_int_at(row, "n"), -7);
    if (OK_OR_NOMEM(surreal_get_str(surreal_field(row, "b"), &text)) ==
        SURREAL_OK) {
        CHECK_MEM(text.ptr, text.len, blob, sizeof blob - 1);
    }
    if (!surreal_result_alloc(r, 100000)) had_nomem = true;
    surreal_statement_time(r, 0);
    surreal_result_free(r);
}

/* Statements in memory of their own, and errors made when asked for. */
static void
session_mixed(surreal *db)
{
    surreal_result *r = NULL;
    size_t i;

    IS_OR_NOMEM(surreal_query(db, "MIXED", SURREAL_NO_VARS, &r),
                SURREAL_ERR_EXISTS);
    if (!r) return;
    CHECK(surreal_result_error(r) != NULL);
    IS_OR_NOMEM(surreal_result_error(r)->status, SURREAL_ERR_EXISTS);
    for (i = 0; i < MIXED; i++) {
        const surreal_error *err = surreal_statement_error(r, i);

        CHECK((err != NULL) == (mixed_rows[i].error != NULL));
        if (err) IS_OR_NOMEM(err->status, surreal_statement_status(r, i));
    }
    CHECK_STATUS(surreal_statement_status(r, 0), SURREAL_OK);
    CHECK_STATUS(surreal_statement_status(r, 2), SURREAL_ERR_EXISTS);
    surreal_result_free(r);
}

static void
session_started(surreal *db)
{
    script_end_of ends[40];
    size_t i;
    size_t started = 0;

    /* More than one block of slots. */
    for (i = 0; i < 40; i++) {
        if (OK_OR_NOMEM(script_query(db, (int64_t)i, &ends[i], NULL)) ==
            SURREAL_OK) {
            started++;
        }
    }
    CHECK_INT(surreal_pending(db), started);
    while (surreal_pending(db)) {
        surreal_step(db);
    }
    for (i = 0; i < 40; i++) {
        if (!ends[i].calls) continue;
        started--;
        CHECK_INT(ends[i].calls, 1);
        if (OK_OR_NOMEM(ends[i].status) == SURREAL_OK) {
            CHECK_INT(ends[i].n, (int64_t)i);
        }
    }
    CHECK_INT(started, 0);
}

static void
session_from(const surreal_allocator *allocator)
{
    static const uint8_t item[] = {0x82, 0x61, 'a', 0x61, 'b'};
    surreal_bytes bytes;
    surreal_result *r = NULL;
    surreal_str text;
    surreal_error err;

    bytes.ptr = item;
    bytes.len = sizeof item;
    if (OK_OR_NOMEM(surreal_result_from(allocator, bytes, &r, &err)) ==
        SURREAL_OK) {
        OK_OR_NOMEM(surreal_get_str(
            surreal_at(surreal_statement_value(r, 0), 1), &text));
    }
    CHECK(r || err.status == SURREAL_ERR_NOMEM);
    surreal_result_free(r);
}

/* Everything a program does; goes on whatever fails. */
static void
session_all(script *s, surreal *db)
{
    session_from(&s->options.allocator);
    session_blob(db);
    session_mixed(db);
    IS_OR_NOMEM(surreal_query(db, "WRONG", SURREAL_NO_VARS, NULL),
                SURREAL_ERR_QUERY);
    OK_OR_NOMEM(surreal_use(db, "other", "place"));
    OK_OR_NOMEM(test_signin(db, "n", "d", "someone", "some password"));
    OK_OR_NOMEM(surreal_ping(db));
    script_frame(s, SCRIPT_PING, "x", 1);
    OK_OR_NOMEM(surreal_step(db));
    session_started(db);
}

static void
session_setup(script *s, alloc_fault *f)
{
    script_init(s);
    s->answer = answer_mixed;
    s->options.allocator.resize = fault_resize;
    s->options.allocator.user = f;
}

/* One run with its fault; false when the fault lay behind the end. */
static bool
session_fault(alloc_fault *f)
{
    script s;
    surreal *db;

    session_setup(&s, f);
    had_nomem = false;
    db = script_open(&s);
    if (!db) had_nomem = true;
    if (db && surreal_get_state(db) == SURREAL_FAILED) {
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_NOMEM);
        CHECK_SAYS(surreal_last_error(db), "memory");
    }
    if (db) session_all(&s, db);
    f->is_off = true;
    if (db && surreal_get_state(db) == SURREAL_OPEN) {
        CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        session_all(&s, db);
    } else if (db) {
        CHECK_STATUS(surreal_ping(db), SURREAL_ERR_NOMEM);
    }
    script_end(&s, db);
    CHECK_INT(f->heap.held, 0);
    /* A fault nobody noticed must at least have been survived. */
    return f->heap.calls >= f->at;
}

static void
fault_everywhere(bool from_on)
{
    size_t at;
    size_t noticed = 0;

    for (at = 1; at < 2000 && !test_failed_checks; at++) {
        alloc_fault f;
        size_t calls;

        memset(&f, 0, sizeof f);
        f.at = at;
        f.from_on = from_on;
        session_fault(&f);
        calls = f.heap.calls;
        noticed += had_nomem;
        if (test_failed_checks) TEST_FAIL("allocation %zu fails", at);
        if (!had_nomem && calls < at) break;
    }
    CHECK(noticed > 20);
    CHECK(at < 2000);
}

TEST(test_the_session_without_faults)
{
    alloc_fault f;

    memset(&f, 0, sizeof f);
    session_fault(&f);
    CHECK(!had_nomem);
    CHECK(f.heap.calls > 40);
}

TEST(test_each_allocation_fails_once)
{
    fault_everywhere(false);
}

TEST(test_all_allocations_fail_from_one_on)
{
    fault_everywhere(true);
}

/* What the first request that has no memory must not take with it. */
TEST(test_a_request_without_memory_fails_alone)
{
    script s;
    alloc_fault f;
    script_end_of first;
    script_end_of second;
    surreal *db;
    static char blob[5001];

    memset(&f, 0, sizeof f);
    memset(blob, 'b', sizeof blob - 1);
    session_setup(&s, &f);
    db = script_open(&s);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_STATUS(script_query(db, 1, &first, NULL), SURREAL_OK);
    f.at = f.heap.calls + 1;
    memset(&second, 0, sizeof second);
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN $b"),
                                     SURREAL_VARS(surreal_bind_text("b",
                                                                    blob)),
                                     script_note, &second, NULL),
                 SURREAL_ERR_NOMEM);
    CHECK_SAYS(surreal_last_error(db), "memory");
    CHECK_INT(second.calls, 0);
    CHECK_INT(surreal_pending(db), 1);
    while (surreal_pending(db)) {
        surreal_step(db);
    }
    CHECK_INT(first.n, 1);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    script_end(&s, db);
    CHECK_INT(f.heap.held, 0);
}

/* surreal_open itself: the handle, the address, the options. */
TEST(test_open_without_memory)
{
    size_t at;

    for (at = 1; at < 20; at++) {
        alloc_fault f;
        surreal_options o;
        surreal *db = (surreal *)&o;
        surreal_status status;

        memset(&f, 0, sizeof f);
        memset(&o, 0, sizeof o);
        f.at = at;
        o.ns = "n", o.db = "d", o.user = "u", o.pass = "p", o.auth_ns = "a";
        o.allocator.resize = fault_resize;
        o.allocator.user = &f;
        status = surreal_open_start("ws://127.0.0.1:1", &o, &db);
        if (at == 1) CHECK(!db);
        CHECK_STATUS(surreal_last_error(db)->status, status);
        if (f.heap.calls >= at) CHECK_STATUS(status, SURREAL_ERR_NOMEM);
        surreal_close(db);
        CHECK_INT(f.heap.held, 0);
    }
}

TEST_MAIN(RUN(test_the_session_without_faults);
    RUN(test_each_allocation_fails_once);
    RUN(test_all_allocations_fail_from_one_on);
    RUN(test_a_request_without_memory_fails_alone);
    RUN(test_open_without_memory);)
