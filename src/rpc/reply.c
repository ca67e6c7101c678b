/* rpc/reply.c: replies, and the rows of a query. */
#include "rpc/rpc.h"

/* A reply is a map with some of id, result, error and session. Unknown keys
 * are passed over: servers add to replies. */
SRL_FN surreal_status
srl_reply_read(const uint8_t *message, srl_reply *reply, surreal_error *err)
{
    const surreal_str keys[3] = {{"error", 5}, {"id", 2}, {"result", 6}};
    const uint8_t *found[3];
    const uint8_t *id;
    srl_cbor_head head;

    memset(reply, 0, sizeof *reply);
    srl_cbor_head_at(message, &head);
    if (head.major != SRL_CBOR_MAP) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "expected a reply object, got CBOR type %d",
                        head.major);
    }
    srl_cbor_members(message, keys, 3, found);
    reply->error = found[0];
    id = found[1];
    reply->result = found[2];
    if (reply->error && *reply->error == SRL_CBOR_NULL) reply->error = NULL;
    if (reply->error) reply->result = NULL;
    if (!reply->result && !reply->error) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "reply has neither a result nor an error");
    }
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
    const surreal_str keys[2] = {{"result", 6}, {"status", 6}};
    const uint8_t *found[2];
    const uint8_t *end;
    srl_cbor_head head;

    memset(row, 0, sizeof *row);
    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_MAP) {
        srl_fail(err, SURREAL_ERR_REPLY,
                 "expected a statement's answer, got CBOR type %d",
                 head.major);
        return NULL;
    }
    row->at = at;
    end = srl_cbor_members(at, keys, 2, found);
    row->value = found[0];
    if (!row->value || !found[1] || *found[1] >> 5 != SRL_CBOR_TEXT) {
        srl_fail(err, SURREAL_ERR_REPLY,
                 "a statement's answer has no status or no result");
        return NULL;
    }
    row->failed = !srl_cbor_text_is(found[1], SURREAL_LIT("OK"));
    return end;
}

/* Nanoseconds of a unit; 0 for a unit that is none. */
static uint64_t
srl_row_time_unit(surreal_str unit)
{
    if (surreal_str_eq(unit, SURREAL_LIT("ns"))) return 1;
    if (surreal_str_eq(unit, SURREAL_LIT("\xc2\xb5s"))) return 1000;
    if (surreal_str_eq(unit, SURREAL_LIT("us"))) return 1000;
    if (surreal_str_eq(unit, SURREAL_LIT("ms"))) return 1000000;
    if (surreal_str_eq(unit, SURREAL_LIT("s"))) return 1000000000;
    return 0;
}

SRL_FN bool
srl_row_time_parse(surreal_str text, surreal_duration *out)
{
    uint64_t whole = 0;
    uint64_t fraction = 0;
    uint64_t scale = 1; /* 10^digits of fraction, at most 10^9 */
    uint64_t unit;
    size_t i = 0;

    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9') {
        if (whole > UINT64_C(1000000000000)) return false;
        whole = whole * 10 + (uint64_t)(text.ptr[i++] - '0');
    }
    if (!i) return false;
    if (i < text.len && text.ptr[i] == '.') i++;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9') {
        if (scale < 1000000000) {
            fraction = fraction * 10 + (uint64_t)(text.ptr[i] - '0');
            scale *= 10;
        }
        i++;
    }
    unit = srl_row_time_unit(surreal_text_of(text.ptr + i, text.len - i));
    if (!unit) return false;
    /* unit divides 10^9; fraction < scale <= 10^9, so the product fits. */
    out->sec = whole / (1000000000 / unit);
    out->nsec = (uint32_t)(whole % (1000000000 / unit) * unit +
                           fraction * unit / scale);
    return true;
}
