/* cc -I. -o build/unit/test_env tests/unit/test_env.c -lm
 *
 * Configuration from the environment. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"

static const char *const env_names[] = {
    "URL", "NAMESPACE", "DATABASE", "USERNAME", "PASSWORD", "TLS_CA_FILE",
    "TLS_SERVER_NAME", "TIMEOUT", "MAX_CONNECTIONS", "RETRY_MAX_ATTEMPTS",
    "RETRY_MIN_WAIT", "RETRY_MAX_WAIT", "RETRY_MULTIPLIER"};

static surreal_env env;
static surreal_error err;

static void
env_set(const char *prefix, const char *name, const char *value)
{
    char all[128];

    snprintf(all, sizeof all, "%s%s", prefix, name);
    if (value) setenv(all, value, 1);
    if (!value) unsetenv(all);
}

/* Nothing but an address. */
static void
env_reset(void)
{
    size_t i;

    for (i = 0; i < sizeof env_names / sizeof *env_names; i++) {
        env_set("DB_", env_names[i], NULL);
    }
    env_set("DB_", "URL", "ws://127.0.0.1:8000");
}

static surreal_status
env_read(void)
{
    memset(&env, 0x55, sizeof env);
    return surreal_options_from_env("DB_", &env, &err);
}

/* One variable set: the status, and what the error must say. */
static void
env_refuses(const char *name, const char *value, surreal_status want,
            const char *says)
{
    surreal_env zero;

    env_reset();
    env_set("DB_", name, value);
    CHECK_INT(env_read(), want);
    CHECK_INT(err.status, want);
    memset(&zero, 0, sizeof zero);
    CHECK(!memcmp(&zero, &env, sizeof env));
    if (!strstr(err.message, says) || !strstr(err.message, name)) {
        TEST_FAIL("%s='%s': \"%s\" does not say \"%s\"", name,
                  value ? value : "(unset)", err.message, says);
    }
    CHECK_INT(surreal_options_from_env("DB_", &env, NULL), want);
}

TEST(test_env_defaults)
{
    env_reset();
    NEED(env_read() == SURREAL_OK);
    CHECK_STR(env.url, "ws://127.0.0.1:8000");
    CHECK(!env.options.ns && !env.options.db);
    CHECK(!env.options.user && !env.options.pass);
    CHECK_INT(env.options.timeout_ms, 30000);
    CHECK_INT(env.options.connect_ms, 30000);
    CHECK_INT(env.pool.size, 10);
    CHECK_INT(env.pool.min_open, 0);
    CHECK_INT(env.retry_attempts, 3);
    CHECK_INT(env.retry_min_ms, 1000);
    CHECK_INT(env.retry_max_ms, 10000);
    CHECK(env.retry_multiplier == 2.0);
    CHECK_INT(err.status, SURREAL_OK);
}

TEST(test_env_reads_every_variable)
{
    env_reset();
    env_set("DB_", "URL", "wss://db.example/base");
    env_set("DB_", "NAMESPACE", "my space-1");
    env_set("DB_", "DATABASE", "caf\xc3\xa9 \"x\"");
    env_set("DB_", "USERNAME", "root");
    env_set("DB_", "PASSWORD", "");
    env_set("DB_", "TLS_CA_FILE", "/etc/app/ca.pem");
    env_set("DB_", "TLS_SERVER_NAME", "db.house.example");
    env_set("DB_", "TIMEOUT", "2.5");
    env_set("DB_", "MAX_CONNECTIONS", "100");
    env_set("DB_", "RETRY_MAX_ATTEMPTS", "1");
    env_set("DB_", "RETRY_MIN_WAIT", "0");
    env_set("DB_", "RETRY_MAX_WAIT", "0.125");
    env_set("DB_", "RETRY_MULTIPLIER", "1.5");
    if (env_read()) TEST_FAIL("%s", err.message);
    CHECK_STR(env.url, "wss://db.example/base");
    CHECK_STR(env.options.ns, "my space-1");
    CHECK_STR(env.options.db, "caf\xc3\xa9 \"x\"");
    CHECK_STR(env.options.user, "root");
    CHECK_STR(env.options.pass, "");
    CHECK_STR(env.options.tls.ca_file, "/etc/app/ca.pem");
    CHECK_STR(env.options.tls.server_name, "db.house.example");
    CHECK_INT(env.options.timeout_ms, 2500);
    CHECK_INT(env.options.connect_ms, 2500);
    CHECK_INT(env.pool.size, 100);
    CHECK_INT(env.retry_attempts, 1);
    CHECK_INT(env.retry_min_ms, 0);
    CHECK_INT(env.retry_max_ms, 125);
    CHECK(env.retry_multiplier == 1.5);
}

TEST(test_env_bounds_are_in_and_what_is_beyond_is_named)
{
    static const struct {
        const char *name, *low, *high, *below, *above, *says;
    } t[] = {
        {"TIMEOUT", "1", "86400", "0.999", "86400.001",
         "1 to 86400 seconds"},
        {"MAX_CONNECTIONS", "1", "100", "0", "101", "1 to 100"},
        {"RETRY_MAX_ATTEMPTS", "1", "100", "0", "101", "1 to 100"},
        {"RETRY_MAX_WAIT", "1", "3600", "0.999", "3600.001", "RETRY_M"},
        {"RETRY_MULTIPLIER", "1.000", "100.0", "0.5", "100.5", "1 to 100"}};
    size_t i;

    for (i = 0; i < sizeof t / sizeof *t; i++) {
        env_reset();
        env_set("DB_", t[i].name, t[i].low);
        CHECK_INT(env_read(), SURREAL_OK);
        env_set("DB_", t[i].name, t[i].high);
        CHECK_INT(env_read(), SURREAL_OK);
        env_refuses(t[i].name, t[i].below, SURREAL_ERR_RANGE, t[i].says);
        env_refuses(t[i].name, t[i].above, SURREAL_ERR_RANGE, t[i].says);
        env_refuses(t[i].name, "99999999999999999999999", SURREAL_ERR_RANGE,
                    " to ");
        env_refuses(t[i].name, "18446744073709551617", SURREAL_ERR_RANGE,
                    " to ");
    }
    env_refuses("RETRY_MIN_WAIT", "10.001", SURREAL_ERR_RANGE,
                "DB_RETRY_MAX_WAIT is 10000 ms, less than");
    env_refuses("RETRY_MIN_WAIT", "3600.5", SURREAL_ERR_RANGE, "0 to 3600");
}

TEST(test_env_numbers_are_read_strictly)
{
    static const char *const bad[] = {
        "",   " ",   "x",   "1x",   "1 ",    " 1",  "+1",    "-1", "1e1",
        "1.", ".5",  "1,5", "0x10", "1.2.3", "1.1234", "NaN", "inf", "'1'"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        env_refuses("TIMEOUT", bad[i], SURREAL_ERR_SYNTAX, "1 to 86400");
        env_refuses("MAX_CONNECTIONS", bad[i], SURREAL_ERR_SYNTAX,
                    "a whole number of 1 to 100");
        env_refuses("RETRY_MULTIPLIER", bad[i], SURREAL_ERR_SYNTAX, "1 to");
    }
    env_refuses("MAX_CONNECTIONS", "5.0", SURREAL_ERR_SYNTAX, "whole");
    env_refuses("RETRY_MAX_ATTEMPTS", "2.5", SURREAL_ERR_SYNTAX, "whole");
}

TEST(test_env_texts_are_checked)
{
    env_refuses("URL", NULL, SURREAL_ERR_MISSING, "is not set");
    env_refuses("URL", "", SURREAL_ERR_SYNTAX, "empty");
    env_refuses("URL", "localhost:8000", SURREAL_ERR_SYNTAX, "DB_URL: url: ");
    env_refuses("URL", "ftp://localhost", SURREAL_ERR_SYNTAX, "scheme");
    env_refuses("NAMESPACE", "", SURREAL_ERR_SYNTAX, "DB_NAMESPACE is empty");
    env_refuses("NAMESPACE", "\xff", SURREAL_ERR_UTF8, "not UTF-8");
    env_refuses("USERNAME", "", SURREAL_ERR_SYNTAX, "empty");
    env_refuses("DATABASE", "", SURREAL_ERR_SYNTAX, "empty");
    env_refuses("TLS_CA_FILE", "", SURREAL_ERR_SYNTAX, "empty");
    env_refuses("TLS_SERVER_NAME", "", SURREAL_ERR_SYNTAX, "empty");
    env_refuses("TLS_SERVER_NAME", "\xff", SURREAL_ERR_UTF8, "not UTF-8");

    env_reset();
    env_set("DB_", "DATABASE", "main");
    CHECK_INT(env_read(), SURREAL_ERR_MISSING);
    CHECK(strstr(err.message, "DB_NAMESPACE is not set") != NULL);
    env_reset();
    env_set("DB_", "USERNAME", "root");
    CHECK_INT(env_read(), SURREAL_ERR_MISSING);
    CHECK(strstr(err.message, "DB_PASSWORD is not set") != NULL);
}

/* What weakens a program stands in its source. */
TEST(test_env_cannot_switch_the_check_of_servers_off)
{
    static const char *const names[] = {
        "TLS_DANGER_ACCEPT_ANY_SERVER", "DANGER_ACCEPT_ANY_SERVER",
        "TLS_INSECURE", "TLS_VERIFY", "TLS_SKIP_VERIFY"};
    surreal_tls none;
    size_t i;

    env_reset();
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        env_set("DB_", names[i], "1");
    }
    CHECK_INT(env_read(), SURREAL_OK);
    memset(&none, 0, sizeof none);
    CHECK(!memcmp(&env.options.tls, &none, sizeof none));
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        env_set("DB_", names[i], NULL);
    }
}

TEST(test_env_never_shows_the_password)
{
    env_reset();
    env_set("DB_", "PASSWORD", "hunter2");
    CHECK_INT(env_read(), SURREAL_ERR_MISSING);
    CHECK(strstr(err.message, "DB_USERNAME is not set") != NULL);
    CHECK(!strstr(err.message, "hunter2"));
    env_set("DB_", "USERNAME", "root");
    env_set("DB_", "PASSWORD", "hunter2\xff");
    CHECK_INT(env_read(), SURREAL_ERR_UTF8);
    CHECK(strstr(err.message, "DB_PASSWORD") != NULL);
    CHECK(!strstr(err.message, "hunter2"));
    env_reset();
    env_set("DB_", "URL", "ws://root:hunter2@127.0.0.1:8000");
    CHECK_INT(env_read(), SURREAL_ERR_SYNTAX);
    CHECK(!strstr(err.message, "hunter2"));
}

/* Trap T-51: no other prefix is looked at. */
TEST(test_trap_t51_one_prefix_only)
{
    env_reset();
    setenv("DB_RETRY_URL", "ws://wrong", 1);
    unsetenv("SURQL_RETRY_URL");
    CHECK_INT(surreal_options_from_env("SURQL_RETRY_", &env, &err),
              SURREAL_ERR_MISSING);
    CHECK(strstr(err.message, "SURQL_RETRY_URL") != NULL);
    setenv("SURQL_RETRY_URL", "ws://right", 1);
    CHECK_INT(surreal_options_from_env("SURQL_RETRY_", &env, &err),
              SURREAL_OK);
    CHECK_STR(env.url, "ws://right");
    unsetenv("DB_RETRY_URL");
}

TEST(test_env_refuses_what_is_no_prefix)
{
    char longest[66];

    CHECK_INT(surreal_options_from_env(NULL, &env, &err), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_options_from_env("", &env, &err), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_options_from_env("1DB_", &env, &err),
              SURREAL_ERR_USAGE);
    CHECK(strstr(err.message, "1DB_") != NULL);
    CHECK_INT(surreal_options_from_env("D=B_", &env, &err),
              SURREAL_ERR_USAGE);
    CHECK_INT(surreal_options_from_env("DB_", NULL, &err), SURREAL_ERR_USAGE);
    memset(longest, 'A', sizeof longest);
    longest[65] = '\0';
    CHECK_INT(surreal_options_from_env(longest, &env, &err),
              SURREAL_ERR_USAGE);
    longest[64] = '\0';
    CHECK_INT(surreal_options_from_env(longest, &env, &err),
              SURREAL_ERR_MISSING);
}

TEST(test_env_prefix_of_a_name)
{
    char out[72];
    char name[80];
    size_t n;

    CHECK_INT(surreal_env_prefix("billing", out, sizeof out), SURREAL_OK);
    CHECK_STR(out, "SURQL_BILLING_");
    CHECK_INT(surreal_env_prefix("_a9", out, sizeof out), SURREAL_OK);
    CHECK_STR(out, "SURQL__A9_");
    CHECK_INT(surreal_env_prefix("x", out, 9), SURREAL_OK);
    CHECK_STR(out, "SURQL_X_");
    CHECK_INT(surreal_env_prefix("x", out, 8), SURREAL_ERR_TOO_LONG);
    CHECK_STR(out, "");
    CHECK_INT(surreal_env_prefix("x", out, 0), SURREAL_ERR_TOO_LONG);
    CHECK_INT(surreal_env_prefix("x", NULL, 9), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_env_prefix(NULL, out, 9), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_env_prefix("", out, 72), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_env_prefix("9a", out, 72), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_env_prefix("a-b", out, 72), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_env_prefix("a b", out, 72), SURREAL_ERR_SYNTAX);
    CHECK_INT(surreal_env_prefix("\xc3\xa9", out, 72), SURREAL_ERR_SYNTAX);

    /* Every prefix that is made can be used. */
    memset(name, 'n', sizeof name);
    for (n = 1; n < sizeof name; n++) {
        surreal_status status;

        name[n] = '\0';
        status = surreal_env_prefix(name, out, sizeof out);
        name[n] = 'n';
        CHECK_INT(status, n <= 57 ? SURREAL_OK : SURREAL_ERR_TOO_LONG);
        if (status) continue;
        CHECK_INT(surreal_options_from_env(out, &env, &err),
                  SURREAL_ERR_MISSING);
    }
}

TEST_MAIN(RUN(test_env_defaults);
    RUN(test_env_reads_every_variable);
    RUN(test_env_bounds_are_in_and_what_is_beyond_is_named);
    RUN(test_env_numbers_are_read_strictly);
    RUN(test_env_texts_are_checked);
    RUN(test_env_cannot_switch_the_check_of_servers_off);
    RUN(test_env_never_shows_the_password);
    RUN(test_trap_t51_one_prefix_only);
    RUN(test_env_refuses_what_is_no_prefix);
    RUN(test_env_prefix_of_a_name);)
