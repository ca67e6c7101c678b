/* surrealgen/migrate/orch_plan.c: what each database has, and whether a
 * roll-out may begin. */
#include "../schema/front.h"
#include "orchestrate.h"

#include <stdio.h>
#include <string.h>

orch_target *orch_at(const gen_list *list, size_t i)
{
    return (orch_target *)list->at[i];
}

/* ----------------------------------------------------------------- reading */

static bool check_number(const gen_cli *cli, cli_opt id, long most)
{
    long number = cli_number(cli, id, 1);

    if (number >= 1 && number <= most) return true;
    cli_say("`--%s` is at least 1%s, not %ld", cli_options[id].name,
            most == 100 ? " and at most 100" : "", number);
    return false;
}

static bool check_numbers(const gen_cli *cli)
{
    return check_number(cli, CLI_MAX_CONCURRENT, 1000000000)
        && check_number(cli, CLI_BATCH_SIZE, 1000000000)
        && check_number(cli, CLI_CANARY_PERCENT, 100);
}

static int read_folder(orch *o)
{
    int rc = mig_read_chain(o->cli, &o->chain);

    if (rc == CLI_FINE) rc = mig_newest(&o->chain, &o->newest);
    if (rc != CLI_FINE) return rc;
    rc = mig_check_chain(&o->chain, false);
    if (rc != CLI_FINE) cli_print_diags(o->cli);
    return rc;
}

static void add_targets(orch *o, const gen_list *envs)
{
    size_t i;

    for (i = 0; i < envs->count; i++) {
        orch_target *t = (orch_target *)gen_new(o->cli->ctx, sizeof *t);
        t->env = cli_env_at(envs, i);
        t->drifts = -1;
        t->standings = (mig_standing *)gen_new(
            o->cli->ctx, (o->chain.all.count + 1) * sizeof *t->standings);
        gen_list_push(o->cli->ctx, &o->targets, t);
    }
}

/* What a deployment applies: all up to the first that waits. */
static void list_pending(orch *o, orch_target *t)
{
    bool after = cli_flag(o->cli, CLI_AFTER_DEPLOY);
    size_t i;

    for (i = 0; t->is_reached && i < o->chain.all.count; i++) {
        mig_migration *one = mig_at(&o->chain.all, i);
        mig_standing how = t->standings[i];
        if (how == MIG_WAITING && !after) {
            if (o->waiting == NULL) o->waiting = one;
            return;
        }
        if (how == MIG_PENDING || how == MIG_PARTIAL || how == MIG_WAITING) {
            gen_list_push(o->cli->ctx, &t->pending, one);
        }
    }
}

int orch_open(const gen_cli *cli, orch *out)
{
    orch_task probe = { NULL, orch_probe, orch_hear_probe, 0, false };
    gen_list envs;
    size_t i;
    int rc;

    memset(out, 0, sizeof *out);
    out->cli = cli;
    out->json = mig_wants_json(cli);
    if (!check_numbers(cli)
        || !cli_read_envs(cli, cli_text(cli, CLI_GROUP, NULL), &envs)) {
        return CLI_USAGE;
    }
    rc = read_folder(out);
    if (rc != CLI_FINE) return rc;
    add_targets(out, &envs);
    probe.most = (size_t)cli_number(cli, CLI_MAX_CONCURRENT, 5);
    orch_watch();
    rc = orch_each(out, &out->targets, &probe);
    if (orch_is_interrupted()) return rc;
    for (i = 0; i < out->targets.count; i++) {
        list_pending(out, orch_at(&out->targets, i));
    }
    return CLI_FINE;
}

size_t orch_pending(const orch *o)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < o->targets.count; i++) {
        count += orch_at(&o->targets, i)->pending.count;
    }
    return count;
}

/* ---------------------------------------------------------------- judging */

/* The history of the database is no beginning of the folder's. */
static int check_history(const orch *o, const orch_target *t)
{
    int rc = CLI_FINE;
    size_t i;

    for (i = 0; i < t->strangers.count; i++) {
        fprintf(stderr, "[%s] has %s, which is not in %s: is this folder "
                "older, or on another branch?\n", t->env->name,
                gen_name_at(&t->strangers, i)->text.ptr, o->chain.dir.ptr);
        rc = CLI_REFUSED;
    }
    for (i = 0; i < o->chain.all.count; i++) {
        const char *id = mig_at(&o->chain.all, i)->id.ptr;
        if (t->standings[i] == MIG_EDITED) {
            fprintf(stderr, "[%s] %s was edited since it was applied there\n",
                    t->env->name, id);
            rc = CLI_REFUSED;
        } else if (t->standings[i] == MIG_LATE) {
            fprintf(stderr, "[%s] %s is not applied there, and one behind it "
                    "is: `surrealgen migrate rebase` gives it a place at the "
                    "end\n", t->env->name, id);
            rc = CLI_REFUSED;
        }
    }
    return rc;
}

int orch_judge(const orch *o)
{
    int worst = CLI_FINE;
    size_t i;

    for (i = 0; i < o->targets.count; i++) {
        const orch_target *t = orch_at(&o->targets, i);
        worst = orch_worse(worst, t->rc);
        if (t->is_reached) worst = orch_worse(worst, check_history(o, t));
    }
    return worst;
}

/* --------------------------------------------------------------- approving */

/* --approve a,b --approve c */
static bool names(const gen_cli *cli, const char *name)
{
    size_t i;

    for (i = 0; i < cli_count(cli, CLI_APPROVE); i++) {
        const char *at = cli_at(cli, CLI_APPROVE, i);
        size_t len = strlen(name);
        for (;;) {
            size_t word = strcspn(at, ",");
            if (word == len && memcmp(at, name, len) == 0) return true;
            if (at[word] == 0) break;
            at += word + 1;
        }
    }
    return false;
}

static bool is_target(const orch *o, const char *name, size_t len)
{
    size_t i;

    for (i = 0; i < o->targets.count; i++) {
        const char *its = orch_at(&o->targets, i)->env->name;
        if (strlen(its) == len && memcmp(its, name, len) == 0) return true;
    }
    return false;
}

/* A name that is none was meant to be one of them. */
static int check_names(const orch *o)
{
    size_t i;

    for (i = 0; i < cli_count(o->cli, CLI_APPROVE); i++) {
        const char *at = cli_at(o->cli, CLI_APPROVE, i);
        for (;;) {
            size_t word = strcspn(at, ",");
            if (!is_target(o, at, word)) {
                cli_say("`--approve %.*s`: no such database in this group",
                        (int)word, at);
                return CLI_USAGE;
            }
            if (at[word] == 0) break;
            at += word + 1;
        }
    }
    return CLI_FINE;
}

/* Whether an approval of --allow is about values that go. */
static bool is_about_loss(gen_str word)
{
    return gen_word_eq(word, "data-loss") || gen_word_eq(word, "irreversible")
        || (word.len == 5 && (word.ptr[0] | 32) == 's'
            && (word.ptr[1] | 32) == 'g' && word.ptr[2] == '1');
}

/* destructive = "never": what --allow says about losses is not for this one,
 * so that lint refuses what it finds by itself, too. */
static int keep_all(const orch *o, const orch_target *t)
{
    cli_value *allow = &((cli_env *)(uintptr_t)t->env)->cli.values[CLI_ALLOW];
    gen_list approved;
    int rc = CLI_FINE;
    size_t i;

    mig_list_approved(o->cli, &approved);
    memset(&allow->texts, 0, sizeof allow->texts);
    for (i = 0; i < approved.count; i++) {
        gen_str word = gen_name_at(&approved, i)->text;
        if (is_about_loss(word)) continue;
        gen_list_push(o->cli->ctx, &allow->texts,
                      (void *)(uintptr_t)word.ptr);
    }
    for (i = 0; i < t->pending.count; i++) {
        const mig_migration *one = mig_at(&t->pending, i);
        if (one->up_class < MIG_LOSSY) continue;
        fprintf(stderr, "[%s] %s loses values (up: %s), and destructive = "
                "\"never\" keeps them, whatever --allow says\n",
                t->env->name, one->id.ptr, mig_class_word(one->up_class));
        rc = CLI_REFUSED;
    }
    return rc;
}

static int ask(const orch *o, const orch_target *t)
{
    gen_buf question, flag;

    if (names(o->cli, t->env->name)) return CLI_FINE;
    gen_buf_init(&question, o->cli->ctx);
    gen_buf_init(&flag, o->cli->ctx);
    gen_buf_add_fmt(&question, "Apply %zu migration%s to %s?",
                    t->pending.count, t->pending.count == 1 ? "" : "s",
                    t->env->name);
    gen_buf_add_fmt(&flag, "--approve %s", t->env->name);
    return mig_confirm(o->cli, question.ptr, flag.ptr);
}

int orch_approve(orch *o)
{
    int worst = check_names(o);
    size_t i;

    if (worst != CLI_FINE) return worst;
    for (i = 0; i < o->targets.count; i++) {
        orch_target *t = orch_at(&o->targets, i);
        if (t->env->keeps_all) worst = orch_worse(worst, keep_all(o, t));
    }
    if (worst != CLI_FINE || cli_flag(o->cli, CLI_PLAN_ONLY)) return worst;
    for (i = 0; i < o->targets.count; i++) {
        orch_target *t = orch_at(&o->targets, i);
        if (t->env->approve && t->pending.count > 0) {
            worst = orch_worse(worst, ask(o, t));
        }
    }
    return worst;
}
