/* model/run.c: typed calls: a struct out, a struct in. */

/* Reading and deleting use the RPC methods. Writing uses statements with the
 * table, the ids and the row as variables: SurrealDB 3.0's write methods turn
 * a set inside the row into an array, which a field of type set then refuses,
 * and some of them ignore transactions. The variables are called srl_...,
 * because on SurrealDB 2 a session's variable of the same name would win.
 * Nothing is pasted into text either way. Where the answers differ in shape
 * (an object or an array of one) both are read. A table is sent as a value of
 * its own kind, because a string would be a string. */
#include "model/model.h"

/* Bytes of rows in one insert. */
#ifndef SURREAL_INSERT_BYTES
#define SURREAL_INSERT_BYTES ((size_t)1 << 20)
#endif

/* One call: its parameters, and where the answer goes. */
typedef struct srl_run {
    surreal *db;
    const surreal_model *model;
    srl_buf params;
    surreal_status status;
} srl_run;

static void
srl_run_begin(srl_run *run, surreal *db, const surreal_model *model,
              unsigned param_count)
{
    run->db = db;
    run->model = model;
    run->status = db ? SURREAL_OK : SURREAL_ERR_USAGE;
    srl_buf_init(&run->params, NULL, 0);
    if (!db) return;
    srl_enter(db->conn);
    srl_buf_init(&run->params, &db->conn->mem, SURREAL_MAX_MESSAGE);
    run->params.is_secret = (model->flags & SURREAL_MODEL_SECRET) != 0;
    if (param_count) {
        srl_cbor_put_head(&run->params, SRL_CBOR_ARRAY, param_count);
    }
}

/* The params of `query`: a statement, and the head of its variables. Each
 * variable follows as srl_cbor_put_key and its value. */
static void
srl_run_statement(srl_run *run, const char *text, unsigned var_count)
{
    if (run->status) return;
    srl_cbor_put_key(&run->params, text);
    srl_cbor_put_head(&run->params, SRL_CBOR_MAP, var_count);
}

static void
srl_run_name(srl_run *run, const char *name)
{
    if (!run->status) srl_cbor_put_key(&run->params, name);
}

/* Latch a failure and say so in the connection. */
static void
srl_run_latch(srl_run *run, surreal_status status, const char *what)
{
    if (run->status || !status) return;
    run->status = srl_fail(&run->db->error, status, "%s: %s: %s",
                           run->model->name, what,
                           surreal_status_text(status));
}

static surreal_status
srl_run_end(srl_run *run)
{
    if (!run->db) return run->status;
    srl_buf_free(&run->params);
    srl_leave(run->db->conn);
    return run->status;
}

static void
srl_run_table(srl_run *run)
{
    srl_run_latch(run,
                  srl_put_table(&run->params, surreal_text(run->model->name)),
                  "table");
}

static void
srl_run_id(srl_run *run, surreal_record_id id, const char *what)
{
    if (run->status) return;
    if (id.kind == SURREAL_KEY_NONE) {
        srl_run_latch(run, SURREAL_ERR_USAGE, what);
        return;
    }
    srl_run_latch(run, srl_put_record_id(&run->params, id), what);
}

static void
srl_run_row(srl_run *run, const void *row, surreal_send what)
{
    if (run->status) return;
    run->status = srl_model_encode(&run->params, run->model, row, what,
                                   srl_major(run->db), &run->db->error);
}

/* Send a method; *r is NULL unless it succeeded. */
static void
srl_run_send(srl_run *run, const char *method, surreal_result **r)
{
    surreal_bytes params;

    *r = NULL;
    if (run->status) return;
    srl_run_latch(run, run->params.status, "request");
    if (run->status) return;
    params.ptr = run->params.data;
    params.len = run->params.len;
    /* The queue is wiped once it has been sent. */
    if (run->params.is_secret) {
        run->db->conn->transport.out.is_secret = true;
    }
    run->status = surreal_rpc(run->db, method, params, r);
    if (!run->status) return;
    surreal_result_free(*r);
    *r = NULL;
}

/* The one record of an answer into *out. */
static void
srl_run_one(srl_run *run, surreal_result *r, void *out,
            surreal_result **result)
{
    surreal_value v;

    if (run->status) return;
    v = surreal_statement_value(r, 0);
    if (surreal_value_kind(v) == SURREAL_ARRAY) v = surreal_at(v, 0);
    if (surreal_is_nothing(v)) {
        run->status = srl_fail(&run->db->error, SURREAL_NOT_FOUND,
                               "%s: no such record", run->model->name);
    } else if (out) {
        run->status = surreal_decode(run->model, v, out, &run->db->error);
    }
    if (run->status || !result) {
        surreal_result_free(r);
    } else {
        *result = r;
    }
}

/* All records of an answer into *rows. */
static void
srl_run_rows(srl_run *run, surreal_result *r, void **rows, size_t *count,
             surreal_result **result)
{
    if (run->status) return;
    run->status = surreal_decode_rows(run->model,
                                      surreal_statement_value(r, 0), rows,
                                      count, &run->db->error);
    if (run->status) {
        surreal_result_free(r);
    } else {
        *result = r;
    }
}

/* ---- reading ------------------------------------------------------------ */

/* Nothing is left of an earlier answer. `out` may be the row that is about to
 * be sent: then it is overwritten only by the answer. */
static void
srl_run_clear(const surreal_model *model, const void *row, void *out,
              surreal_result **result)
{
    if (out && out != row) memset(out, 0, model->size);
    if (result) *result = NULL;
}

/* A row without the result it lives in could not be used. */
static void
srl_run_pair(srl_run *run, const void *out, surreal_result *const *result)
{
    if (out && !result) {
        srl_run_latch(run, SURREAL_ERR_USAGE, "out needs result");
    }
}

/* A method that takes an id and answers with the record. */
static surreal_status
srl_run_by_id(surreal *db, const surreal_model *model, const char *method,
              surreal_record_id id, void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, NULL, out, result);
    srl_run_begin(&run, db, model, 1);
    srl_run_pair(&run, out, result);
    srl_run_id(&run, id, "id");
    srl_run_send(&run, method, &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

SURREAL_API surreal_status
surreal_model_get(surreal *db, const surreal_model *model,
                  surreal_record_id id, void *out, surreal_result **result)
{
    return srl_run_by_id(db, model, "select", id, out, result);
}

SURREAL_API surreal_status
surreal_model_all(surreal *db, const surreal_model *model, void **rows,
                  size_t *count, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    *rows = NULL;
    *count = 0;
    *result = NULL;
    srl_run_begin(&run, db, model, 1);
    srl_run_table(&run);
    srl_run_send(&run, "select", &r);
    srl_run_rows(&run, r, rows, count, result);
    return srl_run_end(&run);
}

/* SELECT what FROM table [WHERE where] tail. */
static void
srl_run_select(srl_run *run, const char *what, const char *where,
               const char *tail, surreal_vars vars, surreal_result **r)
{
    char name[256];
    surreal_str text;
    size_t len;

    *r = NULL;
    if (run->status) return;
    len = surreal_ident_print(surreal_text(run->model->name), name,
                              sizeof name);
    if (len >= sizeof name) {
        srl_run_latch(run, SURREAL_ERR_TOO_LONG, "table");
        return;
    }
    srl_buf_put_text(&run->params, "SELECT ");
    srl_buf_put_text(&run->params, what);
    srl_buf_put_text(&run->params, " FROM ");
    srl_buf_put(&run->params, name, len);
    if (where) {
        srl_buf_put_text(&run->params, " WHERE ");
        srl_buf_put_text(&run->params, where);
    }
    /* On a line of its own: `where` may end in a comment. */
    srl_buf_put_text(&run->params, "\n");
    srl_buf_put_text(&run->params, tail);
    srl_run_latch(run, run->params.status, "request");
    if (run->status) return;
    text.ptr = (const char *)run->params.data;
    text.len = run->params.len;
    run->status = surreal_query_str(run->db, text, vars, r);
    if (!run->status) return;
    surreal_result_free(*r);
    *r = NULL;
}

SURREAL_API surreal_status
surreal_model_find(surreal *db, const surreal_model *model, const char *where,
                   surreal_vars vars, void **rows, size_t *count,
                   surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    *rows = NULL;
    *count = 0;
    *result = NULL;
    srl_run_begin(&run, db, model, 0);
    srl_run_select(&run, "*", where, "", vars, &r);
    srl_run_rows(&run, r, rows, count, result);
    return srl_run_end(&run);
}

/* The answer is [{ count: n }], or [] if there is nothing to count. */
SURREAL_API surreal_status
surreal_model_count(surreal *db, const surreal_model *model,
                    const char *where, surreal_vars vars, int64_t *count)
{
    surreal_result *r;
    surreal_value row;
    srl_run run;

    *count = 0;
    srl_run_begin(&run, db, model, 0);
    srl_run_select(&run, "count()", where, "GROUP ALL", vars, &r);
    if (!run.status) {
        surreal_value rows = surreal_statement_value(r, 0);

        row = surreal_at(rows, 0);
        if (surreal_count(rows) > 1) {
            srl_run_latch(&run, SURREAL_ERR_USAGE,
                          "the condition ends the count early");
        }
        if (!surreal_is_nothing(row)) {
            srl_run_latch(&run,
                          surreal_get_int(surreal_field(row, "count"), count),
                          "count");
        }
    }
    surreal_result_free(r);
    return srl_run_end(&run);
}

/* ---- writing ------------------------------------------------------------ */

SURREAL_API surreal_status
surreal_model_create(surreal *db, const surreal_model *model, const void *row,
                     void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, row, out, result);
    srl_run_begin(&run, db, model, 2);
    srl_run_pair(&run, out, result);
    srl_run_statement(&run, "CREATE $srl_table CONTENT $srl_row", 2);
    srl_run_name(&run, "srl_table");
    srl_run_table(&run);
    srl_run_name(&run, "srl_row");
    srl_run_row(&run, row, SURREAL_SEND_NEW);
    srl_run_send(&run, "query", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

/* A statement about $id with $row. */
static surreal_status
srl_run_write(surreal *db, const surreal_model *model, const char *text,
              surreal_record_id id, const void *row, surreal_send what,
              void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, row, out, result);
    srl_run_begin(&run, db, model, 2);
    srl_run_pair(&run, out, result);
    srl_run_statement(&run, text, 2);
    srl_run_name(&run, "srl_id");
    srl_run_id(&run, id, "id");
    srl_run_name(&run, "srl_row");
    srl_run_row(&run, row, what);
    srl_run_send(&run, "query", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

SURREAL_API surreal_status
surreal_model_merge(surreal *db, const surreal_model *model,
                    surreal_record_id id, const void *row, void *out,
                    surreal_result **result)
{
    if (!surreal_is_changed(model, row)) {
        srl_run_clear(model, NULL, out == row ? NULL : out, result);
        return SURREAL_NO_CHANGE;
    }
    return srl_run_write(db, model, "UPDATE $srl_id MERGE $srl_row", id, row,
                         SURREAL_SEND_CHANGES, out, result);
}

SURREAL_API surreal_status
surreal_model_replace(surreal *db, const surreal_model *model,
                      surreal_record_id id, const void *row, void *out,
                      surreal_result **result)
{
    return srl_run_write(db, model, "UPDATE $srl_id CONTENT $srl_row", id, row,
                         SURREAL_SEND_CONTENT, out, result);
}

SURREAL_API surreal_status
surreal_model_upsert(surreal *db, const surreal_model *model,
                     surreal_record_id id, const void *row, void *out,
                     surreal_result **result)
{
    return srl_run_write(db, model, "UPSERT $srl_id CONTENT $srl_row", id, row,
                         SURREAL_SEND_CONTENT, out, result);
}

SURREAL_API surreal_status
surreal_model_delete(surreal *db, const surreal_model *model,
                     surreal_record_id id, void *out, surreal_result **result)
{
    return srl_run_by_id(db, model, "delete", id, out, result);
}

SURREAL_API surreal_status
surreal_model_relate(surreal *db, const surreal_model *model,
                     surreal_record_id from, surreal_record_id to,
                     const void *row, void *out, surreal_result **result)
{
    surreal_result *r;
    srl_run run;

    srl_run_clear(model, row, out, result);
    srl_run_begin(&run, db, model, 2);
    srl_run_pair(&run, out, result);
    srl_run_statement(&run,
                      row ? "RELATE $srl_from->$srl_edge->$srl_to "
                            "CONTENT $srl_row"
                          : "RELATE $srl_from->$srl_edge->$srl_to",
                      row ? 4 : 3);
    srl_run_name(&run, "srl_from");
    srl_run_id(&run, from, "from");
    srl_run_name(&run, "srl_edge");
    srl_run_table(&run);
    srl_run_name(&run, "srl_to");
    srl_run_id(&run, to, "to");
    if (row) {
        srl_run_name(&run, "srl_row");
        srl_run_row(&run, row, SURREAL_SEND_NEW);
    }
    srl_run_send(&run, "query", &r);
    srl_run_one(&run, r, out, result);
    return srl_run_end(&run);
}

/* ---- inserting many ----------------------------------------------------- */

/* The rows of an insert are an array whose head has a fixed width, because
 * their number is known last: 0x9a and four bytes. */
static size_t
srl_insert_rows(srl_run *run, const uint8_t *rows, size_t count)
{
    size_t head;
    size_t taken = 0;

    srl_cbor_put_head(&run->params, SRL_CBOR_ARRAY, 2);
    srl_run_statement(run, "INSERT INTO $srl_table $srl_rows", 2);
    srl_run_name(run, "srl_table");
    srl_run_table(run);
    srl_run_name(run, "srl_rows");
    head = run->params.len;
    srl_buf_put(&run->params, "\x9a\0\0\0\0", 5);
    srl_run_latch(run, run->params.status, "request");
    while (!run->status && taken < count &&
           run->params.len < SURREAL_INSERT_BYTES) {
        srl_run_row(run, rows + taken * run->model->size, SURREAL_SEND_NEW);
        if (!run->status) taken++;
    }
    if (!run->status) {
        srl_store32(run->params.data + head + 1, (uint32_t)taken);
    }
    return taken;
}

/* The first answer keeps everything; the rows of later ones are decoded in
 * its memory from a copy of their bytes. */
static void
srl_insert_keep(srl_run *run, surreal_result *first, surreal_result *r,
                uint8_t *out, size_t count)
{
    surreal_value v = surreal_statement_value(r, 0);
    surreal_document *doc = NULL;
    uint8_t *copy;
    void *rows;
    size_t got;
    size_t len;

    if (!v.at) {
        srl_run_latch(run, SURREAL_ERR_REPLY, "insert");
        return;
    }
    if (r != first) {
        len = (size_t)(srl_cbor_skip(v.at) - v.at);
        copy = (uint8_t *)surreal_result_alloc(first, len);
        doc = (surreal_document *)surreal_result_alloc(first, sizeof *doc);
        if (!copy || !doc) {
            srl_run_latch(run, SURREAL_ERR_NOMEM, "insert");
            return;
        }
        memcpy(copy, v.at, len);
        srl_document_init(doc, copy, len, &first->arena);
        v = srl_value_at(doc, copy);
    }
    run->status = surreal_decode_rows(run->model, v, &rows, &got,
                                      &run->db->error);
    if (run->status) return;
    if (got != count) {
        srl_run_latch(run, SURREAL_ERR_REPLY, "insert: not all rows came");
        return;
    }
    if (got) memcpy(out, rows, got * run->model->size);
}

/* Send rows until all are stored. */
static void
srl_insert_all(srl_run *run, const uint8_t *rows, size_t count, void **out,
               surreal_result **result)
{
    surreal_result *first = NULL;
    uint8_t *block = NULL;
    size_t done = 0;

    while (!run->status && done < count) {
        surreal_result *r;
        size_t taken;

        run->params.len = 0;
        taken = srl_insert_rows(run, rows + done * run->model->size,
                                count - done);
        srl_run_send(run, "query", &r);
        if (run->status) break;
        if (!out) {
            surreal_result_free(r);
            done += taken;
            continue;
        }
        if (!first) {
            first = r;
            block = (uint8_t *)srl_arena_array(&r->arena, count,
                                               run->model->size);
            if (!block) {
                srl_run_latch(run, SURREAL_ERR_NOMEM, "insert");
                break;
            }
        }
        srl_insert_keep(run, first, r, block + done * run->model->size,
                        taken);
        if (r != first) surreal_result_free(r);
        done += taken;
    }
    if (run->status || !out) {
        surreal_result_free(first);
        return;
    }
    *out = block;
    *result = first;
}

SURREAL_API surreal_status
surreal_model_insert(surreal *db, const surreal_model *model,
                     const void *rows, size_t count, void **out,
                     surreal_result **result)
{
    srl_run run;

    if (out) *out = NULL;
    if (result) *result = NULL;
    if (!count) return SURREAL_OK;
    srl_run_begin(&run, db, model, 0);
    srl_run_pair(&run, out, result);
    srl_insert_all(&run, (const uint8_t *)rows, count, out, result);
    return srl_run_end(&run);
}
