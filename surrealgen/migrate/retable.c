/* surrealgen/migrate/retable.c: tables with another name.
 *
 * The name of a table is part of every id, so a rename is a copy of its rows
 * and a change of every value that leads to one. It is planned by itself: from
 * the schema as it was to a schema in between, where nothing but the names are
 * new; from there to the files as any other migration. What the one in between
 * says about the table in words of SurrealQL (a function, an event, a view, a
 * default) is what the files say, since nobody can tell which words mean the
 * table. */
#include "../surql/surql.h"
#include "plan.h"

#include <stdio.h>
#include <string.h>

gen_str mig_spelled(gen_ctx *ctx, gen_str name)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_surql_name(&out, name);
    return gen_buf_str(&out);
}

static void init_printer(sql_printer *p, const gen_surql_options *how,
                         gen_ctx *ctx, gen_version target, gen_buf *out)
{
    memset(p, 0, sizeof *p);
    p->ctx = ctx;
    p->out = out;
    p->opt = how;
    p->v3 = target.major >= 3;
}

/* One of the two. */
static gen_str print_one(gen_ctx *ctx, gen_version target,
                         const gen_field *field, const gen_table *table)
{
    gen_surql_options how;
    sql_printer p;
    gen_buf out;

    memset(&how, 0, sizeof how);
    gen_buf_init(&out, ctx);
    init_printer(&p, &how, ctx, target, &out);
    if (field != NULL) sql_field(&p, field);
    if (table != NULL) sql_table(&p, table);
    return gen_buf_str(&out);
}

gen_str mig_field_text(gen_ctx *ctx, gen_version target,
                       const gen_field *field)
{
    return print_one(ctx, target, field, NULL);
}

gen_str mig_table_text(gen_ctx *ctx, gen_version target,
                       const gen_table *table)
{
    return print_one(ctx, target, NULL, table);
}

/* ---------------------------------------------------------- the one between */

typedef struct between {
    gen_ctx *ctx;
    mig_state *before, *after;
    const gen_list *moved;
    gen_buf text;
} between;

static bool mentions(const between *b, gen_str text)
{
    size_t i;

    for (i = 0; i < b->moved->count; i++) {
        if (mig_mentions(text, mig_moved_at(b->moved, i)->from)) return true;
    }
    return false;
}

static bool is_moved(const between *b, const mig_def *def)
{
    gen_str table = def->table.len > 0 ? def->table : def->name;

    return (def->table.len > 0 || def->kind == DB_TABLE)
        && mig_moved_from(b->moved, table) != NULL;
}

/* What the files say about the same thing, under its name there. */
static const mig_def *in_files(const between *b, const mig_def *def)
{
    gen_buf key;
    gen_list one = { NULL, 0, 0 };
    const mig_def *found;

    if (!is_moved(b, def)) {
        found = mig_find(b->after, def->key);
    } else {
        const mig_moved *moved = mig_moved_from(b->moved, def->table.len > 0
                                                ? def->table : def->name);
        gen_buf_init(&key, b->ctx);
        gen_buf_add_fmt(&key, "%s ", mig_kind_word(def->kind));
        gen_surql_name(&key, moved->to);
        if (def->table.len > 0) {
            gen_buf_add_char(&key, ' ');
            gen_buf_add_str(&key, def->spelled);
        }
        found = mig_find(b->after, gen_buf_str(&key));
    }
    if (found != NULL && found->item == NULL) {
        gen_list_push(b->ctx, &one, (void *)(uintptr_t)found);
        mig_parse(b->ctx, b->after->target, &one);
    }
    return found;
}

static void take_clause(const between *b, gen_clause *mine,
                        const gen_clause *theirs)
{
    if (mine->present && mentions(b, mine->text)) *mine = *theirs;
}

static void take_perms(const between *b, gen_perms *mine,
                       const gen_perms *theirs)
{
    size_t i;

    for (i = 0; i < mine->rules.count; i++) {
        const gen_perm_rule *rule = gen_perm_rule_at(&mine->rules, i);
        if (rule->where.present && mentions(b, rule->where.text)) {
            *mine = *theirs;
            return;
        }
    }
}

static gen_table *renamed(const between *b, const gen_table *table)
{
    gen_table *out = (gen_table *)gen_new(b->ctx, sizeof *out);
    const mig_moved *moved = mig_moved_from(b->moved, table->name);

    *out = *table;
    if (moved != NULL) out->name = moved->to;
    out->from = mig_moved_names(b->ctx, &table->from, b->moved);
    out->to = mig_moved_names(b->ctx, &table->to, b->moved);
    return out;
}

static void add_field(between *b, const mig_def *def)
{
    gen_field field = *mig_field_of(def);
    const gen_field *now = mig_field_of(in_files(b, def));

    field.type = mig_moved_type(b->ctx, field.type, b->moved);
    field.table = renamed(b, field.table);
    field.exists = GEN_EXISTS_PLAIN;
    if (now != NULL) {
        take_clause(b, &field.default_, &now->default_);
        take_clause(b, &field.value, &now->value);
        take_clause(b, &field.assert_, &now->assert_);
        take_clause(b, &field.computed, &now->computed);
        take_clause(b, &field.delete_then, &now->delete_then);
        take_perms(b, &field.perms, &now->perms);
    }
    gen_buf_add_str(&b->text, mig_field_text(b->ctx, b->before->target,
                                             &field));
}

static void add_table(between *b, const mig_def *def)
{
    gen_table *table = renamed(b, mig_table_of(def));
    const gen_table *now = mig_table_of(in_files(b, def));

    table->exists = GEN_EXISTS_PLAIN;
    if (now != NULL) take_perms(b, &table->perms, &now->perms);
    gen_buf_add_str(&b->text, mig_table_text(b->ctx, b->before->target,
                                             table));
}

static void add_index(between *b, const mig_def *def)
{
    gen_index index = *mig_index_of(def);
    gen_surql_options how;
    sql_printer p;

    memset(&how, 0, sizeof how);
    init_printer(&p, &how, b->ctx, b->before->target, &b->text);
    index.table = renamed(b, index.table);
    index.exists = GEN_EXISTS_PLAIN;
    sql_index(&p, &index);
}

static bool add_event(between *b, const mig_def *def)
{
    gen_event event;
    gen_surql_options how;
    sql_printer p;

    if (def->item == NULL || def->item->kind != GEN_ITEM_EVENT) return false;
    memset(&how, 0, sizeof how);
    init_printer(&p, &how, b->ctx, b->before->target, &b->text);
    event = *(const gen_event *)def->item->of;
    event.table = renamed(b, event.table);
    event.exists = GEN_EXISTS_PLAIN;
    sql_event(&p, &event);
    return true;
}

static void add_as_it_is(between *b, const mig_def *def)
{
    mig_add_define(&b->text, def, false);
    gen_buf_add_char(&b->text, '\n');
}

/* In words of SurrealQL: as the files have it; what they no longer have goes
 * now, before what it speaks of does. */
static void add_words(between *b, const mig_def *def)
{
    const mig_def *now = in_files(b, def);

    if (now != NULL) add_as_it_is(b, now);
}

/* False: it could not be read. */
static bool add_def(between *b, const mig_def *def)
{
    bool own = is_moved(b, def);

    if (!own && !mentions(b, gen_str_sub(def->text, def->rest,
                                         def->text.len))) {
        add_as_it_is(b, def);
        return true;
    }
    if (def->kind == DB_FIELD && mig_field_of(def) != NULL) {
        add_field(b, def);
    } else if (def->kind == DB_TABLE && mig_table_of(def) != NULL) {
        add_table(b, def);
    } else if (def->kind == DB_INDEX && own && mig_index_of(def) != NULL) {
        add_index(b, def);
    } else if (def->kind == DB_INDEX && !own) {
        add_as_it_is(b, def);
    } else if (def->kind == DB_EVENT && own
               && (in_files(b, def) == NULL
                   || !mentions(b, gen_str_sub(def->text, def->rest,
                                               def->text.len)))) {
        return add_event(b, def);
    } else if (def->kind == DB_FIELD || def->kind == DB_TABLE
               || def->kind == DB_INDEX) {
        return false;
    } else {
        add_words(b, def);
    }
    return true;
}

void mig_parse_all(gen_ctx *ctx, mig_state *state)
{
    gen_list some = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < state->defs.count; i++) {
        mig_def *def = mig_def_at(&state->defs, i);
        if (def->item == NULL) gen_list_push(ctx, &some, def);
    }
    mig_parse(ctx, state->target, &some);
}

/* The table that went and the one that came are one change. */
static void join_tables(const gen_list *moved, gen_list *changes)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *came = mig_change_at(changes, i);
        if (came->op != MIG_ADD || came->after->kind != DB_TABLE) continue;
        for (k = 0; k < changes->count; k++) {
            mig_change *gone = mig_change_at(changes, k);
            const mig_moved *one;
            if (gone->op != MIG_REMOVE || gone->before->kind != DB_TABLE) {
                continue;
            }
            one = mig_moved_from(moved, gone->before->name);
            if (one == NULL || !gen_str_eq(one->to, came->after->name)) {
                continue;
            }
            came->op = MIG_RENAME;
            came->before = gone->before;
            gone->op = MIG_RENAME;
            gone->before = NULL; /* dropped from the list below */
        }
    }
    mig_drop_taken(changes);
}

int mig_moved_state(gen_ctx *ctx, mig_state *before, mig_state *after,
                    const gen_list *moved, mig_state *out, gen_list *changes)
{
    between b;
    size_t i;
    int rc;

    b.ctx = ctx;
    b.before = before;
    b.after = after;
    b.moved = moved;
    mig_parse_all(ctx, before);
    gen_buf_init(&b.text, ctx);
    gen_buf_add_fmt(&b.text, "-- surrealgen snapshot 1, surrealdb %d.%d\n",
                    before->target.major, before->target.minor);
    for (i = 0; i < before->defs.count; i++) {
        const mig_def *def = mig_def_at(&before->defs, i);
        if (add_def(&b, def)) continue;
        cli_say("migrate generate: `%s` names a table that gets another name, "
                "and cannot be read; rename the table in a migration by "
                "hand, from `surrealgen migrate generate --empty`",
                def->text.ptr);
        return CLI_SCHEMA;
    }
    rc = mig_state_of_text(ctx, before->target, "renamed.snap",
                           gen_buf_str(&b.text), out);
    if (rc != CLI_FINE) return rc;
    if (!mig_diff(ctx, before, out, changes)) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    join_tables(moved, changes);
    mig_parse_all(ctx, out);
    return CLI_FINE;
}

/* ------------------------------------------------------------ hidden links */

static const gen_table *table_of(gen_ctx *ctx, const mig_state *state,
                                 gen_str spelled)
{
    gen_buf key;

    gen_buf_init(&key, ctx);
    gen_buf_add_text(&key, "table ");
    gen_buf_add_str(&key, spelled);
    return mig_table_of(mig_find(state, gen_buf_str(&key)));
}

static bool has_elements(gen_ctx *ctx, const mig_state *state,
                         const mig_def *def)
{
    gen_buf key;

    gen_buf_init(&key, ctx);
    gen_buf_add_str(&key, def->key);
    gen_buf_add_text(&key, ".*");
    return mig_find(state, gen_buf_str(&key)) != NULL;
}

static bool hides(gen_ctx *ctx, const mig_state *state,
                  const gen_list *moved, const mig_def *def)
{
    const gen_field *field = mig_field_of(def);
    const gen_table *table;
    mig_link links;

    if (field == NULL || field->computed.present
        || gen_str_is(def->name, "in") || gen_str_is(def->name, "out")) {
        return false;
    }
    links = mig_links_in(field->type, moved);
    /* The elements have columns of their own, which are looked at. */
    if ((links & MIG_LINK_HIDDEN) != 0 && field->type->core->elem == NULL
        && (field->type->core->kind == GEN_T_ARRAY
            || field->type->core->kind == GEN_T_SET)
        && has_elements(ctx, state, def)) {
        return false;
    }
    if ((links & MIG_LINK_OBJECT) == 0) return (links & MIG_LINK_HIDDEN) != 0;
    table = table_of(ctx, state, def->table_spelled);
    return field->flexible || (links & MIG_LINK_HIDDEN) != 0
        || table == NULL || !table->schemafull;
}

void mig_hidden_links(gen_ctx *ctx, mig_state *state, const gen_list *moved,
                      gen_list *out)
{
    size_t i;

    mig_parse_all(ctx, state);
    for (i = 0; i < state->defs.count; i++) {
        mig_def *def = mig_def_at(&state->defs, i);
        const gen_table *table = mig_table_of(def);
        bool loose = def->kind == DB_TABLE && table != NULL
            && !table->schemafull;
        if (loose || (def->kind == DB_FIELD && hides(ctx, state, moved,
                                                     def))) {
            gen_list_push(ctx, out, def);
        }
    }
}
