/* surrealgen/emit/link.c: records by other things than their id: the columns
 * of unique indexes, links from other tables, edges, pages. */
#include "query.h"

#include <stdio.h>
#include <string.h>

/* Arguments and variables of one lookup. */
typedef struct emit_keyset {
    gen_buf params; /* "surreal_str email" */
    gen_buf where;  /* a C literal */
    gen_buf binds;
    gen_buf name;   /* "email" */
} emit_keyset;

static const emit_member *
emit_column(const emit_struct *s, gen_str column)
{
    size_t i;

    for (i = 0; i < s->members.count; i++) {
        const emit_member *m = (const emit_member *)s->members.at[i];

        if (gen_str_eq(m->column, column)) return m;
    }
    return NULL;
}

/* The C type of a column as an argument, and how it is bound; false if it is
 * none that could be compared. `!` is the argument. */
static bool
emit_bind_of(gen_ctx *ctx, const emit_type *type, gen_str *c,
             const char **bind)
{
    static const struct {
        const char *member, *c, *bind;
    } plain[] = {
        {"BOOL", "bool", "bool(@, !)"},
        {"INT", "int64_t", "int(@, !)"},
        {"FLOAT", "double", "float(@, !)"},
        {"STRING", "surreal_str", "str(@, !)"},
        {"CHARS", "surreal_str", "str(@, !)"},
        {"DATETIME", "surreal_datetime", "datetime(@, !)"},
        {"DURATION", "surreal_duration", "duration(@, !)"},
        {"UUID", "surreal_uuid", "uuid(@, !)"},
        {NULL, NULL, NULL}};
    size_t i;

    (void)ctx;
    for (i = 0; plain[i].member; i++) {
        if (strcmp(type->member, plain[i].member)) continue;
        *c = gen_str_lit(plain[i].c);
        *bind = plain[i].bind;
        return true;
    }
    if (!strcmp(type->member, "RECORD")) {
        *c = type->c;
        *bind = gen_str_is(type->c, "surreal_record_id") ? "id(@, !)"
                                                         : "id(@, !.rid)";
        return true;
    }
    if (!strcmp(type->member, "ENUM") && !type->e->is_int) {
        *c = type->e->name;
        *bind = "text(@, #_name(!))";
        return true;
    }
    return false;
}

/* Append one column; `at` counts from 1. */
static bool
emit_keyset_add(gen_ctx *ctx, emit_keyset *l, const emit_member *m,
                unsigned at)
{
    const char *bind;
    gen_str c;
    size_t i;

    if (!m || !emit_bind_of(ctx, &m->type, &c, &bind)) return false;
    gen_buf_add_fmt(&l->params, "%s%.*s key%u", at > 1 ? ", " : "",
                    (int)c.len, c.ptr, at);
    gen_buf_add_fmt(&l->name, "%s%.*s", at > 1 ? "_" : "", (int)m->name.len,
                    m->name.ptr);
    gen_buf_add_text(&l->where, at > 1 ? " AND " : "");
    gen_surql_quoted(&l->where, m->column);
    gen_buf_add_fmt(&l->where, " = $srl_%u", at);
    gen_buf_add_text(&l->binds, at > 1 ? ", surreal_bind_" : "surreal_bind_");
    for (i = 0; bind[i]; i++) {
        if (bind[i] == '@') {
            gen_buf_add_fmt(&l->binds, "\"srl_%u\"", at);
        } else if (bind[i] == '!') {
            gen_buf_add_fmt(&l->binds, "key%u", at);
        } else if (bind[i] == '#') {
            gen_buf_add_str(&l->binds, c);
        } else {
            gen_buf_add_char(&l->binds, bind[i]);
        }
    }
    return true;
}

static void
emit_keyset_init(gen_ctx *ctx, emit_keyset *l)
{
    gen_buf_init(&l->params, ctx);
    gen_buf_init(&l->where, ctx);
    gen_buf_init(&l->binds, ctx);
    gen_buf_init(&l->name, ctx);
}

static gen_str
emit_str_of(const gen_buf *buf)
{
    gen_str out;

    out.ptr = buf->ptr ? buf->ptr : "";
    out.len = buf->len;
    return out;
}

/* A free name for a function of a table. */
static gen_str
emit_link_name(emit_plan *plan, gen_str base, const char *between,
               gen_str end)
{
    static const char *const ends[] = {"", NULL};

    return emit_free_base(plan, emit_join(plan->ctx, base, between, end),
                          ends);
}

static gen_str
emit_quote_c(gen_ctx *ctx, gen_str text)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    emit_long_text(&out, text, "        ");
    return emit_str_of(&out);
}

/* ---- columns ------------------------------------------------------------ */

static void
emit_unique(emit_plan *plan, gen_buf *out, const emit_struct *s,
            const gen_index *index)
{
    emit_words words;
    emit_keyset l;
    size_t i;

    if (index->kind != GEN_IX_UNIQUE || index->bad || index->removed) return;
    emit_keyset_init(plan->ctx, &l);
    for (i = 0; i < index->columns.count; i++) {
        const gen_list *path = gen_index_column(index, i);

        if (path->count != 1 ||
            gen_part_at(path, 0)->kind != GEN_PART_NAME ||
            !emit_keyset_add(plan->ctx, &l,
                             emit_column(s, gen_part_at(path, 0)->name),
                             (unsigned)i + 1)) {
            return;
        }
    }
    if (!i) return;
    memset(&words, 0, sizeof words);
    words.name = s->name;
    words.member = emit_link_name(plan, s->name, "_get_by_",
                                  emit_str_of(&l.name));
    words.type = emit_str_of(&l.params);
    words.constant = emit_quote_c(plan->ctx, emit_str_of(&l.where));
    words.other = emit_str_of(&l.binds);
    emit_template(out,
        "/* SURREAL_NOT_FOUND if there is none. */\n"
        "static inline surreal_status\n"
        "@(surreal *db, #, $_row *out)\n{\n"
        "    return surreal_model_by(db, &$_model,!,\n"
        "        SURREAL_VARS(~), out ? &out->row : NULL, "
        "out ? &out->result : NULL);\n}\n\n",
        &words);
}

/* All rows whose column links to one record. */
static void
emit_reverse(emit_plan *plan, gen_buf *out, const emit_struct *s,
             const emit_member *m)
{
    emit_words words;
    emit_keyset l;

    if (strcmp(m->type.member, "RECORD") || m->key) return;
    if (gen_str_is(m->type.c, "surreal_record_id")) return;
    if (s->is_edge && (gen_str_is(m->column, "in") ||
                       gen_str_is(m->column, "out"))) {
        return;
    }
    emit_keyset_init(plan->ctx, &l);
    emit_keyset_add(plan->ctx, &l, m, 1);
    memset(&words, 0, sizeof words);
    words.name = s->name;
    words.member = emit_link_name(plan, s->name, "_by_", m->name);
    words.type = emit_str_of(&l.params);
    words.constant = emit_quote_c(plan->ctx, emit_str_of(&l.where));
    words.other = emit_str_of(&l.binds);
    emit_template(out,
        "static inline surreal_status\n"
        "@(surreal *db, #, $_rows *out)\n{\n"
        "    return $_find(db,!,\n        SURREAL_VARS(~), out);\n}\n\n",
        &words);
}

static void
emit_page(emit_plan *plan, gen_buf *out, const emit_struct *s)
{
    emit_words words;

    memset(&words, 0, sizeof words);
    words.name = s->name;
    words.member = emit_link_name(plan, s->name, "_page", gen_str_lit(""));
    emit_template(out,
        "/* At most `count` records behind `id`, in the order of ids; a zeroed "
        "id: from\n * the beginning. */\n"
        "static inline surreal_status\n"
        "@(surreal *db, $_id id, size_t count, $_rows *out)\n{\n"
        "    void *v;\n"
        "    surreal_status status = surreal_model_page(db, &$_model, id.rid, "
        "count, &v, &out->count, &out->result);\n\n"
        "    out->v = ($ *)v;\n    return status;\n}\n\n",
        &words);
}

/* `@encrypt(argon2)`: is this the text that was hashed? */
static void
emit_check(emit_plan *plan, gen_buf *out, const emit_struct *s,
           const gen_field *field)
{
    gen_str how = field->attrs.encrypt;
    emit_words words;
    gen_buf text;

    if (!how.len || field->path.count != 1) return;
    gen_buf_init(&text, plan->ctx);
    gen_buf_add_fmt(&text, "SELECT VALUE crypto::%.*s::compare(", (int)how.len,
                    how.ptr);
    gen_surql_quoted(&text, field->name);
    gen_buf_add_text(&text, ", $srl_text) FROM ONLY $srl_id");
    memset(&words, 0, sizeof words);
    words.name = s->name;
    words.member = emit_link_name(plan, s->name, "_check_",
                                  emit_fold(plan->ctx,
                                            field->attrs.c_name.len
                                                ? field->attrs.c_name
                                                : field->name));
    words.constant = emit_quote_c(plan->ctx, emit_str_of(&text));
    emit_template(out,
        "/* Whether the column was made from this text; the server compares. "
        "*/\n"
        "static inline surreal_status\n"
        "@(surreal *db, $_id id, surreal_str text, bool *out)\n{\n"
        "    return surreal_model_matches(db, &$_model,!,\n"
        "        id.rid, text, out);\n}\n\n",
        &words);
}

/* ---- edges -------------------------------------------------------------- */

/* Rows reached from one end. */
static void
emit_reach(emit_plan *plan, gen_buf *out, const emit_struct *edge,
           const char *end, gen_str id, gen_str row, const char *first,
           const char *then, const gen_table *target)
{
    emit_words words;
    gen_buf text;

    gen_buf_init(&text, plan->ctx);
    gen_buf_add_fmt(&text, "SELECT * FROM $srl_id%s", first);
    gen_surql_quoted(&text, edge->column);
    if (target) {
        gen_buf_add_text(&text, then);
        gen_surql_quoted(&text, target->name);
    }
    memset(&words, 0, sizeof words);
    words.name = row;
    words.member = emit_link_name(plan, edge->name, end, gen_str_lit(""));
    words.type = id.len ? id : gen_str_lit("surreal_record_id");
    words.constant = emit_quote_c(plan->ctx, emit_str_of(&text));
    words.other = gen_str_lit(id.len ? "id.rid" : "id");
    emit_template(out,
        "static inline surreal_status\n"
        "@(surreal *db, # id, $_rows *out)\n{\n"
        "    void *v;\n"
        "    surreal_status status = surreal_model_linked(db, &$_model,!,\n"
        "        ~, &v, &out->count, &out->result);\n\n"
        "    out->v = ($ *)v;\n    return status;\n}\n\n",
        &words);
}

static const emit_table *
emit_only(const emit_plan *plan, const gen_list *tables)
{
    if (tables->count != 1) return NULL;
    return emit_table_of(plan, gen_name_at(tables, 0)->text);
}

static void
emit_edge(emit_plan *plan, gen_buf *out, const emit_struct *s)
{
    const emit_table *from = emit_only(plan, &s->table->from);
    const emit_table *to = emit_only(plan, &s->table->to);
    gen_str any = gen_str_lit("surreal_record_id");
    emit_words words;

    memset(&words, 0, sizeof words);
    words.name = s->name;
    words.member = emit_link_name(plan, s->name, "_unrelate",
                                  gen_str_lit(""));
    words.type = s->from_type.len ? s->from_type : any;
    words.other = s->to_type.len ? s->to_type : any;
    words.constant = gen_str_lit(
        s->from_type.len ? (s->to_type.len ? "from.rid, to.rid"
                                           : "from.rid, to")
                         : (s->to_type.len ? "from, to.rid" : "from, to"));
    emit_template(out,
        "/* Deletes all edges from one to the other; `count` may be NULL. */\n"
        "static inline surreal_status\n"
        "@(surreal *db, # from, ~ to, size_t *count)\n{\n"
        "    return surreal_model_unrelate(db, &$_model, !, count);\n}\n\n",
        &words);
    gen_buf_add_text(out, "/* Edges that leave a record, and that lead to "
                          "one. */\n");
    emit_reach(plan, out, s, "_from", s->from_type, s->name, "->", "", NULL);
    emit_reach(plan, out, s, "_to", s->to_type, s->name, "<-", "", NULL);
    if (to) {
        gen_buf_add_text(out, "/* Records a record leads to. */\n");
        emit_reach(plan, out, s, "_targets", s->from_type, to->base, "->",
                   "->", to->table);
    }
    if (from) {
        gen_buf_add_text(out, "/* Records that lead to a record. */\n");
        emit_reach(plan, out, s, "_sources", s->to_type, from->base, "<-",
                   "<-", from->table);
    }
}

void
emit_links_header(emit_plan *plan, gen_buf *out)
{
    size_t i;
    size_t j;

    for (i = 0; i < plan->items.count; i++) {
        const emit_item *item = (const emit_item *)plan->items.at[i];
        const emit_struct *s = (const emit_struct *)item->of;

        if (item->kind != EMIT_STRUCT || !s->table) continue;
        if (s->table->view.present) continue;
        emit_page(plan, out, s);
        for (j = 0; j < s->table->indexes.count; j++) {
            emit_unique(plan, out, s, gen_index_at(&s->table->indexes, j));
        }
        for (j = 0; j < s->members.count; j++) {
            emit_reverse(plan, out, s,
                         (const emit_member *)s->members.at[j]);
        }
        for (j = 0; j < s->table->fields.count; j++) {
            emit_check(plan, out, s, gen_field_at(&s->table->fields, j));
        }
        if (s->is_edge) emit_edge(plan, out, s);
    }
}
