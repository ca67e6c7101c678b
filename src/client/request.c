/* client/request.c: requests in flight. */
#include "client/client.h"

/* id = generation << 16 | index: short to send while generations are low, and
 * an index never reaches 2^16. */
#define SRL_REQUEST_INDEX_BITS 16

SRL_STATIC_ASSERT(SURREAL_MAX_PENDING <= 1 << SRL_REQUEST_INDEX_BITS,
                  request_index_fits);

static surreal_status
srl_requests_grow(srl_conn *c)
{
    srl_requests *all = &c->requests;
    size_t old_len = all->block_count * sizeof all->blocks[0];
    surreal_request **blocks;
    surreal_request *block;
    size_t i;

    if (all->block_count * SRL_REQUEST_BLOCK >= SURREAL_MAX_PENDING) {
        return SURREAL_ERR_LIMIT;
    }
    block = (surreal_request *)srl_mem_resize(
        &c->mem, NULL, 0, SRL_REQUEST_BLOCK * sizeof *block);
    if (!block) return SURREAL_ERR_NOMEM;
    blocks = (surreal_request **)srl_mem_resize(
        &c->mem, all->blocks, old_len, old_len + sizeof all->blocks[0]);
    if (!blocks) {
        srl_mem_free(&c->mem, block, SRL_REQUEST_BLOCK * sizeof *block);
        return SURREAL_ERR_NOMEM;
    }
    memset(block, 0, SRL_REQUEST_BLOCK * sizeof *block);
    all->blocks = blocks;
    for (i = SRL_REQUEST_BLOCK; i-- > 0;) {
        block[i].index = (uint32_t)(all->block_count * SRL_REQUEST_BLOCK + i);
        block[i].next = all->free;
        all->free = &block[i];
    }
    all->blocks[all->block_count++] = block;
    return SURREAL_OK;
}

/* Insert in the order of deadlines, looking from the end. */
static void
srl_request_link(srl_requests *all, surreal_request *request)
{
    surreal_request *after = all->last;

    while (after && after->deadline_ms > request->deadline_ms) {
        after = after->prev;
    }
    request->prev = after;
    request->next = after ? after->next : all->first;
    if (request->next) {
        request->next->prev = request;
    } else {
        all->last = request;
    }
    if (after) {
        after->next = request;
    } else {
        all->first = request;
    }
    request->is_pending = true;
    all->pending++;
}

SRL_FN surreal_request *
srl_request_add(surreal *db, int64_t deadline_ms, surreal_done *done,
                void *user, surreal_status *status)
{
    srl_conn *c = db->conn;
    srl_requests *all = &c->requests;
    surreal_request *request;

    SURREAL_ASSERT(done);
    *status = all->free ? SURREAL_OK : srl_requests_grow(c);
    if (*status) return NULL;
    request = all->free;
    all->free = request->next;

    request->generation++;
    request->id = (uint64_t)request->generation << SRL_REQUEST_INDEX_BITS |
                  request->index;
    request->db = db;
    request->deadline_ms = deadline_ms;
    request->done = done;
    request->user = user;
    request->epoch = c->epoch;
    request->sent_end = UINT64_MAX; /* not even in the queue */
    request->exchange = NULL;
    request->is_query = false;
    request->is_setup = false;
    srl_request_link(all, request);
    return request;
}

SRL_FN surreal_request *
srl_request_find(const srl_conn *c, uint64_t id)
{
    const srl_requests *all = &c->requests;
    size_t index = (size_t)(id & ((1u << SRL_REQUEST_INDEX_BITS) - 1));
    surreal_request *request;

    if (index >= all->block_count * SRL_REQUEST_BLOCK) return NULL;
    request = &all->blocks[index / SRL_REQUEST_BLOCK]
                          [index % SRL_REQUEST_BLOCK];
    /* Another connection's request has no reply on this one. */
    return request->is_pending && request->id == id &&
                   request->epoch == c->epoch
               ? request
               : NULL;
}

static void
srl_request_unlink(srl_requests *all, surreal_request *request)
{
    SURREAL_ASSERT(request->is_pending);
    if (request->prev) {
        request->prev->next = request->next;
    } else {
        all->first = request->next;
    }
    if (request->next) {
        request->next->prev = request->prev;
    } else {
        all->last = request->prev;
    }
    request->is_pending = false;
    all->pending--;
}

SRL_FN void
srl_request_delay(srl_conn *c, surreal_request *request, int64_t deadline_ms)
{
    if (deadline_ms <= request->deadline_ms) return;
    srl_request_unlink(&c->requests, request);
    request->deadline_ms = deadline_ms;
    srl_request_link(&c->requests, request);
}

static void
srl_request_give_back(srl_requests *all, surreal_request *request)
{
    request->next = all->free;
    all->free = request;
}

SRL_FN void
srl_request_drop(srl_conn *c, surreal_request *request)
{
    srl_request_unlink(&c->requests, request);
    srl_request_give_back(&c->requests, request);
}

SRL_FN void
srl_request_complete(srl_conn *c, surreal_request *request,
                     surreal_status status, surreal_result *result,
                     const surreal_error *err)
{
    surreal *db = request->db;

    SURREAL_ASSERT(c->calls > 0);
    SURREAL_ASSERT((status != SURREAL_OK) == (err != NULL));
    srl_request_unlink(&c->requests, request);
    if (!request->is_setup) c->completed++;
    if (db->txn && err) srl_txn_poison(db, err);
    request->done(request->user, db, status, result, err);
    /* Not earlier: to cancel it inside its callback must not hit a new one. */
    srl_request_give_back(&c->requests, request);
}

/* A callback may do anything, so each search begins anew; what is looked for
 * nearly always stands first. */
static surreal_request *
srl_request_of(srl_conn *c, const surreal *db)
{
    surreal_request *request = c->requests.first;

    while (request && db && request->db != db) request = request->next;
    return request;
}

/* Nobody can add requests meanwhile: the handle has ended, or the connection
 * has; so this ends. */
SRL_FN void
srl_requests_end(srl_conn *c, const surreal *db, const surreal_error *err)
{
    surreal_request *request;

    while ((request = srl_request_of(c, db)) != NULL) {
        srl_request_complete(c, request, err->status, NULL, err);
    }
}

static surreal_request *
srl_request_of_epoch(srl_conn *c, uint32_t epoch, bool is_setup)
{
    surreal_request *request = c->requests.first;

    while (request &&
           (request->epoch > epoch || request->is_setup != is_setup)) {
        request = request->next;
    }
    return request;
}

SRL_FN void
srl_requests_fail(srl_conn *c, uint32_t epoch, bool is_setup,
                  const surreal_error *err)
{
    surreal_request *request;

    while ((request = srl_request_of_epoch(c, epoch, is_setup)) != NULL) {
        srl_request_complete(c, request, err->status, NULL, err);
    }
}

SRL_FN void
srl_requests_lose(srl_conn *c, uint32_t epoch, uint64_t written,
                  bool is_setup, const surreal_error *cause)
{
    surreal_request *request;

    while ((request = srl_request_of_epoch(c, epoch, is_setup)) != NULL) {
        surreal_error err;

        if (request->epoch == epoch && request->sent_end > written) {
            srl_fail(&err, SURREAL_ERR_NOT_SENT,
                     "the connection was lost before the request was sent, "
                     "so nothing was done: %s", cause->message);
        } else {
            srl_fail(&err, SURREAL_ERR_UNKNOWN,
                     "the connection was lost before the answer came; the "
                     "server may have done it or not: %s", cause->message);
        }
        err.os_error = cause->os_error;
        srl_request_complete(c, request, err.status, NULL, &err);
    }
}

SRL_FN void
srl_requests_expire(srl_conn *c, int64_t now_ms)
{
    surreal_request *request;

    while ((request = c->requests.first) != NULL &&
           request->deadline_ms <= now_ms) {
        surreal_error err;

        srl_fail(&err, SURREAL_ERR_TIMEOUT,
                 "no answer from the server within the time limit; a reply "
                 "that still comes is dropped");
        srl_request_complete(c, request, err.status, NULL, &err);
    }
}

SRL_FN void
srl_requests_free(srl_conn *c)
{
    srl_requests *all = &c->requests;
    size_t i;

    SURREAL_ASSERT(!all->pending);
    for (i = 0; i < all->block_count; i++) {
        srl_mem_free(&c->mem, all->blocks[i],
                     SRL_REQUEST_BLOCK * sizeof *all->blocks[i]);
    }
    srl_mem_free(&c->mem, all->blocks,
                 all->block_count * sizeof all->blocks[0]);
    memset(all, 0, sizeof *all);
}
