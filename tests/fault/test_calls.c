/* cc -I. -o build/fault/test_calls tests/fault/test_calls.c -lm
 *
 * What calls send, to the byte; answers no server would give; and every
 * allocation failing once. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

/* ---- a server that answers calls ----------------------------------------- */

/* The last query, and how the next batch ends. */
static char sent_text[8192];
static char sent_vars[8192];

typedef enum batch_end {
    BATCH_OK,
    BATCH_FAILS,    /* its second statement */
    BATCH_CONFLICT,
    BATCH_CUT,      /* ended early: no array of all results */
    BATCH_REFUSED   /* as in a transaction: BEGIN itself fails */
} batch_end;

static batch_end next_batch;
static int major_of_rows;
static bool has_commit_row; /* 3.1 answers for a COMMIT that failed */

static void
put_row_head(srl_buf *b, bool is_error)
{
    srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, is_error ? "ERR" : "OK");
    srl_cbor_put_key(b, "result");
}

static void
put_none_row(srl_buf *b)
{
    put_row_head(b, false);
    srl_cbor_put_none(b);
}

static void
put_error_row(srl_buf *b, const char *text)
{
    put_row_head(b, true);
    srl_cbor_put_key(b, text);
}

static size_t
count_of(surreal_str text, const char *part)
{
    size_t len = strlen(part);
    size_t count = 0;
    size_t i;

    for (i = 0; i + len <= text.len; i++) {
        count += !memcmp(text.ptr + i, part, len);
    }
    return count;
}

#define FAILED "The query was not executed due to a failed transaction"
#define CANCELLED "The query was not executed due to a cancelled transaction"
#define CONFLICT "Query not executed: Transaction conflict: Write conflict. " \
                 "This transaction can be retried"

static void
answer_batch_failed(srl_buf *b, size_t n)
{
    bool is_new = major_of_rows >= 3;
    size_t i;

    srl_cbor_put_head(b, SRL_CBOR_ARRAY, n + 1 + is_new +
                      (is_new && has_commit_row));
    if (is_new && next_batch != BATCH_REFUSED) put_none_row(b);
    if (is_new && next_batch == BATCH_REFUSED) {
        put_error_row(b, "Invalid statement: Cannot BEGIN a transaction "
                         "within a transaction");
    }
    for (i = 0; i <= n; i++) {
        if (next_batch == BATCH_CONFLICT) {
            put_error_row(b, CONFLICT);
        } else if (next_batch == BATCH_REFUSED) {
            put_none_row(b);
        } else if (i == 1) {
            put_error_row(b, "Database record `t:1` already exists");
        } else {
            put_error_row(b, i < 1 || !is_new ? FAILED : CANCELLED);
        }
    }
    if (is_new && has_commit_row) put_error_row(b, "Cannot COMMIT: it failed");
}

static void
answer_batch(script *s, const script_request *rq, size_t n)
{
    srl_buf *b = script_reply(s, rq->id, "result");
    bool is_new = major_of_rows >= 3;
    size_t i;

    if (next_batch != BATCH_OK && next_batch != BATCH_CUT) {
        answer_batch_failed(b, n);
        script_send(s);
        return;
    }
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, is_new ? n + 3 : 1);
    for (i = 0; is_new && i <= n; i++) put_none_row(b);
    put_row_head(b, false);
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, next_batch == BATCH_CUT ? n + 1 : n);
    for (i = 0; i < n + (next_batch == BATCH_CUT); i++) {
        srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
        srl_cbor_put_int(b, (int64_t)i * 10);
    }
    if (is_new) put_none_row(b);
    script_send(s);
}

/* { id: t:key, n: 1 } */
static void
put_record(srl_buf *b, int64_t key)
{
    srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(b, "id");
    srl_put_record_id(b, surreal_id_int("t", key));
    srl_cbor_put_key(b, "n");
    srl_cbor_put_int(b, 1);
}

/* Two full pages of two and one of one. */
static void
put_scan_page(srl_buf *b, const script_request *rq)
{
    surreal_str vars = {(const char *)rq->bytes.ptr, rq->bytes.len};
    int64_t last = 0;
    size_t i;

    /* The range of a later page ends in 51(last). */
    for (i = 0; i + 3 < vars.len; i++) {
        if (!memcmp(vars.ptr + i, "\xd8\x33", 2)) last = vars.ptr[i + 2];
    }
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, last < 4 ? 2 : 1);
    put_record(b, last + 1);
    if (last < 4) put_record(b, last + 2);
}

/* Nothing for the table; two transactions of the database. */
static void
put_changes_page(srl_buf *b, surreal_str text)
{
    bool has = count_of(text, "DATABASE SINCE 0 ") ||
               count_of(text, "DATABASE SINCE 65537 ");
    int64_t vs;

    srl_cbor_put_head(b, SRL_CBOR_ARRAY,
                      !has ? 0 : count_of(text, "SINCE 0 ") ? 2 : 1);
    for (vs = count_of(text, "SINCE 0 ") ? 65536 : 131072;
         has && vs <= 131072; vs += 65536) {
        srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
        srl_cbor_put_key(b, "versionstamp");
        srl_cbor_put_int(b, vs);
        srl_cbor_put_key(b, "changes");
        srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
        srl_cbor_put_head(b, SRL_CBOR_MAP, 1);
        srl_cbor_put_key(b, "update");
        put_record(b, vs / 65536);
    }
}

static void
answer_calls(script *s, const script_request *rq)
{
    surreal_str text = script_param_text(rq, 0);
    const uint8_t *vars = script_param(rq, 1);
    surreal_result *r = NULL;
    surreal_bytes item;
    srl_buf *b;

    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    snprintf(sent_text, sizeof sent_text, "%.*s", SURREAL_FMT(text));
    item.ptr = vars;
    item.len = (size_t)(srl_cbor_skip(vars) - vars);
    surreal_result_from(NULL, item, &r, NULL);
    surreal_print(surreal_statement_value(r, 0), sent_vars, sizeof sent_vars);
    surreal_result_free(r);
    if (count_of(text, "BEGIN")) {
        answer_batch(s, rq, count_of(text, "LET $srl_"));
        return;
    }
    b = script_reply(s, rq->id, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
    put_row_head(b, false);
    if (count_of(text, "$srl_range")) {
        put_scan_page(b, rq);
    } else if (count_of(text, "SHOW CHANGES")) {
        put_changes_page(b, text);
    } else {
        srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
        put_record(b, 1);
    }
    script_send(s);
}

static surreal *
calls_open(script *s)
{
    script_init(s);
    s->answer = answer_calls;
    next_batch = BATCH_OK;
    major_of_rows = 3;
    has_commit_row = false;
    return script_open(s);
}

/* ---- what is sent -------------------------------------------------------- */

#define CHECK_SENT(call, text, vars)        \
    do {                                    \
        sent_text[0] = sent_vars[0] = '\0'; \
        CHECK_STATUS(call, SURREAL_OK);     \
        CHECK_STR(sent_text, text);         \
        CHECK_STR(sent_vars, vars);         \
    } while (0)

#define DATA SURREAL_DATA(surreal_bind_int("a", 1))

TEST(test_each_verb_is_a_statement_with_variables)
{
    surreal_record_id id = surreal_id_str("t", SURREAL_LIT("1'; x"));
    surreal_target t = surreal_table("a`b; DROP");
    surreal_target r = surreal_record(id);
    surreal_bytes ops = {(const uint8_t *)"\x80", 1};
    script s;
    surreal *db = calls_open(&s);

    CHECK_SENT(surreal_select(db, t, NULL), "SELECT * FROM $srl_what",
               "{ srl_what: type::table('a`b; DROP') }");
    CHECK_SENT(surreal_create(db, r, DATA, SURREAL_RETURN_DEFAULT, NULL),
               "CREATE $srl_what CONTENT $srl_data RETURN AFTER",
               "{ srl_data: { a: 1 }, srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_create(db, r, SURREAL_NO_DATA, SURREAL_RETURN_NONE,
                              NULL), "CREATE $srl_what RETURN NONE",
               "{ srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_insert(db, "t", DATA, SURREAL_RETURN_DIFF, NULL),
               "INSERT INTO $srl_what $srl_data RETURN DIFF",
               "{ srl_data: { a: 1 }, srl_what: type::table('t') }");
    CHECK_SENT(surreal_insert_relation(db, "t", DATA, SURREAL_RETURN_DEFAULT,
                                       NULL),
               "INSERT RELATION INTO $srl_what $srl_data RETURN AFTER",
               "{ srl_data: { a: 1 }, srl_what: type::table('t') }");
    CHECK_SENT(surreal_update(db, r, DATA, SURREAL_RETURN_BEFORE, NULL),
               "UPDATE $srl_what CONTENT $srl_data RETURN BEFORE",
               "{ srl_data: { a: 1 }, srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_upsert(db, r, DATA, SURREAL_RETURN_AFTER, NULL),
               "UPSERT $srl_what CONTENT $srl_data RETURN AFTER",
               "{ srl_data: { a: 1 }, srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_merge(db, r, DATA, SURREAL_RETURN_AFTER, NULL),
               "UPDATE $srl_what MERGE $srl_data RETURN AFTER",
               "{ srl_data: { a: 1 }, srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_patch(db, r, ops, SURREAL_RETURN_AFTER, NULL),
               "UPDATE $srl_what PATCH $srl_data RETURN AFTER",
               "{ srl_data: [], srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_delete(db, r, SURREAL_RETURN_DEFAULT, NULL),
               "DELETE $srl_what RETURN BEFORE", "{ srl_what: t:`1'; x` }");
    CHECK_SENT(surreal_relate(db, id, surreal_table("e"), id, DATA,
                              SURREAL_RETURN_DEFAULT, NULL),
               "RELATE $srl_from->$srl_what->$srl_to CONTENT $srl_data "
               "RETURN AFTER",
               "{ srl_data: { a: 1 }, srl_what: type::table('e'), "
               "srl_from: t:`1'; x`, srl_to: t:`1'; x` }");
    CHECK_SENT(surreal_run(db, "fn::f", SURREAL_VARS(
                   surreal_bind_int(NULL, 1), surreal_bind_text("x", "b")),
                   NULL), "RETURN fn::f($srl_a0, $srl_a1)",
               "{ srl_a0: 1, srl_a1: 'b' }");
    CHECK_SENT(surreal_info(db, NULL),
               "RETURN IF $auth THEN (SELECT * FROM ONLY $auth) "
               "ELSE NONE END", "{}");
    script_end(&s, db);
}

/* The started form of each sends what the waiting form sends. */
TEST(test_start_forms_send_the_same)
{
    surreal_record_id id = surreal_id_int("t", 1);
    surreal_target what = surreal_record(id);
    surreal_bytes ops = {(const uint8_t *)"\x80", 1};
    surreal_return ret = SURREAL_RETURN_DIFF;
    script_end_of end;
    char text[sizeof sent_text];
    char vars[sizeof sent_vars];
    script s;
    surreal *db = calls_open(&s);

#define CHECK_SAME(wait, start)                                  \
    do {                                                         \
        CHECK_STATUS(wait, SURREAL_OK);                          \
        memcpy(text, sent_text, sizeof text);                    \
        memcpy(vars, sent_vars, sizeof vars);                    \
        sent_text[0] = sent_vars[0] = '\0';                      \
        memset(&end, 0, sizeof end);                             \
        CHECK_STATUS(start, SURREAL_OK);                         \
        while (surreal_pending(db)) surreal_step(db);            \
        CHECK_INT(end.calls, 1);                                 \
        CHECK_STATUS(end.status, SURREAL_OK);                    \
        CHECK_STR(sent_text, text);                              \
        CHECK_STR(sent_vars, vars);                              \
    } while (0)
#define TO script_note, &end, NULL
    CHECK_SAME(surreal_select(db, what, NULL),
               surreal_select_start(db, what, TO));
    CHECK_SAME(surreal_create(db, what, DATA, ret, NULL),
               surreal_create_start(db, what, DATA, ret, TO));
    CHECK_SAME(surreal_insert(db, "t", DATA, ret, NULL),
               surreal_insert_start(db, "t", DATA, ret, TO));
    CHECK_SAME(surreal_insert_relation(db, "t", DATA, ret, NULL),
               surreal_insert_relation_start(db, "t", DATA, ret, TO));
    CHECK_SAME(surreal_update(db, what, DATA, ret, NULL),
               surreal_update_start(db, what, DATA, ret, TO));
    CHECK_SAME(surreal_upsert(db, what, DATA, ret, NULL),
               surreal_upsert_start(db, what, DATA, ret, TO));
    CHECK_SAME(surreal_merge(db, what, DATA, ret, NULL),
               surreal_merge_start(db, what, DATA, ret, TO));
    CHECK_SAME(surreal_patch(db, what, ops, ret, NULL),
               surreal_patch_start(db, what, ops, ret, TO));
    CHECK_SAME(surreal_delete(db, what, ret, NULL),
               surreal_delete_start(db, what, ret, TO));
    CHECK_SAME(surreal_relate(db, id, what, id, DATA, ret, NULL),
               surreal_relate_start(db, id, what, id, DATA, ret, TO));
    CHECK_SAME(surreal_run(db, "rand", SURREAL_NO_VARS, NULL),
               surreal_run_start(db, "rand", SURREAL_NO_VARS, TO));
    CHECK_SAME(surreal_info(db, NULL), surreal_info_start(db, TO));
    script_end(&s, db);
}

TEST(test_refused_calls_send_nothing)
{
    surreal_bind many[SURREAL_RUN_ARGS + 1];
    surreal_vars args = {many, SURREAL_RUN_ARGS + 1};
    surreal_target none;
    surreal_value absent = {NULL, NULL};
    script s;
    surreal *db = calls_open(&s);
    int before = s.requests;
    size_t i;

    memset(&none, 0, sizeof none);
    for (i = 0; i <= SURREAL_RUN_ARGS; i++) many[i] = surreal_bind_int("", 1);
    CHECK_STATUS(surreal_select(db, none, NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_select(db, surreal_table(NULL), NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_insert(db, NULL, DATA, SURREAL_RETURN_DEFAULT, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_merge(db, surreal_table("t"), SURREAL_NO_DATA,
                               SURREAL_RETURN_DEFAULT, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_create(db, surreal_table("t"), DATA,
                                (surreal_return)9, NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_create(db, surreal_table("t"),
                                surreal_data_value(absent),
                                SURREAL_RETURN_DEFAULT, NULL),
                 SURREAL_ERR_MISSING);
    CHECK_STATUS(surreal_create(db, surreal_table("t"),
                                SURREAL_DATA(surreal_bind_int("a", 1),
                                             surreal_bind_int("a", 2)),
                                SURREAL_RETURN_DEFAULT, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "field 'a'");
    CHECK_STATUS(surreal_run(db, "fn::f", args, NULL), SURREAL_ERR_LIMIT);
    CHECK_STATUS(surreal_run(db, "fn::f(", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_last_error(db)->at, 5);
    CHECK_STATUS(surreal_select(NULL, none, NULL), SURREAL_ERR_USAGE);
    CHECK_INT(s.requests, before);
    script_end(&s, db);
}

/* ---- batches ------------------------------------------------------------- */

static void
two_statements(surreal_batch *b, surreal *db)
{
    surreal_batch_init(b, db);
    surreal_batch_add(b, "CREATE $x SET n = $`a b`;",
                      SURREAL_VARS(surreal_bind_id("x",
                                                   surreal_id_int("t", 1)),
                                   surreal_bind_none("a b")));
    surreal_batch_add(b, "SELECT 1 -- x", SURREAL_NO_VARS);
}

TEST(test_a_batch_is_one_text)
{
    static const char text[] =
        "BEGIN;\n"
        "LET $srl_0={LET $x=$srl_v[0].x;LET $`a b`=$srl_v[0].`a b`;"
        "(CREATE $x SET n = $`a b`\n)};\n"
        "LET $srl_1={(SELECT 1 -- x\n)};\n"
        "LET $srl_2={THROW 1\n};\n"
        "RETURN[$srl_0,$srl_1,$srl_2];COMMIT";
    script s;
    surreal *db = calls_open(&s);
    surreal_batch b;

    two_statements(&b, db);
    surreal_batch_add(&b, "THROW 1", SURREAL_NO_VARS);
    CHECK_SENT(surreal_batch_run(&b, NULL), text,
               "{ srl_v: [{ x: t:1, \"a b\": NONE }, {}, {}] }");
    CHECK_SENT(surreal_batch_run(&b, NULL), text,
               "{ srl_v: [{ x: t:1, \"a b\": NONE }, {}, {}] }");
    surreal_batch_free(&b);
    script_end(&s, db);
}

/* A statement cut at every byte is read no further, and refused or taken. */
TEST(test_statements_cut_anywhere)
{
    static const char text[] =
        "SELECT \"a\\\"b\", 'c\\'', `d\\`` /* e */ FROM [1, { f: 2 }] "
        "WHERE (g) -- h\n AND \xe2\x9f\xa8i\xe2\x9f\xa9 // j\n # k";
    script s;
    surreal *db = calls_open(&s);
    size_t len;

    for (len = 0; len < sizeof text; len++) {
        char *cut = (char *)malloc(len + 1);
        surreal_status status;
        surreal_batch b;

        NEED(cut != NULL);
        memcpy(cut, text, len);
        cut[len] = '\0';
        surreal_batch_init(&b, db);
        status = surreal_batch_add(&b, cut, SURREAL_NO_VARS);
        CHECK(!status || status == SURREAL_ERR_SYNTAX ||
              (!len && status == SURREAL_ERR_USAGE));
        if (len == sizeof text - 1) CHECK_STATUS(status, SURREAL_OK);
        surreal_batch_free(&b);
        free(cut);
    }
    script_end(&s, db);
}

/* Each end of a batch, as 2.x, 3.0 and 3.1 tell it. */
TEST(test_trap_m39_every_version_tells_a_failed_batch_alike)
{
    int version;

    for (version = 0; version < 3; version++) {
        script s;
        surreal *db = calls_open(&s);
        surreal_result *r = NULL;
        surreal_batch b;
        int64_t n = -1;

        major_of_rows = version ? 3 : 2;
        has_commit_row = version == 2;
        two_statements(&b, db);
        CHECK_STATUS(surreal_batch_run(&b, &r), SURREAL_OK);
        CHECK_INT(surreal_statements(r), 2);
        surreal_get_int(surreal_at(surreal_rows(r, 1), 0), &n);
        CHECK_INT(n, 10);
        surreal_result_free(r);

        next_batch = BATCH_FAILS;
        CHECK_STATUS(surreal_batch_run(&b, &r), SURREAL_ERR_EXISTS);
        CHECK_INT(surreal_last_error(db)->statement, 1);
        CHECK_INT(surreal_statements(r), 2);
        CHECK_STATUS(surreal_statement_status(r, 1), SURREAL_ERR_EXISTS);
        CHECK_INT(surreal_result_error(r)->statement, 1);
        surreal_result_free(r);

        next_batch = BATCH_CONFLICT;
        CHECK_STATUS(surreal_batch_run(&b, &r), SURREAL_CONFLICT);
        CHECK_INT(surreal_last_error(db)->statement, -1);
        CHECK_INT(surreal_result_error(r)->statement, -1);
        surreal_result_free(r);

        next_batch = BATCH_CUT;
        CHECK_STATUS(surreal_batch_run(&b, &r), SURREAL_ERR_REPLY);
        CHECK(!r);
        surreal_batch_free(&b);
        script_end(&s, db);
    }
}

TEST(test_a_batch_in_a_transaction_is_told)
{
    script s;
    surreal *db = calls_open(&s);
    surreal_batch b;

    next_batch = BATCH_REFUSED;
    two_statements(&b, db);
    CHECK_STATUS(surreal_batch_run(&b, NULL), SURREAL_ERR_STATEMENT);
    CHECK_SAYS(surreal_last_error(db), "within a transaction");
    surreal_batch_free(&b);
    script_end(&s, db);
}

TEST(test_a_started_batch_may_be_cancelled_or_closed)
{
    script s;
    surreal *db = calls_open(&s);
    surreal_request *request = NULL;
    script_end_of end;
    surreal_batch b;

    two_statements(&b, db);
    memset(&end, 0, sizeof end);
    CHECK_STATUS(surreal_batch_start(&b, NULL, &end, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_batch_start(&b, script_note, &end, &request),
                 SURREAL_OK);
    surreal_cancel(db, request);
    CHECK_INT(end.calls, 1);
    CHECK_STATUS(end.status, SURREAL_ERR_CANCELLED);
    CHECK_STATUS(surreal_batch_start(&b, script_note, &end, NULL),
                 SURREAL_OK);
    surreal_close(db);
    CHECK_INT(end.calls, 2);
    CHECK_STATUS(end.status, SURREAL_ERR_CLOSED);
    surreal_batch_free(&b);
    script_end(&s, NULL);
}

/* ---- scans and feeds ----------------------------------------------------- */

TEST(test_scans_page_by_range)
{
    surreal_scan_options opt;
    surreal_scanner scan;
    surreal_value row;
    script s;
    surreal *db = calls_open(&s);

    memset(&opt, 0, sizeof opt);
    opt.rows = 2;
    opt.fields = "n";
    opt.where = "n = $v";
    opt.vars = SURREAL_VARS(surreal_bind_int("v", 1));
    CHECK_STATUS(surreal_scan_open(&scan, db, "t", &opt), SURREAL_OK);
    CHECK_SENT(surreal_scan_next(&scan, &row),
               "SELECT n\n,id FROM $srl_range WHERE (n = $v\n) LIMIT 2",
               "{ v: 1, srl_range: t:.. }");
    CHECK_STATUS(surreal_scan_next(&scan, &row), SURREAL_OK);
    CHECK_SENT(surreal_scan_next(&scan, &row),
               "SELECT n\n,id FROM $srl_range WHERE (n = $v\n) LIMIT 2",
               "{ v: 1, srl_range: t:2>.. }");
    surreal_scan_close(&scan);
    script_end(&s, db);
}

static bool
scan_said(surreal *db, const char *word)
{
    return strstr(surreal_last_error(db)->message, word) != NULL;
}

TEST(test_scans_say_which_option_is_wrong)
{
    surreal_scan_options opt;
    surreal_scanner scan;
    surreal_value row;
    script s;
    surreal *db = calls_open(&s);

    CHECK_STATUS(surreal_scan(db, "t", NULL, NULL, NULL), SURREAL_ERR_USAGE);
    CHECK(scan_said(db, "callback"));
    memset(&opt, 0, sizeof opt);
    opt.from = surreal_id_int("u", 1);
    CHECK_STATUS(surreal_scan_open(&scan, db, "t", &opt), SURREAL_ERR_USAGE);
    CHECK(scan_said(db, "none of table 't'"));
    opt.from = opt.after = surreal_id_int("t", 1);
    CHECK_STATUS(surreal_scan_open(&scan, db, "t", &opt), SURREAL_ERR_USAGE);
    CHECK(scan_said(db, "from and after"));

    /* More rows than the server can count are as many as there are. */
    memset(&opt, 0, sizeof opt);
    opt.rows = (size_t)-1;
    CHECK_STATUS(surreal_scan_open(&scan, db, "t", &opt), SURREAL_OK);
    CHECK_SENT(surreal_scan_next(&scan, &row),
               "SELECT * FROM $srl_range LIMIT 2147483647",
               "{ srl_range: t:.. }");
    surreal_scan_close(&scan);
    script_end(&s, db);
}

TEST(test_an_empty_page_of_a_feed_is_not_its_end)
{
    surreal_changes c;
    surreal_entry change;
    script s;
    surreal *db = calls_open(&s);

    CHECK_STATUS(surreal_changes_open(&c, db, "t", 0), SURREAL_OK);
    CHECK_SENT(surreal_changes_next(&c, &change),
               "SHOW CHANGES FOR DATABASE SINCE 0 LIMIT 1000", "{}");
    CHECK_INT(change.versionstamp, 65536);
    CHECK_SENT(surreal_changes_next(&c, &change),
               "SHOW CHANGES FOR DATABASE SINCE 65537 LIMIT 1000", "{}");
    CHECK_INT(change.versionstamp, 131072);
    CHECK_INT(surreal_changes_cursor(&c), 131073);
    CHECK_STATUS(surreal_changes_next(&c, &change), SURREAL_NOT_FOUND);
    CHECK_STR(sent_text,
              "SHOW CHANGES FOR DATABASE SINCE 131073 LIMIT 1000");
    surreal_changes_close(&c);
    script_end(&s, db);
}

/* ---- without memory ------------------------------------------------------ */

static bool had_nomem;

static surreal_status
ok_or_nomem(surreal_status status)
{
    if (status == SURREAL_ERR_NOMEM) {
        had_nomem = true;
    } else if (status) {
        TEST_FAIL("\"%s\"", surreal_status_text(status));
    }
    return status;
}

static surreal_status
count_row(void *user, surreal_value row)
{
    size_t *rows = (size_t *)user;

    CHECK_INT(surreal_int_at(row, "n"), 1);
    ++*rows;
    return SURREAL_OK;
}

static void
session_batch(surreal *db)
{
    surreal_result *r = NULL;
    surreal_batch b;

    two_statements(&b, db);
    next_batch = BATCH_OK;
    if (!ok_or_nomem(surreal_batch_run(&b, &r))) {
        CHECK_INT(surreal_statements(r), 2);
    }
    surreal_result_free(r);
    next_batch = BATCH_FAILS;
    r = NULL;
    if (surreal_batch_run(&b, &r) == SURREAL_ERR_NOMEM) {
        had_nomem = true;
    } else {
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_EXISTS);
        CHECK_INT(surreal_last_error(db)->statement, 1);
    }
    surreal_result_free(r);
    surreal_batch_free(&b);
}

static void
session_calls(surreal *db)
{
    surreal_scan_options opt;
    surreal_changes c;
    surreal_entry change;
    surreal_status status;
    size_t rows = 0;

    ok_or_nomem(surreal_create(db, surreal_table("t"), DATA,
                               SURREAL_RETURN_DEFAULT, NULL));
    session_batch(db);
    memset(&opt, 0, sizeof opt);
    opt.rows = 2;
    opt.where = "n = 1";
    if (!ok_or_nomem(surreal_scan(db, "t", &opt, count_row, &rows))) {
        CHECK_INT(rows, 5);
    }
    CHECK_STATUS(surreal_changes_open(&c, db, "t", 0), SURREAL_OK);
    while (!(status = surreal_changes_next(&c, &change))) rows++;
    if (status != SURREAL_NOT_FOUND) ok_or_nomem(status);
    surreal_changes_close(&c);
}

TEST(test_each_allocation_of_a_call_fails_once)
{
    size_t noticed = 0;
    size_t at;

    for (at = 1; at < 2000 && !test_failed_checks; at++) {
        script s;
        surreal *db = calls_open(&s);
        size_t calls;

        had_nomem = false;
        s.heap.fail_at = s.heap.calls + at;
        session_calls(db);
        calls = s.heap.calls;
        at = calls < s.heap.fail_at ? 2000 : at;
        s.heap.fail_at = 0;
        noticed += had_nomem;
        if (surreal_get_state(db) == SURREAL_OPEN) {
            CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        }
        script_end(&s, db);
    }
    CHECK(noticed > 10);
}

TEST_MAIN(
    RUN(test_each_verb_is_a_statement_with_variables);
    RUN(test_scans_say_which_option_is_wrong);
    RUN(test_start_forms_send_the_same);
    RUN(test_refused_calls_send_nothing);
    RUN(test_a_batch_is_one_text);
    RUN(test_statements_cut_anywhere);
    RUN(test_trap_m39_every_version_tells_a_failed_batch_alike);
    RUN(test_a_batch_in_a_transaction_is_told);
    RUN(test_a_started_batch_may_be_cancelled_or_closed);
    RUN(test_scans_page_by_range);
    RUN(test_an_empty_page_of_a_feed_is_not_its_end);
    RUN(test_each_allocation_of_a_call_fails_once);
)
