/* surrealgen/emit/sg.c: one definition as an item or a member of .sg.
 *
 * Expressions are the source's own bytes. A definition that would lower to
 * other SurrealQL than it was is not fit, and stays what it is: a field
 * without a TYPE, an object type that would become fields. */
#include "sg.h"

#include <string.h>

/* ------------------------------------------------------------------- pieces */

bool sg_no(sg_printer *p, const char *why)
{
    p->why = why;
    return false;
}

void sg_put_text(sg_printer *p, const char *text)
{
    gen_buf_add_text(p->out, text);
}

void sg_put_clause(sg_printer *p, const char *word, const gen_clause *clause)
{
    if (!clause->present) return;
    gen_buf_add_fmt(p->out, " %s ", word);
    gen_buf_add_str(p->out, clause->text);
}

/* Words of the server, which it reads in any letter case. */
static void put_lower(sg_printer *p, gen_str text)
{
    bool number = false;
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        bool digit = c >= '0' && c <= '9';
        bool first = i == 0 || strchr(" (,", text.ptr[i - 1]) != NULL;
        if (first) number = digit;
        if (letter && !number && c <= 'Z') c = (char)(c | 32);
        gen_buf_add_char(p->out, c);
    }
}

static void put_names(sg_printer *p, const char *word, const gen_list *names,
                      const char *between)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        sg_put_text(p, i == 0 ? word : between);
        gen_surql_name(p->out, gen_name_at(names, i)->text);
    }
}

static bool exists_fits(sg_printer *p, gen_exists exists)
{
    if (exists == GEN_EXISTS_PLAIN || p->opt->drop_exists) return true;
    return sg_no(p, exists == GEN_EXISTS_OVERWRITE ? "it says OVERWRITE"
              : "it says IF NOT EXISTS");
}

/* The text of a COMMENT that reads back as the doc comment it becomes. */
static bool as_doc(sg_printer *p, const gen_clause *comment, gen_str *text)
{
    gen_buf again;
    size_t i;

    if (!comment->present || comment->text.len < 3) return false;
    if (comment->text.ptr[0] != '\'') return false;
    for (i = 1; i + 1 < comment->text.len; i++) {
        if (comment->text.ptr[i] == '\'' && comment->text.ptr[i - 1] != '\\') {
            return false;
        }
    }
    *text = gen_unquote(p->ctx, comment->text);
    gen_buf_init(&again, p->ctx);
    gen_surql_string(&again, *text);
    if (!gen_str_eq(gen_buf_str(&again), comment->text)) return false;
    for (i = 0; i < text->len; i++) {
        bool last = i + 1 == text->len || text->ptr[i + 1] == '\n';
        unsigned char c = (unsigned char)text->ptr[i];
        if (last && (c == ' ' || c == '\t')) return false;
        if (c < ' ' && c != '\n' && c != '\t') return false;
    }
    return true;
}

void sg_put_doc(sg_printer *p, const gen_clause *comment, gen_str doc,
                const char *indent)
{
    gen_str text;
    size_t i;

    if (doc.len > 0 || !as_doc(p, comment, &text)) return;
    gen_buf_add_fmt(p->out, "%s///", indent);
    for (i = 0; i < text.len; i++) {
        bool start = i == 0 || text.ptr[i - 1] == '\n';
        if (text.ptr[i] == '\n') {
            gen_buf_add_fmt(p->out, "%s%s///", p->nl, indent);
            continue;
        }
        if (start) gen_buf_add_char(p->out, ' ');
        gen_buf_add_char(p->out, text.ptr[i]);
    }
    sg_put_text(p, p->nl);
}

/* Only where sg_put_doc() could not. */
static void put_comment(sg_printer *p, const gen_clause *comment, gen_str doc)
{
    gen_str text;

    if (doc.len == 0 && as_doc(p, comment, &text)) return;
    sg_put_clause(p, "comment", comment);
}

static bool comment_is_clause(sg_printer *p, const gen_clause *comment,
                              gen_str doc)
{
    gen_str text;

    return comment->present && (doc.len > 0 || !as_doc(p, comment, &text));
}

void sg_put_attrs(sg_printer *p, const gen_attrs *attrs)
{
    size_t i, k;

    for (i = 0; i < attrs->list.count; i++) {
        const gen_attr *attr = gen_attr_at(&attrs->list, i);
        gen_buf_add_fmt(p->out, " @%s", attr->name.ptr);
        for (k = 0; k < attr->args.count; k++) {
            const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, k);
            sg_put_text(p, k == 0 ? "(" : ", ");
            if (arg->key.len > 0) {
                gen_buf_add_fmt(p->out, "%s: ", arg->key.ptr);
            }
            if (arg->is_string) {
                gen_surql_string(p->out, arg->text);
            } else {
                gen_buf_add_str(p->out, arg->text);
            }
        }
        if (attr->args.count > 0) gen_buf_add_char(p->out, ')');
    }
}

static void put_rule(sg_printer *p, const gen_perm_rule *rule)
{
    static const char *const ops[] = {
        "select", "create", "update", "delete"
    };
    const char *before = " for ";
    unsigned i;

    for (i = 0; i < 4; i++) {
        if ((rule->ops & (1u << i)) == 0) continue;
        gen_buf_add_fmt(p->out, "%s%s", before, ops[i]);
        before = ", ";
    }
    if (rule->kind == GEN_PERM_NONE) sg_put_text(p, " none");
    if (rule->kind == GEN_PERM_FULL) sg_put_text(p, " full");
    if (rule->kind == GEN_PERM_WHERE) sg_put_clause(p, "where", &rule->where);
}

static void put_perms(sg_printer *p, const gen_perms *perms)
{
    size_t i;

    if (perms->kind == GEN_PERM_UNSET) return;
    sg_put_text(p, "permissions");
    if (perms->kind == GEN_PERM_NONE) sg_put_text(p, " none");
    if (perms->kind == GEN_PERM_FULL) sg_put_text(p, " full");
    for (i = 0; i < perms->rules.count; i++) {
        if (i > 0) gen_buf_add_char(p->out, ',');
        put_rule(p, gen_perm_rule_at(&perms->rules, i));
    }
}

/* ------------------------------------------------------------------- tables */

bool sg_table_fits(sg_printer *p, const gen_table *table)
{
    if (table->kind == GEN_TABLE_ANY && !table->view.present) {
        return sg_no(p, "a model cannot be TYPE ANY");
    }
    if (table->kind == GEN_TABLE_RELATION
        && (table->from.count == 0 || table->to.count == 0)) {
        return sg_no(p, "an edge names the tables it connects");
    }
    if (table->view.present && (table->perms.kind != GEN_PERM_UNSET
        || table->changefeed.present || table->drop || table->schemafull
        || table->kind != GEN_TABLE_NORMAL
        || comment_is_clause(p, &table->comment, table->doc))) {
        return sg_no(p, "a view has no clauses");
    }
    return exists_fits(p, table->exists);
}

void sg_put_head(sg_printer *p, const gen_table *table)
{
    bool edge = table->kind == GEN_TABLE_RELATION;

    sg_put_text(p, edge ? "edge " : "model ");
    gen_surql_name(p->out, table->name);
    put_names(p, " from ", &table->from, " | ");
    put_names(p, " to ", &table->to, " | ");
    if (table->enforced) sg_put_text(p, " enforced");
    sg_put_text(p, table->schemafull ? " schemafull" : " schemaless");
    if (table->drop) sg_put_text(p, " drop");
    sg_put_clause(p, "changefeed", &table->changefeed);
    if (table->changefeed_original) sg_put_text(p, " include original");
    sg_put_attrs(p, &table->attrs);
    sg_put_text(p, " {");
}

void sg_put_tail(sg_printer *p, const gen_table *table)
{
    if (comment_is_clause(p, &table->comment, table->doc)) {
        gen_buf_add_fmt(p->out, "  comment %s;%s", table->comment.text.ptr,
                        p->nl);
    }
    if (table->perms.kind != GEN_PERM_UNSET) {
        sg_put_text(p, "  ");
        put_perms(p, &table->perms);
        gen_buf_add_fmt(p->out, ";%s", p->nl);
    }
    sg_put_text(p, "}");
}

void sg_put_view(sg_printer *p, const gen_table *table)
{
    sg_put_text(p, "view ");
    gen_surql_name(p->out, table->name);
    sg_put_attrs(p, &table->attrs);
    gen_buf_add_fmt(p->out, " { }%s ", p->nl);
    sg_put_clause(p, "as", &table->view);
    gen_buf_add_char(p->out, ';');
}

/* ------------------------------------------------------------------- fields */

static bool is_object_type(const gen_type *type)
{
    return type->kind == GEN_T_SHAPE
        || (type->kind == GEN_T_OPTION && type->elem != NULL
            && type->elem->kind == GEN_T_SHAPE);
}

/* An error in a member (SG401), which has @encrypt for it. */
static bool is_hash(const gen_field *field)
{
    gen_str text = field->value.text;
    size_t i;

    if (!field->value.present || field->readonly || text.len < 16
        || memcmp(text.ptr, "crypto::", 8) != 0) return false;
    for (i = 8; i + 8 <= text.len; i++) {
        if (memcmp(text.ptr + i, "generate", 8) == 0) return true;
    }
    return false;
}

bool sg_field_fits(sg_printer *p, const gen_field *field)
{
    gen_exists exists = field->exists;

    if (!field->has_type) return sg_no(p, "it has no TYPE");
    if (is_hash(field)) return sg_no(p, "its hash is hashed again on update");
    if (is_object_type(field->type)) {
        return sg_no(p, "its object type would become fields");
    }
    if (gen_part_at(&field->path, field->path.count - 1)->kind
        == GEN_PART_ALL && !p->opt->drop_exists) {
        /* What a model says of an element replaces what the server made. */
        if (exists != GEN_EXISTS_OVERWRITE) {
            return sg_no(p, "an element that does not say OVERWRITE");
        }
        exists = GEN_EXISTS_PLAIN;
    }
    return exists_fits(p, exists);
}

/* Nothing but a name and a type. */
bool sg_is_plain(const gen_field *field)
{
    return field->has_type && !is_object_type(field->type)
        && field->exists == GEN_EXISTS_PLAIN && !field->flexible
        && !field->readonly && !field->reference && !field->default_.present
        && !field->value.present && !field->assert_.present
        && !field->computed.present && !field->comment.present
        && field->perms.kind == GEN_PERM_UNSET && field->doc.len == 0
        && field->attrs.list.count == 0;
}

/* A column named like a word that starts another member is quoted. */
static void put_path(sg_printer *p, const gen_list *path)
{
    static const char *const words[] = {
        "index", "unique", "event", "use", "permissions", "reserved", NULL
    };
    const gen_part *first = gen_part_at(path, 0);
    gen_buf rest;

    gen_buf_init(&rest, p->ctx);
    gen_surql_path(&rest, path);
    if (gen_word_in(first->name, words) && rest.ptr[0] != '`') {
        gen_buf_add_fmt(p->out, "`%s`%s", first->name.ptr,
                        rest.ptr + first->name.len);
    } else {
        gen_buf_add_str(p->out, gen_buf_str(&rest));
    }
}

static void put_reference(sg_printer *p, const gen_field *field)
{
    static const char *const words[] = {
        "", "ignore", "unset", "cascade", "reject", "then"
    };
    if (!field->reference) return;
    sg_put_text(p, " reference");
    if (field->on_delete == GEN_DELETE_UNSET_CLAUSE) return;
    gen_buf_add_fmt(p->out, " on delete %s", words[field->on_delete]);
    if (field->on_delete == GEN_DELETE_THEN) {
        gen_buf_add_char(p->out, ' ');
        gen_buf_add_str(p->out, field->delete_then.text);
    }
}

void sg_put_field(sg_printer *p, const gen_field *field, const char *shape)
{
    put_path(p, &field->path);
    gen_buf_add_char(p->out, ' ');
    if (shape != NULL) {
        sg_put_text(p, shape);
    } else {
        gen_surql_type(p->out, field->type);
    }
    sg_put_attrs(p, &field->attrs);
    if (field->flexible) sg_put_text(p, " flexible");
    sg_put_clause(p, field->default_always ? "default always" : "default",
               &field->default_);
    if (field->readonly) sg_put_text(p, " readonly");
    sg_put_clause(p, "value", &field->value);
    sg_put_clause(p, "assert", &field->assert_);
    sg_put_clause(p, "computed", &field->computed);
    put_reference(p, field);
    put_comment(p, &field->comment, field->doc);
    if (field->perms.kind != GEN_PERM_UNSET) gen_buf_add_char(p->out, ' ');
    put_perms(p, &field->perms);
    gen_buf_add_char(p->out, ';');
}

/* ---------------------------------------------------------- indexes, events */

/* Whether the table has the column, as a model must. */
static bool has_column(const gen_table *table, const gen_list *path)
{
    const gen_list *fields = &table->fields;
    size_t i, k;

    for (i = 0; i < path->count; i++) {
        const gen_part *part = gen_part_at(path, i);
        const gen_field *found = NULL;
        if (part->kind != GEN_PART_NAME) continue;
        if (i == 0 && (gen_str_is(part->name, "id")
                       || (table->kind == GEN_TABLE_RELATION
                           && (gen_str_is(part->name, "in")
                               || gen_str_is(part->name, "out"))))) {
            return true;
        }
        for (k = 0; k < fields->count && found == NULL; k++) {
            const gen_field *field = gen_field_at(fields, k);
            if (gen_str_eq(field->name, part->name)) found = field;
        }
        if (found == NULL) return false;
        if (found->flexible || found->children.count == 0
            || gen_field_elem(found) != NULL) return true;
        fields = &found->children;
    }
    return true;
}

bool sg_index_fits(sg_printer *p, const gen_index *index)
{
    bool columns = index->columns.count > 0;
    size_t i;

    for (i = 0; index->table->schemafull && i < index->columns.count; i++) {
        if (has_column(index->table, gen_index_column(index, i))) continue;
        return sg_no(p, "it names a column that is not defined here");
    }
    if (index->defer) return sg_no(p, "DEFER");
    if (index->comment.present) return sg_no(p, "an index has no comment");
    if (index->kind == GEN_IX_UNIQUE ? !columns : index->kind == GEN_IX_PLAIN
        && !columns) {
        return sg_no(p, "an index names its columns");
    }
    return exists_fits(p, index->exists);
}

void sg_put_index(sg_printer *p, const gen_index *index)
{
    static const char *const kinds[] = {
        "", "", " count", " fulltext", " fulltext", " hnsw", " mtree"
    };
    size_t i;

    sg_put_text(p, index->kind == GEN_IX_UNIQUE ? "unique " : "index ");
    gen_surql_name(p->out, index->name);
    for (i = 0; i < index->columns.count; i++) {
        sg_put_text(p, i == 0 ? " (" : ", ");
        gen_surql_path(p->out, gen_index_column(index, i));
    }
    if (index->columns.count > 0) gen_buf_add_char(p->out, ')');
    sg_put_text(p, kinds[index->kind]);
    sg_put_clause(p, "where", &index->where);
    if (index->analyzer.len > 0) {
        sg_put_text(p, " analyzer ");
        gen_surql_name(p->out, index->analyzer);
    }
    if (index->options.len > 0) {
        gen_buf_add_char(p->out, ' ');
        put_lower(p, index->options);
    }
    if (index->concurrently) sg_put_text(p, " concurrently");
    sg_put_attrs(p, &index->attrs);
    gen_buf_add_char(p->out, ';');
}

bool sg_event_fits(sg_printer *p, const gen_event *event)
{
    if (comment_is_clause(p, &event->comment, event->doc)) {
        return sg_no(p, "an event has no comment");
    }
    return exists_fits(p, event->exists);
}

void sg_put_event(sg_printer *p, const gen_event *event)
{
    size_t i;

    sg_put_text(p, "event ");
    gen_surql_name(p->out, event->name);
    if (event->async) sg_put_text(p, " async");
    if (event->has_retry) {
        gen_buf_add_fmt(p->out, " retry %llu",
                        (unsigned long long)event->retry);
    }
    if (event->has_maxdepth) {
        gen_buf_add_fmt(p->out, " maxdepth %llu",
                        (unsigned long long)event->maxdepth);
    }
    sg_put_clause(p, "when", &event->when);
    for (i = 0; i < event->then.count; i++) {
        sg_put_clause(p, i == 0 ? "then" : ",", gen_clause_at(&event->then, i));
    }
    gen_buf_add_char(p->out, ';');
}
