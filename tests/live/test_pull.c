/* tests/live/test_pull.c: `schema pull` and `query check` on a real server.
 *
 *   make build/live/test_pull && sh tests/live/run.sh build/live/test_pull
 *
 * A schema is applied, pulled, and what was pulled is applied to an empty
 * database: its catalogue must be the first one's, and pulling it again must
 * give the same bytes. SURREAL_TEST_CORPUS (../shared/corpus unless set) is a
 * folder with schemas/ of other people, to do the same with. */
#include "tests/live/live.h"

#include <dirent.h>
#include <sys/wait.h>
#include <unistd.h>

static surreal *db;
static char folder[] = "/tmp/test_pull.------";

static char *read_all(const char *path, size_t *len)
{
    FILE *from = fopen(path, "rb");
    char *bytes = (char *)calloc(1, 1 << 20);

    *len = from && bytes ? fread(bytes, 1, (1 << 20) - 1, from) : 0;
    if (from) fclose(from);
    return bytes;
}

/* build/surrealgen with these words; %s of `fmt` is the test's folder. */
static int tool(const char *database, const char *words)
{
    char command[1024];
    int code;

    setenv("SURREAL_DATABASE", database, 1);
    snprintf(command, sizeof command, "cd %s && %s/build/surrealgen %s "
             "2> %s/stderr", folder, getenv("PULL_ROOT"), words, folder);
    code = system(command);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static bool said(const char *text)
{
    char path[64];
    size_t len;
    char *bytes;
    bool found;

    snprintf(path, sizeof path, "%s/stderr", folder);
    bytes = read_all(path, &len);
    found = strstr(bytes, text) != NULL;
    if (!found) printf("stderr: %s\n", bytes);
    free(bytes);
    return found;
}

static void fresh(const char *database)
{
    char text[256];

    snprintf(text, sizeof text, "REMOVE DATABASE IF EXISTS %s; "
             "DEFINE DATABASE %s", database, database);
    if (surreal_query(db, text, SURREAL_NO_VARS, NULL)
        || surreal_use(db, "live", database)) {
        TEST_FAIL("%s: %s", database, surreal_last_error(db)->message);
    }
}

/* True when every statement of the file worked. */
static bool apply(const char *database, const char *path)
{
    size_t len;
    char *bytes = read_all(path, &len);
    surreal_result *r = NULL;
    bool good;

    fresh(database);
    good = surreal_query(db, bytes, SURREAL_NO_VARS, &r) == SURREAL_OK;
    surreal_result_free(r);
    free(bytes);
    return good;
}

/* Everything INFO says, as one text; yours. `accesses` goes without. */
static char *catalogue(const char *database, bool accesses)
{
    char *out = (char *)calloc(1, 1 << 20);
    surreal_result *r = NULL;
    surreal_iter part;
    size_t len = 0;

    if (surreal_use(db, "live", database)
        || surreal_query(db, "INFO FOR DB", SURREAL_NO_VARS, &r)) {
        TEST_FAIL("INFO: %s", surreal_last_error(db)->message);
        return out;
    }
    part = surreal_iterate(surreal_statement_value(r, 0));
    while (surreal_next(&part)) {
        surreal_iter table = surreal_iterate(part.value);
        if (!accesses && part.key.len == 8
            && !memcmp(part.key.ptr, "accesses", 8)) {
            continue;
        }
        len += surreal_print(part.value, out + len, (1 << 20) - len);
        if (part.key.len != 6 || memcmp(part.key.ptr, "tables", 6)) continue;
        while (surreal_next(&table)) {
            char text[256] = "INFO FOR TABLE ";
            surreal_result *info = NULL;
            surreal_ident_print(table.key, text + 15, sizeof text - 15);
            CHECK_INT(surreal_query(db, text, SURREAL_NO_VARS, &info), 0);
            len += surreal_print(surreal_statement_value(info, 0), out + len,
                                 (1 << 20) - len);
            surreal_result_free(info);
        }
    }
    surreal_result_free(r);
    return out;
}

static void show_difference(const char *a, const char *b)
{
    size_t i = 0;

    while (a[i] && a[i] == b[i]) i++;
    i = i > 60 ? i - 60 : 0;
    printf("  one: %.160s\n  two: %.160s\n", a + i, b + i);
}

/* What is pulled from `one`, run in `two`, and pulled again. */
static void round_trip(const char *path, const char *form)
{
    char words[256], first[64], second[64];
    char *p1, *p2, *a, *b;
    size_t len1, len2;
    bool all;

    snprintf(first, sizeof first, "%s/p1.%s", folder, form);
    snprintf(second, sizeof second, "%s/p2.%s", folder, form);
    snprintf(words, sizeof words, "schema pull --with-secrets --to %s -o %s",
             form, first);
    CHECK_INT(tool("pull_one", words), 0);
    snprintf(words, sizeof words, "sql --with-secrets --target %s %s > "
             "lowered.surql", live_major == 3 ? "3.0" : "2.6", first);
    CHECK_INT(tool("pull_one", words), 0);
    snprintf(words, sizeof words, "%s/lowered.surql", folder);
    if (!apply("pull_two", words)) {
        TEST_FAIL("%s (%s): %s", path, form, surreal_last_error(db)->message);
    }
    snprintf(words, sizeof words, "schema pull --with-secrets --to %s -o %s",
             form, second);
    CHECK_INT(tool("pull_two", words), 0);
    p1 = read_all(first, &len1);
    p2 = read_all(second, &len2);
    all = strstr(p1, "-- No server tells the key") == NULL;
    a = catalogue("pull_one", all);
    b = catalogue("pull_two", all);
    if (strcmp(a, b)) {
        TEST_FAIL("%s (%s): the catalogues differ", path, form);
        show_difference(a, b);
    }
    if (all && strcmp(p1, p2)) {
        TEST_FAIL("%s (%s): pulled twice, two texts", path, form);
        show_difference(p1, p2);
    }
    free(p1), free(p2), free(a), free(b);
}

TEST(test_pull_gives_back_what_was_applied)
{
    char path[256];

    snprintf(path, sizeof path, "tests/live/pull/v%d.surql", live_major);
    NEED(apply("pull_one", path));
    round_trip(path, "surql");
    round_trip(path, "sg");
}

TEST(test_pull_is_the_identity_on_other_peoples_files)
{
    const char *base = getenv("SURREAL_TEST_CORPUS");
    char corpus[256];
    DIR *dir;
    struct dirent *entry;
    int done = 0, refused = 0;

    snprintf(corpus, sizeof corpus, "%s/schemas",
             base ? base : "../shared/corpus");
    dir = opendir(corpus);
    if (!dir) {
        SKIP("SURREAL_TEST_CORPUS names no folder of schema files");
        return;
    }
    setenv("USERS_KEY", "a key", 1);
    while ((entry = readdir(dir)) != NULL) {
        char path[512];
        if (!strstr(entry->d_name, ".surql")) continue;
        snprintf(path, sizeof path, "%s/%s", corpus, entry->d_name);
        if (!apply("pull_one", path)) {
            refused++;
            continue;
        }
        round_trip(path, "surql");
        round_trip(path, "sg");
        done++;
    }
    closedir(dir);
    CHECK(done > 0);
    printf("corpus: %d round trips, %d files this server refuses\n", done,
           refused);
}

/* A hash or a key never gets into a file unasked. */
TEST(test_pull_tells_no_secret)
{
    char path[64];
    size_t len;
    char *text;

    fresh("pull_one");
    CHECK_INT(surreal_query(db, "DEFINE USER ann ON DATABASE PASSWORD 'pw' "
                            "ROLES VIEWER; DEFINE ACCESS api ON DATABASE TYPE "
                            "JWT ALGORITHM HS512 KEY 'k'", SURREAL_NO_VARS,
                            NULL), 0);
    CHECK_INT(tool("pull_one", "schema pull -o s.surql"), 0);
    CHECK_INT(tool("pull_one", "schema pull -o s.sg"), 0);
    snprintf(path, sizeof path, "%s/s.surql", folder);
    text = read_all(path, &len);
    CHECK(!strstr(text, "argon2") && !strstr(text, "REDACTED"));
    CHECK(strstr(text, "-- DEFINE USER ann"));
    CHECK(strstr(text, "-- DEFINE ACCESS api"));
    free(text);
    snprintf(path, sizeof path, "%s/s.sg", folder);
    text = read_all(path, &len);
    CHECK(!strstr(text, "argon2") && !strstr(text, "REDACTED"));
    CHECK(strstr(text, "key env('API_KEY')"));
    CHECK(strstr(text, "passhash env('ANN_PASSHASH')"));
    free(text);
    CHECK_INT(tool("pull_one", "schema pull -o s.sg --check"), 0);
    surreal_result_free(live_run(db, "DEFINE TABLE more", SURREAL_NO_VARS));
    CHECK_INT(tool("pull_one", "schema pull -o s.sg --check"), 1);
    CHECK(said("differs"));
    CHECK_INT(tool("pull_one", "schema pull --only more,nothing"), 2);
    CHECK(said("no table `nothing`"));
}

TEST(test_pull_says_why_it_cannot)
{
    CHECK_INT(tool("no_such_database", "schema pull"), 6);
    CHECK(said("has no database `no_such_database`"));
    CHECK_INT(tool("pull_one", "schema pull --ns nowhere"), 6);
    CHECK(said("has no namespace `nowhere`; there are"));
    CHECK_INT(tool("pull_one", "schema pull --url ws://127.0.0.1:1"), 6);
    CHECK(said("cannot connect to ws://127.0.0.1:1"));
    CHECK(said("is the server running"));
    setenv("WRONG", "not it", 1);
    CHECK_INT(tool("pull_one", "schema pull --pass-env WRONG"), 6);
    CHECK(said("check the user"));
    CHECK_INT(tool("pull_one", "schema pull --pass-env NOT_SET_AT_ALL"), 2);
    CHECK(said("`NOT_SET_AT_ALL`, which is not set"));
}

/* A record user may not look; a user of the database may, and is enough. */
TEST(test_pull_as_somebody_else)
{
    fresh("pull_one");
    surreal_result_free(live_run(db, "DEFINE TABLE t; DEFINE USER OVERWRITE "
                                 "viewer ON DATABASE PASSWORD 'see' ROLES "
                                 "VIEWER", SURREAL_NO_VARS));
    setenv("SEE", "see", 1);
    CHECK_INT(tool("pull_one", "schema pull --user viewer --pass-env SEE "
                   "--auth-level database -o viewer.surql"), 0);
    setenv("TOKEN", "no.token.atall", 1);
    CHECK_INT(tool("pull_one", "schema pull --token-env TOKEN"), 6);
    unsetenv("SURREAL_USERNAME");
    unsetenv("SURREAL_PASSWORD");
    CHECK_INT(tool("pull_one", "schema pull"), 6);
    CHECK(said("--user and --pass-env") || said("SURREAL_USERNAME"));
    setenv("SURREAL_USERNAME", live_user, 1);
    setenv("SURREAL_PASSWORD", live_pass, 1);
}

/* Few requests, and no more time than a person waits. */
TEST(test_pull_of_500_tables)
{
    char *text = (char *)calloc(1, 1 << 20);
    size_t len = 0;
    char path[64];
    int i;

    fresh("pull_one");
    for (i = 0; text && i < 500; i++) {
        len += (size_t)snprintf(text + len, (1 << 20) - len, "DEFINE TABLE "
                                "t%d; DEFINE FIELD a ON t%d TYPE int; DEFINE "
                                "FIELD b ON t%d TYPE array<string>;", i, i,
                                i);
    }
    CHECK_INT(surreal_query(db, text, SURREAL_NO_VARS, NULL), 0);
    free(text);
    CHECK_INT(tool("pull_one", "schema pull -o s.surql"), 0);
    snprintf(path, sizeof path, "%s/s.surql", folder);
    text = read_all(path, &len);
    CHECK(strstr(text, "DEFINE FIELD b ON t499 TYPE array<string>;"));
    CHECK(!strstr(text, "b.*"));
    free(text);
}

TEST(test_query_check_changes_nothing)
{
    char words[512];
    char *before, *after;

    snprintf(words, sizeof words, "query check --with-schema "
             "%s/tests/live/pull/queries.sg", getenv("PULL_ROOT"));
    fresh("pull_one");
    before = catalogue("pull_one", true);
    CHECK_INT(tool("pull_one", words), 0);
    CHECK(said("3 queries: 1 ran and their columns are there, 1 ran"));
    CHECK(said("1 live ones were read only"));
    after = catalogue("pull_one", true);
    CHECK_STR(after, before);
    free(before), free(after);
    snprintf(words, sizeof words, "query check --offline "
             "%s/tests/live/pull/queries.sg", getenv("PULL_ROOT"));
    CHECK_INT(tool("pull_one", words), 0);
    snprintf(words, sizeof words, "query check --offline "
             "%s/tests/live/pull/wrong.sg", getenv("PULL_ROOT"));
    CHECK_INT(tool("pull_one", words), 1);
    CHECK(said("the query `form`"));
}

TEST(test_query_check_names_the_place)
{
    char words[512];

    snprintf(words, sizeof words, "query check --with-schema "
             "%s/tests/live/pull/wrong.sg", getenv("PULL_ROOT"));
    fresh("pull_one");
    CHECK_INT(tool("pull_one", words), 3);
    CHECK(said("wrong.sg:8:11: error SG1610"));
    CHECK(said("wrong.sg:11:52: error SG1612"));
    CHECK(said("wrong.sg:19:3: error SG1611"));
    CHECK(said("wrong.sg:24:3: error SG1613"));
}

/* RETURN ends the transaction a query is tried in, and what stands behind it
 * would not be. */
TEST(test_query_check_of_returns)
{
    char words[512];

    snprintf(words, sizeof words, "query check "
             "%s/tests/live/pull/returns.sg", getenv("PULL_ROOT"));
    fresh("pull_one");
    CHECK_INT(tool("pull_one", words), 3);
    CHECK(!said("cancelled"));
    CHECK(!said("returns.sg:2"));
    CHECK(said("returns.sg:14:3: error SG1611"));
    CHECK(said("returns.sg:17:3: error SG1611"));
}

/* Printed without a server, in the order a pull has. */
TEST(test_print_has_the_order_of_a_pull)
{
    char words[512], path[64];
    size_t len;
    char *a, *b;

    snprintf(words, sizeof words, "schema print -o print.surql "
             "%s/tests/live/pull/queries.sg", getenv("PULL_ROOT"));
    CHECK_INT(tool("pull_one", words), 0);
    snprintf(path, sizeof path, "%s/print.surql", folder);
    NEED(apply("pull_one", path));
    CHECK_INT(tool("pull_one", "schema pull -o pulled.surql"), 0);
    a = read_all(path, &len);
    snprintf(path, sizeof path, "%s/pulled.surql", folder);
    b = read_all(path, &len);
    CHECK(strstr(a, "DEFINE FIELD age") && strstr(a, "DEFINE FIELD age")
          < strstr(a, "DEFINE FIELD name"));
    CHECK(strstr(b, strstr(a, "DEFINE FIELD age")));
    free(a), free(b);
}

/* The schema itself, tried on the server: nothing of it stays. */
TEST(test_check_with_a_server)
{
    char words[512];
    const char *root = getenv("PULL_ROOT");
    char *before, *after;

    fresh("pull_one");
    before = catalogue("pull_one", true);
    snprintf(words, sizeof words, "check --check-with %s "
             "%s/tests/live/pull/queries.sg", live_url, root);
    CHECK_INT(tool("pull_one", words), 0);
    snprintf(words, sizeof words, "check --check-with %s "
             "%s/tests/live/pull/refused.sg", live_url, root);
    CHECK_INT(tool("pull_one", words), 3);
    CHECK(said("refused.sg:3:9: error SG1614"));
    snprintf(words, sizeof words, "check --check-with %s "
             "%s/tests/live/pull/refused2.sg", live_url, root);
    CHECK_INT(tool("pull_one", words), 3);
    CHECK(said("refused2.sg:3:8: error SG1614"));
    after = catalogue("pull_one", true);
    CHECK_STR(after, before);
    free(before), free(after);
}

TEST_MAIN(
    char root[512];
    live_init();
    memset(strchr(folder, '-'), 'X', 6); /* as mkdtemp wants it */
    if (!mkdtemp(folder) || !getcwd(root, sizeof root)) return 1;
    setenv("PULL_ROOT", root, 1);
    setenv("SURREAL_URL", live_url, 1);
    setenv("SURREAL_NAMESPACE", "live", 1);
    setenv("SURREAL_USERNAME", live_user, 1);
    setenv("SURREAL_PASSWORD", live_pass, 1);
    if (live_ca) setenv("SURREAL_TLS_CA_FILE", live_ca, 1);
    db = live_open("pull");
    RUN(test_pull_gives_back_what_was_applied);
    RUN(test_pull_is_the_identity_on_other_peoples_files);
    RUN(test_pull_tells_no_secret);
    RUN(test_pull_says_why_it_cannot);
    RUN(test_pull_as_somebody_else);
    RUN(test_pull_of_500_tables);
    RUN(test_query_check_changes_nothing);
    RUN(test_query_check_names_the_place);
    RUN(test_query_check_of_returns);
    RUN(test_print_has_the_order_of_a_pull);
    RUN(test_check_with_a_server);
    surreal_close(db);
)
