/* client/session.c: sessions: where they are, and their variables. */
#include "client/client.h"

/* ---- the life of a session -------------------------------------------- */

static void
srl_session_init(srl_conn *c, srl_session *session)
{
    srl_error_clear(&session->failure);
    srl_buf_init(&session->ns, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&session->db, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&session->vars, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init_secret(&session->credentials, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init_secret(&session->access, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init_secret(&session->refresh, &c->mem, SURREAL_MAX_MESSAGE);
    session->expires_at_ms = INT64_MAX;
    session->renew_at_ms = INT64_MAX;
}

SRL_FN surreal *
srl_handle_new(srl_conn *c)
{
    surreal *db = (surreal *)srl_mem_resize(&c->mem, NULL, 0, sizeof *db);
    surreal **at = &c->handles;

    if (!db) return NULL;
    memset(db, 0, sizeof *db);
    srl_error_clear(&db->error);
    db->conn = c;
    while (*at) at = &(*at)->next;
    *at = db;
    return db;
}

SRL_FN surreal *
srl_session_new(srl_conn *c)
{
    srl_session **at = &c->sessions;
    srl_session *session;
    surreal *db;

    session = (srl_session *)srl_mem_resize(&c->mem, NULL, 0, sizeof *session);
    if (!session) return NULL;
    db = srl_handle_new(c);
    if (!db) {
        srl_mem_free(&c->mem, session, sizeof *session);
        return NULL;
    }
    memset(session, 0, sizeof *session);
    srl_session_init(c, session);
    session->handle = db;
    db->session = session;
    while (*at) at = &(*at)->next;
    *at = session;
    return db;
}

SRL_FN void
srl_session_free(srl_conn *c, srl_session *session)
{
    srl_session **at = &c->sessions;

    while (*at != session) at = &(*at)->next;
    *at = session->next;
    srl_buf_free(&session->ns);
    srl_buf_free(&session->db);
    srl_buf_free(&session->vars);
    srl_buf_free(&session->credentials);
    srl_buf_free(&session->access);
    srl_buf_free(&session->refresh);
    srl_mem_free(&c->mem, session, sizeof *session);
}

SRL_FN surreal_status
srl_session_keep(srl_buf *field, const void *data, size_t len)
{
    if (field->is_secret && field->data) srl_wipe(field->data, field->cap);
    field->len = 0;
    field->status = SURREAL_OK;
    if (!len) return SURREAL_OK;
    srl_buf_put(field, data, len);
    srl_buf_put(field, "", 1); /* text that leaves the library ends in NUL */
    if (!field->status) field->len = len;
    return field->status;
}

SRL_FN surreal_status
srl_session_place(srl_session *session, const char *ns, const char *db,
                  surreal_error *err)
{
    surreal_status status = SURREAL_OK;

    if (ns && !*ns) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the namespace is empty");
    }
    if ((ns && !srl_utf8_valid((const uint8_t *)ns, strlen(ns))) ||
        (db && !srl_utf8_valid((const uint8_t *)db, strlen(db)))) {
        return srl_fail(err, SURREAL_ERR_UTF8,
                        "the name of the namespace or database is not UTF-8");
    }
    if (ns) status = srl_session_keep(&session->ns, ns, strlen(ns));
    if (!status && db) {
        status = srl_session_keep(&session->db, db, strlen(db));
    }
    if (status) srl_fail(err, status, "out of memory");
    return status;
}

SRL_FN void
srl_session_detach(surreal *db)
{
    if (db->session->is_attached) srl_call_and_forget(db, "detach", NULL);
}

/* The server runs requests side by side, so no request that undoes the change
 * is sure to come after it. */
SRL_FN void
srl_session_doubt(srl_waiter *waiter)
{
    srl_conn *c = waiter->db->conn;
    surreal_error err;

    if (!waiter->is_done || waiter->status != SURREAL_ERR_TIMEOUT) return;
    if (c->phase != SRL_PHASE_READY || srl_conn_is_http(c)) return;
    srl_fail(&err, SURREAL_ERR_TIMEOUT,
             "a change of the session was not answered in time, so it is "
             "restored as it was on a new connection");
    srl_conn_lose(c, &err);
}

/* ---- where ------------------------------------------------------------ */

static surreal_str
srl_session_text(const srl_buf *field)
{
    return surreal_text_of(field->len ? (const char *)field->data : NULL,
                           field->len);
}

SURREAL_API surreal_str
surreal_ns(const surreal *db)
{
    surreal_str none = {NULL, 0};

    return db && db->session ? srl_session_text(&db->session->ns) : none;
}

SURREAL_API surreal_str
surreal_db(const surreal *db)
{
    surreal_str none = {NULL, 0};

    return db && db->session ? srl_session_text(&db->session->db) : none;
}

SRL_FN void
srl_use_put(const srl_session *session, srl_buf *out)
{
    srl_cbor_put_text(out, (const char *)session->ns.data, session->ns.len);
    if (session->db.len) {
        srl_cbor_put_text(out, (const char *)session->db.data,
                          session->db.len);
    } else {
        srl_cbor_put_none(out);
    }
}

/* One parameter of `use`: a name, or NONE to leave it as it is. */
static surreal_status
srl_use_param(srl_buf *out, const char *name)
{
    if (name) return srl_put_str(out, surreal_text(name));
    srl_cbor_put_none(out);
    return SURREAL_OK;
}

static surreal_status
srl_use_start(surreal *db, const char *ns, const char *database,
              srl_waiter *waiter)
{
    surreal_error *err = &waiter->error;
    surreal_status status;
    srl_call call;

    SRL_TRY(srl_call_begin(db, "use", 2, srl_waiter_done, waiter, &call, err));
    status = srl_use_param(&db->conn->transport.out, ns);
    if (!status) status = srl_use_param(&db->conn->transport.out, database);
    return srl_call_send(db, &call, status, err);
}

SURREAL_API surreal_status
surreal_use(surreal *db, const char *ns, const char *database)
{
    srl_waiter waiter;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    if ((ns && !*ns) || (database && !*database)) {
        waiter.status = srl_fail(&waiter.error, SURREAL_ERR_USAGE,
                                 "the %s is empty; NULL leaves it as it is",
                                 ns && !*ns ? "namespace" : "database");
    } else if (database && !ns && !surreal_ns(db).len) {
        /* SurrealDB 3.0 ends its process for this request. */
        waiter.status = srl_fail(&waiter.error, SURREAL_ERR_USAGE,
                                 "database '%s' cannot be used: no namespace "
                                 "is selected", database);
    } else if (!srl_conn_is_http(db->conn)) {
        do {
            waiter.status = srl_use_start(db, ns, database, &waiter);
        } while (srl_waiter_again(&waiter));
        srl_session_doubt(&waiter);
    }
    if (!waiter.status) {
        status = srl_session_place(db->session, ns, database, &waiter.error);
        waiter.status = status;
        db->session->is_changed = true;
    }
    return srl_waiter_end(&waiter, NULL);
}

/* ---- variables -------------------------------------------------------- */

/* Take a variable out of the kept ones. */
static void
srl_vars_remove(srl_session *session, const char *name)
{
    srl_buf *vars = &session->vars;
    const uint8_t *at = vars->data;
    size_t i;

    for (i = 0; i < session->var_count; i++) {
        const uint8_t *end;
        surreal_str text;

        end = srl_cbor_skip(srl_cbor_text_at(at, &text));
        if (!surreal_str_eq(text, surreal_text(name))) {
            at = end;
            continue;
        }
        memmove(vars->data + (at - vars->data), end,
                (size_t)(vars->data + vars->len - end));
        vars->len -= (size_t)(end - at);
        session->var_count--;
        return;
    }
}

/* Keep what was sent, so that a reconnect can send it again. */
static surreal_status
srl_vars_keep(surreal *db, const surreal_bind *variable, surreal_error *err)
{
    srl_session *session = db->session;
    size_t before;
    surreal_status status;

    srl_vars_remove(session, variable->name);
    before = session->vars.len;
    status = srl_put_var(&session->vars, variable, srl_major(db), err);
    if (!status) {
        session->var_count++;
        return SURREAL_OK;
    }
    session->vars.len = before;
    session->vars.status = SURREAL_OK;
    return status;
}

static surreal_status
srl_let_check(const char *name, surreal_error *err)
{
    static const char *const reserved[] = {"access", "auth", "token",
                                           "session"};
    size_t i;

    if (!name || !*name) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the variable has no name");
    }
    for (i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (strcmp(name, reserved[i])) continue;
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the variable %s is the server's own", name);
    }
    return SURREAL_OK;
}

static surreal_status
srl_let_start(surreal *db, const surreal_bind *variable, const char *method,
              srl_waiter *waiter)
{
    srl_buf *out = &db->conn->transport.out;
    surreal_error *err = &waiter->error;
    surreal_status status;
    srl_call call;

    SRL_TRY(srl_let_check(variable->name, err));
    SRL_TRY(srl_call_begin(db, method, *method == 'l' ? 2 : 1,
                           srl_waiter_done, waiter, &call, err));
    status = *method == 'l' ? srl_put_var(out, variable, srl_major(db), err)
                            : srl_put_str(out, surreal_text(variable->name));
    return srl_call_send(db, &call, status, err);
}

/* `let` or `unset`: over HTTP there is nobody to tell. */
static surreal_status
srl_let(surreal *db, const surreal_bind *variable, const char *method)
{
    srl_waiter waiter;

    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    if (srl_conn_is_http(db->conn)) {
        waiter.status = srl_let_check(variable->name, &waiter.error);
    } else {
        do {
            waiter.status = srl_let_start(db, variable, method, &waiter);
        } while (srl_waiter_again(&waiter));
        srl_session_doubt(&waiter);
    }
    if (!waiter.status) {
        db->session->is_changed = true;
        if (*method == 'l') {
            waiter.status = srl_vars_keep(db, variable, &waiter.error);
        } else {
            srl_vars_remove(db->session, variable->name);
        }
    }
    return srl_waiter_end(&waiter, NULL);
}

SURREAL_API surreal_status
surreal_let(surreal *db, surreal_bind variable)
{
    return srl_let(db, &variable, "let");
}

SURREAL_API surreal_status
surreal_unset(surreal *db, const char *name)
{
    surreal_bind variable = surreal_bind_none(name);

    return srl_let(db, &variable, "unset");
}
