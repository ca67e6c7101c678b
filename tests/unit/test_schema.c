/* tests/unit/test_schema.c: the schema reader under bad conditions.
 *
 *   cc -DGEN_BLOCK=64 -Isurrealgen -I. tests/unit/test_schema.c \
 *       surrealgen/schema/[a-z]*.c surrealgen/surql/[a-z]*.c -o test_schema
 *
 * What it accepts, refuses and says is in tests/golden; here memory runs out
 * and files end anywhere. */
#include "gen.h"

#include "tests/test.h"

#include <errno.h>

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

/* The items that are no tables, and what is only for tables of .sg files. */
static const char sample_items[] =
    "include \"other/*\";\n"
    "analyzer english function fn::f tokenizers blank, class\n"
    "  filters edgengram(1, 2) comment 'c';\n"
    "param $vat: decimal = 0.1dec permissions where $auth.id;\n"
    "sequence s batch 10 start -5 timeout 1s;\n"
    "type pair = { kind: 'a', x: int } | { kind: 'b' } @closed;\n"
    "type more = array<pair>;\n"
    "mixin stamps { at datetime @server default time::now();\n"
    "  index i (at); event e then { RETURN 1 }; }\n"
    "@allow(SG1231, \"why\") model m @was(n) {\n"
    "  p more; use stamps; reserved a, b;\n"
    "  pw string @encrypt(argon2); c string @c(type: \"t\", via: \"v\");\n"
    "  event f async retry 1 when true then { RETURN 1 }, (2);\n"
    "}\n"
    "event g on m then { RETURN 2 };\n"
    "view v { n int; permissions none; } as SELECT count() AS n FROM m;\n"
    "function fn::f($a: pair, $b: int = 1) -> string|none permissions full\n"
    "{ RETURN $a.map(|$x: int| $x) }\n"
    "access a on database type record { signup (k: int) = CREATE m;\n"
    "  signin () = RETURN 1; authenticate { RETURN 1 } with refresh;\n"
    "  with issuer env(\"K\"); duration grant 1d, token none; }\n"
    "access j on root type jwt { algorithm HS512 key file(\"k\"); }\n"
    "user u on database passhash env(\"P\") roles owner, viewer\n"
    "  duration token 1h;\n"
    "query q($a: pair, $n: int = 2) -> (none, many { x: int }, one m)\n"
    "@retry(conflict) { LET $y = $a; FOR $z IN [1] { RETURN $z };\n"
    "  SELECT * FROM m WHERE n = $n + $y; }\n"
    "query r() -> maybe m { BEGIN; RETURN NONE; COMMIT; } result 2;\n";

static const char sample_ddl[] =
    "DEFINE TABLE a SCHEMAFULL PERMISSIONS FOR select WHERE x = 1;\n"
    "DEFINE FIELD tags ON a TYPE array<string> DEFAULT [];\n"
    "DEFINE FIELD tags.* ON a TYPE string;\n"
    "DEFINE FIELD o.x ON TABLE a TYPE option<int | string> COMMENT 'c';\n"
    "DEFINE INDEX i ON a FIELDS tags, o.x UNIQUE;\n"
    "DEFINE FUNCTION fn::f($a: int) { RETURN /x+/.test('x') };\n"
    "INSERT INTO a { tags: ['x'] };\n";

static const char sample_define[] =
    "DEFINE EVENT e ON t ASYNC RETRY 1 WHEN a THEN (b), { c } COMMENT 'd';\n"
    "DEFINE ANALYZER IF NOT EXISTS a TOKENIZERS blank FILTERS ngram(1, 2);\n"
    "DEFINE PARAM OVERWRITE $p VALUE 1 PERMISSIONS WHERE x = 1;\n"
    "DEFINE SEQUENCE s BATCH 1 START 2 TIMEOUT 3s;\n"
    "DEFINE FUNCTION fn::a::b($x: int, $y: option<string>) -> int {\n"
    "  RETURN 1 } COMMENT 'f' PERMISSIONS NONE;\n"
    "DEFINE ACCESS a ON DATABASE TYPE RECORD SIGNUP (CREATE x) SIGNIN (y)\n"
    "  WITH JWT ALGORITHM HS512 KEY 'k' WITH ISSUER KEY 'i' DURATION FOR\n"
    "  GRANT 1d, FOR TOKEN NONE;\n"
    "DEFINE ACCESS b ON ROOT TYPE BEARER FOR RECORD NEWER WORD;\n"
    "DEFINE USER u ON NAMESPACE PASSWORD 'p' ROLES OWNER;\n"
    "REMOVE EVENT e ON t; REMOVE PARAM $p; REMOVE FUNCTION fn::a::b;\n"
    "/// Doc.\n"
    "-- @retry(conflict)\n"
    "-- @query q($a: int, $b: record<t> = t:1) -> (none, one t, none)\n"
    "BEGIN; SELECT * FROM t WHERE a = $a + $b; COMMIT;\n"
    "-- @query r() -> many int\n"
    "SELECT VALUE a FROM t;\n";

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

/* A folder of two files, one of which names the first file again. */
static void
folder_list(void *user, const char *from, const char *pattern,
            void (*found)(void *arg, const char *path), void *arg)
{
    (void)user;
    (void)from;
    if (strcmp(pattern, "other/*")) return;
    found(arg, "other/a.sg");
    found(arg, "other/../other/b.surql");
    found(arg, "./sample.sg");
}

static char *
folder_read(void *user, const char *path, size_t *len)
{
    static const char a[] = "include \"other/*\"; struct s { a int; }\n";
    static const char b[] = "DEFINE TABLE other SCHEMAFULL;\n";
    const char *text = strstr(path, "a.sg") ? a : b;
    char *bytes;

    (void)user;
    if (strstr(path, "gone")) {
        errno = ENOENT;
        return NULL;
    }
    *len = strlen(text);
    bytes = (char *)malloc(*len);
    if (bytes) memcpy(bytes, text, *len);
    return bytes;
}

static const gen_source folder = { folder_list, folder_read, NULL };

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
    gen_set_source(ctx, &folder);
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
    fail_everywhere("sample.sg", sample_items);
    fail_everywhere("sample.surql", sample_define);
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
        gen_set_source(ctx, &folder);
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
    CHECK(refused > strlen(text) / 3);
}

TEST(test_schema_cut_at_every_byte)
{
    cut_everywhere("sample.sg", sample);
    cut_everywhere("sample.surql", sample_ddl);
    cut_everywhere("sample.sg", sample_items);
    cut_everywhere("sample.surql", sample_define);
}

static gen_ctx *
load(const char *name, const char *text)
{
    gen_ctx *ctx = gen_open(NULL);

    if (!ctx) return NULL;
    gen_set_source(ctx, &folder);
    gen_load_text(ctx, name, text, strlen(text));
    return ctx;
}

/* The files there are, however they are spelt, are read once. */
TEST(test_schema_includes_are_read_once)
{
    gen_ctx *ctx = load("sample.sg", sample_items);
    gen_schema *schema;
    gen_buf out;

    NEED(ctx != NULL);
    schema = gen_schema_of(ctx);
    CHECK_INT(gen_error_count(ctx), 0);
    CHECK_INT(schema->files.count, 3);
    CHECK_INT(schema->structs.count, 1);
    CHECK(gen_str_is(gen_file_at(&schema->files, 1)->name, "other/a.sg"));
    gen_close(ctx);
    ctx = load("sample.sg", "include \"none/*\"; include \"other/*\";");
    NEED(ctx != NULL);
    CHECK_INT(gen_error_count(ctx), 0);
    gen_buf_init(&out, ctx);
    gen_print_diags(ctx, &out, false);
    CHECK(strstr(out.ptr, "warning SG1121"));
    CHECK_INT(gen_schema_of(ctx)->files.count, 3);
    gen_close(ctx);
}

static void
list_next(void *user, const char *from, const char *pattern,
          void (*found)(void *arg, const char *path), void *arg)
{
    char name[40];

    (void)user;
    (void)pattern;
    snprintf(name, sizeof name, "%d.sg", (int)strtol(from, NULL, 10) + 1);
    found(arg, name);
}

static char *
read_next(void *user, const char *path, size_t *len)
{
    static const char text[] = "include \"the next one\";";
    char *bytes = (char *)malloc(sizeof text);

    (void)user;
    (void)path;
    *len = sizeof text - 1;
    if (bytes) memcpy(bytes, text, sizeof text);
    return bytes;
}

/* A folder without end is one error. */
TEST(test_schema_includes_without_end)
{
    gen_source endless = { list_next, read_next, NULL };
    gen_ctx *ctx = gen_open(NULL);

    NEED(ctx != NULL);
    gen_set_source(ctx, &endless);
    gen_load_text(ctx, "0.sg", "include \"x\";", 12);
    CHECK_INT(gen_error_count(ctx), 1);
    CHECK_INT(gen_schema_of(ctx)->files.count, GEN_MAX_DEPTH + 1);
    gen_close(ctx);
}

/* A table's members from a mixin are its own nodes, in the place of `use`. */
TEST(test_schema_mixin_members_are_copies)
{
    gen_ctx *ctx = load("m.sg", "mixin x { a { b: int }; index i (a); }\n"
                        "model p { first int; use x; last int; }\n"
                        "model q { use x; }\n");
    gen_table *p, *q;

    NEED(ctx != NULL && !gen_error_count(ctx));
    p = gen_table_at(&gen_schema_of(ctx)->tables, 0);
    q = gen_table_at(&gen_schema_of(ctx)->tables, 1);
    NEED(p->fields.count == 3 && q->fields.count == 1);
    CHECK(gen_str_is(gen_field_at(&p->fields, 1)->name, "a"));
    CHECK(gen_field_at(&p->fields, 1) != gen_field_at(&q->fields, 0));
    CHECK(gen_field_at(&p->fields, 1)->type
          != gen_field_at(&q->fields, 0)->type);
    CHECK(gen_field_at(&p->fields, 1)->table == p);
    CHECK(gen_field_at(&q->fields, 0)->table == q);
    CHECK(gen_field_at(&gen_field_at(&q->fields, 0)->children, 0)->table
          == q);
    CHECK(gen_index_at(&p->indexes, 0)->table == p);
    CHECK(gen_index_at(&q->indexes, 0)->table == q);
    gen_close(ctx);
}

/* Chains and towers of type names end in a diagnostic. */
TEST(test_schema_type_names_in_chains)
{
    static const char *const shapes[] = {
        "type t%d = array<t%d>;", "type t%d = { a: t%d, b: t%d };",
        "struct t%d { x t%d; y t%d; }"
    };
    size_t s;

    for (s = 0; s < 6; s++) {
        size_t cap = 20000 * 60;
        char *text = (char *)malloc(cap);
        size_t len = 0;
        gen_ctx *ctx = gen_open(NULL);
        int i;

        NEED(text && ctx);
        for (i = 1; i < 20000; i++) {
            int at = s < 3 ? i : 20000 - i;
            len += (size_t)snprintf(text + len, cap - len, shapes[s % 3], at,
                                    at - 1, at - 1);
        }
        len += (size_t)snprintf(text + len, cap - len, "type t0 = int;");
        gen_load_text(ctx, "chain.sg", text, len);
        CHECK(gen_error_count(ctx) > 0);
        gen_close(ctx);
        free(text);
    }
}

/* head, and open ten thousand times. */
static void
nest(const char *name, const char *head, const char *open)
{
    size_t cap = strlen(head) + 10000 * strlen(open) + 1;
    char *text = (char *)malloc(cap);
    size_t len = strlen(head);
    gen_ctx *ctx = gen_open(NULL);
    size_t i;

    NEED(text && ctx);
    memcpy(text, head, len);
    for (i = 0; i < 10000; i++) {
        memcpy(text + len, open, strlen(open));
        len += strlen(open);
    }
    gen_load_text(ctx, name, text, len);
    if (gen_error_count(ctx) != 1) printf("after `%s`\n", head);
    CHECK_INT(gen_error_count(ctx), 1);
    gen_close(ctx);
    free(text);
}

TEST(test_schema_ten_thousand_levels_are_one_error)
{
    nest("deep.surql", "DEFINE FIELD a ON t TYPE ", "[");
    nest("deep.surql", "DEFINE EVENT e ON t THEN ", "{");
    nest("deep.surql", "DEFINE FUNCTION fn::f($a: ", "array<");
    nest("deep.surql", "DEFINE FUNCTION fn::f() ", "{ (");
    nest("deep.surql", "-- @query q($a: int) -> one ", "{ a: ");
    nest("deep.sg", "type t = ", "option<");
    nest("deep.sg", "query q() -> one int ", "{ [");
    nest("deep.sg", "query q() -> ", "(");
    nest("deep.sg", "param $p: int = ", "(");
}

TEST_MAIN(
    RUN(test_schema_every_failed_allocation_is_a_status);
    RUN(test_schema_cut_at_every_byte);
    RUN(test_schema_ten_thousand_levels_are_one_error);
    RUN(test_schema_includes_are_read_once);
    RUN(test_schema_includes_without_end);
    RUN(test_schema_mixin_members_are_copies);
    RUN(test_schema_type_names_in_chains);
)
