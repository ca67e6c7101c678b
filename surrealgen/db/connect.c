/* surrealgen/db/connect.c: to the database the command line names.
 *
 * The environment is read by the client's own reader (surreal_options_from_env
 * with the prefix SURREAL_), so that a program and this tool are pointed at a
 * database in one way. Flags win; the server's own SURREAL_USER, SURREAL_PASS
 * and SURREAL_TOKEN are known besides. No password is ever a flag. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* setenv */
#endif
#include "db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <io.h>
#define db_setenv(name, value) _putenv_s(name, value)
#define db_isatty(fd) (_isatty(fd) != 0)
#else
#include <unistd.h>
#define db_setenv(name, value) setenv(name, value, 1)
#define db_isatty(fd) (isatty(fd) != 0)
#endif

/* A flag, for the reader of the environment. */
static void put_flag(const gen_cli *cli, cli_opt id, const char *variable)
{
    const char *text = cli_text(cli, id, NULL);

    if (text != NULL) db_setenv(variable, text);
}

static void put_other(const char *variable, const char *other)
{
    const char *text = getenv(other);

    if (getenv(variable) == NULL && text != NULL) db_setenv(variable, text);
}

/* The variable that --pass-env or --token-env names. */
static bool named_secret(const gen_cli *cli, cli_opt id, const char *flag,
                         const char **out)
{
    const char *name = cli_text(cli, id, NULL);

    *out = NULL;
    if (name == NULL) return true;
    *out = getenv(name);
    if (*out != NULL && (*out)[0] != 0) return true;
    cli_say("%s names the variable `%s`, which is %s", flag, name,
            *out == NULL ? "not set" : "empty");
    return false;
}

static bool say_missing(const char *what, const char *flag,
                        const char *variable)
{
    cli_say("no %s is named; give %s or set %s", what, flag, variable);
    return false;
}

static bool read_level(const gen_cli *cli, surreal_options *opt)
{
    const char *level = cli_text(cli, CLI_AUTH_LEVEL, "root");

    if (strcmp(level, "root") == 0) return true;
    opt->auth_ns = opt->ns;
    if (strcmp(level, "database") == 0) opt->auth_db = opt->db;
    return true;
}

/* The client names the variable; a person who gave an option knows that. */
static void say_wrong(const gen_cli *cli, const char *message)
{
    static const struct {
        cli_opt id;
        const char *variable, *option;
    } rows[] = {
        { CLI_URL, "SURREAL_URL", "--url" },
        { CLI_CHECK_WITH, "SURREAL_URL", "--check-with" },
        { CLI_CA, "SURREAL_TLS_CA_FILE", "--ca" },
        { CLI_TIMEOUT, "SURREAL_TIMEOUT", "--timeout" },
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = strlen(rows[i].variable);
        if (cli_text(cli, rows[i].id, NULL) != NULL
            && strncmp(message, rows[i].variable, len) == 0) {
            cli_say("%s%s", rows[i].option, message + len);
            return;
        }
    }
    cli_say("%s", message);
}

/* Everything but the url, which comes back through env. */
static bool read_options(const gen_cli *cli, surreal_env *env)
{
    const char *password;
    const char *token;
    surreal_error err;

    memset(&err, 0, sizeof err);
    if (!named_secret(cli, CLI_PASS_ENV, "--pass-env", &password)
        || !named_secret(cli, CLI_TOKEN_ENV, "--token-env", &token)) {
        return false;
    }
    if (password == NULL) password = cli_text(cli, CLI_PASSWORD, NULL);
    if (token == NULL) token = cli_text(cli, CLI_TOKEN, NULL);
    put_flag(cli, CLI_URL, "SURREAL_URL");
    put_flag(cli, CLI_CHECK_WITH, "SURREAL_URL");
    put_flag(cli, CLI_NS, "SURREAL_NAMESPACE");
    put_flag(cli, CLI_DB, "SURREAL_DATABASE");
    put_flag(cli, CLI_USER, "SURREAL_USERNAME");
    put_flag(cli, CLI_CA, "SURREAL_TLS_CA_FILE");
    put_flag(cli, CLI_TIMEOUT, "SURREAL_TIMEOUT");
    if (password != NULL) db_setenv("SURREAL_PASSWORD", password);
    put_other("SURREAL_USERNAME", "SURREAL_USER");
    put_other("SURREAL_PASSWORD", "SURREAL_PASS");
    if (getenv("SURREAL_URL") == NULL) {
        return say_missing("server", "--url ws://HOST:8000", "SURREAL_URL");
    }
    if (surreal_options_from_env("SURREAL_", env, &err) != SURREAL_OK) {
        say_wrong(cli, err.message);
        return false;
    }
    if (env->options.ns == NULL) {
        return say_missing("namespace", "--ns NAME", "SURREAL_NAMESPACE");
    }
    if (env->options.db == NULL) {
        return say_missing("database", "--db NAME", "SURREAL_DATABASE");
    }
    if (token == NULL && env->options.user == NULL) {
        token = getenv("SURREAL_TOKEN");
    }
    if (token != NULL) {
        env->options.user = NULL;
        env->options.pass = NULL;
        env->options.auth = surreal_auth_token(token, NULL);
        return true;
    }
    return read_level(cli, &env->options);
}

/* What to do, by what went wrong; the client has said what that was. */
static const char *advice(const surreal_error *err, bool has_user)
{
    switch (surreal_status_class(err->status)) {
    case SURREAL_CLASS_IO:
    case SURREAL_CLASS_TIMEOUT:
    case SURREAL_CLASS_CLOSED:
        return "is the server running, and the address right? --timeout "
               "gives it longer";
    case SURREAL_CLASS_PROTO:
        return "is this the address of a SurrealDB?";
    case SURREAL_CLASS_TLS:
        return "--ca FILE names the authority to trust";
    case SURREAL_CLASS_SERVER:
        return has_user ? "check the user, the password and --auth-level"
            : "set SURREAL_USERNAME and SURREAL_PASSWORD, or give --user "
              "and --pass-env";
    default:
        return NULL;
    }
}

static void say_failure(const char *what, const surreal_error *err,
                        bool has_user)
{
    const char *help = advice(err, has_user);

    cli_say("%s: %s", what, err->message);
    if (help != NULL) fprintf(stderr, "  help: %s\n", help);
}

/* ------------------------------------------------------------ the place */

/* The names a level has, for a message: "there are a, b and 3 more". */
static void add_names(gen_buf *out, const char *what, surreal_value names)
{
    surreal_iter it = surreal_iterate(names);
    size_t shown = 0;

    while (surreal_next(&it) && shown < 8) {
        gen_buf_add_text(out, shown == 0 ? what : ", ");
        gen_buf_add_fmt(out, "`%.*s`", (int)it.key.len, it.key.ptr);
        shown++;
    }
    if (surreal_count(names) > shown) {
        gen_buf_add_fmt(out, " and %zu more", surreal_count(names) - shown);
    }
}

/* Whether the level above has the name. Asked first, for SurrealDB 3 makes a
 * namespace or database by merely using it, and 2 answers for one that is not
 * there as if it were empty. Who may not look is let through. */
static bool has_place(db_link *link, const char *ask, const char *key,
                      const char *what, gen_str name)
{
    surreal_result *result = NULL;
    surreal_value names;
    surreal_str want;
    gen_buf others;
    bool found = true;

    want.ptr = name.ptr;
    want.len = name.len;
    if (db_query(link, gen_str_lit(ask), &result) != CLI_FINE) return false;
    if (surreal_result_error(result) == NULL) {
        names = surreal_field(surreal_statement_value(result, 0), key);
        found = surreal_value_kind(surreal_field_str(names, want))
            != SURREAL_ABSENT;
        if (!found) {
            gen_buf_init(&others, link->ctx);
            add_names(&others, "; there are ", names);
            cli_say("%s has no %s `%s`%s", link->url, what, name.ptr,
                    others.ptr != NULL ? others.ptr : "");
        }
    }
    surreal_result_free(result);
    return found;
}

/* "DEFINE DATABASE IF NOT EXISTS x", when --create says so. */
static bool make_place(db_link *link, const char *what, gen_str name)
{
    surreal_result *result = NULL;
    gen_buf text;
    int rc;

    gen_buf_init(&text, link->ctx);
    gen_buf_add_fmt(&text, "DEFINE %s IF NOT EXISTS ", what);
    gen_surql_name(&text, name);
    rc = db_query(link, gen_buf_str(&text), &result);
    if (rc == CLI_FINE) {
        gen_buf_init(&text, link->ctx);
        gen_buf_add_fmt(&text, "cannot make `%s`", name.ptr);
        rc = db_refused(link, text.ptr, surreal_result_error(result));
    }
    surreal_result_free(result);
    return rc == CLI_FINE;
}

static int find_place(db_link *link, bool create)
{
    surreal_status status;

    if (create && !make_place(link, "NAMESPACE", link->ns)) {
        return CLI_CONNECT;
    }
    if (!create && !has_place(link, "INFO FOR ROOT", "namespaces",
                              "namespace", link->ns)) {
        return CLI_CONNECT;
    }
    status = surreal_use(link->db, link->ns.ptr, NULL);
    if (status == SURREAL_OK) {
        if (create ? !make_place(link, "DATABASE", link->name)
                   : !has_place(link, "INFO FOR NS", "databases", "database",
                                link->name)) {
            return CLI_CONNECT;
        }
        status = surreal_use(link->db, link->ns.ptr, link->name.ptr);
    }
    if (status == SURREAL_OK) return CLI_FINE;
    say_failure(link->url, surreal_last_error(link->db), link->has_user);
    return CLI_CONNECT;
}

int db_open_for(const gen_cli *cli, const db_how *how, db_link *link)
{
    surreal_env env;
    surreal_status status;
    gen_buf what;

    memset(link, 0, sizeof *link);
    memset(&env, 0, sizeof env);
    link->ctx = cli->ctx;
    if (!read_options(cli, &env)) return CLI_USAGE;
    link->url = env.url;
    link->ns = gen_str_copy(cli->ctx, env.options.ns, strlen(env.options.ns));
    link->name = gen_str_copy(cli->ctx, env.options.db,
                              strlen(env.options.db));
    env.options.ns = NULL;
    env.options.db = NULL;
    link->has_user = env.options.user != NULL
        || env.options.auth.kind != SURREAL_AUTH_NONE;
    /* Who only reads is better told than kept waiting. */
    if (!how->reconnect) env.options.reconnect.attempts = -1;
    status = surreal_open(env.url, &env.options, &link->db);
    if (status == SURREAL_OK) {
        int rc;
        link->version = surreal_version(link->db);
        rc = find_place(link, how->create);
        if (rc != CLI_FINE && !how->create
            && cli_has(cli->verb, CLI_CREATE)) {
            fputs("  help: --create makes what is not there\n", stderr);
        }
        return rc;
    }
    gen_buf_init(&what, cli->ctx);
    gen_buf_add_fmt(&what, "cannot connect to %s", env.url);
    say_failure(what.ptr, surreal_last_error(link->db), link->has_user);
    return CLI_CONNECT;
}

int db_open(const gen_cli *cli, db_link *link)
{
    static const db_how reads = { false, false };

    return db_open_for(cli, &reads, link);
}

void db_close(db_link *link)
{
    surreal_close(link->db);
    link->db = NULL;
}

int db_query(db_link *link, gen_str text, surreal_result **out)
{
    surreal_str query;
    surreal_status status;
    surreal_vars none;

    memset(&none, 0, sizeof none);
    query.ptr = text.ptr;
    query.len = text.len;
    *out = NULL;
    status = surreal_query_str(link->db, query, none, out);
    if (status == SURREAL_OK || *out != NULL) return CLI_FINE;
    say_failure(link->url, surreal_last_error(link->db), link->has_user);
    return surreal_status_class(status) == SURREAL_CLASS_SERVER ? CLI_FAILED
        : CLI_CONNECT;
}

int db_refused(const db_link *link, const char *what,
               const surreal_error *err)
{
    if (err == NULL) return CLI_FINE;
    if (err->status == SURREAL_ERR_UNDEFINED
        && strstr(err->message, " table ") == NULL) {
        cli_say("%s: %s", what, err->message);
        fprintf(stderr, "  help: --ns and --db name what is there; `%s` in "
                "`%s` is not\n", link->name.ptr, link->ns.ptr);
        return CLI_FAILED;
    }
    if (err->status == SURREAL_ERR_DENIED
        || strstr(err->message, "ermission") != NULL) {
        cli_say("%s: %s", what, err->message);
        fputs("  help: it takes a user of the database, the namespace or the "
              "root with the role VIEWER or more\n", stderr);
        return CLI_CONNECT;
    }
    cli_say("%s: the server said: %s", what, err->message);
    return CLI_FAILED;
}

bool db_sees_terminal(void)
{
    return db_isatty(2);
}

bool db_sees_terminal_in(void)
{
    return db_isatty(0);
}

void db_progress(const char *what, size_t done, size_t all)
{
    if (!db_sees_terminal()) return;
    fprintf(stderr, "\rread %lu of %lu %s%s", (unsigned long)done,
            (unsigned long)all, what, done == all ? "\n" : "");
}

gen_version db_target(const db_link *link)
{
    gen_version out;

    out.major = link->version.major;
    out.minor = link->version.minor;
    return out;
}

gen_str db_str(gen_ctx *ctx, surreal_str text)
{
    return gen_str_copy(ctx, text.ptr != NULL ? text.ptr : "", text.len);
}
