/* api/manual.h: the manual. */
/*
 * surreal.h talks to SurrealDB (2.x and 3.x) from C99 or C++11: sockets, HTTP,
 * WebSocket, CBOR, queries and typed models in one file, with nothing but the
 * C library underneath.
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
 * Ownership. You free two kinds of thing: a connection, with surreal_close,
 * and a result, with surreal_result_free. A result owns everything reached
 * from it. Pointers you get are borrowed and live until their result is freed;
 * pointers you give are read during the call and not kept. Both functions
 * accept NULL. There are no exceptions.
 *
 * Errors. Fallible functions return a surreal_status; SURREAL_OK is 0. Decide
 * by surreal_status_class if the exact code does not matter. The details are
 * in surreal_last_error(db), in fixed memory. A failed statement is an error
 * of its result: the connection stays good. A failure of the transport ends
 * the connection: every later call returns the same status.
 *
 * Threads. A connection and its results are used by one thread at a time.
 * Different connections and different results are independent. There are no
 * hidden threads, no mutable globals and no signals.
 *
 * Waiting. surreal_step never blocks. The calls that wait are a loop over the
 * same step and a wait for the socket, and each has a deadline
 * (surreal_options.timeout_ms). An event loop
 * uses surreal_fd, surreal_wants, surreal_deadline_ms and surreal_step itself
 * and starts requests with surreal_query_start. Callbacks may call anything,
 * surreal_close included.
 *
 * Values. Values never become part of the query text: bind them. NONE ("there
 * is nothing here") and NULL ("it is empty") are different values. Text has a
 * length and a NUL behind it. A record id is a type, not a string.
 *
 * ---- IT DOES NOT -----------------------------------------------------------
 *
 *     speak TLS (wss://, https://) yet
 *     reconnect by itself yet: open a new connection after class IO or CLOSED
 *     deliver live queries yet
 *     read files, environment variables or configuration
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
 * - "#error surreal.h came too late": put the two lines at the top of the
 *   file, before system headers, or compile with -D_POSIX_C_SOURCE=200809L.
 * - More warnings than you like come from your flags on one large file: the
 *   header itself is clean under -Wall -Wextra -Wpedantic -Wshadow
 *   -Wconversion for C99, C11, C++11 and C++17.
 */
