/* client/batch.c: several statements as one. */
#include "client/client.h"

/* What is sent, for statements S0 with variable x and S1 with none:
 *
 *   BEGIN;
 *   LET $srl_0={LET $x=$srl_v[0].x;(S0
 *   )};
 *   LET $srl_1={(S1
 *   )};
 *   RETURN[$srl_0,$srl_1];COMMIT
 *
 * Why so: BEGIN, LET and COMMIT answer on SurrealDB 3 and not on 2, and a
 * RETURN drops earlier answers on 2, so only what RETURN gives is in the same
 * place. A block keeps variables apart. Its value is that of a last statement
 * in parentheses; without them 2.x gives NONE, and with RETURN 3.x leaves the
 * whole transaction. The line break ends a comment. */
struct srl_batch {
    srl_mem mem;
    srl_buf text; /* up to the last statement */
    srl_buf vars; /* an array of objects; its head has 5 bytes */
    bool is_sent; /* started and not done */
};

SURREAL_API void
surreal_batch_init(surreal_batch *b, surreal *db)
{
    memset(b, 0, sizeof *b);
    b->db = db;
}

SURREAL_API void
surreal_batch_free(surreal_batch *b)
{
    struct srl_batch *state = b->state;
    srl_mem mem;

    if (state) {
        SURREAL_ASSERT(!state->is_sent);
        srl_buf_free(&state->text);
        srl_buf_free(&state->vars);
        mem = state->mem; /* state is about to go */
        srl_mem_free(&mem, state, sizeof *state);
    }
    memset(b, 0, sizeof *b);
}

static struct srl_batch *
srl_batch_new(const surreal_allocator *allocator)
{
    struct srl_batch *state;
    srl_mem mem;

    srl_mem_init(&mem, allocator, 0);
    state = (struct srl_batch *)srl_mem_resize(&mem, NULL, 0, sizeof *state);
    if (!state) return NULL;
    memset(state, 0, sizeof *state);
    state->mem = mem;
    srl_buf_init(&state->text, &state->mem, SURREAL_MAX_MESSAGE);
    srl_buf_init(&state->vars, &state->mem, SURREAL_MAX_MESSAGE);
    srl_buf_put_text(&state->text, "BEGIN;\n");
    srl_buf_put(&state->vars, "\x9a\0\0\0\0", 5);
    return state;
}

/* ---- one statement? --------------------------------------------------- */

static surreal_status
srl_batch_read(surreal_str text, srl_sql *out, surreal_error *err)
{
    static const char *const refused[] = {
        "BEGIN", "BREAK", "CANCEL", "COMMIT", "CONTINUE", "KILL", "LET",
        "LIVE", "OPTION", "SHOW", "USE", NULL};
    surreal_str rest = text;
    surreal_status status = srl_sql_next(&rest, "batch", refused, out, err);

    if (status == SURREAL_NOT_FOUND) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the statement is empty");
    }
    if (status) return status;
    while (rest.len) {
        const char *at = srl_sql_begin(rest.ptr, rest.ptr + rest.len);

        if (!at) return srl_sql_unclosed(rest.ptr, text, err);
        rest.len -= (size_t)(at - rest.ptr);
        rest.ptr = at;
        if (!rest.len) break;
        if (*at != ';') {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "one statement at a time belongs into a batch");
        }
        rest.ptr++;
        rest.len--;
    }
    return SURREAL_OK;
}

/* ---- adding ----------------------------------------------------------- */

static void
srl_batch_number(srl_buf *buf, const char *before, size_t n)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", n);
    srl_buf_put_text(buf, before);
    srl_buf_put_text(buf, text);
}

/* An identifier, by the one function that escapes them. */
static void
srl_batch_name(srl_buf *buf, const char *name)
{
    size_t len = surreal_ident_print(surreal_text(name), NULL, 0);

    if (srl_buf_reserve(buf, len + 1)) return;
    surreal_ident_print(surreal_text(name), (char *)buf->data + buf->len,
                        len + 1);
    buf->len += len;
}

static surreal_status
srl_batch_put(surreal_batch *b, const srl_sql *text, surreal_vars vars,
              surreal_error *err)
{
    int major = surreal_version(b->db).major;
    bool is_bare = srl_word_is(text->word.ptr, text->word.len, "FOR") ||
                   srl_word_is(text->word.ptr, text->word.len, "THROW");
    srl_buf *out = &b->state->text;
    size_t i;

    srl_cbor_put_head(&b->state->vars, SRL_CBOR_MAP, vars.count);
    SRL_TRY(srl_put_vars(&b->state->vars, vars, major ? major : 3, err));
    srl_batch_number(out, "LET $srl_", b->count);
    srl_buf_put_text(out, "={");
    for (i = 0; i < vars.count; i++) {
        srl_buf_put_text(out, "LET $");
        srl_batch_name(out, vars.v[i].name);
        srl_batch_number(out, "=$srl_v[", b->count);
        srl_buf_put_text(out, "].");
        srl_batch_name(out, vars.v[i].name);
        srl_buf_put_text(out, ";");
    }
    srl_buf_put_text(out, is_bare ? "" : "(");
    srl_buf_put(out, text->text.ptr, text->text.len);
    srl_buf_put_text(out, is_bare ? "\n};\n" : "\n)};\n");
    if (out->status) {
        return srl_fail(err, out->status, "statements of the batch: %s",
                        surreal_status_text(out->status));
    }
    return SURREAL_OK;
}

static surreal_status
srl_batch_refuse(surreal_batch *b, const surreal_error *err)
{
    b->status = err->status;
    *srl_handle_error(b->db) = *err;
    return b->status;
}

SURREAL_API surreal_status
surreal_batch_add(surreal_batch *b, const char *text, surreal_vars vars)
{
    surreal_error err;
    srl_sql statement;

    if (!b->db) return SURREAL_ERR_USAGE;
    if (b->status) return b->status;
    if (b->state && b->state->is_sent) {
        srl_fail(srl_handle_error(b->db), SURREAL_ERR_USAGE,
                 "the batch is on its way");
        return SURREAL_ERR_USAGE;
    }
    if (!text) {
        srl_fail(&err, SURREAL_ERR_USAGE, "the statement is NULL");
        return srl_batch_refuse(b, &err);
    }
    if (!b->state) b->state = srl_batch_new(srl_handle_allocator(b->db));
    if (!b->state) {
        srl_fail(&err, SURREAL_ERR_NOMEM, "out of memory for the batch");
        return srl_batch_refuse(b, &err);
    }
    if (srl_batch_read(surreal_text(text), &statement, &err) ||
        srl_batch_put(b, &statement, vars, &err)) {
        err.statement = (int)b->count;
        return srl_batch_refuse(b, &err);
    }
    b->count++;
    return SURREAL_OK;
}

/* ---- sending ---------------------------------------------------------- */

/* Complete text and variables. The text is cut back by srl_batch_sent. */
static surreal_status
srl_batch_make(surreal_batch *b, surreal_bind *bind, size_t *len)
{
    surreal_error *err = srl_handle_error(b->db);
    struct srl_batch *state = b->state;
    surreal_bytes vars;
    size_t i;

    if (b->db->txn) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "a batch is a transaction, and the server has none "
                        "inside another");
    }
    if (b->status) {
        return srl_fail(err, b->status, "the batch was refused: %s",
                        surreal_status_text(b->status));
    }
    if (!b->count) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the batch is empty");
    }
    if (state->is_sent) {
        return srl_fail(err, SURREAL_ERR_USAGE, "the batch is on its way");
    }
    *len = state->text.len;
    for (i = 0; i < b->count; i++) {
        srl_batch_number(&state->text, i ? ",$srl_" : "RETURN[$srl_", i);
    }
    srl_buf_put_text(&state->text, "];COMMIT");
    if (state->text.status) {
        surreal_status status = state->text.status;

        state->text.status = SURREAL_OK;
        state->text.len = *len;
        return srl_fail(err, status, "the batch: %s",
                        surreal_status_text(status));
    }
    srl_store32(state->vars.data + 1, (uint32_t)b->count);
    vars.ptr = state->vars.data;
    vars.len = state->vars.len;
    *bind = surreal_bind_encoded("srl_v", vars);
    return SURREAL_OK;
}

/* The elements of the array that RETURN gave become the statements. */
static surreal_status
srl_batch_index(surreal_result *r, size_t count, surreal_error *err)
{
    srl_statement *statements = &r->single;
    srl_cbor_walk walk;
    surreal_value v;
    size_t i = r->count;

    do {
        if (!i) {
            return srl_fail(err, SURREAL_ERR_REPLY,
                            "the batch has no answer for each of its %zu "
                            "statements", count);
        }
        v = surreal_statement_value(r, --i);
    } while (surreal_value_kind(v) != SURREAL_ARRAY ||
             surreal_count(v) != count);
    if (count > 1) {
        statements = (srl_statement *)srl_arena_array(&r->arena, count,
                                                      sizeof *statements);
    }
    if (!statements) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "out of memory for %zu statements", count);
    }
    walk = srl_cbor_walk_of(v.at);
    for (i = 0; srl_cbor_more(&walk); i++) {
        memset(&statements[i], 0, sizeof statements[i]);
        statements[i].value = walk.at;
        walk.at = srl_cbor_skip(walk.at);
    }
    r->statements = statements;
    r->count = count;
    return SURREAL_OK;
}

/* In a block that failed every statement's answer is a failure; BEGIN, which
 * answers on SurrealDB 3 only, did not fail. *err, the cause, is numbered
 * anew; a conflict is nobody's. */
static void
srl_batch_failed(surreal_result *r, size_t count, surreal_error *err)
{
    surreal_error *cause = (surreal_error *)r->cause;
    size_t begin = r->count > count && !r->statements[0].failed;

    r->statements += begin;
    r->count -= begin;
    if (r->count > count) r->count = count;
    if (err->statement < 0) return; /* for want of memory */
    err->statement -= (int)begin;
    if (err->status == SURREAL_CONFLICT || err->statement < 0 ||
        (size_t)err->statement >= count) {
        err->statement = -1;
    }
    if (cause && cause->statement >= 0) cause->statement = err->statement;
}

/* How it ended. *r is NULL if nothing can be read from it. */
static surreal_status
srl_batch_end(surreal_status status, surreal_result **r, size_t count,
              surreal_error *err)
{
    if (!status) {
        status = srl_batch_index(*r, count, err);
        if (!status) return status;
        surreal_result_free(*r);
        *r = NULL;
    } else if (*r) {
        srl_batch_failed(*r, count, err);
    }
    return status;
}

SURREAL_API surreal_status
surreal_batch_run(surreal_batch *b, surreal_result **out)
{
    surreal_result *r = NULL;
    surreal *db = b->db;
    surreal_vars vars;
    surreal_bind bind;
    surreal_status status;
    size_t count = b->count;
    size_t len;

    if (out) *out = NULL;
    if (!db) return SURREAL_ERR_USAGE;
    SRL_TRY(srl_batch_make(b, &bind, &len));
    vars.v = &bind;
    vars.count = 1;
    srl_enter(db->conn); /* a callback may close it meanwhile */
    b->state->is_sent = true;
    status = surreal_query_str(
        db, surreal_text_of((const char *)b->state->text.data,
                            b->state->text.len), vars, &r);
    b->state->is_sent = false;
    b->state->text.len = len;
    status = srl_batch_end(status, &r, count, srl_handle_error(db));
    srl_leave(db->conn);
    if (out) {
        *out = r;
    } else {
        surreal_result_free(r);
    }
    return status;
}

static void
srl_batch_done(void *user, surreal *db, surreal_status status,
               surreal_result *r, const surreal_error *err)
{
    surreal_batch *b = (surreal_batch *)user;
    surreal_error local;

    srl_error_clear(&local);
    if (err) local = *err;
    b->state->is_sent = false;
    status = srl_batch_end(status, &r, b->count, &local);
    b->done(b->user, db, status, r, status ? &local : NULL);
}

SURREAL_API surreal_status
surreal_batch_start(surreal_batch *b, surreal_done *done, void *user,
                    surreal_request **request)
{
    surreal_vars vars;
    surreal_bind bind;
    surreal_status status;
    size_t len;

    if (!b->db) return SURREAL_ERR_USAGE;
    if (!done) {
        return srl_fail(srl_handle_error(b->db), SURREAL_ERR_USAGE,
                        "a request needs a callback for its end");
    }
    SRL_TRY(srl_batch_make(b, &bind, &len));
    vars.v = &bind;
    vars.count = 1;
    b->done = done;
    b->user = user;
    status = surreal_query_start(
        b->db, surreal_text_of((const char *)b->state->text.data,
                               b->state->text.len), vars, srl_batch_done, b,
        request);
    b->state->text.len = len;
    b->state->is_sent = !status;
    return status;
}
