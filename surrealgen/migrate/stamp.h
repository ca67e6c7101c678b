/* surrealgen/migrate/stamp.h: what the C of a schema says of that schema. */
#ifndef GEN_MIGRATE_STAMP_H
#define GEN_MIGRATE_STAMP_H
#include "../cli/options.h"

/* The hash of the schema that was read (cli_load): that of the schema.snap of
 * a migration that makes it, which stands in the history of a database. */
const char *mig_stamp(gen_ctx *ctx);

#endif
