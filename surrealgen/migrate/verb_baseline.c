/* surrealgen/migrate/verb_baseline.c: `migrate baseline`: a first migration
 * from what a database has, which that database has already. */
#include "../schema/front.h"
#include "drift.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

static int may_begin(const mig_session *s)
{
    if (s->chain.all.count > 0) {
        cli_say("a baseline begins a chain, and %s has %lu migration%s already",
                s->chain.dir.ptr, (unsigned long)s->chain.all.count,
                s->chain.all.count == 1 ? "" : "s");
        fputs("  help: for a second database of the same schema: `surrealgen "
              "migrate up --fake --reason ...`\n", stderr);
        return CLI_REFUSED;
    }
    if (s->history.rows.count == 0) return CLI_FINE;
    cli_say("this database has migrations already: %s was applied",
            mig_row_at(&s->history.rows, 0)->id.ptr);
    fprintf(stderr, "  help: get their folders, which %s does not have\n",
            s->chain.dir.ptr);
    return CLI_REFUSED;
}

static int write_it(mig_session *s, mig_files *files)
{
    static const char header[] =
        "-- What a database had when migrations began. There it was written\n"
        "-- down as applied; elsewhere it is run.\n";
    gen_ctx *ctx = s->cli->ctx;
    gen_list all = { NULL, 0, 0 };
    gen_version target = db_target(&s->link);
    mig_compose_options how;
    mig_state before;
    mig_state after;
    db_catalogue what;
    int rc;

    how.header = header;
    how.irreversible = "it stands for what was there before migrations were";
    rc = db_read(&s->link, GEN_LEVEL_DATABASE, &all, &what);
    if (rc == CLI_FINE) rc = mig_state_of_live(ctx, target, &what, &after);
    if (rc == CLI_FINE) rc = mig_state_after(ctx, NULL, target, &before);
    if (rc == CLI_FINE && after.defs.count == 0) {
        cli_say("the database has nothing defined: begin with `surrealgen "
                "migrate generate`");
        return CLI_REFUSED;
    }
    if (rc == CLI_FINE) {
        rc = mig_new_id(&s->chain, s->cli->args[0], &files->id);
    }
    if (rc == CLI_FINE) {
        rc = mig_compose(ctx, NULL, &before, &after, &how, files);
    }
    return rc == CLI_FINE ? mig_write(s->cli, &s->chain, files) : rc;
}

/* The library writes the history, as it does for everything. */
static int mark_it(mig_session *s)
{
    surreal_migrate_options how;
    int rc = mig_read_chain(s->cli, &s->chain);

    if (rc == CLI_FINE) rc = mig_newest(&s->chain, &s->newest);
    if (rc != CLI_FINE) return rc;
    mig_run_options(s, &how);
    how.mode = SURREAL_MIGRATE_FAKE;
    how.reason = cli_text(s->cli, CLI_REASON, "baseline");
    s->teller.verb_done = "written down as applied";
    rc = mig_run(s, &how);
    if (rc != CLI_FINE) {
        cli_say("the folder is written, the database does not know of it yet: "
                "`surrealgen migrate up --fake --reason baseline` tells it");
    }
    return rc;
}

int verb_migrate_baseline(const gen_cli *cli)
{
    mig_files files;
    mig_session s;
    int rc;

    if (cli->arg_count != 1) {
        cli_say("`migrate baseline` wants one name, such as `migrate baseline "
                "init`");
        return CLI_USAGE;
    }
    memset(&files, 0, sizeof files);
    rc = mig_open(cli, true, &s);
    if (rc == CLI_FINE) rc = may_begin(&s);
    if (rc == CLI_FINE) rc = write_it(&s, &files);
    if (rc == CLI_FINE) {
        if (!s.teller.json) {
            printf("%s/%s\n", s.chain.dir.ptr, files.id.ptr);
            fflush(stdout);
        }
        rc = mark_it(&s);
    }
    mig_close(&s);
    return rc;
}
