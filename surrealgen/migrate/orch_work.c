/* surrealgen/migrate/orch_work.c: what is done for one database, in a child.
 *
 * The lines it writes, each read by the hear function below it:
 *
 *   probe           server 3.0.2          the version
 *                   at I STANDING         of the chain's migration number I
 *                   stranger ID           applied, and not in the folder
 *                   drift N               objects changed by hand
 *   apply, back     done ID MICROSECONDS  written when the run is over */
#define _POSIX_C_SOURCE 200809L /* unsetenv */
#include "orchestrate.h"

#include <stdlib.h>
#include <string.h>

/* The url, the place and who signs in are those of the section; only who signs
 * in may be left to the environment, which may know it for all of them. */
static void settle_environment(const orch_target *t)
{
    const gen_cli *cli = &t->env->cli;

    unsetenv("SURREAL_URL");
    unsetenv("SURREAL_NAMESPACE");
    unsetenv("SURREAL_DATABASE");
    if (cli_text(cli, CLI_TOKEN, NULL) != NULL
        || cli_text(cli, CLI_USER, NULL) != NULL) {
        unsetenv("SURREAL_TOKEN");
    }
}

static int open_target(const orch *o, const orch_target *t, bool writes,
                       mig_session *out)
{
    db_how how;
    int rc;

    memset(out, 0, sizeof *out);
    settle_environment(t);
    out->cli = &t->env->cli;
    out->chain = o->chain;
    out->newest = o->newest;
    how.reconnect = writes;
    how.create = false;
    rc = db_open_for(out->cli, &how, &out->link);
    if (rc == CLI_FINE) {
        rc = mig_read_history(&out->link, &out->chain, &out->history);
    }
    out->teller.cli = out->cli;
    out->teller.chain = &out->chain;
    out->teller.link = &out->link;
    out->teller.verb_done = "applied";
    return rc;
}

/* ------------------------------------------------------------------ health */

/* The query of the section must work, and its last value not be false. */
static int check_health(const orch *o, const orch_target *t, db_link *link)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    surreal_value last;
    bool well = true;
    int rc;

    if (t->env->health == NULL || cli_flag(o->cli, CLI_SKIP_HEALTH)) {
        return CLI_FINE;
    }
    rc = db_query(link, gen_str_lit(t->env->health), &result);
    if (rc != CLI_FINE) return rc;
    err = surreal_result_error(result);
    if (err != NULL) {
        cli_say("it is not healthy: `%s`: %s", t->env->health,
                db_reason(o->cli->ctx, err->message));
        rc = CLI_REFUSED;
    } else if (surreal_statements(result) > 0) {
        last = surreal_statement_value(result,
                                       surreal_statements(result) - 1);
        if (surreal_get_bool(last, &well) == SURREAL_OK && !well) {
            cli_say("it is not healthy: `%s` gave false", t->env->health);
            rc = CLI_REFUSED;
        }
    }
    surreal_result_free(result);
    return rc;
}

/* ------------------------------------------------------------------- probe */

static bool is_half_done(const mig_session *s)
{
    size_t i;

    for (i = 0; i < s->history.rows.count; i++) {
        const mig_row *row = mig_row_at(&s->history.rows, i);
        if (!gen_str_is(row->status, "applied")) return true;
    }
    return false;
}

static void tell_history(const orch *o, const mig_session *s, FILE *out)
{
    size_t i;

    for (i = 0; i < o->chain.all.count; i++) {
        fprintf(out, "at %lu %d\n", (unsigned long)i,
                (int)mig_standing_of(&s->chain, &s->history,
                                     mig_at(&o->chain.all, i)));
    }
    for (i = 0; i < s->history.rows.count; i++) {
        const mig_row *row = mig_row_at(&s->history.rows, i);
        if (row->of != NULL
            || mig_is_replaced(&o->chain.all, row->id)) continue;
        fprintf(out, "stranger %s\n", row->id.ptr);
    }
}

static int check_version(const orch *o, const mig_session *s)
{
    int major = o->newest != NULL ? mig_target(o->newest).major : 0;

    if (major == 0 || major == (int)s->link.version.major) return CLI_FINE;
    cli_say("the migrations were written for SurrealDB %d, the server is "
            "SurrealDB %d", major, (int)s->link.version.major);
    return CLI_REFUSED;
}

int orch_probe(const orch *o, const orch_target *t, FILE *out)
{
    mig_session s;
    gen_list drifts;
    int rc = open_target(o, t, false, &s);

    if (rc == CLI_FINE) {
        fprintf(out, "server %d.%d.%d\n", (int)s.link.version.major,
                (int)s.link.version.minor, (int)s.link.version.patch);
        tell_history(o, &s, out);
        rc = check_version(o, &s);
    }
    if (rc == CLI_FINE && !is_half_done(&s)) {
        rc = mig_drift_of(&s.link, &s.chain,
                          mig_last_applied(&s.chain, &s.history), &drifts);
        if (rc == CLI_FINE) {
            fprintf(out, "drift %lu\n", (unsigned long)drifts.count);
        }
    }
    if (rc == CLI_FINE) rc = check_health(o, t, &s.link);
    mig_close(&s);
    return rc;
}

static bool begins(const char *line, const char *word, const char **rest)
{
    size_t len = strlen(word);

    *rest = line + len;
    return strncmp(line, word, len) == 0;
}

void orch_hear_probe(orch *o, orch_target *t, const char *line)
{
    const char *rest;
    char *end;

    if (begins(line, "server ", &rest)) {
        t->is_reached = true;
        t->server = gen_str_lit(rest);
    } else if (begins(line, "at ", &rest)) {
        size_t i = (size_t)strtoul(rest, &end, 10);
        if (i < o->chain.all.count) {
            t->standings[i] = (mig_standing)strtol(end, NULL, 10);
        }
    } else if (begins(line, "stranger ", &rest)) {
        gen_name *name = (gen_name *)gen_new(o->cli->ctx, sizeof *name);
        name->text = gen_str_lit(rest);
        gen_list_push(o->cli->ctx, &t->strangers, name);
    } else if (begins(line, "drift ", &rest)) {
        t->drifts = strtol(rest, NULL, 10);
    }
}

/* ---------------------------------------------------------- rehearse, apply */

/* Of what was planned, what is not applied yet: others may have been here. */
static void still_pending(const orch_target *t, const mig_session *s,
                          gen_list *out)
{
    size_t i;

    memset(out, 0, sizeof *out);
    for (i = 0; i < t->pending.count; i++) {
        mig_migration *one = mig_at(&t->pending, i);
        if (mig_standing_of(&s->chain, &s->history, one) != MIG_APPLIED) {
            gen_list_push(s->cli->ctx, out, one);
        }
    }
}

/* As far as the plan goes, whatever came into the folder since. */
static void options_of(mig_session *s, const gen_list *pending,
                       surreal_migrate_options *out)
{
    mig_run_options(s, out);
    out->to = mig_at(pending, pending->count - 1)->id.ptr;
    out->count = 0;
    out->after_deploy = cli_flag(s->cli, CLI_AFTER_DEPLOY);
    out->archive = cli_flag(s->cli, CLI_ARCHIVE);
}

int orch_rehearse(const orch *o, const orch_target *t, FILE *out)
{
    surreal_migrate_options how;
    gen_list pending;
    mig_session s;
    int rc = open_target(o, t, true, &s);

    (void)out;
    if (rc == CLI_FINE) still_pending(t, &s, &pending);
    if (rc == CLI_FINE && pending.count > 0) {
        rc = mig_look(&s, &pending);
        if (rc == CLI_FINE) {
            options_of(&s, &pending, &how);
            how.mode = SURREAL_MIGRATE_REHEARSE;
            rc = mig_run(&s, &how);
        }
    }
    mig_close(&s);
    return rc;
}

static void tell_done(const mig_session *s, FILE *out)
{
    size_t i;

    for (i = 0; i < s->teller.done.count; i++) {
        const mig_done *one = (const mig_done *)s->teller.done.at[i];
        fprintf(out, "done %s %lld\n", one->id.ptr, (long long)one->took_us);
    }
}

/* What was looked at before the rehearsal is not said again, but for what an
 * error is about. */
int orch_apply(const orch *o, const orch_target *t, FILE *out)
{
    surreal_migrate_options how;
    gen_list pending;
    mig_session s;
    int rc = open_target(o, t, true, &s);

    if (rc == CLI_FINE) still_pending(t, &s, &pending);
    if (rc == CLI_FINE && pending.count > 0) {
        if (cli_flag(o->cli, CLI_NO_REHEARSE)) rc = mig_look(&s, &pending);
        if (rc == CLI_FINE) {
            options_of(&s, &pending, &how);
            rc = mig_run(&s, &how);
            tell_done(&s, out);
        }
    }
    if (rc == CLI_FINE && check_health(o, t, &s.link) != CLI_FINE) {
        rc = CLI_FAILED; /* before it was, so this run made it so */
    }
    mig_close(&s);
    return rc;
}

static void hear_done(const orch *o, gen_list *out, const char *line)
{
    const char *rest;
    mig_done *one;
    size_t len;

    if (!begins(line, "done ", &rest)) return;
    one = (mig_done *)gen_new(o->cli->ctx, sizeof *one);
    len = strcspn(rest, " ");
    one->id = gen_str_copy(o->cli->ctx, rest, len);
    one->took_us = strtoll(rest + len, NULL, 10);
    gen_list_push(o->cli->ctx, out, one);
}

void orch_hear_done(orch *o, orch_target *t, const char *line)
{
    hear_done(o, &t->done, line);
}

/* ---------------------------------------------------------------- take back */

static bool was_done(const orch_target *t, gen_str id)
{
    size_t i;

    for (i = 0; i < t->done.count; i++) {
        if (gen_str_eq(((const mig_done *)t->done.at[i])->id, id)) {
            return true;
        }
    }
    return false;
}

/* The one to go back to. What others did behind ours is not ours to undo. */
static int find_goal(const orch_target *t, const mig_session *s,
                     const mig_migration **to)
{
    size_t i = s->chain.all.count;
    size_t ours = 0;

    *to = NULL;
    while (i > 0 && ours < t->done.count) {
        const mig_migration *one = mig_at(&s->chain.all, --i);
        if (was_done(t, one->id)) {
            ours++;
        } else if (mig_row_of(&s->history, one->id) != NULL) {
            cli_say("%s was applied by somebody else since: nothing is taken "
                    "back", one->id.ptr);
            return CLI_REFUSED;
        }
    }
    if (i > 0) *to = mig_at(&s->chain.all, i - 1);
    return CLI_FINE;
}

int orch_take_back(const orch *o, const orch_target *t, FILE *out)
{
    surreal_migrate_options how;
    const mig_migration *to;
    mig_session s;
    int rc = open_target(o, t, true, &s);

    if (rc == CLI_FINE) rc = find_goal(t, &s, &to);
    if (rc == CLI_FINE) {
        mig_run_options(&s, &how);
        how.mode = SURREAL_MIGRATE_DOWN;
        how.to = to != NULL ? to->id.ptr : "";
        how.count = 0;
        how.allow = SURREAL_DOWN_SAFE;
        how.reason = "the roll-out failed elsewhere";
        s.teller.verb_done = "took back";
        rc = mig_run(&s, &how);
        tell_done(&s, out);
    }
    mig_close(&s);
    return rc;
}

void orch_hear_undone(orch *o, orch_target *t, const char *line)
{
    hear_done(o, &t->undone, line);
}
