/* client/auth.c: who a session is. */
#include "client/client.h"

/* ---- credentials --------------------------------------------------------- */

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
SRL_FN surreal_status
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

        for (k = 0; k < sizeof taken / sizeof taken[0]; k++) {
            if (strcmp(name, taken[k])) continue;
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "a sign-in variable cannot be called %s", name);
        }
        /* Before the version is known; only sets and files depend on it. */
        SRL_TRY(srl_put_var(buf, &vars.v[i], 3, err));
    }
    return SURREAL_OK;
}

/* The param of signin and signup. Absent keys are left out: the server takes
 * a NONE there for a value. */
SRL_FN surreal_status
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

/* The param of refresh and revoke. The access token may have expired: the
 * server only reads its claims. */
SRL_FN void
srl_auth_put_pair(srl_buf *buf, const srl_buf *access, const srl_buf *refresh)
{
    srl_cbor_put_head(buf, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(buf, "access");
    srl_cbor_put_text(buf, (const char *)access->data, access->len);
    srl_cbor_put_key(buf, "refresh");
    srl_cbor_put_text(buf, (const char *)refresh->data, refresh->len);
}

/* ---- tokens -------------------------------------------------------------- */

/* When to renew: a tenth of its life before a token expires, but not less than
 * a second, since tokens are dated in whole seconds; not more than a minute;
 * and not before half of what is left, so that the shortest of lives do not
 * make the client do nothing else. */
static int64_t
srl_auth_margin(int64_t life_ms, int64_t left_ms)
{
    int64_t margin = life_ms / 10;

    if (margin < 1000) margin = 1000;
    if (margin > 60000) margin = 60000;
    return margin < left_ms / 2 ? margin : left_ms / 2;
}

/* A token that was issued just now lives from now on, whatever the clocks of
 * the two machines say. One from elsewhere is dated by the system's clock; if
 * that says it has expired and the server takes it all the same, the clock is
 * wrong and there is nothing to go by. */
static void
srl_auth_plan(srl_session *session, const srl_token *token, bool is_fresh)
{
    int64_t now = srl_os_now_ms();
    int64_t life = (token->exp - token->iat) * 1000;
    int64_t left = life;

    session->expires = token->exp;
    session->expires_at_ms = INT64_MAX;
    session->renew_at_ms = INT64_MAX;
    if (!token->exp) return;
    if (!is_fresh || !token->iat) left = token->exp * 1000 - srl_os_unix_ms();
    if (!token->iat || life < left) life = left;
    session->expires_at_ms = left > 0 ? now + left : now;
    if (left <= 0) return;
    srl_auth_due(session, now + left - srl_auth_margin(life, left));
}

/* Namespace or database out of a token. */
static surreal_status
srl_auth_claim(srl_buf *field, surreal_str name)
{
    return name.len ? srl_session_keep(field, name.ptr, name.len) : SURREAL_OK;
}

SRL_FN surreal_status
srl_auth_read(srl_session *session, bool is_fresh, bool *is_elsewhere,
              surreal_error *err)
{
    srl_buf room;
    srl_token token;
    surreal_status status = SURREAL_OK;

    srl_buf_init_secret(&room, &session->handle->conn->mem,
                        SURREAL_MAX_MESSAGE);
    srl_token_read(surreal_text_of((const char *)session->access.data,
                                   session->access.len), &room, &token);
    srl_auth_plan(session, &token, is_fresh);
    session->has_access = token.ac.len != 0;
    if (is_elsewhere) {
        *is_elsewhere =
            (token.ns.len && !surreal_str_eq(token.ns,
                                             surreal_ns(session->handle))) ||
            (token.db.len && !surreal_str_eq(token.db,
                                             surreal_db(session->handle)));
    } else {
        status = srl_auth_claim(&session->ns, token.ns);
        if (!status) status = srl_auth_claim(&session->db, token.db);
    }
    srl_buf_free(&room);
    return status ? srl_fail(err, status, "out of memory") : SURREAL_OK;
}

/* Definite text; the server sends nothing else. */
static bool
srl_auth_text(const uint8_t *at, surreal_str *text)
{
    if (!at || *at >> 5 != SRL_CBOR_TEXT || (*at & 31) == 31) return false;
    srl_cbor_text_at(at, text);
    return text->len != 0;
}

/* The answer to signin, signup and refresh: a token, or on SurrealDB 3, for an
 * access method WITH REFRESH, { access, refresh }. */
SRL_FN surreal_status
srl_auth_take(srl_session *session, const surreal_result *r,
              surreal_error *err)
{
    const uint8_t *value = r ? r->value : NULL;
    surreal_str access = {NULL, 0};
    surreal_str refresh = {NULL, 0};
    surreal_status status;

    if (value && *value >> 5 == SRL_CBOR_MAP) {
        srl_auth_text(srl_cbor_find(value, SURREAL_LIT("refresh")), &refresh);
        value = srl_cbor_find(value, SURREAL_LIT("access"));
    }
    if (!srl_auth_text(value, &access)) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "the server's answer to the sign-in is no token");
    }
    status = srl_session_keep(&session->access, access.ptr, access.len);
    if (!status) {
        status = srl_session_keep(&session->refresh, refresh.ptr, refresh.len);
    }
    if (!status) return SURREAL_OK;
    srl_session_keep(&session->access, NULL, 0);
    return srl_fail(err, status, "signed in, but out of memory for the token");
}

SRL_FN void
srl_auth_wipe(srl_conn *c, surreal_result *r)
{
    if (r) srl_result_wipe(r);
    srl_transport_wipe(&c->transport);
}

/* ---- keeping ------------------------------------------------------------- */

SRL_FN void
srl_auth_drop(srl_session *session)
{
    srl_buf_free(&session->credentials);
    srl_buf_free(&session->access);
    srl_buf_free(&session->refresh);
    session->is_system = false;
    session->has_access = false;
    session->is_forgotten = false;
    session->expires = 0;
    session->expires_at_ms = INT64_MAX;
    session->renew_at_ms = INT64_MAX;
}

SRL_FN void
srl_auth_settle(srl_conn *c)
{
    srl_session *session;

    if (c->options.reconnect.attempts) return;
    for (session = c->sessions; session; session = session->next) {
        if (session->renew_at_ms != INT64_MAX) continue;
        if (session->credentials.len) session->is_forgotten = true;
        srl_buf_free(&session->credentials);
    }
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

static bool
srl_auth_is_system(const surreal_auth *auth)
{
    return auth->kind >= SURREAL_AUTH_ROOT && auth->kind <= SURREAL_AUTH_DB;
}

SRL_FN surreal_status
srl_auth_keep(srl_session *session, const surreal_auth *auth,
              surreal_error *err)
{
    bool ignored;

    SRL_TRY(srl_auth_check(auth, err));
    srl_auth_drop(session);
    if (auth->kind == SURREAL_AUTH_TOKEN) {
        SRL_TRY(srl_auth_keep_token(session, auth->token, auth->refresh, err));
        return srl_auth_read(session, false, &ignored, err);
    }
    session->is_system = srl_auth_is_system(auth);
    return srl_auth_encode(&session->credentials, auth, err);
}

SRL_FN surreal_status
srl_auth_copy(srl_session *to, const srl_session *from)
{
    surreal_status status;

    status = srl_session_keep(&to->credentials, from->credentials.data,
                              from->credentials.len);
    if (!status) {
        status = srl_session_keep(&to->access, from->access.data,
                                  from->access.len);
    }
    to->is_system = from->is_system;
    to->is_forgotten = from->is_forgotten;
    to->has_access = from->has_access;
    to->expires = from->expires;
    to->expires_at_ms = from->expires_at_ms;
    srl_auth_due(to, from->renew_at_ms);
    return status;
}

/* A namespace user leaves the database as it is, a root user both. */
SRL_FN surreal_status
srl_auth_place(srl_session *session, const surreal_auth *auth,
               surreal_error *err)
{
    if (auth->kind == SURREAL_AUTH_TOKEN) {
        return srl_auth_read(session, false, NULL, err);
    }
    return srl_session_place(session, auth->ns, auth->db, err);
}
