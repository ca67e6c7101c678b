/* tests/fuzz/fuzz_schema.c: any bytes as a schema file.
 *
 *   make build/fuzz/fuzz_schema && build/fuzz/fuzz_schema -max_total_time=60 \
 *       tests/fuzz/corpus/schema
 *
 * Whatever the bytes are: there are diagnostics or a schema, the tokens add up
 * to the file byte for byte, and SurrealQL that was printed reads back without
 * an error and prints the same again. */
#include "gen.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
need(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static void
check_tokens(gen_ctx *ctx, const uint8_t *data, size_t len)
{
    gen_schema *schema = gen_schema_of(ctx);
    gen_buf out;

    if (!schema || !schema->files.count) return;
    gen_buf_init(&out, ctx);
    gen_dump_roundtrip(ctx, gen_file_at(&schema->files, 0), &out);
    need(out.len == len && (!len || !memcmp(out.ptr, data, len)),
         "the tokens are not the file");
}

static gen_buf
print_sql(gen_ctx *ctx)
{
    gen_surql_options how;
    gen_buf out;

    memset(&how, 0, sizeof how);
    gen_buf_init(&out, ctx);
    gen_emit_surql(ctx, &how, &out);
    return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *name = len && (data[0] & 1) ? "fuzz.sg" : "fuzz.surql";
    gen_ctx *ctx = gen_open(NULL);
    gen_buf out;

    need(ctx != NULL, "no memory");
    gen_load_text(ctx, name, (const char *)data, len);
    check_tokens(ctx, data, len);
    if (gen_error_count(ctx)) {
        gen_buf_init(&out, ctx);
        gen_print_diags(ctx, &out, false);
        need(out.len > 0, "an error without a word");
    } else {
        gen_ctx *again = gen_open(NULL);
        gen_buf second;

        need(again != NULL, "no memory");
        out = print_sql(ctx);
        gen_load_text(again, "again.surql", out.ptr ? out.ptr : "", out.len);
        need(gen_error_count(again) == 0, "printed SurrealQL has errors");
        second = print_sql(again);
        need(second.len == out.len &&
                 (!out.len || !memcmp(second.ptr, out.ptr, out.len)),
             "printed twice, it differs");
        gen_close(again);
    }
    gen_close(ctx);
    return 0;
}
