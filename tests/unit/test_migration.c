/* tests/unit/test_migration.c: the text of a migration under bad conditions.
 *
 * What it accepts, refuses and says is in tests/migrate; here are checksums,
 * memory that runs out and files that end anywhere. */
#define SURREAL_STATIC /* here alone: for one hash */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "migrate/migrate.h"
#include "schema/front.h"

#include "tests/test.h"

void db_sha256(const void *data, size_t len, unsigned char out[32])
{
    srl_hash_of(SRL_SHA256, data, len, out);
}

static const char sample[] =
    "-- surrealgen migration 1\n"
    "-- id:      20260801120000_add_slug\n"
    "-- parent:  20260714090000_init  3f9ac1d2\n"
    "-- target:  surrealdb >= 3.0\n"
    "-- up:      safe            down: lossy (post.slug)\n"
    "-- sg-allow SG401: for all of it\n"
    "\n"
    "-- sg-allow SG402: this one\n"
    "DEFINE FIELD slug ON post TYPE option<string>;\n"
    "DEFINE FUNCTION fn::f($x: int) { LET $y = $x; RETURN $y; };\n"
    "\n"
    "-- step: data `my post` batch=500 quiet\n"
    "UPDATE $batch SET slug = 'a;b -- c\\'' + \"x\ny\"; -- why\n"
    "-- where: slug = NONE;\n"
    "-- step: tx touch=post,`my post`\n"
    "DEFINE FIELD OVERWRITE slug ON post TYPE string ASSERT $value = /;\\//;\n"
    "-- step: index post slug_ix\n"
    "DEFINE INDEX slug_ix ON post FIELDS slug UNIQUE CONCURRENTLY\n";

static gen_str str(const char *text)
{
    gen_str out;

    out.ptr = text;
    out.len = strlen(text);
    return out;
}

static const char *checksum(gen_ctx *ctx, const char *text)
{
    return mig_checksum(ctx, str(text)).ptr;
}

TEST(test_canon)
{
    gen_ctx *ctx = gen_open(NULL);

    CHECK_STR(mig_canon(ctx, str("DEFINE  TABLE\n a ;;\r\n -- x\n")).ptr,
              "DEFINE TABLE a;;");
    CHECK_STR(mig_canon(ctx, str(" a/* ; */b - - c")).ptr, "a b - - c");
    CHECK_STR(mig_canon(ctx, str("x = { a: 1; b\n};y")).ptr,
              "x = { a: 1; b };\ny");
    CHECK_STR(mig_canon(ctx, str("'a\r\nb\nc'")).ptr, "'a\\nb\\nc'");
    CHECK_STR(mig_canon(ctx, str("'never closed")).ptr, "'never closed");
    CHECK_STR(mig_canon(ctx, str("")).ptr, "");
    gen_close(ctx);
}

/* Fixed for good: databases hold these. */
TEST(test_checksums_stay)
{
    gen_ctx *ctx = gen_open(NULL);

    CHECK_STR(checksum(ctx, ""), "1:e3b0c44298fc1c149afbf4c8996fb924");
    CHECK_STR(checksum(ctx, "DEFINE TABLE post SCHEMAFULL;"),
              "1:7d95006ef5a7de50e52295115acb16b2");
    CHECK_STR(checksum(ctx, sample), "1:878c083e94331f6df917891dd5207f95");
    gen_close(ctx);
}

TEST(test_checksum_counts_tokens_alone)
{
    static const char *const same[] = {
        "DEFINE TABLE a;DEFINE FIELD Type ON a TYPE int",
        "define table a; define field Type on a type int;",
        "DEFINE TABLE a;;\r\n\r\n  -- new\r\nDEFINE /* x */ FIELD Type ON\n"
        "a TYPE int;\n;", NULL
    };
    static const char *const other[] = {
        "DEFINE TABLE a DEFINE FIELD Type ON a TYPE int",
        "DEFINE TABLE A;DEFINE FIELD Type ON a TYPE int",
        "DEFINE TABLE a;DEFINE FIELD type ON a TYPE int",
        "DEFINE TABLE a;DEFINE FIELD Type ON a TYPE int 1", NULL
    };
    gen_ctx *ctx = gen_open(NULL);
    size_t i;

    for (i = 0; same[i]; i++) {
        CHECK_STR(checksum(ctx, same[i]), checksum(ctx, same[0]));
    }
    for (i = 0; other[i]; i++) {
        CHECK(strcmp(checksum(ctx, other[i]), checksum(ctx, same[0])));
    }
    /* A column stays what it is called, wherever that shows. */
    CHECK(strcmp(checksum(ctx, "RETURN $x.Value"),
                 checksum(ctx, "RETURN $x.value")));
    CHECK(strcmp(checksum(ctx, "RETURN { Value: 1 }"),
                 checksum(ctx, "RETURN { value: 1 }")));
    CHECK_STR(checksum(ctx, "RETURN 'a\nb'"), checksum(ctx, "return 'a\r\nb'"));
    gen_close(ctx);
}

TEST(test_split)
{
    gen_ctx *ctx = gen_open(NULL);
    gen_list list = { NULL, 0, 0 };

    mig_split(ctx, str("-- a\nA { b; c };\n\n /* d */ 'e;f' -- g\n ; ;H"),
              &list);
    NEED(list.count == 3);
    CHECK_STR(mig_statement_at(&list, 0)->text.ptr, "A { b; c }");
    CHECK_STR(mig_statement_at(&list, 1)->text.ptr, "'e;f'");
    CHECK_INT(mig_statement_at(&list, 1)->line, 4);
    CHECK_STR(mig_statement_at(&list, 2)->text.ptr, "H");
    CHECK_INT(mig_statement_at(&list, 2)->at, 42);
    gen_close(ctx);
}

TEST(test_read)
{
    gen_ctx *ctx = gen_open(NULL);
    mig_script s;
    const mig_step *step;

    NEED(mig_read_script(ctx, "up.surql", str(sample), &s));
    CHECK(!s.is_empty);
    NEED(s.steps.count == 4);
    step = mig_step_at(&s.steps, 0);
    CHECK_INT(step->kind, SURREAL_STEP_TX);
    CHECK_INT(step->text_line, 9);
    CHECK(!memcmp(s.text.ptr + step->at, step->text.ptr, step->text.len));
    step = mig_step_at(&s.steps, 1);
    CHECK_INT(step->kind, SURREAL_STEP_DATA);
    CHECK_STR(step->table.ptr, "my post");
    CHECK_STR(step->where.ptr, "slug = NONE");
    CHECK_STR(step->text.ptr,
              "UPDATE $batch SET slug = 'a;b -- c\\'' + \"x\ny\";");
    CHECK_INT(step->batch, 500);
    CHECK(step->quiet);
    step = mig_step_at(&s.steps, 2);
    NEED(step->touch.count == 2);
    CHECK_STR(gen_name_at(&step->touch, 1)->text.ptr, "my post");
    step = mig_step_at(&s.steps, 3);
    CHECK_INT(step->kind, SURREAL_STEP_INDEX);
    CHECK_STR(step->index.ptr, "slug_ix");
    CHECK_STR(step->text.ptr, "DEFINE INDEX slug_ix ON post FIELDS slug "
              "UNIQUE CONCURRENTLY;");
    NEED(s.allows.count == 2);
    CHECK_INT(mig_allow_at(&s.allows, 0)->line, 0);
    CHECK_INT(mig_allow_at(&s.allows, 1)->line, 9);
    CHECK_STR(mig_allow_at(&s.allows, 1)->reason.ptr, "this one");
    CHECK_STR(mig_find_note(&s, "parent")->value.ptr,
              "20260714090000_init  3f9ac1d2");
    gen_close(ctx);
}

/* What a checkout does to a file changes nothing. */
TEST(test_read_line_ends)
{
    gen_ctx *ctx = gen_open(NULL);
    gen_buf text;
    mig_script a, b;
    size_t i;

    gen_buf_init(&text, ctx);
    gen_buf_add_text(&text, "\xef\xbb\xbf");
    for (i = 0; sample[i]; i++) {
        if (sample[i] == '\n') gen_buf_add_char(&text, '\r');
        gen_buf_add_char(&text, sample[i]);
    }
    NEED(mig_read_script(ctx, "a", str(sample), &a));
    NEED(mig_read_script(ctx, "b", gen_str_copy(ctx, text.ptr, text.len),
                         &b));
    CHECK_STR(b.text.ptr, a.text.ptr);
    CHECK_STR(mig_steps_checksum(ctx, &b.steps).ptr,
              mig_steps_checksum(ctx, &a.steps).ptr);
    gen_close(ctx);
}

/* What the server is told counts, how many rows at a time does not. */
TEST(test_step_checksums)
{
    static const char *const texts[] = {
        "-- step: data post\nUPDATE $batch SET a = 1;",
        "-- step: data post quiet\nUPDATE $batch SET a = 1;",
        "-- step: data post\n-- where: a = NONE\nUPDATE $batch SET a = 1;",
        "-- step: data user\nUPDATE $batch SET a = 1;",
        "-- step: tx\nUPDATE $batch SET a = 1;",
        "-- step: data post batch=5\n-- x\nupdate $batch set a = 1"
    };
    gen_ctx *ctx = gen_open(NULL);
    mig_script s[6];
    size_t i, k;

    for (i = 0; i < 6; i++) {
        NEED(mig_read_script(ctx, "x", str(texts[i]), &s[i]));
        for (k = 0; k < i; k++) {
            bool same = !strcmp(mig_steps_checksum(ctx, &s[i].steps).ptr,
                                mig_steps_checksum(ctx, &s[k].steps).ptr);
            CHECK(same == (i == 5 && k == 0));
        }
    }
    gen_close(ctx);
}

TEST(test_read_cut_anywhere)
{
    size_t i;

    for (i = 0; i < sizeof sample; i++) {
        gen_ctx *ctx = gen_open(NULL);
        gen_buf out;
        mig_script s;
        bool fine = mig_read_script(ctx, "cut", gen_str_copy(ctx, sample, i),
                                    &s);

        CHECK(fine == (gen_error_count(ctx) == 0));
        gen_buf_init(&out, ctx);
        gen_print_diags(ctx, &out, true);
        CHECK(fine || out.len > 0);
        gen_close(ctx);
    }
}

/* Every byte in place of every byte. */
TEST(test_read_one_byte_wrong)
{
    static const char bytes[] = "\x01\n;'`({})]-$\\\xff\xc3 a0";
    char text[sizeof sample];
    size_t i, k;

    for (i = 0; i < sizeof sample - 1; i++) {
        for (k = 0; k < sizeof bytes; k++) {
            gen_ctx *ctx = gen_open(NULL);
            mig_script s;
            bool fine;

            memcpy(text, sample, sizeof text);
            text[i] = bytes[k];
            fine = mig_read_script(
                ctx, "x", gen_str_copy(ctx, text, sizeof sample - 1), &s);
            CHECK(fine == (gen_error_count(ctx) == 0));
            gen_close(ctx);
        }
    }
}

typedef struct account {
    size_t left, blocks;
} account;

static void *grow(void *user, size_t n)
{
    account *a = (account *)user;

    if (a->left == 0) return NULL;
    a->left--;
    a->blocks++;
    return malloc(n);
}

static void drop(void *user, void *ptr, size_t n)
{
    account *a = (account *)user;

    (void)n;
    a->blocks--;
    free(ptr);
}

/* Memory that is out ends the program with a word; until then it is all given
 * back. */
TEST(test_memory_is_given_back)
{
    account a = { 1000000, 0 };
    gen_memory memory = { grow, drop, NULL };
    gen_ctx *ctx;
    mig_script s;

    memory.user = &a;
    ctx = gen_open(&memory);
    CHECK(mig_read_script(ctx, "x", str(sample), &s));
    gen_close(ctx);
    CHECK_INT(a.blocks, 0);
}

TEST_MAIN(RUN(test_canon);
          RUN(test_checksums_stay);
          RUN(test_checksum_counts_tokens_alone);
          RUN(test_split);
          RUN(test_read);
          RUN(test_read_line_ends);
          RUN(test_step_checksums);
          RUN(test_read_cut_anywhere);
          RUN(test_read_one_byte_wrong);
          RUN(test_memory_is_given_back);)
