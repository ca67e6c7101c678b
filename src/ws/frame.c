/* ws/frame.c: WebSocket frames, RFC 6455 section 5. */
#include "ws/ws.h"

/*    0               1               2               3
 *   +-+-+-+-+-------+-+-------------+-------------------------------+
 *   |F|R|R|R| opcode|M| length      | length, 16 or 64 bits,        |
 *   |I|S|S|S|       |A| 0..125, 126,| if the 7 bits are 126 or 127  |
 *   |N|V|V|V|  (4)  |S| 127    (7)  |                               |
 *   +-+-+-+-+-------+K+-------------+-------------------------------+
 *   | mask key, 32 bits, if MASK is set: from the client only       |
 *   +---------------------------------------------------------------+
 *   | payload                                                       |
 *
 * Our frames are always whole messages, masked, with the shortest length. Of
 * the server's, all that this client did not ask for is refused: a mask
 * (5.1), reserved bits (no extension was agreed on) and opcodes, lengths that
 * could be shorter, control frames that are long or in pieces (5.5). This part
 * knows nothing of messages: see ws/message.c. */

#define SRL_WS_FIN 0x80u
#define SRL_WS_RSV 0x70u
#define SRL_WS_MASK 0x80u

static bool
srl_ws_is_control(unsigned opcode)
{
    return (opcode & 8) != 0;
}

SRL_FN size_t
srl_ws_head_write(uint8_t out[SRL_WS_MAX_HEAD], unsigned opcode, uint64_t len,
                  const uint8_t key[4])
{
    size_t at = 2;

    SURREAL_ASSERT(opcode && opcode <= SRL_WS_PONG);
    SURREAL_ASSERT(len <= UINT64_MAX / 2);
    SURREAL_ASSERT(!srl_ws_is_control(opcode) || len <= SRL_WS_MAX_CONTROL);
    out[0] = (uint8_t)(SRL_WS_FIN | opcode);
    if (len < 126) {
        out[1] = (uint8_t)(SRL_WS_MASK | len);
    } else if (len <= 0xffff) {
        out[1] = SRL_WS_MASK | 126;
        srl_store16(out + 2, (uint16_t)len);
        at = 4;
    } else {
        out[1] = SRL_WS_MASK | 127;
        srl_store64(out + 2, len);
        at = 10;
    }
    memcpy(out + at, key, 4);
    return at + 4;
}

SRL_FN size_t
srl_ws_seal(uint8_t *block, size_t len, unsigned opcode,
            const uint8_t key[4])
{
    uint8_t head[SRL_WS_MAX_HEAD];
    size_t size = srl_ws_head_write(head, opcode, len, key);
    size_t start = SRL_WS_MAX_HEAD - size;

    srl_ws_mask(block + SRL_WS_MAX_HEAD, block + SRL_WS_MAX_HEAD, len, key,
                0);
    memcpy(block + start, head, size);
    return start;
}

SRL_FN size_t
srl_ws_control_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME], unsigned opcode,
                     const uint8_t *data, size_t len, const uint8_t key[4])
{
    uint8_t head[SRL_WS_MAX_HEAD];
    size_t size;

    SURREAL_ASSERT(srl_ws_is_control(opcode));
    SURREAL_ASSERT(len <= SRL_WS_MAX_CONTROL);
    size = srl_ws_head_write(head, opcode, len, key);
    SURREAL_ASSERT(size == 6);
    memcpy(out, head, size);
    srl_ws_mask(out + size, data, len, key, 0);
    return size + len;
}

SRL_FN size_t
srl_ws_close_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME], unsigned code,
                   const char *reason, const uint8_t key[4])
{
    uint8_t body[SRL_WS_MAX_CONTROL + 1]; /* the text is put with a NUL */

    if (code == SRL_WS_NO_CODE) {
        return srl_ws_control_write(out, SRL_WS_CLOSE, NULL, 0, key);
    }
    SURREAL_ASSERT(code >= 1000 && code <= 4999);
    srl_store16(body, (uint16_t)code);
    srl_text_copy((char *)body + 2, sizeof body - 2, reason, strlen(reason));
    return srl_ws_control_write(out, SRL_WS_CLOSE, body,
                                2 + strlen((char *)body + 2), key);
}

SRL_FN unsigned
srl_ws_close_code(surreal_status status)
{
    switch (status) {
    case SURREAL_OK: return SRL_WS_NORMAL;
    case SURREAL_ERR_WEBSOCKET: return SRL_WS_PROTOCOL;
    case SURREAL_ERR_UTF8: return SRL_WS_NOT_UTF8;
    case SURREAL_ERR_LIMIT: return SRL_WS_TOO_BIG;
    default: return SRL_WS_INTERNAL;
    }
}

/* The first byte: FIN, reserved bits, opcode. */
static surreal_status
srl_ws_read_first(uint8_t first, srl_ws_head *head, surreal_error *err)
{
    head->fin = (first & SRL_WS_FIN) != 0;
    head->opcode = first & 0x0f;
    if (first & SRL_WS_RSV) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: reserved bits 0x%02x set, no extension "
                        "was agreed on (RFC 6455 5.2)", first & SRL_WS_RSV);
    }
    if ((head->opcode & 7) > 2) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: reserved opcode %u (RFC 6455 5.2)",
                        (unsigned)head->opcode);
    }
    if (srl_ws_is_control(head->opcode) && !head->fin) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: control frame %u is fragmented "
                        "(RFC 6455 5.5)", (unsigned)head->opcode);
    }
    return SURREAL_OK;
}

/* The second byte: MASK and the short length. */
static surreal_status
srl_ws_read_second(uint8_t second, srl_ws_head *head, surreal_error *err)
{
    unsigned len = second & 0x7fu;

    if (second & SRL_WS_MASK) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: masked frame from the server "
                        "(RFC 6455 5.1)");
    }
    if (srl_ws_is_control(head->opcode) && len > SRL_WS_MAX_CONTROL) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: control frame %u is longer than 125 "
                        "bytes (RFC 6455 5.5)", (unsigned)head->opcode);
    }
    head->len = len;
    head->size = (uint8_t)(len == 127 ? 10 : len == 126 ? 4 : 2);
    return SURREAL_OK;
}

/* The long length of a data frame. */
static surreal_status
srl_ws_read_length(const uint8_t *data, srl_ws_head *head,
                   surreal_error *err)
{
    bool wide = head->size == 10;

    head->len = wide ? srl_load64(data + 2) : srl_load16(data + 2);
    if (head->len >> 63) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: top bit of a length is set "
                        "(RFC 6455 5.2)");
    }
    if (head->len < (wide ? 0x10000u : 126u)) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: length %u in %u bits is not the shortest "
                        "form (RFC 6455 5.2)", (unsigned)head->len,
                        wide ? 64u : 16u);
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_ws_head_read(const uint8_t *data, size_t len, size_t max,
                 srl_ws_head *head, surreal_error *err)
{
    memset(head, 0, sizeof *head);
    if (len < 1) return SURREAL_WOULD_BLOCK;
    SRL_TRY(srl_ws_read_first(data[0], head, err));
    if (len < 2) return SURREAL_WOULD_BLOCK;
    SRL_TRY(srl_ws_read_second(data[1], head, err));
    if (len < head->size) return SURREAL_WOULD_BLOCK;
    if (head->size > 2) SRL_TRY(srl_ws_read_length(data, head, err));
    if (!srl_ws_is_control(head->opcode) && head->len > max) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "websocket: frame of %llu bytes exceeds the limit "
                        "of %llu", (unsigned long long)head->len,
                        (unsigned long long)max);
    }
    return SURREAL_OK;
}
