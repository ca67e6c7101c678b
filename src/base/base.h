/* base/base.h: memory, buffers, text and errors that every layer uses. */
#ifndef SRL_BASE_H
#define SRL_BASE_H
#include "api/http.h"
#include "api/calls.h"
#include "api/env.h"
#include "api/schema.h"
#include "api/functions.h"
#include "api/typed.h"

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
/* What is rare stays out of the way of what is not. */
#define SRL_COLD __attribute__((noinline, cold))
#else
#define SRL_LIKELY(x) (x)
#define SRL_UNLIKELY(x) (x)
#define SRL_INLINE static inline
#define SRL_COLD
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
/* Forget all blocks, but keep the newest chunk for the next ones. */
SRL_FN void srl_arena_reset(srl_arena *arena);
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
/* The same for a secret: wiped when it moves and when it is freed. */
SRL_FN void srl_buf_init_secret(srl_buf *buf, srl_mem *mem, size_t max);
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

/* ASCII, whatever the locale. */
SRL_INLINE bool
srl_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

SRL_INLINE bool
srl_is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The value of a hexadecimal digit; -1 for anything else. */
SRL_FN int srl_hex_value(int c);
/* Equal but for the case of letters. */
SRL_FN bool srl_word_is(const char *text, size_t len, const char *word);

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

/* ---- base/ip.c ----------------------------------------------------------- */

/* Four decimal numbers of 0 to 255 without leading zeros: what looks like an
 * address and is not written so means another one to other programs. */
SRL_FN bool srl_ipv4_parse(const char *text, size_t len, uint8_t ip[4]);
/* RFC 4291 2.2: eight groups of one to four hex digits, "::" once for one or
 * more groups of zeros, the last two groups perhaps as IPv4. No zone. */
SRL_FN bool srl_ipv6_parse(const char *text, size_t len, uint8_t ip[16]);

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
