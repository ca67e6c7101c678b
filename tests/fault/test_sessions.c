/* cc -I. -o build/fault/test_sessions tests/fault/test_sessions.c -lm
 *
 * Several sessions and transactions on one connection that is lost. */
#define SURREAL_IMPLEMENTATION
#include "tests/fault/comeback.h"

static bool
has_session(const script_request *rq)
{
    return srl_cbor_find(rq->bytes.ptr, SURREAL_LIT("session")) != NULL;
}

/* Who is meant stands behind each word: "signin+" is a session's. */
static void
answer_marked(script *s, const script_request *rq)
{
    redial *r = redial_of(s)->r;

    if (has_session(rq) && r->log_len) r->log[r->log_len - 1] = '+';
    if (has_session(rq)) redial_log(r, "");
    if (script_is(rq, "begin")) {
        static const uint8_t id[16] = {1, 2, 3};
        srl_buf *b = script_reply(s, rq->id, "result");

        srl_cbor_put_head(b, SRL_CBOR_TAG, 37);
        srl_cbor_put_head(b, SRL_CBOR_BYTES, 16);
        srl_buf_put(b, id, 16);
        script_send(s);
    } else if (script_is(rq, "let") || script_is(rq, "attach") ||
               script_is(rq, "detach") || script_is(rq, "cancel")) {
        script_result_none(s, rq->id);
    } else {
        script_answer(s, rq);
    }
}

/* The second connection refuses the fork's user. */
static bool refuse_fork;

static void
answer_refuse(script *s, const script_request *rq)
{
    if (refuse_fork && redial_of(s)->number && has_session(rq) &&
        script_is(rq, "signin")) {
        script_error(s, rq->id, -32002, "NotAllowed/Auth/InvalidAuth",
                     "There was a problem with authentication");
        return;
    }
    answer_marked(s, rq);
}

static void
prepare_marked(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = answer_refuse;
}

static surreal *
sessions_open(redial *r, surreal **fork)
{
    surreal *db;

    redial_init(r);
    r->prepare = prepare_marked;
    db = redial_open(r, "ws://a");
    CHECK_STATUS(surreal_let(db, surreal_bind_int("x", 1)), SURREAL_OK);
    *fork = NULL;
    if (surreal_fork(db, NULL, fork)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
    }
    r->log_len = 0;
    return db;
}

TEST(test_all_sessions_are_restored_stage_by_stage)
{
    redial r;
    surreal *fork;
    surreal *db;

    refuse_fork = false;
    db = sessions_open(&r, &fork);
    NEED(fork);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_INT(surreal_get_state(fork), SURREAL_RECONNECTING);
    CHECK_STATUS(surreal_ping(fork), SURREAL_OK);
    CHECK_STR(r.log, "LOST a CONNECTING version attach+ signin signin+ "
                     "use use+ let let+ OPEN ping+ ");
    surreal_close(fork);
    redial_end(&r, db);
}

/* Whose user is gone fails alone, and is told why by each call. */
TEST(test_a_session_that_cannot_be_restored_fails_alone)
{
    redial r;
    surreal *fork;
    surreal *db;

    refuse_fork = true;
    db = sessions_open(&r, &fork);
    NEED(fork);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_STATUS(surreal_ping(fork), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_last_error(fork)->status, SURREAL_ERR_AUTH);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    surreal_close(fork);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    redial_end(&r, db);
}

/* Closed at any moment of the restore, in either order. */
TEST(test_sessions_closed_while_being_restored)
{
    int turns;
    int order;

    refuse_fork = false;
    for (turns = 0; turns < 400; turns += 7) {
        for (order = 0; order < 2; order++) {
            redial r;
            surreal *fork;
            surreal *db = sessions_open(&r, &fork);

            NEED(fork);
            redial_drop(&r.servers[0]->s);
            surreal_step(db);
            redial_run(db, 100);
            redial_last(&r)->s.read_fail_at = (size_t)turns;
            redial_last(&r)->s.read_fail = SURREAL_ERR_CLOSED;
            surreal_step(db);
            surreal_step(db);
            surreal_close(order ? db : fork);
            surreal_step(order ? fork : db);
            surreal_close(order ? fork : db);
            redial_end(&r, NULL);
        }
    }
}

/* A transaction does not live on: it is not known to the next connection. */
TEST(test_a_transaction_ends_with_its_connection)
{
    redial r;
    surreal *fork;
    surreal *tx = NULL;
    surreal *db;
    surreal_status status;

    refuse_fork = false;
    db = sessions_open(&r, &fork);
    CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
    NEED(tx);
    CHECK_STATUS(surreal_query(tx, "CREATE a", SURREAL_NO_VARS, NULL),
                 SURREAL_OK);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    status = surreal_query(tx, "CREATE b", SURREAL_NO_VARS, NULL);
    CHECK_INT(surreal_status_class(status), SURREAL_CLASS_CLOSED);
    CHECK(surreal_commit(tx) != SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(redial_queries(&r), 1);
    surreal_close(tx);
    surreal_close(fork);
    redial_end(&r, db);
}

/* The connection is lost while a fork waits for its user: the fork fails, the
 * rest comes back without it. */
static void
answer_no_fork(script *s, const script_request *rq)
{
    if (!redial_of(s)->number && has_session(rq) && script_is(rq, "signin")) {
        return;
    }
    answer_marked(s, rq);
}

static void
prepare_no_fork(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = answer_no_fork;
}

static void
drop_first(redial *r)
{
    redial_drop(&r->servers[0]->s);
}

TEST(test_a_loss_while_forking)
{
    redial r;
    surreal *fork = NULL;
    surreal *db;
    surreal_status status;

    redial_init(&r);
    r.prepare = prepare_no_fork;
    db = redial_open(&r, "ws://a");
    r.log_len = 0;
    r.at = drop_first;
    r.at_ms = redial_ms + 20;
    status = surreal_fork(db, NULL, &fork);
    CHECK_INT(surreal_status_class(status), SURREAL_CLASS_CLOSED);
    CHECK(!fork);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_STR(r.log, "attach+ signin LOST a CONNECTING version signin use "
                     "OPEN ping ");
    CHECK_STATUS(surreal_fork(db, NULL, &fork), SURREAL_OK);
    surreal_close(fork);
    redial_end(&r, db);
}

/* The server may do what it did not answer in time: nobody knows who and where
 * the session is there, so it goes on with a connection on which that is
 * known. */
static const char *mute_method;

static void
answer_but_one(script *s, const script_request *rq)
{
    if (mute_method && script_is(rq, mute_method)) {
        mute_method = NULL;
        return;
    }
    answer_marked(s, rq);
}

static void
prepare_mute(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    s->answer = answer_but_one;
}

TEST(test_a_change_nobody_answered_is_undone)
{
    static const char *const methods[] = {"use", "let", "unset", "signin",
                                          "invalidate"};
    surreal_auth other = surreal_auth_root("other", "secret");
    size_t i;

    for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        surreal_status status = SURREAL_OK;
        redial r;
        surreal *db;

        redial_init(&r);
        r.prepare = prepare_mute;
        r.options.timeout_ms = 1000;
        db = redial_open(&r, "ws://a");
        CHECK_STATUS(surreal_let(db, surreal_bind_int("x", 1)), SURREAL_OK);
        r.log_len = 0;
        mute_method = methods[i];
        if (i == 0) status = surreal_use(db, NULL, "elsewhere");
        if (i == 1) status = surreal_let(db, surreal_bind_int("x", 2));
        if (i == 2) status = surreal_unset(db, "x");
        if (i == 3) status = surreal_signin(db, &other);
        if (i == 4) status = surreal_invalidate(db);
        CHECK_STATUS(status, SURREAL_ERR_TIMEOUT);
        CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
        r.log_len = 0;
        CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        CHECK_STR(r.log, "a CONNECTING version signin use let OPEN ping ");
        redial_end(&r, db);
    }
}

/* Credentials that were not kept cannot make a fork either: it is refused, and
 * not nobody. */
TEST(test_a_fork_without_credentials_is_refused)
{
    redial r;
    surreal *fork = NULL;
    surreal *db;
    surreal_fork_options opt;

    redial_init(&r);
    r.prepare = redial_prepare_tokenless;
    r.options.reconnect.attempts = -1;
    db = redial_open(&r, "ws://a");
    CHECK_STATUS(surreal_fork(db, NULL, &fork), SURREAL_ERR_AUTH);
    CHECK(!fork);
    memset(&opt, 0, sizeof opt);
    opt.anonymous = true;
    CHECK_STATUS(surreal_fork(db, &opt, &fork), SURREAL_OK);
    surreal_close(fork);
    redial_end(&r, db);
}

TEST(test_a_fork_is_not_nobody_and_somebody)
{
    surreal_fork_options opt;
    redial r;
    surreal *fork = NULL;
    surreal *db;

    redial_init(&r);
    r.prepare = prepare_marked;
    db = redial_open(&r, "ws://a");
    memset(&opt, 0, sizeof opt);
    opt.anonymous = true;
    opt.auth = surreal_auth_root("u", "p");
    CHECK_STATUS(surreal_fork(db, &opt, &fork), SURREAL_ERR_USAGE);
    CHECK(!fork);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    r.log_len = 0; /* an empty name is not sent either */
    CHECK_STATUS(surreal_use(db, "", NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_use(db, NULL, ""), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_STR(r.log, "ping ");
    redial_end(&r, db);
}

TEST_MAIN(RUN(test_all_sessions_are_restored_stage_by_stage);
    RUN(test_a_session_that_cannot_be_restored_fails_alone);
    RUN(test_sessions_closed_while_being_restored);
    RUN(test_a_transaction_ends_with_its_connection);
    RUN(test_a_loss_while_forking);
    RUN(test_a_change_nobody_answered_is_undone);
    RUN(test_a_fork_without_credentials_is_refused);
    RUN(test_a_fork_is_not_nobody_and_somebody);)
