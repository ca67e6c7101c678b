/* surrealgen/schema/tree.c: statements to tables with trees of fields.
 *
 * The statements are taken in the order of the files, as the server would:
 * a definition of what is there already is an error unless it says OVERWRITE
 * or IF NOT EXISTS, and REMOVE takes away. A path whose parents were never
 * defined gets implied ones, so parents always come before children. */
#include "front.h"

#include <string.h>

/* --------------------------------------------------------------- accessors */

#define GEN_ACCESSOR(type) \
    type *type##_at(const gen_list *list, size_t i) \
    { \
        return i < list->count ? (type *)list->at[i] : NULL; \
    }

GEN_ACCESSOR(gen_field)
GEN_ACCESSOR(gen_table)
GEN_ACCESSOR(gen_index)
GEN_ACCESSOR(gen_enum)
GEN_ACCESSOR(gen_struct)
GEN_ACCESSOR(gen_variant)
GEN_ACCESSOR(gen_type)
GEN_ACCESSOR(gen_member)
GEN_ACCESSOR(gen_name)
GEN_ACCESSOR(gen_part)
GEN_ACCESSOR(gen_attr)
GEN_ACCESSOR(gen_attr_arg)
GEN_ACCESSOR(gen_perm_rule)
GEN_ACCESSOR(gen_raw)
GEN_ACCESSOR(gen_item)
GEN_ACCESSOR(gen_file)
GEN_ACCESSOR(gen_event)
GEN_ACCESSOR(gen_alias)
GEN_ACCESSOR(gen_mixin)
GEN_ACCESSOR(gen_analyzer)
GEN_ACCESSOR(gen_parm)
GEN_ACCESSOR(gen_param)
GEN_ACCESSOR(gen_sequence)
GEN_ACCESSOR(gen_function)
GEN_ACCESSOR(gen_access)
GEN_ACCESSOR(gen_user)
GEN_ACCESSOR(gen_query)
GEN_ACCESSOR(gen_shape)
GEN_ACCESSOR(gen_clause)

#undef GEN_ACCESSOR

gen_list *gen_index_column(const gen_index *index, size_t i)
{
    return i < index->columns.count ? (gen_list *)index->columns.at[i] : NULL;
}

/* ------------------------------------------------------------------ tables */

gen_table *gen_find_table(gen_ctx *ctx, gen_str name)
{
    return (gen_table *)gen_map_get(ctx, NULL, GEN_KEY_TABLE, name);
}

gen_table *gen_stand_in(gen_ctx *ctx, gen_str name, gen_pos pos)
{
    gen_table *table = ctx->stand_in;

    if (table != NULL && table->pos.file == pos.file
        && gen_str_eq(table->name, name)) return table;
    table = (gen_table *)gen_new(ctx, sizeof *table);
    table->name = name;
    table->pos = pos;
    ctx->stand_in = table;
    return table;
}

static gen_table *table_for(gen_ctx *ctx, gen_str name, gen_pos pos)
{
    gen_table *table = gen_find_table(ctx, name);

    if (table != NULL) return table;
    table = (gen_table *)gen_new(ctx, sizeof *table);
    table->name = name;
    table->pos = pos;
    table->doc = gen_str_lit("");
    table->implied = true;
    gen_map_set(ctx, NULL, GEN_KEY_TABLE, name, table);
    gen_list_push(ctx, &ctx->schema.tables, table);
    return table;
}

static void attach(gen_ctx *ctx, void *scope, gen_table *table,
                   gen_list *root, gen_field *field);

/* The members of a model go from the list they were read into to a tree. */
static void attach_members(gen_ctx *ctx, void *scope, gen_table *table,
                           gen_list *root)
{
    gen_list members = *root;
    size_t i;

    memset(root, 0, sizeof *root);
    for (i = 0; i < members.count; i++) {
        gen_field *member = gen_field_at(&members, i);
        attach(ctx, scope, table, root, member);
    }
}

static void attach_index(gen_ctx *ctx, gen_table *table, gen_index *index)
{
    gen_index *old = (gen_index *)gen_map_get(ctx, table, GEN_KEY_INDEX,
                                              index->name);
    if (old != NULL && index->exists == GEN_EXISTS_IF_NOT) return;
    if (old != NULL && index->exists == GEN_EXISTS_PLAIN) {
        gen_told_twice(ctx, SG1203, index->pos, old->pos, "the index",
                   index->name);
        return;
    }
    if (old != NULL) old->removed = true;
    gen_map_set(ctx, table, GEN_KEY_INDEX, index->name, index);
    gen_list_push(ctx, &table->indexes, index);
}

static void define_table(gen_ctx *ctx, gen_item *item)
{
    gen_table *table = (gen_table *)item->of;
    gen_table *old = gen_find_table(ctx, table->name);
    gen_list indexes = table->indexes;
    gen_list events = table->events;
    size_t i;

    if (old == NULL) {
        gen_map_set(ctx, NULL, GEN_KEY_TABLE, table->name, table);
        gen_list_push(ctx, &ctx->schema.tables, table);
    } else if (!old->implied && table->exists == GEN_EXISTS_PLAIN) {
        gen_told_twice(ctx, SG1201, table->pos, old->pos, "the table",
                   table->name);
        table->bad = true;
        return;
    } else if (!old->implied && table->exists == GEN_EXISTS_IF_NOT) {
        return;
    } else {
        /* The server keeps the fields; the item keeps what was written. */
        gen_list kept_fields = old->fields;
        gen_list kept_indexes = old->indexes;
        gen_list kept_events = old->events;
        size_t kept_total = old->field_total;
        gen_list members = table->fields;
        *old = *table;
        old->fields = kept_fields;
        old->indexes = kept_indexes;
        old->events = kept_events;
        old->field_total = kept_total;
        if (!table->from_model) return;
        item->of = old;
        for (i = 0; i < members.count; i++) {
            attach(ctx, old, old, &old->fields, gen_field_at(&members, i));
        }
        for (i = 0; i < indexes.count; i++) {
            gen_index *index = gen_index_at(&indexes, i);
            index->table = old;
            attach_index(ctx, old, index);
        }
        for (i = 0; i < events.count; i++) {
            gen_attach_event(ctx, old, gen_event_at(&events, i));
        }
        return;
    }
    attach_members(ctx, table, table, &table->fields);
    memset(&table->indexes, 0, sizeof table->indexes);
    for (i = 0; i < indexes.count; i++) {
        attach_index(ctx, table, gen_index_at(&indexes, i));
    }
    memset(&table->events, 0, sizeof table->events);
    for (i = 0; i < events.count; i++) {
        gen_attach_event(ctx, table, gen_event_at(&events, i));
    }
}

/* ------------------------------------------------------------------ fields */

static gen_str part_key(gen_ctx *ctx, const gen_part *part)
{
    gen_buf buf;

    /* A column named `*` or 0 is not the element. */
    if (part->kind == GEN_PART_NAME) return part->name;
    gen_buf_init(&buf, ctx);
    gen_buf_add_char(&buf, 0);
    gen_buf_add_str(&buf, part->name);
    return gen_buf_str(&buf);
}

static void count_field(gen_ctx *ctx, gen_table *table, gen_pos pos)
{
    gen_pos where = table != NULL && table->pos.file != NULL ? table->pos
        : pos;

    if (table == NULL) return;
    table->field_total++;
    if (table->field_total == GEN_MAX_FIELDS + 1) {
        gen_error(ctx, SG1012, where, "the table `%s` has more than %u "
                  "columns", gen_clip(ctx, table->name), GEN_MAX_FIELDS);
    }
}

/* Puts node under parent (or at the root) as the last part of path. */
static void link_node(gen_ctx *ctx, void *scope, gen_list *siblings,
                      gen_field *parent, gen_table *table, gen_field *node,
                      const gen_part *part)
{
    node->name = part->name;
    node->is_elem = part->kind == GEN_PART_ALL;
    node->parent = parent;
    node->table = table;
    gen_map_set(ctx, scope, GEN_KEY_FIELD, part_key(ctx, part), node);
    gen_list_push(ctx, siblings, node);
    count_field(ctx, table, node->pos);
}

static gen_field *implied_node(gen_ctx *ctx, const gen_list *path,
                               size_t depth)
{
    gen_field *node = (gen_field *)gen_new(ctx, sizeof *node);
    size_t i;

    node->implied = true;
    node->pos = gen_part_at(path, depth)->pos;
    /* The last part is filled with what was defined; see attach(). */
    if (depth + 1 == path->count) return node;
    node->doc = gen_str_lit("");
    node->type = gen_type_new(ctx, GEN_T_OBJECT, node->pos);
    for (i = 0; i <= depth; i++) {
        gen_list_push(ctx, &node->path, path->at[i]);
    }
    return node;
}

/* Registers the members an inline object brought along. */
static void adopt_children(gen_ctx *ctx, gen_field *node, gen_table *table,
                           gen_list kids)
{
    size_t i, k;

    for (i = 0; i < kids.count; i++) {
        gen_field *kid = gen_field_at(&kids, i);
        gen_part *part = (gen_part *)gen_new(ctx, sizeof *part);
        gen_field *old = (gen_field *)gen_map_get(ctx, node, GEN_KEY_FIELD,
                                                  kid->name);
        gen_list below = kid->children;
        if (old != NULL) {
            gen_told_twice(ctx, SG1202, kid->pos, old->pos, "the field",
                       kid->name);
            continue;
        }
        part->name = kid->name;
        part->pos = kid->pos;
        memset(&kid->path, 0, sizeof kid->path);
        for (k = 0; k < node->path.count; k++) {
            gen_list_push(ctx, &kid->path, node->path.at[k]);
        }
        gen_list_push(ctx, &kid->path, part);
        memset(&kid->children, 0, sizeof kid->children);
        link_node(ctx, node, &node->children, node, table, kid, part);
        adopt_children(ctx, kid, table, below);
    }
}

/* Replaces what a node says, not where it is. */
static void fill_node(gen_field *node, const gen_field *field)
{
    gen_field keep = *node;

    *node = *field;
    node->name = keep.name;
    node->is_elem = keep.is_elem;
    node->parent = keep.parent;
    node->table = keep.table;
    node->children = keep.children;
    node->removed = false;
}

static void attach(gen_ctx *ctx, void *scope, gen_table *table,
                   gen_list *root, gen_field *field)
{
    gen_list *siblings = root;
    gen_list kids = field->children;
    gen_field *parent = NULL;
    gen_field *node = NULL;
    size_t i;

    for (i = 0; i < field->path.count; i++) {
        gen_part *part = gen_part_at(&field->path, i);
        bool last = i + 1 == field->path.count;
        node = (gen_field *)gen_map_get(ctx, scope, GEN_KEY_FIELD,
                                        part_key(ctx, part));
        if (node == NULL && last && !field->defined) {
            /* A member of a model: nobody keeps it as it was written. */
            memset(&field->children, 0, sizeof field->children);
            link_node(ctx, scope, siblings, parent, table, field, part);
            adopt_children(ctx, field, table, kids);
            return;
        }
        if (node == NULL) {
            node = implied_node(ctx, &field->path, i);
            node->defined = field->defined;
            link_node(ctx, scope, siblings, parent, table, node, part);
        }
        if (last) break;
        node->defined = node->defined && (field->defined || !node->implied);
        parent = node;
        scope = node;
        siblings = &node->children;
    }
    if (node == NULL) return;
    if (!node->implied && field->exists == GEN_EXISTS_IF_NOT) return;
    if (!node->implied && field->exists == GEN_EXISTS_PLAIN) {
        field->bad = true;
        gen_told_twice(ctx, SG1202, field->pos, node->pos, "the field",
                   field->name);
        return;
    }
    fill_node(node, field);
    adopt_children(ctx, node, table, kids);
}

/* ------------------------------------------------------------------ REMOVE */

static void remove_field(gen_ctx *ctx, gen_table *table, gen_list *path)
{
    void *scope = table;
    gen_field *node = NULL;
    size_t i;

    for (i = 0; i < path->count; i++) {
        node = (gen_field *)gen_map_get(ctx, scope, GEN_KEY_FIELD,
                                        part_key(ctx, gen_part_at(path, i)));
        if (node == NULL) return;
        if (i + 1 < path->count) scope = node;
    }
    if (node == NULL) return;
    node->removed = true;
    gen_map_set(ctx, scope, GEN_KEY_FIELD, part_key(ctx, gen_part_at(path,
                path->count - 1)), NULL);
}

/* "REMOVE" , ( "TABLE" , name | ( "FIELD" , path | "INDEX" , name ) , "ON" ,
 * [ "TABLE" ] , name ) ; anything else is somebody else's. */
static void apply_remove(gen_ctx *ctx, gen_raw *raw)
{
    gen_parser p;
    gen_list path = { NULL, 0, 0 };
    gen_table *table;
    gen_index *index;
    gen_str name;
    gen_pos pos;
    gen_str what;

    gen_parser_init(&p, ctx, (gen_file *)raw->pos.file);
    p.at = raw->tok_begin;
    p.failed = true; /* only looking: nothing is reported */
    gen_next(&p);
    what = gen_text(&p);
    gen_next(&p);
    if (gen_take_word(&p, "if")) gen_next(&p);
    p.failed = false;
    p.told = UINT32_MAX;
    p.keep_raw = true;
    if (gen_now(&p)->kind == GEN_TOK_PARAM) {
        gen_remove_global(&p, what);
        return;
    }
    if (gen_now(&p)->kind != GEN_TOK_IDENT
        && gen_now(&p)->kind != GEN_TOK_QUOTED) return;
    if (gen_word_eq(what, "table")) {
        if (!gen_want_name(&p, "a table", &name, &pos)) return;
        table = gen_find_table(ctx, name);
        if (table == NULL) return;
        table->removed = true;
        gen_map_set(ctx, NULL, GEN_KEY_TABLE, name, NULL);
    } else if (gen_word_eq(what, "field")) {
        if (!gen_want_path(&p, &path)) return;
        table = gen_remove_on(&p);
        if (table != NULL) remove_field(ctx, table, &path);
    } else if (gen_word_eq(what, "index")) {
        if (!gen_want_name(&p, "an index", &name, &pos)) return;
        table = gen_remove_on(&p);
        if (table == NULL) return;
        index = (gen_index *)gen_map_get(ctx, table, GEN_KEY_INDEX, name);
        if (index == NULL) return;
        index->removed = true;
        gen_map_set(ctx, table, GEN_KEY_INDEX, name, NULL);
    } else {
        gen_remove_global(&p, what);
    }
}

/* ------------------------------------------------------------------- names */

static void declare(gen_ctx *ctx, gen_str name, gen_pos pos, gen_enum *e,
                    gen_struct *s, gen_alias *a)
{
    gen_named *old = (gen_named *)gen_map_get(ctx, NULL, GEN_KEY_TYPE_NAME,
                                              name);
    gen_named *named;
    gen_diag *diag;

    if (gen_word_in(name, gen_type_words)) {
        gen_error(ctx, SG1205, pos, "`%s` is a built-in type",
                  gen_clip(ctx, name));
        return;
    }
    if (old != NULL && old->pos.file != NULL) {
        diag = gen_error(ctx, SG1204, pos, "`%s` is declared twice",
                         gen_clip(ctx, name));
        gen_other(ctx, diag, old->pos, "first here");
        return;
    }
    named = (gen_named *)gen_new(ctx, sizeof *named);
    named->enum_ref = e;
    named->struct_ref = s;
    named->alias_ref = a;
    named->pos = pos;
    gen_map_set(ctx, NULL, GEN_KEY_TYPE_NAME, name, named);
}

/* Drops what REMOVE or OVERWRITE took away. */
#define GEN_COMPACT(list, type) \
    { \
        size_t from, to = 0; \
        for (from = 0; from < (list)->count; from++) { \
            type *it = (type *)(list)->at[from]; \
            if (!it->removed) (list)->at[to++] = it; \
        } \
        (list)->count = to; \
    }

static void compact_fields(gen_list *list)
{
    size_t i, kept = 0;

    for (i = 0; i < list->count; i++) {
        gen_field *field = gen_field_at(list, i);
        if (field->removed) continue;
        compact_fields(&field->children);
        list->at[kept++] = field;
    }
    list->count = kept;
}

static void compact(gen_ctx *ctx)
{
    gen_schema *schema = &ctx->schema;
    gen_list *tables = &schema->tables;
    size_t i;

    GEN_COMPACT(tables, gen_table)
    for (i = 0; i < tables->count; i++) {
        gen_table *table = gen_table_at(tables, i);
        compact_fields(&table->fields);
        GEN_COMPACT(&table->indexes, gen_index)
        GEN_COMPACT(&table->events, gen_event)
    }
    GEN_COMPACT(&schema->analyzers, gen_analyzer)
    GEN_COMPACT(&schema->params, gen_param)
    GEN_COMPACT(&schema->sequences, gen_sequence)
    GEN_COMPACT(&schema->functions, gen_function)
    GEN_COMPACT(&schema->accesses, gen_access)
    GEN_COMPACT(&schema->users, gen_user)
}

#undef GEN_COMPACT

static void declare_types(gen_ctx *ctx)
{
    size_t i;

    for (i = 0; i < ctx->schema.items.count; i++) {
        gen_item *item = gen_item_at(&ctx->schema.items, i);
        gen_enum *e = (gen_enum *)item->of;
        gen_struct *s = (gen_struct *)item->of;
        gen_alias *a = (gen_alias *)item->of;
        gen_mixin *m = (gen_mixin *)item->of;
        if (item->kind == GEN_ITEM_ENUM) {
            declare(ctx, e->name, e->pos, e, NULL, NULL);
        } else if (item->kind == GEN_ITEM_ALIAS) {
            declare(ctx, a->name, a->pos, NULL, NULL, a);
        } else if (item->kind == GEN_ITEM_STRUCT) {
            declare(ctx, s->name, s->pos, NULL, s, NULL);
            attach_members(ctx, s, NULL, &s->fields);
        } else if (item->kind == GEN_ITEM_MIXIN) {
            attach_members(ctx, m, NULL, &m->fields);
        }
    }
}

static void apply_item(gen_ctx *ctx, gen_item *item)
{
    gen_field *field = (gen_field *)item->of;
    gen_index *index = (gen_index *)item->of;
    gen_event *event = (gen_event *)item->of;
    gen_raw *raw = (gen_raw *)item->of;

    if (item->kind == GEN_ITEM_TABLE) {
        define_table(ctx, item);
    } else if (item->kind == GEN_ITEM_FIELD) {
        field->table = table_for(ctx, field->table->name, field->table->pos);
        attach(ctx, field->table, field->table, &field->table->fields,
               field);
    } else if (item->kind == GEN_ITEM_INDEX) {
        index->table = table_for(ctx, index->table->name, index->table->pos);
        attach_index(ctx, index->table, index);
    } else if (item->kind == GEN_ITEM_EVENT) {
        gen_attach_event(ctx, table_for(ctx, event->table->name,
                         event->table->pos), event);
    } else if (item->kind == GEN_ITEM_RAW) {
        if (gen_word_eq(raw->kind, "remove")) apply_remove(ctx, raw);
    } else {
        gen_apply_item(ctx, item);
    }
}

void gen_build_trees(gen_ctx *ctx)
{
    size_t i;

    gen_expand_mixins(ctx);
    declare_types(ctx);
    for (i = 0; i < ctx->schema.items.count; i++) {
        apply_item(ctx, gen_item_at(&ctx->schema.items, i));
    }
    compact(ctx);
}
