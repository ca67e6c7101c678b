/* client/query.c: calls. */
#include "client/client.h"

/* Why the connection takes no request now; SURREAL_OK if it does. */
static surreal_status
srl_call_allowed(const srl_conn *c, surreal_error *err)
{
    const srl_transport *t = &c->transport;

    if (c->phase == SRL_PHASE_FAILED) {
        *err = c->failure;
        return c->failure.status;
    }
    if (t->is_in_callback) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a callback of an export or import may not use its "
                        "own connection");
    }
    if (c->phase < SRL_PHASE_SETUP) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "the connection is still being made%s%s",
                        c->failure.status ? ": " : "", c->failure.message);
    }
    if (t->out.len - t->out_at > SRL_OUT_HIGH) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "%zu bytes wait to be sent: drive surreal_step first",
                        t->out.len - t->out_at);
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_handle_closed(surreal_error *err)
{
    return srl_fail(err, SURREAL_ERR_CLOSED,
                    "the connection or session was closed here");
}

/* Why nothing can be done through this handle. */
static surreal_status
srl_handle_allowed(const surreal *db, const char *method, surreal_error *err)
{
    if (db->is_ended) return srl_handle_closed(err);
    if (db->txn) SRL_TRY(srl_txn_allows(db, method, err));
    if (db->session->failure.status) {
        *err = db->session->failure;
        return err->status;
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_ready(surreal *db, const char *method, surreal_error *err)
{
    SRL_TRY(srl_handle_allowed(db, method, err));
    if (db->conn->phase == SRL_PHASE_SETUP) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "the connection is still being made");
    }
    return srl_call_allowed(db->conn, err);
}

static surreal_status
srl_call_open(surreal *db, const char *method, size_t param_count,
              int timeout_ms, surreal_done *done, void *user, srl_call *call,
              surreal_error *err)
{
    int64_t deadline = srl_os_deadline(timeout_ms);
    srl_conn *c = db->conn;
    const srl_session *session = db->session;
    surreal_status status;

    SRL_TRY(srl_call_allowed(c, err));
    /* The limit is the call's, however often it has to be sent. */
    if (done == srl_waiter_done) deadline = ((srl_waiter *)user)->end_ms;
    SRL_TRY(srl_wire_allows(c, method, err));
    call->request = srl_request_add(db, deadline, done, user, &status);
    if (!call->request) {
        return srl_fail(err, status, "%s (%zu requests in flight)",
                        surreal_status_text(status), c->requests.pending);
    }
    status = srl_wire_begin(call->request, method, &call->mark, err);
    if (status) {
        srl_request_drop(c, call->request);
        return status;
    }
    srl_rpc_begin(&c->transport.out, call->request->id, method,
                  session->is_attached ? &session->id : NULL,
                  db->txn ? &db->txn->id : NULL, param_count);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_begin(surreal *db, const char *method, size_t param_count,
               surreal_done *done, void *user, srl_call *call,
               surreal_error *err)
{
    srl_error_clear(err);
    if (!done) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a request needs a callback for its end");
    }
    SRL_TRY(srl_call_ready(db, method, err));
    return srl_call_open(db, method, param_count, db->conn->options.timeout_ms,
                         done, user, call, err);
}

SRL_FN surreal_status
srl_call_begin_setup(surreal *db, const char *method, size_t param_count,
                     int timeout_ms, surreal_done *done, void *user,
                     srl_call *call, surreal_error *err)
{
    SRL_TRY(srl_call_open(db, method, param_count, timeout_ms, done, user,
                          call, err));
    call->request->is_setup = true;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_send(surreal *db, srl_call *call, surreal_status status,
              surreal_error *err)
{
    srl_conn *c = db->conn;

    if (!status) {
        status = srl_wire_end(call->request, call->mark, err);
    } else if (err->status != status) {
        srl_fail(err, status, "%s", surreal_status_text(status));
    }
    if (!status) {
        c->unanswered++;
        return SURREAL_OK;
    }
    srl_transport_undo(c, call->mark);
    srl_request_drop(c, call->request);
    return status;
}

/* The end of a request nobody waits for. */
static void
srl_call_ignore(void *user, surreal *db, surreal_status status,
                   surreal_result *result, const surreal_error *err)
{
    (void)user;
    (void)db;
    (void)status;
    (void)err;
    surreal_result_free(result);
}

SRL_FN void
srl_call_and_forget(surreal *db, const char *method, const surreal_uuid *param)
{
    srl_conn *c = db->conn;
    surreal_error ignored;
    srl_call call;

    if ((c->phase != SRL_PHASE_READY && c->phase != SRL_PHASE_SETUP) ||
        srl_call_begin_setup(db, method, param ? 1 : 0, c->options.timeout_ms,
                             srl_call_ignore, NULL, &call, &ignored)) {
        return;
    }
    call.request->db = c->root; /* db may be gone when the answer comes */
    if (param) srl_put_uuid(&c->transport.out, *param);
    srl_call_send(db, &call, SURREAL_OK, &ignored);
}

/* ---- variables ---------------------------------------------------------- */

static bool
srl_vars_have(const void *user, surreal_str name)
{
    const surreal_vars *vars = (const surreal_vars *)user;
    size_t i;

    for (i = 0; i < vars->count; i++) {
        if (surreal_str_eq(surreal_text(vars->v[i].name), name)) return true;
    }
    return false;
}

static surreal_status
srl_vars_put(const void *user, srl_buf *out, int server_major,
             surreal_error *err)
{
    const surreal_vars *vars = (const surreal_vars *)user;

    srl_cbor_put_head(out, SRL_CBOR_MAP, vars->count);
    return srl_put_vars(out, *vars, server_major, err);
}

/* `vars` stays the caller's. */
static srl_var_source
srl_vars_source(const surreal_vars *vars)
{
    srl_var_source source;

    source.count = vars->count;
    source.has = srl_vars_have;
    source.put = srl_vars_put;
    source.user = vars;
    return source;
}

/* Append the session's variables but those the call has itself, or count them
 * if `out` is NULL. */
static size_t
srl_session_vars(const srl_session *session, const srl_var_source *vars,
                 srl_buf *out)
{
    const uint8_t *at = session->vars.data;
    size_t count = 0;
    size_t i;

    for (i = 0; i < session->var_count; i++) {
        surreal_str name;
        const uint8_t *end = srl_cbor_skip(srl_cbor_text_at(at, &name));

        if (!vars->has(vars->user, name)) {
            if (out) srl_buf_put(out, at, (size_t)(end - at));
            count++;
        }
        at = end;
    }
    return count;
}

/* The server keeps nothing over HTTP: a session's variables go along, in front
 * of the call's, whose head is taken off for that. */
static surreal_status
srl_query_vars(surreal *db, const srl_var_source *vars, surreal_error *err)
{
    srl_buf *out = &db->conn->transport.out;
    bool is_http = srl_conn_is_http(db->conn);
    size_t more = is_http ? srl_session_vars(db->session, vars, NULL) : 0;
    srl_cbor_head head;
    size_t mark;
    size_t len;

    if (!more) return vars->put(vars->user, out, srl_major(db), err);
    srl_cbor_put_head(out, SRL_CBOR_MAP, more + vars->count);
    srl_session_vars(db->session, vars, out);
    mark = out->len;
    SRL_TRY(vars->put(vars->user, out, srl_major(db), err));
    if (out->status) return out->status;
    len = (size_t)(srl_cbor_head_at(out->data + mark, &head) -
                   (out->data + mark));
    memmove(out->data + mark, out->data + mark + len, out->len - mark - len);
    out->len -= len;
    return SURREAL_OK;
}

SRL_FN const char *
srl_sql_begin(const char *at, const char *end)
{
    while (at < end) {
        size_t left = (size_t)(end - at);

        if (*at == ' ' || (*at >= '\t' && *at <= '\r')) {
            at++;
        } else if (left > 1 && !memcmp(at, "/*", 2)) {
            at += 2;
            while (end - at > 1 && memcmp(at, "*/", 2)) at++;
            if (end - at < 2) return NULL;
            at += 2;
        } else if (*at == '#' || (left > 1 && (!memcmp(at, "--", 2) ||
                                               !memcmp(at, "//", 2)))) {
            while (at < end && *at != '\n') at++;
        } else {
            break;
        }
    }
    return at;
}

static surreal_status
srl_query_begin(surreal *db, surreal_str text, const srl_var_source *vars,
                surreal_done *done, void *user, surreal_request **request,
                surreal_error *err)
{
    srl_call call;
    surreal_status status;

    if (!text.ptr) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the query text is NULL");
    }
    SRL_TRY(srl_call_begin(db, "query", 2, done, user, &call, err));
    call.request->is_query = true;
    status = srl_put_str(&db->conn->transport.out, text);
    if (status == SURREAL_ERR_UTF8) {
        srl_fail(err, status, "the query text is not UTF-8");
    } else if (!status) {
        status = srl_query_vars(db, vars, err);
    }
    SRL_TRY(srl_call_send(db, &call, status, err));
    if (request) *request = call.request;
    return SURREAL_OK;
}

static surreal_status
srl_rpc_start(surreal *db, const char *method, surreal_bytes params,
              surreal_done *done, void *user, surreal_request **request,
              surreal_error *err)
{
    static const uint8_t no_params[1] = {0x80};
    srl_cbor_head head;
    srl_call call;
    surreal_status status = SURREAL_OK;
    const char *reason = "";
    size_t used = 0;

    if (!method) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the method is NULL");
    }
    if (!params.len) {
        params.ptr = no_params;
        params.len = sizeof no_params;
    }
    status = srl_cbor_check(params.ptr, params.len, SURREAL_MAX_DEPTH, &used,
                            &reason);
    srl_error_clear(err);
    if (!status && used != params.len) status = SURREAL_ERR_CBOR;
    if (status || params.ptr[0] >> 5 != SRL_CBOR_ARRAY ||
        (params.ptr[0] & 31) == 31) {
        return srl_fail(err, status ? status : SURREAL_ERR_USAGE,
                        "the params of %s are not one encoded array", method);
    }
    srl_cbor_head_at(params.ptr, &head);
    SRL_TRY(srl_call_begin(db, method, (size_t)head.arg, done, user, &call,
                           err));
    used = (size_t)(srl_cbor_head_at(params.ptr, &head) - params.ptr);
    srl_buf_put(&db->conn->transport.out, params.ptr + used,
                params.len - used);
    call.request->is_query = !strcmp(method, "query");
    SRL_TRY(srl_call_send(db, &call, SURREAL_OK, err));
    if (request) *request = call.request;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_query_start(surreal *db, surreal_str text, surreal_vars vars,
                    surreal_done *done, void *user,
                    surreal_request **request)
{
    srl_var_source source = srl_vars_source(&vars);
    surreal_error err;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    status = srl_query_begin(db, text, &source, done, user, request, &err);
    if (status) db->error = err;
    return status;
}

SURREAL_API surreal_status
surreal_rpc_start(surreal *db, const char *method, surreal_bytes params,
                  surreal_done *done, void *user, surreal_request **request)
{
    surreal_error err;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    status = srl_rpc_start(db, method, params, done, user, request, &err);
    if (status) db->error = err;
    return status;
}

SURREAL_API void
surreal_cancel(surreal *db, surreal_request *request)
{
    surreal_error err;

    if (!db || !request || !request->is_pending) return;
    srl_enter(db->conn);
    srl_fail(&err, SURREAL_ERR_CANCELLED, "the request was cancelled");
    srl_request_complete(db->conn, request, err.status, NULL, &err);
    srl_leave(db->conn);
}

SRL_FN surreal_status
srl_query_ask(surreal *db, surreal_str text, const srl_var_source *vars,
              surreal_result **out)
{
    srl_waiter waiter;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    do {
        waiter.status = srl_query_begin(db, text, vars, srl_waiter_done,
                                        &waiter, NULL, &waiter.error);
    } while (srl_waiter_again(&waiter));
    return srl_waiter_end(&waiter, out);
}

SURREAL_API surreal_status
surreal_query_str(surreal *db, surreal_str text, surreal_vars vars,
                  surreal_result **out)
{
    srl_var_source source = srl_vars_source(&vars);

    return srl_query_ask(db, text, &source, out);
}

SURREAL_API surreal_status
surreal_query(surreal *db, const char *text, surreal_vars vars,
              surreal_result **out)
{
    return surreal_query_str(db, surreal_text(text), vars, out);
}

SURREAL_API surreal_status
surreal_rpc(surreal *db, const char *method, surreal_bytes params,
            surreal_result **out)
{
    srl_waiter waiter;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    do {
        waiter.status = srl_rpc_start(db, method, params, srl_waiter_done,
                                      &waiter, NULL, &waiter.error);
    } while (srl_waiter_again(&waiter));
    return srl_waiter_end(&waiter, out);
}

SURREAL_API surreal_status
surreal_ping(surreal *db)
{
    surreal_bytes none = {NULL, 0};

    return surreal_rpc(db, "ping", none, NULL);
}
