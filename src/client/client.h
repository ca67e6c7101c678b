/* client/client.h: a connection, its requests and their results. */
#ifndef SRL_CLIENT_H
#define SRL_CLIENT_H
#include "client/wire.h"
#include "rpc/rpc.h"

/* Three structs. A srl_conn is a connection: a socket, its buffers, the
 * requests in flight, and how to get all of it back. A srl_session is a user
 * in a database on that connection. A `surreal` is what the program holds: a
 * handle of a session, or of a transaction of one. The first handle (the root)
 * has the session every connection has; its end is the connection's.
 *
 * A connection goes through these phases. WAIT to READY may be gone through
 * again and again; FAILED ends that, and only surreal_close leads to CLOSED.
 *
 *   WAIT      it broke or could not be made: the next attempt has its time
 *   CONNECT   the socket is being connected, address after address
 *   UPGRADE   the upgrade request is out, the response head is being read;
 *             HTTP goes through it without a stop
 *   SETUP     requests can be sent; sessions are made what they are to be
 *   READY     user traffic
 *   FAILED    the error sticks; nothing is sent or received any more
 *   CLOSED    surreal_close was called; the memory goes when the outermost
 *             call has returned and the last handle is closed
 *
 * One step moves bytes both ways until neither direction can make progress,
 * completes the requests that were answered, and does what has its time.
 * Callbacks run inside a step with all state consistent, so they may call
 * anything: a nested step goes on where the outer one stands, and the outer
 * one reads everything anew after a callback.
 */
typedef enum srl_phase {
    SRL_PHASE_WAIT = 1,
    SRL_PHASE_CONNECT,
    SRL_PHASE_UPGRADE,
    SRL_PHASE_SETUP,
    SRL_PHASE_READY,
    SRL_PHASE_FAILED,
    SRL_PHASE_CLOSED
} srl_phase;

/* ---- client/request.c ----------------------------------------------------
 *
 * Requests in flight. A slot has a fixed address (slots come in blocks that
 * never move), its index is part of the request's id and a generation is the
 * rest, so that a late reply to an earlier user of the slot matches nothing.
 * Pending requests form a list in the order of their deadlines; since most
 * have the same limit, a new one almost always goes to the end.
 */
struct surreal_request {
    uint64_t id;
    surreal *db;         /* the handle it was made through */
    surreal_done *done;
    void *user;
    int64_t deadline_ms; /* INT64_MAX: none */
    uint64_t sent_end;   /* where its frame ends in the stream of bytes */
    srl_exchange *exchange; /* HTTP other than RPC; NULL: none */
    struct surreal_request *prev;
    struct surreal_request *next; /* pending list, or free list */
    uint32_t index;
    uint32_t generation;
    uint32_t epoch;      /* of the connection it went out on */
    bool is_query;
    bool is_setup;       /* the library's own: not counted as completed */
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
SRL_FN surreal_request *srl_request_find(const srl_conn *c, uint64_t id);
/* Give it until then, if that is later than what it had. */
SRL_FN void srl_request_delay(srl_conn *c, surreal_request *request,
                              int64_t deadline_ms);
/* Take it off the list and give the slot back, without calling anybody. */
SRL_FN void srl_request_drop(srl_conn *c, surreal_request *request);
/* The same, then call its callback, which may do anything: look at everything
 * anew afterwards. The caller holds srl_enter. `result` is the callback's. */
SRL_FN void srl_request_complete(srl_conn *c, surreal_request *request,
                                 surreal_status status,
                                 surreal_result *result,
                                 const surreal_error *err);
/* Complete all requests of a handle, or of all handles if it is NULL. */
SRL_FN void srl_requests_end(srl_conn *c, const surreal *db,
                             const surreal_error *err);
/* The connection of this epoch broke after `written` bytes: complete the
 * user's requests, or the library's, with ERR_NOT_SENT or ERR_UNKNOWN.
 * A frame of which the server lacks a byte is no message: nothing was done. */
SRL_FN void srl_requests_lose(srl_conn *c, uint32_t epoch, uint64_t written,
                              bool is_setup, const surreal_error *cause);
/* Complete the requests of this epoch and those before with a failure: the
 * library's own, or the user's. */
SRL_FN void srl_requests_fail(srl_conn *c, uint32_t epoch, bool is_setup,
                              const surreal_error *err);
/* Expire those whose deadline is not after `now`. */
SRL_FN void srl_requests_expire(srl_conn *c, int64_t now_ms);
SRL_FN void srl_requests_free(srl_conn *c);

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
    surreal_result *next; /* in a queue of events, see client/live_event.c */
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

/* A result with room for a message of `len` bytes; NULL without memory.
 *
 *   spare  blocks to use again (a connection's), or NULL */
SRL_FN surreal_result *srl_result_new(surreal_result **spare,
                                      const surreal_allocator *allocator,
                                      size_t len, size_t max_memory);
/* Keep the block of a result for the next one, or free it. As many as replies
 * are commonly held at once. */
#define SRL_RESULT_SPARES 4
SRL_FN void srl_result_keep(surreal_result **spare, surreal_result *r);
/* Free a list of results. */
SRL_FN void srl_results_free(surreal_result **list);
SRL_FN uint8_t *srl_result_room(surreal_result *r);
/* Wipe the message: nothing of the result may be looked at any more. */
SRL_FN void srl_result_wipe(surreal_result *r);

/* Take the answer apart: `value` is the reply's result inside r's message,
 * whose document is set. With is_query it is an array of rows. r->status tells
 * how the statements ended. */
SRL_FN surreal_status srl_result_index(surreal_result *r,
                                       const uint8_t *value, bool is_query,
                                       surreal_error *err);

/* ---- the structs --------------------------------------------------------- */

/* What is tried to make a session who it was: see client/renew.c. */
typedef enum srl_auth_step {
    SRL_AUTH_START = 0,
    SRL_AUTH_DIRECT,      /* credentials of system users, when restoring */
    SRL_AUTH_ACCESS,      /* the access token, when restoring */
    SRL_AUTH_REFRESH,     /* the refresh token */
    SRL_AUTH_CREDENTIALS,
    SRL_AUTH_ASK,         /* what options.renew gives */
    SRL_AUTH_END
} srl_auth_step;

/* A user in a database. Everything in here is what a lost connection is
 * restored from. */
struct srl_session {
    struct srl_session *next;
    surreal *handle;
    bool is_attached;      /* it has an id of its own on the server ... */
    surreal_uuid id;       /* ... which goes with every request */
    bool is_changed;       /* the program signed in, used or set something */
    surreal_error failure; /* it could not be restored: its calls fail */
    srl_buf ns;            /* text in use; len 0: none */
    srl_buf db;
    srl_buf vars;          /* name and value, name and value: encoded items */
    size_t var_count;
    /* Who: see client/auth.c. All secret. */
    srl_buf credentials;   /* encoded param of signin; len 0: none */
    bool is_system;        /* ... of a system user */
    srl_buf access;        /* token text; len 0: none */
    bool has_access;       /* ... of an access method, not a system user */
    srl_buf refresh;
    int64_t expires;       /* of the access token, seconds since 1970; 0: not */
    int64_t expires_at_ms; /* the same by our clock; INT64_MAX: not known */
    bool is_forgotten;     /* credentials or tokens were wiped: nobody can be
                              restored from them */
    int64_t renew_at_ms;   /* when to renew it; INT64_MAX: never */
    bool is_named;         /* a fork told whom to be, which it never was yet */
    bool is_signing_in;    /* by a call or a renewal: never two at once */
    srl_auth_step step;    /* of a restoration or renewal under way */
    surreal_live *lives;   /* streams of this session, see client/live.c */
};

/* A transaction: client/transaction.c. */
typedef struct srl_txn {
    surreal_uuid id;
    surreal_error failure; /* status 0: good so far */
    bool is_ended;         /* committed, cancelled or lost */
    surreal_begun *begun;  /* who waits for the id */
    void *begun_user;
} srl_txn;

struct surreal {
    srl_conn *conn;
    srl_session *session;
    srl_txn *txn;         /* NULL: the session itself */
    surreal *next;        /* of the connection's handles */
    bool is_ended;        /* its session or connection was closed */
    bool is_closed;       /* surreal_close was called: freed at the end of the
                             outermost call */
    surreal_error error;  /* of the last call that failed */
};

/* Of a setup: see client/setup.c. */
typedef enum srl_stage {
    SRL_STAGE_NONE = 0,
    SRL_STAGE_HELLO,
    SRL_STAGE_AUTH,
    SRL_STAGE_USE,
    SRL_STAGE_LET,
    SRL_STAGE_LIVE,
    SRL_STAGE_DONE
} srl_stage;

typedef struct srl_setup {
    srl_session *only; /* NULL: all */
    srl_stage stage;
    int left;          /* answers this stage still waits for */
    bool is_sending;   /* answers may come before all was sent */
    bool has_version;
    surreal_error error; /* of `only`; status 0: none */
} srl_setup;

/* Waiting between attempts. */
typedef struct srl_retry {
    int rounds;         /* through the urls, begun in a row; 0 again once the
                           server has answered a request or the connection has
                           held for long */
    int waits;          /* behind each other, each longer than the last */
    size_t dialled;     /* urls tried in this round */
    int64_t at_ms;      /* phase WAIT: when to go on */
    uint32_t seed;      /* for the jitter */
} srl_retry;

/* Notifications of live queries whose registration is still on its way: the
 * server may tell of a change before it answers. */
typedef struct srl_early {
    surreal_result *first; /* linked through surreal_result.next */
    surreal_result *last;
    size_t bytes;
    size_t lost;           /* dropped behind the last */
    int registering;       /* registrations under way */
} srl_early;

struct srl_conn {
    srl_mem mem;
    srl_arena arena;           /* options and url text */
    surreal_options options;   /* text inside the arena; no secrets */
    surreal_error failure;     /* what ended it, or ended the last attempt */
    srl_phase phase;
    int calls;                 /* public calls on the stack */
    surreal *root;             /* the first handle */
    srl_conn *twin_of;         /* on SurrealDB 2: forked from this one ... */
    srl_conn *twins;           /* ... whose forks end with it */
    srl_conn *next_twin;
    surreal *handles;          /* all, the root included */
    srl_session *sessions;     /* all, the root's first */
    bool was_ready;            /* since when losing it means reconnecting */
    uint32_t epoch;            /* connections made; requests know theirs */
    srl_setup setup;
    srl_retry retry;
    int64_t connect_deadline_ms;
    int64_t ready_ms;          /* when setup was through */
    int64_t heard_ms;          /* when the server last sent anything */
    int64_t pong_deadline_ms;  /* INT64_MAX: no ping is out */
    int64_t renew_at_ms;       /* no session's token is due earlier */
    const char *urls;          /* what surreal_open was given */
    const char *url_next;      /* the next to dial; NULL: the options or urls
                                  were refused, nothing will be dialled */
    size_t url_count;
    srl_url url;               /* the one dialled */
    srl_tcp tcp;
#ifndef SURREAL_NO_TLS
    srl_secure secure;
#endif
    srl_transport transport;
    srl_requests requests;
    uint64_t completed;        /* user's requests completed so far */
    size_t unanswered;         /* requests of this epoch without a reply yet,
                                  those that were given up included */
    surreal_result *spare;     /* blocks for the next answers */
    surreal_server_version version;
    char version_text[32];
    int wake[2];               /* a pipe; -1: none */
    bool is_woken;
    bool has_closed;           /* a handle waits to be freed */
    srl_early early;           /* notifications of ids not known yet */
    surreal_live *ended;       /* streams whose callback is to be told */
};

/* ---- client/connect.c ---------------------------------------------------- */

SRL_FN void srl_trace(const srl_conn *c, surreal_level level,
                      const char *layer, const char *fmt, ...)
    SURREAL_PRINTF(4, 5);
/* Tell options.on_change. */
SRL_FN void srl_tell(srl_conn *c, surreal *db, surreal_change change,
                     const surreal_error *err);

/* Every public call that may run callbacks stands between these two. Handles
 * closed meanwhile, and the connection with the last of them, are freed by the
 * outermost leave: what is to be known of them must be asked before. */
SRL_FN void srl_enter(srl_conn *c);
SRL_FN void srl_leave(srl_conn *c);

/* A copy in the connection's arena; NULL stays NULL. */
SRL_FN surreal_status srl_option_text(srl_conn *c, const char **text);
/* The major version of the server, for encoders. */
SRL_FN int srl_major(const surreal *db);
/* What a connection that is being made is doing: "signing in". */
SRL_FN const char *srl_connect_stage(const srl_conn *c);
/* A connection with options and urls, not dialled; *out is NULL only without
 * memory. */
SRL_FN surreal_status srl_conn_prepare(const char *url,
                                       const surreal_options *opt,
                                       surreal **out, surreal_error *err);
/* A connection with the options and urls of another, not dialled yet, and its
 * root; NULL without memory or descriptors. */
SRL_FN srl_conn *srl_conn_twin(const srl_conn *c);
/* The limit for being connected begins to run. */
SRL_FN void srl_connect_limit(srl_conn *c);
/* A stream to the url dialled last, connecting. */
SRL_FN surreal_status srl_stream_open(srl_conn *c, surreal_error *err);
/* Say in a failure of the network what was being done, and with whom. */
SRL_FN surreal_status srl_connect_failed(const srl_conn *c,
                                         surreal_status status,
                                         surreal_error *err);
/* Dial the next url. A failure is one of the attempt. */
SRL_FN surreal_status srl_dial(srl_conn *c, surreal_error *err);
/* Move a connection towards READY as far as possible without waiting. */
SRL_FN surreal_status srl_connect_step(srl_conn *c, surreal_error *err);
/* Setup is through. */
SRL_FN void srl_connect_ready(srl_conn *c);

/* ---- client/reconnect.c -------------------------------------------------- */

/* Begin to count: `rounds` have been begun. */
SRL_FN void srl_retry_begin(srl_conn *c, int rounds);
/* The stream failed: reconnect if the policy says so, else fail for good.
 * Completes the requests that were on their way. */
SRL_FN void srl_conn_lose(srl_conn *c, const surreal_error *err);
/* The end: the failure sticks, every request completes with it. */
SRL_FN void srl_conn_fail(srl_conn *c, const surreal_error *err);
/* Do what has its time: the next attempt, ping and pong, renewals. */
SRL_FN surreal_status srl_conn_timers(srl_conn *c, int64_t now_ms,
                                      surreal_error *err);
/* Those of WebSocket: ping and pong. */
SRL_FN surreal_status srl_ping_timers(srl_conn *c, int64_t now_ms,
                                      surreal_error *err);
SRL_FN int64_t srl_ping_timer(const srl_conn *c);
/* When that is next. */
SRL_FN int64_t srl_conn_timer(const srl_conn *c);

/* ---- client/setup.c ------------------------------------------------------
 *
 * A connection that was made is nobody, nowhere. Setup goes through stages,
 * each for all sessions at once; requests of one stage are on their way
 * together, and the next begins when all are answered, because servers run
 * requests side by side.
 *
 *   HELLO  the version; attach for every session but the first
 *   AUTH   sign in, with tokens or credentials
 *   USE    namespace and database
 *   LET    variables
 *   LIVE   live queries are registered again
 *
 * USE stands behind AUTH: SurrealDB 3 creates what is used, which nobody may
 * do before signing in; and signing in selects what the user belongs to.
 * Failing for the first session fails the attempt. Failing for another is that
 * session's failure. The same machine sets up a single session for
 * surreal_fork.
 */
/* Start it; READY (or a failed attempt) comes by srl_setup_item_done. */
SRL_FN void srl_setup_start(srl_conn *c, srl_setup *setup,
                            srl_session *only);
/* Something the stage waits for begins, and ends. */
SRL_FN void srl_setup_item(srl_setup *setup);
SRL_FN void srl_setup_item_done(srl_conn *c, srl_setup *setup,
                                srl_session *session,
                                const surreal_error *err);

/* ---- client/query.c ------------------------------------------------------ */

/* Begin a request with `param_count` params: append them to
 * db->conn->transport.out, then srl_call_send. */
typedef struct srl_call {
    surreal_request *request;
    size_t mark;
} srl_call;

/* The variables of a query, wherever they are.
 *
 *   count  how many there are
 *   has    whether a name is among them: they hide the session's
 *   put    appends all of them as one map of definite length */
typedef struct srl_var_source {
    size_t count;
    bool (*has)(const void *user, surreal_str name);
    surreal_status (*put)(const void *user, srl_buf *out, int server_major,
                          surreal_error *err);
    const void *user;
} srl_var_source;

/* surreal_query_str with them. */
SRL_FN surreal_status srl_query_ask(surreal *db, surreal_str text,
                                    const srl_var_source *vars,
                                    surreal_result **out);

/* What calls through a handle that has ended fail with. */
SRL_FN surreal_status srl_handle_closed(surreal_error *err);
/* A user's call: READY only, and not through a handle that has failed. */
SRL_FN surreal_status srl_call_ready(surreal *db, const char *method,
                                     surreal_error *err);
SRL_FN surreal_status srl_call_begin(surreal *db, const char *method,
                                     size_t param_count, surreal_done *done,
                                     void *user, srl_call *call,
                                     surreal_error *err);
/* The library's own, which does not count: during SETUP too, and without a
 * deadline of its own unless timeout_ms is positive. */
SRL_FN surreal_status srl_call_begin_setup(surreal *db, const char *method,
                                           size_t param_count, int timeout_ms,
                                           surreal_done *done, void *user,
                                           srl_call *call,
                                           surreal_error *err);
/* `status` is what appending came to: a failure undoes the call. */
SRL_FN surreal_status srl_call_send(surreal *db, srl_call *call,
                                    surreal_status status,
                                    surreal_error *err);

/* The first byte of SurrealQL that is neither blank nor comment, or the end;
 * NULL for a comment without end. */
SRL_FN const char *srl_sql_begin(const char *at, const char *end);

/* A request whose answer nobody waits for (detach, cancel, kill), with one
 * uuid or nothing as its params. */
SRL_FN void srl_call_and_forget(surreal *db, const char *method,
                                const surreal_uuid *param);

/* ---- client/statement.c -------------------------------------------------- */

/* One statement of a text.
 *
 *   text   with comments and blanks around it, without the `;`
 *   begin  the first byte of it that is neither
 *   word   the first word, or the mark it begins with: "(" */
typedef struct srl_sql {
    surreal_str text;
    const char *begin;
    surreal_str word;
} srl_sql;

/* Take the next statement off the text; empty ones are passed over. Strings,
 * comments and brackets are followed, nothing else is understood.
 *
 *   what     it is to be part of ("batch"), for messages
 *   refused  words it may not begin with, then NULL. RETURN is always refused
 *            but in what is defined, since it would end the transaction
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND: there is none; ERR_USAGE,
 *           ERR_SYNTAX with err->at */
SRL_FN surreal_status srl_sql_next(surreal_str *rest, const char *what,
                                   const char *const *refused, srl_sql *out,
                                   surreal_error *err);
/* The same of the tokens of a statement: a word, a string, a name in quotes, a
 * bracket with all that is in it, or another byte; false at the end. */
SRL_FN bool srl_sql_token(surreal_str *rest, surreal_str *out);
SRL_FN surreal_status srl_sql_unclosed(const char *at, surreal_str text,
                                       surreal_error *err);

/* ---- client/loop.c ------------------------------------------------------- */

/* A call that waits for its request:
 *
 *   srl_waiter_init(db, &w);
 *   do {
 *       w.status = start the request with srl_waiter_done and &w;
 *   } while (srl_waiter_again(&w));
 *   look at w.status and w.result;
 *   return srl_waiter_end(&w, out);
 *
 * Between init and end the handle's memory stays, whatever callbacks do. If
 * the connection breaks before the request was sent, it goes round again:
 * nothing can have happened yet. */
typedef struct srl_waiter {
    surreal *db;
    bool is_done;
    surreal_status status;
    surreal_result *result;
    int64_t end_ms;
    surreal_error error;
} srl_waiter;

SRL_FN void srl_waiter_init(surreal *db, srl_waiter *waiter);
/* After a request that changes the session: if it was sent and nobody
 * answered in time, the session may be either. Then the connection is given
 * up and, where reconnecting is on, made anew with what is known. */
SRL_FN void srl_session_doubt(srl_waiter *waiter);
/* Wait for the request that was started. True if it has to be started again:
 * it would have blocked, and the connection was driven on meanwhile; or the
 * connection was lost before it was sent. */
SRL_FN bool srl_waiter_again(srl_waiter *waiter);
SRL_FN void srl_waiter_done(void *user, surreal *db, surreal_status status,
                            surreal_result *result, const surreal_error *err);
/* How it ended. The error is stored in the handle. `out` may be NULL. */
SRL_FN surreal_status srl_waiter_end(srl_waiter *waiter,
                                     surreal_result **out);
/* Wait for the socket, at most `limit_ms` (negative: no limit), then step. */
SRL_FN void srl_wait_and_step(srl_conn *c, int64_t limit_ms);

/* ---- client/session.c ---------------------------------------------------- */

/* A session at the end of the list of c, and its handle; NULL without memory.
 * The first one is the root's. */
SRL_FN surreal *srl_session_new(srl_conn *c);
/* A handle without a session; NULL without memory. */
SRL_FN surreal *srl_handle_new(srl_conn *c);
SRL_FN void srl_session_free(srl_conn *c, srl_session *session);
/* Tell the server that the session is over, without waiting. */
SRL_FN void srl_session_detach(surreal *db);
/* Namespace and database the session is in; "" for no database. */
SRL_FN surreal_status srl_session_place(srl_session *session, const char *ns,
                                        const char *db, surreal_error *err);

/* The params of `use` for where the session is. */
SRL_FN void srl_use_put(const srl_session *session, srl_buf *out);

/* Replace the bytes of a field, wiping what was there if it is secret. */
SRL_FN surreal_status srl_session_keep(srl_buf *field, const void *data,
                                       size_t len);

/* ---- client/fork.c -------------------------------------------------------
 *
 * Another connection like that of `pattern`, which need not be connected and
 * may be used by several threads for this at once. *out is NULL after a
 * failure.
 */
SRL_FN surreal_status srl_twin_start(const surreal *pattern,
                                     const surreal_fork_options *opt,
                                     surreal **out, surreal_error *err);
/* A twin that ends when `c` is closed, until either is freed. */
SRL_FN void srl_twin_link(srl_conn *c, srl_conn *twin);
SRL_FN void srl_twins_unlink(srl_conn *c);
/* The same, waiting until it is open or the deadline has passed. */
SRL_FN surreal_status srl_twin_open(const surreal *pattern,
                                    const surreal_fork_options *opt,
                                    int64_t deadline_ms, surreal **out,
                                    surreal_error *err);

/* ---- client/auth.c and client/login.c ------------------------------------
 *
 * Who a session is.
 */

/* What each kind needs, by name if it lacks. */
SRL_FN surreal_status srl_auth_check(const surreal_auth *auth,
                                     surreal_error *err);
/* The param of signin and signup. */
SRL_FN surreal_status srl_auth_encode(srl_buf *buf, const surreal_auth *auth,
                                      surreal_error *err);
/* Be nobody again, and wipe who it was. */
SRL_FN void srl_auth_drop(srl_session *session);
/* Keep what `auth` says as the session's credentials or tokens. */
SRL_FN surreal_status srl_auth_keep(srl_session *session,
                                    const surreal_auth *auth,
                                    surreal_error *err);
/* The same as another session's. A refresh token works once, so that one stays
 * where it is. */
SRL_FN surreal_status srl_auth_copy(srl_session *to, const srl_session *from);
/* What the user belongs to is selected by signing in: after srl_auth_keep. */
SRL_FN surreal_status srl_auth_place(srl_session *session,
                                     const surreal_auth *auth,
                                     surreal_error *err);
/* Keep the tokens a sign-in gave. */
SRL_FN surreal_status srl_auth_take(srl_session *session,
                                    const surreal_result *r,
                                    surreal_error *err);
/* Read the access token: when it expires, and what the server selected by it.
 *
 *   is_fresh      it was issued just now
 *   is_elsewhere  receives whether that differs from where the session is;
 *                 NULL: the session moves there */
SRL_FN surreal_status srl_auth_read(srl_session *session, bool is_fresh,
                                    bool *is_elsewhere, surreal_error *err);
/* The param of refresh and revoke. */
SRL_FN void srl_auth_put_pair(srl_buf *buf, const srl_buf *access,
                              const srl_buf *refresh);
/* Wipe an answer that held tokens (r may be NULL), and what receiving it left
 * behind. For its callback, before anything else is received. */
SRL_FN void srl_auth_wipe(srl_conn *c, surreal_result *r);
/* All sessions are signed in: wipe what is not needed again. */
SRL_FN void srl_auth_settle(srl_conn *c);

/* ---- client/renew.c ------------------------------------------------------
 *
 * And how it stays who it is.
 */

/* Make the session on the server what it was, for a stage. */
SRL_FN surreal_status srl_auth_restore(srl_conn *c, srl_setup *setup,
                                       srl_session *session,
                                       surreal_error *err);
/* Renew a session's token at this time, or at once. */
SRL_FN void srl_auth_due(srl_session *session, int64_t at_ms);
/* A request was refused: renew if that was because of the time. */
SRL_FN void srl_auth_expired(srl_session *session, const surreal_error *err);
/* After a renewal: stay where the session is, though the server went where
 * the token belongs. */
SRL_FN void srl_auth_stay(srl_session *session);
/* Renew what expires, and when that is due next: the earlier of it and `at`. */
SRL_FN void srl_auth_timers(srl_conn *c, int64_t now_ms);
SRL_FN int64_t srl_auth_timer(const srl_conn *c, int64_t at);

/* ---- client/transaction.c ------------------------------------------------ */

/* The first failure inside is what every later call gets. */
SRL_FN void srl_txn_poison(surreal *tx, const surreal_error *err);
/* The transactions of a session, or all, are gone with their connection. */
SRL_FN void srl_txns_lose(srl_conn *c, const srl_session *session,
                          const surreal_error *err);
/* Why a method cannot be called in it; SURREAL_OK if it can. */
SRL_FN surreal_status srl_txn_allows(const surreal *tx, const char *method,
                                     surreal_error *err);
/* After try number `attempt` of something that ended with `status`: true, when
 * the wait is over, if it was a conflict and may be tried again. */
SRL_FN bool srl_tx_again(surreal *db, const surreal_tx_options *opt,
                         surreal_status status, int attempt);
/* surreal_close of a transaction: cancel it if it has not ended. */
SRL_FN void srl_txn_close(surreal *tx, const surreal_error *err);

/* ---- client/live.c and client/live_event.c -------------------------------
 *
 * A stream is one live query, which the server knows by an id that changes
 * with each connection:
 *
 *   NEW    the call that opens it has not sent its registration yet
 *   SENT   the registration is on its way: of that call, or of a setup that
 *          restores it
 *   ON     registered: notifications of its id are its events
 *   LOST   it was registered on a connection that broke
 *   LATE   the call that opened it ran out of time. Nobody holds the stream,
 *          it only waits for the id of what is to be killed
 *   ENDED  it has its last event, and belongs to no session any more
 *
 * A stream is in the list of its session until it has ended or was closed.
 * Events are queued as the results they came in. With a callback the queue is
 * emptied at once, but for two times: while the opening call has not given the
 * stream to the program, and while a restored connection is not READY yet.
 * Its memory is its own, since it may outlive the connection.
 */
typedef enum srl_live_state {
    SRL_LIVE_NEW = 1,
    SRL_LIVE_SENT,
    SRL_LIVE_ON,
    SRL_LIVE_LOST,
    SRL_LIVE_LATE,
    SRL_LIVE_ENDED
} srl_live_state;

struct surreal_live {
    srl_mem mem;
    surreal_live *next;    /* of its session's, or of those to be told */
    srl_conn *conn;        /* NULL: in neither list */
    srl_session *session;  /* NULL: it has ended or was closed */
    surreal_live_options options;
    srl_live_state state;
    int users;             /* calls and requests that will look at it again */
    bool is_closed;        /* freed when the last of them is through */
    struct srl_waiter *waiter; /* of the call that opens it */
    const char *method;    /* what registers it: "live" or "query" ... */
    srl_buf params;        /* ... with these two encoded params ... */
    srl_buf place;         /* ... in this namespace and database */
    bool is_restoring;     /* of the last registration: a setup sent it ... */
    uint32_t epoch;        /* ... on this connection */
    uint64_t request_id;   /* of the registration */
    surreal_uuid id;
    surreal_uuid seen_id;  /* the id as far as events were taken */
    surreal_result *first; /* events, linked through surreal_result.next */
    surreal_result *last;
    size_t bytes;          /* of them */
    size_t lost;           /* dropped behind the last */
    surreal_result *taken; /* the event surreal_live_next gave last */
    surreal_error end;     /* why it ended */
    bool is_end_told;
};

/* The memory events may take unless the program says otherwise, and those of
 * registrations under way; what a result needs besides its message counts, so
 * this bounds their number too. */
#define SRL_LIVE_BYTES ((size_t)16 << 20)

/* A notification: takes r. */
SRL_FN void srl_live_take(srl_conn *c, surreal_result *r,
                          const uint8_t *notification);
/* The answer to a request that ran out of time. */
SRL_FN void srl_live_late(srl_conn *c, uint64_t request_id,
                          surreal_result *r, const uint8_t *answer);
/* The connection is lost: streams wait to be registered again, or end. */
SRL_FN void srl_lives_lose(srl_conn *c, const surreal_error *err);
/* Register them again, for SRL_STAGE_LIVE. */
SRL_FN surreal_status srl_lives_restore(srl_conn *c, srl_setup *setup,
                                        srl_session *session,
                                        surreal_error *err);
/* The connection is READY again: hand out what was held back. */
SRL_FN void srl_lives_ready(srl_conn *c);
/* True while there are streams: silence is worth waiting for. */
SRL_FN bool srl_lives_any(const srl_conn *c);
/* End the streams of a session, or all if it is NULL. */
SRL_FN void srl_lives_end(srl_conn *c, const srl_session *session,
                          const surreal_error *err);

/* From here on: between the two parts. The last event, queued only: somebody
 * has to call srl_lives_tell when callbacks may run. */
SRL_FN void srl_live_end(surreal_live *live, const surreal_error *err);
SRL_FN void srl_lives_tell(srl_conn *c);
/* Take it out of its list. */
SRL_FN void srl_live_unlink(surreal_live *live);
/* Memory of a stream goes when it is closed and nobody uses it. */
SRL_FN void srl_live_hold(surreal_live *live);
SRL_FN void srl_live_release(surreal_live *live);
/* Call its callback for what is queued, if it has one and that may be. */
SRL_FN void srl_live_pump(surreal_live *live);
/* Queue a GAP that says the new id: takes r, whose value is that id. */
SRL_FN void srl_live_gap(surreal_live *live, surreal_result *r);
/* A registration is through: what came for its id before that is its. NULL if
 * it failed. */
SRL_FN void srl_early_settle(srl_conn *c, surreal_live *live);
/* Free all events. */
SRL_FN void srl_live_forget(surreal_live *live);

/* ---- client/http_calls.c ------------------------------------------------- */

/* Bytes moved: the time limit of an exchange is one of standing still. */
SRL_FN void srl_exchange_alive(srl_conn *c, surreal_request *request);
/* What was collected, as a result that is one text. */
SRL_FN surreal_status srl_exchange_text(srl_conn *c, surreal_result **out,
                                        surreal_error *err);

/* ---- client/calls.c ------------------------------------------------------
 *
 * What is built on queries knows two things of a connection besides the
 * public functions: where its last error is kept, and its allocator.
 */
SRL_FN surreal_error *srl_handle_error(surreal *db);
SRL_FN const surreal_allocator *srl_handle_allocator(const surreal *db);

#endif
