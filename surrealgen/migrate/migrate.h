/* surrealgen/migrate/migrate.h: what the parts of migrations share.
 *
 * A migration is a folder with up.surql, down.surql and schema.snap. Data flows
 * one way:
 *
 *   schema files --state--> mig_state --diff--> mig_change --plan--> mig_plan
 *                             ^ schema.snap of the newest            | write
 *   folders --files--> mig_chain <-----------------------------------+
 *           --run---> surreal_migrations, for surreal_migrate()
 *
 * Folders and files:
 *   canon.c     statements on one line, checksums that ignore layout
 *   script.c    the text of up.surql or down.surql: comments that mean
 *               something, steps, statements
 *   files.c     one migration folder, read
 *   chain.c     all of them, in order; heads, parents, checksums
 *   write.c     a migration folder, written: all of it or nothing
 *   check.c     what is wrong with a chain, without a server
 *   embed.c     a chain as a C file
 * Schemas and what differs (plan.h):
 *   def.c       one definition, by its first words
 *   state.c     a schema as a sorted list of definitions; .snap files
 *   types.c     what a change of a type does to values
 *   diff.c      what is different between two states, typed
 *   rename.c    columns with another name; variant.c, variants of enums;
 *               moving.c, tables: which, and what stands in the way
 *   decide.c    the question whether something was renamed
 * Plans (plan.h):
 *   plan.c      changes into steps, up and down, with their class; plan_*.c
 *               are the recipes and what they share
 *   relink.c    values that hold ids of a table, under its other name
 *   retable.c   the schema in between, where nothing but tables are renamed
 *   phase.c     one change as two migrations
 *   compose.c   a migration between two states that nobody is asked about
 * Rules: lint.h. Several databases: orchestrate.h.
 * A database (verb.h):
 *   session.c   how a verb begins, and the run itself; interrupt.c, Ctrl-C
 *   run.c       a chain for surreal_migrate(); report.c, what it says
 *   history.c   what was applied, and how that fits the folders
 *   look.c      what is pending, before it runs: lint and drift
 *   retreat.c   what going back would do, and lose
 *   show.c      what a run would send, printed
 *   dups.c      values that a UNIQUE index would not take
 * Drift (drift.h):
 *   shadow.c    what the server makes of definitions, rolled back
 *   drift.c     two catalogues, compared; normal.c, a form to compare
 *   live.c      what a database, or a file of --from, has
 *   differ.c    a list of differences, told
 *   dev.c       the server of --dev-url; replay.c, a chain run on it
 *   squash_rows.c  what a squash would forget (squash.h)
 *
 * Files named verb_*.c are the verbs. Of the others only files.c, chain.c,
 * write.c and live.c open files themselves. Who talks to a server is given a
 * db_link, or a session that has one; no part keeps one to itself. */
#ifndef GEN_MIGRATE_H
#define GEN_MIGRATE_H
#include "../db/db.h"

/* ---- canon.c ------------------------------------------------------------- */

/* Statements on one line each without comments: one blank between tokens
 * where one stood, or where two would run together, keywords as written,
 * a line end inside a string as \n. Text that does not lex stays as it is. */
gen_str mig_canon(gen_ctx *ctx, gen_str text);
/* The tokens of a text that stands in no file, and need not end in NUL. */
void mig_lex(gen_ctx *ctx, gen_str text, gen_file *file);
/* "1:" and 32 hex digits: of the tokens, keywords in small letters. The number
 * is that of the algorithm. */
gen_str mig_checksum(gen_ctx *ctx, gen_str text);
/* The same of some tokens of a text that was lexed: [from, to). */
gen_str mig_checksum_part(gen_ctx *ctx, const gen_file *file, size_t from,
                          size_t to);
/* The same of bytes. */
gen_str mig_digest(gen_ctx *ctx, gen_str bytes);
/* One statement of a text, without `;` and blanks around it. */
typedef struct mig_statement {
    gen_str text;
    size_t at; /* offset in the text */
    uint32_t line; /* from 1 */
} mig_statement;
/* Splits at `;` outside of brackets, strings and comments. */
void mig_split(gen_ctx *ctx, gen_str text, gen_list *out);
mig_statement *mig_statement_at(const gen_list *list, size_t i);

/* ---- state.c ------------------------------------------------------------- */

/* One definition. The typed form is there once mig_parse() was asked for it. */
typedef struct mig_def {
    db_kind kind;
    gen_str table;   /* FIELD, INDEX, EVENT: of which table; else empty */
    gen_str name;    /* "post", "lines.*.qty", "a::b" of fn::a::b */
    gen_str spelled; /* the same as statements have it: quoted where it must
                        be, "fn::a::b", "$p" */
    gen_str table_spelled;
    gen_str on;      /* ACCESS, USER: "DATABASE"; else empty */
    gen_str text;    /* canonical, one line, without OVERWRITE and `;` */
    gen_str key;     /* "field post slug": sorts and compares */
    size_t order;    /* place among the statements: what a server accepts */
    const gen_item *item; /* typed; NULL: not asked for, or no words */
    size_t rest;     /* in text: behind the kind, where OVERWRITE would be */
    gen_str was;     /* @was(old), of models and members; else empty */
    bool is_new;     /* @new */
    const gen_attrs *attrs; /* as written; NULL for a snapshot */
    gen_pos pos;     /* in the schema files; pos.file NULL for a snapshot */
} mig_def;

/* A definition that needs what env("X") or file("x") names. It is in no
 * migration: a file that is committed would hold the secret, and so would the
 * request, what the server says of it, and the log. */
typedef struct mig_apart {
    const mig_def *def;
    const gen_secret *secret; /* the first it needs */
} mig_apart;

typedef struct mig_state {
    gen_ctx *ctx;     /* of the definitions */
    gen_version target;
    gen_list defs;    /* mig_def *, sorted by key */
    gen_list apart;   /* mig_apart *: what env() and file() keep out */
} mig_state;

mig_def *mig_def_at(const gen_list *defs, size_t i);
const mig_def *mig_find(const mig_state *state, gen_str key);
/* The schema of a context that was read and checked (cli_load). */
int mig_state_of_files(gen_ctx *ctx, mig_state *out);
mig_apart *mig_apart_at(const gen_list *list, size_t i);
/* Says on stderr which are in no migration, why, and what to do. */
void mig_tell_apart(const mig_state *state);
/* Takes out of the changes the REMOVE of what is apart now: it was in an older
 * snapshot, with its secret, and it still is to be there. */
void mig_keep_apart(const mig_state *state, gen_list *changes);
/* A schema.snap, or any DEFINE statements; name is for messages. */
int mig_state_of_text(gen_ctx *ctx, gen_version target, const char *name,
                      gen_str text, mig_state *out);
/* The text of schema.snap: a header line, then one definition per line. */
void mig_print_snapshot(const mig_state *state, gen_buf *out);
/* The statement: DEFINE, with OVERWRITE or without, and the `;`. */
void mig_add_define(gen_buf *out, const mig_def *def, bool overwrite);
/* Fills in mig_def.item of these, which are parsed as one text. */
bool mig_parse(gen_ctx *ctx, gen_version target, gen_list *defs);

/* ---- files.c, chain.c, write.c ------------------------------------------- */

typedef enum mig_class {
    MIG_EXACT,   /* surreal_down_class, the same order */
    MIG_SAFE,
    MIG_MAY_FAIL,
    MIG_LOSSY,
    MIG_IRREVERSIBLE
} mig_class;

/* "exact", "safe", "may-fail", "lossy", "irreversible". */
const char *mig_class_word(mig_class class_);

/* -- step: tx [touch=a,b]
 * -- step: data TABLE [batch=N] [quiet]      -- where: EXPRESSION
 * -- step: index TABLE NAME           (one DEFINE INDEX ... CONCURRENTLY)
 * Statements before the first such line are a tx step. */
typedef struct mig_step {
    surreal_step_kind kind;
    gen_str text;     /* from the first statement to the `;` of the last, as it
                         stands in the file, comments included */
    gen_str table, index, where; /* names as they are, without quotes */
    gen_list touch;   /* gen_name */
    unsigned batch;   /* DATA: 1000 unless it says */
    bool quiet;
    uint32_t line;    /* of the `-- step:` line, or of the first statement */
    gen_str checksum; /* of kind, table, index, where, quiet and the text */
    size_t at;        /* of the text, in that of the script */
    uint32_t text_line; /* of the first statement */
    size_t first, last; /* tokens of the script: of the first statement, and
                           the one that ends the step */
} mig_step;

/* -- sg-allow SG102: reason   before a statement, or in the header for all. */
typedef struct mig_allow {
    gen_str code, reason;
    uint32_t line;       /* of the statement it is about; 0: of all, since it
                            stands in the header */
} mig_allow;

/* -- key: value   anywhere but inside of a statement. */
typedef struct mig_note {
    gen_str key, value;
    gen_pos pos;         /* of the value, or of the key when there is none */
} mig_note;

typedef struct mig_script {
    gen_str path, text;
    gen_list steps;      /* mig_step * */
    gen_list allows;     /* mig_allow * */
    gen_list notes;      /* mig_note * */
    const gen_file *file; /* for places: see mig_pos() */
    gen_str irreversible; /* -- irreversible: reason */
    bool is_empty;       /* no statement in it */
} mig_script;

typedef struct mig_migration {
    gen_str id;          /* name of the folder: 14 digits, _, a name */
    gen_str name;        /* the id behind the digits */
    gen_str dir;         /* path of the folder */
    gen_str parent;      /* empty: the first */
    gen_str parent_hash; /* 8 hex digits of the parent's checksum */
    gen_str checksum;    /* of the steps of up */
    gen_str target;      /* "3.0" */
    gen_str schema_hash; /* ask mig_schema_hash() */
    gen_str snapshot;    /* text of schema.snap */
    gen_str snap_path;
    gen_str written_hash; /* what up.surql says of schema.snap: 8 hex digits of
                             its checksum; empty: nothing */
    gen_list replaces;   /* gen_name */
    mig_class up_class, down_class;
    gen_str down_note;   /* "post.slug" */
    bool elidable;       /* -- elidable: a squash may leave data steps out */
    bool after_deploy;   /* -- phase: contract */
    bool is_head;        /* only the header was read: mig_read_newest() */
    mig_script up, down;
} mig_migration;

typedef struct mig_chain {
    gen_ctx *ctx;
    gen_str dir;
    gen_list all;   /* mig_migration *, parents first, then by id */
    gen_list heads; /* mig_migration *: nobody's parent */
    gen_list replaced; /* gen_name: folders a squash stands for; not in all */
} mig_chain;

mig_migration *mig_at(const gen_list *list, size_t i);
mig_step *mig_step_at(const gen_list *list, size_t i);
gen_version mig_target(const mig_migration *what);
/* mig_digest() of schema.snap, with line ends as LF. */
gen_str mig_schema_hash(gen_ctx *ctx, mig_migration *what);
/* One of the list stands for it (-- replaces:). */
bool mig_is_replaced(const gen_list *list, gen_str id);
const mig_migration *mig_find_id(const mig_chain *chain, gen_str id);
/* An id, or what it begins with, or the name behind the digits, "head",
 * "head~2"; NULL after saying which there are. */
const mig_migration *mig_named(const mig_chain *chain, const char *text);
/* Reads --migrations DIR. What cannot be understood is reported as diagnostics
 * of cli->ctx (SG8xx) and the exit code is CLI_SCHEMA. No folder: an empty
 * chain. Two heads are no failure here. */
int mig_read_chain(const gen_cli *cli, mig_chain *out);
/* CLI_USAGE, having said so, when the folder that was named is not there: for
 * verbs to which no migration would mean that all is well. */
int mig_need_folder(const gen_cli *cli);
/* For who puts a migration behind the newest one, which is read as a whole: of
 * all others the header of up.surql is, so that a long chain costs little. What
 * is wrong behind it is for `migrate check` and `up` to say: a new migration
 * holds nothing of what stands there. The checksum of the newest stands in it,
 * so that one is made of the file as it is. *newest: as mig_newest(). */
int mig_read_newest(const gen_cli *cli, mig_chain *out,
                    const mig_migration **newest);
/* One script's steps; reports to ctx. Line ends become LF first: out->text. */
bool mig_read_script(gen_ctx *ctx, const char *path, gen_str text,
                     mig_script *out);
/* The same without checksums of the steps, which take half of the time. */
bool mig_scan_script(gen_ctx *ctx, const char *path, gen_str text,
                     mig_script *out);
mig_allow *mig_allow_at(const gen_list *list, size_t i);
mig_note *mig_note_at(const gen_list *list, size_t i);
/* The first note of a key, or NULL. */
const mig_note *mig_find_note(const mig_script *script, const char *key);
/* A place in a script: len bytes at `at` of its text. */
gen_pos mig_pos(const mig_script *script, size_t at, size_t len);
/* The checksum of all steps of a list. */
gen_str mig_steps_checksum(gen_ctx *ctx, const gen_list *steps);
/* The one newest migration; NULL for none. Two heads: says so, CLI_SCHEMA. */
int mig_newest(const mig_chain *chain, const mig_migration **out);

/* A migration to be written. */
typedef struct mig_files {
    gen_str id, parent;
    gen_str parent_hash; /* the parent's checksum, or what it begins with */
    gen_str target;
    gen_str up, down, snapshot; /* whole files */
} mig_files;
/* "20260801120000_" and the name, later than the newest of the chain. The clock
 * is UTC, or SOURCE_DATE_EPOCH. CLI_USAGE for a name that is none. */
int mig_new_id(const mig_chain *chain, const char *name, gen_str *out);
/* The header of up.surql for it. */
void mig_add_header(gen_buf *out, const mig_files *what, mig_class up,
                    mig_class down, const char *down_note);
/* Writes the folder beside its place and renames it: all of it or nothing. */
int mig_write(const gen_cli *cli, const mig_chain *chain,
              const mig_files *what);

/* ---- check.c ------------------------------------------------------------- */

/* Two heads, edited files, nothing to apply: reported to chain->ctx, and
 * CLI_SCHEMA. all: warnings, too. */
int mig_check_chain(const mig_chain *chain, bool all);
/* Only whether each of some has statements: what a verb asks that knows from
 * the history which ones were edited. */
int mig_check_filled(const mig_chain *chain, const gen_list *some);

/* ---- diff.c, rename.c ---------------------------------------------------- */

typedef enum mig_op { MIG_ADD, MIG_REMOVE, MIG_CHANGE, MIG_RENAME } mig_op;

/* What a change of a column may do to rows; bits. */
enum {
    MIG_TYPE = 1,        /* the type is another one */
    MIG_WIDER = 2,       /* every old value fits the new type */
    MIG_NARROWER = 4,    /* some old values may not fit */
    MIG_CAST = 8,        /* not the same values, but there is a known cast */
    MIG_ASSERT = 16,     /* ASSERT is new or another one */
    MIG_DEFAULT = 32,
    MIG_VALUE = 64,      /* VALUE or COMPUTED */
    MIG_READONLY = 128,
    MIG_PERMS = 256,
    MIG_REFERENCE = 512,
    MIG_FULL = 1024,     /* table: SCHEMALESS to SCHEMAFULL */
    MIG_LESS = 2048,     /* table: SCHEMAFULL to SCHEMALESS */
    MIG_VIEW = 4096,     /* table: AS is another one */
    MIG_EDGE = 8192,     /* table: from, to or ENFORCED */
    MIG_KIND = 16384,    /* table: normal, relation, any */
    MIG_OTHER = 32768    /* comment, changefeed: rows do not care */
};

typedef struct mig_change {
    mig_op op;
    const mig_def *before; /* NULL: ADD */
    const mig_def *after;  /* NULL: REMOVE */
    unsigned what;         /* CHANGE and RENAME: bits */
    const mig_def *twin;   /* phased renames: the column of the other name,
                              which has the same values; else NULL */
    gen_str cast;          /* MIG_CAST: "<int>"; the way back in cast_back,
                              empty when it loses something */
    gen_str cast_back;
    gen_list words;        /* mig_moved: values that are called otherwise */
} mig_change;

mig_change *mig_change_at(const gen_list *list, size_t i);
/* before and after: of one target. Changes in the order of the keys; a column
 * of a table that is new or goes is not listed by itself. */
bool mig_diff(gen_ctx *ctx, mig_state *before, mig_state *after,
              gen_list *out);
/* Makes RENAME of ADD and REMOVE where the schema says @was, asks on a
 * terminal where it may be one (and writes the answer into the schema file),
 * or CLI_REFUSED after printing the two lines to choose from. */
int mig_renames(const gen_cli *cli, gen_list *changes);
/* "~ field post.slug   string  ->  option<string>": a line per change. */
void mig_print_changes(const gen_list *changes, gen_buf *out);

/* ---- plan*.c ------------------------------------------------------------- */

typedef struct mig_plan {
    gen_list up, down; /* mig_step * */
    mig_class up_class, down_class;
    gen_str down_note; /* what is lost: "post.slug, user.nick" */
    gen_list tables;   /* gen_name: whose rows the plan is about */
} mig_plan;

typedef struct mig_plan_options {
    unsigned batch;      /* 0: 1000 */
    gen_str id;          /* of the migration, for what it keeps */
    bool contract;       /* the second of two phases: what rows still have of
                            an older type is cast */
    bool archive;        /* keep what goes, in _surrealgen_attic */
    gen_list backfill;   /* gen_name: "post.slug=string::slug(title)" */
    gen_list renamed;    /* mig_moved: tables that got their name earlier in
                            the same migration */
} mig_plan_options;

/* CLI_FINE; CLI_SCHEMA after reporting what cannot be planned, such as a
 * required column without a default (SG201). */
int mig_make_plan(gen_ctx *ctx, const mig_state *before,
                  const mig_state *after, const gen_list *changes,
                  const mig_plan_options *opt, mig_plan *out);
/* Two plans as one: the second begins with the schema the first one leaves. */
void mig_join_plans(gen_ctx *ctx, mig_plan *first, const mig_plan *then);
/* Steps as the text of a file, without the header. */
void mig_print_steps(const gen_list *steps, gen_buf *out);

/* ---- lint*.c ------------------------------------------------------------- */

/* The number a statement gives; a table that is not there has no rows. False:
 * nobody knows. */
bool mig_count(db_link *link, gen_str text, uint64_t *out);

typedef struct mig_lint {
    gen_ctx *ctx;               /* what is found is reported here */
    const mig_migration *what;
    const mig_state *before;    /* snapshot of the parent; may be empty */
    const mig_state *after;
    db_link *link;              /* to count rows; NULL: none */
    gen_ctx *program;           /* schema files, read, with queries; NULL */
    const gen_list *approved;   /* gen_name: classes of --allow */
    bool unsaid;                /* only what down loses though its class does
                                   not say so */
    bool after_deploy;          /* who waits is not told of (SG305) */
    bool is_made;               /* up was just made of schema files without
                                   errors: it has no spelling of another
                                   version, or they would have one */
} mig_lint;

/* Reports SG1xx to SG6xx for the statements of up, and of down where a rule is
 * about both. What `-- sg-allow` or --allow names is told as allowed, with the
 * reason, and is no error then. Notes only after gen_set_notes(ctx). */
void mig_lint_migration(const mig_lint *how);
/* CLI_USAGE, having said so, for a word of --allow that approves nothing. */
int mig_check_allowed(const gen_cli *cli);
/* The words of --allow: gen_name. */
void mig_list_approved(const gen_cli *cli, gen_list *out);
/* The rules as rows of a table in a text. */
void mig_print_rules(gen_buf *out);

/* ---- run.c --------------------------------------------------------------- */

/* The chain as the library wants it; pointers into ctx. */
surreal_migrations mig_runnable(gen_ctx *ctx, const mig_chain *chain,
                                gen_version target);

/* ---- history.c ----------------------------------------------------------- */

/* What the database says it has. */
typedef struct mig_row {
    gen_str id, checksum, parent;
    gen_str status; /* "applied", "partial", "reverting" */
    gen_str applied_at, applied_by, server;
    int64_t steps_done, steps_total;
    const mig_migration *of; /* in the chain, or NULL */
} mig_row;

typedef struct mig_history {
    gen_list rows; /* mig_row *, by id */
} mig_history;

mig_row *mig_row_at(const gen_list *list, size_t i);
/* No row when there is no such table. */
int mig_read_history(db_link *link, const mig_chain *chain,
                     mig_history *out);
const mig_row *mig_row_of(const mig_history *history, gen_str id);

/* How a migration stands. */
typedef enum mig_standing {
    MIG_APPLIED,
    MIG_PARTIAL,  /* some of its steps */
    MIG_PENDING,
    MIG_LATE,     /* pending, and one that comes after it is applied */
    MIG_EDITED,   /* applied, and not what the file says */
    MIG_UNKNOWN,  /* applied, and there is no folder */
    MIG_WAITING   /* pending, for --after-deploy */
} mig_standing;

mig_standing mig_standing_of(const mig_chain *chain,
                             const mig_history *history,
                             const mig_migration *one);
const char *mig_standing_word(mig_standing standing);
/* The newest that is applied; NULL for none. */
const mig_migration *mig_last_applied(const mig_chain *chain,
                                      const mig_history *history);

/* ---- report.c ------------------------------------------------------------ */

/* A run of the library, told: what was done to `what`, and why not. */
typedef struct mig_teller {
    const gen_cli *cli;
    const mig_chain *chain;
    db_link *link;
    const char *verb_done; /* "applied" */
    bool json;
    bool told_wait;
    gen_list done;         /* mig_done * */
} mig_teller;

typedef struct mig_done {
    gen_str id;
    int64_t took_us;
} mig_done;

/* on_event of surreal_migrate_options; user is a mig_teller. */
surreal_status mig_tell(void *user, const surreal_migrate_event *event);
/* The exit code of a run, after saying what went wrong. */
int mig_outcome(const mig_teller *teller, surreal_status status,
                const surreal_migrate_report *report);
/* That `id` is for --after-deploy: CLI_REFUSED. */
int mig_say_waiting(const gen_cli *cli, const char *id);
/* Asks, on a terminal; otherwise, or with --no-input, CLI_REFUSED after
 * naming the flag that answers. */
int mig_confirm(const gen_cli *cli, const char *question, const char *flag);
/* Whether --allow names this. */
bool mig_is_allowed(const gen_cli *cli, const char *what);

/* ---- interrupt.c --------------------------------------------------------- */

/* From here on the first SIGINT or SIGTERM is only noted. */
void mig_watch_interrupts(void);
bool mig_is_interrupted(void);

/* ---- dups.c -------------------------------------------------------------- */

/* DEFINE INDEX i ON t FIELDS a, b UNIQUE: "t" and "a, b", as written. */
bool mig_index_columns(gen_ctx *ctx, gen_str statement, gen_str *table,
                       gen_str *fields);
/* The values of the columns that more than one row has, a line each, the most
 * frequent first; *count: how many lines. */
int mig_dups(db_link *link, gen_str table, gen_str fields, unsigned limit,
             gen_buf *out, size_t *count);

/* ---- shadow.c, drift.c --------------------------------------------------- */

/* How to see what a server makes of definitions without leaving anything. */
typedef enum mig_shadow {
    MIG_SHADOW_DATABASE, /* a database of its own, rolled back */
    MIG_SHADOW_IN_PLACE, /* OVERWRITE in the database itself, rolled back */
    MIG_SHADOW_NONE      /* neither is allowed */
} mig_shadow;

/* Runs `text` on an empty shadow and reads what is defined then. *how receives
 * which shadow it was. in_place_ok: the text is definitions, in any order, so
 * that the second kind may be used; those no shadow may try come back as they
 * are (db_entry.ours), which is all of them for MIG_SHADOW_NONE. Otherwise it
 * is any statements, and nothing comes back for MIG_SHADOW_NONE. */
int mig_shadow_read(db_link *link, gen_str text, bool in_place_ok,
                    mig_shadow *how, db_catalogue *out);

/* One object that differs. */
typedef struct mig_drift {
    mig_op op;             /* ADD: live only; REMOVE: ours only; CHANGE */
    db_kind kind;
    gen_str table, name;
    gen_str ours, live;    /* texts of the server; empty when there is none */
} mig_drift;

mig_drift *mig_drift_at(const gen_list *list, size_t i);
/* Both as the server says them; what it adds by itself, keys that are not told
 * and the tables of surrealgen do not count. */
void mig_compare(gen_ctx *ctx, gen_version target, const db_catalogue *ours,
                 const db_catalogue *live, gen_list *out);

/* ---- live.c -------------------------------------------------------------- */

/* What is defined otherwise than the snapshot of the last applied migration
 * (NULL: nothing was applied, and nothing is said): mig_drift. */
int mig_drift_of(db_link *link, const mig_chain *chain,
                 const mig_migration *applied, gen_list *out);

/* ---- replay.c ------------------------------------------------------------ */

/* The online part of `migrate check`: every migration run from the beginning on
 * the server of --dev-url. Each leaves what its schema.snap says, and each way
 * down leads back. CLI_SCHEMA, and said what, when not. */
int mig_check_replay(const gen_cli *cli, const mig_chain *chain);

#endif
