/* surrealgen/migrate/session.c: how the verbs that run migrations begin, and
 * the run itself. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* gethostname */
#endif
#include "verb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool mig_wants_json(const gen_cli *cli)
{
    return strcmp(cli_text(cli, CLI_REPORT, "text"), "json") == 0;
}

int mig_open(const gen_cli *cli, bool writes, mig_session *out)
{
    db_how how;
    int rc;

    memset(out, 0, sizeof *out);
    out->cli = cli;
    how.reconnect = writes;
    how.create = writes && cli_flag(cli, CLI_CREATE);
    rc = mig_check_allowed(cli);
    if (rc == CLI_FINE && cli_text(cli, CLI_STEPS, NULL) != NULL
        && cli_number(cli, CLI_STEPS, 1) == 0) {
        cli_say("--steps 0 would be none; leave it out for all of them");
        rc = CLI_USAGE;
    }
    if (rc == CLI_FINE) rc = mig_read_chain(cli, &out->chain);
    if (rc == CLI_FINE) rc = mig_newest(&out->chain, &out->newest);
    if (rc == CLI_FINE) rc = db_open_for(cli, &how, &out->link);
    if (rc == CLI_FINE) {
        rc = mig_read_history(&out->link, &out->chain, &out->history);
    }
    out->teller.cli = cli;
    out->teller.chain = &out->chain;
    out->teller.link = &out->link;
    out->teller.json = mig_wants_json(cli);
    return rc;
}

int mig_say_unknown(const mig_session *s)
{
    const gen_list *rows = &s->history.rows;
    size_t i;

    for (i = 0; i < s->chain.all.count; i++) {
        const mig_migration *one = mig_at(&s->chain.all, i);
        if (mig_standing_of(&s->chain, &s->history, one) != MIG_APPLIED) {
            continue;
        }
        cli_say("%s: %s stands for migrations this database has; `surrealgen "
                "migrate up` writes it down in their place", s->cli->verb->name,
                one->id.ptr);
        return CLI_REFUSED;
    }
    cli_say("%s: the database has migration %s, which is not known in %s: is "
            "this the right folder, and the right database?",
            s->cli->verb->name, mig_row_at(rows, rows->count - 1)->id.ptr,
            s->chain.dir.ptr);
    fputs("  help: --migrations DIR names the folder; `surrealgen migrate "
          "status` lists both\n", stderr);
    return CLI_REFUSED;
}

void mig_close(mig_session *session)
{
    db_close(&session->link);
}

/* "deploy-7c9 (pid 14, surrealgen 0.3)": who it was, for the history. */
static const char *who(gen_ctx *ctx)
{
    char host[128];
    gen_buf out;

    if (gethostname(host, sizeof host) != 0) host[0] = 0;
    host[sizeof host - 1] = 0;
    gen_buf_init(&out, ctx);
    gen_buf_add_fmt(&out, "%s (pid %d, surrealgen %s)",
                    host[0] != 0 ? host : "unknown host", (int)getpid(),
                    GEN_VERSION);
    return out.ptr;
}

void mig_run_options(mig_session *session, surreal_migrate_options *out)
{
    const gen_cli *cli = session->cli;
    long wait = cli_number(cli, CLI_LOCK_WAIT, 30);

    memset(out, 0, sizeof *out);
    out->by = who(cli->ctx);
    out->reason = cli_text(cli, CLI_REASON, NULL);
    out->lock_wait_ms = wait == 0 ? -1 : (int)(wait * 1000);
    out->throttle_ms = (int)cli_number(cli, CLI_THROTTLE, 0);
    out->count = (size_t)cli_number(cli, CLI_STEPS, 0);
    out->on_event = mig_tell;
    out->user = &session->teller;
}

int mig_run(mig_session *session, const surreal_migrate_options *how)
{
    surreal_migrations chain;
    surreal_migrate_report report;
    surreal_status status;

    memset(&report, 0, sizeof report);
    chain = mig_runnable(session->cli->ctx, &session->chain,
                         mig_target(session->newest));
    mig_watch_interrupts();
    status = surreal_migrate(session->link.db, &chain, how, &report);
    return mig_outcome(&session->teller, status, &report);
}

int mig_send_log(db_link *link, const char *text, const char *id,
                 const char *reason)
{
    surreal_result *result = NULL;
    surreal_status status;
    int rc;

    status = surreal_query(link->db, text,
                           SURREAL_VARS(surreal_bind_text("id", id),
                                        surreal_bind_text("by",
                                                         who(link->ctx)),
                                        surreal_bind_text("reason", reason)),
                           &result);
    if (status != SURREAL_OK && result == NULL) {
        cli_say("%s", surreal_last_error(link->db)->message);
        return CLI_CONNECT;
    }
    rc = db_refused(link, "writing the history",
                    surreal_result_error(result));
    surreal_result_free(result);
    return rc;
}
