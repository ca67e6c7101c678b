/* surrealgen/migrate/orchestrate.h: one folder, several databases.
 *
 *   [env.NAME] --cli_read_envs--> orch_target
 *       | probe: what each has              orch_work.c, in children
 *       v
 *   the plan: migrations x databases        orch_plan.c
 *       | rehearse all; nothing is changed before every one has passed
 *       v
 *   waves: apply, look at health            orch_run.c
 *       | one failed: no more are started
 *       v
 *   take back what this run did, where that loses nothing
 *       v
 *   the report                              orch_report.c
 *
 * Each step of a target runs in a child of its own (orch_job.c): the child's
 * only ways to say something are a pipe of lines and its exit code. */
#ifndef GEN_MIGRATE_ORCHESTRATE_H
#define GEN_MIGRATE_ORCHESTRATE_H
#include "../cli/env.h"
#include "verb.h"

#include <stdio.h>

/* How a target ended. */
typedef enum orch_fate {
    ORCH_LEFT,       /* it was not its turn */
    ORCH_UP_TO_DATE, /* there was nothing to do */
    ORCH_DEPLOYED,
    ORCH_FAILED,
    ORCH_UNDONE,     /* deployed, or failed behind some, and taken back */
    ORCH_STOPPED     /* Ctrl-C */
} orch_fate;

typedef struct orch_target {
    const cli_env *env;
    /* What the probe found. */
    bool ran;                 /* in the last task */
    bool is_reached;
    gen_str server;           /* "3.0.2" */
    mig_standing *standings;  /* one for each of the chain */
    gen_list strangers;       /* gen_name: applied, and not in the folder */
    long drifts;              /* objects; -1: not known */
    gen_list pending;         /* mig_migration *: what a deployment applies */
    /* What was done. */
    gen_list done, undone;    /* mig_done * */
    orch_fate fate;
    int rc;                   /* of the last thing that failed */
    gen_str said;             /* and what it said */
    int64_t took_ms;
} orch_target;

typedef struct orch {
    const gen_cli *cli;
    mig_chain chain;
    const mig_migration *newest;
    gen_list targets; /* orch_target * */
    const mig_migration *waiting; /* for --after-deploy, somewhere */
    bool json;
} orch;

orch_target *orch_at(const gen_list *list, size_t i);

/* ---- orch_job.c ---------------------------------------------------------- */

/* Done in a child, for one target. What it finds goes to `out` in lines, what
 * went wrong to stderr; returns a cli_exit. */
typedef int orch_work(const orch *o, const orch_target *t, FILE *out);

/* Reads a line a child wrote. */
typedef void orch_hear(orch *o, orch_target *t, const char *line);

typedef struct orch_task {
    const char *word;   /* "rehearsed", for who looks on; NULL: nothing */
    orch_work *work;
    orch_hear *hear;
    size_t most;        /* at a time */
    bool stops;         /* no more are started once one has failed */
} orch_task;

/* For each of the targets, whose rc, said and took_ms are set. Returns the
 * worst exit code. */
int orch_each(orch *o, const gen_list *targets, const orch_task *task);
/* From here on Ctrl-C is told to the children, and no more are started. */
void orch_watch(void);
bool orch_is_interrupted(void);
/* The one of two codes that says more of what to worry about. */
int orch_worse(int a, int b);

/* ---- orch_work.c --------------------------------------------------------- */

orch_work orch_probe, orch_rehearse, orch_apply, orch_take_back;
orch_hear orch_hear_probe, orch_hear_done, orch_hear_undone;

/* ---- orch_plan.c --------------------------------------------------------- */

/* Settings, folder, and what each database has. CLI_FINE with targets that may
 * not be reached: see orch_judge(). */
int orch_open(const gen_cli *cli, orch *out);
/* Whether a deployment may begin: all are reached, and fit the folder. What
 * stands in the way is said. */
int orch_judge(const orch *o);
/* What --approve, `approve` and `destructive` say; asks on a terminal. */
int orch_approve(orch *o);
size_t orch_pending(const orch *o);

/* ---- orch_report.c ------------------------------------------------------- */

void orch_print_plan(const orch *o, gen_buf *out);
void orch_print_result(const orch *o, gen_buf *out);
/* One document: the plan, and what was done when there was anything. */
void orch_print_json(const orch *o, int rc, bool ran, gen_buf *out);

/* ---- orch_run.c ---------------------------------------------------------- */

/* "would go: a; then b, c" */
void orch_print_order(const orch *o, gen_buf *out);
/* Rehearsal, waves, rollback: the exit code of it all. */
int orch_deploy(orch *o);

#endif
