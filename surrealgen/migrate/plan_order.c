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

/* b is made of what a sets. */
static bool needs(const mig_step *b, const mig_step *a)
{
    gen_str column;

    if (!gen_str_eq(a->table, b->table)) return false;
    column = column_set(a->text);
    return column.len > 0 && !gen_str_eq(column, column_set(b->text))
        && mig_mentions(b->text, column);
}

/* The first that needs none of the others; in a circle, the first. */
static size_t next_of(const gen_list *left)
{
    size_t i;
    size_t k;

    for (i = 0; i < left->count; i++) {
        for (k = 0; k < left->count; k++) {
            if (k != i && needs(mig_step_at(left, i), mig_step_at(left, k))) {
                break;
            }
        }
        if (k == left->count) return i;
    }
    return 0;
}

static void sort(mig_way *way, gen_list *steps)
{
    gen_list left = *steps;
    gen_list sorted = { NULL, 0, 0 };

    while (left.count > 0) {
        size_t i = next_of(&left);
        gen_list_push(way->ctx, &sorted, left.at[i]);
        memmove(left.at + i, left.at + i + 1,
                (left.count - i - 1) * sizeof left.at[0]);
        left.count--;
    }
    *steps = sorted;
}

void mig_order_fills(mig_way *way)
{
    copy_what_is_asked_for(way);
    sort(way, &way->fill);
    sort(way, &way->late);
}
