/* client/http_calls.c: health, export, import and GraphQL. */
#include "client/client.h"

/* ---- one exchange -------------------------------------------------------- */

SRL_FN void
srl_exchange_alive(srl_conn *c, surreal_request *request)
{
    if (c->options.timeout_ms < 0) return;
    srl_request_delay(c, request, srl_os_now_ms() + c->options.timeout_ms);
}

SRL_FN surreal_status
srl_exchange_text(srl_conn *c, surreal_result **out, surreal_error *err)
{
    srl_transport *t = &c->transport;
    size_t len = t->http->filled;
    const uint8_t *text = srl_result_room(t->incoming);
    surreal_result *r;
    srl_buf buf;

    if (!srl_utf8_valid(text, len)) {
        return srl_fail(err, SURREAL_ERR_UTF8,
                        "the server's answer of %zu bytes is not UTF-8", len);
    }
    r = srl_result_new(&c->spare, &c->mem.allocator, len + 9,
                       c->options.max_memory);
    if (!r) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for an answer of %zu bytes", len);
    }
    srl_buf_fixed(&buf, srl_result_room(r), len + 9);
    srl_cbor_put_text(&buf, (const char *)text, len);
    srl_document_init(&r->doc, srl_result_room(r), buf.len, &r->arena);
    *out = r;
    return srl_result_index(r, srl_result_room(r), false, err);
}

/* Queue it. The path of the request is made here, from ask->target. */
static surreal_status
srl_exchange_start(surreal *db, srl_exchange *x, srl_http_ask ask,
                   surreal_bytes body, srl_waiter *waiter)
{
    srl_conn *c = db->conn;
    surreal_error *err = &waiter->error;
    char path[SRL_URL_MAX_PATH + 16];
    int64_t deadline = srl_os_deadline(c->options.timeout_ms);
    surreal_request *request;
    surreal_status status;

    SRL_TRY(srl_call_ready(db, "query", err));
    srl_http_path(&c->url, x->name, path, sizeof path);
    ask.target = path;
    ask.method = x->method;
    x->out.len = 0;
    x->out_at = 0;
    x->is_sent = false;
    SRL_TRY(srl_httpwire_head(c, db->session, &x->out, &ask, err));
    srl_buf_put(&x->out, body.ptr, body.len);
    if (x->out.status) {
        return srl_fail(err, x->out.status, "out of memory for the request");
    }
    request = srl_request_add(db, deadline, srl_waiter_done, waiter, &status);
    if (!request) {
        return srl_fail(err, status, "%s (%zu requests in flight)",
                        surreal_status_text(status), c->requests.pending);
    }
    status = srl_httpwire_queue(request, x, err);
    if (status) srl_request_drop(c, request);
    return status;
}

/* Run it. `result` may be NULL. */
static surreal_status
srl_exchange_run(surreal *db, srl_exchange *x, const srl_http_ask *ask,
                 surreal_bytes body, surreal_status status,
                 const surreal_error *failure, surreal_result **result)
{
    srl_waiter waiter;

    srl_waiter_init(db, &waiter);
    if (status) {
        waiter.status = status;
        waiter.error = *failure;
    } else if (!srl_conn_is_http(db->conn)) {
        waiter.status = srl_fail(&waiter.error, SURREAL_ERR_UNSUPPORTED,
                                 "%s needs an http:// connection: this one is "
                                 "WebSocket", x->name);
    } else {
        srl_buf_init(&x->out, &db->conn->mem, (size_t)-1);
        do {
            waiter.status = srl_exchange_start(db, x, *ask, body, &waiter);
        } while (srl_waiter_again(&waiter));
        srl_buf_free(&x->out);
        if (x->stop && waiter.status == SURREAL_ERR_CANCELLED) {
            waiter.status = waiter.error.status = x->stop;
        }
    }
    return srl_waiter_end(&waiter, result);
}

static void
srl_exchange_init(srl_exchange *x, srl_http_method method, const char *name,
                  const char *expects, srl_http_ask *ask)
{
    memset(x, 0, sizeof *x);
    x->method = method;
    x->name = name;
    x->expects = expects;
    memset(ask, 0, sizeof *ask);
    ask->accept = expects ? expects : "*/*";
}

/* ---- health -------------------------------------------------------------- */

static surreal_status
srl_health_body(void *user, surreal_bytes part)
{
    (void)user;
    (void)part;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_health(surreal *db)
{
    surreal_bytes none = {NULL, 0};
    srl_exchange x;
    srl_http_ask ask;

    if (!db) return SURREAL_ERR_USAGE;
    srl_exchange_init(&x, SRL_HTTP_GET, "/health", NULL, &ask);
    x.sink = srl_health_body;
    return srl_exchange_run(db, &x, &ask, none, SURREAL_OK, NULL, NULL);
}

/* ---- export -------------------------------------------------------------- */

/* Members that are set; counted if `out` is NULL. */
static size_t
srl_export_parts(const surreal_export_options *o, srl_buf *out)
{
    static const char *const names[] = {
        "users", "accesses", "params", "functions", "analyzers", "records",
        "sequences", "versions"};
    surreal_export_part parts[8];
    size_t count = 0;
    size_t i;

    parts[0] = o->users;
    parts[1] = o->accesses;
    parts[2] = o->params;
    parts[3] = o->functions;
    parts[4] = o->analyzers;
    parts[5] = o->records;
    parts[6] = o->sequences;
    parts[7] = o->versions;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (parts[i] == SURREAL_EXPORT_DEFAULT) continue;
        count++;
        if (!out) continue;
        srl_cbor_put_key(out, names[i]);
        srl_cbor_put_byte(out, parts[i] == SURREAL_EXPORT_YES ? SRL_CBOR_TRUE
                                                         : SRL_CBOR_FALSE);
    }
    return count;
}

static surreal_status
srl_export_tables(const surreal_export_options *o, srl_buf *out,
                  surreal_error *err)
{
    size_t i;

    srl_cbor_put_key(out, "tables");
    if (!o->tables) {
        srl_cbor_put_byte(out, SRL_CBOR_FALSE);
        return SURREAL_OK;
    }
    if (o->exclude) {
        srl_cbor_put_head(out, SRL_CBOR_MAP, 1);
        srl_cbor_put_key(out, "exclude");
    }
    srl_cbor_put_head(out, SRL_CBOR_ARRAY, o->table_count);
    for (i = 0; i < o->table_count; i++) {
        surreal_status status = srl_put_str(out, surreal_text(o->tables[i]));

        if (status) {
            return srl_fail(err, status, "name of table %zu: %s", i,
                            surreal_status_text(status));
        }
    }
    return SURREAL_OK;
}

static surreal_status
srl_export_body(const surreal_export_options *o, srl_buf *out,
                surreal_error *err)
{
    bool has_tables = o->tables || o->no_tables;

    if (o->tables && o->no_tables) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "export options tables and no_tables contradict each "
                        "other");
    }
    srl_cbor_put_head(out, SRL_CBOR_MAP,
                      srl_export_parts(o, NULL) + (has_tables ? 1 : 0));
    srl_export_parts(o, out);
    if (has_tables) SRL_TRY(srl_export_tables(o, out, err));
    return out->status ? srl_fail(err, out->status, "out of memory")
                       : SURREAL_OK;
}

SURREAL_API surreal_status
surreal_export(surreal *db, const surreal_export_options *opt,
               surreal_sink *sink, void *user)
{
    surreal_bytes bytes = {NULL, 0};
    surreal_error err;
    surreal_status status = SURREAL_OK;
    srl_buf body;
    srl_exchange x;
    srl_http_ask ask;

    if (!db || !sink) return SURREAL_ERR_USAGE;
    srl_error_clear(&err);
    srl_exchange_init(&x, opt ? SRL_HTTP_POST : SRL_HTTP_GET, "/export", NULL,
                      &ask);
    x.sink = sink;
    x.user = user;
    srl_enter(db->conn);
    srl_buf_init(&body, &db->conn->mem, SURREAL_MAX_MESSAGE);
    if (opt) {
        status = srl_export_body(opt, &body, &err);
        ask.type = "application/cbor";
        ask.framing = SRL_HTTP_LENGTH;
        ask.body_len = body.len;
        bytes.ptr = body.data;
        bytes.len = body.len;
    }
    status = srl_exchange_run(db, &x, &ask, bytes, status, &err, NULL);
    srl_buf_free(&body);
    srl_leave(db->conn);
    return status;
}

/* ---- import -------------------------------------------------------------- */

/* The answer is an array of objects: on SurrealDB 3 of the statements that
 * failed, on 2 of all, however large what they gave. So it is read as it comes,
 * and what is kept is the text of the first failure.
 *
 *   depth  1 inside the array, 2 inside an object of it
 *   field  what the string being read is kept in; NULL: not at all */
typedef struct srl_import {
    surreal_source *source;
    void *user;
    int depth;
    bool is_key;
    bool in_string;
    bool is_escaped;
    char *field;
    size_t field_len;
    size_t field_cap;
    char key[8];
    char status[8];
    char text[256];
    bool has_failed;
    char failure[256];
} srl_import;

static void
srl_import_keep(srl_import *s, char *field, size_t cap)
{
    s->field = field;
    s->field_len = 0;
    s->field_cap = cap;
    if (field) field[0] = '\0';
}

static void
srl_import_string(srl_import *s)
{
    s->in_string = true;
    srl_import_keep(s, NULL, 0);
    if (s->depth != 2) return;
    if (s->is_key) {
        srl_import_keep(s, s->key, sizeof s->key);
    } else if (!strcmp(s->key, "status")) {
        srl_import_keep(s, s->status, sizeof s->status);
    } else if (!strcmp(s->key, "result")) {
        srl_import_keep(s, s->text, sizeof s->text);
    }
}

static void
srl_import_char(srl_import *s, uint8_t c)
{
    if (!s->is_escaped && c == '\\') {
        s->is_escaped = true;
        return;
    }
    if (!s->is_escaped && c == '"') {
        s->in_string = false;
        return;
    }
    if (s->is_escaped && c == 'n') c = '\n';
    s->is_escaped = false;
    if (s->field && s->field_len + 1 < s->field_cap) {
        s->field[s->field_len++] = (char)c;
        s->field[s->field_len] = '\0';
    }
}

static void
srl_import_row_end(srl_import *s)
{
    if (strcmp(s->status, "ERR") || s->has_failed) return;
    s->has_failed = true;
    memcpy(s->failure, s->text, sizeof s->failure);
}

static surreal_status
srl_import_sink(void *user, surreal_bytes part)
{
    srl_import *s = (srl_import *)user;
    size_t i;

    for (i = 0; i < part.len; i++) {
        uint8_t c = part.ptr[i];

        if (s->in_string) {
            srl_import_char(s, c);
        } else if (c == '"') {
            srl_import_string(s);
        } else if (c == '{' || c == '[') {
            if (++s->depth != 2) continue;
            s->is_key = true;
            s->status[0] = s->text[0] = '\0';
        } else if (c == '}' || c == ']') {
            if (s->depth-- == 2) srl_import_row_end(s);
        } else if ((c == ',' || c == ':') && s->depth == 2) {
            s->is_key = c == ',';
        }
    }
    return SURREAL_OK;
}

static surreal_status
srl_import_source(void *user, void *room, size_t cap, size_t *len)
{
    srl_import *s = (srl_import *)user;

    return s->source(s->user, room, cap, len);
}

SURREAL_API surreal_status
surreal_import(surreal *db, surreal_source *source, void *user)
{
    surreal_bytes none = {NULL, 0};
    surreal_status status;
    srl_import scan;
    srl_exchange x;
    srl_http_ask ask;

    if (!db || !source) return SURREAL_ERR_USAGE;
    memset(&scan, 0, sizeof scan);
    scan.source = source;
    scan.user = user;
    srl_exchange_init(&x, SRL_HTTP_POST, "/import", "application/json", &ask);
    ask.type = "application/octet-stream";
    ask.framing = SRL_HTTP_CHUNKED;
    x.source = srl_import_source;
    x.sink = srl_import_sink;
    x.user = &scan;
    srl_enter(db->conn);
    status = srl_exchange_run(db, &x, &ask, none, SURREAL_OK, NULL, NULL);
    if (!status && scan.has_failed) {
        status = srl_fail(&db->error, SURREAL_ERR_STATEMENT,
                          "import: a statement failed: %s", scan.failure);
    }
    srl_leave(db->conn);
    return status;
}

/* ---- GraphQL ------------------------------------------------------------- */

/* {"query": ..., "variables": {...}} as CBOR, then as the JSON the endpoint
 * wants: one encoder knows all kinds of values. */
static surreal_status
srl_graphql_body(surreal *db, surreal_str text, surreal_vars vars,
                 srl_buf *cbor, srl_buf *json, surreal_error *err)
{
    surreal_status status;
    surreal_document doc;
    srl_arena arena;
    surreal_value v;
    size_t len;

    srl_cbor_put_head(cbor, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(cbor, "query");
    status = srl_put_str(cbor, text);
    if (status) {
        return srl_fail(err, status, "the query text: %s",
                        surreal_status_text(status));
    }
    srl_cbor_put_key(cbor, "variables");
    srl_cbor_put_head(cbor, SRL_CBOR_MAP, vars.count);
    SRL_TRY(srl_put_vars(cbor, vars, srl_major(db), err));
    srl_arena_init(&arena, &db->conn->mem);
    srl_document_init(&doc, cbor->data, cbor->len, &arena);
    v = srl_value_at(&doc, cbor->data);
    len = surreal_print_json(v, NULL, 0);
    if (!srl_buf_reserve(json, len + 1)) {
        surreal_print_json(v, (char *)json->data, len + 1);
        json->len = len;
    }
    srl_arena_free(&arena);
    return json->status ? srl_fail(err, json->status, "out of memory")
                        : SURREAL_OK;
}

SURREAL_API surreal_status
surreal_graphql(surreal *db, surreal_str text, surreal_vars variables,
                surreal_result **out)
{
    surreal_bytes body;
    surreal_error err;
    surreal_status status;
    srl_buf cbor;
    srl_buf json;
    srl_exchange x;
    srl_http_ask ask;

    if (out) *out = NULL;
    if (!db || !text.ptr) return SURREAL_ERR_USAGE;
    srl_error_clear(&err);
    srl_exchange_init(&x, SRL_HTTP_POST, "/graphql", "application/json", &ask);
    srl_enter(db->conn);
    srl_buf_init(&cbor, &db->conn->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&json, &db->conn->mem, SURREAL_MAX_MESSAGE);
    status = srl_graphql_body(db, text, variables, &cbor, &json, &err);
    ask.type = "application/json";
    ask.framing = SRL_HTTP_LENGTH;
    ask.body_len = json.len;
    body.ptr = json.data;
    body.len = json.len;
    status = srl_exchange_run(db, &x, &ask, body, status, &err, out);
    srl_buf_free(&cbor);
    srl_buf_free(&json);
    srl_leave(db->conn);
    return status;
}
