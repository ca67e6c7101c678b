/* surrealgen/cli/ir.h: the pieces of `ir --format json`.
 *
 * Keys and their meaning are in docs/ir.md. A key that is there is always
 * there, null when it has nothing to say. */
#ifndef GEN_CLI_IR_H
#define GEN_CLI_IR_H
#include "json.h"

enum { IR_VERSION = 1 };

/* ---- ir_table.c --------------------------------------------------------- */

void ir_text(cli_json *json, const char *key, gen_str text); /* "" is null */
void ir_clause(cli_json *json, const char *key, const gen_clause *clause);
void ir_flag(cli_json *json, const char *key, bool flag);
void ir_names(cli_json *json, const char *key, const gen_list *names);
void ir_type(cli_json *json, const char *key, const gen_type *type);
void ir_perms(cli_json *json, const char *key, const gen_perms *perms);
/* Opens an object: name, at, doc, attrs. */
void ir_head(cli_json *json, gen_str name, gen_pos pos, gen_str doc,
             const gen_attrs *attrs);
void ir_tail(cli_json *json, const gen_clause *comment, gen_exists exists);
void ir_fields(cli_json *json, const char *key, const gen_list *fields);
void ir_indexes(cli_json *json, const gen_list *indexes);
void ir_events(cli_json *json, const gen_list *events);
void ir_table(cli_json *json, const gen_table *table);
/* A path as SurrealQL has it: name.first, tags.* */
gen_str ir_path(gen_ctx *ctx, const gen_list *path);

#endif
