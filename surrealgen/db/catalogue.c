/* surrealgen/db/catalogue.c: what a database has defined.
 *
 * INFO gives each thing as the DEFINE statement the server itself would
 * print. Those texts are the source, not INFO ... STRUCTURE: both SurrealDB 2
 * and 3 leave things out of the latter (retries of events, comments of
 * indexes, sessions without end), while the texts, run again, gave the same
 * texts for every schema tried. Where a text is not what its own server
 * reads, it is put right here. */
#include "db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Statements of one request: enough that waiting does not count, few enough
 * that no answer comes near the limit of a message. */
#define TABLES_AT_ONCE 200

typedef struct section {
    const char *key; /* in the answer of INFO */
    db_kind kind;
} section;

static const section database_sections[] = {
    { "analyzers", DB_ANALYZER }, { "buckets", DB_BUCKET },
    { "params", DB_PARAM }, { "functions", DB_FUNCTION },
    { "sequences", DB_SEQUENCE }, { "modules", DB_MODULE },
    { "tables", DB_TABLE }, { "models", DB_MODEL }, { "apis", DB_API },
    { "configs", DB_CONFIG }, { "accesses", DB_ACCESS },
    { "users", DB_USER }, { NULL, DB_TABLE }
};

static const section upper_sections[] = {
    { "accesses", DB_ACCESS }, { "users", DB_USER }, { NULL, DB_TABLE }
};

static const section table_sections[] = {
    { "fields", DB_FIELD }, { "indexes", DB_INDEX }, { "events", DB_EVENT },
    { NULL, DB_TABLE }
};

db_entry *db_entry_at(const gen_list *list, size_t i)
{
    return (db_entry *)list->at[i];
}

static bool starts(gen_str text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

/* ------------------------------------------------------- texts put right */

/* SurrealDB 2 writes the name of a function as it is, blanks and all. */
static gen_str quote_function(gen_ctx *ctx, gen_str name, gen_str text)
{
    const char *head = "DEFINE FUNCTION fn::";
    size_t len = strlen(head);
    gen_buf out;

    if (!starts(text, head) || text.len < len + name.len
        || memcmp(text.ptr + len, name.ptr, name.len) != 0) {
        return text;
    }
    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "DEFINE FUNCTION ");
    gen_surql_function(&out, name);
    gen_buf_add(&out, text.ptr + len + name.len, text.len - len - name.len);
    return gen_str_copy(ctx, out.ptr, out.len);
}

static gen_str put_right(gen_ctx *ctx, db_kind kind, gen_str name,
                         gen_str text)
{
    static const char full[] = " PERMISSIONS FULL";
    size_t len = sizeof full - 1;
    gen_buf out;

    if (kind == DB_FUNCTION) return quote_function(ctx, name, text);
    /* What every field has that says nothing else. */
    if (kind == DB_FIELD && text.len > len
        && memcmp(text.ptr + text.len - len, full, len) == 0) {
        return gen_str_copy(ctx, text.ptr, text.len - len);
    }
    /* SurrealDB 3 leaves the first words out. */
    if (kind == DB_CONFIG && !starts(text, "DEFINE")) {
        gen_buf_init(&out, ctx);
        gen_buf_add_text(&out, "DEFINE CONFIG ");
        gen_buf_add_str(&out, text);
        return gen_str_copy(ctx, out.ptr, out.len);
    }
    return text;
}

/* -------------------------------------------------------------- reading it */

typedef struct reader {
    db_link *link;
    const gen_list *only;
    db_catalogue *out;
} reader;

static bool is_wanted(const reader *r, gen_str table)
{
    size_t i;

    for (i = 0; i < r->only->count; i++) {
        if (gen_str_eq(gen_name_at(r->only, i)->text, table)) return true;
    }
    return r->only->count == 0;
}

static void add_name(gen_ctx *ctx, gen_list *list, gen_str text)
{
    gen_name *name = (gen_name *)gen_new(ctx, sizeof *name);

    name->text = text;
    gen_list_push(ctx, list, name);
}

/* The key is GraphQL where the statement says GRAPHQL. */
static gen_str config_name(gen_ctx *ctx, const db_entry *entry)
{
    static const char head[] = "DEFINE CONFIG ";
    size_t from = sizeof head - 1;
    size_t to = from;

    if (!starts(entry->text, head)) return entry->name;
    while (to < entry->text.len && entry->text.ptr[to] != ' ') to++;
    return gen_str_copy(ctx, entry->text.ptr + from, to - from);
}

static void add_entry(reader *r, db_kind kind, gen_level level,
                      gen_str table, const surreal_iter *it)
{
    gen_ctx *ctx = r->link->ctx;
    db_entry *entry = (db_entry *)gen_new(ctx, sizeof *entry);
    surreal_str text = { NULL, 0 };

    if (surreal_get_str(it->value, &text) != SURREAL_OK) return;
    entry->kind = kind;
    entry->level = level;
    entry->table = table;
    entry->name = db_str(ctx, it->key);
    entry->text = put_right(ctx, kind, entry->name, db_str(ctx, text));
    if (kind == DB_CONFIG) entry->name = config_name(ctx, entry);
    if (kind == DB_TABLE) {
        if (!is_wanted(r, entry->name)) return;
        add_name(ctx, &r->out->tables, entry->name);
    }
    gen_list_push(ctx, &r->out->entries, entry);
}

static void add_sections(reader *r, const section *sections, gen_level level,
                         gen_str table, surreal_value info)
{
    for (; sections->key != NULL; sections++) {
        surreal_iter it = surreal_iterate(surreal_field(info,
                                                        sections->key));
        bool of_database = table.len == 0 && sections->kind != DB_TABLE;
        if (of_database && r->only->count > 0) continue;
        while (surreal_next(&it)) {
            add_entry(r, sections->kind, level, table, &it);
        }
    }
}

static int read_level(reader *r, gen_level level)
{
    static const char *const asks[] = {
        "INFO FOR DB", "INFO FOR NS", "INFO FOR ROOT"
    };
    static const char *const names[] = {
        "cannot read the database", "cannot read the namespace",
        "cannot read the root"
    };
    gen_str none = { "", 0 };
    surreal_result *result = NULL;
    int rc = db_query(r->link, gen_str_lit(asks[level]), &result);

    r->out->requests++;
    if (rc == CLI_FINE) {
        rc = db_refused(r->link, names[level], surreal_result_error(result));
    }
    if (rc == CLI_FINE) {
        add_sections(r, level == GEN_LEVEL_DATABASE ? database_sections
                     : upper_sections, level, none,
                     surreal_statement_value(result, 0));
    }
    surreal_result_free(result);
    return rc;
}

static void add_unread(reader *r, gen_str table, const surreal_error *err)
{
    gen_buf why;

    gen_buf_init(&why, r->link->ctx);
    gen_surql_name(&why, table);
    gen_buf_add_fmt(&why, ": %s", err->message);
    add_name(r->link->ctx, &r->out->unread,
             gen_str_copy(r->link->ctx, why.ptr, why.len));
}

/* A number of tables at once. One that cannot be read does not keep the
 * others from it: the statements are no transaction. */
static int read_tables(reader *r, size_t from, size_t to)
{
    surreal_result *result = NULL;
    gen_buf text;
    size_t i;
    int rc;

    gen_buf_init(&text, r->link->ctx);
    for (i = from; i < to; i++) {
        gen_buf_add_text(&text, "INFO FOR TABLE ");
        gen_surql_name(&text, gen_name_at(&r->out->tables, i)->text);
        gen_buf_add_text(&text, ";\n");
    }
    rc = db_query(r->link, gen_str_copy(r->link->ctx, text.ptr, text.len),
                  &result);
    r->out->requests++;
    for (i = from; rc == CLI_FINE && i < to; i++) {
        gen_str table = gen_name_at(&r->out->tables, i)->text;
        const surreal_error *err = surreal_statement_error(result, i - from);
        if (err != NULL && err->status == SURREAL_ERR_DENIED) {
            rc = db_refused(r->link, "cannot read the tables", err);
        } else if (err != NULL) {
            add_unread(r, table, err);
        } else {
            add_sections(r, table_sections, GEN_LEVEL_DATABASE, table,
                         surreal_statement_value(result, i - from));
        }
    }
    surreal_result_free(result);
    return rc;
}

/* ------------------------------------------------------------------- order */

/* A name as a word in the text: what a view is made from. */
static bool mentions(gen_str text, gen_str name)
{
    size_t i;

    for (i = 0; name.len > 0 && i + name.len <= text.len; i++) {
        char before = i > 0 ? text.ptr[i - 1] : ' ';
        char after = text.ptr[i + name.len];
        if (memcmp(text.ptr + i, name.ptr, name.len) != 0) continue;
        if (strchr(" ,(`\n", before) == NULL) continue;
        if (after == 0 || strchr(" ,;)`\n", after) != NULL) return true;
    }
    return false;
}

/* The byte behind a string or quoted name that begins at `at`. */
static size_t skip_quoted(gen_str text, size_t at)
{
    char quote = text.ptr[at];

    for (at++; at < text.len && text.ptr[at] != quote; at++) {
        if (text.ptr[at] == '\\') at++;
    }
    return at;
}

/* The clause AS of a table's text; len 0 for tables that are no views. */
static gen_str view_of(gen_str text)
{
    static const char as[] = " AS SELECT ";
    gen_str out = { "", 0 };
    size_t i;

    for (i = 0; i + sizeof as - 1 <= text.len; i++) {
        char c = text.ptr[i];
        if (c == '\'' || c == '"' || c == '`') {
            i = skip_quoted(text, i);
        } else if (memcmp(text.ptr + i, as, sizeof as - 1) == 0) {
            out.ptr = text.ptr + i;
            out.len = text.len - i;
            break;
        }
    }
    return out;
}

/* Views come after what they are made from, so a rank is counted for each:
 * 0 for plain tables, else one more than the highest it mentions. A circle,
 * which only a chance likeness of names can make, ends at the first. */
static unsigned rank_of(const db_catalogue *what, db_entry *entry)
{
    gen_str view = view_of(entry->text);
    size_t i;

    if (entry->is_ranked) return entry->rank;
    entry->is_ranked = true;
    if (view.len == 0) return 0;
    entry->rank = 1;
    for (i = 0; i < what->entries.count; i++) {
        db_entry *other = db_entry_at(&what->entries, i);
        if (other->kind != DB_TABLE || other == entry
            || !mentions(view, other->name)
            || rank_of(what, other) < entry->rank) {
            continue;
        }
        entry->rank = rank_of(what, other) + 1;
    }
    return entry->rank;
}

/* Where a kind stands; what belongs to a table stands with it. */
static int place_of(const db_entry *entry)
{
    if (entry->kind != DB_FIELD && entry->kind != DB_INDEX) {
        return (int)entry->kind;
    }
    return entry->rank > 0 ? (int)DB_VIEW : (int)DB_TABLE;
}

static gen_str table_of(const db_entry *entry)
{
    return entry->kind == DB_TABLE || entry->kind == DB_VIEW ? entry->name
        : entry->table;
}

static int compare_entries(const void *one, const void *two)
{
    const db_entry *a = *(const db_entry *const *)one;
    const db_entry *b = *(const db_entry *const *)two;
    int order;

    if (a->level != b->level) return (int)b->level - (int)a->level;
    if (place_of(a) != place_of(b)) return place_of(a) - place_of(b);
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    order = gen_str_order(table_of(a), table_of(b));
    if (order != 0) return order;
    if (a->kind == DB_VIEW || b->kind == DB_VIEW) {
        return (a->kind != DB_VIEW) - (b->kind != DB_VIEW);
    }
    if (a->kind != b->kind) return (int)a->kind - (int)b->kind;
    return gen_str_order(a->name, b->name);
}

/* What belongs to a view stands behind it. */
static void rank_members(db_catalogue *what, const db_entry *view)
{
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        if (entry->kind != DB_FIELD && entry->kind != DB_INDEX) continue;
        if (gen_str_eq(entry->table, view->name)) entry->rank = view->rank;
    }
}

void db_sort(db_catalogue *what)
{
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        if (entry->kind == DB_TABLE) rank_of(what, entry);
    }
    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        if (entry->kind != DB_TABLE || entry->rank == 0) continue;
        entry->kind = DB_VIEW;
        rank_members(what, entry);
    }
    if (what->entries.count > 1) {
        qsort(what->entries.at, what->entries.count,
              sizeof what->entries.at[0], compare_entries);
    }
}

static int find_only(const reader *r)
{
    size_t i;
    size_t j;

    for (i = 0; i < r->only->count; i++) {
        gen_str name = gen_name_at(r->only, i)->text;
        for (j = 0; j < r->out->tables.count; j++) {
            if (gen_str_eq(gen_name_at(&r->out->tables, j)->text, name)) {
                break;
            }
        }
        if (j < r->out->tables.count) continue;
        cli_say("--only: the database has no table `%s`", name.ptr);
        return CLI_USAGE;
    }
    return CLI_FINE;
}

int db_read(db_link *link, gen_level level, const gen_list *only,
            db_catalogue *out)
{
    reader r;
    int rc = CLI_FINE;
    int at;
    size_t i;

    memset(out, 0, sizeof *out);
    r.link = link;
    r.only = only;
    r.out = out;
    for (at = (int)level; rc == CLI_FINE && at >= 0; at--) {
        rc = read_level(&r, (gen_level)at);
    }
    if (rc == CLI_FINE) rc = find_only(&r);
    for (i = 0; rc == CLI_FINE && i < out->tables.count;
         i += TABLES_AT_ONCE) {
        size_t to = i + TABLES_AT_ONCE;
        if (to > out->tables.count) to = out->tables.count;
        if (i > 0) db_progress("tables", i, out->tables.count);
        rc = read_tables(&r, i, to);
    }
    if (rc == CLI_FINE) db_sort(out);
    return rc;
}

void db_catalogue_from(gen_ctx *ctx, surreal_value database,
                       surreal_value tables, db_catalogue *out)
{
    gen_list all = { NULL, 0, 0 };
    gen_str none = { "", 0 };
    surreal_iter it = surreal_iterate(tables);
    db_link link;
    reader r;

    memset(out, 0, sizeof *out);
    memset(&link, 0, sizeof link);
    link.ctx = ctx;
    r.link = &link;
    r.only = &all;
    r.out = out;
    add_sections(&r, database_sections, GEN_LEVEL_DATABASE, none, database);
    while (surreal_next(&it)) {
        surreal_str name = { NULL, 0 };
        if (surreal_get_str(surreal_at(it.value, 0), &name) != SURREAL_OK) {
            continue;
        }
        add_sections(&r, table_sections, GEN_LEVEL_DATABASE,
                     db_str(ctx, name), surreal_at(it.value, 1));
    }
    db_sort(out);
}
