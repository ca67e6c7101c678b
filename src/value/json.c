/* value/json.c: values as JSON (RFC 8259). */
#include "value/value.h"

/* JSON has fewer kinds than SurrealDB, so this is for showing and exporting;
 * api/value.h says what becomes of each. Values whose tag holds something it
 * should not, and tags this version does not know, are null. Printers return
 * the byte after the item; recursion goes as deep as srl_cbor_check allowed. */

SRL_FN void
srl_json_escape(srl_out *out, const char *text, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    size_t start = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        char c = text[i];
        const char *known;

        if ((uint8_t)c >= 0x20 && c != '"' && c != '\\') continue;
        srl_out_put(out, text + start, i - start);
        start = i + 1;
        known = c ? strchr(from, c) : NULL;
        srl_out_char(out, '\\');
        if (known) {
            srl_out_char(out, to[known - from]);
        } else {
            srl_out_text(out, "u00");
            srl_out_char(out, digits[(uint8_t)c >> 4]);
            srl_out_char(out, digits[(uint8_t)c & 15]);
        }
    }
    if (len) srl_out_put(out, text + start, len - start);
}

static void
srl_json_pieces(srl_out *out, const uint8_t *at)
{
    srl_cbor_pieces pieces = srl_cbor_pieces_of(at);
    surreal_str piece;

    while (srl_cbor_piece(&pieces, &piece)) {
        srl_json_escape(out, piece.ptr, piece.len);
    }
}

static void
srl_json_string(srl_out *out, const uint8_t *at)
{
    srl_out_char(out, '"');
    if (*at >> 5 == SRL_CBOR_TEXT) srl_json_pieces(out, at);
    srl_out_char(out, '"');
}

/* Up to three bytes as four characters of base64 (RFC 4648 4). */
static void
srl_json_base64(srl_out *out, const uint8_t bytes[3], unsigned count)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t v = (uint32_t)bytes[0] << 16;
    unsigned i;

    if (count > 1) v |= (uint32_t)bytes[1] << 8;
    if (count > 2) v |= bytes[2];
    for (i = 0; i < 4; i++) {
        srl_out_char(out, i > count ? '=' : digits[v >> (18 - 6 * i) & 63]);
    }
}

SRL_FN void
srl_json_base64_out(srl_out *out, srl_cbor_pieces pieces)
{
    surreal_str piece;
    uint8_t group[3];
    unsigned count = 0;
    size_t i;

    srl_out_char(out, '"');
    while (srl_cbor_piece(&pieces, &piece)) {
        for (i = 0; i < piece.len; i++) {
            group[count++] = (uint8_t)piece.ptr[i];
            if (count < 3) continue;
            srl_json_base64(out, group, 3);
            count = 0;
        }
    }
    if (count) srl_json_base64(out, group, count);
    srl_out_char(out, '"');
}

static void
srl_json_null(srl_out *out)
{
    srl_out_text(out, "null");
}

static void
srl_json_float(srl_out *out, const uint8_t *at)
{
    double v;

    if (srl_item_float(at, &v) || !srl_double_out(out, v)) {
        srl_json_null(out);
    }
}

/* The number as it is, without leading zeros, which JSON forbids. */
static void
srl_json_decimal(srl_out *out, const uint8_t *at)
{
    char room[SRL_SMALL_TEXT];
    surreal_str text;
    uint64_t tag;

    if (srl_item_small_text(srl_item_untag(at, &tag), room, &text) ||
        srl_decimal_check(text)) {
        srl_json_null(out);
        return;
    }
    if (*text.ptr == '-') {
        srl_out_char(out, '-');
        text.ptr++;
        text.len--;
    }
    while (text.len > 1 && text.ptr[0] == '0' && text.ptr[1] != '.') {
        text.ptr++;
        text.len--;
    }
    srl_out_put(out, text.ptr, text.len);
}

/* SurrealQL text as a JSON string; true if there is such text. */
static bool
srl_json_text(srl_out *out, surreal_kind kind, const uint8_t *at)
{
    const uint8_t *parts[2];
    srl_item_bounds bounds;
    srl_sink sink;
    uint64_t tag;
    const uint8_t *inner = srl_item_untag(at, &tag);

    sink.out = out;
    sink.json = true;
    switch (kind) {
    case SURREAL_TABLE:
        if (*inner >> 5 != SRL_CBOR_TEXT) return false;
        srl_out_char(out, '"');
        srl_sink_ident(sink, srl_cbor_pieces_of(inner));
        break;
    case SURREAL_RECORD_ID:
        if (*inner >> 5 == SRL_CBOR_TEXT) {
            srl_json_string(out, inner);
            return true;
        }
        if (!srl_item_record(at, parts)) return false;
        srl_out_char(out, '"');
        srl_sink_record(sink, parts[0], parts[1]);
        break;
    case SURREAL_RANGE:
        if (srl_item_range(at, &bounds)) return false;
        srl_out_char(out, '"');
        srl_sink_range(sink, at);
        break;
    case SURREAL_FILE:
        if (!srl_item_file(at, parts)) return false;
        srl_out_char(out, '"');
        srl_json_pieces(out, parts[0]);
        srl_out_char(out, ':');
        srl_json_pieces(out, parts[1]);
        break;
    default: return false;
    }
    srl_out_char(out, '"');
    return true;
}

/* Moments and UUIDs: ASCII that needs no escapes. */
static bool
srl_json_moment(srl_out *out, surreal_kind kind, const uint8_t *at)
{
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_uuid uuid;

    if (kind == SURREAL_DATETIME && !srl_item_datetime(at, &datetime)) {
        srl_out_char(out, '"');
        srl_datetime_out(out, datetime);
    } else if (kind == SURREAL_DURATION &&
               !srl_item_duration(at, &duration)) {
        srl_out_char(out, '"');
        srl_duration_out(out, duration);
    } else if (kind == SURREAL_UUID && !srl_item_uuid(at, &uuid)) {
        srl_out_char(out, '"');
        srl_uuid_out(out, uuid);
    } else {
        return false;
    }
    srl_out_char(out, '"');
    return true;
}

static const uint8_t *
srl_json_array(srl_out *out, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    bool first = true;

    srl_out_char(out, '[');
    while (srl_cbor_more(&walk)) {
        if (!first) srl_out_char(out, ',');
        first = false;
        walk.at = srl_json_item(out, walk.at);
    }
    srl_out_char(out, ']');
    return walk.at;
}

/* A field that is NONE does not exist, so it is left out. */
static const uint8_t *
srl_json_object(srl_out *out, const uint8_t *at)
{
    srl_cbor_walk walk = srl_cbor_walk_of(at);
    bool first = true;

    srl_out_char(out, '{');
    while (srl_cbor_more(&walk)) {
        const uint8_t *key = walk.at;

        walk.at = srl_cbor_skip(walk.at);
        srl_cbor_more(&walk);
        if (srl_item_kind(walk.at) == SURREAL_NONE) {
            walk.at = srl_cbor_skip(walk.at);
            continue;
        }
        if (!first) srl_out_char(out, ',');
        first = false;
        srl_json_string(out, key);
        srl_out_char(out, ':');
        walk.at = srl_json_item(out, walk.at);
    }
    srl_out_char(out, '}');
    return walk.at;
}

SRL_FN const uint8_t *
srl_json_item(srl_out *out, const uint8_t *at)
{
    surreal_kind kind = srl_item_kind(at);
    const uint8_t *inner;
    uint64_t tag;

    switch (kind) {
    case SURREAL_BOOL:
        srl_out_text(out, *at == SRL_CBOR_TRUE ? "true" : "false");
        break;
    case SURREAL_INT: srl_item_int_out(out, at); break;
    case SURREAL_FLOAT: srl_json_float(out, at); break;
    case SURREAL_DECIMAL: srl_json_decimal(out, at); break;
    case SURREAL_STRING: srl_json_string(out, at); break;
    case SURREAL_BYTES:
        srl_json_base64_out(out, srl_cbor_pieces_of(at));
        break;
    case SURREAL_ARRAY: return srl_json_array(out, at);
    case SURREAL_OBJECT: return srl_json_object(out, at);
    case SURREAL_SET:
        inner = srl_item_untag(at, &tag);
        if (*inner >> 5 == SRL_CBOR_ARRAY) return srl_json_array(out, inner);
        srl_json_null(out);
        break;
    case SURREAL_POINT:
    case SURREAL_LINE:
    case SURREAL_POLYGON:
    case SURREAL_MULTIPOINT:
    case SURREAL_MULTILINE:
    case SURREAL_MULTIPOLYGON:
    case SURREAL_COLLECTION: return srl_geo_json(out, at);
    default:
        if (!srl_json_moment(out, kind, at) &&
            !srl_json_text(out, kind, at)) {
            srl_json_null(out);
        }
        break;
    }
    return srl_cbor_skip(at);
}

SURREAL_API size_t
surreal_print_json(surreal_value v, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    if (v.doc) {
        srl_json_item(&out, v.at);
    } else {
        srl_json_null(&out);
    }
    return srl_out_end(&out);
}
