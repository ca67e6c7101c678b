/* surrealgen/migrate/plan_table.c: recipes for all that is no column. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

/* The server makes these itself with the column above, or with the edge. */
static bool made_by_server(const mig_def *def, bool edge)
{
    char last = def->spelled.ptr[def->spelled.len - 1];

    if (def->kind != DB_FIELD) return false;
    return last == '*' || last == ']'
        || (edge && (gen_str_is(def->name, "in")
                     || gen_str_is(def->name, "out")));
}

bool mig_needs_overwrite(const mig_def *def)
{
    return made_by_server(def, true);
}

/* ------------------------------------------------------------------ tables */

static void put_members(mig_way *way, mig_slot place, const mig_def *table)
{
    gen_list members = { NULL, 0, 0 };
    size_t i;

    mig_members(way->ctx, way->to, table->spelled, &members);
    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        mig_put_define(way, place, def, made_by_server(def, true));
    }
}

static bool is_edge(const mig_def *def)
{
    const gen_table *table = mig_table_of(def);

    return table != NULL && table->kind == GEN_TABLE_RELATION;
}

static void add_table(mig_way *way, const mig_def *def)
{
    if (def->kind == DB_VIEW) {
        gen_list_push(way->ctx, &way->views, (void *)(uintptr_t)def);
        return;
    }
    mig_put_define(way, MIG_AT_TABLE, def, false);
    put_members(way, MIG_AT_TABLE, def);
    if (!way->is_down) return;
    if (way->opt->archive) mig_put_back(way, def, is_edge(def));
    mig_worse(way, way->opt->archive ? MIG_SAFE : MIG_LOSSY,
              way->opt->archive ? NULL : def);
}

static void remove_table(mig_way *way, const mig_def *def)
{
    if (def->kind == DB_VIEW) return; /* plan_views() does */
    if (way->opt->archive && !way->is_down) {
        mig_put_kept(way, def);
    }
    mig_put_remove(way, MIG_AT_GONE, def);
    mig_add_name(way->ctx, &way->tables, def->spelled);
    mig_worse(way, MIG_LOSSY, def);
}

void mig_redo_table(mig_way *way, gen_str table)
{
    gen_buf key;
    const mig_def *def;

    gen_buf_init(&key, way->ctx);
    gen_buf_add_text(&key, "table ");
    gen_buf_add_str(&key, table);
    def = mig_find(way->to, gen_buf_str(&key));
    if (def == NULL) return;
    mig_put_define(way, MIG_AT_CLOSE, def, true);
    mig_touch(way, MIG_AT_CLOSE, table);
    mig_worse(way, MIG_MAY_FAIL, NULL);
}

/* A view cannot be changed in place (its rows are there already), and a table
 * with rows of its own is none. */
static void redo_view(mig_way *way, const mig_def *from, const mig_def *to)
{
    if (to->kind != DB_VIEW) {
        mig_put_define(way, MIG_AT_TABLE, to, false);
        put_members(way, MIG_AT_TABLE, to);
        return;
    }
    if (from->kind != DB_VIEW) mig_put_remove(way, MIG_AT_DROP, from);
    gen_list_push(way->ctx, &way->views, (void *)(uintptr_t)to);
}

/* The ends of a relation are columns the server made. */
static void drop_ends(mig_way *way, const mig_def *def)
{
    static const char *const ends[] = { "in", "out" };
    size_t i;

    for (i = 0; i < 2; i++) {
        gen_buf *out = &way->text[MIG_AT_CLOSE];
        gen_buf key;
        gen_buf_init(&key, way->ctx);
        gen_buf_add_text(&key, "field ");
        gen_buf_add_str(&key, def->spelled);
        gen_buf_add_fmt(&key, " %s", ends[i]);
        if (mig_find(way->to, gen_buf_str(&key)) != NULL) continue;
        gen_buf_add_fmt(out, "REMOVE FIELD IF EXISTS %s ON ", ends[i]);
        gen_buf_add_str(out, def->spelled);
        gen_buf_add_text(out, ";\n");
    }
}

static void change_kind(mig_way *way, const mig_change *change)
{
    const gen_table *from = mig_table_of(change->before);
    const gen_table *to = mig_table_of(change->after);

    mig_put_define(way, MIG_AT_CLOSE, change->after, true);
    if (from->kind == GEN_TABLE_RELATION && to->kind != GEN_TABLE_RELATION) {
        drop_ends(way, change->after);
    }
    mig_touch(way, MIG_AT_CLOSE, change->after->spelled);
    /* SurrealDB 2 takes out what has no column, without a word. */
    if ((change->what & MIG_FULL) != 0 && way->to->target.major < 3) {
        mig_worse(way, MIG_LOSSY, change->after);
    }
    mig_worse(way, MIG_MAY_FAIL, NULL);
}

static void change_table(mig_way *way, const mig_change *change)
{
    const mig_def *from = change->before;
    const mig_def *to = change->after;

    if (from->kind == DB_VIEW || to->kind == DB_VIEW) {
        redo_view(way, from, to);
        if (from->kind != DB_VIEW) mig_worse(way, MIG_LOSSY, from);
    } else if (mig_table_of(from) != NULL && mig_table_of(to) != NULL
               && ((change->what & (MIG_FULL | MIG_KIND)) != 0
                   || (change->what & (MIG_EDGE | MIG_NARROWER))
                      == (MIG_EDGE | MIG_NARROWER))) {
        change_kind(way, change);
    } else {
        mig_put_define(way, MIG_AT_TABLE, to, true);
    }
}

/* ----------------------------------------------------------------- indexes */

static bool is_unique(const mig_def *def)
{
    const gen_index *index = mig_index_of(def);

    return index != NULL && index->kind == GEN_IX_UNIQUE;
}

static void plan_index(mig_way *way, const mig_change *change)
{
    if (change->before != NULL && change->after != NULL) {
        gen_list_push(way->ctx, &way->redone,
                      (void *)(uintptr_t)change->after);
    } else if (change->before != NULL) {
        mig_put_remove(way, MIG_AT_DROP, change->before);
        return;
    } else {
        mig_put_define(way, MIG_AT_INDEX, change->after, false);
    }
    mig_add_name(way->ctx, &way->tables, change->after->table_spelled);
    if (is_unique(change->after)) mig_worse(way, MIG_MAY_FAIL, NULL);
}

/* ------------------------------------------------------------------ others */

static mig_slot place_of(const mig_def *def)
{
    switch (def->kind) {
    case DB_EVENT:
    case DB_API:
    case DB_CONFIG:
    case DB_ACCESS:
    case DB_USER:
        return MIG_AT_TOP;
    default:
        return MIG_AT_BASE;
    }
}

void mig_plan_other(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;

    if (def->kind == DB_INDEX) {
        plan_index(way, change);
    } else if (def->kind == DB_TABLE || def->kind == DB_VIEW) {
        if (change->op == MIG_ADD) add_table(way, def);
        if (change->op == MIG_REMOVE) remove_table(way, def);
        if (change->op == MIG_CHANGE) change_table(way, change);
    } else if (change->op == MIG_REMOVE) {
        mig_put_remove(way, def->kind == DB_EVENT ? MIG_AT_DROP
                       : MIG_AT_GONE, def);
    } else {
        mig_put_define(way, place_of(def), def, change->op == MIG_CHANGE);
    }
}

/* -------------------------------------------------------------- dependents */

static bool has_def(const gen_list *list, const mig_def *def)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        if (mig_def_at(list, i) == def) return true;
    }
    return false;
}

/* A view does not see what a quiet data step writes, and cannot outlive the
 * tables it is made from. */
static bool is_shaken(const mig_way *way, const mig_def *view)
{
    size_t i;

    for (i = 0; i < way->moved.count; i++) {
        if (mig_mentions(view->text, gen_name_at(&way->moved, i)->text)) {
            return true;
        }
    }
    for (i = 0; i < way->changes->count; i++) {
        const mig_change *change = mig_change_at(way->changes, i);
        if (change->before == NULL || change->op == MIG_RENAME
            || (change->before->kind != DB_TABLE
                && change->before->kind != DB_VIEW)) {
            continue;
        }
        if ((change->after == NULL || change->after->kind
             != change->before->kind)
            && mig_mentions(view->text, change->before->name)) {
            return true;
        }
    }
    for (i = 0; i < way->views.count; i++) {
        const mig_def *other = mig_def_at(&way->views, i);
        if (other != view && mig_mentions(view->text, other->name)) {
            return true;
        }
    }
    return false;
}

static int by_order(const void *one, const void *two)
{
    const mig_def *a = *(const mig_def *const *)one;
    const mig_def *b = *(const mig_def *const *)two;

    return a->order < b->order ? -1 : a->order > b->order;
}

/* What goes first is the last of those made from others. */
static void put_views(mig_way *way, const gen_list *drop)
{
    gen_buf rest = way->text[MIG_AT_TOP];
    gen_buf dropped = way->text[MIG_AT_DROP];
    size_t i;

    gen_buf_init(&way->text[MIG_AT_DROP], way->ctx);
    gen_buf_init(&way->text[MIG_AT_TOP], way->ctx);
    for (i = drop->count; i-- > 0;) {
        mig_put_remove(way, MIG_AT_DROP, mig_def_at(drop, i));
    }
    gen_buf_add(&way->text[MIG_AT_DROP], dropped.ptr, dropped.len);
    for (i = 0; i < way->views.count; i++) {
        const mig_def *view = mig_def_at(&way->views, i);
        mig_put_define(way, MIG_AT_TOP, view, false);
        put_members(way, MIG_AT_TOP, view);
    }
    gen_buf_add(&way->text[MIG_AT_TOP], rest.ptr, rest.len);
}

static void sort_views(gen_list *views)
{
    if (views->count > 1) {
        qsort(views->at, views->count, sizeof views->at[0], by_order);
    }
}

static void plan_views(mig_way *way)
{
    gen_list drop = { NULL, 0, 0 };
    bool more = true;
    size_t i;

    while (more) {
        more = false;
        for (i = 0; i < way->to->defs.count; i++) {
            mig_def *view = mig_def_at(&way->to->defs, i);
            if (view->kind != DB_VIEW || has_def(&way->views, view)
                || mig_find(way->from, view->key) == NULL
                || !is_shaken(way, view)) {
                continue;
            }
            gen_list_push(way->ctx, &way->views, view);
            more = true;
        }
    }
    for (i = 0; i < way->from->defs.count; i++) {
        mig_def *view = mig_def_at(&way->from->defs, i);
        const mig_def *now = mig_find(way->to, view->key);
        /* SurrealDB 3.0 finds the rows of the old one under the new one. */
        if (now != NULL && has_def(&way->views, now)
            && way->to->target.major >= 3) {
            way->apart = true;
        }
        if (view->kind == DB_VIEW
            && (now == NULL || now->kind != DB_VIEW
                || has_def(&way->views, now))) {
            gen_list_push(way->ctx, &drop, view);
        }
    }
    sort_views(&way->views);
    sort_views(&drop);
    put_views(way, &drop);
}

/* A full-text index was filled by the analyzer as it was. */
static void plan_analyzer(mig_way *way, const mig_def *analyzer)
{
    size_t i;

    for (i = 0; i < way->to->defs.count; i++) {
        const mig_def *index = mig_def_at(&way->to->defs, i);
        const mig_def *was;
        if (index->kind != DB_INDEX
            || !mig_mentions(index->text, analyzer->name)) {
            continue;
        }
        was = mig_find(way->from, index->key);
        if (was == NULL || !gen_str_eq(was->text, index->text)) continue;
        gen_list_push(way->ctx, &way->redone, (void *)(uintptr_t)index);
        /* SurrealDB 3.0 fills it by the old one until that is committed. */
        way->apart = true;
    }
}

/* OVERWRITE builds an index anew. REMOVE and DEFINE in one transaction would do
 * it as well, but for SurrealDB 2, where the pair conflicts with itself for
 * ever once it was rolled back (measured on 2.6.0), as it is by a rehearsal.
 * While rows are changed the index is better gone: it is built once. */
static void plan_redone(mig_way *way)
{
    bool gone = mig_has_data(way);
    size_t i;

    for (i = 0; i < way->redone.count; i++) {
        const mig_def *index = mig_def_at(&way->redone, i);
        if (gone) mig_put_remove(way, MIG_AT_DROP, index);
        mig_put_define(way, MIG_AT_INDEX, index, !gone);
    }
}

void mig_plan_dependents(mig_way *way)
{
    size_t i;

    for (i = 0; i < way->changes->count; i++) {
        const mig_change *change = mig_change_at(way->changes, i);
        if (change->op == MIG_CHANGE && change->after->kind == DB_ANALYZER) {
            plan_analyzer(way, change->after);
        }
    }
    for (i = 0; i < way->empty.count; i++) {
        mig_add_name(way->ctx, &way->moved,
                     ((const mig_emptied *)way->empty.at[i])->table);
    }
    plan_redone(way);
    plan_views(way);
}
