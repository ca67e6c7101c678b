/* tests/fuzz/fuzz_fmt.c: any bytes through the formatter and the converters.
 *
 *   make build/fuzz/fuzz_fmt && build/fuzz/fuzz_fmt -max_total_time=60 \
 *       tests/fuzz/corpus/schema
 *
 * A file without errors has a layout: the same tokens, no errors, and the same
 * again when it is laid out once more. What the two conversions print reads
 * back. Fixes end, and mend or leave alone, never worse. */
#include "gen.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay.h"

static gen_ctx *
load(const char *name, const char *bytes, size_t len)
{
    gen_ctx *ctx = gen_open(NULL);

    if (!ctx) abort();
    gen_load_text(ctx, name, bytes, len);
    return ctx;
}

static void
check_layout(const char *name, gen_ctx *ctx)
{
    gen_schema *schema = gen_schema_of(ctx);
    gen_ctx *again;
    gen_buf first, second;

    gen_buf_init(&first, ctx);
    FUZZ_CHECK(gen_fmt(ctx, gen_file_at(&schema->files, 0), &first));
    again = load(name, first.ptr, first.len);
    FUZZ_CHECK(gen_error_count(again) == 0);
    gen_buf_init(&second, again);
    FUZZ_CHECK(gen_fmt(again, gen_file_at(&gen_schema_of(again)->files, 0),
                       &second));
    FUZZ_CHECK(first.len == second.len &&
               !memcmp(first.ptr, second.ptr, first.len));
    gen_close(again);
}

static void
check_conversions(gen_ctx *ctx)
{
    gen_sg_options how;
    gen_ctx *again;
    gen_buf text;

    memset(&how, 0, sizeof how);
    how.group = true;
    gen_buf_init(&text, ctx);
    gen_emit_sg(ctx, &how, &text);
    if (gen_error_count(ctx)) return;
    again = load("again.sg", text.ptr, text.len);
    FUZZ_CHECK(gen_error_count(again) == 0);
    gen_buf_init(&text, again);
    gen_emit_define(again, &text);
    gen_close(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *name = len && (data[0] & 1) ? "fuzz.sg" : "fuzz.surql";
    gen_ctx *ctx = load(name, (const char *)data, len);

    if (gen_error_count(ctx) == 0) {
        check_layout(name, ctx);
        check_conversions(ctx);
    } else if (len < 4096) {
        gen_str text;
        gen_buf out;
        size_t places;

        text.ptr = (const char *)data;
        text.len = len;
        gen_buf_init(&out, ctx);
        gen_fix_text(ctx, name, text, "all", &out, &places);
        FUZZ_CHECK(places > 0 || out.len == len);
    }
    gen_close(ctx);
    return 0;
}
