/* surrealgen/migrate/rename.c: what was renamed, not dropped and added.
 *
 * Two definitions cannot tell: a column that went and one that came may be one
 * column with another name, or two. So the answer stands in the schema, as
 * @was(old) or @new; the question on a terminal only writes it there. Nothing
 * is guessed: where an answer is missing, nothing is generated. */
#include "plan.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------- paths */

/* Bytes of a path before its last part, the dot included. */
static size_t parent_len(gen_str path)
{
    size_t len = 0;
    size_t i;
    bool quoted = false;

    for (i = 0; i < path.len; i++) {
        if (path.ptr[i] == '`') quoted = !quoted;
        if (path.ptr[i] == '.' && !quoted) len = i + 1;
    }
    return len;
}

static bool same_parent(const mig_def *a, const mig_def *b)
{
    size_t len = parent_len(a->spelled);

    return len == parent_len(b->spelled)
        && memcmp(a->spelled.ptr, b->spelled.ptr, len) == 0;
}

bool mig_is_below(gen_str path, gen_str above, gen_str *rest)
{
    if (path.len <= above.len
        || memcmp(path.ptr, above.ptr, above.len) != 0
        || (path.ptr[above.len] != '.' && path.ptr[above.len] != '[')) {
        return false;
    }
    if (rest != NULL) *rest = gen_str_sub(path, above.len, path.len);
    return true;
}

/* ---------------------------------------------------------------- matching */

static bool is_field(const mig_change *change, mig_op op)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;

    return change->op == op && def->kind == DB_FIELD;
}

static bool of_one_table(const mig_def *a, const mig_def *b)
{
    return gen_str_eq(a->table_spelled, b->table_spelled);
}

/* The last part of the path, as @was names it. */
static bool is_called(gen_ctx *ctx, const mig_def *def, gen_str name)
{
    size_t from = parent_len(def->spelled);
    gen_str last = gen_str_sub(def->spelled, from, def->spelled.len);
    gen_buf quoted;

    gen_buf_init(&quoted, ctx);
    gen_surql_name(&quoted, name);
    return gen_str_eq(last, gen_buf_str(&quoted)) || gen_str_eq(last, name);
}

static void join(gen_ctx *ctx, mig_change *removed, mig_change *added)
{
    added->op = MIG_RENAME;
    added->before = removed->before;
    removed->op = MIG_RENAME;
    removed->before = NULL; /* taken: dropped from the list below */
    mig_classify(ctx, added);
}

/* What is below a column goes with it. */
static void join_members(gen_ctx *ctx, gen_list *changes, const mig_change *parent)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *gone = mig_change_at(changes, i);
        gen_str rest;
        if (!is_field(gone, MIG_REMOVE)
            || !of_one_table(gone->before, parent->before)
            || !mig_is_below(gone->before->spelled, parent->before->spelled,
                             &rest)) {
            continue;
        }
        for (k = 0; k < changes->count; k++) {
            mig_change *came = mig_change_at(changes, k);
            gen_str other;
            if (is_field(came, MIG_ADD)
                && of_one_table(came->after, parent->after)
                && mig_is_below(came->after->spelled, parent->after->spelled,
                                &other)
                && gen_str_eq(rest, other)) {
                join(ctx, gone, came);
                break;
            }
        }
    }
}

static void match_hints(gen_ctx *ctx, gen_list *changes)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *came = mig_change_at(changes, i);
        if (!is_field(came, MIG_ADD) || came->after->was.len == 0) continue;
        for (k = 0; k < changes->count; k++) {
            mig_change *gone = mig_change_at(changes, k);
            if (!is_field(gone, MIG_REMOVE)
                || !of_one_table(gone->before, came->after)
                || !same_parent(gone->before, came->after)
                || !is_called(ctx, gone->before, came->after->was)) {
                continue;
            }
            join(ctx, gone, came);
            join_members(ctx, changes, came);
            break;
        }
    }
}

static void drop_taken(gen_list *changes)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        if (change->before == NULL && change->after == NULL) continue;
        changes->at[kept++] = changes->at[i];
    }
    changes->count = kept;
}

int mig_renames(const gen_cli *cli, gen_list *changes)
{
    match_hints(cli->ctx, changes);
    drop_taken(changes);
    return CLI_FINE;
}
