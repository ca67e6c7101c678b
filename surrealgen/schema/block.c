/* surrealgen/schema/block.c: the items of .sg files.
 *
 * A model is a group of DEFINE statements with the table name factored out:
 * each member is one statement, in order, and its clauses are SurrealQL.
 * Items that are part of the language but not of this version are named as
 * such (SG1104) and skipped whole, so that the rest of the file is read. */
#include "front.h"

#include <string.h>

static void not_yet(gen_parser *p)
{
    gen_fail(p, SG1104, gen_here(p), "`%s` is part of the language, but this "
             "version of surrealgen does not read it yet",
             gen_clip(p->ctx, gen_text(p)));
}

/* Items that end with `}`; more braces may follow directly (a query's shape,
 * then its body), and `result n;`. The others end with `;`. */
static void skip_block_item(gen_parser *p)
{
    p->recovered = true;
    while (!gen_at_end(p)) {
        if (gen_at_punct(p, ";")) {
            gen_next(p);
            return;
        }
        if (!gen_at_punct(p, "{")) {
            gen_next(p);
            continue;
        }
        if (!gen_skip_group(p)) return;
        if (gen_at_punct(p, "{") || gen_at_punct(p, "@")
            || gen_at_word(p, "result")) continue;
        gen_take_punct(p, ";");
        return;
    }
}

static void skip_to_semicolon(gen_parser *p)
{
    p->recovered = true;
    while (!gen_at_end(p) && !gen_take_punct(p, ";")) {
        if (gen_at_punct(p, "{")) {
            gen_skip_group(p);
        } else {
            gen_next(p);
        }
    }
}

/* The name is known even so: its uses are not reported again. */
static void remember_typedef(gen_parser *p)
{
    const gen_token *name = gen_peek(p, 1);
    gen_str text = gen_tok_str(p->file, name);

    if (name->kind != GEN_TOK_IDENT || !gen_at_word(p, "type")) return;
    gen_map_set(p->ctx, NULL, GEN_KEY_TYPE_NAME, gen_str_copy(p->ctx,
                text.ptr, text.len), gen_new(p->ctx, sizeof(gen_named)));
}

static bool later_item(gen_parser *p)
{
    static const char *const ends[] = {
        "include", "type", "view", "analyzer", "param", "sequence", "user",
        NULL
    };
    static const char *const blocks[] = {
        "mixin", "function", "access", "query", "event", NULL
    };
    gen_str text = gen_text(p);

    if (gen_word_in(text, ends)) {
        not_yet(p);
        remember_typedef(p);
        skip_to_semicolon(p);
        return true;
    }
    if (!gen_word_in(text, blocks)) return false;
    not_yet(p);
    skip_block_item(p);
    return true;
}

/* --------------------------------------------------------------- settings */

static bool parse_number(gen_str text, size_t *i, int *out)
{
    size_t from = *i;

    *out = 0;
    while (*i < text.len && text.ptr[*i] >= '0' && text.ptr[*i] <= '9'
           && *out < 1000) {
        *out = *out * 10 + (text.ptr[*i] - '0');
        (*i)++;
    }
    return *i > from;
}

static void twice(gen_parser *p, gen_pos pos, gen_pos first, const char *what)
{
    gen_diag *diag;

    p->recovered = true; /* the `;` is taken already */
    diag = gen_fail(p, SG1206, pos, "the %s is already something else", what);
    gen_other(p->ctx, diag, first, "set here");
}

/* "target" , "surrealdb" , version , ";" */
static void parse_target(gen_parser *p)
{
    gen_schema *schema = &p->ctx->schema;
    gen_version v = { 0, 0 };
    gen_pos pos;
    gen_str text;
    size_t i = 0;
    bool ok;

    gen_next(p);
    if (!gen_take_word(p, "surrealdb")) {
        gen_expected(p, "`surrealdb` and a version");
        return;
    }
    pos = gen_here(p);
    text = gen_text(p);
    ok = gen_now(p)->kind == GEN_TOK_INT || gen_now(p)->kind == GEN_TOK_FLOAT;
    ok = ok && parse_number(text, &i, &v.major);
    if (ok && i < text.len) {
        i++;
        ok = parse_number(text, &i, &v.minor);
    }
    if (!ok || i != text.len || v.major < 2 || v.major > 3) {
        gen_expected(p, "a version of SurrealDB, 2.0 to 3.x");
        return;
    }
    gen_next(p);
    if (!gen_want_end(p) || p->ctx->target_fixed) return;
    if (schema->target_pos.file != NULL && (schema->target.major != v.major
        || schema->target.minor != v.minor)) {
        twice(p, pos, schema->target_pos, "target");
        return;
    }
    schema->target = v;
    schema->target_pos = pos;
}

/* "prefix" , ident , ";" | "namespace" , ident , ";" */
static void parse_name_setting(gen_parser *p)
{
    gen_schema *schema = &p->ctx->schema;
    bool prefix = gen_at_word(p, "prefix");
    gen_str name;
    gen_pos pos;

    gen_next(p);
    if (!gen_want_name(p, "a name", &name, &pos) || !gen_want_end(p)) return;
    if (!prefix) {
        schema->namespace_ = name;
        return;
    }
    if (schema->prefix.len > 0 && !gen_str_eq(schema->prefix, name)) {
        twice(p, pos, schema->prefix_pos, "prefix");
        return;
    }
    schema->prefix = name;
    schema->prefix_pos = pos;
}

/* ------------------------------------------------------------------ enums */

static bool variant_number(gen_parser *p, gen_variant *v, int64_t next)
{
    bool minus = gen_take_punct(p, "-");
    gen_str text = gen_text(p);
    uint64_t n = 0;
    size_t i;

    v->number = next;
    if (gen_now(p)->kind != GEN_TOK_INT) {
        gen_expected(p, "a whole number");
        return false;
    }
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '_') continue;
        if (n > (uint64_t)INT64_MAX / 10 - 1) {
            gen_expected(p, "a number of 64 bits");
            return false;
        }
        n = n * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    v->number = minus ? -(int64_t)n : (int64_t)n;
    gen_next(p);
    return true;
}

static void variant_twice(gen_parser *p, const gen_enum *e, gen_variant *v)
{
    gen_variant *old = (gen_variant *)gen_map_get(p->ctx, e, GEN_KEY_VARIANT,
                                                  v->name);
    gen_diag *diag;

    if (old == NULL) {
        gen_map_set(p->ctx, e, GEN_KEY_VARIANT, v->name, v);
        return;
    }
    diag = gen_fail(p, SG1204, v->pos, "`%s` has two variants `%s`",
                    gen_clip(p->ctx, e->name), gen_clip(p->ctx, v->name));
    gen_other(p->ctx, diag, old->pos, "first here");
}

/* variant = [ docs ] , ident , [ "=" , ( string | int ) ] , { attr } ; */
static bool parse_variant(gen_parser *p, gen_enum *e, int64_t *next)
{
    gen_variant *v = (gen_variant *)gen_new(p->ctx, sizeof *v);

    v->doc = gen_take_docs(p);
    if (!gen_want_name(p, "the name of a variant", &v->name, &v->pos)) {
        return false;
    }
    v->value = v->name;
    v->number = *next;
    if (gen_take_punct(p, "=")) {
        if (e->is_int) {
            if (!variant_number(p, v, *next)) return false;
        } else if (gen_now(p)->kind == GEN_TOK_STRING) {
            v->value = gen_unquote(p->ctx, gen_text(p));
            gen_next(p);
        } else {
            gen_expected(p, "a string");
            return false;
        }
    }
    *next = v->number < INT64_MAX ? v->number + 1 : v->number;
    gen_read_attrs(p, &v->attrs);
    variant_twice(p, e, v);
    gen_list_push(p->ctx, &e->variants, v);
    return !p->failed;
}

enum { VARIANTS_MAX = 4096 };

/* enum = "enum" , ident , ":" , ( "string" | "int" ) , "{" , variant ,
 *        { "," , variant } , [ "," ] , "}" ; */
static void parse_enum(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_enum *e = (gen_enum *)gen_new(p->ctx, sizeof *e);
    int64_t next = 0;

    gen_next(p);
    e->doc = doc;
    e->attrs = *attrs;
    if (!gen_want_name(p, "the name of the enum", &e->name, &e->pos)) return;
    gen_list_push(p->ctx, &p->ctx->schema.enums, e);
    gen_item_push(p, GEN_ITEM_ENUM, e, e->pos);
    e->bad = true;
    gen_read_attrs(p, &e->attrs);
    if (gen_take_punct(p, ":")) {
        e->is_int = gen_at_word(p, "int");
        if (!gen_take_word(p, "int") && !gen_take_word(p, "string")) {
            gen_expected(p, "`string` or `int`");
            return;
        }
    }
    if (!gen_want_punct(p, "{", "and the variants")) return;
    do {
        if (e->variants.count > 0 && gen_at_punct(p, "}")) break;
        if (e->variants.count == VARIANTS_MAX) {
            gen_fail(p, SG1011, gen_here(p), "this enum has more than %d "
                     "variants", VARIANTS_MAX);
            return;
        }
        if (!parse_variant(p, e, &next)) return;
    } while (gen_take_punct(p, ","));
    if (!gen_want_punct(p, "}", "to close the enum")) return;
    gen_take_punct(p, ";");
    e->bad = p->failed;
}

/* ---------------------------------------------------------------- members */

/* `name { a: T, b: U }` is an object with columns of its own. */
static void shape_to_children(gen_parser *p, gen_field *field, gen_type *type)
{
    gen_type *shape = type->kind == GEN_T_OPTION ? type->elem : type;
    size_t i;

    if (shape == NULL || shape->kind != GEN_T_SHAPE) return;
    for (i = 0; i < shape->members.count; i++) {
        gen_member *member = gen_member_at(&shape->members, i);
        gen_field *child = gen_field_new(p);
        child->name = member->name;
        child->pos = member->pos;
        child->type = member->type;
        child->has_type = true;
        child->extent = member->pos;
        gen_list_push(p->ctx, &field->children, child);
        shape_to_children(p, child, child->type);
    }
    shape->kind = GEN_T_OBJECT;
}

/* field = path , type , { attr } , { clause } , ";" ; */
static void parse_field(gen_parser *p, gen_list *fields)
{
    gen_field *field = gen_field_new(p);
    gen_part *last;
    gen_type *type;

    field->doc = gen_take_docs(p);
    gen_read_attrs(p, &field->attrs);
    if (!gen_want_path(p, &field->path)) return;
    last = gen_part_at(&field->path, field->path.count - 1);
    field->name = last->name;
    field->pos = last->pos;
    type = gen_parse_type(p);
    if (type == NULL) return;
    field->type = type;
    field->has_type = true;
    shape_to_children(p, field, type);
    gen_read_attrs(p, &field->attrs);
    while (!p->failed && !gen_at_punct(p, ";")) {
        if (gen_at_punct(p, "}")) {
            gen_want_punct(p, ";", "to end this");
            return;
        }
        if (!gen_field_clause(p, field)) return;
    }
    if (p->failed) return;
    field->extent = gen_pos_from(p, p->begin);
    gen_next(p);
    gen_list_push(p->ctx, fields, field);
}

/* index = ( "index" | "unique" ) , name , [ "(" , columns , ")" ] ,
 *         [ ixkind ] , [ "concurrently" ] , ";" ; */
static void parse_index(gen_parser *p, gen_table *table)
{
    gen_index *index = (gen_index *)gen_new(p->ctx, sizeof *index);

    index->doc = gen_take_docs(p);
    index->table = table;
    if (gen_at_word(p, "unique")) {
        index->kind = GEN_IX_UNIQUE;
        index->kind_pos = gen_here(p);
    }
    gen_next(p);
    if (!gen_want_name(p, "the name of the index", &index->name,
                       &index->pos)) return;
    if (gen_take_punct(p, "(")) {
        if (!gen_index_columns(p, index)) return;
        if (!gen_want_punct(p, ")", "after the columns")) return;
    }
    while (!p->failed && !gen_at_punct(p, ";")) {
        if (gen_take_word(p, "concurrently")) {
            index->concurrently = true;
        } else if (gen_at_end(p) || gen_at_punct(p, "}")) {
            gen_want_punct(p, ";", "to end this");
        } else if (!gen_index_kind_clause(p, index)) {
            return;
        }
    }
    if (p->failed) return;
    gen_next(p);
    gen_list_push(p->ctx, &table->indexes, index);
}

/* A member word may also name a column; what follows decides. */
static bool is_index_member(const gen_parser *p)
{
    static const char *const kinds[] = {
        "count", "fulltext", "search", "hnsw", "mtree", NULL
    };
    const gen_token *after = gen_peek(p, 2);

    if (!gen_at_word(p, "index") && !gen_at_word(p, "unique")) return false;
    if (gen_peek(p, 1)->kind != GEN_TOK_IDENT
        && gen_peek(p, 1)->kind != GEN_TOK_QUOTED) return false;
    return gen_str_is(gen_tok_str(p->file, after), "(")
        || gen_word_in(gen_tok_str(p->file, after), kinds);
}

static bool is_perms_member(const gen_parser *p)
{
    static const char *const words[] = { "none", "full", "for", NULL };

    return gen_at_word(p, "permissions")
        && gen_word_in(gen_tok_str(p->file, gen_peek(p, 1)), words);
}

static bool is_later_member(const gen_parser *p)
{
    static const char *const words[] = { "when", "then", "on", "async", NULL };
    gen_str after = gen_tok_str(p->file, gen_peek(p, 2));

    if (gen_peek(p, 1)->kind != GEN_TOK_IDENT) return false;
    if (gen_at_word(p, "use")) return gen_str_is(after, ";");
    return gen_at_word(p, "event") && gen_word_in(after, words);
}

/* member = [ docs ] , ( field | index | "permissions" , perms , ";"
 *        | "reserved" , name , { "," , name } , ";" | event | use ) ; */
static void parse_member(gen_parser *p, gen_table *table, gen_list *fields)
{
    if (table != NULL && is_index_member(p)) {
        parse_index(p, table);
    } else if (table != NULL && is_perms_member(p)) {
        gen_next(p);
        if (gen_want_perms(p, gen_field_stops, &table->perms)) {
            gen_want_punct(p, ";", "to end this");
        }
    } else if (table != NULL && gen_at_word(p, "reserved")
               && gen_peek(p, 1)->kind == GEN_TOK_IDENT) {
        gen_next(p);
        if (gen_want_name_list(p, "a name", ",", &table->reserved)) {
            gen_want_punct(p, ";", "to end this");
        }
    } else if (is_later_member(p)) {
        not_yet(p);
    } else {
        parse_field(p, fields);
    }
}

/* "{" , { member } , "}" ; one diagnostic per member. */
static bool parse_members(gen_parser *p, gen_table *table, gen_list *fields)
{
    uint32_t open = p->at;
    bool bad = false;

    if (!gen_want_punct(p, "{", "and the members")) return false;
    p->in_block = true;
    while (!gen_at_end(p) && !gen_at_punct(p, "}")) {
        gen_start(p);
        if (!p->failed) parse_member(p, table, fields);
        if (p->failed) gen_recover(p);
        bad |= p->failed;
        gen_close_extent(p);
    }
    p->in_block = false;
    p->begin = p->at;
    p->failed = false;
    if (gen_at_end(p)) {
        gen_fail(p, SG1010, gen_tok_pos(p->file, &p->tokens[open]),
                 "this `{` is never closed");
        return false;
    }
    gen_next(p);
    gen_take_punct(p, ";");
    return !bad;
}

/* struct = "struct" , ident , "{" , { field } , "}" ; */
static void parse_struct(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_struct *s = (gen_struct *)gen_new(p->ctx, sizeof *s);

    gen_next(p);
    s->doc = doc;
    s->attrs = *attrs;
    if (!gen_want_name(p, "the name of the struct", &s->name, &s->pos)) {
        return;
    }
    gen_list_push(p->ctx, &p->ctx->schema.structs, s);
    gen_item_push(p, GEN_ITEM_STRUCT, s, s->pos);
    gen_read_attrs(p, &s->attrs);
    s->bad = p->failed || !parse_members(p, NULL, &s->fields);
}

/* table_opt = "schemafull" | "schemaless" | "drop"
 *           | "changefeed" , duration , [ "include" , "original" ] ; */
static bool parse_options(gen_parser *p, gen_table *table)
{
    while (!p->failed && !gen_at_punct(p, "{")) {
        if (gen_at_punct(p, "@")) {
            gen_read_attrs(p, &table->attrs);
        } else if (gen_at_end(p) || gen_at_word(p, "type")
                   || gen_at_word(p, "as")) {
            gen_expected(p, "`{` and the members");
        } else if (!gen_table_clause(p, table)) {
            return false;
        }
    }
    return !p->failed;
}

/* model = "model" , name , { table_opt } , { attr } , "{" , members , "}" ;
 * edge = "edge" , name , "from" , tables , "to" , tables , [ "enforced" ] ,
 *        { table_opt } , { attr } , "{" , members , "}" ; */
static void parse_model(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_table *table = (gen_table *)gen_new(p->ctx, sizeof *table);
    bool edge = gen_at_word(p, "edge");
    const char *what = "the name of a table";

    gen_next(p);
    table->doc = doc;
    table->attrs = *attrs;
    table->from_model = true;
    table->schemafull = true;
    table->kind = edge ? GEN_TABLE_RELATION : GEN_TABLE_NORMAL;
    if (!gen_want_name(p, what, &table->name, &table->pos)) return;
    if (edge) {
        if (!gen_take_word(p, "from")) {
            gen_expected(p, "`from` and the tables it leads from");
            return;
        }
        if (!gen_want_name_list(p, what, "|", &table->from)) return;
        if (!gen_take_word(p, "to")) {
            gen_expected(p, "`to` and the tables it leads to");
            return;
        }
        if (!gen_want_name_list(p, what, "|", &table->to)) return;
        table->enforced = gen_take_word(p, "enforced");
    }
    if (!parse_options(p, table)) return;
    gen_item_push(p, GEN_ITEM_TABLE, table, table->pos);
    table->bad = !parse_members(p, table, &table->fields);
}

/* ------------------------------------------------------------------ items */

static void unknown_item(gen_parser *p)
{
    static const char *const words[] = {
        "model", "edge", "enum", "struct", "target", "prefix", "namespace",
        "define", "include", "type", "mixin", "view", "analyzer", "param",
        "sequence", "function", "access", "user", "query", NULL
    };
    gen_guess guess;
    gen_diag *diag;

    if (gen_now(p)->kind != GEN_TOK_IDENT) {
        gen_expected(p, "`model`, `edge`, `enum`, `struct` or `DEFINE`");
        return;
    }
    diag = gen_fail(p, SG1102, gen_here(p), "no item starts with `%s`",
                    gen_clip(p->ctx, gen_text(p)));
    gen_guess_start(&guess, gen_text(p));
    gen_guess_words(&guess, words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
    }
}

/* item = [ docs ] , { attr } , ( setting | enum | struct | model | edge
 *      | raw | the items of later versions ) ; */
void gen_parse_item(gen_parser *p)
{
    gen_attrs attrs;
    gen_str doc = gen_take_docs(p);

    memset(&attrs, 0, sizeof attrs);
    gen_read_attrs(p, &attrs);
    if (p->failed) return;
    if (gen_at_word(p, "target")) {
        parse_target(p);
    } else if (gen_at_word(p, "prefix") || gen_at_word(p, "namespace")) {
        parse_name_setting(p);
    } else if (gen_at_word(p, "enum")) {
        parse_enum(p, doc, &attrs);
    } else if (gen_at_word(p, "struct")) {
        parse_struct(p, doc, &attrs);
    } else if (gen_at_word(p, "model") || gen_at_word(p, "edge")) {
        parse_model(p, doc, &attrs);
    } else if (gen_at_word(p, "define")) {
        gen_parse_define(p, doc, &attrs);
    } else if (!later_item(p)) {
        unknown_item(p);
    }
}
