/* client/request.c: requests in flight. */
#include "client/client.h"

/* id = generation << 16 | index: short to send while generations are low, and
 * an index never reaches 2^16. */
#define SRL_REQUEST_INDEX_BITS 16

SRL_STATIC_ASSERT(SURREAL_MAX_PENDING <= 1 << SRL_REQUEST_INDEX_BITS,
                  request_index_fits);

static surreal_status
srl_requests_grow(surreal *db)
{
    srl_requests *all = &db->requests;
    size_t old_len = all->block_count * sizeof all->blocks[0];
    surreal_request **blocks;
    surreal_request *block;
    size_t i;

    if (all->block_count * SRL_REQUEST_BLOCK >= SURREAL_MAX_PENDING) {
        return SURREAL_ERR_LIMIT;
    }
    block = (surreal_request *)srl_mem_resize(
        &db->mem, NULL, 0, SRL_REQUEST_BLOCK * sizeof *block);
    if (!block) return SURREAL_ERR_NOMEM;
    blocks = (surreal_request **)srl_mem_resize(
        &db->mem, all->blocks, old_len, old_len + sizeof all->blocks[0]);
    if (!blocks) {
        srl_mem_free(&db->mem, block, SRL_REQUEST_BLOCK * sizeof *block);
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
    srl_requests *all = &db->requests;
    surreal_request *request;

    SURREAL_ASSERT(done);
    *status = all->free ? SURREAL_OK : srl_requests_grow(db);
    if (*status) return NULL;
    request = all->free;
    all->free = request->next;

    request->generation++;
    request->id = (uint64_t)request->generation << SRL_REQUEST_INDEX_BITS |
                  request->index;
    request->deadline_ms = deadline_ms;
    request->done = done;
    request->user = user;
    request->is_query = false;
    srl_request_link(all, request);
    return request;
}

SRL_FN surreal_request *
srl_request_find(surreal *db, uint64_t id)
{
    srl_requests *all = &db->requests;
    size_t index = (size_t)(id & ((1u << SRL_REQUEST_INDEX_BITS) - 1));
    surreal_request *request;

    if (index >= all->block_count * SRL_REQUEST_BLOCK) return NULL;
    request = &all->blocks[index / SRL_REQUEST_BLOCK]
                          [index % SRL_REQUEST_BLOCK];
    return request->is_pending && request->id == id ? request : NULL;
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

static void
srl_request_give_back(srl_requests *all, surreal_request *request)
{
    request->next = all->free;
    all->free = request;
}

SRL_FN void
srl_request_drop(surreal *db, surreal_request *request)
{
    srl_request_unlink(&db->requests, request);
    srl_request_give_back(&db->requests, request);
}

SRL_FN void
srl_request_complete(surreal *db, surreal_request *request,
                     surreal_status status, surreal_result *result,
                     const surreal_error *err)
{
    surreal_done *done = request->done;
    void *user = request->user;

    SURREAL_ASSERT(db->calls > 0);
    SURREAL_ASSERT((status != SURREAL_OK) == (err != NULL));
    srl_request_unlink(&db->requests, request);
    if (db->phase >= SRL_PHASE_READY) db->completed++; /* the caller's */
    done(user, db, status, result, err);
    /* Not earlier: to cancel it inside its callback must not hit a new one. */
    srl_request_give_back(&db->requests, request);
}

SRL_FN void
srl_requests_end(surreal *db, surreal_status status, const surreal_error *err)
{
    /* A callback may not add requests any more (the phase forbids it), so
     * this ends. */
    while (db->requests.first) {
        srl_request_complete(db, db->requests.first, status, NULL, err);
    }
}

SRL_FN void
srl_requests_expire(surreal *db, int64_t now_ms)
{
    surreal_request *request;

    while ((request = db->requests.first) != NULL &&
           request->deadline_ms <= now_ms) {
        surreal_error err;

        srl_fail(&err, SURREAL_ERR_TIMEOUT,
                 "no answer from the server within the time limit; a reply "
                 "that still comes is dropped");
        srl_request_complete(db, request, err.status, NULL, &err);
    }
}

SRL_FN void
srl_requests_free(surreal *db)
{
    srl_requests *all = &db->requests;
    size_t i;

    SURREAL_ASSERT(!all->pending);
    for (i = 0; i < all->block_count; i++) {
        srl_mem_free(&db->mem, all->blocks[i],
                     SRL_REQUEST_BLOCK * sizeof *all->blocks[i]);
    }
    srl_mem_free(&db->mem, all->blocks,
                 all->block_count * sizeof all->blocks[0]);
    memset(all, 0, sizeof *all);
}
