/* surrealgen/surql/table.c: DEFINE TABLE, INDEX and EVENT. */
#include "surql.h"

/* ----------------------------------------------------------------- indexes */

static void put_index_kind(sql_printer *p, const gen_index *index)
{
    switch (index->kind) {
    case GEN_IX_PLAIN:
        return;
    case GEN_IX_UNIQUE:
        gen_buf_add_text(p->out, " UNIQUE");
        return;
    case GEN_IX_COUNT:
        gen_buf_add_text(p->out, " COUNT");
        sql_clause(p, "WHERE", &index->where);
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

void sql_index(sql_printer *p, const gen_index *index)
{
    size_t i;

    sql_define(p, "INDEX", index->exists);
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
    sql_comment(p, &index->comment, index->doc, index->pos);
    sql_end(p, &index->attrs, index->pos);
}

/* ------------------------------------------------------------------ events */

void sql_event(sql_printer *p, const gen_event *event)
{
    size_t i;

    sql_define(p, "EVENT", event->exists);
    gen_surql_name(p->out, event->name);
    gen_buf_add_text(p->out, " ON ");
    gen_surql_name(p->out, event->table->name);
    if (event->async) gen_buf_add_text(p->out, " ASYNC");
    if (event->has_retry) {
        gen_buf_add_fmt(p->out, " RETRY %llu",
                        (unsigned long long)event->retry);
    }
    if (event->has_maxdepth) {
        gen_buf_add_fmt(p->out, " MAXDEPTH %llu",
                        (unsigned long long)event->maxdepth);
    }
    sql_clause(p, "WHEN", &event->when);
    for (i = 0; i < event->then.count; i++) {
        gen_buf_add_text(p->out, i == 0 ? " THEN " : ", ");
        gen_buf_add_str(p->out, gen_clause_at(&event->then, i)->text);
    }
    sql_comment(p, &event->comment, event->doc, event->pos);
    sql_end(p, &event->attrs, event->pos);
}

/* ------------------------------------------------------------------ tables */

static void put_relation(sql_printer *p, const char *word,
                         const gen_list *names)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        gen_buf_add_text(p->out, i == 0 ? word : " | ");
        gen_surql_name(p->out, gen_name_at(names, i)->text);
    }
}

/* A view's columns are what its SELECT makes, the ones in the schema are for
 * C alone. */
static void put_body(sql_printer *p, const gen_table *table)
{
    gen_str none = { "", 0 };
    size_t i;

    if (!table->view.present) sql_members(p, table, none, &table->fields);
    for (i = 0; i < table->indexes.count; i++) {
        const gen_index *index = gen_index_at(&table->indexes, i);
        if (!index->removed) sql_index(p, index);
    }
    for (i = 0; i < table->events.count; i++) {
        const gen_event *event = gen_event_at(&table->events, i);
        if (!event->removed) sql_event(p, event);
    }
}

void sql_table(sql_printer *p, const gen_table *table)
{
    static const char *const kinds[] = { "ANY", "NORMAL", "RELATION" };

    sql_define(p, "TABLE", table->exists);
    gen_surql_name(p->out, table->name);
    gen_buf_add_fmt(p->out, " TYPE %s", kinds[table->kind]);
    put_relation(p, " IN ", &table->from);
    put_relation(p, " OUT ", &table->to);
    if (table->enforced) gen_buf_add_text(p->out, " ENFORCED");
    if (table->drop) gen_buf_add_text(p->out, " DROP");
    gen_buf_add_text(p->out, table->schemafull ? " SCHEMAFULL"
                     : " SCHEMALESS");
    sql_clause(p, "AS", &table->view);
    sql_clause(p, "CHANGEFEED", &table->changefeed);
    if (table->changefeed_original) {
        gen_buf_add_text(p->out, " INCLUDE ORIGINAL");
    }
    sql_comment(p, &table->comment, table->doc, table->pos);
    sql_perms(p, &table->perms);
    sql_end(p, &table->attrs, table->pos);
    if (table->from_model) put_body(p, table);
}
