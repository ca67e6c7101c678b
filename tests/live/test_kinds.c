/* tests/live/test_kinds.c: unions, tuples, geometry and secrets in a real
 * server.
 *
 *   make build/live/test_kinds
 *   sh tests/live/run.sh build/live/test_kinds */
#include "tests/live/types_schema.h"

#include "types.h"

static surreal *db;

static const surreal_point ring[4] = {{0, 0}, {1.5, 0}, {0, 1}, {0, 0}};
static const surreal_line rings[1] = {{ring, 4}};
static const surreal_polygon lands[2] = {{rings, 1}, {rings, 1}};

static types_many_shape
box(double w, const surreal_str *tags, size_t count)
{
    types_many_shape s;

    memset(&s, 0, sizeof s);
    s.tag = TYPES_MANY_SHAPE_BOX;
    types_many_shape_box_set_w(&s.u.box, w);
    types_many_shape_box_set_h(&s.u.box, 2);
    if (tags) types_many_shape_box_set_tags(&s.u.box, tags, count);
    return s;
}

static types_many_shape
tube(double r)
{
    types_many_shape s;

    memset(&s, 0, sizeof s);
    s.tag = TYPES_MANY_SHAPE_TUBE;
    types_many_shape_tube_set_r(&s.u.tube, r);
    types_many_shape_tube_set_h(&s.u.tube, 3);
    return s;
}

static types_many
minimal(int64_t key)
{
    static const surreal_str tags[] = {{"a", 1}};
    types_many m;
    types_many_code code;

    memset(&m, 0, sizeof m);
    memset(&code, 0, sizeof code);
    code.tag = TYPES_MANY_CODE_INT;
    code.u.int_ = 5;
    types_many_set_id(&m, types_many_id_int(key));
    types_many_set_shape(&m, box(1, tags, 1));
    types_many_set_code(&m, code);
    types_many_set_pass(&m, SURREAL_LIT("sesame"));
    return m;
}

static void
fill_places(types_many *m)
{
    static surreal_geometry mixed[2];
    surreal_geometry zone;
    surreal_line route = {ring, 2};
    surreal_multipoint dots = {ring, 3};
    surreal_multiline ways = {rings, 1};
    surreal_multipolygon all = {lands, 2};
    surreal_collection mix = {mixed, 2};

    memset(&zone, 0, sizeof zone);
    types_many_set_area(m, lands[0]);
    types_many_set_route(m, route);
    zone.kind = SURREAL_MULTIPOLYGON;
    zone.as.multipolygon = all;
    types_many_set_zone(m, zone);
    zone.kind = SURREAL_POINT;
    zone.as.point = ring[1];
    types_many_set_place(m, zone);
    mixed[0] = zone;
    mixed[1].kind = SURREAL_LINE;
    mixed[1].as.line = route;
    types_many_set_dots(m, dots);
    types_many_set_ways(m, ways);
    types_many_set_lands(m, all);
    types_many_set_mix(m, mix);
}

static void
fill_unions(types_many *m)
{
    static types_many_nest nest[2];
    static types_many_parts parts[2];
    types_many_due due;
    types_many_size size;
    types_many_owner owner;

    memset(&due, 0, sizeof due);
    memset(&size, 0, sizeof size);
    memset(&owner, 0, sizeof owner);
    due.tag = TYPES_MANY_DUE_DATETIME;
    due.u.datetime.sec = 86400;
    due.u.datetime.nsec = 5;
    types_many_set_due(m, due);
    size.tag = TYPES_MANY_SIZE_STRING;
    size.u.string = TYPES_MANY_SIZE_WORD_AUTO;
    types_many_set_size(m, size);
    owner.tag = TYPES_MANY_OWNER_RECORD;
    owner.u.record = surreal_id_int("person", 7);
    types_many_set_owner(m, owner);
    types_many_set_either(m, surreal_id_str("many", SURREAL_LIT("x y")));
    memset(nest, 0, sizeof nest);
    nest[0].tag = TYPES_MANY_NEST_STRING;
    nest[0].u.string = SURREAL_LIT("s");
    nest[1].tag = TYPES_MANY_NEST_INT;
    nest[1].u.int_ = -1;
    types_many_set_nest(m, nest, 2);
    memset(parts, 0, sizeof parts);
    parts[0].tag = TYPES_MANY_PARTS_BOOL;
    parts[0].u.bool_ = true;
    parts[1].tag = TYPES_MANY_PARTS_OBJECT;
    types_many_parts_object_set_x(&parts[1].u.object, 3);
    types_many_set_parts(m, parts, 2);
}

static types_many
full(int64_t key)
{
    static const surreal_str words[] = {{"a", 1}, {"b", 1}};
    static const uint8_t one[] = {0x01}, nine[] = {0x09};
    static types_many_scores_maybe scores[2];
    types_many m = minimal(key);
    types_many_duo duo;
    types_many_triple triple;
    surreal_bounds span;
    surreal_bytes hash;

    memset(&duo, 0, sizeof duo);
    memset(&triple, 0, sizeof triple);
    memset(&span, 0, sizeof span);
    memset(scores, 0, sizeof scores);
    fill_places(&m);
    fill_unions(&m);
    duo._0 = 1;
    duo._1 = SURREAL_LIT("one");
    types_many_set_duo(&m, duo);
    triple._0 = 0.5;
    triple._1._0 = 3;
    triple._1._1 = 4;
    triple._2.v = words;
    triple._2.count = 2;
    types_many_set_triple(&m, triple);
    scores[0].has = true;
    scores[0].v = 10;
    types_many_set_scores(&m, scores, 2);
    span.begin.cbor.ptr = one;
    span.begin.cbor.len = 1;
    span.end.cbor.ptr = nine;
    span.end.cbor.len = 1;
    span.end_included = true;
    types_many_set_span(&m, span);
    hash.ptr = (const uint8_t *)"\xff\x00";
    hash.len = 2;
    CHECK(!types_many_set_hash(&m, hash));
    types_many_set_state(&m, TYPES_MANY_STATE_OFF);
    types_many_set_token(&m, SURREAL_LIT("hush"));
    return m;
}

/* Equal but for the password, which is never read. */
static void
check_same(const types_many *got, types_many want)
{
    CHECK(!types_many_has_pass(got));
    surreal_bit_clear(want.set_, TYPES_MANY_PASS);
    if (!types_many_equal(got, &want)) {
        static char a[8192];
        static char b[8192];

        types_many_print(got, a, sizeof a);
        types_many_print(&want, b, sizeof b);
        TEST_FAIL("got  %s\nwant %s", a, b);
    }
}

TEST(test_live_kinds_round_trip)
{
    types_many want = full(1);
    types_many_row row;
    surreal_error err;

    CHECK_INT(types_many_check(&want, &err), SURREAL_OK);
    if (types_many_create(db, &want, &row)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
        return;
    }
    check_same(&row.row, want);
    surreal_result_free(row.result);
    NEED(!types_many_get(db, types_many_id_int(1), &row));
    check_same(&row.row, want);
    CHECK_STR(row.row.token.ptr, "hush");
    /* And back again, to the same record. */
    types_many_set_pass(&row.row, SURREAL_LIT("sesame"));
    if (types_many_replace(db, types_many_id_int(1), &row.row, NULL)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
    }
    surreal_result_free(row.result);
    NEED(!types_many_get(db, types_many_id_int(1), &row));
    check_same(&row.row, want);
    surreal_result_free(row.result);
}

/* A merge goes into objects, so the columns of the arm that was there have to
 * be taken out by name. */
TEST(test_live_kinds_a_merge_changes_the_arm_of_a_union)
{
    types_many m = minimal(2);
    types_many_row row;

    NEED(!types_many_create(db, &m, NULL));
    /* Or the server finds both arms in one object. */
    CHECK(surreal_query(db,
                        "UPDATE many:2 MERGE { shape: { kind: 'tube', "
                        "r: 4f, h: 3f } }",
                        SURREAL_NO_VARS, NULL));
    memset(&m, 0, sizeof m);
    types_many_set_shape(&m, tube(4));
    if (types_many_merge(db, types_many_id_int(2), &m, &row)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
        return;
    }
    CHECK_INT(row.row.shape.tag, TYPES_MANY_SHAPE_TUBE);
    CHECK_INT(row.row.shape.u.tube.r, 4);
    surreal_result_free(row.result);
    memset(&m, 0, sizeof m);
    types_many_set_shape(&m, box(6, NULL, 0));
    if (types_many_merge(db, types_many_id_int(2), &m, &row)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
        return;
    }
    CHECK_INT(row.row.shape.tag, TYPES_MANY_SHAPE_BOX);
    CHECK_INT(row.row.shape.u.box.w, 6);
    CHECK(!types_many_shape_box_has_tags(&row.row.shape.u.box));
    surreal_result_free(row.result);
}

/* What the server holds and this program does not know. */
TEST(test_live_kinds_newer_values_survive_a_replace)
{
    types_many m = minimal(3);
    types_many_row row;
    surreal_result *r = NULL;

    NEED(!types_many_create(db, &m, NULL));
    NEED(!surreal_query(
        db,
        "DEFINE FIELD OVERWRITE state ON many TYPE option<'on' | 'off' | "
        "'lost' | 'new'>; DEFINE FIELD OVERWRITE shape ON many TYPE "
        "{ kind: 'ball', r: float } | { kind: 'tube', r: float, h: float } | "
        "{ kind: 'box', w: float, h: float, tags: option<array<string>> }; "
        "UPDATE many:3 SET state = 'new', shape = { kind: 'ball', r: 1f }",
        SURREAL_NO_VARS, NULL));
    NEED(!types_many_get(db, types_many_id_int(3), &row));
    CHECK_INT(row.row.state, TYPES_MANY_STATE_UNKNOWN_);
    CHECK_INT(row.row.shape.tag, TYPES_MANY_SHAPE_OTHER_);
    types_many_set_pass(&row.row, SURREAL_LIT("x"));
    if (types_many_replace(db, types_many_id_int(3), &row.row, NULL)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
    }
    surreal_result_free(row.result);
    r = live_run(db, "SELECT * FROM ONLY many:3", SURREAL_NO_VARS);
    NEED(r);
    CHECK_STR(surreal_str_at(surreal_statement_value(r, 0), "state").ptr,
              "new");
    CHECK_STR(surreal_str_at(surreal_path(surreal_statement_value(r, 0),
                                          "shape"), "kind").ptr,
              "ball");
    surreal_result_free(r);
}

/* The hash is made once: a later change of something else leaves it alone. */
TEST(test_live_kinds_passwords_are_hashed_once)
{
    types_many m = minimal(4);
    surreal_result *r = NULL;
    bool same = false;

    NEED(!types_many_create(db, &m, NULL));
    memset(&m, 0, sizeof m);
    types_many_set_token(&m, SURREAL_LIT("t"));
    NEED(!types_many_merge(db, types_many_id_int(4), &m, NULL));
    r = live_run(db,
                 "RETURN crypto::argon2::compare(many:4.pass, 'sesame')",
                 SURREAL_NO_VARS);
    NEED(r);
    CHECK(!surreal_get_bool(surreal_statement_value(r, 0), &same) && same);
    surreal_result_free(r);
}

TEST_MAIN(
    live_init();
    db = live_open("kinds");
    types_apply_schema(db);
    RUN(test_live_kinds_round_trip);
    RUN(test_live_kinds_a_merge_changes_the_arm_of_a_union);
    RUN(test_live_kinds_newer_values_survive_a_replace);
    RUN(test_live_kinds_passwords_are_hashed_once);
    surreal_close(db);
)
