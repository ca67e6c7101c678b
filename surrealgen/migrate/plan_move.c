/* surrealgen/migrate/plan_move.c: the recipe of a table with another name.
 *
 *   first  the new table; columns that lead to the old one take ids of either;
 *          the old one takes no writes any more (an event that throws)
 *   then   data steps, in this order: rows are copied, with their keys; links
 *          get the new ids; edges of which an end moved are deleted and related
 *          again under their id, and with them the edges that lead to those,
 *          which some servers take away with an edge; rows of an edge that has
 *          another name itself go, or they would still be found from its ends
 *   last   columns as they are to be; REMOVE TABLE; indexes, events, views
 *
 * The steps are quiet, but for tables with a REFERENCE: the server keeps those
 * only when it writes aloud. There the events go meanwhile, and so do the
 * clauses that would change or refuse what is written.
 *
 * The way back is the same with the names exchanged. */
#include "plan.h"

#include <string.h>

#define GUARD "surrealgen_moving"

/* ----------------------------------------------------------------- looking */

static const gen_table *edge_of(const mig_def *def)
{
    const gen_table *table = mig_table_of(def);

    return def->kind == DB_TABLE && table != NULL
        && table->kind == GEN_TABLE_RELATION ? table : NULL;
}

static gen_list members_of(mig_way *way, const mig_state *state,
                           gen_str spelled)
{
    gen_list out = { NULL, 0, 0 };

    mig_members(way->ctx, state, spelled, &out);
    return out;
}

static bool has_reference(mig_way *way, gen_str spelled)
{
    gen_list members = members_of(way, way->from, spelled);
    size_t i;

    for (i = 0; i < members.count; i++) {
        const gen_field *field = mig_field_of(mig_def_at(&members, i));
        if (field != NULL && field->reference) return true;
    }
    return false;
}

static gen_str new_name(mig_way *way, gen_str table)
{
    const mig_moved *one = mig_moved_from(&way->moving, table);

    return mig_spelled(way->ctx, one != NULL ? one->to : table);
}

/* Edges whose rows lead to rows of this one. */
static gen_list edges_near(mig_way *way, const gen_table *edge)
{
    gen_list out = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < way->from->defs.count; i++) {
        mig_def *def = mig_def_at(&way->from->defs, i);
        const gen_table *other = edge_of(def);
        if (other != NULL && mig_edge_leads_to(other, edge->name)) {
            gen_list_push(way->ctx, &out, def);
        }
    }
    return out;
}

/* REFERENCE in a table, or in the edges that are made anew with it. */
static bool is_loud(mig_way *way, const mig_def *def)
{
    const gen_table *edge = edge_of(def);
    gen_list near = { NULL, 0, 0 };
    size_t i;

    if (has_reference(way, def->spelled)) return true;
    if (edge == NULL || !mig_is_remade(edge, &way->moving)) return false;
    near = edges_near(way, edge);
    for (i = 0; i < near.count; i++) {
        if (has_reference(way, mig_def_at(&near, i)->spelled)) return true;
    }
    return false;
}

/* ----------------------------------------------------------------- writing */

static mig_relink relink_of(mig_way *way)
{
    mig_relink r;

    memset(&r, 0, sizeof r);
    r.ctx = way->ctx;
    r.moved = &way->moving;
    r.v3 = way->to->target.major >= 3;
    return r;
}

static void put_step(mig_way *way, gen_str table, gen_str text, gen_str where,
                     bool loud)
{
    mig_step *step = mig_data_step(way, &way->fill, table, text, where);

    step->quiet = !loud;
    mig_add_name(way->ctx, &way->tables, table);
    mig_add_name(way->ctx, &way->moved, table);
}

/* Values the server works out are not copied. */
static void add_omitted(mig_way *way, gen_buf *out, gen_str spelled)
{
    gen_list members = members_of(way, way->from, spelled);
    size_t count = 0;
    size_t i;

    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        const gen_field *field = mig_field_of(def);
        if (field == NULL || !field->computed.present) continue;
        gen_buf_add_text(out, count++ == 0 ? " OMIT " : ", ");
        gen_buf_add_str(out, def->spelled);
    }
}

/* ------------------------------------------------ columns, for a short time */

/* The column without what would change or refuse a value that is copied. */
static void put_bare(mig_way *way, mig_slot at, const mig_def *def,
                     gen_type *type, bool overwrite)
{
    gen_field field = *mig_field_of(def);
    gen_clause none;

    memset(&none, 0, sizeof none);
    field.type = type;
    field.has_type = true;
    field.value = field.assert_ = field.comment = none;
    field.readonly = field.default_always = false;
    field.exists = overwrite ? GEN_EXISTS_OVERWRITE : GEN_EXISTS_PLAIN;
    gen_buf_add_str(&way->text[at], mig_field_text(way->ctx,
                                                   way->to->target, &field));
}

static bool is_strict(const gen_field *field)
{
    return field->value.present || field->assert_.present || field->readonly
        || field->default_always;
}

static void put_again(mig_way *way, const mig_def *def)
{
    mig_change change;

    memset(&change, 0, sizeof change);
    change.op = MIG_RENAME;
    change.after = def;
    mig_put_final(way, MIG_AT_CLOSE, &change);
}

/* A table that is written aloud. Columns that change are opened and closed
 * by mig_plan_moved(). */
static void hush(mig_way *way, gen_str spelled)
{
    gen_list members = members_of(way, way->from, spelled);
    size_t i;

    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        const mig_def *now = mig_find(way->to, def->key);
        const gen_field *field = mig_field_of(def);
        if (def->kind == DB_EVENT) {
            mig_put_remove(way, MIG_AT_DROP, def);
            if (now != NULL && gen_str_eq(now->text, def->text)) {
                mig_put_define(way, MIG_AT_TOP, now, false);
            }
        } else if (field != NULL && now != NULL && is_strict(field)
                   && mig_change_of(way, spelled, def->spelled) == NULL) {
            put_bare(way, MIG_AT_OPEN, def, field->type, true);
            put_again(way, now);
        }
    }
    mig_touch(way, MIG_AT_OPEN, spelled);
    mig_worse(way, MIG_MAY_FAIL, NULL);
}

static void change_field(mig_way *way, const mig_change *change)
{
    const gen_field *from = mig_field_of(change->before);
    const gen_field *to = mig_field_of(change->after);

    if (from != NULL && to != NULL && (change->what & MIG_TYPE) != 0) {
        put_bare(way, MIG_AT_OPEN, change->after,
                 mig_both_of(way->ctx, from->type, to->type), true);
    } else if (to != NULL && from != NULL && is_strict(from)) {
        put_bare(way, MIG_AT_OPEN, change->after, to->type, true);
    }
    mig_put_final(way, MIG_AT_CLOSE, change);
}

static gen_list both_names(gen_ctx *ctx, const gen_list *a, const gen_list *b)
{
    gen_list out = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < a->count; i++) {
        mig_add_name(ctx, &out, gen_name_at(a, i)->text);
    }
    for (i = 0; i < b->count; i++) {
        mig_add_name(ctx, &out, gen_name_at(b, i)->text);
    }
    return out;
}

static void change_table(mig_way *way, const mig_change *change)
{
    const gen_table *from = mig_table_of(change->before);
    const gen_table *to = mig_table_of(change->after);

    if (from != NULL && to != NULL && (change->what & MIG_EDGE) != 0) {
        gen_table open = *to;
        open.from = both_names(way->ctx, &from->from, &to->from);
        open.to = both_names(way->ctx, &from->to, &to->to);
        open.exists = GEN_EXISTS_OVERWRITE;
        open.from_model = false;
        gen_buf_add_str(&way->text[MIG_AT_OPEN],
                        mig_table_text(way->ctx, way->to->target, &open));
        if (!way->is_down) {
            gen_buf_add_text(&way->text[MIG_AT_CLOSE], "-- sg-allow SG208: "
                             "they were related anew\n");
        }
    }
    mig_put_define(way, MIG_AT_CLOSE, change->after, true);
}

/* --------------------------------------------------------------- new tables */

/* Links within the new table are still those of the old one when its rows
 * arrive aloud. */
static void put_loud_column(mig_way *way, const mig_def *def,
                            const gen_field *field)
{
    mig_relink r = relink_of(way);
    gen_list back = { NULL, 0, 0 };
    gen_type *type = field->type;
    size_t i;

    for (i = 0; i < r.moved->count; i++) {
        mig_moved *one = (mig_moved *)gen_new(way->ctx, sizeof *one);
        one->from = mig_moved_at(r.moved, i)->to;
        one->to = mig_moved_at(r.moved, i)->from;
        gen_list_push(way->ctx, &back, one);
    }
    if ((mig_links_in(type, &back) & MIG_LINK) != 0) {
        type = mig_both_of(way->ctx, mig_moved_type(way->ctx, type, &back),
                           type);
    }
    put_bare(way, MIG_AT_TABLE, def, type, mig_needs_overwrite(def));
    put_again(way, def);
}

static void put_new_members(mig_way *way, const mig_change *change)
{
    gen_list members = members_of(way, way->to, change->after->spelled);
    bool loud = has_reference(way, change->before->spelled);
    size_t i;

    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        const gen_field *field = mig_field_of(def);
        if (def->kind == DB_INDEX) {
            mig_put_define(way, MIG_AT_INDEX, def, false);
        } else if (def->kind == DB_EVENT) {
            mig_put_define(way, MIG_AT_TOP, def, false);
        } else if (loud && field != NULL && !field->computed.present
                   && !gen_str_is(def->name, "id")) {
            put_loud_column(way, def, field);
        } else {
            mig_put_define(way, MIG_AT_TABLE, def, mig_needs_overwrite(def));
        }
    }
}

/* Who still writes into the old table is told so, instead of losing it. */
static void put_guard(mig_way *way, const mig_change *change)
{
    gen_buf *out = &way->text[MIG_AT_TABLE];
    gen_buf say;

    gen_buf_init(&say, way->ctx);
    gen_buf_add_fmt(&say, "%s is being renamed to %s",
                    change->before->name.ptr, change->after->name.ptr);
    gen_buf_add_text(out, "DEFINE EVENT " GUARD " ON ");
    gen_buf_add_str(out, change->before->spelled);
    gen_buf_add_text(out, " WHEN true THEN { THROW ");
    gen_surql_string(out, gen_buf_str(&say));
    gen_buf_add_text(out, " };\n");
}

static void rename_table(mig_way *way, const mig_change *change)
{
    mig_put_define(way, MIG_AT_TABLE, change->after, false);
    put_new_members(way, change);
    put_guard(way, change);
    if (!way->is_down) {
        gen_buf_add_fmt(&way->text[MIG_AT_CLOSE], "-- sg-allow SG106: its "
                        "rows are in %s, and links lead there\n",
                        change->after->spelled.ptr);
    }
    mig_put_remove(way, MIG_AT_CLOSE, change->before);
    mig_add_name(way->ctx, &way->tables, change->before->spelled);
    mig_add_name(way->ctx, &way->moved, change->after->spelled);
    mig_worse(way, MIG_SAFE, NULL);
}

bool mig_plan_moved(mig_way *way, const mig_change *change)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;

    if (way->moving.count == 0) return false;
    if (def->kind == DB_TABLE && change->op == MIG_RENAME) {
        rename_table(way, change);
    } else if (def->kind == DB_TABLE && change->op == MIG_CHANGE) {
        change_table(way, change);
    } else if (def->kind == DB_FIELD && change->op == MIG_CHANGE) {
        change_field(way, change);
    } else if (def->kind == DB_PARAM && change->after != NULL) {
        /* Worked out when it is defined: the rows have to be there. */
        mig_put_define(way, MIG_AT_TOP, def, change->before != NULL);
    } else {
        return false;
    }
    return true;
}

/* -------------------------------------------------------------- copies */

/* An end of an edge, which may be a record of these tables. */
static void add_end(mig_way *way, gen_buf *out, const char *name,
                    const gen_list *names)
{
    mig_relink r = relink_of(way);
    gen_type type;

    memset(&type, 0, sizeof type);
    type.kind = GEN_T_RECORD;
    type.names = *names;
    mig_add_relink_value(&r, out, gen_str_lit(name), &type);
}

static void copy_rows(mig_way *way, const mig_change *change)
{
    const gen_table *edge = edge_of(change->before);
    gen_str from = change->before->spelled;
    mig_relink r = relink_of(way);
    gen_buf text;

    gen_buf_init(&text, way->ctx);
    gen_buf_add_fmt(&text, "INSERT %sINTO ", edge != NULL ? "RELATION " : "");
    gen_buf_add_str(&text, change->after->spelled);
    gen_buf_add_text(&text, " (SELECT *, ");
    mig_add_moved_id(&r, &text, gen_str_lit("id"),
                     mig_moved_from(&way->moving, change->before->name));
    gen_buf_add_text(&text, " AS id");
    if (edge != NULL) {
        gen_buf_add_text(&text, ", ");
        add_end(way, &text, "in", &edge->from);
        gen_buf_add_text(&text, " AS in, ");
        add_end(way, &text, "out", &edge->to);
        gen_buf_add_text(&text, " AS out");
    }
    add_omitted(way, &text, from);
    gen_buf_add_text(&text, " FROM $batch WHERE id != NONE) RETURN NONE;\n");
    put_step(way, from, gen_buf_str(&text), gen_str_lit("id != NONE"),
             has_reference(way, from));
}

static void copy_all(mig_way *way, bool edges)
{
    size_t i;

    for (i = 0; i < way->changes->count; i++) {
        const mig_change *change = mig_change_at(way->changes, i);
        if (change->op == MIG_RENAME && change->before->kind == DB_TABLE
            && (edge_of(change->before) != NULL) == edges) {
            copy_rows(way, change);
        }
    }
}

/* ------------------------------------------------------------------- links */

/* Elements that the column above describes as well are changed with it. */
static bool is_of_array(const mig_way *way, const mig_def *def)
{
    size_t len = def->spelled.len;
    gen_buf key;
    const gen_field *above;

    if (len < 3 || memcmp(def->spelled.ptr + len - 2, ".*", 2) != 0) {
        return false;
    }
    gen_buf_init(&key, way->ctx);
    gen_buf_add(&key, def->key.ptr, def->key.len - 2);
    above = mig_field_of(mig_find(way->from, gen_buf_str(&key)));
    return above != NULL
        && (mig_links_in(above->type, &way->moving) & MIG_LINK) != 0;
}

static bool is_linked(const mig_way *way, const mig_def *def)
{
    const gen_field *field = mig_field_of(def);

    return field != NULL && !field->computed.present
        && !gen_str_is(def->name, "id") && !gen_str_is(def->name, "in")
        && !gen_str_is(def->name, "out")
        && (mig_links_in(field->type, &way->moving) & MIG_LINK) != 0
        && !is_of_array(way, def);
}

static bool is_top(const mig_def *def)
{
    return memchr(def->spelled.ptr, '.', def->spelled.len) == NULL;
}

/* Events and VALUE are gone while rows are written aloud, which rules that
 * read one step do not see. */
static void add_allow(mig_way *way, gen_buf *out, gen_str spelled)
{
    gen_list members = members_of(way, way->from, spelled);
    size_t i;

    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        const gen_field *field = mig_field_of(def);
        if (def->kind != DB_EVENT
            && (field == NULL || !field->value.present)) continue;
        gen_buf_add_text(out, "-- sg-allow SG420: they are not there now, and "
                         "REFERENCE is not kept quietly\n");
        return;
    }
}

static void put_update(mig_way *way, gen_str table, gen_str set,
                       gen_str where, bool loud)
{
    gen_buf text;

    gen_buf_init(&text, way->ctx);
    if (loud && !way->is_down) add_allow(way, &text, table);
    gen_buf_add_text(&text, "UPDATE $batch SET ");
    gen_buf_add_str(&text, set);
    gen_buf_add_text(&text, " WHERE ");
    gen_buf_add_str(&text, where);
    gen_buf_add_text(&text, " RETURN NONE;\n");
    put_step(way, table, gen_buf_str(&text), where, loud);
}

/* Columns of rows in one step; those within others, which may not be there,
 * in one each. */
static void relink_table(mig_way *way, const mig_def *table)
{
    gen_list members = members_of(way, way->from, table->spelled);
    gen_str name = new_name(way, table->name);
    bool loud = has_reference(way, table->spelled);
    mig_relink r = relink_of(way);
    gen_buf set, where;
    size_t i;

    gen_buf_init(&set, way->ctx);
    gen_buf_init(&where, way->ctx);
    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        if (!is_linked(way, def) || !is_top(def)) continue;
        if (set.len > 0) gen_buf_add_text(&set, ", ");
        if (where.len > 0) gen_buf_add_text(&where, " OR ");
        mig_add_relinked(&r, &set, def->spelled, mig_field_of(def)->type);
        mig_add_has_link(&r, &where, def->spelled, mig_field_of(def)->type);
    }
    if (set.len > 0) {
        put_update(way, name, gen_buf_str(&set), gen_buf_str(&where), loud);
    }
    for (i = 0; i < members.count; i++) {
        const mig_def *def = mig_def_at(&members, i);
        if (!is_linked(way, def) || is_top(def)) continue;
        gen_buf_init(&set, way->ctx);
        gen_buf_init(&where, way->ctx);
        mig_add_relinked(&r, &set, def->spelled, mig_field_of(def)->type);
        mig_add_has_link(&r, &where, def->spelled, mig_field_of(def)->type);
        put_update(way, name, gen_buf_str(&set), gen_buf_str(&where), loud);
    }
}

/* ------------------------------------------------------------------- edges */

static void add_where_end(mig_way *way, gen_buf *out, const char *end,
                          const gen_list *names)
{
    mig_relink r = relink_of(way);
    size_t i;

    for (i = 0; i < way->moving.count; i++) {
        const mig_moved *one = mig_moved_at(&way->moving, i);
        gen_list alone = { NULL, 0, 0 };
        gen_list_push(way->ctx, &alone, (void *)(uintptr_t)one);
        if (!mig_names_moved(names, &alone)) continue;
        if (out->len > 0) gen_buf_add_text(out, " OR ");
        mig_add_is_moved(&r, out, gen_str_lit(end), one);
    }
}

/* The rows of other edges that lead to this one. */
static void add_near(mig_way *way, gen_buf *out, const gen_list *near)
{
    size_t i;

    gen_buf_add_text(out, "    LET $near = (SELECT * FROM array::distinct("
                     "array::flatten([");
    for (i = 0; i < near->count; i++) {
        gen_str name = new_name(way, mig_def_at(near, i)->name);
        gen_buf_add_fmt(out, "%s$id->%s, $id<-%s", i > 0 ? ", " : "",
                        name.ptr, name.ptr);
    }
    gen_buf_add_text(out, "])));\n");
}

/* SurrealDB 3.0 goes through the rows of a variable, but not through those of a
 * SELECT, unless something stands around all of it. */
static gen_str remake(mig_way *way, const mig_def *def, const gen_list *near,
                      gen_str where)
{
    const gen_table *edge = mig_table_of(def);
    gen_buf text;

    gen_buf_init(&text, way->ctx);
    gen_buf_add_text(&text, "{\nLET $edges = (SELECT *");
    add_omitted(way, &text, def->spelled);
    gen_buf_add_text(&text, " FROM $batch WHERE ");
    gen_buf_add_str(&text, where);
    gen_buf_add_text(&text, ");\nFOR $edge IN $edges {\n    LET $id = $edge.id;"
                     "\n    LET $from = ");
    add_end(way, &text, "$edge.in", &edge->from);
    gen_buf_add_text(&text, ";\n    LET $to = ");
    add_end(way, &text, "$edge.out", &edge->to);
    gen_buf_add_text(&text, ";\n");
    if (near->count > 0) add_near(way, &text, near);
    gen_buf_add_text(&text, "    DELETE $id RETURN NONE;\n"
        "    RELATE $from->$id->$to CONTENT object::from_entries("
        "array::concat(object::entries($edge), [['in', $from], "
        "['out', $to]])) RETURN NONE;\n");
    if (near->count > 0) {
        gen_buf_add_text(&text, "    FOR $other IN $near {\n"
            "        LET $own = $other.id;\n        LET $a = $other.in;\n"
            "        LET $b = $other.out;\n"
            "        RELATE $a->$own->$b CONTENT $other RETURN NONE;\n"
            "    };\n");
    }
    gen_buf_add_text(&text, "};\n};\n");
    return gen_buf_str(&text);
}

static void remake_edges(mig_way *way, const mig_def *def)
{
    const gen_table *edge = edge_of(def);
    gen_list near;
    gen_buf where;
    size_t i;

    if (edge == NULL || !mig_is_remade(edge, &way->moving)
        || mig_moved_from(&way->moving, def->name) != NULL) {
        return;
    }
    gen_buf_init(&where, way->ctx);
    add_where_end(way, &where, "in", &edge->from);
    add_where_end(way, &where, "out", &edge->to);
    near = edges_near(way, edge);
    for (i = 0; i < near.count; i++) {
        mig_add_name(way->ctx, &way->moved, mig_def_at(&near, i)->spelled);
    }
    put_step(way, def->spelled, remake(way, def, &near, gen_buf_str(&where)),
             gen_buf_str(&where), is_loud(way, def));
}

/* Rows of an edge are also found from its ends, which REMOVE TABLE leaves as
 * they are. */
static void empty_edge(mig_way *way, const mig_def *def)
{
    if (edge_of(def) == NULL
        || mig_moved_from(&way->moving, def->name) == NULL) return;
    put_step(way, def->spelled, gen_str_lit("DELETE $batch WHERE id != NONE "
                                            "RETURN NONE;\n"),
             gen_str_lit("id != NONE"), false);
}

/* --------------------------------------------------------------- all of it */

static bool is_written(mig_way *way, const mig_def *def)
{
    const gen_table *edge = edge_of(def);
    gen_list members = members_of(way, way->from, def->spelled);
    size_t i;

    if (edge != NULL && mig_is_remade(edge, &way->moving)) return true;
    for (i = 0; i < members.count; i++) {
        if (is_linked(way, mig_def_at(&members, i))) return true;
    }
    return false;
}

static void say_hidden(mig_way *way)
{
    gen_list hidden = { NULL, 0, 0 };
    gen_buf *out = &way->text[MIG_AT_DROP];
    size_t i;

    mig_hidden_links(way->ctx, (mig_state *)(uintptr_t)way->from,
                     &way->moving, &hidden);
    for (i = 0; i < hidden.count; i++) {
        const mig_def *def = mig_def_at(&hidden, i);
        gen_buf_add_text(out, "-- links in ");
        mig_add_title(out, def);
        gen_buf_add_fmt(out, "%s stay as they are: its type does not say "
                        "where they are\n", def->kind == DB_TABLE
                        ? " (columns without a DEFINE)" : "");
        mig_worse(way, MIG_LOSSY, def);
    }
}

/* Every table that is written aloud, once. */
static void hush_all(mig_way *way)
{
    const gen_list *defs = &way->from->defs;
    gen_list loud = { NULL, 0, 0 };
    size_t i, k;

    for (i = 0; i < defs->count; i++) {
        const mig_def *def = mig_def_at(defs, i);
        const gen_table *edge = edge_of(def);
        gen_list near = { NULL, 0, 0 };
        if (def->kind != DB_TABLE || !is_written(way, def)
            || !is_loud(way, def)) continue;
        mig_add_name(way->ctx, &loud, def->name);
        if (edge != NULL && mig_is_remade(edge, &way->moving)) {
            near = edges_near(way, edge);
        }
        for (k = 0; k < near.count; k++) {
            mig_add_name(way->ctx, &loud, mig_def_at(&near, k)->name);
        }
    }
    for (i = 0; i < loud.count; i++) {
        gen_str name = gen_name_at(&loud, i)->text;
        if (mig_moved_from(&way->moving, name) == NULL) {
            hush(way, mig_spelled(way->ctx, name));
        }
    }
}

void mig_plan_moving(mig_way *way)
{
    const gen_list *defs = &way->from->defs;
    size_t i;

    if (way->moving.count == 0) return;
    say_hidden(way);
    hush_all(way);
    copy_all(way, false);
    copy_all(way, true);
    for (i = 0; i < defs->count; i++) {
        const mig_def *def = mig_def_at(defs, i);
        if (def->kind == DB_TABLE) relink_table(way, def);
    }
    for (i = 0; i < defs->count; i++) {
        remake_edges(way, mig_def_at(defs, i));
    }
    for (i = 0; i < defs->count; i++) {
        empty_edge(way, mig_def_at(defs, i));
    }
}
