/* surrealgen/migrate/verb_rebase.c: `migrate rebase`: two branches in a row.
 *
 *            ancestor --- o1 --- o2 (onto)
 *                    \
 *                     m1 --- m2 (moved)        m1 gets o2 as its parent
 *
 * The statements stay as they are. The snapshots of m1 and m2 change: what the
 * other branch did since the ancestor is part of the schema now. That can be
 * worked out when no object was changed by both; otherwise the statements may
 * not even run, and only a person knows what was meant. */
#include "../cli/outputs.h"
#include "drift.h"
#include "files.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

/* An object that a branch changed. */
typedef struct touched {
    const mig_def *def;
    const mig_migration *by; /* the last that did */
    bool comes_or_goes;      /* it is not there before or not after */
} touched;

typedef struct rebase {
    const gen_cli *cli;
    gen_ctx *ctx;
    mig_chain chain;
    const mig_migration *moved, *onto, *ancestor; /* ancestor NULL: none */
    gen_list ours;   /* mig_migration *: m1, m2 */
    gen_list theirs; /* o1, o2 */
    mig_state base, onto_state;
    gen_list our_changes, their_changes; /* touched * */
} rebase;

static touched *touched_at(const gen_list *list, size_t i)
{
    return (touched *)list->at[i];
}

/* -------------------------------------------------------------- branches */

/* Which two: those named, or the newest and the one before it. */
static int choose(rebase *r)
{
    const gen_list *heads = &r->chain.heads;
    const mig_migration *named = NULL;
    size_t i;

    if (r->cli->arg_count > 0) {
        named = mig_named(&r->chain, r->cli->args[0]);
        if (named == NULL) return CLI_USAGE;
    }
    for (i = 0; i < heads->count; i++) {
        const mig_migration *m = mig_at(heads, i);
        if (named == NULL && (r->moved == NULL
                              || strcmp(m->id.ptr, r->moved->id.ptr) > 0)) {
            r->moved = m;
        }
        if (m == named) r->moved = m;
    }
    if (r->moved == NULL) {
        cli_say("%s is not the end of a branch: `migrate rebase` moves a "
                "branch by its newest migration", named->id.ptr);
        return CLI_USAGE;
    }
    for (i = 0; i < heads->count; i++) {
        const mig_migration *m = mig_at(heads, i);
        if (m == r->moved) continue;
        if (r->onto == NULL || strcmp(m->id.ptr, r->onto->id.ptr) > 0) {
            r->onto = m;
        }
    }
    return CLI_FINE;
}

/* From the migration back to the ancestor, without it; oldest first. */
static void list_branch(const rebase *r, const mig_migration *from,
                        gen_list *out)
{
    gen_list back = { NULL, 0, 0 };
    size_t i;

    while (from != NULL && from != r->ancestor) {
        gen_list_push(r->ctx, &back, (void *)(uintptr_t)from);
        from = mig_find_id(&r->chain, from->parent);
    }
    for (i = back.count; i > 0; i--) {
        gen_list_push(r->ctx, out, back.at[i - 1]);
    }
}

static bool is_behind(const rebase *r, const mig_migration *m,
                      const mig_migration *before)
{
    while (m != NULL && m != before) m = mig_find_id(&r->chain, m->parent);
    return m != NULL;
}

static int find_branches(rebase *r)
{
    size_t i, k;

    r->ancestor = r->moved;
    while (r->ancestor != NULL && !is_behind(r, r->onto, r->ancestor)) {
        r->ancestor = mig_find_id(&r->chain, r->ancestor->parent);
    }
    list_branch(r, r->moved, &r->ours);
    list_branch(r, r->onto, &r->theirs);
    for (i = 0; i < r->chain.all.count; i++) {
        const mig_migration *m = mig_at(&r->chain.all, i);
        for (k = 0; k < r->ours.count; k++) {
            const mig_migration *one = mig_at(&r->ours, k);
            if (!gen_str_eq(m->parent, one->id)
                || is_behind(r, r->moved, m)) continue;
            cli_say("%s follows %s, too: rebase that branch first, with its "
                    "newest migration behind `migrate rebase`", m->id.ptr,
                    one->id.ptr);
            return CLI_REFUSED;
        }
    }
    return CLI_FINE;
}

/* ---------------------------------------------------------------- changes */

static int state_after(const rebase *r, const mig_migration *m,
                       mig_state *out)
{
    return mig_state_after(r->ctx, m, mig_target(m != NULL ? m : r->moved),
                           out);
}

static void add_touched(const rebase *r, gen_list *out, const mig_def *def,
                        const mig_migration *by, bool comes_or_goes)
{
    touched *one = NULL;
    size_t i;

    for (i = 0; i < out->count && one == NULL; i++) {
        if (gen_str_eq(touched_at(out, i)->def->key, def->key)) {
            one = touched_at(out, i);
        }
    }
    if (one == NULL) {
        one = (touched *)gen_new(r->ctx, sizeof *one);
        one->def = def;
        gen_list_push(r->ctx, out, one);
    }
    one->by = by;
    one->comes_or_goes = one->comes_or_goes || comes_or_goes;
}

/* What differs between two states, step by step on a branch: what one
 * migration did and the next undid was touched as well. */
static int find_changes(const rebase *r, const gen_list *branch,
                        mig_state *last, gen_list *out)
{
    mig_state before = r->base;
    size_t i, k;

    *last = r->base;
    for (i = 0; i < branch->count; i++) {
        const mig_migration *m = mig_at(branch, i);
        int rc = state_after(r, m, last);
        if (rc != CLI_FINE) return rc;
        for (k = 0; k < last->defs.count; k++) {
            const mig_def *def = mig_def_at(&last->defs, k);
            const mig_def *old = mig_find(&before, def->key);
            if (old == NULL || !gen_str_eq(old->text, def->text)) {
                add_touched(r, out, def, m, old == NULL);
            }
        }
        for (k = 0; k < before.defs.count; k++) {
            const mig_def *def = mig_def_at(&before.defs, k);
            if (mig_find(last, def->key) == NULL) {
                add_touched(r, out, def, m, true);
            }
        }
        before = *last;
    }
    return CLI_FINE;
}

/* A table of one branch and something in it of the other. */
static bool is_inside(const touched *table, const touched *part)
{
    return table->comes_or_goes && part->def->table.len > 0
        && (table->def->kind == DB_TABLE || table->def->kind == DB_VIEW)
        && gen_str_eq(table->def->name, part->def->table);
}

static void add_conflict(gen_buf *out, const touched *one)
{
    gen_buf title;

    gen_buf_init(&title, out->ctx);
    mig_add_title(&title, one->def);
    gen_buf_add_fmt(out, "  %-8s %-30s %s\n", mig_kind_word(one->def->kind),
                    title.ptr, one->by->id.ptr);
}

static int refuse_conflicts(const rebase *r)
{
    gen_buf out;
    size_t i, k;

    gen_buf_init(&out, r->ctx);
    for (i = 0; i < r->our_changes.count; i++) {
        const touched *a = touched_at(&r->our_changes, i);
        for (k = 0; k < r->their_changes.count; k++) {
            const touched *b = touched_at(&r->their_changes, k);
            if (!gen_str_eq(a->def->key, b->def->key)
                && !is_inside(a, b) && !is_inside(b, a)) continue;
            add_conflict(&out, b);
            add_conflict(&out, a);
        }
    }
    if (out.len == 0) return CLI_FINE;
    cli_say("%s cannot be put behind %s: both branches change these:",
            r->moved->id.ptr, r->onto->id.ptr);
    fwrite(out.ptr, 1, out.len, stderr);
    fprintf(stderr, "  bring the schema files together, remove %s%s and let "
            "`surrealgen migrate generate` write what is left to do\n",
            mig_at(&r->ours, 0)->dir.ptr,
            r->ours.count > 1 ? " and what follows it" : "");
    return CLI_REFUSED;
}

/* Tables that both branches are about: nothing is refused, but rows may see
 * more than their author thought of. */
static void say_common(const rebase *r)
{
    gen_list said = { NULL, 0, 0 };
    size_t i, k, n;

    for (i = 0; i < r->our_changes.count; i++) {
        const mig_def *a = touched_at(&r->our_changes, i)->def;
        gen_str table = a->table.len > 0 ? a->table : a->name;
        bool both = false;
        for (k = 0; k < r->their_changes.count && !both; k++) {
            const mig_def *b = touched_at(&r->their_changes, k)->def;
            both = gen_str_eq(b->table.len > 0 ? b->table : b->name, table);
        }
        for (n = 0; n < said.count; n++) {
            if (gen_str_eq(gen_name_at(&said, n)->text, table)) both = false;
        }
        if (both) {
            gen_name *name = (gen_name *)gen_new(r->ctx, sizeof *name);
            name->text = table;
            gen_list_push(r->ctx, &said, name);
            fprintf(stderr, "note: both branches change `%s`; read %s once "
                    "more before it is applied\n", table.ptr,
                    mig_at(&r->ours, 0)->dir.ptr);
        }
    }
}

/* ---------------------------------------------------------------- writing */

static bool is_theirs(const rebase *r, const mig_def *def)
{
    size_t i;

    for (i = 0; i < r->their_changes.count; i++) {
        if (gen_str_eq(touched_at(&r->their_changes, i)->def->key,
                       def->key)) return true;
    }
    return false;
}

static int by_key(const void *a, const void *b)
{
    gen_str x = (*(const mig_def *const *)a)->key;
    gen_str y = (*(const mig_def *const *)b)->key;
    int order = memcmp(x.ptr, y.ptr, x.len < y.len ? x.len : y.len);

    if (order != 0) return order;
    return x.len < y.len ? -1 : x.len > y.len;
}

/* The snapshot of one of ours, with what theirs did. */
static int merge_snapshot(const rebase *r, const mig_migration *m,
                          gen_str *out)
{
    mig_state merged, own;
    gen_buf text;
    size_t i;
    int rc = state_after(r, m, &own);

    if (rc != CLI_FINE) return rc;
    memset(&merged, 0, sizeof merged);
    merged.ctx = r->ctx;
    merged.target = own.target;
    for (i = 0; i < own.defs.count; i++) {
        if (!is_theirs(r, mig_def_at(&own.defs, i))) {
            gen_list_push(r->ctx, &merged.defs, own.defs.at[i]);
        }
    }
    for (i = 0; i < r->onto_state.defs.count; i++) {
        if (is_theirs(r, mig_def_at(&r->onto_state.defs, i))) {
            gen_list_push(r->ctx, &merged.defs, r->onto_state.defs.at[i]);
        }
    }
    if (merged.defs.count > 1) {
        qsort(merged.defs.at, merged.defs.count, sizeof *merged.defs.at,
              by_key);
    }
    gen_buf_init(&text, r->ctx);
    mig_print_snapshot(&merged, &text);
    *out = gen_str_copy(r->ctx, text.ptr, text.len);
    return CLI_FINE;
}

static gen_str with_value(gen_ctx *ctx, gen_str text, const mig_note *note,
                          gen_str value)
{
    gen_buf out;

    if (note == NULL || value.len == 0) return text;
    gen_buf_init(&out, ctx);
    gen_buf_add(&out, text.ptr, note->pos.off);
    gen_buf_add_str(&out, value);
    gen_buf_add_text(&out, text.ptr + note->pos.off + note->pos.len);
    return gen_str_copy(ctx, out.ptr, out.len);
}

/* The text of up.surql with other values in two lines of its header; empty: as
 * it is. The later line first, so that the other one stays where it was. */
static gen_str with_header(gen_ctx *ctx, const mig_migration *m,
                           gen_str parent, gen_str schema)
{
    const mig_note *first = mig_find_note(&m->up, "parent");
    const mig_note *second = mig_find_note(&m->up, "schema");
    gen_str text = m->up.text;

    if (second == NULL || second->pos.off < first->pos.off) {
        text = with_value(ctx, text, first, parent);
        return with_value(ctx, text, second, schema);
    }
    text = with_value(ctx, text, second, schema);
    return with_value(ctx, text, first, parent);
}

static gen_str parent_line(gen_ctx *ctx, const mig_migration *parent)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_fmt(&out, "%s  %s", parent->id.ptr,
                    mig_short_hash(ctx, parent->checksum).ptr);
    return gen_str_copy(ctx, out.ptr, out.len);
}

static int write_branch(const rebase *r)
{
    cli_outputs all = { NULL, { NULL, 0, 0 } };
    gen_str none = { "", 0 };
    size_t i;
    int rc;

    all.ctx = r->ctx;
    for (i = 0; i < r->ours.count; i++) {
        const mig_migration *m = mig_at(&r->ours, i);
        gen_str snapshot, text;
        rc = merge_snapshot(r, m, &snapshot);
        if (rc != CLI_FINE) return rc;
        text = with_header(r->ctx, m, i == 0 ? parent_line(r->ctx, r->onto)
                           : none, mig_short_hash(r->ctx, mig_digest(
                           r->ctx, snapshot)));
        cli_outputs_add(&all, m->up.path.ptr, text.ptr, text.len);
        cli_outputs_add(&all, m->snap_path.ptr, snapshot.ptr, snapshot.len);
    }
    rc = cli_outputs_write(&all);
    if (rc == CLI_FINE) {
        printf("%s now follows %s\n", mig_at(&r->ours, 0)->id.ptr,
               r->onto->id.ptr);
        say_common(r);
    }
    return rc;
}

/* One line, but a parent was edited that no database has yet: its checksum is
 * written down anew. */
static int refresh_parent(const rebase *r, const char *name)
{
    const mig_migration *m = mig_named(&r->chain, name);
    const mig_migration *parent;
    cli_outputs all = { NULL, { NULL, 0, 0 } };
    gen_str none = { "", 0 };
    gen_str text;
    int rc;

    if (m == NULL) return CLI_USAGE;
    parent = mig_find_id(&r->chain, m->parent);
    if (parent == NULL
        || gen_str_eq(mig_short_hash(r->ctx, parent->checksum),
                      m->parent_hash)) {
        printf("%s follows %s as it is; nothing to do\n", m->id.ptr,
               parent != NULL ? parent->id.ptr : "no other");
        return CLI_FINE;
    }
    all.ctx = r->ctx;
    text = with_header(r->ctx, m, parent_line(r->ctx, parent), none);
    cli_outputs_add(&all, m->up.path.ptr, text.ptr, text.len);
    rc = cli_outputs_write(&all);
    if (rc == CLI_FINE) {
        printf("%s now follows %s as it was edited\n", m->id.ptr,
               parent->id.ptr);
    }
    return rc;
}

int verb_migrate_rebase(const gen_cli *cli)
{
    mig_state last;
    rebase r;
    int rc;

    if (cli->arg_count > 1) {
        cli_say("`migrate rebase` wants one migration, or none");
        return CLI_USAGE;
    }
    memset(&r, 0, sizeof r);
    r.cli = cli;
    r.ctx = cli->ctx;
    rc = mig_read_chain(cli, &r.chain);
    if (rc != CLI_FINE) return rc;
    if (r.chain.heads.count < 2 && cli->arg_count == 1) {
        return refresh_parent(&r, cli->args[0]);
    }
    if (r.chain.heads.count < 2) {
        printf("%s: one line of migrations; nothing to do\n",
               r.chain.dir.ptr);
        return CLI_FINE;
    }
    rc = choose(&r);
    if (rc == CLI_FINE) rc = find_branches(&r);
    if (rc == CLI_FINE) rc = state_after(&r, r.ancestor, &r.base);
    if (rc == CLI_FINE) {
        rc = find_changes(&r, &r.theirs, &r.onto_state, &r.their_changes);
    }
    if (rc == CLI_FINE) {
        rc = find_changes(&r, &r.ours, &last, &r.our_changes);
    }
    if (rc == CLI_FINE) rc = refuse_conflicts(&r);
    return rc == CLI_FINE ? write_branch(&r) : rc;
}
