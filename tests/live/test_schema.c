/* tests/live/test_schema.c: what `surrealgen sql` prints, on the servers.
 *
 *   make build/live/test_schema && sh tests/live/run.sh build/live/test_schema
 *
 * harbour.sg has every item of the language: it is applied whole and then
 * tried. With a corpus of real schema files (SURREAL_CORPUS, or the folder
 * beside the project) each file and what `sql` makes of it must leave the
 * same definitions behind. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* popen, setenv, mkstemp */
#endif
#include "tests/live/live.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GEN "build/surrealgen"

static surreal *db;

/* ---- files and programs ----------------------------------------------- */

static char *
read_all(FILE *from)
{
    size_t len = 0, cap = 1 << 16;
    char *text = (char *)malloc(cap);

    while (text) {
        len += fread(text + len, 1, cap - len - 1, from);
        if (len + 1 < cap) break;
        cap *= 2;
        text = (char *)realloc(text, cap);
    }
    if (!text) abort();
    text[len] = 0;
    return text;
}

static char *
read_file(const char *path)
{
    FILE *from = fopen(path, "rb");
    char *text = from ? read_all(from) : NULL;

    if (from) fclose(from);
    return text;
}

/* What a command prints; *code gets its exit code. */
static char *
output_of(const char *command, int *code)
{
    FILE *from = popen(command, "r");
    char *text;

    if (!from) abort();
    text = read_all(from);
    *code = pclose(from);
    *code = WIFEXITED(*code) ? WEXITSTATUS(*code) : -1;
    return text;
}

static char *
sql_of(const char *options, const char *path)
{
    char command[1024];
    char *text;
    int code;

    snprintf(command, sizeof command, GEN " sql %s --target %d.%d '%s' "
             "2>/dev/null", options, live_major, live_major == 2 ? 6 : 0,
             path);
    text = output_of(command, &code);
    if (code) TEST_FAIL("%s: exit code %d", command, code);
    return text;
}

/* ---- the server ------------------------------------------------------- */

/* Runs a file of statements; the number that failed, -1 if none ran. */
static int
apply(const char *what, const char *text, int wanted, char *first,
      size_t first_len)
{
    surreal_result *r = NULL;
    int failed = 0;
    size_t i;

    (void)surreal_query(db, text, SURREAL_NO_VARS, &r);
    if (!r) {
        TEST_FAIL("%s: %s", what, surreal_last_error(db)->message);
        return -1;
    }
    for (i = 0; i < surreal_statements(r); i++) {
        const surreal_error *e = surreal_statement_error(r, i);
        if (!e) continue;
        if (!failed && first) snprintf(first, first_len, "%s", e->message);
        failed++;
        if (failed > wanted) {
            TEST_FAIL("%s: statement %d: %s", what, (int)i + 1, e->message);
        }
    }
    surreal_result_free(r);
    return failed;
}

/* The value of the last statement as text, or "! " and the error. */
static const char *
ask(surreal *who, const char *text)
{
    static char out[4096];
    surreal_result *r = NULL;
    size_t n;

    (void)surreal_query(who, text, SURREAL_NO_VARS, &r);
    n = surreal_statements(r);
    if (!r || surreal_result_error(r)) {
        snprintf(out, sizeof out, "! %s", surreal_last_error(who)->message);
    } else {
        snprintf(out, sizeof out, "%s",
                 live_text(surreal_statement_value(r, n - 1)));
    }
    surreal_result_free(r);
    return out;
}

static void
fresh(const char *name)
{
    char text[256];

    (void)surreal_use(db, "live", "harbour"); /* a file may have left */
    snprintf(text, sizeof text, "REMOVE DATABASE IF EXISTS %s; "
             "DEFINE DATABASE %s", name, name);
    surreal_result_free(live_run(db, text, SURREAL_NO_VARS));
    (void)surreal_use(db, "live", name);
}

typedef struct trial {
    const char *text;
    const char *want; /* of the last statement; "! part of an error" */
    int major;        /* 0: both */
} trial;

static void
try_all(surreal *who, const trial *row)
{
    for (; row->text; row++) {
        const char *got;

        if (row->major && row->major != live_major) continue;
        got = ask(who, row->text);
        if (row->want[0] == '!' ? got[0] != '!' || !strstr(got, row->want + 2)
                                : strcmp(got, row->want) != 0) {
            TEST_FAIL("%s\n  gives    %s\n  expected %s", row->text, got,
                      row->want);
        }
    }
}

/* ---- harbour.sg ------------------------------------------------------- */

/* The file without the lines that begin with `word` or, when that is NULL,
 * that `errors` names. */
static void
drop_lines(const char *from, const char *errors, const char *word,
           const char *to)
{
    char *text = read_file(from);
    FILE *out = fopen(to, "wb");
    char *line = text;
    int n;

    if (!text || !out) abort();
    for (n = 1; *line; n++) {
        size_t len = strcspn(line, "\n");
        char place[600];
        bool gone;

        snprintf(place, sizeof place, "%.500s:%d:", from, n);
        gone = word ? !strncmp(line, word, strlen(word))
                    : strstr(errors, place) != NULL;
        if (!gone) fwrite(line, 1, len, out);
        putc('\n', out);
        line += len + (line[len] != 0);
    }
    fclose(out);
    free(text);
}

/* The path of the model for this server. */
static const char *
harbour(void)
{
    static const char *const gone[] = {
        "SG403: a `bearer` access", "SG403: a sequence",
        "SG403: `string::is_email`", "SG403: an `async` event",
        "SG403: `reference`", "SG403: `count where`"
    };
    char *errors;
    size_t i;
    int code;

    if (live_major != 2) return "tests/live/harbour.sg";
    errors = output_of(GEN " check --target 2.x tests/live/harbour.sg 2>&1 "
                       "| grep ': error '", &code);
    for (i = 0; i < sizeof gone / sizeof *gone; i++) {
        if (!strstr(errors, gone[i])) TEST_FAIL("no error: %s", gone[i]);
    }
    drop_lines("tests/live/harbour.sg", errors, NULL, "build/harbour.sg");
    free(errors);
    return "build/harbour.sg";
}

static void
make_harbour(void)
{
    char *text;

    setenv("HARBOUR_WATCH", "it's \\ a `secret`", 1);
    setenv("HARBOUR_JWT", "another secret", 1);
    fresh("harbour");
    text = sql_of("--with-secrets", harbour());
    apply("harbour", text, 0, NULL, 0);
    free(text);
}

static const trial columns[] = {
    { "CREATE skipper:a SET name = '  Ann ', password = 'pw', "
      "tide = { high: 1.5f }; RETURN skipper:a.name", "'Ann'", 0 },
    { "RETURN skipper:a.papers", "{}", 0 },
    { "RETURN [skipper:a.home, skipper:a.homes, skipper:a.tide]",
      "[NONE, [], { high: 1.5f }]", 0 },
    { "RETURN array::len(skipper:a.tags)", "! ", 3 },
    { "RETURN <array>skipper:a.tags", "[]", 3 },
    { "CREATE skipper:b SET name = 'x', password = 'pw', tide = { high: 1f }",
      "! name", 0 },
    { "CREATE skipper:b SET name = 'Ann', password = 'pw', "
      "tide = { high: 1f }", "! name_ix", 0 },
    { "CREATE skipper:b SET name = 'Bob', password = 'pw', tide = {}",
      "! tide.high", 0 },
    /* A hash stays what it is while other columns change. */
    { "UPDATE skipper:a SET born = d'1990-01-01T00:00:00Z'; "
      "RETURN crypto::argon2::compare(skipper:a.password, 'pw')", "true", 0 },
    { "UPDATE skipper:a SET password = 'new'; "
      "RETURN crypto::argon2::compare(skipper:a.password, 'new')", "true",
      0 },
    /* Worked out when it is read. */
    { "SELECT VALUE adult FROM ONLY skipper:a", "true", 0 },
    { "SELECT VALUE name FROM skipper WHERE adult = true", "['Ann']", 3 },
    { "SELECT VALUE name FROM skipper WHERE adult = true", "[]", 2 },
    { "UPDATE skipper:a SET born = time::now(); "
      "SELECT VALUE adult FROM ONLY skipper:a", "false", 0 },
    { "UPDATE skipper:a SET papers = { any: [1, { key: 2 }] }; "
      "RETURN skipper:a.papers", "{ any: [1, { key: 2 }] }", 0 },
    { "UPDATE skipper:a SET nothing = 1", "! nothing", 3 },
    { "UPDATE skipper:a SET created_at = d'2000-01-01T00:00:00Z'",
      "! created_at", 0 },
    { "LET $u = skipper:a.updated_at; UPDATE skipper:a SET name = 'Anne'; "
      "RETURN skipper:a.updated_at > $u", "true", 0 },
    /* An optional struct: NONE or all of it. */
    { "UPDATE skipper:a SET home = {}", "! home.", 0 },
    { "UPDATE skipper:a SET home = { pier: 'P1', note: 'x' }; "
      "RETURN skipper:a.home", "{ flag: true, note: 'x', pier: 'P1' }", 0 },
    { "UPDATE skipper:a SET home = NONE; RETURN skipper:a.home", "NONE", 0 },
    { "UPDATE skipper:a SET homes = [{ note: 'x' }]", "! homes", 0 },
    /* A default counts when the row is made, `default always` later too. */
    { "UPDATE skipper:a SET home = { pier: 'P1' }", "! home.note", 0 },
    { "UPDATE skipper:a SET homes = [{ pier: 'P1', note: 'x' }, "
      "{ pier: 'P2', note: 'y' }]; RETURN skipper:a.homes.flag",
      "[true, true]", 0 },
    { "CREATE skipper:c SET name = 'Cid', password = 'pw', "
      "tide = { high: 1f }, home = { pier: 'P1' }; RETURN skipper:c.home",
      "{ flag: true, note: 'none', pier: 'P1' }", 0 },
    { "RETURN array::len(SELECT * FROM log WHERE what = 'hello' "
      "AND of = skipper:a)", "1", 0 },
    { NULL, NULL, 0 }
};

static const trial tables[] = {
    { "CREATE ship:one SET title = 'One', hull = { kind: 'sail', masts: 2 }, "
      "code = 'x', price = 5dec, holds = ['dry']; RETURN [ship:one.level, "
      "ship:one.rest]", "[1, NULL]", 0 },
    { "CREATE ship:1 SET title = 'One', hull = { kind: 'sail', masts: 2 }, "
      "code = 1, price = 5dec", "! id", 0 },
    { "CREATE ship:two SET title = 'Two', hull = { kind: 'motor', masts: 2 },"
      " code = 1, price = 5dec", "! hull", 0 },
    { "CREATE ship:two SET title = 'Two', hull = { kind: 'motor', "
      "power: 2f }, code = 1, price = -5dec", "! price", 0 },
    { "CREATE ship:two SET title = 'Two', hull = { kind: 'motor', "
      "power: 2f }, code = 1, price = 5dec, level = 2", "! level", 0 },
    { "CREATE ship:two SET title = 'Two', hull = { kind: 'motor', "
      "power: 2f }, code = 1, price = 5dec, holds = ['cats']", "! holds",
      0 },
    { "CREATE ship:two SET title = 'Two of them', hull = { kind: 'motor', "
      "power: 2f }, code = 1, price = 500dec, level = 3, "
      "vector = [1f, 0f, 0f]; RETURN ship:two.level", "3", 0 },
    { "CREATE ship:three SET title = 'x', hull = { kind: 'sail', masts: 1 }, "
      "code = 1, price = 1dec, vector = [1f]", "! ", 0 },
    { "SELECT VALUE id FROM ship WHERE title @@ 'THEM'", "[ship:two]", 0 },
    { "SELECT VALUE id FROM ship WHERE vector <|1,40|> [1f, 0f, 0f]",
      "[ship:two]", 0 },
    { "UPDATE ship:one SET owner = skipper:a; DELETE skipper:a",
      "! skipper:a", 3 },
    { "UPDATE ship:one SET owner = NONE; RETURN ship:one.owner", "NONE", 3 },
    /* The edge. */
    { "RELATE skipper:a->sails->ship:one; RETURN (SELECT VALUE days FROM "
      "sails)", "[3]", 0 },
    { "RELATE skipper:a->sails->ship:one", "! once", 0 },
    { "RELATE skipper:a->sails->ship:none", "! ship:none", 0 },
    { "RELATE skipper:a->sails->skipper:a", "! ", 0 },
    { "RELATE skipper:a->sails->ship:two SET days = 31", "! days", 0 },
    /* The sequence, the parameter, functions and their defaults. */
    { "RETURN sequence::nextval('berth_no')", "100", 3 },
    { "RETURN $fee", "20dec", 0 },
    { "RETURN fn::price(1, NONE, NONE, NONE)", "[1, 1, true, 7]", 0 },
    { "RETURN fn::price(0, 3, false, 0)", "[0, 3, false, 0]", 0 },
    { "RETURN fn::price(0, 3, false, NULL)", "[0, 3, false, NULL]", 0 },
    { "RETURN fn::price(5)", "[5, 1, true, 7]", 0 },
    { "RETURN fn::price(5, 2)", "! ", 0 },
    { "CREATE `raw one` SET a = 1; CREATE log SET of = skipper:a, x = 1; "
      "RETURN 1", "1", 0 },
    { "CREATE log SET of = 1", "! of", 0 },
    { NULL, NULL, 0 }
};

static const trial views[] = {
    { "CREATE ship:one SET title = 'One', hull = { kind: 'sail', masts: 2 }, "
      "code = 1, price = 5dec; CREATE ship:two SET title = 'Two', level = 3, "
      "hull = { kind: 'sail', masts: 1 }, code = 1, price = 5dec; "
      "SELECT level, n FROM ships_by_level ORDER BY level",
      "[{ level: 1, n: 1 }, { level: 3, n: 1 }]", 0 },
    { "SELECT VALUE n FROM levels", "[2]", 0 },
    { "DELETE ship:one; SELECT level, n FROM ships_by_level ORDER BY level",
      "[{ level: 3, n: 1 }]", 0 },
    { "SELECT VALUE n FROM levels", "[1]", 0 },
    { NULL, NULL, 0 }
};

TEST(test_live_schema_views)
{
    make_harbour();
    try_all(db, views);
}

TEST(test_live_schema_columns)
{
    make_harbour();
    try_all(db, columns);
}

TEST(test_live_schema_tables)
{
    make_harbour();
    (void)ask(db, "CREATE skipper:a SET name = 'Ann', password = 'pw', "
                  "tide = { high: 1f }");
    try_all(db, tables);
    CHECK(strstr(ask(db, "SHOW CHANGES FOR TABLE skipper SINCE 0 LIMIT 9"),
                 "skipper:a"));
}

/* Who signs up sees the own row, without the password, and no other. */
static const trial crew[] = {
    { "SELECT VALUE name FROM skipper", "['Kim']", 0 },
    { "SELECT VALUE password FROM skipper", "[NONE]", 0 },
    { "SELECT VALUE password FROM $auth", "[NONE]", 0 },
    { "SELECT * FROM log", "[]", 0 },
    { "UPDATE skipper SET name = 'Kimber'; SELECT VALUE name FROM skipper",
      "['Kimber']", 0 },
    { "DELETE skipper; RETURN array::len(SELECT * FROM skipper)", "1", 0 },
    { "RETURN fn::base()", "10dec", 0 },
    { NULL, NULL, 0 }
};

TEST(test_live_schema_access)
{
    surreal_vars vars = SURREAL_VARS(surreal_bind_text("name", "Kim"),
                                     surreal_bind_text("password", "pw"));
    surreal_vars wrong = SURREAL_VARS(surreal_bind_text("name", "Kimber"),
                                      surreal_bind_text("password", "x"));
    surreal_vars again = SURREAL_VARS(surreal_bind_text("name", "Kimber"),
                                      surreal_bind_text("password", "pw"));
    surreal_auth auth = surreal_auth_record("live", "harbour", "crew", vars);
    surreal_options opt;
    surreal *other = NULL;

    make_harbour();
    (void)ask(db, "CREATE skipper:a SET name = 'Ann', password = 'pw', "
                  "tide = { high: 1f }");
    memset(&opt, 0, sizeof opt);
    opt.tls.ca_file = live_ca;
    NEED(surreal_open(live_url, &opt, &other) == SURREAL_OK);
    CHECK_INT(surreal_signup(other, &auth), SURREAL_OK);
    try_all(other, crew);
    auth = surreal_auth_record("live", "harbour", "crew", wrong);
    CHECK_INT(surreal_signin(other, &auth), SURREAL_ERR_AUTH);
    auth = surreal_auth_record("live", "harbour", "crew", again);
    CHECK_INT(surreal_signin(other, &auth), SURREAL_OK);
    auth = surreal_auth_db("live", "harbour", "watcher",
                           "it's \\ a `secret`");
    CHECK_INT(surreal_signin(other, &auth), SURREAL_OK);
    CHECK_STR(ask(other, "RETURN array::len(SELECT * FROM skipper)"), "2");
    surreal_close(other);
}

/* ---- the same definitions --------------------------------------------- */

static void
add_line(char **out, const char *a, const char *b, const char *c)
{
    size_t old = *out ? strlen(*out) : 0;
    char *grown = (char *)realloc(*out, old + strlen(a) + strlen(b) +
                                            strlen(c) + 8);

    if (!grown) abort();
    *out = grown;
    snprintf(grown + old, strlen(a) + strlen(b) + strlen(c) + 8,
             "%s %s %s\n", a, b, c);
}

/* A hash has its own salt each time. */
static void
hide_hash(char *text)
{
    char *at = strstr(text, "PASSHASH '");

    for (; at && *(at += at[0] == 'P' ? 10 : 1) != '\'' && *at;) *at = '*';
}

static void
info_of(const char *statement, const char *prefix, char **out)
{
    surreal_result *r = live_run(db, statement, SURREAL_NO_VARS);
    surreal_iter kinds;

    if (!r) return;
    kinds = surreal_iterate(surreal_statement_value(r, 0));
    while (surreal_next(&kinds)) {
        surreal_iter things = surreal_iterate(kinds.value);

        while (surreal_next(&things)) {
            char name[256], *text;
            surreal_str s;

            if (surreal_get_str(things.value, &s)) continue;
            snprintf(name, sizeof name, "%s%.*s %.*s", prefix,
                     (int)kinds.key.len, kinds.key.ptr, (int)things.key.len,
                     things.key.ptr);
            text = (char *)malloc(s.len + 1);
            if (!text) abort();
            memcpy(text, s.ptr, s.len);
            text[s.len] = 0;
            hide_hash(text);
            add_line(out, "", name, text);
            free(text);
        }
    }
    surreal_result_free(r);
}

/* Every definition of the database the last file ended in. */
static char *
definitions(void)
{
    char *out = NULL;
    surreal_result *r = live_run(db, "INFO FOR DB", SURREAL_NO_VARS);
    surreal_iter kinds, tables_;

    add_line(&out, "", "", "");
    info_of("INFO FOR DB", "", &out);
    if (!r) return out;
    kinds = surreal_iterate(surreal_statement_value(r, 0));
    while (surreal_next(&kinds) &&
           !surreal_str_eq(kinds.key, SURREAL_LIT("tables"))) {
    }
    tables_ = surreal_iterate(kinds.value);
    while (surreal_next(&tables_)) {
        char text[512], prefix[256];

        snprintf(text, sizeof text, "INFO FOR TABLE `%.*s`",
                 (int)tables_.key.len, tables_.key.ptr);
        snprintf(prefix, sizeof prefix, "%.*s.", (int)tables_.key.len,
                 tables_.key.ptr);
        info_of(text, prefix, &out);
    }
    surreal_result_free(r);
    return out;
}

/* Lines of a that b has not. */
static int
say_missing(const char *what, const char *sign, const char *a, const char *b)
{
    int n = 0;

    while (*a) {
        size_t len = strcspn(a, "\n");
        char *line = (char *)malloc(len + 2);

        if (!line) abort();
        memcpy(line, a, len);
        memcpy(line + len, "\n", 2);
        if (!strstr(b, line) && n++ < 5) TEST_FAIL("%s: %s%s", what, sign,
                                                   line);
        free(line);
        a += len + (a[len] != 0);
    }
    return n;
}

/* A file that says USE ends in a database of its own. */
static void
start_in(const char *text, const char *name)
{
    const char *use = strstr(text, "\nUSE NS ");
    const char *then = use ? strstr(use, " DB ") : NULL;
    char ns[64], database[64], remove[512];

    fresh(name);
    if (!then || then > strchr(use, ';')) return;
    snprintf(ns, sizeof ns, "%.*s", (int)(then - use - 8), use + 8);
    snprintf(database, sizeof database, "%.*s",
             (int)strcspn(then + 4, ";"), then + 4);
    snprintf(remove, sizeof remove, "REMOVE NAMESPACE IF EXISTS %s; "
             "DEFINE NAMESPACE %s; USE NS %s; DEFINE DATABASE %s", ns, ns,
             ns, database);
    (void)ask(db, remove);
    (void)surreal_use(db, ns, database);
}

/* The file as it is, and what `sql` prints: the same errors, the same
 * definitions. */
static void
compare_file(const char *path, int wanted)
{
    char *text[2], *info[2];
    char error[2][512] = { "", "" };
    int failed[2], i;

    text[0] = read_file(path);
    text[1] = sql_of("", path);
    if (!text[0]) abort();
    for (i = 0; i < 2; i++) {
        start_in(text[0], i ? "printed" : "plain");
        failed[i] = apply(path, text[i], wanted, error[i], sizeof error[i]);
        info[i] = definitions();
    }
    CHECK_INT(failed[0], wanted);
    CHECK_INT(failed[1], failed[0]);
    CHECK_STR(error[1], error[0]);
    say_missing(path, "- ", info[0], info[1]);
    say_missing(path, "+ ", info[1], info[0]);
    if (!strchr(info[0] + 3, '\n')) TEST_FAIL("%s defines nothing", path);
    for (i = 0; i < 2; i++) {
        free(info[i]);
        free(text[i]);
    }
}

static const char *
shared(const char *name, char *out, size_t len)
{
    const char *root = getenv("SURREAL_SHARED");
    struct stat st;

    snprintf(out, len, "%s/%s", root ? root : "../shared", name);
    return stat(out, &st) == 0 ? out : NULL;
}

/* COMMENT clauses away: the sample has not all of them. */
static void
drop_comments(char *text)
{
    static const char word[] = " COMMENT '";
    char *at;

    while ((at = strstr(text, word)) != NULL) {
        char *end = strchr(at + sizeof word - 1, '\'');

        if (!end) return;
        memmove(at, end + 1, strlen(end + 1) + 1);
    }
}

/* Lines that the sample leaves out: members of a struct, a raw statement. */
static void
drop_known(char *text)
{
    static const char *const known[] = {
        " orders.fields ship_to.city", " orders.fields ship_to.country",
        " orders.fields ship_to.spot", " orders.fields ship_to.zip",
        " configs GraphQL"
    };
    size_t i;

    for (i = 0; i < sizeof known / sizeof *known; i++) {
        char *at = strstr(text, known[i]);
        char *end = at ? strchr(at, '\n') : NULL;

        if (!end) TEST_FAIL("no line %s", known[i]);
        else memmove(at, end + 1, strlen(end + 1) + 1);
    }
}

/* The sample schema against what its author lowered by hand. */
TEST(test_live_schema_sample)
{
    char model[512], lowered[512];
    char *text[2], *info[2];
    int i;

    if (live_major != 3) {
        SKIP("the sample is for SurrealDB 3");
        return;
    }
    if (!shared("spec/samples/shop.sg", model, sizeof model) ||
        !shared("spec/samples/shop.lowered.surql", lowered, sizeof lowered)) {
        SKIP("no sample (SURREAL_SHARED)");
        return;
    }
    setenv("SHOP_JWT_KEY", "k", 1);
    setenv("SHOP_REPORTING_PW", "x", 1);
    /* What it includes is not there. */
    drop_lines(model, NULL, "include ", "build/shop.sg");
    text[0] = read_file(lowered);
    text[1] = sql_of("--with-secrets", "build/shop.sg");
    if (!text[0]) abort();
    for (i = 0; i < 2; i++) {
        fresh(i ? "shop_sql" : "shop_hand");
        apply(i ? "shop.sg" : "shop.lowered.surql", text[i], 0, NULL, 0);
        info[i] = definitions();
        drop_comments(info[i]);
        if (i) drop_known(info[i]);
        free(text[i]);
    }
    say_missing("shop", "- ", info[0], info[1]);
    say_missing("shop", "+ ", info[1], info[0]);
    for (i = 0; i < 2; i++) free(info[i]);
}

TEST(test_live_schema_corpus)
{
    char path[512], file[1024], line[4096];
    FILE *verdicts;
    int files = 0;

    if (live_major != 3) {
        SKIP("the verdicts are those of SurrealDB 3");
        return;
    }
    if (!shared("corpus/VERDICTS-surrealdb-3.0.2.txt", path, sizeof path) ||
        !(verdicts = fopen(path, "r"))) {
        SKIP("no corpus (SURREAL_SHARED)");
        return;
    }
    while (fgets(line, sizeof line, verdicts)) {
        char *end = strstr(line, " :: ok ");
        const char *errs = end ? strstr(end, "errs=") : NULL;
        char name[600];

        if (line[0] == '#' || !errs) continue;
        *end = 0;
        snprintf(name, sizeof name, "corpus/schemas/%.500s", line);
        if (!shared(name, file, sizeof file)) continue;
        compare_file(file, (int)strtol(errs + 5, NULL, 10));
        files++;
    }
    fclose(verdicts);
    CHECK(files >= 20);
}

/* ---- secrets ---------------------------------------------------------- */

TEST(test_live_schema_keeps_secrets)
{
    char *text;
    int code;

    text = output_of("HARBOUR_WATCH=hush HARBOUR_JWT=hush " GEN " sql "
                     "tests/live/harbour.sg 2>/dev/null", &code);
    CHECK_INT(code, 0);
    CHECK(!strstr(text, "hush"));
    CHECK(strstr(text, "-- user watcher needs the variable HARBOUR_WATCH"));
    CHECK(!strstr(text, "DEFINE USER watcher"));
    free(text);
    text = output_of("env -u HARBOUR_WATCH HARBOUR_JWT=hush " GEN " sql "
                     "--with-secrets tests/live/harbour.sg 2>&1 >/dev/null",
                     &code);
    CHECK(code != 0);
    CHECK(strstr(text, "HARBOUR_WATCH is not set"));
    CHECK(!strstr(text, "hush"));
    free(text);
}

int
main(int argc, char **argv)
{
    test_only = argc > 1 ? argv[1] : NULL;
    live_init();
    db = live_open("harbour");
    RUN(test_live_schema_columns);
    RUN(test_live_schema_tables);
    RUN(test_live_schema_views);
    RUN(test_live_schema_access);
    RUN(test_live_schema_keeps_secrets);
    RUN(test_live_schema_sample);
    RUN(test_live_schema_corpus);
    surreal_close(db);
    printf("%s: %d passed, %d failed, %d skipped\n", "test_schema",
           test_passed, test_failed, test_skipped);
    return test_failed != 0;
}
