/* client/query.c: calls. */
#include "client/client.h"

/* Why no request can be sent now; SURREAL_OK if one can. */
static surreal_status
srl_call_allowed(surreal *db, surreal_error *err)
{
    const srl_transport *t = &db->transport;

    if (db->phase == SRL_PHASE_FAILED) {
        *err = db->failure;
        return db->failure.status;
    }
    if (db->phase == SRL_PHASE_CLOSED) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection was closed here");
    }
    if (db->phase < SRL_PHASE_SETUP) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "the connection is still being made");
    }
    if (t->out.len - t->out_at > SRL_OUT_HIGH) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "%zu bytes wait to be sent: drive surreal_step first",
                        t->out.len - t->out_at);
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_begin(surreal *db, const char *method, size_t param_count,
               int timeout_ms, surreal_done *done, void *user, srl_call *call,
               surreal_error *err)
{
    int64_t deadline =
        timeout_ms < 0 ? INT64_MAX : srl_os_now_ms() + timeout_ms;
    surreal_status status;

    SRL_TRY(srl_call_allowed(db, err));
    call->request = srl_request_add(db, deadline, done, user, &status);
    if (!call->request) {
        return srl_fail(err, status, "%s (%zu requests in flight)",
                        surreal_status_text(status), db->requests.pending);
    }
    status = srl_transport_begin(db, &call->mark);
    if (status) {
        srl_request_drop(db, call->request);
        db->transport.out.status = SURREAL_OK;
        return srl_fail(err, status, "out of memory for the request");
    }
    srl_rpc_begin(&db->transport.out, call->request->id, method, param_count);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_send(surreal *db, srl_call *call, surreal_status status,
              surreal_error *err)
{
    if (!status) {
        status = srl_transport_end(db, call->mark, err);
    } else if (err->status != status) {
        srl_fail(err, status, "%s", surreal_status_text(status));
    }
    if (!status) return SURREAL_OK;
    srl_transport_undo(db, call->mark);
    srl_request_drop(db, call->request);
    return status;
}

/* User traffic waits for READY: before it, nobody is signed in. */
static surreal_status
srl_user_call_begin(surreal *db, const char *method, size_t param_count,
                    surreal_done *done, void *user, srl_call *call,
                    surreal_error *err)
{
    srl_error_clear(err);
    if (!done) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a request needs a callback for its end");
    }
    if (db->phase == SRL_PHASE_SETUP) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "the connection is still being made");
    }
    return srl_call_begin(db, method, param_count, db->options.timeout_ms,
                          done, user, call, err);
}

static surreal_status
srl_query_begin(surreal *db, surreal_str text, surreal_vars vars,
                surreal_done *done, void *user, surreal_request **request,
                surreal_error *err)
{
    srl_call call;
    surreal_status status;

    if (!text.ptr) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the query text is NULL");
    }
    SRL_TRY(srl_user_call_begin(db, "query", 2, done, user, &call, err));
    call.request->is_query = true;
    status = srl_put_str(&db->transport.out, text);
    if (status == SURREAL_ERR_UTF8) {
        srl_fail(err, status, "the query text is not UTF-8");
    } else if (!status) {
        status = srl_put_vars(&db->transport.out, vars, db->version.major,
                              err);
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
    SRL_TRY(srl_user_call_begin(db, method, (size_t)head.arg, done, user,
                                &call, err));
    used = (size_t)(srl_cbor_head_at(params.ptr, &head) - params.ptr);
    srl_buf_put(&db->transport.out, params.ptr + used, params.len - used);
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
    surreal_error err;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    status = srl_query_begin(db, text, vars, done, user, request, &err);
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
    srl_enter(db);
    srl_fail(&err, SURREAL_ERR_CANCELLED, "the request was cancelled");
    srl_request_complete(db, request, err.status, NULL, &err);
    srl_leave(db);
}

SURREAL_API surreal_status
surreal_query_str(surreal *db, surreal_str text, surreal_vars vars,
                  surreal_result **out)
{
    srl_waiter waiter;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    do {
        waiter.status = srl_query_begin(db, text, vars, srl_waiter_done,
                                        &waiter, NULL, &waiter.error);
    } while (srl_waiter_again(db, &waiter));
    return srl_waiter_wait(db, &waiter, out);
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
    } while (srl_waiter_again(db, &waiter));
    return srl_waiter_wait(db, &waiter, out);
}

SURREAL_API surreal_status
surreal_ping(surreal *db)
{
    surreal_bytes none = {NULL, 0};

    return surreal_rpc(db, "ping", none, NULL);
}

/* One parameter of `use`: a name, or NONE to leave it as it is. */
static surreal_status
srl_use_param(srl_buf *out, const char *name)
{
    if (name) return srl_put_str(out, surreal_text(name));
    srl_cbor_put_none(out);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_use(surreal *db, const char *ns, const char *database)
{
    srl_waiter waiter;
    srl_call call;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    if (database && !ns && !db->has_ns) {
        /* SurrealDB 3.0 ends its process for this request. */
        waiter.status = srl_fail(&waiter.error, SURREAL_ERR_USAGE,
                                 "database '%s' cannot be used: no namespace "
                                 "is selected", database);
        return srl_waiter_wait(db, &waiter, NULL);
    }
    do {
        waiter.status = srl_user_call_begin(db, "use", 2, srl_waiter_done,
                                            &waiter, &call, &waiter.error);
    } while (srl_waiter_again(db, &waiter));
    if (waiter.is_closed) return waiter.status;
    if (!waiter.status) {
        status = srl_use_param(&db->transport.out, ns);
        if (!status) status = srl_use_param(&db->transport.out, database);
        waiter.status = srl_call_send(db, &call, status, &waiter.error);
    }
    srl_enter(db);
    status = srl_waiter_wait(db, &waiter, NULL);
    if (!status && ns) db->has_ns = true;
    srl_leave(db);
    return status;
}

SURREAL_API surreal_status
surreal_signin(surreal *db, const char *ns, const char *database,
               const char *user, const char *pass)
{
    srl_waiter waiter;
    srl_call call;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    if (!user || !pass || (database && !ns)) {
        waiter.status = srl_fail(&waiter.error, SURREAL_ERR_USAGE,
                                 "sign-in needs user and pass, and a "
                                 "namespace for a database user");
        return srl_waiter_wait(db, &waiter, NULL);
    }
    do {
        waiter.status = srl_user_call_begin(db, "signin", 1, srl_waiter_done,
                                            &waiter, &call, &waiter.error);
    } while (srl_waiter_again(db, &waiter));
    if (waiter.is_closed) return waiter.status;
    if (!waiter.status) {
        db->transport.out.is_secret = true;
        status = srl_rpc_signin_param(&db->transport.out, ns, database, user,
                                      pass);
        waiter.status = srl_call_send(db, &call, status, &waiter.error);
    }
    srl_enter(db);
    status = srl_waiter_wait(db, &waiter, NULL);
    if (!status && ns) db->has_ns = true; /* the server selects it too */
    srl_leave(db);
    return status;
}
