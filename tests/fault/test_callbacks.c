/* cc -I. -o build/fault/test_callbacks tests/fault/test_callbacks.c -lm
 *
 * Callbacks that do what they like while a connection is made, lost and made
 * again; memory that fails on the way; and closing in every phase. Made for
 * AddressSanitizer. */
#define SURREAL_IMPLEMENTATION
#include "tests/fault/comeback.h"

/* ---- what a callback may do ---------------------------------------------- */

typedef enum act_kind {
    ACT_NOTHING,
    ACT_CLOSE,
    ACT_QUERY,     /* a call that waits */
    ACT_NOW,       /* surreal_reconnect_now */
    ACT_NOW_QUERY, /* both */
    ACT_START,
    ACT_STEP,
    ACT_WAIT,
    ACT_CANCEL,
    ACT_KINDS
} act_kind;

#define ACT_IN_DONE 0 /* where: this, or a surreal_change */

typedef struct act {
    redial r;
    const char *how;      /* per connection, see prepare_by_text */
    act_kind kind;
    int where;
    int left;             /* times still to act */
    bool is_closed;
    bool has_request;
    surreal_request *other;
    script_end_of ends[64];
    int started;
    surreal *db;
} act;

static int act_count[ACT_KINDS]; /* how often each was done */

static act *act_now;

static void
act_done(void *user, surreal *db, surreal_status status,
         surreal_result *result, const surreal_error *err);

static void
act_start(act *a, surreal *db)
{
    surreal_request *rq = NULL;
    script_end_of *end;

    if (a->started == 64) return;
    end = &a->ends[a->started];
    memset(end, 0, sizeof *end);
    if (surreal_query_start(db, SURREAL_LIT("RETURN $n"),
                            SURREAL_VARS(surreal_bind_int("n", a->started)),
                            act_done, end, &rq)) {
        return;
    }
    a->started++;
    a->other = rq;
    a->has_request = true;
}

static void
act_do(act *a, surreal *db)
{
    if (a->left <= 0 || a->is_closed) return;
    a->left--;
    act_count[a->kind]++;
    switch (a->kind) {
    case ACT_CLOSE:
        a->is_closed = true;
        surreal_close(db);
        CHECK_INT(surreal_get_state(db), SURREAL_CLOSED);
        break;
    case ACT_NOW_QUERY: surreal_reconnect_now(db); /* fallthrough */
    case ACT_QUERY: {
        surreal_status status = surreal_query(
            db, "RETURN $n", SURREAL_VARS(surreal_bind_int("n", 1)), NULL);

        CHECK(surreal_status_class(status) != SURREAL_CLASS_INTERNAL);
        break;
    }
    case ACT_NOW:
        CHECK_STATUS(surreal_reconnect_now(db), SURREAL_OK);
        break;
    case ACT_START: act_start(a, db); break;
    case ACT_STEP: surreal_step(db); break;
    case ACT_WAIT: surreal_wait(db, 50); break;
    case ACT_CANCEL:
        if (a->has_request) {
            a->has_request = false;
            surreal_cancel(db, a->other);
        }
        break;
    default: break;
    }
}

static void
act_done(void *user, surreal *db, surreal_status status,
         surreal_result *result, const surreal_error *err)
{
    act *a = act_now;
    script_end_of *end = (script_end_of *)user;

    /* Its own request is over: only another may be cancelled. */
    if (end == &a->ends[a->started - 1]) a->has_request = false;
    end->calls++;
    end->status = status;
    CHECK((status != SURREAL_OK) == (err != NULL));
    surreal_result_free(result);
    if (a->where == ACT_IN_DONE) act_do(a, db);
}

static void
act_changed(redial *r, surreal *db, surreal_change change)
{
    (void)r;
    if (act_now->where == (int)change) act_do(act_now, db);
}

/* 'u'p, 'd'own at once, 'D'own late, 's'ilent to queries, 'a'uth refused. */
static void
act_answer(script *s, const script_request *rq)
{
    char how = act_now->how[redial_of(s)->number];

    if (how == 's' && script_is(rq, "query")) return;
    if (how == 'a' && script_is(rq, "signin")) {
        script_error(s, rq->id, -32002, "NotAllowed/Auth/InvalidAuth",
                     "There was a problem with authentication");
        return;
    }
    script_answer(s, rq);
}

static void
act_prepare(redial *r, script *s, int number)
{
    size_t last = strlen(act_now->how) - 1;
    char how;

    (void)r;
    if ((size_t)number > last) {
        redial_refuse(s, SURREAL_ERR_CONNECT, false);
        return;
    }
    how = act_now->how[number];
    if (how == 'd') redial_refuse(s, SURREAL_ERR_CONNECT, false);
    if (how == 'D') redial_refuse(s, SURREAL_ERR_IO, true);
    s->answer = act_answer;
}

/* Open, three requests, lose it, wait for what comes, close. */
static void
act_run(const char *how, int where, act_kind kind, int times)
{
    static act a;
    int i;

    memset(&a, 0, sizeof a);
    redial_init(&a.r);
    a.how = how;
    a.kind = kind;
    a.where = where;
    a.left = times;
    a.r.prepare = act_prepare;
    a.r.changed = act_changed;
    a.r.log_off = true;
    a.r.options.connect_tries = 2;
    a.r.options.reconnect.attempts = 2;
    a.r.options.timeout_ms = 3000;
    act_now = &a;
    surreal_open("ws://a", &a.r.options, &a.db);
    CHECK(!a.is_closed || !a.db);
    if (!a.is_closed) {
        for (i = 0; i < 3; i++) act_start(&a, a.db);
        surreal_step(a.db);
    }
    if (!a.is_closed && a.r.count && !redial_last(&a.r)->s.is_closed) {
        redial_drop(&redial_last(&a.r)->s);
    }
    for (i = 0; i < 100 && !a.is_closed; i++) {
        surreal_step(a.db);
        if (!a.is_closed) redial_run(a.db, a.is_closed ? 0 : 20);
    }
    a.left = 0;
    if (!a.is_closed) surreal_close(a.db);
    redial_free(&a.r);
    CHECK_INT(a.r.heap.held, 0);
    for (i = 0; i < a.started; i++) {
        if (a.ends[i].calls != 1) {
            TEST_FAIL("\"%s\" where %d kind %d: request %d ended %d times",
                      how, where, (int)kind, i, a.ends[i].calls);
        }
    }
}

TEST(test_callbacks_may_do_anything_anywhere)
{
    static const char *const hows[] = {
        "u",      /* lost and never back */
        "uu",     /* lost and back */
        "uDu",    /* back at the second try */
        "duu",    /* opened at the second try */
        "Ddu",    /* not opened */
        "dd",     "su", "sdu", "suu",
        "sau",    /* restored, but the user is gone */
        "au", "ussu", "sDdu",
    };
    size_t h;
    int where;
    int kind;
    int times;

    for (h = 0; h < sizeof hows / sizeof hows[0]; h++) {
        for (where = ACT_IN_DONE; where <= SURREAL_CHANGE_FAILED; where++) {
            for (kind = ACT_NOTHING; kind < ACT_KINDS; kind++) {
                for (times = 1; times <= 5; times += 2) {
                    int before = test_failed_checks;

                    act_run(hows[h], where, (act_kind)kind, times);
                    if (test_failed_checks > before) {
                        TEST_FAIL("servers %s, in %d, action %d, %d times",
                                  hows[h], where, kind, times);
                        return;
                    }
                }
            }
        }
    }
    for (kind = ACT_NOTHING; kind < ACT_KINDS; kind++) {
        CHECK(act_count[kind] > 100);
    }
}

/* A program that never gives up must not run out of stack. */
static int stubborn;

static void
changed_stubborn(redial *r, surreal *db, surreal_change change)
{
    (void)r;
    if (change == SURREAL_CHANGE_FAILED && stubborn-- > 0) {
        surreal_reconnect_now(db);
    }
}

static void
prepare_refuse(redial *r, script *s, int number)
{
    (void)r;
    (void)number;
    redial_refuse(s, SURREAL_ERR_RESOLVE, false);
}

TEST(test_trying_again_in_the_callback_of_failing)
{
    redial r;
    surreal *db = NULL;

    redial_init(&r);
    r.prepare = prepare_refuse;
    r.changed = changed_stubborn;
    stubborn = 400;
    CHECK_STATUS(surreal_open("ws://a", &r.options, &db),
                 SURREAL_ERR_RESOLVE);
    CHECK_INT(r.count, 401);
    CHECK_INT(r.changes[SURREAL_CHANGE_FAILED], 401);
    redial_end(&r, db);
}

/* ---- what is told, and in which order ------------------------------------ */

static void
done_bring_back(void *user, surreal *db, surreal_status status,
                surreal_result *result, const surreal_error *err)
{
    redial *r = (redial *)user;

    (void)err;
    redial_log(r, "done");
    CHECK_STATUS(status, SURREAL_ERR_UNKNOWN);
    surreal_result_free(result);
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_OK);
}

static void
prepare_first_mute(redial *r, script *s, int number)
{
    (void)r;
    if (!number) s->answer = act_answer;
}

/* The callback of the first lost request brings the connection back before
 * the second has heard that it is lost. */
TEST(test_a_loss_is_told_before_what_callbacks_do_about_it)
{
    static act a;
    redial r;
    surreal *db;
    int i;

    memset(&a, 0, sizeof a);
    a.how = "s";
    act_now = &a;
    redial_init(&r);
    r.prepare = prepare_first_mute;
    db = redial_open(&r, "ws://a");
    for (i = 0; i < 2; i++) {
        CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                         SURREAL_NO_VARS, done_bring_back, &r,
                                         NULL), SURREAL_OK);
    }
    surreal_step(db);
    r.log_len = 0;
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    CHECK_STR(r.log, "LOST done a CONNECTING version signin use OPEN query "
                     "done query ");
    redial_end(&r, db);
}

/* A request made in the callback of a failure, on a connection brought back
 * there, has nothing to do with that failure. */
static int brought_back;

static void
done_start_again(void *user, surreal *db, surreal_status status,
                 surreal_result *result, const surreal_error *err)
{
    (void)err;
    surreal_result_free(result);
    if (!status) {
        brought_back++;
        return;
    }
    surreal_reconnect_now(db);
    while (surreal_get_state(db) != SURREAL_OPEN &&
           surreal_get_state(db) != SURREAL_FAILED) {
        surreal_wait(db, 10);
    }
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, done_start_again, user,
                                     NULL), SURREAL_OK);
}

TEST(test_requests_after_a_failure_are_not_ended_by_it)
{
    static act a;
    redial r;
    surreal *db;

    memset(&a, 0, sizeof a);
    a.how = "s";
    act_now = &a;
    brought_back = 0;
    redial_init(&r);
    r.prepare = prepare_first_mute;
    r.options.user = NULL; /* nobody: nothing that would have to be kept */
    r.options.pass = NULL;
    r.options.reconnect.attempts = -1;
    db = redial_open(&r, "ws://a");
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, done_start_again, NULL,
                                     NULL), SURREAL_OK);
    surreal_step(db);
    redial_drop(&r.servers[0]->s);
    surreal_step(db);
    redial_run(db, 10);
    CHECK_INT(brought_back, 1);
    CHECK_INT(r.count, 2);
    redial_end(&r, db);
}

/* ---- memory -------------------------------------------------------------- */

static void
alloc_lose(redial *r, surreal **db)
{
    redial_init(r);
    r->options.reconnect.attempts = 3;
    *db = redial_open(r, "ws://a");
    CHECK_STATUS(surreal_let(*db, surreal_bind_text("x", "y")), SURREAL_OK);
    redial_drop(&r->servers[0]->s);
}

/* Each allocation of a reconnect fails once: the next attempt has it. */
TEST(test_a_reconnect_survives_any_one_failed_allocation)
{
    size_t k;

    for (k = 1; ; k++) {
        redial r;
        surreal *db;
        bool failed;

        alloc_lose(&r, &db);
        r.heap.fail_at = r.heap.calls + k;
        surreal_step(db);
        redial_settle(db);
        failed = r.heap.calls >= r.heap.fail_at;
        r.heap.fail_at = 0;
        CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        CHECK_STATUS(surreal_ping(db), SURREAL_OK);
        CHECK(strstr(r.log, "signin use let OPEN ping ") != NULL);
        redial_end(&r, db);
        if (!failed || test_failed_checks) break;
    }
    CHECK(k > 5);
}

static void *
none_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    return new_len > old_len ? NULL
                             : test_resize(user, block, old_len, new_len);
}

/* All of them fail: it gives up, holds nothing but itself, and comes back when
 * there is memory again. */
TEST(test_a_reconnect_without_memory_gives_up)
{
    redial r;
    surreal *db;

    alloc_lose(&r, &db);
    surreal_step(db);
    db->conn->mem.allocator.resize = none_resize;
    redial_settle(db);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_NOMEM);
    db->conn->mem.allocator.resize = test_resize;
    CHECK_STATUS(surreal_reconnect_now(db), SURREAL_OK);
    redial_settle(db);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    redial_end(&r, db);
}

/* ---- closing in every phase ---------------------------------------------- */

static srl_phase phase_stop;

static void
prepare_stop(redial *r, script *s, int number)
{
    (void)r;
    if (phase_stop == SRL_PHASE_CONNECT) s->connect_blocks = -1;
    if (phase_stop == SRL_PHASE_UPGRADE) s->mute = true;
    if (phase_stop == SRL_PHASE_SETUP) s->mute = s->is_up;
    if (phase_stop == SRL_PHASE_WAIT && number == 1) {
        redial_refuse(s, SURREAL_ERR_CONNECT, true);
    }
    if (phase_stop == SRL_PHASE_FAILED) {
        redial_refuse(s, SURREAL_ERR_CONNECT, true);
    }
}

static void
answer_never(script *s, const script_request *rq)
{
    (void)s;
    (void)rq;
}

static void
prepare_phase(redial *r, script *s, int number)
{
    prepare_stop(r, s, number);
    if (phase_stop == SRL_PHASE_SETUP) s->answer = answer_never;
}

TEST(test_closing_in_every_phase_gives_all_memory_back)
{
    int phase;

    for (phase = SRL_PHASE_WAIT; phase <= SRL_PHASE_FAILED; phase++) {
        redial r;
        surreal *db = NULL;
        int turns = 0;

        phase_stop = (srl_phase)phase;
        redial_init(&r);
        r.prepare = prepare_phase;
        r.options.can_wake = true;
        surreal_open_start("ws://a,ws://b", &r.options, &db);
        while ((int)db->conn->phase != phase && turns++ < 20) {
            surreal_step(db);
            if (phase == SRL_PHASE_WAIT &&
                surreal_get_state(db) == SURREAL_OPEN) {
                redial_drop(&r.servers[0]->s);
            }
        }
        CHECK_INT(db->conn->phase, phase);
        redial_end(&r, db);
    }
    surreal_close(NULL);
}

/* A second session, as surreal_fork makes them: the connection is closed while
 * only that one still waits for its user. Its stage must not go on then. */
TEST(test_closing_does_not_go_on_with_setup)
{
    redial r;
    surreal *db;
    surreal *fork;
    surreal_error err;
    surreal_auth auth = surreal_auth_root("a", "b");

    redial_init(&r);
    db = redial_open(&r, "ws://a");
    fork = srl_session_new(db->conn);
    NEED(fork);
    db->conn->phase = SRL_PHASE_SETUP;
    db->conn->setup.stage = SRL_STAGE_AUTH;
    CHECK_STATUS(srl_auth_keep(fork->session, &auth, &err), SURREAL_OK);
    r.servers[0]->s.mute = true;
    CHECK_STATUS(srl_auth_restore(db->conn, &db->conn->setup, fork->session,
                                  &err), SURREAL_OK);
    CHECK_INT(surreal_pending(db), 1);
    surreal_close(db);
    CHECK_INT(surreal_pending(fork), 0);
    CHECK_STATUS(surreal_ping(fork), SURREAL_ERR_CLOSED);
    surreal_close(fork);
    redial_end(&r, NULL);
}

TEST_MAIN(RUN(test_callbacks_may_do_anything_anywhere);
    RUN(test_trying_again_in_the_callback_of_failing);
    RUN(test_a_loss_is_told_before_what_callbacks_do_about_it);
    RUN(test_requests_after_a_failure_are_not_ended_by_it);
    RUN(test_a_reconnect_survives_any_one_failed_allocation);
    RUN(test_a_reconnect_without_memory_gives_up);
    RUN(test_closing_in_every_phase_gives_all_memory_back);
    RUN(test_closing_does_not_go_on_with_setup);)
