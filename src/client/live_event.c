/* client/live_event.c: live queries: their events. */
#include "client/client.h"

/* An event is the message it came in: nothing is copied on its way to the
 * program. Of the result around it, these fields say what it is while it is
 * queued:
 *
 *   single.row    the notification, a map; NULL for a GAP
 *   value         what happened to the record; the new id for a GAP
 *   count         1, so that it reads as an answer of one statement when the
 *                 program keeps it; the events lost for a GAP
 *
 * A loss for want of room stands at the end of the queue and lasts until the
 * program has taken it: `lost` counts without needing memory, and a program
 * that is too slow has one gap to mend, not one between any two events. */

/* ---- reading a notification ---------------------------------------------- */

typedef struct srl_notice {
    surreal_uuid id;
    const uint8_t *action;
    const uint8_t *record; /* or NULL */
    const uint8_t *result;
} srl_notice;

/* The keys called session, inside it and around it, are of no use: an id names
 * one live query of the whole server. */
static bool
srl_notice_read(const uint8_t *notification, srl_notice *notice)
{
    const surreal_str keys[4] = {
        {"action", 6}, {"id", 2}, {"record", 6}, {"result", 6}};
    const uint8_t *found[4];
    srl_cbor_head head;

    srl_cbor_head_at(notification, &head);
    if (head.major != SRL_CBOR_MAP) return false;
    srl_cbor_members(notification, keys, 4, found);
    if (!found[0] || !found[1] || !found[3]) return false;
    if (*found[0] >> 5 != SRL_CBOR_TEXT) return false;
    notice->action = found[0];
    notice->record = found[2];
    notice->result = found[3];
    return srl_item_uuid(found[1], &notice->id) == SURREAL_OK;
}

/* ENDED for KILLED; 0 for what this version does not know. */
static surreal_action
srl_notice_action(const srl_notice *notice)
{
    static const struct {
        const char *name;
        surreal_action action;
    } actions[] = {{"CREATE", SURREAL_CREATED},
                   {"UPDATE", SURREAL_UPDATED},
                   {"DELETE", SURREAL_DELETED},
                   {"KILLED", SURREAL_ENDED}};
    size_t i;

    for (i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (srl_cbor_text_is(notice->action, surreal_text(actions[i].name))) {
            return actions[i].action;
        }
    }
    return (surreal_action)0;
}

/* ---- the queue of a stream ----------------------------------------------- */

static void
srl_live_append(surreal_live *live, surreal_result *r)
{
    r->next = NULL;
    if (live->last) {
        live->last->next = r;
    } else {
        live->first = r;
    }
    live->last = r;
    live->bytes += surreal_result_size(r);
}

static surreal_result *
srl_live_shift(surreal_live *live)
{
    surreal_result *r = live->first;

    if (!r) return NULL;
    live->first = r->next;
    if (!live->first) live->last = NULL;
    r->next = NULL;
    live->bytes -= surreal_result_size(r);
    return r;
}

SRL_FN void
srl_live_forget(surreal_live *live)
{
    surreal_result *r;

    while ((r = srl_live_shift(live)) != NULL) surreal_result_free(r);
    surreal_result_free(live->taken);
    live->taken = NULL;
    live->lost = 0;
}

static bool
srl_live_is_gap(const surreal_result *r)
{
    return r->single.row == NULL;
}

/* Nothing came between this gap and the one before: they are one. */
static void
srl_live_merge_gap(surreal_live *live, surreal_result *r)
{
    surreal_result **at = &live->first;
    surreal_result *before = NULL;

    if (!live->last || !srl_live_is_gap(live->last)) return;
    while ((*at)->next) {
        before = *at;
        at = &(*at)->next;
    }
    r->count += (*at)->count;
    live->bytes -= surreal_result_size(*at);
    surreal_result_free(*at);
    *at = NULL;
    live->last = before;
}

SRL_FN void
srl_live_gap(surreal_live *live, surreal_result *r)
{
    r->value = r->statements[0].value;
    r->single.row = NULL;
    r->count = live->lost;
    live->lost = 0;
    srl_live_merge_gap(live, r);
    srl_live_append(live, r);
}

/* A single event may be larger than what all may take together: else it
 * could never come. */
static void
srl_live_push(surreal_live *live, surreal_result *r,
              const uint8_t *notification, const srl_notice *notice)
{
    size_t max = live->options.max_bytes;
    size_t size = surreal_result_size(r);

    if (live->lost ||
        (live->first && (size > max || live->bytes > max - size))) {
        live->lost++;
        surreal_result_free(r);
        return;
    }
    r->value = notice->result;
    r->statements = &r->single;
    r->single.row = notification;
    r->single.value = notice->result;
    r->count = 1;
    srl_live_append(live, r);
}

/* A notification of this stream: takes r. */
static void
srl_live_give(const srl_conn *c, surreal_live *live, surreal_result *r,
              const uint8_t *notification, const srl_notice *notice)
{
    surreal_action action = srl_notice_action(notice);
    surreal_error err;

    if (action && action != SURREAL_ENDED && live->state == SRL_LIVE_ON) {
        srl_live_push(live, r, notification, notice);
        return;
    }
    if (!action) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a notification of an unknown action");
    } else if (live->state == SRL_LIVE_ON) {
        srl_fail(&err, SURREAL_ERR_CANCELLED,
                 "the server ended the live query: its table was removed, or "
                 "somebody killed it");
        srl_live_end(live, &err);
    }
    surreal_result_free(r);
}

/* ---- notifications of ids nobody knows yet ------------------------------- */

/* They are kept while a registration is under way, whose answer may name
 * their id. What does not fit is counted, and told as a gap to whoever
 * registers: it may have been his. */
static void
srl_early_keep(srl_early *early, surreal_result *r,
               const uint8_t *notification)
{
    size_t size = surreal_result_size(r);

    if (early->lost || size > SRL_LIVE_BYTES ||
        early->bytes > SRL_LIVE_BYTES - size) {
        early->lost++;
        surreal_result_free(r);
        return;
    }
    r->next = NULL;
    r->single.row = notification;
    if (early->last) {
        early->last->next = r;
    } else {
        early->first = r;
    }
    early->last = r;
    early->bytes += size;
}

static void
srl_early_drop(srl_early *early)
{
    while (early->first) {
        surreal_result *r = early->first;

        early->first = r->next;
        surreal_result_free(r);
    }
    memset(early, 0, sizeof *early);
}

/* Move what is this stream's to its queue. */
static void
srl_early_claim(srl_conn *c, surreal_live *live)
{
    srl_early before = c->early;
    surreal_result *r = before.first;

    memset(&c->early, 0, sizeof c->early);
    while (r) {
        surreal_result *next = r->next;
        const uint8_t *notification = r->single.row;
        srl_notice notice;

        if (srl_notice_read(notification, &notice) &&
            !memcmp(&notice.id, &live->id, sizeof live->id)) {
            srl_live_give(c, live, r, notification, &notice);
        } else {
            srl_early_keep(&c->early, r, notification);
        }
        r = next;
    }
    c->early.registering = before.registering;
    c->early.lost = before.lost;
    live->lost += before.lost;
}

SRL_FN void
srl_early_settle(srl_conn *c, surreal_live *live)
{
    SURREAL_ASSERT(c->early.registering > 0);
    c->early.registering--;
    if (live) srl_early_claim(c, live);
    if (!c->early.registering) srl_early_drop(&c->early);
}

/* ---- where a notification goes ------------------------------------------- */

static surreal_live *
srl_live_find(const srl_conn *c, const surreal_uuid *id)
{
    const srl_session *session;
    surreal_live *live;

    for (session = c->sessions; session; session = session->next) {
        for (live = session->lives; live; live = live->next) {
            if (live->state == SRL_LIVE_ON &&
                !memcmp(&live->id, id, sizeof *id)) {
                return live;
            }
        }
    }
    return NULL;
}

SRL_FN void
srl_live_take(srl_conn *c, surreal_result *r, const uint8_t *notification)
{
    surreal_live *live;
    srl_notice notice;

    if (!srl_notice_read(notification, &notice)) {
        srl_trace(c, SURREAL_LEVEL_WARN, "rpc",
                  "dropped a message nobody asked for");
        surreal_result_free(r);
        return;
    }
    live = srl_live_find(c, &notice.id);
    if (live) {
        srl_live_hold(live);
        srl_live_give(c, live, r, notification, &notice);
        srl_live_pump(live);
        srl_live_release(live);
        if (c->phase == SRL_PHASE_READY) srl_lives_tell(c);
    } else if (c->early.registering) {
        srl_early_keep(&c->early, r, notification);
    } else {
        srl_trace(c, SURREAL_LEVEL_DEBUG, "rpc",
                  "dropped a notification of a live query that was closed");
        surreal_result_free(r);
    }
}

/* ---- what the program sees ----------------------------------------------- */

static void
srl_live_read_gap(surreal_live *live, const surreal_result *r,
                  surreal_event *event)
{
    event->action = SURREAL_GAP;
    event->lost = r->count;
    event->old_id = live->seen_id;
    srl_item_uuid(r->value, &live->seen_id);
    event->id = live->seen_id;
}

/* Without memory for the text of the record's id, the event is one that was
 * lost. */
static void
srl_live_read(surreal_live *live, surreal_result *r, surreal_event *event)
{
    srl_notice notice;

    event->id = live->seen_id;
    if (srl_live_is_gap(r)) {
        srl_live_read_gap(live, r, event);
        return;
    }
    srl_notice_read(r->single.row, &notice);
    event->action = srl_notice_action(&notice);
    event->value = srl_value_at(&r->doc, r->value);
    if (!notice.record) return;
    if (surreal_get_record_id(srl_value_at(&r->doc, notice.record),
                              &event->record) == SURREAL_ERR_NOMEM) {
        memset(&event->value, 0, sizeof event->value);
        event->action = SURREAL_GAP;
        event->lost = 1;
        r->single.row = NULL;
    }
}

/* The next event; *r is the result it lies in, or NULL. */
static bool
srl_live_pop(surreal_live *live, surreal_event *event, surreal_result **r)
{
    memset(event, 0, sizeof *event);
    event->live = live;
    event->id = live->seen_id;
    *r = srl_live_shift(live);
    if (*r) {
        srl_live_read(live, *r, event);
        return true;
    }
    if (live->lost) {
        event->action = SURREAL_GAP;
        event->lost = live->lost;
        live->lost = 0;
        return true;
    }
    if (live->state != SRL_LIVE_ENDED || live->is_end_told) return false;
    event->action = SURREAL_ENDED;
    event->err = &live->end;
    live->is_end_told = true;
    return true;
}

/* A nested call takes what comes next, so that events keep their order
 * whatever a callback drives. */
SRL_FN void
srl_live_pump(surreal_live *live)
{
    surreal_event event;
    surreal_result *r;

    if (!live->options.on_event) return;
    srl_live_hold(live);
    while (!live->is_closed && !live->waiter &&
           (!live->conn || live->conn->phase == SRL_PHASE_READY) &&
           srl_live_pop(live, &event, &r)) {
        if (live->conn) live->conn->completed++; /* ends a surreal_wait */
        live->options.on_event(live->options.user, &event);
        surreal_result_free(r);
    }
    srl_live_release(live);
}

/* ---- taking events ------------------------------------------------------- */

/* Wait until there is an event. */
static surreal_status
srl_live_wait(srl_conn *c, surreal_live *live, surreal_event *event,
              int timeout_ms)
{
    int64_t end = srl_os_now_ms() + timeout_ms;
    bool stepped = false;

    for (;;) {
        int64_t left = timeout_ms < 0 ? -1 : end - srl_os_now_ms();

        if (live->is_closed) return SURREAL_ERR_CLOSED; /* by a callback */
        if (srl_live_pop(live, event, &live->taken)) return SURREAL_OK;
        if (!live->conn) return SURREAL_ERR_CLOSED;
        if (c->is_woken) {
            c->is_woken = false;
            return SURREAL_ERR_TIMEOUT;
        }
        if (timeout_ms >= 0 && left <= 0) {
            if (stepped) return SURREAL_ERR_TIMEOUT;
            left = 0;
        }
        srl_wait_and_step(c, left);
        stepped = true;
    }
}

SURREAL_API surreal_status
surreal_live_next(surreal_live *live, surreal_event *event, int timeout_ms)
{
    surreal_status status;
    srl_conn *c;

    if (!live || !event || live->options.on_event) return SURREAL_ERR_USAGE;
    surreal_result_free(live->taken);
    live->taken = NULL;
    if (srl_live_pop(live, event, &live->taken)) return SURREAL_OK;
    c = live->conn;
    if (!c) return SURREAL_ERR_CLOSED;
    srl_enter(c);
    srl_live_hold(live);
    status = srl_live_wait(c, live, event, timeout_ms);
    srl_live_release(live);
    srl_leave(c);
    return status;
}

SURREAL_API surreal_result *
surreal_live_keep(surreal_live *live)
{
    surreal_result *r = live ? live->taken : NULL;

    if (!r || srl_live_is_gap(r)) return NULL;
    live->taken = NULL;
    return r;
}

/* ---- diffs --------------------------------------------------------------- */

/* The path of the whole record is "/" on SurrealDB 2. It says so in a diff of
 * one operation only, which is not mistaken for one of a field whose name is
 * empty unless somebody has such a field. */
static surreal_status
srl_patch_path(surreal_value diff, surreal_value op, surreal_str *path)
{
    surreal_str whole = {"", 0};

    SRL_TRY(surreal_get_str(surreal_field(op, "path"), path));
    if (surreal_str_eq(*path, SURREAL_LIT("/")) && surreal_count(diff) == 1) {
        *path = whole;
    }
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_patch_at(surreal_value diff, size_t index, surreal_patch_op *op)
{
    surreal_value at = surreal_at(diff, index);
    surreal_patch_op got;
    surreal_status status;

    memset(op, 0, sizeof *op);
    memset(&got, 0, sizeof got);
    if (surreal_value_kind(diff) != SURREAL_ARRAY) return SURREAL_ERR_TYPE;
    if (index >= surreal_count(diff)) return SURREAL_NOT_FOUND;
    if (surreal_value_kind(at) != SURREAL_OBJECT) return SURREAL_ERR_TYPE;
    status = surreal_get_str(surreal_field(at, "op"), &got.op);
    if (!status) status = srl_patch_path(diff, at, &got.path);
    if (status) {
        return status == SURREAL_ERR_NOMEM ? status : SURREAL_ERR_TYPE;
    }
    got.value = surreal_field(at, "value");
    *op = got;
    return SURREAL_OK;
}
