/* client/wire.c: what a connection knows of the protocol over its stream. */
#include "client/client.h"

/* One place to tell WebSocket and HTTP apart, so that connecting, requests and
 * stepping need not. */

SRL_FN bool
srl_conn_is_http(const srl_conn *c)
{
    return c->url.scheme == SRL_SCHEME_HTTP ||
           c->url.scheme == SRL_SCHEME_HTTPS;
}

SRL_FN surreal_status
srl_wire_open(srl_conn *c, surreal_error *err)
{
    if (srl_conn_is_http(c)) return srl_httpwire_open(c, err);
    srl_trace(c, SURREAL_LEVEL_DEBUG, "client", "asking for WebSocket");
    return srl_transport_upgrade(c, err);
}

SRL_FN surreal_status
srl_wire_opened(srl_conn *c, surreal_error *err)
{
    return srl_conn_is_http(c) ? SURREAL_OK : srl_transport_upgraded(c, err);
}

SRL_FN surreal_status
srl_wire_begin(surreal_request *request, const char *method, size_t *mark,
               surreal_error *err)
{
    srl_conn *c = request->db->conn;

    return srl_conn_is_http(c) ? srl_httpwire_begin(request, method, mark, err)
                               : srl_transport_begin(c, mark, err);
}

SRL_FN surreal_status
srl_wire_end(surreal_request *request, size_t mark, surreal_error *err)
{
    srl_conn *c = request->db->conn;
    const srl_transport *t = &c->transport;

    if (srl_conn_is_http(c)) return srl_httpwire_end(request, mark, err);
    SRL_TRY(srl_transport_end(c, mark, err));
    request->sent_end = t->written + (t->out.len - t->out_at);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_wire_flush(srl_conn *c, bool *progress, surreal_error *err)
{
    return srl_conn_is_http(c) ? srl_httpwire_flush(c, progress, err)
                               : srl_transport_flush(c, progress, err);
}

SRL_FN surreal_status
srl_wire_next(srl_conn *c, surreal_result **out, surreal_error *err)
{
    return srl_conn_is_http(c) ? srl_httpwire_next(c, out, err)
                               : srl_transport_next(c, out, err);
}

SRL_FN bool
srl_wire_has_output(const srl_conn *c)
{
    return srl_conn_is_http(c) ? srl_httpwire_has_output(c)
                               : srl_transport_has_output(c);
}

/* HTTP has no goodbye. */
SRL_FN void
srl_wire_goodbye(srl_conn *c)
{
    if (!srl_conn_is_http(c)) srl_transport_goodbye(c);
}

/* Over HTTP a peer that is gone is found by the next request; nobody waits
 * for anything in between. */
SRL_FN surreal_status
srl_wire_timers(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    return srl_conn_is_http(c) ? srl_httpwire_timers(c, now_ms, err)
                               : srl_ping_timers(c, now_ms, err);
}

SRL_FN int64_t
srl_wire_timer(const srl_conn *c)
{
    return srl_conn_is_http(c) ? srl_httpwire_timer(c) : srl_ping_timer(c);
}

/* Each request over HTTP is a session of its own on the server. Some methods
 * do not exist there; others would do something that is over with the answer,
 * and saying "ok" to that would be a lie. */
SRL_FN surreal_status
srl_wire_allows(const srl_conn *c, const char *method, surreal_error *err)
{
    static const char *const need_socket[] = {
        "attach", "begin", "cancel", "commit", "detach", "kill", "live",
        "sessions"};
    static const char *const need_session[] = {
        "invalidate", "let", "reset", "set", "unset", "use"};
    size_t i;

    if (!srl_conn_is_http(c)) return SURREAL_OK;
    for (i = 0; i < sizeof need_socket / sizeof need_socket[0]; i++) {
        if (strcmp(method, need_socket[i])) continue;
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "%s needs a ws:// connection: this one is HTTP",
                        method);
    }
    for (i = 0; i < sizeof need_session / sizeof need_session[0]; i++) {
        if (strcmp(method, need_session[i])) continue;
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "the method %s does nothing that lasts over HTTP: "
                        "call the surreal_ function for it, or use ws://",
                        method);
    }
    return SURREAL_OK;
}
