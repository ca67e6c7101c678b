/* value/text.c: values as SurrealQL. */
#include "value/value.h"

/* What is printed reads back as the same value, in SurrealDB 2 as well as in
 * 3 wherever 2 has such values at all. It follows the text the server prints,
 * but for three kinds of value whose text the server itself would misread:
 *
 *   infinities   math::inf, because Infinity is a field name to SurrealDB 2
 *   tables       type::table('t'), because a bare t is a field
 *   ranges       of records, arrays, ranges: their bounds in parentheses
 *
 * Not expressible at all: an object that looks like GeoJSON reads back as a
 * geometry, and SurrealDB 2 has no text for a NUL.
 *
 * A value whose tag holds something it should not prints as <malformed KIND>,
 * which no server accepts.
 *
 * Everything works on checked bytes, without a document and without memory.
 * Printers of items return the byte after the item, so that nothing is read
 * twice however deep it nests. */

SRL_FN void
srl_sink_put(srl_sink sink, const char *text, size_t len)
{
    if (sink.json) {
        srl_json_escape(sink.out, text, len);
    } else if (len) {
        srl_out_put(sink.out, text, len);
    }
}

SRL_FN void
srl_sink_text(srl_sink sink, const char *text)
{
    srl_sink_put(sink, text, strlen(text));
}

/* ---- strings ------------------------------------------------------------- */

/* One character that cannot stand for itself. These escapes are the ones that
 * SurrealDB 2 and 3 share. */
static void
srl_sink_escape(srl_sink sink, char c)
{
    static const char from[] = "\b\f\n\r\t";
    static const char to[] = "bfnrt";
    const char *known = c ? strchr(from, c) : NULL;
    char text[2] = {'\\', c};

    if (known) {
        text[1] = to[known - from];
        srl_sink_put(sink, text, 2);
    } else if ((uint8_t)c < 0x20 || c == 0x7f) {
        static const char digits[] = "0123456789abcdef";
        char code[2];

        code[0] = digits[(uint8_t)c >> 4];
        code[1] = digits[(uint8_t)c & 15];
        srl_sink_text(sink, "\\u{");
        srl_sink_put(sink, code, 2);
        srl_sink_text(sink, "}");
    } else {
        srl_sink_put(sink, text, 2);
    }
}

static void
srl_sink_quoted(srl_sink sink, srl_cbor_pieces text, char quote)
{
    surreal_str piece;

    srl_sink_put(sink, &quote, 1);
    while (srl_cbor_piece(&text, &piece)) {
        size_t start = 0;
        size_t i;

        for (i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];

            if ((uint8_t)c >= 0x20 && c != 0x7f && c != '\\' && c != quote) {
                continue;
            }
            srl_sink_put(sink, piece.ptr + start, i - start);
            srl_sink_escape(sink, c);
            start = i + 1;
        }
        if (piece.len) {
            srl_sink_put(sink, piece.ptr + start, piece.len - start);
        }
    }
    srl_sink_put(sink, &quote, 1);
}

SRL_FN void
srl_sink_string(srl_sink sink, srl_cbor_pieces text)
{
    srl_cbor_pieces scan = text;
    surreal_str piece;
    char quote = '\'';

    while (srl_cbor_piece(&scan, &piece)) {
        if (piece.len && memchr(piece.ptr, '\'', piece.len)) quote = '"';
    }
    srl_sink_quoted(sink, text, quote);
}

SRL_FN void
srl_string_out(srl_out *out, surreal_str text)
{
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    srl_sink_string(sink, srl_cbor_pieces_str(text));
}

/* The key of an object: any plain word, keywords too, but not the two that
 * are numbers; everything else as a string. */
static void
srl_sink_field(srl_sink sink, const uint8_t *at)
{
    srl_cbor_pieces pieces;
    srl_cbor_pieces scan;
    surreal_str piece;
    bool is_plain = true;
    size_t len = 0;
    size_t i;

    if (*at >> 5 != SRL_CBOR_TEXT) {
        srl_sink_text(sink, "\"\""); /* no text: as surreal_next shows it */
        return;
    }
    pieces = srl_cbor_pieces_of(at);
    scan = pieces;
    while (is_plain && srl_cbor_piece(&scan, &piece)) {
        for (i = 0; i < piece.len; i++, len++) {
            char c = piece.ptr[i];

            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' &&
                (c < '0' || c > '9' || !len)) {
                is_plain = false;
            }
        }
    }
    if (!is_plain || !len || srl_cbor_text_is(at, SURREAL_LIT("NaN")) ||
        srl_cbor_text_is(at, SURREAL_LIT("Infinity"))) {
        srl_sink_quoted(sink, pieces, '"');
        return;
    }
    while (srl_cbor_piece(&pieces, &piece)) {
        srl_sink_put(sink, piece.ptr, piece.len);
    }
}

/* ---- numbers and other leaves -------------------------------------------- */

SRL_FN void
srl_item_int_out(srl_out *out, const uint8_t *at)
{
    srl_cbor_head head;

    srl_cbor_head_at(at, &head);
    if (head.major == SRL_CBOR_UINT) {
        srl_out_uint(out, head.arg);
    } else if (head.arg == UINT64_MAX) {
        srl_out_text(out, "-18446744073709551616"); /* -1 - arg */
    } else {
        srl_out_char(out, '-');
        srl_out_uint(out, head.arg + 1);
    }
}

/* The digits of a double, "1e+300" as "1e300"; false for NaN and infinities,
 * of which nothing is written. */
SRL_FN bool
srl_double_out(srl_out *out, double v)
{
    char text[32];
    size_t len;
    size_t i;

    if (v - v != 0.0) return false;
    len = srl_double_print(v, text);
    for (i = 0; i < len; i++) {
        if (text[i] != '+') srl_out_char(out, text[i]);
    }
    return true;
}

SRL_FN void
srl_sink_float(srl_sink sink, double v)
{
    if (srl_double_out(sink.out, v)) {
        srl_sink_text(sink, "f");
    } else if (v != v) {
        srl_sink_text(sink, "NaN");
    } else {
        srl_sink_text(sink, v > 0 ? "math::inf" : "math::neg_inf");
    }
}

static void
srl_sink_bytes(srl_sink sink, const uint8_t *at)
{
    static const char digits[] = "0123456789ABCDEF";
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;
    size_t i;

    srl_sink_text(sink, "b\"");
    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++) {
            uint8_t byte = (uint8_t)piece.ptr[i];

            srl_out_char(sink.out, digits[byte >> 4]);
            srl_out_char(sink.out, digits[byte & 15]);
        }
    }
    srl_sink_text(sink, "\"");
}

static void
srl_sink_malformed(srl_sink sink, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    uint64_t tag;

    srl_item_untag(at, &tag);
    if (kind == SURREAL_UNKNOWN) {
        srl_sink_text(sink, "<tag ");
        srl_out_uint(sink.out, tag);
    } else {
        srl_sink_text(sink, "<malformed ");
        srl_sink_text(sink, surreal_kind_name(kind));
    }
    srl_sink_text(sink, ">");
}

/* Names in a file pointer: other characters than these are escaped, as the
 * server does. */
static void
srl_sink_file_name(srl_sink sink, const uint8_t *at, bool may_slash)
{
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;
    size_t i;

    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];
            bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                         c == '.' || (c == '/' && may_slash) ||
                         ((uint8_t)c & 0xc0) == 0x80; /* inside UTF-8 */

            if (!plain) srl_sink_put(sink, "\\", 1);
            srl_sink_put(sink, &c, 1);
        }
    }
}

SRL_FN bool
srl_item_file(const uint8_t *at, const uint8_t *parts[2])
{
    uint64_t tag;

    return srl_item_parts(srl_item_untag(at, &tag), parts, 2) == 2 &&
           *parts[0] >> 5 == SRL_CBOR_TEXT && *parts[1] >> 5 == SRL_CBOR_TEXT;
}

static bool
srl_sink_file(srl_sink sink, const uint8_t *at)
{
    const uint8_t *parts[2];

    if (!srl_item_file(at, parts)) return false;
    srl_sink_text(sink, "f\"");
    srl_sink_file_name(sink, parts[0], false);
    srl_sink_text(sink, ":");
    srl_sink_file_name(sink, parts[1], true);
    srl_sink_text(sink, "\"");
    return true;
}

SRL_FN bool
srl_item_record(const uint8_t *at, const uint8_t *parts[2])
{
    uint64_t tag;

    if (srl_item_parts(srl_item_untag(at, &tag), parts, 2) != 2) return false;
    parts[0] = srl_item_untag(parts[0], &tag);
    if (tag != UINT64_MAX && tag != SRL_TAG_TABLE) return false;
    return *parts[0] >> 5 == SRL_CBOR_TEXT && srl_item_is_key(parts[1]);
}

static bool
srl_sink_record_item(srl_sink sink, const uint8_t *at)
{
    const uint8_t *parts[2];
    uint64_t tag;

    if (srl_item_record(at, parts)) {
        srl_sink_record(sink, parts[0], parts[1]);
        return true;
    }
    /* The text form: r'...' takes it as it is. */
    at = srl_item_untag(at, &tag);
    if (*at >> 5 != SRL_CBOR_TEXT) return false;
    srl_sink_text(sink, "r");
    srl_sink_string(sink, srl_cbor_pieces_of(at));
    return true;
}

/* Kinds that are one word or quoted text; false if malformed. */
static bool
srl_sink_leaf(srl_sink sink, surreal_kind kind, const uint8_t *at)
{
    char room[SRL_SMALL_TEXT];
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;
    surreal_str text;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    switch (kind) {
    case SURREAL_DECIMAL:
        if (srl_item_small_text(inner, room, &text)) return false;
        if (srl_decimal_check(text)) return false;
        srl_sink_put(sink, text.ptr, text.len);
        srl_sink_text(sink, "dec");
        return true;
    case SURREAL_DATETIME:
        if (srl_item_datetime(at, &datetime)) return false;
        srl_sink_text(sink, "d'");
        srl_datetime_out(sink.out, datetime);
        srl_sink_text(sink, "'");
        return true;
    case SURREAL_DURATION:
        if (srl_item_duration(at, &duration)) return false;
        srl_duration_out(sink.out, duration);
        return true;
    case SURREAL_UUID:
        if (srl_item_uuid(at, &uuid)) return false;
        srl_sink_text(sink, "u'");
        srl_uuid_out(sink.out, uuid);
        srl_sink_text(sink, "'");
        return true;
    case SURREAL_TABLE:
        if (*inner >> 5 != SRL_CBOR_TEXT) return false;
        srl_sink_text(sink, "type::table(");
        srl_sink_string(sink, srl_cbor_pieces_of(inner));
        srl_sink_text(sink, ")");
        return true;
    case SURREAL_RECORD_ID: return srl_sink_record_item(sink, at);
    case SURREAL_FILE: return srl_sink_file(sink, at);
    default: return false;
    }
}

/* ---- geometry ------------------------------------------------------------ */

/* GeoJSON, as SurrealQL and as JSON. */
typedef struct srl_geo_style {
    const char *type; /* before the name of the type */
    const char *coordinates;
    const char *geometries;
    const char *end;
    const char *comma;
    bool json;
} srl_geo_style;

static const char *
srl_geo_name(surreal_kind kind)
{
    switch (kind) {
    case SURREAL_POINT: return "Point";
    case SURREAL_LINE: return "LineString";
    case SURREAL_POLYGON: return "Polygon";
    case SURREAL_MULTIPOINT: return "MultiPoint";
    case SURREAL_MULTILINE: return "MultiLineString";
    case SURREAL_MULTIPOLYGON: return "MultiPolygon";
    default: return "GeometryCollection";
    }
}

static void
srl_geo_number(srl_sink sink, const srl_geo_style *style, double v)
{
    if (srl_double_out(sink.out, v)) return;
    if (style->json) {
        srl_sink_text(sink, "null");
    } else {
        srl_sink_float(sink, v);
    }
}

/* The coordinates of a geometry that is no collection: a position, or an
 * array of what it consists of. */
static const uint8_t *
srl_geo_coordinates(srl_sink sink, const srl_geo_style *style,
                    const uint8_t *at)
{
    surreal_point point;
    srl_cbor_walk walk;
    bool first = true;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    if (!srl_item_point(at, &point)) {
        srl_sink_text(sink, "[");
        srl_geo_number(sink, style, point.lon);
        srl_sink_text(sink, style->comma);
        srl_geo_number(sink, style, point.lat);
        srl_sink_text(sink, "]");
        return srl_cbor_skip(at);
    }
    if (tag < SRL_TAG_LINE || tag >= SRL_TAG_COLLECTION ||
        *inner >> 5 != SRL_CBOR_ARRAY) {
        if (style->json) {
            srl_sink_text(sink, "null");
        } else {
            srl_sink_malformed(sink, at);
        }
        return srl_cbor_skip(at);
    }
    walk = srl_cbor_walk_of(inner);
    srl_sink_text(sink, "[");
    while (srl_cbor_more(&walk)) {
        if (!first) srl_sink_text(sink, style->comma);
        first = false;
        walk.at = srl_geo_coordinates(sink, style, walk.at);
    }
    srl_sink_text(sink, "]");
    return walk.at;
}

static const uint8_t *
srl_geo_object(srl_sink sink, const srl_geo_style *style, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    srl_cbor_walk walk;
    bool first = true;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    if (tag < SRL_TAG_POINT || tag > SRL_TAG_COLLECTION ||
        *inner >> 5 != SRL_CBOR_ARRAY) {
        if (style->json) {
            srl_sink_text(sink, "null");
        } else {
            srl_sink_malformed(sink, at);
        }
        return srl_cbor_skip(at);
    }
    srl_sink_text(sink, style->type);
    srl_sink_text(sink, srl_geo_name(kind));
    if (kind != SURREAL_COLLECTION) {
        srl_sink_text(sink, style->coordinates);
        at = srl_geo_coordinates(sink, style, at);
        srl_sink_text(sink, style->end);
        return at;
    }
    srl_sink_text(sink, style->geometries);
    srl_sink_text(sink, "[");
    walk = srl_cbor_walk_of(inner);
    while (srl_cbor_more(&walk)) {
        if (!first) srl_sink_text(sink, style->comma);
        first = false;
        walk.at = srl_geo_object(sink, style, walk.at);
    }
    srl_sink_text(sink, "]");
    srl_sink_text(sink, style->end);
    return walk.at;
}

SRL_FN const uint8_t *
srl_geo_json(srl_out *out, const uint8_t *at)
{
    static const srl_geo_style style = {
        "{\"type\":\"", "\",\"coordinates\":", "\",\"geometries\":", "}",
        ",", true};
    srl_sink sink;

    sink.out = out;
    sink.json = false;
    return srl_geo_object(sink, &style, at);
}

/* A point alone has a short form: (1.5, 2.5). */
static const uint8_t *
srl_sink_geometry(srl_sink sink, const uint8_t *at)
{
    static const srl_geo_style style = {
        "{ type: '", "', coordinates: ", "', geometries: ", " }", ", ",
        false};
    surreal_point point;

    if (srl_item_point(at, &point)) return srl_geo_object(sink, &style, at);
    srl_sink_text(sink, "(");
    srl_geo_number(sink, &style, point.lon);
    srl_sink_text(sink, ", ");
    srl_geo_number(sink, &style, point.lat);
    srl_sink_text(sink, ")");
    return srl_cbor_skip(at);
}

/* ---- values that hold values --------------------------------------------- */

static const uint8_t *
srl_sink_array(srl_sink sink, const uint8_t *at, bool is_set)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    size_t count = 0;

    srl_sink_text(sink, is_set ? "{" : "[");
    for (; srl_cbor_more(&walk); count++) {
        if (count) srl_sink_text(sink, ", ");
        walk.at = srl_sink_item(sink, walk.at);
    }
    if (is_set && count < 2) {
        srl_sink_text(sink, ","); /* {1} would be a block, {} an object */
    }
    srl_sink_text(sink, is_set ? "}" : "]");
    return walk.at;
}

static const uint8_t *
srl_sink_object(srl_sink sink, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    size_t count = 0;

    srl_sink_text(sink, "{");
    for (; srl_cbor_more(&walk); count++) {
        srl_sink_text(sink, count ? ", " : " ");
        srl_sink_field(sink, walk.at);
        srl_sink_text(sink, ": ");
        walk.at = srl_cbor_skip(walk.at);
        srl_cbor_more(&walk);
        walk.at = srl_sink_item(sink, walk.at);
    }
    srl_sink_text(sink, count ? " }" : "}");
    return walk.at;
}

/* `person:1..person:2` would be a record id with a range of keys, so only
 * what cannot be taken for more stands without parentheses. */
static void
srl_sink_bound(srl_sink sink, const uint8_t *at)
{
    bool is_plain;

    switch (srl_item_kind(at)) {
    case SURREAL_BOOL:
    case SURREAL_INT:
    case SURREAL_FLOAT:
    case SURREAL_DECIMAL:
    case SURREAL_STRING:
    case SURREAL_DATETIME:
    case SURREAL_DURATION:
    case SURREAL_UUID: is_plain = true; break;
    default: is_plain = false;
    }
    if (!is_plain) srl_sink_text(sink, "(");
    srl_sink_item(sink, at);
    if (!is_plain) srl_sink_text(sink, ")");
}

SRL_FN const uint8_t *
srl_sink_range(srl_sink sink, const uint8_t *at)
{
    srl_item_bounds bounds;

    if (srl_item_range(at, &bounds)) {
        srl_sink_malformed(sink, at);
        return srl_cbor_skip(at);
    }
    if (bounds.begin) srl_sink_bound(sink, bounds.begin);
    if (bounds.begin_excluded) srl_sink_text(sink, ">");
    srl_sink_text(sink, "..");
    if (bounds.end_included) srl_sink_text(sink, "=");
    if (bounds.end) srl_sink_bound(sink, bounds.end);
    return srl_cbor_skip(at);
}

SRL_FN const uint8_t *
srl_sink_item(srl_sink sink, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    const uint8_t *inner;
    double number;
    uint64_t tag;

    switch (kind) {
    case SURREAL_NONE: srl_sink_text(sink, "NONE"); break;
    case SURREAL_NULL: srl_sink_text(sink, "NULL"); break;
    case SURREAL_BOOL:
        srl_sink_text(sink, *at == SRL_CBOR_TRUE ? "true" : "false");
        break;
    case SURREAL_INT: srl_item_int_out(sink.out, at); break;
    case SURREAL_FLOAT:
        if (!srl_item_float(at, &number)) srl_sink_float(sink, number);
        break;
    case SURREAL_STRING: srl_sink_string(sink, srl_cbor_pieces_of(at)); break;
    case SURREAL_BYTES: srl_sink_bytes(sink, at); break;
    case SURREAL_ARRAY: return srl_sink_array(sink, at, false);
    case SURREAL_OBJECT: return srl_sink_object(sink, at);
    case SURREAL_SET:
        inner = srl_item_untag(at, &tag);
        if (*inner >> 5 == SRL_CBOR_ARRAY) {
            return srl_sink_array(sink, inner, true);
        }
        srl_sink_malformed(sink, at);
        break;
    case SURREAL_RANGE: return srl_sink_range(sink, at);
    case SURREAL_POINT:
    case SURREAL_LINE:
    case SURREAL_POLYGON:
    case SURREAL_MULTIPOINT:
    case SURREAL_MULTILINE:
    case SURREAL_MULTIPOLYGON:
    case SURREAL_COLLECTION: return srl_sink_geometry(sink, at);
    default:
        if (!srl_sink_leaf(sink, kind, at)) srl_sink_malformed(sink, at);
        break;
    }
    return srl_cbor_skip(at);
}

SURREAL_API size_t
surreal_print(surreal_value v, char *buf, size_t cap)
{
    srl_sink sink;
    srl_out out;

    srl_out_init(&out, buf, cap);
    sink.out = &out;
    sink.json = false;
    if (v.doc) {
        srl_sink_item(sink, v.at);
    } else {
        srl_sink_text(sink, "NONE");
    }
    return srl_out_end(&out);
}
