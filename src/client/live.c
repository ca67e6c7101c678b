/* client/live.c: live queries: registering, losing, ending. */
#include "client/client.h"

/* The states of a stream stand in client.h. Three rules keep it simple:
 *
 * - The stream exists before its registration is sent, and the registration
 *   is a request like any other. So whatever ends requests (an answer, a lost
 *   connection, a closed handle, time) ends up in srl_live_done.
 * - Who registered is never in doubt: the call that opens the stream, which
 *   waits, or the setup of a restored connection. The connection may be lost
 *   and restored while that call is still on the stack.
 * - First all state is set, then callbacks run (srl_lives_tell, srl_live_pump),
 *   and after one everything is looked at anew. */

/* ---- the life of a stream ------------------------------------------------ */

/* What the program asked for. */
typedef struct srl_live_spec {
    const char *method;
    surreal_str text; /* table or statement */
    surreal_vars vars;
    const surreal_live_options *options;
} srl_live_spec;

SRL_FN void
srl_live_hold(surreal_live *live)
{
    live->users++;
}

SRL_FN void
srl_live_release(surreal_live *live)
{
    srl_mem mem;

    SURREAL_ASSERT(live->users > 0);
    if (--live->users || !live->is_closed) return;
    SURREAL_ASSERT(!live->conn);
    srl_live_forget(live);
    srl_buf_free(&live->params);
    srl_buf_free(&live->place);
    mem = live->mem; /* live is about to go */
    srl_mem_free(&mem, live, sizeof *live);
    SURREAL_ASSERT(mem.used == 0);
}

/* At the end of its session's streams; held by the caller. */
static surreal_live *
srl_live_new(surreal *db, const srl_live_spec *spec)
{
    srl_conn *c = db->conn;
    surreal_live **at = &db->session->lives;
    surreal_live *live;
    srl_mem mem;

    srl_mem_init(&mem, &c->mem.allocator, 0);
    live = (surreal_live *)srl_mem_resize(&mem, NULL, 0, sizeof *live);
    if (!live) return NULL;
    memset(live, 0, sizeof *live);
    live->mem = mem;
    live->conn = c;
    live->session = db->session;
    if (spec->options) live->options = *spec->options;
    if (!live->options.max_bytes) live->options.max_bytes = SRL_LIVE_BYTES;
    live->state = SRL_LIVE_NEW;
    live->method = spec->method;
    /* Who knows what the variables are. */
    srl_buf_init_secret(&live->params, &live->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&live->place, &live->mem, SURREAL_MAX_MESSAGE);
    srl_error_clear(&live->end);
    srl_live_hold(live);
    while (*at) at = &(*at)->next;
    *at = live;
    return live;
}

SRL_FN void
srl_live_unlink(surreal_live *live)
{
    surreal_live **at;

    if (!live->conn) return;
    at = live->session ? &live->session->lives : &live->conn->ended;
    while (*at != live) at = &(*at)->next;
    *at = live->next;
    live->next = NULL;
    live->session = NULL;
    live->conn = NULL;
}

SRL_FN void
srl_live_end(surreal_live *live, const surreal_error *err)
{
    srl_conn *c = live->conn;
    surreal_live **at = &c->ended;

    srl_live_unlink(live);
    live->state = SRL_LIVE_ENDED;
    live->end = *err;
    if (!live->options.on_event || live->waiter) return;
    live->conn = c;
    while (*at) at = &(*at)->next;
    *at = live;
}

SRL_FN void
srl_lives_tell(srl_conn *c)
{
    surreal_live *live;

    while ((live = c->ended) != NULL) {
        srl_live_unlink(live);
        srl_live_pump(live);
    }
}

/* ---- what may be opened -------------------------------------------------- */

/* Looking at the first word refuses most mistakes before they did anything;
 * the rest is told by the answer. */
static bool
srl_live_text_is_live(surreal_str text)
{
    const char *end = text.ptr + text.len;
    const char *at = srl_sql_begin(text.ptr, end);

    return at && end - at >= 4 && srl_word_is(at, 4, "live");
}

static surreal_status
srl_live_check(const surreal *db, const srl_live_spec *spec,
               surreal_error *err)
{
    bool is_table = *spec->method == 'l';

    if (!spec->text.len) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the %s is %s",
                        is_table ? "table's name" : "statement",
                        spec->text.ptr ? "empty" : "NULL");
    }
    if (!is_table && !srl_live_text_is_live(spec->text)) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "expected one LIVE SELECT statement; nothing was "
                        "sent");
    }
    if (db->is_ended) return srl_handle_closed(err);
    if (srl_conn_is_http(db->conn)) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "over HTTP the server has no way to tell of changes: "
                        "open a ws:// connection for live queries");
    }
    if (db->txn) {
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "the server registers no live query inside a "
                        "transaction: open it through the session's handle");
    }
    return SURREAL_OK;
}

/* ---- sending a registration ---------------------------------------------- */

/* Where the session is, to be compared by bytes. */
static void
srl_live_put_place(srl_buf *out, const srl_session *session)
{
    srl_buf_put(out, session->ns.data, session->ns.len);
    srl_buf_put(out, "", 1);
    srl_buf_put(out, session->db.data, session->db.len);
}

static bool
srl_live_is_in_place(const surreal_live *live)
{
    const srl_session *session = live->session;
    const srl_buf *place = &live->place;
    size_t ns = session->ns.len;

    if (place->len != ns + 1 + session->db.len) return false;
    if (ns && memcmp(place->data, session->ns.data, ns)) return false;
    if (place->data[ns]) return false;
    return !session->db.len ||
           !memcmp(place->data + ns + 1, session->db.data, session->db.len);
}

/* SurrealDB 2 evaluates the condition of a live query without the variables it
 * was registered with: $min is NONE then, and `n > $min` true of everything.
 * Only FROM is evaluated when it is registered. */
static surreal_status
srl_live_check_vars(surreal_vars vars, int major, surreal_error *err)
{
    size_t i;

    for (i = 0; i < vars.count && major < 3; i++) {
        if (vars.v[i].kind == SURREAL_TABLE) continue;
        return srl_fail(err, SURREAL_ERR_UNSUPPORTED,
                        "SurrealDB 2 forgets variable '%s' of a live query: "
                        "write its value into the statement",
                        vars.v[i].name);
    }
    return SURREAL_OK;
}

/* The params of the registration, kept for the next one. */
static surreal_status
srl_live_encode(surreal_live *live, surreal *db, const srl_live_spec *spec,
                surreal_error *err)
{
    srl_buf *out = &live->params;
    surreal_status status;

    if (*spec->method == 'l') {
        status = srl_put_table(out, spec->text);
        if (status) srl_fail(err, status, "this is not the name of a table");
        srl_cbor_put_byte(out, live->options.diff ? SRL_CBOR_TRUE
                                                  : SRL_CBOR_FALSE);
    } else {
        status = srl_put_str(out, spec->text);
        if (status == SURREAL_ERR_UTF8) {
            srl_fail(err, status, "the statement is not UTF-8");
        } else if (!status) {
            srl_cbor_put_head(out, SRL_CBOR_MAP, spec->vars.count);
            status = srl_put_vars(out, spec->vars, srl_major(db), err);
        }
        if (!status) {
            status = srl_live_check_vars(spec->vars, srl_major(db), err);
        }
    }
    srl_live_put_place(&live->place, db->session);
    if (!status) status = out->status;
    return status ? status : live->place.status;
}

static void srl_live_done(void *user, surreal *db, surreal_status status,
                          surreal_result *result, const surreal_error *err);

/* The end of a registration that was begun. */
static surreal_status
srl_live_send(surreal_live *live, surreal *db, srl_call *call,
              bool is_restoring, surreal_status status, surreal_error *err)
{
    srl_conn *c = db->conn;

    if (!status) {
        srl_buf_put(&c->transport.out, live->params.data, live->params.len);
    }
    call->request->is_query = *live->method == 'q';
    SRL_TRY(srl_call_send(db, call, status, err));
    live->state = SRL_LIVE_SENT;
    live->is_restoring = is_restoring;
    live->epoch = c->epoch;
    live->request_id = call->request->id;
    srl_live_hold(live);
    c->early.registering++;
    return SURREAL_OK;
}

static surreal_status
srl_live_start(surreal_live *live, surreal *db, const srl_live_spec *spec,
               surreal_error *err)
{
    surreal_status status = SURREAL_OK;
    srl_call call;

    if (!live->session) { /* ended between two tries */
        *err = live->end;
        return err->status;
    }
    SRL_TRY(srl_call_begin(db, live->method, 2, srl_live_done, live, &call,
                           err));
    if (!live->params.len) status = srl_live_encode(live, db, spec, err);
    return srl_live_send(live, db, &call, false, status, err);
}

/* ---- the answer ---------------------------------------------------------- */

/* A row of a statement that registered a live query. SurrealDB 2 does not mark
 * them: there, any uuid may be one, and to kill what is none does nothing. */
static bool
srl_live_row_id(const srl_statement *statement, int major, surreal_uuid *id)
{
    const uint8_t *type;

    if (statement->failed || srl_item_uuid(statement->value, id)) return false;
    if (!statement->row || major < 3) return true;
    type = srl_cbor_find(statement->row, SURREAL_LIT("type"));
    return type && *type >> 5 == SRL_CBOR_TEXT &&
           srl_cbor_text_is(type, SURREAL_LIT("live"));
}

/* The id, if the answer is that of one live query; if it is that of more or of
 * something else, nothing of it stays on the server. */
static surreal_status
srl_live_answer(const surreal_live *live, surreal *db, surreal_result *r,
                surreal_uuid *id, surreal_error *err)
{
    size_t i;

    if (r->count == 1) {
        if (srl_live_row_id(&r->statements[0], srl_major(db), id)) {
            return SURREAL_OK;
        }
        if (r->cause) {
            *err = *r->cause;
            return err->status;
        }
        if (*live->method == 'l') {
            return srl_fail(err, SURREAL_ERR_REPLY,
                            "the server answered the registration of a live "
                            "query with something else than its id");
        }
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "the statement is no LIVE SELECT; it was run");
    }
    for (i = 0; i < r->count; i++) {
        if (!srl_live_row_id(&r->statements[i], srl_major(db), id)) continue;
        srl_call_and_forget(db, "kill", id);
    }
    return srl_fail(err, SURREAL_ERR_USAGE,
                    "expected one LIVE SELECT statement, got %zu statements; "
                    "all were run and the live queries among them killed",
                    r->count);
}

/* Registered. If again, events of the time since the connection broke are
 * missing: the answer becomes the event that says so. */
static void
srl_live_registered(surreal_live *live, surreal *db, surreal_uuid id,
                    surreal_result *result)
{
    srl_conn *c = db->conn;

    if (live->is_closed) {
        srl_call_and_forget(db, "kill", &id);
        surreal_result_free(result);
        srl_early_settle(c, NULL);
        return;
    }
    live->id = id;
    live->state = SRL_LIVE_ON;
    if (live->is_restoring) {
        srl_live_gap(live, result);
    } else {
        live->seen_id = id;
        surreal_result_free(result);
    }
    srl_early_settle(c, live);
    if (!live->is_restoring) {
        srl_waiter_done(live->waiter, db, SURREAL_OK, NULL, NULL);
    }
}

/* Not registered. When it was to be restored: if the connection broke again, it
 * will be tried again; a refusal is the end of this stream only. */
static void
srl_live_refused(surreal_live *live, surreal *db, const surreal_error *err)
{
    srl_conn *c = db->conn;

    srl_early_settle(c, NULL);
    if (!live->is_restoring) {
        live->state = err->status == SURREAL_ERR_TIMEOUT ? SRL_LIVE_LATE
                                                         : SRL_LIVE_NEW;
        srl_waiter_done(live->waiter, db, err->status, NULL, err);
    } else if (live->is_closed) {
        return;
    } else if (c->phase >= SRL_PHASE_FAILED ||
               surreal_status_class(err->status) == SURREAL_CLASS_CLOSED) {
        live->state = SRL_LIVE_LOST;
    } else {
        srl_live_end(live, err);
    }
}

static void srl_lives_restore_all(srl_conn *c);

static void
srl_live_done(void *user, surreal *db, surreal_status status,
              surreal_result *result, const surreal_error *err)
{
    surreal_live *live = (surreal_live *)user;
    srl_conn *c = db->conn;
    bool is_setup = live->is_restoring && live->epoch == c->epoch;
    surreal_error failure;
    surreal_uuid id;

    if (result) {
        status = srl_live_answer(live, db, result, &id, &failure);
        err = &failure;
    }
    if (!status) {
        srl_live_registered(live, db, id, result);
    } else {
        surreal_result_free(result);
        srl_live_refused(live, db, err);
    }
    if (is_setup && c->phase == SRL_PHASE_SETUP) {
        srl_lives_restore_all(c);
        srl_setup_item_done(c, &c->setup, c->sessions, NULL);
    }
    srl_live_release(live);
}

/* ---- opening and closing ------------------------------------------------- */

/* The program gets the stream, and from now on its events. */
static void
srl_live_opened(surreal_live *live, const srl_waiter *waiter,
                surreal_live **out)
{
    live->waiter = NULL;
    if (!waiter->status) {
        *out = live;
        srl_live_pump(live);
        if (live->is_closed) *out = NULL; /* by its callback */
        srl_live_release(live);
        return;
    }
    live->is_closed = true;
    if (live->state == SRL_LIVE_LATE && live->session) return;
    srl_live_unlink(live);
    srl_live_release(live);
}

static surreal_status
srl_live_open(surreal *db, const srl_live_spec *spec, surreal_live **out)
{
    surreal_live *live = NULL;
    srl_waiter waiter;

    if (!out) return SURREAL_ERR_USAGE;
    *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    srl_waiter_init(db, &waiter);
    waiter.status = srl_live_check(db, spec, &waiter.error);
    if (!waiter.status) {
        live = srl_live_new(db, spec);
        if (!live) {
            waiter.status = srl_fail(&waiter.error, SURREAL_ERR_NOMEM,
                                     "out of memory for the stream");
        }
    }
    if (live) {
        live->waiter = &waiter;
        do {
            waiter.status = srl_live_start(live, db, spec, &waiter.error);
        } while (srl_waiter_again(&waiter));
        srl_live_opened(live, &waiter, out);
    }
    return srl_waiter_end(&waiter, NULL);
}

SURREAL_API surreal_status
surreal_live_table(surreal *db, const char *table,
                   const surreal_live_options *opt, surreal_live **out)
{
    surreal_vars none = SURREAL_NO_VARS;
    srl_live_spec spec;

    spec.method = "live";
    spec.text = surreal_text(table);
    spec.vars = none;
    spec.options = opt;
    return srl_live_open(db, &spec, out);
}

SURREAL_API surreal_status
surreal_live_query(surreal *db, const char *text, surreal_vars vars,
                   const surreal_live_options *opt, surreal_live **out)
{
    srl_live_spec spec;

    spec.method = "query";
    spec.text = surreal_text(text);
    spec.vars = vars;
    spec.options = opt;
    return srl_live_open(db, &spec, out);
}

SURREAL_API void
surreal_live_close(surreal_live *live)
{
    srl_conn *c;

    if (!live || live->is_closed) return;
    c = live->conn;
    if (c) srl_enter(c);
    srl_live_hold(live);
    live->is_closed = true;
    if (live->state == SRL_LIVE_ON) {
        srl_call_and_forget(live->session->handle, "kill", &live->id);
    }
    srl_live_unlink(live);
    srl_live_forget(live);
    srl_live_release(live);
    if (c) srl_leave(c);
}

SURREAL_API surreal_uuid
surreal_live_id(const surreal_live *live)
{
    surreal_uuid none;

    memset(&none, 0, sizeof none);
    return live ? live->id : none;
}

/* ---- registrations that were given up ------------------------------------ */

/* Its opening call may still be on the stack: then that frees it. */
static void
srl_live_drop_late(surreal_live *live)
{
    srl_live_unlink(live);
    live->state = SRL_LIVE_ENDED;
    if (!live->waiter) srl_live_release(live);
}

static surreal_live *
srl_live_find_late(srl_conn *c, uint64_t request_id)
{
    srl_session *session;
    surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (live->state == SRL_LIVE_LATE &&
                live->request_id == request_id) {
                return live;
            }
        }
    }
    return NULL;
}

SRL_FN void
srl_live_late(srl_conn *c, uint64_t request_id, surreal_result *r,
              const uint8_t *answer)
{
    surreal_live *live = srl_live_find_late(c, request_id);
    surreal_error ignored;
    surreal_uuid id;
    surreal *db;

    if (!live) return;
    db = live->session->handle;
    if (!srl_result_index(r, answer, *live->method == 'q', &ignored) &&
        !srl_live_answer(live, db, r, &id, &ignored)) {
        srl_call_and_forget(db, "kill", &id);
    }
    srl_live_drop_late(live);
}

/* ---- all streams --------------------------------------------------------- */

SRL_FN void
srl_lives_lose(srl_conn *c, const surreal_error *err)
{
    srl_session *session;
    surreal_live *live;
    surreal_live *next;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = next) {
            next = live->next;
            if (live->state == SRL_LIVE_LATE) {
                srl_live_drop_late(live);
            } else if (live->state == SRL_LIVE_ON && live->options.once) {
                srl_live_end(live, err);
            } else if (live->state == SRL_LIVE_ON) {
                live->state = SRL_LIVE_LOST;
            }
        }
    }
    srl_lives_tell(c);
}

/* WOULD_BLOCK if the send queue is full: goes on when something of the stage
 * was answered. Any other failure is the stream's end. */
static surreal_status
srl_live_restore(srl_conn *c, srl_setup *setup, surreal_live *live)
{
    surreal *db = live->session->handle;
    surreal_status status;
    surreal_error err;
    srl_call call;

    srl_error_clear(&err);
    if (!srl_live_is_in_place(live)) {
        status = srl_fail(&err, SURREAL_ERR_USAGE,
                          "the session uses another namespace or database "
                          "than when the stream was opened: open it again");
    } else {
        status = srl_call_begin_setup(db, live->method, 2, -1, srl_live_done,
                                      live, &call, &err);
        if (status == SURREAL_WOULD_BLOCK) return status;
        if (!status) {
            status = srl_live_send(live, db, &call, true, SURREAL_OK, &err);
        }
    }
    if (!status) {
        srl_setup_item(setup);
        return SURREAL_OK;
    }
    srl_trace(c, SURREAL_LEVEL_ERROR, "client",
              "a live query could not be restored: %s", err.message);
    srl_live_end(live, &err);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_lives_restore(srl_conn *c, srl_setup *setup, srl_session *session,
                  surreal_error *err)
{
    surreal_live *live;
    surreal_live *next;

    (void)err;
    for (live = session->lives; live; live = next) {
        next = live->next;
        if (live->state != SRL_LIVE_LOST) continue;
        if (srl_live_restore(c, setup, live)) break;
    }
    return SURREAL_OK;
}

static void
srl_lives_restore_all(srl_conn *c)
{
    srl_session *session;
    surreal_error ignored;

    for (session = c->sessions; session; session = session->next) {
        if (session->failure.status || session->handle->is_ended) continue;
        srl_lives_restore(c, &c->setup, session, &ignored);
    }
}

SRL_FN bool
srl_lives_any(const srl_conn *c)
{
    const srl_session *session;
    const surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (!live->is_closed) return true;
        }
    }
    return false;
}

static void
srl_session_end_lives(srl_session *session, const surreal_error *err)
{
    while (session->lives) {
        surreal_live *live = session->lives;

        if (live->state == SRL_LIVE_LATE) {
            srl_live_drop_late(live);
        } else {
            srl_live_end(live, err);
        }
    }
}

SRL_FN void
srl_lives_end(srl_conn *c, const srl_session *session,
              const surreal_error *err)
{
    srl_session *one;

    for (one = c->sessions; one; one = one->next) {
        if (!session || one == session) srl_session_end_lives(one, err);
    }
    srl_lives_tell(c);
}

/* A stream with a callback that has something to say. */
static surreal_live *
srl_lives_find_full(srl_conn *c)
{
    srl_session *session;
    surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (!live->options.on_event || live->waiter) continue;
            if (live->first || live->lost) return live;
        }
    }
    return NULL;
}

SRL_FN void
srl_lives_ready(srl_conn *c)
{
    srl_session *session;
    surreal_live *live;

    if (c->phase != SRL_PHASE_READY) return; /* by a callback */
    for (session = c->sessions; session; session = session->next) {
        if (session->failure.status) {
            srl_session_end_lives(session, &session->failure);
        }
    }
    srl_lives_tell(c);
    while (c->phase == SRL_PHASE_READY &&
           (live = srl_lives_find_full(c)) != NULL) {
        srl_live_pump(live);
    }
}
