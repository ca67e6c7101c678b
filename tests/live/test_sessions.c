/* tests/live/test_sessions.c: sessions and transactions on a real server.
 *
 *   make build/live/test_sessions && sh tests/live/run.sh \
 *       build/live/test_sessions */
#include "tests/live/live.h"

static surreal *db;

/* The only value of a query that must succeed, as text. */
static const char *
value_of(surreal *through, const char *text)
{
    static char out[2][512];
    static int turn;
    surreal_result *r = live_run(through, text, SURREAL_NO_VARS);

    turn = !turn;
    surreal_print(surreal_statement_value(r, 0), out[turn], sizeof out[turn]);
    surreal_result_free(r);
    return out[turn];
}

static void
run(surreal *through, const char *text)
{
    surreal_result_free(live_run(through, text, SURREAL_NO_VARS));
}

/* ---- sessions ------------------------------------------------------------ */

TEST(test_live_a_fork_is_where_and_who_its_parent_is)
{
    surreal *fork = NULL;

    CHECK_INT(surreal_let(db, surreal_bind_int("limit", 7)), SURREAL_OK);
    CHECK_INT(surreal_fork(db, NULL, &fork), SURREAL_OK);
    NEED(fork);
    CHECK_STR(value_of(fork, "RETURN [session::ns(), session::db()]"),
              "['live', 'sessions']");
    CHECK_STR(value_of(fork, "RETURN $limit"), "7");
    CHECK(surreal_str_eq(surreal_ns(fork), SURREAL_LIT("live")));
    CHECK(surreal_str_eq(surreal_db(fork), SURREAL_LIT("sessions")));
    /* Root rights came along. */
    run(fork, "DEFINE TABLE IF NOT EXISTS by_fork");
    CHECK_INT(surreal_fd(fork) == surreal_fd(db), live_major >= 3);
    surreal_close(fork);
    CHECK_INT(surreal_unset(db, "limit"), SURREAL_OK);
    CHECK_STR(value_of(db, "RETURN $limit"), "NONE");
}

TEST(test_live_sessions_do_not_touch_each_other)
{
    surreal_fork_options opt;
    surreal *fork = NULL;

    memset(&opt, 0, sizeof opt);
    opt.db = "sessions_other";
    run(db, "DEFINE DATABASE IF NOT EXISTS sessions_other");
    CHECK_INT(surreal_let(db, surreal_bind_text("who", "parent")), SURREAL_OK);
    CHECK_INT(surreal_fork(db, &opt, &fork), SURREAL_OK);
    NEED(fork);
    CHECK_INT(surreal_let(fork, surreal_bind_text("who", "fork")), SURREAL_OK);
    CHECK_STR(value_of(db, "RETURN [session::db(), $who]"),
              "['sessions', 'parent']");
    CHECK_STR(value_of(fork, "RETURN [session::db(), $who]"),
              "['sessions_other', 'fork']");
    CHECK_INT(surreal_use(fork, "live", "sessions"), SURREAL_OK);
    CHECK_STR(value_of(fork, "RETURN session::db()"), "'sessions'");
    surreal_close(fork);
    CHECK_STR(value_of(db, "RETURN $who"), "'parent'");
    CHECK_INT(surreal_unset(db, "who"), SURREAL_OK);
}

TEST(test_live_several_databases_side_by_side)
{
    enum { COUNT = 8 };
    surreal *forks[COUNT];
    char name[32];
    int i;

    for (i = 0; i < COUNT; i++) {
        surreal_fork_options opt;
        char text[64];

        memset(&opt, 0, sizeof opt);
        snprintf(name, sizeof name, "side_%d", i);
        snprintf(text, sizeof text, "DEFINE DATABASE IF NOT EXISTS %s", name);
        run(db, text);
        opt.db = name;
        forks[i] = NULL;
        CHECK_INT(surreal_fork(db, &opt, &forks[i]), SURREAL_OK);
        NEED(forks[i]);
        run(forks[i], "UPSERT here:1 SET db = session::db()");
    }
    for (i = 0; i < COUNT; i++) {
        char want[40];

        snprintf(want, sizeof want, "['side_%d']", i);
        CHECK_STR(value_of(forks[i], "SELECT VALUE db FROM here"), want);
        surreal_close(forks[i]);
    }
}

TEST(test_trap_t19_signing_in_on_a_fork_leaves_the_parent_alone)
{
    surreal_fork_options opt;
    surreal_auth ann = surreal_auth_db("live", "sessions", "ann", "secret");
    surreal *fork = NULL;

    run(db, "DEFINE USER OVERWRITE ann ON DATABASE PASSWORD 'secret' "
            "ROLES VIEWER");
    memset(&opt, 0, sizeof opt);
    opt.anonymous = true;
    CHECK_INT(surreal_fork(db, &opt, &fork), SURREAL_OK);
    NEED(fork);
    CHECK_INT(surreal_query(fork, "CREATE only_root:1", SURREAL_NO_VARS, NULL)
                  != SURREAL_OK, 1);
    CHECK_INT(surreal_signin(fork, &ann), SURREAL_OK);
    CHECK_INT(surreal_query(fork, "DEFINE TABLE not_by_ann", SURREAL_NO_VARS,
                            NULL), SURREAL_ERR_DENIED);
    run(db, "DEFINE TABLE IF NOT EXISTS by_root");
    surreal_close(fork);

    opt.anonymous = false;
    opt.auth = surreal_auth_db("live", "sessions", "ann", "wrong");
    CHECK_INT(surreal_fork(db, &opt, &fork), SURREAL_ERR_AUTH);
    CHECK(!fork);
    CHECK_INT(surreal_last_error(db)->status, SURREAL_ERR_AUTH);
    run(db, "DEFINE TABLE IF NOT EXISTS by_root_still");
}

TEST(test_live_the_first_handle_ends_all)
{
    surreal_options opt;
    surreal *first = NULL;
    surreal *second = NULL;
    surreal *fork = NULL;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    NEED(surreal_open(live_url, &opt, &first) == SURREAL_OK);
    CHECK_INT(surreal_fork(first, NULL, &fork), SURREAL_OK);
    surreal_close(first);
    CHECK_INT(surreal_get_state(fork), SURREAL_CLOSED);
    CHECK_INT(surreal_ping(fork), SURREAL_ERR_CLOSED);
    surreal_close(fork);

    /* In the other order, and a fork of a fork. */
    NEED(surreal_open(live_url, &opt, &first) == SURREAL_OK);
    CHECK_INT(surreal_fork(first, NULL, &fork), SURREAL_OK);
    CHECK_INT(surreal_fork(fork, NULL, &second), SURREAL_OK);
    surreal_close(fork);
    CHECK_INT(surreal_ping(second), SURREAL_OK);
    CHECK_INT(surreal_ping(first), SURREAL_OK);
    surreal_close(first);
    CHECK_INT(surreal_ping(second), SURREAL_ERR_CLOSED);
    surreal_close(second);
}

TEST(test_live_names_of_the_server_are_no_variables)
{
    CHECK_INT(surreal_let(db, surreal_bind_int("auth", 1)),
              SURREAL_ERR_USAGE);
    CHECK_INT(surreal_let(db, surreal_bind_int("", 1)), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_ping(db), SURREAL_OK);
}

/* ---- transactions -------------------------------------------------------- */

static bool
need_transactions(void)
{
    surreal *tx = NULL;

    if (surreal_has(db, SURREAL_FEATURE_TRANSACTIONS)) return true;
    CHECK_INT(surreal_begin(db, &tx), SURREAL_ERR_UNSUPPORTED);
    CHECK(!tx);
    CHECK(strstr(surreal_last_error(db)->message, "surreal_batch"));
    return false;
}

TEST(test_live_a_transaction_is_seen_when_committed)
{
    surreal *tx = NULL;

    if (!need_transactions()) return;
    run(db, "DEFINE TABLE OVERWRITE acct; DELETE acct");
    CHECK_INT(surreal_begin(db, &tx), SURREAL_OK);
    NEED(tx);
    run(tx, "CREATE acct:1 SET n = 1");
    run(tx, "CREATE acct:2 SET n = 2");
    CHECK_STR(value_of(tx, "SELECT VALUE n FROM acct"), "[1, 2]");
    CHECK_STR(value_of(db, "SELECT VALUE n FROM acct"), "[]");
    CHECK_INT(surreal_commit(tx), SURREAL_OK);
    CHECK_STR(value_of(db, "SELECT VALUE n FROM acct"), "[1, 2]");
    CHECK_INT(surreal_ping(tx), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_commit(tx), SURREAL_ERR_USAGE);
    surreal_close(tx);
}

TEST(test_live_a_transaction_given_up_leaves_nothing)
{
    surreal *tx = NULL;

    if (!need_transactions()) return;
    run(db, "DEFINE TABLE OVERWRITE acct; DELETE acct");
    CHECK_INT(surreal_begin(db, &tx), SURREAL_OK);
    run(tx, "CREATE acct:1");
    CHECK_INT(surreal_rollback(tx), SURREAL_OK);
    surreal_close(tx);
    CHECK_INT(surreal_begin(db, &tx), SURREAL_OK);
    run(tx, "CREATE acct:2");
    surreal_close(tx); /* forgotten */
    CHECK_STR(value_of(db, "SELECT * FROM acct"), "[]");
}

/* On the server the commit would succeed and keep the record the index
 * refused. */
TEST(test_trap_m29_a_failed_statement_poisons_the_transaction)
{
    surreal *tx = NULL;

    if (!need_transactions()) return;
    run(db, "DEFINE TABLE OVERWRITE uniq; DELETE uniq;"
            "DEFINE INDEX OVERWRITE one ON uniq FIELDS v UNIQUE;"
            "CREATE uniq:1 SET v = 1");
    CHECK_INT(surreal_begin(db, &tx), SURREAL_OK);
    run(tx, "CREATE uniq:2 SET v = 2");
    CHECK_INT(surreal_query(tx, "CREATE uniq:3 SET v = 1", SURREAL_NO_VARS,
                            NULL), SURREAL_ERR_EXISTS);
    CHECK_INT(surreal_query(tx, "CREATE uniq:4 SET v = 4", SURREAL_NO_VARS,
                            NULL), SURREAL_ERR_EXISTS);
    CHECK_INT(surreal_commit(tx), SURREAL_ERR_EXISTS);
    CHECK_INT(surreal_last_error(tx)->status, SURREAL_ERR_EXISTS);
    surreal_close(tx);
    CHECK_STR(value_of(db, "SELECT VALUE v FROM uniq"), "[1]");
}

TEST(test_live_methods_outside_transactions_are_refused)
{
    static const char *const outside[] = {"update", "patch", "relate", "run",
                                          "use", "signin", "let", "live"};
    surreal_bytes none = {NULL, 0};
    surreal *nested = NULL;
    surreal *tx = NULL;
    size_t i;

    if (!need_transactions()) return;
    CHECK_INT(surreal_begin(db, &tx), SURREAL_OK);
    for (i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        CHECK_INT(surreal_rpc(tx, outside[i], none, NULL), SURREAL_ERR_USAGE);
    }
    CHECK_INT(surreal_begin(tx, &nested), SURREAL_ERR_USAGE);
    CHECK(!nested);
    run(tx, "CREATE acct:9"); /* refusing is not failing */
    CHECK_INT(surreal_commit(tx), SURREAL_OK);
    surreal_close(tx);
    run(db, "DELETE acct:9");
}

TEST(test_live_transactions_side_by_side)
{
    surreal *a = NULL;
    surreal *b = NULL;

    if (!need_transactions()) return;
    run(db, "DEFINE TABLE OVERWRITE acct; DELETE acct");
    CHECK_INT(surreal_begin(db, &a), SURREAL_OK);
    CHECK_INT(surreal_begin(db, &b), SURREAL_OK);
    run(a, "CREATE acct:1");
    run(b, "CREATE acct:2");
    CHECK_STR(value_of(a, "SELECT VALUE id FROM acct"), "[acct:1]");
    CHECK_STR(value_of(b, "SELECT VALUE id FROM acct"), "[acct:2]");
    CHECK_INT(surreal_commit(b), SURREAL_OK);
    CHECK_INT(surreal_rollback(a), SURREAL_OK);
    surreal_close(a);
    surreal_close(b);
    CHECK_STR(value_of(db, "SELECT VALUE id FROM acct"), "[acct:2]");
}

TEST(test_live_a_conflict_is_one)
{
    surreal *a = NULL;
    surreal *b = NULL;
    surreal_status first;

    if (!need_transactions()) return;
    run(db, "UPSERT acct:1 SET n = 0");
    CHECK_INT(surreal_begin(db, &a), SURREAL_OK);
    CHECK_INT(surreal_begin(db, &b), SURREAL_OK);
    run(a, "UPDATE acct:1 SET n += 1");
    first = surreal_query(b, "UPDATE acct:1 SET n += 10", SURREAL_NO_VARS,
                          NULL);
    CHECK_INT(surreal_commit(a), SURREAL_OK);
    if (!first) first = surreal_commit(b);
    CHECK_INT(first, SURREAL_CONFLICT);
    surreal_close(a);
    surreal_close(b);
    CHECK_STR(value_of(db, "SELECT VALUE n FROM acct:1"), "[1]");
}

/* ---- running one again --------------------------------------------------- */

static surreal *rival;
static int runs;
static int rival_runs;

/* Meanwhile somebody else changes the record, for the first `rival_runs`
 * times. */
static surreal_status
add_one(void *user, surreal *tx)
{
    surreal_status status;

    (void)user;
    runs++;
    status = surreal_query(tx, "UPDATE acct:1 SET n += 1", SURREAL_NO_VARS,
                           NULL);
    if (runs <= rival_runs) {
        surreal_query(rival, "UPDATE acct:1 SET n += 100", SURREAL_NO_VARS,
                      NULL);
    }
    return status;
}

static surreal_status
give_up(void *user, surreal *tx)
{
    (void)user;
    runs++;
    surreal_query(tx, "UPDATE acct:1 SET n = -1", SURREAL_NO_VARS, NULL);
    return SURREAL_ERR_MISSING;
}

TEST(test_live_tx_run_runs_all_of_it_again_on_a_conflict)
{
    surreal_tx_options opt;

    if (!need_transactions()) return;
    CHECK_INT(surreal_fork(db, NULL, &rival), SURREAL_OK);
    run(db, "UPSERT acct:1 SET n = 0");
    runs = 0;
    rival_runs = 2;
    CHECK_INT(surreal_tx_run(db, NULL, add_one, NULL), SURREAL_OK);
    CHECK_INT(runs, 3);
    CHECK_STR(value_of(db, "SELECT VALUE n FROM acct:1"), "[201]");

    memset(&opt, 0, sizeof opt);
    opt.attempts = 2;
    runs = 0;
    rival_runs = 9;
    CHECK_INT(surreal_tx_run(db, &opt, add_one, NULL), SURREAL_CONFLICT);
    CHECK_INT(runs, 2);

    runs = 0;
    CHECK_INT(surreal_tx_run(db, NULL, give_up, NULL), SURREAL_ERR_MISSING);
    CHECK_INT(runs, 1);
    CHECK_STR(value_of(db, "SELECT VALUE n FROM acct:1"), "[401]");
    surreal_close(rival);
}

TEST_MAIN(
    live_init();
    db = live_open("sessions");
    RUN(test_live_a_fork_is_where_and_who_its_parent_is);
    RUN(test_live_sessions_do_not_touch_each_other);
    RUN(test_live_several_databases_side_by_side);
    RUN(test_trap_t19_signing_in_on_a_fork_leaves_the_parent_alone);
    RUN(test_live_the_first_handle_ends_all);
    RUN(test_live_names_of_the_server_are_no_variables);
    RUN(test_live_a_transaction_is_seen_when_committed);
    RUN(test_live_a_transaction_given_up_leaves_nothing);
    RUN(test_trap_m29_a_failed_statement_poisons_the_transaction);
    RUN(test_live_methods_outside_transactions_are_refused);
    RUN(test_live_transactions_side_by_side);
    RUN(test_live_a_conflict_is_one);
    RUN(test_live_tx_run_runs_all_of_it_again_on_a_conflict);
    surreal_close(db);
)
