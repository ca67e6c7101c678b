/* client/changes.c: the change feed. */
#include "client/client.h"

/* SHOW CHANGES ... SINCE n LIMIT m is full of traps:
 *
 * n is a versionstamp on SurrealDB 3 and a versionstamp / 65536 on 2; both
 * include n.
 *
 * m counts entries of all tables before those of one table are taken: an
 * empty page is not the end. Then the same page is asked for all tables and
 * sifted here, which also tells how far to go on.
 *
 * An entry is what one transaction did to one table. On 3 a page of all
 * tables may end in the middle of a transaction, and going on behind it would
 * lose the rest. So the last row of such a page is not used but asked for
 * again, unless it is the only one; then it is whole if it holds less than m
 * changes. */
#define SRL_CHANGES_LIMIT 1000
#define SRL_CHANGES_TEXT 768
#define SRL_CHANGES_MOMENT (-1) /* since: it is a moment yet */

SURREAL_API surreal_status
surreal_changes_open(surreal_changes *c, surreal *db, const char *table,
                     int64_t cursor)
{
    memset(c, 0, sizeof *c);
    if (!db) return SURREAL_ERR_USAGE;
    if (cursor < 0) {
        return srl_fail(srl_handle_error(db), SURREAL_ERR_USAGE,
                        "%lld is no cursor of a change feed",
                        (long long)cursor);
    }
    c->db = db;
    c->table = table;
    c->limit = SRL_CHANGES_LIMIT;
    c->since = cursor;
    return SURREAL_OK;
}

SURREAL_API surreal_status
surreal_changes_open_at(surreal_changes *c, surreal *db, const char *table,
                        surreal_datetime start)
{
    surreal_status status;

    SRL_TRY(surreal_changes_open(c, db, table, 0));
    status = srl_datetime_check(start);
    if (status) {
        c->db = NULL;
        return srl_fail(srl_handle_error(db), status,
                        "the moment to begin with: %s",
                        surreal_status_text(status));
    }
    c->since = SRL_CHANGES_MOMENT;
    c->start = start;
    return SURREAL_OK;
}

SURREAL_API int64_t
surreal_changes_cursor(const surreal_changes *c)
{
    return c->since;
}

static void
srl_changes_drop(surreal_changes *c)
{
    surreal_result_free(c->page);
    c->page = NULL;
    c->left = 0;
    c->is_in_row = 0;
}

SURREAL_API void
surreal_changes_close(surreal_changes *c)
{
    srl_changes_drop(c);
    memset(c, 0, sizeof *c);
}

/* Only literals may stand here. */
static surreal_status
srl_changes_text(const surreal_changes *c, const char *table,
                 char text[SRL_CHANGES_TEXT])
{
    srl_out out;

    srl_out_init(&out, text, SRL_CHANGES_TEXT);
    srl_out_text(&out, "SHOW CHANGES FOR ");
    if (table) {
        srl_out_text(&out, "TABLE ");
        srl_ident_out(&out, surreal_text(table));
    } else {
        srl_out_text(&out, "DATABASE");
    }
    srl_out_text(&out, " SINCE ");
    if (c->since == SRL_CHANGES_MOMENT) {
        srl_out_text(&out, "d'");
        srl_datetime_out(&out, c->start);
        srl_out_text(&out, "'");
    } else {
        srl_out_int(&out, c->since);
    }
    srl_out_text(&out, " LIMIT ");
    srl_out_uint(&out, c->limit);
    if (srl_out_end(&out) >= SRL_CHANGES_TEXT) {
        return srl_fail(srl_handle_error(c->db), SURREAL_ERR_TOO_LONG,
                        "the table's name is too long");
    }
    return SURREAL_OK;
}

/* Ask for a page; c->page is NULL if it is empty. */
static surreal_status
srl_changes_ask(surreal_changes *c, const char *table)
{
    char text[SRL_CHANGES_TEXT];
    surreal_vars none = {NULL, 0};
    surreal_value rows;
    surreal_status status;

    srl_changes_drop(c);
    SRL_TRY(srl_changes_text(c, table, text));
    status = surreal_query_str(c->db, surreal_text(text), none, &c->page);
    rows = surreal_rows(c->page, 0);
    c->left = surreal_count(rows);
    c->rows = surreal_iterate(rows);
    c->is_whole = !table;
    if (status || !c->left) srl_changes_drop(c);
    return status;
}

/* The next page, made sure to end between transactions. */
static surreal_status
srl_changes_page(surreal_changes *c)
{
    surreal_value first;

    if (!c->limit) c->limit = SRL_CHANGES_LIMIT;
    if (c->table) {
        SRL_TRY(srl_changes_ask(c, c->table));
        if (c->page) return SURREAL_OK;
    }
    for (;;) {
        SRL_TRY(srl_changes_ask(c, NULL));
        if (!c->page) return SURREAL_NOT_FOUND;
        if (c->left > 1) {
            c->left--;
            return SURREAL_OK;
        }
        first = surreal_at(surreal_rows(c->page, 0), 0);
        if (surreal_count(surreal_field(first, "changes")) < c->limit ||
            c->limit > SIZE_MAX / 4) {
            return SURREAL_OK;
        }
        c->limit *= 2;
    }
}

/* Take an entry apart; false if it is about another table. */
static bool
srl_changes_entry(const surreal_changes *c, surreal_value entry,
                  surreal_entry *change)
{
    surreal_value update = surreal_field(entry, "update");
    surreal_value current = surreal_field(entry, "current");
    surreal_value gone = surreal_field(entry, "delete");
    surreal_value table = surreal_field(entry, "define_table");
    surreal_str name = {NULL, 0};

    memset(change, 0, sizeof *change);
    change->versionstamp = c->versionstamp;
    change->kind = SURREAL_ENTRY_UPDATE;
    if (current.doc) {
        change->value = current;
        change->diff = update;
    } else if (update.doc) {
        change->value = update;
    } else if (gone.doc) {
        change->kind = SURREAL_ENTRY_DELETE;
        change->value = gone;
    } else if (table.doc) {
        change->kind = SURREAL_ENTRY_DEFINE_TABLE;
        change->value = table;
        name = surreal_str_at(table, "name");
    } else {
        change->kind = SURREAL_ENTRY_OTHER;
        change->value = entry;
        return true;
    }
    if (!c->table || !c->is_whole) return true;
    if (!table.doc) name = surreal_record_id_at(change->value, "id").table;
    return surreal_str_eq(name, surreal_text(c->table));
}

/* The next row of the page. */
static surreal_status
srl_changes_row(surreal_changes *c)
{
    surreal_status status;

    c->left--;
    surreal_next(&c->rows);
    status = surreal_get_int(surreal_field(c->rows.value, "versionstamp"),
                             &c->versionstamp);
    if (status || c->versionstamp < 0) {
        srl_changes_drop(c);
        return srl_fail(srl_handle_error(c->db), SURREAL_ERR_REPLY,
                        "a row of the change feed has no versionstamp");
    }
    c->entries = surreal_iterate(surreal_field(c->rows.value, "changes"));
    c->is_in_row = 1;
    c->since = c->versionstamp;
    if (surreal_version(c->db).major < 3) c->since >>= 16;
    return SURREAL_OK;
}

/* Behind the last entry of a row the cursor is behind the row. */
static void
srl_changes_pass(surreal_changes *c)
{
    surreal_iter ahead = c->entries;

    if (!c->is_in_row || surreal_next(&ahead)) return;
    c->is_in_row = 0;
    c->since++;
}

static surreal_status
srl_changes_step(surreal_changes *c, surreal_entry *change)
{
    for (;;) {
        while (c->is_in_row && surreal_next(&c->entries)) {
            if (!srl_changes_entry(c, c->entries.value, change)) continue;
            srl_changes_pass(c);
            return SURREAL_OK;
        }
        srl_changes_pass(c);
        if (c->left) {
            SRL_TRY(srl_changes_row(c));
        } else {
            SRL_TRY(srl_changes_page(c));
        }
    }
}

SURREAL_API surreal_status
surreal_changes_next(surreal_changes *c, surreal_entry *change)
{
    surreal *db = c->db;
    surreal_status status;

    memset(change, 0, sizeof *change);
    if (!db) return SURREAL_ERR_USAGE;
    srl_enter(db->conn); /* a callback may close it meanwhile */
    status = srl_changes_step(c, change);
    srl_leave(db->conn);
    return status;
}
