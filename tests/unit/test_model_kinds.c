/* tests/unit/test_model_kinds.c: unions, tuples, geometry, types of the
 * user's, unknown fields; and what is made of a struct without a server.
 *
 *   cc -I. tests/unit/test_model_kinds.c -lm -o test_model_kinds
 *
 * The tables are those of tests/golden/c/kinds. Values come from SurrealQL-like
 * text in CBOR built with a writer, so that readers are not tested against
 * the encoder alone. */
#define SURREAL_IMPLEMENTATION
#ifndef SURREAL_STATIC
#define SURREAL_STATIC
#endif
/* The tests use what is deprecated. */
#define SURREAL_DEPRECATED(text)
#include "surreal.h"

#include "tests/golden/c/kinds/kinds.c"
#include "tests/test.h"

static uint8_t room[1 << 16];
static surreal_error err;

#define LIT(s) SURREAL_LIT(s)

/* ---- the user's type: cents as "12.50" ---------------------------------- */

surreal_status
money_decode(surreal_value v, money_t *out, surreal_error *e)
{
    surreal_str text;
    surreal_status status = surreal_get_str(v, &text);
    const char *point;

    (void)e;
    if (status) return status;
    point = strchr(text.ptr, '.');
    if (!point) {
        return srl_fail(e, SURREAL_ERR_SYNTAX, "no cents in %s", text.ptr);
    }
    out->cents = strtoll(text.ptr, NULL, 10) * 100 +
                 strtoll(point + 1, NULL, 10);
    return SURREAL_OK;
}

surreal_status
money_encode(const money_t *v, surreal_writer *w, surreal_error *e)
{
    char text[40];

    if (v->cents < 0) {
        return srl_fail(e, SURREAL_ERR_RANGE, "money is never negative");
    }
    snprintf(text, sizeof text, "%lld.%02lld", v->cents / 100,
             v->cents % 100);
    surreal_put_text(w, text);
    return SURREAL_OK;
}

/* ---- helpers ------------------------------------------------------------ */

static surreal_result *
result_of(surreal_bytes bytes, const surreal_allocator *allocator)
{
    surreal_result *r = NULL;

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

/* A row as SurrealQL text of what it is sent as. */
static const char *
sent(const surreal_model *model, const void *row, surreal_send what)
{
    static char text[8192];
    surreal_bytes bytes = encode(model, row, what);
    surreal_result *r = bytes.len ? result_of(bytes, NULL) : NULL;

    if (!r) return "(failed)";
    surreal_print(surreal_statement_value(r, 0), text, sizeof text);
    surreal_result_free(r);
    return text;
}

/* ---- a thing with everything in it -------------------------------------- */

static const surreal_point ring[4] = {{0, 0}, {1.5, 0}, {0, 1}, {0, 0}};
static const surreal_line rings[1] = {{ring, 4}};
static const surreal_polygon lands[2] = {{rings, 1}, {rings, 1}};
static const surreal_str words[2] = {{"a", 1}, {"b", 1}};

static thing_shape
box(double w)
{
    thing_shape s;

    memset(&s, 0, sizeof s);
    s.tag = THING_SHAPE_BOX;
    thing_shape_box_set_w(&s.u.box, w);
    thing_shape_box_set_h(&s.u.box, 2);
    return s;
}

static thing_shape
tube(double r)
{
    thing_shape s;

    memset(&s, 0, sizeof s);
    s.tag = THING_SHAPE_TUBE;
    thing_shape_tube_set_r(&s.u.tube, r);
    thing_shape_tube_set_h(&s.u.tube, 3);
    return s;
}

static void
fill_unions(thing *t)
{
    static thing_nest nest[2];
    thing_solid solid;
    thing_code code;
    thing_due due;
    thing_size size;
    thing_owner owner;
    thing_any_case any;
    thing_flag flag;

    memset(&solid, 0, sizeof solid);
    memset(&code, 0, sizeof code);
    memset(&due, 0, sizeof due);
    memset(&size, 0, sizeof size);
    memset(&owner, 0, sizeof owner);
    memset(&any, 0, sizeof any);
    memset(&flag, 0, sizeof flag);
    memset(nest, 0, sizeof nest);
    thing_set_shape(t, box(1));
    solid.tag = THING_SOLID_IS_2;
    thing_solid_is_2_set_b(&solid.u.is_2, LIT("two"));
    thing_set_solid(t, solid);
    code.tag = THING_CODE_STRING;
    code.u.string = LIT("x-1");
    thing_set_code(t, code);
    due.tag = THING_DUE_DURATION;
    due.u.duration.sec = 60;
    thing_set_due(t, due);
    size.tag = THING_SIZE_STRING;
    size.u.string = THING_SIZE_WORD_NONE;
    thing_set_size(t, size);
    owner.tag = THING_OWNER_RECORD;
    owner.u.record = surreal_id_int("other", 7);
    thing_set_owner(t, owner);
    thing_set_either(t, surreal_id_str("thing", LIT("k")));
    nest[0].tag = THING_NEST_INT;
    nest[0].u.int_ = -5;
    nest[1].tag = THING_NEST_STRING;
    nest[1].u.string = LIT("five");
    thing_set_nest(t, nest, 2);
    any.tag = THING_ANY_CASE_OBJECT;
    thing_any_case_object_set_x(&any.u.object, 9);
    thing_set_any_case(t, any);
    flag.tag = THING_FLAG_INT;
    flag.u.int_ = THING_FLAG_NUMBER_MINUS_7;
    thing_set_flag(t, flag);
}

static void
fill_lists(thing *t)
{
    static thing_scores_maybe scores[2];
    static thing_notes_maybe notes[2];
    static thing_ages_maybe ages[2];
    thing_pair pair;
    thing_triple triple;

    memset(&pair, 0, sizeof pair);
    memset(&triple, 0, sizeof triple);
    memset(scores, 0, sizeof scores);
    memset(notes, 0, sizeof notes);
    memset(ages, 0, sizeof ages);
    pair._0 = 1;
    thing_set_pair(t, pair);
    triple._0 = 0.5;
    triple._1._0 = 3;
    triple._1._1 = 4;
    triple._2.v = words;
    triple._2.count = 2;
    thing_set_triple(t, triple);
    scores[0].has = true;
    scores[0].v = 10;
    thing_set_scores(t, scores, 2);
    notes[1].has = true;
    notes[1].v = LIT("n");
    thing_set_notes(t, notes, 2);
    ages[1].has = true;
    ages[1].v = 80;
    thing_set_ages(t, ages, 2);
}

static void
fill_places(thing *t)
{
    static surreal_geometry mixed[2];
    static const surreal_geometry none;
    surreal_geometry zone = none;
    surreal_polygon area = lands[0];
    surreal_line route = {ring, 2};
    surreal_multipoint dots = {ring, 3};
    surreal_multiline ways = {rings, 1};
    surreal_multipolygon many = {lands, 2};
    surreal_collection mix = {mixed, 2};

    thing_set_area(t, area);
    thing_set_route(t, route);
    zone.kind = SURREAL_MULTIPOLYGON;
    zone.as.multipolygon = many;
    thing_set_zone(t, zone);
    zone.kind = SURREAL_POINT;
    zone.as.point = ring[1];
    thing_set_place(t, zone);
    mixed[0] = zone;
    mixed[1].kind = SURREAL_LINE;
    mixed[1].as.line = route;
    thing_set_dots(t, dots);
    thing_set_ways(t, ways);
    thing_set_lands(t, many);
    thing_set_mix(t, mix);
}

static thing
full(void)
{
    static const uint8_t one[] = {0x01};
    static const uint8_t list[] = {0x82, 0x01, 0x61, 'z'};
    surreal_bytes hash;
    surreal_bounds span;
    thing_merged merged;
    address home;
    money_t price;
    thing t;

    memset(&t, 0, sizeof t);
    memset(&span, 0, sizeof span);
    memset(&merged, 0, sizeof merged);
    memset(&home, 0, sizeof home);
    fill_unions(&t);
    fill_lists(&t);
    fill_places(&t);
    thing_set_id(&t, thing_id_int(1));
    span.end.cbor.ptr = one;
    span.end.cbor.len = 1;
    span.end_included = true;
    thing_set_span(&t, span);
    hash.ptr = (const uint8_t *)"\xff\x00\x10";
    hash.len = 3;
    CHECK(!thing_set_hash(&t, hash));
    hash.len = 9;
    CHECK_INT(thing_set_hash(&t, hash), SURREAL_ERR_TOO_LONG);
    price.cents = 1250;
    thing_set_price(&t, price);
    thing_set_mood(&t, MOOD_BAD);
    thing_set_level(&t, LEVEL_B);
    address_set_street(&home, LIT("Marktgasse"));
    thing_set_address(&t, home);
    merged.tag = THING_MERGED_ARRAY;
    merged.u.array.cbor.ptr = list;
    merged.u.array.cbor.len = sizeof list;
    thing_set_merged(&t, merged);
    thing_set_token(&t, LIT("hush"));
    thing_set_pass(&t, LIT("pw"));
    thing_set_old(&t, 2);
    thing_set_stars(&t, 3);
    thing_set_title(&t, LIT("\xc3\xa9t\xc3\xa9"));
    thing_set_word(&t, LIT("two"));
    return t;
}

static const char full_text[] =
    "{ address: { street: 'Marktgasse' }, ages: {NULL, 80}, any_case: { x: 9 }, "
    "area: { type: 'Polygon', coordinates: [[[0, 0], [1.5, 0], [0, 1], "
    "[0, 0]]] }, code: 'x-1', dots: { type: 'MultiPoint', coordinates: "
    "[[0, 0], [1.5, 0], [0, 1]] }, due: 1m, either: thing:k, flag: -7, "
    "hash: b\"FF0010\", id: thing:1, lands: { type: 'MultiPolygon', "
    "coordinates: [[[[0, 0], [1.5, 0], [0, 1], [0, 0]]], [[[0, 0], "
    "[1.5, 0], [0, 1], [0, 0]]]] }, level: 'b', merged: [1, 'z'], "
    "mix: { type: 'GeometryCollection', geometries: [{ type: 'Point', "
    "coordinates: [1.5, 0] }, { type: 'LineString', coordinates: [[0, 0], "
    "[1.5, 0]] }] }, mood: 'very bad', nest: [-5, 'five'], "
    "notes: [NULL, 'n'], old: 2, owner: other:7, pair: [1, NONE], ";

/* ---- round trips -------------------------------------------------------- */

TEST(test_kinds_round_trip)
{
    thing t = full();
    thing got;
    surreal_bytes bytes = encode(&thing_model, &t, SURREAL_SEND_NEW);
    surreal_result *r = result_of(bytes, NULL);

    NEED(r);
    CHECK_INT(decode(&thing_model, r, &got), SURREAL_OK);
    CHECK_STR(err.message, "");
    surreal_bit_clear(t.set_, THING_PASS);
    CHECK(thing_equal(&got, &t));
    CHECK(!surreal_is_changed(&thing_model, &got));
    CHECK(!thing_has_pass(&got));
    CHECK_STR(got.token.ptr, "hush");
    CHECK_INT(got.shape.tag, THING_SHAPE_BOX);
    CHECK_INT(got.solid.tag, THING_SOLID_IS_2);
    CHECK_STR(got.solid.u.is_2.b.ptr, "two");
    CHECK_INT(got.due.tag, THING_DUE_DURATION);
    CHECK_INT(got.size.u.string, THING_SIZE_WORD_NONE);
    CHECK_INT(got.nest.v[0].u.int_, -5);
    CHECK(!got.pair._1.has && !got.pair._1.is_null);
    CHECK(!got.scores.v[1].has && !got.scores.v[1].is_null);
    CHECK(got.notes.v[0].is_null && got.notes.v[1].has);
    CHECK_INT(got.triple._1._1, 4);
    CHECK_STR(got.triple._2.v[1].ptr, "b");
    CHECK_INT(got.mix.v[1].as.line.count, 2);
    CHECK_INT(got.lands.v[1].v[0].v[1].lon * 2, 3);
    CHECK_INT(got.price.cents, 1250);
    CHECK(got.span.end_included && !got.span.begin.value.at);
    CHECK_INT(got.hash.len, 3);
    surreal_result_free(r);
}

TEST(test_kinds_print_as_the_values_they_are)
{
    static char text[8192];
    static char want[8192];
    thing t = full();
    surreal_bytes bytes;
    surreal_result *r;
    char *at;
    size_t len;

    surreal_bit_clear(t.set_, THING_PASS);
    surreal_bit_clear(t.set_, THING_TOKEN);
    /* Never read, but required when it is sent. */
    CHECK_INT(surreal_encode(&thing_model, &t, SURREAL_SEND_NEW, 3, room,
                             sizeof room, &bytes, &err),
              SURREAL_ERR_MISSING);
    CHECK_STR(err.path, "pass");
    thing_set_pass(&t, LIT("pw"));
    len = thing_print(&t, text, sizeof text);
    CHECK(!strncmp(text, full_text, sizeof full_text - 1));
    CHECK(strstr(text, "pass: (secret)"));
    CHECK(!strstr(text, "'pw'"));
    CHECK_INT(thing_print(&t, NULL, 0), len);
    bytes = encode(&thing_model, &t, SURREAL_SEND_NEW);
    r = result_of(bytes, NULL);
    NEED(r);
    surreal_print(surreal_statement_value(r, 0), want, sizeof want);
    at = strstr(want, "pass: 'pw'");
    NEED(at);
    at += strlen("pass: ");
    memmove(at + strlen("(secret)"), at + strlen("'pw'"),
            strlen(at + strlen("'pw'")) + 1);
    memcpy(at, "(secret)", strlen("(secret)"));
    CHECK_STR(text, want);
    surreal_result_free(r);
}

TEST(test_kinds_json_as_the_values_they_are)
{
    static char text[8192];
    static char want[8192];
    thing t = full();
    surreal_bytes bytes = encode(&thing_model, &t, SURREAL_SEND_NEW);
    surreal_result *r = result_of(bytes, NULL);
    char *at;
    size_t len;

    NEED(r);
    len = thing_to_json(&t, text, sizeof text);
    CHECK_INT(strlen(text), len);
    surreal_print_json(surreal_statement_value(r, 0), want, sizeof want);
    CHECK(!strstr(text, "pass") && !strstr(text, "token"));
    /* The same but for the secrets. */
    at = strstr(want, "\"pass\":\"pw\",");
    NEED(at);
    memmove(at, at + 12, strlen(at + 12) + 1);
    at = strstr(want, "\"token\":\"hush\",");
    NEED(at);
    memmove(at, at + 15, strlen(at + 15) + 1);
    /* NONE inside an array is null in both. */
    CHECK_STR(text, want);
    surreal_result_free(r);
}

TEST(test_kinds_copy_outlives_its_result)
{
    thing t = full();
    thing got;
    thing copy;
    surreal_bytes none = {NULL, 0};
    surreal_result *keep = result_of(none, NULL);
    surreal_result *r = result_of(encode(&thing_model, &t, SURREAL_SEND_NEW),
                                  NULL);

    NEED(r && keep);
    NEED(!decode(&thing_model, r, &got));
    CHECK_INT(thing_copy(&got, keep, &copy), SURREAL_OK);
    CHECK(thing_equal(&got, &copy));
    surreal_result_free(r);
    memset(&got, 0xee, sizeof got);
    surreal_bit_clear(t.set_, THING_PASS);
    CHECK(thing_equal(&copy, &t));
    CHECK_STR(copy.code.u.string.ptr, "x-1");
    /* And what was kept can still be sent. */
    thing_set_pass(&copy, LIT("pw"));
    CHECK(encode(&thing_model, &copy, SURREAL_SEND_CONTENT).len > 100);
    surreal_result_free(keep);
}

/* ---- wrong values ------------------------------------------------------- */

/* One pair in a thing: `column` holds what `put` writes; the rest of what is
 * required is there. */
typedef void (*put_fn)(surreal_writer *w);

static surreal_result *
thing_with(const char *column, put_fn put)
{
    static uint8_t at[4096];
    surreal_writer w;
    surreal_bytes bytes;

    surreal_writer_init(&w, at, sizeof at);
    surreal_put_object(&w);
    if (strcmp(column, "code")) {
        surreal_put_key(&w, "code");
        surreal_put_int(&w, 1);
    }
    surreal_put_key(&w, column);
    put(&w);
    if (strcmp(column, "shape")) {
        surreal_put_key(&w, "shape");
        surreal_put_object(&w);
        surreal_put_key(&w, "r");
        surreal_put_float(&w, 1);
        surreal_put_key(&w, "kind");
        surreal_put_text(&w, "tube");
        surreal_put_key(&w, "h");
        surreal_put_float(&w, 2);
        surreal_put_end(&w);
    }
    surreal_put_end(&w);
    if (surreal_writer_take(&w, &bytes)) {
        printf("thing_with: %s\n", surreal_status_text(w.status));
        return NULL;
    }
    return result_of(bytes, NULL);
}

static void
put_shape_ball(surreal_writer *w)
{
    surreal_put_object(w);
    surreal_put_key(w, "kind"), surreal_put_text(w, "ball");
    surreal_put_key(w, "r"), surreal_put_float(w, 1);
    surreal_put_end(w);
}

static void
put_shape_bad(surreal_writer *w)
{
    surreal_put_object(w);
    surreal_put_key(w, "kind"), surreal_put_text(w, "box");
    surreal_put_key(w, "w"), surreal_put_text(w, "wide");
    surreal_put_end(w);
}

static void
put_shape_part(surreal_writer *w)
{
    surreal_put_object(w);
    surreal_put_key(w, "kind"), surreal_put_text(w, "box");
    surreal_put_key(w, "w"), surreal_put_float(w, 1);
    surreal_put_end(w);
}

static void
put_three(surreal_writer *w)
{
    surreal_put_array(w);
    surreal_put_int(w, 1), surreal_put_none(w), surreal_put_int(w, 3);
    surreal_put_end(w);
}

static void
put_triple_bad(surreal_writer *w)
{
    surreal_put_array(w);
    surreal_put_float(w, 1);
    surreal_put_array(w);
    surreal_put_int(w, 1), surreal_put_text(w, "2");
    surreal_put_end(w);
    surreal_put_array(w), surreal_put_end(w);
    surreal_put_end(w);
}

static void
put_scores_null(surreal_writer *w)
{
    surreal_put_array(w);
    surreal_put_none(w), surreal_put_null(w);
    surreal_put_end(w);
}

static void
put_true(surreal_writer *w)
{
    surreal_put_bool(w, true);
}

static void
put_text(surreal_writer *w)
{
    surreal_put_text(w, "text");
}

static void
put_point(surreal_writer *w)
{
    surreal_put_point(w, ring[0]);
}

static void
put_person(surreal_writer *w)
{
    surreal_put_id(w, surreal_id_int("person", 1));
}

static void
put_nest_bad(surreal_writer *w)
{
    surreal_put_array(w);
    surreal_put_int(w, 1), surreal_put_null(w);
    surreal_put_end(w);
}

static void
put_nine(surreal_writer *w)
{
    surreal_bytes bytes;

    bytes.ptr = (const uint8_t *)"123456789";
    bytes.len = 9;
    surreal_put_bytes(w, bytes);
}

TEST(test_kinds_wrong_values_say_where)
{
    static const struct {
        const char *column, *path, *says;
        put_fn put;
        surreal_status status;
    } cases[] = {
        {"shape", "shape.w", "expected float, got string", put_shape_bad,
         SURREAL_ERR_TYPE},
        {"shape", "shape.h", "required float did not come", put_shape_part,
         SURREAL_ERR_MISSING},
        {"solid", "solid", "expected { t: 1, a: int } | { t: 2, b: string }",
         put_true, SURREAL_ERR_TYPE},
        {"solid", "solid", "got { kind: 'ball', r: 1f }", put_shape_ball,
         SURREAL_ERR_TYPE},
        {"pair", "pair", "expected 2 elements, got 3", put_three,
         SURREAL_ERR_TYPE},
        {"pair", "pair", "expected array, got bool", put_true,
         SURREAL_ERR_TYPE},
        {"triple", "triple[1][1]", "expected int, got string",
         put_triple_bad, SURREAL_ERR_TYPE},
        {"scores", "scores[1]", "expected int, got NULL", put_scores_null,
         SURREAL_ERR_TYPE},
        {"area", "area", "expected geometry<polygon>, got geometry<point>",
         put_point, SURREAL_ERR_TYPE},
        {"zone", "zone", "expected geometry, got geometry<point>", put_point,
         SURREAL_ERR_TYPE},
        {"span", "span", "expected range, got bool", put_true,
         SURREAL_ERR_TYPE},
        {"level", "level", "'text' is no value of the enum level", put_text,
         SURREAL_ERR_RANGE},
        {"either", "either",
         "expected record<thing | other>, got record<person>", put_person,
         SURREAL_ERR_TYPE},
        {"price", "price", "no cents in text", put_text, SURREAL_ERR_SYNTAX},
        {"price", "price", "expected money_t, got bool", put_true,
         SURREAL_ERR_TYPE},
        {"nest", "nest[1]", "got NULL", put_nest_bad, SURREAL_ERR_TYPE},
        {"hash", "hash", "bytes does not fit", put_nine,
         SURREAL_ERR_TOO_LONG},
        {"mood", "mood", "expected enum, got bool", put_true,
         SURREAL_ERR_TYPE}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        surreal_result *r = thing_with(cases[i].column, cases[i].put);
        thing got;

        NEED(r);
        CHECK_INT(decode(&thing_model, r, &got), cases[i].status);
        CHECK_STR(err.path, cases[i].path);
        if (!strstr(err.message, cases[i].says)) {
            TEST_FAIL("\"%s\" does not say \"%s\"", err.message,
                      cases[i].says);
        }
        CHECK(strstr(err.message, " at byte "));
        CHECK(err.at > 0 && err.at < surreal_result_bytes(r).len);
        CHECK_INT(got.set_[0], 0);
        surreal_result_free(r);
    }
}

TEST(test_kinds_strict_models_refuse_what_they_do_not_know)
{
    static const uint8_t data[] = {0xa2, 0x61, 'a', 0x01, 0x61, 'b', 0x02};
    surreal_bytes bytes;
    surreal_result *r;
    strict got;

    bytes.ptr = data;
    bytes.len = sizeof data;
    r = result_of(bytes, NULL);
    NEED(r);
    CHECK_INT(decode(&strict_model, r, &got), SURREAL_ERR_TYPE);
    CHECK_STR(err.path, "b");
    CHECK(strstr(err.message, "not known to this program"));
    CHECK_INT(err.at, 4);
    surreal_result_free(r);
}

/* ---- what is kept ------------------------------------------------------- */

TEST(test_kinds_an_unknown_arm_is_kept)
{
    surreal_result *r = thing_with("shape", put_shape_ball);
    thing got;

    NEED(r);
    CHECK_INT(decode(&thing_model, r, &got), SURREAL_OK);
    CHECK_INT(got.shape.tag, THING_SHAPE_OTHER_);
    CHECK_STR(surreal_str_at(got.shape.u.other.value, "kind").ptr, "ball");
    thing_set_pass(&got, LIT("p"));
    thing_set_mood(&got, MOOD_GOOD);
    CHECK_STR(sent(&thing_model, &got, SURREAL_SEND_CONTENT),
              "{ code: 1, mood: 'good', pass: 'p', "
              "shape: { kind: 'ball', r: 1f } }");
    surreal_result_free(r);
    r = thing_with("size", put_text);
    NEED(r);
    CHECK_INT(decode(&thing_model, r, &got), SURREAL_OK);
    CHECK_INT(got.size.tag, THING_SIZE_OTHER_);
    CHECK_STR(surreal_kind_name(surreal_value_kind(got.size.u.other.value)),
              "string");
    surreal_result_free(r);
}

TEST(test_kinds_merge_of_a_union_clears_the_other_arms)
{
    surreal_bytes out;
    thing t;
    thing_solid solid;

    memset(&t, 0, sizeof t);
    memset(&solid, 0, sizeof solid);
    thing_set_shape(&t, tube(4));
    CHECK_STR(sent(&thing_model, &t, SURREAL_SEND_CHANGES),
              "{ shape: { h: 3f, kind: 'tube', r: 4f, tags: NONE, "
              "w: NONE } }");
    thing_set_shape(&t, box(4));
    CHECK_STR(sent(&thing_model, &t, SURREAL_SEND_CHANGES),
              "{ shape: { h: 2f, kind: 'box', tags: NONE, w: 4f, r: NONE } "
              "}");
    memset(&t, 0, sizeof t);
    solid.tag = THING_SOLID_STRING;
    solid.u.string = LIT("s");
    thing_set_solid(&t, solid);
    CHECK_STR(sent(&thing_model, &t, SURREAL_SEND_CHANGES),
              "{ solid: 's' }");
    solid.tag = THING_SOLID_NONE_;
    thing_set_solid(&t, solid);
    CHECK_INT(surreal_encode(&thing_model, &t, SURREAL_SEND_CHANGES, 3, room,
                             sizeof room, &out, &err),
              SURREAL_ERR_MISSING);
    CHECK_STR(err.path, "solid");
}

static void
put_address_more(surreal_writer *w)
{
    surreal_put_object(w);
    surreal_put_key(w, "street"), surreal_put_text(w, "S");
    surreal_put_key(w, "country"), surreal_put_text(w, "CH");
    surreal_put_key(w, "mood"), surreal_put_text(w, "so so");
    surreal_put_end(w);
}

TEST(test_kinds_unknown_fields_are_kept)
{
    surreal_result *r = thing_with("address", put_address_more);
    surreal_bytes none = {NULL, 0};
    surreal_result *keep = result_of(none, NULL);
    thing got;
    thing copy;

    NEED(r && keep);
    CHECK_INT(decode(&thing_model, r, &got), SURREAL_OK);
    CHECK_INT(got.address.mood, MOOD_UNKNOWN_);
    surreal_bit_clear(got.set_, THING_SHAPE);
    thing_set_shape(&got, tube(1));
    thing_set_pass(&got, LIT("p"));
    CHECK_STR(sent(&thing_model, &got, SURREAL_SEND_CONTENT),
              "{ address: { mood: 'so so', street: 'S', country: 'CH' }, "
              "code: 1, pass: 'p', shape: { h: 3f, kind: 'tube', r: 1f } }");
    /* A merge sends what was marked and leaves the rest to the server. */
    CHECK_STR(sent(&thing_model, &got, SURREAL_SEND_CHANGES),
              "{ pass: 'p', shape: { h: 3f, kind: 'tube', r: 1f, "
              "tags: NONE, w: NONE } }");
    CHECK_INT(thing_copy(&got, keep, &copy), SURREAL_OK);
    surreal_result_free(r);
    CHECK_STR(sent(&thing_model, &copy, SURREAL_SEND_CONTENT),
              "{ address: { mood: 'so so', street: 'S', country: 'CH' }, "
              "code: 1, pass: 'p', shape: { h: 3f, kind: 'tube', r: 1f } }");
    surreal_result_free(keep);
}

/* 30 unknown fields make the head of the object longer. */
TEST(test_kinds_many_unknown_fields_are_kept)
{
    static uint8_t at[2048];
    surreal_writer w;
    surreal_bytes bytes;
    surreal_result *r;
    surreal_value again;
    address got;
    int i;

    surreal_writer_init(&w, at, sizeof at);
    surreal_put_object(&w);
    for (i = 0; i < 30; i++) {
        char name[16];

        snprintf(name, sizeof name, "x%d", i);
        surreal_put_key(&w, name), surreal_put_int(&w, i);
    }
    surreal_put_key(&w, "street"), surreal_put_text(&w, "S");
    surreal_put_end(&w);
    NEED(!surreal_writer_take(&w, &bytes));
    r = result_of(bytes, NULL);
    NEED(r);
    CHECK_INT(decode(&address_model, r, &got), SURREAL_OK);
    bytes = encode(&address_model, &got, SURREAL_SEND_CONTENT);
    surreal_result_free(r);
    r = result_of(bytes, NULL);
    NEED(r);
    again = surreal_statement_value(r, 0);
    CHECK_INT(surreal_count(again), 31);
    CHECK_INT(surreal_int_at(again, "x29"), 29);
    surreal_result_free(r);
}

/* ---- _check ------------------------------------------------------------- */

static void
expect_check(const thing *t, surreal_status status, const char *path,
             const char *says)
{
    memset(&err, 0, sizeof err);
    CHECK_INT(thing_check(t, &err), status);
    CHECK_STR(err.path, path);
    if (!strstr(err.message, says)) {
        TEST_FAIL("\"%s\" does not say \"%s\"", err.message, says);
    }
}

TEST(test_kinds_check)
{
    static thing_nest nest[2];
    thing good = full();
    thing t;
    thing_code code;
    surreal_geometry place;

    memset(&code, 0, sizeof code);
    memset(&place, 0, sizeof place);
    memset(nest, 0, sizeof nest);
    expect_check(&good, SURREAL_OK, "", "");
    t = good;
    surreal_bit_clear(t.set_, THING_PASS);
    expect_check(&t, SURREAL_ERR_MISSING, "pass", "required");
    t = good;
    thing_set_stars(&t, 6);
    expect_check(&t, SURREAL_ERR_RANGE, "stars",
                 "does not hold: $value >= 1 AND $value <= 5");
    t = good;
    thing_set_title(&t, LIT("12345678901"));
    expect_check(&t, SURREAL_ERR_RANGE, "title", "string::len");
    t = good;
    /* Ten characters of two bytes. */
    thing_set_title(&t, LIT("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                            "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"));
    expect_check(&t, SURREAL_OK, "", "");
    t = good;
    thing_set_word(&t, LIT("three"));
    expect_check(&t, SURREAL_ERR_RANGE, "word", "IN ['one', 'two']");
    t = good;
    thing_set_code(&t, code);
    expect_check(&t, SURREAL_ERR_MISSING, "code", "no arm");
    t = good;
    code.tag = THING_CODE_STRING;
    code.u.string = LIT("\xff");
    thing_set_code(&t, code);
    expect_check(&t, SURREAL_ERR_UTF8, "code", "UTF-8");
    t = good;
    nest[0].tag = THING_NEST_INT;
    thing_set_nest(&t, nest, 2);
    expect_check(&t, SURREAL_ERR_MISSING, "nest[1]", "no arm");
    t = good;
    place.kind = SURREAL_POINT;
    thing_set_zone(&t, place);
    expect_check(&t, SURREAL_ERR_TYPE, "zone", "does not allow");
    t = good;
    thing_set_either(&t, surreal_id_int("person", 1));
    expect_check(&t, SURREAL_ERR_TYPE, "either", "thing | other");
    t = good;
    t.address.street = LIT("\xc3");
    expect_check(&t, SURREAL_ERR_UTF8, "address.street", "UTF-8");
}

TEST(test_kinds_refuses_what_a_user_type_refuses)
{
    thing t = full();
    money_t price;
    surreal_bytes out;

    price.cents = -1;
    thing_set_price(&t, price);
    CHECK_INT(surreal_encode(&thing_model, &t, SURREAL_SEND_NEW, 3, room,
                             sizeof room, &out, &err),
              SURREAL_ERR_RANGE);
    CHECK_STR(err.path, "price");
    CHECK(strstr(err.message, "money is never negative"));
}

/* ---- old and new programs ----------------------------------------------- */

TEST(test_kinds_room_too_small)
{
    thing t = full();
    size_t cap;
    surreal_bytes out;

    for (cap = 0; cap < 1500; cap++) {
        uint8_t *small = (uint8_t *)malloc(cap + 1);
        surreal_status status =
            surreal_encode(&thing_model, &t, SURREAL_SEND_NEW, 3, small, cap,
                           &out, &err);

        CHECK(!status || status == SURREAL_ERR_FULL);
        free(small);
    }
}

TEST(test_kinds_every_allocation_may_fail)
{
    static uint8_t wire[4096];
    thing t = full();
    surreal_bytes bytes = encode(&thing_model, &t, SURREAL_SEND_NEW);
    size_t fail;
    bool done = false;

    memcpy(wire, bytes.ptr, bytes.len);
    bytes.ptr = wire;
    for (fail = 1; !done && fail < 1000; fail++) {
        test_heap heap;
        surreal_allocator allocator;
        surreal_bytes none = {NULL, 0};
        surreal_result *r = NULL;
        surreal_result *keep = NULL;
        surreal_status status;
        thing got;
        thing copy;

        memset(&heap, 0, sizeof heap);
        heap.fail_at = fail;
        allocator.resize = test_resize;
        allocator.user = &heap;
        status = surreal_result_from(&allocator, bytes, &r, &err);
        if (!status) status = decode(&thing_model, r, &got);
        if (!status) {
            status = surreal_result_from(&allocator, none, &keep, &err);
        }
        if (!status) status = thing_copy(&got, keep, &copy);
        CHECK(!status || status == SURREAL_ERR_NOMEM);
        done = !status;
        surreal_result_free(keep);
        surreal_result_free(r);
        CHECK_INT(heap.held, 0);
    }
    CHECK(done);
    CHECK(fail > 4);
}

TEST_MAIN(RUN(test_kinds_round_trip);
          RUN(test_kinds_print_as_the_values_they_are);
          RUN(test_kinds_json_as_the_values_they_are);
          RUN(test_kinds_copy_outlives_its_result);
          RUN(test_kinds_wrong_values_say_where);
          RUN(test_kinds_strict_models_refuse_what_they_do_not_know);
          RUN(test_kinds_an_unknown_arm_is_kept);
          RUN(test_kinds_merge_of_a_union_clears_the_other_arms);
          RUN(test_kinds_unknown_fields_are_kept);
          RUN(test_kinds_many_unknown_fields_are_kept);
          RUN(test_kinds_check);
          RUN(test_kinds_refuses_what_a_user_type_refuses);
          RUN(test_kinds_room_too_small);
          RUN(test_kinds_every_allocation_may_fail);)
