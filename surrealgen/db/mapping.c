/* surrealgen/db/mapping.c: `check --check-with`: the schema, tried on a
 * server, and its complaints put where they belong in our files.
 *
 * The lowered statements run in a transaction that ends with CANCEL. A
 * complaint has a place in that text, or the number of a statement; the
 * statement names a column or a table of ours, and an expression in it is the
 * very text of one of our clauses. */
#include "db.h"

#include <string.h>

typedef struct place_map {
    gen_ctx *ctx;
    gen_str text;  /* the lowered schema */
    size_t begin;  /* of the statement, in it */
    size_t end, at;
    gen_pos pos;   /* found so far */
    size_t best;   /* how much of the statement's head it explains */
} place_map;

static bool starts_statement(gen_str text, size_t i)
{
    return (i == 0 || text.ptr[i - 1] == '\n') && i + 7 <= text.len
        && memcmp(text.ptr + i, "DEFINE ", 7) == 0;
}

/* The statement around byte `at`, or the one with the number. */
static void find_statement(place_map *m, size_t at, size_t number, bool by_at)
{
    size_t seen = 0;
    size_t i;

    m->begin = 0;
    m->end = m->text.len;
    for (i = 0; i < m->text.len; i++) {
        if (!starts_statement(m->text, i)) continue;
        if (by_at ? i <= at : seen <= number) {
            m->begin = i;
            m->end = m->text.len;
        } else if (m->end == m->text.len) {
            m->end = i;
        }
        seen++;
    }
    m->at = by_at ? at : m->begin;
}

/* The statement begins like this: then it is about what is at `pos`. */
static bool try_head(place_map *m, const gen_buf *head, gen_pos pos)
{
    if (m->begin + head->len > m->end || head->len <= m->best
        || memcmp(m->text.ptr + m->begin, head->ptr, head->len) != 0) {
        return false;
    }
    m->best = head->len;
    m->pos = pos;
    return true;
}

/* A clause whose text holds the byte gives the very place. */
static void try_clause(place_map *m, const gen_clause *clause)
{
    size_t i;

    if (!clause->present || clause->text.len == 0
        || clause->pos.file == NULL) {
        return;
    }
    for (i = m->begin; i + clause->text.len <= m->end; i++) {
        size_t k;
        if (memcmp(m->text.ptr + i, clause->text.ptr, clause->text.len)
            != 0) continue;
        if (m->at < i || m->at >= i + clause->text.len) continue;
        m->pos = clause->pos;
        m->pos.len = 1;
        for (k = 0; k < m->at - i; k++) {
            char c = clause->text.ptr[k];
            m->pos.off++;
            if (c == '\n') m->pos.line++;
            if (c == '\n') m->pos.col = 1;
            if (c != '\n' && ((unsigned char)c & 0xc0) != 0x80) m->pos.col++;
        }
        return;
    }
}

static void try_fields(place_map *m, const gen_table *table,
                       const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        gen_buf head;
        gen_buf_init(&head, m->ctx);
        gen_buf_add_text(&head, "DEFINE FIELD OVERWRITE ");
        gen_surql_path(&head, &field->path);
        gen_buf_add_text(&head, " ON ");
        gen_surql_name(&head, table->name);
        if (try_head(m, &head, field->pos)) {
            try_clause(m, &field->value);
            try_clause(m, &field->assert_);
            try_clause(m, &field->default_);
            try_clause(m, &field->computed);
        }
        try_fields(m, table, &field->children);
    }
}

static void try_table(place_map *m, const gen_table *table)
{
    static const char *const words[] = { "INDEX", "EVENT" };
    gen_buf head;
    size_t i;
    size_t k;

    gen_buf_init(&head, m->ctx);
    gen_buf_add_text(&head, "DEFINE TABLE OVERWRITE ");
    gen_surql_name(&head, table->name);
    gen_buf_add_char(&head, ' ');
    if (try_head(m, &head, table->pos)) try_clause(m, &table->view);
    for (k = 0; k < 2; k++) {
        const gen_list *list = k == 0 ? &table->indexes : &table->events;
        for (i = 0; i < list->count; i++) {
            const gen_index *ix = k == 0 ? gen_index_at(list, i) : NULL;
            const gen_event *ev = k == 0 ? NULL : gen_event_at(list, i);
            size_t t;
            gen_buf_init(&head, m->ctx);
            gen_buf_add_fmt(&head, "DEFINE %s OVERWRITE ", words[k]);
            gen_surql_name(&head, k == 0 ? ix->name : ev->name);
            gen_buf_add_text(&head, " ON ");
            gen_surql_name(&head, table->name);
            if (!try_head(m, &head, k == 0 ? ix->pos : ev->pos) || k == 0) {
                continue;
            }
            try_clause(m, &ev->when);
            for (t = 0; t < ev->then.count; t++) {
                try_clause(m, gen_clause_at(&ev->then, t));
            }
        }
    }
    try_fields(m, table, &table->fields);
}

static gen_pos find_place(place_map *m)
{
    const gen_schema *schema = gen_schema_of(m->ctx);
    size_t i;

    memset(&m->pos, 0, sizeof m->pos);
    m->best = 0;
    for (i = 0; i < schema->functions.count; i++) {
        const gen_function *f = gen_function_at(&schema->functions, i);
        gen_buf head;
        gen_buf_init(&head, m->ctx);
        gen_buf_add_text(&head, "DEFINE FUNCTION OVERWRITE ");
        gen_surql_function(&head, f->name);
        gen_buf_add_char(&head, '(');
        if (try_head(m, &head, f->pos)) try_clause(m, &f->body);
    }
    for (i = 0; i < schema->tables.count; i++) {
        try_table(m, gen_table_at(&schema->tables, i));
    }
    if (m->pos.file == NULL && schema->files.count > 0) {
        m->pos.file = gen_file_at(&schema->files, 0);
        m->pos.line = m->pos.col = 1;
    }
    return m->pos;
}

/* The byte of the text at a line and column, both from 1. */
static size_t offset_of(gen_str text, size_t line, size_t col)
{
    size_t i = 0;

    while (line > 1 && i < text.len) {
        if (text.ptr[i++] == '\n') line--;
    }
    while (col > 1 && i < text.len) {
        i++;
        if (((unsigned char)text.ptr[i] & 0xc0) != 0x80) col--;
    }
    return i;
}

static void report(place_map *m, const db_link *link, const char *message)
{
    gen_buf text;

    gen_buf_init(&text, m->ctx);
    gen_buf_add_fmt(&text, "SurrealDB %.*s refuses this: %s",
                    (int)link->version.text.len, link->version.text.ptr,
                    db_reason(m->ctx, message));
    gen_report(m->ctx, "SG1614", find_place(m), text.ptr, NULL, NULL, NULL,
               NULL);
}

static int try_schema(db_link *link, gen_str lowered)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    place_map m;
    gen_buf text;
    size_t line;
    size_t col;
    int rc;

    memset(&m, 0, sizeof m);
    m.ctx = link->ctx;
    m.text = lowered;
    gen_buf_init(&text, link->ctx);
    gen_buf_add_text(&text, "BEGIN;\n");
    gen_buf_add_str(&text, lowered);
    gen_buf_add_text(&text, "CANCEL;");
    rc = db_send(link, &text, &result, &err);
    /* Every statement of a cancelled transaction says so: no complaint. */
    if (rc == CLI_FINE && err != NULL
        && strstr(err->message, "cancelled transaction") == NULL) {
        size_t first = link->version.major >= 3 ? 1 : 0;
        if (db_read_place(err->message, &line, &col) && line > 1) {
            find_statement(&m, offset_of(lowered, line - 1, col), 0, true);
        } else {
            size_t at = err->statement > 0 ? (size_t)err->statement : 0;
            find_statement(&m, 0, at > first ? at - first : 0, false);
        }
        report(&m, link, err->message);
    }
    surreal_result_free(result);
    return rc;
}

int db_check_schema(const gen_cli *cli)
{
    db_link link;
    int rc = db_open(cli, &link);

    if (rc == CLI_FINE) rc = try_schema(&link, db_lowered(cli->ctx));
    db_close(&link);
    return rc;
}
