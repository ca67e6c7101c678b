/* surrealgen/cli/walk.h: files by name, folder or pattern. */
#ifndef GEN_CLI_WALK_H
#define GEN_CLI_WALK_H
#include "../gen.h"

/* Adds the paths `name` stands for to out (const char *), unless they are
 * there. False when there are none: errno says why, or is 0 when a folder or
 * pattern has no file. */
bool cli_find_files(gen_ctx *ctx, const char *name, gen_list *out);

#endif
