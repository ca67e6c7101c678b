/* api/client.h: connections and calls. */
#ifndef SURREAL_API_CLIENT_H
#define SURREAL_API_CLIENT_H
#include "api/auth.h"
#include "api/tls.h"

/* A connection to a SurrealDB server (2.x or 3.x) with any number of requests
 * in flight: surreal_open makes it. More handles on the same connection are
 * made by surreal_fork and surreal_begin (api/session.h); every call takes any
 * of them.
 *
 * Threads:  one thread at a time per connection, with all its handles;
 *           different connections are independent */
typedef struct surreal surreal;

/* How loud a trace line is. */
typedef enum surreal_level {
    SURREAL_LEVEL_ERROR = 1,
    SURREAL_LEVEL_WARN,
    SURREAL_LEVEL_INFO,
    SURREAL_LEVEL_DEBUG
} surreal_level;

/* Receives trace lines. `text` is one line without newline, valid during the
 * call, and never holds a password, token or value of a variable. It is called
 * in the middle of things and must not call this library for the connection it
 * hears of; on_change may. */
typedef void surreal_trace(void *user, surreal_level level, const char *layer,
                           const char *text);

/* ---- bring your own stream --------------------------------------------- */

/* A byte stream to the server. TCP is the built-in one; with this, any other
 * takes its place: another TLS, a tunnel, a test. No function may wait.
 *
 *   read     at least one byte into data; SURREAL_OK with *done set,
 *            WOULD_BLOCK, ERR_CLOSED at the end of the stream, ERR_IO
 *   write    at least one byte from data; the same. A failure means that none
 *            of them went out: what went out before it is reported first
 *   connect  SURREAL_OK once the stream is up, WOULD_BLOCK before; asked
 *            again after each wait
 *   fd       the descriptor to wait for, or -1
 *   wants    SURREAL_READ, SURREAL_WRITE or both if the stream itself waits
 *            for that (a TLS handshake); 0 leaves it to the library. May be
 *            NULL
 *   close    the end; nothing is called after it
 *
 * A failure fills *err (surreal_fail_with helps). */
typedef struct surreal_stream {
    surreal_status (*read)(void *user, uint8_t *data, size_t len,
                           size_t *done, surreal_error *err);
    surreal_status (*write)(void *user, const uint8_t *data, size_t len,
                            size_t *done, surreal_error *err);
    surreal_status (*connect)(void *user, surreal_error *err);
    int (*fd)(void *user);
    short (*wants)(void *user);
    void (*close)(void *user);
    void *user;
} surreal_stream;

/* Makes streams: called for every attempt to connect.
 *
 *   is_secure  the url says wss or https: the stream must be encrypted and
 *              must have checked that it speaks to `host`
 *   is_plain   the streams are never encrypted (a tunnel, a proxy): the
 *              library puts its own TLS on them, and is_secure is false
 *
 * Returns:  SURREAL_OK with *out filled, connecting or connected; class IO
 *           for what may be tried again, anything else ends the connection */
typedef struct surreal_transport {
    surreal_status (*open)(void *user, const char *host, uint16_t port,
                           bool is_secure, surreal_stream *out,
                           surreal_error *err);
    void *user;
    bool is_plain;
} surreal_transport;

/* Fill *err as the library does: printf-style, cut if too long. Returns
 * `status`. */
SURREAL_API surreal_status surreal_fail_with(surreal_error *err,
                                             surreal_status status,
                                             const char *fmt, ...)
    SURREAL_PRINTF(3, 4);

/* ---- options ----------------------------------------------------------- */

/* When a connection is lost: how to get it back. Zero means the default.
 *
 *   attempts    tries in a row before giving up; 0: 12; negative: give up at
 *               once. A try goes through setup as well as dialling, and
 *               through all addresses of the url
 *   min_ms      wait before the first; 0: 100
 *   max_ms      longest wait; 0: 15,000
 *   multiplier  each wait is so many times the one before; 0: 2
 *   jitter      each wait is up to this part shorter or longer, so that
 *               clients do not return all at once; 0: 0.25; negative: none
 *
 * Tries and waits are counted anew once the server has answered a request or
 * the connection has held for max_ms; a server that lets everybody in and
 * throws everybody out does not reset them. Refused credentials and a server
 * that is too old end it at once, as does, while connecting for the first
 * time, anything that is no SurrealDB; an HTTP status of 500 or more may pass.
 * So does a server that cannot prove who it is (class TLS): the next url is
 * asked, and then it is over. A connection that was open before goes on trying,
 * for certificates get renewed.
 *
 * The user, namespace, database and variables of each session are restored
 * before any call goes through. Meanwhile calls that wait wait, and others are
 * told WOULD_BLOCK. No request is sent twice: one that was on its way ends
 * with ERR_NOT_SENT if the server cannot have seen it, which calls that wait
 * answer by starting over, and with ERR_UNKNOWN if it may have been done. */
typedef struct surreal_reconnect {
    int attempts;
    int min_ms;
    int max_ms;
    double multiplier;
    double jitter;
} surreal_reconnect;

typedef enum surreal_state {
    SURREAL_CONNECTING = 1, /* resolving to signing in */
    SURREAL_OPEN,
    SURREAL_RECONNECTING,   /* lost, and being restored */
    SURREAL_FAILED,         /* for good: see surreal_last_error */
    SURREAL_CLOSED
} surreal_state;

/* What happened to a connection. */
typedef enum surreal_change {
    SURREAL_CHANGE_CONNECTING = 1, /* an attempt begins */
    SURREAL_CHANGE_OPEN,           /* first connected, or restored */
    SURREAL_CHANGE_LOST,           /* the connection broke: err says how */
    SURREAL_CHANGE_RETRY,          /* an attempt failed, another will follow */
    SURREAL_CHANGE_FAILED,         /* it ended for good */
    SURREAL_CHANGE_SIGNED_IN,      /* a session became somebody else */
    SURREAL_CHANGE_RENEWED,        /* a token was renewed in time */
    SURREAL_CHANGE_EXPIRED         /* a token could not be renewed: err. Told
                                      ahead of time where it can be */
} surreal_change;

/* Receives changes.
 *
 *   db   the handle concerned; the first handle for the connection's
 *   err  for LOST, RETRY, FAILED and EXPIRED, valid during the call; else
 *        NULL
 *
 * LOST and FAILED come before the ends of the requests that were on their way.
 * It may call anything, surreal_close included. */
typedef void surreal_on_change(void *user, surreal *db, surreal_change change,
                               const surreal_error *err);

/* Gives new credentials when a session's token expires and neither a refresh
 * token nor kept credentials help; those it gives are kept in their place.
 * Called from surreal_step or a waiting call, for a fork only once it is made;
 * it must not wait.
 *
 * A token is renewed a tenth of its life before it expires, a minute at most.
 * Requests in flight go on. A request refused because the session has expired
 * fails and is not sent again; the session is renewed then.
 *
 * Returns:  SURREAL_OK with *auth filled; anything else: there are none */
typedef surreal_status surreal_renew(void *user, surreal *db,
                                     surreal_auth *auth);

/* What a connection needs to know. Zero means the default; text is copied.
 *
 *   ns, db        namespace and database to use; db needs ns; NULL: none
 *   user, pass    short for auth = surreal_auth_root(user, pass); with
 *                 auth_ns, or auth_ns and auth_db, a user defined there
 *   auth          whom to sign in as; not together with user and pass
 *   connect_ms    limit for one attempt: reaching the server, TLS, upgrade,
 *                 sign-in and use together; 0: 10,000; negative: none
 *   timeout_ms    limit for one call; 0: 30,000; negative: none
 *   connect_tries rounds through all addresses of the url before opening
 *                 fails, with the waits of `reconnect` between; 0: 1
 *   reconnect     what to do when the connection is lost
 *   ping_ms       silence after which the server is asked whether it is there;
 *                 0: 15,000; negative: never
 *   pong_ms       how long its answer may take before the connection counts as
 *                 lost; 0: 10,000
 *   max_message   limit for one message in bytes; 0: SURREAL_MAX_MESSAGE
 *   max_memory    limit for one result in bytes, decoded rows included; 0:
 *                 none but max_message
 *   can_wake      true: surreal_wake may be used (costs two descriptors)
 *   allocator     zeroed: the C library
 *   transport     how to make streams; NULL: TCP, and TLS 1.3 on it
 *   tls           whom to trust behind wss:// and https:// (api/tls.h)
 *   on_change     receives changes of state; NULL: nobody
 *   renew         gives new credentials; NULL: nobody
 *   trace         receives trace lines up to trace_level, by default
 *                 SURREAL_LEVEL_INFO; NULL: none
 *
 * Unless reconnect.attempts is negative and nothing is to be renewed, the
 * credentials are kept for the connection's life, in memory that is wiped at
 * its end. */
typedef struct surreal_options {
    const char *ns;
    const char *db;
    const char *user;
    const char *pass;
    const char *auth_ns;
    const char *auth_db;
    surreal_auth auth;
    int connect_ms;
    int timeout_ms;
    int connect_tries;
    surreal_reconnect reconnect;
    int ping_ms;
    int pong_ms;
    size_t max_message;
    size_t max_memory;
    bool can_wake;
    surreal_allocator allocator;
    const surreal_transport *transport;
    surreal_tls tls;
    surreal_on_change *on_change;
    void *change_user;
    surreal_renew *renew;
    void *renew_user;
    surreal_trace *trace;
    void *trace_user;
    surreal_level trace_level;
} surreal_options;

/* ---- open and close --------------------------------------------------- */

/* Connect, sign in and select namespace and database, and wait for all of it.
 *
 *   url  ws://host[:port][/rpc], wss://, http:// or https://; the port
 *        defaults to 80, with TLS 443, SurrealDB listens on 8000 unless told
 *        otherwise; "/rpc" is added if it is missing. Several, separated by
 *        commas, are tried in turn; they must have one scheme
 *   opt  may be NULL
 *   out  receives the connection, also after a failure, so that
 *        surreal_last_error can tell why; NULL only if not even that could
 *        be allocated, or if a callback has closed it
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX or ERR_USAGE for the url or options;
 *           classes IO, TIMEOUT, CLOSED, PROTO, TLS; ERR_AUTH for
 *           credentials
 * Owns:     *out is yours; free with surreal_close() */
SURREAL_API surreal_status surreal_open(const char *url,
                                        const surreal_options *opt,
                                        surreal **out);

/* The same without waiting: drive it with surreal_step until
 * surreal_get_state leaves SURREAL_CONNECTING. */
SURREAL_API surreal_status surreal_open_start(const char *url,
                                              const surreal_options *opt,
                                              surreal **out);

/* Close at once: pending requests complete with ERR_CLOSED, then everything
 * is freed. NULL is allowed; results live on. Never blocks. May be called
 * from a callback of this connection. */
SURREAL_API void surreal_close(surreal *db);

SURREAL_API surreal_state surreal_get_state(const surreal *db);

/* Do not wait any longer for the next attempt: the next step makes it. After
 * SURREAL_FAILED, try again from the start, as the same users; that attempt
 * fails with ERR_USAGE if their credentials were not kept (see
 * surreal_options). Nothing happens to a connection that is open or being
 * made.
 *
 * Returns:  SURREAL_OK; ERR_CLOSED; the failure if the url or options were
 *           refused, so that there is nothing to try */
SURREAL_API surreal_status surreal_reconnect_now(surreal *db);

/* Details of the last call that failed, or of what ended the connection.
 * Never NULL; a NULL db gives the error "out of memory".
 *
 * Owns:  the connection; changed by the next call that fails */
SURREAL_API const surreal_error *surreal_last_error(const surreal *db);

/* ---- calls that wait -----------------------------------------------------
 *
 * Each sends one request and drives the connection until it is answered or
 * its deadline passes; other requests go on meanwhile. A late reply is
 * dropped.
 *
 *   out  receives the result; NULL on failure. The pointer may be NULL where
 *        the answer does not matter
 *
 * Returns:  SURREAL_OK; classes SERVER (refused), TIMEOUT, CLOSED, IO, PROTO,
 *           LIMIT, NOMEM; details in surreal_last_error(db). What breaks
 *           the stream (IO, CLOSED, a frame or message that is none) loses
 *           the connection: the call ends with ERR_UNKNOWN if it was sent,
 *           and goes on with the next connection if not. Where reconnecting is
 *           off or was given up, surreal_get_state is SURREAL_FAILED and this
 *           and later calls return what ended the connection. An answer of the
 *           wrong shape, a refused value and a timeout fail their own call
 *           only
 * Owns:     *out is yours; free with surreal_result_free()
 */

/* Run SurrealQL, one statement or many.
 *
 * Returns:  also ERR_STATEMENT (or the finer status of the failed statement:
 *           CONFLICT, ERR_THROWN, ERR_EXISTS, ...) if a statement failed; *out
 *           is set then too, and surreal_last_error names the statement that
 *           was the cause. ERR_QUERY if the text did not parse: nothing ran */
SURREAL_API surreal_status surreal_query(surreal *db, const char *text,
                                         surreal_vars vars,
                                         surreal_result **out);

/* Text with a length instead of a NUL. */
SURREAL_API surreal_status surreal_query_str(surreal *db, surreal_str text,
                                             surreal_vars vars,
                                             surreal_result **out);

/* Any RPC method, for what has no function here.
 *
 *   params  one encoded array (see surreal_writer), or {NULL, 0} for none */
SURREAL_API surreal_status surreal_rpc(surreal *db, const char *method,
                                       surreal_bytes params,
                                       surreal_result **out);

/* A round trip to the server. */
SURREAL_API surreal_status surreal_ping(surreal *db);

/* The server's version, asked once while opening: "3.0.2", 3, 0, 2.
 *
 * Owns:  text belongs to the connection */
typedef struct surreal_server_version {
    surreal_str text;
    int major;
    int minor;
    int patch;
} surreal_server_version;

SURREAL_API surreal_server_version surreal_version(const surreal *db);

/* What depends on the server's version and on the transport. */
typedef enum surreal_feature {
    SURREAL_FEATURE_LIVE = 1,     /* surreal_live_...: not over HTTP */
    SURREAL_FEATURE_TRANSACTIONS, /* surreal_begin: 3.x, not over HTTP */
    SURREAL_FEATURE_SESSIONS,     /* several sessions on one socket */
    SURREAL_FEATURE_REFRESH,      /* refresh tokens: 3.x */
    SURREAL_FEATURE_SETS,         /* sets and files as values: 3.x */
    SURREAL_FEATURE_ERRORS        /* errors with kind and details: 3.x */
} surreal_feature;

SURREAL_API bool surreal_has(const surreal *db, surreal_feature feature);

/* Give back a result to the connection it came from, which uses its memory
 * for the next answer: programs that do so for every small answer cause no
 * allocation at all. The same as surreal_result_free otherwise, but bound to
 * the connection's thread. */
SURREAL_API void surreal_result_recycle(surreal *db, surreal_result *r);

/* ---- many requests in flight ------------------------------------------ */

/* A request on its way. Valid until its callback has returned. */
typedef struct surreal_request surreal_request;

/* Receives the end of a request, exactly once for every request started.
 *
 *   status  as the waiting form of the call returns it
 *   result  yours to free; NULL unless the waiting form would set *out
 *   err     details if status is not SURREAL_OK, else NULL; valid during the
 *           call
 *
 * It may call anything, surreal_close included. */
typedef void surreal_done(void *user, surreal *db, surreal_status status,
                          surreal_result *result, const surreal_error *err);

/* Queue a query and return at once; `done` is called by a later
 * surreal_step, surreal_close or waiting call.
 *
 * Returns:  SURREAL_OK; WOULD_BLOCK if too much is waiting to be sent or the
 *           connection is being made or restored (drive surreal_step, then try
 *           again); the connection's failure; a value
 *           that may not be sent (ERR_RANGE, ERR_UTF8, ERR_SYNTAX). `done` is
 *           not called unless SURREAL_OK is returned
 * Owns:     text and vars are read before it returns. *request, if wanted,
 *           may be used with surreal_cancel until `done` has been called */
SURREAL_API surreal_status
surreal_query_start(surreal *db, surreal_str text, surreal_vars vars,
                    surreal_done *done, void *user,
                    surreal_request **request);

SURREAL_API surreal_status
surreal_rpc_start(surreal *db, const char *method, surreal_bytes params,
                  surreal_done *done, void *user, surreal_request **request);

/* Give up on a request: `done` is called with ERR_CANCELLED before this
 * returns, and a reply that still comes is dropped. The server may have run
 * it. */
SURREAL_API void surreal_cancel(surreal *db, surreal_request *request);

/* Requests that have not completed. */
SURREAL_API size_t surreal_pending(const surreal *db);

/* ---- driving a connection from an event loop ------------------------------
 *
 *   while (surreal_pending(db)) {
 *       struct pollfd p = { surreal_fd(db), surreal_wants(db), 0 };
 *       poll(&p, 1, surreal_deadline_ms(db));
 *       surreal_step(db);
 *   }
 *
 * Nothing else is needed, and the order of calls cannot be wrong. */

/* The socket to watch, or -1 if there is none, as between two attempts to
 * connect. While the connection is being made or restored, any step may close
 * it and make another, which may have the same number: ask before each wait,
 * and tell an event loop that remembers descriptors anew after each of those
 * steps. Watch it level- or edge-triggered, and leave reading and writing to
 * the library. */
SURREAL_API int surreal_fd(const surreal *db);

/* What to wait for: SURREAL_READ, SURREAL_WRITE or both, with the values of
 * POLLIN and POLLOUT. */
#define SURREAL_READ 1
#define SURREAL_WRITE 4
SURREAL_API short surreal_wants(const surreal *db);

/* Milliseconds until surreal_step must be called even if nothing happened on
 * the socket; -1 for no limit. */
SURREAL_API int surreal_deadline_ms(const surreal *db);

/* Do what can be done without waiting: send, receive, complete requests and
 * expire those whose deadline has passed.
 *
 * Returns:  SURREAL_OK; what ended the connection, once it has ended */
SURREAL_API surreal_status surreal_step(surreal *db);

/* Step until at least one request completed, the callback of a live query was
 * called, surreal_wake was called, or `timeout_ms` passed (negative: no limit).
 * With an open connection and nothing pending or watched it returns at once.
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT; what ended the connection */
SURREAL_API surreal_status surreal_wait(surreal *db, int timeout_ms);

/* Make surreal_wait, if it waits, return at once; if not, the next one will.
 * The only function that may be called from any thread and from a signal
 * handler, while the connection is open. Needs the option can_wake, without
 * which nothing happens. */
SURREAL_API void surreal_wake(surreal *db);

/* A descriptor that becomes readable by surreal_wake, for event loops of
 * one's own; -1 without can_wake. surreal_step empties it. */
SURREAL_API int surreal_wake_fd(const surreal *db);

#endif
