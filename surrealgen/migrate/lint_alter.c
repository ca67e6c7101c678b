/* surrealgen/migrate/lint_alter.c: ALTER, seen as the DEFINE it stands for.
 *
 * ALTER FIELD a ON t ASSERT ... keeps every clause it does not name. Its own
 * clauses are read as those of a DEFINE, the others are taken from what was
 * defined before; from then on the rules see DEFINE ... OVERWRITE. What DROP
 * takes away makes nothing stricter and is left where it is. */
#include "lint.h"

#include <string.h>

static bool says(const lint_stmt *s, const char *word)
{
    size_t len = strlen(word);
    size_t i;

    for (i = 0; i + len <= s->rest.len; i++) {
        if (gen_word_eq(gen_str_sub(s->rest, i, i + len), word)) return true;
    }
    return false;
}

static void keep_clause(gen_clause *to, const gen_clause *from)
{
    if (!to->present) *to = *from;
}

static void inherit_field(gen_field *to, const gen_field *from)
{
    if (!to->has_type) {
        to->has_type = from->has_type;
        to->type = from->type;
    }
    keep_clause(&to->value, &from->value);
    keep_clause(&to->assert_, &from->assert_);
    keep_clause(&to->computed, &from->computed);
    if (!to->default_.present) to->default_always = from->default_always;
    keep_clause(&to->default_, &from->default_);
    to->readonly = to->readonly || from->readonly;
    to->flexible = to->flexible || from->flexible;
    if (!to->reference) {
        to->reference = from->reference;
        to->on_delete = from->on_delete;
    }
    if (to->perms.kind == GEN_PERM_UNSET) to->perms = from->perms;
}

static void inherit_table(gen_table *to, const gen_table *from,
                          const lint_stmt *s)
{
    if (!says(s, "schemafull") && !says(s, "schemaless")) {
        to->schemafull = from->schemafull;
    }
    if (!says(s, "type")) {
        to->kind = from->kind;
        to->from = from->from;
        to->to = from->to;
        to->enforced = from->enforced;
    }
    if (to->perms.kind == GEN_PERM_UNSET) to->perms = from->perms;
}

/* `DEFINE FIELD OVERWRITE a ON t` and the clauses; NULL when they are not
 * understood. */
static const gen_item *read_clauses(lint *l, const lint_stmt *s, bool field)
{
    gen_ctx *ctx = gen_open(cli_memory());
    gen_buf text;

    if (ctx == NULL) return NULL;
    gen_list_push(l->reader, &l->others, ctx);
    gen_set_target(ctx, gen_schema_of(l->reader)->target);
    gen_buf_init(&text, l->reader);
    gen_buf_add_text(&text, field ? "DEFINE FIELD OVERWRITE "
                     : "DEFINE TABLE OVERWRITE ");
    if (field) {
        lint_add_path(&text, s->name);
        gen_buf_add_text(&text, " ON ");
    }
    gen_surql_name(&text, s->table);
    gen_buf_add_char(&text, ' ');
    gen_buf_add_str(&text, s->rest);
    gen_buf_add_char(&text, ';');
    if (gen_load_text(ctx, "/alter", text.ptr, text.len) == NULL
        || gen_schema_of(ctx)->items.count != 1) return NULL;
    return gen_item_at(&gen_schema_of(ctx)->items, 0);
}

void lint_alter(lint *l, lint_stmt *s)
{
    bool field = gen_word_eq(s->what, "field");
    const gen_item *item;

    if (s->table.len == 0 || (!field && !gen_word_eq(s->what, "table"))) {
        return;
    }
    item = read_clauses(l, s, field);
    if (item == NULL || item->kind != (field ? GEN_ITEM_FIELD
                                       : GEN_ITEM_TABLE)) return;
    if (field) {
        const gen_field *before = lint_field_before(l, s, s->table, s->name);
        if (before != NULL) inherit_field((gen_field *)item->of, before);
    } else {
        const gen_table *before = lint_table_before(l, s, s->table);
        if (before != NULL) inherit_table((gen_table *)item->of, before, s);
    }
    s->item = item;
    s->verb = LINT_DEFINE;
    s->overwrite = true;
}
