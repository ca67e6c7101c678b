/* surrealgen/cli/outputs.h: files that are made together: all of them or none.
 */
#ifndef GEN_CLI_OUTPUTS_H
#define GEN_CLI_OUTPUTS_H
#include "options.h"

typedef struct cli_outputs {
    gen_ctx *ctx;
    gen_list list; /* in the order they were added */
} cli_outputs;

/* Keeps a file; user is the cli_outputs. Always true: what emitters call. */
bool cli_outputs_add(void *user, const char *path, const char *bytes,
                     size_t len);
/* What make and ninja want to know. inputs: const char *. */
void cli_outputs_depfile(const cli_outputs *all, const gen_list *inputs,
                         gen_buf *out);
/* Lists those that are not what is on the disk; what: "the schema; `surrealgen
 * generate` writes them", for the message. CLI_FOUND if there are any. */
int cli_outputs_compare(const cli_outputs *all, const char *what);
int cli_outputs_print(const cli_outputs *all);
/* No file is replaced before all of them are on the disk. */
int cli_outputs_write(const cli_outputs *all);

#endif
