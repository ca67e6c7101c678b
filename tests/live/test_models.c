/* tests/live/test_models.c: generated code against a real server.
 *
 *   make build/live/test_models
 *   sh tests/live/run.sh build/live/test_models */
#include "tests/live/types_schema.h"

#include "types.h"

static surreal *db;

/* What a thing must have, and nothing else. */
static types_thing
thing_minimal(const char *key)
{
    static const surreal_str tags[] = {{"a", 1}, {"b", 1}};
    static types_line lines[2];
    types_thing t;
    types_thing_where where;
    surreal_decimal price;
    surreal_number amount;
    surreal_datetime at = {1704067200, 123456789};
    surreal_duration span = {90, 5};
    surreal_uuid uid;

    memset(&t, 0, sizeof t);
    memset(&where, 0, sizeof where);
    memset(lines, 0, sizeof lines);
    memset(&uid, 0x11, sizeof uid);
    memset(&amount, 0, sizeof amount);
    price.text = SURREAL_LIT("12.25");
    amount.kind = SURREAL_FLOAT;
    amount.as.f = 0.5;
    types_line_set_sku(&lines[0], SURREAL_LIT("x-1"));
    types_line_set_qty(&lines[0], 3);
    types_line_set_sku(&lines[1], SURREAL_LIT("x-2"));
    types_line_set_qty(&lines[1], -1);
    types_line_set_note(&lines[1], SURREAL_LIT("gift"));
    types_thing_where_set_city(&where, SURREAL_LIT("Z\xc3\xbcrich"));

    if (key) types_thing_set_id(&t, types_thing_id_str(surreal_text(key)));
    types_thing_set_flag(&t, true);
    types_thing_set_count(&t, INT64_MIN);
    types_thing_set_ratio(&t, 1.1);
    types_thing_set_price(&t, price);
    types_thing_set_amount(&t, amount);
    types_thing_set_name(&t, SURREAL_LIT("it's \"quoted\""));
    types_thing_set_at(&t, at);
    types_thing_set_span(&t, span);
    types_thing_set_uid(&t, uid);
    types_thing_set_mood(&t, TYPES_MOOD_BAD);
    types_thing_set_tags(&t, tags, 2);
    types_thing_set_lines(&t, lines, 2);
    types_thing_set_where(&t, where);
    return t;
}

static types_thing
thing_full(const char *key)
{
    static const int64_t row_a[] = {1, 2};
    static types_thing_grid_items grid[2];
    static const double pair[] = {1.5, -2.5};
    static const surreal_str labels[] = {{"l1", 2}, {"l2", 2}};
    types_thing t = thing_minimal(key);
    surreal_bytes blob;
    surreal_point spot = {8.5, 47.25};

    blob.ptr = (const uint8_t *)"\0\xff";
    blob.len = 2;
    grid[0].v = row_a;
    grid[0].count = 2;
    CHECK_INT(types_thing_set_code(&t, SURREAL_LIT("12345678")), SURREAL_OK);
    types_thing_set_blob(&t, blob);
    types_thing_set_rank(&t, TYPES_RANK_HIGH);
    types_thing_set_owner(&t, types_person_id_int(7));
    types_thing_set_spot(&t, spot);
    types_thing_set_labels(&t, labels, 2);
    types_thing_set_grid(&t, grid, 2);
    types_thing_set_pair(&t, pair, 2);
    types_thing_set_nick(&t, SURREAL_LIT("nick"));
    types_thing_set_stars(&t, 1);
    return t;
}

/* Equal but for what the server adds. */
static void
check_same(const types_thing *got, types_thing want)
{
    CHECK(types_thing_has_made(got));
    want.made = got->made;
    surreal_bit_set(want.set_, TYPES_THING_MADE);
    if (!types_thing_has_stars(&want)) {
        CHECK_INT(got->stars, 5);
        types_thing_set_stars(&want, 5);
    }
    if (!surreal_bit_is(want.set_, TYPES_THING_NICK)) {
        types_thing_null_nick(&want);
    }
    if (!surreal_model_equal(&types_thing_model, got, &want)) {
        static char a[8192];
        static char b[8192];

        surreal_model_print(&types_thing_model, got, a, sizeof a);
        surreal_model_print(&types_thing_model, &want, b, sizeof b);
        TEST_FAIL("got  %s\nwant %s", a, b);
    }
}

TEST(test_live_model_every_kind_round_trips)
{
    types_thing want = thing_full("full");
    types_thing_row row;

    NEED(types_thing_create(db, &want, &row) == SURREAL_OK);
    check_same(&row.row, want);
    surreal_result_free(row.result);
    NEED(types_thing_get(db, types_thing_id_str(SURREAL_LIT("full")), &row) ==
         SURREAL_OK);
    check_same(&row.row, want);
    CHECK_STR(row.row.where.city.ptr, "Z\xc3\xbcrich");
    CHECK_STR(row.row.code.text, "12345678");
    CHECK(!surreal_is_changed(&types_thing_model, &row.row));
    surreal_result_free(row.result);
}

TEST(test_trap_t15_defaults_are_the_servers)
{
    types_thing want = thing_minimal("minimal");
    types_thing_row row;

    NEED(types_thing_create(db, &want, &row) == SURREAL_OK);
    check_same(&row.row, want);
    CHECK_INT(row.row.stars, 5);
    CHECK(!types_thing_has_code(&row.row));
    CHECK(!types_thing_has_nick(&row.row));
    CHECK(surreal_bit_is(row.row.null_, TYPES_THING_NICK));
    surreal_result_free(row.result);
}

TEST(test_live_model_missing_field_is_refused_before_sending)
{
    types_person nobody;
    types_person_row row;

    memset(&nobody, 0, sizeof nobody);
    types_person_set_age(&nobody, 3);
    CHECK_INT(types_person_create(db, &nobody, &row), SURREAL_ERR_MISSING);
    CHECK(!row.result);
    CHECK(strstr(surreal_last_error(db)->message, "name"));
    CHECK_INT(surreal_ping(db), SURREAL_OK);
}

TEST(test_live_model_a_row_without_an_id_gets_one)
{
    types_person person;
    types_person_row made, row;

    memset(&person, 0, sizeof person);
    types_person_set_name(&person, SURREAL_LIT("Nameless"));
    CHECK(!types_person_has_id(&person));
    NEED(types_person_create(db, &person, &made) == SURREAL_OK);
    CHECK(types_person_has_id(&made.row));
    CHECK_STR(made.row.id.rid.table.ptr, "person");
    NEED(types_person_get(db, made.row.id, &row) == SURREAL_OK);
    CHECK_STR(row.row.name.ptr, "Nameless");
    surreal_result_free(row.result);
    CHECK_INT(types_person_delete(db, made.row.id, NULL), SURREAL_OK);
    surreal_result_free(made.result);
}

TEST(test_live_model_not_found_is_an_outcome)
{
    types_thing_row row;
    surreal_status status = types_thing_get(
        db, types_thing_id_str(SURREAL_LIT("nobody")), &row);

    CHECK_INT(status, SURREAL_NOT_FOUND);
    CHECK_INT(surreal_status_class(status), SURREAL_CLASS_OUTCOME);
    CHECK(!row.result);
    CHECK_INT(types_thing_delete(
                  db, types_thing_id_str(SURREAL_LIT("nobody")), &row),
              SURREAL_NOT_FOUND);
}

TEST(test_trap_t16_merge_sends_what_changed)
{
    types_thing want = thing_full("merge");
    types_thing_row row;
    types_thing_row merged;

    NEED(types_thing_create(db, &want, &row) == SURREAL_OK);
    types_thing_set_count(&row.row, 42);
    types_thing_clear_code(&row.row);
    NEED(types_thing_merge(db, row.row.id, &row.row, &merged) == SURREAL_OK);
    CHECK_INT(merged.row.count, 42);
    CHECK(!types_thing_has_code(&merged.row));
    CHECK(types_thing_has_blob(&merged.row));
    CHECK_INT(merged.row.made.sec, row.row.made.sec);
    CHECK_INT(merged.row.made.nsec, row.row.made.nsec);
    surreal_result_free(merged.result);
    surreal_result_free(row.result);
}

/* The server's write methods lose the kind of a set on the way; the calls here
 * do not use them. */
TEST(test_live_model_sets_survive_every_write)
{
    static const surreal_str more[] = {{"m", 1}, {"n", 1}};
    types_thing want = thing_full("set");
    types_thing_row row;

    NEED(types_thing_insert(db, &want, 1, NULL) == SURREAL_OK);
    types_thing_set_labels(&want, more, 2);
    NEED(types_thing_merge(db, want.id, &want, &row) == SURREAL_OK);
    CHECK_INT(row.row.labels.count, 2);
    CHECK_STR(row.row.labels.v[1].ptr, "n");
    surreal_result_free(row.result);
    CHECK_INT(types_thing_replace(db, want.id, &want, NULL), SURREAL_OK);
    CHECK_INT(types_thing_upsert(db, want.id, &want, NULL), SURREAL_OK);
    NEED(types_thing_get(db, want.id, &row) == SURREAL_OK);
    check_same(&row.row, want);
    surreal_result_free(row.result);
}

TEST(test_live_model_writes_in_place)
{
    types_thing want = thing_minimal("place");
    types_thing_row row;
    surreal_result *loaded;

    NEED(types_thing_create(db, &want, &row) == SURREAL_OK);
    loaded = row.result;
    types_thing_set_count(&row.row, 7);
    NEED(types_thing_merge(db, want.id, &row.row, &row) == SURREAL_OK);
    CHECK_INT(row.row.count, 7);
    CHECK(row.result != loaded);
    surreal_result_free(loaded);
    surreal_result_free(row.result);
    memset(&row.result, 0xab, sizeof row.result);
    CHECK_INT(types_thing_merge(db, want.id, &row.row, &row),
              SURREAL_NO_CHANGE);
    CHECK(!row.result);
}

/* SurrealDB 2 drops elements nobody described; surrealgen describes them. */
TEST(test_live_model_arrays_of_anything_keep_their_elements)
{
    surreal_result *r = live_run(
        db, "UPDATE thing:full SET bag = [1, 'x'];"
            "SELECT VALUE bag FROM ONLY thing:full", SURREAL_NO_VARS);

    CHECK_STR(live_text(surreal_statement_value(r, 1)), "[1, 'x']");
    surreal_result_free(r);
}

TEST(test_live_model_condition_may_end_in_a_comment)
{
    int64_t all = 0;
    int64_t count = 0;

    CHECK_INT(types_thing_count(db, NULL, SURREAL_NO_VARS, &all), SURREAL_OK);
    CHECK_INT(types_thing_count(db, "true -- every one", SURREAL_NO_VARS,
                                &count), SURREAL_OK);
    CHECK(all > 1);
    CHECK_INT(count, all);
}

TEST(test_trap_t17_loading_marks_nothing)
{
    types_thing want = thing_minimal("loaded");
    types_thing_row row;
    types_thing_row merged;

    NEED(types_thing_create(db, &want, NULL) == SURREAL_OK);
    NEED(types_thing_get(db, want.id, &row) == SURREAL_OK);
    CHECK_INT(types_thing_merge(db, row.row.id, &row.row, &merged),
              SURREAL_NO_CHANGE);
    CHECK(!merged.result);
    surreal_result_free(row.result);
}

TEST(test_live_model_null_and_none_are_kept_apart)
{
    types_thing want = thing_full("null");
    types_thing_row row;

    types_thing_null_nick(&want);
    NEED(types_thing_create(db, &want, &row) == SURREAL_OK);
    CHECK(surreal_bit_is(row.row.null_, TYPES_THING_NICK));
    types_thing_set_nick(&row.row, SURREAL_LIT(""));
    NEED(types_thing_merge(db, row.row.id, &row.row, NULL) == SURREAL_OK);
    surreal_result_free(row.result);
    NEED(types_thing_get(db, want.id, &row) == SURREAL_OK);
    CHECK(!surreal_bit_is(row.row.null_, TYPES_THING_NICK));
    CHECK(types_thing_has_nick(&row.row));
    CHECK_INT(row.row.nick.len, 0);
    surreal_result_free(row.result);
}

TEST(test_live_model_inserts_finds_counts)
{
    static types_person people[1200];
    static char names[1200][16];
    types_person_rows rows;
    int64_t count = 0;
    size_t i;

    for (i = 0; i < 1200; i++) {
        snprintf(names[i], sizeof names[i], "p%04zu", i);
        types_person_set_id(&people[i], types_person_id_int((int64_t)i));
        types_person_set_name(&people[i], surreal_text(names[i]));
        if (i % 3) types_person_set_age(&people[i], (int64_t)i % 90);
    }
    NEED(types_person_insert(db, people, 1200, &rows) == SURREAL_OK);
    CHECK_INT(rows.count, 1200);
    for (i = 0; i < rows.count; i++) {
        if (!surreal_model_equal(&types_person_model, &rows.v[i],
                                 &people[i])) {
            TEST_FAIL("row %zu differs", i);
            break;
        }
    }
    surreal_result_free(rows.result);

    CHECK_INT(types_person_count(db, NULL, SURREAL_NO_VARS, &count),
              SURREAL_OK);
    CHECK_INT(count, 1200);
    CHECK_INT(types_person_count(db, "age = NONE", SURREAL_NO_VARS, &count),
              SURREAL_OK);
    CHECK_INT(count, 400);
    CHECK_INT(types_person_count(db, "age = 1000", SURREAL_NO_VARS, &count),
              SURREAL_OK);
    CHECK_INT(count, 0);

    NEED(types_person_find(db, "age >= $min AND name != $not "
                               "ORDER BY name LIMIT 7",
                           SURREAL_VARS(surreal_bind_int("min", 80),
                                        surreal_bind_text("not", "p0080")),
                           &rows) == SURREAL_OK);
    CHECK_INT(rows.count, 7);
    if (rows.count) CHECK_STR(rows.v[0].name.ptr, "p0082");
    surreal_result_free(rows.result);
}

TEST(test_live_model_relates_both_ways)
{
    types_knows edge;
    types_knows_row row;
    types_knows_rows rows;
    surreal_datetime since = {1000, 0};

    memset(&edge, 0, sizeof edge);
    types_knows_set_since(&edge, since);
    NEED(types_knows_relate(db, types_person_id_int(1),
                            types_person_id_int(2), &edge, &row) ==
         SURREAL_OK);
    CHECK_INT(row.row.in.rid.key.i, 1);
    CHECK_INT(row.row.out.rid.key.i, 2);
    CHECK_INT(row.row.since.sec, 1000);
    surreal_result_free(row.result);
    CHECK_INT(types_knows_relate(db, types_person_id_int(2),
                                 types_person_id_int(1), NULL, NULL),
              SURREAL_OK);
    NEED(types_knows_find(db, "in = $who",
                          SURREAL_VARS(surreal_bind_id(
                              "who", types_person_id_int(2).rid)), &rows) ==
         SURREAL_OK);
    CHECK_INT(rows.count, 1);
    if (rows.count) CHECK(!types_knows_has_since(&rows.v[0]));
    surreal_result_free(rows.result);
}

TEST(test_live_model_upserts_replaces_deletes)
{
    types_person p;
    types_person_row row;
    types_person_id id = types_person_id_str(SURREAL_LIT("up"));

    memset(&p, 0, sizeof p);
    types_person_set_name(&p, SURREAL_LIT("first"));
    types_person_set_age(&p, 30);
    CHECK_INT(types_person_replace(db, id, &p, NULL), SURREAL_NOT_FOUND);
    CHECK_INT(types_person_upsert(db, id, &p, NULL), SURREAL_OK);

    memset(&p, 0, sizeof p);
    types_person_set_name(&p, SURREAL_LIT("second"));
    NEED(types_person_replace(db, id, &p, &row) == SURREAL_OK);
    CHECK_STR(row.row.name.ptr, "second");
    CHECK(!types_person_has_age(&row.row));
    surreal_result_free(row.result);

    NEED(types_person_delete(db, id, &row) == SURREAL_OK);
    CHECK_STR(row.row.name.ptr, "second");
    surreal_result_free(row.result);
    CHECK_INT(types_person_get(db, id, &row), SURREAL_NOT_FOUND);
}

/* The server knows more than this program, and less. */
TEST(test_live_model_tolerates_a_newer_schema)
{
    types_person_row row;
    surreal_result *r;

    surreal_result_free(live_run(
        db, "DEFINE FIELD shoe ON person TYPE option<int>;"
            "CREATE person:newer SET name = 'N', shoe = 44",
        SURREAL_NO_VARS));
    NEED(types_person_get(db, types_person_id_str(SURREAL_LIT("newer")),
                          &row) == SURREAL_OK);
    types_person_set_age(&row.row, 9);
    NEED(types_person_merge(db, row.row.id, &row.row, NULL) == SURREAL_OK);
    surreal_result_free(row.result);
    r = live_run(db, "SELECT VALUE shoe FROM ONLY person:newer",
                 SURREAL_NO_VARS);
    CHECK_STR(live_text(surreal_statement_value(r, 0)), "44");
    surreal_result_free(r);
}

TEST(test_trap_t06_wrong_type_names_the_field)
{
    types_person_row row;
    types_person p;
    surreal_result *r = live_run(
        db, "RETURN { id: person:1, name: 'x', age: 'old' }",
        SURREAL_NO_VARS);
    surreal_error err;

    (void)row;
    CHECK_INT(surreal_decode(&types_person_model,
                             surreal_statement_value(r, 0), &p, &err),
              SURREAL_ERR_TYPE);
    CHECK(strstr(err.path, "age"));
    CHECK(strstr(err.message, "int"));
    CHECK(err.at > 0);
    surreal_result_free(r);
}

TEST(test_live_enum_value_of_a_newer_server_is_unknown)
{
    types_mood mood = TYPES_MOOD_GOOD;

    CHECK(!types_mood_parse(SURREAL_LIT("new"), &mood));
    CHECK_STR(types_mood_name(TYPES_MOOD_BAD), "very bad");
    CHECK(!types_mood_name(TYPES_MOOD_UNKNOWN_));
}

TEST_MAIN(
    live_init();
    db = live_open("models");
    types_apply_schema(db);
    RUN(test_live_model_every_kind_round_trips);
    RUN(test_trap_t15_defaults_are_the_servers);
    RUN(test_live_model_missing_field_is_refused_before_sending);
    RUN(test_live_model_a_row_without_an_id_gets_one);
    RUN(test_live_model_not_found_is_an_outcome);
    RUN(test_trap_t16_merge_sends_what_changed);
    RUN(test_live_model_sets_survive_every_write);
    RUN(test_live_model_writes_in_place);
    RUN(test_live_model_arrays_of_anything_keep_their_elements);
    RUN(test_live_model_condition_may_end_in_a_comment);
    RUN(test_trap_t17_loading_marks_nothing);
    RUN(test_live_model_null_and_none_are_kept_apart);
    RUN(test_live_model_inserts_finds_counts);
    RUN(test_live_model_relates_both_ways);
    RUN(test_live_model_upserts_replaces_deletes);
    RUN(test_live_model_tolerates_a_newer_schema);
    RUN(test_trap_t06_wrong_type_names_the_field);
    RUN(test_live_enum_value_of_a_newer_server_is_unknown);
    surreal_close(db);
)
