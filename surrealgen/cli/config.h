/* surrealgen/cli/config.h: settings from files and the environment. */
#ifndef GEN_CLI_CONFIG_H
#define GEN_CLI_CONFIG_H
#include "options.h"

/* One `key = value` of a file. */
typedef struct cli_setting {
    const char *section; /* "" before the first one */
    const char *key;     /* with - for _ */
    gen_list texts;      /* const char *: one, or those of an array */
    bool is_array, is_bool, is_number;
    unsigned line;
} cli_setting;

typedef struct cli_file {
    const char *name;
    gen_list settings; /* cli_setting */
    gen_list sections; /* const char * */
} cli_file;

/* toml.c: false when the text is not right, which has been said with its
 * line. */
bool cli_parse_toml(gen_ctx *ctx, cli_file *file, const char *text);

/* The file of --config, or surrealgen.toml. False when it is not there or not
 * right, which was said. */
bool cli_read_config(const gen_cli *cli, cli_file *out);
/* Gives one setting to the options of that name, unless the command line did.
 * resolve: env:NAME and file:PATH become what they stand for. */
bool cli_give_setting(gen_cli *cli, const cli_file *file,
                      const cli_setting *setting, bool resolve);

/* Fills in what the command line left open: environment, .env, file. False
 * when something there is wrong. */
bool cli_configure(gen_cli *cli);

#endif
