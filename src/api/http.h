/* api/http.h: what SurrealDB offers over HTTP beside RPC. */
#ifndef SURREAL_API_HTTP_H
#define SURREAL_API_HTTP_H
#include "api/live.h"

/* A connection to http://host does everything a ws:// connection does but for
 * what needs a socket that stays: live queries and transactions
 * (ERR_UNSUPPORTED). Requests go out one after the other, each with the
 * session's user, namespace and database in its headers, so the server need
 * not remember anybody. Its streams may end between requests at any time;
 * another is made when there is something to send. Bodies of /rpc are limited
 * to 4 MiB by the server.
 *
 * The functions below need http:// and return ERR_UNSUPPORTED on ws://. They
 * wait as other calls do, but timeout_ms is the longest time during which
 * nothing moves, not a limit for all of it. Bodies pass through callbacks piece
 * by piece, so memory does not grow with them.
 *
 * A callback that returns anything but SURREAL_OK ends the call with that
 * status; the stream is given up. It may close the handle, but not make calls
 * through handles of the same connection (ERR_USAGE).
 *
 * Returns, all of them:  also what other calls return; and for an answer other
 * than 200 ERR_AUTH (401), ERR_DENIED (403), ERR_LIMIT (413), ERR_SERVER (400)
 * or ERR_HTTP, with its number in surreal_last_error(db)->code and its text in
 * the message */

/* Receives a part of a body: valid during the call, never empty. */
typedef surreal_status surreal_sink(void *user, surreal_bytes part);

/* Gives the next part of a body: up to `cap` bytes into `room`. *len 0 is the
 * end. */
typedef surreal_status surreal_source(void *user, void *room, size_t cap,
                                      size_t *len);

/* Whether the server and its storage work.
 *
 * Returns:  SURREAL_OK; ERR_HTTP with code 500 if the storage fails */
SURREAL_API surreal_status surreal_health(surreal *db);

/* Whether a part of a database is exported. */
typedef enum surreal_export_part {
    SURREAL_EXPORT_DEFAULT = 0, /* as the server does: all but versions */
    SURREAL_EXPORT_YES,
    SURREAL_EXPORT_NO
} surreal_export_part;

/* What to export. Zero it first.
 *
 *   tables   names; NULL: as `no_tables` says
 *   exclude  `tables` are those to leave out (SurrealDB 3)
 */
typedef struct surreal_export_options {
    surreal_export_part users;
    surreal_export_part accesses;
    surreal_export_part params;
    surreal_export_part functions;
    surreal_export_part analyzers;
    surreal_export_part records;
    surreal_export_part sequences; /* SurrealDB 3 */
    surreal_export_part versions;
    const char *const *tables;
    size_t table_count;
    bool exclude;
    bool no_tables;
} surreal_export_options;

/* Write the session's database as SurrealQL. SurrealDB 3.0 writes KEY
 * '[REDACTED]' for access methods: define those again after an import.
 *
 *   opt  may be NULL: everything */
SURREAL_API surreal_status surreal_export(surreal *db,
                                          const surreal_export_options *opt,
                                          surreal_sink *sink, void *user);

/* Run SurrealQL of any length in the session's database, for example what
 * surreal_export wrote. From SurrealDB 3.0.4 on the text must begin with
 * "OPTION IMPORT;", which turns events and live queries off; exports do. What
 * stands before a statement that fails was done.
 *
 * Returns:  also ERR_STATEMENT with the text of the first statement that
 *           failed */
SURREAL_API surreal_status surreal_import(surreal *db, surreal_source *source,
                                          void *user);

/* Ask in GraphQL, which the database must have been configured for.
 *
 *   variables  may be none; sent as JSON
 *   out        receives the answer as one text, which is JSON: errors of
 *              GraphQL are inside */
SURREAL_API surreal_status surreal_graphql(surreal *db, surreal_str text,
                                           surreal_vars variables,
                                           surreal_result **out);

#endif
