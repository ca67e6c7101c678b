/* cc -I. -o build/unit/test_value_text tests/unit/test_value_text.c
 *
 * Text of values: SurrealQL and JSON. The expected SurrealQL was run
 * through real servers, which gave the value back
 * (tests/vectors/surrealdb/surrealql-text.json). */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../json.h"
#include "../item.h"

#define VECTORS "tests/vectors/surrealdb/"

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

/* ---- SurrealQL ----------------------------------------------------------- */

TEST(test_print_what_engines_read_back)
{
    json *doc = json_file(VECTORS "surrealql-text.json");
    size_t in3 = 0;
    size_t in2 = 0;
    json *c;

    NEED(doc);
    for (c = json_get(doc, "cases")->child; c; c = c->next) {
        const char *const back[] = {json_text(c, "v3_0_2"),
                                    json_text(c, "v2_6_0")};
        item_doc d;
        char *text;
        int i;

        item_open(&d, json_text(c, "hex"));
        text = item_text(d.value);
        CHECK_STR(text, json_text(c, "text"));
        /* What came back prints the same, so it is the same value. */
        for (i = 0; i < 2; i++) {
            item_doc e;
            char *again;

            if (!back[i]) continue;
            item_open(&e, back[i]);
            again = item_text(e.value);
            if (strcmp(text, "1.50dec")) CHECK_STR(again, text);
            free(again);
            item_close(&e);
            if (i) {
                in2++;
            } else {
                in3++;
            }
        }
        free(text);
        item_close(&d);
    }
    CHECK(in3 > 350);
    CHECK(in2 > 340);
    json_free(doc);
}

/* Where an expression is the canonical text of its value, that is what is
 * printed. */
TEST(test_print_canonical_expressions)
{
    json *doc = json_file(VECTORS "cbor-vectors.json");
    size_t same = 0;
    json *v;

    NEED(doc);
    for (v = json_get(doc, "vectors")->child; v; v = v->next) {
        const char *hex = json_text(v, "v3_0_2");
        item_doc d;
        char *text;

        if (!hex) hex = json_text(v, "v2_6_0");
        item_open(&d, hex);
        text = item_text(d.value);
        same += !strcmp(text, json_text(v, "expr"));
        free(text);
        item_close(&d);
    }
    CHECK(same >= 95);
    json_free(doc);
}

TEST(test_print_other_forms_and_malformed_values)
{
    static const char *const cases[][2] = {
        {"f7", "NULL"}, {"c600", "NONE"}, {"9f01ff", "[1]"},
        {"bf616101ff", "{ a: 1 }"}, {"7f6261276162ff", "\"a'b\""},
        {"5f41014102ff", "b\"0102\""}, {"d8389f01ff", "{1,}"},
        {"a10102", "{ \"\": 2 }"},
        {"1bffffffffffffffff", "18446744073709551615"},
        {"3b8000000000000000", "-9223372036854775809"},
        {"3bffffffffffffffff", "-18446744073709551616"},
        {"c06a323032342d30312d3031", "d'2024-01-01T00:00:00Z'"},
        {"cd65316833306d", "1h30m"},
        {"c868706572736f6e3a31", "r'person:1'"},
        {"c8827f61626161ff7f61316132ff", "ba:`12`"},
        {"c8827f627365646c656374ff01", "`select`:1"},
        {"c882c7617401", "t:1"},
        {"d863820102", "<tag 99>"}, {"d83201", "<tag 50>"},
        {"c24105", "<tag 2>"}, {"cc00", "<malformed datetime>"},
        {"ca633165" "33", "<malformed decimal>"},
        {"8201d85960", "[1, <malformed geometry<line>>]"},
        {"d85981f6", "{ type: 'LineString', coordinates: [<malformed "
                     "null>] }"},
        {"d85e8101", "{ type: 'GeometryCollection', geometries: [<malformed "
                     "int>] }"},
        {"d858820102", "(1, 2)"}, {"d85882ca63312e3502", "(1.5, 2)"},
        {"d831820105", "<malformed range>"},
        {"d83801", "<malformed set>"},
        {"c8826174f5", "<malformed record>"},
        {"d8378261610" "1", "<malformed file>"},
        {"61" "00", "'\\u{00}'"}, {"61" "7f", "'\\u{7f}'"},
        {"a1634e614e01", "{ \"NaN\": 1 }"},
        {"a16001", "{ \"\": 1 }"}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        item_doc d;
        char *text;

        item_open(&d, cases[i][0]);
        if (!d.value.doc) {
            TEST_FAIL("%s: %s", cases[i][0], d.reason);
            item_close(&d);
            continue;
        }
        text = item_text(d.value);
        CHECK_STR(text, cases[i][1]);
        free(text);
        item_close(&d);
    }
}

/* snprintf's contract at every size: full length returned, what fits written,
 * a NUL behind it, nothing after that. */
TEST(test_print_into_rooms_of_every_size)
{
    item_doc d;
    size_t full[2];
    char *want[2];
    size_t cap;
    int i;

    item_open(&d, "a36161c8826361206282016127616282f5cc8220" "1a1dcd6500"
                  "6163d85982d858820102d858820304");
    NEED(d.value.doc);
    for (i = 0; i < 2; i++) {
        full[i] = i ? surreal_print_json(d.value, NULL, 0)
                    : surreal_print(d.value, NULL, 0);
        want[i] = (char *)malloc(full[i] + 1);
        if (i) {
            surreal_print_json(d.value, want[i], full[i] + 1);
        } else {
            surreal_print(d.value, want[i], full[i] + 1);
        }
        CHECK_INT(strlen(want[i]), full[i]);
        for (cap = 1; cap <= full[i] + 2; cap++) {
            char *out = (char *)malloc(cap);
            size_t keep = cap > full[i] ? full[i] : cap - 1;

            CHECK_INT(i ? surreal_print_json(d.value, out, cap)
                        : surreal_print(d.value, out, cap), full[i]);
            CHECK(!memcmp(out, want[i], keep) && !out[keep]);
            free(out);
        }
        free(want[i]);
    }
    item_close(&d);
}

TEST(test_print_deepest_nesting)
{
    uint8_t deep[SURREAL_MAX_DEPTH + 1];
    item_doc d;
    char *text;
    size_t i;

    for (i = 0; i < SURREAL_MAX_DEPTH; i++) {
        deep[i] = 0x81;
    }
    deep[i] = 0;
    item_open_bytes(&d, deep, sizeof deep, NULL);
    NEED(d.value.doc);
    text = item_text(d.value);
    CHECK_INT(strlen(text), 2 * SURREAL_MAX_DEPTH + 1);
    free(text);
    item_close(&d);
}

TEST(test_print_identifiers)
{
    static const char *const cases[][2] = {
        {"person", "person"}, {"_a1", "_a1"}, {"1a", "`1a`"}, {"", "``"},
        {"odd table", "`odd table`"}, {"a`b\\c", "`a\\`b\\\\c`"},
        {"select", "`select`"}, {"SeLeCt", "`SeLeCt`"}, {"fn", "`fn`"},
        {"NaN", "`NaN`"}, {"only", "`only`"}, {"selects", "selects"},
        {"sel", "sel"}, {"a\nb", "`a\\nb`"}, {"\xc3\xa9", "`\xc3\xa9`"},
        {"a'b", "`a'b`"}, {"a_very_long_identifier", "a_very_long_identifier"}};
    char text[64];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t len = surreal_ident_print(surreal_text(cases[i][0]), text,
                                         sizeof text);

        CHECK_STR(text, cases[i][1]);
        CHECK_INT(len, strlen(cases[i][1]));
    }
}

/* ---- JSON ---------------------------------------------------------------- */

TEST(test_print_json)
{
    static const char *const cases[][2] = {
        {"c6f6", "null"}, {"f6", "null"}, {"f5", "true"}, {"20", "-1"},
        {"f93e00", "1.5"}, {"f93c00", "1"}, {"f97e00", "null"},
        {"f97c00", "null"}, {"f9fc00", "null"}, {"fb7e37e43c8800759c",
        "1e300"}, {"ca64312e3530", "1.50"},
        {"ca64" "30303132", "12"}, {"ca64" "2d303030", "-0"},
        {"ca63302e35", "0.5"},
        {"6461220a00", "\"a\\\"\\n\\u0000\""}, {"615c", "\"\\\\\""},
        {"62c3a9", "\"\xc3\xa9\""}, {"617f", "\"\x7f\""},
        {"40", "\"\""}, {"4100", "\"AA==\""}, {"420001", "\"AAE=\""},
        {"43fbffbf", "\"+/+/\""}, {"5f4100420102" "4103ff", "\"AAECAw==\""},
        {"820180", "[1,[]]"}, {"d838820102", "[1,2]"},
        {"a36161c6f66162f66163a0", "{\"b\":null,\"c\":{}}"},
        {"a16161c6f6", "{}"}, {"82c6f601", "[null,1]"},
        {"cc821a6592008000", "\"2024-01-01T00:00:00Z\""},
        {"ce81191518", "\"1h30m\""},
        {"d82550018f1e6a7b2c7def8123456789abcdef",
         "\"018f1e6a-7b2c-7def-8123-456789abcdef\""},
        {"c766706572736f6e", "\"person\""}, {"c7636120" "62", "\"`a b`\""},
        {"c88266706572736f6e01", "\"person:1\""},
        {"c882617463610a62", "\"t:`a\\\\nb`\""},
        {"c882617481" "6127", "\"t:[\\\"'\\\"]\""},
        {"c868706572736f6e3a31", "\"person:1\""},
        {"d83182d83201d83305", "\"1..5\""},
        {"d83182d8326161f6", "\"'a'..\""},
        {"d837826162622f6b", "\"b:/k\""},
        {"d85882f93e00f94000", "{\"type\":\"Point\",\"coordinates\":"
                               "[1.5,2]}"},
        {"d85882f97e00f94000", "{\"type\":\"Point\",\"coordinates\":"
                               "[null,2]}"},
        {"d85981d858820102", "{\"type\":\"LineString\",\"coordinates\":"
                             "[[1,2]]}"},
        {"d85e81d858820102", "{\"type\":\"GeometryCollection\","
                             "\"geometries\":[{\"type\":\"Point\","
                             "\"coordinates\":[1,2]}]}"},
        {"d85981f6", "{\"type\":\"LineString\",\"coordinates\":[null]}"},
        {"d85960", "null"}, {"d86301", "null"}, {"cc00", "null"},
        {"d83801", "null"}, {"c800", "null"}, {"a10102", "{\"\":2}"}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        item_doc d;
        json *back;

        item_open(&d, cases[i][0]);
        if (!d.value.doc) TEST_FAIL("%s: %s", cases[i][0], d.reason);
        surreal_print_json(d.value, text, sizeof text);
        CHECK_STR(text, cases[i][1]);
        back = json_parse(text, strlen(text));
        CHECK(back != NULL);
        json_free(back);
        item_close(&d);
    }
}

/* ---- random values ------------------------------------------------------- */

static void
random_text(char *out, size_t *len)
{
    static const char *const bits[] = {"a", "B", "7", "_", "'", "\"", "`",
                                       "\\", "\n", "\xc3\xa9", " ", ":",
                                       "\xf0\x9f\x98\x80", "\x01", "-"};
    size_t n = rnd() % 12;

    *len = 0;
    while (n--) {
        const char *bit = bits[rnd() % (sizeof bits / sizeof bits[0])];

        memcpy(out + *len, bit, strlen(bit));
        *len += strlen(bit);
    }
}

static void
random_leaf(surreal_writer *w)
{
    char text[64];
    surreal_datetime t;
    surreal_duration p;
    surreal_uuid u;
    surreal_str s;
    surreal_point at;
    size_t i;

    random_text(text, &s.len);
    s.ptr = text;
    switch (rnd() % 14) {
    case 0: surreal_put_none(w); break;
    case 1: surreal_put_null(w); break;
    case 2: surreal_put_bool(w, rnd() & 1); break;
    case 3: surreal_put_int(w, (int64_t)(rnd() >> rnd() % 64)); break;
    case 4: surreal_put_int(w, -1 - (int64_t)(rnd() >> 1)); break;
    case 5: surreal_put_float(w, srl_bits_to_double(rnd())); break;
    case 6: surreal_put_str(w, s); break;
    case 7: surreal_put_id(w, surreal_id_str("t", s)); break;
    case 8: surreal_put_table(w, s); break;
    case 9:
        t.sec = (int64_t)(rnd() % 1000000000000) - 500000000000;
        t.nsec = (uint32_t)(rnd() % 1000000000);
        surreal_put_datetime(w, t);
        break;
    case 10:
        p.sec = rnd();
        p.nsec = (uint32_t)(rnd() % 1000000000);
        surreal_put_duration(w, p);
        break;
    case 11:
        for (i = 0; i < 16; i++) {
            u.bytes[i] = (uint8_t)rnd();
        }
        surreal_put_uuid(w, u);
        break;
    case 12:
        at.lon = (double)(rnd() % 360) - 180;
        at.lat = (double)(rnd() % 1800) / 10 - 90;
        surreal_put_point(w, at);
        break;
    default: surreal_put_decimal(w, SURREAL_LIT("12.5")); break;
    }
}

static void
random_value(surreal_writer *w, int depth)
{
    size_t n = rnd() % 30;
    size_t kind = rnd() % 8;
    char text[64];
    surreal_str key;

    if (depth > 3 || kind > 3) {
        random_leaf(w);
        return;
    }
    if (kind == 3) {
        surreal_put_range(w);
        surreal_put_bound(w, SURREAL_BOUND_EXCLUDED);
        random_value(w, depth + 1);
        surreal_put_bound(w, SURREAL_BOUND_OPEN);
        surreal_put_end(w);
        return;
    }
    if (kind == 0) surreal_put_array(w);
    if (kind == 1) surreal_put_set(w);
    if (kind == 2) surreal_put_object(w);
    while (n--) {
        if (kind == 2) {
            random_text(text, &key.len);
            key.ptr = text;
            surreal_put_key_str(w, key);
        }
        random_value(w, depth + 1);
    }
    surreal_put_end(w);
}

/* Written, checked, read with the getters and written again: the same bytes;
 * the JSON is JSON. */
TEST(test_random_values_round_trip)
{
    size_t cap = (size_t)4 << 20;
    uint8_t *first = (uint8_t *)malloc(cap);
    uint8_t *second = (uint8_t *)malloc(cap);
    int i;

    rnd_start();
    for (i = 0; i < 400; i++) {
        surreal_bytes item;
        surreal_bytes copy;
        surreal_writer w;
        item_doc d;
        size_t len;
        char *text;
        json *parsed;

        surreal_writer_init(&w, first, cap);
        random_value(&w, 0);
        if (surreal_writer_take(&w, &item) == SURREAL_ERR_FULL) continue;
        NEED(!w.status);
        item_open_bytes(&d, item.ptr, item.len, NULL);
        NEED(d.value.doc);
        surreal_writer_init(&w, second, cap);
        CHECK(item_copy(&w, d.value));
        NEED(!surreal_writer_take(&w, &copy));
        CHECK_MEM(copy.ptr, copy.len, item.ptr, item.len);
        len = surreal_print_json(d.value, NULL, 0);
        text = (char *)malloc(len + 1);
        surreal_print_json(d.value, text, len + 1);
        parsed = json_parse(text, len);
        if (!parsed) TEST_FAIL("no JSON: %.200s", text);
        json_free(parsed);
        free(text);
        item_close(&d);
    }
    free(first);
    free(second);
}

TEST_MAIN(
    RUN(test_print_what_engines_read_back);
    RUN(test_print_canonical_expressions);
    RUN(test_print_other_forms_and_malformed_values);
    RUN(test_print_into_rooms_of_every_size);
    RUN(test_print_deepest_nesting);
    RUN(test_print_identifiers);
    RUN(test_print_json);
    RUN(test_random_values_round_trip);)
