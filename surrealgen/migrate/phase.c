/* surrealgen/migrate/phase.c: one change as two migrations.
 *
 * While a program is deployed, the old one and the new one run side by side.
 * The first migration (expand) does what the old one does not notice; the
 * second (contract), which is for when the old one is gone, does the rest.
 * Between them is a state of its own, in which each column takes what either
 * program writes. Both migrations are planned as any other, from state to
 * state. */
#include "plan.h"

#include <string.h>

/* -------------------------------------------------------------- definitions */

static void add_def(gen_buf *out, const mig_def *def)
{
    mig_add_define(out, def, false);
    gen_buf_add_char(out, '\n');
}

/* A column that may be left out: by the old program, or by the new one. */
static void add_loose(gen_ctx *ctx, gen_version target, const mig_def *def,
                      gen_buf *out)
{
    const gen_field *field = mig_field_of(def);

    if (field == NULL || field->computed.present
        || (field->type->optional && !field->assert_.present)) {
        add_def(out, def);
        return;
    }
    gen_buf_add_str(out, mig_open_text(ctx, target, def,
                                       mig_option_of(ctx, field->type),
                                       GEN_EXISTS_PLAIN));
}

static bool is_unique(const mig_def *def)
{
    const gen_index *index = mig_index_of(def);

    return def->kind == DB_INDEX
        && (index == NULL || index->kind == GEN_IX_UNIQUE);
}

/* ------------------------------------------------------------------ changes */

static bool field_waits(const mig_change *change)
{
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(change->after);

    if (from == NULL || to == NULL
        || to->computed.present != from->computed.present) {
        return true;
    }
    return (change->what & MIG_NARROWER) != 0
        || ((change->what & MIG_ASSERT) != 0 && to->assert_.present);
}

/* What rows, or an old program, may not stand. */
static bool waits(const mig_change *change)
{
    switch (change->after->kind) {
    case DB_FIELD:
        return field_waits(change);
    case DB_TABLE:
        return change->before->kind != DB_TABLE
            || (change->what & (MIG_FULL | MIG_KIND | MIG_NARROWER)) != 0;
    case DB_VIEW:
        return true;
    case DB_INDEX:
        return is_unique(change->after);
    default:
        return false;
    }
}

/* A cast, or a variant with another name, leaves both types: the column takes
 * either until it is done. */
static void add_changed(gen_ctx *ctx, gen_version target,
                        const mig_change *change, gen_buf *out)
{
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(change->after);

    if ((change->what & MIG_CAST) == 0 && change->words.count == 0) {
        add_def(out, waits(change) ? change->before : change->after);
        return;
    }
    gen_buf_add_str(out, mig_open_text(ctx, target, change->after,
                                       mig_both_of(ctx, from->type,
                                                   to->type),
                                       GEN_EXISTS_PLAIN));
}

static void add_change(gen_ctx *ctx, gen_version target,
                       const mig_change *change, gen_buf *out)
{
    switch (change->op) {
    case MIG_ADD:
        if (is_unique(change->after)) return;
        add_loose(ctx, target, change->after, out);
        break;
    case MIG_REMOVE:
        add_loose(ctx, target, change->before, out);
        break;
    case MIG_RENAME:
        add_loose(ctx, target, change->before, out);
        add_loose(ctx, target, change->after, out);
        break;
    case MIG_CHANGE:
        add_changed(ctx, target, change, out);
        break;
    }
}

static bool is_changed(const gen_list *changes, const mig_def *def)
{
    size_t i;

    for (i = 0; i < changes->count; i++) {
        if (mig_change_at(changes, i)->before == def) return true;
    }
    return false;
}

static void add_members(gen_ctx *ctx, const mig_state *after,
                        const mig_def *table, gen_buf *out)
{
    gen_list members = { NULL, 0, 0 };
    size_t i;

    mig_members(ctx, after, table->spelled, &members);
    for (i = 0; i < members.count; i++) {
        add_def(out, mig_def_at(&members, i));
    }
}

int mig_middle(gen_ctx *ctx, const mig_state *before, const mig_state *after,
               const gen_list *changes, mig_state *out)
{
    gen_buf text;
    size_t i;

    gen_buf_init(&text, ctx);
    gen_buf_add_fmt(&text, "-- surrealgen snapshot 1, surrealdb %d.%d\n",
                    after->target.major, after->target.minor);
    for (i = 0; i < before->defs.count; i++) {
        const mig_def *def = mig_def_at(&before->defs, i);
        if (!is_changed(changes, def)) add_def(&text, def);
    }
    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        add_change(ctx, after->target, change, &text);
        if (change->op == MIG_ADD && (change->after->kind == DB_TABLE
                                      || change->after->kind == DB_VIEW)) {
            add_members(ctx, after, change->after, &text);
        }
    }
    return mig_state_of_text(ctx, after->target, "middle.snap",
                             gen_buf_str(&text), out);
}

/* ------------------------------------------------------------------- twins */

void mig_set_twins(gen_list *changes, const gen_list *renames)
{
    size_t i, k;

    for (i = 0; i < renames->count; i++) {
        const mig_change *rename = mig_change_at(renames, i);
        if (rename->op != MIG_RENAME) continue;
        for (k = 0; k < changes->count; k++) {
            mig_change *change = mig_change_at(changes, k);
            const mig_def *def = change->after != NULL ? change->after
                : change->before;
            if (change->op != MIG_REMOVE
                && gen_str_eq(def->key, rename->after->key)) {
                change->twin = rename->before;
            } else if (change->op != MIG_ADD
                       && gen_str_eq(def->key, rename->before->key)) {
                change->twin = rename->after;
            }
        }
    }
}
