/* api/manual.h: the manual. */
/*
 * surreal.h talks to SurrealDB (2.x and 3.x) from C99 or C++11: sockets, TLS,
 * HTTP, WebSocket, CBOR, sessions, transactions, live queries and typed models
 * in one file, with nothing but the C library underneath.
 *
 * ---- USE -------------------------------------------------------------------
 *
 * In exactly one file, before any other include:
 *
 *     #define SURREAL_IMPLEMENTATION
 *     #include "surreal.h"
 *
 * and everywhere else only the second line. Then:
 *
 *     cc app.c -o app
 *
 * A whole program:
 *
 *     #define SURREAL_IMPLEMENTATION
 *     #include "surreal.h"
 *     #include <stdio.h>
 *
 *     int main(void)
 *     {
 *         surreal_options opt = {0};
 *         surreal_result *r = NULL;
 *         surreal_value row;
 *         surreal *db;
 *
 *         opt.ns = "app", opt.db = "main";
 *         opt.user = "root", opt.pass = "root";
 *         if (surreal_open("ws://127.0.0.1:8000", &opt, &db) ||
 *             surreal_query(db, "SELECT name, age FROM person "
 *                               "WHERE age > $min",
 *                           SURREAL_VARS(surreal_bind_int("min", 18)), &r)) {
 *             fprintf(stderr, "%s\n", surreal_last_error(db)->message);
 *         }
 *         SURREAL_EACH(row, surreal_rows(r, 0)) {
 *             printf("%s is %lld\n", surreal_str_at(row, "name").ptr,
 *                    (long long)surreal_int_at(row, "age"));
 *         }
 *         surreal_result_free(r);
 *         surreal_close(db);
 *         return 0;
 *     }
 *
 * ---- THE RULES -------------------------------------------------------------
 *
 * Ownership. You free three kinds of thing: a handle (connection, session,
 * transaction) with surreal_close, a result with surreal_result_free, a live
 * query with surreal_live_close. A result owns everything reached from it.
 * Pointers you get are borrowed and live until their result is freed; pointers
 * you give are read during the call and not kept. All three accept NULL. A
 * batch, a scan and a change feed are structs of your own: end each with its
 * free or close. A pool lends connections: give them back, never close them.
 *
 * Errors. Fallible functions return a surreal_status; SURREAL_OK is 0. Decide
 * by surreal_status_class if the exact code does not matter. The details are
 * in surreal_last_error(db), in fixed memory. A failed statement is an error
 * of its result: the connection stays good. Repeat ERR_NOT_SENT without a
 * thought, after ERR_UNKNOWN and ERR_TIMEOUT ask first what was done, and
 * after CONFLICT repeat the whole transaction (surreal_tx_run does).
 *
 * Losing the connection. It comes back by itself, with its sessions: users,
 * namespaces, variables, live queries. Requests under way end with ERR_UNKNOWN
 * or ERR_NOT_SENT, transactions end, live queries get a GAP event. When it
 * cannot come back, every later call returns the same status.
 *
 * Threads. A connection, its handles and its results are used by one thread at
 * a time. Different connections and different results are independent.
 * surreal_pool lends connections to threads; a pool is used by any number of
 * them at once. There are no hidden threads, no mutable globals and no signals.
 *
 * Waiting. surreal_step never blocks. The calls that wait are a loop over the
 * same step and a wait for the socket, and each has a deadline
 * (surreal_options.timeout_ms). An event loop uses surreal_fd, surreal_wants,
 * surreal_deadline_ms and surreal_step itself and starts requests with the
 * calls that end in _start. Pings, renewal of tokens and reconnecting happen
 * while something drives the connection. Callbacks may call anything,
 * surreal_close included; only a trace may not.
 *
 * Values. Values never become part of the query text: bind them. NONE ("there
 * is nothing here") and NULL ("it is empty") are different values. Text has a
 * length and a NUL behind it. A record id is a type, not a string.
 *
 * ---- READ NEXT -------------------------------------------------------------
 *
 *     docs/client.md    the guide: an example and the rules for each task
 *     docs/schema.md    structs and calls made from a schema
 *     docs/security.md  TLS: what is checked, what is not
 *     examples/         whole programs, one idea each
 *
 * and below: error.h (statuses), value.h and write.h (values), result.h,
 * auth.h, tls.h and client.h (connections, queries, event loops), session.h
 * (sessions, users, transactions), live.h, http.h (health, export, import,
 * GraphQL), calls.h (records, batches, scans, change feeds), pool.h (threads),
 * env.h, model.h, functions.h, migrate.h and schema.h (migrations).
 *
 * ---- IT DOES NOT -----------------------------------------------------------
 *
 *     speak TLS 1.2 or older, or look up revoked certificates
 *     send anything twice that may have been done
 *     read files, configuration or the environment, unless you call
 *         surreal_options_from_env; but for the authorities wss:// and
 *         https:// are checked against
 *     print anything
 *
 * ---- CAVEATS ---------------------------------------------------------------
 *
 * - Host names are looked up with getaddrinfo, which may block in
 *   surreal_open_start for as long as the system's resolver takes. Give a
 *   numeric address where that matters.
 * - On SurrealDB 3, BEGIN, COMMIT and CANCEL answer with a row each, on 2 they
 *   do not, so positions inside transaction blocks differ. A failed block's
 *   cause is found for you: surreal_result_error.
 * - SurrealDB 3 reports a missing table as an error, 2 answers with no rows.
 * - A new socket often has the number of the old one: loops in which the kernel
 *   or a library remembers descriptors read docs/client.md, "Event loops".
 * - Over http:// requests go one after the other, so a slow one holds up those
 *   behind it, and their time limits run. ws:// has no such queue.
 * - A callback that closes the connection while a call waits on it makes that
 *   call return, with ERR_CLOSED unless its own answer had come just before:
 *   whoever closes in a callback must tell the waiting code.
 * - Reading a text for the first time copies the message once, so that texts
 *   can end in NUL. Results that are only counted or decoded into numbers do
 *   not pay for it.
 *
 * ---- THE FIRST BUILD FAILS? ------------------------------------------------
 *
 * - "undefined reference to surreal_...": no file defines
 *   SURREAL_IMPLEMENTATION.
 * - "multiple definition of surreal_...": more than one file does.
 * - "undefined reference to pthread_...": glibc before 2.34 needs -lpthread.
 *   Or define SURREAL_NO_THREADS, if you need no surreal_pool.
 * - "#error surreal.h came too late": put the two lines at the top of the
 *   file, before system headers, or compile with -D_POSIX_C_SOURCE=200809L.
 * - More warnings than you like come from your flags on one large file: the
 *   header itself is clean under -Wall -Wextra -Wpedantic -Wshadow
 *   -Wconversion for C99, C11, C++11 and C++17.
 */
