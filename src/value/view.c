/* value/view.c: kinds, lookups and walks over values. */
#include "value/value.h"

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
