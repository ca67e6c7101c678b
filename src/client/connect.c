/* client/connect.c: opening and closing a connection. */
#include "client/client.h"

#define SRL_DEFAULT_CONNECT_MS 10000
#define SRL_DEFAULT_TIMEOUT_MS 30000

SRL_FN void
srl_trace(const surreal *db, surreal_level level, const char *layer,
          const char *fmt, ...)
{
    char text[256];
    va_list args;

    if (!db->options.trace || level > db->options.trace_level) return;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    db->options.trace(db->options.trace_user, level, layer, text);
}

/* ---- the life of the struct --------------------------------------------- */

static void
srl_pass_forget(surreal *db)
{
    if (!db->pass) return;
    srl_wipe(db->pass, db->pass_len);
    srl_mem_free(&db->mem, db->pass, db->pass_len);
    db->pass = NULL;
}

static void
srl_connection_free(surreal *db)
{
    srl_mem mem;

    srl_requests_free(db);
    srl_pass_forget(db);
    srl_arena_free(&db->arena);
    mem = db->mem; /* db is about to go */
    srl_mem_free(&mem, db, sizeof *db);
    SURREAL_ASSERT(mem.used == 0);
}

SRL_FN void
srl_enter(surreal *db)
{
    db->calls++;
}

SRL_FN bool
srl_leave(surreal *db)
{
    SURREAL_ASSERT(db->calls > 0);
    db->calls--;
    if (db->calls || db->phase != SRL_PHASE_CLOSED) return true;
    srl_connection_free(db);
    return false;
}

SRL_FN void
srl_fail_connection(surreal *db, const surreal_error *err)
{
    if (db->phase >= SRL_PHASE_FAILED) return;
    srl_trace(db, SURREAL_LEVEL_ERROR, "client", "%s", err->message);
    db->failure = *err;
    db->error = *err;
    srl_transport_close(db);
    db->phase = SRL_PHASE_FAILED;
    srl_pass_forget(db);
    srl_requests_end(db, db->failure.status, &db->failure);
}

SURREAL_API void
surreal_close(surreal *db)
{
    surreal_error err;

    if (!db || db->phase == SRL_PHASE_CLOSED) return;
    srl_enter(db);
    srl_transport_close(db);
    db->phase = SRL_PHASE_CLOSED;
    srl_fail(&err, SURREAL_ERR_CLOSED, "the connection was closed here");
    srl_requests_end(db, err.status, &err);
    srl_leave(db);
}

/* ---- options ------------------------------------------------------------ */

/* A copy in the connection's arena; NULL stays NULL. */
static surreal_status
srl_option_text(surreal *db, const char **text)
{
    surreal_str copy;

    if (!*text) return SURREAL_OK;
    copy = srl_arena_text(&db->arena, *text, strlen(*text));
    *text = copy.ptr;
    return copy.ptr ? SURREAL_OK : SURREAL_ERR_NOMEM;
}

static surreal_status
srl_options_check(const surreal_options *o, surreal_error *err)
{
    if (o->db && !o->ns) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option db needs option ns: a database is inside a "
                        "namespace");
    }
    if (o->auth_db && !o->auth_ns) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option auth_db needs option auth_ns");
    }
    if (!o->user != !o->pass) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "options user and pass come together: %s is missing",
                        o->user ? "pass" : "user");
    }
    if (o->auth_ns && !o->user) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option auth_ns needs options user and pass");
    }
    return SURREAL_OK;
}

/* The password is kept apart, so that it can be wiped once it was used. */
static surreal_status
srl_options_take(surreal *db, surreal_error *err)
{
    surreal_options *o = &db->options;
    surreal_status status;

    SRL_TRY(srl_options_check(o, err));
    if (o->pass) {
        db->pass_len = strlen(o->pass) + 1;
        db->pass = (char *)srl_mem_resize(&db->mem, NULL, 0, db->pass_len);
        if (!db->pass) {
            return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
        }
        memcpy(db->pass, o->pass, db->pass_len);
    }
    o->pass = NULL;
    status = srl_option_text(db, &o->ns);
    if (!status) status = srl_option_text(db, &o->db);
    if (!status) status = srl_option_text(db, &o->user);
    if (!status) status = srl_option_text(db, &o->auth_ns);
    if (!status) status = srl_option_text(db, &o->auth_db);
    if (status) return srl_fail(err, status, "out of memory");

    if (!o->trace_level) o->trace_level = SURREAL_LEVEL_INFO;
    if (!o->connect_ms) o->connect_ms = SRL_DEFAULT_CONNECT_MS;
    if (!o->timeout_ms) o->timeout_ms = SRL_DEFAULT_TIMEOUT_MS;
    if (!o->max_message) o->max_message = SURREAL_MAX_MESSAGE;
    db->connect_deadline_ms =
        o->connect_ms < 0 ? INT64_MAX : srl_os_now_ms() + o->connect_ms;
    return SURREAL_OK;
}

/* ---- SETUP: version, sign-in, use --------------------------------------- */

static void srl_setup_version_done(void *user, surreal *db,
                                   surreal_status status,
                                   surreal_result *result,
                                   const surreal_error *err);
static void srl_setup_done(void *user, surreal *db, surreal_status status,
                           surreal_result *result, const surreal_error *err);

static surreal_status
srl_setup_version(surreal *db, surreal_error *err)
{
    srl_call call;

    SRL_TRY(srl_call_begin(db, "version", 0, -1, srl_setup_version_done, NULL,
                           &call, err));
    db->setup_left++;
    return srl_call_send(db, &call, SURREAL_OK, err);
}

static surreal_status
srl_setup_signin(surreal *db, surreal_error *err)
{
    const surreal_options *o = &db->options;
    surreal_status status;
    srl_call call;

    SRL_TRY(srl_call_begin(db, "signin", 1, -1, srl_setup_done, NULL, &call,
                           err));
    db->setup_left++;
    db->transport.out.is_secret = true;
    status = srl_rpc_signin_param(&db->transport.out, o->auth_ns, o->auth_db,
                                  o->user, db->pass);
    return srl_call_send(db, &call, status, err);
}

static surreal_status
srl_setup_use(surreal *db, surreal_error *err)
{
    srl_buf *out = &db->transport.out;
    surreal_status status;
    srl_call call;

    SRL_TRY(srl_call_begin(db, "use", 2, -1, srl_setup_done, NULL, &call,
                           err));
    db->setup_left++;
    db->has_ns = true;
    status = srl_put_str(out, surreal_text(db->options.ns));
    if (!status && db->options.db) {
        status = srl_put_str(out, surreal_text(db->options.db));
    } else if (!status) {
        srl_cbor_put_none(out);
    }
    return srl_call_send(db, &call, status, err);
}

/* Version and sign-in go out together; namespace and database are selected by
 * a signed-in session, so `use` waits for the sign-in. */
static surreal_status
srl_setup_begin(surreal *db, surreal_error *err)
{
    db->phase = SRL_PHASE_SETUP;
    SRL_TRY(srl_setup_version(db, err));
    if (db->pass) SRL_TRY(srl_setup_signin(db, err));
    return SURREAL_OK;
}

static surreal_status
srl_setup_next(surreal *db, surreal_error *err)
{
    srl_pass_forget(db);
    if (db->options.ns && !db->has_ns) return srl_setup_use(db, err);
    if (db->options.auth_ns) db->has_ns = true; /* selected by the sign-in */
    db->phase = SRL_PHASE_READY;
    srl_trace(db, SURREAL_LEVEL_INFO, "client", "connected to SurrealDB %s",
              db->version_text);
    return SURREAL_OK;
}

static void
srl_setup_done(void *user, surreal *db, surreal_status status,
               surreal_result *result, const surreal_error *err)
{
    surreal_error failure;

    (void)user;
    surreal_result_free(result);
    if (db->phase != SRL_PHASE_SETUP) return; /* failed or closed already */
    if (!status && --db->setup_left > 0) return;
    if (!status) {
        srl_error_clear(&failure);
        status = srl_setup_next(db, &failure);
        err = &failure;
    }
    if (status) srl_fail_connection(db, err);
}

/* "surrealdb-3.0.2", possibly with more behind the numbers. */
static surreal_status
srl_version_read(surreal *db, surreal_str text, surreal_error *err)
{
    surreal_server_version *v = &db->version;
    int *numbers[3];
    size_t i = 0;
    int n;

    numbers[0] = &v->major;
    numbers[1] = &v->minor;
    numbers[2] = &v->patch;
    while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9')) i++;
    srl_text_copy(db->version_text, sizeof db->version_text, text.ptr + i,
                  text.len - i);
    v->text = surreal_text(db->version_text);
    for (n = 0; n < 3 && i < text.len; n++, i++) {
        while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' &&
               *numbers[n] < 10000) {
            *numbers[n] = *numbers[n] * 10 + (text.ptr[i++] - '0');
        }
        if (i < text.len && text.ptr[i] != '.') break;
    }
    if (v->major < 2) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "the server says it is '%.*s'; SurrealDB 2 or later "
                        "is needed", (int)(text.len < 40 ? text.len : 40),
                        text.ptr);
    }
    return SURREAL_OK;
}

static void
srl_setup_version_done(void *user, surreal *db, surreal_status status,
                       surreal_result *result, const surreal_error *err)
{
    surreal_error failure;
    surreal_str text = {NULL, 0};

    if (!status) {
        status = surreal_get_str(surreal_statement_value(result, 0), &text);
        if (status == SURREAL_ERR_NOMEM) {
            srl_fail(&failure, status, "out of memory");
        } else if (status) {
            status = srl_fail(&failure, SURREAL_ERR_REPLY,
                              "the server's version is not a text");
        } else {
            status = srl_version_read(db, text, &failure);
        }
        err = &failure;
    }
    srl_setup_done(user, db, status, result, err);
}

/* ---- opening ------------------------------------------------------------ */

SRL_FN const char *
srl_connect_stage(const surreal *db)
{
    if (db->phase == SRL_PHASE_CONNECT) return "connecting";
    if (db->phase == SRL_PHASE_UPGRADE) return "the upgrade to WebSocket";
    if (db->has_ns) return "selecting the namespace";
    return db->pass ? "signing in" : "asking for the version";
}

SRL_FN surreal_status
srl_connect_step(surreal *db, surreal_error *err)
{
    srl_stream *stream = &db->transport.stream;
    bool progress = false;

    if (db->phase == SRL_PHASE_CONNECT) {
        SRL_TRY(stream->connect(stream->user, err));
        SRL_TRY(srl_transport_upgrade(db, err));
        db->phase = SRL_PHASE_UPGRADE;
        srl_trace(db, SURREAL_LEVEL_DEBUG, "client", "asking for WebSocket");
    }
    SRL_TRY(srl_transport_flush(db, &progress, err));
    SRL_TRY(srl_transport_upgraded(db, err));
    return srl_setup_begin(db, err);
}

static surreal *
srl_connection_new(const surreal_options *opt)
{
    surreal *db;
    srl_mem mem;

    srl_mem_init(&mem, opt ? &opt->allocator : NULL, 0);
    db = (surreal *)srl_mem_resize(&mem, NULL, 0, sizeof *db);
    if (!db) return NULL;
    memset(db, 0, sizeof *db);
    db->mem = mem;
    if (opt) db->options = *opt;
    srl_arena_init(&db->arena, &db->mem);
    srl_error_clear(&db->error);
    db->tcp.fd = -1;
    db->phase = SRL_PHASE_CONNECT;
    return db;
}

static surreal_status
srl_open_begin(surreal *db, const char *url, const srl_stream *stream,
               surreal_error *err)
{
    srl_transport *t = &db->transport;

    if (!url) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the url is NULL");
    }
    SRL_TRY(srl_url_parse(&db->url, url, strlen(url), err));
    SRL_TRY(srl_options_take(db, err));
    srl_transport_init(db);
    if (stream) {
        t->stream = *stream;
        t->has_stream = true;
        return SURREAL_OK;
    }
    if (db->url.scheme != SRL_SCHEME_WS) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "this version speaks ws:// only");
    }
    srl_trace(db, SURREAL_LEVEL_DEBUG, "client", "connecting to %s port %u",
              db->url.host, (unsigned)db->url.port);
    SRL_TRY(srl_tcp_open(&db->tcp, db->url.host, db->url.port, &t->stream,
                         err));
    t->has_stream = true;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_open_stream(const char *url, const surreal_options *opt,
                const srl_stream *stream, surreal **out)
{
    surreal *db = srl_connection_new(opt);
    surreal_error err;
    surreal_status status;

    *out = db;
    if (!db) return SURREAL_ERR_NOMEM;
    srl_enter(db);
    srl_error_clear(&err);
    status = srl_open_begin(db, url, stream, &err);
    if (status) srl_fail_connection(db, &err);
    srl_leave(db);
    return status;
}

SURREAL_API surreal_status
surreal_open_start(const char *url, const surreal_options *opt, surreal **out)
{
    return srl_open_stream(url, opt, NULL, out);
}

SURREAL_API surreal_status
surreal_open(const char *url, const surreal_options *opt, surreal **out)
{
    surreal *db;

    SRL_TRY(srl_open_stream(url, opt, NULL, out));
    db = *out;
    surreal_step(db);
    while (surreal_get_state(db) == SURREAL_CONNECTING) {
        srl_sock_wait(surreal_fd(db), surreal_wants(db),
                      surreal_deadline_ms(db));
        surreal_step(db);
    }
    return db->failure.status;
}

SURREAL_API surreal_state
surreal_get_state(const surreal *db)
{
    if (!db) return SURREAL_CLOSED;
    switch (db->phase) {
    case SRL_PHASE_READY: return SURREAL_OPEN;
    case SRL_PHASE_FAILED: return SURREAL_FAILED;
    case SRL_PHASE_CLOSED: return SURREAL_CLOSED;
    default: return SURREAL_CONNECTING;
    }
}

SURREAL_API const surreal_error *
surreal_last_error(const surreal *db)
{
    static const surreal_error nomem = {
        SURREAL_ERR_NOMEM, 0, -1, 0, 0, "", "", "", "out of memory"};

    return db ? &db->error : &nomem;
}

SURREAL_API surreal_server_version
surreal_version(const surreal *db)
{
    surreal_server_version none = {{"", 0}, 0, 0, 0};

    return db ? db->version : none;
}
