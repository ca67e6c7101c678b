/* client/result.c: answers. */
#include "client/client.h"

/* The message stands right behind the struct, so that a reply is one
 * allocation. The struct's size is a multiple of its alignment; bytes need
 * none. One byte more than the message is kept so that len may be 0. */

/* Answers are mostly small, and so of one size: any block that was given back
 * fits the next one. */
#define SRL_RESULT_SMALL 512

/* A block that was given back and is large enough, or a new one. */
static surreal_result *
srl_result_block(surreal_result **spare, srl_mem *mem, size_t block_len)
{
    surreal_result *r = spare ? *spare : NULL;

    if (!r || r->block_len < block_len) {
        return (surreal_result *)srl_mem_resize(mem, NULL, 0, block_len);
    }
    *spare = r->next;
    mem->used = r->block_len;
    return r;
}

SRL_FN surreal_result *
srl_result_new(surreal_result **spare, const surreal_allocator *allocator,
               size_t len, size_t max_memory)
{
    surreal_result *r;
    srl_mem mem;
    size_t block_len;

    srl_mem_init(&mem, allocator, max_memory);
    if (!srl_size_add(len, sizeof *r + 1, &block_len)) return NULL;
    if (spare && block_len < SRL_RESULT_SMALL &&
        (!max_memory || max_memory >= SRL_RESULT_SMALL)) {
        block_len = SRL_RESULT_SMALL;
    }
    r = srl_result_block(spare, &mem, block_len);
    if (!r) return NULL;
    if (mem.used > block_len) block_len = mem.used;
    memset(r, 0, sizeof *r);
    r->mem = mem;
    r->block_len = block_len;
    srl_arena_init(&r->arena, &r->mem);
    srl_document_init(&r->doc, srl_result_room(r), len, &r->arena);
    return r;
}

SRL_FN uint8_t *
srl_result_room(surreal_result *r)
{
    return (uint8_t *)(r + 1);
}

SRL_FN void
srl_result_keep(surreal_result **spare, surreal_result *r)
{
    surreal_result *at = *spare;
    int count = 0;

    if (!r) return;
    for (; at; at = at->next) count++;
    srl_arena_free(&r->arena);
    if (count >= SRL_RESULT_SPARES || r->block_len > SRL_RESULT_SMALL) {
        surreal_result_free(r);
        return;
    }
    r->next = *spare;
    *spare = r;
}

SURREAL_API void
surreal_result_recycle(surreal *db, surreal_result *r)
{
    if (!db || db->is_ended) {
        surreal_result_free(r);
    } else {
        srl_result_keep(&db->conn->spare, r);
    }
}

SRL_FN void
srl_results_free(surreal_result **list)
{
    surreal_result *r;

    while ((r = *list) != NULL) {
        *list = r->next;
        surreal_result_free(r);
    }
}

SRL_FN void
srl_result_wipe(surreal_result *r)
{
    srl_wipe(srl_result_room(r), r->block_len - sizeof *r);
}

SURREAL_API void
surreal_result_free(surreal_result *r)
{
    srl_mem mem;

    if (!r) return;
    srl_arena_free(&r->arena);
    mem = r->mem; /* r is about to go */
    srl_mem_free(&mem, r, r->block_len);
    SURREAL_ASSERT(mem.used == 0);
}

/* An error for when there is no memory for an error. */
static const surreal_error *
srl_error_nomem(void)
{
    static const surreal_error nomem = {
        SURREAL_ERR_NOMEM, 0, -1, 0, 0, "", "", "", "out of memory"};

    return &nomem;
}

static const surreal_error *
srl_statement_error_make(surreal_result *r, size_t index)
{
    srl_statement *statement = &r->statements[index];
    surreal_error *err;

    if (!statement->failed) return NULL;
    if (statement->error) return statement->error;
    err = (surreal_error *)srl_arena_alloc(&r->arena, sizeof *err);
    if (!err) return srl_error_nomem();
    srl_row_error(statement->row, (int)index, err);
    statement->error = err;
    return err;
}

/* The first failed statement that is not a bystander, or else the first. */
static void
srl_result_find_cause(surreal_result *r)
{
    size_t cause = r->count;
    size_t i;

    for (i = 0; i < r->count; i++) {
        if (!r->statements[i].failed) continue;
        if (cause == r->count) cause = i;
        if (srl_row_is_bystander(r->statements[i].row)) continue;
        cause = i;
        break;
    }
    if (cause == r->count) return;
    r->cause = srl_statement_error_make(r, cause);
    r->status = r->cause->status;
}

static surreal_status
srl_result_rows(surreal_result *r, const uint8_t *value, surreal_error *err)
{
    srl_cbor_head head;
    const uint8_t *at = srl_cbor_head_at(value, &head);
    size_t i;

    if (head.major != SRL_CBOR_ARRAY || head.info == 31) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "expected an array of statements' answers, got CBOR "
                        "type %d", head.major);
    }
    /* The smallest row, {"result": 0, "status": "OK"}, has 19 bytes: a count
     * far beyond that is a lie that must not become memory. */
    if (head.arg > r->doc.len / 16) {
        return srl_fail(err, SURREAL_ERR_REPLY,
                        "the server announces more statements than its "
                        "message can hold");
    }
    r->count = (size_t)head.arg;
    if (r->count > 1) {
        r->statements = (srl_statement *)srl_arena_array(
            &r->arena, r->count, sizeof *r->statements);
        if (!r->statements) {
            return srl_fail(err, SURREAL_ERR_NOMEM,
                            "out of memory for %zu statements", r->count);
        }
    }
    for (i = 0; i < r->count; i++) {
        srl_row row;

        at = srl_row_read(at, &row, err);
        if (!at) return err->status;
        r->statements[i].row = row.at;
        r->statements[i].value = row.value;
        r->statements[i].failed = row.failed;
        r->statements[i].error = NULL;
    }
    srl_result_find_cause(r);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_result_index(surreal_result *r, const uint8_t *value, bool is_query,
                 surreal_error *err)
{
    r->value = value;
    r->statements = &r->single;
    if (is_query) return srl_result_rows(r, value, err);
    r->single.value = value;
    r->count = 1;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_result_from(const surreal_allocator *allocator, surreal_bytes bytes,
                    surreal_result **out, surreal_error *err)
{
    surreal_error local;
    surreal_result *r;
    surreal_status status;
    const char *reason = "";
    size_t used = 0;

    if (!err) err = &local;
    srl_error_clear(err);
    *out = NULL;
    if (bytes.len) {
        status = srl_cbor_check(bytes.ptr, bytes.len, SURREAL_MAX_DEPTH,
                                &used, &reason);
        if (!status && used != bytes.len) {
            status = SURREAL_ERR_CBOR;
            reason = "bytes after the item";
        }
        if (status) {
            srl_fail(err, status, "%s at byte %zu", reason, used);
            err->at = used;
            return status;
        }
    }
    r = srl_result_new(NULL, allocator, bytes.len, 0);
    if (!r) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    if (bytes.len) {
        memcpy(srl_result_room(r), bytes.ptr, bytes.len);
        srl_result_index(r, srl_result_room(r), false, err);
    }
    *out = r;
    return SURREAL_OK;
}

SURREAL_API size_t
surreal_statements(const surreal_result *r)
{
    return r ? r->count : 0;
}

SURREAL_API surreal_status
surreal_statement_status(const surreal_result *r, size_t statement)
{
    if (!r || statement >= r->count) return SURREAL_ERR_USAGE;
    if (!r->statements[statement].failed) return SURREAL_OK;
    return srl_row_error(r->statements[statement].row, (int)statement, NULL);
}

SURREAL_API const surreal_error *
surreal_result_error(const surreal_result *r)
{
    return r ? r->cause : NULL;
}

SURREAL_API const surreal_error *
surreal_statement_error(surreal_result *r, size_t statement)
{
    if (!r || statement >= r->count) return NULL;
    return srl_statement_error_make(r, statement);
}

SURREAL_API surreal_value
surreal_statement_value(const surreal_result *r, size_t statement)
{
    surreal_value none = {NULL, NULL};

    if (!r || statement >= r->count) return none;
    return srl_value_at(&r->doc, r->statements[statement].value);
}

SURREAL_API surreal_duration
surreal_statement_time(const surreal_result *r, size_t statement)
{
    surreal_duration time = {0, 0};
    surreal_str text;

    if (!r || statement >= r->count || !r->statements[statement].row) {
        return time;
    }
    if (surreal_get_str(surreal_field(srl_value_at(
                            &r->doc, r->statements[statement].row), "time"),
                        &text) == SURREAL_OK) {
        srl_row_time_parse(text, &time);
    }
    return time;
}

SURREAL_API surreal_value
surreal_rows(const surreal_result *r, size_t statement)
{
    surreal_value none = {NULL, NULL};
    surreal_value v = surreal_statement_value(r, statement);

    if (surreal_value_kind(v) != SURREAL_ARRAY) return none;
    return r->statements[statement].failed ? none : v;
}

SURREAL_API surreal_status
surreal_one(const surreal_result *r, size_t statement, surreal_value *row)
{
    surreal_value none = {NULL, NULL};
    surreal_value v = surreal_statement_value(r, statement);
    surreal_status status = surreal_statement_status(r, statement);

    *row = none;
    if (status) return status;
    if (surreal_is_nothing(v)) return SURREAL_NOT_FOUND;
    if (surreal_value_kind(v) == SURREAL_ARRAY) {
        size_t count = surreal_count(v);

        if (count == 0) return SURREAL_NOT_FOUND;
        if (count > 1) return SURREAL_ERR_RANGE;
        v = surreal_at(v, 0);
    }
    *row = v;
    return SURREAL_OK;
}

SURREAL_API void *
surreal_result_alloc(surreal_result *r, size_t len)
{
    return r ? srl_arena_alloc(&r->arena, len) : NULL;
}

SURREAL_API size_t
surreal_result_size(const surreal_result *r)
{
    return r ? r->mem.used : 0;
}

SURREAL_API surreal_bytes
surreal_result_bytes(const surreal_result *r)
{
    surreal_bytes bytes = {NULL, 0};

    if (r && r->value) {
        bytes.ptr = r->value;
        bytes.len = (size_t)(srl_cbor_skip(r->value) - r->value);
    }
    return bytes;
}
