/* tests/item.h: CBOR items as hex, as documents, and copied by hand. Include
 * after surreal.h (with SURREAL_IMPLEMENTATION). */
#ifndef TEST_ITEM_H
#define TEST_ITEM_H

/* The bytes in a block of exactly their number, so that a sanitizer sees the
 * first byte read beyond them. */
static inline uint8_t *
item_block(const uint8_t *bytes, size_t len)
{
    uint8_t *block = (uint8_t *)malloc(len ? len : 1);

    if (!block) abort();
    if (len) memcpy(block, bytes, len);
    if (!len) {
        free(block);
        return NULL;
    }
    return block;
}

static inline unsigned
item_digit(char c)
{
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    return ((unsigned)c | 32) - 'a' + 10;
}

/* Hex to bytes; room for strlen(hex) / 2. */
static inline size_t
item_unhex(const char *hex, uint8_t *out)
{
    size_t n = 0;

    for (; hex[0] && hex[1]; hex += 2) {
        out[n++] = (uint8_t)(item_digit(hex[0]) << 4 | item_digit(hex[1]));
    }
    return n;
}

/* A document of its own, with all it stands on. */
typedef struct item_doc {
    srl_mem mem;
    srl_arena arena;
    surreal_document doc;
    uint8_t *bytes;
    size_t len;
    surreal_status status; /* of srl_cbor_check */
    const char *reason;
    size_t used;
    surreal_value value; /* ABSENT if the bytes are not one item */
} item_doc;

static inline void
item_open_bytes(item_doc *d, const uint8_t *bytes, size_t len,
                const surreal_allocator *allocator)
{
    memset(d, 0, sizeof *d);
    srl_mem_init(&d->mem, allocator, 0);
    srl_arena_init(&d->arena, &d->mem);
    d->bytes = item_block(bytes, len);
    d->len = len;
    d->status = srl_cbor_check(d->bytes, len, SURREAL_MAX_DEPTH, &d->used,
                               &d->reason);
    if (d->status || d->used != len) return;
    srl_document_init(&d->doc, d->bytes, len, &d->arena);
    d->value = srl_value_at(&d->doc, d->bytes);
}

static inline void
item_open(item_doc *d, const char *hex)
{
    uint8_t *bytes = (uint8_t *)malloc(strlen(hex) / 2 + 1);

    if (!bytes) abort();
    item_open_bytes(d, bytes, item_unhex(hex, bytes), NULL);
    free(bytes);
}

static inline void
item_close(item_doc *d)
{
    srl_arena_free(&d->arena);
    free(d->bytes);
    memset(d, 0, sizeof *d);
}

/* The text of a value, to be freed. */
static inline char *
item_text(surreal_value v)
{
    size_t len = surreal_print(v, NULL, 0);
    char *text = (char *)malloc(len + 1);

    if (!text || surreal_print(v, text, len + 1) != len) abort();
    return text;
}

/* ---- a copy through the public functions ----------------------------------
 *
 * Reads every value with its getter and writes it with its put. False if a
 * value cannot be copied: it is malformed, or may not be sent. */
static inline bool item_copy(surreal_writer *w, surreal_value v);

static inline bool
item_copy_leaf(surreal_writer *w, surreal_value v)
{
    union {
        bool b;
        int64_t i;
        double f;
        surreal_str s;
        surreal_decimal decimal;
        surreal_bytes bytes;
        surreal_datetime datetime;
        surreal_duration duration;
        surreal_uuid uuid;
        surreal_record_id id;
        surreal_file file;
        surreal_point point;
    } u;

    switch (surreal_value_kind(v)) {
    case SURREAL_NONE: surreal_put_none(w); return true;
    case SURREAL_NULL: surreal_put_null(w); return true;
#define ITEM_LEAF(kind, get, put, member)        \
    case kind:                                   \
        if (get(v, &u.member)) return false;     \
        put(w, u.member);                        \
        return true
    ITEM_LEAF(SURREAL_BOOL, surreal_get_bool, surreal_put_bool, b);
    ITEM_LEAF(SURREAL_INT, surreal_get_int, surreal_put_int, i);
    ITEM_LEAF(SURREAL_FLOAT, surreal_get_float, surreal_put_float, f);
    ITEM_LEAF(SURREAL_STRING, surreal_get_str, surreal_put_str, s);
    ITEM_LEAF(SURREAL_BYTES, surreal_get_bytes, surreal_put_bytes, bytes);
    ITEM_LEAF(SURREAL_DATETIME, surreal_get_datetime, surreal_put_datetime,
              datetime);
    ITEM_LEAF(SURREAL_DURATION, surreal_get_duration, surreal_put_duration,
              duration);
    ITEM_LEAF(SURREAL_UUID, surreal_get_uuid, surreal_put_uuid, uuid);
    ITEM_LEAF(SURREAL_TABLE, surreal_get_table, surreal_put_table, s);
    ITEM_LEAF(SURREAL_FILE, surreal_get_file, surreal_put_file, file);
    ITEM_LEAF(SURREAL_POINT, surreal_get_point, surreal_put_point, point);
#undef ITEM_LEAF
    case SURREAL_DECIMAL:
        if (surreal_get_decimal(v, &u.decimal)) return false;
        surreal_put_decimal(w, u.decimal.text);
        return true;
    case SURREAL_RECORD_ID:
        /* The text form prints as text, its copy does not. */
        if (!surreal_record_key(v).doc) return false;
        if (surreal_get_record_id(v, &u.id)) return false;
        surreal_put_id(w, u.id);
        return true;
    default: return false;
    }
}

static inline bool
item_copy_range(surreal_writer *w, surreal_value v)
{
    surreal_range range;

    if (surreal_get_range(v, &range)) return false;
    surreal_put_range(w);
    if (range.begin.doc) {
        surreal_put_bound(w, range.begin_excluded ? SURREAL_BOUND_EXCLUDED
                                                  : SURREAL_BOUND_INCLUDED);
        if (!item_copy(w, range.begin)) return false;
    } else {
        surreal_put_bound(w, SURREAL_BOUND_OPEN);
    }
    if (range.end.doc) {
        surreal_put_bound(w, range.end_included ? SURREAL_BOUND_INCLUDED
                                                : SURREAL_BOUND_EXCLUDED);
        if (!item_copy(w, range.end)) return false;
    } else {
        surreal_put_bound(w, SURREAL_BOUND_OPEN);
    }
    surreal_put_end(w);
    return true;
}

/* True for kinds with items, which are opened. A tag that does not hold an
 * array is malformed. */
static inline bool
item_copy_open(surreal_writer *w, surreal_value v)
{
    uint64_t tag;
    surreal_kind kind = surreal_value_kind(v);

    if (kind == SURREAL_ARRAY) {
        surreal_put_array(w);
    } else if (kind == SURREAL_OBJECT) {
        surreal_put_object(w);
    } else if (*srl_item_untag(v.at, &tag) >> 5 != SRL_CBOR_ARRAY) {
        return false;
    } else if (kind == SURREAL_SET) {
        surreal_put_set(w);
    } else if (kind >= SURREAL_LINE && kind <= SURREAL_COLLECTION) {
        surreal_put_geometry(w, kind);
    } else {
        return false;
    }
    return true;
}

static inline bool
item_copy(surreal_writer *w, surreal_value v)
{
    surreal_kind kind = surreal_value_kind(v);
    surreal_iter it;

    if (w->status) return false;
    if (kind == SURREAL_RANGE) return item_copy_range(w, v);
    if (kind != SURREAL_ARRAY && kind != SURREAL_OBJECT &&
        kind != SURREAL_SET &&
        (kind < SURREAL_LINE || kind > SURREAL_COLLECTION)) {
        return item_copy_leaf(w, v);
    }
    if (!item_copy_open(w, v)) return false;
    it = surreal_iterate(v);
    while (surreal_next(&it)) {
        if (kind == SURREAL_OBJECT) surreal_put_key_str(w, it.key);
        if (!item_copy(w, it.value)) return false;
    }
    surreal_put_end(w);
    return !w->status;
}

#endif
