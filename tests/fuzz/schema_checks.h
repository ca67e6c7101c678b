/* tests/fuzz/schema_checks.h: what must hold for any schema text.
 *
 * There are diagnostics or a schema; the tokens add up to the file byte for
 * byte; SurrealQL that was printed reads back without an error and prints
 * the same again; C is generated or refused with a word, the same bytes each
 * time. An include reaches the text itself, under its own name and another,
 * so that cycles are among what is tried. */
#ifndef FUZZ_SCHEMA_CHECKS_H
#define FUZZ_SCHEMA_CHECKS_H
#include "gen.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay.h"

typedef struct schema_input {
    const char *name, *text;
    size_t len;
} schema_input;

static void
schema_list(void *user, const char *from, const char *pattern,
            void (*found)(void *arg, const char *path), void *arg)
{
    const schema_input *in = (const schema_input *)user;

    (void)from;
    if (!*pattern) return;
    found(arg, in->name);
    if (pattern[0] == '*') found(arg, "other.sg");
    if (pattern[0] == '*') found(arg, "gone.sg");
}

static char *
schema_read(void *user, const char *path, size_t *len)
{
    const schema_input *in = (const schema_input *)user;
    char *bytes;

    if (!strcmp(path, "gone.sg")) return NULL;
    bytes = (char *)malloc(in->len + 1);
    if (!bytes) abort();
    if (in->len) memcpy(bytes, in->text, in->len);
    *len = in->len;
    return bytes;
}

static void
schema_tokens(gen_ctx *ctx, const schema_input *in)
{
    gen_schema *schema = gen_schema_of(ctx);
    gen_buf out;

    if (!schema->files.count) return;
    gen_buf_init(&out, ctx);
    gen_dump_roundtrip(ctx, gen_file_at(&schema->files, 0), &out);
    FUZZ_CHECK(out.len == in->len);
    FUZZ_CHECK(!in->len || !memcmp(out.ptr, in->text, in->len));
}

static gen_buf
schema_sql(gen_ctx *ctx)
{
    gen_surql_options how;
    gen_buf out;

    memset(&how, 0, sizeof how);
    gen_buf_init(&out, ctx);
    gen_emit_surql(ctx, &how, &out);
    return out;
}

/* What was printed is plain SurrealQL for the same server. */
static void
schema_print_again(gen_ctx *ctx)
{
    gen_buf first = schema_sql(ctx);
    gen_buf second;
    gen_ctx *again = gen_open(NULL);

    FUZZ_CHECK(again);
    gen_set_target(again, gen_schema_of(ctx)->target);
    gen_load_text(again, "again.surql", first.ptr, first.len);
    if (gen_error_count(again)) {
        gen_buf out;

        gen_buf_init(&out, again);
        gen_print_diags(again, &out, false);
        fputs(out.ptr, stderr);
    }
    FUZZ_CHECK(!gen_error_count(again));
    second = schema_sql(again);
    if (second.len != first.len || memcmp(second.ptr, first.ptr, first.len)) {
        fprintf(stderr, "first:\n%s\nsecond:\n%s\n", first.ptr, second.ptr);
    }
    FUZZ_CHECK(second.len == first.len &&
               !memcmp(second.ptr, first.ptr, first.len));
    gen_close(again);
}

/* The hash of everything written; a refusal has a diagnostic. */
static bool
schema_hash(void *user, const char *path, const char *bytes, size_t len)
{
    uint64_t *hash = (uint64_t *)user;
    size_t i;

    for (i = 0; path[i]; i++) {
        *hash = (*hash ^ (unsigned char)path[i]) * UINT64_C(1099511628211);
    }
    for (i = 0; i < len; i++) {
        FUZZ_CHECK(bytes[i]);
        *hash = (*hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    }
    return true;
}

static uint64_t
schema_emit(gen_ctx *ctx)
{
    uint64_t hash = UINT64_C(1469598103934665603);
    gen_emit_options how;
    int rc;

    memset(&how, 0, sizeof how);
    how.ctx = ctx;
    how.out_dir = ".";
    how.write = schema_hash;
    how.user = &hash;
    rc = gen_emit_c(gen_schema_of(ctx), &how);
    FUZZ_CHECK(!rc == !gen_error_count(ctx));
    return rc ? 0 : hash;
}

/* Reads a schema from `in`; the caller closes what comes back. */
static gen_ctx *
schema_load(schema_input *in)
{
    gen_ctx *ctx = gen_open(NULL);
    gen_source source;

    FUZZ_CHECK(ctx);
    memset(&source, 0, sizeof source);
    source.list = schema_list;
    source.read = schema_read;
    source.user = in;
    gen_set_source(ctx, &source);
    gen_load_text(ctx, in->name, in->text, in->len);
    return ctx;
}

static void
schema_check(const char *name, const char *text, size_t len)
{
    schema_input in;
    gen_ctx *ctx;
    gen_ctx *twin;
    gen_buf out;

    in.name = name;
    in.text = text;
    in.len = len;
    ctx = schema_load(&in);
    schema_tokens(ctx, &in);
    if (!gen_error_count(ctx)) {
        uint64_t hash;

        schema_print_again(ctx);
        hash = schema_emit(ctx);
        twin = schema_load(&in);
        FUZZ_CHECK(schema_emit(twin) == hash);
        gen_close(twin);
    }
    if (gen_error_count(ctx)) {
        gen_buf_init(&out, ctx);
        gen_print_diags(ctx, &out, true);
        FUZZ_CHECK(out.len > 0);
    }
    gen_close(ctx);
}

#endif
