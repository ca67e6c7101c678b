/* cc -I. examples/pool.c -o pool -lpthread
 * ./pool ws://127.0.0.1:8000 root root
 *
 * Eight threads share three connections: each borrows one for as long as it
 * needs it. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS 8
#define ROUNDS 50

typedef struct worker {
    pthread_t thread;
    surreal_pool *pool;
    int failed;
} worker;

/* A borrowed connection is used like one's own, and given back, not closed. */
static void *
work(void *user)
{
    worker *w = (worker *)user;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        surreal_error err;
        surreal *db = NULL;
        surreal_status status = surreal_pool_get(w->pool, 0, &db, &err);

        if (!status) {
            status = surreal_query(db, "CREATE tick SET at = time::now()",
                                   SURREAL_NO_VARS, NULL);
            if (status) err = *surreal_last_error(db);
            surreal_pool_put(w->pool, db);
        }
        if (status) {
            fprintf(stderr, "%s\n", err.message);
            w->failed++;
        }
    }
    return NULL;
}

int
main(int argc, char **argv)
{
    surreal_pool_options pool_opt = {0};
    surreal_options opt = {0};
    surreal_pool *pool = NULL;
    surreal_result *r = NULL;
    surreal_error err;
    worker workers[THREADS];
    int64_t n = 0;
    int i, failed = 0;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example", opt.db = "pool";
    opt.user = argv[2], opt.pass = argv[3];
    pool_opt.size = 3;
    if (surreal_pool_open(argv[1], &opt, &pool_opt, &pool, &err) ||
        surreal_pool_query(pool,
                           "REMOVE TABLE IF EXISTS tick; DEFINE TABLE tick",
                           SURREAL_NO_VARS, NULL, &err)) {
        fprintf(stderr, "%s\n", err.message);
        surreal_pool_close(pool, 0);
        return 1;
    }
    for (i = 0; i < THREADS; i++) {
        workers[i].pool = pool;
        workers[i].failed = 0;
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        failed += workers[i].failed;
    }
    /* Short form: borrow, ask, give back. */
    if (!surreal_pool_query(pool, "RETURN count(SELECT id FROM tick)",
                            SURREAL_NO_VARS, &r, &err)) {
        surreal_get_int(surreal_statement_value(r, 0), &n);
    }
    surreal_result_free(r);
    printf("%d threads made %lld records, %d failures\n", THREADS,
           (long long)n, failed);
    surreal_pool_close(pool, -1);
    return n == THREADS * ROUNDS && !failed ? 0 : 1;
}
