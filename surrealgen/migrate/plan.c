/* surrealgen/migrate/plan.c: changes into steps, up and down.
 *
 * Down is the same planner run over the changes turned round, so a recipe is
 * written once; where the two directions differ, is_down says so. Statements
 * are put at places (plan.h); the places become steps here. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#define MARK "_surrealgen_cast"

/* ------------------------------------------------------------- small tools */

void mig_add_name(gen_ctx *ctx, gen_list *names, gen_str name)
{
    gen_name *one;
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (gen_str_eq(gen_name_at(names, i)->text, name)) return;
    }
    one = (gen_name *)gen_new(ctx, sizeof *one);
    one->text = name;
    gen_list_push(ctx, names, one);
}

void mig_worse(mig_way *way, mig_class class_, const mig_def *def)
{
    if (class_ > way->worst) way->worst = class_;
    if (def == NULL) return;
    if (way->note.len > 0) gen_buf_add_text(&way->note, ", ");
    mig_add_title(&way->note, def);
}

void mig_touch(mig_way *way, mig_slot place, gen_str table)
{
    mig_add_name(way->ctx, &way->touch[place], table);
    mig_add_name(way->ctx, &way->tables, table);
}

void mig_put_define(mig_way *way, mig_slot place, const mig_def *def,
                    bool overwrite)
{
    mig_add_define(&way->text[place], def, overwrite);
    gen_buf_add_char(&way->text[place], '\n');
}

static void add_upper(gen_buf *out, const char *word)
{
    for (; *word != 0; word++) {
        gen_buf_add_char(out, *word >= 'a' && *word <= 'z'
                         ? (char)(*word - 'a' + 'A') : *word);
    }
}

void mig_put_remove(mig_way *way, mig_slot place, const mig_def *def)
{
    gen_buf *out = &way->text[place];

    gen_buf_add_text(out, "REMOVE ");
    add_upper(out, mig_kind_word(def->kind));
    gen_buf_add_char(out, ' ');
    gen_buf_add_str(out, def->spelled);
    if (def->table_spelled.len > 0) {
        gen_buf_add_text(out, " ON ");
        gen_buf_add_str(out, def->table_spelled);
    } else if (def->on.len > 0) {
        gen_buf_add_text(out, " ON ");
        gen_buf_add_str(out, def->on);
    }
    gen_buf_add_text(out, ";\n");
}

mig_step *mig_data_step(mig_way *way, gen_list *list, gen_str table,
                        gen_str text, gen_str where)
{
    mig_step *step = (mig_step *)gen_new(way->ctx, sizeof *step);

    step->kind = SURREAL_STEP_DATA;
    step->text = text;
    step->table = table;
    step->where = where;
    step->index = gen_str_lit("");
    step->quiet = true;
    step->batch = way->opt->batch > 0 ? way->opt->batch : 1000;
    gen_list_push(way->ctx, list, step);
    return step;
}

/* One that changes rows of the table. */
static void data_step(mig_way *way, gen_list *list, gen_str table,
                      gen_str text, gen_str where)
{
    mig_data_step(way, list, table, text, where);
    mig_add_name(way->ctx, &way->tables, table);
    mig_add_name(way->ctx, &way->moved, table);
}

/* The condition stands in the statement, too: without one, SurrealDB 2 does not
 * read the rows it writes under OPTION IMPORT, and their values are NONE. */
static gen_str with_where(gen_ctx *ctx, const char *verb, gen_str what,
                          gen_str where)
{
    gen_buf text;

    gen_buf_init(&text, ctx);
    gen_buf_add_fmt(&text, "UPDATE $batch %s ", verb);
    gen_buf_add_str(&text, what);
    gen_buf_add_text(&text, " WHERE ");
    gen_buf_add_str(&text, where);
    gen_buf_add_text(&text, " RETURN NONE;\n");
    return gen_buf_str(&text);
}

void mig_put_fill(mig_way *way, gen_list *list, gen_str table, gen_str set,
                  gen_str where)
{
    data_step(way, list, table, with_where(way->ctx, "SET", set, where),
              where);
}

/* The mark is a column while the values are cast. */
static void define_mark(mig_way *way, gen_str table)
{
    size_t known = way->marked.count;

    mig_add_name(way->ctx, &way->marked, table);
    if (way->marked.count == known) return;
    gen_buf_add_text(&way->text[MIG_AT_OPEN], "DEFINE FIELD " MARK " ON ");
    gen_buf_add_str(&way->text[MIG_AT_OPEN], table);
    gen_buf_add_text(&way->text[MIG_AT_OPEN], " TYPE option<bool>;\n");
    gen_buf_add_text(&way->text[MIG_AT_CLOSE], "REMOVE FIELD " MARK " ON ");
    gen_buf_add_str(&way->text[MIG_AT_CLOSE], table);
    gen_buf_add_text(&way->text[MIG_AT_CLOSE], ";\n");
}

void mig_put_marked(mig_way *way, gen_list *list, gen_str table, gen_str set,
                    gen_str where)
{
    gen_buf text;
    gen_buf both;

    define_mark(way, table);
    gen_buf_init(&both, way->ctx);
    gen_buf_add_str(&both, set);
    gen_buf_add_text(&both, ", " MARK " = true");
    gen_buf_init(&text, way->ctx);
    gen_buf_add_text(&text, "{\n    ");
    gen_buf_add_str(&text, with_where(way->ctx, "SET", gen_buf_str(&both),
                                      where));
    gen_buf_add_text(&text, "    ");
    gen_buf_add_str(&text, with_where(way->ctx, "UNSET", gen_str_lit(MARK),
                                      gen_str_lit(MARK " = true")));
    gen_buf_add_text(&text, "};\n");
    data_step(way, list, table, gen_buf_str(&text), where);
}

static mig_emptied *emptied_of(mig_way *way, gen_str table)
{
    mig_emptied *one;
    size_t i;

    for (i = 0; i < way->empty.count; i++) {
        one = (mig_emptied *)way->empty.at[i];
        if (gen_str_eq(one->table, table)) return one;
    }
    one = (mig_emptied *)gen_new(way->ctx, sizeof *one);
    one->table = table;
    gen_list_push(way->ctx, &way->empty, one);
    return one;
}

static mig_move *new_move(mig_way *way, mig_emptied *emptied)
{
    mig_move *move = (mig_move *)gen_new(way->ctx, sizeof *move);

    move->to = move->text = move->from = gen_str_lit("");
    gen_buf_init(&move->mappers, way->ctx);
    gen_list_push(way->ctx, &emptied->moves, move);
    return move;
}

void mig_put_empty(mig_way *way, gen_str table, gen_str path, gen_str where,
                   gen_str move)
{
    mig_emptied *one = emptied_of(way, table);

    if (move.len > 0) new_move(way, one)->text = move;
    mig_add_name(way->ctx, &one->unset, path);
    mig_add_name(way->ctx, &one->where, where);
}

void mig_put_elements(mig_way *way, gen_str table, gen_str path, gen_str where,
                      gen_str from, gen_str to, gen_str mapper)
{
    mig_emptied *one = emptied_of(way, table);
    mig_move *move = NULL;
    size_t i;

    for (i = 0; i < one->moves.count; i++) {
        mig_move *other = (mig_move *)one->moves.at[i];
        if (gen_str_eq(other->to, to)) move = other;
    }
    if (move == NULL) {
        move = new_move(way, one);
        move->to = to;
        move->from = from;
    }
    gen_buf_add_str(&move->mappers, mapper);
    mig_add_name(way->ctx, &one->unset, path);
    mig_add_name(way->ctx, &one->where, where);
}

static void add_move(gen_buf *out, const mig_move *move)
{
    if (move->text.len > 0) {
        gen_buf_add_str(out, move->text);
        return;
    }
    gen_buf_add_str(out, move->to);
    gen_buf_add_text(out, " = IF ");
    gen_buf_add_str(out, move->from);
    gen_buf_add_text(out, " = NONE { ");
    gen_buf_add_str(out, move->to);
    gen_buf_add_text(out, " } ELSE { ");
    gen_buf_add_str(out, move->from);
    gen_buf_add(out, move->mappers.ptr, move->mappers.len);
    gen_buf_add_text(out, " }");
}

static gen_str join_names(gen_ctx *ctx, const gen_list *names,
                          const char *between, const char *behind)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < names->count; i++) {
        if (i > 0) gen_buf_add_text(&out, between);
        gen_buf_add_str(&out, gen_name_at(names, i)->text);
        gen_buf_add_text(&out, behind);
    }
    return gen_buf_str(&out);
}

static void add_emptied(mig_way *way, gen_list *steps,
                        const mig_emptied *one)
{
    gen_str where = join_names(way->ctx, &one->where, " OR ", "");
    gen_buf set;
    size_t i;

    if (one->moves.count == 0) {
        data_step(way, steps, one->table, with_where(way->ctx, "UNSET",
                  join_names(way->ctx, &one->unset, ", ", ""), where), where);
        return;
    }
    gen_buf_init(&set, way->ctx);
    for (i = 0; i < one->moves.count; i++) {
        add_move(&set, (const mig_move *)one->moves.at[i]);
        gen_buf_add_text(&set, ", ");
    }
    gen_buf_add_str(&set, join_names(way->ctx, &one->unset, ", ",
                                     " = NONE"));
    data_step(way, steps, one->table, with_where(way->ctx, "SET",
              gen_buf_str(&set), where), where);
}

/* The first definition whose key is not below. */
static size_t lower_bound(const mig_state *state, gen_str key)
{
    size_t low = 0;
    size_t high = state->defs.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        gen_str at = mig_def_at(&state->defs, middle)->key;
        size_t len = at.len < key.len ? at.len : key.len;
        int order = memcmp(at.ptr, key.ptr, len);
        if (order < 0 || (order == 0 && at.len < key.len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void mig_members(gen_ctx *ctx, const mig_state *state, gen_str table,
                 gen_list *out)
{
    static const char *const words[] = { "field ", "index ", "event " };
    size_t k;

    for (k = 0; k < 3; k++) {
        gen_buf key;
        size_t i;
        gen_buf_init(&key, ctx);
        gen_buf_add_text(&key, words[k]);
        gen_buf_add_str(&key, table);
        gen_buf_add_char(&key, ' ');
        for (i = lower_bound(state, gen_buf_str(&key));
             i < state->defs.count; i++) {
            mig_def *def = mig_def_at(&state->defs, i);
            if (def->key.len < key.len
                || memcmp(def->key.ptr, key.ptr, key.len) != 0) break;
            gen_list_push(ctx, out, def);
        }
    }
}

const gen_table *mig_table_in(mig_way *way, const mig_state *state,
                              gen_str table)
{
    gen_list one = { NULL, 0, 0 };
    const mig_def *def;
    gen_buf key;

    gen_buf_init(&key, way->ctx);
    gen_buf_add_text(&key, "table ");
    gen_buf_add_str(&key, table);
    def = mig_find(state, gen_buf_str(&key));
    if (def != NULL && def->item == NULL) {
        gen_list_push(way->ctx, &one, (void *)(uintptr_t)def);
        mig_parse(way->ctx, state->target, &one);
    }
    return mig_table_of(def);
}

bool mig_backfill_of(const mig_way *way, const mig_def *def, gen_str *out)
{
    gen_buf title;
    size_t i;

    if (way->is_down) return false;
    gen_buf_init(&title, way->ctx);
    mig_add_title(&title, def);
    for (i = 0; i < way->opt->backfill.count; i++) {
        gen_str text = gen_name_at(&way->opt->backfill, i)->text;
        if (text.len <= title.len || text.ptr[title.len] != '='
            || memcmp(text.ptr, title.ptr, title.len) != 0) continue;
        *out = gen_str_sub(text, title.len + 1, text.len);
        return true;
    }
    return false;
}

const mig_change *mig_change_of(const mig_way *way, gen_str table,
                                gen_str path)
{
    size_t i;

    for (i = 0; i < way->changes->count; i++) {
        const mig_change *change = mig_change_at(way->changes, i);
        const mig_def *def = change->after != NULL ? change->after
            : change->before;
        if (def->kind == DB_FIELD && gen_str_eq(def->spelled, path)
            && gen_str_eq(def->table_spelled, table)) {
            return change;
        }
    }
    return NULL;
}

/* -------------------------------------------------------------- into steps */

bool mig_has_data(const mig_way *way)
{
    return way->fill.count + way->keep.count + way->empty.count
        + way->late.count > 0;
}

static void add_tx(mig_way *way, gen_list *steps, mig_slot from,
                   mig_slot to)
{
    mig_step *step = (mig_step *)gen_new(way->ctx, sizeof *step);
    gen_buf text;
    size_t i;
    int at;

    gen_buf_init(&text, way->ctx);
    for (at = (int)from; at < (int)to; at++) {
        gen_buf_add(&text, way->text[at].ptr, way->text[at].len);
        for (i = 0; i < way->touch[at].count; i++) {
            mig_add_name(way->ctx, &step->touch,
                         gen_name_at(&way->touch[at], i)->text);
        }
    }
    if (text.len == 0) return;
    step->kind = SURREAL_STEP_TX;
    step->text = gen_buf_str(&text);
    step->table = step->index = step->where = gen_str_lit("");
    gen_list_push(way->ctx, steps, step);
}

static void add_all(mig_way *way, gen_list *steps, const gen_list *some)
{
    size_t i;

    for (i = 0; i < some->count; i++) {
        gen_list_push(way->ctx, steps, some->at[i]);
    }
}

/* Without data steps all of it is one transaction. With them, what may fail is
 * tried first, while nothing has been done yet. */
static void make_steps(mig_way *way, gen_list *steps)
{
    mig_slot from = MIG_AT_DROP;
    size_t i;

    if ((way->split || mig_has_data(way))
        && way->touch[MIG_AT_TIGHT].count > 0) {
        add_tx(way, steps, from, MIG_AT_OPEN);
        from = MIG_AT_OPEN;
    }
    if (way->fill.count > 0) {
        add_tx(way, steps, from, MIG_AT_TAKE);
        add_all(way, steps, &way->fill);
        from = MIG_AT_TAKE;
    }
    if (way->keep.count + way->empty.count + way->late.count > 0) {
        add_tx(way, steps, from, MIG_AT_CLOSE);
        add_all(way, steps, &way->keep);
        for (i = 0; i < way->empty.count; i++) {
            add_emptied(way, steps, (const mig_emptied *)way->empty.at[i]);
        }
        add_all(way, steps, &way->late);
        from = MIG_AT_CLOSE;
    }
    /* Behind rows that were changed an index is a step of its own: in one
     * transaction with them UNIQUE would not see duplicates. */
    if (way->apart || from != MIG_AT_DROP) {
        add_tx(way, steps, from, MIG_AT_INDEX);
        from = MIG_AT_INDEX;
    }
    add_tx(way, steps, from, MIG_AT_COUNT);
}

/* ----------------------------------------------------------------- one way */

static const mig_def *def_of(const mig_change *change)
{
    return change->after != NULL ? change->after : change->before;
}

static int compare_changes(const void *one, const void *two)
{
    const mig_change *a = *(const mig_change *const *)one;
    const mig_change *b = *(const mig_change *const *)two;
    bool gone_a = a->after == NULL;
    bool gone_b = b->after == NULL;
    size_t x = def_of(a)->order;
    size_t y = def_of(b)->order;

    if (gone_a != gone_b) return gone_a ? 1 : -1;
    if (x == y) return 0;
    return (x < y) != gone_a ? -1 : 1;
}

/* What comes in the order of the new state, then what goes, from the last of
 * the old state to its first. */
static void sort_changes(gen_ctx *ctx, const gen_list *changes,
                         gen_list *out)
{
    size_t i;

    for (i = 0; i < changes->count; i++) {
        gen_list_push(ctx, out, changes->at[i]);
    }
    if (out->count > 1) {
        qsort(out->at, out->count, sizeof out->at[0], compare_changes);
    }
}

static void init_way(mig_way *way, gen_ctx *ctx, const mig_plan_options *opt)
{
    int i;

    memset(way, 0, sizeof *way);
    way->ctx = ctx;
    way->opt = opt;
    for (i = 0; i < MIG_AT_COUNT; i++) {
        gen_buf_init(&way->text[i], ctx);
    }
    gen_buf_init(&way->note, ctx);
}

static void find_moving(mig_way *way)
{
    size_t i;

    for (i = 0; i < way->changes->count; i++) {
        const mig_change *change = mig_change_at(way->changes, i);
        mig_moved *one;
        if (change->op != MIG_RENAME || change->before->kind != DB_TABLE) {
            continue;
        }
        one = (mig_moved *)gen_new(way->ctx, sizeof *one);
        one->from = change->before->name;
        one->to = change->after->name;
        gen_list_push(way->ctx, &way->moving, one);
    }
}

static void run_way(mig_way *way, gen_list *steps)
{
    gen_list sorted = { NULL, 0, 0 };
    size_t i;

    find_moving(way);
    sort_changes(way->ctx, way->changes, &sorted);
    way->changes = &sorted;
    for (i = 0; i < sorted.count; i++) {
        const mig_change *change = mig_change_at(&sorted, i);
        if (mig_plan_moved(way, change)) continue;
        if (def_of(change)->kind == DB_FIELD) {
            mig_plan_field(way, change);
        } else {
            mig_plan_other(way, change);
        }
    }
    mig_plan_moving(way);
    mig_plan_dependents(way);
    mig_order_fills(way);
    make_steps(way, steps);
}

static gen_list turned_words(gen_ctx *ctx, const gen_list *words)
{
    gen_list out = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < words->count; i++) {
        mig_moved *one = (mig_moved *)gen_new(ctx, sizeof *one);
        one->from = mig_moved_at(words, i)->to;
        one->to = mig_moved_at(words, i)->from;
        gen_list_push(ctx, &out, one);
    }
    return out;
}

/* The same change as seen from the other side. */
static void turn(gen_ctx *ctx, const gen_list *changes, gen_list *out)
{
    static const mig_op ops[] = {
        MIG_REMOVE, MIG_ADD, MIG_CHANGE, MIG_RENAME
    };
    size_t i;

    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        mig_change *back = (mig_change *)gen_new(ctx, sizeof *back);
        *back = *change;
        back->op = ops[change->op];
        back->before = change->after;
        back->after = change->before;
        back->cast = back->cast_back = gen_str_lit("");
        back->words = turned_words(ctx, &change->words);
        if (back->op >= MIG_CHANGE) mig_classify(ctx, back);
        gen_list_push(ctx, out, back);
    }
}

int mig_make_plan(gen_ctx *ctx, const mig_state *before,
                  const mig_state *after, const gen_list *changes,
                  const mig_plan_options *opt, mig_plan *out)
{
    gen_list back = { NULL, 0, 0 };
    mig_way up;
    mig_way down;
    size_t i;

    memset(out, 0, sizeof *out);
    init_way(&up, ctx, opt);
    up.from = before;
    up.to = after;
    up.changes = changes;
    run_way(&up, &out->up);
    turn(ctx, changes, &back);
    init_way(&down, ctx, opt);
    down.from = after;
    down.to = before;
    down.changes = &back;
    down.is_down = true;
    run_way(&down, &out->down);
    out->up_class = up.worst;
    out->down_class = down.worst;
    out->down_note = gen_buf_str(&down.note);
    out->tables = up.tables;
    for (i = 0; i < down.tables.count; i++) {
        mig_add_name(ctx, &out->tables, gen_name_at(&down.tables, i)->text);
    }
    return up.failed || down.failed ? CLI_SCHEMA : CLI_FINE;
}

static void add_steps(gen_ctx *ctx, gen_list *out, const gen_list *more)
{
    size_t i;

    for (i = 0; i < more->count; i++) {
        gen_list_push(ctx, out, more->at[i]);
    }
}

void mig_join_plans(gen_ctx *ctx, mig_plan *first, const mig_plan *then)
{
    gen_list down = then->down;
    gen_buf note;
    size_t i;

    add_steps(ctx, &first->up, &then->up);
    add_steps(ctx, &down, &first->down);
    first->down = down;
    if (then->up_class > first->up_class) first->up_class = then->up_class;
    if (then->down_class > first->down_class) {
        first->down_class = then->down_class;
    }
    gen_buf_init(&note, ctx);
    gen_buf_add_str(&note, first->down_note);
    if (note.len > 0 && then->down_note.len > 0) {
        gen_buf_add_text(&note, ", ");
    }
    gen_buf_add_str(&note, then->down_note);
    first->down_note = gen_buf_str(&note);
    for (i = 0; i < then->tables.count; i++) {
        mig_add_name(ctx, &first->tables,
                     gen_name_at(&then->tables, i)->text);
    }
}

/* ----------------------------------------------------------------- as text */

static void print_head(const mig_step *step, gen_buf *out)
{
    size_t i;

    if (step->kind == SURREAL_STEP_INDEX) {
        gen_buf_add_fmt(out, "-- step: index %s %s\n", step->table.ptr,
                        step->index.ptr);
        return;
    }
    if (step->kind == SURREAL_STEP_DATA) {
        gen_buf_add_fmt(out, "-- step: data %s batch=%u%s\n",
                        step->table.ptr, step->batch,
                        step->quiet ? " quiet" : "");
        return;
    }
    gen_buf_add_text(out, "-- step: tx");
    for (i = 0; i < step->touch.count; i++) {
        gen_buf_add_text(out, i == 0 ? " touch=" : ",");
        gen_buf_add_str(out, gen_name_at(&step->touch, i)->text);
    }
    gen_buf_add_char(out, '\n');
}

void mig_print_steps(const gen_list *steps, gen_buf *out)
{
    size_t i;

    for (i = 0; i < steps->count; i++) {
        const mig_step *step = (const mig_step *)steps->at[i];
        if (i > 0) gen_buf_add_char(out, '\n');
        print_head(step, out);
        gen_buf_add_str(out, step->text);
        if (step->text.len > 0
            && step->text.ptr[step->text.len - 1] != '\n') {
            gen_buf_add_char(out, '\n');
        }
        if (step->where.len > 0) {
            gen_buf_add_text(out, "-- where: ");
            gen_buf_add_str(out, step->where);
            gen_buf_add_char(out, '\n');
        }
    }
}
