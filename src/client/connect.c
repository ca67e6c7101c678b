/* client/connect.c: opening a connection, and the life of its handles. */
#include "client/client.h"

#define SRL_DEFAULT_CONNECT_MS 10000
#define SRL_DEFAULT_TIMEOUT_MS 30000
#define SRL_DEFAULT_PING_MS 15000
#define SRL_DEFAULT_PONG_MS 10000

SRL_FN void
srl_trace(const srl_conn *c, surreal_level level, const char *layer,
          const char *fmt, ...)
{
    char text[256];
    va_list args;

    if (!c->options.trace || level > c->options.trace_level) return;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    c->options.trace(c->options.trace_user, level, layer, text);
}

SRL_FN void
srl_tell(srl_conn *c, surreal *db, surreal_change change,
         const surreal_error *err)
{
    if (!c->options.on_change) return;
    srl_enter(c);
    c->options.on_change(c->options.change_user, db, change, err);
    srl_leave(c);
}

/* ---- the life of the structs ----------------------------------------- */

static void
srl_conn_free(srl_conn *c)
{
    srl_mem mem;

    srl_twins_unlink(c);
    srl_requests_free(c);
    srl_results_free(&c->spare);
    srl_wake_close(c->wake);
    srl_arena_free(&c->arena);
    mem = c->mem; /* c is about to go */
    srl_mem_free(&mem, c, sizeof *c);
    SURREAL_ASSERT(mem.used == 0);
}

/* A session goes with its own handle; a transaction of it that is still held
 * has ended and looks at it no more. */
static void
srl_handle_free(srl_conn *c, surreal *db)
{
    surreal *other;

    if (db->txn) {
        srl_mem_free(&c->mem, db->txn, sizeof *db->txn);
    } else {
        for (other = c->handles; other; other = other->next) {
            if (other->session == db->session) other->session = NULL;
        }
        srl_session_free(c, db->session);
    }
    srl_mem_free(&c->mem, db, sizeof *db);
}

static void
srl_handles_reap(srl_conn *c)
{
    surreal **at = &c->handles;

    while (*at) {
        surreal *db = *at;

        if (!db->is_closed) {
            at = &db->next;
            continue;
        }
        *at = db->next;
        srl_handle_free(c, db);
    }
}

SRL_FN void
srl_enter(srl_conn *c)
{
    c->calls++;
}

SRL_FN void
srl_leave(srl_conn *c)
{
    SURREAL_ASSERT(c->calls > 0);
    if (c->calls == 1 && c->has_closed) {
        c->has_closed = false;
        srl_handles_reap(c);
    }
    c->calls--;
    if (!c->calls && !c->handles) srl_conn_free(c);
}

static void
srl_conn_end(srl_conn *c, const surreal_error *err)
{
    surreal *db;

    srl_transport_close(c, true);
    c->phase = SRL_PHASE_CLOSED;
    c->setup.stage = SRL_STAGE_NONE;
    for (db = c->handles; db; db = db->next) db->is_ended = true;
    srl_txns_lose(c, NULL, err);
    srl_requests_end(c, NULL, err);
    srl_lives_end(c, NULL, err);
}

/* The root's end is everybody's, also of forks that had to have a connection
 * of their own. Their callbacks may do anything to the list. */
static void
srl_conn_close(srl_conn *c, const surreal_error *err)
{
    srl_conn *twin;

    srl_conn_end(c, err);
    for (;;) {
        twin = c->twins;
        while (twin && twin->phase == SRL_PHASE_CLOSED) twin = twin->next_twin;
        if (!twin) return;
        srl_enter(twin);
        srl_conn_end(twin, err);
        srl_leave(twin);
    }
}

static void
srl_session_close(surreal *db, const surreal_error *err)
{
    srl_conn *c = db->conn;

    db->is_ended = true;
    srl_txns_lose(c, db->session, err);
    srl_requests_end(c, db, err);
    srl_lives_end(c, db->session, err);
    srl_session_detach(db);
}

SURREAL_API void
surreal_close(surreal *db)
{
    surreal_error err;
    srl_conn *c;

    if (!db || db->is_closed) return;
    c = db->conn;
    srl_enter(c);
    db->is_closed = true;
    c->has_closed = true;
    srl_fail(&err, SURREAL_ERR_CLOSED, "the handle was closed here");
    if (db == c->root) {
        srl_conn_close(c, &err);
    } else if (db->txn) {
        srl_txn_close(db, &err);
    } else if (!db->is_ended) {
        srl_session_close(db, &err);
    }
    srl_leave(c);
}

/* ---- options --------------------------------------------------------- */

SRL_FN surreal_status
srl_option_text(srl_conn *c, const char **text)
{
    surreal_str copy;

    if (!*text) return SURREAL_OK;
    copy = srl_arena_text(&c->arena, *text, strlen(*text));
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
    if (o->user && o->auth.kind) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "options user and auth say the same thing twice");
    }
    return SURREAL_OK;
}

static void
srl_reconnect_defaults(surreal_reconnect *r)
{
    if (!r->attempts) r->attempts = 12;
    if (r->attempts < 0) r->attempts = 0;
    if (r->min_ms <= 0) r->min_ms = 100;
    if (r->max_ms <= 0) r->max_ms = 15000;
    if (r->max_ms < r->min_ms) r->max_ms = r->min_ms;
    if (!(r->multiplier >= 1)) r->multiplier = 2;
    if (r->jitter == 0) r->jitter = 0.25;
    if (!(r->jitter > 0)) r->jitter = 0;
    if (r->jitter > 1) r->jitter = 1;
}

static void
srl_option_defaults(surreal_options *o)
{
    srl_reconnect_defaults(&o->reconnect);
    if (!o->trace_level) o->trace_level = SURREAL_LEVEL_INFO;
    if (!o->connect_ms) o->connect_ms = SRL_DEFAULT_CONNECT_MS;
    if (!o->timeout_ms) o->timeout_ms = SRL_DEFAULT_TIMEOUT_MS;
    if (!o->ping_ms) o->ping_ms = SRL_DEFAULT_PING_MS;
    if (o->pong_ms <= 0) o->pong_ms = SRL_DEFAULT_PONG_MS;
    if (!o->max_message) o->max_message = SURREAL_MAX_MESSAGE;
    if (o->connect_tries <= 0) o->connect_tries = 1;
}

/* The first session's namespace, database and user. Credentials live in the
 * session only, where they are wiped. */
static surreal_status
srl_options_session(srl_conn *c, surreal_error *err)
{
    surreal_options *o = &c->options;
    srl_session *session = c->sessions;
    surreal_auth auth = o->auth;

    if (o->user) {
        auth = o->auth_db   ? surreal_auth_db(o->auth_ns, o->auth_db, o->user,
                                              o->pass)
               : o->auth_ns ? surreal_auth_ns(o->auth_ns, o->user, o->pass)
                            : surreal_auth_root(o->user, o->pass);
    }
    memset(&o->auth, 0, sizeof o->auth);
    o->user = o->pass = o->auth_ns = o->auth_db = NULL;
    if (auth.kind) {
        SRL_TRY(srl_auth_keep(session, &auth, err));
        SRL_TRY(srl_auth_place(session, &auth, err));
    }
    if (!o->ns) return SURREAL_OK;
    return srl_session_place(session, o->ns, o->db, err);
}

/* Checked whatever the url says: a mistake here is one there, too. */
static surreal_status
srl_tls_options(srl_conn *c, surreal_error *err)
{
#ifndef SURREAL_NO_TLS
    return srl_secure_options(c, err);
#else
    (void)c, (void)err;
    return SURREAL_OK;
#endif
}

static surreal_status
srl_options_take(srl_conn *c, surreal_error *err)
{
    surreal_options *o = &c->options;
    surreal_status status;

    SRL_TRY(srl_options_check(o, err));
    SRL_TRY(srl_options_session(c, err));
    SRL_TRY(srl_tls_options(c, err));
    status = srl_option_text(c, &o->ns);
    if (!status) status = srl_option_text(c, &o->db);
    if (status) return srl_fail(err, status, "out of memory");
    srl_option_defaults(o);
    if (o->can_wake && !srl_wake_open(c->wake)) {
        return srl_fail(err, SURREAL_ERR_IO,
                        "no descriptors for surreal_wake");
    }
    return SURREAL_OK;
}

/* ---- where to -------------------------------------------------------- */

/* The next url of a list separated by commas; *at moves behind it. */
static surreal_str
srl_url_list_next(const char **at)
{
    const char *start = *at;
    size_t len = strcspn(start, ",");

    *at = start[len] ? start + len + 1 : start + len;
    return surreal_text_of(start, len);
}

/* Every url of the list is read before any is dialled: a mistake in the one
 * for bad days is found on a good day. */
static surreal_status
srl_urls_take(srl_conn *c, const char *list, surreal_error *err)
{
    srl_scheme scheme = (srl_scheme)0;
    const char *at;

    if (!list) return srl_fail(err, SURREAL_ERR_USAGE, "the url is NULL");
    c->urls = list;
    if (srl_option_text(c, &c->urls)) {
        return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    }
    at = c->urls;
    do {
        bool more = strchr(at, ',') != NULL;
        size_t start = (size_t)(at - c->urls);
        surreal_str one = srl_url_list_next(&at);
        surreal_status status = srl_url_parse(&c->url, one.ptr, one.len, err);

        if (status) {
            err->at += start;
            return status;
        }
        if (c->url_count++ && c->url.scheme != scheme) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "the urls have different schemes");
        }
        scheme = c->url.scheme;
        if (!more) break;
    } while (true);
    return SURREAL_OK;
}

/* Credentials over a stream that is not encrypted are the program's decision:
 * the scheme says what it wants. */
SRL_FN surreal_status
srl_stream_open(srl_conn *c, surreal_error *err)
{
    srl_transport *t = &c->transport;
    const surreal_transport *custom = c->options.transport;
    bool is_secure = c->url.scheme == SRL_SCHEME_WSS ||
                     c->url.scheme == SRL_SCHEME_HTTPS;
    bool is_ours = is_secure && !(custom && !custom->is_plain);

#ifdef SURREAL_NO_TLS
    if (is_ours) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "wss:// and https:// need the option transport: this "
                        "program was built with SURREAL_NO_TLS");
    }
#endif
    t->is_tls = is_ours;
    t->read_wait = NULL;
    if (custom) {
        SRL_TRY(custom->open(custom->user, c->url.host, c->url.port,
                             is_secure && !is_ours, &t->stream, err));
    } else {
        SRL_TRY(srl_tcp_open(&c->tcp, c->url.host, c->url.port, &t->stream,
                             err));
        t->read_wait = srl_tcp_read_wait;
    }
#ifndef SURREAL_NO_TLS
    if (is_ours) {
        srl_secure_open(c, !custom, &t->stream);
        if (!custom) t->read_wait = srl_secure_read_wait;
    }
#endif
    t->has_stream = true;
    t->is_connecting = true;
    return SURREAL_OK;
}

SRL_FN void
srl_connect_limit(srl_conn *c)
{
    c->connect_deadline_ms = srl_os_deadline(c->options.connect_ms);
}

SRL_FN surreal_status
srl_dial(srl_conn *c, surreal_error *err)
{
    surreal_str url;

    if (!*c->url_next) c->url_next = c->urls;
    url = srl_url_list_next(&c->url_next);
    SRL_TRY(srl_url_parse(&c->url, url.ptr, url.len, err));
    c->epoch++;
    c->unanswered = 0;
    c->phase = SRL_PHASE_CONNECT;
    srl_connect_limit(c);
    srl_transport_init(c);
    srl_trace(c, SURREAL_LEVEL_DEBUG, "client", "connecting to %s port %u",
              c->url.host, (unsigned)c->url.port);
    SRL_TRY(srl_stream_open(c, err));
    srl_tell(c, c->root, SURREAL_CHANGE_CONNECTING, NULL);
    return SURREAL_OK;
}

SRL_FN const char *
srl_connect_stage(const srl_conn *c)
{
    if (c->phase == SRL_PHASE_CONNECT || c->transport.is_connecting) {
#ifndef SURREAL_NO_TLS
        if (c->transport.is_tls && c->secure.is_up) return "starting TLS";
#endif
        return "connecting";
    }
    if (c->phase == SRL_PHASE_UPGRADE) return "the upgrade to WebSocket";
    switch (c->setup.stage) {
    case SRL_STAGE_AUTH:
        return c->setup.has_version ? "signing in" : "asking for the version";
    case SRL_STAGE_DONE:
    case SRL_STAGE_USE: return "selecting the namespace";
    case SRL_STAGE_LET: return "setting variables";
    case SRL_STAGE_LIVE: return "registering live queries";
    default: return "asking for the version";
    }
}

SRL_FN surreal_status
srl_connect_failed(const srl_conn *c, surreal_status status,
                   surreal_error *err)
{
    surreal_class kind = surreal_status_class(status);
    int os_error = err->os_error;
    size_t at = err->at;

    if (kind != SURREAL_CLASS_IO && kind != SURREAL_CLASS_CLOSED &&
        kind != SURREAL_CLASS_TLS) {
        return status;
    }
    srl_fail(err, status, "%s port %u: %s: %s", c->url.host,
             (unsigned)c->url.port, srl_connect_stage(c), err->message);
    err->os_error = os_error;
    err->at = at;
    return status;
}

SRL_FN surreal_status
srl_connect_step(srl_conn *c, surreal_error *err)
{
    surreal_stream *stream = &c->transport.stream;
    bool progress = false;

    if (c->phase == SRL_PHASE_CONNECT) {
        SRL_TRY(stream->connect(stream->user, err));
        c->transport.is_connecting = false;
        SRL_TRY(srl_wire_open(c, err));
        c->phase = SRL_PHASE_UPGRADE;
    }
    SRL_TRY(srl_wire_flush(c, &progress, err));
    SRL_TRY(srl_wire_opened(c, err));
    c->phase = SRL_PHASE_SETUP;
    srl_setup_start(c, &c->setup, NULL);
    return SURREAL_OK;
}

SRL_FN void
srl_connect_ready(srl_conn *c)
{
    c->phase = SRL_PHASE_READY;
    /* The tries that opened it do not count as tries to get it back. */
    if (!c->was_ready) srl_retry_begin(c, 0);
    c->was_ready = true;
    c->retry.dialled = 0;
    c->ready_ms = srl_os_now_ms();
    c->heard_ms = c->ready_ms;
    c->pong_deadline_ms = INT64_MAX;
    srl_error_clear(&c->failure);
    srl_trace(c, SURREAL_LEVEL_INFO, "client", "connected to SurrealDB %s",
              c->version_text);
    srl_tell(c, c->root, SURREAL_CHANGE_OPEN, NULL);
    srl_lives_ready(c);
}

/* ---- opening --------------------------------------------------------- */

static srl_conn *
srl_conn_new(const surreal_options *opt)
{
    srl_conn *c;
    srl_mem mem;

    srl_mem_init(&mem, opt ? &opt->allocator : NULL, 0);
    c = (srl_conn *)srl_mem_resize(&mem, NULL, 0, sizeof *c);
    if (!c) return NULL;
    memset(c, 0, sizeof *c);
    c->mem = mem;
    if (opt) c->options = *opt;
    srl_arena_init(&c->arena, &c->mem);
    c->tcp.fd = -1;
    c->wake[0] = c->wake[1] = -1;
    c->phase = SRL_PHASE_CONNECT;
    srl_retry_begin(c, 1);
    c->pong_deadline_ms = INT64_MAX;
    c->renew_at_ms = INT64_MAX;
    c->root = srl_session_new(c);
    if (c->root) return c;
    mem = c->mem;
    srl_mem_free(&mem, c, sizeof *c);
    return NULL;
}

/* How opening went so far. A callback may have closed the connection. */
static surreal_status
srl_open_status(const srl_conn *c, surreal **out)
{
    if (c->phase == SRL_PHASE_CLOSED) {
        *out = NULL;
        return SURREAL_ERR_CLOSED;
    }
    return c->phase == SRL_PHASE_FAILED ? c->failure.status : SURREAL_OK;
}

SRL_FN srl_conn *
srl_conn_twin(const srl_conn *c)
{
    srl_conn *twin = srl_conn_new(&c->options);
    surreal_error ignored;

    if (!twin) return NULL;
    twin->options.ns = twin->options.db = NULL;
    if (srl_urls_take(twin, c->urls, &ignored) ||
        srl_tls_options(twin, &ignored) ||
        (twin->options.can_wake && !srl_wake_open(twin->wake))) {
        surreal_close(twin->root);
        return NULL;
    }
    twin->url_next = twin->urls;
    return twin;
}

SRL_FN surreal_status
srl_conn_prepare(const char *url, const surreal_options *opt, surreal **out,
                 surreal_error *err)
{
    srl_conn *c = srl_conn_new(opt);
    surreal_status status;

    srl_error_clear(err);
    *out = c ? c->root : NULL;
    if (!c) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    status = srl_urls_take(c, url, err);
    if (!status) status = srl_options_take(c, err);
    if (!status) c->url_next = c->urls; /* it may dial */
    return status;
}

SURREAL_API surreal_status
surreal_open_start(const char *url, const surreal_options *opt, surreal **out)
{
    surreal_error err;
    surreal_status status = srl_conn_prepare(url, opt, out, &err);
    srl_conn *c = *out ? (*out)->conn : NULL;

    if (!c) return status;
    srl_enter(c);
    if (status) {
        srl_conn_fail(c, &err);
    } else if (srl_dial(c, &err)) {
        srl_conn_lose(c, &err);
    }
    status = srl_open_status(c, out);
    srl_leave(c);
    return status;
}

SURREAL_API surreal_status
surreal_open(const char *url, const surreal_options *opt, surreal **out)
{
    surreal_status status;
    srl_conn *c;

    SRL_TRY(surreal_open_start(url, opt, out));
    c = (*out)->conn;
    srl_enter(c);
    surreal_step(*out);
    /* Opened and lost again is opened: the rest is reconnecting, which the
     * caller need not wait for here. */
    while (c->phase < SRL_PHASE_READY && !c->was_ready) {
        srl_wait_and_step(c, -1);
    }
    status = srl_open_status(c, out);
    srl_leave(c);
    return status;
}

SURREAL_API surreal_state
surreal_get_state(const surreal *db)
{
    const srl_conn *c = db ? db->conn : NULL;

    if (!db || db->is_ended) return SURREAL_CLOSED;
    switch (c->phase) {
    case SRL_PHASE_READY: return SURREAL_OPEN;
    case SRL_PHASE_FAILED: return SURREAL_FAILED;
    case SRL_PHASE_CLOSED: return SURREAL_CLOSED;
    default:
        return c->was_ready ? SURREAL_RECONNECTING : SURREAL_CONNECTING;
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

    return db ? db->conn->version : none;
}

SRL_FN int
srl_major(const surreal *db)
{
    return db->conn->version.major;
}

SURREAL_API bool
surreal_has(const surreal *db, surreal_feature feature)
{
    const srl_conn *c;
    bool is_http;

    if (!db || !db->conn->version.major) return false;
    c = db->conn;
    is_http = srl_conn_is_http(c);
    switch (feature) {
    case SURREAL_FEATURE_LIVE: return !is_http;
    case SURREAL_FEATURE_TRANSACTIONS:
        return c->version.major >= 3 && !is_http;
    case SURREAL_FEATURE_SESSIONS: return c->version.major >= 3 || is_http;
    case SURREAL_FEATURE_REFRESH:
    case SURREAL_FEATURE_SETS:
    case SURREAL_FEATURE_ERRORS: return c->version.major >= 3;
    }
    return false;
}
