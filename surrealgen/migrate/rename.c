/* surrealgen/migrate/rename.c: what was renamed, not dropped and added.
 *
 * Two definitions cannot tell: a column that went and one that came may be one
 * column with another name, or two. So the answer stands in the schema, as
 * @was(old) or @new; the question on a terminal only writes it there. Nothing
 * is guessed: where an answer is missing, nothing is generated. */
#include "plan.h"

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

bool mig_is_field(const mig_change *change, mig_op op)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;

    return change->op == op && def->kind == DB_FIELD;
}

static bool of_one_table(const mig_def *a, const mig_def *b)
{
    return gen_str_eq(a->table_spelled, b->table_spelled);
}

/* What is above the two columns is the same, perhaps with another name. */
static bool same_parent(const gen_list *changes, const mig_def *gone,
                        const mig_def *came)
{
    gen_str a = gen_str_sub(gone->spelled, 0, parent_len(gone->spelled));
    gen_str b = gen_str_sub(came->spelled, 0, parent_len(came->spelled));
    gen_str rest, other;
    size_t i;

    if (gen_str_eq(a, b)) return true;
    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        if (change->before == NULL || !mig_is_field(change, MIG_RENAME)
            || !of_one_table(change->after, came)) {
            continue;
        }
        if (mig_is_below(a, change->before->spelled, &rest)
            && mig_is_below(b, change->after->spelled, &other)
            && gen_str_eq(rest, other)) {
            return true;
        }
    }
    return false;
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
static void join_members(gen_ctx *ctx, gen_list *changes,
                         const mig_change *parent)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *gone = mig_change_at(changes, i);
        gen_str rest;
        if (!mig_is_field(gone, MIG_REMOVE)
            || !of_one_table(gone->before, parent->before)
            || !mig_is_below(gone->before->spelled, parent->before->spelled,
                             &rest)) {
            continue;
        }
        for (k = 0; k < changes->count; k++) {
            mig_change *came = mig_change_at(changes, k);
            gen_str other;
            if (mig_is_field(came, MIG_ADD)
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

/* An object stands before what is in it, so its new name is known when that of
 * a member is looked for. What has no hint of its own goes with the object. */
void mig_match_hints(gen_ctx *ctx, gen_list *changes)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *came = mig_change_at(changes, i);
        if (!mig_is_field(came, MIG_ADD) || came->after->was.len == 0) continue;
        for (k = 0; k < changes->count; k++) {
            mig_change *gone = mig_change_at(changes, k);
            if (!mig_is_field(gone, MIG_REMOVE)
                || !of_one_table(gone->before, came->after)
                || !is_called(ctx, gone->before, came->after->was)
                || !same_parent(changes, gone->before, came->after)) {
                continue;
            }
            join(ctx, gone, came);
            break;
        }
    }
    for (i = 0; i < changes->count; i++) {
        const mig_change *parent = mig_change_at(changes, i);
        if (parent->before != NULL && mig_is_field(parent, MIG_RENAME)) {
            join_members(ctx, changes, parent);
        }
    }
}

void mig_drop_taken(gen_list *changes)
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

/* -------------------------------------------------------------- candidates */

/* Values of the one could be values of the other. */
static bool is_alike(const mig_def *gone, const mig_def *came)
{
    const gen_field *a = mig_field_of(gone);
    const gen_field *b = mig_field_of(came);

    if (a == NULL || b == NULL) return false;
    if (a->computed.present || b->computed.present) return false;
    return mig_type_within(a->type->core, b->type->core)
        || mig_type_within(b->type->core, a->type->core);
}

/* A part of what comes or goes as a whole. */
static bool is_inner(const gen_list *changes, const mig_change *change)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;
    size_t i;

    for (i = 0; i < changes->count; i++) {
        const mig_change *other = mig_change_at(changes, i);
        const mig_def *above = other->after != NULL ? other->after
            : other->before;
        if (above->kind == DB_FIELD
            && (other->op == MIG_ADD || other->op == MIG_REMOVE)
            && of_one_table(above, def)
            && mig_is_below(def->spelled, above->spelled, NULL)) {
            return true;
        }
    }
    return false;
}

/* Edits between two names, up to a length that does not matter. */
unsigned mig_distance(gen_str a, gen_str b)
{
    unsigned row[65];
    size_t i, k;

    if (a.len > 64) a.len = 64;
    if (b.len > 64) b.len = 64;
    for (k = 0; k <= b.len; k++) row[k] = (unsigned)k;
    for (i = 0; i < a.len; i++) {
        unsigned corner = row[0];
        row[0]++;
        for (k = 0; k < b.len; k++) {
            unsigned best = corner + (a.ptr[i] != b.ptr[k]);
            corner = row[k + 1];
            if (row[k] + 1 < best) best = row[k] + 1;
            if (corner + 1 < best) best = corner + 1;
            row[k + 1] = best;
        }
    }
    return row[b.len];
}

static bool is_used(const gen_list *pairs, const mig_change *change)
{
    size_t i;

    for (i = 0; i < pairs->count; i++) {
        const mig_pair *pair = (const mig_pair *)pairs->at[i];
        if (pair->gone == change || pair->came == change) return true;
    }
    return false;
}

static bool may_pair(gen_list *changes, const mig_change *gone,
                     const mig_change *came)
{
    return mig_is_field(gone, MIG_REMOVE) && mig_is_field(came, MIG_ADD)
        && !came->after->is_new && of_one_table(gone->before, came->after)
        && same_parent(changes, gone->before, came->after)
        && is_alike(gone->before, came->after) && !is_inner(changes, gone)
        && !is_inner(changes, came);
}

void mig_find_pairs(gen_ctx *ctx, gen_list *changes, gen_list *out)
{
    for (;;) {
        mig_pair best;
        mig_pair *pair;
        size_t i, k;
        memset(&best, 0, sizeof best);
        for (i = 0; i < changes->count; i++) {
            mig_change *came = mig_change_at(changes, i);
            if (!mig_is_field(came, MIG_ADD) || is_used(out, came)) continue;
            for (k = 0; k < changes->count; k++) {
                mig_change *gone = mig_change_at(changes, k);
                unsigned far;
                if (is_used(out, gone) || !may_pair(changes, gone, came)) {
                    continue;
                }
                far = mig_distance(gone->before->spelled, came->after->spelled);
                if (best.came != NULL && far >= best.far) continue;
                best.gone = gone;
                best.came = came;
                best.far = far;
            }
        }
        if (best.came == NULL) return;
        pair = (mig_pair *)gen_new(ctx, sizeof *pair);
        *pair = best;
        gen_list_push(ctx, out, pair);
    }
}
