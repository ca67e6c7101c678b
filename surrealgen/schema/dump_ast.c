/* surrealgen/schema/dump_ast.c: -d ast, the intermediate form in lines.
 *
 * For people and tests: one line for each thing, its members below it, types
 * as they were written. Nothing parses it. */
#include "front.h"

#include <string.h>

static void put_name(gen_buf *out, const char *word, gen_str name)
{
    gen_buf_add_fmt(out, "%s ", word);
    gen_surql_name(out, name);
}

static void put_clause(gen_buf *out, const char *word,
                       const gen_clause *clause)
{
    if (!clause->present) return;
    gen_buf_add_fmt(out, " (%s ", word);
    gen_buf_add_str(out, clause->text);
    gen_buf_add_char(out, ')');
}

static void put_type(gen_buf *out, const gen_type *type)
{
    size_t i;

    switch (type->kind) {
    case GEN_T_ENUM:
    case GEN_T_STRUCT:
    case GEN_T_ALIAS:
    case GEN_T_NAME:
        gen_buf_add_str(out, type->name);
        return;
    case GEN_T_OPTION:
    case GEN_T_ARRAY:
    case GEN_T_SET:
        gen_buf_add_text(out, gen_type_word(type->kind));
        if (type->elem == NULL) return;
        gen_buf_add_char(out, '<');
        put_type(out, type->elem);
        if (type->has_length) {
            gen_buf_add_fmt(out, ", %llu", (unsigned long long)type->length);
        }
        gen_buf_add_char(out, '>');
        return;
    case GEN_T_UNION:
        for (i = 0; i < type->arms.count; i++) {
            if (i > 0) gen_buf_add_text(out, " | ");
            put_type(out, gen_type_at(&type->arms, i));
        }
        return;
    case GEN_T_SHAPE:
        for (i = 0; i < type->members.count; i++) {
            const gen_member *member = gen_member_at(&type->members, i);
            gen_buf_add_text(out, i > 0 ? ", " : "{ ");
            gen_surql_name(out, member->name);
            gen_buf_add_text(out, ": ");
            put_type(out, member->type);
        }
        gen_buf_add_text(out, i > 0 ? " }" : "{}");
        return;
    default:
        gen_surql_type(out, type);
    }
}

static void put_attr(gen_buf *out, const gen_attr *attr)
{
    size_t i;

    gen_buf_add_fmt(out, " @%s", attr->name.ptr);
    for (i = 0; i < attr->args.count; i++) {
        const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, i);
        gen_buf_add_text(out, i > 0 ? ", " : "(");
        if (arg->key.len > 0) gen_buf_add_fmt(out, "%s: ", arg->key.ptr);
        if (arg->is_string) {
            gen_surql_string(out, arg->text);
        } else {
            gen_buf_add_str(out, arg->text);
        }
    }
    if (attr->args.count > 0) gen_buf_add_char(out, ')');
}

static void put_attrs(gen_buf *out, const gen_attrs *attrs)
{
    size_t i;

    for (i = 0; i < attrs->list.count; i++) {
        put_attr(out, gen_attr_at(&attrs->list, i));
    }
}

static void put_exists(gen_buf *out, gen_exists exists)
{
    if (exists == GEN_EXISTS_OVERWRITE) gen_buf_add_text(out, " overwrite");
    if (exists == GEN_EXISTS_IF_NOT) gen_buf_add_text(out, " if-not-exists");
}

static void put_doc(gen_buf *out, gen_str doc)
{
    if (doc.len == 0) return;
    gen_buf_add_text(out, " doc ");
    gen_surql_string(out, doc);
}

static void put_perms(gen_buf *out, const gen_perms *perms)
{
    static const char *const ops[] = { "select", "create", "update",
                                       "delete" };
    size_t i, k;

    if (perms->kind == GEN_PERM_UNSET) return;
    gen_buf_add_text(out, " permissions");
    if (perms->kind == GEN_PERM_NONE) gen_buf_add_text(out, " none");
    if (perms->kind == GEN_PERM_FULL) gen_buf_add_text(out, " full");
    for (i = 0; i < perms->rules.count; i++) {
        const gen_perm_rule *rule = gen_perm_rule_at(&perms->rules, i);
        gen_buf_add_text(out, " [");
        for (k = 0; k < 4; k++) {
            if ((rule->ops >> k & 1) == 0) continue;
            gen_buf_add_fmt(out, "%s ", ops[k]);
        }
        gen_buf_add_text(out, rule->kind == GEN_PERM_NONE ? "none"
                         : rule->kind == GEN_PERM_FULL ? "full" : "where ");
        gen_buf_add_str(out, rule->where.text);
        gen_buf_add_char(out, ']');
    }
}

static void put_names(gen_buf *out, const char *word, const gen_list *names)
{
    size_t i;

    if (names->count == 0) return;
    gen_buf_add_fmt(out, " %s", word);
    for (i = 0; i < names->count; i++) {
        gen_buf_add_fmt(out, "%s %s", i > 0 ? "," : "",
                        gen_name_at(names, i)->text.ptr);
    }
}

static void put_fields(gen_buf *out, const gen_list *fields, int depth);

static void put_reference(gen_buf *out, const gen_field *field)
{
    static const char *const ways[] = {
        "", " on-delete ignore", " on-delete unset", " on-delete cascade",
        " on-delete reject", " on-delete then"
    };
    if (!field->reference) return;
    gen_buf_add_fmt(out, " reference%s", ways[field->on_delete]);
    put_clause(out, "then", &field->delete_then);
}

static void put_field(gen_buf *out, const gen_field *field, int depth)
{
    gen_buf_add_fmt(out, "%*s", depth * 2, "");
    put_name(out, field->is_elem ? "elem" : "field", field->name);
    gen_buf_add_text(out, ": ");
    put_type(out, field->type);
    if (field->eff != NULL && field->eff != field->type) {
        gen_buf_add_text(out, " -> ");
        put_type(out, field->eff);
    }
    if (field->optional) gen_buf_add_text(out, " optional");
    if (field->nullable) gen_buf_add_text(out, " nullable");
    if (field->implied) gen_buf_add_text(out, " implied");
    if (field->flexible) gen_buf_add_text(out, " flexible");
    if (field->readonly) gen_buf_add_text(out, " readonly");
    put_reference(out, field);
    put_clause(out, field->default_always ? "default always" : "default",
               &field->default_);
    put_clause(out, "value", &field->value);
    put_clause(out, "assert", &field->assert_);
    put_clause(out, "computed", &field->computed);
    put_clause(out, "comment", &field->comment);
    put_perms(out, &field->perms);
    put_attrs(out, &field->attrs);
    put_doc(out, field->doc);
    gen_buf_add_char(out, '\n');
    put_fields(out, &field->children, depth + 1);
}

static void put_fields(gen_buf *out, const gen_list *fields, int depth)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        put_field(out, gen_field_at(fields, i), depth);
    }
}

static void put_index(gen_buf *out, const gen_index *index)
{
    static const char *const kinds[] = {
        "", " unique", " count", " fulltext", " search", " hnsw", " mtree"
    };
    size_t i;

    put_name(out, "  index", index->name);
    for (i = 0; i < index->columns.count; i++) {
        gen_buf_add_char(out, ' ');
        gen_surql_path(out, gen_index_column(index, i));
    }
    gen_buf_add_text(out, kinds[index->kind]);
    if (index->analyzer.len > 0) {
        gen_buf_add_fmt(out, " analyzer %s", index->analyzer.ptr);
    }
    if (index->options.len > 0) {
        gen_buf_add_fmt(out, " %s", index->options.ptr);
    }
    put_clause(out, "where", &index->where);
    if (index->concurrently) gen_buf_add_text(out, " concurrently");
    if (index->defer) gen_buf_add_text(out, " defer");
    put_exists(out, index->exists);
    put_clause(out, "comment", &index->comment);
    put_attrs(out, &index->attrs);
    put_doc(out, index->doc);
    gen_buf_add_char(out, '\n');
}

static void put_event(gen_buf *out, const gen_event *event)
{
    size_t i;

    put_name(out, "  event", event->name);
    if (event->async) gen_buf_add_text(out, " async");
    if (event->has_retry) {
        gen_buf_add_fmt(out, " retry %llu", (unsigned long long)event->retry);
    }
    if (event->has_maxdepth) {
        gen_buf_add_fmt(out, " maxdepth %llu",
                        (unsigned long long)event->maxdepth);
    }
    put_clause(out, "when", &event->when);
    for (i = 0; i < event->then.count; i++) {
        put_clause(out, "then", gen_clause_at(&event->then, i));
    }
    put_exists(out, event->exists);
    put_clause(out, "comment", &event->comment);
    put_attrs(out, &event->attrs);
    put_doc(out, event->doc);
    gen_buf_add_char(out, '\n');
}

static void put_table(gen_buf *out, const gen_table *table)
{
    static const char *const kinds[] = { "any", "normal", "relation" };
    size_t i;

    put_name(out, "table", table->name);
    gen_buf_add_fmt(out, " %s %s", kinds[table->kind],
                    table->schemafull ? "schemafull" : "schemaless");
    put_names(out, "from", &table->from);
    put_names(out, "to", &table->to);
    if (table->enforced) gen_buf_add_text(out, " enforced");
    if (table->drop) gen_buf_add_text(out, " drop");
    if (table->implied) gen_buf_add_text(out, " implied");
    put_exists(out, table->exists);
    put_clause(out, table->changefeed_original ? "changefeed-original"
               : "changefeed", &table->changefeed);
    put_clause(out, "as", &table->view);
    put_perms(out, &table->perms);
    put_clause(out, "comment", &table->comment);
    put_names(out, "use", &table->uses);
    put_names(out, "reserved", &table->reserved);
    put_attrs(out, &table->attrs);
    put_doc(out, table->doc);
    gen_buf_add_char(out, '\n');
    put_fields(out, &table->fields, 1);
    for (i = 0; i < table->indexes.count; i++) {
        put_index(out, gen_index_at(&table->indexes, i));
    }
    for (i = 0; i < table->events.count; i++) {
        put_event(out, gen_event_at(&table->events, i));
    }
}

static void put_enum(gen_buf *out, const gen_enum *e)
{
    size_t i;

    put_name(out, "enum", e->name);
    gen_buf_add_text(out, e->is_int ? ": int" : ": string");
    put_attrs(out, &e->attrs);
    put_doc(out, e->doc);
    gen_buf_add_char(out, '\n');
    for (i = 0; i < e->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&e->variants, i);
        gen_buf_add_text(out, "  ");
        put_name(out, "variant", v->name);
        if (e->is_int) {
            gen_buf_add_fmt(out, " = %lld", (long long)v->number);
        } else {
            gen_buf_add_text(out, " = ");
            gen_surql_string(out, v->value);
        }
        put_attrs(out, &v->attrs);
        put_doc(out, v->doc);
        gen_buf_add_char(out, '\n');
    }
}

/* ---------------------------------------------------------- database-wide */

static void put_parms(gen_buf *out, const gen_list *parms)
{
    size_t i;

    gen_buf_add_text(out, " (");
    for (i = 0; i < parms->count; i++) {
        const gen_parm *parm = gen_parm_at(parms, i);
        gen_buf_add_fmt(out, "%s$%s: ", i > 0 ? ", " : "", parm->name.ptr);
        put_type(out, parm->type);
        put_clause(out, "=", &parm->default_);
    }
    gen_buf_add_char(out, ')');
}

static void put_analyzer(gen_buf *out, const gen_analyzer *a)
{
    put_name(out, "analyzer", a->name);
    if (a->function.len > 0) {
        gen_buf_add_fmt(out, " function %s", a->function.ptr);
    }
    put_names(out, "tokenizers", &a->tokenizers);
    put_names(out, "filters", &a->filters);
    put_exists(out, a->exists);
    put_clause(out, "comment", &a->comment);
    put_attrs(out, &a->attrs);
    put_doc(out, a->doc);
    gen_buf_add_char(out, '\n');
}

static void put_param(gen_buf *out, const gen_param *param)
{
    put_name(out, "param", param->name);
    if (param->type != NULL) {
        gen_buf_add_text(out, ": ");
        put_type(out, param->type);
    }
    put_clause(out, "value", &param->value);
    put_perms(out, &param->perms);
    put_exists(out, param->exists);
    put_clause(out, "comment", &param->comment);
    put_attrs(out, &param->attrs);
    put_doc(out, param->doc);
    gen_buf_add_char(out, '\n');
}

static void put_sequence(gen_buf *out, const gen_sequence *s)
{
    put_name(out, "sequence", s->name);
    if (s->has_batch) {
        gen_buf_add_fmt(out, " batch %llu", (unsigned long long)s->batch);
    }
    if (s->has_start) {
        gen_buf_add_fmt(out, " start %lld", (long long)s->start);
    }
    put_clause(out, "timeout", &s->timeout);
    put_exists(out, s->exists);
    put_attrs(out, &s->attrs);
    put_doc(out, s->doc);
    gen_buf_add_char(out, '\n');
}

static void put_function(gen_buf *out, const gen_function *f)
{
    gen_buf_add_fmt(out, "function %s", f->name.ptr);
    put_parms(out, &f->params);
    if (f->returns != NULL) {
        gen_buf_add_text(out, " -> ");
        put_type(out, f->returns);
    }
    put_perms(out, &f->perms);
    put_exists(out, f->exists);
    put_clause(out, "comment", &f->comment);
    put_attrs(out, &f->attrs);
    put_doc(out, f->doc);
    put_clause(out, "body", &f->body);
    gen_buf_add_char(out, '\n');
}

static const char *level_word(gen_level level)
{
    return level == GEN_LEVEL_DATABASE ? "database"
        : level == GEN_LEVEL_NAMESPACE ? "namespace" : "root";
}

static void put_secret(gen_buf *out, const char *word,
                       const gen_secret *secret)
{
    static const char *const kinds[] = { "", "env", "file", "text" };

    if (secret->kind == GEN_SECRET_NONE) return;
    gen_buf_add_fmt(out, " %s %s ", word, kinds[secret->kind]);
    gen_surql_string(out, secret->text);
}

static void put_signing(gen_buf *out, const char *word,
                        const gen_signing *s)
{
    if (!s->present) return;
    gen_buf_add_fmt(out, "  %s", word);
    put_parms(out, &s->params);
    put_clause(out, "=", &s->expr);
    gen_buf_add_char(out, '\n');
}

static void put_access(gen_buf *out, const gen_access *a)
{
    static const char *const kinds[] = { "record", "jwt", "bearer" };

    put_name(out, "access", a->name);
    gen_buf_add_fmt(out, " on %s type %s", level_word(a->level),
                    kinds[a->kind]);
    if (a->kind == GEN_ACCESS_BEARER) {
        gen_buf_add_text(out, a->bearer_for_record ? " for record"
                         : " for user");
    }
    if (a->with_refresh) gen_buf_add_text(out, " refresh");
    if (a->algorithm.len > 0) {
        gen_buf_add_fmt(out, " algorithm %s", a->algorithm.ptr);
    }
    put_secret(out, "key", &a->key);
    put_clause(out, "url", &a->url);
    if (a->issuer_algorithm.len > 0) {
        gen_buf_add_fmt(out, " issuer-algorithm %s", a->issuer_algorithm.ptr);
    }
    put_secret(out, "issuer", &a->issuer);
    put_clause(out, "grant", &a->grant);
    put_clause(out, "token", &a->token);
    put_clause(out, "session", &a->session);
    put_clause(out, "authenticate", &a->authenticate);
    put_exists(out, a->exists);
    put_clause(out, "comment", &a->comment);
    put_attrs(out, &a->attrs);
    put_doc(out, a->doc);
    gen_buf_add_char(out, '\n');
    put_signing(out, "signup", &a->signup);
    put_signing(out, "signin", &a->signin);
}

static void put_user(gen_buf *out, const gen_user *user)
{
    put_name(out, "user", user->name);
    gen_buf_add_fmt(out, " on %s", level_word(user->level));
    put_secret(out, user->passhash ? "passhash" : "password", &user->secret);
    put_names(out, "roles", &user->roles);
    put_clause(out, "token", &user->token);
    put_clause(out, "session", &user->session);
    put_exists(out, user->exists);
    put_clause(out, "comment", &user->comment);
    put_attrs(out, &user->attrs);
    put_doc(out, user->doc);
    gen_buf_add_char(out, '\n');
}

static void put_query(gen_buf *out, const gen_query *query)
{
    static const char *const kinds[] = {
        "none", "one", "maybe", "many", "each", "live"
    };
    size_t i;

    put_name(out, "query", query->name);
    put_parms(out, &query->params);
    gen_buf_add_text(out, query->is_tuple ? " -> tuple" : " ->");
    for (i = 0; i < query->shapes.count; i++) {
        const gen_shape *shape = gen_shape_at(&query->shapes, i);
        gen_buf_add_fmt(out, "%s %s", i > 0 ? "," : "", kinds[shape->kind]);
        if (shape->table != NULL) {
            put_name(out, " row of", shape->table->name);
        } else if (shape->type != NULL) {
            gen_buf_add_char(out, ' ');
            put_type(out, shape->type);
        }
    }
    if (query->result > 0) {
        gen_buf_add_fmt(out, " result %lld", (long long)query->result);
    }
    put_names(out, "uses", &query->uses);
    if (query->from_comment) gen_buf_add_text(out, " from-comment");
    put_attrs(out, &query->attrs);
    put_doc(out, query->doc);
    gen_buf_add_char(out, '\n');
    for (i = 0; i < query->statements.count; i++) {
        put_clause(out, "statement", gen_clause_at(&query->statements, i));
        gen_buf_add_char(out, '\n');
    }
}

static void put_types(gen_buf *out, const gen_schema *schema)
{
    size_t i;

    for (i = 0; i < schema->enums.count; i++) {
        put_enum(out, gen_enum_at(&schema->enums, i));
    }
    for (i = 0; i < schema->structs.count; i++) {
        const gen_struct *s = gen_struct_at(&schema->structs, i);
        put_name(out, "struct", s->name);
        put_attrs(out, &s->attrs);
        put_doc(out, s->doc);
        gen_buf_add_char(out, '\n');
        put_fields(out, &s->fields, 1);
    }
    for (i = 0; i < schema->aliases.count; i++) {
        const gen_alias *a = gen_alias_at(&schema->aliases, i);
        put_name(out, "type", a->name);
        gen_buf_add_text(out, " = ");
        put_type(out, a->type);
        put_attrs(out, &a->attrs);
        put_doc(out, a->doc);
        gen_buf_add_char(out, '\n');
    }
    for (i = 0; i < schema->mixins.count; i++) {
        const gen_mixin *m = gen_mixin_at(&schema->mixins, i);
        put_name(out, "mixin", m->name);
        gen_buf_add_fmt(out, ": %zu fields, %zu indexes, %zu events",
                        m->fields.count, m->indexes.count, m->events.count);
        put_attrs(out, &m->attrs);
        put_doc(out, m->doc);
        gen_buf_add_char(out, '\n');
    }
}

static void put_globals(gen_buf *out, const gen_schema *schema)
{
    size_t i;

    for (i = 0; i < schema->analyzers.count; i++) {
        put_analyzer(out, gen_analyzer_at(&schema->analyzers, i));
    }
    for (i = 0; i < schema->params.count; i++) {
        put_param(out, gen_param_at(&schema->params, i));
    }
    for (i = 0; i < schema->sequences.count; i++) {
        put_sequence(out, gen_sequence_at(&schema->sequences, i));
    }
    for (i = 0; i < schema->functions.count; i++) {
        put_function(out, gen_function_at(&schema->functions, i));
    }
    for (i = 0; i < schema->accesses.count; i++) {
        put_access(out, gen_access_at(&schema->accesses, i));
    }
    for (i = 0; i < schema->users.count; i++) {
        put_user(out, gen_user_at(&schema->users, i));
    }
    for (i = 0; i < schema->queries.count; i++) {
        put_query(out, gen_query_at(&schema->queries, i));
    }
}

void gen_dump_ast(gen_ctx *ctx, gen_buf *out)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    gen_buf_add_fmt(out, "target %d.%d\n", schema->target.major,
                    schema->target.minor);
    if (schema->prefix.len > 0) {
        put_name(out, "prefix", schema->prefix);
        gen_buf_add_char(out, '\n');
    }
    put_types(out, schema);
    for (i = 0; i < schema->tables.count; i++) {
        put_table(out, gen_table_at(&schema->tables, i));
    }
    put_globals(out, schema);
    for (i = 0; i < schema->raws.count; i++) {
        const gen_raw *raw = gen_raw_at(&schema->raws, i);
        gen_buf_add_fmt(out, "raw %s %s\n", raw->kind.ptr, raw->name.ptr);
    }
}
