/* cc -std=c99 -g -fsanitize=address,undefined -I. -o test_tls
 *     tests/fault/test_tls.c -lm && ./test_tls
 *
 * The TLS client against a server in memory: all that it may do, cut at every
 * byte both ways and with every allocation failing; and what no server may do,
 * each refused with its own status and alert. */
#define SURREAL_IMPLEMENTATION
/* So that our own KeyUpdates come within a test. */
#define SRL_TLS_REKEY ((uint64_t)20)
#include "surreal.h"
#include "tests/test.h"
#include "tests/tls_server.h"

static tls_server server;
static surreal_trust *trust;
static char client_pem[1100];

/* ---- both sides ---------------------------------------------------------- */

typedef struct talk {
    test_heap heap;
    srl_mem mem;
    srl_tls_config config;
    srl_tls *tls;
    surreal_error err;
    surreal_status status;
    uint8_t seed;
    size_t in_piece;  /* bytes at most at once; 0: no limit */
    size_t out_piece;
    size_t read_cap;
    uint8_t got[100000];
    size_t got_len;
    unsigned randoms; /* how often it was asked */
    unsigned random_fails_at;
} talk;

static bool
talk_random(void *user, void *out, size_t len)
{
    talk *t = (talk *)user;
    uint8_t *at = (uint8_t *)out;
    size_t i;

    if (++t->randoms == t->random_fails_at) return false;
    for (i = 0; i < len; i++) {
        at[i] = (uint8_t)(t->seed + t->randoms * 31 + i * 7);
    }
    return true;
}

static surreal_status
talk_sign(void *user, uint16_t scheme, surreal_bytes message,
          uint8_t *signature, size_t cap, size_t *len, surreal_error *err)
{
    (void)user;
    CHECK_INT(scheme, 0x0807);
    CHECK(cap >= 64);
    (void)err;
    pki_sign(&server.client_key, message.ptr, message.len, signature, len);
    return SURREAL_OK;
}

/* Also sets the server up for another connection. */
static void
talk_init(talk *t)
{
    memset(t, 0, sizeof *t);
    tls_server_again(&server);
    t->seed = 9;
    t->read_cap = 20000;
    t->config.host = TS_HOST;
    t->config.verify.trust = trust;
    t->config.verify.host = TS_HOST;
    t->config.verify.unix_s = PKI_NOW;
    t->config.random = talk_random;
    t->config.random_user = t;
}

static bool
talk_start(talk *t)
{
    surreal_allocator allocator;

    allocator.resize = test_resize;
    allocator.user = &t->heap;
    srl_mem_init(&t->mem, &allocator, 0);
    t->tls = srl_tls_new(&t->config, &t->mem);
    if (!t->tls) {
        t->status = SURREAL_ERR_NOMEM;
        return false;
    }
    t->status = srl_tls_start(t->tls, &t->err);
    return !t->status;
}

static size_t
talk_least(size_t a, size_t limit)
{
    return limit && limit < a ? limit : a;
}

/* What the client has to say, to the server. */
static bool
talk_up(talk *t, size_t piece)
{
    surreal_bytes out = srl_tls_output(t->tls);
    size_t n = talk_least(out.len, piece);
    uint8_t *copy;

    if (!n) return false;
    copy = (uint8_t *)malloc(n); /* exactly: reads beyond it are seen */
    if (!copy) abort();
    memcpy(copy, out.ptr, n);
    tls_server_take(&server, copy, n);
    free(copy);
    srl_tls_sent(t->tls, n);
    return true;
}

static bool
talk_down(talk *t)
{
    size_t cap;
    uint8_t *room = srl_tls_room(t->tls, &cap);
    size_t n = talk_least(server.out_len, t->in_piece);

    if (n > cap) n = cap;
    if (!n) return false;
    memcpy(room, server.out, n);
    tls_server_sent(&server, n);
    t->status = srl_tls_received(t->tls, n, &t->err);
    return true;
}

static bool
talk_read(talk *t)
{
    static uint8_t data[20000];
    size_t done;
    surreal_status status;

    if (t->status || !srl_tls_is_open(t->tls)) return false;
    status = srl_tls_read(t->tls, data, t->read_cap, &done, &t->err);
    if (status == SURREAL_WOULD_BLOCK) return false;
    t->status = status;
    if (done > sizeof t->got - t->got_len) abort();
    memcpy(t->got + t->got_len, data, done);
    t->got_len += done;
    CHECK(!done == !!status);
    return true;
}

/* Until nothing moves or something fails; then what is left to say. */
static void
talk_run(talk *t)
{
    bool moved = true;

    while (moved && !t->status) {
        moved = talk_up(t, t->out_piece);
        moved = talk_down(t) || moved;
        while (talk_read(t)) {
            moved = true;
        }
    }
    while (talk_up(t, t->out_piece)) {}
}

static void
talk_free(talk *t)
{
    srl_tls_free(t->tls);
    CHECK_INT(t->heap.held, 0);
    CHECK_INT(t->mem.used, 0);
}

static talk conversation;

/* One from the start, as the server is set up. */
static talk *
talk_now(void)
{
    talk *t = &conversation;

    talk_init(t);
    if (!talk_start(t)) abort();
    talk_run(t);
    return t;
}

static void
server_reset(void)
{
    server.suite = 0;
    server.is_retry = server.has_cookie = server.is_cookie_only = false;
    server.asks = server.is_quiet = server.is_p256 = server.is_apart = false;
    server.tickets = server.updates = 0;
    server.piece = server.pad = 0;
    server.greeting = NULL;
    server.fault = NULL;
    server.wrong_state = 0;
    server.wrong_type = 0;
}

/* ---- what works ---------------------------------------------------------- */

/* Data both ways and an orderly end. */
static void
exchange(talk *t, const char *what)
{
    static const char up[] = "a question";
    size_t done;
    uint8_t byte;

    if (t->status || !srl_tls_is_open(t->tls) || server.bad) {
        TEST_FAIL("%s: status %x, %s; server: %s, alert %d", what,
                  (unsigned)t->status, t->err.message,
                  server.bad ? server.bad : "ok", server.alert);
        return;
    }
    CHECK_INT(server.ccs, 1);
    CHECK(t->got_len == 5 && !memcmp(t->got, "hello", 5));
    CHECK_INT(srl_tls_write(t->tls, (const uint8_t *)up, 10, &done, &t->err),
              0);
    CHECK_INT(done, 10);
    talk_run(t);
    CHECK(server.got_len == 10 && !memcmp(server.got, up, 10));
    srl_tls_close(t->tls);
    srl_tls_close(t->tls);
    CHECK_INT(srl_tls_write(t->tls, (const uint8_t *)up, 10, &done, &t->err),
              SURREAL_ERR_CLOSED);
    talk_run(t);
    CHECK(server.is_closed && !server.bad);
    ts_record(&server, 21, "\1", 2);
    talk_run(t);
    CHECK_INT(t->status, SURREAL_ERR_CLOSED);
    CHECK_INT(srl_tls_read(t->tls, &byte, 1, &done, &t->err),
              SURREAL_ERR_CLOSED);
    CHECK_INT(srl_tls_eof(t->tls, &t->err), SURREAL_ERR_CLOSED);
    CHECK_INT(srl_tls_output(t->tls).len, 0);
}

/* Each of the ways a server may be right. */
static void
good(unsigned way)
{
    static const uint16_t suites[] = {SRL_TLS_AES_128, SRL_TLS_CHACHA20,
                                      SRL_TLS_AES_256};

    server_reset();
    server.greeting = "hello";
    server.suite = suites[way % 3];
    server.is_retry = way / 3 % 2;
    server.has_cookie = way / 6 % 2;
    server.is_apart = way / 12 % 2;
    server.asks = way / 24 % 2;
    server.pad = way / 48 % 2 ? 100 : 0;
    server.is_quiet = way % 5 == 4;
    server.piece = way % 7 == 3 ? 1 : way % 7 == 5 ? 50 : 0;
    server.tickets = way % 4;
    server.updates = way % 3;
    server.is_p256 = way % 8 == 1;
}

TEST(test_tls_all_that_is_right)
{
    unsigned way;
    char name[32];

    for (way = 0; way < 96; way++) {
        talk *t;

        good(way);
        snprintf(name, sizeof name, "way %u", way);
        t = talk_now();
        exchange(t, name);
        CHECK_INT(server.hellos, server.is_retry ? 2 : 1);
        CHECK(server.client_updates <= server.updates);
        CHECK(!server.updates == !server.client_updates);
        CHECK(!server.client_certificates);
        talk_free(t);
    }
    good(0);
    server.is_cookie_only = server.is_retry = true;
    exchange(talk_now(), "cookie alone");
    CHECK_INT(server.hellos, 2);
    talk_free(&conversation);
}

/* The way in one byte at a time, the way out, and both. */
TEST(test_tls_split_at_every_byte)
{
    static const size_t pieces[] = {1, 2, 3, 5, 16, 333};
    unsigned way;
    size_t i;

    for (way = 0; way < 48; way += 7) {
        for (i = 0; i < 3 * sizeof pieces / sizeof *pieces; i++) {
            talk *t = &conversation;

            good(way);
            talk_init(t);
            if (i % 3 != 1) t->in_piece = pieces[i / 3];
            if (i % 3 != 0) t->out_piece = pieces[i / 3];
            t->read_cap = i % 2 ? 1 : 20000;
            if (!talk_start(t)) abort();
            talk_run(t);
            exchange(t, "split");
            talk_free(t);
        }
    }
}

TEST(test_tls_every_allocation_fails)
{
    size_t fail_at;
    unsigned way;

    for (way = 0; way < 96; way += 13) {
        for (fail_at = 1;; fail_at++) {
            talk *t = &conversation;
            bool was_reached;

            good(way);
            server.piece = 50;
            talk_init(t);
            t->heap.fail_at = fail_at;
            if (talk_start(t)) talk_run(t);
            was_reached = t->heap.calls >= fail_at;
            if (was_reached) {
                CHECK_INT(t->status, SURREAL_ERR_NOMEM);
                if (fail_at > 1) CHECK_INT(server.alert, 80);
            } else {
                exchange(t, "no failure");
            }
            talk_free(t);
            if (!was_reached) break;
        }
        CHECK(fail_at >= 3);
    }
}

/* A state and nothing else, unless a message takes several records; then its
 * length, until it was read. */
TEST(test_tls_memory)
{
    talk *t;

    good(0);
    t = talk_now();
    CHECK_INT(t->heap.calls, 1);
    CHECK_INT(t->heap.peak, sizeof(srl_tls));
    talk_free(t);
    good(3);
    t = talk_now();
    CHECK(t->heap.peak < sizeof(srl_tls) + 1000);
    CHECK_INT(t->heap.held, sizeof(srl_tls));
    talk_free(t);
}

TEST(test_tls_random_numbers_fail)
{
    unsigned n;

    for (n = 1; n <= 4; n++) {
        talk *t = &conversation;

        good(3);
        talk_init(t);
        t->random_fails_at = n;
        if (talk_start(t)) talk_run(t);
        CHECK_INT(t->status, SURREAL_ERR_RANDOM);
        CHECK_INT(server.alert, n < 4 ? -1 : 80);
        CHECK_INT(server.hellos, n < 4 ? 0 : 1);
        talk_free(t);
    }
}

/* Records of all sizes, more than the output holds, our own KeyUpdates. */
TEST(test_tls_much_data)
{
    static uint8_t data[60000];
    static const size_t lens[] = {1, 16383, 16384, 16385, 40000, 60000};
    size_t i, round;
    talk *t;

    for (i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * 13 + i / 251);
    }
    good(0);
    t = talk_now();
    for (round = 0; round < 36; round++) {
        size_t len = lens[round % 6];
        size_t at = 0;

        server.got_len = 0;
        while (at < len) {
            size_t done;
            surreal_status status = srl_tls_write(t->tls, data + at,
                                                  len - at, &done, &t->err);

            if (status == SURREAL_WOULD_BLOCK) {
                NEED(talk_up(t, 7000));
                continue;
            }
            NEED(!status && done);
            at += done;
        }
        while (talk_up(t, 0)) {}
        CHECK_MEM(server.got, server.got_len, data, len);

        t->got_len = 0;
        t->read_cap = round % 3 == 0 ? 20000 : round % 3 == 1 ? 777 : 16384;
        for (at = 0; at < len; at += 16384) {
            tls_server_data(&server, (const char *)data + at,
                            len - at < 16384 ? len - at : 16384);
        }
        talk_run(t);
        NEED(!t->status && !server.bad);
        CHECK_MEM(t->got, t->got_len, data, len);
    }
    CHECK(server.client_updates >= 3); /* of 78 records, one after each 20 */
    CHECK_INT(t->heap.calls, 1);
    talk_free(t);
}

/* Our keys are replaced after SRL_TLS_REKEY records even if none of them has
 * left yet. */
TEST(test_tls_rekey_without_sending)
{
    size_t done;
    unsigned i;
    talk *t;

    good(0);
    t = talk_now();
    for (i = 0; i < 25; i++) {
        CHECK_INT(srl_tls_write(t->tls, (const uint8_t *)"0123456789", 10,
                                &done, &t->err), 0);
    }
    CHECK_INT(t->tls->out.seq, 5);
    talk_run(t);
    CHECK(!server.bad && !t->status);
    CHECK_INT(server.got_len, 250);
    CHECK_INT(server.client_updates, 1);
    CHECK_INT(server.k.out.seq, 5);
    talk_free(t);
}

/* The answer to a KeyUpdate waits for room, and one answers them all. */
TEST(test_tls_update_waits_for_room)
{
    static uint8_t data[16384];
    size_t done;
    talk *t;
    unsigned i;

    good(0);
    t = talk_now();
    CHECK_INT(srl_tls_write(t->tls, data, sizeof data, &done, &t->err), 0);
    for (i = 0; i < 5; i++) {
        ts_send_update(&server);
    }
    while (talk_down(t)) {
        talk_read(t);
    }
    NEED(!t->status);
    CHECK_INT(srl_tls_write(t->tls, data, 10, &done, &t->err),
              SURREAL_WOULD_BLOCK);
    talk_run(t);
    CHECK_INT(srl_tls_write(t->tls, data, 10, &done, &t->err), 0);
    talk_run(t);
    CHECK(!server.bad && !t->status);
    CHECK_INT(server.got_len, 16394);
    CHECK(server.client_updates >= 1 && server.client_updates <= 2);
    talk_free(t);
}

/* ---- certificates of clients --------------------------------------------- */

static void
make_pem(void)
{
    char text[1000];

    if (4 * (server.client.len + 2) / 3 >= sizeof text) abort();
    srl_base64_encode(text, server.client.der, server.client.len);
    snprintf(client_pem, sizeof client_pem,
             "-----BEGIN CERTIFICATE-----\n%s\n"
             "-----END CERTIFICATE-----\n", text);
}

static void
client_config(talk *t, const char *pem)
{
    t->config.client_chain.ptr = (const uint8_t *)pem;
    t->config.client_chain.len = strlen(pem);
    t->config.client_sign = talk_sign;
    t->config.client_scheme = 0x0807;
}

TEST(test_tls_client_certificate)
{
    talk *t = &conversation;
    unsigned round;

    for (round = 0; round < 4; round++) {
        good(round);
        server.asks = true;
        server.is_retry = round == 1;
        talk_init(t);
        client_config(t, client_pem);
        if (round == 3) t->config.client_scheme = 0x0804; /* not wanted */
        if (!talk_start(t)) abort();
        talk_run(t);
        exchange(t, "client certificate");
        CHECK_INT(server.client_certificates, round < 3);
        CHECK_INT(server.is_client_signed, round < 3);
        talk_free(t);
    }
}

static surreal_status
sign_fails(void *user, uint16_t scheme, surreal_bytes message,
           uint8_t *signature, size_t cap, size_t *len, surreal_error *err)
{
    (void)scheme;
    (void)message;
    (void)signature;
    *len = *(int *)user == 1 ? cap + 1 : 0;
    if (*(int *)user == 2) {
        return surreal_fail_with(err, SURREAL_ERR_IO, "the card is gone");
    }
    if (*(int *)user == 5) { /* no failure, so no answer */
        return surreal_fail_with(err, SURREAL_WOULD_BLOCK, "not yet");
    }
    if (*(int *)user == 6) { /* what is returned counts */
        surreal_fail_with(err, SURREAL_ERR_TIMEOUT, "too slow");
        return SURREAL_ERR_IO;
    }
    return *(int *)user == 3 ? SURREAL_ERR_IO : SURREAL_OK;
}

TEST(test_tls_client_certificate_fails)
{
    static const surreal_status want[] = {
        SURREAL_ERR_USAGE, SURREAL_ERR_USAGE, SURREAL_ERR_IO, SURREAL_ERR_IO,
        SURREAL_ERR_CERT, SURREAL_ERR_USAGE, SURREAL_ERR_IO};
    static const char *says[] = {"client_sign made 0", "client_sign made",
                                 "the card is gone", "client_sign failed",
                                 "no certificate", "not yet", "too slow"};
    talk *t = &conversation;
    int how;

    for (how = 0; how < 7; how++) {
        good(0);
        server.asks = true;
        talk_init(t);
        client_config(t, how != 4 ? client_pem : "nothing");
        t->config.client_sign = sign_fails;
        t->config.sign_user = &how;
        if (!talk_start(t)) abort();
        talk_run(t);
        CHECK_INT(t->status, want[how]);
        CHECK_INT(server.alert, 80);
        if (!strstr(t->err.message, says[how])) {
            TEST_FAIL("%s", t->err.message);
        }
        talk_free(t);
    }
}

/* ---- what the server's certificate is checked for ------------------------ */

TEST(test_tls_certificate_is_checked)
{
    talk *t = &conversation;

    good(0);
    talk_init(t);
    t->config.host = t->config.verify.host = "other.example";
    if (!talk_start(t)) abort();
    talk_run(t);
    CHECK_INT(t->status, SURREAL_ERR_CERT_NAME);
    CHECK_INT(server.alert, 42);
    CHECK(strstr(t->err.message, "other.example") != NULL);
    talk_free(t);

    talk_init(t);
    t->config.verify.unix_s = PKI_NOW + 400 * PKI_DAY;
    if (!talk_start(t)) abort();
    talk_run(t);
    CHECK_INT(t->status, SURREAL_ERR_CERT_EXPIRED);
    CHECK_INT(server.alert, 45);
    talk_free(t);

    /* Blind is blind for the certificate, not for who holds its key. */
    talk_init(t);
    t->config.verify.is_blind = true;
    t->config.host = "other.example";
    if (!talk_start(t)) abort();
    talk_run(t);
    exchange(t, "blind");
    talk_free(t);
    server.fault = "verify bit";
    talk_init(t);
    t->config.verify.is_blind = true;
    if (!talk_start(t)) abort();
    talk_run(t);
    CHECK_INT(t->status, SURREAL_ERR_TLS);
    CHECK_INT(server.alert, 51);
    talk_free(t);
}

/* ---- what no server may do ----------------------------------------------- */

typedef struct wrong {
    const char *fault;
    surreal_status status;
    int alert;
    const char *setup; /* r retry, c cookie, a asks, p P-256, 1 a ticket, u an
                          update */
    const char *says;
} wrong;

#define TLS SURREAL_ERR_TLS

static const wrong wrongs[] = {
    /* ServerHello */
    {"version 0303", TLS, 47, "", "0x0303"},
    {"version 0305", TLS, 47, "", "0x0305"},
    {"versions twice", TLS, 47, "", "twice"},
    {"versions long", TLS, 50, "", "ServerHello"},
    {"no supported_versions", SURREAL_ERR_TLS_VERSION, 70, "",
     "nothing newer than TLS 1.2"},
    {"downgrade to 1.2", TLS, 47, "", "older version"},
    {"downgrade to 1.1", TLS, 47, "", "older version"},
    {"legacy version 0304", TLS, 47, "", "0x0304"},
    {"session id other", TLS, 47, "", "legacy_session_id"},
    {"session id empty", TLS, 47, "", "legacy_session_id"},
    {"session id of 33", TLS, 50, "", "well-formed"},
    {"compression", TLS, 47, "", "compression"},
    {"suite not offered", TLS, 47, "", "0x1304"},
    {"suite of TLS 1.2", TLS, 47, "", "0xc02f"},
    {"no key_share", TLS, 109, "", "key_share"},
    {"key_share twice", TLS, 47, "", "twice"},
    {"share of another group", TLS, 47, "", "0x0017"},
    {"share trailing", TLS, 50, "", "key_share"},
    {"x25519 zero share", TLS, 47, "", "small order"},
    {"x25519 short share", TLS, 47, "", "no point"},
    {"hello psk", TLS, 110, "", "extension 41"},
    {"hello alpn", TLS, 47, "", "extension 16"},
    {"hello cookie", TLS, 110, "", "extension 44"},
    {"hello trailing", TLS, 50, "", "well-formed"},
    {"hello extension cut", TLS, 50, "", "well-formed"},
    {"hello short", TLS, 50, "", "well-formed"},
    {"hello and more", TLS, 10, "", "ServerHello"},
    /* HelloRetryRequest and what follows it */
    {"retry twice", TLS, 10, "r", "second HelloRetryRequest"},
    {"retry same group", TLS, 47, "r", "0x001d"},
    {"retry unknown group", TLS, 47, "r", "0x0018"},
    {"retry with a share", TLS, 50, "r", "well-formed"},
    {"retry nothing", TLS, 47, "r", "changes nothing"},
    {"retry empty cookie", TLS, 50, "r", "well-formed"},
    {"retry cookie twice", TLS, 47, "rc", "twice"},
    {"retry other extension", TLS, 110, "r", "extension 41"},
    {"retry no versions", TLS, 109, "r", "supported_versions"},
    {"retry then 1.2", TLS, 47, "r", "older version"},
    {"retry other suite", TLS, 47, "r", "0x1303"},
    {"retry other group", TLS, 47, "r", "0x001d"},
    {"retry no key_share", TLS, 109, "r", "key_share"},
    {"p256 off the curve", TLS, 47, "r", "no point"},
    {"p256 compressed", TLS, 47, "r", "no point"},
    {"session id other", TLS, 47, "r", "legacy_session_id"},
    {"suite not offered", TLS, 47, "r", "0x1304"},
    /* EncryptedExtensions */
    {"alpn h2", TLS, 47, "", "ALPN"},
    {"alpn two", TLS, 47, "", "ALPN"},
    {"alpn cut", TLS, 47, "", "ALPN"},
    {"ee not offered", TLS, 110, "", "extension 28"},
    {"ee unknown", TLS, 110, "", "extension 30583"},
    {"ee early_data", TLS, 110, "", "extension 42"},
    {"ee key_share", TLS, 47, "", "extension 51"},
    {"ee twice", TLS, 47, "", "extension 0 twice"},
    {"ee server_name full", TLS, 50, "", "server_name"},
    {"ee groups odd", TLS, 50, "", "supported_groups"},
    {"ee trailing", TLS, 50, "", "EncryptedExtensions"},
    {"ee cut", TLS, 50, "", "EncryptedExtensions"},
    /* CertificateRequest, Certificate */
    {"request context", TLS, 47, "a", "context"},
    {"request no schemes", TLS, 109, "a", "signature_algorithms"},
    {"request schemes twice", TLS, 47, "a", "twice"},
    {"request schemes odd", TLS, 50, "a", "CertificateRequest"},
    {"request trailing", TLS, 50, "a", "CertificateRequest"},
    {"request twice", TLS, 10, "a", "type 13"},
    {"certificate context", TLS, 47, "", "context"},
    {"certificate none", TLS, 50, "", "empty"},
    {"certificate empty entry", TLS, 50, "", "Certificate"},
    {"certificate extension", TLS, 110, "", "extension"},
    {"certificate trailing", TLS, 50, "", "Certificate"},
    {"certificate cut", TLS, 50, "", "Certificate"},
    {"certificate 11", SURREAL_ERR_CERT_LIMIT, 42, "", "more than 10"},
    {"certificate too long", TLS, 47, "", "65537"},
    {"certificate again", TLS, 10, "", "type 11"},
    {"no certificate", TLS, 10, "", "type 20"},
    /* CertificateVerify, Finished */
    {"no verify", TLS, 10, "", "type 20"},
    {"verify bit", TLS, 51, "", "signature is wrong"},
    {"verify bit", TLS, 51, "p", "signature is wrong"},
    {"verify as client", TLS, 51, "", "signature is wrong"},
    {"verify without spaces", TLS, 51, "", "signature is wrong"},
    {"verify empty", TLS, 51, "", "signature is wrong"},
    {"verify pkcs1", TLS, 47, "", "0x0401"},
    {"verify sha1", TLS, 47, "", "0x0203"},
    {"verify not offered", TLS, 47, "", "0x0603"},
    {"verify other key", TLS, 47, "", "0x0804"},
    {"verify other curve", TLS, 47, "p", "0x0503"},
    {"verify trailing", TLS, 50, "", "CertificateVerify"},
    {"finished bit", TLS, 51, "", "Finished"},
    {"finished of the client", TLS, 51, "", "Finished"},
    {"finished short", TLS, 50, "", "Finished"},
    {"finished long", TLS, 50, "", "Finished"},
    {"finished and more", TLS, 10, "", "record of Finished"},
    /* records */
    {"tag bit", TLS, 20, "", "tag"},
    {"content bit", TLS, 20, "", "tag"},
    {"length in the head", TLS, 20, "", "tag"},
    {"records swapped", TLS, 20, "", "tag"},
    {"record too short for a tag", TLS, 20, "", "tag"},
    {"plaintext overflow", TLS, 22, "", "16386"},
    {"padding overflow", TLS, 22, "", "16386"},
    {"ciphertext overflow", TLS, 22, "", "16641"},
    {"zeros alone", TLS, 10, "", "zeros"},
    {"nothing inside", TLS, 10, "", "zeros"},
    {"record type 99", TLS, 10, "", "type 99"},
    {"inner type 99", TLS, 10, "", "type 99"},
    {"inner ccs", TLS, 10, "", "type 20"},
    {"plain alert after keys", TLS, 10, "", "not encrypted"},
    {"plain handshake after keys", TLS, 10, "", "not encrypted"},
    {"data before Finished", TLS, 10, "", "data before"},
    {"empty data before Finished", TLS, 10, "", "data before"},
    {"empty handshake record", TLS, 10, "", "empty"},
    {"ccs says 2", TLS, 10, "", "says 2"},
    {"ccs of two bytes", TLS, 10, "", "one byte"},
    {"ccs empty", TLS, 10, "", "one byte"},
    {"ccs flood", TLS, 10, "", "too many"},
    {"user_canceled flood", TLS, 10, "", "too many"},
    {"alert of one byte", TLS, 50, "", "alert of 1"},
    {"alert of four bytes", TLS, 50, "", "alert of 4"},
    {"closed in the handshake", SURREAL_ERR_CLOSED, -1, "", "handshake"},
    {"message too long", TLS, 47, "", "16385"},
    {"ccs inside a message", TLS, 10, "", "inside"},
    {"data inside a message", TLS, 10, "", "data before"},
    /* after the handshake */
    {"record again", TLS, 20, "", "tag"},
    {"data of old keys", TLS, 20, "", "tag"},
    {"ccs after Finished", TLS, 10, "", "after Finished"},
    {"plain alert later", TLS, 10, "", "not encrypted"},
    {"handshake message later", TLS, 10, "", "type 13"},
    {"data inside a ticket", TLS, 10, "", "inside a handshake"},
    {"empty flood", TLS, 10, "", "too many"},
    {"update flood", TLS, 10, "", "too many"},
    {"ticket flood", TLS, 10, "", "too many"},
    {"ticket of eight days", TLS, 47, "1", "seven days"},
    {"ticket empty", TLS, 50, "1", "NewSessionTicket"},
    {"ticket trailing", TLS, 50, "1", "NewSessionTicket"},
    {"ticket cut", TLS, 50, "1", "NewSessionTicket"},
    {"update says 2", TLS, 47, "u", "unknown request"},
    {"update of two bytes", TLS, 50, "u", "type 24"},
    {"update and more", TLS, 10, "u", "record of KeyUpdate"}};

static void
wrong_setup(const char *setup)
{
    server_reset();
    server.is_retry = strchr(setup, 'r') != NULL;
    server.has_cookie = strchr(setup, 'c') != NULL;
    server.asks = strchr(setup, 'a') != NULL;
    server.is_p256 = strchr(setup, 'p') != NULL;
    server.tickets = strchr(setup, '1') != NULL;
    server.updates = strchr(setup, 'u') != NULL;
    server.greeting = "x";
}

/* The failure sticks, whatever is called, and nothing more is said. */
static void
check_stuck(talk *t)
{
    uint8_t data[10] = {0};
    size_t done, cap;
    surreal_error err;

    CHECK(!srl_tls_is_open(t->tls));
    CHECK_INT(srl_tls_read(t->tls, data, 10, &done, &err), t->status);
    CHECK_STR(err.message, t->err.message);
    CHECK_INT(srl_tls_write(t->tls, data, 10, &done, &err), t->status);
    srl_tls_room(t->tls, &cap);
    CHECK_INT(srl_tls_received(t->tls, cap < 10 ? cap : 10, &err),
              t->status);
    CHECK_INT(srl_tls_eof(t->tls, NULL), t->status);
    srl_tls_close(t->tls);
    CHECK_INT(srl_tls_output(t->tls).len, 0);
}

TEST(test_tls_all_that_is_wrong)
{
    size_t i, cut;

    for (i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const wrong *w = &wrongs[i];

        for (cut = 0; cut < 2; cut++) {
            talk *t = &conversation;

            wrong_setup(w->setup);
            server.fault = w->fault;
            talk_init(t);
            t->in_piece = cut;
            if (!talk_start(t)) abort();
            talk_run(t);
            if (t->status != w->status || server.alert != w->alert ||
                server.bad || !strstr(t->err.message, w->says) ||
                !strstr(t->err.message, TS_HOST)) {
                TEST_FAIL("\"%s\": status %x, alert %d, \"%s\" (%s)",
                          w->fault, (unsigned)t->status, server.alert,
                          t->err.message, server.bad ? server.bad : "");
            }
            if (t->status) check_stuck(t);
            talk_free(t);
        }
    }
}

/* Every type of message in every state: what the table of RFC 8446 4 and A.1
 * does not have there is unexpected. */
TEST(test_tls_wrong_message_in_every_state)
{
    static const uint8_t types[] = {0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13,
                                    14, 15, 16, 20, 21, 22, 23, 24, 25, 67,
                                    99, 254, 255};
    int state;
    size_t i;

    for (state = SRL_TLS_HELLO; state <= SRL_TLS_OPEN; state++) {
        for (i = 0; i < sizeof types; i++) {
            unsigned type = types[i];
            bool is_due =
                (state == SRL_TLS_HELLO && type == 2) ||
                (state == SRL_TLS_RETRIED && type == 2) ||
                (state == SRL_TLS_EXTENSIONS && type == 8) ||
                (state == SRL_TLS_REQUEST && (type == 11 || type == 13)) ||
                (state == SRL_TLS_CERTIFICATE && type == 11) ||
                (state == SRL_TLS_VERIFY && type == 15) ||
                (state == SRL_TLS_FINISHED && type == 20) ||
                (state == SRL_TLS_OPEN && (type == 4 || type == 24));
            talk *t;

            if (is_due) continue;
            server_reset();
            server.is_retry = state == SRL_TLS_RETRIED;
            server.asks = state == SRL_TLS_CERTIFICATE;
            server.wrong_state = state;
            server.wrong_type = type;
            t = talk_now();
            if (t->status != SURREAL_ERR_TLS || server.alert != 10) {
                TEST_FAIL("type %u in state %d: status %x, alert %d, %s",
                          type, state, (unsigned)t->status, server.alert,
                          t->err.message);
            }
            talk_free(t);
        }
    }
}

/* The stream ends behind each byte of all that the server says. */
TEST(test_tls_truncated_at_every_byte)
{
    static uint8_t flight[20000];
    talk *t = &conversation;
    size_t len, n;

    good(0);
    talk_init(t);
    if (!talk_start(t)) abort();
    talk_up(t, 0);
    len = server.out_len;
    NEED(len > 500 && len < sizeof flight);
    memcpy(flight, server.out, len);
    talk_free(t);
    for (n = 0; n <= len; n++) {
        size_t cap;
        uint8_t *room;

        talk_init(t);
        if (!talk_start(t)) abort();
        room = srl_tls_room(t->tls, &cap);
        memcpy(room, flight, n);
        CHECK_INT(srl_tls_received(t->tls, n, &t->err), 0);
        CHECK_INT(srl_tls_is_open(t->tls), n == len);
        CHECK_INT(srl_tls_eof(t->tls, &t->err), SURREAL_ERR_TLS_TRUNCATED);
        t->status = SURREAL_ERR_TLS_TRUNCATED;
        srl_tls_sent(t->tls, srl_tls_output(t->tls).len);
        check_stuck(t);
        talk_free(t);
    }
}

/* A flipped bit anywhere in what is protected is seen. */
TEST(test_tls_every_byte_counts)
{
    static uint8_t flight[20000];
    talk *t = &conversation;
    size_t len, n;

    good(0);
    server.is_quiet = true; /* a CCS says nothing */
    talk_init(t);
    if (!talk_start(t)) abort();
    talk_up(t, 0);
    len = server.out_len;
    NEED(len < sizeof flight);
    memcpy(flight, server.out, len);
    talk_free(t);
    for (n = 0; n < len; n += 3) {
        size_t cap;
        uint8_t *room;

        /* The versions of records are not looked at where they are not
         * protected (5.1): but for the first, that is the ServerHello's. */
        if (n == 2) continue;
        talk_init(t);
        if (!talk_start(t)) abort();
        room = srl_tls_room(t->tls, &cap);
        memcpy(room, flight, len);
        room[n] ^= (uint8_t)(1u << n % 8);
        if (!srl_tls_received(t->tls, len, &t->err) &&
            srl_tls_is_open(t->tls)) {
            TEST_FAIL("open with byte %u changed", (unsigned)n);
        }
        talk_free(t);
    }
}

/* ---- who answers at all -------------------------------------------------- */

typedef struct stranger {
    const char *bytes;
    size_t len;
    surreal_status status;
    const char *says;
} stranger;

static const stranger strangers[] = {
    {"HTTP/1.1 400 Bad Request\r\n", 26, SURREAL_ERR_TLS, "plain HTTP"},
    {"HTTP/", 5, SURREAL_ERR_TLS, "plain HTTP"},
    {"HTT", 3, SURREAL_ERR_TLS_TRUNCATED, "may not speak TLS"},
    {"", 0, SURREAL_ERR_TLS_TRUNCATED, "may not speak TLS"},
    {"SSH-2.0-x\r\n", 11, SURREAL_ERR_TLS, "does not answer in TLS"},
    {"\x16\x02\0\0\1\0", 6, SURREAL_ERR_TLS, "does not answer in TLS"},
    {"\x15\3\3\0\2\2\50", 7, SURREAL_ERR_TLS_ALERT, "handshake_failure"},
    {"\x15\3\1\0\2\2\106", 7, SURREAL_ERR_TLS_VERSION, "nothing newer"},
    {"\x15\3\3\0\2\2\160", 7, SURREAL_ERR_TLS_ALERT, "server_name"},
    {"\x15\3\3\0\2\2\164", 7, SURREAL_ERR_TLS_ALERT, "client_chain"},
    {"\x15\3\3\0\2\2\310", 7, SURREAL_ERR_TLS_ALERT, "unknown alert (200)"},
    {"\x15\3\3\0\2\1\0", 7, SURREAL_ERR_CLOSED, "close_notify"},
    {"\x16\3\3\x40\1", 5, SURREAL_ERR_TLS, "16385"},
    {"\x17\3\3\0\1x", 6, SURREAL_ERR_TLS, "data before the keys"},
    {"\x16\3\3\0\0", 5, SURREAL_ERR_TLS, "empty"}};

TEST(test_tls_strangers)
{
    size_t i, cut;

    for (i = 0; i < 2 * sizeof strangers / sizeof *strangers; i++) {
        const stranger *w = &strangers[i / 2];
        talk *t = &conversation;
        size_t at = 0;

        good(0);
        talk_init(t);
        if (!talk_start(t)) abort();
        for (cut = i % 2 ? 1 : w->len; at < w->len && !t->status;
             at += cut) {
            size_t cap;
            uint8_t *room = srl_tls_room(t->tls, &cap);

            memcpy(room, w->bytes + at, cut);
            t->status = srl_tls_received(t->tls, cut, &t->err);
        }
        if (!t->status) t->status = srl_tls_eof(t->tls, &t->err);
        if (t->status != w->status || !strstr(t->err.message, w->says)) {
            TEST_FAIL("%s: status %x, %s", w->says, (unsigned)t->status,
                      t->err.message);
        }
        talk_free(t);
    }
}

/* A stream cut between records is not an orderly end, however well it looks;
 * what came before it is data all the same. */
TEST(test_tls_three_ends)
{
    talk *t;

    good(0);
    t = talk_now();
    CHECK_INT(t->got_len, 5);
    CHECK_INT(srl_tls_eof(t->tls, &t->err), SURREAL_ERR_TLS_TRUNCATED);
    CHECK_INT(srl_tls_eof(t->tls, &t->err), SURREAL_ERR_TLS_TRUNCATED);
    talk_free(t);

    t = talk_now();
    ts_record(&server, 23, "last", 4);
    ts_record(&server, 21, "\1", 2);
    ts_record(&server, 23, "ignored", 7);
    talk_run(t);
    CHECK_INT(t->status, SURREAL_ERR_CLOSED);
    CHECK(t->got_len == 9 && !memcmp(t->got + 5, "last", 4));
    CHECK_INT(srl_tls_eof(t->tls, &t->err), SURREAL_ERR_CLOSED);
    CHECK_INT(server.alert, -1);
    talk_free(t);

    t = talk_now();
    ts_record(&server, 21, "\2\x50", 2);
    talk_run(t);
    CHECK_INT(t->status, SURREAL_ERR_TLS_ALERT);
    CHECK(strstr(t->err.message, "internal_error (80)") != NULL);
    CHECK_INT(server.alert, -1); /* no answer to an alert */
    check_stuck(t);
    talk_free(t);
}

static void
begin(void)
{
    surreal_bytes der;

    tls_server_init(&server);
    der.ptr = server.root.der;
    der.len = server.root.len;
    if (surreal_trust_memory(NULL, der, &trust, NULL)) abort();
    make_pem();
}

TEST_MAIN(begin();
          RUN(test_tls_all_that_is_right);
          RUN(test_tls_split_at_every_byte);
          RUN(test_tls_every_allocation_fails);
          RUN(test_tls_memory);
          RUN(test_tls_random_numbers_fail);
          RUN(test_tls_much_data);
          RUN(test_tls_rekey_without_sending);
          RUN(test_tls_update_waits_for_room);
          RUN(test_tls_client_certificate);
          RUN(test_tls_client_certificate_fails);
          RUN(test_tls_certificate_is_checked);
          RUN(test_tls_all_that_is_wrong);
          RUN(test_tls_wrong_message_in_every_state);
          RUN(test_tls_truncated_at_every_byte);
          RUN(test_tls_every_byte_counts);
          RUN(test_tls_strangers);
          RUN(test_tls_three_ends);
          surreal_trust_free(trust);)
