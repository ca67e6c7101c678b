/* api/client.h: connections and calls. */
#ifndef SURREAL_API_CLIENT_H
#define SURREAL_API_CLIENT_H
#include "api/result.h"

/* One connection to a SurrealDB server (2.x or 3.x) with any number of
 * requests in flight.
 *
 * Threads:  one thread at a time per connection; different connections are
 *           independent */
typedef struct surreal surreal;

/* How loud a trace line is. */
typedef enum surreal_level {
    SURREAL_LEVEL_ERROR = 1,
    SURREAL_LEVEL_WARN,
    SURREAL_LEVEL_INFO,
    SURREAL_LEVEL_DEBUG
} surreal_level;

/* Receives trace lines. `text` is one line without newline, valid during the
 * call, and never holds a password, token or value of a variable. */
typedef void surreal_trace(void *user, surreal_level level, const char *layer,
                           const char *text);

/* What a connection needs to know. Zero means the default; text is copied.
 *
 *   ns, db        namespace and database to use; db needs ns; NULL: none
 *   user, pass    credentials of a system user; NULL: no sign-in
 *   auth_ns,      where that user is defined: neither for a root user,
 *   auth_db       auth_ns for a namespace user, both for a database user
 *   connect_ms    limit for reaching the server, upgrade, sign-in and use
 *                 together; 0: 10,000; negative: none
 *   timeout_ms    limit for one call; 0: 30,000; negative: none
 *   max_message   limit for one message in bytes; 0: SURREAL_MAX_MESSAGE
 *   max_memory    limit for one result in bytes, decoded rows included; 0:
 *                 none but max_message
 *   allocator     zeroed: the C library
 *   trace         receives trace lines up to trace_level, by default
 *                 SURREAL_LEVEL_INFO; NULL: none
 */
typedef struct surreal_options {
    const char *ns;
    const char *db;
    const char *user;
    const char *pass;
    const char *auth_ns;
    const char *auth_db;
    int connect_ms;
    int timeout_ms;
    size_t max_message;
    size_t max_memory;
    surreal_allocator allocator;
    surreal_trace *trace;
    void *trace_user;
    surreal_level trace_level;
} surreal_options;

typedef enum surreal_state {
    SURREAL_CONNECTING = 1, /* resolving to signing in */
    SURREAL_OPEN,
    SURREAL_FAILED, /* see surreal_last_error */
    SURREAL_CLOSED
} surreal_state;

/* ---- open and close ------------------------------------------------------ */

/* Connect, sign in and select namespace and database, and wait for all of it.
 *
 *   url  ws://host[:port][/rpc]; the port defaults to 80, SurrealDB listens
 *        on 8000 unless told otherwise; "/rpc" is added if it is missing
 *   opt  may be NULL
 *   out  receives the connection, also after a failure, so that
 *        surreal_last_error can tell why; NULL only if not even that could
 *        be allocated
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX or ERR_USAGE for the url or options;
 *           classes IO, TIMEOUT, CLOSED, PROTO; ERR_AUTH for credentials
 * Owns:     *out is yours; free with surreal_close() */
SURREAL_API surreal_status surreal_open(const char *url,
                                        const surreal_options *opt,
                                        surreal **out);

/* The same without waiting: drive it with surreal_step until surreal_state
 * leaves SURREAL_CONNECTING. */
SURREAL_API surreal_status surreal_open_start(const char *url,
                                              const surreal_options *opt,
                                              surreal **out);

/* Close at once: pending requests complete with ERR_CLOSED, then everything
 * is freed. NULL is allowed; results live on. Never blocks. May be called
 * from a callback of this connection. */
SURREAL_API void surreal_close(surreal *db);

SURREAL_API surreal_state surreal_get_state(const surreal *db);

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
 *           the stream (IO, CLOSED, a frame or message that is none) ends the
 *           connection: surreal_get_state is SURREAL_FAILED then and later
 *           calls return the same status. An answer of the wrong shape, a
 *           refused value and a timeout fail their own call only
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

/* Select namespace and database; NULL leaves one as it is. SurrealDB 3
 * creates them, 2 does not. ERR_USAGE for a database when no namespace is
 * selected (the server would fail). */
SURREAL_API surreal_status surreal_use(surreal *db, const char *ns,
                                       const char *database);

/* Sign in as a system user: neither ns nor database for a root user, ns for
 * a namespace user, both for a database user. The connection is that user
 * from then on. ERR_AUTH if refused. */
SURREAL_API surreal_status surreal_signin(surreal *db, const char *ns,
                                          const char *database,
                                          const char *user, const char *pass);

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

/* ---- many requests in flight --------------------------------------------- */

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
 * Returns:  SURREAL_OK; WOULD_BLOCK if too much is waiting to be sent (drive
 *           surreal_step, then try again); the connection's failure; a value
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

/* The socket to watch, or -1 if there is none. It may change while the
 * connection is being made. Watch it level- or edge-triggered, and leave
 * reading and writing to the library. */
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

/* Step until at least one request completed or `timeout_ms` passed (negative:
 * no limit). With an open connection and nothing pending it returns at once.
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT; what ended the connection */
SURREAL_API surreal_status surreal_wait(surreal *db, int timeout_ms);

#endif
