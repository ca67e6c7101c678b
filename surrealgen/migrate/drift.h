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

/* ---- normal.c ------------------------------------------------------------ */

/* A definition in a form to compare: equal ones mean the same, or nearly. */
gen_str mig_normal(gen_ctx *ctx, gen_version target, gen_str text);

/* ---- differ.c ------------------------------------------------------------ */

typedef enum mig_severity { MIG_ERROR, MIG_WARNING, MIG_INFO } mig_severity;

/* A comparison to be told. */
typedef struct mig_differ {
    const gen_cli *cli;
    const char *ours_word; /* "snapshot", "schema": whose is the left side */
    const char *against;   /* "migration 20260714090000_init" */
    mig_shadow how;
    bool has_server;
    size_t objects;        /* compared */
    gen_list list;         /* mig_drift */
} mig_differ;

mig_severity mig_severity_of(gen_ctx *ctx, gen_version target,
                             const mig_drift *drift);
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
/* Definitions against what was read; fills in list, how and objects. */
int mig_differ_from(mig_live *live, gen_str text, mig_differ *out);

#endif
