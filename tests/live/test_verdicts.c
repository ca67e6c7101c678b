/* tests/live/test_verdicts.c: `surrealgen check` says what the server says.
 *
 *   make build/live/test_verdicts && sh tests/live/run.sh \
 *       build/live/test_verdicts
 *
 * Each of these small schemas is checked for the server at hand and then run
 * there, in a database of its own: both take it or both refuse it. Items are
 * run as `surrealgen sql` prints them, so for those only what check takes can
 * be tried. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* popen */
#endif
#include "tests/live/live.h"

#include <sys/wait.h>

#define GEN "build/surrealgen"

static surreal *db;

static int
tool(const char *words, const char *path)
{
    char command[512];
    int code;

    snprintf(command, sizeof command, GEN " %s --target %d.%d %s 2>/dev/null",
             words, live_major, live_major == 2 ? 6 : 0, path);
    code = system(command);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static void
put_file(const char *path, const char *text)
{
    FILE *to = fopen(path, "wb");

    if (!to) abort();
    fputs(text, to);
    fclose(to);
}

/* The server's verdict on statements: "" when it takes them. */
static const char *
refusal(const char *text)
{
    static char why[512];
    surreal_result *r = NULL;
    surreal_status status;

    surreal_result_free(live_run(db, "REMOVE DATABASE IF EXISTS verdicts; "
                                 "DEFINE DATABASE verdicts",
                                 SURREAL_NO_VARS));
    (void)surreal_use(db, "live", "verdicts");
    status = surreal_query(db, text, SURREAL_NO_VARS, &r);
    snprintf(why, sizeof why, "%s",
             status ? surreal_last_error(db)->message : "");
    surreal_result_free(r);
    return why;
}

/* ---- statements --------------------------------------------------------- */

static const char *const statements[] = {
    "DEFINE TABLE a SCHEMAFULL; DEFINE FIELD x ON a TYPE int",
    "DEFINE TABLE a CHANGEFEED 3d INCLUDE ORIGINAL PERMISSIONS NONE",
    "DEFINE TABLE a SCHEMAFULL; DEFINE FIELD x ON a TYPE object FLEXIBLE",
    "DEFINE TABLE a SCHEMAFULL; DEFINE FIELD x ON a FLEXIBLE TYPE object",
    "DEFINE TABLE a SCHEMALESS; DEFINE FIELD x ON a TYPE object FLEXIBLE",
    "DEFINE FIELD x ON a TYPE int COMPUTED 1",
    "DEFINE FIELD x ON a TYPE int VALUE <future> { 1 }",
    "DEFINE FIELD x.y ON a TYPE int; DEFINE FIELD x ON a TYPE int",
    "DEFINE FIELD x ON a TYPE int; DEFINE FIELD x.y ON a TYPE int",
    "DEFINE FIELD x ON a TYPE object; DEFINE FIELD x.y ON a TYPE int",
    "DEFINE FIELD x ON a TYPE any; DEFINE FIELD x.y ON a TYPE int",
    "DEFINE FIELD x ON a TYPE array<int>; DEFINE FIELD x.y ON a TYPE int",
    "DEFINE FIELD x ON a TYPE option<object>; DEFINE FIELD x.y ON a TYPE int",
    "DEFINE FIELD id ON a TYPE int",
    "DEFINE FIELD id ON a TYPE string | uuid | [int, string]",
    "DEFINE FIELD id ON a TYPE 'a' | 'b' | 1",
    "DEFINE FIELD id ON a TYPE { a: int } | array<int> | object | number",
    "DEFINE FIELD id ON a TYPE option<int>",
    "DEFINE FIELD id ON a TYPE int | null",
    "DEFINE FIELD id ON a TYPE string | datetime",
    "DEFINE FIELD id ON a TYPE record<a>",
    "DEFINE FIELD id ON a TYPE float",
    "DEFINE FIELD id ON a TYPE int DEFAULT 1",
    "DEFINE FIELD x ON a TYPE geometry<point | line>",
    "DEFINE FIELD x ON a TYPE geometry<feature>",
    "DEFINE FIELD x ON a TYPE table<a>",
    "DEFINE FIELD x ON a TYPE file",
    "DEFINE FIELD x ON a TYPE regex | range | function",
    "DEFINE FIELD x ON a TYPE option<option<int>>",
    "DEFINE FIELD x ON a TYPE 'a' | 1 | 1.5 | true | 1h | -1",
    "DEFINE FIELD x ON a TYPE string ASSERT string::is_email($value)",
    "DEFINE FIELD x ON a TYPE string ASSERT string::is::email($value)",
    "DEFINE FIELD x ON a TYPE any DEFAULT type::record('a', 1)",
    "DEFINE FIELD x ON a TYPE any DEFAULT type::thing('a', 1)",
    "DEFINE FIELD x ON a TYPE int READONLY DEFAULT ALWAYS 1",
    "DEFINE FIELD x ON a TYPE int; DEFINE INDEX i ON a FIELDS x UNIQUE",
    "DEFINE TABLE a; DEFINE INDEX i ON a COUNT",
    "DEFINE FIELD x ON a TYPE array<float, 3>; DEFINE INDEX i ON a FIELDS x "
    "HNSW DIMENSION 3 DIST COSINE TYPE F32 EFC 150 M 12",
    "DEFINE FIELD x ON a TYPE array<float, 3>; DEFINE FIELD y ON a TYPE "
    "array<float, 3>; DEFINE INDEX i ON a FIELDS x, y HNSW DIMENSION 3",
    "DEFINE FIELD x ON a TYPE array<float, 3>; DEFINE INDEX i ON a FIELDS x "
    "MTREE DIMENSION 3 DIST EUCLIDEAN TYPE F64 CAPACITY 40",
    "DEFINE ANALYZER z TOKENIZERS blank; DEFINE FIELD x ON a TYPE string; "
    "DEFINE INDEX i ON a FIELDS x FULLTEXT ANALYZER z BM25 HIGHLIGHTS",
    "DEFINE ANALYZER z TOKENIZERS blank; DEFINE FIELD x ON a TYPE string; "
    "DEFINE INDEX i ON a FIELDS x SEARCH ANALYZER z BM25(1.2, 0.75)",
    "DEFINE ANALYZER z TOKENIZERS blank; DEFINE FIELD x ON a TYPE string; "
    "DEFINE INDEX i ON a FIELDS x FULLTEXT ANALYZER z BM25(1.2)",
    "DEFINE ANALYZER z TOKENIZERS blank; DEFINE FIELD x ON a TYPE string; "
    "DEFINE INDEX i ON a FIELDS x SEARCH ANALYZER z BM25(1.2)",
    "DEFINE ACCESS p ON DATABASE TYPE RECORD DURATION FOR SESSION 1h",
    "DEFINE ACCESS p ON NAMESPACE TYPE RECORD DURATION FOR SESSION 1h",
    "DEFINE ACCESS p ON ROOT TYPE BEARER FOR RECORD DURATION FOR GRANT 1d",
    "DEFINE TABLE a; DEFINE TABLE v AS SELECT count() AS n FROM a GROUP ALL",
    "DEFINE TABLE a; DEFINE TABLE v AS (SELECT count() AS n FROM a GROUP ALL)",
    "DEFINE TABLE a; DEFINE TABLE v TYPE NORMAL AS SELECT comment, type FROM a",
    "DEFINE TABLE e TYPE RELATION IN a | b OUT a ENFORCED SCHEMAFULL",
    "DEFINE EVENT e ON a WHEN $event = 'CREATE' THEN { CREATE b }, (RETURN 1)",
    "DEFINE EVENT e ON a ASYNC RETRY 3 MAXDEPTH 4 THEN (RETURN 1)",
    "DEFINE PARAM $p VALUE 1 + 1 PERMISSIONS WHERE $auth.id != NONE",
    "DEFINE FUNCTION fn::f($a: option<int>) -> int { RETURN 1 }",
    "DEFINE USER u ON DATABASE PASSWORD 'x' ROLES VIEWER, EDITOR DURATION "
    "FOR SESSION 1d",
    "DEFINE TABLE `a b`; DEFINE FIELD `c d` ON `a b` TYPE int",
    NULL
};

TEST(test_verdicts_on_statements)
{
    const char *path = "build/verdict.surql";
    int taken = 0, refused = 0;
    size_t i;

    for (i = 0; statements[i]; i++) {
        const char *why;
        int code;

        put_file(path, statements[i]);
        code = tool("check", path);
        why = refusal(statements[i]);
        if (code != 0 && code != 3) TEST_FAIL("exit code %d", code);
        if ((code == 0) != (*why == 0)) {
            TEST_FAIL("%s\n  check says %s, the server: %s", statements[i],
                      code ? "no" : "yes", *why ? why : "yes");
        }
        if (*why) refused++;
        else taken++;
    }
    CHECK(taken > 20 && refused > 10);
}

/* ---- items -------------------------------------------------------------- */

static const char *const items[] = {
    "model a schemafull { x int; y option<string>; z array<float, 3>; }",
    "model a schemafull { x { a: int, b: option<string> }; x2 object; }",
    "struct s { a int; b t; } struct t { c option<u>; } struct u { d int "
    "default 1; } model a { x s; y option<s>; z array<t>; }",
    "enum e : string { a = \"it's\", b = 'q\"q', c = 'back\\\\slash' } "
    "model a { x e; y array<e>; z option<e>; }",
    "enum e : int { a = -5, b = 9223372036854775807 } model a { x e; }",
    "model a { `a b` int; type int; value int; default int; order int; }",
    "model `a-b` { x int; } model order { x int; }",
    "model a { x decimal default 1dec; y duration default 1h30m; z datetime "
    "default d'2020-01-01T00:00:00Z'; }",
    "model a { x string @encrypt(argon2); y string @encrypt(pbkdf2); z "
    "option<string> @encrypt(scrypt); w string @encrypt(bcrypt); }",
    "model a { x string value $before.x ?? $value readonly; }",
    "model a { x int computed 1; y string; }",
    "model a { x.y.z int; w object flexible; }",
    "analyzer z tokenizers blank, camel, class, punct filters ascii, "
    "lowercase, uppercase, edgengram(1,3), ngram(2,3), snowball(german); "
    "model a { x string; index i (x) fulltext analyzer z bm25(1.2, 0.75) "
    "highlights; }",
    "model a { x array<float, 3>; index i (x) hnsw dimension 3 dist cosine "
    "type f32 efc 150 m 12; }",
    "model a { x int; index i count; unique u (x); event e when true then { "
    "RETURN 1 }; }",
    "edge e from a | b to a enforced schemafull { x int; unique once (in, "
    "out); } model a { x int; } model b { x int; }",
    "model a { x int; } view v { n int; } as SELECT count() AS n FROM a "
    "GROUP ALL;",
    "model a { x int permissions for select where true, for create, update "
    "none; permissions for select full, for delete where x = 1; }",
    "function fn::f($a: int, $b: int = 1, $c: option<string> = 'x') -> "
    "option<array<record<x> | string>> { RETURN []; }",
    "param $p: int = 1 + 1 permissions where $auth.id != NONE;",
    "sequence s batch 10 start -5 timeout 1s;",
    "model a { x record<b> reference on delete cascade; } model b { y int; }",
    "access p on database type record { signin (n: string) = SELECT * FROM a; "
    "duration token 15m, session 12h; } model a { n string; }",
    "/// it's \\\\ a doc\nmodel a { /// 'x\nx string comment 'it\\'s'; }",
    NULL
};

TEST(test_verdicts_on_items)
{
    const char *path = "build/verdict.sg";
    int taken = 0;
    size_t i;

    for (i = 0; items[i]; i++) {
        static char text[65536];
        FILE *from;
        size_t len;
        int code;

        put_file(path, items[i]);
        code = tool("check", path);
        if (code == 3 && live_major == 2) continue; /* newer than that */
        if (code || tool("sql > build/verdict.sql", path)) {
            TEST_FAIL("%s\n  exit code %d", items[i], code);
            continue;
        }
        from = fopen("build/verdict.sql", "rb");
        if (!from) abort();
        len = fread(text, 1, sizeof text - 1, from);
        text[len] = 0;
        fclose(from);
        if (*refusal(text)) {
            TEST_FAIL("%s\n  the server: %s", items[i], refusal(text));
        }
        taken++;
    }
    CHECK(taken > 15);
}

TEST_MAIN(
    live_init();
    db = live_open("verdicts");
    RUN(test_verdicts_on_statements);
    RUN(test_verdicts_on_items);
    surreal_close(db);
)
