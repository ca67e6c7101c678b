/* migrate/migrate.h: what the parts of migrations share. */
#ifndef SRL_MIGRATE_H
#define SRL_MIGRATE_H
#include "client/client.h"

/* Four tables are kept in the database, see migrate/history.c:
 *
 *   _surrealgen_migration  a row per migration that is applied, or half so
 *   _surrealgen_log        a row per thing that was done, never changed
 *   _surrealgen_lock       at most one row: who runs a migration of steps
 *   _surrealgen_attic      values of columns that went
 *
 * Nothing here rests on the lock. Each transaction of a migration changes the
 * migration's row, and says in its condition what it found there: of two that
 * do the same, the server lets one through. The lock only spares the other one
 * the work. */

/* How often a conflict is tried again, and a lost connection. */
#define SRL_MIG_TRIES 40
#define SRL_MIG_LOSSES 5
/* How often a migration may turn out to be somewhere else than it was. */
#define SRL_MIG_AGAIN 100

/* A row of _surrealgen_migration. */
typedef enum srl_mig_state {
    SRL_MIG_ABSENT = 0,
    SRL_MIG_APPLIED,
    SRL_MIG_PARTIAL,  /* some steps of the way up are done */
    SRL_MIG_REVERTING /* some steps of the way down are done */
} srl_mig_state;

typedef struct srl_mig_row {
    srl_mig_state state;
    surreal_value v;
} srl_mig_row;

typedef struct srl_mig_lock {
    bool is_held;
    bool is_asking;     /* a refresh is on its way */
    int64_t refresh_ms; /* when the next one is due, by our clock */
} srl_mig_lock;

/* Some statements of a request, and whose they are. */
typedef enum srl_mig_whose {
    SRL_MIG_OURS = 0, /* what is written down */
    SRL_MIG_STEP,
    SRL_MIG_TOUCH,
    SRL_MIG_UNIQUE
} srl_mig_whose;

typedef struct srl_mig_part {
    srl_mig_whose whose;
    const surreal_migration *migration;
    size_t step;
    bool is_down;
    bool is_block;    /* one answer for all of it */
    surreal_str table; /* TOUCH */
    size_t statement;  /* UNIQUE: of the step, it is about */
    size_t at;        /* where its text is in the request */
    size_t len;
    size_t skip;      /* bytes of the step's text in front of that */
    size_t first;     /* its first answer */
    size_t answers;
} srl_mig_part;

typedef struct srl_mig {
    surreal *db;
    const surreal_migrations *chain;
    surreal_migrate_options opt;
    surreal_migrate_report *report;
    surreal_error *err;      /* the handle's */
    int major;
    srl_mem mem;
    srl_buf text;            /* the request that is made or was sent */
    srl_buf parts;           /* of it */
    size_t answers;          /* its parts will give */
    srl_buf encoded;         /* arrays among its variables */
    surreal_result *history;
    srl_mig_row *rows;       /* one for each of the chain */
    size_t first;            /* that is not applied */
    char run[40];            /* a name for this run, nobody else's */
    char host[64];
    srl_mig_lock lock;
    int64_t began_ms;        /* the migration under way */
    bool is_reading;         /* changes nothing: sent even with on_request */
    surreal_migrate_kind kind; /* of the next request, for on_request */
    const surreal_migration *at; /* it is about */
    surreal_error own;       /* *err without a connection */
    bool was_lost;           /* an answer that would have said "done" */
    int again;               /* times it was found changed by others */
} srl_mig;

/* ---- migrate/request.c ----------------------------------------------------
 *
 * A request is made of parts, so that the statement the server complains of
 * can be found again in the step it came from.
 */
/* Begin one; with a transaction or without. */
SRL_FN void srl_mig_begin(srl_mig *m);
SRL_FN void srl_mig_begin_bare(srl_mig *m);
/* The next statement of a step; an error for those that would end our
 * transaction or leave the database. */
SRL_FN surreal_status srl_mig_next(surreal_str *rest, srl_sql *out,
                                   surreal_error *err);
/* What was put into the text since part->at is this. */
SRL_FN void srl_mig_part_add(srl_mig *m, srl_mig_part *part);
/* Statements of ours, which give so many answers. */
SRL_FN void srl_mig_ours(srl_mig *m, const char *text, size_t answers);
/* A step's text as it is. */
SRL_FN surreal_status srl_mig_put_step(srl_mig *m,
                                       const surreal_migration *what,
                                       bool is_down, size_t step);
/* The same as one block, whose rows do not come back. */
SRL_FN surreal_status srl_mig_put_block(srl_mig *m,
                                        const surreal_migration *what,
                                        bool is_down, size_t step);
/* An UPDATE of each table the step touches; of its first rows only, unless
 * limit is 0. */
SRL_FN surreal_status srl_mig_put_touch(srl_mig *m,
                                        const surreal_migration *what,
                                        bool is_down, size_t step,
                                        size_t limit);
SRL_FN void srl_mig_put_name(srl_mig *m, surreal_str name);
SRL_FN void srl_mig_put_size(srl_mig *m, size_t n);
SRL_FN void srl_mig_put_string(srl_mig *m, surreal_str text);
SRL_FN void srl_mig_bufs_init(srl_mig *m);
SRL_FN void srl_mig_bufs_free(srl_mig *m);
/* Take the next of names with commas between them; false at the end. */
SRL_FN bool srl_mig_name(surreal_str *names, surreal_str *out);
SRL_FN const surreal_migration_step *
srl_mig_step_of(const surreal_migration *what, bool is_down, size_t step);
SRL_FN size_t srl_mig_steps_of(const surreal_migration *what, bool is_down);
/* Every step can be sent: no statement in it would end our transaction. */
SRL_FN surreal_status srl_mig_check(srl_mig *m, const surreal_migration *what,
                                    bool is_down);
/* Send what was made, and wait for however long it takes. The lock, when it is
 * held, is refreshed meanwhile. *out is NULL after a failure. */
SRL_FN surreal_status srl_mig_send(srl_mig *m, surreal_vars vars,
                                   surreal_result **out);
/* The answer was thrown by us, with this text, or the failure is that of the
 * part of ours that begins with this answer. */
SRL_FN bool srl_mig_threw(const srl_mig *m, surreal_status status,
                          const char *marker);
/* After a transaction that was rolled back: see there. Leaves m->err. */
SRL_FN void srl_mig_heal(srl_mig *m);
/* Nobody knows whether the request was done. */
SRL_FN bool srl_mig_is_lost(surreal_status status);
/* Put the failure in m->err into the report, with the place it is from, which
 * is this step if nothing better is known; returns its status. */
SRL_FN surreal_status srl_mig_denied(srl_mig *m);
SRL_FN surreal_status srl_mig_blame(srl_mig *m, const surreal_migration *what,
                                    bool is_down, size_t step);

/* ---- migrate/print.c ----------------------------------------------------- */

/* Requests are shown, not sent. */
SRL_FN bool srl_mig_is_shown(const srl_mig *m);
/* Show what was made, with its variables. */
SRL_FN surreal_status srl_mig_show(srl_mig *m, surreal_vars vars);
/* What the next request is. */
SRL_FN void srl_mig_kind(srl_mig *m, surreal_migrate_kind kind);

/* ---- migrate/history.c --------------------------------------------------- */

/* Two statements. Who may not write rows (role VIEWER) is not told so: nothing
 * comes of a CREATE, and no error. */
#define SRL_MIG_MAKE                                                          \
    "LET $srl_made = (CREATE $srl_id CONTENT $srl_row);\n"                   \
    "IF !$srl_made { THROW 'surrealgen: denied' };\n"

/* What a squash stands for goes with it: with their rows the database would
 * seem to have it still. */
#define SRL_MIG_UNSQUASH                                                     \
    "DELETE _surrealgen_migration WHERE record::id(id) IN "                  \
    "$srl_row.replaces RETURN NONE; "

/* Read the rows; the tables are made if that may be and they are missing. */
SRL_FN surreal_status srl_mig_load(srl_mig *m, bool may_define);
SRL_FN srl_mig_state srl_mig_state_of(surreal_value row);
/* The variables that make a row, and one of the log. `room` has that many. */
#define SRL_MIG_FIELDS 16
#define SRL_MIG_LOG_FIELDS 6
typedef struct srl_mig_vars {
    surreal_bind binds[12];
    size_t count;
    surreal_bind row[SRL_MIG_FIELDS];
    surreal_bind log[SRL_MIG_LOG_FIELDS];
} srl_mig_vars;

/* One of the log, as a statement. The step before it may have said OPTION
 * IMPORT, under which there are no defaults. */
#define SRL_MIG_LOG(took)                                                  \
    "CREATE _surrealgen_log SET at = time::now(), action = "               \
    "$srl_log.action, migration = $srl_log.migration, checksum = "         \
    "$srl_log.checksum, reason = $srl_log.reason, done_by = "              \
    "$srl_log.done_by, run = $srl_log.run, took = " took " RETURN NONE;"
#define SRL_MIG_SINCE \
    "time::now() - (SELECT VALUE applied_at FROM ONLY $srl_id)"

typedef struct srl_mig_new {
    const surreal_migration *what;
    const char *kind;    /* "run", "fake", "squash" */
    const char *status;  /* "applied", "partial", "reverting" */
    const char *action;  /* of the log */
    size_t done;
    bool is_down;        /* step_sums are those of the way down */
} srl_mig_new;

/* $srl_id, $srl_row and $srl_log; room for more behind them. */
SRL_FN surreal_status srl_mig_fill(srl_mig *m, const srl_mig_new *what,
                                   srl_mig_vars *out);
SRL_FN surreal_vars srl_mig_vars_of(const srl_mig_vars *vars);
/* After a lost answer: it was this run that did it. */
SRL_FN bool srl_mig_did(srl_mig *m, const surreal_migration *what,
                        bool is_down);

/* ---- migrate/compare.c --------------------------------------------------- */

/* The id of a row of the history, without its table. */
SRL_FN surreal_str srl_mig_id_of(surreal_value row);
/* The chain is one. */
SRL_FN surreal_status srl_mig_chain_check(srl_mig *m);
/* What is applied is the beginning of the chain, as it is. m->first is set. */
SRL_FN surreal_status srl_mig_compare(srl_mig *m);
/* The index of an id, or chain->count. */
SRL_FN size_t srl_mig_find(const srl_mig *m, surreal_str id);
/* All that this one stands for is applied. */
SRL_FN bool srl_mig_is_squashed(const srl_mig *m, size_t i);
/* The steps that are done are as they were. */
SRL_FN surreal_status srl_mig_same_steps(srl_mig *m, size_t i);
SRL_FN bool srl_mig_same_sum(surreal_str a, surreal_str b);

/* ---- migrate/lock.c ------------------------------------------------------ */

/* Take it, waiting for as long as the options say. */
SRL_FN surreal_status srl_mig_lock_take(srl_mig *m,
                                        const surreal_migration *what);
/* Begin to refresh it if that is due; how long until it is the next time. */
SRL_FN int64_t srl_mig_lock_refresh(srl_mig *m);
/* The status matters only to who is shown the request. */
SRL_FN surreal_status srl_mig_lock_free(srl_mig *m);

/* ---- migrate/apply.c ------------------------------------------------------
 *
 * Transactions that happen once, whoever else tries and whatever is lost.
 */
typedef enum srl_mig_end {
    SRL_MIG_DONE = 0,
    SRL_MIG_ELSEWHERE /* somebody else did it: read the rows again */
} srl_mig_end;

/* Rows fit what the step defines: tried in a transaction that is undone. */
SRL_FN surreal_status srl_mig_try_touch(srl_mig *m,
                                        const surreal_migration *what,
                                        bool is_down, size_t step);
/* On the way up: the values the step takes away go to the attic. */
SRL_FN void srl_mig_put_archive(srl_mig *m, const surreal_migration *what,
                                size_t step);
/* A migration in one transaction, or its row alone for "fake" and "squash". */
SRL_FN surreal_status srl_mig_apply(srl_mig *m, size_t i, const char *kind,
                                    srl_mig_end *end);
SRL_FN surreal_status srl_mig_revert(srl_mig *m, size_t i, srl_mig_end *end);

/* ---- migrate/steps.c, batch.c, index.c ------------------------------------
 *
 * Migrations of several steps. *end says ELSEWHERE when the row is not what
 * was read: then it is read again and looked at anew.
 */
SRL_FN surreal_status srl_mig_steps(srl_mig *m, size_t i, bool is_down,
                                    srl_mig_end *end);
/* Say of one that is half applied that it is whole. */
SRL_FN surreal_status srl_mig_fake_rest(srl_mig *m, size_t i,
                                        srl_mig_end *end);
/* Send the request that moves the row on by (part of) a step. */
SRL_FN surreal_status srl_mig_move(srl_mig *m, size_t i, bool is_down,
                                   size_t step, surreal_vars vars,
                                   surreal_result **out, srl_mig_end *end);
/* The statements that move it: in front of the step's, and behind. */
SRL_FN void srl_mig_put_guard(srl_mig *m, const surreal_migration *what,
                              bool is_down, size_t step);
SRL_FN void srl_mig_put_last(srl_mig *m, const surreal_migration *what,
                             bool is_down, size_t step);
SRL_FN surreal_status srl_mig_data(srl_mig *m, size_t i, bool is_down,
                                   size_t step, srl_mig_end *end);
/* $batch and what selects it, as statements: the first rows, or those behind
 * `cursor` (also in $srl_cursor), up to $srl_bound. */
SRL_FN void srl_mig_put_batch(srl_mig *m, const surreal_migration_step *step,
                              bool is_first, surreal_value cursor,
                              bool has_bound);
SRL_FN surreal_status srl_mig_index(srl_mig *m, size_t i, bool is_down,
                                    size_t step, srl_mig_end *end);

/* ---- migrate/trial.c ----------------------------------------------------- */

/* Behind a step that was put at `at`, or is left out (SRL_MIG_NOT_PUT), in a
 * request that is to be rolled back: what is to be otherwise in one
 * transaction. wrote: rows were changed before it. */
#define SRL_MIG_NOT_PUT ((size_t)-1)
SRL_FN surreal_status srl_mig_put_trial(srl_mig *m,
                                        const surreal_migration *what,
                                        bool is_down, size_t step, size_t at,
                                        bool wrote);
/* Of a table so many rows are tried, at most. */
#define SRL_MIG_SAMPLE 50000

/* ---- migrate/rehearse.c -------------------------------------------------- */

/* All that is left up to `last`, in a transaction that is rolled back. */
SRL_FN surreal_status srl_mig_rehearse(srl_mig *m, size_t last);
/* The same of one migration that is about to run, up or down. */
SRL_FN surreal_status srl_mig_try_all(srl_mig *m, size_t i, bool is_down);

/* ---- migrate/run.c ------------------------------------------------------- */

SRL_FN surreal_status srl_mig_tell(srl_mig *m, surreal_migrate_what what,
                                   const surreal_migration *migration,
                                   size_t step, size_t steps, uint64_t rows,
                                   uint64_t rows_all, const char *holder);
/* Pause, driving the connection and the lock. */
SRL_FN void srl_mig_pause(srl_mig *m, int64_t ms);

#endif
