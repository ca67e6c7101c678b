/* api/pool.h: connections shared by threads. */
#ifndef SURREAL_API_POOL_H
#define SURREAL_API_POOL_H
#include "api/client.h"

/* How a pool behaves. Zero means the default.
 *
 *   size      connections at most: 1 to 1,000; 0: 10
 *   min_open  connections made by surreal_pool_open: up to size; 0: 1, so that
 *             a wrong address or password is found at once; negative: none.
 *             The others are made when they are needed
 *   get_ms    limit for surreal_pool_get where it is given 0; 0: 30,000;
 *             negative: none
 *   idle_ms   a connection nobody used for longer than this answers a ping
 *             before it is given out; 0: 30,000; negative: never asked
 */
typedef struct surreal_pool_options {
    int size;
    int min_open;
    int get_ms;
    int idle_ms;
} surreal_pool_options;

/* Built with SURREAL_NO_THREADS the library has no pools. */
#ifndef SURREAL_NO_THREADS

/* Up to a fixed number of signed-in connections to one server, lent to the
 * threads of a program.
 *
 * One connection has any number of requests in flight already, so a pool is
 * for threads: each borrows a connection, uses it as its own and gives it
 * back. The pool starts no thread. On glibc before 2.34 link with -lpthread.
 *
 * Threads:  every function of a pool may be called by any thread at any time,
 *           surreal_pool_close once and last. A borrowed connection belongs to
 *           one thread at a time. The allocator and the trace function of the
 *           options are called by all of these threads: they must be
 *           thread-safe */
typedef struct surreal_pool surreal_pool;

/* ---- open and close --------------------------------------------------- */

/* Make a pool and its first connections, and wait for them.
 *
 *   url, opt  as for surreal_open; each connection is opened with them. Text
 *             is copied. The pool needs the password as long as it lives, and
 *             wipes it when it goes
 *   pool_opt  may be NULL
 *   out       receives the pool; NULL on failure
 *   err       receives the details of a failure; may be NULL
 *
 * Returns:  SURREAL_OK; ERR_RANGE for a pool option, which err names;
 *           ERR_NOMEM; what surreal_open returns
 * Owns:     *out is yours; give it back with surreal_pool_close() */
SURREAL_API surreal_status
surreal_pool_open(const char *url, const surreal_options *opt,
                  const surreal_pool_options *pool_opt, surreal_pool **out,
                  surreal_error *err);

/* Close the pool. Threads that wait for a connection get ERR_CLOSED at once;
 * so does everyone who asks from now on. Idle connections are closed.
 *
 *   wait_ms  how long to wait for borrowed connections to be put back and for
 *            calls under way; 0: not at all; negative: no limit
 *
 * What is still borrowed then goes on working and is closed when it is put
 * back; the last one takes the memory of the pool with it. Call nothing but
 * surreal_pool_put after this. NULL is allowed.
 *
 * Returns:  SURREAL_OK: everything is closed and freed; ERR_TIMEOUT: some of
 *           it will be, by the threads that still use it */
SURREAL_API surreal_status surreal_pool_close(surreal_pool *pool,
                                              int wait_ms);

/* ---- borrow a connection ---------------------------------------------- */

/* Borrow a connection that works. Threads are served in the order in which
 * they came. A connection that has died meanwhile is replaced by a new one.
 *
 *   timeout_ms  limit for waiting, checking and connecting together; 0: the
 *               pool's get_ms; negative: none. A host's name is looked up
 *               without a limit, as by surreal_open
 *   out         receives the connection; NULL on failure
 *   err         receives the details of a failure; may be NULL
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT; ERR_CLOSED once the pool is being closed;
 *           what surreal_open returns if a new connection was needed
 * Owns:     *out stays the pool's: give it back with surreal_pool_put, never
 *           to surreal_close. Results are yours and outlive both */
SURREAL_API surreal_status surreal_pool_get(surreal_pool *pool,
                                            int timeout_ms, surreal **out,
                                            surreal_error *err);

/* Give a connection back. It is closed instead of lent again if it failed, if
 * requests are still pending (they complete with ERR_CLOSED), or if its
 * session is not the one it was lent with (another user, namespace or
 * variable, an open transaction). NULL is allowed.
 *
 * Returns:  SURREAL_OK; ERR_USAGE if db is not lent by this pool: nothing
 *           happens then */
SURREAL_API surreal_status surreal_pool_put(surreal_pool *pool, surreal *db);

/* Borrow a connection, run SurrealQL on it and give it back.
 *
 *   out  receives the result as from surreal_query; may be NULL
 *   err  receives the details of a failure; may be NULL
 *
 * Returns:  what surreal_pool_get and surreal_query return
 * Owns:     *out is yours; free with surreal_result_free() */
SURREAL_API surreal_status surreal_pool_query(surreal_pool *pool,
                                              const char *text,
                                              surreal_vars vars,
                                              surreal_result **out,
                                              surreal_error *err);

/* What a pool is doing at this moment. */
typedef struct surreal_pool_stats {
    size_t size;     /* connections at most */
    size_t open;     /* idle and borrowed */
    size_t idle;     /* ready to be lent */
    size_t borrowed; /* lent, or being made or checked for somebody */
    size_t waiting;  /* threads that wait for one */
} surreal_pool_stats;

SURREAL_API surreal_pool_stats surreal_pool_get_stats(surreal_pool *pool);

/* ---- many queries at once --------------------------------------------- */

/* One query of a batch: the first two are given, the others are the answer,
 * as surreal_query_start's callback would get it.
 *
 *   vars    the values live until surreal_pool_run returns
 *   status  how it ended
 *   result  yours, free it with surreal_result_free(); NULL if there is none
 *   error   details if status is not SURREAL_OK */
typedef struct surreal_job {
    surreal_str text;
    surreal_vars vars;
    surreal_status status;
    surreal_result *result;
    surreal_error error;
} surreal_job;

/* Run many queries that do not depend on each other, several at a time, and
 * wait for all of them. There is no thread in it: one connection of the pool
 * carries one query at a time, and all are driven together. The order in which
 * they run is not defined.
 *
 *   parallel  connections to use, if so many are free when it starts; 0, and
 *             everything above the pool's size: as many as the pool has.
 *             It waits for the first as surreal_pool_get does with 0
 *   err       receives the error of the first job that failed; may be NULL
 *
 * Every job ends exactly once. A connection that breaks fails the query it
 * carries, with class IO or CLOSED, and is replaced; the others go on. Nothing
 * is sent twice. If there is no connection any more, and none can be made, the
 * jobs that are left end with the reason. The limit for each query is
 * timeout_ms of the connection.
 *
 * Returns:  SURREAL_OK if every job did; else the status of the first that
 *           did not, in the order of the array; ERR_RANGE for a negative
 *           parallel, ERR_USAGE: nothing ran and no job was touched
 * Owns:     each job's result is yours */
SURREAL_API surreal_status surreal_pool_run(surreal_pool *pool,
                                            surreal_job *jobs, size_t count,
                                            int parallel,
                                            surreal_error *err);

#endif

#endif
