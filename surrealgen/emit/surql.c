/* surrealgen/emit/surql.c: the schema as SurrealQL.
 *
 * Statements come out in the order they were written, in one canonical form
 * that SurrealDB 2 and 3 both read: TABLE always says its TYPE and whether it
 * is SCHEMAFULL, FLEXIBLE stands behind the type, NONE is spelt option<>.
 * A model is lowered to its table, its fields (parents first) and its
 * indexes; a struct to `object` and one field for each member; an enum to
 * the union of its literals. Expressions and raw statements are the source's
 * own bytes. */
#include "../gen.h"

#include <string.h>

typedef struct printer {
    gen_ctx *ctx;
    gen_buf *out;
    gen_exists exists;
    bool v3;
} printer;

/* ------------------------------------------------------------------- names */

static bool same_word(gen_str a, const char *word)
{
    size_t i;

    for (i = 0; i < a.len && word[i] != 0; i++) {
        char c = a.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != word[i]) return false;
    }
    return i == a.len && word[i] == 0;
}

/* Words that are something else at some place where a name can stand. */
static bool is_reserved(gen_str name)
{
    static const char *const words[] = {
        "alter", "break", "continue", "create", "define", "delete",
        "explain", "false", "fn", "for", "function", "if", "infinity",
        "info", "insert", "let", "ml", "nan", "none", "null", "only",
        "overwrite", "rand", "rebuild", "relate", "remove", "return",
        "select", "sleep", "table", "throw", "true", "update", "upsert",
        "value", NULL
    };
    size_t i;

    for (i = 0; words[i] != NULL; i++) {
        if (same_word(name, words[i])) return true;
    }
    return false;
}

static bool is_plain(gen_str name)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && c != '_' && (i == 0 || c < '0' || c > '9')) {
            return false;
        }
    }
    return name.len > 0 && !is_reserved(name);
}

void gen_surql_name(gen_buf *out, gen_str name)
{
    size_t i;

    if (is_plain(name)) {
        gen_buf_add_str(out, name);
        return;
    }
    gen_buf_add_char(out, '`');
    for (i = 0; i < name.len; i++) {
        if (name.ptr[i] == '`' || name.ptr[i] == '\\') {
            gen_buf_add_char(out, '\\');
        }
        gen_buf_add_char(out, name.ptr[i]);
    }
    gen_buf_add_char(out, '`');
}

static void put_part(gen_buf *out, const gen_part *part, bool first)
{
    if (part->kind == GEN_PART_INDEX) {
        gen_buf_add_fmt(out, "[%s]", part->name.ptr);
        return;
    }
    if (!first) gen_buf_add_char(out, '.');
    if (part->kind == GEN_PART_ALL) {
        gen_buf_add_char(out, '*');
    } else {
        gen_surql_name(out, part->name);
    }
}

void gen_surql_path(gen_buf *out, const gen_list *path)
{
    size_t i;

    for (i = 0; i < path->count; i++) {
        put_part(out, gen_part_at(path, i), i == 0);
    }
}

/* Both versions read \\ and \' and raw characters. */
void gen_surql_string(gen_buf *out, gen_str text)
{
    size_t i;

    gen_buf_add_char(out, '\'');
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'' || text.ptr[i] == '\\') {
            gen_buf_add_char(out, '\\');
        }
        gen_buf_add_char(out, text.ptr[i]);
    }
    gen_buf_add_char(out, '\'');
}

/* ------------------------------------------------------------------- types */

/* open: a struct here may be `object`, its members follow as fields. */
static void put_type(gen_buf *out, const gen_type *type, bool open);

static void put_names(gen_buf *out, const gen_type *type)
{
    size_t i;

    gen_buf_add_text(out, gen_type_word(type->kind));
    if (type->names.count == 0) return;
    gen_buf_add_char(out, '<');
    for (i = 0; i < type->names.count; i++) {
        if (i > 0) gen_buf_add_text(out, " | ");
        gen_surql_name(out, gen_name_at(&type->names, i)->text);
    }
    gen_buf_add_char(out, '>');
}

static void put_enum(gen_buf *out, const gen_enum *e)
{
    size_t i;

    for (i = 0; i < e->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&e->variants, i);
        if (i > 0) gen_buf_add_text(out, " | ");
        if (e->is_int) {
            gen_buf_add_fmt(out, "%lld", (long long)v->number);
        } else {
            gen_surql_string(out, v->value);
        }
    }
}

/* Members as one closed object type. */
static void put_fields_type(gen_buf *out, const gen_list *fields)
{
    size_t i;

    gen_buf_add_text(out, "{ ");
    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_name(out, field->name);
        gen_buf_add_text(out, ": ");
        if (field->children.count > 0 && gen_field_elem(field) == NULL) {
            bool option = field->type->kind == GEN_T_OPTION;
            if (option) gen_buf_add_text(out, "option<");
            put_fields_type(out, &field->children);
            if (option) gen_buf_add_char(out, '>');
        } else {
            put_type(out, field->type, false);
        }
    }
    gen_buf_add_text(out, " }");
}

static void put_shape(gen_buf *out, const gen_type *type)
{
    size_t i;

    if (type->members.count == 0) {
        gen_buf_add_text(out, "{}");
        return;
    }
    gen_buf_add_text(out, "{ ");
    for (i = 0; i < type->members.count; i++) {
        const gen_member *member = gen_member_at(&type->members, i);
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_name(out, member->name);
        gen_buf_add_text(out, ": ");
        put_type(out, member->type, false);
    }
    gen_buf_add_text(out, " }");
}

/* NONE among the arms, or option<> as one, becomes option<> around them. */
static void put_union(gen_buf *out, const gen_type *type)
{
    bool option = false;
    bool first = true;
    size_t i;

    for (i = 0; i < type->arms.count; i++) {
        gen_type_kind kind = gen_type_at(&type->arms, i)->kind;
        option = option || kind == GEN_T_NONE || kind == GEN_T_OPTION;
    }
    if (option) gen_buf_add_text(out, "option<");
    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        if (arm->kind == GEN_T_NONE) continue;
        if (!first) gen_buf_add_text(out, " | ");
        first = false;
        put_type(out, arm->kind == GEN_T_OPTION ? arm->elem : arm, false);
    }
    if (option) gen_buf_add_char(out, '>');
}

static void put_elem(gen_buf *out, const gen_type *type, bool open)
{
    size_t at;

    gen_buf_add_text(out, gen_type_word(type->kind));
    if (type->elem == NULL) return;
    gen_buf_add_char(out, '<');
    /* `<-` is an arrow: a negative literal keeps its distance. */
    at = out->len;
    put_type(out, type->elem, open);
    if (out->ptr[at] == '-') {
        out->len = at;
        gen_buf_add_char(out, ' ');
        put_type(out, type->elem, open);
    }
    if (type->has_length) {
        gen_buf_add_fmt(out, ", %llu", (unsigned long long)type->length);
    }
    gen_buf_add_char(out, '>');
}

static void put_tuple(gen_buf *out, const gen_type *type)
{
    size_t i;

    gen_buf_add_char(out, '[');
    for (i = 0; i < type->arms.count; i++) {
        if (i > 0) gen_buf_add_text(out, ", ");
        put_type(out, gen_type_at(&type->arms, i), false);
    }
    gen_buf_add_char(out, ']');
}

static void put_type(gen_buf *out, const gen_type *type, bool open)
{
    switch (type->kind) {
    case GEN_T_OPTION:
    case GEN_T_ARRAY:
    case GEN_T_SET:
        put_elem(out, type, open);
        break;
    case GEN_T_RECORD:
    case GEN_T_TABLE:
    case GEN_T_FILE:
    case GEN_T_GEOMETRY:
    case GEN_T_REFERENCES:
        put_names(out, type);
        break;
    case GEN_T_UNION:
        put_union(out, type);
        break;
    case GEN_T_LITERAL:
        gen_buf_add_str(out, type->literal);
        break;
    case GEN_T_SHAPE:
        put_shape(out, type);
        break;
    case GEN_T_TUPLE:
        put_tuple(out, type);
        break;
    case GEN_T_ENUM:
        put_enum(out, type->enum_ref);
        break;
    case GEN_T_STRUCT:
        if (open) {
            gen_buf_add_text(out, "object");
        } else {
            put_fields_type(out, &type->struct_ref->fields);
        }
        break;
    case GEN_T_NAME:
        gen_buf_add_str(out, type->name);
        break;
    default:
        gen_buf_add_text(out, gen_type_word(type->kind));
        break;
    }
}

void gen_surql_type(gen_buf *out, const gen_type *type)
{
    put_type(out, type, true);
}

/* The struct whose members follow as fields, or NULL; steps gets a `.*` for
 * every array between. Must agree with `open` above. */
static const gen_struct *open_struct(const gen_type *type, gen_buf *steps)
{
    while (type->kind == GEN_T_OPTION || type->kind == GEN_T_ARRAY
           || type->kind == GEN_T_SET) {
        if (type->elem == NULL) return NULL;
        if (type->kind != GEN_T_OPTION) gen_buf_add_text(steps, ".*");
        type = type->elem;
    }
    return type->kind == GEN_T_STRUCT ? type->struct_ref : NULL;
}

/* ----------------------------------------------------------------- clauses */

static void put_exists(printer *p, gen_exists exists)
{
    if (p->exists != GEN_EXISTS_PLAIN) exists = p->exists;
    if (exists == GEN_EXISTS_OVERWRITE) {
        gen_buf_add_text(p->out, " OVERWRITE");
    } else if (exists == GEN_EXISTS_IF_NOT) {
        gen_buf_add_text(p->out, " IF NOT EXISTS");
    }
}

static void put_clause(printer *p, const char *word, const gen_clause *clause)
{
    if (!clause->present) return;
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_text(p->out, word);
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_str(p->out, clause->text);
}

/* The comment that was written, else in .sg files the doc comment. */
static void put_comment(printer *p, const gen_clause *comment, gen_str doc,
                        bool docs_count)
{
    if (comment->present || doc.len == 0 || !docs_count) {
        put_clause(p, "COMMENT", comment);
        return;
    }
    gen_buf_add_text(p->out, " COMMENT ");
    gen_surql_string(p->out, doc);
}

static void put_rule(printer *p, const gen_perm_rule *rule)
{
    static const char *const ops[] = {
        "select", "create", "update", "delete"
    };
    bool first = true;
    unsigned i;

    gen_buf_add_text(p->out, " FOR ");
    for (i = 0; i < 4; i++) {
        if ((rule->ops & (1u << i)) == 0) continue;
        if (!first) gen_buf_add_text(p->out, ", ");
        first = false;
        gen_buf_add_text(p->out, ops[i]);
    }
    if (rule->kind == GEN_PERM_NONE) {
        gen_buf_add_text(p->out, " NONE");
    } else if (rule->kind == GEN_PERM_FULL) {
        gen_buf_add_text(p->out, " FULL");
    } else {
        put_clause(p, "WHERE", &rule->where);
    }
}

static void put_perms(printer *p, const gen_perms *perms)
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

static void put_reference(printer *p, const gen_field *field)
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

/* Everything behind the name of the table. */
static void put_field_tail(printer *p, const gen_field *field, bool model)
{
    if (field->implied) {
        bool array = field->eff != NULL && field->eff->kind == GEN_T_ARRAY;
        gen_buf_add_text(p->out, array ? " TYPE option<array>;\n"
                         : " TYPE option<object>;\n");
        return;
    }
    if (field->has_type) {
        gen_buf_add_text(p->out, " TYPE ");
        put_type(p->out, field->type, true);
    }
    if (field->flexible) gen_buf_add_text(p->out, " FLEXIBLE");
    put_clause(p, field->default_always ? "DEFAULT ALWAYS" : "DEFAULT",
               &field->default_);
    if (field->readonly) gen_buf_add_text(p->out, " READONLY");
    put_clause(p, "VALUE", &field->value);
    put_clause(p, "ASSERT", &field->assert_);
    put_clause(p, "COMPUTED", &field->computed);
    put_reference(p, field);
    put_comment(p, &field->comment, field->doc, model);
    put_perms(p, &field->perms);
    gen_buf_add_text(p->out, ";\n");
}

/* A field of a model, then what is below it. prefix is the path so far. */
static void put_member(printer *p, const gen_table *table, gen_str prefix,
                       const gen_field *field);

static void put_members(printer *p, const gen_table *table, gen_str prefix,
                        const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        put_member(p, table, prefix, gen_field_at(fields, i));
    }
}

/* SurrealDB 2 drops the elements of an array of anything in a SCHEMAFULL
 * table, without a word, unless the element is a field too. */
static bool needs_element(const printer *p, const gen_field *field)
{
    const gen_type *core = field->type->core;
    const gen_field *elem = gen_field_elem(field);

    if (p->v3 || (elem != NULL && !elem->implied)) return false;
    return (core->kind == GEN_T_ARRAY || core->kind == GEN_T_SET)
        && (core->elem == NULL || core->elem->kind == GEN_T_ANY);
}

static void put_any_element(printer *p, const gen_table *table, gen_str path)
{
    gen_buf_add_text(p->out, "DEFINE FIELD");
    put_exists(p, GEN_EXISTS_OVERWRITE);
    gen_buf_add_char(p->out, ' ');
    gen_buf_add_str(p->out, path);
    gen_buf_add_text(p->out, ".* ON ");
    gen_surql_name(p->out, table->name);
    gen_buf_add_text(p->out, " TYPE any;\n");
}

static void put_member(printer *p, const gen_table *table, gen_str prefix,
                       const gen_field *field)
{
    const gen_part *last = gen_part_at(&field->path, field->path.count - 1);
    const gen_struct *of;
    gen_str here;
    gen_buf path;
    gen_buf steps;

    gen_buf_init(&path, p->ctx);
    gen_buf_add_str(&path, prefix);
    put_part(&path, last, prefix.len == 0);
    here.ptr = path.ptr;
    here.len = path.len;
    /* An element nobody described is made by the server itself; one that
     * was described replaces what the server made. */
    if (!field->defined && (!field->is_elem || !field->implied)) {
        gen_buf_add_text(p->out, "DEFINE FIELD");
        put_exists(p, field->is_elem ? GEN_EXISTS_OVERWRITE : field->exists);
        gen_buf_add_char(p->out, ' ');
        gen_buf_add_str(p->out, here);
        gen_buf_add_text(p->out, " ON ");
        gen_surql_name(p->out, table->name);
        put_field_tail(p, field, true);
    }
    if (!field->defined && needs_element(p, field)) {
        put_any_element(p, table, here);
    }
    gen_buf_init(&steps, p->ctx);
    gen_buf_add_str(&steps, here);
    of = open_struct(field->type, &steps);
    if (of != NULL && !field->defined) {
        here.ptr = steps.ptr;
        here.len = steps.len;
        put_members(p, table, here, &of->fields);
        return;
    }
    put_members(p, table, here, &field->children);
}

static void put_field_item(printer *p, const gen_field *field)
{
    gen_buf_add_text(p->out, "DEFINE FIELD");
    put_exists(p, field->exists);
    gen_buf_add_char(p->out, ' ');
    gen_surql_path(p->out, &field->path);
    gen_buf_add_text(p->out, " ON ");
    gen_surql_name(p->out, field->table->name);
    put_field_tail(p, field, false);
}

/* ----------------------------------------------------------------- indexes */

static void put_index_kind(printer *p, const gen_index *index)
{
    switch (index->kind) {
    case GEN_IX_PLAIN:
        return;
    case GEN_IX_UNIQUE:
        gen_buf_add_text(p->out, " UNIQUE");
        return;
    case GEN_IX_COUNT:
        gen_buf_add_text(p->out, " COUNT");
        put_clause(p, "WHERE", &index->where);
        return;
    case GEN_IX_FULLTEXT:
    case GEN_IX_SEARCH:
        gen_buf_add_text(p->out, p->v3 ? " FULLTEXT" : " SEARCH");
        if (index->analyzer.len > 0) {
            gen_buf_add_text(p->out, " ANALYZER ");
            gen_surql_name(p->out, index->analyzer);
        }
        break;
    case GEN_IX_HNSW:
        gen_buf_add_text(p->out, " HNSW");
        break;
    case GEN_IX_MTREE:
        gen_buf_add_text(p->out, " MTREE");
        break;
    }
    if (index->options.len > 0) {
        gen_buf_add_char(p->out, ' ');
        gen_buf_add_str(p->out, index->options);
    }
}

static void put_index(printer *p, const gen_index *index)
{
    size_t i;

    gen_buf_add_text(p->out, "DEFINE INDEX");
    put_exists(p, index->exists);
    gen_buf_add_char(p->out, ' ');
    gen_surql_name(p->out, index->name);
    gen_buf_add_text(p->out, " ON ");
    gen_surql_name(p->out, index->table->name);
    for (i = 0; i < index->columns.count; i++) {
        gen_buf_add_text(p->out, i == 0 ? " FIELDS " : ", ");
        gen_surql_path(p->out, gen_index_column(index, i));
    }
    put_index_kind(p, index);
    if (index->concurrently) gen_buf_add_text(p->out, " CONCURRENTLY");
    if (index->defer) gen_buf_add_text(p->out, " DEFER");
    put_clause(p, "COMMENT", &index->comment);
    gen_buf_add_text(p->out, ";\n");
}

/* ------------------------------------------------------------------ tables */

static void put_relation(printer *p, const char *word, const gen_list *names)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        gen_buf_add_text(p->out, i == 0 ? word : " | ");
        gen_surql_name(p->out, gen_name_at(names, i)->text);
    }
}

static void put_table(printer *p, const gen_table *table)
{
    static const char *const kinds[] = { "ANY", "NORMAL", "RELATION" };
    size_t i;
    gen_str none = { "", 0 };

    gen_buf_add_text(p->out, "DEFINE TABLE");
    put_exists(p, table->exists);
    gen_buf_add_char(p->out, ' ');
    gen_surql_name(p->out, table->name);
    gen_buf_add_fmt(p->out, " TYPE %s", kinds[table->kind]);
    put_relation(p, " IN ", &table->from);
    put_relation(p, " OUT ", &table->to);
    if (table->enforced) gen_buf_add_text(p->out, " ENFORCED");
    if (table->drop) gen_buf_add_text(p->out, " DROP");
    gen_buf_add_text(p->out, table->schemafull ? " SCHEMAFULL"
                     : " SCHEMALESS");
    put_clause(p, "AS", &table->view);
    put_clause(p, "CHANGEFEED", &table->changefeed);
    if (table->changefeed_original) {
        gen_buf_add_text(p->out, " INCLUDE ORIGINAL");
    }
    put_comment(p, &table->comment, table->doc, table->from_model);
    put_perms(p, &table->perms);
    gen_buf_add_text(p->out, ";\n");
    if (!table->from_model) return;
    put_members(p, table, none, &table->fields);
    for (i = 0; i < table->indexes.count; i++) {
        const gen_index *index = gen_index_at(&table->indexes, i);
        if (!index->defined) put_index(p, index);
    }
}

void gen_emit_surql(gen_ctx *ctx, const gen_surql_options *opt,
                    gen_buf *out)
{
    const gen_schema *schema = gen_schema_of(ctx);
    printer p;
    size_t i;

    p.ctx = ctx;
    p.out = out;
    p.exists = opt->exists;
    p.v3 = schema->target.major >= 3;
    for (i = 0; i < schema->items.count; i++) {
        const gen_item *item = gen_item_at(&schema->items, i);
        if (item->kind == GEN_ITEM_TABLE) {
            put_table(&p, (const gen_table *)item->of);
        } else if (item->kind == GEN_ITEM_FIELD) {
            put_field_item(&p, (const gen_field *)item->of);
        } else if (item->kind == GEN_ITEM_INDEX) {
            put_index(&p, (const gen_index *)item->of);
        } else if (item->kind == GEN_ITEM_RAW) {
            gen_buf_add_str(out, ((const gen_raw *)item->of)->text);
            gen_buf_add_text(out, ";\n");
        }
    }
}
