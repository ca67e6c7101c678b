/* tests/unit/test_model.c: structs in and out, with generated tables.
 *
 *   cc -I. tests/unit/test_model.c -lm -o test_model
 *
 * The tables are the golden ones of tests/golden/c, so what surrealgen writes
 * is what is tested. Inner functions are used to take messages apart and to
 * put them together wrongly. */
#define SURREAL_IMPLEMENTATION
#ifndef SURREAL_STATIC
#define SURREAL_STATIC
#endif
#include "surreal.h"

#include "tests/golden/c/bench/bench.c"
#include "tests/golden/c/types/types.c"
#include "tests/golden/c/wide/wide.c"
#include "tests/test.h"

static uint8_t room[1 << 16];
static uint8_t other_room[1 << 16];
static surreal_error err;

#define LIT(s) SURREAL_LIT(s)

/* One item as the value of a result. */
static surreal_result *
result_of(const uint8_t *data, size_t len, const surreal_allocator *allocator)
{
    surreal_bytes bytes;
    surreal_result *r = NULL;

    bytes.ptr = data;
    bytes.len = len;
    if (surreal_result_from(allocator, bytes, &r, &err)) return NULL;
    return r;
}

static surreal_bytes
encode(const surreal_model *model, const void *row, surreal_send what)
{
    surreal_bytes out;

    if (surreal_encode(model, row, what, 3, room, sizeof room, &out, &err)) {
        printf("encode: %s\n", err.message);
        out.len = 0;
    }
    return out;
}

static surreal_status
decode(const surreal_model *model, const surreal_result *r, void *out)
{
    memset(&err, 0, sizeof err);
    return surreal_decode(model, surreal_statement_value(r, 0), out, &err);
}

/* ---- a person with everything in it ------------------------------------- */

static const uint8_t extra_cbor[] = {0x82, 0x01, 0xf9, 0x3e, 0x00};
static const uint8_t prefs_cbor[] = {0xa1, 0x61, 'a', 0x18, 0x2a};

static place home_of(const char *street, bool with_spot)
{
    place p;
    surreal_point spot;

    memset(&p, 0, sizeof p);
    place_set_street(&p, surreal_text(street));
    if (with_spot) {
        spot.lon = 8.5;
        spot.lat = 47.25;
        place_set_spot(&p, spot);
        place_set_zip(&p, LIT("8400"));
    }
    return p;
}

static surreal_raw
raw_of(const uint8_t *data, size_t len)
{
    surreal_raw raw;

    memset(&raw, 0, sizeof raw);
    raw.cbor.ptr = data;
    raw.cbor.len = len;
    return raw;
}

static void
fill_scalars(person *p)
{
    static const uint8_t photo[] = {0, 255, 7};
    surreal_decimal balance;
    surreal_number number;
    surreal_datetime born;
    surreal_duration quota;
    surreal_uuid token;
    surreal_bytes bytes;
    surreal_point spot;
    surreal_file paper;

    balance.text = LIT("-12.50");
    number.kind = SURREAL_DECIMAL;
    number.as.decimal.text = LIT("3.25");
    born.sec = -1;
    born.nsec = 500000000;
    quota.sec = 86400;
    quota.nsec = 1;
    memset(&token, 0xa5, sizeof token);
    bytes.ptr = photo;
    bytes.len = sizeof photo;
    spot.lon = -0.5;
    spot.lat = 1e300;
    paper.bucket = LIT("docs");
    paper.key = LIT("/a.txt");
    person_set_id(p, person_id_str(LIT("ann")));
    person_set_name(p, LIT("Ann \xc3\xa9 and a text of more than 32 bytes"));
    person_set_age(p, -31);
    person_set_height(p, 1.75);
    person_set_balance(p, balance);
    person_set_any_num(p, number);
    person_set_alive(p, true);
    person_set_photo(p, bytes);
    person_set_born(p, born);
    person_set_quota(p, quota);
    person_set_token(p, token);
    person_set_best(p, person_id_int(-7));
    person_set_thing(p, surreal_id_uuid("order", token));
    person_set_home(p, spot);
    person_set_paper(p, paper);
    person_set_color(p, COLOR_BLUE);
    person_set_rank(p, RANK_LOW);
    person_set_state(p, PERSON_STATE_IN_PROGRESS);
    person_set_level(p, PERSON_LEVEL_MINUS_3);
    person_set_note(p, LIT("n"));
    person_set_maybe(p, INT64_MIN);
    person_set_pass(p, LIT("secret"));
    person_set_nickname(p, LIT(""));
    CHECK(!person_set_code(p, LIT("12345678")));
    CHECK_INT(person_set_code(p, LIT("123456789")), SURREAL_ERR_TOO_LONG);
}

/* Every member set, arrays inside arrays included. */
static person
full(void)
{
    static place places[2];
    static surreal_str tags[2];
    static int64_t inner[3];
    static person_grid_items grid[2];
    static person_id friends[2];
    static const double vec[4] = {0.5, -1, 1e9, 0.1};
    static const surreal_point corners[3] = {{0, 0}, {1, 0}, {0, 0}};
    static const surreal_line outline = {corners, 3};
    surreal_polygon area;
    person_mixed mixed;
    person_shape shape;
    person p;

    memset(&p, 0, sizeof p);
    memset(&shape, 0, sizeof shape);
    memset(&mixed, 0, sizeof mixed);
    fill_scalars(&p);
    places[0] = home_of("Marktgasse", true);
    places[1] = home_of("", false);
    tags[0] = LIT("a");
    tags[1] = LIT("b\0c");
    inner[0] = 1;
    inner[1] = 1000;
    inner[2] = -70000;
    grid[0].v = inner;
    grid[0].count = 3;
    grid[1].v = NULL;
    grid[1].count = 0;
    friends[0] = person_id_str(LIT("bob"));
    friends[1] = person_id_int(INT64_MAX);
    person_set_extra(&p, raw_of(extra_cbor, sizeof extra_cbor));
    person_set_prefs(&p, raw_of(prefs_cbor, sizeof prefs_cbor));
    mixed.tag = PERSON_MIXED_INT;
    mixed.u.int_ = 1;
    person_set_mixed(&p, mixed);
    area.v = &outline;
    area.count = 1;
    person_set_area(&p, area);
    person_set_address(&p, places[0]);
    person_set_places(&p, places, 2);
    person_set_tags(&p, tags, 2);
    person_set_grid(&p, grid, 2);
    person_set_friends(&p, friends, 2);
    CHECK(!person_set_vec(&p, vec, 4));
    CHECK_INT(person_set_vec(&p, vec, 5), SURREAL_ERR_TOO_LONG);
    person_shape_set_kind(&shape, LIT("box"));
    person_shape_set_w(&shape, 2.5);
    shape.inner.deep = 9;
    person_shape_inner_set_deep(&shape.inner, 9);
    person_shape_set_inner(&shape, shape.inner);
    person_set_shape(&p, shape);
    return p;
}

/* What may come back from the server of what was sent. */
static person
full_read(void)
{
    person p = full();

    person_clear_nickname(&p);
    person_set_nickname(&p, LIT(""));
    surreal_bit_clear(p.set_, PERSON_PASS);
    return p;
}

TEST(test_model_round_trip_of_every_type)
{
    person p = full();
    person want = full_read();
    person got;
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    surreal_result *r = result_of(bytes.ptr, bytes.len, NULL);

    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_OK);
    CHECK_STR(err.message, "");
    CHECK(surreal_model_equal(&person_model, &got, &want));
    CHECK(!surreal_model_equal(&person_model, &got, &p)); /* the secret */
    CHECK(!surreal_is_changed(&person_model, &got));
    CHECK_INT(got.maybe, INT64_MIN);
    CHECK_STR(got.code.text, "12345678");
    CHECK_INT(got.grid.v[0].v[2], -70000);
    CHECK_INT(got.places.v[0].spot.lat * 4, 189);
    CHECK_INT(got.friends.v[1].rid.key.i == INT64_MAX, 1);
    CHECK_INT(got.level, PERSON_LEVEL_MINUS_3);
    CHECK(!person_has_pass(&got) && !person_has_made(&got));
    surreal_result_free(r);
}

TEST(test_model_read_row_is_sent_back_alike)
{
    person p = full();
    person got;
    person again;
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    surreal_result *r = result_of(bytes.ptr, bytes.len, NULL);
    surreal_result *r2;

    NEED(r);
    NEED(!decode(&person_model, r, &got));
    person_set_pass(&got, LIT("secret"));
    bytes = encode(&person_model, &got, SURREAL_SEND_NEW);
    r2 = result_of(bytes.ptr, bytes.len, NULL);
    NEED(r2);
    NEED(!decode(&person_model, r2, &again));
    surreal_bit_clear(got.set_, PERSON_PASS);
    CHECK(surreal_model_equal(&person_model, &got, &again));
    surreal_result_free(r);
    surreal_result_free(r2);
}

TEST(test_model_text_ends_in_nul)
{
    person p = full();
    person got;
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    surreal_result *r = result_of(bytes.ptr, bytes.len, NULL);

    NEED(r);
    NEED(!decode(&person_model, r, &got));
    CHECK_STR(got.name.ptr, p.name.ptr);
    CHECK_INT(got.name.len, strlen(p.name.ptr));
    CHECK_STR(got.balance.text.ptr, "-12.50");
    CHECK_STR(got.note.ptr, "n");
    CHECK_STR(got.nickname.ptr, "");
    CHECK_STR(got.id.rid.table.ptr, "person");
    CHECK_STR(got.id.rid.key.s.ptr, "ann");
    CHECK_STR(got.thing.table.ptr, "order");
    CHECK_STR(got.places.v[0].zip.ptr, "8400");
    CHECK_STR(got.any_num.as.decimal.text.ptr, "3.25");
    CHECK_STR(got.paper.key.ptr, "/a.txt");
    CHECK_INT(got.tags.v[1].len, 3);
    CHECK_INT(got.tags.v[1].ptr[3], 0);
    surreal_result_free(r);
}

/* ---- pulling objects apart ---------------------------------------------- */

typedef struct pair {
    const uint8_t *key;
    size_t key_len;
    const uint8_t *value;
    size_t value_len;
} pair;

static size_t
pairs_of(surreal_bytes object, pair *out)
{
    srl_cbor_head head;
    const uint8_t *at = srl_cbor_head_at(object.ptr, &head);
    size_t i;

    for (i = 0; i < head.arg; i++) {
        out[i].key = at;
        at = srl_cbor_skip(at);
        out[i].key_len = (size_t)(at - out[i].key);
        out[i].value = at;
        at = srl_cbor_skip(at);
        out[i].value_len = (size_t)(at - out[i].value);
    }
    return i;
}

static size_t
put(uint8_t *out, size_t at, const void *data, size_t len)
{
    memcpy(out + at, data, len);
    return at + len;
}

/* The object of pairs, in other_room. */
static size_t
join(const pair *pairs, size_t count)
{
    size_t at = (size_t)(srl_cbor_store_head(other_room, SRL_CBOR_MAP,
                                             count) -
                         other_room);
    size_t i;

    for (i = 0; i < count; i++) {
        at = put(other_room, at, pairs[i].key, pairs[i].key_len);
        at = put(other_room, at, pairs[i].value, pairs[i].value_len);
    }
    return at;
}

TEST(test_model_wrong_type_names_path_and_offset)
{
    static const uint8_t yes[] = {0xf5};
    static const uint8_t one[] = {0x01};
    static const uint8_t null[] = {0xf6};
    person p = full();
    pair pairs[64];
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    size_t count = pairs_of(bytes, pairs);
    size_t i;

    CHECK_INT(count, 35);
    for (i = 0; i < count; i++) {
        const surreal_field_desc *field;
        surreal_result *r;
        person got;
        surreal_str name;
        pair keep = pairs[i];
        bool is_bool;
        int pass;

        srl_cbor_text_at(pairs[i].key, &name);
        field = srl_decode_search(&person_model, pairs[i].key,
                                  person_model.fields);
        NEED(field);
        is_bool = field->member == SURREAL_MEMBER_BOOL;
        for (pass = 0; pass < 2; pass++) {
            /* A union that is open keeps what it does not know. */
            bool accepts = field->member == SURREAL_MEMBER_RAW ||
                           (field->member == SURREAL_MEMBER_UNION && !pass) ||
                           (field->flags & SURREAL_FIELD_SECRET) ||
                           (pass && (field->flags & SURREAL_FIELD_NULLABLE));
            size_t offset;
            size_t len;

            pairs[i].value = pass ? null : is_bool ? one : yes;
            pairs[i].value_len = 1;
            len = join(pairs, count);
            r = result_of(other_room, len, NULL);
            NEED(r);
            offset = (size_t)(srl_cbor_find(r->doc.data, name) -
                              r->doc.data);
            if (accepts) {
                CHECK_INT(decode(&person_model, r, &got), SURREAL_OK);
            } else {
                char want[64];

                CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_TYPE);
                CHECK_INT(err.at, offset);
                snprintf(want, sizeof want, "%.*s", SURREAL_FMT(name));
                CHECK_STR(err.path, want);
                CHECK(strstr(err.message, pass      ? "got NULL"
                                          : is_bool ? "got int"
                                                    : "got bool"));
                CHECK_INT(got.set_[0], 0);
            }
            surreal_result_free(r);
        }
        pairs[i] = keep;
    }
}

/* Replace `old` by `fresh` of the same length, the only one there is. */
static surreal_result *
broken(const void *old, const void *fresh, size_t len, size_t *offset)
{
    person p = full();
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    size_t i;

    for (i = 0; i + len <= bytes.len; i++) {
        if (memcmp(room + i, old, len)) continue;
        memcpy(room + i, fresh, len);
        *offset = i;
        return result_of(room, bytes.len, NULL);
    }
    return NULL;
}

TEST(test_model_nested_path)
{
    size_t at = 0;
    person got;
    surreal_result *r = broken("\x39\x11\x6f", "\x39\x11\x6f", 1, &at);

    surreal_result_free(r);
    /* grid[0][2] is -70000: 3a 0001116f */
    r = broken("\x3a\x00\x01\x11\x6f", "\xfa\x00\x01\x11\x6f", 5, &at);
    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_TYPE);
    CHECK_STR(err.path, "grid[0][2]");
    CHECK_INT(err.at, at);
    CHECK(strstr(err.message, "person.grid[0][2]: expected int, got float"));
    surreal_result_free(r);

    r = broken("\x64" "deep\x09", "\x64" "deep\xf4", 6, &at);
    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_TYPE);
    CHECK_STR(err.path, "shape.inner.deep");
    CHECK_INT(err.at, at + 5);
    surreal_result_free(r);

    r = broken("\x66street\x60", "\x66street\x80", 8, &at);
    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_TYPE);
    CHECK_STR(err.path, "places[1].street");
    CHECK_INT(err.at, at + 7);
    surreal_result_free(r);

    r = broken("\x66street\x60", "\x66sTreet\x60", 8, &at);
    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_MISSING);
    CHECK_STR(err.path, "places[1].street");
    surreal_result_free(r);

    r = broken("\x66person\x63" "bob", "\x66pErson\x63" "bob", 11, &at);
    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_TYPE);
    CHECK_STR(err.path, "friends[0]");
    CHECK(strstr(err.message, "expected record<person>, got record<pErson>"));
    surreal_result_free(r);
}

TEST(test_model_missing_fields)
{
    person p = full();
    pair pairs[64];
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    size_t count = pairs_of(bytes, pairs);
    size_t i;

    for (i = 0; i < count; i++) {
        pair keep = pairs[i];
        pair last = pairs[count - 1];
        const surreal_field_desc *field =
            srl_decode_search(&person_model, keep.key, person_model.fields);
        bool required =
            surreal_bit_is(person_model.required, field->bit);
        surreal_result *r;
        person got;

        pairs[i] = last;
        r = result_of(other_room, join(pairs, count - 1), NULL);
        NEED(r);
        CHECK_INT(decode(&person_model, r, &got),
                  required ? SURREAL_ERR_MISSING : SURREAL_OK);
        if (required) {
            char want[64];
            surreal_str name = srl_field_name(&person_model, field);

            snprintf(want, sizeof want, "%.*s", SURREAL_FMT(name));
            CHECK_STR(err.path, want);
        } else {
            CHECK(!surreal_bit_is(got.set_, field->bit));
        }
        surreal_result_free(r);

        /* And on the way out. */
        surreal_bit_clear(p.set_, field->bit);
        required = (field->flags & SURREAL_FIELD_REQUIRED) != 0;
        {
            surreal_bytes out;

            CHECK_INT(surreal_encode(&person_model, &p, SURREAL_SEND_NEW, 3,
                                     other_room, sizeof other_room, &out,
                                     &err),
                      required ? SURREAL_ERR_MISSING : SURREAL_OK);
            if (required) CHECK(strstr(err.message, "required, but not set"));
        }
        surreal_bit_set(p.set_, field->bit);
        pairs[i] = keep;
        pairs[count - 1] = last;
    }
}

/* xorshift; the seed is printed when something fails. */
static uint32_t random_state;

static uint32_t
random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

TEST(test_model_any_order_with_unknown_keys)
{
    static const uint8_t stray[] = {0x65, 's', 't', 'r', 'a', 'y',
                                    0x82, 0x01, 0xa1, 0x61, 'x', 0xf6};
    static const uint8_t number_key[] = {0x05, 0x05};
    person p = full();
    person want = full_read();
    pair pairs[64];
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    size_t count = pairs_of(bytes, pairs);
    uint32_t seed = (uint32_t)time(NULL) | 1;
    int round;
    size_t i;

    random_state = seed;
    pairs[count].key = stray;
    pairs[count].key_len = 6;
    pairs[count].value = stray + 6;
    pairs[count].value_len = 6;
    count++;
    pairs[count].key = number_key;
    pairs[count].key_len = 1;
    pairs[count].value = number_key + 1;
    pairs[count].value_len = 1;
    count++;
    for (round = 0; round < 500 && !test_failed_checks; round++) {
        surreal_result *r;
        person got;

        for (i = count - 1; i > 0; i--) {
            size_t j = random_next() % (i + 1);
            pair swap = pairs[i];

            pairs[i] = pairs[j];
            pairs[j] = swap;
        }
        r = result_of(other_room, join(pairs, count), NULL);
        NEED(r);
        CHECK_INT(decode(&person_model, r, &got), SURREAL_OK);
        CHECK(surreal_model_equal(&person_model, &got, &want));
        surreal_result_free(r);
    }
    if (test_failed_checks) printf("seed %u\n", seed);
}

TEST(test_model_last_of_equal_keys_counts)
{
    /* A second value of each sort behind all others. */
    static const uint8_t more[] = {
        0x63, 'a', 'g', 'e', 0x05,                /* another value */
        0x64, 'n', 'o', 't', 'e', 0xf6,           /* NULL */
        0x65, 'm', 'a', 'y', 'b', 'e', 0xf6,      /* NULL ... */
        0x65, 'm', 'a', 'y', 'b', 'e', 0x03,      /* ... and a value */
        0x64, 'n', 'i', 'c', 'k', 0xc6, 0xf6};    /* NONE */
    person p = full();
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    pair pairs[64];
    size_t count = pairs_of(bytes, pairs);
    size_t len = join(pairs, count);
    surreal_result *r;
    person got;

    NEED(other_room[0] == 0xb8);
    other_room[1] = (uint8_t)(count + 5);
    len = put(other_room, len, more, sizeof more);
    r = result_of(other_room, len, NULL);
    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_OK);
    CHECK_INT(got.age, 5);
    CHECK(!person_has_note(&got) && surreal_bit_is(got.set_, PERSON_NOTE));
    CHECK(person_has_maybe(&got));
    CHECK_INT(got.maybe, 3);
    CHECK(!person_has_nickname(&got));
    surreal_result_free(r);
}

TEST(test_model_unusual_spellings)
{
    /* Pieces, long heads, indefinite lengths, text forms, tags without an
     * element: all of it legal. */
    static const uint8_t data[] = {
        0xbf, 0x78, 0x04, 'c', 'i', 't', 'y', 0x7f, 0x62, 'L', 'e',
        0x63, 'e', 'd', 's', 0xff, 0x66, 'h', 'e', 'i', 'g', 'h', 't', 0x19,
        0x00, 0x05, 0x7f, 0x61, 'x', 0xff, 0x01, 0x79, 0x00, 0x06, 's', 't',
        'r', 'e', 'e', 't', 0x78, 0x01, 'S', 0xff};
    surreal_result *r = result_of(data, sizeof data, NULL);
    bench_place got;

    NEED(r);
    CHECK_INT(decode(&bench_place_model, r, &got), SURREAL_OK);
    CHECK_STR(err.message, "");
    CHECK_STR(got.city.ptr, "Leeds");
    CHECK_INT(got.height, 5);
    CHECK_STR(got.street.ptr, "S");
    surreal_result_free(r);
}

TEST(test_model_indefinite_arrays_and_empty_tags)
{
    static const uint8_t data[] = {
        0xa3, 0x65, 'q', 'u', 'o', 't', 'a', 0xce, 0x80, 0x64, 'g', 'r',
        'i',  'd',  0x9f, 0x9f, 0x01, 0x02, 0xff, 0x80, 0xff, 0x64, 't',
        'a',  'g',  's', 0xd8, 0x38, 0x9f, 0x61, 'z', 0xff};
    surreal_result *r = result_of(data, sizeof data, NULL);
    person got;

    NEED(r);
    /* Required fields are missing: said only after all was read. */
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_MISSING);
    surreal_result_free(r);
}

TEST(test_model_not_an_object)
{
    static const uint8_t data[] = {0x63, 'a', 'b', 'c'};
    surreal_result *r = result_of(data, sizeof data, NULL);
    surreal_value none;
    person got;
    void *rows;
    size_t count;

    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_ERR_TYPE);
    CHECK(strstr(err.message, "person: expected object, got string"));
    CHECK_INT(surreal_decode_rows(&person_model,
                                  surreal_statement_value(r, 0), &rows,
                                  &count, &err),
              SURREAL_ERR_TYPE);
    CHECK(strstr(err.message, "expected array, got string"));
    memset(&none, 0, sizeof none);
    CHECK_INT(surreal_decode(&person_model, none, &got, &err),
              SURREAL_ERR_MISSING);
    CHECK_INT(surreal_decode_rows(&person_model, none, &rows, &count, NULL),
              SURREAL_OK);
    CHECK(!rows && !count);
    surreal_result_free(r);
}

/* ---- masks -------------------------------------------------------------- */

static const char *
sent(const void *row, surreal_send what)
{
    static char text[1024];
    surreal_bytes bytes = encode(&person_model, row, what);
    surreal_result *r = result_of(bytes.ptr, bytes.len, NULL);

    text[0] = '\0';
    if (r) surreal_print(surreal_statement_value(r, 0), text, sizeof text);
    surreal_result_free(r);
    return text;
}

TEST(test_model_merge_sends_what_was_marked)
{
    person p;

    memset(&p, 0, sizeof p);
    CHECK(!surreal_is_changed(&person_model, &p));
    person_set_age(&p, 31);
    CHECK(surreal_is_changed(&person_model, &p));
    CHECK_STR(sent(&p, SURREAL_SEND_CHANGES), "{ age: 31 }");
    person_clear_nickname(&p);
    person_null_note(&p);
    CHECK_STR(sent(&p, SURREAL_SEND_CHANGES),
              "{ age: 31, nick: NONE, note: NULL }");
    person_set_note(&p, LIT("x"));
    person_set_id(&p, person_id_int(1));
    CHECK_STR(sent(&p, SURREAL_SEND_CHANGES),
              "{ age: 31, nick: NONE, note: 'x' }");
}

TEST(test_model_loaded_row_sends_only_later_changes)
{
    person p = full();
    person got;
    surreal_bytes bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    surreal_result *r = result_of(bytes.ptr, bytes.len, NULL);

    NEED(r);
    NEED(!decode(&person_model, r, &got));
    CHECK(!surreal_is_changed(&person_model, &got));
    CHECK_STR(sent(&got, SURREAL_SEND_CHANGES), "{}");
    person_set_name(&got, LIT("Bo"));
    CHECK_STR(sent(&got, SURREAL_SEND_CHANGES), "{ name: 'Bo' }");
    surreal_result_free(r);
}

TEST(test_model_merge_of_a_nested_struct_clears_what_is_not_set)
{
    person p;

    memset(&p, 0, sizeof p);
    person_set_address(&p, home_of("S", false));
    CHECK_STR(sent(&p, SURREAL_SEND_CHANGES),
              "{ address: { spot: NONE, street: 'S', zip: NONE } }");
}

TEST(test_model_server_fields_are_never_sent)
{
    person p = full();
    surreal_bytes bytes;

    p.made.sec = 5;
    surreal_bit_set(p.set_, PERSON_MADE);
    surreal_bit_set(p.mark_, PERSON_MADE);
    bytes = encode(&person_model, &p, SURREAL_SEND_NEW);
    CHECK(!srl_cbor_find(bytes.ptr, LIT("made")));
    CHECK(srl_cbor_find(bytes.ptr, LIT("id")) != NULL);
    bytes = encode(&person_model, &p, SURREAL_SEND_CONTENT);
    CHECK(!srl_cbor_find(bytes.ptr, LIT("made")));
    CHECK(!srl_cbor_find(bytes.ptr, LIT("id")));
    bytes = encode(&person_model, &p, SURREAL_SEND_CHANGES);
    CHECK(!srl_cbor_find(bytes.ptr, LIT("made")));
}

/* ---- values that may not be sent ---------------------------------------- */

static void
check_refused(const person *p, surreal_status status, const char *path)
{
    surreal_bytes out;

    CHECK_INT(surreal_encode(&person_model, p, SURREAL_SEND_NEW, 3, room,
                             sizeof room, &out, &err),
              status);
    CHECK_STR(err.path, path);
    CHECK(!out.ptr);
}

TEST(test_model_refuses_what_the_server_would)
{
    static surreal_str tags[2];
    person p = full();

    person_set_name(&p, LIT("a\xff"));
    check_refused(&p, SURREAL_ERR_UTF8, "name");
    p = full();
    tags[0] = LIT("ok");
    tags[1] = LIT("\xed\xa0\x80 surrogate");
    person_set_tags(&p, tags, 2);
    check_refused(&p, SURREAL_ERR_UTF8, "tags[1]");
    p = full();
    p.color = COLOR_UNKNOWN_;
    check_refused(&p, SURREAL_ERR_RANGE, "color");
    p = full();
    p.balance.text = LIT("1.2.3");
    check_refused(&p, SURREAL_ERR_SYNTAX, "balance");
    p.balance.text = LIT("1e5");
    check_refused(&p, SURREAL_ERR_SYNTAX, "balance");
    p = full();
    p.born.nsec = 1000000000;
    check_refused(&p, SURREAL_ERR_RANGE, "born");
    p = full();
    p.best.rid.table = LIT("order");
    check_refused(&p, SURREAL_ERR_TYPE, "best");
    p = full();
    p.shape.inner.set_[0] = 0;
    check_refused(&p, SURREAL_ERR_MISSING, "shape.inner.deep");
    p = full();
    p.extra.cbor.len = 1;
    check_refused(&p, SURREAL_ERR_CBOR, "extra");
}

TEST(test_model_room_too_small)
{
    person p = full();
    surreal_bytes out;
    size_t cap;

    for (cap = 0; cap < 700; cap++) {
        uint8_t *small = (uint8_t *)malloc(cap + 1);
        surreal_status status =
            surreal_encode(&person_model, &p, SURREAL_SEND_NEW, 3, small, cap,
                           &out, &err);

        CHECK(!status || status == SURREAL_ERR_FULL);
        free(small);
    }
}

/* ---- enums, text, size -------------------------------------------------- */

TEST(test_model_enums)
{
    color c;
    rank k;

    CHECK_STR(color_name(COLOR_BLUE), "dark-blue");
    CHECK(!color_name(COLOR_UNKNOWN_) && !color_name((color)99));
    CHECK(color_parse(LIT("green"), &c) && c == COLOR_GREEN);
    CHECK(!color_parse(LIT("grey"), &c));
    CHECK(rank_parse(3, &k) && k == RANK_HIGH);
    CHECK_STR(person_state_name(PERSON_STATE_IN_PROGRESS), "in progress");
}

TEST(test_model_unknown_enum_value)
{
    size_t at;
    person got;
    surreal_bytes out;
    surreal_result *r2;
    surreal_result *r = broken("\x69" "dark-blue", "\x69" "dark-bluE", 10,
                               &at);

    NEED(r);
    CHECK_INT(decode(&person_model, r, &got), SURREAL_OK);
    CHECK_INT(got.color, COLOR_UNKNOWN_);
    CHECK(person_has_color(&got));
    /* It goes back as it came, */
    person_set_pass(&got, LIT("x"));
    out = encode(&person_model, &got, SURREAL_SEND_CONTENT);
    r2 = result_of(out.ptr, out.len, NULL);
    NEED(r2);
    CHECK_STR(surreal_str_at(surreal_statement_value(r2, 0), "color").ptr,
              "dark-bluE");
    surreal_result_free(r2);
    /* is no change, */
    CHECK(!surreal_bit_is(got.mark_, PERSON_COLOR));
    /* and cannot be what a program means to write. */
    person_set_color(&got, COLOR_UNKNOWN_);
    CHECK_INT(surreal_encode(&person_model, &got, SURREAL_SEND_CHANGES, 3,
                             room, sizeof room, &out, &err),
              SURREAL_ERR_RANGE);
    CHECK_STR(err.path, "color");
    /* Without what it was read from there is nothing to send. */
    memset(&got.extra_, 0, sizeof got.extra_);
    CHECK_INT(surreal_encode(&person_model, &got, SURREAL_SEND_CONTENT, 3,
                             room, sizeof room, &out, &err),
              SURREAL_ERR_RANGE);
    surreal_result_free(r);
}

TEST(test_model_print)
{
    person p;
    char text[512];

    memset(&p, 0, sizeof p);
    CHECK_INT(surreal_model_print(&person_model, &p, NULL, 0), 2);
    person_set_id(&p, person_id_str(LIT("a b")));
    person_set_height(&p, 2);
    person_null_note(&p);
    person_set_pass(&p, LIT("hush"));
    person_set_color(&p, COLOR_RED);
    person_set_address(&p, home_of("S", true));
    surreal_model_print(&person_model, &p, text, sizeof text);
    CHECK_STR(text,
              "{ address: { spot: (8.5, 47.25), street: 'S', zip: '8400' }, "
              "color: 'red', height: 2f, id: person:`a b`, note: NULL, "
              "pass: (secret) }");
}

TEST(test_model_118_fields)
{
    wide_all row;
    wide_all got;
    surreal_result *r;
    surreal_bytes bytes;
    size_t i;

    memset(&row, 0, sizeof row);
    CHECK_INT(wide_all_model.words, 2);
    for (i = 0; i < wide_all_model.count; i++) {
        const surreal_field_desc *field = wide_all_model.fields + i;
        uint8_t *member = (uint8_t *)&row + field->offset;
        surreal_str digits = LIT("12.5");

        if (field->flags & SURREAL_FIELD_KEY) continue;
        if (field->member == SURREAL_MEMBER_STRING ||
            field->member == SURREAL_MEMBER_DECIMAL) {
            memcpy(member, &digits, sizeof digits);
        }
        if (field->member == SURREAL_MEMBER_RECORD) {
            wide_all_id id = wide_all_id_int((int64_t)i);

            memcpy(member, &id, sizeof id);
        }
        surreal_bit_set(row.set_, field->bit);
    }
    CHECK_INT(row.set_[1] != 0, 1);
    bytes = encode(&wide_all_model, &row, SURREAL_SEND_NEW);
    r = result_of(bytes.ptr, bytes.len, NULL);
    NEED(r);
    CHECK_INT(decode(&wide_all_model, r, &got), SURREAL_OK);
    CHECK_STR(err.message, "");
    CHECK(surreal_model_equal(&wide_all_model, &got, &row));
    CHECK(!surreal_is_changed(&wide_all_model, &got));
    wide_all_set_f117(&got, LIT("1"));
    CHECK(surreal_is_changed(&wide_all_model, &got));
    surreal_result_free(r);
}

/* ---- old and new programs ----------------------------------------------- */

TEST(test_model_old_program_reads_new_data)
{
    /* A reader's address as a later program writes it, with more in it. */
    static const uint8_t data[] = {
        0xa5, 0x64, 'c', 'i', 't', 'y', 0x61, 'L', 0x67, 'c', 'o', 'u', 'n',
        't',  'r',  'y', 0x62, 'C', 'H', 0x66, 'h', 'e', 'i', 'g', 'h', 't',
        0x05, 0x66, 's', 't', 'r', 'e', 'e', 't', 0x61, 'S', 0x63, 'z', 'i',
        'p',  0xa1, 0x61, 'a', 0x01};
    surreal_result *r = result_of(data, sizeof data, NULL);
    bench_place got;

    NEED(r);
    CHECK_INT(decode(&bench_place_model, r, &got), SURREAL_OK);
    CHECK_INT(got.height, 5);
    CHECK_STR(got.street.ptr, "S");
    surreal_result_free(r);
}

/* ---- memory ------------------------------------------------------------- */

static size_t
make_readers(uint8_t *out, size_t cap, int count)
{
    static surreal_str tags[2];
    size_t len = 3;
    int i;

    out[0] = 0x99;
    srl_store16(out + 1, (uint16_t)count);
    tags[0] = LIT("history");
    tags[1] = LIT("maps");
    for (i = 0; i < count; i++) {
        bench_reader row;
        bench_place home;
        surreal_datetime born = {700000000, 0};
        surreal_decimal balance;
        surreal_bytes item;

        memset(&row, 0, sizeof row);
        memset(&home, 0, sizeof home);
        bench_place_set_city(&home, LIT("Winterthur"));
        bench_place_set_street(&home, LIT("Marktgasse 17"));
        bench_place_set_height(&home, 440);
        bench_reader_set_id(&row, bench_reader_id_int(i));
        bench_reader_set_name(&row, LIT("Annemarie Example"));
        bench_reader_set_email(&row, LIT("annemarie@mail.example.org"));
        bench_reader_set_phone(&row, LIT("+41 79 555 0100"));
        bench_reader_set_title(&row, LIT("Librarian"));
        bench_reader_set_nick(&row, LIT("anne"));
        bench_reader_set_born(&row, born);
        bench_reader_set_boss(&row, bench_reader_id_str(LIT("k1")));
        bench_reader_set_visits(&row, i * 1000);
        bench_reader_set_score(&row, i * 0.37);
        bench_reader_set_active(&row, true);
        balance.text = LIT("1234.75");
        bench_reader_set_balance(&row, balance);
        bench_reader_set_address(&row, home);
        bench_reader_set_tags(&row, tags, 2);
        if (surreal_encode(&bench_reader_model, &row, SURREAL_SEND_NEW, 3,
                           out + len, cap - len, &item, &err)) {
            printf("%s\n", err.message);
            return 0;
        }
        len += item.len;
    }
    return len;
}

TEST(test_model_memory_is_at_most_three_times_the_wire)
{
    static uint8_t wire[1 << 19];
    size_t len = make_readers(wire, sizeof wire, 1000);
    surreal_result *r = result_of(wire, len, NULL);
    bench_reader *rows;
    void *v;
    size_t count;

    NEED(r);
    CHECK_INT(surreal_decode_rows(&bench_reader_model,
                                  surreal_statement_value(r, 0), &v, &count,
                                  &err),
              SURREAL_OK);
    NEED(count == 1000);
    rows = (bench_reader *)v;
    CHECK_INT(rows[999].visits, 999000);
    CHECK_STR(rows[999].tags.v[1].ptr, "maps");
    CHECK(surreal_result_size(r) <= 3 * len);
    if (test_failed_checks) {
        printf("%zu bytes for %zu\n", surreal_result_size(r), len);
    }
    surreal_result_free(r);
}

TEST(test_model_rows_tell_their_index)
{
    static uint8_t wire[4096];
    size_t len = make_readers(wire, sizeof wire, 9);
    surreal_result *r;
    void *v;
    size_t count;
    size_t at;

    for (at = len - 2; memcmp(wire + at, "\x66visits", 7); at--) {
    }
    wire[at + 7] = 0x39; /* 19 hh ll becomes -1 - hhll: still an int */
    wire[at + 1] = 'x';  /* and the last row has no visits at all */
    r = result_of(wire, len, NULL);
    NEED(r);
    CHECK_INT(surreal_decode_rows(&bench_reader_model,
                                  surreal_statement_value(r, 0), &v, &count,
                                  &err),
              SURREAL_ERR_MISSING);
    CHECK_STR(err.path, "[8].visits");
    CHECK(!v && !count);
    surreal_result_free(r);
}

TEST(test_model_every_allocation_may_fail)
{
    static uint8_t wire[1 << 16];
    size_t len = make_readers(wire, sizeof wire, 50);
    size_t fail;
    bool done = false;

    for (fail = 1; !done && fail < 1000; fail++) {
        test_heap heap;
        surreal_allocator allocator;
        surreal_bytes bytes;
        surreal_result *r = NULL;
        surreal_status status;
        void *v;
        size_t count;

        memset(&heap, 0, sizeof heap);
        heap.fail_at = fail;
        allocator.resize = test_resize;
        allocator.user = &heap;
        bytes.ptr = wire;
        bytes.len = len;
        status = surreal_result_from(&allocator, bytes, &r, &err);
        if (!status) {
            status = surreal_decode_rows(&bench_reader_model,
                                         surreal_statement_value(r, 0), &v,
                                         &count, &err);
            CHECK(!status || (!v && !count));
        }
        CHECK(!status || status == SURREAL_ERR_NOMEM);
        done = !status;
        surreal_result_free(r);
        CHECK_INT(heap.held, 0);
    }
    CHECK(done);
    CHECK(fail > 4);
}

TEST_MAIN(RUN(test_model_round_trip_of_every_type);
          RUN(test_model_read_row_is_sent_back_alike);
          RUN(test_model_text_ends_in_nul);
          RUN(test_model_wrong_type_names_path_and_offset);
          RUN(test_model_nested_path);
          RUN(test_model_missing_fields);
          RUN(test_model_any_order_with_unknown_keys);
          RUN(test_model_last_of_equal_keys_counts);
          RUN(test_model_unusual_spellings);
          RUN(test_model_indefinite_arrays_and_empty_tags);
          RUN(test_model_not_an_object);
          RUN(test_model_merge_sends_what_was_marked);
          RUN(test_model_loaded_row_sends_only_later_changes);
          RUN(test_model_merge_of_a_nested_struct_clears_what_is_not_set);
          RUN(test_model_server_fields_are_never_sent);
          RUN(test_model_refuses_what_the_server_would);
          RUN(test_model_room_too_small);
          RUN(test_model_enums);
          RUN(test_model_unknown_enum_value);
          RUN(test_model_print);
          RUN(test_model_118_fields);
          RUN(test_model_old_program_reads_new_data);
          RUN(test_model_memory_is_at_most_three_times_the_wire);
          RUN(test_model_rows_tell_their_index);
          RUN(test_model_every_allocation_may_fail);)
