/* surrealgen/migrate/verb_validate.c: `schema validate`: the schema files
 * against a database. */
#include "../schema/front.h"
#include "drift.h"

#include <string.h>

/* Secrets the environment holds are not asked for: keys are not compared. */
static gen_str definitions(gen_ctx *ctx)
{
    gen_surql_options how;
    gen_buf out;

    memset(&how, 0, sizeof how);
    gen_buf_init(&out, ctx);
    gen_emit_surql(ctx, &how, &out);
    return gen_buf_str(&out);
}

int verb_schema_validate(const gen_cli *cli)
{
    mig_differ differ;
    mig_live live;
    int rc = cli_load(cli);

    if (rc != CLI_FINE) return rc;
    memset(&differ, 0, sizeof differ);
    differ.cli = cli;
    differ.ours_word = "schema";
    differ.against = "the schema files";
    rc = mig_open_live(cli, &live);
    if (rc == CLI_FINE) rc = mig_read_live(cli, &live);
    if (rc == CLI_FINE) {
        rc = mig_differ_from(&live, definitions(cli->ctx), &differ);
    }
    if (rc == CLI_FINE) rc = mig_tell_drift(&differ, live.target);
    mig_close_live(&live);
    return rc;
}
