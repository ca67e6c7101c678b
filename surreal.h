/* surreal.h: a SurrealDB client in one C header.    SPDX-License-Identifier: MIT
 * Generated from src/ by `make`; edit the part, not this file. */
#ifndef SURREAL_H
#define SURREAL_H

/*===========================================================================
 * api/manual.h: the manual.
 *===========================================================================*/
/*
 * surreal.h talks to SurrealDB (2.x and 3.x) from C99 or C++11: sockets, HTTP,
 * WebSocket, CBOR, sessions, transactions, live queries and typed models in one
 * file, with nothing but the C library underneath.
 *
 * ---- USE -------------------------------------------------------------------
 *
 * In exactly one file, before any other include:
 *
 *     #define SURREAL_IMPLEMENTATION
 *     #include "surreal.h"
 *
 * and everywhere else only the second line. Then:
 *
 *     cc app.c -o app
 *
 * A whole program:
 *
 *     #define SURREAL_IMPLEMENTATION
 *     #include "surreal.h"
 *     #include <stdio.h>
 *
 *     int main(void)
 *     {
 *         surreal_options opt = {0};
 *         surreal_result *r = NULL;
 *         surreal_value row;
 *         surreal *db;
 *
 *         opt.ns = "app", opt.db = "main";
 *         opt.user = "root", opt.pass = "root";
 *         if (surreal_open("ws://127.0.0.1:8000", &opt, &db) ||
 *             surreal_query(db, "SELECT name, age FROM person "
 *                               "WHERE age > $min",
 *                           SURREAL_VARS(surreal_bind_int("min", 18)), &r)) {
 *             fprintf(stderr, "%s\n", surreal_last_error(db)->message);
 *         }
 *         SURREAL_EACH(row, surreal_rows(r, 0)) {
 *             printf("%s is %lld\n", surreal_str_at(row, "name").ptr,
 *                    (long long)surreal_int_at(row, "age"));
 *         }
 *         surreal_result_free(r);
 *         surreal_close(db);
 *         return 0;
 *     }
 *
 * ---- THE RULES -------------------------------------------------------------
 *
 * Ownership. You free three kinds of thing: a handle (connection, session,
 * transaction) with surreal_close, a result with surreal_result_free, a live
 * query with surreal_live_close. A result owns everything reached from it.
 * Pointers you get are borrowed and live until their result is freed; pointers
 * you give are read during the call and not kept. All three accept NULL. A
 * batch, a scan and a change feed are structs of your own: end each with its
 * free or close. A pool lends connections: give them back, never close them.
 *
 * Errors. Fallible functions return a surreal_status; SURREAL_OK is 0. Decide
 * by surreal_status_class if the exact code does not matter. The details are
 * in surreal_last_error(db), in fixed memory. A failed statement is an error
 * of its result: the connection stays good. Repeat ERR_NOT_SENT without a
 * thought, after ERR_UNKNOWN and ERR_TIMEOUT ask first what was done, and
 * after CONFLICT repeat the whole transaction (surreal_tx_run does).
 *
 * Losing the connection. It comes back by itself, with its sessions: users,
 * namespaces, variables, live queries. Requests under way end with ERR_UNKNOWN
 * or ERR_NOT_SENT, transactions end, live queries get a GAP event. When it
 * cannot come back, every later call returns the same status.
 *
 * Threads. A connection, its handles and its results are used by one thread at
 * a time. Different connections and different results are independent.
 * surreal_pool lends connections to threads; a pool is used by any number of
 * them at once. There are no hidden threads, no mutable globals and no signals.
 *
 * Waiting. surreal_step never blocks. The calls that wait are a loop over the
 * same step and a wait for the socket, and each has a deadline
 * (surreal_options.timeout_ms). An event loop uses surreal_fd, surreal_wants,
 * surreal_deadline_ms and surreal_step itself and starts requests with the
 * calls that end in _start. Pings, renewal of tokens and reconnecting happen
 * while something drives the connection. Callbacks may call anything,
 * surreal_close included; only a trace may not.
 *
 * Values. Values never become part of the query text: bind them. NONE ("there
 * is nothing here") and NULL ("it is empty") are different values. Text has a
 * length and a NUL behind it. A record id is a type, not a string.
 *
 * ---- READ NEXT -------------------------------------------------------------
 *
 *     docs/client.md    the guide: an example and the rules for each task
 *     docs/schema.md    structs and calls made from a schema
 *     examples/         whole programs, one idea each
 *
 * and below: error.h (statuses), value.h and write.h (values), result.h,
 * client.h (connections, queries, event loops), session.h (sessions, users,
 * transactions), live.h, calls.h (records, batches, scans, change feeds),
 * pool.h (threads), env.h, functions.h, model.h.
 *
 * ---- IT DOES NOT -----------------------------------------------------------
 *
 *     speak TLS: wss:// and https:// need a surreal_transport of yours
 *     speak plain HTTP yet
 *     send anything twice that may have been done
 *     read files or configuration, nor the environment unless you call
 *         surreal_options_from_env
 *     print anything
 *
 * ---- CAVEATS ---------------------------------------------------------------
 *
 * - Host names are looked up with getaddrinfo, which may block in
 *   surreal_open_start for as long as the system's resolver takes. Give a
 *   numeric address where that matters.
 * - On SurrealDB 3, BEGIN, COMMIT and CANCEL answer with a row each, on 2 they
 *   do not, so positions inside transaction blocks differ. A failed block's
 *   cause is found for you: surreal_result_error.
 * - SurrealDB 3 reports a missing table as an error, 2 answers with no rows.
 * - A new socket often has the number of the old one: loops in which the kernel
 *   or a library remembers descriptors read docs/client.md, "Event loops".
 * - A callback that closes the connection while a call waits on it makes that
 *   call return, with ERR_CLOSED unless its own answer had come just before:
 *   whoever closes in a callback must tell the waiting code.
 * - Reading a text for the first time copies the message once, so that texts
 *   can end in NUL. Results that are only counted or decoded into numbers do
 *   not pay for it.
 *
 * ---- THE FIRST BUILD FAILS? ------------------------------------------------
 *
 * - "undefined reference to surreal_...": no file defines
 *   SURREAL_IMPLEMENTATION.
 * - "multiple definition of surreal_...": more than one file does.
 * - "undefined reference to pthread_...": glibc before 2.34 needs -lpthread.
 *   Or define SURREAL_NO_THREADS, if you need no surreal_pool.
 * - "#error surreal.h came too late": put the two lines at the top of the
 *   file, before system headers, or compile with -D_POSIX_C_SOURCE=200809L.
 * - More warnings than you like come from your flags on one large file: the
 *   header itself is clean under -Wall -Wextra -Wpedantic -Wshadow
 *   -Wconversion for C99, C11, C++11 and C++17.
 */

/*===========================================================================
 * api/config.h: switches, limits and the allocator.
 *===========================================================================*/
#ifndef SURREAL_API_CONFIG_H
#define SURREAL_API_CONFIG_H

/* The sockets of POSIX are hidden under -std=c99 unless asked for before the
 * first system header. os/os.h checks that this came in time. */
#if defined(SURREAL_IMPLEMENTATION) || defined(SRL_PARTS)
#if !defined(_POSIX_C_SOURCE) && !defined(_GNU_SOURCE) && \
    !defined(_DEFAULT_SOURCE)
#define _POSIX_C_SOURCE 200809L
#endif
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SURREAL_VERSION "0.1.0"
#define SURREAL_VERSION_MAJOR 0
#define SURREAL_VERSION_MINOR 1
#define SURREAL_VERSION_PATCH 0

/* Switches, to be defined before the header is included:
 *
 *   SURREAL_IMPLEMENTATION  in exactly one file: compile the implementation
 *   SURREAL_FUNCTIONS       in every file that uses them and in the one with
 *                           the implementation: typed prototypes of the
 *                           server's own functions (api/functions.h)
 *   SURREAL_STATIC          make every function static (one file programs)
 *   SURREAL_NO_THREADS      leave out surreal_pool, and with it everything
 *                           that needs a mutex
 *   SURREAL_ASSERT(x)       replace the check of internal invariants
 *   SURREAL_DEV_LINES       let compilers and debuggers name the part, not
 *                           the line of surreal.h (for work on the library)
 */
#if defined(__GNUC__) || defined(__clang__)
#define SURREAL_UNUSED __attribute__((unused))
#define SURREAL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define SURREAL_UNUSED
#define SURREAL_PRINTF(fmt, args)
#endif

#ifdef SURREAL_STATIC
#define SURREAL_API SURREAL_UNUSED static
#elif defined(__cplusplus)
#define SURREAL_API extern "C"
#else
#define SURREAL_API extern
#endif

/* Limits. Input beyond one is a status of class LIMIT, never growth.
 *
 *   name                    counts                             default
 *   SURREAL_MAX_MESSAGE     bytes of one WebSocket message,    128 MiB
 *                           either way; the server's own limit
 *   SURREAL_MAX_DEPTH       arrays, objects and tags open at   256
 *                           once; also what the server accepts
 *   SURREAL_MAX_BUILD_DEPTH arrays and objects open in one     64
 *                           surreal_writer
 *   SURREAL_MAX_HEAD        bytes of an HTTP response head     16 KiB
 *   SURREAL_MAX_PENDING     requests in flight per connection  65,536
 *   SURREAL_INSERT_BYTES    bytes of one request when many     1 MiB
 *                           rows are inserted (api/model.h)
 */
#ifndef SURREAL_MAX_MESSAGE
#define SURREAL_MAX_MESSAGE ((size_t)128 << 20)
#endif
#ifndef SURREAL_MAX_DEPTH
#define SURREAL_MAX_DEPTH 256
#endif
#ifndef SURREAL_MAX_BUILD_DEPTH
#define SURREAL_MAX_BUILD_DEPTH 64
#endif
#ifndef SURREAL_MAX_HEAD
#define SURREAL_MAX_HEAD 16384
#endif
#ifndef SURREAL_MAX_PENDING
#define SURREAL_MAX_PENDING 65536
#endif

/* Memory, all of it, goes through one function.
 *
 *   resize(user, NULL, 0, n)    a new block of n bytes, or NULL
 *   resize(user, p, old, n)     the block moved or grown to n bytes, or NULL
 *                               with p still valid
 *   resize(user, p, old, 0)     gives the block back; returns NULL
 *
 * Blocks must be aligned for any type. A zeroed surreal_allocator means the
 * C library's realloc and free.
 *
 * Threads:  called from the thread that uses the connection or result; it must
 *           be thread-safe itself if several threads share it
 */
typedef struct surreal_allocator {
    void *(*resize)(void *user, void *block, size_t old_len, size_t new_len);
    void *user;
} surreal_allocator;

#endif

/*===========================================================================
 * api/types.h: the plain types values are made of.
 *===========================================================================*/
#ifndef SURREAL_API_TYPES_H
#define SURREAL_API_TYPES_H


/* Text: UTF-8, `len` bytes. Text that comes out of the library has a NUL at
 * ptr[len] as well, so it can be printed with %s; it may hold NUL bytes of its
 * own, so `len` decides. Text that goes in needs no NUL. */
typedef struct surreal_str {
    const char *ptr;
    size_t len;
} surreal_str;

/* Bytes; never NUL-terminated. */
typedef struct surreal_bytes {
    const uint8_t *ptr;
    size_t len;
} surreal_bytes;

/* A moment: seconds since 1970-01-01T00:00:00Z, rounded down, and 0 to
 * 999,999,999 nanoseconds after them. Half a second before 1970 is
 * {-1, 500000000}. The server's range is -262143-01-01 to +262142-12-31. */
typedef struct surreal_datetime {
    int64_t sec;
    uint32_t nsec;
} surreal_datetime;

/* A span of time, never negative; nsec is 0 to 999,999,999. */
typedef struct surreal_duration {
    uint64_t sec;
    uint32_t nsec;
} surreal_duration;

typedef struct surreal_uuid {
    uint8_t bytes[16];
} surreal_uuid;

/* A decimal number as its digits, for example "-12.50": at most 28 digits
 * after the point and a mantissa below 2^96. Never a double. */
typedef struct surreal_decimal {
    surreal_str text;
} surreal_decimal;

/* A position in degrees, longitude first as in GeoJSON. */
typedef struct surreal_point {
    double lon;
    double lat;
} surreal_point;

/* A pointer to a file in a bucket (SurrealDB 3); key begins with '/'. */
typedef struct surreal_file {
    surreal_str bucket;
    surreal_str key;
} surreal_file;

/* What identifies a record inside its table. Integer 1 and string "1" are
 * different keys. */
typedef enum surreal_key_kind {
    SURREAL_KEY_NONE = 0, /* no id: the zeroed struct */
    SURREAL_KEY_INT,
    SURREAL_KEY_STRING,
    SURREAL_KEY_UUID,
    SURREAL_KEY_ARRAY,  /* key.cbor holds one encoded array */
    SURREAL_KEY_OBJECT, /* key.cbor holds one encoded object */
    SURREAL_KEY_RANGE   /* key.cbor holds one encoded range of keys */
} surreal_key_kind;

/* A record id: a table and a key. Read key.i, key.s, key.u or key.cbor as
 * `kind` says. Never written as one string: see surreal_record_id_parse. */
typedef struct surreal_record_id {
    surreal_str table;
    surreal_key_kind kind;
    union {
        int64_t i;
        surreal_str s;
        surreal_uuid u;
        surreal_bytes cbor;
    } key;
} surreal_record_id;

/* The kind of a value. NONE is "no such thing", NULL is a value that says
 * "empty"; SurrealDB keeps them apart and so does this library. */
typedef enum surreal_kind {
    SURREAL_ABSENT = 0, /* there is no value here: a lookup that found none */
    SURREAL_NONE,
    SURREAL_NULL,
    SURREAL_BOOL,
    SURREAL_INT,
    SURREAL_FLOAT,
    SURREAL_DECIMAL,
    SURREAL_STRING,
    SURREAL_BYTES,
    SURREAL_DATETIME,
    SURREAL_DURATION,
    SURREAL_UUID,
    SURREAL_TABLE,
    SURREAL_RECORD_ID,
    SURREAL_ARRAY,
    SURREAL_OBJECT,
    SURREAL_SET,   /* SurrealDB 3; an array on 2 */
    SURREAL_RANGE,
    SURREAL_FILE,  /* SurrealDB 3 */
    SURREAL_POINT,
    SURREAL_LINE,
    SURREAL_POLYGON,
    SURREAL_MULTIPOINT,
    SURREAL_MULTILINE,
    SURREAL_MULTIPOLYGON,
    SURREAL_COLLECTION,
    SURREAL_UNKNOWN /* a tag this version does not know */
} surreal_kind;

/* The name of a kind as SurrealQL spells it, for example "record". Total. */
SURREAL_API const char *surreal_kind_name(surreal_kind kind);

/* Text from a C string; NULL gives {NULL, 0}. */
static inline surreal_str
surreal_text(const char *s)
{
    surreal_str text;

    text.ptr = s;
    text.len = 0;
    while (s && s[text.len]) {
        text.len++;
    }
    return text;
}

static inline surreal_str
surreal_text_of(const char *s, size_t len)
{
    surreal_str text;

    text.ptr = s;
    text.len = len;
    return text;
}

/* Text from a literal, NULs inside included. */
#define SURREAL_LIT(literal) surreal_text_of("" literal, sizeof(literal) - 1)

/* Byte-wise equality. */
static inline bool
surreal_str_eq(surreal_str a, surreal_str b)
{
    size_t i;

    if (a.len != b.len) return false;
    for (i = 0; i < a.len; i++) {
        if (a.ptr[i] != b.ptr[i]) return false;
    }
    return true;
}

/* For printf: printf("%.*s", SURREAL_FMT(text)). */
#define SURREAL_FMT(text) (int)(text).len, (text).ptr

#endif

/*===========================================================================
 * api/error.h: statuses and what they tell.
 *===========================================================================*/
#ifndef SURREAL_API_ERROR_H
#define SURREAL_API_ERROR_H


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
    SURREAL_CLASS_INTERNAL = 11
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
    X(ERR_INTERNAL, 11, 1, "internal error")

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

/*===========================================================================
 * api/value.h: reading values.
 *===========================================================================*/
#ifndef SURREAL_API_VALUE_H
#define SURREAL_API_VALUE_H


/* A view of one value inside a result: a cursor, 16 bytes, passed by value.
 * Nothing is copied and no tree is built; a lookup reads the bytes the server
 * sent. The zeroed struct, which is also what a lookup returns when it finds
 * nothing, is SURREAL_ABSENT and every function here accepts it.
 *
 * Owns:     nothing; lives until its result is freed
 * Threads:  one thread at a time per result */
typedef struct surreal_value {
    const struct surreal_document *doc; /* private */
    const uint8_t *at;                  /* private: first byte of the item */
} surreal_value;

/* The kind of a value. Total: SURREAL_ABSENT for the zeroed view. */
SURREAL_API surreal_kind surreal_value_kind(surreal_value v);

/* True for ABSENT, NONE and NULL. Use surreal_value_kind to tell them apart. */
SURREAL_API bool surreal_is_nothing(surreal_value v);

/* ---- strict getters ------------------------------------------------------
 *
 * Each asks for one kind and converts nothing: an INT is not a FLOAT, a text
 * is not a record id.
 *
 *   out   written only on success
 *
 * Returns:  SURREAL_OK; SURREAL_ERR_MISSING if there is no value, it is NONE
 *           or NULL; SURREAL_ERR_TYPE if it is of another kind;
 *           SURREAL_ERR_RANGE for a number or moment beyond what `out` holds;
 *           SURREAL_ERR_NOMEM for text when there is no memory for its NUL
 * Owns:     what `out` points to belongs to the result
 */
SURREAL_API surreal_status surreal_get_bool(surreal_value v, bool *out);
SURREAL_API surreal_status surreal_get_int(surreal_value v, int64_t *out);
SURREAL_API surreal_status surreal_get_float(surreal_value v, double *out);
SURREAL_API surreal_status surreal_get_decimal(surreal_value v,
                                               surreal_decimal *out);
SURREAL_API surreal_status surreal_get_str(surreal_value v, surreal_str *out);
SURREAL_API surreal_status surreal_get_bytes(surreal_value v,
                                             surreal_bytes *out);
SURREAL_API surreal_status surreal_get_datetime(surreal_value v,
                                                surreal_datetime *out);
SURREAL_API surreal_status surreal_get_duration(surreal_value v,
                                                surreal_duration *out);
SURREAL_API surreal_status surreal_get_uuid(surreal_value v,
                                            surreal_uuid *out);
SURREAL_API surreal_status surreal_get_table(surreal_value v,
                                             surreal_str *out);
SURREAL_API surreal_status surreal_get_record_id(surreal_value v,
                                                 surreal_record_id *out);
SURREAL_API surreal_status surreal_get_file(surreal_value v,
                                            surreal_file *out);
SURREAL_API surreal_status surreal_get_point(surreal_value v,
                                             surreal_point *out);

/* Any of INT, FLOAT and DECIMAL as a double, which may round. */
SURREAL_API surreal_status surreal_get_number(surreal_value v, double *out);

/* ---- arrays, sets, objects, ranges, geometry -----------------------------
 *
 * Arrays, sets, lines (of points), polygons (of lines), multi-geometries and
 * collections are all walked the same way.
 */

/* Elements of an array-like value or pairs of an object; 0 for others. */
SURREAL_API size_t surreal_count(surreal_value v);

/* The element at `index`, from 0. Walks from the start: use surreal_iter for
 * loops. ABSENT if out of range or not array-like. */
SURREAL_API surreal_value surreal_at(surreal_value v, size_t index);

/* The value under `key` of an object; ABSENT if not there. */
SURREAL_API surreal_value surreal_field(surreal_value v, const char *key);
SURREAL_API surreal_value surreal_field_str(surreal_value v, surreal_str key);

/* A value by path: keys and indexes joined by '.', for example
 * "address.lines.0". Keys that hold a '.' need surreal_field. */
SURREAL_API surreal_value surreal_path(surreal_value v, const char *path);

/* A walk over the elements of an array-like value or the pairs of an object.
 *
 *   surreal_iter it = surreal_iterate(v);
 *   while (surreal_next(&it)) use(it.key, it.value);
 *
 * `key` is {NULL, 0} while walking an array. A value that is neither has no
 * elements. */
typedef struct surreal_iter {
    surreal_str key;
    surreal_value value;
    size_t index;                       /* of `value`, from 0 */
    const struct surreal_document *doc; /* private from here on */
    const uint8_t *next;
    size_t left;
    uint32_t flags;
} surreal_iter;

SURREAL_API surreal_iter surreal_iterate(surreal_value v);
SURREAL_API bool surreal_next(surreal_iter *it);

/* for each element or pair:  SURREAL_EACH(row, rows) { ... } */
#define SURREAL_EACH(name, array)                                    \
    for (surreal_iter name##_iter_ = surreal_iterate(array);         \
         surreal_next(&name##_iter_) && ((name) = name##_iter_.value, 1);)

/* A range. A bound that is open is ABSENT. */
typedef struct surreal_range {
    surreal_value begin;
    surreal_value end;
    bool begin_excluded;
    bool end_included;
} surreal_range;

SURREAL_API surreal_status surreal_get_range(surreal_value v,
                                             surreal_range *out);

/* The key of a record id as a value: INT, STRING, UUID, ARRAY, OBJECT or
 * RANGE. ABSENT if v is not a record id. */
SURREAL_API surreal_value surreal_record_key(surreal_value v);

/* ---- short forms ---------------------------------------------------------
 *
 * The field of an object at once, with a plain result: for printing and for
 * data whose shape is known. Absent, NONE, NULL and values of another kind
 * give 0, false, "" or the zeroed struct. Use the strict getters to tell.
 */
SURREAL_API bool surreal_bool_at(surreal_value v, const char *key);
SURREAL_API int64_t surreal_int_at(surreal_value v, const char *key);
SURREAL_API double surreal_float_at(surreal_value v, const char *key);
SURREAL_API surreal_str surreal_str_at(surreal_value v, const char *key);
SURREAL_API surreal_record_id surreal_record_id_at(surreal_value v,
                                                   const char *key);

/* ---- text forms ----------------------------------------------------------
 *
 * Like snprintf: write at most cap bytes including a closing NUL, return the
 * full length without it. `buf` may be NULL if cap is 0.
 */

/* SurrealQL text that reads back as the same value, for example
 * { age: 7, id: person:`a b`, t: d'2024-01-01T00:00:00Z' }. Text for a value
 * that has no literal form (a set on 2.x, bytes on 2.x) is that of 3.x. */
SURREAL_API size_t surreal_print(surreal_value v, char *buf, size_t cap);

/* JSON text. NONE inside an object drops the pair, elsewhere it is null; NaN
 * and infinities are null; decimals are numbers; bytes are base64; record
 * ids, datetimes, durations, uuids, tables, files and ranges are strings as
 * SurrealQL prints them, without prefix; geometry is GeoJSON. */
SURREAL_API size_t surreal_print_json(surreal_value v, char *buf, size_t cap);

SURREAL_API size_t surreal_record_id_print(surreal_record_id id, char *buf,
                                           size_t cap);
/* RFC 3339 in UTC with 0, 3, 6 or 9 digits after the second. */
SURREAL_API size_t surreal_datetime_print(surreal_datetime t, char *buf,
                                          size_t cap);
/* For example 1h30m; 0ns for zero. */
SURREAL_API size_t surreal_duration_print(surreal_duration d, char *buf,
                                          size_t cap);
/* 36 characters, lower case. */
SURREAL_API size_t surreal_uuid_print(surreal_uuid u, char *buf, size_t cap);
/* An identifier, in back-quotes unless it is plain and no keyword. */
SURREAL_API size_t surreal_ident_print(surreal_str name, char *buf,
                                       size_t cap);

/* ---- parsing text --------------------------------------------------------
 *
 * Returns:  SURREAL_OK; SURREAL_ERR_SYNTAX with *at the offset of the first
 *           byte not understood; SURREAL_ERR_RANGE. `at` may be NULL.
 */

/* `table:key` as SurrealQL writes it: bare, `quoted` or <angle> (U+27E8)
 * names, integer, string and u'...' keys. Never used silently on data. Array,
 * object and range keys are SURREAL_ERR_UNSUPPORTED: build them with a
 * surreal_writer.
 *
 * buf, cap   room for the names, escapes undone and each with a NUL; text.len
 *            + 2 bytes are always enough, SURREAL_ERR_FULL if it is less;
 *            out points into it */
SURREAL_API surreal_status surreal_record_id_parse(surreal_str text,
                                                   char *buf, size_t cap,
                                                   surreal_record_id *out,
                                                   size_t *at);
SURREAL_API surreal_status surreal_datetime_parse(surreal_str text,
                                                  surreal_datetime *out,
                                                  size_t *at);
SURREAL_API surreal_status surreal_duration_parse(surreal_str text,
                                                  surreal_duration *out,
                                                  size_t *at);
SURREAL_API surreal_status surreal_uuid_parse(surreal_str text,
                                              surreal_uuid *out, size_t *at);

/* ---- record ids ----------------------------------------------------------
 *
 * Owns:  the text is borrowed and must outlive the id
 */
SURREAL_API surreal_record_id surreal_id_int(const char *table, int64_t key);
SURREAL_API surreal_record_id surreal_id_str(const char *table,
                                             surreal_str key);
SURREAL_API surreal_record_id surreal_id_uuid(const char *table,
                                              surreal_uuid key);
/* `key`: one encoded array, object or range, as surreal_writer makes it. */
SURREAL_API surreal_record_id surreal_id_cbor(const char *table,
                                              surreal_bytes key);
/* Same table and same key, of the same kind. */
SURREAL_API bool surreal_id_eq(surreal_record_id a, surreal_record_id b);

/* ---- decimals --------------------------------------------------------- */

/* Nearest double; may round. SURREAL_ERR_SYNTAX if it is no decimal. */
SURREAL_API surreal_status surreal_decimal_to_double(surreal_decimal d,
                                                     double *out);
/* The value times 10^scale as an integer, for example 12.50 with scale 2 is
 * 1250. SURREAL_ERR_RANGE if it does not fit or digits would be lost. */
SURREAL_API surreal_status surreal_decimal_to_scaled(surreal_decimal d,
                                                     unsigned scale,
                                                     int64_t *out);
/* -1, 0 or 1 by value: 1.50 equals 1.5. Total; text that is no decimal
 * counts as 0. */
SURREAL_API int surreal_decimal_cmp(surreal_decimal a, surreal_decimal b);

#endif

/*===========================================================================
 * api/write.h: values that go to the server.
 *===========================================================================*/
#ifndef SURREAL_API_WRITE_H
#define SURREAL_API_WRITE_H


/* One variable of a query, made by the surreal_bind_... functions. It borrows
 * what it is given until the call it is passed to returns. */
typedef struct surreal_bind {
    const char *name; /* without '$' */
    surreal_kind kind;
    int is_encoded; /* u.bytes holds one encoded item, whatever the kind */
    union {
        bool b;
        int64_t i;
        double f;
        surreal_str s; /* STRING, TABLE, DECIMAL */
        surreal_bytes bytes;
        surreal_datetime datetime;
        surreal_duration duration;
        surreal_uuid uuid;
        surreal_record_id id;
        surreal_file file;
        surreal_point point;
        struct {
            const struct surreal_bind *v;
            size_t count;
        } fields; /* OBJECT */
    } u;
} surreal_bind;

/* The variables of one call. */
typedef struct surreal_vars {
    const surreal_bind *v;
    size_t count;
} surreal_vars;

SURREAL_API surreal_bind surreal_bind_none(const char *name);
SURREAL_API surreal_bind surreal_bind_null(const char *name);
SURREAL_API surreal_bind surreal_bind_bool(const char *name, bool v);
SURREAL_API surreal_bind surreal_bind_int(const char *name, int64_t v);
SURREAL_API surreal_bind surreal_bind_float(const char *name, double v);
SURREAL_API surreal_bind surreal_bind_decimal(const char *name, const char *v);
SURREAL_API surreal_bind surreal_bind_text(const char *name, const char *v);
SURREAL_API surreal_bind surreal_bind_str(const char *name, surreal_str v);
SURREAL_API surreal_bind surreal_bind_bytes(const char *name,
                                            surreal_bytes v);
SURREAL_API surreal_bind surreal_bind_datetime(const char *name,
                                               surreal_datetime v);
SURREAL_API surreal_bind surreal_bind_duration(const char *name,
                                               surreal_duration v);
SURREAL_API surreal_bind surreal_bind_uuid(const char *name, surreal_uuid v);
SURREAL_API surreal_bind surreal_bind_table(const char *name, const char *v);
SURREAL_API surreal_bind surreal_bind_id(const char *name,
                                         surreal_record_id v);
SURREAL_API surreal_bind surreal_bind_file(const char *name, surreal_file v);
SURREAL_API surreal_bind surreal_bind_point(const char *name,
                                            surreal_point v);
/* An object whose fields are binds in turn, objects among them. ERR_USAGE for
 * a field without a name or given twice, ERR_DEPTH beyond SURREAL_MAX_DEPTH
 * levels. */
SURREAL_API surreal_bind surreal_bind_object(const char *name,
                                             surreal_vars fields);
/* One item encoded by a surreal_writer: arrays, objects, geometry. */
SURREAL_API surreal_bind surreal_bind_encoded(const char *name,
                                              surreal_bytes item);
/* A value out of a result, sent as it came. */
SURREAL_API surreal_bind surreal_bind_value(const char *name,
                                            surreal_value v);

/* Variables for a call:  SURREAL_VARS(surreal_bind_int("min", 18), ...) and
 * SURREAL_NO_VARS. They live until the end of the enclosing block (C) or of
 * the full expression (C++), so write them inside the call. */
#ifdef __cplusplus
template <size_t N>
static inline surreal_vars
surreal_vars_from(const surreal_bind (&binds)[N])
{
    surreal_vars vars;

    vars.v = binds;
    vars.count = N;
    return vars;
}
#define SURREAL_VARS(...) surreal_vars_from({__VA_ARGS__})
#define SURREAL_NO_VARS surreal_vars()
#else
#define SURREAL_VARS(...)                                   \
    ((surreal_vars){(const surreal_bind[]){__VA_ARGS__},    \
                    sizeof((const surreal_bind[]){__VA_ARGS__}) / \
                        sizeof(surreal_bind)})
#define SURREAL_NO_VARS ((surreal_vars){NULL, 0})
#endif

/* Builds one CBOR item (or several, one after the other) in memory of the
 * caller. The first error is latched: a chain of calls needs one check, at
 * surreal_writer_take.
 *
 *   uint8_t room[256];
 *   surreal_writer w;
 *   surreal_bytes item;
 *
 *   surreal_writer_init(&w, room, sizeof room);
 *   surreal_put_object(&w);
 *   surreal_put_key(&w, "name"), surreal_put_text(&w, "Ann");
 *   surreal_put_key(&w, "tags"), surreal_put_array(&w);
 *   surreal_put_text(&w, "new"), surreal_put_end(&w);
 *   surreal_put_end(&w);
 *   status = surreal_writer_take(&w, &item);
 *
 * Members are private but for `status`.
 *
 * Threads:  one thread at a time per writer */
typedef struct surreal_writer {
    surreal_status status; /* the first error, or SURREAL_OK */
    uint8_t *data;
    size_t len;
    size_t cap;
    int server_major; /* 2: sets are written as arrays, files refused */
    unsigned depth;
    struct {
        size_t head;    /* offset of the one byte kept for the item's head */
        uint32_t count; /* items so far; keys count in objects */
        uint8_t major;  /* 4 array, 5 object */
        uint8_t kind;   /* surreal_kind of what was opened */
    } open[SURREAL_MAX_BUILD_DEPTH];
} surreal_writer;

/* Start writing into `room`. ERR_FULL is latched when it does not suffice. */
SURREAL_API void surreal_writer_init(surreal_writer *w, void *room,
                                     size_t cap);
/* Write for a server of this major version, 2 or 3 (the default). */
SURREAL_API void surreal_writer_target(surreal_writer *w, int server_major);

SURREAL_API void surreal_put_none(surreal_writer *w);
SURREAL_API void surreal_put_null(surreal_writer *w);
SURREAL_API void surreal_put_bool(surreal_writer *w, bool v);
SURREAL_API void surreal_put_int(surreal_writer *w, int64_t v);
/* Values above INT64_MAX, which the server would wrap, latch ERR_RANGE. */
SURREAL_API void surreal_put_uint(surreal_writer *w, uint64_t v);
SURREAL_API void surreal_put_float(surreal_writer *w, double v);
/* Digits as in "-12.50". ERR_SYNTAX unless [-]digits[.digits]; ERR_RANGE
 * beyond 28 fraction digits or a mantissa of 2^96. */
SURREAL_API void surreal_put_decimal(surreal_writer *w, surreal_str v);
/* ERR_UTF8 unless v is UTF-8: the server refuses the whole request for it. */
SURREAL_API void surreal_put_str(surreal_writer *w, surreal_str v);
SURREAL_API void surreal_put_text(surreal_writer *w, const char *v);
SURREAL_API void surreal_put_bytes(surreal_writer *w, surreal_bytes v);
/* ERR_RANGE if nsec is above 999,999,999 or outside the server's range. */
SURREAL_API void surreal_put_datetime(surreal_writer *w, surreal_datetime v);
SURREAL_API void surreal_put_duration(surreal_writer *w, surreal_duration v);
SURREAL_API void surreal_put_uuid(surreal_writer *w, surreal_uuid v);
SURREAL_API void surreal_put_table(surreal_writer *w, surreal_str v);
SURREAL_API void surreal_put_id(surreal_writer *w, surreal_record_id v);
/* ERR_UNSUPPORTED for a 2.x target. */
SURREAL_API void surreal_put_file(surreal_writer *w, surreal_file v);
SURREAL_API void surreal_put_point(surreal_writer *w, surreal_point v);
/* An item that is encoded already; ERR_CBOR unless it is exactly one
 * well-formed item. */
SURREAL_API void surreal_put_encoded(surreal_writer *w, surreal_bytes item);
SURREAL_API void surreal_put_value(surreal_writer *w, surreal_value v);

/* Open an array, object or set; close the innermost with surreal_put_end. In
 * an object keys and values take turns. */
SURREAL_API void surreal_put_array(surreal_writer *w);
SURREAL_API void surreal_put_object(surreal_writer *w);
SURREAL_API void surreal_put_set(surreal_writer *w);
SURREAL_API void surreal_put_key(surreal_writer *w, const char *key);
SURREAL_API void surreal_put_key_str(surreal_writer *w, surreal_str key);

/* Open a geometry of more than one point; close it with surreal_put_end.
 * LINE and MULTIPOINT hold points, POLYGON and MULTILINE hold lines,
 * MULTIPOLYGON polygons, COLLECTION any geometry. */
SURREAL_API void surreal_put_geometry(surreal_writer *w, surreal_kind kind);

/* Open a range: then the begin, then the end, each by a bound call; close it
 * with surreal_put_end. */
typedef enum surreal_bound {
    SURREAL_BOUND_OPEN = 0, /* no value follows */
    SURREAL_BOUND_INCLUDED, /* the next item is the bound */
    SURREAL_BOUND_EXCLUDED
} surreal_bound;

SURREAL_API void surreal_put_range(surreal_writer *w);
SURREAL_API void surreal_put_bound(surreal_writer *w, surreal_bound bound);

SURREAL_API void surreal_put_end(surreal_writer *w);

/* The bytes written.
 *
 * Returns:  the latched error, ERR_USAGE if an array or object is still open
 * Owns:     *out points into the writer's room */
SURREAL_API surreal_status surreal_writer_take(surreal_writer *w,
                                               surreal_bytes *out);

#endif

/*===========================================================================
 * api/result.h: the answer to a call.
 *===========================================================================*/
#ifndef SURREAL_API_RESULT_H
#define SURREAL_API_RESULT_H


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

/*===========================================================================
 * api/auth.h: who a session is.
 *===========================================================================*/
#ifndef SURREAL_API_AUTH_H
#define SURREAL_API_AUTH_H


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

/*===========================================================================
 * api/client.h: connections and calls.
 *===========================================================================*/
#ifndef SURREAL_API_CLIENT_H
#define SURREAL_API_CLIENT_H


/* A connection to a SurrealDB server (2.x or 3.x) with any number of requests
 * in flight: surreal_open makes it. More handles on the same connection are
 * made by surreal_fork and surreal_begin (api/session.h); every call takes any
 * of them.
 *
 * Threads:  one thread at a time per connection, with all its handles;
 *           different connections are independent */
typedef struct surreal surreal;

/* How loud a trace line is. */
typedef enum surreal_level {
    SURREAL_LEVEL_ERROR = 1,
    SURREAL_LEVEL_WARN,
    SURREAL_LEVEL_INFO,
    SURREAL_LEVEL_DEBUG
} surreal_level;

/* Receives trace lines. `text` is one line without newline, valid during the
 * call, and never holds a password, token or value of a variable. It is called
 * in the middle of things and must not call this library for the connection it
 * hears of; on_change may. */
typedef void surreal_trace(void *user, surreal_level level, const char *layer,
                           const char *text);

/* ---- bring your own stream --------------------------------------------- */

/* A byte stream to the server. TCP is the built-in one; with this, any other
 * takes its place: another TLS, a tunnel, a test. No function may wait.
 *
 *   read     at least one byte into data; SURREAL_OK with *done set,
 *            WOULD_BLOCK, ERR_CLOSED at the end of the stream, ERR_IO
 *   write    at least one byte from data; the same. A failure means that none
 *            of them went out: what went out before it is reported first
 *   connect  SURREAL_OK once the stream is up, WOULD_BLOCK before; asked
 *            again after each wait
 *   fd       the descriptor to wait for, or -1
 *   wants    SURREAL_READ, SURREAL_WRITE or both if the stream itself waits
 *            for that (a TLS handshake); 0 leaves it to the library. May be
 *            NULL
 *   close    the end; nothing is called after it
 *
 * A failure fills *err (surreal_fail_with helps). */
typedef struct surreal_stream {
    surreal_status (*read)(void *user, uint8_t *data, size_t len,
                           size_t *done, surreal_error *err);
    surreal_status (*write)(void *user, const uint8_t *data, size_t len,
                            size_t *done, surreal_error *err);
    surreal_status (*connect)(void *user, surreal_error *err);
    int (*fd)(void *user);
    short (*wants)(void *user);
    void (*close)(void *user);
    void *user;
} surreal_stream;

/* Makes streams: called for every attempt to connect.
 *
 *   is_secure  the url says wss or https: the stream must be encrypted and
 *              must have checked that it speaks to `host`
 *
 * Returns:  SURREAL_OK with *out filled, connecting or connected; class IO
 *           for what may be tried again, anything else ends the connection */
typedef struct surreal_transport {
    surreal_status (*open)(void *user, const char *host, uint16_t port,
                           bool is_secure, surreal_stream *out,
                           surreal_error *err);
    void *user;
} surreal_transport;

/* Fill *err as the library does: printf-style, cut if too long. Returns
 * `status`. */
SURREAL_API surreal_status surreal_fail_with(surreal_error *err,
                                             surreal_status status,
                                             const char *fmt, ...)
    SURREAL_PRINTF(3, 4);

/* ---- options ----------------------------------------------------------- */

/* When a connection is lost: how to get it back. Zero means the default.
 *
 *   attempts    tries in a row before giving up; 0: 12; negative: give up at
 *               once. A try goes through setup as well as dialling, and
 *               through all addresses of the url
 *   min_ms      wait before the first; 0: 100
 *   max_ms      longest wait; 0: 15,000
 *   multiplier  each wait is so many times the one before; 0: 2
 *   jitter      each wait is up to this part shorter or longer, so that
 *               clients do not return all at once; 0: 0.25; negative: none
 *
 * Tries and waits are counted anew once the server has answered a request or
 * the connection has held for max_ms; a server that lets everybody in and
 * throws everybody out does not reset them. Refused credentials and a server
 * that is too old end it at once, as does, while connecting for the first
 * time, anything that is no SurrealDB; an HTTP status of 500 or more may pass.
 *
 * The user, namespace, database and variables of each session are restored
 * before any call goes through. Meanwhile calls that wait wait, and others are
 * told WOULD_BLOCK. No request is sent twice: one that was on its way ends
 * with ERR_NOT_SENT if the server cannot have seen it, which calls that wait
 * answer by starting over, and with ERR_UNKNOWN if it may have been done. */
typedef struct surreal_reconnect {
    int attempts;
    int min_ms;
    int max_ms;
    double multiplier;
    double jitter;
} surreal_reconnect;

typedef enum surreal_state {
    SURREAL_CONNECTING = 1, /* resolving to signing in */
    SURREAL_OPEN,
    SURREAL_RECONNECTING,   /* lost, and being restored */
    SURREAL_FAILED,         /* for good: see surreal_last_error */
    SURREAL_CLOSED
} surreal_state;

/* What happened to a connection. */
typedef enum surreal_change {
    SURREAL_CHANGE_CONNECTING = 1, /* an attempt begins */
    SURREAL_CHANGE_OPEN,           /* first connected, or restored */
    SURREAL_CHANGE_LOST,           /* the connection broke: err says how */
    SURREAL_CHANGE_RETRY,          /* an attempt failed, another will follow */
    SURREAL_CHANGE_FAILED,         /* it ended for good */
    SURREAL_CHANGE_SIGNED_IN,      /* a session became somebody else */
    SURREAL_CHANGE_RENEWED,        /* a token was renewed in time */
    SURREAL_CHANGE_EXPIRED         /* a token could not be renewed: err. Told
                                      ahead of time where it can be */
} surreal_change;

/* Receives changes.
 *
 *   db   the handle concerned; the first handle for the connection's
 *   err  for LOST, RETRY, FAILED and EXPIRED, valid during the call; else
 *        NULL
 *
 * LOST and FAILED come before the ends of the requests that were on their way.
 * It may call anything, surreal_close included. */
typedef void surreal_on_change(void *user, surreal *db, surreal_change change,
                               const surreal_error *err);

/* Gives new credentials when a session's token expires and neither a refresh
 * token nor kept credentials help; those it gives are kept in their place.
 * Called from surreal_step or a waiting call, for a fork only once it is made;
 * it must not wait.
 *
 * A token is renewed a tenth of its life before it expires, a minute at most.
 * Requests in flight go on. A request refused because the session has expired
 * fails and is not sent again; the session is renewed then.
 *
 * Returns:  SURREAL_OK with *auth filled; anything else: there are none */
typedef surreal_status surreal_renew(void *user, surreal *db,
                                     surreal_auth *auth);

/* What a connection needs to know. Zero means the default; text is copied.
 *
 *   ns, db        namespace and database to use; db needs ns; NULL: none
 *   user, pass    short for auth = surreal_auth_root(user, pass); with
 *                 auth_ns, or auth_ns and auth_db, a user defined there
 *   auth          whom to sign in as; not together with user and pass
 *   connect_ms    limit for one attempt: reaching the server, upgrade,
 *                 sign-in and use together; 0: 10,000; negative: none
 *   timeout_ms    limit for one call; 0: 30,000; negative: none
 *   connect_tries rounds through all addresses of the url before opening
 *                 fails, with the waits of `reconnect` between; 0: 1
 *   reconnect     what to do when the connection is lost
 *   ping_ms       silence after which the server is asked whether it is there;
 *                 0: 15,000; negative: never
 *   pong_ms       how long its answer may take before the connection counts as
 *                 lost; 0: 10,000
 *   max_message   limit for one message in bytes; 0: SURREAL_MAX_MESSAGE
 *   max_memory    limit for one result in bytes, decoded rows included; 0:
 *                 none but max_message
 *   can_wake      true: surreal_wake may be used (costs two descriptors)
 *   allocator     zeroed: the C library
 *   transport     how to make streams; NULL: TCP
 *   on_change     receives changes of state; NULL: nobody
 *   renew         gives new credentials; NULL: nobody
 *   trace         receives trace lines up to trace_level, by default
 *                 SURREAL_LEVEL_INFO; NULL: none
 *
 * Unless reconnect.attempts is negative and nothing is to be renewed, the
 * credentials are kept for the connection's life, in memory that is wiped at
 * its end. */
typedef struct surreal_options {
    const char *ns;
    const char *db;
    const char *user;
    const char *pass;
    const char *auth_ns;
    const char *auth_db;
    surreal_auth auth;
    int connect_ms;
    int timeout_ms;
    int connect_tries;
    surreal_reconnect reconnect;
    int ping_ms;
    int pong_ms;
    size_t max_message;
    size_t max_memory;
    bool can_wake;
    surreal_allocator allocator;
    const surreal_transport *transport;
    surreal_on_change *on_change;
    void *change_user;
    surreal_renew *renew;
    void *renew_user;
    surreal_trace *trace;
    void *trace_user;
    surreal_level trace_level;
} surreal_options;

/* ---- open and close --------------------------------------------------- */

/* Connect, sign in and select namespace and database, and wait for all of it.
 *
 *   url  ws://host[:port][/rpc] or http://...; the port defaults to 80,
 *        SurrealDB listens on 8000 unless told otherwise; "/rpc" is added if
 *        it is missing. Several, separated by commas, are tried in turn; they
 *        must have one scheme
 *   opt  may be NULL
 *   out  receives the connection, also after a failure, so that
 *        surreal_last_error can tell why; NULL only if not even that could
 *        be allocated, or if a callback has closed it
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX or ERR_USAGE for the url or options;
 *           classes IO, TIMEOUT, CLOSED, PROTO; ERR_AUTH for credentials
 * Owns:     *out is yours; free with surreal_close() */
SURREAL_API surreal_status surreal_open(const char *url,
                                        const surreal_options *opt,
                                        surreal **out);

/* The same without waiting: drive it with surreal_step until
 * surreal_get_state leaves SURREAL_CONNECTING. */
SURREAL_API surreal_status surreal_open_start(const char *url,
                                              const surreal_options *opt,
                                              surreal **out);

/* Close at once: pending requests complete with ERR_CLOSED, then everything
 * is freed. NULL is allowed; results live on. Never blocks. May be called
 * from a callback of this connection. */
SURREAL_API void surreal_close(surreal *db);

SURREAL_API surreal_state surreal_get_state(const surreal *db);

/* Do not wait any longer for the next attempt: the next step makes it. After
 * SURREAL_FAILED, try again from the start, as the same users; that attempt
 * fails with ERR_USAGE if their credentials were not kept (see
 * surreal_options). Nothing happens to a connection that is open or being
 * made.
 *
 * Returns:  SURREAL_OK; ERR_CLOSED; the failure if the url or options were
 *           refused, so that there is nothing to try */
SURREAL_API surreal_status surreal_reconnect_now(surreal *db);

/* Details of the last call that failed, or of what ended the connection.
 * Never NULL; a NULL db gives the error "out of memory".
 *
 * Owns:  the connection; changed by the next call that fails */
SURREAL_API const surreal_error *surreal_last_error(const surreal *db);

/* ---- calls that wait -----------------------------------------------------
 *
 * Each sends one request and drives the connection until it is answered or
 * its deadline passes; other requests go on meanwhile. A late reply is
 * dropped.
 *
 *   out  receives the result; NULL on failure. The pointer may be NULL where
 *        the answer does not matter
 *
 * Returns:  SURREAL_OK; classes SERVER (refused), TIMEOUT, CLOSED, IO, PROTO,
 *           LIMIT, NOMEM; details in surreal_last_error(db). What breaks
 *           the stream (IO, CLOSED, a frame or message that is none) loses
 *           the connection: the call ends with ERR_UNKNOWN if it was sent,
 *           and goes on with the next connection if not. Where reconnecting is
 *           off or was given up, surreal_get_state is SURREAL_FAILED and this
 *           and later calls return what ended the connection. An answer of the
 *           wrong shape, a refused value and a timeout fail their own call
 *           only
 * Owns:     *out is yours; free with surreal_result_free()
 */

/* Run SurrealQL, one statement or many.
 *
 * Returns:  also ERR_STATEMENT (or the finer status of the failed statement:
 *           CONFLICT, ERR_THROWN, ERR_EXISTS, ...) if a statement failed; *out
 *           is set then too, and surreal_last_error names the statement that
 *           was the cause. ERR_QUERY if the text did not parse: nothing ran */
SURREAL_API surreal_status surreal_query(surreal *db, const char *text,
                                         surreal_vars vars,
                                         surreal_result **out);

/* Text with a length instead of a NUL. */
SURREAL_API surreal_status surreal_query_str(surreal *db, surreal_str text,
                                             surreal_vars vars,
                                             surreal_result **out);

/* Any RPC method, for what has no function here.
 *
 *   params  one encoded array (see surreal_writer), or {NULL, 0} for none */
SURREAL_API surreal_status surreal_rpc(surreal *db, const char *method,
                                       surreal_bytes params,
                                       surreal_result **out);

/* A round trip to the server. */
SURREAL_API surreal_status surreal_ping(surreal *db);

/* The server's version, asked once while opening: "3.0.2", 3, 0, 2.
 *
 * Owns:  text belongs to the connection */
typedef struct surreal_server_version {
    surreal_str text;
    int major;
    int minor;
    int patch;
} surreal_server_version;

SURREAL_API surreal_server_version surreal_version(const surreal *db);

/* What depends on the server's version and on the transport. */
typedef enum surreal_feature {
    SURREAL_FEATURE_LIVE = 1,     /* surreal_live_...: not over HTTP */
    SURREAL_FEATURE_TRANSACTIONS, /* surreal_begin: 3.x, not over HTTP */
    SURREAL_FEATURE_SESSIONS,     /* several sessions on one socket */
    SURREAL_FEATURE_REFRESH,      /* refresh tokens: 3.x */
    SURREAL_FEATURE_SETS,         /* sets and files as values: 3.x */
    SURREAL_FEATURE_ERRORS        /* errors with kind and details: 3.x */
} surreal_feature;

SURREAL_API bool surreal_has(const surreal *db, surreal_feature feature);

/* Give back a result to the connection it came from, which uses its memory
 * for the next answer: programs that do so for every small answer cause no
 * allocation at all. The same as surreal_result_free otherwise, but bound to
 * the connection's thread. */
SURREAL_API void surreal_result_recycle(surreal *db, surreal_result *r);

/* ---- many requests in flight ------------------------------------------ */

/* A request on its way. Valid until its callback has returned. */
typedef struct surreal_request surreal_request;

/* Receives the end of a request, exactly once for every request started.
 *
 *   status  as the waiting form of the call returns it
 *   result  yours to free; NULL unless the waiting form would set *out
 *   err     details if status is not SURREAL_OK, else NULL; valid during the
 *           call
 *
 * It may call anything, surreal_close included. */
typedef void surreal_done(void *user, surreal *db, surreal_status status,
                          surreal_result *result, const surreal_error *err);

/* Queue a query and return at once; `done` is called by a later
 * surreal_step, surreal_close or waiting call.
 *
 * Returns:  SURREAL_OK; WOULD_BLOCK if too much is waiting to be sent or the
 *           connection is being made or restored (drive surreal_step, then try
 *           again); the connection's failure; a value
 *           that may not be sent (ERR_RANGE, ERR_UTF8, ERR_SYNTAX). `done` is
 *           not called unless SURREAL_OK is returned
 * Owns:     text and vars are read before it returns. *request, if wanted,
 *           may be used with surreal_cancel until `done` has been called */
SURREAL_API surreal_status
surreal_query_start(surreal *db, surreal_str text, surreal_vars vars,
                    surreal_done *done, void *user,
                    surreal_request **request);

SURREAL_API surreal_status
surreal_rpc_start(surreal *db, const char *method, surreal_bytes params,
                  surreal_done *done, void *user, surreal_request **request);

/* Give up on a request: `done` is called with ERR_CANCELLED before this
 * returns, and a reply that still comes is dropped. The server may have run
 * it. */
SURREAL_API void surreal_cancel(surreal *db, surreal_request *request);

/* Requests that have not completed. */
SURREAL_API size_t surreal_pending(const surreal *db);

/* ---- driving a connection from an event loop ------------------------------
 *
 *   while (surreal_pending(db)) {
 *       struct pollfd p = { surreal_fd(db), surreal_wants(db), 0 };
 *       poll(&p, 1, surreal_deadline_ms(db));
 *       surreal_step(db);
 *   }
 *
 * Nothing else is needed, and the order of calls cannot be wrong. */

/* The socket to watch, or -1 if there is none, as between two attempts to
 * connect. While the connection is being made or restored, any step may close
 * it and make another, which may have the same number: ask before each wait,
 * and tell an event loop that remembers descriptors anew after each of those
 * steps. Watch it level- or edge-triggered, and leave reading and writing to
 * the library. */
SURREAL_API int surreal_fd(const surreal *db);

/* What to wait for: SURREAL_READ, SURREAL_WRITE or both, with the values of
 * POLLIN and POLLOUT. */
#define SURREAL_READ 1
#define SURREAL_WRITE 4
SURREAL_API short surreal_wants(const surreal *db);

/* Milliseconds until surreal_step must be called even if nothing happened on
 * the socket; -1 for no limit. */
SURREAL_API int surreal_deadline_ms(const surreal *db);

/* Do what can be done without waiting: send, receive, complete requests and
 * expire those whose deadline has passed.
 *
 * Returns:  SURREAL_OK; what ended the connection, once it has ended */
SURREAL_API surreal_status surreal_step(surreal *db);

/* Step until at least one request completed, surreal_wake was called, or
 * `timeout_ms` passed (negative: no limit). With an open connection and
 * nothing pending or watched it returns at once. Events of live queries do not
 * end it; their callbacks are called meanwhile.
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT; what ended the connection */
SURREAL_API surreal_status surreal_wait(surreal *db, int timeout_ms);

/* Make surreal_wait, if it waits, return at once; if not, the next one will.
 * The only function that may be called from any thread and from a signal
 * handler, while the connection is open. Needs the option can_wake, without
 * which nothing happens. */
SURREAL_API void surreal_wake(surreal *db);

/* A descriptor that becomes readable by surreal_wake, for event loops of
 * one's own; -1 without can_wake. surreal_step empties it. */
SURREAL_API int surreal_wake_fd(const surreal *db);

#endif

/*===========================================================================
 * api/session.h: sessions, users and transactions.
 *===========================================================================*/
#ifndef SURREAL_API_SESSION_H
#define SURREAL_API_SESSION_H


/* A `surreal *` is a handle: whom one speaks as, where, and through which
 * connection. surreal_open gives the first one. Two functions give more, and
 * every call takes any of them:
 *
 *   surreal_fork    another session: its own user, namespace, database and
 *                   variables, on the same socket where the server can
 *   surreal_begin   a transaction of a session
 *
 * Each is closed with surreal_close. Closing a session ends its transactions,
 * live queries and pending requests; closing the first handle ends all on its
 * connection. A handle that ended answers ERR_CLOSED until it is closed itself.
 *
 * Threads:  handles that share a connection share its thread */

/* ---- sessions --------------------------------------------------------- */

/* What a fork differs in. Zero and NULL: as the parent says.
 *
 *   ns, db     what to use instead of the parent's; db alone keeps the
 *              parent's namespace
 *   auth       whom to sign in as; kind SURREAL_AUTH_NONE: as the parent's
 *              credentials or token say
 *   anonymous  true: sign in as nobody
 */
typedef struct surreal_fork_options {
    const char *ns;
    const char *db;
    surreal_auth auth;
    bool anonymous;
} surreal_fork_options;

/* Another session. SurrealDB 3 carries it over the parent's socket (attach);
 * for 2 a second connection is made with the parent's options. Over HTTP,
 * which has no sessions, it is the same socket with other headers. So on 2 an
 * event loop has another socket to watch, and the fork outlives its parent. The
 * parent is not touched: signing in on a fork never changes who others are. Its
 * variables are copied.
 *
 *   opt  may be NULL
 *   out  receives the handle; NULL after a failure, told by
 *        surreal_last_error(db)
 *
 * Returns:  as the calls that wait; ERR_AUTH; ERR_USAGE if it should be the
 *           parent's user and the parent's credentials were not kept (see
 *           surreal_options)
 * Owns:     *out is yours; surreal_close() */
SURREAL_API surreal_status surreal_fork(surreal *db,
                                        const surreal_fork_options *opt,
                                        surreal **out);

/* Select namespace and database; NULL leaves one as it is. SurrealDB 3
 * creates them, 2 does not. ERR_USAGE for a database when no namespace is
 * selected (the server would fail). */
SURREAL_API surreal_status surreal_use(surreal *db, const char *ns,
                                       const char *database);

/* The namespace and database in use; {NULL, 0} for none. */
SURREAL_API surreal_str surreal_ns(const surreal *db);
SURREAL_API surreal_str surreal_db(const surreal *db);

/* Set a variable of the session, named by the bind: every later query of it
 * sees $name. Restored after a reconnect. A variable given to one query has
 * precedence on SurrealDB 3; on 2 the session's has. Over HTTP the library
 * sends it along with every query.
 *
 * Returns:  ERR_USAGE for the names access, auth, token and session */
SURREAL_API surreal_status surreal_let(surreal *db, surreal_bind variable);
SURREAL_API surreal_status surreal_unset(surreal *db, const char *name);

/* ---- users ------------------------------------------------------------ */

/* Sign in: the session is that user from then on, in the namespace and
 * database the credentials name; what they do not name stays as it is. It
 * stays that user over reconnects, and its token is renewed before it expires
 * (see surreal_renew). A failure leaves the session as it was. With a token
 * that was refused and a refresh token, the refresh token is tried.
 *
 * Returns:  ERR_AUTH if refused; ERR_USAGE for credentials that contradict
 *           themselves, before anything is sent, and in a transaction;
 *           ERR_UNKNOWN if the connection was lost before the answer: the
 *           session is restored as it was */
SURREAL_API surreal_status surreal_signin(surreal *db,
                                          const surreal_auth *auth);

/* Create a record user (AUTH_RECORD) by the SIGNUP clause and be that user.
 * After a reconnect the session is restored by its tokens, since a sign-up
 * cannot be repeated; when they expire, only options.renew or a sign-in
 * helps.
 *
 * Returns:  as surreal_signin */
SURREAL_API surreal_status surreal_signup(surreal *db,
                                          const surreal_auth *auth);

/* Become whom a token says, in the namespace and database it names. A token
 * that is refused changes nothing.
 *
 * Returns:  as surreal_signin */
SURREAL_API surreal_status surreal_authenticate(surreal *db,
                                                const char *token);

/* Be nobody again; namespace, database and variables stay. */
SURREAL_API surreal_status surreal_invalidate(surreal *db);

/* Exchange the refresh token for new tokens now (SurrealDB 3). The library
 * does this by itself before the access token expires. A refresh token works
 * once: forks have none.
 *
 * Returns:  ERR_AUTH if refused; ERR_USAGE if the session has no refresh
 *           token; ERR_UNSUPPORTED on SurrealDB 2 */
SURREAL_API surreal_status surreal_refresh(surreal *db);

/* Make the session's refresh token worthless (SurrealDB 3). The access token
 * stays good until it expires.
 *
 * Returns:  as surreal_refresh */
SURREAL_API surreal_status surreal_revoke(surreal *db);

/* The tokens of the session; empty if it has none.
 *
 * Owns:  the session; changed by the next sign-in or renewal, wiped then */
SURREAL_API surreal_tokens surreal_get_tokens(const surreal *db);

/* Find out whom a token belongs to without becoming that user: it is tried on
 * a session of its own.
 *
 *   id  receives the record user's id, key kind NONE for another user; its
 *       text belongs to *out. May be NULL
 *   out receives the result that owns it. May be NULL: then look at
 *       id->kind only
 *
 * Returns:  SURREAL_OK for a good token; ERR_AUTH for a bad one */
SURREAL_API surreal_status surreal_token_check(surreal *db, const char *token,
                                               surreal_record_id *id,
                                               surreal_result **out);

/* ---- transactions (SurrealDB 3, over WebSocket) ------------------------ */

/* Begin a transaction: a handle through which every call is part of it. Others
 * see nothing of it before the commit.
 *
 * A statement that fails inside does not undo what it did so far, and the
 * server would commit that happily. So the first failure poisons the handle:
 * later calls return it again and surreal_commit cancels instead. The RPC
 * methods that run outside transactions (update, patch, relate, run) are
 * refused in surreal_rpc; surreal_update and its like are statements and safe.
 * Live queries are not told of changes made in a transaction.
 *
 * Returns:  ERR_UNSUPPORTED on SurrealDB 2 and over HTTP (see surreal_batch);
 *           ERR_USAGE inside a transaction: there is no nesting
 * Owns:     *out is yours; surreal_close(), which cancels what was not
 *           committed */
SURREAL_API surreal_status surreal_begin(surreal *db, surreal **out);

/* The same without waiting: receives the handle, yours, or NULL and why. */
typedef void surreal_begun(void *user, surreal *db, surreal_status status,
                           surreal *tx, const surreal_error *err);
SURREAL_API surreal_status surreal_begin_start(surreal *db,
                                               surreal_begun *begun,
                                               void *user);

/* Make the changes of a transaction permanent. The handle has ended then, and
 * only surreal_close is left.
 *
 * Returns:  SURREAL_OK; CONFLICT, nothing was changed, the whole may be tried
 *           again; the failure that poisoned the transaction, which was
 *           cancelled; ERR_UNKNOWN if the connection was lost before the
 *           answer: it may or may not have happened */
SURREAL_API surreal_status surreal_commit(surreal *tx);

/* The same without waiting; `done` gets no result. A poisoned transaction is
 * cancelled and its failure returned at once. Requests that are still under
 * way may end after the commit: wait for them first. */
SURREAL_API surreal_status surreal_commit_start(surreal *tx,
                                                surreal_done *done,
                                                void *user);

/* Give up the changes of a transaction; the second form tells the server
 * without waiting for its answer. */
SURREAL_API surreal_status surreal_rollback(surreal *tx);
SURREAL_API void surreal_rollback_start(surreal *tx);

/* Runs inside a transaction; anything but SURREAL_OK cancels it. */
typedef surreal_status surreal_tx_fn(void *user, surreal *tx);

/* How often and how patiently to try again. Zero means the default.
 *
 *   attempts    tries in all; 0: 5
 *   min_ms      wait before the second try; 0: 5
 *   max_ms      longest wait; 0: 1,000
 */
typedef struct surreal_tx_options {
    int attempts;
    int min_ms;
    int max_ms;
} surreal_tx_options;

/* Begin, run `fn`, commit; on a conflict, reported by fn or by the commit,
 * wait (doubling, with jitter of a half) and run all of it again. Nothing but
 * a conflict is tried again, and never half of a transaction.
 *
 *   opt  may be NULL
 *
 * Returns:  what fn or the commit returned at last */
SURREAL_API surreal_status surreal_tx_run(surreal *db,
                                          const surreal_tx_options *opt,
                                          surreal_tx_fn *fn, void *user);

#endif

/*===========================================================================
 * api/live.h: live queries.
 *===========================================================================*/
#ifndef SURREAL_API_LIVE_H
#define SURREAL_API_LIVE_H


/* A stream of changes, in the order the server sends them. SurrealDB 3.0 may
 * send those of different transactions in another order than they happened,
 * so the latest event need not be the latest change. */
typedef struct surreal_live surreal_live;

typedef enum surreal_action {
    SURREAL_CREATED = 1,
    SURREAL_UPDATED,
    SURREAL_DELETED,
    SURREAL_GAP,   /* changes were missed: read again what matters to you */
    SURREAL_ENDED  /* the last event of a stream: see `err` */
} surreal_action;

/* One change.
 *
 *   live    the stream
 *   id      the live query on the server
 *   record  the record; key kind NONE for GAP and ENDED
 *   value   CREATED, UPDATED: the record, or what the statement selects;
 *           DELETED: the record as it was. With diff: an array of patch
 *           operations (see surreal_patch_at); for DELETED that is one
 *           "replace" of the whole record by NONE on SurrealDB 3, but the
 *           record as it was on 2, so look at the action first
 *   old_id  GAP after a reconnect: the id before; `id` is the new one. Zeroed
 *           for other events
 *   lost    GAP: events dropped because nobody took them, or for want of
 *           memory; may be 0 for a reconnect, of which nobody knows the number
 *   err     ENDED: why. ERR_CANCELLED: the server ended the live query, since
 *           its table was removed or somebody killed it (SurrealDB 3 tells; 2
 *           falls silent); ERR_CLOSED: the handle was closed; else what the
 *           connection or the new registration failed with. NULL for other
 *           events
 *
 * Every stream gets ENDED exactly once, unless the program closed it before.
 *
 * A record that begins to match the condition comes as UPDATED, one that
 * ceases to match does not come at all: that is the server's rule. */
typedef struct surreal_event {
    surreal_action action;
    surreal_live *live;
    surreal_uuid id;
    surreal_uuid old_id;
    surreal_record_id record;
    surreal_value value;
    size_t lost;
    const surreal_error *err;
} surreal_event;

/* Receives events as they come, from surreal_step and waiting calls. The event
 * and all it points to are valid during the call. It may call anything,
 * surreal_live_close and surreal_close included. */
typedef void surreal_on_event(void *user, const surreal_event *event);

/* How a stream behaves. Zero means the default.
 *
 *   diff       events carry what changed instead of whole records
 *              (surreal_live_table; in a statement write LIVE SELECT DIFF)
 *   on_event   receives the events; NULL: they are kept for surreal_live_next
 *   user       its first argument
 *   max_bytes  memory for events nobody took yet; 0: 16 MiB. Beyond it events
 *              are dropped, until the one GAP event that counts them was
 *              taken. A single event may be larger
 *   once       true: a lost connection ends the stream. False: it is
 *              registered again after the reconnect and says so with a GAP,
 *              behind SURREAL_CHANGE_OPEN. If the server refuses that, or the
 *              session uses another namespace or database by then, the stream
 *              ends
 */
typedef struct surreal_live_options {
    bool diff;
    surreal_on_event *on_event;
    void *user;
    size_t max_bytes;
    bool once;
} surreal_live_options;

/* Watch a table. No event after the server's registration is lost, however
 * early it arrives: the stream exists before the request is sent.
 *
 *   table  a table's name as it is, without quotes
 *   opt    may be NULL
 *   out    receives the stream, before its first event; NULL after a failure,
 *          and if on_event closed the stream before this returned
 *
 * Returns:  as the calls that wait; ERR_UNDEFINED for an unknown table
 *           (SurrealDB 3; 2 accepts it); ERR_UNSUPPORTED over HTTP and in a
 *           transaction
 * Owns:     *out is yours; surreal_live_close() */
SURREAL_API surreal_status surreal_live_table(surreal *db, const char *table,
                                              const surreal_live_options *opt,
                                              surreal_live **out);

/* Watch with one LIVE SELECT statement: columns, condition, variables. The
 * variables are kept to register it again after a reconnect. A text variable
 * never equals a record id: bind ids with surreal_bind_id.
 *
 * Returns:  also ERR_USAGE for anything but one LIVE SELECT. A text that
 *           begins otherwise is not sent; one of several statements was run
 *           then, and the live queries in it are killed. ERR_UNSUPPORTED for
 *           variables other than tables on SurrealDB 2, which forgets them
 *           (those of surreal_let as well, which nobody can see in the text) */
SURREAL_API surreal_status surreal_live_query(surreal *db, const char *text,
                                              surreal_vars vars,
                                              const surreal_live_options *opt,
                                              surreal_live **out);

/* The next event of a stream without on_event, waiting up to timeout_ms
 * (negative: no limit; 0: only what is here). Drives the connection, so other
 * requests and streams go on.
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT if none came, also after surreal_wake;
 *           ERR_CLOSED after ENDED was taken; ERR_USAGE with on_event
 * Owns:     the event is valid until the next call for this stream */
SURREAL_API surreal_status surreal_live_next(surreal_live *live,
                                             surreal_event *event,
                                             int timeout_ms);

/* Take the memory of the event surreal_live_next gave last: it then lives as
 * long as the result. NULL for GAP and ENDED.
 *
 * Owns:  yours; surreal_result_free() */
SURREAL_API surreal_result *surreal_live_keep(surreal_live *live);

/* Stop: the server is told, without waiting for its answer, and what still
 * comes is dropped. NULL is allowed. A stream lives on, ended, when its handle
 * is closed first. May be called from any callback. */
SURREAL_API void surreal_live_close(surreal_live *live);

/* The live query's id on the server; it changes with a reconnect. */
SURREAL_API surreal_uuid surreal_live_id(const surreal_live *live);

/* One operation of a diff (RFC 6902 names; the server also sends "change",
 * whose value is a text diff). */
typedef struct surreal_patch_op {
    surreal_str op;   /* add, remove, replace, change, ... */
    surreal_str path; /* "/name"; "" is the whole record */
    surreal_value value;
} surreal_patch_op;

/* Operation `index` of a diff; SurrealDB 2's path "/" of a whole record is
 * given as "" too.
 *
 * Returns:  SURREAL_OK; NOT_FOUND behind the last; ERR_TYPE if it is no diff
 * Owns:     what *op points to belongs to the event */
SURREAL_API surreal_status surreal_patch_at(surreal_value diff, size_t index,
                                            surreal_patch_op *op);

#endif

/*===========================================================================
 * api/calls.h: records and what is built on queries.
 *===========================================================================*/
#ifndef SURREAL_API_CALLS_H
#define SURREAL_API_CALLS_H


/* Every call here is one query whose data are variables: nothing is pasted
 * into the text. So each means the same on SurrealDB 2 and 3, and all of them
 * take part in a transaction.
 *
 * Variables named srl_... are the library's: do not set any on a session. */

/* ---- what a call is about --------------------------------------------- */

/* A table, one record of it, or a range of its records: a record id with a
 * key of kind SURREAL_KEY_RANGE. */
typedef struct surreal_target {
    surreal_kind kind; /* TABLE or RECORD_ID */
    surreal_str table;
    surreal_record_id id;
} surreal_target;

/* Text is borrowed until the call has returned. A table's name is a name:
 * surreal_table("person:1") is a table of that name, never a record. */
SURREAL_API surreal_target surreal_table(const char *name);
SURREAL_API surreal_target surreal_record(surreal_record_id id);

/* What is written: fields, or one item that is encoded already. */
typedef struct surreal_data {
    surreal_bind bind; /* private */
    int is_given;
} surreal_data;

/* One item of a surreal_writer: an object; for inserts also an array of
 * them. */
SURREAL_API surreal_data surreal_data_encoded(surreal_bytes item);
/* An object (or array) out of a result, as it came. */
SURREAL_API surreal_data surreal_data_value(surreal_value v);
SURREAL_API surreal_data surreal_data_fields(surreal_vars fields);
SURREAL_API surreal_data surreal_data_none(void);

/* SURREAL_DATA(surreal_bind_text("name", "Ann"), ...) inside the call, as
 * SURREAL_VARS. A field that is NONE is left out; the field "id" chooses the
 * key of a new record. */
#define SURREAL_DATA(...) surreal_data_fields(SURREAL_VARS(__VA_ARGS__))
#define SURREAL_NO_DATA surreal_data_none()

/* What the rows of the answer hold. */
typedef enum surreal_return {
    SURREAL_RETURN_DEFAULT = 0, /* AFTER; BEFORE for surreal_delete */
    SURREAL_RETURN_NONE,        /* no rows */
    SURREAL_RETURN_BEFORE,      /* each record as it was; NONE if new */
    SURREAL_RETURN_AFTER,       /* each record as it is; NONE if deleted */
    SURREAL_RETURN_DIFF         /* for each an array of what changed, as
                                   surreal_patch takes it */
} surreal_return;

/* ---- records -------------------------------------------------------------
 *
 * The answer has one shape: statement 0 is the array of rows, also for one
 * record. surreal_rows(r, 0) walks them, surreal_one(r, 0, &row) is the only
 * one or SURREAL_NOT_FOUND. A record that is not there is no error: no row.
 * A table nobody defined is ERR_UNDEFINED on SurrealDB 3 and has no rows on
 * 2; what makes records makes the table too.
 *
 * The _start forms queue the call and return at once, as surreal_query_start.
 *
 *   what  the record, range or table; a table means all its records where
 *         there are some, and for create, upsert and insert a new one
 *   ret   what the rows hold
 *   out   receives the result; may be NULL
 *
 * Returns:  as surreal_query, among them ERR_EXISTS, ERR_UNDEFINED, CONFLICT;
 *           ERR_USAGE for a target or data the call cannot take, ERR_UTF8,
 *           ERR_RANGE, ... for values: then nothing is sent
 * Owns:     *out is yours; free with surreal_result_free()
 */
SURREAL_API surreal_status surreal_select(surreal *db, surreal_target what,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_select_start(surreal *db, surreal_target what, surreal_done *done,
                     void *user, surreal_request **request);

/* A new record; ERR_EXISTS if it is there. `what` is no range. */
SURREAL_API surreal_status surreal_create(surreal *db, surreal_target what,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_create_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* New records, all or none: an array of objects or one object. */
SURREAL_API surreal_status surreal_insert(surreal *db, const char *table,
                                          surreal_data rows,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_insert_start(surreal *db, const char *table, surreal_data rows,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* The same for edges: each row has record ids in its fields `in` and
 * `out`. */
SURREAL_API surreal_status surreal_insert_relation(surreal *db,
                                                   const char *table,
                                                   surreal_data rows,
                                                   surreal_return ret,
                                                   surreal_result **out);
SURREAL_API surreal_status
surreal_insert_relation_start(surreal *db, const char *table,
                              surreal_data rows, surreal_return ret,
                              surreal_done *done, void *user,
                              surreal_request **request);

/* The data in place of the old record. With SURREAL_NO_DATA records stay as
 * they are but for the rules of their fields, which run again. */
SURREAL_API surreal_status surreal_update(surreal *db, surreal_target what,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_update_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* The same, and a record that is not there is made. */
SURREAL_API surreal_status surreal_upsert(surreal *db, surreal_target what,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_upsert_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* The data into the old record: fields it does not name stay, fields that are
 * NONE go. */
SURREAL_API surreal_status surreal_merge(surreal *db, surreal_target what,
                                         surreal_data data,
                                         surreal_return ret,
                                         surreal_result **out);
SURREAL_API surreal_status
surreal_merge_start(surreal *db, surreal_target what, surreal_data data,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request);

/* Change records by JSON Patch (RFC 6902).
 *
 *   ops  one encoded array of operations, made with surreal_put_patch_...;
 *        a test that fails is ERR_STATEMENT and nothing is changed */
SURREAL_API surreal_status surreal_patch(surreal *db, surreal_target what,
                                         surreal_bytes ops,
                                         surreal_return ret,
                                         surreal_result **out);
SURREAL_API surreal_status
surreal_patch_start(surreal *db, surreal_target what, surreal_bytes ops,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request);

/* One operation each, inside an array. `path` is a JSON pointer, "/tags/0".
 * After add, replace and test write one value, then surreal_put_end. */
SURREAL_API void surreal_put_patch_add(surreal_writer *w, const char *path);
SURREAL_API void surreal_put_patch_replace(surreal_writer *w,
                                           const char *path);
SURREAL_API void surreal_put_patch_test(surreal_writer *w, const char *path);
SURREAL_API void surreal_put_patch_remove(surreal_writer *w,
                                          const char *path);

/* The rows are the records as they were, unless `ret` says otherwise. */
SURREAL_API surreal_status surreal_delete(surreal *db, surreal_target what,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_delete_start(surreal *db, surreal_target what, surreal_return ret,
                     surreal_done *done, void *user,
                     surreal_request **request);

/* An edge between two records.
 *
 *   edge  the edge's table, or the edge itself by its id: one that is there
 *         is replaced */
SURREAL_API surreal_status surreal_relate(surreal *db, surreal_record_id from,
                                          surreal_target edge,
                                          surreal_record_id to,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_relate_start(surreal *db, surreal_record_id from, surreal_target edge,
                     surreal_record_id to, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* ---- functions -------------------------------------------------------- */

/* The largest number of arguments, and of bytes in a function's name. */
#define SURREAL_RUN_ARGS 32
#define SURREAL_RUN_NAME 255

/* Call a function of the server: "math::abs", "fn::my::own". The answer is
 * surreal_statement_value(r, 0).
 *
 *   function  segments of letters, digits and '_', none beginning with a
 *             digit, joined by "::"; alone only count, not, rand and sleep.
 *             Built-in names are in lower case. Machine-learning models
 *             ("ml::...<1.0>") go through surreal_rpc
 *   args      in order; their names do not count and may be NULL
 *
 * Returns:  as surreal_query; ERR_QUERY for a built-in function that does not
 *           exist, a class SERVER status for one of your own; ERR_SYNTAX for
 *           a name that is none, ERR_LIMIT for too many arguments: then
 *           nothing is sent */
SURREAL_API surreal_status surreal_run(surreal *db, const char *function,
                                       surreal_vars args,
                                       surreal_result **out);
SURREAL_API surreal_status
surreal_run_start(surreal *db, const char *function, surreal_vars args,
                  surreal_done *done, void *user, surreal_request **request);

/* Who the session is: the record of the user signed in through an access
 * method as statement 0, NONE for system users. */
SURREAL_API surreal_status surreal_info(surreal *db, surreal_result **out);
SURREAL_API surreal_status surreal_info_start(surreal *db, surreal_done *done,
                                              void *user,
                                              surreal_request **request);

/* ---- batches -------------------------------------------------------------
 *
 * Statements that are collected, sent as one text, and done all or not at
 * all: on every version, over HTTP too. Result i is that of statement i.
 *
 *   surreal_batch b;
 *   surreal_batch_init(&b, db);
 *   surreal_batch_add(&b, "UPDATE $who SET n -= $n", SURREAL_VARS(...));
 *   surreal_batch_add(&b, "UPDATE $who SET n += $n", SURREAL_VARS(...));
 *   status = surreal_batch_run(&b, &r);
 *   surreal_batch_free(&b);
 *
 * A batch is no part of a transaction of the caller's: do not run it on
 * one. */
typedef struct surreal_batch {
    surreal *db;
    size_t count;            /* statements added */
    surreal_status status;   /* the first refusal, or SURREAL_OK */
    struct srl_batch *state; /* private from here on */
    surreal_done *done;
    void *user;
} surreal_batch;

/* An empty batch for one connection. */
SURREAL_API void surreal_batch_init(surreal_batch *b, surreal *db);

/* Append one statement: what may stand in parentheses (select, create, update,
 * upsert, delete, insert, relate, define, remove, if, an expression), FOR or
 * THROW. FOR has no value. A failure is latched: a chain of calls needs one
 * check, at surreal_batch_run.
 *
 *   text  one statement; a ';' at its end is taken off. Quotes and brackets
 *         are followed to see that: a regular expression that holds some
 *         belongs into a variable
 *   vars  its own variables: others do not see them
 *
 * Returns:  SURREAL_OK; ERR_USAGE for several statements, for one that cannot
 *           be part of a batch (BEGIN, COMMIT, LET, LIVE, USE, ...), and for
 *           a RETURN inside, which would end the whole batch on SurrealDB 3:
 *           write the value as the last of its block; ERR_SYNTAX for quotes
 *           or brackets that do not match; as surreal_query for vars;
 *           ERR_NOMEM
 * Owns:     text and vars are read before it returns */
SURREAL_API surreal_status surreal_batch_add(surreal_batch *b,
                                             const char *text,
                                             surreal_vars vars);

/* Send it and wait. It stays as it is and may be sent again, after a CONFLICT
 * for example.
 *
 *   out  receives the result: surreal_rows(r, i), surreal_statement_value(r,
 *        i), ... of statement i, counted from 0
 *
 * Returns:  SURREAL_OK: everything is done; the status of the statement that
 *           failed, whose index is surreal_last_error(db)->statement: nothing
 *           is done; CONFLICT without an index (-1) if another transaction
 *           came first; ERR_QUERY if the text did not parse; ERR_USAGE for
 *           an empty batch; what surreal_batch_add refused */
SURREAL_API surreal_status surreal_batch_run(surreal_batch *b,
                                             surreal_result **out);

/* The same without waiting. The batch must stay until `done` is called, which
 * may free it, and can be sent once at a time (ERR_USAGE). */
SURREAL_API surreal_status surreal_batch_start(surreal_batch *b,
                                               surreal_done *done, void *user,
                                               surreal_request **request);

/* Give back its memory. A zeroed batch is allowed. */
SURREAL_API void surreal_batch_free(surreal_batch *b);

/* ---- scans ---------------------------------------------------------------
 *
 * All rows of a table in the order of their ids, in constant memory: page
 * after page, each beginning behind the last id of the one before. Records
 * made or deleted meanwhile do no harm: every record that was there all the
 * time comes once. Ids order as integers, strings, uuids, arrays, objects.
 *
 * Zero means the default.
 *
 *   rows    at most this many per request; 0: 1,000
 *   fields  what to select, as SurrealQL ("name, age * 2 AS x"); NULL: "*".
 *           The field id comes along always, so it may not be VALUE
 *   where   a condition, as SurrealQL; NULL: none. Indexes are not used, so
 *           full-text search and nearest neighbours cannot stand here
 *   vars    variables of both texts
 *   from    begin with this record, or the next one if it is not there
 *   after   begin behind this record; not both
 *
 * Owns:  texts, vars and ids are borrowed until the scan is over */
typedef struct surreal_scan_options {
    size_t rows;
    const char *fields;
    const char *where;
    surreal_vars vars;
    surreal_record_id from;
    surreal_record_id after;
} surreal_scan_options;

/* Receives one row, valid during the call. Anything but SURREAL_OK ends the
 * scan. It may use the connection; to close it, end the scan. */
typedef surreal_status surreal_scan_row(void *user, surreal_value row);

/* Scan a table.
 *
 *   opt  may be NULL
 *
 * Returns:  SURREAL_OK after the last row; what `row` returned; as
 *           surreal_query, among them ERR_UNDEFINED (SurrealDB 3) for a table
 *           nobody defined; ERR_USAGE for ids of another table */
SURREAL_API surreal_status surreal_scan(surreal *db, const char *table,
                                        const surreal_scan_options *opt,
                                        surreal_scan_row *row, void *user);

/* The same row by row:
 *
 *   surreal_scan_open(&s, db, "person", NULL);
 *   while ((status = surreal_scan_next(&s, &row)) == SURREAL_OK) ...
 *   surreal_scan_close(&s); */
typedef struct surreal_scanner {
    surreal *db;
    struct srl_pages *state; /* private */
} surreal_scanner;

/* Owns:  *s is yours; free with surreal_scan_close(), also after a failure.
 *        opt itself need not stay, what it points to must */
SURREAL_API surreal_status
surreal_scan_open(surreal_scanner *s, surreal *db, const char *table,
                  const surreal_scan_options *opt);

/* The next row. Asks for the next page when one is used up, as a waiting call;
 * after a failure calling again asks again.
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND after the last row; as
 *           surreal_query
 * Owns:     the row lives until the next call */
SURREAL_API surreal_status surreal_scan_next(surreal_scanner *s,
                                             surreal_value *row);

SURREAL_API void surreal_scan_close(surreal_scanner *s);

/* ---- what has changed ----------------------------------------------------
 *
 * The change feed of a table (DEFINE TABLE ... CHANGEFEED 1d) or of all
 * tables of the database, in order, as far back as the feed reaches:
 *
 *   surreal_changes_open(&c, db, "person", cursor);
 *   while ((status = surreal_changes_next(&c, &change)) == SURREAL_OK) ...
 *   cursor = surreal_changes_cursor(&c);      to go on from another time
 *   surreal_changes_close(&c);
 *
 * SURREAL_NOT_FOUND says that there are no more now: call again later. */
typedef enum surreal_entry_kind {
    SURREAL_ENTRY_UPDATE = 1,   /* made or changed: value is the record */
    SURREAL_ENTRY_DELETE,       /* value is { id } */
    SURREAL_ENTRY_DEFINE_TABLE, /* value describes the table: on SurrealDB 2
                                    little more than { name } */
    SURREAL_ENTRY_OTHER         /* value is the entry as it came */
} surreal_entry_kind;

typedef struct surreal_entry {
    surreal_entry_kind kind;
    int64_t versionstamp; /* of the transaction; beyond 2^53, no double */
    surreal_value value;
    surreal_value diff; /* INCLUDE ORIGINAL, of an update: the patch that
                           leads back; else ABSENT */
} surreal_entry;

typedef struct surreal_changes {
    surreal *db;
    const char *table;
    size_t limit;        /* entries asked for at a time; 1,000 */
    int64_t since;       /* private from here on */
    surreal_datetime start;
    int64_t versionstamp;
    surreal_result *page;
    surreal_iter rows;
    surreal_iter entries;
    size_t left;
    int is_in_row;
    int is_whole;
} surreal_changes;

/* Begin.
 *
 *   table   borrowed until surreal_changes_close; NULL for the database
 *   cursor  0 for the beginning, or what surreal_changes_cursor gave, for
 *           the same major version and the same database
 *
 * Returns:  SURREAL_OK; ERR_USAGE for a negative cursor
 * Owns:     *c is yours; free with surreal_changes_close() */
SURREAL_API surreal_status surreal_changes_open(surreal_changes *c,
                                                surreal *db,
                                                const char *table,
                                                int64_t cursor);

/* Begin with the changes at and after a moment. SurrealDB 2 refuses a moment
 * before its first change (ERR_STATEMENT): begin with 0 then. */
SURREAL_API surreal_status surreal_changes_open_at(surreal_changes *c,
                                                   surreal *db,
                                                   const char *table,
                                                   surreal_datetime start);

/* The next change. Asks the server when what it sent is used up, as a waiting
 * call. A failure loses nothing: calling again goes on where it stopped.
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND for no more now; as surreal_query
 * Owns:     values live until the next call */
SURREAL_API surreal_status surreal_changes_next(surreal_changes *c,
                                                surreal_entry *change);

/* Where to begin next time, for a file or a row. All changes of a transaction
 * have one cursor: stopping inside it gives all of them again, never less.
 * -1 if it began with a moment and there was no change yet. */
SURREAL_API int64_t surreal_changes_cursor(const surreal_changes *c);

SURREAL_API void surreal_changes_close(surreal_changes *c);

#endif

/*===========================================================================
 * api/pool.h: connections shared by threads.
 *===========================================================================*/
#ifndef SURREAL_API_POOL_H
#define SURREAL_API_POOL_H


/* How a pool behaves. Zero means the default.
 *
 *   size      connections at most: 1 to 1,000; 0: 10
 *   min_open  connections made by surreal_pool_open: up to size; 0: 1, so that
 *             a wrong address or password is found at once; negative: none.
 *             The others are made when they are needed
 *   get_ms    limit for surreal_pool_get where it is given 0; 0: 30,000;
 *             negative: none
 *   idle_ms   a connection nobody used for longer than this answers a ping
 *             before it is given out; 0: 30,000; negative: never asked
 */
typedef struct surreal_pool_options {
    int size;
    int min_open;
    int get_ms;
    int idle_ms;
} surreal_pool_options;

/* Built with SURREAL_NO_THREADS the library has no pools. */
#ifndef SURREAL_NO_THREADS

/* Up to a fixed number of signed-in connections to one server, lent to the
 * threads of a program.
 *
 * One connection has any number of requests in flight already, so a pool is
 * for threads: each borrows a connection, uses it as its own and gives it
 * back. The pool starts no thread. On glibc before 2.34 link with -lpthread.
 *
 * Threads:  every function of a pool may be called by any thread at any time,
 *           surreal_pool_close once and last. A borrowed connection belongs to
 *           one thread at a time. The allocator and the trace function of the
 *           options are called by all of these threads: they must be
 *           thread-safe */
typedef struct surreal_pool surreal_pool;

/* ---- open and close --------------------------------------------------- */

/* Make a pool and its first connections, and wait for them.
 *
 *   url, opt  as for surreal_open; each connection is opened with them. Text
 *             is copied. The pool needs the password as long as it lives, and
 *             wipes it when it goes
 *   pool_opt  may be NULL
 *   out       receives the pool; NULL on failure
 *   err       receives the details of a failure; may be NULL
 *
 * Returns:  SURREAL_OK; ERR_RANGE for a pool option, which err names;
 *           ERR_NOMEM; what surreal_open returns
 * Owns:     *out is yours; give it back with surreal_pool_close() */
SURREAL_API surreal_status
surreal_pool_open(const char *url, const surreal_options *opt,
                  const surreal_pool_options *pool_opt, surreal_pool **out,
                  surreal_error *err);

/* Close the pool. Threads that wait for a connection get ERR_CLOSED at once;
 * so does everyone who asks from now on. Idle connections are closed.
 *
 *   wait_ms  how long to wait for borrowed connections to be put back and for
 *            calls under way; 0: not at all; negative: no limit
 *
 * What is still borrowed then goes on working and is closed when it is put
 * back; the last one takes the memory of the pool with it. Call nothing but
 * surreal_pool_put after this. NULL is allowed.
 *
 * Returns:  SURREAL_OK: everything is closed and freed; ERR_TIMEOUT: some of
 *           it will be, by the threads that still use it */
SURREAL_API surreal_status surreal_pool_close(surreal_pool *pool,
                                              int wait_ms);

/* ---- borrow a connection ---------------------------------------------- */

/* Borrow a connection that works. Threads are served in the order in which
 * they came. A connection that has died meanwhile is replaced by a new one.
 *
 *   timeout_ms  limit for waiting, checking and connecting together; 0: the
 *               pool's get_ms; negative: none. A host's name is looked up
 *               without a limit, as by surreal_open
 *   out         receives the connection; NULL on failure
 *   err         receives the details of a failure; may be NULL
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT; ERR_CLOSED once the pool is being closed;
 *           what surreal_open returns if a new connection was needed
 * Owns:     *out stays the pool's: give it back with surreal_pool_put, never
 *           to surreal_close. Results are yours and outlive both */
SURREAL_API surreal_status surreal_pool_get(surreal_pool *pool,
                                            int timeout_ms, surreal **out,
                                            surreal_error *err);

/* Give a connection back. It is closed instead of lent again if it failed, if
 * requests are still pending (they complete with ERR_CLOSED), or if its
 * session is not the one it was lent with (another user, namespace or
 * variable, an open transaction). NULL is allowed.
 *
 * Returns:  SURREAL_OK; ERR_USAGE if db is not lent by this pool: nothing
 *           happens then */
SURREAL_API surreal_status surreal_pool_put(surreal_pool *pool, surreal *db);

/* Borrow a connection, run SurrealQL on it and give it back.
 *
 *   out  receives the result as from surreal_query; may be NULL
 *   err  receives the details of a failure; may be NULL
 *
 * Returns:  what surreal_pool_get and surreal_query return
 * Owns:     *out is yours; free with surreal_result_free() */
SURREAL_API surreal_status surreal_pool_query(surreal_pool *pool,
                                              const char *text,
                                              surreal_vars vars,
                                              surreal_result **out,
                                              surreal_error *err);

/* What a pool is doing at this moment. */
typedef struct surreal_pool_stats {
    size_t size;     /* connections at most */
    size_t open;     /* idle and borrowed */
    size_t idle;     /* ready to be lent */
    size_t borrowed; /* lent, or being made or checked for somebody */
    size_t waiting;  /* threads that wait for one */
} surreal_pool_stats;

SURREAL_API surreal_pool_stats surreal_pool_get_stats(surreal_pool *pool);

/* ---- many queries at once --------------------------------------------- */

/* One query of a batch: the first two are given, the others are the answer,
 * as surreal_query_start's callback would get it.
 *
 *   vars    the values live until surreal_pool_run returns
 *   status  how it ended
 *   result  yours, free it with surreal_result_free(); NULL if there is none
 *   error   details if status is not SURREAL_OK */
typedef struct surreal_job {
    surreal_str text;
    surreal_vars vars;
    surreal_status status;
    surreal_result *result;
    surreal_error error;
} surreal_job;

/* Run many queries that do not depend on each other, several at a time, and
 * wait for all of them. There is no thread in it: one connection of the pool
 * carries one query at a time, and all are driven together. The order in which
 * they run is not defined.
 *
 *   parallel  connections to use, if so many are free when it starts; 0, and
 *             everything above the pool's size: as many as the pool has.
 *             It waits for the first as surreal_pool_get does with 0
 *   err       receives the error of the first job that failed; may be NULL
 *
 * Every job ends exactly once. A connection that breaks fails the query it
 * carries, with class IO or CLOSED, and is replaced; the others go on. Nothing
 * is sent twice. If there is no connection any more, and none can be made, the
 * jobs that are left end with the reason. The limit for each query is
 * timeout_ms of the connection.
 *
 * Returns:  SURREAL_OK if every job did; else the status of the first that
 *           did not, in the order of the array; ERR_RANGE for a negative
 *           parallel, ERR_USAGE: nothing ran and no job was touched
 * Owns:     each job's result is yours */
SURREAL_API surreal_status surreal_pool_run(surreal_pool *pool,
                                            surreal_job *jobs, size_t count,
                                            int parallel,
                                            surreal_error *err);

#endif

#endif

/*===========================================================================
 * api/env.h: configuration from the environment.
 *===========================================================================*/
#ifndef SURREAL_API_ENV_H
#define SURREAL_API_ENV_H


/* What the environment says, with defaults and bounds; P stands for the
 * prefix. Waits and limits are in seconds, with up to three digits after the
 * point ("2.5").
 *
 *   variable              becomes                   range          default
 *   P URL                 url                       ws, wss, http  required
 *                                                   or https
 *   P NAMESPACE           options.ns                not empty      none
 *   P DATABASE            options.db                not empty;     none
 *                                                   needs P NAMESPACE
 *   P USERNAME            options.user              not empty;     none
 *   P PASSWORD            options.pass              both or none   none
 *   P TIMEOUT             options.connect_ms        1 to 86,400    30
 *                         and options.timeout_ms
 *   P MAX_CONNECTIONS     pool.size                 1 to 100       10
 *   P RETRY_MAX_ATTEMPTS  retry_attempts            1 to 100       3
 *   P RETRY_MIN_WAIT      retry_min_ms              0 to 3,600     1
 *   P RETRY_MAX_WAIT      retry_max_ms              0 to 3,600,    10
 *                                                   not below
 *                                                   P RETRY_MIN_WAIT
 *   P RETRY_MULTIPLIER    retry_multiplier          1 to 100       2
 *
 * Everything else in options and pool is zero, which means the default. The
 * first attempt counts as one. */
typedef struct surreal_env {
    const char *url;
    surreal_options options;
    surreal_pool_options pool;
    int retry_attempts;
    int retry_min_ms;
    int retry_max_ms;
    double retry_multiplier;
} surreal_env;

/* Read the configuration of one connection from the environment. Nothing is
 * guessed: what is not understood is refused, an empty variable is not the
 * same as none, and no other prefix is looked at.
 *
 *   prefix  "DB_", "APP_DB_", or what surreal_env_prefix made
 *   out     filled in; all zero on failure
 *   err     names the variable and what it takes, and never holds the value of
 *           PASSWORD; may be NULL
 *
 * Returns:  SURREAL_OK; ERR_MISSING for a variable that is needed; ERR_SYNTAX
 *           for one that is malformed or empty; ERR_RANGE; ERR_UTF8; ERR_USAGE
 *           for a prefix that is none: letters, digits and '_', at most 64,
 *           not beginning with a digit
 * Owns:     text belongs to the environment: until a variable is changed.
 *           surreal_open and surreal_pool_open copy it
 * Threads:  any, as long as none changes the environment */
SURREAL_API surreal_status surreal_options_from_env(const char *prefix,
                                                    surreal_env *out,
                                                    surreal_error *err);

/* The prefix of a named connection: "billing" becomes "SURQL_BILLING_".
 *
 *   name  letters, digits and '_', not beginning with a digit
 *   out   receives the prefix and a NUL; cap 72 is enough for every name
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX if name is no such name; ERR_TOO_LONG if
 *           the prefix does not fit out, or is longer than 64 */
SURREAL_API surreal_status surreal_env_prefix(const char *name, char *out,
                                              size_t cap);

#endif

/*===========================================================================
 * api/model.h: structs described by tables (what surrealgen writes).
 *===========================================================================*/
#ifndef SURREAL_API_MODEL_H
#define SURREAL_API_MODEL_H


/* Generated headers refuse to compile against another number. */
#define SURREAL_MODEL_ABI 1

/* A generated struct starts with words of bits, one bit for each field:
 *
 *   set_    the member holds a value
 *   mark_   the member was set or cleared by this program
 *   null_   the value is NULL; only in structs with a field of type T | null
 *
 * A zeroed struct holds nothing. Reading from the server fills members, sets
 * their bits in set_ and clears mark_: what was loaded is not a change. The
 * generated setters write the member and set both bits; clearing a field sets
 * its bit in mark_ and takes it out of set_. Whoever writes a member without
 * its setter changes nothing that is sent. Then
 *
 *   create, insert, replace, upsert   send what is in set_
 *   merge                             sends what is in mark_: the value if the
 *                                     bit is in set_ too, otherwise NONE,
 *                                     which removes the field
 *
 * so that a field never set keeps the server's default, loading and merging
 * sends nothing at all (SURREAL_NO_CHANGE), and fields the server computes,
 * which have no setter, are never sent. Nested structs have no mark_: they
 * are sent whole, and in a merge an optional field that is not set in them is
 * sent as NONE. */

/* ---- member types that are not plain values -------------------------- */

/* A field of type number: read as.i, as.f or as.decimal as `kind` says. */
typedef struct surreal_number {
    surreal_kind kind; /* SURREAL_INT, SURREAL_FLOAT or SURREAL_DECIMAL */
    union {
        int64_t i;
        double f;
        surreal_decimal decimal;
    } as;
} surreal_number;

/* A field whose type says little (any, object, unions, most geometry).
 * Reading sets `value`, a view into the result. To send one, set `cbor` to an
 * item encoded by a surreal_writer, or leave it {NULL, 0} to send `value`. */
typedef struct surreal_raw {
    surreal_value value;
    surreal_bytes cbor;
} surreal_raw;

/* ---- tables ---------------------------------------------------------- */

/* What a member is: the C type, and what its entry in `subs` describes. */
typedef enum surreal_member {
    SURREAL_MEMBER_BOOL = 1, /* bool */
    SURREAL_MEMBER_INT,      /* int64_t */
    SURREAL_MEMBER_FLOAT,    /* double */
    SURREAL_MEMBER_DECIMAL,
    SURREAL_MEMBER_NUMBER,
    SURREAL_MEMBER_STRING,
    SURREAL_MEMBER_CHARS,    /* { size_t len; char text[sub + 1]; } */
    SURREAL_MEMBER_BYTES,
    SURREAL_MEMBER_DATETIME,
    SURREAL_MEMBER_DURATION,
    SURREAL_MEMBER_UUID,
    SURREAL_MEMBER_RECORD,   /* surreal_record_id; the only table, spelled
                                as in `pool`, or none */
    SURREAL_MEMBER_POINT,
    SURREAL_MEMBER_FILE,
    SURREAL_MEMBER_RAW,
    SURREAL_MEMBER_ENUM,     /* int; surreal_enum */
    SURREAL_MEMBER_STRUCT,   /* the struct itself; surreal_model */
    SURREAL_MEMBER_ARRAY     /* { const T *v; size_t count; } or
                                { T v[max]; size_t count; }; surreal_items */
} surreal_member;

enum {
    SURREAL_FIELD_OPTION = 1,   /* may be NONE */
    SURREAL_FIELD_NULLABLE = 2, /* may be NULL */
    SURREAL_FIELD_SERVER = 4,   /* read, never sent */
    SURREAL_FIELD_SECRET = 8,   /* sent, never read */
    SURREAL_FIELD_REQUIRED = 16,/* must come and must be sent */
    SURREAL_FIELD_KEY = 32      /* the id: sent only with new records */
};

#define SURREAL_NO_SUB 0xffff

/* One field. Nothing but numbers, so tables need no relocation. */
typedef struct surreal_field_desc {
    uint32_t offset;  /* of the member */
    uint32_t key;     /* in `pool`: the CBOR head of the column's name, then
                         the name */
    uint16_t key_len; /* of both */
    uint16_t bit;
    uint16_t sub;     /* in `subs`, or SURREAL_NO_SUB; CHARS: the capacity */
    uint8_t member;   /* surreal_member */
    uint8_t flags;
} surreal_field_desc;

/* A struct: a table's, or a nested one. Fields are sorted by the bytes of
 * their column, as the server sorts the keys of an object. Behind the last key
 * of the pool stand 16 bytes more, so that keys can be copied in blocks. */
typedef struct surreal_model {
    const char *name; /* of the table or struct in the database */
    const surreal_field_desc *fields;
    const char *pool;
    const void *const *subs;
    const uint64_t *required; /* bits of the fields a record always has */
    uint32_t size;            /* of the struct */
    uint16_t count;
    uint16_t words;           /* words of 64 bits in set_, mark_ and null_ */
    uint16_t mark_at;         /* offset of mark_ in words; 0: none */
    uint16_t null_at;         /* the same for null_ */
} surreal_model;

/* Elements of an array or set. */
typedef struct surreal_items {
    const void *of;  /* what a field finds in `subs` */
    uint32_t size;   /* of an element */
    uint32_t max;    /* most elements; 0: any number */
    uint8_t member;  /* surreal_member of an element, not CHARS */
    uint8_t is_set;
    uint8_t is_inline; /* { T v[max]; size_t count; } */
} surreal_items;

/* Values of an enum: constant i+1 of the C enum is names[i] or numbers[i];
 * 0 is a value this program does not know. */
typedef struct surreal_enum {
    const char *name;
    const char *const *names; /* NULL if it is made of numbers */
    const int64_t *numbers;
    uint32_t count;
} surreal_enum;

/* ---- reading --------------------------------------------------------- */

/* Fill a struct from an object. Keys may come in any order; keys the struct
 * does not know are skipped; of equal keys the last counts.
 *
 *   out  model->size bytes, overwritten
 *   err  receives the details, may be NULL: path ("lines[3].qty"), offset
 *        and "expected int, got string"
 *
 * Returns:  SURREAL_OK; ERR_TYPE, ERR_RANGE, ERR_TOO_LONG; ERR_MISSING if a
 *           required field did not come; ERR_NOMEM. After a failure *out is
 *           zeroed
 * Owns:     text, arrays and views belong to the result that `v` is from */
SURREAL_API surreal_status surreal_decode(const surreal_model *model,
                                          surreal_value v, void *out,
                                          surreal_error *err);

/* The same for an array of objects, as surreal_rows gives it.
 *
 *   rows   receives the structs, *count of them; NULL if there are none.
 *          ABSENT, NONE and NULL are no rows */
SURREAL_API surreal_status surreal_decode_rows(const surreal_model *model,
                                               surreal_value v, void **rows,
                                               size_t *count,
                                               surreal_error *err);

/* ---- writing --------------------------------------------------------- */

/* Which fields of a struct are sent; see the top. */
typedef enum surreal_send {
    SURREAL_SEND_NEW = 1, /* what is set, the id included */
    SURREAL_SEND_CONTENT, /* what is set, without the id */
    SURREAL_SEND_CHANGES  /* what is marked */
} surreal_send;

/* Encode a struct as one object, for example to bind it to a variable with
 * surreal_bind_encoded.
 *
 *   server_major  2 or 3: sets are arrays on 2, files do not exist
 *   room, cap     some 64 bytes more than the object takes: they are written
 *                 to on the way
 *   out           points into room
 *
 * Returns:  SURREAL_OK; ERR_MISSING for a required field that is not set, its
 *           name in err->path; ERR_UTF8, ERR_RANGE, ERR_SYNTAX, ERR_TYPE,
 *           ERR_UNSUPPORTED for a value the server would refuse; ERR_FULL */
SURREAL_API surreal_status surreal_encode(const surreal_model *model,
                                          const void *row, surreal_send what,
                                          int server_major, void *room,
                                          size_t cap, surreal_bytes *out,
                                          surreal_error *err);

/* True if a merge of the struct would send something. */
SURREAL_API bool surreal_is_changed(const surreal_model *model,
                                    const void *row);

/* ---- showing and comparing ------------------------------------------- */

/* The struct as SurrealQL text, what is set in it; with snprintf's contract.
 * Secrets are "(secret)". */
SURREAL_API size_t surreal_model_print(const surreal_model *model,
                                       const void *row, char *buf,
                                       size_t cap);

/* Same fields set to equal values, all the way down; marks do not count.
 * Floats are equal if == says so or both are NaN, decimals by value, raw
 * members if they print alike. */
SURREAL_API bool surreal_model_equal(const surreal_model *model,
                                     const void *a, const void *b);

/* ---- calls -----------------------------------------------------------------
 *
 * What the generated functions call. Each waits like surreal_query. Rows read
 * belong to *result, which is yours; free it with surreal_result_free. It is
 * NULL when a call fails. Every write gives back the record as the server
 * stored it; `out` and `result` may be NULL, both together, if that does not
 * matter.
 *
 * Returns:  as surreal_query; SURREAL_NOT_FOUND if there is no such record (or
 *           this user may not see it); what surreal_decode and surreal_encode
 *           return, with the details in surreal_last_error(db)
 */
SURREAL_API surreal_status surreal_model_get(surreal *db,
                                             const surreal_model *model,
                                             surreal_record_id id, void *out,
                                             surreal_result **result);
/* All records, in the order of their ids. */
SURREAL_API surreal_status surreal_model_all(surreal *db,
                                             const surreal_model *model,
                                             void **rows, size_t *count,
                                             surreal_result **result);
/* Records for which a condition holds.
 *
 *   where  SurrealQL that follows WHERE, for example
 *          "age > $min ORDER BY age LIMIT 10". It is program text: values
 *          belong into vars */
SURREAL_API surreal_status surreal_model_find(surreal *db,
                                              const surreal_model *model,
                                              const char *where,
                                              surreal_vars vars, void **rows,
                                              size_t *count,
                                              surreal_result **result);
/* How many; `where` may be NULL for all. */
SURREAL_API surreal_status surreal_model_count(surreal *db,
                                               const surreal_model *model,
                                               const char *where,
                                               surreal_vars vars,
                                               int64_t *count);
/* Create one record, with the id in the struct if one is set. */
SURREAL_API surreal_status surreal_model_create(surreal *db,
                                                const surreal_model *model,
                                                const void *row, void *out,
                                                surreal_result **result);
/* Create many. Each request holds about SURREAL_INSERT_BYTES of them: a
 * request is stored as a whole or not at all, but an earlier one stays.
 *
 *   rows    count structs, one behind the other
 *   out     receives the stored structs in the same order, count of them */
SURREAL_API surreal_status surreal_model_insert(surreal *db,
                                                const surreal_model *model,
                                                const void *rows,
                                                size_t count, void **out,
                                                surreal_result **result);
/* Send what is marked. SURREAL_NO_CHANGE, without asking the server, if that
 * is nothing; *out and *result are zero then. */
SURREAL_API surreal_status surreal_model_merge(surreal *db,
                                               const surreal_model *model,
                                               surreal_record_id id,
                                               const void *row, void *out,
                                               surreal_result **result);
/* The record becomes what is set, and nothing else. */
SURREAL_API surreal_status surreal_model_replace(surreal *db,
                                                 const surreal_model *model,
                                                 surreal_record_id id,
                                                 const void *row, void *out,
                                                 surreal_result **result);
/* Replace it, or create it if it does not exist. */
SURREAL_API surreal_status surreal_model_upsert(surreal *db,
                                                const surreal_model *model,
                                                surreal_record_id id,
                                                const void *row, void *out,
                                                surreal_result **result);
/* Delete one record; out receives it as it was. */
SURREAL_API surreal_status surreal_model_delete(surreal *db,
                                                const surreal_model *model,
                                                surreal_record_id id,
                                                void *out,
                                                surreal_result **result);
/* Create an edge. `row` may be NULL for one without data. */
SURREAL_API surreal_status surreal_model_relate(surreal *db,
                                                const surreal_model *model,
                                                surreal_record_id from,
                                                surreal_record_id to,
                                                const void *row, void *out,
                                                surreal_result **result);

/* ---- what generated setters use -------------------------------------- */

/* Copy text into a member of type CHARS. ERR_TOO_LONG leaves it as it is. */
static inline surreal_status
surreal_chars_set(char *text, size_t cap, size_t *len, surreal_str v)
{
    size_t i;

    if (v.len > cap) return SURREAL_ERR_TOO_LONG;
    for (i = 0; i < v.len; i++) {
        text[i] = v.ptr[i];
    }
    text[v.len] = '\0';
    *len = v.len;
    return SURREAL_OK;
}

static inline void
surreal_bit_set(uint64_t *words, unsigned bit)
{
    words[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

static inline void
surreal_bit_clear(uint64_t *words, unsigned bit)
{
    words[bit >> 6] &= ~((uint64_t)1 << (bit & 63));
}

static inline bool
surreal_bit_is(const uint64_t *words, unsigned bit)
{
    return (words[bit >> 6] >> (bit & 63) & 1) != 0;
}

#endif

/*===========================================================================
 * api/functions.h: the server's own functions, typed.
 *===========================================================================*/
#ifndef SURREAL_API_FUNCTIONS_H
#define SURREAL_API_FUNCTIONS_H


#if defined(SURREAL_FUNCTIONS) || defined(SRL_PARTS)

/* Behind the switch SURREAL_FUNCTIONS, which has to be defined before the
 * first include of surreal.h in every file that uses this section and in the
 * one that has SURREAL_IMPLEMENTATION. It adds some 100 KB to the program.
 *
 *   double root;
 *   surreal_str hash;
 *   surreal_result *owner;
 *
 *   status = surreal_fn_math_sqrt(db, 16, &root);
 *   status = surreal_fn_crypto_sha256(db, SURREAL_LIT("x"), &hash, &owner);
 *   ...
 *   surreal_result_free(owner);
 *
 * NAMES. The name is that of SurrealDB 3 with '_' for each "::", behind
 * surreal_fn_: math::sqrt is surreal_fn_math_sqrt, string::is_email is
 * surreal_fn_string_is_email, also on SurrealDB 2, which calls it
 * string::is::email. A function that takes more or fewer arguments has a
 * second line with a suffix: rand_int and rand_int_in(low, high).
 *
 * ARGUMENTS and results, by the words of the lists below; those marked *
 * come with an owner:
 *
 *   word     in C               in SurrealQL
 *   NUM      double             number (int, float or decimal)
 *   INT      int64_t            int
 *   BOOL     bool               bool
 *   STR   *  surreal_str        string
 *   TIME     surreal_datetime   datetime
 *   SPAN     surreal_duration   duration
 *   UUID     surreal_uuid       uuid
 *   POINT    surreal_point      point
 *   BYTES *  surreal_bytes      bytes
 *   ID    *  surreal_record_id  record
 *   FILE  *  surreal_file       file
 *   DECIMAL* surreal_decimal    decimal; only as a result
 *   TABLE *  surreal_str        table; only as a result
 *   ANY   *  surreal_bind in, surreal_value out: any value
 *   ARRAY, OBJECT, SET, GEO *   the same; what the function asks for
 *   VOID                        no result
 *
 * The name inside a surreal_bind does not count and may be NULL:
 * surreal_bind_int(NULL, 7), surreal_bind_encoded(NULL, item). Functions with
 * any number of arguments (string::concat, string::join, array::concat,
 * rand::enum) take them as surreal_vars, at most SURREAL_FN_ARGS.
 *
 * Numbers are doubles here, with 53 bits: where an int beyond that or a
 * decimal must stay exact, use surreal_query. NaN and infinity come as such.
 *
 * Each call waits for one query, `RETURN name($a0, $a1)`, with the arguments
 * beside the text; unlike the RPC method `run` it takes part in transactions.
 *
 *   out    written only on success
 *   owner  receives the result `out` points into, NULL on failure
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND if the function gave NONE or NULL
 *           (an ANY result shows them instead); ERR_UNSUPPORTED if this
 *           version of the server does not have the function, without asking
 *           it; ERR_TYPE or ERR_RANGE for a result of another kind;
 *           ERR_STATEMENT and the like for arguments the function refuses;
 *           what surreal_query returns. Details in surreal_last_error(db)
 * Owns:     *owner is yours; free with surreal_result_free(). It may not be
 *           NULL
 *
 * NOT HERE: functions that take a closure (array::map, fold, reduce; set::map,
 * ...; value::chain), that mean something only inside a statement on a table
 * (type::field, type::fields, search::..., vector::distance::knn, api::...),
 * that reach the network or a bucket (http::..., file::get, ...), second
 * names (array::every, some, includes, index_of, which 3.0 knows but cannot
 * run), and those that no version here runs (vector::distance::mahalanobis,
 * vector::similarity::spearman, object::matches, duration::set_...; on 3.0
 * also set::all and set::any). Write those that exist into a query.
 *
 * BETWEEN MAJORS the server changed what some functions do under one name;
 * nothing is smoothed over here:
 *
 *   array::slice, string::slice   (v, from, to): `to` is the end, not
 *                                 included, on 3, and a count on 2
 *   array::range                  (from, to): the same
 *   array::logical_and            of two true values the second on 3, the
 *                                 first on 2
 *   math::sqrt(-1), math::min([]) NaN, infinity and -infinity on 3, NONE on 2
 *   and math::max([])
 *   record::exists                a table that does not exist is an error on
 *                                 3, false on 2
 *   session::id                   NONE on 2 unless it was given one
 *   encoding::base64::decode      takes padding ("YQ==") on 3 only
 *   type::decimal                 of "1.50" is 1.50 on 2, 1.5 on 3
 *   value::diff                   the path of the whole value is "" on 3 and
 *                                 "/" on 2, so elements of it are "//1" there
 */
#define SURREAL_FN_ARGS 32

/* ---- the lists --------------------------------------------------------------
 *
 * One entry is one function, surreal_ and its name:
 *
 *   Fn(name, since, "name on 3", "name on 2", result, argument, its name, ...)
 *
 * n is the number of arguments; FV takes surreal_vars. "=" stands for the
 * same name on 2, "" for a function 2 does not have. `since` is the first
 * version, a digit for each of major, minor and patch: 302 is 3.0.2. */

/* math */
#define SURREAL_FN_MATH(F0, F1, F2, F3, F4, FV)                               \
    F1(fn_math_abs, 200, "math::abs", "=", NUM, NUM, x)                       \
    F1(fn_math_acos, 200, "math::acos", "=", NUM, NUM, x)                     \
    F1(fn_math_acot, 200, "math::acot", "=", NUM, NUM, x)                     \
    F1(fn_math_asin, 200, "math::asin", "=", NUM, NUM, x)                     \
    F1(fn_math_atan, 200, "math::atan", "=", NUM, NUM, x)                     \
    F1(fn_math_ceil, 200, "math::ceil", "=", NUM, NUM, x)                     \
    F1(fn_math_cos, 200, "math::cos", "=", NUM, NUM, x)                       \
    F1(fn_math_cot, 200, "math::cot", "=", NUM, NUM, x)                       \
    F1(fn_math_deg2rad, 200, "math::deg2rad", "=", NUM, NUM, x)               \
    F1(fn_math_floor, 200, "math::floor", "=", NUM, NUM, x)                   \
    F1(fn_math_ln, 200, "math::ln", "=", NUM, NUM, x)                         \
    F1(fn_math_log10, 200, "math::log10", "=", NUM, NUM, x)                   \
    F1(fn_math_log2, 200, "math::log2", "=", NUM, NUM, x)                     \
    F1(fn_math_rad2deg, 200, "math::rad2deg", "=", NUM, NUM, x)               \
    F1(fn_math_round, 200, "math::round", "=", NUM, NUM, x)                   \
    F1(fn_math_sign, 200, "math::sign", "=", NUM, NUM, x)                     \
    F1(fn_math_sin, 200, "math::sin", "=", NUM, NUM, x)                       \
    F1(fn_math_sqrt, 200, "math::sqrt", "=", NUM, NUM, x)                     \
    F1(fn_math_tan, 200, "math::tan", "=", NUM, NUM, x)                       \
    F2(fn_math_log, 200, "math::log", "=", NUM, NUM, x, NUM, base)            \
    F2(fn_math_pow, 200, "math::pow", "=", NUM, NUM, x, NUM, y)               \
    F2(fn_math_fixed, 200, "math::fixed", "=", NUM, NUM, x, INT, places)      \
    F3(fn_math_clamp, 200, "math::clamp", "=", NUM, NUM, x, NUM, low,         \
       NUM, high)                                                             \
    F3(fn_math_lerp, 200, "math::lerp", "=", NUM, NUM, a, NUM, b, NUM, t)     \
    F3(fn_math_lerpangle, 200, "math::lerpangle", "=", NUM, NUM, a, NUM, b,   \
       NUM, t)                                                                \
    F1(fn_math_interquartile, 200, "math::interquartile", "=", NUM,           \
       ARRAY, a)                                                              \
    F1(fn_math_max, 200, "math::max", "=", NUM, ARRAY, a)                     \
    F1(fn_math_mean, 200, "math::mean", "=", NUM, ARRAY, a)                   \
    F1(fn_math_median, 200, "math::median", "=", NUM, ARRAY, a)               \
    F1(fn_math_midhinge, 200, "math::midhinge", "=", NUM, ARRAY, a)           \
    F1(fn_math_min, 200, "math::min", "=", NUM, ARRAY, a)                     \
    F1(fn_math_mode, 200, "math::mode", "=", NUM, ARRAY, a)                   \
    F1(fn_math_product, 200, "math::product", "=", NUM, ARRAY, a)             \
    F1(fn_math_spread, 200, "math::spread", "=", NUM, ARRAY, a)               \
    F1(fn_math_stddev, 200, "math::stddev", "=", NUM, ARRAY, a)               \
    F1(fn_math_sum, 200, "math::sum", "=", NUM, ARRAY, a)                     \
    F1(fn_math_trimean, 200, "math::trimean", "=", NUM, ARRAY, a)             \
    F1(fn_math_variance, 200, "math::variance", "=", NUM, ARRAY, a)           \
    F2(fn_math_nearestrank, 200, "math::nearestrank", "=", NUM, ARRAY, a,     \
       NUM, percent)                                                          \
    F2(fn_math_percentile, 200, "math::percentile", "=", NUM, ARRAY, a,       \
       NUM, percent)                                                          \
    F2(fn_math_bottom, 200, "math::bottom", "=", ANY, ARRAY, a, INT, n)       \
    F2(fn_math_top, 200, "math::top", "=", ANY, ARRAY, a, INT, n)

/* array */
#define SURREAL_FN_ARRAY(F0, F1, F2, F3, F4, FV)                              \
    F2(fn_array_add, 200, "array::add", "=", ANY, ARRAY, a, ANY, v)           \
    F1(fn_array_all, 200, "array::all", "=", BOOL, ARRAY, a)                  \
    F2(fn_array_all_of, 200, "array::all", "=", BOOL, ARRAY, a, ANY, v)       \
    F1(fn_array_any, 200, "array::any", "=", BOOL, ARRAY, a)                  \
    F2(fn_array_any_of, 200, "array::any", "=", BOOL, ARRAY, a, ANY, v)       \
    F2(fn_array_append, 200, "array::append", "=", ANY, ARRAY, a, ANY, v)     \
    F2(fn_array_at, 200, "array::at", "=", ANY, ARRAY, a, INT, i)             \
    F2(fn_array_boolean_and, 200, "array::boolean_and", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F1(fn_array_boolean_not, 200, "array::boolean_not", "=", ANY, ARRAY, a)   \
    F2(fn_array_boolean_or, 200, "array::boolean_or", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_array_boolean_xor, 200, "array::boolean_xor", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F2(fn_array_clump, 200, "array::clump", "=", ANY, ARRAY, a, INT, n)       \
    F2(fn_array_combine, 200, "array::combine", "=", ANY, ARRAY, a,           \
       ARRAY, b)                                                              \
    F2(fn_array_complement, 200, "array::complement", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    FV(fn_array_concat, 200, "array::concat", "=", ANY)                       \
    F2(fn_array_difference, 200, "array::difference", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F1(fn_array_distinct, 200, "array::distinct", "=", ANY, ARRAY, a)         \
    F2(fn_array_fill, 200, "array::fill", "=", ANY, ARRAY, a, ANY, v)         \
    F4(fn_array_fill_range, 200, "array::fill", "=", ANY, ARRAY, a, ANY, v,   \
       INT, from, INT, to)                                                    \
    F2(fn_array_filter, 200, "array::filter", "=", ANY, ARRAY, a, ANY, v)     \
    F2(fn_array_filter_index, 200, "array::filter_index", "=", ANY,           \
       ARRAY, a, ANY, v)                                                      \
    F2(fn_array_find, 200, "array::find", "=", ANY, ARRAY, a, ANY, v)         \
    F2(fn_array_find_index, 200, "array::find_index", "=", INT, ARRAY, a,     \
       ANY, v)                                                                \
    F1(fn_array_first, 200, "array::first", "=", ANY, ARRAY, a)               \
    F1(fn_array_flatten, 200, "array::flatten", "=", ANY, ARRAY, a)           \
    F1(fn_array_group, 200, "array::group", "=", ANY, ARRAY, a)               \
    F2(fn_array_insert, 200, "array::insert", "=", ANY, ARRAY, a, ANY, v)     \
    F3(fn_array_insert_at, 200, "array::insert", "=", ANY, ARRAY, a, ANY, v,  \
       INT, i)                                                                \
    F2(fn_array_intersect, 200, "array::intersect", "=", ANY, ARRAY, a,       \
       ARRAY, b)                                                              \
    F1(fn_array_is_empty, 200, "array::is_empty", "=", BOOL, ARRAY, a)        \
    F2(fn_array_join, 200, "array::join", "=", STR, ARRAY, a, STR, glue)

/* array, from last to windows */
#define SURREAL_FN_ARRAY_MORE(F0, F1, F2, F3, F4, FV)                         \
    F1(fn_array_last, 200, "array::last", "=", ANY, ARRAY, a)                 \
    F1(fn_array_len, 200, "array::len", "=", INT, ARRAY, a)                   \
    F2(fn_array_logical_and, 200, "array::logical_and", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F2(fn_array_logical_or, 200, "array::logical_or", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_array_logical_xor, 200, "array::logical_xor", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F2(fn_array_matches, 200, "array::matches", "=", ANY, ARRAY, a, ANY, v)   \
    F1(fn_array_max, 200, "array::max", "=", ANY, ARRAY, a)                   \
    F1(fn_array_min, 200, "array::min", "=", ANY, ARRAY, a)                   \
    F1(fn_array_pop, 200, "array::pop", "=", ANY, ARRAY, a)                   \
    F2(fn_array_prepend, 200, "array::prepend", "=", ANY, ARRAY, a, ANY, v)   \
    F2(fn_array_push, 200, "array::push", "=", ANY, ARRAY, a, ANY, v)         \
    F2(fn_array_range, 200, "array::range", "=", ANY, INT, from, INT, to)     \
    F2(fn_array_remove, 200, "array::remove", "=", ANY, ARRAY, a, INT, i)     \
    F2(fn_array_repeat, 200, "array::repeat", "=", ANY, ANY, v, INT, n)       \
    F1(fn_array_reverse, 200, "array::reverse", "=", ANY, ARRAY, a)           \
    F1(fn_array_sequence, 300, "array::sequence", "", ANY, INT, n)            \
    F2(fn_array_sequence_from, 300, "array::sequence", "", ANY, INT, from,    \
       INT, n)                                                                \
    F1(fn_array_shuffle, 200, "array::shuffle", "=", ANY, ARRAY, a)           \
    F3(fn_array_slice, 200, "array::slice", "=", ANY, ARRAY, a, INT, from,    \
       INT, to)                                                               \
    F2(fn_array_slice_from, 200, "array::slice", "=", ANY, ARRAY, a,          \
       INT, from)                                                             \
    F1(fn_array_sort, 200, "array::sort", "=", ANY, ARRAY, a)                 \
    F2(fn_array_sort_up, 200, "array::sort", "=", ANY, ARRAY, a, BOOL, up)    \
    F1(fn_array_sort_asc, 200, "array::sort::asc", "=", ANY, ARRAY, a)        \
    F1(fn_array_sort_desc, 200, "array::sort::desc", "=", ANY, ARRAY, a)      \
    F1(fn_array_sort_lexical, 230, "array::sort_lexical", "=", ANY,           \
       ARRAY, a)                                                              \
    F1(fn_array_sort_natural, 230, "array::sort_natural", "=", ANY,           \
       ARRAY, a)                                                              \
    F1(fn_array_sort_natural_lexical, 230, "array::sort_natural_lexical",     \
       "=", ANY, ARRAY, a)                                                    \
    F3(fn_array_swap, 200, "array::swap", "=", ANY, ARRAY, a, INT, i,         \
       INT, j)                                                                \
    F1(fn_array_transpose, 200, "array::transpose", "=", ANY, ARRAY, a)       \
    F2(fn_array_union, 200, "array::union", "=", ANY, ARRAY, a, ARRAY, b)     \
    F2(fn_array_windows, 200, "array::windows", "=", ANY, ARRAY, a, INT, n)

/* set */
#define SURREAL_FN_SET(F0, F1, F2, F3, F4, FV)                                \
    F2(fn_set_add, 300, "set::add", "", SET, SET, s, ANY, v)                  \
    F2(fn_set_at, 300, "set::at", "", ANY, SET, s, INT, i)                    \
    F2(fn_set_complement, 300, "set::complement", "", SET, SET, a, SET, b)    \
    F2(fn_set_contains, 300, "set::contains", "", BOOL, SET, s, ANY, v)       \
    F2(fn_set_difference, 300, "set::difference", "", SET, SET, a, SET, b)    \
    F2(fn_set_filter, 300, "set::filter", "", SET, SET, s, ANY, v)            \
    F2(fn_set_find, 300, "set::find", "", ANY, SET, s, ANY, v)                \
    F1(fn_set_first, 300, "set::first", "", ANY, SET, s)                      \
    F1(fn_set_flatten, 300, "set::flatten", "", SET, SET, s)                  \
    F2(fn_set_intersect, 300, "set::intersect", "", SET, SET, a, SET, b)      \
    F1(fn_set_is_empty, 300, "set::is_empty", "", BOOL, SET, s)               \
    F2(fn_set_join, 300, "set::join", "", STR, SET, s, STR, glue)             \
    F1(fn_set_last, 300, "set::last", "", ANY, SET, s)                        \
    F1(fn_set_len, 300, "set::len", "", INT, SET, s)                          \
    F1(fn_set_max, 300, "set::max", "", ANY, SET, s)                          \
    F1(fn_set_min, 300, "set::min", "", ANY, SET, s)                          \
    F2(fn_set_remove, 300, "set::remove", "", SET, SET, s, ANY, v)            \
    F3(fn_set_slice, 300, "set::slice", "", SET, SET, s, INT, from, INT, to)  \
    F2(fn_set_slice_from, 300, "set::slice", "", SET, SET, s, INT, from)      \
    F2(fn_set_union, 300, "set::union", "", SET, SET, a, SET, b)

/* string */
#define SURREAL_FN_STRING(F0, F1, F2, F3, F4, FV)                             \
    F1(fn_string_capitalize, 300, "string::capitalize", "", STR, STR, s)      \
    FV(fn_string_concat, 200, "string::concat", "=", STR)                     \
    F2(fn_string_contains, 200, "string::contains", "=", BOOL, STR, s,        \
       STR, part)                                                             \
    F2(fn_string_ends_with, 200, "string::ends_with", "=", BOOL, STR, s,      \
       STR, part)                                                             \
    F1(fn_string_html_encode, 200, "string::html::encode", "=", STR, STR, s)  \
    F1(fn_string_html_sanitize, 200, "string::html::sanitize", "=", STR,      \
       STR, s)                                                                \
    FV(fn_string_join, 200, "string::join", "=", STR)                         \
    F1(fn_string_len, 200, "string::len", "=", INT, STR, s)                   \
    F1(fn_string_lowercase, 200, "string::lowercase", "=", STR, STR, s)       \
    F2(fn_string_matches, 200, "string::matches", "=", BOOL, STR, s,          \
       STR, regex)                                                            \
    F2(fn_string_repeat, 200, "string::repeat", "=", STR, STR, s, INT, n)     \
    F3(fn_string_replace, 200, "string::replace", "=", STR, STR, s,           \
       STR, part, STR, by)                                                    \
    F1(fn_string_reverse, 200, "string::reverse", "=", STR, STR, s)           \
    F3(fn_string_slice, 200, "string::slice", "=", STR, STR, s, INT, from,    \
       INT, to)                                                               \
    F2(fn_string_slice_from, 200, "string::slice", "=", STR, STR, s,          \
       INT, from)                                                             \
    F1(fn_string_slug, 200, "string::slug", "=", STR, STR, s)                 \
    F2(fn_string_split, 200, "string::split", "=", ARRAY, STR, s, STR, by)    \
    F2(fn_string_starts_with, 200, "string::starts_with", "=", BOOL, STR, s,  \
       STR, part)                                                             \
    F1(fn_string_trim, 200, "string::trim", "=", STR, STR, s)                 \
    F1(fn_string_uppercase, 200, "string::uppercase", "=", STR, STR, s)       \
    F1(fn_string_words, 200, "string::words", "=", ARRAY, STR, s)

/* string::distance, string::similarity */
#define SURREAL_FN_STRING_DISTANCE(F0, F1, F2, F3, F4, FV)                    \
    F2(fn_string_distance_damerau_levenshtein, 210,                           \
       "string::distance::damerau_levenshtein", "=", INT, STR, a, STR, b)     \
    F2(fn_string_distance_hamming, 200, "string::distance::hamming", "=",     \
       INT, STR, a, STR, b)                                                   \
    F2(fn_string_distance_levenshtein, 200, "string::distance::levenshtein",  \
       "=", INT, STR, a, STR, b)                                              \
    F2(fn_string_distance_normalized_damerau_levenshtein, 210,                \
       "string::distance::normalized_damerau_levenshtein", "=", NUM, STR, a,  \
       STR, b)                                                                \
    F2(fn_string_distance_normalized_levenshtein, 210,                        \
       "string::distance::normalized_levenshtein", "=", NUM, STR, a, STR, b)  \
    F2(fn_string_distance_osa, 210, "string::distance::osa",                  \
       "string::distance::osa_distance", INT, STR, a, STR, b)                 \
    F2(fn_string_similarity_fuzzy, 200, "string::similarity::fuzzy", "=",     \
       INT, STR, a, STR, b)                                                   \
    F2(fn_string_similarity_jaro, 200, "string::similarity::jaro", "=", NUM,  \
       STR, a, STR, b)                                                        \
    F2(fn_string_similarity_jaro_winkler, 210,                                \
       "string::similarity::jaro_winkler", "=", NUM, STR, a, STR, b)          \
    F2(fn_string_similarity_smithwaterman, 200,                               \
       "string::similarity::smithwaterman", "=", INT, STR, a, STR, b)         \
    F2(fn_string_similarity_sorensen_dice, 210,                               \
       "string::similarity::sorensen_dice", "=", NUM, STR, a, STR, b)

/* string::is_... */
#define SURREAL_FN_STRING_IS(F0, F1, F2, F3, F4, FV)                          \
    F1(fn_string_is_alpha, 200, "string::is_alpha", "string::is::alpha",      \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_alphanum, 200, "string::is_alphanum",                     \
       "string::is::alphanum", BOOL, STR, s)                                  \
    F1(fn_string_is_ascii, 200, "string::is_ascii", "string::is::ascii",      \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_datetime, 200, "string::is_datetime",                     \
       "string::is::datetime", BOOL, STR, s)                                  \
    F1(fn_string_is_domain, 200, "string::is_domain", "string::is::domain",   \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_email, 200, "string::is_email", "string::is::email",      \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_hexadecimal, 200, "string::is_hexadecimal",               \
       "string::is::hexadecimal", BOOL, STR, s)                               \
    F1(fn_string_is_ip, 200, "string::is_ip", "string::is::ip", BOOL,         \
       STR, s)                                                                \
    F1(fn_string_is_ipv4, 200, "string::is_ipv4", "string::is::ipv4", BOOL,   \
       STR, s)                                                                \
    F1(fn_string_is_ipv6, 200, "string::is_ipv6", "string::is::ipv6", BOOL,   \
       STR, s)                                                                \
    F1(fn_string_is_latitude, 200, "string::is_latitude",                     \
       "string::is::latitude", BOOL, STR, s)                                  \
    F1(fn_string_is_longitude, 200, "string::is_longitude",                   \
       "string::is::longitude", BOOL, STR, s)                                 \
    F1(fn_string_is_numeric, 200, "string::is_numeric",                       \
       "string::is::numeric", BOOL, STR, s)                                   \
    F1(fn_string_is_record, 200, "string::is_record", "string::is::record",   \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_semver, 200, "string::is_semver", "string::is::semver",   \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_ulid, 210, "string::is_ulid", "string::is::ulid", BOOL,   \
       STR, s)                                                                \
    F1(fn_string_is_url, 200, "string::is_url", "string::is::url", BOOL,      \
       STR, s)                                                                \
    F1(fn_string_is_uuid, 200, "string::is_uuid", "string::is::uuid", BOOL,   \
       STR, s)                                                                \
    F2(fn_string_is_datetime_as, 200, "string::is_datetime",                  \
       "string::is::datetime", BOOL, STR, s, STR, format)                     \
    F2(fn_string_is_record_of, 200, "string::is_record",                      \
       "string::is::record", BOOL, STR, s, STR, table)

/* string::semver */
#define SURREAL_FN_STRING_SEMVER(F0, F1, F2, F3, F4, FV)                      \
    F2(fn_string_semver_compare, 200, "string::semver::compare", "=", INT,    \
       STR, a, STR, b)                                                        \
    F1(fn_string_semver_major, 200, "string::semver::major", "=", INT,        \
       STR, s)                                                                \
    F1(fn_string_semver_minor, 200, "string::semver::minor", "=", INT,        \
       STR, s)                                                                \
    F1(fn_string_semver_patch, 200, "string::semver::patch", "=", INT,        \
       STR, s)                                                                \
    F1(fn_string_semver_inc_major, 200, "string::semver::inc::major", "=",    \
       STR, STR, s)                                                           \
    F1(fn_string_semver_inc_minor, 200, "string::semver::inc::minor", "=",    \
       STR, STR, s)                                                           \
    F1(fn_string_semver_inc_patch, 200, "string::semver::inc::patch", "=",    \
       STR, STR, s)                                                           \
    F2(fn_string_semver_set_major, 200, "string::semver::set::major", "=",    \
       STR, STR, s, INT, n)                                                   \
    F2(fn_string_semver_set_minor, 200, "string::semver::set::minor", "=",    \
       STR, STR, s, INT, n)                                                   \
    F2(fn_string_semver_set_patch, 200, "string::semver::set::patch", "=",    \
       STR, STR, s, INT, n)

/* time */
#define SURREAL_FN_TIME(F0, F1, F2, F3, F4, FV)                               \
    F0(fn_time_now, 200, "time::now", "=", TIME)                              \
    F0(fn_time_timezone, 200, "time::timezone", "=", STR)                     \
    F2(fn_time_ceil, 200, "time::ceil", "=", TIME, TIME, t, SPAN, step)       \
    F2(fn_time_floor, 200, "time::floor", "=", TIME, TIME, t, SPAN, step)     \
    F2(fn_time_round, 200, "time::round", "=", TIME, TIME, t, SPAN, step)     \
    F1(fn_time_day, 200, "time::day", "=", INT, TIME, t)                      \
    F1(fn_time_hour, 200, "time::hour", "=", INT, TIME, t)                    \
    F1(fn_time_micros, 200, "time::micros", "=", INT, TIME, t)                \
    F1(fn_time_millis, 200, "time::millis", "=", INT, TIME, t)                \
    F1(fn_time_minute, 200, "time::minute", "=", INT, TIME, t)                \
    F1(fn_time_month, 200, "time::month", "=", INT, TIME, t)                  \
    F1(fn_time_nano, 200, "time::nano", "=", INT, TIME, t)                    \
    F1(fn_time_second, 200, "time::second", "=", INT, TIME, t)                \
    F1(fn_time_unix, 200, "time::unix", "=", INT, TIME, t)                    \
    F1(fn_time_wday, 200, "time::wday", "=", INT, TIME, t)                    \
    F1(fn_time_week, 200, "time::week", "=", INT, TIME, t)                    \
    F1(fn_time_yday, 200, "time::yday", "=", INT, TIME, t)                    \
    F1(fn_time_year, 200, "time::year", "=", INT, TIME, t)                    \
    F2(fn_time_format, 200, "time::format", "=", STR, TIME, t, STR, format)   \
    F2(fn_time_group, 200, "time::group", "=", TIME, TIME, t, STR, unit)      \
    F1(fn_time_is_leap_year, 200, "time::is_leap_year",                       \
       "time::is::leap_year", BOOL, TIME, t)                                  \
    F1(fn_time_max, 200, "time::max", "=", TIME, ARRAY, a)                    \
    F1(fn_time_min, 200, "time::min", "=", TIME, ARRAY, a)                    \
    F1(fn_time_from_micros, 200, "time::from_micros", "time::from::micros",   \
       TIME, INT, n)                                                          \
    F1(fn_time_from_millis, 200, "time::from_millis", "time::from::millis",   \
       TIME, INT, n)                                                          \
    F1(fn_time_from_nanos, 200, "time::from_nanos", "time::from::nanos",      \
       TIME, INT, n)                                                          \
    F1(fn_time_from_secs, 200, "time::from_secs", "time::from::secs", TIME,   \
       INT, n)                                                                \
    F1(fn_time_from_unix, 200, "time::from_unix", "time::from::unix", TIME,   \
       INT, n)                                                                \
    F1(fn_time_from_ulid, 210, "time::from_ulid", "time::from::ulid", TIME,   \
       STR, s)                                                                \
    F1(fn_time_from_uuid, 210, "time::from_uuid", "time::from::uuid", TIME,   \
       UUID, u)                                                               \
    F2(fn_time_set_year, 302, "time::set_year", "", TIME, TIME, t, INT, n)    \
    F2(fn_time_set_month, 302, "time::set_month", "", TIME, TIME, t, INT, n)  \
    F2(fn_time_set_day, 302, "time::set_day", "", TIME, TIME, t, INT, n)      \
    F2(fn_time_set_hour, 302, "time::set_hour", "", TIME, TIME, t, INT, n)    \
    F2(fn_time_set_minute, 302, "time::set_minute", "", TIME, TIME, t,        \
       INT, n)                                                                \
    F2(fn_time_set_second, 302, "time::set_second", "", TIME, TIME, t,        \
       INT, n)                                                                \
    F2(fn_time_set_nanosecond, 302, "time::set_nanosecond", "", TIME,         \
       TIME, t, INT, n)

/* duration */
#define SURREAL_FN_DURATION(F0, F1, F2, F3, F4, FV)                           \
    F1(fn_duration_days, 200, "duration::days", "=", INT, SPAN, d)            \
    F1(fn_duration_hours, 200, "duration::hours", "=", INT, SPAN, d)          \
    F1(fn_duration_micros, 200, "duration::micros", "=", INT, SPAN, d)        \
    F1(fn_duration_millis, 200, "duration::millis", "=", INT, SPAN, d)        \
    F1(fn_duration_mins, 200, "duration::mins", "=", INT, SPAN, d)            \
    F1(fn_duration_nanos, 200, "duration::nanos", "=", INT, SPAN, d)          \
    F1(fn_duration_secs, 200, "duration::secs", "=", INT, SPAN, d)            \
    F1(fn_duration_weeks, 200, "duration::weeks", "=", INT, SPAN, d)          \
    F1(fn_duration_years, 200, "duration::years", "=", INT, SPAN, d)          \
    F1(fn_duration_from_days, 200, "duration::from_days",                     \
       "duration::from::days", SPAN, INT, n)                                  \
    F1(fn_duration_from_hours, 200, "duration::from_hours",                   \
       "duration::from::hours", SPAN, INT, n)                                 \
    F1(fn_duration_from_micros, 200, "duration::from_micros",                 \
       "duration::from::micros", SPAN, INT, n)                                \
    F1(fn_duration_from_millis, 200, "duration::from_millis",                 \
       "duration::from::millis", SPAN, INT, n)                                \
    F1(fn_duration_from_mins, 200, "duration::from_mins",                     \
       "duration::from::mins", SPAN, INT, n)                                  \
    F1(fn_duration_from_nanos, 200, "duration::from_nanos",                   \
       "duration::from::nanos", SPAN, INT, n)                                 \
    F1(fn_duration_from_secs, 200, "duration::from_secs",                     \
       "duration::from::secs", SPAN, INT, n)                                  \
    F1(fn_duration_from_weeks, 200, "duration::from_weeks",                   \
       "duration::from::weeks", SPAN, INT, n)

/* crypto */
#define SURREAL_FN_CRYPTO(F0, F1, F2, F3, F4, FV)                             \
    F1(fn_crypto_blake3, 200, "crypto::blake3", "=", STR, STR, s)             \
    F1(fn_crypto_md5, 200, "crypto::md5", "=", STR, STR, s)                   \
    F1(fn_crypto_sha1, 200, "crypto::sha1", "=", STR, STR, s)                 \
    F1(fn_crypto_sha256, 200, "crypto::sha256", "=", STR, STR, s)             \
    F1(fn_crypto_sha512, 200, "crypto::sha512", "=", STR, STR, s)             \
    F1(fn_crypto_joaat, 300, "crypto::joaat", "", INT, STR, s)                \
    F2(fn_crypto_argon2_compare, 200, "crypto::argon2::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_argon2_generate, 200, "crypto::argon2::generate", "=", STR,  \
       STR, pass)                                                             \
    F2(fn_crypto_bcrypt_compare, 200, "crypto::bcrypt::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_bcrypt_generate, 200, "crypto::bcrypt::generate", "=", STR,  \
       STR, pass)                                                             \
    F2(fn_crypto_pbkdf2_compare, 200, "crypto::pbkdf2::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_pbkdf2_generate, 200, "crypto::pbkdf2::generate", "=", STR,  \
       STR, pass)                                                             \
    F2(fn_crypto_scrypt_compare, 200, "crypto::scrypt::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_scrypt_generate, 200, "crypto::scrypt::generate", "=", STR,  \
       STR, pass)

/* rand */
#define SURREAL_FN_RAND(F0, F1, F2, F3, F4, FV)                               \
    F0(fn_rand, 200, "rand", "=", NUM)                                        \
    F0(fn_rand_bool, 200, "rand::bool", "=", BOOL)                            \
    F2(fn_rand_duration, 230, "rand::duration", "=", SPAN, SPAN, low,         \
       SPAN, high)                                                            \
    FV(fn_rand_enum, 200, "rand::enum", "=", ANY)                             \
    F0(fn_rand_float, 200, "rand::float", "=", NUM)                           \
    F2(fn_rand_float_in, 200, "rand::float", "=", NUM, NUM, low, NUM, high)   \
    F0(fn_rand_id, 200, "rand::id", "rand::guid", STR)                        \
    F1(fn_rand_id_len, 200, "rand::id", "rand::guid", STR, INT, n)            \
    F2(fn_rand_id_in, 200, "rand::id", "rand::guid", STR, INT, low,           \
       INT, high)                                                             \
    F0(fn_rand_int, 200, "rand::int", "=", INT)                               \
    F2(fn_rand_int_in, 200, "rand::int", "=", INT, INT, low, INT, high)       \
    F0(fn_rand_string, 200, "rand::string", "=", STR)                         \
    F1(fn_rand_string_len, 200, "rand::string", "=", STR, INT, n)             \
    F2(fn_rand_string_in, 200, "rand::string", "=", STR, INT, low,            \
       INT, high)                                                             \
    F0(fn_rand_time, 200, "rand::time", "=", TIME)                            \
    F2(fn_rand_time_in, 200, "rand::time", "=", TIME, TIME, low, TIME, high)  \
    F0(fn_rand_ulid, 200, "rand::ulid", "=", STR)                             \
    F1(fn_rand_ulid_at, 200, "rand::ulid", "=", STR, TIME, t)                 \
    F0(fn_rand_uuid, 200, "rand::uuid", "=", UUID)                            \
    F1(fn_rand_uuid_at, 200, "rand::uuid", "=", UUID, TIME, t)                \
    F0(fn_rand_uuid_v4, 200, "rand::uuid::v4", "=", UUID)                     \
    F0(fn_rand_uuid_v7, 200, "rand::uuid::v7", "=", UUID)                     \
    F1(fn_rand_uuid_v7_at, 200, "rand::uuid::v7", "=", UUID, TIME, t)

/* type */
#define SURREAL_FN_TYPE(F0, F1, F2, F3, F4, FV)                               \
    F1(fn_type_array, 200, "type::array", "=", ARRAY, ANY, v)                 \
    F1(fn_type_bool, 200, "type::bool", "=", BOOL, ANY, v)                    \
    F1(fn_type_bytes, 200, "type::bytes", "=", BYTES, ANY, v)                 \
    F1(fn_type_datetime, 200, "type::datetime", "=", TIME, ANY, v)            \
    F1(fn_type_decimal, 200, "type::decimal", "=", DECIMAL, ANY, v)           \
    F1(fn_type_duration, 200, "type::duration", "=", SPAN, ANY, v)            \
    F2(fn_type_file, 300, "type::file", "", FILE, STR, bucket, STR, key)      \
    F1(fn_type_float, 200, "type::float", "=", NUM, ANY, v)                   \
    F1(fn_type_geometry, 200, "type::geometry", "=", GEO, ANY, v)             \
    F1(fn_type_int, 200, "type::int", "=", INT, ANY, v)                       \
    F1(fn_type_number, 200, "type::number", "=", NUM, ANY, v)                 \
    F1(fn_type_of, 300, "type::of", "", STR, ANY, v)                          \
    F1(fn_type_point, 200, "type::point", "=", POINT, ANY, v)                 \
    F1(fn_type_range, 200, "type::range", "=", ANY, ANY, v)                   \
    F1(fn_type_record, 200, "type::record", "=", ID, ANY, v)                  \
    F2(fn_type_record_of, 200, "type::record", "type::thing", ID,             \
       STR, table, ANY, key)                                                  \
    F1(fn_type_set, 300, "type::set", "", SET, ANY, v)                        \
    F1(fn_type_string, 200, "type::string", "=", STR, ANY, v)                 \
    F1(fn_type_string_lossy, 300, "type::string_lossy", "", STR, ANY, v)      \
    F1(fn_type_table, 200, "type::table", "=", TABLE, ANY, v)                 \
    F1(fn_type_uuid, 200, "type::uuid", "=", UUID, ANY, v)

/* type::is_... */
#define SURREAL_FN_TYPE_IS(F0, F1, F2, F3, F4, FV)                            \
    F1(fn_type_is_array, 200, "type::is_array", "type::is::array", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_bool, 200, "type::is_bool", "type::is::bool", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_bytes, 200, "type::is_bytes", "type::is::bytes", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_collection, 200, "type::is_collection",                     \
       "type::is::collection", BOOL, ANY, v)                                  \
    F1(fn_type_is_datetime, 200, "type::is_datetime", "type::is::datetime",   \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_decimal, 200, "type::is_decimal", "type::is::decimal",      \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_duration, 200, "type::is_duration", "type::is::duration",   \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_float, 200, "type::is_float", "type::is::float", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_geometry, 200, "type::is_geometry", "type::is::geometry",   \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_int, 200, "type::is_int", "type::is::int", BOOL, ANY, v)    \
    F1(fn_type_is_line, 200, "type::is_line", "type::is::line", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_multiline, 200, "type::is_multiline",                       \
       "type::is::multiline", BOOL, ANY, v)                                   \
    F1(fn_type_is_multipoint, 200, "type::is_multipoint",                     \
       "type::is::multipoint", BOOL, ANY, v)                                  \
    F1(fn_type_is_multipolygon, 200, "type::is_multipolygon",                 \
       "type::is::multipolygon", BOOL, ANY, v)                                \
    F1(fn_type_is_none, 200, "type::is_none", "type::is::none", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_null, 200, "type::is_null", "type::is::null", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_number, 200, "type::is_number", "type::is::number", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_object, 200, "type::is_object", "type::is::object", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_point, 200, "type::is_point", "type::is::point", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_polygon, 200, "type::is_polygon", "type::is::polygon",      \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_range, 220, "type::is_range", "type::is::range", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_record, 200, "type::is_record", "type::is::record", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_set, 300, "type::is_set", "", BOOL, ANY, v)                 \
    F1(fn_type_is_string, 200, "type::is_string", "type::is::string", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_uuid, 200, "type::is_uuid", "type::is::uuid", BOOL,         \
       ANY, v)                                                                \
    F2(fn_type_is_record_of, 200, "type::is_record", "type::is::record",      \
       BOOL, ANY, v, STR, table)

/* vector */
#define SURREAL_FN_VECTOR(F0, F1, F2, F3, F4, FV)                             \
    F2(fn_vector_add, 200, "vector::add", "=", ARRAY, ARRAY, a, ARRAY, b)     \
    F2(fn_vector_cross, 200, "vector::cross", "=", ARRAY, ARRAY, a,           \
       ARRAY, b)                                                              \
    F2(fn_vector_divide, 200, "vector::divide", "=", ARRAY, ARRAY, a,         \
       ARRAY, b)                                                              \
    F2(fn_vector_multiply, 200, "vector::multiply", "=", ARRAY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_vector_project, 200, "vector::project", "=", ARRAY, ARRAY, a,       \
       ARRAY, b)                                                              \
    F2(fn_vector_subtract, 200, "vector::subtract", "=", ARRAY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_vector_scale, 200, "vector::scale", "=", ARRAY, ARRAY, a, NUM, by)  \
    F1(fn_vector_normalize, 200, "vector::normalize", "=", ARRAY, ARRAY, a)   \
    F1(fn_vector_magnitude, 200, "vector::magnitude", "=", NUM, ARRAY, a)     \
    F2(fn_vector_angle, 200, "vector::angle", "=", NUM, ARRAY, a, ARRAY, b)   \
    F2(fn_vector_dot, 200, "vector::dot", "=", NUM, ARRAY, a, ARRAY, b)       \
    F2(fn_vector_distance_chebyshev, 200, "vector::distance::chebyshev",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_distance_euclidean, 200, "vector::distance::euclidean",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_distance_hamming, 200, "vector::distance::hamming", "=",     \
       NUM, ARRAY, a, ARRAY, b)                                               \
    F2(fn_vector_distance_manhattan, 200, "vector::distance::manhattan",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_similarity_cosine, 200, "vector::similarity::cosine", "=",   \
       NUM, ARRAY, a, ARRAY, b)                                               \
    F2(fn_vector_similarity_jaccard, 200, "vector::similarity::jaccard",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_similarity_pearson, 200, "vector::similarity::pearson",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F3(fn_vector_distance_minkowski, 200, "vector::distance::minkowski",      \
       "=", NUM, ARRAY, a, ARRAY, b, NUM, order)

/* object, value, record, meta, session and the rest */
#define SURREAL_FN_OBJECT(F0, F1, F2, F3, F4, FV)                             \
    F1(fn_object_entries, 200, "object::entries", "=", ARRAY, OBJECT, o)      \
    F2(fn_object_extend, 300, "object::extend", "", OBJECT, OBJECT, a,        \
       OBJECT, b)                                                             \
    F1(fn_object_from_entries, 200, "object::from_entries", "=", OBJECT,      \
       ARRAY, a)                                                              \
    F1(fn_object_is_empty, 220, "object::is_empty", "=", BOOL, OBJECT, o)     \
    F1(fn_object_keys, 200, "object::keys", "=", ARRAY, OBJECT, o)            \
    F1(fn_object_len, 200, "object::len", "=", INT, OBJECT, o)                \
    F2(fn_object_remove, 300, "object::remove", "", OBJECT, OBJECT, o,        \
       ANY, keys)                                                             \
    F1(fn_object_values, 200, "object::values", "=", ARRAY, OBJECT, o)        \
    F2(fn_value_diff, 200, "value::diff", "=", ARRAY, ANY, a, ANY, b)         \
    F2(fn_value_patch, 200, "value::patch", "=", ANY, ANY, v, ARRAY, patch)   \
    F1(fn_record_exists, 200, "record::exists", "=", BOOL, ID, id)            \
    F1(fn_record_id, 200, "record::id", "=", ANY, ID, id)                     \
    F1(fn_record_is_edge, 300, "record::is_edge", "", BOOL, ID, id)           \
    F1(fn_record_table, 200, "record::table", "=", STR, ID, id)               \
    F1(fn_record_tb, 200, "record::tb", "=", STR, ID, id)                     \
    F1(fn_meta_id, 210, "meta::id", "=", ANY, ID, id)                         \
    F1(fn_meta_tb, 210, "meta::tb", "=", STR, ID, id)                         \
    F1(fn_schema_table_exists, 300, "schema::table::exists", "", BOOL,        \
       STR, table)                                                            \
    F1(fn_sequence_nextval, 300, "sequence::nextval", "", INT, STR, name)     \
    F0(fn_session_ac, 200, "session::ac", "=", STR)                           \
    F0(fn_session_db, 200, "session::db", "=", STR)                           \
    F0(fn_session_id, 200, "session::id", "=", ANY)                           \
    F0(fn_session_ip, 200, "session::ip", "=", STR)                           \
    F0(fn_session_ns, 200, "session::ns", "=", STR)                           \
    F0(fn_session_origin, 200, "session::origin", "=", STR)                   \
    F0(fn_session_rd, 200, "session::rd", "=", ANY)                           \
    F0(fn_session_token, 200, "session::token", "=", ANY)                     \
    F1(fn_bytes_len, 200, "bytes::len", "=", INT, BYTES, b)                   \
    F1(fn_count, 200, "count", "=", INT, ANY, v)                              \
    F1(fn_not, 200, "not", "=", BOOL, ANY, v)                                 \
    F1(fn_sleep, 200, "sleep", "=", VOID, SPAN, d)

/* geo, encoding, parse */
#define SURREAL_FN_TEXT(F0, F1, F2, F3, F4, FV)                               \
    F1(fn_encoding_base64_decode, 200, "encoding::base64::decode", "=",       \
       BYTES, STR, s)                                                         \
    F1(fn_encoding_base64_encode, 200, "encoding::base64::encode", "=", STR,  \
       BYTES, b)                                                              \
    F2(fn_encoding_base64_encode_padded, 300, "encoding::base64::encode",     \
       "", STR, BYTES, b, BOOL, pad)                                          \
    F1(fn_encoding_cbor_decode, 300, "encoding::cbor::decode", "", ANY,       \
       BYTES, b)                                                              \
    F1(fn_encoding_cbor_encode, 300, "encoding::cbor::encode", "", BYTES,     \
       ANY, v)                                                                \
    F1(fn_file_bucket, 300, "file::bucket", "", STR, FILE, f)                 \
    F1(fn_file_key, 300, "file::key", "", STR, FILE, f)                       \
    F1(fn_geo_area, 200, "geo::area", "=", NUM, GEO, g)                       \
    F2(fn_geo_bearing, 200, "geo::bearing", "=", NUM, POINT, a, POINT, b)     \
    F1(fn_geo_centroid, 200, "geo::centroid", "=", POINT, GEO, g)             \
    F2(fn_geo_distance, 200, "geo::distance", "=", NUM, POINT, a, POINT, b)   \
    F1(fn_geo_hash_decode, 200, "geo::hash::decode", "=", POINT, STR, s)      \
    F1(fn_geo_hash_encode, 200, "geo::hash::encode", "=", STR, POINT, p)      \
    F2(fn_geo_hash_encode_len, 200, "geo::hash::encode", "=", STR, POINT, p,  \
       INT, n)                                                                \
    F1(fn_geo_is_valid, 200, "geo::is_valid", "geo::is::valid", BOOL,         \
       GEO, g)                                                                \
    F1(fn_parse_email_host, 200, "parse::email::host", "=", STR, STR, s)      \
    F1(fn_parse_email_user, 200, "parse::email::user", "=", STR, STR, s)      \
    F1(fn_parse_url_domain, 200, "parse::url::domain", "=", STR, STR, s)      \
    F1(fn_parse_url_fragment, 200, "parse::url::fragment", "=", STR, STR, s)  \
    F1(fn_parse_url_host, 200, "parse::url::host", "=", STR, STR, s)          \
    F1(fn_parse_url_path, 200, "parse::url::path", "=", STR, STR, s)          \
    F1(fn_parse_url_port, 200, "parse::url::port", "=", INT, STR, s)          \
    F1(fn_parse_url_query, 200, "parse::url::query", "=", STR, STR, s)        \
    F1(fn_parse_url_scheme, 200, "parse::url::scheme", "=", STR, STR, s)

#define SURREAL_FN_LIST(F0, F1, F2, F3, F4, FV)                              \
    SURREAL_FN_MATH(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_ARRAY(F0, F1, F2, F3, F4, FV)                                  \
    SURREAL_FN_ARRAY_MORE(F0, F1, F2, F3, F4, FV)                             \
    SURREAL_FN_SET(F0, F1, F2, F3, F4, FV)                                    \
    SURREAL_FN_STRING(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_STRING_DISTANCE(F0, F1, F2, F3, F4, FV)                        \
    SURREAL_FN_STRING_IS(F0, F1, F2, F3, F4, FV)                              \
    SURREAL_FN_STRING_SEMVER(F0, F1, F2, F3, F4, FV)                          \
    SURREAL_FN_TIME(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_DURATION(F0, F1, F2, F3, F4, FV)                               \
    SURREAL_FN_CRYPTO(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_RAND(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_TYPE(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_TYPE_IS(F0, F1, F2, F3, F4, FV)                                \
    SURREAL_FN_VECTOR(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_OBJECT(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_TEXT(F0, F1, F2, F3, F4, FV)

/* ---- prototypes ------------------------------------------------------- */

#define SURREAL_FN_IN_NUM(v) double v
#define SURREAL_FN_IN_INT(v) int64_t v
#define SURREAL_FN_IN_BOOL(v) bool v
#define SURREAL_FN_IN_STR(v) surreal_str v
#define SURREAL_FN_IN_TIME(v) surreal_datetime v
#define SURREAL_FN_IN_SPAN(v) surreal_duration v
#define SURREAL_FN_IN_UUID(v) surreal_uuid v
#define SURREAL_FN_IN_POINT(v) surreal_point v
#define SURREAL_FN_IN_BYTES(v) surreal_bytes v
#define SURREAL_FN_IN_ID(v) surreal_record_id v
#define SURREAL_FN_IN_FILE(v) surreal_file v
#define SURREAL_FN_IN_ANY(v) surreal_bind v
#define SURREAL_FN_IN_ARRAY(v) surreal_bind v
#define SURREAL_FN_IN_OBJECT(v) surreal_bind v
#define SURREAL_FN_IN_SET(v) surreal_bind v
#define SURREAL_FN_IN_GEO(v) surreal_bind v

/* With the comma in front, since VOID has nothing. */
#define SURREAL_FN_OUT_VOID
#define SURREAL_FN_OUT_NUM , double *out
#define SURREAL_FN_OUT_INT , int64_t *out
#define SURREAL_FN_OUT_BOOL , bool *out
#define SURREAL_FN_OUT_TIME , surreal_datetime *out
#define SURREAL_FN_OUT_SPAN , surreal_duration *out
#define SURREAL_FN_OUT_UUID , surreal_uuid *out
#define SURREAL_FN_OUT_POINT , surreal_point *out
#define SURREAL_FN_OUT_STR , surreal_str *out, surreal_result **owner
#define SURREAL_FN_OUT_TABLE , surreal_str *out, surreal_result **owner
#define SURREAL_FN_OUT_DECIMAL , surreal_decimal *out, surreal_result **owner
#define SURREAL_FN_OUT_BYTES , surreal_bytes *out, surreal_result **owner
#define SURREAL_FN_OUT_ID , surreal_record_id *out, surreal_result **owner
#define SURREAL_FN_OUT_FILE , surreal_file *out, surreal_result **owner
#define SURREAL_FN_OUT_ANY , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_ARRAY , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_OBJECT , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_SET , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_GEO , surreal_value *out, surreal_result **owner

/* What a prototype and its definition have in common. */
#define SURREAL_FN_HEAD0(name, r) \
    SURREAL_API surreal_status surreal_##name(surreal *db SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEADV(name, r) \
    SURREAL_API surreal_status    \
    surreal_##name(surreal *db, surreal_vars vars SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD1(name, r, t1, v1) \
    SURREAL_API surreal_status            \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1) SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD2(name, r, t1, v1, t2, v2)         \
    SURREAL_API surreal_status                            \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1), \
                      SURREAL_FN_IN_##t2(v2) SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD3(name, r, t1, v1, t2, v2, t3, v3)  \
    SURREAL_API surreal_status                             \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1), \
                      SURREAL_FN_IN_##t2(v2),              \
                      SURREAL_FN_IN_##t3(v3) SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD4(name, r, t1, v1, t2, v2, t3, v3, t4, v4) \
    SURREAL_API surreal_status                                    \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1),        \
                      SURREAL_FN_IN_##t2(v2),                     \
                      SURREAL_FN_IN_##t3(v3),                     \
                      SURREAL_FN_IN_##t4(v4) SURREAL_FN_OUT_##r)

#define SURREAL_FN_DECLARE0(name, since, n3, n2, r) SURREAL_FN_HEAD0(name, r);
#define SURREAL_FN_DECLAREV(name, since, n3, n2, r) SURREAL_FN_HEADV(name, r);
#define SURREAL_FN_DECLARE1(name, since, n3, n2, r, t1, v1) \
    SURREAL_FN_HEAD1(name, r, t1, v1);
#define SURREAL_FN_DECLARE2(name, since, n3, n2, r, t1, v1, t2, v2) \
    SURREAL_FN_HEAD2(name, r, t1, v1, t2, v2);
#define SURREAL_FN_DECLARE3(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3) \
    SURREAL_FN_HEAD3(name, r, t1, v1, t2, v2, t3, v3);
#define SURREAL_FN_DECLARE4(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3, \
                            t4, v4)                                         \
    SURREAL_FN_HEAD4(name, r, t1, v1, t2, v2, t3, v3, t4, v4);

SURREAL_FN_LIST(SURREAL_FN_DECLARE0, SURREAL_FN_DECLARE1, SURREAL_FN_DECLARE2,
                SURREAL_FN_DECLARE3, SURREAL_FN_DECLARE4, SURREAL_FN_DECLAREV)

/* ---- the list at run time --------------------------------------------- */

/* One line of the lists.
 *
 *   symbol     "surreal_fn_math_log"
 *   name       on SurrealDB 3: "math::log"
 *   name_2     on SurrealDB 2, or NULL if it is not there
 *   since      the first version, as in the lists
 *   signature  "math::log(x: number, base: number) -> number" */
typedef struct surreal_function {
    const char *symbol;
    const char *name;
    const char *name_2;
    int since;
    const char *signature;
} surreal_function;

/* All of them, *count in number, in the order of the lists. */
SURREAL_API const surreal_function *surreal_functions(size_t *count);

#endif /* SURREAL_FUNCTIONS */

#endif

#endif /* SURREAL_H */

#ifdef SURREAL_IMPLEMENTATION
#ifndef SURREAL_IMPLEMENTATION_DONE
#define SURREAL_IMPLEMENTATION_DONE

/*===========================================================================
 * base/base.h: memory, buffers, text and errors that every layer uses.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/base/base.h"
#endif
#ifndef SRL_BASE_H
#define SRL_BASE_H







#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Internal functions are static in the one header and extern while parts are
 * compiled one by one (make check-parts). Data never crosses parts: a forward
 * "static const T table[]" is not C++. */
#ifdef SRL_PARTS
#define SRL_FN extern
#else
#define SRL_FN SURREAL_UNUSED static
#endif

/* Always on in debug builds; replaceable. */
#ifndef SURREAL_ASSERT
#ifdef NDEBUG
#define SURREAL_ASSERT(x) ((void)0)
#else
#include <assert.h>
#define SURREAL_ASSERT(x) assert(x)
#endif
#endif

#define SRL_STATIC_ASSERT(cond, name) \
    typedef char srl_assert_##name[(cond) ? 1 : -1] SURREAL_UNUSED

#if defined(__GNUC__) || defined(__clang__)
#define SRL_LIKELY(x) __builtin_expect(!!(x), 1)
#define SRL_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define SRL_INLINE static inline __attribute__((always_inline))
#else
#define SRL_LIKELY(x) (x)
#define SRL_UNLIKELY(x) (x)
#define SRL_INLINE static inline
#endif

/* The only macro with control flow. Never in a function with a done: label. */
#define SRL_TRY(expr)                        \
    do {                                     \
        surreal_status srl_try_ = (expr);    \
        if (srl_try_) return srl_try_;       \
    } while (0)

/* ---- base/error.c -------------------------------------------------------- */

/* Fill *err (which may be NULL) and return `status`, so that a failure is one
 * statement. Clears what an earlier error left. */
SRL_FN surreal_status srl_fail(surreal_error *err, surreal_status status,
                               const char *fmt, ...) SURREAL_PRINTF(3, 4);
SRL_FN void srl_error_clear(surreal_error *err);

/* Copy text into a fixed array, cut at a character and marked "..." if it
 * does not fit. */
SRL_FN void srl_text_copy(char *out, size_t cap, const char *text,
                          size_t len);

/* ---- base/mem.c ---------------------------------------------------------- */

/* The user's allocator with a count of what is held and a cap on it. */
typedef struct srl_mem {
    surreal_allocator allocator; /* resize is never NULL after init */
    size_t used;
    size_t max; /* 0: no cap */
} srl_mem;

SRL_FN void srl_mem_init(srl_mem *mem, const surreal_allocator *allocator,
                         size_t max);
/* NULL on failure or when the cap would be exceeded; `block` stays valid. */
SRL_FN void *srl_mem_resize(srl_mem *mem, void *block, size_t old_len,
                            size_t new_len);
SRL_FN void srl_mem_free(srl_mem *mem, void *block, size_t len);

/* Sizes: true and *out set unless the result would not fit. Every allocation
 * whose size is computed goes through these. */
SRL_INLINE bool
srl_size_add(size_t a, size_t b, size_t *out)
{
    if (a > (size_t)-1 - b) return false;
    *out = a + b;
    return true;
}

SRL_INLINE bool
srl_size_mul(size_t a, size_t b, size_t *out)
{
    if (b && a > (size_t)-1 / b) return false;
    *out = a * b;
    return true;
}

/* Memory that is given back all at once. Blocks are aligned to 16. */
typedef struct srl_arena {
    srl_mem *mem;
    struct srl_chunk *chunks; /* newest first */
    uint8_t *at;
    uint8_t *end;
} srl_arena;

SRL_FN void srl_arena_init(srl_arena *arena, srl_mem *mem);
SRL_FN void srl_arena_free(srl_arena *arena);
/* NULL when there is no memory. len 0 gives a valid, distinct pointer. */
SRL_FN void *srl_arena_alloc(srl_arena *arena, size_t len);
SRL_FN void *srl_arena_array(srl_arena *arena, size_t count, size_t size);
/* A copy with a NUL behind it; ptr is NULL when there is no memory. */
SRL_FN surreal_str srl_arena_text(srl_arena *arena, const char *text,
                                  size_t len);

/* Wipe secrets; not removed by the optimiser. */
SRL_FN void srl_wipe(void *ptr, size_t len);

/* ---- base/buf.c ---------------------------------------------------------- */

/* A growable byte buffer with a stated maximum. The first failure is latched
 * in `status` (ERR_NOMEM, or ERR_LIMIT beyond max) and later puts do nothing,
 * so writers check once. mem NULL: fixed room, ERR_FULL when it is used up. */
typedef struct srl_buf {
    uint8_t *data;
    size_t len;
    size_t cap;
    size_t max;
    srl_mem *mem;
    surreal_status status;
    bool is_secret; /* wiped before its memory is given back */
} srl_buf;

SRL_FN void srl_buf_init(srl_buf *buf, srl_mem *mem, size_t max);
SRL_FN void srl_buf_fixed(srl_buf *buf, void *room, size_t cap);
SRL_FN void srl_buf_free(srl_buf *buf);
/* Make room for `extra` more bytes. */
SRL_FN surreal_status srl_buf_reserve(srl_buf *buf, size_t extra);
SRL_FN void srl_buf_put(srl_buf *buf, const void *data, size_t len);
SRL_FN void srl_buf_put_text(srl_buf *buf, const char *text);

/* ---- base/utf8.c --------------------------------------------------------- */

/* True if [text, text+len) is UTF-8 (RFC 3629: no surrogates, no overlong
 * forms, nothing above U+10FFFF). Reads nothing else. */
SRL_FN bool srl_utf8_valid(const uint8_t *text, size_t len);

/* Write one code point, at most 4 bytes; returns the count. */
SRL_FN size_t srl_utf8_put(uint8_t *out, uint32_t code);

/* ---- base/num.c ---------------------------------------------------------- */

/* Big-endian loads and stores, any alignment. */
SRL_INLINE uint16_t
srl_load16(const uint8_t *p)
{
    return (uint16_t)((unsigned)p[0] << 8 | p[1]);
}

SRL_INLINE uint32_t
srl_load32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
           (uint32_t)p[2] << 8 | p[3];
}

SRL_INLINE uint64_t
srl_load64(const uint8_t *p)
{
    return (uint64_t)srl_load32(p) << 32 | srl_load32(p + 4);
}

SRL_INLINE void
srl_store16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

SRL_INLINE void
srl_store32(uint8_t *p, uint32_t v)
{
    srl_store16(p, (uint16_t)(v >> 16));
    srl_store16(p + 2, (uint16_t)v);
}

SRL_INLINE void
srl_store64(uint8_t *p, uint64_t v)
{
    srl_store32(p, (uint32_t)(v >> 32));
    srl_store32(p + 4, (uint32_t)v);
}

/* Half precision (IEEE 754 binary16) and single precision bits as double. */
SRL_FN double srl_half_to_double(uint16_t bits);
SRL_FN double srl_single_to_double(uint32_t bits);
SRL_FN double srl_bits_to_double(uint64_t bits);
SRL_FN uint64_t srl_double_to_bits(double v);

/* Shortest text that reads back as the same double: "1.5", "1e300", "-0",
 * "NaN", "Infinity", "-Infinity"; a '.' whatever the locale. Returns the
 * length; out is NUL-terminated. */
SRL_FN size_t srl_double_print(double v, char out[32]);

/* ---- text output with snprintf's contract (base/buf.c) ------------------ */

/* Counts everything, keeps what fits. */
typedef struct srl_out {
    char *buf;
    size_t cap;
    size_t len; /* what would have been written */
} srl_out;

SRL_FN void srl_out_init(srl_out *out, char *buf, size_t cap);
SRL_FN void srl_out_put(srl_out *out, const char *text, size_t len);
SRL_FN void srl_out_text(srl_out *out, const char *text);
SRL_FN void srl_out_char(srl_out *out, char c);
SRL_FN void srl_out_int(srl_out *out, int64_t v);
SRL_FN void srl_out_uint(srl_out *out, uint64_t v);
/* Digits of v with leading zeros up to `width`. */
SRL_FN void srl_out_padded(srl_out *out, uint64_t v, unsigned width);
/* Close with a NUL; returns len. */
SRL_FN size_t srl_out_end(srl_out *out);

#endif

/*===========================================================================
 * base/error.c: statuses, their texts, and filling in a surreal_error.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/base/error.c"
#endif


SURREAL_API surreal_class
surreal_status_class(surreal_status status)
{
    return (surreal_class)((unsigned)status >> 8);
}

SURREAL_API const char *
surreal_status_text(surreal_status status)
{
    switch (status) {
#define SRL_STATUS_CASE(name, cls, number, text) \
    case SURREAL_##name: return text;
        SURREAL_STATUS_LIST(SRL_STATUS_CASE)
#undef SRL_STATUS_CASE
    default: return "unknown status";
    }
}

SRL_FN void
srl_error_clear(surreal_error *err)
{
    if (!err) return;
    memset(err, 0, sizeof *err);
    err->statement = -1;
}

SRL_FN void
srl_text_copy(char *out, size_t cap, const char *text, size_t len)
{
    size_t keep;

    SURREAL_ASSERT(cap >= 4);
    if (len < cap) {
        if (len) memcpy(out, text, len);
        out[len] = '\0';
        return;
    }
    keep = cap - 4;
    while (keep && ((uint8_t)text[keep] & 0xc0) == 0x80) {
        keep--; /* never split a UTF-8 character */
    }
    memcpy(out, text, keep);
    memcpy(out + keep, "...", 4);
}

static surreal_status
srl_fail_args(surreal_error *err, surreal_status status, const char *fmt,
              va_list args)
{
    char text[1024];
    int len;

    SURREAL_ASSERT(status != SURREAL_OK);
    if (!err) return status;
    len = vsnprintf(text, sizeof text, fmt, args);
    if (len < 0) len = 0;
    if ((size_t)len >= sizeof text) len = (int)sizeof text - 1;
    srl_error_clear(err);
    err->status = status;
    srl_text_copy(err->message, sizeof err->message, text, (size_t)len);
    return status;
}

SRL_FN surreal_status
srl_fail(surreal_error *err, surreal_status status, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    srl_fail_args(err, status, fmt, args);
    va_end(args);
    return status;
}

SURREAL_API surreal_status
surreal_fail_with(surreal_error *err, surreal_status status, const char *fmt,
                  ...)
{
    va_list args;

    va_start(args, fmt);
    srl_fail_args(err, status, fmt, args);
    va_end(args);
    return status;
}

/*===========================================================================
 * base/mem.c: the allocator, capped and counted, and arenas on top of it.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/base/mem.c"
#endif


/* An arena is a list of chunks, each twice the size of the one before up to a
 * bound, and a block too large for that gets a chunk of its own behind the
 * current one, so that the room left in the current chunk is not lost. */
typedef struct srl_chunk {
    struct srl_chunk *older;
    size_t len; /* the header included */
} srl_chunk;

#define SRL_ARENA_ALIGN ((size_t)16)
#define SRL_ARENA_FIRST ((size_t)1024)
#define SRL_ARENA_LARGEST ((size_t)64 << 10)

/* The header of a chunk, rounded up so that blocks stay aligned. */
#define SRL_CHUNK_HEAD                                   \
    ((sizeof(srl_chunk) + SRL_ARENA_ALIGN - 1) & \
     ~(SRL_ARENA_ALIGN - 1))

static void *
srl_libc_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    (void)user;
    (void)old_len;
    if (!new_len) {
        free(block);
        return NULL;
    }
    return realloc(block, new_len);
}

SRL_FN void
srl_mem_init(srl_mem *mem, const surreal_allocator *allocator, size_t max)
{
    mem->allocator.resize = srl_libc_resize;
    mem->allocator.user = NULL;
    if (allocator && allocator->resize) mem->allocator = *allocator;
    mem->used = 0;
    mem->max = max;
}

SRL_FN void *
srl_mem_resize(srl_mem *mem, void *block, size_t old_len, size_t new_len)
{
    void *moved;
    size_t used = mem->used - old_len;

    SURREAL_ASSERT(old_len <= mem->used);
    SURREAL_ASSERT(new_len > 0);
    if (!srl_size_add(used, new_len, &used)) return NULL;
    if (mem->max && used > mem->max) return NULL;
    moved = mem->allocator.resize(mem->allocator.user, block, old_len,
                                  new_len);
    if (moved) mem->used = used;
    return moved;
}

SRL_FN void
srl_mem_free(srl_mem *mem, void *block, size_t len)
{
    if (!block) return;
    SURREAL_ASSERT(len <= mem->used);
    mem->used -= len;
    mem->allocator.resize(mem->allocator.user, block, len, 0);
}

SRL_FN void
srl_arena_init(srl_arena *arena, srl_mem *mem)
{
    arena->mem = mem;
    arena->chunks = NULL;
    arena->at = NULL;
    arena->end = NULL;
}

SRL_FN void
srl_arena_free(srl_arena *arena)
{
    while (arena->chunks) {
        srl_chunk *chunk = arena->chunks;

        arena->chunks = chunk->older;
        srl_mem_free(arena->mem, chunk, chunk->len);
    }
    arena->at = NULL;
    arena->end = NULL;
}

static srl_chunk *
srl_chunk_new(srl_arena *arena, size_t len)
{
    srl_chunk *chunk;

    if (!srl_size_add(len, SRL_CHUNK_HEAD, &len)) return NULL;
    chunk = (srl_chunk *)srl_mem_resize(arena->mem, NULL, 0, len);
    if (chunk) chunk->len = len;
    return chunk;
}

/* A block that would waste a fresh chunk: behind the current one. */
static void *
srl_arena_alone(srl_arena *arena, size_t len)
{
    srl_chunk *chunk = srl_chunk_new(arena, len);

    if (!chunk) return NULL;
    if (arena->chunks) {
        chunk->older = arena->chunks->older;
        arena->chunks->older = chunk;
    } else {
        chunk->older = NULL;
        arena->chunks = chunk;
        arena->at = arena->end = (uint8_t *)chunk + chunk->len;
    }
    return (uint8_t *)chunk + SRL_CHUNK_HEAD;
}

SRL_FN void *
srl_arena_alloc(srl_arena *arena, size_t len)
{
    srl_chunk *chunk;
    size_t next = SRL_ARENA_FIRST;
    void *block;

    if (len > (size_t)-1 - SRL_ARENA_ALIGN) return NULL;
    len = (len + SRL_ARENA_ALIGN - 1) & ~(SRL_ARENA_ALIGN - 1);
    if (!len) len = SRL_ARENA_ALIGN;
    if (len <= (size_t)(arena->end - arena->at)) {
        block = arena->at;
        arena->at += len;
        return block;
    }
    if (arena->chunks) next = arena->chunks->len * 2;
    if (next > SRL_ARENA_LARGEST) next = SRL_ARENA_LARGEST;
    if (len > next / 2) return srl_arena_alone(arena, len);

    chunk = srl_chunk_new(arena, next - SRL_CHUNK_HEAD);
    if (!chunk) return NULL;
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    arena->at = (uint8_t *)chunk + SRL_CHUNK_HEAD;
    arena->end = (uint8_t *)chunk + chunk->len;
    SURREAL_ASSERT(len <= (size_t)(arena->end - arena->at));
    block = arena->at;
    arena->at += len;
    return block;
}

SRL_FN void *
srl_arena_array(srl_arena *arena, size_t count, size_t size)
{
    size_t len;

    if (!srl_size_mul(count, size, &len)) return NULL;
    return srl_arena_alloc(arena, len);
}

SRL_FN surreal_str
srl_arena_text(srl_arena *arena, const char *text, size_t len)
{
    surreal_str copy = {NULL, 0};
    char *room;

    if (len == (size_t)-1) return copy;
    room = (char *)srl_arena_alloc(arena, len + 1);
    if (!room) return copy;
    if (len) memcpy(room, text, len);
    room[len] = '\0';
    copy.ptr = room;
    copy.len = len;
    return copy;
}

SRL_FN void
srl_wipe(void *ptr, size_t len)
{
    volatile uint8_t *p = (volatile uint8_t *)ptr;

    while (len--) {
        *p++ = 0;
    }
}

/*===========================================================================
 * base/buf.c: capped byte buffers, and text output that counts.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/base/buf.c"
#endif


#define SRL_BUF_FIRST ((size_t)256)

SRL_FN void
srl_buf_init(srl_buf *buf, srl_mem *mem, size_t max)
{
    memset(buf, 0, sizeof *buf);
    buf->mem = mem;
    buf->max = max;
}

SRL_FN void
srl_buf_fixed(srl_buf *buf, void *room, size_t cap)
{
    memset(buf, 0, sizeof *buf);
    buf->data = (uint8_t *)room;
    buf->cap = cap;
    buf->max = cap;
}

SRL_FN void
srl_buf_free(srl_buf *buf)
{
    if (buf->is_secret) srl_wipe(buf->data, buf->cap);
    if (buf->mem) srl_mem_free(buf->mem, buf->data, buf->cap);
    buf->data = NULL;
    buf->len = 0;
    buf->cap = 0;
}

static surreal_status
srl_buf_grow(srl_buf *buf, size_t need)
{
    size_t cap = buf->cap ? buf->cap : SRL_BUF_FIRST;
    uint8_t *data;

    if (need > buf->max) {
        return buf->mem ? SURREAL_ERR_LIMIT : SURREAL_ERR_FULL;
    }
    if (!buf->mem) return SURREAL_ERR_FULL;
    while (cap < need) {
        cap = cap > buf->max / 2 ? buf->max : cap * 2;
    }
    if (cap > buf->max) cap = buf->max;
    if (buf->is_secret) {
        /* A block that moves leaves a copy behind. */
        data = (uint8_t *)srl_mem_resize(buf->mem, NULL, 0, cap);
        if (!data) return SURREAL_ERR_NOMEM;
        if (buf->len) memcpy(data, buf->data, buf->len);
        srl_wipe(buf->data, buf->cap);
        srl_mem_free(buf->mem, buf->data, buf->cap);
    } else {
        data = (uint8_t *)srl_mem_resize(buf->mem, buf->data, buf->cap, cap);
        if (!data) return SURREAL_ERR_NOMEM;
    }
    buf->data = data;
    buf->cap = cap;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_buf_reserve(srl_buf *buf, size_t extra)
{
    size_t need;

    if (SRL_UNLIKELY(buf->status)) return buf->status;
    if (SRL_LIKELY(extra <= buf->cap - buf->len)) return SURREAL_OK;
    if (!srl_size_add(buf->len, extra, &need)) need = (size_t)-1;
    buf->status = srl_buf_grow(buf, need);
    return buf->status;
}

SRL_FN void
srl_buf_put(srl_buf *buf, const void *data, size_t len)
{
    if (srl_buf_reserve(buf, len) || !len) return;
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

SRL_FN void
srl_buf_put_text(srl_buf *buf, const char *text)
{
    srl_buf_put(buf, text, strlen(text));
}

SRL_FN void
srl_out_init(srl_out *out, char *buf, size_t cap)
{
    out->buf = buf;
    out->cap = buf ? cap : 0;
    out->len = 0;
}

SRL_FN void
srl_out_put(srl_out *out, const char *text, size_t len)
{
    if (out->len < out->cap) {
        size_t room = out->cap - out->len;

        memcpy(out->buf + out->len, text, len < room ? len : room);
    }
    out->len += len;
}

SRL_FN void
srl_out_text(srl_out *out, const char *text)
{
    srl_out_put(out, text, strlen(text));
}

SRL_FN void
srl_out_char(srl_out *out, char c)
{
    srl_out_put(out, &c, 1);
}

SRL_FN void
srl_out_padded(srl_out *out, uint64_t v, unsigned width)
{
    char digits[20]; /* 2^64 - 1 has 20 */
    unsigned n = 0;

    do {
        digits[sizeof digits - ++n] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    SURREAL_ASSERT(width <= sizeof digits);
    while (n < width) {
        digits[sizeof digits - ++n] = '0';
    }
    srl_out_put(out, digits + sizeof digits - n, n);
}

SRL_FN void
srl_out_uint(srl_out *out, uint64_t v)
{
    srl_out_padded(out, v, 1);
}

SRL_FN void
srl_out_int(srl_out *out, int64_t v)
{
    if (v < 0) srl_out_char(out, '-');
    srl_out_uint(out, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

SRL_FN size_t
srl_out_end(srl_out *out)
{
    if (out->cap) {
        out->buf[out->len < out->cap ? out->len : out->cap - 1] = '\0';
    }
    return out->len;
}

/*===========================================================================
 * base/utf8.c: UTF-8 (RFC 3629).
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/base/utf8.c"
#endif


/* The second byte of a sequence carries all the exceptions: E0 and F0 forbid
 * overlong forms, ED surrogates, F4 what is above U+10FFFF. */
static size_t
srl_utf8_step(const uint8_t *p, size_t len)
{
    uint8_t low = 0x80;
    uint8_t high = 0xbf;
    size_t need;
    size_t i;

    if (p[0] < 0x80) return 1;
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        need = 2;
    } else if ((p[0] & 0xf0) == 0xe0) {
        need = 3;
        if (p[0] == 0xe0) low = 0xa0;
        if (p[0] == 0xed) high = 0x9f;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        need = 4;
        if (p[0] == 0xf0) low = 0x90;
        if (p[0] == 0xf4) high = 0x8f;
    } else {
        return 0;
    }
    if (len < need || p[1] < low || p[1] > high) return 0;
    for (i = 2; i < need; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
    }
    return need;
}

SRL_FN bool
srl_utf8_valid(const uint8_t *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        uint64_t word;
        size_t step;

        /* Most text is ASCII: eight bytes at a time while no top bit is
         * set. */
        while (len - i >= 8) {
            memcpy(&word, text + i, 8);
            if (word & UINT64_C(0x8080808080808080)) break;
            i += 8;
        }
        if (i == len) break;
        step = srl_utf8_step(text + i, len - i);
        if (!step) return false;
        i += step;
    }
    return true;
}

SRL_FN size_t
srl_utf8_put(uint8_t *out, uint32_t code)
{
    SURREAL_ASSERT(code <= 0x10ffff);
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (uint8_t)(0xc0 | code >> 6);
        out[1] = (uint8_t)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (uint8_t)(0xe0 | code >> 12);
        out[1] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | code >> 18);
    out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (code & 0x3f));
    return 4;
}

/*===========================================================================
 * base/num.c: floating point bits and text.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/base/num.c"
#endif


SRL_FN double
srl_bits_to_double(uint64_t bits)
{
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

SRL_FN uint64_t
srl_double_to_bits(double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits;
}

SRL_FN double
srl_single_to_double(uint32_t bits)
{
    float v;

    memcpy(&v, &bits, sizeof v);
    return (double)v;
}

/* binary16 has a sign, 5 exponent bits (bias 15) and 10 mantissa bits. As
 * binary64 (bias 1023) a normal number only moves its fields; a subnormal is
 * mantissa * 2^-24, exact in a double. */
SRL_FN double
srl_half_to_double(uint16_t half)
{
    uint64_t sign = (uint64_t)(half & 0x8000) << 48;
    uint64_t exponent = (uint64_t)(half >> 10 & 0x1f);
    uint64_t mantissa = half & 0x3ff;
    double v;

    if (exponent == 31) {
        return srl_bits_to_double(sign | UINT64_C(0x7ff) << 52 |
                                  mantissa << 42);
    }
    if (exponent) {
        return srl_bits_to_double(sign | (exponent + 1023 - 15) << 52 |
                                  mantissa << 42);
    }
    v = (double)mantissa / 16777216.0;
    return srl_bits_to_double(srl_double_to_bits(v) | sign);
}

SRL_FN size_t
srl_double_print(double v, char out[32])
{
    int digits;
    int len = 0;
    int i;

    if (v != v) return memcpy(out, "NaN", 4), (size_t)3;
    if (v - v != 0.0) {
        return v > 0 ? (memcpy(out, "Infinity", 9), (size_t)8)
                     : (memcpy(out, "-Infinity", 10), (size_t)9);
    }
    for (digits = 15; digits <= 17; digits++) {
        len = snprintf(out, 32, "%.*g", digits, v);
        if (strtod(out, NULL) == v) break;
    }
    SURREAL_ASSERT(len > 0 && len < 32);
    for (i = 0; i < len; i++) {
        /* The one character that is no digit, sign or 'e' is the decimal
         * point of the locale. */
        if (!strchr("0123456789+-e", out[i])) out[i] = '.';
    }
    return (size_t)len;
}

/*===========================================================================
 * os/os.h: clock, random numbers, threads and sockets of the system.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/os/os.h"
#endif
#ifndef SRL_OS_H
#define SRL_OS_H


#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#ifndef SURREAL_NO_THREADS
#include <pthread.h>
#endif
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* Under -std=c99 the system headers hide sockets unless _POSIX_C_SOURCE is
 * defined before the first of them. */
#ifndef POLLIN
#error "surreal.h came too late: include it before any system header in the file that defines SURREAL_IMPLEMENTATION, or compile that file with -D_POSIX_C_SOURCE=200809L"
#endif

/* ---- os/clock.c ---------------------------------------------------------- */

/* Milliseconds of a clock that never goes back; its zero means nothing. */
SRL_FN int64_t srl_os_now_ms(void);
/* Milliseconds since 1970 by the system's clock, which may be wrong and may
 * be set: only for what others have dated. */
SRL_FN int64_t srl_os_unix_ms(void);

/* ---- os/random.c --------------------------------------------------------- */

/* Fill with random bytes of the system; false if there are none. */
SRL_FN bool srl_os_random(void *out, size_t len);

/* ---- os/thread_posix.c ---------------------------------------------------
 *
 * What several threads need to share something, and nothing that starts one.
 * Init gives false when the system has no room for another. */
#ifndef SURREAL_NO_THREADS

typedef struct srl_mutex {
    pthread_mutex_t os;
} srl_mutex;

typedef struct srl_cond {
    pthread_cond_t os;
} srl_cond;

SRL_FN bool srl_mutex_init(srl_mutex *mutex);
SRL_FN void srl_mutex_free(srl_mutex *mutex); /* may follow its last unlock */
SRL_FN void srl_mutex_lock(srl_mutex *mutex);
SRL_FN void srl_mutex_unlock(srl_mutex *mutex);

SRL_FN bool srl_cond_init(srl_cond *cond);
SRL_FN void srl_cond_free(srl_cond *cond);
SRL_FN void srl_cond_signal(srl_cond *cond);
/* Give the mutex up until the condition is signalled or srl_os_now_ms()
 * reaches deadline_ms (INT64_MAX: never); it is held again afterwards. May
 * return for no reason, so loop over what is waited for and the clock. */
SRL_FN void srl_cond_wait(srl_cond *cond, srl_mutex *mutex,
                          int64_t deadline_ms);

#endif

/* ---- os/sock_posix.c ----------------------------------------------------- */

/* The addresses of a host, tried one after the other. */
typedef struct srl_addresses {
    struct addrinfo *list;
    struct addrinfo *next; /* not tried yet */
} srl_addresses;

/* Look up a host. Numeric addresses are answered at once; a name goes through
 * getaddrinfo, which may block for as long as the system's resolver does.
 * `host` ends in NUL. */
SRL_FN surreal_status srl_os_resolve(srl_addresses *out, surreal_error *err,
                                     const char *host, uint16_t port);
SRL_FN void srl_addresses_free(srl_addresses *addresses);

/* Start to connect to the next address: *fd is the socket, never blocking.
 *
 * Returns:  SURREAL_OK when connected, WOULD_BLOCK when under way (wait for
 *           SURREAL_WRITE, then call srl_sock_connected), ERR_CONNECT when no
 *           address is left: err tells of the last one tried */
SRL_FN surreal_status srl_sock_connect(srl_addresses *addresses, int *fd,
                                       surreal_error *err);
/* How the attempt ended; WOULD_BLOCK while it has not. */
SRL_FN surreal_status srl_sock_connected(int fd, surreal_error *err);

/* A read that may wait does so for this long at most; a signal ends it. */
#define SRL_SOCK_PATIENCE_MS 1000

/* Read or write what is possible at once; *done is at least 1 on SURREAL_OK.
 *
 *   wait  wait for the first byte, up to SRL_SOCK_PATIENCE_MS, if the system
 *         can do that in the same call
 *
 * Returns:  WOULD_BLOCK; ERR_CLOSED when the peer has ended the stream;
 *           ERR_IO */
SRL_FN surreal_status srl_sock_read(int fd, uint8_t *data, size_t len,
                                    bool wait, size_t *done,
                                    surreal_error *err);
SRL_FN surreal_status srl_sock_write(int fd, const uint8_t *data, size_t len,
                                     size_t *done, surreal_error *err);
SRL_FN void srl_sock_close(int fd);

/* Wait until the socket is ready for `wants`, `wake` can be read, or
 * timeout_ms has passed; either may be -1. A signal ends the wait early. */
SRL_FN void srl_sock_wait(int fd, short wants, int wake, int timeout_ms);

/* The same for many sockets: fd and events of each are given, revents is the
 * answer, 0 for all after a signal. Entries with fd -1 are passed over. */
SRL_FN void srl_sock_wait_any(struct pollfd *set, size_t count,
                              int timeout_ms);

/* A pipe by which one thread ends another's wait: read end first. False if
 * there are no descriptors. */
SRL_FN bool srl_wake_open(int ends[2]);
SRL_FN void srl_wake_send(const int ends[2]);
/* True if there was anything in it; empties it. */
SRL_FN bool srl_wake_take(const int ends[2]);
SRL_FN void srl_wake_close(int ends[2]);
SRL_STATIC_ASSERT(SURREAL_READ == POLLIN, read_is_pollin);
SRL_STATIC_ASSERT(SURREAL_WRITE == POLLOUT, write_is_pollout);

#endif

/*===========================================================================
 * os/clock.c: time.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/os/clock.c"
#endif


SRL_FN int64_t
srl_os_now_ms(void)
{
    struct timespec now;

    /* Cannot fail for this clock with a valid pointer (POSIX). */
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

SRL_FN int64_t
srl_os_unix_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*===========================================================================
 * os/random.c: random bytes from the operating system.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/os/random.c"
#endif


/* /dev/urandom exists on every POSIX system this library knows and needs no
 * feature-test macro beyond POSIX, unlike getrandom and getentropy. Callers
 * draw in blocks, so opening it each time does not matter. */
SRL_FN bool
srl_os_random(void *out, size_t len)
{
    uint8_t *at = (uint8_t *)out;
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);

    if (fd < 0) return false;
    while (len) {
        ssize_t got = read(fd, at, len);

        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        at += got;
        len -= (size_t)got;
    }
    close(fd);
    return len == 0;
}

/*===========================================================================
 * os/thread_posix.c: mutexes and condition variables (POSIX).
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/os/thread_posix.c"
#endif


#ifndef SURREAL_NO_THREADS

/* Apple has no pthread_condattr_setclock: there conditions know the wall
 * clock only. Its wait turns the deadline into a span before it sleeps, so a
 * clock that is set meanwhile does not matter. */
#ifdef __APPLE__
#define SRL_COND_CLOCK CLOCK_REALTIME
#else
#define SRL_COND_CLOCK CLOCK_MONOTONIC
#endif

SRL_FN bool
srl_mutex_init(srl_mutex *mutex)
{
    return pthread_mutex_init(&mutex->os, NULL) == 0;
}

SRL_FN void
srl_mutex_free(srl_mutex *mutex)
{
    pthread_mutex_destroy(&mutex->os);
}

SRL_FN void
srl_mutex_lock(srl_mutex *mutex)
{
    int failed = pthread_mutex_lock(&mutex->os);

    SURREAL_ASSERT(!failed);
    (void)failed;
}

SRL_FN void
srl_mutex_unlock(srl_mutex *mutex)
{
    int failed = pthread_mutex_unlock(&mutex->os);

    SURREAL_ASSERT(!failed);
    (void)failed;
}

SRL_FN bool
srl_cond_init(srl_cond *cond)
{
    pthread_condattr_t how;
    int failed = pthread_condattr_init(&how);

    if (failed) return false;
#ifndef __APPLE__
    failed = pthread_condattr_setclock(&how, SRL_COND_CLOCK);
#endif
    if (!failed) failed = pthread_cond_init(&cond->os, &how);
    pthread_condattr_destroy(&how);
    return !failed;
}

SRL_FN void
srl_cond_free(srl_cond *cond)
{
    pthread_cond_destroy(&cond->os);
}

SRL_FN void
srl_cond_signal(srl_cond *cond)
{
    pthread_cond_signal(&cond->os);
}

SRL_FN void
srl_cond_wait(srl_cond *cond, srl_mutex *mutex, int64_t deadline_ms)
{
    struct timespec at;
    int64_t left;

    if (deadline_ms == INT64_MAX) {
        pthread_cond_wait(&cond->os, &mutex->os);
        return;
    }
    left = deadline_ms - srl_os_now_ms();
    if (left <= 0) return;
    /* An hour at a time: callers look at the clock anyway, and no deadline
     * of theirs can be too far for a time_t then. */
    if (left > 3600000) left = 3600000;
    clock_gettime(SRL_COND_CLOCK, &at);
    at.tv_sec += (time_t)(left / 1000);
    at.tv_nsec += (long)(left % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&cond->os, &mutex->os, &at);
}

#endif

/*===========================================================================
 * os/sock_posix.c: TCP sockets that never block (POSIX).
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/os/sock_posix.c"
#endif


/* A write to a connection the peer has closed must be an error, not the end
 * of the program: Linux has a flag for the call, BSD and macOS one for the
 * socket. */
#ifdef MSG_NOSIGNAL
#define SRL_SOCK_NOSIGNAL MSG_NOSIGNAL
#else
#define SRL_SOCK_NOSIGNAL 0
#endif

/* Once connected, the socket itself blocks and every call says that it does
 * not want to, except the one that waits for an answer: receiving and waiting
 * are then one system call instead of two. Where a call cannot say so, the
 * socket stays non-blocking and waiting is poll's. */
#ifdef MSG_DONTWAIT
#define SRL_SOCK_DONTWAIT MSG_DONTWAIT
#else
#define SRL_SOCK_DONTWAIT 0
#endif

SRL_FN surreal_status
srl_os_resolve(srl_addresses *out, surreal_error *err, const char *host,
               uint16_t port)
{
    struct addrinfo hints;
    char service[8];
    int rc;

    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    snprintf(service, sizeof service, "%u", (unsigned)port);
    out->list = NULL;
    out->next = NULL;
    rc = getaddrinfo(host, service, &hints, &out->list);
    if (rc) {
        return srl_fail(err, SURREAL_ERR_RESOLVE,
                        "cannot find the address of host '%s': %s", host,
                        gai_strerror(rc));
    }
    out->next = out->list;
    return SURREAL_OK;
}

SRL_FN void
srl_addresses_free(srl_addresses *addresses)
{
    if (addresses->list) freeaddrinfo(addresses->list);
    addresses->list = NULL;
    addresses->next = NULL;
}

static surreal_status
srl_sock_fail(surreal_error *err, surreal_status status, const char *what,
              int os_error)
{
    srl_fail(err, status, "%s: %s", what, strerror(os_error));
    if (err) err->os_error = os_error;
    return status;
}

static bool
srl_sock_prepare(int fd)
{
    int on = 1;
    int flags = fcntl(fd, F_GETFL, 0);

    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) return false;
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) return false;
    /* Requests are small and whole when written: never hold them back. */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return true;
}

SRL_FN surreal_status
srl_sock_connect(srl_addresses *addresses, int *fd, surreal_error *err)
{
    while (addresses->next) {
        struct addrinfo *to = addresses->next;
        int sock = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
        int rc = -1;

        addresses->next = to->ai_next;
        if (sock >= 0 && srl_sock_prepare(sock)) {
            rc = connect(sock, to->ai_addr, to->ai_addrlen);
        }
        if (rc == 0 || (sock >= 0 && errno == EINPROGRESS)) {
            *fd = sock;
            return rc == 0 ? SURREAL_OK : SURREAL_WOULD_BLOCK;
        }
        srl_sock_fail(err, SURREAL_ERR_CONNECT, "connect", errno);
        if (sock >= 0) close(sock);
    }
    return SURREAL_ERR_CONNECT;
}

/* Failure leaves a socket that never blocks, which is correct and slower. */
static void
srl_sock_allow_waiting(int fd)
{
#ifdef MSG_DONTWAIT
    struct timeval limit;
    int flags = fcntl(fd, F_GETFL, 0);

    limit.tv_sec = SRL_SOCK_PATIENCE_MS / 1000;
    limit.tv_usec = SRL_SOCK_PATIENCE_MS % 1000 * 1000;
    if (flags < 0 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit)) {
        return;
    }
    fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
#else
    (void)fd;
#endif
}

SRL_FN surreal_status
srl_sock_connected(int fd, surreal_error *err)
{
    struct pollfd p;
    socklen_t len;
    int failure = 0;

    p.fd = fd;
    p.events = POLLOUT;
    p.revents = 0;
    if (poll(&p, 1, 0) <= 0) return SURREAL_WOULD_BLOCK;
    len = sizeof failure;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &len) < 0) {
        failure = errno;
    }
    if (!failure) {
        srl_sock_allow_waiting(fd);
        return SURREAL_OK;
    }
    return srl_sock_fail(err, SURREAL_ERR_CONNECT, "connect", failure);
}

SRL_FN surreal_status
srl_sock_read(int fd, uint8_t *data, size_t len, bool wait, size_t *done,
              surreal_error *err)
{
    ssize_t got;

    SURREAL_ASSERT(len > 0);
    do {
        got = recv(fd, data, len, wait ? 0 : SRL_SOCK_DONTWAIT);
    } while (got < 0 && errno == EINTR && !wait);
    if (got > 0) {
        *done = (size_t)got;
        return SURREAL_OK;
    }
    if (got == 0) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the server ended the connection");
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return SURREAL_WOULD_BLOCK;
    }
    return srl_sock_fail(err, SURREAL_ERR_IO, "receive", errno);
}

SRL_FN surreal_status
srl_sock_write(int fd, const uint8_t *data, size_t len, size_t *done,
               surreal_error *err)
{
    ssize_t put;

    SURREAL_ASSERT(len > 0);
    do {
        put = send(fd, data, len, SRL_SOCK_NOSIGNAL | SRL_SOCK_DONTWAIT);
    } while (put < 0 && errno == EINTR);
    if (put > 0) {
        *done = (size_t)put;
        return SURREAL_OK;
    }
    if (put < 0 && errno != EAGAIN && errno != EWOULDBLOCK) {
        return srl_sock_fail(err, SURREAL_ERR_IO, "send", errno);
    }
    return SURREAL_WOULD_BLOCK;
}

SRL_FN void
srl_sock_close(int fd)
{
    if (fd >= 0) close(fd);
}

SRL_FN void
srl_sock_wait(int fd, short wants, int wake, int timeout_ms)
{
    struct pollfd p[2];
    nfds_t count = 0;

    if (fd >= 0) {
        p[count].fd = fd;
        p[count].events = wants;
        p[count++].revents = 0;
    }
    if (wake >= 0) {
        p[count].fd = wake;
        p[count].events = POLLIN;
        p[count++].revents = 0;
    }
    poll(p, count, timeout_ms);
}

/* ---- waking ------------------------------------------------------------- */

SRL_FN bool
srl_wake_open(int ends[2])
{
    int i;

    if (pipe(ends)) {
        ends[0] = ends[1] = -1;
        return false;
    }
    for (i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

/* A pipe that is full wakes as well, so the result does not matter; errno
 * belongs to whom a signal interrupted. */
SRL_FN void
srl_wake_send(const int ends[2])
{
    int saved = errno;
    ssize_t put = ends[1] >= 0 ? write(ends[1], "", 1) : 0;

    (void)put;
    errno = saved;
}

SRL_FN bool
srl_wake_take(const int ends[2])
{
    char bytes[64];
    bool any = false;

    if (ends[0] < 0) return false;
    while (read(ends[0], bytes, sizeof bytes) > 0) any = true;
    return any;
}

SRL_FN void
srl_wake_close(int ends[2])
{
    srl_sock_close(ends[0]);
    srl_sock_close(ends[1]);
    ends[0] = ends[1] = -1;
}

SRL_FN void
srl_sock_wait_any(struct pollfd *set, size_t count, int timeout_ms)
{
    size_t i;

    if (poll(set, (nfds_t)count, timeout_ms) >= 0) return;
    for (i = 0; i < count; i++) {
        set[i].revents = 0;
    }
}

/*===========================================================================
 * crypto/crypto.h: the hash of the WebSocket upgrade.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/crypto/crypto.h"
#endif
#ifndef SRL_CRYPTO_H
#define SRL_CRYPTO_H


/* ---- crypto/sha1.c ------------------------------------------------------- */

/* SHA-1 (RFC 3174, FIPS 180-4) of [data, data+len).
 *
 * Not a security function: SHA-1 is broken, and the upgrade (RFC 6455 1.3)
 * uses it only to show that the server understood the request. Nothing else
 * may call it. */
SRL_FN void srl_sha1(const uint8_t *data, size_t len, uint8_t out[20]);

#endif

/*===========================================================================
 * crypto/sha1.c: SHA-1, RFC 3174.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/crypto/sha1.c"
#endif


/* Only the upgrade to WebSocket needs it, for 60 bytes: the plain form of the
 * standard, without tables or unrolling. Names are those of RFC 3174 6.1. */

static uint32_t
srl_sha1_rotl(uint32_t v, unsigned n)
{
    return v << n | v >> (32 - n);
}

static uint32_t
srl_sha1_f(unsigned t, uint32_t b, uint32_t c, uint32_t d)
{
    if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999u;
    if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1u;
    if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
    return (b ^ c ^ d) + 0xca62c1d6u;
}

static void
srl_sha1_block(uint32_t h[5], const uint8_t block[64])
{
    uint32_t w[80];
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    unsigned t;

    for (t = 0; t < 16; t++) {
        w[t] = srl_load32(block + 4 * t);
    }
    for (; t < 80; t++) {
        w[t] = srl_sha1_rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    }
    for (t = 0; t < 80; t++) {
        uint32_t next = srl_sha1_rotl(a, 5) + srl_sha1_f(t, b, c, d) + e +
                        w[t];

        e = d;
        d = c;
        c = srl_sha1_rotl(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

SRL_FN void
srl_sha1(const uint8_t *data, size_t len, uint8_t out[20])
{
    uint32_t h[5] = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u,
                     0xc3d2e1f0u};
    uint8_t tail[128];
    size_t whole = len / 64 * 64;
    size_t rest = len - whole;
    size_t end = rest < 56 ? 64 : 128; /* 1 byte and the length must fit */
    size_t i;

    for (i = 0; i < whole; i += 64) {
        srl_sha1_block(h, data + i);
    }

    /* Padding: a one bit, zeros, the length in bits (RFC 3174 4). */
    memset(tail, 0, sizeof tail);
    if (rest) memcpy(tail, data + whole, rest);
    tail[rest] = 0x80;
    srl_store64(tail + end - 8, (uint64_t)len << 3);
    for (i = 0; i < end; i += 64) {
        srl_sha1_block(h, tail + i);
    }
    for (i = 0; i < 5; i++) {
        srl_store32(out + 4 * i, h[i]);
    }
}

/*===========================================================================
 * http/http.h: addresses, HTTP/1.1 messages and the upgrade to WebSocket.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/http.h"
#endif
#ifndef SRL_HTTP_H
#define SRL_HTTP_H


/* Bytes in, bytes out: nothing here reads a socket, allocates or draws random
 * numbers. The client's steps are
 *
 *   srl_url_parse(&url, text, len, err)                     where to connect
 *   srl_http_upgrade_write(&send_buf, &url, nonce,          what to send
 *                          NULL, 0, err)
 *   srl_http_head_init(&head);
 *   while (more bytes came) {                               what comes back
 *       status = srl_http_head_feed(&head, got.data, got.len, err);
 *       if (status != SURREAL_WOULD_BLOCK) break;
 *   }
 *   if (!status) status = srl_http_upgrade_check(&head, nonce, err);
 *   frames start at got.data + head.len
 *
 * for WebSocket, and for one request and its answer
 *
 *   srl_http_path(&url, "/version", path, sizeof path);
 *   srl_http_request_write(&send_buf, &url, &request, err);
 *   srl_http_head_init(&head);
 *   ... feed as above; each time it says SURREAL_OK:
 *   if (srl_http_is_interim(&head)) {
 *       drop head.len bytes; srl_http_head_restart(&head, err); go on feeding
 *   }
 *   srl_http_body_init(&body, &head, request.method, max, err);
 *   in = the bytes behind the head;
 *   for (;;) {
 *       status = srl_http_body_next(&body, &in, &span, err);
 *       if (status == SURREAL_WOULD_BLOCK) {
 *           receive into `in`; at the end srl_http_body_eof(&body, err);
 *       } else if (status || !span.len) {
 *           break;                                         failed or done
 *       } else {
 *           use span
 *       }
 *   }
 *   body.is_reusable && !in.len                             keep connection?
 */

/* ---- http/base64.c ------------------------------------------------------- */

/* Characters that `len` bytes take in base64, without a NUL. */
#define SRL_BASE64_LEN(len) (((len) + 2) / 3 * 4)

/* Write base64 with padding (RFC 4648 4) and a NUL to `out`, which has room
 * for SRL_BASE64_LEN(len) + 1; returns the length without the NUL. */
SRL_FN size_t srl_base64_encode(char *out, const uint8_t *data, size_t len);

/* ---- http/url.c ---------------------------------------------------------- */

typedef enum srl_scheme {
    SRL_SCHEME_WS = 1, /* default port 80 */
    SRL_SCHEME_WSS,    /* 443 */
    SRL_SCHEME_HTTP,   /* 80 */
    SRL_SCHEME_HTTPS   /* 443 */
} srl_scheme;

typedef enum srl_host_kind {
    SRL_HOST_NAME = 1, /* for the resolver */
    SRL_HOST_IPV4,     /* four decimal numbers */
    SRL_HOST_IPV6
} srl_host_kind;

#define SRL_URL_MAX_HOST 253 /* bytes of a name, RFC 1035 2.3.4 */
#define SRL_URL_MAX_PATH 511 /* bytes of the path, "/rpc" included */

/* A parsed address. It keeps no pointer into the text it came from.
 *
 *   host  lower case, NUL-terminated, without the brackets of IPv6: what
 *         getaddrinfo takes
 *   port  as given, else the scheme's
 *   path  what to ask for, NUL-terminated: begins with '/' and ends in "/rpc"
 */
typedef struct srl_url {
    srl_scheme scheme;
    srl_host_kind host_kind;
    uint16_t port;
    char host[SRL_URL_MAX_HOST + 1];
    char path[SRL_URL_MAX_PATH + 1];
} srl_url;

/* Parse scheme://host[:port][/path], scheme ws, wss, http or https.
 *
 * Every spelling of the path gets "/rpc" exactly once: "", "/", "/rpc" and
 * "/rpc/" all become "/rpc", "/base" and "/base/rpc" become "/base/rpc".
 * Stricter than a browser: what a browser would silently repair (spaces,
 * backslashes, missing slashes, 0x7f.1, "..", percent-escapes in the host) is
 * refused, and so are userinfo (credentials belong into the options), query
 * and fragment. Reads only [text, text+len), whatever it holds.
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX with err->at the offset of the byte that
 *           is wrong (`len` if the text ends too early). *out is defined only
 *           after SURREAL_OK */
SRL_FN surreal_status srl_url_parse(srl_url *out, const char *text,
                                    size_t len, surreal_error *err);

SRL_FN uint16_t srl_url_default_port(srl_scheme scheme);

/* ---- http/response.c ----------------------------------------------------- */

#define SRL_HTTP_MAX_HEADERS 100

typedef struct srl_http_header {
    uint32_t name; /* offsets into the bytes given */
    uint32_t name_len;
    uint32_t value;
    uint32_t value_len;
} srl_http_header;

/* The head of a response: status line and headers, parsed as bytes come.
 *
 *   code    100 to 999
 *   minor   1 for HTTP/1.1, 0 for HTTP/1.0
 *   reason  view, may be empty
 *   len     bytes of the head with its empty line; a body or frames follow
 *
 * These are defined after SURREAL_OK; the rest belongs to the parser. Views
 * point into the bytes of the last call to srl_http_head_feed. */
typedef struct srl_http_head {
    int code;
    int minor;
    surreal_str reason;
    size_t len;

    size_t count;
    srl_http_header headers[SRL_HTTP_MAX_HEADERS];
    const uint8_t *data;
    size_t line; /* where the line being read starts */
    size_t at;   /* bytes looked at */
    uint32_t reason_at;
    uint32_t reason_len;
    unsigned interim; /* interim responses before this one */
} srl_http_head;

SRL_FN void srl_http_head_init(srl_http_head *head);

/* Go on parsing with all bytes received so far.
 *
 *   data  from the first byte of the response on; the block may have moved
 *         since the last call, its contents may only have grown
 *   len   bytes there; what lies behind the head is not looked at
 *
 * Bytes seen in an earlier call are not looked at again, so feeding byte by
 * byte costs no more than feeding once, and what is wrong is reported at the
 * same byte however the input is cut. Reads only [data, data+len).
 *
 * Returns:  SURREAL_OK when the head is complete; WOULD_BLOCK for more bytes;
 *           ERR_HTTP with err->at for what RFC 9112 does not allow, and for
 *           folded lines; ERR_LIMIT beyond SURREAL_MAX_HEAD bytes or
 *           SRL_HTTP_MAX_HEADERS. Not to be called again after a failure */
SRL_FN surreal_status srl_http_head_feed(srl_http_head *head,
                                         const uint8_t *data, size_t len,
                                         surreal_error *err);

/* The value of the next header called `name` (case does not matter) from
 * header number *next on, and *next moved behind it; {NULL, 0} if there is
 * none. Start with *next = 0. Without blanks around it; may be empty. */
SRL_FN surreal_str srl_http_header_next(const srl_http_head *head,
                                        const char *name, size_t *next);

/* True if one of the headers called `name` is a comma-separated list that
 * holds `token` (RFC 9110 5.6.1; case does not matter). */
SRL_FN bool srl_http_has_token(const srl_http_head *head, const char *name,
                               const char *token);

/* True if there is one Content-Type and its media type is `type`, for example
 * "application/cbor". Case and parameters (";charset=utf-8") do not matter
 * (RFC 9110 8.3.1). */
SRL_FN bool srl_http_is_type(const srl_http_head *head, const char *type);

/* True for a response that only announces another (RFC 9110 15.2): 1xx but
 * for 101, after which the connection speaks something else. */
SRL_FN bool srl_http_is_interim(const srl_http_head *head);

/* After an interim response: make ready for the head behind it, whose bytes
 * begin `len` further on (take head->len before the call).
 *
 * Returns:  SURREAL_OK; ERR_LIMIT after SRL_HTTP_MAX_INTERIM of them, so that
 *           a server cannot send them for ever */
#define SRL_HTTP_MAX_INTERIM 16
SRL_FN surreal_status srl_http_head_restart(srl_http_head *head,
                                            surreal_error *err);

/* For the other parts of this layer. */

/* ERR_HTTP with err->at, the offset from the response's first byte. */
SRL_FN surreal_status srl_http_fail(surreal_error *err, uint64_t at,
                                    const char *what);

#define SRL_HTTP_QUOTE 96
/* Text for a message: cut, and ASCII only, for it may be sent to a
 * terminal. Returns `out`. */
SRL_FN const char *srl_http_quote(char out[SRL_HTTP_QUOTE], surreal_str text);

/* token (RFC 9110 5.6.2), and SP / HTAB. */
SRL_FN bool srl_http_is_token_byte(uint8_t c);
SRL_FN bool srl_http_is_blank(uint8_t c);
/* True if the text is `word` in any case of ASCII letters. */
SRL_FN bool srl_http_same(const uint8_t *text, size_t len, const char *word);

/* ---- http/request.c ------------------------------------------------------ */

typedef enum srl_http_method {
    SRL_HTTP_GET = 1,
    SRL_HTTP_HEAD, /* its response has no body whatever it says */
    SRL_HTTP_POST
} srl_http_method;

/* How the end of a body is known (RFC 9112 6). */
typedef enum srl_http_framing {
    SRL_HTTP_NO_BODY = 0,
    SRL_HTTP_LENGTH,     /* Content-Length */
    SRL_HTTP_CHUNKED,    /* Transfer-Encoding: chunked */
    SRL_HTTP_UNTIL_CLOSE /* responses only */
} srl_http_framing;

/* One header to send. */
typedef struct srl_http_field {
    surreal_str name;
    surreal_str value;
} srl_http_field;

/* A request without its body.
 *
 *   target   path and perhaps "?query", NUL-terminated (srl_http_path)
 *   fields   headers of the caller: Authorization, Content-Type, Accept and
 *            what else there is; may be NULL if field_count is 0
 *   framing  of the body that the caller sends next. A POST without a body
 *            is LENGTH with body_len 0 (RFC 9110 8.6)
 *   is_last  say "Connection: close"
 *
 * Zero a request before filling it in. */
typedef struct srl_http_request {
    srl_http_method method;
    const char *target;
    const srl_http_field *fields;
    size_t field_count;
    srl_http_framing framing;
    uint64_t body_len; /* with LENGTH */
    bool is_last;
} srl_http_request;

/* The path of another endpoint at the same place: the "/rpc" at the end of
 * url->path replaced by `name`, which begins with '/'. snprintf's contract:
 * returns the length without the NUL, and cuts what does not fit `cap`. */
SRL_FN size_t srl_http_path(const srl_url *url, const char *name, char *out,
                            size_t cap);

/* Append the head of a request (RFC 9112 3): request line, Host (RFC 9110 7.2,
 * without the scheme's default port), framing, the caller's headers. Headers
 * may hold secrets: set out->is_secret. Nothing of a value is put into *err.
 *
 * Returns:  SURREAL_OK; ERR_SYNTAX for a name that is no token, a control byte
 *           in a value (CR, LF and NUL first of all: RFC 9110 5.5) with the
 *           header's name in the message and err->at the offset in the value,
 *           or a target that is not printable ASCII from '/' on, err->at the
 *           offset in it; ERR_USAGE for a header that this layer writes
 *           itself or whose answer it would not understand; all of these
 *           before anything is appended. Else out->status */
SRL_FN surreal_status srl_http_request_write(srl_buf *out, const srl_url *url,
                                             const srl_http_request *request,
                                             surreal_error *err);

/* Append one chunk, which is head, data and line end (RFC 9112 7.1); nothing
 * for len 0, since an empty chunk would end the body. `last` ends it. Failure
 * is latched in out->status. */
SRL_FN void srl_http_chunk_put(srl_buf *out, const void *data, size_t len);
SRL_FN void srl_http_chunk_last(srl_buf *out);

/* For upgrade.c. `begin` appends request line and Host, `end` the fields and
 * the empty line and returns out->status with *err filled in. */
SRL_FN surreal_status srl_http_fields_check(const srl_http_field *fields,
                                            size_t count, surreal_error *err);
SRL_FN void srl_http_request_begin(srl_buf *out, const srl_url *url,
                                   const char *method, const char *target);
SRL_FN surreal_status srl_http_request_end(srl_buf *out,
                                           const srl_http_field *fields,
                                           size_t count, surreal_error *err);

/* ---- http/body.c --------------------------------------------------------- */

#define SRL_HTTP_MAX_CHUNK_LINE 256 /* bytes of size, extensions and CR LF */
#define SRL_HTTP_MAX_TRAILER 4096   /* bytes of all trailers together */

/* The body of a response, decoded as bytes come.
 *
 *   framing      how its end is known
 *   is_done      the whole body was seen
 *   is_reusable  once is_done: the server keeps the connection for another
 *                request (RFC 9112 9.3). Bytes behind the body say otherwise
 *   got          bytes of the body so far
 *
 * The rest belongs to the decoder. */
typedef struct srl_http_body {
    srl_http_framing framing;
    bool is_done;
    bool is_reusable;
    uint64_t got;

    uint64_t max;
    uint64_t left; /* until the end of body or chunk; UNTIL_CLOSE: until max */
    uint64_t at;   /* bytes of the response looked at, its head included */
    size_t overhead; /* bytes of the line, or of all trailers */
    int state;
    bool is_cr; /* the byte before was a CR */
} srl_http_body;

/* Decide what follows a head (RFC 9112 6.3).
 *
 *   head    complete, not interim; not kept
 *   method  of the request
 *   max     bytes of body allowed; (uint64_t)-1 for any number
 *
 * Returns:  SURREAL_OK; ERR_HTTP with err->at in the head for what two readers
 *           may understand in two ways (Transfer-Encoding with Content-Length,
 *           or in HTTP/1.0, or other than "chunked"; Content-Length malformed
 *           or more than one), for a Content-Encoding but "identity", and for
 *           101; ERR_LIMIT for a Content-Length above max */
SRL_FN surreal_status srl_http_body_init(srl_http_body *body,
                                         const srl_http_head *head,
                                         srl_http_method method, uint64_t max,
                                         surreal_error *err);

/* The next bytes of the body.
 *
 *   in    bytes received and not yet used; moved on behind those used. Reads
 *         only [in->ptr, in->ptr + in->len), and nothing behind the body
 *   span  receives a view into `in`; {NULL, 0} if there is none
 *
 * The bytes of all spans, and what is wrong at which byte, are the same
 * however the input is cut.
 *
 * Returns:  SURREAL_OK with a span, or without one when the body is done;
 *           WOULD_BLOCK when all input is used and more must come; ERR_HTTP
 *           with err->at for a broken chunk; ERR_LIMIT beyond max, or a line
 *           or trailers beyond the above. Not to be called again after a
 *           failure */
SRL_FN surreal_status srl_http_body_next(srl_http_body *body,
                                         surreal_bytes *in,
                                         surreal_bytes *span,
                                         surreal_error *err);

/* The server ended the stream, in order: a reset, or TLS without its
 * close_notify, is a failure that the caller reports itself.
 *
 * Returns:  SURREAL_OK if the body is whole, and sets is_done; ERR_CLOSED with
 *           how much came if it is not */
SRL_FN surreal_status srl_http_body_eof(srl_http_body *body,
                                        surreal_error *err);

/* ---- http/upgrade.c ------------------------------------------------------ */

/* Append the request that asks for WebSocket with the sub-protocol "cbor"
 * (RFC 6455 4.1).
 *
 *   nonce   16 random bytes, new for each connection; needed again for
 *           srl_http_upgrade_check
 *   fields  more headers, `count` of them; may be NULL if there are none
 *
 * Returns:  as srl_http_request_write */
SRL_FN surreal_status srl_http_upgrade_write(srl_buf *out, const srl_url *url,
                                             const uint8_t nonce[16],
                                             const srl_http_field *fields,
                                             size_t count,
                                             surreal_error *err);

/* Check that the server switched to what was asked for (RFC 6455 4.1, second
 * list). *err says what was expected and what came.
 *
 * Returns:  SURREAL_OK; ERR_AUTH if the server answered 401, ERR_DENIED for
 *           403, with err->code the number; ERR_UPGRADE for any other answer
 *           (err->code again) and for a 101 that breaks a rule */
SRL_FN surreal_status srl_http_upgrade_check(const srl_http_head *head,
                                             const uint8_t nonce[16],
                                             surreal_error *err);

/* The Sec-WebSocket-Accept that belongs to a Sec-WebSocket-Key, NUL included
 * (RFC 6455 4.2.2). `key` is the header's text, 24 characters. */
SRL_FN void srl_http_accept_of(const char *key, char out[29]);

#endif

/*===========================================================================
 * http/base64.c: base64 with padding, RFC 4648 section 4.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/base64.c"
#endif


SRL_FN size_t
srl_base64_encode(char *out, const uint8_t *data, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz"
                                 "0123456789+/";
    size_t n = 0;
    size_t i;

    for (i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t bits = (uint32_t)data[i] << 16;

        if (left > 1) bits |= (uint32_t)data[i + 1] << 8;
        if (left > 2) bits |= data[i + 2];
        out[n++] = digits[bits >> 18];
        out[n++] = digits[bits >> 12 & 63];
        out[n++] = digits[bits >> 6 & 63];
        out[n++] = digits[bits & 63];
        if (left < 3) out[n - 1] = '=';
        if (left < 2) out[n - 2] = '=';
    }
    SURREAL_ASSERT(n == SRL_BASE64_LEN(len));
    out[n] = '\0';
    return n;
}

/*===========================================================================
 * http/url.c: addresses of servers, a strict part of RFC 3986.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/url.c"
#endif


/*   url        = scheme "://" host [ ":" port ] path
 *   scheme     = "ws" / "wss" / "http" / "https"       (any case)
 *   host       = name / IPv4 / "[" IPv6 "]"
 *   name       = label *( "." label ) [ "." ]
 *   label      = 1*63( letter / digit / "-" / "_" )
 *   port       = 1..65535 without leading zeros
 *   path       = *( "/" segment ) *"/"
 *   segment    = 1*pchar, not "." or ".."               (RFC 3986 3.3)
 *
 * What two parsers may understand in two ways is refused rather than repaired,
 * so that the host we connect to is the host every other program sees in the
 * same text: userinfo ("good.example@bad.example"), backslashes, escapes in
 * the host, numbers that are addresses to some ("127.1", "0x7f000001"), dot
 * segments, empty segments.
 *
 * Messages never quote the text: it may hold a password in spite of all. */

static surreal_status
srl_url_fail(surreal_error *err, size_t at, const char *what)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_SYNTAX,
                                     "url: %s (at byte %llu)", what,
                                     (unsigned long long)at);

    if (err) err->at = at;
    return status;
}

static bool
srl_url_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char
srl_url_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
srl_url_is_hex(char c)
{
    char low = srl_url_lower(c);

    return srl_url_is_digit(c) || (low >= 'a' && low <= 'f');
}

static bool
srl_url_is_alnum(char c)
{
    char low = srl_url_lower(c);

    return srl_url_is_digit(c) || (low >= 'a' && low <= 'z');
}

/* True if [text, text+len) is `word`, which is lower case, in any case. */
static bool
srl_url_is_word(const char *text, size_t len, const char *word)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (!word[i] || srl_url_lower(text[i]) != word[i]) return false;
    }
    return !word[len];
}

/* Before anything else, so that no later message has to care. */
static surreal_status
srl_url_check_bytes(const char *text, size_t len, surreal_error *err)
{
    size_t i;

    for (i = 0; i < len; i++) {
        uint8_t c = (uint8_t)text[i];

        if (c == ' ') return srl_url_fail(err, i, "space");
        if (c < 0x20 || c == 0x7f) {
            return srl_url_fail(err, i, "control character");
        }
        if (c >= 0x80) return srl_url_fail(err, i, "character not in ASCII");
        if (c == '\\') return srl_url_fail(err, i, "backslash");
        if (c == '?') return srl_url_fail(err, i, "a query is not allowed");
        if (c == '#') return srl_url_fail(err, i, "a fragment is not allowed");
    }
    return SURREAL_OK;
}

/* scheme "://"; *at is moved behind it. */
static surreal_status
srl_url_scheme(srl_url *out, const char *text, size_t len, size_t *at,
               surreal_error *err)
{
    size_t end = 0;

    while (end < len && text[end] != ':' && text[end] != '/') {
        end++;
    }
    if (end == len || text[end] != ':' || len - end < 3 ||
        text[end + 1] != '/' || text[end + 2] != '/') {
        return srl_url_fail(err, end, "expected ws://, wss://, http:// or "
                                      "https:// in front");
    }
    if (srl_url_is_word(text, end, "ws")) {
        out->scheme = SRL_SCHEME_WS;
    } else if (srl_url_is_word(text, end, "wss")) {
        out->scheme = SRL_SCHEME_WSS;
    } else if (srl_url_is_word(text, end, "http")) {
        out->scheme = SRL_SCHEME_HTTP;
    } else if (srl_url_is_word(text, end, "https")) {
        out->scheme = SRL_SCHEME_HTTPS;
    } else {
        return srl_url_fail(err, 0, "scheme is not ws, wss, http or https");
    }
    *at = end + 3;
    return SURREAL_OK;
}

/* Four decimal numbers of 0 to 255 without leading zeros. */
static bool
srl_url_ipv4_ok(const char *text, size_t len)
{
    unsigned parts = 0;
    size_t i = 0;

    for (;;) {
        size_t start = i;
        unsigned v = 0;

        while (i < len && i - start < 3 && srl_url_is_digit(text[i])) {
            v = v * 10 + (unsigned)(text[i++] - '0');
        }
        if (i == start || v > 255) return false;
        if (text[start] == '0' && i - start > 1) return false;
        parts++;
        if (i == len) return parts == 4;
        if (text[i] != '.' || parts == 4) return false;
        i++;
    }
}

/* RFC 4291 2.2: eight groups of one to four hex digits, "::" once for one or
 * more groups of zeros, the last two groups perhaps as IPv4. */
static bool
srl_url_ipv6_ok(const char *text, size_t len)
{
    unsigned groups = 0;
    bool gap = false;
    size_t i = 0;

    if (len >= 2 && text[0] == ':' && text[1] == ':') {
        gap = true;
        i = 2;
    }
    while (i < len) {
        size_t start = i;

        while (i < len && i - start < 4 && srl_url_is_hex(text[i])) {
            i++;
        }
        if (i == start) return false;
        if (i < len && text[i] == '.') {
            if (!srl_url_ipv4_ok(text + start, len - start)) return false;
            groups += 2;
            break;
        }
        groups++;
        if (i == len) break;
        if (text[i] != ':') return false;
        i++;
        if (i == len) return false;
        if (text[i] == ':') {
            if (gap) return false;
            gap = true;
            i++;
        }
        if (groups > 8) return false;
    }
    return gap ? groups <= 7 : groups == 8;
}

/* True if the last label looks like a number, decimal or 0x...: some resolvers
 * take such a name for an IPv4 address of fewer than four parts. */
static bool
srl_url_ends_in_number(const char *text, size_t len)
{
    size_t start;
    size_t i;
    bool digits = true;
    bool hex;

    if (len && text[len - 1] == '.') len--;
    start = len;
    while (start && text[start - 1] != '.') {
        start--;
    }
    hex = len - start >= 2 && text[start] == '0' &&
          srl_url_lower(text[start + 1]) == 'x';
    for (i = start; i < len; i++) {
        if (!srl_url_is_digit(text[i])) digits = false;
        if (i >= start + 2 && !srl_url_is_hex(text[i])) hex = false;
    }
    return (digits && start < len) || hex;
}

/* Names with "xn--" are passed on as they are: whether they decode to Unicode
 * is up to who registered them (RFC 5891 4.4). */
static surreal_status
srl_url_name(const char *text, size_t start, size_t end, surreal_error *err)
{
    size_t label = start;
    size_t i;

    if (end - start > SRL_URL_MAX_HOST) {
        return srl_url_fail(err, start, "host name longer than 253 bytes");
    }
    for (i = start; i <= end; i++) {
        bool dot = i < end && text[i] == '.';

        if (i < end && !dot) {
            if (srl_url_is_alnum(text[i]) || text[i] == '-' ||
                text[i] == '_') {
                continue;
            }
            return srl_url_fail(err, i, text[i] == '%'
                                            ? "percent-escape in the host"
                                            : "character not allowed in a "
                                              "host name");
        }
        if (i - label > 63) {
            return srl_url_fail(err, label, "part of the host name longer "
                                            "than 63 bytes");
        }
        /* Only the root's dot at the end has nothing behind it. */
        if (i == label && (dot || i == start)) {
            return srl_url_fail(err, i, "empty part in the host name");
        }
        label = i + 1;
    }
    return SURREAL_OK;
}

/* The host in [start, end), which holds no ':' outside brackets. */
static surreal_status
srl_url_host(srl_url *out, const char *text, size_t start, size_t end,
             surreal_error *err)
{
    size_t i;

    if (start == end) return srl_url_fail(err, start, "host is missing");
    if (text[start] == '[') {
        start++;
        end--; /* the ']' */
        SURREAL_ASSERT(text[end] == ']');
        if (!srl_url_ipv6_ok(text + start, end - start)) {
            return srl_url_fail(err, start, "not an IPv6 address");
        }
        out->host_kind = SRL_HOST_IPV6;
    } else if (srl_url_ends_in_number(text + start, end - start)) {
        if (!srl_url_ipv4_ok(text + start, end - start)) {
            return srl_url_fail(err, start, "not an IPv4 address of four "
                                            "decimal numbers");
        }
        out->host_kind = SRL_HOST_IPV4;
    } else {
        SRL_TRY(srl_url_name(text, start, end, err));
        out->host_kind = SRL_HOST_NAME;
    }
    SURREAL_ASSERT(end - start <= SRL_URL_MAX_HOST);
    for (i = start; i < end; i++) {
        out->host[i - start] = srl_url_lower(text[i]);
    }
    out->host[end - start] = '\0';
    return SURREAL_OK;
}

static surreal_status
srl_url_port(srl_url *out, const char *text, size_t start, size_t end,
             surreal_error *err)
{
    unsigned v = 0;
    size_t i;

    if (start == end) return srl_url_fail(err, start, "port is missing");
    if (text[start] == '0') {
        return srl_url_fail(err, start, "port is 0 or begins with 0");
    }
    for (i = start; i < end; i++) {
        if (!srl_url_is_digit(text[i])) {
            return srl_url_fail(err, i, "port is not a number");
        }
        v = v * 10 + (unsigned)(text[i] - '0');
        if (v > 65535) return srl_url_fail(err, start, "port above 65535");
    }
    out->port = (uint16_t)v;
    return SURREAL_OK;
}

/* host [ ":" port ] in [start, end). */
static surreal_status
srl_url_authority(srl_url *out, const char *text, size_t start, size_t end,
                  surreal_error *err)
{
    const char *from = text + start;
    size_t host_end = start;
    size_t second;

    if (memchr(from, '@', end - start)) {
        return srl_url_fail(err, start, "user and password belong into the "
                                        "options, not into the url");
    }
    if (start < end && text[start] == '[') {
        const char *close = (const char *)memchr(from, ']', end - start);

        if (!close) return srl_url_fail(err, end, "expected ']'");
        host_end = (size_t)(close - text) + 1;
        if (host_end < end && text[host_end] != ':') {
            return srl_url_fail(err, host_end, "expected ':' or '/' after "
                                               "']'");
        }
    } else {
        while (host_end < end && text[host_end] != ':') {
            host_end++;
        }
        for (second = host_end + 1; second < end; second++) {
            if (text[second] != ':') continue;
            return srl_url_fail(err, second, "second colon; an IPv6 address "
                                             "must be in brackets");
        }
    }
    SRL_TRY(srl_url_host(out, text, start, host_end, err));
    if (host_end == end) {
        out->port = srl_url_default_port(out->scheme);
        return SURREAL_OK;
    }
    return srl_url_port(out, text, host_end + 1, end, err);
}

/* "." and "..", also when written with %2e, which many servers undo. */
static bool
srl_url_is_dots(const char *text, size_t len)
{
    size_t i = 0;
    unsigned dots = 0;

    while (i < len) {
        if (text[i] == '.') {
            i++;
        } else if (len - i >= 3 && text[i] == '%' && text[i + 1] == '2' &&
                   srl_url_lower(text[i + 2]) == 'e') {
            i += 3;
        } else {
            return false;
        }
        dots++;
    }
    return dots == 1 || dots == 2;
}

/* The segment in [start, end): 1*pchar. */
static surreal_status
srl_url_segment(const char *text, size_t start, size_t end,
                surreal_error *err)
{
    size_t i;

    if (start == end) {
        return srl_url_fail(err, start, "empty path segment, \"//\"");
    }
    if (srl_url_is_dots(text + start, end - start)) {
        return srl_url_fail(err, start, "dot segment in the path");
    }
    for (i = start; i < end; i++) {
        char c = text[i];

        if (c == '%') {
            if (end - i < 3 || !srl_url_is_hex(text[i + 1]) ||
                !srl_url_is_hex(text[i + 2])) {
                return srl_url_fail(err, i, "'%' without two hex digits");
            }
        } else if (!srl_url_is_alnum(c) && !strchr("-._~!$&'()*+,;=:@", c)) {
            return srl_url_fail(err, i, "character not allowed in a path");
        }
    }
    return SURREAL_OK;
}

/* The path in [at, len), "/rpc" made its last segment. */
static surreal_status
srl_url_path(srl_url *out, const char *text, size_t at, size_t len,
             surreal_error *err)
{
    size_t start = at;
    size_t last = at; /* where the last segment starts, its '/' included */
    bool has_rpc;

    while (len > at && text[len - 1] == '/') {
        len--;
    }
    while (at < len) {
        size_t end = at + 1;

        SURREAL_ASSERT(text[at] == '/');
        while (end < len && text[end] != '/') {
            end++;
        }
        SRL_TRY(srl_url_segment(text, at + 1, end, err));
        last = at;
        at = end;
    }
    has_rpc = len - last == 4 && !memcmp(text + last, "/rpc", 4);
    if (has_rpc) len = last;
    if (len - start > SRL_URL_MAX_PATH - 4) {
        return srl_url_fail(err, start, "path longer than 511 bytes");
    }
    memcpy(out->path, text + start, len - start);
    memcpy(out->path + (len - start), "/rpc", 5);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_url_parse(srl_url *out, const char *text, size_t len, surreal_error *err)
{
    size_t start = 0;
    size_t end;

    SURREAL_ASSERT(text || !len);
    memset(out, 0, sizeof *out);
    SRL_TRY(srl_url_check_bytes(text, len, err));
    SRL_TRY(srl_url_scheme(out, text, len, &start, err));
    end = start;
    while (end < len && text[end] != '/') {
        end++;
    }
    SRL_TRY(srl_url_authority(out, text, start, end, err));
    return srl_url_path(out, text, end, len, err);
}

SRL_FN uint16_t
srl_url_default_port(srl_scheme scheme)
{
    return scheme == SRL_SCHEME_WSS || scheme == SRL_SCHEME_HTTPS ? 443 : 80;
}

/*===========================================================================
 * http/response.c: heads of HTTP/1.1 responses, RFC 9112.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/response.c"
#endif


/* A head is a status line, header lines and an empty line, each ended by
 * CR LF. The bytes are looked at once, one after the other:
 *
 *   scan    byte `at` is checked by itself and against the byte before it; an
 *           LF after a CR ends the line
 *   line    [line, at) is then parsed as status line (code is 0), header or
 *           end, and the next line starts at `at`
 *
 * Both only depend on the bytes before them, so any cut of the input gives
 * the same result at the same byte. Headers are kept as offsets because the
 * caller's buffer may move between calls.
 *
 *   holds    line <= at <= SURREAL_MAX_HEAD; a line is parsed only when whole
 *   refuses  what makes two parsers see two different heads: CR or LF alone,
 *            NUL and other control bytes, folded lines (RFC 9112 5.2), blanks
 *            before the colon (5.1), versions other than 1.0 and 1.1
 */
SRL_STATIC_ASSERT(SURREAL_MAX_HEAD <= 0x7fffffff, http_head_offsets_fit);

SRL_FN surreal_status
srl_http_fail(surreal_error *err, uint64_t at, const char *what)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_HTTP,
                                     "http response: %s (at byte %llu)",
                                     what, (unsigned long long)at);

    if (err) err->at = (size_t)at;
    return status;
}

SRL_FN const char *
srl_http_quote(char out[SRL_HTTP_QUOTE], surreal_str text)
{
    size_t i;

    srl_text_copy(out, SRL_HTTP_QUOTE, text.ptr, text.len);
    for (i = 0; out[i]; i++) {
        if (out[i] < ' ' || out[i] > '~') out[i] = '?';
    }
    return out;
}

SRL_FN bool
srl_http_is_token_byte(uint8_t c)
{
    uint8_t low = (uint8_t)(c | 0x20);

    if ((c >= '0' && c <= '9') || (low >= 'a' && low <= 'z')) return true;
    return c && c < 0x80 && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

SRL_FN bool
srl_http_is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* status-line = "HTTP/1." DIGIT SP 3DIGIT [ SP reason ] CR LF
 * The standard wants the second SP even before an empty reason; servers that
 * leave it out are understood all the same. */
static surreal_status
srl_http_status_line(srl_http_head *head, size_t end, surreal_error *err)
{
    const uint8_t *p = head->data + head->line;
    size_t len = end - head->line;
    int code = 0;
    size_t i;

    SURREAL_ASSERT(!head->code);
    if (len < 8 || (p[7] != '0' && p[7] != '1')) {
        return srl_http_fail(err, head->line + 7, "version is not HTTP/1.0 "
                                                  "or HTTP/1.1");
    }
    if (len < 9 || p[8] != ' ') {
        return srl_http_fail(err, head->line + 8, "expected one space after "
                                                  "the version");
    }
    for (i = 9; i < 12; i++) {
        if (i >= len || p[i] < (i == 9 ? '1' : '0') || p[i] > '9') {
            return srl_http_fail(err, head->line + i, "status is not a "
                                                      "number of three "
                                                      "digits");
        }
        code = code * 10 + (p[i] - '0');
    }
    if (len > 12 && p[12] != ' ') {
        return srl_http_fail(err, head->line + 12, "expected a space after "
                                                   "the status");
    }
    head->code = code;
    head->minor = p[7] - '0';
    head->reason_at = (uint32_t)(len > 13 ? head->line + 13 : end);
    head->reason_len = (uint32_t)(end - head->reason_at);
    return SURREAL_OK;
}

/* field-line = token ":" OWS value OWS CR LF */
static surreal_status
srl_http_header_line(srl_http_head *head, size_t end, surreal_error *err)
{
    const uint8_t *data = head->data;
    size_t colon = head->line;
    size_t value;
    srl_http_header *header;

    SURREAL_ASSERT(!srl_http_is_blank(data[colon])); /* see srl_http_scan */
    while (colon < end && srl_http_is_token_byte(data[colon])) {
        colon++;
    }
    if (colon == end || data[colon] != ':' || colon == head->line) {
        bool blank = colon < end && srl_http_is_blank(data[colon]);

        return srl_http_fail(err, colon, blank ? "blank in a header's name"
                                               : "expected a header's name "
                                                 "and ':'");
    }
    if (head->count == SRL_HTTP_MAX_HEADERS) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: more than %d headers",
                        SRL_HTTP_MAX_HEADERS);
    }
    value = colon + 1;
    while (value < end && srl_http_is_blank(data[value])) {
        value++;
    }
    while (end > value && srl_http_is_blank(data[end - 1])) {
        end--;
    }
    header = &head->headers[head->count++];
    header->name = (uint32_t)head->line;
    header->name_len = (uint32_t)(colon - head->line);
    header->value = (uint32_t)value;
    header->value_len = (uint32_t)(end - value);
    return SURREAL_OK;
}

/* Check byte head->at; *line_end is set if it ends a line. */
static surreal_status
srl_http_scan(const srl_http_head *head, bool *line_end, surreal_error *err)
{
    static const char start[] = "HTTP/1.";
    const uint8_t *p = head->data + head->at;
    size_t column = head->at - head->line;

    /* What is not HTTP at all is told from its first bytes: its sender may
     * be waiting and never send the end of a line. */
    if (!head->code && column < sizeof start - 1 &&
        *p != (uint8_t)start[column]) {
        return srl_http_fail(err, head->at, "does not begin with HTTP/1.");
    }
    if (head->code && !column && srl_http_is_blank(*p)) {
        return srl_http_fail(err, head->at, "line begins with a blank (folded "
                                            "headers are not allowed)");
    }
    *line_end = column && p[-1] == '\r';
    if (*line_end) {
        if (*p == '\n') return SURREAL_OK;
        return srl_http_fail(err, head->at - 1, "CR without LF");
    }
    if (*p == '\n') return srl_http_fail(err, head->at, "LF without CR");
    if (*p == '\r' || *p == '\t') return SURREAL_OK;
    if (*p < 0x20 || *p == 0x7f) {
        return srl_http_fail(err, head->at, "control byte");
    }
    return SURREAL_OK;
}

SRL_FN void
srl_http_head_init(srl_http_head *head)
{
    memset(head, 0, sizeof *head);
}

SRL_FN surreal_status
srl_http_head_feed(srl_http_head *head, const uint8_t *data, size_t len,
                   surreal_error *err)
{
    size_t limit = len < SURREAL_MAX_HEAD ? len : SURREAL_MAX_HEAD;

    SURREAL_ASSERT(head->at <= len);
    SURREAL_ASSERT(!head->len); /* not called again after SURREAL_OK */
    head->data = data;
    while (head->at < limit) {
        bool line_end;
        size_t end;

        SRL_TRY(srl_http_scan(head, &line_end, err));
        head->at++;
        if (!line_end) continue;
        end = head->at - 2;
        if (!head->code) {
            SRL_TRY(srl_http_status_line(head, end, err));
        } else if (end > head->line) {
            SRL_TRY(srl_http_header_line(head, end, err));
        } else {
            head->len = head->at;
            head->reason = surreal_text_of(
                (const char *)data + head->reason_at, head->reason_len);
            return SURREAL_OK;
        }
        head->line = head->at;
    }
    if (head->at >= SURREAL_MAX_HEAD) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: head longer than %llu bytes",
                        (unsigned long long)SURREAL_MAX_HEAD);
    }
    return SURREAL_WOULD_BLOCK;
}

SRL_FN bool
srl_http_same(const uint8_t *text, size_t len, const char *word)
{
    size_t i;

    for (i = 0; i < len; i++) {
        uint8_t a = text[i];
        uint8_t b = (uint8_t)word[i];

        if (!b) return false;
        if (a >= 'A' && a <= 'Z') a = (uint8_t)(a | 0x20);
        if (b >= 'A' && b <= 'Z') b = (uint8_t)(b | 0x20);
        if (a != b) return false;
    }
    return !word[len];
}

SRL_FN surreal_str
srl_http_header_next(const srl_http_head *head, const char *name,
                     size_t *next)
{
    SURREAL_ASSERT(head->len);
    while (*next < head->count) {
        const srl_http_header *header = &head->headers[(*next)++];

        if (srl_http_same(head->data + header->name, header->name_len,
                          name)) {
            return surreal_text_of((const char *)head->data + header->value,
                                   header->value_len);
        }
    }
    return surreal_text_of(NULL, 0);
}

/* True if the comma-separated list holds `token`. */
static bool
srl_http_list_has(const uint8_t *list, size_t len, const char *token)
{
    size_t i = 0;

    while (i < len) {
        size_t start;
        size_t end;

        while (i < len && (list[i] == ',' || srl_http_is_blank(list[i]))) {
            i++;
        }
        start = i;
        while (i < len && list[i] != ',') {
            i++;
        }
        end = i;
        while (end > start && srl_http_is_blank(list[end - 1])) {
            end--;
        }
        if (end > start && srl_http_same(list + start, end - start, token)) {
            return true;
        }
    }
    return false;
}

SRL_FN bool
srl_http_has_token(const srl_http_head *head, const char *name,
                   const char *token)
{
    size_t next = 0;

    for (;;) {
        surreal_str value = srl_http_header_next(head, name, &next);

        if (!value.ptr) return false;
        if (srl_http_list_has((const uint8_t *)value.ptr, value.len,
                              token)) {
            return true;
        }
    }
}

SRL_FN bool
srl_http_is_type(const srl_http_head *head, const char *type)
{
    size_t next = 0;
    surreal_str value = srl_http_header_next(head, "Content-Type", &next);
    size_t len = 0;

    if (!value.ptr) return false;
    if (srl_http_header_next(head, "Content-Type", &next).ptr) return false;
    while (len < value.len && value.ptr[len] != ';') {
        len++;
    }
    while (len && srl_http_is_blank((uint8_t)value.ptr[len - 1])) {
        len--;
    }
    return srl_http_same((const uint8_t *)value.ptr, len, type);
}

SRL_FN bool
srl_http_is_interim(const srl_http_head *head)
{
    return head->code / 100 == 1 && head->code != 101;
}

SRL_FN surreal_status
srl_http_head_restart(srl_http_head *head, surreal_error *err)
{
    unsigned interim = head->interim + 1;

    SURREAL_ASSERT(head->len);
    SURREAL_ASSERT(srl_http_is_interim(head));
    if (interim > SRL_HTTP_MAX_INTERIM) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: more than %d interim responses",
                        SRL_HTTP_MAX_INTERIM);
    }
    srl_http_head_init(head);
    head->interim = interim;
    return SURREAL_OK;
}

/*===========================================================================
 * http/request.c: heads of HTTP/1.1 requests, and chunks.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/request.c"
#endif


/* A head is written in one go, after everything in it that came from outside
 * was checked: a line end in a value would make two requests of one (RFC 9110
 * 5.5), and a second Host, Content-Length or Transfer-Encoding would let two
 * servers on the way see two different requests (RFC 9112 11.2). Names are
 * told in messages, values never: they hold passwords and tokens. */

/* What this client says itself, and what would bring an answer that it does
 * not understand: a compressed one, trailers, another protocol. */
static bool
srl_http_is_reserved(surreal_str name)
{
    static const char *const names[] = {
        "Accept-Encoding", "Connection", "Content-Length", "Host", "TE",
        "Trailer", "Transfer-Encoding", "Upgrade"};
    static const char prefix[] = "Sec-WebSocket-";
    const uint8_t *text = (const uint8_t *)name.ptr;
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (srl_http_same(text, name.len, names[i])) return true;
    }
    return name.len >= sizeof prefix - 1 &&
           srl_http_same(text, sizeof prefix - 1, prefix);
}

static surreal_status
srl_http_request_fail(surreal_error *err, size_t at, const char *what,
                      surreal_str name)
{
    char quoted[SRL_HTTP_QUOTE];
    surreal_status status = srl_fail(err, SURREAL_ERR_SYNTAX,
                                     "http request: %s \"%s\" (at byte %llu)",
                                     what, srl_http_quote(quoted, name),
                                     (unsigned long long)at);

    if (err) err->at = at;
    return status;
}

SRL_FN surreal_status
srl_http_fields_check(const srl_http_field *fields, size_t count,
                      surreal_error *err)
{
    char quoted[SRL_HTTP_QUOTE];
    size_t i;

    SURREAL_ASSERT(fields || !count);
    for (i = 0; i < count; i++) {
        surreal_str name = fields[i].name;
        surreal_str value = fields[i].value;
        size_t at = 0;

        while (at < name.len && srl_http_is_token_byte((uint8_t)name.ptr[at])) {
            at++;
        }
        if (at < name.len || !name.len) {
            return srl_http_request_fail(err, at, "not a header's name:",
                                         name);
        }
        if (srl_http_is_reserved(name)) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "http request: header \"%s\" is not the caller's "
                            "to set", srl_http_quote(quoted, name));
        }
        for (at = 0; at < value.len; at++) {
            uint8_t c = (uint8_t)value.ptr[at];

            if (c == '\t' || (c >= 0x20 && c != 0x7f)) continue;
            return srl_http_request_fail(err, at, "control byte in the value "
                                                  "of header", name);
        }
    }
    return SURREAL_OK;
}

/* origin-form = absolute-path [ "?" query ] (RFC 9112 3.2.1). What stands
 * between the slashes is the caller's; a byte that ends the target early or
 * the line is not. */
static surreal_status
srl_http_target_check(const char *target, surreal_error *err)
{
    size_t at = 0;
    surreal_status status;

    if (target[0] == '/') {
        while (target[at] > ' ' && target[at] <= '~' && target[at] != '#') {
            at++;
        }
        if (!target[at]) return SURREAL_OK;
    }
    status = srl_fail(err, SURREAL_ERR_SYNTAX, "http request: target %s (at "
                      "byte %llu)", at ? "holds a byte that must be escaped"
                                       : "does not begin with '/'",
                      (unsigned long long)at);
    if (err) err->at = at;
    return status;
}

/* Host = uri-host [ ":" port ] (RFC 9110 7.2); a default port is left out as
 * RFC 6455 4.1 wants. */
static void
srl_http_put_host(srl_buf *out, const srl_url *url)
{
    bool brackets = url->host_kind == SRL_HOST_IPV6;
    char digits[8];
    srl_out port;

    srl_buf_put_text(out, brackets ? "Host: [" : "Host: ");
    srl_buf_put_text(out, url->host);
    if (brackets) srl_buf_put_text(out, "]");
    if (url->port != srl_url_default_port(url->scheme)) {
        srl_out_init(&port, digits, sizeof digits);
        srl_out_char(&port, ':');
        srl_out_uint(&port, url->port);
        srl_out_end(&port);
        srl_buf_put_text(out, digits);
    }
    srl_buf_put_text(out, "\r\n");
}

SRL_FN void
srl_http_request_begin(srl_buf *out, const srl_url *url, const char *method,
                       const char *target)
{
    srl_buf_put_text(out, method);
    srl_buf_put_text(out, " ");
    srl_buf_put_text(out, target);
    srl_buf_put_text(out, " HTTP/1.1\r\n");
    srl_http_put_host(out, url);
}

SRL_FN surreal_status
srl_http_request_end(srl_buf *out, const srl_http_field *fields, size_t count,
                     surreal_error *err)
{
    size_t i;

    for (i = 0; i < count; i++) {
        srl_buf_put(out, fields[i].name.ptr, fields[i].name.len);
        srl_buf_put_text(out, ": ");
        srl_buf_put(out, fields[i].value.ptr, fields[i].value.len);
        srl_buf_put_text(out, "\r\n");
    }
    srl_buf_put_text(out, "\r\n");
    if (!out->status) return SURREAL_OK;
    return srl_fail(err, out->status, "http request: %s",
                    surreal_status_text(out->status));
}

SRL_FN size_t
srl_http_path(const srl_url *url, const char *name, char *out, size_t cap)
{
    size_t len = strlen(url->path);
    srl_out text;

    SURREAL_ASSERT(name[0] == '/');
    SURREAL_ASSERT(len >= 4 && !strcmp(url->path + len - 4, "/rpc"));
    srl_out_init(&text, out, cap);
    srl_out_put(&text, url->path, len - 4);
    srl_out_text(&text, name);
    return srl_out_end(&text);
}

SRL_FN surreal_status
srl_http_request_write(srl_buf *out, const srl_url *url,
                       const srl_http_request *request, surreal_error *err)
{
    static const char *const methods[] = {"", "GET", "HEAD", "POST"};
    char digits[24];
    srl_out length;

    SURREAL_ASSERT(request->method >= SRL_HTTP_GET);
    SURREAL_ASSERT(request->method <= SRL_HTTP_POST);
    SURREAL_ASSERT(request->framing != SRL_HTTP_UNTIL_CLOSE);
    SRL_TRY(srl_http_target_check(request->target, err));
    SRL_TRY(srl_http_fields_check(request->fields, request->field_count,
                                  err));
    srl_http_request_begin(out, url, methods[request->method],
                           request->target);
    if (request->framing == SRL_HTTP_LENGTH) {
        srl_out_init(&length, digits, sizeof digits);
        srl_out_uint(&length, request->body_len);
        srl_out_end(&length);
        srl_buf_put_text(out, "Content-Length: ");
        srl_buf_put_text(out, digits);
        srl_buf_put_text(out, "\r\n");
    } else if (request->framing == SRL_HTTP_CHUNKED) {
        srl_buf_put_text(out, "Transfer-Encoding: chunked\r\n");
    }
    if (request->is_last) srl_buf_put_text(out, "Connection: close\r\n");
    return srl_http_request_end(out, request->fields, request->field_count,
                                err);
}

SRL_FN void
srl_http_chunk_put(srl_buf *out, const void *data, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";
    char head[sizeof len * 2 + 2];
    size_t at = sizeof head - 2;
    size_t rest = len;

    if (!len) return;
    head[at] = '\r';
    head[at + 1] = '\n';
    while (rest) {
        head[--at] = hex[rest & 15];
        rest >>= 4;
    }
    srl_buf_put(out, head + at, sizeof head - at);
    srl_buf_put(out, data, len);
    srl_buf_put_text(out, "\r\n");
}

SRL_FN void
srl_http_chunk_last(srl_buf *out)
{
    srl_buf_put_text(out, "0\r\n\r\n");
}

/*===========================================================================
 * http/body.c: where the body of a response ends, RFC 9112 sections 6 and 7.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/body.c"
#endif


/* Once the head has said how the end is known, three framings are one thing:
 * `left` bytes of data to hand out as they lie in the input. What happens when
 * none are left tells them apart:
 *
 *   LENGTH       the body is done
 *   CHUNKED      the chunk's line end, then the next chunk's line
 *   UNTIL_CLOSE  `left` counts down from the limit; a byte more is beyond it
 *
 * Between the data of chunks each byte is looked at by itself, with a CR
 * remembered, so any cut of the input gives the same result at the same byte.
 *
 *   SIZE     hex digits                 -> BLANK, EXT, line end
 *   BLANK    blanks before a ';'        -> EXT
 *   EXT      extensions, not looked at  -> line end
 *   DATA     left bytes                 -> DATA_END
 *   DATA_END CR LF                      -> SIZE
 *   TRAILER  start of a line            -> LINE, or CR LF and done
 *   LINE     inside a line              -> TRAILER
 *
 *   holds    got + left <= max in every state
 *   refuses  what makes two readers see two ends: both framings at once,
 *            lengths that differ, codings but chunked, bare CR or LF (RFC 9112
 *            11.1); and what only costs: long lines, long trailers */
enum {
    SRL_HTTP_AT_SIZE,
    SRL_HTTP_AT_BLANK,
    SRL_HTTP_AT_EXT,
    SRL_HTTP_AT_DATA,
    SRL_HTTP_AT_DATA_END,
    SRL_HTTP_AT_TRAILER,
    SRL_HTTP_AT_LINE
};

static surreal_status
srl_http_body_limit(surreal_error *err, uint64_t at, const char *what,
                    uint64_t max)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_LIMIT,
                                     "http response: %s more than %llu bytes "
                                     "(at byte %llu)", what,
                                     (unsigned long long)max,
                                     (unsigned long long)at);

    if (err) err->at = (size_t)at;
    return status;
}

/* ---- what the head says -------------------------------------------------- */

/* A header's value that is not what it should be, by name. */
static surreal_status
srl_http_body_refuse(surreal_error *err, const srl_http_head *head,
                     const char *name, surreal_str value,
                     const char *expected)
{
    size_t at = (size_t)((const uint8_t *)value.ptr - head->data);
    char came[SRL_HTTP_QUOTE];
    surreal_status status;

    status = srl_fail(err, SURREAL_ERR_HTTP,
                      "http response: %s is \"%s\"; expected %s (at byte "
                      "%llu)", name, srl_http_quote(came, value), expected,
                      (unsigned long long)at);
    if (err) err->at = at;
    return status;
}

/* Content-Length = 1*DIGIT. A list of one number over and over is what careless
 * proxies make of repeated headers, and allowed (RFC 9110 8.6). */
static surreal_status
srl_http_length_read(const srl_http_head *head, surreal_str value,
                     bool *is_known, uint64_t *len, surreal_error *err)
{
    static const char name[] = "Content-Length";
    const uint8_t *p = (const uint8_t *)value.ptr;
    size_t i = 0;

    for (;;) {
        size_t start = i;
        uint64_t n = 0;

        while (i < value.len && p[i] >= '0' && p[i] <= '9') {
            unsigned digit = (unsigned)p[i++] - '0';

            if (n > (~(uint64_t)0 - digit) / 10) {
                return srl_http_body_refuse(err, head, name, value,
                                            "a number below 2^64");
            }
            n = n * 10 + digit;
        }
        if (i == start) break;
        if (*is_known && n != *len) {
            return srl_http_body_refuse(err, head, name, value,
                                        "the same number each time");
        }
        *is_known = true;
        *len = n;
        while (i < value.len && srl_http_is_blank(p[i])) {
            i++;
        }
        if (i == value.len) return SURREAL_OK;
        if (p[i++] != ',') break;
        while (i < value.len && srl_http_is_blank(p[i])) {
            i++;
        }
    }
    return srl_http_body_refuse(err, head, name, value, "a number");
}

/* Transfer-Encoding, once and "chunked", without what contradicts it. */
static surreal_status
srl_http_chunked_read(const srl_http_head *head, bool has_length,
                      bool *is_chunked, surreal_error *err)
{
    static const char name[] = "Transfer-Encoding";
    size_t next = 0;
    surreal_str value = srl_http_header_next(head, name, &next);
    surreal_str more;

    *is_chunked = value.ptr != NULL;
    if (!*is_chunked) return SURREAL_OK;
    if (has_length) {
        return srl_http_body_refuse(err, head, name, value,
                                    "none beside Content-Length");
    }
    if (!head->minor) { /* RFC 9112 6.1: faulty framing */
        return srl_http_body_refuse(err, head, name, value,
                                    "none in HTTP/1.0");
    }
    if (!srl_http_same((const uint8_t *)value.ptr, value.len, "chunked")) {
        return srl_http_body_refuse(err, head, name, value, "\"chunked\"");
    }
    more = srl_http_header_next(head, name, &next);
    if (more.ptr) {
        return srl_http_body_refuse(err, head, name, more, "it only once");
    }
    return SURREAL_OK;
}

/* Compression is never asked for: what comes compressed anyway would only look
 * like a broken body further up. */
static surreal_status
srl_http_encoding_check(const srl_http_head *head, surreal_error *err)
{
    static const char name[] = "Content-Encoding";
    size_t next = 0;

    for (;;) {
        surreal_str value = srl_http_header_next(head, name, &next);

        if (!value.ptr) return SURREAL_OK;
        if (value.len && !srl_http_same((const uint8_t *)value.ptr, value.len,
                                        "identity")) {
            return srl_http_body_refuse(err, head, name, value,
                                        "none: none was asked for");
        }
    }
}

/* RFC 9112 9.3. */
static bool
srl_http_keeps_alive(const srl_http_head *head)
{
    if (srl_http_has_token(head, "Connection", "close")) return false;
    return head->minor || srl_http_has_token(head, "Connection", "keep-alive");
}

/* The list of RFC 9112 6.3, with the headers already refused that it repairs.
 */
SRL_FN surreal_status
srl_http_body_init(srl_http_body *body, const srl_http_head *head,
                   srl_http_method method, uint64_t max, surreal_error *err)
{
    bool has_length = false;
    bool is_chunked = false;
    uint64_t len = 0;
    size_t next = 0;
    surreal_str value;

    SURREAL_ASSERT(head->len);
    SURREAL_ASSERT(!srl_http_is_interim(head));
    memset(body, 0, sizeof *body);
    body->max = max;
    body->at = head->len;
    body->is_reusable = srl_http_keeps_alive(head);
    if (head->code == 101) {
        return srl_http_fail(err, 9, "101 although no upgrade was asked for");
    }
    for (;;) {
        value = srl_http_header_next(head, "Content-Length", &next);
        if (!value.ptr) break;
        SRL_TRY(srl_http_length_read(head, value, &has_length, &len, err));
    }
    SRL_TRY(srl_http_chunked_read(head, has_length, &is_chunked, err));
    if (method == SRL_HTTP_HEAD || head->code == 204 || head->code == 304) {
        body->is_done = true;
        /* Whoever announces a body for a 204 may also send it. */
        if (head->code == 204 && (len || is_chunked)) {
            body->is_reusable = false;
        }
        return SURREAL_OK;
    }
    SRL_TRY(srl_http_encoding_check(head, err));
    if (is_chunked) {
        body->framing = SRL_HTTP_CHUNKED;
        body->state = SRL_HTTP_AT_SIZE;
        return SURREAL_OK;
    }
    body->state = SRL_HTTP_AT_DATA;
    if (!has_length) {
        body->framing = SRL_HTTP_UNTIL_CLOSE;
        body->left = max;
        body->is_reusable = false;
        return SURREAL_OK;
    }
    if (len > max) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: body of %llu bytes; at most %llu are "
                        "allowed", (unsigned long long)len,
                        (unsigned long long)max);
    }
    body->framing = SRL_HTTP_LENGTH;
    body->left = len;
    body->is_done = !len;
    return SURREAL_OK;
}

/* ---- what follows it ----------------------------------------------------- */

/* Hand out data that is there. */
static surreal_status
srl_http_body_take(srl_http_body *body, surreal_bytes *in,
                   surreal_bytes *span, surreal_error *err)
{
    size_t len = in->len;

    SURREAL_ASSERT(len);
    if (!body->left) {
        SURREAL_ASSERT(body->framing == SRL_HTTP_UNTIL_CLOSE);
        return srl_http_body_limit(err, body->at, "body has", body->max);
    }
    if (len > body->left) len = (size_t)body->left;
    span->ptr = in->ptr;
    span->len = len;
    in->ptr += len;
    in->len -= len;
    body->at += len;
    body->got += len;
    body->left -= len;
    if (body->left) return SURREAL_OK;
    if (body->framing == SRL_HTTP_LENGTH) body->is_done = true;
    if (body->framing == SRL_HTTP_CHUNKED) body->state = SRL_HTTP_AT_DATA_END;
    return SURREAL_OK;
}

/* chunk-size = 1*HEXDIG, and what may stand behind it:
 * chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS value ] ) (RFC 9112 7.1.1) */
static surreal_status
srl_http_chunk_size(srl_http_body *body, uint8_t c, surreal_error *err)
{
    uint8_t low = (uint8_t)(c | 0x20);
    unsigned digit = 16;

    if (c >= '0' && c <= '9') digit = (unsigned)c - '0';
    if (low >= 'a' && low <= 'f') digit = (unsigned)low - 'a' + 10;
    if (digit < 16) {
        if (body->left > ~(uint64_t)0 >> 4 ||
            (body->left << 4 | digit) > body->max - body->got) {
            return srl_http_body_limit(err, body->at, "body has", body->max);
        }
        body->left = body->left << 4 | digit;
        return SURREAL_OK;
    }
    if (body->overhead == 1) {
        return srl_http_fail(err, body->at, "chunk does not begin with its "
                                            "size in hex digits");
    }
    if (c == '\r') {
        body->is_cr = true;
    } else if (c == ';') {
        body->state = SRL_HTTP_AT_EXT;
    } else if (srl_http_is_blank(c)) {
        body->state = SRL_HTTP_AT_BLANK;
    } else {
        return srl_http_fail(err, body->at, "expected ';' or CR LF after a "
                                            "chunk's size");
    }
    return SURREAL_OK;
}

/* After CR LF. */
static void
srl_http_chunk_line_end(srl_http_body *body)
{
    body->is_cr = false;
    switch (body->state) {
    case SRL_HTTP_AT_SIZE:
    case SRL_HTTP_AT_EXT:
        body->state = body->left ? SRL_HTTP_AT_DATA : SRL_HTTP_AT_TRAILER;
        body->overhead = 0;
        break;
    case SRL_HTTP_AT_DATA_END:
        body->state = SRL_HTTP_AT_SIZE;
        body->overhead = 0;
        break;
    case SRL_HTTP_AT_LINE:
        body->state = SRL_HTTP_AT_TRAILER;
        break;
    default:
        SURREAL_ASSERT(body->state == SRL_HTTP_AT_TRAILER);
        body->is_done = true;
    }
}

/* One byte that is not data; body->at is its offset. */
static surreal_status
srl_http_chunk_byte(srl_http_body *body, uint8_t c, surreal_error *err)
{
    bool is_trailer = body->state >= SRL_HTTP_AT_TRAILER;
    size_t max = is_trailer ? SRL_HTTP_MAX_TRAILER : SRL_HTTP_MAX_CHUNK_LINE;

    if (body->overhead++ == max) {
        return srl_http_body_limit(err, body->at,
                                   is_trailer ? "trailers have"
                                              : "line of a chunk has", max);
    }
    if (body->is_cr) {
        if (c != '\n') {
            return srl_http_fail(err, body->at - 1, "CR without LF");
        }
        srl_http_chunk_line_end(body);
        return SURREAL_OK;
    }
    if (body->state == SRL_HTTP_AT_DATA_END && c != '\r') {
        return srl_http_fail(err, body->at, "expected CR LF behind a chunk's "
                                            "data");
    }
    if (c == '\n') return srl_http_fail(err, body->at, "LF without CR");
    if (c != '\r' && c != '\t' && (c < 0x20 || c == 0x7f)) {
        return srl_http_fail(err, body->at, "control byte");
    }
    if (body->state == SRL_HTTP_AT_SIZE) {
        return srl_http_chunk_size(body, c, err);
    }
    if (body->state == SRL_HTTP_AT_BLANK && !srl_http_is_blank(c)) {
        if (c != ';') {
            return srl_http_fail(err, body->at, "expected ';' after a chunk's "
                                                "size and a blank");
        }
        body->state = SRL_HTTP_AT_EXT;
    }
    if (c == '\r') {
        body->is_cr = true;
    } else if (body->state == SRL_HTTP_AT_TRAILER) {
        body->state = SRL_HTTP_AT_LINE;
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_http_body_next(srl_http_body *body, surreal_bytes *in,
                   surreal_bytes *span, surreal_error *err)
{
    span->ptr = NULL;
    span->len = 0;
    while (!body->is_done) {
        if (!in->len) return SURREAL_WOULD_BLOCK;
        if (body->state == SRL_HTTP_AT_DATA) {
            return srl_http_body_take(body, in, span, err);
        }
        SRL_TRY(srl_http_chunk_byte(body, in->ptr[0], err));
        in->ptr++;
        in->len--;
        body->at++;
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_http_body_eof(srl_http_body *body, surreal_error *err)
{
    surreal_status status = SURREAL_ERR_CLOSED;

    if (body->framing == SRL_HTTP_UNTIL_CLOSE) body->is_done = true;
    if (body->is_done) return SURREAL_OK;
    if (body->framing == SRL_HTTP_LENGTH) {
        srl_fail(err, status, "http response: connection closed after %llu of "
                 "%llu bytes of the body", (unsigned long long)body->got,
                 (unsigned long long)(body->got + body->left));
    } else {
        srl_fail(err, status, "http response: connection closed after %llu "
                 "bytes of the body and before its last chunk",
                 (unsigned long long)body->got);
    }
    if (err) err->at = (size_t)body->at;
    return status;
}

/*===========================================================================
 * http/upgrade.c: from HTTP to WebSocket, RFC 6455 section 4.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/http/upgrade.c"
#endif


/* The request names one sub-protocol, "cbor", because a server that is offered
 * several chooses by its own list, and no extension. A server shows by the
 * hash of our key that the answer is one to this request and not a stored
 * page (RFC 6455 1.3). Each rule of 4.1 that an answer breaks has a message
 * of its own: most failures here are a wrong address, a proxy that does not
 * forward upgrades, or bad credentials, and the reader must see which. */

SRL_FN void
srl_http_accept_of(const char *key, char out[29])
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    uint8_t joined[24 + sizeof guid - 1];
    uint8_t hash[20];

    SURREAL_ASSERT(strlen(key) == 24);
    memcpy(joined, key, 24);
    memcpy(joined + 24, guid, sizeof guid - 1);
    srl_sha1(joined, sizeof joined, hash);
    srl_base64_encode(out, hash, sizeof hash);
}

SRL_FN surreal_status
srl_http_upgrade_write(srl_buf *out, const srl_url *url,
                       const uint8_t nonce[16], const srl_http_field *fields,
                       size_t count, surreal_error *err)
{
    char key[SRL_BASE64_LEN(16) + 1];

    SURREAL_ASSERT(url->path[0] == '/');
    SRL_TRY(srl_http_fields_check(fields, count, err));
    srl_base64_encode(key, nonce, 16);
    srl_http_request_begin(out, url, "GET", url->path);
    srl_buf_put_text(out, "Upgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Key: ");
    srl_buf_put_text(out, key);
    srl_buf_put_text(out, "\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Protocol: cbor\r\n");
    return srl_http_request_end(out, fields, count, err);
}

/* An answer other than 101. */
static surreal_status
srl_http_refused(const srl_http_head *head, surreal_error *err)
{
    surreal_status status = SURREAL_ERR_UPGRADE;
    char reason[SRL_HTTP_QUOTE];
    char where[SRL_HTTP_QUOTE];
    size_t next = 0;
    surreal_str location = srl_http_header_next(head, "Location", &next);

    if (head->code == 401) status = SURREAL_ERR_AUTH;
    if (head->code == 403) status = SURREAL_ERR_DENIED;
    srl_http_quote(reason, head->reason);
    if (head->code / 100 == 3 && location.ptr) {
        srl_fail(err, status, "upgrade: server answered %d%s%s and points to "
                 "%s; expected 101", head->code, reason[0] ? " " : "",
                 reason, srl_http_quote(where, location));
    } else {
        srl_fail(err, status, "upgrade: server answered %d%s%s; expected 101",
                 head->code, reason[0] ? " " : "", reason);
    }
    if (err) err->code = head->code;
    return status;
}

/* The value of a header that must be there once. */
static surreal_status
srl_http_only(const srl_http_head *head, const char *name,
              const char *expected, surreal_str *value, surreal_error *err)
{
    size_t next = 0;

    *value = srl_http_header_next(head, name, &next);
    if (!value->ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: no %s in the answer; expected \"%s\"",
                        name, expected);
    }
    if (srl_http_header_next(head, name, &next).ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: more than one %s in the answer", name);
    }
    return SURREAL_OK;
}

/* A header that must be there once with just this value. */
static surreal_status
srl_http_exactly(const srl_http_head *head, const char *name,
                 const char *expected, surreal_error *err)
{
    char came[SRL_HTTP_QUOTE];
    surreal_str value;

    SRL_TRY(srl_http_only(head, name, expected, &value, err));
    if (surreal_str_eq(value, surreal_text(expected))) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_UPGRADE,
                    "upgrade: %s is \"%s\"; expected \"%s\"", name,
                    srl_http_quote(came, value), expected);
}

/* A header whose list must hold `token`. */
static surreal_status
srl_http_lists(const srl_http_head *head, const char *name,
               const char *token, surreal_error *err)
{
    char came[SRL_HTTP_QUOTE];
    surreal_str value;
    size_t next = 0;

    if (srl_http_has_token(head, name, token)) return SURREAL_OK;
    value = srl_http_header_next(head, name, &next);
    if (!value.ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: no %s in the answer; expected \"%s\"",
                        name, token);
    }
    return srl_fail(err, SURREAL_ERR_UPGRADE,
                    "upgrade: %s is \"%s\"; expected \"%s\"", name,
                    srl_http_quote(came, value), token);
}

SRL_FN surreal_status
srl_http_upgrade_check(const srl_http_head *head, const uint8_t nonce[16],
                       surreal_error *err)
{
    char key[SRL_BASE64_LEN(16) + 1];
    char accept[29];
    char came[SRL_HTTP_QUOTE];
    surreal_str extensions;
    size_t next = 0;

    SURREAL_ASSERT(head->len);
    if (head->code != 101) return srl_http_refused(head, err);
    if (head->minor != 1) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: answer is HTTP/1.0; expected HTTP/1.1");
    }
    SRL_TRY(srl_http_lists(head, "Upgrade", "websocket", err));
    SRL_TRY(srl_http_lists(head, "Connection", "Upgrade", err));

    srl_base64_encode(key, nonce, 16);
    srl_http_accept_of(key, accept);
    SRL_TRY(srl_http_exactly(head, "Sec-WebSocket-Accept", accept, err));
    SRL_TRY(srl_http_exactly(head, "Sec-WebSocket-Protocol", "cbor", err));

    extensions = srl_http_header_next(head, "Sec-WebSocket-Extensions",
                                      &next);
    if (extensions.ptr) {
        return srl_fail(err, SURREAL_ERR_UPGRADE,
                        "upgrade: Sec-WebSocket-Extensions is \"%s\"; no "
                        "extension was asked for",
                        srl_http_quote(came, extensions));
    }
    return SURREAL_OK;
}

/*===========================================================================
 * ws/ws.h: WebSocket frames and messages (RFC 6455), client side.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/ws/ws.h"
#endif
#ifndef SRL_WS_H
#define SRL_WS_H


/* Bytes in, bytes out: nothing here reads a socket, allocates or draws random
 * numbers. Mask keys are four random bytes from the caller, a new key for
 * each frame (RFC 6455 5.3). */

/* Opcodes (RFC 6455 5.2). Those with bit 3 set are control frames. */
enum {
    SRL_WS_CONTINUATION = 0,
    SRL_WS_TEXT = 1,
    SRL_WS_BINARY = 2,
    SRL_WS_CLOSE = 8,
    SRL_WS_PING = 9,
    SRL_WS_PONG = 10
};

/* Close codes (RFC 6455 7.4.1). NO_CODE is never on the wire: it says that a
 * close frame had no code. */
enum {
    SRL_WS_NORMAL = 1000,
    SRL_WS_PROTOCOL = 1002,
    SRL_WS_NO_CODE = 1005,
    SRL_WS_NOT_UTF8 = 1007,
    SRL_WS_TOO_BIG = 1009,
    SRL_WS_INTERNAL = 1011
};

#define SRL_WS_MAX_HEAD 14     /* bytes of a client's frame head */
#define SRL_WS_MAX_SERVER 10   /* bytes of a server's: it has no mask key */
#define SRL_WS_MAX_CONTROL 125 /* payload bytes of a control frame */
#define SRL_WS_MAX_CONTROL_FRAME (6 + SRL_WS_MAX_CONTROL)

/* ---- ws/mask.c ----------------------------------------------------------- */

/* Copy `len` bytes and mask (or unmask) them on the way.
 *
 *   dst    equal to src, or not overlapping it
 *   phase  offset of src[0] in the payload of its frame: 0, unless a payload
 *          is masked piece by piece */
SRL_FN void srl_ws_mask(uint8_t *dst, const uint8_t *src, size_t len,
                        const uint8_t key[4], size_t phase);

/* ---- ws/frame.c ---------------------------------------------------------- */

/* Write the head of a whole, masked frame; returns its length (6, 8 or 14).
 * The payload, masked with the same key from phase 0, follows it. */
SRL_FN size_t srl_ws_head_write(uint8_t out[SRL_WS_MAX_HEAD], unsigned opcode,
                                uint64_t len, const uint8_t key[4]);

/* Turn a payload into a frame without moving it. The payload lies at
 * block + SRL_WS_MAX_HEAD; it is masked in place and the head is put right
 * before it. Returns the offset in `block` where the frame starts; it ends
 * where the payload ends.
 *
 *   srl_buf_put(&buf, "..............", SRL_WS_MAX_HEAD);
 *   ... append the request ...
 *   start = srl_ws_seal(buf.data, buf.len - SRL_WS_MAX_HEAD, SRL_WS_BINARY,
 *                       key);
 *   send(fd, buf.data + start, buf.len - start)
 */
SRL_FN size_t srl_ws_seal(uint8_t *block, size_t len, unsigned opcode,
                          const uint8_t key[4]);

/* Write a whole control frame; returns its length. `data` may be NULL if len
 * is 0; len is at most SRL_WS_MAX_CONTROL. Answer a ping with a pong that has
 * the ping's payload (RFC 6455 5.5.3). */
SRL_FN size_t srl_ws_control_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME],
                                   unsigned opcode, const uint8_t *data,
                                   size_t len, const uint8_t key[4]);

/* Write a whole close frame; returns its length.
 *
 *   code    a code that may be sent, or SRL_WS_NO_CODE for a frame without
 *           one; the code of a close event may be given back as it came
 *   reason  UTF-8, cut to fit 123 bytes; "" for none */
SRL_FN size_t srl_ws_close_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME],
                                 unsigned code, const char *reason,
                                 const uint8_t key[4]);

/* The close code that tells the server about a failure of srl_ws_next. */
SRL_FN unsigned srl_ws_close_code(surreal_status status);

/* The head of a frame from the server. */
typedef struct srl_ws_head {
    uint64_t len; /* payload bytes */
    uint8_t opcode;
    uint8_t size; /* bytes of the head itself: 2, 4 or 10 */
    bool fin;
} srl_ws_head;

/* Read a head at `data`; reads only [data, data+len).
 *
 *   max  payload bytes allowed in a data frame
 *
 * Returns:  SURREAL_OK; WOULD_BLOCK for more bytes; ERR_WEBSOCKET for a
 *           masked frame, reserved bits or opcodes, a length that is not in
 *           its shortest form or has the top bit set, a control frame that is
 *           fragmented or has more than 125 bytes; ERR_LIMIT beyond max. What
 *           is wrong is reported as soon as its byte is there */
SRL_FN surreal_status srl_ws_head_read(const uint8_t *data, size_t len,
                                       size_t max, srl_ws_head *head,
                                       surreal_error *err);

/* ---- ws/message.c -------------------------------------------------------- */

/* Messages out of received bytes, however those are cut. Payloads go straight
 * into memory that the caller provides when the length is known, so a large
 * message is never copied. The client's loop:
 *
 *   srl_ws_init(&ws, max_message, client_room, client);
 *
 *   whenever the socket is readable:
 *
 *   surreal_bytes in = { buf, 0 };
 *   uint8_t *into;
 *   size_t want = srl_ws_want(&ws, &into);
 *   srl_ws_event event;
 *
 *   if (want >= sizeof buf) {
 *       srl_ws_filled(&ws, recv(fd, into, want));      no copy
 *   } else {
 *       in.len = recv(fd, buf, sizeof buf);            many frames at once
 *   }
 *   for (;;) {
 *       status = srl_ws_next(&ws, &in, &event, err);
 *       if (status) -> close with srl_ws_close_code(status)
 *       if (event.kind == SRL_WS_EVENT_NONE) break;    all input is used
 *       handle event
 *   }
 *
 * After NONE nothing of `in` is needed any more: a head or control frame that
 * is cut in two is kept inside srl_ws. Bytes of frames that came along with
 * the upgrade response are given to srl_ws_next in the same way. */

/* Provides memory for a message.
 *
 *   block  NULL: a new message begins. Else what was returned before, to be
 *          moved or grown because the message goes on in another fragment
 *   used   bytes in block that must be kept; 0 for a new message
 *   len    bytes wanted, `used` included, at most max; 0 for an empty message
 *
 * Called at least once for each message, before its first byte, and exactly
 * once, with the exact length, if it is not fragmented. The length is what
 * the server declared: the bytes have not come yet.
 *
 * Returns:  the memory, NULL if there is none; not NULL for len 0 either */
typedef uint8_t *srl_ws_room(void *user, uint8_t *block, size_t used,
                             size_t len);

typedef enum srl_ws_event_kind {
    SRL_WS_EVENT_NONE = 0, /* all input is used */
    SRL_WS_EVENT_MESSAGE,  /* a whole message in memory from room() */
    SRL_WS_EVENT_PING,     /* to be answered with a pong */
    SRL_WS_EVENT_PONG,
    SRL_WS_EVENT_CLOSE     /* answer with a close frame, then disconnect */
} srl_ws_event_kind;

/*   opcode  of a message: SRL_WS_BINARY or SRL_WS_TEXT (checked UTF-8)
 *   code    of a close: SRL_WS_NO_CODE if it had none
 *   data    of a message: starts at what room() returned last, which now
 *           belongs to the caller alone. Of a close: the reason, UTF-8. That
 *           of control frames is valid until the next call */
typedef struct srl_ws_event {
    srl_ws_event_kind kind;
    unsigned opcode;
    unsigned code;
    surreal_bytes data;
} srl_ws_event;

/* All fields belong to ws/message.c. */
typedef struct srl_ws {
    srl_ws_room *room;
    void *user;
    size_t max;            /* bytes of a message */
    surreal_status status; /* first failure; final */
    unsigned state;
    srl_ws_head frame;     /* being received */
    size_t left;           /* of its payload */
    uint8_t opcode;        /* of the message being joined; 0: none */
    uint8_t *data;         /* the message: have <= cap <= max */
    size_t have;
    size_t cap;
    size_t head_len;
    size_t control_len;
    uint8_t head[SRL_WS_MAX_SERVER];
    uint8_t control[SRL_WS_MAX_CONTROL];
} srl_ws;

SRL_FN void srl_ws_init(srl_ws *ws, size_t max, srl_ws_room *room,
                        void *user);

/* The next event in *in, which is moved past the bytes used; with nothing
 * left to tell, event->kind is NONE and *in is empty. After a close event
 * all further bytes are dropped (RFC 6455 1.4).
 *
 * Returns:  SURREAL_OK; ERR_WEBSOCKET (see srl_ws_head_read; also a
 *           continuation of nothing, a new message inside a fragmented one,
 *           a close frame with one byte, a code that may not be sent);
 *           ERR_UTF8 for a text message or close reason; ERR_LIMIT for a
 *           message beyond max; ERR_NOMEM if room() had none. A failure is
 *           final: later calls return the same and leave *err alone */
SRL_FN surreal_status srl_ws_next(srl_ws *ws, surreal_bytes *in,
                                  srl_ws_event *event, surreal_error *err);

/* How many payload bytes of the current data frame are still to come, and
 * where they may be received directly; 0 if there is no such frame. */
SRL_FN size_t srl_ws_want(const srl_ws *ws, uint8_t **into);

/* Tell that `len` bytes, at most what srl_ws_want said, were received there.
 * Then call srl_ws_next, with empty input, for the message they may end. */
SRL_FN void srl_ws_filled(srl_ws *ws, size_t len);

#endif

/*===========================================================================
 * ws/mask.c: masking of client frames, RFC 6455 section 5.3.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/ws/mask.c"
#endif


/* Byte i of a payload is XORed with byte i mod 4 of the key. Eight bytes at a
 * time that is one XOR with the key written twice, in any byte order of the
 * machine, because key and payload are both loaded by memcpy.
 *
 * The end that fills no word is done as one more word that overlaps what is
 * already done. It is loaded before the loop, because with dst == src the
 * loop changes bytes of it, and stored after it, when those bytes get the
 * same values again. So there is no loop over single bytes, which would cost
 * more than all the words of a short message.
 *
 * Four words are loaded before any is stored: with -O2, compilers make two
 * 16-byte operations of them. They are four variables because some do much
 * worse with an array filled by one memcpy. */

/* The eight bytes of the key that meet payload bytes phase to phase + 7, as
 * they lie in memory: the key twice, rotated. Where byte 1 is the more
 * significant one, bytes move down by shifting right. */
static uint64_t
srl_ws_mask_word(const uint8_t key[4], size_t phase)
{
    const uint16_t one = 1;
    unsigned shift = (unsigned)(phase & 3) * 8;
    uint32_t half;
    uint64_t word;
    uint8_t first;

    memcpy(&half, key, 4);
    memcpy(&first, &one, 1);
    word = (uint64_t)half << 32 | half;
    if (!shift) return word;
    return first ? word >> shift | word << (64 - shift)
                 : word << shift | word >> (64 - shift);
}

SRL_FN void
srl_ws_mask(uint8_t *dst, const uint8_t *src, size_t len,
            const uint8_t key[4], size_t phase)
{
    uint64_t mask = srl_ws_mask_word(key, phase);
    uint64_t last = 0;
    size_t i = 0;

    if (len < 8) {
        if (!len) return;
        memcpy(&last, src, len);
        last ^= mask;
        memcpy(dst, &last, len);
        return;
    }
    memcpy(&last, src + len - 8, 8);
    last ^= srl_ws_mask_word(key, phase + len - 8);
    for (; len - i >= 32; i += 32) {
        uint64_t a, b, c, d;

        memcpy(&a, src + i, 8);
        memcpy(&b, src + i + 8, 8);
        memcpy(&c, src + i + 16, 8);
        memcpy(&d, src + i + 24, 8);
        a ^= mask;
        b ^= mask;
        c ^= mask;
        d ^= mask;
        memcpy(dst + i, &a, 8);
        memcpy(dst + i + 8, &b, 8);
        memcpy(dst + i + 16, &c, 8);
        memcpy(dst + i + 24, &d, 8);
    }
    for (; len - i >= 8; i += 8) {
        uint64_t a;

        memcpy(&a, src + i, 8);
        a ^= mask;
        memcpy(dst + i, &a, 8);
    }
    memcpy(dst + len - 8, &last, 8);
}

/*===========================================================================
 * ws/frame.c: WebSocket frames, RFC 6455 section 5.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/ws/frame.c"
#endif


/*    0               1               2               3
 *   +-+-+-+-+-------+-+-------------+-------------------------------+
 *   |F|R|R|R| opcode|M| length      | length, 16 or 64 bits,        |
 *   |I|S|S|S|       |A| 0..125, 126,| if the 7 bits are 126 or 127  |
 *   |N|V|V|V|  (4)  |S| 127    (7)  |                               |
 *   +-+-+-+-+-------+K+-------------+-------------------------------+
 *   | mask key, 32 bits, if MASK is set: from the client only       |
 *   +---------------------------------------------------------------+
 *   | payload                                                       |
 *
 * Our frames are always whole messages, masked, with the shortest length. Of
 * the server's, all that this client did not ask for is refused: a mask
 * (5.1), reserved bits (no extension was agreed on) and opcodes, lengths that
 * could be shorter, control frames that are long or in pieces (5.5). This part
 * knows nothing of messages: see ws/message.c. */

#define SRL_WS_FIN 0x80u
#define SRL_WS_RSV 0x70u
#define SRL_WS_MASK 0x80u

static bool
srl_ws_is_control(unsigned opcode)
{
    return (opcode & 8) != 0;
}

SRL_FN size_t
srl_ws_head_write(uint8_t out[SRL_WS_MAX_HEAD], unsigned opcode, uint64_t len,
                  const uint8_t key[4])
{
    size_t at = 2;

    SURREAL_ASSERT(opcode && opcode <= SRL_WS_PONG);
    SURREAL_ASSERT(len <= UINT64_MAX / 2);
    SURREAL_ASSERT(!srl_ws_is_control(opcode) || len <= SRL_WS_MAX_CONTROL);
    out[0] = (uint8_t)(SRL_WS_FIN | opcode);
    if (len < 126) {
        out[1] = (uint8_t)(SRL_WS_MASK | len);
    } else if (len <= 0xffff) {
        out[1] = SRL_WS_MASK | 126;
        srl_store16(out + 2, (uint16_t)len);
        at = 4;
    } else {
        out[1] = SRL_WS_MASK | 127;
        srl_store64(out + 2, len);
        at = 10;
    }
    memcpy(out + at, key, 4);
    return at + 4;
}

SRL_FN size_t
srl_ws_seal(uint8_t *block, size_t len, unsigned opcode,
            const uint8_t key[4])
{
    uint8_t head[SRL_WS_MAX_HEAD];
    size_t size = srl_ws_head_write(head, opcode, len, key);
    size_t start = SRL_WS_MAX_HEAD - size;

    srl_ws_mask(block + SRL_WS_MAX_HEAD, block + SRL_WS_MAX_HEAD, len, key,
                0);
    memcpy(block + start, head, size);
    return start;
}

SRL_FN size_t
srl_ws_control_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME], unsigned opcode,
                     const uint8_t *data, size_t len, const uint8_t key[4])
{
    uint8_t head[SRL_WS_MAX_HEAD];
    size_t size;

    SURREAL_ASSERT(srl_ws_is_control(opcode));
    SURREAL_ASSERT(len <= SRL_WS_MAX_CONTROL);
    size = srl_ws_head_write(head, opcode, len, key);
    SURREAL_ASSERT(size == 6);
    memcpy(out, head, size);
    srl_ws_mask(out + size, data, len, key, 0);
    return size + len;
}

SRL_FN size_t
srl_ws_close_write(uint8_t out[SRL_WS_MAX_CONTROL_FRAME], unsigned code,
                   const char *reason, const uint8_t key[4])
{
    uint8_t body[SRL_WS_MAX_CONTROL + 1]; /* the text is put with a NUL */

    if (code == SRL_WS_NO_CODE) {
        return srl_ws_control_write(out, SRL_WS_CLOSE, NULL, 0, key);
    }
    SURREAL_ASSERT(code >= 1000 && code <= 4999);
    srl_store16(body, (uint16_t)code);
    srl_text_copy((char *)body + 2, sizeof body - 2, reason, strlen(reason));
    return srl_ws_control_write(out, SRL_WS_CLOSE, body,
                                2 + strlen((char *)body + 2), key);
}

SRL_FN unsigned
srl_ws_close_code(surreal_status status)
{
    switch (status) {
    case SURREAL_OK: return SRL_WS_NORMAL;
    case SURREAL_ERR_WEBSOCKET: return SRL_WS_PROTOCOL;
    case SURREAL_ERR_UTF8: return SRL_WS_NOT_UTF8;
    case SURREAL_ERR_LIMIT: return SRL_WS_TOO_BIG;
    default: return SRL_WS_INTERNAL;
    }
}

/* The first byte: FIN, reserved bits, opcode. */
static surreal_status
srl_ws_read_first(uint8_t first, srl_ws_head *head, surreal_error *err)
{
    head->fin = (first & SRL_WS_FIN) != 0;
    head->opcode = first & 0x0f;
    if (first & SRL_WS_RSV) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: reserved bits 0x%02x set, no extension "
                        "was agreed on (RFC 6455 5.2)", first & SRL_WS_RSV);
    }
    if ((head->opcode & 7) > 2) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: reserved opcode %u (RFC 6455 5.2)",
                        (unsigned)head->opcode);
    }
    if (srl_ws_is_control(head->opcode) && !head->fin) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: control frame %u is fragmented "
                        "(RFC 6455 5.5)", (unsigned)head->opcode);
    }
    return SURREAL_OK;
}

/* The second byte: MASK and the short length. */
static surreal_status
srl_ws_read_second(uint8_t second, srl_ws_head *head, surreal_error *err)
{
    unsigned len = second & 0x7fu;

    if (second & SRL_WS_MASK) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: masked frame from the server "
                        "(RFC 6455 5.1)");
    }
    if (srl_ws_is_control(head->opcode) && len > SRL_WS_MAX_CONTROL) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: control frame %u is longer than 125 "
                        "bytes (RFC 6455 5.5)", (unsigned)head->opcode);
    }
    head->len = len;
    head->size = (uint8_t)(len == 127 ? 10 : len == 126 ? 4 : 2);
    return SURREAL_OK;
}

/* The long length of a data frame. */
static surreal_status
srl_ws_read_length(const uint8_t *data, srl_ws_head *head,
                   surreal_error *err)
{
    bool wide = head->size == 10;

    head->len = wide ? srl_load64(data + 2) : srl_load16(data + 2);
    if (head->len >> 63) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: top bit of a length is set "
                        "(RFC 6455 5.2)");
    }
    if (head->len < (wide ? 0x10000u : 126u)) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: length %u in %u bits is not the shortest "
                        "form (RFC 6455 5.2)", (unsigned)head->len,
                        wide ? 64u : 16u);
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_ws_head_read(const uint8_t *data, size_t len, size_t max,
                 srl_ws_head *head, surreal_error *err)
{
    memset(head, 0, sizeof *head);
    if (len < 1) return SURREAL_WOULD_BLOCK;
    SRL_TRY(srl_ws_read_first(data[0], head, err));
    if (len < 2) return SURREAL_WOULD_BLOCK;
    SRL_TRY(srl_ws_read_second(data[1], head, err));
    if (len < head->size) return SURREAL_WOULD_BLOCK;
    if (head->size > 2) SRL_TRY(srl_ws_read_length(data, head, err));
    if (!srl_ws_is_control(head->opcode) && head->len > max) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "websocket: frame of %llu bytes exceeds the limit "
                        "of %llu", (unsigned long long)head->len,
                        (unsigned long long)max);
    }
    return SURREAL_OK;
}

/*===========================================================================
 * ws/message.c: WebSocket messages out of frames, RFC 6455 section 5.4.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/ws/message.c"
#endif


/* A message is one data frame, or a first fragment without FIN and
 * continuations up to one with FIN; control frames may stand between them.
 *
 *   HEAD     bytes of a frame's head are collected in `head`. When it is
 *            whole: room for the payload, then DATA; or CONTROL
 *   DATA     `left` payload bytes are still to be put at data + have, by us
 *            from the input or by the caller straight from the socket. At 0
 *            the frame is over: HEAD, and a message if it had FIN
 *   CONTROL  the payload is collected in `control`; at `left` 0 it is an
 *            event, then HEAD. After a close frame: CLOSED
 *   CLOSED   input is dropped; final
 *
 *   holds    opcode is 0 exactly when no message is begun; have + left <= cap
 *            <= max in DATA; status is set by the first failure and final
 *   refuses  see srl_ws_head_read; a continuation of nothing, a data frame
 *            inside a message, messages beyond max, text that is not UTF-8,
 *            close frames with one byte or a code that may not be sent
 *
 * Only whole frames change what the caller sees, so any cut of the input
 * gives the same events. */

enum {
    SRL_WS_IN_HEAD = 0,
    SRL_WS_IN_DATA,
    SRL_WS_IN_CONTROL,
    SRL_WS_CLOSED
};

SRL_FN void
srl_ws_init(srl_ws *ws, size_t max, srl_ws_room *room, void *user)
{
    SURREAL_ASSERT(room);
    memset(ws, 0, sizeof *ws);
    ws->max = max;
    ws->room = room;
    ws->user = user;
}

SRL_FN size_t
srl_ws_want(const srl_ws *ws, uint8_t **into)
{
    if (ws->status || ws->state != SRL_WS_IN_DATA) return 0;
    *into = ws->data + ws->have;
    return ws->left;
}

SRL_FN void
srl_ws_filled(srl_ws *ws, size_t len)
{
    if (!len) return;
    SURREAL_ASSERT(ws->state == SRL_WS_IN_DATA);
    SURREAL_ASSERT(len <= ws->left);
    ws->have += len;
    ws->left -= len;
}

/* Copy as much of the input as the frame's payload still wants. */
static void
srl_ws_take(srl_ws *ws, surreal_bytes *in, uint8_t *out, size_t *have)
{
    size_t n = in->len < ws->left ? in->len : ws->left;

    if (!n) return;
    memcpy(out + *have, in->ptr, n);
    *have += n;
    ws->left -= n;
    in->ptr += n;
    in->len -= n;
}

/* Make the message able to hold `need` bytes. An unfragmented one gets just
 * that. The room of a fragmented one is doubled, so that many small fragments
 * do not make us move it each time; its last fragment is exact again. */
static surreal_status
srl_ws_make_room(srl_ws *ws, size_t need, surreal_error *err)
{
    size_t len = need;
    uint8_t *block;

    SURREAL_ASSERT(need <= ws->max);
    if (ws->data && need <= ws->cap) return SURREAL_OK;
    if (ws->data && !ws->frame.fin) {
        size_t twice = ws->cap > ws->max / 2 ? ws->max : ws->cap * 2;

        if (twice > len) len = twice;
    }
    block = ws->room(ws->user, ws->data, ws->have, len);
    if (!block) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "websocket: no memory for a message of %llu bytes",
                        (unsigned long long)len);
    }
    ws->data = block;
    ws->cap = len;
    return SURREAL_OK;
}

/* A data frame begins. */
static surreal_status
srl_ws_begin_data(srl_ws *ws, surreal_error *err)
{
    bool continues = ws->frame.opcode == SRL_WS_CONTINUATION;

    if (continues && !ws->opcode) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: continuation without a message "
                        "(RFC 6455 5.4)");
    }
    if (!continues && ws->opcode) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: new message inside a fragmented one "
                        "(RFC 6455 5.4)");
    }
    if (!continues) {
        ws->opcode = ws->frame.opcode;
        ws->data = NULL;
        ws->have = 0;
        ws->cap = 0;
    }
    SURREAL_ASSERT(ws->have <= ws->max);
    if (ws->frame.len > ws->max - ws->have) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "websocket: message of at least %llu bytes exceeds "
                        "the limit of %llu",
                        (unsigned long long)(ws->frame.len + ws->have),
                        (unsigned long long)ws->max);
    }
    ws->left = (size_t)ws->frame.len;
    ws->state = SRL_WS_IN_DATA;
    return srl_ws_make_room(ws, ws->have + ws->left, err);
}

/* Collect a head; once it is whole, begin its frame. */
static surreal_status
srl_ws_step_head(srl_ws *ws, surreal_bytes *in, surreal_error *err)
{
    size_t kept = ws->head_len;
    size_t n = SRL_WS_MAX_SERVER - kept;
    surreal_status status;

    if (n > in->len) n = in->len;
    memcpy(ws->head + kept, in->ptr, n);
    status = srl_ws_head_read(ws->head, kept + n, ws->max, &ws->frame, err);
    if (status == SURREAL_OK) {
        /* More may have been copied than the head was long. */
        SURREAL_ASSERT(ws->frame.size > kept);
        n = ws->frame.size - kept;
    } else if (status != SURREAL_WOULD_BLOCK) {
        return status;
    }
    in->ptr += n;
    in->len -= n;
    if (status == SURREAL_WOULD_BLOCK) {
        ws->head_len = kept + n;
        SURREAL_ASSERT(!in->len);
        return SURREAL_OK;
    }
    ws->head_len = 0;
    if (ws->frame.opcode < SRL_WS_CLOSE) return srl_ws_begin_data(ws, err);
    SURREAL_ASSERT(ws->frame.len <= SRL_WS_MAX_CONTROL);
    ws->left = (size_t)ws->frame.len;
    ws->control_len = 0;
    ws->state = SRL_WS_IN_CONTROL;
    return SURREAL_OK;
}

/* Go on with a data frame; its end may be the end of a message. */
static surreal_status
srl_ws_step_data(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
                 surreal_error *err)
{
    srl_ws_take(ws, in, ws->data, &ws->have);
    if (ws->left) return SURREAL_OK;
    ws->state = SRL_WS_IN_HEAD;
    if (!ws->frame.fin) return SURREAL_OK;
    if (ws->opcode == SRL_WS_TEXT && !srl_utf8_valid(ws->data, ws->have)) {
        return srl_fail(err, SURREAL_ERR_UTF8,
                        "websocket: text message is not UTF-8 "
                        "(RFC 6455 8.1)");
    }
    event->kind = SRL_WS_EVENT_MESSAGE;
    event->opcode = ws->opcode;
    event->data.ptr = ws->data;
    event->data.len = ws->have;
    ws->opcode = 0;
    ws->data = NULL; /* the caller's now */
    return SURREAL_OK;
}

/* Codes that may be on the wire: RFC 6455 7.4 and what IANA added to it (1012
 * to 1014), libraries' (3000) and applications' (4000). */
static bool
srl_ws_code_ok(unsigned code)
{
    if (code >= 3000) return code <= 4999;
    if (code < 1000 || code > 1014) return false;
    return code < 1004 || code > 1006;
}

static surreal_status
srl_ws_close_event(srl_ws *ws, srl_ws_event *event, surreal_error *err)
{
    size_t len = ws->control_len;

    event->code = SRL_WS_NO_CODE;
    if (len == 1) {
        return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                        "websocket: close frame with half a code "
                        "(RFC 6455 5.5.1)");
    }
    if (len >= 2) {
        event->code = srl_load16(ws->control);
        event->data.ptr = ws->control + 2;
        event->data.len = len - 2;
        if (!srl_ws_code_ok(event->code)) {
            return srl_fail(err, SURREAL_ERR_WEBSOCKET,
                            "websocket: close code %u may not be sent "
                            "(RFC 6455 7.4)", event->code);
        }
        if (!srl_utf8_valid(ws->control + 2, len - 2)) {
            return srl_fail(err, SURREAL_ERR_UTF8,
                            "websocket: close reason is not UTF-8 "
                            "(RFC 6455 5.5.1)");
        }
    }
    event->kind = SRL_WS_EVENT_CLOSE;
    ws->state = SRL_WS_CLOSED;
    return SURREAL_OK;
}

/* Go on with a control frame; its end is an event. */
static surreal_status
srl_ws_step_control(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
                    surreal_error *err)
{
    srl_ws_take(ws, in, ws->control, &ws->control_len);
    if (ws->left) return SURREAL_OK;
    ws->state = SRL_WS_IN_HEAD;
    event->data.ptr = ws->control;
    event->data.len = ws->control_len;
    if (ws->frame.opcode == SRL_WS_CLOSE) {
        return srl_ws_close_event(ws, event, err);
    }
    event->kind = ws->frame.opcode == SRL_WS_PING ? SRL_WS_EVENT_PING
                                                  : SRL_WS_EVENT_PONG;
    return SURREAL_OK;
}

/* One step of the state machine in front of this part. */
static surreal_status
srl_ws_step(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
            surreal_error *err)
{
    switch (ws->state) {
    case SRL_WS_IN_HEAD: return srl_ws_step_head(ws, in, err);
    case SRL_WS_IN_DATA: return srl_ws_step_data(ws, in, event, err);
    case SRL_WS_IN_CONTROL: return srl_ws_step_control(ws, in, event, err);
    default:
        SURREAL_ASSERT(ws->state == SRL_WS_CLOSED);
        in->len = 0;
        return SURREAL_OK;
    }
}

SRL_FN surreal_status
srl_ws_next(srl_ws *ws, surreal_bytes *in, srl_ws_event *event,
            surreal_error *err)
{
    memset(event, 0, sizeof *event);
    if (ws->status) return ws->status;

    /* A frame without payload, or one the caller has filled, is over without
     * any more input. */
    while (in->len || (ws->state != SRL_WS_IN_HEAD &&
                       ws->state != SRL_WS_CLOSED && !ws->left)) {
        ws->status = srl_ws_step(ws, in, event, err);
        if (ws->status) {
            memset(event, 0, sizeof *event);
            return ws->status;
        }
        if (event->kind != SRL_WS_EVENT_NONE) break;
    }
    return SURREAL_OK;
}

/*===========================================================================
 * cbor/cbor.h: CBOR items (RFC 8949) as bytes.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/cbor/cbor.h"
#endif
#ifndef SRL_CBOR_H
#define SRL_CBOR_H


/* Messages are checked once, whole, by srl_cbor_check. After that every byte
 * of a head and every length is known to lie inside, so the readers below,
 * which say "checked bytes", look at nothing but what they need. */

enum {
    SRL_CBOR_UINT = 0,
    SRL_CBOR_NINT = 1, /* -1 - arg */
    SRL_CBOR_BYTES = 2,
    SRL_CBOR_TEXT = 3,
    SRL_CBOR_ARRAY = 4,
    SRL_CBOR_MAP = 5,
    SRL_CBOR_TAG = 6,
    SRL_CBOR_SIMPLE = 7
};

/* SurrealDB's tags. */
enum {
    SRL_TAG_DATETIME_TEXT = 0, /* read, never sent */
    SRL_TAG_NONE = 6,
    SRL_TAG_TABLE = 7,
    SRL_TAG_RECORD_ID = 8,
    SRL_TAG_UUID_TEXT = 9, /* read, never sent */
    SRL_TAG_DECIMAL = 10,
    SRL_TAG_DATETIME = 12,
    SRL_TAG_DURATION_TEXT = 13, /* read, never sent */
    SRL_TAG_DURATION = 14,
    SRL_TAG_UUID = 37,
    SRL_TAG_RANGE = 49,
    SRL_TAG_INCLUDED = 50,
    SRL_TAG_EXCLUDED = 51,
    SRL_TAG_FILE = 55,
    SRL_TAG_SET = 56,
    SRL_TAG_POINT = 88,
    SRL_TAG_LINE = 89,
    SRL_TAG_POLYGON = 90,
    SRL_TAG_MULTIPOINT = 91,
    SRL_TAG_MULTILINE = 92,
    SRL_TAG_MULTIPOLYGON = 93,
    SRL_TAG_COLLECTION = 94
};

#define SRL_CBOR_FALSE 0xf4
#define SRL_CBOR_TRUE 0xf5
#define SRL_CBOR_NULL 0xf6
#define SRL_CBOR_UNDEFINED 0xf7
#define SRL_CBOR_BREAK 0xff

/* The head of an item. `info` is the low five bits of the first byte: 31 says
 * indefinite length (arg 0) or, in SIMPLE, break; in SIMPLE 25, 26 and 27 are
 * floats of 2, 4 and 8 bytes whose bits are `arg`. */
typedef struct srl_cbor_head {
    uint64_t arg;
    uint8_t major;
    uint8_t info;
} srl_cbor_head;

/* ---- cbor/read.c --------------------------------------------------------- */

/* Read a head of unchecked bytes in [at, end).
 *
 * Returns:  the byte after it; NULL if it is cut short or uses a reserved
 *           `info` (28 to 30) */
SRL_FN const uint8_t *srl_cbor_read(const uint8_t *at, const uint8_t *end,
                                    srl_cbor_head *head);

/* Read a head of checked bytes; returns the byte after it. */
SRL_INLINE const uint8_t *
srl_cbor_head_at(const uint8_t *at, srl_cbor_head *head)
{
    uint8_t first = *at++;

    head->major = first >> 5;
    head->info = first & 31;
    if (SRL_LIKELY(head->info < 24)) {
        head->arg = head->info;
        return at;
    }
    switch (head->info) {
    case 24: head->arg = at[0]; return at + 1;
    case 25: head->arg = srl_load16(at); return at + 2;
    case 26: head->arg = srl_load32(at); return at + 4;
    case 27: head->arg = srl_load64(at); return at + 8;
    default: head->arg = 0; return at;
    }
}

/* The byte after one whole item of checked bytes; not recursive. */
SRL_FN const uint8_t *srl_cbor_skip(const uint8_t *at);

/* The text of a TEXT item of checked bytes whose length is definite; the byte
 * after it is returned. */
SRL_FN const uint8_t *srl_cbor_text_at(const uint8_t *at, surreal_str *out);

/* A walk over the items of an ARRAY or MAP of checked bytes, keys and values
 * in turn. It is the caller who moves `at` over an item, because most know
 * where it ends; after the last one `at` is behind the array or map.
 *
 *   walk = srl_cbor_walk_of(array);
 *   while (srl_cbor_more(&walk)) walk.at = srl_cbor_skip(walk.at);
 */
typedef struct srl_cbor_walk {
    const uint8_t *at;
    uint64_t left;
    bool open; /* of indefinite length */
} srl_cbor_walk;

SRL_INLINE srl_cbor_walk
srl_cbor_walk_of(const uint8_t *at)
{
    srl_cbor_walk walk;
    srl_cbor_head head;

    walk.at = srl_cbor_head_at(at, &head);
    walk.open = head.info == 31;
    walk.left = head.major == SRL_CBOR_MAP ? head.arg * 2 : head.arg;
    return walk;
}

SRL_INLINE bool
srl_cbor_more(srl_cbor_walk *walk)
{
    if (SRL_UNLIKELY(walk->open)) {
        if (*walk->at != SRL_CBOR_BREAK) return true;
        walk->at++;
        walk->open = false;
    }
    if (!walk->left) return false;
    walk->left--;
    return true;
}

/* The bytes of a BYTES or TEXT item of checked bytes: one piece, or the
 * chunks of a string of indefinite length. Copying the struct keeps the
 * place; after the last piece `at` is behind the item. */
typedef struct srl_cbor_pieces {
    const uint8_t *at;
    size_t len;
    bool open;
    bool more;
} srl_cbor_pieces;

SRL_FN srl_cbor_pieces srl_cbor_pieces_of(const uint8_t *at);
/* Text that is no item, as its only piece. */
SRL_FN srl_cbor_pieces srl_cbor_pieces_str(surreal_str text);
SRL_FN bool srl_cbor_piece(srl_cbor_pieces *pieces, surreal_str *out);
/* Put the pieces together in `out`, whole pieces as far as they fit; returns
 * the full length. */
SRL_FN size_t srl_cbor_join(srl_cbor_pieces pieces, uint8_t *out, size_t cap);

/* True if the item of checked bytes is this text, in one piece or more. */
SRL_FN bool srl_cbor_text_is(const uint8_t *at, surreal_str text);

/* The value under `key` in a MAP of checked bytes, or NULL. The last of equal
 * keys counts, as on the server. */
SRL_FN const uint8_t *srl_cbor_find(const uint8_t *map, surreal_str key);

/* The same for several keys in one walk, which passes over each value once:
 * found[i] belongs to keys[i]. Returns the byte after the MAP. */
SRL_FN const uint8_t *srl_cbor_members(const uint8_t *map,
                                       const surreal_str *keys, size_t count,
                                       const uint8_t **found);

/* A float of any width, from its head. */
SRL_FN double srl_cbor_float(const srl_cbor_head *head);

/* ---- cbor/check.c -------------------------------------------------------- */

/* Check that [data, data+len) starts with one well-formed item: RFC 8949
 * 5.3.1, text is UTF-8, map keys come in pairs, at most depth_max arrays, maps
 * and tags open at once, strings of indefinite length hold definite chunks of
 * their own type. Not recursive; reads only [data, data+len), whatever it
 * holds; time is linear and nothing is allocated.
 *
 *   used   length of the item, or the offset where it stopped making sense
 *
 * Returns:  SURREAL_OK; ERR_CBOR, ERR_UTF8 or ERR_DEPTH with *reason set to a
 *           fixed text that says what is wrong ("array ends early") */
SRL_FN surreal_status srl_cbor_check(const uint8_t *data, size_t len,
                                     unsigned depth_max, size_t *used,
                                     const char **reason);

/* ---- cbor/write.c -------------------------------------------------------- */

/* Append items to a buffer; failure is latched in buf->status. Integers and
 * lengths take their shortest form, floats 8 bytes. */
SRL_FN void srl_cbor_put_head(srl_buf *buf, unsigned major, uint64_t arg);
SRL_FN void srl_cbor_put_byte(srl_buf *buf, uint8_t byte);
SRL_FN void srl_cbor_put_int(srl_buf *buf, int64_t v);
SRL_FN void srl_cbor_put_float(srl_buf *buf, double v);
SRL_FN void srl_cbor_put_text(srl_buf *buf, const char *text, size_t len);
SRL_FN void srl_cbor_put_key(srl_buf *buf, const char *key);
SRL_FN void srl_cbor_put_none(srl_buf *buf);

/* Write a head to `out`, which has room for 9 bytes; returns the byte after. */
SRL_INLINE uint8_t *
srl_cbor_store_head(uint8_t *out, unsigned major, uint64_t arg)
{
    uint8_t type = (uint8_t)(major << 5);

    if (SRL_LIKELY(arg < 24)) {
        *out = (uint8_t)(type | arg);
        return out + 1;
    }
    if (arg <= 0xff) {
        out[0] = (uint8_t)(type | 24);
        out[1] = (uint8_t)arg;
        return out + 2;
    }
    if (arg <= 0xffff) {
        out[0] = (uint8_t)(type | 25);
        srl_store16(out + 1, (uint16_t)arg);
        return out + 3;
    }
    if (arg <= 0xffffffff) {
        out[0] = (uint8_t)(type | 26);
        srl_store32(out + 1, (uint32_t)arg);
        return out + 5;
    }
    out[0] = (uint8_t)(type | 27);
    srl_store64(out + 1, arg);
    return out + 9;
}

#endif

/*===========================================================================
 * cbor/read.c: reading CBOR items.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/cbor/read.c"
#endif


/* All but srl_cbor_read work on checked bytes and so look at no lengths. None
 * is recursive. What is indefinite (RFC 8949 3.2) the server never sends, but
 * it may come out of stored bytes; it has slow paths of its own, so that the
 * common ones stay short. */

SRL_FN const uint8_t *
srl_cbor_read(const uint8_t *at, const uint8_t *end, srl_cbor_head *head)
{
    size_t width = 0;
    uint8_t info;

    SURREAL_ASSERT(at <= end);
    if (at == end) return NULL;
    info = *at & 31;
    if (info >= 28 && info <= 30) return NULL;
    if (info >= 24 && info <= 27) width = (size_t)1 << (info - 24);
    if ((size_t)(end - at) - 1 < width) return NULL;
    return srl_cbor_head_at(at, head);
}

/* Skip one item that may hold indefinite ones. A break closes the innermost
 * open item, so the counts of the items around it have to be kept: a level
 * for each array, map and tag, of which srl_cbor_check lets at most
 * SURREAL_MAX_DEPTH be open. */
static const uint8_t *
srl_cbor_skip_open(const uint8_t *at)
{
    uint64_t left[SURREAL_MAX_DEPTH + 1];
    unsigned depth = 0;

    left[0] = 1;
    for (;;) {
        srl_cbor_head head;
        uint64_t items = 0;
        bool open;

        at = srl_cbor_head_at(at, &head);
        open = head.info == 31;
        if (head.major == SRL_CBOR_BYTES || head.major == SRL_CBOR_TEXT) {
            while (open && *at != SRL_CBOR_BREAK) {
                at = srl_cbor_head_at(at, &head);
                at += head.arg;
            }
            at += open ? 1 : head.arg;
        } else if (head.major == SRL_CBOR_SIMPLE && open) {
            SURREAL_ASSERT(depth > 0);
            depth--;
        } else if (head.major == SRL_CBOR_TAG) {
            items = 1;
        } else if (head.major == SRL_CBOR_ARRAY) {
            items = open ? UINT64_MAX : head.arg;
        } else if (head.major == SRL_CBOR_MAP) {
            items = open ? UINT64_MAX : head.arg * 2;
        }
        if (items) {
            SURREAL_ASSERT(depth < SURREAL_MAX_DEPTH);
            left[++depth] = items;
            continue;
        }
        while (--left[depth] == 0) {
            if (!depth) return at;
            depth--;
        }
    }
}

SRL_FN const uint8_t *
srl_cbor_skip(const uint8_t *at)
{
    uint64_t left = 1; /* definite items need no levels, only their sum */

    do {
        srl_cbor_head head;
        const uint8_t *next = srl_cbor_head_at(at, &head);

        left--;
        switch (head.major) {
        case SRL_CBOR_BYTES:
        case SRL_CBOR_TEXT: next += head.arg; break;
        case SRL_CBOR_ARRAY: left += head.arg; break;
        case SRL_CBOR_MAP: left += head.arg * 2; break;
        case SRL_CBOR_TAG: left++; break;
        default: break;
        }
        if (SRL_UNLIKELY(head.info == 31)) next = srl_cbor_skip_open(at);
        at = next;
    } while (left);
    return at;
}

SRL_FN const uint8_t *
srl_cbor_text_at(const uint8_t *at, surreal_str *out)
{
    srl_cbor_head head;

    at = srl_cbor_head_at(at, &head);
    SURREAL_ASSERT(head.major == SRL_CBOR_TEXT);
    SURREAL_ASSERT(head.info != 31);
    out->ptr = (const char *)at;
    out->len = (size_t)head.arg;
    return at + head.arg;
}

SRL_FN srl_cbor_pieces
srl_cbor_pieces_of(const uint8_t *at)
{
    srl_cbor_pieces pieces;
    srl_cbor_head head;

    at = srl_cbor_head_at(at, &head);
    SURREAL_ASSERT(head.major == SRL_CBOR_BYTES ||
                   head.major == SRL_CBOR_TEXT);
    pieces.at = at;
    pieces.len = (size_t)head.arg;
    pieces.open = head.info == 31;
    pieces.more = !pieces.open;
    return pieces;
}

SRL_FN srl_cbor_pieces
srl_cbor_pieces_str(surreal_str text)
{
    srl_cbor_pieces pieces;

    pieces.at = (const uint8_t *)text.ptr;
    pieces.len = text.len;
    pieces.open = false;
    pieces.more = true;
    return pieces;
}

SRL_FN bool
srl_cbor_piece(srl_cbor_pieces *pieces, surreal_str *out)
{
    srl_cbor_head head;

    if (pieces->open) {
        if (*pieces->at == SRL_CBOR_BREAK) {
            pieces->at++;
            pieces->open = false;
            return false;
        }
        pieces->at = srl_cbor_head_at(pieces->at, &head);
        pieces->len = (size_t)head.arg;
    } else if (!pieces->more) {
        return false;
    }
    pieces->more = false;
    out->ptr = (const char *)pieces->at;
    out->len = pieces->len;
    if (pieces->len) pieces->at += pieces->len;
    return true;
}

SRL_FN size_t
srl_cbor_join(srl_cbor_pieces pieces, uint8_t *out, size_t cap)
{
    surreal_str piece;
    size_t len = 0;

    while (srl_cbor_piece(&pieces, &piece)) {
        if (piece.len && len <= cap && piece.len <= cap - len) {
            memcpy(out + len, piece.ptr, piece.len);
        }
        len += piece.len;
    }
    return len;
}

SRL_FN bool
srl_cbor_text_is(const uint8_t *at, surreal_str text)
{
    srl_cbor_pieces pieces;
    surreal_str piece;
    size_t done = 0;

    if (*at >> 5 != SRL_CBOR_TEXT) return false;
    if ((*at & 31) < 24) { /* nearly every key */
        return (*at & 31) == text.len &&
               (!text.len || !memcmp(at + 1, text.ptr, text.len));
    }
    pieces = srl_cbor_pieces_of(at);
    if (!pieces.open && pieces.len != text.len) return false;
    while (srl_cbor_piece(&pieces, &piece)) {
        if (piece.len > text.len - done) return false;
        if (piece.len && memcmp(piece.ptr, text.ptr + done, piece.len)) {
            return false;
        }
        done += piece.len;
    }
    return done == text.len;
}

SRL_FN const uint8_t *
srl_cbor_members(const uint8_t *map, const surreal_str *keys, size_t count,
                 const uint8_t **found)
{
    srl_cbor_walk walk;
    size_t i;

    SURREAL_ASSERT(*map >> 5 == SRL_CBOR_MAP);
    for (i = 0; i < count; i++) {
        found[i] = NULL;
    }
    walk = srl_cbor_walk_of(map);
    while (srl_cbor_more(&walk)) {
        const uint8_t *key = walk.at;

        walk.at = srl_cbor_skip(walk.at);
        srl_cbor_more(&walk); /* the value: keys come in pairs */
        for (i = 0; i < count; i++) {
            if (srl_cbor_text_is(key, keys[i])) found[i] = walk.at;
        }
        walk.at = srl_cbor_skip(walk.at);
    }
    return walk.at;
}

SRL_FN const uint8_t *
srl_cbor_find(const uint8_t *map, surreal_str key)
{
    const uint8_t *found;

    srl_cbor_members(map, &key, 1, &found);
    return found;
}

SRL_FN double
srl_cbor_float(const srl_cbor_head *head)
{
    SURREAL_ASSERT(head->major == SRL_CBOR_SIMPLE);
    SURREAL_ASSERT(head->info >= 25 && head->info <= 27);
    if (head->info == 25) return srl_half_to_double((uint16_t)head->arg);
    if (head->info == 26) return srl_single_to_double((uint32_t)head->arg);
    return srl_bits_to_double(head->arg);
}

/*===========================================================================
 * cbor/check.c: is this one well-formed CBOR item (RFC 8949 5.3.1)?
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/cbor/check.c"
#endif


/* Every message passes here once, before anything else reads it, so this is
 * both the guard and the hot loop. One pass; a level is one number, in `left`
 * for the innermost and in outer[] for those around it: twice the items that
 * must still come, plus SRL_CBOR_LIST unless they are keys and values.
 *
 * A definite level ends below SRL_CBOR_ITEM. An indefinite one starts so high
 * that it never gets there and ends by a break; its two top bits tell array
 * (10) from map (11). A map starts with an even number of items, so while a
 * key is next both low bits are 0.
 *
 * Counts are refused as soon as they exceed the bytes that follow, so that
 * they stay far below those marks and nobody sizes memory by them.
 *
 * More is refused than RFC 8949 demands: simple values other than false,
 * true, null and undefined (the server knows no others), text that is not
 * UTF-8, and more than depth_max open levels.
 *
 * There are two ways through an item. The quick one knows what messages are
 * made of, needs SRL_CBOR_AHEAD bytes in front of it, and never reports
 * anything: what it does not know or does not like goes the plain way, which
 * knows all of it, by itself. */
#define SRL_CBOR_LIST UINT64_C(1)
#define SRL_CBOR_ITEM UINT64_C(2)
#define SRL_CBOR_OPEN_ARRAY UINT64_C(0xbffffffffffffffd)
#define SRL_CBOR_OPEN_MAP UINT64_C(0xfffffffffffffffc)

/* Before it asks again, the quick way looks at a key of up to 17 bytes, a tag
 * and a head, a leaf of up to 24, and another, of which it reads 25. */
#define SRL_CBOR_AHEAD 72

#define SRL_CBOR_TOPS UINT64_C(0x8080808080808080)

typedef struct srl_cbor_checker {
    const uint8_t *end;
    const uint8_t *stop; /* where it failed */
    const char *reason;
    surreal_status status;
    uint64_t left;
    uint64_t *top;   /* of outer, behind the last one */
    uint64_t *limit; /* top at depth_max */
    uint64_t outer[SURREAL_MAX_DEPTH];
} srl_cbor_checker;

static const uint8_t *
srl_cbor_stop(srl_cbor_checker *c, const uint8_t *at, surreal_status status,
              const char *reason)
{
    SURREAL_ASSERT(status != SURREAL_OK);
    c->stop = at;
    c->status = status;
    c->reason = reason;
    return NULL;
}

/* ---- the plain way ------------------------------------------------------- */

static const uint8_t *
srl_cbor_check_string(srl_cbor_checker *c, const uint8_t *at, unsigned major,
                      uint64_t len)
{
    if (len > (uint64_t)(c->end - at)) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             major == SRL_CBOR_TEXT ? "text ends early"
                                                    : "bytes end early");
    }
    if (major == SRL_CBOR_TEXT && !srl_utf8_valid(at, (size_t)len)) {
        return srl_cbor_stop(c, at, SURREAL_ERR_UTF8, "text is not UTF-8");
    }
    return at + len;
}

/* The chunks of a string of indefinite length: definite, of its own type
 * (RFC 8949 3.2.3). */
static const uint8_t *
srl_cbor_check_chunks(srl_cbor_checker *c, const uint8_t *at, unsigned major)
{
    while (at && at < c->end) {
        srl_cbor_head head;
        const uint8_t *next;

        if (*at == SRL_CBOR_BREAK) return at + 1;
        if (*at >> 5 != major || (*at & 31) == 31) {
            return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                                 "string chunk of another type");
        }
        next = srl_cbor_read(at, c->end, &head);
        if (!next) {
            return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                                 "string chunk ends early");
        }
        at = srl_cbor_check_string(c, next, major, head.arg);
    }
    if (!at) return NULL;
    return srl_cbor_stop(c, at, SURREAL_ERR_CBOR, "string ends early");
}

/* Enter a level, whose items are in `left` as above; a level of none is left
 * at once. Returns `at`, or NULL at the limit. */
static const uint8_t *
srl_cbor_enter(srl_cbor_checker *c, const uint8_t *at, uint64_t left)
{
    if (c->top == c->limit) {
        return srl_cbor_stop(c, at, SURREAL_ERR_DEPTH, "nested too deep");
    }
    if (left < SRL_CBOR_ITEM) {
        c->left -= SRL_CBOR_ITEM;
        return at;
    }
    *c->top++ = c->left;
    c->left = left;
    return at;
}

/* A head with info 31: indefinite length, or break. */
static const uint8_t *
srl_cbor_check_open(srl_cbor_checker *c, const uint8_t *at)
{
    unsigned major = *at >> 5;

    if (major == SRL_CBOR_BYTES || major == SRL_CBOR_TEXT) {
        c->left -= SRL_CBOR_ITEM;
        return srl_cbor_check_chunks(c, at + 1, major);
    }
    if (major == SRL_CBOR_ARRAY || major == SRL_CBOR_MAP) {
        at = srl_cbor_enter(c, at, major == SRL_CBOR_MAP
                                       ? SRL_CBOR_OPEN_MAP
                                       : SRL_CBOR_OPEN_ARRAY);
        return at ? at + 1 : NULL;
    }
    if (major != SRL_CBOR_SIMPLE) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             "indefinite length of an integer or tag");
    }
    if (!(c->left >> 63)) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             "break where nothing indefinite is open");
    }
    if (c->left >> 62 == 3 && (c->left & SRL_CBOR_ITEM)) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             "map ends between key and value");
    }
    SURREAL_ASSERT(c->top > c->outer);
    c->left = *--c->top - SRL_CBOR_ITEM;
    return at + 1;
}

/* What an item with this head holds: its bytes are passed over, or it opens a
 * level. `at` is behind the head. */
static const uint8_t *
srl_cbor_check_body(srl_cbor_checker *c, const uint8_t *at, uint8_t first,
                    uint64_t arg)
{
    uint64_t room = (uint64_t)(c->end - at);

    switch (first >> 5) {
    case SRL_CBOR_MAP:
        if (arg > room / 2) {
            return srl_cbor_stop(c, at, SURREAL_ERR_CBOR, "map ends early");
        }
        return srl_cbor_enter(c, at, arg * 2 * SRL_CBOR_ITEM);
    case SRL_CBOR_ARRAY:
        if (arg > room) {
            return srl_cbor_stop(c, at, SURREAL_ERR_CBOR, "array ends early");
        }
        return srl_cbor_enter(c, at, arg * SRL_CBOR_ITEM + SRL_CBOR_LIST);
    case SRL_CBOR_TAG:
        return srl_cbor_enter(c, at, SRL_CBOR_ITEM + SRL_CBOR_LIST);
    case SRL_CBOR_SIMPLE:
        if (first < SRL_CBOR_FALSE || first == 0xf8) {
            return srl_cbor_stop(c, at - 1, SURREAL_ERR_CBOR,
                                 "simple value unknown to SurrealDB");
        }
        break;
    case SRL_CBOR_BYTES:
    case SRL_CBOR_TEXT:
        at = srl_cbor_check_string(c, at, first >> 5, arg);
        break;
    default: break;
    }
    c->left -= SRL_CBOR_ITEM;
    return at;
}

/* One head and what belongs to it, however unusual: the byte after it, or
 * NULL. */
static const uint8_t *
srl_cbor_check_item(srl_cbor_checker *c, const uint8_t *at)
{
    srl_cbor_head head;
    const uint8_t *next;

    if (at == c->end) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             c->top != c->outer
                                 ? "data ends inside an array, map or tag"
                                 : "no data");
    }
    if ((*at & 31) == 31) return srl_cbor_check_open(c, at);
    next = srl_cbor_read(at, c->end, &head);
    if (!next) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             (*at & 31) > 27 ? "reserved head"
                                             : "head ends early");
    }
    return srl_cbor_check_body(c, next, *at, head.arg);
}

/* ---- the quick way ------------------------------------------------------- */

/* Short text at `at`, its head included; NULL if it is not UTF-8. Nearly all
 * of it is ASCII: 24 bytes are tested whatever the length, those behind the
 * text masked away, because a branch on the length would be guessed wrong. */
SRL_INLINE const uint8_t *
srl_cbor_quick_text(const uint8_t *at, size_t len)
{
    static const uint8_t tops[48] = {
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
    const uint8_t *mask = tops + 24 - len;
    uint64_t word[3];
    uint64_t top[3];

    memcpy(&word[0], at + 1, 8);
    memcpy(&word[1], at + 9, 8);
    memcpy(&word[2], at + 17, 8);
    memcpy(&top[0], mask, 8);
    memcpy(&top[1], mask + 8, 8);
    memcpy(&top[2], mask + 16, 8);
    word[0] = (word[0] & top[0]) | (word[1] & top[1]) | (word[2] & top[2]);
    if (SRL_UNLIKELY(word[0]) && !srl_utf8_valid(at + 1, len)) return NULL;
    return at + 1 + len;
}

/* The same for a constant length, which saves the masks; NULL also if it is
 * not ASCII. */
SRL_INLINE const uint8_t *
srl_cbor_quick_ascii(const uint8_t *at, size_t len)
{
    static const uint8_t tops[16] = {0x80, 0x80, 0x80, 0x80,
                                     0x80, 0x80, 0x80, 0x80};
    uint64_t word;
    uint64_t last;

    memcpy(&word, at + 1, 8);
    if (len <= 8) {
        memcpy(&last, tops + 8 - len, 8);
        word &= last;
    } else {
        memcpy(&last, at + len - 7, 8); /* overlaps: no gap up to 16 */
        word = (word | last) & SRL_CBOR_TOPS;
    }
    return SRL_LIKELY(!word) ? at + 1 + len : NULL;
}

/* A text that comes again and again, as keys and the names of tables do: NULL
 * if it is not one, not ASCII or longer than most. Where the next item starts
 * depends on the length, and to compute that costs the time of a load for
 * every item. But here each length has its own branch, the processor guesses
 * it from the keys before, and is at the next item long before the load is
 * done. Values vary too much for that. */
SRL_INLINE const uint8_t *
srl_cbor_quick_key(const uint8_t *at)
{
    switch (*at) {
    case 0x61: return srl_cbor_quick_ascii(at, 1);
    case 0x62: return srl_cbor_quick_ascii(at, 2);
    case 0x63: return srl_cbor_quick_ascii(at, 3);
    case 0x64: return srl_cbor_quick_ascii(at, 4);
    case 0x65: return srl_cbor_quick_ascii(at, 5);
    case 0x66: return srl_cbor_quick_ascii(at, 6);
    case 0x67: return srl_cbor_quick_ascii(at, 7);
    case 0x68: return srl_cbor_quick_ascii(at, 8);
    case 0x69: return srl_cbor_quick_ascii(at, 9);
    case 0x6a: return srl_cbor_quick_ascii(at, 10);
    case 0x6b: return srl_cbor_quick_ascii(at, 11);
    case 0x6c: return srl_cbor_quick_ascii(at, 12);
    case 0x6d: return srl_cbor_quick_ascii(at, 13);
    case 0x6e: return srl_cbor_quick_ascii(at, 14);
    case 0x6f: return srl_cbor_quick_ascii(at, 15);
    case 0x70: return srl_cbor_quick_ascii(at, 16);
    default: return NULL;
    }
}

/* An item without items: a short string, a number, a bool, NULL. Returns NULL
 * if it is not one of them, or bad. Sizes that are nearly always the same are
 * branches, for the reason above; the others are looked up. */
SRL_INLINE const uint8_t *
srl_cbor_quick_leaf(const uint8_t *at)
{
    static const uint8_t sizes[4] = {2, 3, 5, 9};
    unsigned first = *at;

    if (SRL_LIKELY(first - 0x60 < 24)) {
        return srl_cbor_quick_text(at, first - 0x60);
    }
    if (first < 0x40) {
        if ((first & 31) < 24) return at + 1;
        if (first == 0x1a) return at + 5; /* seconds, nanoseconds */
        return (first & 31) < 28 ? at + sizes[(first & 31) - 24] : NULL;
    }
    if (first - SRL_CBOR_FALSE < 4) return at + 1;
    if (first == 0xfb) return at + 9;
    if (first < 0x58) return at + 1 + (first - 0x40);
    return NULL;
}

/* What follows a short tag, if it is a leaf or an array of two, as in record
 * ids and datetimes; the levels are not entered, but must be there. */
SRL_INLINE const uint8_t *
srl_cbor_quick_tagged(const uint8_t *at, unsigned first, size_t levels)
{
    if (*at != 0x82) return levels < 1 ? NULL : srl_cbor_quick_leaf(at);
    if (levels < 2) return NULL;
    at = first == 0xc8 ? srl_cbor_quick_key(at + 1)
                       : srl_cbor_quick_leaf(at + 1);
    return at ? srl_cbor_quick_leaf(at) : NULL;
}

/* Go on from `at` as long as there is nothing unusual and enough ahead:
 * returns where that ends, between two heads. */
static const uint8_t *
srl_cbor_quick(srl_cbor_checker *c, const uint8_t *at, const uint8_t *safe)
{
    uint64_t left = c->left;
    uint64_t *top = c->top;

    while (at < safe) {
        const uint8_t *next;
        unsigned first;

        if (!(left & (SRL_CBOR_LIST | SRL_CBOR_ITEM))) {
            /* If the next is no such key, the rest takes it as any item. */
            next = srl_cbor_quick_key(at);
            if (SRL_LIKELY(next != NULL)) {
                left -= SRL_CBOR_ITEM;
                at = next;
            }
        }
        first = *at;
        next = srl_cbor_quick_leaf(at);
        if (!next) {
            if (first - 0xc0 < 24) {
                next = srl_cbor_quick_tagged(at + 1, first,
                                             (size_t)(c->limit - top));
                if (!next) break;
            } else if (first - 0x80 < 24 || first - 0xa0 < 24) {
                uint64_t items = (first & 31) * SRL_CBOR_ITEM;

                if (top == c->limit) break;
                at++;
                if (items) {
                    *top++ = left;
                    left = first < 0xa0 ? items + SRL_CBOR_LIST : items * 2;
                    continue;
                }
                next = at;
            } else if (first == 0xd8 && top != c->limit) {
                next = srl_cbor_quick_leaf(at + 2);
                if (!next) break;
            } else {
                break;
            }
        }
        at = next;
        left -= SRL_CBOR_ITEM;
        while (left < SRL_CBOR_ITEM) {
            if (top == c->outer) goto done;
            left = *--top - SRL_CBOR_ITEM;
        }
    }
done:
    c->left = left;
    c->top = top;
    return at;
}

SRL_FN surreal_status
srl_cbor_check(const uint8_t *data, size_t len, unsigned depth_max,
               size_t *used, const char **reason)
{
    srl_cbor_checker c;
    const uint8_t *at = data;
    const uint8_t *safe = data;

    c.end = len ? data + len : data; /* data may be NULL then */
    if (len > SRL_CBOR_AHEAD) safe = c.end - SRL_CBOR_AHEAD;
    c.stop = data;
    c.reason = "";
    c.status = SURREAL_OK;
    c.left = SRL_CBOR_ITEM + SRL_CBOR_LIST;
    c.top = c.outer;
    c.limit = c.outer + (depth_max < SURREAL_MAX_DEPTH ? depth_max
                                                       : SURREAL_MAX_DEPTH);
    for (;;) {
        at = srl_cbor_quick(&c, at, safe);
        if (c.left >= SRL_CBOR_ITEM) {
            at = srl_cbor_check_item(&c, at);
            if (!at) break;
        }
        while (c.left < SRL_CBOR_ITEM) {
            if (c.top == c.outer) {
                *used = (size_t)(at - data);
                return SURREAL_OK;
            }
            c.left = *--c.top - SRL_CBOR_ITEM;
        }
    }
    SURREAL_ASSERT(c.status != SURREAL_OK);
    *used = (size_t)(c.stop - data);
    *reason = c.reason;
    return c.status;
}

/*===========================================================================
 * cbor/write.c: appending CBOR items to a buffer.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/cbor/write.c"
#endif


/* Definite lengths only, each head in its shortest form (RFC 8949 4.2.1). The
 * server takes floats of any width, so they go out as they are in memory. */
#define SRL_CBOR_HEAD_MAX 9

SRL_FN void
srl_cbor_put_head(srl_buf *buf, unsigned major, uint64_t arg)
{
    uint8_t head[SRL_CBOR_HEAD_MAX];

    SURREAL_ASSERT(major <= SRL_CBOR_SIMPLE);
    srl_buf_put(buf, head,
                (size_t)(srl_cbor_store_head(head, major, arg) - head));
}

SRL_FN void
srl_cbor_put_byte(srl_buf *buf, uint8_t byte)
{
    srl_buf_put(buf, &byte, 1);
}

SRL_FN void
srl_cbor_put_int(srl_buf *buf, int64_t v)
{
    /* -1 - v is ~v in two's complement, and cannot overflow. */
    if (v < 0) {
        srl_cbor_put_head(buf, SRL_CBOR_NINT, ~(uint64_t)v);
    } else {
        srl_cbor_put_head(buf, SRL_CBOR_UINT, (uint64_t)v);
    }
}

SRL_FN void
srl_cbor_put_float(srl_buf *buf, double v)
{
    uint8_t item[SRL_CBOR_HEAD_MAX];

    item[0] = SRL_CBOR_SIMPLE << 5 | 27;
    srl_store64(item + 1, srl_double_to_bits(v));
    srl_buf_put(buf, item, sizeof item);
}

SRL_FN void
srl_cbor_put_text(srl_buf *buf, const char *text, size_t len)
{
    uint8_t *at;

    if (len > (size_t)-1 - SRL_CBOR_HEAD_MAX) {
        if (!buf->status) buf->status = SURREAL_ERR_LIMIT;
        return;
    }
    /* Room for the longest head makes it one reservation; a fixed buffer
     * that ends right behind the text is asked for head and text alone. */
    if (SRL_UNLIKELY(buf->cap - buf->len < len + SRL_CBOR_HEAD_MAX)) {
        srl_cbor_put_head(buf, SRL_CBOR_TEXT, len);
        srl_buf_put(buf, text, len);
        return;
    }
    if (srl_buf_reserve(buf, len + SRL_CBOR_HEAD_MAX)) return;
    at = srl_cbor_store_head(buf->data + buf->len, SRL_CBOR_TEXT, len);
    if (len) memcpy(at, text, len);
    buf->len = (size_t)(at - buf->data) + len;
}

SRL_FN void
srl_cbor_put_key(srl_buf *buf, const char *key)
{
    srl_cbor_put_text(buf, key, strlen(key));
}

SRL_FN void
srl_cbor_put_none(srl_buf *buf)
{
    static const uint8_t none[2] = {SRL_CBOR_TAG << 5 | SRL_TAG_NONE,
                                    SRL_CBOR_NULL};

    srl_buf_put(buf, none, sizeof none);
}

/*===========================================================================
 * value/value.h: SurrealDB values on CBOR.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/value.h"
#endif
#ifndef SRL_VALUE_H
#define SRL_VALUE_H


/* ---- value/document.c ----------------------------------------------------
 *
 * A checked message that values point into. C wants text to end in NUL, CBOR
 * has the next head there. So text is handed out from a twin: a copy of the
 * message, made when the first text is asked for, in which the byte after a
 * text is overwritten with NUL. That byte is always a head (or the end), never
 * part of another text, and heads are read from the message itself. One
 * memcpy serves every text, and asking twice costs nothing.
 */
typedef struct surreal_document {
    const uint8_t *data;
    size_t len;
    uint8_t *twin; /* len + 1 bytes, or NULL */
    srl_arena *arena;
} surreal_document;

/* `data` must have passed srl_cbor_check and outlive the document. */
SRL_FN void srl_document_init(surreal_document *doc, const uint8_t *data,
                              size_t len, srl_arena *arena);

/* The same text with a NUL behind it. `text` lies in doc->data. ptr is NULL
 * when there is no memory. */
SRL_FN surreal_str srl_document_text(const surreal_document *doc,
                                     const uint8_t *text, size_t len);

/* The value at `at`, which is the first byte of an item of doc->data. */
SRL_FN surreal_value srl_value_at(const surreal_document *doc,
                                  const uint8_t *at);

/* The text of a TEXT item of the document, whole and with a NUL behind it.
 * Chunks of indefinite length are joined inside the twin.
 *
 * Returns:  SURREAL_OK; ERR_TYPE if it is no text; ERR_NOMEM */
SRL_FN surreal_status srl_document_str(const surreal_document *doc,
                                       const uint8_t *at, surreal_str *out);
/* The bytes of a BYTES item, joined in the same way if they must be. */
SRL_FN surreal_status srl_document_bytes(const surreal_document *doc,
                                         const uint8_t *at,
                                         surreal_bytes *out);

/* ---- value/view.c, get.c --------------------------------------------------
 *
 * Items of checked bytes, without a document: what the getters, the printers
 * and the writer share.
 *
 * A value has the kind its tag names, whatever the tag holds. If that is
 * something else than the tag stands for, reading it is ERR_TYPE; a number or
 * moment outside its range is ERR_RANGE.
 */
SRL_FN surreal_kind srl_item_kind(const uint8_t *at);

/* The kind of a tag: SURREAL_UNKNOWN for tags this version does not know and
 * for 50 and 51, which mean something only inside a range. */
SRL_FN surreal_kind srl_tag_kind(uint64_t tag);

/* The item behind a tag, or `at` itself with *tag UINT64_MAX. */
SRL_FN const uint8_t *srl_item_untag(const uint8_t *at, uint64_t *tag);

/* The items of an ARRAY: at most `max` are stored, their number is returned,
 * max + 1 if there are more; 0 if `at` is no ARRAY. */
SRL_FN size_t srl_item_parts(const uint8_t *at, const uint8_t **parts,
                             size_t max);

SRL_FN surreal_status srl_item_int(const uint8_t *at, int64_t *out);
SRL_FN surreal_status srl_item_float(const uint8_t *at, double *out);
SRL_FN surreal_status srl_item_datetime(const uint8_t *at,
                                        surreal_datetime *out);
SRL_FN surreal_status srl_item_duration(const uint8_t *at,
                                        surreal_duration *out);
SRL_FN surreal_status srl_item_uuid(const uint8_t *at, surreal_uuid *out);
SRL_FN surreal_status srl_item_point(const uint8_t *at, surreal_point *out);

/* Text of a number or moment, in one piece: as it lies there, or joined into
 * `room`. ERR_TYPE if it is no TEXT or does not fit. */
#define SRL_SMALL_TEXT 128
SRL_FN surreal_status srl_item_small_text(const uint8_t *at,
                                          char room[SRL_SMALL_TEXT],
                                          surreal_str *out);

/* The two bounds of a RANGE: NULL for an open one. */
typedef struct srl_item_bounds {
    const uint8_t *begin;
    const uint8_t *end;
    bool begin_excluded;
    bool end_included;
} srl_item_bounds;

SRL_FN surreal_status srl_item_range(const uint8_t *at, srl_item_bounds *out);

/* ---- value/time.c, record_id.c, decimal.c -------------------------------- */

/* Bounds the server keeps (chrono's range): outside is ERR_RANGE. */
#define SRL_DATETIME_MIN INT64_C(-8334601228800)
#define SRL_DATETIME_MAX INT64_C(8210266876799)
#define SRL_NSEC_MAX 999999999

SRL_FN surreal_status srl_datetime_check(surreal_datetime t);
/* [-]digits[.digits], at most 28 after the point, mantissa below 2^96. */
SRL_FN surreal_status srl_decimal_check(surreal_str text);

/* Text of values as SurrealQL writes it; each appends to `out`. Table names
 * and string keys go through srl_ident_out and srl_key_out and through
 * nothing else in this library. */
SRL_FN void srl_ident_out(srl_out *out, surreal_str name);
SRL_FN void srl_key_out(srl_out *out, surreal_str key);
SRL_FN void srl_string_out(srl_out *out, surreal_str text);
SRL_FN void srl_datetime_out(srl_out *out, surreal_datetime t);
SRL_FN void srl_duration_out(srl_out *out, surreal_duration d);
SRL_FN void srl_uuid_out(srl_out *out, surreal_uuid u);

/* Where SurrealQL text goes: as it is, or escaped to stand inside a JSON
 * string. The same functions on a sink, and for text in pieces. */
typedef struct srl_sink {
    srl_out *out;
    bool json;
} srl_sink;

SRL_FN void srl_sink_put(srl_sink sink, const char *text, size_t len);
SRL_FN void srl_sink_text(srl_sink sink, const char *text);
SRL_FN void srl_sink_ident(srl_sink sink, srl_cbor_pieces name);
SRL_FN void srl_sink_key(srl_sink sink, srl_cbor_pieces key);
SRL_FN void srl_sink_string(srl_sink sink, srl_cbor_pieces text);
/* A record id: `table` is TEXT, `key` any item that may be a key. */
SRL_FN void srl_sink_record(srl_sink sink, const uint8_t *table,
                            const uint8_t *key);
/* One item of checked bytes; the byte after it is returned. Recursive, but no
 * deeper than srl_cbor_check let it nest. */
SRL_FN const uint8_t *srl_sink_item(srl_sink sink, const uint8_t *at);

/* True if this item may be the key of a record, if need be as a bound. */
SRL_FN bool srl_item_is_key(const uint8_t *at);

/* A RANGE as text; <malformed range> if it is none. */
SRL_FN const uint8_t *srl_sink_range(srl_sink sink, const uint8_t *at);

/* The two texts of a FILE, the table and key of a RECORD_ID that is not in
 * text form; false if they are not there. */
SRL_FN bool srl_item_file(const uint8_t *at, const uint8_t *parts[2]);
SRL_FN bool srl_item_record(const uint8_t *at, const uint8_t *parts[2]);

/* The digits of an INT, also of one beyond 64 bits. */
SRL_FN void srl_item_int_out(srl_out *out, const uint8_t *at);
/* A finite double; false for others, of which nothing is written. */
SRL_FN bool srl_double_out(srl_out *out, double v);

/* Text as the inside of a JSON string. */
SRL_FN void srl_json_escape(srl_out *out, const char *text, size_t len);
/* A geometry as GeoJSON; returns the byte after it. */
SRL_FN const uint8_t *srl_geo_json(srl_out *out, const uint8_t *at);

/* ---- value/writer.c, bind.c ---------------------------------------------- */

/* Append one value of a plain type to a buffer as the server accepts it. A
 * value it would refuse or silently change is a status instead (and nothing
 * usable is in the buffer). `server_major` is 2 or 3. */
SRL_FN surreal_status srl_put_str(srl_buf *buf, surreal_str v);
SRL_FN surreal_status srl_put_decimal(srl_buf *buf, surreal_str v);
SRL_FN surreal_status srl_put_datetime(srl_buf *buf, surreal_datetime v);
SRL_FN surreal_status srl_put_duration(srl_buf *buf, surreal_duration v);
SRL_FN surreal_status srl_put_uuid(srl_buf *buf, surreal_uuid v);
SRL_FN surreal_status srl_put_table(srl_buf *buf, surreal_str v);
SRL_FN surreal_status srl_put_record_id(srl_buf *buf, surreal_record_id v);
SRL_FN surreal_status srl_put_file(srl_buf *buf, surreal_file v,
                                   int server_major);
SRL_FN surreal_status srl_put_point(srl_buf *buf, surreal_point v);
SRL_FN surreal_status srl_put_encoded(srl_buf *buf, surreal_bytes item);

/* Would the server take these bytes as one value, `levels` deep inside
 * others? Form first (ERR_CBOR, ERR_UTF8, ERR_DEPTH), then what is known to
 * make it refuse the whole request, or change the value without a word:
 * ERR_TYPE, ERR_RANGE, ERR_SYNTAX, ERR_UNSUPPORTED. */
SRL_FN surreal_status srl_item_sendable(surreal_bytes item, unsigned levels,
                                        int server_major);
/* The same for checked bytes, the form taken for granted. */
SRL_FN surreal_status srl_item_accepted(const uint8_t *at, int server_major);

/* Append the name of one variable, and its value behind it. On failure err
 * names the variable and the reason; the value itself is not in the text. */
SRL_FN surreal_status srl_put_var(srl_buf *buf, const surreal_bind *bind,
                                  int server_major, surreal_error *err);

/* Append the map of variables of one call. On failure err names the variable
 * and the reason; the value itself is not in the text. */
SRL_FN surreal_status srl_put_vars(srl_buf *buf, surreal_vars vars,
                                   int server_major, surreal_error *err);

#endif

/*===========================================================================
 * value/document.c: a checked message and the text that lies in it.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/document.c"
#endif


/* The twin, see value.h. Three kinds of byte are written in it: the NUL behind
 * a text, where the next head was (or the end, one byte past the message);
 * strings of indefinite length, whose chunks are moved together over their own
 * heads; and the NUL behind those, which stands on the break or before it.
 * None of them is part of another text, and all heads are read from `data`, so
 * doing any of it again changes nothing. */

SRL_FN void
srl_document_init(surreal_document *doc, const uint8_t *data, size_t len,
                  srl_arena *arena)
{
    SURREAL_ASSERT(data || !len);
    doc->data = data;
    doc->len = len;
    doc->twin = NULL;
    doc->arena = arena;
}

/* Values hold a pointer to const, because nothing a user can see of a document
 * ever changes. The object itself is not const: it was handed to
 * srl_document_init. This is the one place that makes use of it. */
static uint8_t *
srl_document_twin(const surreal_document *doc)
{
    if (!doc->twin) {
        surreal_document *made = (surreal_document *)doc;

        if (doc->len == (size_t)-1) return NULL;
        made->twin = (uint8_t *)srl_arena_alloc(doc->arena, doc->len + 1);
        if (doc->twin && doc->len) memcpy(doc->twin, doc->data, doc->len);
    }
    return doc->twin;
}

SRL_FN surreal_str
srl_document_text(const surreal_document *doc, const uint8_t *text,
                  size_t len)
{
    uint8_t *twin = srl_document_twin(doc);
    surreal_str out = {NULL, 0};
    size_t off;

    if (!twin) return out;
    SURREAL_ASSERT(text >= doc->data);
    off = (size_t)(text - doc->data);
    SURREAL_ASSERT(off <= doc->len);
    SURREAL_ASSERT(len <= doc->len - off);
    twin[off + len] = '\0';
    out.ptr = (const char *)(twin + off);
    out.len = len;
    return out;
}

/* The pieces of an indefinite string, moved together in the twin right behind
 * its head. They come from `data`, so they never overlap what is written. */
static surreal_status
srl_document_join(const surreal_document *doc, const uint8_t *at,
                  uint8_t **out, size_t *len)
{
    uint8_t *twin = srl_document_twin(doc);
    size_t off = (size_t)(at - doc->data) + 1;

    if (!twin) return SURREAL_ERR_NOMEM;
    SURREAL_ASSERT(off < doc->len);
    *out = twin + off;
    *len = srl_cbor_join(srl_cbor_pieces_of(at), *out, doc->len - off);
    SURREAL_ASSERT(*len < doc->len - off + 1);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_document_str(const surreal_document *doc, const uint8_t *at,
                 surreal_str *out)
{
    srl_cbor_head head;
    const uint8_t *text = srl_cbor_head_at(at, &head);
    surreal_str found;
    uint8_t *joined;
    size_t len;

    if (head.major != SRL_CBOR_TEXT) return SURREAL_ERR_TYPE;
    if (SRL_UNLIKELY(head.info == 31)) {
        SRL_TRY(srl_document_join(doc, at, &joined, &len));
        joined[len] = '\0';
        out->ptr = (const char *)joined;
        out->len = len;
        return SURREAL_OK;
    }
    found = srl_document_text(doc, text, (size_t)head.arg);
    if (!found.ptr) return SURREAL_ERR_NOMEM;
    *out = found;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_document_bytes(const surreal_document *doc, const uint8_t *at,
                   surreal_bytes *out)
{
    srl_cbor_head head;
    const uint8_t *bytes = srl_cbor_head_at(at, &head);
    uint8_t *joined;
    size_t len;

    if (head.major != SRL_CBOR_BYTES) return SURREAL_ERR_TYPE;
    if (SRL_UNLIKELY(head.info == 31)) {
        SRL_TRY(srl_document_join(doc, at, &joined, &len));
        bytes = joined;
    } else {
        len = (size_t)head.arg;
    }
    out->ptr = bytes;
    out->len = len;
    return SURREAL_OK;
}

SRL_FN surreal_value
srl_value_at(const surreal_document *doc, const uint8_t *at)
{
    surreal_value v;

    SURREAL_ASSERT(at >= doc->data);
    SURREAL_ASSERT(at < doc->data + doc->len);
    v.doc = doc;
    v.at = at;
    return v;
}

/*===========================================================================
 * value/view.c: kinds, lookups and walks over values.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/view.c"
#endif


/* A value is where its item starts. Nothing is cached: a lookup walks over the
 * heads in between, which costs about as much as reading the bytes once. */

#define SRL_VIEW_MAP 1u
#define SRL_VIEW_OPEN 2u

SRL_FN surreal_kind
srl_tag_kind(uint64_t tag)
{
    switch (tag) {
    case SRL_TAG_DATETIME_TEXT:
    case SRL_TAG_DATETIME: return SURREAL_DATETIME;
    case SRL_TAG_NONE: return SURREAL_NONE;
    case SRL_TAG_TABLE: return SURREAL_TABLE;
    case SRL_TAG_RECORD_ID: return SURREAL_RECORD_ID;
    case SRL_TAG_UUID_TEXT:
    case SRL_TAG_UUID: return SURREAL_UUID;
    case SRL_TAG_DECIMAL: return SURREAL_DECIMAL;
    case SRL_TAG_DURATION_TEXT:
    case SRL_TAG_DURATION: return SURREAL_DURATION;
    case SRL_TAG_RANGE: return SURREAL_RANGE;
    case SRL_TAG_FILE: return SURREAL_FILE;
    case SRL_TAG_SET: return SURREAL_SET;
    case SRL_TAG_POINT: return SURREAL_POINT;
    case SRL_TAG_LINE: return SURREAL_LINE;
    case SRL_TAG_POLYGON: return SURREAL_POLYGON;
    case SRL_TAG_MULTIPOINT: return SURREAL_MULTIPOINT;
    case SRL_TAG_MULTILINE: return SURREAL_MULTILINE;
    case SRL_TAG_MULTIPOLYGON: return SURREAL_MULTIPOLYGON;
    case SRL_TAG_COLLECTION: return SURREAL_COLLECTION;
    default: return SURREAL_UNKNOWN;
    }
}

SRL_FN surreal_kind
srl_item_kind(const uint8_t *at)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    switch (head.major) {
    case SRL_CBOR_UINT:
    case SRL_CBOR_NINT: return SURREAL_INT;
    case SRL_CBOR_BYTES: return SURREAL_BYTES;
    case SRL_CBOR_TEXT: return SURREAL_STRING;
    case SRL_CBOR_ARRAY: return SURREAL_ARRAY;
    case SRL_CBOR_MAP: return SURREAL_OBJECT;
    case SRL_CBOR_TAG: return srl_tag_kind(head.arg);
    default: break;
    }
    switch (*at) {
    case SRL_CBOR_FALSE:
    case SRL_CBOR_TRUE: return SURREAL_BOOL;
    case SRL_CBOR_NULL:
    case SRL_CBOR_UNDEFINED: return SURREAL_NULL;
    default: return SURREAL_FLOAT;
    }
}

SRL_FN const uint8_t *
srl_item_untag(const uint8_t *at, uint64_t *tag)
{
    srl_cbor_head head;
    const uint8_t *next = srl_cbor_head_at(at, &head);

    *tag = UINT64_MAX;
    if (head.major != SRL_CBOR_TAG) return at;
    *tag = head.arg;
    return next;
}

SRL_FN size_t
srl_item_parts(const uint8_t *at, const uint8_t **parts, size_t max)
{
    srl_cbor_walk walk;
    size_t count = 0;

    if (*at >> 5 != SRL_CBOR_ARRAY) return 0;
    walk = srl_cbor_walk_of(at);
    while (srl_cbor_more(&walk)) {
        if (count == max) return max + 1;
        parts[count++] = walk.at;
        walk.at = srl_cbor_skip(walk.at);
    }
    return count;
}

SURREAL_API const char *
surreal_kind_name(surreal_kind kind)
{
    switch (kind) {
    case SURREAL_ABSENT: return "absent";
    case SURREAL_NONE: return "none";
    case SURREAL_NULL: return "null";
    case SURREAL_BOOL: return "bool";
    case SURREAL_INT: return "int";
    case SURREAL_FLOAT: return "float";
    case SURREAL_DECIMAL: return "decimal";
    case SURREAL_STRING: return "string";
    case SURREAL_BYTES: return "bytes";
    case SURREAL_DATETIME: return "datetime";
    case SURREAL_DURATION: return "duration";
    case SURREAL_UUID: return "uuid";
    case SURREAL_TABLE: return "table";
    case SURREAL_RECORD_ID: return "record";
    case SURREAL_ARRAY: return "array";
    case SURREAL_OBJECT: return "object";
    case SURREAL_SET: return "set";
    case SURREAL_RANGE: return "range";
    case SURREAL_FILE: return "file";
    case SURREAL_POINT: return "geometry<point>";
    case SURREAL_LINE: return "geometry<line>";
    case SURREAL_POLYGON: return "geometry<polygon>";
    case SURREAL_MULTIPOINT: return "geometry<multipoint>";
    case SURREAL_MULTILINE: return "geometry<multiline>";
    case SURREAL_MULTIPOLYGON: return "geometry<multipolygon>";
    case SURREAL_COLLECTION: return "geometry<collection>";
    case SURREAL_UNKNOWN: break;
    }
    return "unknown";
}

SURREAL_API surreal_kind
surreal_value_kind(surreal_value v)
{
    return v.doc ? srl_item_kind(v.at) : SURREAL_ABSENT;
}

SURREAL_API bool
surreal_is_nothing(surreal_value v)
{
    surreal_kind kind = surreal_value_kind(v);

    return kind == SURREAL_ABSENT || kind == SURREAL_NONE ||
           kind == SURREAL_NULL;
}

static surreal_value
srl_value_absent(void)
{
    surreal_value v = {NULL, NULL};

    return v;
}

/* The ARRAY or MAP whose items a value is walked by, or NULL. A tag that
 * should hold an array and does not has no elements. */
static const uint8_t *
srl_value_items(surreal_value v)
{
    uint64_t tag;
    const uint8_t *at;

    switch (surreal_value_kind(v)) {
    case SURREAL_ARRAY:
    case SURREAL_OBJECT: return v.at;
    case SURREAL_SET:
    case SURREAL_LINE:
    case SURREAL_POLYGON:
    case SURREAL_MULTIPOINT:
    case SURREAL_MULTILINE:
    case SURREAL_MULTIPOLYGON:
    case SURREAL_COLLECTION: break;
    default: return NULL;
    }
    at = srl_item_untag(v.at, &tag);
    return *at >> 5 == SRL_CBOR_ARRAY ? at : NULL;
}

SURREAL_API size_t
surreal_count(surreal_value v)
{
    const uint8_t *items = srl_value_items(v);
    srl_cbor_walk walk;
    size_t count = 0;
    bool in_pairs;

    if (!items) return 0;
    in_pairs = *items >> 5 == SRL_CBOR_MAP;
    walk = srl_cbor_walk_of(items);
    if (walk.open) {
        while (srl_cbor_more(&walk)) {
            walk.at = srl_cbor_skip(walk.at);
            count++;
        }
    } else {
        count = (size_t)walk.left;
    }
    return in_pairs ? count / 2 : count;
}

SURREAL_API surreal_value
surreal_at(surreal_value v, size_t index)
{
    const uint8_t *items = srl_value_items(v);
    srl_cbor_walk walk;

    if (!items || *items >> 5 != SRL_CBOR_ARRAY) return srl_value_absent();
    walk = srl_cbor_walk_of(items);
    while (srl_cbor_more(&walk)) {
        if (!index--) return srl_value_at(v.doc, walk.at);
        walk.at = srl_cbor_skip(walk.at);
    }
    return srl_value_absent();
}

SURREAL_API surreal_value
surreal_field_str(surreal_value v, surreal_str key)
{
    const uint8_t *found;

    if (surreal_value_kind(v) != SURREAL_OBJECT) return srl_value_absent();
    found = srl_cbor_find(v.at, key);
    return found ? srl_value_at(v.doc, found) : srl_value_absent();
}

SURREAL_API surreal_value
surreal_field(surreal_value v, const char *key)
{
    return surreal_field_str(v, surreal_text(key));
}

/* Digits only, no sign; false beyond what an index can be. */
static bool
srl_path_index(surreal_str step, size_t *out)
{
    size_t index = 0;
    size_t i;

    if (!step.len) return false;
    for (i = 0; i < step.len; i++) {
        unsigned digit = (unsigned)(uint8_t)step.ptr[i] - '0';

        if (digit > 9 || index > ((size_t)-1 - digit) / 10) return false;
        index = index * 10 + digit;
    }
    *out = index;
    return true;
}

/* path = step { "." step } ; the empty path is the value itself */
SURREAL_API surreal_value
surreal_path(surreal_value v, const char *path)
{
    if (!path || !*path) return v;
    for (;;) {
        surreal_str step;
        size_t index;

        step.ptr = path;
        step.len = strcspn(path, ".");
        if (surreal_value_kind(v) == SURREAL_OBJECT) {
            v = surreal_field_str(v, step);
        } else if (srl_path_index(step, &index)) {
            v = surreal_at(v, index);
        } else {
            v = srl_value_absent();
        }
        path += step.len;
        if (!*path || !v.doc) return v;
        path++;
    }
}

SURREAL_API surreal_iter
surreal_iterate(surreal_value v)
{
    const uint8_t *items = srl_value_items(v);
    surreal_iter it;
    srl_cbor_walk walk;

    memset(&it, 0, sizeof it);
    it.index = (size_t)-1; /* the first surreal_next makes it 0 */
    if (!items) return it;
    walk = srl_cbor_walk_of(items);
    it.doc = v.doc;
    it.next = walk.at;
    it.left = (size_t)walk.left;
    if (walk.open) it.flags |= SRL_VIEW_OPEN;
    if (*items >> 5 == SRL_CBOR_MAP) it.flags |= SRL_VIEW_MAP;
    return it;
}

/* A key in the iterator's hands. One that is no text, which the server never
 * sends, is empty. */
static void
srl_iter_key(surreal_iter *it, const uint8_t *at)
{
    surreal_str none = {NULL, 0};

    it->key = none;
    if (*at >> 5 != SRL_CBOR_TEXT) {
        it->key.ptr = "";
        return;
    }
    if (srl_document_str(it->doc, at, &it->key)) it->key = none;
}

SURREAL_API bool
surreal_next(surreal_iter *it)
{
    srl_cbor_walk walk;

    it->key.ptr = NULL;
    it->key.len = 0;
    it->value = srl_value_absent();
    if (!it->doc) return false;
    walk.at = it->next;
    walk.left = it->left;
    walk.open = (it->flags & SRL_VIEW_OPEN) != 0;
    if (!srl_cbor_more(&walk)) {
        it->doc = NULL;
        return false;
    }
    if (it->flags & SRL_VIEW_MAP) {
        srl_iter_key(it, walk.at);
        walk.at = srl_cbor_skip(walk.at);
        srl_cbor_more(&walk);
    }
    it->value = srl_value_at(it->doc, walk.at);
    it->next = srl_cbor_skip(walk.at);
    it->left = (size_t)walk.left;
    it->index++;
    return true;
}

SURREAL_API surreal_status
surreal_get_range(surreal_value v, surreal_range *out)
{
    srl_item_bounds bounds;
    surreal_range range;

    if (surreal_is_nothing(v)) return SURREAL_ERR_MISSING;
    if (srl_item_kind(v.at) != SURREAL_RANGE) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_range(v.at, &bounds));
    range.begin = range.end = srl_value_absent();
    if (bounds.begin) range.begin = srl_value_at(v.doc, bounds.begin);
    if (bounds.end) range.end = srl_value_at(v.doc, bounds.end);
    range.begin_excluded = bounds.begin_excluded;
    range.end_included = bounds.end_included;
    *out = range;
    return SURREAL_OK;
}

SURREAL_API surreal_value
surreal_record_key(surreal_value v)
{
    const uint8_t *parts[2];
    uint64_t tag;

    if (surreal_value_kind(v) != SURREAL_RECORD_ID) {
        return srl_value_absent();
    }
    if (srl_item_parts(srl_item_untag(v.at, &tag), parts, 2) != 2) {
        return srl_value_absent();
    }
    return srl_value_at(v.doc, parts[1]);
}

/*===========================================================================
 * value/get.c: strict getters and the short forms.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/get.c"
#endif


/* Every getter looks at the kind first (absent, another kind), then at what
 * the item holds. The forms the server only reads (text behind tags 0, 9 and
 * 13) are understood as well: results may be made of stored bytes. */

SRL_FN surreal_status
srl_item_int(const uint8_t *at, int64_t *out)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major > SRL_CBOR_NINT) return SURREAL_ERR_TYPE;
    if (head.arg > INT64_MAX) return SURREAL_ERR_RANGE;
    *out = head.major == SRL_CBOR_UINT ? (int64_t)head.arg
                                       : -1 - (int64_t)head.arg;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_float(const uint8_t *at, double *out)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_SIMPLE || head.info < 25) {
        return SURREAL_ERR_TYPE;
    }
    *out = srl_cbor_float(&head);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_small_text(const uint8_t *at, char room[SRL_SMALL_TEXT],
                    surreal_str *out)
{
    srl_cbor_pieces pieces;

    if (*at >> 5 != SRL_CBOR_TEXT) return SURREAL_ERR_TYPE;
    pieces = srl_cbor_pieces_of(at);
    if (SRL_LIKELY(!pieces.open)) {
        out->ptr = (const char *)pieces.at;
        out->len = pieces.len;
        return SURREAL_OK;
    }
    out->ptr = room;
    out->len = srl_cbor_join(pieces, (uint8_t *)room, SRL_SMALL_TEXT);
    return out->len <= SRL_SMALL_TEXT ? SURREAL_OK : SURREAL_ERR_TYPE;
}

/* Text that does not read as what its tag promises is a wrong payload. */
static surreal_status
srl_item_parsed(surreal_status status)
{
    return status == SURREAL_ERR_SYNTAX ? SURREAL_ERR_TYPE : status;
}

SRL_FN surreal_status
srl_item_datetime(const uint8_t *at, surreal_datetime *out)
{
    char room[SRL_SMALL_TEXT];
    const uint8_t *parts[2];
    surreal_datetime t;
    surreal_str text;
    int64_t nsec;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag == SRL_TAG_DATETIME_TEXT) {
        SRL_TRY(srl_item_small_text(at, room, &text));
        return srl_item_parsed(surreal_datetime_parse(text, out, NULL));
    }
    if (tag != SRL_TAG_DATETIME) return SURREAL_ERR_TYPE;
    /* Always two, also for whole seconds. */
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_int(parts[0], &t.sec));
    SRL_TRY(srl_item_int(parts[1], &nsec));
    if (nsec < 0 || nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE;
    t.nsec = (uint32_t)nsec;
    SRL_TRY(srl_datetime_check(t));
    *out = t;
    return SURREAL_OK;
}

static surreal_status
srl_item_uint(const uint8_t *at, uint64_t *out)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_UINT) return SURREAL_ERR_TYPE;
    *out = head.arg;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_duration(const uint8_t *at, surreal_duration *out)
{
    char room[SRL_SMALL_TEXT];
    const uint8_t *parts[2];
    surreal_str text;
    uint64_t sec = 0;
    uint64_t nsec = 0;
    uint64_t tag;
    size_t count;

    at = srl_item_untag(at, &tag);
    if (tag == SRL_TAG_DURATION_TEXT) {
        SRL_TRY(srl_item_small_text(at, room, &text));
        return srl_item_parsed(surreal_duration_parse(text, out, NULL));
    }
    if (tag != SRL_TAG_DURATION) return SURREAL_ERR_TYPE;
    /* [] is zero, [s] whole seconds, [s, n] the rest. */
    if (*at >> 5 != SRL_CBOR_ARRAY) return SURREAL_ERR_TYPE;
    count = srl_item_parts(at, parts, 2);
    if (count > 2) return SURREAL_ERR_TYPE;
    if (count > 0) SRL_TRY(srl_item_uint(parts[0], &sec));
    if (count > 1) SRL_TRY(srl_item_uint(parts[1], &nsec));
    if (nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE;
    out->sec = sec;
    out->nsec = (uint32_t)nsec;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_uuid(const uint8_t *at, surreal_uuid *out)
{
    char room[SRL_SMALL_TEXT];
    srl_cbor_pieces pieces;
    surreal_uuid u;
    surreal_str text;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag == SRL_TAG_UUID_TEXT) {
        SRL_TRY(srl_item_small_text(at, room, &text));
        return srl_item_parsed(surreal_uuid_parse(text, out, NULL));
    }
    if (tag != SRL_TAG_UUID) return SURREAL_ERR_TYPE;
    if (*at >> 5 != SRL_CBOR_BYTES) return SURREAL_ERR_TYPE;
    pieces = srl_cbor_pieces_of(at);
    if (srl_cbor_join(pieces, u.bytes, sizeof u.bytes) != sizeof u.bytes) {
        return SURREAL_ERR_TYPE;
    }
    *out = u;
    return SURREAL_OK;
}

/* A coordinate: the server sends floats and reads any number. */
static surreal_status
srl_item_coordinate(const uint8_t *at, double *out)
{
    char room[SRL_SMALL_TEXT];
    surreal_decimal decimal;
    int64_t i;
    uint64_t tag;

    switch (srl_item_kind(at)) {
    case SURREAL_FLOAT: return srl_item_float(at, out);
    case SURREAL_INT:
        SRL_TRY(srl_item_int(at, &i));
        *out = (double)i;
        return SURREAL_OK;
    case SURREAL_DECIMAL:
        at = srl_item_untag(at, &tag);
        SRL_TRY(srl_item_small_text(at, room, &decimal.text));
        return srl_item_parsed(surreal_decimal_to_double(decimal, out));
    default: return SURREAL_ERR_TYPE;
    }
}

SRL_FN surreal_status
srl_item_point(const uint8_t *at, surreal_point *out)
{
    const uint8_t *parts[2];
    surreal_point point;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag != SRL_TAG_POINT) return SURREAL_ERR_TYPE;
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_coordinate(parts[0], &point.lon));
    SRL_TRY(srl_item_coordinate(parts[1], &point.lat));
    *out = point;
    return SURREAL_OK;
}

/* bound = null | 50(value) | 51(value) */
static surreal_status
srl_item_bound(const uint8_t *at, const uint8_t **value, bool *excluded)
{
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    *value = NULL;
    *excluded = false;
    if (*at == SRL_CBOR_NULL || *at == SRL_CBOR_UNDEFINED) return SURREAL_OK;
    if (tag != SRL_TAG_INCLUDED && tag != SRL_TAG_EXCLUDED) {
        return SURREAL_ERR_TYPE;
    }
    *value = inner;
    *excluded = tag == SRL_TAG_EXCLUDED;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_item_range(const uint8_t *at, srl_item_bounds *out)
{
    const uint8_t *parts[2];
    srl_item_bounds bounds;
    bool end_excluded;
    uint64_t tag;

    at = srl_item_untag(at, &tag);
    if (tag != SRL_TAG_RANGE) return SURREAL_ERR_TYPE;
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_item_bound(parts[0], &bounds.begin, &bounds.begin_excluded));
    SRL_TRY(srl_item_bound(parts[1], &bounds.end, &end_excluded));
    bounds.end_included = bounds.end && !end_excluded;
    *out = bounds;
    return SURREAL_OK;
}

/* ---- the getters --------------------------------------------------------- */

static surreal_status
srl_get_kind(surreal_value v, surreal_kind kind)
{
    surreal_kind have = surreal_value_kind(v);

    if (SRL_LIKELY(have == kind)) return SURREAL_OK;
    if (have == SURREAL_ABSENT || have == SURREAL_NONE ||
        have == SURREAL_NULL) {
        return SURREAL_ERR_MISSING;
    }
    return SURREAL_ERR_TYPE;
}

SURREAL_API surreal_status
surreal_get_bool(surreal_value v, bool *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_BOOL));
    *out = *v.at == SRL_CBOR_TRUE;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_int(surreal_value v, int64_t *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_INT));
    return srl_item_int(v.at, out);
}

SURREAL_API surreal_status
surreal_get_float(surreal_value v, double *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_FLOAT));
    return srl_item_float(v.at, out);
}

SURREAL_API surreal_status
surreal_get_decimal(surreal_value v, surreal_decimal *out)
{
    surreal_str text;
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_DECIMAL));
    SRL_TRY(srl_document_str(v.doc, srl_item_untag(v.at, &tag), &text));
    SRL_TRY(srl_item_parsed(srl_decimal_check(text)));
    out->text = text;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_str(surreal_value v, surreal_str *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_STRING));
    return srl_document_str(v.doc, v.at, out);
}

SURREAL_API surreal_status
surreal_get_bytes(surreal_value v, surreal_bytes *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_BYTES));
    return srl_document_bytes(v.doc, v.at, out);
}

SURREAL_API surreal_status
surreal_get_datetime(surreal_value v, surreal_datetime *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_DATETIME));
    return srl_item_datetime(v.at, out);
}

SURREAL_API surreal_status
surreal_get_duration(surreal_value v, surreal_duration *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_DURATION));
    return srl_item_duration(v.at, out);
}

SURREAL_API surreal_status
surreal_get_uuid(surreal_value v, surreal_uuid *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_UUID));
    return srl_item_uuid(v.at, out);
}

SURREAL_API surreal_status
surreal_get_table(surreal_value v, surreal_str *out)
{
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_TABLE));
    return srl_document_str(v.doc, srl_item_untag(v.at, &tag), out);
}

static surreal_status
srl_get_key(surreal_value key, surreal_record_id *out)
{
    switch (surreal_value_kind(key)) {
    case SURREAL_INT:
        out->kind = SURREAL_KEY_INT;
        return srl_item_int(key.at, &out->key.i);
    case SURREAL_STRING:
        out->kind = SURREAL_KEY_STRING;
        return srl_document_str(key.doc, key.at, &out->key.s);
    case SURREAL_UUID:
        out->kind = SURREAL_KEY_UUID;
        return srl_item_uuid(key.at, &out->key.u);
    case SURREAL_ARRAY: out->kind = SURREAL_KEY_ARRAY; break;
    case SURREAL_OBJECT: out->kind = SURREAL_KEY_OBJECT; break;
    case SURREAL_RANGE: out->kind = SURREAL_KEY_RANGE; break;
    default: return SURREAL_ERR_TYPE;
    }
    if (!srl_item_is_key(key.at)) return SURREAL_ERR_TYPE;
    out->key.cbor.ptr = key.at;
    out->key.cbor.len = (size_t)(srl_cbor_skip(key.at) - key.at);
    return SURREAL_OK;
}

/* A record id as one text (`person:1`), which the server reads but never
 * sends. Its names need room of their own, because escapes may be undone. */
static surreal_status
srl_get_record_text(surreal_value v, const uint8_t *at,
                    surreal_record_id *out)
{
    surreal_str text;
    size_t cap;
    char *room;

    SRL_TRY(srl_document_str(v.doc, at, &text));
    if (!srl_size_add(text.len, 2, &cap)) return SURREAL_ERR_NOMEM;
    room = (char *)srl_arena_alloc(v.doc->arena, cap);
    if (!room) return SURREAL_ERR_NOMEM;
    return srl_item_parsed(surreal_record_id_parse(text, room, cap, out,
                                                   NULL));
}

SURREAL_API surreal_status
surreal_get_record_id(surreal_value v, surreal_record_id *out)
{
    const uint8_t *parts[2];
    const uint8_t *at;
    surreal_record_id id;
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_RECORD_ID));
    at = srl_item_untag(v.at, &tag);
    if (*at >> 5 == SRL_CBOR_TEXT) return srl_get_record_text(v, at, out);
    if (srl_item_parts(at, parts, 2) != 2) return SURREAL_ERR_TYPE;
    memset(&id, 0, sizeof id);
    /* 2.x reads a table behind its own tag here. */
    at = srl_item_untag(parts[0], &tag);
    if (tag != UINT64_MAX && tag != SRL_TAG_TABLE) return SURREAL_ERR_TYPE;
    SRL_TRY(srl_document_str(v.doc, at, &id.table));
    SRL_TRY(srl_get_key(srl_value_at(v.doc, parts[1]), &id));
    *out = id;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_file(surreal_value v, surreal_file *out)
{
    const uint8_t *parts[2];
    surreal_file file;
    uint64_t tag;

    SRL_TRY(srl_get_kind(v, SURREAL_FILE));
    if (srl_item_parts(srl_item_untag(v.at, &tag), parts, 2) != 2) {
        return SURREAL_ERR_TYPE;
    }
    SRL_TRY(srl_document_str(v.doc, parts[0], &file.bucket));
    SRL_TRY(srl_document_str(v.doc, parts[1], &file.key));
    *out = file;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_get_point(surreal_value v, surreal_point *out)
{
    SRL_TRY(srl_get_kind(v, SURREAL_POINT));
    return srl_item_point(v.at, out);
}

SURREAL_API surreal_status
surreal_get_number(surreal_value v, double *out)
{
    switch (surreal_value_kind(v)) {
    case SURREAL_INT:
    case SURREAL_FLOAT:
    case SURREAL_DECIMAL: return srl_item_coordinate(v.at, out);
    default: return srl_get_kind(v, SURREAL_FLOAT);
    }
}

/* ---- short forms --------------------------------------------------------- */

SURREAL_API bool
surreal_bool_at(surreal_value v, const char *key)
{
    bool out = false;

    surreal_get_bool(surreal_field(v, key), &out);
    return out;
}

SURREAL_API int64_t
surreal_int_at(surreal_value v, const char *key)
{
    int64_t out = 0;

    surreal_get_int(surreal_field(v, key), &out);
    return out;
}

SURREAL_API double
surreal_float_at(surreal_value v, const char *key)
{
    double out = 0;

    surreal_get_float(surreal_field(v, key), &out);
    return out;
}

SURREAL_API surreal_str
surreal_str_at(surreal_value v, const char *key)
{
    surreal_str out = {"", 0};

    surreal_get_str(surreal_field(v, key), &out);
    return out;
}

SURREAL_API surreal_record_id
surreal_record_id_at(surreal_value v, const char *key)
{
    surreal_record_id out;

    memset(&out, 0, sizeof out);
    surreal_get_record_id(surreal_field(v, key), &out);
    return out;
}

/*===========================================================================
 * value/time.c: datetimes, durations and UUIDs as text.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/time.c"
#endif


/* Days are counted from 1970-01-01 in the Gregorian calendar, extended
 * backwards without end. It repeats every 400 years (146,097 days); within
 * such an era years are taken to start in March, so that the leap day comes
 * last and a month's length follows from its number alone. */
#define SRL_TIME_ERA_DAYS INT64_C(146097)
#define SRL_TIME_EPOCH_DAYS INT64_C(719468) /* 0000-03-01 to 1970-01-01 */
#define SRL_TIME_DAY 86400

/* A place in text that is being parsed. */
typedef struct srl_scan {
    const char *text;
    size_t len;
    size_t at;
} srl_scan;

static srl_scan
srl_scan_of(surreal_str text)
{
    srl_scan scan;

    scan.text = text.ptr;
    scan.len = text.len;
    scan.at = 0;
    return scan;
}

/* The next byte, or -1 at the end. */
static int
srl_scan_peek(const srl_scan *scan)
{
    return scan->at < scan->len ? (uint8_t)scan->text[scan->at] : -1;
}

static bool
srl_scan_take(srl_scan *scan, int c)
{
    if (srl_scan_peek(scan) != c) return false;
    scan->at++;
    return true;
}

static bool
srl_scan_digit(const srl_scan *scan)
{
    int c = srl_scan_peek(scan);

    return c >= '0' && c <= '9';
}

/* Exactly `count` digits. */
static surreal_status
srl_scan_fixed(srl_scan *scan, unsigned count, int64_t *out)
{
    int64_t v = 0;

    SURREAL_ASSERT(count <= 18);
    for (; count; count--) {
        if (!srl_scan_digit(scan)) return SURREAL_ERR_SYNTAX;
        v = v * 10 + (scan->text[scan->at++] - '0');
    }
    *out = v;
    return SURREAL_OK;
}

/* Two digits of at least `min` and at most `max`; `at` stays on them if they
 * are not. */
static surreal_status
srl_scan_field(srl_scan *scan, int64_t min, int64_t max, int64_t *out)
{
    size_t start = scan->at;

    SRL_TRY(srl_scan_fixed(scan, 2, out));
    if (*out >= min && *out <= max) return SURREAL_OK;
    scan->at = start;
    return SURREAL_ERR_RANGE;
}

static surreal_status
srl_scan_end(const srl_scan *scan, surreal_status status, size_t *at)
{
    if (!status && scan->at != scan->len) status = SURREAL_ERR_SYNTAX;
    if (status && at) *at = scan->at;
    return status;
}

/* ---- datetimes ----------------------------------------------------------- */

SRL_FN surreal_status
srl_datetime_check(surreal_datetime t)
{
    if (t.nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE;
    if (t.sec < SRL_DATETIME_MIN || t.sec > SRL_DATETIME_MAX) {
        return SURREAL_ERR_RANGE;
    }
    return SURREAL_OK;
}

static int64_t
srl_floor_div(int64_t a, int64_t b)
{
    SURREAL_ASSERT(b > 0);
    return a / b - (a % b < 0);
}

static int64_t
srl_days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = srl_floor_div(y, 400);
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
                      day - 1;

    return era * SRL_TIME_ERA_DAYS + of_era * 365 + of_era / 4 -
           of_era / 100 + of_year - SRL_TIME_EPOCH_DAYS;
}

static int64_t
srl_month_days(int64_t year, int64_t month)
{
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    if (month == 2) return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

SRL_FN void
srl_datetime_out(srl_out *out, surreal_datetime t)
{
    int64_t days = srl_floor_div(t.sec, SRL_TIME_DAY);
    int64_t rest = t.sec % SRL_TIME_DAY; /* days * SRL_TIME_DAY may not fit */
    uint32_t sec = (uint32_t)(rest < 0 ? rest + SRL_TIME_DAY : rest);
    uint32_t nsec = t.nsec % (SRL_NSEC_MAX + 1u);
    int64_t era = srl_floor_div(days + SRL_TIME_EPOCH_DAYS,
                                SRL_TIME_ERA_DAYS);
    int64_t of_era = days + SRL_TIME_EPOCH_DAYS - era * SRL_TIME_ERA_DAYS;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
                365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153; /* 0: March */
    int64_t month = m < 10 ? m + 3 : m - 9;
    int64_t year = y + era * 400 + (month <= 2);

    /* Years outside 0000 to 9999 carry a sign. */
    if (year < 0) {
        srl_out_char(out, '-');
    } else if (year > 9999) {
        srl_out_char(out, '+');
    }
    srl_out_padded(out, (uint64_t)(year < 0 ? -year : year), 4);
    srl_out_char(out, '-');
    srl_out_padded(out, (uint64_t)month, 2);
    srl_out_char(out, '-');
    srl_out_padded(out, (uint64_t)(of_year - (153 * m + 2) / 5 + 1), 2);
    srl_out_char(out, 'T');
    srl_out_padded(out, sec / 3600, 2);
    srl_out_char(out, ':');
    srl_out_padded(out, sec / 60 % 60, 2);
    srl_out_char(out, ':');
    srl_out_padded(out, sec % 60, 2);
    if (nsec) {
        srl_out_char(out, '.');
        if (nsec % 1000000 == 0) {
            srl_out_padded(out, nsec / 1000000, 3);
        } else if (nsec % 1000 == 0) {
            srl_out_padded(out, nsec / 1000, 6);
        } else {
            srl_out_padded(out, nsec, 9);
        }
    }
    srl_out_char(out, 'Z');
}

/* date = [ "+" | "-" ] 4*6DIGIT "-" 2DIGIT "-" 2DIGIT */
static surreal_status
srl_scan_date(srl_scan *scan, int64_t *days)
{
    bool negative = srl_scan_take(scan, '-');
    int64_t year;
    int64_t month;
    int64_t day;
    unsigned extra;

    if (!negative) srl_scan_take(scan, '+');
    SRL_TRY(srl_scan_fixed(scan, 4, &year));
    for (extra = 0; extra < 2 && srl_scan_digit(scan); extra++) {
        year = year * 10 + (scan->text[scan->at++] - '0');
    }
    if (negative) year = -year;
    if (!srl_scan_take(scan, '-')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 1, 12, &month));
    if (!srl_scan_take(scan, '-')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 1, srl_month_days(year, month), &day));
    *days = srl_days_of(year, month, day);
    return SURREAL_OK;
}

/* fraction = "." 1*9DIGIT ; what is finer than a nanosecond is refused, not
 * rounded */
static surreal_status
srl_scan_fraction(srl_scan *scan, uint32_t *nsec)
{
    uint32_t unit = 100000000;

    *nsec = 0;
    if (!srl_scan_take(scan, '.')) return SURREAL_OK;
    if (!srl_scan_digit(scan)) return SURREAL_ERR_SYNTAX;
    while (srl_scan_digit(scan)) {
        if (!unit) return SURREAL_ERR_RANGE;
        *nsec += (uint32_t)(scan->text[scan->at++] - '0') * unit;
        unit /= 10;
    }
    return SURREAL_OK;
}

/* zone = "Z" | ( "+" | "-" ) hh ":" mm */
static surreal_status
srl_scan_zone(srl_scan *scan, int64_t *offset)
{
    bool negative;
    int64_t hours;
    int64_t minutes;

    *offset = 0;
    if (srl_scan_take(scan, 'Z') || srl_scan_take(scan, 'z')) {
        return SURREAL_OK;
    }
    negative = srl_scan_take(scan, '-');
    if (!negative && !srl_scan_take(scan, '+')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 23, &hours));
    if (!srl_scan_take(scan, ':')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 59, &minutes));
    *offset = hours * 3600 + minutes * 60;
    if (negative) *offset = -*offset;
    return SURREAL_OK;
}

/* datetime = date [ ( "T" | " " ) hh ":" mm ":" ss [ fraction ] zone ] */
static surreal_status
srl_scan_datetime(srl_scan *scan, surreal_datetime *out)
{
    int64_t days;
    int64_t hours;
    int64_t minutes;
    int64_t seconds;
    int64_t offset;

    SRL_TRY(srl_scan_date(scan, &days));
    out->sec = days * SRL_TIME_DAY;
    out->nsec = 0;
    if (scan->at == scan->len) return srl_datetime_check(*out);
    if (!srl_scan_take(scan, 'T') && !srl_scan_take(scan, 't') &&
        !srl_scan_take(scan, ' ')) {
        return SURREAL_ERR_SYNTAX;
    }
    SRL_TRY(srl_scan_field(scan, 0, 23, &hours));
    if (!srl_scan_take(scan, ':')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 59, &minutes));
    if (!srl_scan_take(scan, ':')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 59, &seconds)); /* no leap seconds */
    SRL_TRY(srl_scan_fraction(scan, &out->nsec));
    SRL_TRY(srl_scan_zone(scan, &offset));
    out->sec += hours * 3600 + minutes * 60 + seconds - offset;
    return srl_datetime_check(*out);
}

SURREAL_API surreal_status
surreal_datetime_parse(surreal_str text, surreal_datetime *out, size_t *at)
{
    srl_scan scan = srl_scan_of(text);
    surreal_datetime t;
    surreal_status status = srl_scan_datetime(&scan, &t);

    status = srl_scan_end(&scan, status, at);
    if (!status) *out = t;
    return status;
}

SURREAL_API size_t
surreal_datetime_print(surreal_datetime t, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_datetime_out(&out, t);
    return srl_out_end(&out);
}

/* ---- durations ----------------------------------------------------------- */

/* Units, largest first. Below a second `sec` is 0 and `per` says how many
 * make one. The micro sign is U+00B5 as the server prints it. */
typedef struct srl_duration_unit {
    const char *name;
    uint32_t sec;
    uint32_t per;
} srl_duration_unit;

#define SRL_TIME_UNITS 9

static const srl_duration_unit *
srl_duration_units(void)
{
    static const srl_duration_unit units[SRL_TIME_UNITS] = {
        {"y", 365 * SRL_TIME_DAY, 0}, {"w", 7 * SRL_TIME_DAY, 0},
        {"d", SRL_TIME_DAY, 0},       {"h", 3600, 0},
        {"m", 60, 0},                 {"s", 1, 0},
        {"ms", 0, 1000},              {"\xc2\xb5s", 0, 1000000},
        {"ns", 0, 1000000000}};

    return units;
}

SRL_FN void
srl_duration_out(srl_out *out, surreal_duration d)
{
    const srl_duration_unit *units = srl_duration_units();
    uint32_t nsec = d.nsec % (SRL_NSEC_MAX + 1u);
    unsigned i;

    if (!d.sec && !nsec) {
        srl_out_text(out, "0ns");
        return;
    }
    for (i = 0; i < SRL_TIME_UNITS; i++) {
        uint64_t count;

        if (units[i].sec) {
            count = d.sec / units[i].sec;
            d.sec %= units[i].sec;
        } else {
            uint32_t each = (SRL_NSEC_MAX + 1u) / units[i].per;

            count = nsec / each;
            nsec %= each;
        }
        if (!count) continue;
        srl_out_uint(out, count);
        srl_out_text(out, units[i].name);
    }
    SURREAL_ASSERT(!d.sec && !nsec);
}

/* The unit at the cursor: the longest name that fits, so that "ms" is not
 * read as "m". "us" is another spelling of the micro unit. */
static const srl_duration_unit *
srl_scan_unit(srl_scan *scan)
{
    const srl_duration_unit *units = srl_duration_units();
    const srl_duration_unit *best = NULL;
    size_t best_len = 0;
    size_t left = scan->len - scan->at;
    unsigned i;

    if (left >= 2 && !memcmp(scan->text + scan->at, "us", 2)) {
        scan->at += 2;
        return &units[7];
    }
    for (i = 0; i < SRL_TIME_UNITS; i++) {
        size_t len = strlen(units[i].name);

        if (len > left || len <= best_len) continue;
        if (memcmp(scan->text + scan->at, units[i].name, len)) continue;
        best = &units[i];
        best_len = len;
    }
    scan->at += best_len;
    return best;
}

static surreal_status
srl_duration_add(surreal_duration *d, uint64_t count,
                 const srl_duration_unit *unit)
{
    uint64_t sec;
    uint64_t nsec = 0;

    if (unit->sec) {
        if (count > UINT64_MAX / unit->sec) return SURREAL_ERR_RANGE;
        sec = count * unit->sec;
    } else {
        sec = count / unit->per;
        nsec = count % unit->per * ((SRL_NSEC_MAX + 1u) / unit->per);
    }
    nsec += d->nsec;
    if (nsec > SRL_NSEC_MAX) {
        nsec -= SRL_NSEC_MAX + 1u;
        if (sec == UINT64_MAX) return SURREAL_ERR_RANGE;
        sec++;
    }
    if (sec > UINT64_MAX - d->sec) return SURREAL_ERR_RANGE;
    d->sec += sec;
    d->nsec = (uint32_t)nsec;
    return SURREAL_OK;
}

/* part = 1*DIGIT unit */
static surreal_status
srl_scan_part(srl_scan *scan, surreal_duration *d)
{
    const srl_duration_unit *unit;
    uint64_t count = 0;

    if (!srl_scan_digit(scan)) return SURREAL_ERR_SYNTAX;
    while (srl_scan_digit(scan)) {
        unsigned digit = (unsigned)(scan->text[scan->at] - '0');

        if (count > (UINT64_MAX - digit) / 10) return SURREAL_ERR_RANGE;
        count = count * 10 + digit;
        scan->at++;
    }
    unit = srl_scan_unit(scan);
    if (!unit) return SURREAL_ERR_SYNTAX;
    return srl_duration_add(d, count, unit);
}

SURREAL_API surreal_status
surreal_duration_parse(surreal_str text, surreal_duration *out, size_t *at)
{
    srl_scan scan = srl_scan_of(text);
    surreal_duration d = {0, 0};
    surreal_status status;

    do {
        status = srl_scan_part(&scan, &d);
    } while (!status && scan.at < scan.len);
    status = srl_scan_end(&scan, status, at);
    if (!status) *out = d;
    return status;
}

SURREAL_API size_t
surreal_duration_print(surreal_duration d, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_duration_out(&out, d);
    return srl_out_end(&out);
}

/* ---- UUIDs --------------------------------------------------------------- */

static bool
srl_uuid_hyphen_before(unsigned byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

SRL_FN void
srl_uuid_out(srl_out *out, surreal_uuid u)
{
    static const char digits[] = "0123456789abcdef";
    unsigned i;

    for (i = 0; i < sizeof u.bytes; i++) {
        if (srl_uuid_hyphen_before(i)) srl_out_char(out, '-');
        srl_out_char(out, digits[u.bytes[i] >> 4]);
        srl_out_char(out, digits[u.bytes[i] & 15]);
    }
}

static surreal_status
srl_scan_hex(srl_scan *scan, uint8_t *out)
{
    unsigned v = 0;
    unsigned i;

    for (i = 0; i < 2; i++) {
        int c = srl_scan_peek(scan);

        if (c >= '0' && c <= '9') {
            v = v << 4 | (unsigned)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            v = v << 4 | (unsigned)(c - 'a' + 10);
        } else if (c >= 'A' && c <= 'F') {
            v = v << 4 | (unsigned)(c - 'A' + 10);
        } else {
            return SURREAL_ERR_SYNTAX;
        }
        scan->at++;
    }
    *out = (uint8_t)v;
    return SURREAL_OK;
}

/* 32 hex digits in any case, with all four hyphens or with none. */
SURREAL_API surreal_status
surreal_uuid_parse(surreal_str text, surreal_uuid *out, size_t *at)
{
    srl_scan scan = srl_scan_of(text);
    bool hyphens = text.len > 8 && text.ptr[8] == '-';
    surreal_status status = SURREAL_OK;
    surreal_uuid u;
    unsigned i;

    for (i = 0; i < sizeof u.bytes && !status; i++) {
        if (hyphens && srl_uuid_hyphen_before(i) &&
            !srl_scan_take(&scan, '-')) {
            status = SURREAL_ERR_SYNTAX;
        } else {
            status = srl_scan_hex(&scan, &u.bytes[i]);
        }
    }
    status = srl_scan_end(&scan, status, at);
    if (!status) *out = u;
    return status;
}

SURREAL_API size_t
surreal_uuid_print(surreal_uuid u, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_uuid_out(&out, u);
    return srl_out_end(&out);
}

/*===========================================================================
 * value/decimal.c: decimal numbers as text, without rounding.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/decimal.c"
#endif


/* SurrealDB keeps a decimal as a 96-bit mantissa and a scale of at most 28,
 * and sends it as plain digits. This part works on those digits: comparing
 * and scaling need no arithmetic wider than 64 bits, and no float.
 *
 * decimal = [ "-" ] 1*DIGIT [ "." 1*DIGIT ]                               */
#define SRL_DECIMAL_SCALE_MAX 28
#define SRL_DECIMAL_DIGITS_MAX 29 /* of 2^96 - 1 */

/* The digits of a decimal, leading zeros left out. */
typedef struct srl_digits {
    const char *whole;
    const char *fraction;
    size_t whole_len;
    size_t fraction_len;
    bool negative;
} srl_digits;

static size_t
srl_digits_run(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && text[n] >= '0' && text[n] <= '9') {
        n++;
    }
    return n;
}

static bool
srl_digits_of(surreal_str text, srl_digits *out)
{
    const char *at = text.ptr;
    size_t left = text.len;

    out->negative = left && *at == '-';
    if (out->negative) at++, left--;
    out->whole = at;
    out->whole_len = srl_digits_run(at, left);
    if (!out->whole_len) return false;
    at += out->whole_len;
    left -= out->whole_len;
    out->fraction = at;
    out->fraction_len = 0;
    if (left) {
        out->fraction = at + 1;
        out->fraction_len = srl_digits_run(at + 1, left - 1);
        if (*at != '.' || !out->fraction_len) return false;
        if (out->fraction_len != left - 1) return false;
    }
    while (out->whole_len && *out->whole == '0') {
        out->whole++;
        out->whole_len--;
    }
    return true;
}

/* Digit `i` of the mantissa, from the left. */
static char
srl_digits_at(const srl_digits *d, size_t i)
{
    return i < d->whole_len ? d->whole[i] : d->fraction[i - d->whole_len];
}

SRL_FN surreal_status
srl_decimal_check(surreal_str text)
{
    static const char limit[] = "79228162514264337593543950335";
    srl_digits d;
    size_t count;
    size_t first = 0;
    size_t i;

    if (!srl_digits_of(text, &d)) return SURREAL_ERR_SYNTAX;
    if (d.fraction_len > SRL_DECIMAL_SCALE_MAX) return SURREAL_ERR_RANGE;
    count = d.whole_len + d.fraction_len;
    while (first < count && srl_digits_at(&d, first) == '0') {
        first++;
    }
    if (count - first != SRL_DECIMAL_DIGITS_MAX) {
        return count - first < SRL_DECIMAL_DIGITS_MAX ? SURREAL_OK
                                                      : SURREAL_ERR_RANGE;
    }
    for (i = 0; i < SRL_DECIMAL_DIGITS_MAX; i++) {
        char c = srl_digits_at(&d, first + i);

        if (c != limit[i]) {
            return c < limit[i] ? SURREAL_OK : SURREAL_ERR_RANGE;
        }
    }
    return SURREAL_OK;
}

/* strtod rounds correctly but takes the point of the locale, so it is given
 * none: "12.50" goes in as "1250e-2". */
SURREAL_API surreal_status
surreal_decimal_to_double(surreal_decimal d, double *out)
{
    char text[SRL_DECIMAL_DIGITS_MAX + 8]; /* '-', "e-28", NUL */
    srl_digits digits;
    size_t len = 0;
    size_t i;

    SRL_TRY(srl_decimal_check(d.text));
    srl_digits_of(d.text, &digits);
    if (digits.negative) text[len++] = '-';
    text[len++] = '0';
    for (i = 0; i < digits.whole_len + digits.fraction_len; i++) {
        char c = srl_digits_at(&digits, i);

        if (c == '0' && text[len - 1] == '0' && len == 1u + digits.negative) {
            continue; /* 0.000...: at most 29 digits that count */
        }
        text[len++] = c;
    }
    text[len++] = 'e';
    text[len++] = '-';
    text[len++] = (char)('0' + digits.fraction_len / 10);
    text[len++] = (char)('0' + digits.fraction_len % 10);
    SURREAL_ASSERT(len < sizeof text);
    text[len] = '\0';
    *out = strtod(text, NULL);
    return SURREAL_OK;
}

/* Append one digit to a number that stays within 2^63; false beyond. */
static bool
srl_scaled_push(uint64_t *v, unsigned digit)
{
    uint64_t limit = UINT64_C(1) << 63;

    if (*v > (limit - digit) / 10) return false;
    *v = *v * 10 + digit;
    return true;
}

SURREAL_API surreal_status
surreal_decimal_to_scaled(surreal_decimal d, unsigned scale, int64_t *out)
{
    srl_digits digits;
    uint64_t v = 0;
    size_t i;

    if (!srl_digits_of(d.text, &digits)) return SURREAL_ERR_SYNTAX;
    for (i = 0; i < digits.whole_len + digits.fraction_len; i++) {
        unsigned digit = (unsigned)(srl_digits_at(&digits, i) - '0');

        if (i >= digits.whole_len && i - digits.whole_len >= scale) {
            if (digit) return SURREAL_ERR_RANGE; /* would be lost */
        } else if (!srl_scaled_push(&v, digit)) {
            return SURREAL_ERR_RANGE;
        }
    }
    /* Zeros up to the scale; of nothing there is never too much. */
    for (i = digits.fraction_len; v && i < scale; i++) {
        if (!srl_scaled_push(&v, 0)) return SURREAL_ERR_RANGE;
    }
    if (!digits.negative && v > INT64_MAX) return SURREAL_ERR_RANGE;
    if (digits.negative && v) {
        *out = -(int64_t)(v - 1) - 1; /* -2^63 has no positive twin */
    } else {
        *out = (int64_t)v;
    }
    return SURREAL_OK;
}

/* Without the sign: whole parts by length, then digit by digit, then the
 * fractions as if both were filled up with zeros. */
static int
srl_digits_cmp(const srl_digits *a, const srl_digits *b)
{
    size_t count = a->fraction_len > b->fraction_len ? a->fraction_len
                                                     : b->fraction_len;
    size_t i;
    int diff = 0;

    if (a->whole_len != b->whole_len) {
        return a->whole_len < b->whole_len ? -1 : 1;
    }
    if (a->whole_len) diff = memcmp(a->whole, b->whole, a->whole_len);
    for (i = 0; i < count && !diff; i++) {
        int x = i < a->fraction_len ? a->fraction[i] : '0';
        int y = i < b->fraction_len ? b->fraction[i] : '0';

        diff = x - y;
    }
    return (diff > 0) - (diff < 0);
}

SURREAL_API int
surreal_decimal_cmp(surreal_decimal a, surreal_decimal b)
{
    static const srl_digits zero = {"", "", 0, 0, false};
    srl_digits x = zero;
    srl_digits y = zero;

    if (!srl_digits_of(a.text, &x)) x = zero;
    if (!srl_digits_of(b.text, &y)) y = zero;
    /* -0 is 0: the sign counts only where there is something to count. */
    if (!srl_digits_cmp(&x, &zero)) x.negative = false;
    if (!srl_digits_cmp(&y, &zero)) y.negative = false;
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    return x.negative ? srl_digits_cmp(&y, &x) : srl_digits_cmp(&x, &y);
}

/*===========================================================================
 * value/record_id.c: names and record ids as SurrealQL text.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/record_id.c"
#endif


/* Names stand bare where that is safe in every place and for SurrealDB 2 and
 * 3, else in back-quotes, where only the back-quote and the backslash need an
 * escape; the five control characters that have a portable one are written
 * with it, so that text stays on a line. (Angle brackets, U+27E8, are
 * read but not written: SurrealDB 3 cannot escape the closing one.)
 *
 * A record key is another matter: keywords are fine, but what looks like a
 * number would come back as one, so such strings are quoted. */

/* What has to be known of a name to choose its form. */
typedef struct srl_name {
    size_t len;
    bool is_word;   /* [A-Za-z0-9_] only */
    bool is_number; /* [0-9_] only */
    char text[16];  /* the name if it is shorter, to compare with keywords */
} srl_name;

static srl_name
srl_name_of(srl_cbor_pieces pieces)
{
    srl_name name;
    surreal_str piece;
    size_t i;

    memset(&name, 0, sizeof name);
    name.is_word = true;
    name.is_number = true;
    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++, name.len++) {
            char c = piece.ptr[i];
            bool is_digit = c >= '0' && c <= '9';
            bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

            if (!is_digit && c != '_') name.is_number = false;
            if (!is_digit && c != '_' && !is_letter) name.is_word = false;
            if (name.len < sizeof name.text - 1) name.text[name.len] = c;
        }
    }
    return name;
}

static char
srl_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Words that mean something else when they stand bare as a table or at the
 * start of an expression, in SurrealDB 2 or 3; case does not matter. */
static bool
srl_is_keyword(const srl_name *name)
{
    static const char *const words[] = {
        "ALTER",  "BREAK",  "CONTINUE", "CREATE",    "DEFINE",  "DELETE",
        "EXPLAIN", "FALSE", "FN",       "FOR",       "FUNCTION", "IF",
        "INFINITY", "INFO", "INSERT",   "LET",       "ML",      "NAN",
        "NONE",   "NULL",   "ONLY",     "OVERWRITE", "RAND",    "REBUILD",
        "RELATE", "REMOVE", "RETURN",   "SELECT",    "SLEEP",   "THROW",
        "TRUE",   "UPDATE", "UPSERT",   "VALUE"};
    size_t i;

    if (name->len >= sizeof name->text) return false;
    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = 0;

        while (n < name->len && srl_upper(name->text[n]) == words[i][n]) {
            n++;
        }
        if (n == name->len && !words[i][n]) return true;
    }
    return false;
}

static void
srl_sink_back_quoted(srl_sink sink, srl_cbor_pieces name)
{
    static const char from[] = "`\\\b\f\n\r\t";
    static const char to[] = "`\\bfnrt";
    surreal_str piece;

    srl_sink_put(sink, "`", 1);
    while (srl_cbor_piece(&name, &piece)) {
        size_t start = 0;
        size_t i;

        for (i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];
            const char *known = c ? strchr(from, c) : NULL;

            if (!known) continue;
            srl_sink_put(sink, piece.ptr + start, i - start);
            srl_sink_put(sink, "\\", 1);
            srl_sink_put(sink, &to[known - from], 1);
            start = i + 1;
        }
        if (piece.len) {
            srl_sink_put(sink, piece.ptr + start, piece.len - start);
        }
    }
    srl_sink_put(sink, "`", 1);
}

static void
srl_sink_bare(srl_sink sink, srl_cbor_pieces name)
{
    surreal_str piece;

    while (srl_cbor_piece(&name, &piece)) {
        srl_sink_put(sink, piece.ptr, piece.len);
    }
}

SRL_FN void
srl_sink_ident(srl_sink sink, srl_cbor_pieces pieces)
{
    srl_name name = srl_name_of(pieces);
    bool starts_well = name.len && !(name.text[0] >= '0' &&
                                     name.text[0] <= '9');

    if (name.is_word && starts_well && !srl_is_keyword(&name)) {
        srl_sink_bare(sink, pieces);
    } else {
        srl_sink_back_quoted(sink, pieces);
    }
}

SRL_FN void
srl_sink_key(srl_sink sink, srl_cbor_pieces pieces)
{
    srl_name name = srl_name_of(pieces);

    /* NaN and Infinity are the only words the server takes for a number. */
    if (name.is_word && !name.is_number && strcmp(name.text, "NaN") &&
        strcmp(name.text, "Infinity")) {
        srl_sink_bare(sink, pieces);
    } else {
        srl_sink_back_quoted(sink, pieces);
    }
}

static srl_sink
srl_sink_plain(srl_out *out)
{
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    return sink;
}

SRL_FN void
srl_ident_out(srl_out *out, surreal_str name)
{
    srl_sink_ident(srl_sink_plain(out), srl_cbor_pieces_str(name));
}

SRL_FN void
srl_key_out(srl_out *out, surreal_str key)
{
    srl_sink_key(srl_sink_plain(out), srl_cbor_pieces_str(key));
}

SURREAL_API size_t
surreal_ident_print(surreal_str name, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_ident_out(&out, name);
    return srl_out_end(&out);
}

/* ---- record ids ---------------------------------------------------------- */

SRL_FN bool
srl_item_is_key(const uint8_t *at)
{
    srl_item_bounds bounds;

    switch (srl_item_kind(at)) {
    case SURREAL_INT:
    case SURREAL_STRING:
    case SURREAL_UUID:
    case SURREAL_ARRAY:
    case SURREAL_OBJECT: return true;
    case SURREAL_RANGE: break;
    default: return false;
    }
    if (srl_item_range(at, &bounds)) return false;
    /* A range of ranges is none of keys, so this goes one level down. */
    if (bounds.begin && (srl_item_kind(bounds.begin) == SURREAL_RANGE ||
                         !srl_item_is_key(bounds.begin))) {
        return false;
    }
    return !bounds.end || (srl_item_kind(bounds.end) != SURREAL_RANGE &&
                           srl_item_is_key(bounds.end));
}

static void
srl_sink_key_item(srl_sink sink, const uint8_t *at)
{
    surreal_uuid u;

    if (*at >> 5 == SRL_CBOR_TEXT) {
        srl_sink_key(sink, srl_cbor_pieces_of(at));
    } else if (!srl_item_uuid(at, &u)) {
        srl_sink_text(sink, "u'");
        srl_uuid_out(sink.out, u);
        srl_sink_text(sink, "'");
    } else {
        srl_sink_item(sink, at); /* integers, arrays and objects */
    }
}

/* Any key: one, or a range of them. */
static void
srl_sink_key_any(srl_sink sink, const uint8_t *at)
{
    srl_item_bounds bounds;

    if (srl_item_range(at, &bounds)) {
        srl_sink_key_item(sink, at);
        return;
    }
    if (bounds.begin) srl_sink_key_item(sink, bounds.begin);
    if (bounds.begin_excluded) srl_sink_text(sink, ">");
    srl_sink_text(sink, "..");
    if (bounds.end_included) srl_sink_text(sink, "=");
    if (bounds.end) srl_sink_key_item(sink, bounds.end);
}

SRL_FN void
srl_sink_record(srl_sink sink, const uint8_t *table, const uint8_t *key)
{
    SURREAL_ASSERT(srl_item_is_key(key));
    srl_sink_ident(sink, srl_cbor_pieces_of(table));
    srl_sink_text(sink, ":");
    srl_sink_key_any(sink, key);
}

/* Encoded keys come from the caller and are looked at before they are read. */
static bool
srl_key_is_sound(surreal_bytes key)
{
    const char *reason;
    size_t used;

    if (srl_cbor_check(key.ptr, key.len, SURREAL_MAX_DEPTH, &used, &reason)) {
        return false;
    }
    return used == key.len && srl_item_is_key(key.ptr);
}

SURREAL_API size_t
surreal_record_id_print(surreal_record_id id, char *buf, size_t cap)
{
    srl_sink sink;
    srl_out out;

    srl_out_init(&out, buf, cap);
    sink = srl_sink_plain(&out);
    srl_ident_out(&out, id.table);
    srl_out_char(&out, ':');
    switch (id.kind) {
    case SURREAL_KEY_INT: srl_out_int(&out, id.key.i); break;
    case SURREAL_KEY_STRING: srl_key_out(&out, id.key.s); break;
    case SURREAL_KEY_UUID:
        srl_out_text(&out, "u'");
        srl_uuid_out(&out, id.key.u);
        srl_out_char(&out, '\'');
        break;
    case SURREAL_KEY_ARRAY:
    case SURREAL_KEY_OBJECT:
    case SURREAL_KEY_RANGE:
        if (srl_key_is_sound(id.key.cbor)) {
            srl_sink_key_any(sink, id.key.cbor.ptr);
        } else {
            srl_out_text(&out, "<malformed key>");
        }
        break;
    case SURREAL_KEY_NONE: break;
    }
    return srl_out_end(&out);
}

SURREAL_API surreal_record_id
surreal_id_int(const char *table, int64_t key)
{
    surreal_record_id id;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    id.kind = SURREAL_KEY_INT;
    id.key.i = key;
    return id;
}

SURREAL_API surreal_record_id
surreal_id_str(const char *table, surreal_str key)
{
    surreal_record_id id;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    id.kind = SURREAL_KEY_STRING;
    id.key.s = key;
    return id;
}

SURREAL_API surreal_record_id
surreal_id_uuid(const char *table, surreal_uuid key)
{
    surreal_record_id id;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    id.kind = SURREAL_KEY_UUID;
    id.key.u = key;
    return id;
}

/* The kind follows from the first bytes. Anything but an array, object or
 * range stays SURREAL_KEY_NONE, which no writer accepts. */
SURREAL_API surreal_record_id
surreal_id_cbor(const char *table, surreal_bytes key)
{
    surreal_record_id id;
    srl_cbor_head head;

    memset(&id, 0, sizeof id);
    id.table = surreal_text(table);
    if (!key.len || !srl_cbor_read(key.ptr, key.ptr + key.len, &head)) {
        return id;
    }
    if (head.major == SRL_CBOR_ARRAY) id.kind = SURREAL_KEY_ARRAY;
    if (head.major == SRL_CBOR_MAP) id.kind = SURREAL_KEY_OBJECT;
    if (head.major == SRL_CBOR_TAG && head.arg == SRL_TAG_RANGE) {
        id.kind = SURREAL_KEY_RANGE;
    }
    id.key.cbor = key;
    return id;
}

SURREAL_API bool
surreal_id_eq(surreal_record_id a, surreal_record_id b)
{
    if (a.kind != b.kind || !surreal_str_eq(a.table, b.table)) return false;
    switch (a.kind) {
    case SURREAL_KEY_NONE: return true;
    case SURREAL_KEY_INT: return a.key.i == b.key.i;
    case SURREAL_KEY_STRING: return surreal_str_eq(a.key.s, b.key.s);
    case SURREAL_KEY_UUID:
        return !memcmp(a.key.u.bytes, b.key.u.bytes, sizeof a.key.u.bytes);
    default: break;
    }
    if (a.key.cbor.len != b.key.cbor.len) return false;
    return !a.key.cbor.len ||
           !memcmp(a.key.cbor.ptr, b.key.cbor.ptr, a.key.cbor.len);
}

/* ---- parsing -------------------------------------------------------------
 *
 * Every spelling of a record id with a scalar key that SurrealDB 2 or 3
 * prints or reads:
 *
 *   id     = name ":" key
 *   name   = letter { letter | digit } | quoted
 *   key    = [ "-" ] 1*digit | 1*( letter | digit ) | quoted | uuid
 *   quoted = "`" { char } "`" | U+27E8 { char } U+27E9
 *   uuid   = "u" ( "'" 36CHAR "'" | '"' 36CHAR '"' )
 *
 * where "_" is a letter. Whole numbers beyond 64 bits are string keys, as on
 * the server. Names are copied with escapes undone and a NUL behind them:
 * since an escape never grows, text.len + 2 bytes are enough for both. */
typedef struct srl_id_scan {
    const char *text;
    size_t len;
    size_t at;
    char *room;
    size_t cap;
    size_t used;
} srl_id_scan;

#define SRL_ID_OPEN "\xe2\x9f\xa8"
#define SRL_ID_CLOSE "\xe2\x9f\xa9"

static bool
srl_id_starts(const srl_id_scan *s, const char *text)
{
    size_t len = strlen(text);

    return s->len - s->at >= len && !memcmp(s->text + s->at, text, len);
}

static char
srl_id_peek(const srl_id_scan *s)
{
    return s->at < s->len ? s->text[s->at] : '\0';
}

static bool
srl_id_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

static surreal_status
srl_id_keep(srl_id_scan *s, const void *bytes, size_t len)
{
    if (len > s->cap - s->used) return SURREAL_ERR_FULL;
    if (len) memcpy(s->room + s->used, bytes, len);
    s->used += len;
    return SURREAL_OK;
}

/* hex = 4HEX | "{" 1*6HEX "}" ; the cursor is behind "\u" */
static surreal_status
srl_id_code(srl_id_scan *s, uint32_t *code)
{
    bool braces = srl_id_peek(s) == '{';
    unsigned max = braces ? 6 : 4;
    unsigned n = 0;

    s->at += braces;
    for (*code = 0; n < max; n++, s->at++) {
        char c = srl_id_peek(s);
        char d = srl_upper(c);

        if (c >= '0' && c <= '9') {
            *code = *code << 4 | (uint32_t)(c - '0');
        } else if (d >= 'A' && d <= 'F') {
            *code = *code << 4 | (uint32_t)(d - 'A' + 10);
        } else {
            break;
        }
    }
    if (!n || (!braces && n != 4)) return SURREAL_ERR_SYNTAX;
    if (braces && srl_id_peek(s) != '}') return SURREAL_ERR_SYNTAX;
    s->at += braces;
    if (*code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff)) {
        return SURREAL_ERR_SYNTAX;
    }
    return SURREAL_OK;
}

/* One escape; the cursor is on the backslash and stays there if the escape is
 * none. Inside angle brackets SurrealDB 2 takes an unknown one literally, and
 * SDKs rely on it. */
static surreal_status
srl_id_escape(srl_id_scan *s, bool angle)
{
    static const char from[] = "\\`'\"/bfnrt0";
    static const char to[] = "\\`'\"/\b\f\n\r\t";
    uint8_t utf8[4];
    uint32_t code;
    size_t start = s->at++;
    char c = srl_id_peek(s);
    const char *known = c ? strchr(from, c) : NULL;

    if (angle && srl_id_starts(s, SRL_ID_CLOSE)) {
        s->at += 3;
        return srl_id_keep(s, SRL_ID_CLOSE, 3);
    }
    if (known) {
        s->at++;
        return srl_id_keep(s, &to[known - from], 1); /* to ends in the NUL */
    }
    if (c == 'u') {
        s->at++;
        if (!srl_id_code(s, &code)) {
            return srl_id_keep(s, utf8, srl_utf8_put(utf8, code));
        }
    }
    if (angle && s->at < s->len) {
        s->at = start + 1;
        return srl_id_keep(s, "\\", 1);
    }
    s->at = start;
    return SURREAL_ERR_SYNTAX;
}

static surreal_status
srl_id_quoted(srl_id_scan *s)
{
    bool angle = srl_id_peek(s) != '`';
    const char *close = angle ? SRL_ID_CLOSE : "`";
    size_t start;
    size_t close_at;

    s->at += angle ? 3 : 1;
    start = s->at;
    while (!srl_id_starts(s, close)) {
        if (s->at == s->len) return SURREAL_ERR_SYNTAX;
        if (s->text[s->at] == '\\') {
            SRL_TRY(srl_id_escape(s, angle));
        } else {
            SRL_TRY(srl_id_keep(s, s->text + s->at, 1));
            s->at++;
        }
    }
    close_at = s->at;
    s->at = start;
    if (!srl_utf8_valid((const uint8_t *)s->text + start, close_at - start)) {
        return SURREAL_ERR_SYNTAX;
    }
    s->at = close_at + (angle ? 3 : 1);
    return SURREAL_OK;
}

/* The text kept since `start`, closed with a NUL. */
static surreal_status
srl_id_kept(srl_id_scan *s, size_t start, surreal_str *out)
{
    out->ptr = s->room + start;
    out->len = s->used - start;
    return srl_id_keep(s, "", 1);
}

static surreal_status
srl_id_table(srl_id_scan *s, surreal_str *out)
{
    size_t start = s->at;
    char c = srl_id_peek(s);

    if (c == '`' || srl_id_starts(s, SRL_ID_OPEN)) {
        SRL_TRY(srl_id_quoted(s));
        return srl_id_kept(s, 0, out);
    }
    if (c >= '0' && c <= '9') return SURREAL_ERR_SYNTAX;
    while (srl_id_is_word(srl_id_peek(s))) {
        s->at++;
    }
    if (s->at == start) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_id_keep(s, s->text + start, s->at - start));
    return srl_id_kept(s, 0, out);
}

/* [ "-" ] 1*digit as an integer; false if it does not fit. */
static bool
srl_id_int(const char *text, size_t len, int64_t *out)
{
    surreal_decimal digits;

    digits.text = surreal_text_of(text, len);
    return surreal_decimal_to_scaled(digits, 0, out) == SURREAL_OK;
}

/* A bare key: a number or a word. */
static surreal_status
srl_id_bare(srl_id_scan *s, surreal_record_id *out)
{
    size_t start = s->at;
    size_t kept = s->used;
    bool minus = srl_id_peek(s) == '-';
    bool digits = true;
    size_t len;

    s->at += minus;
    while (srl_id_is_word(srl_id_peek(s))) {
        char c = s->text[s->at];

        if (c < '0' || c > '9') {
            if (minus) return SURREAL_ERR_SYNTAX;
            digits = false;
        }
        s->at++;
    }
    len = s->at - start;
    if (len == minus) return SURREAL_ERR_SYNTAX;
    /* What the server generates: "rand" and the like, with parentheses. */
    if (srl_id_peek(s) == '(') return SURREAL_ERR_UNSUPPORTED;
    if (digits && srl_id_int(s->text + start, len, &out->key.i)) {
        out->kind = SURREAL_KEY_INT;
        return SURREAL_OK;
    }
    if ((len == 3 && !memcmp(s->text + start, "NaN", 3)) ||
        (len == 8 && !memcmp(s->text + start, "Infinity", 8))) {
        s->at = start;
        return SURREAL_ERR_SYNTAX;
    }
    out->kind = SURREAL_KEY_STRING;
    SRL_TRY(srl_id_keep(s, s->text + start, len));
    return srl_id_kept(s, kept, &out->key.s);
}

static surreal_status
srl_id_uuid(srl_id_scan *s, surreal_uuid *out)
{
    char quote = s->text[s->at + 1];
    surreal_status status;
    size_t bad = 0;
    size_t len = 0;

    s->at += 2;
    while (s->at + len < s->len && s->text[s->at + len] != quote) {
        len++;
    }
    status = surreal_uuid_parse(surreal_text_of(s->text + s->at, len), out,
                                &bad);
    s->at += status ? bad : len;
    if (status || s->at == s->len) return SURREAL_ERR_SYNTAX;
    s->at++;
    return SURREAL_OK;
}

static surreal_status
srl_id_key(srl_id_scan *s, surreal_record_id *out)
{
    size_t kept = s->used;
    char c = srl_id_peek(s);

    if (c == '[' || c == '{') return SURREAL_ERR_UNSUPPORTED;
    if (srl_id_starts(s, "..")) return SURREAL_ERR_UNSUPPORTED;
    if (srl_id_starts(s, "u'") || srl_id_starts(s, "u\"")) {
        out->kind = SURREAL_KEY_UUID;
        SRL_TRY(srl_id_uuid(s, &out->key.u));
    } else if (c == '`' || srl_id_starts(s, SRL_ID_OPEN)) {
        out->kind = SURREAL_KEY_STRING;
        SRL_TRY(srl_id_quoted(s));
        SRL_TRY(srl_id_kept(s, kept, &out->key.s));
    } else {
        SRL_TRY(srl_id_bare(s, out));
    }
    if (srl_id_starts(s, "..") || srl_id_starts(s, ">..")) {
        return SURREAL_ERR_UNSUPPORTED;
    }
    return s->at == s->len ? SURREAL_OK : SURREAL_ERR_SYNTAX;
}

SURREAL_API surreal_status
surreal_record_id_parse(surreal_str text, char *buf, size_t cap,
                        surreal_record_id *out, size_t *at)
{
    surreal_record_id id;
    surreal_status status;
    srl_id_scan scan;

    SURREAL_ASSERT(buf || !cap);
    memset(&id, 0, sizeof id);
    memset(&scan, 0, sizeof scan);
    scan.text = text.ptr;
    scan.len = text.len;
    scan.room = buf;
    scan.cap = cap;
    status = srl_id_table(&scan, &id.table);
    if (!status && srl_id_peek(&scan) != ':') status = SURREAL_ERR_SYNTAX;
    if (!status) {
        scan.at++;
        status = srl_id_key(&scan, &id);
    }
    SURREAL_ASSERT(scan.at <= scan.len);
    if (status && at) *at = scan.at;
    if (!status) *out = id;
    return status;
}

/*===========================================================================
 * value/writer.c: values that go to the server.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/writer.c"
#endif


/* One value the server cannot read spoils the whole request: its answer comes
 * without the request's id, because that was never read. Some others it
 * changes without a word. So both are refused here, before anything is sent:
 * what these functions let through is what was measured to arrive as it left
 * (decimals and sets in their normal form: 1.50 as 1.5, sets sorted, open
 * polygon rings closed).
 *
 * The srl_put_ functions append to a buffer. The surreal_writer is a buffer
 * with a stack of what is open; it lends its room to them value by value. A
 * head is kept as one byte when an array or object is opened and set when it
 * is closed; only a count of 24 or more needs its content moved. */

SRL_FN surreal_status
srl_put_str(srl_buf *buf, surreal_str v)
{
    if (!srl_utf8_valid((const uint8_t *)v.ptr, v.len)) {
        return SURREAL_ERR_UTF8;
    }
    srl_cbor_put_text(buf, v.ptr, v.len);
    return buf->status;
}

SRL_FN surreal_status
srl_put_decimal(srl_buf *buf, surreal_str v)
{
    SRL_TRY(srl_decimal_check(v));
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_DECIMAL);
    srl_cbor_put_text(buf, v.ptr, v.len);
    return buf->status;
}

SRL_FN surreal_status
srl_put_datetime(srl_buf *buf, surreal_datetime v)
{
    SRL_TRY(srl_datetime_check(v));
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_DATETIME);
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, 2);
    srl_cbor_put_int(buf, v.sec);
    srl_cbor_put_int(buf, v.nsec);
    return buf->status;
}

SRL_FN surreal_status
srl_put_duration(srl_buf *buf, surreal_duration v)
{
    if (v.nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE; /* would carry */
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_DURATION);
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, 2);
    srl_cbor_put_head(buf, SRL_CBOR_UINT, v.sec);
    srl_cbor_put_head(buf, SRL_CBOR_UINT, v.nsec);
    return buf->status;
}

SRL_FN surreal_status
srl_put_uuid(srl_buf *buf, surreal_uuid v)
{
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_UUID);
    srl_cbor_put_head(buf, SRL_CBOR_BYTES, sizeof v.bytes);
    srl_buf_put(buf, v.bytes, sizeof v.bytes);
    return buf->status;
}

/* SurrealDB 2 cannot store a NUL in a name, and no table can be called so in
 * SurrealQL text. */
static surreal_status
srl_put_name(srl_buf *buf, surreal_str v)
{
    if (v.len && memchr(v.ptr, '\0', v.len)) return SURREAL_ERR_SYNTAX;
    return srl_put_str(buf, v);
}

SRL_FN surreal_status
srl_put_table(srl_buf *buf, surreal_str v)
{
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_TABLE);
    return srl_put_name(buf, v);
}

static bool
srl_key_kind_is(surreal_key_kind kind, const uint8_t *at)
{
    switch (srl_item_kind(at)) {
    case SURREAL_ARRAY: return kind == SURREAL_KEY_ARRAY;
    case SURREAL_OBJECT: return kind == SURREAL_KEY_OBJECT;
    case SURREAL_RANGE: return kind == SURREAL_KEY_RANGE;
    default: return false;
    }
}

static surreal_status
srl_put_key_item(srl_buf *buf, surreal_key_kind kind, surreal_bytes key,
                 unsigned levels)
{
    SRL_TRY(srl_item_sendable(key, levels, 3));
    if (!srl_key_kind_is(kind, key.ptr)) return SURREAL_ERR_TYPE;
    if (!srl_item_is_key(key.ptr)) return SURREAL_ERR_TYPE;
    srl_buf_put(buf, key.ptr, key.len);
    return buf->status;
}

/* Levels a request has around the value of a variable: the request itself,
 * its params and the map of variables. */
#define SRL_WRITER_LEVELS 3

SRL_FN surreal_status
srl_put_record_id(srl_buf *buf, surreal_record_id v)
{
    if (!v.table.ptr) return SURREAL_ERR_MISSING;
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_RECORD_ID);
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, 2);
    SRL_TRY(srl_put_name(buf, v.table));
    switch (v.kind) {
    case SURREAL_KEY_INT:
        srl_cbor_put_int(buf, v.key.i);
        return buf->status;
    case SURREAL_KEY_STRING: return srl_put_str(buf, v.key.s);
    case SURREAL_KEY_UUID: return srl_put_uuid(buf, v.key.u);
    case SURREAL_KEY_ARRAY:
    case SURREAL_KEY_OBJECT:
    case SURREAL_KEY_RANGE:
        return srl_put_key_item(buf, v.kind, v.key.cbor,
                                SRL_WRITER_LEVELS + 2);
    case SURREAL_KEY_NONE: break;
    }
    return SURREAL_ERR_MISSING;
}

SRL_FN surreal_status
srl_put_file(srl_buf *buf, surreal_file v, int server_major)
{
    if (server_major < 3) return SURREAL_ERR_UNSUPPORTED;
    /* The server would add the slash. */
    if (!v.key.len || v.key.ptr[0] != '/') return SURREAL_ERR_SYNTAX;
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_FILE);
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, 2);
    SRL_TRY(srl_put_str(buf, v.bucket));
    return srl_put_str(buf, v.key);
}

SRL_FN surreal_status
srl_put_point(srl_buf *buf, surreal_point v)
{
    srl_cbor_put_head(buf, SRL_CBOR_TAG, SRL_TAG_POINT);
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, 2);
    srl_cbor_put_float(buf, v.lon);
    srl_cbor_put_float(buf, v.lat);
    return buf->status;
}

SRL_FN surreal_status
srl_put_encoded(srl_buf *buf, surreal_bytes item)
{
    SRL_TRY(srl_item_sendable(item, SRL_WRITER_LEVELS, 3));
    srl_buf_put(buf, item.ptr, item.len);
    return buf->status;
}

/* ---- what the server accepts ---------------------------------------------
 *
 * Each function looks at one item of checked bytes and gives back the byte
 * after it, or NULL with *status set. Recursive; srl_cbor_check has bounded
 * the depth. */
typedef struct srl_accept {
    surreal_status status;
    int server_major;
} srl_accept;

static const uint8_t *srl_accept_item(srl_accept *a, const uint8_t *at);

static const uint8_t *
srl_accept_refuse(srl_accept *a, surreal_status status)
{
    SURREAL_ASSERT(status != SURREAL_OK);
    a->status = status;
    return NULL;
}

/* Arrays and objects; keys must be text (SurrealDB 3). */
static const uint8_t *
srl_accept_items(srl_accept *a, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    bool in_pairs = *at >> 5 == SRL_CBOR_MAP;

    while (srl_cbor_more(&walk)) {
        if (in_pairs) {
            if (*walk.at >> 5 != SRL_CBOR_TEXT) {
                return srl_accept_refuse(a, SURREAL_ERR_TYPE);
            }
            walk.at = srl_cbor_skip(walk.at);
            srl_cbor_more(&walk);
        }
        walk.at = srl_accept_item(a, walk.at);
        if (!walk.at) return NULL;
    }
    return walk.at;
}

/* What the items of a geometry must be; UNKNOWN stands for any geometry. */
static surreal_kind
srl_geometry_holds(surreal_kind kind)
{
    switch (kind) {
    case SURREAL_LINE:
    case SURREAL_MULTIPOINT: return SURREAL_POINT;
    case SURREAL_POLYGON:
    case SURREAL_MULTILINE: return SURREAL_LINE;
    case SURREAL_MULTIPOLYGON: return SURREAL_POLYGON;
    case SURREAL_COLLECTION: return SURREAL_UNKNOWN;
    default: return SURREAL_ABSENT;
    }
}

static bool
srl_is_geometry(surreal_kind kind)
{
    return kind == SURREAL_POINT ||
           srl_geometry_holds(kind) != SURREAL_ABSENT;
}

static bool
srl_geometry_may_hold(surreal_kind outer, surreal_kind inner)
{
    surreal_kind holds = srl_geometry_holds(outer);

    return holds == inner ||
           (holds == SURREAL_UNKNOWN && srl_is_geometry(inner));
}

static const uint8_t *
srl_accept_geometry(srl_accept *a, surreal_kind kind, const uint8_t *at)
{
    srl_cbor_walk walk;
    size_t count = 0;

    if (*at >> 5 != SRL_CBOR_ARRAY) {
        return srl_accept_refuse(a, SURREAL_ERR_TYPE);
    }
    walk = srl_cbor_walk_of(at);
    for (; srl_cbor_more(&walk); count++) {
        if (!srl_geometry_may_hold(kind, srl_item_kind(walk.at))) {
            return srl_accept_refuse(a, SURREAL_ERR_TYPE);
        }
        walk.at = srl_accept_item(a, walk.at);
        if (!walk.at) return NULL;
    }
    if (kind == SURREAL_POLYGON && !count) {
        return srl_accept_refuse(a, SURREAL_ERR_RANGE);
    }
    return walk.at;
}

static const uint8_t *
srl_accept_range(srl_accept *a, const uint8_t *at)
{
    srl_item_bounds bounds;
    surreal_status status = srl_item_range(at, &bounds);

    if (status) return srl_accept_refuse(a, status);
    if (bounds.begin && !srl_accept_item(a, bounds.begin)) return NULL;
    if (bounds.end && !srl_accept_item(a, bounds.end)) return NULL;
    return srl_cbor_skip(at);
}

/* [table text, key]. The forms only one version reads (a tagged table, a text
 * UUID as key) are not for sending. */
static const uint8_t *
srl_accept_record(srl_accept *a, const uint8_t *at)
{
    const uint8_t *parts[2];
    uint64_t tag;

    if (srl_item_parts(srl_item_untag(at, &tag), parts, 2) != 2 ||
        *parts[0] >> 5 != SRL_CBOR_TEXT || !srl_item_is_key(parts[1])) {
        return srl_accept_refuse(a, SURREAL_ERR_TYPE);
    }
    srl_item_untag(parts[1], &tag);
    if (tag == SRL_TAG_UUID_TEXT) {
        return srl_accept_refuse(a, SURREAL_ERR_UNSUPPORTED);
    }
    if (!srl_accept_item(a, parts[1])) return NULL;
    return srl_cbor_skip(at);
}

static surreal_status
srl_accept_file(const uint8_t *at, int server_major)
{
    const uint8_t *parts[2];
    srl_cbor_pieces key;
    surreal_str piece;
    uint64_t tag;

    if (server_major < 3) return SURREAL_ERR_UNSUPPORTED;
    if (srl_item_parts(srl_item_untag(at, &tag), parts, 2) != 2 ||
        *parts[0] >> 5 != SRL_CBOR_TEXT || *parts[1] >> 5 != SRL_CBOR_TEXT) {
        return SURREAL_ERR_TYPE;
    }
    key = srl_cbor_pieces_of(parts[1]);
    while (srl_cbor_piece(&key, &piece)) {
        if (!piece.len) continue;
        return *piece.ptr == '/' ? SURREAL_OK : SURREAL_ERR_SYNTAX;
    }
    return SURREAL_ERR_SYNTAX;
}

static surreal_status
srl_accept_decimal(const uint8_t *at)
{
    char room[SRL_SMALL_TEXT];
    surreal_str text;
    uint64_t tag;

    SRL_TRY(srl_item_small_text(srl_item_untag(at, &tag), room, &text));
    return srl_decimal_check(text);
}

/* Values whose inside holds no other values. */
static surreal_status
srl_accept_leaf(surreal_kind kind, const uint8_t *at, int server_major)
{
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_point point;
    surreal_uuid uuid;
    int64_t i;
    uint64_t tag;

    switch (kind) {
    case SURREAL_INT: return srl_item_int(at, &i);
    case SURREAL_DECIMAL: return srl_accept_decimal(at);
    case SURREAL_DATETIME: return srl_item_datetime(at, &datetime);
    case SURREAL_DURATION: return srl_item_duration(at, &duration);
    case SURREAL_UUID: return srl_item_uuid(at, &uuid);
    case SURREAL_POINT: return srl_item_point(at, &point);
    case SURREAL_FILE: return srl_accept_file(at, server_major);
    case SURREAL_TABLE:
        return *srl_item_untag(at, &tag) >> 5 == SRL_CBOR_TEXT
                   ? SURREAL_OK
                   : SURREAL_ERR_TYPE;
    case SURREAL_UNKNOWN: return SURREAL_ERR_UNSUPPORTED;
    default: return SURREAL_OK;
    }
}

static const uint8_t *
srl_accept_item(srl_accept *a, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    surreal_status status;
    uint64_t tag;

    switch (kind) {
    case SURREAL_ARRAY:
    case SURREAL_OBJECT: return srl_accept_items(a, at);
    case SURREAL_SET:
        if (a->server_major < 3) {
            return srl_accept_refuse(a, SURREAL_ERR_UNSUPPORTED);
        }
        at = srl_item_untag(at, &tag);
        if (*at >> 5 != SRL_CBOR_ARRAY) {
            return srl_accept_refuse(a, SURREAL_ERR_TYPE);
        }
        return srl_accept_items(a, at);
    case SURREAL_LINE:
    case SURREAL_POLYGON:
    case SURREAL_MULTIPOINT:
    case SURREAL_MULTILINE:
    case SURREAL_MULTIPOLYGON:
    case SURREAL_COLLECTION:
        return srl_accept_geometry(a, kind, srl_item_untag(at, &tag));
    case SURREAL_RANGE: return srl_accept_range(a, at);
    case SURREAL_RECORD_ID: return srl_accept_record(a, at);
    default: break;
    }
    status = srl_accept_leaf(kind, at, a->server_major);
    if (status) return srl_accept_refuse(a, status);
    return srl_cbor_skip(at);
}

SRL_FN surreal_status
srl_item_accepted(const uint8_t *at, int server_major)
{
    srl_accept accept;

    accept.status = SURREAL_OK;
    accept.server_major = server_major;
    srl_accept_item(&accept, at);
    return accept.status;
}

SRL_FN surreal_status
srl_item_sendable(surreal_bytes item, unsigned levels, int server_major)
{
    const char *reason;
    size_t used;

    if (levels >= SURREAL_MAX_DEPTH) return SURREAL_ERR_DEPTH;
    SRL_TRY(srl_cbor_check(item.ptr, item.len, SURREAL_MAX_DEPTH - levels,
                           &used, &reason));
    if (used != item.len) return SURREAL_ERR_CBOR;
    return srl_item_accepted(item.ptr, server_major);
}

/* ---- surreal_writer ------------------------------------------------------
 *
 * open[].kind keeps the surreal_kind of what was opened: ARRAY, OBJECT and
 * SET take any value, a geometry only what it may hold, a RANGE two bounds.
 * A RANGE counts steps: a bound that is announced is one, its value the
 * other, and an open bound is both at once. */
#define SRL_WRITER_RANGE_STEPS 4

SURREAL_API void
surreal_writer_init(surreal_writer *w, void *room, size_t cap)
{
    SURREAL_ASSERT(room || !cap);
    memset(w, 0, sizeof *w);
    w->data = (uint8_t *)room;
    w->cap = cap;
    w->server_major = 3;
}

SURREAL_API void
surreal_writer_target(surreal_writer *w, int server_major)
{
    w->server_major = server_major;
}

static void
srl_writer_latch(surreal_writer *w, surreal_status status)
{
    if (!w->status) w->status = status;
}

static surreal_kind
srl_writer_open_kind(const surreal_writer *w)
{
    if (!w->depth) return SURREAL_ABSENT;
    return (surreal_kind)w->open[w->depth - 1].kind;
}

/* Whether a value of this kind may come next. */
static bool
srl_writer_fits(const surreal_writer *w, surreal_kind kind)
{
    surreal_kind outer = srl_writer_open_kind(w);
    uint32_t count = w->depth ? w->open[w->depth - 1].count : 0;

    switch (outer) {
    case SURREAL_ABSENT:
    case SURREAL_ARRAY:
    case SURREAL_SET: return true;
    case SURREAL_OBJECT:
    case SURREAL_RANGE: return count % 2 == 1; /* after a key, a bound */
    default: return srl_geometry_may_hold(outer, kind);
    }
}

static void
srl_writer_count(surreal_writer *w, uint32_t steps)
{
    if (!w->depth) return;
    if (w->open[w->depth - 1].count > UINT32_MAX - steps) {
        srl_writer_latch(w, SURREAL_ERR_LIMIT);
    } else {
        w->open[w->depth - 1].count += steps;
    }
}

/* Begin a value: false if there is nothing to be written. `buf` is lent the
 * room that is left. */
static bool
srl_writer_begin(surreal_writer *w, surreal_kind kind, srl_buf *buf)
{
    if (w->status) return false;
    if (SRL_UNLIKELY(!srl_writer_fits(w, kind))) {
        w->status = SURREAL_ERR_USAGE;
        return false;
    }
    srl_writer_count(w, 1);
    srl_buf_fixed(buf, w->data ? w->data + w->len : NULL, w->cap - w->len);
    return !w->status;
}

static void
srl_writer_finish(surreal_writer *w, const srl_buf *buf,
                  surreal_status status)
{
    srl_writer_latch(w, status ? status : buf->status);
    if (w->status) return;
    SURREAL_ASSERT(buf->len <= w->cap - w->len);
    w->len += buf->len;
}

SURREAL_API void
surreal_put_none(surreal_writer *w)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_NONE, &buf)) return;
    srl_cbor_put_none(&buf);
    srl_writer_finish(w, &buf, SURREAL_OK);
}

static void
srl_writer_byte(surreal_writer *w, surreal_kind kind, uint8_t byte)
{
    srl_buf buf;

    if (!srl_writer_begin(w, kind, &buf)) return;
    srl_cbor_put_byte(&buf, byte);
    srl_writer_finish(w, &buf, SURREAL_OK);
}

SURREAL_API void
surreal_put_null(surreal_writer *w)
{
    srl_writer_byte(w, SURREAL_NULL, SRL_CBOR_NULL);
}

SURREAL_API void
surreal_put_bool(surreal_writer *w, bool v)
{
    srl_writer_byte(w, SURREAL_BOOL, v ? SRL_CBOR_TRUE : SRL_CBOR_FALSE);
}

SURREAL_API void
surreal_put_int(surreal_writer *w, int64_t v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_INT, &buf)) return;
    srl_cbor_put_int(&buf, v);
    srl_writer_finish(w, &buf, SURREAL_OK);
}

SURREAL_API void
surreal_put_uint(surreal_writer *w, uint64_t v)
{
    if (v > INT64_MAX) {
        srl_writer_latch(w, SURREAL_ERR_RANGE);
    } else {
        surreal_put_int(w, (int64_t)v);
    }
}

SURREAL_API void
surreal_put_float(surreal_writer *w, double v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_FLOAT, &buf)) return;
    srl_cbor_put_float(&buf, v);
    srl_writer_finish(w, &buf, SURREAL_OK);
}

SURREAL_API void
surreal_put_decimal(surreal_writer *w, surreal_str v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_DECIMAL, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_decimal(&buf, v));
}

SURREAL_API void
surreal_put_str(surreal_writer *w, surreal_str v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_STRING, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_str(&buf, v));
}

SURREAL_API void
surreal_put_text(surreal_writer *w, const char *v)
{
    if (!v) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
    } else {
        surreal_put_str(w, surreal_text(v));
    }
}

SURREAL_API void
surreal_put_bytes(surreal_writer *w, surreal_bytes v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_BYTES, &buf)) return;
    srl_cbor_put_head(&buf, SRL_CBOR_BYTES, v.len);
    srl_buf_put(&buf, v.ptr, v.len);
    srl_writer_finish(w, &buf, SURREAL_OK);
}

SURREAL_API void
surreal_put_datetime(surreal_writer *w, surreal_datetime v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_DATETIME, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_datetime(&buf, v));
}

SURREAL_API void
surreal_put_duration(surreal_writer *w, surreal_duration v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_DURATION, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_duration(&buf, v));
}

SURREAL_API void
surreal_put_uuid(surreal_writer *w, surreal_uuid v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_UUID, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_uuid(&buf, v));
}

SURREAL_API void
surreal_put_table(surreal_writer *w, surreal_str v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_TABLE, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_table(&buf, v));
}

SURREAL_API void
surreal_put_id(surreal_writer *w, surreal_record_id v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_RECORD_ID, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_record_id(&buf, v));
}

SURREAL_API void
surreal_put_file(surreal_writer *w, surreal_file v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_FILE, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_file(&buf, v, w->server_major));
}

SURREAL_API void
surreal_put_point(surreal_writer *w, surreal_point v)
{
    srl_buf buf;

    if (!srl_writer_begin(w, SURREAL_POINT, &buf)) return;
    srl_writer_finish(w, &buf, srl_put_point(&buf, v));
}

/* An item of checked bytes. */
static void
srl_writer_item(surreal_writer *w, surreal_bytes item)
{
    srl_buf buf;
    surreal_status status;

    if (!srl_writer_begin(w, srl_item_kind(item.ptr), &buf)) return;
    status = srl_item_accepted(item.ptr, w->server_major);
    if (!status) srl_buf_put(&buf, item.ptr, item.len);
    srl_writer_finish(w, &buf, status);
}

SURREAL_API void
surreal_put_encoded(surreal_writer *w, surreal_bytes item)
{
    surreal_status status;

    if (w->status) return;
    status = srl_item_sendable(item, SRL_WRITER_LEVELS + w->depth,
                               w->server_major);
    if (status) {
        srl_writer_latch(w, status);
    } else {
        srl_writer_item(w, item);
    }
}

SURREAL_API void
surreal_put_value(surreal_writer *w, surreal_value v)
{
    surreal_bytes item;

    if (w->status) return;
    if (!v.doc) {
        srl_writer_latch(w, SURREAL_ERR_MISSING);
        return;
    }
    /* Its form is checked, but it may be deeper than what is left here. */
    item.ptr = v.at;
    item.len = (size_t)(srl_cbor_skip(v.at) - v.at);
    surreal_put_encoded(w, item);
}

/* ---- arrays and objects -------------------------------------------------- */

/* Open a level whose head is set by surreal_put_end; `tag` UINT64_MAX for
 * none. */
static void
srl_writer_open(surreal_writer *w, surreal_kind kind, uint64_t tag)
{
    unsigned major = kind == SURREAL_OBJECT ? SRL_CBOR_MAP : SRL_CBOR_ARRAY;
    srl_buf buf;

    if (!srl_writer_begin(w, kind, &buf)) return;
    if (w->depth == SURREAL_MAX_BUILD_DEPTH) {
        srl_writer_latch(w, SURREAL_ERR_DEPTH);
        return;
    }
    if (tag != UINT64_MAX) srl_cbor_put_head(&buf, SRL_CBOR_TAG, tag);
    srl_cbor_put_head(&buf, major, 0);
    srl_writer_finish(w, &buf, SURREAL_OK);
    if (w->status) return;
    w->open[w->depth].head = w->len - 1;
    w->open[w->depth].count = 0;
    w->open[w->depth].major = (uint8_t)major;
    w->open[w->depth].kind = (uint8_t)kind;
    w->depth++;
}

SURREAL_API void
surreal_put_array(surreal_writer *w)
{
    srl_writer_open(w, SURREAL_ARRAY, UINT64_MAX);
}

SURREAL_API void
surreal_put_object(surreal_writer *w)
{
    srl_writer_open(w, SURREAL_OBJECT, UINT64_MAX);
}

SURREAL_API void
surreal_put_set(surreal_writer *w)
{
    bool has_sets = w->server_major >= 3;

    srl_writer_open(w, has_sets ? SURREAL_SET : SURREAL_ARRAY,
                    has_sets ? (uint64_t)SRL_TAG_SET : UINT64_MAX);
}

SURREAL_API void
surreal_put_key_str(surreal_writer *w, surreal_str key)
{
    srl_buf buf;

    if (w->status) return;
    if (srl_writer_open_kind(w) != SURREAL_OBJECT ||
        w->open[w->depth - 1].count % 2) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
        return;
    }
    srl_writer_count(w, 1);
    srl_buf_fixed(&buf, w->data + w->len, w->cap - w->len);
    srl_writer_finish(w, &buf, srl_put_str(&buf, key));
}

SURREAL_API void
surreal_put_key(surreal_writer *w, const char *key)
{
    if (!key) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
    } else {
        surreal_put_key_str(w, surreal_text(key));
    }
}

static uint64_t
srl_geometry_tag(surreal_kind kind)
{
    switch (kind) {
    case SURREAL_LINE: return SRL_TAG_LINE;
    case SURREAL_POLYGON: return SRL_TAG_POLYGON;
    case SURREAL_MULTIPOINT: return SRL_TAG_MULTIPOINT;
    case SURREAL_MULTILINE: return SRL_TAG_MULTILINE;
    case SURREAL_MULTIPOLYGON: return SRL_TAG_MULTIPOLYGON;
    case SURREAL_COLLECTION: return SRL_TAG_COLLECTION;
    default: return UINT64_MAX;
    }
}

SURREAL_API void
surreal_put_geometry(surreal_writer *w, surreal_kind kind)
{
    uint64_t tag = srl_geometry_tag(kind);

    if (tag == UINT64_MAX) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
    } else {
        srl_writer_open(w, kind, tag);
    }
}

SURREAL_API void
surreal_put_range(surreal_writer *w)
{
    srl_writer_open(w, SURREAL_RANGE, SRL_TAG_RANGE);
}

SURREAL_API void
surreal_put_bound(surreal_writer *w, surreal_bound bound)
{
    uint32_t steps;
    srl_buf buf;

    if (w->status) return;
    if (srl_writer_open_kind(w) != SURREAL_RANGE) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
        return;
    }
    steps = w->open[w->depth - 1].count;
    if (steps % 2 || steps == SRL_WRITER_RANGE_STEPS) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
        return;
    }
    srl_writer_count(w, bound == SURREAL_BOUND_OPEN ? 2 : 1);
    srl_buf_fixed(&buf, w->data + w->len, w->cap - w->len);
    if (bound == SURREAL_BOUND_OPEN) {
        srl_cbor_put_byte(&buf, SRL_CBOR_NULL);
    } else {
        srl_cbor_put_head(&buf, SRL_CBOR_TAG,
                          bound == SURREAL_BOUND_INCLUDED ? SRL_TAG_INCLUDED
                                                          : SRL_TAG_EXCLUDED);
    }
    srl_writer_finish(w, &buf, SURREAL_OK);
}

/* Whether what is open may end here, and how many items its head counts. */
static surreal_status
srl_writer_ending(const surreal_writer *w, uint32_t *items)
{
    uint32_t count = w->open[w->depth - 1].count;

    *items = count;
    switch (srl_writer_open_kind(w)) {
    case SURREAL_OBJECT:
        *items = count / 2;
        return count % 2 ? SURREAL_ERR_USAGE : SURREAL_OK;
    case SURREAL_RANGE:
        *items = 2;
        return count == SRL_WRITER_RANGE_STEPS ? SURREAL_OK
                                               : SURREAL_ERR_USAGE;
    case SURREAL_POLYGON: /* the server wants an outer ring */
        return count ? SURREAL_OK : SURREAL_ERR_RANGE;
    default: return SURREAL_OK;
    }
}

SURREAL_API void
surreal_put_end(surreal_writer *w)
{
    uint8_t head[9];
    uint32_t items;
    size_t extra;
    size_t at;

    if (w->status) return;
    if (!w->depth) {
        srl_writer_latch(w, SURREAL_ERR_USAGE);
        return;
    }
    srl_writer_latch(w, srl_writer_ending(w, &items));
    if (w->status) return;
    w->depth--;
    at = w->open[w->depth].head;
    SURREAL_ASSERT(at < w->len);
    extra = (size_t)(srl_cbor_store_head(head, w->open[w->depth].major,
                                         items) - head) - 1;
    if (extra > w->cap - w->len) {
        srl_writer_latch(w, SURREAL_ERR_FULL);
        return;
    }
    if (extra) {
        memmove(w->data + at + 1 + extra, w->data + at + 1, w->len - at - 1);
    }
    memcpy(w->data + at, head, extra + 1);
    w->len += extra;
}

SURREAL_API surreal_status
surreal_writer_take(surreal_writer *w, surreal_bytes *out)
{
    if (!w->status && w->depth) srl_writer_latch(w, SURREAL_ERR_USAGE);
    SRL_TRY(w->status);
    out->ptr = w->data;
    out->len = w->len;
    return SURREAL_OK;
}

/*===========================================================================
 * value/bind.c: the variables of a call.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/bind.c"
#endif


static surreal_bind
srl_bind_of(const char *name, surreal_kind kind)
{
    surreal_bind bind;

    memset(&bind, 0, sizeof bind);
    bind.name = name;
    bind.kind = kind;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_none(const char *name)
{
    return srl_bind_of(name, SURREAL_NONE);
}

SURREAL_API surreal_bind
surreal_bind_null(const char *name)
{
    return srl_bind_of(name, SURREAL_NULL);
}

SURREAL_API surreal_bind
surreal_bind_bool(const char *name, bool v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_BOOL);

    bind.u.b = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_int(const char *name, int64_t v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_INT);

    bind.u.i = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_float(const char *name, double v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_FLOAT);

    bind.u.f = v;
    return bind;
}

/* A C string that is NULL is a mistake, not an empty text: it stays ABSENT,
 * which srl_put_vars refuses. */
static surreal_bind
srl_bind_c(const char *name, surreal_kind kind, const char *v)
{
    surreal_bind bind = srl_bind_of(name, v ? kind : SURREAL_ABSENT);

    bind.u.s = surreal_text(v);
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_decimal(const char *name, const char *v)
{
    return srl_bind_c(name, SURREAL_DECIMAL, v);
}

SURREAL_API surreal_bind
surreal_bind_text(const char *name, const char *v)
{
    return srl_bind_c(name, SURREAL_STRING, v);
}

SURREAL_API surreal_bind
surreal_bind_table(const char *name, const char *v)
{
    return srl_bind_c(name, SURREAL_TABLE, v);
}

SURREAL_API surreal_bind
surreal_bind_str(const char *name, surreal_str v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_STRING);

    bind.u.s = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_bytes(const char *name, surreal_bytes v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_BYTES);

    bind.u.bytes = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_datetime(const char *name, surreal_datetime v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_DATETIME);

    bind.u.datetime = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_duration(const char *name, surreal_duration v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_DURATION);

    bind.u.duration = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_uuid(const char *name, surreal_uuid v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_UUID);

    bind.u.uuid = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_id(const char *name, surreal_record_id v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_RECORD_ID);

    bind.u.id = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_file(const char *name, surreal_file v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_FILE);

    bind.u.file = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_point(const char *name, surreal_point v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_POINT);

    bind.u.point = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_object(const char *name, surreal_vars fields)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_OBJECT);

    bind.u.fields.v = fields.v;
    bind.u.fields.count = fields.count;
    return bind;
}

/* Not looked at before it is sent, so its kind is not known here. */
SURREAL_API surreal_bind
surreal_bind_encoded(const char *name, surreal_bytes item)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_UNKNOWN);

    bind.is_encoded = 1;
    bind.u.bytes = item;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_value(const char *name, surreal_value v)
{
    surreal_bind bind = srl_bind_of(name, surreal_value_kind(v));

    if (!v.doc) return bind;
    bind.is_encoded = 1;
    bind.u.bytes.ptr = v.at;
    bind.u.bytes.len = (size_t)(srl_cbor_skip(v.at) - v.at);
    return bind;
}

/* Levels around a variable's value: the request, its params, the map. */
#define SRL_BIND_LEVELS 3

static surreal_status
srl_put_bound_item(srl_buf *buf, surreal_bytes item, unsigned levels,
                   int server_major)
{
    SRL_TRY(srl_item_sendable(item, levels, server_major));
    srl_buf_put(buf, item.ptr, item.len);
    return buf->status;
}

/* Append one value that is no object of binds, `levels` deep. */
static surreal_status
srl_put_bind(srl_buf *buf, const surreal_bind *bind, unsigned levels,
             int server_major)
{
    if (bind->is_encoded) {
        return srl_put_bound_item(buf, bind->u.bytes, levels, server_major);
    }
    switch (bind->kind) {
    case SURREAL_NONE: srl_cbor_put_none(buf); break;
    case SURREAL_NULL: srl_cbor_put_byte(buf, SRL_CBOR_NULL); break;
    case SURREAL_BOOL:
        srl_cbor_put_byte(buf, bind->u.b ? SRL_CBOR_TRUE : SRL_CBOR_FALSE);
        break;
    case SURREAL_INT: srl_cbor_put_int(buf, bind->u.i); break;
    case SURREAL_FLOAT: srl_cbor_put_float(buf, bind->u.f); break;
    case SURREAL_DECIMAL: return srl_put_decimal(buf, bind->u.s);
    case SURREAL_STRING: return srl_put_str(buf, bind->u.s);
    case SURREAL_BYTES:
        srl_cbor_put_head(buf, SRL_CBOR_BYTES, bind->u.bytes.len);
        srl_buf_put(buf, bind->u.bytes.ptr, bind->u.bytes.len);
        break;
    case SURREAL_DATETIME: return srl_put_datetime(buf, bind->u.datetime);
    case SURREAL_DURATION: return srl_put_duration(buf, bind->u.duration);
    case SURREAL_UUID: return srl_put_uuid(buf, bind->u.uuid);
    case SURREAL_TABLE: return srl_put_table(buf, bind->u.s);
    case SURREAL_RECORD_ID: return srl_put_record_id(buf, bind->u.id);
    case SURREAL_FILE: return srl_put_file(buf, bind->u.file, server_major);
    case SURREAL_POINT: return srl_put_point(buf, bind->u.point);
    case SURREAL_ABSENT: return SURREAL_ERR_MISSING;
    default: return SURREAL_ERR_USAGE; /* only as an encoded item */
    }
    return buf->status;
}

/* The server would let the last of two variables of one name win, and a '$'
 * would become part of the name; both are slips of the caller. */
static surreal_status
srl_vars_name_check(surreal_vars vars, size_t index, unsigned levels,
                    surreal_error *err)
{
    const char *what = levels > SRL_BIND_LEVELS ? "field" : "variable";
    const char *name = vars.v[index].name;
    size_t i;

    if (!name || !*name) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s %zu has no name", what,
                        index);
    }
    if (*name == '$' && levels == SRL_BIND_LEVELS) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "variable '%s': the name goes without '$'", name);
    }
    for (i = 0; i < index; i++) {
        if (strcmp(vars.v[i].name, name)) continue;
        return srl_fail(err, SURREAL_ERR_USAGE, "%s '%s' given twice", what,
                        name);
    }
    return SURREAL_OK;
}

static surreal_status srl_put_fields(srl_buf *buf, surreal_vars vars,
                                     unsigned levels, int server_major,
                                     surreal_error *err);

/* Name and value of one of them. */
static surreal_status
srl_put_field(srl_buf *buf, surreal_vars vars, size_t index, unsigned levels,
              int server_major, surreal_error *err)
{
    const char *what = levels > SRL_BIND_LEVELS ? "field" : "variable";
    const surreal_bind *bind = &vars.v[index];
    surreal_status status;

    SRL_TRY(srl_vars_name_check(vars, index, levels, err));
    status = srl_put_str(buf, surreal_text(bind->name));
    if (status == SURREAL_ERR_UTF8) {
        return srl_fail(err, status, "name of %s %zu is not UTF-8", what,
                        index);
    }
    if (!status && bind->kind == SURREAL_OBJECT && !bind->is_encoded) {
        surreal_vars fields;

        fields.v = bind->u.fields.v;
        fields.count = bind->u.fields.count;
        return srl_put_fields(buf, fields, levels + 1, server_major, err);
    }
    if (!status) status = srl_put_bind(buf, bind, levels, server_major);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "%s '%s' (%s): %s", what, bind->name,
                    surreal_kind_name(bind->kind),
                    surreal_status_text(status));
}

/* A map of binds whose values stand `levels` deep. Recursive where an object
 * of binds holds another, no deeper than SURREAL_MAX_DEPTH. */
static surreal_status
srl_put_fields(srl_buf *buf, surreal_vars vars, unsigned levels,
               int server_major, surreal_error *err)
{
    size_t i;

    SURREAL_ASSERT(vars.v || !vars.count);
    if (levels > SURREAL_MAX_DEPTH) {
        return srl_fail(err, SURREAL_ERR_DEPTH, "objects nest too deep");
    }
    srl_cbor_put_head(buf, SRL_CBOR_MAP, vars.count);
    for (i = 0; i < vars.count; i++) {
        SRL_TRY(srl_put_field(buf, vars, i, levels, server_major, err));
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_put_var(srl_buf *buf, const surreal_bind *bind, int server_major,
            surreal_error *err)
{
    surreal_vars one;

    one.v = bind;
    one.count = 1;
    SRL_TRY(srl_put_field(buf, one, 0, SRL_BIND_LEVELS, server_major, err));
    return buf->status ? srl_fail(err, buf->status, "out of memory")
                       : SURREAL_OK;
}

SRL_FN surreal_status
srl_put_vars(srl_buf *buf, surreal_vars vars, int server_major,
             surreal_error *err)
{
    SRL_TRY(srl_put_fields(buf, vars, SRL_BIND_LEVELS, server_major, err));
    if (buf->status) {
        return srl_fail(err, buf->status, "variables: %s",
                        surreal_status_text(buf->status));
    }
    return SURREAL_OK;
}

/*===========================================================================
 * value/text.c: values as SurrealQL.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/text.c"
#endif


/* What is printed reads back as the same value, in SurrealDB 2 as well as in
 * 3 wherever 2 has such values at all. It follows the text the server prints,
 * but for three kinds of value whose text the server itself would misread:
 *
 *   infinities   math::inf, because Infinity is a field name to SurrealDB 2
 *   tables       type::table('t'), because a bare t is a field
 *   ranges       of records, arrays, ranges: their bounds in parentheses
 *
 * Not expressible at all: an object that looks like GeoJSON reads back as a
 * geometry, and SurrealDB 2 has no text for a NUL.
 *
 * A value whose tag holds something it should not prints as <malformed KIND>,
 * which no server accepts.
 *
 * Everything works on checked bytes, without a document and without memory.
 * Printers of items return the byte after the item, so that nothing is read
 * twice however deep it nests. */

SRL_FN void
srl_sink_put(srl_sink sink, const char *text, size_t len)
{
    if (sink.json) {
        srl_json_escape(sink.out, text, len);
    } else if (len) {
        srl_out_put(sink.out, text, len);
    }
}

SRL_FN void
srl_sink_text(srl_sink sink, const char *text)
{
    srl_sink_put(sink, text, strlen(text));
}

/* ---- strings ------------------------------------------------------------- */

/* One character that cannot stand for itself. These escapes are the ones that
 * SurrealDB 2 and 3 share. */
static void
srl_sink_escape(srl_sink sink, char c)
{
    static const char from[] = "\b\f\n\r\t";
    static const char to[] = "bfnrt";
    const char *known = c ? strchr(from, c) : NULL;
    char text[2] = {'\\', c};

    if (known) {
        text[1] = to[known - from];
        srl_sink_put(sink, text, 2);
    } else if ((uint8_t)c < 0x20 || c == 0x7f) {
        static const char digits[] = "0123456789abcdef";
        char code[2];

        code[0] = digits[(uint8_t)c >> 4];
        code[1] = digits[(uint8_t)c & 15];
        srl_sink_text(sink, "\\u{");
        srl_sink_put(sink, code, 2);
        srl_sink_text(sink, "}");
    } else {
        srl_sink_put(sink, text, 2);
    }
}

static void
srl_sink_quoted(srl_sink sink, srl_cbor_pieces text, char quote)
{
    surreal_str piece;

    srl_sink_put(sink, &quote, 1);
    while (srl_cbor_piece(&text, &piece)) {
        size_t start = 0;
        size_t i;

        for (i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];

            if ((uint8_t)c >= 0x20 && c != 0x7f && c != '\\' && c != quote) {
                continue;
            }
            srl_sink_put(sink, piece.ptr + start, i - start);
            srl_sink_escape(sink, c);
            start = i + 1;
        }
        if (piece.len) {
            srl_sink_put(sink, piece.ptr + start, piece.len - start);
        }
    }
    srl_sink_put(sink, &quote, 1);
}

SRL_FN void
srl_sink_string(srl_sink sink, srl_cbor_pieces text)
{
    srl_cbor_pieces scan = text;
    surreal_str piece;
    char quote = '\'';

    while (srl_cbor_piece(&scan, &piece)) {
        if (piece.len && memchr(piece.ptr, '\'', piece.len)) quote = '"';
    }
    srl_sink_quoted(sink, text, quote);
}

SRL_FN void
srl_string_out(srl_out *out, surreal_str text)
{
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    srl_sink_string(sink, srl_cbor_pieces_str(text));
}

/* The key of an object: any plain word, keywords too, but not the two that
 * are numbers; everything else as a string. */
static void
srl_sink_field(srl_sink sink, const uint8_t *at)
{
    srl_cbor_pieces pieces;
    srl_cbor_pieces scan;
    surreal_str piece;
    bool is_plain = true;
    size_t len = 0;
    size_t i;

    if (*at >> 5 != SRL_CBOR_TEXT) {
        srl_sink_text(sink, "\"\""); /* no text: as surreal_next shows it */
        return;
    }
    pieces = srl_cbor_pieces_of(at);
    scan = pieces;
    while (is_plain && srl_cbor_piece(&scan, &piece)) {
        for (i = 0; i < piece.len; i++, len++) {
            char c = piece.ptr[i];

            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' &&
                (c < '0' || c > '9' || !len)) {
                is_plain = false;
            }
        }
    }
    if (!is_plain || !len || srl_cbor_text_is(at, SURREAL_LIT("NaN")) ||
        srl_cbor_text_is(at, SURREAL_LIT("Infinity"))) {
        srl_sink_quoted(sink, pieces, '"');
        return;
    }
    while (srl_cbor_piece(&pieces, &piece)) {
        srl_sink_put(sink, piece.ptr, piece.len);
    }
}

/* ---- numbers and other leaves -------------------------------------------- */

SRL_FN void
srl_item_int_out(srl_out *out, const uint8_t *at)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major == SRL_CBOR_UINT) {
        srl_out_uint(out, head.arg);
    } else if (head.arg == UINT64_MAX) {
        srl_out_text(out, "-18446744073709551616"); /* -1 - arg */
    } else {
        srl_out_char(out, '-');
        srl_out_uint(out, head.arg + 1);
    }
}

/* The digits of a double, "1e+300" as "1e300"; false for NaN and infinities,
 * of which nothing is written. */
SRL_FN bool
srl_double_out(srl_out *out, double v)
{
    char text[32];
    size_t len;
    size_t i;

    if (v - v != 0.0) return false;
    len = srl_double_print(v, text);
    for (i = 0; i < len; i++) {
        if (text[i] != '+') srl_out_char(out, text[i]);
    }
    return true;
}

static void
srl_sink_float(srl_sink sink, double v)
{
    if (srl_double_out(sink.out, v)) {
        srl_sink_text(sink, "f");
    } else if (v != v) {
        srl_sink_text(sink, "NaN");
    } else {
        srl_sink_text(sink, v > 0 ? "math::inf" : "math::neg_inf");
    }
}

static void
srl_sink_bytes(srl_sink sink, const uint8_t *at)
{
    static const char digits[] = "0123456789ABCDEF";
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;
    size_t i;

    srl_sink_text(sink, "b\"");
    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++) {
            uint8_t byte = (uint8_t)piece.ptr[i];

            srl_out_char(sink.out, digits[byte >> 4]);
            srl_out_char(sink.out, digits[byte & 15]);
        }
    }
    srl_sink_text(sink, "\"");
}

static void
srl_sink_malformed(srl_sink sink, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    uint64_t tag;

    srl_item_untag(at, &tag);
    if (kind == SURREAL_UNKNOWN) {
        srl_sink_text(sink, "<tag ");
        srl_out_uint(sink.out, tag);
    } else {
        srl_sink_text(sink, "<malformed ");
        srl_sink_text(sink, surreal_kind_name(kind));
    }
    srl_sink_text(sink, ">");
}

/* Names in a file pointer: other characters than these are escaped, as the
 * server does. */
static void
srl_sink_file_name(srl_sink sink, const uint8_t *at, bool may_slash)
{
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;
    size_t i;

    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];
            bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                         c == '.' || (c == '/' && may_slash) ||
                         ((uint8_t)c & 0xc0) == 0x80; /* inside UTF-8 */

            if (!plain) srl_sink_put(sink, "\\", 1);
            srl_sink_put(sink, &c, 1);
        }
    }
}

SRL_FN bool
srl_item_file(const uint8_t *at, const uint8_t *parts[2])
{
    uint64_t tag;

    return srl_item_parts(srl_item_untag(at, &tag), parts, 2) == 2 &&
           *parts[0] >> 5 == SRL_CBOR_TEXT && *parts[1] >> 5 == SRL_CBOR_TEXT;
}

static bool
srl_sink_file(srl_sink sink, const uint8_t *at)
{
    const uint8_t *parts[2];

    if (!srl_item_file(at, parts)) return false;
    srl_sink_text(sink, "f\"");
    srl_sink_file_name(sink, parts[0], false);
    srl_sink_text(sink, ":");
    srl_sink_file_name(sink, parts[1], true);
    srl_sink_text(sink, "\"");
    return true;
}

SRL_FN bool
srl_item_record(const uint8_t *at, const uint8_t *parts[2])
{
    uint64_t tag;

    if (srl_item_parts(srl_item_untag(at, &tag), parts, 2) != 2) return false;
    parts[0] = srl_item_untag(parts[0], &tag);
    if (tag != UINT64_MAX && tag != SRL_TAG_TABLE) return false;
    return *parts[0] >> 5 == SRL_CBOR_TEXT && srl_item_is_key(parts[1]);
}

static bool
srl_sink_record_item(srl_sink sink, const uint8_t *at)
{
    const uint8_t *parts[2];
    uint64_t tag;

    if (srl_item_record(at, parts)) {
        srl_sink_record(sink, parts[0], parts[1]);
        return true;
    }
    /* The text form: r'...' takes it as it is. */
    at = srl_item_untag(at, &tag);
    if (*at >> 5 != SRL_CBOR_TEXT) return false;
    srl_sink_text(sink, "r");
    srl_sink_string(sink, srl_cbor_pieces_of(at));
    return true;
}

/* Kinds that are one word or quoted text; false if malformed. */
static bool
srl_sink_leaf(srl_sink sink, surreal_kind kind, const uint8_t *at)
{
    char room[SRL_SMALL_TEXT];
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;
    surreal_str text;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    switch (kind) {
    case SURREAL_DECIMAL:
        if (srl_item_small_text(inner, room, &text)) return false;
        if (srl_decimal_check(text)) return false;
        srl_sink_put(sink, text.ptr, text.len);
        srl_sink_text(sink, "dec");
        return true;
    case SURREAL_DATETIME:
        if (srl_item_datetime(at, &datetime)) return false;
        srl_sink_text(sink, "d'");
        srl_datetime_out(sink.out, datetime);
        srl_sink_text(sink, "'");
        return true;
    case SURREAL_DURATION:
        if (srl_item_duration(at, &duration)) return false;
        srl_duration_out(sink.out, duration);
        return true;
    case SURREAL_UUID:
        if (srl_item_uuid(at, &uuid)) return false;
        srl_sink_text(sink, "u'");
        srl_uuid_out(sink.out, uuid);
        srl_sink_text(sink, "'");
        return true;
    case SURREAL_TABLE:
        if (*inner >> 5 != SRL_CBOR_TEXT) return false;
        srl_sink_text(sink, "type::table(");
        srl_sink_string(sink, srl_cbor_pieces_of(inner));
        srl_sink_text(sink, ")");
        return true;
    case SURREAL_RECORD_ID: return srl_sink_record_item(sink, at);
    case SURREAL_FILE: return srl_sink_file(sink, at);
    default: return false;
    }
}

/* ---- geometry ------------------------------------------------------------ */

/* GeoJSON, as SurrealQL and as JSON. */
typedef struct srl_geo_style {
    const char *type; /* before the name of the type */
    const char *coordinates;
    const char *geometries;
    const char *end;
    const char *comma;
    bool json;
} srl_geo_style;

static const char *
srl_geo_name(surreal_kind kind)
{
    switch (kind) {
    case SURREAL_POINT: return "Point";
    case SURREAL_LINE: return "LineString";
    case SURREAL_POLYGON: return "Polygon";
    case SURREAL_MULTIPOINT: return "MultiPoint";
    case SURREAL_MULTILINE: return "MultiLineString";
    case SURREAL_MULTIPOLYGON: return "MultiPolygon";
    default: return "GeometryCollection";
    }
}

static void
srl_geo_number(srl_sink sink, const srl_geo_style *style, double v)
{
    if (srl_double_out(sink.out, v)) return;
    if (style->json) {
        srl_sink_text(sink, "null");
    } else {
        srl_sink_float(sink, v);
    }
}

/* The coordinates of a geometry that is no collection: a position, or an
 * array of what it consists of. */
static const uint8_t *
srl_geo_coordinates(srl_sink sink, const srl_geo_style *style,
                    const uint8_t *at)
{
    surreal_point point;
    srl_cbor_walk walk;
    bool first = true;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    if (!srl_item_point(at, &point)) {
        srl_sink_text(sink, "[");
        srl_geo_number(sink, style, point.lon);
        srl_sink_text(sink, style->comma);
        srl_geo_number(sink, style, point.lat);
        srl_sink_text(sink, "]");
        return srl_cbor_skip(at);
    }
    if (tag < SRL_TAG_LINE || tag >= SRL_TAG_COLLECTION ||
        *inner >> 5 != SRL_CBOR_ARRAY) {
        if (style->json) {
            srl_sink_text(sink, "null");
        } else {
            srl_sink_malformed(sink, at);
        }
        return srl_cbor_skip(at);
    }
    walk = srl_cbor_walk_of(inner);
    srl_sink_text(sink, "[");
    while (srl_cbor_more(&walk)) {
        if (!first) srl_sink_text(sink, style->comma);
        first = false;
        walk.at = srl_geo_coordinates(sink, style, walk.at);
    }
    srl_sink_text(sink, "]");
    return walk.at;
}

static const uint8_t *
srl_geo_object(srl_sink sink, const srl_geo_style *style, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    srl_cbor_walk walk;
    bool first = true;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    if (tag < SRL_TAG_POINT || tag > SRL_TAG_COLLECTION ||
        *inner >> 5 != SRL_CBOR_ARRAY) {
        if (style->json) {
            srl_sink_text(sink, "null");
        } else {
            srl_sink_malformed(sink, at);
        }
        return srl_cbor_skip(at);
    }
    srl_sink_text(sink, style->type);
    srl_sink_text(sink, srl_geo_name(kind));
    if (kind != SURREAL_COLLECTION) {
        srl_sink_text(sink, style->coordinates);
        at = srl_geo_coordinates(sink, style, at);
        srl_sink_text(sink, style->end);
        return at;
    }
    srl_sink_text(sink, style->geometries);
    srl_sink_text(sink, "[");
    walk = srl_cbor_walk_of(inner);
    while (srl_cbor_more(&walk)) {
        if (!first) srl_sink_text(sink, style->comma);
        first = false;
        walk.at = srl_geo_object(sink, style, walk.at);
    }
    srl_sink_text(sink, "]");
    srl_sink_text(sink, style->end);
    return walk.at;
}

SRL_FN const uint8_t *
srl_geo_json(srl_out *out, const uint8_t *at)
{
    static const srl_geo_style style = {
        "{\"type\":\"", "\",\"coordinates\":", "\",\"geometries\":", "}",
        ",", true};
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    return srl_geo_object(sink, &style, at);
}

/* A point alone has a short form: (1.5, 2.5). */
static const uint8_t *
srl_sink_geometry(srl_sink sink, const uint8_t *at)
{
    static const srl_geo_style style = {
        "{ type: '", "', coordinates: ", "', geometries: ", " }", ", ",
        false};
    surreal_point point;

    if (srl_item_point(at, &point)) return srl_geo_object(sink, &style, at);
    srl_sink_text(sink, "(");
    srl_geo_number(sink, &style, point.lon);
    srl_sink_text(sink, ", ");
    srl_geo_number(sink, &style, point.lat);
    srl_sink_text(sink, ")");
    return srl_cbor_skip(at);
}

/* ---- values that hold values --------------------------------------------- */

static const uint8_t *
srl_sink_array(srl_sink sink, const uint8_t *at, bool is_set)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    size_t count = 0;

    srl_sink_text(sink, is_set ? "{" : "[");
    for (; srl_cbor_more(&walk); count++) {
        if (count) srl_sink_text(sink, ", ");
        walk.at = srl_sink_item(sink, walk.at);
    }
    if (is_set && count < 2) {
        srl_sink_text(sink, ","); /* {1} would be a block, {} an object */
    }
    srl_sink_text(sink, is_set ? "}" : "]");
    return walk.at;
}

static const uint8_t *
srl_sink_object(srl_sink sink, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    size_t count = 0;

    srl_sink_text(sink, "{");
    for (; srl_cbor_more(&walk); count++) {
        srl_sink_text(sink, count ? ", " : " ");
        srl_sink_field(sink, walk.at);
        srl_sink_text(sink, ": ");
        walk.at = srl_cbor_skip(walk.at);
        srl_cbor_more(&walk);
        walk.at = srl_sink_item(sink, walk.at);
    }
    srl_sink_text(sink, count ? " }" : "}");
    return walk.at;
}

/* `person:1..person:2` would be a record id with a range of keys, so only
 * what cannot be taken for more stands without parentheses. */
static void
srl_sink_bound(srl_sink sink, const uint8_t *at)
{
    bool is_plain;

    switch (srl_item_kind(at)) {
    case SURREAL_BOOL:
    case SURREAL_INT:
    case SURREAL_FLOAT:
    case SURREAL_DECIMAL:
    case SURREAL_STRING:
    case SURREAL_DATETIME:
    case SURREAL_DURATION:
    case SURREAL_UUID: is_plain = true; break;
    default: is_plain = false;
    }
    if (!is_plain) srl_sink_text(sink, "(");
    srl_sink_item(sink, at);
    if (!is_plain) srl_sink_text(sink, ")");
}

SRL_FN const uint8_t *
srl_sink_range(srl_sink sink, const uint8_t *at)
{
    srl_item_bounds bounds;

    if (srl_item_range(at, &bounds)) {
        srl_sink_malformed(sink, at);
        return srl_cbor_skip(at);
    }
    if (bounds.begin) srl_sink_bound(sink, bounds.begin);
    if (bounds.begin_excluded) srl_sink_text(sink, ">");
    srl_sink_text(sink, "..");
    if (bounds.end_included) srl_sink_text(sink, "=");
    if (bounds.end) srl_sink_bound(sink, bounds.end);
    return srl_cbor_skip(at);
}

SRL_FN const uint8_t *
srl_sink_item(srl_sink sink, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    const uint8_t *inner;
    double number;
    uint64_t tag;

    switch (kind) {
    case SURREAL_NONE: srl_sink_text(sink, "NONE"); break;
    case SURREAL_NULL: srl_sink_text(sink, "NULL"); break;
    case SURREAL_BOOL:
        srl_sink_text(sink, *at == SRL_CBOR_TRUE ? "true" : "false");
        break;
    case SURREAL_INT: srl_item_int_out(sink.out, at); break;
    case SURREAL_FLOAT:
        if (!srl_item_float(at, &number)) srl_sink_float(sink, number);
        break;
    case SURREAL_STRING: srl_sink_string(sink, srl_cbor_pieces_of(at)); break;
    case SURREAL_BYTES: srl_sink_bytes(sink, at); break;
    case SURREAL_ARRAY: return srl_sink_array(sink, at, false);
    case SURREAL_OBJECT: return srl_sink_object(sink, at);
    case SURREAL_SET:
        inner = srl_item_untag(at, &tag);
        if (*inner >> 5 == SRL_CBOR_ARRAY) {
            return srl_sink_array(sink, inner, true);
        }
        srl_sink_malformed(sink, at);
        break;
    case SURREAL_RANGE: return srl_sink_range(sink, at);
    case SURREAL_POINT:
    case SURREAL_LINE:
    case SURREAL_POLYGON:
    case SURREAL_MULTIPOINT:
    case SURREAL_MULTILINE:
    case SURREAL_MULTIPOLYGON:
    case SURREAL_COLLECTION: return srl_sink_geometry(sink, at);
    default:
        if (!srl_sink_leaf(sink, kind, at)) srl_sink_malformed(sink, at);
        break;
    }
    return srl_cbor_skip(at);
}

SURREAL_API size_t
surreal_print(surreal_value v, char *buf, size_t cap)
{
    srl_sink sink;
    srl_out out;

    srl_out_init(&out, buf, cap);
    sink.out = &out;
    sink.json = false;
    if (v.doc) {
        srl_sink_item(sink, v.at);
    } else {
        srl_sink_text(sink, "NONE");
    }
    return srl_out_end(&out);
}

/*===========================================================================
 * value/json.c: values as JSON (RFC 8259).
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/value/json.c"
#endif


/* JSON has fewer kinds than SurrealDB, so this is for showing and exporting;
 * api/value.h says what becomes of each. Values whose tag holds something it
 * should not, and tags this version does not know, are null. Printers return
 * the byte after the item; recursion goes as deep as srl_cbor_check allowed. */

SRL_FN void
srl_json_escape(srl_out *out, const char *text, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    size_t start = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        char c = text[i];
        const char *known;

        if ((uint8_t)c >= 0x20 && c != '"' && c != '\\') continue;
        srl_out_put(out, text + start, i - start);
        start = i + 1;
        known = c ? strchr(from, c) : NULL;
        srl_out_char(out, '\\');
        if (known) {
            srl_out_char(out, to[known - from]);
        } else {
            srl_out_text(out, "u00");
            srl_out_char(out, digits[(uint8_t)c >> 4]);
            srl_out_char(out, digits[(uint8_t)c & 15]);
        }
    }
    if (len) srl_out_put(out, text + start, len - start);
}

static void
srl_json_pieces(srl_out *out, const uint8_t *at)
{
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;

    while (srl_cbor_piece(&pieces, &piece)) {
        srl_json_escape(out, piece.ptr, piece.len);
    }
}

static void
srl_json_string(srl_out *out, const uint8_t *at)
{
    srl_out_char(out, '"');
    if (*at >> 5 == SRL_CBOR_TEXT) srl_json_pieces(out, at);
    srl_out_char(out, '"');
}

/* Up to three bytes as four characters of base64 (RFC 4648 4). */
static void
srl_json_base64(srl_out *out, const uint8_t bytes[3], unsigned count)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t v = (uint32_t)bytes[0] << 16;
    unsigned i;

    if (count > 1) v |= (uint32_t)bytes[1] << 8;
    if (count > 2) v |= bytes[2];
    for (i = 0; i < 4; i++) {
        srl_out_char(out, i > count ? '=' : digits[v >> (18 - 6 * i) & 63]);
    }
}

static void
srl_json_bytes(srl_out *out, const uint8_t *at)
{
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;
    uint8_t group[3];
    unsigned count = 0;
    size_t i;

    srl_out_char(out, '"');
    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++) {
            group[count++] = (uint8_t)piece.ptr[i];
            if (count < 3) continue;
            srl_json_base64(out, group, 3);
            count = 0;
        }
    }
    if (count) srl_json_base64(out, group, count);
    srl_out_char(out, '"');
}

static void
srl_json_null(srl_out *out)
{
    srl_out_text(out, "null");
}

static void
srl_json_float(srl_out *out, const uint8_t *at)
{
    double v;

    if (srl_item_float(at, &v) || !srl_double_out(out, v)) {
        srl_json_null(out);
    }
}

/* The number as it is, without leading zeros, which JSON forbids. */
static void
srl_json_decimal(srl_out *out, const uint8_t *at)
{
    char room[SRL_SMALL_TEXT];
    surreal_str text;
    uint64_t tag;

    if (srl_item_small_text(srl_item_untag(at, &tag), room, &text) ||
        srl_decimal_check(text)) {
        srl_json_null(out);
        return;
    }
    if (*text.ptr == '-') {
        srl_out_char(out, '-');
        text.ptr++;
        text.len--;
    }
    while (text.len > 1 && text.ptr[0] == '0' && text.ptr[1] != '.') {
        text.ptr++;
        text.len--;
    }
    srl_out_put(out, text.ptr, text.len);
}

/* SurrealQL text as a JSON string; true if there is such text. */
static bool
srl_json_text(srl_out *out, surreal_kind kind, const uint8_t *at)
{
    const uint8_t *parts[2];
    srl_item_bounds bounds;
    srl_sink sink;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    sink.out = out;
    sink.json = true;
    switch (kind) {
    case SURREAL_TABLE:
        if (*inner >> 5 != SRL_CBOR_TEXT) return false;
        srl_out_char(out, '"');
        srl_sink_ident(sink, srl_cbor_pieces_of(inner));
        break;
    case SURREAL_RECORD_ID:
        if (*inner >> 5 == SRL_CBOR_TEXT) {
            srl_json_string(out, inner);
            return true;
        }
        if (!srl_item_record(at, parts)) return false;
        srl_out_char(out, '"');
        srl_sink_record(sink, parts[0], parts[1]);
        break;
    case SURREAL_RANGE:
        if (srl_item_range(at, &bounds)) return false;
        srl_out_char(out, '"');
        srl_sink_range(sink, at);
        break;
    case SURREAL_FILE:
        if (!srl_item_file(at, parts)) return false;
        srl_out_char(out, '"');
        srl_json_pieces(out, parts[0]);
        srl_out_char(out, ':');
        srl_json_pieces(out, parts[1]);
        break;
    default: return false;
    }
    srl_out_char(out, '"');
    return true;
}

/* Moments and UUIDs: ASCII that needs no escapes. */
static bool
srl_json_moment(srl_out *out, surreal_kind kind, const uint8_t *at)
{
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;

    if (kind == SURREAL_DATETIME && !srl_item_datetime(at, &datetime)) {
        srl_out_char(out, '"');
        srl_datetime_out(out, datetime);
    } else if (kind == SURREAL_DURATION &&
               !srl_item_duration(at, &duration)) {
        srl_out_char(out, '"');
        srl_duration_out(out, duration);
    } else if (kind == SURREAL_UUID && !srl_item_uuid(at, &uuid)) {
        srl_out_char(out, '"');
        srl_uuid_out(out, uuid);
    } else {
        return false;
    }
    srl_out_char(out, '"');
    return true;
}

static const uint8_t *srl_json_item(srl_out *out, const uint8_t *at);

static const uint8_t *
srl_json_array(srl_out *out, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    bool first = true;

    srl_out_char(out, '[');
    while (srl_cbor_more(&walk)) {
        if (!first) srl_out_char(out, ',');
        first = false;
        walk.at = srl_json_item(out, walk.at);
    }
    srl_out_char(out, ']');
    return walk.at;
}

/* A field that is NONE does not exist, so it is left out. */
static const uint8_t *
srl_json_object(srl_out *out, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    bool first = true;

    srl_out_char(out, '{');
    while (srl_cbor_more(&walk)) {
        const uint8_t *key = walk.at;

        walk.at = srl_cbor_skip(walk.at);
        srl_cbor_more(&walk);
        if (srl_item_kind(walk.at) == SURREAL_NONE) {
            walk.at = srl_cbor_skip(walk.at);
            continue;
        }
        if (!first) srl_out_char(out, ',');
        first = false;
        srl_json_string(out, key);
        srl_out_char(out, ':');
        walk.at = srl_json_item(out, walk.at);
    }
    srl_out_char(out, '}');
    return walk.at;
}

static const uint8_t *
srl_json_item(srl_out *out, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    const uint8_t *inner;
    uint64_t tag;

    switch (kind) {
    case SURREAL_BOOL:
        srl_out_text(out, *at == SRL_CBOR_TRUE ? "true" : "false");
        break;
    case SURREAL_INT: srl_item_int_out(out, at); break;
    case SURREAL_FLOAT: srl_json_float(out, at); break;
    case SURREAL_DECIMAL: srl_json_decimal(out, at); break;
    case SURREAL_STRING: srl_json_string(out, at); break;
    case SURREAL_BYTES: srl_json_bytes(out, at); break;
    case SURREAL_ARRAY: return srl_json_array(out, at);
    case SURREAL_OBJECT: return srl_json_object(out, at);
    case SURREAL_SET:
        inner = srl_item_untag(at, &tag);
        if (*inner >> 5 == SRL_CBOR_ARRAY) return srl_json_array(out, inner);
        srl_json_null(out);
        break;
    case SURREAL_POINT:
    case SURREAL_LINE:
    case SURREAL_POLYGON:
    case SURREAL_MULTIPOINT:
    case SURREAL_MULTILINE:
    case SURREAL_MULTIPOLYGON:
    case SURREAL_COLLECTION: return srl_geo_json(out, at);
    default:
        if (!srl_json_moment(out, kind, at) &&
            !srl_json_text(out, kind, at)) {
            srl_json_null(out);
        }
        break;
    }
    return srl_cbor_skip(at);
}

SURREAL_API size_t
surreal_print_json(surreal_value v, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    if (v.doc) {
        srl_json_item(&out, v.at);
    } else {
        srl_json_null(&out);
    }
    return srl_out_end(&out);
}

/*===========================================================================
 * rpc/rpc.h: SurrealDB's RPC requests, replies and errors as CBOR.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/rpc/rpc.h"
#endif
#ifndef SRL_RPC_H
#define SRL_RPC_H


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

/*===========================================================================
 * rpc/request.c: requests.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/rpc/request.c"
#endif


SRL_FN void
srl_rpc_begin(srl_buf *buf, uint64_t id, const char *method,
              const surreal_uuid *session, const surreal_uuid *txn,
              size_t param_count)
{
    size_t pairs = (size_t)3 + (session ? 1 : 0) + (txn ? 1 : 0);

    srl_cbor_put_head(buf, SRL_CBOR_MAP, pairs);
    srl_cbor_put_key(buf, "id");
    srl_cbor_put_head(buf, SRL_CBOR_UINT, id);
    srl_cbor_put_key(buf, "method");
    srl_cbor_put_key(buf, method);
    if (session) {
        srl_cbor_put_key(buf, "session");
        srl_put_uuid(buf, *session);
    }
    if (txn) {
        srl_cbor_put_key(buf, "txn");
        srl_put_uuid(buf, *txn);
    }
    srl_cbor_put_key(buf, "params");
    srl_cbor_put_head(buf, SRL_CBOR_ARRAY, param_count);
}

/*===========================================================================
 * rpc/reply.c: replies, and the rows of a query.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/rpc/reply.c"
#endif


/* A reply is a map with some of id, result, error and session. Unknown keys
 * are passed over: servers add to replies. */
SRL_FN surreal_status
srl_reply_read(const uint8_t *message, srl_reply *reply, surreal_error *err)
{
    const surreal_str keys[3] = {{"error", 5}, {"id", 2}, {"result", 6}};
    const uint8_t *found[3];
    const uint8_t *id;
    srl_cbor_head head;

    memset(reply, 0, sizeof *reply);
    srl_cbor_head_at(message, &head);
    if (head.major != SRL_CBOR_MAP) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "expected a reply object, got CBOR type %d",
                        head.major);
    }
    srl_cbor_members(message, keys, 3, found);
    reply->error = found[0];
    id = found[1];
    reply->result = found[2];
    if (reply->error && *reply->error == SRL_CBOR_NULL) reply->error = NULL;
    if (reply->error) reply->result = NULL;
    if (!reply->result && !reply->error) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "reply has neither a result nor an error");
    }
    if (!id || *id == SRL_CBOR_NULL) return SURREAL_OK;
    srl_cbor_head_at(id, &head);
    if (head.major != SRL_CBOR_UINT) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "reply carries an id that is not a number");
    }
    reply->has_id = true;
    reply->id = head.arg;
    return SURREAL_OK;
}

SRL_FN const uint8_t *
srl_row_read(const uint8_t *at, srl_row *row, surreal_error *err)
{
    const surreal_str keys[2] = {{"result", 6}, {"status", 6}};
    const uint8_t *found[2];
    const uint8_t *end;
    srl_cbor_head head;

    memset(row, 0, sizeof *row);
    srl_cbor_head_at(at, &head);
    if (head.major != SRL_CBOR_MAP) {
        srl_fail(err, SURREAL_ERR_REPLY,
                 "expected a statement's answer, got CBOR type %d",
                 head.major);
        return NULL;
    }
    row->at = at;
    end = srl_cbor_members(at, keys, 2, found);
    row->value = found[0];
    if (!row->value || !found[1] || *found[1] >> 5 != SRL_CBOR_TEXT) {
        srl_fail(err, SURREAL_ERR_REPLY,
                 "a statement's answer has no status or no result");
        return NULL;
    }
    row->failed = !srl_cbor_text_is(found[1], SURREAL_LIT("OK"));
    return end;
}

/* Nanoseconds of a unit; 0 for a unit that is none. */
static uint64_t
srl_row_time_unit(surreal_str unit)
{
    if (surreal_str_eq(unit, SURREAL_LIT("ns"))) return 1;
    if (surreal_str_eq(unit, SURREAL_LIT("\xc2\xb5s"))) return 1000;
    if (surreal_str_eq(unit, SURREAL_LIT("us"))) return 1000;
    if (surreal_str_eq(unit, SURREAL_LIT("ms"))) return 1000000;
    if (surreal_str_eq(unit, SURREAL_LIT("s"))) return 1000000000;
    return 0;
}

SRL_FN bool
srl_row_time_parse(surreal_str text, surreal_duration *out)
{
    uint64_t whole = 0;
    uint64_t fraction = 0;
    uint64_t scale = 1; /* 10^digits of fraction, at most 10^9 */
    uint64_t unit;
    size_t i = 0;

    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9') {
        if (whole > UINT64_C(1000000000000)) return false;
        whole = whole * 10 + (uint64_t)(text.ptr[i++] - '0');
    }
    if (!i) return false;
    if (i < text.len && text.ptr[i] == '.') i++;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9') {
        if (scale < 1000000000) {
            fraction = fraction * 10 + (uint64_t)(text.ptr[i] - '0');
            scale *= 10;
        }
        i++;
    }
    unit = srl_row_time_unit(surreal_text_of(text.ptr + i, text.len - i));
    if (!unit) return false;
    /* unit divides 10^9; fraction < scale <= 10^9, so the product fits. */
    out->sec = whole / (1000000000 / unit);
    out->nsec = (uint32_t)(whole % (1000000000 / unit) * unit +
                           fraction * unit / scale);
    return true;
}

/*===========================================================================
 * rpc/error.c: the server's errors as statuses.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/rpc/error.c"
#endif


/* SurrealDB 3 sends {code, message, kind, details}, where details is a chain
 * {kind, details: {kind, ...}}; SurrealDB 2 sends {code, message} with nearly
 * everything under one code, so its texts have to be told apart. The texts
 * also decide where 3.x says no more than "Internal" (an index violation, a
 * conflict on 3.0). Kinds win over texts. */

typedef struct srl_error_rule {
    const char *start;
    const char *end; /* NULL: anything */
    surreal_status status;
} srl_error_rule;

static bool
srl_text_starts(surreal_str text, const char *start)
{
    size_t len = strlen(start);

    return len <= text.len && !memcmp(text.ptr, start, len);
}

static bool
srl_text_ends(surreal_str text, const char *end)
{
    size_t len = strlen(end);

    return len <= text.len &&
           !memcmp(text.ptr + text.len - len, end, len);
}

static bool
srl_text_has(surreal_str text, const char *part)
{
    size_t len = strlen(part);
    size_t i;

    for (i = 0; len <= text.len && i <= text.len - len; i++) {
        if (!memcmp(text.ptr + i, part, len)) return true;
    }
    return false;
}

/* By text, for both majors. Texts quote data (a value that failed an
 * assertion, a text that was thrown), so only whole sentences of the server
 * count, by how they start and end: a user who stores "this transaction can
 * be retried" must not make his program retry. */
static surreal_status
srl_error_by_text(surreal_str text)
{
    static const char again[] = "This transaction can be retried";
    static const srl_error_rule rules[] = {
        {"Parse error:", NULL, SURREAL_ERR_QUERY},
        {"An error occurred: ", NULL, SURREAL_ERR_THROWN},
        {"The query was not executed due to a failed transaction. ", again,
         SURREAL_CONFLICT},
        {"Query not executed: Transaction conflict: ", again,
         SURREAL_CONFLICT},
        {"Transaction conflict: ", again, SURREAL_CONFLICT},
        {"Cannot COMMIT: Transaction conflict: ", again, SURREAL_CONFLICT},
        {"Failed to commit transaction due to a read or write conflict", again,
         SURREAL_CONFLICT},
        {"There was a problem with authentication", NULL, SURREAL_ERR_AUTH},
        {"There was a problem with signing up", NULL, SURREAL_ERR_AUTH},
        {"Username or Password was not provided", NULL, SURREAL_ERR_AUTH},
        {"No signin target to either", NULL, SURREAL_ERR_AUTH},
        {"The token has expired", NULL, SURREAL_ERR_AUTH},
        {"The session has expired", NULL, SURREAL_ERR_AUTH},
        {"InvalidToken", NULL, SURREAL_ERR_AUTH},
        {"Base64 error: ", NULL, SURREAL_ERR_AUTH},
        {"The access method ", NULL, SURREAL_ERR_AUTH},
        {"This record access method does not allow ", NULL, SURREAL_ERR_AUTH},
        {"This bearer access method requires ", NULL, SURREAL_ERR_AUTH},
        {"The signin query failed", NULL, SURREAL_ERR_AUTH},
        {"The signup query failed", NULL, SURREAL_ERR_AUTH},
        {"No record was returned", NULL, SURREAL_ERR_AUTH},
        {"IAM error: ", NULL, SURREAL_ERR_DENIED},
        {"Database record `", "already exists", SURREAL_ERR_EXISTS},
        {"Database index `", NULL, SURREAL_ERR_EXISTS},
        {"The query was not executed because it exceeded the timeout", NULL,
         SURREAL_ERR_QUERY_TIMEOUT},
    };
    size_t i;

    for (i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (srl_text_starts(text, rules[i].start) &&
            (!rules[i].end || srl_text_ends(text, rules[i].end))) {
            return rules[i].status;
        }
    }
    if (srl_text_starts(text, "Error while processing event ") &&
        srl_text_has(text, ": An error occurred: ")) {
        return SURREAL_ERR_THROWN;
    }
    /* "The user 'ann' already exists in the database 'shop'": names only. */
    if (!srl_text_starts(text, "The ")) return SURREAL_OK;
    if (srl_text_has(text, "' already exists")) return SURREAL_ERR_EXISTS;
    if (srl_text_has(text, "' does not exist")) return SURREAL_ERR_UNDEFINED;
    return SURREAL_OK;
}

/* By kind and the chain of details joined with '/': the longest rule that the
 * joined text starts with. SurrealDB 3. */
static surreal_status
srl_error_by_kind(const char *path)
{
    static const srl_error_rule rules[] = {
        {"NotFound/Method", NULL, SURREAL_ERR_METHOD},
        {"NotFound", NULL, SURREAL_ERR_UNDEFINED},
        {"NotAllowed/Auth/NotAllowed", NULL, SURREAL_ERR_DENIED},
        {"NotAllowed/Auth", NULL, SURREAL_ERR_AUTH},
        {"NotAllowed", NULL, SURREAL_ERR_DENIED},
        {"AlreadyExists", NULL, SURREAL_ERR_EXISTS},
        {"Query/TimedOut", NULL, SURREAL_ERR_QUERY_TIMEOUT},
        {"Query/TransactionConflict", NULL, SURREAL_CONFLICT},
        {"Thrown", NULL, SURREAL_ERR_THROWN},
    };
    size_t i;

    for (i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (!strncmp(path, rules[i].start, strlen(rules[i].start))) {
            return rules[i].status;
        }
    }
    return SURREAL_OK;
}

/* By code. On 2.x -32602 is "invalid params"; on 3.x it is "not allowed" and
 * -32603 is "invalid params". */
static surreal_status
srl_error_by_code(int64_t code, int major)
{
    if (code == -32601) return SURREAL_ERR_METHOD;
    if (code == -32602 && major >= 3) return SURREAL_ERR_DENIED;
    if (code == -32002) return SURREAL_ERR_AUTH;
    return SURREAL_ERR_SERVER;
}

/* Text of a map's member; {NULL, 0} if it is none. */
static surreal_str
srl_error_text(const uint8_t *map, const char *key)
{
    const uint8_t *at = srl_cbor_find(map, surreal_text(key));
    surreal_str text = {NULL, 0};

    if (at && *at >> 5 == SRL_CBOR_TEXT && (*at & 31) != 31) {
        srl_cbor_text_at(at, &text);
    }
    return text;
}

/* Walk details {kind, details: {kind, ...}} and join the kinds with '/'. The
 * server nests at most three deep; four bound a hostile one. */
static void
srl_error_details(const uint8_t *details, char *out, size_t cap)
{
    srl_out joined;
    int level;

    srl_out_init(&joined, out, cap);
    for (level = 0; details && *details >> 5 == SRL_CBOR_MAP && level < 4;
         level++) {
        surreal_str kind = srl_error_text(details, "kind");

        if (!kind.ptr) break;
        if (joined.len) srl_out_char(&joined, '/');
        srl_out_put(&joined, kind.ptr, kind.len);
        details = srl_cbor_find(details, SURREAL_LIT("details"));
    }
    srl_out_end(&joined);
}

static surreal_status
srl_error_fill(const uint8_t *map, surreal_str message, int64_t code,
               int major, surreal_error *err)
{
    static const char wrap[] = "There was a problem with the database: ";
    surreal_error local;
    char path[sizeof local.kind + sizeof local.detail];
    surreal_str kind = srl_error_text(map, "kind");
    surreal_status status;

    if (!err) err = &local;
    srl_error_clear(err);
    if (srl_text_starts(message, wrap)) {
        message.ptr += sizeof wrap - 1;
        message.len -= sizeof wrap - 1;
    }
    err->code = code;
    srl_text_copy(err->kind, sizeof err->kind, kind.ptr, kind.len);
    srl_error_details(srl_cbor_find(map, SURREAL_LIT("details")), err->detail,
                      sizeof err->detail);
    srl_text_copy(err->message, sizeof err->message, message.ptr,
                  message.len);
    snprintf(path, sizeof path, "%s/%s", err->kind, err->detail);

    status = srl_error_by_kind(path);
    if (!status) status = srl_error_by_text(message);
    if (!status) status = srl_error_by_code(code, major);
    err->status = status;
    return status;
}

SRL_FN surreal_status
srl_rpc_error(const uint8_t *error, int major, surreal_error *err)
{
    const uint8_t *at;
    srl_cbor_head head;
    int64_t code = 0;

    if (*error >> 5 != SRL_CBOR_MAP) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "the server reported an error that is not an object");
    }
    at = srl_cbor_find(error, SURREAL_LIT("code"));
    if (at) {
        srl_cbor_head_at(at, &head);
        if (head.major <= SRL_CBOR_NINT && head.arg <= INT32_MAX) {
            code = head.major ? -1 - (int64_t)head.arg : (int64_t)head.arg;
        }
    }
    return srl_error_fill(error, srl_error_text(error, "message"), code,
                          major, err);
}

SRL_FN surreal_status
srl_row_error(const uint8_t *row, int statement, surreal_error *err)
{
    surreal_status status;

    status = srl_error_fill(row, srl_error_text(row, "result"), 0, 0, err);
    if (status == SURREAL_ERR_SERVER) status = SURREAL_ERR_STATEMENT;
    if (err) {
        err->status = status;
        err->statement = statement;
    }
    return status;
}

/* Only these two texts, whole: a longer one (a conflict, a missing COMMIT) is
 * a cause. */
SRL_FN bool
srl_row_is_bystander(const uint8_t *row)
{
    surreal_str text = srl_error_text(row, "result");

    return surreal_str_eq(text, SURREAL_LIT(
               "The query was not executed due to a failed transaction")) ||
           surreal_str_eq(text, SURREAL_LIT(
               "The query was not executed due to a cancelled transaction"));
}

/*===========================================================================
 * rpc/token.c: what a token says of itself, RFC 7519.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/rpc/token.c"
#endif


/* A token is three parts in base64url (RFC 4648 section 5, no padding) with
 * dots between: header, claims, signature. The claims are a JSON object, of
 * which a few members matter. The signature is not looked at, since only the
 * server has the key: nothing may be decided by what is read here but when to
 * ask for the next token and what the server has selected.
 *
 * Tokens of other issuers come in every style, so anything that is not
 * understood makes the whole token one that says nothing, never an error.
 */

/* No server sends longer ones; HTTP servers do not even take them back. */
#define SRL_TOKEN_MAX ((size_t)64 << 10)
/* Arrays and objects open at once. */
#define SRL_TOKEN_DEPTH 16

/* ---- base64url ----------------------------------------------------------- */

static int
srl_base64url_digit(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

/* Bits left over at the end must be zero: one text for the same bytes. */
static bool
srl_base64url_decode(srl_buf *out, surreal_str text)
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t i;

    if (text.len % 4 == 1 || srl_buf_reserve(out, text.len)) return false;
    for (i = 0; i < text.len; i++) {
        int digit = srl_base64url_digit(text.ptr[i]);

        if (digit < 0) return false;
        bits = (bits << 6 | (uint32_t)digit) & 0xfff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out->data[out->len++] = (uint8_t)(bits >> count);
    }
    return (bits & ((1u << count) - 1)) == 0;
}

/* ---- JSON ---------------------------------------------------------------- */

/* A place in [at, end). Strings are unescaped where they stand: they only get
 * shorter. */
typedef struct srl_claims {
    uint8_t *at;
    uint8_t *end;
} srl_claims;

/* The next byte that is not white space; 0 at the end. */
static uint8_t
srl_claims_peek(srl_claims *in)
{
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t' ||
                                *in->at == '\n' || *in->at == '\r')) {
        in->at++;
    }
    return in->at < in->end ? *in->at : 0;
}

static bool
srl_claims_take(srl_claims *in, uint8_t c)
{
    if (srl_claims_peek(in) != c) return false;
    in->at++;
    return true;
}

/* Four hexadecimal digits behind \u. */
static bool
srl_claims_hex(srl_claims *in, uint32_t *code)
{
    int i;

    *code = 0;
    if (in->end - in->at < 4) return false;
    for (i = 0; i < 4; i++) {
        uint8_t c = *in->at++;
        uint8_t low = c | 32;

        if (c >= '0' && c <= '9') {
            *code = *code << 4 | (uint32_t)(c - '0');
        } else if (low >= 'a' && low <= 'f') {
            *code = *code << 4 | (uint32_t)(low - 'a' + 10);
        } else {
            return false;
        }
    }
    return true;
}

/* \u escape, two of them for what lies beyond U+FFFF. */
static bool
srl_claims_code(srl_claims *in, uint8_t **out)
{
    uint32_t code;
    uint32_t low;

    if (!srl_claims_hex(in, &code)) return false;
    if (code >= 0xd800 && code < 0xe000) {
        if (code >= 0xdc00 || in->end - in->at < 2 || in->at[0] != '\\' ||
            in->at[1] != 'u') {
            return false;
        }
        in->at += 2;
        if (!srl_claims_hex(in, &low) || low < 0xdc00 || low > 0xdfff) {
            return false;
        }
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *out += srl_utf8_put(*out, code);
    return true;
}

/* string = '"' *( char / escape ) '"' */
static bool
srl_claims_string(srl_claims *in, surreal_str *text)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    uint8_t *out;

    if (!srl_claims_take(in, '"')) return false;
    out = in->at;
    text->ptr = (const char *)out;
    while (in->at < in->end) {
        uint8_t c = *in->at++;
        const char *escape;

        if (c == '"') {
            text->len = (size_t)(out - (const uint8_t *)text->ptr);
            return true;
        }
        if (c < 0x20) return false;
        if (c != '\\') {
            *out++ = c;
            continue;
        }
        if (in->at == in->end || !*in->at) return false;
        c = *in->at++;
        if (c == 'u') {
            if (!srl_claims_code(in, &out)) return false;
            continue;
        }
        escape = strchr(from, c);
        if (!escape) return false;
        *out++ = (uint8_t)to[escape - from];
    }
    return false;
}

/* number = ["-"] 1*digit ["." 1*digit] [e ["+" / "-"] 1*digit]; the value is
 * its whole part, and 0 for what no date looks like: negative, with an
 * exponent, beyond 2^53. */
static bool
srl_claims_number(srl_claims *in, int64_t *value)
{
    const uint8_t *start;
    bool is_date = *in->at != '-';
    int64_t v = 0;
    int part;

    *value = 0;
    if (!is_date) in->at++;
    for (part = 0; part < 3; part++) {
        if (part == 1 && (in->at == in->end || *in->at != '.')) continue;
        if (part == 2 && (in->at == in->end || (*in->at | 32) != 'e')) break;
        if (part) in->at++;
        if (part == 2) is_date = false;
        if (part == 2 && in->at < in->end &&
            (*in->at == '+' || *in->at == '-')) {
            in->at++;
        }
        start = in->at;
        for (; in->at < in->end && *in->at >= '0' && *in->at <= '9'; in->at++) {
            if (!part && v <= (int64_t)1 << 53) v = v * 10 + (*in->at - '0');
        }
        if (in->at == start) return false;
    }
    if (is_date && v <= (int64_t)1 << 53) *value = v;
    return true;
}

static bool
srl_claims_word(srl_claims *in, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len)) {
        return false;
    }
    in->at += len;
    return true;
}

/* value = string / number / "true" / "false" / "null" / array / object */
static bool
srl_claims_value(srl_claims *in, surreal_str *text, int64_t *number,
                 unsigned depth)
{
    surreal_str ignored;
    int64_t zero;
    uint8_t c = srl_claims_peek(in);
    bool is_map = c == '{';

    if (c == '"') return srl_claims_string(in, text);
    if (c == 't') return srl_claims_word(in, "true");
    if (c == 'f') return srl_claims_word(in, "false");
    if (c == 'n') return srl_claims_word(in, "null");
    if (c == '-' || (c >= '0' && c <= '9')) {
        return srl_claims_number(in, number);
    }
    if ((c != '[' && !is_map) || depth >= SRL_TOKEN_DEPTH) return false;
    in->at++;
    if (srl_claims_take(in, is_map ? '}' : ']')) return true;
    do {
        if (is_map && (!srl_claims_string(in, &ignored) ||
                       !srl_claims_take(in, ':'))) {
            return false;
        }
        if (!srl_claims_value(in, &ignored, &zero, depth + 1)) return false;
    } while (srl_claims_take(in, ','));
    return srl_claims_take(in, is_map ? '}' : ']');
}

/* ---- claims -------------------------------------------------------------- */

/* SurrealDB writes its own claims in capitals and reads them in both; with
 * both there, the capitals count. */
static void
srl_claims_member(srl_token *token, surreal_str key, surreal_str text,
                  int64_t number)
{
    if (surreal_str_eq(key, SURREAL_LIT("exp"))) token->exp = number;
    if (surreal_str_eq(key, SURREAL_LIT("iat"))) token->iat = number;
    if (surreal_str_eq(key, SURREAL_LIT("NS"))) token->ns = text;
    if (surreal_str_eq(key, SURREAL_LIT("DB"))) token->db = text;
    if (surreal_str_eq(key, SURREAL_LIT("AC"))) token->ac = text;
    if (surreal_str_eq(key, SURREAL_LIT("ns")) && !token->ns.len) {
        token->ns = text;
    }
    if (surreal_str_eq(key, SURREAL_LIT("db")) && !token->db.len) {
        token->db = text;
    }
    if (surreal_str_eq(key, SURREAL_LIT("ac")) && !token->ac.len) {
        token->ac = text;
    }
}

/* object = "{" [member *("," member)] "}", and nothing else. */
static bool
srl_claims_read(srl_claims *in, srl_token *token)
{
    surreal_str key;

    if (!srl_claims_take(in, '{')) return false;
    if (srl_claims_take(in, '}')) return !srl_claims_peek(in);
    do {
        surreal_str text = {NULL, 0};
        int64_t number = 0;

        srl_claims_peek(in);
        if (!srl_claims_string(in, &key) || !srl_claims_take(in, ':') ||
            !srl_claims_value(in, &text, &number, 1)) {
            return false;
        }
        srl_claims_member(token, key, text, number);
    } while (srl_claims_take(in, ','));
    return srl_claims_take(in, '}') && !srl_claims_peek(in) &&
           in->at == in->end;
}

SRL_FN bool
srl_token_read(surreal_str text, srl_buf *room, srl_token *out)
{
    const char *dot = text.ptr && text.len <= SRL_TOKEN_MAX
                          ? (const char *)memchr(text.ptr, '.', text.len)
                          : NULL;
    const char *end = text.ptr + text.len;
    const char *last;
    srl_claims in;

    memset(out, 0, sizeof *out);
    if (!dot) return false;
    dot++;
    last = (const char *)memchr(dot, '.', (size_t)(end - dot));
    if (!last || memchr(last + 1, '.', (size_t)(end - last - 1))) return false;
    if (!srl_base64url_decode(
            room, surreal_text_of(dot, (size_t)(last - dot))) ||
        !room->len || !srl_utf8_valid(room->data, room->len)) {
        return false;
    }
    in.at = room->data;
    in.end = room->data + room->len;
    if (srl_claims_read(&in, out)) return true;
    memset(out, 0, sizeof *out);
    return false;
}

/*===========================================================================
 * client/client.h: a connection, its requests and their results.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/client.h"
#endif
#ifndef SRL_CLIENT_H
#define SRL_CLIENT_H





/* Three structs. A srl_conn is a connection: a socket, its buffers, the
 * requests in flight, and how to get all of it back. A srl_session is a user
 * in a database on that connection. A `surreal` is what the program holds: a
 * handle of a session, or of a transaction of one. The first handle (the root)
 * has the session every connection has; its end is the connection's.
 *
 * A connection goes through these phases. WAIT to READY may be gone through
 * again and again; FAILED ends that, and only surreal_close leads to CLOSED.
 *
 *   WAIT      it broke or could not be made: the next attempt has its time
 *   CONNECT   the socket is being connected, address after address
 *   UPGRADE   the upgrade request is out, the response head is being read
 *   SETUP     WebSocket is up; sessions are made what they are to be
 *   READY     user traffic
 *   FAILED    the error sticks; nothing is sent or received any more
 *   CLOSED    surreal_close was called; the memory goes when the outermost
 *             call has returned and the last handle is closed
 *
 * One step moves bytes both ways until neither direction can make progress,
 * completes the requests that were answered, and does what has its time.
 * Callbacks run inside a step with all state consistent, so they may call
 * anything: a nested step goes on where the outer one stands, and the outer
 * one reads everything anew after a callback.
 */
typedef enum srl_phase {
    SRL_PHASE_WAIT = 1,
    SRL_PHASE_CONNECT,
    SRL_PHASE_UPGRADE,
    SRL_PHASE_SETUP,
    SRL_PHASE_READY,
    SRL_PHASE_FAILED,
    SRL_PHASE_CLOSED
} srl_phase;

typedef struct srl_conn srl_conn;

/* ---- client/stream.c ------------------------------------------------------
 *
 * The connection knows a surreal_stream only: TCP is one implementation.
 */

/* TCP to one of the addresses of a host. */
typedef struct srl_tcp {
    srl_addresses addresses;
    int fd;
} srl_tcp;

SRL_FN surreal_status srl_tcp_open(srl_tcp *tcp, const char *host,
                                   uint16_t port, surreal_stream *out,
                                   surreal_error *err);
/* As surreal_stream.read of TCP, waiting up to SRL_SOCK_PATIENCE_MS. */
SRL_FN surreal_status srl_tcp_read_wait(void *user, uint8_t *data, size_t len,
                                        size_t *done, surreal_error *err);

/* ---- client/request.c -----------------------------------------------------
 *
 * Requests in flight. A slot has a fixed address (slots come in blocks that
 * never move), its index is part of the request's id and a generation is the
 * rest, so that a late reply to an earlier user of the slot matches nothing.
 * Pending requests form a list in the order of their deadlines; since most
 * have the same limit, a new one almost always goes to the end.
 */
struct surreal_request {
    uint64_t id;
    surreal *db;         /* the handle it was made through */
    surreal_done *done;
    void *user;
    int64_t deadline_ms; /* INT64_MAX: none */
    uint64_t sent_end;   /* where its frame ends in the stream of bytes */
    struct surreal_request *prev;
    struct surreal_request *next; /* pending list, or free list */
    uint32_t index;
    uint32_t generation;
    uint32_t epoch;      /* of the connection it went out on */
    bool is_query;
    bool is_setup;       /* the library's own: not counted as completed */
    bool is_pending;
};

#define SRL_REQUEST_BLOCK 32

typedef struct srl_requests {
    surreal_request **blocks;
    size_t block_count;
    surreal_request *free;
    surreal_request *first; /* earliest deadline */
    surreal_request *last;
    size_t pending;
} srl_requests;

/* A pending request with a new id; NULL with *status ERR_NOMEM or ERR_LIMIT. */
SRL_FN surreal_request *srl_request_add(surreal *db, int64_t deadline_ms,
                                        surreal_done *done, void *user,
                                        surreal_status *status);
SRL_FN surreal_request *srl_request_find(srl_conn *c, uint64_t id);
/* Take it off the list and give the slot back, without calling anybody. */
SRL_FN void srl_request_drop(srl_conn *c, surreal_request *request);
/* The same, then call its callback, which may do anything: look at everything
 * anew afterwards. The caller holds srl_enter. `result` is the callback's. */
SRL_FN void srl_request_complete(srl_conn *c, surreal_request *request,
                                 surreal_status status,
                                 surreal_result *result,
                                 const surreal_error *err);
/* Complete all requests of a handle, or of all handles if it is NULL. */
SRL_FN void srl_requests_end(srl_conn *c, const surreal *db,
                             const surreal_error *err);
/* The connection of this epoch broke after `written` bytes: complete the
 * user's requests, or the library's, with ERR_NOT_SENT or ERR_UNKNOWN.
 * A frame of which the server lacks a byte is no message: nothing was done. */
SRL_FN void srl_requests_lose(srl_conn *c, uint32_t epoch, uint64_t written,
                              bool is_setup, const surreal_error *cause);
/* Complete the requests of this epoch and those before with a failure: the
 * library's own, or the user's. */
SRL_FN void srl_requests_fail(srl_conn *c, uint32_t epoch, bool is_setup,
                              const surreal_error *err);
/* Expire those whose deadline is not after `now`. */
SRL_FN void srl_requests_expire(srl_conn *c, int64_t now_ms);
SRL_FN void srl_requests_free(srl_conn *c);

/* ---- client/result.c -------------------------------------------------- */

/* A statement of a result. */
typedef struct srl_statement {
    const uint8_t *row;   /* NULL for an answer that is no query's */
    const uint8_t *value;
    bool failed;
    const surreal_error *error; /* made when asked for */
} srl_statement;

/* One block of memory: this, then the message. Decoded rows and whatever else
 * is asked for later live in the arena. */
struct surreal_result {
    surreal_result *next; /* in a queue of events, see client/live_event.c */
    srl_mem mem;
    srl_arena arena;
    surreal_document doc;
    size_t block_len;
    const uint8_t *value; /* what the call answered */
    srl_statement *statements;
    size_t count;
    srl_statement single; /* room for the most common count */
    surreal_status status;      /* of the cause, or SURREAL_OK */
    const surreal_error *cause; /* or NULL */
};

/* A result with room for a message of `len` bytes; NULL without memory.
 *
 *   spare  blocks to use again (a connection's), or NULL */
SRL_FN surreal_result *srl_result_new(surreal_result **spare,
                                      const surreal_allocator *allocator,
                                      size_t len, size_t max_memory);
/* Keep the block of a result for the next one, or free it. As many as replies
 * are commonly held at once. */
#define SRL_RESULT_SPARES 4
SRL_FN void srl_result_keep(surreal_result **spare, surreal_result *r);
/* Free a list of results. */
SRL_FN void srl_results_free(surreal_result **list);
SRL_FN uint8_t *srl_result_room(surreal_result *r);
/* Wipe the message: nothing of the result may be looked at any more. */
SRL_FN void srl_result_wipe(surreal_result *r);

/* Take the answer apart: `value` is the reply's result inside r's message,
 * whose document is set. With is_query it is an array of rows. r->status tells
 * how the statements ended. */
SRL_FN surreal_status srl_result_index(surreal_result *r,
                                       const uint8_t *value, bool is_query,
                                       surreal_error *err);

/* ---- client/transport.c ---------------------------------------------------
 *
 * WebSocket over the stream: the upgrade, frames out of the send queue,
 * messages in, each straight into the memory of a result.
 */

/* Random bytes for masks, drawn from the system in blocks. */
#define SRL_ENTROPY_BLOCK 256

/* Only while the upgrade is under way. */
typedef struct srl_upgrade {
    uint8_t nonce[16];
    srl_http_head head;
} srl_upgrade;

typedef struct srl_transport {
    surreal_stream stream;
    bool has_stream;
    bool is_tcp;      /* the built-in stream, which can wait in a read */
    srl_upgrade *upgrade;
    srl_buf out;      /* frames not yet written */
    size_t out_at;    /* bytes of `out` written already */
    uint64_t written; /* all bytes given to the stream */
    uint8_t *in;      /* received bytes */
    size_t in_at;     /* first byte not used */
    size_t in_len;    /* end of received bytes */
    bool is_drained;  /* the last read of a waiting call gave less than it
                         could: asking again before it waits only costs */
    bool is_waiting;  /* this step belongs to a waiting call */
    size_t budget;    /* bytes this step may still receive */
    bool has_more;    /* the budget ended the step, not the stream */
    bool got_any;     /* a sign of life since this was last looked at */
    bool is_full;     /* the last write would have blocked */
    bool is_broken;   /* a read or write failed: there is nobody to write to */
    bool may_wait;    /* the next read may wait */
    srl_ws ws;
    surreal_result *incoming; /* the message being received */
    uint8_t entropy[SRL_ENTROPY_BLOCK];
    size_t entropy_left;
} srl_transport;

/* A head of the largest size allowed must fit, and many small replies. */
#define SRL_IN_CAP ((size_t)SURREAL_MAX_HEAD)

/* Frames waiting to be written: beyond this, new requests are told to wait.
 * One request alone may be larger. */
#define SRL_OUT_HIGH ((size_t)1 << 20)
/* An idle connection keeps no larger send buffer than this. */
#define SRL_OUT_KEEP ((size_t)32 << 10)

/* Wait for nothing yet: an empty transport. */
SRL_FN void srl_transport_init(srl_conn *c);
/* Begin the upgrade on a connected stream. */
SRL_FN surreal_status srl_transport_upgrade(srl_conn *c, surreal_error *err);
/* WOULD_BLOCK until the whole response head is there. */
SRL_FN surreal_status srl_transport_upgraded(srl_conn *c, surreal_error *err);

/* Room at the end of the queue for one message; srl_transport_end closes it.
 * Between the two, append to c->transport.out only. */
SRL_FN surreal_status srl_transport_begin(srl_conn *c, size_t *mark);
SRL_FN surreal_status srl_transport_end(srl_conn *c, size_t mark,
                                        surreal_error *err);
/* Forget the message that was begun. */
SRL_FN void srl_transport_undo(srl_conn *c, size_t mark);
/* Wipe received bytes that were used already: there was a secret in them. */
SRL_FN void srl_transport_wipe(srl_transport *t);

/* Write what the stream takes. *progress is set if it took something. */
SRL_FN surreal_status srl_transport_flush(srl_conn *c, bool *progress,
                                          surreal_error *err);
/* Bytes one step receives at most, so that a server that never stops sending
 * cannot keep a step from looking at deadlines. */
#define SRL_STEP_BYTES ((size_t)1 << 20)

/* How a step reads. */
typedef enum srl_patience {
    SRL_PATIENCE_NONE,   /* an event loop's: until the stream has no more,
                            which is what edge-triggered loops need */
    SRL_PATIENCE_POLLED, /* a waiting call's: a short read is the last */
    SRL_PATIENCE_READ    /* the same, and the first read may wait */
} srl_patience;

/* Begin a step. */
SRL_FN void srl_transport_refresh(srl_conn *c, srl_patience patience);
/* The next whole message, as a result whose document is checked; WOULD_BLOCK
 * if there is none yet. Answers pings on the way. */
SRL_FN surreal_status srl_transport_next(srl_conn *c, surreal_result **out,
                                         surreal_error *err);
/* Queue a ping without payload. */
SRL_FN surreal_status srl_transport_ping(srl_conn *c, surreal_error *err);
SRL_FN bool srl_transport_has_output(const srl_conn *c);
/* Say goodbye if that needs no waiting, and close.
 *
 *   flush  write what waits to be sent, if the stream takes it; else nothing
 *          that was not written before is written any more */
SRL_FN void srl_transport_close(srl_conn *c, bool flush);

/* ---- sessions: client/session.c --------------------------------------- */

/* What is tried to make a session who it was: see client/renew.c. */
typedef enum srl_auth_step {
    SRL_AUTH_START = 0,
    SRL_AUTH_DIRECT,      /* credentials of system users, when restoring */
    SRL_AUTH_ACCESS,      /* the access token, when restoring */
    SRL_AUTH_REFRESH,     /* the refresh token */
    SRL_AUTH_CREDENTIALS,
    SRL_AUTH_ASK,         /* what options.renew gives */
    SRL_AUTH_END
} srl_auth_step;

/* A user in a database. Everything in here is what a lost connection is
 * restored from. */
typedef struct srl_session {
    struct srl_session *next;
    surreal *handle;
    bool is_attached;      /* it has an id of its own on the server ... */
    surreal_uuid id;       /* ... which goes with every request */
    bool is_changed;       /* the program signed in, used or set something */
    surreal_error failure; /* it could not be restored: its calls fail */
    srl_buf ns;            /* text in use; len 0: none */
    srl_buf db;
    srl_buf vars;          /* name and value, name and value: encoded items */
    size_t var_count;
    /* Who: see client/auth.c. All secret. */
    srl_buf credentials;   /* encoded param of signin; len 0: none */
    bool is_system;        /* ... of a system user */
    srl_buf access;        /* token text; len 0: none */
    bool has_access;       /* ... of an access method, not a system user */
    srl_buf refresh;
    int64_t expires;       /* of the access token, seconds since 1970; 0: not */
    int64_t expires_at_ms; /* the same by our clock; INT64_MAX: not known */
    bool is_forgotten;     /* credentials or tokens were wiped: nobody can be
                              restored from them */
    int64_t renew_at_ms;   /* when to renew it; INT64_MAX: never */
    bool is_named;         /* a fork told whom to be, which it never was yet */
    bool is_signing_in;    /* by a call or a renewal: never two at once */
    srl_auth_step step;    /* of a restoration or renewal under way */
    surreal_live *lives;   /* streams of this session, see client/live.c */
} srl_session;

/* A session at the end of the list of c, and its handle; NULL without memory.
 * The first one is the root's. */
SRL_FN surreal *srl_session_new(srl_conn *c);
/* A handle without a session; NULL without memory. */
SRL_FN surreal *srl_handle_new(srl_conn *c);
SRL_FN void srl_session_free(srl_conn *c, srl_session *session);
/* Tell the server that the session is over, without waiting. */
SRL_FN void srl_session_detach(surreal *db);
/* Namespace and database the session is in; "" for no database. */
SRL_FN surreal_status srl_session_place(srl_session *session, const char *ns,
                                        const char *db, surreal_error *err);

/* The params of `use` for where the session is. */
SRL_FN void srl_use_put(const srl_session *session, srl_buf *out);

/* Replace the bytes of a field, wiping what was there if it is secret. */
SRL_FN surreal_status srl_session_keep(srl_buf *field, const void *data,
                                       size_t len);

/* ---- client/fork.c --------------------------------------------------------
 *
 * Another connection like that of `pattern`, which need not be connected and
 * may be used by several threads for this at once. *out is NULL after a
 * failure.
 */
SRL_FN surreal_status srl_twin_start(const surreal *pattern,
                                     const surreal_fork_options *opt,
                                     surreal **out, surreal_error *err);
/* The same, waiting until it is open or the deadline has passed. */
SRL_FN surreal_status srl_twin_open(const surreal *pattern,
                                    const surreal_fork_options *opt,
                                    int64_t deadline_ms, surreal **out,
                                    surreal_error *err);

/* ---- handles ----------------------------------------------------------- */

/* A transaction: client/transaction.c. */
typedef struct srl_txn {
    surreal_uuid id;
    surreal_error failure; /* status 0: good so far */
    bool is_ended;         /* committed, cancelled or lost */
    surreal_begun *begun;  /* who waits for the id */
    void *begun_user;
} srl_txn;

struct surreal {
    srl_conn *conn;
    srl_session *session;
    srl_txn *txn;         /* NULL: the session itself */
    surreal *next;        /* of the connection's handles */
    bool is_ended;        /* its session or connection was closed */
    bool is_closed;       /* surreal_close was called: freed at the end of the
                             outermost call */
    surreal_error error;  /* of the last call that failed */
};

/* The major version of the server, for encoders. */
SRL_FN int srl_major(const surreal *db);

/* ---- setup: client/setup.c ------------------------------------------------
 *
 * A connection that was made is nobody, nowhere. Setup goes through stages,
 * each for all sessions at once; requests of one stage are on their way
 * together, and the next begins when all are answered, because servers run
 * requests side by side.
 *
 *   HELLO  the version; attach for every session but the first
 *   AUTH   sign in, with tokens or credentials
 *   USE    namespace and database
 *   LET    variables
 *   LIVE   live queries are registered again
 *
 * USE stands behind AUTH: SurrealDB 3 creates what is used, which nobody may
 * do before signing in; and signing in selects what the user belongs to.
 * Failing for the first session fails the attempt. Failing for another is that
 * session's failure. The same machine sets up a single session for
 * surreal_fork.
 */
typedef enum srl_stage {
    SRL_STAGE_NONE = 0,
    SRL_STAGE_HELLO,
    SRL_STAGE_AUTH,
    SRL_STAGE_USE,
    SRL_STAGE_LET,
    SRL_STAGE_LIVE,
    SRL_STAGE_DONE
} srl_stage;

typedef struct srl_setup {
    srl_session *only; /* NULL: all */
    srl_stage stage;
    int left;          /* answers this stage still waits for */
    bool is_sending;   /* answers may come before all was sent */
    bool has_version;
    surreal_error error; /* of `only`; status 0: none */
} srl_setup;

/* Start it; READY (or a failed attempt) comes by srl_setup_item_done. */
SRL_FN void srl_setup_start(srl_conn *c, srl_setup *setup,
                            srl_session *only);
/* Something the stage waits for begins, and ends. */
SRL_FN void srl_setup_item(srl_setup *setup);
SRL_FN void srl_setup_item_done(srl_conn *c, srl_setup *setup,
                                srl_session *session,
                                const surreal_error *err);

/* ---- client/auth.c and client/login.c -------------------------------------
 *
 * Who a session is.
 */

/* What each kind needs, by name if it lacks. */
SRL_FN surreal_status srl_auth_check(const surreal_auth *auth,
                                     surreal_error *err);
/* The param of signin and signup. */
SRL_FN surreal_status srl_auth_encode(srl_buf *buf, const surreal_auth *auth,
                                      surreal_error *err);
/* Be nobody again, and wipe who it was. */
SRL_FN void srl_auth_drop(srl_session *session);
/* Keep what `auth` says as the session's credentials or tokens. */
SRL_FN surreal_status srl_auth_keep(srl_session *session,
                                    const surreal_auth *auth,
                                    surreal_error *err);
/* The same as another session's. A refresh token works once, so that one stays
 * where it is. */
SRL_FN surreal_status srl_auth_copy(srl_session *to, const srl_session *from);
/* What the user belongs to is selected by signing in: after srl_auth_keep. */
SRL_FN surreal_status srl_auth_place(srl_session *session,
                                     const surreal_auth *auth,
                                     surreal_error *err);
/* Keep the tokens a sign-in gave. */
SRL_FN surreal_status srl_auth_take(srl_session *session,
                                    const surreal_result *r,
                                    surreal_error *err);
/* Read the access token: when it expires, and what the server selected by it.
 *
 *   is_fresh      it was issued just now
 *   is_elsewhere  receives whether that differs from where the session is;
 *                 NULL: the session moves there */
SRL_FN surreal_status srl_auth_read(srl_session *session, bool is_fresh,
                                    bool *is_elsewhere, surreal_error *err);
/* The param of refresh and revoke. */
SRL_FN void srl_auth_put_pair(srl_buf *buf, const srl_buf *access,
                              const srl_buf *refresh);
/* Wipe an answer that held tokens (r may be NULL), and what receiving it left
 * behind. For its callback, before anything else is received. */
SRL_FN void srl_auth_wipe(srl_conn *c, surreal_result *r);
/* All sessions are signed in: wipe what is not needed again. */
SRL_FN void srl_auth_settle(srl_conn *c);
/* Wipe the credentials and tokens of all sessions: they will not be used
 * again. */
SRL_FN void srl_auth_forget(srl_conn *c);

/* ---- client/renew.c -------------------------------------------------------
 *
 * And how it stays who it is.
 */

/* Make the session on the server what it was, for a stage. */
SRL_FN surreal_status srl_auth_restore(srl_conn *c, srl_setup *setup,
                                       srl_session *session,
                                       surreal_error *err);
/* Renew a session's token at this time, or at once. */
SRL_FN void srl_auth_due(srl_session *session, int64_t at_ms);
/* A request was refused: renew if that was because of the time. */
SRL_FN void srl_auth_expired(srl_session *session, const surreal_error *err);
/* After a renewal: stay where the session is, though the server went where
 * the token belongs. */
SRL_FN void srl_auth_stay(srl_session *session);
/* Renew what expires, and when that is due next: the earlier of it and `at`. */
SRL_FN void srl_auth_timers(srl_conn *c, int64_t now_ms);
SRL_FN int64_t srl_auth_timer(const srl_conn *c, int64_t at);

/* ---- client/transaction.c ---------------------------------------------- */

/* The first failure inside is what every later call gets. */
SRL_FN void srl_txn_poison(surreal *tx, const surreal_error *err);
/* The transactions of a session, or all, are gone with their connection. */
SRL_FN void srl_txns_lose(srl_conn *c, const srl_session *session,
                          const surreal_error *err);
/* Why a method cannot be called in it; SURREAL_OK if it can. */
SRL_FN surreal_status srl_txn_allows(const surreal *tx, const char *method,
                                     surreal_error *err);
/* surreal_close of a transaction: cancel it if it has not ended. */
SRL_FN void srl_txn_close(surreal *tx, const surreal_error *err);

/* ---- client/live.c and client/live_event.c --------------------------------
 *
 * A stream is one live query, which the server knows by an id that changes
 * with each connection:
 *
 *   NEW    the call that opens it has not sent its registration yet
 *   SENT   the registration is on its way: of that call, or of a setup that
 *          restores it
 *   ON     registered: notifications of its id are its events
 *   LOST   it was registered on a connection that broke
 *   LATE   the call that opened it ran out of time. Nobody holds the stream,
 *          it only waits for the id of what is to be killed
 *   ENDED  it has its last event, and belongs to no session any more
 *
 * A stream is in the list of its session until it has ended or was closed.
 * Events are queued as the results they came in. With a callback the queue is
 * emptied at once, but for two times: while the opening call has not given the
 * stream to the program, and while a restored connection is not READY yet.
 * Its memory is its own, since it may outlive the connection.
 */
typedef enum srl_live_state {
    SRL_LIVE_NEW = 1,
    SRL_LIVE_SENT,
    SRL_LIVE_ON,
    SRL_LIVE_LOST,
    SRL_LIVE_LATE,
    SRL_LIVE_ENDED
} srl_live_state;

struct surreal_live {
    srl_mem mem;
    surreal_live *next;    /* of its session's, or of those to be told */
    srl_conn *conn;        /* NULL: in neither list */
    srl_session *session;  /* NULL: it has ended or was closed */
    surreal_live_options options;
    srl_live_state state;
    int users;             /* calls and requests that will look at it again */
    bool is_closed;        /* freed when the last of them is through */
    struct srl_waiter *waiter; /* of the call that opens it */
    const char *method;    /* what registers it: "live" or "query" ... */
    srl_buf params;        /* ... with these two encoded params ... */
    srl_buf place;         /* ... in this namespace and database */
    bool is_restoring;     /* of the last registration: a setup sent it ... */
    uint32_t epoch;        /* ... on this connection */
    uint64_t request_id;   /* of the registration */
    surreal_uuid id;
    surreal_uuid seen_id;  /* the id as far as events were taken */
    surreal_result *first; /* events, linked through surreal_result.next */
    surreal_result *last;
    size_t bytes;          /* of them */
    size_t lost;           /* dropped behind the last */
    surreal_result *taken; /* the event surreal_live_next gave last */
    surreal_error end;     /* why it ended */
    bool is_end_told;
};

/* The memory events may take unless the program says otherwise, and those of
 * registrations under way; what a result needs besides its message counts, so
 * this bounds their number too. */
#define SRL_LIVE_BYTES ((size_t)16 << 20)

/* A notification: takes r. */
SRL_FN void srl_live_take(srl_conn *c, surreal_result *r,
                          const uint8_t *notification);
/* The answer to a request that ran out of time. */
SRL_FN void srl_live_late(srl_conn *c, uint64_t request_id,
                          surreal_result *r, const uint8_t *answer);
/* The connection is lost: streams wait to be registered again, or end. */
SRL_FN void srl_lives_lose(srl_conn *c, const surreal_error *err);
/* Register them again, for SRL_STAGE_LIVE. */
SRL_FN surreal_status srl_lives_restore(srl_conn *c, srl_setup *setup,
                                        srl_session *session,
                                        surreal_error *err);
/* The connection is READY again: hand out what was held back. */
SRL_FN void srl_lives_ready(srl_conn *c);
/* True while there are streams: silence is worth waiting for. */
SRL_FN bool srl_lives_any(const srl_conn *c);
/* End the streams of a session, or all if it is NULL. */
SRL_FN void srl_lives_end(srl_conn *c, const srl_session *session,
                          const surreal_error *err);

/* From here on: between the two parts. The last event, queued only: somebody
 * has to call srl_lives_tell when callbacks may run. */
SRL_FN void srl_live_end(surreal_live *live, const surreal_error *err);
SRL_FN void srl_lives_tell(srl_conn *c);
/* Take it out of its list. */
SRL_FN void srl_live_unlink(surreal_live *live);
/* Memory of a stream goes when it is closed and nobody uses it. */
SRL_FN void srl_live_hold(surreal_live *live);
SRL_FN void srl_live_release(surreal_live *live);
/* Call its callback for what is queued, if it has one and that may be. */
SRL_FN void srl_live_pump(surreal_live *live);
/* Queue a GAP that says the new id: takes r, whose value is that id. */
SRL_FN void srl_live_gap(surreal_live *live, surreal_result *r);
/* A registration is through: what came for its id before that is its. NULL if
 * it failed. */
SRL_FN void srl_early_settle(srl_conn *c, surreal_live *live);
/* Free all events. */
SRL_FN void srl_live_forget(surreal_live *live);

/* ---- client/connect.c and client/reconnect.c ---------------------------- */

/* Waiting between attempts. */
typedef struct srl_retry {
    int rounds;         /* through the urls, begun in a row; 0 again once the
                           server has answered a request or the connection has
                           held for long */
    int waits;          /* behind each other, each longer than the last */
    size_t dialled;     /* urls tried in this round */
    int64_t at_ms;      /* phase WAIT: when to go on */
    uint32_t seed;      /* for the jitter */
} srl_retry;

/* Notifications of live queries whose registration is still on its way: the
 * server may tell of a change before it answers. */
typedef struct srl_early {
    surreal_result *first; /* linked through surreal_result.next */
    surreal_result *last;
    size_t bytes;
    size_t lost;           /* dropped behind the last */
    int registering;       /* registrations under way */
} srl_early;

struct srl_conn {
    srl_mem mem;
    srl_arena arena;           /* options and url text */
    surreal_options options;   /* text inside the arena; no secrets */
    surreal_error failure;     /* what ended it, or ended the last attempt */
    srl_phase phase;
    int calls;                 /* public calls on the stack */
    surreal *root;             /* the first handle */
    surreal *handles;          /* all, the root included */
    srl_session *sessions;     /* all, the root's first */
    bool was_ready;            /* since when losing it means reconnecting */
    uint32_t epoch;            /* connections made; requests know theirs */
    srl_setup setup;
    srl_retry retry;
    int64_t connect_deadline_ms;
    int64_t ready_ms;          /* when setup was through */
    int64_t heard_ms;          /* when the server last sent anything */
    int64_t pong_deadline_ms;  /* INT64_MAX: no ping is out */
    int64_t renew_at_ms;       /* no session's token is due earlier */
    const char *urls;          /* what surreal_open was given */
    const char *url_next;      /* the next to dial; NULL: the options or urls
                                  were refused, nothing will be dialled */
    size_t url_count;
    srl_url url;               /* the one dialled */
    srl_tcp tcp;
    srl_transport transport;
    srl_requests requests;
    uint64_t completed;        /* user's requests completed so far */
    size_t unanswered;         /* requests of this epoch without a reply yet,
                                  those that were given up included */
    surreal_result *spare;     /* blocks for the next answers */
    surreal_server_version version;
    char version_text[32];
    int wake[2];               /* a pipe; -1: none */
    bool is_woken;
    bool has_closed;           /* a handle waits to be freed */
    srl_early early;           /* notifications of ids not known yet */
    surreal_live *ended;       /* streams whose callback is to be told */
};

/* http:// and https:// have no sessions, transactions or notifications. */
SRL_FN bool srl_conn_is_http(const srl_conn *c);

/* What a connection that is being made is doing: "signing in". */
SRL_FN const char *srl_connect_stage(const srl_conn *c);
/* A connection with options and urls, not dialled; *out is NULL only without
 * memory. */
SRL_FN surreal_status srl_conn_prepare(const char *url,
                                       const surreal_options *opt,
                                       surreal **out, surreal_error *err);
/* A connection with the options and urls of another, not dialled yet, and its
 * root; NULL without memory or descriptors. */
SRL_FN srl_conn *srl_conn_twin(const srl_conn *c);
/* Dial the next url. A failure is one of the attempt. */
SRL_FN surreal_status srl_dial(srl_conn *c, surreal_error *err);
/* Move a connection towards READY as far as possible without waiting. */
SRL_FN surreal_status srl_connect_step(srl_conn *c, surreal_error *err);
/* Setup is through. */
SRL_FN void srl_connect_ready(srl_conn *c);

/* Begin to count: `rounds` have been begun. */
SRL_FN void srl_retry_begin(srl_conn *c, int rounds);
/* The stream failed: reconnect if the policy says so, else fail for good.
 * Completes the requests that were on their way. */
SRL_FN void srl_conn_lose(srl_conn *c, const surreal_error *err);
/* The end: the failure sticks, every request completes with it. */
SRL_FN void srl_conn_fail(srl_conn *c, const surreal_error *err);
/* Do what has its time: the next attempt, ping and pong, renewals. */
SRL_FN surreal_status srl_conn_timers(srl_conn *c, int64_t now_ms,
                                      surreal_error *err);
/* When that is next. */
SRL_FN int64_t srl_conn_timer(const srl_conn *c);

SRL_FN void srl_tell(srl_conn *c, surreal *db, surreal_change change,
                     const surreal_error *err);

/* Every public call that may run callbacks stands between these two. Handles
 * closed meanwhile, and the connection with the last of them, are freed by the
 * outermost leave: what is to be known of them must be asked before. */
SRL_FN void srl_enter(srl_conn *c);
SRL_FN void srl_leave(srl_conn *c);

/* ---- client/query.c --------------------------------------------------- */

/* Begin a request with `param_count` params: append them to
 * db->conn->transport.out, then srl_call_send. */
typedef struct srl_call {
    surreal_request *request;
    size_t mark;
} srl_call;

/* A user's call: READY only, and not through a handle that has failed. */
SRL_FN surreal_status srl_call_begin(surreal *db, const char *method,
                                     size_t param_count, surreal_done *done,
                                     void *user, srl_call *call,
                                     surreal_error *err);
/* The library's own, which does not count: during SETUP too, and without a
 * deadline of its own unless timeout_ms is positive. */
SRL_FN surreal_status srl_call_begin_setup(surreal *db, const char *method,
                                           size_t param_count, int timeout_ms,
                                           surreal_done *done, void *user,
                                           srl_call *call,
                                           surreal_error *err);
/* `status` is what appending came to: a failure undoes the call. */
SRL_FN surreal_status srl_call_send(surreal *db, srl_call *call,
                                    surreal_status status,
                                    surreal_error *err);

/* A request whose answer nobody waits for (detach, cancel, kill), with one
 * uuid or nothing as its params. */
SRL_FN void srl_call_and_forget(surreal *db, const char *method,
                                const surreal_uuid *param);

/* ---- client/loop.c ---------------------------------------------------- */

/* A call that waits for its request:
 *
 *   srl_waiter_init(db, &w);
 *   do {
 *       w.status = start the request with srl_waiter_done and &w;
 *   } while (srl_waiter_again(&w));
 *   look at w.status and w.result;
 *   return srl_waiter_end(&w, out);
 *
 * Between init and end the handle's memory stays, whatever callbacks do. If
 * the connection breaks before the request was sent, it goes round again:
 * nothing can have happened yet. */
typedef struct srl_waiter {
    surreal *db;
    bool is_done;
    surreal_status status;
    surreal_result *result;
    int64_t end_ms;
    surreal_error error;
} srl_waiter;

SRL_FN void srl_waiter_init(surreal *db, srl_waiter *waiter);
/* Wait for the request that was started. True if it has to be started again:
 * it would have blocked, and the connection was driven on meanwhile; or the
 * connection was lost before it was sent. */
SRL_FN bool srl_waiter_again(srl_waiter *waiter);
SRL_FN void srl_waiter_done(void *user, surreal *db, surreal_status status,
                            surreal_result *result, const surreal_error *err);
/* How it ended. The error is stored in the handle. `out` may be NULL. */
SRL_FN surreal_status srl_waiter_end(srl_waiter *waiter,
                                     surreal_result **out);
/* Wait for the socket, at most `limit_ms` (negative: no limit), then step. */
SRL_FN void srl_wait_and_step(srl_conn *c, int64_t limit_ms);

SRL_FN void srl_trace(const srl_conn *c, surreal_level level,
                      const char *layer, const char *fmt, ...)
    SURREAL_PRINTF(4, 5);

/* ---- client/calls.c ------------------------------------------------------
 *
 * What is built on queries knows two things of a connection besides the
 * public functions: where its last error is kept, and its allocator.
 */
SRL_FN surreal_error *srl_handle_error(surreal *db);
SRL_FN const surreal_allocator *srl_handle_allocator(const surreal *db);

#endif

/*===========================================================================
 * client/stream.c: the byte stream under a connection: TCP.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/stream.c"
#endif


static surreal_status
srl_tcp_read(void *user, uint8_t *data, size_t len, size_t *done,
             surreal_error *err)
{
    return srl_sock_read(((srl_tcp *)user)->fd, data, len, false, done, err);
}

SRL_FN surreal_status
srl_tcp_read_wait(void *user, uint8_t *data, size_t len, size_t *done,
                  surreal_error *err)
{
    return srl_sock_read(((srl_tcp *)user)->fd, data, len, true, done, err);
}

static surreal_status
srl_tcp_write(void *user, const uint8_t *data, size_t len, size_t *done,
              surreal_error *err)
{
    return srl_sock_write(((srl_tcp *)user)->fd, data, len, done, err);
}

/* Address after address: a name often has an IPv6 and an IPv4 address of which
 * only one is served. The error reported is that of the last one. */
static surreal_status
srl_tcp_connect(void *user, surreal_error *err)
{
    srl_tcp *tcp = (srl_tcp *)user;
    surreal_status status;

    for (;;) {
        if (tcp->fd >= 0) {
            status = srl_sock_connected(tcp->fd, err);
            if (status == SURREAL_WOULD_BLOCK) return status;
            if (status == SURREAL_OK) break;
            srl_sock_close(tcp->fd);
            tcp->fd = -1;
        }
        status = srl_sock_connect(&tcp->addresses, &tcp->fd, err);
        if (status != SURREAL_OK) return status;
    }
    srl_addresses_free(&tcp->addresses);
    return SURREAL_OK;
}

static int
srl_tcp_fd(void *user)
{
    return ((srl_tcp *)user)->fd;
}

static void
srl_tcp_close(void *user)
{
    srl_tcp *tcp = (srl_tcp *)user;

    srl_addresses_free(&tcp->addresses);
    srl_sock_close(tcp->fd);
    tcp->fd = -1;
}

SRL_FN surreal_status
srl_tcp_open(srl_tcp *tcp, const char *host, uint16_t port, surreal_stream *out,
             surreal_error *err)
{
    tcp->fd = -1;
    out->read = srl_tcp_read;
    out->write = srl_tcp_write;
    out->connect = srl_tcp_connect;
    out->fd = srl_tcp_fd;
    out->wants = NULL;
    out->close = srl_tcp_close;
    out->user = tcp;
    return srl_os_resolve(&tcp->addresses, err, host, port);
}

/*===========================================================================
 * client/transport.c: WebSocket over a stream.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/transport.c"
#endif


/* Out: requests are written straight into the send queue behind room for the
 * largest frame head; closing a message masks it in place and moves it over
 * the part of that room its head did not need. In: bytes are received into one
 * fixed buffer; once the head of a larger message is known, the rest of it is
 * received straight into the result that will own it. */

static surreal_status
srl_entropy_take(srl_transport *t, void *out, size_t len, surreal_error *err)
{
    SURREAL_ASSERT(len <= sizeof t->entropy);
    if (t->entropy_left < len) {
        if (!srl_os_random(t->entropy, sizeof t->entropy)) {
            return srl_fail(err, SURREAL_ERR_RANDOM,
                            "the system gives no random numbers, which "
                            "WebSocket needs (RFC 6455 10.3)");
        }
        t->entropy_left = sizeof t->entropy;
    }
    t->entropy_left -= len;
    memcpy(out, t->entropy + t->entropy_left, len);
    return SURREAL_OK;
}

/* Memory for a message: a result, whose room is the block. */
static uint8_t *
srl_transport_room(void *user, uint8_t *block, size_t used, size_t len)
{
    srl_conn *c = (srl_conn *)user;
    srl_transport *t = &c->transport;
    surreal_result *r = srl_result_new(&c->spare, &c->mem.allocator, len,
                                       c->options.max_memory);

    if (!r) return NULL;
    if (block) {
        memcpy(srl_result_room(r), block, used);
        srl_wipe(block, used); /* whoever takes the answer wipes only that */
    }
    surreal_result_free(t->incoming);
    t->incoming = r;
    return srl_result_room(r);
}

SRL_FN void
srl_transport_init(srl_conn *c)
{
    srl_transport *t = &c->transport;
    size_t max = c->options.max_message;
    size_t memory = c->options.max_memory;
    size_t around = sizeof(surreal_result) + 1;

    /* A message lies inside its result: one that cannot fit is refused by its
     * length, not for want of memory. */
    if (memory && (memory <= around || max > memory - around)) {
        max = memory > around ? memory - around : 0;
    }
    memset(t, 0, sizeof *t);
    srl_buf_init(&t->out, &c->mem, (size_t)-1);
    srl_ws_init(&t->ws, max, srl_transport_room, c);
}

SRL_FN surreal_status
srl_transport_upgrade(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;

    t->in = (uint8_t *)srl_mem_resize(&c->mem, NULL, 0, SRL_IN_CAP);
    t->upgrade = (srl_upgrade *)srl_mem_resize(&c->mem, NULL, 0,
                                               sizeof *t->upgrade);
    if (!t->in || !t->upgrade) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for the connection's buffers");
    }
    srl_http_head_init(&t->upgrade->head);
    SRL_TRY(srl_entropy_take(t, t->upgrade->nonce, sizeof t->upgrade->nonce,
                             err));
    return srl_http_upgrade_write(&t->out, &c->url, t->upgrade->nonce, NULL,
                                  0, err);
}

static surreal_status
srl_transport_get(srl_transport *t, uint8_t *data, size_t len, size_t *got,
                  surreal_error *err)
{
    bool wait = t->may_wait;
    surreal_status status;

    t->may_wait = false;
    if (!t->budget) {
        t->has_more = true;
        return SURREAL_WOULD_BLOCK;
    }
    status = wait ? srl_tcp_read_wait(t->stream.user, data, len, got, err)
                  : t->stream.read(t->stream.user, data, len, got, err);
    if (status && status != SURREAL_WOULD_BLOCK) t->is_broken = true;
    SRL_TRY(status);
    t->got_any = true;
    t->budget -= *got < t->budget ? *got : t->budget;
    t->is_drained = t->is_waiting && *got < len;
    return SURREAL_OK;
}

/* Read more into the fixed buffer, which must not be full. */
static surreal_status
srl_transport_read(srl_transport *t, surreal_error *err)
{
    size_t got = 0;

    if (t->in_at == t->in_len) {
        t->in_at = 0;
        t->in_len = 0;
    }
    SURREAL_ASSERT(t->in_len < SRL_IN_CAP);
    SRL_TRY(srl_transport_get(t, t->in + t->in_len, SRL_IN_CAP - t->in_len,
                              &got, err));
    t->in_len += got;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_upgraded(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    surreal_status status;

    /* A head that does not fit the buffer is beyond SURREAL_MAX_HEAD and
     * refused by the parser before the buffer is full. */
    do {
        SRL_TRY(srl_transport_read(t, err));
        status = srl_http_head_feed(&t->upgrade->head, t->in, t->in_len, err);
    } while (status == SURREAL_WOULD_BLOCK && t->in_len < SRL_IN_CAP);
    if (status == SURREAL_WOULD_BLOCK) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "the server's HTTP head is longer than %d bytes",
                        SURREAL_MAX_HEAD);
    }
    SRL_TRY(status);
    SRL_TRY(srl_http_upgrade_check(&t->upgrade->head, t->upgrade->nonce,
                                   err));
    t->in_at = t->upgrade->head.len;
    srl_mem_free(&c->mem, t->upgrade, sizeof *t->upgrade);
    t->upgrade = NULL;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_begin(srl_conn *c, size_t *mark)
{
    srl_transport *t = &c->transport;
    srl_buf *out = &t->out;

    /* A queue that never runs empty must not grow for ever: give the written
     * part back when it is the larger one, so that moving is paid for. */
    if (t->out_at > out->len / 2) {
        memmove(out->data, out->data + t->out_at, out->len - t->out_at);
        out->len -= t->out_at;
        t->out_at = 0;
    }
    *mark = out->len;
    SRL_TRY(srl_buf_reserve(out, SRL_WS_MAX_HEAD));
    out->len += SRL_WS_MAX_HEAD;
    return SURREAL_OK;
}

SRL_FN void
srl_transport_undo(srl_conn *c, size_t mark)
{
    c->transport.out.len = mark;
    c->transport.out.status = SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_end(srl_conn *c, size_t mark, surreal_error *err)
{
    srl_transport *t = &c->transport;
    srl_buf *out = &t->out;
    uint8_t key[4];
    size_t payload;
    size_t gap;

    if (out->status) {
        return srl_fail(err, out->status, "out of memory for the request");
    }
    payload = out->len - mark - SRL_WS_MAX_HEAD;
    if (payload > SURREAL_MAX_MESSAGE) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "the request has %zu bytes, servers take %zu at most",
                        payload, (size_t)SURREAL_MAX_MESSAGE);
    }
    SRL_TRY(srl_entropy_take(t, key, sizeof key, err));
    gap = srl_ws_seal(out->data + mark, payload, SRL_WS_BINARY, key);
    if (gap) {
        memmove(out->data + mark, out->data + mark + gap,
                out->len - mark - gap);
        out->len -= gap;
    }
    return SURREAL_OK;
}

/* Queue a ping or pong. */
static surreal_status
srl_transport_control(srl_conn *c, unsigned opcode, surreal_bytes data,
                      surreal_error *err)
{
    srl_transport *t = &c->transport;
    uint8_t frame[SRL_WS_MAX_CONTROL_FRAME];
    uint8_t key[4];

    SRL_TRY(srl_entropy_take(t, key, sizeof key, err));
    srl_buf_put(&t->out, frame,
                srl_ws_control_write(frame, opcode, data.ptr, data.len, key));
    if (t->out.status) {
        return srl_fail(err, t->out.status, "out of memory for a pong");
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_transport_ping(srl_conn *c, surreal_error *err)
{
    surreal_bytes none = {NULL, 0};

    return srl_transport_control(c, SRL_WS_PING, none, err);
}

/* A peer that pings and never reads may not grow the queue for ever. */
static surreal_status
srl_transport_pong(srl_conn *c, surreal_bytes data, surreal_error *err)
{
    const srl_transport *t = &c->transport;

    if (t->out.len - t->out_at > SRL_OUT_HIGH) return SURREAL_OK;
    return srl_transport_control(c, SRL_WS_PONG, data, err);
}

SRL_FN void
srl_transport_wipe(srl_transport *t)
{
    if (!t->in) return;
    srl_wipe(t->in, t->in_at);
    srl_wipe(t->in + t->in_len, SRL_IN_CAP - t->in_len);
}

SRL_FN bool
srl_transport_has_output(const srl_conn *c)
{
    return c->transport.out_at < c->transport.out.len;
}

SRL_FN surreal_status
srl_transport_flush(srl_conn *c, bool *progress, surreal_error *err)
{
    srl_transport *t = &c->transport;

    while (t->out_at < t->out.len) {
        size_t done = 0;
        surreal_status status =
            t->stream.write(t->stream.user, t->out.data + t->out_at,
                            t->out.len - t->out_at, &done, err);

        if (status == SURREAL_WOULD_BLOCK) {
            t->is_full = true;
            return SURREAL_OK;
        }
        if (status) t->is_broken = true;
        SRL_TRY(status);
        /* What had been full takes bytes again: somebody took some out. */
        if (t->is_full) t->got_any = true;
        t->is_full = false;
        t->out_at += done;
        t->written += done;
        *progress = true;
    }
    if (t->out.is_secret) srl_wipe(t->out.data, t->out.cap);
    t->out.is_secret = false;
    t->out_at = 0;
    t->out.len = 0;
    if (t->out.cap > SRL_OUT_KEEP && !c->requests.pending) {
        srl_buf_free(&t->out);
    }
    return SURREAL_OK;
}

static surreal_status
srl_transport_closed(const srl_ws_event *event, surreal_error *err)
{
    if (event->code == SRL_WS_NO_CODE) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the server closed the connection");
    }
    return srl_fail(err, SURREAL_ERR_CLOSED,
                    "the server closed the connection with code %u: %.*s",
                    event->code, (int)event->data.len,
                    event->data.len ? (const char *)event->data.ptr
                                    : "no reason given");
}

/* The message of an event as a result whose document is checked. */
static surreal_status
srl_transport_take(srl_conn *c, const srl_ws_event *event,
                   surreal_result **out, surreal_error *err)
{
    surreal_result *r = c->transport.incoming;
    const char *reason = "";
    size_t used = 0;
    surreal_status status;

    SURREAL_ASSERT(r && event->data.ptr == srl_result_room(r));
    c->transport.incoming = NULL;
    *out = r;
    status = srl_cbor_check(event->data.ptr, event->data.len,
                            SURREAL_MAX_DEPTH, &used, &reason);
    if (!status && used != event->data.len) {
        status = SURREAL_ERR_CBOR;
        reason = "bytes after the reply";
    }
    if (!status) {
        srl_document_init(&r->doc, event->data.ptr, event->data.len,
                          &r->arena);
        return SURREAL_OK;
    }
    surreal_result_free(r);
    *out = NULL;
    srl_fail(err, status, "the server's message of %zu bytes: %s at byte %zu",
             event->data.len, reason, used);
    err->at = used;
    return status;
}

/* Feed what is there; SURREAL_OK with event->kind NONE if more is needed. */
static surreal_status
srl_transport_event(srl_transport *t, srl_ws_event *event,
                    surreal_error *err)
{
    surreal_bytes in;
    surreal_status status;

    in.ptr = t->in + t->in_at;
    in.len = t->in_len - t->in_at;
    status = srl_ws_next(&t->ws, &in, event, err);
    t->in_at = t->in_len - in.len;
    return status;
}

/* More bytes: the rest of a large message straight into its place, anything
 * else into the buffer. */
static surreal_status
srl_transport_receive(srl_transport *t, surreal_error *err)
{
    uint8_t *into = NULL;
    size_t want = srl_ws_want(&t->ws, &into);
    size_t got = 0;

    SURREAL_ASSERT(t->in_at == t->in_len);
    if (t->is_drained) return SURREAL_WOULD_BLOCK;
    if (want < SRL_IN_CAP / 4) return srl_transport_read(t, err);
    SRL_TRY(srl_transport_get(t, into, want, &got, err));
    srl_ws_filled(&t->ws, got);
    return SURREAL_OK;
}

SRL_FN void
srl_transport_refresh(srl_conn *c, srl_patience patience)
{
    srl_transport *t = &c->transport;

    t->is_drained = false;
    t->is_waiting = patience != SRL_PATIENCE_NONE;
    t->may_wait = patience == SRL_PATIENCE_READ && t->is_tcp;
    t->budget = SRL_STEP_BYTES;
    t->has_more = false;
}

SRL_FN surreal_status
srl_transport_next(srl_conn *c, surreal_result **out, surreal_error *err)
{
    srl_transport *t = &c->transport;

    *out = NULL;
    for (;;) {
        srl_ws_event event;

        SRL_TRY(srl_transport_event(t, &event, err));
        switch (event.kind) {
        case SRL_WS_EVENT_MESSAGE:
            t->may_wait = false; /* something was there */
            return srl_transport_take(c, &event, out, err);
        case SRL_WS_EVENT_PING:
            SRL_TRY(srl_transport_pong(c, event.data, err));
            break;
        case SRL_WS_EVENT_PONG:
            break;
        case SRL_WS_EVENT_CLOSE:
            return srl_transport_closed(&event, err);
        case SRL_WS_EVENT_NONE:
            SRL_TRY(srl_transport_receive(t, err));
            break;
        }
    }
}

SRL_FN void
srl_transport_close(srl_conn *c, bool flush)
{
    srl_transport *t = &c->transport;
    uint8_t frame[SRL_WS_MAX_CONTROL_FRAME];
    uint8_t key[4];
    surreal_error ignored;
    bool progress = false;

    if (t->has_stream) {
        /* A peer that is gone needs no goodbye, and none fits behind half a
         * frame. */
        if ((c->phase == SRL_PHASE_READY || c->phase == SRL_PHASE_SETUP) &&
            (flush || !srl_transport_has_output(c)) && !t->is_broken &&
            !t->out.status && !srl_entropy_take(t, key, sizeof key, NULL)) {
            unsigned code = t->ws.status ? srl_ws_close_code(t->ws.status)
                                         : (unsigned)SRL_WS_NORMAL;

            srl_buf_put(&t->out, frame,
                        srl_ws_close_write(frame, code, "", key));
            srl_transport_flush(c, &progress, &ignored);
        }
        t->stream.close(t->stream.user);
        t->has_stream = false;
    }
    /* What was being received may have been a token. */
    t->in_at = t->in_len = 0;
    srl_transport_wipe(t);
    if (t->incoming) srl_result_wipe(t->incoming);
    srl_buf_free(&t->out);
    t->out_at = 0;
    srl_mem_free(&c->mem, t->in, SRL_IN_CAP);
    t->in = NULL;
    t->in_at = 0;
    t->in_len = 0;
    srl_mem_free(&c->mem, t->upgrade, sizeof *t->upgrade);
    t->upgrade = NULL;
    surreal_result_free(t->incoming);
    t->incoming = NULL;
    srl_wipe(t->entropy, sizeof t->entropy);
    t->entropy_left = 0;
}

/*===========================================================================
 * client/request.c: requests in flight.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/request.c"
#endif


/* id = generation << 16 | index: short to send while generations are low, and
 * an index never reaches 2^16. */
#define SRL_REQUEST_INDEX_BITS 16

SRL_STATIC_ASSERT(SURREAL_MAX_PENDING <= 1 << SRL_REQUEST_INDEX_BITS,
                  request_index_fits);

static surreal_status
srl_requests_grow(srl_conn *c)
{
    srl_requests *all = &c->requests;
    size_t old_len = all->block_count * sizeof all->blocks[0];
    surreal_request **blocks;
    surreal_request *block;
    size_t i;

    if (all->block_count * SRL_REQUEST_BLOCK >= SURREAL_MAX_PENDING) {
        return SURREAL_ERR_LIMIT;
    }
    block = (surreal_request *)srl_mem_resize(
        &c->mem, NULL, 0, SRL_REQUEST_BLOCK * sizeof *block);
    if (!block) return SURREAL_ERR_NOMEM;
    blocks = (surreal_request **)srl_mem_resize(
        &c->mem, all->blocks, old_len, old_len + sizeof all->blocks[0]);
    if (!blocks) {
        srl_mem_free(&c->mem, block, SRL_REQUEST_BLOCK * sizeof *block);
        return SURREAL_ERR_NOMEM;
    }
    memset(block, 0, SRL_REQUEST_BLOCK * sizeof *block);
    all->blocks = blocks;
    for (i = SRL_REQUEST_BLOCK; i-- > 0;) {
        block[i].index = (uint32_t)(all->block_count * SRL_REQUEST_BLOCK + i);
        block[i].next = all->free;
        all->free = &block[i];
    }
    all->blocks[all->block_count++] = block;
    return SURREAL_OK;
}

/* Insert in the order of deadlines, looking from the end. */
static void
srl_request_link(srl_requests *all, surreal_request *request)
{
    surreal_request *after = all->last;

    while (after && after->deadline_ms > request->deadline_ms) {
        after = after->prev;
    }
    request->prev = after;
    request->next = after ? after->next : all->first;
    if (request->next) {
        request->next->prev = request;
    } else {
        all->last = request;
    }
    if (after) {
        after->next = request;
    } else {
        all->first = request;
    }
    request->is_pending = true;
    all->pending++;
}

SRL_FN surreal_request *
srl_request_add(surreal *db, int64_t deadline_ms, surreal_done *done,
                void *user, surreal_status *status)
{
    srl_conn *c = db->conn;
    srl_requests *all = &c->requests;
    surreal_request *request;

    SURREAL_ASSERT(done);
    *status = all->free ? SURREAL_OK : srl_requests_grow(c);
    if (*status) return NULL;
    request = all->free;
    all->free = request->next;

    request->generation++;
    request->id = (uint64_t)request->generation << SRL_REQUEST_INDEX_BITS |
                  request->index;
    request->db = db;
    request->deadline_ms = deadline_ms;
    request->done = done;
    request->user = user;
    request->epoch = c->epoch;
    request->sent_end = UINT64_MAX; /* not even in the queue */
    request->is_query = false;
    request->is_setup = false;
    srl_request_link(all, request);
    return request;
}

SRL_FN surreal_request *
srl_request_find(srl_conn *c, uint64_t id)
{
    srl_requests *all = &c->requests;
    size_t index = (size_t)(id & ((1u << SRL_REQUEST_INDEX_BITS) - 1));
    surreal_request *request;

    if (index >= all->block_count * SRL_REQUEST_BLOCK) return NULL;
    request = &all->blocks[index / SRL_REQUEST_BLOCK]
                          [index % SRL_REQUEST_BLOCK];
    /* Another connection's request has no reply on this one. */
    return request->is_pending && request->id == id &&
                   request->epoch == c->epoch
               ? request
               : NULL;
}

static void
srl_request_unlink(srl_requests *all, surreal_request *request)
{
    SURREAL_ASSERT(request->is_pending);
    if (request->prev) {
        request->prev->next = request->next;
    } else {
        all->first = request->next;
    }
    if (request->next) {
        request->next->prev = request->prev;
    } else {
        all->last = request->prev;
    }
    request->is_pending = false;
    all->pending--;
}

static void
srl_request_give_back(srl_requests *all, surreal_request *request)
{
    request->next = all->free;
    all->free = request;
}

SRL_FN void
srl_request_drop(srl_conn *c, surreal_request *request)
{
    srl_request_unlink(&c->requests, request);
    srl_request_give_back(&c->requests, request);
}

SRL_FN void
srl_request_complete(srl_conn *c, surreal_request *request,
                     surreal_status status, surreal_result *result,
                     const surreal_error *err)
{
    surreal *db = request->db;

    SURREAL_ASSERT(c->calls > 0);
    SURREAL_ASSERT((status != SURREAL_OK) == (err != NULL));
    srl_request_unlink(&c->requests, request);
    if (!request->is_setup) c->completed++;
    if (db->txn && err) srl_txn_poison(db, err);
    request->done(request->user, db, status, result, err);
    /* Not earlier: to cancel it inside its callback must not hit a new one. */
    srl_request_give_back(&c->requests, request);
}

/* A callback may do anything, so each search begins anew; what is looked for
 * nearly always stands first. */
static surreal_request *
srl_request_of(srl_conn *c, const surreal *db)
{
    surreal_request *request = c->requests.first;

    while (request && db && request->db != db) request = request->next;
    return request;
}

/* Nobody can add requests meanwhile: the handle has ended, or the connection
 * has; so this ends. */
SRL_FN void
srl_requests_end(srl_conn *c, const surreal *db, const surreal_error *err)
{
    surreal_request *request;

    while ((request = srl_request_of(c, db)) != NULL) {
        srl_request_complete(c, request, err->status, NULL, err);
    }
}

static surreal_request *
srl_request_of_epoch(srl_conn *c, uint32_t epoch, bool is_setup)
{
    surreal_request *request = c->requests.first;

    while (request &&
           (request->epoch > epoch || request->is_setup != is_setup)) {
        request = request->next;
    }
    return request;
}

SRL_FN void
srl_requests_fail(srl_conn *c, uint32_t epoch, bool is_setup,
                  const surreal_error *err)
{
    surreal_request *request;

    while ((request = srl_request_of_epoch(c, epoch, is_setup)) != NULL) {
        srl_request_complete(c, request, err->status, NULL, err);
    }
}

SRL_FN void
srl_requests_lose(srl_conn *c, uint32_t epoch, uint64_t written,
                  bool is_setup, const surreal_error *cause)
{
    surreal_request *request;

    while ((request = srl_request_of_epoch(c, epoch, is_setup)) != NULL) {
        surreal_error err;

        if (request->epoch == epoch && request->sent_end > written) {
            srl_fail(&err, SURREAL_ERR_NOT_SENT,
                     "the connection was lost before the request was sent, "
                     "so nothing was done: %s", cause->message);
        } else {
            srl_fail(&err, SURREAL_ERR_UNKNOWN,
                     "the connection was lost before the answer came; the "
                     "server may have done it or not: %s", cause->message);
        }
        err.os_error = cause->os_error;
        srl_request_complete(c, request, err.status, NULL, &err);
    }
}

SRL_FN void
srl_requests_expire(srl_conn *c, int64_t now_ms)
{
    surreal_request *request;

    while ((request = c->requests.first) != NULL &&
           request->deadline_ms <= now_ms) {
        surreal_error err;

        srl_fail(&err, SURREAL_ERR_TIMEOUT,
                 "no answer from the server within the time limit; a reply "
                 "that still comes is dropped");
        srl_request_complete(c, request, err.status, NULL, &err);
    }
}

SRL_FN void
srl_requests_free(srl_conn *c)
{
    srl_requests *all = &c->requests;
    size_t i;

    SURREAL_ASSERT(!all->pending);
    for (i = 0; i < all->block_count; i++) {
        srl_mem_free(&c->mem, all->blocks[i],
                     SRL_REQUEST_BLOCK * sizeof *all->blocks[i]);
    }
    srl_mem_free(&c->mem, all->blocks,
                 all->block_count * sizeof all->blocks[0]);
    memset(all, 0, sizeof *all);
}

/*===========================================================================
 * client/result.c: answers.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/result.c"
#endif


/* The message stands right behind the struct, so that a reply is one
 * allocation. The struct's size is a multiple of its alignment; bytes need
 * none. One byte more than the message is kept so that len may be 0. */

/* Answers are mostly small, and so of one size: any block that was given back
 * fits the next one. */
#define SRL_RESULT_SMALL 512

/* A block that was given back and is large enough, or a new one. */
static surreal_result *
srl_result_block(surreal_result **spare, srl_mem *mem, size_t block_len)
{
    surreal_result *r = spare ? *spare : NULL;

    if (!r || r->block_len < block_len) {
        return (surreal_result *)srl_mem_resize(mem, NULL, 0, block_len);
    }
    *spare = r->next;
    mem->used = r->block_len;
    return r;
}

SRL_FN surreal_result *
srl_result_new(surreal_result **spare, const surreal_allocator *allocator,
               size_t len, size_t max_memory)
{
    surreal_result *r;
    srl_mem mem;
    size_t block_len;

    srl_mem_init(&mem, allocator, max_memory);
    if (!srl_size_add(len, sizeof *r + 1, &block_len)) return NULL;
    if (spare && block_len < SRL_RESULT_SMALL &&
        (!max_memory || max_memory >= SRL_RESULT_SMALL)) {
        block_len = SRL_RESULT_SMALL;
    }
    r = srl_result_block(spare, &mem, block_len);
    if (!r) return NULL;
    if (mem.used > block_len) block_len = mem.used;
    memset(r, 0, sizeof *r);
    r->mem = mem;
    r->block_len = block_len;
    srl_arena_init(&r->arena, &r->mem);
    srl_document_init(&r->doc, srl_result_room(r), len, &r->arena);
    return r;
}

SRL_FN uint8_t *
srl_result_room(surreal_result *r)
{
    return (uint8_t *)(r + 1);
}

SRL_FN void
srl_result_keep(surreal_result **spare, surreal_result *r)
{
    surreal_result *at = *spare;
    int count = 0;

    if (!r) return;
    for (; at; at = at->next) count++;
    srl_arena_free(&r->arena);
    if (count >= SRL_RESULT_SPARES || r->block_len > SRL_RESULT_SMALL) {
        surreal_result_free(r);
        return;
    }
    r->next = *spare;
    *spare = r;
}

SURREAL_API void
surreal_result_recycle(surreal *db, surreal_result *r)
{
    if (!db || db->is_ended) {
        surreal_result_free(r);
    } else {
        srl_result_keep(&db->conn->spare, r);
    }
}

SRL_FN void
srl_results_free(surreal_result **list)
{
    surreal_result *r;

    while ((r = *list) != NULL) {
        *list = r->next;
        surreal_result_free(r);
    }
}

SRL_FN void
srl_result_wipe(surreal_result *r)
{
    srl_wipe(srl_result_room(r), r->block_len - sizeof *r);
}

SURREAL_API void
surreal_result_free(surreal_result *r)
{
    srl_mem mem;

    if (!r) return;
    srl_arena_free(&r->arena);
    mem = r->mem; /* r is about to go */
    srl_mem_free(&mem, r, r->block_len);
    SURREAL_ASSERT(mem.used == 0);
}

/* An error for when there is no memory for an error. */
static const surreal_error *
srl_error_nomem(void)
{
    static const surreal_error nomem = {
        SURREAL_ERR_NOMEM, 0, -1, 0, 0, "", "", "", "out of memory"};

    return &nomem;
}

static const surreal_error *
srl_statement_error_make(surreal_result *r, size_t index)
{
    srl_statement *statement = &r->statements[index];
    surreal_error *err;

    if (!statement->failed) return NULL;
    if (statement->error) return statement->error;
    err = (surreal_error *)srl_arena_alloc(&r->arena, sizeof *err);
    if (!err) return srl_error_nomem();
    srl_row_error(statement->row, (int)index, err);
    statement->error = err;
    return err;
}

/* The first failed statement that is not a bystander, or else the first. */
static void
srl_result_find_cause(surreal_result *r)
{
    size_t cause = r->count;
    size_t i;

    for (i = 0; i < r->count; i++) {
        if (!r->statements[i].failed) continue;
        if (cause == r->count) cause = i;
        if (srl_row_is_bystander(r->statements[i].row)) continue;
        cause = i;
        break;
    }
    if (cause == r->count) return;
    r->cause = srl_statement_error_make(r, cause);
    r->status = r->cause->status;
}

static surreal_status
srl_result_rows(surreal_result *r, const uint8_t *value, surreal_error *err)
{
    srl_cbor_head head;
    const uint8_t *at = srl_cbor_head_at(value, &head);
    size_t i;

    if (head.major != SRL_CBOR_ARRAY || head.info == 31) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "expected an array of statements' answers, got CBOR "
                        "type %d", head.major);
    }
    /* The smallest row, {"result": 0, "status": "OK"}, has 19 bytes: a count
     * far beyond that is a lie that must not become memory. */
    if (head.arg > r->doc.len / 16) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "the server announces more statements than its "
                        "message can hold");
    }
    r->count = (size_t)head.arg;
    if (r->count > 1) {
        r->statements = (srl_statement *)srl_arena_array(
            &r->arena, r->count, sizeof *r->statements);
        if (!r->statements) {
            return srl_fail(err, SURREAL_ERR_NOMEM,
                            "out of memory for %zu statements", r->count);
        }
    }
    for (i = 0; i < r->count; i++) {
        srl_row row;

        at = srl_row_read(at, &row, err);
        if (!at) return err->status;
        r->statements[i].row = row.at;
        r->statements[i].value = row.value;
        r->statements[i].failed = row.failed;
        r->statements[i].error = NULL;
    }
    srl_result_find_cause(r);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_result_index(surreal_result *r, const uint8_t *value, bool is_query,
                 surreal_error *err)
{
    r->value = value;
    r->statements = &r->single;
    if (is_query) return srl_result_rows(r, value, err);
    r->single.value = value;
    r->count = 1;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_result_from(const surreal_allocator *allocator, surreal_bytes bytes,
                    surreal_result **out, surreal_error *err)
{
    surreal_error local;
    surreal_result *r;
    surreal_status status;
    const char *reason = "";
    size_t used = 0;

    if (!err) err = &local;
    srl_error_clear(err);
    *out = NULL;
    if (bytes.len) {
        status = srl_cbor_check(bytes.ptr, bytes.len, SURREAL_MAX_DEPTH,
                                &used, &reason);
        if (!status && used != bytes.len) {
            status = SURREAL_ERR_CBOR;
            reason = "bytes after the item";
        }
        if (status) {
            srl_fail(err, status, "%s at byte %zu", reason, used);
            err->at = used;
            return status;
        }
    }
    r = srl_result_new(NULL, allocator, bytes.len, 0);
    if (!r) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    if (bytes.len) {
        memcpy(srl_result_room(r), bytes.ptr, bytes.len);
        srl_result_index(r, srl_result_room(r), false, err);
    }
    *out = r;
    return SURREAL_OK;
}

SURREAL_API size_t
surreal_statements(const surreal_result *r)
{
    return r ? r->count : 0;
}

SURREAL_API surreal_status
surreal_statement_status(const surreal_result *r, size_t statement)
{
    if (!r || statement >= r->count) return SURREAL_ERR_USAGE;
    if (!r->statements[statement].failed) return SURREAL_OK;
    return srl_row_error(r->statements[statement].row, (int)statement, NULL);
}

SURREAL_API const surreal_error *
surreal_result_error(const surreal_result *r)
{
    return r ? r->cause : NULL;
}

SURREAL_API const surreal_error *
surreal_statement_error(surreal_result *r, size_t statement)
{
    if (!r || statement >= r->count) return NULL;
    return srl_statement_error_make(r, statement);
}

SURREAL_API surreal_value
surreal_statement_value(const surreal_result *r, size_t statement)
{
    surreal_value none = {NULL, NULL};

    if (!r || statement >= r->count) return none;
    return srl_value_at(&r->doc, r->statements[statement].value);
}

SURREAL_API surreal_duration
surreal_statement_time(const surreal_result *r, size_t statement)
{
    surreal_duration time = {0, 0};
    surreal_str text;

    if (!r || statement >= r->count || !r->statements[statement].row) {
        return time;
    }
    if (surreal_get_str(surreal_field(srl_value_at(
                            &r->doc, r->statements[statement].row), "time"),
                        &text) == SURREAL_OK) {
        srl_row_time_parse(text, &time);
    }
    return time;
}

SURREAL_API surreal_value
surreal_rows(const surreal_result *r, size_t statement)
{
    surreal_value none = {NULL, NULL};
    surreal_value v = surreal_statement_value(r, statement);

    if (surreal_value_kind(v) != SURREAL_ARRAY) return none;
    return r->statements[statement].failed ? none : v;
}

SURREAL_API surreal_status
surreal_one(const surreal_result *r, size_t statement, surreal_value *row)
{
    surreal_value none = {NULL, NULL};
    surreal_value v = surreal_statement_value(r, statement);
    surreal_status status = surreal_statement_status(r, statement);

    *row = none;
    if (status) return status;
    if (surreal_is_nothing(v)) return SURREAL_NOT_FOUND;
    if (surreal_value_kind(v) == SURREAL_ARRAY) {
        size_t count = surreal_count(v);

        if (count == 0) return SURREAL_NOT_FOUND;
        if (count > 1) return SURREAL_ERR_RANGE;
        v = surreal_at(v, 0);
    }
    *row = v;
    return SURREAL_OK;
}

SURREAL_API void *
surreal_result_alloc(surreal_result *r, size_t len)
{
    return r ? srl_arena_alloc(&r->arena, len) : NULL;
}

SURREAL_API size_t
surreal_result_size(const surreal_result *r)
{
    return r ? r->mem.used : 0;
}

SURREAL_API surreal_bytes
surreal_result_bytes(const surreal_result *r)
{
    surreal_bytes bytes = {NULL, 0};

    if (r && r->value) {
        bytes.ptr = r->value;
        bytes.len = (size_t)(srl_cbor_skip(r->value) - r->value);
    }
    return bytes;
}

/*===========================================================================
 * client/connect.c: opening a connection, and the life of its handles.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/connect.c"
#endif


#define SRL_DEFAULT_CONNECT_MS 10000
#define SRL_DEFAULT_TIMEOUT_MS 30000
#define SRL_DEFAULT_PING_MS 15000
#define SRL_DEFAULT_PONG_MS 10000

SRL_FN void
srl_trace(const srl_conn *c, surreal_level level, const char *layer,
          const char *fmt, ...)
{
    char text[256];
    va_list args;

    if (!c->options.trace || level > c->options.trace_level) return;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    c->options.trace(c->options.trace_user, level, layer, text);
}

SRL_FN void
srl_tell(srl_conn *c, surreal *db, surreal_change change,
         const surreal_error *err)
{
    if (!c->options.on_change) return;
    srl_enter(c);
    c->options.on_change(c->options.change_user, db, change, err);
    srl_leave(c);
}

/* ---- the life of the structs ----------------------------------------- */

static void
srl_conn_free(srl_conn *c)
{
    srl_mem mem;

    srl_requests_free(c);
    srl_results_free(&c->spare);
    srl_wake_close(c->wake);
    srl_arena_free(&c->arena);
    mem = c->mem; /* c is about to go */
    srl_mem_free(&mem, c, sizeof *c);
    SURREAL_ASSERT(mem.used == 0);
}

/* A session goes with its own handle; a transaction of it that is still held
 * has ended and looks at it no more. */
static void
srl_handle_free(srl_conn *c, surreal *db)
{
    surreal *other;

    if (db->txn) {
        srl_mem_free(&c->mem, db->txn, sizeof *db->txn);
    } else {
        for (other = c->handles; other; other = other->next) {
            if (other->session == db->session) other->session = NULL;
        }
        srl_session_free(c, db->session);
    }
    srl_mem_free(&c->mem, db, sizeof *db);
}

static void
srl_handles_reap(srl_conn *c)
{
    surreal **at = &c->handles;

    while (*at) {
        surreal *db = *at;

        if (!db->is_closed) {
            at = &db->next;
            continue;
        }
        *at = db->next;
        srl_handle_free(c, db);
    }
}

SRL_FN void
srl_enter(srl_conn *c)
{
    c->calls++;
}

SRL_FN void
srl_leave(srl_conn *c)
{
    SURREAL_ASSERT(c->calls > 0);
    if (c->calls == 1 && c->has_closed) {
        c->has_closed = false;
        srl_handles_reap(c);
    }
    c->calls--;
    if (!c->calls && !c->handles) srl_conn_free(c);
}

/* The root's end is everybody's. */
static void
srl_conn_close(srl_conn *c, const surreal_error *err)
{
    surreal *db;

    srl_transport_close(c, true);
    c->phase = SRL_PHASE_CLOSED;
    c->setup.stage = SRL_STAGE_NONE;
    for (db = c->handles; db; db = db->next) db->is_ended = true;
    srl_txns_lose(c, NULL, err);
    srl_requests_end(c, NULL, err);
    srl_lives_end(c, NULL, err);
}

static void
srl_session_close(surreal *db, const surreal_error *err)
{
    srl_conn *c = db->conn;

    db->is_ended = true;
    srl_txns_lose(c, db->session, err);
    srl_requests_end(c, db, err);
    srl_lives_end(c, db->session, err);
    srl_session_detach(db);
}

SURREAL_API void
surreal_close(surreal *db)
{
    surreal_error err;
    srl_conn *c;

    if (!db || db->is_closed) return;
    c = db->conn;
    srl_enter(c);
    db->is_closed = true;
    c->has_closed = true;
    srl_fail(&err, SURREAL_ERR_CLOSED, "the handle was closed here");
    if (db == c->root) {
        srl_conn_close(c, &err);
    } else if (db->txn) {
        srl_txn_close(db, &err);
    } else if (!db->is_ended) {
        srl_session_close(db, &err);
    }
    srl_leave(c);
}

/* ---- options --------------------------------------------------------- */

/* A copy in the connection's arena; NULL stays NULL. */
static surreal_status
srl_option_text(srl_conn *c, const char **text)
{
    surreal_str copy;

    if (!*text) return SURREAL_OK;
    copy = srl_arena_text(&c->arena, *text, strlen(*text));
    *text = copy.ptr;
    return copy.ptr ? SURREAL_OK : SURREAL_ERR_NOMEM;
}

static surreal_status
srl_options_check(const surreal_options *o, surreal_error *err)
{
    if (o->db && !o->ns) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option db needs option ns: a database is inside a "
                        "namespace");
    }
    if (o->auth_db && !o->auth_ns) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option auth_db needs option auth_ns");
    }
    if (!o->user != !o->pass) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "options user and pass come together: %s is missing",
                        o->user ? "pass" : "user");
    }
    if (o->auth_ns && !o->user) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option auth_ns needs options user and pass");
    }
    if (o->user && o->auth.kind) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "options user and auth say the same thing twice");
    }
    return SURREAL_OK;
}

static void
srl_reconnect_defaults(surreal_reconnect *r)
{
    if (!r->attempts) r->attempts = 12;
    if (r->attempts < 0) r->attempts = 0;
    if (r->min_ms <= 0) r->min_ms = 100;
    if (r->max_ms <= 0) r->max_ms = 15000;
    if (r->max_ms < r->min_ms) r->max_ms = r->min_ms;
    if (!(r->multiplier >= 1)) r->multiplier = 2;
    if (r->jitter == 0) r->jitter = 0.25;
    if (!(r->jitter > 0)) r->jitter = 0;
    if (r->jitter > 1) r->jitter = 1;
}

static void
srl_option_defaults(surreal_options *o)
{
    srl_reconnect_defaults(&o->reconnect);
    if (!o->trace_level) o->trace_level = SURREAL_LEVEL_INFO;
    if (!o->connect_ms) o->connect_ms = SRL_DEFAULT_CONNECT_MS;
    if (!o->timeout_ms) o->timeout_ms = SRL_DEFAULT_TIMEOUT_MS;
    if (!o->ping_ms) o->ping_ms = SRL_DEFAULT_PING_MS;
    if (o->pong_ms <= 0) o->pong_ms = SRL_DEFAULT_PONG_MS;
    if (!o->max_message) o->max_message = SURREAL_MAX_MESSAGE;
    if (o->connect_tries <= 0) o->connect_tries = 1;
}

/* The first session's namespace, database and user. Credentials live in the
 * session only, where they are wiped. */
static surreal_status
srl_options_session(srl_conn *c, surreal_error *err)
{
    surreal_options *o = &c->options;
    srl_session *session = c->sessions;
    surreal_auth auth = o->auth;

    if (o->user) {
        auth = o->auth_db   ? surreal_auth_db(o->auth_ns, o->auth_db, o->user,
                                              o->pass)
               : o->auth_ns ? surreal_auth_ns(o->auth_ns, o->user, o->pass)
                            : surreal_auth_root(o->user, o->pass);
    }
    memset(&o->auth, 0, sizeof o->auth);
    o->user = o->pass = o->auth_ns = o->auth_db = NULL;
    if (auth.kind) {
        SRL_TRY(srl_auth_keep(session, &auth, err));
        SRL_TRY(srl_auth_place(session, &auth, err));
    }
    if (!o->ns) return SURREAL_OK;
    return srl_session_place(session, o->ns, o->db, err);
}

static surreal_status
srl_options_take(srl_conn *c, surreal_error *err)
{
    surreal_options *o = &c->options;
    surreal_status status;

    SRL_TRY(srl_options_check(o, err));
    SRL_TRY(srl_options_session(c, err));
    status = srl_option_text(c, &o->ns);
    if (!status) status = srl_option_text(c, &o->db);
    if (status) return srl_fail(err, status, "out of memory");
    srl_option_defaults(o);
    if (o->can_wake && !srl_wake_open(c->wake)) {
        return srl_fail(err, SURREAL_ERR_IO,
                        "no descriptors for surreal_wake");
    }
    return SURREAL_OK;
}

/* ---- where to -------------------------------------------------------- */

/* The next url of a list separated by commas; *at moves behind it. */
static surreal_str
srl_url_list_next(const char **at)
{
    const char *start = *at;
    size_t len = strcspn(start, ",");

    *at = start[len] ? start + len + 1 : start + len;
    return surreal_text_of(start, len);
}

/* Every url of the list is read before any is dialled: a mistake in the one
 * for bad days is found on a good day. */
static surreal_status
srl_urls_take(srl_conn *c, const char *list, surreal_error *err)
{
    srl_scheme scheme = (srl_scheme)0;
    const char *at;

    if (!list) return srl_fail(err, SURREAL_ERR_USAGE, "the url is NULL");
    c->urls = list;
    if (srl_option_text(c, &c->urls)) {
        return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    }
    at = c->urls;
    do {
        bool more = strchr(at, ',') != NULL;
        size_t start = (size_t)(at - c->urls);
        surreal_str one = srl_url_list_next(&at);
        surreal_status status = srl_url_parse(&c->url, one.ptr, one.len, err);

        if (status) {
            err->at += start;
            return status;
        }
        if (c->url_count++ && c->url.scheme != scheme) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "the urls have different schemes");
        }
        scheme = c->url.scheme;
        if (!more) break;
    } while (true);
    return SURREAL_OK;
}

/* Credentials over a stream that is not encrypted are the program's decision:
 * the scheme says what it wants. */
static surreal_status
srl_stream_open(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    const surreal_transport *custom = c->options.transport;
    bool is_secure = c->url.scheme == SRL_SCHEME_WSS ||
                     c->url.scheme == SRL_SCHEME_HTTPS;

    t->is_tcp = !custom;
    if (custom) {
        return custom->open(custom->user, c->url.host, c->url.port, is_secure,
                            &t->stream, err);
    }
    if (is_secure) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "wss:// and https:// need the option transport in "
                        "this version");
    }
    return srl_tcp_open(&c->tcp, c->url.host, c->url.port, &t->stream, err);
}

SRL_FN surreal_status
srl_dial(srl_conn *c, surreal_error *err)
{
    surreal_str url;

    if (!*c->url_next) c->url_next = c->urls;
    url = srl_url_list_next(&c->url_next);
    SRL_TRY(srl_url_parse(&c->url, url.ptr, url.len, err));
    c->epoch++;
    c->unanswered = 0;
    c->phase = SRL_PHASE_CONNECT;
    c->connect_deadline_ms = c->options.connect_ms < 0
                                 ? INT64_MAX
                                 : srl_os_now_ms() + c->options.connect_ms;
    srl_transport_init(c);
    srl_trace(c, SURREAL_LEVEL_DEBUG, "client", "connecting to %s port %u",
              c->url.host, (unsigned)c->url.port);
    SRL_TRY(srl_stream_open(c, err));
    c->transport.has_stream = true;
    srl_tell(c, c->root, SURREAL_CHANGE_CONNECTING, NULL);
    return SURREAL_OK;
}

SRL_FN const char *
srl_connect_stage(const srl_conn *c)
{
    if (c->phase == SRL_PHASE_CONNECT) return "connecting";
    if (c->phase == SRL_PHASE_UPGRADE) return "the upgrade to WebSocket";
    switch (c->setup.stage) {
    case SRL_STAGE_AUTH:
        return c->setup.has_version ? "signing in" : "asking for the version";
    case SRL_STAGE_DONE:
    case SRL_STAGE_USE: return "selecting the namespace";
    case SRL_STAGE_LET: return "setting variables";
    case SRL_STAGE_LIVE: return "registering live queries";
    default: return "asking for the version";
    }
}

SRL_FN surreal_status
srl_connect_step(srl_conn *c, surreal_error *err)
{
    surreal_stream *stream = &c->transport.stream;
    bool progress = false;

    if (c->phase == SRL_PHASE_CONNECT) {
        SRL_TRY(stream->connect(stream->user, err));
        SRL_TRY(srl_transport_upgrade(c, err));
        c->phase = SRL_PHASE_UPGRADE;
        srl_trace(c, SURREAL_LEVEL_DEBUG, "client", "asking for WebSocket");
    }
    SRL_TRY(srl_transport_flush(c, &progress, err));
    SRL_TRY(srl_transport_upgraded(c, err));
    c->phase = SRL_PHASE_SETUP;
    srl_setup_start(c, &c->setup, NULL);
    return SURREAL_OK;
}

SRL_FN void
srl_connect_ready(srl_conn *c)
{
    c->phase = SRL_PHASE_READY;
    /* The tries that opened it do not count as tries to get it back. */
    if (!c->was_ready) srl_retry_begin(c, 0);
    c->was_ready = true;
    c->retry.dialled = 0;
    c->ready_ms = srl_os_now_ms();
    c->heard_ms = c->ready_ms;
    c->pong_deadline_ms = INT64_MAX;
    srl_error_clear(&c->failure);
    srl_trace(c, SURREAL_LEVEL_INFO, "client", "connected to SurrealDB %s",
              c->version_text);
    srl_tell(c, c->root, SURREAL_CHANGE_OPEN, NULL);
    srl_lives_ready(c);
}

/* ---- opening --------------------------------------------------------- */

static srl_conn *
srl_conn_new(const surreal_options *opt)
{
    srl_conn *c;
    srl_mem mem;

    srl_mem_init(&mem, opt ? &opt->allocator : NULL, 0);
    c = (srl_conn *)srl_mem_resize(&mem, NULL, 0, sizeof *c);
    if (!c) return NULL;
    memset(c, 0, sizeof *c);
    c->mem = mem;
    if (opt) c->options = *opt;
    srl_arena_init(&c->arena, &c->mem);
    c->tcp.fd = -1;
    c->wake[0] = c->wake[1] = -1;
    c->phase = SRL_PHASE_CONNECT;
    srl_retry_begin(c, 1);
    c->pong_deadline_ms = INT64_MAX;
    c->renew_at_ms = INT64_MAX;
    c->root = srl_session_new(c);
    if (c->root) return c;
    mem = c->mem;
    srl_mem_free(&mem, c, sizeof *c);
    return NULL;
}

/* How opening went so far. A callback may have closed the connection. */
static surreal_status
srl_open_status(const srl_conn *c, surreal **out)
{
    if (c->phase == SRL_PHASE_CLOSED) {
        *out = NULL;
        return SURREAL_ERR_CLOSED;
    }
    return c->phase == SRL_PHASE_FAILED ? c->failure.status : SURREAL_OK;
}

SRL_FN srl_conn *
srl_conn_twin(const srl_conn *c)
{
    srl_conn *twin = srl_conn_new(&c->options);
    surreal_error ignored;

    if (!twin) return NULL;
    twin->options.ns = twin->options.db = NULL;
    if (srl_urls_take(twin, c->urls, &ignored) ||
        (twin->options.can_wake && !srl_wake_open(twin->wake))) {
        surreal_close(twin->root);
        return NULL;
    }
    twin->url_next = twin->urls;
    return twin;
}

SRL_FN surreal_status
srl_conn_prepare(const char *url, const surreal_options *opt, surreal **out,
                 surreal_error *err)
{
    srl_conn *c = srl_conn_new(opt);
    surreal_status status;

    srl_error_clear(err);
    *out = c ? c->root : NULL;
    if (!c) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    status = srl_urls_take(c, url, err);
    if (!status) status = srl_options_take(c, err);
    if (!status) c->url_next = c->urls; /* it may dial */
    return status;
}

SURREAL_API surreal_status
surreal_open_start(const char *url, const surreal_options *opt, surreal **out)
{
    surreal_error err;
    surreal_status status = srl_conn_prepare(url, opt, out, &err);
    srl_conn *c = *out ? (*out)->conn : NULL;

    if (!c) return status;
    srl_enter(c);
    if (status) {
        srl_conn_fail(c, &err);
    } else if (srl_dial(c, &err)) {
        srl_conn_lose(c, &err);
    }
    status = srl_open_status(c, out);
    srl_leave(c);
    return status;
}

SURREAL_API surreal_status
surreal_open(const char *url, const surreal_options *opt, surreal **out)
{
    surreal_status status;
    srl_conn *c;

    SRL_TRY(surreal_open_start(url, opt, out));
    c = (*out)->conn;
    srl_enter(c);
    surreal_step(*out);
    /* Opened and lost again is opened: the rest is reconnecting, which the
     * caller need not wait for here. */
    while (c->phase < SRL_PHASE_READY && !c->was_ready) {
        srl_wait_and_step(c, -1);
    }
    status = srl_open_status(c, out);
    srl_leave(c);
    return status;
}

SURREAL_API surreal_state
surreal_get_state(const surreal *db)
{
    const srl_conn *c = db ? db->conn : NULL;

    if (!db || db->is_ended) return SURREAL_CLOSED;
    switch (c->phase) {
    case SRL_PHASE_READY: return SURREAL_OPEN;
    case SRL_PHASE_FAILED: return SURREAL_FAILED;
    case SRL_PHASE_CLOSED: return SURREAL_CLOSED;
    default:
        return c->was_ready ? SURREAL_RECONNECTING : SURREAL_CONNECTING;
    }
}

SURREAL_API const surreal_error *
surreal_last_error(const surreal *db)
{
    static const surreal_error nomem = {
        SURREAL_ERR_NOMEM, 0, -1, 0, 0, "", "", "", "out of memory"};

    return db ? &db->error : &nomem;
}

SURREAL_API surreal_server_version
surreal_version(const surreal *db)
{
    surreal_server_version none = {{"", 0}, 0, 0, 0};

    return db ? db->conn->version : none;
}

SRL_FN int
srl_major(const surreal *db)
{
    return db->conn->version.major;
}

SURREAL_API bool
surreal_has(const surreal *db, surreal_feature feature)
{
    const srl_conn *c;
    bool is_http;

    if (!db || !db->conn->version.major) return false;
    c = db->conn;
    is_http = srl_conn_is_http(c);
    switch (feature) {
    case SURREAL_FEATURE_LIVE: return !is_http;
    case SURREAL_FEATURE_TRANSACTIONS:
        return c->version.major >= 3 && !is_http;
    case SURREAL_FEATURE_SESSIONS: return c->version.major >= 3 || is_http;
    case SURREAL_FEATURE_REFRESH:
    case SURREAL_FEATURE_SETS:
    case SURREAL_FEATURE_ERRORS: return c->version.major >= 3;
    }
    return false;
}

SRL_FN bool
srl_conn_is_http(const srl_conn *c)
{
    return c->url.scheme == SRL_SCHEME_HTTP ||
           c->url.scheme == SRL_SCHEME_HTTPS;
}

/*===========================================================================
 * client/reconnect.c: losing a connection, and what has its time.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/reconnect.c"
#endif


/* ---- whether and when to try again ----------------------------------- */

/* What waiting may cure: the network, a server that is away, busy or shutting
 * down. What was a good server once may also come back from having broken its
 * protocol or from a proxy that answers in its place; while connecting for the
 * first time, that means we are talking to something else. */
static bool
srl_may_pass(const srl_conn *c, const surreal_error *err)
{
    switch (surreal_status_class(err->status)) {
    case SURREAL_CLASS_IO: return err->status != SURREAL_ERR_RANDOM;
    case SURREAL_CLASS_TIMEOUT:
    case SURREAL_CLASS_CLOSED: return true;
    case SURREAL_CLASS_PROTO:
        if (err->status == SURREAL_ERR_UPGRADE && err->code >= 500) return true;
        return c->was_ready;
    case SURREAL_CLASS_LIMIT:
    case SURREAL_CLASS_NOMEM: return c->was_ready;
    case SURREAL_CLASS_SERVER:
        /* Neither refused nor misunderstood: it could not just then. */
        return c->was_ready && (err->status == SURREAL_ERR_SERVER ||
                                err->status == SURREAL_ERR_QUERY_TIMEOUT);
    default: return err->status == SURREAL_CONFLICT;
    }
}

/* Exponential, capped, with jitter; the draw needs to be different between
 * clients, not secret. */
static int64_t
srl_retry_delay(srl_conn *c)
{
    const surreal_reconnect *r = &c->options.reconnect;
    double delay = r->min_ms;
    int i;

    for (i = 0; i < c->retry.waits && delay < r->max_ms; i++) {
        delay *= r->multiplier;
    }
    if (delay > r->max_ms) delay = r->max_ms;
    c->retry.seed = c->retry.seed * 1664525u + 1013904223u;
    delay += delay * r->jitter *
             ((double)(c->retry.seed >> 8) / (double)(1u << 23) - 1);
    return (int64_t)delay;
}

SRL_FN void
srl_retry_begin(srl_conn *c, int rounds)
{
    c->retry.rounds = rounds;
    c->retry.waits = 0;
    c->retry.dialled = 0;
}

/* True with the time set if there will be another attempt. The other urls of
 * a round are tried without waiting. */
static bool
srl_retry_plan(srl_conn *c, const surreal_error *err)
{
    srl_retry *retry = &c->retry;
    int limit = c->was_ready ? c->options.reconnect.attempts
                             : c->options.connect_tries;

    if (!srl_may_pass(c, err)) return false;
    if (!retry->seed) srl_os_random(&retry->seed, sizeof retry->seed);
    retry->at_ms = srl_os_now_ms();
    if (c->phase != SRL_PHASE_READY) {
        if (++retry->dialled < c->url_count) return true;
    } else if (retry->at_ms - c->ready_ms >= c->options.reconnect.max_ms) {
        /* It held longer than the longest wait, whether anybody asked it
         * anything or not: this is no server that throws everybody out. */
        srl_retry_begin(c, 0);
    }
    retry->dialled = 0;
    if (retry->rounds >= limit) return false;
    retry->at_ms += srl_retry_delay(c);
    retry->waits++;
    retry->rounds++;
    return true;
}

/* ---- losing ---------------------------------------------------------- */

/* State first, callbacks last: any of them may drive the connection on to the
 * next attempt and beyond, or close it. So a change is told before the ends of
 * the requests it is the reason of, and those are told by their epoch alone,
 * whatever the connection is by then. */
SRL_FN void
srl_conn_fail(srl_conn *c, const surreal_error *err)
{
    surreal_error cause = *err;
    uint32_t epoch = c->epoch;
    surreal *db;

    if (c->phase >= SRL_PHASE_FAILED) return;
    srl_trace(c, SURREAL_LEVEL_ERROR, "client", "%s", cause.message);
    srl_transport_close(c, false);
    c->failure = cause;
    c->phase = SRL_PHASE_FAILED;
    c->setup.stage = SRL_STAGE_NONE;
    for (db = c->handles; db; db = db->next) db->error = cause;
    srl_auth_settle(c);
    srl_txns_lose(c, NULL, &cause);
    srl_requests_fail(c, epoch, true, &cause);
    srl_tell(c, c->root, SURREAL_CHANGE_FAILED, &cause);
    srl_requests_fail(c, epoch, false, &cause);
    /* Tried again from a callback, it restores them. */
    if (c->phase >= SRL_PHASE_FAILED) srl_lives_end(c, NULL, &cause);
}

SRL_FN void
srl_conn_lose(srl_conn *c, const surreal_error *err)
{
    surreal_error cause = *err;
    uint64_t written = c->transport.written;
    uint32_t epoch = c->epoch;
    bool was_open = c->phase == SRL_PHASE_READY;

    if (c->phase >= SRL_PHASE_FAILED) return;
    if (!srl_retry_plan(c, &cause)) {
        srl_conn_fail(c, &cause);
        return;
    }
    srl_trace(c, SURREAL_LEVEL_WARN, "client", "%s; trying again",
              cause.message);
    srl_transport_close(c, false);
    c->failure = cause;
    c->phase = SRL_PHASE_WAIT;
    c->setup.stage = SRL_STAGE_NONE;
    if (was_open) {
        srl_txns_lose(c, NULL, &cause);
        srl_lives_lose(c, &cause);
    }
    srl_requests_lose(c, epoch, written, true, &cause);
    srl_tell(c, c->root, was_open ? SURREAL_CHANGE_LOST
                                  : SURREAL_CHANGE_RETRY, &cause);
    srl_requests_lose(c, epoch, written, false, &cause);
}

SURREAL_API surreal_status
surreal_reconnect_now(surreal *db)
{
    srl_conn *c;

    if (!db || db->is_ended) return SURREAL_ERR_CLOSED;
    c = db->conn;
    if (c->phase != SRL_PHASE_WAIT && c->phase != SRL_PHASE_FAILED) {
        return SURREAL_OK;
    }
    if (!c->url_next) return c->failure.status; /* it never could dial */
    /* Not dialled here but by the next step: a program that does this in the
     * callback that tells of the failure would come back here from there. */
    srl_retry_begin(c, 1);
    c->retry.at_ms = srl_os_now_ms();
    c->phase = SRL_PHASE_WAIT;
    return SURREAL_OK;
}

/* ---- what has its time ----------------------------------------------- */

/* Silence means nothing by itself; silence after a ping means that the peer or
 * the way to it is gone, though no packet ever says so. The answer is judged
 * only after reading: a program that slept finds it in its socket. */
static surreal_status
srl_ping_timer(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    bool progress = false;

    if (c->transport.got_any) {
        c->transport.got_any = false;
        c->heard_ms = now_ms;
        c->pong_deadline_ms = INT64_MAX;
    }
    if (now_ms >= c->pong_deadline_ms && !c->transport.has_more) {
        return srl_fail(err, SURREAL_ERR_TIMEOUT,
                        "the server is gone: nothing came for %d ms, nor an "
                        "answer to a ping within %d ms", c->options.ping_ms,
                        c->options.pong_ms);
    }
    if (c->options.ping_ms < 0 || c->pong_deadline_ms != INT64_MAX ||
        now_ms - c->heard_ms < c->options.ping_ms) {
        return SURREAL_OK;
    }
    /* Written now, not by the next step: its answer has a time limit, and a
     * program that sleeps until then would judge a ping it never sent. */
    c->pong_deadline_ms = now_ms + c->options.pong_ms;
    SRL_TRY(srl_transport_ping(c, err));
    return srl_transport_flush(c, &progress, err);
}

SRL_FN surreal_status
srl_conn_timers(srl_conn *c, int64_t now_ms, surreal_error *err)
{
    if (c->phase == SRL_PHASE_WAIT && now_ms >= c->retry.at_ms) {
        return srl_dial(c, err);
    }
    if (c->phase != SRL_PHASE_READY) return SURREAL_OK;
    SRL_TRY(srl_ping_timer(c, now_ms, err));
    srl_auth_timers(c, now_ms);
    return SURREAL_OK;
}

SRL_FN int64_t
srl_conn_timer(const srl_conn *c)
{
    int64_t at = INT64_MAX;

    if (c->phase == SRL_PHASE_WAIT) return c->retry.at_ms;
    if (c->phase < SRL_PHASE_READY) return c->connect_deadline_ms;
    if (c->options.ping_ms >= 0) {
        at = c->pong_deadline_ms != INT64_MAX
                 ? c->pong_deadline_ms
                 : c->heard_ms + c->options.ping_ms;
    }
    return srl_auth_timer(c, at);
}

/*===========================================================================
 * client/setup.c: making sessions what they are to be.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/setup.c"
#endif


static void srl_setup_advance(srl_conn *c, srl_setup *setup);

/* ---- what a stage waits for ------------------------------------------ */

SRL_FN void
srl_setup_item(srl_setup *setup)
{
    setup->left++;
}

/* Of another session than the first: its own failure, which its calls return
 * until it signs in anew or is closed. */
static void
srl_setup_session_failed(srl_conn *c, srl_session *session,
                         const surreal_error *err)
{
    srl_trace(c, SURREAL_LEVEL_ERROR, "client",
              "a session could not be restored: %s", err->message);
    session->failure = *err;
    session->handle->error = *err;
}

SRL_FN void
srl_setup_item_done(srl_conn *c, srl_setup *setup, srl_session *session,
                    const surreal_error *err)
{
    if (setup->stage == SRL_STAGE_NONE) return; /* of a lost connection */
    setup->left--;
    if (err && setup->only) {
        setup->error = *err;
        setup->stage = SRL_STAGE_NONE;
        return;
    }
    if (err && session == c->sessions) {
        setup->stage = SRL_STAGE_NONE;
        srl_conn_lose(c, err);
        return;
    }
    if (err) srl_setup_session_failed(c, session, err);
    srl_setup_advance(c, setup);
}

/* The end of a request that has no answer worth reading. */
static void
srl_setup_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    (void)status;
    surreal_result_free(result);
    srl_setup_item_done(db->conn, (srl_setup *)user, db->session, err);
}

/* A fork's requests have the limit of a call, the connection's all share the
 * limit of the attempt. */
static surreal_status
srl_setup_call(srl_conn *c, srl_setup *setup, srl_session *session,
               const char *method, size_t params, surreal_done *done,
               srl_call *call, surreal_error *err)
{
    int timeout = setup->only ? c->options.timeout_ms : -1;

    return srl_call_begin_setup(session->handle, method, params, timeout,
                                done, setup, call, err);
}

static surreal_status
srl_setup_send(srl_setup *setup, srl_session *session, srl_call *call,
               surreal_status status, surreal_error *err)
{
    SRL_TRY(srl_call_send(session->handle, call, status, err));
    srl_setup_item(setup);
    return SURREAL_OK;
}

/* ---- HELLO ------------------------------------------------------------ */

/* "surrealdb-3.0.2", possibly with more behind the numbers. */
static surreal_status
srl_version_read(srl_conn *c, surreal_str text, surreal_error *err)
{
    surreal_server_version *v = &c->version;
    int *numbers[3];
    size_t i = 0;
    int n;

    memset(v, 0, sizeof *v);
    numbers[0] = &v->major;
    numbers[1] = &v->minor;
    numbers[2] = &v->patch;
    while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9')) i++;
    srl_text_copy(c->version_text, sizeof c->version_text, text.ptr + i,
                  text.len - i);
    v->text = surreal_text(c->version_text);
    for (n = 0; n < 3 && i < text.len; n++, i++) {
        while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' &&
               *numbers[n] < 10000) {
            *numbers[n] = *numbers[n] * 10 + (text.ptr[i++] - '0');
        }
        if (i < text.len && text.ptr[i] != '.') break;
    }
    if (v->major < 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "the server says it is '%.*s'; SurrealDB 2 or later "
                        "is needed", (int)(text.len < 40 ? text.len : 40),
                        text.ptr);
    }
    return SURREAL_OK;
}

static void
srl_setup_version_done(void *user, surreal *db, surreal_status status,
                       surreal_result *result, const surreal_error *err)
{
    surreal_error failure;
    surreal_str text = {NULL, 0};

    if (!status) {
        status = surreal_get_str(surreal_statement_value(result, 0), &text);
        if (status == SURREAL_ERR_NOMEM) {
            srl_fail(&failure, status, "out of memory");
        } else if (status) {
            status = srl_fail(&failure, SURREAL_ERR_REPLY,
                              "the server's version is not a text");
        } else {
            ((srl_setup *)user)->has_version = true;
            status = srl_version_read(db->conn, text, &failure);
        }
        if (status) err = &failure;
    }
    srl_setup_done(user, db, status, result, err);
}

static surreal_status
srl_setup_hello(srl_conn *c, srl_setup *setup, srl_session *session,
                surreal_error *err)
{
    bool is_first = session == c->sessions;
    srl_call call;

    if (!is_first && !session->is_attached) return SURREAL_OK;
    SRL_TRY(srl_setup_call(c, setup, session, is_first ? "version" : "attach",
                           0, is_first ? srl_setup_version_done
                                       : srl_setup_done, &call, err));
    return srl_setup_send(setup, session, &call, SURREAL_OK, err);
}

/* ---- USE and LET ------------------------------------------------------ */

static surreal_status
srl_setup_use(srl_conn *c, srl_setup *setup, srl_session *session,
              surreal_error *err)
{
    srl_call call;

    if (!session->ns.len || srl_conn_is_http(c)) return SURREAL_OK;
    SRL_TRY(srl_setup_call(c, setup, session, "use", 2, srl_setup_done, &call,
                           err));
    srl_use_put(session, &c->transport.out);
    return srl_setup_send(setup, session, &call, SURREAL_OK, err);
}

static surreal_status
srl_setup_let(srl_conn *c, srl_setup *setup, srl_session *session,
              surreal_error *err)
{
    const uint8_t *at = session->vars.data;
    size_t i;

    if (srl_conn_is_http(c)) return SURREAL_OK;
    for (i = 0; i < session->var_count; i++) {
        const uint8_t *end = srl_cbor_skip(srl_cbor_skip(at));
        srl_call call;

        SRL_TRY(srl_setup_call(c, setup, session, "let", 2, srl_setup_done,
                               &call, err));
        srl_buf_put(&c->transport.out, at, (size_t)(end - at));
        SRL_TRY(srl_setup_send(setup, session, &call, SURREAL_OK, err));
        at = end;
    }
    return SURREAL_OK;
}

/* ---- the stages ------------------------------------------------------- */

static surreal_status
srl_setup_begin(srl_conn *c, srl_setup *setup, srl_session *session,
                surreal_error *err)
{
    switch (setup->stage) {
    case SRL_STAGE_HELLO: return srl_setup_hello(c, setup, session, err);
    case SRL_STAGE_AUTH: return srl_auth_restore(c, setup, session, err);
    case SRL_STAGE_USE: return srl_setup_use(c, setup, session, err);
    case SRL_STAGE_LET: return srl_setup_let(c, setup, session, err);
    case SRL_STAGE_LIVE: return srl_lives_restore(c, setup, session, err);
    default: return SURREAL_OK;
    }
}

/* Send what the stage has for each session. A request that cannot be sent
 * fails its session as an answer would. */
static void
srl_setup_stage(srl_conn *c, srl_setup *setup)
{
    srl_session *session = setup->only ? setup->only : c->sessions;
    uint32_t epoch = c->epoch;

    for (; session; session = setup->only ? NULL : session->next) {
        surreal_error err;

        if (session->failure.status) continue;
        srl_error_clear(&err);
        if (srl_setup_begin(c, setup, session, &err)) {
            srl_setup_item(setup);
            srl_setup_item_done(c, setup, session, &err);
            /* A callback may have begun the next attempt's setup. */
            if (setup->stage == SRL_STAGE_NONE || c->epoch != epoch) return;
        }
    }
}

/* The first session signs in without waiting for the version: one round trip
 * less for the connections that have no other. */
static bool
srl_setup_may_go_on(const srl_conn *c, const srl_setup *setup)
{
    if (!setup->left) return true;
    return setup->stage == SRL_STAGE_HELLO && !setup->only &&
           !c->sessions->next;
}

static void
srl_setup_advance(srl_conn *c, srl_setup *setup)
{
    if (setup->is_sending) return;
    setup->is_sending = true;
    while (setup->stage != SRL_STAGE_NONE && setup->stage < SRL_STAGE_DONE &&
           srl_setup_may_go_on(c, setup)) {
        setup->stage = (srl_stage)(setup->stage + 1);
        srl_setup_stage(c, setup);
    }
    setup->is_sending = false;
    if (setup->stage == SRL_STAGE_DONE && !setup->only &&
        c->phase == SRL_PHASE_SETUP) {
        srl_auth_settle(c);
        srl_connect_ready(c);
    }
}

SRL_FN void
srl_setup_start(srl_conn *c, srl_setup *setup, srl_session *only)
{
    srl_session *session;

    memset(setup, 0, sizeof *setup);
    srl_error_clear(&setup->error);
    setup->only = only;
    for (session = c->sessions; session && !only; session = session->next) {
        srl_error_clear(&session->failure);
    }
    setup->stage = SRL_STAGE_HELLO;
    setup->is_sending = true;
    srl_setup_stage(c, setup);
    setup->is_sending = false;
    srl_setup_advance(c, setup);
}

/*===========================================================================
 * client/session.c: sessions: where they are, and their variables.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/session.c"
#endif


/* ---- the life of a session -------------------------------------------- */

static void
srl_session_init(srl_conn *c, srl_session *session)
{
    srl_buf *secret[3];
    size_t i;

    srl_error_clear(&session->failure);
    srl_buf_init(&session->ns, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&session->db, &c->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&session->vars, &c->mem, SURREAL_MAX_MESSAGE);
    secret[0] = &session->credentials;
    secret[1] = &session->access;
    secret[2] = &session->refresh;
    for (i = 0; i < 3; i++) {
        srl_buf_init(secret[i], &c->mem, SURREAL_MAX_MESSAGE);
        secret[i]->is_secret = true;
    }
    session->expires_at_ms = INT64_MAX;
    session->renew_at_ms = INT64_MAX;
}

SRL_FN surreal *
srl_handle_new(srl_conn *c)
{
    surreal *db = (surreal *)srl_mem_resize(&c->mem, NULL, 0, sizeof *db);
    surreal **at = &c->handles;

    if (!db) return NULL;
    memset(db, 0, sizeof *db);
    srl_error_clear(&db->error);
    db->conn = c;
    while (*at) at = &(*at)->next;
    *at = db;
    return db;
}

SRL_FN surreal *
srl_session_new(srl_conn *c)
{
    srl_session **at = &c->sessions;
    srl_session *session;
    surreal *db;

    session = (srl_session *)srl_mem_resize(&c->mem, NULL, 0, sizeof *session);
    if (!session) return NULL;
    db = srl_handle_new(c);
    if (!db) {
        srl_mem_free(&c->mem, session, sizeof *session);
        return NULL;
    }
    memset(session, 0, sizeof *session);
    srl_session_init(c, session);
    session->handle = db;
    db->session = session;
    while (*at) at = &(*at)->next;
    *at = session;
    return db;
}

SRL_FN void
srl_session_free(srl_conn *c, srl_session *session)
{
    srl_session **at = &c->sessions;

    while (*at != session) at = &(*at)->next;
    *at = session->next;
    srl_buf_free(&session->ns);
    srl_buf_free(&session->db);
    srl_buf_free(&session->vars);
    srl_buf_free(&session->credentials);
    srl_buf_free(&session->access);
    srl_buf_free(&session->refresh);
    srl_mem_free(&c->mem, session, sizeof *session);
}

SRL_FN surreal_status
srl_session_keep(srl_buf *field, const void *data, size_t len)
{
    if (field->is_secret && field->data) srl_wipe(field->data, field->cap);
    field->len = 0;
    field->status = SURREAL_OK;
    if (!len) return SURREAL_OK;
    srl_buf_put(field, data, len);
    srl_buf_put(field, "", 1); /* text that leaves the library ends in NUL */
    if (!field->status) field->len = len;
    return field->status;
}

SRL_FN surreal_status
srl_session_place(srl_session *session, const char *ns, const char *db,
                  surreal_error *err)
{
    surreal_status status = SURREAL_OK;

    if (ns && !*ns) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the namespace is empty");
    }
    if ((ns && !srl_utf8_valid((const uint8_t *)ns, strlen(ns))) ||
        (db && !srl_utf8_valid((const uint8_t *)db, strlen(db)))) {
        return srl_fail(err, SURREAL_ERR_UTF8,
                        "the name of the namespace or database is not UTF-8");
    }
    if (ns) status = srl_session_keep(&session->ns, ns, strlen(ns));
    if (!status && db) {
        status = srl_session_keep(&session->db, db, strlen(db));
    }
    if (status) srl_fail(err, status, "out of memory");
    return status;
}

/* The end of a request nobody waits for. */
static void
srl_session_ignore(void *user, surreal *db, surreal_status status,
                   surreal_result *result, const surreal_error *err)
{
    (void)user;
    (void)db;
    (void)status;
    (void)err;
    surreal_result_free(result);
}

SRL_FN void
srl_call_and_forget(surreal *db, const char *method, const surreal_uuid *param)
{
    srl_conn *c = db->conn;
    surreal_error ignored;
    srl_call call;

    if ((c->phase != SRL_PHASE_READY && c->phase != SRL_PHASE_SETUP) ||
        srl_call_begin_setup(db, method, param ? 1 : 0, c->options.timeout_ms,
                             srl_session_ignore, NULL, &call, &ignored)) {
        return;
    }
    call.request->db = c->root; /* db may be gone when the answer comes */
    if (param) srl_put_uuid(&c->transport.out, *param);
    srl_call_send(db, &call, SURREAL_OK, &ignored);
}

SRL_FN void
srl_session_detach(surreal *db)
{
    if (db->session->is_attached) srl_call_and_forget(db, "detach", NULL);
}

/* ---- where ------------------------------------------------------------ */

static surreal_str
srl_session_text(const srl_buf *field)
{
    return surreal_text_of(field->len ? (const char *)field->data : NULL,
                           field->len);
}

SURREAL_API surreal_str
surreal_ns(const surreal *db)
{
    surreal_str none = {NULL, 0};

    return db && db->session ? srl_session_text(&db->session->ns) : none;
}

SURREAL_API surreal_str
surreal_db(const surreal *db)
{
    surreal_str none = {NULL, 0};

    return db && db->session ? srl_session_text(&db->session->db) : none;
}

SRL_FN void
srl_use_put(const srl_session *session, srl_buf *out)
{
    srl_cbor_put_text(out, (const char *)session->ns.data, session->ns.len);
    if (session->db.len) {
        srl_cbor_put_text(out, (const char *)session->db.data,
                          session->db.len);
    } else {
        srl_cbor_put_none(out);
    }
}

/* One parameter of `use`: a name, or NONE to leave it as it is. */
static surreal_status
srl_use_param(srl_buf *out, const char *name)
{
    if (name) return srl_put_str(out, surreal_text(name));
    srl_cbor_put_none(out);
    return SURREAL_OK;
}

static surreal_status
srl_use_start(surreal *db, const char *ns, const char *database,
              srl_waiter *waiter)
{
    surreal_error *err = &waiter->error;
    surreal_status status;
    srl_call call;

    if (database && !ns && !surreal_ns(db).len) {
        /* SurrealDB 3.0 ends its process for this request. */
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "database '%s' cannot be used: no namespace is "
                        "selected", database);
    }
    SRL_TRY(srl_call_begin(db, "use", 2, srl_waiter_done, waiter, &call, err));
    status = srl_use_param(&db->conn->transport.out, ns);
    if (!status) status = srl_use_param(&db->conn->transport.out, database);
    return srl_call_send(db, &call, status, err);
}

SURREAL_API surreal_status
surreal_use(surreal *db, const char *ns, const char *database)
{
    srl_waiter waiter;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    if (!srl_conn_is_http(db->conn)) {
        do {
            waiter.status = srl_use_start(db, ns, database, &waiter);
        } while (srl_waiter_again(&waiter));
    }
    if (!waiter.status) {
        status = srl_session_place(db->session, ns, database, &waiter.error);
        waiter.status = status;
        db->session->is_changed = true;
    }
    return srl_waiter_end(&waiter, NULL);
}

/* ---- variables -------------------------------------------------------- */

/* Take a variable out of the kept ones. */
static void
srl_vars_remove(srl_session *session, const char *name)
{
    srl_buf *vars = &session->vars;
    const uint8_t *at = vars->data;
    size_t i;

    for (i = 0; i < session->var_count; i++) {
        const uint8_t *end;
        surreal_str text;

        end = srl_cbor_skip(srl_cbor_text_at(at, &text));
        if (!surreal_str_eq(text, surreal_text(name))) {
            at = end;
            continue;
        }
        memmove(vars->data + (at - vars->data), end,
                (size_t)(vars->data + vars->len - end));
        vars->len -= (size_t)(end - at);
        session->var_count--;
        return;
    }
}

/* Keep what was sent, so that a reconnect can send it again. */
static surreal_status
srl_vars_keep(surreal *db, const surreal_bind *variable, surreal_error *err)
{
    srl_session *session = db->session;
    size_t before;
    surreal_status status;

    srl_vars_remove(session, variable->name);
    before = session->vars.len;
    status = srl_put_var(&session->vars, variable, srl_major(db), err);
    if (!status) {
        session->var_count++;
        return SURREAL_OK;
    }
    session->vars.len = before;
    session->vars.status = SURREAL_OK;
    return status;
}

static surreal_status
srl_let_check(const char *name, surreal_error *err)
{
    static const char *const reserved[] = {"access", "auth", "token",
                                           "session"};
    size_t i;

    if (!name || !*name) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the variable has no name");
    }
    for (i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (strcmp(name, reserved[i])) continue;
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the variable %s is the server's own", name);
    }
    return SURREAL_OK;
}

static surreal_status
srl_let_start(surreal *db, const surreal_bind *variable, const char *method,
              srl_waiter *waiter)
{
    srl_buf *out = &db->conn->transport.out;
    surreal_error *err = &waiter->error;
    surreal_status status;
    srl_call call;

    SRL_TRY(srl_let_check(variable->name, err));
    SRL_TRY(srl_call_begin(db, method, *method == 'l' ? 2 : 1,
                           srl_waiter_done, waiter, &call, err));
    status = *method == 'l' ? srl_put_var(out, variable, srl_major(db), err)
                            : srl_put_str(out, surreal_text(variable->name));
    return srl_call_send(db, &call, status, err);
}

/* `let` or `unset`: over HTTP there is nobody to tell. */
static surreal_status
srl_let(surreal *db, const surreal_bind *variable, const char *method)
{
    srl_waiter waiter;

    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    if (srl_conn_is_http(db->conn)) {
        waiter.status = srl_let_check(variable->name, &waiter.error);
    } else {
        do {
            waiter.status = srl_let_start(db, variable, method, &waiter);
        } while (srl_waiter_again(&waiter));
    }
    if (!waiter.status) {
        db->session->is_changed = true;
        if (*method == 'l') {
            waiter.status = srl_vars_keep(db, variable, &waiter.error);
        } else {
            srl_vars_remove(db->session, variable->name);
        }
    }
    return srl_waiter_end(&waiter, NULL);
}

SURREAL_API surreal_status
surreal_let(surreal *db, surreal_bind variable)
{
    return srl_let(db, &variable, "let");
}

SURREAL_API surreal_status
surreal_unset(surreal *db, const char *name)
{
    surreal_bind variable = surreal_bind_none(name);

    return srl_let(db, &variable, "unset");
}

/*===========================================================================
 * client/fork.c: more sessions.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/fork.c"
#endif


/* A version 4 uuid (RFC 9562 5.4): unlike a counter it cannot be guessed by
 * others who might use the session. */
static surreal_status
srl_fork_id(surreal_uuid *id, surreal_error *err)
{
    if (!srl_os_random(id->bytes, sizeof id->bytes)) {
        return srl_fail(err, SURREAL_ERR_RANDOM,
                        "the system gives no random numbers for the id of a "
                        "session");
    }
    id->bytes[6] = (uint8_t)((id->bytes[6] & 0x0f) | 0x40);
    id->bytes[8] = (uint8_t)((id->bytes[8] & 0x3f) | 0x80);
    return SURREAL_OK;
}

static surreal_status
srl_fork_copy(srl_buf *to, const srl_buf *from)
{
    return srl_session_keep(to, from->data, from->len);
}

/* What the fork is to be. */
static surreal_status
srl_fork_describe(srl_session *to, const srl_session *from,
                  const surreal_fork_options *opt, surreal_error *err)
{
    surreal_status status = srl_fork_copy(&to->ns, &from->ns);

    if (!status && !(opt && opt->ns)) {
        status = srl_fork_copy(&to->db, &from->db);
    }
    if (!status) status = srl_fork_copy(&to->vars, &from->vars);
    to->var_count = from->var_count;
    if (!status && !(opt && (opt->anonymous || opt->auth.kind))) {
        status = srl_auth_copy(to, from);
    }
    if (status) return srl_fail(err, status, "out of memory");
    if (!opt) return SURREAL_OK;
    if (opt->auth.kind && !opt->anonymous) {
        SRL_TRY(srl_auth_keep(to, &opt->auth, err));
        SRL_TRY(srl_auth_place(to, &opt->auth, err));
        to->is_named = true;
    }
    if (opt->db && !opt->ns && !to->ns.len) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "database '%s' cannot be used: no namespace is "
                        "selected", opt->db);
    }
    return srl_session_place(to, opt->ns, opt->db, err);
}

/* ---- on the same socket ------------------------------------------------ */

/* Drive the session through the stages. Requests that outlive a failure end
 * before `setup` does. */
static surreal_status
srl_fork_setup(surreal *fork, surreal_error *err)
{
    srl_conn *c = fork->conn;
    srl_setup setup;

    srl_setup_start(c, &setup, fork->session);
    while (setup.stage != SRL_STAGE_NONE && setup.stage != SRL_STAGE_DONE) {
        srl_wait_and_step(c, -1);
    }
    if (setup.stage == SRL_STAGE_DONE) return SURREAL_OK;
    srl_requests_end(c, fork, &setup.error);
    *err = setup.error;
    return err->status;
}

static surreal_status
srl_fork_here(surreal *db, const surreal_fork_options *opt, surreal **out,
              surreal_error *err)
{
    srl_conn *c = db->conn;
    surreal *fork = srl_session_new(c);
    surreal_status status;

    if (!fork) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    fork->session->is_attached = !srl_conn_is_http(c);
    status = srl_fork_id(&fork->session->id, err);
    if (!status) {
        status = srl_fork_describe(fork->session, db->session, opt, err);
    }
    if (!status) status = srl_fork_setup(fork, err);
    if (status) {
        surreal_close(fork);
    } else {
        *out = fork;
    }
    return status;
}

/* ---- on another socket ------------------------------------------------- */

SRL_FN surreal_status
srl_twin_start(const surreal *pattern, const surreal_fork_options *opt,
               surreal **out, surreal_error *err)
{
    srl_conn *c = srl_conn_twin(pattern->conn);
    surreal_status status;

    *out = NULL;
    if (!c) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    srl_enter(c);
    status = srl_fork_describe(c->sessions, pattern->session, opt, err);
    if (!status && srl_dial(c, err)) srl_conn_lose(c, err);
    if (!status && c->phase == SRL_PHASE_FAILED) {
        *err = c->failure;
        status = err->status;
    }
    if (status) {
        surreal_close(c->root);
    } else {
        *out = c->root;
    }
    srl_leave(c);
    return status;
}

/* Drive a connection until it is open, at most until the deadline. */
static surreal_status
srl_twin_wait(srl_conn *c, int64_t deadline_ms, surreal_error *err)
{
    while (c->phase < SRL_PHASE_READY) {
        int64_t left = deadline_ms - srl_os_now_ms();

        if (left <= 0) {
            return srl_fail(err, SURREAL_ERR_TIMEOUT,
                            "%s port %u: no time was left while %s",
                            c->url.host, (unsigned)c->url.port,
                            srl_connect_stage(c));
        }
        srl_wait_and_step(c, left);
    }
    if (c->phase == SRL_PHASE_READY) return SURREAL_OK;
    if (c->phase == SRL_PHASE_FAILED) *err = c->failure;
    return c->phase == SRL_PHASE_FAILED
               ? err->status
               : srl_fail(err, SURREAL_ERR_CLOSED, "closed by a callback");
}

SRL_FN surreal_status
srl_twin_open(const surreal *pattern, const surreal_fork_options *opt,
              int64_t deadline_ms, surreal **out, surreal_error *err)
{
    surreal_status status;
    srl_conn *c;

    srl_error_clear(err);
    SRL_TRY(srl_twin_start(pattern, opt, out, err));
    c = (*out)->conn;
    srl_enter(c);
    status = srl_twin_wait(c, deadline_ms, err);
    if (status) {
        surreal_close(*out);
        *out = NULL;
    }
    srl_leave(c);
    return status;
}

/* Whether sessions share a socket depends on the version, so that must be
 * known. */
static surreal_status
srl_fork_ready(srl_waiter *waiter)
{
    srl_conn *c = waiter->db->conn;

    while (c->phase < SRL_PHASE_READY) {
        int64_t left = waiter->end_ms - srl_os_now_ms();

        if (left <= 0) {
            return srl_fail(&waiter->error, SURREAL_ERR_TIMEOUT,
                            "the connection was not made within %d ms",
                            c->options.timeout_ms);
        }
        srl_wait_and_step(c, left);
    }
    if (c->phase == SRL_PHASE_READY && !waiter->db->is_ended) {
        return SURREAL_OK;
    }
    if (c->phase == SRL_PHASE_FAILED) {
        waiter->error = c->failure;
        return c->failure.status;
    }
    return srl_fail(&waiter->error, SURREAL_ERR_CLOSED,
                    "the connection or session was closed here");
}

SURREAL_API surreal_status
surreal_fork(surreal *db, const surreal_fork_options *opt, surreal **out)
{
    srl_waiter waiter;

    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    waiter.status = srl_fork_ready(&waiter);
    if (!waiter.status) {
        waiter.status =
            surreal_has(db, SURREAL_FEATURE_SESSIONS)
                ? srl_fork_here(db, opt, out, &waiter.error)
                : srl_twin_open(db, opt, INT64_MAX, out, &waiter.error);
    }
    return srl_waiter_end(&waiter, NULL);
}

/*===========================================================================
 * client/auth.c: who a session is.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/auth.c"
#endif


/* ---- credentials --------------------------------------------------------- */

static surreal_auth
srl_auth_of(surreal_auth_kind kind, const char *ns, const char *db)
{
    surreal_auth auth;

    memset(&auth, 0, sizeof auth);
    auth.kind = kind;
    auth.ns = ns;
    auth.db = db;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_root(const char *user, const char *pass)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_ROOT, NULL, NULL);

    auth.user = user;
    auth.pass = pass;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_ns(const char *ns, const char *user, const char *pass)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_NS, ns, NULL);

    auth.user = user;
    auth.pass = pass;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_db(const char *ns, const char *db, const char *user,
                const char *pass)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_DB, ns, db);

    auth.user = user;
    auth.pass = pass;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_record(const char *ns, const char *db, const char *access,
                    surreal_vars vars)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_RECORD, ns, db);

    auth.access = access;
    auth.vars = vars;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_bearer(const char *ns, const char *db, const char *access,
                    const char *key)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_BEARER, ns, db);

    auth.access = access;
    auth.key = key;
    return auth;
}

SURREAL_API surreal_auth
surreal_auth_token(const char *access_token, const char *refresh)
{
    surreal_auth auth = srl_auth_of(SURREAL_AUTH_TOKEN, NULL, NULL);

    auth.token = access_token;
    auth.refresh = refresh;
    return auth;
}

/* What each kind needs; a wrong combination fails here, by the field's name,
 * and not as a riddle of the server. */
SRL_FN surreal_status
srl_auth_check(const surreal_auth *auth, surreal_error *err)
{
    static const struct {
        const char *name;
        bool ns, db, access, user, key, token;
    } needs[] = {
        {"nobody", false, false, false, false, false, false},
        {"a root user", false, false, false, true, false, false},
        {"a namespace user", true, false, false, true, false, false},
        {"a database user", true, true, false, true, false, false},
        {"a record user", true, true, true, false, false, false},
        {"a bearer key", true, false, true, false, true, false},
        {"a token", false, false, false, false, false, true},
    };
    const char *missing = NULL;
    size_t kind = (size_t)auth->kind;

    if (kind < 1 || kind >= sizeof needs / sizeof needs[0]) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the credentials are of no kind: make them with a "
                        "surreal_auth_... function");
    }
    if (needs[kind].ns && !auth->ns) missing = "ns";
    if (needs[kind].db && !auth->db) missing = "db";
    if (needs[kind].access && !auth->access) missing = "access";
    if (needs[kind].user && !auth->pass) missing = "pass";
    if (needs[kind].user && !auth->user) missing = "user";
    if (needs[kind].key && !auth->key) missing = "key";
    if (needs[kind].token && !auth->token) missing = "token";
    if (!missing) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "the credentials of %s lack %s", needs[kind].name,
                    missing);
}

static surreal_status
srl_auth_pair(srl_buf *buf, const char *key, const char *value)
{
    if (!value) return SURREAL_OK;
    srl_cbor_put_key(buf, key);
    return srl_put_str(buf, surreal_text(value));
}

/* The variables of a record user stand beside ns, db and ac. */
static surreal_status
srl_auth_vars(srl_buf *buf, surreal_vars vars, surreal_error *err)
{
    static const char *const taken[] = {"ns", "db", "ac", "NS", "DB", "AC"};
    size_t i;
    size_t k;

    for (i = 0; i < vars.count; i++) {
        const char *name = vars.v[i].name ? vars.v[i].name : "";

        for (k = 0; k < sizeof taken / sizeof taken[0]; k++) {
            if (strcmp(name, taken[k])) continue;
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "a sign-in variable cannot be called %s", name);
        }
        /* Before the version is known; only sets and files depend on it. */
        SRL_TRY(srl_put_var(buf, &vars.v[i], 3, err));
    }
    return SURREAL_OK;
}

/* The param of signin and signup. Absent keys are left out: the server takes
 * a NONE there for a value. */
SRL_FN surreal_status
srl_auth_encode(srl_buf *buf, const surreal_auth *auth, surreal_error *err)
{
    bool is_system = auth->user != NULL;
    size_t pairs = (auth->ns ? 1u : 0u) + (auth->db ? 1u : 0u) +
                   (auth->access ? 1u : 0u) + (is_system ? 2u : 0u) +
                   (auth->key ? 1u : 0u) + auth->vars.count;
    surreal_status status;

    srl_cbor_put_head(buf, SRL_CBOR_MAP, pairs);
    status = srl_auth_pair(buf, "ns", auth->ns);
    if (!status) status = srl_auth_pair(buf, "db", auth->db);
    if (!status) status = srl_auth_pair(buf, "ac", auth->access);
    if (!status) status = srl_auth_pair(buf, "user", auth->user);
    if (!status) status = srl_auth_pair(buf, "pass", auth->pass);
    if (!status) status = srl_auth_pair(buf, "key", auth->key);
    if (!status) status = buf->status;
    if (status) {
        return srl_fail(err, status, "the credentials: %s",
                        surreal_status_text(status));
    }
    SRL_TRY(srl_auth_vars(buf, auth->vars, err));
    return buf->status ? srl_fail(err, buf->status, "out of memory")
                       : SURREAL_OK;
}

/* The param of refresh and revoke. The access token may have expired: the
 * server only reads its claims. */
SRL_FN void
srl_auth_put_pair(srl_buf *buf, const srl_buf *access, const srl_buf *refresh)
{
    srl_cbor_put_head(buf, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(buf, "access");
    srl_cbor_put_text(buf, (const char *)access->data, access->len);
    srl_cbor_put_key(buf, "refresh");
    srl_cbor_put_text(buf, (const char *)refresh->data, refresh->len);
}

/* ---- tokens -------------------------------------------------------------- */

/* When to renew: a tenth of its life before a token expires, but not less than
 * a second, since tokens are dated in whole seconds; not more than a minute;
 * and not before half of what is left, so that the shortest of lives do not
 * make the client do nothing else. */
static int64_t
srl_auth_margin(int64_t life_ms, int64_t left_ms)
{
    int64_t margin = life_ms / 10;

    if (margin < 1000) margin = 1000;
    if (margin > 60000) margin = 60000;
    return margin < left_ms / 2 ? margin : left_ms / 2;
}

/* A token that was issued just now lives from now on, whatever the clocks of
 * the two machines say. One from elsewhere is dated by the system's clock; if
 * that says it has expired and the server takes it all the same, the clock is
 * wrong and there is nothing to go by. */
static void
srl_auth_plan(srl_session *session, const srl_token *token, bool is_fresh)
{
    int64_t now = srl_os_now_ms();
    int64_t life = (token->exp - token->iat) * 1000;
    int64_t left = life;

    session->expires = token->exp;
    session->expires_at_ms = INT64_MAX;
    session->renew_at_ms = INT64_MAX;
    if (!token->exp) return;
    if (!is_fresh || !token->iat) left = token->exp * 1000 - srl_os_unix_ms();
    if (!token->iat || life < left) life = left;
    session->expires_at_ms = left > 0 ? now + left : now;
    if (left <= 0) return;
    srl_auth_due(session, now + left - srl_auth_margin(life, left));
}

/* Namespace or database out of a token. */
static surreal_status
srl_auth_claim(srl_buf *field, surreal_str name)
{
    return name.len ? srl_session_keep(field, name.ptr, name.len) : SURREAL_OK;
}

SRL_FN surreal_status
srl_auth_read(srl_session *session, bool is_fresh, bool *is_elsewhere,
              surreal_error *err)
{
    srl_buf room;
    srl_token token;
    surreal_status status = SURREAL_OK;

    srl_buf_init(&room, &session->handle->conn->mem, SURREAL_MAX_MESSAGE);
    room.is_secret = true;
    srl_token_read(surreal_text_of((const char *)session->access.data,
                                   session->access.len), &room, &token);
    srl_auth_plan(session, &token, is_fresh);
    session->has_access = token.ac.len != 0;
    if (is_elsewhere) {
        *is_elsewhere =
            (token.ns.len && !surreal_str_eq(token.ns,
                                             surreal_ns(session->handle))) ||
            (token.db.len && !surreal_str_eq(token.db,
                                             surreal_db(session->handle)));
    } else {
        status = srl_auth_claim(&session->ns, token.ns);
        if (!status) status = srl_auth_claim(&session->db, token.db);
    }
    srl_buf_free(&room);
    return status ? srl_fail(err, status, "out of memory") : SURREAL_OK;
}

/* Definite text; the server sends nothing else. */
static bool
srl_auth_text(const uint8_t *at, surreal_str *text)
{
    if (!at || *at >> 5 != SRL_CBOR_TEXT || (*at & 31) == 31) return false;
    srl_cbor_text_at(at, text);
    return text->len != 0;
}

/* The answer to signin, signup and refresh: a token, or on SurrealDB 3, for an
 * access method WITH REFRESH, { access, refresh }. */
SRL_FN surreal_status
srl_auth_take(srl_session *session, const surreal_result *r,
              surreal_error *err)
{
    const uint8_t *value = r ? r->value : NULL;
    surreal_str access = {NULL, 0};
    surreal_str refresh = {NULL, 0};
    surreal_status status;

    if (value && *value >> 5 == SRL_CBOR_MAP) {
        srl_auth_text(srl_cbor_find(value, SURREAL_LIT("refresh")), &refresh);
        value = srl_cbor_find(value, SURREAL_LIT("access"));
    }
    if (!srl_auth_text(value, &access)) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "the server's answer to the sign-in is no token");
    }
    status = srl_session_keep(&session->access, access.ptr, access.len);
    if (!status) {
        status = srl_session_keep(&session->refresh, refresh.ptr, refresh.len);
    }
    if (!status) return SURREAL_OK;
    srl_session_keep(&session->access, NULL, 0);
    return srl_fail(err, status, "signed in, but out of memory for the token");
}

SRL_FN void
srl_auth_wipe(srl_conn *c, surreal_result *r)
{
    if (r) srl_result_wipe(r);
    srl_transport_wipe(&c->transport);
}

/* ---- keeping ------------------------------------------------------------- */

SRL_FN void
srl_auth_drop(srl_session *session)
{
    srl_buf_free(&session->credentials);
    srl_buf_free(&session->access);
    srl_buf_free(&session->refresh);
    session->is_system = false;
    session->has_access = false;
    session->is_forgotten = false;
    session->expires = 0;
    session->expires_at_ms = INT64_MAX;
    session->renew_at_ms = INT64_MAX;
}

SRL_FN void
srl_auth_forget(srl_conn *c)
{
    srl_session *session;

    for (session = c->sessions; session; session = session->next) {
        bool was = session->credentials.len || session->access.len;

        srl_auth_drop(session);
        session->is_forgotten = was;
    }
}

SRL_FN void
srl_auth_settle(srl_conn *c)
{
    srl_session *session;

    if (c->options.reconnect.attempts) return;
    for (session = c->sessions; session; session = session->next) {
        if (session->renew_at_ms != INT64_MAX) continue;
        if (session->credentials.len) session->is_forgotten = true;
        srl_buf_free(&session->credentials);
    }
}

static surreal_status
srl_auth_keep_token(srl_session *session, const char *access,
                    const char *refresh, surreal_error *err)
{
    surreal_status status;

    status = srl_session_keep(&session->access, access, strlen(access));
    if (!status) {
        status = srl_session_keep(&session->refresh, refresh,
                                  refresh ? strlen(refresh) : 0);
    }
    return status ? srl_fail(err, status, "out of memory") : SURREAL_OK;
}

static bool
srl_auth_is_system(const surreal_auth *auth)
{
    return auth->kind >= SURREAL_AUTH_ROOT && auth->kind <= SURREAL_AUTH_DB;
}

SRL_FN surreal_status
srl_auth_keep(srl_session *session, const surreal_auth *auth,
              surreal_error *err)
{
    bool ignored;

    SRL_TRY(srl_auth_check(auth, err));
    srl_auth_drop(session);
    if (auth->kind == SURREAL_AUTH_TOKEN) {
        SRL_TRY(srl_auth_keep_token(session, auth->token, auth->refresh, err));
        return srl_auth_read(session, false, &ignored, err);
    }
    session->is_system = srl_auth_is_system(auth);
    return srl_auth_encode(&session->credentials, auth, err);
}

SRL_FN surreal_status
srl_auth_copy(srl_session *to, const srl_session *from)
{
    surreal_status status;

    status = srl_session_keep(&to->credentials, from->credentials.data,
                              from->credentials.len);
    if (!status) {
        status = srl_session_keep(&to->access, from->access.data,
                                  from->access.len);
    }
    to->is_system = from->is_system;
    to->is_forgotten = from->is_forgotten;
    to->has_access = from->has_access;
    to->expires = from->expires;
    to->expires_at_ms = from->expires_at_ms;
    srl_auth_due(to, from->renew_at_ms);
    return status;
}

/* A namespace user leaves the database as it is, a root user both. */
SRL_FN surreal_status
srl_auth_place(srl_session *session, const surreal_auth *auth,
               surreal_error *err)
{
    if (auth->kind == SURREAL_AUTH_TOKEN) {
        return srl_auth_read(session, false, NULL, err);
    }
    return srl_session_place(session, auth->ns, auth->db, err);
}

/*===========================================================================
 * client/login.c: becoming somebody.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/login.c"
#endif


/* Servers change a session only when they accept: a refused signin, signup,
 * authenticate or refresh leaves it exactly as it was (tried on 2.6 and 3.0).
 * So everything here is sent first and kept after, in the answer's callback,
 * before any other code runs. Only the token can still want memory then;
 * credentials were encoded before they were sent, and change hands.
 *
 * One thing servers do not do: a system user who signs in where a record user
 * was is that user, but $auth, $access and $session.rd still name the record
 * (2.6 and 3.0). Those decide in permission clauses and in the program's own
 * queries, so the session is emptied and entered anew with the new token.
 */

typedef enum srl_login_kind {
    SRL_LOGIN_SIGNIN,
    SRL_LOGIN_SIGNUP,
    SRL_LOGIN_AUTHENTICATE,
    SRL_LOGIN_REFRESH,
    SRL_LOGIN_REVOKE,
    SRL_LOGIN_INVALIDATE,
    SRL_LOGIN_EMPTY, /* the two halves of entering anew */
    SRL_LOGIN_ENTER
} srl_login_kind;

/* A call under way, on the caller's stack. */
typedef struct srl_login {
    srl_waiter waiter;
    srl_login_kind kind;
    const surreal_auth *auth; /* NULL: what the session has */
    srl_buf param;            /* of the request, encoded; len 0: none */
    srl_buf access;           /* copies: the program may give us our own */
    srl_buf refresh;
    bool is_mixed;            /* $auth names somebody else */
} srl_login;

/* ---- what is sent -------------------------------------------------------- */

static surreal_status
srl_login_pair(srl_login *login, const srl_session *session)
{
    const surreal_auth *auth = login->auth;
    surreal_status status;

    if (auth) {
        status = srl_session_keep(&login->access, auth->token,
                                  strlen(auth->token));
        if (status || !auth->refresh) return status;
        return srl_session_keep(&login->refresh, auth->refresh,
                                strlen(auth->refresh));
    }
    status = srl_session_keep(&login->access, session->access.data,
                              session->access.len);
    if (status) return status;
    return srl_session_keep(&login->refresh, session->refresh.data,
                            session->refresh.len);
}

static surreal_status
srl_login_encode(srl_login *login, surreal_error *err)
{
    srl_session *session = login->waiter.db->session;
    srl_buf *param = &login->param;
    surreal_status status = SURREAL_OK;

    srl_session_keep(param, NULL, 0);
    switch (login->kind) {
    case SRL_LOGIN_SIGNIN:
    case SRL_LOGIN_SIGNUP: return srl_auth_encode(param, login->auth, err);
    case SRL_LOGIN_AUTHENTICATE:
    case SRL_LOGIN_ENTER:
        status = srl_login_pair(login, session);
        srl_cbor_put_text(param, (const char *)login->access.data,
                          login->access.len);
        break;
    case SRL_LOGIN_REFRESH:
    case SRL_LOGIN_REVOKE:
        status = srl_login_pair(login, session);
        srl_auth_put_pair(param, &login->access, &login->refresh);
        break;
    case SRL_LOGIN_INVALIDATE:
    case SRL_LOGIN_EMPTY: break;
    }
    if (!status) status = param->status;
    return status ? srl_fail(err, status, "out of memory") : SURREAL_OK;
}

/* ---- what is kept -------------------------------------------------------- */

static void
srl_login_swap(srl_buf *kept, srl_buf *mine)
{
    srl_buf was = *kept;

    *kept = *mine;
    *mine = was;
}

/* The server said yes. */
static surreal_status
srl_login_keep(srl_login *login, srl_session *session,
               const surreal_result *result, surreal_error *err)
{
    bool had_access = session->has_access;
    bool is_elsewhere = false;

    switch (login->kind) {
    case SRL_LOGIN_SIGNIN:
    case SRL_LOGIN_SIGNUP:
        srl_auth_drop(session);
        if (login->kind == SRL_LOGIN_SIGNIN) {
            srl_login_swap(&session->credentials, &login->param);
            session->is_system = login->auth->user != NULL;
        }
        SRL_TRY(srl_auth_take(session, result, err));
        SRL_TRY(srl_auth_read(session, true, NULL, err));
        SRL_TRY(srl_auth_place(session, login->auth, err));
        break;
    case SRL_LOGIN_AUTHENTICATE:
        srl_auth_drop(session);
        srl_login_swap(&session->access, &login->access);
        srl_login_swap(&session->refresh, &login->refresh);
        SRL_TRY(srl_auth_read(session, false, NULL, err));
        break;
    case SRL_LOGIN_REFRESH:
        if (login->auth) srl_auth_drop(session);
        SRL_TRY(srl_auth_take(session, result, err));
        SRL_TRY(srl_auth_read(session, true,
                              login->auth ? NULL : &is_elsewhere, err));
        if (is_elsewhere) srl_auth_stay(session);
        break;
    case SRL_LOGIN_REVOKE:
        srl_session_keep(&session->refresh, NULL, 0);
        break;
    case SRL_LOGIN_INVALIDATE: srl_auth_drop(session); break;
    case SRL_LOGIN_EMPTY:
    case SRL_LOGIN_ENTER: had_access = false; break;
    }
    login->is_mixed = had_access && !session->has_access &&
                      session->access.len;
    return SURREAL_OK;
}

static void
srl_login_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    srl_login *login = (srl_login *)user;
    surreal_error failure;

    db->session->is_signing_in = false;
    if (!status && !db->is_ended) {
        status = srl_login_keep(login, db->session, result, &failure);
        if (status) err = &failure;
    }
    srl_auth_wipe(db->conn, result);
    surreal_result_free(result);
    srl_waiter_done(&login->waiter, db, status, NULL, err);
}

/* ---- asking -------------------------------------------------------------- */

static surreal_status
srl_login_start(srl_login *login)
{
    static const char *const methods[] = {
        "signin", "signup", "authenticate", "refresh", "revoke",
        "invalidate", "invalidate", "authenticate"};
    surreal *db = login->waiter.db;
    srl_session *session = db->session;
    surreal_error *err = &login->waiter.error;
    surreal_error failure;
    surreal_status status;
    srl_call call;

    if (session->is_signing_in) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "another sign-in of the session is under way");
    }
    /* A session that could not be restored is helped by just this. */
    failure = session->failure;
    srl_error_clear(&session->failure);
    status = srl_call_begin(db, methods[login->kind],
                            login->param.len ? 1 : 0, srl_login_done, login,
                            &call, err);
    session->failure = failure;
    SRL_TRY(status);
    db->conn->transport.out.is_secret = true;
    srl_buf_put(&db->conn->transport.out, login->param.data,
                login->param.len);
    SRL_TRY(srl_call_send(db, &call, SURREAL_OK, err));
    session->is_signing_in = true;
    return SURREAL_OK;
}

static surreal_status
srl_login_ask(srl_login *login, srl_login_kind kind)
{
    srl_waiter *waiter = &login->waiter;

    login->kind = kind;
    waiter->is_done = false;
    waiter->status = srl_login_encode(login, &waiter->error);
    if (waiter->status) return waiter->status;
    do {
        waiter->status = srl_login_start(login);
    } while (srl_waiter_again(waiter));
    return waiter->status;
}

/* Over HTTP there is nobody to tell: every request says anew who it is from,
 * and so nothing can be mixed up either. */
static surreal_status
srl_login_over(srl_login *login, srl_login_kind kind)
{
    srl_session *session = login->waiter.db->session;
    bool is_http = srl_conn_is_http(login->waiter.db->conn);

    if (is_http && kind == SRL_LOGIN_INVALIDATE) {
        login->kind = kind;
        return srl_login_keep(login, session, NULL, &login->waiter.error);
    }
    SRL_TRY(srl_login_ask(login, kind));
    if (is_http || !login->is_mixed) return SURREAL_OK;
    login->auth = NULL;
    SRL_TRY(srl_login_ask(login, SRL_LOGIN_EMPTY));
    return srl_login_ask(login, SRL_LOGIN_ENTER);
}

static void
srl_login_init(srl_login *login, surreal *db, const surreal_auth *auth)
{
    srl_buf *secret[3];
    size_t i;

    memset(login, 0, sizeof *login);
    srl_waiter_init(db, &login->waiter);
    login->auth = auth;
    secret[0] = &login->param;
    secret[1] = &login->access;
    secret[2] = &login->refresh;
    for (i = 0; i < 3; i++) {
        srl_buf_init(secret[i], &db->conn->mem, SURREAL_MAX_MESSAGE);
        secret[i]->is_secret = true;
    }
}

static surreal_status
srl_login_end(srl_login *login)
{
    surreal *db = login->waiter.db;

    srl_buf_free(&login->param);
    srl_buf_free(&login->access);
    srl_buf_free(&login->refresh);
    if (!login->waiter.status && !db->is_ended) {
        db->session->is_changed = true;
        srl_auth_settle(db->conn);
    }
    return srl_waiter_end(&login->waiter, NULL);
}

/* Why there is nobody to sign in for. */
static surreal_status
srl_login_allowed(const surreal *db, const surreal_auth *auth,
                  surreal_error *err)
{
    if (db->is_ended) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection or session was closed here");
    }
    if (db->txn) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a transaction is its session's user's: sign in with "
                        "the session's handle");
    }
    return auth ? srl_auth_check(auth, err) : SURREAL_OK;
}

static surreal_status
srl_login_call(surreal *db, srl_login_kind kind, const surreal_auth *auth,
               surreal_change change)
{
    surreal_status *status;
    srl_login login;

    srl_login_init(&login, db, auth);
    status = &login.waiter.status;
    *status = srl_login_allowed(db, auth, &login.waiter.error);
    if (!*status) *status = srl_login_over(&login, kind);
    if (!*status && auth) srl_error_clear(&db->session->failure);
    if (!*status && change) srl_tell(db->conn, db, change, NULL);
    return srl_login_end(&login);
}

/* ---- calls --------------------------------------------------------------- */

/* A token that has expired, with a refresh token that has not, is as good as
 * credentials. */
SURREAL_API surreal_status
surreal_signin(surreal *db, const surreal_auth *auth)
{
    surreal_status status;

    if (!db || !auth) return SURREAL_ERR_USAGE;
    if (auth->kind != SURREAL_AUTH_TOKEN) {
        return srl_login_call(db, SRL_LOGIN_SIGNIN, auth,
                              SURREAL_CHANGE_SIGNED_IN);
    }
    status = srl_login_call(db, SRL_LOGIN_AUTHENTICATE, auth,
                            SURREAL_CHANGE_SIGNED_IN);
    if (surreal_status_class(status) != SURREAL_CLASS_SERVER ||
        !auth->refresh) {
        return status;
    }
    return srl_login_call(db, SRL_LOGIN_REFRESH, auth,
                          SURREAL_CHANGE_SIGNED_IN);
}

SURREAL_API surreal_status
surreal_signup(surreal *db, const surreal_auth *auth)
{
    if (!db || !auth) return SURREAL_ERR_USAGE;
    if (auth->kind != SURREAL_AUTH_RECORD) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE,
                        "only record users sign up: surreal_auth_record");
    }
    return srl_login_call(db, SRL_LOGIN_SIGNUP, auth, SURREAL_CHANGE_SIGNED_IN);
}

SURREAL_API surreal_status
surreal_authenticate(surreal *db, const char *token)
{
    surreal_auth auth = surreal_auth_token(token, NULL);

    if (!db) return SURREAL_ERR_USAGE;
    return srl_login_call(db, SRL_LOGIN_AUTHENTICATE, &auth,
                          SURREAL_CHANGE_SIGNED_IN);
}

SURREAL_API surreal_status
surreal_invalidate(surreal *db)
{
    if (!db) return SURREAL_ERR_USAGE;
    return srl_login_call(db, SRL_LOGIN_INVALIDATE, NULL, (surreal_change)0);
}

/* Why the refresh token cannot be used. */
static surreal_status
srl_refresh_allowed(const surreal *db, surreal_error *err)
{
    if (db->is_ended || db->txn) return SURREAL_OK; /* told elsewhere */
    if (db->conn->version.major == 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "SurrealDB 2 has no refresh tokens");
    }
    if (db->session->refresh.len) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "the session has no refresh token: its access method is "
                    "not defined WITH REFRESH");
}

SURREAL_API surreal_status
surreal_refresh(surreal *db)
{
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_refresh_allowed(db, &db->error));
    return srl_login_call(db, SRL_LOGIN_REFRESH, NULL, SURREAL_CHANGE_RENEWED);
}

SURREAL_API surreal_status
surreal_revoke(surreal *db)
{
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_refresh_allowed(db, &db->error));
    return srl_login_call(db, SRL_LOGIN_REVOKE, NULL, (surreal_change)0);
}

SURREAL_API surreal_tokens
surreal_get_tokens(const surreal *db)
{
    surreal_tokens tokens = {{"", 0}, {"", 0}, 0};
    const srl_session *session = db ? db->session : NULL;

    if (!session) return tokens;
    if (session->access.len) {
        tokens.access = surreal_text_of((const char *)session->access.data,
                                        session->access.len);
        tokens.expires = session->expires;
    }
    if (session->refresh.len) {
        tokens.refresh = surreal_text_of((const char *)session->refresh.data,
                                         session->refresh.len);
    }
    return tokens;
}

/* Ask a session that is already the token's user. */
static surreal_status
srl_token_owner(surreal *db, surreal *fork, surreal_record_id *id,
                surreal_result **out)
{
    surreal_result *r = NULL;
    surreal_value owner;
    surreal_status status;

    status = surreal_query(fork, "RETURN $auth", SURREAL_NO_VARS, &r);
    if (status) {
        db->error = *surreal_last_error(fork);
    } else {
        owner = surreal_statement_value(r, 0);
        if (surreal_value_kind(owner) == SURREAL_RECORD_ID) {
            status = surreal_get_record_id(owner, id);
        }
        if (status) srl_fail(&db->error, status, "$auth cannot be read");
    }
    if (status || !out) {
        surreal_result_free(r);
    } else {
        *out = r;
    }
    return status;
}

SURREAL_API surreal_status
surreal_token_check(surreal *db, const char *token, surreal_record_id *id,
                    surreal_result **out)
{
    surreal_fork_options opt;
    surreal_record_id ignored;
    surreal *fork = NULL;
    surreal_status status;

    if (out) *out = NULL;
    if (!id) id = &ignored;
    memset(id, 0, sizeof *id);
    if (!db) return SURREAL_ERR_USAGE;
    if (!token) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE, "the token is NULL");
    }
    memset(&opt, 0, sizeof opt);
    opt.auth = surreal_auth_token(token, NULL);
    SRL_TRY(surreal_fork(db, &opt, &fork));
    status = srl_token_owner(db, fork, id, out);
    surreal_close(fork);
    return status;
}

/*===========================================================================
 * client/renew.c: staying who one is.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/renew.c"
#endif


/* A session has to prove again who it is when its connection was made anew
 * (it is restored) and before its token expires (it is renewed). Both go down
 * one list and end at the first that the server takes:
 *
 *   DIRECT       system users sign in by name and password: as many round
 *                trips as with a token, and it works with a server that lost
 *                its keys. Not for a renewal, which comes to it below
 *   ACCESS       the access token, unless it has expired. It proves who one is
 *                without running the SIGNIN clause of an access method. For a
 *                renewal it is what is to be replaced
 *   REFRESH      the refresh token. It works once: if its answer is lost, so
 *                is it, and the list goes on
 *   CREDENTIALS  the sign-in of record users and bearer keys, kept by the
 *                program's leave (see surreal_options)
 *   ASK          what options.renew gives; not for a fork that is being made:
 *                its handle is not known yet, and one that was told whom to be
 *                must be that user or fail
 *
 * Only a refusal leads on. A lost connection ends the list; reconnecting
 * begins it anew. The last refusal is the failure: of the session when it was
 * to be restored, of the renewal (SURREAL_CHANGE_EXPIRED) else, and then the
 * session goes on as long as the server lets it. Requests in flight are not
 * touched and never sent again. At most one sign-in of a session is under way
 * at any time, the program's own included (is_signing_in), for the server
 * would run two side by side.
 */

/* When a renewal was not answered or could not be sent. */
#define SRL_RENEW_AGAIN_MS 1000

SRL_FN void
srl_auth_due(srl_session *session, int64_t at_ms)
{
    srl_conn *c = session->handle->conn;

    session->renew_at_ms = at_ms;
    if (at_ms < c->renew_at_ms) c->renew_at_ms = at_ms;
}

/* ---- the list ------------------------------------------------------------ */

static bool
srl_chain_has(const srl_conn *c, const srl_session *session,
              const srl_setup *setup, srl_auth_step step)
{
    bool has_signin = session->credentials.len != 0;
    bool is_direct = setup && session->is_system && has_signin;
    bool has_refresh = session->access.len && session->refresh.len;
    bool may_ask = c->options.renew && !session->is_named &&
                   !(setup && setup->only);

    switch (step) {
    case SRL_AUTH_DIRECT: return is_direct;
    case SRL_AUTH_ACCESS:
        if (!setup || is_direct || !session->access.len) return false;
        /* With nothing else to try, our clock may be wrong. */
        return session->expires_at_ms > srl_os_now_ms() ||
               !(has_refresh || has_signin || may_ask);
    case SRL_AUTH_REFRESH: return has_refresh;
    case SRL_AUTH_CREDENTIALS: return has_signin && !is_direct;
    case SRL_AUTH_ASK: return may_ask;
    default: return false;
    }
}

/* NOT_FOUND if the program has none. It may have done anything meanwhile. */
static surreal_status
srl_chain_ask(srl_conn *c, srl_session *session, surreal_error *err)
{
    uint32_t epoch = c->epoch;
    srl_phase phase = c->phase;
    surreal_auth auth;

    memset(&auth, 0, sizeof auth);
    if (c->options.renew(c->options.renew_user, session->handle, &auth)) {
        return SURREAL_NOT_FOUND;
    }
    if (c->epoch != epoch || c->phase != phase || session->handle->is_ended) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection or session ended while options.renew "
                        "ran");
    }
    return srl_auth_keep(session, &auth, err);
}

/* True if what the step sends is the access token itself. */
static bool
srl_chain_is_token(const srl_session *session)
{
    return session->step == SRL_AUTH_ACCESS ||
           (session->step == SRL_AUTH_ASK && !session->credentials.len);
}

static void srl_chain_done(void *user, surreal *db, surreal_status status,
                           surreal_result *result, const surreal_error *err);

static surreal_status
srl_chain_send(srl_conn *c, srl_session *session, srl_setup *setup,
               surreal_error *err)
{
    bool is_refresh = session->step == SRL_AUTH_REFRESH;
    int timeout = setup && !setup->only ? -1 : c->options.timeout_ms;
    srl_buf *out = &c->transport.out;
    const char *method = is_refresh ? "refresh" : "signin";
    srl_call call;

    if (session->step == SRL_AUTH_ASK) SRL_TRY(srl_chain_ask(c, session, err));
    if (srl_chain_is_token(session)) method = "authenticate";
    SRL_TRY(srl_call_begin_setup(session->handle, method, 1, timeout,
                                 srl_chain_done, setup, &call, err));
    out->is_secret = true;
    if (is_refresh) {
        srl_auth_put_pair(out, &session->access, &session->refresh);
    } else if (srl_chain_is_token(session)) {
        srl_cbor_put_text(out, (const char *)session->access.data,
                          session->access.len);
    } else {
        srl_buf_put(out, session->credentials.data,
                    session->credentials.len);
    }
    return srl_call_send(session->handle, &call, SURREAL_OK, err);
}

/* Send the next of the list. *err is the last refusal, or why there is none
 * to try; it is also what is returned when the list ends. */
static surreal_status
srl_chain_next(srl_conn *c, srl_session *session, srl_setup *setup,
               surreal_error *err)
{
    while (session->step != SRL_AUTH_END) {
        surreal_error failure;
        surreal_status status;

        session->step = (srl_auth_step)(session->step + 1);
        if (!srl_chain_has(c, session, setup, session->step)) continue;
        srl_error_clear(&failure);
        status = srl_chain_send(c, session, setup, &failure);
        if (!status) return SURREAL_OK;
        if (status == SURREAL_NOT_FOUND) continue;
        *err = failure;
        break;
    }
    return err->status;
}

/* ---- how it ends --------------------------------------------------------- */

static void
srl_renew_end(srl_conn *c, srl_session *session, const surreal_error *err)
{
    int64_t now = srl_os_now_ms();

    session->is_signing_in = false;
    if (!err) {
        srl_trace(c, SURREAL_LEVEL_DEBUG, "client", "a token was renewed");
        srl_tell(c, session->handle, SURREAL_CHANGE_RENEWED, NULL);
        return;
    }
    switch (surreal_status_class(err->status)) {
    case SURREAL_CLASS_IO:
    case SURREAL_CLASS_CLOSED: /* restoring comes first */
        srl_auth_due(session, now);
        break;
    case SURREAL_CLASS_OUTCOME: /* the send queue is full; a conflict */
    case SURREAL_CLASS_TIMEOUT:
    case SURREAL_CLASS_LIMIT:
    case SURREAL_CLASS_NOMEM:
        srl_auth_due(session, now + SRL_RENEW_AGAIN_MS);
        break;
    default:
        srl_trace(c, SURREAL_LEVEL_WARN, "client",
                  "a token could not be renewed: %s", err->message);
        srl_tell(c, session->handle, SURREAL_CHANGE_EXPIRED, err);
    }
}

static void
srl_chain_end(srl_conn *c, srl_session *session, srl_setup *setup,
              const surreal_error *err)
{
    if (setup) {
        srl_setup_item_done(c, setup, session, err);
    } else {
        srl_renew_end(c, session, err);
    }
}

static surreal_status
srl_chain_keep(srl_session *session, const srl_setup *setup,
               const surreal_result *result, surreal_error *err)
{
    bool is_elsewhere = false;

    session->is_named = false;
    if (srl_chain_is_token(session)) {
        srl_auth_due(session, session->renew_at_ms);
        return SURREAL_OK;
    }
    SRL_TRY(srl_auth_take(session, result, err));
    SRL_TRY(srl_auth_read(session, true, &is_elsewhere, err));
    if (is_elsewhere && !setup) srl_auth_stay(session);
    return SURREAL_OK;
}

static void
srl_chain_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    srl_setup *setup = (srl_setup *)user;
    srl_session *session = db->session;
    srl_conn *c = db->conn;
    bool is_over = db->is_ended || c->phase >= SRL_PHASE_FAILED;
    surreal_error last;

    srl_error_clear(&last);
    if (!status && !is_over) {
        status = srl_chain_keep(session, setup, result, &last);
        if (status) err = &last;
    }
    srl_auth_wipe(c, result);
    surreal_result_free(result);
    if (is_over && !setup) {
        session->is_signing_in = false;
        return;
    }
    if (!is_over && surreal_status_class(status) == SURREAL_CLASS_SERVER) {
        last = *err;
        if (!srl_chain_next(c, session, setup, &last)) return;
        err = &last;
    }
    srl_chain_end(c, session, setup, err);
}

/* ---- restoring ----------------------------------------------------------- */

SRL_FN surreal_status
srl_auth_restore(srl_conn *c, srl_setup *setup, srl_session *session,
                 surreal_error *err)
{
    if (!session->credentials.len && !session->access.len) {
        if (!session->is_forgotten) return SURREAL_OK; /* nobody */
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the session cannot be restored: its credentials were "
                        "not kept, because option reconnect.attempts is "
                        "negative");
    }
    session->step = SRL_AUTH_START;
    srl_fail(err, SURREAL_ERR_AUTH,
             "the token has expired, and there is nothing else to sign in "
             "with");
    SRL_TRY(srl_chain_next(c, session, setup, err));
    srl_setup_item(setup);
    return SURREAL_OK;
}

/* ---- renewing ------------------------------------------------------------ */

static void
srl_stay_done(void *user, surreal *db, surreal_status status,
              surreal_result *result, const surreal_error *err)
{
    (void)user;
    surreal_result_free(result);
    if (!status || db->conn->phase >= SRL_PHASE_FAILED) return;
    srl_trace(db->conn, SURREAL_LEVEL_WARN, "client",
              "a renewed session is not where it was: %s", err->message);
}

SRL_FN void
srl_auth_stay(srl_session *session)
{
    surreal *db = session->handle;
    srl_conn *c = db->conn;
    surreal_error ignored;
    srl_call call;

    if (!session->ns.len || srl_conn_is_http(c) ||
        srl_call_begin_setup(db, "use", 2, c->options.timeout_ms,
                             srl_stay_done, NULL, &call, &ignored)) {
        return;
    }
    srl_use_put(session, &c->transport.out);
    srl_call_send(db, &call, SURREAL_OK, &ignored);
}

static void
srl_renew(srl_conn *c, srl_session *session)
{
    surreal_error err;

    session->renew_at_ms = INT64_MAX;
    session->is_signing_in = true;
    session->step = SRL_AUTH_START;
    srl_fail(&err, SURREAL_ERR_AUTH,
             "the token is about to expire, and there is nothing to get "
             "another one with");
    if (srl_chain_next(c, session, NULL, &err)) {
        srl_renew_end(c, session, &err);
    }
}

/* The server says it is too late. That request has failed and is not sent
 * again; the next ones need not. */
SRL_FN void
srl_auth_expired(srl_session *session, const surreal_error *err)
{
    if (session->is_signing_in ||
        (strcmp(err->message, "The session has expired") &&
         strcmp(err->message, "The token has expired"))) {
        return;
    }
    if (session->access.len || session->credentials.len) {
        srl_auth_due(session, srl_os_now_ms());
    }
}

SRL_FN void
srl_auth_timers(srl_conn *c, int64_t now_ms)
{
    srl_session *session;

    if (now_ms < c->renew_at_ms) return;
    c->renew_at_ms = INT64_MAX;
    for (session = c->sessions; session && c->phase == SRL_PHASE_READY;
         session = session->next) {
        if (session->renew_at_ms > now_ms) {
            srl_auth_due(session, session->renew_at_ms);
        } else if (session->is_signing_in) {
            /* By the program, which makes this needless or fails. */
            srl_auth_due(session, now_ms + SRL_RENEW_AGAIN_MS);
        } else if (!session->handle->is_ended && !session->failure.status) {
            srl_renew(c, session);
        }
    }
}

SRL_FN int64_t
srl_auth_timer(const srl_conn *c, int64_t at)
{
    return c->renew_at_ms < at ? c->renew_at_ms : at;
}

/*===========================================================================
 * client/transaction.c: transactions of SurrealDB 3.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/transaction.c"
#endif


/* The server keeps a transaction by its id, for the connection it was begun
 * on; requests that name it are part of it. It neither rolls back what a
 * failed statement did so far nor refuses to commit after one, so both are
 * done here: the first failure of any request through the handle is kept, and
 * from then on the handle only gives it back.
 *
 *   good      requests go out
 *   poisoned  a request failed: calls return its error, commit cancels
 *   ended     committed, cancelled, or gone with the connection
 */

SRL_FN void
srl_txn_poison(surreal *tx, const surreal_error *err)
{
    if (!tx->txn->failure.status) tx->txn->failure = *err;
}

SRL_FN void
srl_txns_lose(srl_conn *c, const srl_session *session,
              const surreal_error *err)
{
    surreal *db;

    for (db = c->handles; db; db = db->next) {
        if (!db->txn || db->txn->is_ended) continue;
        if (session && db->session != session) continue;
        srl_txn_poison(db, err);
        db->txn->is_ended = true;
        if (session) db->is_ended = true;
    }
}

SRL_FN void
srl_txn_close(surreal *tx, const surreal_error *err)
{
    srl_conn *c = tx->conn;

    surreal_rollback_start(tx);
    tx->is_ended = true;
    srl_requests_end(c, tx, err);
}

SRL_FN surreal_status
srl_txn_allows(const surreal *tx, const char *method, surreal_error *err)
{
    static const char *const honoured[] = {
        "query", "select", "create", "insert", "insert_relation", "upsert",
        "merge", "delete", "ping", "version"};
    size_t i;

    if (tx->txn->failure.status) {
        *err = tx->txn->failure;
        return err->status;
    }
    if (tx->txn->is_ended) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the transaction has ended already");
    }
    for (i = 0; i < sizeof honoured / sizeof honoured[0]; i++) {
        if (!strcmp(method, honoured[i])) return SURREAL_OK;
    }
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "the method %s would not be part of the transaction: use "
                    "a statement, or the session's own handle", method);
}

/* ---- begin ------------------------------------------------------------- */

static surreal_status
srl_begin_check(const surreal *db, surreal_error *err)
{
    if (db->txn) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the server has no transactions inside transactions");
    }
    if (srl_conn_is_http(db->conn)) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "a transaction needs a ws:// connection; over HTTP "
                        "send its statements together (surreal_batch)");
    }
    if (db->conn->version.major == 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "SurrealDB 2 has no transactions over several calls; "
                        "send the statements together (surreal_batch)");
    }
    return SURREAL_OK;
}

/* A handle whose transaction has no id yet. */
static surreal *
srl_txn_new(surreal *db)
{
    srl_conn *c = db->conn;
    srl_txn *txn;
    surreal *tx;

    txn = (srl_txn *)srl_mem_resize(&c->mem, NULL, 0, sizeof *txn);
    if (!txn) return NULL;
    tx = srl_handle_new(c);
    if (!tx) {
        srl_mem_free(&c->mem, txn, sizeof *txn);
        return NULL;
    }
    memset(txn, 0, sizeof *txn);
    srl_error_clear(&txn->failure);
    tx->session = db->session;
    tx->txn = txn;
    return tx;
}

/* It never became one. */
static void
srl_txn_drop(surreal *tx)
{
    tx->txn->is_ended = true;
    surreal_close(tx);
}

/* The answer to begin. The handle exists already; it is the program's from
 * here on, or gone. */
static void
srl_begin_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    surreal *tx = (surreal *)user;
    surreal_begun *begun = tx->txn->begun;
    surreal_error failure;

    if (!status && surreal_get_uuid(surreal_statement_value(result, 0),
                                    &tx->txn->id)) {
        status = srl_fail(&failure, SURREAL_ERR_REPLY,
                          "the server's answer to begin is not a uuid");
        err = &failure;
    }
    surreal_result_recycle(db, result);
    user = tx->txn->begun_user;
    if (status) srl_txn_drop(tx);
    begun(user, db, status, status ? NULL : tx, err);
}

static surreal_status
srl_begin_start(surreal *db, surreal_begun *begun, void *user,
                surreal_error *err)
{
    surreal_status status;
    srl_call call;
    surreal *tx;

    SRL_TRY(srl_begin_check(db, err));
    tx = srl_txn_new(db);
    if (!tx) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    tx->txn->begun = begun;
    tx->txn->begun_user = user;
    status = srl_call_begin(db, "begin", 0, srl_begin_done, tx, &call, err);
    if (!status) status = srl_call_send(db, &call, SURREAL_OK, err);
    if (status) srl_txn_drop(tx);
    return status;
}

SURREAL_API surreal_status
surreal_begin_start(surreal *db, surreal_begun *begun, void *user)
{
    surreal_error err;
    surreal_status status;

    if (!db || !begun) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    srl_error_clear(&err);
    status = srl_begin_start(db, begun, user, &err);
    if (status) db->error = err;
    srl_leave(db->conn);
    return status;
}

/* A waiting begin: where the handle goes. */
typedef struct srl_begin_wait {
    srl_waiter waiter;
    surreal *tx;
} srl_begin_wait;

static void
srl_begun_waiting(void *user, surreal *db, surreal_status status, surreal *tx,
                  const surreal_error *err)
{
    srl_begin_wait *wait = (srl_begin_wait *)user;

    wait->tx = tx;
    srl_waiter_done(&wait->waiter, db, status, NULL, err);
}

SURREAL_API surreal_status
surreal_begin(surreal *db, surreal **out)
{
    srl_begin_wait wait;

    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    wait.tx = NULL;
    srl_waiter_init(db, &wait.waiter);
    do {
        wait.waiter.status = srl_begin_start(db, srl_begun_waiting, &wait,
                                             &wait.waiter.error);
    } while (srl_waiter_again(&wait.waiter));
    *out = wait.tx;
    return srl_waiter_end(&wait.waiter, NULL);
}

/* ---- the end ------------------------------------------------------------ */

/* Commit or cancel go through the session, so that they do not name the
 * transaction they end as the one they are part of; but they are the
 * handle's. What failed before is what they report. */
static surreal_status
srl_txn_end_start(surreal *tx, const char *method, surreal_done *done,
                  void *user, surreal_error *err)
{
    surreal *db = tx->session ? tx->session->handle : NULL;
    surreal_status status;
    srl_call call;

    if (tx->is_ended || tx->txn->is_ended) {
        if (!tx->txn->failure.status) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "the transaction has ended already");
        }
        *err = tx->txn->failure;
        return err->status;
    }
    SRL_TRY(srl_call_begin(db, method, 1, done, user, &call, err));
    call.request->db = tx;
    status = srl_put_uuid(&tx->conn->transport.out, tx->txn->id);
    SRL_TRY(srl_call_send(db, &call, status, err));
    tx->txn->is_ended = true;
    return SURREAL_OK;
}

static surreal_status
srl_txn_end(surreal *tx, const char *method)
{
    srl_waiter waiter;

    srl_waiter_init(tx, &waiter);
    do {
        waiter.status = srl_txn_end_start(tx, method, srl_waiter_done,
                                          &waiter, &waiter.error);
    } while (srl_waiter_again(&waiter));
    return srl_waiter_end(&waiter, NULL);
}

/* A poisoned transaction is cancelled instead, and its failure reported. */
SURREAL_API surreal_status
surreal_commit(surreal *tx)
{
    surreal_error cause;

    if (!tx || !tx->txn) return SURREAL_ERR_USAGE;
    cause = tx->txn->failure;
    if (!cause.status || tx->txn->is_ended) return srl_txn_end(tx, "commit");
    srl_enter(tx->conn);
    srl_txn_end(tx, "cancel");
    tx->error = cause;
    srl_leave(tx->conn);
    return cause.status;
}

SURREAL_API surreal_status
surreal_commit_start(surreal *tx, surreal_done *done, void *user)
{
    surreal_error err;
    surreal_status status;

    if (!tx || !tx->txn || !done) return SURREAL_ERR_USAGE;
    srl_error_clear(&err);
    if (tx->txn->failure.status) {
        err = tx->txn->failure;
        if (!tx->txn->is_ended) surreal_rollback_start(tx);
    } else {
        srl_txn_end_start(tx, "commit", done, user, &err);
    }
    status = err.status;
    if (status) tx->error = err;
    return status;
}

SURREAL_API surreal_status
surreal_rollback(surreal *tx)
{
    if (!tx || !tx->txn) return SURREAL_ERR_USAGE;
    return srl_txn_end(tx, "cancel");
}

SURREAL_API void
surreal_rollback_start(surreal *tx)
{
    if (!tx || !tx->txn || tx->is_ended || tx->txn->is_ended) return;
    tx->txn->is_ended = true;
    srl_enter(tx->conn);
    srl_call_and_forget(tx->session->handle, "cancel", &tx->txn->id);
    srl_leave(tx->conn);
}

/* ---- all of it, again and again ---------------------------------------- */

/* The connection is driven on meanwhile: others may be using it. */
static void
srl_tx_pause(srl_conn *c, int64_t ms)
{
    int64_t end = srl_os_now_ms() + ms;
    int64_t left;

    while ((left = end - srl_os_now_ms()) > 0 && c->phase < SRL_PHASE_FAILED) {
        srl_wait_and_step(c, left);
    }
}

/* Two that collided must not meet again: half of the wait is drawn. */
static int64_t
srl_tx_delay(const surreal_tx_options *opt, int attempt)
{
    int64_t delay = opt->min_ms;
    uint32_t draw = 0;

    while (--attempt > 0 && delay < opt->max_ms) delay *= 2;
    if (delay > opt->max_ms) delay = opt->max_ms;
    srl_os_random(&draw, sizeof draw);
    return delay / 2 + (int64_t)(draw % (uint32_t)(delay / 2 + 1));
}

static surreal_status
srl_tx_try(surreal *db, surreal_tx_fn *fn, void *user)
{
    surreal *tx;
    surreal_status status;

    SRL_TRY(surreal_begin(db, &tx));
    status = fn(user, tx);
    if (!status) status = surreal_commit(tx);
    if (status) db->error = tx->error;
    if (tx->txn->failure.status == SURREAL_CONFLICT) status = SURREAL_CONFLICT;
    surreal_close(tx);
    return status;
}

SURREAL_API surreal_status
surreal_tx_run(surreal *db, const surreal_tx_options *opt, surreal_tx_fn *fn,
               void *user)
{
    surreal_tx_options o;
    surreal_status status;
    srl_conn *c;
    int attempt;

    if (!db || !fn) return SURREAL_ERR_USAGE;
    memset(&o, 0, sizeof o);
    if (opt) o = *opt;
    if (o.attempts <= 0) o.attempts = 5;
    if (o.min_ms <= 0) o.min_ms = 5;
    if (o.max_ms <= 0) o.max_ms = 1000;
    c = db->conn;
    srl_enter(c);
    for (attempt = 1;; attempt++) {
        status = srl_tx_try(db, fn, user);
        if (status != SURREAL_CONFLICT || attempt >= o.attempts) break;
        if (db->is_ended) break;
        srl_tx_pause(c, srl_tx_delay(&o, attempt));
    }
    srl_leave(c);
    return status;
}

/*===========================================================================
 * client/live.c: live queries: registering, losing, ending.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/live.c"
#endif


/* The states of a stream stand in client.h. Three rules keep it simple:
 *
 * - The stream exists before its registration is sent, and the registration
 *   is a request like any other. So whatever ends requests (an answer, a lost
 *   connection, a closed handle, time) ends up in srl_live_done.
 * - Who registered is never in doubt: the call that opens the stream, which
 *   waits, or the setup of a restored connection. The connection may be lost
 *   and restored while that call is still on the stack.
 * - First all state is set, then callbacks run (srl_lives_tell, srl_live_pump),
 *   and after one everything is looked at anew. */

/* ---- the life of a stream ------------------------------------------------ */

/* What the program asked for. */
typedef struct srl_live_spec {
    const char *method;
    surreal_str text; /* table or statement */
    surreal_vars vars;
    const surreal_live_options *options;
} srl_live_spec;

SRL_FN void
srl_live_hold(surreal_live *live)
{
    live->users++;
}

SRL_FN void
srl_live_release(surreal_live *live)
{
    srl_mem mem;

    SURREAL_ASSERT(live->users > 0);
    if (--live->users || !live->is_closed) return;
    SURREAL_ASSERT(!live->conn);
    srl_live_forget(live);
    srl_buf_free(&live->params);
    srl_buf_free(&live->place);
    mem = live->mem; /* live is about to go */
    srl_mem_free(&mem, live, sizeof *live);
    SURREAL_ASSERT(mem.used == 0);
}

/* At the end of its session's streams; held by the caller. */
static surreal_live *
srl_live_new(surreal *db, const srl_live_spec *spec)
{
    srl_conn *c = db->conn;
    surreal_live **at = &db->session->lives;
    surreal_live *live;
    srl_mem mem;

    srl_mem_init(&mem, &c->mem.allocator, 0);
    live = (surreal_live *)srl_mem_resize(&mem, NULL, 0, sizeof *live);
    if (!live) return NULL;
    memset(live, 0, sizeof *live);
    live->mem = mem;
    live->conn = c;
    live->session = db->session;
    if (spec->options) live->options = *spec->options;
    if (!live->options.max_bytes) live->options.max_bytes = SRL_LIVE_BYTES;
    live->state = SRL_LIVE_NEW;
    live->method = spec->method;
    srl_buf_init(&live->params, &live->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&live->place, &live->mem, SURREAL_MAX_MESSAGE);
    live->params.is_secret = true; /* who knows what the variables are */
    srl_error_clear(&live->end);
    srl_live_hold(live);
    while (*at) at = &(*at)->next;
    *at = live;
    return live;
}

SRL_FN void
srl_live_unlink(surreal_live *live)
{
    surreal_live **at;

    if (!live->conn) return;
    at = live->session ? &live->session->lives : &live->conn->ended;
    while (*at != live) at = &(*at)->next;
    *at = live->next;
    live->next = NULL;
    live->session = NULL;
    live->conn = NULL;
}

SRL_FN void
srl_live_end(surreal_live *live, const surreal_error *err)
{
    srl_conn *c = live->conn;
    surreal_live **at = &c->ended;

    srl_live_unlink(live);
    live->state = SRL_LIVE_ENDED;
    live->end = *err;
    if (!live->options.on_event || live->waiter) return;
    live->conn = c;
    while (*at) at = &(*at)->next;
    *at = live;
}

SRL_FN void
srl_lives_tell(srl_conn *c)
{
    surreal_live *live;

    while ((live = c->ended) != NULL) {
        srl_live_unlink(live);
        srl_live_pump(live);
    }
}

/* ---- what may be opened -------------------------------------------------- */

/* The first byte of SurrealQL that is neither blank nor comment. */
static const char *
srl_live_text_begin(const char *at, const char *end)
{
    while (at < end) {
        size_t left = (size_t)(end - at);

        if (*at == ' ' || (*at >= '\t' && *at <= '\r')) {
            at++;
        } else if (*at == '#' || (left > 1 && (!memcmp(at, "--", 2) ||
                                               !memcmp(at, "//", 2)))) {
            while (at < end && *at != '\n') at++;
        } else if (left > 3 && !memcmp(at, "/*", 2)) {
            at += 2;
            while (at + 2 <= end && memcmp(at, "*/", 2)) at++;
            at = at + 2 <= end ? at + 2 : end;
        } else {
            break;
        }
    }
    return at;
}

/* Looking at the first word refuses most mistakes before they did anything;
 * the rest is told by the answer. */
static bool
srl_live_text_is_live(surreal_str text)
{
    static const char word[] = "live";
    const char *end = text.ptr + text.len;
    const char *at = srl_live_text_begin(text.ptr, end);
    size_t i;

    if ((size_t)(end - at) < sizeof word - 1) return false;
    for (i = 0; i < sizeof word - 1; i++) {
        if ((at[i] | 32) != word[i]) return false;
    }
    return true;
}

static surreal_status
srl_live_check(const surreal *db, const srl_live_spec *spec,
               surreal_error *err)
{
    bool is_table = *spec->method == 'l';

    if (!spec->text.len) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the %s is %s",
                        is_table ? "table's name" : "statement",
                        spec->text.ptr ? "empty" : "NULL");
    }
    if (!is_table && !srl_live_text_is_live(spec->text)) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "expected one LIVE SELECT statement; nothing was "
                        "sent");
    }
    if (db->is_ended) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection or session was closed here");
    }
    if (srl_conn_is_http(db->conn)) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "over HTTP the server has no way to tell of changes: "
                        "open a ws:// connection for live queries");
    }
    if (db->txn) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "the server registers no live query inside a "
                        "transaction: open it through the session's handle");
    }
    return SURREAL_OK;
}

/* ---- sending a registration ---------------------------------------------- */

/* Where the session is, to be compared by bytes. */
static void
srl_live_put_place(srl_buf *out, const srl_session *session)
{
    srl_buf_put(out, session->ns.data, session->ns.len);
    srl_buf_put(out, "", 1);
    srl_buf_put(out, session->db.data, session->db.len);
}

static bool
srl_live_is_in_place(const surreal_live *live)
{
    const srl_session *session = live->session;
    const srl_buf *place = &live->place;
    size_t ns = session->ns.len;

    if (place->len != ns + 1 + session->db.len) return false;
    if (ns && memcmp(place->data, session->ns.data, ns)) return false;
    if (place->data[ns]) return false;
    return !session->db.len ||
           !memcmp(place->data + ns + 1, session->db.data, session->db.len);
}

/* SurrealDB 2 evaluates the condition of a live query without the variables it
 * was registered with: $min is NONE then, and `n > $min` true of everything.
 * Only FROM is evaluated when it is registered. */
static surreal_status
srl_live_check_vars(surreal_vars vars, int major, surreal_error *err)
{
    size_t i;

    for (i = 0; i < vars.count && major < 3; i++) {
        if (vars.v[i].kind == SURREAL_TABLE) continue;
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "SurrealDB 2 forgets variable '%s' of a live query: "
                        "write its value into the statement",
                        vars.v[i].name);
    }
    return SURREAL_OK;
}

/* The params of the registration, kept for the next one. */
static surreal_status
srl_live_encode(surreal_live *live, surreal *db, const srl_live_spec *spec,
                surreal_error *err)
{
    srl_buf *out = &live->params;
    surreal_status status;

    if (*spec->method == 'l') {
        status = srl_put_table(out, spec->text);
        if (status) srl_fail(err, status, "this is not the name of a table");
        srl_cbor_put_byte(out, live->options.diff ? SRL_CBOR_TRUE
                                                  : SRL_CBOR_FALSE);
    } else {
        status = srl_put_str(out, spec->text);
        if (status == SURREAL_ERR_UTF8) {
            srl_fail(err, status, "the statement is not UTF-8");
        } else if (!status) {
            status = srl_put_vars(out, spec->vars, srl_major(db), err);
        }
        if (!status) {
            status = srl_live_check_vars(spec->vars, srl_major(db), err);
        }
    }
    srl_live_put_place(&live->place, db->session);
    if (!status) status = out->status;
    return status ? status : live->place.status;
}

static void srl_live_done(void *user, surreal *db, surreal_status status,
                          surreal_result *result, const surreal_error *err);

/* The end of a registration that was begun. */
static surreal_status
srl_live_send(surreal_live *live, surreal *db, srl_call *call,
              bool is_restoring, surreal_status status, surreal_error *err)
{
    srl_conn *c = db->conn;

    if (!status) {
        srl_buf_put(&c->transport.out, live->params.data, live->params.len);
    }
    call->request->is_query = *live->method == 'q';
    SRL_TRY(srl_call_send(db, call, status, err));
    live->state = SRL_LIVE_SENT;
    live->is_restoring = is_restoring;
    live->epoch = c->epoch;
    live->request_id = call->request->id;
    srl_live_hold(live);
    c->early.registering++;
    return SURREAL_OK;
}

static surreal_status
srl_live_start(surreal_live *live, surreal *db, const srl_live_spec *spec,
               surreal_error *err)
{
    surreal_status status = SURREAL_OK;
    srl_call call;

    if (!live->session) { /* ended between two tries */
        *err = live->end;
        return err->status;
    }
    SRL_TRY(srl_call_begin(db, live->method, 2, srl_live_done, live, &call,
                           err));
    if (!live->params.len) status = srl_live_encode(live, db, spec, err);
    return srl_live_send(live, db, &call, false, status, err);
}

/* ---- the answer ---------------------------------------------------------- */

/* A row of a statement that registered a live query. SurrealDB 2 does not mark
 * them: there, any uuid may be one, and to kill what is none does nothing. */
static bool
srl_live_row_id(const srl_statement *statement, int major, surreal_uuid *id)
{
    const uint8_t *type;

    if (statement->failed || srl_item_uuid(statement->value, id)) return false;
    if (!statement->row || major < 3) return true;
    type = srl_cbor_find(statement->row, SURREAL_LIT("type"));
    return type && *type >> 5 == SRL_CBOR_TEXT &&
           srl_cbor_text_is(type, SURREAL_LIT("live"));
}

/* The id, if the answer is that of one live query; if it is that of more or of
 * something else, nothing of it stays on the server. */
static surreal_status
srl_live_answer(const surreal_live *live, surreal *db, surreal_result *r,
                surreal_uuid *id, surreal_error *err)
{
    size_t i;

    if (r->count == 1) {
        if (srl_live_row_id(&r->statements[0], srl_major(db), id)) {
            return SURREAL_OK;
        }
        if (r->cause) {
            *err = *r->cause;
            return err->status;
        }
        if (*live->method == 'l') {
            return srl_fail(err, SURREAL_ERR_REPLY,
                            "the server answered the registration of a live "
                            "query with something else than its id");
        }
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the statement is no LIVE SELECT; it was run");
    }
    for (i = 0; i < r->count; i++) {
        if (!srl_live_row_id(&r->statements[i], srl_major(db), id)) continue;
        srl_call_and_forget(db, "kill", id);
    }
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "expected one LIVE SELECT statement, got %zu statements; "
                    "all were run and the live queries among them killed",
                    r->count);
}

/* Registered. If again, events of the time since the connection broke are
 * missing: the answer becomes the event that says so. */
static void
srl_live_registered(surreal_live *live, surreal *db, surreal_uuid id,
                    surreal_result *result)
{
    srl_conn *c = db->conn;

    if (live->is_closed) {
        srl_call_and_forget(db, "kill", &id);
        surreal_result_free(result);
        srl_early_settle(c, NULL);
        return;
    }
    live->id = id;
    live->state = SRL_LIVE_ON;
    if (live->is_restoring) {
        srl_live_gap(live, result);
    } else {
        live->seen_id = id;
        surreal_result_free(result);
    }
    srl_early_settle(c, live);
    if (!live->is_restoring) {
        srl_waiter_done(live->waiter, db, SURREAL_OK, NULL, NULL);
    }
}

/* Not registered. When it was to be restored: if the connection broke again, it
 * will be tried again; a refusal is the end of this stream only. */
static void
srl_live_refused(surreal_live *live, surreal *db, const surreal_error *err)
{
    srl_conn *c = db->conn;

    srl_early_settle(c, NULL);
    if (!live->is_restoring) {
        live->state = err->status == SURREAL_ERR_TIMEOUT ? SRL_LIVE_LATE
                                                         : SRL_LIVE_NEW;
        srl_waiter_done(live->waiter, db, err->status, NULL, err);
    } else if (live->is_closed) {
        return;
    } else if (c->phase >= SRL_PHASE_FAILED ||
               surreal_status_class(err->status) == SURREAL_CLASS_CLOSED) {
        live->state = SRL_LIVE_LOST;
    } else {
        srl_live_end(live, err);
    }
}

static void srl_lives_restore_all(srl_conn *c);

static void
srl_live_done(void *user, surreal *db, surreal_status status,
              surreal_result *result, const surreal_error *err)
{
    surreal_live *live = (surreal_live *)user;
    srl_conn *c = db->conn;
    bool is_setup = live->is_restoring && live->epoch == c->epoch;
    surreal_error failure;
    surreal_uuid id;

    if (result) {
        status = srl_live_answer(live, db, result, &id, &failure);
        err = &failure;
    }
    if (!status) {
        srl_live_registered(live, db, id, result);
    } else {
        surreal_result_free(result);
        srl_live_refused(live, db, err);
    }
    if (is_setup && c->phase == SRL_PHASE_SETUP) {
        srl_lives_restore_all(c);
        srl_setup_item_done(c, &c->setup, c->sessions, NULL);
    }
    srl_live_release(live);
}

/* ---- opening and closing ------------------------------------------------- */

/* The program gets the stream, and from now on its events. */
static void
srl_live_opened(surreal_live *live, const srl_waiter *waiter,
                surreal_live **out)
{
    live->waiter = NULL;
    if (!waiter->status) {
        *out = live;
        srl_live_pump(live);
        if (live->is_closed) *out = NULL; /* by its callback */
        srl_live_release(live);
        return;
    }
    live->is_closed = true;
    if (live->state == SRL_LIVE_LATE && live->session) return;
    srl_live_unlink(live);
    srl_live_release(live);
}

static surreal_status
srl_live_open(surreal *db, const srl_live_spec *spec, surreal_live **out)
{
    surreal_live *live = NULL;
    srl_waiter waiter;

    if (!out) return SURREAL_ERR_USAGE;
    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    waiter.status = srl_live_check(db, spec, &waiter.error);
    if (!waiter.status) {
        live = srl_live_new(db, spec);
        if (!live) {
            waiter.status = srl_fail(&waiter.error, SURREAL_ERR_NOMEM,
                                     "out of memory for the stream");
        }
    }
    if (live) {
        live->waiter = &waiter;
        do {
            waiter.status = srl_live_start(live, db, spec, &waiter.error);
        } while (srl_waiter_again(&waiter));
        srl_live_opened(live, &waiter, out);
    }
    return srl_waiter_end(&waiter, NULL);
}

SURREAL_API surreal_status
surreal_live_table(surreal *db, const char *table,
                   const surreal_live_options *opt, surreal_live **out)
{
    surreal_vars none = SURREAL_NO_VARS;
    srl_live_spec spec;

    spec.method = "live";
    spec.text = surreal_text(table);
    spec.vars = none;
    spec.options = opt;
    return srl_live_open(db, &spec, out);
}

SURREAL_API surreal_status
surreal_live_query(surreal *db, const char *text, surreal_vars vars,
                   const surreal_live_options *opt, surreal_live **out)
{
    srl_live_spec spec;

    spec.method = "query";
    spec.text = surreal_text(text);
    spec.vars = vars;
    spec.options = opt;
    return srl_live_open(db, &spec, out);
}

SURREAL_API void
surreal_live_close(surreal_live *live)
{
    srl_conn *c;

    if (!live || live->is_closed) return;
    c = live->conn;
    if (c) srl_enter(c);
    srl_live_hold(live);
    live->is_closed = true;
    if (live->state == SRL_LIVE_ON) {
        srl_call_and_forget(live->session->handle, "kill", &live->id);
    }
    srl_live_unlink(live);
    srl_live_forget(live);
    srl_live_release(live);
    if (c) srl_leave(c);
}

SURREAL_API surreal_uuid
surreal_live_id(const surreal_live *live)
{
    surreal_uuid none;

    memset(&none, 0, sizeof none);
    return live ? live->id : none;
}

/* ---- registrations that were given up ------------------------------------ */

/* Its opening call may still be on the stack: then that frees it. */
static void
srl_live_drop_late(surreal_live *live)
{
    srl_live_unlink(live);
    live->state = SRL_LIVE_ENDED;
    if (!live->waiter) srl_live_release(live);
}

static surreal_live *
srl_live_find_late(srl_conn *c, uint64_t request_id)
{
    srl_session *session;
    surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (live->state == SRL_LIVE_LATE &&
                live->request_id == request_id) {
                return live;
            }
        }
    }
    return NULL;
}

SRL_FN void
srl_live_late(srl_conn *c, uint64_t request_id, surreal_result *r,
              const uint8_t *answer)
{
    surreal_live *live = srl_live_find_late(c, request_id);
    surreal_error ignored;
    surreal_uuid id;
    surreal *db;

    if (!live) return;
    db = live->session->handle;
    if (!srl_result_index(r, answer, *live->method == 'q', &ignored) &&
        !srl_live_answer(live, db, r, &id, &ignored)) {
        srl_call_and_forget(db, "kill", &id);
    }
    srl_live_drop_late(live);
}

/* ---- all streams --------------------------------------------------------- */

SRL_FN void
srl_lives_lose(srl_conn *c, const surreal_error *err)
{
    srl_session *session;
    surreal_live *live;
    surreal_live *next;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = next) {
            next = live->next;
            if (live->state == SRL_LIVE_LATE) {
                srl_live_drop_late(live);
            } else if (live->state == SRL_LIVE_ON && live->options.once) {
                srl_live_end(live, err);
            } else if (live->state == SRL_LIVE_ON) {
                live->state = SRL_LIVE_LOST;
            }
        }
    }
    srl_lives_tell(c);
}

/* WOULD_BLOCK if the send queue is full: goes on when something of the stage
 * was answered. Any other failure is the stream's end. */
static surreal_status
srl_live_restore(srl_conn *c, srl_setup *setup, surreal_live *live)
{
    surreal *db = live->session->handle;
    surreal_status status;
    surreal_error err;
    srl_call call;

    srl_error_clear(&err);
    if (!srl_live_is_in_place(live)) {
        status = srl_fail(&err, SURREAL_ERR_USAGE,
                          "the session uses another namespace or database "
                          "than when the stream was opened: open it again");
    } else {
        status = srl_call_begin_setup(db, live->method, 2, -1, srl_live_done,
                                      live, &call, &err);
        if (status == SURREAL_WOULD_BLOCK) return status;
        if (!status) {
            status = srl_live_send(live, db, &call, true, SURREAL_OK, &err);
        }
    }
    if (!status) {
        srl_setup_item(setup);
        return SURREAL_OK;
    }
    srl_trace(c, SURREAL_LEVEL_ERROR, "client",
              "a live query could not be restored: %s", err.message);
    srl_live_end(live, &err);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_lives_restore(srl_conn *c, srl_setup *setup, srl_session *session,
                  surreal_error *err)
{
    surreal_live *live;
    surreal_live *next;

    (void)err;
    for (live = session->lives; live; live = next) {
        next = live->next;
        if (live->state != SRL_LIVE_LOST) continue;
        if (srl_live_restore(c, setup, live)) break;
    }
    return SURREAL_OK;
}

static void
srl_lives_restore_all(srl_conn *c)
{
    srl_session *session;
    surreal_error ignored;

    for (session = c->sessions; session; session = session->next) {
        if (session->failure.status || session->handle->is_ended) continue;
        srl_lives_restore(c, &c->setup, session, &ignored);
    }
}

SRL_FN bool
srl_lives_any(const srl_conn *c)
{
    const srl_session *session;
    const surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (!live->is_closed) return true;
        }
    }
    return false;
}

static void
srl_session_end_lives(srl_session *session, const surreal_error *err)
{
    while (session->lives) {
        surreal_live *live = session->lives;

        if (live->state == SRL_LIVE_LATE) {
            srl_live_drop_late(live);
        } else {
            srl_live_end(live, err);
        }
    }
}

SRL_FN void
srl_lives_end(srl_conn *c, const srl_session *session,
              const surreal_error *err)
{
    srl_session *one;

    for (one = c->sessions; one; one = one->next) {
        if (!session || one == session) srl_session_end_lives(one, err);
    }
    srl_lives_tell(c);
}

/* A stream with a callback that has something to say. */
static surreal_live *
srl_lives_find_full(srl_conn *c)
{
    srl_session *session;
    surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (!live->options.on_event || live->waiter) continue;
            if (live->first || live->lost) return live;
        }
    }
    return NULL;
}

SRL_FN void
srl_lives_ready(srl_conn *c)
{
    srl_session *session;
    surreal_live *live;

    if (c->phase != SRL_PHASE_READY) return; /* by a callback */
    for (session = c->sessions; session; session = session->next) {
        if (session->failure.status) {
            srl_session_end_lives(session, &session->failure);
        }
    }
    srl_lives_tell(c);
    while (c->phase == SRL_PHASE_READY &&
           (live = srl_lives_find_full(c)) != NULL) {
        srl_live_pump(live);
    }
}

/*===========================================================================
 * client/live_event.c: live queries: their events.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/live_event.c"
#endif


/* An event is the message it came in: nothing is copied on its way to the
 * program. Of the result around it, these fields say what it is while it is
 * queued:
 *
 *   single.row    the notification, a map; NULL for a GAP
 *   value         what happened to the record; the new id for a GAP
 *   count         1, so that it reads as an answer of one statement when the
 *                 program keeps it; the events lost for a GAP
 *
 * A loss for want of room stands at the end of the queue and lasts until the
 * program has taken it: `lost` counts without needing memory, and a program
 * that is too slow has one gap to mend, not one between any two events. */

/* ---- reading a notification ---------------------------------------------- */

typedef struct srl_notice {
    surreal_uuid id;
    const uint8_t *action;
    const uint8_t *record; /* or NULL */
    const uint8_t *result;
} srl_notice;

/* The keys called session, inside it and around it, are of no use: an id names
 * one live query of the whole server. */
static bool
srl_notice_read(const uint8_t *notification, srl_notice *notice)
{
    const surreal_str keys[4] = {
        {"action", 6}, {"id", 2}, {"record", 6}, {"result", 6}};
    const uint8_t *found[4];
    srl_cbor_head head;

    srl_cbor_head_at(notification, &head);
    if (head.major != SRL_CBOR_MAP) return false;
    srl_cbor_members(notification, keys, 4, found);
    if (!found[0] || !found[1] || !found[3]) return false;
    if (*found[0] >> 5 != SRL_CBOR_TEXT) return false;
    notice->action = found[0];
    notice->record = found[2];
    notice->result = found[3];
    return srl_item_uuid(found[1], &notice->id) == SURREAL_OK;
}

/* ENDED for KILLED; 0 for what this version does not know. */
static surreal_action
srl_notice_action(const srl_notice *notice)
{
    static const struct {
        const char *name;
        surreal_action action;
    } actions[] = {{"CREATE", SURREAL_CREATED},
                   {"UPDATE", SURREAL_UPDATED},
                   {"DELETE", SURREAL_DELETED},
                   {"KILLED", SURREAL_ENDED}};
    size_t i;

    for (i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (srl_cbor_text_is(notice->action, surreal_text(actions[i].name))) {
            return actions[i].action;
        }
    }
    return (surreal_action)0;
}

/* ---- the queue of a stream ----------------------------------------------- */

static void
srl_live_append(surreal_live *live, surreal_result *r)
{
    r->next = NULL;
    if (live->last) {
        live->last->next = r;
    } else {
        live->first = r;
    }
    live->last = r;
    live->bytes += surreal_result_size(r);
}

static surreal_result *
srl_live_shift(surreal_live *live)
{
    surreal_result *r = live->first;

    if (!r) return NULL;
    live->first = r->next;
    if (!live->first) live->last = NULL;
    r->next = NULL;
    live->bytes -= surreal_result_size(r);
    return r;
}

SRL_FN void
srl_live_forget(surreal_live *live)
{
    surreal_result *r;

    while ((r = srl_live_shift(live)) != NULL) surreal_result_free(r);
    surreal_result_free(live->taken);
    live->taken = NULL;
    live->lost = 0;
}

static bool
srl_live_is_gap(const surreal_result *r)
{
    return r->single.row == NULL;
}

/* Nothing came between this gap and the one before: they are one. */
static void
srl_live_merge_gap(surreal_live *live, surreal_result *r)
{
    surreal_result **at = &live->first;
    surreal_result *before = NULL;

    if (!live->last || !srl_live_is_gap(live->last)) return;
    while ((*at)->next) {
        before = *at;
        at = &(*at)->next;
    }
    r->count += (*at)->count;
    live->bytes -= surreal_result_size(*at);
    surreal_result_free(*at);
    *at = NULL;
    live->last = before;
}

SRL_FN void
srl_live_gap(surreal_live *live, surreal_result *r)
{
    r->value = r->statements[0].value;
    r->single.row = NULL;
    r->count = live->lost;
    live->lost = 0;
    srl_live_merge_gap(live, r);
    srl_live_append(live, r);
}

/* A single event may be larger than what all may take together: else it
 * could never come. */
static void
srl_live_push(surreal_live *live, surreal_result *r,
              const uint8_t *notification, const srl_notice *notice)
{
    size_t max = live->options.max_bytes;
    size_t size = surreal_result_size(r);

    if (live->lost ||
        (live->first && (size > max || live->bytes > max - size))) {
        live->lost++;
        surreal_result_free(r);
        return;
    }
    r->value = notice->result;
    r->statements = &r->single;
    r->single.row = notification;
    r->single.value = notice->result;
    r->count = 1;
    srl_live_append(live, r);
}

/* A notification of this stream: takes r. */
static void
srl_live_give(const srl_conn *c, surreal_live *live, surreal_result *r,
              const uint8_t *notification, const srl_notice *notice)
{
    surreal_action action = srl_notice_action(notice);
    surreal_error err;

    if (action && action != SURREAL_ENDED && live->state == SRL_LIVE_ON) {
        srl_live_push(live, r, notification, notice);
        return;
    }
    if (!action) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a notification of an unknown action");
    } else if (live->state == SRL_LIVE_ON) {
        srl_fail(&err, SURREAL_ERR_CANCELLED,
                 "the server ended the live query: its table was removed, or "
                 "somebody killed it");
        srl_live_end(live, &err);
    }
    surreal_result_free(r);
}

/* ---- notifications of ids nobody knows yet ------------------------------- */

/* They are kept while a registration is under way, whose answer may name
 * their id. What does not fit is counted, and told as a gap to whoever
 * registers: it may have been his. */
static void
srl_early_keep(srl_early *early, surreal_result *r,
               const uint8_t *notification)
{
    size_t size = surreal_result_size(r);

    if (early->lost || size > SRL_LIVE_BYTES ||
        early->bytes > SRL_LIVE_BYTES - size) {
        early->lost++;
        surreal_result_free(r);
        return;
    }
    r->next = NULL;
    r->single.row = notification;
    if (early->last) {
        early->last->next = r;
    } else {
        early->first = r;
    }
    early->last = r;
    early->bytes += size;
}

static void
srl_early_drop(srl_early *early)
{
    while (early->first) {
        surreal_result *r = early->first;

        early->first = r->next;
        surreal_result_free(r);
    }
    memset(early, 0, sizeof *early);
}

/* Move what is this stream's to its queue. */
static void
srl_early_claim(srl_conn *c, surreal_live *live)
{
    srl_early before = c->early;
    surreal_result *r = before.first;

    memset(&c->early, 0, sizeof c->early);
    while (r) {
        surreal_result *next = r->next;
        const uint8_t *notification = r->single.row;
        srl_notice notice;

        if (srl_notice_read(notification, &notice) &&
            !memcmp(&notice.id, &live->id, sizeof live->id)) {
            srl_live_give(c, live, r, notification, &notice);
        } else {
            srl_early_keep(&c->early, r, notification);
        }
        r = next;
    }
    c->early.registering = before.registering;
    c->early.lost = before.lost;
    live->lost += before.lost;
}

SRL_FN void
srl_early_settle(srl_conn *c, surreal_live *live)
{
    SURREAL_ASSERT(c->early.registering > 0);
    c->early.registering--;
    if (live) srl_early_claim(c, live);
    if (!c->early.registering) srl_early_drop(&c->early);
}

/* ---- where a notification goes ------------------------------------------- */

static surreal_live *
srl_live_find(const srl_conn *c, const surreal_uuid *id)
{
    const srl_session *session;
    surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (live->state == SRL_LIVE_ON &&
                !memcmp(&live->id, id, sizeof *id)) {
                return live;
            }
        }
    }
    return NULL;
}

SRL_FN void
srl_live_take(srl_conn *c, surreal_result *r, const uint8_t *notification)
{
    surreal_live *live;
    srl_notice notice;

    if (!srl_notice_read(notification, &notice)) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a message nobody asked for");
        surreal_result_free(r);
        return;
    }
    live = srl_live_find(c, &notice.id);
    if (live) {
        srl_live_hold(live);
        srl_live_give(c, live, r, notification, &notice);
        srl_live_pump(live);
        srl_live_release(live);
        if (c->phase == SRL_PHASE_READY) srl_lives_tell(c);
    } else if (c->early.registering) {
        srl_early_keep(&c->early, r, notification);
    } else {
        srl_trace(c, SURREAL_LEVEL_DEBUG, "rpc",
                  "dropped a notification of a live query that was closed");
        surreal_result_free(r);
    }
}

/* ---- what the program sees ----------------------------------------------- */

static void
srl_live_read_gap(surreal_live *live, const surreal_result *r,
                  surreal_event *event)
{
    event->action = SURREAL_GAP;
    event->lost = r->count;
    event->old_id = live->seen_id;
    srl_item_uuid(r->value, &live->seen_id);
    event->id = live->seen_id;
}

/* Without memory for the text of the record's id, the event is one that was
 * lost. */
static void
srl_live_read(surreal_live *live, surreal_result *r, surreal_event *event)
{
    srl_notice notice;

    event->id = live->seen_id;
    if (srl_live_is_gap(r)) {
        srl_live_read_gap(live, r, event);
        return;
    }
    srl_notice_read(r->single.row, &notice);
    event->action = srl_notice_action(&notice);
    event->value = srl_value_at(&r->doc, r->value);
    if (!notice.record) return;
    if (surreal_get_record_id(srl_value_at(&r->doc, notice.record),
                              &event->record) == SURREAL_ERR_NOMEM) {
        memset(&event->value, 0, sizeof event->value);
        event->action = SURREAL_GAP;
        event->lost = 1;
        r->single.row = NULL;
    }
}

/* The next event; *r is the result it lies in, or NULL. */
static bool
srl_live_pop(surreal_live *live, surreal_event *event, surreal_result **r)
{
    memset(event, 0, sizeof *event);
    event->live = live;
    event->id = live->seen_id;
    *r = srl_live_shift(live);
    if (*r) {
        srl_live_read(live, *r, event);
        return true;
    }
    if (live->lost) {
        event->action = SURREAL_GAP;
        event->lost = live->lost;
        live->lost = 0;
        return true;
    }
    if (live->state != SRL_LIVE_ENDED || live->is_end_told) return false;
    event->action = SURREAL_ENDED;
    event->err = &live->end;
    live->is_end_told = true;
    return true;
}

/* A nested call takes what comes next, so that events keep their order
 * whatever a callback drives. */
SRL_FN void
srl_live_pump(surreal_live *live)
{
    surreal_event event;
    surreal_result *r;

    if (!live->options.on_event) return;
    srl_live_hold(live);
    while (!live->is_closed && !live->waiter &&
           (!live->conn || live->conn->phase == SRL_PHASE_READY) &&
           srl_live_pop(live, &event, &r)) {
        live->options.on_event(live->options.user, &event);
        surreal_result_free(r);
    }
    srl_live_release(live);
}

/* ---- taking events ------------------------------------------------------- */

/* Wait until there is an event. */
static surreal_status
srl_live_wait(srl_conn *c, surreal_live *live, surreal_event *event,
              int timeout_ms)
{
    int64_t end = srl_os_now_ms() + timeout_ms;
    bool stepped = false;

    for (;;) {
        int64_t left = timeout_ms < 0 ? -1 : end - srl_os_now_ms();

        if (live->is_closed) return SURREAL_ERR_CLOSED; /* by a callback */
        if (srl_live_pop(live, event, &live->taken)) return SURREAL_OK;
        if (!live->conn) return SURREAL_ERR_CLOSED;
        if (c->is_woken) {
            c->is_woken = false;
            return SURREAL_ERR_TIMEOUT;
        }
        if (timeout_ms >= 0 && left <= 0) {
            if (stepped) return SURREAL_ERR_TIMEOUT;
            left = 0;
        }
        srl_wait_and_step(c, left);
        stepped = true;
    }
}

SURREAL_API surreal_status
surreal_live_next(surreal_live *live, surreal_event *event, int timeout_ms)
{
    surreal_status status;
    srl_conn *c;

    if (!live || !event || live->options.on_event) return SURREAL_ERR_USAGE;
    surreal_result_free(live->taken);
    live->taken = NULL;
    if (srl_live_pop(live, event, &live->taken)) return SURREAL_OK;
    c = live->conn;
    if (!c) return SURREAL_ERR_CLOSED;
    srl_enter(c);
    srl_live_hold(live);
    status = srl_live_wait(c, live, event, timeout_ms);
    srl_live_release(live);
    srl_leave(c);
    return status;
}

SURREAL_API surreal_result *
surreal_live_keep(surreal_live *live)
{
    surreal_result *r = live ? live->taken : NULL;

    if (!r || srl_live_is_gap(r)) return NULL;
    live->taken = NULL;
    return r;
}

/* ---- diffs --------------------------------------------------------------- */

/* The path of the whole record is "/" on SurrealDB 2. It says so in a diff of
 * one operation only, which is not mistaken for one of a field whose name is
 * empty unless somebody has such a field. */
static surreal_status
srl_patch_path(surreal_value diff, surreal_value op, surreal_str *path)
{
    surreal_str whole = {"", 0};

    SRL_TRY(surreal_get_str(surreal_field(op, "path"), path));
    if (surreal_str_eq(*path, SURREAL_LIT("/")) && surreal_count(diff) == 1) {
        *path = whole;
    }
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_patch_at(surreal_value diff, size_t index, surreal_patch_op *op)
{
    surreal_value at = surreal_at(diff, index);
    surreal_patch_op got;
    surreal_status status;

    memset(op, 0, sizeof *op);
    memset(&got, 0, sizeof got);
    if (surreal_value_kind(diff) != SURREAL_ARRAY) return SURREAL_ERR_TYPE;
    if (index >= surreal_count(diff)) return SURREAL_NOT_FOUND;
    if (surreal_value_kind(at) != SURREAL_OBJECT) return SURREAL_ERR_TYPE;
    status = surreal_get_str(surreal_field(at, "op"), &got.op);
    if (!status) status = srl_patch_path(diff, at, &got.path);
    if (status) {
        return status == SURREAL_ERR_NOMEM ? status : SURREAL_ERR_TYPE;
    }
    got.value = surreal_field(at, "value");
    *op = got;
    return SURREAL_OK;
}

/*===========================================================================
 * client/query.c: calls.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/query.c"
#endif


/* Why the connection takes no request now; SURREAL_OK if it does. */
static surreal_status
srl_call_allowed(const srl_conn *c, surreal_error *err)
{
    const srl_transport *t = &c->transport;

    if (c->phase == SRL_PHASE_FAILED) {
        *err = c->failure;
        return c->failure.status;
    }
    if (c->phase == SRL_PHASE_CLOSED) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection was closed here");
    }
    if (c->phase < SRL_PHASE_SETUP) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "the connection is still being made%s%s",
                        c->failure.status ? ": " : "", c->failure.message);
    }
    if (t->out.len - t->out_at > SRL_OUT_HIGH) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "%zu bytes wait to be sent: drive surreal_step first",
                        t->out.len - t->out_at);
    }
    return SURREAL_OK;
}

/* Why nothing can be done through this handle. */
static surreal_status
srl_handle_allowed(const surreal *db, const char *method, surreal_error *err)
{
    if (db->is_ended) {
        return srl_fail(err, SURREAL_ERR_CLOSED,
                        "the connection or session was closed here");
    }
    if (db->txn) SRL_TRY(srl_txn_allows(db, method, err));
    if (db->session->failure.status) {
        *err = db->session->failure;
        return err->status;
    }
    return SURREAL_OK;
}

static surreal_status
srl_call_open(surreal *db, const char *method, size_t param_count,
              int timeout_ms, surreal_done *done, void *user, srl_call *call,
              surreal_error *err)
{
    int64_t deadline =
        timeout_ms < 0 ? INT64_MAX : srl_os_now_ms() + timeout_ms;
    srl_conn *c = db->conn;
    const srl_session *session = db->session;
    surreal_status status;

    SRL_TRY(srl_call_allowed(c, err));
    /* The limit is the call's, however often it has to be sent. */
    if (done == srl_waiter_done) deadline = ((srl_waiter *)user)->end_ms;
    call->request = srl_request_add(db, deadline, done, user, &status);
    if (!call->request) {
        return srl_fail(err, status, "%s (%zu requests in flight)",
                        surreal_status_text(status), c->requests.pending);
    }
    status = srl_transport_begin(c, &call->mark);
    if (status) {
        srl_request_drop(c, call->request);
        c->transport.out.status = SURREAL_OK;
        return srl_fail(err, status, "out of memory for the request");
    }
    srl_rpc_begin(&c->transport.out, call->request->id, method,
                  session->is_attached ? &session->id : NULL,
                  db->txn ? &db->txn->id : NULL, param_count);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_begin(surreal *db, const char *method, size_t param_count,
               surreal_done *done, void *user, srl_call *call,
               surreal_error *err)
{
    srl_error_clear(err);
    if (!done) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a request needs a callback for its end");
    }
    SRL_TRY(srl_handle_allowed(db, method, err));
    if (db->conn->phase == SRL_PHASE_SETUP) {
        return srl_fail(err, SURREAL_WOULD_BLOCK,
                        "the connection is still being made");
    }
    return srl_call_open(db, method, param_count, db->conn->options.timeout_ms,
                         done, user, call, err);
}

SRL_FN surreal_status
srl_call_begin_setup(surreal *db, const char *method, size_t param_count,
                     int timeout_ms, surreal_done *done, void *user,
                     srl_call *call, surreal_error *err)
{
    SRL_TRY(srl_call_open(db, method, param_count, timeout_ms, done, user,
                          call, err));
    call->request->is_setup = true;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_call_send(surreal *db, srl_call *call, surreal_status status,
              surreal_error *err)
{
    srl_conn *c = db->conn;

    if (!status) {
        status = srl_transport_end(c, call->mark, err);
    } else if (err->status != status) {
        srl_fail(err, status, "%s", surreal_status_text(status));
    }
    if (!status) {
        const srl_transport *t = &c->transport;

        call->request->sent_end = t->written + (t->out.len - t->out_at);
        c->unanswered++;
        return SURREAL_OK;
    }
    srl_transport_undo(c, call->mark);
    srl_request_drop(c, call->request);
    return status;
}

static surreal_status
srl_query_begin(surreal *db, surreal_str text, surreal_vars vars,
                surreal_done *done, void *user, surreal_request **request,
                surreal_error *err)
{
    srl_call call;
    surreal_status status;

    if (!text.ptr) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the query text is NULL");
    }
    SRL_TRY(srl_call_begin(db, "query", 2, done, user, &call, err));
    call.request->is_query = true;
    status = srl_put_str(&db->conn->transport.out, text);
    if (status == SURREAL_ERR_UTF8) {
        srl_fail(err, status, "the query text is not UTF-8");
    } else if (!status) {
        status = srl_put_vars(&db->conn->transport.out, vars, srl_major(db),
                              err);
    }
    SRL_TRY(srl_call_send(db, &call, status, err));
    if (request) *request = call.request;
    return SURREAL_OK;
}

static surreal_status
srl_rpc_start(surreal *db, const char *method, surreal_bytes params,
              surreal_done *done, void *user, surreal_request **request,
              surreal_error *err)
{
    static const uint8_t no_params[1] = {0x80};
    srl_cbor_head head;
    srl_call call;
    surreal_status status = SURREAL_OK;
    const char *reason = "";
    size_t used = 0;

    if (!method) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the method is NULL");
    }
    if (!params.len) {
        params.ptr = no_params;
        params.len = sizeof no_params;
    }
    status = srl_cbor_check(params.ptr, params.len, SURREAL_MAX_DEPTH, &used,
                            &reason);
    srl_error_clear(err);
    if (!status && used != params.len) status = SURREAL_ERR_CBOR;
    if (status || params.ptr[0] >> 5 != SRL_CBOR_ARRAY ||
        (params.ptr[0] & 31) == 31) {
        return srl_fail(err, status ? status : SURREAL_ERR_USAGE,
                        "the params of %s are not one encoded array", method);
    }
    srl_cbor_head_at(params.ptr, &head);
    SRL_TRY(srl_call_begin(db, method, (size_t)head.arg, done, user, &call,
                           err));
    used = (size_t)(srl_cbor_head_at(params.ptr, &head) - params.ptr);
    srl_buf_put(&db->conn->transport.out, params.ptr + used,
                params.len - used);
    call.request->is_query = !strcmp(method, "query");
    SRL_TRY(srl_call_send(db, &call, SURREAL_OK, err));
    if (request) *request = call.request;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_query_start(surreal *db, surreal_str text, surreal_vars vars,
                    surreal_done *done, void *user,
                    surreal_request **request)
{
    surreal_error err;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    status = srl_query_begin(db, text, vars, done, user, request, &err);
    if (status) db->error = err;
    return status;
}

SURREAL_API surreal_status
surreal_rpc_start(surreal *db, const char *method, surreal_bytes params,
                  surreal_done *done, void *user, surreal_request **request)
{
    surreal_error err;
    surreal_status status;

    if (!db) return SURREAL_ERR_USAGE;
    status = srl_rpc_start(db, method, params, done, user, request, &err);
    if (status) db->error = err;
    return status;
}

SURREAL_API void
surreal_cancel(surreal *db, surreal_request *request)
{
    surreal_error err;

    if (!db || !request || !request->is_pending) return;
    srl_enter(db->conn);
    srl_fail(&err, SURREAL_ERR_CANCELLED, "the request was cancelled");
    srl_request_complete(db->conn, request, err.status, NULL, &err);
    srl_leave(db->conn);
}

SURREAL_API surreal_status
surreal_query_str(surreal *db, surreal_str text, surreal_vars vars,
                  surreal_result **out)
{
    srl_waiter waiter;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    do {
        waiter.status = srl_query_begin(db, text, vars, srl_waiter_done,
                                        &waiter, NULL, &waiter.error);
    } while (srl_waiter_again(&waiter));
    return srl_waiter_end(&waiter, out);
}

SURREAL_API surreal_status
surreal_query(surreal *db, const char *text, surreal_vars vars,
              surreal_result **out)
{
    return surreal_query_str(db, surreal_text(text), vars, out);
}

SURREAL_API surreal_status
surreal_rpc(surreal *db, const char *method, surreal_bytes params,
            surreal_result **out)
{
    srl_waiter waiter;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    do {
        waiter.status = srl_rpc_start(db, method, params, srl_waiter_done,
                                      &waiter, NULL, &waiter.error);
    } while (srl_waiter_again(&waiter));
    return srl_waiter_end(&waiter, out);
}

SURREAL_API surreal_status
surreal_ping(surreal *db)
{
    surreal_bytes none = {NULL, 0};

    return surreal_rpc(db, "ping", none, NULL);
}

/*===========================================================================
 * client/loop.c: stepping, and the calls that wait.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/loop.c"
#endif


/* ---- one step -------------------------------------------------------- */

/* A reply without an id answers a request the server could not read, so it
 * does not say which. With one request that has no answer yet, given up or
 * not, there is no doubt; with more, guessing could give one caller's failure
 * to another, so the connection ends. */
static surreal_status
srl_dispatch_nameless(srl_conn *c, const srl_reply *reply, surreal_error *err)
{
    surreal_request *first = c->requests.first;
    size_t unanswered = c->unanswered;
    surreal_error server;
    surreal_status status;

    if (c->unanswered) c->unanswered--;
    if (!first) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a message nobody asked for");
        return SURREAL_OK;
    }
    status = srl_rpc_error(reply->error, c->version.major, &server);
    if (unanswered <= 1 && c->requests.pending == 1 &&
        first->epoch == c->epoch) {
        srl_request_complete(c, first, status, NULL, &server);
        return SURREAL_OK;
    }
    return srl_fail(err, SURREAL_ERR_REPLY,
                    "the server could not read one of %zu requests in flight "
                    "and does not say which: %s", unanswered, server.message);
}

/* A reply nobody waits for any more (timed out, cancelled) is dropped by its
 * id. What is wrong inside an answer fails its own request only. */
static surreal_status
srl_dispatch_answer(srl_conn *c, const srl_reply *reply, surreal_result *r,
                    surreal_error *err)
{
    surreal_request *request = srl_request_find(c, reply->id);
    surreal_status status;

    if (c->unanswered) c->unanswered--;
    if (!request) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc", "dropped a late reply");
        if (reply->result) srl_live_late(c, reply->id, r, reply->result);
        srl_auth_wipe(c, r); /* it may answer a sign-in */
        surreal_result_free(r);
        return SURREAL_OK;
    }
    if (c->phase == SRL_PHASE_READY) srl_retry_begin(c, 0);
    if (reply->error) {
        status = srl_rpc_error(reply->error, c->version.major, err);
    } else {
        status = srl_result_index(r, reply->result, request->is_query, err);
    }
    if (status == SURREAL_ERR_AUTH && request->db->session) {
        srl_auth_expired(request->db->session, err);
    }
    if (status) {
        surreal_result_free(r);
        srl_request_complete(c, request, status, NULL, err);
    } else if (r->cause) {
        /* A copy: the callback may free the result and go on reading. */
        *err = *r->cause;
        srl_request_complete(c, request, r->status, r, err);
    } else {
        srl_request_complete(c, request, SURREAL_OK, r, NULL);
    }
    return SURREAL_OK;
}

/* Give a message to whom it belongs. */
static surreal_status
srl_dispatch(srl_conn *c, surreal_result *r, surreal_error *err)
{
    srl_reply reply;
    surreal_status status = srl_reply_read(r->doc.data, &reply, err);

    if (!status && reply.has_id) {
        return srl_dispatch_answer(c, &reply, r, err);
    }
    if (!status && !reply.error) {
        srl_live_take(c, r, reply.result);
        return SURREAL_OK;
    }
    if (!status) status = srl_dispatch_nameless(c, &reply, err);
    surreal_result_free(r);
    return status;
}

/* Both directions until neither moves. A callback may have driven the
 * connection through a loss to a new stream: then this traffic is over. */
static surreal_status
srl_step_traffic(srl_conn *c, surreal_error *err)
{
    uint32_t epoch = c->epoch;
    bool progress = true;

    while (progress && c->epoch == epoch &&
           (c->phase == SRL_PHASE_SETUP || c->phase == SRL_PHASE_READY)) {
        surreal_result *r = NULL;
        surreal_status status;

        progress = false;
        SRL_TRY(srl_transport_flush(c, &progress, err));
        status = srl_transport_next(c, &r, err);
        if (status == SURREAL_WOULD_BLOCK) {
            /* Pongs may have been queued on the way. */
            SRL_TRY(srl_transport_flush(c, &progress, err));
            continue;
        }
        SRL_TRY(status);
        progress = true;
        SRL_TRY(srl_dispatch(c, r, err));
    }
    return SURREAL_OK;
}

/* A network failure alone does not say what was being done, nor with whom. */
static surreal_status
srl_connect_failed(const srl_conn *c, surreal_status status,
                   surreal_error *err)
{
    surreal_class kind = surreal_status_class(status);
    int os_error = err->os_error;

    if (kind != SURREAL_CLASS_IO && kind != SURREAL_CLASS_CLOSED) {
        return status;
    }
    srl_fail(err, status, "%s port %u: %s: %s", c->url.host,
             (unsigned)c->url.port, srl_connect_stage(c), err->message);
    err->os_error = os_error;
    return status;
}

static surreal_status
srl_step_connect(srl_conn *c, surreal_error *err)
{
    surreal_status status = SURREAL_OK;

    if (c->phase < SRL_PHASE_SETUP) status = srl_connect_step(c, err);
    if (!status) status = srl_step_traffic(c, err);
    if (status && status != SURREAL_WOULD_BLOCK) {
        return srl_connect_failed(c, status, err);
    }
    if (c->phase > SRL_PHASE_WAIT && c->phase < SRL_PHASE_READY &&
        srl_os_now_ms() >= c->connect_deadline_ms) {
        return srl_fail(err, SURREAL_ERR_TIMEOUT,
                        "%s port %u: %s took more than %d ms", c->url.host,
                        (unsigned)c->url.port, srl_connect_stage(c),
                        c->options.connect_ms);
    }
    return SURREAL_OK;
}

static surreal_status
srl_step_phase(srl_conn *c, surreal_error *err)
{
    if (c->phase == SRL_PHASE_WAIT) return SURREAL_OK;
    return c->phase < SRL_PHASE_READY ? srl_step_connect(c, err)
                                      : srl_step_traffic(c, err);
}

/* A failure belongs to the connection it came from, which a callback may have
 * lost and made anew meanwhile. */
static void
srl_step_part(srl_conn *c, uint32_t epoch, surreal_status status,
              const surreal_error *err)
{
    if (status && c->epoch == epoch && c->phase > SRL_PHASE_WAIT) {
        srl_conn_lose(c, err);
    }
}

static void
srl_step(srl_conn *c, srl_patience patience)
{
    uint32_t epoch = c->epoch;
    surreal_error err;
    int64_t now;

    srl_enter(c);
    if (srl_wake_take(c->wake)) c->is_woken = true;
    if (c->phase < SRL_PHASE_FAILED) {
        srl_error_clear(&err);
        srl_transport_refresh(c, patience);
        srl_step_part(c, epoch, srl_step_phase(c, &err), &err);
        c->transport.may_wait = false;
        now = srl_os_now_ms();
        if (c->phase < SRL_PHASE_FAILED) {
            surreal_status status = srl_conn_timers(c, now, &err);

            srl_step_part(c, c->epoch, status, &err);
        }
        srl_requests_expire(c, now);
    }
    srl_leave(c);
}

/* What a handle says about its connection. */
static surreal_status
srl_handle_status(const surreal *db)
{
    if (db->is_ended) return SURREAL_ERR_CLOSED;
    return db->conn->phase == SRL_PHASE_FAILED ? db->conn->failure.status
                                               : SURREAL_OK;
}

SURREAL_API surreal_status
surreal_step(surreal *db)
{
    surreal_status status;
    srl_conn *c;

    if (!db) return SURREAL_ERR_USAGE;
    c = db->conn;
    srl_enter(c);
    srl_step(c, SRL_PATIENCE_NONE);
    status = srl_handle_status(db);
    srl_leave(c);
    return status;
}

/* ---- what an event loop asks ----------------------------------------- */

SURREAL_API int
surreal_fd(const surreal *db)
{
    const srl_transport *t;

    if (!db) return -1;
    t = &db->conn->transport;
    return t->has_stream ? t->stream.fd(t->stream.user) : -1;
}

SURREAL_API short
surreal_wants(const surreal *db)
{
    const srl_conn *c = db ? db->conn : NULL;
    const surreal_stream *stream;
    short wants;

    if (!db || !c->transport.has_stream) return 0;
    stream = &c->transport.stream;
    wants = stream->wants ? stream->wants(stream->user) : 0;
    if (wants) return wants;
    if (c->phase == SRL_PHASE_CONNECT) return SURREAL_WRITE;
    return srl_transport_has_output(c) ? SURREAL_READ | SURREAL_WRITE
                                       : SURREAL_READ;
}

SURREAL_API int
surreal_deadline_ms(const surreal *db)
{
    const srl_conn *c = db ? db->conn : NULL;
    int64_t deadline;
    int64_t left;

    if (!db || c->phase >= SRL_PHASE_FAILED) return -1;
    if (c->transport.has_more) return 0;
    /* The first step makes the socket: there is nothing to wait for yet. */
    if (c->phase == SRL_PHASE_CONNECT && surreal_fd(db) < 0) return 0;
    deadline = srl_conn_timer(c);
    if (c->requests.first && c->requests.first->deadline_ms < deadline) {
        deadline = c->requests.first->deadline_ms;
    }
    if (deadline == INT64_MAX) return -1;
    left = deadline - srl_os_now_ms();
    if (left < 0) left = 0;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

SURREAL_API size_t
surreal_pending(const surreal *db)
{
    return db ? db->conn->requests.pending : 0;
}

SURREAL_API void
surreal_wake(surreal *db)
{
    if (db) srl_wake_send(db->conn->wake);
}

SURREAL_API int
surreal_wake_fd(const surreal *db)
{
    return db ? db->conn->wake[0] : -1;
}

/* Send what waits; an answer cannot be there yet, so do not look for one. */
static void
srl_send_now(srl_conn *c)
{
    surreal_error err;
    bool progress = false;

    if (c->phase != SRL_PHASE_READY) return;
    if (srl_transport_flush(c, &progress, &err)) srl_conn_lose(c, &err);
}

/* ---- waiting --------------------------------------------------------- */

SRL_FN void
srl_wait_and_step(srl_conn *c, int64_t limit_ms)
{
    const surreal *db = c->root;
    int timeout = surreal_deadline_ms(db);

    if (limit_ms >= 0 && (timeout < 0 || timeout > limit_ms)) {
        timeout = limit_ms > INT32_MAX ? INT32_MAX : (int)limit_ms;
    }
    /* With nothing to send, and time enough, the read itself can wait. */
    if (c->phase == SRL_PHASE_READY && c->transport.is_tcp &&
        c->wake[0] < 0 && surreal_wants(db) == SURREAL_READ &&
        (timeout < 0 || timeout > SRL_SOCK_PATIENCE_MS)) {
        srl_step(c, SRL_PATIENCE_READ);
        return;
    }
    srl_sock_wait(surreal_fd(db), surreal_wants(db), c->wake[0], timeout);
    srl_step(c, SRL_PATIENCE_POLLED);
}

/* Nothing to wait for: the connection is open, nobody asked anything and
 * nobody watches. */
static bool
srl_wait_is_idle(const srl_conn *c)
{
    return c->phase == SRL_PHASE_READY && !c->requests.pending &&
           !srl_lives_any(c);
}

SURREAL_API surreal_status
surreal_wait(surreal *db, int timeout_ms)
{
    int64_t end = srl_os_now_ms() + timeout_ms;
    bool stepped = false;
    uint64_t before;
    surreal_status status;
    srl_conn *c;

    if (!db) return SURREAL_ERR_USAGE;
    c = db->conn;
    before = c->completed;
    srl_enter(c);
    srl_send_now(c);
    for (;;) {
        int64_t left = timeout_ms < 0 ? -1 : end - srl_os_now_ms();

        status = srl_handle_status(db);
        if (status || c->completed != before || srl_wait_is_idle(c)) break;
        if (c->is_woken) {
            c->is_woken = false;
            break;
        }
        if (timeout_ms >= 0 && left <= 0) {
            if (stepped) {
                status = SURREAL_ERR_TIMEOUT;
                break;
            }
            left = 0;
        }
        srl_wait_and_step(c, left);
        stepped = true;
    }
    srl_leave(c);
    return status;
}

SRL_FN void
srl_waiter_init(surreal *db, srl_waiter *waiter)
{
    int timeout = db->conn->options.timeout_ms;

    memset(waiter, 0, sizeof *waiter);
    waiter->db = db;
    waiter->end_ms = timeout < 0 ? INT64_MAX : srl_os_now_ms() + timeout;
    srl_enter(db->conn);
}

SRL_FN bool
srl_waiter_again(srl_waiter *waiter)
{
    srl_conn *c = waiter->db->conn;
    int64_t left;

    if (!waiter->status) {
        srl_send_now(c);
        while (!waiter->is_done) srl_wait_and_step(c, -1);
        if (waiter->status != SURREAL_ERR_NOT_SENT) return false;
        if (c->phase >= SRL_PHASE_FAILED || waiter->db->is_ended) return false;
        waiter->is_done = false;
    } else if (waiter->status != SURREAL_WOULD_BLOCK) {
        return false;
    }
    left = waiter->end_ms - srl_os_now_ms();
    if (left <= 0) {
        waiter->status = srl_fail(&waiter->error, SURREAL_ERR_TIMEOUT,
                                  "the request could not be sent within %d "
                                  "ms: %s", c->options.timeout_ms,
                                  waiter->error.message);
        return false;
    }
    srl_wait_and_step(c, left);
    return true;
}

SRL_FN void
srl_waiter_done(void *user, surreal *db, surreal_status status,
                surreal_result *result, const surreal_error *err)
{
    srl_waiter *waiter = (srl_waiter *)user;

    (void)db;
    waiter->is_done = true;
    waiter->status = status;
    waiter->result = result;
    if (err) waiter->error = *err;
}

SRL_FN surreal_status
srl_waiter_end(srl_waiter *waiter, surreal_result **out)
{
    surreal *db = waiter->db;

    if (waiter->status) db->error = waiter->error;
    if (out) {
        *out = waiter->result;
    } else {
        surreal_result_recycle(db, waiter->result);
    }
    srl_leave(db->conn);
    return waiter->status;
}

/*===========================================================================
 * client/calls.c: records and functions by query.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/calls.c"
#endif


/* One table says what each verb's statement looks like, one function makes
 * the statement and its variables, and both forms of every call send what it
 * made. The variables have names nobody else uses: on SurrealDB 2 a session's
 * variable of the same name would win over the one sent along, and the
 * statement would be about something else. */

SRL_FN surreal_error *
srl_handle_error(surreal *db)
{
    return &db->error;
}

SRL_FN const surreal_allocator *
srl_handle_allocator(const surreal *db)
{
    return &db->conn->mem.allocator;
}

/* ---- targets and data ------------------------------------------------- */

SURREAL_API surreal_target
surreal_table(const char *name)
{
    surreal_target what;

    memset(&what, 0, sizeof what);
    what.kind = SURREAL_TABLE;
    what.table = surreal_text(name);
    return what;
}

SURREAL_API surreal_target
surreal_record(surreal_record_id id)
{
    surreal_target what;

    memset(&what, 0, sizeof what);
    what.kind = SURREAL_RECORD_ID;
    what.id = id;
    return what;
}

static surreal_data
srl_data_of(surreal_bind bind)
{
    surreal_data data;

    data.bind = bind;
    data.is_given = 1;
    return data;
}

SURREAL_API surreal_data
surreal_data_encoded(surreal_bytes item)
{
    return srl_data_of(surreal_bind_encoded(NULL, item));
}

SURREAL_API surreal_data
surreal_data_value(surreal_value v)
{
    return srl_data_of(surreal_bind_value(NULL, v));
}

SURREAL_API surreal_data
surreal_data_fields(surreal_vars fields)
{
    return srl_data_of(surreal_bind_object(NULL, fields));
}

SURREAL_API surreal_data
surreal_data_none(void)
{
    surreal_data data;

    memset(&data, 0, sizeof data);
    return data;
}

/* ---- verbs ------------------------------------------------------------ */

typedef enum srl_verb {
    SRL_SELECT,
    SRL_CREATE,
    SRL_INSERT,
    SRL_INSERT_RELATION,
    SRL_UPDATE,
    SRL_UPSERT,
    SRL_MERGE,
    SRL_PATCH,
    SRL_DELETE,
    SRL_RELATE
} srl_verb;

typedef struct srl_verb_form {
    const char *name;
    const char *head;
    const char *data;   /* what stands before the data, if there is any */
    bool needs_data;
    bool takes_range;
} srl_verb_form;

static const srl_verb_form *
srl_verb_form_of(srl_verb verb)
{
    static const srl_verb_form forms[] = {
        {"select", "SELECT * FROM $srl_what", NULL, false, true},
        {"create", "CREATE $srl_what", " CONTENT ", false, false},
        {"insert", "INSERT INTO $srl_what", " ", true, false},
        {"insert_relation", "INSERT RELATION INTO $srl_what", " ", true,
         false},
        {"update", "UPDATE $srl_what", " CONTENT ", false, true},
        {"upsert", "UPSERT $srl_what", " CONTENT ", false, true},
        {"merge", "UPDATE $srl_what", " MERGE ", true, true},
        {"patch", "UPDATE $srl_what", " PATCH ", true, true},
        {"delete", "DELETE $srl_what", NULL, false, true},
        {"relate", "RELATE $srl_from->$srl_what->$srl_to", " CONTENT ", false,
         false},
    };

    return &forms[verb];
}

#define SRL_CALL_BINDS 4
#define SRL_CALL_TEXT 128

/* A call: what was asked for, and the query it becomes. */
typedef struct srl_query {
    srl_verb verb;
    surreal_target what;
    surreal_data data;
    surreal_return ret;
    surreal_record_id from; /* RELATE */
    surreal_record_id to;
    surreal_bind binds[SRL_CALL_BINDS];
    size_t count;
    char text[SRL_CALL_TEXT];
    size_t len;
} srl_query;

static srl_query
srl_query_of(srl_verb verb, surreal_target what, surreal_data data,
             surreal_return ret)
{
    srl_query q;

    memset(&q, 0, sizeof q);
    q.verb = verb;
    q.what = what;
    q.data = data;
    q.ret = ret;
    return q;
}

static surreal_status
srl_query_check(const srl_query *q, surreal_error *err)
{
    const srl_verb_form *form = srl_verb_form_of(q->verb);
    const surreal_target *what = &q->what;

    if (what->kind == SURREAL_TABLE ? !what->table.ptr
                                    : what->id.kind == SURREAL_KEY_NONE) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s: the target is neither a table nor a record",
                        form->name);
    }
    if (what->kind == SURREAL_RECORD_ID && !form->takes_range &&
        what->id.kind == SURREAL_KEY_RANGE) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s: the target may not be a range", form->name);
    }
    if (form->needs_data && !q->data.is_given) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s: there is no data",
                        form->name);
    }
    if (q->verb == SRL_RELATE && (q->from.kind == SURREAL_KEY_NONE ||
                                  q->to.kind == SURREAL_KEY_NONE)) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "relate: an end of the edge is no record");
    }
    if ((unsigned)q->ret > SURREAL_RETURN_DIFF) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s: %d is no surreal_return", form->name,
                        (int)q->ret);
    }
    return SURREAL_OK;
}

static void
srl_query_bind(srl_query *q, surreal_bind bind, const char *name)
{
    SURREAL_ASSERT(q->count < SRL_CALL_BINDS);
    bind.name = name;
    q->binds[q->count++] = bind;
}

static const char *
srl_return_clause(srl_verb verb, surreal_return ret)
{
    if (verb == SRL_SELECT) return "";
    switch (ret) {
    case SURREAL_RETURN_NONE: return " RETURN NONE";
    case SURREAL_RETURN_BEFORE: return " RETURN BEFORE";
    case SURREAL_RETURN_DIFF: return " RETURN DIFF";
    case SURREAL_RETURN_AFTER: return " RETURN AFTER";
    default:
        return verb == SRL_DELETE ? " RETURN BEFORE" : " RETURN AFTER";
    }
}

/* Make the statement and its variables. */
static surreal_status
srl_query_make(srl_query *q, surreal_error *err)
{
    const srl_verb_form *form = srl_verb_form_of(q->verb);
    surreal_bind what;
    srl_out out;

    SRL_TRY(srl_query_check(q, err));
    srl_out_init(&out, q->text, sizeof q->text);
    srl_out_text(&out, form->head);
    if (form->data && q->data.is_given) {
        srl_out_text(&out, form->data);
        srl_out_text(&out, "$srl_data");
        srl_query_bind(q, q->data.bind, "srl_data");
    }
    srl_out_text(&out, srl_return_clause(q->verb, q->ret));
    q->len = srl_out_end(&out);
    SURREAL_ASSERT(q->len < sizeof q->text);

    if (q->what.kind == SURREAL_TABLE) {
        what = surreal_bind_table(NULL, "");
        what.u.s = q->what.table;
    } else {
        what = surreal_bind_id(NULL, q->what.id);
    }
    srl_query_bind(q, what, "srl_what");
    if (q->verb == SRL_RELATE) {
        srl_query_bind(q, surreal_bind_id(NULL, q->from), "srl_from");
        srl_query_bind(q, surreal_bind_id(NULL, q->to), "srl_to");
    }
    return SURREAL_OK;
}

static surreal_vars
srl_vars_of(const surreal_bind *binds, size_t count)
{
    surreal_vars vars;

    vars.v = binds;
    vars.count = count;
    return vars;
}

/* The two ways to send it. */

static surreal_status
srl_query_wait(surreal *db, srl_query q, surreal_result **out)
{
    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_query_make(&q, srl_handle_error(db)));
    return surreal_query_str(db, surreal_text_of(q.text, q.len),
                             srl_vars_of(q.binds, q.count), out);
}

static surreal_status
srl_query_queue(surreal *db, srl_query q, surreal_done *done, void *user,
                surreal_request **request)
{
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_query_make(&q, srl_handle_error(db)));
    return surreal_query_start(db, surreal_text_of(q.text, q.len),
                               srl_vars_of(q.binds, q.count), done, user,
                               request);
}

static srl_query
srl_select_of(surreal_target what)
{
    return srl_query_of(SRL_SELECT, what, surreal_data_none(),
                        SURREAL_RETURN_DEFAULT);
}

SURREAL_API surreal_status
surreal_select(surreal *db, surreal_target what, surreal_result **out)
{
    return srl_query_wait(db, srl_select_of(what), out);
}

SURREAL_API surreal_status
surreal_select_start(surreal *db, surreal_target what, surreal_done *done,
                     void *user, surreal_request **request)
{
    return srl_query_queue(db, srl_select_of(what), done, user, request);
}

SURREAL_API surreal_status
surreal_create(surreal *db, surreal_target what, surreal_data data,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_CREATE, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_create_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_CREATE, what, data, ret),
                           done, user, request);
}

static srl_query
srl_insert_of(srl_verb verb, const char *table, surreal_data rows,
              surreal_return ret)
{
    return srl_query_of(verb, surreal_table(table), rows, ret);
}

SURREAL_API surreal_status
surreal_insert(surreal *db, const char *table, surreal_data rows,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_insert_of(SRL_INSERT, table, rows, ret),
                          out);
}

SURREAL_API surreal_status
surreal_insert_start(surreal *db, const char *table, surreal_data rows,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_insert_of(SRL_INSERT, table, rows, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_insert_relation(surreal *db, const char *table, surreal_data rows,
                        surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db,
                          srl_insert_of(SRL_INSERT_RELATION, table, rows, ret),
                          out);
}

SURREAL_API surreal_status
surreal_insert_relation_start(surreal *db, const char *table,
                              surreal_data rows, surreal_return ret,
                              surreal_done *done, void *user,
                              surreal_request **request)
{
    return srl_query_queue(db,
                           srl_insert_of(SRL_INSERT_RELATION, table, rows, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_update(surreal *db, surreal_target what, surreal_data data,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_UPDATE, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_update_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_UPDATE, what, data, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_upsert(surreal *db, surreal_target what, surreal_data data,
               surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_UPSERT, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_upsert_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_UPSERT, what, data, ret),
                           done, user, request);
}

SURREAL_API surreal_status
surreal_merge(surreal *db, surreal_target what, surreal_data data,
              surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_query_of(SRL_MERGE, what, data, ret), out);
}

SURREAL_API surreal_status
surreal_merge_start(surreal *db, surreal_target what, surreal_data data,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request)
{
    return srl_query_queue(db, srl_query_of(SRL_MERGE, what, data, ret),
                           done, user, request);
}

static srl_query
srl_patch_of(surreal_target what, surreal_bytes ops, surreal_return ret)
{
    surreal_data data = surreal_data_encoded(ops);

    if (!ops.len) data = surreal_data_none();
    return srl_query_of(SRL_PATCH, what, data, ret);
}

SURREAL_API surreal_status
surreal_patch(surreal *db, surreal_target what, surreal_bytes ops,
              surreal_return ret, surreal_result **out)
{
    return srl_query_wait(db, srl_patch_of(what, ops, ret), out);
}

SURREAL_API surreal_status
surreal_patch_start(surreal *db, surreal_target what, surreal_bytes ops,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request)
{
    return srl_query_queue(db, srl_patch_of(what, ops, ret),
                           done, user, request);
}

static srl_query
srl_delete_of(surreal_target what, surreal_return ret)
{
    return srl_query_of(SRL_DELETE, what, surreal_data_none(), ret);
}

SURREAL_API surreal_status
surreal_delete(surreal *db, surreal_target what, surreal_return ret,
               surreal_result **out)
{
    return srl_query_wait(db, srl_delete_of(what, ret), out);
}

SURREAL_API surreal_status
surreal_delete_start(surreal *db, surreal_target what, surreal_return ret,
                     surreal_done *done, void *user, surreal_request **request)
{
    return srl_query_queue(db, srl_delete_of(what, ret), done, user, request);
}

static srl_query
srl_relate_of(surreal_record_id from, surreal_target edge,
              surreal_record_id to, surreal_data data, surreal_return ret)
{
    srl_query q = srl_query_of(SRL_RELATE, edge, data, ret);

    q.from = from;
    q.to = to;
    return q;
}

SURREAL_API surreal_status
surreal_relate(surreal *db, surreal_record_id from, surreal_target edge,
               surreal_record_id to, surreal_data data, surreal_return ret,
               surreal_result **out)
{
    return srl_query_wait(db, srl_relate_of(from, edge, to, data, ret), out);
}

SURREAL_API surreal_status
surreal_relate_start(surreal *db, surreal_record_id from, surreal_target edge,
                     surreal_record_id to, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request)
{
    return srl_query_queue(db, srl_relate_of(from, edge, to, data, ret),
                           done, user, request);
}

/* ---- patches ---------------------------------------------------------- */

/* { op, path } with room for more. */
static void
srl_put_patch(surreal_writer *w, const char *op, const char *path)
{
    surreal_put_object(w);
    surreal_put_key(w, "op");
    surreal_put_text(w, op);
    surreal_put_key(w, "path");
    surreal_put_text(w, path);
}

SURREAL_API void
surreal_put_patch_add(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "add", path);
    surreal_put_key(w, "value");
}

SURREAL_API void
surreal_put_patch_replace(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "replace", path);
    surreal_put_key(w, "value");
}

SURREAL_API void
surreal_put_patch_test(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "test", path);
    surreal_put_key(w, "value");
}

SURREAL_API void
surreal_put_patch_remove(surreal_writer *w, const char *path)
{
    srl_put_patch(w, "remove", path);
    surreal_put_end(w);
}

/* ---- functions -------------------------------------------------------- */

/* RETURN name($srl_a0, ...). The method `run` ignores transactions, and a name
 * of three bytes ends a 2.x server. */
#define SRL_RUN_TEXT (SURREAL_RUN_NAME + SURREAL_RUN_ARGS * 12 + 16)

typedef struct srl_run_call {
    surreal_bind binds[SURREAL_RUN_ARGS];
    char names[SURREAL_RUN_ARGS][8];
    char text[SRL_RUN_TEXT];
    size_t len;
} srl_run_call;

static bool
srl_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
srl_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           srl_is_digit(c) || c == '_';
}

/* segment ("::" segment)*, one alone only if it is a function of that form:
 * anything else could be a keyword. *at is where it stops making sense. */
static bool
srl_function_name(surreal_str name, size_t *at)
{
    static const char *const alone[] = {"count", "not", "rand", "sleep"};
    size_t segments = 0;
    size_t i = 0;

    for (;;) {
        *at = i;
        if (i == name.len || srl_is_digit(name.ptr[i])) return false;
        while (i < name.len && srl_is_word(name.ptr[i])) i++;
        if (i == *at) return false;
        segments++;
        *at = i;
        if (i == name.len) break;
        if (name.len - i < 2 || memcmp(name.ptr + i, "::", 2)) return false;
        i += 2;
    }
    if (segments > 1) return true;
    for (i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        if (surreal_str_eq(name, surreal_text(alone[i]))) return true;
    }
    *at = 0;
    return false;
}

static surreal_status
srl_run_make(srl_run_call *run, const char *function, surreal_vars args,
             surreal_error *err)
{
    surreal_str name = surreal_text(function);
    srl_out out;
    size_t at = 0;
    size_t i;

    if (name.len > SURREAL_RUN_NAME || !srl_function_name(name, &at)) {
        srl_fail(err, SURREAL_ERR_SYNTAX,
                 "'%.*s' is no function name: segments of letters, digits "
                 "and '_' joined by '::' are", (int)(name.len > 64 ? 64 :
                 name.len), name.len ? name.ptr : "");
        err->at = at;
        return err->status;
    }
    if (args.count > SURREAL_RUN_ARGS) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "%zu arguments, at most %d are sent", args.count,
                        SURREAL_RUN_ARGS);
    }
    srl_out_init(&out, run->text, sizeof run->text);
    srl_out_text(&out, "RETURN ");
    srl_out_put(&out, name.ptr, name.len);
    srl_out_char(&out, '(');
    for (i = 0; i < args.count; i++) {
        snprintf(run->names[i], sizeof run->names[i], "srl_a%u", (unsigned)i);
        run->binds[i] = args.v[i];
        run->binds[i].name = run->names[i];
        srl_out_text(&out, i ? ", $" : "$");
        srl_out_text(&out, run->names[i]);
    }
    srl_out_char(&out, ')');
    run->len = srl_out_end(&out);
    SURREAL_ASSERT(run->len < sizeof run->text);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_run(surreal *db, const char *function, surreal_vars args,
            surreal_result **out)
{
    srl_run_call run;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_run_make(&run, function, args, srl_handle_error(db)));
    return surreal_query_str(db, surreal_text_of(run.text, run.len),
                             srl_vars_of(run.binds, args.count), out);
}

SURREAL_API surreal_status
surreal_run_start(surreal *db, const char *function, surreal_vars args,
                  surreal_done *done, void *user, surreal_request **request)
{
    srl_run_call run;

    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_run_make(&run, function, args, srl_handle_error(db)));
    return surreal_query_start(db, surreal_text_of(run.text, run.len),
                               srl_vars_of(run.binds, args.count), done, user,
                               request);
}

/* A query rather than the method `info`, which needs a namespace. ONLY of
 * nobody is NONE on 2.6 and 3.0.2, an error on 3.0.5. */
#define SRL_INFO_TEXT \
    SURREAL_LIT("RETURN IF $auth THEN (SELECT * FROM ONLY $auth) " \
                "ELSE NONE END")

SURREAL_API surreal_status
surreal_info(surreal *db, surreal_result **out)
{
    return surreal_query_str(db, SRL_INFO_TEXT, srl_vars_of(NULL, 0), out);
}

SURREAL_API surreal_status
surreal_info_start(surreal *db, surreal_done *done, void *user,
                   surreal_request **request)
{
    return surreal_query_start(db, SRL_INFO_TEXT, srl_vars_of(NULL, 0), done,
                               user, request);
}

/*===========================================================================
 * client/batch.c: several statements as one.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/batch.c"
#endif


/* What is sent, for statements S0 with variable x and S1 with none:
 *
 *   BEGIN;
 *   LET $srl_0={LET $x=$srl_v[0].x;(S0
 *   )};
 *   LET $srl_1={(S1
 *   )};
 *   RETURN[$srl_0,$srl_1];COMMIT
 *
 * Why so: BEGIN, LET and COMMIT answer on SurrealDB 3 and not on 2, and a
 * RETURN drops earlier answers on 2, so only what RETURN gives is in the same
 * place. A block keeps variables apart. Its value is that of a last statement
 * in parentheses; without them 2.x gives NONE, and with RETURN 3.x leaves the
 * whole transaction. The line break ends a comment. */
struct srl_batch {
    srl_mem mem;
    srl_buf text; /* up to the last statement */
    srl_buf vars; /* an array of objects; its head has 5 bytes */
    bool is_sent; /* started and not done */
};

SURREAL_API void
surreal_batch_init(surreal_batch *b, surreal *db)
{
    memset(b, 0, sizeof *b);
    b->db = db;
}

SURREAL_API void
surreal_batch_free(surreal_batch *b)
{
    struct srl_batch *state = b->state;
    srl_mem mem;

    if (state) {
        SURREAL_ASSERT(!state->is_sent);
        srl_buf_free(&state->text);
        srl_buf_free(&state->vars);
        mem = state->mem; /* state is about to go */
        srl_mem_free(&mem, state, sizeof *state);
    }
    memset(b, 0, sizeof *b);
}

static struct srl_batch *
srl_batch_new(const surreal_allocator *allocator)
{
    struct srl_batch *state;
    srl_mem mem;

    srl_mem_init(&mem, allocator, 0);
    state = (struct srl_batch *)srl_mem_resize(&mem, NULL, 0, sizeof *state);
    if (!state) return NULL;
    memset(state, 0, sizeof *state);
    state->mem = mem;
    srl_buf_init(&state->text, &state->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&state->vars, &state->mem, SURREAL_MAX_MESSAGE);
    srl_buf_put_text(&state->text, "BEGIN;\n");
    srl_buf_put(&state->vars, "\x9a\0\0\0\0", 5);
    return state;
}

/* ---- one statement? --------------------------------------------------- */

/* A reader of SurrealQL that knows strings, names in quotes, comments,
 * brackets and words, which is enough to see where a statement ends and what
 * stands at the start of one. */
typedef struct srl_reader {
    const char *at;
    const char *end;
    size_t depth;  /* open brackets */
    bool is_start; /* the next word begins a statement */
} srl_reader;

static bool
srl_reader_has(const srl_reader *rd, const char *text)
{
    size_t len = strlen(text);

    return (size_t)(rd->end - rd->at) >= len && !memcmp(rd->at, text, len);
}

/* Behind the next `text`, with backslashes hiding the byte after them if
 * `escapes`; false if it does not come. */
static bool
srl_reader_past(srl_reader *rd, const char *text, bool escapes)
{
    while (rd->at < rd->end) {
        if (srl_reader_has(rd, text)) {
            rd->at += strlen(text);
            return true;
        }
        rd->at += escapes && *rd->at == '\\' && rd->end - rd->at > 1 ? 2 : 1;
    }
    return false;
}

/* Over blanks and comments; false for a comment without end. */
static bool
srl_reader_blanks(srl_reader *rd)
{
    while (rd->at < rd->end) {
        if (strchr(" \t\r\n\f\v", *rd->at) && *rd->at) {
            rd->at++;
        } else if (srl_reader_has(rd, "/*")) {
            rd->at += 2;
            if (!srl_reader_past(rd, "*/", false)) return false;
        } else if (*rd->at == '#' || srl_reader_has(rd, "--") ||
                   srl_reader_has(rd, "//")) {
            if (!srl_reader_past(rd, "\n", false)) rd->at = rd->end;
        } else {
            break;
        }
    }
    return true;
}

static bool
srl_reader_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '$';
}

static surreal_str
srl_reader_word(srl_reader *rd)
{
    const char *from = rd->at;

    while (rd->at < rd->end && srl_reader_is_word(*rd->at)) rd->at++;
    return surreal_text_of(from, (size_t)(rd->at - from));
}

/* Behind a word: is it the key of an object? */
static bool
srl_reader_is_key(const srl_reader *rd)
{
    srl_reader ahead = *rd;

    return srl_reader_blanks(&ahead) && ahead.at < ahead.end &&
           *ahead.at == ':';
}

/* Equal to an upper-case word, whatever the case. */
static bool
srl_word_is(surreal_str word, const char *upper)
{
    size_t i;

    for (i = 0; i < word.len && upper[i]; i++) {
        char c = word.ptr[i];

        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        if (c != upper[i]) return false;
    }
    return i == word.len && !upper[i];
}

/* Over one string, name in quotes, bracket or other byte. */
static bool
srl_reader_mark(srl_reader *rd)
{
    char quote[2] = {*rd->at, '\0'};

    rd->is_start = false;
    if (strchr("'\"`", *quote)) {
        rd->at++;
        return srl_reader_past(rd, quote, true);
    }
    if (srl_reader_has(rd, "\xe2\x9f\xa8")) {
        return srl_reader_past(rd, "\xe2\x9f\xa9", false);
    }
    rd->at++;
    if (strchr("([{", *quote)) rd->depth++;
    if (strchr(")]}", *quote)) {
        if (!rd->depth) return false;
        rd->depth--;
    }
    rd->is_start = strchr("({;", *quote) != NULL;
    return true;
}

/* What a statement is: its text without the ';', and its first word. */
typedef struct srl_batch_text {
    surreal_str text;
    surreal_str word;
} srl_batch_text;

static surreal_status
srl_batch_word(surreal_str word, bool is_first, surreal_str first,
               surreal_error *err)
{
    static const char *const refused[] = {
        "BEGIN", "BREAK", "CANCEL", "COMMIT", "CONTINUE", "KILL", "LET",
        "LIVE", "OPTION", "SHOW", "USE"};
    size_t i;

    /* A function that is defined has a RETURN of its own. */
    if (srl_word_is(word, "RETURN") && !srl_word_is(first, "DEFINE")) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "RETURN would end the whole batch: write the value "
                        "itself");
    }
    for (i = 0; is_first && i < sizeof refused / sizeof refused[0]; i++) {
        if (!srl_word_is(word, refused[i])) continue;
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "%s cannot be part of a batch", refused[i]);
    }
    return SURREAL_OK;
}

static surreal_status
srl_batch_unclosed(const srl_reader *rd, surreal_str text, surreal_error *err)
{
    srl_fail(err, SURREAL_ERR_SYNTAX,
             "a quote, comment or bracket of the statement has no match");
    err->at = (size_t)(rd->at - text.ptr);
    return err->status;
}

static surreal_status
srl_batch_read(surreal_str text, srl_batch_text *out, surreal_error *err)
{
    srl_reader rd;
    bool is_over = false;

    rd.at = text.ptr;
    rd.end = text.ptr + text.len;
    rd.depth = 0;
    rd.is_start = true;
    out->text = text;
    out->word = surreal_text_of(text.ptr, 0);
    for (;;) {
        if (!srl_reader_blanks(&rd)) {
            return srl_batch_unclosed(&rd, text, err);
        }
        if (rd.at == rd.end) break;
        if (*rd.at == ';' && !rd.depth) {
            if (!is_over) out->text.len = (size_t)(rd.at - text.ptr);
            is_over = true;
            rd.at++;
        } else if (is_over) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "one statement at a time belongs into a batch");
        } else if (srl_reader_is_word(*rd.at)) {
            surreal_str word = srl_reader_word(&rd);

            if (!out->word.len) out->word = word;
            if (rd.is_start && !srl_reader_is_key(&rd)) {
                SRL_TRY(srl_batch_word(word, word.ptr == out->word.ptr,
                                       out->word, err));
            }
            rd.is_start = srl_word_is(word, "THEN") ||
                          srl_word_is(word, "ELSE");
        } else if (!srl_reader_mark(&rd)) {
            return srl_batch_unclosed(&rd, text, err);
        } else if (!out->word.len) {
            out->word = surreal_text_of(rd.at - 1, 1); /* no word: "(" */
        }
    }
    if (rd.depth) return srl_batch_unclosed(&rd, text, err);
    if (!out->word.len) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the statement is empty");
    }
    return SURREAL_OK;
}

/* ---- adding ----------------------------------------------------------- */

static void
srl_batch_number(srl_buf *buf, const char *before, size_t n)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", n);
    srl_buf_put_text(buf, before);
    srl_buf_put_text(buf, text);
}

/* An identifier, by the one function that escapes them. */
static void
srl_batch_name(srl_buf *buf, const char *name)
{
    size_t len = surreal_ident_print(surreal_text(name), NULL, 0);

    if (srl_buf_reserve(buf, len + 1)) return;
    surreal_ident_print(surreal_text(name), (char *)buf->data + buf->len,
                        len + 1);
    buf->len += len;
}

static surreal_status
srl_batch_put(surreal_batch *b, const srl_batch_text *text, surreal_vars vars,
              surreal_error *err)
{
    int major = surreal_version(b->db).major;
    bool is_bare = srl_word_is(text->word, "FOR") ||
                   srl_word_is(text->word, "THROW");
    srl_buf *out = &b->state->text;
    size_t i;

    SRL_TRY(srl_put_vars(&b->state->vars, vars, major ? major : 3, err));
    srl_batch_number(out, "LET $srl_", b->count);
    srl_buf_put_text(out, "={");
    for (i = 0; i < vars.count; i++) {
        srl_buf_put_text(out, "LET $");
        srl_batch_name(out, vars.v[i].name);
        srl_batch_number(out, "=$srl_v[", b->count);
        srl_buf_put_text(out, "].");
        srl_batch_name(out, vars.v[i].name);
        srl_buf_put_text(out, ";");
    }
    srl_buf_put_text(out, is_bare ? "" : "(");
    srl_buf_put(out, text->text.ptr, text->text.len);
    srl_buf_put_text(out, is_bare ? "\n};\n" : "\n)};\n");
    if (out->status) {
        return srl_fail(err, out->status, "statements of the batch: %s",
                        surreal_status_text(out->status));
    }
    return SURREAL_OK;
}

static surreal_status
srl_batch_refuse(surreal_batch *b, const surreal_error *err)
{
    b->status = err->status;
    *srl_handle_error(b->db) = *err;
    return b->status;
}

SURREAL_API surreal_status
surreal_batch_add(surreal_batch *b, const char *text, surreal_vars vars)
{
    surreal_error err;
    srl_batch_text statement;

    if (!b->db) return SURREAL_ERR_USAGE;
    if (b->status) return b->status;
    if (b->state && b->state->is_sent) {
        srl_fail(srl_handle_error(b->db), SURREAL_ERR_USAGE,
                 "the batch is on its way");
        return SURREAL_ERR_USAGE;
    }
    if (!text) {
        srl_fail(&err, SURREAL_ERR_USAGE, "the statement is NULL");
        return srl_batch_refuse(b, &err);
    }
    if (!b->state) b->state = srl_batch_new(srl_handle_allocator(b->db));
    if (!b->state) {
        srl_fail(&err, SURREAL_ERR_NOMEM, "out of memory for the batch");
        return srl_batch_refuse(b, &err);
    }
    if (srl_batch_read(surreal_text(text), &statement, &err) ||
        srl_batch_put(b, &statement, vars, &err)) {
        err.statement = (int)b->count;
        return srl_batch_refuse(b, &err);
    }
    b->count++;
    return SURREAL_OK;
}

/* ---- sending ---------------------------------------------------------- */

/* Complete text and variables. The text is cut back by srl_batch_sent. */
static surreal_status
srl_batch_make(surreal_batch *b, surreal_bind *bind, size_t *len)
{
    surreal_error *err = srl_handle_error(b->db);
    struct srl_batch *state = b->state;
    surreal_bytes vars;
    size_t i;

    if (b->db->txn) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a batch is a transaction, and the server has none "
                        "inside another");
    }
    if (b->status) {
        return srl_fail(err, b->status, "the batch was refused: %s",
                        surreal_status_text(b->status));
    }
    if (!b->count) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the batch is empty");
    }
    if (state->is_sent) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the batch is on its way");
    }
    *len = state->text.len;
    for (i = 0; i < b->count; i++) {
        srl_batch_number(&state->text, i ? ",$srl_" : "RETURN[$srl_", i);
    }
    srl_buf_put_text(&state->text, "];COMMIT");
    if (state->text.status) {
        surreal_status status = state->text.status;

        state->text.status = SURREAL_OK;
        state->text.len = *len;
        return srl_fail(err, status, "the batch: %s",
                        surreal_status_text(status));
    }
    srl_store32(state->vars.data + 1, (uint32_t)b->count);
    vars.ptr = state->vars.data;
    vars.len = state->vars.len;
    *bind = surreal_bind_encoded("srl_v", vars);
    return SURREAL_OK;
}

/* The elements of the array that RETURN gave become the statements. */
static surreal_status
srl_batch_index(surreal_result *r, size_t count, surreal_error *err)
{
    srl_statement *statements = &r->single;
    srl_cbor_walk walk;
    surreal_value v;
    size_t i = r->count;

    do {
        if (!i) {
            return srl_fail(err, SURREAL_ERR_REPLY,
                            "the batch has no answer for each of its %zu "
                            "statements", count);
        }
        v = surreal_statement_value(r, --i);
    } while (surreal_value_kind(v) != SURREAL_ARRAY ||
             surreal_count(v) != count);
    if (count > 1) {
        statements = (srl_statement *)srl_arena_array(&r->arena, count,
                                                      sizeof *statements);
    }
    if (!statements) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for %zu statements", count);
    }
    walk = srl_cbor_walk_of(v.at);
    for (i = 0; srl_cbor_more(&walk); i++) {
        memset(&statements[i], 0, sizeof statements[i]);
        statements[i].value = walk.at;
        walk.at = srl_cbor_skip(walk.at);
    }
    r->statements = statements;
    r->count = count;
    return SURREAL_OK;
}

/* In a block that failed every statement's answer is a failure; BEGIN, which
 * answers on SurrealDB 3 only, did not fail. *err, the cause, is numbered
 * anew; a conflict is nobody's. */
static void
srl_batch_failed(surreal_result *r, size_t count, surreal_error *err)
{
    surreal_error *cause = (surreal_error *)r->cause;
    size_t begin = r->count > count && !r->statements[0].failed;

    r->statements += begin;
    r->count -= begin;
    if (r->count > count) r->count = count;
    if (err->statement < 0) return; /* for want of memory */
    err->statement -= (int)begin;
    if (err->status == SURREAL_CONFLICT || err->statement < 0 ||
        (size_t)err->statement >= count) {
        err->statement = -1;
    }
    if (cause && cause->statement >= 0) cause->statement = err->statement;
}

/* How it ended. *r is NULL if nothing can be read from it. */
static surreal_status
srl_batch_end(surreal_status status, surreal_result **r, size_t count,
              surreal_error *err)
{
    if (!status) {
        status = srl_batch_index(*r, count, err);
        if (!status) return status;
        surreal_result_free(*r);
        *r = NULL;
    } else if (*r) {
        srl_batch_failed(*r, count, err);
    }
    return status;
}

SURREAL_API surreal_status
surreal_batch_run(surreal_batch *b, surreal_result **out)
{
    surreal_result *r = NULL;
    surreal *db = b->db;
    surreal_vars vars;
    surreal_bind bind;
    surreal_status status;
    size_t count = b->count;
    size_t len;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_batch_make(b, &bind, &len));
    vars.v = &bind;
    vars.count = 1;
    srl_enter(db->conn); /* a callback may close it meanwhile */
    b->state->is_sent = true;
    status = surreal_query_str(
        db, surreal_text_of((const char *)b->state->text.data,
                            b->state->text.len), vars, &r);
    b->state->is_sent = false;
    b->state->text.len = len;
    status = srl_batch_end(status, &r, count, srl_handle_error(db));
    srl_leave(db->conn);
    if (out) {
        *out = r;
    } else {
        surreal_result_free(r);
    }
    return status;
}

static void
srl_batch_done(void *user, surreal *db, surreal_status status,
               surreal_result *r, const surreal_error *err)
{
    surreal_batch *b = (surreal_batch *)user;
    surreal_error local;

    srl_error_clear(&local);
    if (err) local = *err;
    b->state->is_sent = false;
    status = srl_batch_end(status, &r, b->count, &local);
    b->done(b->user, db, status, r, status ? &local : NULL);
}

SURREAL_API surreal_status
surreal_batch_start(surreal_batch *b, surreal_done *done, void *user,
                    surreal_request **request)
{
    surreal_vars vars;
    surreal_bind bind;
    surreal_status status;
    size_t len;

    if (!b->db) return SURREAL_ERR_USAGE;
    if (!done) {
        return srl_fail(srl_handle_error(b->db), SURREAL_ERR_USAGE,
                        "a request needs a callback for its end");
    }
    SRL_TRY(srl_batch_make(b, &bind, &len));
    vars.v = &bind;
    vars.count = 1;
    b->done = done;
    b->user = user;
    status = surreal_query_start(
        b->db, surreal_text_of((const char *)b->state->text.data,
                               b->state->text.len), vars, srl_batch_done, b,
        request);
    b->state->text.len = len;
    b->state->is_sent = !status;
    return status;
}

/*===========================================================================
 * client/scan.c: tables page by page.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/scan.c"
#endif


/* SELECT fields, id FROM $srl_range WHERE (where) LIMIT rows
 *
 * with $srl_range = table:last>.. , a record id whose key is a range. The
 * first page has a range too, open at both ends: of a plain table the rows
 * would come in the order of an index that fits the condition, and the last
 * of them would not be the last id. Never an offset: it would skip rows when
 * earlier ones are deleted, and read all of them again. */
#define SRL_SCAN_ROWS 1000

struct srl_pages {
    srl_mem mem;
    surreal_str table;
    srl_buf text;
    srl_buf range;       /* one encoded range of keys */
    surreal_bind *binds; /* the caller's variables and the range */
    size_t bind_count;
    size_t rows;         /* of a full page */
    surreal_result *page;
    surreal_iter it;
    surreal_value last;  /* the row given last, of this page */
    bool is_last;        /* there is no page behind this one */
};

SURREAL_API void
surreal_scan_close(surreal_scanner *s)
{
    struct srl_pages *state = s->state;
    srl_mem mem;

    if (state) {
        surreal_result_free(state->page);
        srl_buf_free(&state->text);
        srl_buf_free(&state->range);
        srl_mem_free(&state->mem, state->binds,
                     state->bind_count * sizeof *state->binds);
        mem = state->mem; /* state is about to go */
        srl_mem_free(&mem, state, sizeof *state);
    }
    memset(s, 0, sizeof *s);
}

static void
srl_scan_text(srl_buf *out, const surreal_scan_options *opt, size_t rows)
{
    char limit[32];

    /* Line breaks, because a text may end in a comment. */
    srl_buf_put_text(out, "SELECT ");
    if (opt->fields) {
        srl_buf_put_text(out, opt->fields);
        srl_buf_put_text(out, "\n,id");
    } else {
        srl_buf_put_text(out, "*");
    }
    srl_buf_put_text(out, " FROM $srl_range");
    if (opt->where) {
        srl_buf_put_text(out, " WHERE (");
        srl_buf_put_text(out, opt->where);
        srl_buf_put_text(out, "\n)");
    }
    snprintf(limit, sizeof limit, " LIMIT %zu", rows);
    srl_buf_put_text(out, limit);
}

/* The key of a record id as one item of a range. */
static void
srl_scan_put_key(surreal_writer *w, surreal_record_id id)
{
    switch (id.kind) {
    case SURREAL_KEY_INT: surreal_put_int(w, id.key.i); break;
    case SURREAL_KEY_STRING: surreal_put_str(w, id.key.s); break;
    case SURREAL_KEY_UUID: surreal_put_uuid(w, id.key.u); break;
    default: surreal_put_encoded(w, id.key.cbor); break;
    }
}

/* Bytes enough for that item and a range around it. */
static size_t
srl_scan_room(surreal_record_id id)
{
    size_t len = 64;

    if (id.kind == SURREAL_KEY_STRING) return len + id.key.s.len;
    if (id.kind == SURREAL_KEY_ARRAY || id.kind == SURREAL_KEY_OBJECT) {
        return len + id.key.cbor.len;
    }
    return len;
}

/* key.. or key>.. ; `id` of kind NONE and no `key`: .. */
static surreal_status
srl_scan_range(struct srl_pages *state, surreal_record_id id,
               surreal_value key, surreal_bound bound, int major)
{
    size_t room = srl_scan_room(id);
    surreal_writer w;
    surreal_bytes item;

    if (key.doc) room += (size_t)(srl_cbor_skip(key.at) - key.at);
    state->range.len = 0;
    state->range.status = SURREAL_OK;
    SRL_TRY(srl_buf_reserve(&state->range, room));
    surreal_writer_init(&w, state->range.data, room);
    surreal_writer_target(&w, major);
    surreal_put_range(&w);
    surreal_put_bound(&w, bound);
    if (key.doc) {
        surreal_put_value(&w, key);
    } else if (bound != SURREAL_BOUND_OPEN) {
        srl_scan_put_key(&w, id);
    }
    surreal_put_bound(&w, SURREAL_BOUND_OPEN);
    surreal_put_end(&w);
    SRL_TRY(surreal_writer_take(&w, &item));
    state->range.len = item.len;
    return SURREAL_OK;
}

static surreal_status
srl_scan_first(struct srl_pages *state, const surreal_scan_options *opt,
               int major)
{
    surreal_value none = {NULL, NULL};
    surreal_bound bound = SURREAL_BOUND_OPEN;
    surreal_record_id id = opt->from;

    if (id.kind != SURREAL_KEY_NONE) bound = SURREAL_BOUND_INCLUDED;
    if (opt->after.kind != SURREAL_KEY_NONE) {
        if (bound != SURREAL_BOUND_OPEN) return SURREAL_ERR_USAGE;
        bound = SURREAL_BOUND_EXCLUDED;
        id = opt->after;
    }
    if (bound != SURREAL_BOUND_OPEN &&
        (id.kind == SURREAL_KEY_RANGE ||
         !surreal_str_eq(id.table, state->table))) {
        return SURREAL_ERR_USAGE;
    }
    return srl_scan_range(state, id, none, bound, major);
}

static surreal_status
srl_scan_fill(struct srl_pages *state, const surreal_scan_options *opt,
              int major, surreal_error *err)
{
    surreal_status status;

    srl_buf_init(&state->text, &state->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&state->range, &state->mem, SURREAL_MAX_MESSAGE);
    state->rows = opt->rows ? opt->rows : SRL_SCAN_ROWS;
    srl_scan_text(&state->text, opt, state->rows);
    if (state->text.status) {
        return srl_fail(err, state->text.status, "scan: %s",
                        surreal_status_text(state->text.status));
    }
    state->binds = (surreal_bind *)srl_mem_resize(
        &state->mem, NULL, 0, (opt->vars.count + 1) * sizeof *state->binds);
    if (!state->binds) {
        return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory for a scan");
    }
    state->bind_count = opt->vars.count + 1;
    if (opt->vars.count) {
        memcpy(state->binds, opt->vars.v,
               opt->vars.count * sizeof *state->binds);
    }
    status = srl_scan_first(state, opt, major);
    if (status) {
        return srl_fail(err, status, "scan: the record to begin with: %s",
                        surreal_status_text(status));
    }
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_scan_open(surreal_scanner *s, surreal *db, const char *table,
                  const surreal_scan_options *opt)
{
    surreal_scan_options none;
    surreal_status status;
    srl_mem mem;

    memset(s, 0, sizeof *s);
    if (!db) return SURREAL_ERR_USAGE;
    if (!table) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_USAGE,
                        "scan: the table is NULL");
    }
    memset(&none, 0, sizeof none);
    srl_mem_init(&mem, srl_handle_allocator(db), 0);
    s->state = (struct srl_pages *)srl_mem_resize(&mem, NULL, 0,
                                                 sizeof *s->state);
    if (!s->state) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_NOMEM,
                        "out of memory for a scan");
    }
    memset(s->state, 0, sizeof *s->state);
    s->state->mem = mem;
    s->state->table = surreal_text(table);
    status = srl_scan_fill(s->state, opt ? opt : &none,
                           surreal_version(db).major, srl_handle_error(db));
    if (status) {
        surreal_scan_close(s);
    } else {
        s->db = db;
    }
    return status;
}

static surreal_status
srl_scan_page(surreal_scanner *s)
{
    struct srl_pages *state = s->state;
    surreal_record_id range;
    surreal_value rows;
    surreal_vars vars;
    surreal_bytes key;

    key.ptr = state->range.data;
    key.len = state->range.len;
    memset(&range, 0, sizeof range);
    range.table = state->table;
    range.kind = SURREAL_KEY_RANGE;
    range.key.cbor = key;
    state->binds[state->bind_count - 1] = surreal_bind_id("srl_range", range);
    vars.v = state->binds;
    vars.count = state->bind_count;
    surreal_result_free(state->page);
    state->page = NULL;
    memset(&state->last, 0, sizeof state->last);
    SRL_TRY(surreal_query_str(
        s->db, surreal_text_of((const char *)state->text.data,
                               state->text.len), vars, &state->page));
    rows = surreal_rows(state->page, 0);
    state->it = surreal_iterate(rows);
    state->is_last = surreal_count(rows) < state->rows;
    return SURREAL_OK;
}

/* The next page begins behind this row. */
static surreal_status
srl_scan_move(surreal_scanner *s, surreal_value row)
{
    surreal_value key = surreal_record_key(surreal_field(row, "id"));
    surreal_error *err = srl_handle_error(s->db);
    surreal_record_id none;
    surreal_status status;

    if (!key.doc) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "scan: a row has no record id in its field id");
    }
    memset(&none, 0, sizeof none);
    status = srl_scan_range(s->state, none, key, SURREAL_BOUND_EXCLUDED,
                            surreal_version(s->db).major);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "scan: the id of a row: %s",
                    surreal_status_text(status));
}

SURREAL_API surreal_status
surreal_scan_next(surreal_scanner *s, surreal_value *row)
{
    struct srl_pages *state = s->state;

    memset(row, 0, sizeof *row);
    if (!s->db) return SURREAL_ERR_USAGE;
    while (!state->page || !surreal_next(&state->it)) {
        if (state->is_last) return SURREAL_NOT_FOUND;
        if (state->last.doc) SRL_TRY(srl_scan_move(s, state->last));
        SRL_TRY(srl_scan_page(s));
    }
    state->last = state->it.value;
    *row = state->last;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_scan(surreal *db, const char *table, const surreal_scan_options *opt,
             surreal_scan_row *row, void *user)
{
    surreal_scanner s;
    surreal_status status = surreal_scan_open(&s, db, table, opt);
    surreal_value v;

    while (!status) {
        status = surreal_scan_next(&s, &v);
        if (status) {
            if (status == SURREAL_NOT_FOUND) status = SURREAL_OK;
            break;
        }
        status = row(user, v);
    }
    surreal_scan_close(&s);
    return status;
}

/*===========================================================================
 * client/changes.c: the change feed.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/changes.c"
#endif


/* SHOW CHANGES ... SINCE n LIMIT m is full of traps:
 *
 * n is a versionstamp on SurrealDB 3 and a versionstamp / 65536 on 2; both
 * include n.
 *
 * m counts entries of all tables before those of one table are taken: an
 * empty page is not the end. Then the same page is asked for all tables and
 * sifted here, which also tells how far to go on.
 *
 * An entry is what one transaction did to one table. On 3 a page of all
 * tables may end in the middle of a transaction, and going on behind it would
 * lose the rest. So the last row of such a page is not used but asked for
 * again, unless it is the only one; then it is whole if it holds less than m
 * changes. */
#define SRL_CHANGES_LIMIT 1000
#define SRL_CHANGES_TEXT 768
#define SRL_CHANGES_MOMENT (-1) /* since: it is a moment yet */

SURREAL_API surreal_status
surreal_changes_open(surreal_changes *c, surreal *db, const char *table,
                     int64_t cursor)
{
    memset(c, 0, sizeof *c);
    if (!db) return SURREAL_ERR_USAGE;
    if (cursor < 0) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_USAGE,
                        "%lld is no cursor of a change feed",
                        (long long)cursor);
    }
    c->db = db;
    c->table = table;
    c->limit = SRL_CHANGES_LIMIT;
    c->since = cursor;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_changes_open_at(surreal_changes *c, surreal *db, const char *table,
                        surreal_datetime start)
{
    surreal_status status;

    SRL_TRY(surreal_changes_open(c, db, table, 0));
    status = srl_datetime_check(start);
    if (status) {
        c->db = NULL;
        return srl_fail(srl_handle_error(db), status,
                        "the moment to begin with: %s",
                        surreal_status_text(status));
    }
    c->since = SRL_CHANGES_MOMENT;
    c->start = start;
    return SURREAL_OK;
}

SURREAL_API int64_t
surreal_changes_cursor(const surreal_changes *c)
{
    return c->since;
}

static void
srl_changes_drop(surreal_changes *c)
{
    surreal_result_free(c->page);
    c->page = NULL;
    c->left = 0;
    c->is_in_row = 0;
}

SURREAL_API void
surreal_changes_close(surreal_changes *c)
{
    srl_changes_drop(c);
    memset(c, 0, sizeof *c);
}

/* Only literals may stand here. */
static surreal_status
srl_changes_text(const surreal_changes *c, const char *table,
                 char text[SRL_CHANGES_TEXT])
{
    srl_out out;

    srl_out_init(&out, text, SRL_CHANGES_TEXT);
    srl_out_text(&out, "SHOW CHANGES FOR ");
    if (table) {
        srl_out_text(&out, "TABLE ");
        srl_ident_out(&out, surreal_text(table));
    } else {
        srl_out_text(&out, "DATABASE");
    }
    srl_out_text(&out, " SINCE ");
    if (c->since == SRL_CHANGES_MOMENT) {
        srl_out_text(&out, "d'");
        srl_datetime_out(&out, c->start);
        srl_out_text(&out, "'");
    } else {
        srl_out_int(&out, c->since);
    }
    srl_out_text(&out, " LIMIT ");
    srl_out_uint(&out, c->limit);
    if (srl_out_end(&out) >= SRL_CHANGES_TEXT) {
        return srl_fail(srl_handle_error(c->db), SURREAL_ERR_TOO_LONG,
                        "the table's name is too long");
    }
    return SURREAL_OK;
}

/* Ask for a page; c->page is NULL if it is empty. */
static surreal_status
srl_changes_ask(surreal_changes *c, const char *table)
{
    char text[SRL_CHANGES_TEXT];
    surreal_vars none = {NULL, 0};
    surreal_value rows;
    surreal_status status;

    srl_changes_drop(c);
    SRL_TRY(srl_changes_text(c, table, text));
    status = surreal_query_str(c->db, surreal_text(text), none, &c->page);
    rows = surreal_rows(c->page, 0);
    c->left = surreal_count(rows);
    c->rows = surreal_iterate(rows);
    c->is_whole = !table;
    if (status || !c->left) srl_changes_drop(c);
    return status;
}

/* The next page, made sure to end between transactions. */
static surreal_status
srl_changes_page(surreal_changes *c)
{
    surreal_value first;

    if (!c->limit) c->limit = SRL_CHANGES_LIMIT;
    if (c->table) {
        SRL_TRY(srl_changes_ask(c, c->table));
        if (c->page) return SURREAL_OK;
    }
    for (;;) {
        SRL_TRY(srl_changes_ask(c, NULL));
        if (!c->page) return SURREAL_NOT_FOUND;
        if (c->left > 1) {
            c->left--;
            return SURREAL_OK;
        }
        first = surreal_at(surreal_rows(c->page, 0), 0);
        if (surreal_count(surreal_field(first, "changes")) < c->limit ||
            c->limit > SIZE_MAX / 4) {
            return SURREAL_OK;
        }
        c->limit *= 2;
    }
}

/* Take an entry apart; false if it is about another table. */
static bool
srl_changes_entry(const surreal_changes *c, surreal_value entry,
                  surreal_entry *change)
{
    surreal_value update = surreal_field(entry, "update");
    surreal_value current = surreal_field(entry, "current");
    surreal_value gone = surreal_field(entry, "delete");
    surreal_value table = surreal_field(entry, "define_table");
    surreal_str name = {NULL, 0};

    memset(change, 0, sizeof *change);
    change->versionstamp = c->versionstamp;
    change->kind = SURREAL_ENTRY_UPDATE;
    if (current.doc) {
        change->value = current;
        change->diff = update;
    } else if (update.doc) {
        change->value = update;
    } else if (gone.doc) {
        change->kind = SURREAL_ENTRY_DELETE;
        change->value = gone;
    } else if (table.doc) {
        change->kind = SURREAL_ENTRY_DEFINE_TABLE;
        change->value = table;
        name = surreal_str_at(table, "name");
    } else {
        change->kind = SURREAL_ENTRY_OTHER;
        change->value = entry;
        return true;
    }
    if (!c->table || !c->is_whole) return true;
    if (!table.doc) name = surreal_record_id_at(change->value, "id").table;
    return surreal_str_eq(name, surreal_text(c->table));
}

/* The next row of the page. */
static surreal_status
srl_changes_row(surreal_changes *c)
{
    surreal_status status;

    c->left--;
    surreal_next(&c->rows);
    status = surreal_get_int(surreal_field(c->rows.value, "versionstamp"),
                             &c->versionstamp);
    if (status || c->versionstamp < 0) {
        srl_changes_drop(c);
        return srl_fail(srl_handle_error(c->db), SURREAL_ERR_REPLY,
                        "a row of the change feed has no versionstamp");
    }
    c->entries = surreal_iterate(surreal_field(c->rows.value, "changes"));
    c->is_in_row = 1;
    c->since = c->versionstamp;
    if (surreal_version(c->db).major < 3) c->since >>= 16;
    return SURREAL_OK;
}

/* Behind the last entry of a row the cursor is behind the row. */
static void
srl_changes_pass(surreal_changes *c)
{
    surreal_iter ahead = c->entries;

    if (!c->is_in_row || surreal_next(&ahead)) return;
    c->is_in_row = 0;
    c->since++;
}

static surreal_status
srl_changes_step(surreal_changes *c, surreal_entry *change)
{
    for (;;) {
        while (c->is_in_row && surreal_next(&c->entries)) {
            if (!srl_changes_entry(c, c->entries.value, change)) continue;
            srl_changes_pass(c);
            return SURREAL_OK;
        }
        srl_changes_pass(c);
        if (c->left) {
            SRL_TRY(srl_changes_row(c));
        } else {
            SRL_TRY(srl_changes_page(c));
        }
    }
}

SURREAL_API surreal_status
surreal_changes_next(surreal_changes *c, surreal_entry *change)
{
    surreal *db = c->db;
    surreal_status status;

    memset(change, 0, sizeof *change);
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn); /* a callback may close it meanwhile */
    status = srl_changes_step(c, change);
    srl_leave(db->conn);
    return status;
}

/*===========================================================================
 * client/functions.c: typed calls of the server's own functions.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/functions.c"
#endif

/* The lists of api/functions.h are unfolded three times: into numbers, into
 * the table that is read at run time, and into functions, which do nothing
 * but put their arguments into variables. */


#if defined(SURREAL_FUNCTIONS) || defined(SRL_PARTS)
#ifndef SURREAL_FN_LIST
#error define SURREAL_FUNCTIONS before surreal.h is included for the first time
#endif

/* ---- the table -------------------------------------------------------- */

#define SRL_BUILTIN_NUMBER(name, ...) SRL_BUILTIN_##name,

enum {
    SURREAL_FN_LIST(SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER,
                    SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER)
    SRL_BUILTIN_COUNT_
};

/* Words of the lists as SurrealQL says them. */
#define SRL_BUILTIN_TYPE_VOID "none"
#define SRL_BUILTIN_TYPE_NUM "number"
#define SRL_BUILTIN_TYPE_INT "int"
#define SRL_BUILTIN_TYPE_BOOL "bool"
#define SRL_BUILTIN_TYPE_STR "string"
#define SRL_BUILTIN_TYPE_TIME "datetime"
#define SRL_BUILTIN_TYPE_SPAN "duration"
#define SRL_BUILTIN_TYPE_UUID "uuid"
#define SRL_BUILTIN_TYPE_POINT "point"
#define SRL_BUILTIN_TYPE_BYTES "bytes"
#define SRL_BUILTIN_TYPE_ID "record"
#define SRL_BUILTIN_TYPE_FILE "file"
#define SRL_BUILTIN_TYPE_DECIMAL "decimal"
#define SRL_BUILTIN_TYPE_TABLE "table"
#define SRL_BUILTIN_TYPE_ANY "any"
#define SRL_BUILTIN_TYPE_ARRAY "array"
#define SRL_BUILTIN_TYPE_OBJECT "object"
#define SRL_BUILTIN_TYPE_SET "set"
#define SRL_BUILTIN_TYPE_GEO "geometry"

/* "=" and "" are told apart by their sizes, which are constants. */
#define SRL_BUILTIN_ROW(name, since, n3, n2, signature)                \
    {"surreal_" name, n3,                                              \
     sizeof(n2) == 2 ? n3 : sizeof(n2) > 2 ? n2 : NULL, since, n3 signature},
#define SRL_BUILTIN_ROW0(name, since, n3, n2, r) \
    SRL_BUILTIN_ROW(#name, since, n3, n2, "() -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROWV(name, since, n3, n2, r) \
    SRL_BUILTIN_ROW(#name, since, n3, n2, "(...any) -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW1(name, since, n3, n2, r, t1, v1)                  \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ") -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW2(name, since, n3, n2, r, t1, v1, t2, v2)          \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ", " #v2 ": " SRL_BUILTIN_TYPE_##t2                   \
                    ") -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW3(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3)  \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ", " #v2 ": " SRL_BUILTIN_TYPE_##t2                   \
                    ", " #v3 ": " SRL_BUILTIN_TYPE_##t3                   \
                    ") -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW4(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3,  \
                         t4, v4)                                          \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ", " #v2 ": " SRL_BUILTIN_TYPE_##t2                   \
                    ", " #v3 ": " SRL_BUILTIN_TYPE_##t3                   \
                    ", " #v4 ": " SRL_BUILTIN_TYPE_##t4                   \
                    ") -> " SRL_BUILTIN_TYPE_##r)

static const surreal_function srl_builtins[] = {
    SURREAL_FN_LIST(SRL_BUILTIN_ROW0, SRL_BUILTIN_ROW1, SRL_BUILTIN_ROW2,
                    SRL_BUILTIN_ROW3, SRL_BUILTIN_ROW4, SRL_BUILTIN_ROWV)
};

SURREAL_API const surreal_function *
surreal_functions(size_t *count)
{
    if (count) *count = SRL_BUILTIN_COUNT_;
    return srl_builtins;
}

/* ---- one call --------------------------------------------------------- */

/* What a function gives. From SRL_BUILTIN_OUT_STR on the result owns it. */
typedef enum srl_builtin_out {
    SRL_BUILTIN_OUT_VOID,
    SRL_BUILTIN_OUT_NUM,
    SRL_BUILTIN_OUT_INT,
    SRL_BUILTIN_OUT_BOOL,
    SRL_BUILTIN_OUT_TIME,
    SRL_BUILTIN_OUT_SPAN,
    SRL_BUILTIN_OUT_UUID,
    SRL_BUILTIN_OUT_POINT,
    SRL_BUILTIN_OUT_STR,
    SRL_BUILTIN_OUT_TABLE,
    SRL_BUILTIN_OUT_DECIMAL,
    SRL_BUILTIN_OUT_BYTES,
    SRL_BUILTIN_OUT_ID,
    SRL_BUILTIN_OUT_FILE,
    SRL_BUILTIN_OUT_ANY
} srl_builtin_out;

/* Where the result goes; `to` points to what `out` says. */
typedef struct srl_builtin_slot {
    srl_builtin_out out;
    void *to;
    surreal_result **owner; /* NULL: the result is freed */
} srl_builtin_slot;

/* `RETURN name($a0, $a1)`, the arguments as variables: the one place that
 * sends. Whatever names the arguments have are replaced. */
static surreal_status
srl_builtin_send(surreal *db, const char *name, const surreal_bind *args,
                 size_t count, surreal_result **r)
{
    surreal_bind binds[SURREAL_FN_ARGS];
    char names[SURREAL_FN_ARGS][4];
    char text[128 + SURREAL_FN_ARGS * 6];
    surreal_vars vars;
    srl_out out;
    size_t i;

    SURREAL_ASSERT(count <= SURREAL_FN_ARGS);
    srl_out_init(&out, text, sizeof text);
    srl_out_text(&out, "RETURN ");
    srl_out_text(&out, name);
    srl_out_char(&out, '(');
    for (i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "a%u", (unsigned)i & 63);
        srl_out_text(&out, i ? ", $" : "$");
        srl_out_text(&out, names[i]);
        binds[i] = args[i];
        binds[i].name = names[i];
    }
    srl_out_char(&out, ')');
    vars.v = binds;
    vars.count = count;
    return surreal_query_str(db, surreal_text_of(text, srl_out_end(&out)),
                             vars, r);
}

/* The function's name on this server. The version is known once the
 * connection is made, which a round trip waits for. As in `since`, minor and
 * patch have a digit each: what is beyond 9 counts as 9. */
static surreal_status
srl_builtin_name(surreal *db, const surreal_function *f, const char **name)
{
    const surreal_server_version *v = &db->conn->version;
    int minor, patch;

    *name = NULL;
    if (!v->major) SRL_TRY(surreal_ping(db));
    minor = v->minor < 9 ? v->minor : 9;
    patch = v->patch < 9 ? v->patch : 9;
    if (v->major * 100 + minor * 10 + patch >= f->since) {
        *name = v->major == 2 ? f->name_2 : f->name;
    }
    if (*name) return SURREAL_OK;
    return srl_fail(&db->error, SURREAL_ERR_UNSUPPORTED,
                    "%s needs SurrealDB %d.%d.%d or newer, this server is %s",
                    f->name, f->since / 100, f->since / 10 % 10,
                    f->since % 10, db->conn->version_text);
}

static surreal_status
srl_builtin_get(surreal_value v, const srl_builtin_slot *slot)
{
    void *to = slot->to;

    switch (slot->out) {
    case SRL_BUILTIN_OUT_VOID: break;
    case SRL_BUILTIN_OUT_NUM: return surreal_get_number(v, (double *)to);
    case SRL_BUILTIN_OUT_INT: return surreal_get_int(v, (int64_t *)to);
    case SRL_BUILTIN_OUT_BOOL: return surreal_get_bool(v, (bool *)to);
    case SRL_BUILTIN_OUT_TIME:
        return surreal_get_datetime(v, (surreal_datetime *)to);
    case SRL_BUILTIN_OUT_SPAN:
        return surreal_get_duration(v, (surreal_duration *)to);
    case SRL_BUILTIN_OUT_UUID: return surreal_get_uuid(v, (surreal_uuid *)to);
    case SRL_BUILTIN_OUT_POINT:
        return surreal_get_point(v, (surreal_point *)to);
    case SRL_BUILTIN_OUT_STR: return surreal_get_str(v, (surreal_str *)to);
    case SRL_BUILTIN_OUT_TABLE: return surreal_get_table(v, (surreal_str *)to);
    case SRL_BUILTIN_OUT_DECIMAL:
        return surreal_get_decimal(v, (surreal_decimal *)to);
    case SRL_BUILTIN_OUT_BYTES:
        return surreal_get_bytes(v, (surreal_bytes *)to);
    case SRL_BUILTIN_OUT_ID:
        return surreal_get_record_id(v, (surreal_record_id *)to);
    case SRL_BUILTIN_OUT_FILE: return surreal_get_file(v, (surreal_file *)to);
    case SRL_BUILTIN_OUT_ANY: *(surreal_value *)to = v; break;
    }
    return SURREAL_OK;
}

/* The result into its slot; r is given back or handed on. */
static surreal_status
srl_builtin_take(surreal *db, const surreal_function *f, surreal_result *r,
                 const srl_builtin_slot *slot)
{
    surreal_value v = surreal_statement_value(r, 0);
    surreal_status status = srl_builtin_get(v, slot);

    if (status == SURREAL_ERR_MISSING) {
        status = srl_fail(&db->error, SURREAL_NOT_FOUND, "%s gave %s", f->name,
                          surreal_kind_name(surreal_value_kind(v)));
    } else if (status) {
        srl_fail(&db->error, status, "%s gave %s: %s", f->signature,
                 surreal_kind_name(surreal_value_kind(v)),
                 surreal_status_text(status));
    }
    if (status || !slot->owner) {
        surreal_result_free(r);
    } else {
        *slot->owner = r;
    }
    return status;
}

static surreal_status
srl_builtin_check(surreal *db, const surreal_function *f, size_t count,
                  const srl_builtin_slot *slot)
{
    bool is_owned = slot->out >= SRL_BUILTIN_OUT_STR;

    if (slot->owner) *slot->owner = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    if ((slot->out && !slot->to) || (is_owned && !slot->owner)) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE,
                        "%s: out and owner may not be NULL", f->name);
    }
    if (count > SURREAL_FN_ARGS) {
        return srl_fail(&db->error, SURREAL_ERR_LIMIT,
                        "%s: %zu arguments, at most %d", f->name, count,
                        SURREAL_FN_ARGS);
    }
    return SURREAL_OK;
}

static surreal_status
srl_builtin_call(surreal *db, int number, const surreal_bind *args,
                 size_t count, srl_builtin_out out, void *to,
                 surreal_result **owner)
{
    const surreal_function *f = &srl_builtins[number];
    surreal_result *r = NULL;
    srl_builtin_slot slot;
    surreal_status status;
    const char *name;

    slot.out = out;
    slot.to = to;
    slot.owner = owner;
    SRL_TRY(srl_builtin_check(db, f, count, &slot));
    srl_enter(db->conn);
    status = srl_builtin_name(db, f, &name);
    if (!status) status = srl_builtin_send(db, name, args, count, &r);
    if (status) {
        surreal_result_free(r);
    } else {
        status = srl_builtin_take(db, f, r, &slot);
    }
    srl_leave(db->conn);
    return status;
}

/* ---- the functions ---------------------------------------------------- */

#define SRL_BUILTIN_BIND_NUM(v) surreal_bind_float(NULL, v)
#define SRL_BUILTIN_BIND_INT(v) surreal_bind_int(NULL, v)
#define SRL_BUILTIN_BIND_BOOL(v) surreal_bind_bool(NULL, v)
#define SRL_BUILTIN_BIND_STR(v) surreal_bind_str(NULL, v)
#define SRL_BUILTIN_BIND_TIME(v) surreal_bind_datetime(NULL, v)
#define SRL_BUILTIN_BIND_SPAN(v) surreal_bind_duration(NULL, v)
#define SRL_BUILTIN_BIND_UUID(v) surreal_bind_uuid(NULL, v)
#define SRL_BUILTIN_BIND_POINT(v) surreal_bind_point(NULL, v)
#define SRL_BUILTIN_BIND_BYTES(v) surreal_bind_bytes(NULL, v)
#define SRL_BUILTIN_BIND_ID(v) surreal_bind_id(NULL, v)
#define SRL_BUILTIN_BIND_FILE(v) surreal_bind_file(NULL, v)
#define SRL_BUILTIN_BIND_ANY(v) v
#define SRL_BUILTIN_BIND_ARRAY(v) v
#define SRL_BUILTIN_BIND_OBJECT(v) v
#define SRL_BUILTIN_BIND_SET(v) v
#define SRL_BUILTIN_BIND_GEO(v) v

#define SRL_BUILTIN_SLOT_VOID SRL_BUILTIN_OUT_VOID, NULL, NULL
#define SRL_BUILTIN_SLOT_NUM SRL_BUILTIN_OUT_NUM, out, NULL
#define SRL_BUILTIN_SLOT_INT SRL_BUILTIN_OUT_INT, out, NULL
#define SRL_BUILTIN_SLOT_BOOL SRL_BUILTIN_OUT_BOOL, out, NULL
#define SRL_BUILTIN_SLOT_TIME SRL_BUILTIN_OUT_TIME, out, NULL
#define SRL_BUILTIN_SLOT_SPAN SRL_BUILTIN_OUT_SPAN, out, NULL
#define SRL_BUILTIN_SLOT_UUID SRL_BUILTIN_OUT_UUID, out, NULL
#define SRL_BUILTIN_SLOT_POINT SRL_BUILTIN_OUT_POINT, out, NULL
#define SRL_BUILTIN_SLOT_STR SRL_BUILTIN_OUT_STR, out, owner
#define SRL_BUILTIN_SLOT_TABLE SRL_BUILTIN_OUT_TABLE, out, owner
#define SRL_BUILTIN_SLOT_DECIMAL SRL_BUILTIN_OUT_DECIMAL, out, owner
#define SRL_BUILTIN_SLOT_BYTES SRL_BUILTIN_OUT_BYTES, out, owner
#define SRL_BUILTIN_SLOT_ID SRL_BUILTIN_OUT_ID, out, owner
#define SRL_BUILTIN_SLOT_FILE SRL_BUILTIN_OUT_FILE, out, owner
#define SRL_BUILTIN_SLOT_ANY SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_ARRAY SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_OBJECT SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_SET SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_GEO SRL_BUILTIN_OUT_ANY, out, owner

#define SRL_BUILTIN_DEFINE0(name, since, n3, n2, r)                     \
    SURREAL_FN_HEAD0(name, r)                                           \
    {                                                                   \
        return srl_builtin_call(db, SRL_BUILTIN_##name, NULL, 0,        \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINEV(name, since, n3, n2, r)                     \
    SURREAL_FN_HEADV(name, r)                                           \
    {                                                                   \
        return srl_builtin_call(db, SRL_BUILTIN_##name, vars.v,         \
                                vars.count, SRL_BUILTIN_SLOT_##r);      \
    }
#define SRL_BUILTIN_DEFINE1(name, since, n3, n2, r, t1, v1)             \
    SURREAL_FN_HEAD1(name, r, t1, v1)                                   \
    {                                                                   \
        surreal_bind args_[1];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 1,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINE2(name, since, n3, n2, r, t1, v1, t2, v2)     \
    SURREAL_FN_HEAD2(name, r, t1, v1, t2, v2)                           \
    {                                                                   \
        surreal_bind args_[2];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        args_[1] = SRL_BUILTIN_BIND_##t2(v2);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 2,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINE3(name, since, n3, n2, r, t1, v1, t2, v2, t3, \
                            v3)                                         \
    SURREAL_FN_HEAD3(name, r, t1, v1, t2, v2, t3, v3)                   \
    {                                                                   \
        surreal_bind args_[3];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        args_[1] = SRL_BUILTIN_BIND_##t2(v2);                           \
        args_[2] = SRL_BUILTIN_BIND_##t3(v3);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 3,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINE4(name, since, n3, n2, r, t1, v1, t2, v2, t3, \
                            v3, t4, v4)                                 \
    SURREAL_FN_HEAD4(name, r, t1, v1, t2, v2, t3, v3, t4, v4)           \
    {                                                                   \
        surreal_bind args_[4];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        args_[1] = SRL_BUILTIN_BIND_##t2(v2);                           \
        args_[2] = SRL_BUILTIN_BIND_##t3(v3);                           \
        args_[3] = SRL_BUILTIN_BIND_##t4(v4);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 4,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }

SURREAL_FN_LIST(SRL_BUILTIN_DEFINE0, SRL_BUILTIN_DEFINE1, SRL_BUILTIN_DEFINE2,
                SRL_BUILTIN_DEFINE3, SRL_BUILTIN_DEFINE4, SRL_BUILTIN_DEFINEV)

#endif /* SURREAL_FUNCTIONS */

/*===========================================================================
 * client/pool.c: connections shared by threads.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/pool.c"
#endif


#ifndef SURREAL_NO_THREADS

#define SRL_POOL_SIZE 10
#define SRL_POOL_SIZE_MAX 1000
#define SRL_POOL_GET_MS 30000
#define SRL_POOL_IDLE_MS 30000
/* A server that does not answer a ping for so long is taken for dead. */
#define SRL_POOL_PING_MS 5000

/* A pool is a fixed number of slots, each with room for a connection. A slot
 * is free, on one of two lists, or it has one holder: a borrower, a thread
 * that checks or makes the connection, or a batch. Only the holder touches
 * slot->db, and it does so without the lock: nothing that can take time is
 * done under it. Everything else is guarded by the lock.
 *
 * Who gives a slot back hands it to the thread that has waited longest, if
 * one waits. So there are never free slots and waiting threads at once, and
 * nobody can be overtaken.
 *
 * The pool's memory is counted: one reference for its owner until
 * surreal_pool_close returns, one for each borrowed connection and each call
 * under way. */
typedef struct srl_slot {
    surreal *db;           /* NULL: not connected */
    surreal *lent;         /* what surreal_pool_put must be given, or NULL */
    int64_t since_ms;      /* when db was given back */
    struct srl_slot *next; /* of a list of free slots */
} srl_slot;

/* A thread that waits for a slot, on its own stack. */
typedef struct srl_getter {
    srl_cond wake;
    srl_slot *slot; /* handed over */
    struct srl_getter *prev;
    struct srl_getter *next;
} srl_getter;

struct surreal_pool {
    srl_mem mem;     /* used while nobody else has the pool */
    surreal *pattern; /* never connected: what the others are made like */
    int get_ms;
    int idle_ms;
    srl_slot *slots;
    size_t size;

    srl_mutex lock; /* guards all that follows */
    srl_cond drained; /* closing, and only the owner's reference is left */
    srl_slot *idle;   /* connected, last used first */
    srl_slot *empty;
    size_t idle_count;
    size_t taken;
    srl_getter *first; /* has waited longest */
    srl_getter *last;
    size_t waiting;
    size_t refs;
    bool is_closing;
};

/* Whether a connection is as it was lent: the next borrower must not become
 * the user, stand in the database or see the variables of the last one, nor
 * share the connection with forks, transactions or streams he left. */
static bool
srl_pool_is_clean(const surreal *db)
{
    return !db->session->is_changed && !db->conn->handles->next &&
           !srl_lives_any(db->conn);
}

/* ---- references ------------------------------------------------------- */

static void
srl_pool_free(surreal_pool *pool)
{
    srl_mem mem;

    SURREAL_ASSERT(!pool->taken && !pool->idle && !pool->waiting);
    srl_cond_free(&pool->drained);
    srl_mutex_free(&pool->lock);
    surreal_close(pool->pattern);
    mem = pool->mem;
    srl_mem_free(&mem, pool->slots, pool->slots ? pool->size *
                 sizeof *pool->slots : 0);
    srl_mem_free(&mem, pool, sizeof *pool);
    SURREAL_ASSERT(mem.used == 0);
}

/* Calls stand between these two: the lock is held, and the pool cannot go. */
static void
srl_pool_enter(surreal_pool *pool)
{
    srl_mutex_lock(&pool->lock);
    pool->refs++;
}

/* Drop a reference and the lock; the pool is not to be touched any more. */
static void
srl_pool_leave(surreal_pool *pool)
{
    bool is_last;

    SURREAL_ASSERT(pool->refs > 0);
    pool->refs--;
    is_last = pool->refs == 0;
    if (pool->is_closing && pool->refs == 1) srl_cond_signal(&pool->drained);
    srl_mutex_unlock(&pool->lock);
    if (is_last) srl_pool_free(pool);
}

/* ---- slots ------------------------------------------------------------ */

static void
srl_slot_free(surreal_pool *pool, srl_slot *slot)
{
    srl_slot **list = slot->db ? &pool->idle : &pool->empty;

    slot->next = *list;
    *list = slot;
    if (slot->db) pool->idle_count++;
}

/* A free slot for the caller to hold, or NULL. The lock is held. */
static srl_slot *
srl_slot_take(surreal_pool *pool)
{
    srl_slot **list = pool->idle ? &pool->idle : &pool->empty;
    srl_slot *slot = *list;

    if (!slot) return NULL;
    SURREAL_ASSERT(!pool->first);
    *list = slot->next;
    if (slot->db) pool->idle_count--;
    pool->taken++;
    return slot;
}

static void
srl_getter_unlink(surreal_pool *pool, srl_getter *getter)
{
    *(getter->prev ? &getter->prev->next : &pool->first) = getter->next;
    *(getter->next ? &getter->next->prev : &pool->last) = getter->prev;
    pool->waiting--;
}

/* The holder's end of it. The lock is held, but given up while a connection
 * that is not to be kept is closed. */
static void
srl_slot_put(surreal_pool *pool, srl_slot *slot, bool keep)
{
    srl_getter *getter;

    SURREAL_ASSERT(!slot->lent);
    if (slot->db && (!keep || pool->is_closing)) {
        srl_mutex_unlock(&pool->lock);
        surreal_close(slot->db);
        slot->db = NULL;
        srl_mutex_lock(&pool->lock);
    }
    slot->since_ms = srl_os_now_ms();
    getter = pool->first;
    if (getter && !pool->is_closing) {
        srl_getter_unlink(pool, getter);
        getter->slot = slot;
        srl_cond_signal(&getter->wake);
        return;
    }
    pool->taken--;
    srl_slot_free(pool, slot);
}

static surreal_status
srl_pool_closed(surreal_error *err)
{
    return srl_fail(err, SURREAL_ERR_CLOSED, "the pool was closed");
}

/* Stand in the line until a slot is handed over; NULL if that did not happen.
 * The lock is held. */
static surreal_status
srl_slot_wait(surreal_pool *pool, int64_t deadline_ms, srl_slot **out,
              surreal_error *err)
{
    srl_getter getter;

    memset(&getter, 0, sizeof getter);
    if (!srl_cond_init(&getter.wake)) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "the system has no condition variable to wait with");
    }
    getter.prev = pool->last;
    *(pool->last ? &pool->last->next : &pool->first) = &getter;
    pool->last = &getter;
    pool->waiting++;
    while (!getter.slot && !pool->is_closing &&
           srl_os_now_ms() < deadline_ms) {
        srl_cond_wait(&getter.wake, &pool->lock, deadline_ms);
    }
    if (!getter.slot) srl_getter_unlink(pool, &getter);
    srl_cond_free(&getter.wake);
    *out = getter.slot;
    return SURREAL_OK;
}

/* A slot to hold, from the lists or by waiting. The lock is held. */
static surreal_status
srl_slot_get(surreal_pool *pool, int timeout_ms, int64_t deadline_ms,
             srl_slot **out, surreal_error *err)
{
    if (pool->is_closing) return srl_pool_closed(err);
    *out = srl_slot_take(pool);
    if (*out) return SURREAL_OK;
    SRL_TRY(srl_slot_wait(pool, deadline_ms, out, err));
    if (pool->is_closing) {
        if (*out) srl_slot_put(pool, *out, false);
        return srl_pool_closed(err);
    }
    if (*out) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_TIMEOUT,
                    "no connection came free within %d ms: all %zu of the "
                    "pool are in use, and %zu other threads wait",
                    timeout_ms, pool->size, pool->waiting);
}

/* ---- connections of slots --------------------------------------------- */

static void
srl_slot_disconnect(srl_slot *slot)
{
    surreal_close(slot->db);
    slot->db = NULL;
}

/* Connect an empty slot; it stays empty on failure. */
static surreal_status
srl_slot_dial(const surreal_pool *pool, srl_slot *slot, int64_t deadline_ms,
              surreal_error *err)
{
    surreal_error failure;
    surreal_status status;

    srl_error_clear(&failure);
    status = srl_twin_open(pool->pattern, NULL, deadline_ms, &slot->db,
                           &failure);
    if (status && err) *err = failure;
    return status;
}

static void
srl_pool_pinged(void *user, surreal *db, surreal_status status,
                surreal_result *result, const surreal_error *err)
{
    (void)db;
    (void)err;
    surreal_result_free(result);
    *(surreal_status *)user = status;
}

/* True if the server answers, in at most half of the time that is left: the
 * other half is for a new connection. */
static bool
srl_pool_ping(surreal *db, int64_t deadline_ms)
{
    surreal_bytes none = {NULL, 0};
    surreal_request *request = NULL;
    surreal_status pinged = SURREAL_WOULD_BLOCK;
    int64_t now = srl_os_now_ms();
    int64_t end = now + SRL_POOL_PING_MS;

    if (deadline_ms < INT64_MAX && (deadline_ms - now) / 2 < end - now) {
        end = now + (deadline_ms - now) / 2;
    }
    if (surreal_rpc_start(db, "ping", none, srl_pool_pinged, &pinged,
                          &request)) {
        return false;
    }
    while (pinged == SURREAL_WOULD_BLOCK) {
        int64_t left = end - srl_os_now_ms();

        if (left > 0) {
            surreal_wait(db, (int)left);
        } else {
            surreal_cancel(db, request); /* sets pinged */
        }
    }
    return !pinged;
}

/* True if a connection that was idle can be lent. */
static bool
srl_slot_is_alive(const surreal_pool *pool, srl_slot *slot,
                  int64_t deadline_ms)
{
    surreal *db = slot->db;

    if (!db) return false;
    surreal_step(db);
    if (surreal_get_state(db) != SURREAL_OPEN) return false;
    if (pool->idle_ms < 0) return true;
    if (srl_os_now_ms() - slot->since_ms <= pool->idle_ms) return true;
    return srl_pool_ping(db, deadline_ms);
}

/* Make sure that a slot's connection works; empty on failure. */
static surreal_status
srl_slot_ready(const surreal_pool *pool, srl_slot *slot, int64_t deadline_ms,
               surreal_error *err)
{
    if (srl_slot_is_alive(pool, slot, deadline_ms)) return SURREAL_OK;
    srl_slot_disconnect(slot);
    return srl_slot_dial(pool, slot, deadline_ms, err);
}

static int64_t
srl_pool_deadline(int timeout_ms)
{
    return timeout_ms < 0 ? INT64_MAX : srl_os_now_ms() + timeout_ms;
}

/* ---- open and close --------------------------------------------------- */

static surreal_status
srl_pool_check(const surreal_pool_options *o, surreal_error *err)
{
    int size = o->size ? o->size : SRL_POOL_SIZE;

    if (size < 1 || size > SRL_POOL_SIZE_MAX) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "pool option size is %d; it is 1 to %d, or 0 for %d",
                        size, SRL_POOL_SIZE_MAX, SRL_POOL_SIZE);
    }
    if (o->min_open > size) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "pool option min_open is %d; it is at most the size, "
                        "%d", o->min_open, size);
    }
    return SURREAL_OK;
}

static bool
srl_pool_slots_make(surreal_pool *pool)
{
    size_t i;

    pool->slots = (srl_slot *)srl_mem_resize(
        &pool->mem, NULL, 0, pool->size * sizeof *pool->slots);
    if (!pool->slots) return false;
    memset(pool->slots, 0, pool->size * sizeof *pool->slots);
    for (i = pool->size; i; i--) {
        srl_slot_free(pool, &pool->slots[i - 1]);
    }
    return true;
}

/* A pool without slots, or NULL. */
static surreal_pool *
srl_pool_new(const surreal_options *opt, const surreal_pool_options *po)
{
    surreal_pool *pool;
    srl_mem mem;

    srl_mem_init(&mem, opt ? &opt->allocator : NULL, 0);
    pool = (surreal_pool *)srl_mem_resize(&mem, NULL, 0, sizeof *pool);
    if (!pool) return NULL;
    memset(pool, 0, sizeof *pool);
    pool->mem = mem;
    pool->size = (size_t)(po->size ? po->size : SRL_POOL_SIZE);
    pool->get_ms = po->get_ms ? po->get_ms : SRL_POOL_GET_MS;
    pool->idle_ms = po->idle_ms ? po->idle_ms : SRL_POOL_IDLE_MS;
    pool->refs = 1;
    if (srl_mutex_init(&pool->lock)) {
        if (srl_cond_init(&pool->drained)) return pool;
        srl_mutex_free(&pool->lock);
    }
    srl_mem_free(&mem, pool, sizeof *pool);
    return NULL;
}

/* Connect the first slots. Nobody else has the pool yet. */
static surreal_status
srl_pool_fill(surreal_pool *pool, int min_open, surreal_error *err)
{
    srl_slot *made = NULL;
    surreal_status status = SURREAL_OK;

    while (min_open-- > 0 && !status) {
        srl_slot *slot = pool->empty;

        status = srl_slot_dial(pool, slot, INT64_MAX, err);
        if (status) break;
        pool->empty = slot->next;
        slot->since_ms = srl_os_now_ms();
        slot->next = made;
        made = slot;
    }
    while (made) {
        srl_slot *slot = made;

        made = slot->next;
        srl_slot_free(pool, slot);
    }
    return status;
}

SURREAL_API surreal_status
surreal_pool_open(const char *url, const surreal_options *opt,
                  const surreal_pool_options *pool_opt, surreal_pool **out,
                  surreal_error *err)
{
    surreal_pool_options po;
    surreal_pool *pool;
    surreal_status status = SURREAL_OK;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    *out = NULL;
    if (!url) return srl_fail(err, SURREAL_ERR_USAGE, "the url is NULL");
    memset(&po, 0, sizeof po);
    if (pool_opt) po = *pool_opt;
    SRL_TRY(srl_pool_check(&po, err));
    pool = srl_pool_new(opt, &po);
    if (!pool || !srl_pool_slots_make(pool)) {
        status = srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    }
    if (!status) {
        status = srl_conn_prepare(url, opt, &pool->pattern, err);
    }
    if (!status) {
        status = srl_pool_fill(pool, po.min_open ? po.min_open : 1, err);
    }
    if (status) {
        surreal_pool_close(pool, 0);
        return status;
    }
    *out = pool;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_pool_close(surreal_pool *pool, int wait_ms)
{
    int64_t deadline = srl_pool_deadline(wait_ms);
    surreal_status status;
    srl_getter *getter;

    if (!pool) return SURREAL_OK;
    srl_mutex_lock(&pool->lock);
    SURREAL_ASSERT(!pool->is_closing);
    pool->is_closing = true;
    for (getter = pool->first; getter; getter = getter->next) {
        srl_cond_signal(&getter->wake);
    }
    while (pool->idle) {
        srl_slot_put(pool, srl_slot_take(pool), false);
    }
    while (pool->refs > 1 && srl_os_now_ms() < deadline) {
        srl_cond_wait(&pool->drained, &pool->lock, deadline);
    }
    status = pool->refs > 1 ? SURREAL_ERR_TIMEOUT : SURREAL_OK;
    srl_pool_leave(pool);
    return status;
}

/* ---- borrowing -------------------------------------------------------- */

SURREAL_API surreal_status
surreal_pool_get(surreal_pool *pool, int timeout_ms, surreal **out,
                 surreal_error *err)
{
    int64_t deadline;
    srl_slot *slot = NULL;
    surreal_status status;

    srl_error_clear(err);
    if (out) *out = NULL;
    if (!pool || !out) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s is NULL",
                        pool ? "out" : "the pool");
    }
    if (!timeout_ms) timeout_ms = pool->get_ms;
    deadline = srl_pool_deadline(timeout_ms);
    srl_pool_enter(pool);
    status = srl_slot_get(pool, timeout_ms, deadline, &slot, err);
    if (!status) {
        srl_mutex_unlock(&pool->lock);
        status = srl_slot_ready(pool, slot, deadline, err);
        srl_mutex_lock(&pool->lock);
        if (!status && pool->is_closing) status = srl_pool_closed(err);
        if (status) {
            srl_slot_put(pool, slot, false);
        } else {
            slot->lent = slot->db;
            *out = slot->db;
            pool->refs++; /* the borrower's */
        }
    }
    srl_pool_leave(pool);
    return status;
}

static bool
srl_pool_may_keep(const surreal *db)
{
    return surreal_get_state(db) == SURREAL_OPEN && !surreal_pending(db) &&
           srl_pool_is_clean(db);
}

SURREAL_API surreal_status
surreal_pool_put(surreal_pool *pool, surreal *db)
{
    srl_slot *slot = NULL;
    size_t i;

    if (!db) return SURREAL_OK;
    if (!pool) return SURREAL_ERR_USAGE;
    srl_mutex_lock(&pool->lock);
    for (i = 0; i < pool->size && !slot; i++) {
        if (pool->slots[i].lent == db) slot = &pool->slots[i];
    }
    if (!slot) {
        srl_mutex_unlock(&pool->lock);
        return SURREAL_ERR_USAGE;
    }
    slot->lent = NULL;
    srl_slot_put(pool, slot, srl_pool_may_keep(db));
    srl_pool_leave(pool);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_pool_query(surreal_pool *pool, const char *text, surreal_vars vars,
                   surreal_result **out, surreal_error *err)
{
    surreal *db = NULL;
    surreal_status status;

    if (out) *out = NULL;
    SRL_TRY(surreal_pool_get(pool, 0, &db, err));
    status = surreal_query(db, text, vars, out);
    if (status && err) *err = *surreal_last_error(db);
    surreal_pool_put(pool, db);
    return status;
}

SURREAL_API surreal_pool_stats
surreal_pool_get_stats(surreal_pool *pool)
{
    surreal_pool_stats stats = {0, 0, 0, 0, 0};

    if (!pool) return stats;
    srl_pool_enter(pool);
    stats.size = pool->size;
    stats.idle = pool->idle_count;
    stats.borrowed = pool->taken;
    stats.open = stats.idle + stats.borrowed;
    stats.waiting = pool->waiting;
    srl_pool_leave(pool);
    return stats;
}

/* ---- batches ---------------------------------------------------------- */

typedef struct srl_work srl_work;

/* A slot that a batch holds, and the job its connection carries. */
typedef struct srl_lane {
    srl_work *batch;
    srl_slot *slot;   /* NULL: given back */
    surreal_job *job; /* in flight, or NULL */
    bool was_open;    /* this connection came to work */
} srl_lane;

struct srl_work {
    surreal_pool *pool;
    surreal_job *jobs;
    size_t count;
    size_t next;         /* first job not begun */
    size_t ended;
    srl_lane *lanes;
    size_t lane_count;
    size_t lanes_held;
    struct pollfd *set;  /* one for each lane */
    surreal_error reason; /* why the last lane to fail did */
};

static void
srl_job_end(srl_work *batch, surreal_job *job, surreal_status status,
            surreal_result *result, const surreal_error *err)
{
    job->status = status;
    job->result = result;
    if (status) job->error = *err;
    batch->ended++;
}

static void
srl_lane_done(void *user, surreal *db, surreal_status status,
              surreal_result *result, const surreal_error *err)
{
    srl_lane *lane = (srl_lane *)user;

    (void)db;
    srl_job_end(lane->batch, lane->job, status, result, err);
    lane->job = NULL;
}

static void
srl_lane_leave(srl_lane *lane)
{
    surreal_pool *pool = lane->batch->pool;
    srl_slot *slot = lane->slot;

    SURREAL_ASSERT(!lane->job);
    lane->slot = NULL;
    lane->batch->lanes_held--;
    srl_mutex_lock(&pool->lock);
    srl_slot_put(pool, slot, slot->db && srl_pool_may_keep(slot->db));
    srl_mutex_unlock(&pool->lock);
}

/* Begin a new connection in place of one that worked once. The lane ends if
 * that one failed while it was being made, or no other can be begun. */
static void
srl_lane_dial(srl_lane *lane)
{
    surreal_pool *pool = lane->batch->pool;
    srl_slot *slot = lane->slot;
    surreal_error failure;
    bool failed = !lane->was_open;

    if (failed) {
        failure = *surreal_last_error(slot->db);
    } else {
        srl_slot_disconnect(slot);
        srl_error_clear(&failure);
        failed = srl_twin_start(pool->pattern, NULL, &slot->db, &failure) !=
                 SURREAL_OK;
    }
    lane->was_open = false;
    if (failed) {
        lane->batch->reason = failure;
        srl_lane_leave(lane);
    }
}

/* Take a slot over. An old connection is replaced, not asked: a batch does
 * not wait for one server while others could work. */
static void
srl_lane_begin(srl_work *batch, srl_slot *slot)
{
    srl_lane *lane = &batch->lanes[batch->lane_count++];
    surreal_pool *pool = batch->pool;
    int64_t idle = srl_os_now_ms() - slot->since_ms;

    lane->batch = batch;
    lane->slot = slot;
    lane->job = NULL;
    lane->was_open = true;
    batch->lanes_held++;
    if (!slot->db || (pool->idle_ms >= 0 && idle > pool->idle_ms)) {
        srl_lane_dial(lane);
    }
}

/* Begin the next job; false if the connection takes none now. */
static bool
srl_lane_start(srl_lane *lane)
{
    srl_work *batch = lane->batch;
    surreal_job *job = &batch->jobs[batch->next];
    surreal *db = lane->slot->db;
    surreal_status status;

    lane->job = job;
    status = surreal_query_start(db, job->text, job->vars, srl_lane_done,
                                 lane, NULL);
    if (status) lane->job = NULL;
    if (status == SURREAL_WOULD_BLOCK) return false;
    batch->next++;
    if (status) srl_job_end(batch, job, status, NULL, surreal_last_error(db));
    return true;
}

/* Do what a lane can do without waiting. */
static void
srl_lane_step(srl_lane *lane)
{
    srl_work *batch = lane->batch;

    while (lane->slot) {
        surreal *db = lane->slot->db;
        surreal_state state;

        surreal_step(db);
        state = surreal_get_state(db);
        if (state == SURREAL_OPEN) lane->was_open = true;
        if (lane->job) return;
        if (batch->next == batch->count) {
            srl_lane_leave(lane);
        } else if (state == SURREAL_CONNECTING) {
            return;
        } else if (state != SURREAL_OPEN) {
            srl_lane_dial(lane);
        } else if (!srl_lane_start(lane)) {
            return;
        }
    }
}

/* Wait until a lane can go on, then let all go on that can. */
static void
srl_work_wait(srl_work *batch)
{
    int timeout = -1;
    size_t i;

    for (i = 0; i < batch->lane_count; i++) {
        srl_slot *slot = batch->lanes[i].slot;
        int left = slot ? surreal_deadline_ms(slot->db) : -1;

        batch->set[i].fd = slot ? surreal_fd(slot->db) : -1;
        batch->set[i].events = slot ? surreal_wants(slot->db) : (short)0;
        batch->set[i].revents = 0;
        if (left >= 0 && (timeout < 0 || left < timeout)) timeout = left;
    }
    srl_sock_wait_any(batch->set, batch->lane_count, timeout);
    for (i = 0; i < batch->lane_count; i++) {
        srl_lane *lane = &batch->lanes[i];

        if (!lane->slot) continue;
        if (batch->set[i].revents || !surreal_deadline_ms(lane->slot->db)) {
            srl_lane_step(lane);
        }
    }
}

/* The first slot is waited for, the others are taken if they are free. */
static void
srl_work_take(srl_work *batch, size_t parallel)
{
    surreal_pool *pool = batch->pool;
    srl_slot *slot = NULL;

    srl_mutex_lock(&pool->lock);
    if (srl_slot_get(pool, pool->get_ms, srl_pool_deadline(pool->get_ms),
                     &slot, &batch->reason)) {
        slot = NULL;
    }
    srl_mutex_unlock(&pool->lock);
    while (slot) {
        srl_lane_begin(batch, slot);
        if (batch->lane_count == parallel) break;
        srl_mutex_lock(&pool->lock);
        slot = pool->is_closing ? NULL : srl_slot_take(pool);
        srl_mutex_unlock(&pool->lock);
    }
}

/* The jobs that were never begun, when there is nobody left to begin them. */
static void
srl_work_give_up(srl_work *batch)
{
    while (batch->next < batch->count) {
        srl_job_end(batch, &batch->jobs[batch->next++], batch->reason.status,
                    NULL, &batch->reason);
    }
}

/* All jobs with `parallel` lanes, whose memory is there. */
static void
srl_work_all(srl_work *batch, size_t parallel)
{
    size_t i;

    srl_work_take(batch, parallel);
    for (i = 0; i < batch->lane_count; i++) {
        srl_lane_step(&batch->lanes[i]);
    }
    while (batch->lanes_held) {
        srl_work_wait(batch);
    }
    srl_work_give_up(batch);
}

static void
srl_work_lanes(srl_work *batch, size_t parallel)
{
    srl_mem mem;
    size_t lanes_len = parallel * sizeof(srl_lane);
    size_t set_len = parallel * sizeof(struct pollfd);

    srl_mem_init(&mem, &batch->pool->pattern->conn->options.allocator, 0);
    batch->lanes = (srl_lane *)srl_mem_resize(&mem, NULL, 0, lanes_len);
    batch->set = (struct pollfd *)srl_mem_resize(&mem, NULL, 0, set_len);
    if (batch->lanes && batch->set) {
        srl_work_all(batch, parallel);
    } else {
        srl_fail(&batch->reason, SURREAL_ERR_NOMEM, "out of memory");
        srl_work_give_up(batch);
    }
    SURREAL_ASSERT(batch->ended == batch->count);
    srl_mem_free(&mem, batch->set, set_len);
    srl_mem_free(&mem, batch->lanes, lanes_len);
}

SURREAL_API surreal_status
surreal_pool_run(surreal_pool *pool, surreal_job *jobs, size_t count,
                 int parallel, surreal_error *err)
{
    size_t lanes = (size_t)parallel;
    srl_work batch;
    size_t i;

    srl_error_clear(err);
    if (!pool || (!jobs && count)) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s NULL",
                        pool ? "the jobs are" : "the pool is");
    }
    if (parallel < 0) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "parallel is %d; it is 1 or more, or 0 for the size "
                        "of the pool", parallel);
    }
    if (!count) return SURREAL_OK;
    memset(&batch, 0, sizeof batch);
    batch.pool = pool;
    batch.jobs = jobs;
    batch.count = count;
    for (i = 0; i < count; i++) {
        jobs[i].result = NULL;
        srl_error_clear(&jobs[i].error);
    }
    if (!parallel || lanes > pool->size) lanes = pool->size;
    if (lanes > count) lanes = count;
    srl_pool_enter(pool);
    srl_mutex_unlock(&pool->lock);
    srl_work_lanes(&batch, lanes);
    srl_mutex_lock(&pool->lock);
    srl_pool_leave(pool);
    for (i = 0; i < count && !jobs[i].status; i++) {
        continue;
    }
    if (i == count) return SURREAL_OK;
    if (err) *err = jobs[i].error;
    return jobs[i].status;
}

#endif

/*===========================================================================
 * client/env.c: configuration from the environment.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/client/env.c"
#endif


#define SRL_ENV_PREFIX 64
/* The longest name behind a prefix is RETRY_MAX_ATTEMPTS. */
#define SRL_ENV_NAME (SRL_ENV_PREFIX + 24)

/* One variable: its whole name, and its value or NULL. */
typedef struct srl_env_var {
    char name[SRL_ENV_NAME];
    const char *value;
} srl_env_var;

static bool
srl_env_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
srl_env_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of a name of letters, digits and '_'; 0 if it is none. */
static size_t
srl_env_name_len(const char *name)
{
    size_t n = 0;

    if (!name || srl_env_is_digit(name[0])) return 0;
    while (srl_env_is_letter(name[n]) || srl_env_is_digit(name[n])) n++;
    return name[n] ? 0 : n;
}

/* A name is checked before: prefix and name fit. */
static void
srl_env_find(const char *prefix, const char *name, srl_env_var *out)
{
    int len = snprintf(out->name, sizeof out->name, "%s%s", prefix, name);

    SURREAL_ASSERT(len > 0 && (size_t)len < sizeof out->name);
    (void)len;
    out->value = getenv(out->name);
}

/* Text that may not be empty; NULL if it is not set. */
static surreal_status
srl_env_text(const char *prefix, const char *name, const char **out,
             surreal_error *err)
{
    srl_env_var var;

    srl_env_find(prefix, name, &var);
    *out = var.value;
    if (!var.value) return SURREAL_OK;
    if (!var.value[0]) {
        return srl_fail(err, SURREAL_ERR_SYNTAX,
                        "%s is empty: give it a value or unset it", var.name);
    }
    if (!srl_utf8_valid((const uint8_t *)var.value, strlen(var.value))) {
        return srl_fail(err, SURREAL_ERR_UTF8, "%s is not UTF-8", var.name);
    }
    return SURREAL_OK;
}

/* Digits, and up to three more behind a point, as thousandths; -1 for
 * anything else and for what is beyond a million. */
static int64_t
srl_env_thousandths(const char *text)
{
    int64_t n = 0;
    int digits = 0;
    int places = 0;

    for (; srl_env_is_digit(*text); text++, digits++) {
        if (n <= 1000000) n = n * 10 + (*text - '0');
    }
    if (!digits) return -1;
    if (n > 1000000) n = 1000001;
    if (*text == '.') {
        for (text++; srl_env_is_digit(*text) && places < 3; places++) {
            n = n * 10 + (*text++ - '0');
        }
        if (!places) return -1;
    }
    for (; places < 3; places++) n *= 10;
    return *text ? -1 : n;
}

/* What a number may be: in whole units, though it is read in thousandths. */
typedef struct srl_env_number {
    const char *name;
    int min;
    int max;
    int standard;
    bool is_whole;
    const char *unit; /* "seconds", or "" */
} srl_env_number;

static surreal_status
srl_env_read_number(const char *prefix, const srl_env_number *number,
                    int64_t *out, surreal_error *err)
{
    const char *space = number->unit[0] ? " " : "";
    srl_env_var var;
    surreal_status status = SURREAL_OK;

    srl_env_find(prefix, number->name, &var);
    *out = (int64_t)number->standard * 1000;
    if (!var.value) return SURREAL_OK;
    *out = srl_env_thousandths(var.value);
    if (*out < 0 || (number->is_whole && strchr(var.value, '.'))) {
        status = SURREAL_ERR_SYNTAX;
    } else if (*out < (int64_t)number->min * 1000 ||
               *out > (int64_t)number->max * 1000) {
        status = SURREAL_ERR_RANGE;
    }
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "%s is '%.40s': expected %s of %d to %d%s%s",
                    var.name, var.value,
                    number->is_whole ? "a whole number" : "a number",
                    number->min, number->max, space, number->unit);
}

static surreal_status
srl_env_missing(const char *prefix, const char *name, const char *because,
                surreal_error *err)
{
    return srl_fail(err, SURREAL_ERR_MISSING, "%s%s is not set: %s", prefix,
                    name, because);
}

static surreal_status
srl_env_read_url(const char *prefix, surreal_env *out, surreal_error *err)
{
    surreal_error why;
    surreal_status status;
    srl_url url;

    SRL_TRY(srl_env_text(prefix, "URL", &out->url, err));
    if (!out->url) {
        return srl_env_missing(prefix, "URL",
                               "it is the server's address, such as "
                               "ws://127.0.0.1:8000", err);
    }
    status = srl_url_parse(&url, out->url, strlen(out->url), &why);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "%sURL: %s", prefix, why.message);
}

static surreal_status
srl_env_read_names(const char *prefix, surreal_options *o,
                   surreal_error *err)
{
    srl_env_var pass;

    SRL_TRY(srl_env_text(prefix, "NAMESPACE", &o->ns, err));
    SRL_TRY(srl_env_text(prefix, "DATABASE", &o->db, err));
    SRL_TRY(srl_env_text(prefix, "USERNAME", &o->user, err));
    srl_env_find(prefix, "PASSWORD", &pass);
    o->pass = pass.value;
    if (o->db && !o->ns) {
        return srl_env_missing(prefix, "NAMESPACE",
                               "a database is inside a namespace", err);
    }
    if (!o->user != !o->pass) {
        return srl_env_missing(prefix, o->user ? "PASSWORD" : "USERNAME",
                               "user name and password come together", err);
    }
    if (o->pass &&
        !srl_utf8_valid((const uint8_t *)o->pass, strlen(o->pass))) {
        return srl_fail(err, SURREAL_ERR_UTF8, "%s is not UTF-8", pass.name);
    }
    return SURREAL_OK;
}

static surreal_status
srl_env_read_numbers(const char *prefix, surreal_env *out, surreal_error *err)
{
    static const srl_env_number numbers[] = {
        {"TIMEOUT", 1, 86400, 30, false, "seconds"},
        {"MAX_CONNECTIONS", 1, 100, 10, true, ""},
        {"RETRY_MAX_ATTEMPTS", 1, 100, 3, true, ""},
        {"RETRY_MIN_WAIT", 0, 3600, 1, false, "seconds"},
        {"RETRY_MAX_WAIT", 0, 3600, 10, false, "seconds"},
        {"RETRY_MULTIPLIER", 1, 100, 2, false, ""}};
    int64_t v[6];
    size_t i;

    for (i = 0; i < 6; i++) {
        SRL_TRY(srl_env_read_number(prefix, &numbers[i], &v[i], err));
    }
    out->options.connect_ms = (int)v[0];
    out->options.timeout_ms = (int)v[0];
    out->pool.size = (int)(v[1] / 1000);
    out->retry_attempts = (int)(v[2] / 1000);
    out->retry_min_ms = (int)v[3];
    out->retry_max_ms = (int)v[4];
    out->retry_multiplier = (double)v[5] / 1000;
    if (v[4] < v[3]) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "%sRETRY_MAX_WAIT is %d ms, less than "
                        "%sRETRY_MIN_WAIT, %d ms", prefix,
                        out->retry_max_ms, prefix, out->retry_min_ms);
    }
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_options_from_env(const char *prefix, surreal_env *out,
                         surreal_error *err)
{
    size_t len = srl_env_name_len(prefix);
    surreal_status status;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    memset(out, 0, sizeof *out);
    if (!len || len > SRL_ENV_PREFIX) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the prefix '%.80s' is not 1 to %d letters, digits "
                        "and '_' beginning with no digit",
                        prefix ? prefix : "(NULL)", SRL_ENV_PREFIX);
    }
    status = srl_env_read_url(prefix, out, err);
    if (!status) status = srl_env_read_names(prefix, &out->options, err);
    if (!status) status = srl_env_read_numbers(prefix, out, err);
    if (status) memset(out, 0, sizeof *out);
    return status;
}

SURREAL_API surreal_status
surreal_env_prefix(const char *name, char *out, size_t cap)
{
    static const char lead[] = "SURQL_";
    size_t len = srl_env_name_len(name);
    size_t at = sizeof lead - 1;
    size_t i;

    if (!out) return SURREAL_ERR_USAGE;
    if (cap) out[0] = '\0';
    if (!len) return SURREAL_ERR_SYNTAX;
    if (len > SRL_ENV_PREFIX - sizeof lead || cap < sizeof lead + len + 1) {
        return SURREAL_ERR_TOO_LONG;
    }
    memcpy(out, lead, at);
    for (i = 0; i < len; i++) {
        char c = name[i];

        out[at++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    memcpy(out + at, "_", 2);
    return SURREAL_OK;
}

/*===========================================================================
 * model/model.h: structs described by tables.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/model/model.h"
#endif
#ifndef SRL_MODEL_H
#define SRL_MODEL_H


/* ---- model/walk.c ----------------------------------------------------------
 *
 * A failure is described where it is found, and its path is put together on
 * the way out, innermost part first, so that success never touches it.
 */
typedef struct srl_where {
    surreal_status status;
    size_t offset;
    char why[160];
    char path[112]; /* filled from its end; path[sizeof path - 1] is NUL */
    size_t path_at;
    bool path_cut;
} srl_where;

SRL_FN void srl_where_init(srl_where *where);
SRL_FN void srl_where_fail(srl_where *where, surreal_status status,
                           const char *fmt, ...) SURREAL_PRINTF(3, 4);
SRL_FN void srl_where_key(srl_where *where, const surreal_model *model,
                          const surreal_field_desc *field);
SRL_FN void srl_where_index(srl_where *where, size_t index);
/* Fill *err, "person.lines[3].qty: " and why; returns the status. */
SRL_FN surreal_status srl_where_tell(srl_where *where,
                                     const surreal_model *model,
                                     bool has_offset, surreal_error *err);

/* The column of a field. */
SRL_FN surreal_str srl_field_name(const surreal_model *model,
                                  const surreal_field_desc *field);
/* The C type of a member as SurrealQL calls it: "int". */
SRL_FN const char *srl_member_name(unsigned member);
/* Where elements and count of an array member are. */
typedef struct srl_slice {
    const uint8_t *v;
    size_t count;
} srl_slice;

SRL_FN srl_slice srl_slice_of(const surreal_items *items,
                              const uint8_t *member);
/* The offset of `count` behind inline elements. */
SRL_FN size_t srl_items_count_at(const surreal_items *items);

SRL_INLINE const void *
srl_field_sub(const surreal_model *model, const surreal_field_desc *field)
{
    if (field->sub == SURREAL_NO_SUB) return NULL;
    if (field->member == SURREAL_MEMBER_CHARS) return NULL;
    return model->subs[field->sub];
}

/* Bits of a struct; where: 0 set_, mark_at, null_at. */
SRL_INLINE bool
srl_bit_at(const uint8_t *row, unsigned at, unsigned bit)
{
    uint64_t word;

    memcpy(&word, row + ((size_t)at + (bit >> 6)) * 8, sizeof word);
    return (word >> (bit & 63) & 1) != 0;
}

SRL_INLINE bool
srl_field_is_null(const surreal_model *model, const uint8_t *row,
                  const surreal_field_desc *field)
{
    return model->null_at && srl_bit_at(row, model->null_at, field->bit);
}

SRL_INLINE uint64_t
srl_word_at(const uint8_t *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

SRL_INLINE uint32_t
srl_half_word_at(const uint8_t *p)
{
    uint32_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

/* Equality of short byte strings, overlapping words at a time; len > 0. */
SRL_INLINE bool
srl_bytes_same(const uint8_t *a, const uint8_t *b, size_t len)
{
    if (len > 16) return !memcmp(a, b, len);
    if (len >= 8) {
        return srl_word_at(a) == srl_word_at(b) &&
               srl_word_at(a + len - 8) == srl_word_at(b + len - 8);
    }
    if (len >= 4) {
        return srl_half_word_at(a) == srl_half_word_at(b) &&
               srl_half_word_at(a + len - 4) == srl_half_word_at(b + len - 4);
    }
    return a[0] == b[0] && a[len / 2] == b[len / 2] &&
           a[len - 1] == b[len - 1];
}

/* ---- model/encode.c ----------------------------------------------------- */

/* Append a struct to a buffer as one object. On failure buf holds a part of
 * it and is to be cut back by the caller. */
SRL_FN surreal_status srl_model_encode(srl_buf *buf,
                                       const surreal_model *model,
                                       const void *row, surreal_send what,
                                       int server_major, surreal_error *err);

#endif

/*===========================================================================
 * model/walk.c: what reading, writing and comparing structs share.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/model/walk.c"
#endif


SRL_FN void
srl_where_init(srl_where *where)
{
    where->status = SURREAL_OK;
    where->offset = 0;
    where->why[0] = '\0';
    where->path_at = sizeof where->path - 1;
    where->path[where->path_at] = '\0';
    where->path_cut = false;
}

SRL_FN void
srl_where_fail(srl_where *where, surreal_status status, const char *fmt, ...)
{
    va_list args;

    where->status = status;
    va_start(args, fmt);
    vsnprintf(where->why, sizeof where->why, fmt, args);
    va_end(args);
}

/* The innermost parts matter most: what does not fit in front is cut. */
static void
srl_where_put(srl_where *where, const char *text, size_t len)
{
    if (where->path_cut) return;
    if (len + 3 > where->path_at) {
        where->path_cut = true;
        where->path_at -= 3;
        memcpy(where->path + where->path_at, "...", 3);
        return;
    }
    where->path_at -= len;
    memcpy(where->path + where->path_at, text, len);
}

SRL_FN surreal_str
srl_field_name(const surreal_model *model, const surreal_field_desc *field)
{
    const uint8_t *key = (const uint8_t *)model->pool + field->key;
    surreal_str name;

    srl_cbor_text_at(key, &name);
    return name;
}

SRL_FN void
srl_where_key(srl_where *where, const surreal_model *model,
              const surreal_field_desc *field)
{
    surreal_str name = srl_field_name(model, field);

    srl_where_put(where, name.ptr, name.len);
    srl_where_put(where, ".", 1);
}

SRL_FN void
srl_where_index(srl_where *where, size_t index)
{
    char text[32];
    int len = snprintf(text, sizeof text, "[%lu]", (unsigned long)index);

    srl_where_put(where, text, (size_t)len);
}

SRL_FN surreal_status
srl_where_tell(srl_where *where, const surreal_model *model, bool has_offset,
               surreal_error *err)
{
    const char *path = where->path + where->path_at;
    const char *plain = *path == '.' ? path + 1 : path;
    char at[40];

    SURREAL_ASSERT(where->status != SURREAL_OK);
    at[0] = '\0';
    if (has_offset) {
        snprintf(at, sizeof at, " at byte %lu",
                 (unsigned long)where->offset);
    }
    srl_fail(err, where->status, "%s%s: %s%s", model->name, path, where->why,
             at);
    if (err) {
        err->at = where->offset;
        srl_text_copy(err->path, sizeof err->path, plain, strlen(plain));
    }
    return where->status;
}

SRL_FN const char *
srl_member_name(unsigned member)
{
    switch (member) {
    case SURREAL_MEMBER_BOOL: return "bool";
    case SURREAL_MEMBER_INT: return "int";
    case SURREAL_MEMBER_FLOAT: return "float";
    case SURREAL_MEMBER_DECIMAL: return "decimal";
    case SURREAL_MEMBER_NUMBER: return "number";
    case SURREAL_MEMBER_STRING:
    case SURREAL_MEMBER_CHARS: return "string";
    case SURREAL_MEMBER_BYTES: return "bytes";
    case SURREAL_MEMBER_DATETIME: return "datetime";
    case SURREAL_MEMBER_DURATION: return "duration";
    case SURREAL_MEMBER_UUID: return "uuid";
    case SURREAL_MEMBER_RECORD: return "record";
    case SURREAL_MEMBER_POINT: return "point";
    case SURREAL_MEMBER_FILE: return "file";
    case SURREAL_MEMBER_ENUM: return "enum";
    case SURREAL_MEMBER_STRUCT: return "object";
    case SURREAL_MEMBER_ARRAY: return "array";
    default: return "any";
    }
}

SRL_FN size_t
srl_items_count_at(const surreal_items *items)
{
    size_t len = (size_t)items->size * items->max;

    return (len + sizeof(size_t) - 1) / sizeof(size_t) * sizeof(size_t);
}

SRL_FN srl_slice
srl_slice_of(const surreal_items *items, const uint8_t *member)
{
    srl_slice slice;

    if (items->is_inline) {
        slice.v = member;
        memcpy(&slice.count, member + srl_items_count_at(items),
               sizeof slice.count);
        return slice;
    }
    memcpy(&slice, member, sizeof slice);
    return slice;
}

/*===========================================================================
 * model/decode.c: objects into structs.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/model/decode.c"
#endif

/* The server sends the keys of an object sorted by their bytes, and the table
 * of a struct is sorted the same way, so the next key is nearly always the
 * next entry: its head and name are compared at once, and the entry says what
 * to do with the value. Any other order works by searching.
 *
 * Every kind of value has one common form, which is read in place; whatever
 * does not look like it takes the long way through the getters of value/,
 * which also find out what is wrong. Text is copied to the arena once, where
 * it gets its NUL; room for it is the rest of the arena's chunk, used byte by
 * byte.
 *
 * The bytes were checked, so nothing here can run past them; the depth is
 * that of the tables or of the message, whichever is less, and both have a
 * bound. */


typedef struct srl_decoder {
    const surreal_document *doc;
    const uint8_t *end;   /* of the message */
    uint8_t *room;        /* for text */
    uint8_t *room_end;
    srl_where where;
} srl_decoder;

/* How a value stands in for one. */
typedef enum srl_state {
    SRL_STATE_VALUE = 0,
    SRL_STATE_NONE,
    SRL_STATE_NULL
} srl_state;

static const uint8_t *srl_decode_object(srl_decoder *d,
                                        const surreal_model *model,
                                        const uint8_t *at, uint8_t *out);
static const uint8_t *srl_decode_array(srl_decoder *d,
                                       const surreal_items *items,
                                       const uint8_t *at, uint8_t *out);

/* ---- memory ------------------------------------------------------------- */

/* Give what is left of the text room back to the arena. */
static void
srl_decode_return(srl_decoder *d)
{
    srl_arena *arena = d->doc->arena;
    size_t left = (size_t)(d->room_end - d->room);

    if (d->room == d->room_end) {
        arena->at = arena->end;
        return;
    }
    arena->at = arena->end - (left & ~(size_t)15);
}

static void
srl_decode_borrow(srl_decoder *d)
{
    d->room = d->doc->arena->at;
    d->room_end = d->doc->arena->end;
}

static void *
srl_decode_alloc(srl_decoder *d, size_t count, size_t size)
{
    void *block;

    srl_decode_return(d);
    block = srl_arena_array(d->doc->arena, count, size);
    srl_decode_borrow(d);
    if (!block) srl_where_fail(&d->where, SURREAL_ERR_NOMEM, "out of memory");
    return block;
}

/* Copy text when the room does not obviously suffice. */
static const char *
srl_decode_text_slow(srl_decoder *d, const uint8_t *text, size_t len)
{
    size_t left = (size_t)(d->room_end - d->room);
    uint8_t *copy = d->room;

    if (len < left) {
        d->room += len + 1;
    } else {
        copy = (uint8_t *)srl_decode_alloc(d, 1, len + 1);
        if (!copy) return NULL;
    }
    if (len) memcpy(copy, text, len);
    copy[len] = 0;
    return (const char *)copy;
}

/* Short text is copied in blocks of 16 when both sides have them. */
SRL_INLINE const char *
srl_decode_text(srl_decoder *d, const uint8_t *text, size_t len)
{
    uint8_t *copy = d->room;

    if (SRL_UNLIKELY(len > 32 || (size_t)(d->room_end - copy) < 33 ||
                     (size_t)(d->end - text) < 32)) {
        return srl_decode_text_slow(d, text, len);
    }
    memcpy(copy, text, 16);
    if (len > 16) memcpy(copy + 16, text + 16, 16);
    copy[len] = 0;
    d->room = copy + len + 1;
    return (const char *)copy;
}

/* ---- keys --------------------------------------------------------------- */

/* True if the key at `at` is spelled exactly like `key`. The head is compared
 * first: when it is equal, so is the length, and the bytes are there. */
SRL_INLINE bool
srl_key_is(const uint8_t *at, const uint8_t *key, size_t len)
{
    if (at[0] != key[0]) return false;
    if (SRL_UNLIKELY(key[0] >= 0x78)) {
        size_t head = key[0] == 0x78 ? 2 : 3;

        return !memcmp(at, key, head) &&
               !memcmp(at + head, key + head, len - head);
    }
    return srl_bytes_same(at, key, len);
}

/* ---- the common forms --------------------------------------------------- */

/* The text after a head of definite length; NULL if there is none. */
SRL_INLINE const uint8_t *
srl_decode_head(const uint8_t *at, size_t *len)
{
    unsigned first = at[0];

    if (SRL_LIKELY(first - 0x60u < 24u)) {
        *len = first - 0x60u;
        return at + 1;
    }
    if (first == 0x78) {
        *len = at[1];
        return at + 2;
    }
    if (first == 0x79) {
        *len = srl_load16(at + 1);
        return at + 3;
    }
    if (first == 0x7a) {
        *len = srl_load32(at + 1);
        return at + 5;
    }
    return NULL;
}

SRL_INLINE const uint8_t *
srl_decode_str(srl_decoder *d, const uint8_t *at, surreal_str *out)
{
    const char *copy;
    size_t len;

    at = srl_decode_head(at, &len);
    if (!at) return NULL;
    copy = srl_decode_text(d, at, len);
    if (!copy) return NULL;
    out->ptr = copy;
    out->len = len;
    return at + len;
}

SRL_INLINE const uint8_t *
srl_decode_int(const uint8_t *at, int64_t *out)
{
    srl_cbor_head head;

    if (at[0] >= 0x3c) return NULL;
    at = srl_cbor_head_at(at, &head);
    if (head.arg > (uint64_t)INT64_MAX || head.info > 27) return NULL;
    *out = (int64_t)head.arg;
    if (head.major) *out = -1 - *out;
    return at;
}

SRL_INLINE const uint8_t *
srl_decode_float(const uint8_t *at, uint8_t *out)
{
    double v;

    if (at[0] == 0xfb) {
        v = srl_bits_to_double(srl_load64(at + 1));
        memcpy(out, &v, sizeof v);
        return at + 9;
    }
    if (at[0] == 0xf9) {
        v = srl_half_to_double(srl_load16(at + 1));
        memcpy(out, &v, sizeof v);
        return at + 3;
    }
    if (at[0] == 0xfa) {
        v = srl_single_to_double(srl_load32(at + 1));
        memcpy(out, &v, sizeof v);
        return at + 5;
    }
    return NULL;
}

SRL_INLINE const uint8_t *
srl_decode_datetime(const uint8_t *at, surreal_datetime *out)
{
    int64_t sec;
    int64_t nsec;

    if (at[0] != 0xcc || at[1] != 0x82) return NULL;
    at = srl_decode_int(at + 2, &sec);
    if (!at) return NULL;
    at = srl_decode_int(at, &nsec);
    if (!at || nsec < 0 || nsec > 999999999) return NULL;
    out->sec = sec;
    out->nsec = (uint32_t)nsec;
    return at;
}

/* A record id with an integer or text key. `table` is the only one allowed,
 * with its head, or NULL; its text is the descriptor's then, which outlives
 * everything. */
SRL_INLINE const uint8_t *
srl_decode_record(srl_decoder *d, const uint8_t *table, const uint8_t *at,
                  surreal_record_id *out)
{
    int64_t key;

    if (at[0] != 0xc8 || at[1] != 0x82) return NULL;
    if (table) {
        size_t len = table[0] & 31;

        if (table[0] >= 0x78 || !srl_key_is(at + 2, table, len + 1)) {
            return NULL;
        }
        out->table.ptr = (const char *)table + 1;
        out->table.len = len;
        at += len + 3;
    } else {
        at = srl_decode_str(d, at + 2, &out->table);
        if (!at) return NULL;
    }
    if (at[0] >= 0x60) {
        out->kind = SURREAL_KEY_STRING;
        return srl_decode_str(d, at, &out->key.s);
    }
    at = srl_decode_int(at, &key);
    if (!at) return NULL;
    out->kind = SURREAL_KEY_INT;
    out->key.i = key;
    return at;
}

SRL_INLINE const uint8_t *
srl_decode_raw(srl_decoder *d, const uint8_t *at, surreal_raw *out)
{
    if (at[0] == 0xc6) return NULL; /* NONE is no value */
    out->value.doc = d->doc;
    out->value.at = at;
    out->cbor.ptr = NULL;
    out->cbor.len = 0;
    return srl_cbor_skip(at);
}

/* Read a value in its common form; NULL if it is in another one, or after a
 * failure. Few members have a sub: it is fetched where it is wanted. */
SRL_INLINE const uint8_t *
srl_decode_fast(srl_decoder *d, unsigned member, const void *const *subs,
                unsigned sub, const uint8_t *at, uint8_t *out)
{
    void *to = out; /* a member, so it is aligned */

    switch (member) {
    case SURREAL_MEMBER_BOOL:
        if ((at[0] & 0xfe) != SRL_CBOR_FALSE) return NULL;
        *out = at[0] & 1;
        return at + 1;
    case SURREAL_MEMBER_INT: {
        int64_t v;

        at = srl_decode_int(at, &v);
        if (at) memcpy(out, &v, sizeof v);
        return at;
    }
    case SURREAL_MEMBER_FLOAT: return srl_decode_float(at, out);
    case SURREAL_MEMBER_DECIMAL:
        if (at[0] != 0xca) return NULL;
        return srl_decode_str(d, at + 1, (surreal_str *)to);
    case SURREAL_MEMBER_STRING:
        return srl_decode_str(d, at, (surreal_str *)to);
    case SURREAL_MEMBER_DATETIME:
        at = srl_decode_datetime(at, (surreal_datetime *)to);
        return at && !srl_datetime_check(*(surreal_datetime *)to) ? at : NULL;
    case SURREAL_MEMBER_UUID:
        if (at[0] != 0xd8 || at[1] != SRL_TAG_UUID || at[2] != 0x50) {
            return NULL;
        }
        memcpy(out, at + 3, 16);
        return at + 19;
    case SURREAL_MEMBER_RECORD:
        return srl_decode_record(
            d, sub == SURREAL_NO_SUB ? NULL : (const uint8_t *)subs[sub], at,
            (surreal_record_id *)to);
    case SURREAL_MEMBER_STRUCT:
        return srl_decode_object(d, (const surreal_model *)subs[sub], at,
                                 out);
    case SURREAL_MEMBER_ARRAY:
        return srl_decode_array(d, (const surreal_items *)subs[sub], at, out);
    case SURREAL_MEMBER_RAW:
        return srl_decode_raw(d, at, (surreal_raw *)to);
    default: return NULL;
    }
}

/* ---- the long way ------------------------------------------------------- */

static surreal_status
srl_decode_enum(const surreal_enum *e, surreal_value v, int *out)
{
    surreal_status status;
    surreal_str text;
    int64_t number;
    uint32_t i;

    *out = 0;
    if (!e->names) {
        status = surreal_get_int(v, &number);
        for (i = 0; !status && i < e->count; i++) {
            if (e->numbers[i] == number) *out = (int)i + 1;
        }
        return status;
    }
    status = surreal_get_str(v, &text);
    for (i = 0; !status && i < e->count; i++) {
        if (strlen(e->names[i]) == text.len &&
            !memcmp(e->names[i], text.ptr, text.len)) {
            *out = (int)i + 1;
            break;
        }
    }
    return status;
}

static surreal_status
srl_decode_number(surreal_value v, surreal_number *out)
{
    out->kind = surreal_value_kind(v);
    if (out->kind == SURREAL_INT) return surreal_get_int(v, &out->as.i);
    if (out->kind == SURREAL_FLOAT) return surreal_get_float(v, &out->as.f);
    return surreal_get_decimal(v, &out->as.decimal);
}

static surreal_status
srl_decode_chars(surreal_value v, size_t cap, uint8_t *out)
{
    surreal_str text;
    surreal_status status = surreal_get_str(v, &text);

    if (status) return status;
    if (text.len > cap) return SURREAL_ERR_TOO_LONG;
    memcpy(out, &text.len, sizeof text.len);
    memcpy(out + sizeof text.len, text.ptr, text.len + 1);
    return SURREAL_OK;
}

static surreal_status
srl_decode_other_record(const uint8_t *table, surreal_value v,
                        surreal_record_id *out)
{
    surreal_status status = surreal_get_record_id(v, out);
    surreal_str name;

    if (status || !table) return status;
    srl_cbor_text_at(table, &name);
    return surreal_str_eq(out->table, name) ? SURREAL_OK : SURREAL_ERR_TYPE;
}

/* A value through its getter. */
static surreal_status
srl_decode_getter(unsigned member, const void *sub, surreal_value v,
                  uint8_t *out)
{
    union {
        bool b;
        int64_t i;
        double f;
        int e;
        surreal_decimal decimal;
        surreal_number number;
        surreal_str text;
        surreal_bytes bytes;
        surreal_datetime datetime;
        surreal_duration duration;
        surreal_uuid uuid;
        surreal_record_id id;
        surreal_point point;
        surreal_file file;
    } u;
    surreal_status s;
    size_t len;

    memset(&u, 0, sizeof u);
#define SRL_GET(call, part)     \
    do {                        \
        s = call(v, &u.part);   \
        len = sizeof u.part;    \
    } while (0)
    switch (member) {
    case SURREAL_MEMBER_BOOL: SRL_GET(surreal_get_bool, b); break;
    case SURREAL_MEMBER_INT: SRL_GET(surreal_get_int, i); break;
    case SURREAL_MEMBER_FLOAT: SRL_GET(surreal_get_float, f); break;
    case SURREAL_MEMBER_DECIMAL: SRL_GET(surreal_get_decimal, decimal); break;
    case SURREAL_MEMBER_NUMBER: SRL_GET(srl_decode_number, number); break;
    case SURREAL_MEMBER_STRING: SRL_GET(surreal_get_str, text); break;
    case SURREAL_MEMBER_BYTES: SRL_GET(surreal_get_bytes, bytes); break;
    case SURREAL_MEMBER_DATETIME:
        SRL_GET(surreal_get_datetime, datetime);
        break;
    case SURREAL_MEMBER_DURATION:
        SRL_GET(surreal_get_duration, duration);
        break;
    case SURREAL_MEMBER_UUID: SRL_GET(surreal_get_uuid, uuid); break;
    case SURREAL_MEMBER_POINT: SRL_GET(surreal_get_point, point); break;
    case SURREAL_MEMBER_FILE: SRL_GET(surreal_get_file, file); break;
    case SURREAL_MEMBER_RECORD:
        s = srl_decode_other_record((const uint8_t *)sub, v, &u.id);
        len = sizeof u.id;
        break;
    case SURREAL_MEMBER_ENUM:
        s = srl_decode_enum((const surreal_enum *)sub, v, &u.e);
        len = sizeof u.e;
        break;
    default: return SURREAL_ERR_TYPE;
    }
#undef SRL_GET
    if (!s) memcpy(out, &u, len);
    return s;
}

/* Say what was expected and what came. */
static void
srl_decode_blame(srl_decoder *d, unsigned member, const void *sub,
                 surreal_status status, const uint8_t *at)
{
    surreal_value v = srl_value_at(d->doc, at);
    const char *want = srl_member_name(member);
    const char *got = surreal_kind_name(surreal_value_kind(v));
    surreal_record_id id;
    surreal_str name;

    d->where.offset = (size_t)(at - d->doc->data);
    if (status == SURREAL_ERR_NOMEM) {
        srl_where_fail(&d->where, status, "out of memory");
    } else if (status == SURREAL_ERR_TOO_LONG) {
        srl_where_fail(&d->where, status, "%s does not fit", want);
    } else if (status == SURREAL_ERR_RANGE) {
        srl_where_fail(&d->where, status, "%s out of range", want);
    } else if (member == SURREAL_MEMBER_RECORD && sub &&
               !surreal_get_record_id(v, &id)) {
        srl_cbor_text_at((const uint8_t *)sub, &name);
        srl_where_fail(&d->where, SURREAL_ERR_TYPE,
                       "expected record<%.*s>, got record<%.*s>",
                       name.len < 40 ? (int)name.len : 40, name.ptr,
                       id.table.len < 40 ? (int)id.table.len : 40,
                       id.table.ptr);
    } else {
        if (surreal_value_kind(v) == SURREAL_NULL) got = "NULL";
        if (surreal_value_kind(v) == SURREAL_NONE) got = "NONE";
        srl_where_fail(&d->where, SURREAL_ERR_TYPE, "expected %s, got %s",
                       want, got);
    }
}

/* Whatever the common form is not: nothing, another form, or a mistake. The
 * sub of CHARS is its capacity, passed as `cap`. */
static const uint8_t *
srl_decode_slow(srl_decoder *d, unsigned member, const void *sub, size_t cap,
                const uint8_t *at, uint8_t *out, srl_state *state)
{
    surreal_status status;
    surreal_value v;

    if (d->where.status) return NULL;
    if (at[0] == 0xc6) {
        *state = SRL_STATE_NONE;
        return srl_cbor_skip(at);
    }
    if (at[0] == SRL_CBOR_NULL || at[0] == SRL_CBOR_UNDEFINED) {
        *state = SRL_STATE_NULL;
        return at + 1;
    }
    /* The getters may want the arena too. */
    srl_decode_return(d);
    v = srl_value_at(d->doc, at);
    if (member == SURREAL_MEMBER_CHARS) {
        status = srl_decode_chars(v, cap, out);
    } else {
        status = srl_decode_getter(member, sub, v, out);
    }
    srl_decode_borrow(d);
    if (status) {
        srl_decode_blame(d, member, sub, status, at);
        return NULL;
    }
    return srl_cbor_skip(at);
}

/* ---- arrays ------------------------------------------------------------- */

/* The elements of an array, of known or unknown number. */
static size_t
srl_decode_count(const uint8_t *at, const srl_cbor_head *head)
{
    size_t count = 0;

    if (head->info != 31) return (size_t)head->arg;
    while (*at != SRL_CBOR_BREAK) {
        at = srl_cbor_skip(at);
        count++;
    }
    return count;
}

static const uint8_t *
srl_decode_items(srl_decoder *d, const surreal_items *items,
                 const uint8_t *at, size_t count, uint8_t *out)
{
    unsigned member = items->member;
    unsigned sub = items->of ? 0 : SURREAL_NO_SUB;
    size_t i;

    for (i = 0; i < count; i++, out += items->size) {
        const uint8_t *item = at;
        srl_state state = SRL_STATE_VALUE;

        at = srl_decode_fast(d, member, &items->of, sub, at, out);
        if (SRL_LIKELY(at != NULL)) continue;
        at = srl_decode_slow(d, member, items->of, 0, item, out, &state);
        if (at && state == SRL_STATE_VALUE) continue;
        if (at) srl_decode_blame(d, member, NULL, SURREAL_ERR_TYPE, item);
        srl_where_index(&d->where, i);
        return NULL;
    }
    return at;
}

/* NULL with d->where untouched if `at` is no array. */
static const uint8_t *
srl_decode_array(srl_decoder *d, const surreal_items *items,
                 const uint8_t *at, uint8_t *out)
{
    const uint8_t *start = at;
    srl_cbor_head head;
    srl_slice slice;

    if (at[0] == 0xd8 && at[1] == SRL_TAG_SET) at += 2;
    if (at[0] >> 5 != SRL_CBOR_ARRAY) return NULL;
    at = srl_cbor_head_at(at, &head);
    slice.v = NULL;
    slice.count = srl_decode_count(at, &head);
    if (items->max && slice.count > items->max) {
        d->where.offset = (size_t)(start - d->doc->data);
        srl_where_fail(&d->where, SURREAL_ERR_TOO_LONG,
                       "at most %lu elements fit, got %lu",
                       (unsigned long)items->max,
                       (unsigned long)slice.count);
        return NULL;
    }
    if (items->is_inline) {
        memcpy(out + srl_items_count_at(items), &slice.count,
               sizeof slice.count);
    } else {
        uint8_t *block = NULL;

        if (slice.count) {
            block = (uint8_t *)srl_decode_alloc(d, slice.count, items->size);
            if (!block) return NULL;
        }
        slice.v = block;
        memcpy(out, &slice, sizeof slice);
        out = block;
    }
    at = srl_decode_items(d, items, at, slice.count, out);
    if (at && head.info == 31) at++;
    return at;
}

/* ---- objects ------------------------------------------------------------ */

/* Find a key that was not the expected one: among the next few, for it is
 * mostly an optional field that is missing, then by bisection. */
static const surreal_field_desc *
srl_decode_search(const surreal_model *model, const uint8_t *at,
                  const surreal_field_desc *hint)
{
    const surreal_field_desc *last = model->fields + model->count;
    const uint8_t *pool = (const uint8_t *)model->pool;
    surreal_str key;
    size_t low = 0;
    size_t high = model->count;
    int tries;

    for (tries = 0; tries < 3 && hint < last; tries++, hint++) {
        if (srl_key_is(at, pool + hint->key, hint->key_len)) return hint;
    }
    srl_cbor_text_at(at, &key);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        surreal_str name = srl_field_name(model, model->fields + middle);
        size_t common = key.len < name.len ? key.len : name.len;
        int order = common ? memcmp(key.ptr, name.ptr, common) : 0;

        if (!order && key.len == name.len) return model->fields + middle;
        if (order > 0 || (!order && key.len > name.len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The value of a field that is not in its common form. */
static const uint8_t *
srl_decode_odd(srl_decoder *d, const surreal_model *model,
               const surreal_field_desc *field, const uint8_t *at,
               uint8_t *out)
{
    srl_state state = SRL_STATE_VALUE;
    const void *sub = srl_field_sub(model, field);
    const uint8_t *value = at;

    /* After a failure there is only its path to complete. */
    at = srl_decode_slow(d, field->member, sub, field->sub, at,
                         out + field->offset, &state);
    if (at && state == SRL_STATE_NULL &&
        !(field->flags & SURREAL_FIELD_NULLABLE)) {
        srl_decode_blame(d, field->member, NULL, SURREAL_ERR_TYPE, value);
        at = NULL;
    }
    if (!at) {
        srl_where_key(&d->where, model, field);
        return NULL;
    }
    if (state == SRL_STATE_NONE) {
        surreal_bit_clear((uint64_t *)(void *)out, field->bit);
    } else {
        surreal_bit_set((uint64_t *)(void *)out, field->bit);
    }
    if (model->null_at) {
        uint64_t *null = (uint64_t *)(void *)out + model->null_at;

        surreal_bit_clear(null, field->bit);
        if (state == SRL_STATE_NULL) surreal_bit_set(null, field->bit);
    }
    return at;
}

/* The first required field that did not come, if any. */
static bool
srl_decode_complete(srl_decoder *d, const surreal_model *model,
                    const uint8_t *start, const uint8_t *out)
{
    const uint64_t *set = (const uint64_t *)(const void *)out;
    uint64_t missing = 0;
    size_t i;

    for (i = 0; i < model->words; i++) {
        missing |= model->required[i] & ~set[i];
    }
    if (SRL_LIKELY(!missing)) return true;
    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;

        if (surreal_bit_is(set, field->bit) ||
            !surreal_bit_is(model->required, field->bit)) {
            continue;
        }
        d->where.offset = (size_t)(start - d->doc->data);
        srl_where_fail(&d->where, SURREAL_ERR_MISSING,
                       "required %s did not come",
                       srl_member_name(field->member));
        srl_where_key(&d->where, model, field);
        return false;
    }
    return true;
}

/* A value came. Only a second one can have to undo a NULL. Returns the first
 * word, which the caller keeps in a register. */
SRL_INLINE uint64_t
srl_decode_mark(const surreal_model *model, const surreal_field_desc *field,
                uint64_t *words, uint64_t set)
{
    uint64_t bit = (uint64_t)1 << (field->bit & 63);
    size_t word = field->bit >> 6;

    if (SRL_UNLIKELY(word != 0)) {
        words[word] |= bit;
    } else if (SRL_LIKELY(!(set & bit))) {
        return set | bit;
    }
    if (model->null_at) words[model->null_at + word] &= ~bit;
    return set;
}

/* A key in an unusual spelling: in pieces, or with a longer head. */
static const uint8_t *
srl_decode_key(const uint8_t *at)
{
    surreal_str key;

    return srl_cbor_text_at(at, &key);
}

/* NULL with d->where untouched if `at` is no object. */
static const uint8_t *
srl_decode_object(srl_decoder *d, const surreal_model *model,
                  const uint8_t *at, uint8_t *out)
{
    const surreal_field_desc *field = model->fields;
    const surreal_field_desc *last = field + model->count;
    const uint8_t *pool = (const uint8_t *)model->pool;
    const uint8_t *start = at;
    const uint8_t *value;
    uint64_t *words = (uint64_t *)(void *)out;
    uint64_t set = 0; /* the first word of set_ */
    srl_cbor_head head;
    uint64_t left;

    if (at[0] >> 5 != SRL_CBOR_MAP) return NULL;
    at = srl_cbor_head_at(at, &head);
    left = head.info == 31 ? UINT64_MAX : head.arg;
    memset(out, 0, model->size);
    for (; left; left--) {
        const surreal_field_desc *found = field;

        if (SRL_UNLIKELY(*at == SRL_CBOR_BREAK)) {
            at++;
            break;
        }
        if (SRL_LIKELY(field < last &&
                       srl_key_is(at, pool + field->key, field->key_len))) {
            value = at + field->key_len;
        } else {
            if (at[0] >> 5 != SRL_CBOR_TEXT || at[0] == 0x7f) {
                /* No text, or in pieces: no column is called so. */
                at = srl_cbor_skip(srl_cbor_skip(at));
                continue;
            }
            found = srl_decode_search(model, at, field);
            value = srl_decode_key(at);
            if (!found || (found->flags & SURREAL_FIELD_SECRET)) {
                at = srl_cbor_skip(value);
                continue;
            }
        }
        if (SRL_UNLIKELY(found->flags & SURREAL_FIELD_SECRET)) {
            at = srl_cbor_skip(value);
            field = found + 1;
            continue;
        }
        at = srl_decode_fast(d, found->member, model->subs, found->sub, value,
                             out + found->offset);
        if (SRL_LIKELY(at != NULL)) {
            set = srl_decode_mark(model, found, words, set);
        } else {
            words[0] = set;
            at = srl_decode_odd(d, model, found, value, out);
            if (!at) return NULL;
            set = words[0];
        }
        field = found + 1;
    }
    words[0] = set;
    if (!srl_decode_complete(d, model, start, out)) return NULL;
    return at;
}

/* ---- the calls ---------------------------------------------------------- */

static void
srl_decode_begin(srl_decoder *d, surreal_value v)
{
    srl_where_init(&d->where);
    d->doc = v.doc;
    d->end = v.doc->data + v.doc->len;
    srl_decode_borrow(d);
}

/* A value that is no object, or the failure inside of it. */
static void
srl_decode_whole(srl_decoder *d, const uint8_t *at)
{
    if (d->where.status) return;
    srl_decode_blame(d, SURREAL_MEMBER_STRUCT, NULL, SURREAL_ERR_TYPE, at);
}

SURREAL_API surreal_status
surreal_decode(const surreal_model *model, surreal_value v, void *out,
               surreal_error *err)
{
    srl_decoder d;

    if (!v.at) {
        memset(out, 0, model->size);
        return srl_fail(err, SURREAL_ERR_MISSING,
                        "%s: expected object, got no value", model->name);
    }
    srl_decode_begin(&d, v);
    if (srl_decode_object(&d, model, v.at, (uint8_t *)out)) {
        srl_decode_return(&d);
        return SURREAL_OK;
    }
    srl_decode_whole(&d, v.at);
    srl_decode_return(&d);
    memset(out, 0, model->size);
    return srl_where_tell(&d.where, model, true, err);
}

SURREAL_API surreal_status
surreal_decode_rows(const surreal_model *model, surreal_value v, void **rows,
                    size_t *count, surreal_error *err)
{
    srl_decoder d;
    surreal_items items;
    uint8_t member[sizeof(srl_slice)];
    srl_slice slice;

    *rows = NULL;
    *count = 0;
    if (surreal_is_nothing(v)) return SURREAL_OK;
    memset(&items, 0, sizeof items);
    items.of = model;
    items.size = model->size;
    items.member = SURREAL_MEMBER_STRUCT;
    memset(member, 0, sizeof member);
    srl_decode_begin(&d, v);
    if (!srl_decode_array(&d, &items, v.at, member)) {
        if (!d.where.status) {
            srl_decode_blame(&d, SURREAL_MEMBER_ARRAY, NULL,
                             SURREAL_ERR_TYPE, v.at);
        }
        srl_decode_return(&d);
        return srl_where_tell(&d.where, model, true, err);
    }
    srl_decode_return(&d);
    slice = srl_slice_of(&items, member);
    *rows = (void *)(uintptr_t)slice.v;
    *count = slice.count;
    return SURREAL_OK;
}

/*===========================================================================
 * model/encode.c: structs into objects.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/model/encode.c"
#endif

/* Room is asked for once for each field, with a bound on what its head, key
 * and short value take, and then filled with plain stores. Values are checked
 * as the server would check them, because it refuses a whole request, without
 * saying which, for one bad byte; anything but the plain case goes through
 * the functions of value/ that know all of it. */


typedef struct srl_encoder {
    srl_buf *buf;
    uint8_t *end; /* of the buffer's room */
    int server_major;
    srl_where where;
} srl_encoder;

/* The place to write goes from call to call in a register: `at` in, the byte
 * after what was written out, NULL after a failure. */
typedef uint8_t *srl_encode_at;

/* More than any value without text takes, a key copied in blocks included. */
#define SRL_ENCODE_SLACK 48

static srl_encode_at srl_encode_object(srl_encoder *e, srl_encode_at at,
                                       const surreal_model *model,
                                       const uint8_t *row, surreal_send what,
                                       bool is_nested);
static srl_encode_at srl_encode_array(srl_encoder *e, srl_encode_at at,
                                      const surreal_items *items,
                                      const uint8_t *member);

/* ---- room --------------------------------------------------------------- */

static srl_encode_at
srl_encode_bad(srl_encoder *e, surreal_status status, const char *why)
{
    srl_where_fail(&e->where, status, "%s", why);
    return NULL;
}

static void
srl_encode_leave(srl_encoder *e, const uint8_t *at)
{
    e->buf->len = (size_t)(at - e->buf->data);
}

static srl_encode_at
srl_encode_enter(srl_encoder *e)
{
    e->end = e->buf->data + e->buf->cap;
    return e->buf->data + e->buf->len;
}

static srl_encode_at
srl_encode_grow(srl_encoder *e, const uint8_t *at, size_t len)
{
    surreal_status status;

    srl_encode_leave(e, at);
    status = srl_buf_reserve(e->buf, len);
    if (status) return srl_encode_bad(e, status, surreal_status_text(status));
    return srl_encode_enter(e);
}

SRL_INLINE srl_encode_at
srl_encode_room(srl_encoder *e, srl_encode_at at, size_t len)
{
    if (SRL_LIKELY((size_t)(e->end - at) >= len)) return at;
    return srl_encode_grow(e, at, len);
}

/* ---- text --------------------------------------------------------------- */

/* Copy 8 bytes; returns them. */
SRL_INLINE uint64_t
srl_copy8(uint8_t *out, const uint8_t *text)
{
    uint64_t word;

    memcpy(&word, text, 8);
    memcpy(out, &word, 8);
    return word;
}

SRL_INLINE uint64_t
srl_copy4(uint8_t *out, const uint8_t *text)
{
    uint32_t word;

    memcpy(&word, text, 4);
    memcpy(out, &word, 4);
    return word;
}

/* Copy len bytes, the last ones overlapping those before; true if all of them
 * are ASCII. */
SRL_INLINE bool
srl_encode_copy(uint8_t *out, const uint8_t *text, size_t len)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t seen;
    size_t i;

    if (len >= 8) {
        seen = srl_copy8(out, text) | srl_copy8(out + len - 8, text + len - 8);
        for (i = 8; i + 8 < len; i += 8) {
            seen |= srl_copy8(out + i, text + i);
        }
        return !(seen & high);
    }
    if (len >= 4) {
        seen = srl_copy4(out, text) | srl_copy4(out + len - 4, text + len - 4);
        return !(seen & high);
    }
    if (!len) return true;
    seen = text[0] | (unsigned)text[len / 2] | text[len - 1];
    out[len / 2] = text[len / 2];
    out[len - 1] = text[len - 1];
    out[0] = text[0];
    return !(seen & high);
}

SRL_INLINE srl_encode_at
srl_encode_text(srl_encoder *e, srl_encode_at at, const char *text,
                size_t len)
{
    at = srl_encode_room(e, at, len + 9);
    if (SRL_UNLIKELY(!at)) return NULL;
    at = srl_cbor_store_head(at, SRL_CBOR_TEXT, len);
    if (SRL_UNLIKELY(!srl_encode_copy(at, (const uint8_t *)text, len)) &&
        !srl_utf8_valid((const uint8_t *)text, len)) {
        return srl_encode_bad(e, SURREAL_ERR_UTF8, "text is not UTF-8");
    }
    return at + len;
}

/* [-]digits[.digits] of at most 28 digits: then the mantissa is below 10^28
 * and fits. Anything else is for the thorough check. */
SRL_INLINE bool
srl_encode_is_plain_decimal(surreal_str v)
{
    size_t i = v.len && v.ptr[0] == '-';
    size_t first = i;
    size_t points = 0;
    size_t point = 0;

    if (v.len - i > 29 || v.len == i) return false;
    for (; i < v.len; i++) {
        if ((unsigned)(uint8_t)v.ptr[i] - '0' < 10u) continue;
        if (v.ptr[i] != '.') return false;
        points++;
        point = i;
    }
    if (points == 0) return v.len - first <= 28;
    return points == 1 && point > first && point + 1 < v.len;
}

/* ---- values ------------------------------------------------------------- */

SRL_INLINE srl_encode_at
srl_encode_int(srl_encode_at at, int64_t v)
{
    uint64_t sign = (uint64_t)(v >> 63);

    /* -1 - v is ~v, and so is v with all bits turned over. */
    return srl_cbor_store_head(at, (unsigned)(sign & 1), (uint64_t)v ^ sign);
}

SRL_INLINE srl_encode_at
srl_encode_double(srl_encode_at at, double v)
{
    *at = 0xfb;
    srl_store64(at + 1, srl_double_to_bits(v));
    return at + 9;
}

static surreal_status
srl_encode_other(srl_encoder *e, unsigned member, const uint8_t *from)
{
    surreal_decimal decimal;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_record_id id;
    surreal_file file;
    surreal_raw raw;

    switch (member) {
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&decimal, from, sizeof decimal);
        return srl_put_decimal(e->buf, decimal.text);
    case SURREAL_MEMBER_DATETIME:
        memcpy(&datetime, from, sizeof datetime);
        return srl_put_datetime(e->buf, datetime);
    case SURREAL_MEMBER_DURATION:
        memcpy(&duration, from, sizeof duration);
        return srl_put_duration(e->buf, duration);
    case SURREAL_MEMBER_RECORD:
        memcpy(&id, from, sizeof id);
        return srl_put_record_id(e->buf, id);
    case SURREAL_MEMBER_FILE:
        memcpy(&file, from, sizeof file);
        return srl_put_file(e->buf, file, e->server_major);
    case SURREAL_MEMBER_RAW:
        memcpy(&raw, from, sizeof raw);
        return srl_put_encoded(e->buf, raw.cbor);
    default: return SURREAL_ERR_INTERNAL;
    }
}

/* Through the functions of value/. */
static srl_encode_at
srl_encode_slow(srl_encoder *e, const uint8_t *at, unsigned member,
                const uint8_t *from)
{
    surreal_status status;

    srl_encode_leave(e, at);
    status = srl_encode_other(e, member, from);
    if (status) return srl_encode_bad(e, status, surreal_status_text(status));
    return srl_encode_enter(e);
}

/* The key behind a table's name. */
SRL_INLINE srl_encode_at
srl_encode_key(srl_encoder *e, srl_encode_at at, const surreal_record_id *id)
{
    if (id->kind == SURREAL_KEY_STRING) {
        return srl_encode_text(e, at, id->key.s.ptr, id->key.s.len);
    }
    at = srl_encode_room(e, at, 9);
    return at ? srl_encode_int(at, id->key.i) : NULL;
}

/* A table's name and an integer or text is what nearly every record id is.
 * `table` is the only one allowed, with its head, or NULL. */
static srl_encode_at
srl_encode_record(srl_encoder *e, srl_encode_at at, const char *table,
                  const uint8_t *from)
{
    surreal_record_id id;
    surreal_str name;

    memcpy(&id, from, sizeof id);
    if (!table) {
        if (!id.table.len) {
            return srl_encode_bad(e, SURREAL_ERR_USAGE,
                                  "the record id names no table");
        }
        return srl_encode_slow(e, at, SURREAL_MEMBER_RECORD, from);
    }
    srl_cbor_text_at((const uint8_t *)table, &name);
    if (id.table.len != name.len || !name.len ||
        (id.table.ptr != name.ptr &&
         !srl_bytes_same((const uint8_t *)id.table.ptr,
                         (const uint8_t *)name.ptr, name.len))) {
        srl_where_fail(&e->where, SURREAL_ERR_TYPE,
                       "expected record<%.*s>, got another record",
                       (int)name.len, name.ptr);
        return NULL;
    }
    if (id.kind != SURREAL_KEY_STRING && id.kind != SURREAL_KEY_INT) {
        return srl_encode_slow(e, at, SURREAL_MEMBER_RECORD, from);
    }
    at[0] = 0xc8;
    at[1] = 0x82;
    at = srl_encode_text(e, at + 2, name.ptr, name.len);
    return at ? srl_encode_key(e, at, &id) : NULL;
}

static srl_encode_at
srl_encode_raw(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_raw raw;
    size_t len;

    memcpy(&raw, from, sizeof raw);
    if (raw.cbor.len) return srl_encode_slow(e, at, SURREAL_MEMBER_RAW, from);
    if (!raw.value.at) {
        return srl_encode_bad(e, SURREAL_ERR_MISSING,
                              "set, but holds no value");
    }
    len = (size_t)(srl_cbor_skip(raw.value.at) - raw.value.at);
    at = srl_encode_room(e, at, len);
    if (!at) return NULL;
    memcpy(at, raw.value.at, len);
    return at + len;
}

static srl_encode_at
srl_encode_enum(srl_encoder *e, srl_encode_at at, const surreal_enum *desc,
                const uint8_t *from)
{
    int v;

    memcpy(&v, from, sizeof v);
    if (v < 1 || (unsigned)v > desc->count) {
        srl_where_fail(&e->where, SURREAL_ERR_RANGE,
                       "%d is no value of the enum %s", v, desc->name);
        return NULL;
    }
    if (desc->numbers) return srl_encode_int(at, desc->numbers[v - 1]);
    return srl_encode_text(e, at, desc->names[v - 1],
                           strlen(desc->names[v - 1]));
}

SRL_INLINE srl_encode_at
srl_encode_datetime(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_datetime t;

    memcpy(&t, from, sizeof t);
    if (t.nsec > 999999999 || t.sec < SRL_DATETIME_MIN ||
        t.sec > SRL_DATETIME_MAX) {
        return srl_encode_slow(e, at, SURREAL_MEMBER_DATETIME, from);
    }
    at[0] = 0xcc;
    at[1] = 0x82;
    at = srl_encode_int(at + 2, t.sec);
    return srl_cbor_store_head(at, SRL_CBOR_UINT, t.nsec);
}

static srl_encode_at
srl_encode_number(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_number n;

    memcpy(&n, from, sizeof n);
    if (n.kind == SURREAL_INT) return srl_encode_int(at, n.as.i);
    if (n.kind == SURREAL_FLOAT) return srl_encode_double(at, n.as.f);
    if (n.kind != SURREAL_DECIMAL) {
        return srl_encode_bad(e, SURREAL_ERR_TYPE, "number of no kind");
    }
    return srl_encode_slow(e, at, SURREAL_MEMBER_DECIMAL,
                           (const uint8_t *)&n.as.decimal);
}

/* Bytes, a point, fixed text, and what is rare. */
static srl_encode_at
srl_encode_rare(srl_encoder *e, srl_encode_at at, unsigned member,
                const uint8_t *from)
{
    surreal_bytes bytes;
    surreal_point point;
    size_t len;

    switch (member) {
    case SURREAL_MEMBER_CHARS:
        memcpy(&len, from, sizeof len);
        return srl_encode_text(e, at, (const char *)from + sizeof len, len);
    case SURREAL_MEMBER_BYTES:
        memcpy(&bytes, from, sizeof bytes);
        at = srl_encode_room(e, at, bytes.len + 9);
        if (!at) return NULL;
        at = srl_cbor_store_head(at, SRL_CBOR_BYTES, bytes.len);
        if (bytes.len) memcpy(at, bytes.ptr, bytes.len);
        return at + bytes.len;
    case SURREAL_MEMBER_POINT:
        memcpy(&point, from, sizeof point);
        memcpy(at, "\xd8\x58\x82", 3);
        at = srl_encode_double(at + 3, point.lon);
        return srl_encode_double(at, point.lat);
    case SURREAL_MEMBER_UUID:
        memcpy(at, "\xd8\x25\x50", 3);
        memcpy(at + 3, from, 16);
        return at + 19;
    case SURREAL_MEMBER_NUMBER: return srl_encode_number(e, at, from);
    case SURREAL_MEMBER_RAW: return srl_encode_raw(e, at, from);
    default: return srl_encode_slow(e, at, member, from);
    }
}

/* 20 bytes are there. `what` is for nested structs. */
SRL_INLINE srl_encode_at
srl_encode_value(srl_encoder *e, srl_encode_at at, unsigned member,
                 const void *const *subs, unsigned sub, const uint8_t *from,
                 surreal_send what)
{
    surreal_str text;
    int64_t i;
    double f;

    switch (member) {
    case SURREAL_MEMBER_BOOL:
        *at = *from ? SRL_CBOR_TRUE : SRL_CBOR_FALSE;
        return at + 1;
    case SURREAL_MEMBER_INT:
        memcpy(&i, from, sizeof i);
        return srl_encode_int(at, i);
    case SURREAL_MEMBER_FLOAT:
        memcpy(&f, from, sizeof f);
        return srl_encode_double(at, f);
    case SURREAL_MEMBER_STRING:
        memcpy(&text, from, sizeof text);
        return srl_encode_text(e, at, text.ptr, text.len);
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&text, from, sizeof text);
        if (!srl_encode_is_plain_decimal(text)) {
            return srl_encode_slow(e, at, member, from);
        }
        *at = 0xca;
        return srl_encode_text(e, at + 1, text.ptr, text.len);
    case SURREAL_MEMBER_DATETIME: return srl_encode_datetime(e, at, from);
    case SURREAL_MEMBER_RECORD:
        return srl_encode_record(
            e, at, sub == SURREAL_NO_SUB ? NULL : (const char *)subs[sub],
            from);
    case SURREAL_MEMBER_ENUM:
        return srl_encode_enum(e, at, (const surreal_enum *)subs[sub], from);
    case SURREAL_MEMBER_STRUCT:
        return srl_encode_object(e, at, (const surreal_model *)subs[sub],
                                 from, what, true);
    case SURREAL_MEMBER_ARRAY:
        return srl_encode_array(e, at, (const surreal_items *)subs[sub],
                                from);
    default: return srl_encode_rare(e, at, member, from);
    }
}

static srl_encode_at
srl_encode_array(srl_encoder *e, srl_encode_at at, const surreal_items *items,
                 const uint8_t *member)
{
    srl_slice slice = srl_slice_of(items, member);
    size_t i;

    if (items->max && slice.count > items->max) {
        return srl_encode_bad(e, SURREAL_ERR_TOO_LONG,
                              "more elements than the type allows");
    }
    if (items->is_set && e->server_major >= 3) {
        *at++ = 0xd8;
        *at++ = SRL_TAG_SET;
    }
    at = srl_cbor_store_head(at, SRL_CBOR_ARRAY, slice.count);
    for (i = 0; i < slice.count; i++) {
        at = srl_encode_room(e, at, SRL_ENCODE_SLACK);
        if (at) {
            at = srl_encode_value(e, at, items->member, &items->of,
                                  items->of ? 0 : SURREAL_NO_SUB,
                                  slice.v + i * items->size,
                                  SURREAL_SEND_NEW);
        }
        if (!at) {
            srl_where_index(&e->where, i);
            return NULL;
        }
    }
    return at;
}

/* ---- objects ------------------------------------------------------------ */

/* What becomes of a field. */
typedef enum srl_fate {
    SRL_FATE_SKIP = 0,
    SRL_FATE_VALUE,
    SRL_FATE_NONE,
    SRL_FATE_MISSING
} srl_fate;

/* The fate of a field that is not simply set and sent. */
static srl_fate
srl_encode_odd_fate(const surreal_model *model,
                    const surreal_field_desc *field, const uint8_t *row,
                    surreal_send what, bool is_nested)
{
    bool is_set = srl_bit_at(row, 0, field->bit);

    if (field->flags & SURREAL_FIELD_SERVER) return SRL_FATE_SKIP;
    if ((field->flags & SURREAL_FIELD_KEY) && what != SURREAL_SEND_NEW) {
        return SRL_FATE_SKIP;
    }
    if (what == SURREAL_SEND_CHANGES && !is_nested) {
        if (!srl_bit_at(row, model->mark_at, field->bit)) {
            return SRL_FATE_SKIP;
        }
        return is_set ? SRL_FATE_VALUE : SRL_FATE_NONE;
    }
    if (is_set) return SRL_FATE_VALUE;
    if (field->flags & SURREAL_FIELD_REQUIRED) return SRL_FATE_MISSING;
    if (what == SURREAL_SEND_CHANGES &&
        (field->flags & SURREAL_FIELD_OPTION)) {
        return SRL_FATE_NONE;
    }
    return SRL_FATE_SKIP;
}

SRL_INLINE srl_fate
srl_encode_fate(const surreal_model *model, const surreal_field_desc *field,
                const uint8_t *row, surreal_send what, bool is_nested)
{
    if (SRL_LIKELY(srl_bit_at(row, 0, field->bit) &&
                   !(field->flags &
                     (SURREAL_FIELD_SERVER | SURREAL_FIELD_KEY)) &&
                   (what != SURREAL_SEND_CHANGES || is_nested))) {
        return SRL_FATE_VALUE;
    }
    return srl_encode_odd_fate(model, field, row, what, is_nested);
}

/* The pairs of an object whose head takes more than one byte. */
static size_t
srl_encode_count(const surreal_model *model, const uint8_t *row,
                 surreal_send what, bool is_nested)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < model->count; i++) {
        if (srl_encode_fate(model, model->fields + i, row, what, is_nested)) {
            count++;
        }
    }
    return count;
}

/* Keys are copied in blocks of 16: the pool is longer than its keys. */
SRL_INLINE srl_encode_at
srl_encode_field(srl_encoder *e, srl_encode_at at, const surreal_model *model,
                 const surreal_field_desc *field, const uint8_t *row,
                 surreal_send what, srl_fate fate)
{
    const uint8_t *key = (const uint8_t *)model->pool + field->key;
    size_t len = field->key_len;
    size_t i;

    at = srl_encode_room(e, at, len + SRL_ENCODE_SLACK);
    if (SRL_UNLIKELY(!at)) return NULL;
    memcpy(at, key, 16);
    for (i = 16; SRL_UNLIKELY(i < len); i += 16) {
        memcpy(at + i, key + i, 16);
    }
    at += len;
    if (SRL_UNLIKELY(fate != SRL_FATE_VALUE)) {
        if (fate == SRL_FATE_MISSING) {
            return srl_encode_bad(e, SURREAL_ERR_MISSING,
                                  "required, but not set");
        }
        at[0] = 0xc6;
        at[1] = SRL_CBOR_NULL;
        return at + 2;
    }
    if (srl_field_is_null(model, row, field)) {
        *at = SRL_CBOR_NULL;
        return at + 1;
    }
    return srl_encode_value(e, at, field->member, model->subs, field->sub,
                            row + field->offset, what);
}

static srl_encode_at
srl_encode_object(srl_encoder *e, srl_encode_at at,
                  const surreal_model *model, const uint8_t *row,
                  surreal_send what, bool is_nested)
{
    const surreal_field_desc *field = model->fields;
    const surreal_field_desc *last = field + model->count;
    bool is_short = model->count < 24;
    size_t head = 0;
    size_t count = 0;

    at = srl_encode_room(e, at, 9);
    if (!at) return NULL;
    if (is_short) {
        /* The head is one byte, written when the count is known. */
        head = (size_t)(at - e->buf->data);
        at++;
    } else {
        count = srl_encode_count(model, row, what, is_nested);
        at = srl_cbor_store_head(at, SRL_CBOR_MAP, count);
    }
    for (; field < last; field++) {
        srl_fate fate = srl_encode_fate(model, field, row, what, is_nested);

        if (fate == SRL_FATE_SKIP) continue;
        at = srl_encode_field(e, at, model, field, row, what, fate);
        if (SRL_UNLIKELY(!at)) {
            srl_where_key(&e->where, model, field);
            return NULL;
        }
        count++;
    }
    if (is_short) e->buf->data[head] = (uint8_t)(0xa0 | count);
    return at;
}

/* ---- the calls ---------------------------------------------------------- */

SRL_FN surreal_status
srl_model_encode(srl_buf *buf, const surreal_model *model, const void *row,
                 surreal_send what, int server_major, surreal_error *err)
{
    srl_encoder e;
    srl_encode_at at;
    surreal_status status;

    /* An empty buffer has no address to count from. */
    status = srl_buf_reserve(buf, SRL_ENCODE_SLACK);
    if (status) {
        return srl_fail(err, status, "%s: %s", model->name,
                        surreal_status_text(status));
    }
    srl_where_init(&e.where);
    e.buf = buf;
    e.server_major = server_major;
    at = srl_encode_enter(&e);
    at = srl_encode_object(&e, at, model, (const uint8_t *)row, what, false);
    if (!at) return srl_where_tell(&e.where, model, false, err);
    srl_encode_leave(&e, at);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_encode(const surreal_model *model, const void *row, surreal_send what,
               int server_major, void *room, size_t cap, surreal_bytes *out,
               surreal_error *err)
{
    srl_buf buf;
    surreal_status status;

    out->ptr = NULL;
    out->len = 0;
    srl_buf_fixed(&buf, room, cap);
    status = srl_model_encode(&buf, model, row, what, server_major, err);
    if (status) return status;
    out->ptr = buf.data;
    out->len = buf.len;
    return SURREAL_OK;
}

SURREAL_API bool
surreal_is_changed(const surreal_model *model, const void *row)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        if (srl_encode_fate(model, model->fields + i, (const uint8_t *)row,
                            SURREAL_SEND_CHANGES, false)) {
            return true;
        }
    }
    return false;
}

/*===========================================================================
 * model/compare.c: structs as text, and whether two are equal.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/model/compare.c"
#endif


static void srl_show_object(srl_out *out, const surreal_model *model,
                            const uint8_t *row);
static bool srl_same_object(const surreal_model *model, const uint8_t *a,
                            const uint8_t *b);

/* ---- text --------------------------------------------------------------- */

/* Room for what a function with snprintf's contract prints next. */
static char *
srl_show_rest(const srl_out *out, size_t *cap)
{
    *cap = out->len < out->cap ? out->cap - out->len : 0;
    return *cap ? out->buf + out->len : NULL;
}

static void
srl_show_float(srl_out *out, double v)
{
    char text[32];

    srl_double_print(v, text);
    srl_out_text(out, text);
    if (!strpbrk(text, ".eNI")) srl_out_char(out, 'f');
}

static void
srl_show_bytes(srl_out *out, surreal_bytes bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t i;

    srl_out_text(out, "b\"");
    for (i = 0; i < bytes.len; i++) {
        srl_out_char(out, digits[bytes.ptr[i] >> 4]);
        srl_out_char(out, digits[bytes.ptr[i] & 15]);
    }
    srl_out_char(out, '"');
}

static void
srl_show_raw(srl_out *out, const surreal_raw *raw)
{
    size_t cap;
    char *rest;

    if (raw->cbor.len) {
        srl_show_bytes(out, raw->cbor);
    } else {
        rest = srl_show_rest(out, &cap);
        out->len += surreal_print(raw->value, rest, cap);
    }
}

static void
srl_show_enum(srl_out *out, const surreal_enum *e, int v)
{
    if (v < 1 || (unsigned)v > e->count) {
        srl_out_text(out, "(unknown)");
    } else if (e->names) {
        srl_string_out(out, surreal_text(e->names[v - 1]));
    } else {
        srl_out_int(out, e->numbers[v - 1]);
    }
}

static void
srl_show_number(srl_out *out, const surreal_number *n)
{
    if (n->kind == SURREAL_INT) {
        srl_out_int(out, n->as.i);
    } else if (n->kind == SURREAL_FLOAT) {
        srl_show_float(out, n->as.f);
    } else {
        srl_out_put(out, n->as.decimal.text.ptr, n->as.decimal.text.len);
        srl_out_text(out, "dec");
    }
}

/* Any member type, for reading one out of a struct. */
typedef union srl_any_member {
    bool b;
    int e;
    int64_t i;
    double f;
    size_t len;
    surreal_str text;
    surreal_bytes bytes;
    surreal_number number;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;
    surreal_record_id id;
    surreal_point point;
    surreal_file file;
    surreal_raw raw;
} srl_any_member;

/* Texts and numbers. */
static bool
srl_show_simple(srl_out *out, unsigned member, const uint8_t *at)
{
    srl_any_member u;

#define SRL_TAKE(part) memcpy(&u.part, at, sizeof u.part)
    switch (member) {
    case SURREAL_MEMBER_BOOL:
        srl_out_text(out, *at ? "true" : "false");
        return true;
    case SURREAL_MEMBER_INT: SRL_TAKE(i); srl_out_int(out, u.i); return true;
    case SURREAL_MEMBER_FLOAT:
        SRL_TAKE(f);
        srl_show_float(out, u.f);
        return true;
    case SURREAL_MEMBER_NUMBER:
        SRL_TAKE(number);
        srl_show_number(out, &u.number);
        return true;
    case SURREAL_MEMBER_DECIMAL:
        SRL_TAKE(text);
        srl_out_put(out, u.text.ptr, u.text.len);
        srl_out_text(out, "dec");
        return true;
    case SURREAL_MEMBER_STRING:
        SRL_TAKE(text);
        srl_string_out(out, u.text);
        return true;
    case SURREAL_MEMBER_CHARS:
        SRL_TAKE(len);
        srl_string_out(out, surreal_text_of((const char *)at + sizeof u.len,
                                            u.len));
        return true;
    default: return false;
    }
}

/* Everything but structs and arrays. */
static void
srl_show_plain(srl_out *out, unsigned member, const void *sub,
               const uint8_t *at)
{
    srl_any_member u;
    size_t cap;
    char *rest;

    if (srl_show_simple(out, member, at)) return;
    switch (member) {
    case SURREAL_MEMBER_BYTES:
        SRL_TAKE(bytes);
        srl_show_bytes(out, u.bytes);
        break;
    case SURREAL_MEMBER_DATETIME:
        SRL_TAKE(datetime);
        srl_out_text(out, "d'");
        srl_datetime_out(out, u.datetime);
        srl_out_char(out, '\'');
        break;
    case SURREAL_MEMBER_DURATION:
        SRL_TAKE(duration);
        srl_duration_out(out, u.duration);
        break;
    case SURREAL_MEMBER_UUID:
        SRL_TAKE(uuid);
        srl_out_text(out, "u'");
        srl_uuid_out(out, u.uuid);
        srl_out_char(out, '\'');
        break;
    case SURREAL_MEMBER_RECORD:
        SRL_TAKE(id);
        rest = srl_show_rest(out, &cap);
        out->len += surreal_record_id_print(u.id, rest, cap);
        break;
    case SURREAL_MEMBER_POINT:
        SRL_TAKE(point);
        srl_out_char(out, '(');
        srl_show_float(out, u.point.lon);
        srl_out_text(out, ", ");
        srl_show_float(out, u.point.lat);
        srl_out_char(out, ')');
        break;
    case SURREAL_MEMBER_FILE:
        SRL_TAKE(file);
        srl_out_text(out, "f\"");
        srl_out_put(out, u.file.bucket.ptr, u.file.bucket.len);
        srl_out_char(out, ':');
        srl_out_put(out, u.file.key.ptr, u.file.key.len);
        srl_out_char(out, '"');
        break;
    case SURREAL_MEMBER_ENUM:
        SRL_TAKE(e);
        srl_show_enum(out, (const surreal_enum *)sub, u.e);
        break;
    default: SRL_TAKE(raw); srl_show_raw(out, &u.raw); break;
    }
#undef SRL_TAKE
}

static void
srl_show_member(srl_out *out, unsigned member, const void *sub,
                const uint8_t *at)
{
    const surreal_items *items = (const surreal_items *)sub;
    srl_slice slice;
    size_t i;

    if (member == SURREAL_MEMBER_STRUCT) {
        srl_show_object(out, (const surreal_model *)sub, at);
        return;
    }
    if (member != SURREAL_MEMBER_ARRAY) {
        srl_show_plain(out, member, sub, at);
        return;
    }
    slice = srl_slice_of(items, at);
    srl_out_char(out, '[');
    for (i = 0; i < slice.count; i++) {
        if (i) srl_out_text(out, ", ");
        srl_show_member(out, items->member, items->of,
                        slice.v + i * items->size);
    }
    srl_out_char(out, ']');
}

static void
srl_show_object(srl_out *out, const surreal_model *model, const uint8_t *row)
{
    const char *before = "{ ";
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;

        if (!srl_bit_at(row, 0, field->bit)) continue;
        srl_out_text(out, before);
        before = ", ";
        srl_ident_out(out, srl_field_name(model, field));
        srl_out_text(out, ": ");
        if (field->flags & SURREAL_FIELD_SECRET) {
            srl_out_text(out, "(secret)");
        } else if (srl_field_is_null(model, row, field)) {
            srl_out_text(out, "NULL");
        } else {
            srl_show_member(out, field->member, srl_field_sub(model, field),
                            row + field->offset);
        }
    }
    srl_out_text(out, *before == '{' ? "{}" : " }");
}

SURREAL_API size_t
surreal_model_print(const surreal_model *model, const void *row, char *buf,
                    size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_show_object(&out, model, (const uint8_t *)row);
    return srl_out_end(&out);
}

/* ---- equality ----------------------------------------------------------- */

static bool
srl_same_float(double a, double b)
{
    return (a != a && b != b) || !(a < b || a > b || a != a || b != b);
}

/* Two items of checked bytes: the same bytes, or else compared head by head.
 * The same items in the same order are the same value, whatever the width of
 * their numbers. */
static bool
srl_same_item(const uint8_t *a, const uint8_t *b)
{
    uint64_t left = 1;
    size_t len = (size_t)(srl_cbor_skip(a) - a);

    if (len == (size_t)(srl_cbor_skip(b) - b) && !memcmp(a, b, len)) {
        return true;
    }
    while (left--) {
        srl_cbor_head x;
        srl_cbor_head y;

        a = srl_cbor_head_at(a, &x);
        b = srl_cbor_head_at(b, &y);
        if (x.major != y.major) return false;
        if (x.major == SRL_CBOR_SIMPLE && x.info >= 25 && x.info <= 27) {
            if (y.info < 25 || y.info > 27) return false;
            if (!srl_same_float(srl_cbor_float(&x), srl_cbor_float(&y))) {
                return false;
            }
            continue;
        }
        if (x.arg != y.arg || x.info == 31 || y.info == 31) return false;
        switch (x.major) {
        case SRL_CBOR_BYTES:
        case SRL_CBOR_TEXT:
            if (memcmp(a, b, (size_t)x.arg)) return false;
            a += x.arg;
            b += x.arg;
            break;
        case SRL_CBOR_ARRAY: left += x.arg; break;
        case SRL_CBOR_MAP: left += 2 * x.arg; break;
        case SRL_CBOR_TAG: left++; break;
        default: break;
        }
    }
    return true;
}

/* The item of a raw member, if it is one. */
static const uint8_t *
srl_raw_item(const surreal_raw *raw)
{
    const char *reason;
    size_t used;

    if (!raw->cbor.len) return raw->value.at;
    if (srl_cbor_check(raw->cbor.ptr, raw->cbor.len, SURREAL_MAX_DEPTH, &used,
                       &reason)) {
        return NULL;
    }
    return raw->cbor.ptr;
}

static bool
srl_same_number(const surreal_number *a, const surreal_number *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == SURREAL_INT) return a->as.i == b->as.i;
    if (a->kind == SURREAL_FLOAT) return srl_same_float(a->as.f, b->as.f);
    return surreal_decimal_cmp(a->as.decimal, b->as.decimal) == 0;
}

static bool
srl_same_plain(unsigned member, const uint8_t *a, const uint8_t *b)
{
    srl_any_member x;
    srl_any_member y;
    surreal_decimal c;
    surreal_decimal d;
    const uint8_t *item;
    const uint8_t *other;

#define SRL_TAKE(part)                  \
    (memcpy(&x.part, a, sizeof x.part), \
     memcpy(&y.part, b, sizeof y.part))
    switch (member) {
    case SURREAL_MEMBER_BOOL: return *a == *b;
    case SURREAL_MEMBER_INT: SRL_TAKE(i); return x.i == y.i;
    case SURREAL_MEMBER_FLOAT: SRL_TAKE(f); return srl_same_float(x.f, y.f);
    case SURREAL_MEMBER_NUMBER:
        SRL_TAKE(number);
        return srl_same_number(&x.number, &y.number);
    case SURREAL_MEMBER_DECIMAL:
        memcpy(&c, a, sizeof c);
        memcpy(&d, b, sizeof d);
        return surreal_decimal_cmp(c, d) == 0;
    case SURREAL_MEMBER_STRING:
        SRL_TAKE(text);
        return surreal_str_eq(x.text, y.text);
    case SURREAL_MEMBER_CHARS:
        SRL_TAKE(len);
        return x.len == y.len &&
               !memcmp(a + sizeof x.len, b + sizeof x.len, x.len);
    case SURREAL_MEMBER_BYTES:
        SRL_TAKE(bytes);
        return x.bytes.len == y.bytes.len &&
               (!x.bytes.len ||
                !memcmp(x.bytes.ptr, y.bytes.ptr, x.bytes.len));
    case SURREAL_MEMBER_DATETIME:
        SRL_TAKE(datetime);
        return x.datetime.sec == y.datetime.sec &&
               x.datetime.nsec == y.datetime.nsec;
    case SURREAL_MEMBER_DURATION:
        SRL_TAKE(duration);
        return x.duration.sec == y.duration.sec &&
               x.duration.nsec == y.duration.nsec;
    case SURREAL_MEMBER_UUID: return !memcmp(a, b, 16);
    case SURREAL_MEMBER_RECORD:
        SRL_TAKE(id);
        return surreal_id_eq(x.id, y.id);
    case SURREAL_MEMBER_POINT:
        SRL_TAKE(point);
        return srl_same_float(x.point.lon, y.point.lon) &&
               srl_same_float(x.point.lat, y.point.lat);
    case SURREAL_MEMBER_FILE:
        SRL_TAKE(file);
        return surreal_str_eq(x.file.bucket, y.file.bucket) &&
               surreal_str_eq(x.file.key, y.file.key);
    case SURREAL_MEMBER_ENUM: SRL_TAKE(e); return x.e == y.e;
    default:
        SRL_TAKE(raw);
        item = srl_raw_item(&x.raw);
        other = srl_raw_item(&y.raw);
        return item && other ? srl_same_item(item, other) : item == other;
    }
#undef SRL_TAKE
}

static bool
srl_same_member(unsigned member, const void *sub, const uint8_t *a,
                const uint8_t *b)
{
    const surreal_items *items = (const surreal_items *)sub;
    srl_slice x;
    srl_slice y;
    size_t i;

    if (member == SURREAL_MEMBER_STRUCT) {
        return srl_same_object((const surreal_model *)sub, a, b);
    }
    if (member != SURREAL_MEMBER_ARRAY) return srl_same_plain(member, a, b);
    x = srl_slice_of(items, a);
    y = srl_slice_of(items, b);
    if (x.count != y.count) return false;
    for (i = 0; i < x.count; i++) {
        if (!srl_same_member(items->member, items->of, x.v + i * items->size,
                             y.v + i * items->size)) {
            return false;
        }
    }
    return true;
}

static bool
srl_same_object(const surreal_model *model, const uint8_t *a,
                const uint8_t *b)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        bool is_null = srl_field_is_null(model, a, field);

        if (srl_bit_at(a, 0, field->bit) != srl_bit_at(b, 0, field->bit) ||
            is_null != srl_field_is_null(model, b, field)) {
            return false;
        }
        if (is_null || !srl_bit_at(a, 0, field->bit)) continue;
        if (!srl_same_member(field->member, srl_field_sub(model, field),
                             a + field->offset, b + field->offset)) {
            return false;
        }
    }
    return true;
}

SURREAL_API bool
surreal_model_equal(const surreal_model *model, const void *a, const void *b)
{
    return srl_same_object(model, (const uint8_t *)a, (const uint8_t *)b);
}

/*===========================================================================
 * model/run.c: typed calls: a struct out, a struct in.
 *===========================================================================*/
#ifdef SURREAL_DEV_LINES
#line 1 "src/model/run.c"
#endif

/* Reading and deleting use the RPC methods. Writing uses statements with the
 * table, the ids and the row as variables: SurrealDB 3.0's write methods turn
 * a set inside the row into an array, which a field of type set then refuses,
 * and some of them ignore transactions. The variables are called srl_...,
 * because on SurrealDB 2 a session's variable of the same name would win.
 * Nothing is pasted into text either way. Where the answers differ in shape
 * (an object or an array of one) both are read. A table is sent as a value of
 * its own kind, because a string would be a string. */


/* Bytes of rows in one insert. */
#ifndef SURREAL_INSERT_BYTES
#define SURREAL_INSERT_BYTES ((size_t)1 << 20)
#endif

/* One call: its parameters, and where the answer goes. */
typedef struct srl_run {
    surreal *db;
    const surreal_model *model;
    srl_buf params;
    surreal_status status;
} srl_run;

static void
srl_run_begin(srl_run *run, surreal *db, const surreal_model *model,
              unsigned param_count)
{
    run->db = db;
    run->model = model;
    run->status = db ? SURREAL_OK : SURREAL_ERR_USAGE;
    srl_buf_init(&run->params, NULL, 0);
    if (!db) return;
    srl_enter(db->conn);
    srl_buf_init(&run->params, &db->conn->mem, SURREAL_MAX_MESSAGE);
    if (param_count) {
        srl_cbor_put_head(&run->params, SRL_CBOR_ARRAY, param_count);
    }
}

/* The params of `query`: a statement, and the head of its variables. Each
 * variable follows as srl_cbor_put_key and its value. */
static void
srl_run_statement(srl_run *run, const char *text, unsigned var_count)
{
    if (run->status) return;
    srl_cbor_put_key(&run->params, text);
    srl_cbor_put_head(&run->params, SRL_CBOR_MAP, var_count);
}

static void
srl_run_name(srl_run *run, const char *name)
{
    if (!run->status) srl_cbor_put_key(&run->params, name);
}

/* Latch a failure and say so in the connection. */
static void
srl_run_latch(srl_run *run, surreal_status status, const char *what)
{
    if (run->status || !status) return;
    run->status = srl_fail(&run->db->error, status, "%s: %s: %s",
                           run->model->name, what,
                           surreal_status_text(status));
}

static surreal_status
srl_run_end(srl_run *run)
{
    if (!run->db) return run->status;
    srl_buf_free(&run->params);
    srl_leave(run->db->conn);
    return run->status;
}

static void
srl_run_table(srl_run *run)
{
    srl_run_latch(run,
                  srl_put_table(&run->params, surreal_text(run->model->name)),
                  "table");
}

static void
srl_run_id(srl_run *run, surreal_record_id id, const char *what)
{
    if (run->status) return;
    if (id.kind == SURREAL_KEY_NONE) {
        srl_run_latch(run, SURREAL_ERR_USAGE, what);
        return;
    }
    srl_run_latch(run, srl_put_record_id(&run->params, id), what);
}

static void
srl_run_row(srl_run *run, const void *row, surreal_send what)
{
    if (run->status) return;
    run->status = srl_model_encode(&run->params, run->model, row, what,
                                   srl_major(run->db), &run->db->error);
}

/* Send a method; *r is NULL unless it succeeded. */
static void
srl_run_send(srl_run *run, const char *method, surreal_result **r)
{
    surreal_bytes params;

    *r = NULL;
    if (run->status) return;
    srl_run_latch(run, run->params.status, "request");
    if (run->status) return;
    params.ptr = run->params.data;
    params.len = run->params.len;
    run->status = surreal_rpc(run->db, method, params, r);
    if (!run->status) return;
    surreal_result_free(*r);
    *r = NULL;
}

/* The one record of an answer into *out. */
static void
srl_run_one(srl_run *run, surreal_result *r, void *out,
            surreal_result **result)
{
    surreal_value v;

    if (run->status) return;
    v = surreal_statement_value(r, 0);
    if (surreal_value_kind(v) == SURREAL_ARRAY) v = surreal_at(v, 0);
    if (surreal_is_nothing(v)) {
        run->status = srl_fail(&run->db->error, SURREAL_NOT_FOUND,
                               "%s: no such record", run->model->name);
    } else if (out) {
        run->status = surreal_decode(run->model, v, out, &run->db->error);
    }
    if (run->status || !result) {
        surreal_result_free(r);
    } else {
        *result = r;
    }
}

/* All records of an answer into *rows. */
static void
srl_run_rows(srl_run *run, surreal_result *r, void **rows, size_t *count,
             surreal_result **result)
{
    if (run->status) return;
    run->status = surreal_decode_rows(run->model,
                                      surreal_statement_value(r, 0), rows,
                                      count, &run->db->error);
    if (run->status) {
        surreal_result_free(r);
    } else {
        *result = r;
    }
}

/* ---- reading ------------------------------------------------------------ */

/* Nothing is left of an earlier answer. `out` may be the row that is about to
 * be sent: then it is overwritten only by the answer. */
static void
srl_run_clear(const surreal_model *model, const void *row, void *out,
              surreal_result **result)
{
    if (out && out != row) memset(out, 0, model->size);
    if (result) *result = NULL;
}

/* A row without the result it lives in could not be used. */
static void
srl_run_pair(srl_run *run, const void *out, surreal_result *const *result)
{
    if (out && !result) {
        srl_run_latch(run, SURREAL_ERR_USAGE, "out needs result");
    }
}

SURREAL_API surreal_status
surreal_model_get(surreal *db, const surreal_model *model,
                  surreal_record_id id, void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, NULL, out, result);
    srl_run_begin(&run, db, model, 1);
    srl_run_pair(&run, out, result);
    srl_run_id(&run, id, "id");
    srl_run_send(&run, "select", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

SURREAL_API surreal_status
surreal_model_all(surreal *db, const surreal_model *model, void **rows,
                  size_t *count, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    *rows = NULL;
    *count = 0;
    *result = NULL;
    srl_run_begin(&run, db, model, 1);
    srl_run_table(&run);
    srl_run_send(&run, "select", &r);
    srl_run_rows(&run, r, rows, count, result);
    return srl_run_end(&run);
}

/* SELECT what FROM table [WHERE where] tail. */
static void
srl_run_select(srl_run *run, const char *what, const char *where,
               const char *tail, surreal_vars vars, surreal_result **r)
{
    char name[256];
    surreal_str text;
    size_t len;

    *r = NULL;
    if (run->status) return;
    len = surreal_ident_print(surreal_text(run->model->name), name,
                              sizeof name);
    if (len >= sizeof name) {
        srl_run_latch(run, SURREAL_ERR_TOO_LONG, "table");
        return;
    }
    srl_buf_put_text(&run->params, "SELECT ");
    srl_buf_put_text(&run->params, what);
    srl_buf_put_text(&run->params, " FROM ");
    srl_buf_put(&run->params, name, len);
    if (where) {
        srl_buf_put_text(&run->params, " WHERE ");
        srl_buf_put_text(&run->params, where);
    }
    /* On a line of its own: `where` may end in a comment. */
    srl_buf_put_text(&run->params, "\n");
    srl_buf_put_text(&run->params, tail);
    srl_run_latch(run, run->params.status, "request");
    if (run->status) return;
    text.ptr = (const char *)run->params.data;
    text.len = run->params.len;
    run->status = surreal_query_str(run->db, text, vars, r);
    if (!run->status) return;
    surreal_result_free(*r);
    *r = NULL;
}

SURREAL_API surreal_status
surreal_model_find(surreal *db, const surreal_model *model, const char *where,
                   surreal_vars vars, void **rows, size_t *count,
                   surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    *rows = NULL;
    *count = 0;
    *result = NULL;
    srl_run_begin(&run, db, model, 0);
    srl_run_select(&run, "*", where, "", vars, &r);
    srl_run_rows(&run, r, rows, count, result);
    return srl_run_end(&run);
}

/* The answer is [{ count: n }], or [] if there is nothing to count. */
SURREAL_API surreal_status
surreal_model_count(surreal *db, const surreal_model *model,
                    const char *where, surreal_vars vars, int64_t *count)
{
    surreal_result *r;
    surreal_value row;
    srl_run run;

    *count = 0;
    srl_run_begin(&run, db, model, 0);
    srl_run_select(&run, "count()", where, "GROUP ALL", vars, &r);
    if (!run.status) {
        surreal_value rows = surreal_statement_value(r, 0);

        row = surreal_at(rows, 0);
        if (surreal_count(rows) > 1) {
            srl_run_latch(&run, SURREAL_ERR_USAGE,
                          "the condition ends the count early");
        }
        if (!surreal_is_nothing(row)) {
            srl_run_latch(&run,
                          surreal_get_int(surreal_field(row, "count"), count),
                          "count");
        }
    }
    surreal_result_free(r);
    return srl_run_end(&run);
}

/* ---- writing ------------------------------------------------------------ */

SURREAL_API surreal_status
surreal_model_create(surreal *db, const surreal_model *model, const void *row,
                     void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, row, out, result);
    srl_run_begin(&run, db, model, 2);
    srl_run_pair(&run, out, result);
    srl_run_statement(&run, "CREATE $srl_table CONTENT $srl_row", 2);
    srl_run_name(&run, "srl_table");
    srl_run_table(&run);
    srl_run_name(&run, "srl_row");
    srl_run_row(&run, row, SURREAL_SEND_NEW);
    srl_run_send(&run, "query", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

/* A statement about $id with $row. */
static surreal_status
srl_run_write(surreal *db, const surreal_model *model, const char *text,
              surreal_record_id id, const void *row, surreal_send what,
              void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, row, out, result);
    srl_run_begin(&run, db, model, 2);
    srl_run_pair(&run, out, result);
    srl_run_statement(&run, text, 2);
    srl_run_name(&run, "srl_id");
    srl_run_id(&run, id, "id");
    srl_run_name(&run, "srl_row");
    srl_run_row(&run, row, what);
    srl_run_send(&run, "query", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

SURREAL_API surreal_status
surreal_model_merge(surreal *db, const surreal_model *model,
                    surreal_record_id id, const void *row, void *out,
                    surreal_result **result)
{
    if (!surreal_is_changed(model, row)) {
        srl_run_clear(model, NULL, out == row ? NULL : out, result);
        return SURREAL_NO_CHANGE;
    }
    return srl_run_write(db, model, "UPDATE $srl_id MERGE $srl_row", id, row,
                         SURREAL_SEND_CHANGES, out, result);
}

SURREAL_API surreal_status
surreal_model_replace(surreal *db, const surreal_model *model,
                      surreal_record_id id, const void *row, void *out,
                      surreal_result **result)
{
    return srl_run_write(db, model, "UPDATE $srl_id CONTENT $srl_row", id, row,
                         SURREAL_SEND_CONTENT, out, result);
}

SURREAL_API surreal_status
surreal_model_upsert(surreal *db, const surreal_model *model,
                     surreal_record_id id, const void *row, void *out,
                     surreal_result **result)
{
    return srl_run_write(db, model, "UPSERT $srl_id CONTENT $srl_row", id, row,
                         SURREAL_SEND_CONTENT, out, result);
}

SURREAL_API surreal_status
surreal_model_delete(surreal *db, const surreal_model *model,
                     surreal_record_id id, void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, NULL, out, result);
    srl_run_begin(&run, db, model, 1);
    srl_run_pair(&run, out, result);
    srl_run_id(&run, id, "id");
    srl_run_send(&run, "delete", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

SURREAL_API surreal_status
surreal_model_relate(surreal *db, const surreal_model *model,
                     surreal_record_id from, surreal_record_id to,
                     const void *row, void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, row, out, result);
    srl_run_begin(&run, db, model, 2);
    srl_run_pair(&run, out, result);
    srl_run_statement(&run,
                      row ? "RELATE $srl_from->$srl_edge->$srl_to "
                            "CONTENT $srl_row"
                          : "RELATE $srl_from->$srl_edge->$srl_to",
                      row ? 4 : 3);
    srl_run_name(&run, "srl_from");
    srl_run_id(&run, from, "from");
    srl_run_name(&run, "srl_edge");
    srl_run_table(&run);
    srl_run_name(&run, "srl_to");
    srl_run_id(&run, to, "to");
    if (row) {
        srl_run_name(&run, "srl_row");
        srl_run_row(&run, row, SURREAL_SEND_NEW);
    }
    srl_run_send(&run, "query", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

/* ---- inserting many ----------------------------------------------------- */

/* The rows of an insert are an array whose head has a fixed width, because
 * their number is known last: 0x9a and four bytes. */
static size_t
srl_insert_rows(srl_run *run, const uint8_t *rows, size_t count)
{
    size_t head;
    size_t taken = 0;

    srl_cbor_put_head(&run->params, SRL_CBOR_ARRAY, 2);
    srl_run_statement(run, "INSERT INTO $srl_table $srl_rows", 2);
    srl_run_name(run, "srl_table");
    srl_run_table(run);
    srl_run_name(run, "srl_rows");
    head = run->params.len;
    srl_buf_put(&run->params, "\x9a\0\0\0\0", 5);
    srl_run_latch(run, run->params.status, "request");
    while (!run->status && taken < count &&
           run->params.len < SURREAL_INSERT_BYTES) {
        srl_run_row(run, rows + taken * run->model->size, SURREAL_SEND_NEW);
        if (!run->status) taken++;
    }
    if (!run->status) {
        srl_store32(run->params.data + head + 1, (uint32_t)taken);
    }
    return taken;
}

/* The first answer keeps everything; the rows of later ones are decoded in
 * its memory from a copy of their bytes. */
static void
srl_insert_keep(srl_run *run, surreal_result *first, surreal_result *r,
                uint8_t *out, size_t count)
{
    surreal_value v = surreal_statement_value(r, 0);
    surreal_document *doc = NULL;
    uint8_t *copy;
    void *rows;
    size_t got;
    size_t len;

    if (!v.at) {
        srl_run_latch(run, SURREAL_ERR_REPLY, "insert");
        return;
    }
    if (r != first) {
        len = (size_t)(srl_cbor_skip(v.at) - v.at);
        copy = (uint8_t *)surreal_result_alloc(first, len);
        doc = (surreal_document *)surreal_result_alloc(first, sizeof *doc);
        if (!copy || !doc) {
            srl_run_latch(run, SURREAL_ERR_NOMEM, "insert");
            return;
        }
        memcpy(copy, v.at, len);
        srl_document_init(doc, copy, len, &first->arena);
        v = srl_value_at(doc, copy);
    }
    run->status = surreal_decode_rows(run->model, v, &rows, &got,
                                      &run->db->error);
    if (run->status) return;
    if (got != count) {
        srl_run_latch(run, SURREAL_ERR_REPLY, "insert: not all rows came");
        return;
    }
    if (got) memcpy(out, rows, got * run->model->size);
}

/* Send rows until all are stored. */
static void
srl_insert_all(srl_run *run, const uint8_t *rows, size_t count, void **out,
               surreal_result **result)
{
    surreal_result *first = NULL;
    uint8_t *block = NULL;
    size_t done = 0;

    while (!run->status && done < count) {
        surreal_result *r;
        size_t taken;

        run->params.len = 0;
        taken = srl_insert_rows(run, rows + done * run->model->size,
                                count - done);
        srl_run_send(run, "query", &r);
        if (run->status) break;
        if (!out) {
            surreal_result_free(r);
            done += taken;
            continue;
        }
        if (!first) {
            first = r;
            block = (uint8_t *)srl_arena_array(&r->arena, count,
                                               run->model->size);
            if (!block) {
                srl_run_latch(run, SURREAL_ERR_NOMEM, "insert");
                break;
            }
        }
        srl_insert_keep(run, first, r, block + done * run->model->size,
                        taken);
        if (r != first) surreal_result_free(r);
        done += taken;
    }
    if (run->status || !out) {
        surreal_result_free(first);
        return;
    }
    *out = block;
    *result = first;
}

SURREAL_API surreal_status
surreal_model_insert(surreal *db, const surreal_model *model,
                     const void *rows, size_t count, void **out,
                     surreal_result **result)
{
    srl_run run;

    if (out) *out = NULL;
    if (result) *result = NULL;
    if (!count) return SURREAL_OK;
    srl_run_begin(&run, db, model, 0);
    srl_run_pair(&run, out, result);
    srl_insert_all(&run, (const uint8_t *)rows, count, out, result);
    return srl_run_end(&run);
}

#endif /* SURREAL_IMPLEMENTATION_DONE */
#endif /* SURREAL_IMPLEMENTATION */

/*===========================================================================
 * api/license.h: the licence of this file (MIT).
 *===========================================================================*/
/*
 * MIT License
 *
 * Copyright (c) 2026 the surreal.h contributors
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to
 * deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in
 * all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
 * FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
 * THE
 * SOFTWARE.
 */
