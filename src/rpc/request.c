/* rpc/request.c: requests. */
#include "rpc/rpc.h"

SRL_FN void
srl_rpc_begin(srl_buf *buf, uint64_t id, const char *method,
              size_t param_count)
{
    srl_cbor_put_head(buf, SRL_CBOR_MAP, 3);
    srl_cbor_put_key(buf, "id");
    srl_cbor_put_head(buf, SRL_CBOR_UINT, id);
    srl_cbor_put_key(buf, "method");
    srl_cbor_put_key(buf, method);
    srl_cbor_put_key(buf, "params");
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, param_count);
}

static surreal_status
srl_rpc_pair(srl_buf *buf, const char *key, const char *value)
{
    srl_cbor_put_key(buf, key);
    return srl_put_str(buf, surreal_text(value));
}

SRL_FN surreal_status
srl_rpc_signin_param(srl_buf *buf, const char *ns, const char *db,
                     const char *user, const char *pass)
{
    size_t pairs = (size_t)2 + (ns ? 1 : 0) + (db ? 1 : 0);

    srl_cbor_put_head(buf, SRL_CBOR_MAP, pairs);
    if (ns) SRL_TRY(srl_rpc_pair(buf, "ns", ns));
    if (db) SRL_TRY(srl_rpc_pair(buf, "db", db));
    SRL_TRY(srl_rpc_pair(buf, "user", user));
    return srl_rpc_pair(buf, "pass", pass);
}
