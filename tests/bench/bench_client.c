/* tests/bench/bench_client.c: what a request costs the client.
 *
 *   cc -O2 -I. tests/bench/bench_client.c -o build/bench/bench_client
 *   build/bench/bench_client URL USER PASS N
 *
 * Prints, for N queries one after the other and N in flight at once, the
 * processor time (user and system) and the elapsed time of one request in
 * microseconds; then the memory of an idle connection and of a result. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>

static double
cpu_seconds(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec / 1e6 +
           (double)u.ru_stime.tv_sec + (double)u.ru_stime.tv_usec / 1e6;
}

static double
wall_seconds(void)
{
    struct timeval t;

    gettimeofday(&t, NULL);
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void
die(surreal *db)
{
    fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    exit(1);
}

static int64_t answers;

static void
on_done(void *user, surreal *db, surreal_status status, surreal_result *r,
        const surreal_error *err)
{
    int64_t got = 0;

    (void)user;
    (void)err;
    if (status) die(db);
    surreal_get_int(surreal_statement_value(r, 0), &got);
    answers += got;
    surreal_result_free(r);
}

static void
sequential(surreal *db, int n)
{
    int i;

    for (i = 0; i < n; i++) {
        surreal_result *r = NULL;
        int64_t got = -1;

        if (surreal_query(db, "RETURN $n",
                          SURREAL_VARS(surreal_bind_int("n", i)), &r)) {
            die(db);
        }
        surreal_get_int(surreal_statement_value(r, 0), &got);
        if (got != i) exit(1);
        surreal_result_free(r);
    }
}

static void
pipelined(surreal *db, int n)
{
    int64_t want = 0;
    int i;

    answers = 0;
    for (i = 0; i < n; i++) {
        surreal_status status;

        want += i;
        do {
            status = surreal_query_start(
                db, SURREAL_LIT("RETURN $n"),
                SURREAL_VARS(surreal_bind_int("n", i)), on_done, NULL, NULL);
            if (status == SURREAL_WOULD_BLOCK) surreal_wait(db, 1000);
        } while (status == SURREAL_WOULD_BLOCK);
        if (status) die(db);
    }
    while (surreal_pending(db)) {
        if (surreal_wait(db, 10000)) die(db);
    }
    if (answers != want) exit(1);
}

static void
measure(const char *name, surreal *db, int n, void (*run)(surreal *, int))
{
    double cpu;
    double wall;

    run(db, n / 10);
    cpu = cpu_seconds();
    wall = wall_seconds();
    run(db, n);
    printf("%s %.3f %.3f\n", name, (cpu_seconds() - cpu) / n * 1e6,
           (wall_seconds() - wall) / n * 1e6);
}

/* Counts what is held. */
static void *
count_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    size_t *held = (size_t *)user;
    void *moved = NULL;

    if (new_len) {
        moved = realloc(block, new_len);
        if (!moved) return NULL;
    } else {
        free(block);
    }
    *held += new_len;
    *held -= old_len;
    return moved;
}

static void
memory(const char *url, surreal_options opt)
{
    surreal_result *r = NULL;
    surreal *db = NULL;
    size_t held = 0;

    opt.allocator.resize = count_resize;
    opt.allocator.user = &held;
    if (surreal_open(url, &opt, &db)) die(db);
    sequential(db, 10);
    printf("idle_bytes %zu\n", held);
    if (surreal_query(db, "RETURN array::repeat({ name: 'somebody', age: 42, "
                          "at: d'2026-01-01T00:00:00Z' }, 1000)",
                      SURREAL_NO_VARS, &r)) {
        die(db);
    }
    /* Touch a text, so that the twin is counted. */
    surreal_str_at(surreal_at(surreal_statement_value(r, 0), 0), "name");
    printf("result_ratio %.3f\n", (double)surreal_result_size(r) /
                                      (double)surreal_result_bytes(r).len);
    surreal_result_free(r);
    surreal_close(db);
}

int
main(int argc, char **argv)
{
    surreal_options opt;
    surreal *db = NULL;
    int n;

    if (argc < 5) return 2;
    n = (int)strtol(argv[4], NULL, 10);
    memset(&opt, 0, sizeof opt);
    opt.user = argv[2];
    opt.pass = argv[3];
    opt.ns = "bench";
    opt.db = "bench";
    if (surreal_open(argv[1], &opt, &db)) die(db);
    measure("sequential", db, n, sequential);
    measure("pipelined", db, n, pipelined);
    surreal_close(db);
    memory(argv[1], opt);
    return 0;
}
