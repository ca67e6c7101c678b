/* api/auth.h: who a session is. */
#ifndef SURREAL_API_AUTH_H
#define SURREAL_API_AUTH_H
#include "api/result.h"

typedef enum surreal_auth_kind {
    SURREAL_AUTH_NONE = 0, /* nobody: what a zeroed surreal_auth says */
    SURREAL_AUTH_ROOT,     /* a user defined on ROOT */
    SURREAL_AUTH_NS,       /* ... on a namespace */
    SURREAL_AUTH_DB,       /* ... on a database */
    SURREAL_AUTH_RECORD,   /* a record user, by DEFINE ACCESS ... TYPE RECORD */
    SURREAL_AUTH_BEARER,   /* a key of DEFINE ACCESS ... TYPE BEARER */
    SURREAL_AUTH_TOKEN     /* a token from an earlier sign-in, or another
                              issuer's JWT */
} surreal_auth_kind;

/* Credentials, made by one of the functions below. Everything is borrowed
 * until the call it is passed to returns; the library keeps what it needs to
 * sign in again in memory that it wipes. */
typedef struct surreal_auth {
    surreal_auth_kind kind;
    const char *ns;
    const char *db;
    const char *access;
    const char *user;
    const char *pass;
    const char *key;
    const char *token;
    const char *refresh;
    surreal_vars vars; /* RECORD: what the SIGNIN or SIGNUP clause reads */
} surreal_auth;

SURREAL_API surreal_auth surreal_auth_root(const char *user,
                                           const char *pass);
SURREAL_API surreal_auth surreal_auth_ns(const char *ns, const char *user,
                                         const char *pass);
SURREAL_API surreal_auth surreal_auth_db(const char *ns, const char *db,
                                         const char *user, const char *pass);
/* `access` is the name after DEFINE ACCESS; `vars` become its variables. They
 * must not be called ns, db, ac, NS, DB or AC: the server reads those itself.
 */
SURREAL_API surreal_auth surreal_auth_record(const char *ns, const char *db,
                                             const char *access,
                                             surreal_vars vars);
/* db NULL: an access method of the namespace. */
SURREAL_API surreal_auth surreal_auth_bearer(const char *ns, const char *db,
                                             const char *access,
                                             const char *key);
/* `refresh` may be NULL. */
SURREAL_API surreal_auth surreal_auth_token(const char *access_token,
                                            const char *refresh);

/* What a sign-in gave. `refresh` is empty unless the access method was
 * defined WITH REFRESH and the server is SurrealDB 3. `expires` is when the
 * access token does, in seconds since 1970, or 0 if it does not say. */
typedef struct surreal_tokens {
    surreal_str access;
    surreal_str refresh;
    int64_t expires;
} surreal_tokens;

#endif
