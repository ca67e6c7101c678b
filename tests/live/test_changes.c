/* tests/live/test_changes.c: change feeds of a real server.
 *
 *   make build/live/test_changes
 *   sh tests/live/run.sh build/live/test_changes */
#include "tests/live/live.h"

static surreal *db;

/* What comes, one letter and one id each: "T U1 U1 D1 ". Stops after `max`. */
static const char *
feed(surreal_changes *c, size_t max)
{
    static char text[4096];
    surreal_entry change;
    surreal_status status = SURREAL_OK;
    size_t len = 0;

    text[0] = '\0';
    while (max-- && len < sizeof text - 64) {
        char id[48] = "";

        status = surreal_changes_next(c, &change);
        if (status) break;
        CHECK(change.versionstamp > 0);
        surreal_print(surreal_record_key(surreal_field(change.value, "id")),
                      id, sizeof id);
        if (change.kind == SURREAL_ENTRY_DEFINE_TABLE) id[0] = '\0';
        len += (size_t)snprintf(text + len, sizeof text - len, "%c%s%s ",
                                "?UDTO"[change.kind], id,
                                change.diff.doc ? "~" : "");
    }
    if (status && status != SURREAL_NOT_FOUND) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
    }
    return text;
}

static void
run(const char *text)
{
    surreal_result_free(live_run(db, text, SURREAL_NO_VARS));
}

TEST(test_trap_m24_changes_from_the_start_and_from_a_cursor)
{
    surreal_changes c;
    int64_t cursor;

    run("DEFINE TABLE a CHANGEFEED 1d; CREATE a:1; UPDATE a:1 SET n = 1;"
        "DELETE a:1");
    CHECK_INT(surreal_changes_open(&c, db, "a", 0), SURREAL_OK);
    CHECK_INT(surreal_changes_cursor(&c), 0);
    CHECK_STR(feed(&c, 99), "T U1 U1 D1 ");
    CHECK_STR(feed(&c, 99), "");
    run("BEGIN; CREATE a:2; CREATE a:3; COMMIT");
    CHECK_STR(feed(&c, 99), "U2 U3 ");
    cursor = surreal_changes_cursor(&c);
    surreal_changes_close(&c);

    run("CREATE a:4");
    CHECK_INT(surreal_changes_open(&c, db, "a", cursor), SURREAL_OK);
    CHECK_STR(feed(&c, 99), "U4 ");
    cursor = surreal_changes_cursor(&c);
    surreal_changes_close(&c);
    CHECK_INT(surreal_changes_open(&c, db, "a", cursor), SURREAL_OK);
    CHECK_STR(feed(&c, 99), "");
    CHECK_INT(surreal_changes_cursor(&c), cursor);
    surreal_changes_close(&c);
}

/* Stopping at every place and going on from its cursor loses nothing, and
 * repeats no more than the transaction it stopped in. */
TEST(test_live_a_cursor_inside_a_transaction_gives_it_again)
{
    surreal_changes c;
    int64_t cursor;

    run("DEFINE TABLE tx CHANGEFEED 1d; BEGIN; CREATE tx:1; CREATE tx:2;"
        "CREATE tx:3; COMMIT; CREATE tx:4");
    surreal_changes_open(&c, db, "tx", 0);
    CHECK_STR(feed(&c, 3), "T U1 U2 ");
    cursor = surreal_changes_cursor(&c);
    surreal_changes_close(&c);
    surreal_changes_open(&c, db, "tx", cursor);
    CHECK_STR(feed(&c, 3), "U1 U2 U3 ");
    cursor = surreal_changes_cursor(&c);
    surreal_changes_close(&c);
    surreal_changes_open(&c, db, "tx", cursor);
    CHECK_STR(feed(&c, 9), "U4 ");
    surreal_changes_close(&c);
}

/* The limit counts other tables too, and on 3.x cuts transactions. */
TEST(test_live_other_tables_do_not_end_a_feed)
{
    static const size_t limits[] = {1, 2, 3, 4, 5, 7, 1000};
    surreal_changes c;
    size_t i;

    run("DEFINE TABLE few CHANGEFEED 1d; DEFINE TABLE noise CHANGEFEED 1d;"
        "CREATE few:1; FOR $i IN 0..40 { CREATE noise }; CREATE few:2;"
        "CREATE noise; CREATE noise; CREATE noise; CREATE noise;"
        "BEGIN; CREATE noise; CREATE few:3; CREATE n1; CREATE n2; COMMIT;"
        "CREATE noise; CREATE noise; CREATE noise; CREATE noise;"
        "BEGIN; CREATE few:4; CREATE noise; CREATE few:5; COMMIT;"
        "CREATE noise; CREATE noise; CREATE noise; CREATE noise");
    for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        surreal_changes_open(&c, db, "few", 0);
        c.limit = limits[i];
        CHECK_STR(feed(&c, 99), "T U1 U2 U3 U4 U5 ");
        CHECK_STR(feed(&c, 99), "");
        surreal_changes_close(&c);
    }
}

TEST(test_live_the_feed_of_a_database_is_whole_with_every_limit)
{
    static const size_t limits[] = {1, 2, 3, 4, 5, 6, 1000};
    surreal *other = live_open("changes_db");
    surreal_changes c;
    surreal_entry change;
    size_t i;

    surreal_result_free(live_run(
        other, "DEFINE TABLE x CHANGEFEED 1d; DEFINE TABLE y CHANGEFEED 1d;"
               "DEFINE TABLE z CHANGEFEED 1d; CREATE x:1;"
               "BEGIN; CREATE x:2; CREATE y:2; CREATE z:2; COMMIT;"
               "BEGIN; CREATE z:3; CREATE y:3; CREATE x:3; COMMIT",
        SURREAL_NO_VARS));
    for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        size_t updates = 0;
        size_t tables = 0;

        surreal_changes_open(&c, other, NULL, 0);
        c.limit = limits[i];
        while (surreal_changes_next(&c, &change) == SURREAL_OK) {
            updates += change.kind == SURREAL_ENTRY_UPDATE;
            tables += change.kind == SURREAL_ENTRY_DEFINE_TABLE;
        }
        CHECK_INT(updates, 7);
        CHECK_INT(tables, 3);
        surreal_changes_close(&c);
    }
    surreal_close(other);
}

TEST(test_live_the_original_comes_as_a_patch)
{
    surreal_changes c;
    surreal_entry change;

    run("DEFINE TABLE o CHANGEFEED 1d INCLUDE ORIGINAL; CREATE o:1 SET a = 1;"
        "UPDATE o:1 SET a = 2; DELETE o:1");
    surreal_changes_open(&c, db, "o", 0);
    CHECK_STR(feed(&c, 2), "T U1 ");
    CHECK_INT(surreal_changes_next(&c, &change), SURREAL_OK);
    CHECK_STR(live_text(change.value), "{ a: 2, id: o:1 }");
    CHECK_STR(live_text(change.diff),
              "[{ op: 'replace', path: '/a', value: 1 }]");
    CHECK_STR(feed(&c, 9), "D1 ");
    surreal_changes_close(&c);
}

TEST(test_live_changes_since_a_moment)
{
    surreal_datetime early = {1577836800, 0};
    surreal_datetime never = {INT64_MAX, 0};
    surreal_changes c;
    surreal_entry change;

    run("DEFINE TABLE mo CHANGEFEED 1d; CREATE mo:1");
    CHECK_INT(surreal_changes_open_at(&c, db, "mo", never),
              SURREAL_ERR_RANGE);
    CHECK_INT(surreal_changes_next(&c, &change), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_changes_open_at(&c, db, "mo", early), SURREAL_OK);
    CHECK_INT(surreal_changes_cursor(&c), -1);
    if (live_major >= 3) {
        CHECK_STR(feed(&c, 9), "T U1 ");
        CHECK(surreal_changes_cursor(&c) > INT64_C(1) << 53);
    } else {
        CHECK_INT(surreal_changes_next(&c, &change), SURREAL_ERR_STATEMENT);
    }
    surreal_changes_close(&c);
}

TEST(test_live_feeds_with_odd_names)
{
    surreal_changes c;
    surreal_entry change;
    char longest[1024];

    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    surreal_changes_open(&c, db, longest, 0);
    CHECK_INT(surreal_changes_next(&c, &change), SURREAL_ERR_TOO_LONG);
    surreal_changes_close(&c);
    run("DEFINE TABLE `q\\`; DROP` CHANGEFEED 1d; CREATE `q\\`; DROP`:7");
    surreal_changes_open(&c, db, "q`; DROP", 0);
    CHECK_STR(feed(&c, 9), "T U7 ");
    surreal_changes_close(&c);
    surreal_changes_open(&c, db, "nobody_knows", 0);
    CHECK_STR(feed(&c, 9), "");
    surreal_changes_close(&c);
    CHECK_INT(surreal_changes_open(&c, db, "a", -1), SURREAL_ERR_USAGE);
    surreal_changes_close(&c);
}

TEST_MAIN(
    live_init();
    db = live_open("changes");
    RUN(test_trap_m24_changes_from_the_start_and_from_a_cursor);
    RUN(test_live_a_cursor_inside_a_transaction_gives_it_again);
    RUN(test_live_other_tables_do_not_end_a_feed);
    RUN(test_live_the_feed_of_a_database_is_whole_with_every_limit);
    RUN(test_live_the_original_comes_as_a_patch);
    RUN(test_live_changes_since_a_moment);
    RUN(test_live_feeds_with_odd_names);
    surreal_close(db);
)
