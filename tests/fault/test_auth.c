/* cc -I. -o build/fault/test_auth tests/fault/test_auth.c -lm
 *
 * Who a session is, with a server that refuses, forgets and goes away: what is
 * sent, in which order, and what is left when it fails. Tokens are due when
 * the test says so; only one test waits for a clock. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

/* ---- a server that issues tokens ----------------------------------------- */

/* Tokens are t1, t2, ... and refresh tokens r1, r2, ... as the log calls
 * them: "signin{ user: 'u' } authenticate(t1) refresh(t1,r1)". */
typedef struct guard {
    script s;
    char log[4096];
    char token[512];     /* the last one issued */
    const char *refuse;  /* methods refused, in one text */
    const char *error;   /* what every query is told */
    const char *claims;  /* more of them: ",\"NS\":\"n\"" */
    int life;            /* of tokens in seconds; 0: they do not say */
    int issued;
    int dials;
    bool is_mute;        /* auth requests are noted, not answered */
    bool has_refresh;
    uint64_t late;       /* id of a query that waits */
    uint64_t held;       /* id of an auth request not answered */
    bool holds_query;
    int renewed, expired, signed_in, opened;
    surreal_error told;
    const char *give;    /* options.renew: a token; "": a root user */
    int asked;
} guard;

static void
base64url(char *out, const char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_";
    uint32_t bits = 0;
    unsigned count = 0;

    for (; *text; text++) {
        bits = bits << 8 | (uint8_t)*text;
        for (count += 8; count >= 6; count -= 6) {
            *out++ = digits[bits >> (count - 6) & 63];
        }
    }
    if (count) *out++ = digits[bits << (6 - count) & 63];
    *out = '\0';
}

static void
guard_token(guard *g, int life, const char *name)
{
    long long now = (long long)(srl_os_unix_ms() / 1000);
    char claims[256] = "{\"iss\":\"SurrealDB\"";
    char coded[400];

    if (life) {
        snprintf(claims, sizeof claims, "{\"iat\":%lld,\"exp\":%lld%s}", now,
                 now + life, g->claims ? g->claims : "");
    } else {
        snprintf(claims, sizeof claims, "{\"a\":1%s}",
                 g->claims ? g->claims : "");
    }
    base64url(coded, claims);
    snprintf(g->token, sizeof g->token, "e30.%s.%s", coded, name);
}

static void
guard_grant(guard *g, uint64_t id)
{
    srl_buf *b = script_reply(&g->s, id, "result");
    char name[16];

    snprintf(name, sizeof name, "t%d", ++g->issued);
    guard_token(g, g->life, name);
    if (g->has_refresh) {
        srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
        srl_cbor_put_key(b, "access");
        srl_cbor_put_key(b, g->token);
        srl_cbor_put_key(b, "refresh");
        name[0] = 'r';
        srl_cbor_put_key(b, name);
    } else {
        srl_cbor_put_key(b, g->token);
    }
    script_send(&g->s);
}

/* The part of a token behind its last dot. */
static const char *
short_name(surreal_str token)
{
    static char text[2][64];
    static int turn;
    size_t i = token.len;

    turn = !turn;
    while (i && token.ptr[i - 1] != '.') {
        i--;
    }
    snprintf(text[turn], sizeof text[turn], "%.*s", (int)(token.len - i),
             token.ptr + i);
    return text[turn];
}

static void
guard_log(guard *g, const script_request *rq)
{
    char line[1024];
    const uint8_t *at = script_param(rq, 0);
    surreal_result *r = NULL;
    surreal_bytes bytes;
    surreal_str first = {NULL, 0}, second = {NULL, 0};
    int n = snprintf(line, sizeof line, "%s%.*s", *g->log ? " " : "",
                     SURREAL_FMT(rq->method));

    if (at && *at >> 5 == SRL_CBOR_TEXT) {
        srl_cbor_text_at(at, &first);
        snprintf(line + n, sizeof line - (size_t)n, "(%s)",
                 short_name(first));
    } else if (at && script_is(rq, "signin") + script_is(rq, "signup")) {
        bytes.ptr = at;
        bytes.len = (size_t)(srl_cbor_skip(at) - at);
        CHECK_STATUS(surreal_result_from(NULL, bytes, &r, NULL), SURREAL_OK);
        surreal_print(surreal_statement_value(r, 0), line + n,
                      sizeof line - (size_t)n);
        surreal_result_free(r);
    } else if (at) {
        srl_cbor_text_at(srl_cbor_find(at, SURREAL_LIT("access")), &first);
        srl_cbor_text_at(srl_cbor_find(at, SURREAL_LIT("refresh")), &second);
        snprintf(line + n, sizeof line - (size_t)n, "(%s,%s)",
                 short_name(first), short_name(second));
    }
    n = (int)strlen(g->log);
    snprintf(g->log + n, sizeof g->log - (size_t)n, "%s", line);
}

static void
guard_answer(script *s, const script_request *rq)
{
    guard *g = (guard *)s->user;
    char method[32];
    bool is_grant = script_is(rq, "signin") || script_is(rq, "signup") ||
                    script_is(rq, "refresh");

    if (script_is(rq, "query") && g->error) {
        script_error(s, rq->id, -32000, NULL, g->error);
        return;
    }
    if (script_is(rq, "query") && g->holds_query) {
        g->late = rq->id;
        return;
    }
    if (script_is(rq, "attach")) {
        script_result_none(s, rq->id);
        return;
    }
    if (script_is(rq, "query") || script_is(rq, "version") ||
        script_is(rq, "ping")) {
        script_answer(s, rq);
        return;
    }
    guard_log(g, rq);
    if (script_is(rq, "use") || script_is(rq, "detach")) {
        script_result_none(s, rq->id);
        return;
    }
    if (g->is_mute) {
        g->held = rq->id;
        return;
    }
    snprintf(method, sizeof method, "%.*s", SURREAL_FMT(rq->method));
    if (g->refuse && strstr(g->refuse, method)) {
        script_error(s, rq->id, -32002, "NotAllowed/Auth/InvalidAuth",
                     "There was a problem with authentication");
    } else if (is_grant) {
        guard_grant(g, rq->id);
    } else {
        script_result_none(s, rq->id);
    }
}

static void
guard_change(void *user, surreal *db, surreal_change change,
             const surreal_error *err)
{
    guard *g = (guard *)user;

    (void)db;
    g->renewed += change == SURREAL_CHANGE_RENEWED;
    g->expired += change == SURREAL_CHANGE_EXPIRED;
    g->signed_in += change == SURREAL_CHANGE_SIGNED_IN;
    g->opened += change == SURREAL_CHANGE_OPEN;
    if (change == SURREAL_CHANGE_EXPIRED || change == SURREAL_CHANGE_FAILED) {
        g->told = *err;
    }
}

static surreal_status
guard_renew(void *user, surreal *db, surreal_auth *auth)
{
    guard *g = (guard *)user;

    (void)db;
    g->asked++;
    if (!g->give) return SURREAL_NOT_FOUND;
    *auth = *g->give ? surreal_auth_token(g->give, NULL)
                     : surreal_auth_root("new", "pw");
    return SURREAL_OK;
}

/* A server that can be dialled again, with nothing of the last time. */
static surreal_status
guard_dial(void *user, const char *host, uint16_t port, bool is_secure,
           surreal_stream *out, surreal_error *err)
{
    guard *g = (guard *)user;
    script *s = &g->s;

    g->dials++;
    s->down.len = s->down_at = s->gate = 0;
    s->up.len = s->up_at = 0;
    s->is_up = s->is_taken = s->is_closed = false;
    s->closes = 0;
    s->read_fail = SURREAL_OK;
    return script_dial(s, host, port, is_secure, out, err);
}

static void
guard_init(guard *g)
{
    memset(g, 0, sizeof *g);
    script_init(&g->s);
    g->s.user = g;
    g->s.answer = guard_answer;
    g->s.options.user = g->s.options.pass = NULL;
    g->s.options.ns = g->s.options.db = NULL;
    g->s.options.on_change = guard_change;
    g->s.options.change_user = g;
    g->s.options.reconnect.min_ms = 1;
    g->s.options.reconnect.max_ms = 1;
    g->s.transport.open = guard_dial;
    g->s.transport.user = g;
    g->s.options.transport = &g->s.transport;
}

static surreal *
guard_open(guard *g)
{
    surreal *db = NULL;

    surreal_open_start("ws://db.example:8000", &g->s.options, &db);
    while (db && (surreal_get_state(db) == SURREAL_CONNECTING ||
                  surreal_get_state(db) == SURREAL_RECONNECTING)) {
        surreal_step(db);
    }
    return db;
}

/* The server goes away; then it is back, or has ended the connection. */
static void
guard_drop(guard *g, surreal *db)
{
    int opened = g->opened;

    g->log[0] = '\0';
    g->s.read_fail = SURREAL_ERR_CLOSED;
    g->s.read_fail_at = g->s.down.len;
    while (surreal_get_state(db) != SURREAL_FAILED && g->opened == opened) {
        surreal_step(db);
    }
}

/* The token is due, and what that leads to happens. */
static void
guard_due(guard *g, surreal *db)
{
    int i;

    g->log[0] = '\0';
    srl_auth_due(db->session, 0);
    for (i = 0; i < 20; i++) {
        surreal_step(db);
    }
}

static const char *
token_of(const surreal *db)
{
    return short_name(surreal_get_tokens(db).access);
}

static surreal_auth
record_auth(void)
{
    static surreal_bind vars[1];
    surreal_vars list;

    vars[0] = surreal_bind_text("name", "ann");
    list.v = vars;
    list.count = 1;
    return surreal_auth_record("n", "d", "door", list);
}

/* ---- what is sent -------------------------------------------------------- */

TEST(test_auth_sends_what_each_kind_needs_and_no_more)
{
    static surreal_bind vars[2];
    surreal_vars two = {vars, 2};
    surreal_vars none = SURREAL_NO_VARS;
    struct {
        surreal_auth auth;
        const char *log;
    } cases[8];
    size_t i;
    guard g;
    surreal *db;

    vars[0] = surreal_bind_text("name", "ann");
    vars[1] = surreal_bind_int("sc", 7);
    cases[0].auth = surreal_auth_root("u", "p");
    cases[0].log = "signin{ user: 'u', pass: 'p' }";
    cases[1].auth = surreal_auth_ns("n", "u", "p");
    cases[1].log = "signin{ ns: 'n', user: 'u', pass: 'p' }";
    cases[2].auth = surreal_auth_db("n", "d", "u", "p");
    cases[2].log = "signin{ ns: 'n', db: 'd', user: 'u', pass: 'p' }";
    cases[3].auth = surreal_auth_record("n", "d", "door", two);
    cases[3].log = "signin{ ns: 'n', db: 'd', ac: 'door', name: 'ann', "
                   "sc: 7 }";
    cases[4].auth = surreal_auth_record("n", "d", "door", none);
    cases[4].log = "signin{ ns: 'n', db: 'd', ac: 'door' }";
    cases[5].auth = surreal_auth_bearer("n", "d", "api", "k");
    cases[5].log = "signin{ ns: 'n', db: 'd', ac: 'api', key: 'k' }";
    cases[6].auth = surreal_auth_bearer("n", NULL, "api", "k");
    cases[6].log = "signin{ ns: 'n', ac: 'api', key: 'k' }";
    cases[7].auth = surreal_auth_token("a.b.t9", "r9");
    cases[7].log = "authenticate(t9)";

    guard_init(&g);
    db = guard_open(&g);
    CHECK_STR(g.log, "");
    for (i = 0; i < 8; i++) {
        g.log[0] = '\0';
        CHECK_STATUS(surreal_signin(db, &cases[i].auth), SURREAL_OK);
        CHECK_STR(g.log, cases[i].log);
    }
    CHECK_INT(g.signed_in, 8);
    g.log[0] = '\0';
    CHECK_STATUS(surreal_refresh(db), SURREAL_OK);
    CHECK_STR(g.log, "refresh(t9,r9)");
    g.log[0] = '\0';
    CHECK_STATUS(surreal_signup(db, &cases[3].auth), SURREAL_OK);
    CHECK_STR(g.log, "signup{ ns: 'n', db: 'd', ac: 'door', name: 'ann', "
                     "sc: 7 }");
    CHECK_INT(db->session->credentials.len, 0);
    g.log[0] = '\0';
    CHECK_STATUS(surreal_invalidate(db), SURREAL_OK);
    CHECK_STR(g.log, "invalidate");
    script_end(&g.s, db);
}

TEST(test_auth_contradictions_are_not_sent)
{
    static surreal_bind bad[1];
    static const char *const names[] = {"ns", "db", "ac", "NS", "DB", "AC"};
    surreal_vars vars = {bad, 1};
    surreal_auth auth;
    size_t i;
    guard g;
    surreal *db;

    guard_init(&g);
    db = guard_open(&g);
    memset(&auth, 0, sizeof auth);
    CHECK_STATUS(surreal_signin(db, &auth), SURREAL_ERR_USAGE);
    auth = surreal_auth_root("u", NULL);
    CHECK_STATUS(surreal_signin(db, &auth), SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "lack pass");
    CHECK_STATUS(surreal_signup(db, &auth), SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "record users");
    auth = surreal_auth_bearer("n", NULL, "api", NULL);
    CHECK_STATUS(surreal_signin(db, &auth), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_authenticate(db, NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_refresh(db), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_revoke(db), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_token_check(db, NULL, NULL, NULL),
                 SURREAL_ERR_USAGE);
    for (i = 0; i < 6; i++) {
        bad[0] = surreal_bind_text(names[i], "x");
        auth = surreal_auth_record("n", "d", "door", vars);
        CHECK_STATUS(surreal_signin(db, &auth), SURREAL_ERR_USAGE);
        CHECK_SAYS(surreal_last_error(db), names[i]);
    }
    bad[0] = surreal_bind_text("name", "\xff");
    CHECK_STATUS(surreal_signin(db, &auth), SURREAL_ERR_UTF8);
    CHECK_STATUS(surreal_signin(NULL, &auth), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_signin(db, NULL), SURREAL_ERR_USAGE);
    CHECK_STR(g.log, "");
    CHECK_INT(g.signed_in, 0);
    script_end(&g.s, db);
}

/* ---- what is kept -------------------------------------------------------- */

TEST(test_auth_refusals_leave_everything_as_it_was)
{
    surreal_auth root = surreal_auth_root("u", "p");
    surreal_auth other = surreal_auth_db("x", "y", "v", "q");
    surreal_auth record = record_auth();
    surreal_auth pair = surreal_auth_token("a.b.t8", "r8");
    guard g;
    surreal *db;
    uint8_t kept[64];
    size_t len;
    int64_t renew_at;

    guard_init(&g);
    g.life = 3600;
    g.has_refresh = true;
    db = guard_open(&g);
    CHECK_STATUS(surreal_use(db, "n", "d"), SURREAL_OK);
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
    len = db->session->credentials.len;
    NEED(len && len <= sizeof kept);
    memcpy(kept, db->session->credentials.data, len);
    renew_at = db->session->renew_at_ms;

    g.refuse = "signin signup authenticate refresh revoke invalidate";
    CHECK_STATUS(surreal_signin(db, &other), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_signup(db, &record), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_signin(db, &pair), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_authenticate(db, "bad"), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_refresh(db), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_revoke(db), SURREAL_ERR_AUTH);
    CHECK_STATUS(surreal_invalidate(db), SURREAL_ERR_AUTH);
    CHECK_STR(token_of(db), "t1");
    CHECK_STR(surreal_get_tokens(db).refresh.ptr, "r1");
    CHECK_STR(surreal_ns(db).ptr, "n");
    CHECK_STR(surreal_db(db).ptr, "d");
    CHECK_MEM(db->session->credentials.data, db->session->credentials.len,
              kept, len);
    CHECK_INT(db->session->renew_at_ms, renew_at);
    CHECK_INT(g.signed_in, 1);

    g.refuse = NULL;
    guard_drop(&g, db);
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' } use(n)");
    script_end(&g.s, db);
}

TEST(test_auth_session_goes_where_the_server_does)
{
    surreal_auth user = surreal_auth_db("n1", "d1", "u", "p");
    surreal_auth ns = surreal_auth_ns("n2", "u", "p");
    guard g;
    surreal *db;

    guard_init(&g);
    db = guard_open(&g);
    CHECK_STATUS(surreal_signin(db, &user), SURREAL_OK);
    CHECK_STR(surreal_ns(db).ptr, "n1");
    CHECK_STR(surreal_db(db).ptr, "d1");
    CHECK_STATUS(surreal_signin(db, &ns), SURREAL_OK);
    CHECK_STR(surreal_ns(db).ptr, "n2");
    CHECK_STR(surreal_db(db).ptr, "d1");
    g.claims = ",\"ns\":\"n3\",\"DB\":\"d3\"";
    guard_token(&g, 60, "t7");
    CHECK_STATUS(surreal_authenticate(db, g.token), SURREAL_OK);
    CHECK_STR(surreal_ns(db).ptr, "n3");
    CHECK_STR(surreal_db(db).ptr, "d3");
    CHECK(surreal_get_tokens(db).expires > srl_os_unix_ms() / 1000 + 50);
    /* Its own token, which must not be wiped before it is read. */
    CHECK_STATUS(surreal_authenticate(db, surreal_get_tokens(db).access.ptr),
                 SURREAL_OK);
    CHECK_STR(token_of(db), "t7");
    CHECK_STATUS(surreal_invalidate(db), SURREAL_OK);
    CHECK_STR(surreal_db(db).ptr, "d3");
    CHECK_INT(surreal_get_tokens(db).access.len, 0);
    CHECK_STR(surreal_get_tokens(db).access.ptr, "");
    script_end(&g.s, db);
}

/* $auth would still name the record. */
TEST(test_auth_after_a_record_a_system_user_enters_anew)
{
    surreal_auth root = surreal_auth_root("u", "p");
    surreal_auth record = record_auth();
    guard g;
    surreal *db;

    guard_init(&g);
    db = guard_open(&g);
    g.claims = ",\"AC\":\"door\"";
    CHECK_STATUS(surreal_signin(db, &record), SURREAL_OK);
    CHECK_STATUS(surreal_signup(db, &record), SURREAL_OK);
    g.log[0] = '\0';
    g.claims = NULL;
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' } invalidate "
                     "authenticate(t3)");
    CHECK_STR(token_of(db), "t3");
    g.log[0] = '\0';
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' }");
    script_end(&g.s, db);
}

TEST(test_auth_answers_that_are_no_tokens)
{
    surreal_auth root = surreal_auth_root("u", "p");
    guard g;
    surreal *db;

    guard_init(&g);
    db = guard_open(&g);
    g.s.answer = script_answer;
    CHECK_STATUS(surreal_authenticate(db, "x"), SURREAL_ERR_METHOD);
    g.s.answer = guard_answer;
    g.is_mute = true;
    g.s.options.timeout_ms = 0;
    db->conn->options.timeout_ms = 30;
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_ERR_TIMEOUT);
    CHECK(!db->session->is_signing_in);
    /* The server may take it yet: the connection is given up. */
    CHECK_INT(surreal_get_tokens(db).access.len, 0);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    script_end(&g.s, db);
}

/* ---- restoring ----------------------------------------------------------- */

TEST(test_auth_restores_system_users_by_password)
{
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 3600;
    g.s.options.user = "u";
    g.s.options.pass = "p";
    db = guard_open(&g);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    guard_drop(&g, db);
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' }");
    CHECK_STR(token_of(db), "t2");
    g.refuse = "signin";
    guard_drop(&g, db);
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' }");
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(g.told.status, SURREAL_ERR_AUTH);
    script_end(&g.s, db);
}

/* All the way down, each step refused in turn. */
TEST(test_auth_restores_in_order)
{
    static const struct {
        const char *refuse, *give, *log, *token;
        bool expired;
    } cases[] = {
        {"", NULL, "authenticate(t1)", "t1", false},
        {"", NULL, "refresh(t1,r1)", "t2", true},
        {"authenticate", NULL, "authenticate(t1) refresh(t1,r1)", "t2", false},
        {"authenticate refresh", NULL,
         "authenticate(t1) refresh(t1,r1) signin{ ns: 'n', db: 'd', ac: "
         "'door', name: 'ann' }", "t2", false},
        {"refresh signin", "a.b.t9",
         "refresh(t1,r1) signin{ ns: 'n', db: 'd', ac: 'door', name: 'ann' } "
         "authenticate(t9)", "t9", true},
        {"authenticate refresh signin", "a.b.t9",
         "authenticate(t1) refresh(t1,r1) signin{ ns: 'n', db: 'd', ac: "
         "'door', name: 'ann' } authenticate(t9)", NULL, false},
        {"authenticate refresh signin", NULL,
         "authenticate(t1) refresh(t1,r1) signin{ ns: 'n', db: 'd', ac: "
         "'door', name: 'ann' }", NULL, false},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        surreal_auth record = record_auth();
        char want[512];
        guard g;
        surreal *db;

        guard_init(&g);
        g.life = 3600;
        g.has_refresh = true;
        g.s.options.auth = record;
        g.s.options.renew = guard_renew;
        g.s.options.renew_user = &g;
        g.give = cases[i].give;
        db = guard_open(&g);
        CHECK_STR(token_of(db), "t1");
        g.refuse = cases[i].refuse;
        if (cases[i].expired) db->session->expires_at_ms = 0;
        guard_drop(&g, db);
        snprintf(want, sizeof want, "%s%s", cases[i].log,
                 cases[i].token ? " use(n)" : "");
        CHECK_STR(g.log, want);
        if (cases[i].token) {
            CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
            CHECK_STR(token_of(db), cases[i].token);
        } else {
            CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
            CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_AUTH);
        }
        script_end(&g.s, db);
    }
}

TEST(test_auth_expired_token_alone_is_tried_all_the_same)
{
    guard g;
    surreal *db;
    char token[512];

    guard_init(&g);
    guard_token(&g, -100, "t0");
    snprintf(token, sizeof token, "%s", g.token);
    g.s.options.auth = surreal_auth_token(token, NULL);
    db = guard_open(&g);
    CHECK_STR(g.log, "authenticate(t0)"); /* our clock may be wrong */
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(db->session->renew_at_ms == INT64_MAX, 1);
    CHECK_INT(g.expired, 0);
    script_end(&g.s, db);

    guard_init(&g);
    g.s.options.auth = surreal_auth_token(token, "r0");
    db = guard_open(&g);
    CHECK_STR(g.log, "refresh(t0,r0)");
    script_end(&g.s, db);
}

/* Whether the server took it is unknown; the session is who it was. */
TEST(test_auth_server_that_closes_during_a_sign_in)
{
    surreal_auth root = surreal_auth_root("u", "p");
    surreal_auth other = surreal_auth_root("v", "q");
    guard g;
    surreal *db;

    guard_init(&g);
    db = guard_open(&g);
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
    g.is_mute = true;
    g.s.read_fail = SURREAL_ERR_CLOSED;
    g.s.read_fail_at = g.s.down.len;
    g.log[0] = '\0';
    CHECK_STATUS(surreal_signin(db, &other), SURREAL_ERR_UNKNOWN);
    CHECK(!db->session->is_signing_in);
    g.is_mute = false;
    while (surreal_get_state(db) != SURREAL_OPEN) {
        surreal_step(db);
    }
    CHECK_STR(strstr(g.log, "'q' } ") + 6, "signin{ user: 'u', pass: 'p' }");
    CHECK_STR(token_of(db), "t2");
    script_end(&g.s, db);
}

/* ---- renewing ------------------------------------------------------------ */

TEST(test_auth_renews_in_order)
{
    static const struct {
        const char *refuse, *give, *log, *token;
    } cases[] = {
        {"", NULL, "refresh(t1,r1)", "t2"},
        {"refresh", NULL, "refresh(t1,r1) signin{ ns: 'n', db: 'd', ac: "
         "'door', name: 'ann' }", "t2"},
        {"refresh signin", "a.b.t9", "refresh(t1,r1) signin{ ns: 'n', db: "
         "'d', ac: 'door', name: 'ann' } authenticate(t9)", "t9"},
        {"refresh signin", NULL, "refresh(t1,r1) signin{ ns: 'n', db: 'd', "
         "ac: 'door', name: 'ann' }", NULL},
        {"refresh signin", "", "refresh(t1,r1) signin{ ns: 'n', db: 'd', "
         "ac: 'door', name: 'ann' } signin{ user: 'new', pass: 'pw' }", NULL},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        guard g;
        surreal *db;

        guard_init(&g);
        g.life = 3600;
        g.has_refresh = true;
        g.s.options.auth = record_auth();
        g.s.options.renew = guard_renew;
        g.s.options.renew_user = &g;
        g.give = cases[i].give;
        db = guard_open(&g);
        g.refuse = cases[i].refuse;
        guard_due(&g, db);
        CHECK_STR(g.log, cases[i].log);
        CHECK_INT(g.renewed, cases[i].token ? 1 : 0);
        CHECK_INT(g.expired, cases[i].token ? 0 : 1);
        CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        CHECK(!db->session->is_signing_in);
        if (cases[i].token) {
            CHECK_STR(token_of(db), cases[i].token);
        } else {
            CHECK_STATUS(g.told.status, SURREAL_ERR_AUTH);
        }
        script_end(&g.s, db);
    }
}

TEST(test_auth_with_nothing_to_renew_by_says_so)
{
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 3600;
    db = guard_open(&g);
    guard_token(&g, 3600, "t5");
    CHECK_STATUS(surreal_authenticate(db, g.token), SURREAL_OK);
    CHECK(db->session->renew_at_ms != INT64_MAX);
    guard_due(&g, db);
    CHECK_STR(g.log, "");
    CHECK_INT(g.expired, 1);
    CHECK_SAYS(&g.told, "nothing to get another one with");
    guard_due(&g, db);
    CHECK_INT(g.expired, 2); /* only because the test said it is due */
    script_end(&g.s, db);
}

TEST(test_auth_renewal_disturbs_nobody)
{
    surreal_auth root = surreal_auth_root("v", "q");
    guard g;
    script_end_of end;
    surreal *db;
    int i;

    guard_init(&g);
    g.life = 3600;
    g.s.options.user = "u";
    g.s.options.pass = "p";
    db = guard_open(&g);
    g.holds_query = true;
    CHECK_STATUS(script_query(db, 7, &end, NULL), SURREAL_OK);
    surreal_step(db);
    CHECK(g.late);
    g.is_mute = true;
    guard_due(&g, db);
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' }");
    guard_due(&g, db); /* due again: not twice at once */
    CHECK_STR(g.log, "");
    CHECK(db->session->is_signing_in);

    /* A sign-in of the program waits its turn. */
    db->conn->options.timeout_ms = 20;
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_ERR_TIMEOUT);
    CHECK_STR(g.log, "");
    db->conn->options.timeout_ms = 10000;
    g.is_mute = false;
    guard_grant(&g, g.held);
    CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
    CHECK_STR(g.log, "signin{ user: 'v', pass: 'q' }");
    CHECK_INT(g.renewed, 1);
    CHECK_STR(token_of(db), "t3");
    CHECK_INT(end.calls, 0);
    script_rows(&g.s, g.late, NULL, 0);
    for (i = 0; i < 5; i++) {
        surreal_step(db);
    }
    CHECK_INT(end.calls, 1);
    CHECK_STATUS(end.status, SURREAL_OK);
    script_end(&g.s, db);
}

TEST(test_auth_renewal_stays_where_the_session_is)
{
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 3600;
    g.claims = ",\"NS\":\"n\",\"DB\":\"d\"";
    g.s.options.auth = surreal_auth_db("n", "d", "u", "p");
    db = guard_open(&g);
    guard_due(&g, db);
    CHECK_STR(g.log, "signin{ ns: 'n', db: 'd', user: 'u', pass: 'p' }");
    CHECK_STATUS(surreal_use(db, "m", "e"), SURREAL_OK);
    guard_due(&g, db);
    CHECK_STR(g.log, "signin{ ns: 'n', db: 'd', user: 'u', pass: 'p' } "
                     "use(m)");
    CHECK_STR(surreal_db(db).ptr, "e");
    script_end(&g.s, db);
}

TEST(test_auth_renewal_that_is_cut_off_is_the_reconnects)
{
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 3600;
    g.s.options.auth = record_auth();
    db = guard_open(&g);
    g.is_mute = true;
    guard_due(&g, db);
    CHECK(db->session->is_signing_in);
    g.is_mute = false;
    guard_drop(&g, db);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_INT(g.expired, 0);
    CHECK(strstr(g.log, "authenticate(t1) use(n)") == g.log);
    while (!g.renewed) {
        surreal_step(db); /* it is still due */
    }
    CHECK_STR(token_of(db), "t2");
    CHECK(!db->session->is_signing_in);
    script_end(&g.s, db);
}

TEST(test_auth_renewal_without_an_answer_is_tried_again)
{
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 3600;
    g.s.options.auth = record_auth();
    g.s.options.timeout_ms = 5;
    db = guard_open(&g);
    g.is_mute = true;
    guard_due(&g, db);
    while (db->session->is_signing_in) {
        surreal_step(db);
    }
    CHECK_INT(g.expired, 0);
    CHECK(db->session->renew_at_ms > srl_os_now_ms() + 500);
    CHECK(db->session->renew_at_ms <=
          srl_os_now_ms() + SRL_RENEW_AGAIN_MS);
    CHECK(surreal_deadline_ms(db) <= SRL_RENEW_AGAIN_MS);
    script_end(&g.s, db);
}

/* The request that met it fails, and is not sent again. */
TEST(test_auth_session_that_expired_is_renewed_for_the_next)
{
    guard g;
    surreal *db;
    int i;

    guard_init(&g);
    g.s.options.user = "u";
    g.s.options.pass = "p";
    db = guard_open(&g);
    g.log[0] = '\0';
    g.error = "There was a problem with the database: The session has "
              "expired";
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_AUTH);
    CHECK_INT(g.s.queries, 1);
    g.error = NULL;
    for (i = 0; i < 10; i++) {
        surreal_step(db);
    }
    CHECK_STR(g.log, "signin{ user: 'u', pass: 'p' }");
    CHECK_INT(g.renewed, 1);
    CHECK_INT(g.s.queries, 1);
    script_end(&g.s, db);
}

static surreal *closes;

static surreal_status
renew_closes(void *user, surreal *db, surreal_auth *auth)
{
    (void)user;
    surreal_close(db);
    *auth = surreal_auth_root("u", "p");
    return SURREAL_OK;
}

static surreal_status
renew_nonsense(void *user, surreal *db, surreal_auth *auth)
{
    (void)user;
    (void)db;
    *auth = surreal_auth_root("u", NULL);
    return SURREAL_OK;
}

TEST(test_auth_callback_may_do_anything)
{
    guard g;
    int i;

    for (i = 0; i < 2; i++) {
        guard_init(&g);
        g.s.options.renew = i ? renew_nonsense : renew_closes;
        closes = guard_open(&g);
        guard_token(&g, 3600, "t5");
        CHECK_STATUS(surreal_authenticate(closes, g.token), SURREAL_OK);
        srl_auth_due(closes->session, 0);
        if (i) {
            guard_due(&g, closes);
            CHECK_INT(g.expired, 1);
            CHECK_STATUS(g.told.status, SURREAL_ERR_USAGE);
            CHECK_STR(token_of(closes), "t5");
            script_end(&g.s, closes);
        } else {
            surreal_step(closes);
            script_end(&g.s, NULL);
        }
    }
}

/* A fork that is to be somebody is that or nobody; the program is not asked
 * for another. Later it is, as for any session; and each renews its own. */
TEST(test_auth_fork_is_whom_it_was_told_to_be)
{
    surreal_fork_options opt;
    surreal *fork = NULL;
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 3600;
    g.has_refresh = true;
    g.s.options.user = "u";
    g.s.options.pass = "p";
    g.s.options.renew = guard_renew;
    g.s.options.renew_user = &g;
    g.give = "a.b.t9";
    db = guard_open(&g);
    memset(&opt, 0, sizeof opt);
    opt.auth = record_auth();
    g.refuse = "signin";
    CHECK_STATUS(surreal_fork(db, &opt, &fork), SURREAL_ERR_AUTH);
    CHECK_INT(g.asked, 0);
    CHECK(!fork);
    g.refuse = NULL;
    NEED(surreal_fork(db, &opt, &fork) == SURREAL_OK);
    CHECK_STR(token_of(fork), "t2");
    CHECK_STR(token_of(db), "t1");
    guard_due(&g, fork);
    CHECK_STR(g.log, "refresh(t2,r2)");
    CHECK_STR(token_of(fork), "t3");
    CHECK_STR(token_of(db), "t1");
    g.refuse = "refresh signin";
    guard_due(&g, fork);
    CHECK_INT(g.asked, 1);
    CHECK_STR(token_of(fork), "t9");
    surreal_close(fork);

    g.refuse = NULL;
    fork = NULL;
    g.log[0] = '\0';
    NEED(surreal_fork(db, NULL, &fork) == SURREAL_OK);
    CHECK_STR(g.log, "detach signin{ user: 'u', pass: 'p' }");
    CHECK_STR(surreal_get_tokens(fork).refresh.ptr, "r4"); /* its own */
    CHECK_STR(surreal_get_tokens(db).refresh.ptr, "r1");
    surreal_close(fork);
    script_end(&g.s, db);
}

/* The one that waits: tokens of one second, renewed twice a second at most. */
TEST(test_auth_short_tokens_are_renewed_by_the_clock)
{
    int64_t end;
    guard g;
    surreal *db;

    guard_init(&g);
    g.life = 1;
    g.s.options.user = "u";
    g.s.options.pass = "p";
    db = guard_open(&g);
    CHECK(surreal_deadline_ms(db) <= 501);
    end = srl_os_now_ms() + 1200;
    while (srl_os_now_ms() < end) {
        surreal_step(db);
    }
    CHECK_INT(g.renewed, 2);
    CHECK_INT(g.expired, 0);
    script_end(&g.s, db);
}

TEST(test_auth_margin)
{
    static const struct {
        int64_t life, left, margin;
    } cases[] = {
        {1000, 1000, 500}, {2000, 2000, 1000}, {9000, 9000, 1000},
        {100000, 100000, 10000}, {3600000, 3600000, 60000},
        {3600000, 50000, 25000}, {0, 1, 0},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(srl_auth_margin(cases[i].life, cases[i].left),
                  cases[i].margin);
    }
}

/* ---- without memory ------------------------------------------------------ */

/* Open, sign in, be refused, renew, reconnect: whichever allocation fails,
 * nothing leaks and the handle can be closed. */
TEST(test_auth_without_memory)
{
    size_t at;

    for (at = 1; at < 2000; at++) {
        surreal_auth other = surreal_auth_db("x", "y", "v", "q");
        surreal_auth record = record_auth();
        guard g;
        surreal *db;
        bool was_enough;

        guard_init(&g);
        g.life = 3600;
        g.has_refresh = true;
        g.s.options.auth = record_auth();
        g.s.heap.fail_at = at;
        db = guard_open(&g);
        if (db && surreal_get_state(db) == SURREAL_OPEN) {
            surreal_signup(db, &record);
            surreal_signin(db, &other);
            surreal_authenticate(db, "a.b.c");
            surreal_signin(db, &record);
            guard_due(&g, db);
            if (surreal_get_state(db) == SURREAL_OPEN) guard_drop(&g, db);
            surreal_invalidate(db);
        }
        was_enough = g.s.heap.calls < at;
        script_end(&g.s, db);
        if (test_failed_checks) {
            TEST_FAIL("allocation %zu", at);
            return;
        }
        if (was_enough) return;
    }
    TEST_FAIL("never enough");
}

TEST_MAIN(RUN(test_auth_sends_what_each_kind_needs_and_no_more);
          RUN(test_auth_contradictions_are_not_sent);
          RUN(test_auth_refusals_leave_everything_as_it_was);
          RUN(test_auth_session_goes_where_the_server_does);
          RUN(test_auth_after_a_record_a_system_user_enters_anew);
          RUN(test_auth_answers_that_are_no_tokens);
          RUN(test_auth_restores_system_users_by_password);
          RUN(test_auth_restores_in_order);
          RUN(test_auth_expired_token_alone_is_tried_all_the_same);
          RUN(test_auth_server_that_closes_during_a_sign_in);
          RUN(test_auth_renews_in_order);
          RUN(test_auth_with_nothing_to_renew_by_says_so);
          RUN(test_auth_renewal_disturbs_nobody);
          RUN(test_auth_renewal_stays_where_the_session_is);
          RUN(test_auth_renewal_that_is_cut_off_is_the_reconnects);
          RUN(test_auth_renewal_without_an_answer_is_tried_again);
          RUN(test_auth_session_that_expired_is_renewed_for_the_next);
          RUN(test_auth_callback_may_do_anything);
          RUN(test_auth_fork_is_whom_it_was_told_to_be);
          RUN(test_auth_short_tokens_are_renewed_by_the_clock);
          RUN(test_auth_margin);
          RUN(test_auth_without_memory);)
