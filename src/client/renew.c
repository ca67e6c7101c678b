/* client/renew.c: staying who one is. */
#include "client/client.h"

/* A session has to prove again who it is when its connection was made anew
 * (it is restored) and before its token expires (it is renewed). Both go down
 * one list and end at the first that the server takes:
 *
 *   DIRECT       system users sign in by name and password: as many round
 *                trips as with a token, and it works with a server that lost
 *                its keys. Not for a renewal, which comes to it below
 *   ACCESS       the access token, unless it has expired. It proves who one is
 *                without running the SIGNIN clause of an access method. For a
 *                renewal it is what is to be replaced
 *   REFRESH      the refresh token. It works once: if its answer is lost, so
 *                is it, and the list goes on
 *   CREDENTIALS  the sign-in of record users and bearer keys, kept by the
 *                program's leave (see surreal_options)
 *   ASK          what options.renew gives; not for a fork that is being made:
 *                its handle is not known yet, and one that was told whom to be
 *                must be that user or fail
 *
 * Only a refusal leads on. A lost connection ends the list; reconnecting
 * begins it anew. The last refusal is the failure: of the session when it was
 * to be restored, of the renewal (SURREAL_CHANGE_EXPIRED) else, and then the
 * session goes on as long as the server lets it. Requests in flight are not
 * touched and never sent again. At most one sign-in of a session is under way
 * at any time, the program's own included (is_signing_in), for the server
 * would run two side by side.
 */

/* When a renewal was not answered or could not be sent. */
#define SRL_RENEW_AGAIN_MS 1000

SRL_FN void
srl_auth_due(srl_session *session, int64_t at_ms)
{
    srl_conn *c = session->handle->conn;

    session->renew_at_ms = at_ms;
    if (at_ms < c->renew_at_ms) c->renew_at_ms = at_ms;
}

/* ---- the list ------------------------------------------------------------ */

static bool
srl_chain_has(const srl_conn *c, const srl_session *session,
              const srl_setup *setup, srl_auth_step step)
{
    bool has_signin = session->credentials.len != 0;
    bool is_direct = setup && session->is_system && has_signin;
    bool has_refresh = session->access.len && session->refresh.len;
    bool may_ask = c->options.renew && !session->is_named &&
                   !(setup && setup->only);

    switch (step) {
    case SRL_AUTH_DIRECT: return is_direct;
    case SRL_AUTH_ACCESS:
        if (!setup || is_direct || !session->access.len) return false;
        /* With nothing else to try, our clock may be wrong. */
        return session->expires_at_ms > srl_os_now_ms() ||
               !(has_refresh || has_signin || may_ask);
    case SRL_AUTH_REFRESH: return has_refresh;
    case SRL_AUTH_CREDENTIALS: return has_signin && !is_direct;
    case SRL_AUTH_ASK: return may_ask;
    default: return false;
    }
}

/* NOT_FOUND if the program has none. It may have done anything meanwhile. */
static surreal_status
srl_chain_ask(srl_conn *c, srl_session *session, surreal_error *err)
{
    uint32_t epoch = c->epoch;
    srl_phase phase = c->phase;
    surreal_auth auth;

    memset(&auth, 0, sizeof auth);
    if (c->options.renew(c->options.renew_user, session->handle, &auth)) {
        return SURREAL_NOT_FOUND;
    }
    if (c->epoch != epoch || c->phase != phase || session->handle->is_ended) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection or session ended while options.renew "
                        "ran");
    }
    return srl_auth_keep(session, &auth, err);
}

/* True if what the step sends is the access token itself. */
static bool
srl_chain_is_token(const srl_session *session)
{
    return session->step == SRL_AUTH_ACCESS ||
           (session->step == SRL_AUTH_ASK && !session->credentials.len);
}

static void srl_chain_done(void *user, surreal *db, surreal_status status,
                           surreal_result *result, const surreal_error *err);

static surreal_status
srl_chain_send(srl_conn *c, srl_session *session, srl_setup *setup,
               surreal_error *err)
{
    bool is_refresh = session->step == SRL_AUTH_REFRESH;
    int timeout = setup && !setup->only ? -1 : c->options.timeout_ms;
    srl_buf *out = &c->transport.out;
    const char *method = is_refresh ? "refresh" : "signin";
    srl_call call;

    if (session->step == SRL_AUTH_ASK) SRL_TRY(srl_chain_ask(c, session, err));
    if (srl_chain_is_token(session)) method = "authenticate";
    SRL_TRY(srl_call_begin_setup(session->handle, method, 1, timeout,
                                 srl_chain_done, setup, &call, err));
    out->is_secret = true;
    if (is_refresh) {
        srl_auth_put_pair(out, &session->access, &session->refresh);
    } else if (srl_chain_is_token(session)) {
        srl_cbor_put_text(out, (const char *)session->access.data,
                          session->access.len);
    } else {
        srl_buf_put(out, session->credentials.data,
                    session->credentials.len);
    }
    return srl_call_send(session->handle, &call, SURREAL_OK, err);
}

/* Send the next of the list. *err is the last refusal, or why there is none
 * to try; it is also what is returned when the list ends. */
static surreal_status
srl_chain_next(srl_conn *c, srl_session *session, srl_setup *setup,
               surreal_error *err)
{
    while (session->step != SRL_AUTH_END) {
        surreal_error failure;
        surreal_status status;

        session->step = (srl_auth_step)(session->step + 1);
        if (!srl_chain_has(c, session, setup, session->step)) continue;
        srl_error_clear(&failure);
        status = srl_chain_send(c, session, setup, &failure);
        if (!status) return SURREAL_OK;
        if (status == SURREAL_NOT_FOUND) continue;
        *err = failure;
        break;
    }
    return err->status;
}

/* ---- how it ends --------------------------------------------------------- */

static void
srl_renew_end(srl_conn *c, srl_session *session, const surreal_error *err)
{
    int64_t now = srl_os_now_ms();

    session->is_signing_in = false;
    if (!err) {
        srl_trace(c, SURREAL_LEVEL_DEBUG, "client", "a token was renewed");
        srl_tell(c, session->handle, SURREAL_CHANGE_RENEWED, NULL);
        return;
    }
    switch (surreal_status_class(err->status)) {
    case SURREAL_CLASS_IO:
    case SURREAL_CLASS_CLOSED: /* restoring comes first */
        srl_auth_due(session, now);
        break;
    case SURREAL_CLASS_OUTCOME: /* the send queue is full; a conflict */
    case SURREAL_CLASS_TIMEOUT:
    case SURREAL_CLASS_LIMIT:
    case SURREAL_CLASS_NOMEM:
        srl_auth_due(session, now + SRL_RENEW_AGAIN_MS);
        break;
    default:
        srl_trace(c, SURREAL_LEVEL_WARN, "client",
                  "a token could not be renewed: %s", err->message);
        srl_tell(c, session->handle, SURREAL_CHANGE_EXPIRED, err);
    }
}

static void
srl_chain_end(srl_conn *c, srl_session *session, srl_setup *setup,
              const surreal_error *err)
{
    if (setup) {
        srl_setup_item_done(c, setup, session, err);
    } else {
        srl_renew_end(c, session, err);
    }
}

static surreal_status
srl_chain_keep(srl_session *session, const srl_setup *setup,
               const surreal_result *result, surreal_error *err)
{
    bool is_elsewhere = false;

    session->is_named = false;
    if (srl_chain_is_token(session)) {
        srl_auth_due(session, session->renew_at_ms);
        return SURREAL_OK;
    }
    SRL_TRY(srl_auth_take(session, result, err));
    SRL_TRY(srl_auth_read(session, true, &is_elsewhere, err));
    if (is_elsewhere && !setup) srl_auth_stay(session);
    return SURREAL_OK;
}

static void
srl_chain_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    srl_setup *setup = (srl_setup *)user;
    srl_session *session = db->session;
    srl_conn *c = db->conn;
    bool is_over = db->is_ended || c->phase >= SRL_PHASE_FAILED;
    surreal_error last;

    srl_error_clear(&last);
    if (!status && !is_over) {
        status = srl_chain_keep(session, setup, result, &last);
        if (status) err = &last;
    }
    srl_auth_wipe(c, result);
    surreal_result_free(result);
    if (is_over && !setup) {
        session->is_signing_in = false;
        return;
    }
    if (!is_over && surreal_status_class(status) == SURREAL_CLASS_SERVER) {
        last = *err;
        if (!srl_chain_next(c, session, setup, &last)) return;
        err = &last;
    }
    srl_chain_end(c, session, setup, err);
}

/* ---- restoring ----------------------------------------------------------- */

SRL_FN surreal_status
srl_auth_restore(srl_conn *c, srl_setup *setup, srl_session *session,
                 surreal_error *err)
{
    if (!session->credentials.len && !session->access.len) return SURREAL_OK;
    session->step = SRL_AUTH_START;
    srl_fail(err, SURREAL_ERR_AUTH,
             "the token has expired, and there is nothing else to sign in "
             "with");
    SRL_TRY(srl_chain_next(c, session, setup, err));
    srl_setup_item(setup);
    return SURREAL_OK;
}

/* ---- renewing ------------------------------------------------------------ */

static void
srl_stay_done(void *user, surreal *db, surreal_status status,
              surreal_result *result, const surreal_error *err)
{
    (void)user;
    surreal_result_free(result);
    if (!status || db->conn->phase >= SRL_PHASE_FAILED) return;
    srl_trace(db->conn, SURREAL_LEVEL_WARN, "client",
              "a renewed session is not where it was: %s", err->message);
}

SRL_FN void
srl_auth_stay(srl_session *session)
{
    surreal *db = session->handle;
    srl_conn *c = db->conn;
    surreal_error ignored;
    srl_call call;

    if (!session->ns.len || srl_conn_is_http(c) ||
        srl_call_begin_setup(db, "use", 2, c->options.timeout_ms,
                             srl_stay_done, NULL, &call, &ignored)) {
        return;
    }
    srl_use_put(session, &c->transport.out);
    srl_call_send(db, &call, SURREAL_OK, &ignored);
}

static void
srl_renew(srl_conn *c, srl_session *session)
{
    surreal_error err;

    session->renew_at_ms = INT64_MAX;
    session->is_signing_in = true;
    session->step = SRL_AUTH_START;
    srl_fail(&err, SURREAL_ERR_AUTH,
             "the token is about to expire, and there is nothing to get "
             "another one with");
    if (srl_chain_next(c, session, NULL, &err)) {
        srl_renew_end(c, session, &err);
    }
}

/* The server says it is too late. That request has failed and is not sent
 * again; the next ones need not. */
SRL_FN void
srl_auth_expired(srl_session *session, const surreal_error *err)
{
    if (session->is_signing_in ||
        (strcmp(err->message, "The session has expired") &&
         strcmp(err->message, "The token has expired"))) {
        return;
    }
    if (session->access.len || session->credentials.len) {
        srl_auth_due(session, srl_os_now_ms());
    }
}

SRL_FN void
srl_auth_timers(srl_conn *c, int64_t now_ms)
{
    srl_session *session;

    if (now_ms < c->renew_at_ms) return;
    c->renew_at_ms = INT64_MAX;
    for (session = c->sessions; session && c->phase == SRL_PHASE_READY;
         session = session->next) {
        if (session->renew_at_ms > now_ms) {
            srl_auth_due(session, session->renew_at_ms);
        } else if (session->is_signing_in) {
            /* By the program, which makes this needless or fails. */
            srl_auth_due(session, now_ms + SRL_RENEW_AGAIN_MS);
        } else if (!session->handle->is_ended && !session->failure.status) {
            srl_renew(c, session);
        }
    }
}

SRL_FN int64_t
srl_auth_timer(const srl_conn *c, int64_t at)
{
    return c->renew_at_ms < at ? c->renew_at_ms : at;
}
