/* surrealgen/migrate/plan_order.c: data steps that need each other.
 *
 * What rows get may be made of other columns: of one that another step fills
 * in or casts, which then has to run first; or of one that has another name
 * now, whose values still stand under the old one. The step that moves those
 * runs last, because it empties the old column, so they are copied early where
 * somebody asks for them; the move finds them done. */
#include "plan.h"

#include <string.h>

/* The column a step sets, without what is inside of it; empty for steps that
 * are not of that form. */
static gen_str column_set(gen_str text)
{
    static const char head[] = "UPDATE $batch SET ";
    const char *at = strstr(text.ptr, head);
    gen_str rest = { "", 0 };
    bool quoted = false;
    size_t i;

    if (at == NULL) return rest;
    at += sizeof head - 1;
    rest = gen_str_sub(text, (size_t)(at - text.ptr), text.len);
    for (i = 0; i < rest.len; i++) {
        if (rest.ptr[i] == '`') quoted = !quoted;
        if (!quoted && strchr(".[ ", rest.ptr[i]) != NULL) break;
    }
    rest.len = i;
    return rest;
}

/* ----------------------------------------------------------------- renames */

/* Its values come with those of the column it stands in. */
static bool comes_along(const mig_way *way, const mig_def *def)
{
    size_t i;

    for (i = 0; i < way->changes->count; i++) {
        const mig_change *other = mig_change_at(way->changes, i);
        gen_str rest;
        if (other->op == MIG_RENAME && other->after->kind == DB_FIELD
            && gen_str_eq(other->after->table_spelled, def->table_spelled)
            && mig_is_below(def->spelled, other->after->spelled, &rest)) {
            return true;
        }
    }
    return false;
}

static bool is_asked_for(const mig_way *way, const mig_def *def)
{
    size_t i;

    for (i = 0; i < way->fill.count; i++) {
        const mig_step *step = mig_step_at(&way->fill, i);
        if (gen_str_eq(step->table, def->table_spelled)
            && mig_mentions(step->text, def->spelled)) {
            return true;
        }
    }
    return false;
}

static void copy_early(mig_way *way, const mig_change *change)
{
    gen_str from = change->before->spelled;
    gen_str to = change->after->spelled;
    mig_cast cast;
    gen_buf set;
    gen_buf where;

    memset(&cast, 0, sizeof cast);
    cast.expr = "@";
    if ((change->what & MIG_CAST) != 0) {
        cast = mig_cast_of(way->ctx, mig_field_of(change->before)->type,
                           mig_field_of(change->after)->type);
    }
    gen_buf_init(&set, way->ctx);
    gen_buf_init(&where, way->ctx);
    gen_buf_add_str(&set, to);
    gen_buf_add_text(&set, " = ");
    mig_add_cast(&set, &cast, from);
    gen_buf_add_str(&where, from);
    gen_buf_add_text(&where, " != NONE AND ");
    gen_buf_add_str(&where, to);
    gen_buf_add_text(&where, " = NONE");
    mig_put_fill(way, &way->fill, change->after->table_spelled,
                 gen_buf_str(&set), gen_buf_str(&where));
}

static void copy_what_is_asked_for(mig_way *way)
{
    size_t i;

    for (i = 0; i < way->changes->count; i++) {
        const mig_change *change = mig_change_at(way->changes, i);
        if (change->op != MIG_RENAME || change->after->kind != DB_FIELD
            || mig_field_of(change->after) == NULL
            || mig_field_of(change->after)->computed.present
            || memchr(change->after->spelled.ptr, '*',
                      change->after->spelled.len) != NULL
            || !is_asked_for(way, change->after)
            || comes_along(way, change->after)) {
            continue;
        }
        copy_early(way, change);
    }
}

/* ------------------------------------------------------------------- order */

/* A step that is to be put in order. Steps of other tables do not concern it,
 * so it knows those of its own. */
typedef struct fill {
    mig_step *step;
    gen_str column; /* that it sets; empty: see column_set() */
    gen_list *peers; /* fill *, of one table, this one among them */
    bool is_done;
} fill;

static fill *fill_at(const gen_list *list, size_t i)
{
    return (fill *)list->at[i];
}

/* b is made of what a sets. */
static bool needs(const fill *b, const fill *a)
{
    return a->column.len > 0 && !gen_str_eq(a->column, b->column)
        && mig_mentions(b->step->text, a->column);
}

static bool is_ready(const fill *one)
{
    size_t i;

    for (i = 0; i < one->peers->count; i++) {
        const fill *other = fill_at(one->peers, i);
        if (other != one && !other->is_done && needs(one, other)) return false;
    }
    return true;
}

/* The first that needs none of the others; in a circle, the first. */
static fill *next_of(const gen_list *all, size_t from)
{
    size_t i;

    for (i = from; i < all->count; i++) {
        fill *one = fill_at(all, i);
        if (!one->is_done && is_ready(one)) return one;
    }
    return fill_at(all, from);
}

static void read_fills(mig_way *way, const gen_list *steps, gen_list *out)
{
    /* The map outlives the lists: one on the stack may stand where another
     * one stood before. */
    const void *scope = gen_new(way->ctx, 1);
    size_t i;

    for (i = 0; i < steps->count; i++) {
        fill *one = (fill *)gen_new(way->ctx, sizeof *one);
        one->step = mig_step_at(steps, i);
        one->column = column_set(one->step->text);
        one->peers = (gen_list *)gen_map_get(way->ctx, scope, GEN_KEY_TABLE,
                                             one->step->table);
        if (one->peers == NULL) {
            one->peers = (gen_list *)gen_new(way->ctx, sizeof *one->peers);
            gen_map_set(way->ctx, scope, GEN_KEY_TABLE, one->step->table,
                        one->peers);
        }
        gen_list_push(way->ctx, one->peers, one);
        gen_list_push(way->ctx, out, one);
    }
}

static void sort(mig_way *way, gen_list *steps)
{
    gen_list all = { NULL, 0, 0 };
    gen_list sorted = { NULL, 0, 0 };
    size_t from = 0;

    read_fills(way, steps, &all);
    while (sorted.count < all.count) {
        fill *one;
        while (fill_at(&all, from)->is_done) from++;
        one = next_of(&all, from);
        one->is_done = true;
        gen_list_push(way->ctx, &sorted, one->step);
    }
    *steps = sorted;
}

void mig_order_fills(mig_way *way)
{
    copy_what_is_asked_for(way);
    sort(way, &way->fill);
    sort(way, &way->late);
}
