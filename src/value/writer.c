/* value/writer.c: values that go to the server. */
#include "value/value.h"

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
