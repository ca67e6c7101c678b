/* api/write.h: values that go to the server. */
#ifndef SURREAL_API_WRITE_H
#define SURREAL_API_WRITE_H
#include "api/value.h"

/* One variable of a query, made by the surreal_bind_... functions. It borrows
 * what it is given until the call it is passed to returns. */
typedef struct surreal_bind {
    const char *name; /* without '$' */
    surreal_kind kind;
    int is_encoded; /* u.bytes holds one encoded item, whatever the kind */
    union {
        bool b;
        int64_t i;
        double f;
        surreal_str s; /* STRING, TABLE, DECIMAL */
        surreal_bytes bytes;
        surreal_datetime datetime;
        surreal_duration duration;
        surreal_uuid uuid;
        surreal_record_id id;
        surreal_file file;
        surreal_point point;
        struct {
            const struct surreal_bind *v;
            size_t count;
        } fields; /* OBJECT */
    } u;
} surreal_bind;

/* The variables of one call. */
typedef struct surreal_vars {
    const surreal_bind *v;
    size_t count;
} surreal_vars;

SURREAL_API surreal_bind surreal_bind_none(const char *name);
SURREAL_API surreal_bind surreal_bind_null(const char *name);
SURREAL_API surreal_bind surreal_bind_bool(const char *name, bool v);
SURREAL_API surreal_bind surreal_bind_int(const char *name, int64_t v);
SURREAL_API surreal_bind surreal_bind_float(const char *name, double v);
SURREAL_API surreal_bind surreal_bind_decimal(const char *name, const char *v);
SURREAL_API surreal_bind surreal_bind_text(const char *name, const char *v);
SURREAL_API surreal_bind surreal_bind_str(const char *name, surreal_str v);
SURREAL_API surreal_bind surreal_bind_bytes(const char *name,
                                            surreal_bytes v);
SURREAL_API surreal_bind surreal_bind_datetime(const char *name,
                                               surreal_datetime v);
SURREAL_API surreal_bind surreal_bind_duration(const char *name,
                                               surreal_duration v);
SURREAL_API surreal_bind surreal_bind_uuid(const char *name, surreal_uuid v);
SURREAL_API surreal_bind surreal_bind_table(const char *name, const char *v);
SURREAL_API surreal_bind surreal_bind_id(const char *name,
                                         surreal_record_id v);
SURREAL_API surreal_bind surreal_bind_file(const char *name, surreal_file v);
SURREAL_API surreal_bind surreal_bind_point(const char *name,
                                            surreal_point v);
/* An object whose fields are binds in turn, objects among them. ERR_USAGE for
 * a field without a name or given twice, ERR_DEPTH beyond SURREAL_MAX_DEPTH
 * levels. */
SURREAL_API surreal_bind surreal_bind_object(const char *name,
                                             surreal_vars fields);
/* One item encoded by a surreal_writer: arrays, objects, geometry. */
SURREAL_API surreal_bind surreal_bind_encoded(const char *name,
                                              surreal_bytes item);
/* A value out of a result, sent as it came. */
SURREAL_API surreal_bind surreal_bind_value(const char *name,
                                            surreal_value v);

/* Variables for a call:  SURREAL_VARS(surreal_bind_int("min", 18), ...) and
 * SURREAL_NO_VARS. They live until the end of the enclosing block (C) or of
 * the full expression (C++), so write them inside the call. */
#ifdef __cplusplus
template <size_t N>
static inline surreal_vars
surreal_vars_from(const surreal_bind (&binds)[N])
{
    surreal_vars vars;

    vars.v = binds;
    vars.count = N;
    return vars;
}
#define SURREAL_VARS(...) surreal_vars_from({__VA_ARGS__})
#define SURREAL_NO_VARS surreal_vars()
#else
#define SURREAL_VARS(...)                                   \
    ((surreal_vars){(const surreal_bind[]){__VA_ARGS__},    \
                    sizeof((const surreal_bind[]){__VA_ARGS__}) / \
                        sizeof(surreal_bind)})
#define SURREAL_NO_VARS ((surreal_vars){NULL, 0})
#endif

/* Builds one CBOR item (or several, one after the other) in memory of the
 * caller. The first error is latched: a chain of calls needs one check, at
 * surreal_writer_take.
 *
 *   uint8_t room[256];
 *   surreal_writer w;
 *   surreal_bytes item;
 *
 *   surreal_writer_init(&w, room, sizeof room);
 *   surreal_put_object(&w);
 *   surreal_put_key(&w, "name"), surreal_put_text(&w, "Ann");
 *   surreal_put_key(&w, "tags"), surreal_put_array(&w);
 *   surreal_put_text(&w, "new"), surreal_put_end(&w);
 *   surreal_put_end(&w);
 *   status = surreal_writer_take(&w, &item);
 *
 * Members are private but for `status`.
 *
 * Threads:  one thread at a time per writer */
typedef struct surreal_writer {
    surreal_status status; /* the first error, or SURREAL_OK */
    uint8_t *data;
    size_t len;
    size_t cap;
    int server_major; /* 2: sets are written as arrays, files refused */
    unsigned depth;
    struct {
        size_t head;    /* offset of the one byte kept for the item's head */
        uint32_t count; /* items so far; keys count in objects */
        uint8_t major;  /* 4 array, 5 object */
        uint8_t kind;   /* surreal_kind of what was opened */
    } open[SURREAL_MAX_BUILD_DEPTH];
} surreal_writer;

/* Start writing into `room`. ERR_FULL is latched when it does not suffice. */
SURREAL_API void surreal_writer_init(surreal_writer *w, void *room,
                                     size_t cap);
/* Write for a server of this major version, 2 or 3 (the default). */
SURREAL_API void surreal_writer_target(surreal_writer *w, int server_major);

SURREAL_API void surreal_put_none(surreal_writer *w);
SURREAL_API void surreal_put_null(surreal_writer *w);
SURREAL_API void surreal_put_bool(surreal_writer *w, bool v);
SURREAL_API void surreal_put_int(surreal_writer *w, int64_t v);
/* Values above INT64_MAX, which the server would wrap, latch ERR_RANGE. */
SURREAL_API void surreal_put_uint(surreal_writer *w, uint64_t v);
SURREAL_API void surreal_put_float(surreal_writer *w, double v);
/* Digits as in "-12.50". ERR_SYNTAX unless [-]digits[.digits]; ERR_RANGE
 * beyond 28 fraction digits or a mantissa of 2^96. */
SURREAL_API void surreal_put_decimal(surreal_writer *w, surreal_str v);
/* ERR_UTF8 unless v is UTF-8: the server refuses the whole request for it. */
SURREAL_API void surreal_put_str(surreal_writer *w, surreal_str v);
SURREAL_API void surreal_put_text(surreal_writer *w, const char *v);
SURREAL_API void surreal_put_bytes(surreal_writer *w, surreal_bytes v);
/* ERR_RANGE if nsec is above 999,999,999 or outside the server's range. */
SURREAL_API void surreal_put_datetime(surreal_writer *w, surreal_datetime v);
SURREAL_API void surreal_put_duration(surreal_writer *w, surreal_duration v);
SURREAL_API void surreal_put_uuid(surreal_writer *w, surreal_uuid v);
SURREAL_API void surreal_put_table(surreal_writer *w, surreal_str v);
SURREAL_API void surreal_put_id(surreal_writer *w, surreal_record_id v);
/* ERR_UNSUPPORTED for a 2.x target. */
SURREAL_API void surreal_put_file(surreal_writer *w, surreal_file v);
SURREAL_API void surreal_put_point(surreal_writer *w, surreal_point v);
/* An item that is encoded already; ERR_CBOR unless it is exactly one
 * well-formed item. */
SURREAL_API void surreal_put_encoded(surreal_writer *w, surreal_bytes item);
SURREAL_API void surreal_put_value(surreal_writer *w, surreal_value v);

/* Open an array, object or set; close the innermost with surreal_put_end. In
 * an object keys and values take turns. */
SURREAL_API void surreal_put_array(surreal_writer *w);
SURREAL_API void surreal_put_object(surreal_writer *w);
SURREAL_API void surreal_put_set(surreal_writer *w);
SURREAL_API void surreal_put_key(surreal_writer *w, const char *key);
SURREAL_API void surreal_put_key_str(surreal_writer *w, surreal_str key);

/* Open a geometry of more than one point; close it with surreal_put_end.
 * LINE and MULTIPOINT hold points, POLYGON and MULTILINE hold lines,
 * MULTIPOLYGON polygons, COLLECTION any geometry. */
SURREAL_API void surreal_put_geometry(surreal_writer *w, surreal_kind kind);

/* Open a range: then the begin, then the end, each by a bound call; close it
 * with surreal_put_end. */
typedef enum surreal_bound {
    SURREAL_BOUND_OPEN = 0, /* no value follows */
    SURREAL_BOUND_INCLUDED, /* the next item is the bound */
    SURREAL_BOUND_EXCLUDED
} surreal_bound;

SURREAL_API void surreal_put_range(surreal_writer *w);
SURREAL_API void surreal_put_bound(surreal_writer *w, surreal_bound bound);

SURREAL_API void surreal_put_end(surreal_writer *w);

/* The bytes written.
 *
 * Returns:  the latched error, ERR_USAGE if an array or object is still open
 * Owns:     *out points into the writer's room */
SURREAL_API surreal_status surreal_writer_take(surreal_writer *w,
                                               surreal_bytes *out);

#endif
