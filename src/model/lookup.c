/* model/lookup.c: records found by something else than their id. */
#include "model/model.h"

/* All rows a text gives. The variables are called srl_..., as in run.c. */
static surreal_status
srl_lookup_rows(surreal *db, const surreal_model *model, surreal_str text,
                surreal_vars vars, void **rows, size_t *count,
                surreal_result **result)
{
    surreal_status status;
    surreal_result *r;

    status = surreal_query_str(db, text, vars, &r);
    if (!status) {
        status = surreal_decode_rows(model, surreal_statement_value(r, 0),
                                     rows, count, &db->error);
    }
    if (status) {
        surreal_result_free(r);
        return status;
    }
    *result = r;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_model_linked(surreal *db, const surreal_model *model,
                     const char *text, surreal_record_id id, void **rows,
                     size_t *count, surreal_result **result)
{
    surreal_status status;
    surreal_bind bind;
    surreal_vars vars;

    *rows = NULL;
    *count = 0;
    *result = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    if (id.kind == SURREAL_KEY_NONE) {
        status = srl_fail(&db->error, SURREAL_ERR_USAGE,
                          "%s: the record id is empty", model->name);
    } else {
        bind = surreal_bind_id("srl_id", id);
        vars.v = &bind;
        vars.count = 1;
        status = srl_lookup_rows(db, model, surreal_text(text), vars, rows,
                                 count, result);
    }
    srl_leave(db->conn);
    return status;
}

SURREAL_API surreal_status
surreal_model_by(surreal *db, const surreal_model *model, const char *where,
                 surreal_vars vars, void *out, surreal_result **result)
{
    surreal_status status;
    surreal_result *r;
    size_t count;
    void *rows;

    if (result) *result = NULL;
    if (out) memset(out, 0, model->size);
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    if (out && !result) {
        status = srl_fail(&db->error, SURREAL_ERR_USAGE,
                          "%s: out needs result", model->name);
        srl_leave(db->conn);
        return status;
    }
    status = surreal_model_find(db, model, where, vars, &rows, &count, &r);
    if (!status && count != 1) {
        status = srl_fail(&db->error,
                          count ? SURREAL_ERR_RANGE : SURREAL_NOT_FOUND,
                          "%s: expected one record, got %lu", model->name,
                          (unsigned long)count);
    }
    if (!status && out) memcpy(out, rows, model->size);
    if (!status && result) {
        *result = r;
    } else {
        surreal_result_free(r);
    }
    srl_leave(db->conn);
    return status;
}

/* ---- pages -------------------------------------------------------------- */

/* The bound of a page: everything behind a key, or everything. */
static surreal_status
srl_page_range(srl_buf *room, surreal_record_id after, int major,
               surreal_bytes *out)
{
    size_t len = 64;
    surreal_writer w;

    if (after.kind == SURREAL_KEY_STRING) {
        len += after.key.s.len;
    } else if (after.kind == SURREAL_KEY_ARRAY ||
               after.kind == SURREAL_KEY_OBJECT) {
        len += after.key.cbor.len;
    }
    SRL_TRY(srl_buf_reserve(room, len));
    surreal_writer_init(&w, room->data, len);
    surreal_writer_target(&w, major);
    surreal_put_range(&w);
    if (after.kind == SURREAL_KEY_NONE) {
        surreal_put_bound(&w, SURREAL_BOUND_OPEN);
    } else {
        surreal_put_bound(&w, SURREAL_BOUND_EXCLUDED);
        switch (after.kind) {
        case SURREAL_KEY_INT: surreal_put_int(&w, after.key.i); break;
        case SURREAL_KEY_STRING: surreal_put_str(&w, after.key.s); break;
        case SURREAL_KEY_UUID: surreal_put_uuid(&w, after.key.u); break;
        default: surreal_put_encoded(&w, after.key.cbor); break;
        }
    }
    surreal_put_bound(&w, SURREAL_BOUND_OPEN);
    surreal_put_end(&w);
    return surreal_writer_take(&w, out);
}

static surreal_status
srl_page_read(surreal *db, const surreal_model *model,
              surreal_record_id after, size_t limit, srl_buf *room,
              void **rows, size_t *count, surreal_result **result)
{
    surreal_record_id range = after;
    surreal_bind binds[2];
    surreal_vars vars;
    surreal_bytes item;
    surreal_status status;

    if (after.kind == SURREAL_KEY_RANGE ||
        (after.kind != SURREAL_KEY_NONE &&
         !surreal_str_eq(after.table, surreal_text(model->name)))) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE,
                        "%s: the record to begin behind is none of this table",
                        model->name);
    }
    status = srl_page_range(room, after, srl_major(db), &item);
    if (status) {
        return srl_fail(&db->error, status, "%s: the record to begin behind: "
                        "%s", model->name, surreal_status_text(status));
    }
    range.kind = SURREAL_KEY_RANGE;
    range.table = surreal_text(model->name);
    range.key.cbor = item;
    if (limit > INT32_MAX) limit = INT32_MAX;
    binds[0] = surreal_bind_id("srl_range", range);
    binds[1] = surreal_bind_int("srl_limit", (int64_t)limit);
    vars.v = binds;
    vars.count = 2;
    return srl_lookup_rows(
        db, model, SURREAL_LIT("SELECT * FROM $srl_range LIMIT $srl_limit"),
        vars, rows, count, result);
}

SURREAL_API surreal_status
surreal_model_page(surreal *db, const surreal_model *model,
                   surreal_record_id after, size_t limit, void **rows,
                   size_t *count, surreal_result **result)
{
    surreal_status status;
    srl_buf room;

    *rows = NULL;
    *count = 0;
    *result = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    srl_buf_init(&room, &db->conn->mem, SURREAL_MAX_MESSAGE);
    status = srl_page_read(db, model, after, limit, &room, rows, count,
                           result);
    srl_buf_free(&room);
    srl_leave(db->conn);
    return status;
}

/* ---- edges -------------------------------------------------------------- */

SURREAL_API surreal_status
surreal_model_unrelate(surreal *db, const surreal_model *model,
                       surreal_record_id from, surreal_record_id to,
                       size_t *count)
{
    surreal_result *r = NULL;
    surreal_status status;
    surreal_bind binds[3];
    surreal_vars vars;

    if (count) *count = 0;
    if (!db) return SURREAL_ERR_USAGE;
    if (from.kind == SURREAL_KEY_NONE || to.kind == SURREAL_KEY_NONE) {
        return srl_fail(&db->error, SURREAL_ERR_USAGE,
                        "%s: one end of the edge is empty", model->name);
    }
    srl_enter(db->conn);
    binds[0] = surreal_bind_table("srl_edge", model->name);
    binds[1] = surreal_bind_id("srl_from", from);
    binds[2] = surreal_bind_id("srl_to", to);
    vars.v = binds;
    vars.count = 3;
    status = surreal_query(db,
                           "DELETE $srl_edge WHERE in = $srl_from "
                           "AND out = $srl_to RETURN BEFORE", vars, &r);
    if (!status && count) *count = surreal_count(surreal_rows(r, 0));
    surreal_result_free(r);
    srl_leave(db->conn);
    return status;
}

/* ---- hashed columns ----------------------------------------------------- */

typedef struct srl_match {
    surreal *db;
    surreal_record_id id;
    surreal_str plain;
} srl_match;

static bool
srl_match_has(const void *user, surreal_str name)
{
    (void)user;
    return surreal_str_eq(name, SURREAL_LIT("srl_id")) ||
           surreal_str_eq(name, SURREAL_LIT("srl_text"));
}

static surreal_status
srl_match_put(const void *user, srl_buf *out, int server_major,
              surreal_error *err)
{
    const srl_match *match = (const srl_match *)user;
    surreal_status status;

    (void)server_major;
    (void)err;
    out->is_secret = true;
    srl_cbor_put_head(out, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(out, "srl_id");
    status = srl_put_record_id(out, match->id);
    srl_cbor_put_key(out, "srl_text");
    return status ? status : srl_put_str(out, match->plain);
}

SURREAL_API surreal_status
surreal_model_matches(surreal *db, const surreal_model *model,
                      const char *text, surreal_record_id id,
                      surreal_str plain, bool *matches)
{
    surreal_result *r = NULL;
    surreal_status status;
    srl_var_source source;
    srl_match match;
    surreal_value v;

    *matches = false;
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    match.db = db;
    match.id = id;
    match.plain = plain;
    source.count = 2;
    source.has = srl_match_has;
    source.put = srl_match_put;
    source.user = &match;
    if (id.kind == SURREAL_KEY_NONE) {
        status = srl_fail(&db->error, SURREAL_ERR_USAGE,
                          "%s: the record id is empty", model->name);
    } else {
        status = srl_query_ask(db, surreal_text(text), &source, &r);
    }
    v = surreal_statement_value(r, 0);
    if (!status && surreal_is_nothing(v)) {
        status = srl_fail(&db->error, SURREAL_NOT_FOUND,
                          "%s: no such record", model->name);
    } else if (!status && surreal_get_bool(v, matches)) {
        status = srl_fail(&db->error, SURREAL_ERR_REPLY,
                          "%s: expected bool, got %s", model->name,
                          surreal_kind_name(surreal_value_kind(v)));
    }
    surreal_result_free(r);
    srl_leave(db->conn);
    return status;
}
