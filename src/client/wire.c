/* client/wire.c: what a connection knows of the protocol over its stream. */
#include "client/client.h"

/* One place to tell protocols apart, so that connecting, requests and stepping
 * need not. */

SRL_FN surreal_status
srl_wire_open(srl_conn *c, surreal_error *err)
{
    return srl_transport_upgrade(c, err);
}

SRL_FN surreal_status
srl_wire_opened(srl_conn *c, surreal_error *err)
{
    return srl_transport_upgraded(c, err);
}

SRL_FN surreal_status
srl_wire_begin(surreal_request *request, const char *method, size_t *mark,
               surreal_error *err)
{
    (void)method;
    return srl_transport_begin(request->db->conn, mark, err);
}

SRL_FN surreal_status
srl_wire_end(surreal_request *request, size_t mark, surreal_error *err)
{
    return srl_transport_end(request->db->conn, mark, err);
}

SRL_FN surreal_status
srl_wire_flush(srl_conn *c, bool *progress, surreal_error *err)
{
    return srl_transport_flush(c, progress, err);
}

SRL_FN surreal_status
srl_wire_next(srl_conn *c, surreal_result **out, surreal_error *err)
{
    return srl_transport_next(c, out, err);
}

SRL_FN void
srl_wire_goodbye(srl_conn *c)
{
    srl_transport_goodbye(c);
}
