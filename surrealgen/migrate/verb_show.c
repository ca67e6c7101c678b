/* surrealgen/migrate/verb_show.c: `schema show`: the tables of a schema, or one
 * of them with all that is defined for it and what links to it.
 *
 * The schema is a list of definitions, whether it comes from files or from a
 * database; of those only what is shown is parsed. */
#include "../schema/front.h"
#include "drift.h"
#include "plan.h"
#include "verb.h"

#include <stdlib.h>
#include <string.h>

/* Columns of a text, printed as wide as they must be. */
enum { CELLS = 6, CELL_MAX = 60 };

typedef struct grid {
    gen_ctx *ctx;
    gen_list rows; /* gen_str [CELLS] */
} grid;

static gen_str *add_row(grid *g)
{
    gen_str *row = (gen_str *)gen_new(g->ctx, CELLS * sizeof *row);
    size_t i;

    for (i = 0; i < CELLS; i++) {
        row[i] = gen_str_lit("");
    }
    gen_list_push(g->ctx, &g->rows, row);
    return row;
}

static void print_grid(const grid *g, gen_buf *out)
{
    size_t wide[CELLS] = { 0 };
    size_t i, k;

    for (i = 0; i < g->rows.count; i++) {
        const gen_str *row = (const gen_str *)g->rows.at[i];
        for (k = 0; k < CELLS; k++) {
            if (row[k].len > wide[k] && row[k].len <= CELL_MAX) {
                wide[k] = row[k].len;
            }
        }
    }
    for (i = 0; i < g->rows.count; i++) {
        const gen_str *row = (const gen_str *)g->rows.at[i];
        for (k = 0; k < CELLS; k++) {
            size_t len = row[k].len;
            gen_buf_add_str(out, row[k]);
            for (; len < wide[k] + 2; len++) gen_buf_add_char(out, ' ');
        }
        while (out->len > 0 && out->ptr[out->len - 1] == ' ') {
            out->ptr[--out->len] = 0;
        }
        gen_buf_add_char(out, '\n');
    }
}

static gen_str number(gen_ctx *ctx, size_t n)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_fmt(&out, "%zu", n);
    return gen_buf_str(&out);
}

/* ---------------------------------------------------------------- reading */

/* A table and what is defined for it. */
typedef struct shown {
    mig_def *def; /* NULL: never defined, others speak of it */
    gen_str name;
    gen_list fields, indexes, events; /* mig_def */
} shown;

typedef struct show {
    const gen_cli *cli;
    gen_ctx *ctx;
    mig_state state;
    gen_list tables; /* shown, by name */
    size_t others;   /* definitions that belong to no table */
} show;

static shown *shown_at(const gen_list *list, size_t i)
{
    return (shown *)list->at[i];
}

static shown *table_of(show *s, gen_str name)
{
    shown *one = (shown *)gen_map_get(s->ctx, s, GEN_KEY_TABLE, name);

    if (one != NULL) return one;
    one = (shown *)gen_new(s->ctx, sizeof *one);
    one->name = name;
    gen_map_set(s->ctx, s, GEN_KEY_TABLE, name, one);
    gen_list_push(s->ctx, &s->tables, one);
    return one;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const shown *const *)a)->name.ptr,
                  (*(const shown *const *)b)->name.ptr);
}

/* What belongs to which table; those by name, quoted or not. */
static void sort_out(show *s)
{
    size_t i;

    for (i = 0; i < s->state.defs.count; i++) {
        mig_def *def = mig_def_at(&s->state.defs, i);
        if (def->kind == DB_TABLE || def->kind == DB_VIEW) {
            table_of(s, def->name)->def = def;
        }
    }
    for (i = 0; i < s->state.defs.count; i++) {
        mig_def *def = mig_def_at(&s->state.defs, i);
        if (def->kind == DB_FIELD) {
            gen_list_push(s->ctx, &table_of(s, def->table)->fields, def);
        } else if (def->kind == DB_INDEX) {
            gen_list_push(s->ctx, &table_of(s, def->table)->indexes, def);
        } else if (def->kind == DB_EVENT) {
            gen_list_push(s->ctx, &table_of(s, def->table)->events, def);
        } else if (def->kind != DB_TABLE && def->kind != DB_VIEW) {
            s->others++;
        }
    }
    if (s->tables.count > 1) {
        qsort(s->tables.at, s->tables.count, sizeof s->tables.at[0], by_name);
    }
}

static int read_live(show *s)
{
    gen_list all = { NULL, 0, 0 };
    db_catalogue what;
    gen_version target;
    db_link link;
    int rc;

    memset(&what, 0, sizeof what);
    rc = db_open(s->cli, &link);
    if (rc == CLI_FINE) {
        target = db_target(&link);
        rc = db_read(&link, GEN_LEVEL_DATABASE, &all, &what);
        if (rc == CLI_FINE) {
            rc = mig_state_of_live(s->ctx, target, &what, &s->state);
        }
    }
    db_close(&link);
    return rc;
}

static int read_files(show *s)
{
    gen_cli files = *s->cli;
    int rc;

    /* The word on the command line is a table. */
    files.arg_count = 0;
    rc = cli_load(&files);
    return rc == CLI_FINE ? mig_state_of_files(s->ctx, &s->state) : rc;
}

/* ------------------------------------------------------------------ words */

/* "normal", "relation person -> post", "view" */
static gen_str kind_of(show *s, const shown *one)
{
    const gen_table *table = one->def != NULL ? mig_table_of(one->def) : NULL;
    const gen_list *sides[2];
    gen_buf out;
    size_t i, k;

    if (one->def == NULL) return gen_str_lit("not defined");
    if (one->def->kind == DB_VIEW) return gen_str_lit("view");
    if (table == NULL) return gen_str_lit("table");
    if (table->kind != GEN_TABLE_RELATION) {
        return gen_str_lit(table->kind == GEN_TABLE_NORMAL ? "normal" : "any");
    }
    gen_buf_init(&out, s->ctx);
    gen_buf_add_text(&out, "relation");
    sides[0] = &table->from;
    sides[1] = &table->to;
    for (k = 0; k < 2; k++) {
        gen_buf_add_text(&out, k == 0 ? " " : " -> ");
        if (sides[k]->count == 0) gen_buf_add_text(&out, "any");
        for (i = 0; i < sides[k]->count; i++) {
            if (i > 0) gen_buf_add_char(&out, '|');
            gen_buf_add_str(&out, gen_name_at(sides[k], i)->text);
        }
    }
    return gen_buf_str(&out);
}

static bool is_full(const shown *one)
{
    const gen_table *table = one->def != NULL ? mig_table_of(one->def) : NULL;

    return table != NULL && table->schemafull;
}

/* A definition behind its name: "DEFINE FIELD a ON t TYPE int DEFAULT 1" is
 * "TYPE int DEFAULT 1". */
static gen_str behind_name(const mig_def *def)
{
    gen_str text = gen_str_sub(def->text, def->rest, def->text.len);
    size_t head = def->spelled.len;

    while (text.len > 0 && text.ptr[0] == ' ') {
        text = gen_str_sub(text, 1, text.len);
    }
    if (def->table.len > 0) head += 4 + def->table_spelled.len;
    if (head > text.len) head = text.len;
    text = gen_str_sub(text, head, text.len);
    while (text.len > 0 && text.ptr[0] == ' ') {
        text = gen_str_sub(text, 1, text.len);
    }
    return text;
}

static gen_str type_of(show *s, const mig_def *def)
{
    const gen_field *field = mig_field_of(def);
    gen_buf out;

    if (field == NULL) return gen_str_lit("");
    gen_buf_init(&out, s->ctx);
    gen_surql_type(&out, field->type);
    return gen_buf_str(&out);
}

/* What stands behind the type; all, where the server spells it otherwise. */
static gen_str clauses_of(show *s, const mig_def *def)
{
    gen_str text = behind_name(def);
    gen_str type = type_of(s, def);
    size_t len = 5 + type.len;

    if (text.len < len || memcmp(text.ptr, "TYPE ", 5) != 0
        || memcmp(text.ptr + 5, type.ptr, type.len) != 0
        || (text.len > len && text.ptr[len] != ' ')) return text;
    return gen_str_sub(text, text.len > len ? len + 1 : len, text.len);
}

/* ------------------------------------------------------------------ links */

/* A column, and a table its values are records of. */
typedef struct show_link {
    const mig_def *from;
    gen_str to;
} show_link;

/* Types are no deeper than the parser lets them be: GEN_MAX_DEPTH. */
static void add_links(show *s, const mig_def *def, const gen_type *type,
                      gen_list *out)
{
    size_t i;

    if (type == NULL) return;
    add_links(s, def, type->elem, out);
    for (i = 0; i < type->arms.count; i++) {
        add_links(s, def, gen_type_at(&type->arms, i), out);
    }
    for (i = 0; i < type->members.count; i++) {
        add_links(s, def, gen_member_at(&type->members, i)->type, out);
    }
    for (i = 0; type->kind == GEN_T_RECORD && i < type->names.count; i++) {
        show_link *link = (show_link *)gen_new(s->ctx, sizeof *link);
        link->from = def;
        link->to = gen_name_at(&type->names, i)->text;
        gen_list_push(s->ctx, out, link);
    }
}

static const show_link *link_at(const gen_list *list, size_t i)
{
    return (const show_link *)list->at[i];
}

static bool has_end(const gen_list *names, gen_str name)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (gen_str_eq(gen_name_at(names, i)->text, name)) return true;
    }
    return false;
}

/* Everything about one table, parsed: to where its columns lead, which others
 * lead to it, and the edges that begin or end there (shown). */
static bool find_links(show *s, const shown *one, gen_list *to,
                       gen_list *from, gen_list *edges)
{
    gen_list wanted = { NULL, 0, 0 };
    gen_list all = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < s->state.defs.count; i++) {
        mig_def *def = mig_def_at(&s->state.defs, i);
        if (gen_str_eq(def->table, one->name) || def == one->def
            || mig_mentions(def->text, one->name)) {
            gen_list_push(s->ctx, &wanted, def);
        }
    }
    if (!mig_parse(s->ctx, s->state.target, &wanted)) return false;
    for (i = 0; i < wanted.count; i++) {
        const mig_def *def = mig_def_at(&wanted, i);
        const gen_field *field = mig_field_of(def);
        if (field != NULL) add_links(s, def, field->type, &all);
    }
    for (i = 0; i < all.count; i++) {
        const show_link *link = link_at(&all, i);
        if (gen_str_eq(link->from->table, one->name)) {
            gen_list_push(s->ctx, to, all.at[i]);
        }
        if (gen_str_eq(link->to, one->name)) {
            gen_list_push(s->ctx, from, all.at[i]);
        }
    }
    for (i = 0; i < s->tables.count; i++) {
        shown *other = shown_at(&s->tables, i);
        const gen_table *table = other->def != NULL
            ? mig_table_of(other->def) : NULL;
        if (table != NULL && table->kind == GEN_TABLE_RELATION
            && (has_end(&table->from, one->name)
                || has_end(&table->to, one->name))) {
            gen_list_push(s->ctx, edges, other);
        }
    }
    return true;
}

/* ------------------------------------------------------------- all tables */

static void json_counts(show *s, cli_json *json, const shown *one)
{
    cli_json_key(json, "name");
    cli_json_str(json, one->name);
    cli_json_key(json, "kind");
    cli_json_str(json, kind_of(s, one));
    cli_json_key(json, "schemafull");
    cli_json_bool(json, is_full(one));
}

static void json_all(show *s, gen_buf *out)
{
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "tables");
    cli_json_open(&json, '[');
    for (i = 0; i < s->tables.count; i++) {
        const shown *one = shown_at(&s->tables, i);
        cli_json_open(&json, '{');
        json_counts(s, &json, one);
        cli_json_key(&json, "columns");
        cli_json_uint(&json, one->fields.count);
        cli_json_key(&json, "indexes");
        cli_json_uint(&json, one->indexes.count);
        cli_json_key(&json, "events");
        cli_json_uint(&json, one->events.count);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_key(&json, "others");
    cli_json_uint(&json, s->others);
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

static void text_all(show *s, gen_buf *out)
{
    static const char *const heads[CELLS] = {
        "table", "kind", "", "columns", "indexes", "events"
    };
    gen_str *row;
    grid g;
    size_t i;

    memset(&g, 0, sizeof g);
    g.ctx = s->ctx;
    row = add_row(&g);
    for (i = 0; i < CELLS; i++) {
        row[i] = gen_str_lit(heads[i]);
    }
    for (i = 0; i < s->tables.count; i++) {
        const shown *one = shown_at(&s->tables, i);
        row = add_row(&g);
        row[0] = one->name;
        row[1] = kind_of(s, one);
        row[2] = gen_str_lit(is_full(one) ? "schemafull" : "schemaless");
        row[3] = number(s->ctx, one->fields.count);
        row[4] = number(s->ctx, one->indexes.count);
        row[5] = number(s->ctx, one->events.count);
    }
    print_grid(&g, out);
}

static int show_all(show *s, bool as_json, gen_buf *out)
{
    gen_list defs = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < s->tables.count; i++) {
        const shown *one = shown_at(&s->tables, i);
        if (one->def != NULL) gen_list_push(s->ctx, &defs, one->def);
    }
    if (!mig_parse(s->ctx, s->state.target, &defs)) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    if (as_json) {
        json_all(s, out);
    } else if (s->tables.count > 0) {
        text_all(s, out);
    }
    return CLI_FINE;
}

/* -------------------------------------------------------------- one table */

static void json_defs(cli_json *json, const char *key, const gen_list *list)
{
    size_t i;

    cli_json_key(json, key);
    cli_json_open(json, '[');
    for (i = 0; i < list->count; i++) {
        const mig_def *def = mig_def_at(list, i);
        cli_json_open(json, '{');
        cli_json_key(json, "name");
        cli_json_str(json, def->name);
        cli_json_key(json, "clauses");
        cli_json_str(json, behind_name(def));
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void json_links(cli_json *json, const char *key, const gen_list *list)
{
    size_t i;

    cli_json_key(json, key);
    cli_json_open(json, '[');
    for (i = 0; i < list->count; i++) {
        const show_link *link = link_at(list, i);
        cli_json_open(json, '{');
        cli_json_key(json, "table");
        cli_json_str(json, link->from->table);
        cli_json_key(json, "column");
        cli_json_str(json, link->from->name);
        cli_json_key(json, "to");
        cli_json_str(json, link->to);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

static void json_one(show *s, const shown *one, const gen_list *to,
                     const gen_list *from, const gen_list *edges,
                     gen_buf *out)
{
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    json_counts(s, &json, one);
    cli_json_key(&json, "clauses");
    cli_json_str(&json, one->def != NULL ? behind_name(one->def)
                 : gen_str_lit(""));
    cli_json_key(&json, "columns");
    cli_json_open(&json, '[');
    for (i = 0; i < one->fields.count; i++) {
        const mig_def *def = mig_def_at(&one->fields, i);
        cli_json_open(&json, '{');
        cli_json_key(&json, "name");
        cli_json_str(&json, def->name);
        cli_json_key(&json, "type");
        cli_json_str(&json, type_of(s, def));
        cli_json_key(&json, "clauses");
        cli_json_str(&json, clauses_of(s, def));
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    json_defs(&json, "indexes", &one->indexes);
    json_defs(&json, "events", &one->events);
    json_links(&json, "links_to", to);
    json_links(&json, "links_from", from);
    cli_json_key(&json, "edges");
    cli_json_open(&json, '[');
    for (i = 0; i < edges->count; i++) {
        cli_json_open(&json, '{');
        json_counts(s, &json, shown_at(edges, i));
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

static void text_defs(show *s, const char *title, const gen_list *list,
                      bool typed, gen_buf *out)
{
    size_t i;
    grid g;

    if (list->count == 0) return;
    memset(&g, 0, sizeof g);
    g.ctx = s->ctx;
    for (i = 0; i < list->count; i++) {
        const mig_def *def = mig_def_at(list, i);
        gen_str *row = add_row(&g);
        row[1] = def->name;
        row[2] = typed ? type_of(s, def) : behind_name(def);
        if (typed) row[3] = clauses_of(s, def);
    }
    gen_buf_add_fmt(out, "\n%s\n", title);
    print_grid(&g, out);
}

static void text_one(show *s, const shown *one, const gen_list *to,
                     const gen_list *from, const gen_list *edges,
                     gen_buf *out)
{
    size_t i;

    gen_buf_add_fmt(out, "%s  %s  %s\n", one->name.ptr, kind_of(s, one).ptr,
                    is_full(one) ? "schemafull" : "schemaless");
    if (one->def != NULL) {
        gen_buf_add_fmt(out, "  %s\n", behind_name(one->def).ptr);
    }
    text_defs(s, "columns", &one->fields, true, out);
    text_defs(s, "indexes", &one->indexes, false, out);
    text_defs(s, "events", &one->events, false, out);
    if (to->count + from->count + edges->count > 0) {
        gen_buf_add_text(out, "\nlinks\n");
    }
    for (i = 0; i < to->count; i++) {
        gen_buf_add_fmt(out, "  %s -> %s\n", link_at(to, i)->from->name.ptr,
                        link_at(to, i)->to.ptr);
    }
    for (i = 0; i < from->count; i++) {
        gen_buf_add_fmt(out, "  <- %s.%s\n",
                        link_at(from, i)->from->table.ptr,
                        link_at(from, i)->from->name.ptr);
    }
    for (i = 0; i < edges->count; i++) {
        gen_buf_add_fmt(out, "  edge %s, %s\n",
                        shown_at(edges, i)->name.ptr,
                        kind_of(s, shown_at(edges, i)).ptr);
    }
}

static int show_one(show *s, const char *name, bool as_json, gen_buf *out)
{
    const shown *one = (const shown *)gen_map_get(
        s->ctx, s, GEN_KEY_TABLE, gen_str_lit(name));
    gen_list to = { NULL, 0, 0 };
    gen_list from = { NULL, 0, 0 };
    gen_list edges = { NULL, 0, 0 };
    gen_guess guess;
    size_t i;

    if (one == NULL) {
        gen_guess_start(&guess, gen_str_lit(name));
        for (i = 0; i < s->tables.count; i++) {
            gen_guess_try(&guess, shown_at(&s->tables, i)->name);
        }
        cli_say("there is no table `%s`%s%s%s", name,
                guess.best.len > 0 ? "; did you mean `" : "",
                guess.best.len > 0 ? guess.best.ptr : "",
                guess.best.len > 0 ? "`?"
                : "; `surrealgen schema show` lists them");
        return CLI_USAGE;
    }
    if (!find_links(s, one, &to, &from, &edges)) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    if (as_json) {
        json_one(s, one, &to, &from, &edges, out);
    } else {
        text_one(s, one, &to, &from, &edges, out);
    }
    return CLI_FINE;
}

int verb_schema_show(const gen_cli *cli)
{
    bool as_json = strcmp(cli_text(cli, CLI_SHOW_FORMAT, "table"), "json")
        == 0;
    gen_buf out;
    show s;
    int rc;

    if (cli->arg_count > 1) {
        cli_say("`schema show` shows one table, or all of them; schema files "
                "are named with --schema");
        return CLI_USAGE;
    }
    memset(&s, 0, sizeof s);
    s.cli = cli;
    s.ctx = cli->ctx;
    rc = cli_flag(cli, CLI_LIVE) ? read_live(&s) : read_files(&s);
    if (rc != CLI_FINE) return rc;
    sort_out(&s);
    gen_buf_init(&out, cli->ctx);
    rc = cli->arg_count == 0 ? show_all(&s, as_json, &out)
        : show_one(&s, cli->args[0], as_json, &out);
    if (rc != CLI_FINE) return rc;
    return out.len == 0 || cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
