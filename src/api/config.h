/* api/config.h: switches, limits and the allocator. */
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
 *   SURREAL_NO_TLS          leave out TLS: wss:// and https:// then need the
 *                           option transport
 *   SURREAL_NO_SIMD         plain C only, whatever the CPU has
 *   SURREAL_NO_INT128       32-bit arithmetic for public keys, as where the
 *                           compiler has no __int128: slower, the same answers
 *   SURREAL_TLS_KEYLOG      write the keys of every TLS connection to the file
 *                           named by SSLKEYLOGFILE: for debugging only
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

/* What generated headers put before the functions of a field marked
 * @deprecated. Define it as nothing to compile without the warnings. */
#ifndef SURREAL_DEPRECATED
#if defined(__GNUC__) || defined(__clang__)
#define SURREAL_DEPRECATED(text) __attribute__((deprecated(text)))
#elif defined(_MSC_VER)
#define SURREAL_DEPRECATED(text) __declspec(deprecated(text))
#else
#define SURREAL_DEPRECATED(text)
#endif
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
 *   SURREAL_MAX_CHAIN       certificates a server may show     10
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
#ifndef SURREAL_MAX_CHAIN
#define SURREAL_MAX_CHAIN 10
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
