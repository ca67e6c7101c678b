/* api/live.h: live queries. */
#ifndef SURREAL_API_LIVE_H
#define SURREAL_API_LIVE_H
#include "api/session.h"

/* A stream of changes, in the order the server sends them. SurrealDB 3.0 may
 * send those of different transactions in another order than they happened,
 * so the latest event need not be the latest change. */
typedef struct surreal_live surreal_live;

typedef enum surreal_action {
    SURREAL_CREATED = 1,
    SURREAL_UPDATED,
    SURREAL_DELETED,
    SURREAL_GAP,   /* changes were missed: read again what matters to you */
    SURREAL_ENDED  /* the last event of a stream: see `err` */
} surreal_action;

/* One change.
 *
 *   live    the stream
 *   id      the live query on the server
 *   record  the record; key kind NONE for GAP and ENDED
 *   value   CREATED, UPDATED: the record, or what the statement selects;
 *           DELETED: the record as it was. With diff: an array of patch
 *           operations (see surreal_patch_at); for DELETED that is one
 *           "replace" of the whole record by NONE on SurrealDB 3, but the
 *           record as it was on 2, so look at the action first
 *   old_id  GAP after a reconnect: the id before; `id` is the new one. Zeroed
 *           for other events
 *   lost    GAP: events dropped because nobody took them, or for want of
 *           memory; may be 0 for a reconnect, of which nobody knows the number
 *   err     ENDED: why. ERR_CANCELLED: the server ended the live query, since
 *           its table was removed or somebody killed it (SurrealDB 3 tells; 2
 *           falls silent); ERR_CLOSED: the handle was closed; else what the
 *           connection or the new registration failed with. NULL for other
 *           events
 *
 * Every stream gets ENDED exactly once, unless the program closed it before.
 *
 * A record that begins to match the condition comes as UPDATED, one that
 * ceases to match does not come at all: that is the server's rule. */
typedef struct surreal_event {
    surreal_action action;
    surreal_live *live;
    surreal_uuid id;
    surreal_uuid old_id;
    surreal_record_id record;
    surreal_value value;
    size_t lost;
    const surreal_error *err;
} surreal_event;

/* Receives events as they come, from surreal_step and waiting calls. The event
 * and all it points to are valid during the call. It may call anything,
 * surreal_live_close and surreal_close included. */
typedef void surreal_on_event(void *user, const surreal_event *event);

/* How a stream behaves. Zero means the default.
 *
 *   diff       events carry what changed instead of whole records
 *              (surreal_live_table; in a statement write LIVE SELECT DIFF)
 *   on_event   receives the events; NULL: they are kept for surreal_live_next
 *   user       its first argument
 *   max_bytes  memory for events nobody took yet; 0: 16 MiB. Beyond it events
 *              are dropped, until the one GAP event that counts them was
 *              taken. A single event may be larger
 *   once       true: a lost connection ends the stream. False: it is
 *              registered again after the reconnect and says so with a GAP,
 *              behind SURREAL_CHANGE_OPEN. If the server refuses that, or the
 *              session uses another namespace or database by then, the stream
 *              ends
 */
typedef struct surreal_live_options {
    bool diff;
    surreal_on_event *on_event;
    void *user;
    size_t max_bytes;
    bool once;
} surreal_live_options;

/* Watch a table. No event after the server's registration is lost, however
 * early it arrives: the stream exists before the request is sent.
 *
 *   table  a table's name as it is, without quotes
 *   opt    may be NULL
 *   out    receives the stream, before its first event; NULL after a failure,
 *          and if on_event closed the stream before this returned
 *
 * Returns:  as the calls that wait; ERR_UNDEFINED for an unknown table
 *           (SurrealDB 3; 2 accepts it); ERR_UNSUPPORTED over HTTP and in a
 *           transaction
 * Owns:     *out is yours; surreal_live_close() */
SURREAL_API surreal_status surreal_live_table(surreal *db, const char *table,
                                              const surreal_live_options *opt,
                                              surreal_live **out);

/* Watch with one LIVE SELECT statement: columns, condition, variables. The
 * variables are kept to register it again after a reconnect. A text variable
 * never equals a record id: bind ids with surreal_bind_id.
 *
 * Returns:  also ERR_USAGE for anything but one LIVE SELECT. A text that
 *           begins otherwise is not sent; one of several statements was run
 *           then, and the live queries in it are killed. ERR_UNSUPPORTED for
 *           variables other than tables on SurrealDB 2, which forgets them
 *           (those of surreal_let as well, which nobody can see in the text) */
SURREAL_API surreal_status surreal_live_query(surreal *db, const char *text,
                                              surreal_vars vars,
                                              const surreal_live_options *opt,
                                              surreal_live **out);

/* The next event of a stream without on_event, waiting up to timeout_ms
 * (negative: no limit; 0: only what is here). Drives the connection, so other
 * requests and streams go on.
 *
 * Returns:  SURREAL_OK; ERR_TIMEOUT if none came, also after surreal_wake;
 *           ERR_CLOSED after ENDED was taken; ERR_USAGE with on_event
 * Owns:     the event is valid until the next call for this stream */
SURREAL_API surreal_status surreal_live_next(surreal_live *live,
                                             surreal_event *event,
                                             int timeout_ms);

/* Take the memory of the event surreal_live_next gave last: it then lives as
 * long as the result. NULL for GAP and ENDED.
 *
 * Owns:  yours; surreal_result_free() */
SURREAL_API surreal_result *surreal_live_keep(surreal_live *live);

/* Stop: the server is told, without waiting for its answer, and what still
 * comes is dropped. NULL is allowed. A stream lives on, ended, when its handle
 * is closed first. May be called from any callback. */
SURREAL_API void surreal_live_close(surreal_live *live);

/* The live query's id on the server; it changes with a reconnect. */
SURREAL_API surreal_uuid surreal_live_id(const surreal_live *live);

/* One operation of a diff (RFC 6902 names; the server also sends "change",
 * whose value is a text diff). */
typedef struct surreal_patch_op {
    surreal_str op;   /* add, remove, replace, change, ... */
    surreal_str path; /* "/name"; "" is the whole record */
    surreal_value value;
} surreal_patch_op;

/* Operation `index` of a diff; SurrealDB 2's path "/" of a whole record is
 * given as "" too.
 *
 * Returns:  SURREAL_OK; NOT_FOUND behind the last; ERR_TYPE if it is no diff
 * Owns:     what *op points to belongs to the event */
SURREAL_API surreal_status surreal_patch_at(surreal_value diff, size_t index,
                                            surreal_patch_op *op);

#endif
