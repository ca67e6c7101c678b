/* api/error.h: statuses and what they tell. */
#ifndef SURREAL_API_ERROR_H
#define SURREAL_API_ERROR_H
#include "api/types.h"

/* Fallible functions return a surreal_status: 0 is success. The high byte is
 * the class, by which most callers decide. */
typedef enum surreal_class {
    SURREAL_CLASS_OK = 0,
    SURREAL_CLASS_OUTCOME = 1, /* an expected outcome, not a failure */
    SURREAL_CLASS_IO = 2,      /* the operating system or the network */
    SURREAL_CLASS_TIMEOUT = 3,
    SURREAL_CLASS_CLOSED = 4,
    SURREAL_CLASS_PROTO = 5,   /* the peer broke a protocol */
    SURREAL_CLASS_SERVER = 6,  /* the server understood and refused */
    SURREAL_CLASS_DATA = 7,    /* a value is not of the wanted shape */
    SURREAL_CLASS_LIMIT = 8,
    SURREAL_CLASS_NOMEM = 9,
    SURREAL_CLASS_USAGE = 10,  /* the caller broke a rule of this API */
    SURREAL_CLASS_INTERNAL = 11,
    SURREAL_CLASS_TLS = 12     /* no secure connection, or not to the right
                                  server */
} surreal_class;

/* name, class, number within the class, text */
#define SURREAL_STATUS_LIST(X)                                              \
    X(OK, 0, 0, "ok")                                                       \
    X(NOT_FOUND, 1, 1, "not found")                                         \
    X(NO_CHANGE, 1, 2, "nothing was changed")                               \
    X(WOULD_BLOCK, 1, 3, "would block")                                     \
    X(CONFLICT, 1, 4, "transaction conflict; may be retried")               \
    X(ERR_RESOLVE, 2, 1, "host name could not be resolved")                 \
    X(ERR_CONNECT, 2, 2, "connection could not be made")                    \
    X(ERR_IO, 2, 3, "network error")                                        \
    X(ERR_RANDOM, 2, 4, "no random numbers from the system")                \
    X(ERR_TIMEOUT, 3, 1, "deadline passed")                                 \
    X(ERR_CLOSED, 4, 1, "connection closed")                                \
    X(ERR_CANCELLED, 4, 2, "request cancelled")                             \
    X(ERR_NOT_SENT, 4, 3, "connection lost before the request was sent")    \
    X(ERR_UNKNOWN, 4, 4, "connection lost: unknown whether it was done")    \
    X(ERR_HTTP, 5, 1, "HTTP response not understood")                       \
    X(ERR_UPGRADE, 5, 2, "server did not switch to WebSocket")              \
    X(ERR_WEBSOCKET, 5, 3, "WebSocket rules broken by the server")          \
    X(ERR_CBOR, 5, 4, "CBOR not well-formed")                               \
    X(ERR_UTF8, 5, 5, "text is not UTF-8")                                  \
    X(ERR_REPLY, 5, 6, "reply not understood")                              \
    X(ERR_SERVER, 6, 1, "the server reported an error")                     \
    X(ERR_STATEMENT, 6, 2, "a statement failed")                            \
    X(ERR_AUTH, 6, 3, "authentication refused")                             \
    X(ERR_DENIED, 6, 4, "not permitted")                                    \
    X(ERR_QUERY, 6, 5, "the query could not be parsed")                     \
    X(ERR_THROWN, 6, 6, "the query threw an error")                         \
    X(ERR_EXISTS, 6, 7, "already exists")                                   \
    X(ERR_METHOD, 6, 8, "method unknown to this server")                    \
    X(ERR_UNDEFINED, 6, 9, "no such table, namespace, database or record")  \
    X(ERR_QUERY_TIMEOUT, 6, 10, "the query ran out of its own time limit")  \
    X(ERR_TYPE, 7, 1, "value is of another kind")                           \
    X(ERR_RANGE, 7, 2, "value out of range")                                \
    X(ERR_MISSING, 7, 3, "required value is missing")                       \
    X(ERR_SYNTAX, 7, 4, "text not understood")                              \
    X(ERR_TOO_LONG, 7, 5, "value does not fit")                             \
    X(ERR_LIMIT, 8, 1, "limit exceeded")                                    \
    X(ERR_DEPTH, 8, 2, "nested too deep")                                   \
    X(ERR_FULL, 8, 3, "buffer full")                                        \
    X(ERR_NOMEM, 9, 1, "out of memory")                                     \
    X(ERR_USAGE, 10, 1, "API misused")                                      \
    X(ERR_UNSUPPORTED, 10, 2, "not supported by this server or build")      \
    X(ERR_INTERNAL, 11, 1, "internal error")                                \
    X(ERR_TLS, 12, 1, "TLS rules broken by the server")                     \
    X(ERR_TLS_VERSION, 12, 2, "the server offers no TLS 1.3")               \
    X(ERR_TLS_ALERT, 12, 3, "the server ended TLS with an alert")           \
    X(ERR_TLS_TRUNCATED, 12, 4, "stream ended without the end of TLS")      \
    X(ERR_TRUST, 12, 5, "no certificates of authorities to trust")          \
    X(ERR_CERT, 12, 6, "certificate not understood")                        \
    X(ERR_CERT_NAME, 12, 7, "certificate is for another host")              \
    X(ERR_CERT_EXPIRED, 12, 8, "certificate has expired")                   \
    X(ERR_CERT_EARLY, 12, 9, "certificate is not valid yet")                \
    X(ERR_CERT_ISSUER, 12, 10, "certificate of an unknown authority")       \
    X(ERR_CERT_SIGNATURE, 12, 11, "certificate with a wrong signature")     \
    X(ERR_CERT_WEAK, 12, 12, "certificate with a weak key or signature")    \
    X(ERR_CERT_USAGE, 12, 13, "certificate is not for this use")            \
    X(ERR_CERT_CONSTRAINT, 12, 14, "name outside an authority's limits")    \
    X(ERR_CERT_PIN, 12, 15, "the server's key is none of the pinned")       \
    X(ERR_CERT_LIMIT, 12, 16, "certificate chain too long or too tangled")

typedef enum surreal_status {
#define SURREAL_STATUS_ENUM(name, cls, number, text) \
    SURREAL_##name = (cls) << 8 | (number),
    SURREAL_STATUS_LIST(SURREAL_STATUS_ENUM)
#undef SURREAL_STATUS_ENUM
    SURREAL_STATUS_MAX_ = 0x7fff
} surreal_status;

/* The class of a status, and a short English text for it. Both are total. */
SURREAL_API surreal_class surreal_status_class(surreal_status status);
SURREAL_API const char *surreal_status_text(surreal_status status);

/* True if the same call may be made again without harm, because nothing was
 * done: WOULD_BLOCK, CONFLICT (then the whole transaction), ERR_NOT_SENT. After
 * ERR_UNKNOWN and ERR_TIMEOUT find out first what was done. */
SURREAL_API bool surreal_may_repeat(surreal_status status);

/* What went wrong, in fixed memory so that reporting it never allocates.
 *
 *   status     the code that was returned
 *   os_error   errno of the system call, or 0
 *   statement  index of the failed statement, or -1
 *   code       error code of the server (for example -32000), or 0
 *   at         byte offset in the input that was being read, or 0
 *   kind       the server's error kind ("NotFound"; SurrealDB 3), or ""
 *   detail     variants inside it, joined by '/' ("Auth/InvalidAuth"), or ""
 *   path       where in the data ("lines[3].qty"), or ""
 *   message    one line for the person who must act: what was expected, what
 *              came, where; a server's own text may hold more lines
 *
 * Text that does not fit is cut and ends in "...". */
typedef struct surreal_error {
    surreal_status status;
    int os_error;
    int statement;
    int64_t code;
    size_t at;
    char kind[24];
    char detail[64];
    char path[112];
    char message[512];
} surreal_error;

#endif
