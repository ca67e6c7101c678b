/* surrealgen/migrate/verb.h: what the verbs that run migrations share. */
#ifndef GEN_MIGRATE_VERB_H
#define GEN_MIGRATE_VERB_H
#include "../cli/json.h"
#include "migrate.h"

/* A chain, a database and what the one has of the other. */
typedef struct mig_session {
    const gen_cli *cli;
    mig_chain chain;
    const mig_migration *newest; /* NULL: no migration */
    mig_history history;
    db_link link;
    mig_teller teller;
} mig_session;

/* Reads the folders, connects, reads the history. writes: the connection comes
 * back when it is lost, and --create is looked at. Close in any case. */
int mig_open(const gen_cli *cli, bool writes, mig_session *out);
void mig_close(mig_session *session);
/* The database has migrations and the folder none of them: CLI_REFUSED. */
int mig_say_unknown(const mig_session *session);
bool mig_wants_json(const gen_cli *cli);
/* The options every run has: lock, throttle, who, events. */
void mig_run_options(mig_session *session, surreal_migrate_options *out);
int mig_run(mig_session *session, const surreal_migrate_options *how);

/* ---- show.c -------------------------------------------------------------- */

/* For --dry-run: like mig_open, with a server only if --url names one. */
int mig_show_open(const gen_cli *cli, mig_session *out);
/* Prints the requests of such a run. */
int mig_show(mig_session *session, const surreal_migrate_options *how);

/* A statement that changes what is written down; $id, $by and $reason are
 * bound. */
int mig_send_log(db_link *link, const char *text, const char *id,
                 const char *reason);

/* ---- verb_generate.c, verb_diff.c ---------------------------------------- */

/* What the schema files are compared with. */
typedef struct mig_base {
    mig_chain chain;
    const mig_migration *newest; /* NULL: no migration yet */
    mig_state before, after;
} mig_base;

/* The schema files behind the first `skip` words of the command line, and the
 * newest snapshot. */
int mig_read_both(const gen_cli *cli, size_t skip, mig_base *b);
/* "changes": [...] */
void mig_json_changes(cli_json *json, gen_ctx *ctx, const gen_list *list);
/* And what is in none, by kind and name. */
void mig_json_apart(cli_json *json, const mig_state *after);

/* ---- look.c -------------------------------------------------------------- */

/* What is pending, before it runs: lint and drift. CLI_REFUSED, having said
 * why, for what --allow does not name. */
int mig_look(mig_session *session, const gen_list *pending);

/* ---- retreat.c ----------------------------------------------------------- */

/* One migration on the way back. */
typedef struct mig_retreat {
    const mig_migration *of;
    mig_class class_; /* as its header says, or lossy when its statements say
                         otherwise */
    gen_list losses; /* mig_loss *: when it is lossy */
} mig_retreat;

/* Values that go when it is taken back; -1: not counted. */
typedef struct mig_loss {
    gen_str what;         /* "post.slug", a table, or words of a person */
    size_t dot;           /* where the table ends */
    bool is_name;
    int64_t values, rows;
} mig_loss;

/* From the newest applied one down to the one behind `to` (NULL: to the
 * beginning), counts included. Statements that lose more than the header says
 * are reported to the context of the session. */
int mig_plan_retreat(mig_session *session, const mig_migration *to,
                     gen_list *out);
void mig_print_retreat(const gen_cli *cli, const gen_list *plan,
                       bool with_text, gen_buf *out);
/* CLI_FINE if --allow lets it happen; else CLI_REFUSED, having said why. */
int mig_may_retreat(const gen_cli *cli, const gen_list *plan);

#endif
