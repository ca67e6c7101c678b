/* surrealgen/cli/sql.c: `sql` and `dump`: the schema, printed. */
#include "options.h"

#include "secret.h"

#include <string.h>

int verb_sql(const gen_cli *cli)
{
    int rc = cli_load(cli);
    gen_surql_options how;
    gen_buf out;

    if (rc != CLI_FINE) return rc;
    cli_print_diags(cli);
    memset(&how, 0, sizeof how);
    how.exists = cli_flag(cli, CLI_OVERWRITE) ? GEN_EXISTS_OVERWRITE
        : cli_flag(cli, CLI_IF_NOT_EXISTS) ? GEN_EXISTS_IF_NOT
        : GEN_EXISTS_PLAIN;
    how.secret = cli_flag(cli, CLI_WITH_SECRETS) ? cli_secret : NULL;
    how.note = cli_secret_note;
    how.user = cli->ctx;
    gen_buf_init(&out, cli->ctx);
    if (!gen_emit_surql(cli->ctx, &how, &out)) return CLI_REFUSED;
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}

/* The stages before the last work on files with errors too. */
int verb_dump(const gen_cli *cli)
{
    const char *stage = cli_text(cli, CLI_STAGE, "ast");
    int rc = cli_read(cli);
    const gen_file *file;
    gen_buf out;

    if (rc != CLI_FINE) return rc;
    file = gen_file_at(&gen_schema_of(cli->ctx)->files, 0);
    gen_buf_init(&out, cli->ctx);
    if (strcmp(stage, "tokens") == 0) {
        gen_dump_tokens(cli->ctx, file, &out);
    } else if (strcmp(stage, "roundtrip") == 0) {
        gen_dump_roundtrip(cli->ctx, file, &out);
    } else {
        cli_print_diags(cli);
        if (gen_error_count(cli->ctx) > 0) return CLI_SCHEMA;
        gen_dump_ast(cli->ctx, &out);
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
