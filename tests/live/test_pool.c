/* sh tests/live/run.sh build/live/test_pool, after make build/live/test_pool
 *
 * The pool with threads against a real server. */
#include "tests/live/live.h"

#include <pthread.h>

#define THREADS 4
#define ROUNDS 50
#define JOBS 100

/* A pool on a fresh database with a table t. */
static surreal_pool *
pool_make(const char *database, int size)
{
    surreal_pool *pool = NULL;
    surreal_pool_options po;
    surreal_options opt;
    surreal_error err;
    surreal *db = live_open(database);

    surreal_result_free(live_run(db, "DEFINE TABLE t", SURREAL_NO_VARS));
    surreal_close(db);
    memset(&opt, 0, sizeof opt);
    memset(&po, 0, sizeof po);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.db = database;
    po.size = size;
    if (surreal_pool_open(live_url, &opt, &po, &pool, &err)) {
        printf("pool: %s\n", err.message);
        exit(1);
    }
    return pool;
}

/* The integer a text answers with. */
static int64_t
pool_int(surreal_pool *pool, const char *text)
{
    surreal_result *r = NULL;
    surreal_error err;
    int64_t n = -1;

    if (surreal_pool_query(pool, text, SURREAL_NO_VARS, &r, &err)) {
        TEST_FAIL("%s: %s", text, err.message);
    }
    surreal_get_int(surreal_statement_value(r, 0), &n);
    surreal_result_free(r);
    return n;
}

typedef struct worker {
    surreal_pool *pool;
    int me;
    int wrong;
    surreal_error err;
} worker;

/* Each writes rows of its own and reads them back. */
static void *
worker_run(void *user)
{
    worker *w = (worker *)user;
    int64_t i;

    for (i = 0; i < ROUNDS; i++) {
        surreal_result *r = NULL;
        surreal *db = NULL;
        int64_t n = -1;

        if (surreal_pool_get(w->pool, 0, &db, &w->err)) {
            w->wrong++;
            continue;
        }
        if (surreal_query(db, "CREATE t SET i = $i, n = $n, who = $who; "
                              "RETURN (SELECT VALUE n FROM t WHERE "
                              "i = $i AND who = $who)[0]",
                          SURREAL_VARS(surreal_bind_int("i", i),
                                       surreal_bind_int("n", i * i),
                                       surreal_bind_int("who", w->me)),
                          &r)) {
            w->err = *surreal_last_error(db);
            w->wrong++;
        }
        surreal_get_int(surreal_statement_value(r, 1), &n);
        w->wrong += n != i * i;
        surreal_result_free(r);
        surreal_pool_put(w->pool, db);
    }
    return NULL;
}

TEST(test_live_threads_share_a_pool)
{
    surreal_pool *pool = pool_make("pool_threads", 2);
    surreal_pool_stats stats;
    pthread_t thread[THREADS];
    worker w[THREADS];
    int i;

    for (i = 0; i < THREADS; i++) {
        memset(&w[i], 0, sizeof w[i]);
        w[i].pool = pool;
        w[i].me = i;
        if (pthread_create(&thread[i], NULL, worker_run, &w[i])) abort();
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        if (w[i].wrong) {
            TEST_FAIL("thread %d: %d wrong: %s", i, w[i].wrong,
                      w[i].err.message);
        }
    }
    CHECK_INT(pool_int(pool, "RETURN count(SELECT * FROM t)"),
              THREADS * ROUNDS);
    CHECK_INT(pool_int(pool, "RETURN count(SELECT * FROM t WHERE who = 2)"),
              ROUNDS);
    stats = surreal_pool_get_stats(pool);
    CHECK(stats.open >= 1 && stats.open <= 2);
    CHECK_INT(stats.borrowed, 0);
    CHECK_INT(surreal_pool_close(pool, 1000), SURREAL_OK);
}

TEST(test_live_pool_runs_a_hundred_jobs_on_four_connections)
{
    static surreal_job job[JOBS];
    static surreal_bind bind[JOBS];
    surreal_pool *pool = pool_make("pool_run", 4);
    surreal_error err;
    int64_t i;

    for (i = 0; i < JOBS; i++) {
        bind[i] = surreal_bind_int("i", i);
        job[i].text = surreal_text(
            i == 50 ? "THROW 'fifty'"
                    : "CREATE t SET n = $i; RETURN $i * 10");
        job[i].vars.v = &bind[i];
        job[i].vars.count = 1;
    }
    CHECK_INT(surreal_pool_run(pool, job, JOBS, 4, &err), SURREAL_ERR_THROWN);
    CHECK(strstr(err.message, "fifty") != NULL);
    for (i = 0; i < JOBS; i++) {
        char want[16];

        if (i == 50) {
            CHECK_INT(job[i].status, SURREAL_ERR_THROWN);
        } else {
            if (job[i].status) TEST_FAIL("%s", job[i].error.message);
            snprintf(want, sizeof want, "%d", (int)i * 10);
            CHECK_STR(live_text(surreal_statement_value(job[i].result, 1)),
                      want);
        }
        surreal_result_free(job[i].result);
    }
    CHECK_INT(pool_int(pool, "RETURN count(SELECT * FROM t)"), JOBS - 1);
    /* The first to connect may have done the work of the others. */
    CHECK(surreal_pool_get_stats(pool).idle >= 1);
    CHECK_INT(surreal_pool_close(pool, 0), SURREAL_OK);
}

TEST(test_live_pool_open_reports_a_wrong_password)
{
    surreal_pool *pool = NULL;
    surreal_options opt;
    surreal_error err;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = "wrong";
    CHECK_INT(surreal_pool_open(live_url, &opt, NULL, &pool, &err),
              SURREAL_ERR_AUTH);
    CHECK(!pool);
}

/* The environment to a pool to an answer. */
TEST(test_live_environment_to_answer)
{
    surreal_pool *pool = NULL;
    surreal_env env;
    surreal_error err;
    char prefix[72];

    CHECK_INT(surreal_env_prefix("live", prefix, sizeof prefix), SURREAL_OK);
    setenv("SURQL_LIVE_URL", live_url, 1);
    setenv("SURQL_LIVE_USERNAME", live_user, 1);
    setenv("SURQL_LIVE_PASSWORD", live_pass, 1);
    setenv("SURQL_LIVE_MAX_CONNECTIONS", "2", 1);
    if (live_ca) setenv("SURQL_LIVE_TLS_CA_FILE", live_ca, 1);
    CHECK_INT(surreal_options_from_env(prefix, &env, &err), SURREAL_OK);
    if (surreal_pool_open(env.url, &env.options, &env.pool, &pool, &err)) {
        TEST_FAIL("%s", err.message);
    }
    CHECK_INT(pool_int(pool, "RETURN 1 + 1"), 2);
    CHECK_INT(surreal_pool_get_stats(pool).size, 2);
    CHECK_INT(surreal_pool_close(pool, 0), SURREAL_OK);
}

TEST_MAIN(live_init();
    RUN(test_live_threads_share_a_pool);
    RUN(test_live_pool_runs_a_hundred_jobs_on_four_connections);
    RUN(test_live_pool_open_reports_a_wrong_password);
    RUN(test_live_environment_to_answer);)
