/* client/wire.h: the bytes between a connection and its server. */
#ifndef SRL_WIRE_H
#define SRL_WIRE_H
#include "os/os.h"
#include "tls/tls.h"
#include "http/http.h"
#include "ws/ws.h"

/* Seen from the connection: requests are appended to transport.out, answers
 * come as results (client/wire.c). Below that are two protocols, WebSocket and
 * HTTP, over a stream, of which TCP is one.
 */
typedef struct srl_conn srl_conn;
typedef struct srl_session srl_session;
typedef struct srl_exchange srl_exchange;

/* ---- client/stream.c ----------------------------------------------------- */

/* TCP to one of the addresses of a host. */
typedef struct srl_tcp {
    srl_addresses addresses;
    int fd;
} srl_tcp;

/* As surreal_stream.read, waiting up to SRL_SOCK_PATIENCE_MS. */
typedef surreal_status srl_read_wait(void *user, uint8_t *data, size_t len,
                                     size_t *done, surreal_error *err);

SRL_FN surreal_status srl_tcp_open(srl_tcp *tcp, const char *host,
                                   uint16_t port, surreal_stream *out,
                                   surreal_error *err);
SRL_FN surreal_status srl_tcp_read_wait(void *user, uint8_t *data, size_t len,
                                        size_t *done, surreal_error *err);

#ifndef SURREAL_NO_TLS

/* ---- client/trust.c ------------------------------------------------------ */

/* Add the anchors of a file.
 *
 * Returns:  SURREAL_OK; ERR_TRUST if it cannot be read; ERR_CERT; ERR_LIMIT;
 *           ERR_NOMEM */
SRL_FN surreal_status srl_trust_add_file(surreal_trust *trust,
                                         const surreal_allocator *allocator,
                                         const char *path, bool is_lenient,
                                         surreal_error *err);

/* Where anchors are looked for. `file` and `dirs`, if one of them is not NULL,
 * stand for all: what they name must hold some. Else the first of the two
 * lists, ended by NULL, that holds any. */
typedef struct srl_trust_places {
    const char *file;
    const char *dirs; /* separated by ':' */
    const char *const *files;
    const char *const *directories;
} srl_trust_places;

SRL_FN surreal_status srl_trust_search(const srl_trust_places *places,
                                       const surreal_allocator *allocator,
                                       surreal_trust **out,
                                       surreal_error *err);

/* ---- client/tls_stream.c -------------------------------------------------
 *
 * A stream that puts TLS on another: TCP, or the user's where that is plain.
 */
typedef struct srl_secure {
    surreal_stream inner;
    srl_conn *conn;
    bool is_tcp;           /* inner is, which can wait in a read */
    bool is_up;            /* inner is connected */
    bool has_ended;        /* inner, for reading */
    bool is_drained;       /* the last read of inner gave less than it could,
                              and nothing of it waits in here */
    size_t unsent;         /* bytes taken by the last write that the server
                              cannot read yet: their record is not out */
    surreal_status write_status; /* inner takes no more; SURREAL_OK: it does */
    int write_errno;
    surreal_trust *trust;  /* made for this handshake */
    srl_tls_config config; /* in use until the handshake is over */
    srl_tls *tls;
} srl_secure;

/* Check the options of TLS and copy them into the connection. */
SRL_FN surreal_status srl_secure_options(srl_conn *c, surreal_error *err);
/* Put it on *stream, which is open, connected or not, and replaced. */
SRL_FN void srl_secure_open(srl_conn *c, bool is_tcp, surreal_stream *stream);
/* As surreal_stream.read, the first read of inner waiting if that is TCP. */
SRL_FN surreal_status srl_secure_read_wait(void *user, uint8_t *data,
                                           size_t len, size_t *done,
                                           surreal_error *err);

#endif

/* ---- client/transport.c --------------------------------------------------
 *
 * WebSocket over the stream: the upgrade, frames out of the send queue,
 * messages in, each straight into the memory of a result.
 */

/* Random bytes for masks, drawn from the system in blocks. */
#define SRL_ENTROPY_BLOCK 256

/* Only while the upgrade is under way. */
typedef struct srl_upgrade {
    uint8_t nonce[16];
    srl_http_head head;
} srl_upgrade;

/* Only with http://, from the first stream on: see client/http_wire.c. */
typedef struct srl_httpwire {
    bool is_busy;      /* a request is on the wire */
    bool is_exchange;  /* it is none of /rpc */
    bool is_used;      /* this stream carried an answer before */
    bool is_cut;       /* the server stopped reading the request ... */
    surreal_error write_error; /* ... which looked like this */
    uint64_t id;       /* of the request on the wire, or the last */
    size_t left;       /* bytes of it in `out` still to be written */
    int64_t orphan_ms; /* since when nobody wants its answer; INT64_MAX:
                          somebody does */
    srl_http_head head;
    bool has_head;     /* of the answer */
    srl_http_body body;
    size_t filled;     /* bytes in transport.incoming, of `room` */
    size_t room;
    /* What the head said, kept for when the body is there. */
    int code;
    bool is_error;
    bool is_json;
    char type[SRL_HTTP_QUOTE];
    char where[SRL_HTTP_QUOTE]; /* Location */
    size_t text_len;
    uint8_t text[1024]; /* of an error */
} srl_httpwire;

typedef struct srl_transport {
    surreal_stream stream;
    bool has_stream;
    bool is_connecting; /* the stream is not up yet */
    bool is_in_callback; /* of an exchange: no traffic meanwhile */
    srl_httpwire *http;
    bool is_tls;      /* the stream is a srl_secure */
    srl_read_wait *read_wait; /* of the built-in streams, else NULL */
    srl_upgrade *upgrade;
    srl_buf out;      /* frames not yet written */
    size_t out_at;    /* bytes of `out` written already */
    uint64_t written; /* all bytes given to the stream */
    uint8_t *in;      /* received bytes */
    size_t in_at;     /* first byte not used */
    size_t in_len;    /* end of received bytes */
    bool is_drained;  /* the last read of a waiting call gave less than it
                         could: asking again before it waits only costs */
    bool is_waiting;  /* this step belongs to a waiting call */
    size_t budget;    /* bytes this step may still receive */
    bool has_more;    /* the budget ended the step, not the stream */
    bool got_any;     /* a sign of life since this was last looked at */
    bool is_full;     /* the last write would have blocked */
    bool is_broken;   /* a read or write failed: there is nobody to write to */
    bool may_wait;    /* the next read may wait */
    srl_ws ws;
    surreal_result *incoming; /* the message being received */
    uint8_t entropy[SRL_ENTROPY_BLOCK];
    size_t entropy_left;
} srl_transport;

/* A head of the largest size allowed must fit, and many small replies. */
#define SRL_IN_CAP ((size_t)SURREAL_MAX_HEAD)

/* Frames waiting to be written: beyond this, new requests are told to wait.
 * One request alone may be larger. */
#define SRL_OUT_HIGH ((size_t)1 << 20)
/* An idle connection keeps no larger send buffer than this. */
#define SRL_OUT_KEEP ((size_t)32 << 10)

/* The largest message taken. It lies inside its result: one that cannot fit
 * is refused by its length, not for want of memory. */
SRL_FN size_t srl_transport_max(const srl_conn *c);
/* Wait for nothing yet: an empty transport. */
SRL_FN void srl_transport_init(srl_conn *c);
/* Begin the upgrade on a connected stream. */
SRL_FN surreal_status srl_transport_upgrade(srl_conn *c, surreal_error *err);
/* WOULD_BLOCK until the whole response head is there. */
SRL_FN surreal_status srl_transport_upgraded(srl_conn *c, surreal_error *err);

/* Room at the end of the queue: for one message, which srl_transport_end
 * closes, and for `len` bytes of anything. */
SRL_FN surreal_status srl_transport_begin(srl_conn *c, size_t *mark,
                                          surreal_error *err);
SRL_FN surreal_status srl_transport_reserve(srl_conn *c, size_t len,
                                            size_t *mark, surreal_error *err);
SRL_FN surreal_status srl_transport_end(srl_conn *c, size_t mark,
                                        surreal_error *err);
/* Forget the message that was begun. */
SRL_FN void srl_transport_undo(srl_conn *c, size_t mark);
/* Wipe received bytes that were used already: there was a secret in them. */
SRL_FN void srl_transport_wipe(srl_transport *t);

/* Write what the stream takes. *progress is set if it took something. */
SRL_FN surreal_status srl_transport_flush(srl_conn *c, bool *progress,
                                          surreal_error *err);
/* All of the queue is written: give its memory back, wiped if need be. */
SRL_FN void srl_transport_flushed(srl_conn *c);
/* Bytes one step receives at most, so that a server that never stops sending
 * cannot keep a step from looking at deadlines. */
#define SRL_STEP_BYTES ((size_t)1 << 20)

/* How a step reads. */
typedef enum srl_patience {
    SRL_PATIENCE_NONE,   /* an event loop's: until the stream has no more,
                            which is what edge-triggered loops need */
    SRL_PATIENCE_POLLED, /* a waiting call's: a short read is the last */
    SRL_PATIENCE_LISTEN, /* the same, and nothing is sent */
    SRL_PATIENCE_READ    /* the same, and the first read may wait */
} srl_patience;

/* Begin a step. */
SRL_FN void srl_transport_refresh(srl_conn *c, srl_patience patience);
/* Read more into the fixed buffer, which must not be full. */
SRL_FN surreal_status srl_transport_read(srl_transport *t,
                                         surreal_error *err);
/* The `len` bytes in transport.incoming, once they are well-formed CBOR. */
SRL_FN surreal_status srl_transport_take(srl_conn *c, size_t len,
                                         surreal_result **out,
                                         surreal_error *err);
/* The next whole message, as a result whose document is checked; WOULD_BLOCK
 * if there is none yet. Answers pings on the way. */
SRL_FN surreal_status srl_transport_next(srl_conn *c, surreal_result **out,
                                         surreal_error *err);
/* Queue a ping without payload. */
SRL_FN surreal_status srl_transport_ping(srl_conn *c, surreal_error *err);
SRL_FN bool srl_transport_has_output(const srl_conn *c);
/* Bytes given to the stream that the server may have read. */
SRL_FN uint64_t srl_transport_sent(const srl_conn *c);
/* Queue a close frame and write what can be written at once. */
SRL_FN void srl_transport_goodbye(srl_conn *c);
/* Say goodbye if that needs no waiting and a peer may be there to hear it;
 * close, and free everything.
 *
 *   flush  write what waits to be sent, if the stream takes it; else nothing
 *          that was not written before is written any more */
SRL_FN void srl_transport_close(srl_conn *c, bool flush);

/* ---- client/wire.c -------------------------------------------------------
 *
 * What the connection knows of the protocol over the stream. Requests are
 * appended to c->transport.out between begin and end; answers come as results.
 */

/* http:// and https:// have no sessions, transactions or notifications. */
SRL_FN bool srl_conn_is_http(const srl_conn *c);
/* On a stream that is connected, once: OK when requests may be queued. */
SRL_FN surreal_status srl_wire_open(srl_conn *c, surreal_error *err);
SRL_FN surreal_status srl_wire_opened(srl_conn *c, surreal_error *err);
/* One request; srl_transport_undo(mark) forgets what was begun. */
SRL_FN surreal_status srl_wire_begin(surreal_request *request,
                                     const char *method, size_t *mark,
                                     surreal_error *err);
SRL_FN surreal_status srl_wire_end(surreal_request *request, size_t mark,
                                   surreal_error *err);
/* As the srl_transport_ functions of these names. */
SRL_FN surreal_status srl_wire_flush(srl_conn *c, bool *progress,
                                     surreal_error *err);
SRL_FN surreal_status srl_wire_next(srl_conn *c, surreal_result **out,
                                    surreal_error *err);
SRL_FN bool srl_wire_has_output(const srl_conn *c);
SRL_FN void srl_wire_goodbye(srl_conn *c);
/* The protocol's own timers while READY, and when they are due next. */
SRL_FN surreal_status srl_wire_timers(srl_conn *c, int64_t now_ms,
                                      surreal_error *err);
SRL_FN int64_t srl_wire_timer(const srl_conn *c);
/* Why a method cannot go over this wire; SURREAL_OK if it can. */
SRL_FN surreal_status srl_wire_allows(const srl_conn *c, const char *method,
                                      surreal_error *err);

/* ---- client/http_wire.c --------------------------------------------------
 *
 * The same over HTTP/1.1, and exchanges that are not RPC: they stand in the
 * same queue and have a request like any other, but bodies of any length,
 * which go through callbacks.
 */

/* What a request asks for. */
typedef struct srl_http_ask {
    srl_http_method method;
    const char *target;
    const char *type;   /* of the body; NULL: there is none */
    const char *accept;
    srl_http_framing framing;
    uint64_t body_len;
} srl_http_ask;

/* Lives with the call that waits for it.
 *
 *   name     the endpoint, for messages
 *   expects  media type of the answer; NULL: any
 *   sink     takes the answer's body; NULL: the body becomes a result, one
 *            text
 *   source   gives the request's body, sent in chunks; NULL: none
 *   out      head and body, or head and one chunk at a time
 */
struct srl_exchange {
    srl_http_method method;
    const char *name;
    const char *expects;
    surreal_sink *sink;
    surreal_source *source;
    void *user;
    srl_buf out;
    size_t out_at;
    bool is_sent; /* the source has ended */
    surreal_status stop; /* what a callback ended the call with. Meanwhile the
                            request's status is ERR_CANCELLED: the caller's
                            own ERR_NOT_SENT is no reason to start over */
};

/* Bytes a source is asked for at once. */
#define SRL_HTTP_PIECE 16384

SRL_FN surreal_status srl_httpwire_open(srl_conn *c, surreal_error *err);
/* Append a head, with the user and place of `session` unless that is NULL. */
SRL_FN surreal_status srl_httpwire_head(srl_conn *c,
                                        const srl_session *session,
                                        srl_buf *out, const srl_http_ask *ask,
                                        surreal_error *err);
SRL_FN surreal_status srl_httpwire_begin(surreal_request *request,
                                         const char *method, size_t *mark,
                                         surreal_error *err);
SRL_FN surreal_status srl_httpwire_end(surreal_request *request, size_t mark,
                                       surreal_error *err);
/* An exchange whose head is in exchange->out. */
SRL_FN surreal_status srl_httpwire_queue(surreal_request *request,
                                         srl_exchange *exchange,
                                         surreal_error *err);
SRL_FN surreal_status srl_httpwire_flush(srl_conn *c, bool *progress,
                                         surreal_error *err);
SRL_FN surreal_status srl_httpwire_next(srl_conn *c, surreal_result **out,
                                        surreal_error *err);
SRL_FN bool srl_httpwire_has_output(const srl_conn *c);
SRL_FN surreal_status srl_httpwire_timers(srl_conn *c, int64_t now_ms,
                                          surreal_error *err);
SRL_FN int64_t srl_httpwire_timer(const srl_conn *c);

/* ---- client/http_answer.c ------------------------------------------------ */

/* Keep what the head says that is told later. `type` is what is expected. */
SRL_FN void srl_httpwire_note(srl_httpwire *h, const char *type);
/* An answer that is none: by its code, by its type. x NULL: of /rpc. */
SRL_FN surreal_status srl_httpwire_error(const srl_conn *c,
                                         const srl_exchange *x,
                                         surreal_error *err);

#endif
