/* surrealgen/migrate/verb_orchestrate.c: `orchestrate deploy`, `status` and
 * `validate`. */
#include "orchestrate.h"

#include <stdio.h>
#include <string.h>

/* The document, when one is wanted: the last thing a run prints. */
static int finish(const orch *o, int rc, bool ran)
{
    gen_buf out;

    gen_buf_init(&out, o->cli->ctx);
    if (o->json) {
        orch_print_json(o, rc, ran, &out);
    } else if (ran) {
        orch_print_result(o, &out);
    }
    if (out.len > 0 && !cli_write_stdout(&out)) {
        return orch_worse(rc, CLI_FAILED);
    }
    return rc;
}

static void print_plan(const orch *o)
{
    gen_buf out;

    if (o->json) return;
    gen_buf_init(&out, o->cli->ctx);
    orch_print_plan(o, &out);
    cli_write_stdout(&out);
    fflush(stdout);
}

/* Everything that could be applied is, and something is left. */
static int say_waiting(const orch *o)
{
    if (o->waiting == NULL) return CLI_FINE;
    return mig_say_waiting(o->cli, o->waiting->id.ptr);
}

static int say_not_begun(const orch *o, int rc)
{
    cli_say("%s: not begun; nothing was changed", o->cli->verb->name);
    return finish(o, rc, false);
}

int verb_orchestrate_deploy(const gen_cli *cli)
{
    gen_buf out;
    orch o;
    int rc;

    if (cli_text(cli, CLI_GROUP, NULL) == NULL) {
        cli_say("orchestrate deploy: --group NAME says which databases");
        return CLI_USAGE;
    }
    rc = orch_open(cli, &o);
    if (rc != CLI_FINE) return rc;
    print_plan(&o);
    rc = orch_judge(&o);
    if (rc == CLI_FINE) rc = orch_approve(&o);
    if (rc != CLI_FINE) return say_not_begun(&o, rc);
    if (orch_pending(&o) == 0) {
        rc = say_waiting(&o);
        if (rc == CLI_FINE && !o.json) puts("nothing to do");
        return finish(&o, rc, false);
    }
    if (cli_flag(cli, CLI_PLAN_ONLY)) {
        if (o.json) return finish(&o, CLI_FINE, false);
        gen_buf_init(&out, cli->ctx);
        orch_print_order(&o, &out);
        return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
    }
    rc = orch_deploy(&o);
    if (rc == CLI_FINE) rc = say_waiting(&o);
    return finish(&o, rc, true);
}

/* ------------------------------------------------------------------ status */

/* Something is to be done, or was done by somebody else. */
static bool is_found(const orch *o)
{
    size_t i, k;

    for (i = 0; i < o->targets.count; i++) {
        const orch_target *t = orch_at(&o->targets, i);
        if (t->drifts > 0) return true;
        for (k = 0; k < o->chain.all.count; k++) {
            if (t->standings[k] != MIG_APPLIED) return true;
        }
    }
    return false;
}

int verb_orchestrate_status(const gen_cli *cli)
{
    orch o;
    int rc = orch_open(cli, &o);

    if (rc != CLI_FINE) return rc;
    print_plan(&o);
    rc = orch_judge(&o);
    if (rc == CLI_FINE && is_found(&o)) rc = CLI_FOUND;
    return finish(&o, rc, false);
}

/* ---------------------------------------------------------------- validate */

int verb_orchestrate_validate(const gen_cli *cli)
{
    orch o;
    size_t i;
    int rc = orch_open(cli, &o);

    if (rc != CLI_FINE) return rc;
    rc = orch_judge(&o);
    for (i = 0; i < o.targets.count && !o.json; i++) {
        const orch_target *t = orch_at(&o.targets, i);
        if (t->rc != CLI_FINE) continue;
        printf("%s: SurrealDB %s, %lu pending\n", t->env->name,
               t->server.ptr, (unsigned long)t->pending.count);
    }
    return finish(&o, rc, false);
}
