/* cc -I. examples/loop_epoll.c -o loop_epoll
 * ./loop_epoll ws://127.0.0.1:8000 root root [edge]
 *
 * As loop_poll.c with epoll, where the kernel remembers what to wait for, so it
 * has to be told when that changes. Level- and edge-triggered. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define QUERIES 300
#define QUIET_MS 200 /* nothing for so long: no more events */

static bool asked[QUERIES]; /* on its way, or answered */
static int answered, failed, events, gaps;

static void
on_done(void *user, surreal *db, surreal_status status, surreal_result *r,
        const surreal_error *err)
{
    bool is_lost = surreal_status_class(status) == SURREAL_CLASS_CLOSED;

    (void)db, (void)err;
    *(bool *)user = !is_lost; /* what was lost may be asked again, here */
    answered += !is_lost;
    failed += status && !is_lost;
    surreal_result_free(r);
}

static void
on_event(void *user, const surreal_event *event)
{
    (void)user;
    if (event->action == SURREAL_GAP) gaps++;
    if (event->action < SURREAL_GAP) events++;
}

/* Start what is not on its way; WOULD_BLOCK means "the rest later". */
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

/* Tell epoll what to wait for. A socket that is closed leaves the set by
 * itself, and the next one often has the same number: comparing numbers does
 * not show a reconnect, adding does. */
static void
watch(int loop, const surreal *db, bool is_edge)
{
    short wants = is_edge ? SURREAL_READ | SURREAL_WRITE : surreal_wants(db);
    struct epoll_event want = {0};
    int fd = surreal_fd(db); /* -1 between two attempts: only a deadline */

    want.events = (wants & SURREAL_READ ? EPOLLIN : 0u) |
                  (wants & SURREAL_WRITE ? EPOLLOUT : 0u) |
                  (is_edge ? (unsigned)EPOLLET : 0u);
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &want) && !is_edge) {
        epoll_ctl(loop, EPOLL_CTL_MOD, fd, &want); /* it was there */
    }
}

int
main(int argc, char **argv)
{
    bool is_edge = argc > 4;
    surreal_live_options live_opt = {0};
    surreal_options opt = {0};
    surreal_live *live = NULL;
    surreal *db = NULL;
    int loop = epoll_create1(0);
    bool is_cut = false;

    if (argc < 4) return 2;
    opt.ns = "example", opt.db = "loop";
    opt.user = argv[2], opt.pass = argv[3];
    live_opt.on_event = on_event;
    /* Before the loop runs, waiting does no harm. */
    if (surreal_open(argv[1], &opt, &db) ||
        surreal_query(db, "DEFINE TABLE IF NOT EXISTS tick; DELETE tick",
                      SURREAL_NO_VARS, NULL) ||
        surreal_live_table(db, "tick", &live_opt, &live)) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
        return 1;
    }
    for (;;) {
        bool is_done = answered == QUERIES;
        struct epoll_event event;

        start(db);
        /* Step before the wait: it sends what was started, and no edge would
         * come for that. */
        if (surreal_step(db)) break; /* failed for good: it gave up */
        watch(loop, db, is_edge);
        if (!epoll_wait(loop, &event, 1,
                        is_done ? QUIET_MS : surreal_deadline_ms(db)) &&
            is_done) {
            break;
        }
        if (is_cut || answered < QUERIES / 3) continue;
        is_cut = shutdown(surreal_fd(db), SHUT_RDWR) == 0;
    }
    printf("%d answers, %d failures, %d events, %d gaps\n", answered, failed,
           events, gaps);
    surreal_live_close(live);
    surreal_close(db);
    return answered == QUERIES && !failed ? 0 : 1;
}
