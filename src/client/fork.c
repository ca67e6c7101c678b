/* client/fork.c: more sessions. */
#include "client/client.h"

/* A version 4 uuid (RFC 9562 5.4): unlike a counter it cannot be guessed by
 * others who might use the session. */
static surreal_status
srl_fork_id(surreal_uuid *id, surreal_error *err)
{
    if (!srl_os_random(id->bytes, sizeof id->bytes)) {
        return srl_fail(err, SURREAL_ERR_RANDOM,
                        "the system gives no random numbers for the id of a "
                        "session");
    }
    id->bytes[6] = (uint8_t)((id->bytes[6] & 0x0f) | 0x40);
    id->bytes[8] = (uint8_t)((id->bytes[8] & 0x3f) | 0x80);
    return SURREAL_OK;
}

static surreal_status
srl_fork_copy(srl_buf *to, const srl_buf *from)
{
    return srl_session_keep(to, from->data, from->len);
}

/* What the fork is to be. */
static surreal_status
srl_fork_describe(srl_session *to, const srl_session *from,
                  const surreal_fork_options *opt, surreal_error *err)
{
    surreal_status status = srl_fork_copy(&to->ns, &from->ns);

    if (!status && !(opt && opt->ns)) {
        status = srl_fork_copy(&to->db, &from->db);
    }
    if (!status) status = srl_fork_copy(&to->vars, &from->vars);
    to->var_count = from->var_count;
    if (!status && !(opt && (opt->anonymous || opt->auth.kind))) {
        status = srl_auth_copy(to, from);
    }
    if (status) return srl_fail(err, status, "out of memory");
    if (!opt) return SURREAL_OK;
    if (opt->auth.kind && opt->anonymous) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the fork should be nobody (anonymous) and somebody "
                        "(auth) at once");
    }
    if (opt->auth.kind) {
        SRL_TRY(srl_auth_keep(to, &opt->auth, err));
        SRL_TRY(srl_auth_place(to, &opt->auth, err));
        to->is_named = true;
    }
    if (opt->db && !opt->ns && !to->ns.len) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "database '%s' cannot be used: no namespace is "
                        "selected", opt->db);
    }
    return srl_session_place(to, opt->ns, opt->db, err);
}

/* ---- on the same socket ------------------------------------------------ */

/* Drive the session through the stages. Requests that outlive a failure end
 * before `setup` does. */
static surreal_status
srl_fork_setup(surreal *fork, surreal_error *err)
{
    srl_conn *c = fork->conn;
    srl_setup setup;

    srl_setup_start(c, &setup, fork->session);
    while (setup.stage != SRL_STAGE_NONE && setup.stage != SRL_STAGE_DONE) {
        srl_wait_and_step(c, -1);
    }
    if (setup.stage == SRL_STAGE_DONE) return SURREAL_OK;
    srl_requests_end(c, fork, &setup.error);
    *err = setup.error;
    return err->status;
}

static surreal_status
srl_fork_here(surreal *db, const surreal_fork_options *opt, surreal **out,
              surreal_error *err)
{
    srl_conn *c = db->conn;
    surreal *fork = srl_session_new(c);
    surreal_status status;

    if (!fork) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    fork->session->is_attached = !srl_conn_is_http(c);
    status = srl_fork_id(&fork->session->id, err);
    if (!status) {
        status = srl_fork_describe(fork->session, db->session, opt, err);
    }
    if (!status) status = srl_fork_setup(fork, err);
    if (status) {
        surreal_close(fork);
    } else {
        *out = fork;
    }
    return status;
}

/* ---- on another socket ------------------------------------------------- */

SRL_FN surreal_status
srl_twin_start(const surreal *pattern, const surreal_fork_options *opt,
               surreal **out, surreal_error *err)
{
    srl_conn *c = srl_conn_twin(pattern->conn);
    surreal_status status;

    *out = NULL;
    if (!c) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    srl_enter(c);
    status = srl_fork_describe(c->sessions, pattern->session, opt, err);
    if (!status && srl_dial(c, err)) srl_conn_lose(c, err);
    if (!status && c->phase == SRL_PHASE_FAILED) {
        *err = c->failure;
        status = err->status;
    }
    if (status) {
        surreal_close(c->root);
    } else {
        *out = c->root;
    }
    srl_leave(c);
    return status;
}

SRL_FN void
srl_twin_link(srl_conn *c, srl_conn *twin)
{
    if (c->twin_of) c = c->twin_of; /* forks of forks end with the first */
    twin->twin_of = c;
    twin->next_twin = c->twins;
    c->twins = twin;
}

/* c is about to go: from its own list, and from that it is in. */
SRL_FN void
srl_twins_unlink(srl_conn *c)
{
    srl_conn **at;

    while (c->twins) {
        c->twins->twin_of = NULL;
        c->twins = c->twins->next_twin;
    }
    if (!c->twin_of) return;
    for (at = &c->twin_of->twins; *at != c; at = &(*at)->next_twin) continue;
    *at = c->next_twin;
}

/* Drive a connection until it is open, at most until the deadline. */
static surreal_status
srl_open_wait(surreal *db, int64_t deadline_ms, surreal_error *err)
{
    srl_conn *c = db->conn;

    while (c->phase < SRL_PHASE_READY) {
        int64_t left = deadline_ms - srl_os_now_ms();

        if (left <= 0) {
            return srl_fail(err, SURREAL_ERR_TIMEOUT,
                            "%s port %u: no time was left while %s",
                            c->url.host, (unsigned)c->url.port,
                            srl_connect_stage(c));
        }
        srl_wait_and_step(c, left);
    }
    if (c->phase == SRL_PHASE_READY && !db->is_ended) return SURREAL_OK;
    if (c->phase != SRL_PHASE_FAILED) return srl_handle_closed(err);
    *err = c->failure;
    return err->status;
}

SRL_FN surreal_status
srl_twin_open(const surreal *pattern, const surreal_fork_options *opt,
              int64_t deadline_ms, surreal **out, surreal_error *err)
{
    surreal_status status;
    srl_conn *c;

    srl_error_clear(err);
    SRL_TRY(srl_twin_start(pattern, opt, out, err));
    c = (*out)->conn;
    srl_enter(c);
    status = srl_open_wait(*out, deadline_ms, err);
    if (status) {
        surreal_close(*out);
        *out = NULL;
    }
    srl_leave(c);
    return status;
}

SURREAL_API surreal_status
surreal_fork(surreal *db, const surreal_fork_options *opt, surreal **out)
{
    srl_waiter waiter;

    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    /* Whether sessions share a socket depends on the version, so that must
     * be known. */
    waiter.status = srl_open_wait(db, waiter.end_ms, &waiter.error);
    if (!waiter.status) {
        waiter.status =
            surreal_has(db, SURREAL_FEATURE_SESSIONS)
                ? srl_fork_here(db, opt, out, &waiter.error)
                : srl_twin_open(db, opt, INT64_MAX, out, &waiter.error);
        if (*out && (*out)->conn != db->conn) {
            srl_twin_link(db->conn, (*out)->conn);
        }
    }
    return srl_waiter_end(&waiter, NULL);
}
