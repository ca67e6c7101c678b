/* client/setup.c: making sessions what they are to be. */
#include "client/client.h"

static void srl_setup_advance(srl_conn *c, srl_setup *setup);

/* ---- what a stage waits for ------------------------------------------ */

SRL_FN void
srl_setup_item(srl_setup *setup)
{
    setup->left++;
}

/* Of another session than the first: its own failure, which its calls return
 * until it signs in anew or is closed. */
static void
srl_setup_session_failed(srl_conn *c, srl_session *session,
                         const surreal_error *err)
{
    srl_trace(c, SURREAL_LEVEL_ERROR, "client",
              "a session could not be restored: %s", err->message);
    session->failure = *err;
    session->handle->error = *err;
}

SRL_FN void
srl_setup_item_done(srl_conn *c, srl_setup *setup, srl_session *session,
                    const surreal_error *err)
{
    if (setup->stage == SRL_STAGE_NONE) return; /* of a lost connection */
    setup->left--;
    if (err && setup->only) {
        setup->error = *err;
        setup->stage = SRL_STAGE_NONE;
        return;
    }
    if (err && session == c->sessions) {
        setup->stage = SRL_STAGE_NONE;
        srl_conn_lose(c, err);
        return;
    }
    if (err) srl_setup_session_failed(c, session, err);
    srl_setup_advance(c, setup);
}

/* The end of a request that has no answer worth reading. */
static void
srl_setup_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    (void)status;
    surreal_result_free(result);
    srl_setup_item_done(db->conn, (srl_setup *)user, db->session, err);
}

/* A fork's requests have the limit of a call, the connection's all share the
 * limit of the attempt. */
static surreal_status
srl_setup_call(srl_conn *c, srl_setup *setup, srl_session *session,
               const char *method, size_t params, surreal_done *done,
               srl_call *call, surreal_error *err)
{
    int timeout = setup->only ? c->options.timeout_ms : -1;

    return srl_call_begin_setup(session->handle, method, params, timeout,
                                done, setup, call, err);
}

static surreal_status
srl_setup_send(srl_setup *setup, srl_session *session, srl_call *call,
               surreal_status status, surreal_error *err)
{
    SRL_TRY(srl_call_send(session->handle, call, status, err));
    srl_setup_item(setup);
    return SURREAL_OK;
}

/* ---- HELLO ------------------------------------------------------------ */

/* "surrealdb-3.0.2", possibly with more behind the numbers. */
static surreal_status
srl_version_read(srl_conn *c, surreal_str text, surreal_error *err)
{
    surreal_server_version *v = &c->version;
    int *numbers[3];
    size_t i = 0;
    int n;

    memset(v, 0, sizeof *v);
    numbers[0] = &v->major;
    numbers[1] = &v->minor;
    numbers[2] = &v->patch;
    while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9')) i++;
    srl_text_copy(c->version_text, sizeof c->version_text, text.ptr + i,
                  text.len - i);
    v->text = surreal_text(c->version_text);
    for (n = 0; n < 3 && i < text.len; n++, i++) {
        while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' &&
               *numbers[n] < 10000) {
            *numbers[n] = *numbers[n] * 10 + (text.ptr[i++] - '0');
        }
        if (i < text.len && text.ptr[i] != '.') break;
    }
    if (v->major < 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "the server says it is '%.*s'; SurrealDB 2 or later "
                        "is needed", (int)(text.len < 40 ? text.len : 40),
                        text.ptr);
    }
    return SURREAL_OK;
}

static void
srl_setup_version_done(void *user, surreal *db, surreal_status status,
                       surreal_result *result, const surreal_error *err)
{
    surreal_error failure;
    surreal_str text = {NULL, 0};

    if (!status) {
        status = surreal_get_str(surreal_statement_value(result, 0), &text);
        if (status == SURREAL_ERR_NOMEM) {
            srl_fail(&failure, status, "out of memory");
        } else if (status) {
            status = srl_fail(&failure, SURREAL_ERR_REPLY,
                              "the server's version is not a text");
        } else {
            ((srl_setup *)user)->has_version = true;
            status = srl_version_read(db->conn, text, &failure);
        }
        if (status) err = &failure;
    }
    srl_setup_done(user, db, status, result, err);
}

static surreal_status
srl_setup_hello(srl_conn *c, srl_setup *setup, srl_session *session,
                surreal_error *err)
{
    bool is_first = session == c->sessions;
    srl_call call;

    if (!is_first && !session->is_attached) return SURREAL_OK;
    SRL_TRY(srl_setup_call(c, setup, session, is_first ? "version" : "attach",
                           0, is_first ? srl_setup_version_done
                                       : srl_setup_done, &call, err));
    return srl_setup_send(setup, session, &call, SURREAL_OK, err);
}

/* ---- USE and LET ------------------------------------------------------ */

static surreal_status
srl_setup_use(srl_conn *c, srl_setup *setup, srl_session *session,
              surreal_error *err)
{
    srl_call call;

    if (!session->ns.len || srl_conn_is_http(c)) return SURREAL_OK;
    SRL_TRY(srl_setup_call(c, setup, session, "use", 2, srl_setup_done, &call,
                           err));
    srl_use_put(session, &c->transport.out);
    return srl_setup_send(setup, session, &call, SURREAL_OK, err);
}

static surreal_status
srl_setup_let(srl_conn *c, srl_setup *setup, srl_session *session,
              surreal_error *err)
{
    const uint8_t *at = session->vars.data;
    size_t i;

    if (srl_conn_is_http(c)) return SURREAL_OK;
    for (i = 0; i < session->var_count; i++) {
        const uint8_t *end = srl_cbor_skip(srl_cbor_skip(at));
        srl_call call;

        SRL_TRY(srl_setup_call(c, setup, session, "let", 2, srl_setup_done,
                               &call, err));
        srl_buf_put(&c->transport.out, at, (size_t)(end - at));
        SRL_TRY(srl_setup_send(setup, session, &call, SURREAL_OK, err));
        at = end;
    }
    return SURREAL_OK;
}

/* ---- the stages ------------------------------------------------------- */

static surreal_status
srl_setup_begin(srl_conn *c, srl_setup *setup, srl_session *session,
                surreal_error *err)
{
    switch (setup->stage) {
    case SRL_STAGE_HELLO: return srl_setup_hello(c, setup, session, err);
    case SRL_STAGE_AUTH: return srl_auth_restore(c, setup, session, err);
    case SRL_STAGE_USE: return srl_setup_use(c, setup, session, err);
    case SRL_STAGE_LET: return srl_setup_let(c, setup, session, err);
    case SRL_STAGE_LIVE: return srl_lives_restore(c, setup, session, err);
    default: return SURREAL_OK;
    }
}

/* Send what the stage has for each session. A request that cannot be sent
 * fails its session as an answer would. */
static void
srl_setup_stage(srl_conn *c, srl_setup *setup)
{
    srl_session *session = setup->only ? setup->only : c->sessions;

    for (; session; session = setup->only ? NULL : session->next) {
        surreal_error err;

        if (session->failure.status) continue;
        srl_error_clear(&err);
        if (srl_setup_begin(c, setup, session, &err)) {
            srl_setup_item(setup);
            srl_setup_item_done(c, setup, session, &err);
            if (setup->stage == SRL_STAGE_NONE) return;
        }
    }
}

/* The first session signs in without waiting for the version: one round trip
 * less for the connections that have no other. */
static bool
srl_setup_may_go_on(const srl_conn *c, const srl_setup *setup)
{
    if (!setup->left) return true;
    return setup->stage == SRL_STAGE_HELLO && !setup->only &&
           !c->sessions->next;
}

static void
srl_setup_advance(srl_conn *c, srl_setup *setup)
{
    if (setup->is_sending) return;
    setup->is_sending = true;
    while (setup->stage != SRL_STAGE_NONE && setup->stage < SRL_STAGE_DONE &&
           srl_setup_may_go_on(c, setup)) {
        setup->stage = (srl_stage)(setup->stage + 1);
        srl_setup_stage(c, setup);
    }
    setup->is_sending = false;
    if (setup->stage == SRL_STAGE_DONE && !setup->only &&
        c->phase == SRL_PHASE_SETUP) {
        srl_auth_settle(c);
        srl_connect_ready(c);
    }
}

SRL_FN void
srl_setup_start(srl_conn *c, srl_setup *setup, srl_session *only)
{
    srl_session *session;

    memset(setup, 0, sizeof *setup);
    srl_error_clear(&setup->error);
    setup->only = only;
    for (session = c->sessions; session && !only; session = session->next) {
        srl_error_clear(&session->failure);
    }
    setup->stage = SRL_STAGE_HELLO;
    setup->is_sending = true;
    srl_setup_stage(c, setup);
    setup->is_sending = false;
    srl_setup_advance(c, setup);
}
