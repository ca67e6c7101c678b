/* client/live.c: live queries. */
#include "client/client.h"

SRL_FN void
srl_live_take(srl_conn *c, surreal_result *r, const uint8_t *notification)
{
    (void)notification;
    srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
              "dropped a notification nobody asked for");
    surreal_result_free(r);
}

SRL_FN void
srl_lives_lose(srl_conn *c)
{
    (void)c;
}

SRL_FN surreal_status
srl_lives_restore(srl_conn *c, srl_setup *setup, srl_session *session,
                  surreal_error *err)
{
    (void)c;
    (void)setup;
    (void)session;
    (void)err;
    return SURREAL_OK;
}

SRL_FN void
srl_lives_end(srl_conn *c, const srl_session *session,
              const surreal_error *err)
{
    (void)c;
    (void)session;
    (void)err;
}

SRL_FN bool
srl_lives_any(const srl_conn *c)
{
    const srl_session *session;

    for (session = c->sessions; session; session = session->next) {
        if (session->lives) return true;
    }
    return false;
}
