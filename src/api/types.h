/* api/types.h: the plain types values are made of. */
#ifndef SURREAL_API_TYPES_H
#define SURREAL_API_TYPES_H
#include "api/config.h"

/* Text: UTF-8, `len` bytes. Text that comes out of the library has a NUL at
 * ptr[len] as well, so it can be printed with %s; it may hold NUL bytes of its
 * own, so `len` decides. Text that goes in needs no NUL. */
typedef struct surreal_str {
    const char *ptr;
    size_t len;
} surreal_str;

/* Bytes; never NUL-terminated. */
typedef struct surreal_bytes {
    const uint8_t *ptr;
    size_t len;
} surreal_bytes;

/* A moment: seconds since 1970-01-01T00:00:00Z, rounded down, and 0 to
 * 999,999,999 nanoseconds after them. Half a second before 1970 is
 * {-1, 500000000}. The server's range is -262143-01-01 to +262142-12-31. */
typedef struct surreal_datetime {
    int64_t sec;
    uint32_t nsec;
} surreal_datetime;

/* A span of time, never negative; nsec is 0 to 999,999,999. */
typedef struct surreal_duration {
    uint64_t sec;
    uint32_t nsec;
} surreal_duration;

typedef struct surreal_uuid {
    uint8_t bytes[16];
} surreal_uuid;

/* A decimal number as its digits, for example "-12.50": at most 28 digits
 * after the point and a mantissa below 2^96. Never a double. */
typedef struct surreal_decimal {
    surreal_str text;
} surreal_decimal;

/* A position in degrees, longitude first as in GeoJSON. */
typedef struct surreal_point {
    double lon;
    double lat;
} surreal_point;

/* A pointer to a file in a bucket (SurrealDB 3); key begins with '/'. */
typedef struct surreal_file {
    surreal_str bucket;
    surreal_str key;
} surreal_file;

/* What identifies a record inside its table. Integer 1 and string "1" are
 * different keys. */
typedef enum surreal_key_kind {
    SURREAL_KEY_NONE = 0, /* no id: the zeroed struct */
    SURREAL_KEY_INT,
    SURREAL_KEY_STRING,
    SURREAL_KEY_UUID,
    SURREAL_KEY_ARRAY,  /* key.cbor holds one encoded array */
    SURREAL_KEY_OBJECT, /* key.cbor holds one encoded object */
    SURREAL_KEY_RANGE   /* key.cbor holds one encoded range of keys */
} surreal_key_kind;

/* A record id: a table and a key. Read key.i, key.s, key.u or key.cbor as
 * `kind` says. Never written as one string: see surreal_record_id_parse. */
typedef struct surreal_record_id {
    surreal_str table;
    surreal_key_kind kind;
    union {
        int64_t i;
        surreal_str s;
        surreal_uuid u;
        surreal_bytes cbor;
    } key;
} surreal_record_id;

/* The kind of a value. NONE is "no such thing", NULL is a value that says
 * "empty"; SurrealDB keeps them apart and so does this library. */
typedef enum surreal_kind {
    SURREAL_ABSENT = 0, /* there is no value here: a lookup that found none */
    SURREAL_NONE,
    SURREAL_NULL,
    SURREAL_BOOL,
    SURREAL_INT,
    SURREAL_FLOAT,
    SURREAL_DECIMAL,
    SURREAL_STRING,
    SURREAL_BYTES,
    SURREAL_DATETIME,
    SURREAL_DURATION,
    SURREAL_UUID,
    SURREAL_TABLE,
    SURREAL_RECORD_ID,
    SURREAL_ARRAY,
    SURREAL_OBJECT,
    SURREAL_SET,   /* SurrealDB 3; an array on 2 */
    SURREAL_RANGE,
    SURREAL_FILE,  /* SurrealDB 3 */
    SURREAL_POINT,
    SURREAL_LINE,
    SURREAL_POLYGON,
    SURREAL_MULTIPOINT,
    SURREAL_MULTILINE,
    SURREAL_MULTIPOLYGON,
    SURREAL_COLLECTION,
    SURREAL_UNKNOWN /* a tag this version does not know */
} surreal_kind;

/* The name of a kind as SurrealQL spells it, for example "record". Total. */
SURREAL_API const char *surreal_kind_name(surreal_kind kind);

/* Text from a C string; NULL gives {NULL, 0}. */
static inline surreal_str
surreal_text(const char *s)
{
    surreal_str text;

    text.ptr = s;
    text.len = 0;
    while (s && s[text.len]) {
        text.len++;
    }
    return text;
}

static inline surreal_str
surreal_text_of(const char *s, size_t len)
{
    surreal_str text;

    text.ptr = s;
    text.len = len;
    return text;
}

/* Text from a literal, NULs inside included. */
#define SURREAL_LIT(literal) surreal_text_of("" literal, sizeof(literal) - 1)

/* Byte-wise equality. */
static inline bool
surreal_str_eq(surreal_str a, surreal_str b)
{
    size_t i;

    if (a.len != b.len) return false;
    for (i = 0; i < a.len; i++) {
        if (a.ptr[i] != b.ptr[i]) return false;
    }
    return true;
}

/* For printf: printf("%.*s", SURREAL_FMT(text)). */
#define SURREAL_FMT(text) (int)(text).len, (text).ptr

#endif
