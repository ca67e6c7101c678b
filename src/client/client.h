/* client/client.h: a connection, its requests and their results. */
#ifndef SRL_CLIENT_H
#define SRL_CLIENT_H
#include "os/os.h"
#include "http/http.h"
#include "ws/ws.h"
#include "rpc/rpc.h"

/* A connection goes through these phases, always forward; any of them can end
 * in FAILED, and only surreal_close leads to CLOSED.
 *
 *   CONNECT   the socket is being connected, address after address
 *   UPGRADE   the upgrade request is out, the response head is being read
 *   SETUP     WebSocket is up; version and sign-in are asked for at once, then
 *             namespace and database are selected
 *   READY     user traffic
 *   FAILED    the error sticks; nothing is sent or received any more
 *   CLOSED    surreal_close was called from a callback; the memory goes when
 *             the outermost call returns
 *
 * One step moves bytes both ways until neither direction can make progress,
 * completes the requests that were answered, and expires the late ones.
 * Callbacks run inside a step with all state consistent, so they may call
 * anything: a nested step goes on where the outer one stands, and the outer
 * one reads everything anew after a callback.
 */
typedef enum srl_phase {
    SRL_PHASE_CONNECT = 1,
    SRL_PHASE_UPGRADE,
    SRL_PHASE_SETUP,
    SRL_PHASE_READY,
    SRL_PHASE_FAILED,
    SRL_PHASE_CLOSED
} srl_phase;

/* ---- client/stream.c ------------------------------------------------------
 *
 * A byte stream to the server. The connection knows only this: TCP is one
 * implementation, tests bring their own.
 */
typedef struct srl_stream {
    /* As srl_sock_read and srl_sock_write. */
    surreal_status (*read)(void *user, uint8_t *data, size_t len,
                           size_t *done, surreal_error *err);
    /* The same, waiting up to SRL_SOCK_PATIENCE_MS; NULL: cannot wait. */
    surreal_status (*read_wait)(void *user, uint8_t *data, size_t len,
                                size_t *done, surreal_error *err);
    surreal_status (*write)(void *user, const uint8_t *data, size_t len,
                            size_t *done, surreal_error *err);
    /* SURREAL_OK when the stream is up, WOULD_BLOCK while it is not. */
    surreal_status (*connect)(void *user, surreal_error *err);
    /* The descriptor to wait for, or -1. */
    int (*fd)(void *user);
    void (*close)(void *user);
    void *user;
} srl_stream;

/* TCP to one of the addresses of a host. */
typedef struct srl_tcp {
    srl_addresses addresses;
    int fd;
} srl_tcp;

SRL_FN surreal_status srl_tcp_open(srl_tcp *tcp, const char *host,
                                   uint16_t port, srl_stream *out,
                                   surreal_error *err);

/* ---- client/request.c -----------------------------------------------------
 *
 * Requests in flight. A slot has a fixed address (slots come in blocks that
 * never move), its index is part of the request's id and a generation is the
 * rest, so that a late reply to an earlier user of the slot matches nothing.
 * Pending requests form a list in the order of their deadlines; since most
 * have the same limit, a new one almost always goes to the end.
 */
struct surreal_request {
    uint64_t id;
    surreal_done *done;
    void *user;
    int64_t deadline_ms; /* INT64_MAX: none */
    struct surreal_request *prev;
    struct surreal_request *next; /* pending list, or free list */
    uint32_t index;
    uint32_t generation;
    bool is_query;
    bool is_pending;
};

#define SRL_REQUEST_BLOCK 32

typedef struct srl_requests {
    surreal_request **blocks;
    size_t block_count;
    surreal_request *free;
    surreal_request *first; /* earliest deadline */
    surreal_request *last;
    size_t pending;
} srl_requests;

/* A pending request with a new id; NULL with *status ERR_NOMEM or ERR_LIMIT. */
SRL_FN surreal_request *srl_request_add(surreal *db, int64_t deadline_ms,
                                        surreal_done *done, void *user,
                                        surreal_status *status);
SRL_FN surreal_request *srl_request_find(surreal *db, uint64_t id);
/* Take it off the list and give the slot back, without calling anybody. */
SRL_FN void srl_request_drop(surreal *db, surreal_request *request);
/* The same, then call its callback, which may free db: look at nothing of db
 * afterwards unless the caller holds srl_enter. `result` is the callback's. */
SRL_FN void srl_request_complete(surreal *db, surreal_request *request,
                                 surreal_status status,
                                 surreal_result *result,
                                 const surreal_error *err);
/* Complete all with the same end. */
SRL_FN void srl_requests_end(surreal *db, surreal_status status,
                             const surreal_error *err);
/* Expire those whose deadline is not after `now`. */
SRL_FN void srl_requests_expire(surreal *db, int64_t now_ms);
SRL_FN void srl_requests_free(surreal *db);

/* ---- client/result.c ----------------------------------------------------- */

/* A statement of a result. */
typedef struct srl_statement {
    const uint8_t *row;   /* NULL for an answer that is no query's */
    const uint8_t *value;
    bool failed;
    const surreal_error *error; /* made when asked for */
} srl_statement;

/* One block of memory: this, then the message. Decoded rows and whatever else
 * is asked for later live in the arena. */
struct surreal_result {
    srl_mem mem;
    srl_arena arena;
    surreal_document doc;
    size_t block_len;
    const uint8_t *value; /* what the call answered */
    srl_statement *statements;
    size_t count;
    srl_statement single; /* room for the most common count */
    surreal_status status;      /* of the cause, or SURREAL_OK */
    const surreal_error *cause; /* or NULL */
};

/* A result with room for a message of `len` bytes; NULL without memory. */
SRL_FN surreal_result *srl_result_new(const surreal_allocator *allocator,
                                      size_t len, size_t max_memory);
SRL_FN uint8_t *srl_result_room(surreal_result *r);

/* Take the answer apart: `value` is the reply's result inside r's message,
 * whose document is set. With is_query it is an array of rows. r->status tells
 * how the statements ended. */
SRL_FN surreal_status srl_result_index(surreal_result *r,
                                       const uint8_t *value, bool is_query,
                                       surreal_error *err);

/* ---- client/transport.c ---------------------------------------------------
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

typedef struct srl_transport {
    srl_stream stream;
    bool has_stream;
    srl_upgrade *upgrade;
    srl_buf out;      /* frames not yet written */
    size_t out_at;    /* bytes of `out` written already */
    uint8_t *in;      /* received bytes */
    size_t in_at;     /* first byte not used */
    size_t in_len;    /* end of received bytes */
    bool is_drained;  /* the last read of a waiting call gave less than it
                         could: asking again before it waits only costs */
    bool is_waiting;  /* this step belongs to a waiting call */
    size_t budget;    /* bytes this step may still receive */
    bool has_more;    /* the budget ended the step, not the stream */
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
#define SRL_OUT_KEEP ((size_t)4 << 10)

/* Wait for nothing yet: an empty transport. */
SRL_FN void srl_transport_init(surreal *db);
/* Begin the upgrade on a connected stream. */
SRL_FN surreal_status srl_transport_upgrade(surreal *db, surreal_error *err);
/* WOULD_BLOCK until the whole response head is there. */
SRL_FN surreal_status srl_transport_upgraded(surreal *db, surreal_error *err);

/* Room at the end of the queue for one message; srl_transport_end closes it.
 * Between the two, append to db->transport.out only. */
SRL_FN surreal_status srl_transport_begin(surreal *db, size_t *mark);
SRL_FN surreal_status srl_transport_end(surreal *db, size_t mark,
                                        surreal_error *err);
/* Forget the message that was begun. */
SRL_FN void srl_transport_undo(surreal *db, size_t mark);

/* Write what the stream takes. *progress is set if it took something. */
SRL_FN surreal_status srl_transport_flush(surreal *db, bool *progress,
                                          surreal_error *err);
/* Bytes one step receives at most, so that a server that never stops sending
 * cannot keep a step from looking at deadlines. */
#define SRL_STEP_BYTES ((size_t)1 << 20)

/* How a step reads. */
typedef enum srl_patience {
    SRL_PATIENCE_NONE,   /* an event loop's: until the stream has no more,
                            which is what edge-triggered loops need */
    SRL_PATIENCE_POLLED, /* a waiting call's: a short read is the last */
    SRL_PATIENCE_READ    /* the same, and the first read may wait */
} srl_patience;

/* Begin a step. */
SRL_FN void srl_transport_refresh(surreal *db, srl_patience patience);
/* The next whole message, as a result whose document is checked; WOULD_BLOCK
 * if there is none yet. Answers pings on the way. */
SRL_FN surreal_status srl_transport_next(surreal *db, surreal_result **out,
                                         surreal_error *err);
SRL_FN bool srl_transport_has_output(const surreal *db);
/* Queue a close frame, write what can be written at once, close. */
SRL_FN void srl_transport_close(surreal *db);

/* ---- the connection ----------------------------------------------------- */

struct surreal {
    srl_mem mem;
    srl_arena arena;           /* options and url text */
    surreal_options options;   /* text inside the arena; no pass after SETUP */
    surreal_error error;       /* of the last call that failed */
    surreal_error failure;     /* what ended the connection; status 0 before */
    srl_phase phase;
    int calls;                 /* public calls on the stack */
    int setup_left;            /* answers SETUP still waits for */
    int64_t connect_deadline_ms;
    srl_url url;
    srl_tcp tcp;
    srl_transport transport;
    srl_requests requests;
    uint64_t completed;        /* requests completed so far */
    surreal_server_version version;
    char version_text[32];
    bool has_ns;               /* a namespace is selected */
    char *pass;                /* wiped and freed after SETUP */
    size_t pass_len;
};

/* ---- client/connect.c ---------------------------------------------------- */

/* What a connection that is being made is doing: "signing in". */
SRL_FN const char *srl_connect_stage(const surreal *db);

/* Move a connection towards READY as far as possible without waiting. */
SRL_FN surreal_status srl_connect_step(surreal *db, surreal_error *err);

/* Give a connection a stream of the caller's before it is stepped first. */
SRL_FN surreal_status srl_open_stream(const char *url,
                                      const surreal_options *opt,
                                      const srl_stream *stream,
                                      surreal **out);

/* End the connection: the failure sticks, every request completes with it. */
SRL_FN void srl_fail_connection(surreal *db, const surreal_error *err);

/* Every public call that may run callbacks stands between these two. The
 * connection is freed by the outermost leave after a close; *db must not be
 * touched after a leave that returns false. */
SRL_FN void srl_enter(surreal *db);
SRL_FN bool srl_leave(surreal *db);

/* ---- client/query.c ------------------------------------------------------ */

/* Begin a request with `param_count` params: append them to
 * db->transport.out, then srl_call_send. */
typedef struct srl_call {
    surreal_request *request;
    size_t mark;
} srl_call;

SRL_FN surreal_status srl_call_begin(surreal *db, const char *method,
                                     size_t param_count, int timeout_ms,
                                     surreal_done *done, void *user,
                                     srl_call *call, surreal_error *err);
/* `status` is what appending came to: a failure undoes the call. */
SRL_FN surreal_status srl_call_send(surreal *db, srl_call *call,
                                    surreal_status status,
                                    surreal_error *err);

/* ---- client/loop.c ------------------------------------------------------- */

/* A call that waits for its request:
 *
 *   srl_waiter_init(db, &w);
 *   do {
 *       w.status = start the request with srl_waiter_done and &w;
 *   } while (srl_waiter_again(db, &w));
 *   return srl_waiter_wait(db, &w, out);
 */
typedef struct srl_waiter {
    bool is_done;
    bool is_closed; /* db is gone: a callback closed it */
    surreal_status status;
    surreal_result *result;
    int64_t end_ms;
    surreal_error error;
} srl_waiter;

SRL_FN void srl_waiter_init(surreal *db, srl_waiter *waiter);
/* True if starting has to be tried again: it would have blocked, and the
 * connection was driven on meanwhile. */
SRL_FN bool srl_waiter_again(surreal *db, srl_waiter *waiter);
SRL_FN void srl_waiter_done(void *user, surreal *db, surreal_status status,
                            surreal_result *result, const surreal_error *err);
/* Drive db until the request is done. A failure to start it is returned at
 * once. The error is stored in db. `out` may be NULL. */
SRL_FN surreal_status srl_waiter_wait(surreal *db, srl_waiter *waiter,
                                      surreal_result **out);

SRL_FN void srl_trace(const surreal *db, surreal_level level,
                      const char *layer, const char *fmt, ...)
    SURREAL_PRINTF(4, 5);

/* ---- client/calls.c ------------------------------------------------------
 *
 * What is built on queries knows two things of a connection besides the
 * public functions: where its last error is kept, and its allocator.
 */
SRL_FN surreal_error *srl_handle_error(surreal *db);
SRL_FN const surreal_allocator *srl_handle_allocator(const surreal *db);

#endif
