/* surrealgen/main.c: read the command line, run the verb.
 *
 * A run of most verbs is: read the files, parse, check (cli/input.c), then
 * print or generate. cli/table.h lists the verbs and says how one is added;
 * exit codes are in cli/options.h. Only cli/ and db/ touch the world. */
#include "cli/config.h"

#include <stdio.h>
#include <string.h>

static int run(gen_cli *cli, int argc, char **argv)
{
    gen_buf out;
    int rc;

    if (!cli_parse(cli, argc, argv)) return CLI_USAGE;
    gen_buf_init(&out, cli->ctx);
    if (cli_flag(cli, CLI_VERSION)) {
        gen_buf_add_text(&out, "surrealgen " GEN_VERSION "\n");
        return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
    }
    if (cli_flag(cli, CLI_HELP) && strcmp(cli->verb->name, "help") != 0) {
        cli_print_help(&out, cli->verb);
        return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
    }
    if (argc < 2) {
        cli_print_usage(&out);
        fwrite(out.ptr, 1, out.len, stderr);
        return CLI_USAGE;
    }
    if (!cli_configure(cli)) return CLI_USAGE;
    rc = cli->verb->run(cli);
    cli_close_report(cli, rc);
    return rc;
}

int main(int argc, char **argv)
{
    gen_cli cli;
    int rc;

    memset(&cli, 0, sizeof cli);
    cli.ctx = gen_open(cli_memory());
    if (cli.ctx == NULL) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    rc = run(&cli, argc, argv);
    gen_close(cli.ctx);
    return rc;
}
