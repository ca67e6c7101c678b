/* tests/live/test_queries.c: typed queries against a real server.
 *
 *   make build/live/test_queries
 *   sh tests/live/run.sh build/live/test_queries */
#include "tests/live/live.h"

#include "shop.h"

static surreal *db;
static shop_user_id ann, bob;

static void
must(surreal_status status, const char *what)
{
    if (!status) return;
    TEST_FAIL("%s: %s: %s", what, surreal_status_text(status),
              surreal_last_error(db)->message);
}

/* The tables of queries.sg, as far as they matter here, in words that both
 * versions know. */
static const char schema[] =
    "DEFINE TABLE user SCHEMAFULL PERMISSIONS FULL;"
    "DEFINE FIELD email ON user TYPE string;"
    "DEFINE FIELD password ON user TYPE string VALUE IF $before = NONE OR "
    "$value != $before { crypto::argon2::generate($value) } "
    "ELSE { $value };"
    "DEFINE FIELD name ON user TYPE string;"
    "DEFINE FIELD level ON user TYPE int DEFAULT 1;"
    "DEFINE FIELD home ON user TYPE option<object>;"
    "DEFINE FIELD home.street ON user TYPE string;"
    "DEFINE FIELD home.zip ON user TYPE option<string>;"
    "DEFINE INDEX email_ix ON user FIELDS email UNIQUE;"
    "DEFINE INDEX both_ix ON user FIELDS name, level UNIQUE;"
    "DEFINE TABLE orders SCHEMAFULL;"
    "DEFINE FIELD buyer ON orders TYPE record<user>;"
    "DEFINE FIELD state ON orders TYPE string DEFAULT 'draft';"
    "DEFINE FIELD total ON orders TYPE decimal DEFAULT 0dec;"
    "DEFINE FIELD note ON orders TYPE string | null DEFAULT NULL;"
    "DEFINE TABLE product SCHEMAFULL;"
    "DEFINE FIELD title ON product TYPE string;"
    "DEFINE FIELD rank ON product TYPE option<int>;"
    "DEFINE TABLE likes TYPE RELATION IN user OUT product SCHEMAFULL;"
    "DEFINE FIELD stars ON likes TYPE int DEFAULT 5;"
    "DEFINE TABLE touches TYPE RELATION IN user OUT product | orders;"
    "DEFINE FUNCTION fn::order::total($o: record<orders>, $vat: decimal) "
    "{ RETURN $o.total * (1 + $vat) };"
    "DEFINE FUNCTION fn::untyped($v: any) { RETURN $v };"
    "DEFINE FUNCTION fn::evens($below: int) "
    "{ RETURN SELECT VALUE n FROM [{ n: 0 }, { n: 2 }, { n: 4 }, { n: 6 }] "
    "WHERE n < $below };"
    "DEFINE FUNCTION fn::first_user() "
    "{ RETURN (SELECT VALUE id FROM user LIMIT 1)[0] };"
    "DEFINE ACCESS account ON DATABASE TYPE RECORD "
    "SIGNUP (CREATE user SET email = $email, password = $password, "
    "name = $name) "
    "SIGNIN (SELECT * FROM user WHERE email = $email AND "
    "crypto::argon2::compare(password, $password));"
    "CREATE user:ann SET email = 'ann@x.org', password = 'secret', "
    "name = 'Ann', home = { street: 'Main 1' };"
    "CREATE user:bob SET email = 'bob@x.org', password = 'other', "
    "name = 'Bob', level = 7;"
    "CREATE orders:1 SET buyer = user:ann, total = 10.5dec;"
    "CREATE orders:2 SET buyer = user:ann, state = 'placed', note = 'now';"
    "CREATE orders:3 SET buyer = user:bob;"
    "CREATE product:1 SET title = 'one'; CREATE product:2 SET title = 'two'";

static void
run(const char *text)
{
    surreal_result_free(live_run(db, text, SURREAL_NO_VARS));
}

static shop_orders_of_args
orders_args(shop_user_id who)
{
    shop_orders_of_args args;

    memset(&args, 0, sizeof args);
    shop_orders_of_args_set_buyer(&args, who);
    return args;
}

/* ---- shapes ------------------------------------------------------------- */

TEST(test_live_query_many_with_defaults_and_options)
{
    shop_orders_of_args args = orders_args(ann);
    shop_orders_of_rows rows;

    must(shop_orders_of(db, &args, &rows), "orders_of");
    NEED(rows.count == 2);
    CHECK_INT(rows.v[0].id.rid.key.i, 2);
    CHECK_INT(rows.v[0].state, SHOP_STATE_PLACED);
    CHECK(shop_orders_of_item_has_note(&rows.v[0]));
    CHECK_STR(rows.v[0].note.ptr, "now");
    CHECK(!shop_orders_of_item_has_note(&rows.v[1])); /* NULL */
    CHECK_STR(rows.v[1].total.text.ptr, "10.5");
    surreal_result_free(rows.result);

    shop_orders_of_args_set_state(&args, SHOP_STATE_DRAFT);
    must(shop_orders_of(db, &args, &rows), "one state");
    CHECK_INT(rows.count, 1);
    surreal_result_free(rows.result);

    shop_orders_of_args_clear_state(&args);
    shop_orders_of_args_set_limit(&args, 1);
    must(shop_orders_of(db, &args, &rows), "limit");
    CHECK_INT(rows.count, 1);
    surreal_result_free(rows.result);
}

TEST(test_live_query_required_parameter_is_refused_before_sending)
{
    shop_orders_of_args args;
    shop_orders_of_rows rows;
    shop_touch_args touch;

    memset(&args, 0, sizeof args);
    CHECK_INT(shop_orders_of(db, &args, &rows), SURREAL_ERR_MISSING);
    CHECK_STR(surreal_last_error(db)->path, "buyer");
    CHECK(!rows.result && !rows.v && !rows.count);
    CHECK_INT(shop_orders_of(db, NULL, &rows), SURREAL_ERR_MISSING);
    memset(&touch, 0, sizeof touch);
    CHECK_INT(shop_touch(db, &touch), SURREAL_ERR_MISSING);
    CHECK_STR(surreal_last_error(db)->path, "id");
    CHECK_INT(shop_touch(db, NULL), SURREAL_ERR_MISSING);
    CHECK_STR(surreal_last_error(db)->path, "id");
    /* An id of another table cannot even be written; an empty one is told. */
    shop_touch_args_set_id(&touch, touch.id);
    CHECK(shop_touch(db, &touch) != SURREAL_OK);
}

TEST(test_live_query_one_and_maybe)
{
    shop_user_by_email_args args;
    shop_user_row row;
    int64_t count = -1;

    memset(&args, 0, sizeof args);
    shop_user_by_email_args_set_email(&args, SURREAL_LIT("bob@x.org"));
    must(shop_user_by_email(db, &args, &row), "by email");
    CHECK_STR(row.row.name.ptr, "Bob");
    CHECK(!shop_user_has_home(&row.row));
    surreal_result_free(row.result);

    shop_user_by_email_args_set_email(&args, SURREAL_LIT("nobody"));
    CHECK_INT(shop_user_by_email(db, &args, &row), SURREAL_NOT_FOUND);
    CHECK(!row.result && !row.row.set_[0]);

    must(shop_count_users(db, &count), "count");
    CHECK_INT(count, 2);
    CHECK_INT(shop_one_user(db, &row), SURREAL_ERR_RANGE);
    CHECK(strstr(surreal_last_error(db)->message, "expected one row, got 2"));
    CHECK(!row.result);
}

/* Columns that were not selected are not there, and no failure. */
TEST(test_live_query_rows_of_a_table_may_come_in_part)
{
    shop_touch_args touch;
    shop_names_rows names;
    shop_user_names_rows plain;
    shop_where_is_args where;
    shop_where_is_row place;

    must(shop_names(db, &names), "names");
    NEED(names.count == 2);
    CHECK_STR(names.v[1].name.ptr, "Bob");
    surreal_result_free(names.result);

    must(shop_user_names(db, NULL, &plain), "names as text");
    NEED(plain.count == 2);
    CHECK_STR(plain.v[0].ptr, "Ann");
    surreal_result_free(plain.result);

    memset(&where, 0, sizeof where);
    shop_where_is_args_set_u(&where, ann);
    must(shop_where_is(db, &where, &place), "where is");
    CHECK_STR(place.row.street.ptr, "Main 1");
    CHECK(!shop_place_has_zip(&place.row));
    surreal_result_free(place.result);
    shop_where_is_args_set_u(&where, bob);
    CHECK_INT(shop_where_is(db, &where, &place), SURREAL_NOT_FOUND);

    memset(&touch, 0, sizeof touch);
    shop_touch_args_set_id(&touch, bob);
    must(shop_touch(db, &touch), "none");
}

TEST(test_live_query_tuple_has_a_member_for_each)
{
    shop_dash_args args;
    shop_dash_out out;

    memset(&args, 0, sizeof args);
    shop_dash_args_set_u(&args, ann);
    must(shop_dash(db, &args, &out), "dash");
    NEED(out.r1.found);
    CHECK_STR(out.r1.row.email.text, "ann@x.org");
    CHECK_INT(out.r3.count, 2);
    CHECK_INT(out.r4, 2);
    surreal_result_free(out.result);

    shop_dash_args_set_u(&args, shop_user_id_str(SURREAL_LIT("nobody")));
    must(shop_dash(db, &args, &out), "dash of nobody");
    CHECK(!out.r1.found);
    CHECK_INT(out.r3.count, 0);
    CHECK_INT(out.r4, 0);
    surreal_result_free(out.result);
}

TEST(test_live_query_failing_statement_is_the_querys)
{
    shop_pay_args args;
    shop_order_row row;

    memset(&args, 0, sizeof args);
    shop_pay_args_set_o(&args, shop_order_id_int(3));
    must(shop_pay(db, &args, &row), "pay");
    CHECK_INT(row.row.state, SHOP_STATE_PAID);
    surreal_result_free(row.result);
    CHECK_INT(shop_pay(db, &args, &row), SURREAL_ERR_THROWN);
    CHECK(strstr(surreal_last_error(db)->message, "paid already"));
    CHECK(!row.result);
}

TEST(test_live_query_parameters_of_every_kind)
{
    static const surreal_str tags[] = {{"a", 1}, {"b", 1}};
    shop_echo_args args;
    shop_echo_row out;
    shop_place home;
    surreal_raw any;
    uint8_t seven = 7;

    memset(&args, 0, sizeof args);
    memset(&home, 0, sizeof home);
    memset(&any, 0, sizeof any);
    shop_place_set_street(&home, SURREAL_LIT("S"));
    shop_echo_args_set_home(&args, home);
    shop_echo_args_set_tags(&args, tags, 2);
    shop_echo_args_set_state(&args, SHOP_STATE_PAID);
    shop_echo_args_null_null(&args);
    any.cbor.ptr = &seven;
    any.cbor.len = 1;
    shop_echo_args_set_any(&args, any);
    must(shop_echo(db, &args, &out), "echo");
    CHECK_STR(out.row.home.street.ptr, "S");
    CHECK(!shop_place_has_zip(&out.row.home));
    CHECK_INT(out.row.tags.count, 2);
    CHECK_INT(out.row.state, SHOP_STATE_PAID);
    CHECK(!shop_echo_item_has_maybe(&out.row));
    CHECK(!shop_echo_item_has_null(&out.row));
    CHECK_STR(live_text(out.row.any.value), "7");
    surreal_result_free(out.result);
}

TEST(test_live_query_anything_and_arrays_of_arrays)
{
    shop_raw_rows_rows raw;
    shop_grid_rows grid;

    must(shop_raw_rows(db, &raw), "raw");
    CHECK_INT(raw.count, 2);
    CHECK_STR(live_text(surreal_field(raw.v[0].value, "name")), "'Ann'");
    surreal_result_free(raw.result);
    must(shop_grid(db, &grid), "grid");
    NEED(grid.count == 2);
    CHECK_INT(grid.v[0].v[1], 2);
    CHECK_INT(grid.v[1].count, 1);
    surreal_result_free(grid.result);
}

/* ---- row by row --------------------------------------------------------- */

typedef struct memory {
    size_t used, peak;
} memory;

static void *
count_memory(void *user, void *block, size_t old_len, size_t new_len)
{
    memory *m = (memory *)user;

    m->used = m->used - old_len + new_len;
    if (m->used > m->peak) m->peak = m->used;
    if (new_len) return realloc(block, new_len);
    free(block);
    return NULL;
}

typedef struct walk {
    int64_t rows, sum, stop_at;
} walk;

static surreal_status
walk_row(void *arg, const shop_product *row)
{
    walk *w = (walk *)arg;

    w->rows++;
    w->sum += row->rank + (int64_t)row->title.len;
    return w->rows == w->stop_at ? SURREAL_NO_CHANGE : SURREAL_OK;
}

TEST(test_live_query_each_needs_no_memory_for_rows)
{
    surreal_options opt;
    shop_dump_args args;
    surreal *other = NULL;
    surreal_result *r;
    memory m = {0, 0};
    walk w = {0, 0, 0};
    size_t plain;

    run("FOR $i IN 0..10000 { CREATE product SET rank = 1000 + $i, "
        "title = 'something with a name' }");
    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = "queries";
    opt.tls.ca_file = live_ca;
    opt.allocator.resize = count_memory;
    opt.allocator.user = &m;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    /* What the answer itself takes. */
    NEED(!surreal_query(other, "SELECT * FROM product WHERE rank >= 1000 "
                               "ORDER BY id", SURREAL_NO_VARS, &r));
    surreal_result_free(r);
    plain = m.peak;
    memset(&args, 0, sizeof args);
    shop_dump_args_set_from(&args, 1000);
    CHECK_INT(shop_dump(other, &args, walk_row, &w), SURREAL_OK);
    CHECK_INT(w.rows, 10000);
    CHECK_INT(w.sum, 1000 * 10000 + 9999 * 5000 + 21 * 10000);
    if (m.peak > plain + 65536) {
        TEST_FAIL("peak %zu, %zu of them the answer", m.peak, plain);
    }
    w.rows = 0;
    w.stop_at = 5;
    CHECK_INT(shop_dump(other, &args, walk_row, &w), SURREAL_NO_CHANGE);
    CHECK_INT(w.rows, 5);
    CHECK_INT(shop_dump(other, &args, NULL, NULL), SURREAL_ERR_USAGE);
    surreal_close(other);
    CHECK_INT(m.used, 0);
    run("DELETE product WHERE rank >= 1000");
}

/* ---- functions ---------------------------------------------------------- */

TEST(test_live_query_functions)
{
    shop_fn_order_total_args args;
    shop_fn_order_total_row total;
    shop_fn_untyped_args any;
    shop_fn_untyped_row untyped;
    shop_fn_evens_args below;
    shop_fn_evens_rows evens;
    shop_fn_first_user_row first;
    surreal_raw raw;
    uint8_t list[] = {0x82, 1, 2};

    memset(&args, 0, sizeof args);
    shop_fn_order_total_args_set_o(&args, shop_order_id_int(1));
    must(shop_fn_order_total(db, &args, &total), "total");
    CHECK_STR(total.row.text.ptr, "11.3505"); /* the server's default */
    surreal_result_free(total.result);
    total.row.text = SURREAL_LIT("1");
    shop_fn_order_total_args_set_vat(&args, total.row);
    must(shop_fn_order_total(db, &args, &total), "total");
    CHECK_INT(surreal_decimal_cmp(total.row, total.row), 0);
    CHECK(!strncmp(total.row.text.ptr, "21", 2));
    surreal_result_free(total.result);

    memset(&any, 0, sizeof any);
    memset(&raw, 0, sizeof raw);
    raw.cbor.ptr = list;
    raw.cbor.len = sizeof list;
    shop_fn_untyped_args_set_v(&any, raw);
    must(shop_fn_untyped(db, &any, &untyped), "untyped");
    CHECK_STR(live_text(untyped.row.value), "[1, 2]");
    surreal_result_free(untyped.result);
    memset(&any, 0, sizeof any);
    must(shop_fn_untyped(db, &any, &untyped), "untyped, nothing");
    CHECK_STR(live_text(untyped.row.value), "NONE");
    surreal_result_free(untyped.result);

    must(shop_fn_evens(db, NULL, &evens), "evens");
    CHECK_INT(evens.count, 4);
    surreal_result_free(evens.result);
    memset(&below, 0, sizeof below);
    shop_fn_evens_args_set_below(&below, 3);
    must(shop_fn_evens(db, &below, &evens), "evens");
    NEED(evens.count == 2);
    CHECK_INT(evens.v[1], 2);
    surreal_result_free(evens.result);

    must(shop_fn_first_user(db, &first), "first");
    CHECK(surreal_id_eq(first.row.rid, ann.rid));
    surreal_result_free(first.result);
}

/* ---- access ------------------------------------------------------------- */

TEST(test_live_query_access_and_hashed_columns)
{
    shop_account_signup_args up;
    shop_account_signin_args in;
    surreal_record_id who;
    surreal_fork_options opt;
    surreal_result *r = NULL;
    surreal *user = NULL;
    bool ok = false;

    memset(&opt, 0, sizeof opt);
    opt.anonymous = true;
    NEED(surreal_fork(db, &opt, &user) == SURREAL_OK);
    memset(&up, 0, sizeof up);
    shop_account_signup_args_set_email(&up, SURREAL_LIT("cat@x.org"));
    shop_account_signup_args_set_name(&up, SURREAL_LIT("Cat"));
    CHECK_INT(shop_account_signup(user, &up), SURREAL_ERR_MISSING);
    CHECK_STR(surreal_last_error(user)->path, "password");
    shop_account_signup_args_set_password(&up, SURREAL_LIT("pw"));
    CHECK_INT(shop_account_signup(user, &up), SURREAL_OK);
    NEED(surreal_info(user, &r) == SURREAL_OK);
    CHECK_STR(live_text(surreal_field(surreal_statement_value(r, 0),
                                      "email")), "'cat@x.org'");
    NEED(!surreal_get_record_id(
        surreal_field(surreal_statement_value(r, 0), "id"), &who));
    must(surreal_model_matches(db, &shop_user_model,
                               "SELECT VALUE crypto::argon2::compare("
                               "password, $srl_text) FROM ONLY $srl_id",
                               who, SURREAL_LIT("pw"), &ok), "matches");
    CHECK(ok);
    surreal_result_free(r);

    memset(&in, 0, sizeof in);
    shop_account_signin_args_set_email(&in, SURREAL_LIT("ann@x.org"));
    shop_account_signin_args_set_password(&in, SURREAL_LIT("wrong"));
    CHECK(shop_account_signin(user, &in) != SURREAL_OK);
    shop_account_signin_args_set_password(&in, SURREAL_LIT("secret"));
    CHECK_INT(shop_account_signin(user, &in), SURREAL_OK);
    surreal_close(user);

    must(shop_user_check_password(db, ann, SURREAL_LIT("secret"), &ok),
         "check");
    CHECK(ok);
    must(shop_user_check_password(db, ann, SURREAL_LIT("Secret"), &ok),
         "check");
    CHECK(!ok);
    CHECK_INT(shop_user_check_password(
                  db, shop_user_id_str(SURREAL_LIT("nobody")),
                  SURREAL_LIT("x"), &ok), SURREAL_NOT_FOUND);
    run("DELETE user WHERE name = 'Cat'");
}

/* ---- conflicts ---------------------------------------------------------- */

static void
rival_done(void *user, surreal *rival, surreal_status status,
           surreal_result *result, const surreal_error *err)
{
    (void)rival;
    (void)err;
    *(surreal_status *)user = status;
    surreal_result_free(result);
}

/* The same statements on another connection at the same time. */
static surreal_status
bump_against(surreal *rival, bool is_retried)
{
    surreal_bind id = surreal_bind_id("id", ann.rid);
    surreal_status other = SURREAL_OK, status;
    shop_bump_once_args once;
    shop_bump_args args;
    surreal_vars vars;
    int64_t n;

    vars.v = &id;
    vars.count = 1;
    CHECK(!surreal_query_start(rival, surreal_text(shop_bump_query.text),
                               vars, rival_done, &other, NULL));
    surreal_step(rival);
    memset(&once, 0, sizeof once);
    memset(&args, 0, sizeof args);
    shop_bump_once_args_set_id(&once, ann);
    shop_bump_args_set_id(&args, ann);
    status = is_retried ? shop_bump(db, &args, &n)
                        : shop_bump_once(db, &once, &n);
    while (surreal_pending(rival)) surreal_wait(rival, -1);
    return status;
}

TEST(test_live_query_conflict_is_retried)
{
    surreal *rival = NULL;
    surreal_options opt;
    int conflicts = 0;
    int i;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = "queries";
    opt.tls.ca_file = live_ca;
    NEED(surreal_open(live_url, &opt, &rival) == SURREAL_OK);
    for (i = 0; i < 10; i++) {
        surreal_status status = bump_against(rival, false);

        if (status == SURREAL_CONFLICT) conflicts++;
        else must(status, "bump once");
    }
    /* The engine of 2 works on one query at a time. */
    CHECK(conflicts > 0 || live_major < 3);
    for (i = 0; i < 10; i++) {
        must(bump_against(rival, true), "bump");
    }
    surreal_close(rival);
    run("UPDATE user:ann SET level = 1");
}

/* ---- other handles ------------------------------------------------------ */

TEST(test_live_query_in_a_transaction)
{
    shop_touch_args touch;
    shop_user_row row;
    surreal *tx = NULL;
    surreal_status status = surreal_begin(db, &tx);

    if (live_is_http || live_major < 3) {
        CHECK_INT(status, SURREAL_ERR_UNSUPPORTED);
        return;
    }
    NEED(status == SURREAL_OK);
    memset(&touch, 0, sizeof touch);
    shop_touch_args_set_id(&touch, ann);
    CHECK_INT(shop_touch(tx, &touch), SURREAL_OK);
    CHECK_INT(surreal_rollback(tx), SURREAL_OK);
    surreal_close(tx);
    must(shop_user_get(db, ann, &row), "get");
    CHECK_INT(row.row.level, 1);
    surreal_result_free(row.result);
}

/* A variable of the session is seen where the query has none of that name. */
TEST(test_live_query_over_http_has_the_sessions_variables)
{
    shop_orders_of_args args = orders_args(ann);
    shop_orders_of_rows rows;

    must(surreal_let(db, surreal_bind_int("mine", 1)), "let");
    must(surreal_let(db, surreal_bind_int("other", 2)), "let");
    must(shop_orders_of(db, &args, &rows), "orders_of");
    CHECK_INT(rows.count, 2);
    surreal_result_free(rows.result);
    must(surreal_unset(db, "mine"), "unset");
    must(surreal_unset(db, "other"), "unset");
}

TEST(test_live_query_live)
{
    shop_rich_feed_args args;
    shop_rich_feed_event event;
    shop_feed_event order;
    surreal_live *live = NULL, *rich = NULL;
    surreal_error err;
    surreal_status status = shop_feed(db, NULL, &live);

    if (live_is_http) {
        CHECK_INT(status, SURREAL_ERR_UNSUPPORTED);
        return;
    }
    must(status, "feed");
    memset(&args, 0, sizeof args);
    shop_rich_feed_args_set_min(&args, 50);
    status = shop_rich_feed(db, &args, NULL, &rich);
    if (live_major < 3) {
        CHECK_INT(status, SURREAL_ERR_UNSUPPORTED);
    } else {
        must(status, "rich feed");
    }
    run("CREATE orders:9 SET buyer = user:bob, total = 3dec");
    must(shop_feed_next(live, 5000, &order, &err), "created");
    CHECK_INT(order.event.action, SURREAL_CREATED);
    CHECK_STR(order.row.total.text.ptr, "3");
    CHECK(surreal_id_eq(order.row.buyer.rid, bob.rid));
    run("DELETE orders:9; UPDATE user:bob SET level = 51");
    must(shop_feed_next(live, 5000, &order, &err), "deleted");
    CHECK_INT(order.event.action, SURREAL_DELETED);
    CHECK_INT(order.row.id.rid.key.i, 9);
    if (rich) {
        must(shop_rich_feed_next(rich, 5000, &event, &err), "rich");
        CHECK_INT(event.row.level, 51);
        CHECK_INT(shop_rich_feed_next(rich, 50, &event, &err),
                  SURREAL_ERR_TIMEOUT);
    }
    surreal_live_close(rich);
    surreal_live_close(live);
}

/* ---- lookups ------------------------------------------------------------ */

TEST(test_live_lookup_by_unique_columns_and_links)
{
    shop_user_row row;
    shop_order_rows orders;

    must(shop_user_get_by_email(db, SURREAL_LIT("ann@x.org"), &row), "email");
    CHECK_STR(row.row.name.ptr, "Ann");
    surreal_result_free(row.result);
    CHECK_INT(shop_user_get_by_email(db, SURREAL_LIT("?"), &row),
              SURREAL_NOT_FOUND);
    CHECK(!row.result);
    must(shop_user_get_by_name_level(db, SURREAL_LIT("Ann"), 1, &row),
         "name and level");
    surreal_result_free(row.result);
    must(shop_order_by_buyer(db, ann, &orders), "orders by buyer");
    CHECK_INT(orders.count, 2);
    surreal_result_free(orders.result);
}

TEST(test_live_lookup_pages)
{
    shop_product_rows rows;
    shop_product_id last;
    int64_t seen = 0;
    size_t count;

    run("FOR $i IN 10..35 { CREATE product SET id = $i, title = 'more' }");
    memset(&last, 0, sizeof last);
    do {
        must(shop_product_page(db, last, 10, &rows), "page");
        count = rows.count;
        if (!count) break;
        CHECK(rows.v[0].id.rid.key.i > seen);
        seen = rows.v[count - 1].id.rid.key.i;
        last = shop_product_id_int(seen);
        surreal_result_free(rows.result);
    } while (count == 10);
    CHECK_INT(seen, 34);
    last.rid = surreal_id_int("user", 1);
    CHECK_INT(shop_product_page(db, last, 10, &rows), SURREAL_ERR_USAGE);
    run("DELETE product WHERE title = 'more'");
}

TEST(test_live_lookup_edges_both_ways)
{
    shop_product_id one = shop_product_id_int(1);
    shop_product_id two = shop_product_id_int(2);
    shop_likes_rows edges;
    shop_product_rows products;
    shop_user_rows users;
    shop_touches_rows touches;
    size_t count = 0;

    must(shop_likes_relate(db, ann, one, NULL, NULL), "relate");
    must(shop_likes_relate(db, ann, two, NULL, NULL), "relate");
    must(shop_likes_relate(db, bob, two, NULL, NULL), "relate");
    must(shop_likes_from(db, ann, &edges), "from");
    CHECK_INT(edges.count, 2);
    surreal_result_free(edges.result);
    must(shop_likes_to(db, two, &edges), "to");
    CHECK_INT(edges.count, 2);
    surreal_result_free(edges.result);
    must(shop_likes_targets(db, bob, &products), "targets");
    NEED(products.count == 1);
    CHECK_STR(products.v[0].title.ptr, "two");
    surreal_result_free(products.result);
    must(shop_likes_sources(db, one, &users), "sources");
    NEED(users.count == 1);
    CHECK_STR(users.v[0].name.ptr, "Ann");
    surreal_result_free(users.result);
    must(shop_likes_unrelate(db, ann, two, &count), "unrelate");
    CHECK_INT(count, 1);
    must(shop_likes_unrelate(db, ann, two, &count), "unrelate again");
    CHECK_INT(count, 0);
    must(shop_touches_relate(db, ann, one.rid, NULL, NULL), "touch");
    must(shop_touches_to(db, one.rid, &touches), "touches");
    CHECK_INT(touches.count, 1);
    surreal_result_free(touches.result);
}

TEST_MAIN(
    live_init();
    db = live_open("queries");
    run(schema);
    ann = shop_user_id_str(SURREAL_LIT("ann"));
    bob = shop_user_id_str(SURREAL_LIT("bob"));
    RUN(test_live_query_many_with_defaults_and_options);
    RUN(test_live_query_required_parameter_is_refused_before_sending);
    RUN(test_live_query_one_and_maybe);
    RUN(test_live_query_rows_of_a_table_may_come_in_part);
    RUN(test_live_query_tuple_has_a_member_for_each);
    RUN(test_live_query_failing_statement_is_the_querys);
    RUN(test_live_query_parameters_of_every_kind);
    RUN(test_live_query_anything_and_arrays_of_arrays);
    RUN(test_live_query_functions);
    RUN(test_live_query_access_and_hashed_columns);
    RUN(test_live_query_conflict_is_retried);
    run("UPDATE user SET level = 1");
    RUN(test_live_query_in_a_transaction);
    RUN(test_live_query_over_http_has_the_sessions_variables);
    RUN(test_live_query_live);
    run("UPDATE user SET level = 1");
    RUN(test_live_lookup_by_unique_columns_and_links);
    RUN(test_live_lookup_pages);
    RUN(test_live_lookup_edges_both_ways);
    RUN(test_live_query_each_needs_no_memory_for_rows);
    surreal_close(db);
)
