/* cbor/read.c: reading CBOR items. */
#include "cbor/cbor.h"

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
