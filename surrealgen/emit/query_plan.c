/* surrealgen/emit/query_plan.c: what queries, functions and access methods
 * become in C. */
#include "query.h"

#include <stdio.h>
#include <string.h>

/* ---- names -------------------------------------------------------------- */

/* The name with the prefix. `::` is one `_`. */
static gen_str
emit_prefixed(emit_plan *plan, const char *before, gen_str name)
{
    gen_buf flat;
    gen_str out;
    size_t i;

    gen_buf_init(&flat, plan->ctx);
    gen_buf_add_text(&flat, before);
    for (i = 0; i < name.len; i++) {
        if (name.ptr[i] == ':' && i + 1 < name.len && name.ptr[i + 1] == ':') {
            continue;
        }
        gen_buf_add_char(&flat, name.ptr[i]);
    }
    out.ptr = flat.ptr;
    out.len = flat.len;
    out = emit_fold(plan->ctx, out);
    return plan->prefix.len ? emit_join(plan->ctx, plan->prefix, "_", out)
                            : out;
}

/* ---- parameters --------------------------------------------------------- */

static emit_member *
emit_parm_member(emit_plan *plan, gen_str base, const gen_parm *parm)
{
    emit_member *m = (emit_member *)gen_new(plan->ctx, sizeof *m);
    gen_str name = emit_fold(plan->ctx, parm->name);

    m->type = emit_type_of(plan, parm->type->core, NULL,
                           emit_join(plan->ctx, base, "_", name));
    m->optional = parm->type->optional || parm->default_.present;
    m->nullable = parm->type->nullable;
    m->required = !m->optional;
    m->doc = parm->doc;
    return m;
}

/* The struct of the parameters; NULL for none. */
static emit_struct *
emit_args(emit_plan *plan, gen_str base, gen_str label, const void *key,
          const gen_list *params, const char *end)
{
    emit_struct *s;
    size_t i;

    if (!params->count) return NULL;
    s = emit_struct_new(plan, emit_glue(plan->ctx, base, end), label, key);
    for (i = 0; i < params->count; i++) {
        const gen_parm *parm = gen_parm_at(params, i);
        emit_member *m = emit_parm_member(plan, base, parm);

        emit_struct_add(plan, s, parm->name,
                        emit_fold(plan->ctx, parm->name), parm->pos, m);
    }
    emit_item_add(plan, EMIT_STRUCT, s);
    return s;
}

/* Defaults the program knows go into `defaults`; others in front of the text,
 * for the server to find out. Returns the number of statements that takes. */
static unsigned
emit_defaults(emit_plan *plan, emit_query *q, const gen_list *params,
              gen_buf *text)
{
    unsigned count = 0;
    size_t i;

    for (i = 0; i < params->count; i++) {
        const gen_parm *parm = gen_parm_at(params, i);
        const emit_member *m = (const emit_member *)q->args->members.at[i];
        emit_default *d;
        bool is_none;
        gen_str value;

        if (!parm->default_.present) continue;
        value = emit_literal_of(plan->ctx, m, parm->default_.text, &is_none);
        if (is_none) continue;
        if (value.len) {
            d = (emit_default *)gen_new(plan->ctx, sizeof *d);
            d->member = m;
            d->value = value;
            gen_list_push(plan->ctx, &q->defaults, d);
            continue;
        }
        value = emit_trim(parm->default_.text);
        gen_buf_add_fmt(text,
                        "LET $%.*s = IF $%.*s = NONE { %.*s } ELSE "
                        "{ $%.*s };\n",
                        (int)parm->name.len, parm->name.ptr,
                        (int)parm->name.len, parm->name.ptr, (int)value.len,
                        value.ptr, (int)parm->name.len, parm->name.ptr);
        count++;
    }
    return count;
}

/* ---- rows --------------------------------------------------------------- */

static const emit_struct *
emit_table_struct(const emit_plan *plan, const gen_table *table)
{
    size_t i;

    for (i = 0; i < plan->items.count; i++) {
        const emit_item *item = (const emit_item *)plan->items.at[i];

        if (item->kind == EMIT_STRUCT &&
            ((const emit_struct *)item->of)->table == table) {
            return (const emit_struct *)item->of;
        }
    }
    return NULL;
}

static bool
emit_is_flat(const emit_type *type)
{
    static const char *const flat[] = {"BOOL", "INT", "FLOAT", "DATETIME",
                                       "DURATION", "UUID", "POINT", "ENUM",
                                       NULL};
    size_t i;

    for (i = 0; flat[i]; i++) {
        if (!strcmp(type->member, flat[i])) return true;
    }
    return false;
}

static emit_type
emit_any(void)
{
    emit_type type;

    memset(&type, 0, sizeof type);
    type.member = "RAW";
    type.c = gen_str_lit("surreal_raw");
    return type;
}

/* The type of a row that is not a table's. */
static emit_type
emit_row_type(emit_plan *plan, const gen_type *type, gen_str base)
{
    emit_type out = emit_type_of(plan, type->core, NULL, base);

    /* A value known beforehand is no member: it is looked at as it comes. */
    if (!strcmp(out.member, "CONST")) return emit_any();
    if (!strcmp(out.member, "ARRAY")) {
        emit_array *inner = (emit_array *)(uintptr_t)out.a;

        inner->has_type = true;
        out.c = inner->name;
    }
    return out;
}

/* One array<T> is many T: the value is its own array of rows. */
static const gen_type *
emit_elements(const gen_type *type, gen_shape_kind *shape)
{
    const gen_type *core = type->core;

    if ((*shape != GEN_SHAPE_ONE && *shape != GEN_SHAPE_MAYBE) ||
        (core->kind != GEN_T_ARRAY && core->kind != GEN_T_SET)) {
        return type;
    }
    *shape = GEN_SHAPE_MANY;
    return core->elem; /* NULL: any */
}

/* What a row is, and what describes it. `table` may be NULL. */
static void
emit_row(emit_plan *plan, emit_answer *answer, const gen_type *type,
         const gen_table *table, gen_str base)
{
    emit_array *row = (emit_array *)gen_new(plan->ctx, sizeof *row);
    const emit_struct *s = table ? emit_table_struct(plan, table) : NULL;
    static const char *const ends[] = {"_", NULL};

    if (s) {
        row->item.member = "STRUCT";
        row->item.c = s->name;
        row->item.s = s;
        answer->is_part = true;
    } else if (table) {
        row->item = emit_any();
    } else {
        type = emit_elements(type, &answer->shape);
        if (!type || ((type->optional || type->nullable) &&
                      answer->shape == GEN_SHAPE_MANY)) {
            row->item = emit_any();
        } else {
            row->item = emit_row_type(plan, type, base);
        }
    }
    row->name = emit_free_base(plan, base, ends);
    answer->row = row;
    answer->is_flat = emit_is_flat(&row->item) &&
                      answer->shape != GEN_SHAPE_MANY;
    emit_item_add(plan, EMIT_ARRAY, row);
}

/* The type that holds the rows and their result: the table's own, or one of
 * the query. */
static void
emit_owner(emit_plan *plan, emit_query *q, const emit_answer *answer)
{
    const emit_struct *s = answer->row ? answer->row->item.s : NULL;
    bool is_many = answer->shape == GEN_SHAPE_MANY;
    gen_str base = s && s->table ? s->name : q->name;
    gen_str name;

    if (q->is_tuple || answer->shape == GEN_SHAPE_NONE ||
        answer->shape == GEN_SHAPE_EACH || answer->shape == GEN_SHAPE_LIVE ||
        answer->is_flat) {
        return;
    }
    name = emit_glue(plan->ctx, base, is_many ? "_rows" : "_row");
    if (is_many) {
        q->rows = name;
        q->owns_rows = !s || !s->table;
    } else {
        q->row = name;
        q->owns_row = !s || !s->table;
    }
}

/* ---- queries ------------------------------------------------------------ */

static const char *const emit_query_ends[] = {
    "", "_query", "_row", "_rows", "_out", "_fn", "_each", "_call", "_event",
    "_read", "_next", "_text_", "_answers_", NULL};

static emit_query *
emit_query_new(emit_plan *plan, gen_str base, gen_str label, gen_str doc,
               gen_pos pos)
{
    emit_query *q = (emit_query *)gen_new(plan->ctx, sizeof *q);

    q->name = emit_free_base(plan, base, emit_query_ends);
    if (!gen_str_eq(q->name, base)) {
        emit_note_name(plan, label, q->name, "the name is taken");
    }
    q->label = label;
    q->doc = doc;
    q->pos = pos;
    gen_list_push(plan->ctx, &plan->queries, q);
    return q;
}

static void
emit_answers(emit_plan *plan, emit_query *q, const gen_query *query,
             unsigned before)
{
    size_t i;

    for (i = 0; i < query->shapes.count; i++) {
        size_t at = emit_statement_of(query);
        const gen_shape *shape = gen_shape_at(&query->shapes, i);
        emit_answer *answer =
            (emit_answer *)gen_new(plan->ctx, sizeof *answer);
        gen_str base = emit_glue(plan->ctx, q->name, "_item");
        char number[32];

        answer->shape = shape->kind;
        snprintf(number, sizeof number, "r%zu", i + 1);
        answer->member = gen_str_copy(plan->ctx, number, strlen(number));
        if (q->is_tuple) {
            at = i;
            base = emit_join(plan->ctx, q->name, "_", answer->member);
        }
        emit_statement(query, at, before, answer->statement);
        if (shape->kind != GEN_SHAPE_NONE) {
            emit_row(plan, answer, shape->type, shape->table, base);
        }
        emit_owner(plan, q, answer);
        gen_list_push(plan->ctx, &q->answers, answer);
    }
}

static bool
emit_has_attr(const gen_attrs *attrs, const char *name)
{
    size_t i;

    for (i = 0; i < attrs->list.count; i++) {
        if (gen_str_is(gen_attr_at(&attrs->list, i)->name, name)) return true;
    }
    return false;
}

static void
emit_query_plan(emit_plan *plan, const gen_query *query)
{
    gen_str base = query->attrs.c_name.len ? query->attrs.c_name
                                           : query->name;
    emit_query *q;
    unsigned before = 0;
    gen_buf text;

    if (query->bad || query->attrs.skip) return;
    q = emit_query_new(plan, emit_prefixed(plan, "", base), query->name,
                       query->doc, query->pos);
    q->is_tuple = query->is_tuple;
    q->is_retried = emit_has_attr(&query->attrs, "retry");
    q->args = emit_args(plan, q->name, query->name, query, &query->params,
                        "_args");
    gen_buf_init(&text, plan->ctx);
    if (q->args) before = emit_defaults(plan, q, &query->params, &text);
    gen_buf_add_str(&text, emit_trim(query->body.text));
    q->text.ptr = text.ptr;
    q->text.len = text.len;
    emit_answers(plan, q, query, before);
}

/* ---- functions ---------------------------------------------------------- */

static void
emit_function_text(emit_plan *plan, emit_query *q, const gen_function *f,
                   unsigned *before)
{
    gen_buf text;
    size_t i;

    gen_buf_init(&text, plan->ctx);
    *before = q->args ? emit_defaults(plan, q, &f->params, &text) : 0;
    gen_buf_add_fmt(&text, "RETURN %.*s(", (int)q->label.len, q->label.ptr);
    for (i = 0; i < f->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&f->params, i);

        gen_buf_add_fmt(&text, "%s$%.*s", i ? ", " : "", (int)parm->name.len,
                        parm->name.ptr);
    }
    gen_buf_add_char(&text, ')');
    q->text.ptr = text.ptr;
    q->text.len = text.len;
}

static void
emit_function_plan(emit_plan *plan, const gen_function *f)
{
    emit_answer *answer = (emit_answer *)gen_new(plan->ctx, sizeof *answer);
    gen_str base;
    emit_query *q;

    if (f->bad || f->removed || f->attrs.skip) return;
    base = f->attrs.c_name.len
               ? emit_prefixed(plan, "", f->attrs.c_name)
               : emit_prefixed(plan, "fn_", f->name);
    q = emit_query_new(plan, base,
                       emit_join(plan->ctx, gen_str_lit("fn"), "::", f->name),
                       f->doc, f->pos);
    q->args = emit_args(plan, q->name, q->label, f, &f->params, "_args");
    emit_function_text(plan, q, f, &answer->statement[0]);
    answer->statement[1] = answer->statement[0];
    answer->shape = GEN_SHAPE_ONE;
    if (f->returns) {
        gen_type_kind kind = f->returns->core->kind;

        if (kind == GEN_T_NONE || kind == GEN_T_NULL) {
            answer->shape = GEN_SHAPE_NONE;
        } else if (kind != GEN_T_ANY &&
                   (f->returns->optional || f->returns->nullable)) {
            answer->shape = GEN_SHAPE_MAYBE;
        }
    }
    if (answer->shape != GEN_SHAPE_NONE) {
        gen_str item = emit_glue(plan->ctx, q->name, "_item");

        if (f->returns) {
            emit_row(plan, answer, f->returns, NULL, item);
        } else {
            emit_array *row = (emit_array *)gen_new(plan->ctx, sizeof *row);
            static const char *const ends[] = {"_", NULL};

            row->item = emit_any();
            row->name = emit_free_base(plan, item, ends);
            answer->row = row;
            emit_item_add(plan, EMIT_ARRAY, row);
        }
    }
    emit_owner(plan, q, answer);
    gen_list_push(plan->ctx, &q->answers, answer);
}

/* ---- access ------------------------------------------------------------- */

/* The type of a variable nobody declared: that of a column of the same name
 * in a table the expression speaks of, or a string. */
static const gen_type *
emit_guess_type(emit_plan *plan, gen_str text, gen_str name)
{
    gen_type *type = (gen_type *)gen_new(plan->ctx, sizeof *type);
    size_t i;
    size_t j;

    for (i = 0; i < plan->tables.count; i++) {
        const gen_table *t = ((const emit_table *)plan->tables.at[i])->table;

        if (!strstr(text.ptr, t->name.ptr)) continue;
        for (j = 0; j < t->fields.count; j++) {
            const gen_field *field = gen_field_at(&t->fields, j);

            if (gen_str_eq(field->name, name) && field->has_type &&
                field->type->core->kind != GEN_T_OBJECT) {
                return field->type;
            }
        }
    }
    type->kind = GEN_T_STRING;
    type->core = type;
    return type;
}

/* The parameters of the DEFINE form are the names its expression reads. */
static void
emit_guess_params(emit_plan *plan, const gen_signing *signing, gen_list *out)
{
    gen_str text = gen_str_copy(plan->ctx, signing->expr.text.ptr,
                                signing->expr.text.len);
    gen_list names;
    size_t i;

    memset(&names, 0, sizeof names);
    emit_names_in(plan->ctx, text, &names);
    for (i = 0; i < names.count; i++) {
        gen_parm *parm = (gen_parm *)gen_new(plan->ctx, sizeof *parm);

        parm->name = gen_name_at(&names, i)->text;
        parm->pos = signing->expr.pos;
        parm->type = (gen_type *)(uintptr_t)emit_guess_type(plan, text,
                                                            parm->name);
        parm->doc = gen_str_lit("");
        gen_list_push(plan->ctx, out, parm);
    }
}

static void
emit_sign_plan(emit_plan *plan, const gen_access *access,
               const gen_signing *signing, bool is_new)
{
    static const char *const ends[] = {"", NULL};
    emit_sign *sign = (emit_sign *)gen_new(plan->ctx, sizeof *sign);
    gen_list params = signing->params;
    gen_str base = access->attrs.c_name.len ? access->attrs.c_name
                                            : access->name;

    if (!signing->present) return;
    if (!params.count) emit_guess_params(plan, signing, &params);
    base = emit_glue(plan->ctx, emit_prefixed(plan, "", base),
                     is_new ? "_signup" : "_signin");
    sign->name = emit_free_base(plan, base, ends);
    sign->access = access->name;
    sign->doc = access->doc;
    sign->is_new = is_new;
    sign->args = emit_args(plan, sign->name, access->name, signing, &params,
                           "_args");
    gen_list_push(plan->ctx, &plan->signs, sign);
}

void
emit_queries_plan(emit_plan *plan)
{
    const gen_schema *schema = plan->schema;
    size_t i;

    for (i = 0; i < schema->functions.count; i++) {
        emit_function_plan(plan, gen_function_at(&schema->functions, i));
    }
    for (i = 0; i < schema->accesses.count; i++) {
        const gen_access *access = gen_access_at(&schema->accesses, i);

        if (access->bad || access->removed || access->attrs.skip) continue;
        if (access->kind != GEN_ACCESS_RECORD) continue;
        if (access->level != GEN_LEVEL_DATABASE) continue;
        emit_sign_plan(plan, access, &access->signup, true);
        emit_sign_plan(plan, access, &access->signin, false);
    }
    for (i = 0; i < schema->queries.count; i++) {
        emit_query_plan(plan, gen_query_at(&schema->queries, i));
    }
}
