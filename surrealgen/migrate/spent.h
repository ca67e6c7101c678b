/* surrealgen/migrate/spent.h: hints about renames that have done their work. */
#ifndef GEN_MIGRATE_SPENT_H
#define GEN_MIGRATE_SPENT_H
#include "migrate.h"

/* A line about how many there are, or nothing. */
void mig_tell_spent(const gen_cli *cli, const mig_state *newest);

#endif
