/* model/query.c: typed queries. */

/* The parameters are encoded where the message is made, so a call costs what
 * it would cost by hand. Rows are decoded from the answer by the same tables as
 * everywhere; a table's row may come in part, which is the same table without
 * required fields. */
#include "model/model.h"

/* Bits of no required field, as many as a struct may have. */
#define SRL_TYPED_WORDS 64
static const uint64_t srl_none_required[SRL_TYPED_WORDS] = {0};

/* One call: what is asked, and who lends its name to failures. */
typedef struct srl_typed {
    surreal *db;
    const surreal_typed *query;
    surreal_model named;
} srl_typed;

static void
srl_typed_begin(srl_typed *t, surreal *db, const surreal_typed *query)
{
    t->db = db;
    t->query = query;
    memset(&t->named, 0, sizeof t->named);
    t->named.name = query->name;
}

/* ---- parameters --------------------------------------------------------- */

/* What srl_var_source calls. */
typedef struct srl_args {
    const surreal_model *model;
    const void *row;
    surreal_send what;
} srl_args;

static bool
srl_args_have(const void *user, surreal_str name)
{
    const surreal_model *model = ((const srl_args *)user)->model;
    size_t i;

    for (i = 0; i < model->count; i++) {
        if (surreal_str_eq(srl_field_name(model, model->fields + i), name)) {
            return true;
        }
    }
    return false;
}

static surreal_status
srl_args_put(const void *user, srl_buf *out, int server_major,
             surreal_error *err)
{
    const srl_args *args = (const srl_args *)user;

    return srl_model_encode(out, args->model, args->row, args->what,
                            server_major, err);
}

/* The first required parameter, for a call without any. */
static surreal_status
srl_args_absent(const surreal_model *model, surreal_error *err)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        surreal_str name = srl_field_name(model, model->fields + i);

        if (!(model->fields[i].flags & SURREAL_FIELD_REQUIRED)) continue;
        srl_fail(err, SURREAL_ERR_MISSING,
                 "%s.%.*s: required, but there are no parameters",
                 model->name, SURREAL_FMT(name));
        srl_text_copy(err->path, sizeof err->path, name.ptr, name.len);
        return SURREAL_ERR_MISSING;
    }
    return SURREAL_OK;
}

static surreal_status
srl_typed_send(srl_typed *t, const void *args, surreal_result **r)
{
    const surreal_typed *query = t->query;
    surreal_vars none = SURREAL_NO_VARS;
    srl_var_source source;
    srl_args from;
    surreal_str text;

    *r = NULL;
    text.ptr = query->text;
    text.len = query->len;
    if (!query->args || !args) {
        if (query->args) {
            SRL_TRY(srl_args_absent(query->args, &t->db->error));
        }
        return surreal_query_str(t->db, text, none, r);
    }
    from.model = query->args;
    from.row = args;
    from.what = SURREAL_SEND_ARGS;
    source.count = query->args->count;
    source.has = srl_args_have;
    source.put = srl_args_put;
    source.user = &from;
    return srl_query_ask(t->db, text, &source, r);
}

/* Send it, and again after a conflict if it may be. *r is NULL after a
 * failure. */
static surreal_status
srl_typed_ask(srl_typed *t, const void *args, surreal_result **r)
{
    surreal_status status;
    int attempt = 0;

    for (;;) {
        status = srl_typed_send(t, args, r);
        if (!status) return SURREAL_OK;
        surreal_result_free(*r);
        *r = NULL;
        attempt++;
        if (!t->query->is_retried || t->db->txn) return status;
        if (!srl_tx_again(t->db, NULL, status, attempt)) return status;
    }
}

/* ---- rows --------------------------------------------------------------- */

/* What a row is: of a table in part, a copy that requires nothing. */
static const surreal_items *
srl_typed_items(const surreal_answer *answer, surreal_model *part,
                surreal_items *items)
{
    if (!answer->is_part) return answer->row;
    *part = *(const surreal_model *)answer->row->of;
    if (part->words > SRL_TYPED_WORDS) return answer->row;
    part->required = srl_none_required;
    *items = *answer->row;
    items->of = part;
    return items;
}

static surreal_status
srl_typed_row_of(srl_typed *t, const surreal_items *items, surreal_value v,
                 void *out)
{
    surreal_raw raw;

    if (items->member == SURREAL_MEMBER_RAW) {
        memset(&raw, 0, sizeof raw);
        raw.value = v;
        memcpy(out, &raw, sizeof raw);
        return SURREAL_OK;
    }
    return srl_decode_item(items, &t->named, v, out, &t->db->error);
}

static surreal_status
srl_typed_none(srl_typed *t, const surreal_answer *answer, uint8_t *out)
{
    if (answer->found != SURREAL_NO_FOUND) return SURREAL_OK;
    memset(out + answer->at, 0, answer->row->size);
    return srl_fail(&t->db->error, SURREAL_NOT_FOUND,
                    "%s: expected %s row, got none", t->query->name,
                    answer->shape == SURREAL_SHAPE_ONE ? "one" : "at most one");
}

/* ONE and MAYBE. An array is an array of rows, unless the row is one itself or
 * may be anything. */
static surreal_status
srl_typed_one(srl_typed *t, const surreal_answer *answer,
              const surreal_items *items, surreal_value v, uint8_t *out)
{
    bool is_plain = items->member == SURREAL_MEMBER_ARRAY ||
                    items->member == SURREAL_MEMBER_RAW;

    if (!is_plain && surreal_value_kind(v) == SURREAL_ARRAY) {
        size_t count = surreal_count(v);

        if (count > 1) {
            return srl_fail(&t->db->error, SURREAL_ERR_RANGE,
                            "%s: expected %s row, got %lu", t->query->name,
                            answer->shape == SURREAL_SHAPE_ONE
                                ? "one" : "at most one",
                            (unsigned long)count);
        }
        v = surreal_at(v, 0);
    }
    if (surreal_is_nothing(v) && (answer->shape == SURREAL_SHAPE_MAYBE ||
                                  items->member != SURREAL_MEMBER_RAW)) {
        return srl_typed_none(t, answer, out);
    }
    if (answer->found != SURREAL_NO_FOUND) out[answer->found] = 1;
    return srl_typed_row_of(t, items, v, out + answer->at);
}

/* The value of the statement an answer is about. */
static surreal_status
srl_typed_value(srl_typed *t, const surreal_answer *answer,
                const surreal_result *r, surreal_value *v)
{
    size_t at = answer->statement[srl_major(t->db) >= 3];

    if (at >= surreal_statements(r)) {
        return srl_fail(&t->db->error, SURREAL_ERR_REPLY,
                        "%s: expected at least %lu results, got %lu: did an "
                        "early RETURN end the block?", t->query->name,
                        (unsigned long)at + 1,
                        (unsigned long)surreal_statements(r));
    }
    *v = surreal_statement_value(r, at);
    return SURREAL_OK;
}

static surreal_status
srl_typed_read(srl_typed *t, const surreal_answer *answer,
               const surreal_result *r, uint8_t *out)
{
    const surreal_items *row;
    surreal_model part;
    surreal_items items;
    surreal_value v;
    size_t count;
    void *rows;

    if (answer->shape == SURREAL_SHAPE_NONE) return SURREAL_OK;
    SRL_TRY(srl_typed_value(t, answer, r, &v));
    row = srl_typed_items(answer, &part, &items);
    if (answer->shape != SURREAL_SHAPE_MANY) {
        return srl_typed_one(t, answer, row, v, out);
    }
    SRL_TRY(srl_decode_items_of(row, &t->named, v, &rows, &count,
                                &t->db->error));
    memcpy(out + answer->at, &rows, sizeof rows);
    memcpy(out + answer->at + sizeof rows, &count, sizeof count);
    return SURREAL_OK;
}

/* ---- the calls ---------------------------------------------------------- */

static surreal_status
srl_typed_run(srl_typed *t, const void *args, uint8_t *out,
              surreal_result **result)
{
    surreal_status status;
    surreal_result *r;
    size_t i;

    SRL_TRY(srl_typed_ask(t, args, &r));
    status = SURREAL_OK;
    for (i = 0; i < t->query->count && !status; i++) {
        status = srl_typed_read(t, t->query->answers + i, r, out);
    }
    if (!status && result) {
        *result = r;
    } else {
        surreal_result_recycle(t->db, r);
    }
    return status;
}

SURREAL_API surreal_status
surreal_typed_run(surreal *db, const surreal_typed *query, const void *args,
                  void *out, size_t size, surreal_result **result)
{
    surreal_status status;
    srl_typed t;

    if (out) memset(out, 0, size);
    if (result) *result = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    srl_typed_begin(&t, db, query);
    status = srl_typed_run(&t, args, (uint8_t *)out, result);
    if (status && out) memset(out, 0, size);
    srl_leave(db->conn);
    return status;
}

/* Decode into an arena of its own, whose memory the next row uses again. */
static surreal_status
srl_typed_rows(srl_typed *t, surreal_value v, void *row,
               surreal_typed_row *each, void *user)
{
    const surreal_answer *answer = t->query->answers;
    surreal_status status = SURREAL_OK;
    const surreal_items *items;
    surreal_document doc;
    surreal_model part;
    surreal_items copy;
    surreal_iter it;
    srl_arena arena;
    srl_mem mem;

    srl_mem_init(&mem, &t->db->conn->mem.allocator, 0);
    srl_arena_init(&arena, &mem);
    items = srl_typed_items(answer, &part, &copy);
    it = surreal_iterate(v);
    if (it.doc) {
        doc = *it.doc;
        doc.arena = &arena;
        it.doc = &doc;
    }
    while (!status && surreal_next(&it)) {
        status = srl_typed_row_of(t, items, it.value, row);
        if (!status) status = each(user, row);
        srl_arena_reset(&arena);
    }
    srl_arena_free(&arena);
    return status;
}

SURREAL_API surreal_status
surreal_typed_each(surreal *db, const surreal_typed *query, const void *args,
                   void *row, surreal_typed_row *each, void *user)
{
    surreal_status status;
    surreal_result *r = NULL;
    surreal_value v;
    srl_typed t;

    if (!db || !each || !row) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    srl_typed_begin(&t, db, query);
    status = srl_typed_ask(&t, args, &r);
    if (!status) status = srl_typed_value(&t, query->answers, r, &v);
    if (!status && !surreal_is_nothing(v) &&
        surreal_value_kind(v) != SURREAL_ARRAY) {
        status = srl_fail(&db->error, SURREAL_ERR_TYPE,
                          "%s: expected array, got %s", query->name,
                          surreal_kind_name(surreal_value_kind(v)));
    }
    if (!status) status = srl_typed_rows(&t, v, row, each, user);
    surreal_result_free(r);
    srl_leave(db->conn);
    return status;
}

/* ---- variables that somebody else takes --------------------------------- */

/* The fields of a struct as binds, for calls that keep them. */
typedef struct srl_arg_vars {
    srl_mem mem;
    srl_buf buf;
    srl_arena arena;
    surreal_vars vars;
} srl_arg_vars;

static void
srl_arg_vars_free(srl_arg_vars *a)
{
    srl_buf_free(&a->buf);
    srl_arena_free(&a->arena);
}

/* Each pair of the encoded object becomes a bind. */
static surreal_status
srl_arg_vars_split(srl_arg_vars *a, surreal_error *err)
{
    const uint8_t *at = a->buf.data;
    surreal_bind *binds;
    srl_cbor_head head;
    size_t i;

    at = srl_cbor_head_at(at, &head);
    binds = (surreal_bind *)srl_arena_array(&a->arena, (size_t)head.arg + 1,
                                            sizeof *binds);
    if (!binds) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    for (i = 0; i < head.arg; i++) {
        surreal_bytes item;
        surreal_str name;
        const uint8_t *end;

        at = srl_cbor_text_at(at, &name);
        end = srl_cbor_skip(at);
        name = srl_arena_text(&a->arena, name.ptr, name.len);
        if (!name.ptr) return srl_fail(err, SURREAL_ERR_NOMEM,
                                       "out of memory");
        item.ptr = at;
        item.len = (size_t)(end - at);
        binds[i] = surreal_bind_encoded(name.ptr, item);
        at = end;
    }
    a->vars.v = binds;
    a->vars.count = (size_t)head.arg;
    return SURREAL_OK;
}

static surreal_status
srl_arg_vars_make(srl_arg_vars *a, surreal *db, const surreal_model *model,
                  const void *args, surreal_send what)
{
    surreal_vars none = SURREAL_NO_VARS;

    srl_mem_init(&a->mem, &db->conn->mem.allocator, 0);
    srl_buf_init_secret(&a->buf, &a->mem, SURREAL_MAX_MESSAGE);
    srl_arena_init(&a->arena, &a->mem);
    a->vars = none;
    if (!model) return SURREAL_OK;
    if (!args) return srl_args_absent(model, &db->error);
    SRL_TRY(srl_model_encode(&a->buf, model, args, what, srl_major(db),
                             &db->error));
    return srl_arg_vars_split(a, &db->error);
}

/* ---- live queries ------------------------------------------------------- */

SURREAL_API surreal_status
surreal_typed_live(surreal *db, const surreal_typed *query, const void *args,
                   const surreal_live_options *opt, surreal_live **out)
{
    surreal_status status;
    srl_arg_vars a;

    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    status = srl_arg_vars_make(&a, db, query->args, args, SURREAL_SEND_ARGS);
    if (!status) {
        status = surreal_live_query(db, query->text, a.vars, opt, out);
    }
    srl_arg_vars_free(&a);
    srl_leave(db->conn);
    return status;
}

SURREAL_API surreal_status
surreal_typed_event(const surreal_typed *query, const surreal_event *event,
                    void *row, surreal_error *err)
{
    const surreal_items *items;
    surreal_model named;
    surreal_model part;
    surreal_items copy;
    surreal_raw raw;

    memset(row, 0, query->answers->row->size);
    if (event->action == SURREAL_GAP || event->action == SURREAL_ENDED) {
        return SURREAL_OK;
    }
    if (query->answers->row->member == SURREAL_MEMBER_RAW) {
        memset(&raw, 0, sizeof raw);
        raw.value = event->value;
        memcpy(row, &raw, sizeof raw);
        return SURREAL_OK;
    }
    memset(&named, 0, sizeof named);
    named.name = query->name;
    items = srl_typed_items(query->answers, &part, &copy);
    if (!event->value.at) {
        return srl_fail(err, SURREAL_ERR_MISSING,
                        "%s: expected a row, got no value", query->name);
    }
    return srl_decode_item(items, &named, event->value, row, err);
}

/* ---- signing in --------------------------------------------------------- */

static surreal_status
srl_typed_sign(surreal *db, const char *access, const surreal_model *model,
               const void *args, bool is_new)
{
    surreal_status status;
    surreal_auth auth;
    surreal_str ns;
    surreal_str name;
    srl_arg_vars a;

    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn);
    status = srl_arg_vars_make(&a, db, model, args, SURREAL_SEND_NEW);
    ns = surreal_ns(db);
    name = surreal_db(db);
    if (!status && (!ns.len || !name.len)) {
        status = srl_fail(&db->error, SURREAL_ERR_USAGE,
                          "access %s: no database is in use to sign in to",
                          access);
    }
    if (!status) {
        /* The session's own texts may move while it becomes somebody. */
        ns = srl_arena_text(&a.arena, ns.ptr, ns.len);
        name = srl_arena_text(&a.arena, name.ptr, name.len);
        if (!ns.ptr || !name.ptr) {
            status = srl_fail(&db->error, SURREAL_ERR_NOMEM, "out of memory");
        }
    }
    if (!status) {
        auth = surreal_auth_record(ns.ptr, name.ptr, access, a.vars);
        status = is_new ? surreal_signup(db, &auth)
                        : surreal_signin(db, &auth);
    }
    srl_arg_vars_free(&a);
    srl_leave(db->conn);
    return status;
}

SURREAL_API surreal_status
surreal_typed_signin(surreal *db, const char *access,
                     const surreal_model *model, const void *args)
{
    return srl_typed_sign(db, access, model, args, false);
}

SURREAL_API surreal_status
surreal_typed_signup(surreal *db, const char *access,
                     const surreal_model *model, const void *args)
{
    return srl_typed_sign(db, access, model, args, true);
}
