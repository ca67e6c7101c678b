/* surrealgen/cli/ir.c: `ir`: the schema as JSON, for other generators. */
#include "ir.h"
#include "options.h"

#include <stdio.h>

/* ------------------------------------------------- enums, structs, mixins */

static void enum_json(cli_json *json, const gen_enum *e)
{
    size_t i;

    ir_head(json, e->name, e->pos, e->doc, &e->attrs);
    cli_json_key(json, "of");
    cli_json_text(json, e->is_int ? "int" : "string");
    cli_json_key(json, "variants");
    cli_json_open(json, '[');
    for (i = 0; i < e->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&e->variants, i);
        ir_head(json, v->name, v->pos, v->doc, &v->attrs);
        cli_json_key(json, "value");
        if (e->is_int) {
            cli_json_int(json, v->number);
        } else {
            cli_json_str(json, v->value);
        }
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
    cli_json_close(json, '}');
}

static void struct_json(cli_json *json, const gen_struct *s)
{
    ir_head(json, s->name, s->pos, s->doc, &s->attrs);
    ir_fields(json, "fields", &s->fields);
    cli_json_close(json, '}');
}

static void alias_json(cli_json *json, const gen_alias *alias)
{
    ir_head(json, alias->name, alias->pos, alias->doc, &alias->attrs);
    ir_type(json, "type", alias->type);
    cli_json_close(json, '}');
}

static void mixin_json(cli_json *json, const gen_mixin *mixin)
{
    ir_head(json, mixin->name, mixin->pos, mixin->doc, &mixin->attrs);
    ir_fields(json, "fields", &mixin->fields);
    ir_indexes(json, &mixin->indexes);
    ir_events(json, &mixin->events);
    cli_json_close(json, '}');
}

/* ----------------------------------------------------------- database-wide */

static void parms(cli_json *json, const char *key, const gen_list *list)
{
    size_t i;

    cli_json_key(json, key);
    cli_json_open(json, '[');
    for (i = 0; i < list->count; i++) {
        const gen_parm *parm = (const gen_parm *)list->at[i];
        ir_head(json, parm->name, parm->pos, parm->doc, NULL);
        ir_type(json, "type", parm->type);
        ir_clause(json, "default", &parm->default_);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void analyzer_json(cli_json *json, const gen_analyzer *a)
{
    ir_head(json, a->name, a->pos, a->doc, &a->attrs);
    ir_text(json, "function", a->function);
    ir_names(json, "tokenizers", &a->tokenizers);
    ir_names(json, "filters", &a->filters);
    ir_tail(json, &a->comment, a->exists);
}

static void param_json(cli_json *json, const gen_param *p)
{
    ir_head(json, p->name, p->pos, p->doc, &p->attrs);
    ir_type(json, "type", p->type);
    ir_clause(json, "value", &p->value);
    ir_perms(json, "permissions", &p->perms);
    ir_tail(json, &p->comment, p->exists);
}

static void sequence_json(cli_json *json, const gen_sequence *s)
{
    static const gen_clause none = { false, { NULL, 0 },
                                     { NULL, 0, 0, 0, 0 } };

    ir_head(json, s->name, s->pos, s->doc, &s->attrs);
    cli_json_key(json, "batch");
    if (s->has_batch) {
        cli_json_uint(json, s->batch);
    } else {
        cli_json_null(json);
    }
    cli_json_key(json, "start");
    if (s->has_start) {
        cli_json_int(json, s->start);
    } else {
        cli_json_null(json);
    }
    ir_clause(json, "timeout", &s->timeout);
    ir_tail(json, &none, s->exists);
}

static void function_json(cli_json *json, const gen_function *f)
{
    ir_head(json, f->name, f->pos, f->doc, &f->attrs);
    parms(json, "params", &f->params);
    ir_type(json, "returns", f->returns);
    ir_clause(json, "body", &f->body);
    ir_perms(json, "permissions", &f->perms);
    ir_tail(json, &f->comment, f->exists);
}

static void level(cli_json *json, gen_level at)
{
    static const char *const words[] = { "database", "namespace", "root" };

    cli_json_key(json, "on");
    cli_json_text(json, words[at]);
}

/* The text of a secret written into the schema stays there. */
static void secret(cli_json *json, const char *key, const gen_secret *s)
{
    static const char *const words[] = { "", "env", "file", "text" };

    cli_json_key(json, key);
    if (s->kind == GEN_SECRET_NONE) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    cli_json_key(json, "from");
    cli_json_text(json, words[s->kind]);
    cli_json_key(json, "name");
    if (s->kind == GEN_SECRET_TEXT) {
        cli_json_null(json);
    } else {
        cli_json_str(json, s->text);
    }
    cli_json_close(json, '}');
}

static void signing(cli_json *json, const char *key, const gen_signing *s)
{
    cli_json_key(json, key);
    if (!s->present) {
        cli_json_null(json);
        return;
    }
    cli_json_open(json, '{');
    parms(json, "params", &s->params);
    ir_clause(json, "expr", &s->expr);
    cli_json_close(json, '}');
}

static void access_json(cli_json *json, const gen_access *a)
{
    static const char *const kinds[] = { "record", "jwt", "bearer" };

    ir_head(json, a->name, a->pos, a->doc, &a->attrs);
    level(json, a->level);
    cli_json_key(json, "kind");
    cli_json_text(json, kinds[a->kind]);
    ir_flag(json, "bearer_for_record", a->bearer_for_record);
    signing(json, "signup", &a->signup);
    signing(json, "signin", &a->signin);
    ir_clause(json, "authenticate", &a->authenticate);
    ir_flag(json, "with_refresh", a->with_refresh);
    ir_text(json, "algorithm", a->algorithm);
    secret(json, "key", &a->key);
    ir_clause(json, "url", &a->url);
    ir_text(json, "issuer_algorithm", a->issuer_algorithm);
    secret(json, "issuer", &a->issuer);
    ir_clause(json, "duration_grant", &a->grant);
    ir_clause(json, "duration_token", &a->token);
    ir_clause(json, "duration_session", &a->session);
    ir_tail(json, &a->comment, a->exists);
}

static void user_json(cli_json *json, const gen_user *u)
{
    ir_head(json, u->name, u->pos, u->doc, &u->attrs);
    level(json, u->level);
    ir_flag(json, "passhash", u->passhash);
    secret(json, "secret", &u->secret);
    ir_names(json, "roles", &u->roles);
    ir_clause(json, "duration_token", &u->token);
    ir_clause(json, "duration_session", &u->session);
    ir_tail(json, &u->comment, u->exists);
}

/* ---------------------------------------------------------------- queries */

static void shapes(cli_json *json, const gen_list *list)
{
    static const char *const kinds[] = { "none", "one", "maybe", "many",
                                         "each", "live" };
    size_t i;

    cli_json_key(json, "shapes");
    cli_json_open(json, '[');
    for (i = 0; i < list->count; i++) {
        const gen_shape *shape = (const gen_shape *)list->at[i];
        cli_json_open(json, '{');
        cli_json_key(json, "kind");
        cli_json_text(json, kinds[shape->kind]);
        ir_text(json, "table", shape->table != NULL ? shape->table->name
                : gen_str_lit(""));
        ir_type(json, "type", shape->table != NULL ? NULL : shape->type);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void query_json(cli_json *json, const gen_query *q)
{
    size_t i;

    ir_head(json, q->name, q->pos, q->doc, &q->attrs);
    parms(json, "params", &q->params);
    shapes(json, &q->shapes);
    ir_flag(json, "is_tuple", q->is_tuple);
    ir_clause(json, "body", &q->body);
    cli_json_key(json, "statements");
    cli_json_open(json, '[');
    for (i = 0; i < q->statements.count; i++) {
        cli_json_str(json, ((const gen_clause *)q->statements.at[i])->text);
    }
    cli_json_close(json, ']');
    cli_json_key(json, "result");
    cli_json_int(json, q->result);
    ir_flag(json, "from_comment", q->from_comment);
    cli_json_close(json, '}');
}

static void raw_json(cli_json *json, const gen_raw *raw)
{
    ir_head(json, raw->name, raw->pos, raw->doc, NULL);
    ir_text(json, "kind", raw->kind);
    ir_flag(json, "is_define", raw->is_define);
    ir_text(json, "text", raw->text);
    cli_json_close(json, '}');
}

/* ----------------------------------------------------------- items, schema */

static void item(cli_json *json, const char *kind, gen_str name,
                 const gen_table *table, gen_pos pos)
{
    ir_head(json, name, pos, gen_str_lit(""), NULL);
    cli_json_key(json, "kind");
    cli_json_text(json, kind);
    ir_text(json, "table", table != NULL ? table->name : gen_str_lit(""));
    cli_json_close(json, '}');
}

#define IR_NAMED(KIND, type, word) \
    case GEN_ITEM_##KIND: \
        item(json, word, ((const type *)of->of)->name, NULL, of->pos); \
        break;

static void item_json(cli_json *json, const gen_item *of)
{
    switch (of->kind) {
    case GEN_ITEM_FIELD: {
        const gen_field *field = (const gen_field *)of->of;
        item(json, "field", ir_path(json->out->ctx, &field->path),
             field->table, of->pos);
        break;
    }
    case GEN_ITEM_INDEX: {
        const gen_index *index = (const gen_index *)of->of;
        item(json, "index", index->name, index->table, of->pos);
        break;
    }
    case GEN_ITEM_EVENT: {
        const gen_event *event = (const gen_event *)of->of;
        item(json, "event", event->name, event->table, of->pos);
        break;
    }
    IR_NAMED(TABLE, gen_table, "table")
    IR_NAMED(ENUM, gen_enum, "enum")
    IR_NAMED(STRUCT, gen_struct, "struct")
    IR_NAMED(ALIAS, gen_alias, "type")
    IR_NAMED(MIXIN, gen_mixin, "mixin")
    IR_NAMED(ANALYZER, gen_analyzer, "analyzer")
    IR_NAMED(PARAM, gen_param, "param")
    IR_NAMED(SEQUENCE, gen_sequence, "sequence")
    IR_NAMED(FUNCTION, gen_function, "function")
    IR_NAMED(ACCESS, gen_access, "access")
    IR_NAMED(USER, gen_user, "user")
    IR_NAMED(QUERY, gen_query, "query")
    IR_NAMED(RAW, gen_raw, "raw")
    }
}

#undef IR_NAMED

/* A list of the schema, without what a later REMOVE took away. `gone` is
 * false for kinds that nothing removes. */
#define IR_LIST(key, list, type, print, gone) \
    cli_json_key(json, key); \
    cli_json_open(json, '['); \
    for (i = 0; i < (list).count; i++) { \
        const type *it = (const type *)(list).at[i]; \
        if (!(gone)) print(json, it); \
    } \
    cli_json_close(json, ']');

static void lists(cli_json *json, const gen_schema *schema)
{
    size_t i;

    IR_LIST("enums", schema->enums, gen_enum, enum_json, false)
    IR_LIST("structs", schema->structs, gen_struct, struct_json, false)
    IR_LIST("types", schema->aliases, gen_alias, alias_json, false)
    IR_LIST("mixins", schema->mixins, gen_mixin, mixin_json, false)
    IR_LIST("tables", schema->tables, gen_table, ir_table, it->removed)
    IR_LIST("analyzers", schema->analyzers, gen_analyzer, analyzer_json,
            it->removed)
    IR_LIST("params", schema->params, gen_param, param_json, it->removed)
    IR_LIST("sequences", schema->sequences, gen_sequence, sequence_json,
            it->removed)
    IR_LIST("functions", schema->functions, gen_function, function_json,
            it->removed)
    IR_LIST("accesses", schema->accesses, gen_access, access_json,
            it->removed)
    IR_LIST("users", schema->users, gen_user, user_json, it->removed)
    IR_LIST("queries", schema->queries, gen_query, query_json, false)
    IR_LIST("raws", schema->raws, gen_raw, raw_json, false)
    IR_LIST("items", schema->items, gen_item, item_json, false)
}

#undef IR_LIST

int verb_ir(const gen_cli *cli)
{
    int rc = cli_load(cli);
    const gen_schema *schema = gen_schema_of(cli->ctx);
    char target[32];
    cli_json json;
    gen_buf out;
    size_t i;

    if (rc != CLI_FINE) return rc;
    cli_print_diags(cli);
    gen_buf_init(&out, cli->ctx);
    cli_json_init(&json, &out, 1);
    cli_json_open(&json, '{');
    cli_json_key(&json, "surrealgen_ir");
    cli_json_int(&json, IR_VERSION);
    snprintf(target, sizeof target, "%d.%d", schema->target.major,
             schema->target.minor);
    cli_json_key(&json, "target");
    cli_json_text(&json, target);
    ir_text(&json, "prefix", schema->prefix);
    ir_text(&json, "namespace", schema->namespace_);
    ir_text(&json, "doc", schema->doc);
    cli_json_key(&json, "files");
    cli_json_open(&json, '[');
    for (i = 0; i < schema->files.count; i++) {
        cli_json_str(&json, gen_file_at(&schema->files, i)->name);
    }
    cli_json_close(&json, ']');
    lists(&json, schema);
    cli_json_close(&json, '}');
    gen_buf_add_char(&out, '\n');
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
