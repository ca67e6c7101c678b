/* surrealgen/db/lock.c: `query check`, `query list` and surrealgen.lock.
 *
 * The lock says which queries a server of which version has seen, and with
 * which schema: `query check --offline` compares that with the files and asks
 * nobody. A line for each query, sorted as they are declared:
 *
 *     surrealgen-lock 1
 *     server 3.0.2
 *     schema 8d1c5a4b2f60e937
 *     query orders_of 5be0cd19137e2179 columns */
#include "db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOCK_MAX (1u << 20)

static const char *const verdicts[] = { "refused", "read", "ran", "columns" };

/* FNV-1a: to see that something changed, not to keep anybody out. */
static uint64_t add_hash(uint64_t hash, gen_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        hash ^= (unsigned char)text.ptr[i];
        hash *= 0x100000001b3u;
    }
    hash ^= 0xff;
    return hash * 0x100000001b3u;
}

static void add_hex(gen_buf *out, uint64_t hash)
{
    int i;

    for (i = 60; i >= 0; i -= 4) {
        gen_buf_add_char(out, "0123456789abcdef"[(hash >> i) & 15]);
    }
}

gen_str db_lowered(gen_ctx *ctx)
{
    gen_surql_options how;
    gen_buf out;

    memset(&how, 0, sizeof how);
    how.exists = GEN_EXISTS_OVERWRITE;
    gen_buf_init(&out, ctx);
    gen_emit_surql(ctx, &how, &out);
    return gen_str_copy(ctx, out.ptr != NULL ? out.ptr : "", out.len);
}

static uint64_t query_hash(gen_ctx *ctx, const gen_query *query)
{
    uint64_t hash = add_hash(0xcbf29ce484222325u, query->name);
    size_t i;
    gen_buf type;

    for (i = 0; i < query->params.count; i++) {
        const gen_parm *parm = gen_parm_at(&query->params, i);
        gen_buf_init(&type, ctx);
        gen_surql_type(&type, parm->type);
        hash = add_hash(hash, parm->name);
        hash = add_hash(hash, gen_str_copy(ctx, type.ptr, type.len));
    }
    for (i = 0; i < query->shapes.count; i++) {
        const gen_shape *shape = gen_shape_at(&query->shapes, i);
        gen_buf_init(&type, ctx);
        gen_buf_add_fmt(&type, "%d ", (int)shape->kind);
        if (shape->type != NULL) gen_surql_type(&type, shape->type);
        gen_buf_add_str(&type, shape->name.text);
        hash = add_hash(hash, gen_str_copy(ctx, type.ptr, type.len));
    }
    return add_hash(hash, query->body.text);
}

static void add_head(gen_buf *out, gen_str server, uint64_t schema)
{
    gen_buf_add_text(out, "surrealgen-lock 1\nserver ");
    gen_buf_add_str(out, server);
    gen_buf_add_text(out, "\nschema ");
    add_hex(out, schema);
    gen_buf_add_char(out, '\n');
}

static void add_line(gen_buf *out, gen_ctx *ctx, const gen_query *query)
{
    gen_buf_add_text(out, "query ");
    gen_buf_add_str(out, query->name);
    gen_buf_add_char(out, ' ');
    add_hex(out, query_hash(ctx, query));
    gen_buf_add_char(out, ' ');
}

static const char *lock_path(const gen_cli *cli)
{
    return cli_text(cli, CLI_LOCK, "surrealgen.lock");
}

/* ----------------------------------------------------------------- offline */

static char *read_lock(const gen_cli *cli, const char *path)
{
    char *bytes = (char *)gen_new(cli->ctx, LOCK_MAX + 1);
    FILE *from = fopen(path, "rb");
    size_t got;

    if (from == NULL) {
        cli_say("there is no lock %s; `surrealgen query check --url ...` "
                "makes it", path);
        return NULL;
    }
    got = fread(bytes, 1, LOCK_MAX, from);
    fclose(from);
    bytes[got] = 0;
    return bytes;
}

/* Whether a whole line of the lock begins with this text. */
static bool has_line(const char *lock, const gen_buf *text)
{
    const char *at = lock;

    while ((at = strstr(at, text->ptr)) != NULL) {
        if (at == lock || at[-1] == '\n') return true;
        at++;
    }
    return false;
}

static int check_offline(const gen_cli *cli)
{
    const gen_schema *schema = gen_schema_of(cli->ctx);
    const char *path = lock_path(cli);
    char *lock = read_lock(cli, path);
    size_t stale = 0;
    size_t i;
    gen_buf line;

    if (lock == NULL) return CLI_FOUND;
    gen_buf_init(&line, cli->ctx);
    gen_buf_add_text(&line, "schema ");
    add_hex(&line, add_hash(0xcbf29ce484222325u, db_lowered(cli->ctx)));
    if (!has_line(lock, &line)) {
        cli_say("%s is stale: the schema has changed since", path);
        stale++;
    }
    for (i = 0; i < schema->queries.count; i++) {
        const gen_query *query = gen_query_at(&schema->queries, i);
        gen_buf_init(&line, cli->ctx);
        add_line(&line, cli->ctx, query);
        if (has_line(lock, &line)) continue;
        cli_say("%s is stale: the query `%s` (%s:%u) is new or has changed",
                path, query->name.ptr, query->pos.file->name.ptr,
                query->pos.line);
        stale++;
    }
    if (stale == 0) return CLI_FINE;
    fputs("  help: `surrealgen query check --url ...` tries the queries and "
          "writes the lock anew\n", stderr);
    return CLI_FOUND;
}

/* ------------------------------------------------------------------ online */

static int check_online(const gen_cli *cli)
{
    const gen_schema *schema = gen_schema_of(cli->ctx);
    gen_str text = db_lowered(cli->ctx);
    gen_str none = { "", 0 };
    size_t counts[4] = { 0, 0, 0, 0 };
    db_verdict verdict;
    db_link link;
    gen_buf lock;
    size_t i;
    int rc = db_open(cli, &link);

    gen_buf_init(&lock, cli->ctx);
    if (rc == CLI_FINE) {
        add_head(&lock, db_str(cli->ctx, link.version.text),
                 add_hash(0xcbf29ce484222325u, text));
    }
    for (i = 0; rc == CLI_FINE && i < schema->queries.count; i++) {
        const gen_query *query = gen_query_at(&schema->queries, i);
        rc = db_try_query(&link, query,
                          cli_flag(cli, CLI_WITH_SCHEMA) ? text : none,
                          &verdict);
        counts[verdict]++;
        add_line(&lock, cli->ctx, query);
        gen_buf_add_fmt(&lock, "%s\n", verdicts[verdict]);
        db_progress("queries", i + 1, schema->queries.count);
    }
    db_close(&link);
    if (rc != CLI_FINE) return rc;
    cli_print_diags(cli);
    if (gen_error_count(cli->ctx) > 0) return CLI_SCHEMA;
    fprintf(stderr, "%lu queries: %lu ran and their columns are there, %lu "
            "ran (no row, or no columns to compare), %lu live ones were read "
            "only\n", (unsigned long)schema->queries.count,
            (unsigned long)counts[DB_COMPARED], (unsigned long)counts[DB_RAN],
            (unsigned long)counts[DB_READ]);
    return cli_write_file(cli->ctx, lock_path(cli), lock.ptr, lock.len)
        ? CLI_FINE : CLI_FAILED;
}

int verb_query_check(const gen_cli *cli)
{
    int rc = cli_load(cli);

    if (rc != CLI_FINE) return rc;
    return cli_flag(cli, CLI_OFFLINE) ? check_offline(cli)
        : check_online(cli);
}

/* name(parameters), file:line: one line for each. */
int verb_query_list(const gen_cli *cli)
{
    const gen_schema *schema;
    int rc = cli_load(cli);
    gen_buf out;
    size_t i;
    size_t j;

    if (rc != CLI_FINE) return rc;
    schema = gen_schema_of(cli->ctx);
    gen_buf_init(&out, cli->ctx);
    for (i = 0; i < schema->queries.count; i++) {
        const gen_query *query = gen_query_at(&schema->queries, i);
        gen_buf_add_fmt(&out, "%s:%u: %s(", query->pos.file->name.ptr,
                        query->pos.line, query->name.ptr);
        for (j = 0; j < query->params.count; j++) {
            const gen_parm *parm = gen_parm_at(&query->params, j);
            gen_buf_add_fmt(&out, "%s$%s: ", j > 0 ? ", " : "",
                            parm->name.ptr);
            gen_surql_type(&out, parm->type);
        }
        gen_buf_add_text(&out, ")\n");
    }
    return out.len == 0 || cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}
