/* model/geo.c: geometry as slices of points. */
#include "model/model.h"

/* A line and a multipoint hold points, a polygon and a multiline lines, a
 * multipolygon polygons, a collection any geometry. All but a point are
 * { const T *v; size_t count; }. */

SRL_FN size_t
srl_geo_part(surreal_kind kind, unsigned *member)
{
    switch (kind) {
    case SURREAL_LINE:
    case SURREAL_MULTIPOINT:
        *member = SURREAL_MEMBER_POINT;
        return sizeof(surreal_point);
    case SURREAL_POLYGON:
    case SURREAL_MULTILINE:
        *member = SURREAL_MEMBER_LINE;
        return sizeof(surreal_line);
    case SURREAL_MULTIPOLYGON:
        *member = SURREAL_MEMBER_POLYGON;
        return sizeof(surreal_polygon);
    default:
        *member = SURREAL_MEMBER_GEOMETRY;
        return sizeof(surreal_geometry);
    }
}

static surreal_kind
srl_geo_kind(unsigned member)
{
    switch (member) {
    case SURREAL_MEMBER_LINE: return SURREAL_LINE;
    case SURREAL_MEMBER_POLYGON: return SURREAL_POLYGON;
    case SURREAL_MEMBER_MULTIPOINT: return SURREAL_MULTIPOINT;
    case SURREAL_MEMBER_MULTILINE: return SURREAL_MULTILINE;
    case SURREAL_MEMBER_MULTIPOLYGON: return SURREAL_MULTIPOLYGON;
    case SURREAL_MEMBER_COLLECTION: return SURREAL_COLLECTION;
    default: return SURREAL_POINT;
    }
}

SRL_FN srl_geo
srl_geo_of(unsigned member, const uint8_t *at)
{
    srl_geo geo;
    surreal_geometry any;

    geo.kind = srl_geo_kind(member);
    geo.at = at;
    if (member == SURREAL_MEMBER_GEOMETRY) {
        memcpy(&any, at, sizeof any);
        geo.kind = any.kind;
        geo.at = at + offsetof(surreal_geometry, as);
    }
    return geo;
}

/* ---- reading ------------------------------------------------------------ */

/* The parts of an array into a slice at `out`. */
static const uint8_t *
srl_decode_geo_parts(srl_decoder *d, surreal_kind kind, const uint8_t *at,
                     uint8_t *out)
{
    unsigned member;
    size_t size = srl_geo_part(kind, &member);
    uint8_t *block = NULL;
    srl_cbor_head head;
    srl_slice slice;
    size_t i;

    at = srl_cbor_head_at(at, &head);
    slice.count = srl_decode_count(at, &head);
    if (slice.count) {
        block = (uint8_t *)srl_decode_alloc(d, slice.count, size);
        if (!block) return NULL;
        memset(block, 0, slice.count * size);
    }
    slice.v = block;
    memcpy(out, &slice, sizeof slice);
    for (i = 0; i < slice.count; i++) {
        at = srl_decode_part(d, member, NULL, at, block + i * size);
        if (!at) {
            srl_where_index(&d->where, i);
            return NULL;
        }
    }
    return head.info == 31 ? at + 1 : at;
}

SRL_FN const uint8_t *
srl_decode_geo(srl_decoder *d, unsigned member, const uint32_t *kinds,
               const uint8_t *at, uint8_t *out)
{
    surreal_kind kind = srl_item_kind(at);
    const uint8_t *inner;
    uint64_t tag;

    if (kind < SURREAL_POINT || kind > SURREAL_COLLECTION) return NULL;
    if (kinds && !(*kinds >> kind & 1)) return NULL;
    if (member == SURREAL_MEMBER_GEOMETRY) {
        memset(out, 0, sizeof(surreal_geometry));
        memcpy(out, &kind, sizeof kind);
        out += offsetof(surreal_geometry, as);
    } else if (kind != srl_geo_kind(member)) {
        return NULL;
    }
    if (kind == SURREAL_POINT) {
        return srl_decode_part(d, SURREAL_MEMBER_POINT, NULL, at, out);
    }
    inner = srl_item_untag(at, &tag);
    if (inner[0] >> 5 != SRL_CBOR_ARRAY) return NULL;
    return srl_decode_geo_parts(d, kind, inner, out);
}

/* ---- writing ------------------------------------------------------------ */

static const uint8_t srl_geo_tags[] = {
    SRL_TAG_POINT, SRL_TAG_LINE, SRL_TAG_POLYGON, SRL_TAG_MULTIPOINT,
    SRL_TAG_MULTILINE, SRL_TAG_MULTIPOLYGON, SRL_TAG_COLLECTION};

SRL_FN srl_encode_at
srl_encode_geo(srl_encoder *e, srl_encode_at at, unsigned member,
               const uint32_t *kinds, const uint8_t *from, unsigned depth)
{
    srl_geo geo = srl_geo_of(member, from);
    unsigned part;
    size_t size;
    srl_slice slice;
    size_t i;

    if (geo.kind < SURREAL_POINT || geo.kind > SURREAL_COLLECTION) {
        return srl_encode_bad(e, SURREAL_ERR_MISSING,
                              "set, but of no kind of geometry");
    }
    if (kinds && !(*kinds >> geo.kind & 1)) {
        return srl_encode_bad(e, SURREAL_ERR_TYPE,
                              "a kind of geometry the type does not allow");
    }
    if (depth > SURREAL_MAX_BUILD_DEPTH) {
        return srl_encode_bad(e, SURREAL_ERR_DEPTH,
                              "collections inside collections, too deep");
    }
    if (geo.kind == SURREAL_POINT) {
        return srl_encode_part(e, at, SURREAL_MEMBER_POINT, NULL, geo.at,
                               SURREAL_SEND_NEW);
    }
    at = srl_encode_room(e, at, 16);
    if (!at) return NULL;
    memcpy(&slice, geo.at, sizeof slice);
    *at++ = 0xd8;
    *at++ = srl_geo_tags[geo.kind - SURREAL_POINT];
    at = srl_cbor_store_head(at, SRL_CBOR_ARRAY, slice.count);
    size = srl_geo_part(geo.kind, &part);
    for (i = 0; at && i < slice.count; i++) {
        const uint8_t *item = slice.v + i * size;

        at = part == SURREAL_MEMBER_POINT
                 ? srl_encode_part(e, at, part, NULL, item, SURREAL_SEND_NEW)
                 : srl_encode_geo(e, at, part, NULL, item, depth + 1);
        if (!at) srl_where_index(&e->where, i);
    }
    return at;
}

/* ---- showing ------------------------------------------------------------ */

static void
srl_geo_number_out(srl_out *out, double v, bool json)
{
    char text[32];

    if (srl_double_out(out, v)) return;
    srl_double_print(v, text);
    srl_out_text(out, json ? "null" : text);
}

/* The coordinates of a part: a pair, or an array of them. */
static void
srl_geo_place(srl_out *out, unsigned member, const uint8_t *at, bool json)
{
    srl_geo geo = srl_geo_of(member, at);
    const char *comma = json ? "," : ", ";
    surreal_point point;
    srl_slice slice;
    size_t size;
    size_t i;

    srl_out_char(out, '[');
    if (geo.kind == SURREAL_POINT) {
        memcpy(&point, geo.at, sizeof point);
        srl_geo_number_out(out, point.lon, json);
        srl_out_text(out, comma);
        srl_geo_number_out(out, point.lat, json);
    } else {
        size = srl_geo_part(geo.kind, &member);
        memcpy(&slice, geo.at, sizeof slice);
        for (i = 0; i < slice.count; i++) {
            if (i) srl_out_text(out, comma);
            srl_geo_place(out, member, slice.v + i * size, json);
        }
    }
    srl_out_char(out, ']');
}

static void
srl_geo_object_out(srl_out *out, srl_geo geo, bool json)
{
    static const char *const names[] = {
        "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString",
        "MultiPolygon", "GeometryCollection"};
    bool is_many = geo.kind == SURREAL_COLLECTION;
    surreal_geometry any;
    srl_slice slice;
    size_t i;

    srl_out_text(out, json ? "{\"type\":\"" : "{ type: '");
    srl_out_text(out, names[geo.kind - SURREAL_POINT]);
    srl_out_text(out, json ? "\",\"" : "', ");
    srl_out_text(out, is_many ? "geometries" : "coordinates");
    srl_out_text(out, json ? "\":" : ": ");
    if (is_many) {
        memcpy(&slice, geo.at, sizeof slice);
        srl_out_char(out, '[');
        for (i = 0; i < slice.count; i++) {
            const uint8_t *item = slice.v + i * sizeof any;

            if (i) srl_out_text(out, json ? "," : ", ");
            srl_geo_object_out(out, srl_geo_of(SURREAL_MEMBER_GEOMETRY, item),
                               json);
        }
        srl_out_char(out, ']');
    } else {
        memset(&any, 0, sizeof any);
        any.kind = geo.kind;
        memcpy(&any.as, geo.at, geo.kind == SURREAL_POINT ? sizeof any.as.point
                                                          : sizeof slice);
        srl_geo_place(out, SURREAL_MEMBER_GEOMETRY, (const uint8_t *)&any,
                      json);
    }
    srl_out_text(out, json ? "}" : " }");
}

SRL_FN void
srl_geo_show(srl_out *out, unsigned member, const uint8_t *at, bool json)
{
    srl_geo geo = srl_geo_of(member, at);
    surreal_point point;

    if (geo.kind < SURREAL_POINT || geo.kind > SURREAL_COLLECTION) {
        srl_out_text(out, json ? "null" : "(no geometry)");
    } else if (geo.kind == SURREAL_POINT && !json) {
        memcpy(&point, geo.at, sizeof point);
        srl_out_char(out, '(');
        srl_geo_number_out(out, point.lon, json);
        srl_out_text(out, ", ");
        srl_geo_number_out(out, point.lat, json);
        srl_out_char(out, ')');
    } else {
        srl_geo_object_out(out, geo, json);
    }
}
