/* surrealgen/migrate/drift.h: what the verbs about drift share. */
#ifndef GEN_MIGRATE_DRIFT_H
#define GEN_MIGRATE_DRIFT_H
#include "migrate.h"

/* ---- shadow.c ------------------------------------------------------------ */

/* "DEFINE ... ;" and a line end, with OVERWRITE if asked for. */
void mig_redefine(gen_buf *out, gen_str text, bool overwrite);
/* Definitions as a catalogue; the names are those a server gives. */
int mig_catalogue_of(gen_ctx *ctx, gen_version target, gen_str text,
                     db_catalogue *out);

/* ---- drift.c ------------------------------------------------------------- */

/* The entries of the database, without those of surrealgen, table by table. */
gen_list mig_sorted(gen_ctx *ctx, const db_catalogue *what);
/* The one that defines the same; NULL for none. */
const db_entry *mig_entry_like(const gen_list *sorted, const db_entry *one);

/* Whether the value of a param is the same whenever it is defined. */
bool mig_is_constant(const db_entry *param);

/* ---- normal.c ------------------------------------------------------------ */

/* A definition in a form to compare: equal ones mean the same, or nearly. */
gen_str mig_normal(gen_ctx *ctx, gen_version target, gen_str text);

/* ---- differ.c ------------------------------------------------------------ */

typedef enum mig_severity { MIG_ERROR, MIG_WARNING, MIG_INFO } mig_severity;

/* A comparison to be told. */
typedef struct mig_differ {
    const gen_cli *cli;
    const char *ours_word; /* "snapshot", "schema": whose is the left side */
    const char *theirs_word; /* NULL: "live" */
    const char *against;   /* "migration 20260714090000_init" */
    mig_shadow how;
    bool has_server;
    size_t objects;        /* compared */
    gen_list list;         /* mig_drift */
} mig_differ;

/* "field post.title" */
void mig_add_object(gen_buf *out, const mig_drift *drift);
/* Prints it as --format, --show-diff and --print say; CLI_FOUND when there is
 * something as severe as --fail-on says. */
int mig_tell_drift(const mig_differ *differ, gen_version target);

/* ---- dev.c --------------------------------------------------------------- */

/* To the server of --dev-url; what went wrong has been printed. */
int mig_open_dev(const gen_cli *cli, db_link *link);

/* ---- live.c -------------------------------------------------------------- */

/* The database of the command line, or the file of --from. */
typedef struct mig_live {
    db_link link;
    db_link dev;     /* --dev-url: where definitions are tried instead */
    bool has_server, has_dev;
    gen_version target;
    db_catalogue what;
} mig_live;

int mig_read_text(gen_ctx *ctx, const char *path, gen_str *out);
int mig_open_live(const gen_cli *cli, mig_live *out);
int mig_read_live(const gen_cli *cli, mig_live *out);
void mig_close_live(mig_live *live);
/* A catalogue as a state, without what holds secrets, which is told. */
int mig_state_of_live(gen_ctx *ctx, gen_version target, db_catalogue *what,
                      mig_state *out);
/* Definitions against what was read; fills in list, how and objects. */
int mig_differ_from(mig_live *live, gen_str text, mig_differ *out);

/* ---- replay.c ------------------------------------------------------------ */

/* A database on the server of --dev-url, empty at first. */
typedef struct mig_replay {
    db_link link;
    const mig_chain *chain;
    bool is_made;
} mig_replay;

int mig_open_replay(const gen_cli *cli, mig_replay *out);
void mig_close_replay(mig_replay *r);
/* One script of a migration; CLI_SCHEMA, and said why, when it fails. */
int mig_replay_script(mig_replay *r, const mig_migration *m, bool down);
/* An empty database, then up.surql of each. */
int mig_replay_list(mig_replay *r, const gen_list *list);
int mig_replay_read(mig_replay *r, db_catalogue *out);
/* mig_migration: from the first one to `to`. */
gen_list mig_way_to(const mig_chain *chain, const mig_migration *to);

/* ---- compose.c ----------------------------------------------------------- */

typedef struct mig_compose_options {
    const char *header;       /* lines behind those of the header */
    const char *irreversible; /* why there is no way back; NULL: the plan's */
} mig_compose_options;

/* What a migration leaves; NULL: nothing. */
int mig_state_after(gen_ctx *ctx, const mig_migration *m, gen_version target,
                    mig_state *out);
/* The schemas before and after a migration, from the snapshots. */
int mig_states_around(const mig_chain *chain, const mig_migration *one,
                      mig_state *before, mig_state *after);
/* Target, parent and snapshot of a migration behind `parent` (or NULL). */
void mig_set_head(gen_ctx *ctx, const mig_migration *parent,
                  const mig_state *after, mig_files *out);
/* Everything of `out` but its id, which is read. */
int mig_compose(gen_ctx *ctx, const mig_migration *parent, mig_state *before,
                mig_state *after, const mig_compose_options *how,
                mig_files *out);

#endif
