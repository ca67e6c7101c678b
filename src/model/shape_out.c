/* model/shape_out.c: unions, tuples and their like into values. */
#include "model/model.h"

/* ---- unions ------------------------------------------------------------- */

/* A merge keeps what it does not name, so the columns of the other arms are
 * named as NONE. `head` is where the object begins. */
static srl_encode_at
srl_union_clear(srl_encoder *e, srl_encode_at at, const surreal_union *u,
                const surreal_part *arm, size_t head)
{
    const surreal_model *mine = (const surreal_model *)arm->of;
    size_t more = 0;
    size_t i;
    size_t j;
    size_t k;

    for (i = 0; at && i < u->count; i++) {
        const surreal_model *other = (const surreal_model *)u->arms[i].of;

        if (u->arms + i == arm ||
            u->arms[i].member != SURREAL_MEMBER_STRUCT) {
            continue;
        }
        for (j = 0; at && j < other->count; j++) {
            const surreal_field_desc *field = other->fields + j;
            surreal_str name = srl_field_name(other, field);

            if (srl_field_find(mine, name)) continue;
            /* Named once, by the first arm that has it. */
            for (k = 0; k < i; k++) {
                if (u->arms[k].member == SURREAL_MEMBER_STRUCT &&
                    srl_field_find((const surreal_model *)u->arms[k].of,
                                   name)) {
                    break;
                }
            }
            if (k < i) continue;
            at = srl_encode_room(e, at, field->key_len + (size_t)2);
            if (!at) return NULL;
            memcpy(at, other->pool + field->key, field->key_len);
            at += field->key_len;
            *at++ = 0xc6;
            *at++ = SRL_CBOR_NULL;
            more++;
        }
    }
    return at ? srl_encode_rehead(e, at, head, more) : NULL;
}

static srl_encode_at
srl_encode_union(srl_encoder *e, srl_encode_at at, const surreal_union *u,
                 const uint8_t *from, surreal_send what)
{
    int tag = srl_union_tag(from);
    size_t head = (size_t)(at - e->buf->data);
    const surreal_part *arm;

    if (tag < 1 || (unsigned)tag > u->count + 1) {
        return srl_encode_bad(e, SURREAL_ERR_MISSING,
                              "set, but no arm of the union is chosen");
    }
    if ((unsigned)tag == u->count + 1) {
        return srl_encode_part(e, at, SURREAL_MEMBER_RAW, NULL, from + u->at,
                               what);
    }
    arm = u->arms + (tag - 1);
    at = srl_encode_part(e, at, arm->member, arm->of, from + u->at, what);
    if (at && what == SURREAL_SEND_CHANGES &&
        arm->member == SURREAL_MEMBER_STRUCT) {
        at = srl_union_clear(e, at, u, arm, head);
    }
    return at;
}

/* ---- tuples, optional elements ------------------------------------------ */

static srl_encode_at
srl_encode_tuple(srl_encoder *e, srl_encode_at at, const surreal_tuple *t,
                 const uint8_t *from)
{
    size_t i;

    at = srl_cbor_store_head(at, SRL_CBOR_ARRAY, t->count);
    for (i = 0; i < t->count; i++) {
        const surreal_part *part = t->parts + i;

        at = srl_encode_part(e, at, part->member, part->of,
                             from + part->offset, SURREAL_SEND_NEW);
        if (!at) {
            srl_where_index(&e->where, i);
            return NULL;
        }
    }
    return at;
}

static srl_encode_at
srl_encode_maybe(srl_encoder *e, srl_encode_at at, const surreal_part *part,
                 const uint8_t *from, surreal_send what)
{
    if (srl_maybe_has(from)) {
        return srl_encode_part(e, at, part->member, part->of,
                               from + part->offset, what);
    }
    if (!(part->flags & SURREAL_FIELD_OPTION) || from[1]) {
        if (!(part->flags & SURREAL_FIELD_NULLABLE)) {
            return srl_encode_bad(e, SURREAL_ERR_TYPE,
                                  "the type has no NULL");
        }
        *at = SRL_CBOR_NULL;
        return at + 1;
    }
    at[0] = 0xc6;
    at[1] = SRL_CBOR_NULL;
    return at + 2;
}

/* ---- the rest ----------------------------------------------------------- */

/* One bound behind its tag; an open one is a bare NONE. */
static srl_encode_at
srl_encode_bound(srl_encoder *e, srl_encode_at at, const surreal_raw *raw,
                 unsigned tag)
{
    at = srl_encode_room(e, at, SRL_ENCODE_SLACK);
    if (!at) return NULL;
    if (!raw->cbor.len && !raw->value.at) {
        *at = SRL_CBOR_NULL;
        return at + 1;
    }
    *at++ = 0xd8;
    *at++ = (uint8_t)tag;
    return srl_encode_part(e, at, SURREAL_MEMBER_RAW, NULL,
                           (const uint8_t *)raw, SURREAL_SEND_NEW);
}

static srl_encode_at
srl_encode_range(srl_encoder *e, srl_encode_at at, const uint8_t *from)
{
    surreal_bounds bounds;

    memcpy(&bounds, from, sizeof bounds);
    memcpy(at, "\xd8\x31\x82", 3);
    at = srl_encode_bound(e, at + 3, &bounds.begin,
                          bounds.begin_excluded ? SRL_TAG_EXCLUDED
                                                : SRL_TAG_INCLUDED);
    if (!at) return NULL;
    return srl_encode_bound(e, at, &bounds.end,
                            bounds.end_included ? SRL_TAG_INCLUDED
                                                : SRL_TAG_EXCLUDED);
}

/* The user's function writes into what room there is, and again into more
 * while that does not suffice. */
static srl_encode_at
srl_encode_user(srl_encoder *e, srl_encode_at at, const surreal_user *user,
                const uint8_t *from)
{
    size_t want = 256;
    surreal_bytes item;
    surreal_status status;
    surreal_writer w;
    surreal_error err;

    for (;;) {
        at = srl_encode_room(e, at, want);
        if (!at) return NULL;
        memset(&err, 0, sizeof err);
        surreal_writer_init(&w, at, (size_t)(e->end - at));
        surreal_writer_target(&w, e->server_major);
        status = user->encode(from, &w, &err);
        if (!status) status = surreal_writer_take(&w, &item);
        if (status != SURREAL_ERR_FULL) break;
        want = (size_t)(e->end - at) * 2;
    }
    if (!status) {
        size_t used = 0;
        const char *reason;

        status = srl_cbor_check(item.ptr, item.len, SURREAL_MAX_DEPTH, &used,
                                &reason);
        if (!status && used == item.len) return at + item.len;
        if (!status) status = SURREAL_ERR_CBOR;
    }
    if (err.message[0]) {
        srl_where_fail(&e->where, status, "%.150s", err.message);
        return NULL;
    }
    return srl_encode_bad(e, status, surreal_status_text(status));
}

SRL_FN bool
srl_user_item(const surreal_user *user, const uint8_t *at,
              uint8_t room[SRL_USER_ROOM], surreal_bytes *out)
{
    surreal_writer w;

    surreal_writer_init(&w, room, SRL_USER_ROOM);
    return !user->encode(at, &w, NULL) && !surreal_writer_take(&w, out) &&
           out->len;
}

static srl_encode_at
srl_encode_const(srl_encoder *e, srl_encode_at at, const uint8_t *item)
{
    size_t len = (size_t)(srl_cbor_skip(item) - item);

    at = srl_encode_room(e, at, len);
    if (!at) return NULL;
    memcpy(at, item, len);
    return at + len;
}

SRL_FN srl_encode_at
srl_encode_shape(srl_encoder *e, srl_encode_at at, unsigned member,
                 const void *of, const uint8_t *from, surreal_send what)
{
    switch (member) {
    case SURREAL_MEMBER_UNION:
        return srl_encode_union(e, at, (const surreal_union *)of, from, what);
    case SURREAL_MEMBER_TUPLE:
        return srl_encode_tuple(e, at, (const surreal_tuple *)of, from);
    case SURREAL_MEMBER_MAYBE:
        return srl_encode_maybe(e, at, (const surreal_part *)of, from, what);
    case SURREAL_MEMBER_RANGE: return srl_encode_range(e, at, from);
    case SURREAL_MEMBER_USER:
        return srl_encode_user(e, at, (const surreal_user *)of, from);
    case SURREAL_MEMBER_CONST:
        return srl_encode_const(e, at, (const uint8_t *)of);
    default:
        return srl_encode_geo(e, at, member, (const uint32_t *)of, from, 0);
    }
}
