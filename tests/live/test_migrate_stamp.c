/* tests/live/test_migrate_stamp.c: surreal_schema_check() on a real server.
 *
 *   make build/live/test_migrate_stamp
 *   sh tests/live/run.sh build/live/test_migrate_stamp */
#include "tests/live/migrate.h"

static surreal_schema_report said;

static void
check_stamp(const char *hash, surreal_schema_state state, const char *text,
            int line)
{
    surreal_schema schema = {"shop", NULL};

    schema.hash = hash;
    check_status(db, surreal_schema_check(db, &schema, &said), SURREAL_OK,
                 line);
    if (said.state != state || !strstr(said.message, text)) {
        TEST_FAIL("line %d: %d, not %d with \"%s\": %s", line,
                  (int)said.state, (int)state, text, said.message);
    }
}

#define CHECK_STAMP(hash, state, text) \
    check_stamp(hash, SURREAL_SCHEMA_##state, text, __LINE__)

static void
chain_of_three(const char *database)
{
    fresh(database);
    chain_tx("a", "DEFINE TABLE a", "REMOVE TABLE a");
    the.at[0].schema_hash = "1:aa";
    chain_tx("b", "DEFINE TABLE b", "REMOVE TABLE b");
    the.at[1].schema_hash = "1:bb";
    chain_tx("c", "DEFINE TABLE c", "REMOVE TABLE c");
    the.at[2].schema_hash = "1:cc";
}

TEST(test_live_stamp_follows_the_migrations)
{
    chain_of_three("m_stamp");
    CHECK_STAMP("1:bb", UNTRACKED, "surrealgen migrate baseline");
    CHECK_STR(said.migration, "");
    CHECK(!has_table("_surrealgen_migration"));
    how.count = 1;
    CHECK_UP(SURREAL_OK);
    CHECK_STAMP("1:aa", EQUAL, "20260801000000_a");
    CHECK_STAMP("1:bb", OLDER, "surrealgen migrate up");
    CHECK_UP(SURREAL_OK);
    CHECK_STAMP("1:bb", EQUAL, "20260801000001_b");
    CHECK_STAMP("1:aa", NEWER, "20260801000001_b");
    CHECK_UP(SURREAL_OK);
    CHECK_STAMP("1:bb", NEWER, "20260801000002_c");
    CHECK_STR(said.migration, "20260801000002_c");
    how.count = 0;
    CHECK_STATUS(down_to(the.ids[1], SURREAL_DOWN_EXACT), SURREAL_OK);
    CHECK_STAMP("1:bb", EQUAL, "20260801000001_b");
    CHECK_STAMP("1:cc", OLDER, "20260801000001_b");
    CHECK_STATUS(down_to("", SURREAL_DOWN_EXACT), SURREAL_OK);
    CHECK_STAMP("1:bb", UNTRACKED, "no history");
}

TEST(test_live_stamp_sees_half_of_a_migration)
{
    chain_of_three("m_stamp_half");
    chain_step(SURREAL_STEP_TX, "THROW 'no further'");
    CHECK_UP(SURREAL_ERR_THROWN);
    CHECK(report.is_partly);
    CHECK_STAMP("1:cc", OLDER, "half applied");
    CHECK_STAMP("1:bb", NEWER, "20260801000002_c (half applied)");
}

/* Of those who may see the history the least, and one who may not. */
TEST(test_live_stamp_needs_a_system_user)
{
    surreal_schema schema = {"shop", "1:aa"};
    surreal_auth viewer = surreal_auth_db("live", "m_stamp_who", "see",
                                          "secret");
    surreal_bind name = surreal_bind_text("name", "ann");
    surreal_auth ann;
    surreal_options opt;
    surreal *other = NULL;

    chain_of_three("m_stamp_who");
    CHECK_UP(SURREAL_OK);
    sql("DEFINE USER see ON DATABASE PASSWORD 'secret' ROLES VIEWER;"
        "DEFINE TABLE person PERMISSIONS FULL;"
        "DEFINE ACCESS door ON DATABASE TYPE RECORD"
        "    SIGNUP (CREATE person SET name = $name)"
        "    SIGNIN (SELECT * FROM person WHERE name = $name)");
    memset(&opt, 0, sizeof opt);
    opt.auth = viewer;
    CHECK_INT(surreal_open(live_url, &opt, &other), SURREAL_OK);
    check_status(other, surreal_use(other, "live", "m_stamp_who"), SURREAL_OK,
                 __LINE__);
    check_status(other, surreal_schema_check(other, &schema, &said),
                 SURREAL_OK, __LINE__);
    CHECK_INT(said.state, SURREAL_SCHEMA_NEWER);
    surreal_close(other);
    other = NULL;

    memset(&ann, 0, sizeof ann);
    ann = surreal_auth_record("live", "m_stamp_who", "door",
                              SURREAL_VARS(name));
    memset(&opt, 0, sizeof opt);
    surreal_open(live_url, &opt, &other);
    check_status(other, surreal_signup(other, &ann), SURREAL_OK, __LINE__);
    CHECK_INT(surreal_schema_check(other, &schema, &said),
              SURREAL_ERR_DENIED);
    CHECK_INT(said.state, SURREAL_SCHEMA_UNKNOWN);
    CHECK(strstr(surreal_last_error(other)->message, "record users"));
    surreal_close(other);
}

/* The servers say different things of a database that went away under the
 * connection; none of them is an answer about a schema. */
TEST(test_live_stamp_without_a_database_is_no_answer)
{
    surreal_schema schema = {"shop", "1:aa"};

    fresh("m_stamp_none");
    chain_tx("a", "DEFINE TABLE a", NULL);
    the.at[0].schema_hash = "1:aa";
    CHECK_UP(SURREAL_OK);
    CHECK_STAMP("1:aa", EQUAL, "20260801000000_a");
    sql("REMOVE DATABASE m_stamp_none");
    if (surreal_schema_check(db, &schema, &said)) {
        CHECK_INT(said.state, SURREAL_SCHEMA_UNKNOWN);
        CHECK_STR(said.message, "");
    } else {
        CHECK_INT(said.state, SURREAL_SCHEMA_UNTRACKED);
    }
}

TEST_MAIN(
    live_init();
    RUN(test_live_stamp_follows_the_migrations);
    RUN(test_live_stamp_sees_half_of_a_migration);
    RUN(test_live_stamp_needs_a_system_user);
    RUN(test_live_stamp_without_a_database_is_no_answer);
    if (db) surreal_close(db);
)
