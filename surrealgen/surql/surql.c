/* surrealgen/surql/surql.c: the schema as SurrealQL, in an order that works.
 *
 * One canonical form that the target reads: TABLE always says its TYPE and
 * whether it is SCHEMAFULL, FLEXIBLE stands behind the type, NONE is spelt
 * option<>. A model is lowered to its table, its fields (parents first), its
 * indexes and events; a struct to `object` and one field for each member; an
 * enum to the union of its literals; an alias to what it stands for.
 * Expressions and raw statements are the source's own bytes. Enums, structs,
 * aliases, mixins and queries print nothing of their own.
 *
 * The order. Items of .sg files are sorted by kind, so that what an item
 * needs when the server reads it is there: analyzers, functions, sequences,
 * params (their values are worked out at once and may call functions),
 * models and edges, views (each after the views it reads; the server wants
 * their tables), accesses, users. Items of one kind stay as written.
 *
 * Statements - all of a .surql file, and what .sg files hold that has no
 * word of its own - never pass each other. Those before the first item come
 * first, those after the last one last, the others stand between the models
 * they were written between. What they define on the table of a model is
 * printed with the model. */
#include "surql.h"

#include <stdlib.h>
#include <string.h>

typedef enum rank {
    RANK_BEFORE,
    RANK_ANALYZER,
    RANK_FUNCTION,
    RANK_SEQUENCE,
    RANK_PARAM,
    RANK_TABLE,
    RANK_VIEW,
    RANK_ACCESS,
    RANK_USER,
    RANK_AFTER,
    RANK_COUNT,
    RANK_NOWHERE /* prints nothing */
} rank;

static const gen_table *table_of(const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_FIELD:
        return ((const gen_field *)item->of)->table;
    case GEN_ITEM_INDEX:
        return ((const gen_index *)item->of)->table;
    case GEN_ITEM_EVENT:
        return ((const gen_event *)item->of)->table;
    default:
        return NULL;
    }
}

/* Where an item of an .sg file goes; RANK_BEFORE for statements. */
static rank rank_of(const gen_item *item)
{
    const gen_table *table = table_of(item);

    if (table != NULL && table->from_model) return RANK_NOWHERE;
    if (item->kind == GEN_ITEM_TABLE) {
        table = (const gen_table *)item->of;
        if (!table->from_model) return RANK_BEFORE;
        return table->view.present ? RANK_VIEW : RANK_TABLE;
    }
    switch (item->kind) {
    case GEN_ITEM_ENUM:
    case GEN_ITEM_STRUCT:
    case GEN_ITEM_ALIAS:
    case GEN_ITEM_MIXIN:
    case GEN_ITEM_QUERY:
        return RANK_NOWHERE;
    default:
        break;
    }
    if (item->pos.file == NULL || !item->pos.file->is_sg) return RANK_BEFORE;
    switch (item->kind) {
    case GEN_ITEM_ANALYZER: return RANK_ANALYZER;
    case GEN_ITEM_FUNCTION: return RANK_FUNCTION;
    case GEN_ITEM_SEQUENCE: return RANK_SEQUENCE;
    case GEN_ITEM_PARAM: return RANK_PARAM;
    case GEN_ITEM_ACCESS: return RANK_ACCESS;
    case GEN_ITEM_USER: return RANK_USER;
    default: return RANK_BEFORE;
    }
}

static void sort_items(gen_ctx *ctx, const gen_list *items, gen_list *ranks)
{
    size_t first = items->count;
    size_t last = 0;
    size_t i;

    for (i = 0; i < items->count; i++) {
        rank r = rank_of(gen_item_at(items, i));
        if (r == RANK_BEFORE || r == RANK_NOWHERE) continue;
        if (first == items->count) first = i;
        last = i;
    }
    for (i = 0; i < items->count; i++) {
        rank r = rank_of(gen_item_at(items, i));
        if (r == RANK_NOWHERE) continue;
        if (r == RANK_BEFORE && i > first) {
            r = i < last ? RANK_TABLE : RANK_AFTER;
        }
        gen_list_push(ctx, &ranks[r], items->at[i]);
    }
}

/* ------------------------------------------------------------------ views */

/* One view on the way down: where in its text to look on. */
typedef struct view_step {
    size_t view, from;
} view_step;

typedef struct view_sort {
    gen_ctx *ctx;
    const gen_list *views; /* gen_item, by name */
    gen_list *sorted;
    bool *seen;
    view_step *steps; /* views may name each other in a chain of any length */
    size_t depth;
} view_sort;

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static const gen_table *view_at(const gen_list *views, size_t i)
{
    return (const gen_table *)gen_item_at(views, i)->of;
}

static int order_names(gen_str a, gen_str b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

static int by_name(const void *a, const void *b)
{
    const gen_item *x = *(const gen_item *const *)a;
    const gen_item *y = *(const gen_item *const *)b;

    return order_names(((const gen_table *)x->of)->name,
                       ((const gen_table *)y->of)->name);
}

/* views->count: there is none of this name. */
static size_t find_view(const gen_list *views, gen_str name)
{
    size_t low = 0;
    size_t high = views->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = order_names(name, view_at(views, middle)->name);
        if (order == 0) return middle;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return views->count;
}

static void enter_view(view_sort *sort, size_t view)
{
    if (view == sort->views->count || sort->seen[view]) return;
    sort->seen[view] = true;
    sort->steps[sort->depth].view = view;
    sort->steps[sort->depth].from = 0;
    sort->depth++;
}

/* A view that is named in the text goes first. A name in a string does no
 * harm: the order is a legal one with it as well. */
static void add_view(view_sort *sort, size_t view)
{
    enter_view(sort, view);
    while (sort->depth > 0) {
        view_step *step = &sort->steps[sort->depth - 1];
        gen_str text = view_at(sort->views, step->view)->view.text;
        gen_str name;
        size_t to = step->from;
        if (to >= text.len) {
            gen_list_push(sort->ctx, sort->sorted,
                          sort->views->at[step->view]);
            sort->depth--;
            continue;
        }
        while (to < text.len && in_name(text.ptr[to])) to++;
        name.ptr = text.ptr + step->from;
        name.len = to - step->from;
        step->from = to + 1;
        if (name.len > 0) enter_view(sort, find_view(sort->views, name));
    }
}

static void sort_views(gen_ctx *ctx, gen_list *views)
{
    gen_list sorted;
    gen_list named;
    view_sort sort;
    size_t i;

    if (views->count < 2) return;
    memset(&sorted, 0, sizeof sorted);
    memset(&named, 0, sizeof named);
    for (i = 0; i < views->count; i++) {
        gen_list_push(ctx, &named, views->at[i]);
    }
    qsort(named.at, named.count, sizeof *named.at, by_name);
    sort.ctx = ctx;
    sort.views = &named;
    sort.sorted = &sorted;
    sort.seen = (bool *)gen_new(ctx, views->count * sizeof *sort.seen);
    sort.steps = (view_step *)gen_new(ctx,
                                      views->count * sizeof *sort.steps);
    sort.depth = 0;
    for (i = 0; i < views->count; i++) {
        add_view(&sort, find_view(&named, view_at(views, i)->name));
    }
    *views = sorted;
}

/* ------------------------------------------------------------------- print */

static void put_raw(sql_printer *p, const gen_raw *raw)
{
    p->from = p->out->len;
    gen_buf_add_str(p->out, raw->text);
    sql_end(p, NULL, raw->pos);
}

static void put_item(sql_printer *p, const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_TABLE: sql_table(p, (const gen_table *)item->of); break;
    case GEN_ITEM_FIELD: sql_field(p, (const gen_field *)item->of); break;
    case GEN_ITEM_INDEX: sql_index(p, (const gen_index *)item->of); break;
    case GEN_ITEM_EVENT: sql_event(p, (const gen_event *)item->of); break;
    case GEN_ITEM_ANALYZER:
        sql_analyzer(p, (const gen_analyzer *)item->of);
        break;
    case GEN_ITEM_PARAM: sql_param(p, (const gen_param *)item->of); break;
    case GEN_ITEM_SEQUENCE:
        sql_sequence(p, (const gen_sequence *)item->of);
        break;
    case GEN_ITEM_FUNCTION:
        sql_function(p, (const gen_function *)item->of);
        break;
    case GEN_ITEM_ACCESS: sql_access(p, (const gen_access *)item->of); break;
    case GEN_ITEM_USER: sql_user(p, (const gen_user *)item->of); break;
    case GEN_ITEM_RAW: put_raw(p, (const gen_raw *)item->of); break;
    default: break;
    }
}

bool gen_emit_surql(gen_ctx *ctx, const gen_surql_options *opt, gen_buf *out)
{
    const gen_schema *schema = gen_schema_of(ctx);
    gen_list ranks[RANK_COUNT];
    sql_printer p;
    size_t r, i;

    p.ctx = ctx;
    p.out = out;
    p.opt = opt;
    p.from = 0;
    p.v3 = schema->target.major >= 3;
    p.failed = false;
    memset(ranks, 0, sizeof ranks);
    sort_items(ctx, &schema->items, ranks);
    sort_views(ctx, &ranks[RANK_VIEW]);
    for (r = 0; r < RANK_COUNT; r++) {
        for (i = 0; i < ranks[r].count; i++) {
            put_item(&p, gen_item_at(&ranks[r], i));
        }
    }
    return !p.failed;
}
