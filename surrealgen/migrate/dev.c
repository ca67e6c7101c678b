/* surrealgen/migrate/dev.c: the server of --dev-url, to try things on.
 *
 * It is another server than the one of --url, so its user is another one, too:
 * SURREAL_DEV_USERNAME and SURREAL_DEV_PASSWORD. Without them nobody signs in,
 * which a server in memory without authentication takes. Nothing is named on
 * it: what is made there is made under names of our own and goes again. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* setenv */
#endif
#include "../schema/front.h"
#include "drift.h"

#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define dev_setenv(name, value) _putenv_s(name, value)
#else
#define dev_setenv(name, value) setenv(name, value, 1)
#endif

/* Nobody signed in may be all a server wants, or nothing it takes. */
static bool may_ask(const db_link *link)
{
    surreal_result *result = NULL;
    surreal_status status = surreal_query(link->db, "INFO FOR ROOT",
                                          SURREAL_NO_VARS, &result);

    surreal_result_free(result);
    return status == SURREAL_OK;
}

int mig_open_dev(const gen_cli *cli, db_link *link)
{
    surreal_env env;
    surreal_error err;

    memset(link, 0, sizeof *link);
    memset(&env, 0, sizeof env);
    memset(&err, 0, sizeof err);
    link->ctx = cli->ctx;
    link->url = cli_text(cli, CLI_DEV_URL, NULL);
    link->ns = link->name = gen_str_lit("");
    link->disposable = true;
    dev_setenv("SURREAL_DEV_URL", link->url);
    if (surreal_options_from_env("SURREAL_DEV_", &env, &err) != SURREAL_OK) {
        cli_say("%s", err.message);
        return CLI_USAGE;
    }
    env.options.ns = NULL;
    env.options.db = NULL;
    env.options.reconnect.attempts = -1;
    link->has_user = env.options.user != NULL;
    if (surreal_open(link->url, &env.options, &link->db) == SURREAL_OK) {
        link->version = surreal_version(link->db);
        if (may_ask(link)) return CLI_FINE;
        cli_say("--dev-url %s does not take who signs in there: %s\n  help: "
                "its user comes from SURREAL_DEV_USERNAME and "
                "SURREAL_DEV_PASSWORD%s", link->url,
                surreal_last_error(link->db)->message, link->has_user ? ""
                : ", which are not set");
        return CLI_CONNECT;
    }
    cli_say("cannot connect to --dev-url %s: %s\n  help: its user comes from "
            "SURREAL_DEV_USERNAME and SURREAL_DEV_PASSWORD", link->url,
            surreal_last_error(link->db)->message);
    return CLI_CONNECT;
}
