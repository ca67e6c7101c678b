/* api/model.h: structs described by tables (what surrealgen writes). */
#ifndef SURREAL_API_MODEL_H
#define SURREAL_API_MODEL_H
#include "api/client.h"

/* Generated headers refuse to compile against another number. */
#define SURREAL_MODEL_ABI 2

/* A generated struct starts with words of bits, one bit for each field:
 *
 *   set_    the member holds a value
 *   mark_   the member was set or cleared by this program
 *   null_   the value is NULL; only in structs with a field of type T | null
 *
 * A zeroed struct holds nothing. Reading from the server fills members, sets
 * their bits in set_ and clears mark_: what was loaded is not a change. The
 * generated setters write the member and set both bits; clearing a field sets
 * its bit in mark_ and takes it out of set_. Whoever writes a member without
 * its setter changes nothing that is sent. Then
 *
 *   create, insert, replace, upsert   send what is in set_
 *   merge                             sends what is in mark_: the value if the
 *                                     bit is in set_ too, otherwise NONE,
 *                                     which removes the field
 *
 * so that a field never set keeps the server's default, loading and merging
 * sends nothing at all (SURREAL_NO_CHANGE), and fields the server computes,
 * which have no setter, are never sent. Nested structs have no mark_: they
 * are sent whole, and in a merge an optional field that is not set in them is
 * sent as NONE. */

/* ---- member types that are not plain values -------------------------- */

/* A field of type number: read as.i, as.f or as.decimal as `kind` says. */
typedef struct surreal_number {
    surreal_kind kind; /* SURREAL_INT, SURREAL_FLOAT or SURREAL_DECIMAL */
    union {
        int64_t i;
        double f;
        surreal_decimal decimal;
    } as;
} surreal_number;

/* A field whose type says little (any, object). Reading sets `value`, a view
 * into the result. To send one, set `cbor` to an item encoded by a
 * surreal_writer, or leave it {NULL, 0} to send `value`. */
typedef struct surreal_raw {
    surreal_value value;
    surreal_bytes cbor;
} surreal_raw;

/* A range. A bound that is open holds no value: zeroed. */
typedef struct surreal_bounds {
    surreal_raw begin;
    surreal_raw end;
    bool begin_excluded;
    bool end_included;
} surreal_bounds;

typedef struct surreal_line {
    const surreal_point *v;
    size_t count;
} surreal_line;

/* The outline first, then holes. */
typedef struct surreal_polygon {
    const surreal_line *v;
    size_t count;
} surreal_polygon;

typedef struct surreal_multipoint {
    const surreal_point *v;
    size_t count;
} surreal_multipoint;

typedef struct surreal_multiline {
    const surreal_line *v;
    size_t count;
} surreal_multiline;

typedef struct surreal_multipolygon {
    const surreal_polygon *v;
    size_t count;
} surreal_multipolygon;

typedef struct surreal_collection {
    const struct surreal_geometry *v;
    size_t count;
} surreal_collection;

/* Geometry of several kinds: read the part `kind` names. */
typedef struct surreal_geometry {
    surreal_kind kind; /* SURREAL_POINT ... SURREAL_COLLECTION */
    union {
        surreal_point point;
        surreal_line line;
        surreal_polygon polygon;
        surreal_multipoint multipoint;
        surreal_multiline multiline;
        surreal_multipolygon multipolygon;
        surreal_collection collection;
    } as;
} surreal_geometry;

/* ---- tables ---------------------------------------------------------- */

/* What a member is: the C type, and what its entry in `subs` describes. */
typedef enum surreal_member {
    SURREAL_MEMBER_BOOL = 1, /* bool */
    SURREAL_MEMBER_INT,      /* int64_t */
    SURREAL_MEMBER_FLOAT,    /* double */
    SURREAL_MEMBER_DECIMAL,
    SURREAL_MEMBER_NUMBER,
    SURREAL_MEMBER_STRING,
    SURREAL_MEMBER_CHARS,    /* { size_t len; char text[sub + 1]; } */
    SURREAL_MEMBER_BYTES,
    SURREAL_MEMBER_DATETIME,
    SURREAL_MEMBER_DURATION,
    SURREAL_MEMBER_UUID,
    SURREAL_MEMBER_RECORD,   /* surreal_record_id; the only table, spelled
                                as in `pool`, a CBOR array of several, or
                                none */
    SURREAL_MEMBER_POINT,
    SURREAL_MEMBER_FILE,
    SURREAL_MEMBER_RAW,
    SURREAL_MEMBER_ENUM,     /* int; surreal_enum */
    SURREAL_MEMBER_STRUCT,   /* the struct itself; surreal_model */
    SURREAL_MEMBER_ARRAY,    /* { const T *v; size_t count; } or
                                { T v[max]; size_t count; }; surreal_items */
    SURREAL_MEMBER_OCTETS,   /* { size_t len; uint8_t data[sub]; } */
    SURREAL_MEMBER_LINE,
    SURREAL_MEMBER_POLYGON,
    SURREAL_MEMBER_MULTIPOINT,
    SURREAL_MEMBER_MULTILINE,
    SURREAL_MEMBER_MULTIPOLYGON,
    SURREAL_MEMBER_COLLECTION,
    SURREAL_MEMBER_GEOMETRY, /* the kinds allowed, a uint32_t with 1 << kind
                                for each, or none for all */
    SURREAL_MEMBER_RANGE,    /* surreal_bounds */
    SURREAL_MEMBER_UNION,    /* { tag; union { ... } u; }; surreal_union */
    SURREAL_MEMBER_TUPLE,    /* { T _0; U _1; }; surreal_tuple */
    SURREAL_MEMBER_MAYBE,    /* { bool has; bool is_null; T v; };
                                surreal_part */
    SURREAL_MEMBER_USER,     /* a type of the user's; surreal_user */
    SURREAL_MEMBER_CONST     /* no member: always the CBOR item in `subs` */
} surreal_member;

enum {
    SURREAL_FIELD_OPTION = 1,   /* may be NONE */
    SURREAL_FIELD_NULLABLE = 2, /* may be NULL */
    SURREAL_FIELD_SERVER = 4,   /* read, never sent */
    SURREAL_FIELD_SECRET = 8,   /* never shown, wiped when it was sent */
    SURREAL_FIELD_REQUIRED = 16,/* must come and must be sent */
    SURREAL_FIELD_KEY = 32,     /* the id: sent only with new records */
    SURREAL_FIELD_UNREAD = 64   /* sent, never read */
};

/* What a struct does about more than its fields. */
enum {
    SURREAL_MODEL_KEEP = 1,   /* fields not known here are kept in extra_ */
    SURREAL_MODEL_STRICT = 2, /* they are an error */
    SURREAL_MODEL_SECRET = 4  /* it has a secret, or a struct in it does */
};

#define SURREAL_NO_SUB 0xffff

/* One field. Nothing but numbers, so tables need no relocation. */
typedef struct surreal_field_desc {
    uint32_t offset;  /* of the member */
    uint32_t key;     /* in `pool`: the CBOR head of the column's name, then
                         the name */
    uint16_t key_len; /* of both */
    uint16_t bit;
    uint16_t sub;     /* in `subs`, or SURREAL_NO_SUB; CHARS: the capacity */
    uint8_t member;   /* surreal_member */
    uint8_t flags;
} surreal_field_desc;

/* A struct: a table's, or a nested one. Fields are sorted by the bytes of
 * their column, as the server sorts the keys of an object. Behind the last key
 * of the pool stand 16 bytes more, so that keys can be copied in blocks. */
typedef struct surreal_model {
    const char *name; /* of the table or struct in the database */
    const surreal_field_desc *fields;
    const char *pool;
    const void *const *subs;
    const uint64_t *required; /* bits of the fields a record always has */
    uint32_t size;            /* of the struct */
    uint16_t count;
    uint16_t words;           /* words of 64 bits in set_, mark_ and null_ */
    uint16_t mark_at;         /* offset of mark_ in words; 0: none */
    uint16_t null_at;         /* the same for null_ */
    uint16_t extra_at;        /* and for extra_, a surreal_value: the object
                                 the struct was read from */
    uint16_t flags;           /* SURREAL_MODEL_... */
    uint16_t rule_count;
    const struct surreal_rule *rules; /* see surreal_model_check */
} surreal_model;

/* Elements of an array or set. */
typedef struct surreal_items {
    const void *of;  /* what a field finds in `subs` */
    uint32_t size;   /* of an element */
    uint32_t max;    /* most elements; 0: any number */
    uint8_t member;  /* surreal_member of an element, not CHARS */
    uint8_t is_set;
    uint8_t is_inline; /* { T v[max]; size_t count; } */
} surreal_items;

/* Values of an enum: constant i+1 of the C enum is names[i] or numbers[i];
 * 0 is a value this program does not know. */
typedef struct surreal_enum {
    const char *name;
    const char *const *names; /* NULL if it is made of numbers */
    const int64_t *numbers;
    uint32_t count;
    uint32_t is_closed; /* another value is an error */
} surreal_enum;

/* A value inside another: an arm of a union, a part of a tuple, or what may
 * be there or not. */
typedef struct surreal_part {
    const void *of;  /* what a field finds in `subs` */
    const char *tag; /* arms: the CBOR item the discriminator holds */
    uint32_t offset;
    uint32_t kinds;  /* arms: 1 << surreal_kind of the values it takes */
    uint32_t size;
    uint8_t member;  /* surreal_member, not CHARS or OCTETS */
    uint8_t flags;   /* SURREAL_FIELD_OPTION, _NULLABLE of a MAYBE */
} surreal_part;

/* Tag i+1 of the C struct is arms[i], 0 is none of them, count+1 a value this
 * program does not know, in a surreal_raw. */
typedef struct surreal_union {
    const char *name; /* the type as SurrealQL has it */
    const surreal_part *arms;
    const char *key;  /* the discriminator's column behind its CBOR head, or
                         NULL */
    uint32_t size;    /* of the struct */
    uint32_t at;      /* offset of u */
    uint32_t count;
    uint32_t is_closed; /* another value is an error */
} surreal_union;

typedef struct surreal_tuple {
    const surreal_part *parts;
    uint32_t count;
    uint32_t size;
} surreal_tuple;

/* Functions of the user's for a type of the user's. decode fills *out from a
 * value that is neither NONE nor NULL; text it points to may stay in the
 * result. encode writes exactly one value; it may be called twice. */
typedef struct surreal_user {
    const char *name;
    surreal_status (*decode)(surreal_value v, void *out, surreal_error *err);
    surreal_status (*encode)(const void *v, surreal_writer *w,
                             surreal_error *err);
    uint32_t size;
} surreal_user;

/* A simple assertion of a field: what an ASSERT says that can be checked
 * before anything is sent. */
typedef enum surreal_rule_kind {
    SURREAL_RULE_MIN = 1,  /* the number is at least `v` */
    SURREAL_RULE_MAX,
    SURREAL_RULE_ABOVE,    /* more than v */
    SURREAL_RULE_BELOW,
    SURREAL_RULE_LEN_MIN,  /* characters of text, elements of an array */
    SURREAL_RULE_LEN_MAX,
    SURREAL_RULE_IN        /* the text is one of `count` at `names` */
} surreal_rule_kind;

typedef struct surreal_rule {
    const char *text;   /* the assertion as it was written */
    const char *const *names;
    double v;
    uint32_t count;
    uint16_t field;     /* its place in surreal_model.fields */
    uint16_t kind;      /* surreal_rule_kind */
} surreal_rule;

/* ---- reading --------------------------------------------------------- */

/* Fill a struct from an object. Keys may come in any order; keys the struct
 * does not know are skipped; of equal keys the last counts.
 *
 *   out  model->size bytes, overwritten
 *   err  receives the details, may be NULL: path ("lines[3].qty"), offset
 *        and "expected int, got string"
 *
 * Returns:  SURREAL_OK; ERR_TYPE, ERR_RANGE, ERR_TOO_LONG; ERR_MISSING if a
 *           required field did not come; ERR_NOMEM. After a failure *out is
 *           zeroed
 * Owns:     text, arrays and views belong to the result that `v` is from */
SURREAL_API surreal_status surreal_decode(const surreal_model *model,
                                          surreal_value v, void *out,
                                          surreal_error *err);

/* The same for an array of objects, as surreal_rows gives it.
 *
 *   rows   receives the structs, *count of them; NULL if there are none.
 *          ABSENT, NONE and NULL are no rows */
SURREAL_API surreal_status surreal_decode_rows(const surreal_model *model,
                                               surreal_value v, void **rows,
                                               size_t *count,
                                               surreal_error *err);

/* ---- writing --------------------------------------------------------- */

/* Which fields of a struct are sent; see the top. */
typedef enum surreal_send {
    SURREAL_SEND_NEW = 1, /* what is set, the id included */
    SURREAL_SEND_CONTENT, /* what is set, without the id */
    SURREAL_SEND_CHANGES, /* what is marked */
    SURREAL_SEND_ARGS     /* what is set, and NONE for what is not */
} surreal_send;

/* Encode a struct as one object, for example to bind it to a variable with
 * surreal_bind_encoded.
 *
 *   server_major  2 or 3: sets are arrays on 2, files do not exist
 *   room, cap     some 64 bytes more than the object takes: they are written
 *                 to on the way
 *   out           points into room
 *
 * Returns:  SURREAL_OK; ERR_MISSING for a required field that is not set, its
 *           name in err->path; ERR_UTF8, ERR_RANGE, ERR_SYNTAX, ERR_TYPE,
 *           ERR_UNSUPPORTED for a value the server would refuse; ERR_FULL */
SURREAL_API surreal_status surreal_encode(const surreal_model *model,
                                          const void *row, surreal_send what,
                                          int server_major, void *room,
                                          size_t cap, surreal_bytes *out,
                                          surreal_error *err);

/* True if a merge of the struct would send something. */
SURREAL_API bool surreal_is_changed(const surreal_model *model,
                                    const void *row);

/* ---- showing and comparing ------------------------------------------- */

/* The struct as SurrealQL text, what is set in it; with snprintf's contract.
 * Secrets are "(secret)". */
SURREAL_API size_t surreal_model_print(const surreal_model *model,
                                       const void *row, char *buf,
                                       size_t cap);

/* The same as JSON. Values look as surreal_print_json writes them: numbers,
 * decimals included, with all of their digits; bytes in base64; moments, ids,
 * durations, uuids, files and ranges as text; geometry as GeoJSON; NaN and
 * infinities null. Secrets are left out. */
SURREAL_API size_t surreal_model_to_json(const surreal_model *model,
                                         const void *row, char *buf,
                                         size_t cap);

/* Same fields set to equal values, all the way down; marks do not count.
 * Floats are equal if == says so or both are NaN, decimals by value, raw
 * members if they print alike. */
SURREAL_API bool surreal_model_equal(const surreal_model *model,
                                     const void *a, const void *b);

/* Take one struct out of its result: *out holds the same, and everything it
 * points to lives in `owner`, which may be an empty result made for this by
 * surreal_result_from. Types of the user's are copied byte by byte.
 *
 * Returns:  SURREAL_OK; ERR_NOMEM with *out zeroed */
SURREAL_API surreal_status surreal_model_copy(const surreal_model *model,
                                              const void *row,
                                              surreal_result *owner,
                                              void *out);

/* What a create of the struct would be refused for, before anything is sent:
 * required fields, values out of range, text that is not UTF-8, and those
 * assertions of the schema that are simple enough (SURREAL_RULE_...). The
 * server has the last word: it may know more.
 *
 *   err  receives the path and the reason, may be NULL
 *
 * Returns:  SURREAL_OK; ERR_MISSING, ERR_RANGE, ERR_TOO_LONG, ERR_TYPE,
 *           ERR_UTF8, ERR_SYNTAX, ERR_UNSUPPORTED */
SURREAL_API surreal_status surreal_model_check(const surreal_model *model,
                                               const void *row,
                                               surreal_error *err);

/* ---- calls -----------------------------------------------------------------
 *
 * What the generated functions call. Each waits like surreal_query. Rows read
 * belong to *result, which is yours; free it with surreal_result_free. It is
 * NULL when a call fails. Every write gives back the record as the server
 * stored it; `out` and `result` may be NULL, both together, if that does not
 * matter.
 *
 * Returns:  as surreal_query; SURREAL_NOT_FOUND if there is no such record (or
 *           this user may not see it); what surreal_decode and surreal_encode
 *           return, with the details in surreal_last_error(db)
 */
SURREAL_API surreal_status surreal_model_get(surreal *db,
                                             const surreal_model *model,
                                             surreal_record_id id, void *out,
                                             surreal_result **result);
/* All records, in the order of their ids. */
SURREAL_API surreal_status surreal_model_all(surreal *db,
                                             const surreal_model *model,
                                             void **rows, size_t *count,
                                             surreal_result **result);
/* Records for which a condition holds.
 *
 *   where  SurrealQL that follows WHERE, for example
 *          "age > $min ORDER BY age LIMIT 10". It is program text: values
 *          belong into vars */
SURREAL_API surreal_status surreal_model_find(surreal *db,
                                              const surreal_model *model,
                                              const char *where,
                                              surreal_vars vars, void **rows,
                                              size_t *count,
                                              surreal_result **result);
/* How many; `where` may be NULL for all. */
SURREAL_API surreal_status surreal_model_count(surreal *db,
                                               const surreal_model *model,
                                               const char *where,
                                               surreal_vars vars,
                                               int64_t *count);
/* Create one record, with the id in the struct if one is set. */
SURREAL_API surreal_status surreal_model_create(surreal *db,
                                                const surreal_model *model,
                                                const void *row, void *out,
                                                surreal_result **result);
/* Create many. Each request holds about SURREAL_INSERT_BYTES of them: a
 * request is stored as a whole or not at all, but an earlier one stays.
 *
 *   rows    count structs, one behind the other
 *   out     receives the stored structs in the same order, count of them */
SURREAL_API surreal_status surreal_model_insert(surreal *db,
                                                const surreal_model *model,
                                                const void *rows,
                                                size_t count, void **out,
                                                surreal_result **result);
/* Send what is marked. SURREAL_NO_CHANGE, without asking the server, if that
 * is nothing; *out and *result are zero then. */
SURREAL_API surreal_status surreal_model_merge(surreal *db,
                                               const surreal_model *model,
                                               surreal_record_id id,
                                               const void *row, void *out,
                                               surreal_result **result);
/* The record becomes what is set, and nothing else. */
SURREAL_API surreal_status surreal_model_replace(surreal *db,
                                                 const surreal_model *model,
                                                 surreal_record_id id,
                                                 const void *row, void *out,
                                                 surreal_result **result);
/* Replace it, or create it if it does not exist. */
SURREAL_API surreal_status surreal_model_upsert(surreal *db,
                                                const surreal_model *model,
                                                surreal_record_id id,
                                                const void *row, void *out,
                                                surreal_result **result);
/* Delete one record; out receives it as it was. */
SURREAL_API surreal_status surreal_model_delete(surreal *db,
                                                const surreal_model *model,
                                                surreal_record_id id,
                                                void *out,
                                                surreal_result **result);
/* Create an edge. `row` may be NULL for one without data. */
SURREAL_API surreal_status surreal_model_relate(surreal *db,
                                                const surreal_model *model,
                                                surreal_record_id from,
                                                surreal_record_id to,
                                                const void *row, void *out,
                                                surreal_result **result);

/* ---- what generated setters use -------------------------------------- */

/* Copy text into a member of type CHARS. ERR_TOO_LONG leaves it as it is. */
static inline surreal_status
surreal_chars_set(char *text, size_t cap, size_t *len, surreal_str v)
{
    size_t i;

    if (v.len > cap) return SURREAL_ERR_TOO_LONG;
    for (i = 0; i < v.len; i++) {
        text[i] = v.ptr[i];
    }
    text[v.len] = '\0';
    *len = v.len;
    return SURREAL_OK;
}

static inline void
surreal_bit_set(uint64_t *words, unsigned bit)
{
    words[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

static inline void
surreal_bit_clear(uint64_t *words, unsigned bit)
{
    words[bit >> 6] &= ~((uint64_t)1 << (bit & 63));
}

static inline bool
surreal_bit_is(const uint64_t *words, unsigned bit)
{
    return (words[bit >> 6] >> (bit & 63) & 1) != 0;
}

#endif
