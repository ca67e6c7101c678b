/* cc -I. -o build/unit/test_value tests/unit/test_value.c
 *
 * Values as views: kinds, getters, lookups, walks, and the twin that text is
 * handed out from. Bytes are what real servers send (tests/vectors/surrealdb)
 * and every other form that RFC 8949 allows for the same value. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../json.h"
#include "../item.h"

#define VECTORS "tests/vectors/surrealdb/"

/* ---- kinds --------------------------------------------------------------- */

/* The kind, from the diagnostic notation of a vector: 12([...]) and so on. */
static surreal_kind
kind_of_diag(const char *diag)
{
    static const struct {
        const char *start;
        surreal_kind kind;
    } tags[] = {
        {"6(", SURREAL_NONE}, {"7(", SURREAL_TABLE},
        {"8(", SURREAL_RECORD_ID}, {"10(", SURREAL_DECIMAL},
        {"12(", SURREAL_DATETIME}, {"14(", SURREAL_DURATION},
        {"37(", SURREAL_UUID}, {"49(", SURREAL_RANGE},
        {"55(", SURREAL_FILE}, {"56(", SURREAL_SET},
        {"88(", SURREAL_POINT}, {"89(", SURREAL_LINE},
        {"90(", SURREAL_POLYGON}, {"91(", SURREAL_MULTIPOINT},
        {"92(", SURREAL_MULTILINE}, {"93(", SURREAL_MULTIPOLYGON},
        {"94(", SURREAL_COLLECTION}, {"null", SURREAL_NULL},
        {"true", SURREAL_BOOL}, {"false", SURREAL_BOOL}, {"\"",
        SURREAL_STRING}, {"[", SURREAL_ARRAY}, {"{", SURREAL_OBJECT},
        {"h'", SURREAL_BYTES}, {"NaN", SURREAL_FLOAT},
        {"Infinity", SURREAL_FLOAT}, {"-Infinity", SURREAL_FLOAT}};
    size_t i;

    for (i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (!strncmp(diag, tags[i].start, strlen(tags[i].start))) {
            return tags[i].kind;
        }
    }
    return strchr(diag, '_') ? SURREAL_FLOAT : SURREAL_INT;
}

TEST(test_value_kind_of_every_engine_vector)
{
    json *doc = json_file(VECTORS "cbor-vectors.json");
    size_t count = 0;
    json *v;

    NEED(doc);
    for (v = json_get(doc, "vectors")->child; v; v = v->next) {
        const char *hex = json_text(v, "v3_0_2");
        item_doc d;

        if (!hex) hex = json_text(v, "v2_6_0");
        item_open(&d, hex);
        if (surreal_value_kind(d.value) !=
            kind_of_diag(json_text(v, "diag"))) {
            TEST_FAIL("%s is %s", json_text(v, "diag"),
                      surreal_kind_name(surreal_value_kind(d.value)));
        }
        count++;
        item_close(&d);
    }
    CHECK_INT(count, 175);
    json_free(doc);
}

TEST(test_value_kind_of_other_forms)
{
    static const struct {
        const char *hex;
        surreal_kind kind;
    } forms[] = {
        {"f7", SURREAL_NULL}, {"c600", SURREAL_NONE}, {"c680", SURREAL_NONE},
        {"c06a323032342d30312d3031", SURREAL_DATETIME},
        {"cd65316833306d", SURREAL_DURATION},
        {"c9782430313866316536612d376232632d376465662d383132332d34353637383961"
         "6263646566", SURREAL_UUID},
        {"d83201", SURREAL_UNKNOWN}, {"d83301", SURREAL_UNKNOWN},
        {"c24105", SURREAL_UNKNOWN}, {"d9d9f701", SURREAL_UNKNOWN},
        {"d86301", SURREAL_UNKNOWN}, {"cf60", SURREAL_UNKNOWN},
        {"5f4100ff", SURREAL_BYTES}, {"7f6161ff", SURREAL_STRING},
        {"9fff", SURREAL_ARRAY}, {"bfff", SURREAL_OBJECT},
        {"dbffffffffffffffff00", SURREAL_UNKNOWN}};
    size_t i;

    for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        item_doc d;

        item_open(&d, forms[i].hex);
        CHECK_INT(surreal_value_kind(d.value), forms[i].kind);
        item_close(&d);
    }
}

TEST(test_value_kind_names_are_total)
{
    CHECK_STR(surreal_kind_name(SURREAL_ABSENT), "absent");
    CHECK_STR(surreal_kind_name(SURREAL_RECORD_ID), "record");
    CHECK_STR(surreal_kind_name(SURREAL_COLLECTION), "geometry<collection>");
    CHECK_STR(surreal_kind_name(SURREAL_UNKNOWN), "unknown");
    CHECK_STR(surreal_kind_name((surreal_kind)999), "unknown");
}

/* ---- the absent value ---------------------------------------------------- */

TEST(test_value_absent_is_accepted_everywhere)
{
    surreal_value v = {NULL, NULL};
    surreal_record_id id;
    surreal_range range;
    surreal_iter it = surreal_iterate(v);
    int64_t i = 7;
    char text[8];

    CHECK_INT(surreal_value_kind(v), SURREAL_ABSENT);
    CHECK(surreal_is_nothing(v));
    CHECK_INT(surreal_get_int(v, &i), SURREAL_ERR_MISSING);
    CHECK_INT(i, 7);
    CHECK_INT(surreal_get_range(v, &range), SURREAL_ERR_MISSING);
    CHECK_INT(surreal_get_record_id(v, &id), SURREAL_ERR_MISSING);
    CHECK_INT(surreal_count(v), 0);
    CHECK(!surreal_at(v, 0).doc);
    CHECK(!surreal_field(v, "a").doc);
    CHECK(!surreal_path(v, "a.0").doc);
    CHECK(!surreal_path(v, "").doc);
    CHECK(!surreal_record_key(v).doc);
    CHECK(!surreal_next(&it));
    CHECK(!surreal_next(&it));
    CHECK_INT(surreal_int_at(v, "a"), 0);
    CHECK_STR(surreal_str_at(v, "a").ptr, "");
    CHECK_INT(surreal_record_id_at(v, "a").kind, SURREAL_KEY_NONE);
    CHECK_INT(surreal_print(v, text, sizeof text), 4);
    CHECK_STR(text, "NONE");
    CHECK_INT(surreal_print_json(v, text, sizeof text), 4);
    CHECK_STR(text, "null");
}

/* ---- strict getters ------------------------------------------------------ */

static surreal_status
get_any(surreal_value v, surreal_kind kind)
{
    union {
        bool b;
        int64_t i;
        double f;
        surreal_decimal decimal;
        surreal_str s;
        surreal_bytes bytes;
        surreal_datetime datetime;
        surreal_duration duration;
        surreal_uuid uuid;
        surreal_record_id id;
        surreal_file file;
        surreal_point point;
        surreal_range range;
    } u;

    switch (kind) {
    case SURREAL_BOOL: return surreal_get_bool(v, &u.b);
    case SURREAL_INT: return surreal_get_int(v, &u.i);
    case SURREAL_FLOAT: return surreal_get_float(v, &u.f);
    case SURREAL_DECIMAL: return surreal_get_decimal(v, &u.decimal);
    case SURREAL_STRING: return surreal_get_str(v, &u.s);
    case SURREAL_BYTES: return surreal_get_bytes(v, &u.bytes);
    case SURREAL_DATETIME: return surreal_get_datetime(v, &u.datetime);
    case SURREAL_DURATION: return surreal_get_duration(v, &u.duration);
    case SURREAL_UUID: return surreal_get_uuid(v, &u.uuid);
    case SURREAL_TABLE: return surreal_get_table(v, &u.s);
    case SURREAL_RECORD_ID: return surreal_get_record_id(v, &u.id);
    case SURREAL_RANGE: return surreal_get_range(v, &u.range);
    case SURREAL_FILE: return surreal_get_file(v, &u.file);
    case SURREAL_POINT: return surreal_get_point(v, &u.point);
    default: return SURREAL_ERR_INTERNAL;
    }
}

/* Each getter takes its own kind and no other: nothing is converted. */
TEST(test_value_getters_are_strict)
{
    static const char *const values[] = {
        "f5", "01", "f93e00", "ca63312e35", "6161", "4161", "cc820000",
        "ce8105", "d82550018f1e6a7b2c7def8123456789abcdef",
        "c766706572736f6e", "c88266706572736f6e01", "80", "a0", "d83880",
        "d83182f6f6", "d837826162622f6b", "d85882f93c00f94000", "d85980"};
    size_t i;

    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        item_doc d;
        int kind;

        item_open(&d, values[i]);
        for (kind = SURREAL_BOOL; kind <= SURREAL_POINT; kind++) {
            surreal_status status = get_any(d.value, (surreal_kind)kind);

            if (status == SURREAL_ERR_INTERNAL) continue;
            CHECK_INT(status, (int)surreal_value_kind(d.value) == kind
                                  ? SURREAL_OK
                                  : SURREAL_ERR_TYPE);
        }
        item_close(&d);
    }
}

TEST(test_value_none_and_null_are_missing)
{
    static const char *const nothing[] = {"c6f6", "f6", "f7", "c600"};
    size_t i;

    for (i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        item_doc d;
        int kind;

        item_open(&d, nothing[i]);
        CHECK(surreal_is_nothing(d.value));
        for (kind = SURREAL_BOOL; kind <= SURREAL_POINT; kind++) {
            surreal_status status = get_any(d.value, (surreal_kind)kind);

            if (status == SURREAL_ERR_INTERNAL) continue;
            CHECK_INT(status, SURREAL_ERR_MISSING);
        }
        item_close(&d);
    }
}

/* A known tag around something else: the kind is the tag's, reading it is
 * ERR_TYPE, or ERR_RANGE where only the number is wrong. */
TEST(test_value_wrong_payload_is_a_status)
{
    static const struct {
        const char *hex;
        surreal_status status;
    } cases[] = {
        {"1b8000000000000000", SURREAL_ERR_RANGE},
        {"3b8000000000000000", SURREAL_ERR_RANGE},
        {"ca01", SURREAL_ERR_TYPE}, {"ca63316533", SURREAL_ERR_TYPE},
        {"ca60", SURREAL_ERR_TYPE},
        {"ca781d3739323238313632353134323634333337353933353433393530333336",
         SURREAL_ERR_RANGE},
        {"cc8100", SURREAL_ERR_TYPE}, {"cc80", SURREAL_ERR_TYPE},
        {"cc83000000", SURREAL_ERR_TYPE}, {"cc00", SURREAL_ERR_TYPE},
        {"cc8200f93c00", SURREAL_ERR_TYPE},
        {"cc820020", SURREAL_ERR_RANGE},
        {"cc82001a3b9aca00", SURREAL_ERR_RANGE},
        {"cc82001b0000000100000000", SURREAL_ERR_RANGE},
        {"ce82001b0000000100000000", SURREAL_ERR_RANGE},
        {"cc821b7fffffffffffffff00", SURREAL_ERR_RANGE},
        {"cc821b000007779a0a6b8000", SURREAL_ERR_RANGE},
        {"cc823b000007948cf2120000", SURREAL_ERR_RANGE},
        {"c060", SURREAL_ERR_TYPE}, {"c001", SURREAL_ERR_TYPE},
        {"c073323032342d30312d30315430303a30303a3030", SURREAL_ERR_TYPE},
        {"cd60", SURREAL_ERR_TYPE}, {"cd64312e3568", SURREAL_ERR_TYPE},
        {"ce8120", SURREAL_ERR_TYPE}, {"ce83010203", SURREAL_ERR_TYPE},
        {"ce82051a77359400", SURREAL_ERR_RANGE}, {"ce00", SURREAL_ERR_TYPE},
        {"d8254101", SURREAL_ERR_TYPE}, {"d82560", SURREAL_ERR_TYPE},
        {"c960", SURREAL_ERR_TYPE}, {"c700", SURREAL_ERR_TYPE},
        {"c88166706572736f6e", SURREAL_ERR_TYPE},
        {"c88366706572736f6e0102", SURREAL_ERR_TYPE},
        {"c8820101", SURREAL_ERR_TYPE}, {"c8826161f6", SURREAL_ERR_TYPE},
        {"c8826161f5", SURREAL_ERR_TYPE}, {"c8826161f93c00",
         SURREAL_ERR_TYPE}, {"c88261614101", SURREAL_ERR_TYPE},
        {"c8826161ca6131", SURREAL_ERR_TYPE},
        {"c8826161cc820000", SURREAL_ERR_TYPE},
        {"c88261611bffffffffffffffff", SURREAL_ERR_RANGE},
        {"c8826161d83182d832f5f6", SURREAL_ERR_TYPE},
        {"c8826161d83182d832d83182f6f6f6", SURREAL_ERR_TYPE},
        {"c800", SURREAL_ERR_TYPE}, {"c86161", SURREAL_ERR_TYPE},
        {"d831820105", SURREAL_ERR_TYPE},
        {"d83182c6f6d83305", SURREAL_ERR_TYPE},
        {"d83181f6", SURREAL_ERR_TYPE}, {"d831f6", SURREAL_ERR_TYPE},
        {"d837816162", SURREAL_ERR_TYPE}, {"d837820102", SURREAL_ERR_TYPE},
        {"d85883010203", SURREAL_ERR_TYPE}, {"d8588201f6",
         SURREAL_ERR_TYPE}, {"d85801", SURREAL_ERR_TYPE}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *hex = cases[i].hex;
        item_doc d;

        item_open(&d, hex);
        if (!d.value.doc) {
            TEST_FAIL("%s: %s", hex, d.reason ? d.reason : "trailing");
        } else if (get_any(d.value, surreal_value_kind(d.value)) !=
                   cases[i].status) {
            TEST_FAIL("%s gives %s", hex,
                      surreal_status_text(get_any(
                          d.value, surreal_value_kind(d.value))));
        }
        item_close(&d);
    }
}

TEST(test_value_floats_of_every_width)
{
    static const struct {
        const char *hex;
        double v;
    } floats[] = {{"f93e00", 1.5}, {"fa3fc00000", 1.5},
                  {"fb3ff8000000000000", 1.5}, {"f97bff", 65504},
                  {"f90001", 5.9604644775390625e-8},
                  {"fb7e37e43c8800759c", 1e300}, {"f9c400", -4}};
    double v = 0;
    size_t i;

    for (i = 0; i < sizeof floats / sizeof floats[0]; i++) {
        item_doc d;

        item_open(&d, floats[i].hex);
        CHECK_INT(surreal_get_float(d.value, &v), SURREAL_OK);
        CHECK(v == floats[i].v);
        CHECK_INT(surreal_get_number(d.value, &v), SURREAL_OK);
        CHECK(v == floats[i].v);
        item_close(&d);
    }
}

TEST(test_value_number_takes_all_three)
{
    static const struct {
        const char *hex;
        double v;
    } numbers[] = {{"20", -1}, {"ca63312e35", 1.5}, {"f93e00", 1.5}};
    double v = 0;
    item_doc d;
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        item_open(&d, numbers[i].hex);
        CHECK_INT(surreal_get_number(d.value, &v), SURREAL_OK);
        CHECK(v == numbers[i].v);
        item_close(&d);
    }
    item_open(&d, "6131");
    CHECK_INT(surreal_get_number(d.value, &v), SURREAL_ERR_TYPE);
    item_close(&d);
    item_open(&d, "c6f6");
    CHECK_INT(surreal_get_number(d.value, &v), SURREAL_ERR_MISSING);
    item_close(&d);
}

/* W-03, W-04: seconds floor with nanos after them; 0, 1 or 2 parts. */
TEST(test_value_trap_t07_moments)
{
    surreal_datetime t = {0, 0};
    surreal_duration p = {1, 1};
    item_doc d;

    item_open(&d, "cc82201a1dcd6500");
    CHECK_INT(surreal_get_datetime(d.value, &t), SURREAL_OK);
    CHECK(t.sec == -1 && t.nsec == 500000000);
    item_close(&d);
    item_open(&d, "cc823b000007948cf211ff00"); /* the earliest */
    CHECK_INT(surreal_get_datetime(d.value, &t), SURREAL_OK);
    CHECK(t.sec == SRL_DATETIME_MIN && t.nsec == 0);
    item_close(&d);
    item_open(&d, "c07818323032342d30312d30315430303a30303a30302e3132335a");
    CHECK_INT(surreal_get_datetime(d.value, &t), SURREAL_OK);
    CHECK(t.sec == 1704067200 && t.nsec == 123000000);
    item_close(&d);

    item_open(&d, "ce80");
    CHECK_INT(surreal_get_duration(d.value, &p), SURREAL_OK);
    CHECK(p.sec == 0 && p.nsec == 0);
    item_close(&d);
    item_open(&d, "ce9f1aabcdef01ff");
    CHECK_INT(surreal_get_duration(d.value, &p), SURREAL_OK);
    CHECK(p.sec == 0xabcdef01 && p.nsec == 0);
    item_close(&d);
    item_open(&d, "ce821bffffffffffffffff1a3b9ac9ff");
    CHECK_INT(surreal_get_duration(d.value, &p), SURREAL_OK);
    CHECK(p.sec == UINT64_MAX && p.nsec == 999999999);
    item_close(&d);
    item_open(&d, "cd7f633930" "6d63356e73ff");
    CHECK_INT(surreal_get_duration(d.value, &p), SURREAL_OK);
    CHECK(p.sec == 5400 && p.nsec == 5);
    item_close(&d);
}

/* W-11, W-13: forms of UUIDs and record ids. */
TEST(test_value_record_ids)
{
    surreal_record_id id;
    surreal_value key;
    int64_t i = 0;
    item_doc d;

    item_open(&d, "c88266706572736f6e24");
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK_STR(id.table.ptr, "person");
    CHECK(id.kind == SURREAL_KEY_INT && id.key.i == -5);
    key = surreal_record_key(d.value);
    CHECK_INT(surreal_get_int(key, &i), SURREAL_OK);
    CHECK_INT(i, -5);
    item_close(&d);

    item_open(&d, "c882c766706572736f6e6131"); /* 2.x reads it */
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK_STR(id.table.ptr, "person");
    CHECK(id.kind == SURREAL_KEY_STRING);
    CHECK_STR(id.key.s.ptr, "1");
    item_close(&d);

    item_open(&d, "c8826174d82550018f1e6a7b2c7def8123456789abcdef");
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK(id.kind == SURREAL_KEY_UUID && id.key.u.bytes[15] == 0xef);
    item_close(&d);

    item_open(&d, "c88261748201a1616101");
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK(id.kind == SURREAL_KEY_ARRAY);
    CHECK_MEM(id.key.cbor.ptr, id.key.cbor.len, "\x82\x01\xa1\x61\x61\x01",
              6);
    CHECK_INT(surreal_count(surreal_record_key(d.value)), 2);
    item_close(&d);

    item_open(&d, "c8826174a0");
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK(id.kind == SURREAL_KEY_OBJECT && id.key.cbor.len == 1);
    item_close(&d);

    item_open(&d, "c8826174d83182f6d83305");
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK_INT(id.kind, SURREAL_KEY_RANGE);
    item_close(&d);

    item_open(&d, "c86e706572736f6e3ae29fa831e29fa9"); /* text form */
    CHECK_INT(surreal_get_record_id(d.value, &id), SURREAL_OK);
    CHECK_STR(id.table.ptr, "person");
    CHECK(id.kind == SURREAL_KEY_STRING);
    CHECK_STR(id.key.s.ptr, "1");
    CHECK(!surreal_record_key(d.value).doc);
    item_close(&d);
}

TEST(test_value_ranges_have_open_ends)
{
    surreal_range r;
    int64_t i = 0;
    item_doc d;

    item_open(&d, "d83182d83301d83205");
    CHECK_INT(surreal_get_range(d.value, &r), SURREAL_OK);
    CHECK(r.begin_excluded && r.end_included);
    CHECK(!surreal_get_int(r.begin, &i) && i == 1);
    CHECK(!surreal_get_int(r.end, &i) && i == 5);
    item_close(&d);

    item_open(&d, "d8319ff7f6ff");
    CHECK_INT(surreal_get_range(d.value, &r), SURREAL_OK);
    CHECK(!r.begin.doc && !r.end.doc);
    CHECK(!r.begin_excluded && !r.end_included);
    item_close(&d);
}

/* W-14, W-15, W-18: undefined is NULL, the last of equal keys wins, text has
 * NULs of its own. */
TEST(test_value_wire_facts)
{
    surreal_str s;
    item_doc d;

    item_open(&d, "f7");
    CHECK_INT(surreal_value_kind(d.value), SURREAL_NULL);
    item_close(&d);
    item_open(&d, "a2616101616102");
    CHECK_INT(surreal_int_at(d.value, "a"), 2);
    item_close(&d);
    item_open(&d, "8263610062" "6163");
    CHECK_INT(surreal_get_str(surreal_at(d.value, 0), &s), SURREAL_OK);
    CHECK_MEM(s.ptr, s.len + 1, "a\0b\0", 4);
    item_close(&d);
}

/* ---- lookups and walks --------------------------------------------------- */

/* {"a": {"lines": [10, {"b": "x"}], "": 9}, "k.1": 3, "n": [_ 4, 5]} */
#define NESTED                                                            \
    "a36161a2656c696e6573820aa1616261786009636b2e3103616e9f0405ff"

TEST(test_value_paths)
{
    surreal_value v;
    item_doc d;

    item_open(&d, NESTED);
    NEED(d.value.doc);
    v = d.value;
    CHECK_STR(surreal_str_at(surreal_path(v, "a.lines.1"), "b").ptr, "x");
    CHECK_INT(surreal_value_kind(surreal_path(v, "a.lines.0")), SURREAL_INT);
    CHECK_INT(surreal_value_kind(surreal_path(v, "a.")), SURREAL_INT);
    CHECK_INT(surreal_value_kind(surreal_path(v, "n.1")), SURREAL_INT);
    CHECK(surreal_path(v, "").at == v.at);
    CHECK(surreal_path(v, NULL).at == v.at);
    CHECK(!surreal_path(v, "n.2").doc);
    CHECK(!surreal_path(v, "n.-1").doc);
    CHECK(!surreal_path(v, "n.").doc);
    CHECK(!surreal_path(v, "n.0x").doc);
    CHECK(!surreal_path(v, "n.18446744073709551616").doc);
    CHECK(!surreal_path(v, "n.1.0").doc);
    CHECK(!surreal_path(v, "k.1").doc);
    CHECK_INT(surreal_int_at(v, "k.1"), 3); /* not a path */
    CHECK(!surreal_path(v, "x.y.z").doc);
    CHECK_INT(surreal_count(v), 3);
    CHECK_INT(surreal_count(surreal_field(v, "n")), 2);
    CHECK(!surreal_at(v, 0).doc); /* an object is no array */
    CHECK(!surreal_field(surreal_field(v, "n"), "0").doc);
    item_close(&d);
}

TEST(test_value_iterates_objects)
{
    static const char *const keys[] = {"a", "k.1", "n"};
    surreal_iter it;
    item_doc d;
    size_t n = 0;

    item_open(&d, NESTED);
    it = surreal_iterate(d.value);
    while (surreal_next(&it)) {
        NEED(n < 3);
        CHECK_STR(it.key.ptr, keys[n]);
        CHECK_INT(it.key.len, strlen(keys[n]));
        CHECK_INT(it.index, n);
        CHECK(it.value.at == surreal_field(d.value, keys[n]).at);
        n++;
    }
    CHECK_INT(n, 3);
    CHECK(!surreal_next(&it)); /* stays at the end */
    CHECK(!it.key.ptr && !it.value.doc);
    item_close(&d);
}

TEST(test_value_iterates_everything_array_like)
{
    static const char *const arrays[] = {
        "820102", "9f0102ff", "d838820102", "d8389f0102ff",
        "d85982d858820102d858820304", "d85b82d858820102d858820304",
        "d85e82d858820102d85e80"};
    static const char *const others[] = {
        "01", "6161", "4101", "d858820102", "d83182f6f6", "c882617401",
        "d83801", "d85960", "d838a0", "cc820000", "d863820102"};
    surreal_value v = {NULL, NULL};
    item_doc d;
    size_t i;

    for (i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        size_t n = 0;

        item_open(&d, arrays[i]);
        NEED(d.value.doc);
        SURREAL_EACH(v, d.value) {
            CHECK(surreal_at(d.value, n).at == v.at);
            CHECK(!v_iter_.key.ptr);
            n++;
        }
        CHECK_INT(n, 2);
        CHECK_INT(surreal_count(d.value), 2);
        CHECK(!surreal_at(d.value, 2).doc);
        item_close(&d);
    }
    for (i = 0; i < sizeof others / sizeof others[0]; i++) {
        surreal_iter it;

        item_open(&d, others[i]);
        NEED(d.value.doc);
        it = surreal_iterate(d.value);
        CHECK(!surreal_next(&it));
        CHECK_INT(surreal_count(d.value), 0);
        CHECK(!surreal_at(d.value, 0).doc);
        item_close(&d);
    }
}

/* A key that is no text is empty while walking and is never found. */
TEST(test_value_keys_that_are_no_text)
{
    surreal_iter it;
    item_doc d;

    item_open(&d, "a2" "0102" "616103");
    it = surreal_iterate(d.value);
    CHECK(surreal_next(&it));
    CHECK(it.key.ptr && it.key.len == 0);
    CHECK(surreal_next(&it));
    CHECK_STR(it.key.ptr, "a");
    CHECK(!surreal_field(d.value, "1").doc);
    CHECK(!surreal_field(d.value, "").doc);
    item_close(&d);
}

TEST(test_value_short_forms_give_zero_for_other_kinds)
{
    item_doc d;

    /* {"b": true, "f": 1.5, "i": 7, "r": t:1, "s": "x"} */
    item_open(&d, "a56162f56166f93e006169076172c88261740161736178");
    NEED(d.value.doc);
    CHECK(surreal_bool_at(d.value, "b") && !surreal_bool_at(d.value, "i"));
    CHECK(surreal_float_at(d.value, "f") == 1.5);
    CHECK(surreal_float_at(d.value, "i") == 0);
    CHECK_INT(surreal_int_at(d.value, "i"), 7);
    CHECK_INT(surreal_int_at(d.value, "f"), 0);
    CHECK_STR(surreal_str_at(d.value, "s").ptr, "x");
    CHECK_STR(surreal_str_at(d.value, "i").ptr, "");
    CHECK_STR(surreal_record_id_at(d.value, "r").table.ptr, "t");
    CHECK_INT(surreal_record_id_at(d.value, "s").kind, SURREAL_KEY_NONE);
    item_close(&d);
}

/* ---- the twin ------------------------------------------------------------ */

/* Texts side by side each get their NUL, in any order, again and again, and
 * the message itself stays as it was. */
TEST(test_value_texts_end_in_nul_and_stay)
{
    static const char *const want[] = {"a", "bc", "", "cde", ""};
    const char *seen[5] = {NULL};
    surreal_bytes bytes;
    uint8_t *before;
    surreal_str s;
    item_doc d;
    int round;
    size_t i;

    item_open(&d, "87" "6161" "626263" "60" "7f6163626465ff" "7fff"
                  "4178" "5f41014102ff");
    NEED(d.value.doc);
    before = item_block(d.bytes, d.len);
    for (round = 0; round < 3; round++) {
        for (i = 0; i < 5; i++) {
            size_t at = round == 1 ? 4 - i : i;

            CHECK_INT(surreal_get_str(surreal_at(d.value, at), &s),
                      SURREAL_OK);
            CHECK_STR(s.ptr, want[at]);
            CHECK_INT(s.len, strlen(want[at]));
            if (seen[at]) CHECK(seen[at] == s.ptr);
            seen[at] = s.ptr;
        }
        CHECK_INT(surreal_get_bytes(surreal_at(d.value, 5), &bytes),
                  SURREAL_OK);
        CHECK_MEM(bytes.ptr, bytes.len, "x", 1);
        CHECK_INT(surreal_get_bytes(surreal_at(d.value, 6), &bytes),
                  SURREAL_OK);
        CHECK_MEM(bytes.ptr, bytes.len, "\x01\x02", 2);
    }
    for (i = 0; i < 5; i++) {
        CHECK_STR(seen[i], want[i]);
    }
    CHECK_MEM(d.bytes, d.len, before, d.len);
    free(before);
    item_close(&d);
}

/* A text at the very end of the message. */
TEST(test_value_last_text_has_its_nul)
{
    surreal_str s;
    item_doc d;

    item_open(&d, "656c6f636b73");
    CHECK_INT(surreal_get_str(d.value, &s), SURREAL_OK);
    CHECK_STR(s.ptr, "locks");
    item_close(&d);
    item_open(&d, "7f626c6f64636b7321ff");
    CHECK_INT(surreal_get_str(d.value, &s), SURREAL_OK);
    CHECK_STR(s.ptr, "locks!");
    item_close(&d);
}

static surreal_status
read_all(item_doc *d)
{
    surreal_record_id id;
    surreal_str s;
    surreal_bytes b;
    surreal_iter it;

    SRL_TRY(surreal_get_str(surreal_field(d->value, "j"), &s));
    SRL_TRY(surreal_get_bytes(surreal_field(d->value, "k"), &b));
    SRL_TRY(surreal_get_record_id(surreal_field(d->value, "r"), &id));
    SRL_TRY(surreal_get_str(surreal_field(d->value, "s"), &s));
    it = surreal_iterate(d->value);
    while (surreal_next(&it)) {
        if (!it.key.ptr) return SURREAL_ERR_NOMEM;
    }
    return SURREAL_OK;
}

TEST(test_value_survives_every_failed_allocation)
{
    uint8_t bytes[64];
    size_t len = item_unhex("a4616a7f61616162ff616b5f4101ff61" "72c863743a31"
                            "61736178", bytes);
    surreal_status status = SURREAL_ERR_NOMEM;
    size_t fail;

    for (fail = 1; status == SURREAL_ERR_NOMEM; fail++) {
        test_heap heap = {0, 0, 0, 0};
        surreal_allocator allocator;
        item_doc d;

        NEED(fail < 20);
        heap.fail_at = fail;
        allocator.resize = test_resize;
        allocator.user = &heap;
        item_open_bytes(&d, bytes, len, &allocator);
        NEED(d.value.doc);
        status = read_all(&d);
        /* What failed once works when there is memory again. */
        heap.fail_at = 0;
        CHECK_INT(read_all(&d), SURREAL_OK);
        item_close(&d);
        CHECK_INT(heap.held, 0);
    }
    CHECK_INT(status, SURREAL_OK);
    CHECK(fail > 2);
}

TEST_MAIN(
    RUN(test_value_kind_of_every_engine_vector);
    RUN(test_value_kind_of_other_forms);
    RUN(test_value_kind_names_are_total);
    RUN(test_value_absent_is_accepted_everywhere);
    RUN(test_value_getters_are_strict);
    RUN(test_value_none_and_null_are_missing);
    RUN(test_value_wrong_payload_is_a_status);
    RUN(test_value_floats_of_every_width);
    RUN(test_value_number_takes_all_three);
    RUN(test_value_trap_t07_moments);
    RUN(test_value_record_ids);
    RUN(test_value_ranges_have_open_ends);
    RUN(test_value_wire_facts);
    RUN(test_value_paths);
    RUN(test_value_iterates_objects);
    RUN(test_value_iterates_everything_array_like);
    RUN(test_value_keys_that_are_no_text);
    RUN(test_value_short_forms_give_zero_for_other_kinds);
    RUN(test_value_texts_end_in_nul_and_stay);
    RUN(test_value_last_text_has_its_nul);
    RUN(test_value_survives_every_failed_allocation);)
