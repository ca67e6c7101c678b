/* surrealgen/migrate/lint_rows.c: rules about rows that are there (SG2xx).
 *
 * A definition changes no row and looks at none: a row that does not fit it
 * fails at its next UPDATE, which may be years later. */
#include "lint.h"

#include <string.h>

/* The column as this statement defines it, or NULL. */
static const gen_field *defined(const lint *l, const lint_stmt *s)
{
    if (!lint_is(s, LINT_DEFINE, "field") || s->item == NULL
        || s->item->kind != GEN_ITEM_FIELD
        || !lint_has_rows(l, s, s->table)) return NULL;
    return (const gen_field *)s->item->of;
}

/* Each row has a place for it: not an element, not below what may be
 * missing. */
static bool is_in_every_row(const lint *l, const lint_stmt *s,
                            const gen_field *field)
{
    size_t i;

    for (i = 0; i < field->path.count; i++) {
        if (gen_part_at(&field->path, i)->kind != GEN_PART_NAME) return false;
    }
    for (i = 0; i < s->name.len; i++) {
        const gen_field *above;
        if (s->name.ptr[i] != '.') continue;
        above = lint_field_before(l, s, s->table,
                                  gen_str_sub(s->name, 0, i));
        if (above != NULL && lint_optional(above->type)) return false;
    }
    return !gen_str_is(s->name, "id");
}

/* The server gives it a value at every UPDATE. */
static bool gives_itself(const gen_field *field)
{
    return field->computed.present || field->value.present
        || (field->default_.present && field->default_always);
}

static bool is_backfilled(const lint *l, const lint_stmt *s)
{
    return lint_sets(l, s->table, s->name, 0, l->stmts.count) != NULL;
}

/* The last definition of it in the script decides. */
static bool is_last(const lint *l, const lint_stmt *s)
{
    const lint_stmt *it = lint_about(l, s->table, s->at + 1);

    for (; it != NULL; it = lint_about(l, s->table, it->at + 1)) {
        if ((it->verb == LINT_DEFINE || it->verb == LINT_REMOVE)
            && gen_word_eq(it->what, "field")
            && gen_str_eq(it->name, s->name)) return false;
    }
    return true;
}

/* New in this migration, required, and old rows get nothing. */
static const gen_field *missing(const lint *l, const lint_stmt *s)
{
    const gen_field *field = defined(l, s);

    if (field == NULL || lint_field(l->old, s->table, s->name) != NULL
        || lint_optional(field->type) || gives_itself(field)
        || !is_last(l, s) || !is_in_every_row(l, s, field)
        || is_backfilled(l, s)) return NULL;
    return field;
}

static void say_backfill(lint *l, const lint_stmt *s, gen_diag *diag,
                         const char *value)
{
    gen_note(l->how->ctx, diag, "old rows have none: the next UPDATE of one "
             "fails with \"Expected ... but found `NONE`\"");
    gen_fix(l->how->ctx, diag, "define it as `option<...>`, then `UPDATE %s "
            "SET %s = %s WHERE %s = NONE`, then as it shall be",
            s->table.ptr, s->name.ptr, value, s->name.ptr);
}

/* SG201 */
void lint_required(lint *l, const lint_stmt *s)
{
    const gen_field *field = missing(l, s);
    gen_diag *diag;

    if (field == NULL || field->default_.present) return;
    diag = lint_found(l, SG201, 0, s->name_pos, s, "`%s.%s` is required, and "
                      "old rows get no value", s->table.ptr, s->name.ptr);
    say_backfill(l, s, diag, "...");
}

/* ------------------------------------------------------------ what changes */

typedef enum change {
    FITS,
    DROPS_NONE, /* that is all */
    GONE,       /* literals or tables: SG104 */
    OTHER
} change;

static change change_of(lint *l, const gen_type *from, const gen_type *to)
{
    gen_list gone = { NULL, 0, 0 };
    bool in_list = false;
    gen_type wide;

    if (lint_fits(l->reader, from, to)) return FITS;
    memset(&wide, 0, sizeof wide);
    wide.kind = GEN_T_OPTION;
    wide.elem = (gen_type *)(uintptr_t)to;
    if (lint_fits(l->reader, from, &wide)) return DROPS_NONE;
    if (lint_gone(l->reader, from, &wide, &gone, &in_list)) return GONE;
    return OTHER;
}

/* What a column that was there already becomes; *before is what it was. */
static const gen_field *changed(const lint *l, const lint_stmt *s,
                                const gen_field **before)
{
    const gen_field *field = defined(l, s);

    if (field == NULL || s->if_not_exists) return NULL;
    *before = lint_field_before(l, s, s->table, s->name);
    if (*before == NULL || (*before)->computed.present
        || field->computed.present
        || lint_field(l->old, s->table, s->name) == NULL) return NULL;
    return field;
}

/* SG202 */
void lint_new_default(lint *l, const lint_stmt *s)
{
    const gen_field *field = missing(l, s);
    const gen_field *before;
    gen_diag *diag;

    if (field == NULL) {
        field = changed(l, s, &before);
        if (field == NULL || gives_itself(field) || is_backfilled(l, s)
            || change_of(l, before->type, field->type) != DROPS_NONE) return;
    }
    if (!field->default_.present) return;
    diag = lint_found(l, SG202, 0, s->name_pos, s, "the default of `%s.%s` "
                      "is for new rows alone", s->table.ptr, s->name.ptr);
    say_backfill(l, s, diag, gen_clip(l->how->ctx, field->default_.text));
    if (diag->muted) return;
    gen_hint(l->how->ctx, diag, "or `DEFAULT ALWAYS`");
}

/* SG203 */
void lint_cast(lint *l, const lint_stmt *s)
{
    const gen_field *before;
    const gen_field *field = changed(l, s, &before);
    gen_str from, to;
    gen_diag *diag;

    if (field == NULL || change_of(l, before->type, field->type) != OTHER
        || lint_sets(l, s->table, s->name, 0, s->at) != NULL) return;
    /* Narrower, and rows that do not fit stop it. */
    if (lint_fits(l->reader, field->type, before->type)
        && lint_is_touched(l, s)) return;
    from = lint_type_text(l->reader, before->type);
    to = lint_type_text(l->reader, field->type);
    diag = lint_found(l, SG203, 0, s->name_pos, s, "`%s.%s` was `%s` and "
                      "becomes `%s`, its values stay", s->table.ptr,
                      s->name.ptr, from.ptr, to.ptr);
    gen_note(l->how->ctx, diag, "the next UPDATE of an old row fails");
    gen_fix(l->how->ctx, diag, "define it as `%s | %s`, then `UPDATE %s SET "
            "%s = <%s> %s`, then as `%s`", from.ptr, to.ptr, s->table.ptr,
            s->name.ptr, to.ptr, s->name.ptr, to.ptr);
}

static void say_touch(lint *l, const lint_stmt *s, gen_diag *diag)
{
    gen_note(l->how->ctx, diag, "a row that does not fit fails at its next "
             "UPDATE");
    gen_fix(l->how->ctx, diag, "write `-- step: tx touch=%s` over the step: "
            "it is then tried on every row first", s->table.ptr);
}

static bool same_text(const gen_clause *a, const gen_clause *b)
{
    return a->present == b->present && (!a->present
        || gen_str_eq(a->text, b->text));
}

static void touch_field(lint *l, const lint_stmt *s)
{
    const gen_field *before;
    const gen_field *field = changed(l, s, &before);
    gen_diag *diag;

    if (field == NULL || lint_is_touched(l, s) || !is_last(l, s)) return;
    if (change_of(l, before->type, field->type) == DROPS_NONE) {
        if (is_backfilled(l, s) || gives_itself(field)
            || field->default_.present) return;
        diag = lint_found(l, SG205, 0, s->name_pos, s, "`%s.%s` is no longer "
                          "optional", s->table.ptr, s->name.ptr);
        say_touch(l, s, diag);
    } else if (field->assert_.present
               && !same_text(&before->assert_, &field->assert_)) {
        diag = lint_found(l, SG205, 0, field->assert_.pos, s, "`%s.%s` has "
                          "%s ASSERT", s->table.ptr, s->name.ptr,
                          before->assert_.present ? "another" : "a new");
        say_touch(l, s, diag);
    }
}

/* SG205 */
void lint_touch(lint *l, const lint_stmt *s)
{
    const gen_table *before;
    const gen_table *table;
    gen_diag *diag;

    touch_field(l, s);
    if (!lint_is(s, LINT_DEFINE, "table") || s->item == NULL
        || s->item->kind != GEN_ITEM_TABLE
        || !lint_has_rows(l, s, s->table)) return;
    before = lint_table_before(l, s, s->table);
    table = (const gen_table *)s->item->of;
    if (before == NULL || before->schemafull || !table->schemafull
        || lint_is_touched(l, s)) return;
    diag = lint_found(l, SG205, 0, s->name_pos, s, "`%s` takes no other "
                      "columns any more", s->table.ptr);
    say_touch(l, s, diag);
}

/* --------------------------------------------------------- index and edges */

static gen_str columns_of(lint *l, const gen_index *index)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, l->reader);
    for (i = 0; i < index->columns.count; i++) {
        if (i > 0) gen_buf_add_text(&out, ", ");
        gen_surql_path(&out, gen_index_column(index, i));
    }
    return gen_buf_str(&out);
}

static bool has_star(const gen_index *index)
{
    size_t i, k;

    for (i = 0; i < index->columns.count; i++) {
        const gen_list *path = gen_index_column(index, i);
        for (k = 0; k < path->count; k++) {
            if (gen_part_at(path, k)->kind != GEN_PART_NAME) return true;
        }
    }
    return false;
}

/* Groups of rows that have one value. SurrealDB 3 lets rows be alike where any
 * of the columns is NONE or NULL, 2 only where all are. Of elements of arrays
 * it is not known. */
static bool count_groups(lint *l, const lint_stmt *s, const gen_index *index,
                         uint64_t *out)
{
    gen_str columns = columns_of(l, index);
    const char *word = l->how->link != NULL
        && l->how->link->version.major < 3 ? " OR " : " AND ";
    gen_buf from;
    size_t i;

    *out = 0;
    if (has_star(index)) return false;
    gen_buf_init(&from, l->reader);
    gen_buf_add_fmt(&from, "FROM (SELECT count() AS n, %s FROM ",
                    columns.ptr);
    gen_surql_name(&from, s->table);
    for (i = 0; i < index->columns.count; i++) {
        gen_buf_add_text(&from, i == 0 ? " WHERE " : word);
        gen_surql_path(&from, gen_index_column(index, i));
        gen_buf_add_text(&from, " NOT IN [NONE, NULL, []]");
    }
    gen_buf_add_fmt(&from, " GROUP BY %s) WHERE n > 1", columns.ptr);
    return lint_count(l, &from, out);
}

/* SG204: without a server a note, since the server refuses duplicates when it
 * builds the index, and nothing is lost then. */
void lint_unique(lint *l, const lint_stmt *s)
{
    const gen_index *index;
    gen_diag *diag;
    gen_str columns;
    uint64_t groups = 0;
    bool known;

    if (!lint_is(s, LINT_DEFINE, "index") || s->item == NULL
        || s->item->kind != GEN_ITEM_INDEX
        || !lint_has_rows(l, s, s->table)) return;
    index = (const gen_index *)s->item->of;
    if (index->kind != GEN_IX_UNIQUE || index->columns.count == 0) return;
    known = count_groups(l, s, index, &groups);
    if (known && groups == 0) return;
    columns = columns_of(l, index);
    if (known) {
        diag = lint_found(l, SG204, 'E', s->name_pos, s, "%s value%s of `%s` "
                          "%s more than once in `%s`",
                          lint_number(l->how->ctx, groups),
                          groups == 1 ? "" : "s", columns.ptr,
                          groups == 1 ? "occurs" : "occur", s->table.ptr);
    } else {
        diag = lint_found(l, SG204, 'N', s->name_pos, s, "values of `%s` "
                          "that occur twice in `%s` stop this", columns.ptr,
                          s->table.ptr);
    }
    gen_fix(l->how->ctx, diag, "see them: `surrealgen migrate dups %s.%s`",
            s->table.ptr, index->columns.count == 1 ? columns.ptr : "COLUMN");
}

static bool is_fewer(const gen_list *before, const gen_list *after)
{
    size_t i, k;

    if (after->count == 0) return false;
    for (i = 0; i < before->count; i++) {
        for (k = 0; k < after->count; k++) {
            if (gen_str_eq(gen_name_at(before, i)->text,
                           gen_name_at(after, k)->text)) break;
        }
        if (k == after->count) return true;
    }
    return before->count == 0;
}

static void add_side(gen_buf *out, const char *side, const gen_list *tables)
{
    size_t i;

    gen_buf_add_text(out, out->len > 0 ? " OR " : "");
    gen_buf_add_fmt(out, "record::tb(%s) NOT IN [", side);
    for (i = 0; i < tables->count; i++) {
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_string(out, gen_name_at(tables, i)->text);
    }
    gen_buf_add_text(out, "]");
}

/* SG208 */
void lint_edge(lint *l, const lint_stmt *s)
{
    const gen_table *before, *after;
    bool narrow, enforced, known;
    uint64_t rows = 0;
    gen_buf from, where;
    gen_diag *diag;

    if (!lint_is(s, LINT_DEFINE, "table") || s->item == NULL
        || s->item->kind != GEN_ITEM_TABLE
        || !lint_has_rows(l, s, s->table)) return;
    before = lint_table_before(l, s, s->table);
    after = (const gen_table *)s->item->of;
    if (before == NULL || before->kind != GEN_TABLE_RELATION
        || after->kind != GEN_TABLE_RELATION) return;
    narrow = is_fewer(&before->from, &after->from)
        || is_fewer(&before->to, &after->to);
    enforced = after->enforced && !before->enforced;
    if (!narrow && !enforced) return;
    gen_buf_init(&where, l->reader);
    if (is_fewer(&before->from, &after->from)) {
        add_side(&where, "in", &after->from);
    }
    if (is_fewer(&before->to, &after->to)) {
        add_side(&where, "out", &after->to);
    }
    if (enforced) {
        gen_buf_add_text(&where, where.len > 0 ? " OR " : "");
        gen_buf_add_text(&where, "!record::exists(in) OR "
                         "!record::exists(out)");
    }
    gen_buf_init(&from, l->reader);
    gen_buf_add_text(&from, "FROM ");
    gen_surql_name(&from, s->table);
    gen_buf_add_fmt(&from, " WHERE %s", where.ptr);
    known = lint_count(l, &from, &rows);
    if (known && rows == 0) return;
    if (!known && !enforced && lint_is_touched(l, s)) return;
    if (known) {
        diag = lint_found(l, SG208, 'E', s->name_pos, s, "%s edges of `%s` "
                          "do not fit", lint_number(l->how->ctx, rows),
                          s->table.ptr);
    } else {
        diag = lint_found(l, SG208, 'W', s->name_pos, s, "edges of `%s` may "
                          "not fit", s->table.ptr);
    }
    gen_hint(l->how->ctx, diag, narrow ? "fewer tables at its ends"
             : "ENFORCED: both ends must exist");
    gen_fix(l->how->ctx, diag, "see them: `SELECT * FROM %s WHERE %s`",
            s->table.ptr, where.ptr);
}

/* SG209 */
void lint_cascade(lint *l, const lint_stmt *s)
{
    const gen_field *before;
    const gen_field *field = changed(l, s, &before);
    gen_diag *diag;

    if (field == NULL || field->on_delete != GEN_DELETE_CASCADE
        || before->on_delete == GEN_DELETE_CASCADE) return;
    diag = lint_found(l, SG209, 0, s->name_pos, s, "deleting what `%s.%s` "
                      "links to deletes rows of `%s` from now on",
                      s->table.ptr, s->name.ptr, s->table.ptr);
    gen_note(l->how->ctx, diag, "programs that delete do not know it");
}
