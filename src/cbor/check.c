/* cbor/check.c: is this one well-formed CBOR item (RFC 8949 5.3.1)? */
#include "cbor/cbor.h"

/* Every message passes here once, before anything else reads it, so this is
 * both the guard and the hot loop. One pass; a level is one number, the items
 * that must still come at it, kept in `left` for the innermost and in
 * outer[] for those around it.
 *
 * A definite level starts with its count and ends at 0. An indefinite one
 * starts so high that it never gets there and ends by a break; its two top
 * bits tell array (10) from map (11), and because a map starts with an even
 * number, its low bit tells whether a key still waits for its value.
 *
 * Counts are refused as soon as they exceed the bytes that follow, so that
 * they stay far below those marks and nobody sizes memory by them.
 *
 * More is refused than RFC 8949 demands: simple values other than false,
 * true, null and undefined (the server knows no others), text that is not
 * UTF-8, and more than depth_max open levels. */
#define SRL_CBOR_OPEN_ARRAY UINT64_C(0xbffffffffffffffe)
#define SRL_CBOR_OPEN_MAP UINT64_C(0xfffffffffffffffe)

typedef struct srl_cbor_checker {
    const uint8_t *end;
    const uint8_t *stop; /* where it failed */
    const char *reason;
    surreal_status status;
    unsigned depth;
    unsigned depth_max;
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

/* Is this text UTF-8? Nearly all of it is short and ASCII: whole words, the
 * last one overlapping the one before, and no loop over bytes. */
SRL_INLINE bool
srl_cbor_text_ok(const uint8_t *at, size_t len, const uint8_t *end)
{
    static const uint8_t tops[16] = {0x80, 0x80, 0x80, 0x80,
                                     0x80, 0x80, 0x80, 0x80};
    uint64_t word;
    uint64_t last;

    if (len <= 8) {
        /* Eight bytes are read where there are as many; those that are not
         * of this text are masked away. */
        if (SRL_UNLIKELY((size_t)(end - at) < 8)) {
            return srl_utf8_valid(at, len);
        }
        memcpy(&word, at, 8);
        memcpy(&last, tops + 8 - len, 8);
        if (SRL_LIKELY(!(word & last))) return true;
    } else if (len <= 24) {
        memcpy(&word, at, 8);
        memcpy(&last, at + len - 8, 8);
        last |= word;
        memcpy(&word, at + (len - 8) / 2, 8); /* in between: no gap to 24 */
        if (SRL_LIKELY(!((word | last) & UINT64_C(0x8080808080808080)))) {
            return true;
        }
    }
    return srl_utf8_valid(at, len);
}

SRL_INLINE const uint8_t *
srl_cbor_check_string(srl_cbor_checker *c, const uint8_t *at, unsigned major,
                      uint64_t len)
{
    if (SRL_UNLIKELY(len > (uint64_t)(c->end - at))) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             major == SRL_CBOR_TEXT ? "text ends early"
                                                    : "bytes end early");
    }
    if (major == SRL_CBOR_TEXT &&
        SRL_UNLIKELY(!srl_cbor_text_ok(at, (size_t)len, c->end))) {
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

/* Enter a level of `items` items: true, or false with the reason set. A level
 * of none is left at once, by the caller. */
SRL_INLINE bool
srl_cbor_enter(srl_cbor_checker *c, const uint8_t *at, uint64_t items,
               uint64_t *left)
{
    if (SRL_UNLIKELY(c->depth == c->depth_max)) {
        srl_cbor_stop(c, at, SURREAL_ERR_DEPTH, "nested too deep");
        return false;
    }
    if (items) {
        c->outer[c->depth++] = *left;
        *left = items;
    }
    return true;
}

/* A head with info 31: indefinite length, or break. Sets *items when it opens
 * a level. */
static const uint8_t *
srl_cbor_check_open(srl_cbor_checker *c, const uint8_t *at, uint64_t *items,
                    uint64_t *left)
{
    unsigned major = *at >> 5;

    *items = 0;
    if (major == SRL_CBOR_BYTES || major == SRL_CBOR_TEXT) {
        return srl_cbor_check_chunks(c, at + 1, major);
    }
    if (major == SRL_CBOR_ARRAY || major == SRL_CBOR_MAP) {
        *items = major == SRL_CBOR_MAP ? SRL_CBOR_OPEN_MAP
                                       : SRL_CBOR_OPEN_ARRAY;
        return srl_cbor_enter(c, at, *items, left) ? at + 1 : NULL;
    }
    if (major != SRL_CBOR_SIMPLE) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             "indefinite length of an integer or tag");
    }
    if (!(*left >> 63)) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             "break where nothing indefinite is open");
    }
    if (*left >> 62 == 3 && (*left & 1)) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             "map ends between key and value");
    }
    SURREAL_ASSERT(c->depth > 0);
    *left = c->outer[--c->depth];
    return at + 1;
}

/* A head whose argument does not fit its first byte: the byte after it. */
static const uint8_t *
srl_cbor_check_wide(srl_cbor_checker *c, const uint8_t *at, uint64_t *arg)
{
    srl_cbor_head head;
    const uint8_t *next = srl_cbor_read(at, c->end, &head);

    if (!next) {
        return srl_cbor_stop(c, at, SURREAL_ERR_CBOR,
                             (*at & 31) > 27 ? "reserved head"
                                             : "head ends early");
    }
    *arg = head.arg;
    return next;
}

/* What an item with this head holds: its bytes are passed over, and *items is
 * set if it opens a level. `at` is behind the head. */
SRL_INLINE const uint8_t *
srl_cbor_check_body(srl_cbor_checker *c, const uint8_t *at, uint8_t first,
                    uint64_t arg, uint64_t *items, uint64_t *left)
{
    uint64_t room = (uint64_t)(c->end - at);
    uint64_t count = arg;

    *items = 0;
    switch (first >> 5) {
    case SRL_CBOR_BYTES:
    case SRL_CBOR_TEXT:
        return srl_cbor_check_string(c, at, first >> 5, arg);
    case SRL_CBOR_MAP:
        if (SRL_UNLIKELY(arg > room / 2)) {
            return srl_cbor_stop(c, at, SURREAL_ERR_CBOR, "map ends early");
        }
        count = arg * 2;
        break;
    case SRL_CBOR_ARRAY:
        if (SRL_UNLIKELY(arg > room)) {
            return srl_cbor_stop(c, at, SURREAL_ERR_CBOR, "array ends early");
        }
        break;
    case SRL_CBOR_TAG:
        count = 1;
        break;
    case SRL_CBOR_SIMPLE:
        if (first < SRL_CBOR_FALSE || first == 0xf8) {
            return srl_cbor_stop(c, at - 1, SURREAL_ERR_CBOR,
                                 "simple value unknown to SurrealDB");
        }
        return at;
    default:
        return at;
    }
    *items = count;
    return srl_cbor_enter(c, at, count, left) ? at : NULL;
}

SRL_FN surreal_status
srl_cbor_check(const uint8_t *data, size_t len, unsigned depth_max,
               size_t *used, const char **reason)
{
    srl_cbor_checker c;
    const uint8_t *at = data;
    uint64_t left = 1;
    uint64_t items;

    c.end = len ? data + len : data; /* data may be NULL then */
    c.stop = data;
    c.reason = "";
    c.status = SURREAL_OK;
    c.depth = 0;
    c.depth_max = depth_max < SURREAL_MAX_DEPTH ? depth_max
                                                : SURREAL_MAX_DEPTH;
    for (;;) {
        uint8_t first;
        uint64_t arg;

        if (SRL_UNLIKELY(at == c.end)) {
            srl_cbor_stop(&c, at, SURREAL_ERR_CBOR,
                          c.depth ? "data ends inside an array, map or tag"
                                  : "no data");
            break;
        }
        first = *at;
        arg = first & 31;
        items = 0;
        if (SRL_LIKELY((unsigned)first - 0x60 < 24)) {
            /* Short text: every key and most values. */
            at = srl_cbor_check_string(&c, at + 1, SRL_CBOR_TEXT, arg);
        } else if (SRL_LIKELY(arg < 24)) {
            at = srl_cbor_check_body(&c, at + 1, first, arg, &items, &left);
        } else if (arg == 31) {
            at = srl_cbor_check_open(&c, at, &items, &left);
        } else {
            at = srl_cbor_check_wide(&c, at, &arg);
            if (!at) break;
            at = srl_cbor_check_body(&c, at, first, arg, &items, &left);
        }
        if (SRL_UNLIKELY(!at)) break;
        if (items) continue;
        while (--left == 0) {
            if (!c.depth) {
                *used = (size_t)(at - data);
                return SURREAL_OK;
            }
            left = c.outer[--c.depth];
        }
    }
    SURREAL_ASSERT(c.status != SURREAL_OK);
    *used = (size_t)(c.stop - data);
    *reason = c.reason;
    return c.status;
}
