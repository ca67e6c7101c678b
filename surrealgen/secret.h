/* surrealgen/secret.h: the callbacks of gen_surql_options for the program. */
#ifndef SECRET_H
#define SECRET_H
#include "gen.h"

/* user is the gen_ctx. Says on stderr why it returns false. */
bool secret_read(void *user, const gen_secret *secret, gen_str *value);
void secret_note(void *user, const char *text);

#endif
