/* tests/bench/bench_live.c: what a live event costs the client.
 *
 *   cc -O2 -I. tests/bench/bench_live.c -o build/bench/bench_live
 *   build/bench/bench_live N                    against a wire in memory
 *   build/bench/bench_live N URL USER PASS      against a server
 *
 * Prints, for N events taken with surreal_live_next and N given to a callback,
 * the processor time (user and system) and the elapsed time of one event in
 * microseconds, and the events lost, which must be 0. In memory, the cost of
 * making the messages is not in it; with a server, the time elapsed is the
 * server's. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

#include <poll.h>
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

static int64_t seen;
static int64_t sum;

static void
on_event(void *user, const surreal_event *event)
{
    (void)user;
    if (event->action != SURREAL_CREATED) return;
    seen++;
    sum += surreal_int_at(event->value, "n");
}

/* Take n events of a stream: as an event loop does, or one by one. */
static void
receive(surreal *db, surreal_live *live, bool has_callback, int n)
{
    surreal_event event;

    while (seen < n) {
        if (has_callback) {
            struct pollfd p;

            p.fd = surreal_fd(db);
            p.events = surreal_wants(db);
            if (poll(&p, 1, 20000) <= 0 || surreal_step(db)) break;
        } else {
            if (surreal_live_next(live, &event, 20000)) break;
            on_event(NULL, &event);
        }
    }
}

typedef void make_events(void *user, surreal_live *live, int n);

static void
measure(const char *name, surreal *db, bool has_callback, int n,
        make_events *make, void *user)
{
    surreal_live_options opt;
    surreal_live *live = NULL;
    double cpu;
    double wall;

    memset(&opt, 0, sizeof opt);
    if (has_callback) opt.on_event = on_event;
    if (surreal_live_table(db, "bench", &opt, &live)) die(db);
    seen = sum = 0;
    make(user, live, n);
    cpu = cpu_seconds();
    wall = wall_seconds();
    receive(db, live, has_callback, n);
    printf("%s %.3f %.3f lost %lld\n", name, (cpu_seconds() - cpu) / n * 1e6,
           (wall_seconds() - wall) / n * 1e6, (long long)(n - seen));
    surreal_live_close(live);
    surreal_ping(db);
}

/* ---- a wire in memory ---------------------------------------------------- */

static void
answer(script *s, const script_request *rq)
{
    surreal_uuid id;

    memset(&id, 1, sizeof id);
    if (script_is(rq, "live")) {
        srl_put_uuid(script_reply(s, rq->id, "result"), id);
        script_send(s);
    } else {
        script_answer(s, rq);
    }
}

static void
make_frames(void *user, surreal_live *live, int n)
{
    script *s = (script *)user;
    int i;

    for (i = 0; i < n; i++) {
        srl_buf *b = &s->body;

        b->len = 0;
        srl_cbor_put_head(b, SRL_CBOR_MAP, 1);
        srl_cbor_put_key(b, "result");
        srl_cbor_put_head(b, SRL_CBOR_MAP, 5);
        srl_cbor_put_key(b, "action");
        srl_cbor_put_key(b, "CREATE");
        srl_cbor_put_key(b, "id");
        srl_put_uuid(b, surreal_live_id(live));
        srl_cbor_put_key(b, "record");
        srl_put_record_id(b, surreal_id_int("bench", i));
        srl_cbor_put_key(b, "result");
        srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
        srl_cbor_put_key(b, "id");
        srl_put_record_id(b, surreal_id_int("bench", i));
        srl_cbor_put_key(b, "n");
        srl_cbor_put_int(b, i);
        srl_cbor_put_key(b, "text");
        srl_cbor_put_key(b, "a record of ordinary size, a hundred bytes");
        srl_cbor_put_key(b, "session");
        srl_cbor_put_none(b);
        script_send(s);
    }
}

static void
bench_memory(int n)
{
    script s;
    surreal *db;

    script_init(&s);
    memset(&s.options.allocator, 0, sizeof s.options.allocator);
    s.answer = answer;
    db = script_open(&s);
    measure("memory/next", db, false, n, make_frames, &s);
    measure("memory/callback", db, true, n, make_frames, &s);
    script_end(&s, db);
}

/* ---- a server ------------------------------------------------------------ */

typedef struct writer {
    surreal *db;
} writer;

static void
on_written(void *user, surreal *db, surreal_status status, surreal_result *r,
           const surreal_error *err)
{
    (void)user;
    (void)err;
    if (status) die(db);
    surreal_result_free(r);
}

/* Another connection asks the server to write; it goes on while we read. */
static void
make_records(void *user, surreal_live *live, int n)
{
    writer *w = (writer *)user;
    int i;

    (void)live;
    if (surreal_query(w->db, "DELETE bench RETURN NONE", SURREAL_NO_VARS,
                      NULL)) {
        die(w->db);
    }
    sum = seen = 0;
    for (i = 0; i < n; i += 500) {
        int count = n - i < 500 ? n - i : 500;

        if (surreal_query_start(
                w->db, SURREAL_LIT("FOR $i IN array::range(0, $count) { CREATE "
                                   "bench SET n = $i + $from, text = 'a record "
                                   "of ordinary size, a hundred bytes' }"),
                SURREAL_VARS(surreal_bind_int("from", i),
                             surreal_bind_int("count", count)), on_written,
                NULL, NULL)) {
            die(w->db);
        }
    }
    surreal_step(w->db);
}

static void
bench_server(int n, char **argv)
{
    surreal_options opt;
    surreal *db;
    writer w;

    memset(&opt, 0, sizeof opt);
    opt.user = argv[3];
    opt.pass = argv[4];
    if (surreal_open(argv[2], &opt, &db)) die(db);
    if (surreal_query(db, "DEFINE NAMESPACE IF NOT EXISTS bench; USE NS bench;"
                          "DEFINE DATABASE IF NOT EXISTS bench; USE DB bench;"
                          "DEFINE TABLE IF NOT EXISTS bench", SURREAL_NO_VARS,
                      NULL) ||
        surreal_use(db, "bench", "bench")) {
        die(db);
    }
    opt.ns = opt.db = "bench";
    if (surreal_open(argv[2], &opt, &w.db)) die(w.db);
    measure("server/next", db, false, n, make_records, &w);
    measure("server/callback", db, true, n, make_records, &w);
    surreal_close(w.db);
    surreal_close(db);
}

int
main(int argc, char **argv)
{
    int n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;

    if (n <= 0 || (argc != 2 && argc != 5)) {
        fprintf(stderr, "usage: bench_live N [URL USER PASS]\n");
        return 2;
    }
    if (argc == 2) {
        bench_memory(n);
    } else {
        bench_server(n, argv);
    }
    return test_failed_checks || seen != n;
}
