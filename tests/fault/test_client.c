/* cc -I. -o build/fault/test_client tests/fault/test_client.c -lm
 *
 * Requests, answers and callbacks, with a server that does what it should not:
 * late, wrong, doubled and reordered replies, errors of both majors; and with
 * callbacks that cancel, close and call again. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"

static void
drive(surreal *db)
{
    while (surreal_pending(db)) {
        surreal_step(db);
    }
}

/* A connection of which everything is answered by `answer`. */
static surreal *
open_with(script *s, script_answer_fn *answer)
{
    surreal *db;

    script_init(s);
    s->answer = answer;
    db = script_open(s);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    return db;
}

/* It still works. */
static void
check_alive(script *s, surreal *db)
{
    script_end_of end;

    s->answer = script_answer;
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK_STATUS(script_query(db, 4242, &end, NULL), SURREAL_OK);
    drive(db);
    CHECK_STATUS(end.status, SURREAL_OK);
    CHECK_INT(end.n, 4242);
}

/* ---- opening ------------------------------------------------------------- */

static int seen_signin;

static void
answer_watching_signin(script *s, const script_request *rq)
{
    const uint8_t *object = script_param(rq, 0);
    bool wants_ns = s->options.auth_ns != NULL;
    bool wants_db = s->options.auth_db != NULL;

    if (script_is(rq, "signin")) {
        seen_signin++;
        CHECK(object && *object == 0xa2 + wants_ns + wants_db);
        CHECK(!srl_cbor_find(object, SURREAL_LIT("ns")) == !wants_ns);
        CHECK(!srl_cbor_find(object, SURREAL_LIT("db")) == !wants_db);
        CHECK(srl_cbor_find(object, SURREAL_LIT("user")));
        CHECK(srl_cbor_find(object, SURREAL_LIT("pass")));
        CHECK(!script_param(rq, 1));
    }
    script_answer(s, rq);
}

TEST(test_signin_names_no_more_than_was_given)
{
    script s;
    surreal *db;
    int level;

    for (level = 0; level < 3; level++) {
        seen_signin = 0;
        script_init(&s);
        s.answer = answer_watching_signin;
        s.options.auth_ns = level > 0 ? "n" : NULL;
        s.options.auth_db = level > 1 ? "d" : NULL;
        db = script_open(&s);
        CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        CHECK_INT(seen_signin, 1);
        CHECK_STATUS(test_signin(db, s.options.auth_ns, s.options.auth_db,
                                    "u", "p"), SURREAL_OK);
        CHECK_INT(seen_signin, 2);
        script_end(&s, db);
    }
}

TEST(test_options_that_contradict_are_refused)
{
    static const struct {
        const char *ns, *db, *user, *pass, *auth_ns, *auth_db, *says;
    } cases[] = {
        {NULL, "d", NULL, NULL, NULL, NULL, "ns"},
        {"n", "d", "u", NULL, NULL, NULL, "pass is missing"},
        {"n", "d", NULL, "p", NULL, NULL, "user is missing"},
        {"n", "d", "u", "p", NULL, "d", "auth_ns"},
        {"n", "d", NULL, NULL, "n", NULL, "user and pass"},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        script s;
        surreal *db;

        script_init(&s);
        s.options.ns = cases[i].ns;
        s.options.db = cases[i].db;
        s.options.user = cases[i].user;
        s.options.pass = cases[i].pass;
        s.options.auth_ns = cases[i].auth_ns;
        s.options.auth_db = cases[i].auth_db;
        db = script_start(&s);
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_USAGE);
        CHECK_SAYS(surreal_last_error(db), cases[i].says);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        script_end(&s, db);
    }
}

TEST(test_urls_and_options_that_are_wrong_fail_with_a_handle)
{
    surreal_options o;
    surreal *db = NULL;

    memset(&o, 0, sizeof o);
    CHECK_STATUS(surreal_open(NULL, NULL, &db), SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "url is NULL");
    surreal_close(db);
    CHECK_STATUS(surreal_open("not a url", &o, &db), SURREAL_ERR_SYNTAX);
    CHECK(surreal_last_error(db)->message[0]);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_SYNTAX);
    CHECK_STATUS(surreal_step(db), SURREAL_ERR_SYNTAX);
    surreal_close(db);
}

TEST(test_nothing_is_a_valid_argument_where_it_may_be)
{
    surreal_close(NULL);
    surreal_result_free(NULL);
    CHECK_STATUS(surreal_last_error(NULL)->status, SURREAL_ERR_NOMEM);
    CHECK_STR(surreal_last_error(NULL)->message, "out of memory");
    CHECK_INT(surreal_get_state(NULL), SURREAL_CLOSED);
    CHECK_INT(surreal_statements(NULL), 0);
    CHECK_STATUS(surreal_statement_status(NULL, 0), SURREAL_ERR_USAGE);
    CHECK(!surreal_result_error(NULL));
    CHECK(!surreal_statement_error(NULL, 0));
    CHECK(!surreal_result_alloc(NULL, 1));
    CHECK_INT(surreal_result_size(NULL), 0);
    CHECK_INT(surreal_result_bytes(NULL).len, 0);
}

static const char *setup_method;
static const char *setup_kind;
static const char *setup_text;
static int64_t setup_code;

static void
answer_setup_error(script *s, const script_request *rq)
{
    if (script_is(rq, setup_method)) {
        script_error(s, rq->id, setup_code, setup_kind, setup_text);
    } else {
        script_answer(s, rq);
    }
}

TEST(test_setup_refused_by_the_server_fails_the_connection)
{
    static const struct {
        const char *method;
        int64_t code;
        const char *kind, *text;
        surreal_status status;
    } cases[] = {
        {"signin", -32002, "NotAllowed/Auth/InvalidAuth",
         "There was a problem with authentication", SURREAL_ERR_AUTH},
        {"signin", -32000, NULL, "There was a problem with the database: "
         "There was a problem with authentication", SURREAL_ERR_AUTH},
        {"use", -32002, "NotAllowed/Auth/NotAllowed", "IAM error: no",
         SURREAL_ERR_DENIED},
        {"version", -32601, NULL, "Method not found", SURREAL_ERR_METHOD},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        script s;
        surreal *db;

        setup_method = cases[i].method;
        setup_code = cases[i].code;
        setup_kind = cases[i].kind;
        setup_text = cases[i].text;
        script_init(&s);
        s.answer = answer_setup_error;
        db = script_open(&s);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        CHECK_STATUS(surreal_last_error(db)->status, cases[i].status);
        CHECK_STATUS(surreal_ping(db), cases[i].status);
        script_end(&s, db);
    }
}

static const char *version_says;

static void
answer_version(script *s, const script_request *rq)
{
    if (!script_is(rq, "version")) {
        script_answer(s, rq);
    } else if (version_says) {
        script_result_text(s, rq->id, version_says);
    } else {
        script_result_none(s, rq->id);
    }
}

TEST(test_version_is_read_or_refused)
{
    static const struct {
        const char *says;
        surreal_status status;
        int major, minor, patch;
    } cases[] = {
        {"surrealdb-2.6.5", SURREAL_OK, 2, 6, 5},
        {"surrealdb-3.1.0-beta.2+x", SURREAL_OK, 3, 1, 0},
        {"3", SURREAL_OK, 3, 0, 0},
        {"surrealdb-1.5.4", SURREAL_ERR_UNSUPPORTED, 1, 5, 4},
        {"", SURREAL_ERR_UNSUPPORTED, 0, 0, 0},
        {"surrealdb-99999999999999999999.1.1-and-much-more-behind-it-all",
         SURREAL_OK, 99999, 0, 0},
        {NULL, SURREAL_ERR_REPLY, 0, 0, 0},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        script s;
        surreal *db;

        version_says = cases[i].says;
        script_init(&s);
        s.answer = answer_version;
        db = script_open(&s);
        CHECK_STATUS(surreal_last_error(db)->status, cases[i].status);
        CHECK_INT(surreal_version(db).major, cases[i].major);
        CHECK_INT(surreal_version(db).minor, cases[i].minor);
        CHECK_INT(surreal_version(db).patch, cases[i].patch);
        script_end(&s, db);
    }
}

/* ---- secrets ------------------------------------------------------------- */

/* An allocator that looks for a secret in every block, at the end of its life
 * and whenever asked. Frames are masked, so it looks for the secret under any
 * key of four bytes. */
#define SECRET "correct horse battery staple 4711"
#define VAULT_BLOCKS 256

typedef struct vault {
    uint8_t *blocks[VAULT_BLOCKS];
    size_t lens[VAULT_BLOCKS];
    int found; /* blocks given back with the secret in them */
} vault;

static bool
vault_holds(const uint8_t *p, size_t len)
{
    static const uint8_t secret[] = SECRET;
    size_t want = sizeof secret - 1;
    size_t i;
    size_t k;

    for (i = 0; i + want <= len; i++) {
        for (k = 4; k < want; k++) {
            if ((p[i + k] ^ secret[k]) != (p[i + k % 4] ^ secret[k % 4])) {
                break;
            }
        }
        if (k == want) return true;
    }
    return false;
}

static int
vault_scan(const vault *v)
{
    int count = 0;
    size_t i;

    for (i = 0; i < VAULT_BLOCKS; i++) {
        if (v->blocks[i]) count += vault_holds(v->blocks[i], v->lens[i]);
    }
    return count;
}

/* Blocks always move, and what is left behind is looked at. */
static void *
vault_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    vault *v = (vault *)user;
    uint8_t *moved = NULL;
    size_t i = 0;

    if (new_len) {
        moved = (uint8_t *)calloc(1, new_len);
        if (!moved) abort();
    }
    while (v->blocks[i] != block) {
        i++;
        if (i == VAULT_BLOCKS) abort();
    }
    if (block) {
        size_t keep = old_len < new_len ? old_len : new_len;

        if (keep) memcpy(moved, block, keep);
        v->found += vault_holds((uint8_t *)block, old_len);
        free(block);
    }
    v->blocks[i] = moved;
    v->lens[i] = new_len;
    return moved;
}

static int trace_lines;

static void
trace_checks(void *user, surreal_level level, const char *layer,
             const char *text)
{
    (void)user;
    trace_lines++;
    CHECK(level >= SURREAL_LEVEL_ERROR && level <= SURREAL_LEVEL_DEBUG);
    CHECK(!strstr(text, "horse"));
    CHECK(!strstr(layer, "horse"));
    CHECK(!strchr(text, '\n'));
}

static void
vault_start(script *s, vault *v)
{
    memset(v, 0, sizeof *v);
    script_init(s);
    s->options.allocator.resize = vault_resize;
    s->options.allocator.user = v;
    s->options.pass = SECRET;
    s->options.trace = trace_checks;
    s->options.trace_level = SURREAL_LEVEL_DEBUG;
}

static void
vault_end(script *s, vault *v, surreal *db)
{
    CHECK(!strstr(surreal_last_error(db)->message, "horse"));
    CHECK_INT(v->found, 0);
    surreal_close(db);
    CHECK_INT(v->found, 0);
    CHECK_INT(vault_scan(v), 0);
    script_end(s, NULL);
}

TEST(test_the_vault_finds_masked_secrets)
{
    uint8_t block[100];
    uint8_t key[4] = {0x11, 0x82, 0xf3, 0x44};

    memset(block, 0x55, sizeof block);
    CHECK(!vault_holds(block, sizeof block));
    memcpy(block + 31, SECRET, sizeof SECRET - 1);
    CHECK(vault_holds(block, sizeof block));
    srl_ws_mask(block, block, sizeof block, key, 1);
    CHECK(vault_holds(block, sizeof block));
}

TEST(test_password_is_gone_once_it_was_used)
{
    script s;
    vault v;
    surreal *db;

    trace_lines = 0;
    vault_start(&s, &v);
    db = script_start(&s);
    CHECK_INT(vault_scan(&v), 1); /* the test can see it */
    while (surreal_get_state(db) == SURREAL_CONNECTING) {
        surreal_step(db);
    }
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    CHECK(trace_lines > 0);
    CHECK_INT(vault_scan(&v), 0);
    CHECK_STATUS(test_signin(db, NULL, NULL, "ann", SECRET), SURREAL_OK);
    CHECK_INT(vault_scan(&v), 0);
    vault_end(&s, &v, db);
}

/* The sign-in waits in the queue, and pongs to pings that came with the head
 * make it grow and move meanwhile. */
TEST(test_password_is_gone_after_a_queue_that_grew)
{
    static const char ping[] = "\x89\x0a" "0123456789";
    char head[2048] = "HTTP/1.1 101 Switching Protocols\r\n"
                      "connection: upgrade\r\nupgrade: websocket\r\n"
                      "sec-websocket-protocol: cbor\r\n"
                      "sec-websocket-accept: @\r\n\r\n";
    script s;
    vault v;
    surreal *db;
    int i;

    vault_start(&s, &v);
    s.head = head;
    s.head_len = strlen(head);
    for (i = 0; i < 100; i++) {
        memcpy(head + s.head_len, ping, sizeof ping - 1);
        s.head_len += sizeof ping - 1;
    }
    s.write_max = 16;
    s.write_gaps = true;
    db = script_start(&s);
    while (surreal_get_state(db) == SURREAL_CONNECTING) {
        surreal_step(db);
    }
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    while (s.pongs < 100) {
        surreal_step(db);
    }
    CHECK_INT(vault_scan(&v), 0);
    vault_end(&s, &v, db);
}

TEST(test_password_is_gone_however_the_sign_in_ends)
{
    size_t at;

    for (at = 0; at < 420; at += 3) {
        script s;
        vault v;
        surreal *db;

        vault_start(&s, &v);
        s.write_fail = SURREAL_ERR_IO;
        s.write_fail_at = at;
        db = script_open(&s);
        vault_end(&s, &v, db);
        if (test_failed_checks) {
            TEST_FAIL("reset after byte %zu", at);
            return;
        }
    }
    for (at = 0; at < 3; at++) {
        script s;
        vault v;
        surreal *db;

        vault_start(&s, &v);
        setup_method = "signin";
        setup_code = -32000;
        setup_kind = NULL;
        setup_text = "There was a problem with authentication";
        if (at == 0) s.answer = answer_setup_error;
        if (at == 1) s.options.connect_ms = 10, s.write_max = 200;
        if (at == 1) s.mute = true;
        if (at == 2) s.options.ns = "bad \xff name";
        db = script_open(&s);
        CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
        vault_end(&s, &v, db);
    }
}

/* A server whose tokens are the secret. */
static void
answer_secret_tokens(script *s, const script_request *rq)
{
    bool is_grant = script_is(rq, "signin") || script_is(rq, "signup") ||
                    script_is(rq, "refresh");

    if (is_grant) {
        srl_buf *b = script_reply(s, rq->id, "result");

        srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
        srl_cbor_put_key(b, "access");
        srl_cbor_put_key(b, SECRET);
        srl_cbor_put_key(b, "refresh");
        srl_cbor_put_key(b, SECRET);
        script_send(s);
    } else if (script_is(rq, "authenticate") || script_is(rq, "revoke") ||
               script_is(rq, "invalidate")) {
        script_result_none(s, rq->id);
    } else {
        script_answer(s, rq);
    }
}

/* Tokens are where surreal_get_tokens finds them, and nowhere else: not in
 * what was received, nor in what was sent. */
TEST(test_tokens_are_in_one_place_and_then_gone)
{
    size_t cut;

    for (cut = 0; cut < 60; cut++) {
        surreal_auth root = surreal_auth_root("u", "p");
        script s;
        vault v;
        surreal *db;

        vault_start(&s, &v);
        s.options.pass = "p";
        s.answer = answer_secret_tokens;
        if (cut) s.cut = SCRIPT_PIECES, s.cut_len = cut;
        db = script_open(&s);
        CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
        CHECK_INT(vault_scan(&v), 2); /* access and refresh */
        CHECK_STATUS(surreal_refresh(db), SURREAL_OK);
        CHECK_INT(vault_scan(&v), 2);
        CHECK_STATUS(surreal_revoke(db), SURREAL_OK);
        CHECK_INT(vault_scan(&v), 1);
        CHECK_STATUS(surreal_authenticate(db, SECRET), SURREAL_OK);
        CHECK_INT(vault_scan(&v), 1);
        CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
        CHECK_INT(vault_scan(&v), 2);
        CHECK_STATUS(surreal_invalidate(db), SURREAL_OK);
        CHECK_INT(vault_scan(&v), 0);
        CHECK_STATUS(surreal_signin(db, &root), SURREAL_OK);
        vault_end(&s, &v, db);
        if (test_failed_checks) {
            TEST_FAIL("in pieces of %zu", cut);
            return;
        }
    }
}

/* Bearer keys and variables of record users are secrets as passwords are. */
TEST(test_keys_and_variables_are_gone_once_they_were_used)
{
    surreal_bind vars[1];
    surreal_vars list = {NULL, 1};
    int kind;

    vars[0] = surreal_bind_text("pass", SECRET);
    list.v = vars;
    for (kind = 0; kind < 4; kind++) {
        surreal_auth auth =
            kind ? surreal_auth_record("n", "d", "door", list)
                 : surreal_auth_bearer("n", "d", "api", SECRET);
        script s;
        vault v;
        surreal *db;

        vault_start(&s, &v);
        s.options.pass = "p";
        db = script_open(&s);
        if (kind < 2) CHECK_STATUS(surreal_signin(db, &auth), SURREAL_OK);
        if (kind == 2) surreal_signup(db, &auth);
        if (kind == 3) {
            setup_method = "signin";
            setup_code = -32000;
            setup_kind = NULL;
            setup_text = "There was a problem with authentication";
            s.answer = answer_setup_error;
            CHECK_STATUS(surreal_signin(db, &auth), SURREAL_ERR_AUTH);
        }
        CHECK_INT(vault_scan(&v), 0);
        vault_end(&s, &v, db);
    }
}

/* Answers a query without repeating it. */
static void
answer_quietly(script *s, const script_request *rq)
{
    if (script_is(rq, "query")) {
        script_result_none(s, rq->id);
    } else {
        script_answer(s, rq);
    }
}

/* A struct with a @secret in it: neither the parameters nor what was sent
 * stays in memory. */
TEST(test_secrets_of_a_struct_are_wiped_after_sending)
{
    typedef struct row {
        uint64_t set_[1];
        uint64_t mark_[1];
        surreal_str pass;
    } row;
    static const uint64_t required[1] = {0};
    static const char pool[] = "\x64" "pass" "\0\0\0\0\0\0\0\0"
                               "\0\0\0\0\0\0\0\0";
    surreal_field_desc field;
    surreal_model model;
    script s;
    vault v;
    surreal *db;
    row r;

    memset(&field, 0, sizeof field);
    memset(&model, 0, sizeof model);
    field.offset = (uint32_t)offsetof(row, pass);
    field.key_len = 5;
    field.sub = SURREAL_NO_SUB;
    field.member = SURREAL_MEMBER_STRING;
    model.name = "person";
    model.fields = &field;
    model.pool = pool;
    model.required = required;
    model.size = sizeof(row);
    model.count = model.words = model.mark_at = 1;
    field.flags = SURREAL_FIELD_SECRET;
    model.flags = SURREAL_MODEL_SECRET;
    vault_start(&s, &v);
    s.options.pass = "p";
    db = script_open(&s);
    s.answer = answer_quietly;
    memset(&r, 0, sizeof r);
    r.pass = surreal_text(SECRET);
    surreal_bit_set(r.set_, 0);
    surreal_model_create(db, &model, &r, NULL, NULL);
    CHECK_INT(s.requests, 4);
    CHECK_INT(vault_scan(&v), 0);
    vault_end(&s, &v, db);
}

/* The answer to a sign-in nobody waits for any more. */
TEST(test_late_token_is_wiped)
{
    surreal_bytes none = {NULL, 0};
    script s;
    vault v;
    surreal *db;

    vault_start(&s, &v);
    s.options.pass = "p";
    s.options.timeout_ms = 10;
    db = script_open(&s);
    s.mute = true;
    /* By name, so that the session is not in doubt when it runs out of time,
     * for which the connection would be given up. */
    CHECK_STATUS(surreal_rpc(db, "signin", none, NULL), SURREAL_ERR_TIMEOUT);
    script_result_text(&s, 1 << 16 | 0, SECRET);
    script_result_text(&s, 2 << 16 | 0, SECRET);
    script_result_text(&s, 7 << 16 | 0, SECRET);
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    CHECK_INT(vault_scan(&v), 0);
    vault_end(&s, &v, db);
}

/* With reconnecting on they are kept, once, and wiped at the end; so they are
 * by a failure, and when the answer is lost half-way. */
TEST(test_secrets_that_are_kept_are_wiped_at_the_end)
{
    int end;

    for (end = 0; end < 4; end++) {
        script s;
        vault v;
        surreal *db;

        vault_start(&s, &v);
        s.answer = end == 1 ? answer_secret_tokens : script_answer;
        db = script_start(&s);
        db->conn->options.reconnect.attempts = 1;
        /* All but the last byte of the answer, which ends in a token. */
        if (end == 2) {
            s.answer = answer_secret_tokens;
            s.cut = SCRIPT_PIECES;
            s.cut_len = 1;
        }
        while (surreal_get_state(db) == SURREAL_CONNECTING &&
               (end != 2 || s.requests < 2 || s.down.len - s.down_at > 1)) {
            surreal_step(db);
        }
        if (end == 2) CHECK(vault_scan(&v) >= 2);
        if (end != 2) CHECK_INT(vault_scan(&v), end == 1 ? 3 : 1);
        db->conn->options.reconnect.attempts = 0;
        if (end == 3) {
            script_close_frame(&s, 1001, "going away");
            CHECK_STATUS(surreal_step(db), SURREAL_ERR_CLOSED);
            CHECK_INT(vault_scan(&v), 0);
        }
        vault_end(&s, &v, db);
    }
}

TEST(test_close_right_after_start_wipes_the_password)
{
    script s;
    vault v;
    surreal *db;

    vault_start(&s, &v);
    db = script_start(&s);
    vault_end(&s, &v, db);
}

/* ---- what is refused before it is sent ----------------------------------- */

TEST(test_use_of_a_database_without_a_namespace_is_not_sent)
{
    script s;
    surreal *db;
    int before;

    script_init(&s);
    s.options.ns = s.options.db = NULL;
    db = script_open(&s);
    before = s.requests;
    CHECK_STATUS(surreal_use(db, NULL, "shop"), SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "shop");
    CHECK_SAYS(surreal_last_error(db), "namespace");
    CHECK_INT(s.requests, before);
    CHECK_STATUS(surreal_use(db, "n", NULL), SURREAL_OK);
    CHECK_STATUS(surreal_use(db, NULL, "shop"), SURREAL_OK);
    CHECK_STATUS(surreal_use(db, NULL, NULL), SURREAL_OK);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_sign_in_of_a_namespace_user_selects_it)
{
    script s;
    surreal *db;

    script_init(&s);
    s.options.ns = s.options.db = NULL;
    s.options.auth_ns = "n";
    db = script_open(&s);
    CHECK_STATUS(surreal_use(db, NULL, "shop"), SURREAL_OK);
    script_end(&s, db);

    script_init(&s);
    s.options.ns = s.options.db = NULL;
    db = script_open(&s);
    CHECK_STATUS(test_signin(db, NULL, "d", "u", "p"), SURREAL_ERR_USAGE);
    CHECK_STATUS(test_signin(db, NULL, NULL, NULL, "p"),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(test_signin(db, "n", NULL, "u", "p"), SURREAL_OK);
    CHECK_STATUS(surreal_use(db, NULL, "shop"), SURREAL_OK);
    script_end(&s, db);
}

static void
never_done(void *user, surreal *db, surreal_status status,
           surreal_result *result, const surreal_error *err)
{
    (void)user, (void)db, (void)status, (void)err;
    surreal_result_free(result);
    TEST_FAIL("called for a request that was not started");
}

/* Start with one variable; it must be refused, unsent, without a callback. */
static void
check_refused(script *s, surreal *db, surreal_bind bind,
              surreal_status status)
{
    int before = s->requests;
    size_t sent = s->up_total;

    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN $v"),
                                     SURREAL_VARS(surreal_bind_int("a", 1),
                                                  bind),
                                     never_done, NULL, NULL), status);
    CHECK_STATUS(surreal_last_error(db)->status, status);
    CHECK_SAYS(surreal_last_error(db), "v");
    CHECK_INT(surreal_pending(db), 0);
    CHECK_STATUS(surreal_query(db, "RETURN $v", SURREAL_VARS(bind), NULL),
                 status);
    surreal_step(db);
    CHECK_INT(s->requests, before);
    CHECK_INT(s->up_total, sent);
}

TEST(test_values_the_server_would_refuse_are_not_sent)
{
    static const uint8_t big[] = {0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t bad[] = {0x61, 0xff};
    static const uint8_t torn[] = {0x82, 0x01};
    surreal_bytes item;
    script s;
    surreal *db = open_with(&s, script_answer);

    item.ptr = big;
    item.len = sizeof big;
    check_refused(&s, db, surreal_bind_encoded("v", item),
                  SURREAL_ERR_RANGE);
    item.ptr = bad;
    item.len = sizeof bad;
    check_refused(&s, db, surreal_bind_encoded("v", item), SURREAL_ERR_UTF8);
    item.ptr = torn;
    item.len = sizeof torn;
    check_refused(&s, db, surreal_bind_encoded("v", item), SURREAL_ERR_CBOR);
    check_refused(&s, db, surreal_bind_text("v", "a\xc3"), SURREAL_ERR_UTF8);
    CHECK_STATUS(surreal_query(db, "RETURN '\xff'", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_UTF8);
    CHECK_SAYS(surreal_last_error(db), "query text");
    CHECK_STATUS(surreal_use(db, "\xff", NULL), SURREAL_ERR_UTF8);
    CHECK_STATUS(surreal_rpc(db, "ping", item, NULL), SURREAL_ERR_CBOR);
    check_alive(&s, db);
    script_end(&s, db);
}

static void
answer_watching_text(script *s, const script_request *rq)
{
    if (script_is(rq, "query")) {
        surreal_str text = script_param_text(rq, 0);

        CHECK_MEM(text.ptr, text.len, "RETURN $v", 9);
        CHECK(script_param(rq, 1) && !script_param(rq, 2));
    }
    script_answer(s, rq);
}

TEST(test_values_are_never_part_of_the_query_text)
{
    script s;
    surreal *db = open_with(&s, answer_watching_text);
    surreal_result *r = NULL;

    CHECK_STATUS(surreal_query(db, "RETURN $v",
                               SURREAL_VARS(surreal_bind_text(
                                   "v", "'; REMOVE TABLE person; --")), &r),
                 SURREAL_OK);
    CHECK_STR(surreal_str_at(surreal_statement_value(r, 0), "v").ptr,
              "'; REMOVE TABLE person; --");
    surreal_result_free(r);
    script_end(&s, db);
}

TEST(test_calls_before_the_connection_is_up_would_block)
{
    script s;
    script_end_of end;
    surreal *db;

    script_init(&s);
    s.write_max = 50;
    s.write_gaps = true;
    db = script_start(&s);
    while (surreal_get_state(db) == SURREAL_CONNECTING) {
        CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_WOULD_BLOCK);
        CHECK_INT(end.calls, 0);
        surreal_step(db);
    }
    check_alive(&s, db);
    script_end(&s, db);

    script_init(&s); /* a call that waits waits for that too */
    s.connect_blocks = 5;
    db = script_start(&s);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    script_end(&s, db);

    script_init(&s);
    s.connect_blocks = -1;
    s.options.timeout_ms = 10;
    db = script_start(&s);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_TIMEOUT);
    CHECK_STATUS(surreal_use(db, "n", NULL), SURREAL_ERR_TIMEOUT);
    CHECK_STATUS(test_signin(db, NULL, NULL, "u", "p"),
                 SURREAL_ERR_TIMEOUT);
    script_end(&s, db);
}

/* ---- replies that are late, doubled, nameless or strangers --------------- */

static uint64_t held_ids[8];
static size_t held_count;

/* Remember the ids of queries; answer nothing else than the rest. */
static void
answer_holding_queries(script *s, const script_request *rq)
{
    if (!script_is(rq, "query")) {
        script_answer(s, rq);
    } else if (held_count < 8) {
        held_ids[held_count++] = rq->id;
    }
}

/* The answer to a query that asked for n. */
static void
send_n(script *s, uint64_t id, int64_t n)
{
    srl_buf *b = script_reply(s, id, "result");

    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
    srl_cbor_put_head(b, SRL_CBOR_MAP, 2);
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, "OK");
    srl_cbor_put_key(b, "result");
    srl_cbor_put_head(b, SRL_CBOR_MAP, 1);
    srl_cbor_put_key(b, "n");
    srl_cbor_put_int(b, n);
    script_send(s);
}

TEST(test_late_reply_is_dropped_and_the_next_request_gets_its_own)
{
    script s;
    script_end_of late;
    script_end_of next;
    surreal *db;

    script_init(&s);
    s.answer = answer_holding_queries;
    s.options.timeout_ms = 15;
    held_count = 0;
    db = script_open(&s);
    CHECK_STATUS(script_query(db, 1, &late, NULL), SURREAL_OK);
    drive(db);
    CHECK_INT(late.calls, 1);
    CHECK_STATUS(late.status, SURREAL_ERR_TIMEOUT);
    CHECK_SAYS(&late.error, "no answer");
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);

    CHECK_STATUS(script_query(db, 2, &next, NULL), SURREAL_OK);
    surreal_step(db);
    NEED(held_count == 2);
    CHECK(held_ids[0] != held_ids[1]);
    send_n(&s, held_ids[0], 1111);
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    CHECK_INT(next.calls, 0);
    send_n(&s, held_ids[1], 2222);
    surreal_step(db);
    CHECK_INT(next.calls, 1);
    CHECK_INT(next.n, 2222);
    CHECK_INT(late.calls, 1);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_waiting_call_times_out_and_the_connection_stays)
{
    script s;
    surreal *db;
    surreal_result *r = (surreal_result *)&s;

    script_init(&s);
    s.answer = answer_holding_queries;
    s.options.timeout_ms = 10;
    held_count = 0;
    db = script_open(&s);
    CHECK_STATUS(surreal_query(db, "SLEEP 1h", SURREAL_NO_VARS, &r),
                 SURREAL_ERR_TIMEOUT);
    CHECK(!r);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TIMEOUT);
    /* Nothing is pending: nothing to wait for. */
    CHECK_STATUS(surreal_wait(db, -1), SURREAL_OK);
    CHECK_STATUS(surreal_wait(db, 0), SURREAL_OK);
    send_n(&s, held_ids[0], 1);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_second_reply_with_the_same_id_is_dropped)
{
    script s;
    script_end_of end;
    script_end_of next;
    surreal *db = open_with(&s, answer_holding_queries);

    held_count = 0;
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    send_n(&s, held_ids[0], 10);
    send_n(&s, held_ids[0], 11);
    surreal_step(db);
    CHECK_INT(end.calls, 1);
    CHECK_INT(end.n, 10);
    CHECK_STATUS(script_query(db, 2, &next, NULL), SURREAL_OK);
    surreal_step(db);
    send_n(&s, held_ids[0], 12); /* the slot is used again, the id is not */
    surreal_step(db);
    CHECK_INT(next.calls, 0);
    send_n(&s, held_ids[1], 13);
    surreal_step(db);
    CHECK_INT(next.n, 13);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_reply_with_an_unknown_id_is_dropped)
{
    static const uint64_t ids[] = {0, 1, 0xffff, 0x1ffff, UINT32_MAX,
                                   UINT64_MAX};
    script s;
    script_end_of end;
    surreal *db = open_with(&s, answer_holding_queries);
    size_t i;

    held_count = 0;
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    for (i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (ids[i] != held_ids[0]) send_n(&s, ids[i], 5);
        CHECK_STATUS(surreal_step(db), SURREAL_OK);
        CHECK_INT(end.calls, 0);
    }
    send_n(&s, held_ids[0], 7);
    surreal_step(db);
    CHECK_INT(end.n, 7);
    check_alive(&s, db);
    script_end(&s, db);
}

/* A message without id: { `key`: ... }. */
static srl_buf *
begin_nameless(script *s, const char *key)
{
    s->body.len = 0;
    srl_cbor_put_head(&s->body, SRL_CBOR_MAP, 1);
    srl_cbor_put_key(&s->body, key);
    return &s->body;
}

TEST(test_error_without_id_fails_the_only_request)
{
    script s;
    script_end_of end;
    surreal *db = open_with(&s, answer_holding_queries);

    held_count = 0;
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    script_put_error(begin_nameless(&s, "error"), -32700, NULL,
                     "Parse error");
    script_send(&s);
    surreal_step(db);
    CHECK_INT(end.calls, 1);
    CHECK_STATUS(end.status, SURREAL_ERR_SERVER);
    CHECK_SAYS(&end.error, "Parse error");
    CHECK_INT(end.error.code, -32700);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_error_without_id_and_many_requests_ends_the_connection)
{
    script s;
    script_end_of ends[3];
    surreal *db = open_with(&s, answer_holding_queries);
    size_t i;

    held_count = 0;
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(script_query(db, 1, &ends[i], NULL), SURREAL_OK);
    }
    surreal_step(db);
    script_put_error(begin_nameless(&s, "error"), -32600, NULL,
                     "Invalid Request");
    script_send(&s);
    CHECK_STATUS(surreal_step(db), SURREAL_ERR_REPLY);
    for (i = 0; i < 3; i++) {
        CHECK_INT(ends[i].calls, 1);
        CHECK_STATUS(ends[i].status, SURREAL_ERR_REPLY);
        CHECK_SAYS(&ends[i].error, "Invalid Request");
        CHECK_SAYS(&ends[i].error, "3 requests");
    }
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_REPLY);
    script_end(&s, db);
}

TEST(test_notifications_are_ignored)
{
    script s;
    script_end_of end;
    surreal *db = open_with(&s, answer_holding_queries);

    held_count = 0;
    srl_cbor_put_none(begin_nameless(&s, "result"));
    script_send(&s);
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    script_put_error(begin_nameless(&s, "error"), -32000, NULL, "going");
    script_send(&s); /* an error that can be nobody's */
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    srl_cbor_put_none(begin_nameless(&s, "result"));
    script_send(&s);
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    CHECK_INT(end.calls, 0);
    send_n(&s, held_ids[0], 3);
    surreal_step(db);
    CHECK_INT(end.n, 3);
    script_end(&s, db);
}

static const char *bad_item;
static size_t bad_len;

static void
answer_bad_item(script *s, const script_request *rq)
{
    if (script_is(rq, "query")) {
        srl_buf_put(script_reply(s, rq->id, "result"), bad_item, bad_len);
        script_send(s);
    } else {
        script_answer(s, rq);
    }
}

TEST(test_answer_of_the_wrong_shape_fails_its_request_only)
{
    static const struct {
        const char *item;
        size_t len;
        const char *says;
    } cases[] = {
        {"\x01", 1, "array"},
        {"\x9f\xff", 2, "array"},
        {"\xa0", 1, "array"},
        {"\x81\x01", 2, "statement's answer"},
        {"\x81\xa0", 2, "no status or no result"},
        {"\x81\xa1\x66status\x62OK", 12, "no status or no result"},
        {"\x82\xa2\x66status\x62OK\x66result\x01\xa0", 21, "no status"},
        {"\x81\xa2\x66status\x01\x66result\x01", 18, "no status"},
        /* Sixty rows of one byte: more than could be rows. */
        {"\x98\x3c"
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 2 + 30 + 45,
         "more statements"},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        script s;
        surreal *db = open_with(&s, answer_bad_item);
        surreal_result *r = NULL;

        bad_item = cases[i].item;
        bad_len = cases[i].len;
        CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, &r),
                     SURREAL_ERR_REPLY);
        CHECK(!r);
        CHECK_SAYS(surreal_last_error(db), cases[i].says);
        check_alive(&s, db);
        script_end(&s, db);
    }
}

TEST(test_no_statements_are_no_rows)
{
    script s;
    surreal *db = open_with(&s, answer_bad_item);
    surreal_result *r = NULL;
    surreal_value row;

    bad_item = "\x80";
    bad_len = 1;
    CHECK_STATUS(surreal_query(db, "-- nothing", SURREAL_NO_VARS, &r),
                 SURREAL_OK);
    CHECK(r != NULL);
    CHECK_INT(surreal_statements(r), 0);
    CHECK_STATUS(surreal_one(r, 0, &row), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_value_kind(surreal_rows(r, 0)), SURREAL_ABSENT);
    surreal_result_free(r);
    script_end(&s, db);
}

/* ---- statements and their cause ------------------------------------------ */

#define FAILED_TX "The query was not executed due to a failed transaction"
#define CANCELLED_TX "The query was not executed due to a cancelled transaction"
#define RETRY "This transaction can be retried"
#define NOT_RUN "Query/NotExecuted"

typedef struct rows_case {
    int major;
    script_row rows[5];
    size_t count;
    surreal_status status;
    int cause; /* statement, -1: none */
    const char *says;
} rows_case;

static const rows_case rows_cases[] = {
    {3, {{0, 0, 0}, {0, 0, 1}, {0, 0, 0}}, 3, SURREAL_OK, -1, ""},
    {3, {{0, 0, 0}, {FAILED_TX, NOT_RUN, 0},
         {"Database record `t:1` already exists", "AlreadyExists/Record", 0},
         {CANCELLED_TX, "Query/Cancelled", 0}},
     4, SURREAL_ERR_EXISTS, 2, "t:1"},
    {3, {{0, 0, 0}, {FAILED_TX, NOT_RUN, 0},
         {"An error occurred: boom", "Thrown", 0},
         {"Cannot COMMIT: the transaction was aborted due to a prior error",
          NOT_RUN, 0}},
     4, SURREAL_ERR_THROWN, 2, "An error occurred: boom"},
    {2, {{FAILED_TX, 0, 0}, {"Database record `t:1` already exists", 0, 0},
         {FAILED_TX, 0, 0}}, 3, SURREAL_ERR_EXISTS, 1, "t:1"},
    {2, {{FAILED_TX, 0, 0}, {"An error occurred: already exists", 0, 0}},
     2, SURREAL_ERR_THROWN, 1, "already exists"},
    {3, {{0, 0, 0}, {CANCELLED_TX, "Query/Cancelled", 0}, {0, 0, 0}}, 3,
     SURREAL_ERR_STATEMENT, 1, CANCELLED_TX},
    {2, {{CANCELLED_TX, 0, 0}, {CANCELLED_TX, 0, 0}}, 2,
     SURREAL_ERR_STATEMENT, 0, CANCELLED_TX},
    {3, {{0, 0, 0}, {"Missing COMMIT statement", "Internal", 0}}, 2,
     SURREAL_ERR_STATEMENT, 1, "Missing COMMIT"},
    {2, {{FAILED_TX ". Missing COMMIT statement", 0, 0}}, 1,
     SURREAL_ERR_STATEMENT, 0, "Missing COMMIT"},
    {3, {{0, 0, 0}, {"Query not executed: Transaction conflict: Write "
                     "conflict, retry the transaction. " RETRY, "Internal",
                     0}}, 2, SURREAL_CONFLICT, 1, RETRY},
    {3, {{"Transaction conflict: Resource busy: . " RETRY, NOT_RUN, 0}}, 1,
     SURREAL_CONFLICT, 0, RETRY},
    {3, {{0, 0, 0}, {FAILED_TX, NOT_RUN, 0},
         {"Cannot COMMIT: Transaction conflict: x",
          "Query/TransactionConflict", 0}}, 3, SURREAL_CONFLICT, 2, "x"},
    {2, {{FAILED_TX ". Failed to commit transaction due to a read or write "
          "conflict. " RETRY, 0, 0}, {FAILED_TX, 0, 0}}, 2, SURREAL_CONFLICT,
     0, RETRY},
    {3, {{0, 0, 5}, {"The table 'x' does not exist", "NotFound/Table", 0},
         {0, 0, 6}, {"An error occurred: no", "Thrown", 0}}, 4,
     SURREAL_ERR_UNDEFINED, 1, "'x'"},
    {2, {{"The table 'x' does not exist", 0, 0}, {0, 0, 6}}, 2,
     SURREAL_ERR_UNDEFINED, 0, "'x'"},
    {3, {{"Error while processing event e: An error occurred: boom",
          "Internal", 0}}, 1, SURREAL_ERR_THROWN, 0, "boom"},
    {3, {{"The query was not executed because it exceeded the timeout",
          "Query/TimedOut", 0}}, 1, SURREAL_ERR_QUERY_TIMEOUT, 0, "timeout"},
    {2, {{"The query was not executed because it exceeded the timeout", 0,
          0}}, 1, SURREAL_ERR_QUERY_TIMEOUT, 0, "timeout"},
    {3, {{"IAM error: Not enough permissions to perform this action",
          "NotAllowed/Auth/NotAllowed", 0}}, 1, SURREAL_ERR_DENIED, 0, "IAM"},
    {2, {{"IAM error: Not enough permissions to perform this action", 0, 0}},
     1, SURREAL_ERR_DENIED, 0, "IAM"},
    {3, {{"Database index `i` already contains 'a', with record `t:1`",
          "Internal", 0}}, 1, SURREAL_ERR_EXISTS, 0, "already contains"},
    {3, {{"Something new", "NewKind/NewDetail", 0}}, 1,
     SURREAL_ERR_STATEMENT, 0, "Something new"},
};

static const rows_case *rows_now;

static void
answer_rows(script *s, const script_request *rq)
{
    if (script_is(rq, "query")) {
        script_rows(s, rq->id, rows_now->rows, rows_now->count);
    } else {
        script_answer(s, rq);
    }
}

static void
check_rows(const rows_case *c, surreal_result *r)
{
    size_t i;

    CHECK_INT(surreal_statements(r), c->count);
    for (i = 0; i < c->count; i++) {
        bool failed = c->rows[i].error != NULL;
        const surreal_error *err = surreal_statement_error(r, i);
        surreal_duration time = surreal_statement_time(r, i);
        surreal_value row;
        int64_t n = -1;
        surreal_str text = {NULL, 0};

        CHECK((surreal_statement_status(r, i) != SURREAL_OK) == failed);
        CHECK((err != NULL) == failed);
        CHECK(time.sec == 0 && time.nsec == 50034);
        if (!failed) {
            surreal_get_int(surreal_statement_value(r, i), &n);
            CHECK_INT(n, c->rows[i].value);
            continue;
        }
        CHECK_INT(err->statement, i);
        CHECK_STATUS(err->status, surreal_statement_status(r, i));
        CHECK_STATUS(surreal_one(r, i, &row), err->status);
        CHECK_STR(err->message, c->rows[i].error);
        surreal_get_str(surreal_statement_value(r, i), &text);
        CHECK_STR(text.ptr, c->rows[i].error);
        CHECK_INT(surreal_value_kind(surreal_rows(r, i)), SURREAL_ABSENT);
    }
    CHECK(!surreal_statement_error(r, c->count));
    CHECK_STATUS(surreal_statement_status(r, c->count), SURREAL_ERR_USAGE);
}

TEST(test_the_cause_is_found_behind_what_was_not_executed)
{
    size_t i;

    for (i = 0; i < sizeof rows_cases / sizeof rows_cases[0]; i++) {
        const rows_case *c = &rows_cases[i];
        script s;
        surreal *db;
        surreal_result *r = NULL;

        rows_now = c;
        script_init(&s);
        s.major = c->major;
        s.answer = answer_rows;
        db = script_open(&s);
        CHECK_STATUS(surreal_query(db, "BEGIN", SURREAL_NO_VARS, &r),
                     c->status);
        CHECK(r != NULL);
        check_rows(c, r);
        CHECK((surreal_result_error(r) == NULL) == (c->cause < 0));
        if (c->cause >= 0) {
            CHECK_INT(surreal_result_error(r)->statement, c->cause);
            CHECK_SAYS(surreal_result_error(r), c->says);
            CHECK_SAYS(surreal_last_error(db), c->says);
            CHECK_INT(surreal_last_error(db)->statement, c->cause);
            CHECK_STATUS(surreal_last_error(db)->status, c->status);
        }
        check_alive(&s, db);
        surreal_result_free(r);
        script_end(&s, db);
        if (test_failed_checks) {
            TEST_FAIL("rows case %zu", i);
            return;
        }
    }
}

/* ---- errors of whole requests -------------------------------------------- */

typedef struct error_case {
    int major;
    int64_t code;
    const char *kind;
    const char *text;
    surreal_status status;
} error_case;

#define WRAP "There was a problem with the database: "
#define AUTH "There was a problem with authentication"

static const error_case error_cases[] = {
    {2, -32700, 0, "Parse error", SURREAL_ERR_SERVER},
    {2, -32600, 0, "Invalid Request", SURREAL_ERR_SERVER},
    {2, -32601, 0, "Method not found", SURREAL_ERR_METHOD},
    {2, -32602, 0, "Invalid params", SURREAL_ERR_SERVER},
    {2, -32603, 0, "Internal error", SURREAL_ERR_SERVER},
    {2, -32000, 0, "Method not allowed", SURREAL_ERR_SERVER},
    {2, -32000, 0, WRAP AUTH, SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "Parse error: Unexpected token", SURREAL_ERR_QUERY},
    {2, -32000, 0, WRAP "The table 'x' does not exist",
     SURREAL_ERR_UNDEFINED},
    {2, -32000, 0, WRAP "Database record `t:1` already exists",
     SURREAL_ERR_EXISTS},
    {2, -32000, 0, WRAP "IAM error: Not enough permissions to perform this "
     "action", SURREAL_ERR_DENIED},
    {2, -32000, 0, WRAP "An error occurred: " AUTH, SURREAL_ERR_THROWN},
    /* What the server quotes is data and decides nothing. */
    {2, -32000, 0, WRAP "Found 'This transaction can be retried' for field "
     "`email`, with record `u:1`, but field must conform to: $value > 1",
     SURREAL_ERR_SERVER},
    {2, -32000, 0, WRAP "Expected a int but cannot convert 'x already exists' "
     "into a int", SURREAL_ERR_SERVER},
    {3, -32000, "Internal", "Found 'IAM error: x' for field `e`, with record "
     "`u:1`, but field must conform to: false", SURREAL_ERR_SERVER},
    {3, -32000, "Internal", "Could not cast into `int` using input 'This "
     "transaction can be retried", SURREAL_ERR_SERVER},
    {2, -32000, 0, WRAP FAILED_TX ". " RETRY, SURREAL_CONFLICT},
    {2, -32000, 0, WRAP "Username or Password was not provided",
     SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "No signin target to either SC or DB or NS or KV",
     SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "There was a problem with signing up",
     SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "The token has expired", SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "The session has expired", SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "The access method does not exist",
     SURREAL_ERR_AUTH},
    {2, -32000, 0, WRAP "No record was returned", SURREAL_ERR_AUTH},
    {2, -32000, 0, "The server is gracefully shutting down",
     SURREAL_ERR_SERVER},
    {3, -32700, "Validation/Parse", "Parse error", SURREAL_ERR_SERVER},
    {3, -32600, "Validation/NamespaceEmpty", "Specify a namespace to use",
     SURREAL_ERR_SERVER},
    {3, -32603, "Validation/InvalidParams", "Expected (ns, db)",
     SURREAL_ERR_SERVER},
    {3, -32000, "Validation", "Parse error: Unexpected token\n --> [1:8]\n",
     SURREAL_ERR_QUERY},
    {3, -32601, "NotFound/Method", "Method not found", SURREAL_ERR_METHOD},
    {3, -32000, "NotFound/Session", "Session not found: x",
     SURREAL_ERR_UNDEFINED},
    {3, -32000, "NotFound/Table", "The table 'x' does not exist",
     SURREAL_ERR_UNDEFINED},
    {3, -32602, "NotAllowed/Method", "Method not allowed",
     SURREAL_ERR_DENIED},
    {3, -32602, "NotAllowed/Function", "Function x is not allowed",
     SURREAL_ERR_DENIED},
    {3, -32002, "NotAllowed/Auth/InvalidAuth", AUTH, SURREAL_ERR_AUTH},
    {3, -32002, "NotAllowed/Auth/TokenExpired", "The token has expired",
     SURREAL_ERR_AUTH},
    {3, -32000, "NotAllowed/Auth/SessionExpired", "The session has expired",
     SURREAL_ERR_AUTH},
    {3, -32002, "NotAllowed/Auth/MissingUserOrPass", "Username or Password "
     "was not provided", SURREAL_ERR_AUTH},
    {3, -32002, "NotAllowed/Auth/NotAllowed", "IAM error: Not enough "
     "permissions to perform this action", SURREAL_ERR_DENIED},
    {3, -32000, "Internal", "InvalidToken", SURREAL_ERR_AUTH},
    {3, -32000, "AlreadyExists/Record", "Database record `person:1` already "
     "exists", SURREAL_ERR_EXISTS},
    {3, -32604, "Configuration/LiveQueryNotSupported", "No live queries",
     SURREAL_ERR_SERVER},
    {3, -32003, NOT_RUN, FAILED_TX, SURREAL_ERR_SERVER},
    {3, -32003, NOT_RUN, "Transaction conflict: Write conflict, retry the "
     "transaction. " RETRY, SURREAL_CONFLICT},
    {3, -32004, "Query/TimedOut", "exceeded", SURREAL_ERR_QUERY_TIMEOUT},
    {3, -32005, "Query/Cancelled", CANCELLED_TX, SURREAL_ERR_SERVER},
    {3, -32009, "Query/TransactionConflict", "conflict", SURREAL_CONFLICT},
    {3, -32006, "Thrown", "An error occurred: " AUTH, SURREAL_ERR_THROWN},
    {3, -32007, "Serialization/Serialization", "no closures",
     SURREAL_ERR_SERVER},
    {3, -32000, "Internal", "Something else", SURREAL_ERR_SERVER},
    {3, -32000, "Unheard/Of", "Something else", SURREAL_ERR_SERVER},
    {3, -32602, NULL, "Not allowed by the old form", SURREAL_ERR_DENIED},
    {3, -32603, NULL, "Invalid params by the old form", SURREAL_ERR_SERVER},
};

static const error_case *error_now;

static void
answer_error(script *s, const script_request *rq)
{
    if (script_is(rq, "query")) {
        script_error(s, rq->id, error_now->code, error_now->kind,
                     error_now->text);
    } else {
        script_answer(s, rq);
    }
}

TEST(test_errors_of_both_majors_have_their_status)
{
    size_t i;

    for (i = 0; i < sizeof error_cases / sizeof error_cases[0]; i++) {
        const error_case *c = &error_cases[i];
        const char *text = c->text;
        const char *rest = c->kind ? strchr(c->kind, '/') : NULL;
        script s;
        surreal *db;
        surreal_result *r = NULL;

        if (!strncmp(text, WRAP, strlen(WRAP))) text += strlen(WRAP);
        error_now = c;
        script_init(&s);
        s.major = c->major;
        s.answer = answer_error;
        db = script_open(&s);
        CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, &r),
                     c->status);
        CHECK(!r);
        CHECK_INT(surreal_last_error(db)->code, c->code);
        CHECK_STR(surreal_last_error(db)->message, text);
        CHECK_INT(surreal_last_error(db)->statement, -1);
        CHECK_STR(surreal_last_error(db)->detail, rest ? rest + 1 : "");
        CHECK(!c->kind || !strncmp(surreal_last_error(db)->kind, c->kind,
                                   strcspn(c->kind, "/")));
        check_alive(&s, db);
        script_end(&s, db);
        if (test_failed_checks) {
            TEST_FAIL("error case %zu", i);
            return;
        }
    }
}

static const char *odd_error;
static size_t odd_len;

static void
answer_odd_error(script *s, const script_request *rq)
{
    if (script_is(rq, "query")) {
        srl_buf_put(script_reply(s, rq->id, "error"), odd_error, odd_len);
        script_send(s);
    } else {
        script_answer(s, rq);
    }
}

TEST(test_error_objects_of_odd_shape_do_no_harm)
{
    static const struct {
        const char *item;
        size_t len;
        surreal_status status;
    } cases[] = {
        {"\x01", 1, SURREAL_ERR_REPLY},
        {"\x63text", 4, SURREAL_ERR_REPLY},
        {"\xa0", 1, SURREAL_ERR_SERVER},
        {"\xa1\x64" "code\x63" "abc", 10, SURREAL_ERR_SERVER},
        {"\xa1\x64" "code\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 15,
         SURREAL_ERR_SERVER},
        {"\xa1\x67message\x01", 10, SURREAL_ERR_SERVER},
        {"\xa1\x67message\x7f\x61" "a\xff", 13, SURREAL_ERR_SERVER},
        {"\xa1\x67" "details\x81\x01", 11, SURREAL_ERR_SERVER},
        {"\xa1\x67" "details\xa1\x64kind\x01", 16, SURREAL_ERR_SERVER},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        script s;
        surreal *db = open_with(&s, answer_odd_error);

        odd_error = cases[i].item;
        odd_len = cases[i].len;
        CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                     cases[i].status);
        check_alive(&s, db);
        script_end(&s, db);
        if (test_failed_checks) {
            TEST_FAIL("odd error %zu", i);
            return;
        }
    }
}

TEST(test_long_error_texts_are_cut_and_marked)
{
    char text[3000];
    error_case c = {3, -32000, "Internal", NULL, SURREAL_ERR_SERVER};
    script s;
    surreal *db;

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    c.text = text;
    error_now = &c;
    db = open_with(&s, answer_error);
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_SERVER);
    CHECK_SAYS(surreal_last_error(db), "x...");
    CHECK(strlen(surreal_last_error(db)->message) <
          sizeof surreal_last_error(db)->message);
    script_end(&s, db);
}

/* ---- cancel -------------------------------------------------------------- */

TEST(test_cancelled_request_ends_once_and_its_reply_is_dropped)
{
    script s;
    script_end_of ends[3];
    surreal_request *rq[3];
    surreal *db = open_with(&s, answer_holding_queries);
    size_t i;

    held_count = 0;
    for (i = 0; i < 3; i++) {
        CHECK_STATUS(script_query(db, 1, &ends[i], &rq[i]), SURREAL_OK);
    }
    surreal_step(db);
    surreal_cancel(db, rq[1]);
    CHECK_INT(ends[1].calls, 1); /* before surreal_cancel returned */
    CHECK_STATUS(ends[1].status, SURREAL_ERR_CANCELLED);
    CHECK_SAYS(&ends[1].error, "cancelled");
    CHECK_INT(surreal_pending(db), 2);
    surreal_cancel(db, NULL);
    for (i = 0; i < 3; i++) {
        send_n(&s, held_ids[i], (int64_t)i);
    }
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    CHECK_INT(ends[0].n, 0);
    CHECK_INT(ends[2].n, 2);
    CHECK_INT(ends[0].calls + ends[1].calls + ends[2].calls, 3);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_cancel_before_anything_was_sent)
{
    script s;
    script_end_of end;
    surreal_request *rq = NULL;
    surreal *db = open_with(&s, script_answer);

    s.write_blocked = true;
    CHECK_STATUS(script_query(db, 1, &end, &rq), SURREAL_OK);
    surreal_cancel(db, rq);
    CHECK_STATUS(end.status, SURREAL_ERR_CANCELLED);
    s.write_blocked = false;
    check_alive(&s, db);
    CHECK_INT(end.calls, 1);
    script_end(&s, db);
}

/* ---- what callbacks may do ----------------------------------------------- */

typedef enum act {
    ACT_NONE = 0,
    ACT_CLOSE,
    ACT_CANCEL_OTHER,
    ACT_CANCEL_SELF_AND_NEW,
    ACT_START,
    ACT_CALL,
    ACT_CALL_THAT_CLOSES,
    ACT_STEP,
    ACT_WAIT,
    ACT_LAST
} act;

typedef struct actor {
    act what;
    int calls;
    surreal_status status;
    surreal_request *self;
    surreal_request *other;
    script_end_of extra; /* a request it started */
    bool has_extra;
    surreal_status start_status;
    surreal_status call_status;
} actor;

/* The test itself is closing: other requests are still to be ended. */
static bool act_in_close;

static void act_close(void *user, surreal *db, surreal_status status,
                      surreal_result *result, const surreal_error *err);

static void
act_call(actor *a, surreal *db)
{
    surreal_result *r = NULL;
    int64_t n = 0;

    a->call_status = surreal_query(
        db, "RETURN $n", SURREAL_VARS(surreal_bind_int("n", 77)), &r);
    if (a->call_status == SURREAL_OK) {
        surreal_get_int(surreal_field(surreal_statement_value(r, 0), "n"),
                        &n);
        CHECK_INT(n, 77);
    }
    CHECK((r != NULL) == (a->call_status == SURREAL_OK));
    surreal_result_free(r);
}

static void
act_done(void *user, surreal *db, surreal_status status,
         surreal_result *result, const surreal_error *err)
{
    actor *a = (actor *)user;

    a->calls++;
    a->status = status;
    CHECK((status != SURREAL_OK) == (err != NULL));
    surreal_result_free(result);
    switch (a->what) {
    case ACT_CLOSE:
        surreal_close(db);
        surreal_close(db); /* harmless until the callback has returned */
        CHECK_INT(surreal_get_state(db), SURREAL_CLOSED);
        CHECK_STATUS(surreal_ping(db), SURREAL_ERR_CLOSED);
        CHECK_STATUS(surreal_step(db), SURREAL_ERR_CLOSED);
        if (!act_in_close) CHECK_INT(surreal_pending(db), 0);
        break;
    case ACT_CANCEL_OTHER: surreal_cancel(db, a->other); break;
    case ACT_CANCEL_SELF_AND_NEW:
        a->has_extra = script_query(db, 55, &a->extra, NULL) == SURREAL_OK;
        surreal_cancel(db, a->self); /* must not hit the new one */
        break;
    case ACT_START:
        a->start_status = script_query(db, 55, &a->extra, NULL);
        a->has_extra = a->start_status == SURREAL_OK;
        break;
    case ACT_CALL: act_call(a, db); break;
    case ACT_CALL_THAT_CLOSES:
        /* The request started here closes; the call below is under way. */
        a->has_extra = false;
        surreal_query_start(db, SURREAL_LIT("RETURN 1"), SURREAL_NO_VARS,
                            act_close, NULL, NULL);
        act_call(a, db);
        break;
    case ACT_STEP: surreal_step(db); break;
    case ACT_WAIT: surreal_wait(db, 1); break;
    default: break;
    }
    if (err) CHECK_STATUS(err->status, status); /* still valid */
}

static void
act_close(void *user, surreal *db, surreal_status status,
          surreal_result *result, const surreal_error *err)
{
    (void)user, (void)status, (void)err;
    surreal_result_free(result);
    surreal_close(db);
}

/* How the request with the acting callback ends. */
typedef enum end_kind {
    END_OK = 0,
    END_ERROR,
    END_ROW_ERROR,
    END_BAD_ANSWER,
    END_NAMELESS,
    END_TIMEOUT,
    END_CANCEL,
    END_EOF,
    END_GARBAGE,
    END_CLOSE_FRAME,
    END_SURREAL_CLOSE,
    END_LAST
} end_kind;

static end_kind end_now;

static void
answer_ending(script *s, const script_request *rq)
{
    static const script_row failed = {"An error occurred: no", NULL, 0};

    if (!script_is(rq, "query") || s->queries > 1) {
        script_answer(s, rq);
        return;
    }
    switch (end_now) {
    case END_OK: script_answer(s, rq); break;
    case END_ERROR: script_error(s, rq->id, -32000, NULL, "no"); break;
    case END_ROW_ERROR: script_rows(s, rq->id, &failed, 1); break;
    case END_BAD_ANSWER: script_result_text(s, rq->id, "?"); break;
    case END_NAMELESS:
        script_put_error(begin_nameless(s, "error"), -32700, NULL, "no");
        script_send(s);
        break;
    case END_EOF:
        s->read_fail = SURREAL_ERR_CLOSED;
        s->read_fail_at = s->down.len;
        break;
    case END_GARBAGE: script_raw(s, "garbage!", 8); break;
    case END_CLOSE_FRAME: script_close_frame(s, 1001, "bye"); break;
    default: break;
    }
}

/* True if the connection is gone when the request has ended this way. */
static bool
end_is_final(end_kind end)
{
    return end == END_EOF || end == END_GARBAGE || end == END_CLOSE_FRAME ||
           end == END_SURREAL_CLOSE;
}

static void
check_act(end_kind end, act what)
{
    script s;
    surreal *db;
    actor a;
    script_end_of other;
    bool is_open;

    memset(&a, 0, sizeof a);
    end_now = end;
    script_init(&s);
    s.answer = answer_ending;
    s.options.timeout_ms = end == END_TIMEOUT ? 5 : 2000;
    db = script_open(&s);
    a.what = what;
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, act_done, &a, &a.self),
                 SURREAL_OK);
    memset(&other, 0, sizeof other);
    if (end != END_NAMELESS) script_query(db, 2, &other, &a.other);
    if (end == END_CANCEL) surreal_cancel(db, a.self);
    is_open = end != END_SURREAL_CLOSE;
    act_in_close = !is_open;
    if (!is_open) surreal_close(db);
    while (is_open && !a.calls) {
        surreal_step(db);
    }
    CHECK_INT(a.calls, 1);
    CHECK((a.status == SURREAL_OK) == (end == END_OK));
    if (what == ACT_CLOSE) is_open = false;
    if (what == ACT_CALL_THAT_CLOSES && !end_is_final(end)) is_open = false;
    if (what == ACT_CALL_THAT_CLOSES) {
        CHECK(surreal_status_class(a.call_status) == SURREAL_CLASS_CLOSED ||
              end_is_final(end));
    } else if (what == ACT_CALL) {
        CHECK((a.call_status == SURREAL_OK) == !end_is_final(end));
    }
    if (is_open) {
        drive(db);
        if (!end_is_final(end)) check_alive(&s, db);
    }
    if (end != END_NAMELESS) CHECK_INT(other.calls, 1);
    if (a.has_extra) {
        CHECK_INT(a.extra.calls, 1);
        if (what == ACT_CANCEL_SELF_AND_NEW) CHECK_INT(a.extra.n, 55);
    }
    if (end_is_final(end)) CHECK(!a.has_extra);
    script_end(&s, is_open ? db : NULL);
}

TEST(test_callbacks_may_do_anything_however_their_request_ended)
{
    int end;
    int what;

    for (end = 0; end < END_LAST; end++) {
        for (what = 0; what < ACT_LAST; what++) {
            check_act((end_kind)end, (act)what);
            if (test_failed_checks) {
                TEST_FAIL("request end %d, act %d", end, what);
                return;
            }
        }
    }
}

static void
close_inside(void *user, surreal *db, surreal_status status,
             surreal_result *result, const surreal_error *err)
{
    (void)status, (void)err;
    *(int *)user += 1;
    surreal_result_free(result);
    surreal_close(db);
}

TEST(test_close_inside_a_waiting_call_ends_it)
{
    script s;
    surreal *db = open_with(&s, script_answer);
    surreal_result *r = NULL;
    int calls = 0;

    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, close_inside, &calls,
                                     NULL), SURREAL_OK);
    CHECK_STATUS(surreal_query(db, "RETURN 2", SURREAL_NO_VARS, &r),
                 SURREAL_ERR_CLOSED);
    CHECK(!r);
    CHECK_INT(calls, 1);
    script_end(&s, NULL);

    db = open_with(&s, script_answer);
    surreal_query_start(db, SURREAL_LIT("RETURN 1"), SURREAL_NO_VARS,
                        close_inside, &calls, NULL);
    CHECK_STATUS(surreal_use(db, "n", NULL), SURREAL_ERR_CLOSED);
    script_end(&s, NULL);

    db = open_with(&s, script_answer);
    surreal_query_start(db, SURREAL_LIT("RETURN 1"), SURREAL_NO_VARS,
                        close_inside, &calls, NULL);
    CHECK_STATUS(test_signin(db, "n", NULL, "u", "p"),
                 SURREAL_ERR_CLOSED);
    script_end(&s, NULL);

    db = open_with(&s, script_answer);
    surreal_query_start(db, SURREAL_LIT("RETURN 1"), SURREAL_NO_VARS,
                        close_inside, &calls, NULL);
    CHECK_STATUS(surreal_wait(db, 1000), SURREAL_ERR_CLOSED);
    script_end(&s, NULL);
    CHECK_INT(calls, 4);
}

typedef struct nested {
    surreal_status inner;
    int closes;
} nested;

/* Waits inside a callback for an answer that a third request's callback cuts
 * off by closing. */
static void
call_inside(void *user, surreal *db, surreal_status status,
            surreal_result *result, const surreal_error *err)
{
    nested *n = (nested *)user;

    (void)status, (void)err;
    surreal_result_free(result);
    surreal_query_start(db, SURREAL_LIT("RETURN 3"), SURREAL_NO_VARS,
                        close_inside, &n->closes, NULL);
    n->inner = surreal_query(db, "RETURN 4", SURREAL_NO_VARS, NULL);
}

static void
answer_all_but_the_outer(script *s, const script_request *rq)
{
    if (!surreal_str_eq(script_param_text(rq, 0), SURREAL_LIT("RETURN 2"))) {
        script_answer(s, rq);
    }
}

TEST(test_close_inside_a_nested_waiting_call_ends_both)
{
    script s;
    surreal *db = open_with(&s, answer_all_but_the_outer);
    nested n = {SURREAL_OK, 0};

    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, call_inside, &n, NULL),
                 SURREAL_OK);
    CHECK_STATUS(surreal_query(db, "RETURN 2", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_CLOSED);
    CHECK_STATUS(n.inner, SURREAL_ERR_CLOSED);
    CHECK_INT(n.closes, 1);
    script_end(&s, NULL);
}

/* A chain: each callback starts the next request, 1,000 times. */
static void
chain_done(void *user, surreal *db, surreal_status status,
           surreal_result *result, const surreal_error *err)
{
    int *left = (int *)user;

    (void)err;
    CHECK_STATUS(status, SURREAL_OK);
    surreal_result_free(result);
    if (--*left > 0) {
        CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                         SURREAL_NO_VARS, chain_done, user,
                                         NULL), SURREAL_OK);
    }
}

TEST(test_a_callback_may_start_the_next_request)
{
    script s;
    surreal *db = open_with(&s, script_answer);
    size_t held;
    int left = 1000;

    held = s.heap.held;
    surreal_query_start(db, SURREAL_LIT("RETURN 1"), SURREAL_NO_VARS,
                        chain_done, &left, NULL);
    drive(db);
    CHECK_INT(left, 0);
    CHECK_INT(s.heap.held, held); /* slots are used again */
    script_end(&s, db);
}

TEST(test_close_ends_pending_requests_with_closed)
{
    script s;
    script_end_of ends[40];
    surreal *db = open_with(&s, answer_holding_queries);
    size_t i;

    for (i = 0; i < 40; i++) {
        CHECK_STATUS(script_query(db, 1, &ends[i], NULL), SURREAL_OK);
    }
    CHECK_INT(surreal_pending(db), 40);
    script_end(&s, db);
    for (i = 0; i < 40; i++) {
        CHECK_INT(ends[i].calls, 1);
        CHECK_STATUS(ends[i].status, SURREAL_ERR_CLOSED);
    }
}

TEST(test_close_during_every_stage_of_opening)
{
    int steps;

    for (steps = 0; steps < 400; steps++) {
        script s;
        surreal *db;
        int i;

        script_init(&s);
        s.cut = SCRIPT_PIECES;
        s.cut_len = 1;
        s.write_max = 3;
        s.write_gaps = true;
        s.connect_blocks = 2;
        db = script_start(&s);
        for (i = 0; i < steps; i++) {
            surreal_step(db);
        }
        script_end(&s, db);
    }
}

/* ---- many in flight ------------------------------------------------------ */

#define MANY 1000

static uint64_t many_ids[MANY];
static int64_t many_values[MANY];
static size_t many_count;

static void
answer_collecting(script *s, const script_request *rq)
{
    const uint8_t *n;
    srl_cbor_head head;

    if (!script_is(rq, "query") || many_count >= MANY) {
        script_answer(s, rq);
        return;
    }
    n = srl_cbor_find(script_param(rq, 1), SURREAL_LIT("n"));
    srl_cbor_head_at(n, &head);
    many_ids[many_count] = rq->id;
    many_values[many_count++] = (int64_t)head.arg;
}

static void
many_shuffle(uint32_t *seed)
{
    size_t i;

    for (i = MANY; i-- > 1;) {
        size_t j = script_random(seed) % (i + 1);
        uint64_t id = many_ids[i];
        int64_t value = many_values[i];

        many_ids[i] = many_ids[j];
        many_values[i] = many_values[j];
        many_ids[j] = id;
        many_values[j] = value;
    }
}

static void
check_many(uint32_t seed, unsigned cancel_percent)
{
    static script_end_of ends[MANY];
    static surreal_request *rq[MANY];
    static bool cancelled[MANY];
    uint32_t state = seed;
    script s;
    surreal *db = open_with(&s, answer_collecting);
    size_t i;

    many_count = 0;
    s.cut = SCRIPT_RANDOM;
    s.cut_len = 500;
    s.seed = seed;
    for (i = 0; i < MANY; i++) {
        cancelled[i] = false;
        CHECK_STATUS(script_query(db, (int64_t)i * 3 + 1, &ends[i], &rq[i]),
                     SURREAL_OK);
    }
    CHECK_INT(surreal_pending(db), MANY);
    while (many_count < MANY) {
        surreal_step(db);
    }
    many_shuffle(&state);
    for (i = 0; i < MANY; i++) {
        size_t victim = script_random(&state) % MANY;

        send_n(&s, many_ids[i], many_values[i]);
        if (script_random(&state) % 100 < cancel_percent &&
            !ends[victim].calls) {
            surreal_cancel(db, rq[victim]);
            cancelled[victim] = true;
        }
        if (i % 7 == 0) CHECK_STATUS(surreal_step(db), SURREAL_OK);
    }
    drive(db);
    for (i = 0; i < MANY; i++) {
        CHECK_INT(ends[i].calls, 1);
        CHECK_STATUS(ends[i].status, cancelled[i] ? SURREAL_ERR_CANCELLED
                                                  : SURREAL_OK);
        CHECK_INT(ends[i].n, cancelled[i] ? -1 : (int64_t)i * 3 + 1);
    }
    check_alive(&s, db);
    script_end(&s, db);
    if (test_failed_checks) TEST_FAIL("seed %u", (unsigned)seed);
}

TEST(test_a_thousand_in_flight_in_any_order_get_their_own_answers)
{
    uint32_t seed;

    for (seed = 1; seed < 6 && !test_failed_checks; seed++) {
        check_many(seed, 0);
        check_many(seed, 20);
    }
}

TEST(test_deadlines_pass_in_their_order)
{
    script s;
    script_end_of a;
    script_end_of b;
    surreal *db;

    script_init(&s);
    s.answer = answer_holding_queries;
    s.options.ping_ms = -1;
    s.options.timeout_ms = 40;
    held_count = 0;
    db = script_open(&s);
    CHECK_INT(surreal_deadline_ms(db), -1);
    script_query(db, 1, &a, NULL);
    CHECK(surreal_deadline_ms(db) > 0 && surreal_deadline_ms(db) <= 40);
    CHECK_STATUS(surreal_wait(db, 5), SURREAL_ERR_TIMEOUT);
    script_query(db, 2, &b, NULL);
    CHECK_STATUS(surreal_wait(db, 1000), SURREAL_OK);
    CHECK_INT(a.calls, 1);
    CHECK_STATUS(a.status, SURREAL_ERR_TIMEOUT);
    CHECK_INT(b.calls, 0);
    CHECK_STATUS(surreal_wait(db, 1000), SURREAL_OK);
    CHECK_STATUS(b.status, SURREAL_ERR_TIMEOUT);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_a_shorter_deadline_passes_first)
{
    script s;
    script_end_of ends[3];
    surreal *db;

    script_init(&s);
    s.answer = answer_holding_queries;
    held_count = 0;
    db = script_open(&s);
    db->conn->options.timeout_ms = 5000;
    script_query(db, 1, &ends[0], NULL);
    db->conn->options.timeout_ms = 10;
    script_query(db, 1, &ends[1], NULL);
    db->conn->options.timeout_ms = -1;
    script_query(db, 1, &ends[2], NULL);
    CHECK(surreal_deadline_ms(db) <= 10);
    CHECK_STATUS(surreal_wait(db, 2000), SURREAL_OK);
    CHECK_INT(ends[1].calls, 1);
    CHECK_STATUS(ends[1].status, SURREAL_ERR_TIMEOUT);
    CHECK_INT(ends[0].calls + ends[2].calls, 0);
    CHECK(surreal_deadline_ms(db) > 2000);
    script_end(&s, db);
}

TEST(test_more_requests_than_allowed_are_refused)
{
    script s;
    script_end_of end;
    surreal *db = open_with(&s, answer_holding_queries);
    surreal_status status = SURREAL_OK;
    size_t count = 0;

    memset(&end, 0, sizeof end);
    while (status == SURREAL_OK && count <= SURREAL_MAX_PENDING) {
        status = surreal_query_start(db, SURREAL_LIT("R"), SURREAL_NO_VARS,
                                     script_note, &end, NULL);
        if (status == SURREAL_WOULD_BLOCK) {
            surreal_step(db);
            status = SURREAL_OK;
            continue;
        }
        count += status == SURREAL_OK;
    }
    CHECK_STATUS(status, SURREAL_ERR_LIMIT);
    CHECK_INT(count, SURREAL_MAX_PENDING);
    CHECK_SAYS(surreal_last_error(db), "65536 requests");
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    script_end(&s, db);
    CHECK_INT(end.calls, SURREAL_MAX_PENDING);
}

/* ---- back-pressure and memory -------------------------------------------- */

static const char *
blob_of(size_t len)
{
    static char blob[300000];

    memset(blob, 'x', len);
    blob[len] = '\0';
    return blob;
}

static surreal_status
start_blob(surreal *db, size_t len, script_end_of *end)
{
    return surreal_query_start(
        db, SURREAL_LIT("RETURN $n"),
        SURREAL_VARS(surreal_bind_int("n", 1),
                     surreal_bind_str("blob",
                                      surreal_text_of(blob_of(len), len))),
        script_note, end, NULL);
}

TEST(test_blocked_writes_push_back_and_then_flow_again)
{
    script s;
    script_end_of end;
    surreal *db = open_with(&s, script_answer);
    size_t limit = SRL_OUT_HIGH + 2 * 10000;
    surreal_status status = SURREAL_OK;
    int started = 0;

    memset(&end, 0, sizeof end);
    s.write_blocked = true;
    while (status == SURREAL_OK && started < 10000) {
        status = start_blob(db, 10000, &end);
        started += status == SURREAL_OK;
        surreal_step(db);
    }
    CHECK_STATUS(status, SURREAL_WOULD_BLOCK);
    CHECK(started > 50);
    CHECK(db->conn->transport.out.len <= limit);
    CHECK_INT(surreal_wants(db), SURREAL_READ | SURREAL_WRITE);
    CHECK_INT(surreal_pending(db), started);
    s.options.timeout_ms = 20;
    s.write_blocked = false;
    drive(db);
    CHECK_INT(end.calls, started);
    CHECK_STATUS(end.status, SURREAL_OK);
    CHECK_INT(surreal_wants(db), SURREAL_READ);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_waiting_call_waits_for_room_or_times_out)
{
    script s;
    script_end_of end;
    surreal *db;

    script_init(&s);
    s.options.timeout_ms = 20;
    db = script_open(&s);
    memset(&end, 0, sizeof end);
    s.write_blocked = true;
    while (start_blob(db, 200000, &end) == SURREAL_OK) {
        continue;
    }
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_TIMEOUT);
    CHECK_SAYS(surreal_last_error(db), "20 ms");
    s.write_blocked = false;
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    script_end(&s, db);
}

/* Requests keep coming while the queue never runs empty. */
TEST(test_queue_is_bounded_under_steady_partial_writes)
{
    script s;
    script_end_of end;
    surreal *db = open_with(&s, script_answer);
    size_t most = 0;
    size_t len;
    int i;

    memset(&end, 0, sizeof end);
    s.write_budget = 0;
    CHECK_STATUS(start_blob(db, 1000, &end), SURREAL_OK);
    len = db->conn->transport.out.len;
    CHECK_STATUS(start_blob(db, 1000, &end), SURREAL_OK);
    for (i = 0; i < 3000; i++) {
        CHECK_STATUS(start_blob(db, 1000, &end), SURREAL_OK);
        s.write_budget = len;
        surreal_step(db);
        CHECK(srl_transport_has_output(db->conn));
        if (db->conn->transport.out.cap > most) {
            most = db->conn->transport.out.cap;
        }
    }
    CHECK(end.calls > 2900);
    CHECK(most <= 32 << 10);
    s.write_budget = SCRIPT_NEVER;
    drive(db);
    CHECK_STATUS(end.status, SURREAL_OK);
    script_end(&s, db);
}

TEST(test_a_server_that_pings_and_never_reads_is_not_fed)
{
    script s;
    surreal *db = open_with(&s, script_answer);
    int i;

    s.write_blocked = true;
    for (i = 0; i < 30000; i++) {
        script_frame(&s, SCRIPT_PING, blob_of(125), 125);
        if (i % 100 == 0) CHECK_STATUS(surreal_step(db), SURREAL_OK);
    }
    CHECK(db->conn->transport.out.len <= SRL_OUT_HIGH + 200);
    s.write_blocked = false;
    surreal_step(db);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_idle_connection_is_small)
{
    script s;
    surreal *db = open_with(&s, script_answer);
    script_end_of end;

    CHECK(s.heap.held <= 32 << 10);
    memset(&end, 0, sizeof end);
    CHECK_STATUS(start_blob(db, 200000, &end), SURREAL_OK);
    CHECK(s.heap.held > 200000);
    drive(db);
    CHECK_STATUS(end.status, SURREAL_OK);
    if (s.heap.held > 32 << 10) TEST_FAIL("idle: %zu bytes", s.heap.held);
    script_end(&s, db);
}

/* ---- the rest ------------------------------------------------------------ */

TEST(test_calls_on_a_failed_connection_return_its_failure)
{
    script s;
    script_end_of end;
    surreal_result *r = NULL;
    surreal_bytes none = {NULL, 0};
    surreal *db = open_with(&s, script_answer);

    script_close_frame(&s, 1001, "going away");
    CHECK_STATUS(surreal_step(db), SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_step(db), SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_wait(db, 1000), SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_wait(db, -1), SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_ping(db), SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_use(db, "n", "d"), SURREAL_ERR_CLOSED);
    CHECK_STATUS(test_signin(db, NULL, NULL, "u", "p"),
                 SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, &r),
                 SURREAL_ERR_CLOSED);
    CHECK(!r);
    CHECK_STATUS(surreal_rpc(db, "ping", none, NULL), SURREAL_ERR_CLOSED);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_ERR_CLOSED);
    CHECK_INT(end.calls, 0);
    CHECK_SAYS(surreal_last_error(db), "1001: going away");
    CHECK_INT(surreal_fd(db), -1);
    CHECK_INT(surreal_wants(db), 0);
    CHECK_INT(surreal_deadline_ms(db), -1);
    CHECK_INT(surreal_version(db).major, 3);
    script_end(&s, db);
}

TEST(test_rpc_calls_any_method)
{
    script s;
    uint8_t room[64];
    surreal_writer w;
    surreal_bytes params = {NULL, 0};
    surreal_result *r = NULL;
    surreal_str text = {NULL, 0};
    surreal *db = open_with(&s, script_answer);

    CHECK_STATUS(surreal_rpc(db, "version", params, &r), SURREAL_OK);
    CHECK_INT(surreal_statements(r), 1);
    surreal_get_str(surreal_statement_value(r, 0), &text);
    CHECK_STR(text.ptr, "surrealdb-3.0.2");
    CHECK_INT(surreal_result_bytes(r).len, 16);
    surreal_result_free(r);

    CHECK_STATUS(surreal_rpc(db, "nonsense", params, &r),
                 SURREAL_ERR_METHOD);
    CHECK(!r);
    surreal_writer_init(&w, room, sizeof room);
    surreal_put_int(&w, 1);
    surreal_writer_take(&w, &params);
    CHECK_STATUS(surreal_rpc(db, "ping", params, NULL), SURREAL_ERR_USAGE);

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_array(&w);
    surreal_put_text(&w, "RETURN 1");
    surreal_put_object(&w);
    surreal_put_key(&w, "n"), surreal_put_int(&w, 9);
    surreal_put_end(&w);
    surreal_put_end(&w);
    CHECK_STATUS(surreal_writer_take(&w, &params), SURREAL_OK);
    CHECK_STATUS(surreal_rpc(db, "query", params, &r), SURREAL_OK);
    CHECK_INT(surreal_int_at(surreal_statement_value(r, 0), "n"), 9);
    surreal_result_free(r);
    check_alive(&s, db);
    script_end(&s, db);
}

TEST(test_results_outlive_their_connection)
{
    script s;
    surreal *db = open_with(&s, script_answer);
    surreal_result *r = NULL;

    CHECK_STATUS(surreal_query(db, "RETURN $a",
                               SURREAL_VARS(surreal_bind_text("a", "b")), &r),
                 SURREAL_OK);
    surreal_close(db);
    CHECK_STR(surreal_str_at(surreal_statement_value(r, 0), "a").ptr, "b");
    CHECK(surreal_result_alloc(r, 1000) != NULL);
    CHECK_INT(surreal_result_size(r), s.heap.held);
    surreal_result_free(r);
    script_end(&s, NULL);
}

TEST(test_max_memory_bounds_one_result)
{
    script s;
    surreal *db;
    surreal_result *r = NULL;

    script_init(&s);
    s.options.max_memory = 2000;
    db = script_open(&s);
    CHECK_STATUS(surreal_query(db, "RETURN $a",
                               SURREAL_VARS(surreal_bind_int("a", 1)), &r),
                 SURREAL_OK);
    CHECK(surreal_result_size(r) <= 2000);
    CHECK(!surreal_result_alloc(r, 2000));
    surreal_result_free(r);
    CHECK_STATUS(surreal_query(db, "RETURN $a",
                               SURREAL_VARS(surreal_bind_text(
                                   "a", blob_of(3000))), &r),
                 SURREAL_ERR_LIMIT);
    CHECK(!r);
    CHECK_SAYS(surreal_last_error(db), "exceeds the limit");
    script_end(&s, db);
}

/* ---- steps --------------------------------------------------------------- */

static surreal_status
read_flood(void *user, uint8_t *data, size_t len, size_t *done,
           surreal_error *err)
{
    size_t i;

    (void)user;
    (void)err;
    for (i = 0; i + 1 < len; i += 2) {
        data[i] = 0x89; /* a ping without payload */
        data[i + 1] = 0;
    }
    *done = len & ~(size_t)1;
    return SURREAL_OK;
}

/* Input without end must neither hold a step for ever nor stop the clock. */
TEST(test_a_server_that_never_stops_sending_does_not_stop_time)
{
    script s;
    surreal *db;

    script_init(&s);
    s.answer = answer_holding_queries;
    s.options.timeout_ms = 30;
    held_count = 0;
    db = script_open(&s);
    db->conn->transport.stream.read = read_flood;
    CHECK_STATUS(surreal_step(db), SURREAL_OK);
    CHECK_INT(surreal_deadline_ms(db), 0);
    CHECK_STATUS(surreal_query(db, "SLEEP 1h", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_TIMEOUT);
    CHECK_INT(surreal_get_state(db), SURREAL_OPEN);
    script_end(&s, db);
}

static int reads_left;

static surreal_status
read_last_words(void *user, uint8_t *data, size_t len, size_t *done,
                surreal_error *err)
{
    (void)user;
    (void)len;
    if (!reads_left--) {
        return srl_fail(err, SURREAL_ERR_CLOSED, "end of stream");
    }
    data[0] = 0x8a; /* a pong nobody asked for */
    data[1] = 0;
    *done = 2;
    return SURREAL_OK;
}

/* An edge-triggered loop is told once: a step must not stop at a short read
 * when the end of the stream stands behind it. */
TEST(test_a_step_reads_to_the_end_of_the_stream)
{
    script s;
    surreal *db;

    script_init(&s);
    db = script_open(&s);
    db->conn->transport.stream.read = read_last_words;
    reads_left = 1;
    CHECK_STATUS(surreal_step(db), SURREAL_ERR_CLOSED);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    script_end(&s, db);
}

TEST(test_null_arguments_are_refused)
{
    surreal_bytes none = {NULL, 0};
    script s;
    surreal *db;

    script_init(&s);
    db = script_open(&s);
    CHECK_STATUS(surreal_query(db, NULL, SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_rpc(db, NULL, none, NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, NULL, NULL, NULL),
                 SURREAL_ERR_USAGE);
    check_alive(&s, db);
    script_end(&s, db);
    CHECK_STATUS(surreal_query(NULL, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_ping(NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_use(NULL, "a", "b"), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_step(NULL), SURREAL_ERR_USAGE);
    CHECK_STATUS(surreal_wait(NULL, 0), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_fd(NULL), -1);
    CHECK_INT(surreal_wants(NULL), 0);
    CHECK_INT(surreal_pending(NULL), 0);
    CHECK_INT(surreal_version(NULL).major, 0);
    surreal_cancel(NULL, NULL);
}

TEST_MAIN(RUN(test_signin_names_no_more_than_was_given);
    RUN(test_options_that_contradict_are_refused);
    RUN(test_urls_and_options_that_are_wrong_fail_with_a_handle);
    RUN(test_nothing_is_a_valid_argument_where_it_may_be);
    RUN(test_setup_refused_by_the_server_fails_the_connection);
    RUN(test_version_is_read_or_refused);
    RUN(test_the_vault_finds_masked_secrets);
    RUN(test_password_is_gone_once_it_was_used);
    RUN(test_password_is_gone_after_a_queue_that_grew);
    RUN(test_password_is_gone_however_the_sign_in_ends);
    RUN(test_tokens_are_in_one_place_and_then_gone);
    RUN(test_keys_and_variables_are_gone_once_they_were_used);
    RUN(test_secrets_of_a_struct_are_wiped_after_sending);
    RUN(test_late_token_is_wiped);
    RUN(test_secrets_that_are_kept_are_wiped_at_the_end);
    RUN(test_close_right_after_start_wipes_the_password);
    RUN(test_use_of_a_database_without_a_namespace_is_not_sent);
    RUN(test_sign_in_of_a_namespace_user_selects_it);
    RUN(test_values_the_server_would_refuse_are_not_sent);
    RUN(test_values_are_never_part_of_the_query_text);
    RUN(test_calls_before_the_connection_is_up_would_block);
    RUN(test_late_reply_is_dropped_and_the_next_request_gets_its_own);
    RUN(test_waiting_call_times_out_and_the_connection_stays);
    RUN(test_second_reply_with_the_same_id_is_dropped);
    RUN(test_reply_with_an_unknown_id_is_dropped);
    RUN(test_error_without_id_fails_the_only_request);
    RUN(test_error_without_id_and_many_requests_ends_the_connection);
    RUN(test_notifications_are_ignored);
    RUN(test_answer_of_the_wrong_shape_fails_its_request_only);
    RUN(test_no_statements_are_no_rows);
    RUN(test_the_cause_is_found_behind_what_was_not_executed);
    RUN(test_errors_of_both_majors_have_their_status);
    RUN(test_error_objects_of_odd_shape_do_no_harm);
    RUN(test_long_error_texts_are_cut_and_marked);
    RUN(test_cancelled_request_ends_once_and_its_reply_is_dropped);
    RUN(test_cancel_before_anything_was_sent);
    RUN(test_callbacks_may_do_anything_however_their_request_ended);
    RUN(test_close_inside_a_waiting_call_ends_it);
    RUN(test_close_inside_a_nested_waiting_call_ends_both);
    RUN(test_a_callback_may_start_the_next_request);
    RUN(test_close_ends_pending_requests_with_closed);
    RUN(test_close_during_every_stage_of_opening);
    RUN(test_a_thousand_in_flight_in_any_order_get_their_own_answers);
    RUN(test_deadlines_pass_in_their_order);
    RUN(test_a_shorter_deadline_passes_first);
    RUN(test_more_requests_than_allowed_are_refused);
    RUN(test_blocked_writes_push_back_and_then_flow_again);
    RUN(test_waiting_call_waits_for_room_or_times_out);
    RUN(test_queue_is_bounded_under_steady_partial_writes);
    RUN(test_a_server_that_pings_and_never_reads_is_not_fed);
    RUN(test_a_server_that_never_stops_sending_does_not_stop_time);
    RUN(test_a_step_reads_to_the_end_of_the_stream);
    RUN(test_null_arguments_are_refused);
    RUN(test_idle_connection_is_small);
    RUN(test_calls_on_a_failed_connection_return_its_failure);
    RUN(test_rpc_calls_any_method);
    RUN(test_results_outlive_their_connection);
    RUN(test_max_memory_bounds_one_result);)
