/* tests/fault/test_tx.c: transactions and sessions, when something fails.
 *
 *   cc -g -fsanitize=address,undefined -I. tests/fault/test_tx.c \
 *       -o build/fault/test_tx && build/fault/test_tx */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/redial.h"

/* ---- a server with sessions and transactions ----------------------------- */

typedef struct sessions {
    int attached;
    int detached;
    int begun;
    int committed;
    int cancelled;
    int in_txn;          /* requests that named a transaction */
    int in_session;      /* ... a session */
    const char *refuse;  /* this method is refused ... */
    const char *kind;    /* ... with this kind ... */
    const char *message; /* ... and this text */
    const char *ignore;  /* this one is not answered */
} sessions;

static void
answer_sessions(script *s, const script_request *rq)
{
    sessions *at = (sessions *)s->user;
    const uint8_t *whole = rq->bytes.ptr;
    surreal_uuid id;

    memset(&id, 7, sizeof id);
    at->in_txn += srl_cbor_find(whole, SURREAL_LIT("txn")) != NULL;
    at->in_session += srl_cbor_find(whole, SURREAL_LIT("session")) != NULL;
    if (at->ignore && script_is(rq, at->ignore)) return;
    if (at->refuse && script_is(rq, at->refuse)) {
        script_error(s, rq->id, -32000, at->kind, at->message);
    } else if (script_is(rq, "begin")) {
        at->begun++;
        srl_put_uuid(script_reply(s, rq->id, "result"), id);
        script_send(s);
    } else if (script_is(rq, "commit") || script_is(rq, "cancel")) {
        CHECK(!srl_cbor_find(whole, SURREAL_LIT("txn")));
        CHECK_INT(script_param(rq, 0) ? *script_param(rq, 0) : 0, 0xd8);
        at->committed += script_is(rq, "commit");
        at->cancelled += script_is(rq, "cancel");
        script_result_none(s, rq->id);
    } else if (script_is(rq, "attach") || script_is(rq, "detach")) {
        CHECK(srl_cbor_find(whole, SURREAL_LIT("session")) != NULL);
        at->attached += script_is(rq, "attach");
        at->detached += script_is(rq, "detach");
        script_result_none(s, rq->id);
    } else if (script_is(rq, "let") || script_is(rq, "unset") ||
               script_is(rq, "authenticate")) {
        script_result_none(s, rq->id);
    } else {
        script_answer(s, rq);
    }
}

static surreal *
open_sessions(script *s, sessions *at)
{
    memset(at, 0, sizeof *at);
    script_init(s);
    s->answer = answer_sessions;
    s->user = at;
    return script_open(s);
}

static surreal_status
ask(surreal *db)
{
    return surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL);
}

/* ---- transactions -------------------------------------------------------- */

TEST(test_tx_names_itself_and_ends_once)
{
    sessions at;
    script s;
    surreal *db = open_sessions(&s, &at);
    surreal *tx = NULL;

    CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
    NEED(tx);
    CHECK_STATUS(ask(tx), SURREAL_OK);
    CHECK_INT(at.in_txn, 1);
    CHECK_STATUS(ask(db), SURREAL_OK);
    CHECK_INT(at.in_txn, 1);
    CHECK_STATUS(surreal_commit(tx), SURREAL_OK);
    CHECK_STATUS(surreal_commit(tx), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_rollback(tx), SURREAL_ERR_USAGE);
    CHECK_STATUS(ask(tx), SURREAL_ERR_USAGE);
    surreal_close(tx);
    CHECK_INT(at.committed, 1);
    CHECK_INT(at.cancelled, 0);
    script_end(&s, db);
}

TEST(test_tx_that_is_only_closed_is_cancelled)
{
    sessions at;
    script s;
    surreal *db = open_sessions(&s, &at);
    surreal *tx = NULL;

    CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
    surreal_close(tx);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(at.cancelled, 1);
    script_end(&s, db);
}

/* Whatever fails inside, the server must not be asked to commit. */
TEST(test_trap_m29_every_kind_of_failure_poisons)
{
    static const surreal_status end[] = {SURREAL_ERR_THROWN,
                                         SURREAL_ERR_CANCELLED,
                                         SURREAL_ERR_TIMEOUT};
    int how;

    for (how = 0; how < 3; how++) {
        sessions at;
        script s;
        surreal_request *rq = NULL;
        script_end_of note;
        surreal *db = open_sessions(&s, &at);
        surreal *tx = NULL;

        CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
        NEED(tx);
        if (how == 0) {
            at.refuse = "query", at.kind = "Thrown";
            at.message = "An error occurred: no";
        } else {
            at.ignore = "query";
        }
        if (how == 2) db->conn->options.timeout_ms = 5;
        CHECK_STATUS(script_query(tx, 1, &note, &rq), SURREAL_OK);
        if (how == 1) surreal_cancel(tx, rq);
        while (!note.calls) surreal_wait(tx, 20);
        CHECK_STATUS(note.status, end[how]);
        db->conn->options.timeout_ms = 5000;
        at.refuse = at.ignore = NULL;
        CHECK_STATUS(ask(tx), end[how]);
        CHECK_STATUS(surreal_commit(tx), end[how]);
        CHECK_STATUS(surreal_last_error(tx)->status, end[how]);
        CHECK_INT(at.committed, 0);
        CHECK_INT(at.cancelled, 1);
        surreal_close(tx);
        CHECK_STATUS(ask(db), SURREAL_OK);
        script_end(&s, db);
    }
}

TEST(test_tx_commit_refused_for_a_conflict)
{
    sessions at;
    script s;
    surreal *db = open_sessions(&s, &at);
    surreal *tx = NULL;

    CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
    at.refuse = "commit", at.kind = "Internal";
    at.message = "Transaction conflict: Write conflict, retry the "
                 "transaction. This transaction can be retried";
    CHECK_STATUS(surreal_commit(tx), SURREAL_CONFLICT);
    surreal_close(tx);
    script_end(&s, db);
}

/* The answer to the commit never came: nobody knows. */
TEST(test_tx_commit_lost_is_unknown)
{
    sessions at[2];
    redial r;
    surreal *db;
    surreal *tx = NULL;
    surreal *other = NULL;

    memset(at, 0, sizeof at);
    redial_init(&r, 2);
    r.s[0].answer = r.s[1].answer = answer_sessions;
    r.s[0].user = &at[0], r.s[1].user = &at[1];
    db = redial_open(&r);
    CHECK_STATUS(surreal_begin(db, &tx), SURREAL_OK);
    CHECK_STATUS(surreal_begin(db, &other), SURREAL_OK);
    NEED(tx && other);
    at[0].ignore = "commit";
    redial_break(&r, 0);
    CHECK_STATUS(surreal_commit(tx), SURREAL_ERR_UNKNOWN);
    redial_wait(db);
    /* What was not committed is gone with the connection. */
    CHECK_STATUS(ask(other), SURREAL_ERR_IO);
    CHECK_STATUS(surreal_commit(other), SURREAL_ERR_IO);
    CHECK_STATUS(ask(db), SURREAL_OK);
    surreal_close(tx);
    surreal_close(other);
    CHECK_INT(at[1].cancelled + at[1].committed, 0);
    redial_end(&r, db);
}

TEST(test_tx_ends_with_its_session)
{
    sessions at;
    script s;
    surreal *db = open_sessions(&s, &at);
    surreal *fork = NULL;
    surreal *tx = NULL;

    CHECK_STATUS(surreal_fork(db, NULL, &fork), SURREAL_OK);
    CHECK_STATUS(surreal_begin(fork, &tx), SURREAL_OK);
    NEED(tx);
    CHECK_INT(at.attached, 1);
    surreal_close(fork);
    CHECK_STATUS(ask(tx), SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_commit(tx), SURREAL_ERR_CLOSED);
    CHECK(!surreal_ns(tx).len);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(at.detached, 1);
    surreal_close(tx);
    script_end(&s, db);
}

/* ---- without waiting ----------------------------------------------------- */

typedef struct begun {
    int calls;
    surreal *tx;
    surreal_status status;
    bool close_db;
} begun;

static void
on_begun(void *user, surreal *db, surreal_status status, surreal *tx,
         const surreal_error *err)
{
    begun *b = (begun *)user;

    CHECK((status != SURREAL_OK) == (err != NULL));
    CHECK((status == SURREAL_OK) == (tx != NULL));
    b->calls++;
    b->tx = tx;
    b->status = status;
    if (b->close_db) surreal_close(db);
}

TEST(test_tx_without_waiting)
{
    sessions at;
    script s;
    script_end_of note;
    begun b;
    surreal *db = open_sessions(&s, &at);

    memset(&b, 0, sizeof b);
    CHECK_STATUS(surreal_begin_start(db, on_begun, &b), SURREAL_OK);
    while (!b.calls) surreal_step(db);
    NEED(b.tx);
    memset(&note, 0, sizeof note);
    CHECK_STATUS(surreal_commit_start(b.tx, script_note, &note), SURREAL_OK);
    CHECK_STATUS(ask(b.tx), SURREAL_ERR_USAGE);
    while (!note.calls) surreal_step(db);
    CHECK_STATUS(note.status, SURREAL_OK);
    CHECK_INT(at.committed, 1);
    surreal_close(b.tx);

    CHECK_STATUS(surreal_begin_start(db, on_begun, &b), SURREAL_OK);
    while (b.calls < 2) surreal_step(db);
    surreal_rollback_start(b.tx);
    surreal_rollback_start(b.tx);
    surreal_close(b.tx);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(at.cancelled, 1);

    at.refuse = "begin", at.kind = "Internal", at.message = "no";
    CHECK_STATUS(surreal_begin_start(db, on_begun, &b), SURREAL_OK);
    while (b.calls < 3) surreal_step(db);
    CHECK_STATUS(b.status, SURREAL_ERR_SERVER);
    CHECK_STATUS(surreal_begin_start(db, on_begun, &b), SURREAL_OK);
    script_end(&s, db); /* closes before the answer */
    CHECK_INT(b.calls, 4);
    CHECK_STATUS(b.status, SURREAL_ERR_CLOSED);
}

TEST(test_tx_closing_the_connection_when_it_begins)
{
    sessions at;
    script s;
    begun b;
    surreal *db = open_sessions(&s, &at);

    memset(&b, 0, sizeof b);
    b.close_db = true;
    CHECK_STATUS(surreal_begin_start(db, on_begun, &b), SURREAL_OK);
    surreal_step(db);
    CHECK_INT(b.calls, 1);
    CHECK_STATUS(ask(b.tx), SURREAL_ERR_CLOSED);
    surreal_close(b.tx);
    script_end(&s, NULL);
}

/* ---- running one again --------------------------------------------------- */

static int tries;

static surreal_status
collide_twice(void *user, surreal *tx)
{
    sessions *at = (sessions *)user;

    at->refuse = ++tries <= 2 ? "query" : NULL;
    at->kind = "Query/TransactionConflict";
    at->message = "Transaction conflict: x. This transaction can be retried";
    ask(tx); /* not looked at: the handle remembers */
    return SURREAL_OK;
}

static surreal_status
break_connection(void *user, surreal *tx)
{
    tries++;
    redial_break((redial *)user, 0);
    return ask(tx);
}

TEST(test_tx_run_again_only_for_a_conflict)
{
    sessions at;
    script s;
    redial r;
    surreal *db = open_sessions(&s, &at);

    tries = 0;
    CHECK_STATUS(surreal_tx_run(db, NULL, collide_twice, &at), SURREAL_OK);
    CHECK_INT(tries, 3);
    CHECK_INT(at.committed, 1);
    CHECK_INT(at.cancelled, 2);
    script_end(&s, db);

    memset(&at, 0, sizeof at);
    redial_init(&r, 2);
    r.s[0].answer = answer_sessions;
    r.s[0].user = &at;
    db = redial_open(&r);
    tries = 0;
    CHECK_INT(surreal_status_class(surreal_tx_run(db, NULL, break_connection,
                                                  &r)), SURREAL_CLASS_CLOSED);
    CHECK_INT(tries, 1);
    redial_end(&r, db);
}

/* ---- sessions ------------------------------------------------------------ */

TEST(test_fork_has_an_id_and_keeps_it_over_a_reconnect)
{
    sessions at[2];
    redial r;
    surreal *db;
    surreal *fork = NULL;

    memset(at, 0, sizeof at);
    redial_init(&r, 2);
    r.s[0].answer = r.s[1].answer = answer_sessions;
    r.s[0].user = &at[0], r.s[1].user = &at[1];
    db = redial_open(&r);
    CHECK_STATUS(surreal_fork(db, NULL, &fork), SURREAL_OK);
    NEED(fork);
    CHECK_STATUS(surreal_let(fork, surreal_bind_int("v", 1)), SURREAL_OK);
    at[0].in_session = 0;
    CHECK_STATUS(ask(db), SURREAL_OK);
    CHECK_INT(at[0].in_session, 0);
    CHECK_STATUS(ask(fork), SURREAL_OK);
    CHECK_INT(at[0].in_session, 1);
    redial_break(&r, 0);
    surreal_step(db);
    redial_wait(db);
    CHECK_INT(at[1].attached, 1);
    CHECK_STATUS(ask(fork), SURREAL_OK);
    surreal_close(fork);
    redial_end(&r, db);
}

TEST(test_fork_that_is_refused_leaves_nothing)
{
    static const char *const stage[] = {"attach", "signin", "use", "let"};
    size_t i;

    for (i = 0; i < 4; i++) {
        sessions at;
        script s;
        surreal *db = open_sessions(&s, &at);
        surreal *fork = NULL;

        CHECK_STATUS(surreal_let(db, surreal_bind_int("a", 1)), SURREAL_OK);
        CHECK_STATUS(surreal_let(db, surreal_bind_int("b", 2)), SURREAL_OK);
        db->conn->options.reconnect.attempts = 1; /* keeps credentials */
        at.refuse = stage[i], at.kind = "Internal", at.message = "not now";
        if (i == 1) {
            surreal_fork_options opt;

            memset(&opt, 0, sizeof opt);
            opt.auth = surreal_auth_root("u", "p");
            CHECK_STATUS(surreal_fork(db, &opt, &fork), SURREAL_ERR_SERVER);
        } else {
            CHECK_STATUS(surreal_fork(db, NULL, &fork), SURREAL_ERR_SERVER);
        }
        CHECK(!fork);
        CHECK_SAYS(surreal_last_error(db), "not now");
        CHECK_INT(surreal_pending(db) <= 1, 1); /* the detach */
        CHECK_STATUS(ask(db), SURREAL_OK);
        script_end(&s, db);
    }
}

/* ---- memory -------------------------------------------------------------- */

static void
everything(surreal *db)
{
    surreal *fork = NULL;
    surreal *tx = NULL;

    surreal_let(db, surreal_bind_text("v", "some text"));
    surreal_use(db, "n", "d");
    surreal_fork(db, NULL, &fork);
    if (fork && !surreal_begin(fork, &tx)) {
        ask(tx);
        surreal_commit(tx);
        surreal_close(tx);
    }
    if (!surreal_begin(db, &tx)) surreal_close(tx);
    surreal_unset(db, "v");
    surreal_close(fork);
}

TEST(test_each_allocation_fails_once)
{
    size_t fail;
    bool failed = true;

    for (fail = 1; failed && fail < 500; fail++) {
        sessions at;
        script s;
        surreal *db;

        memset(&at, 0, sizeof at);
        script_init(&s);
        s.answer = answer_sessions;
        s.user = &at;
        s.heap.fail_at = fail;
        db = script_open(&s);
        if (db && surreal_get_state(db) == SURREAL_OPEN) everything(db);
        failed = s.heap.calls >= fail;
        script_end(&s, db);
    }
    CHECK(fail > 20 && fail < 500);
}

TEST_MAIN(
    RUN(test_tx_names_itself_and_ends_once);
    RUN(test_tx_that_is_only_closed_is_cancelled);
    RUN(test_trap_m29_every_kind_of_failure_poisons);
    RUN(test_tx_commit_refused_for_a_conflict);
    RUN(test_tx_commit_lost_is_unknown);
    RUN(test_tx_ends_with_its_session);
    RUN(test_tx_without_waiting);
    RUN(test_tx_closing_the_connection_when_it_begins);
    RUN(test_tx_run_again_only_for_a_conflict);
    RUN(test_fork_has_an_id_and_keeps_it_over_a_reconnect);
    RUN(test_fork_that_is_refused_leaves_nothing);
    RUN(test_each_allocation_fails_once);
)
