/* cbor/cbor.h: CBOR items (RFC 8949) as bytes. */
#ifndef SRL_CBOR_H
#define SRL_CBOR_H
#include "base/base.h"

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
