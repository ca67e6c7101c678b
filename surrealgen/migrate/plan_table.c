/* surrealgen/migrate/plan_table.c: recipes for all that is no column. */
#include "plan.h"

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

static void add_table(mig_way *way, const mig_def *def)
{
    mig_slot place = def->kind == DB_VIEW ? MIG_AT_TOP : MIG_AT_TABLE;

    mig_put_define(way, place, def, false);
    put_members(way, place, def);
    mig_worse(way, way->is_down && def->kind != DB_VIEW ? MIG_LOSSY
              : MIG_EXACT, way->is_down && def->kind != DB_VIEW ? def : NULL);
}

static void remove_table(mig_way *way, const mig_def *def)
{
    if (def->kind == DB_VIEW) {
        mig_put_remove(way, MIG_AT_DROP, def);
        return;
    }
    mig_put_remove(way, MIG_AT_GONE, def);
    mig_add_name(way->ctx, &way->tables, def->spelled);
    mig_worse(way, MIG_LOSSY, def);
}

/* A view cannot be changed in place (its rows are there already), and a table
 * with rows of its own is none. */
static void redo_view(mig_way *way, const mig_def *from, const mig_def *to)
{
    mig_put_remove(way, MIG_AT_DROP, from);
    mig_put_define(way, MIG_AT_TOP, to, false);
    put_members(way, MIG_AT_TOP, to);
    gen_list_push(way->ctx, &way->redone, (void *)(uintptr_t)to);
}

static void change_table(mig_way *way, const mig_change *change)
{
    const mig_def *from = change->before;
    const mig_def *to = change->after;

    if (from->kind == DB_VIEW || to->kind == DB_VIEW) {
        redo_view(way, from, to);
        if (from->kind != to->kind) {
            mig_worse(way, MIG_LOSSY, from->kind == DB_VIEW ? NULL : from);
        }
        return;
    }
    if ((change->what & (MIG_FULL | MIG_KIND)) != 0
        || (change->what & (MIG_EDGE | MIG_NARROWER))
           == (MIG_EDGE | MIG_NARROWER)) {
        mig_put_define(way, MIG_AT_CLOSE, to, true);
        mig_touch(way, MIG_AT_CLOSE, to->spelled);
        mig_worse(way, MIG_MAY_FAIL, NULL);
        return;
    }
    mig_put_define(way, MIG_AT_TABLE, to, true);
}

/* ----------------------------------------------------------------- indexes */

static bool is_unique(const mig_def *def)
{
    const gen_index *index = mig_index_of(def);

    return index != NULL && index->kind == GEN_IX_UNIQUE;
}

static void plan_index(mig_way *way, const mig_change *change)
{
    if (change->before != NULL) {
        mig_put_remove(way, MIG_AT_DROP, change->before);
    }
    if (change->after == NULL) return;
    mig_put_define(way, MIG_AT_INDEX, change->after, false);
    mig_add_name(way->ctx, &way->tables, change->after->table_spelled);
    if (is_unique(change->after)) mig_worse(way, MIG_MAY_FAIL, NULL);
}

/* ------------------------------------------------------------------- others */

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

void mig_plan_views(mig_way *way)
{
    (void)way;
}
