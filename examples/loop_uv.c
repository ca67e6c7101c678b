/* cc -I. examples/loop_uv.c -o loop_uv -luv
 * ./loop_uv ws://127.0.0.1:8000 root root
 *
 * As loop_poll.c in the loop of libuv: a uv_poll_t for the socket and a
 * uv_timer_t for the deadline, armed anew after each use of the connection. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <uv.h>

#define QUERIES 300

static surreal *db;
static uv_loop_t *loop;
static uv_poll_t *watched; /* the socket of the moment */
static int watched_fd = -1;
static uv_timer_t timer;
static bool asked[QUERIES]; /* on its way, or answered */
static int answered, failed, events;

static void
on_done(void *user, surreal *c, surreal_status status, surreal_result *r,
        const surreal_error *err)
{
    bool is_lost = surreal_status_class(status) == SURREAL_CLASS_CLOSED;

    (void)c, (void)err;
    surreal_result_free(r);
    *(bool *)user = !is_lost; /* what was lost may be asked again, here */
    answered += !is_lost, failed += status && !is_lost;
}

static void
on_event(void *user, const surreal_event *event)
{
    *(int *)user += event->action < SURREAL_GAP;
}

static void drive(uv_timer_t *t);

static void
on_io(uv_poll_t *poll, int error, int ready)
{
    (void)poll, (void)error, (void)ready, drive(NULL);
}

/* Socket, direction and deadline may all have changed. */
static void
arm(void)
{
    int fd = surreal_fd(db); /* -1 between two attempts */
    int ms = answered < QUERIES ? surreal_deadline_ms(db) : 200;
    int wants = (surreal_wants(db) & SURREAL_READ ? UV_READABLE : 0) |
                (surreal_wants(db) & SURREAL_WRITE ? UV_WRITABLE : 0);

    if (fd != watched_fd && watched) {
        uv_close((uv_handle_t *)watched, (uv_close_cb)free);
        watched = NULL;
    }
    watched_fd = fd;
    if (fd >= 0 && !watched) {
        watched = malloc(sizeof *watched);
        uv_poll_init(loop, watched, fd);
    }
    if (fd >= 0) uv_poll_start(watched, wants, on_io);
    uv_timer_stop(&timer);
    if (ms >= 0) uv_timer_start(&timer, drive, (uint64_t)ms, 0);
}

static void
drive(uv_timer_t *t)
{
    surreal_status status = SURREAL_OK; /* WOULD_BLOCK: the rest later */
    static int is_cut;

    for (int n = 0; n < QUERIES && !status; n++) {
        if (asked[n]) continue;
        status = surreal_query_start(
            db, SURREAL_LIT("UPSERT $id SET at = time::now()"),
            SURREAL_VARS(surreal_bind_id("id", surreal_id_int("tick", n))),
            on_done, &asked[n], NULL);
        asked[n] = !status;
    }
    if (watched) uv_poll_stop(watched); /* the step may close its socket */
    /* The end: it gave up, or all is done and was quiet for a while. */
    if (surreal_step(db) || (t && answered == QUERIES)) uv_stop(loop);
    if (answered >= 100 && !is_cut++) shutdown(surreal_fd(db), SHUT_RDWR);
    arm();
}

int
main(int argc, char **argv)
{
    surreal_live_options live_opt = {0};
    surreal_options opt = {0};
    surreal_live *live = NULL;

    if (argc < 4) return 2;
    opt.ns = "example", opt.db = "loop";
    opt.user = argv[2], opt.pass = argv[3];
    live_opt.on_event = on_event, live_opt.user = &events;
    if (surreal_open(argv[1], &opt, &db) ||
        surreal_query(db, "DEFINE TABLE IF NOT EXISTS tick; DELETE tick",
                      SURREAL_NO_VARS, NULL) ||
        surreal_live_table(db, "tick", &live_opt, &live)) {
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
        return 1;
    }
    uv_timer_init(loop = uv_default_loop(), &timer);
    drive(NULL);
    uv_run(loop, UV_RUN_DEFAULT);
    printf("%d answers, %d failures, %d events\n", answered, failed, events);
    surreal_live_close(live);
    surreal_close(db);
    return answered == QUERIES && !failed ? 0 : 1;
}
