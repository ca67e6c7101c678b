/* api/result.h: the answer to a call. */
#ifndef SURREAL_API_RESULT_H
#define SURREAL_API_RESULT_H
#include "api/write.h"

/* One answer: the bytes received, the state of every statement, and whatever
 * was decoded from it. Free it with surreal_result_free; that frees all of it
 * at once. A result does not need its connection any more and may move to
 * another thread. */
typedef struct surreal_result surreal_result;

/* Give back a result and everything reached from it. NULL is allowed. */
SURREAL_API void surreal_result_free(surreal_result *r);

/* Statements in the answer. Other calls than surreal_query count as one
 * statement. On SurrealDB 3 BEGIN, COMMIT and CANCEL answer too, on 2 they do
 * not: count results by name (LET, RETURN) rather than by position in blocks.
 * 0 for NULL. */
SURREAL_API size_t surreal_statements(const surreal_result *r);

/* How one statement ended: SURREAL_OK or why it failed.
 *
 * Returns:  ERR_USAGE if there is no such statement */
SURREAL_API surreal_status surreal_statement_status(const surreal_result *r,
                                                    size_t statement);

/* The first failure that is a cause. Statements that were "not executed"
 * because another one failed are passed over, so this names the one that did.
 *
 * Returns:  NULL if every statement succeeded
 * Owns:     the result */
SURREAL_API const surreal_error *surreal_result_error(const surreal_result *r);

/* The failure of one statement in full, or NULL if it succeeded. */
SURREAL_API const surreal_error *
surreal_statement_error(surreal_result *r, size_t statement);

/* The value a statement gave; for a failed one its error message as STRING.
 * ABSENT if there is no such statement. */
SURREAL_API surreal_value surreal_statement_value(const surreal_result *r,
                                                  size_t statement);

/* The server's time for a statement; zero if it did not say. */
SURREAL_API surreal_duration
surreal_statement_time(const surreal_result *r, size_t statement);

/* The rows of a statement: its value if that is an array. ABSENT, which has
 * no elements, for everything else: a failed statement, NONE, and a single
 * value, for which there is surreal_statement_value. */
SURREAL_API surreal_value surreal_rows(const surreal_result *r,
                                       size_t statement);

/* The only row of a statement.
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND for no row (empty array, NONE);
 *           SURREAL_ERR_RANGE for more than one; the statement's error */
SURREAL_API surreal_status surreal_one(const surreal_result *r,
                                       size_t statement,
                                       surreal_value *row);

/* Memory that lives as long as the result, aligned for any type; for values
 * derived from it. NULL if there is none. */
SURREAL_API void *surreal_result_alloc(surreal_result *r, size_t len);

/* Bytes of memory the result holds, received bytes included. */
SURREAL_API size_t surreal_result_size(const surreal_result *r);

/* The answer as it came: one CBOR item (the statements of a query are an
 * array of objects). */
SURREAL_API surreal_bytes surreal_result_bytes(const surreal_result *r);

/* A result that holds one CBOR item of the caller: to read stored bytes with
 * the functions above, or as memory for surreal_result_alloc.
 *
 *   bytes  one item; copied, checked for form, UTF-8 and depth; may be
 *          {NULL, 0}
 *   err    receives the details, may be NULL
 *
 * Returns:  SURREAL_OK; ERR_CBOR, ERR_UTF8, ERR_DEPTH; ERR_NOMEM */
SURREAL_API surreal_status
surreal_result_from(const surreal_allocator *allocator, surreal_bytes bytes,
                    surreal_result **out, surreal_error *err);

#endif
