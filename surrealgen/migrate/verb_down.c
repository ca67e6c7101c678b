/* surrealgen/migrate/verb_down.c: `migrate down`, `redo`, `rollback` and
 * `plan-rollback`. */
#include "verb.h"

#include <stdio.h>

/* Where --to, --steps or nothing (one back) leads: *to is the last one to
 * keep, NULL for none. */
static int find_goal(mig_session *s, const char *name,
                     const mig_migration **to)
{
    size_t count = (size_t)cli_number(s->cli, CLI_STEPS, 1);
    size_t i = s->chain.all.count;

    *to = NULL;
    if (name != NULL && *name == 0) return CLI_FINE;
    if (name != NULL) {
        *to = mig_named(&s->chain, name);
        if (*to == NULL) return CLI_USAGE;
        if (mig_row_of(&s->history, (*to)->id) != NULL) return CLI_FINE;
        cli_say("%s: %s is not applied: there is no way back to it",
                s->cli->verb->name, (*to)->id.ptr);
        return CLI_USAGE;
    }
    while (i > 0) {
        const mig_migration *one = mig_at(&s->chain.all, --i);
        if (mig_row_of(&s->history, one->id) == NULL) continue;
        if (count == 0) {
            *to = one;
            break;
        }
        count--;
    }
    return CLI_FINE;
}

static int go_back(mig_session *s, const mig_migration *to)
{
    surreal_migrate_options how;

    mig_run_options(s, &how);
    how.mode = SURREAL_MIGRATE_DOWN;
    how.to = to != NULL ? to->id.ptr : "";
    how.count = 0;
    how.allow = SURREAL_DOWN_IRREVERSIBLE; /* was asked about already */
    s->teller.verb_done = "took back";
    return mig_run(s, &how);
}

static int retreat(mig_session *s, const char *name, bool asks)
{
    const mig_migration *to;
    gen_list plan;
    gen_buf out;
    int rc = find_goal(s, name, &to);

    if (rc == CLI_FINE) rc = mig_plan_retreat(s, to, &plan);
    if (rc != CLI_FINE) return rc;
    if (plan.count == 0 && s->history.rows.count > 0 && to == NULL) {
        return mig_say_unknown(s);
    }
    if (plan.count == 0) {
        if (!s->teller.json) puts("nothing to take back");
        return CLI_FINE;
    }
    rc = mig_may_retreat(s->cli, &plan);
    if (rc != CLI_FINE) return rc;
    if (asks && !cli_flag(s->cli, CLI_YES)) {
        gen_buf_init(&out, s->cli->ctx);
        mig_print_retreat(s->cli, &plan, false, &out);
        fprintf(stderr, "%s", gen_buf_str(&out).ptr);
        rc = mig_confirm(s->cli, "Take these back?", "--yes");
        if (rc != CLI_FINE) return rc;
    }
    return go_back(s, to);
}

/* How far back is up to the library: without a server it takes the whole
 * chain for applied. */
static int dry_run(const gen_cli *cli)
{
    const char *name = cli_text(cli, CLI_UP_TO, NULL);
    const mig_migration *to = NULL;
    surreal_migrate_options how;
    mig_session s;
    int rc = mig_show_open(cli, &s);

    mig_run_options(&s, &how);
    if (rc == CLI_FINE && name != NULL && *name != 0) {
        to = mig_named(&s.chain, name);
        if (to == NULL) rc = CLI_USAGE;
    }
    how.mode = SURREAL_MIGRATE_DOWN;
    how.allow = SURREAL_DOWN_IRREVERSIBLE;
    how.to = to != NULL ? to->id.ptr : name;
    if (rc == CLI_FINE) rc = mig_show(&s, &how);
    mig_close(&s);
    return rc;
}

int verb_migrate_down(const gen_cli *cli)
{
    mig_session s;
    int rc;

    if (cli_flag(cli, CLI_DRY_RUN)) return dry_run(cli);
    rc = mig_open(cli, true, &s);
    if (rc == CLI_FINE) {
        rc = retreat(&s, cli_text(cli, CLI_UP_TO, NULL), false);
    }
    mig_close(&s);
    return rc;
}

static const char *target_of(const gen_cli *cli)
{
    if (cli->arg_count == 1) return cli->args[0];
    cli_say("%s: name the migration to go back to, or \"\" for none",
            cli->verb->name);
    return NULL;
}

int verb_migrate_rollback(const gen_cli *cli)
{
    const char *target = target_of(cli);
    mig_session s;
    int rc;

    if (target == NULL) return CLI_USAGE;
    rc = mig_open(cli, true, &s);
    if (rc == CLI_FINE) rc = retreat(&s, target, true);
    mig_close(&s);
    return rc;
}

int verb_migrate_plan_rollback(const gen_cli *cli)
{
    const char *target = target_of(cli);
    const mig_migration *to;
    mig_session s;
    gen_list plan;
    gen_buf out;
    int rc;

    if (target == NULL) return CLI_USAGE;
    rc = mig_open(cli, false, &s);
    if (rc == CLI_FINE) rc = find_goal(&s, target, &to);
    if (rc == CLI_FINE) rc = mig_plan_retreat(&s, to, &plan);
    if (rc == CLI_FINE) {
        gen_buf_init(&out, cli->ctx);
        mig_print_retreat(cli, &plan, true, &out);
        if (plan.count == 0 && !mig_wants_json(cli)) {
            gen_buf_add_text(&out, "nothing to take back\n");
        }
        cli_print_diags(cli);
        if (!cli_write_stdout(&out)) rc = CLI_FAILED;
    }
    mig_close(&s);
    return rc;
}

/* The newest one again, while it is being written. */
int verb_migrate_redo(const gen_cli *cli)
{
    surreal_migrate_options how;
    const mig_migration *to;
    const mig_migration *last = NULL;
    gen_list plan;
    mig_session s;
    int rc = mig_open(cli, true, &s);

    if (rc == CLI_FINE) {
        last = mig_last_applied(&s.chain, &s.history);
        if (last == NULL && s.history.rows.count > 0) {
            rc = mig_say_unknown(&s);
        } else if (last == NULL) {
            cli_say("migrate redo: nothing is applied");
            rc = CLI_USAGE;
        }
    }
    if (rc == CLI_FINE) rc = find_goal(&s, NULL, &to);
    if (rc == CLI_FINE) rc = mig_plan_retreat(&s, to, &plan);
    if (rc == CLI_FINE) rc = mig_may_retreat(cli, &plan);
    if (rc == CLI_FINE) {
        bool json = s.teller.json;
        s.teller.json = false; /* one document: that of the second half */
        rc = go_back(&s, to);
        s.teller.json = json;
    }
    if (rc == CLI_FINE) {
        mig_run_options(&s, &how);
        how.to = last->id.ptr;
        how.count = 0;
        how.after_deploy = true; /* it was applied a moment ago */
        s.teller.verb_done = "applied";
        rc = mig_run(&s, &how);
    }
    mig_close(&s);
    return rc;
}
