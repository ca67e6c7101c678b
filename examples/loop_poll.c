/* cc -I. examples/loop_poll.c -o loop_poll
 * ./loop_poll ws://127.0.0.1:8000 root root
 *
 * The smallest event loop: poll() over a connection with hundreds of queries
 * in flight and a live query. On the way the program cuts its own socket, to
 * show that a lost connection needs no code in the loop. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>

#define QUERIES 300
#define QUIET_MS 200 /* nothing for so long: no more events */

static bool asked[QUERIES]; /* on its way, or answered */
static int answered, failed, events, gaps;

/* Writing the same once more does no harm here, so what was lost on the way is
 * asked again. Where it would, look first after SURREAL_ERR_UNKNOWN. */
static void
on_done(void *user, surreal *db, surreal_status status, surreal_result *r,
        const surreal_error *err)
{
    (void)db;
    surreal_result_free(r);
    if (status == SURREAL_ERR_NOT_SENT || status == SURREAL_ERR_UNKNOWN) {
        *(bool *)user = false;
        return;
    }
    if (status) fprintf(stderr, "%s\n", err->message);
    failed += status != SURREAL_OK;
    answered++;
}

static void
on_event(void *user, const surreal_event *event)
{
    (void)user;
    if (event->action == SURREAL_GAP) gaps++;
    if (event->action < SURREAL_GAP) events++;
}

/* Start what is not on its way. WOULD_BLOCK means "the rest later": the send
 * queue is full, or the connection is being restored. */
static void
start(surreal *db)
{
    for (int n = 0; n < QUERIES; n++) {
        if (asked[n]) continue;
        if (surreal_query_start(
                db, SURREAL_LIT("UPSERT $id SET at = time::now()"),
                SURREAL_VARS(surreal_bind_id("id", surreal_id_int("tick", n))),
                on_done, &asked[n], NULL)) {
            return;
        }
        asked[n] = true;
    }
}

int
main(int argc, char **argv)
{
    surreal_live_options watch = {0};
    surreal_options opt = {0};
    surreal_live *live = NULL;
    surreal *db = NULL;
    bool is_cut = false;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example", opt.db = "loop";
    opt.user = argv[2], opt.pass = argv[3];
    watch.on_event = on_event;
    /* Before the loop runs, waiting does no harm. */
    if (surreal_open(argv[1], &opt, &db) ||
        surreal_query(db, "DEFINE TABLE IF NOT EXISTS tick; DELETE tick",
                      SURREAL_NO_VARS, NULL) ||
        surreal_live_table(db, "tick", &watch, &live)) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
        surreal_close(db);
        return 1;
    }
    for (;;) {
        bool is_done = answered == QUERIES; /* events may still come */
        struct pollfd p;

        start(db);
        p.fd = surreal_fd(db); /* asked each time: a reconnect changes it */
        p.events = surreal_wants(db);
        p.revents = 0;
        if (!poll(&p, 1, is_done ? QUIET_MS : surreal_deadline_ms(db)) &&
            is_done) {
            break;
        }
        if (surreal_step(db)) break; /* failed for good: it gave up */
        if (is_cut || answered < QUERIES / 3) continue;
        is_cut = shutdown(surreal_fd(db), SHUT_RDWR) == 0;
    }
    printf("%d answers, %d failures, %d events, %d gaps\n", answered, failed,
           events, gaps);
    if (answered < QUERIES) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    }
    surreal_live_close(live);
    surreal_close(db);
    return answered == QUERIES && !failed ? 0 : 1;
}
