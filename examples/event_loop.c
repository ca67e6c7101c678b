/* cc -I. examples/event_loop.c -o event_loop
 * ./event_loop ws://127.0.0.1:8000 root root
 *
 * A thousand queries in flight on one connection, driven by poll(). */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <poll.h>
#include <stdio.h>

#define QUERIES 1000

typedef struct tally {
    int answered;
    int failed;
    int64_t sum;
} tally;

static void
on_done(void *user, surreal *db, surreal_status status, surreal_result *r,
        const surreal_error *err)
{
    tally *t = (tally *)user;
    int64_t n = 0;

    (void)db;
    if (!status) status = surreal_get_int(surreal_statement_value(r, 0), &n);
    if (status) {
        t->failed++;
        fprintf(stderr, "%s\n", err ? err->message : "not a number");
    }
    t->answered++;
    t->sum += n;
    surreal_result_free(r);
}

/* Start as many as the send queue takes; true when all are on their way. */
static bool
start_more(surreal *db, tally *t, int *started)
{
    while (*started < QUERIES) {
        surreal_status status = surreal_query_start(
            db, surreal_text("RETURN $n * 2"),
            SURREAL_VARS(surreal_bind_int("n", *started)), on_done, t, NULL);

        if (status == SURREAL_WOULD_BLOCK) return false;
        if (status) {
            fprintf(stderr, "%s\n", surreal_last_error(db)->message);
            return true;
        }
        (*started)++;
    }
    return true;
}

int
main(int argc, char **argv)
{
    surreal_options opt = {0};
    surreal *db = NULL;
    tally t = {0, 0, 0};
    int started = 0;
    bool all = false;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example";
    opt.db = "loop";
    opt.user = argv[2];
    opt.pass = argv[3];
    surreal_open_start(argv[1], &opt, &db);

    while (surreal_get_state(db) == SURREAL_CONNECTING || !all ||
           surreal_pending(db)) {
        struct pollfd p;

        p.fd = surreal_fd(db);
        p.events = surreal_wants(db);
        p.revents = 0;
        poll(&p, 1, surreal_deadline_ms(db));
        if (surreal_step(db)) break;
        if (surreal_get_state(db) == SURREAL_OPEN && !all) {
            all = start_more(db, &t, &started);
        }
    }
    printf("%d answers, %d failures, sum %lld\n", t.answered, t.failed,
           (long long)t.sum);
    if (t.answered != QUERIES) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    }
    surreal_close(db);
    return t.answered == QUERIES && !t.failed ? 0 : 1;
}
