/* surrealgen/migrate/plan_field.c: recipes for columns.
 *
 * A column that rows must hold is defined twice: first as wide as the rows are
 * (OPEN), then, once a data step has filled them, as it is to be (CLOSE). A
 * column that only gets wider, or whose clauses are about new values alone, is
 * defined once and no row is looked at. */
#include "../surql/surql.h"
#include "plan.h"

#include <string.h>

/* ------------------------------------------------------------- small tools */

static bool is_end(gen_str path)
{
    return gen_str_is(path, "in") || gen_str_is(path, "out");
}

static bool is_element(gen_str path)
{
    return path.len > 1 && path.ptr[path.len - 1] == '*';
}

/* The definition of a column in a state, or NULL. */
static mig_def *field_in(const mig_way *way, const mig_state *state,
                         gen_str table, gen_str path)
{
    gen_buf key;

    gen_buf_init(&key, way->ctx);
    gen_buf_add_text(&key, "field ");
    gen_buf_add_str(&key, table);
    gen_buf_add_char(&key, ' ');
    gen_buf_add_str(&key, path);
    return (mig_def *)(uintptr_t)mig_find(state, gen_buf_str(&key));
}

static const gen_field *typed_in(mig_way *way, const mig_state *state,
                                 gen_str table, gen_str path)
{
    mig_def *def = field_in(way, state, table, path);
    gen_list one = { NULL, 0, 0 };

    if (def != NULL && def->item == NULL) {
        gen_list_push(way->ctx, &one, def);
        mig_parse(way->ctx, state->target, &one);
    }
    return mig_field_of(def);
}

static bool needs_value(const gen_field *field)
{
    return !field->type->optional && !field->computed.present;
}

/* ------------------------------------------------------------- definitions */

/* How many levels of elements the server defines with a type. Where an array
 * may hold anything it defines none, unless the array is one of several types;
 * on SurrealDB 3 `option<array>` is that as well. */
static unsigned type_levels(const mig_way *way, const gen_type *type)
{
    unsigned levels = 0;

    while (type != NULL) {
        const gen_type *core = type->core;
        bool several = core->kind == GEN_T_UNION
            || (type->optional && way->to->target.major >= 3);
        size_t i;
        if (core->kind == GEN_T_UNION) {
            const gen_type *array = NULL;
            for (i = 0; i < core->arms.count; i++) {
                const gen_type *arm = gen_type_at(&core->arms, i);
                if (arm->kind == GEN_T_ARRAY || arm->kind == GEN_T_SET) {
                    array = arm;
                }
            }
            if (array == NULL) return levels;
            core = array;
        }
        if (core->kind != GEN_T_ARRAY && core->kind != GEN_T_SET) break;
        if (core->elem == NULL || core->elem->kind == GEN_T_ANY) {
            return levels + several;
        }
        levels++;
        type = core->elem;
    }
    return levels;
}

static unsigned element_levels(const mig_way *way, const gen_field *field)
{
    return field != NULL ? type_levels(way, field->type) : 0;
}

/* The server keeps the columns it made for elements when the array goes, or
 * becomes something else. Those that the schema defines are not touched. */
static void drop_elements(mig_way *way, mig_slot at, gen_str table,
                          gen_str path, unsigned from, unsigned to)
{
    gen_buf *out = &way->text[at];
    unsigned level;

    for (level = from; level > to; level--) {
        gen_buf name;
        unsigned i;
        gen_buf_init(&name, way->ctx);
        gen_buf_add_str(&name, path);
        for (i = 0; i < level; i++) gen_buf_add_text(&name, ".*");
        if (field_in(way, way->to, table, gen_buf_str(&name)) != NULL) continue;
        gen_buf_add_text(out, "REMOVE FIELD IF EXISTS ");
        gen_buf_add_str(out, gen_buf_str(&name));
        gen_buf_add_text(out, " ON ");
        gen_buf_add_str(out, table);
        gen_buf_add_text(out, ";\n");
    }
}

/* OVERWRITE of an array makes its elements anew: what the schema says about
 * them is said again. */
static void redo_elements(mig_way *way, mig_slot at, const mig_def *def)
{
    gen_buf name;
    unsigned i;

    gen_buf_init(&name, way->ctx);
    gen_buf_add_str(&name, def->spelled);
    for (i = 0; i < 4; i++) {
        const mig_def *elem;
        gen_buf_add_text(&name, ".*");
        elem = field_in(way, way->to, def->table_spelled, gen_buf_str(&name));
        if (elem != NULL) mig_put_define(way, at, elem, true);
    }
}

/* Elements that came with the column while it was optional. */
static void drop_opened(mig_way *way, const mig_def *def, const gen_field *to)
{
    drop_elements(way, MIG_AT_CLOSE, def->table_spelled, def->spelled,
                  type_levels(way, mig_option_of(way->ctx, to->type)),
                  element_levels(way, to));
}

void mig_put_final(mig_way *way, mig_slot at, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);

    mig_put_define(way, at, def, true);
    if (from != NULL && to != NULL && change->op == MIG_CHANGE) {
        drop_elements(way, at, def->table_spelled, def->spelled,
                      element_levels(way, from), element_levels(way, to));
    }
    if (to != NULL && at >= MIG_AT_CLOSE) drop_opened(way, def, to);
    if (element_levels(way, to) > 0) redo_elements(way, at, def);
}

static gen_type *type_around(gen_ctx *ctx, gen_type_kind kind)
{
    gen_type *type = (gen_type *)gen_new(ctx, sizeof *type);

    type->kind = kind;
    type->core = type;
    return type;
}

gen_type *mig_option_of(gen_ctx *ctx, gen_type *type)
{
    gen_type *out;

    if (type->optional) return type;
    out = type_around(ctx, GEN_T_OPTION);
    out->elem = type;
    out->core = type->core;
    out->optional = true;
    out->nullable = type->nullable;
    return out;
}

/* `Old | New`, with NONE where either has it. SurrealDB 3.0.2 dies of a
 * fraction for `int | decimal`, since it tries the int first. */
gen_type *mig_both_of(gen_ctx *ctx, gen_type *a, gen_type *b)
{
    gen_type *out = type_around(ctx, GEN_T_UNION);
    bool swap = b->core->kind == GEN_T_DECIMAL;

    gen_list_push(ctx, &out->arms, swap ? b : a);
    gen_list_push(ctx, &out->arms, swap ? a : b);
    out->optional = a->optional || b->optional;
    out->nullable = a->nullable || b->nullable;
    return out;
}

/* The column as the data steps need it: another type, and no ASSERT, which is
 * not met by rows whose turn has not come. */
gen_str mig_open_text(gen_ctx *ctx, gen_version target, const mig_def *def,
                      gen_type *type, gen_exists exists)
{
    gen_field open = *mig_field_of(def);

    open.type = type;
    open.has_type = true;
    memset(&open.assert_, 0, sizeof open.assert_);
    memset(&open.comment, 0, sizeof open.comment);
    open.exists = exists;
    return mig_field_text(ctx, target, &open);
}

void mig_put_open(mig_way *way, const mig_def *def, gen_type *type,
                  bool overwrite)
{
    gen_buf_add_str(&way->text[MIG_AT_OPEN],
                    mig_open_text(way->ctx, way->to->target, def, type,
                                  overwrite ? GEN_EXISTS_OVERWRITE
                                  : GEN_EXISTS_PLAIN));
}

/* -------------------------------------------------------------------- fill */

/* The column's own rule for a value that is not there. */
static bool default_of(mig_way *way, const mig_def *def, gen_str *out)
{
    const gen_field *field = mig_field_of(def);
    gen_str text = field->value.text;
    gen_buf wrapped;

    if (mig_backfill_of(way, def, out)) return true;
    if (field->default_.present) {
        *out = field->default_.text;
        return true;
    }
    if (!field->value.present || mig_mentions(text, gen_str_lit("$before"))
        || mig_mentions(text, gen_str_lit("$after"))
        || mig_mentions(text, gen_str_lit("$input"))) {
        return false;
    }
    *out = text;
    if (!mig_mentions(text, gen_str_lit("$value"))) return true;
    gen_buf_init(&wrapped, way->ctx);
    gen_buf_add_text(&wrapped, "{ LET $value = NONE; RETURN ");
    gen_buf_add_str(&wrapped, text);
    gen_buf_add_text(&wrapped, "; }");
    *out = gen_buf_str(&wrapped);
    return true;
}

/* An optional parent that comes with the column is in no row yet, nor are the
 * elements of an array that does. */
static bool parent_is_new(mig_way *way, const mig_def *def)
{
    gen_str path = mig_parent_of(def->spelled);

    while (path.len > 0) {
        const mig_change *change = mig_change_of(way, def->table_spelled,
                                                 path);
        const gen_field *field = change != NULL
            ? mig_field_of(change->after) : NULL;
        if (change != NULL && change->op == MIG_ADD && field != NULL
            && (field->type->optional || element_levels(way, field) > 0
                || field->type->core->kind == GEN_T_ARRAY
                || field->type->core->kind == GEN_T_SET)) {
            return true;
        }
        path = mig_parent_of(path);
    }
    return false;
}

static void say_required(mig_way *way, const mig_def *def)
{
    gen_buf text;
    gen_buf fix;

    way->failed = true;
    gen_buf_init(&text, way->ctx);
    gen_buf_init(&fix, way->ctx);
    gen_buf_add_text(&text, "`");
    mig_add_title(&text, def);
    gen_buf_add_text(&text, "` is new and required, and the rows that are "
                     "there have no value for it");
    gen_buf_add_fmt(&fix, "give it a `default`, or make it `option<...>`, or "
                    "say what the rows get: `--backfill '");
    mig_add_title(&fix, def);
    gen_buf_add_text(&fix, "=EXPRESSION'`");
    gen_report(way->ctx, "SG201", def->pos, text.ptr, NULL, NULL, NULL,
               fix.ptr);
}

/* After a way down whose values are gone, a required column can only be as
 * strict as its rows allow. */
static void put_if_filled(mig_way *way, const mig_def *def)
{
    gen_buf *out = &way->text[MIG_AT_CLOSE];
    gen_str head;
    gen_str tail;

    gen_buf_add_text(out, "IF (SELECT VALUE id FROM ");
    gen_buf_add_str(out, def->table_spelled);
    gen_buf_add_text(out, " WHERE ");
    if (mig_split_path(def->spelled, &head, &tail)) {
        gen_buf_add_str(out, mig_rows_with(way->ctx, def->spelled));
    } else {
        gen_str parent = mig_parent_of(def->spelled);
        if (parent.len > 0) {
            gen_buf_add_str(out, parent);
            gen_buf_add_text(out, " != NONE AND ");
        }
        gen_buf_add_str(out, def->spelled);
        gen_buf_add_text(out, " = NONE");
    }
    gen_buf_add_text(out, " LIMIT 1) = [] { ");
    mig_add_define(out, def, true);
    gen_buf_add_char(out, '\n');
    drop_opened(way, def, mig_field_of(def));
    if (out->ptr[out->len - 1] == '\n') out->ptr[out->len - 1] = ' ';
    gen_buf_add_text(out, "};\n");
}

/* ------------------------------------------------------------- add, remove */

/* Values of single columns are kept; elements of arrays go with no trace. */
static bool keeps(const mig_way *way, const mig_def *def)
{
    gen_str head;
    gen_str tail;

    return way->opt->archive && !mig_split_path(def->spelled, &head, &tail);
}

static void add_required(mig_way *way, const mig_def *def,
                         const gen_field *field)
{
    gen_str expr;

    if (default_of(way, def, &expr)) {
        mig_put_open(way, def, mig_option_of(way->ctx, field->type), false);
        if (way->is_down && keeps(way, def)) mig_put_back(way, def, false);
        mig_fill(way, def, expr);
        mig_put_define(way, MIG_AT_CLOSE, def, true);
        drop_opened(way, def, field);
        if (field->assert_.present || !mig_is_plain(field, expr)) {
            mig_touch(way, MIG_AT_CLOSE, def->table_spelled);
            mig_worse(way, MIG_MAY_FAIL, NULL);
        }
        mig_worse(way, MIG_SAFE, NULL);
        return;
    }
    if (!way->is_down) {
        say_required(way, def);
        return;
    }
    mig_put_open(way, def, mig_option_of(way->ctx, field->type), false);
    if (keeps(way, def)) mig_put_back(way, def, false);
    put_if_filled(way, def);
}

/* A column that has the values of another one, which stays beside it. */
static void add_twin(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    gen_str from = change->twin->spelled;
    gen_buf set;
    gen_buf where;

    gen_buf_init(&set, way->ctx);
    gen_buf_init(&where, way->ctx);
    gen_buf_add_str(&set, def->spelled);
    gen_buf_add_text(&set, " = ");
    gen_buf_add_str(&set, from);
    gen_buf_add_str(&where, from);
    gen_buf_add_text(&where, " != NONE AND ");
    gen_buf_add_str(&where, def->spelled);
    gen_buf_add_text(&where, " = NONE");
    mig_put_define(way, MIG_AT_OPEN, def, false);
    mig_put_fill(way, &way->fill, def->table_spelled, gen_buf_str(&set),
                 gen_buf_str(&where));
    mig_worse(way, MIG_SAFE, NULL);
}

/* What was written into this one alone goes into the other. */
static void remove_twin(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->before;
    gen_str to = change->twin->spelled;
    gen_buf move;

    gen_buf_init(&move, way->ctx);
    gen_buf_add_str(&move, to);
    gen_buf_add_text(&move, " = IF ");
    gen_buf_add_str(&move, to);
    gen_buf_add_text(&move, " != NONE { ");
    gen_buf_add_str(&move, to);
    gen_buf_add_text(&move, " } ELSE { ");
    gen_buf_add_str(&move, def->spelled);
    gen_buf_add_text(&move, " }");
    if (!way->is_down) {
        gen_buf_add_fmt(&way->text[MIG_AT_TAKE], "-- sg-allow SG102: %s has "
                        "its values\n", to.ptr);
    }
    mig_put_remove(way, MIG_AT_TAKE, def);
    mig_put_empty(way, def->table_spelled, def->spelled,
                  mig_rows_with(way->ctx, def->spelled), gen_buf_str(&move));
    mig_worse(way, MIG_SAFE, NULL);
}

static void add_field(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *field = mig_field_of(def);
    const gen_table *table = mig_table_in(way, way->from,
                                          def->table_spelled);
    bool overwrite = mig_needs_overwrite(def);

    if (way->is_down && field != NULL && !field->computed.present
        && !overwrite) {
        mig_worse(way, keeps(way, def) ? MIG_SAFE : MIG_LOSSY,
                  keeps(way, def) ? NULL : def);
    }
    if (field == NULL || field->computed.present
        || gen_str_is(def->spelled, "id")) {
        mig_put_define(way, MIG_AT_TABLE, def, overwrite);
        return;
    }
    if (overwrite) { /* of values that are there */
        mig_put_define(way, MIG_AT_CLOSE, def, true);
        mig_touch(way, MIG_AT_CLOSE, def->table_spelled);
        mig_worse(way, MIG_MAY_FAIL, NULL);
        return;
    }
    if (needs_value(field) && !parent_is_new(way, def)) {
        add_required(way, def, field);
        return;
    }
    mig_put_define(way, MIG_AT_OPEN, def, false);
    if (way->is_down && keeps(way, def) && !parent_is_new(way, def)) {
        mig_put_back(way, def, false);
    }
    if ((table != NULL && !table->schemafull) || field->assert_.present) {
        mig_touch(way, MIG_AT_CLOSE, def->table_spelled);
        mig_worse(way, MIG_MAY_FAIL, NULL);
    }
}

/* An array that says what its elements are makes them anew. In between there
 * must be no data step: SurrealDB 2 takes elements without a column out of
 * every row it writes. */
static void remove_element(mig_way *way, const mig_def *def)
{
    gen_str parent = gen_str_sub(def->spelled, 0, def->spelled.len - 2);
    const mig_def *array = field_in(way, way->to, def->table_spelled, parent);
    const gen_field *typed = typed_in(way, way->to, def->table_spelled,
                                      parent);
    const gen_field *was = mig_field_of(def);

    if (array == NULL || element_levels(way, typed) == 0) {
        mig_put_remove(way, MIG_AT_TAKE, def);
        return;
    }
    if (mig_change_of(way, def->table_spelled, parent) != NULL) return;
    mig_put_define(way, MIG_AT_CLOSE, array, true);
    if (was == NULL || typed->type->core->elem == NULL
        || !mig_type_within(was->type, typed->type->core->elem)) {
        mig_touch(way, MIG_AT_CLOSE, def->table_spelled);
        mig_worse(way, MIG_MAY_FAIL, NULL);
    }
}

static bool parent_goes(mig_way *way, const mig_def *def)
{
    gen_str path = mig_parent_of(def->spelled);

    while (path.len > 0) {
        const mig_change *change = mig_change_of(way, def->table_spelled,
                                                 path);
        if (change != NULL && change->op == MIG_REMOVE) return true;
        path = mig_parent_of(path);
    }
    return false;
}

static void remove_field(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->before;
    const gen_field *field = mig_field_of(def);
    const gen_table *table = mig_table_in(way, way->to, def->table_spelled);
    bool computed;

    if (is_end(def->spelled) && table != NULL
        && table->kind == GEN_TABLE_RELATION) {
        mig_redo_table(way, def->table_spelled);
        return;
    }
    if (is_element(def->spelled)) {
        remove_element(way, def);
        return;
    }
    computed = field != NULL && field->computed.present;
    mig_put_remove(way, MIG_AT_TAKE, def);
    drop_elements(way, MIG_AT_TAKE, def->table_spelled, def->spelled,
                  element_levels(way, field), 0);
    if (gen_str_is(def->spelled, "id") || parent_goes(way, def)) return;
    /* Rows that a quiet data step wrote hold computed values, too. */
    if (keeps(way, def) && !computed && !way->is_down) {
        mig_put_kept(way, def);
    }
    mig_put_empty(way, def->table_spelled, mig_moved_path(way, def),
                  mig_rows_with(way->ctx, def->spelled), gen_str_lit(""));
    if (!computed) mig_worse(way, MIG_LOSSY, def);
}

/* ------------------------------------------------------------------ change */

/* The column as it is to be, tried on the rows. The server does not look at a
 * READONLY value that is there: such a column is tried as one that is not. */
static void put_tried(mig_way *way, mig_slot at, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *to = mig_field_of(def);

    if (to->readonly) {
        gen_field bare = *to;
        bare.readonly = false;
        bare.exists = GEN_EXISTS_OVERWRITE;
        gen_buf_add_str(&way->text[at],
                        mig_field_text(way->ctx, way->to->target, &bare));
        mig_put_final(way, at == MIG_AT_TIGHT ? MIG_AT_CLOSE : MIG_AT_INDEX,
                  change);
        way->split = true;
    } else {
        mig_put_final(way, at, change);
    }
    mig_touch(way, at, def->table_spelled);
}

/* A rule for rows without a value, where there must be one now. */
static bool fills_gaps(mig_way *way, const mig_change *change, gen_str *expr)
{
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(change->after);

    return (change->what & MIG_NARROWER) != 0 && from->type->optional
        && needs_value(to) && !is_element(change->after->spelled)
        && default_of(way, change->after, expr);
}

static void change_cast(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);
    mig_cast cast = mig_cast_of(way->ctx, from->type, to->type);
    gen_str expr = { NULL, 0 };

    mig_put_open(way, def, mig_type_within(to->type, from->type) ? from->type
             : mig_both_of(way->ctx, from->type, to->type), true);
    if (!mig_cast_values(way, def, &cast)) {
        mig_say_deep(way, def, "gets another type");
        return;
    }
    if (fills_gaps(way, change, &expr)) mig_fill(way, def, expr);
    put_tried(way, MIG_AT_CLOSE, change);
    if (cast.loses) {
        mig_worse(way, MIG_LOSSY, def);
    } else {
        mig_worse(way, cast.fails || to->assert_.present
                  || to->type->core->kind == GEN_T_UNION
                  || (from->type->optional && !to->type->optional)
                  ? MIG_MAY_FAIL : MIG_SAFE, NULL);
    }
}

/* NONE is no longer a value: rows get the default, when there is one. */
static void change_required(mig_way *way, const mig_change *change,
                            gen_str expr)
{
    const mig_def *def = change->after;

    mig_put_open(way, def, mig_field_of(change->before)->type, true);
    mig_fill(way, def, expr);
    put_tried(way, MIG_AT_CLOSE, change);
    mig_worse(way, MIG_MAY_FAIL, NULL);
}

/* Stored values and computed ones do not become each other by themselves. */
static bool change_computed(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);

    if (from->computed.present == to->computed.present) return false;
    if (to->computed.present) {
        mig_put_remove(way, MIG_AT_TAKE, change->before);
        mig_put_empty(way, def->table_spelled, def->spelled,
                      mig_rows_with(way->ctx, def->spelled), gen_str_lit(""));
        mig_put_final(way, MIG_AT_CLOSE, change);
        mig_worse(way, MIG_LOSSY, def);
        return true;
    }
    mig_put_open(way, def, mig_option_of(way->ctx, to->type), true);
    mig_fill(way, def, from->computed.text);
    mig_put_final(way, MIG_AT_CLOSE, change);
    mig_touch(way, MIG_AT_CLOSE, def->table_spelled);
    mig_worse(way, MIG_MAY_FAIL, NULL);
    return true;
}

/* Strings that are called otherwise: the rows are given the new ones while the
 * column takes both. */
static void change_words(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);
    const gen_type *meant = mig_worded_type(way->ctx, from->type,
                                            &change->words);
    mig_relink r;
    gen_buf set;
    gen_buf where;

    memset(&r, 0, sizeof r);
    r.ctx = way->ctx;
    r.words = &change->words;
    r.v3 = way->to->target.major >= 3;
    gen_buf_init(&set, way->ctx);
    gen_buf_init(&where, way->ctx);
    mig_add_relinked(&r, &set, def->spelled, from->type);
    mig_add_has_link(&r, &where, def->spelled, from->type);
    mig_put_open(way, def, mig_both_of(way->ctx, from->type, to->type), true);
    mig_put_fill(way, &way->fill, def->table_spelled, gen_buf_str(&set),
                 gen_buf_str(&where));
    mig_put_final(way, MIG_AT_CLOSE, change);
    mig_worse(way, MIG_SAFE, NULL);
    if (mig_type_within(meant, to->type)
        && ((change->what & MIG_ASSERT) == 0 || !to->assert_.present)) {
        return;
    }
    mig_touch(way, MIG_AT_CLOSE, def->table_spelled);
    mig_worse(way, MIG_MAY_FAIL, NULL);
}

static void change_field(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);
    gen_str expr;

    if (from == NULL || to == NULL) {
        mig_put_define(way, MIG_AT_TIGHT, def, true);
        mig_touch(way, MIG_AT_TIGHT, def->table_spelled);
        mig_worse(way, MIG_MAY_FAIL, NULL);
    } else if (change_computed(way, change)) {
        return;
    } else if (change->words.count > 0) {
        change_words(way, change);
    } else if ((change->what & MIG_CAST) != 0
               || (way->opt->contract && (change->what & MIG_NARROWER) != 0
                   && from->type->core->kind == GEN_T_UNION
                   && mig_cast_of(way->ctx, from->type, to->type).text
                      != NULL)) {
        change_cast(way, change);
    } else if (fills_gaps(way, change, &expr)) {
        change_required(way, change, expr);
    } else if ((change->what & MIG_NARROWER) != 0
               || ((change->what & MIG_ASSERT) != 0
                   && to->assert_.present)) {
        put_tried(way, MIG_AT_TIGHT, change);
        mig_worse(way, MIG_MAY_FAIL, NULL);
    } else {
        mig_put_final(way, MIG_AT_TABLE, change);
    }
}

/* ------------------------------------------------------------------ rename */

/* The last part of the path is another one, not only an object above. */
static bool has_own_name(mig_way *way, const mig_change *change)
{
    return !gen_str_eq(mig_moved_path(way, change->before),
                       change->after->spelled);
}

/* What has values of its own to move, to cast or to fill in, is open until that
 * is done. False: too deep in arrays. */
static bool rename_values(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);
    bool casts = (change->what & MIG_CAST) != 0;
    bool own = has_own_name(way, change);
    gen_str expr = { NULL, 0 };
    bool gaps = fills_gaps(way, change, &expr);
    bool tight = casts || (change->what & MIG_NARROWER) != 0
        || ((change->what & MIG_ASSERT) != 0 && to->assert_.present);

    if (!own && !tight) {
        mig_put_define(way, MIG_AT_OPEN, def, mig_needs_overwrite(def));
        return true;
    }
    mig_put_open(way, def, mig_option_of(way->ctx, own || !casts ? to->type
             : mig_both_of(way->ctx, from->type, to->type)),
             mig_needs_overwrite(def));
    if (own) {
        if (!mig_move_values(way, change)) return false;
    } else if (casts) {
        mig_cast cast = mig_cast_of(way->ctx, from->type, to->type);
        if (!mig_cast_values(way, def, &cast)) return false;
    }
    if (gaps) mig_fill_late(way, def, expr);
    if (tight) {
        put_tried(way, MIG_AT_CLOSE, change);
        mig_worse(way, MIG_MAY_FAIL, NULL);
    } else {
        mig_put_final(way, MIG_AT_CLOSE, change);
    }
    return true;
}

/* Of a table without a past no rule minds what goes. */
static bool is_new_table(const mig_way *way, gen_str table)
{
    size_t i;

    for (i = 0; i < way->opt->renamed.count; i++) {
        if (gen_str_eq(mig_moved_at(&way->opt->renamed, i)->to, table)) {
            return true;
        }
    }
    return false;
}

static void rename_field(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after;
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(def);

    if (!way->is_down && !is_new_table(way, def->table)) {
        gen_buf_add_fmt(&way->text[MIG_AT_TAKE], "-- sg-allow SG102: it is "
                        "called %s now, and its values go there\n",
                        def->spelled.ptr);
    }
    mig_put_remove(way, MIG_AT_TAKE, change->before);
    drop_elements(way, MIG_AT_TAKE, def->table_spelled,
                  change->before->spelled, element_levels(way, from), 0);
    if (from == NULL || to == NULL) {
        mig_put_define(way, MIG_AT_OPEN, def, mig_needs_overwrite(def));
    } else if (to->computed.present) {
        mig_put_define(way, MIG_AT_CLOSE, def, false);
        return;
    } else if (!rename_values(way, change)) {
        mig_say_deep(way, def, "has another name");
        return;
    }
    mig_worse(way, MIG_SAFE, NULL);
}

static void plan_twin(mig_way *way, const mig_change *change)
{
    if (change->op == MIG_ADD) add_twin(way, change);
    if (change->op == MIG_REMOVE) remove_twin(way, change);
    if (change->op != MIG_CHANGE) return;
    mig_put_final(way, MIG_AT_CLOSE, change);
    if ((change->what & (MIG_NARROWER | MIG_ASSERT)) == 0) return;
    mig_touch(way, MIG_AT_CLOSE, change->after->table_spelled);
    mig_worse(way, MIG_MAY_FAIL, NULL);
}

void mig_plan_field(mig_way *way, const mig_change *change)
{
    if (change->twin != NULL) {
        plan_twin(way, change);
        return;
    }
    if (change->op == MIG_ADD) add_field(way, change);
    if (change->op == MIG_REMOVE) remove_field(way, change);
    if (change->op == MIG_CHANGE) change_field(way, change);
    if (change->op == MIG_RENAME) rename_field(way, change);
}
