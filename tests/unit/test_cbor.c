/* cc -I. -o build/unit/test_cbor tests/unit/test_cbor.c
 *
 * The CBOR layer (RFC 8949): what srl_cbor_check accepts and refuses, that it
 * reads nothing beyond its input whatever is cut off, and the readers and
 * writers that stand on it. Run from the root of the repository. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"
#include "../json.h"
#include "../item.h"

#define VECTORS "tests/vectors/surrealdb/"

/* One check on a block of exactly these bytes. */
static surreal_status
check_hex(const char *hex, size_t *used, const char **reason)
{
    uint8_t bytes[4096];
    size_t len = item_unhex(hex, bytes);
    uint8_t *block = item_block(bytes, len);
    surreal_status status = srl_cbor_check(block, len, SURREAL_MAX_DEPTH,
                                           used, reason);

    free(block);
    return status;
}

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
}

/* ---- accepted ------------------------------------------------------------ */

TEST(test_cbor_check_accepts_what_servers_send)
{
    static const char *const good[] = {
        "00", "17", "1818", "1bffffffffffffffff", "3bffffffffffffffff",
        "f4", "f5", "f6", "f7", "f93c00", "fa47c35000", "fb3ff199999999999a",
        "40", "4100", "60", "6161", "69c3bce6b0b4f0908591", "80", "8101",
        "9f01ff", "9fff", "a0", "a1616101", "bfff", "bf616101ff", "5fff",
        "5f4100ff", "7fff", "7f6161ff", "c6f6", "d83182f6f6",
        "9f9f9fff9fff01ffff", "bf61619f01ffff", "819fff", "c19fff",
        "a201020304", "7f60ff", "a19f01ff02"};
    size_t i;

    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        const char *reason = "";
        size_t used = 0;
        surreal_status status = check_hex(good[i], &used, &reason);

        if (status || used != strlen(good[i]) / 2) {
            TEST_FAIL("%s: %s, used %zu", good[i], reason, used);
        }
    }
}

TEST(test_cbor_check_stops_behind_the_first_item)
{
    const char *reason;
    size_t used = 0;

    CHECK_INT(check_hex("8201029f", &used, &reason), SURREAL_OK);
    CHECK_INT(used, 3);
    CHECK_INT(check_hex("0000", &used, &reason), SURREAL_OK);
    CHECK_INT(used, 1);
}

/* ---- refused: status, offset and reason ---------------------------------- */

typedef struct refusal {
    const char *hex;
    surreal_status status;
    size_t used;
    const char *reason;
} refusal;

TEST(test_cbor_check_refuses_with_place_and_reason)
{
    static const refusal cases[] = {
        {"", SURREAL_ERR_CBOR, 0, "no data"},
        {"18", SURREAL_ERR_CBOR, 0, "head ends early"},
        {"1b01020304050607", SURREAL_ERR_CBOR, 0, "head ends early"},
        {"1c", SURREAL_ERR_CBOR, 0, "reserved head"},
        {"7e", SURREAL_ERR_CBOR, 0, "reserved head"},
        {"8200", SURREAL_ERR_CBOR, 1, "array ends early"},
        {"828000", SURREAL_OK, 3, ""},
        {"82006161", SURREAL_OK, 4, ""},
        {"8161", SURREAL_ERR_CBOR, 2, "text ends early"},
        {"5803aabb", SURREAL_ERR_CBOR, 2, "bytes end early"},
        {"9bffffffffffffffff00", SURREAL_ERR_CBOR, 9, "array ends early"},
        {"bb8000000000000000", SURREAL_ERR_CBOR, 9, "map ends early"},
        {"a2616101", SURREAL_ERR_CBOR, 1, "map ends early"},
        {"7bffffffffffffffff61", SURREAL_ERR_CBOR, 9, "text ends early"},
        {"5b7fffffffffffffff61", SURREAL_ERR_CBOR, 9, "bytes end early"},
        {"c6", SURREAL_ERR_CBOR, 1,
         "data ends inside an array, map or tag"},
        {"9f01", SURREAL_ERR_CBOR, 2,
         "data ends inside an array, map or tag"},
        {"ff", SURREAL_ERR_CBOR, 0, "break where nothing indefinite is open"},
        {"81ff", SURREAL_ERR_CBOR, 1,
         "break where nothing indefinite is open"},
        {"9fc6ff", SURREAL_ERR_CBOR, 2,
         "break where nothing indefinite is open"},
        {"bf6161ff", SURREAL_ERR_CBOR, 3, "map ends between key and value"},
        {"1f", SURREAL_ERR_CBOR, 0, "indefinite length of an integer or tag"},
        {"3f", SURREAL_ERR_CBOR, 0, "indefinite length of an integer or tag"},
        {"df00", SURREAL_ERR_CBOR, 0,
         "indefinite length of an integer or tag"},
        {"e0", SURREAL_ERR_CBOR, 0, "simple value unknown to SurrealDB"},
        {"f3", SURREAL_ERR_CBOR, 0, "simple value unknown to SurrealDB"},
        {"f818", SURREAL_ERR_CBOR, 1, "simple value unknown to SurrealDB"},
        {"f8ff", SURREAL_ERR_CBOR, 1, "simple value unknown to SurrealDB"},
        {"5f6161ff", SURREAL_ERR_CBOR, 1, "string chunk of another type"},
        {"7f7f6161ffff", SURREAL_ERR_CBOR, 1, "string chunk of another type"},
        {"7f78", SURREAL_ERR_CBOR, 1, "string chunk ends early"},
        {"7f6161", SURREAL_ERR_CBOR, 3, "string ends early"},
        {"61ff", SURREAL_ERR_UTF8, 1, "text is not UTF-8"},
        {"7f61c361bcff", SURREAL_ERR_UTF8, 2, "text is not UTF-8"},
        {"63eda080", SURREAL_ERR_UTF8, 1, "text is not UTF-8"},
        {"62c080", SURREAL_ERR_UTF8, 1, "text is not UTF-8"}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *reason = "";
        size_t used = 0;
        surreal_status status = check_hex(cases[i].hex, &used, &reason);

        if (status != cases[i].status || used != cases[i].used ||
            strcmp(reason, cases[i].reason)) {
            TEST_FAIL("%s: status %x at %zu, \"%s\"; expected at %zu, \"%s\"",
                      cases[i].hex, (unsigned)status, used, reason,
                      cases[i].used, cases[i].reason);
        }
    }
}

/* `levels` of the same head, with one 0 in the middle. */
static surreal_status
check_nested(const char *open, const char *close, unsigned levels,
             unsigned depth_max)
{
    size_t width = strlen(open) / 2;
    size_t tail = strlen(close) / 2;
    uint8_t *bytes = (uint8_t *)malloc(levels * (width + tail) + 1);
    const char *reason;
    surreal_status status;
    size_t len = 0;
    size_t used;
    unsigned i;

    for (i = 0; i < levels; i++) {
        len += item_unhex(open, bytes + len);
    }
    bytes[len++] = 0;
    for (i = 0; i < levels; i++) {
        len += item_unhex(close, bytes + len);
    }
    status = srl_cbor_check(bytes, len, depth_max, &used, &reason);
    if (!status && srl_cbor_skip(bytes) != bytes + len) {
        TEST_FAIL("skip stops elsewhere than check");
    }
    free(bytes);
    return status;
}

TEST(test_cbor_check_counts_arrays_maps_and_tags_as_depth)
{
    static const char *const open[] = {"81", "a100", "c6", "9f", "bf00",
                                       "d83181"};
    static const char *const close[] = {"", "", "", "ff", "ff", ""};
    static const unsigned per[] = {1, 1, 1, 1, 1, 2};
    size_t i;

    for (i = 0; i < sizeof open / sizeof open[0]; i++) {
        unsigned most = SURREAL_MAX_DEPTH / per[i];

        CHECK_INT(check_nested(open[i], close[i], most, SURREAL_MAX_DEPTH),
                  SURREAL_OK);
        CHECK_INT(check_nested(open[i], close[i], most + 1,
                               SURREAL_MAX_DEPTH), SURREAL_ERR_DEPTH);
        CHECK_INT(check_nested(open[i], close[i], 10, 10 * per[i]),
                  SURREAL_OK);
        CHECK_INT(check_nested(open[i], close[i], 11, 10 * per[i]),
                  SURREAL_ERR_DEPTH);
        /* More than the checker's own levels is cut down to them. */
        CHECK_INT(check_nested(open[i], close[i], most + 1, 100000),
                  SURREAL_ERR_DEPTH);
        CHECK_INT(check_nested(open[i], close[i], 0, 0), SURREAL_OK);
        CHECK_INT(check_nested(open[i], close[i], 1, 0), SURREAL_ERR_DEPTH);
    }
}

TEST(test_cbor_check_counts_an_empty_array_as_depth)
{
    const uint8_t two[] = {0x81, 0x80};
    const char *reason;
    size_t used;

    CHECK_INT(srl_cbor_check(two, 2, 2, &used, &reason), SURREAL_OK);
    CHECK_INT(srl_cbor_check(two, 2, 1, &used, &reason), SURREAL_ERR_DEPTH);
    CHECK_INT(used, 2); /* behind the head that was one too many */
}

/* Siblings do not add up: depth is given back. */
TEST(test_cbor_check_gives_depth_back)
{
    uint8_t bytes[3 * 400 + 3];
    const char *reason;
    size_t used;
    size_t i;

    bytes[0] = 0x99;
    bytes[1] = 400 >> 8;
    bytes[2] = 400 & 255;
    for (i = 0; i < 400; i++) {
        memcpy(bytes + 3 + 3 * i, "\x9f\x01\xff", 3);
    }
    CHECK_INT(srl_cbor_check(bytes, sizeof bytes, 2, &used, &reason),
              SURREAL_OK);
    CHECK_INT(used, sizeof bytes);
}

/* A bad byte at every place of texts of every length around the words that
 * are looked at together, at the end of the block and before its end. */
TEST(test_cbor_check_finds_bad_utf8_everywhere)
{
    size_t len;
    size_t bad;
    size_t tail;
    size_t missed = 0;

    for (len = 1; len <= 40; len++) {
        for (bad = 0; bad <= len; bad++) {
            for (tail = 0; tail <= 9; tail++) {
                size_t total = 2u + (len < 24 ? 1u : 2u) + len + tail;
                uint8_t *block = (uint8_t *)malloc(total);
                const char *reason;
                size_t used;
                uint8_t *at = block;
                surreal_status status;

                *at++ = 0x9f;
                at = srl_cbor_store_head(at, SRL_CBOR_TEXT, len);
                memset(at, 'a', len);
                if (bad < len) at[bad] = 0xff;
                memset(at + len, 0xf6, tail);
                block[total - 1] = 0xff;
                status = srl_cbor_check(block, total, 8, &used, &reason);
                missed += status != (bad < len ? SURREAL_ERR_UTF8
                                               : SURREAL_OK);
                free(block);
            }
        }
    }
    CHECK_INT(missed, 0);
}

/* ---- vectors ------------------------------------------------------------- */

/* Every prefix of an item is refused, and nothing behind it is read: each
 * stands in a block of its own length. */
static size_t
check_prefixes(const char *hex)
{
    uint8_t bytes[4096];
    size_t len = item_unhex(hex, bytes);
    size_t accepted = 0;
    size_t cut;

    for (cut = 0; cut < len; cut++) {
        uint8_t *block = item_block(bytes, cut);
        const char *reason;
        size_t used;

        accepted += !srl_cbor_check(block, cut, SURREAL_MAX_DEPTH, &used,
                                    &reason);
        if (used > cut) accepted++;
        free(block);
    }
    return accepted;
}

/* The item is accepted whole, refused cut, and skip agrees with check. */
static void
check_vector(const char *hex)
{
    item_doc d;

    item_open(&d, hex);
    if (d.status || d.used != d.len) {
        TEST_FAIL("%s: %s at %zu", hex, d.reason ? d.reason : "trailing",
                  d.used);
    } else if (srl_cbor_skip(d.bytes) != d.bytes + d.len) {
        TEST_FAIL("%s: skip stops elsewhere", hex);
    }
    item_close(&d);
    if (check_prefixes(hex)) TEST_FAIL("%s: a prefix is accepted", hex);
}

TEST(test_cbor_check_engine_vectors_and_their_prefixes)
{
    json *doc = json_file(VECTORS "cbor-vectors.json");
    json *v = doc ? json_get(doc, "vectors")->child : NULL;
    size_t count = 0;

    for (; v; v = v->next) {
        const char *hex = json_text(v, "v3_0_2");

        if (!hex) hex = json_text(v, "v2_6_0");
        if (hex) check_vector(hex), count++;
    }
    CHECK_INT(count, 175);
    json_free(doc);
}

/* What clients may send is well-formed, but for the two cases about form. */
TEST(test_cbor_check_client_cases)
{
    json *doc = json_file(VECTORS "cbor-encode-cases.json");
    json *v = doc ? json_get(doc, "cases")->child : NULL;
    size_t refused = 0;
    size_t count = 0;

    for (; v; v = v->next, count++) {
        const char *hex = json_text(v, "sent");
        const char *reason;
        size_t used;

        if (check_hex(hex, &used, &reason)) {
            refused++;
            CHECK(!strcmp(hex, "e0") || !strcmp(hex, "61ff"));
        } else {
            check_vector(hex);
        }
    }
    CHECK_INT(count, 120);
    CHECK_INT(refused, 2);
    json_free(doc);
}

/* RFC 8949 appendix A: all of it but simple values SurrealDB has no use for;
 * numbers and short strings have the value they should. */
static void
appendix_a_value(const json *c, const item_doc *d)
{
    const json *want = json_get(c, "decoded");
    srl_cbor_head head;

    srl_cbor_head_at(d->bytes, &head);
    if (want && want->type == JSON_NUMBER && head.major == SRL_CBOR_SIMPLE) {
        CHECK(srl_cbor_float(&head) == want->number);
    } else if (want && want->type == JSON_NUMBER && head.major <= 1) {
        double got = head.major ? -1.0 - (double)head.arg : (double)head.arg;

        CHECK(got == want->number);
    } else if (want && want->type == JSON_STRING &&
               head.major == SRL_CBOR_TEXT) {
        CHECK(srl_cbor_text_is(d->bytes,
                               surreal_text_of(want->text, want->len)));
        CHECK(!srl_cbor_text_is(d->bytes, SURREAL_LIT("another text")));
    } else if (want && want->type == JSON_ARRAY) {
        const uint8_t *parts[32];

        CHECK_INT(srl_item_parts(d->bytes, parts, 32), json_count(want));
    } else if (want && want->type == JSON_OBJECT) {
        const json *item = want->child;

        for (; item; item = item->next) {
            CHECK(srl_cbor_find(d->bytes, surreal_text(item->key)) != NULL);
        }
        CHECK(!srl_cbor_find(d->bytes, SURREAL_LIT("no such key")));
    }
}

TEST(test_cbor_rfc8949_appendix_a)
{
    char path[512];
    json *doc = json_file(json_suite_path(path, sizeof path,
                                          "cbor/appendix_a.json"));
    json *c = doc ? doc->child : NULL;
    size_t refused = 0;
    size_t values = 0;

    if (!doc) {
        SKIP("no cbor/appendix_a.json; set SURREAL_TEST_SUITES");
        return;
    }
    for (; c; c = c->next) {
        const char *hex = json_text(c, "hex");
        item_doc d;

        if (!strcmp(hex, "f0") || !strncmp(hex, "f8", 2)) {
            const char *reason;
            size_t used;

            CHECK_INT(check_hex(hex, &used, &reason), SURREAL_ERR_CBOR);
            refused++;
            continue;
        }
        check_vector(hex);
        item_open(&d, hex);
        if (d.value.doc) appendix_a_value(c, &d), values++;
        item_close(&d);
    }
    CHECK(refused >= 2);
    CHECK(values > 75);
    json_free(doc);
}

static void
refuse_suite(const char *name, size_t least)
{
    char path[512];
    json *doc = json_file(json_suite_path(path, sizeof path, name));
    json *c = doc ? doc->child : NULL;
    size_t count = 0;

    if (!doc) {
        SKIP("suite not there; set SURREAL_TEST_SUITES");
        return;
    }
    for (; c; c = c->next, count++) {
        const char *hex = json_text(c, "hex");
        const char *reason = "";
        size_t used = 0;

        /* A whole item with something behind it is refused by its user. */
        if (!check_hex(hex, &used, &reason) && used == strlen(hex) / 2) {
            TEST_FAIL("%s is accepted", hex);
        }
    }
    CHECK(count >= least);
    json_free(doc);
}

TEST(test_cbor_rfc8949_appendix_f)
{
    refuse_suite("cbor/rfc8949_appendix_f.json", 90);
}

TEST(test_cbor_qcbor_not_well_formed)
{
    refuse_suite("cbor/qcbor_not_well_formed.json", 70);
}

/* Random changes to real messages: never a fault, and whatever is accepted
 * can be walked and ends where check said. */
TEST(test_cbor_check_survives_mutation)
{
    json *doc = json_file(VECTORS "cbor-vectors.json");
    size_t accepted = 0;
    size_t rounds = 0;
    json *v;

    NEED(doc);
    rnd_start();
    for (v = json_get(doc, "vectors")->child; v; v = v->next) {
        const char *hex = json_text(v, "v2_6_0");
        uint8_t bytes[512];
        size_t len = hex ? item_unhex(hex, bytes) : 0;
        int round;

        for (round = 0; len && round < 200; round++, rounds++) {
            uint8_t *block = item_block(bytes, len);
            const char *reason;
            size_t used;
            unsigned n = 1 + (unsigned)(rnd() % 3);

            while (n--) {
                block[rnd() % len] = (uint8_t)rnd();
            }
            if (!srl_cbor_check(block, len, 16, &used, &reason)) {
                accepted++;
                CHECK(srl_cbor_skip(block) == block + used);
            }
            free(block);
        }
    }
    CHECK(accepted > 1000 && accepted < rounds);
    json_free(doc);
}

/* ---- readers ------------------------------------------------------------- */

TEST(test_cbor_read_is_bounded)
{
    static const uint8_t item[] = {0x1b, 1, 2, 3, 4, 5, 6, 7, 8};
    srl_cbor_head head;
    size_t cut;

    for (cut = 0; cut < sizeof item; cut++) {
        uint8_t *block = item_block(item, cut);

        CHECK(!srl_cbor_read(block, block ? block + cut : block, &head));
        free(block);
    }
    CHECK(srl_cbor_read(item, item + 9, &head) == item + 9);
    CHECK(head.arg == UINT64_C(0x0102030405060708));
    CHECK_INT(head.major, SRL_CBOR_UINT);
    CHECK_INT(head.info, 27);
    {
        static const uint8_t open[] = {0x9f, 0x1e};

        CHECK(srl_cbor_read(open, open + 1, &head) == open + 1);
        CHECK_INT(head.info, 31);
        CHECK(!srl_cbor_read(open + 1, open + 2, &head)); /* reserved */
    }
}

TEST(test_cbor_find_takes_the_last_of_equal_keys)
{
    item_doc d;
    const uint8_t *found;

    item_open(&d, "a4616101616202616103616304"); /* a b a c */
    NEED(d.value.doc);
    found = srl_cbor_find(d.bytes, SURREAL_LIT("a"));
    CHECK(found && *found == 3);
    found = srl_cbor_find(d.bytes, SURREAL_LIT("c"));
    CHECK(found && *found == 4);
    CHECK(!srl_cbor_find(d.bytes, SURREAL_LIT("")));
    CHECK(!srl_cbor_find(d.bytes, SURREAL_LIT("ab")));
    item_close(&d);
}

TEST(test_cbor_find_in_indefinite_maps_and_keys)
{
    item_doc d;
    const uint8_t *found;

    /* {_ 1: "x", (_ "na", "me"): 5, [1]: 6, "name2": 7} */
    item_open(&d, "bf0161787f626e61626d65ff058101" "06" "656e616d653207ff");
    NEED(d.value.doc);
    found = srl_cbor_find(d.bytes, SURREAL_LIT("name"));
    CHECK(found && *found == 5);
    found = srl_cbor_find(d.bytes, SURREAL_LIT("name2"));
    CHECK(found && *found == 7);
    CHECK(!srl_cbor_find(d.bytes, SURREAL_LIT("na")));
    CHECK(!srl_cbor_find(d.bytes, SURREAL_LIT("names")));
    item_close(&d);
}

TEST(test_cbor_walk_ends_behind_the_item)
{
    static const char *const items[] = {"80", "83010203", "9fff", "9f0102ff",
                                        "a1616101", "bf616101ff",
                                        "9f9f01ff8101ff"};
    static const size_t counts[] = {0, 3, 0, 2, 2, 2, 2};
    size_t i;

    for (i = 0; i < sizeof items / sizeof items[0]; i++) {
        srl_cbor_walk walk;
        item_doc d;
        size_t count = 0;

        item_open(&d, items[i]);
        walk = srl_cbor_walk_of(d.bytes);
        while (srl_cbor_more(&walk)) {
            walk.at = srl_cbor_skip(walk.at);
            count++;
        }
        CHECK_INT(count, counts[i]);
        CHECK(walk.at == d.bytes + d.len);
        CHECK(!srl_cbor_more(&walk));
        item_close(&d);
    }
}

TEST(test_cbor_join_counts_beyond_its_room)
{
    uint8_t out[4] = {9, 9, 9, 9};
    item_doc d;

    item_open(&d, "5f42010260414342030405ff");
    CHECK_INT(d.status, SURREAL_ERR_CBOR); /* 60 is text */
    item_close(&d);
    item_open(&d, "5f4201024043030405ff");
    NEED(d.value.doc);
    CHECK_INT(srl_cbor_join(srl_cbor_pieces_of(d.bytes), out, 4), 5);
    CHECK_MEM(out, 4, "\x01\x02\x09\x09", 4); /* whole pieces only */
    CHECK_INT(srl_cbor_join(srl_cbor_pieces_of(d.bytes), NULL, 0), 5);
    item_close(&d);
}

/* ---- writers ------------------------------------------------------------- */

TEST(test_cbor_put_takes_the_shortest_form)
{
    static const struct {
        int64_t v;
        const char *hex;
    } ints[] = {{0, "00"}, {23, "17"}, {24, "1818"}, {255, "18ff"},
                {256, "190100"}, {65535, "19ffff"}, {65536, "1a00010000"},
                {INT64_C(4294967295), "1affffffff"},
                {INT64_C(4294967296), "1b0000000100000000"},
                {INT64_MAX, "1b7fffffffffffffff"}, {-1, "20"}, {-24, "37"},
                {-25, "3818"}, {-256, "38ff"}, {-257, "390100"},
                {INT64_MIN, "3b7fffffffffffffff"}};
    size_t i;

    for (i = 0; i < sizeof ints / sizeof ints[0]; i++) {
        uint8_t want[9];
        uint8_t room[9];
        size_t len = item_unhex(ints[i].hex, want);
        srl_buf buf;

        srl_buf_fixed(&buf, room, sizeof room);
        srl_cbor_put_int(&buf, ints[i].v);
        CHECK_INT(buf.status, SURREAL_OK);
        CHECK_MEM(room, buf.len, want, len);
    }
}

/* Exactly the room needed is enough, one byte less is ERR_FULL. */
TEST(test_cbor_put_fills_fixed_room_exactly)
{
    size_t cap;

    for (cap = 0; cap <= 9 + 2 + 31 + 3 + 2; cap++) {
        uint8_t *room = (uint8_t *)malloc(cap ? cap : 1);
        srl_buf buf;

        srl_buf_fixed(&buf, room, cap);
        srl_cbor_put_float(&buf, 1.5);
        srl_cbor_put_text(&buf, "thirty-one bytes of text, or so", 31);
        srl_cbor_put_key(&buf, "ab");
        srl_cbor_put_none(&buf);
        CHECK_INT(buf.status, cap < 47 ? SURREAL_ERR_FULL : SURREAL_OK);
        CHECK(buf.len <= cap);
        free(room);
    }
}

TEST_MAIN(
    RUN(test_cbor_check_accepts_what_servers_send);
    RUN(test_cbor_check_stops_behind_the_first_item);
    RUN(test_cbor_check_refuses_with_place_and_reason);
    RUN(test_cbor_check_counts_arrays_maps_and_tags_as_depth);
    RUN(test_cbor_check_counts_an_empty_array_as_depth);
    RUN(test_cbor_check_gives_depth_back);
    RUN(test_cbor_check_finds_bad_utf8_everywhere);
    RUN(test_cbor_check_engine_vectors_and_their_prefixes);
    RUN(test_cbor_check_client_cases);
    RUN(test_cbor_rfc8949_appendix_a);
    RUN(test_cbor_rfc8949_appendix_f);
    RUN(test_cbor_qcbor_not_well_formed);
    RUN(test_cbor_check_survives_mutation);
    RUN(test_cbor_read_is_bounded);
    RUN(test_cbor_find_takes_the_last_of_equal_keys);
    RUN(test_cbor_find_in_indefinite_maps_and_keys);
    RUN(test_cbor_walk_ends_behind_the_item);
    RUN(test_cbor_join_counts_beyond_its_room);
    RUN(test_cbor_put_takes_the_shortest_form);
    RUN(test_cbor_put_fills_fixed_room_exactly);)
