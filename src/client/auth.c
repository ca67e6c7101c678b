/* client/auth.c: who a session is, and stays. */
#include "client/client.h"

/* ---- credentials ---------------------------------------------------------- */

static surreal_auth
srl_auth_of(surreal_auth_kind kind, const char *ns, const char *db)
{
    surreal_auth auth;

    memset(&auth, 0, sizeof auth);
    auth.kind = kind;
    auth.ns = ns;
    auth.db = db;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_root(const char *user, const char *pass)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_ROOT, NULL, NULL);

    auth.user = user;
    auth.pass = pass;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_ns(const char *ns, const char *user, const char *pass)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_NS, ns, NULL);

    auth.user = user;
    auth.pass = pass;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_db(const char *ns, const char *db, const char *user,
                const char *pass)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_DB, ns, db);

    auth.user = user;
    auth.pass = pass;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_record(const char *ns, const char *db, const char *access,
                    surreal_vars vars)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_RECORD, ns, db);

    auth.access = access;
    auth.vars = vars;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_bearer(const char *ns, const char *db, const char *access,
                    const char *key)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_BEARER, ns, db);

    auth.access = access;
    auth.key = key;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_token(const char *access_token, const char *refresh)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_TOKEN, NULL, NULL);

    auth.token = access_token;
    auth.refresh = refresh;
    return auth;
}

/* What each kind needs; a wrong combination fails here, by the field's name,
 * and not as a riddle of the server. */
static surreal_status
srl_auth_check(const surreal_auth *auth, surreal_error *err)
{
    static const struct {
        const char *name;
        bool ns, db, access, user, key, token;
    } needs[] = {
        {"nobody", false, false, false, false, false, false},
        {"a root user", false, false, false, true, false, false},
        {"a namespace user", true, false, false, true, false, false},
        {"a database user", true, true, false, true, false, false},
        {"a record user", true, true, true, false, false, false},
        {"a bearer key", true, false, true, false, true, false},
        {"a token", false, false, false, false, false, true},
    };
    const char *missing = NULL;
    size_t kind = (size_t)auth->kind;

    if (kind < 1 || kind >= sizeof needs / sizeof needs[0]) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the credentials are of no kind: make them with a "
                        "surreal_auth_... function");
    }
    if (needs[kind].ns && !auth->ns) missing = "ns";
    if (needs[kind].db && !auth->db) missing = "db";
    if (needs[kind].access && !auth->access) missing = "access";
    if (needs[kind].user && !auth->pass) missing = "pass";
    if (needs[kind].user && !auth->user) missing = "user";
    if (needs[kind].key && !auth->key) missing = "key";
    if (needs[kind].token && !auth->token) missing = "token";
    if (!missing) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "the credentials of %s lack %s", needs[kind].name,
                    missing);
}

static surreal_status
srl_auth_pair(srl_buf *buf, const char *key, const char *value)
{
    if (!value) return SURREAL_OK;
    srl_cbor_put_key(buf, key);
    return srl_put_str(buf, surreal_text(value));
}

/* The variables of a record user stand beside ns, db and ac. */
static surreal_status
srl_auth_vars(srl_buf *buf, surreal_vars vars, surreal_error *err)
{
    static const char *const taken[] = {"ns", "db", "ac", "NS", "DB", "AC"};
    size_t i;
    size_t k;

    for (i = 0; i < vars.count; i++) {
        const char *name = vars.v[i].name ? vars.v[i].name : "";
        surreal_status status;

        for (k = 0; k < sizeof taken / sizeof taken[0]; k++) {
            if (strcmp(name, taken[k])) continue;
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "a sign-in variable cannot be called %s", name);
        }
        status = srl_put_str(buf, surreal_text(name));
        /* Before the version is known; only sets and files depend on it. */
        if (!status) status = srl_put_bind(buf, &vars.v[i], 3);
        if (status) {
            return srl_fail(err, status, "sign-in variable '%s': %s", name,
                            surreal_status_text(status));
        }
    }
    return SURREAL_OK;
}

/* The param of signin and signup. Absent keys are left out: the server takes
 * a NONE there for a value. */
static surreal_status
srl_auth_encode(srl_buf *buf, const surreal_auth *auth, surreal_error *err)
{
    bool is_system = auth->user != NULL;
    size_t pairs = (auth->ns ? 1u : 0u) + (auth->db ? 1u : 0u) +
                   (auth->access ? 1u : 0u) + (is_system ? 2u : 0u) +
                   (auth->key ? 1u : 0u) + auth->vars.count;
    surreal_status status;

    srl_cbor_put_head(buf, SRL_CBOR_MAP, pairs);
    status = srl_auth_pair(buf, "ns", auth->ns);
    if (!status) status = srl_auth_pair(buf, "db", auth->db);
    if (!status) status = srl_auth_pair(buf, "ac", auth->access);
    if (!status) status = srl_auth_pair(buf, "user", auth->user);
    if (!status) status = srl_auth_pair(buf, "pass", auth->pass);
    if (!status) status = srl_auth_pair(buf, "key", auth->key);
    if (!status) status = buf->status;
    if (status) {
        return srl_fail(err, status, "the credentials: %s",
                        surreal_status_text(status));
    }
    SRL_TRY(srl_auth_vars(buf, auth->vars, err));
    return buf->status ? srl_fail(err, buf->status, "out of memory")
                       : SURREAL_OK;
}

static surreal_status
srl_auth_keep_token(srl_session *session, const char *access,
                    const char *refresh, surreal_error *err)
{
    surreal_status status;

    status = srl_session_keep(&session->access, access, strlen(access));
    if (!status) {
        status = srl_session_keep(&session->refresh, refresh,
                                  refresh ? strlen(refresh) : 0);
    }
    return status ? srl_fail(err, status, "out of memory") : SURREAL_OK;
}

SRL_FN surreal_status
srl_auth_keep(srl_session *session, const surreal_auth *auth,
              surreal_error *err)
{
    SRL_TRY(srl_auth_check(auth, err));
    srl_session_keep(&session->credentials, NULL, 0);
    srl_session_keep(&session->access, NULL, 0);
    srl_session_keep(&session->refresh, NULL, 0);
    if (auth->kind == SURREAL_AUTH_TOKEN) {
        return srl_auth_keep_token(session, auth->token, auth->refresh, err);
    }
    return srl_auth_encode(&session->credentials, auth, err);
}

SRL_FN surreal_status
srl_auth_place(srl_session *session, const surreal_auth *auth,
               surreal_error *err)
{
    if (!auth->ns) return SURREAL_OK;
    return srl_session_place(session, auth->ns, auth->db ? auth->db : "", err);
}

/* ---- restoring ----------------------------------------------------------- */

static void
srl_auth_restored(void *user, surreal *db, surreal_status status,
                  surreal_result *result, const surreal_error *err)
{
    surreal_error failure;

    if (!status && srl_conn_is_http(db->conn) &&
        db->session->credentials.len) {
        status = srl_http_signed_in(db->session, result, &failure);
        if (status) err = &failure;
    }
    surreal_result_free(result);
    srl_setup_item_done(db->conn, (srl_setup *)user, db->session, err);
}

SRL_FN surreal_status
srl_auth_restore(srl_conn *c, srl_setup *setup, srl_session *session,
                 surreal_error *err)
{
    const srl_buf *by = session->credentials.len ? &session->credentials
                                                 : &session->access;
    srl_buf *out = &c->transport.out;
    int timeout = setup->only ? c->options.timeout_ms : -1;
    srl_call call;

    if (!by->len) return SURREAL_OK;
    SRL_TRY(srl_call_begin_setup(session->handle,
                                 by == &session->credentials ? "signin"
                                                             : "authenticate",
                                 1, timeout, srl_auth_restored, setup, &call,
                                 err));
    out->is_secret = true;
    if (by == &session->access) {
        srl_cbor_put_head(out, SRL_CBOR_TEXT, by->len);
    }
    srl_buf_put(out, by->data, by->len);
    SRL_TRY(srl_call_send(session->handle, &call, SURREAL_OK, err));
    srl_setup_item(setup);
    return SURREAL_OK;
}

SRL_FN void
srl_auth_forget(srl_conn *c)
{
    srl_session *session;

    for (session = c->sessions; session; session = session->next) {
        srl_buf_free(&session->credentials);
        srl_buf_free(&session->access);
        srl_buf_free(&session->refresh);
    }
}

SRL_FN void
srl_auth_settle(srl_conn *c)
{
    srl_session *session;

    if (c->options.reconnect.attempts) return;
    if (!srl_conn_is_http(c)) {
        srl_auth_forget(c);
        return;
    }
    /* The token goes with every request. */
    for (session = c->sessions; session; session = session->next) {
        srl_buf_free(&session->credentials);
    }
}

SRL_FN void
srl_auth_timers(srl_conn *c, int64_t now_ms)
{
    (void)c;
    (void)now_ms;
}

SRL_FN int64_t
srl_auth_timer(const srl_conn *c, int64_t at)
{
    (void)c;
    return at;
}

/* ---- becoming somebody --------------------------------------------------- */

static surreal_status
srl_signin_start(surreal *db, const surreal_auth *auth, srl_waiter *waiter)
{
    srl_buf *out = &db->conn->transport.out;
    surreal_error *err = &waiter->error;
    srl_call call;

    SRL_TRY(srl_auth_check(auth, err));
    SRL_TRY(srl_call_begin(db, "signin", 1, srl_waiter_done, waiter, &call,
                           err));
    out->is_secret = true;
    return srl_call_send(db, &call, srl_auth_encode(out, auth, err), err);
}

SURREAL_API surreal_status
surreal_signin(surreal *db, const surreal_auth *auth)
{
    srl_waiter waiter;

    if (!db || !auth) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    do {
        waiter.status = srl_signin_start(db, auth, &waiter);
    } while (srl_waiter_again(&waiter));
    if (!waiter.status) {
        waiter.status = srl_auth_keep(db->session, auth, &waiter.error);
    }
    if (!waiter.status) {
        waiter.status = srl_auth_place(db->session, auth, &waiter.error);
    }
    if (!waiter.status && srl_conn_is_http(db->conn)) {
        waiter.status = srl_http_signed_in(db->session, waiter.result,
                                           &waiter.error);
    }
    if (!waiter.status) {
        db->session->is_changed = true;
        srl_error_clear(&db->session->failure);
        srl_auth_settle(db->conn);
        srl_tell(db->conn, db, SURREAL_CHANGE_SIGNED_IN, NULL);
    }
    return srl_waiter_end(&waiter, NULL);
}
