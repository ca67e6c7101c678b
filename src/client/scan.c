/* client/scan.c: tables page by page. */
#include "client/client.h"

/* SELECT fields, id FROM $srl_range WHERE (where) LIMIT rows
 *
 * with $srl_range = table:last>.. , a record id whose key is a range. The
 * first page has a range too, open at both ends: of a plain table the rows
 * would come in the order of an index that fits the condition, and the last
 * of them would not be the last id. Never an offset: it would skip rows when
 * earlier ones are deleted, and read all of them again. */
#define SRL_SCAN_ROWS 1000

struct srl_pages {
    srl_mem mem;
    surreal_str table;
    srl_buf text;
    srl_buf range;       /* one encoded range of keys */
    surreal_bind *binds; /* the caller's variables and the range */
    size_t bind_count;
    size_t rows;         /* of a full page */
    surreal_result *page;
    surreal_iter it;
    surreal_value last;  /* the row given last, of this page */
    bool is_last;        /* there is no page behind this one */
};

SURREAL_API void
surreal_scan_close(surreal_scanner *s)
{
    struct srl_pages *state = s->state;
    srl_mem mem;

    if (state) {
        surreal_result_free(state->page);
        srl_buf_free(&state->text);
        srl_buf_free(&state->range);
        srl_mem_free(&state->mem, state->binds,
                     state->bind_count * sizeof *state->binds);
        mem = state->mem; /* state is about to go */
        srl_mem_free(&mem, state, sizeof *state);
    }
    memset(s, 0, sizeof *s);
}

static void
srl_scan_text(srl_buf *out, const surreal_scan_options *opt, size_t rows)
{
    char limit[32];

    /* Line breaks, because a text may end in a comment. */
    srl_buf_put_text(out, "SELECT ");
    if (opt->fields) {
        srl_buf_put_text(out, opt->fields);
        srl_buf_put_text(out, "\n,id");
    } else {
        srl_buf_put_text(out, "*");
    }
    srl_buf_put_text(out, " FROM $srl_range");
    if (opt->where) {
        srl_buf_put_text(out, " WHERE (");
        srl_buf_put_text(out, opt->where);
        srl_buf_put_text(out, "\n)");
    }
    snprintf(limit, sizeof limit, " LIMIT %zu", rows);
    srl_buf_put_text(out, limit);
}

/* The key of a record id as one item of a range. */
static void
srl_scan_put_key(surreal_writer *w, surreal_record_id id)
{
    switch (id.kind) {
    case SURREAL_KEY_INT: surreal_put_int(w, id.key.i); break;
    case SURREAL_KEY_STRING: surreal_put_str(w, id.key.s); break;
    case SURREAL_KEY_UUID: surreal_put_uuid(w, id.key.u); break;
    default: surreal_put_encoded(w, id.key.cbor); break;
    }
}

/* Bytes enough for that item and a range around it. */
static size_t
srl_scan_room(surreal_record_id id)
{
    size_t len = 64;

    if (id.kind == SURREAL_KEY_STRING) return len + id.key.s.len;
    if (id.kind == SURREAL_KEY_ARRAY || id.kind == SURREAL_KEY_OBJECT) {
        return len + id.key.cbor.len;
    }
    return len;
}

/* key.. or key>.. ; `id` of kind NONE and no `key`: .. */
static surreal_status
srl_scan_range(struct srl_pages *state, surreal_record_id id,
               surreal_value key, surreal_bound bound, int major)
{
    size_t room = srl_scan_room(id);
    surreal_writer w;
    surreal_bytes item;

    if (key.doc) room += (size_t)(srl_cbor_skip(key.at) - key.at);
    state->range.len = 0;
    state->range.status = SURREAL_OK;
    SRL_TRY(srl_buf_reserve(&state->range, room));
    surreal_writer_init(&w, state->range.data, room);
    surreal_writer_target(&w, major);
    surreal_put_range(&w);
    surreal_put_bound(&w, bound);
    if (key.doc) {
        surreal_put_value(&w, key);
    } else if (bound != SURREAL_BOUND_OPEN) {
        srl_scan_put_key(&w, id);
    }
    surreal_put_bound(&w, SURREAL_BOUND_OPEN);
    surreal_put_end(&w);
    SRL_TRY(surreal_writer_take(&w, &item));
    state->range.len = item.len;
    return SURREAL_OK;
}

static surreal_status
srl_scan_first(struct srl_pages *state, const surreal_scan_options *opt,
               int major, surreal_error *err)
{
    surreal_value none = {NULL, NULL};
    surreal_bound bound = SURREAL_BOUND_OPEN;
    surreal_record_id id = opt->from;
    surreal_status status;

    if (id.kind != SURREAL_KEY_NONE) bound = SURREAL_BOUND_INCLUDED;
    if (opt->after.kind != SURREAL_KEY_NONE) {
        if (bound != SURREAL_BOUND_OPEN) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "scan: options from and after exclude each other");
        }
        bound = SURREAL_BOUND_EXCLUDED;
        id = opt->after;
    }
    if (bound != SURREAL_BOUND_OPEN &&
        (id.kind == SURREAL_KEY_RANGE ||
         !surreal_str_eq(id.table, state->table))) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "scan: the record to begin with is none of table "
                        "'%.*s'", SURREAL_FMT(state->table));
    }
    status = srl_scan_range(state, id, none, bound, major);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "scan: the record to begin with: %s",
                    surreal_status_text(status));
}

static surreal_status
srl_scan_fill(struct srl_pages *state, const surreal_scan_options *opt,
              int major, surreal_error *err)
{
    srl_buf_init(&state->text, &state->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&state->range, &state->mem, SURREAL_MAX_MESSAGE);
    state->rows = opt->rows ? opt->rows : SRL_SCAN_ROWS;
    if (state->rows > INT32_MAX) state->rows = INT32_MAX;
    srl_scan_text(&state->text, opt, state->rows);
    if (state->text.status) {
        return srl_fail(err, state->text.status, "scan: %s",
                        surreal_status_text(state->text.status));
    }
    state->binds = (surreal_bind *)srl_mem_resize(
        &state->mem, NULL, 0, (opt->vars.count + 1) * sizeof *state->binds);
    if (!state->binds) {
        return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory for a scan");
    }
    state->bind_count = opt->vars.count + 1;
    if (opt->vars.count) {
        memcpy(state->binds, opt->vars.v,
               opt->vars.count * sizeof *state->binds);
    }
    return srl_scan_first(state, opt, major, err);
}

SURREAL_API surreal_status
surreal_scan_open(surreal_scanner *s, surreal *db, const char *table,
                  const surreal_scan_options *opt)
{
    surreal_scan_options none;
    surreal_status status;
    srl_mem mem;

    memset(s, 0, sizeof *s);
    if (!db) return SURREAL_ERR_USAGE;
    if (!table) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_USAGE,
                        "scan: the table is NULL");
    }
    memset(&none, 0, sizeof none);
    srl_mem_init(&mem, srl_handle_allocator(db), 0);
    s->state = (struct srl_pages *)srl_mem_resize(&mem, NULL, 0,
                                                 sizeof *s->state);
    if (!s->state) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_NOMEM,
                        "out of memory for a scan");
    }
    memset(s->state, 0, sizeof *s->state);
    s->state->mem = mem;
    s->state->table = surreal_text(table);
    status = srl_scan_fill(s->state, opt ? opt : &none,
                           surreal_version(db).major, srl_handle_error(db));
    if (status) {
        surreal_scan_close(s);
    } else {
        s->db = db;
    }
    return status;
}

static surreal_status
srl_scan_page(surreal_scanner *s)
{
    struct srl_pages *state = s->state;
    surreal_record_id range;
    surreal_value rows;
    surreal_vars vars;
    surreal_bytes key;

    key.ptr = state->range.data;
    key.len = state->range.len;
    memset(&range, 0, sizeof range);
    range.table = state->table;
    range.kind = SURREAL_KEY_RANGE;
    range.key.cbor = key;
    state->binds[state->bind_count - 1] = surreal_bind_id("srl_range", range);
    vars.v = state->binds;
    vars.count = state->bind_count;
    surreal_result_free(state->page);
    state->page = NULL;
    memset(&state->last, 0, sizeof state->last);
    SRL_TRY(surreal_query_str(
        s->db, surreal_text_of((const char *)state->text.data,
                               state->text.len), vars, &state->page));
    rows = surreal_rows(state->page, 0);
    state->it = surreal_iterate(rows);
    state->is_last = surreal_count(rows) < state->rows;
    return SURREAL_OK;
}

/* The next page begins behind this row. */
static surreal_status
srl_scan_move(surreal_scanner *s, surreal_value row)
{
    surreal_value key = surreal_record_key(surreal_field(row, "id"));
    surreal_error *err = srl_handle_error(s->db);
    surreal_record_id none;
    surreal_status status;

    if (!key.doc) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "scan: a row has no record id in its field id");
    }
    memset(&none, 0, sizeof none);
    status = srl_scan_range(s->state, none, key, SURREAL_BOUND_EXCLUDED,
                            surreal_version(s->db).major);
    if (!status) return SURREAL_OK;
    return srl_fail(err, status, "scan: the id of a row: %s",
                    surreal_status_text(status));
}

SURREAL_API surreal_status
surreal_scan_next(surreal_scanner *s, surreal_value *row)
{
    struct srl_pages *state = s->state;

    memset(row, 0, sizeof *row);
    if (!s->db) return SURREAL_ERR_USAGE;
    while (!state->page || !surreal_next(&state->it)) {
        if (state->is_last) return SURREAL_NOT_FOUND;
        if (state->last.doc) SRL_TRY(srl_scan_move(s, state->last));
        SRL_TRY(srl_scan_page(s));
    }
    state->last = state->it.value;
    *row = state->last;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_scan(surreal *db, const char *table, const surreal_scan_options *opt,
             surreal_scan_row *row, void *user)
{
    surreal_scanner s;
    surreal_status status;
    surreal_value v;

    if (db && !row) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_USAGE,
                        "scan: the callback is NULL");
    }
    status = surreal_scan_open(&s, db, table, opt);
    while (!status) {
        status = surreal_scan_next(&s, &v);
        if (status) {
            if (status == SURREAL_NOT_FOUND) status = SURREAL_OK;
            break;
        }
        status = row(user, v);
    }
    surreal_scan_close(&s);
    return status;
}
