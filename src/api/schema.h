/* api/schema.h: whether a database has the schema a program was made for. */
#ifndef SURREAL_API_SCHEMA_H
#define SURREAL_API_SCHEMA_H
#include "api/migrate.h"

/* `surrealgen generate` puts a constant into what it writes, with a hash of the
 * schema. Each row of the history of migrations has the hash of the schema
 * after it, made in the same way. So a program can ask at its start, in one
 * round trip, whether it and the database were made for each other:
 *
 *     surreal_schema_report report;
 *     surreal_status st = surreal_schema_check(db, &shop_schema, &report);
 *     if (!st && report.state != SURREAL_SCHEMA_EQUAL)
 *         fprintf(stderr, "%s\n", report.message);
 *
 * This reads what is written down, not what is defined: a field that somebody
 * defined by hand is not seen. `surrealgen schema check` looks for that, and
 * takes longer than a program has at its start. A database that was made
 * without migrations has no such history, and there is no cheap question to it
 * in place of this one: let `surrealgen schema validate` compare the schema
 * files with the database, once, when the program is deployed.
 *
 *   name  of the files: "shop" for shop.h and shop.c
 *   hash  "1:" and 32 hexadecimal digits; the number is that of the algorithm.
 *         The version of SurrealDB the schema is for is in it */
typedef struct surreal_schema {
    const char *name;
    const char *hash;
} surreal_schema;

/* What the database has, seen from the program.
 *
 *   UNKNOWN    it cannot be told: the history begins with a squash, so that
 *              what was before is not in it, or its hashes are made in another
 *              way
 *   EQUAL      the newest migration that is applied makes this schema
 *   OLDER      no migration that is applied makes it: the one that does was not
 *              applied yet (or only half of it), or was not written yet. A
 *              schema from before the first migration looks the same
 *   NEWER      one makes it, and others came after that
 *   UNTRACKED  there is no history: nothing was migrated by surrealgen or
 *              surreal_migrate(), or all of it was taken back
 *
 * Between the two migrations of `generate --phased` a new program finds OLDER
 * and an old one NEWER, and both may run: that is what the phases are for. */
typedef enum surreal_schema_state {
    SURREAL_SCHEMA_UNKNOWN = 0,
    SURREAL_SCHEMA_EQUAL,
    SURREAL_SCHEMA_OLDER,
    SURREAL_SCHEMA_NEWER,
    SURREAL_SCHEMA_UNTRACKED
} surreal_schema_state;

/* The answer.
 *
 *   migration  the newest one in the database; "": none
 *   message    one line: what was found, and what to do; text that does not fit
 *              is cut and ends in "..." */
typedef struct surreal_schema_report {
    surreal_schema_state state;
    char migration[128];
    char message[512];
} surreal_schema_report;

/* Ask the database in use, which is changed in nothing.
 *
 *   report  receives the answer; UNKNOWN after a failure
 *
 * Returns:  SURREAL_OK if there is an answer, whichever it is; ERR_DENIED for a
 *           record user, who does not see the history (a system user does, with
 *           any role); ERR_USAGE without a schema; what surreal_query() returns
 *           if the question was not answered */
SURREAL_API surreal_status surreal_schema_check(surreal *db,
                                                const surreal_schema *schema,
                                                surreal_schema_report *report);

/* The same for event loops, in two halves: ask, and in `done` read the answer
 * if there is a result, whatever the status says. SurrealDB 3 fails for a
 * history that is not there, and surreal_schema_read() knows that:
 *
 *     if (result) status = surreal_schema_read(&shop_schema, result, &report,
 *                                              NULL);
 *
 *   err  receives the details of a failure; may be NULL */
SURREAL_API surreal_status surreal_schema_check_start(
    surreal *db, surreal_done *done, void *user, surreal_request **request);
SURREAL_API surreal_status surreal_schema_read(const surreal_schema *schema,
                                               const surreal_result *result,
                                               surreal_schema_report *report,
                                               surreal_error *err);

#endif
