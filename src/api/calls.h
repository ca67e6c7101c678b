/* api/calls.h: records and what is built on queries. */
#ifndef SURREAL_API_CALLS_H
#define SURREAL_API_CALLS_H
#include "api/client.h"

/* Every call here is one query whose data are variables: nothing is pasted
 * into the text. So each means the same on SurrealDB 2 and 3, and all of them
 * take part in a transaction.
 *
 * Variables named srl_... are the library's: do not set any on a session. */

/* ---- what a call is about --------------------------------------------- */

/* A table, one record of it, or a range of its records: a record id with a
 * key of kind SURREAL_KEY_RANGE. */
typedef struct surreal_target {
    surreal_kind kind; /* TABLE or RECORD_ID */
    surreal_str table;
    surreal_record_id id;
} surreal_target;

/* Text is borrowed until the call has returned. A table's name is a name:
 * surreal_table("person:1") is a table of that name, never a record. */
SURREAL_API surreal_target surreal_table(const char *name);
SURREAL_API surreal_target surreal_record(surreal_record_id id);

/* What is written: fields, or one item that is encoded already. */
typedef struct surreal_data {
    surreal_bind bind; /* private */
    int is_given;
} surreal_data;

/* One item of a surreal_writer: an object; for inserts also an array of
 * them. */
SURREAL_API surreal_data surreal_data_encoded(surreal_bytes item);
/* An object (or array) out of a result, as it came. */
SURREAL_API surreal_data surreal_data_value(surreal_value v);
SURREAL_API surreal_data surreal_data_fields(surreal_vars fields);
SURREAL_API surreal_data surreal_data_none(void);

/* SURREAL_DATA(surreal_bind_text("name", "Ann"), ...) inside the call, as
 * SURREAL_VARS. A field that is NONE is left out; the field "id" chooses the
 * key of a new record. */
#define SURREAL_DATA(...) surreal_data_fields(SURREAL_VARS(__VA_ARGS__))
#define SURREAL_NO_DATA surreal_data_none()

/* What the rows of the answer hold. */
typedef enum surreal_return {
    SURREAL_RETURN_DEFAULT = 0, /* AFTER; BEFORE for surreal_delete */
    SURREAL_RETURN_NONE,        /* no rows */
    SURREAL_RETURN_BEFORE,      /* each record as it was; NONE if new */
    SURREAL_RETURN_AFTER,       /* each record as it is; NONE if deleted */
    SURREAL_RETURN_DIFF         /* for each an array of what changed, as
                                   surreal_patch takes it */
} surreal_return;

/* ---- records -------------------------------------------------------------
 *
 * The answer has one shape: statement 0 is the array of rows, also for one
 * record. surreal_rows(r, 0) walks them, surreal_one(r, 0, &row) is the only
 * one or SURREAL_NOT_FOUND. A record that is not there is no error: no row.
 * A table nobody defined is ERR_UNDEFINED on SurrealDB 3 and has no rows on
 * 2; what makes records makes the table too.
 *
 * The _start forms queue the call and return at once, as surreal_query_start.
 *
 *   what  the record, range or table; a table means all its records where
 *         there are some, and for create, upsert and insert a new one
 *   ret   what the rows hold
 *   out   receives the result; may be NULL
 *
 * Returns:  as surreal_query, among them ERR_EXISTS, ERR_UNDEFINED, CONFLICT;
 *           ERR_USAGE for a target or data the call cannot take, ERR_UTF8,
 *           ERR_RANGE, ... for values: then nothing is sent
 * Owns:     *out is yours; free with surreal_result_free()
 */
SURREAL_API surreal_status surreal_select(surreal *db, surreal_target what,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_select_start(surreal *db, surreal_target what, surreal_done *done,
                     void *user, surreal_request **request);

/* A new record; ERR_EXISTS if it is there. `what` is no range. */
SURREAL_API surreal_status surreal_create(surreal *db, surreal_target what,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_create_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* New records, all or none: an array of objects or one object. */
SURREAL_API surreal_status surreal_insert(surreal *db, const char *table,
                                          surreal_data rows,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_insert_start(surreal *db, const char *table, surreal_data rows,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* The same for edges: each row has record ids in its fields `in` and
 * `out`. */
SURREAL_API surreal_status surreal_insert_relation(surreal *db,
                                                   const char *table,
                                                   surreal_data rows,
                                                   surreal_return ret,
                                                   surreal_result **out);
SURREAL_API surreal_status
surreal_insert_relation_start(surreal *db, const char *table,
                              surreal_data rows, surreal_return ret,
                              surreal_done *done, void *user,
                              surreal_request **request);

/* The data in place of the old record. With SURREAL_NO_DATA records stay as
 * they are but for the rules of their fields, which run again. */
SURREAL_API surreal_status surreal_update(surreal *db, surreal_target what,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_update_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* The same, and a record that is not there is made. */
SURREAL_API surreal_status surreal_upsert(surreal *db, surreal_target what,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_upsert_start(surreal *db, surreal_target what, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* The data into the old record: fields it does not name stay, fields that are
 * NONE go. */
SURREAL_API surreal_status surreal_merge(surreal *db, surreal_target what,
                                         surreal_data data,
                                         surreal_return ret,
                                         surreal_result **out);
SURREAL_API surreal_status
surreal_merge_start(surreal *db, surreal_target what, surreal_data data,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request);

/* Change records by JSON Patch (RFC 6902).
 *
 *   ops  one encoded array of operations, made with surreal_put_patch_...;
 *        a test that fails is ERR_STATEMENT and nothing is changed */
SURREAL_API surreal_status surreal_patch(surreal *db, surreal_target what,
                                         surreal_bytes ops,
                                         surreal_return ret,
                                         surreal_result **out);
SURREAL_API surreal_status
surreal_patch_start(surreal *db, surreal_target what, surreal_bytes ops,
                    surreal_return ret, surreal_done *done, void *user,
                    surreal_request **request);

/* One operation each, inside an array. `path` is a JSON pointer, "/tags/0".
 * After add, replace and test write one value, then surreal_put_end. */
SURREAL_API void surreal_put_patch_add(surreal_writer *w, const char *path);
SURREAL_API void surreal_put_patch_replace(surreal_writer *w,
                                           const char *path);
SURREAL_API void surreal_put_patch_test(surreal_writer *w, const char *path);
SURREAL_API void surreal_put_patch_remove(surreal_writer *w,
                                          const char *path);

/* The rows are the records as they were, unless `ret` says otherwise. */
SURREAL_API surreal_status surreal_delete(surreal *db, surreal_target what,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_delete_start(surreal *db, surreal_target what, surreal_return ret,
                     surreal_done *done, void *user,
                     surreal_request **request);

/* An edge between two records.
 *
 *   edge  the edge's table, or the edge itself by its id: one that is there
 *         is replaced */
SURREAL_API surreal_status surreal_relate(surreal *db, surreal_record_id from,
                                          surreal_target edge,
                                          surreal_record_id to,
                                          surreal_data data,
                                          surreal_return ret,
                                          surreal_result **out);
SURREAL_API surreal_status
surreal_relate_start(surreal *db, surreal_record_id from, surreal_target edge,
                     surreal_record_id to, surreal_data data,
                     surreal_return ret, surreal_done *done, void *user,
                     surreal_request **request);

/* ---- functions -------------------------------------------------------- */

/* The largest number of arguments, and of bytes in a function's name. */
#define SURREAL_RUN_ARGS 32
#define SURREAL_RUN_NAME 255

/* Call a function of the server: "math::abs", "fn::my::own". The answer is
 * surreal_statement_value(r, 0).
 *
 *   function  segments of letters, digits and '_', none beginning with a
 *             digit, joined by "::"; alone only count, not, rand and sleep.
 *             Built-in names are in lower case. Machine-learning models
 *             ("ml::...<1.0>") go through surreal_rpc
 *   args      in order; their names do not count and may be NULL
 *
 * Returns:  as surreal_query; ERR_QUERY for a built-in function that does not
 *           exist, a class SERVER status for one of your own; ERR_SYNTAX for
 *           a name that is none, ERR_LIMIT for too many arguments: then
 *           nothing is sent */
SURREAL_API surreal_status surreal_run(surreal *db, const char *function,
                                       surreal_vars args,
                                       surreal_result **out);
SURREAL_API surreal_status
surreal_run_start(surreal *db, const char *function, surreal_vars args,
                  surreal_done *done, void *user, surreal_request **request);

/* Who the session is: the record of the user signed in through an access
 * method as statement 0, NONE for system users. */
SURREAL_API surreal_status surreal_info(surreal *db, surreal_result **out);
SURREAL_API surreal_status surreal_info_start(surreal *db, surreal_done *done,
                                              void *user,
                                              surreal_request **request);

/* ---- batches -------------------------------------------------------------
 *
 * Statements that are collected, sent as one text, and done all or not at
 * all: on every version, over HTTP too. Result i is that of statement i.
 *
 *   surreal_batch b;
 *   surreal_batch_init(&b, db);
 *   surreal_batch_add(&b, "UPDATE $who SET n -= $n", SURREAL_VARS(...));
 *   surreal_batch_add(&b, "UPDATE $who SET n += $n", SURREAL_VARS(...));
 *   status = surreal_batch_run(&b, &r);
 *   surreal_batch_free(&b);
 *
 * A batch is no part of a transaction of the caller's: do not run it on
 * one. */
typedef struct surreal_batch {
    surreal *db;
    size_t count;            /* statements added */
    surreal_status status;   /* the first refusal, or SURREAL_OK */
    struct srl_batch *state; /* private from here on */
    surreal_done *done;
    void *user;
} surreal_batch;

/* An empty batch for one connection. */
SURREAL_API void surreal_batch_init(surreal_batch *b, surreal *db);

/* Append one statement: what may stand in parentheses (select, create, update,
 * upsert, delete, insert, relate, define, remove, if, an expression), FOR or
 * THROW. FOR has no value. A failure is latched: a chain of calls needs one
 * check, at surreal_batch_run.
 *
 *   text  one statement; a ';' at its end is taken off. Quotes and brackets
 *         are followed to see that: a regular expression that holds some
 *         belongs into a variable
 *   vars  its own variables: others do not see them
 *
 * Returns:  SURREAL_OK; ERR_USAGE for several statements, for one that cannot
 *           be part of a batch (BEGIN, COMMIT, LET, LIVE, USE, ...), and for
 *           a RETURN inside, which would end the whole batch on SurrealDB 3:
 *           write the value as the last of its block; ERR_SYNTAX for quotes
 *           or brackets that do not match; as surreal_query for vars;
 *           ERR_NOMEM
 * Owns:     text and vars are read before it returns */
SURREAL_API surreal_status surreal_batch_add(surreal_batch *b,
                                             const char *text,
                                             surreal_vars vars);

/* Send it and wait. It stays as it is and may be sent again, after a CONFLICT
 * for example.
 *
 *   out  receives the result: surreal_rows(r, i), surreal_statement_value(r,
 *        i), ... of statement i, counted from 0
 *
 * Returns:  SURREAL_OK: everything is done; the status of the statement that
 *           failed, whose index is surreal_last_error(db)->statement: nothing
 *           is done; CONFLICT without an index (-1) if another transaction
 *           came first; ERR_QUERY if the text did not parse; ERR_USAGE for
 *           an empty batch; what surreal_batch_add refused */
SURREAL_API surreal_status surreal_batch_run(surreal_batch *b,
                                             surreal_result **out);

/* The same without waiting. The batch must stay until `done` is called, which
 * may free it, and can be sent once at a time (ERR_USAGE). */
SURREAL_API surreal_status surreal_batch_start(surreal_batch *b,
                                               surreal_done *done, void *user,
                                               surreal_request **request);

/* Give back its memory. A zeroed batch is allowed. */
SURREAL_API void surreal_batch_free(surreal_batch *b);

/* ---- scans ---------------------------------------------------------------
 *
 * All rows of a table in the order of their ids, in constant memory: page
 * after page, each beginning behind the last id of the one before. Records
 * made or deleted meanwhile do no harm: every record that was there all the
 * time comes once. Ids order as integers, strings, uuids, arrays, objects.
 *
 * Zero means the default.
 *
 *   rows    at most this many per request; 0: 1,000
 *   fields  what to select, as SurrealQL ("name, age * 2 AS x"); NULL: "*".
 *           The field id comes along always, so it may not be VALUE
 *   where   a condition, as SurrealQL; NULL: none. Indexes are not used, so
 *           full-text search and nearest neighbours cannot stand here
 *   vars    variables of both texts
 *   from    begin with this record, or the next one if it is not there
 *   after   begin behind this record; not both
 *
 * Owns:  texts, vars and ids are borrowed until the scan is over */
typedef struct surreal_scan_options {
    size_t rows;
    const char *fields;
    const char *where;
    surreal_vars vars;
    surreal_record_id from;
    surreal_record_id after;
} surreal_scan_options;

/* Receives one row, valid during the call. Anything but SURREAL_OK ends the
 * scan. It may use the connection; to close it, end the scan. */
typedef surreal_status surreal_scan_row(void *user, surreal_value row);

/* Scan a table.
 *
 *   opt  may be NULL
 *
 * Returns:  SURREAL_OK after the last row; what `row` returned; as
 *           surreal_query, among them ERR_UNDEFINED (SurrealDB 3) for a table
 *           nobody defined; ERR_USAGE for ids of another table */
SURREAL_API surreal_status surreal_scan(surreal *db, const char *table,
                                        const surreal_scan_options *opt,
                                        surreal_scan_row *row, void *user);

/* The same row by row:
 *
 *   surreal_scan_open(&s, db, "person", NULL);
 *   while ((status = surreal_scan_next(&s, &row)) == SURREAL_OK) ...
 *   surreal_scan_close(&s); */
typedef struct surreal_scanner {
    surreal *db;
    struct srl_pages *state; /* private */
} surreal_scanner;

/* Owns:  *s is yours; free with surreal_scan_close(), also after a failure.
 *        opt itself need not stay, what it points to must */
SURREAL_API surreal_status
surreal_scan_open(surreal_scanner *s, surreal *db, const char *table,
                  const surreal_scan_options *opt);

/* The next row. Asks for the next page when one is used up, as a waiting call;
 * after a failure calling again asks again.
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND after the last row; as
 *           surreal_query
 * Owns:     the row lives until the next call */
SURREAL_API surreal_status surreal_scan_next(surreal_scanner *s,
                                             surreal_value *row);

SURREAL_API void surreal_scan_close(surreal_scanner *s);

/* ---- what has changed ----------------------------------------------------
 *
 * The change feed of a table (DEFINE TABLE ... CHANGEFEED 1d) or of all
 * tables of the database, in order, as far back as the feed reaches:
 *
 *   surreal_changes_open(&c, db, "person", cursor);
 *   while ((status = surreal_changes_next(&c, &change)) == SURREAL_OK) ...
 *   cursor = surreal_changes_cursor(&c);      to go on from another time
 *   surreal_changes_close(&c);
 *
 * SURREAL_NOT_FOUND says that there are no more now: call again later. */
typedef enum surreal_entry_kind {
    SURREAL_ENTRY_UPDATE = 1,   /* made or changed: value is the record */
    SURREAL_ENTRY_DELETE,       /* value is { id } */
    SURREAL_ENTRY_DEFINE_TABLE, /* value describes the table: on SurrealDB 2
                                    little more than { name } */
    SURREAL_ENTRY_OTHER         /* value is the entry as it came */
} surreal_entry_kind;

typedef struct surreal_entry {
    surreal_entry_kind kind;
    int64_t versionstamp; /* of the transaction; beyond 2^53, no double */
    surreal_value value;
    surreal_value diff; /* INCLUDE ORIGINAL, of an update: the patch that
                           leads back; else ABSENT */
} surreal_entry;

typedef struct surreal_changes {
    surreal *db;
    const char *table;
    size_t limit;        /* entries asked for at a time; 1,000 */
    int64_t since;       /* private from here on */
    surreal_datetime start;
    int64_t versionstamp;
    surreal_result *page;
    surreal_iter rows;
    surreal_iter entries;
    size_t left;
    int is_in_row;
    int is_whole;
} surreal_changes;

/* Begin.
 *
 *   table   borrowed until surreal_changes_close; NULL for the database
 *   cursor  0 for the beginning, or what surreal_changes_cursor gave, for
 *           the same major version and the same database
 *
 * Returns:  SURREAL_OK; ERR_USAGE for a negative cursor
 * Owns:     *c is yours; free with surreal_changes_close() */
SURREAL_API surreal_status surreal_changes_open(surreal_changes *c,
                                                surreal *db,
                                                const char *table,
                                                int64_t cursor);

/* Begin with the changes at and after a moment. SurrealDB 2 refuses a moment
 * before its first change (ERR_STATEMENT): begin with 0 then. */
SURREAL_API surreal_status surreal_changes_open_at(surreal_changes *c,
                                                   surreal *db,
                                                   const char *table,
                                                   surreal_datetime start);

/* The next change. Asks the server when what it sent is used up, as a waiting
 * call. A failure loses nothing: calling again goes on where it stopped.
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND for no more now; as surreal_query
 * Owns:     values live until the next call */
SURREAL_API surreal_status surreal_changes_next(surreal_changes *c,
                                                surreal_entry *change);

/* Where to begin next time, for a file or a row. All changes of a transaction
 * have one cursor: stopping inside it gives all of them again, never less.
 * -1 if it began with a moment and there was no change yet. */
SURREAL_API int64_t surreal_changes_cursor(const surreal_changes *c);

SURREAL_API void surreal_changes_close(surreal_changes *c);

#endif
