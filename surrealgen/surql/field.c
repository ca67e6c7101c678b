/* surrealgen/surql/field.c: clauses, and fields with what is below them. */
#include "surql.h"

/* ----------------------------------------------------------------- clauses */

void sql_define(sql_printer *p, const char *what, gen_exists exists)
{
    p->from = p->out->len;
    gen_buf_add_fmt(p->out, "DEFINE %s", what);
    if (p->opt->exists != GEN_EXISTS_PLAIN) exists = p->opt->exists;
    if (exists == GEN_EXISTS_OVERWRITE) {
        gen_buf_add_text(p->out, " OVERWRITE");
    } else if (exists == GEN_EXISTS_IF_NOT) {
        gen_buf_add_text(p->out, " IF NOT EXISTS");
    }
    gen_buf_add_char(p->out, ' ');
}

void sql_end(sql_printer *p, const gen_attrs *attrs, gen_pos pos)
{
    size_t to = p->out->len;

    gen_buf_add_text(p->out, ";\n");
    if (p->opt->each != NULL) {
        p->opt->each(p->opt->user, p->from, to, attrs, pos);
    }
}

void sql_clause(sql_printer *p, const char *word, const gen_clause *clause)
{
    if (!clause->present) return;
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_text(p->out, word);
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_str(p->out, clause->text);
}

/* Plain files have COMMENT for what is meant for the server. */
void sql_comment(sql_printer *p, const gen_clause *comment, gen_str doc,
                 gen_pos pos)
{
    bool is_sg = pos.file != NULL && pos.file->is_sg;

    if (comment->present || doc.len == 0 || !is_sg) {
        sql_clause(p, "COMMENT", comment);
        return;
    }
    gen_buf_add_text(p->out, " COMMENT ");
    gen_surql_string(p->out, doc);
}

/* The rule of a function or parameter is for no operation in particular. */
static void put_rule(sql_printer *p, const gen_perm_rule *rule)
{
    static const char *const ops[] = {
        "select", "create", "update", "delete"
    };
    bool first = true;
    unsigned i;

    for (i = 0; i < 4; i++) {
        if ((rule->ops & (1u << i)) == 0) continue;
        gen_buf_add_text(p->out, first ? " FOR " : ", ");
        first = false;
        gen_buf_add_text(p->out, ops[i]);
    }
    if (rule->kind == GEN_PERM_NONE) {
        gen_buf_add_text(p->out, " NONE");
    } else if (rule->kind == GEN_PERM_FULL) {
        gen_buf_add_text(p->out, " FULL");
    } else {
        sql_clause(p, "WHERE", &rule->where);
    }
}

void sql_perms(sql_printer *p, const gen_perms *perms)
{
    size_t i;

    if (perms->kind == GEN_PERM_UNSET) return;
    gen_buf_add_text(p->out, " PERMISSIONS");
    if (perms->kind == GEN_PERM_NONE) gen_buf_add_text(p->out, " NONE");
    if (perms->kind == GEN_PERM_FULL) gen_buf_add_text(p->out, " FULL");
    for (i = 0; i < perms->rules.count; i++) {
        if (i > 0) gen_buf_add_char(p->out, ',');
        put_rule(p, gen_perm_rule_at(&perms->rules, i));
    }
}

/* ------------------------------------------------------------------ fields */

static void put_reference(sql_printer *p, const gen_field *field)
{
    static const char *const words[] = {
        "", "IGNORE", "UNSET", "CASCADE", "REJECT", "THEN"
    };
    if (!field->reference) return;
    gen_buf_add_text(p->out, " REFERENCE");
    if (field->on_delete == GEN_DELETE_UNSET_CLAUSE) return;
    gen_buf_add_fmt(p->out, " ON DELETE %s", words[field->on_delete]);
    if (field->on_delete == GEN_DELETE_THEN) {
        gen_buf_add_char(p->out, ' ');
        gen_buf_add_str(p->out, field->delete_then.text);
    }
}

/* SurrealDB 2 has no COMPUTED. A future is worked out on every read as well,
 * but no type except `any` lets one through. */
static void put_future(sql_printer *p, const gen_field *field)
{
    gen_buf_add_text(p->out, " VALUE <future> { ");
    gen_buf_add_str(p->out, field->computed.text);
    gen_buf_add_text(p->out, " }");
}

/* Everything behind the name of the table. */
static void put_field_tail(sql_printer *p, const gen_field *field)
{
    bool future = field->computed.present && !p->v3;

    if (field->implied) {
        bool array = field->eff != NULL && field->eff->kind == GEN_T_ARRAY;
        gen_buf_add_text(p->out, array ? " TYPE option<array>"
                         : " TYPE option<object>");
        sql_end(p, &field->attrs, field->pos);
        return;
    }
    if (field->has_type && !future) {
        gen_buf_add_text(p->out, " TYPE ");
        sql_type(p->out, field->type, true);
    }
    if (field->flexible) gen_buf_add_text(p->out, " FLEXIBLE");
    sql_clause(p, field->default_always ? "DEFAULT ALWAYS" : "DEFAULT",
               &field->default_);
    if (field->readonly) gen_buf_add_text(p->out, " READONLY");
    sql_clause(p, "VALUE", &field->value);
    sql_clause(p, "ASSERT", &field->assert_);
    if (future) {
        put_future(p, field);
    } else {
        sql_clause(p, "COMPUTED", &field->computed);
    }
    put_reference(p, field);
    sql_comment(p, &field->comment, field->doc, field->pos);
    sql_perms(p, &field->perms);
    sql_end(p, &field->attrs, field->pos);
}

/* A field of a model, then what is below it. prefix is the path so far. */
/* Elements of arrays and the ends of relations are there before they are
 * described. */
static bool made_by_server(const gen_table *table, const gen_field *field)
{
    if (field->is_elem) return true;
    return table->kind == GEN_TABLE_RELATION && field->path.count == 1
        && (gen_str_is(field->name, "in") || gen_str_is(field->name, "out"));
}

static void put_member(sql_printer *p, const gen_table *table, gen_str prefix,
                       const gen_field *field);

void sql_members(sql_printer *p, const gen_table *table, gen_str prefix,
                        const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        put_member(p, table, prefix, gen_field_at(fields, i));
    }
}

/* SurrealDB 2 drops the elements of an array of anything in a SCHEMAFULL
 * table, without a word, unless the element is a field too. */
static bool needs_element(const sql_printer *p, const gen_field *field)
{
    const gen_type *core = field->type->core;
    const gen_field *elem = gen_field_elem(field);

    if (p->v3 || (elem != NULL && !elem->implied)) return false;
    return (core->kind == GEN_T_ARRAY || core->kind == GEN_T_SET)
        && (core->elem == NULL || core->elem->kind == GEN_T_ANY);
}

static void put_any_element(sql_printer *p, const gen_table *table,
                            const gen_field *field, gen_str path)
{
    sql_define(p, "FIELD", GEN_EXISTS_OVERWRITE);
    gen_buf_add_str(p->out, path);
    gen_buf_add_text(p->out, ".* ON ");
    gen_surql_name(p->out, table->name);
    gen_buf_add_text(p->out, " TYPE any");
    sql_end(p, NULL, field->pos);
}

static void put_member(sql_printer *p, const gen_table *table, gen_str prefix,
                       const gen_field *field)
{
    const gen_part *last = gen_part_at(&field->path, field->path.count - 1);
    const gen_struct *of;
    gen_str here;
    gen_buf path;
    gen_buf steps;

    gen_buf_init(&path, p->ctx);
    gen_buf_add_str(&path, prefix);
    sql_part(&path, last, prefix.len == 0);
    here.ptr = path.ptr;
    here.len = path.len;
    /* An element nobody described is made by the server itself; one that
     * was described replaces what the server made. A DEFINE of its own says
     * itself what it replaces, and makes no parents. */
    if (!field->implied || (!field->is_elem && !field->defined)) {
        sql_define(p, "FIELD", made_by_server(table, field)
                   && !field->defined ? GEN_EXISTS_OVERWRITE
                   : field->exists);
        gen_buf_add_str(p->out, here);
        gen_buf_add_text(p->out, " ON ");
        gen_surql_name(p->out, table->name);
        put_field_tail(p, field);
    }
    if (!field->defined && needs_element(p, field)) {
        put_any_element(p, table, field, here);
    }
    gen_buf_init(&steps, p->ctx);
    gen_buf_add_str(&steps, here);
    of = sql_open_struct(field->type, &steps);
    if (of != NULL) {
        here.ptr = steps.ptr;
        here.len = steps.len;
        sql_members(p, table, here, &of->fields);
        return;
    }
    sql_members(p, table, here, &field->children);
}

void sql_field(sql_printer *p, const gen_field *field)
{
    sql_define(p, "FIELD", field->exists);
    gen_surql_path(p->out, &field->path);
    gen_buf_add_text(p->out, " ON ");
    gen_surql_name(p->out, field->table->name);
    put_field_tail(p, field);
}
