/* surrealgen/migrate/lint_program.c: rules about who uses what changes
 * (SG3xx). Queries are those of the schema files at hand. */
#include "lint.h"

#include <string.h>

/* SG301 */
void lint_rename(lint *l, const lint_stmt *s)
{
    gen_str to;
    gen_diag *diag;

    if (!lint_is(s, LINT_REMOVE, "field") || l->how->what->after_deploy
        || !lint_has_rows(l, s, s->table)) return;
    to = lint_moved(l, s);
    if (to.len == 0) return;
    diag = lint_found(l, SG301, 0, s->name_pos, s, "`%s.%s` is called `%s` "
                      "from now on, and programs still run that do not know",
                      s->table.ptr, s->name.ptr, to.ptr);
    gen_fix(l->how->ctx, diag, "`migrate generate --phased` writes two: one "
            "for now, one for when they are gone");
}

/* SG305: of the migration, so at its first statement. */
void lint_contract(lint *l, const lint_stmt *s)
{
    gen_diag *diag;

    if (s->at > 0 || !l->how->what->after_deploy || l->how->after_deploy
        || mig_find_note(l->script, "phase") == NULL) return;
    diag = lint_found(l, SG305, 0, s->pos, s, "this takes away what programs "
                      "of before use: `up` stops in front of it");
    gen_fix(l->how->ctx, diag, "when the last of them is gone: "
            "`--after-deploy`");
}

/* --------------------------------------------------------------- functions */

/* Parameters that must be given. */
static size_t least_of(const gen_function *f)
{
    size_t count = f->params.count;

    while (count > 0
           && lint_optional(gen_parm_at(&f->params, count - 1)->type)) {
        count--;
    }
    return count;
}

static bool comes_later(const lint *l, const lint_stmt *s)
{
    size_t i;

    for (i = s->at + 1; i < l->stmts.count; i++) {
        const lint_stmt *it = lint_stmt_at(l, i);
        if (lint_is(it, LINT_DEFINE, "function")
            && gen_str_eq(it->name, s->name)) return true;
    }
    return false;
}

static void told_call(lint *l, const lint_stmt *s, const gen_query *query,
                      gen_pos pos, const gen_function *now)
{
    gen_diag *diag;

    if (now == NULL) {
        diag = lint_found(l, SG302, 0, s->name_pos, s, "the query `%s` calls "
                          "`fn::%s`", query->name.ptr, s->name.ptr);
    } else {
        diag = lint_found(l, SG302, 0, s->name_pos, s, "the query `%s` calls "
                          "`fn::%s` with another number of arguments",
                          query->name.ptr, s->name.ptr);
    }
    gen_other(l->how->ctx, diag, pos, "this call");
    gen_fix(l->how->ctx, diag, "change the query first, or give the new "
            "function another name");
}

static void check_calls(lint *l, const lint_stmt *s, const gen_query *query,
                        const gen_function *now)
{
    size_t i, from, args;
    gen_pos pos;

    for (i = 0; i < query->statements.count; i++) {
        const gen_clause *clause = gen_clause_at(&query->statements, i);
        from = 0;
        while (gen_clause_calls(l->how->program, clause, s->name, &from, &args,
                                &pos)) {
            if (now != NULL && args <= now->params.count
                && args >= least_of(now)) continue;
            told_call(l, s, query, pos, now);
            return;
        }
    }
}

/* ---- who calls it among the definitions */

typedef struct caller {
    lint *l;
    const lint_stmt *s;
    const gen_function *now; /* NULL: it goes */
    bool found;
} caller;

static void check_clause(caller *c, const gen_clause *clause,
                         const char *what, gen_str of, gen_str name)
{
    size_t from = 0;
    size_t args;
    gen_diag *diag;
    gen_pos pos;

    while (!c->found && clause->present
           && gen_clause_calls(c->l->reader, clause, c->s->name, &from, &args,
                               &pos)) {
        if (c->now != NULL && args <= c->now->params.count
            && args >= least_of(c->now)) continue;
        diag = lint_found(c->l, SG302, 0, c->s->name_pos, c->s, "the %s "
                          "`%s%s%s` calls `fn::%s`%s", what, of.ptr,
                          of.len > 0 ? "." : "", name.ptr, c->s->name.ptr,
                          c->now != NULL ? " with another number of arguments"
                          : "");
        gen_fix(c->l->how->ctx, diag, "change that first");
        c->found = true;
    }
}

static void check_fields(caller *c, const gen_table *table,
                         const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *f = gen_field_at(fields, i);
        check_clause(c, &f->value, "value of", table->name, f->name);
        check_clause(c, &f->default_, "default of", table->name, f->name);
        check_clause(c, &f->assert_, "assert of", table->name, f->name);
        check_clause(c, &f->computed, "column", table->name, f->name);
        check_fields(c, table, &f->children);
    }
}

static void check_definitions(caller *c)
{
    const gen_schema *schema = gen_schema_of(c->l->reader);
    gen_str none = { "", 0 };
    size_t i, k, n;

    for (i = 0; i < schema->tables.count; i++) {
        const gen_table *table = gen_table_at(&schema->tables, i);
        check_clause(c, &table->view, "view", none, table->name);
        check_fields(c, table, &table->fields);
        for (k = 0; k < table->events.count; k++) {
            const gen_event *event = gen_event_at(&table->events, k);
            check_clause(c, &event->when, "event", table->name, event->name);
            for (n = 0; n < event->then.count; n++) {
                check_clause(c, gen_clause_at(&event->then, n), "event",
                             table->name, event->name);
            }
        }
    }
    for (i = 0; i < schema->functions.count; i++) {
        const gen_function *f = gen_function_at(&schema->functions, i);
        check_clause(c, &f->body, "function", none, f->name);
    }
    for (i = 0; i < schema->accesses.count; i++) {
        const gen_access *a = gen_access_at(&schema->accesses, i);
        check_clause(c, &a->signup.expr, "access", none, a->name);
        check_clause(c, &a->signin.expr, "access", none, a->name);
        check_clause(c, &a->authenticate, "access", none, a->name);
    }
}

/* SG302 */
void lint_function(lint *l, const lint_stmt *s)
{
    const gen_list *queries;
    caller c;
    size_t i;

    if (!gen_word_eq(s->what, "function")) return;
    memset(&c, 0, sizeof c);
    c.l = l;
    c.s = s;
    if (s->verb == LINT_REMOVE) {
        if (comes_later(l, s)) return;
    } else if (s->verb != LINT_DEFINE || s->item == NULL
               || s->item->kind != GEN_ITEM_FUNCTION) {
        return;
    } else {
        c.now = (const gen_function *)s->item->of;
    }
    check_definitions(&c);
    if (c.found || l->how->program == NULL) return;
    queries = &gen_schema_of(l->how->program)->queries;
    for (i = 0; i < queries->count; i++) {
        check_calls(l, s, gen_query_at(queries, i), c.now);
    }
}

/* SG303 */
void lint_query_field(lint *l, const lint_stmt *s)
{
    const gen_list *queries;
    size_t i;

    if (l->how->program == NULL || !lint_is(s, LINT_REMOVE, "field")) return;
    if (lint_field(l->reader, s->table, s->name) != NULL) return;
    queries = &gen_schema_of(l->how->program)->queries;
    for (i = 0; i < queries->count; i++) {
        const gen_query *query = gen_query_at(queries, i);
        gen_diag *diag;
        gen_pos pos;
        if (!gen_query_uses(l->how->program, query, s->table, s->name, &pos)) {
            continue;
        }
        diag = lint_found(l, SG303, 0, s->name_pos, s, "the query `%s` uses "
                          "`%s.%s`", query->name.ptr, s->table.ptr,
                          s->name.ptr);
        gen_other(l->how->ctx, diag, pos, "here");
        return;
    }
}

/* ------------------------------------------------------------- permissions */

static int worth(gen_perm_kind kind)
{
    return kind == GEN_PERM_NONE ? 0 : kind == GEN_PERM_FULL ? 2 : 1;
}

/* What they say of one operation; `where` gets the condition. */
static gen_perm_kind perm_of(const gen_perms *perms, unsigned op,
                             gen_perm_kind unset, gen_str *where)
{
    gen_perm_kind found = perms->kind == GEN_PERM_UNSET ? unset : perms->kind;
    size_t i;

    *where = gen_str_lit("");
    if (perms->kind != GEN_PERM_RULES) return found;
    found = unset;
    for (i = 0; i < perms->rules.count; i++) {
        const gen_perm_rule *rule = gen_perm_rule_at(&perms->rules, i);
        if (op != 0 && (rule->ops & op) == 0) continue;
        found = rule->kind;
        *where = rule->where.text;
    }
    return found;
}

static const char *perm_text(lint *l, gen_perm_kind kind, gen_str where)
{
    gen_buf out;

    if (kind == GEN_PERM_NONE) return "NONE";
    if (kind == GEN_PERM_FULL) return "FULL";
    gen_buf_init(&out, l->reader);
    gen_buf_add_text(&out, "WHERE ");
    gen_buf_add_str(&out, where);
    return out.ptr;
}

/* One clause per operation that differs. */
static void compare(lint *l, const lint_stmt *s, const char *what,
                    const gen_perms *before, const gen_perms *after,
                    gen_perm_kind unset, bool whole)
{
    static const char *const words[] = {
        "select", "create", "update", "delete"
    };
    bool wider = false;
    bool narrower = false;
    gen_diag *diag;
    gen_buf text;
    unsigned i;

    gen_buf_init(&text, l->reader);
    for (i = 0; i < (whole ? 1u : 4u); i++) {
        gen_str a_where, b_where;
        gen_perm_kind a = perm_of(before, whole ? 0 : 1u << i, unset,
                                  &a_where);
        gen_perm_kind b = perm_of(after, whole ? 0 : 1u << i, unset,
                                  &b_where);
        if (a == b && gen_str_eq(a_where, b_where)) continue;
        wider = wider || worth(b) > worth(a) || (worth(a) == 1
                                                 && worth(b) == 1);
        narrower = narrower || worth(b) < worth(a) || (worth(a) == 1
                                                       && worth(b) == 1);
        if (text.len > 0) gen_buf_add_text(&text, "; ");
        if (!whole) gen_buf_add_fmt(&text, "%s: ", words[i]);
        gen_buf_add_fmt(&text, "`%s`, now `%s`", perm_text(l, a, a_where),
                        perm_text(l, b, b_where));
    }
    if (text.len == 0) return;
    diag = lint_found(l, SG304, 0, s->name_pos, s, "%s: %s permissions", what,
                      wider && narrower ? "other" : wider ? "wider"
                      : "narrower");
    gen_note(l->how->ctx, diag, "%s", text.ptr);
}

static const char *column_name(lint *l, const lint_stmt *s)
{
    gen_buf out;

    gen_buf_init(&out, l->reader);
    gen_buf_add_fmt(&out, "`%s.%s`", s->table.ptr, s->name.ptr);
    return out.ptr;
}

static const char *quoted(lint *l, const char *head, gen_str name)
{
    gen_buf out;

    gen_buf_init(&out, l->reader);
    gen_buf_add_fmt(&out, "`%s%s`", head, name.ptr);
    return out.ptr;
}

/* SG304 */
void lint_perms(lint *l, const lint_stmt *s)
{
    if (s->verb != LINT_DEFINE || s->item == NULL || s->if_not_exists) return;
    if (s->item->kind == GEN_ITEM_TABLE) {
        const gen_table *before = lint_table_before(l, s, s->table);
        if (before == NULL || before->implied) return;
        compare(l, s, quoted(l, "", s->name), &before->perms,
                &((const gen_table *)s->item->of)->perms, GEN_PERM_NONE,
                false);
    } else if (s->item->kind == GEN_ITEM_FIELD) {
        const gen_field *before = lint_field_before(l, s, s->table, s->name);
        if (before == NULL) return;
        compare(l, s, column_name(l, s), &before->perms,
                &((const gen_field *)s->item->of)->perms, GEN_PERM_FULL,
                false);
    } else if (s->item->kind == GEN_ITEM_FUNCTION) {
        const gen_function *before = (const gen_function *)gen_find_global(
            l->old, NULL, GEN_KEY_FUNCTION, s->name);
        if (before == NULL) return;
        compare(l, s, quoted(l, "fn::", s->name), &before->perms,
                &((const gen_function *)s->item->of)->perms, GEN_PERM_FULL,
                true);
    }
}
