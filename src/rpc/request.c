/* rpc/request.c: requests. */
#include "rpc/rpc.h"

SRL_FN void
srl_rpc_begin(srl_buf *buf, uint64_t id, const char *method,
              const surreal_uuid *session, const surreal_uuid *txn,
              size_t param_count)
{
    size_t pairs = (size_t)3 + (session ? 1 : 0) + (txn ? 1 : 0);

    srl_cbor_put_head(buf, SRL_CBOR_MAP, pairs);
    srl_cbor_put_key(buf, "id");
    srl_cbor_put_head(buf, SRL_CBOR_UINT, id);
    srl_cbor_put_key(buf, "method");
    srl_cbor_put_key(buf, method);
    if (session) {
        srl_cbor_put_key(buf, "session");
        srl_put_uuid(buf, *session);
    }
    if (txn) {
        srl_cbor_put_key(buf, "txn");
        srl_put_uuid(buf, *txn);
    }
    srl_cbor_put_key(buf, "params");
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, param_count);
}
