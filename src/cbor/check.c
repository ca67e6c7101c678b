/* cbor/check.c: is this one well-formed CBOR item (RFC 8949 5.3.1)? */
#include "cbor/cbor.h"

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
