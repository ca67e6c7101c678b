/* tests/fault/test_typed.c: typed queries, when the answer is not as hoped.
 *
 *   cc -g -fsanitize=address,undefined -I. tests/fault/test_typed.c \
 *       -o build/fault/test_typed && build/fault/test_typed */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"
#include "tests/golden/c/queries/shop.c"

/* ---- a server that gives what a test says -------------------------------- */

/* What one request is answered with: results, or for `conflict` an error. */
typedef struct typed_server {
    surreal_bytes results[8];
    size_t count;
    int conflicts;  /* so many requests end in one */
    int queries;    /* requests seen */
    uint8_t vars[512];
    size_t vars_len;
    char text[512];
} typed_server;

static void
answer_typed(script *s, const script_request *rq)
{
    typed_server *at = (typed_server *)s->user;
    static const script_row conflict = {
        "Transaction conflict: Resource busy. This transaction can be "
        "retried", "Query/TransactionConflict", 0};
    const uint8_t *vars = script_param(rq, 1);
    surreal_str text = script_param_text(rq, 0);
    srl_buf *b;
    size_t i;

    if (script_is(rq, "begin")) {
        surreal_uuid id;

        memset(&id, 7, sizeof id);
        srl_put_uuid(script_reply(s, rq->id, "result"), id);
        script_send(s);
        return;
    }
    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    at->queries++;
    at->vars_len = vars ? (size_t)(srl_cbor_skip(vars) - vars) : 0;
    if (at->vars_len <= sizeof at->vars && vars) {
        memcpy(at->vars, vars, at->vars_len);
    }
    snprintf(at->text, sizeof at->text, "%.*s", SURREAL_FMT(text));
    if (at->conflicts > 0) {
        at->conflicts--;
        script_rows(s, rq->id, &conflict, 1);
        return;
    }
    b = script_reply(s, rq->id, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, at->count);
    for (i = 0; i < at->count; i++) {
        srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
        srl_cbor_put_key(b, "result");
        srl_buf_put(b, at->results[i].ptr, at->results[i].len);
        srl_cbor_put_key(b, "status");
        srl_cbor_put_key(b, "OK");
        srl_cbor_put_key(b, "time");
        srl_cbor_put_key(b, "1ms");
    }
    script_send(s);
}

static surreal *
open_typed(script *s, typed_server *at, int major)
{
    memset(at, 0, sizeof *at);
    script_init(s);
    s->major = major;
    s->answer = answer_typed;
    s->user = at;
    return script_open(s);
}

static void
give(typed_server *at, const void *bytes, size_t len)
{
    at->results[at->count].ptr = (const uint8_t *)bytes;
    at->results[at->count].len = len;
    at->count++;
}

#define GIVE(at, literal) give(at, literal, sizeof literal - 1)

#define NONE_ "\xc6\xf6"
/* { name: "Ann" }, a table's row in part. */
#define ANN "\xa1\x64name\x63" "Ann"
/* { id: orders:7, state: "placed" } */
#define ORDER "\xa2\x62id\xc8\x82\x66orders\x07\x65state\x66placed"

/* ---- what is sent -------------------------------------------------------- */

TEST(test_typed_sends_every_parameter_and_the_text)
{
    static const char want[] =
        "\xa3\x65" "buyer\xc8\x82\x64user\x01"
        "\x65limit\x14\x65state\xc6\xf6";
    typed_server at;
    script s;
    surreal *db = open_typed(&s, &at, 3);
    shop_orders_of_args args;
    shop_orders_of_rows rows;

    GIVE(&at, "\x80");
    memset(&args, 0, sizeof args);
    shop_orders_of_args_set_buyer(&args, shop_user_id_int(1));
    CHECK_STATUS(shop_orders_of(db, &args, &rows), SURREAL_OK);
    CHECK_INT(rows.count, 0);
    CHECK_MEM(at.vars, at.vars_len, want, sizeof want - 1);
    CHECK_STR(at.text, shop_orders_of_query.text);
    surreal_result_free(rows.result);
    /* Refused here: the server hears nothing. */
    memset(&args, 0, sizeof args);
    CHECK_STATUS(shop_orders_of(db, &args, &rows), SURREAL_ERR_MISSING);
    CHECK_STR(surreal_last_error(db)->path, "buyer");
    CHECK_SAYS(surreal_last_error(db), "orders_of.buyer: required");
    CHECK_STATUS(shop_orders_of(NULL, &args, &rows), SURREAL_ERR_USAGE);
    CHECK_INT(at.queries, 1);
    script_end(&s, db);
}

/* ---- what comes ---------------------------------------------------------- */

TEST(test_typed_one_counts_rows)
{
    typed_server at;
    script s;
    surreal *db = open_typed(&s, &at, 3);
    shop_user_row row;
    int64_t n = 1;

    GIVE(&at, "\x81" ANN);
    CHECK_STATUS(shop_one_user(db, &row), SURREAL_OK);
    CHECK_STR(row.row.name.ptr, "Ann");
    CHECK(!shop_user_has_email(&row.row));
    surreal_result_free(row.result);
    at.count = 0;
    GIVE(&at, ANN);
    CHECK_STATUS(shop_one_user(db, &row), SURREAL_OK);
    surreal_result_free(row.result);
    at.count = 0;
    GIVE(&at, "\x82" ANN ANN);
    CHECK_STATUS(shop_one_user(db, &row), SURREAL_ERR_RANGE);
    CHECK(!row.result && !row.row.set_[0]);
    CHECK_SAYS(surreal_last_error(db), "one_user: expected one row, got 2");
    at.count = 0;
    GIVE(&at, "\x80");
    CHECK_STATUS(shop_one_user(db, &row), SURREAL_NOT_FOUND);
    CHECK_SAYS(surreal_last_error(db), "got none");
    at.count = 0;
    GIVE(&at, NONE_);
    CHECK_STATUS(shop_one_user(db, &row), SURREAL_NOT_FOUND);
    CHECK_STATUS(shop_count_users(db, &n), SURREAL_NOT_FOUND);
    CHECK_INT(n, 0);
    at.count = 0;
    GIVE(&at, "\x18\x2a");
    CHECK_STATUS(shop_count_users(db, &n), SURREAL_OK);
    CHECK_INT(n, 42);
    CHECK_STATUS(shop_one_user(db, &row), SURREAL_ERR_TYPE);
    CHECK_SAYS(surreal_last_error(db), "one_user: expected object, got int");
    script_end(&s, db);
}

TEST(test_typed_failures_have_the_querys_name_and_a_path)
{
    typed_server at;
    script s;
    surreal *db = open_typed(&s, &at, 3);
    shop_orders_of_args args;
    shop_orders_of_rows rows;

    memset(&args, 0, sizeof args);
    shop_orders_of_args_set_buyer(&args, shop_user_id_int(1));
    GIVE(&at, "\x82" ORDER "\xa0");
    CHECK_STATUS(shop_orders_of(db, &args, &rows), SURREAL_ERR_MISSING);
    CHECK_STR(surreal_last_error(db)->path, "[0].note");
    CHECK_SAYS(surreal_last_error(db), "orders_of[0]");
    CHECK(!rows.v && !rows.count && !rows.result);
    at.count = 0;
    GIVE(&at, "\x81\xa1\x62id\x01");
    CHECK_STATUS(shop_orders_of(db, &args, &rows), SURREAL_ERR_TYPE);
    CHECK_STR(surreal_last_error(db)->path, "[0].id");
    at.count = 0;
    GIVE(&at, "\x01");
    CHECK_STATUS(shop_orders_of(db, &args, &rows), SURREAL_ERR_TYPE);
    CHECK_SAYS(surreal_last_error(db), "expected array, got int");
    at.count = 0;
    CHECK_STATUS(shop_orders_of(db, &args, &rows), SURREAL_ERR_REPLY);
    CHECK_SAYS(surreal_last_error(db), "at least 1 results, got 0");
    script_end(&s, db);
}

/* SurrealDB 2 gives nothing for BEGIN and COMMIT. */
TEST(test_typed_reads_the_statement_of_each_version)
{
    int major;

    for (major = 2; major <= 3; major++) {
        typed_server at;
        script s;
        surreal *db = open_typed(&s, &at, major);
        shop_pay_args args;
        shop_order_row row;

        memset(&args, 0, sizeof args);
        shop_pay_args_set_o(&args, shop_order_id_int(7));
        if (major == 3) GIVE(&at, NONE_);
        GIVE(&at, NONE_);
        GIVE(&at, NONE_);
        GIVE(&at, ORDER);
        if (major == 3) GIVE(&at, NONE_);
        CHECK_STATUS(shop_pay(db, &args, &row), SURREAL_OK);
        CHECK_INT(row.row.id.rid.key.i, 7);
        CHECK_INT(row.row.state, SHOP_STATE_PLACED);
        surreal_result_free(row.result);
        script_end(&s, db);
    }
}

TEST(test_typed_conflicts_are_retried_as_often_as_said)
{
    typed_server at;
    script s;
    surreal *db = open_typed(&s, &at, 3);
    surreal *tx = NULL;
    shop_pay_args args;
    shop_touch_args touch;
    shop_order_row row;
    size_t i;

    memset(&args, 0, sizeof args);
    memset(&touch, 0, sizeof touch);
    shop_pay_args_set_o(&args, shop_order_id_int(7));
    shop_touch_args_set_id(&touch, shop_user_id_int(1));
    for (i = 0; i < 5; i++) GIVE(&at, ORDER);
    at.conflicts = 4;
    CHECK_STATUS(shop_pay(db, &args, &row), SURREAL_OK);
    CHECK_INT(at.queries, 5);
    surreal_result_free(row.result);
    at.conflicts = 9;
    at.queries = 0;
    CHECK_STATUS(shop_pay(db, &args, &row), SURREAL_CONFLICT);
    CHECK_INT(at.queries, 5);
    CHECK(!row.result);
    /* Not said, and not possible. */
    at.conflicts = 1;
    at.queries = 0;
    CHECK_STATUS(shop_touch(db, &touch), SURREAL_CONFLICT);
    CHECK_INT(at.queries, 1);
    NEED(surreal_begin(db, &tx) == SURREAL_OK);
    at.conflicts = 1;
    at.queries = 0;
    CHECK_STATUS(shop_pay(tx, &args, &row), SURREAL_CONFLICT);
    CHECK_INT(at.queries, 1);
    surreal_close(tx);
    script_end(&s, db);
}

/* ---- row by row ---------------------------------------------------------- */

static surreal_status
count_rows(void *arg, const shop_product *row)
{
    CHECK_STR(row->title.ptr, "A title");
    return ++*(int *)arg == 3 ? SURREAL_NO_CHANGE : SURREAL_OK;
}

#define TITLE "\xa1\x65title\x67" "A title"

TEST(test_typed_each_ends_where_it_is_told_to)
{
    typed_server at;
    script s;
    surreal *db = open_typed(&s, &at, 3);
    int seen = 0;

    GIVE(&at, "\x82" TITLE TITLE);
    CHECK_STATUS(shop_dump(db, NULL, count_rows, &seen), SURREAL_OK);
    CHECK_INT(seen, 2);
    CHECK_STATUS(shop_dump(db, NULL, count_rows, &seen), SURREAL_NO_CHANGE);
    CHECK_INT(seen, 3);
    CHECK_STATUS(shop_dump(db, NULL, NULL, NULL), SURREAL_ERR_USAGE);
    /* Rows before a bad one were handed out. */
    at.count = 0;
    seen = 0;
    GIVE(&at, "\x82" TITLE "\xa1\x65title\x01");
    CHECK_STATUS(shop_dump(db, NULL, count_rows, &seen), SURREAL_ERR_TYPE);
    CHECK_INT(seen, 1);
    CHECK_SAYS(surreal_last_error(db), "dump.title: expected string, got int");
    at.count = 0;
    GIVE(&at, "\x01");
    CHECK_STATUS(shop_dump(db, NULL, count_rows, &seen), SURREAL_ERR_TYPE);
    at.count = 0;
    GIVE(&at, NONE_);
    CHECK_STATUS(shop_dump(db, NULL, count_rows, &seen), SURREAL_OK);
    script_end(&s, db);
}

/* ---- memory -------------------------------------------------------------- */

/* A call by table takes no allocation that the same call by hand does not. */
TEST(test_typed_allocates_no_more_than_by_hand)
{
    typed_server at;
    script s;
    surreal *db = open_typed(&s, &at, 3);
    surreal_result *r;
    size_t by_hand, typed;
    int64_t n;
    int i;

    GIVE(&at, "\x18\x2a");
    for (i = 0; i < 3; i++) CHECK_STATUS(shop_count_users(db, &n), SURREAL_OK);
    typed = s.heap.calls;
    CHECK_STATUS(shop_count_users(db, &n), SURREAL_OK);
    typed = s.heap.calls - typed;
    by_hand = s.heap.calls;
    CHECK_STATUS(surreal_query(db, shop_count_users_query.text,
                               SURREAL_NO_VARS, &r), SURREAL_OK);
    CHECK_STATUS(surreal_get_int(surreal_statement_value(r, 0), &n),
                 SURREAL_OK);
    surreal_result_recycle(db, r);
    by_hand = s.heap.calls - by_hand;
    CHECK_INT(typed, by_hand);
    script_end(&s, db);
}

typedef struct alloc_fault {
    test_heap heap;
    size_t at;
} alloc_fault;

static void *
fault_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    alloc_fault *f = (alloc_fault *)user;

    if (new_len && f->heap.calls + 1 == f->at) {
        f->heap.calls++;
        return NULL;
    }
    return test_resize(&f->heap, block, old_len, new_len);
}

static bool
fine(surreal_status status)
{
    if (status && status != SURREAL_ERR_NOMEM) {
        TEST_FAIL("%s", surreal_status_text(status));
    }
    return !status;
}

static void
every_call(surreal *db, typed_server *at)
{
    shop_orders_of_args args;
    shop_account_signin_args in;
    shop_product_rows page;
    shop_user_row row;
    shop_product_id id;
    int seen = -100;

    memset(&args, 0, sizeof args);
    memset(&in, 0, sizeof in);
    at->count = 0;
    GIVE(at, "\x81\xa3\x65" "email\x61x\x64name\x63" "Ann\x68password\x61x");
    if (fine(shop_one_user(db, &row))) surreal_result_free(row.result);
    if (fine(shop_user_get_by_email(db, SURREAL_LIT("x"), &row))) {
        surreal_result_free(row.result);
    }
    at->count = 0;
    GIVE(at, "\x82" TITLE TITLE);
    fine(shop_dump(db, NULL, count_rows, &seen));
    id = shop_product_id_str(SURREAL_LIT("a rather long key of a record"));
    if (fine(shop_product_page(db, id, 10, &page))) {
        surreal_result_free(page.result);
    }
    shop_account_signin_args_set_email(&in, SURREAL_LIT("e"));
    shop_account_signin_args_set_password(&in, SURREAL_LIT("p"));
    if (surreal_ns(db).len) fine(shop_account_signin(db, &in));
}

TEST(test_typed_each_allocation_fails_once)
{
    size_t calls = 0;
    size_t at;

    for (at = 1; at < 400 && at <= calls + 1; at++) {
        typed_server server;
        alloc_fault f;
        surreal *db;
        script s;

        memset(&f, 0, sizeof f);
        memset(&server, 0, sizeof server);
        f.at = at;
        script_init(&s);
        s.answer = answer_typed;
        s.user = &server;
        s.options.allocator.resize = fault_resize;
        s.options.allocator.user = &f;
        s.options.ns = "n";
        s.options.db = "d";
        db = script_open(&s);
        if (db && surreal_get_state(db) == SURREAL_OPEN) {
            every_call(db, &server);
        }
        script_end(&s, db);
        CHECK_INT(f.heap.held, 0);
        if (f.heap.calls > calls) calls = f.heap.calls;
        if (test_failed_checks) {
            TEST_FAIL("allocation %zu fails", at);
            break;
        }
    }
    CHECK(calls > 20);
    CHECK(at > calls);
}

TEST_MAIN(
    RUN(test_typed_sends_every_parameter_and_the_text);
    RUN(test_typed_one_counts_rows);
    RUN(test_typed_failures_have_the_querys_name_and_a_path);
    RUN(test_typed_reads_the_statement_of_each_version);
    RUN(test_typed_conflicts_are_retried_as_often_as_said);
    RUN(test_typed_each_ends_where_it_is_told_to);
    RUN(test_typed_allocates_no_more_than_by_hand);
    RUN(test_typed_each_allocation_fails_once);
)
