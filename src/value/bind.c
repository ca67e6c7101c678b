/* value/bind.c: the variables of a call. */
#include "value/value.h"

static surreal_bind
srl_bind_of(const char *name, surreal_kind kind)
{
    surreal_bind bind;

    memset(&bind, 0, sizeof bind);
    bind.name = name;
    bind.kind = kind;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_none(const char *name)
{
    return srl_bind_of(name, SURREAL_NONE);
}

SURREAL_API surreal_bind
surreal_bind_null(const char *name)
{
    return srl_bind_of(name, SURREAL_NULL);
}

SURREAL_API surreal_bind
surreal_bind_bool(const char *name, bool v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_BOOL);

    bind.u.b = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_int(const char *name, int64_t v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_INT);

    bind.u.i = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_float(const char *name, double v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_FLOAT);

    bind.u.f = v;
    return bind;
}

/* A C string that is NULL is a mistake, not an empty text: it stays ABSENT,
 * which srl_put_vars refuses. */
static surreal_bind
srl_bind_c(const char *name, surreal_kind kind, const char *v)
{
    surreal_bind bind = srl_bind_of(name, v ? kind : SURREAL_ABSENT);

    bind.u.s = surreal_text(v);
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_decimal(const char *name, const char *v)
{
    return srl_bind_c(name, SURREAL_DECIMAL, v);
}

SURREAL_API surreal_bind
surreal_bind_text(const char *name, const char *v)
{
    return srl_bind_c(name, SURREAL_STRING, v);
}

SURREAL_API surreal_bind
surreal_bind_table(const char *name, const char *v)
{
    return srl_bind_c(name, SURREAL_TABLE, v);
}

SURREAL_API surreal_bind
surreal_bind_str(const char *name, surreal_str v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_STRING);

    bind.u.s = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_bytes(const char *name, surreal_bytes v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_BYTES);

    bind.u.bytes = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_datetime(const char *name, surreal_datetime v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_DATETIME);

    bind.u.datetime = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_duration(const char *name, surreal_duration v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_DURATION);

    bind.u.duration = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_uuid(const char *name, surreal_uuid v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_UUID);

    bind.u.uuid = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_id(const char *name, surreal_record_id v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_RECORD_ID);

    bind.u.id = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_file(const char *name, surreal_file v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_FILE);

    bind.u.file = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_point(const char *name, surreal_point v)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_POINT);

    bind.u.point = v;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_object(const char *name, surreal_vars fields)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_OBJECT);

    bind.u.fields.v = fields.v;
    bind.u.fields.count = fields.count;
    return bind;
}

/* Not looked at before it is sent, so its kind is not known here. */
SURREAL_API surreal_bind
surreal_bind_encoded(const char *name, surreal_bytes item)
{
    surreal_bind bind = srl_bind_of(name, SURREAL_UNKNOWN);

    bind.is_encoded = 1;
    bind.u.bytes = item;
    return bind;
}

SURREAL_API surreal_bind
surreal_bind_value(const char *name, surreal_value v)
{
    surreal_bind bind = srl_bind_of(name, surreal_value_kind(v));

    if (!v.doc) return bind;
    bind.is_encoded = 1;
    bind.u.bytes.ptr = v.at;
    bind.u.bytes.len = (size_t)(srl_cbor_skip(v.at) - v.at);
    return bind;
}

/* Levels around a variable's value: the request, its params, the map. */
#define SRL_BIND_LEVELS 3

static surreal_status
srl_put_bound_item(srl_buf *buf, surreal_bytes item, unsigned levels,
                   int server_major)
{
    SRL_TRY(srl_item_sendable(item, levels, server_major));
    srl_buf_put(buf, item.ptr, item.len);
    return buf->status;
}

/* Append one value that is no object of binds, `levels` deep. */
static surreal_status
srl_put_bind(srl_buf *buf, const surreal_bind *bind, unsigned levels,
             int server_major)
{
    if (bind->is_encoded) {
        return srl_put_bound_item(buf, bind->u.bytes, levels, server_major);
    }
    switch (bind->kind) {
    case SURREAL_NONE: srl_cbor_put_none(buf); break;
    case SURREAL_NULL: srl_cbor_put_byte(buf, SRL_CBOR_NULL); break;
    case SURREAL_BOOL:
        srl_cbor_put_byte(buf, bind->u.b ? SRL_CBOR_TRUE : SRL_CBOR_FALSE);
        break;
    case SURREAL_INT: srl_cbor_put_int(buf, bind->u.i); break;
    case SURREAL_FLOAT: srl_cbor_put_float(buf, bind->u.f); break;
    case SURREAL_DECIMAL: return srl_put_decimal(buf, bind->u.s);
    case SURREAL_STRING: return srl_put_str(buf, bind->u.s);
    case SURREAL_BYTES:
        srl_cbor_put_head(buf, SRL_CBOR_BYTES, bind->u.bytes.len);
        srl_buf_put(buf, bind->u.bytes.ptr, bind->u.bytes.len);
        break;
    case SURREAL_DATETIME: return srl_put_datetime(buf, bind->u.datetime);
    case SURREAL_DURATION: return srl_put_duration(buf, bind->u.duration);
    case SURREAL_UUID: return srl_put_uuid(buf, bind->u.uuid);
    case SURREAL_TABLE: return srl_put_table(buf, bind->u.s);
    case SURREAL_RECORD_ID: return srl_put_record_id(buf, bind->u.id);
    case SURREAL_FILE: return srl_put_file(buf, bind->u.file, server_major);
    case SURREAL_POINT: return srl_put_point(buf, bind->u.point);
    case SURREAL_ABSENT: return SURREAL_ERR_MISSING;
    default: return SURREAL_ERR_USAGE; /* only as an encoded item */
    }
    return buf->status;
}

/* The server would let the last of two variables of one name win, and a '$'
 * would become part of the name; both are slips of the caller. */
static surreal_status
srl_vars_name_check(surreal_vars vars, size_t index, unsigned levels,
                    surreal_error *err)
{
    const char *what = levels > SRL_BIND_LEVELS ? "field" : "variable";
    const char *name = vars.v[index].name;
    size_t i;

    if (!name || !*name) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s %zu has no name", what,
                        index);
    }
    if (*name == '$' && levels == SRL_BIND_LEVELS) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "variable '%s': the name goes without '$'", name);
    }
    for (i = 0; i < index; i++) {
        if (strcmp(vars.v[i].name, name)) continue;
        return srl_fail(err, SURREAL_ERR_USAGE, "%s '%s' given twice", what,
                        name);
    }
    return SURREAL_OK;
}

static surreal_status srl_put_fields(srl_buf *buf, surreal_vars vars,
                                     unsigned levels, int server_major,
                                     surreal_error *err);

/* Name and value of one of them. */
static surreal_status
srl_put_field(srl_buf *buf, surreal_vars vars, size_t index, unsigned levels,
              int server_major, surreal_error *err)
{
    const char *what = levels > SRL_BIND_LEVELS ? "field" : "variable";
    const surreal_bind *bind = &vars.v[index];
    surreal_status status;

    SRL_TRY(srl_vars_name_check(vars, index, levels, err));
    status = srl_put_str(buf, surreal_text(bind->name));
    if (status == SURREAL_ERR_UTF8) {
        return srl_fail(err, status, "name of %s %zu is not UTF-8", what,
                        index);
    }
    if (!status && bind->kind == SURREAL_OBJECT && !bind->is_encoded) {
        surreal_vars fields;

        fields.v = bind->u.fields.v;
        fields.count = bind->u.fields.count;
        return srl_put_fields(buf, fields, levels + 1, server_major, err);
    }
    if (!status) status = srl_put_bind(buf, bind, levels, server_major);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "%s '%s' (%s): %s", what, bind->name,
                    surreal_kind_name(bind->kind),
                    surreal_status_text(status));
}

/* A map of binds whose values stand `levels` deep. Recursive where an object
 * of binds holds another, no deeper than SURREAL_MAX_DEPTH. */
static surreal_status
srl_put_fields(srl_buf *buf, surreal_vars vars, unsigned levels,
               int server_major, surreal_error *err)
{
    size_t i;

    SURREAL_ASSERT(vars.v || !vars.count);
    if (levels > SURREAL_MAX_DEPTH) {
        return srl_fail(err, SURREAL_ERR_DEPTH, "objects nest too deep");
    }
    srl_cbor_put_head(buf, SRL_CBOR_MAP, vars.count);
    for (i = 0; i < vars.count; i++) {
        SRL_TRY(srl_put_field(buf, vars, i, levels, server_major, err));
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_put_var(srl_buf *buf, const surreal_bind *bind, int server_major,
            surreal_error *err)
{
    surreal_vars one;

    one.v = bind;
    one.count = 1;
    SRL_TRY(srl_put_field(buf, one, 0, SRL_BIND_LEVELS, server_major, err));
    return buf->status ? srl_fail(err, buf->status, "out of memory")
                       : SURREAL_OK;
}

SRL_FN surreal_status
srl_put_vars(srl_buf *buf, surreal_vars vars, int server_major,
             surreal_error *err)
{
    size_t i;

    SURREAL_ASSERT(vars.v || !vars.count);
    for (i = 0; i < vars.count; i++) {
        SRL_TRY(srl_put_field(buf, vars, i, SRL_BIND_LEVELS, server_major,
                              err));
    }
    if (buf->status) {
        return srl_fail(err, buf->status, "variables: %s",
                        surreal_status_text(buf->status));
    }
    return SURREAL_OK;
}
