/* client/pool.c: connections shared by threads. */
#include "client/client.h"

#ifndef SURREAL_NO_THREADS

#define SRL_POOL_SIZE 10
#define SRL_POOL_SIZE_MAX 1000
#define SRL_POOL_GET_MS 30000
#define SRL_POOL_IDLE_MS 30000
/* A server that does not answer a ping for so long is taken for dead. */
#define SRL_POOL_PING_MS 5000

/* A pool is a fixed number of slots, each with room for a connection. A slot
 * is free, on one of two lists, or it has one holder: a borrower, a thread
 * that checks or makes the connection, or a run. Only the holder touches
 * slot->db, and it does so without the lock: nothing that can take time is
 * done under it. Everything else is guarded by the lock.
 *
 * Who gives a slot back hands it to the thread that has waited longest, if
 * one waits. So there are never free slots and waiting threads at once, and
 * nobody can be overtaken.
 *
 * The pool's memory is counted: one reference for its owner until
 * surreal_pool_close returns, one for each borrowed connection and each call
 * under way. */
typedef struct srl_slot {
    surreal *db;           /* NULL: not connected */
    surreal *lent;         /* what surreal_pool_put must be given, or NULL */
    int64_t since_ms;      /* when db was given back */
    struct srl_slot *next; /* of a list of free slots */
} srl_slot;

/* A thread that waits for a slot, on its own stack. */
typedef struct srl_getter {
    srl_cond wake;
    srl_slot *slot; /* handed over */
    struct srl_getter *prev;
    struct srl_getter *next;
} srl_getter;

struct surreal_pool {
    srl_mem mem;     /* used while nobody else has the pool */
    surreal *pattern; /* never connected: what the others are made like */
    int get_ms;
    int idle_ms;
    srl_slot *slots;
    size_t size;

    srl_mutex lock; /* guards all that follows */
    srl_cond drained; /* closing, and only the owner's reference is left */
    srl_slot *idle;   /* connected, last used first */
    srl_slot *empty;
    size_t idle_count;
    size_t taken;
    srl_getter *first; /* has waited longest */
    srl_getter *last;
    size_t waiting;
    size_t refs;
    bool is_closing;
};

/* Whether a connection is as it was lent: the next borrower must not become
 * the user, stand in the database or see the variables of the last one, nor
 * share the connection with forks, transactions or streams he left. */
static bool
srl_pool_is_clean(const surreal *db)
{
    return !db->session->is_changed && !db->conn->handles->next &&
           !srl_lives_any(db->conn);
}

/* ---- references ------------------------------------------------------- */

static void
srl_pool_free(surreal_pool *pool)
{
    srl_mem mem;

    SURREAL_ASSERT(!pool->taken && !pool->idle && !pool->waiting);
    srl_cond_free(&pool->drained);
    srl_mutex_free(&pool->lock);
    surreal_close(pool->pattern);
    mem = pool->mem;
    srl_mem_free(&mem, pool->slots, pool->slots ? pool->size *
                 sizeof *pool->slots : 0);
    srl_mem_free(&mem, pool, sizeof *pool);
    SURREAL_ASSERT(mem.used == 0);
}

/* Calls stand between these two: the lock is held, and the pool cannot go. */
static void
srl_pool_enter(surreal_pool *pool)
{
    srl_mutex_lock(&pool->lock);
    pool->refs++;
}

/* Drop a reference and the lock; the pool is not to be touched any more. */
static void
srl_pool_leave(surreal_pool *pool)
{
    bool is_last;

    SURREAL_ASSERT(pool->refs > 0);
    pool->refs--;
    is_last = pool->refs == 0;
    if (pool->is_closing && pool->refs == 1) srl_cond_signal(&pool->drained);
    srl_mutex_unlock(&pool->lock);
    if (is_last) srl_pool_free(pool);
}

/* ---- slots ------------------------------------------------------------ */

static void
srl_slot_free(surreal_pool *pool, srl_slot *slot)
{
    srl_slot **list = slot->db ? &pool->idle : &pool->empty;

    slot->next = *list;
    *list = slot;
    if (slot->db) pool->idle_count++;
}

/* A free slot for the caller to hold, or NULL. The lock is held. */
static srl_slot *
srl_slot_take(surreal_pool *pool)
{
    srl_slot **list = pool->idle ? &pool->idle : &pool->empty;
    srl_slot *slot = *list;

    if (!slot) return NULL;
    SURREAL_ASSERT(!pool->first);
    *list = slot->next;
    if (slot->db) pool->idle_count--;
    pool->taken++;
    return slot;
}

static void
srl_getter_unlink(surreal_pool *pool, srl_getter *getter)
{
    *(getter->prev ? &getter->prev->next : &pool->first) = getter->next;
    *(getter->next ? &getter->next->prev : &pool->last) = getter->prev;
    pool->waiting--;
}

/* The holder's end of it. The lock is held, but given up while a connection
 * that is not to be kept is closed. */
static void
srl_slot_put(surreal_pool *pool, srl_slot *slot, bool keep)
{
    srl_getter *getter;

    SURREAL_ASSERT(!slot->lent);
    if (slot->db && (!keep || pool->is_closing)) {
        srl_mutex_unlock(&pool->lock);
        surreal_close(slot->db);
        slot->db = NULL;
        srl_mutex_lock(&pool->lock);
    }
    slot->since_ms = srl_os_now_ms();
    getter = pool->first;
    if (getter && !pool->is_closing) {
        srl_getter_unlink(pool, getter);
        getter->slot = slot;
        srl_cond_signal(&getter->wake);
        return;
    }
    pool->taken--;
    srl_slot_free(pool, slot);
}

static surreal_status
srl_pool_closed(surreal_error *err)
{
    return srl_fail(err, SURREAL_ERR_CLOSED, "the pool was closed");
}

/* Stand in the line until a slot is handed over; NULL if that did not happen.
 * The lock is held. */
static surreal_status
srl_slot_wait(surreal_pool *pool, int64_t deadline_ms, srl_slot **out,
              surreal_error *err)
{
    srl_getter getter;

    memset(&getter, 0, sizeof getter);
    if (!srl_cond_init(&getter.wake)) {
        return srl_fail(err, SURREAL_ERR_NOMEM,
                        "the system has no condition variable to wait with");
    }
    getter.prev = pool->last;
    *(pool->last ? &pool->last->next : &pool->first) = &getter;
    pool->last = &getter;
    pool->waiting++;
    while (!getter.slot && !pool->is_closing &&
           srl_os_now_ms() < deadline_ms) {
        srl_cond_wait(&getter.wake, &pool->lock, deadline_ms);
    }
    if (!getter.slot) srl_getter_unlink(pool, &getter);
    srl_cond_free(&getter.wake);
    *out = getter.slot;
    return SURREAL_OK;
}

/* A slot to hold, from the lists or by waiting. The lock is held. */
static surreal_status
srl_slot_get(surreal_pool *pool, int timeout_ms, int64_t deadline_ms,
             srl_slot **out, surreal_error *err)
{
    if (pool->is_closing) return srl_pool_closed(err);
    *out = srl_slot_take(pool);
    if (*out) return SURREAL_OK;
    SRL_TRY(srl_slot_wait(pool, deadline_ms, out, err));
    if (pool->is_closing) {
        if (*out) srl_slot_put(pool, *out, false);
        return srl_pool_closed(err);
    }
    if (*out) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_TIMEOUT,
                    "no connection came free within %d ms: all %zu of the "
                    "pool are in use, and %zu other threads wait",
                    timeout_ms, pool->size, pool->waiting);
}

/* ---- connections of slots --------------------------------------------- */

static void
srl_slot_disconnect(srl_slot *slot)
{
    surreal_close(slot->db);
    slot->db = NULL;
}

/* Connect an empty slot; it stays empty on failure. */
static surreal_status
srl_slot_dial(const surreal_pool *pool, srl_slot *slot, int64_t deadline_ms,
              surreal_error *err)
{
    surreal_error failure;
    surreal_status status;

    srl_error_clear(&failure);
    status = srl_twin_open(pool->pattern, NULL, deadline_ms, &slot->db,
                           &failure);
    if (status && err) *err = failure;
    return status;
}

static void
srl_pool_pinged(void *user, surreal *db, surreal_status status,
                surreal_result *result, const surreal_error *err)
{
    (void)db;
    (void)err;
    surreal_result_free(result);
    *(surreal_status *)user = status;
}

/* True if the server answers, in at most half of the time that is left: the
 * other half is for a new connection. */
static bool
srl_pool_ping(surreal *db, int64_t deadline_ms)
{
    surreal_bytes none = {NULL, 0};
    surreal_request *request = NULL;
    surreal_status pinged = SURREAL_WOULD_BLOCK;
    int64_t now = srl_os_now_ms();
    int64_t end = now + SRL_POOL_PING_MS;

    if (deadline_ms < INT64_MAX && (deadline_ms - now) / 2 < end - now) {
        end = now + (deadline_ms - now) / 2;
    }
    if (surreal_rpc_start(db, "ping", none, srl_pool_pinged, &pinged,
                          &request)) {
        return false;
    }
    while (pinged == SURREAL_WOULD_BLOCK) {
        int64_t left = end - srl_os_now_ms();

        if (left > 0) {
            surreal_wait(db, (int)left);
        } else {
            surreal_cancel(db, request); /* sets pinged */
        }
    }
    return !pinged;
}

/* True if a connection that was idle can be lent. */
static bool
srl_slot_is_alive(const surreal_pool *pool, srl_slot *slot,
                  int64_t deadline_ms)
{
    surreal *db = slot->db;

    if (!db) return false;
    surreal_step(db);
    if (surreal_get_state(db) != SURREAL_OPEN) return false;
    if (pool->idle_ms < 0) return true;
    if (srl_os_now_ms() - slot->since_ms <= pool->idle_ms) return true;
    return srl_pool_ping(db, deadline_ms);
}

/* Make sure that a slot's connection works; empty on failure. */
static surreal_status
srl_slot_ready(const surreal_pool *pool, srl_slot *slot, int64_t deadline_ms,
               surreal_error *err)
{
    if (srl_slot_is_alive(pool, slot, deadline_ms)) return SURREAL_OK;
    srl_slot_disconnect(slot);
    return srl_slot_dial(pool, slot, deadline_ms, err);
}

/* ---- open and close --------------------------------------------------- */

static surreal_status
srl_pool_check(const surreal_pool_options *o, surreal_error *err)
{
    int size = o->size ? o->size : SRL_POOL_SIZE;

    if (size < 1 || size > SRL_POOL_SIZE_MAX) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "pool option size is %d; it is 1 to %d, or 0 for %d",
                        size, SRL_POOL_SIZE_MAX, SRL_POOL_SIZE);
    }
    if (o->min_open > size) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "pool option min_open is %d; it is at most the size, "
                        "%d", o->min_open, size);
    }
    return SURREAL_OK;
}

static bool
srl_pool_slots_make(surreal_pool *pool)
{
    size_t i;

    pool->slots = (srl_slot *)srl_mem_resize(
        &pool->mem, NULL, 0, pool->size * sizeof *pool->slots);
    if (!pool->slots) return false;
    memset(pool->slots, 0, pool->size * sizeof *pool->slots);
    for (i = pool->size; i; i--) {
        srl_slot_free(pool, &pool->slots[i - 1]);
    }
    return true;
}

/* A pool without slots, or NULL. */
static surreal_pool *
srl_pool_new(const surreal_options *opt, const surreal_pool_options *po)
{
    surreal_pool *pool;
    srl_mem mem;

    srl_mem_init(&mem, opt ? &opt->allocator : NULL, 0);
    pool = (surreal_pool *)srl_mem_resize(&mem, NULL, 0, sizeof *pool);
    if (!pool) return NULL;
    memset(pool, 0, sizeof *pool);
    pool->mem = mem;
    pool->size = (size_t)(po->size ? po->size : SRL_POOL_SIZE);
    pool->get_ms = po->get_ms ? po->get_ms : SRL_POOL_GET_MS;
    pool->idle_ms = po->idle_ms ? po->idle_ms : SRL_POOL_IDLE_MS;
    pool->refs = 1;
    if (srl_mutex_init(&pool->lock)) {
        if (srl_cond_init(&pool->drained)) return pool;
        srl_mutex_free(&pool->lock);
    }
    srl_mem_free(&mem, pool, sizeof *pool);
    return NULL;
}

/* Connect the first slots. Nobody else has the pool yet. */
static surreal_status
srl_pool_fill(surreal_pool *pool, int min_open, surreal_error *err)
{
    srl_slot *made = NULL;
    surreal_status status = SURREAL_OK;

    while (min_open-- > 0 && !status) {
        srl_slot *slot = pool->empty;

        status = srl_slot_dial(pool, slot, INT64_MAX, err);
        if (status) break;
        pool->empty = slot->next;
        slot->since_ms = srl_os_now_ms();
        slot->next = made;
        made = slot;
    }
    while (made) {
        srl_slot *slot = made;

        made = slot->next;
        srl_slot_free(pool, slot);
    }
    return status;
}

SURREAL_API surreal_status
surreal_pool_open(const char *url, const surreal_options *opt,
                  const surreal_pool_options *pool_opt, surreal_pool **out,
                  surreal_error *err)
{
    surreal_pool_options po;
    surreal_pool *pool;
    surreal_status status = SURREAL_OK;

    srl_error_clear(err);
    if (!out) return srl_fail(err, SURREAL_ERR_USAGE, "out is NULL");
    *out = NULL;
    if (!url) return srl_fail(err, SURREAL_ERR_USAGE, "the url is NULL");
    memset(&po, 0, sizeof po);
    if (pool_opt) po = *pool_opt;
    SRL_TRY(srl_pool_check(&po, err));
    pool = srl_pool_new(opt, &po);
    if (!pool || !srl_pool_slots_make(pool)) {
        status = srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    }
    if (!status) {
        status = srl_conn_prepare(url, opt, &pool->pattern, err);
    }
    if (!status) {
        status = srl_pool_fill(pool, po.min_open ? po.min_open : 1, err);
    }
    if (status) {
        surreal_pool_close(pool, 0);
        return status;
    }
    *out = pool;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_pool_close(surreal_pool *pool, int wait_ms)
{
    int64_t deadline = srl_os_deadline(wait_ms);
    surreal_status status;
    srl_getter *getter;

    if (!pool) return SURREAL_OK;
    srl_mutex_lock(&pool->lock);
    SURREAL_ASSERT(!pool->is_closing);
    pool->is_closing = true;
    for (getter = pool->first; getter; getter = getter->next) {
        srl_cond_signal(&getter->wake);
    }
    while (pool->idle) {
        srl_slot_put(pool, srl_slot_take(pool), false);
    }
    while (pool->refs > 1 && srl_os_now_ms() < deadline) {
        srl_cond_wait(&pool->drained, &pool->lock, deadline);
    }
    status = pool->refs > 1 ? SURREAL_ERR_TIMEOUT : SURREAL_OK;
    srl_pool_leave(pool);
    return status;
}

/* ---- borrowing -------------------------------------------------------- */

SURREAL_API surreal_status
surreal_pool_get(surreal_pool *pool, int timeout_ms, surreal **out,
                 surreal_error *err)
{
    int64_t deadline;
    srl_slot *slot = NULL;
    surreal_status status;

    srl_error_clear(err);
    if (out) *out = NULL;
    if (!pool || !out) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s is NULL",
                        pool ? "out" : "the pool");
    }
    if (!timeout_ms) timeout_ms = pool->get_ms;
    deadline = srl_os_deadline(timeout_ms);
    srl_pool_enter(pool);
    status = srl_slot_get(pool, timeout_ms, deadline, &slot, err);
    if (!status) {
        srl_mutex_unlock(&pool->lock);
        status = srl_slot_ready(pool, slot, deadline, err);
        srl_mutex_lock(&pool->lock);
        if (!status && pool->is_closing) status = srl_pool_closed(err);
        if (status) {
            srl_slot_put(pool, slot, false);
        } else {
            slot->lent = slot->db;
            *out = slot->db;
            pool->refs++; /* the borrower's */
        }
    }
    srl_pool_leave(pool);
    return status;
}

static bool
srl_pool_may_keep(const surreal *db)
{
    return surreal_get_state(db) == SURREAL_OPEN && !surreal_pending(db) &&
           srl_pool_is_clean(db);
}

SURREAL_API surreal_status
surreal_pool_put(surreal_pool *pool, surreal *db)
{
    srl_slot *slot = NULL;
    size_t i;

    if (!db) return SURREAL_OK;
    if (!pool) return SURREAL_ERR_USAGE;
    srl_mutex_lock(&pool->lock);
    for (i = 0; i < pool->size && !slot; i++) {
        if (pool->slots[i].lent == db) slot = &pool->slots[i];
    }
    if (!slot) {
        srl_mutex_unlock(&pool->lock);
        return SURREAL_ERR_USAGE;
    }
    slot->lent = NULL;
    srl_slot_put(pool, slot, srl_pool_may_keep(db));
    srl_pool_leave(pool);
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_pool_query(surreal_pool *pool, const char *text, surreal_vars vars,
                   surreal_result **out, surreal_error *err)
{
    surreal *db = NULL;
    surreal_status status;

    if (out) *out = NULL;
    SRL_TRY(surreal_pool_get(pool, 0, &db, err));
    status = surreal_query(db, text, vars, out);
    if (status && err) *err = *surreal_last_error(db);
    surreal_pool_put(pool, db);
    return status;
}

SURREAL_API surreal_pool_stats
surreal_pool_get_stats(surreal_pool *pool)
{
    surreal_pool_stats stats = {0, 0, 0, 0, 0};

    if (!pool) return stats;
    srl_pool_enter(pool);
    stats.size = pool->size;
    stats.idle = pool->idle_count;
    stats.borrowed = pool->taken;
    stats.open = stats.idle + stats.borrowed;
    stats.waiting = pool->waiting;
    srl_pool_leave(pool);
    return stats;
}

/* ---- many jobs -------------------------------------------------------- */

typedef struct srl_work srl_work;

/* A slot that a run holds, and the job its connection carries. */
typedef struct srl_lane {
    srl_work *work;
    srl_slot *slot;   /* NULL: given back */
    surreal_job *job; /* in flight, or NULL */
    bool was_open;    /* this connection came to work */
} srl_lane;

struct srl_work {
    surreal_pool *pool;
    surreal_job *jobs;
    size_t count;
    size_t next;         /* first job not begun */
    size_t ended;
    srl_lane *lanes;
    size_t lane_count;
    size_t lanes_held;
    struct pollfd *set;  /* one for each lane */
    surreal_error reason; /* why the last lane to fail did */
};

static void
srl_job_end(srl_work *work, surreal_job *job, surreal_status status,
            surreal_result *result, const surreal_error *err)
{
    job->status = status;
    job->result = result;
    if (status) job->error = *err;
    work->ended++;
}

static void
srl_lane_done(void *user, surreal *db, surreal_status status,
              surreal_result *result, const surreal_error *err)
{
    srl_lane *lane = (srl_lane *)user;

    (void)db;
    srl_job_end(lane->work, lane->job, status, result, err);
    lane->job = NULL;
}

static void
srl_lane_leave(srl_lane *lane)
{
    surreal_pool *pool = lane->work->pool;
    srl_slot *slot = lane->slot;

    SURREAL_ASSERT(!lane->job);
    lane->slot = NULL;
    lane->work->lanes_held--;
    srl_mutex_lock(&pool->lock);
    srl_slot_put(pool, slot, slot->db && srl_pool_may_keep(slot->db));
    srl_mutex_unlock(&pool->lock);
}

/* Begin a new connection in place of one that worked once. The lane ends if
 * that one failed while it was being made, or no other can be begun. */
static void
srl_lane_dial(srl_lane *lane)
{
    surreal_pool *pool = lane->work->pool;
    srl_slot *slot = lane->slot;
    surreal_error failure;
    bool failed = !lane->was_open;

    if (failed) {
        failure = *surreal_last_error(slot->db);
    } else {
        srl_slot_disconnect(slot);
        srl_error_clear(&failure);
        failed = srl_twin_start(pool->pattern, NULL, &slot->db, &failure) !=
                 SURREAL_OK;
    }
    lane->was_open = false;
    if (failed) {
        lane->work->reason = failure;
        srl_lane_leave(lane);
    }
}

/* Take a slot over. An old connection is replaced, not asked: a run does
 * not wait for one server while others could work. */
static void
srl_lane_begin(srl_work *work, srl_slot *slot)
{
    srl_lane *lane = &work->lanes[work->lane_count++];
    surreal_pool *pool = work->pool;
    int64_t idle = srl_os_now_ms() - slot->since_ms;

    lane->work = work;
    lane->slot = slot;
    lane->job = NULL;
    lane->was_open = true;
    work->lanes_held++;
    if (!slot->db || (pool->idle_ms >= 0 && idle > pool->idle_ms)) {
        srl_lane_dial(lane);
    }
}

/* Begin the next job; false if the connection takes none now. */
static bool
srl_lane_start(srl_lane *lane)
{
    srl_work *work = lane->work;
    surreal_job *job = &work->jobs[work->next];
    surreal *db = lane->slot->db;
    surreal_status status;

    lane->job = job;
    status = surreal_query_start(db, job->text, job->vars, srl_lane_done,
                                 lane, NULL);
    if (status) lane->job = NULL;
    if (status == SURREAL_WOULD_BLOCK) return false;
    work->next++;
    if (status) srl_job_end(work, job, status, NULL, surreal_last_error(db));
    return true;
}

/* Do what a lane can do without waiting. */
static void
srl_lane_step(srl_lane *lane)
{
    srl_work *work = lane->work;

    while (lane->slot) {
        surreal *db = lane->slot->db;
        surreal_state state;

        surreal_step(db);
        state = surreal_get_state(db);
        if (state == SURREAL_OPEN) lane->was_open = true;
        if (lane->job) return;
        if (work->next == work->count) {
            srl_lane_leave(lane);
        } else if (state == SURREAL_CONNECTING) {
            return;
        } else if (state != SURREAL_OPEN) {
            srl_lane_dial(lane);
        } else if (!srl_lane_start(lane)) {
            return;
        }
    }
}

/* Wait until a lane can go on, then let all go on that can. */
static void
srl_work_wait(srl_work *work)
{
    int timeout = -1;
    size_t i;

    for (i = 0; i < work->lane_count; i++) {
        srl_slot *slot = work->lanes[i].slot;
        int left = slot ? surreal_deadline_ms(slot->db) : -1;

        work->set[i].fd = slot ? surreal_fd(slot->db) : -1;
        work->set[i].events = slot ? surreal_wants(slot->db) : (short)0;
        work->set[i].revents = 0;
        if (left >= 0 && (timeout < 0 || left < timeout)) timeout = left;
    }
    srl_sock_wait_any(work->set, work->lane_count, timeout);
    for (i = 0; i < work->lane_count; i++) {
        srl_lane *lane = &work->lanes[i];

        if (!lane->slot) continue;
        if (work->set[i].revents || !surreal_deadline_ms(lane->slot->db)) {
            srl_lane_step(lane);
        }
    }
}

/* The first slot is waited for, the others are taken if they are free. */
static void
srl_work_take(srl_work *work, size_t parallel)
{
    surreal_pool *pool = work->pool;
    srl_slot *slot = NULL;

    srl_mutex_lock(&pool->lock);
    if (srl_slot_get(pool, pool->get_ms, srl_os_deadline(pool->get_ms),
                     &slot, &work->reason)) {
        slot = NULL;
    }
    srl_mutex_unlock(&pool->lock);
    while (slot) {
        srl_lane_begin(work, slot);
        if (work->lane_count == parallel) break;
        srl_mutex_lock(&pool->lock);
        slot = pool->is_closing ? NULL : srl_slot_take(pool);
        srl_mutex_unlock(&pool->lock);
    }
}

/* The jobs that were never begun, when there is nobody left to begin them. */
static void
srl_work_give_up(srl_work *work)
{
    while (work->next < work->count) {
        srl_job_end(work, &work->jobs[work->next++], work->reason.status,
                    NULL, &work->reason);
    }
}

/* All jobs with `parallel` lanes, whose memory is there. */
static void
srl_work_all(srl_work *work, size_t parallel)
{
    size_t i;

    srl_work_take(work, parallel);
    for (i = 0; i < work->lane_count; i++) {
        srl_lane_step(&work->lanes[i]);
    }
    while (work->lanes_held) {
        srl_work_wait(work);
    }
    srl_work_give_up(work);
}

static void
srl_work_lanes(srl_work *work, size_t parallel)
{
    srl_mem mem;
    size_t lanes_len = parallel * sizeof(srl_lane);
    size_t set_len = parallel * sizeof(struct pollfd);

    srl_mem_init(&mem, &work->pool->pattern->conn->options.allocator, 0);
    work->lanes = (srl_lane *)srl_mem_resize(&mem, NULL, 0, lanes_len);
    work->set = (struct pollfd *)srl_mem_resize(&mem, NULL, 0, set_len);
    if (work->lanes && work->set) {
        srl_work_all(work, parallel);
    } else {
        srl_fail(&work->reason, SURREAL_ERR_NOMEM, "out of memory");
        srl_work_give_up(work);
    }
    SURREAL_ASSERT(work->ended == work->count);
    srl_mem_free(&mem, work->set, set_len);
    srl_mem_free(&mem, work->lanes, lanes_len);
}

SURREAL_API surreal_status
surreal_pool_run(surreal_pool *pool, surreal_job *jobs, size_t count,
                 int parallel, surreal_error *err)
{
    size_t lanes = (size_t)parallel;
    srl_work work;
    size_t i;

    srl_error_clear(err);
    if (!pool || (!jobs && count)) {
        return srl_fail(err, SURREAL_ERR_USAGE, "%s NULL",
                        pool ? "the jobs are" : "the pool is");
    }
    if (parallel < 0) {
        return srl_fail(err, SURREAL_ERR_RANGE,
                        "parallel is %d; it is 1 or more, or 0 for the size "
                        "of the pool", parallel);
    }
    if (!count) return SURREAL_OK;
    memset(&work, 0, sizeof work);
    work.pool = pool;
    work.jobs = jobs;
    work.count = count;
    for (i = 0; i < count; i++) {
        jobs[i].result = NULL;
        srl_error_clear(&jobs[i].error);
    }
    if (!parallel || lanes > pool->size) lanes = pool->size;
    if (lanes > count) lanes = count;
    srl_pool_enter(pool);
    srl_mutex_unlock(&pool->lock);
    srl_work_lanes(&work, lanes);
    srl_mutex_lock(&pool->lock);
    srl_pool_leave(pool);
    for (i = 0; i < count && !jobs[i].status; i++) {
        continue;
    }
    if (i == count) return SURREAL_OK;
    if (err) *err = jobs[i].error;
    return jobs[i].status;
}

#endif
