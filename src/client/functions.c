/* client/functions.c: typed calls of the server's own functions. */

/* The lists of api/functions.h are unfolded three times: into numbers, into
 * the table that is read at run time, and into functions, which do nothing
 * but put their arguments into variables. */
#include "client/client.h"

#if defined(SURREAL_FUNCTIONS) || defined(SRL_PARTS)
#ifndef SURREAL_FN_LIST
#error define SURREAL_FUNCTIONS before surreal.h is included for the first time
#endif

/* ---- the table -------------------------------------------------------- */

#define SRL_BUILTIN_NUMBER(name, ...) SRL_BUILTIN_##name,

enum {
    SURREAL_FN_LIST(SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER,
                    SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER, SRL_BUILTIN_NUMBER)
    SRL_BUILTIN_COUNT_
};

/* Words of the lists as SurrealQL says them. */
#define SRL_BUILTIN_TYPE_VOID "none"
#define SRL_BUILTIN_TYPE_NUM "number"
#define SRL_BUILTIN_TYPE_INT "int"
#define SRL_BUILTIN_TYPE_BOOL "bool"
#define SRL_BUILTIN_TYPE_STR "string"
#define SRL_BUILTIN_TYPE_TIME "datetime"
#define SRL_BUILTIN_TYPE_SPAN "duration"
#define SRL_BUILTIN_TYPE_UUID "uuid"
#define SRL_BUILTIN_TYPE_POINT "point"
#define SRL_BUILTIN_TYPE_BYTES "bytes"
#define SRL_BUILTIN_TYPE_ID "record"
#define SRL_BUILTIN_TYPE_FILE "file"
#define SRL_BUILTIN_TYPE_DECIMAL "decimal"
#define SRL_BUILTIN_TYPE_TABLE "table"
#define SRL_BUILTIN_TYPE_ANY "any"
#define SRL_BUILTIN_TYPE_ARRAY "array"
#define SRL_BUILTIN_TYPE_OBJECT "object"
#define SRL_BUILTIN_TYPE_SET "set"
#define SRL_BUILTIN_TYPE_GEO "geometry"

/* "=" and "" are told apart by their sizes, which are constants. */
#define SRL_BUILTIN_ROW(name, since, n3, n2, signature)                \
    {"surreal_" name, n3,                                              \
     sizeof(n2) == 2 ? n3 : sizeof(n2) > 2 ? n2 : NULL, since, n3 signature},
#define SRL_BUILTIN_ROW0(name, since, n3, n2, r) \
    SRL_BUILTIN_ROW(#name, since, n3, n2, "() -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROWV(name, since, n3, n2, r) \
    SRL_BUILTIN_ROW(#name, since, n3, n2, "(...any) -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW1(name, since, n3, n2, r, t1, v1)                  \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ") -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW2(name, since, n3, n2, r, t1, v1, t2, v2)          \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ", " #v2 ": " SRL_BUILTIN_TYPE_##t2                   \
                    ") -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW3(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3)  \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ", " #v2 ": " SRL_BUILTIN_TYPE_##t2                   \
                    ", " #v3 ": " SRL_BUILTIN_TYPE_##t3                   \
                    ") -> " SRL_BUILTIN_TYPE_##r)
#define SRL_BUILTIN_ROW4(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3,  \
                         t4, v4)                                          \
    SRL_BUILTIN_ROW(#name, since, n3, n2,                                 \
                    "(" #v1 ": " SRL_BUILTIN_TYPE_##t1                    \
                    ", " #v2 ": " SRL_BUILTIN_TYPE_##t2                   \
                    ", " #v3 ": " SRL_BUILTIN_TYPE_##t3                   \
                    ", " #v4 ": " SRL_BUILTIN_TYPE_##t4                   \
                    ") -> " SRL_BUILTIN_TYPE_##r)

static const surreal_function srl_builtins[] = {
    SURREAL_FN_LIST(SRL_BUILTIN_ROW0, SRL_BUILTIN_ROW1, SRL_BUILTIN_ROW2,
                    SRL_BUILTIN_ROW3, SRL_BUILTIN_ROW4, SRL_BUILTIN_ROWV)
};

SURREAL_API const surreal_function *
surreal_functions(size_t *count)
{
    if (count) *count = SRL_BUILTIN_COUNT_;
    return srl_builtins;
}

/* ---- one call --------------------------------------------------------- */

/* What a function gives. From SRL_BUILTIN_OUT_STR on the result owns it. */
typedef enum srl_builtin_out {
    SRL_BUILTIN_OUT_VOID,
    SRL_BUILTIN_OUT_NUM,
    SRL_BUILTIN_OUT_INT,
    SRL_BUILTIN_OUT_BOOL,
    SRL_BUILTIN_OUT_TIME,
    SRL_BUILTIN_OUT_SPAN,
    SRL_BUILTIN_OUT_UUID,
    SRL_BUILTIN_OUT_POINT,
    SRL_BUILTIN_OUT_STR,
    SRL_BUILTIN_OUT_TABLE,
    SRL_BUILTIN_OUT_DECIMAL,
    SRL_BUILTIN_OUT_BYTES,
    SRL_BUILTIN_OUT_ID,
    SRL_BUILTIN_OUT_FILE,
    SRL_BUILTIN_OUT_ANY
} srl_builtin_out;

/* Where the result goes; `to` points to what `out` says. */
typedef struct srl_builtin_slot {
    srl_builtin_out out;
    void *to;
    surreal_result **owner; /* NULL: the result is freed */
} srl_builtin_slot;

/* The function's name on this server. The version is known once the
 * connection is made, which a round trip waits for. As in `since`, minor and
 * patch have a digit each: what is beyond 9 counts as 9. */
static surreal_status
srl_builtin_name(surreal *db, const surreal_function *f, const char **name)
{
    const surreal_server_version *v = &db->conn->version;
    int minor, patch;

    *name = NULL;
    if (!v->major) SRL_TRY(surreal_ping(db));
    minor = v->minor < 9 ? v->minor : 9;
    patch = v->patch < 9 ? v->patch : 9;
    if (v->major * 100 + minor * 10 + patch >= f->since) {
        *name = v->major == 2 ? f->name_2 : f->name;
    }
    if (*name) return SURREAL_OK;
    return srl_fail(&db->error, SURREAL_ERR_UNSUPPORTED,
                    "%s needs SurrealDB %d.%d.%d or newer, this server is %s",
                    f->name, f->since / 100, f->since / 10 % 10,
                    f->since % 10, db->conn->version_text);
}

static surreal_status
srl_builtin_get(surreal_value v, const srl_builtin_slot *slot)
{
    void *to = slot->to;

    switch (slot->out) {
    case SRL_BUILTIN_OUT_VOID: break;
    case SRL_BUILTIN_OUT_NUM: return surreal_get_number(v, (double *)to);
    case SRL_BUILTIN_OUT_INT: return surreal_get_int(v, (int64_t *)to);
    case SRL_BUILTIN_OUT_BOOL: return surreal_get_bool(v, (bool *)to);
    case SRL_BUILTIN_OUT_TIME:
        return surreal_get_datetime(v, (surreal_datetime *)to);
    case SRL_BUILTIN_OUT_SPAN:
        return surreal_get_duration(v, (surreal_duration *)to);
    case SRL_BUILTIN_OUT_UUID: return surreal_get_uuid(v, (surreal_uuid *)to);
    case SRL_BUILTIN_OUT_POINT:
        return surreal_get_point(v, (surreal_point *)to);
    case SRL_BUILTIN_OUT_STR: return surreal_get_str(v, (surreal_str *)to);
    case SRL_BUILTIN_OUT_TABLE: return surreal_get_table(v, (surreal_str *)to);
    case SRL_BUILTIN_OUT_DECIMAL:
        return surreal_get_decimal(v, (surreal_decimal *)to);
    case SRL_BUILTIN_OUT_BYTES:
        return surreal_get_bytes(v, (surreal_bytes *)to);
    case SRL_BUILTIN_OUT_ID:
        return surreal_get_record_id(v, (surreal_record_id *)to);
    case SRL_BUILTIN_OUT_FILE: return surreal_get_file(v, (surreal_file *)to);
    case SRL_BUILTIN_OUT_ANY: *(surreal_value *)to = v; break;
    }
    return SURREAL_OK;
}

/* The result into its slot; r is given back or handed on. */
static surreal_status
srl_builtin_take(surreal *db, const surreal_function *f, surreal_result *r,
                 const srl_builtin_slot *slot)
{
    surreal_value v = surreal_statement_value(r, 0);
    surreal_status status = srl_builtin_get(v, slot);

    if (status == SURREAL_ERR_MISSING) {
        status = srl_fail(&db->error, SURREAL_NOT_FOUND, "%s gave %s", f->name,
                          surreal_kind_name(surreal_value_kind(v)));
    } else if (status) {
        srl_fail(&db->error, status, "%s gave %s: %s", f->signature,
                 surreal_kind_name(surreal_value_kind(v)),
                 surreal_status_text(status));
    }
    if (status || !slot->owner) {
        surreal_result_free(r);
    } else {
        *slot->owner = r;
    }
    return status;
}

static surreal_status
srl_builtin_check(surreal *db, const surreal_function *f, size_t count,
                  const srl_builtin_slot *slot)
{
    bool is_owned = slot->out >= SRL_BUILTIN_OUT_STR;

    if (slot->owner) *slot->owner = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    if ((slot->out && !slot->to) || (is_owned && !slot->owner)) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE,
                        "%s: out and owner may not be NULL", f->name);
    }
    if (count > SURREAL_FN_ARGS) {
        return srl_fail(&db->error, SURREAL_ERR_LIMIT,
                        "%s: %zu arguments, at most %d", f->name, count,
                        SURREAL_FN_ARGS);
    }
    return SURREAL_OK;
}

static surreal_status
srl_builtin_call(surreal *db, int number, const surreal_bind *args,
                 size_t count, srl_builtin_out out, void *to,
                 surreal_result **owner)
{
    const surreal_function *f = &srl_builtins[number];
    surreal_result *r = NULL;
    srl_builtin_slot slot;
    surreal_status status;
    surreal_vars vars;
    const char *name;

    vars.v = args;
    vars.count = count;
    slot.out = out;
    slot.to = to;
    slot.owner = owner;
    SRL_TRY(srl_builtin_check(db, f, count, &slot));
    srl_enter(db->conn);
    status = srl_builtin_name(db, f, &name);
    if (!status) status = surreal_run(db, name, vars, &r);
    if (status) {
        surreal_result_free(r);
    } else {
        status = srl_builtin_take(db, f, r, &slot);
    }
    srl_leave(db->conn);
    return status;
}

/* ---- the functions ---------------------------------------------------- */

#define SRL_BUILTIN_BIND_NUM(v) surreal_bind_float(NULL, v)
#define SRL_BUILTIN_BIND_INT(v) surreal_bind_int(NULL, v)
#define SRL_BUILTIN_BIND_BOOL(v) surreal_bind_bool(NULL, v)
#define SRL_BUILTIN_BIND_STR(v) surreal_bind_str(NULL, v)
#define SRL_BUILTIN_BIND_TIME(v) surreal_bind_datetime(NULL, v)
#define SRL_BUILTIN_BIND_SPAN(v) surreal_bind_duration(NULL, v)
#define SRL_BUILTIN_BIND_UUID(v) surreal_bind_uuid(NULL, v)
#define SRL_BUILTIN_BIND_POINT(v) surreal_bind_point(NULL, v)
#define SRL_BUILTIN_BIND_BYTES(v) surreal_bind_bytes(NULL, v)
#define SRL_BUILTIN_BIND_ID(v) surreal_bind_id(NULL, v)
#define SRL_BUILTIN_BIND_FILE(v) surreal_bind_file(NULL, v)
#define SRL_BUILTIN_BIND_ANY(v) v
#define SRL_BUILTIN_BIND_ARRAY(v) v
#define SRL_BUILTIN_BIND_OBJECT(v) v
#define SRL_BUILTIN_BIND_SET(v) v
#define SRL_BUILTIN_BIND_GEO(v) v

#define SRL_BUILTIN_SLOT_VOID SRL_BUILTIN_OUT_VOID, NULL, NULL
#define SRL_BUILTIN_SLOT_NUM SRL_BUILTIN_OUT_NUM, out, NULL
#define SRL_BUILTIN_SLOT_INT SRL_BUILTIN_OUT_INT, out, NULL
#define SRL_BUILTIN_SLOT_BOOL SRL_BUILTIN_OUT_BOOL, out, NULL
#define SRL_BUILTIN_SLOT_TIME SRL_BUILTIN_OUT_TIME, out, NULL
#define SRL_BUILTIN_SLOT_SPAN SRL_BUILTIN_OUT_SPAN, out, NULL
#define SRL_BUILTIN_SLOT_UUID SRL_BUILTIN_OUT_UUID, out, NULL
#define SRL_BUILTIN_SLOT_POINT SRL_BUILTIN_OUT_POINT, out, NULL
#define SRL_BUILTIN_SLOT_STR SRL_BUILTIN_OUT_STR, out, owner
#define SRL_BUILTIN_SLOT_TABLE SRL_BUILTIN_OUT_TABLE, out, owner
#define SRL_BUILTIN_SLOT_DECIMAL SRL_BUILTIN_OUT_DECIMAL, out, owner
#define SRL_BUILTIN_SLOT_BYTES SRL_BUILTIN_OUT_BYTES, out, owner
#define SRL_BUILTIN_SLOT_ID SRL_BUILTIN_OUT_ID, out, owner
#define SRL_BUILTIN_SLOT_FILE SRL_BUILTIN_OUT_FILE, out, owner
#define SRL_BUILTIN_SLOT_ANY SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_ARRAY SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_OBJECT SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_SET SRL_BUILTIN_OUT_ANY, out, owner
#define SRL_BUILTIN_SLOT_GEO SRL_BUILTIN_OUT_ANY, out, owner

#define SRL_BUILTIN_DEFINE0(name, since, n3, n2, r)                     \
    SURREAL_FN_HEAD0(name, r)                                           \
    {                                                                   \
        return srl_builtin_call(db, SRL_BUILTIN_##name, NULL, 0,        \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINEV(name, since, n3, n2, r)                     \
    SURREAL_FN_HEADV(name, r)                                           \
    {                                                                   \
        return srl_builtin_call(db, SRL_BUILTIN_##name, vars.v,         \
                                vars.count, SRL_BUILTIN_SLOT_##r);      \
    }
#define SRL_BUILTIN_DEFINE1(name, since, n3, n2, r, t1, v1)             \
    SURREAL_FN_HEAD1(name, r, t1, v1)                                   \
    {                                                                   \
        surreal_bind args_[1];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 1,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINE2(name, since, n3, n2, r, t1, v1, t2, v2)     \
    SURREAL_FN_HEAD2(name, r, t1, v1, t2, v2)                           \
    {                                                                   \
        surreal_bind args_[2];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        args_[1] = SRL_BUILTIN_BIND_##t2(v2);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 2,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINE3(name, since, n3, n2, r, t1, v1, t2, v2, t3, \
                            v3)                                         \
    SURREAL_FN_HEAD3(name, r, t1, v1, t2, v2, t3, v3)                   \
    {                                                                   \
        surreal_bind args_[3];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        args_[1] = SRL_BUILTIN_BIND_##t2(v2);                           \
        args_[2] = SRL_BUILTIN_BIND_##t3(v3);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 3,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }
#define SRL_BUILTIN_DEFINE4(name, since, n3, n2, r, t1, v1, t2, v2, t3, \
                            v3, t4, v4)                                 \
    SURREAL_FN_HEAD4(name, r, t1, v1, t2, v2, t3, v3, t4, v4)           \
    {                                                                   \
        surreal_bind args_[4];                                          \
                                                                        \
        args_[0] = SRL_BUILTIN_BIND_##t1(v1);                           \
        args_[1] = SRL_BUILTIN_BIND_##t2(v2);                           \
        args_[2] = SRL_BUILTIN_BIND_##t3(v3);                           \
        args_[3] = SRL_BUILTIN_BIND_##t4(v4);                           \
        return srl_builtin_call(db, SRL_BUILTIN_##name, args_, 4,       \
                                SRL_BUILTIN_SLOT_##r);                  \
    }

SURREAL_FN_LIST(SRL_BUILTIN_DEFINE0, SRL_BUILTIN_DEFINE1, SRL_BUILTIN_DEFINE2,
                SRL_BUILTIN_DEFINE3, SRL_BUILTIN_DEFINE4, SRL_BUILTIN_DEFINEV)

#endif /* SURREAL_FUNCTIONS */
