/* client/login.c: becoming somebody. */
#include "client/client.h"

/* Servers change a session only when they accept: a refused signin, signup,
 * authenticate or refresh leaves it exactly as it was (tried on 2.6 and 3.0).
 * So everything here is sent first and kept after, in the answer's callback,
 * before any other code runs. Only the token can still want memory then;
 * credentials were encoded before they were sent, and change hands.
 *
 * One thing servers do not do: a system user who signs in where a record user
 * was is that user, but $auth, $access and $session.rd still name the record
 * (2.6 and 3.0). Those decide in permission clauses and in the program's own
 * queries, so the session is emptied and entered anew with the new token.
 */

typedef enum srl_login_kind {
    SRL_LOGIN_SIGNIN,
    SRL_LOGIN_SIGNUP,
    SRL_LOGIN_AUTHENTICATE,
    SRL_LOGIN_REFRESH,
    SRL_LOGIN_REVOKE,
    SRL_LOGIN_INVALIDATE,
    SRL_LOGIN_EMPTY, /* the two halves of entering anew */
    SRL_LOGIN_ENTER
} srl_login_kind;

/* A call under way, on the caller's stack. */
typedef struct srl_login {
    srl_waiter waiter;
    srl_login_kind kind;
    const surreal_auth *auth; /* NULL: what the session has */
    srl_buf param;            /* of the request, encoded; len 0: none */
    srl_buf access;           /* copies: the program may give us our own */
    srl_buf refresh;
    bool is_mixed;            /* $auth names somebody else */
} srl_login;

/* ---- what is sent -------------------------------------------------------- */

static surreal_status
srl_login_pair(srl_login *login, const srl_session *session)
{
    const surreal_auth *auth = login->auth;
    surreal_status status;

    if (auth) {
        status = srl_session_keep(&login->access, auth->token,
                                  strlen(auth->token));
        if (status || !auth->refresh) return status;
        return srl_session_keep(&login->refresh, auth->refresh,
                                strlen(auth->refresh));
    }
    status = srl_session_keep(&login->access, session->access.data,
                              session->access.len);
    if (status) return status;
    return srl_session_keep(&login->refresh, session->refresh.data,
                            session->refresh.len);
}

static surreal_status
srl_login_encode(srl_login *login, surreal_error *err)
{
    srl_session *session = login->waiter.db->session;
    srl_buf *param = &login->param;
    surreal_status status = SURREAL_OK;

    srl_session_keep(param, NULL, 0);
    switch (login->kind) {
    case SRL_LOGIN_SIGNIN:
    case SRL_LOGIN_SIGNUP: return srl_auth_encode(param, login->auth, err);
    case SRL_LOGIN_AUTHENTICATE:
    case SRL_LOGIN_ENTER:
        status = srl_login_pair(login, session);
        srl_cbor_put_text(param, (const char *)login->access.data,
                          login->access.len);
        break;
    case SRL_LOGIN_REFRESH:
    case SRL_LOGIN_REVOKE:
        status = srl_login_pair(login, session);
        srl_auth_put_pair(param, &login->access, &login->refresh);
        break;
    case SRL_LOGIN_INVALIDATE:
    case SRL_LOGIN_EMPTY: break;
    }
    if (!status) status = param->status;
    return status ? srl_fail(err, status, "out of memory") : SURREAL_OK;
}

/* ---- what is kept -------------------------------------------------------- */

static void
srl_login_swap(srl_buf *kept, srl_buf *mine)
{
    srl_buf was = *kept;

    *kept = *mine;
    *mine = was;
}

/* The server said yes. */
static surreal_status
srl_login_keep(srl_login *login, srl_session *session,
               const surreal_result *result, surreal_error *err)
{
    bool had_access = session->has_access;
    bool is_elsewhere = false;

    switch (login->kind) {
    case SRL_LOGIN_SIGNIN:
    case SRL_LOGIN_SIGNUP:
        srl_auth_drop(session);
        if (login->kind == SRL_LOGIN_SIGNIN) {
            srl_login_swap(&session->credentials, &login->param);
            session->is_system = login->auth->user != NULL;
        }
        SRL_TRY(srl_auth_take(session, result, err));
        SRL_TRY(srl_auth_read(session, true, NULL, err));
        SRL_TRY(srl_auth_place(session, login->auth, err));
        break;
    case SRL_LOGIN_AUTHENTICATE:
        srl_auth_drop(session);
        srl_login_swap(&session->access, &login->access);
        srl_login_swap(&session->refresh, &login->refresh);
        SRL_TRY(srl_auth_read(session, false, NULL, err));
        break;
    case SRL_LOGIN_REFRESH:
        if (login->auth) srl_auth_drop(session);
        SRL_TRY(srl_auth_take(session, result, err));
        SRL_TRY(srl_auth_read(session, true,
                              login->auth ? NULL : &is_elsewhere, err));
        if (is_elsewhere) srl_auth_stay(session);
        break;
    case SRL_LOGIN_REVOKE:
        srl_session_keep(&session->refresh, NULL, 0);
        break;
    case SRL_LOGIN_INVALIDATE: srl_auth_drop(session); break;
    case SRL_LOGIN_EMPTY:
    case SRL_LOGIN_ENTER: had_access = false; break;
    }
    login->is_mixed = had_access && !session->has_access &&
                      session->access.len;
    return SURREAL_OK;
}

static void
srl_login_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    srl_login *login = (srl_login *)user;
    surreal_error failure;

    db->session->is_signing_in = false;
    if (!status && !db->is_ended) {
        status = srl_login_keep(login, db->session, result, &failure);
        if (status) err = &failure;
    }
    srl_auth_wipe(db->conn, result);
    surreal_result_free(result);
    srl_waiter_done(&login->waiter, db, status, NULL, err);
}

/* ---- asking -------------------------------------------------------------- */

static surreal_status
srl_login_start(srl_login *login)
{
    static const char *const methods[] = {
        "signin", "signup", "authenticate", "refresh", "revoke",
        "invalidate", "invalidate", "authenticate"};
    surreal *db = login->waiter.db;
    srl_session *session = db->session;
    surreal_error *err = &login->waiter.error;
    surreal_error failure;
    surreal_status status;
    srl_call call;

    if (session->is_signing_in) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "another sign-in of the session is under way");
    }
    /* A session that could not be restored is helped by just this. */
    failure = session->failure;
    srl_error_clear(&session->failure);
    status = srl_call_begin(db, methods[login->kind],
                            login->param.len ? 1 : 0, srl_login_done, login,
                            &call, err);
    session->failure = failure;
    SRL_TRY(status);
    db->conn->transport.out.is_secret = true;
    srl_buf_put(&db->conn->transport.out, login->param.data,
                login->param.len);
    SRL_TRY(srl_call_send(db, &call, SURREAL_OK, err));
    session->is_signing_in = true;
    return SURREAL_OK;
}

static surreal_status
srl_login_ask(srl_login *login, srl_login_kind kind)
{
    srl_waiter *waiter = &login->waiter;

    login->kind = kind;
    waiter->is_done = false;
    waiter->status = srl_login_encode(login, &waiter->error);
    if (waiter->status) return waiter->status;
    do {
        waiter->status = srl_login_start(login);
    } while (srl_waiter_again(waiter));
    if (kind != SRL_LOGIN_REFRESH && kind != SRL_LOGIN_REVOKE) {
        srl_session_doubt(waiter);
    }
    return waiter->status;
}

/* Over HTTP there is nobody to tell: every request says anew who it is from,
 * and so nothing can be mixed up either. */
static surreal_status
srl_login_over(srl_login *login, srl_login_kind kind)
{
    srl_session *session = login->waiter.db->session;
    bool is_http = srl_conn_is_http(login->waiter.db->conn);

    if (is_http && kind == SRL_LOGIN_INVALIDATE) {
        login->kind = kind;
        return srl_login_keep(login, session, NULL, &login->waiter.error);
    }
    SRL_TRY(srl_login_ask(login, kind));
    if (is_http || !login->is_mixed) return SURREAL_OK;
    login->auth = NULL;
    SRL_TRY(srl_login_ask(login, SRL_LOGIN_EMPTY));
    return srl_login_ask(login, SRL_LOGIN_ENTER);
}

static void
srl_login_init(srl_login *login, surreal *db, const surreal_auth *auth)
{
    srl_mem *mem = &db->conn->mem;

    memset(login, 0, sizeof *login);
    srl_waiter_init(db, &login->waiter);
    login->auth = auth;
    srl_buf_init_secret(&login->param, mem, SURREAL_MAX_MESSAGE);
    srl_buf_init_secret(&login->access, mem, SURREAL_MAX_MESSAGE);
    srl_buf_init_secret(&login->refresh, mem, SURREAL_MAX_MESSAGE);
}

static surreal_status
srl_login_end(srl_login *login)
{
    surreal *db = login->waiter.db;

    srl_buf_free(&login->param);
    srl_buf_free(&login->access);
    srl_buf_free(&login->refresh);
    if (!login->waiter.status && !db->is_ended) {
        db->session->is_changed = true;
        srl_auth_settle(db->conn);
    }
    return srl_waiter_end(&login->waiter, NULL);
}

/* Why there is nobody to sign in for. */
static surreal_status
srl_login_allowed(const surreal *db, const surreal_auth *auth,
                  surreal_error *err)
{
    if (db->is_ended) return srl_handle_closed(err);
    if (db->txn) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a transaction is its session's user's: sign in with "
                        "the session's handle");
    }
    return auth ? srl_auth_check(auth, err) : SURREAL_OK;
}

static surreal_status
srl_login_call(surreal *db, srl_login_kind kind, const surreal_auth *auth,
               surreal_change change)
{
    surreal_status *status;
    srl_login login;

    srl_login_init(&login, db, auth);
    status = &login.waiter.status;
    *status = srl_login_allowed(db, auth, &login.waiter.error);
    if (!*status) *status = srl_login_over(&login, kind);
    if (!*status && auth) srl_error_clear(&db->session->failure);
    if (!*status && change) srl_tell(db->conn, db, change, NULL);
    return srl_login_end(&login);
}

/* ---- calls --------------------------------------------------------------- */

/* A token that has expired, with a refresh token that has not, is as good as
 * credentials. */
SURREAL_API surreal_status
surreal_signin(surreal *db, const surreal_auth *auth)
{
    surreal_status status;
    srl_conn *c;

    if (!db || !auth) return SURREAL_ERR_USAGE;
    c = db->conn;
    if (auth->kind != SURREAL_AUTH_TOKEN) {
        return srl_login_call(db, SRL_LOGIN_SIGNIN, auth,
                              SURREAL_CHANGE_SIGNED_IN);
    }
    srl_enter(c); /* a callback may close it meanwhile */
    status = srl_login_call(db, SRL_LOGIN_AUTHENTICATE, auth,
                            SURREAL_CHANGE_SIGNED_IN);
    if (surreal_status_class(status) == SURREAL_CLASS_SERVER &&
        auth->refresh) {
        status = srl_login_call(db, SRL_LOGIN_REFRESH, auth,
                                SURREAL_CHANGE_SIGNED_IN);
    }
    srl_leave(c);
    return status;
}

SURREAL_API surreal_status
surreal_signup(surreal *db, const surreal_auth *auth)
{
    if (!db || !auth) return SURREAL_ERR_USAGE;
    if (auth->kind != SURREAL_AUTH_RECORD) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE,
                        "only record users sign up: surreal_auth_record");
    }
    return srl_login_call(db, SRL_LOGIN_SIGNUP, auth, SURREAL_CHANGE_SIGNED_IN);
}

SURREAL_API surreal_status
surreal_authenticate(surreal *db, const char *token)
{
    surreal_auth auth = surreal_auth_token(token, NULL);

    if (!db) return SURREAL_ERR_USAGE;
    return srl_login_call(db, SRL_LOGIN_AUTHENTICATE, &auth,
                          SURREAL_CHANGE_SIGNED_IN);
}

SURREAL_API surreal_status
surreal_invalidate(surreal *db)
{
    if (!db) return SURREAL_ERR_USAGE;
    return srl_login_call(db, SRL_LOGIN_INVALIDATE, NULL, (surreal_change)0);
}

/* Why the refresh token cannot be used. */
static surreal_status
srl_refresh_allowed(const surreal *db, surreal_error *err)
{
    if (db->is_ended || db->txn) return SURREAL_OK; /* told elsewhere */
    if (db->conn->version.major == 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "SurrealDB 2 has no refresh tokens");
    }
    if (db->session->refresh.len) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "the session has no refresh token: its access method is "
                    "not defined WITH REFRESH");
}

SURREAL_API surreal_status
surreal_refresh(surreal *db)
{
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_refresh_allowed(db, &db->error));
    return srl_login_call(db, SRL_LOGIN_REFRESH, NULL, SURREAL_CHANGE_RENEWED);
}

SURREAL_API surreal_status
surreal_revoke(surreal *db)
{
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_refresh_allowed(db, &db->error));
    return srl_login_call(db, SRL_LOGIN_REVOKE, NULL, (surreal_change)0);
}

SURREAL_API surreal_tokens
surreal_get_tokens(const surreal *db)
{
    surreal_tokens tokens = {{"", 0}, {"", 0}, 0};
    const srl_session *session = db ? db->session : NULL;

    if (!session) return tokens;
    if (session->access.len) {
        tokens.access = surreal_text_of((const char *)session->access.data,
                                        session->access.len);
        tokens.expires = session->expires;
    }
    if (session->refresh.len) {
        tokens.refresh = surreal_text_of((const char *)session->refresh.data,
                                         session->refresh.len);
    }
    return tokens;
}

/* Ask a session that is already the token's user. */
static surreal_status
srl_token_owner(surreal *db, surreal *fork, surreal_record_id *id,
                surreal_result **out)
{
    surreal_result *r = NULL;
    surreal_value owner;
    surreal_status status;

    status = surreal_query(fork, "RETURN $auth", SURREAL_NO_VARS, &r);
    if (status) {
        db->error = *surreal_last_error(fork);
    } else {
        owner = surreal_statement_value(r, 0);
        if (surreal_value_kind(owner) == SURREAL_RECORD_ID) {
            status = surreal_get_record_id(owner, id);
        }
        if (status) srl_fail(&db->error, status, "$auth cannot be read");
    }
    if (status || !out) {
        surreal_result_free(r);
    } else {
        *out = r;
    }
    return status;
}

SURREAL_API surreal_status
surreal_token_check(surreal *db, const char *token, surreal_record_id *id,
                    surreal_result **out)
{
    surreal_fork_options opt;
    surreal_record_id ignored;
    surreal *fork = NULL;
    surreal_status status;
    srl_conn *c;

    if (out) *out = NULL;
    if (!id) id = &ignored;
    memset(id, 0, sizeof *id);
    if (!db) return SURREAL_ERR_USAGE;
    if (!token) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE, "the token is NULL");
    }
    memset(&opt, 0, sizeof opt);
    opt.auth = surreal_auth_token(token, NULL);
    c = db->conn;
    srl_enter(c); /* a callback may close it meanwhile */
    status = surreal_fork(db, &opt, &fork);
    if (!status) status = srl_token_owner(db, fork, id, out);
    surreal_close(fork);
    srl_leave(c);
    return status;
}
