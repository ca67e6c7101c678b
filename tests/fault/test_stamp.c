/* cc -I. -o build/fault/test_stamp tests/fault/test_stamp.c -lm
 *
 * surreal_schema_check() over histories of every kind: what it says of them,
 * asked in both ways, and that it says nothing wrong when memory runs out. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

static const surreal_schema ours = {"shop", "1:aa"};

/* A row of the history; they come as the server sorts them. */
typedef struct stamp_row {
    const char *id;
    const char *parent;   /* NULL: none */
    const char *hash;     /* NULL: none */
    const char *status;
    const char *replaces; /* NULL: none */
} stamp_row;

typedef struct stamp_case {
    const char *error; /* of the second statement */
    const char *kind;
    bool is_record_user;
    stamp_row rows[4];
    surreal_schema_state state;
    const char *migration;
    const char *says;
    surreal_status status;
} stamp_case;

#define NO_ROWS {{NULL, NULL, NULL, NULL, NULL}}
#define A NULL

static const stamp_case cases[] = {
    {NULL, NULL, false, {{"1_a", A, "1:aa", "applied", A}},
     SURREAL_SCHEMA_EQUAL, "1_a", "1_a makes it", SURREAL_OK},
    {NULL, NULL, false, {{"2_b", "1_a", "1:aa", "applied", A},
                         {"1_a", A, "1:bb", "applied", A}},
     SURREAL_SCHEMA_EQUAL, "2_b", "2_b makes it", SURREAL_OK},
    {NULL, NULL, false, {{"2_b", "1_a", "1:bb", "applied", A},
                         {"1_a", A, "1:aa", "applied", A}},
     SURREAL_SCHEMA_NEWER, "2_b", "newer than this program", SURREAL_OK},
    {NULL, NULL, false, {{"1_a", A, "1:bb", "applied", A}},
     SURREAL_SCHEMA_OLDER, "1_a", "surrealgen migrate up", SURREAL_OK},
    /* Of two with one schema the later one counts. */
    {NULL, NULL, false, {{"2_b", "1_a", "1:aa", "applied", A},
                         {"1_a", A, "1:aa", "applied", A}},
     SURREAL_SCHEMA_EQUAL, "2_b", "2_b makes it", SURREAL_OK},
    /* The clock of the server went back: parents count. */
    {NULL, NULL, false, {{"1_a", A, "1:aa", "applied", A},
                         {"3_c", "2_b", "1:cc", "applied", A},
                         {"2_b", "1_a", "1:bb", "applied", A}},
     SURREAL_SCHEMA_NEWER, "3_c", "3_c (the newest", SURREAL_OK},
    /* One that names itself ends the walk. */
    {NULL, NULL, false, {{"1_a", "1_a", "1:aa", "applied", A}},
     SURREAL_SCHEMA_EQUAL, "1_a", "1_a makes it", SURREAL_OK},
    {NULL, NULL, false, {{"1_a", A, "1:aa", "partial", A}},
     SURREAL_SCHEMA_OLDER, "1_a", "half applied", SURREAL_OK},
    {NULL, NULL, false, {{"1_a", A, "1:aa", "reverting", A}},
     SURREAL_SCHEMA_OLDER, "1_a", "half taken back", SURREAL_OK},
    {NULL, NULL, false, {{"2_b", "1_a", "1:bb", "partial", A},
                         {"1_a", A, "1:aa", "applied", A}},
     SURREAL_SCHEMA_NEWER, "2_b", "2_b (half applied)", SURREAL_OK},
    /* What cannot be told. */
    {NULL, NULL, false, {{"1_a", A, "2:aa", "applied", A}},
     SURREAL_SCHEMA_UNKNOWN, "1_a", "cannot be told", SURREAL_OK},
    {NULL, NULL, false, {{"1_a", A, A, "applied", A}},
     SURREAL_SCHEMA_UNKNOWN, "1_a", "cannot be told", SURREAL_OK},
    {NULL, NULL, false, {{"4_d", A, "1:bb", "applied", "3_c"}},
     SURREAL_SCHEMA_UNKNOWN, "4_d", "squashed", SURREAL_OK},
    {NULL, NULL, false, {{"4_d", A, "1:aa", "applied", "3_c"}},
     SURREAL_SCHEMA_EQUAL, "4_d", "4_d makes it", SURREAL_OK},
    /* Nothing there: SurrealDB 2 has no rows, 3 an error. */
    {NULL, NULL, false, NO_ROWS, SURREAL_SCHEMA_UNTRACKED, "",
     "no history", SURREAL_OK},
    {"The table '_surrealgen_migration' does not exist", "NotFound/Table",
     false, NO_ROWS, SURREAL_SCHEMA_UNTRACKED, "", "migrate baseline",
     SURREAL_OK},
    /* No answer. */
    {"The database 'd' does not exist", "NotFound/Database", false, NO_ROWS,
     SURREAL_SCHEMA_UNKNOWN, "", "", SURREAL_ERR_UNDEFINED},
    {NULL, NULL, true, NO_ROWS, SURREAL_SCHEMA_UNKNOWN, "", "",
     SURREAL_ERR_DENIED},
};

static const stamp_case *now;

/* ---- the server ---------------------------------------------------------- */

static void
put_text(srl_buf *b, const char *key, const char *text)
{
    srl_cbor_put_key(b, key);
    if (text) {
        srl_cbor_put_key(b, text);
    } else {
        srl_cbor_put_none(b);
    }
}

static void
put_row(srl_buf *b, const stamp_row *row)
{
    srl_cbor_put_head(b, SRL_CBOR_MAP, 5);
    srl_cbor_put_key(b, "id");
    srl_cbor_put_head(b, SRL_CBOR_TAG, 8);
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 2);
    srl_cbor_put_key(b, "_surrealgen_migration");
    srl_cbor_put_key(b, row->id);
    put_text(b, "parent", row->parent);
    put_text(b, "schema_hash", row->hash);
    put_text(b, "status", row->status);
    srl_cbor_put_key(b, "replaces");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, row->replaces ? 1 : 0);
    if (row->replaces) srl_cbor_put_key(b, row->replaces);
}

static void
put_rows(srl_buf *b)
{
    size_t count = 0;
    size_t i;

    while (count < 4 && now->rows[count].id) count++;
    srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
    srl_cbor_put_key(b, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, count);
    for (i = 0; i < count; i++) put_row(b, &now->rows[i]);
    put_text(b, "status", "OK");
    put_text(b, "time", "1ms");
}

static void
answer_stamp(script *s, const script_request *rq)
{
    script_row failed = {NULL, NULL, 0};
    srl_buf *b;

    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    b = script_reply(s, rq->id, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 2);
    srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
    put_text(b, "result", now->is_record_user ? "person:ann" : NULL);
    put_text(b, "status", "OK");
    put_text(b, "time", "1ms");
    if (now->error) {
        failed.error = now->error;
        failed.kind = now->kind;
        script_put_row(b, &failed, s->major);
    } else {
        put_rows(b);
    }
    script_send(s);
}

/* ---- what is said -------------------------------------------------------- */

static void
check_case(surreal_status status, const surreal_schema_report *report,
           const surreal_error *err)
{
    CHECK_STATUS(status, now->status);
    CHECK_INT(report->state, now->state);
    CHECK_STR(report->migration, now->migration);
    if (!strstr(report->message, now->says)) {
        TEST_FAIL("\"%s\" is not in: %s", now->says, report->message);
    }
    CHECK(status || report->message[0]);
    if (!status) return;
    CHECK_STATUS(err->status, status);
    CHECK(err->message[0]);
}

TEST(test_stamp_says_what_the_history_means)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_schema_report report;
        script s;
        surreal *db;

        now = &cases[i];
        script_init(&s);
        s.answer = answer_stamp;
        db = script_open(&s);
        s.queries = 0;
        check_case(surreal_schema_check(db, &ours, &report), &report,
                   surreal_last_error(db));
        CHECK_INT(s.queries, 1); /* one round trip */
        CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        script_end(&s, db);
        if (test_failed_checks) TEST_FAIL("case %zu", i);
    }
}

typedef struct stamp_end {
    int calls;
    surreal_status status;
    surreal_schema_report report;
    surreal_error error;
} stamp_end;

static void
stamp_done(void *user, surreal *db, surreal_status status,
           surreal_result *result, const surreal_error *err)
{
    stamp_end *end = (stamp_end *)user;

    (void)db;
    end->calls++;
    end->status = status;
    if (err) end->error = *err;
    if (result) {
        end->status = surreal_schema_read(&ours, result, &end->report,
                                          &end->error);
    }
    surreal_result_free(result);
}

TEST(test_stamp_started_says_the_same)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stamp_end end;
        script s;
        surreal *db;

        now = &cases[i];
        memset(&end, 0, sizeof end);
        script_init(&s);
        s.answer = answer_stamp;
        s.cut = SCRIPT_PIECES;
        s.cut_len = 1;
        db = script_open(&s);
        CHECK_STATUS(surreal_schema_check_start(db, stamp_done, &end, NULL),
                     SURREAL_OK);
        CHECK_INT(end.calls, 0);
        while (surreal_pending(db)) surreal_step(db);
        CHECK_INT(end.calls, 1);
        check_case(end.status, &end.report, &end.error);
        script_end(&s, db);
        if (test_failed_checks) TEST_FAIL("case %zu", i);
    }
}

TEST(test_stamp_refuses_what_is_missing)
{
    surreal_schema_report report;
    surreal_schema bare = {"shop", NULL};
    surreal_error err;
    script s;
    surreal *db;

    now = &cases[0];
    script_init(&s);
    s.answer = answer_stamp;
    db = script_open(&s);
    s.queries = 0;
    CHECK_STATUS(surreal_schema_check(NULL, &ours, &report),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_schema_check(db, NULL, &report), SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "a schema");
    CHECK_STATUS(surreal_schema_check(db, &bare, &report), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_schema_check(db, &ours, NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_schema_read(&ours, NULL, &report, &err),
                 SURREAL_ERR_USAGE);
    CHECK_SAYS(&err, "NULL");
    CHECK_STATUS(surreal_schema_read(&ours, NULL, NULL, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_INT(s.queries, 0);
    script_end(&s, db);
}

/* ---- without memory ------------------------------------------------------ */

typedef struct stamp_fault {
    test_heap heap;
    size_t at;
} stamp_fault;

static void *
fault_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    stamp_fault *f = (stamp_fault *)user;

    if (new_len && f->heap.calls + 1 == f->at) {
        f->heap.calls++;
        return NULL;
    }
    return test_resize(&f->heap, block, old_len, new_len);
}

/* One allocation fails: then that is said, or the answer is the right one. */
static bool
stamp_fault_at(size_t at)
{
    bool was_noticed;
    surreal_schema_report report;
    stamp_fault f;
    surreal_status status;
    script s;
    surreal *db;

    memset(&f, 0, sizeof f);
    script_init(&s);
    s.answer = answer_stamp;
    s.options.allocator.resize = fault_resize;
    s.options.allocator.user = &f;
    db = script_open(&s);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    f.at = f.heap.calls + at;
    status = surreal_schema_check(db, &ours, &report);
    was_noticed = status == SURREAL_ERR_NOMEM;
    if (was_noticed) {
        CHECK_INT(report.state, SURREAL_SCHEMA_UNKNOWN);
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_NOMEM);
    } else {
        check_case(status, &report, surreal_last_error(db));
    }
    f.at = 0;
    /* Without memory to receive it in, the connection fails, and says so. */
    status = surreal_schema_check(db, &ours, &report);
    if (surreal_get_state(db) == SURREAL_OPEN) {
        check_case(status, &report, surreal_last_error(db));
    } else {
        CHECK_STATUS(status, SURREAL_ERR_NOMEM);
    }
    script_end(&s, db);
    CHECK_INT(f.heap.held, 0);
    return was_noticed;
}

TEST(test_stamp_every_allocation_fails_once)
{
    size_t noticed = 0;
    size_t i;
    size_t at;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        now = &cases[i];
        for (at = 1; at < 30 && !test_failed_checks; at++) {
            noticed += stamp_fault_at(at);
            if (test_failed_checks) TEST_FAIL("case %zu, %zu", i, at);
        }
    }
    CHECK(noticed > sizeof cases / sizeof cases[0]);
}

TEST_MAIN(RUN(test_stamp_says_what_the_history_means);
    RUN(test_stamp_started_says_the_same);
    RUN(test_stamp_refuses_what_is_missing);
    RUN(test_stamp_every_allocation_fails_once);)
