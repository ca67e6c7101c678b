/* surrealgen/cli/secret.h: secrets, for gen_surql_options. */
#ifndef GEN_CLI_SECRET_H
#define GEN_CLI_SECRET_H
#include "../gen.h"

/* user is the gen_ctx. Says on stderr why it returns false. */
bool cli_secret(void *user, const gen_secret *secret, gen_str *value);
void cli_secret_note(void *user, const char *text);

#endif
