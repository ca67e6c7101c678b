/* cc -I. -o build/fault/test_tls_stream tests/fault/test_tls_stream.c -lm \
 *     -lpthread
 *
 * Sessions over TLS on a wire that cuts, blocks, lies and breaks. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/peer.h"
#include "tests/fault/secure.h"

/* ---- one session --------------------------------------------------------- */

#define RIG_MAX 8

/* A wire, and the servers behind it, one for each dial. */
typedef struct rig {
    secure w;
    script s[RIG_MAX];
    int dials;
    char hosts[256]; /* dialled, in order */
    surreal_options options;
    test_heap heap;
    int warnings;
} rig;

static surreal_status
rig_dial(void *user, const char *host, uint16_t port, bool is_secure,
         surreal_stream *out, surreal_error *err)
{
    rig *g = (rig *)user;
    size_t len = strlen(g->hosts);

    snprintf(g->hosts + len, sizeof g->hosts - len, "%s ", host);
    if (g->dials == RIG_MAX) {
        return srl_fail(err, SURREAL_ERR_CONNECT, "nobody is there");
    }
    return script_dial(&g->s[g->dials++], "db.example", port, is_secure, out,
                       err);
}

static void
rig_trace(void *user, surreal_level level, const char *layer,
          const char *text)
{
    rig *g = (rig *)user;

    (void)layer;
    g->warnings += level == SURREAL_LEVEL_WARN &&
                   strstr(text, "danger_accept_any_server") != NULL;
}

static void
rig_init(rig *g)
{
    surreal_options *o = &g->options;
    int i;

    memset(g, 0, sizeof *g);
    secure_init(&g->w);
    for (i = 0; i < RIG_MAX; i++) script_init(&g->s[i]);
    o->ns = "test";
    o->db = "main";
    o->user = "root";
    o->pass = "correct horse battery";
    o->reconnect.attempts = -1;
    o->reconnect.min_ms = 1;
    o->reconnect.max_ms = 2;
    o->allocator.resize = test_resize;
    o->allocator.user = &g->heap;
    o->trace = rig_trace;
    o->trace_user = g;
    o->transport = secure_on(&g->w, rig_dial, g, o);
}

static surreal *
rig_open_at(rig *g, const char *urls)
{
    surreal *db = NULL;
    int turns = 0;

    surreal_open_start(urls, &g->options, &db);
    while (db && surreal_get_state(db) == SURREAL_CONNECTING &&
           turns++ < 3000000) {
        surreal_step(db);
    }
    return db;
}

static surreal *
rig_open(rig *g)
{
    return rig_open_at(g, "wss://db.example:8000");
}

static void
rig_end(rig *g, surreal *db)
{
    int i;

    surreal_close(db);
    for (i = 0; i < RIG_MAX; i++) script_end(&g->s[i], NULL);
    secure_end(&g->w);
    CHECK_INT(g->heap.held, 0);
}

/* Some calls; the sizes are those of texts. */
static void
rig_talk(surreal *db, size_t size)
{
    surreal_result *r = NULL;
    char *text = (char *)malloc(size + 1);
    surreal_str back = {NULL, 0};
    int64_t n = 0;
    size_t i;

    NEED(text != NULL);
    for (i = 0; i < size; i++) text[i] = (char)('a' + (i * 7 + i / 26) % 26);
    text[size] = '\0';
    CHECK_STATUS(surreal_query(
        db, "RETURN $n",
        SURREAL_VARS(surreal_bind_int("n", 7), surreal_bind_text("t", text)),
        &r), SURREAL_OK);
    surreal_get_int(surreal_field(surreal_statement_value(r, 0), "n"), &n);
    surreal_get_str(surreal_field(surreal_statement_value(r, 0), "t"), &back);
    CHECK_INT(n, 7);
    CHECK_MEM(back.ptr, back.len, text, size);
    surreal_result_free(r);
    CHECK_STATUS(surreal_use(db, "test", "other"), SURREAL_OK);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    free(text);
}

static void
rig_check_open(surreal *db)
{
    if (surreal_get_state(db) == SURREAL_OPEN) return;
    TEST_FAIL("not open: %s", surreal_last_error(db)->message);
}

/* A whole session; the wire is what the test made of g->w. */
static void
rig_run(rig *g, size_t size)
{
    surreal *db = rig_open(g);

    rig_check_open(db);
    rig_talk(db, size);
    rig_end(g, db);
    CHECK_INT(g->w.handshakes, 1);
    CHECK_INT(g->w.alerts, 0);
    if (g->w.gaps) return; /* closing does not wait */
    CHECK_INT(g->w.notifies, 1);
    CHECK_INT(g->s[0].closes, 1);
    CHECK_INT(g->s[0].close_code, 1000);
}

TEST(test_tls_session_whole)
{
    rig g;

    rig_init(&g);
    rig_run(&g, 10);
    rig_init(&g);
    rig_run(&g, 1000000);
}

TEST(test_tls_session_byte_by_byte)
{
    rig g;

    rig_init(&g);
    g.w.read_max = 1;
    rig_run(&g, 40000);
    rig_init(&g);
    g.w.write_max = 1;
    rig_run(&g, 40000);
    rig_init(&g);
    g.w.read_max = g.w.write_max = 1;
    g.w.gaps = true;
    rig_run(&g, 40000);
}

TEST(test_tls_session_in_pieces_of_every_size)
{
    static const size_t records[] = {1, 2, 17, 1000, 16383, 16384};
    size_t i;
    size_t piece;

    for (i = 0; i < 6; i++) {
        for (piece = 1; piece < 100000; piece = piece * 5 + 1) {
            rig g;

            rig_init(&g);
            g.w.record = records[i];
            g.w.read_max = g.w.write_max = piece;
            g.w.gaps = piece % 2 != 0;
            rig_run(&g, 20000);
            if (!test_failed_checks) continue;
            TEST_FAIL("records of %zu, pieces of %zu", records[i], piece);
            return;
        }
    }
}

TEST(test_tls_tickets_and_changes_of_keys_under_load)
{
    size_t every;

    for (every = 1; every < 8; every += 3) {
        rig g;

        rig_init(&g);
        g.w.tickets = 2;
        g.w.record = 500;
        g.w.update_every = every;
        g.w.read_max = 333;
        g.w.write_max = 77;
        g.w.gaps = true;
        rig_run(&g, 60000);
        CHECK(g.w.updates > 3);
    }
}

/* ---- what an event loop is told ------------------------------------------ */

TEST(test_tls_wants_are_those_of_the_handshake)
{
    script_end_of end;
    surreal *db = NULL;
    rig g;

    rig_init(&g);
    g.w.write_block_at = 100;
    g.s[0].connect_blocks = 1;
    surreal_open_start("wss://db.example:8000", &g.options, &db);
    CHECK_INT(surreal_wants(db), SURREAL_WRITE);
    surreal_step(db);
    CHECK_INT(surreal_wants(db), SURREAL_WRITE);
    surreal_step(db);
    CHECK_INT(surreal_wants(db), SURREAL_READ | SURREAL_WRITE);
    g.w.is_mute = true;
    g.w.write_block_at = SCRIPT_NEVER;
    surreal_step(db);
    CHECK_INT(surreal_wants(db), SURREAL_READ);
    rig_end(&g, db);

    rig_init(&g);
    db = rig_open(&g);
    rig_check_open(db);
    CHECK_INT(surreal_wants(db), SURREAL_READ);
    g.w.write_block_at = g.w.links[0]->taken + 3;
    memset(&end, 0, sizeof end);
    CHECK_STATUS(surreal_query_start(db, SURREAL_LIT("RETURN 1"),
                                     SURREAL_NO_VARS, script_note,
                                     &end, NULL), SURREAL_OK);
    CHECK_INT(surreal_wants(db), SURREAL_READ | SURREAL_WRITE);
    surreal_step(db);
    CHECK_INT(surreal_wants(db), SURREAL_READ | SURREAL_WRITE);
    g.w.write_block_at = SCRIPT_NEVER;
    surreal_step(db);
    CHECK_INT(surreal_wants(db), SURREAL_READ);
    CHECK_INT(surreal_pending(db), 0);
    rig_end(&g, db);
}

TEST(test_tls_handshake_counts_into_connect_ms)
{
    surreal *db;
    rig g;

    rig_init(&g);
    g.w.is_mute = true;
    g.options.connect_ms = 30;
    db = rig_open(&g);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TIMEOUT);
    CHECK_SAYS(surreal_last_error(db), "starting TLS took more than 30 ms");
    rig_end(&g, db);
}

/* ---- breaking ------------------------------------------------------------ */

/* Bytes of the server's flight in any run: its signature is a few bytes longer
 * or shorter each time, never by eight. */
static size_t
handshake_len(void)
{
    surreal *db = NULL;
    size_t len;
    rig g;

    rig_init(&g);
    surreal_open_start("wss://db.example:8000", &g.options, &db);
    surreal_step(db);
    len = g.w.links[0]->flight - 8;
    rig_end(&g, db);
    return len;
}

/* The server's flight is cut at every byte: nothing is told to anybody who
 * has not proved who they are. */
TEST(test_tls_reset_at_every_byte_of_the_handshake)
{
    size_t len = handshake_len();
    size_t at;

    CHECK(len > 600);
    for (at = 0; at < len && !test_failed_checks; at++) {
        surreal *db;
        rig g;

        rig_init(&g);
        g.w.reset_at = at;
        db = rig_open(&g);
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_IO);
        CHECK_INT(surreal_last_error(db)->os_error, ECONNRESET);
        CHECK_SAYS(surreal_last_error(db), "db.example port 8000");
        CHECK_INT(g.w.plain_up, 0);
        rig_end(&g, db);

        rig_init(&g);
        g.w.cut_at = at;
        db = rig_open(&g);
        CHECK_STATUS(surreal_last_error(db)->status,
                     SURREAL_ERR_TLS_TRUNCATED);
        CHECK_SAYS(surreal_last_error(db), "starting TLS");
        CHECK_INT(g.w.plain_up, 0);
        rig_end(&g, db);
        if (test_failed_checks) TEST_FAIL("at byte %zu of %zu", at, len);
    }
}

/* A server that goes away while it is being dialled is tried again, and the
 * end of a stream is no more than that. */
TEST(test_tls_truncated_handshake_is_tried_again)
{
    surreal *db;
    rig g;

    rig_init(&g);
    g.w.cut_at = 300;
    g.w.only = 1;
    g.options.connect_tries = 2;
    db = rig_open(&g);
    rig_check_open(db);
    CHECK_INT(g.w.dials, 2);
    rig_talk(db, 10);
    rig_end(&g, db);
}

static void
mute_answer(script *s, const script_request *rq)
{
    if (!script_is(rq, "query")) script_answer(s, rq);
}

/* The stream ends without a word with a request on its way. */
TEST(test_tls_truncation_after_opening_is_a_lost_connection)
{
    script_end_of end;
    surreal *db;
    rig g;

    rig_init(&g);
    g.s[0].answer = mute_answer;
    db = rig_open(&g);
    rig_check_open(db);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    g.w.cut_at = g.w.links[0]->down_at;
    surreal_step(db);
    CHECK_INT(end.calls, 1);
    CHECK_STATUS(end.status, SURREAL_ERR_TLS_TRUNCATED);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TLS_TRUNCATED);
    rig_end(&g, db);
}

/* The same with close_notify, in the middle of a message: an end that nobody
 * on the way made. */
TEST(test_tls_close_notify_inside_a_message_is_closed)
{
    script_end_of end;
    surreal *db;
    rig g;

    rig_init(&g);
    g.s[0].answer = mute_answer;
    db = rig_open(&g);
    rig_check_open(db);
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    script_raw(&g.s[0], "\x82\x7e\x01\x00half", 8);
    g.s[0].read_fail_at = g.s[0].down.len;
    g.s[0].read_fail = SURREAL_ERR_CLOSED;
    surreal_step(db);
    CHECK_STATUS(end.status, SURREAL_ERR_CLOSED);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_CLOSED);
    rig_end(&g, db);
}

/* WebSocket has said that it is over: that TLS does not is no news. */
TEST(test_tls_rude_end_behind_a_close_frame_is_closed)
{
    surreal *db;
    rig g;

    rig_init(&g);
    g.w.is_rude = true;
    db = rig_open(&g);
    rig_check_open(db);
    script_close_frame(&g.s[0], 1001, "restart");
    g.s[0].read_fail_at = g.s[0].down.len;
    g.s[0].read_fail = SURREAL_ERR_CLOSED;
    surreal_step(db);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_CLOSED);
    CHECK_SAYS(surreal_last_error(db), "1001: restart");
    rig_end(&g, db);
}

TEST(test_tls_reconnect_restores_the_session)
{
    surreal_result *r = NULL;
    surreal *db;
    rig g;

    rig_init(&g);
    g.options.reconnect.attempts = 3;
    db = rig_open(&g);
    rig_check_open(db);
    rig_talk(db, 100);
    g.w.only = 1;
    g.w.cut_at = g.w.links[0]->down_at;
    surreal_step(db);
    CHECK_INT(surreal_get_state(db), SURREAL_RECONNECTING);
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, &r),
                 SURREAL_OK);
    surreal_result_free(r);
    CHECK_INT(g.w.dials, 2);
    CHECK_INT(g.w.handshakes, 2);
    CHECK(g.s[1].requests >= 4); /* version, signin, use, query */
    rig_end(&g, db);
}

/* Certificates are renewed: a connection that was good waits for it. */
TEST(test_tls_reconnect_outlasts_a_bad_certificate)
{
    surreal *db;
    rig g;

    rig_init(&g);
    g.options.reconnect.attempts = 5;
    g.w.bad_dial = 2;
    db = rig_open(&g);
    rig_check_open(db);
    g.w.only = 1;
    g.w.cut_at = g.w.links[0]->down_at;
    surreal_step(db);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(g.w.dials, 3);
    CHECK_INT(g.s[1].requests, 0);
    CHECK_INT(g.w.last_alert, SRL_TLS_ALERT_BAD_CERTIFICATE);
    rig_end(&g, db);
}

/* ---- what was sent ------------------------------------------------------- */

/* The record of a request is taken up to every byte, then all is over: a
 * server that lacks one byte of it cannot have read a word. */
TEST(test_tls_unsent_or_unknown_by_the_byte)
{
    size_t len = 1;
    size_t at;

    for (at = 0; at <= len && !test_failed_checks; at++) {
        script_end_of end;
        size_t before;
        surreal *db;
        rig g;

        rig_init(&g);
        g.options.reconnect.attempts = 3;
        g.s[0].answer = mute_answer;
        db = rig_open(&g);
        rig_check_open(db);
        before = g.w.links[0]->taken;
        g.w.write_block_at = before + at;
        CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
        surreal_step(db);
        if (!at) { /* how long is it? */
            g.w.write_block_at = SCRIPT_NEVER;
            surreal_step(db);
            len = g.w.links[0]->taken - before;
            CHECK(len > 60);
            rig_end(&g, db);
            continue;
        }
        g.w.reset_at = g.w.links[0]->down_at;
        surreal_step(db);
        CHECK_STATUS(end.status, at < len ? SURREAL_ERR_NOT_SENT
                                          : SURREAL_ERR_UNKNOWN);
        /* Nor does it go out with the goodbye. */
        g.w.write_block_at = SCRIPT_NEVER;
        before = g.w.links[0]->taken;
        rig_end(&g, db);
        CHECK_INT(g.s[0].queries, at == len);
        if (test_failed_checks) TEST_FAIL("byte %zu of %zu", at, len);
    }
}

/* Several records: those that went out whole were sent. */
TEST(test_tls_long_request_is_not_sent_until_its_end)
{
    static char text[70000];
    script_end_of end;
    surreal *db;
    rig g;

    memset(text, 'x', sizeof text - 1);
    rig_init(&g);
    g.options.reconnect.attempts = 3;
    db = rig_open(&g);
    rig_check_open(db);
    g.w.write_block_at = g.w.links[0]->taken + 40000;
    memset(&end, 0, sizeof end);
    CHECK_STATUS(surreal_query_start(
        db, SURREAL_LIT("RETURN $t"),
        SURREAL_VARS(surreal_bind_text("t", text)), script_note, &end, NULL),
        SURREAL_OK);
    surreal_step(db);
    g.w.reset_at = g.w.links[0]->down_at;
    surreal_step(db);
    CHECK_STATUS(end.status, SURREAL_ERR_NOT_SENT);
    rig_end(&g, db);
}

TEST(test_tls_failed_write_is_told_with_the_system_s_reason)
{
    script_end_of end;
    surreal *db;
    rig g;

    rig_init(&g);
    db = rig_open(&g);
    rig_check_open(db);
    g.w.write_fail_at = g.w.links[0]->taken + 10;
    CHECK_STATUS(script_query(db, 1, &end, NULL), SURREAL_OK);
    surreal_step(db);
    CHECK_STATUS(end.status, SURREAL_ERR_IO);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_IO);
    CHECK_INT(surreal_last_error(db)->os_error, EPIPE);
    rig_end(&g, db);
}

/* The server refuses after the handshake, as TLS 1.3 does for a certificate of
 * the client, and takes nothing more. What it said counts. */
TEST(test_tls_alert_explains_a_failed_write)
{
    surreal *db;
    rig g;

    rig_init(&g);
    g.w.alert = SRL_TLS_ALERT_CERTIFICATE_REQUIRED;
    g.options.connect_tries = 3;
    db = rig_open(&g);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TLS_ALERT);
    CHECK_SAYS(surreal_last_error(db), "client_sign");
    CHECK_INT(g.w.dials, 1);
    CHECK_INT(g.w.plain_up, 0);
    rig_end(&g, db);
}

/* ---- whom to trust ------------------------------------------------------- */

/* Opening must fail like this, at once, with nothing told to the server. */
static void
rig_refused(rig *g, surreal_status want, unsigned alert)
{
    surreal *db;

    g->options.connect_tries = 3;
    db = rig_open(g);
    CHECK_STATUS(surreal_last_error(db)->status, want);
    CHECK_INT(surreal_get_state(db), SURREAL_FAILED);
    CHECK_SAYS(surreal_last_error(db), "db.example port 8000: starting TLS");
    CHECK_INT(g->w.dials, 1);
    CHECK_INT(g->w.plain_up, 0);
    CHECK_INT(g->w.alerts, 1);
    CHECK_INT(g->w.last_alert, alert);
    rig_end(g, db);
}

static surreal_bytes
bytes_of(const char *text)
{
    surreal_bytes bytes;

    bytes.ptr = (const uint8_t *)text;
    bytes.len = strlen(text);
    return bytes;
}

TEST(test_tls_the_wrong_server_learns_nothing)
{
    static const uint8_t pin[32] = {1};
    rig g;

    rig_init(&g);
    g.options.tls.server_name = "other.example";
    rig_refused(&g, SURREAL_ERR_CERT_NAME, SRL_TLS_ALERT_BAD_CERTIFICATE);
    rig_init(&g);
    g.options.tls.ca = bytes_of(secure_other_ca);
    rig_refused(&g, SURREAL_ERR_CERT_SIGNATURE,
                SRL_TLS_ALERT_BAD_CERTIFICATE);
    rig_init(&g);
    g.options.tls.pins.ptr = pin;
    g.options.tls.pins.len = sizeof pin;
    rig_refused(&g, SURREAL_ERR_CERT_PIN, SRL_TLS_ALERT_CERTIFICATE_UNKNOWN);
    rig_init(&g);
    memset(&g.options.tls, 0, sizeof g.options.tls);
    g.options.tls.only_cert = bytes_of(secure_ca);
    rig_refused(&g, SURREAL_ERR_CERT_PIN, SRL_TLS_ALERT_CERTIFICATE_UNKNOWN);
    rig_init(&g);
    g.w.bad_dial = 1;
    rig_refused(&g, SURREAL_ERR_CERT_SIGNATURE,
                SRL_TLS_ALERT_BAD_CERTIFICATE);
}

/* What cannot be a host is a mistake of the program, whatever the server
 * shows. */
TEST(test_tls_server_name_that_is_no_host)
{
    static const char *const names[] = {"a b", "*.example", "x..y", "1.2.3"};
    size_t i;

    for (i = 0; i < 4; i++) {
        surreal *db;
        rig g;

        rig_init(&g);
        g.options.tls.server_name = names[i];
        db = rig_open(&g);
        CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_USAGE);
        CHECK_SAYS(surreal_last_error(db), names[i]);
        CHECK_INT(g.w.plain_up, 0);
        rig_end(&g, db);
    }
}

/* Without an anchor of its own the system's are asked, who know nobody here. */
TEST(test_tls_the_system_s_anchors_are_the_default)
{
    surreal *db;
    rig g;

    setenv("SSL_CERT_FILE", "/nonexistent/ca.pem", 1);
    unsetenv("SSL_CERT_DIR");
    rig_init(&g);
    memset(&g.options.tls, 0, sizeof g.options.tls);
    db = rig_open(&g);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_TRUST);
    CHECK_SAYS(surreal_last_error(db), "/nonexistent/ca.pem");
    CHECK_INT(g.w.plain_up, 0);
    rig_end(&g, db);
    unsetenv("SSL_CERT_FILE");
}

static void
rig_accepted(rig *g)
{
    surreal *db = rig_open(g);

    rig_check_open(db);
    rig_talk(db, 10);
    rig_end(g, db);
}

TEST(test_tls_every_way_to_trust)
{
    char path[] = "/tmp/test_tls.XX" "XX" "XX";
    int fd = mkstemp(path);
    surreal_trust *trust = NULL;
    uint8_t pins[64] = {0};
    srl_public_key key;
    srl_verify blind;
    rig g;

    NEED(fd >= 0);
    rig_init(&g);
    NEED(write(fd, secure_ca, strlen(secure_ca)) > 0);
    close(fd);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.ca_file = path;
    rig_accepted(&g);
    setenv("SSL_CERT_FILE", path, 1);
    rig_init(&g);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    rig_accepted(&g);
    unsetenv("SSL_CERT_FILE");
    NEED(surreal_trust_file(NULL, path, &trust, NULL) == SURREAL_OK);
    remove(path);
    rig_init(&g);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.trust = trust;
    rig_accepted(&g);
    rig_init(&g);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.only_cert = bytes_of(secure_leaf);
    g.options.tls.server_name = "any.other.name"; /* it does not matter */
    rig_accepted(&g);
    rig_init(&g);
    g.options.tls.only_cert = g.w.leaf; /* DER */
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    rig_accepted(&g);

    rig_init(&g);
    memset(&blind, 0, sizeof blind);
    blind.is_blind = true;
    NEED(srl_x509_verify(&blind, &g.w.leaf, 1, &key, NULL) == SURREAL_OK);
    srl_hash_of(SRL_SHA256, key.spki.ptr, key.spki.len, pins + 32);
    g.options.tls.pins.ptr = pins;
    g.options.tls.pins.len = 64; /* the second one */
    rig_accepted(&g);
    rig_init(&g);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.pins.ptr = pins + 32;
    g.options.tls.pins.len = 32;
    rig_accepted(&g);
    surreal_trust_free(trust);
}

TEST(test_tls_danger_says_so_each_time)
{
    surreal *db;
    rig g;

    rig_init(&g);
    memset(&g.options.tls, 0, sizeof g.options.tls);
    g.options.tls.danger_accept_any_server = true;
    g.options.tls.server_name = "nobody.example";
    g.options.reconnect.attempts = 3;
    db = rig_open(&g);
    rig_check_open(db);
    CHECK_INT(g.warnings, 1);
    g.w.only = 1;
    g.w.cut_at = g.w.links[0]->down_at;
    surreal_step(db);
    CHECK_STATUS(surreal_ping(db), SURREAL_OK);
    CHECK_INT(g.warnings, 2);
    rig_end(&g, db);
}

static surreal_status
sign_and_fail(void *user, uint16_t scheme, surreal_bytes message,
              uint8_t *signature, size_t cap, size_t *len, surreal_error *err)
{
    (void)signature, (void)len;
    CHECK_INT(scheme, 0x0403);
    CHECK(message.len > 64 && message.ptr[0] == 0x20);
    CHECK(cap >= 72);
    ++*(int *)user;
    return srl_fail(err, SURREAL_ERR_DENIED, "the token is not plugged in");
}

/* Most servers that ask for a certificate take none as well; one that is there
 * is shown, and what signs for it may say no. */
TEST(test_tls_a_server_may_ask_for_a_certificate)
{
    surreal *db;
    int asked = 0;
    rig g;

    rig_init(&g);
    g.w.asks = true;
    db = rig_open(&g);
    rig_check_open(db);
    rig_talk(db, 10);
    CHECK_INT(g.w.empty, 1);
    rig_end(&g, db);

    rig_init(&g);
    g.w.asks = true;
    g.options.tls.client_chain = bytes_of(secure_leaf);
    g.options.tls.client_sign = sign_and_fail;
    g.options.tls.sign_user = &asked;
    g.options.tls.client_scheme = 0x0403;
    db = rig_open(&g);
    CHECK_INT(asked, 1);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_DENIED);
    CHECK_SAYS(surreal_last_error(db), "the token is not plugged in");
    CHECK_INT(g.w.plain_up, 0);
    rig_end(&g, db);
}

/* A server of a list that cannot show who it is does not keep the others from
 * being asked; with the last one it is over, however many tries there are. */
TEST(test_tls_the_next_url_is_asked)
{
    surreal *db;
    rig g;

    rig_init(&g);
    g.options.connect_tries = 3;
    db = rig_open_at(&g, "wss://evil.example:8000,wss://db.example:8000");
    rig_check_open(db);
    CHECK_STR(g.hosts, "evil.example db.example ");
    CHECK_INT(g.s[0].requests, 0);
    rig_end(&g, db);

    rig_init(&g);
    g.options.connect_tries = 3;
    db = rig_open_at(&g, "wss://evil.example:8000,wss://bad.example:8000");
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_CERT_NAME);
    CHECK_SAYS(surreal_last_error(db), "bad.example port 8000");
    CHECK_STR(g.hosts, "evil.example bad.example ");
    CHECK_INT(g.w.plain_up, 0);
    rig_end(&g, db);
}

/* ---- options ------------------------------------------------------------- */

static surreal_status
sign_nothing(void *user, uint16_t scheme, surreal_bytes message,
             uint8_t *signature, size_t cap, size_t *len, surreal_error *err)
{
    (void)user, (void)scheme, (void)message, (void)signature, (void)cap;
    (void)len;
    return srl_fail(err, SURREAL_ERR_UNSUPPORTED, "no key");
}

/* Options that contradict themselves: the case, and what the error names. */
static const char *
bad_options(surreal_tls *o, int which)
{
    memset(o, 0, sizeof *o);
    switch (which) {
    case 0:
        o->pins = bytes_of("0123456789");
        return "tls.pins has 10 bytes";
    case 1:
        o->client_sign = sign_nothing;
        o->client_scheme = 0x0403;
        return "client_chain is missing";
    case 2:
        o->client_chain = bytes_of(secure_leaf);
        return "client_sign is missing";
    case 3:
        o->client_chain = bytes_of(secure_leaf);
        o->client_sign = sign_nothing;
        return "client_scheme is missing";
    case 4:
        o->only_cert = bytes_of(secure_leaf);
        o->ca = bytes_of(secure_ca);
        return "leave out trust";
    case 5:
        o->trust = (const surreal_trust *)(const void *)secure_ca;
        o->ca_file = "x";
        return "leave out ca_file";
    case 6: o->server_name = ""; return "server_name is empty";
    case 7: o->ca_file = ""; return "ca_file is empty";
    case 8: o->ca.len = 3; return "tls.ca has a length but no bytes";
    case 9: o->client_scheme = 0x0403; return "client_sign is missing";
    case 10:
        o->server_name =
            "a123456789a123456789a123456789a123456789a123456789a123456789."
            "a123456789a123456789a123456789a123456789a123456789a123456789."
            "a123456789a123456789a123456789a123456789a123456789a123456789."
            "a123456789a123456789a123456789a123456789a123456789a123456789."
            "a123456789";
        return "at most";
    case 11: o->pins.ptr = (const uint8_t *)""; return "tls.pins is empty";
    case 12: o->ca.ptr = (const uint8_t *)""; return "tls.ca is empty";
    case 13:
        o->only_cert.ptr = (const uint8_t *)"";
        return "tls.only_cert is empty";
    default: return NULL;
    }
}

TEST(test_tls_options_are_checked_by_name)
{
    const char *says;
    int i;

    for (i = 0;; i++) {
        surreal *db;
        rig g;

        rig_init(&g);
        says = bad_options(&g.options.tls, i);
        db = rig_open(&g);
        if (says) {
            CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_USAGE);
            CHECK_SAYS(surreal_last_error(db), says);
            CHECK_INT(g.w.dials, 0);
        }
        rig_end(&g, db);
        if (!says) break;
    }
    CHECK_INT(i, 14);
}

TEST(test_tls_only_cert_is_read_when_opening)
{
    static const struct {
        const char *text;
        surreal_status want;
        const char *says;
    } t[] = {
        {"hello", SURREAL_ERR_CERT, "neither PEM nor DER"},
        {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
         SURREAL_ERR_CERT, "tls.only_cert"},
        {"-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n",
         SURREAL_ERR_CERT, "tls.only_cert"}};
    char two[2 * sizeof secure_leaf];
    surreal *db;
    rig g;
    size_t i;

    for (i = 0; i < 3; i++) {
        rig_init(&g);
        memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
        g.options.tls.only_cert = bytes_of(t[i].text);
        db = rig_open(&g);
        CHECK_STATUS(surreal_last_error(db)->status, t[i].want);
        CHECK_SAYS(surreal_last_error(db), t[i].says);
        CHECK_INT(g.w.dials, 0);
        rig_end(&g, db);
    }
    rig_init(&g);
    snprintf(two, sizeof two, "%s%s", secure_leaf, secure_leaf);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.only_cert = bytes_of(two);
    db = rig_open(&g);
    CHECK_STATUS(surreal_last_error(db)->status, SURREAL_ERR_USAGE);
    CHECK_SAYS(surreal_last_error(db), "more than one");
    rig_end(&g, db);
}

/* Text and bytes are the program's again when the call returns. */
TEST(test_tls_options_are_copied)
{
    char ca[sizeof secure_ca];
    char name[] = "db.example";
    surreal *db = NULL;
    rig g;

    rig_init(&g);
    memcpy(ca, secure_ca, sizeof ca);
    g.options.tls.ca = bytes_of(ca);
    g.options.tls.server_name = name;
    g.s[0].connect_blocks = 1;
    surreal_open_start("wss://127.0.0.2:8000", &g.options, &db);
    memset(ca, 'x', strlen(ca));
    memset(name, 'x', sizeof name - 1);
    while (surreal_get_state(db) == SURREAL_CONNECTING) surreal_step(db);
    rig_check_open(db);
    rig_end(&g, db);
}

/* ---- HTTPS --------------------------------------------------------------- */

static surreal *
peer_open_secure(peer *p, secure *w)
{
    surreal *db = NULL;

    p->options.transport = secure_on(w, peer_dial, p, &p->options);
    surreal_open_start("https://db.example:8000", &p->options, &db);
    while (db && surreal_get_state(db) == SURREAL_CONNECTING) {
        surreal_step(db);
    }
    return db;
}

TEST(test_https_requests_share_a_connection)
{
    static const srl_http_framing framings[] = {
        SRL_HTTP_LENGTH, SRL_HTTP_CHUNKED, SRL_HTTP_UNTIL_CLOSE};
    int i;

    for (i = 0; i < 3; i++) {
        surreal *db;
        secure w;
        peer p;

        secure_init(&w);
        peer_init(&p);
        p.framing = framings[i];
        w.read_max = 11;
        w.write_max = 13;
        w.gaps = true;
        w.tickets = 1;
        db = peer_open_secure(&p, &w);
        rig_check_open(db);
        rig_talk(db, 3000);
        rig_talk(db, 10);
        CHECK_INT(p.queries, 2);
        if (framings[i] == SRL_HTTP_UNTIL_CLOSE) {
            CHECK_INT(w.dials, p.requests); /* one each */
        } else {
            CHECK_INT(w.dials, 1);
        }
        CHECK_INT(w.handshakes, w.dials);
        peer_end(&p, db);
        secure_end(&w);
    }
}

/* A body up to the end of the stream is whole only if TLS says so. With a
 * length, HTTP said so. */
TEST(test_https_a_body_cut_short_is_no_answer)
{
    surreal *db;
    secure w;
    peer p;

    secure_init(&w);
    peer_init(&p);
    db = peer_open_secure(&p, &w);
    rig_check_open(db);
    p.framing = SRL_HTTP_UNTIL_CLOSE;
    w.is_rude = true;
    CHECK_STATUS(surreal_query(db, "RETURN 1", SURREAL_NO_VARS, NULL),
                 SURREAL_ERR_TLS_TRUNCATED);
    CHECK_SAYS(surreal_last_error(db), "close_notify");
    peer_end(&p, db);
    secure_end(&w);

    secure_init(&w);
    peer_init(&p);
    p.says_close = true;
    w.is_rude = true;
    db = peer_open_secure(&p, &w);
    rig_check_open(db);
    rig_talk(db, 3000);
    CHECK_INT(w.dials, p.requests);
    peer_end(&p, db);
    secure_end(&w);
}

/* A server may end an idle connection as it likes; the next request makes
 * another, and nothing is sent twice. */
TEST(test_https_an_idle_connection_that_ended_is_made_anew)
{
    int rude;

    for (rude = 0; rude < 2; rude++) {
        surreal *db;
        secure w;
        peer p;

        secure_init(&w);
        peer_init(&p);
        p.closes_idle = true;
        w.is_rude = rude;
        db = peer_open_secure(&p, &w);
        rig_check_open(db);
        rig_talk(db, 10);
        CHECK_INT(p.queries, 1);
        CHECK(w.dials > 2);
        peer_end(&p, db);
        secure_end(&w);
    }
}

/* The connection is found broken by writing to it: nothing of the request can
 * have been read, so it goes out on another. */
TEST(test_https_a_stale_connection_costs_nothing)
{
    surreal *db;
    secure w;
    peer p;

    secure_init(&w);
    peer_init(&p);
    db = peer_open_secure(&p, &w);
    rig_check_open(db);
    w.only = w.dials;
    w.write_fail_at = w.links[w.dials - 1]->taken;
    rig_talk(db, 10);
    CHECK_INT(w.dials, 2);
    CHECK_INT(p.queries, 1);
    peer_end(&p, db);
    secure_end(&w);
}

static void
answer_too_large(peer *p, const peer_request *rq)
{
    if (peer_is(rq, "query") || rq->number >= 2) {
        p->says_close = true;
        peer_send(p, 413, "text/plain", "too large", 9);
    } else {
        peer_answer(p, rq);
    }
}

/* It answers before it has read all, and takes no more: the answer counts. */
TEST(test_https_an_answer_before_the_end_of_the_request)
{
    static char text[100000];
    surreal *db;
    secure w;
    peer p;

    memset(text, 'x', sizeof text - 1);
    secure_init(&w);
    peer_init(&p);
    p.answer = answer_too_large;
    p.answers_head = true;
    db = peer_open_secure(&p, &w);
    rig_check_open(db);
    CHECK_STATUS(surreal_query(
        db, "RETURN $t", SURREAL_VARS(surreal_bind_text("t", text)), NULL),
        SURREAL_ERR_LIMIT);
    CHECK_INT(surreal_last_error(db)->code, 413);
    peer_end(&p, db);
    secure_end(&w);
}

/* ---- pool, memory -------------------------------------------------------- */

TEST(test_tls_pool_shares_one_set_of_anchors)
{
    surreal_trust *trust = NULL;
    surreal_pool_options po;
    surreal_pool *pool = NULL;
    surreal_error err;
    surreal *a = NULL;
    surreal *b = NULL;
    rig g;

    rig_init(&g);
    NEED(surreal_trust_memory(NULL, g.options.tls.ca, &trust, &err) ==
         SURREAL_OK);
    memset(&po, 0, sizeof po);
    po.size = 2;
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.trust = trust;
    CHECK_STATUS(surreal_pool_open("wss://db.example:8000", &g.options, &po,
                                   &pool, &err), SURREAL_OK);
    CHECK_STATUS(surreal_pool_get(pool, 1000, &a, &err), SURREAL_OK);
    CHECK_STATUS(surreal_pool_get(pool, 1000, &b, &err), SURREAL_OK);
    CHECK(g.w.handshakes >= 2);
    if (a) rig_talk(a, 10);
    if (b) rig_talk(b, 10);
    surreal_pool_put(pool, a);
    surreal_pool_put(pool, b);
    CHECK_STATUS(surreal_pool_close(pool, 1000), SURREAL_OK);
    CHECK_INT(g.w.notifies, g.w.handshakes);
    surreal_trust_free(trust);
    rig_end(&g, NULL);
}

TEST(test_tls_every_allocation_fails_once)
{
    size_t fail_at;
    bool is_over = false;

    for (fail_at = 1; !is_over && !test_failed_checks; fail_at++) {
        surreal_result *r = NULL;
        surreal_status status;
        surreal *db;
        rig g;

        rig_init(&g);
        g.heap.fail_at = fail_at;
        g.w.read_max = 100;
        db = rig_open(&g);
        status = db ? surreal_last_error(db)->status : SURREAL_ERR_NOMEM;
        if (!status) {
            status = surreal_query(db, "RETURN 1", SURREAL_NO_VARS, &r);
        }
        if (status) {
            CHECK_STATUS(status, SURREAL_ERR_NOMEM);
        } else {
            is_over = g.heap.calls < fail_at;
        }
        surreal_result_free(r);
        rig_end(&g, db);
        if (test_failed_checks) TEST_FAIL("allocation %zu", fail_at);
        if (fail_at > 2000) break;
    }
    CHECK(fail_at > 15);
}

/* The anchors are there for the handshake only. */
TEST(test_tls_keeps_no_anchors)
{
    surreal_trust *trust = NULL;
    size_t own;
    size_t other;
    surreal *db;
    rig g;

    rig_init(&g);
    db = rig_open(&g);
    rig_check_open(db);
    own = g.heap.held - g.options.tls.ca.len; /* its copy stays */
    NEED(surreal_trust_memory(NULL, g.options.tls.ca, &trust, NULL) ==
         SURREAL_OK);
    rig_end(&g, db);
    rig_init(&g);
    memset(&g.options.tls.ca, 0, sizeof g.options.tls.ca);
    g.options.tls.trust = trust;
    db = rig_open(&g);
    rig_check_open(db);
    other = g.heap.held;
    rig_end(&g, db);
    surreal_trust_free(trust);
    CHECK(own <= other + 256); /* of rounding in the arena */
}

TEST_MAIN(RUN(test_tls_session_whole);
    RUN(test_tls_session_byte_by_byte);
    RUN(test_tls_session_in_pieces_of_every_size);
    RUN(test_tls_tickets_and_changes_of_keys_under_load);
    RUN(test_tls_wants_are_those_of_the_handshake);
    RUN(test_tls_handshake_counts_into_connect_ms);
    RUN(test_tls_reset_at_every_byte_of_the_handshake);
    RUN(test_tls_truncated_handshake_is_tried_again);
    RUN(test_tls_truncation_after_opening_is_a_lost_connection);
    RUN(test_tls_close_notify_inside_a_message_is_closed);
    RUN(test_tls_rude_end_behind_a_close_frame_is_closed);
    RUN(test_tls_reconnect_restores_the_session);
    RUN(test_tls_reconnect_outlasts_a_bad_certificate);
    RUN(test_tls_unsent_or_unknown_by_the_byte);
    RUN(test_tls_long_request_is_not_sent_until_its_end);
    RUN(test_tls_failed_write_is_told_with_the_system_s_reason);
    RUN(test_tls_alert_explains_a_failed_write);
    RUN(test_tls_the_wrong_server_learns_nothing);
    RUN(test_tls_server_name_that_is_no_host);
    RUN(test_tls_the_system_s_anchors_are_the_default);
    RUN(test_tls_every_way_to_trust);
    RUN(test_tls_danger_says_so_each_time);
    RUN(test_tls_a_server_may_ask_for_a_certificate);
    RUN(test_tls_the_next_url_is_asked);
    RUN(test_tls_options_are_checked_by_name);
    RUN(test_tls_only_cert_is_read_when_opening);
    RUN(test_tls_options_are_copied);
    RUN(test_https_requests_share_a_connection);
    RUN(test_https_a_body_cut_short_is_no_answer);
    RUN(test_https_an_idle_connection_that_ended_is_made_anew);
    RUN(test_https_a_stale_connection_costs_nothing);
    RUN(test_https_an_answer_before_the_end_of_the_request);
    RUN(test_tls_pool_shares_one_set_of_anchors);
    RUN(test_tls_every_allocation_fails_once);
    RUN(test_tls_keeps_no_anchors);)
