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
SRL_FN void srl_where_index(srl_where *where, size_t index);
/* Fill *err, "person.lines[3].qty: " and why; returns the status. */
SRL_FN surreal_status srl_where_tell(srl_where *where,
                                     const surreal_model *model,
                                     bool has_offset, surreal_error *err);

/* The column of a field. */
SRL_FN surreal_str srl_field_name(const surreal_model *model,
                                  const surreal_field_desc *field);
/* The C type of a member as SurrealQL calls it: "int". */
SRL_FN const char *srl_member_name(unsigned member);
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
    if (field->member == SURREAL_MEMBER_CHARS) return NULL;
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
