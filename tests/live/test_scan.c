/* tests/live/test_scan.c: tables page by page on a real server.
 *
 *   make build/live/test_scan && sh tests/live/run.sh build/live/test_scan */
#include "tests/live/live.h"

static surreal *db;

static void
run(const char *text)
{
    surreal_result_free(live_run(db, text, SURREAL_NO_VARS));
}

/* The keys of a scan, joined by blanks. */
typedef struct keys {
    char text[4096];
    size_t len;
    size_t count;
    size_t stop; /* ends the scan at this many; 0: never */
} keys;

static surreal_status
keys_row(void *user, surreal_value row)
{
    keys *k = (keys *)user;
    char key[64];

    surreal_print(surreal_record_key(surreal_field(row, "id")), key,
                  sizeof key);
    if (k->len < sizeof k->text - sizeof key) {
        k->len += (size_t)snprintf(k->text + k->len,
                                   sizeof k->text - k->len, "%s ", key);
    }
    k->count++;
    return k->count == k->stop ? SURREAL_NO_CHANGE : SURREAL_OK;
}

static const char *
scan_keys(const char *table, const surreal_scan_options *opt)
{
    static keys k;
    surreal_status status;

    memset(&k, 0, sizeof k);
    status = surreal_scan(db, table, opt, keys_row, &k);
    if (status) TEST_FAIL("%s", surreal_last_error(db)->message);
    return k.text;
}

static const char mixed_keys[] =
    "-5 1 70 '1' 'a' 'b' u'018f0000-0000-7000-8000-000000000001' "
    "[1, 2] [1, 'x'] { a: 1 } ";

/* Every page size gives every row once, whatever its kind of id. */
TEST(test_live_scan_of_mixed_ids)
{
    surreal_scan_options opt;

    run("CREATE mix:1, mix:-5, mix:70, mix:a, mix:b, mix:`1`, mix:[1, 2],"
        "mix:[1, 'x'], mix:{ a: 1 },"
        "mix:u'018f0000-0000-7000-8000-000000000001' SET n = 1");
    CHECK_STR(scan_keys("mix", NULL), mixed_keys);
    memset(&opt, 0, sizeof opt);
    for (opt.rows = 1; opt.rows <= 12; opt.rows++) {
        CHECK_STR(scan_keys("mix", &opt), mixed_keys);
    }
}

TEST(test_live_scan_begins_where_told)
{
    static const uint8_t pair[] = {0x82, 1, 2};
    surreal_uuid u = {{0x01, 0x8f, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0,
                       0, 1}};
    surreal_bytes array;
    surreal_scan_options opt;

    array.ptr = pair;
    array.len = sizeof pair;
    memset(&opt, 0, sizeof opt);
    opt.rows = 2;
    opt.from = surreal_id_int("mix", 70);
    CHECK_STR(scan_keys("mix", &opt), strstr(mixed_keys, "70"));
    opt.from = surreal_id_int("mix", 2);
    CHECK_STR(scan_keys("mix", &opt), strstr(mixed_keys, "70"));
    memset(&opt.from, 0, sizeof opt.from);
    opt.after = surreal_id_int("mix", 70);
    CHECK_STR(scan_keys("mix", &opt), strstr(mixed_keys, "'1'"));
    opt.after = surreal_id_str("mix", SURREAL_LIT("a"));
    CHECK_STR(scan_keys("mix", &opt), strstr(mixed_keys, "'b'"));
    opt.after = surreal_id_uuid("mix", u);
    CHECK_STR(scan_keys("mix", &opt), strstr(mixed_keys, "[1, 2]"));
    opt.after = surreal_id_cbor("mix", array);
    CHECK_STR(scan_keys("mix", &opt), strstr(mixed_keys, "[1, 'x']"));
    opt.from = opt.after;
    CHECK_INT(surreal_scan(db, "mix", &opt, keys_row, NULL),
              SURREAL_ERR_USAGE);
    memset(&opt.from, 0, sizeof opt.from);
    opt.after.table = SURREAL_LIT("other");
    CHECK_INT(surreal_scan(db, "mix", &opt, keys_row, NULL),
              SURREAL_ERR_USAGE);
}

TEST(test_live_scan_with_condition_and_fields)
{
    surreal_bind vars[2];
    surreal_scan_options opt;
    surreal_scanner s;
    surreal_value row;

    run("DEFINE TABLE c; DEFINE INDEX cn ON c FIELDS n;"
        "FOR $i IN 0..100 { CREATE type::record('c:' + <string>$i) "
        "SET n = 100 - $i, odd = $i % 2 = 1 }");
    memset(&opt, 0, sizeof opt);
    vars[0] = surreal_bind_int("top", 20);
    vars[1] = surreal_bind_text("mark", "'); --");
    opt.vars.v = vars;
    opt.vars.count = 2;
    opt.rows = 3;
    opt.where = "n < $top OR n > 90 -- an index fits";
    CHECK_STR(scan_keys("c", &opt),
              "0 1 2 3 4 5 6 7 8 9 81 82 83 84 85 86 87 88 89 90 91 92 93 94 "
              "95 96 97 98 99 ");
    opt.where = "n < $top";
    CHECK_STR(scan_keys("c", &opt),
              "81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 ");
    opt.fields = "n * 2 AS twice, $mark AS mark # comment";
    CHECK_INT(surreal_scan_open(&s, db, "c", &opt), SURREAL_OK);
    CHECK_INT(surreal_scan_next(&s, &row), SURREAL_OK);
    CHECK_STR(live_text(row), "{ id: c:81, mark: \"'); --\", twice: 38 }");
    surreal_scan_close(&s);
    opt.where = "n = 1000";
    CHECK_STR(scan_keys("c", &opt), "");
    opt.where = "n = ";
    CHECK_INT(surreal_scan(db, "c", &opt, keys_row, NULL),
              SURREAL_ERR_QUERY);
}

TEST(test_live_scan_of_thousands)
{
    surreal_scanner s;
    surreal_value row;
    surreal_status status;
    int64_t n = 0;

    run("FOR $i IN 0..3500 { CREATE type::record('big:' + <string>$i) "
        "SET n = $i }");
    CHECK_INT(surreal_scan_open(&s, db, "big", NULL), SURREAL_OK);
    while ((status = surreal_scan_next(&s, &row)) == SURREAL_OK) {
        if (surreal_int_at(row, "n") != n) break;
        n++;
    }
    CHECK_INT(status, SURREAL_NOT_FOUND);
    CHECK_INT(surreal_scan_next(&s, &row), SURREAL_NOT_FOUND);
    CHECK_INT(n, 3500);
    surreal_scan_close(&s);
    surreal_scan_close(&s);
}

/* Deleting what was read, and its neighbours, moves nothing. */
TEST(test_live_rows_deleted_meanwhile_do_no_harm)
{
    surreal_scan_options opt;
    surreal_scanner s;
    surreal_value row;
    int64_t key = -1;
    int64_t sum = 0;

    run("FOR $i IN 0..40 { CREATE type::record('del:' + <string>$i) }");
    memset(&opt, 0, sizeof opt);
    opt.rows = 4;
    CHECK_INT(surreal_scan_open(&s, db, "del", &opt), SURREAL_OK);
    while (surreal_scan_next(&s, &row) == SURREAL_OK) {
        surreal_record_id id = surreal_record_id_at(row, "id");

        CHECK(id.key.i > key);
        key = id.key.i;
        sum += key;
        CHECK_INT(surreal_delete(db, surreal_record(id), SURREAL_RETURN_NONE,
                                 NULL), SURREAL_OK);
        /* One of the next page, which then does not come. */
        if (key == 7) run("DELETE del:9; CREATE del:100");
    }
    surreal_scan_close(&s);
    CHECK_INT(sum, 39 * 40 / 2 - 9 + 100);
    CHECK_STR(scan_keys("del", NULL), "");
}

TEST(test_live_the_row_function_stops_a_scan)
{
    surreal_scan_options opt;
    keys k;

    memset(&k, 0, sizeof k);
    memset(&opt, 0, sizeof opt);
    opt.rows = 2;
    k.stop = 3;
    CHECK_INT(surreal_scan(db, "mix", &opt, keys_row, &k),
              SURREAL_NO_CHANGE);
    CHECK_STR(k.text, "-5 1 70 ");
}

TEST(test_trap_m01_scan_of_an_unknown_table)
{
    keys k;

    memset(&k, 0, sizeof k);
    CHECK_INT(surreal_scan(db, "unknown_table", NULL, keys_row, &k),
              live_major >= 3 ? SURREAL_ERR_UNDEFINED : SURREAL_OK);
    CHECK_INT(k.count, 0);
}

TEST_MAIN(
    live_init();
    db = live_open("scan");
    RUN(test_live_scan_of_mixed_ids);
    RUN(test_live_scan_begins_where_told);
    RUN(test_live_scan_with_condition_and_fields);
    RUN(test_live_scan_of_thousands);
    RUN(test_live_rows_deleted_meanwhile_do_no_harm);
    RUN(test_live_the_row_function_stops_a_scan);
    RUN(test_trap_m01_scan_of_an_unknown_table);
    surreal_close(db);
)
