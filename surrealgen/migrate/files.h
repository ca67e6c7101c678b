/* surrealgen/migrate/files.h: what files.c, chain.c, write.c and check.c share
 * about folders. */
#ifndef GEN_MIGRATE_FILES_H
#define GEN_MIGRATE_FILES_H
#include "migrate.h"

/* Letters, digits, `_` and `-`: a name of a migration. */
bool mig_is_name(gen_str name);
/* 14 digits, `_`, a name. */
bool mig_is_id(gen_str id);
/* The first 8 hex digits of a checksum. */
gen_str mig_short_hash(gen_ctx *ctx, gen_str checksum);
/* What schema.snap begins with; a version follows. */
#define MIG_SNAPSHOT_HEAD "-- surrealgen snapshot 1, surrealdb "
/* dir/name, and what more stands behind the name. */
const char *mig_path(gen_ctx *ctx, const char *dir, const char *name,
                     const char *more);
/* Line ends as LF, without a byte order mark. */
gen_str mig_settle(gen_ctx *ctx, gen_str text);
bool mig_check_marks(gen_ctx *ctx, const gen_file *file);
/* One migration; what is wrong is reported. */
mig_migration *mig_read_folder(gen_ctx *ctx, gen_str dir, gen_str id);
/* Of one whose up.surql begins as surrealgen writes it, the header alone
 * (is_head); of another one, all. */
mig_migration *mig_read_head(gen_ctx *ctx, gen_str dir, gen_str id);
/* One that was just made, without checksums and snapshot. */
mig_migration *mig_read_texts(gen_ctx *ctx, gen_str dir, gen_str id,
                              gen_str up, gen_str down);
/* SG801 for each head but the first. */
void mig_tell_heads(const mig_chain *chain);
/* mig_read_chain() without printing what was reported. */
int mig_scan_chain(const gen_cli *cli, mig_chain *out);
/* The names of the folders that look like migrations, sorted; gen_name. */
int mig_list_ids(gen_ctx *ctx, const char *dir, bool report, gen_list *out);

/* Opens a file in the editor of the user. */
int mig_edit(gen_ctx *ctx, const char *path);

#endif
