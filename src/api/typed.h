/* api/typed.h: typed queries (what surrealgen makes of `query` blocks). */
#ifndef SURREAL_API_TYPED_H
#define SURREAL_API_TYPED_H
#include "api/live.h"
#include "api/model.h"

/* A query whose text, parameters and rows are known when the program is built.
 * The text is sent as it is; the parameters go straight from a struct into the
 * message; the rows come as structs. Nobody writes these tables by hand. */

/* What a statement gives. */
typedef enum surreal_shape {
    SURREAL_SHAPE_NONE = 0, /* nothing that matters */
    SURREAL_SHAPE_ONE,      /* exactly one row */
    SURREAL_SHAPE_MAYBE,    /* one or none */
    SURREAL_SHAPE_MANY,
    SURREAL_SHAPE_EACH,     /* many, handed out one by one */
    SURREAL_SHAPE_LIVE
} surreal_shape;

#define SURREAL_NO_FOUND 0xffffffffu

/* Where the rows of one statement go: into a struct of the caller's.
 *
 *   row        what a row is; NULL for SHAPE_NONE
 *   at         ONE, MAYBE: offset of the row. MANY: of { T *v; size_t count; }
 *   found      MAYBE: offset of a bool that says whether there was one, or
 *              SURREAL_NO_FOUND: then the status says it
 *   statement  index in the answer of SurrealDB 2 and of 3, which also counts
 *              BEGIN and COMMIT
 *   is_part    the row is a table's, of which not all columns need come */
typedef struct surreal_answer {
    const surreal_items *row;
    uint32_t at;
    uint32_t found;
    uint16_t statement[2];
    uint8_t shape; /* surreal_shape */
    uint8_t is_part;
} surreal_answer;

typedef struct surreal_typed {
    const char *name;
    const char *text;
    size_t len;                /* of text, without the NUL behind it */
    const surreal_model *args; /* NULL: no parameters */
    const surreal_answer *answers;
    uint16_t count;            /* of answers */
    uint8_t is_retried;        /* @retry(conflict) */
} surreal_typed;

/* ---- what generated functions call ----------------------------------------
 *
 * Each waits like surreal_query and takes every handle. A parameter that is not
 * set is sent as NONE; a required one is ERR_MISSING before anything is sent,
 * its name in surreal_last_error(db)->path. A retried query that ends in a
 * conflict is sent again like a surreal_tx_run with its default options; not
 * in a transaction, which has to be begun anew as a whole.
 *
 * Returns:  as surreal_query, SURREAL_CONFLICT after the last try; what
 *           surreal_encode and surreal_decode return; ERR_REPLY if the answer
 *           has no such statement
 */

/* Run it and read the answers.
 *
 *   args    the struct `args` describes; NULL: nothing is set
 *   out     the struct the answers describe; zeroed after a failure
 *   size    of *out
 *   result  receives the result the rows live in, yours to free; NULL for rows
 *           that refer to nothing (numbers, times, uuids)
 *
 * Returns:  also SURREAL_NOT_FOUND if ONE or MAYBE had no row; ERR_RANGE if
 *           there was more than one */
SURREAL_API surreal_status surreal_typed_run(surreal *db,
                                             const surreal_typed *query,
                                             const void *args, void *out,
                                             size_t size,
                                             surreal_result **result);

/* Receives a row, valid during the call. Anything but SURREAL_OK ends the
 * query. It may use the connection. */
typedef surreal_status surreal_typed_row(void *user, const void *row);

/* Hand out the rows one by one. The answer itself is one message and stays
 * until the last row; the memory of a row is used again for the next.
 *
 *   row  room for one row
 *
 * Returns:  also what `each` returned */
SURREAL_API surreal_status surreal_typed_each(surreal *db,
                                              const surreal_typed *query,
                                              const void *args, void *row,
                                              surreal_typed_row *each,
                                              void *user);

/* Register a live query, as surreal_live_query.
 *
 * Returns:  also ERR_UNSUPPORTED for parameters on SurrealDB 2 */
SURREAL_API surreal_status surreal_typed_live(surreal *db,
                                              const surreal_typed *query,
                                              const void *args,
                                              const surreal_live_options *opt,
                                              surreal_live **out);

/* The row of an event: of CREATED and UPDATED what the query selects, of
 * DELETED the record as it was; zeroed for GAP and ENDED. The row lives as
 * long as the event.
 *
 *   err  receives the details, may be NULL */
SURREAL_API surreal_status surreal_typed_event(const surreal_typed *query,
                                               const surreal_event *event,
                                               void *row, surreal_error *err);

/* Sign in or up through the access method `access` of the database in use; the
 * struct holds its variables, and those not set are left out. What is made of
 * them here is wiped.
 *
 * Returns:  as surreal_signin and surreal_signup; ERR_USAGE if no database is
 *           in use */
SURREAL_API surreal_status surreal_typed_signin(surreal *db,
                                                const char *access,
                                                const surreal_model *model,
                                                const void *args);
SURREAL_API surreal_status surreal_typed_signup(surreal *db,
                                                const char *access,
                                                const surreal_model *model,
                                                const void *args);

/* ---- lookups -------------------------------------------------------------- */

/* The only record for which a condition holds, as surreal_model_find.
 *
 * Returns:  SURREAL_NOT_FOUND for none, ERR_RANGE for more than one */
SURREAL_API surreal_status surreal_model_by(surreal *db,
                                            const surreal_model *model,
                                            const char *where,
                                            surreal_vars vars, void *out,
                                            surreal_result **result);

/* The records behind one, in the order of their ids: at most `limit`. To go on,
 * pass the id of the last row; fewer rows than `limit` are the end.
 *
 *   after  a record of the table, which need not exist any more; key kind NONE:
 *          from the beginning */
SURREAL_API surreal_status surreal_model_page(surreal *db,
                                              const surreal_model *model,
                                              surreal_record_id after,
                                              size_t limit, void **rows,
                                              size_t *count,
                                              surreal_result **result);

/* Rows that a text gives, which reads the record $srl_id. */
SURREAL_API surreal_status surreal_model_linked(surreal *db,
                                                const surreal_model *model,
                                                const char *text,
                                                surreal_record_id id,
                                                void **rows, size_t *count,
                                                surreal_result **result);

/* Delete the edges from one record to another.
 *
 *   count  receives how many there were; may be NULL
 *
 * Returns:  SURREAL_OK, also if there was none */
SURREAL_API surreal_status surreal_model_unrelate(surreal *db,
                                                  const surreal_model *model,
                                                  surreal_record_id from,
                                                  surreal_record_id to,
                                                  size_t *count);

/* Ask the server whether a text is the one a hashed column was made from.
 *
 *   text   a statement that gives a bool and reads $srl_id and $srl_text
 *   plain  is not kept, and wiped where it was put together
 *
 * Returns:  SURREAL_NOT_FOUND if there is no such record */
SURREAL_API surreal_status surreal_model_matches(surreal *db,
                                                 const surreal_model *model,
                                                 const char *text,
                                                 surreal_record_id id,
                                                 surreal_str plain,
                                                 bool *matches);

#endif
