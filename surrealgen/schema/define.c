/* surrealgen/schema/define.c: DEFINE TABLE, FIELD and INDEX; raw statements.
 *
 * Clauses come in any order, in every form that 1.x, 2.x or 3.x accepts;
 * version.c judges the old forms. Any other statement is kept word for word:
 * real schema files hold functions, events and seed data too. */
#include "front.h"

#include <string.h>

const char *const gen_field_stops[] = {
    "type", "flexible", "flexi", "flex", "default", "readonly", "value",
    "assert", "reference", "computed", "permissions", "comment", "for", NULL
};

static const char *const table_stops[] = {
    "type", "drop", "schemafull", "schemaful", "schemaless", "as",
    "changefeed", "permissions", "comment", "for", NULL
};

/* A view's AS names columns. */
const char *const gen_view_stops[] = {
    "type", "drop", "schemafull", "schemaful", "schemaless", "changefeed",
    "permissions", "comment", NULL
};

static const char *const index_stops[] = {
    "fields", "columns", "unique", "count", "fulltext", "search", "hnsw",
    "mtree", "concurrently", "defer", "comment", NULL
};

static gen_pos prev_pos(const gen_parser *p)
{
    return gen_tok_pos(p->file, &p->tokens[p->prev]);
}

/* [ "OVERWRITE" | "IF" , "NOT" , "EXISTS" ] */
gen_exists gen_take_exists(gen_parser *p)
{
    if (gen_take_word(p, "overwrite")) return GEN_EXISTS_OVERWRITE;
    if (!gen_at_word(p, "if")) return GEN_EXISTS_PLAIN;
    gen_next(p);
    if (!gen_take_word(p, "not") || !gen_take_word(p, "exists")) {
        gen_expected(p, "`IF NOT EXISTS`");
    }
    return GEN_EXISTS_IF_NOT;
}

/* "ON" , [ "TABLE" ] , name ; the table is made if it is not known. */
bool gen_want_on(gen_parser *p, gen_str *name, gen_pos *pos)
{
    if (!gen_take_word(p, "on")) {
        gen_expected(p, "`ON` and the name of a table");
        return false;
    }
    if (gen_at_word(p, "table") && (gen_peek(p, 1)->kind == GEN_TOK_IDENT
        || gen_peek(p, 1)->kind == GEN_TOK_QUOTED)) gen_next(p);
    return gen_want_name(p, "the name of a table", name, pos);
}

/* A clause of a newer server, or a slip of the pen. */
static void kept_raw(gen_parser *p, const char *of, const char *const *words)
{
    gen_guess guess;
    gen_diag *diag;

    if (gen_now(p)->kind != GEN_TOK_IDENT) return;
    gen_guess_start(&guess, gen_text(p));
    gen_guess_words(&guess, words);
    if (guess.best.len == 0) return;
    diag = gen_warn(p->ctx, SG1118, gen_here(p), "this %s has no clause "
                    "`%s` that is known here, it is kept as it is", of,
                    gen_clip(p->ctx, gen_text(p)));
    gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
}

/* No clause starts with the current word. */
void gen_unknown_clause(gen_parser *p, const char *of,
                        const char *const *words)
{
    gen_guess guess;
    gen_diag *diag;

    if (gen_missing_semicolon(p)) return;
    if (p->keep_raw && !gen_at_end(p)) {
        p->unknown = true;
        kept_raw(p, of, words);
        return;
    }
    if (gen_now(p)->kind != GEN_TOK_IDENT) {
        diag = gen_fail(p, SG1101, gen_here(p), "expected `;` or a clause of "
                        "the %s", of);
        if (gen_at_end(p)) {
            gen_hint(p->ctx, diag, "the file ends after this");
        }
        return;
    }
    diag = gen_fail(p, SG1106, gen_here(p), "this %s has no clause `%s`", of,
                    gen_clip(p->ctx, gen_text(p)));
    gen_guess_start(&guess, gen_text(p));
    gen_guess_words(&guess, words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
    }
}

/* ----------------------------------------------------------------- fields */

gen_field *gen_field_new(gen_parser *p)
{
    gen_field *field = (gen_field *)gen_new(p->ctx, sizeof *field);

    field->type = gen_type_new(p->ctx, GEN_T_ANY, gen_here(p));
    field->doc = gen_str_lit("");
    return field;
}

/* "reference" , [ "on" , "delete" , action ] ; */
static bool field_reference(gen_parser *p, gen_field *field)
{
    if (!gen_clause_once(p, field->reference, field->pos)) return false;
    field->reference = true;
    if (!gen_take_word(p, "on")) return true;
    if (!gen_take_word(p, "delete")) {
        gen_expected(p, "`delete`");
        return false;
    }
    if (gen_take_word(p, "ignore")) {
        field->on_delete = GEN_DELETE_IGNORE;
    } else if (gen_take_word(p, "unset")) {
        field->on_delete = GEN_DELETE_UNSET;
    } else if (gen_take_word(p, "cascade")) {
        field->on_delete = GEN_DELETE_CASCADE;
    } else if (gen_take_word(p, "reject")) {
        field->on_delete = GEN_DELETE_REJECT;
    } else if (gen_take_word(p, "then")) {
        field->on_delete = GEN_DELETE_THEN;
        return gen_take_clause(p, gen_field_stops, &field->delete_then);
    } else {
        gen_expected(p, "`ignore`, `unset`, `cascade`, `reject` or `then`");
        return false;
    }
    return true;
}

static bool field_type(gen_parser *p, gen_field *field)
{
    gen_type *type;

    if (!gen_clause_once(p, field->has_type, field->type->pos)) return false;
    type = gen_parse_type(p);
    if (type == NULL) return false;
    field->type = type;
    field->has_type = true;
    return true;
}

static bool field_default(gen_parser *p, gen_field *field)
{
    if (gen_at_word(p, "always")) {
        field->default_always = true;
        gen_next(p);
        if (!gen_clause_once(p, field->default_.present,
                             field->default_.pos)) return false;
        return gen_scan_expr(p, gen_field_stops, false, &field->default_);
    }
    return gen_take_clause(p, gen_field_stops, &field->default_);
}

/* clause = "default" , [ "always" ] , expr | "value" , expr
 *        | "assert" , expr | "computed" , expr | "readonly" | "flexible"
 *        | reference | "comment" , expr | "permissions" , perms ; */
bool gen_field_clause(gen_parser *p, gen_field *field)
{
    const char *const *stops = gen_field_stops;

    if (gen_take_word(p, "default")) return field_default(p, field);
    if (gen_take_word(p, "value")) {
        return gen_take_clause(p, stops, &field->value);
    }
    if (gen_take_word(p, "assert")) {
        return gen_take_clause(p, stops, &field->assert_);
    }
    if (gen_take_word(p, "computed")) {
        return gen_take_clause(p, stops, &field->computed);
    }
    if (gen_take_word(p, "comment")) {
        return gen_take_clause(p, stops, &field->comment);
    }
    if (gen_take_word(p, "readonly")) {
        if (!gen_clause_once(p, field->readonly, field->pos)) return false;
        field->readonly = true;
        return true;
    }
    if (gen_take_word(p, "flexible") || gen_take_word(p, "flexi")
        || gen_take_word(p, "flex")) {
        if (!gen_clause_once(p, field->flexible, field->pos)) return false;
        field->flexible = true;
        return true;
    }
    if (gen_take_word(p, "reference")) return field_reference(p, field);
    if (gen_take_word(p, "permissions")) {
        return gen_want_perms(p, stops, &field->perms);
    }
    gen_unknown_clause(p, "field", stops);
    return false;
}

/* "DEFINE" , "FIELD" , [ exists ] , path , "ON" , table , { "TYPE" , type
 * | clause } ; the table's tree is built later, in tree.c. */
static void define_field(gen_parser *p, gen_field *field)
{
    gen_str table;
    gen_pos table_pos;
    gen_part *last;

    field->defined = true;
    field->exists = gen_take_exists(p);
    if (p->failed || !gen_want_path(p, &field->path)) return;
    last = gen_part_at(&field->path, field->path.count - 1);
    field->name = last->name;
    field->pos = last->pos;
    if (!gen_want_on(p, &table, &table_pos)) return;
    field->table = gen_stand_in(p->ctx, table, table_pos);
    while (!p->failed && !gen_at_punct(p, ";") && !gen_at_end(p)) {
        bool ok = gen_take_word(p, "type") ? field_type(p, field)
            : gen_field_clause(p, field);
        if (!ok) return;
    }
    if (gen_want_end(p)) {
        gen_item_push(p, GEN_ITEM_FIELD, field, field->pos);
    }
}

/* ---------------------------------------------------------------- indexes */

/* columns = path , { "," , path } ; */
bool gen_index_columns(gen_parser *p, gen_index *index)
{
    do {
        gen_list *path = (gen_list *)gen_new(p->ctx, sizeof *path);
        gen_name *text = (gen_name *)gen_new(p->ctx, sizeof *text);
        uint32_t first = p->at;
        if (!gen_want_path(p, path)) return false;
        text->pos = gen_pos_from(p, first);
        text->text = gen_slice(p, first);
        gen_list_push(p->ctx, &index->columns, path);
        gen_list_push(p->ctx, &index->col_pos, text);
    } while (gen_take_punct(p, ","));
    return true;
}

static bool index_kind(gen_parser *p, gen_index *index, gen_index_kind kind)
{
    if (!gen_clause_once(p, index->kind != GEN_IX_PLAIN, index->kind_pos)) {
        return false;
    }
    index->kind = kind;
    index->kind_pos = prev_pos(p);
    return true;
}

/* ixkind = "unique" | "count" , [ "where" , expr ]
 *        | ( "fulltext" | "search" ) , [ "analyzer" , name ] , words
 *        | ( "hnsw" | "mtree" ) , words ; */
bool gen_index_kind_clause(gen_parser *p, gen_index *index)
{
    gen_pos pos;

    if (gen_take_word(p, "unique")) {
        return index_kind(p, index, GEN_IX_UNIQUE);
    }
    if (gen_take_word(p, "count")) {
        if (!index_kind(p, index, GEN_IX_COUNT)) return false;
        if (!gen_take_word(p, "where")) return true;
        return gen_scan_expr(p, index_stops, false, &index->where);
    }
    if (gen_at_word(p, "fulltext") || gen_at_word(p, "search")) {
        bool old = gen_at_word(p, "search");
        gen_next(p);
        if (!index_kind(p, index, old ? GEN_IX_SEARCH : GEN_IX_FULLTEXT)) {
            return false;
        }
        if (gen_take_word(p, "analyzer") && !gen_want_name(p,
            "the name of an analyzer", &index->analyzer, &pos)) return false;
        index->options = gen_words_until(p, index_stops);
        return !p->failed;
    }
    if (gen_at_word(p, "hnsw") || gen_at_word(p, "mtree")) {
        bool old = gen_at_word(p, "mtree");
        gen_next(p);
        if (!index_kind(p, index, old ? GEN_IX_MTREE : GEN_IX_HNSW)) {
            return false;
        }
        if (!gen_at_word(p, "dimension")) {
            gen_expected(p, "`DIMENSION` and a number");
            return false;
        }
        index->options = gen_words_until(p, index_stops);
        return !p->failed;
    }
    gen_unknown_clause(p, "index", index_stops);
    return false;
}

/* "DEFINE" , "INDEX" , [ exists ] , name , "ON" , table , [ ( "FIELDS"
 * | "COLUMNS" ) , columns ] , { ixkind | "CONCURRENTLY" | comment } ; */
static void define_index(gen_parser *p, gen_index *index)
{
    gen_str table;
    gen_pos table_pos;
    bool ok = true;

    index->defined = true;
    index->exists = gen_take_exists(p);
    if (p->failed || !gen_want_name(p, "the name of an index", &index->name,
                                    &index->pos)) return;
    if (!gen_want_on(p, &table, &table_pos)) return;
    index->table = gen_stand_in(p->ctx, table, table_pos);
    while (ok && !p->failed && !gen_at_punct(p, ";") && !gen_at_end(p)) {
        if (gen_take_word(p, "fields") || gen_take_word(p, "columns")) {
            ok = gen_clause_once(p, index->columns.count > 0, index->pos)
                && gen_index_columns(p, index);
        } else if (gen_take_word(p, "concurrently")) {
            index->concurrently = true;
        } else if (gen_take_word(p, "defer")) {
            index->defer = true;
        } else if (gen_take_word(p, "comment")) {
            ok = gen_take_clause(p, index_stops, &index->comment);
        } else {
            ok = gen_index_kind_clause(p, index);
        }
    }
    if (ok && !p->failed && gen_want_end(p)) {
        gen_item_push(p, GEN_ITEM_INDEX, index, index->pos);
    }
}

/* ----------------------------------------------------------------- tables */

/* "any" | "normal" | "relation" , [ ( "in" | "from" ) , names ]
 * , [ ( "out" | "to" ) , names ] , [ "enforced" ] ; */
static bool table_type(gen_parser *p, gen_table *table)
{
    const char *what = "the name of a table";

    if (gen_take_word(p, "any")) return true;
    if (gen_take_word(p, "normal")) {
        table->kind = GEN_TABLE_NORMAL;
        return true;
    }
    if (!gen_take_word(p, "relation")) {
        gen_expected(p, "`ANY`, `NORMAL` or `RELATION`");
        return false;
    }
    table->kind = GEN_TABLE_RELATION;
    for (;;) {
        if (gen_take_word(p, "in") || gen_take_word(p, "from")) {
            if (!gen_want_name_list(p, what, "|", &table->from)) return false;
        } else if (gen_take_word(p, "out") || gen_take_word(p, "to")) {
            if (!gen_want_name_list(p, what, "|", &table->to)) return false;
        } else if (gen_take_word(p, "enforced")) {
            table->enforced = true;
        } else {
            return !p->failed;
        }
    }
}

static bool table_changefeed(gen_parser *p, gen_table *table)
{
    if (!gen_clause_once(p, table->changefeed.present,
                         table->changefeed.pos)) return false;
    if (gen_now(p)->kind != GEN_TOK_DURATION) {
        gen_expected(p, "a duration such as `7d`");
        return false;
    }
    table->changefeed.present = true;
    table->changefeed.pos = gen_here(p);
    table->changefeed.text = gen_str_copy(p->ctx, gen_text(p).ptr,
                                          gen_text(p).len);
    gen_next(p);
    if (gen_take_word(p, "include")) {
        table->changefeed_original = true;
        if (!gen_take_word(p, "original")) {
            gen_expected(p, "`original`");
            return false;
        }
    }
    return true;
}

/* clause = "drop" | "schemafull" | "schemaless" | "type" , ... | "as" , expr
 *        | "changefeed" , ... | "permissions" , perms | "comment" , expr ; */
bool gen_table_clause(gen_parser *p, gen_table *table)
{
    if (gen_take_word(p, "drop")) {
        table->drop = true;
    } else if (gen_take_word(p, "schemafull")
               || gen_take_word(p, "schemaful")) {
        table->schemafull = true;
    } else if (gen_take_word(p, "schemaless")) {
        table->schemafull = false;
    } else if (gen_take_word(p, "type")) {
        return table_type(p, table);
    } else if (gen_take_word(p, "as")) {
        if (!gen_at_word(p, "select") && !gen_at_punct(p, "(")) {
            return gen_odd(p, "a `SELECT`, whose rows the view is");
        }
        return gen_take_clause(p, gen_view_stops, &table->view);
    } else if (gen_take_word(p, "changefeed")) {
        return table_changefeed(p, table);
    } else if (gen_take_word(p, "permissions")) {
        return gen_want_perms(p, table_stops, &table->perms);
    } else if (gen_take_word(p, "comment")) {
        return gen_take_clause(p, table_stops, &table->comment);
    } else {
        gen_unknown_clause(p, "table", table_stops);
        return false;
    }
    return true;
}

/* "DEFINE" , "TABLE" , [ exists ] , name , { clause } ; */
static void define_table(gen_parser *p, gen_table *table)
{
    bool typed = false;

    table->exists = gen_take_exists(p);
    if (p->failed || !gen_want_name(p, "the name of a table", &table->name,
                                    &table->pos)) return;
    while (!p->failed && !gen_at_punct(p, ";") && !gen_at_end(p)) {
        typed = typed || gen_at_word(p, "type");
        if (!gen_table_clause(p, table)) return;
    }
    /* The server's own rule: SCHEMAFULL alone means TYPE NORMAL. */
    if (!typed && table->schemafull) table->kind = GEN_TABLE_NORMAL;
    if (gen_want_end(p)) {
        gen_item_push(p, GEN_ITEM_TABLE, table, table->pos);
    }
}

/* -------------------------------------------------------------------- raw */

/* DEFINE word [exists] NAME, as far as it can be told. */
static void raw_name(const gen_parser *p, gen_raw *raw)
{
    gen_parser q = *p;
    uint32_t first;

    q.failed = true; /* a look ahead: it must not complain */
    gen_next(&q);
    if (gen_at_word(&q, "config") || gen_now(&q)->kind != GEN_TOK_IDENT) {
        return;
    }
    gen_next(&q);
    gen_take_exists(&q);
    first = q.at;
    gen_next(&q);
    while (gen_at_punct(&q, "::")) {
        gen_next(&q);
        gen_next(&q);
    }
    raw->name = gen_slice(&q, first);
}

static bool starts_line(const gen_parser *p)
{
    return gen_now(p)->line > p->tokens[p->prev].line;
}

/* raw = tokens , ";" ; brackets match, nothing else is looked at. */
void gen_parse_raw(gen_parser *p, gen_str doc)
{
    gen_raw *raw = (gen_raw *)gen_new(p->ctx, sizeof *raw);
    uint32_t first = p->at;
    gen_str word = gen_text(p);
    bool define = gen_at_word(p, "define");

    raw->pos = gen_here(p);
    raw->doc = doc;
    raw->is_define = define;
    raw->name = gen_str_lit("");
    if (define) raw_name(p, raw);
    raw->kind = gen_str_copy(p->ctx, word.ptr, word.len);
    raw->tok_begin = first;
    while (!p->failed && !gen_at_end(p) && !gen_at_punct(p, ";")) {
        if (gen_at_punct(p, "(") || gen_at_punct(p, "[")
            || gen_at_punct(p, "{")) {
            gen_skip_group(p);
        } else if (gen_at_punct(p, ")") || gen_at_punct(p, "]")
                   || gen_at_punct(p, "}")) {
            gen_fail(p, SG1010, gen_here(p), "this `%.1s` closes nothing",
                     gen_text(p).ptr);
        } else {
            gen_next(p);
        }
        if (!p->failed && gen_at_word(p, "define") && starts_line(p)
            && gen_missing_semicolon(p)) break;
    }
    if (p->failed) return;
    raw->text = gen_slice(p, first);
    raw->pos = gen_pos_from(p, first);
    if (!gen_want_end(p)) return;
    gen_list_push(p->ctx, &p->ctx->schema.raws, raw);
    gen_item_push(p, GEN_ITEM_RAW, raw, raw->pos);
}

/* ----------------------------------------------------------------- define */

static const char *const define_words[] = {
    "table", "field", "index", "analyzer", "event", "function", "param",
    "access", "user", "namespace", "ns", "database", "db", "sequence", "api",
    "bucket", "config", "module", "model", "token", "scope", NULL
};

static void unknown_define(gen_parser *p, gen_str word, gen_pos pos)
{
    gen_guess guess;
    gen_diag *diag;

    diag = gen_fail(p, SG1103, pos, "there is no `DEFINE %s`",
                    gen_clip(p->ctx, word));
    gen_guess_start(&guess, word);
    gen_guess_words(&guess, define_words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
    }
}

/* Whether the name of what is defined is a parameter: DEFINE TABLE $t. */
static bool named_by_param(const gen_parser *p)
{
    unsigned n = 2;

    if (gen_word_eq(gen_tok_str(p->file, gen_peek(p, n)), "overwrite")) n++;
    if (gen_word_eq(gen_tok_str(p->file, gen_peek(p, n)), "if")
        && gen_word_eq(gen_tok_str(p->file, gen_peek(p, n + 1)), "not")) {
        n += 3;
    }
    return gen_peek(p, n)->kind == GEN_TOK_PARAM;
}

static void define_old(gen_parser *p, gen_str word, gen_str doc,
                       const gen_attrs *attrs)
{
    gen_next(p);
    gen_next(p);
    if (gen_word_eq(word, "table")) {
        gen_table *table = (gen_table *)gen_new(p->ctx, sizeof *table);
        table->doc = doc;
        table->attrs = *attrs;
        gen_check_attrs(p, attrs, GEN_PLACE_TABLE, "a table");
        define_table(p, table);
    } else if (gen_word_eq(word, "field")) {
        gen_field *field = gen_field_new(p);
        field->doc = doc;
        field->attrs = *attrs;
        gen_check_attrs(p, attrs, GEN_PLACE_FIELD, "a column");
        define_field(p, field);
    } else {
        gen_index *index = (gen_index *)gen_new(p->ctx, sizeof *index);
        index->doc = doc;
        index->attrs = *attrs;
        gen_check_attrs(p, attrs, GEN_PLACE_INDEX, "an index");
        define_index(p, index);
    }
}

/* define = "DEFINE" , word , ... , ";" ; */
void gen_parse_define(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    static const char *const old[] = { "table", "field", "index", NULL };
    const gen_token *kind = gen_peek(p, 1);
    gen_str word = gen_tok_str(p->file, kind);
    bool raw;

    if (kind->kind != GEN_TOK_IDENT) {
        gen_next(p);
        gen_expected(p, "what to define: `TABLE`, `FIELD`, `INDEX`, ...");
        return;
    }
    if (!gen_word_in(word, define_words)) {
        unknown_define(p, word, gen_tok_pos(p->file, kind));
        return;
    }
    raw = named_by_param(p) && !gen_word_eq(word, "param");
    if (!raw && gen_word_in(word, old)) {
        define_old(p, word, doc, attrs);
    } else if (raw || !gen_define_global(p, word, doc, attrs)) {
        gen_check_attrs(p, attrs, GEN_PLACE_RAW, "this statement");
        if (!p->failed) gen_parse_raw(p, doc);
    }
}
