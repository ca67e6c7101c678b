/* tests/live/test_auth.c: users, tokens and their renewal on a real server.
 *
 *   make build/live/test_auth && sh tests/live/run.sh build/live/test_auth */
#include "tests/live/live.h"

#include <time.h>

static surreal *db; /* root, in live/auth */

static const char schema[] =
    "DEFINE TABLE OVERWRITE person PERMISSIONS FULL;"
    "DEFINE USER OVERWRITE dbu ON DATABASE PASSWORD 'secret' ROLES OWNER;"
    "DEFINE USER OVERWRITE brief ON DATABASE PASSWORD 'secret' ROLES EDITOR "
    "    DURATION FOR TOKEN 2s;"
    "DEFINE USER OVERWRITE nsu ON NAMESPACE PASSWORD 'secret' ROLES OWNER;"
    "DEFINE ACCESS OVERWRITE door ON DATABASE TYPE RECORD"
    "    SIGNUP (CREATE person SET name = $name, pass = $pass)"
    "    SIGNIN (SELECT * FROM person WHERE name = $name AND pass = $pass);"
    "DEFINE ACCESS OVERWRITE hatch ON DATABASE TYPE RECORD"
    "    SIGNUP (CREATE person SET name = $name, pass = $pass)"
    "    SIGNIN (SELECT * FROM person WHERE name = $name AND pass = $pass)"
    "    DURATION FOR TOKEN 2s;";

static const char schema3[] =
    "DEFINE ACCESS OVERWRITE api ON DATABASE TYPE BEARER FOR USER;"
    "DEFINE ACCESS OVERWRITE keys ON DATABASE TYPE RECORD"
    "    SIGNUP (CREATE person SET name = $name, pass = $pass)"
    "    SIGNIN (SELECT * FROM person WHERE name = $name AND pass = $pass)"
    "    WITH REFRESH DURATION FOR TOKEN 2s, FOR GRANT 1h;";

/* ---- help ---------------------------------------------------------------- */

static int renewed, expired, signed_in;

static void
on_change(void *user, surreal *which, surreal_change change,
          const surreal_error *err)
{
    (void)user;
    (void)which;
    (void)err;
    renewed += change == SURREAL_CHANGE_RENEWED;
    expired += change == SURREAL_CHANGE_EXPIRED;
    signed_in += change == SURREAL_CHANGE_SIGNED_IN;
}

/* A connection of nobody, nowhere. */
static surreal *
nobody(const surreal_auth *auth)
{
    surreal_options opt;
    surreal *other = NULL;

    renewed = expired = signed_in = 0;
    memset(&opt, 0, sizeof opt);
    opt.on_change = on_change;
    if (auth) opt.auth = *auth;
    surreal_open(live_url, &opt, &other);
    return other;
}

/* Who the server says the session is: what `expr` evaluates to. */
static const char *
says(surreal *which, const char *expr)
{
    char text[256];
    surreal_result *r = NULL;
    const char *out;

    snprintf(text, sizeof text, "RETURN %s", expr);
    if (surreal_query(which, text, SURREAL_NO_VARS, &r)) {
        surreal_result_free(r);
        return surreal_last_error(which)->message;
    }
    out = live_text(surreal_statement_value(r, 0));
    surreal_result_free(r);
    return out;
}

static const char place[] = "[session::ns(), session::db()]";

/* Drive for a while, asking all the time; how many queries failed. */
static int
ask_for(surreal *which, double seconds)
{
    int64_t end = live_now_ms() + (int64_t)(seconds * 1000);
    int failed = 0;

    while (live_now_ms() < end) {
        failed += surreal_query(which, "RETURN 1", SURREAL_NO_VARS, NULL) != 0;
    }
    return failed;
}

static surreal_auth
person(const char *access, const char *name, const char *pass,
       surreal_bind vars[2])
{
    surreal_vars list;

    vars[0] = surreal_bind_text("name", name);
    vars[1] = surreal_bind_text("pass", pass);
    list.v = vars;
    list.count = 2;
    return surreal_auth_record("live", "auth", access, list);
}

/* ---- system users -------------------------------------------------------- */

TEST(test_live_users_of_every_level)
{
    surreal_auth nsu = surreal_auth_ns("live", "nsu", "secret");
    surreal_auth dbu = surreal_auth_db("live", "auth", "dbu", "secret");
    surreal_auth root = surreal_auth_root(live_user, live_pass);
    surreal *other = nobody(NULL);

    CHECK_INT(surreal_signin(other, &nsu), SURREAL_OK);
    CHECK_STR(surreal_ns(other).ptr, "live");
    CHECK_INT(surreal_db(other).len, 0);
    CHECK_INT(surreal_use(other, NULL, "auth"), SURREAL_OK);
    CHECK_STR(says(other, "$token.ID"), "'nsu'");
    CHECK_INT(surreal_signin(other, &dbu), SURREAL_OK);
    CHECK_STR(says(other, "$token.ID"), "'dbu'");
    CHECK_STR(says(other, place), "['live', 'auth']");
    CHECK_STR(surreal_db(other).ptr, "auth");
    CHECK_INT(surreal_signin(other, &nsu), SURREAL_OK);
    CHECK_STR(says(other, place), "['live', 'auth']");
    CHECK_STR(surreal_db(other).ptr, "auth"); /* as the server */
    CHECK_INT(surreal_signin(other, &root), SURREAL_OK);
    CHECK_STR(says(other, place), "['live', 'auth']");
    CHECK_INT(signed_in, 4);
    CHECK(surreal_get_tokens(other).expires > time(NULL) + 3000);
    surreal_close(other);
}

TEST(test_live_refusals_change_nothing)
{
    static const char *const bad[] = {"garbage", "a.b.c",
                                      "eyJhbGciOiJIUzUxMiJ9.e30.abc"};
    surreal_bind vars[2];
    surreal_auth dbu = surreal_auth_db("live", "auth", "dbu", "secret");
    surreal_auth wrong = surreal_auth_root(live_user, "wrong");
    surreal_auth record = person("door", "nobody", "x", vars);
    surreal_auth nowhere = person("nodoor", "nobody", "x", vars);
    surreal *other = nobody(NULL);
    char before[2048];
    size_t i;

    NEED(surreal_signin(other, &dbu) == SURREAL_OK);
    snprintf(before, sizeof before, "%s", surreal_get_tokens(other).access.ptr);
    CHECK_INT(surreal_signin(other, &wrong), SURREAL_ERR_AUTH);
    CHECK_INT(surreal_signin(other, &record), SURREAL_ERR_AUTH);
    CHECK_INT(surreal_signup(other, &nowhere), SURREAL_ERR_AUTH);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_INT(surreal_authenticate(other, bad[i]), SURREAL_ERR_AUTH);
    }
    CHECK_STR(says(other, "$token.ID"), "'dbu'");
    CHECK_STR(says(other, place), "['live', 'auth']");
    CHECK_STR(surreal_get_tokens(other).access.ptr, before);
    CHECK_INT(surreal_query(other, "INFO FOR DB", SURREAL_NO_VARS, NULL),
              SURREAL_OK);
    surreal_close(other);
}

TEST(test_live_invalidate_and_authenticate)
{
    surreal_auth dbu = surreal_auth_db("live", "auth", "dbu", "secret");
    surreal *other = nobody(NULL);
    surreal *third = nobody(NULL);
    char token[2048];

    NEED(surreal_signin(other, &dbu) == SURREAL_OK);
    snprintf(token, sizeof token, "%s", surreal_get_tokens(other).access.ptr);
    CHECK_INT(surreal_invalidate(other), SURREAL_OK);
    CHECK_INT(surreal_get_tokens(other).access.len, 0);
    CHECK_INT(surreal_get_tokens(other).expires, 0);
    CHECK(surreal_query(other, "SELECT * FROM person", SURREAL_NO_VARS,
                        NULL) != SURREAL_OK);
    CHECK_STR(surreal_db(other).ptr, "auth");
    CHECK_INT(surreal_authenticate(third, token), SURREAL_OK);
    CHECK_STR(says(third, "$token.ID"), "'dbu'");
    CHECK_STR(surreal_ns(third).ptr, "live"); /* the token says so */
    CHECK_STR(surreal_db(third).ptr, "auth");
    CHECK_STR(surreal_get_tokens(third).access.ptr, token);
    /* Its own token, which moves while it is read. */
    CHECK_INT(surreal_authenticate(third,
                                   surreal_get_tokens(third).access.ptr),
              SURREAL_OK);
    CHECK_STR(surreal_get_tokens(third).access.ptr, token);
    surreal_close(third);
    surreal_close(other);
}

/* ---- record users -------------------------------------------------------- */

/* The name of an access method is what DEFINE ACCESS says, and nothing is
 * made up from the table's. */
TEST(test_trap_t20_access_names_are_never_guessed)
{
    surreal_bind vars[2];
    surreal_auth ann = person("door", "ann", "s3cret", vars);
    surreal_bind wrong_vars[2];
    surreal_auth wrong = person("door", "ann", "wrong", wrong_vars);
    surreal_auth guess = person("person_auth", "ann", "s3cret", vars);
    surreal *other = nobody(NULL);

    CHECK_INT(surreal_signup(other, &guess), SURREAL_ERR_AUTH);
    CHECK_INT(surreal_signup(other, &ann), SURREAL_OK);
    CHECK_STR(says(other, "$auth.name"), "'ann'");
    CHECK_STR(says(other, "$access"), "'door'");
    CHECK_STR(surreal_db(other).ptr, "auth");
    CHECK_INT(surreal_invalidate(other), SURREAL_OK);
    CHECK_INT(surreal_signin(other, &wrong), SURREAL_ERR_AUTH);
    CHECK_INT(surreal_signin(other, &ann), SURREAL_OK);
    CHECK_STR(says(other, "$auth.name"), "'ann'");
    surreal_close(other);
}

/* Scopes are gone since SurrealDB 2: `sc` is not a key of credentials any
 * more, and a variable of that name is a variable. */
TEST(test_trap_t40_scopes_are_access_methods)
{
    surreal_bind vars[3];
    surreal_auth auth = person("door", "sc", "s3cret", vars);
    surreal *other = nobody(NULL);

    vars[2] = surreal_bind_text("sc", "scope");
    auth.vars.count = 3;
    CHECK_INT(surreal_signup(other, &auth), SURREAL_OK);
    CHECK_STR(says(other, "$access"), "'door'");
    surreal_close(other);
}

/* Signing in somebody else never changes who others are. */
TEST(test_trap_t19_signing_in_touches_no_other_session)
{
    surreal_bind vars[2];
    surreal_auth eve = person("door", "eve", "s3cret", vars);
    surreal_fork_options opt;
    surreal *fork = NULL;

    memset(&opt, 0, sizeof opt);
    opt.anonymous = true;
    NEED(surreal_fork(db, &opt, &fork) == SURREAL_OK);
    CHECK_INT(surreal_signup(fork, &eve), SURREAL_OK);
    CHECK_STR(says(fork, "$auth.name"), "'eve'");
    CHECK_STR(says(db, "$auth"), "NONE");
    CHECK_STR(says(db, "$token.ID"), "'root'");
    CHECK_INT(surreal_query(db, "INFO FOR ROOT", SURREAL_NO_VARS, NULL),
              SURREAL_OK);
    CHECK_INT(surreal_query(fork, "INFO FOR ROOT", SURREAL_NO_VARS, NULL),
              SURREAL_ERR_DENIED);
    surreal_close(fork);
}

TEST(test_live_a_system_user_is_no_record)
{
    surreal_bind vars[2];
    surreal_auth bob = person("door", "bob", "s3cret", vars);
    surreal_auth dbu = surreal_auth_db("live", "auth", "dbu", "secret");
    surreal *other = nobody(NULL);

    NEED(surreal_signup(other, &bob) == SURREAL_OK);
    CHECK_INT(surreal_let(other, surreal_bind_int("n", 7)), SURREAL_OK);
    CHECK_INT(surreal_signin(other, &dbu), SURREAL_OK);
    CHECK_STR(says(other, "[$auth, $access, $token.ID, $n]"),
              "[NONE, NONE, 'dbu', 7]");
    CHECK_STR(says(other, place), "['live', 'auth']");
    surreal_close(other);
}

TEST(test_live_token_check)
{
    surreal_bind vars[2];
    surreal_auth kim = person("door", "kim", "s3cret", vars);
    surreal_record_id id;
    surreal_result *r = NULL;
    surreal *other = nobody(NULL);
    char token[2048];

    NEED(surreal_signup(other, &kim) == SURREAL_OK);
    snprintf(token, sizeof token, "%s", surreal_get_tokens(other).access.ptr);
    CHECK_INT(surreal_token_check(db, token, &id, &r), SURREAL_OK);
    CHECK_INT(id.kind, SURREAL_KEY_STRING);
    CHECK(surreal_str_eq(id.table, SURREAL_LIT("person")));
    surreal_result_free(r);
    CHECK_INT(surreal_token_check(db, surreal_get_tokens(db).access.ptr, &id,
                                  NULL), SURREAL_OK);
    CHECK_INT(id.kind, SURREAL_KEY_NONE);
    CHECK_INT(surreal_token_check(db, "garbage", &id, &r), SURREAL_ERR_AUTH);
    CHECK_INT(id.kind, SURREAL_KEY_NONE);
    CHECK(!r);
    CHECK_STR(says(db, "$token.ID"), "'root'");
    surreal_close(other);
}

/* ---- time ---------------------------------------------------------------- */

TEST(test_live_token_is_renewed_under_load)
{
    surreal_auth brief = surreal_auth_db("live", "auth", "brief", "secret");
    surreal *other = nobody(&brief);
    char first[2048];

    NEED(surreal_get_state(other) == SURREAL_OPEN);
    snprintf(first, sizeof first, "%s", surreal_get_tokens(other).access.ptr);
    CHECK_INT(ask_for(other, 3.5), 0);
    CHECK(renewed >= 2 && renewed <= 4);
    CHECK_INT(expired, 0);
    CHECK(strcmp(surreal_get_tokens(other).access.ptr, first) != 0);
    CHECK(surreal_get_tokens(other).expires >= time(NULL));
    surreal_close(other);
}

TEST(test_live_record_user_is_renewed_by_credentials)
{
    surreal_bind vars[2];
    surreal_auth zoe = person("hatch", "zoe", "s3cret", vars);
    surreal *other = nobody(NULL);

    CHECK_INT(surreal_signup(other, &zoe), SURREAL_OK);
    CHECK_INT(surreal_signin(other, &zoe), SURREAL_OK);
    memset(vars, 0, sizeof vars); /* the program's copy is gone */
    CHECK_INT(ask_for(other, 2.5), 0);
    CHECK(renewed >= 1);
    CHECK_STR(says(other, "$auth.name"), "'zoe'");
    surreal_close(other);
}

TEST(test_live_signup_cannot_be_renewed)
{
    surreal_bind vars[2];
    surreal_auth max = person("hatch", "max", "s3cret", vars);
    surreal *other;
    surreal *third;
    char token[2048];
    surreal_auth late;

    if (live_is_http) {
        SKIP("over HTTP there is no session that outlives its token");
        return;
    }
    other = nobody(NULL);
    CHECK_INT(surreal_signup(other, &max), SURREAL_OK);
    snprintf(token, sizeof token, "%s", surreal_get_tokens(other).access.ptr);
    CHECK_INT(ask_for(other, 3.2), 0); /* the session itself goes on */
    CHECK_INT(renewed, 0);
    CHECK_INT(expired, 1);
    CHECK_INT(surreal_authenticate(other, token), SURREAL_ERR_AUTH);
    CHECK_STR(surreal_last_error(other)->message, "The token has expired");
    CHECK_STR(says(other, "$auth.name"), "'max'");
    late = surreal_auth_token(token, NULL);
    third = nobody(&late);
    CHECK_INT(surreal_get_state(third), SURREAL_FAILED);
    CHECK_INT(surreal_last_error(third)->status, SURREAL_ERR_AUTH);
    surreal_close(third);
    surreal_close(other);
}

/* ---- SurrealDB 3 --------------------------------------------------------- */

TEST(test_live_bearer_key)
{
    surreal_str key = {NULL, 0};
    surreal_result *r;
    surreal_auth auth;
    surreal *other;

    if (live_major < 3) {
        SKIP("bearer access is experimental on SurrealDB 2");
        return;
    }
    if (live_is_http) {
        SKIP("3.0 does not take back the token it gave for a user's key");
        return;
    }
    other = nobody(NULL);
    r = live_run(db, "ACCESS api ON DATABASE GRANT FOR USER dbu",
                 SURREAL_NO_VARS);
    surreal_get_str(surreal_field(surreal_field(
        surreal_statement_value(r, 0), "grant"), "key"), &key);
    NEED(key.ptr);
    auth = surreal_auth_bearer("live", "auth", "api", key.ptr);
    CHECK_INT(surreal_signin(other, &auth), SURREAL_OK);
    CHECK_STR(says(other, "$token.ID"), "'dbu'");
    auth = surreal_auth_bearer("live", "auth", "api",
                               "surreal-bearer-AAAAAAAAAAAA-"
                               "BBBBBBBBBBBBBBBBBBBBBBBB");
    CHECK_INT(surreal_signin(other, &auth), SURREAL_ERR_AUTH);
    CHECK_STR(says(other, "$token.ID"), "'dbu'");
    surreal_result_free(r);
    surreal_close(other);
}

TEST(test_live_refresh_tokens_work_once)
{
    surreal_bind vars[2];
    surreal_auth ida = person("keys", "ida", "s3cret", vars);
    surreal *other = nobody(NULL);
    surreal *third;
    surreal_auth old;
    char access[2048];
    char refresh[256];

    if (live_major < 3) {
        CHECK_INT(surreal_refresh(other), SURREAL_ERR_UNSUPPORTED);
        CHECK_INT(surreal_revoke(other), SURREAL_ERR_UNSUPPORTED);
        surreal_close(other);
        return;
    }
    CHECK_INT(surreal_refresh(other), SURREAL_ERR_USAGE);
    NEED(surreal_signup(other, &ida) == SURREAL_OK);
    snprintf(access, sizeof access, "%s", surreal_get_tokens(other).access.ptr);
    snprintf(refresh, sizeof refresh, "%s",
             surreal_get_tokens(other).refresh.ptr);
    CHECK(!strncmp(refresh, "surreal-refresh-", 16));
    CHECK_INT(surreal_refresh(other), SURREAL_OK);
    CHECK_INT(renewed, 1);
    CHECK(strcmp(surreal_get_tokens(other).refresh.ptr, refresh) != 0);
    old = surreal_auth_token("a.b.c", refresh); /* used up */
    CHECK_INT(surreal_signin(other, &old), SURREAL_ERR_AUTH);
    CHECK_STR(says(other, "$auth.name"), "'ida'");

    snprintf(access, sizeof access, "%s", surreal_get_tokens(other).access.ptr);
    snprintf(refresh, sizeof refresh, "%s",
             surreal_get_tokens(other).refresh.ptr);
    old = surreal_auth_token(access, refresh);
    third = nobody(&old);
    CHECK_INT(surreal_get_state(third), SURREAL_OPEN);
    CHECK_STR(says(third, "$auth.name"), "'ida'");
    CHECK_STR(surreal_db(third).ptr, "auth");
    CHECK_INT(surreal_revoke(third), SURREAL_OK);
    CHECK_INT(surreal_get_tokens(third).refresh.len, 0);
    CHECK_INT(surreal_refresh(third), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_refresh(other), SURREAL_ERR_AUTH); /* the same one */
    CHECK_STR(says(third, "$auth.name"), "'ida'");
    surreal_close(third);
    surreal_close(other);
}

TEST(test_live_refresh_token_renews_and_opens)
{
    surreal_bind vars[2];
    surreal_auth ken = person("keys", "ken", "s3cret", vars);
    surreal_auth kept;
    surreal *other;
    char access[2048];
    char refresh[256];

    if (live_major < 3) {
        SKIP("refresh tokens are experimental on SurrealDB 2");
        return;
    }
    other = nobody(NULL);
    NEED(surreal_signup(other, &ken) == SURREAL_OK);
    CHECK_INT(ask_for(other, 3.5), 0);
    CHECK(renewed >= 2);
    CHECK_INT(expired, 0);
    CHECK_STR(says(other, "$auth.name"), "'ken'");
    snprintf(access, sizeof access, "%s", surreal_get_tokens(other).access.ptr);
    snprintf(refresh, sizeof refresh, "%s",
             surreal_get_tokens(other).refresh.ptr);
    surreal_close(other);

    ask_for(db, 2.5);
    kept = surreal_auth_token(access, refresh); /* the first has expired */
    other = nobody(&kept);
    CHECK_INT(surreal_get_state(other), SURREAL_OPEN);
    CHECK_STR(says(other, "$auth.name"), "'ken'");
    CHECK(strcmp(surreal_get_tokens(other).refresh.ptr, refresh) != 0);
    surreal_close(other);
}

TEST_MAIN(
    live_init();
    db = live_open("auth");
    surreal_result_free(live_run(db, schema, SURREAL_NO_VARS));
    if (live_major >= 3) {
        surreal_result_free(live_run(db, schema3, SURREAL_NO_VARS));
    }
    RUN(test_live_users_of_every_level);
    RUN(test_live_refusals_change_nothing);
    RUN(test_live_invalidate_and_authenticate);
    RUN(test_trap_t20_access_names_are_never_guessed);
    RUN(test_trap_t40_scopes_are_access_methods);
    RUN(test_trap_t19_signing_in_touches_no_other_session);
    RUN(test_live_a_system_user_is_no_record);
    RUN(test_live_token_check);
    RUN(test_live_token_is_renewed_under_load);
    RUN(test_live_record_user_is_renewed_by_credentials);
    RUN(test_live_signup_cannot_be_renewed);
    RUN(test_live_bearer_key);
    RUN(test_live_refresh_tokens_work_once);
    RUN(test_live_refresh_token_renews_and_opens);
    surreal_close(db);
)
