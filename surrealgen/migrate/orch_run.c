/* surrealgen/migrate/orch_run.c: a roll-out.
 *
 * Everything is rehearsed on every database that has something pending; when
 * one of them fails, none has been changed. Then the databases are taken in
 * waves, by the strategy:
 *
 *   sequential   one, one, one, ...
 *   parallel     all of them
 *   rolling      --batch-size, --batch-size, ...
 *   canary       --canary-percent of them, then the rest
 *
 * A wave begins when the one before it is done and healthy. Once one database
 * fails no more are begun; what is under way goes on to its end. A database
 * that failed has rolled itself back (or is half way, which the same command
 * mends); what this run applied before, there and elsewhere, is taken back
 * where all of it goes back exactly or safely. Where it would lose values it
 * stays, and a person decides. After Ctrl-C nothing is taken back: the same
 * command goes on. */
#include "orchestrate.h"

#include <stdio.h>
#include <string.h>

/* How many go first, then each time; and at once. */
typedef struct waves {
    size_t first, next, most;
} waves;

static waves waves_of(const orch *o, size_t count)
{
    const char *name = cli_text(o->cli, CLI_STRATEGY, "sequential");
    size_t percent = (size_t)cli_number(o->cli, CLI_CANARY_PERCENT, 10);
    waves out;

    out.most = (size_t)cli_number(o->cli, CLI_MAX_CONCURRENT, 5);
    out.first = out.next = count;
    if (strcmp(name, "sequential") == 0) {
        out.first = out.next = 1;
    } else if (strcmp(name, "rolling") == 0) {
        out.first = out.next
            = (size_t)cli_number(o->cli, CLI_BATCH_SIZE, 1);
    } else if (strcmp(name, "canary") == 0) {
        out.first = (count * percent + 99) / 100;
    }
    return out;
}

static void list_todo(const orch *o, gen_list *out)
{
    size_t i;

    memset(out, 0, sizeof *out);
    for (i = 0; i < o->targets.count; i++) {
        orch_target *t = orch_at(&o->targets, i);
        if (t->pending.count > 0) gen_list_push(o->cli->ctx, out, t);
    }
}

void orch_print_order(const orch *o, gen_buf *out)
{
    gen_list todo;
    waves w;
    size_t i, left;

    list_todo(o, &todo);
    w = waves_of(o, todo.count);
    left = w.first;
    gen_buf_add_text(out, "would go: ");
    for (i = 0; i < todo.count; i++) {
        if (i > 0 && left == 0) {
            gen_buf_add_text(out, "; then ");
            left = w.next;
        } else if (i > 0) {
            gen_buf_add_text(out, ", ");
        }
        gen_buf_add_text(out, orch_at(&todo, i)->env->name);
        left--;
    }
    gen_buf_add_char(out, '\n');
}

/* ------------------------------------------------------------------- apply */

static void set_fates(const gen_list *wave)
{
    size_t i;

    for (i = 0; i < wave->count; i++) {
        orch_target *t = orch_at(wave, i);
        if (!t->ran) continue;
        t->fate = t->rc == CLI_FINE ? ORCH_DEPLOYED
            : t->rc == CLI_INTERRUPTED ? ORCH_STOPPED : ORCH_FAILED;
    }
}

static int apply(orch *o, const gen_list *todo)
{
    orch_task task = { "deployed", orch_apply, orch_hear_done, 0, true };
    waves w = waves_of(o, todo->count);
    size_t size = w.first;
    size_t from = 0;
    int rc = CLI_FINE;

    task.most = w.most;
    while (from < todo->count && rc == CLI_FINE) {
        gen_list wave;
        memset(&wave, 0, sizeof wave);
        for (; size > 0 && from < todo->count; size--) {
            gen_list_push(o->cli->ctx, &wave, orch_at(todo, from++));
        }
        rc = orch_each(o, &wave, &task);
        set_fates(&wave);
        size = w.next;
    }
    return rc;
}

/* --------------------------------------------------------------- take back */

/* Whether all this run did there goes back without a loss; says so if not. */
static bool may_go_back(const orch *o, const orch_target *t)
{
    size_t i;

    for (i = t->done.count; i > 0; i--) {
        const mig_done *done = (const mig_done *)t->done.at[i - 1];
        const mig_migration *one = mig_find_id(&o->chain, done->id);
        if (one != NULL && one->down_class <= MIG_SAFE
            && !one->down.is_empty) continue;
        fprintf(stderr, "[%s] stays as it is: going back from %s is %s; "
                "`surrealgen migrate plan-rollback` says what it loses\n",
                t->env->name, done->id.ptr,
                one == NULL || one->down.is_empty ? "not possible"
                : mig_class_word(one->down_class));
        return false;
    }
    return t->done.count > 0;
}

static void take_back(orch *o, const gen_list *todo)
{
    orch_task task = { "took back", orch_take_back, orch_hear_undone, 0,
                       false };
    gen_list back;
    int *codes = (int *)gen_new(o->cli->ctx,
                                (todo->count + 1) * sizeof *codes);
    size_t i;

    memset(&back, 0, sizeof back);
    for (i = todo->count; i > 0; i--) {
        orch_target *t = orch_at(todo, i - 1);
        if (t->rc == CLI_PARTLY || t->done.count == 0
            || !may_go_back(o, t)) continue;
        codes[back.count] = t->rc;
        gen_list_push(o->cli->ctx, &back, t);
    }
    task.most = (size_t)cli_number(o->cli, CLI_MAX_CONCURRENT, 5);
    orch_each(o, &back, &task);
    for (i = 0; i < back.count; i++) {
        orch_target *t = orch_at(&back, i);
        if (t->ran && t->rc == CLI_FINE) t->fate = ORCH_UNDONE;
        t->rc = orch_worse(t->rc, codes[i]);
    }
}

/* Failed: whether anything of this run is left somewhere. */
static bool is_changed(const gen_list *todo)
{
    size_t i;

    for (i = 0; i < todo->count; i++) {
        const orch_target *t = orch_at(todo, i);
        if (t->rc == CLI_PARTLY || t->done.count > t->undone.count) {
            return true;
        }
    }
    return false;
}

static int say_failed(const orch *o, const gen_list *todo, int rc)
{
    const char *verb = o->cli->verb->name;

    if (orch_is_interrupted()) {
        cli_say("%s: interrupted; the same command goes on", verb);
        return rc;
    }
    if (!is_changed(todo)) {
        cli_say("%s: failed, and nothing of it is left anywhere", verb);
        return rc;
    }
    cli_say("%s: failed, and some databases are changed; mend what is wrong, "
            "and the same command goes on", verb);
    return CLI_PARTLY;
}

/* ---------------------------------------------------------------- all of it */

static int rehearse(orch *o, const gen_list *todo)
{
    orch_task task = { "rehearsed", orch_rehearse, NULL, 0, false };
    int rc;

    if (cli_flag(o->cli, CLI_NO_REHEARSE)) return CLI_FINE;
    task.most = (size_t)cli_number(o->cli, CLI_MAX_CONCURRENT, 5);
    rc = orch_each(o, todo, &task);
    if (rc != CLI_FINE) {
        cli_say("%s: %s; nothing was changed", o->cli->verb->name,
                orch_is_interrupted() ? "interrupted"
                : "not every database passed the rehearsal");
    }
    return rc;
}

int orch_deploy(orch *o)
{
    gen_list todo;
    size_t i;
    int rc;

    list_todo(o, &todo);
    for (i = 0; i < o->targets.count; i++) {
        orch_target *t = orch_at(&o->targets, i);
        if (t->pending.count == 0) t->fate = ORCH_UP_TO_DATE;
    }
    rc = rehearse(o, &todo);
    /* The time of a database is that of its changes. */
    for (i = 0; i < o->targets.count; i++) {
        orch_at(&o->targets, i)->took_ms = 0;
    }
    if (rc != CLI_FINE) return rc;
    rc = apply(o, &todo);
    if (rc == CLI_FINE) return rc;
    if (!orch_is_interrupted() && !cli_flag(o->cli, CLI_NO_ROLLBACK)) {
        take_back(o, &todo);
    }
    return say_failed(o, &todo, rc);
}
