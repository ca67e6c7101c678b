/* surrealgen/cli/env.h: the sections [env.NAME] of surrealgen.toml. */
#ifndef GEN_CLI_ENV_H
#define GEN_CLI_ENV_H
#include "options.h"

/* One database that is rolled out to. */
typedef struct cli_env {
    const char *name;
    const char *where;   /* "surrealgen.toml:12": its first line */
    const char *group;   /* "": of none */
    long order;
    bool approve;        /* asks before anything is changed */
    bool keeps_all;      /* destructive = "never" */
    const char *health;  /* SurrealQL, or NULL */
    gen_cli cli;         /* the command line, as it is for this one */
    gen_list secrets;    /* const char *: what must not be printed */
} cli_env;

/* Those of a group (NULL: of any), by `order`. What says where the database is
 * comes from the file alone: a variable would make one of all of them. Values
 * such as env:NAME and file:PATH are read. False when something is wrong, which
 * was said. */
bool cli_read_envs(const gen_cli *cli, const char *group, gen_list *out);
cli_env *cli_env_at(const gen_list *list, size_t i);

/* Whether a key of such a section is about roll-outs and no option. */
bool cli_is_env_key(const char *key);
/* What env:NAME or file:PATH stands for; other text is what it is. NULL when
 * that cannot be had, which was said. where: of the setting. dir: of the
 * settings, with its slash. */
const char *cli_resolve(gen_ctx *ctx, const char *where, const char *dir,
                        const char *text);

#endif
