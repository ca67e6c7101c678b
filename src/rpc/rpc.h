/* rpc/rpc.h: SurrealDB's RPC requests, replies and errors as CBOR. */
#ifndef SRL_RPC_H
#define SRL_RPC_H
#include "value/value.h"

/* ---- rpc/request.c ------------------------------------------------------- */

/* Append the start of a request, { id, method, session, txn, params: [ ... ] }
 * up to and with the head of params. The caller appends `param_count` items
 * and is done: a request has no end mark.
 *
 *   session, txn  NULL: left out */
SRL_FN void srl_rpc_begin(srl_buf *buf, uint64_t id, const char *method,
                          const surreal_uuid *session,
                          const surreal_uuid *txn, size_t param_count);

/* ---- rpc/reply.c --------------------------------------------------------- */

/* What a message from the server is. Pointers lead into the message. */
typedef struct srl_reply {
    bool has_id;           /* false: a live notification or a bad request */
    uint64_t id;
    const uint8_t *result; /* NULL if there is an error instead */
    const uint8_t *error;
} srl_reply;

/* Read a checked message. ERR_REPLY if it is not a reply at all; err says
 * what came instead. */
SRL_FN surreal_status srl_reply_read(const uint8_t *message, srl_reply *reply,
                                     surreal_error *err);

/* One row of the answer to `query`. */
typedef struct srl_row {
    const uint8_t *value;  /* the result, or the error text */
    const uint8_t *at;     /* the whole row */
    bool failed;
} srl_row;

/* Read one row; the item after it is returned. NULL with err filled if it is
 * no row. */
SRL_FN const uint8_t *srl_row_read(const uint8_t *at, srl_row *row,
                                   surreal_error *err);

/* The time of a statement as the server prints it: one number with decimals
 * and a unit, "50.034us" (with the micro sign), "1.49ms", "2.5s", "0ns". False
 * if it is something else. */
SRL_FN bool srl_row_time_parse(surreal_str text, surreal_duration *out);

/* ---- rpc/error.c --------------------------------------------------------- */

/* The status and details of a reply's error object.
 *
 *   major  server version: 2.x and 3.x use some codes with other meanings */
SRL_FN surreal_status srl_rpc_error(const uint8_t *error, int major,
                                    surreal_error *err);

/* The same for a failed row. */
SRL_FN surreal_status srl_row_error(const uint8_t *row, int statement,
                                    surreal_error *err);

/* True if the row only says that it was not executed because of another one:
 * then it is not the cause. */
SRL_FN bool srl_row_is_bystander(const uint8_t *row);

/* ---- rpc/token.c --------------------------------------------------------- */

/* What a token says of itself, unverified. Times are seconds since 1970, 0 if
 * it does not say; text is {NULL, 0} then. */
typedef struct srl_token {
    int64_t exp;
    int64_t iat;
    surreal_str ns;
    surreal_str db;
    surreal_str ac; /* the access method; none for system users */
} srl_token;

/* Read a JWT's claims into `room`, empty before, which the text of *out
 * belongs to. Reads only text, whatever it holds.
 *
 * Returns:  false, with *out zero, for what is no JWT or not understood */
SRL_FN bool srl_token_read(surreal_str text, srl_buf *room, srl_token *out);

#endif
