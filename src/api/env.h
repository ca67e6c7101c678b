/* api/env.h: configuration from the environment. */
#ifndef SURREAL_API_ENV_H
#define SURREAL_API_ENV_H
#include "api/pool.h"

/* What the environment says, with defaults and bounds; P stands for the
 * prefix. Waits and limits are in seconds, with up to three digits after the
 * point ("2.5").
 *
 *   variable              becomes                   range          default
 *   P URL                 url                       ws, wss, http  required
 *                                                   or https
 *   P NAMESPACE           options.ns                not empty      none
 *   P DATABASE            options.db                not empty;     none
 *                                                   needs P NAMESPACE
 *   P USERNAME            options.user              not empty;     none
 *   P PASSWORD            options.pass              both or none   none
 *   P TLS_CA_FILE         options.tls.ca_file       not empty      none
 *   P TLS_SERVER_NAME     options.tls.server_name   not empty      none
 *   P TIMEOUT             options.connect_ms        1 to 86,400    30
 *                         and options.timeout_ms
 *   P MAX_CONNECTIONS     pool.size                 1 to 100       10
 *   P RETRY_MAX_ATTEMPTS  retry_attempts            1 to 100       3
 *   P RETRY_MIN_WAIT      retry_min_ms              0 to 3,600     1
 *   P RETRY_MAX_WAIT      retry_max_ms              0 to 3,600,    10
 *                                                   not below
 *                                                   P RETRY_MIN_WAIT
 *   P RETRY_MULTIPLIER    retry_multiplier          1 to 100       2
 *
 * Everything else in options and pool is zero, which means the default. The
 * first attempt counts as one. */
typedef struct surreal_env {
    const char *url;
    surreal_options options;
    surreal_pool_options pool;
    int retry_attempts;
    int retry_min_ms;
    int retry_max_ms;
    double retry_multiplier;
} surreal_env;

/* Read the configuration of one connection from the environment. Nothing is
 * guessed: what is not understood is refused, an empty variable is not the
 * same as none, and no other prefix is looked at.
 *
 *   prefix  "DB_", "APP_DB_", or what surreal_env_prefix made
 *   out     filled in; all zero on failure
 *   err     names the variable and what it takes, and never holds the value of
 *           PASSWORD; may be NULL
 *
 * Returns:  SURREAL_OK; ERR_MISSING for a variable that is needed; ERR_SYNTAX
 *           for one that is malformed or empty; ERR_RANGE; ERR_UTF8; ERR_USAGE
 *           for a prefix that is none: letters, digits and '_', at most 64,
 *           not beginning with a digit
 * Owns:     text belongs to the environment: until a variable is changed.
 *           surreal_open and surreal_pool_open copy it
 * Threads:  any, as long as none changes the environment */
SURREAL_API surreal_status surreal_options_from_env(const char *prefix,
                                                    surreal_env *out,
                                                    surreal_error *err);

/* The prefix of a named connection: "billing" becomes "SURQL_BILLING_".
 *
 *   name  letters, digits and '_', not beginning with a digit
 *   out   receives the prefix and a NUL; cap 72 is enough for every name
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX if name is no such name; ERR_TOO_LONG if
 *           the prefix does not fit out, or is longer than 64 */
SURREAL_API surreal_status surreal_env_prefix(const char *name, char *out,
                                              size_t cap);

#endif
