/* cc -I. -o build/unit/test_value_parse tests/unit/test_value_parse.c
 *
 * Text that is parsed: record ids, datetimes, durations and UUIDs, each with
 * the place where it stops making sense; decimals that are computed with. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../item.h"

static uint64_t test_state;

static uint64_t
rnd(void)
{
    test_state ^= test_state << 13;
    test_state ^= test_state >> 7;
    test_state ^= test_state << 17;
    return test_state;
}

static void
rnd_start(void)
{
    const char *seed = getenv("SURREAL_TEST_SEED");

    test_state = seed ? strtoull(seed, NULL, 10) : UINT64_C(88172645463325252);
    if (!test_state) test_state = 1;
    printf("SURREAL_TEST_SEED=%llu\n", (unsigned long long)test_state);
}

/* ---- record ids ---------------------------------------------------------- */

/* Print, parse, and the id is what it was; also through CBOR. */
static void
round_trip_id(surreal_record_id id)
{
    uint8_t room[512];
    surreal_record_id back;
    surreal_record_id got;
    surreal_writer w;
    surreal_bytes item;
    item_doc d;
    char *text;
    char *buf;
    size_t len = surreal_record_id_print(id, NULL, 0);
    size_t at = 999;

    text = (char *)malloc(len + 1);
    buf = (char *)malloc(len + 2);
    surreal_record_id_print(id, text, len + 1);
    /* exactly the room the contract promises to suffice */
    if (surreal_record_id_parse(surreal_text_of(text, len), buf, len + 2,
                                &back, &at)) {
        TEST_FAIL("%s is not understood at %zu", text, at);
    } else {
        CHECK(surreal_id_eq(id, back));
        CHECK(!back.table.ptr[back.table.len]);
        if (back.kind == SURREAL_KEY_STRING) {
            CHECK(!back.key.s.ptr[back.key.s.len]);
        }
    }
    surreal_writer_init(&w, room, sizeof room);
    surreal_put_id(&w, id);
    NEED(!surreal_writer_take(&w, &item));
    item_open_bytes(&d, item.ptr, item.len, NULL);
    CHECK(!surreal_get_record_id(d.value, &got));
    CHECK(surreal_id_eq(id, got));
    item_close(&d);
    free(text);
    free(buf);
}

TEST(test_trap_t01_record_ids)
{
    static const char *const names[] = {
        "7abc", "1", "1e5", "007", "-1", "true", "", "\xf0\x9f\x98\x80", "`",
        "\\", "\xe2\x9f\xa9", "\xe2\x9f\xa8", "a\\`b", "\\\\", "NaN",
        "Infinity", "1_000", "_", "a b", "a:b", "'", "\"", "\n", "\x01",
        "u'018f1e6a-7b2c-7def-8123-456789abcdef'", "[1]", "{}", "..", "1..2",
        "ulid()", "select", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", " ", "a.b", "\\u{41}", "\\n",
        "a_rather_long_key_with_more_than_sixteen_letters"};
    static const int64_t ints[] = {0, 1, -1, INT64_MAX, INT64_MIN, 42};
    surreal_uuid u;
    size_t i;
    size_t k;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (k = 0; k < sizeof names / sizeof names[0]; k++) {
            round_trip_id(surreal_id_str(names[i], surreal_text(names[k])));
        }
        round_trip_id(surreal_id_int(names[i], (int64_t)i - 7));
    }
    for (i = 0; i < sizeof ints / sizeof ints[0]; i++) {
        round_trip_id(surreal_id_int("t", ints[i]));
    }
    round_trip_id(surreal_id_str("t", SURREAL_LIT("a\0b")));
    memset(&u, 0x9f, sizeof u);
    round_trip_id(surreal_id_uuid("t", u));
}

TEST(test_print_record_ids_with_encoded_keys)
{
    static const char *const cases[][2] = {
        {"8201a1616101", "t:[1, { a: 1 }]"}, {"a0", "t:{}"},
        {"d83182d83201d83305", "t:1..5"},
        {"d83182d83361" "61d8326162", "t:a>..=b"},
        {"d83182f6f6", "t:.."}, {"82", "t:<malformed key>"},
        {"8000", "t:<malformed key>"},
        {"d83182d832f5f6", "t:<malformed key>"}};
    char text[64];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t bytes[32];
        surreal_bytes key = {bytes, item_unhex(cases[i][0], bytes)};

        surreal_record_id_print(surreal_id_cbor("t", key), text,
                                sizeof text);
        CHECK_STR(text, cases[i][1]);
    }
}

typedef struct id_case {
    const char *text;
    surreal_status status;
    size_t at;
    const char *table;
    const char *key; /* NULL: an integer, `i` */
    int64_t i;
} id_case;

static void
parse_id_case(const id_case *c)
{
    /* Blocks of exactly the length: nothing is read or written beyond. */
    size_t len = strlen(c->text);
    char *text = (char *)item_block((const uint8_t *)c->text, len);
    char *buf = (char *)malloc(len + 2);
    surreal_record_id id;
    size_t at = 0;
    surreal_status status = surreal_record_id_parse(
        surreal_text_of(text, len), buf, len + 2, &id, &at);

    if (status != c->status || (status && at != c->at)) {
        TEST_FAIL("%s: %s at %zu, expected %s at %zu", c->text,
                  surreal_status_text(status), at,
                  surreal_status_text(c->status), c->at);
    } else if (!status) {
        CHECK_STR(id.table.ptr, c->table);
        if (c->key) {
            CHECK_INT(id.kind, SURREAL_KEY_STRING);
            if (id.kind == SURREAL_KEY_STRING) {
                CHECK_STR(id.key.s.ptr, c->key);
            }
        } else {
            CHECK_INT(id.kind, SURREAL_KEY_INT);
            CHECK(id.key.i == c->i);
        }
        /* One byte less than needed is a status, not a write. */
        if (c->key) {
            CHECK_INT(surreal_record_id_parse(
                          surreal_text_of(text, len), buf,
                          strlen(c->table) + strlen(c->key) + 1, &id, NULL),
                      SURREAL_ERR_FULL);
        }
    }
    free(text);
    free(buf);
}

#define OPEN "\xe2\x9f\xa8"
#define CLOSE "\xe2\x9f\xa9"

TEST(test_parse_record_ids_as_servers_write_them)
{
    static const id_case cases[] = {
        {"person:1", SURREAL_OK, 0, "person", NULL, 1},
        {"person:01", SURREAL_OK, 0, "person", NULL, 1},
        {"person:-5", SURREAL_OK, 0, "person", NULL, -5},
        {"person:9223372036854775807", SURREAL_OK, 0, "person", NULL,
         INT64_MAX},
        {"person:-9223372036854775808", SURREAL_OK, 0, "person", NULL,
         INT64_MIN},
        {"person:9223372036854775808", SURREAL_OK, 0, "person",
         "9223372036854775808", 0},
        {"person:-9223372036854775809", SURREAL_OK, 0, "person",
         "-9223372036854775809", 0},
        {"person:tobie", SURREAL_OK, 0, "person", "tobie", 0},
        {"person:`a b`", SURREAL_OK, 0, "person", "a b", 0},
        {"person:" OPEN "a b" CLOSE, SURREAL_OK, 0, "person", "a b", 0},
        {"person:`1`", SURREAL_OK, 0, "person", "1", 0},
        {"person:" OPEN "1" CLOSE, SURREAL_OK, 0, "person", "1", 0},
        {OPEN "odd-table" CLOSE ":" OPEN "x y" CLOSE, SURREAL_OK, 0,
         "odd-table", "x y", 0},
        {"`odd table`:1", SURREAL_OK, 0, "odd table", NULL, 1},
        {"person:1e", SURREAL_OK, 0, "person", "1e", 0},
        {"person:0x10", SURREAL_OK, 0, "person", "0x10", 0},
        {"person:1_000", SURREAL_OK, 0, "person", "1_000", 0},
        {"person:true", SURREAL_OK, 0, "person", "true", 0},
        {"person:rand", SURREAL_OK, 0, "person", "rand", 0},
        {"person:uuid", SURREAL_OK, 0, "person", "uuid", 0},
        {"person:``", SURREAL_OK, 0, "person", "", 0},
        {"``:``", SURREAL_OK, 0, "", "", 0},
        {"t:`a\\`\\\\\\n\\t\\'\\\"\\/\\u0041\\u{1F600}`", SURREAL_OK, 0, "t",
         "a`\\\n\t'\"/A\xf0\x9f\x98\x80", 0},
        {"t:" OPEN "a\\" CLOSE "b\\x`" CLOSE, SURREAL_OK, 0, "t",
         "a" CLOSE "b\\x`", 0},
        {"_t9:k", SURREAL_OK, 0, "_t9", "k", 0}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        parse_id_case(&cases[i]);
    }
}

TEST(test_parse_record_ids_refuses_with_place)
{
    static const id_case cases[] = {
        {"", SURREAL_ERR_SYNTAX, 0, NULL, NULL, 0},
        {":1", SURREAL_ERR_SYNTAX, 0, NULL, NULL, 0},
        {"person", SURREAL_ERR_SYNTAX, 6, NULL, NULL, 0},
        {"person:", SURREAL_ERR_SYNTAX, 7, NULL, NULL, 0},
        {"1t:1", SURREAL_ERR_SYNTAX, 0, NULL, NULL, 0},
        {" t:1", SURREAL_ERR_SYNTAX, 0, NULL, NULL, 0},
        {"t: 1", SURREAL_ERR_SYNTAX, 2, NULL, NULL, 0},
        {"t:1 ", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:a.b", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:a-b", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:1.5", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:-", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:-a", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:+1", SURREAL_ERR_SYNTAX, 2, NULL, NULL, 0},
        {"t:NaN", SURREAL_ERR_SYNTAX, 2, NULL, NULL, 0},
        {"t:Infinity", SURREAL_ERR_SYNTAX, 2, NULL, NULL, 0},
        {"t:'a'", SURREAL_ERR_SYNTAX, 2, NULL, NULL, 0},
        {"t:\xc3\xa9", SURREAL_ERR_SYNTAX, 2, NULL, NULL, 0},
        {"t:`a", SURREAL_ERR_SYNTAX, 4, NULL, NULL, 0},
        {"t:`a\\", SURREAL_ERR_SYNTAX, 4, NULL, NULL, 0},
        {"t:`a\\x`", SURREAL_ERR_SYNTAX, 4, NULL, NULL, 0},
        {"t:`\\u{}`", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:`\\u{1234567}`", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:`\\u{110000}`", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:`\\ud83d\\ude00`", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:`\\u12`", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:`\xff`", SURREAL_ERR_SYNTAX, 3, NULL, NULL, 0},
        {"t:" OPEN "a", SURREAL_ERR_SYNTAX, 6, NULL, NULL, 0},
        {"t:`a`b", SURREAL_ERR_SYNTAX, 5, NULL, NULL, 0},
        {"t:u'018f1e6a'", SURREAL_ERR_SYNTAX, 12, NULL, NULL, 0},
        {"t:u'018f1e6a-7b2c-7def-8123-456789abcdef", SURREAL_ERR_SYNTAX, 40,
         NULL, NULL, 0},
        {"t:[1]", SURREAL_ERR_UNSUPPORTED, 2, NULL, NULL, 0},
        {"t:{a:1}", SURREAL_ERR_UNSUPPORTED, 2, NULL, NULL, 0},
        {"t:..", SURREAL_ERR_UNSUPPORTED, 2, NULL, NULL, 0},
        {"t:1..5", SURREAL_ERR_UNSUPPORTED, 3, NULL, NULL, 0},
        {"t:a>..", SURREAL_ERR_UNSUPPORTED, 3, NULL, NULL, 0},
        {"t:ulid()", SURREAL_ERR_UNSUPPORTED, 6, NULL, NULL, 0}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        parse_id_case(&cases[i]);
    }
}

TEST(test_parse_record_id_uuid)
{
    surreal_record_id id;
    char buf[64];

    CHECK_INT(surreal_record_id_parse(
                  SURREAL_LIT("t:u'018f1e6a-7b2c-7def-8123-456789abcdef'"),
                  buf, sizeof buf, &id, NULL), SURREAL_OK);
    CHECK(id.kind == SURREAL_KEY_UUID && id.key.u.bytes[0] == 1);
    CHECK_INT(surreal_record_id_parse(
                  SURREAL_LIT("t:u\"018F1E6A-7B2C-7DEF-8123-456789ABCDEF\""),
                  buf, sizeof buf, &id, NULL), SURREAL_OK);
    CHECK(id.kind == SURREAL_KEY_UUID && id.key.u.bytes[15] == 0xef);
}

/* ---- moments ------------------------------------------------------------- */

static surreal_status
parse_exact(const char *text, surreal_datetime *t, surreal_duration *p,
            surreal_uuid *u, size_t *at)
{
    size_t len = strlen(text);
    char *block = (char *)item_block((const uint8_t *)text, len);
    surreal_str s = {block, len};
    surreal_status status = t ? surreal_datetime_parse(s, t, at)
                          : p ? surreal_duration_parse(s, p, at)
                              : surreal_uuid_parse(s, u, at);

    free(block);
    return status;
}

TEST(test_trap_t07_datetimes)
{
    static const struct {
        const char *text;
        int64_t sec;
        uint32_t nsec;
        const char *printed; /* NULL: as `text` */
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0, 0, NULL},
        {"1969-12-31T23:59:59.500Z", -1, 500000000, NULL},
        {"1969-12-31T23:59:59.5Z", -1, 500000000,
         "1969-12-31T23:59:59.500Z"},
        {"1969-12-31T23:59:59.999999999Z", -1, 999999999, NULL},
        {"2024-06-30T12:34:56.123456789+02:00", 1719743696, 123456789,
         "2024-06-30T10:34:56.123456789Z"},
        {"2024-01-01", 1704067200, 0, "2024-01-01T00:00:00Z"},
        {"2024-01-01t00:00:00.000001z", 1704067200, 1000,
         "2024-01-01T00:00:00.000001Z"},
        {"2024-01-01 01:00:00-23:59", 1704067200 + 3600 + 86340, 0,
         "2024-01-02T00:59:00Z"},
        {"9999-12-31T23:59:59.999999999Z", 253402300799, 999999999, NULL},
        {"+10000-01-01T00:00:00Z", 253402300800, 0, NULL},
        {"10000-01-01T00:00:00Z", 253402300800, 0,
         "+10000-01-01T00:00:00Z"},
        {"0001-01-01T00:00:00Z", -62135596800, 0, NULL},
        {"0000-01-01T00:00:00Z", -62167219200, 0, NULL},
        {"-0001-01-01T00:00:00Z", -62198755200, 0, NULL},
        {"+262142-12-31T23:59:59.999999999Z", SRL_DATETIME_MAX, 999999999,
         NULL},
        {"-262143-01-01T00:00:00Z", SRL_DATETIME_MIN, 0, NULL},
        {"2000-02-29T00:00:00Z", 951782400, 0, NULL},
        {"1900-03-01T00:00:00Z", -2203891200, 0, NULL}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_datetime t = {0, 0};
        char text[64];

        CHECK_INT(parse_exact(cases[i].text, &t, NULL, NULL, NULL),
                  SURREAL_OK);
        if (t.sec != cases[i].sec || t.nsec != cases[i].nsec) {
            TEST_FAIL("%s is %lld %u", cases[i].text, (long long)t.sec,
                      (unsigned)t.nsec);
        }
        surreal_datetime_print(t, text, sizeof text);
        CHECK_STR(text, cases[i].printed ? cases[i].printed : cases[i].text);
    }
}

TEST(test_parse_datetimes_refuses_with_place)
{
    static const struct {
        const char *text;
        surreal_status status;
        size_t at;
    } cases[] = {
        {"", SURREAL_ERR_SYNTAX, 0}, {"202-01-01", SURREAL_ERR_SYNTAX, 3},
        {"2024-1-01", SURREAL_ERR_SYNTAX, 6},
        {"2024-13-01", SURREAL_ERR_RANGE, 5},
        {"2024-00-01", SURREAL_ERR_RANGE, 5},
        {"2023-02-29", SURREAL_ERR_RANGE, 8},
        {"1900-02-29", SURREAL_ERR_RANGE, 8},
        {"2024-04-31", SURREAL_ERR_RANGE, 8},
        {"2024-01-01T00:00:00", SURREAL_ERR_SYNTAX, 19},
        {"2024-01-01T00:00Z", SURREAL_ERR_SYNTAX, 16},
        {"2024-01-01T24:00:00Z", SURREAL_ERR_RANGE, 11},
        {"2024-01-01T00:60:00Z", SURREAL_ERR_RANGE, 14},
        {"2024-01-01T00:00:60Z", SURREAL_ERR_RANGE, 17},
        {"2024-01-01T00:00:00.Z", SURREAL_ERR_SYNTAX, 20},
        {"2024-01-01T00:00:00.1234567891Z", SURREAL_ERR_RANGE, 29},
        {"2024-01-01T00:00:00+0200", SURREAL_ERR_SYNTAX, 22},
        {"2024-01-01T00:00:00+24:00", SURREAL_ERR_RANGE, 20},
        {"2024-01-01T00:00:00Zx", SURREAL_ERR_SYNTAX, 20},
        {"2024-01-01x", SURREAL_ERR_SYNTAX, 10},
        {"1234567-01-01", SURREAL_ERR_SYNTAX, 6},
        {"+262143-01-01T00:00:00Z", SURREAL_ERR_RANGE, 23},
        {"-262144-12-31T23:59:59Z", SURREAL_ERR_RANGE, 23},
        {"--2024-01-01", SURREAL_ERR_SYNTAX, 1}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_datetime t = {5, 5};
        size_t at = 999;
        surreal_status status = parse_exact(cases[i].text, &t, NULL, NULL,
                                            &at);

        if (status != cases[i].status || at != cases[i].at) {
            TEST_FAIL("%s: %s at %zu", cases[i].text,
                      surreal_status_text(status), at);
        }
        CHECK(t.sec == 5 && t.nsec == 5);
    }
}

/* Every day of 800 years and random moments of the whole range. */
TEST(test_datetimes_round_trip)
{
    surreal_datetime t = {0, 0};
    surreal_datetime back = {0, 0};
    char text[64];
    int64_t day;
    int i;

    for (day = -200000; day < 100000; day++) {
        t.sec = day * 86400;
        surreal_datetime_print(t, text, sizeof text);
        if (surreal_datetime_parse(surreal_text(text), &back, NULL) ||
            back.sec != t.sec) {
            TEST_FAIL("%s comes back as %lld", text, (long long)back.sec);
            break;
        }
    }
    rnd_start();
    for (i = 0; i < 20000; i++) {
        uint64_t span = (uint64_t)(SRL_DATETIME_MAX - SRL_DATETIME_MIN);

        t.sec = SRL_DATETIME_MIN + (int64_t)(rnd() % (span + 1));
        t.nsec = (uint32_t)(rnd() % 1000000000);
        if (i % 3 == 1) t.nsec -= t.nsec % 1000;
        if (i % 3 == 2) t.nsec -= t.nsec % 1000000;
        surreal_datetime_print(t, text, sizeof text);
        CHECK(!surreal_datetime_parse(surreal_text(text), &back, NULL));
        CHECK(back.sec == t.sec && back.nsec == t.nsec);
    }
    /* Printing is total. */
    t.sec = INT64_MIN, t.nsec = UINT32_MAX;
    CHECK(surreal_datetime_print(t, text, sizeof text) < sizeof text);
    t.sec = INT64_MAX;
    CHECK(surreal_datetime_print(t, text, sizeof text) < sizeof text);
}

TEST(test_durations)
{
    static const struct {
        const char *text;
        uint64_t sec;
        uint32_t nsec;
        const char *printed;
    } cases[] = {
        {"1h30m", 5400, 0, NULL}, {"0ns", 0, 0, NULL},
        {"1y2w3d4h5m6s7ms8us9ns", 33019506, 7008009,
         "1y2w3d4h5m6s7ms8\xc2\xb5s9ns"},
        {"1\xc2\xb5s", 0, 1000, NULL}, {"30m1h", 5400, 0, "1h30m"},
        {"1h1h", 7200, 0, "2h"}, {"1000ms", 1, 0, "1s"},
        {"30d", 2592000, 0, "4w2d"}, {"1500000000ns", 1, 500000000,
        "1s500ms"}, {"999ms1001us", 1, 1000, "1s1\xc2\xb5s"},
        {"584942417355y", UINT64_C(18446744073707280000), 0, NULL},
        {"18446744073709551615s999999999ns", UINT64_MAX, 999999999,
         "584942417355y3w5d7h15s999ms999\xc2\xb5s999ns"},
        {"00001s", 1, 0, "1s"}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_duration p = {9, 9};
        surreal_duration again = {9, 9};
        char text[64];

        CHECK_INT(parse_exact(cases[i].text, NULL, &p, NULL, NULL),
                  SURREAL_OK);
        if (p.sec != cases[i].sec) TEST_FAIL("%s", cases[i].text);
        CHECK_INT(p.nsec, cases[i].nsec);
        surreal_duration_print(p, text, sizeof text);
        CHECK_STR(text, cases[i].printed ? cases[i].printed : cases[i].text);
        CHECK(!surreal_duration_parse(surreal_text(text), &again, NULL));
        CHECK(again.sec == p.sec && again.nsec == p.nsec);
    }
}

TEST(test_parse_durations_refuses_with_place)
{
    static const struct {
        const char *text;
        surreal_status status;
        size_t at;
    } cases[] = {
        {"", SURREAL_ERR_SYNTAX, 0}, {"1", SURREAL_ERR_SYNTAX, 1},
        {"h", SURREAL_ERR_SYNTAX, 0}, {"1.5h", SURREAL_ERR_SYNTAX, 1},
        {"-1h", SURREAL_ERR_SYNTAX, 0}, {"1h ", SURREAL_ERR_SYNTAX, 2},
        {"1H", SURREAL_ERR_SYNTAX, 1}, {"1h1", SURREAL_ERR_SYNTAX, 3},
        {"1\xce\xbcs", SURREAL_ERR_SYNTAX, 1}, /* Greek mu */
        {"1mo", SURREAL_ERR_SYNTAX, 2},
        {"584942417356y", SURREAL_ERR_RANGE, 13},
        {"18446744073709551616s", SURREAL_ERR_RANGE, 19},
        {"18446744073709551615s1s", SURREAL_ERR_RANGE, 23},
        {"18446744073709551615s999999999ns1ns", SURREAL_ERR_RANGE, 35}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_duration p = {5, 5};
        size_t at = 999;
        surreal_status status = parse_exact(cases[i].text, NULL, &p, NULL,
                                            &at);

        if (status != cases[i].status || at != cases[i].at) {
            TEST_FAIL("%s: %s at %zu", cases[i].text,
                      surreal_status_text(status), at);
        }
        CHECK(p.sec == 5 && p.nsec == 5);
    }
}

TEST(test_uuids)
{
    static const char text[] = "018f1e6a-7b2c-7def-8123-456789abcdef";
    static const struct {
        const char *text;
        size_t at; /* 999: good */
    } cases[] = {
        {"018f1e6a-7b2c-7def-8123-456789abcdef", 999},
        {"018F1E6A7B2C7DEF8123456789ABCDEF", 999}, {"", 0},
        {"018f1e6a-7b2c-7def-8123-456789abcde", 35},
        {"018f1e6a-7b2c-7def-8123-456789abcdef0", 36},
        {"018f1e6a-7b2c7def-8123-456789abcdef", 13},
        {"018f1e6a7-b2c-7def-8123-456789abcdef", 9},
        {"018f1e6g-7b2c-7def-8123-456789abcdef", 7},
        {"{018f1e6a-7b2c-7def-8123-456789abcdef}", 0}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_uuid u;
        char out[64];
        size_t at = 999;
        surreal_status status = parse_exact(cases[i].text, NULL, NULL, &u,
                                            &at);

        CHECK_INT(status, cases[i].at == 999 ? SURREAL_OK
                                             : SURREAL_ERR_SYNTAX);
        CHECK_INT(at, cases[i].at);
        if (status) continue;
        CHECK_INT(surreal_uuid_print(u, out, sizeof out), 36);
        CHECK_STR(out, text);
    }
}

/* ---- decimals ------------------------------------------------------------ */

static surreal_decimal
dec(const char *text)
{
    surreal_decimal d;

    d.text = surreal_text(text);
    return d;
}

TEST(test_decimal_cmp)
{
    /* in order; equal neighbours share a rank */
    static const struct {
        const char *text;
        int rank;
    } order[] = {
        {"-79228162514264337593543950335", 0}, {"-100", 1}, {"-99.9", 2},
        {"-1.51", 3}, {"-1.5", 4}, {"-01.50", 4},
        {"-0.0000000000000000000000000001", 5}, {"0", 6}, {"-0", 6},
        {"0.000", 6}, {"not a number", 6}, {"", 6},
        {"0.0000000000000000000000000001", 7}, {"0.1", 8}, {"0.10", 8},
        {"1.5", 9}, {"1.50", 9}, {"1.500000000000000000000000001", 10},
        {"9", 11}, {"10", 12}, {"9007199254740993", 13},
        {"9007199254740993.1", 14}, {"79228162514264337593543950334", 15},
        {"79228162514264337593543950335", 16}};
    size_t count = sizeof order / sizeof order[0];
    size_t i;
    size_t k;

    for (i = 0; i < count; i++) {
        for (k = 0; k < count; k++) {
            int want = (order[i].rank > order[k].rank) -
                       (order[i].rank < order[k].rank);

            if (surreal_decimal_cmp(dec(order[i].text), dec(order[k].text)) !=
                want) {
                TEST_FAIL("%s and %s", order[i].text, order[k].text);
            }
        }
    }
}

TEST(test_decimal_to_scaled)
{
    static const struct {
        const char *text;
        unsigned scale;
        surreal_status status;
        int64_t v;
    } cases[] = {
        {"12.50", 2, SURREAL_OK, 1250}, {"-12.50", 2, SURREAL_OK, -1250},
        {"12.50", 1, SURREAL_OK, 125}, {"12.5", 4, SURREAL_OK, 125000},
        {"12.55", 1, SURREAL_ERR_RANGE, 0}, {"0", 4000000000u, SURREAL_OK, 0},
        {"0.00", 1, SURREAL_OK, 0}, {"-0", 0, SURREAL_OK, 0},
        {"1", 18, SURREAL_OK, INT64_C(1000000000000000000)},
        {"1", 19, SURREAL_ERR_RANGE, 0}, {"10", 18, SURREAL_ERR_RANGE, 0},
        {"9223372036854775807", 0, SURREAL_OK, INT64_MAX},
        {"9223372036854775808", 0, SURREAL_ERR_RANGE, 0},
        {"-9223372036854775808", 0, SURREAL_OK, INT64_MIN},
        {"-9223372036854775809", 0, SURREAL_ERR_RANGE, 0},
        {"-92233720368547758.08", 2, SURREAL_OK, INT64_MIN},
        {"000000000000000000000000000000001", 0, SURREAL_OK, 1},
        {"1e5", 0, SURREAL_ERR_SYNTAX, 0}, {"", 0, SURREAL_ERR_SYNTAX, 0},
        {"1.", 0, SURREAL_ERR_SYNTAX, 0}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t v = 5;
        surreal_status status = surreal_decimal_to_scaled(
            dec(cases[i].text), cases[i].scale, &v);

        CHECK_INT(status, cases[i].status);
        CHECK_INT(v, status ? 5 : cases[i].v);
    }
}

TEST(test_decimal_to_double)
{
    static const char *const texts[] = {
        "0", "-0", "1.5", "-12.50", "0.1", "79228162514264337593543950335",
        "7.9228162514264337593543950335", "0.0000000000000000000000000001",
        "9007199254740993", "00000000000000000000000000000000000000000001.5",
        "0.30000000000000004", "123456789.987654321"};
    double v = 0;
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CHECK_INT(surreal_decimal_to_double(dec(texts[i]), &v), SURREAL_OK);
        CHECK(v == strtod(texts[i], NULL));
    }
    CHECK_INT(surreal_decimal_to_double(dec("1e5"), &v), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_decimal_to_double(
                  dec("79228162514264337593543950336"), &v),
              SURREAL_ERR_RANGE);
}

TEST_MAIN(
    RUN(test_trap_t01_record_ids);
    RUN(test_print_record_ids_with_encoded_keys);
    RUN(test_parse_record_ids_as_servers_write_them);
    RUN(test_parse_record_ids_refuses_with_place);
    RUN(test_parse_record_id_uuid);
    RUN(test_trap_t07_datetimes);
    RUN(test_parse_datetimes_refuses_with_place);
    RUN(test_datetimes_round_trip);
    RUN(test_durations);
    RUN(test_parse_durations_refuses_with_place);
    RUN(test_uuids);
    RUN(test_decimal_cmp);
    RUN(test_decimal_to_scaled);
    RUN(test_decimal_to_double);)
