/* cc -I. -o build/live/test_crash tests/live/test_crash.c -lm
 *
 * The server is killed under load and comes back on the same port with the
 * same store: nothing acknowledged is lost, nothing is done twice, what is
 * unknown is called unknown, and the session is who and where it was.
 *
 * Run by tests/live/crash.sh, which gives it CRASH_ENGINE (the program's
 * path), CRASH_STORE (a directory), and SURREAL_TEST_MAJOR; with CRASH_TLS, a
 * directory for certificates, all of it goes over wss://. */
#include "tests/live/library.h"

#include "tests/test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 3
#define WINDOW 40
#define ROWS 20000          /* at most so many are begun */
#define ACKED_PER_LIFE 300  /* acknowledged between two kills */
#define LIMIT_MS 20000      /* from a kill to the next acknowledged row */

/* ---- the server ---------------------------------------------------------- */

static pid_t engine = -1;
static int engine_ports[2]; /* the second one speaks TLS */

static void
engine_exec(const char *port_file)
{
    const char *tls = getenv("CRASH_TLS");
    char store[512];
    char port[16];
    char tls_port[16];

    snprintf(store, sizeof store, "surrealkv://%s/db", getenv("CRASH_STORE"));
    snprintf(port, sizeof port, "%d", engine_ports[0]);
    snprintf(tls_port, sizeof tls_port, "%d", engine_ports[1]);
    if (!freopen("/dev/null", "w", stdout) ||
        !freopen("/dev/null", "w", stderr)) {
        _exit(127);
    }
    execlp("node", "node", getenv("CRASH_ENGINE"), "--version",
           getenv("SURREAL_TEST_MAJOR"), "--store", store, "--port", port,
           "--port-file", port_file, "--ignore-stdin", "--max-seconds", "120",
           tls ? "--tls-dir" : (char *)NULL, tls, "--tls-port", tls_port,
           (char *)NULL);
    _exit(127);
}

/* Start it; the first time also wait until it says its port. */
static bool
engine_start(void)
{
    char file[512];
    int waited;

    snprintf(file, sizeof file, "%s/port", getenv("CRASH_STORE"));
    remove(file);
    fflush(stdout);
    engine = fork();
    if (!engine) engine_exec(file);
    if (engine < 0 || engine_ports[0]) return engine > 0;
    for (waited = 0; waited < 200; waited++) {
        FILE *f = fopen(file, "r");
        struct timespec pause = {0, 100000000};
        char text[16] = "";
        int i;

        for (i = 0; f && i < 2 && fgets(text, sizeof text, f); i++) {
            engine_ports[i] = (int)strtol(text, NULL, 10);
        }
        if (f) fclose(f);
        if (engine_ports[0]) return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

static void
engine_kill(void)
{
    if (engine <= 0) return;
    kill(engine, SIGKILL);
    waitpid(engine, NULL, 0);
    engine = -1;
}

/* ---- the load ------------------------------------------------------------ */

typedef enum row_end {
    ROW_NONE,
    ROW_ACKED,
    ROW_UNSENT,
    ROW_UNKNOWN,
    ROW_REFUSED
} row_end;

typedef struct row {
    row_end end;
    int ends;
    int64_t seen; /* how often it is in the table */
} row;

static row rows[ROWS];
static int begun, acked, unknown, unsent, refused;
static int64_t last_acked_ms, longest_ms, killed_ms;
static int opened, lost;

static void
row_done(void *user, surreal *db, surreal_status status,
         surreal_result *result, const surreal_error *err)
{
    row *one = (row *)user;

    (void)db;
    one->ends++;
    surreal_result_free(result);
    if (!status) {
        one->end = ROW_ACKED;
        acked++;
        last_acked_ms = live_now_ms();
        if (killed_ms) {
            int64_t took = last_acked_ms - killed_ms;

            if (took > longest_ms) longest_ms = took;
            killed_ms = 0;
        }
    } else if (status == SURREAL_ERR_UNKNOWN) {
        one->end = ROW_UNKNOWN;
        unknown++;
    } else if (status == SURREAL_ERR_NOT_SENT) {
        one->end = ROW_UNSENT;
        unsent++;
    } else {
        one->end = ROW_REFUSED;
        if (!refused++) printf("refused: %s\n", err->message);
    }
}

static void
on_change(void *user, surreal *db, surreal_change change,
          const surreal_error *err)
{
    (void)user;
    (void)db;
    (void)err;
    opened += change == SURREAL_CHANGE_OPEN;
    lost += change == SURREAL_CHANGE_LOST;
}

/* Keep WINDOW requests on their way until `goal` rows are acknowledged. No
 * row id: a request that is done twice makes two rows. */
static bool
load(surreal *db, int goal)
{
    int64_t start = live_now_ms();

    while (acked < goal) {
        while (begun < ROWS && surreal_pending(db) < WINDOW) {
            if (surreal_query_start(
                    db, SURREAL_LIT("CREATE item SET n = $n, x = $x"),
                    SURREAL_VARS(surreal_bind_int("n", begun)), row_done,
                    &rows[begun], NULL)) {
                break;
            }
            begun++;
        }
        surreal_wait(db, 100);
        if (surreal_get_state(db) == SURREAL_FAILED) {
            TEST_FAIL("failed: %s", surreal_last_error(db)->message);
            return false;
        }
        if (begun == ROWS || live_now_ms() - start > 2 * LIMIT_MS) {
            TEST_FAIL("%d of %d rows acknowledged after %d ms", acked, goal,
                      (int)(live_now_ms() - start));
            return false;
        }
    }
    return true;
}

static void
finish(surreal *db)
{
    int64_t start = live_now_ms();

    while (surreal_pending(db) && live_now_ms() - start < LIMIT_MS) {
        surreal_wait(db, 100);
    }
    CHECK_INT(surreal_pending(db), 0);
}

/* ---- what is in the table ------------------------------------------------ */

static void
count_rows(surreal *db)
{
    surreal_result *r = NULL;
    surreal_value all;
    size_t i;

    if (surreal_query(db, "SELECT VALUE [n, x] FROM item", SURREAL_NO_VARS,
                      &r)) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
        return;
    }
    all = surreal_statement_value(r, 0);
    for (i = 0; i < surreal_count(all); i++) {
        surreal_value pair = surreal_at(all, i);
        int64_t n = -1;
        int64_t x = -1;

        surreal_get_int(surreal_at(pair, 0), &n);
        surreal_get_int(surreal_at(pair, 1), &x);
        CHECK_INT(x, 7); /* the session's variable, in every life */
        if (n < 0 || n >= begun) {
            TEST_FAIL("row %d was never sent", (int)n);
        } else {
            rows[n].seen++;
        }
    }
    surreal_result_free(r);
}

static void
check_rows(void)
{
    int unknown_there = 0;
    int i;

    for (i = 0; i < begun; i++) {
        const row *one = &rows[i];

        if (one->ends != 1) TEST_FAIL("row %d ended %d times", i, one->ends);
        if (one->seen > 1) {
            TEST_FAIL("row %d is there %d times", i, (int)one->seen);
        }
        if (one->end == ROW_ACKED && !one->seen) {
            TEST_FAIL("row %d was acknowledged and is lost", i);
        }
        if ((one->end == ROW_UNSENT || one->end == ROW_REFUSED) &&
            one->seen) {
            TEST_FAIL("row %d was not sent and is there", i);
        }
        unknown_there += one->end == ROW_UNKNOWN && one->seen;
    }
    printf("%d kills: %d rows acknowledged, %d unknown (%d of them there), "
           "%d not sent, %d refused; back after %d ms at most\n", KILLS,
           acked, unknown, unknown_there, unsent, refused, (int)longest_ms);
}

/* ---- the test ------------------------------------------------------------ */

static surreal *
open_as_owner(void)
{
    surreal_options o;
    surreal *db = NULL;
    const char *tls = getenv("CRASH_TLS");
    char ca[512];
    char url[64];

    memset(&o, 0, sizeof o);
    snprintf(url, sizeof url, "%s://127.0.0.1:%d", tls ? "wss" : "ws",
             engine_ports[tls != NULL]);
    snprintf(ca, sizeof ca, "%s/ca.pem", tls ? tls : "");
    if (tls) o.tls.ca_file = ca;
    o.user = "root";
    o.pass = "root";
    o.reconnect.min_ms = 50;
    o.reconnect.max_ms = 500;
    o.reconnect.attempts = 60;
    o.on_change = on_change;
    if (surreal_open(url, &o, &db) ||
        surreal_query(db, "DEFINE NAMESPACE crash; USE NS crash; DEFINE "
                          "DATABASE crash; USE DB crash; DEFINE TABLE item; "
                          "DEFINE USER owner ON DATABASE PASSWORD 'secret' "
                          "ROLES OWNER", SURREAL_NO_VARS, NULL) ||
        test_signin(db, "crash", "crash", "owner", "secret") ||
        surreal_use(db, "crash", "crash") ||
        surreal_let(db, surreal_bind_int("x", 7))) {
        TEST_FAIL("%s", surreal_last_error(db)->message);
        surreal_close(db);
        return NULL;
    }
    return db;
}

TEST(test_a_killed_server_comes_back)
{
    surreal *db;
    int k;

    if (!getenv("CRASH_ENGINE") || !getenv("CRASH_STORE")) {
        SKIP("run it with tests/live/crash.sh");
        return;
    }
    if (!engine_start()) {
        TEST_FAIL("the engine did not start");
        engine_kill();
        return;
    }
    db = open_as_owner();
    for (k = 0; db && k <= KILLS; k++) {
        if (!load(db, acked + ACKED_PER_LIFE) || k == KILLS) break;
        engine_kill();
        killed_ms = live_now_ms();
        if (!engine_start()) break;
    }
    if (db) {
        finish(db);
        CHECK_INT(k, KILLS);
        CHECK_INT(opened, KILLS + 1);
        CHECK_INT(lost, KILLS);
        CHECK(longest_ms > 0 && longest_ms <= LIMIT_MS);
        CHECK_INT(refused, 0);
        /* A user of the database it is, and no root again. */
        CHECK(surreal_query(db, "INFO FOR ROOT", SURREAL_NO_VARS, NULL));
        count_rows(db);
        check_rows();
        surreal_close(db);
    }
    engine_kill();
}

TEST_MAIN(RUN(test_a_killed_server_comes_back);)
