/* ws/message.c: WebSocket messages out of frames, RFC 6455 section 5.4. */
#include "ws/ws.h"

/* A message is one data frame, or a first fragment without FIN and
 * continuations up to one with FIN; control frames may stand between them.
 *
 *   HEAD     bytes of a frame's head are collected in `head`. When it is
 *            whole: room for the payload, then DATA; or CONTROL
 *   DATA     `left` payload bytes are still to be put at data + have, by us
 *            from the input or by the caller straight from the socket. At 0
 *            the frame is over: HEAD, and a message if it had FIN
 *   CONTROL  the payload is collected in `control`; at `left` 0 it is an
 *            event, then HEAD. After a close frame: CLOSED
 *   CLOSED   input is dropped; final
 *
 *   holds    opcode is 0 exactly when no message is begun; have + left <= cap
 *            <= max in DATA; status is set by the first failure and final
 *   refuses  see srl_ws_head_read; a continuation of nothing, a data frame
 *            inside a message, messages beyond max, text that is not UTF-8,
 *            close frames with one byte or a code that may not be sent
 *
 * Only whole frames change what the caller sees, so any cut of the input
 * gives the same events. */

enum {
    SRL_WS_IN_HEAD = 0,
    SRL_WS_IN_DATA,
    SRL_WS_IN_CONTROL,
    SRL_WS_CLOSED
};

SRL_FN void
srl_ws_init(srl_ws *ws, size_t max, srl_ws_room *room, void *user)
{
    SURREAL_ASSERT(room);
    memset(ws, 0, sizeof *ws);
    ws->max = max;
    ws->room = room;
    ws->user = user;
}

SRL_FN size_t
srl_ws_want(const srl_ws *ws, uint8_t **into)
{
    if (ws->status || ws->state != SRL_WS_IN_DATA) return 0;
    *into = ws->data + ws->have;
    return ws->left;
}

SRL_FN void
srl_ws_filled(srl_ws *ws, size_t len)
{
    if (!len) return;
    SURREAL_ASSERT(ws->state == SRL_WS_IN_DATA);
    SURREAL_ASSERT(len <= ws->left);
    ws->have += len;
    ws->left -= len;
}

/* Copy as much of the input as the frame's payload still wants. */
static void
srl_ws_take(srl_ws *ws, surreal_bytes *in, uint8_t *out, size_t *have)
{
    size_t n = in->len < ws->left ? in->len : ws->left;

    if (!n) return;
    memcpy(out + *have, in->ptr, n);
    *have += n;
    ws->left -= n;
    in->ptr += n;
    in->len -= n;
}

/* Make the message able to hold `need` bytes. An unfragmented one gets just
 * that. The room of a fragmented one is doubled, so that many small fragments
 * do not make us move it each time; its last fragment is exact again. */
static surreal_status
srl_ws_make_room(srl_ws *ws, size_t need, surreal_error *err)
{
    size_t len = need;
    uint8_t *block;

    SURREAL_ASSERT(need <= ws->max);
    if (ws->data && need <= ws->cap) return SURREAL_OK;
    if (ws->data && !ws->frame.fin) {
        size_t twice = ws->cap > ws->max / 2 ? ws->max : ws->cap * 2;

        if (twice > len) len = twice;
    }
    block = ws->room(ws->user, ws->data, ws->have, len);
    if (!block) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "websocket: no memory for a message of %llu bytes",
                        (unsigned long long)len);
    }
    ws->data = block;
    ws->cap = len;
    return SURREAL_OK;
}

/* A data frame begins. */
static surreal_status
srl_ws_begin_data(srl_ws *ws, surreal_error *err)
{
    bool continues = ws->frame.opcode == SRL_WS_CONTINUATION;

    if (continues && !ws->opcode) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: continuation without a message "
                        "(RFC 6455 5.4)");
    }
    if (!continues && ws->opcode) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: new message inside a fragmented one "
                        "(RFC 6455 5.4)");
    }
    if (!continues) {
        ws->opcode = ws->frame.opcode;
        ws->data = NULL;
        ws->have = 0;
        ws->cap = 0;
    }
    SURREAL_ASSERT(ws->have <= ws->max);
    if (ws->frame.len > ws->max - ws->have) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "websocket: message of at least %llu bytes exceeds "
                        "the limit of %llu",
                        (unsigned long long)(ws->frame.len + ws->have),
                        (unsigned long long)ws->max);
    }
    ws->left = (size_t)ws->frame.len;
    ws->state = SRL_WS_IN_DATA;
    return srl_ws_make_room(ws, ws->have + ws->left, err);
}

/* Collect a head; once it is whole, begin its frame. */
static surreal_status
srl_ws_step_head(srl_ws *ws, surreal_bytes *in, surreal_error *err)
{
    size_t kept = ws->head_len;
    size_t n = SRL_WS_MAX_SERVER - kept;
    surreal_status status;

    if (n > in->len) n = in->len;
    memcpy(ws->head + kept, in->ptr, n);
    status = srl_ws_head_read(ws->head, kept + n, ws->max, &ws->frame, err);
    if (status == SURREAL_OK) {
        /* More may have been copied than the head was long. */
        SURREAL_ASSERT(ws->frame.size > kept);
        n = ws->frame.size - kept;
    } else if (status != SURREAL_WOULD_BLOCK) {
        return status;
    }
    in->ptr += n;
    in->len -= n;
    if (status == SURREAL_WOULD_BLOCK) {
        ws->head_len = kept + n;
        SURREAL_ASSERT(!in->len);
        return SURREAL_OK;
    }
    ws->head_len = 0;
    if (ws->frame.opcode < SRL_WS_CLOSE) return srl_ws_begin_data(ws, err);
    SURREAL_ASSERT(ws->frame.len <= SRL_WS_MAX_CONTROL);
    ws->left = (size_t)ws->frame.len;
    ws->control_len = 0;
    ws->state = SRL_WS_IN_CONTROL;
    return SURREAL_OK;
}

/* Go on with a data frame; its end may be the end of a message. */
static surreal_status
srl_ws_step_data(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
                 surreal_error *err)
{
    srl_ws_take(ws, in, ws->data, &ws->have);
    if (ws->left) return SURREAL_OK;
    ws->state = SRL_WS_IN_HEAD;
    if (!ws->frame.fin) return SURREAL_OK;
    if (ws->opcode == SRL_WS_TEXT && !srl_utf8_valid(ws->data, ws->have)) {
        return srl_fail(err, SURREAL_ERR_UTF8,
                        "websocket: text message is not UTF-8 "
                        "(RFC 6455 8.1)");
    }
    event->kind = SRL_WS_EVENT_MESSAGE;
    event->opcode = ws->opcode;
    event->data.ptr = ws->data;
    event->data.len = ws->have;
    ws->opcode = 0;
    ws->data = NULL; /* the caller's now */
    return SURREAL_OK;
}

/* Codes that may be on the wire: RFC 6455 7.4 and what IANA added to it (1012
 * to 1014), libraries' (3000) and applications' (4000). */
static bool
srl_ws_code_ok(unsigned code)
{
    if (code >= 3000) return code <= 4999;
    if (code < 1000 || code > 1014) return false;
    return code < 1004 || code > 1006;
}

static surreal_status
srl_ws_close_event(srl_ws *ws, srl_ws_event *event, surreal_error *err)
{
    size_t len = ws->control_len;

    event->code = SRL_WS_NO_CODE;
    if (len == 1) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: close frame with half a code "
                        "(RFC 6455 5.5.1)");
    }
    if (len >= 2) {
        event->code = srl_load16(ws->control);
        event->data.ptr = ws->control + 2;
        event->data.len = len - 2;
        if (!srl_ws_code_ok(event->code)) {
            return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                            "websocket: close code %u may not be sent "
                            "(RFC 6455 7.4)", event->code);
        }
        if (!srl_utf8_valid(ws->control + 2, len - 2)) {
            return srl_fail(err, SURREAL_ERR_UTF8,
                            "websocket: close reason is not UTF-8 "
                            "(RFC 6455 5.5.1)");
        }
    }
    event->kind = SRL_WS_EVENT_CLOSE;
    ws->state = SRL_WS_CLOSED;
    return SURREAL_OK;
}

/* Go on with a control frame; its end is an event. */
static surreal_status
srl_ws_step_control(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
                    surreal_error *err)
{
    srl_ws_take(ws, in, ws->control, &ws->control_len);
    if (ws->left) return SURREAL_OK;
    ws->state = SRL_WS_IN_HEAD;
    event->data.ptr = ws->control;
    event->data.len = ws->control_len;
    if (ws->frame.opcode == SRL_WS_CLOSE) {
        return srl_ws_close_event(ws, event, err);
    }
    event->kind = ws->frame.opcode == SRL_WS_PING ? SRL_WS_EVENT_PING
                                                  : SRL_WS_EVENT_PONG;
    return SURREAL_OK;
}

/* One step of the state machine in front of this part. */
static surreal_status
srl_ws_step(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
            surreal_error *err)
{
    switch (ws->state) {
    case SRL_WS_IN_HEAD: return srl_ws_step_head(ws, in, err);
    case SRL_WS_IN_DATA: return srl_ws_step_data(ws, in, event, err);
    case SRL_WS_IN_CONTROL: return srl_ws_step_control(ws, in, event, err);
    default:
        SURREAL_ASSERT(ws->state == SRL_WS_CLOSED);
        in->len = 0;
        return SURREAL_OK;
    }
}

SRL_FN surreal_status
srl_ws_next(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
            surreal_error *err)
{
    memset(event, 0, sizeof *event);
    if (ws->status) return ws->status;

    /* A frame without payload, or one the caller has filled, is over without
     * any more input. */
    while (in->len || (ws->state != SRL_WS_IN_HEAD &&
                       ws->state != SRL_WS_CLOSED && !ws->left)) {
        ws->status = srl_ws_step(ws, in, event, err);
        if (ws->status) {
            memset(event, 0, sizeof *event);
            return ws->status;
        }
        if (event->kind != SRL_WS_EVENT_NONE) break;
    }
    return SURREAL_OK;
}
