/* surrealgen/cli/ir_table.c: types, fields and tables as JSON. */
#include "ir.h"

#include <string.h>

void ir_text(cli_json *json, const char *key, gen_str text)
{
    cli_json_key(json, key);
    if (text.len > 0) {
        cli_json_str(json, text);
    } else {
        cli_json_null(json);
    }
}

void ir_clause(cli_json *json, const char *key, const gen_clause *clause)
{
    cli_json_key(json, key);
    if (clause->present) {
        cli_json_str(json, clause->text);
    } else {
        cli_json_null(json);
    }
}

void ir_flag(cli_json *json, const char *key, bool flag)
{
    cli_json_key(json, key);
    cli_json_bool(json, flag);
}

void ir_names(cli_json *json, const char *key, const gen_list *names)
{
    size_t i;

    cli_json_key(json, key);
    cli_json_open(json, '[');
    for (i = 0; i < names->count; i++) {
        cli_json_str(json, gen_name_at(names, i)->text);
    }
    cli_json_close(json, ']');
}

gen_str ir_path(gen_ctx *ctx, const gen_list *path)
{
    gen_buf out;
    gen_str text;

    gen_buf_init(&out, ctx);
    gen_surql_path(&out, path);
    text.ptr = out.len > 0 ? out.ptr : "";
    text.len = out.len;
    return text;
}

/* ------------------------------------------------------------------ types */

static const char *type_kind(const gen_type *type)
{
    switch (type->kind) {
    case GEN_T_UNION:
        return "union";
    case GEN_T_SHAPE:
        return "shape";
    case GEN_T_TUPLE:
        return "tuple";
    default:
        return gen_type_word(type->kind);
    }
}

static void type_list(cli_json *json, const gen_list *types)
{
    size_t i;

    cli_json_key(json, "types");
    cli_json_open(json, '[');
    for (i = 0; i < types->count; i++) {
        ir_type(json, NULL, gen_type_at(types, i));
    }
    cli_json_close(json, ']');
}

static void type_literal(cli_json *json, const gen_type *type)
{
    static const char *const kinds[] = {
        "string", "int", "float", "decimal", "duration", "bool", "other"
    };
    bool decoded = type->literal_kind == GEN_L_STRING
        || type->literal_kind == GEN_L_INT;

    cli_json_key(json, "literal");
    cli_json_text(json, kinds[type->literal_kind]);
    ir_text(json, "text", type->literal);
    cli_json_key(json, "value");
    if (decoded) {
        cli_json_str(json, type->value);
    } else {
        cli_json_null(json);
    }
}

static void type_members(cli_json *json, const gen_list *members)
{
    size_t i;

    cli_json_key(json, "members");
    cli_json_open(json, '[');
    for (i = 0; i < members->count; i++) {
        const gen_member *member = gen_member_at(members, i);
        cli_json_open(json, '{');
        cli_json_key(json, "name");
        cli_json_str(json, member->name);
        ir_type(json, "type", member->type);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void type_body(cli_json *json, const gen_type *type)
{
    switch (type->kind) {
    case GEN_T_OPTION:
        ir_type(json, "of", type->elem);
        break;
    case GEN_T_ARRAY:
    case GEN_T_SET:
        ir_type(json, "of", type->elem);
        cli_json_key(json, "length");
        if (type->has_length) {
            cli_json_uint(json, type->length);
        } else {
            cli_json_null(json);
        }
        break;
    case GEN_T_RECORD:
    case GEN_T_TABLE:
    case GEN_T_FILE:
    case GEN_T_GEOMETRY:
    case GEN_T_REFERENCES:
        ir_names(json, "names", &type->names);
        break;
    case GEN_T_UNION:
    case GEN_T_TUPLE:
        type_list(json, &type->arms);
        break;
    case GEN_T_LITERAL:
        type_literal(json, type);
        break;
    case GEN_T_SHAPE:
        type_members(json, &type->members);
        break;
    case GEN_T_ENUM:
    case GEN_T_STRUCT:
    case GEN_T_ALIAS:
    case GEN_T_NAME:
        ir_text(json, "name", type->name);
        break;
    default:
        break;
    }
}

/* key NULL: an element of an array. */
void ir_type(cli_json *json, const char *key, const gen_type *type)
{
    if (key != NULL) cli_json_key(json, key);
    if (type == NULL) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    cli_json_key(json, "kind");
    cli_json_text(json, type_kind(type));
    type_body(json, type);
    cli_json_close(json, '}');
}

/* ------------------------------------------------------- what many have */

void ir_perms(cli_json *json, const char *key, const gen_perms *perms)
{
    static const char *const ops[] = { "select", "create", "update",
                                       "delete" };
    size_t i, k;

    cli_json_key(json, key);
    if (perms->kind == GEN_PERM_UNSET) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '[');
    for (i = 0; i < (perms->kind == GEN_PERM_RULES ? perms->rules.count : 1);
         i++) {
        const gen_perm_rule *rule = perms->kind == GEN_PERM_RULES
            ? gen_perm_rule_at(&perms->rules, i) : NULL;
        gen_perm_kind kind = rule != NULL ? rule->kind : perms->kind;
        cli_json_open(json, '{');
        cli_json_key(json, "for");
        cli_json_open(json, '[');
        for (k = 0; k < 4; k++) {
            if (rule != NULL && (rule->ops & (1u << k)) != 0) {
                cli_json_text(json, ops[k]);
            }
        }
        cli_json_close(json, ']');
        cli_json_key(json, "allow");
        cli_json_text(json, kind == GEN_PERM_NONE ? "none"
                      : kind == GEN_PERM_FULL ? "full" : "where");
        cli_json_key(json, "where");
        if (kind == GEN_PERM_WHERE && rule != NULL) {
            cli_json_str(json, rule->where.text);
        } else {
            cli_json_null(json);
        }
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void attributes(cli_json *json, const gen_attrs *attrs)
{
    size_t i, k;

    cli_json_key(json, "attrs");
    cli_json_open(json, '[');
    for (i = 0; i < attrs->list.count; i++) {
        const gen_attr *attr = gen_attr_at(&attrs->list, i);
        cli_json_open(json, '{');
        cli_json_key(json, "name");
        cli_json_str(json, attr->name);
        cli_json_key(json, "args");
        cli_json_open(json, '[');
        for (k = 0; k < attr->args.count; k++) {
            const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, k);
            cli_json_open(json, '{');
            ir_text(json, "key", arg->key);
            cli_json_key(json, "value");
            cli_json_str(json, arg->text);
            cli_json_close(json, '}');
        }
        cli_json_close(json, ']');
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void position(cli_json *json, gen_pos pos)
{
    cli_json_key(json, "at");
    if (pos.file == NULL) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    cli_json_key(json, "file");
    cli_json_uint(json, pos.file->order);
    cli_json_key(json, "line");
    cli_json_uint(json, pos.line);
    cli_json_key(json, "column");
    cli_json_uint(json, pos.col);
    cli_json_close(json, '}');
}

void ir_head(cli_json *json, gen_str name, gen_pos pos, gen_str doc,
             const gen_attrs *attrs)
{
    cli_json_open(json, '{');
    cli_json_key(json, "name");
    cli_json_str(json, name);
    position(json, pos);
    ir_text(json, "doc", doc);
    if (attrs != NULL) attributes(json, attrs);
}

void ir_tail(cli_json *json, const gen_clause *comment, gen_exists exists)
{
    ir_clause(json, "comment", comment);
    cli_json_key(json, "exists");
    cli_json_text(json, exists == GEN_EXISTS_OVERWRITE ? "overwrite"
                  : exists == GEN_EXISTS_IF_NOT ? "if_not" : "plain");
    cli_json_close(json, '}');
}

/* ----------------------------------------------------------------- fields */

static void reference(cli_json *json, const gen_field *field)
{
    static const char *const words[] = {
        "", "ignore", "unset", "cascade", "reject", "then"
    };

    cli_json_key(json, "reference");
    if (!field->reference) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    ir_text(json, "on_delete", gen_str_lit(words[field->on_delete]));
    ir_clause(json, "then", &field->delete_then);
    cli_json_close(json, '}');
}

static void field_json(cli_json *json, const gen_field *field)
{
    ir_head(json, field->name, field->pos, field->doc, &field->attrs);
    cli_json_key(json, "path");
    cli_json_str(json, ir_path(json->out->ctx, &field->path));
    ir_flag(json, "is_element", field->is_elem);
    ir_flag(json, "implied", field->implied);
    ir_type(json, "type", field->has_type ? field->type : NULL);
    ir_type(json, "core", field->eff);
    ir_flag(json, "optional", field->optional);
    ir_flag(json, "nullable", field->nullable);
    ir_flag(json, "read_only", gen_field_read_only(field));
    ir_flag(json, "may_omit", gen_field_may_omit(field));
    ir_flag(json, "flexible", field->flexible);
    ir_flag(json, "readonly", field->readonly);
    ir_clause(json, "default", &field->default_);
    ir_flag(json, "default_always", field->default_always);
    ir_clause(json, "value", &field->value);
    ir_clause(json, "assert", &field->assert_);
    ir_clause(json, "computed", &field->computed);
    reference(json, field);
    ir_perms(json, "permissions", &field->perms);
    ir_fields(json, "fields", &field->children);
    ir_tail(json, &field->comment, field->exists);
}

void ir_fields(cli_json *json, const char *key, const gen_list *fields)
{
    size_t i;

    cli_json_key(json, key);
    cli_json_open(json, '[');
    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        if (!field->removed) field_json(json, field);
    }
    cli_json_close(json, ']');
}

/* ----------------------------------------------------------------- tables */

static void index_json(cli_json *json, const gen_index *index)
{
    static const char *const kinds[] = {
        "plain", "unique", "count", "fulltext", "search", "hnsw", "mtree"
    };
    size_t i;

    ir_head(json, index->name, index->pos, index->doc, &index->attrs);
    cli_json_key(json, "kind");
    cli_json_text(json, kinds[index->kind]);
    cli_json_key(json, "columns");
    cli_json_open(json, '[');
    for (i = 0; i < index->columns.count; i++) {
        cli_json_str(json, ir_path(json->out->ctx,
                                   gen_index_column(index, i)));
    }
    cli_json_close(json, ']');
    ir_text(json, "analyzer", index->analyzer);
    ir_text(json, "options", index->options);
    ir_clause(json, "where", &index->where);
    ir_flag(json, "concurrently", index->concurrently);
    ir_flag(json, "defer", index->defer);
    ir_tail(json, &index->comment, index->exists);
}

void ir_indexes(cli_json *json, const gen_list *indexes)
{
    size_t i;

    cli_json_key(json, "indexes");
    cli_json_open(json, '[');
    for (i = 0; i < indexes->count; i++) {
        const gen_index *index = gen_index_at(indexes, i);
        if (!index->removed) index_json(json, index);
    }
    cli_json_close(json, ']');
}

static void maybe_uint(cli_json *json, const char *key, bool has,
                       uint64_t number)
{
    cli_json_key(json, key);
    if (has) {
        cli_json_uint(json, number);
    } else {
        cli_json_null(json);
    }
}

void ir_events(cli_json *json, const gen_list *events)
{
    size_t i, k;

    cli_json_key(json, "events");
    cli_json_open(json, '[');
    for (i = 0; i < events->count; i++) {
        const gen_event *event = (const gen_event *)events->at[i];
        if (event->removed) continue;
        ir_head(json, event->name, event->pos, event->doc, &event->attrs);
        ir_clause(json, "when", &event->when);
        cli_json_key(json, "then");
        cli_json_open(json, '[');
        for (k = 0; k < event->then.count; k++) {
            cli_json_str(json, ((const gen_clause *)event->then.at[k])->text);
        }
        cli_json_close(json, ']');
        ir_flag(json, "async", event->async);
        maybe_uint(json, "retry", event->has_retry, event->retry);
        maybe_uint(json, "maxdepth", event->has_maxdepth, event->maxdepth);
        ir_tail(json, &event->comment, event->exists);
    }
    cli_json_close(json, ']');
}

static void relation(cli_json *json, const gen_table *table)
{
    cli_json_key(json, "relation");
    if (table->kind != GEN_TABLE_RELATION) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    ir_names(json, "from", &table->from);
    ir_names(json, "to", &table->to);
    ir_flag(json, "enforced", table->enforced);
    cli_json_close(json, '}');
}

static void changefeed(cli_json *json, const gen_table *table)
{
    cli_json_key(json, "changefeed");
    if (!table->changefeed.present) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    ir_clause(json, "keep", &table->changefeed);
    ir_flag(json, "include_original", table->changefeed_original);
    cli_json_close(json, '}');
}

void ir_table(cli_json *json, const gen_table *table)
{
    static const char *const kinds[] = { "any", "normal", "relation" };

    ir_head(json, table->name, table->pos, table->doc, &table->attrs);
    cli_json_key(json, "kind");
    cli_json_text(json, kinds[table->kind]);
    relation(json, table);
    ir_flag(json, "implied", table->implied);
    ir_flag(json, "from_model", table->from_model);
    ir_flag(json, "schemafull", table->schemafull);
    ir_flag(json, "drop", table->drop);
    changefeed(json, table);
    ir_clause(json, "view", &table->view);
    ir_perms(json, "permissions", &table->perms);
    ir_names(json, "uses", &table->uses);
    ir_names(json, "reserved", &table->reserved);
    ir_fields(json, "fields", &table->fields);
    ir_indexes(json, &table->indexes);
    ir_events(json, &table->events);
    ir_tail(json, &table->comment, table->exists);
}
