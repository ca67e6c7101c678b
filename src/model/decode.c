/* model/decode.c: objects into structs. */

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
#include "model/model.h"

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
SRL_FN void
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

SRL_FN void
srl_decode_borrow(srl_decoder *d)
{
    d->room = d->doc->arena->at;
    d->room_end = d->doc->arena->end;
}

SRL_FN void *
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
    default:
        if (!srl_member_is_shape(member)) return NULL;
        return srl_decode_shape(
            d, member, sub == SURREAL_NO_SUB ? NULL : subs[sub], at, out);
    }
}

/* ---- the long way ------------------------------------------------------- */

SRL_FN surreal_status
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
        return !status && !*out && e->is_closed ? SURREAL_ERR_RANGE : status;
    }
    status = surreal_get_str(v, &text);
    for (i = 0; !status && i < e->count; i++) {
        if (strlen(e->names[i]) == text.len &&
            !memcmp(e->names[i], text.ptr, text.len)) {
            *out = (int)i + 1;
            break;
        }
    }
    return !status && !*out && e->is_closed ? SURREAL_ERR_RANGE : status;
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
srl_decode_octets(surreal_value v, size_t cap, uint8_t *out)
{
    surreal_bytes bytes;
    surreal_status status = surreal_get_bytes(v, &bytes);

    if (status) return status;
    if (bytes.len > cap) return SURREAL_ERR_TOO_LONG;
    memcpy(out, &bytes.len, sizeof bytes.len);
    if (bytes.len) memcpy(out + sizeof bytes.len, bytes.ptr, bytes.len);
    return SURREAL_OK;
}

static surreal_status
srl_decode_other_record(const uint8_t *tables, surreal_value v,
                        surreal_record_id *out)
{
    surreal_status status = surreal_get_record_id(v, out);

    if (status || !tables) return status;
    return srl_tables_have(tables, out->table) ? SURREAL_OK
                                               : SURREAL_ERR_TYPE;
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

SRL_FN void
srl_decode_blame(srl_decoder *d, unsigned member, const void *sub,
                 surreal_status status, const uint8_t *at)
{
    surreal_value v = srl_value_at(d->doc, at);
    const char *want = srl_member_name(member);
    const char *got = surreal_kind_name(surreal_value_kind(v));
    surreal_record_id id;

    d->where.offset = (size_t)(at - d->doc->data);
    if (member == SURREAL_MEMBER_UNION && sub) {
        want = ((const surreal_union *)sub)->name;
    }
    if (member == SURREAL_MEMBER_USER && sub) {
        want = ((const surreal_user *)sub)->name;
    }
    if (status == SURREAL_ERR_NOMEM) {
        srl_where_fail(&d->where, status, "out of memory");
    } else if (status == SURREAL_ERR_RANGE &&
               member == SURREAL_MEMBER_ENUM) {
        char text[64];

        surreal_print(v, text, sizeof text);
        srl_where_fail(&d->where, status, "%s is no value of the enum %s",
                       text, ((const surreal_enum *)sub)->name);
    } else if (status == SURREAL_ERR_TOO_LONG) {
        srl_where_fail(&d->where, status, "%s does not fit", want);
    } else if (status == SURREAL_ERR_RANGE) {
        srl_where_fail(&d->where, status, "%s out of range", want);
    } else if (member == SURREAL_MEMBER_RECORD && sub &&
               !surreal_get_record_id(v, &id)) {
        char names[64];

        srl_tables_print((const uint8_t *)sub, names, sizeof names);
        srl_where_fail(&d->where, SURREAL_ERR_TYPE,
                       "expected record<%s>, got record<%.*s>", names,
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
    } else if (member == SURREAL_MEMBER_OCTETS) {
        status = srl_decode_octets(v, cap, out);
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

SRL_FN const uint8_t *
srl_decode_part(srl_decoder *d, unsigned member, const void *of,
                const uint8_t *at, uint8_t *out)
{
    const uint8_t *item = at;
    srl_state state = SRL_STATE_VALUE;

    at = srl_decode_fast(d, member, &of, of ? 0 : SURREAL_NO_SUB, at, out);
    if (SRL_LIKELY(at != NULL)) return at;
    at = srl_decode_slow(d, member, of, 0, item, out, &state);
    if (at && state == SRL_STATE_VALUE) return at;
    if (at) srl_decode_blame(d, member, of, SURREAL_ERR_TYPE, item);
    return NULL;
}

/* ---- arrays ------------------------------------------------------------- */

SRL_FN size_t
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
    int tries;

    for (tries = 0; tries < 3 && hint < last; tries++, hint++) {
        if (srl_key_is(at, pool + hint->key, hint->key_len)) return hint;
    }
    srl_cbor_text_at(at, &key);
    return srl_field_find(model, key);
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

/* A key that no column has, where that is an error. */
SRL_COLD static const uint8_t *
srl_decode_stranger(srl_decoder *d, const uint8_t *at)
{
    surreal_str key;

    d->where.offset = (size_t)(at - d->doc->data);
    srl_cbor_text_at(at, &key);
    srl_where_fail(&d->where, SURREAL_ERR_TYPE, "not known to this program");
    srl_where_name(&d->where, key);
    return NULL;
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
            if (!found) {
                if (model->flags & SURREAL_MODEL_STRICT) {
                    return srl_decode_stranger(d, at);
                }
                at = srl_cbor_skip(value);
                continue;
            }
        }
        if (SRL_UNLIKELY(found->flags & SURREAL_FIELD_UNREAD)) {
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
    if (model->extra_at) {
        surreal_value whole = srl_value_at(d->doc, start);

        memcpy(out + (size_t)model->extra_at * 8, &whole, sizeof whole);
    }
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

SRL_FN surreal_status
srl_decode_item(const surreal_items *items, const surreal_model *named,
                surreal_value v, void *out, surreal_error *err)
{
    unsigned sub = items->of ? 0 : SURREAL_NO_SUB;
    srl_state state = SRL_STATE_VALUE;
    const uint8_t *at;
    srl_decoder d;

    srl_decode_begin(&d, v);
    at = srl_decode_fast(&d, items->member, &items->of, sub, v.at,
                         (uint8_t *)out);
    if (!at) {
        at = srl_decode_slow(&d, items->member, items->of, 0, v.at,
                             (uint8_t *)out, &state);
    }
    if (at && state != SRL_STATE_VALUE) {
        srl_decode_blame(&d, items->member, NULL, SURREAL_ERR_TYPE, v.at);
        at = NULL;
    }
    srl_decode_return(&d);
    if (at) return SURREAL_OK;
    memset(out, 0, items->size);
    return srl_where_tell(&d.where, named, true, err);
}

SRL_FN surreal_status
srl_decode_items_of(const surreal_items *items, const surreal_model *named,
                    surreal_value v, void **rows, size_t *count,
                    surreal_error *err)
{
    uint8_t member[sizeof(srl_slice)];
    srl_decoder d;
    srl_slice slice;

    *rows = NULL;
    *count = 0;
    if (surreal_is_nothing(v)) return SURREAL_OK;
    memset(member, 0, sizeof member);
    srl_decode_begin(&d, v);
    if (!srl_decode_array(&d, items, v.at, member)) {
        if (!d.where.status) {
            srl_decode_blame(&d, SURREAL_MEMBER_ARRAY, NULL,
                             SURREAL_ERR_TYPE, v.at);
        }
        srl_decode_return(&d);
        return srl_where_tell(&d.where, named, true, err);
    }
    srl_decode_return(&d);
    slice = srl_slice_of(items, member);
    *rows = (void *)(uintptr_t)slice.v;
    *count = slice.count;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_decode_rows(const surreal_model *model, surreal_value v, void **rows,
                    size_t *count, surreal_error *err)
{
    surreal_items items;

    memset(&items, 0, sizeof items);
    items.of = model;
    items.size = model->size;
    items.member = SURREAL_MEMBER_STRUCT;
    return srl_decode_items_of(&items, model, v, rows, count, err);
}
