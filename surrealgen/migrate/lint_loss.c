/* surrealgen/migrate/lint_loss.c: rules about what goes away (SG1xx). */
#include "lint.h"

#include <string.h>

/* --------------------------------------------------------------- the table */

/* The table that the rows of this one were copied into before, or empty. */
static gen_str copied_to(const lint *l, const lint_stmt *s)
{
    size_t i;

    for (i = 0; i < s->at; i++) {
        const lint_stmt *it = lint_stmt_at(l, i);
        if ((it->verb == LINT_INSERT || it->verb == LINT_CREATE)
            && it->table.len > 0 && gen_str_eq(it->source, s->name)
            && !gen_str_eq(it->table, s->name)) return it->table;
    }
    return gen_str_lit("");
}

static bool names(const gen_list *list, gen_str name)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        if (gen_str_eq(gen_name_at(list, i)->text, name)) return true;
    }
    return false;
}

/* Whether values of the type may be records of the table; how many tables the
 * record may be of, and whether they are elements of an array. */
static const gen_type *link_of(const gen_type *type, gen_str table,
                               bool *in_list)
{
    const gen_type *found = NULL;
    size_t i;

    if (type->kind == GEN_T_RECORD) {
        return names(&type->names, table) ? type : NULL;
    }
    if (type->elem != NULL) {
        found = link_of(type->elem, table, in_list);
        *in_list = *in_list || (found != NULL && type->kind != GEN_T_OPTION);
    }
    for (i = 0; found == NULL && i < type->arms.count; i++) {
        found = link_of(gen_type_at(&type->arms, i), table, in_list);
    }
    return found;
}

typedef struct links {
    lint *l;
    gen_str table;  /* that goes */
    gen_buf out;    /* "post.author (12 rows), likes (3 rows)" */
} links;

static void add_link(links *k, gen_str what, gen_buf *from)
{
    uint64_t rows;
    bool known = lint_count(k->l, from, &rows);

    if (known && rows == 0) return;
    if (k->out.len > 0) gen_buf_add_text(&k->out, ", ");
    gen_buf_add_str(&k->out, what);
    if (known) {
        gen_buf_add_fmt(&k->out, " (%s rows)",
                        lint_number(k->l->how->ctx, rows));
    }
}

static void add_field_links(links *k, const gen_table *table,
                            const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        bool in_list = false;
        const gen_type *type = link_of(field->type, k->table, &in_list);
        gen_buf from, name;
        add_field_links(k, table, &field->children);
        if (type == NULL || field->is_elem || field->computed.present) {
            continue;
        }
        gen_buf_init(&from, k->l->reader);
        gen_buf_init(&name, k->l->reader);
        gen_buf_add_fmt(&name, "%s.", table->name.ptr);
        gen_surql_path(&name, &field->path);
        gen_buf_add_text(&from, "FROM ");
        gen_surql_name(&from, table->name);
        if (type->names.count == 1 || in_list) {
            gen_buf_add_text(&from, " WHERE ");
            gen_surql_path(&from, &field->path);
            gen_buf_add_text(&from, in_list ? " ?? [] != []" : " != NONE");
        } else {
            gen_buf_add_text(&from, " WHERE record::tb(");
            gen_surql_path(&from, &field->path);
            gen_buf_add_text(&from, ") = ");
            gen_surql_string(&from, k->table);
        }
        add_link(k, gen_buf_str(&name), &from);
    }
}

/* What leads to the table, as a text: columns and edges. */
static gen_str links_to(lint *l, gen_str table)
{
    const gen_list *tables = &gen_schema_of(l->old)->tables;
    links k;
    size_t i;

    k.l = l;
    k.table = table;
    gen_buf_init(&k.out, l->reader);
    for (i = 0; i < tables->count; i++) {
        const gen_table *other = gen_table_at(tables, i);
        gen_buf from;
        if (gen_str_eq(other->name, table) || other->view.present) continue;
        add_field_links(&k, other, &other->fields);
        if (!names(&other->from, table) && !names(&other->to, table)) {
            continue;
        }
        gen_buf_init(&from, l->reader);
        gen_buf_add_text(&from, "FROM ");
        gen_surql_name(&from, other->name);
        gen_buf_add_text(&from, " WHERE record::tb(in) = ");
        gen_surql_string(&from, table);
        gen_buf_add_text(&from, " OR record::tb(out) = ");
        gen_surql_string(&from, table);
        add_link(&k, other->name, &from);
    }
    return gen_buf_str(&k.out);
}

/* SG101 */
void lint_remove_table(lint *l, const lint_stmt *s)
{
    gen_str linked;
    gen_diag *diag;
    uint64_t rows;

    if (!lint_is(s, LINT_REMOVE, "table") || copied_to(l, s).len > 0
        || !lint_has_rows(l, s, s->name)) return;
    if (lint_rows(l, s->name, &rows)) {
        diag = lint_found(l, SG101, 0, s->name_pos, s, "the table `%s` goes, "
                          "with %s rows", s->name.ptr,
                          lint_number(l->how->ctx, rows));
    } else {
        diag = lint_found(l, SG101, 0, s->name_pos, s, "the table `%s` goes, "
                          "with its rows", s->name.ptr);
    }
    if (diag->muted) return;
    gen_fix(l->how->ctx, diag, "--allow data-loss, or `-- sg-allow SG101: "
            "why` before it");
    linked = links_to(l, s->name);
    if (linked.len > 0) {
        gen_note(l->how->ctx, diag, "records of it are in %s: those will "
                 "lead nowhere", linked.ptr);
    }
}

/* SG106 */
void lint_copy_table(lint *l, const lint_stmt *s)
{
    gen_str to;
    gen_str linked;
    gen_diag *diag;

    if (!lint_is(s, LINT_REMOVE, "table")) return;
    to = copied_to(l, s);
    if (to.len == 0 || !lint_has_rows(l, s, s->name)) return;
    diag = lint_found(l, SG106, 0, s->name_pos, s, "the rows of `%s` become "
                      "others in `%s`", s->name.ptr, to.ptr);
    if (diag->muted) return;
    linked = links_to(l, s->name);
    gen_note(l->how->ctx, diag, "the name of the table is a part of every "
             "record id: links and edges to the old ids lead nowhere%s%s",
             linked.len > 0 ? ": " : "", linked.ptr);
    gen_fix(l->how->ctx, diag, "rewrite every link, or keep the table and "
            "rename it in C alone with `@c(name: %s)`", to.ptr);
}

/* --------------------------------------------------------------- the column */

static bool ends_in_star(gen_str path)
{
    return path.len > 0 && path.ptr[path.len - 1] == '*';
}

/* It is defined again, and nothing took its values in between. */
static bool comes_back(const lint *l, const lint_stmt *s)
{
    const lint_stmt *it = lint_about(l, s->table, s->at + 1);

    for (; it != NULL; it = lint_about(l, s->table, it->at + 1)) {
        if (lint_is(it, LINT_DEFINE, "field")
            && gen_str_eq(it->name, s->name)) {
            return lint_unsets(l, s->table, s->name, s->at, it->at) == NULL;
        }
    }
    return false;
}

static bool table_goes(const lint *l, const lint_stmt *s)
{
    const lint_stmt *it = lint_about(l, s->table, 0);

    for (; it != NULL; it = lint_about(l, s->table, it->at + 1)) {
        if (lint_is(it, LINT_REMOVE, "table")) return true;
    }
    return false;
}

/* Rows with a value; false when there is nobody to ask. */
static bool count_values(const lint *l, const lint_stmt *s, uint64_t *out)
{
    gen_buf from;

    gen_buf_init(&from, l->reader);
    gen_buf_add_text(&from, "FROM ");
    gen_surql_name(&from, s->table);
    gen_buf_add_text(&from, " WHERE ");
    if (strstr(s->name.ptr, "*") != NULL) {
        /* Of elements: a list with a NONE for each that has none. */
        gen_buf_add_text(&from, "array::len(array::filter(array::flatten([");
        lint_add_path(&from, s->name);
        gen_buf_add_text(&from, "]), |$v| $v != NONE)) > 0");
    } else {
        lint_add_path(&from, s->name);
        gen_buf_add_text(&from, " != NONE");
    }
    return lint_count(l, &from, out);
}

/* A column with values in rows, which this statement takes away. */
static bool takes_values(lint *l, const lint_stmt *s, uint64_t *count,
                         bool *known)
{
    const gen_field *field;

    *known = false;
    if (!lint_is(s, LINT_REMOVE, "field") || ends_in_star(s->name)
        || !lint_has_rows(l, s, s->table)) return false;
    field = lint_field(l->old, s->table, s->name);
    if (field == NULL || comes_back(l, s) || table_goes(l, s)) return false;
    if (field->computed.present) {
        /* Who allows it all the same is right. */
        lint_is_allowed(l, SG102, s);
        return false;
    }
    *known = count_values(l, s, count);
    return !*known || *count > 0;
}

/* SG102 */
void lint_remove_field(lint *l, const lint_stmt *s)
{
    const char *last;
    gen_diag *diag;
    uint64_t count = 0;
    uint64_t rows;
    bool known;

    if (!takes_values(l, s, &count, &known)
        || lint_moved(l, s).len > 0) return;
    if (known && lint_rows(l, s->table, &rows)) {
        diag = lint_found(l, SG102, 0, s->name_pos, s, "`%s.%s` goes, with "
                          "its values: %s of %s rows have one", s->table.ptr,
                          s->name.ptr, lint_number(l->how->ctx, count),
                          lint_number(l->how->ctx, rows));
    } else {
        diag = lint_found(l, SG102, 0, s->name_pos, s, "`%s.%s` goes, with "
                          "its values", s->table.ptr, s->name.ptr);
    }
    gen_fix(l->how->ctx, diag, "--allow data-loss, or `-- sg-allow SG102: "
            "why` before it; `up --archive` keeps the values for a while");
    last = strrchr(s->name.ptr, '.');
    gen_note(l->how->ctx, diag, "if it has another name now, say so in the "
             "schema: `@was(%s)`", last != NULL ? last + 1 : s->name.ptr);
}

/* SG206 */
void lint_stays(lint *l, const lint_stmt *s)
{
    const gen_table *table;
    gen_diag *diag;
    uint64_t count;
    bool known, old;

    if (!takes_values(l, s, &count, &known)) return;
    table = lint_table_before(l, s, s->table);
    if (table == NULL || !table->schemafull) return;
    if (lint_unsets(l, s->table, s->name, s->at + 1, l->stmts.count)
        != NULL) return;
    old = gen_schema_of(l->reader)->target.major < 3;
    diag = lint_found(l, SG206, old ? 'W' : 0, s->name_pos, s, "the values "
                      "of `%s.%s` stay in the rows", s->table.ptr,
                      s->name.ptr);
    if (old) {
        gen_note(l->how->ctx, diag, "SurrealDB 2 takes one away when its row "
                 "is next written");
    } else {
        gen_note(l->how->ctx, diag, "`%s` takes no column it does not define: "
                 "the next UPDATE of such a row fails", s->table.ptr);
    }
    gen_fix(l->how->ctx, diag, "add `UPDATE %s UNSET %s;` behind it",
            s->table.ptr, s->name.ptr);
}

/* SG207 */
void lint_unset_first(lint *l, const lint_stmt *s)
{
    size_t i;

    if (s->verb != LINT_UPDATE || s->is_one
        || (s->step != NULL && s->step->quiet)) return;
    for (i = 0; i < s->unsets.count; i++) {
        const gen_name *name = gen_name_at(&s->unsets, i);
        const gen_field *field = lint_field_before(l, s, s->table,
                                                   name->text);
        const lint_stmt *it = lint_about(l, s->table, s->at + 1);
        gen_diag *diag;
        if (field == NULL || (lint_optional(field->type)
                              && !field->readonly)) continue;
        while (it != NULL && !(lint_is(it, LINT_REMOVE, "field")
                               && gen_str_eq(it->name, name->text))) {
            it = lint_about(l, s->table, it->at + 1);
        }
        if (it == NULL || !lint_has_rows(l, s, s->table)) continue;
        diag = lint_found(l, SG207, 0, name->pos, s, "`%s` is still there "
                          "and %s", name->text.ptr, field->readonly
                          ? "read-only" : "not optional");
        gen_fix(l->how->ctx, diag, "write the UNSET behind `REMOVE FIELD %s`",
                name->text.ptr);
        gen_note(l->how->ctx, diag, "the server refuses it for every row");
    }
}

/* -------------------------------------------------------------- everything */

/* SG103 */
void lint_remove_all(lint *l, const lint_stmt *s)
{
    gen_diag *diag;
    uint64_t rows;

    if (lint_is(s, LINT_REMOVE, "database")
        || lint_is(s, LINT_REMOVE, "namespace")) {
        diag = lint_found(l, SG103, 0, s->name_pos, s, "the %s `%s` goes, "
                          "with all there is in it",
                          gen_word_eq(s->what, "database") ? "database"
                          : "namespace", s->name.ptr);
        gen_note(l->how->ctx, diag, "the history of migrations may be a part "
                 "of it");
        return;
    }
    if (s->verb != LINT_DELETE || s->is_where || s->is_one
        || s->table.len == 0 || !lint_has_rows(l, s, s->table)) return;
    if (lint_rows(l, s->table, &rows)) {
        diag = lint_found(l, SG103, 0, s->pos, s, "all %s rows of `%s` go",
                          lint_number(l->how->ctx, rows), s->table.ptr);
    } else {
        diag = lint_found(l, SG103, 0, s->pos, s, "every row of `%s` goes",
                          s->table.ptr);
    }
    gen_fix(l->how->ctx, diag, "add a WHERE, or --allow data-loss, or `-- "
            "sg-allow SG103: why` before it");
}

/* --------------------------------------------------------------- variants */

static void add_condition(gen_buf *out, const lint_stmt *s,
                          const lint_arm *arm, bool in_list)
{
    if (arm->is_table && !in_list) gen_buf_add_text(out, "record::tb(");
    lint_add_path(out, s->name);
    if (arm->is_table) {
        gen_buf_add_text(out, in_list ? ".map(|$v| record::tb($v)) CONTAINS "
                         : ") = ");
        gen_surql_string(out, arm->text);
    } else {
        gen_buf_add_fmt(out, in_list ? " CONTAINS %s" : " = %s",
                        arm->text.ptr);
    }
}

/* SG104 */
void lint_variant(lint *l, const lint_stmt *s)
{
    gen_list gone = { NULL, 0, 0 };
    const gen_field *before;
    gen_buf text, from;
    bool in_list = false;
    gen_diag *diag;
    uint64_t rows = 0;
    bool known, touched;
    size_t i;

    if (!lint_is(s, LINT_DEFINE, "field") || s->item == NULL
        || s->if_not_exists || !lint_has_rows(l, s, s->table)) return;
    before = lint_field_before(l, s, s->table, s->name);
    if (before == NULL || before->computed.present
        || !lint_gone(l->reader, before->type,
                      ((const gen_field *)s->item->of)->type, &gone,
                      &in_list)
        || lint_sets(l, s->table, s->name, 0, s->at) != NULL) return;
    gen_buf_init(&text, l->reader);
    gen_buf_init(&from, l->reader);
    gen_buf_add_text(&from, "FROM ");
    gen_surql_name(&from, s->table);
    for (i = 0; i < gone.count; i++) {
        const lint_arm *arm = (const lint_arm *)gone.at[i];
        if (i > 0) gen_buf_add_text(&text, ", ");
        gen_buf_add_str(&text, arm->text);
        gen_buf_add_text(&from, i > 0 ? " OR " : " WHERE ");
        add_condition(&from, s, arm, in_list);
    }
    known = lint_count(l, &from, &rows);
    if (known && rows == 0) return;
    touched = lint_is_touched(l, s);
    diag = lint_found(l, SG104, touched && !known ? 'N' : 0, s->name_pos, s,
                      "`%s.%s` can no longer be %s", s->table.ptr,
                      s->name.ptr, text.ptr);
    if (known) {
        gen_hint(l->how->ctx, diag, "%s rows have it",
                 lint_number(l->how->ctx, rows));
    }
    gen_note(l->how->ctx, diag, touched ? "a row that has it stops the "
             "migration" : "rows are not looked at now: the next UPDATE of "
             "one that has it fails");
    gen_fix(l->how->ctx, diag, "give them another value before: `UPDATE %s "
            "SET %s = ... WHERE ...`", s->table.ptr, s->name.ptr);
}

/* SG105 */
void lint_remove_access(lint *l, const lint_stmt *s)
{
    gen_diag *diag;
    bool access = lint_is(s, LINT_REMOVE, "access")
        || lint_is(s, LINT_REMOVE, "scope")
        || lint_is(s, LINT_REMOVE, "token");

    if (!access && !lint_is(s, LINT_REMOVE, "user")) return;
    diag = lint_found(l, SG105, 0, s->name_pos, s, "who signed in with the "
                      "%s `%s` is signed out", access ? "access" : "user",
                      s->name.ptr);
    gen_note(l->how->ctx, diag, "tokens it made are worth nothing any more, "
             "even if it is defined again");
}
