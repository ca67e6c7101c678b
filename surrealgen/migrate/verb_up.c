/* surrealgen/migrate/verb_up.c: `migrate up`.
 *
 * Before anything runs, what is pending is looked at: the rules of lint, with
 * rows counted where a rule asks for it, and drift in what it will touch. Both
 * are refused with exit 4 unless approved. Then surreal_migrate() does it. */
#include "verb.h"

#include <stdio.h>
#include <string.h>

/* What this run would apply: up to --to, at most --steps, and nothing behind
 * one that waits, which is *waiting then. */
static int list_pending(const mig_session *s, const mig_migration *to,
                        gen_list *out, const mig_migration **waiting)
{
    bool after = cli_flag(s->cli, CLI_AFTER_DEPLOY);
    size_t most = (size_t)cli_number(s->cli, CLI_STEPS, 0);
    size_t i;

    memset(out, 0, sizeof *out);
    *waiting = NULL;
    for (i = 0; i < s->chain.all.count; i++) {
        mig_migration *one = mig_at(&s->chain.all, i);
        mig_standing how = mig_standing_of(&s->chain, &s->history, one);
        if (most > 0 && out->count == most) break;
        if (how == MIG_WAITING && !after) {
            *waiting = one;
            break;
        }
        if (how == MIG_PENDING || how == MIG_PARTIAL || how == MIG_WAITING) {
            gen_list_push(s->cli->ctx, out, one);
        }
        if (one == to) break;
    }
    return CLI_FINE;
}

/* An empty migration could not be filled once it is applied. */
static int check_files(const mig_session *s, const gen_list *pending)
{
    int rc = mig_check_filled(&s->chain, pending);

    if (rc != CLI_FINE) cli_print_diags(s->cli);
    return rc;
}

/* -------------------------------------------------------------- the verb */

static int set_mode(const gen_cli *cli, surreal_migrate_options *how,
                    mig_teller *teller)
{
    teller->verb_done = "applied";
    if (cli_flag(cli, CLI_REHEARSE)) how->mode = SURREAL_MIGRATE_REHEARSE;
    if (!cli_flag(cli, CLI_FAKE)) return CLI_FINE;
    how->mode = SURREAL_MIGRATE_FAKE;
    teller->verb_done = "wrote down";
    if (cli_flag(cli, CLI_REHEARSE) || how->reason == NULL) {
        cli_say("migrate up: --fake writes down what was not run; it needs "
                "--reason TEXT, and has nothing to rehearse");
        return CLI_USAGE;
    }
    return CLI_FINE;
}

static int dry_run(const gen_cli *cli)
{
    const mig_migration *to = NULL;
    const char *name = cli_text(cli, CLI_UP_TO, NULL);
    const mig_migration *waiting;
    surreal_migrate_options how;
    mig_session s;
    gen_list pending;
    int rc = mig_show_open(cli, &s);

    mig_run_options(&s, &how);
    if (rc == CLI_FINE) rc = set_mode(cli, &how, &s.teller);
    if (rc == CLI_FINE && name != NULL) {
        to = mig_named(&s.chain, name);
        if (to == NULL) rc = CLI_USAGE;
    }
    if (to != NULL) how.to = to->id.ptr;
    how.archive = cli_flag(cli, CLI_ARCHIVE);
    how.after_deploy = cli_flag(cli, CLI_AFTER_DEPLOY);
    if (rc == CLI_FINE) rc = list_pending(&s, to, &pending, &waiting);
    if (rc == CLI_FINE) rc = check_files(&s, &pending);
    if (rc == CLI_FINE) rc = mig_show(&s, &how);
    mig_close(&s);
    return rc;
}

static void tell_end(const mig_session *s, const surreal_migrate_options *how,
                     const gen_list *pending)
{
    size_t i;

    if (pending->count == 0) {
        puts("nothing to do");
        return;
    }
    if (how->mode != SURREAL_MIGRATE_REHEARSE) {
        /* Several may have started at once: others did it meanwhile. */
        if (s->teller.done.count == 0) puts("nothing left to do");
        return;
    }
    for (i = 0; i < pending->count; i++) {
        printf("rehearsed %s\n", mig_at(pending, i)->id.ptr);
    }
    puts("All of it was rolled back. What runs outside of transactions "
         "(CONCURRENTLY,\nASYNC events, http::) was left out; of data steps "
         "the first rows were tried.");
}

static int go_up(mig_session *s)
{
    const char *name = cli_text(s->cli, CLI_UP_TO, NULL);
    surreal_migrate_options how;
    const mig_migration *to = NULL;
    const mig_migration *waiting;
    gen_list pending;
    int rc;

    mig_run_options(s, &how);
    rc = set_mode(s->cli, &how, &s->teller);
    if (rc != CLI_FINE) return rc;
    if (name != NULL) {
        to = mig_named(&s->chain, name);
        if (to == NULL) return CLI_USAGE;
        how.to = to->id.ptr;
    }
    how.archive = cli_flag(s->cli, CLI_ARCHIVE);
    how.after_deploy = cli_flag(s->cli, CLI_AFTER_DEPLOY);
    rc = list_pending(s, to, &pending, &waiting);
    if (rc == CLI_FINE) rc = check_files(s, &pending);
    if (rc == CLI_FINE && how.mode != SURREAL_MIGRATE_FAKE) {
        rc = mig_look(s, &pending);
    }
    if (rc != CLI_FINE) return rc;
    rc = mig_run(s, &how);
    /* What stands before one that waits was rehearsed all the same. */
    if (!s->teller.json
        && (rc == CLI_FINE || (rc == CLI_REFUSED && waiting != NULL
                               && how.mode == SURREAL_MIGRATE_REHEARSE))) {
        tell_end(s, &how, &pending);
    }
    return rc;
}

int verb_migrate_up(const gen_cli *cli)
{
    mig_session s;
    int rc = mig_need_folder(cli);

    if (rc != CLI_FINE) return rc;
    if (cli_flag(cli, CLI_DRY_RUN)) return dry_run(cli);
    rc = mig_open(cli, true, &s);
    if (rc == CLI_FINE && s.newest == NULL && s.history.rows.count > 0) {
        rc = mig_say_unknown(&s);
    } else if (rc == CLI_FINE && s.newest == NULL) {
        if (!s.teller.json) {
            printf("nothing to do: there is no migration in %s\n",
                   s.chain.dir.ptr);
        }
    } else if (rc == CLI_FINE) {
        rc = go_up(&s);
    }
    mig_close(&s);
    return rc;
}
