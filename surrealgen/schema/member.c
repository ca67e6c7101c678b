/* surrealgen/schema/member.c: models, edges, views, structs and mixins.
 *
 * A model is a group of DEFINE statements with the table name factored out:
 * each member is one statement, in order, and its clauses are SurrealQL. A
 * word that starts a member may also name a column: what follows decides. */
#include "front.h"

#include <string.h>

/* Where the members of one block go; NULL: it cannot have such. */
typedef struct members {
    gen_table *table;
    gen_list *fields, *indexes, *events;
    bool mixin;
    gen_str doc;     /* of the member at hand, and what is before it */
    gen_attrs attrs;
} members;

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
        gen_list_push(p->ctx, &field->children, child);
        shape_to_children(p, child, child->type);
    }
    shape->kind = GEN_T_OBJECT;
}

/* field = path , type , { attr } , { clause } , ";" ; */
static void parse_field(gen_parser *p, const members *m)
{
    gen_field *field = gen_field_new(p);
    gen_part *last;
    gen_type *type;

    field->doc = m->doc;
    field->attrs = m->attrs;
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
            gen_want_end(p);
            return;
        }
        if (!gen_field_clause(p, field)) return;
    }
    gen_check_attrs(p, &field->attrs, GEN_PLACE_FIELD, "a column");
    if (p->failed) return;
    gen_next(p);
    gen_list_push(p->ctx, m->fields, field);
}

/* index = ( "index" | "unique" ) , name , [ "(" , columns , ")" ] ,
 *         [ ixkind ] , [ "concurrently" ] , ";" ; */
static void parse_index(gen_parser *p, const members *m)
{
    static const char *const none[] = { NULL };
    gen_index *index = (gen_index *)gen_new(p->ctx, sizeof *index);

    index->doc = m->doc;
    index->attrs = m->attrs;
    index->table = m->table;
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
    gen_read_attrs(p, &index->attrs);
    while (!p->failed && !gen_at_punct(p, ";")) {
        if (gen_take_word(p, "concurrently")) {
            index->concurrently = true;
        } else if (gen_at_punct(p, "@")) {
            gen_read_attrs(p, &index->attrs);
        } else if (gen_take_word(p, "comment")) {
            if (!gen_take_clause(p, none, &index->comment)) return;
        } else if (gen_at_end(p) || gen_at_punct(p, "}")) {
            gen_want_end(p);
        } else if (!gen_index_kind_clause(p, index)) {
            return;
        }
    }
    gen_check_attrs(p, &index->attrs, GEN_PLACE_INDEX, "an index");
    if (p->failed) return;
    gen_next(p);
    gen_list_push(p->ctx, m->indexes, index);
}

static bool is_name(const gen_token *tok)
{
    return tok->kind == GEN_TOK_IDENT || tok->kind == GEN_TOK_QUOTED;
}

static bool is_index_member(const gen_parser *p)
{
    static const char *const kinds[] = {
        "count", "fulltext", "search", "hnsw", "mtree", NULL
    };
    const gen_token *after = gen_peek(p, 2);

    if (!gen_at_word(p, "index") && !gen_at_word(p, "unique")) return false;
    if (!is_name(gen_peek(p, 1))) return false;
    return gen_str_is(gen_tok_str(p->file, after), "(")
        || gen_word_in(gen_tok_str(p->file, after), kinds);
}

static bool is_perms_member(const gen_parser *p)
{
    static const char *const words[] = { "none", "full", "for", NULL };

    return gen_at_word(p, "permissions")
        && gen_word_in(gen_tok_str(p->file, gen_peek(p, 1)), words);
}

static bool is_event_member(const gen_parser *p)
{
    static const char *const words[] = { "when", "then", "on", "async", NULL };

    return gen_at_word(p, "event") && is_name(gen_peek(p, 1))
        && gen_word_in(gen_tok_str(p->file, gen_peek(p, 2)), words);
}

static bool is_use_member(const gen_parser *p)
{
    gen_str name = gen_tok_str(p->file, gen_peek(p, 1));

    return gen_at_word(p, "use") && is_name(gen_peek(p, 1))
        && !gen_word_in(name, gen_type_words)
        && gen_str_is(gen_tok_str(p->file, gen_peek(p, 2)), ";");
}

/* `reserved a, b;`; a column of that name has a type and maybe clauses. */
static bool is_reserved_member(const gen_parser *p)
{
    gen_str name = gen_tok_str(p->file, gen_peek(p, 1));
    gen_str after = gen_tok_str(p->file, gen_peek(p, 2));

    if (!is_name(gen_peek(p, 1))) return false;
    return gen_str_is(after, ",") || !gen_word_in(name, gen_type_words);
}

/* event = "event" , name , clauses , ";" ; see global.c */
static void parse_event(gen_parser *p, const members *m)
{
    gen_event *event = (gen_event *)gen_new(p->ctx, sizeof *event);

    event->doc = m->doc;
    event->attrs = m->attrs;
    gen_next(p);
    if (!gen_want_name(p, "the name of the event", &event->name,
                       &event->pos)) return;
    event->table = m->table;
    gen_read_attrs(p, &event->attrs);
    if (gen_at_word(p, "on")) {
        gen_diag *diag = gen_fail(p, SG1101, gen_here(p), "an event in a "
                                  "block is on the table of the block");
        gen_fix(p->ctx, diag, "leave `on` and the name out");
        return;
    }
    if (!gen_parse_event(p, event)) return;
    gen_check_attrs(p, &event->attrs, GEN_PLACE_OTHER, "an event");
    if (p->failed) {
        p->recovered = true; /* the `;` is taken already */
        return;
    }
    gen_list_push(p->ctx, m->events, event);
}

/* "use" , ident , ";" ; the members come in when all files are read */
static void parse_use(gen_parser *p, const members *m)
{
    gen_use *use = (gen_use *)gen_new(p->ctx, sizeof *use);

    if (m->mixin) {
        gen_fail(p, SG1119, gen_here(p), "a mixin cannot `use` another one");
        return;
    }
    gen_next(p);
    if (!gen_want_name(p, "the name of a mixin", &use->name.text,
                       &use->name.pos)) return;
    use->fields = m->fields->count;
    use->indexes = m->indexes->count;
    use->events = m->events->count;
    gen_list_push(p->ctx, &m->table->uses, use);
    gen_want_end(p);
}

/* "permissions" , perms , ";" | "comment" , expr , ";"
 * | "reserved" , name , { "," , name } , ";" ; false: none of them */
static bool parse_table_member(gen_parser *p, const members *m)
{
    bool comment = gen_at_word(p, "comment")
        && gen_peek(p, 1)->kind == GEN_TOK_STRING;
    bool reserved = gen_at_word(p, "reserved") && is_reserved_member(p);
    bool ok;

    if (!comment && !reserved && !is_perms_member(p)) return false;
    gen_check_attrs(p, &m->attrs, GEN_PLACE_NONE, "this");
    if (p->failed) return true;
    gen_next(p);
    if (comment) {
        ok = gen_take_clause(p, gen_field_stops, &m->table->comment);
    } else if (reserved) {
        ok = gen_want_name_list(p, "a name", ",", &m->table->reserved);
    } else {
        ok = gen_want_perms(p, gen_field_stops, &m->table->perms);
    }
    if (ok) gen_want_end(p);
    return true;
}

/* member = [ docs ] , { attr } , ( field | index | event
 *        | "use" , ident , ";" | what a table has ) ; */
static bool parse_member(gen_parser *p, void *of)
{
    members *m = (members *)of;

    memset(&m->attrs, 0, sizeof m->attrs);
    m->doc = gen_take_docs(p);
    gen_read_attrs(p, &m->attrs);
    if (p->failed) return false;
    if (m->indexes != NULL && is_index_member(p)) {
        parse_index(p, m);
    } else if (m->events != NULL && is_event_member(p)) {
        parse_event(p, m);
    } else if (m->events != NULL && is_use_member(p)) {
        gen_check_attrs(p, &m->attrs, GEN_PLACE_NONE, "`use`");
        if (!p->failed) parse_use(p, m);
    } else if (m->table == NULL || !parse_table_member(p, m)) {
        parse_field(p, m);
    }
    return !p->failed;
}

/* "{" , { part } , "}" ; one diagnostic per part. */
bool gen_parse_block(gen_parser *p, const char *what,
                     bool (*part)(gen_parser *p, void *of), void *of)
{
    uint32_t open = p->at;
    bool bad = false;

    if (!gen_want_punct(p, "{", what)) return false;
    p->in_block = true;
    while (!gen_at_end(p) && !gen_at_punct(p, "}")) {
        size_t allows = p->file->allows[1].count;
        gen_start(p);
        if (!p->failed) part(p, of);
        if (p->failed && !p->recovered) gen_recover(p);
        bad |= p->failed;
        gen_close_allows(p, allows);
        gen_close_extent(p);
    }
    p->in_block = false;
    p->recovered = false;
    p->begin = p->at;
    p->failed = false;
    if (gen_at_end(p)) {
        gen_fail(p, SG1010, gen_tok_pos(p->file, &p->tokens[open]),
                 "this `{` is never closed");
        return false;
    }
    gen_next(p);
    return !bad;
}

static bool parse_members(gen_parser *p, members *m)
{
    bool ok = gen_parse_block(p, "and the members", parse_member, m);

    gen_take_punct(p, ";");
    return ok;
}

/* struct = "struct" , ident , "{" , { field } , "}" ; */
void gen_parse_struct(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_struct *s = (gen_struct *)gen_new(p->ctx, sizeof *s);
    members m;

    gen_next(p);
    s->doc = doc;
    s->attrs = *attrs;
    if (!gen_want_name(p, "the name of the struct", &s->name, &s->pos)) {
        return;
    }
    gen_list_push(p->ctx, &p->ctx->schema.structs, s);
    gen_item_push(p, GEN_ITEM_STRUCT, s, s->pos);
    gen_read_attrs(p, &s->attrs);
    gen_check_attrs(p, &s->attrs, GEN_PLACE_OTHER, "a struct");
    s->bad = true;
    if (p->failed) return;
    memset(&m, 0, sizeof m);
    m.fields = &s->fields;
    s->bad = !parse_members(p, &m);
}

/* mixin = "mixin" , ident , "{" , { field | index | event } , "}" ; */
void gen_parse_mixin(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_mixin *mixin = (gen_mixin *)gen_new(p->ctx, sizeof *mixin);
    members m;

    gen_next(p);
    mixin->doc = doc;
    mixin->attrs = *attrs;
    if (!gen_want_name(p, "the name of the mixin", &mixin->name,
                       &mixin->pos)) return;
    gen_list_push(p->ctx, &p->ctx->schema.mixins, mixin);
    gen_item_push(p, GEN_ITEM_MIXIN, mixin, mixin->pos);
    gen_read_attrs(p, &mixin->attrs);
    gen_check_attrs(p, &mixin->attrs, GEN_PLACE_OTHER, "a mixin");
    mixin->bad = true;
    if (p->failed) return;
    memset(&m, 0, sizeof m);
    m.mixin = true;
    m.fields = &mixin->fields;
    m.indexes = &mixin->indexes;
    m.events = &mixin->events;
    mixin->bad = !parse_members(p, &m);
}

static void table_members(gen_table *table, members *m)
{
    memset(m, 0, sizeof *m);
    m->table = table;
    m->fields = &table->fields;
    m->indexes = &table->indexes;
    m->events = &table->events;
}

/* view = "view" , name , { attr } , "{" , { name , type , ";" } , "}" , "as" ,
 *        expr , ";" ; what its columns are is for C, the server computes
 *        them: it stores nothing, so there is no schema to be full of. */
void gen_parse_view(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_table *table = (gen_table *)gen_new(p->ctx, sizeof *table);
    members m;
    bool ok;

    gen_next(p);
    table->doc = doc;
    table->attrs = *attrs;
    table->from_model = true;
    table->kind = GEN_TABLE_NORMAL;
    if (!gen_want_name(p, "the name of a view", &table->name, &table->pos)) {
        return;
    }
    gen_read_attrs(p, &table->attrs);
    gen_check_attrs(p, &table->attrs, GEN_PLACE_TABLE, "a view");
    if (p->failed) return;
    gen_item_push(p, GEN_ITEM_TABLE, table, table->pos);
    table->bad = true;
    table_members(table, &m);
    ok = gen_parse_block(p, "and the columns", parse_member, &m);
    if (p->failed) return;
    if (!gen_take_word(p, "as")) {
        gen_expected(p, "`as` and a `SELECT`");
        return;
    }
    if (!gen_at_word(p, "select") && !gen_at_punct(p, "(")) {
        gen_expected(p, "a `SELECT`, whose rows the view is");
        return;
    }
    if (!gen_scan_expr(p, gen_view_stops, false, &table->view)) return;
    table->bad = !gen_want_end(p) || !ok;
}

/* table_opt = "schemafull" | "schemaless" | "drop"
 *           | "changefeed" , duration , [ "include" , "original" ] ; */
static bool parse_options(gen_parser *p, gen_table *table)
{
    bool ok = true;

    while (ok && !p->failed && !gen_at_punct(p, "{")) {
        if (gen_at_punct(p, "@")) {
            gen_read_attrs(p, &table->attrs);
        } else if (gen_at_end(p) || gen_at_word(p, "type")
                   || gen_at_word(p, "as")) {
            gen_expected(p, "`{` and the members");
        } else {
            p->stop_brace = true; /* comment "..." { */
            ok = gen_table_clause(p, table);
            p->stop_brace = false;
        }
    }
    return ok && !p->failed;
}

/* model = "model" , name , { table_opt } , { attr } , "{" , members , "}" ;
 * edge = "edge" , name , "from" , tables , "to" , tables , [ "enforced" ] ,
 *        { table_opt } , { attr } , "{" , members , "}" ; */
void gen_parse_model(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_table *table = (gen_table *)gen_new(p->ctx, sizeof *table);
    bool edge = gen_at_word(p, "edge");
    const char *what = "the name of a table";
    members m;

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
    gen_check_attrs(p, &table->attrs, GEN_PLACE_TABLE, edge ? "an edge"
                    : "a model");
    if (p->failed) return;
    gen_item_push(p, GEN_ITEM_TABLE, table, table->pos);
    table_members(table, &m);
    table->bad = !parse_members(p, &m);
}

