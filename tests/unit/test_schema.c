/* tests/unit/test_schema.c: the schema reader under bad conditions.
 *
 *   cc -DGEN_BLOCK=64 -Isurrealgen -I. tests/unit/test_schema.c \
 *       surrealgen/schema/[a-z]*.c surrealgen/surql/[a-z]*.c -o test_schema
 *
 * What it accepts, refuses and says is in tests/golden; here memory runs out
 * and files end anywhere. */
#include "gen.h"

#include "tests/test.h"

static const char sample[] =
    "//! People and what they write.\n"
    "target surrealdb 3.0;\n"
    "enum mood : string { good, 'very bad' }\n"
    "struct address { street string; lines array<string>; }\n"
    "/// Somebody.\n"
    "model person schemafull {\n"
    "  name string @c(max: 40) assert string::len($value) > 0;\n"
    "  mood mood default 'good';\n"
    "  home option<address>;\n"
    "  friends array<record<person>>;\n"
    "  extra { a: int, b: option<set<float>> };\n"
    "  unique by_name (name);\n"
    "  permissions for select full, for create, update, delete none;\n"
    "}\n"
    "edge wrote from person to post | note enforced { at datetime; }\n"
    "model post { text string | null default NULL; }\n"
    "model note schemaless { }\n"
    "DEFINE ANALYZER plain TOKENIZERS blank;\n";

static const char sample_ddl[] =
    "DEFINE TABLE a SCHEMAFULL PERMISSIONS FOR select WHERE x = 1;\n"
    "DEFINE FIELD tags ON a TYPE array<string> DEFAULT [];\n"
    "DEFINE FIELD tags.* ON a TYPE string;\n"
    "DEFINE FIELD o.x ON TABLE a TYPE option<int | string> COMMENT 'c';\n"
    "DEFINE INDEX i ON a FIELDS tags, o.x UNIQUE;\n"
    "DEFINE FUNCTION fn::f($a: int) { RETURN /x+/.test('x') };\n"
    "INSERT INTO a { tags: ['x'] };\n";

static void *
heap_grow(void *user, size_t len)
{
    return test_resize(user, NULL, 0, len);
}

static void
heap_drop(void *user, void *block, size_t len)
{
    test_resize(user, block, len, 0);
}

/* Load with an allocator that fails at one call; false if it ran out. */
static bool
load_with(test_heap *heap, const char *name, const char *text)
{
    gen_memory memory;
    gen_status status;
    gen_ctx *ctx;

    memory.grow = heap_grow;
    memory.drop = heap_drop;
    memory.user = heap;
    ctx = gen_open(&memory);
    if (!ctx) return false;
    status = gen_add_text(ctx, name, text, strlen(text));
    if (!status) status = gen_finish(ctx);
    if (status == GEN_OK) CHECK_INT(gen_error_count(ctx), 0);
    gen_close(ctx);
    return status != GEN_NO_MEMORY;
}

static void
fail_everywhere(const char *name, const char *text)
{
    size_t fail_at = 0;
    bool whole;

    do {
        test_heap heap;

        memset(&heap, 0, sizeof heap);
        heap.fail_at = ++fail_at;
        whole = load_with(&heap, name, text);
        CHECK_INT(heap.held, 0);
    } while (!whole && fail_at < 100000);
    CHECK(whole);
    CHECK(fail_at > 100);
}

TEST(test_schema_every_failed_allocation_is_a_status)
{
    fail_everywhere("sample.sg", sample);
    fail_everywhere("sample.surql", sample_ddl);
}

/* A file that ends anywhere is complete or is refused with words, and its
 * tokens are its bytes. */
static void
cut_everywhere(const char *name, const char *text)
{
    size_t len;
    size_t refused = 0;

    for (len = 0; len <= strlen(text); len++) {
        char *piece = (char *)malloc(len ? len : 1);
        gen_ctx *ctx = gen_open(NULL);
        gen_buf out;

        NEED(piece && ctx);
        memcpy(piece, text, len);
        gen_load_text(ctx, name, piece, len);
        gen_buf_init(&out, ctx);
        gen_dump_roundtrip(ctx, gen_file_at(&gen_schema_of(ctx)->files, 0),
                           &out);
        CHECK_MEM(out.ptr, out.len, text, len);
        gen_buf_init(&out, ctx);
        gen_print_diags(ctx, &out, false);
        if (gen_error_count(ctx)) refused++;
        CHECK((gen_error_count(ctx) > 0) <= (out.len > 0));
        gen_close(ctx);
        free(piece);
    }
    CHECK(refused > strlen(text) / 2);
}

TEST(test_schema_cut_at_every_byte)
{
    cut_everywhere("sample.sg", sample);
    cut_everywhere("sample.surql", sample_ddl);
}

TEST(test_schema_ten_thousand_levels_are_one_error)
{
    static char text[30000];
    gen_ctx *ctx = gen_open(NULL);
    size_t i;

    NEED(ctx != NULL);
    memcpy(text, "DEFINE FIELD a ON t TYPE ", 25);
    for (i = 0; i < 10000; i++) {
        text[25 + i] = '[';
    }
    gen_load_text(ctx, "deep.surql", text, 25 + 10000);
    CHECK_INT(gen_error_count(ctx), 1);
    gen_close(ctx);
}

TEST_MAIN(
    RUN(test_schema_every_failed_allocation_is_a_status);
    RUN(test_schema_cut_at_every_byte);
    RUN(test_schema_ten_thousand_levels_are_one_error);
)
