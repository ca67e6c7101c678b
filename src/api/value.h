/* api/value.h: reading values. */
#ifndef SURREAL_API_VALUE_H
#define SURREAL_API_VALUE_H
#include "api/error.h"

/* A view of one value inside a result: a cursor, 16 bytes, passed by value.
 * Nothing is copied and no tree is built; a lookup reads the bytes the server
 * sent. The zeroed struct, which is also what a lookup returns when it finds
 * nothing, is SURREAL_ABSENT and every function here accepts it.
 *
 * Owns:     nothing; lives until its result is freed
 * Threads:  one thread at a time per result */
typedef struct surreal_value {
    const struct surreal_document *doc; /* private */
    const uint8_t *at;                  /* private: first byte of the item */
} surreal_value;

/* The kind of a value. Total: SURREAL_ABSENT for the zeroed view. */
SURREAL_API surreal_kind surreal_value_kind(surreal_value v);

/* True for ABSENT, NONE and NULL. Use surreal_value_kind to tell them apart. */
SURREAL_API bool surreal_is_nothing(surreal_value v);

/* ---- strict getters ------------------------------------------------------
 *
 * Each asks for one kind and converts nothing: an INT is not a FLOAT, a text
 * is not a record id.
 *
 *   out   written only on success
 *
 * Returns:  SURREAL_OK; SURREAL_ERR_MISSING if there is no value, it is NONE
 *           or NULL; SURREAL_ERR_TYPE if it is of another kind;
 *           SURREAL_ERR_RANGE for a number or moment beyond what `out` holds;
 *           SURREAL_ERR_NOMEM for text when there is no memory for its NUL
 * Owns:     what `out` points to belongs to the result
 */
SURREAL_API surreal_status surreal_get_bool(surreal_value v, bool *out);
SURREAL_API surreal_status surreal_get_int(surreal_value v, int64_t *out);
SURREAL_API surreal_status surreal_get_float(surreal_value v, double *out);
SURREAL_API surreal_status surreal_get_decimal(surreal_value v,
                                               surreal_decimal *out);
SURREAL_API surreal_status surreal_get_str(surreal_value v, surreal_str *out);
SURREAL_API surreal_status surreal_get_bytes(surreal_value v,
                                             surreal_bytes *out);
SURREAL_API surreal_status surreal_get_datetime(surreal_value v,
                                                surreal_datetime *out);
SURREAL_API surreal_status surreal_get_duration(surreal_value v,
                                                surreal_duration *out);
SURREAL_API surreal_status surreal_get_uuid(surreal_value v,
                                            surreal_uuid *out);
SURREAL_API surreal_status surreal_get_table(surreal_value v,
                                             surreal_str *out);
SURREAL_API surreal_status surreal_get_record_id(surreal_value v,
                                                 surreal_record_id *out);
SURREAL_API surreal_status surreal_get_file(surreal_value v,
                                            surreal_file *out);
SURREAL_API surreal_status surreal_get_point(surreal_value v,
                                             surreal_point *out);

/* Any of INT, FLOAT and DECIMAL as a double, which may round. */
SURREAL_API surreal_status surreal_get_number(surreal_value v, double *out);

/* ---- arrays, sets, objects, ranges, geometry -----------------------------
 *
 * Arrays, sets, lines (of points), polygons (of lines), multi-geometries and
 * collections are all walked the same way.
 */

/* Elements of an array-like value or pairs of an object; 0 for others. */
SURREAL_API size_t surreal_count(surreal_value v);

/* The element at `index`, from 0. Walks from the start: use surreal_iter for
 * loops. ABSENT if out of range or not array-like. */
SURREAL_API surreal_value surreal_at(surreal_value v, size_t index);

/* The value under `key` of an object; ABSENT if not there. */
SURREAL_API surreal_value surreal_field(surreal_value v, const char *key);
SURREAL_API surreal_value surreal_field_str(surreal_value v, surreal_str key);

/* A value by path: keys and indexes joined by '.', for example
 * "address.lines.0". Keys that hold a '.' need surreal_field. */
SURREAL_API surreal_value surreal_path(surreal_value v, const char *path);

/* A walk over the elements of an array-like value or the pairs of an object.
 *
 *   surreal_iter it = surreal_iterate(v);
 *   while (surreal_next(&it)) use(it.key, it.value);
 *
 * `key` is {NULL, 0} while walking an array. A value that is neither has no
 * elements. */
typedef struct surreal_iter {
    surreal_str key;
    surreal_value value;
    size_t index;                       /* of `value`, from 0 */
    const struct surreal_document *doc; /* private from here on */
    const uint8_t *next;
    size_t left;
    uint32_t flags;
} surreal_iter;

SURREAL_API surreal_iter surreal_iterate(surreal_value v);
SURREAL_API bool surreal_next(surreal_iter *it);

/* for each element or pair:  SURREAL_EACH(row, rows) { ... } */
#define SURREAL_EACH(name, array)                                    \
    for (surreal_iter name##_iter_ = surreal_iterate(array);         \
         surreal_next(&name##_iter_) && ((name) = name##_iter_.value, 1);)

/* A range. A bound that is open is ABSENT. */
typedef struct surreal_range {
    surreal_value begin;
    surreal_value end;
    bool begin_excluded;
    bool end_included;
} surreal_range;

SURREAL_API surreal_status surreal_get_range(surreal_value v,
                                             surreal_range *out);

/* The key of a record id as a value: INT, STRING, UUID, ARRAY, OBJECT or
 * RANGE. ABSENT if v is not a record id. */
SURREAL_API surreal_value surreal_record_key(surreal_value v);

/* ---- short forms ---------------------------------------------------------
 *
 * The field of an object at once, with a plain result: for printing and for
 * data whose shape is known. Absent, NONE, NULL and values of another kind
 * give 0, false, "" or the zeroed struct. Use the strict getters to tell.
 */
SURREAL_API bool surreal_bool_at(surreal_value v, const char *key);
SURREAL_API int64_t surreal_int_at(surreal_value v, const char *key);
SURREAL_API double surreal_float_at(surreal_value v, const char *key);
SURREAL_API surreal_str surreal_str_at(surreal_value v, const char *key);
SURREAL_API surreal_record_id surreal_record_id_at(surreal_value v,
                                                   const char *key);

/* ---- text forms ----------------------------------------------------------
 *
 * Like snprintf: write at most cap bytes including a closing NUL, return the
 * full length without it. `buf` may be NULL if cap is 0.
 */

/* SurrealQL text that reads back as the same value, for example
 * { age: 7, id: person:`a b`, t: d'2024-01-01T00:00:00Z' }. Text for a value
 * that has no literal form (a set on 2.x, bytes on 2.x) is that of 3.x. */
SURREAL_API size_t surreal_print(surreal_value v, char *buf, size_t cap);

/* JSON text. NONE inside an object drops the pair, elsewhere it is null; NaN
 * and infinities are null; decimals are numbers; bytes are base64; record
 * ids, datetimes, durations, uuids, tables, files and ranges are strings as
 * SurrealQL prints them, without prefix; geometry is GeoJSON. */
SURREAL_API size_t surreal_print_json(surreal_value v, char *buf, size_t cap);

SURREAL_API size_t surreal_record_id_print(surreal_record_id id, char *buf,
                                           size_t cap);
/* RFC 3339 in UTC with 0, 3, 6 or 9 digits after the second. */
SURREAL_API size_t surreal_datetime_print(surreal_datetime t, char *buf,
                                          size_t cap);
/* For example 1h30m; 0ns for zero. */
SURREAL_API size_t surreal_duration_print(surreal_duration d, char *buf,
                                          size_t cap);
/* 36 characters, lower case. */
SURREAL_API size_t surreal_uuid_print(surreal_uuid u, char *buf, size_t cap);
/* An identifier, in back-quotes unless it is plain and no keyword. */
SURREAL_API size_t surreal_ident_print(surreal_str name, char *buf,
                                       size_t cap);

/* ---- parsing text --------------------------------------------------------
 *
 * Returns:  SURREAL_OK; SURREAL_ERR_SYNTAX with *at the offset of the first
 *           byte not understood; SURREAL_ERR_RANGE. `at` may be NULL.
 */

/* `table:key` as SurrealQL writes it: bare, `quoted` or <angle> (U+27E8)
 * names, integer, string and u'...' keys. Never used silently on data. Array,
 * object and range keys are SURREAL_ERR_UNSUPPORTED: build them with a
 * surreal_writer.
 *
 * buf, cap   room for the names, escapes undone and each with a NUL; text.len
 *            + 2 bytes are always enough, SURREAL_ERR_FULL if it is less;
 *            out points into it */
SURREAL_API surreal_status surreal_record_id_parse(surreal_str text,
                                                   char *buf, size_t cap,
                                                   surreal_record_id *out,
                                                   size_t *at);
SURREAL_API surreal_status surreal_datetime_parse(surreal_str text,
                                                  surreal_datetime *out,
                                                  size_t *at);
SURREAL_API surreal_status surreal_duration_parse(surreal_str text,
                                                  surreal_duration *out,
                                                  size_t *at);
SURREAL_API surreal_status surreal_uuid_parse(surreal_str text,
                                              surreal_uuid *out, size_t *at);

/* ---- record ids ----------------------------------------------------------
 *
 * Owns:  the text is borrowed and must outlive the id
 */
SURREAL_API surreal_record_id surreal_id_int(const char *table, int64_t key);
SURREAL_API surreal_record_id surreal_id_str(const char *table,
                                             surreal_str key);
SURREAL_API surreal_record_id surreal_id_uuid(const char *table,
                                              surreal_uuid key);
/* `key`: one encoded array, object or range, as surreal_writer makes it. */
SURREAL_API surreal_record_id surreal_id_cbor(const char *table,
                                              surreal_bytes key);
/* Same table and same key, of the same kind. */
SURREAL_API bool surreal_id_eq(surreal_record_id a, surreal_record_id b);

/* ---- decimals --------------------------------------------------------- */

/* Nearest double; may round. SURREAL_ERR_SYNTAX if it is no decimal. */
SURREAL_API surreal_status surreal_decimal_to_double(surreal_decimal d,
                                                     double *out);
/* The value times 10^scale as an integer, for example 12.50 with scale 2 is
 * 1250. SURREAL_ERR_RANGE if it does not fit or digits would be lost. */
SURREAL_API surreal_status surreal_decimal_to_scaled(surreal_decimal d,
                                                     unsigned scale,
                                                     int64_t *out);
/* -1, 0 or 1 by value: 1.50 equals 1.5. Total; text that is no decimal
 * counts as 0. */
SURREAL_API int surreal_decimal_cmp(surreal_decimal a, surreal_decimal b);

#endif
