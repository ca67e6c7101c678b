/* surrealgen/cli/json.h: writing JSON into a gen_buf, commas included. */
#ifndef GEN_CLI_JSON_H
#define GEN_CLI_JSON_H
#include "../gen.h"

/* indent 0: all on one line. */
typedef struct cli_json {
    gen_buf *out;
    unsigned indent, depth;
    bool first; /* nothing stands yet in what is open */
    bool keyed; /* a key was just written */
} cli_json;

void cli_json_init(cli_json *json, gen_buf *out, unsigned indent);
void cli_json_open(cli_json *json, char bracket);
void cli_json_close(cli_json *json, char bracket);
void cli_json_key(cli_json *json, const char *key);
/* Bytes that are not UTF-8 become U+FFFD: the text is always JSON. */
void cli_json_str(cli_json *json, gen_str text);
void cli_json_text(cli_json *json, const char *text);
void cli_json_int(cli_json *json, int64_t number);
void cli_json_uint(cli_json *json, uint64_t number);
void cli_json_bool(cli_json *json, bool flag);
void cli_json_null(cli_json *json);

#endif
