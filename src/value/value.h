/* value/value.h: SurrealDB values on CBOR. */
#ifndef SRL_VALUE_H
#define SRL_VALUE_H
#include "cbor/cbor.h"

/* ---- value/document.c ----------------------------------------------------
 *
 * A checked message that values point into. C wants text to end in NUL, CBOR
 * has the next head there. So text is handed out from a twin: a copy of the
 * message, made when the first text is asked for, in which the byte after a
 * text is overwritten with NUL. That byte is always a head (or the end), never
 * part of another text, and heads are read from the message itself. One
 * memcpy serves every text, and asking twice costs nothing.
 */
typedef struct surreal_document {
    const uint8_t *data;
    size_t len;
    uint8_t *twin; /* len + 1 bytes, or NULL */
    srl_arena *arena;
} surreal_document;

/* `data` must have passed srl_cbor_check and outlive the document. */
SRL_FN void srl_document_init(surreal_document *doc, const uint8_t *data,
                              size_t len, srl_arena *arena);

/* The same text with a NUL behind it. `text` lies in doc->data. ptr is NULL
 * when there is no memory. */
SRL_FN surreal_str srl_document_text(const surreal_document *doc,
                                     const uint8_t *text, size_t len);

/* The value at `at`, which is the first byte of an item of doc->data. */
SRL_FN surreal_value srl_value_at(const surreal_document *doc,
                                  const uint8_t *at);

/* The text of a TEXT item of the document, whole and with a NUL behind it.
 * Chunks of indefinite length are joined inside the twin.
 *
 * Returns:  SURREAL_OK; ERR_TYPE if it is no text; ERR_NOMEM */
SRL_FN surreal_status srl_document_str(const surreal_document *doc,
                                       const uint8_t *at, surreal_str *out);
/* The bytes of a BYTES item, joined in the same way if they must be. */
SRL_FN surreal_status srl_document_bytes(const surreal_document *doc,
                                         const uint8_t *at,
                                         surreal_bytes *out);

/* ---- value/view.c, get.c --------------------------------------------------
 *
 * Items of checked bytes, without a document: what the getters, the printers
 * and the writer share.
 *
 * A value has the kind its tag names, whatever the tag holds. If that is
 * something else than the tag stands for, reading it is ERR_TYPE; a number or
 * moment outside its range is ERR_RANGE.
 */
SRL_FN surreal_kind srl_item_kind(const uint8_t *at);

/* The kind of a tag: SURREAL_UNKNOWN for tags this version does not know and
 * for 50 and 51, which mean something only inside a range. */
SRL_FN surreal_kind srl_tag_kind(uint64_t tag);

/* The item behind a tag, or `at` itself with *tag UINT64_MAX. */
SRL_FN const uint8_t *srl_item_untag(const uint8_t *at, uint64_t *tag);

/* The items of an ARRAY: at most `max` are stored, their number is returned,
 * max + 1 if there are more; 0 if `at` is no ARRAY. */
SRL_FN size_t srl_item_parts(const uint8_t *at, const uint8_t **parts,
                             size_t max);

SRL_FN surreal_status srl_item_int(const uint8_t *at, int64_t *out);
SRL_FN surreal_status srl_item_float(const uint8_t *at, double *out);
SRL_FN surreal_status srl_item_datetime(const uint8_t *at,
                                        surreal_datetime *out);
SRL_FN surreal_status srl_item_duration(const uint8_t *at,
                                        surreal_duration *out);
SRL_FN surreal_status srl_item_uuid(const uint8_t *at, surreal_uuid *out);
SRL_FN surreal_status srl_item_point(const uint8_t *at, surreal_point *out);

/* Text of a number or moment, in one piece: as it lies there, or joined into
 * `room`. ERR_TYPE if it is no TEXT or does not fit. */
#define SRL_SMALL_TEXT 128
SRL_FN surreal_status srl_item_small_text(const uint8_t *at,
                                          char room[SRL_SMALL_TEXT],
                                          surreal_str *out);

/* The two bounds of a RANGE: NULL for an open one. */
typedef struct srl_item_bounds {
    const uint8_t *begin;
    const uint8_t *end;
    bool begin_excluded;
    bool end_included;
} srl_item_bounds;

SRL_FN surreal_status srl_item_range(const uint8_t *at, srl_item_bounds *out);

/* ---- value/time.c, record_id.c, decimal.c -------------------------------- */

/* Bounds the server keeps (chrono's range): outside is ERR_RANGE. */
#define SRL_DATETIME_MIN INT64_C(-8334601228800)
#define SRL_DATETIME_MAX INT64_C(8210266876799)
#define SRL_NSEC_MAX 999999999

SRL_FN surreal_status srl_datetime_check(surreal_datetime t);
/* [-]digits[.digits], at most 28 after the point, mantissa below 2^96. */
SRL_FN surreal_status srl_decimal_check(surreal_str text);

/* Text of values as SurrealQL writes it; each appends to `out`. Table names
 * go through srl_ident_out and through nothing else in this library. */
SRL_FN void srl_ident_out(srl_out *out, surreal_str name);
SRL_FN void srl_string_out(srl_out *out, surreal_str text);
SRL_FN void srl_datetime_out(srl_out *out, surreal_datetime t);
SRL_FN void srl_duration_out(srl_out *out, surreal_duration d);
SRL_FN void srl_uuid_out(srl_out *out, surreal_uuid u);

/* Where SurrealQL text goes: as it is, or escaped to stand inside a JSON
 * string. The same functions on a sink, and for text in pieces. */
typedef struct srl_sink {
    srl_out *out;
    bool json;
} srl_sink;

SRL_FN void srl_sink_put(srl_sink sink, const char *text, size_t len);
SRL_FN void srl_sink_text(srl_sink sink, const char *text);
SRL_FN void srl_sink_ident(srl_sink sink, srl_cbor_pieces name);
SRL_FN void srl_sink_key(srl_sink sink, srl_cbor_pieces key);
SRL_FN void srl_sink_string(srl_sink sink, srl_cbor_pieces text);
/* A record id: `table` is TEXT, `key` any item that may be a key. */
SRL_FN void srl_sink_record(srl_sink sink, const uint8_t *table,
                            const uint8_t *key);
SRL_FN void srl_sink_float(srl_sink sink, double v);
SRL_FN void srl_sink_record_id(srl_sink sink, const surreal_record_id *id);
/* One item of checked bytes; the byte after it is returned. Recursive, but no
 * deeper than srl_cbor_check let it nest. */
SRL_FN const uint8_t *srl_sink_item(srl_sink sink, const uint8_t *at);

/* True if this item may be the key of a record, if need be as a bound. */
SRL_FN bool srl_item_is_key(const uint8_t *at);

/* A RANGE as text; <malformed range> if it is none. */
SRL_FN const uint8_t *srl_sink_range(srl_sink sink, const uint8_t *at);

/* The two texts of a FILE, the table and key of a RECORD_ID that is not in
 * text form; false if they are not there. */
SRL_FN bool srl_item_file(const uint8_t *at, const uint8_t *parts[2]);
SRL_FN bool srl_item_record(const uint8_t *at, const uint8_t *parts[2]);

/* The digits of an INT, also of one beyond 64 bits. */
SRL_FN void srl_item_int_out(srl_out *out, const uint8_t *at);
/* A finite double; false for others, of which nothing is written. */
SRL_FN bool srl_double_out(srl_out *out, double v);

/* Text as the inside of a JSON string. */
SRL_FN void srl_json_escape(srl_out *out, const char *text, size_t len);
/* One item of checked bytes as JSON; returns the byte after it. */
SRL_FN const uint8_t *srl_json_item(srl_out *out, const uint8_t *at);
/* Bytes as base64, in quotes. */
SRL_FN void srl_json_base64_out(srl_out *out, srl_cbor_pieces pieces);
/* A geometry as GeoJSON; returns the byte after it. */
SRL_FN const uint8_t *srl_geo_json(srl_out *out, const uint8_t *at);

/* ---- value/writer.c, bind.c ---------------------------------------------- */

/* Append one value of a plain type to a buffer as the server accepts it. A
 * value it would refuse or silently change is a status instead (and nothing
 * usable is in the buffer). `server_major` is 2 or 3. */
SRL_FN surreal_status srl_put_str(srl_buf *buf, surreal_str v);
SRL_FN surreal_status srl_put_decimal(srl_buf *buf, surreal_str v);
SRL_FN surreal_status srl_put_datetime(srl_buf *buf, surreal_datetime v);
SRL_FN surreal_status srl_put_duration(srl_buf *buf, surreal_duration v);
SRL_FN surreal_status srl_put_uuid(srl_buf *buf, surreal_uuid v);
SRL_FN surreal_status srl_put_table(srl_buf *buf, surreal_str v);
SRL_FN surreal_status srl_put_record_id(srl_buf *buf, surreal_record_id v);
SRL_FN surreal_status srl_put_file(srl_buf *buf, surreal_file v,
                                   int server_major);
SRL_FN surreal_status srl_put_point(srl_buf *buf, surreal_point v);
SRL_FN surreal_status srl_put_encoded(srl_buf *buf, surreal_bytes item);

/* Would the server take these bytes as one value, `levels` deep inside
 * others? Form first (ERR_CBOR, ERR_UTF8, ERR_DEPTH), then what is known to
 * make it refuse the whole request, or change the value without a word:
 * ERR_TYPE, ERR_RANGE, ERR_SYNTAX, ERR_UNSUPPORTED. */
SRL_FN surreal_status srl_item_sendable(surreal_bytes item, unsigned levels,
                                        int server_major);
/* The same for checked bytes, the form taken for granted. */
SRL_FN surreal_status srl_item_accepted(const uint8_t *at, int server_major);

/* Append the name of one variable, and its value behind it. On failure err
 * names the variable and the reason; the value itself is not in the text. */
SRL_FN surreal_status srl_put_var(srl_buf *buf, const surreal_bind *bind,
                                  int server_major, surreal_error *err);

/* Append names and values of the variables of one call, behind the head of a
 * map. On failure err names the variable and the reason; the value itself is
 * not in the text. */
SRL_FN surreal_status srl_put_vars(srl_buf *buf, surreal_vars vars,
                                   int server_major, surreal_error *err);

#endif
