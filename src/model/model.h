/* model/model.h: structs described by tables. */
#ifndef SRL_MODEL_H
#define SRL_MODEL_H
#include "client/client.h"

/* ---- model/walk.c ----------------------------------------------------------
 *
 * A failure is described where it is found, and its path is put together on
 * the way out, innermost part first, so that success never touches it.
 */
typedef struct srl_where {
    surreal_status status;
    size_t offset;
    char why[160];
    char path[112]; /* filled from its end; path[sizeof path - 1] is NUL */
    size_t path_at;
    bool path_cut;
} srl_where;

SRL_FN void srl_where_init(srl_where *where);
SRL_FN void srl_where_fail(srl_where *where, surreal_status status,
                           const char *fmt, ...) SURREAL_PRINTF(3, 4);
SRL_FN void srl_where_key(srl_where *where, const surreal_model *model,
                          const surreal_field_desc *field);
SRL_FN void srl_where_name(srl_where *where, surreal_str name);
SRL_FN void srl_where_index(srl_where *where, size_t index);
/* Fill *err, "person.lines[3].qty: " and why; returns the status. */
SRL_FN surreal_status srl_where_tell(srl_where *where,
                                     const surreal_model *model,
                                     bool has_offset, surreal_error *err);

/* The column of a field. */
SRL_FN surreal_str srl_field_name(const surreal_model *model,
                                  const surreal_field_desc *field);
/* The field of a column, or NULL. */
SRL_FN const surreal_field_desc *srl_field_find(const surreal_model *model,
                                                surreal_str column);
/* The C type of a member as SurrealQL calls it: "int". */
SRL_FN const char *srl_member_name(unsigned member);
/* The tables a RECORD may be of: its sub, which is not NULL. */
SRL_FN bool srl_tables_have(const uint8_t *tables, surreal_str table);
SRL_FN void srl_tables_print(const uint8_t *tables, char *text, size_t cap);
/* Where elements and count of an array member are. */
typedef struct srl_slice {
    const uint8_t *v;
    size_t count;
} srl_slice;

SRL_FN srl_slice srl_slice_of(const surreal_items *items,
                              const uint8_t *member);
/* The offset of `count` behind inline elements. */
SRL_FN size_t srl_items_count_at(const surreal_items *items);

SRL_INLINE const void *
srl_field_sub(const surreal_model *model, const surreal_field_desc *field)
{
    if (field->sub == SURREAL_NO_SUB) return NULL;
    if (field->member == SURREAL_MEMBER_CHARS ||
        field->member == SURREAL_MEMBER_OCTETS) {
        return NULL;
    }
    return model->subs[field->sub];
}

/* Bits of a struct; where: 0 set_, mark_at, null_at. */
SRL_INLINE bool
srl_bit_at(const uint8_t *row, unsigned at, unsigned bit)
{
    uint64_t word;

    memcpy(&word, row + ((size_t)at + (bit >> 6)) * 8, sizeof word);
    return (word >> (bit & 63) & 1) != 0;
}

SRL_INLINE bool
srl_field_is_null(const surreal_model *model, const uint8_t *row,
                  const surreal_field_desc *field)
{
    return model->null_at && srl_bit_at(row, model->null_at, field->bit);
}

SRL_INLINE uint64_t
srl_word_at(const uint8_t *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

SRL_INLINE uint32_t
srl_half_word_at(const uint8_t *p)
{
    uint32_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

/* Equality of short byte strings, overlapping words at a time; len > 0. */
SRL_INLINE bool
srl_bytes_same(const uint8_t *a, const uint8_t *b, size_t len)
{
    if (len > 16) return !memcmp(a, b, len);
    if (len >= 8) {
        return srl_word_at(a) == srl_word_at(b) &&
               srl_word_at(a + len - 8) == srl_word_at(b + len - 8);
    }
    if (len >= 4) {
        return srl_half_word_at(a) == srl_half_word_at(b) &&
               srl_half_word_at(a + len - 4) == srl_half_word_at(b + len - 4);
    }
    return a[0] == b[0] && a[len / 2] == b[len / 2] &&
           a[len - 1] == b[len - 1];
}

/* The object a struct was read from; zeroed if it was not, or is not kept. */
SRL_INLINE surreal_value
srl_model_extra(const surreal_model *model, const uint8_t *row)
{
    surreal_value v;

    memset(&v, 0, sizeof v);
    if (model->extra_at) {
        memcpy(&v, row + (size_t)model->extra_at * 8, sizeof v);
    }
    return v;
}

/* What came for an enum whose value is not known; NULL if it is known, or was
 * set by the program. */
SRL_FN const uint8_t *srl_enum_kept(const surreal_model *model,
                                    const surreal_field_desc *field,
                                    const uint8_t *row);

/* Members that are made of others, or are no member at all: everything behind
 * OCTETS. */
SRL_INLINE bool
srl_member_is_shape(unsigned member)
{
    return member > SURREAL_MEMBER_OCTETS;
}

/* A shape as (desc, where the value is). */
SRL_INLINE int
srl_union_tag(const uint8_t *at)
{
    int tag;

    memcpy(&tag, at, sizeof tag);
    return tag;
}

/* The parts of a MAYBE. */
SRL_INLINE bool
srl_maybe_has(const uint8_t *at)
{
    return at[0] != 0;
}

SRL_INLINE bool
srl_maybe_is_null(const surreal_part *part, const uint8_t *at)
{
    if (at[0]) return false;
    return !(part->flags & SURREAL_FIELD_OPTION) || at[1];
}

/* ---- model/decode.c ----------------------------------------------------- */

typedef struct srl_decoder {
    const surreal_document *doc;
    const uint8_t *end;   /* of the message */
    uint8_t *room;        /* for text */
    uint8_t *room_end;
    srl_where where;
} srl_decoder;

/* Read one value that must be there; NULL after a failure, which is told. */
SRL_FN const uint8_t *srl_decode_part(srl_decoder *d, unsigned member,
                                      const void *of, const uint8_t *at,
                                      uint8_t *out);
SRL_FN void *srl_decode_alloc(srl_decoder *d, size_t count, size_t size);
/* The elements of an array, of known or unknown number. */
SRL_FN size_t srl_decode_count(const uint8_t *at, const srl_cbor_head *head);
/* Say what was expected and what came. */
SRL_FN void srl_decode_blame(srl_decoder *d, unsigned member, const void *sub,
                             surreal_status status, const uint8_t *at);
/* The value of an enum, 0 for one that is not known. */
SRL_FN surreal_status srl_decode_enum(const surreal_enum *e, surreal_value v,
                                      int *out);
/* Lend the room for text to the arena, and take it again. */
SRL_FN void srl_decode_return(srl_decoder *d);
SRL_FN void srl_decode_borrow(srl_decoder *d);

/* ---- model/shape_in.c, geo.c --------------------------------------------
 *
 * NULL with d->where untouched if what lies at `at` is not of this shape.
 */
SRL_FN const uint8_t *srl_decode_shape(srl_decoder *d, unsigned member,
                                       const void *of, const uint8_t *at,
                                       uint8_t *out);
SRL_FN const uint8_t *srl_decode_geo(srl_decoder *d, unsigned member,
                                     const uint32_t *kinds, const uint8_t *at,
                                     uint8_t *out);

/* ---- model/encode.c ----------------------------------------------------- */

typedef struct srl_encoder {
    srl_buf *buf;
    uint8_t *end; /* of the buffer's room */
    int server_major;
    srl_where where;
} srl_encoder;

/* The place to write goes from call to call in a register: `at` in, the byte
 * after what was written out, NULL after a failure. */
typedef uint8_t *srl_encode_at;

/* More than any value without text takes, a key copied in blocks included. */
#define SRL_ENCODE_SLACK 48

/* Write one value; makes room for it. */
SRL_FN srl_encode_at srl_encode_part(srl_encoder *e, srl_encode_at at,
                                     unsigned member, const void *of,
                                     const uint8_t *from, surreal_send what);
SRL_FN srl_encode_at srl_encode_bad(srl_encoder *e, surreal_status status,
                                    const char *why);
SRL_FN srl_encode_at srl_encode_grow(srl_encoder *e, const uint8_t *at,
                                     size_t len);
SRL_FN void srl_encode_leave(srl_encoder *e, const uint8_t *at);
SRL_FN srl_encode_at srl_encode_enter(srl_encoder *e);
/* A number, moment, enum or the like, as SurrealDB 3 gets it. Of *where only
 * status and why are set, and those when it is false. */
#define SRL_ENCODE_SHORT 256
SRL_FN bool srl_encode_short(srl_where *where, uint8_t room[SRL_ENCODE_SHORT],
                             unsigned member, const void *of,
                             const uint8_t *from);
/* The object that begins at `head` has `more` pairs more than it says. */
SRL_FN srl_encode_at srl_encode_rehead(srl_encoder *e, srl_encode_at at,
                                       size_t head, size_t more);

SRL_INLINE srl_encode_at
srl_encode_room(srl_encoder *e, srl_encode_at at, size_t len)
{
    if (SRL_LIKELY((size_t)(e->end - at) >= len)) return at;
    return srl_encode_grow(e, at, len);
}

/* ---- model/shape_out.c, geo.c ------------------------------------------- */

/* SRL_ENCODE_SLACK bytes are there. */
SRL_FN srl_encode_at srl_encode_shape(srl_encoder *e, srl_encode_at at,
                                      unsigned member, const void *of,
                                      const uint8_t *from, surreal_send what);
SRL_FN srl_encode_at srl_encode_geo(srl_encoder *e, srl_encode_at at,
                                    unsigned member, const uint32_t *kinds,
                                    const uint8_t *from, unsigned depth);

/* What a geometry member holds: its kind and where its parts are. */
typedef struct srl_geo {
    surreal_kind kind;
    const uint8_t *at; /* a point, or a slice */
} srl_geo;

SRL_FN srl_geo srl_geo_of(unsigned member, const uint8_t *at);
/* The size of a part of a geometry and the member it is. */
SRL_FN size_t srl_geo_part(surreal_kind kind, unsigned *member);

/* A geometry as text, SurrealQL or GeoJSON. A point has a short form in
 * SurrealQL, but not inside a collection. */
SRL_FN void srl_geo_show(srl_out *out, unsigned member, const uint8_t *at,
                         bool json);

/* A value of a user's type as one CBOR item in `room`; false if it does not
 * fit or is refused. */
#define SRL_USER_ROOM 1024
SRL_FN bool srl_user_item(const surreal_user *user, const uint8_t *at,
                          uint8_t room[SRL_USER_ROOM], surreal_bytes *out);

/* ---- model/show.c, compare.c --------------------------------------------- */

/* Any member type, for reading one out of a struct. */
typedef union srl_any_member {
    bool b;
    int e;
    int64_t i;
    double f;
    size_t len;
    surreal_str text;
    surreal_bytes bytes;
    surreal_number number;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;
    surreal_record_id id;
    surreal_point point;
    surreal_file file;
    surreal_raw raw;
    surreal_bounds bounds;
} srl_any_member;

/* ---- model/decode.c --------------------------------------------------------
 *
 * Values of any member type. `named` lends its name to the message of a
 * failure. */
SRL_FN surreal_status srl_decode_item(const surreal_items *items,
                                      const surreal_model *named,
                                      surreal_value v, void *out,
                                      surreal_error *err);
/* An array of them; items->is_inline is 0. Nothing is no rows. */
SRL_FN surreal_status srl_decode_items_of(const surreal_items *items,
                                          const surreal_model *named,
                                          surreal_value v, void **rows,
                                          size_t *count, surreal_error *err);

/* ---- model/encode.c ----------------------------------------------------- */

/* Append a struct to a buffer as one object. On failure buf holds a part of
 * it and is to be cut back by the caller. */
SRL_FN surreal_status srl_model_encode(srl_buf *buf,
                                       const surreal_model *model,
                                       const void *row, surreal_send what,
                                       int server_major, surreal_error *err);

#endif
