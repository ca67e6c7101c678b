/* cc -O2 -I. -o build/bench/bench_idle tests/bench/bench_idle.c -lm
 *
 *   bench_idle [CONNECTIONS]
 *
 * What a thousand idle connections hold, as the allocator and as the system
 * count it, and how often a request allocates once the connection is warm. The
 * server is a script in a process of its own. Exits with 1 beyond 64 KiB for
 * a connection, or when a request allocates more than its result. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define LIMIT_PER_CONNECTION ((size_t)64 << 10)
#define MOST 4000
#define REQUESTS 1000

/* ---- the server ---------------------------------------------------------- */

typedef struct peer {
    script s;
    int fd;
} peer;

static void
peer_turn(peer *p)
{
    uint8_t in[4096];
    ssize_t got = recv(p->fd, in, sizeof in, 0);

    if (got <= 0) _exit(0); /* the client is through */
    srl_buf_put(&p->s.up, in, (size_t)got);
    script_serve(&p->s);
    while (p->s.down_at < p->s.down.len) {
        ssize_t put = send(p->fd, p->s.down.data + p->s.down_at,
                           p->s.down.len - p->s.down_at, MSG_NOSIGNAL);

        if (put <= 0) _exit(0);
        p->s.down_at += (size_t)put;
    }
    p->s.down_at = p->s.down.len = 0;
}

static void
serve(int listening, int count)
{
    peer *peers = (peer *)calloc((size_t)count, sizeof *peers);
    struct pollfd *fds =
        (struct pollfd *)calloc((size_t)count + 1, sizeof *fds);
    int n = 0;
    int i;

    if (!peers || !fds) _exit(1);
    fds[0].fd = listening;
    fds[0].events = POLLIN;
    while (poll(fds, (nfds_t)n + 1, -1) >= 0) {
        for (i = 0; i < n; i++) {
            if (fds[i + 1].revents) peer_turn(&peers[i]);
        }
        if (!fds[0].revents || n == count) continue;
        script_init(&peers[n].s);
        peers[n].fd = accept(listening, NULL, NULL);
        fds[n + 1].fd = peers[n].fd;
        fds[n + 1].events = POLLIN;
        n++;
    }
    _exit(0);
}

static pid_t
server_start(int count, int *port)
{
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    pid_t pid;

    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listening < 0 || bind(listening, (struct sockaddr *)&at, len) ||
        listen(listening, 128) ||
        getsockname(listening, (struct sockaddr *)&at, &len)) {
        return -1;
    }
    *port = ntohs(at.sin_port);
    pid = fork();
    if (!pid) {
        alarm(120);
        serve(listening, count);
    }
    close(listening);
    return pid;
}

/* ---- the client ---------------------------------------------------------- */

/* Resident bytes; 0 where /proc does not say. */
static size_t
resident(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    char text[64] = "";
    char *at = text;
    size_t pages;

    if (!f) return 0;
    if (!fgets(text, sizeof text, f)) text[0] = '\0';
    fclose(f);
    strtoul(at, &at, 10);
    pages = strtoul(at, NULL, 10);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Allocations of REQUESTS queries, in hundredths of one. */
static size_t
allocations(surreal *db, test_heap *heap, bool with_result)
{
    size_t before = 0;
    int i;

    for (i = -50; i < REQUESTS; i++) {
        surreal_result *r = NULL;

        if (!i) before = heap->calls;
        surreal_query(db, "RETURN $n",
                      SURREAL_VARS(surreal_bind_int("n", i)),
                      with_result ? &r : NULL);
        surreal_result_free(r);
    }
    return (heap->calls - before) * 100 / REQUESTS;
}

static surreal *dbs[MOST];

static int
measure(int count, int port)
{
    surreal_options o;
    test_heap heap;
    char url[64];
    size_t before = resident();
    size_t rss;
    size_t held;
    size_t with;
    size_t without;
    int i;

    memset(&o, 0, sizeof o);
    memset(&heap, 0, sizeof heap);
    o.ns = "test";
    o.db = "main";
    o.user = "root";
    o.pass = "root";
    o.allocator.resize = test_resize;
    o.allocator.user = &heap;
    snprintf(url, sizeof url, "ws://127.0.0.1:%d", port);
    for (i = 0; i < count; i++) {
        if (surreal_open(url, &o, &dbs[i]) || surreal_ping(dbs[i])) {
            printf("%d: %s\n", i, surreal_last_error(dbs[i])->message);
            return 1;
        }
    }
    held = heap.held;
    rss = resident() - before;
    with = allocations(dbs[0], &heap, true);
    without = allocations(dbs[0], &heap, false);
    for (i = 0; i < count; i++) surreal_close(dbs[i]);
    printf("idle_connections %d\nidle_heap %zu\nidle_heap_each %zu\n"
           "idle_rss %zu\nidle_rss_each %zu\n"
           "allocations_per_request %.2f\n"
           "allocations_without_out %.2f\n", count, held,
           held / (size_t)count, rss, rss / (size_t)count,
           (double)with / 100, (double)without / 100);
    return heap.held != 0 || held / (size_t)count > LIMIT_PER_CONNECTION ||
           rss / (size_t)count > LIMIT_PER_CONNECTION || with > 100;
}

int
main(int argc, char **argv)
{
    struct rlimit files;
    int count = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000;
    int port = 0;
    pid_t pid;
    int code;

    if (count < 1 || count > MOST) return 2;
    /* As many descriptors as the system allows without asking anybody. */
    if (!getrlimit(RLIMIT_NOFILE, &files)) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    pid = server_start(count, &port);
    if (pid < 0) return 2;
    code = measure(count, port);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return code;
}
