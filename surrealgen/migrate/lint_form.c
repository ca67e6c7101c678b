/* surrealgen/migrate/lint_form.c: rules about how statements go together
 * (SG4xx) and about size (SG5xx). */
#include "lint.h"

#include <string.h>

enum { MANY_ROWS = 50000 };

static const gen_field *field_of(const lint_stmt *s)
{
    if (!lint_is(s, LINT_DEFINE, "field") || s->item == NULL
        || s->item->kind != GEN_ITEM_FIELD) return NULL;
    return (const gen_field *)s->item->of;
}

static const gen_index *index_of(const lint_stmt *s)
{
    if (!lint_is(s, LINT_DEFINE, "index") || s->item == NULL
        || s->item->kind != GEN_ITEM_INDEX) return NULL;
    return (const gen_index *)s->item->of;
}

static const gen_table *table_of(const lint_stmt *s)
{
    if (!lint_is(s, LINT_DEFINE, "table") || s->item == NULL
        || s->item->kind != GEN_ITEM_TABLE) return NULL;
    return (const gen_table *)s->item->of;
}

/* Text without blanks and line ends. */
static gen_str dense(gen_ctx *ctx, gen_str text)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < text.len; i++) {
        if (strchr(" \t\r\n", text.ptr[i]) == NULL) {
            gen_buf_add_char(&out, text.ptr[i]);
        }
    }
    return gen_buf_str(&out);
}

/* SG401 */
void lint_hash(lint *l, const lint_stmt *s)
{
    static const char *const ways[] = {
        "argon2", "bcrypt", "scrypt", "pbkdf2", NULL
    };
    const gen_field *field = field_of(s);
    const gen_field *before;
    gen_diag *diag;
    gen_str text;
    size_t i;

    if (field == NULL || !field->value.present || field->readonly) return;
    before = lint_field(l->old, s->table, s->name);
    text = dense(l->reader, field->value.text);
    if (before != NULL
        && gen_str_eq(dense(l->reader, before->value.text), text)) return;
    for (i = 0; ways[i] != NULL; i++) {
        gen_buf call;
        gen_buf_init(&call, l->reader);
        gen_buf_add_fmt(&call, "crypto::%s::generate($value)", ways[i]);
        if (!gen_str_eq(gen_buf_str(&call), text)) continue;
        diag = lint_found(l, SG401, 0, field->value.pos, s, "this hash would "
                          "be hashed again on every update");
        gen_note(l->how->ctx, diag, "after the first unrelated update nobody "
                 "can sign in");
        gen_fix(l->how->ctx, diag, "write `VALUE IF $before = NONE OR $value "
                "!= $before { %s } ELSE { $value }`", call.ptr);
        return;
    }
}

/* SG408 */
void lint_length(lint *l, const lint_stmt *s)
{
    const gen_field *field = field_of(s);
    const gen_field *before;
    const gen_type *type;

    if (field == NULL || gen_schema_of(l->reader)->target.major < 3) return;
    type = field->type->kind == GEN_T_OPTION ? field->type->elem
        : field->type;
    if (type == NULL || type->kind != GEN_T_ARRAY || !type->has_length) {
        return;
    }
    before = lint_field(l->old, s->table, s->name);
    if (before != NULL && lint_fits(l->reader, before->type, field->type)) {
        return;
    }
    lint_found(l, SG408, 0, type->pos, s, "this array holds exactly %s, not "
               "at most", lint_number(l->how->ctx, type->length));
}

/* ------------------------------------------------------------ loud backfill */

/* What runs when a row of the table is written, but for the columns that are
 * set: "the event a", "the value of b"; or empty. */
static gen_str runs_along(lint *l, const lint_stmt *s)
{
    const gen_table *table = lint_table(l->old, s->table);
    gen_buf out;
    size_t i, k;

    gen_buf_init(&out, l->reader);
    if (table == NULL) return gen_str_lit("");
    for (i = 0; i < table->events.count; i++) {
        gen_buf_add_fmt(&out, "%sthe event `%s`", out.len > 0 ? ", " : "",
                        gen_event_at(&table->events, i)->name.ptr);
    }
    for (i = 0; i < table->fields.count; i++) {
        const gen_field *field = gen_field_at(&table->fields, i);
        bool always = field->default_.present && field->default_always;
        if (!field->value.present && !always) continue;
        if (field->computed.present) continue;
        for (k = 0; k < s->sets.count; k++) {
            if (gen_str_eq(((const lint_set *)s->sets.at[k])->name,
                           field->name)) break;
        }
        if (k < s->sets.count) continue;
        gen_buf_add_fmt(&out, "%sthe %s of `%s`", out.len > 0 ? ", " : "",
                        always ? "default" : "value", field->name.ptr);
    }
    return gen_buf_str(&out);
}

/* SG420 */
void lint_loud(lint *l, const lint_stmt *s)
{
    gen_str along;
    gen_diag *diag;

    if (s->verb != LINT_UPDATE || s->is_one
        || (s->sets.count == 0 && s->unsets.count == 0)
        || (s->step != NULL && s->step->quiet)
        || !lint_has_rows(l, s, s->table)) return;
    along = runs_along(l, s);
    if (along.len == 0) return;
    diag = lint_found(l, SG420, 0, s->pos, s, "writing these rows of `%s` "
                      "runs more than that", s->table.ptr);
    gen_note(l->how->ctx, diag, "for each of them: %s", along.ptr);
    gen_fix(l->how->ctx, diag, "make it a step of its own, `-- step: data %s "
            "quiet`, with `UPDATE $batch ...`", s->table.ptr);
}

/* ------------------------------------------------------------------ indexes */

/* SG421 */
void lint_aside(lint *l, const lint_stmt *s)
{
    const gen_index *index = index_of(s);
    gen_diag *diag;

    if (index == NULL || !index->concurrently) return;
    if (s->step != NULL && s->step->kind == SURREAL_STEP_INDEX) return;
    diag = lint_found(l, SG421, 0, s->name_pos, s, "nobody waits for the "
                      "index `%s`, or hears that it failed", s->name.ptr);
    gen_fix(l->how->ctx, diag, "put it behind a line `-- step: index %s %s`",
            s->table.ptr, s->name.ptr);
}

/* SG422 */
void lint_beside(lint *l, const lint_stmt *s)
{
    const gen_index *index = index_of(s);
    const lint_stmt *it;
    gen_diag *diag;

    if (index == NULL || index->kind != GEN_IX_UNIQUE) return;
    for (it = lint_about(l, s->table, 0); it != NULL && it->at < s->at;
         it = lint_about(l, s->table, it->at + 1)) {
        bool writes = it->verb == LINT_CREATE || it->verb == LINT_INSERT
            || (it->verb == LINT_UPDATE && it->sets.count > 0);
        if (!writes || it->step != s->step) continue;
        diag = lint_found(l, SG422, 0, s->name_pos, s, "the index `%s` does "
                          "not see rows written in the same transaction",
                          s->name.ptr);
        if (diag->muted) return;
        gen_note(l->how->ctx, diag, "values that occur twice stay: `%s` is "
                 "written in line %s", s->table.ptr,
                 lint_number(l->how->ctx, it->pos.line));
        gen_fix(l->how->ctx, diag, "put a line `-- step: tx` before it");
        return;
    }
}

/* SG423: SurrealDB 2 does it. */
void lint_view(lint *l, const lint_stmt *s)
{
    const gen_table *table = table_of(s);
    gen_diag *diag;

    if (table == NULL || !s->overwrite || !table->view.present
        || gen_schema_of(l->reader)->target.major < 3
        || lint_table_before(l, s, s->table) == NULL) return;
    diag = lint_found(l, SG423, 0, s->name_pos, s, "the view `%s` cannot be "
                      "written over", s->name.ptr);
    gen_note(l->how->ctx, diag, "its rows are there already, and the server "
             "writes them anew: \"key being inserted already exists\"");
    gen_fix(l->how->ctx, diag, "write `REMOVE TABLE %s;` before it, and "
            "`DEFINE TABLE` without OVERWRITE", s->name.ptr);
}

/* SG424 */
void lint_id_default(lint *l, const lint_stmt *s)
{
    const gen_field *field = field_of(s);
    gen_diag *diag;

    if (field == NULL || !gen_str_is(s->name, "id")
        || !field->default_.present) return;
    diag = lint_found(l, SG424, 0, field->default_.pos, s, "`id` cannot have "
                      "a default");
    gen_note(l->how->ctx, diag, "the type of `id` checks the key of a record, "
             "it does not make one: SurrealDB 3 refuses it, 2 takes no notice");
}

/* --------------------------------------------------------------------- size */

/* SG501 */
void lint_big_update(lint *l, const lint_stmt *s)
{
    uint64_t rows;
    gen_diag *diag;

    if (s->verb != LINT_UPDATE && s->verb != LINT_DELETE) return;
    if (s->is_one || s->table.len == 0 || s->step == NULL
        || s->step->kind != SURREAL_STEP_TX
        || !lint_rows(l, s->table, &rows) || rows <= MANY_ROWS) return;
    diag = lint_found(l, SG501, 0, s->pos, s, "`%s` has %s rows, and this is "
                      "one transaction", s->table.ptr,
                      lint_number(l->how->ctx, rows));
    gen_fix(l->how->ctx, diag, "make it a step of its own, `-- step: data "
            "%s`: a thousand rows at a time", s->table.ptr);
}

/* SG502 */
void lint_big_index(lint *l, const lint_stmt *s)
{
    const gen_index *index = index_of(s);
    uint64_t rows;
    gen_diag *diag;

    if (index == NULL || index->concurrently
        || !lint_rows(l, s->table, &rows) || rows <= MANY_ROWS) return;
    diag = lint_found(l, SG502, 0, s->name_pos, s, "`%s` has %s rows: who "
                      "writes waits until the index is built", s->table.ptr,
                      lint_number(l->how->ctx, rows));
    gen_fix(l->how->ctx, diag, "add CONCURRENTLY, behind a line `-- step: "
            "index %s %s`", s->table.ptr, s->name.ptr);
}

/* SG503 */
void lint_new_index(lint *l, const lint_stmt *s)
{
    const gen_index *index = index_of(s);
    const gen_list *queries;
    gen_diag *diag;
    size_t i, k;

    if (index == NULL || l->how->program == NULL
        || index->kind == GEN_IX_UNIQUE || index->kind == GEN_IX_COUNT) {
        return;
    }
    queries = &gen_schema_of(l->how->program)->queries;
    for (k = 0; k < index->columns.count; k++) {
        gen_buf path;
        gen_pos pos;
        gen_buf_init(&path, l->reader);
        gen_surql_path(&path, gen_index_column(index, k));
        for (i = 0; i < queries->count; i++) {
            if (gen_query_uses(l->how->program, gen_query_at(queries, i),
                               s->table, gen_buf_str(&path), &pos)) return;
        }
    }
    if (queries->count == 0) return;
    diag = lint_found(l, SG503, 0, s->name_pos, s, "no query of the schema "
                      "files uses the index `%s`", s->name.ptr);
    gen_note(l->how->ctx, diag, "every index is written with every row");
}

/* SG602: @secret is known to the schema files alone. */
void lint_secret(lint *l, const lint_stmt *s)
{
    const gen_table *table = table_of(s);
    const gen_table *ours;
    gen_diag *diag;
    size_t i;

    if (table == NULL || l->how->program == NULL
        || table->perms.kind == GEN_PERM_UNSET
        || table->perms.kind == GEN_PERM_NONE) return;
    for (i = 0; table->perms.kind == GEN_PERM_RULES; i++) {
        const gen_perm_rule *rule;
        if (i == table->perms.rules.count) return;
        rule = gen_perm_rule_at(&table->perms.rules, i);
        if ((rule->ops & GEN_OP_SELECT) != 0
            && rule->kind == GEN_PERM_FULL) break;
    }
    ours = lint_table(l->how->program, s->table);
    for (i = 0; ours != NULL && i < ours->fields.count; i++) {
        const gen_field *field = gen_field_at(&ours->fields, i);
        if (!field->attrs.secret
            || (field->perms.kind != GEN_PERM_UNSET
                && field->perms.kind != GEN_PERM_FULL)) continue;
        diag = lint_found(l, SG602, 0, s->name_pos, s, "everybody may read "
                          "`%s.%s`", s->table.ptr, field->name.ptr);
        gen_other(l->how->ctx, diag, field->pos, "it is `@secret`");
        gen_fix(l->how->ctx, diag, "give the column `PERMISSIONS FOR select "
                "NONE`, or the table less");
        return;
    }
}
