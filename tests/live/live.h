/* tests/live/live.h: a connection to the real server of this run. */
#ifndef LIVE_H
#define LIVE_H
#include "tests/live/library.h"

#include "tests/test.h"

static const char *live_url, *live_user, *live_pass, *live_ca;
static int live_major;
static bool live_is_http;

/* Without a server there is nothing to test: that is a failure, not a skip,
 * because run.sh always provides one. */
static void
live_init(void)
{
    const char *major = getenv("SURREAL_TEST_MAJOR");

    live_url = getenv("SURREAL_TEST_URL");
    live_user = getenv("SURREAL_TEST_USER");
    live_pass = getenv("SURREAL_TEST_PASS");
    live_ca = getenv("SURREAL_TEST_CA"); /* of wss:// and https:// */
    /* For the connections that tests open with options of their own. */
    if (live_ca) setenv("SSL_CERT_FILE", live_ca, 1);
    live_major = major ? major[0] - '0' : 3;
    live_is_http = live_url && !strncmp(live_url, "http", 4);
    if (!live_url || !live_user || !live_pass) {
        printf("SURREAL_TEST_URL, _USER and _PASS must be set; run this with "
               "tests/live/run.sh\n");
        exit(1);
    }
}

/* A signed-in connection to a fresh database, so tests do not meet. */
static surreal *
live_open(const char *database)
{
    surreal_options opt;
    surreal_vars none = SURREAL_NO_VARS;
    surreal *db = NULL;
    char text[256];

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    opt.ns = "live";
    opt.tls.ca_file = live_ca;
    if (surreal_open(live_url, &opt, &db)) {
        printf("open: %s\n", surreal_last_error(db)->message);
        exit(1);
    }
    snprintf(text, sizeof text,
             "DEFINE NAMESPACE IF NOT EXISTS live; USE NS live;"
             "REMOVE DATABASE IF EXISTS `%s`; DEFINE DATABASE `%s`",
             database, database);
    if (surreal_query(db, text, none, NULL) ||
        surreal_use(db, "live", database)) {
        printf("database %s: %s\n", database,
               surreal_last_error(db)->message);
        exit(1);
    }
    return db;
}

/* Run a query that must succeed. */
static surreal_result *
live_run(surreal *db, const char *text, surreal_vars vars)
{
    surreal_result *r = NULL;

    if (surreal_query(db, text, vars, &r)) {
        TEST_FAIL("%s: %s", text, surreal_last_error(db)->message);
    }
    return r;
}

/* The text of a value, in a static buffer. */
static SURREAL_UNUSED const char *
live_text(surreal_value v)
{
    static char text[2][4096];
    static int turn;

    turn = !turn;
    surreal_print(v, text[turn], sizeof text[turn]);
    return text[turn];
}

#endif
