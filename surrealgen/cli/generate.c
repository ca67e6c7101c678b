/* surrealgen/cli/generate.c: `generate`. */
#include "options.h"

static bool write_file(void *user, const char *path, const char *bytes,
                       size_t len)
{
    return cli_write_file((gen_ctx *)user, path, bytes, len);
}

int verb_generate(const gen_cli *cli)
{
    int rc = cli_load(cli);
    gen_emit_options how;
    int failed;

    if (rc != CLI_FINE) return rc;
    how.ctx = cli->ctx;
    how.out_dir = cli_text(cli, CLI_OUT, ".");
    how.prefix = cli_text(cli, CLI_PREFIX, NULL);
    how.write = write_file;
    how.user = cli->ctx;
    failed = gen_emit_c(gen_schema_of(cli->ctx), &how);
    if (gen_error_count(cli->ctx) > 0) {
        cli_print_diags(cli);
        return CLI_SCHEMA;
    }
    return failed ? CLI_FAILED : CLI_FINE;
}
