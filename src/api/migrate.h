/* api/migrate.h: migrations, applied by the program itself. */
#ifndef SURREAL_API_MIGRATE_H
#define SURREAL_API_MIGRATE_H
#include "api/session.h"

/* `surrealgen migrate embed` writes a folder of migrations as a C file with one
 * surreal_migrations in it; surreal_migrate() brings a database up to date with
 * it, by the same rules as `surrealgen migrate up`, which is built on it:
 *
 *     surreal_status st = surreal_migrate(db, &app_migrations, NULL, NULL);
 *
 * What was applied stands in the database, in the table _surrealgen_migration:
 * one row per migration. A migration of one transaction writes that row as the
 * first statement of the transaction. So of any number of programs that start
 * at the same time exactly one applies it; the others see the row and go on. No
 * lock is held, and a program that dies leaves nothing behind.
 *
 * A migration of several steps writes the row, marked `partial`, with its first
 * step, and every step counts itself in its own transaction. A lock that
 * expires (20 seconds after its holder was last heard of) keeps others out
 * meanwhile; who is right does not depend on it. When the program dies, the
 * next one waits for the lock to expire and goes on with the step, or the batch
 * of rows, that is next. On the same machine it does not wait.
 *
 * The statements of a step may take as long as they take: options.timeout_ms
 * of the connection does not count for them (over HTTP an hour does). A step
 * may not hold BEGIN, COMMIT, CANCEL, USE, LIVE, KILL or a RETURN outside of
 * what it defines: they would end the transaction.
 *
 * Nobody writes these tables by hand. */

/* What a step is.
 *
 *   TX     statements, in one transaction with what is written down about them
 *   DATA   one statement, run for `batch` rows at a time: $batch holds their
 *          ids; each run is a transaction
 *   INDEX  one DEFINE INDEX ... CONCURRENTLY, outside a transaction, then
 *          waited for until the server calls it ready */
typedef enum surreal_step_kind {
    SURREAL_STEP_TX = 0,
    SURREAL_STEP_DATA,
    SURREAL_STEP_INDEX
} surreal_step_kind;

/* One step.
 *
 *   text      statements, each with its `;`. DATA: one, with $batch in it
 *   len       of text, without the NUL behind it
 *   table     DATA and INDEX: of which table; else NULL
 *   index     INDEX: which one; else NULL
 *   where     DATA: of which rows; NULL: of all
 *   touch     TX: tables as SurrealQL ("post, user") whose rows must fit what
 *             the step defines. The server does not look at them by itself: so
 *             the step is tried first, with an UPDATE of these tables behind
 *             it, in a transaction that is rolled back. NULL: none
 *   archive   TX, DATA: columns whose values the step takes away, as SurrealQL
 *             ("post.slug, post.tags"), for options.archive. NULL: none
 *   checksum  of its tokens: a step that was applied must not change
 *   line      of the first statement, in the file it came from
 *   batch     DATA: rows at a time, at least 1
 *   is_quiet  DATA: no events, no VALUE clauses, no type checks (OPTION
 *             IMPORT) */
typedef struct surreal_migration_step {
    surreal_step_kind kind;
    const char *text;
    size_t len;
    const char *table;
    const char *index;
    const char *where;
    const char *touch;
    const char *archive;
    const char *checksum;
    uint32_t line;
    uint32_t batch;
    uint8_t is_quiet;
} surreal_migration_step;

/* What going back loses; see docs/migrations.md. */
typedef enum surreal_down_class {
    SURREAL_DOWN_EXACT = 0,   /* the schema as it was; no row is touched */
    SURREAL_DOWN_SAFE,        /* rows change, nothing is lost */
    SURREAL_DOWN_MAY_FAIL,    /* rows may not fit; tried first */
    SURREAL_DOWN_LOSSY,       /* what was written since goes away */
    SURREAL_DOWN_IRREVERSIBLE /* there is no way back */
} surreal_down_class;

/* One migration.
 *
 *   id           "20260801120000_add_post_slug": sorts by time
 *   parent       the id before it; NULL: the first
 *   checksum     of the tokens of its steps: comments, blanks, line ends and
 *                the case of keywords do not count
 *   schema_hash  of the schema after it
 *   replaces     ids a squash stands for; NULL: none
 *   down         NULL: irreversible
 *   after_deploy  the contract of two phases: it takes away what programs of
 *                before use, and waits for options.after_deploy */
typedef struct surreal_migration {
    const char *id;
    const char *parent;
    const char *checksum;
    const char *schema_hash;
    const char *const *replaces;
    size_t replaces_count;
    const surreal_migration_step *up;
    size_t up_count;
    const surreal_migration_step *down;
    size_t down_count;
    surreal_down_class down_class;
    uint8_t after_deploy;
} surreal_migration;

/* The chain: each one's parent stands before it.
 *
 *   major  of SurrealDB it was written for: 2 or 3 */
typedef struct surreal_migrations {
    const surreal_migration *at;
    size_t count;
    int major;
} surreal_migrations;

typedef enum surreal_migrate_mode {
    SURREAL_MIGRATE_UP = 0,
    SURREAL_MIGRATE_DOWN,
    SURREAL_MIGRATE_REHEARSE, /* up, in a transaction that is rolled back */
    SURREAL_MIGRATE_FAKE      /* write down that it was applied; run nothing */
} surreal_migrate_mode;

/* What is going on, for who looks on.
 *
 *   BEGIN     of a migration, before its first statement
 *   STEP      a step is done
 *   ROWS      a batch is done; rows of about rows_all have been visited
 *   DONE      a migration is done; took_us
 *   WAITING   another program has the lock; holder says who */
typedef enum surreal_migrate_what {
    SURREAL_MIGRATE_BEGIN,
    SURREAL_MIGRATE_STEP,
    SURREAL_MIGRATE_ROWS,
    SURREAL_MIGRATE_DONE,
    SURREAL_MIGRATE_WAITING
} surreal_migrate_what;

typedef struct surreal_migrate_event {
    surreal_migrate_what what;
    const surreal_migration *migration; /* NULL for WAITING before the first */
    size_t step, steps;
    uint64_t rows, rows_all;
    int64_t took_us;
    const char *holder;
} surreal_migrate_event;

/* What a request is for.
 *
 *   TABLES  defines the tables of the history, where they are missing
 *   LOCK    takes the lock, before a migration of several steps; UNLOCK gives
 *           it back
 *   TRIAL   tries something and rolls it back: ends in a THROW
 *   RUN     does it and writes it down
 *   BATCH   does it for the first rows of a step and writes down how far it is
 *   AGAIN   the same for the next rows: for as long as it answers `more: true`
 *   INDEX   begins to build an index; WAIT asks until it says `ready` */
typedef enum surreal_migrate_kind {
    SURREAL_MIGRATE_TABLES,
    SURREAL_MIGRATE_LOCK,
    SURREAL_MIGRATE_UNLOCK,
    SURREAL_MIGRATE_TRIAL,
    SURREAL_MIGRATE_RUN,
    SURREAL_MIGRATE_BATCH,
    SURREAL_MIGRATE_AGAIN,
    SURREAL_MIGRATE_INDEX,
    SURREAL_MIGRATE_WAIT
} surreal_migrate_kind;

/* A request that would be sent. The text is whole: what travels beside it as
 * variables stands in front of it as LET statements. */
typedef struct surreal_migrate_request {
    surreal_migrate_kind kind;
    const surreal_migration *migration; /* NULL: of none in particular */
    bool is_down;
    size_t step;
    surreal_str text;
} surreal_migrate_request;

/* How. Zero and NULL mean the default.
 *
 *   to            id of the last one to apply; DOWN: the last one to keep, ""
 *                 for none. NULL: all of them; DOWN: one back
 *   count         at most this many; 0: as `to` says
 *   mode          see above
 *   reason        FAKE and DOWN: written into the log; FAKE needs one
 *   allow         DOWN: the worst class to go through; the default is
 *                 SURREAL_DOWN_EXACT, so pass SURREAL_DOWN_MAY_FAIL for what
 *                 loses nothing
 *   by            who applies it, for the history; NULL: "surreal.h"
 *   lock_wait_ms  how long to wait for another program; 0: 30,000; negative:
 *                 not at all
 *   throttle_ms   pause after each batch of rows
 *   archive       UP: keep the values of columns that go, in the table
 *                 _surrealgen_attic
 *   after_deploy  UP, REHEARSE, FAKE: programs that need the schema of before
 *                 are gone, so apply migrations that wait for that. One that
 *                 was begun is finished without it
 *   on_event      anything but SURREAL_OK stops before the next step
 *   on_request    nothing is changed: every request that would change
 *                 something is given to this, in order, and on_event is not
 *                 called. The connection may be NULL then: UP begins with an
 *                 empty database, DOWN with all of the chain applied. Without
 *                 rows in sight there is one BATCH, and one AGAIN, for a step.
 *                 Anything but SURREAL_OK stops */
typedef struct surreal_migrate_options {
    const char *to;
    size_t count;
    surreal_migrate_mode mode;
    const char *reason;
    surreal_down_class allow;
    const char *by;
    int lock_wait_ms;
    int throttle_ms;
    bool archive;
    bool after_deploy;
    surreal_status (*on_event)(void *user,
                               const surreal_migrate_event *event);
    surreal_status (*on_request)(void *user,
                                 const surreal_migrate_request *request);
    void *user;
} surreal_migrate_options;

/* How it went.
 *
 *   done       migrations applied (or taken back) by this call
 *   waiting    the first that was left because it waits for after_deploy, or
 *              NULL; what stands before it is applied
 *   failed     the one that failed, or NULL
 *   is_down    it failed on the way down
 *   step       which step of it
 *   statement  which statement of the step, or -1: none in particular
 *   is_partly  steps before that one are done and stay: run it again to go
 *              on. Otherwise the failed migration changed nothing
 *   at         offset in the step's text the server complained of, or 0
 *   table      "", or which of the tables of step.touch has rows that do not
 *              fit: then statement is -1
 *   error      what the server said, without what surreal_last_error() adds */
typedef struct surreal_migrate_report {
    size_t done;
    const surreal_migration *waiting;
    const surreal_migration *failed;
    bool is_down;
    size_t step;
    int statement;
    bool is_partly;
    size_t at;
    char table[64];
    surreal_error error;
} surreal_migrate_report;

/* Bring the database in use up to date, or back. The tables of the history are
 * made when they are not there.
 *
 *   opt     may be NULL
 *   db      NULL only with opt->on_request: then report->error says it all
 *   report  receives how it went, after a failure, too; may be NULL
 *
 * Returns:  SURREAL_OK, also if there was nothing to do, or nothing but what
 *           waits for after_deploy: the program has the schema it was written
 *           for; ERR_USAGE if what does not wait, or `to`, stands behind that;
 *           ERR_USAGE if the chain is no chain, an applied migration is not in
 *           it, was edited since or would be applied after one that came later
 *           (the message says which and what to do), for a way down `allow`
 *           forbids, and in a transaction; ERR_TIMEOUT if another program
 *           kept the lock;
 *           ERR_UNSUPPORTED on another major version than the chain's; what
 *           the failed statement returned; what on_event returned. After a
 *           connection lost at a COMMIT it finds out whether that happened and
 *           goes on; ERR_UNKNOWN only if the server does not come back */
SURREAL_API surreal_status surreal_migrate(surreal *db,
                                           const surreal_migrations *chain,
                                           const surreal_migrate_options *opt,
                                           surreal_migrate_report *report);

/* Whether the database is where the chain ends, by one query: true in *current
 * if every migration of it was applied as it is, even if others came after
 * them; what waits for after_deploy at its end may be missing. For programs
 * that do not migrate themselves and want to stop rather than run on an older
 * schema; those that run while a newer program migrates go on. */
SURREAL_API surreal_status surreal_migrate_check(
    surreal *db, const surreal_migrations *chain, bool *current);

#endif
