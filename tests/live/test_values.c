/* tests/live/test_values.c: every kind of value to a real server and back.
 *
 *   make build/live/test_values
 *   sh tests/live/run.sh build/live/test_values */
#define LIVE_INSIDE /* compares results byte for byte */
#include "tests/live/live.h"

static surreal *db;

/* Send a variable, and check what comes back and what the server calls it. */
static void
echo(surreal_bind bind, surreal_kind kind, const char *text)
{
    surreal_result *r = live_run(db, "RETURN $v", SURREAL_VARS(bind));
    surreal_value v = surreal_statement_value(r, 0);

    CHECK_INT(surreal_value_kind(v), kind);
    CHECK_STR(live_text(v), text);
    surreal_result_free(r);
}

TEST(test_live_none_and_null_differ)
{
    echo(surreal_bind_none("v"), SURREAL_NONE, "NONE");
    echo(surreal_bind_null("v"), SURREAL_NULL, "NULL");
}

TEST(test_live_plain_values)
{
    echo(surreal_bind_bool("v", true), SURREAL_BOOL, "true");
    echo(surreal_bind_bool("v", false), SURREAL_BOOL, "false");
    echo(surreal_bind_text("v", ""), SURREAL_STRING, "''");
    echo(surreal_bind_text("v", "it's"), SURREAL_STRING, "\"it's\"");
    echo(surreal_bind_table("v", "person"), SURREAL_TABLE,
         "type::table('person')");
}

TEST(test_live_integers_to_64_bits)
{
    static const int64_t all[] = {0,   1,     -1,     23,    24,
                                  255, 256,   -256,   -257,  65535,
                                  65536,      4294967295, 4294967296,
                                  INT64_MAX,  INT64_MIN};
    size_t i;

    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        surreal_result *r = live_run(
            db, "RETURN $v", SURREAL_VARS(surreal_bind_int("v", all[i])));
        int64_t back = 0;

        CHECK_INT(surreal_get_int(surreal_statement_value(r, 0), &back),
                  SURREAL_OK);
        CHECK_INT(back, all[i]);
        surreal_result_free(r);
    }
}

TEST(test_trap_w05_integers_beyond_64_bits_are_refused)
{
    uint8_t room[32];
    surreal_writer w;
    surreal_bytes item;

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_uint(&w, (uint64_t)INT64_MAX + 1);
    CHECK_INT(surreal_writer_take(&w, &item), SURREAL_ERR_RANGE);
}

TEST(test_trap_w07_floats_of_every_width)
{
    static const double all[] = {0.0,  1.5,    1.1,   100000.0, 65504.0,
                                 1e300, -2.25, 3.4028234663852886e38};
    surreal_result *r;
    double back = 0;
    size_t i;

    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        r = live_run(db, "RETURN $v",
                     SURREAL_VARS(surreal_bind_float("v", all[i])));
        CHECK_INT(surreal_get_float(surreal_statement_value(r, 0), &back),
                  SURREAL_OK);
        CHECK(back == all[i]);
        surreal_result_free(r);
    }
    r = live_run(db, "RETURN [math::inf, -math::inf, 0f/0f, -0f]",
                 SURREAL_NO_VARS);
    CHECK_INT(surreal_get_float(surreal_at(surreal_statement_value(r, 0), 0),
                                &back), SURREAL_OK);
    CHECK(back > 1e308);
    CHECK_INT(surreal_get_float(surreal_at(surreal_statement_value(r, 0), 2),
                                &back), SURREAL_OK);
    CHECK(back != back);
    surreal_result_free(r);
}

TEST(test_live_decimals_keep_their_digits)
{
    echo(surreal_bind_decimal("v", "0.1"), SURREAL_DECIMAL, "0.1dec");
    echo(surreal_bind_decimal("v", "-12.25"), SURREAL_DECIMAL, "-12.25dec");
    echo(surreal_bind_decimal("v", "79228162514264337593543950335"),
         SURREAL_DECIMAL, "79228162514264337593543950335dec");
}

TEST(test_trap_t07_datetimes_to_the_nanosecond)
{
    static const surreal_datetime all[] = {
        {0, 0}, {1704067200, 123456789}, {-1, 500000000},
        {-62135596800, 1}, {253402300799, 999999999}};
    size_t i;

    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        surreal_result *r = live_run(
            db, "RETURN $v",
            SURREAL_VARS(surreal_bind_datetime("v", all[i])));
        surreal_datetime back = {7, 7};

        CHECK_INT(surreal_get_datetime(surreal_statement_value(r, 0), &back),
                  SURREAL_OK);
        CHECK_INT(back.sec, all[i].sec);
        CHECK_INT(back.nsec, all[i].nsec);
        surreal_result_free(r);
    }
}

TEST(test_trap_w04_durations_zero_seconds_nanoseconds)
{
    static const surreal_duration all[] = {
        {0, 0}, {5400, 0}, {0, 1}, {33019506, 7008009}};
    size_t i;

    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        surreal_result *r = live_run(
            db, "RETURN $v",
            SURREAL_VARS(surreal_bind_duration("v", all[i])));
        surreal_duration back = {7, 7};

        CHECK_INT(surreal_get_duration(surreal_statement_value(r, 0), &back),
                  SURREAL_OK);
        CHECK_INT(back.sec, all[i].sec);
        CHECK_INT(back.nsec, all[i].nsec);
        surreal_result_free(r);
    }
    echo(surreal_bind_duration("v", all[3]), SURREAL_DURATION,
         "1y2w3d4h5m6s7ms8\xc2\xb5s9ns");
}

TEST(test_live_uuid_and_bytes)
{
    surreal_uuid uuid;
    surreal_bytes bytes;

    NEED(surreal_uuid_parse(
             surreal_text("018f1e6a-7b2c-7def-8123-456789abcdef"), &uuid,
             NULL) == SURREAL_OK);
    echo(surreal_bind_uuid("v", uuid), SURREAL_UUID,
         "u'018f1e6a-7b2c-7def-8123-456789abcdef'");
    bytes.ptr = (const uint8_t *)"\x00\xff\x10";
    bytes.len = 3;
    {
        surreal_result *r = live_run(
            db, "RETURN $v", SURREAL_VARS(surreal_bind_bytes("v", bytes)));
        surreal_bytes back = {NULL, 0};

        CHECK_INT(surreal_get_bytes(surreal_statement_value(r, 0), &back),
                  SURREAL_OK);
        CHECK_MEM(back.ptr, back.len, bytes.ptr, 3);
        surreal_result_free(r);
    }
}

/* Create with the id, read it back by the id, and compare. */
static void
id_round_trip(surreal_record_id id)
{
    surreal_result *r = live_run(
        db, "CREATE $id SET n = 1; SELECT * FROM $id; DELETE $id",
        SURREAL_VARS(surreal_bind_id("id", id)));
    surreal_record_id back;
    surreal_value row;

    CHECK_INT(surreal_one(r, 1, &row), SURREAL_OK);
    CHECK_INT(surreal_get_record_id(surreal_field(row, "id"), &back),
              SURREAL_OK);
    CHECK(surreal_id_eq(back, id));
    surreal_result_free(r);
}

TEST(test_trap_t01_ids_of_every_spelling)
{
    static const char *const keys[] = {
        "7abc", "1",  "1e5", "007",  "-1",          "true", "\xf0\x9f\x98\x80",
        "a`b",  "a\\b", "a b", "\xe2\x9f\xa9", "a:b",  "NONE", "person:1"};
    size_t i;

    for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        id_round_trip(surreal_id_str("thing", surreal_text(keys[i])));
    }
    id_round_trip(surreal_id_int("thing", 1));
    id_round_trip(surreal_id_int("thing", INT64_MIN));
}

TEST(test_live_ids_with_uuid_array_and_object_keys)
{
    uint8_t room[128];
    surreal_writer w;
    surreal_bytes key;
    surreal_uuid uuid;

    memset(&uuid, 0x5a, sizeof uuid);
    id_round_trip(surreal_id_uuid("thing", uuid));

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_array(&w);
    surreal_put_text(&w, "Bern");
    surreal_put_int(&w, 2026);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &key) == SURREAL_OK);
    id_round_trip(surreal_id_cbor("thing", key));

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_object(&w);
    surreal_put_key(&w, "city");
    surreal_put_text(&w, "Bern");
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &key) == SURREAL_OK);
    id_round_trip(surreal_id_cbor("thing", key));
}

TEST(test_live_ranges_of_ids_select)
{
    uint8_t room[64];
    surreal_writer w;
    surreal_bytes key;
    surreal_result *r;

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_range(&w);
    surreal_put_bound(&w, SURREAL_BOUND_INCLUDED);
    surreal_put_int(&w, 2);
    surreal_put_bound(&w, SURREAL_BOUND_EXCLUDED);
    surreal_put_int(&w, 5);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &key) == SURREAL_OK);
    r = live_run(db, "FOR $i IN 1..9 { CREATE type::record('ranged:' + "
                     "<string>$i) }; SELECT VALUE id FROM $range",
                 SURREAL_VARS(surreal_bind_id(
                     "range", surreal_id_cbor("ranged", key))));
    CHECK_STR(live_text(surreal_statement_value(r, 1)),
              "[ranged:2, ranged:3, ranged:4]");
    surreal_result_free(r);
}

TEST(test_trap_t03_texts_stay_texts)
{
    static const char *const texts[] = {
        "data:image/png;base64,AAAA", "user:1", "2024-01-01",
        "2024-01-01T00:00:00Z", "1h", "$x", "018f1e6a-7b2c-7def-8123-"
        "456789abcdef", "NONE", "'; REMOVE TABLE person; --", "\"", "\\"};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        surreal_result *r = live_run(
            db, "CREATE note SET t = $t RETURN VALUE t;"
                "SELECT VALUE t FROM note WHERE t = $t; DELETE note",
            SURREAL_VARS(surreal_bind_text("t", texts[i])));
        surreal_str back = {NULL, 0};

        CHECK_INT(surreal_get_str(surreal_at(surreal_rows(r, 1), 0), &back),
                  SURREAL_OK);
        CHECK_STR(back.ptr, texts[i]);
        surreal_result_free(r);
    }
}

TEST(test_trap_w18_nul_inside_a_text)
{
    surreal_result *r;
    surreal_str back = {NULL, 0};

    if (live_major < 3) {
        CHECK_INT(surreal_query(db, "RETURN $t",
                                SURREAL_VARS(surreal_bind_str(
                                    "t", SURREAL_LIT("a\0b"))), NULL),
                  SURREAL_ERR_SERVER);
        CHECK(strstr(surreal_last_error(db)->message, "null byte"));
        return;
    }
    r = live_run(db, "RETURN $t",
                 SURREAL_VARS(surreal_bind_str("t", SURREAL_LIT("a\0b"))));
    CHECK_INT(surreal_get_str(surreal_statement_value(r, 0), &back),
              SURREAL_OK);
    CHECK_MEM(back.ptr, back.len, "a\0b", 3);
    surreal_result_free(r);
}

TEST(test_live_arrays_objects_and_paths)
{
    uint8_t room[256];
    surreal_writer w;
    surreal_bytes item;
    surreal_result *r;
    surreal_str text = {NULL, 0};

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_object(&w);
    surreal_put_key(&w, "lines");
    surreal_put_array(&w);
    surreal_put_text(&w, "first");
    surreal_put_object(&w);
    surreal_put_key(&w, "note");
    surreal_put_none(&w);
    surreal_put_end(&w);
    surreal_put_end(&w);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &item) == SURREAL_OK);
    r = live_run(db, "RETURN $v",
                 SURREAL_VARS(surreal_bind_encoded("v", item)));
    CHECK_INT(surreal_get_str(surreal_path(surreal_statement_value(r, 0),
                                           "lines.0"), &text), SURREAL_OK);
    CHECK_STR(text.ptr, "first");
    CHECK_INT(surreal_value_kind(surreal_path(surreal_statement_value(r, 0),
                                              "lines.1.note")), SURREAL_NONE);
    surreal_result_free(r);
}

TEST(test_trap_w12_sets_by_version)
{
    uint8_t room[64];
    surreal_writer w;
    surreal_bytes item;
    surreal_result *r;

    surreal_writer_init(&w, room, sizeof room);
    surreal_writer_target(&w, live_major);
    surreal_put_set(&w);
    surreal_put_int(&w, 3);
    surreal_put_int(&w, 1);
    surreal_put_end(&w);
    NEED(surreal_writer_take(&w, &item) == SURREAL_OK);
    r = live_run(db, "RETURN $v",
                 SURREAL_VARS(surreal_bind_encoded("v", item)));
    CHECK_STR(live_text(surreal_statement_value(r, 0)),
              live_major >= 3 ? "{1, 3}" : "[3, 1]");
    surreal_result_free(r);
}

TEST(test_live_files_by_version)
{
    surreal_file file;

    file.bucket = surreal_text("b");
    file.key = surreal_text("/k");
    if (live_major >= 3) {
        echo(surreal_bind_file("v", file), SURREAL_FILE, "f\"b:/k\"");
    } else {
        CHECK_INT(surreal_query(db, "RETURN $v",
                                SURREAL_VARS(surreal_bind_file("v", file)),
                                NULL), SURREAL_ERR_UNSUPPORTED);
        CHECK_INT(surreal_ping(db), SURREAL_OK);
    }
}

TEST(test_live_geometry)
{
    static const surreal_kind holds_points[] = {SURREAL_LINE,
                                                SURREAL_MULTIPOINT};
    surreal_point point;
    uint8_t room[512];
    surreal_writer w;
    surreal_bytes item;
    size_t i;

    point.lon = -0.125;
    point.lat = 51.5;
    echo(surreal_bind_point("v", point), SURREAL_POINT, "(-0.125, 51.5)");
    for (i = 0; i < 2; i++) {
        surreal_result *r;

        surreal_writer_init(&w, room, sizeof room);
        surreal_put_geometry(&w, holds_points[i]);
        surreal_put_point(&w, point);
        surreal_put_point(&w, point);
        surreal_put_end(&w);
        NEED(surreal_writer_take(&w, &item) == SURREAL_OK);
        r = live_run(db, "RETURN $v",
                     SURREAL_VARS(surreal_bind_encoded("v", item)));
        CHECK_INT(surreal_value_kind(surreal_statement_value(r, 0)),
                  holds_points[i]);
        CHECK_INT(surreal_count(surreal_statement_value(r, 0)), 2);
        surreal_result_free(r);
    }
}

/* Whatever the server can say, our text of it must be read back as the same
 * value: print, send the text as a query, compare the bytes. */
TEST(test_live_printed_values_read_back_equal)
{
    static const char *const all[] = {
        "NONE", "NULL", "[1, 1.5, 1f, 2dec, -0f]", "1h30m", "0ns",
        "d'1969-12-31T23:59:59.5Z'", "'it\\'s \"quoted\"'", "'a\\nb\\tc'",
        "{ `a b`: 1, c: { d: [NONE, NULL] } }", "person:`a b`", "person:1",
        "person:[1, { a: 'x' }]", "person:u'018f1e6a-7b2c-7def-8123-"
        "456789abcdef'", "(1.5, 2.5)", "{ type: 'LineString', coordinates: "
        "[[1,2],[3,4.5]] }", "{ type: 'Polygon', coordinates: "
        "[[[0,0],[4,0],[4,4],[0,0]]] }", "1..5", "1..=5", "1>..=5", "..",
        "'a'..'z'", "`odd table`:1", "1e300", "math::inf", "[]", "{}",
        "person:1..5", "{ type: 'MultiPoint', coordinates: [[1,2],[3,4]] }",
        "type::table('person')", "u'018f1e6a-7b2c-7def-8123-456789abcdef'"};
    size_t i;

    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        char query[512];
        surreal_result *a;
        surreal_result *b;
        surreal_bytes x;
        surreal_bytes y;

        snprintf(query, sizeof query, "RETURN %s", all[i]);
        a = live_run(db, query, SURREAL_NO_VARS);
        snprintf(query, sizeof query, "RETURN %s",
                 live_text(surreal_statement_value(a, 0)));
        b = live_run(db, query, SURREAL_NO_VARS);
        x.ptr = a ? a->single.value : NULL;
        y.ptr = b ? b->single.value : NULL;
        NEED(x.ptr && y.ptr);
        x.len = (size_t)(srl_cbor_skip(x.ptr) - x.ptr);
        y.len = (size_t)(srl_cbor_skip(y.ptr) - y.ptr);
        if (x.len != y.len || memcmp(x.ptr, y.ptr, x.len)) {
            TEST_FAIL("%s printed as %s, which reads back as another value",
                      all[i], query);
        }
        surreal_result_free(a);
        surreal_result_free(b);
    }
}

TEST_MAIN(
    live_init();
    db = live_open("values");
    RUN(test_live_none_and_null_differ);
    RUN(test_live_plain_values);
    RUN(test_live_integers_to_64_bits);
    RUN(test_trap_w05_integers_beyond_64_bits_are_refused);
    RUN(test_trap_w07_floats_of_every_width);
    RUN(test_live_decimals_keep_their_digits);
    RUN(test_trap_t07_datetimes_to_the_nanosecond);
    RUN(test_trap_w04_durations_zero_seconds_nanoseconds);
    RUN(test_live_uuid_and_bytes);
    RUN(test_trap_t01_ids_of_every_spelling);
    RUN(test_live_ids_with_uuid_array_and_object_keys);
    RUN(test_live_ranges_of_ids_select);
    RUN(test_trap_t03_texts_stay_texts);
    RUN(test_trap_w18_nul_inside_a_text);
    RUN(test_live_arrays_objects_and_paths);
    RUN(test_trap_w12_sets_by_version);
    RUN(test_live_files_by_version);
    RUN(test_live_geometry);
    RUN(test_live_printed_values_read_back_equal);
    surreal_close(db);
)
