/* surrealgen/migrate/squash.h: what the parts of `migrate squash` share. */
#ifndef GEN_MIGRATE_SQUASH_H
#define GEN_MIGRATE_SQUASH_H
#include "drift.h"

/* Several migrations in a row, to become one. */
typedef struct mig_squash {
    const gen_cli *cli;
    mig_chain chain;
    gen_list list; /* mig_migration *: the first to the last */
    const mig_migration *from, *to;
    const mig_migration *parent; /* of the first; NULL: none */
    mig_state before, after;
    mig_files files;
} mig_squash;

/* ---- squash_rows.c ------------------------------------------------------- */

/* Statements about rows, which a state does not have: CLI_REFUSED, and told
 * each, unless they mean nothing where the new migration runs. */
int mig_squash_rows(const mig_squash *s);

#endif
