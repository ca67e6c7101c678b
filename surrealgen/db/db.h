/* surrealgen/db/db.h: what the tool does with a live database.
 *
 * connect.c gets there, catalogue.c reads what is defined, pull.c makes a
 * schema file of it. query.c tries queries in transactions that never end
 * well, lock.c remembers how that went, mapping.c finds the place in our file
 * that the server's `[line:col]` means. */
#ifndef GEN_DB_H
#define GEN_DB_H
#include "../../surreal.h"
#include "../cli/options.h"

/* ---- connect.c ---------------------------------------------------------- */

typedef struct db_link {
    gen_ctx *ctx;
    surreal *db;
    const char *url;
    gen_str ns, name; /* of the namespace and the database */
    surreal_server_version version;
    bool has_user;
    bool disposable; /* --dev-url: made to try things on; ns may be empty */
} db_link;

/* Connect as the options and the environment say. When it does not work, why
 * and what to do has been printed. Close with db_close() in any case. */
int db_open(const gen_cli *cli, db_link *link);

/* The same for what writes.
 *
 *   reconnect  a lost connection comes back by itself
 *   create     a namespace or database that is not there is made */
typedef struct db_how {
    bool reconnect, create;
} db_how;

int db_open_for(const gen_cli *cli, const db_how *how, db_link *link);
void db_close(db_link *link);

/* Run a text. The result is good or NULL; statements may have failed, which
 * is no failure here. Anything else has been printed. */
int db_query(db_link *link, gen_str text, surreal_result **out);
/* The first failed statement as a line of stderr; CLI_FINE when none. */
int db_refused(const db_link *link, const char *what,
               const surreal_error *err);
gen_version db_target(const db_link *link);

gen_str db_str(gen_ctx *ctx, surreal_str text);
/* Whether someone looks on (stderr), and could answer (stdin). */
bool db_sees_terminal(void);
bool db_sees_terminal_in(void);
/* "read 200 of 500 tables", where someone looks on; a line of its own. */
void db_progress(const char *what, size_t done, size_t all);

/* ---- client.c ----------------------------------------------------------- */

void db_sha256(const void *data, size_t len, unsigned char out[32]);

/* ---- catalogue.c -------------------------------------------------------- */

typedef enum db_kind {
    DB_ANALYZER,
    DB_BUCKET,
    DB_PARAM,
    DB_FUNCTION,
    DB_SEQUENCE,
    DB_MODULE,
    DB_TABLE,
    DB_FIELD,
    DB_INDEX,
    DB_VIEW,
    DB_EVENT,
    DB_MODEL,
    DB_API,
    DB_CONFIG,
    DB_ACCESS,
    DB_USER,
    DB_KIND_COUNT
} db_kind;

/* One thing that is defined: the server's own DEFINE statement. */
typedef struct db_entry {
    db_kind kind;
    gen_level level;
    gen_str table; /* FIELD, INDEX, EVENT; else empty */
    gen_str name;  /* the key of the catalogue */
    gen_str text;  /* without `;` */
    unsigned rank; /* of a view and what belongs to it: above those it is
                      made from */
    bool is_ranked;
    size_t at;     /* in the text made of it */
    gen_str note;  /* a comment before it */
    gen_str hidden; /* what to print in place of it, as a comment */
    bool implied;  /* the server makes it by itself */
    bool odd;      /* a statement we have no words for */
    bool ours;     /* the text is ours, not what a server made of it */
} db_entry;

typedef struct db_catalogue {
    gen_list entries; /* db_entry, sorted for printing */
    gen_list tables;  /* gen_name */
    gen_list unread;  /* gen_name: tables whose INFO failed, and the reason */
    size_t requests;
} db_catalogue;

/* Read what is defined in the database, and above it if `level` says so.
 * only: names of tables, all if empty. */
int db_read(db_link *link, gen_level level, const gen_list *only,
            db_catalogue *out);
/* The same from statements, as gen_emit_surql() prints them. */
int db_catalogue_of(gen_ctx *ctx, gen_version target, gen_str text,
                    db_catalogue *out);
/* The same from what INFO FOR DB gave and, for each table, [name, what INFO
 * FOR TABLE gave]. */
void db_catalogue_from(gen_ctx *ctx, surreal_value database,
                       surreal_value tables, db_catalogue *out);
void db_sort(db_catalogue *what);
db_entry *db_entry_at(const gen_list *list, size_t i);

/* ---- pull.c ------------------------------------------------------------- */

typedef struct db_print {
    bool sg, secrets;
    gen_version target;
} db_print;

/* The catalogue as a schema file, in an order of its own. */
int db_print_schema(gen_ctx *ctx, const db_print *how, db_catalogue *what,
                    gen_buf *out);

/* Marks what the server makes by itself (implied) and what there are no words
 * for (odd), and gives each column the one spelling of its name. */
int db_mark(gen_ctx *ctx, gen_version target, db_catalogue *what);

/* ---- secrets.c ---------------------------------------------------------- */

/* Which statements hold secrets, and what to say about it. */
void db_set_secrets(gen_ctx *ctx, const db_print *how, db_catalogue *what);
/* The secrets of a schema that was read become variables. */
void db_hide_secrets(gen_ctx *ctx, const db_print *how);

/* ---- sample.c, query.c -------------------------------------------------- */

/* A value of the type, as SurrealQL. */
void db_add_sample(gen_buf *out, const gen_type *type, unsigned depth);

typedef enum db_verdict {
    DB_REFUSED,
    DB_READ,    /* the server understands it; it was not run */
    DB_RAN,
    DB_COMPARED /* and the row that came has the columns declared */
} db_verdict;

/* Try a query in a transaction that is always rolled back. schema: what to
 * define in it first. What is wrong is reported to link->ctx. */
int db_try_query(db_link *link, const gen_query *query, gen_str schema,
                 db_verdict *out);

/* One request: CLI_FINE with *err the first complaint of the server, or NULL;
 * anything else has been printed. */
int db_send(db_link *link, gen_buf *text, surreal_result **out,
            const surreal_error **err);
/* The server's "[line:col]", or false. */
bool db_read_place(const char *message, size_t *line, size_t *col);
/* The first line of what the server said, without what it says always. */
const char *db_reason(gen_ctx *ctx, const char *message);
/* The schema as statements with OVERWRITE. */
gen_str db_lowered(gen_ctx *ctx);

/* ---- mapping.c ---------------------------------------------------------- */

/* Try the schema in a transaction that is rolled back; what the server refuses
 * is reported (SG1614). */
int db_check_schema(const gen_cli *cli);

#endif
