/* tests/fuzz/fuzz_migration.c: any bytes as up.surql.
 *
 *   make build/fuzz/fuzz_migration && build/fuzz/fuzz_migration \
 *       -max_total_time=60 tests/fuzz/corpus/migration
 *
 * It is read or there is a diagnostic. What was read is in the file where it
 * says; comments, blanks and line ends do not count; the canonical text is its
 * own canonical text, has the same statements and the same checksum. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "migrate/migrate.h"
#include "schema/front.h"

#include "replay.h"

void db_sha256(const void *data, size_t len, unsigned char out[32])
{
    srl_hash_of(SRL_SHA256, data, len, out);
}

static bool
same(gen_str a, gen_str b)
{
    return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

static void
check_step(const mig_script *s, const mig_step *step)
{
    FUZZ_CHECK(step->text.len && step->text.ptr[step->text.len - 1] == ';');
    FUZZ_CHECK(!step->text.ptr[step->text.len]);
    FUZZ_CHECK(step->at + step->text.len - 1 <= s->text.len);
    FUZZ_CHECK(!memcmp(s->text.ptr + step->at, step->text.ptr,
                       step->text.len - 1));
    FUZZ_CHECK(mig_pos(s, step->at, 1).line == step->text_line);
    FUZZ_CHECK(step->batch > 0 && step->checksum.len == 34);
    FUZZ_CHECK((step->kind == SURREAL_STEP_TX) == !step->table.len);
}

static void
check_canon(gen_ctx *ctx, gen_str text)
{
    gen_str canon = mig_canon(ctx, text);
    gen_list before = { NULL, 0, 0 };
    gen_list after = { NULL, 0, 0 };

    FUZZ_CHECK(same(mig_canon(ctx, canon), canon));
    FUZZ_CHECK(same(mig_checksum(ctx, canon), mig_checksum(ctx, text)));
    mig_split(ctx, text, &before);
    mig_split(ctx, canon, &after);
    FUZZ_CHECK(before.count == after.count);
}

/* With CRLF and one more comment it is the same migration. */
static void
check_layout(gen_ctx *ctx, const mig_script *s)
{
    gen_buf text;
    mig_script again;
    size_t i;

    gen_buf_init(&text, ctx);
    for (i = 0; i < s->text.len; i++) {
        if (s->text.ptr[i] == '\n') gen_buf_add_char(&text, '\r');
        gen_buf_add_char(&text, s->text.ptr[i]);
    }
    gen_buf_add_text(&text, "\n-- a remark\n");
    FUZZ_CHECK(mig_read_script(ctx, "again", gen_str_copy(ctx, text.ptr,
                                                          text.len),
                               &again));
    FUZZ_CHECK(same(mig_steps_checksum(ctx, &s->steps),
                    mig_steps_checksum(ctx, &again.steps)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    gen_ctx *ctx = gen_open(NULL);
    gen_buf out;
    mig_script s;
    bool fine;
    size_t i;

    if (!ctx) abort();
    fine = mig_read_script(ctx, "up.surql",
                           gen_str_copy(ctx, (const char *)data, len), &s);
    FUZZ_CHECK(fine == !gen_error_count(ctx));
    gen_buf_init(&out, ctx);
    gen_print_diags(ctx, &out, true);
    FUZZ_CHECK(fine || out.len);
    for (i = 0; fine && i < s.steps.count; i++) {
        check_step(&s, mig_step_at(&s.steps, i));
    }
    FUZZ_CHECK(!fine || s.is_empty == !s.steps.count);
    if (fine) {
        check_canon(ctx, s.text);
        check_layout(ctx, &s);
    }
    gen_close(ctx);
    return 0;
}
