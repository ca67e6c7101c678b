/* surrealgen/emit/plan.c: from the schema to what C needs.
 *
 * A table owns every name that begins with its base. The bases are chosen
 * first, so that a record<T> anywhere can name T's id type; a base whose names
 * would meet others gets a `_` behind it. */
#include "query.h"

#include <string.h>

void
emit_item_add(emit_plan *plan, int kind, const void *of)
{
    emit_item *item = (emit_item *)gen_new(plan->ctx, sizeof *item);

    memcpy(&item->kind, &kind, sizeof item->kind);
    item->of = of;
    gen_list_push(plan->ctx, &plan->items, item);
}

/* @c(unknown: keep) and its like: what becomes of columns not in the model. */
void
emit_struct_flags(emit_plan *plan, emit_struct *s, const gen_attrs *attrs)
{
    gen_str word = emit_c_arg(attrs, "unknown");

    (void)plan;
    s->keep = gen_str_is(word, "keep");
    s->strict = gen_str_is(word, "error");
    if (s->keep) s->has_extra = true;
}

/* ---- notes -------------------------------------------------------------- */

void
emit_note(emit_plan *plan, const char *text)
{
    gen_str key = gen_str_lit(text);

    if (!plan->opt->note) return;
    if (emit_map_get(plan, EMIT_KEY_NOTE, NULL, key)) return;
    emit_map_put(plan, EMIT_KEY_NOTE, NULL, key, (void *)(uintptr_t)text);
    plan->opt->note(plan->opt->user, text);
}

void
emit_note_name(emit_plan *plan, gen_str from, gen_str to, const char *why)
{
    gen_buf text;

    gen_buf_init(&text, plan->ctx);
    gen_buf_add_fmt(&text, "`%.*s` is called `%.*s` in C: %s", (int)from.len,
                    from.ptr, (int)to.len, to.ptr, why);
    emit_note(plan, text.ptr);
}

/* ---- names -------------------------------------------------------------- */

gen_str
emit_free_base(emit_plan *plan, gen_str base, const char *const *ends)
{
    size_t i;

    for (;;) {
        bool is_free = !emit_is_reserved(base) && !emit_is_local(base) &&
                       !emit_is_scope(base);

        for (i = 0; is_free && ends[i]; i++) {
            gen_str name = emit_glue(plan->ctx, base, ends[i]);

            is_free = !emit_name_taken(&plan->names, name);
        }
        if (is_free) break;
        base = emit_glue(plan->ctx, base, "_");
    }
    for (i = 0; ends[i]; i++) {
        emit_name_take(plan, emit_glue(plan->ctx, base, ends[i]));
    }
    return base;
}

const emit_table *
emit_table_of(const emit_plan *plan, gen_str name)
{
    return (const emit_table *)emit_map_get(plan, EMIT_KEY_TABLE, NULL, name);
}

/* ---- structs ------------------------------------------------------------ */

emit_struct *
emit_struct_new(emit_plan *plan, gen_str base, gen_str column,
                const void *key)
{
    static const char *const ends[] = {"",        "_model", "_print",
                                       "_equal",  "_copy",  "_to_json",
                                       "_check",  NULL};
    emit_struct *s = (emit_struct *)gen_new(plan->ctx, sizeof *s);

    s->name = emit_free_base(plan, base, ends);
    s->column = column;
    emit_map_put(plan, EMIT_KEY_STRUCT, key, gen_str_lit(""), s);
    return s;
}

/* The functions of a member are <struct>_set_<member> and so on. */
static const char *const emit_verbs[] = {"_set_", "_has_", "_clear_",
                                         "_null_", NULL};

static bool
emit_member_taken(const emit_plan *plan, const emit_struct *s, gen_str name)
{
    size_t i;

    for (i = 0; emit_verbs[i]; i++) {
        if (emit_name_taken(&plan->names,
                            emit_join(plan->ctx, s->name, emit_verbs[i],
                                      name))) {
            return true;
        }
    }
    return false;
}

static void
emit_take_member(emit_plan *plan, const emit_struct *s, emit_member *m)
{
    gen_str upper = emit_upper(plan->ctx, m->name);
    gen_str base = emit_upper(plan->ctx, s->name);
    size_t i;

    m->constant = emit_join(plan->ctx, base, "_", upper);
    while (emit_name_taken(&plan->names, m->constant)) {
        m->constant = emit_glue(plan->ctx, m->constant, "_");
    }
    emit_name_take(plan, m->constant);
    for (i = 0; emit_verbs[i]; i++) {
        emit_name_take(plan, emit_join(plan->ctx, s->name, emit_verbs[i],
                                       m->name));
    }
}

/* Two columns of one C name are the schema's to settle. */
static void
emit_check_fold(emit_plan *plan, const emit_struct *s, emit_member *m)
{
    const emit_member *other = (const emit_member *)emit_map_get(
        plan, EMIT_KEY_MEMBER, s, m->name);
    gen_buf text;

    if (!other) return;
    gen_buf_init(&text, plan->ctx);
    gen_buf_add_fmt(&text,
                    "columns `%.*s` and `%.*s` have the same name in C, "
                    "`%.*s`",
                    (int)other->column.len, other->column.ptr,
                    (int)m->column.len, m->column.ptr, (int)m->name.len,
                    m->name.ptr);
    gen_report(plan->ctx, "SG701", m->pos, text.ptr,
               "give one of them another name with @c(name: ...)",
               other->pos.file ? &other->pos : NULL, "the other column",
               NULL);
    plan->errors++;
}

void
emit_struct_add(emit_plan *plan, emit_struct *s, gen_str column,
                gen_str c_name, gen_pos pos, emit_member *m)
{
    m->name = c_name;
    m->column = column;
    m->pos = pos;
    m->bit = (uint32_t)s->members.count;
    /* A view of any value says NULL by itself. */
    if (!strcmp(m->type.member, "RAW")) m->nullable = false;
    if (m->nullable) s->has_null = true;
    if (m->secret || (m->type.s && m->type.s->has_secret)) {
        s->has_secret = true;
    }
    if (m->type.e && !m->type.e->is_closed) s->has_extra = true;
    if (emit_is_reserved(m->name) || gen_str_is(m->name, "set_") ||
        gen_str_is(m->name, "mark_") || gen_str_is(m->name, "null_") ||
        gen_str_is(m->name, "extra_")) {
        m->name = emit_glue(plan->ctx, m->name, "_");
        emit_note_name(plan, column, m->name,
                       "the name is taken by C or C++");
    }
    emit_check_fold(plan, s, m);
    while (emit_member_taken(plan, s, m->name) && !plan->errors) {
        m->name = emit_glue(plan->ctx, m->name, "_");
        emit_note_name(plan, column, m->name, "a table's name is in its way");
    }
    emit_take_member(plan, s, m);
    emit_map_put(plan, EMIT_KEY_MEMBER, s, m->name, m);
    gen_list_push(plan->ctx, &s->members, m);
}

/* ---- tables ------------------------------------------------------------- */

static void
emit_check_table(emit_plan *plan, const gen_table *table, gen_str base)
{
    const emit_table *other =
        (const emit_table *)emit_map_get(plan, EMIT_KEY_BASE, NULL, base);
    gen_buf text;

    if (!other) return;
    gen_buf_init(&text, plan->ctx);
    gen_buf_add_fmt(&text,
                    "tables `%.*s` and `%.*s` have the same name in C, "
                    "`%.*s`",
                    (int)other->table->name.len, other->table->name.ptr,
                    (int)table->name.len, table->name.ptr, (int)base.len,
                    base.ptr);
    gen_report(plan->ctx, "SG702", table->pos, text.ptr,
               "give one of them another name with @c(name: ...)",
               &other->table->pos, "the other table", NULL);
    plan->errors++;
}

static void
emit_table_add(emit_plan *plan, const gen_table *table)
{
    static const char *const ends[] = {
        "", "_id", "_row", "_rows", "_model", "_id_str", "_id_int",
        "_id_uuid", "_get", "_all", "_find", "_count", "_create", "_insert",
        "_merge", "_replace", "_upsert", "_delete", "_relate", "_print",
        "_equal", "_copy", "_to_json", "_check", NULL};
    emit_table *t = (emit_table *)gen_new(plan->ctx, sizeof *t);
    gen_str name = table->attrs.c_name.len ? table->attrs.c_name
                                           : table->name;

    name = emit_fold(plan->ctx, name);
    if (plan->prefix.len) name = emit_join(plan->ctx, plan->prefix, "_", name);
    emit_check_table(plan, table, name);
    t->table = table;
    t->base = emit_free_base(plan, name, ends);
    if (!gen_str_eq(t->base, name) && !plan->errors) {
        emit_note_name(plan, table->name, t->base, "the name is taken");
    }
    emit_map_put(plan, EMIT_KEY_TABLE, NULL, t->table->name, t);
    emit_map_put(plan, EMIT_KEY_BASE, NULL, t->base, t);
    gen_list_push(plan->ctx, &plan->tables, t);
}

static emit_member *
emit_id_member(emit_plan *plan, gen_str table, gen_str c)
{
    emit_member *m = (emit_member *)gen_new(plan->ctx, sizeof *m);

    m->type.member = "RECORD";
    m->type.c = c;
    m->type.table = table;
    return m;
}

/* The id type of one end of an edge. */
static gen_str
emit_end(emit_plan *plan, emit_struct *s, const char *column,
         const gen_list *tables, gen_pos pos)
{
    const emit_table *t = NULL;
    gen_str c = gen_str_lit("surreal_record_id");
    gen_str table = gen_str_lit("");
    emit_member *m;

    if (tables->count == 1) {
        t = emit_table_of(plan, gen_name_at(tables, 0)->text);
    }
    if (t) {
        c = emit_glue(plan->ctx, t->base, "_id");
        table = t->table->name;
    }
    m = emit_id_member(plan, table, c);
    m->server = true;
    m->required = true;
    emit_struct_add(plan, s, gen_str_lit(column), gen_str_lit(column), pos,
                    m);
    return t ? c : gen_str_lit("");
}

static void
emit_table_fill(emit_plan *plan, const emit_table *t)
{
    emit_struct *s = (emit_struct *)gen_new(plan->ctx, sizeof *s);
    emit_member *id;

    s->name = t->base;
    s->column = t->table->name;
    s->table = t->table;
    s->doc = t->table->doc;
    s->pos = t->table->pos;
    s->is_edge = t->table->kind == GEN_TABLE_RELATION;
    id = emit_id_member(plan, s->column, emit_glue(plan->ctx, t->base,
                                                   "_id"));
    id->key = true;
    emit_struct_add(plan, s, gen_str_lit("id"), gen_str_lit("id"), s->pos,
                    id);
    if (s->is_edge) {
        s->from_type = emit_end(plan, s, "in", &t->table->from, s->pos);
        s->to_type = emit_end(plan, s, "out", &t->table->to, s->pos);
    }
    emit_fields(plan, s, &t->table->fields);
    emit_struct_flags(plan, s, &t->table->attrs);
    emit_item_add(plan, EMIT_STRUCT, s);
}

/* Last, so that it is in nobody's way. */
static void
emit_stamp_name(emit_plan *plan)
{
    static const char *const ends[] = {"", NULL};
    gen_str base = emit_fold(plan->ctx, plan->file);

    if (!plan->opt->hash) return;
    base = emit_glue(plan->ctx, base, "_schema");
    plan->stamp = emit_free_base(plan, base, ends);
    if (!gen_str_eq(plan->stamp, base)) {
        emit_note_name(plan, base, plan->stamp, "the name is taken");
    }
}

bool
emit_plan_make(emit_plan *plan)
{
    const gen_schema *schema = plan->schema;
    size_t i;

    for (i = 0; i < schema->tables.count; i++) {
        const gen_table *table = gen_table_at(&schema->tables, i);

        if (!table->attrs.skip) emit_table_add(plan, table);
    }
    for (i = 0; i < plan->tables.count && !plan->errors; i++) {
        emit_table_fill(plan, (const emit_table *)plan->tables.at[i]);
    }
    if (!plan->errors) emit_queries_plan(plan);
    if (!plan->errors) emit_stamp_name(plan);
    return !plan->errors;
}
