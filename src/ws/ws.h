/* ws/ws.h: WebSocket frames and messages (RFC 6455), client side. */
#ifndef SRL_WS_H
#define SRL_WS_H
#include "base/base.h"

/* Bytes in, bytes out: nothing here reads a socket, allocates or draws random
 * numbers. Mask keys are four random bytes from the caller, a new key for
 * each frame (RFC 6455 5.3). */

/* Opcodes (RFC 6455 5.2). Those with bit 3 set are control frames. */
enum {
    SRL_WS_CONTINUATION = 0,
    SRL_WS_TEXT = 1,
    SRL_WS_BINARY = 2,
    SRL_WS_CLOSE = 8,
    SRL_WS_PING = 9,
    SRL_WS_PONG = 10
};

/* Close codes (RFC 6455 7.4.1). NO_CODE is never on the wire: it says that a
 * close frame had no code. */
enum {
    SRL_WS_NORMAL = 1000,
    SRL_WS_PROTOCOL = 1002,
    SRL_WS_NO_CODE = 1005,
    SRL_WS_NOT_UTF8 = 1007,
    SRL_WS_TOO_BIG = 1009,
    SRL_WS_INTERNAL = 1011
};

#define SRL_WS_MAX_HEAD 14     /* bytes of a client's frame head */
#define SRL_WS_MAX_SERVER 10   /* bytes of a server's: it has no mask key */
#define SRL_WS_MAX_CONTROL 125 /* payload bytes of a control frame */
#define SRL_WS_MAX_CONTROL_FRAME (6 + SRL_WS_MAX_CONTROL)

/* ---- ws/mask.c ----------------------------------------------------------- */

/* Copy `len` bytes and mask (or unmask) them on the way.
 *
 *   dst    equal to src, or not overlapping it
 *   phase  offset of src[0] in the payload of its frame: 0, unless a payload
 *          is masked piece by piece */
SRL_FN void srl_ws_mask(uint8_t *dst, const uint8_t *src, size_t len,
                        const uint8_t key[4], size_t phase);

/* ---- ws/frame.c ---------------------------------------------------------- */

/* Write the head of a whole, masked frame; returns its length (6, 8 or 14).
 * The payload, masked with the same key from phase 0, follows it. */
SRL_FN size_t srl_ws_head_write(uint8_t out[SRL_WS_MAX_HEAD], unsigned opcode,
                                uint64_t len, const uint8_t key[4]);

/* Turn a payload into a frame without moving it. The payload lies at
 * block + SRL_WS_MAX_HEAD; it is masked in place and the head is put right
 * before it. Returns the offset in `block` where the frame starts; it ends
 * where the payload ends.
 *
 *   srl_buf_put(&buf, "..............", SRL_WS_MAX_HEAD);
 *   ... append the request ...
 *   start = srl_ws_seal(buf.data, buf.len - SRL_WS_MAX_HEAD, SRL_WS_BINARY,
 *                       key);
 *   send(fd, buf.data + start, buf.len - start)
 */
SRL_FN size_t srl_ws_seal(uint8_t *block, size_t len, unsigned opcode,
                          const uint8_t key[4]);

/* Write a whole control frame; returns its length. `data` may be NULL if len
 * is 0; len is at most SRL_WS_MAX_CONTROL. Answer a ping with a pong that has
 * the ping's payload (RFC 6455 5.5.3). */
SRL_FN size_t srl_ws_control_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME],
                                   unsigned opcode, const uint8_t *data,
                                   size_t len, const uint8_t key[4]);

/* Write a whole close frame; returns its length.
 *
 *   code    a code that may be sent, or SRL_WS_NO_CODE for a frame without
 *           one; the code of a close event may be given back as it came
 *   reason  UTF-8, cut to fit 123 bytes; "" for none */
SRL_FN size_t srl_ws_close_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME],
                                 unsigned code, const char *reason,
                                 const uint8_t key[4]);

/* The close code that tells the server about a failure of srl_ws_next. */
SRL_FN unsigned srl_ws_close_code(surreal_status status);

/* The head of a frame from the server. */
typedef struct srl_ws_head {
    uint64_t len; /* payload bytes */
    uint8_t opcode;
    uint8_t size; /* bytes of the head itself: 2, 4 or 10 */
    bool fin;
} srl_ws_head;

/* Read a head at `data`; reads only [data, data+len).
 *
 *   max  payload bytes allowed in a data frame
 *
 * Returns:  SURREAL_OK; WOULD_BLOCK for more bytes; ERR_WEBSOCKET for a
 *           masked frame, reserved bits or opcodes, a length that is not in
 *           its shortest form or has the top bit set, a control frame that is
 *           fragmented or has more than 125 bytes; ERR_LIMIT beyond max. What
 *           is wrong is reported as soon as its byte is there */
SRL_FN surreal_status srl_ws_head_read(const uint8_t *data, size_t len,
                                       size_t max, srl_ws_head *head,
                                       surreal_error *err);

/* ---- ws/message.c -------------------------------------------------------- */

/* Messages out of received bytes, however those are cut. Payloads go straight
 * into memory that the caller provides when the length is known, so a large
 * message is never copied. The client's loop:
 *
 *   srl_ws_init(&ws, max_message, client_room, client);
 *
 *   whenever the socket is readable:
 *
 *   surreal_bytes in = { buf, 0 };
 *   uint8_t *into;
 *   size_t want = srl_ws_want(&ws, &into);
 *   srl_ws_event event;
 *
 *   if (want >= sizeof buf) {
 *       srl_ws_filled(&ws, recv(fd, into, want));      no copy
 *   } else {
 *       in.len = recv(fd, buf, sizeof buf);            many frames at once
 *   }
 *   for (;;) {
 *       status = srl_ws_next(&ws, &in, &event, err);
 *       if (status) -> close with srl_ws_close_code(status)
 *       if (event.kind == SRL_WS_EVENT_NONE) break;    all input is used
 *       handle event
 *   }
 *
 * After NONE nothing of `in` is needed any more: a head or control frame that
 * is cut in two is kept inside srl_ws. Bytes of frames that came along with
 * the upgrade response are given to srl_ws_next in the same way. */

/* Provides memory for a message.
 *
 *   block  NULL: a new message begins. Else what was returned before, to be
 *          moved or grown because the message goes on in another fragment
 *   used   bytes in block that must be kept; 0 for a new message
 *   len    bytes wanted, `used` included, at most max; 0 for an empty message
 *
 * Called at least once for each message, before its first byte, and exactly
 * once, with the exact length, if it is not fragmented. The length is what
 * the server declared: the bytes have not come yet.
 *
 * Returns:  the memory, NULL if there is none; not NULL for len 0 either */
typedef uint8_t *srl_ws_room(void *user, uint8_t *block, size_t used,
                             size_t len);

typedef enum srl_ws_event_kind {
    SRL_WS_EVENT_NONE = 0, /* all input is used */
    SRL_WS_EVENT_MESSAGE,  /* a whole message in memory from room() */
    SRL_WS_EVENT_PING,     /* to be answered with a pong */
    SRL_WS_EVENT_PONG,
    SRL_WS_EVENT_CLOSE     /* answer with a close frame, then disconnect */
} srl_ws_event_kind;

/*   opcode  of a message: SRL_WS_BINARY or SRL_WS_TEXT (checked UTF-8)
 *   code    of a close: SRL_WS_NO_CODE if it had none
 *   data    of a message: starts at what room() returned last, which now
 *           belongs to the caller alone. Of a close: the reason, UTF-8. That
 *           of control frames is valid until the next call */
typedef struct srl_ws_event {
    srl_ws_event_kind kind;
    unsigned opcode;
    unsigned code;
    surreal_bytes data;
} srl_ws_event;

/* All fields belong to ws/message.c. */
typedef struct srl_ws {
    srl_ws_room *room;
    void *user;
    size_t max;            /* bytes of a message */
    surreal_status status; /* first failure; final */
    unsigned state;
    srl_ws_head frame;     /* being received */
    size_t left;           /* of its payload */
    uint8_t opcode;        /* of the message being joined; 0: none */
    uint8_t *data;         /* the message: have <= cap <= max */
    size_t have;
    size_t cap;
    size_t head_len;
    size_t control_len;
    uint8_t head[SRL_WS_MAX_SERVER];
    uint8_t control[SRL_WS_MAX_CONTROL];
} srl_ws;

SRL_FN void srl_ws_init(srl_ws *ws, size_t max, srl_ws_room *room,
                        void *user);

/* The next event in *in, which is moved past the bytes used; with nothing
 * left to tell, event->kind is NONE and *in is empty. After a close event
 * all further bytes are dropped (RFC 6455 1.4).
 *
 * Returns:  SURREAL_OK; ERR_WEBSOCKET (see srl_ws_head_read; also a
 *           continuation of nothing, a new message inside a fragmented one,
 *           a close frame with one byte, a code that may not be sent);
 *           ERR_UTF8 for a text message or close reason; ERR_LIMIT for a
 *           message beyond max; ERR_NOMEM if room() had none. A failure is
 *           final: later calls return the same and leave *err alone */
SRL_FN surreal_status srl_ws_next(srl_ws *ws, surreal_bytes *in,
                                  srl_ws_event *event, surreal_error *err);

/* How many payload bytes of the current data frame are still to come, and
 * where they may be received directly; 0 if there is no such frame. */
SRL_FN size_t srl_ws_want(const srl_ws *ws, uint8_t **into);

/* Tell that `len` bytes, at most what srl_ws_want said, were received there.
 * Then call srl_ws_next, with empty input, for the message they may end. */
SRL_FN void srl_ws_filled(srl_ws *ws, size_t len);

#endif
