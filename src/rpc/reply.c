/* rpc/reply.c: replies, and the rows of a query. */
#include "rpc/rpc.h"

/* A reply is a map with some of id, result, error and session. Unknown keys
 * are passed over: servers add to replies. */
SRL_FN surreal_status
srl_reply_read(const uint8_t *message, srl_reply *reply, surreal_error *err)
{
    const uint8_t *id;
    srl_cbor_head head;

    memset(reply, 0, sizeof *reply);
    srl_cbor_head_at(message, &head);
    if (head.major != SRL_CBOR_MAP) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "expected a reply object, got CBOR type %d",
                        head.major);
    }
    reply->result = srl_cbor_find(message, SURREAL_LIT("result"));
    reply->error = srl_cbor_find(message, SURREAL_LIT("error"));
    if (reply->error && *reply->error == SRL_CBOR_NULL) reply->error = NULL;
    if (reply->error) reply->result = NULL;
    if (!reply->result && !reply->error) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "reply has neither a result nor an error");
    }
    id = srl_cbor_find(message, SURREAL_LIT("id"));
    if (!id || *id == SRL_CBOR_NULL) return SURREAL_OK;
    srl_cbor_head_at(id, &head);
    if (head.major != SRL_CBOR_UINT) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "reply carries an id that is not a number");
    }
    reply->has_id = true;
    reply->id = head.arg;
    return SURREAL_OK;
}

SRL_FN const uint8_t *
srl_row_read(const uint8_t *at, srl_row *row, surreal_error *err)
{
    const uint8_t *status;
    srl_cbor_head head;
    surreal_str text;

    memset(row, 0, sizeof *row);
    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_MAP) {
        srl_fail(err, SURREAL_ERR_REPLY,
                 "expected a statement's answer, got CBOR type %d",
                 head.major);
        return NULL;
    }
    row->at = at;
    row->value = srl_cbor_find(at, SURREAL_LIT("result"));
    status = srl_cbor_find(at, SURREAL_LIT("status"));
    if (!row->value || !status || *status >> 5 != SRL_CBOR_TEXT) {
        srl_fail(err, SURREAL_ERR_REPLY,
                 "a statement's answer has no status or no result");
        return NULL;
    }
    srl_cbor_text_at(status, &text);
    row->failed = !surreal_str_eq(text, SURREAL_LIT("OK"));
    return srl_cbor_skip(at);
}
