/* cc -std=c99 -g -fsanitize=address,undefined -I. -o test_tls_keys
 *     tests/unit/test_tls_keys.c -lm && ./test_tls_keys
 *
 * TLS against the transcripts of RFC 8448, byte for byte: key schedule, record
 * protection, transcript hash, what is signed, Finished, data and the end, in
 * both directions.
 *
 * Not replayed: the ClientHellos of the RFC offer other extensions than ours,
 * so they are put into the transcript as they are, and the ServerHellos that
 * answer an empty legacy_session_id, and all EncryptedExtensions (they hold
 * record_size_limit, which we never offer and so refuse) are put in behind the
 * parsers. Certificates and signatures of RSA with 1024 bits are below our
 * floor: what is signed is compared, the signature is checked where the key is
 * one of P-256. The two transcripts with PSKs and the one with raw keys are
 * not for this client. */
#define SURREAL_IMPLEMENTATION
#define SURREAL_TLS_KEYLOG
#include "surreal.h"
#include "tests/test.h"
#include "tests/vectors.h"

/* ---- the file ------------------------------------------------------------ */

static char *transcripts;

static bool
transcripts_load(void)
{
    FILE *file;
    size_t len;

    if (transcripts) return true;
    file = fopen(vectors_path("tls13_rfc8448/transcripts.vec"), "rb");
    if (!file) return false;
    transcripts = (char *)calloc(1, 100000);
    if (!transcripts) abort();
    len = fread(transcripts, 1, 99999, file);
    fclose(file);
    return len > 30000;
}

typedef struct text {
    uint8_t *ptr;
    size_t len;
} text;

/* "Key = hex" below "[section]"; aborts if there is none. */
static text
value(const char *section, const char *key)
{
    char head[100];
    char *at;
    char *end;
    char *eol;
    char *hex;
    text out;

    snprintf(head, sizeof head, "[%s]", section);
    at = strstr(transcripts, head);
    if (!at) abort();
    end = strstr(at + 1, "\n[");
    snprintf(head, sizeof head, "\n%s =", key);
    at = strstr(at, head);
    if (!at || (end && at > end)) {
        printf("no %s in %s\n", key, section);
        abort();
    }
    at += strlen(head);
    while (*at == ' ') {
        at++;
    }
    eol = at + strcspn(at, "\r\n");
    out.len = 0;
    hex = (char *)calloc(1, (size_t)(eol - at) + 1);
    if (!hex) abort();
    for (; at < eol; at++) {
        if (*at != ' ') hex[out.len++] = *at; /* one value has a blank */
    }
    out.ptr = vectors_bytes(hex, &out.len);
    free(hex);
    if (!out.ptr) abort();
    return out;
}

/* ---- a client in the middle of a transcript ------------------------------ */

typedef struct replay {
    const char *section;
    srl_mem mem;
    srl_tls_config config;
    srl_tls *tls;
    surreal_error err;
} replay;

static bool
replay_random(void *user, void *out, size_t len)
{
    (void)user;
    memset(out, 7, len);
    return true;
}

/* Ours after its ClientHello, which is then replaced by the transcript's. */
static void
replay_open(replay *r, const char *section)
{
    memset(r, 0, sizeof *r);
    r->section = section;
    srl_mem_init(&r->mem, NULL, 0);
    r->config.host = "server";
    r->config.random = replay_random;
    r->config.verify.is_blind = true;
    r->tls = srl_tls_new(&r->config, &r->mem);
    if (!r->tls || srl_tls_start(r->tls, &r->err)) abort();
    srl_tls_sent(r->tls, srl_tls_output(r->tls).len);
    srl_tls_transcript_init(r->tls);
}

static void
replay_close(replay *r)
{
    srl_tls_free(r->tls);
    CHECK_INT(r->mem.used, 0);
}

/* A record's content into the transcript. */
static void
replay_add(replay *r, const char *key)
{
    text t = value(r->section, key);

    srl_tls_transcript_add(r->tls, t.ptr + 5, t.len - 5);
    free(t.ptr);
}

/* Our share from bytes of the pool must be the one in a ClientHello. */
static void
replay_share(replay *r, size_t at, uint16_t group, const char *hello)
{
    text pool = value(r->section, "Client_RNG_Pool");
    text t = value(r->section, hello);
    uint8_t point[SRL_P256_POINT];
    size_t len = 32;
    size_t i;
    bool is_found = false;

    r->tls->group = group;
    memcpy(r->tls->scalar, pool.ptr + at, 32);
    if (group == SRL_TLS_GROUP_X25519) {
        srl_x25519_public(point, r->tls->scalar);
    } else {
        len = SRL_P256_POINT;
        CHECK(srl_p256_public(point, r->tls->scalar));
    }
    for (i = 0; i + len <= t.len; i++) {
        if (!memcmp(t.ptr + i, point, len)) is_found = true;
    }
    CHECK(is_found);
    free(pool.ptr);
    free(t.ptr);
}

static surreal_status
replay_feed(replay *r, const uint8_t *data, size_t len)
{
    size_t cap;
    uint8_t *room = srl_tls_room(r->tls, &cap);

    if (cap < len) abort();
    memcpy(room, data, len);
    if (srl_tls_is_open(r->tls)) {
        r->tls->in_end += len;
        return SURREAL_OK;
    }
    return srl_tls_received(r->tls, len, &r->err);
}

/* What srl_tls_on_choice does, behind the check of legacy_session_id. */
static void
replay_server_hello(replay *r)
{
    text t = value(r->section, "Record_ServerHello");
    srl_tls_message message;
    srl_tls_hello hello;
    surreal_status status;

    message.type = 2;
    message.head = t.ptr + 5;
    message.body = t.ptr + 9;
    message.len = t.len - 9;
    message.rest = 0;
    CHECK(srl_tls_read_hello(&message, &hello));
    CHECK(hello.has_version && hello.selected == 0x0304);
    CHECK(!hello.session_id.len);
    if (!r->tls->suite) CHECK(srl_tls_choose_suite(r->tls, hello.suite));
    status = srl_tls_check_extensions(r->tls, &hello, &r->err);
    CHECK_INT(status, 0);
    status = srl_tls_on_choice(r->tls, &message, &hello, &r->err);
    CHECK_INT(status, 0);
    CHECK(r->tls->in.is_on && r->tls->out.is_on);
    free(t.ptr);
}

/* A message of the flight: must be what the transcript says. */
static const uint8_t *
replay_is(replay *r, const char *key, const uint8_t *at, const uint8_t *end,
          srl_tls_message *message)
{
    text t = value(r->section, key);

    CHECK((size_t)(end - at) >= t.len && !memcmp(at, t.ptr, t.len));
    message->type = at[0];
    message->head = at;
    message->body = at + 4;
    message->len = t.len - 4;
    message->rest = (size_t)(end - at) - t.len;
    free(t.ptr);
    return at + 4 + message->len;
}

/* The signature of a server with a key we take is checked, else what it is
 * made of. */
static void
replay_verify(replay *r, const srl_tls_message *message, bool is_ec)
{
    text want = value(r->section, "Server_MessageToSign");
    text sig = value(r->section, "Server_MessageSignature");
    uint8_t made[SRL_TLS_TO_SIGN];
    size_t len = srl_tls_to_sign(r->tls, "server", made);

    CHECK_MEM(made, len, want.ptr, want.len);
    CHECK_MEM(message->body + 4, message->len - 4, sig.ptr, sig.len);
    if (is_ec) {
        CHECK_INT(srl_tls_on_verify(r->tls, message, &r->err), 0);
    } else {
        srl_tls_transcript_message(r->tls, message);
        r->tls->state = SRL_TLS_FINISHED;
    }
    free(want.ptr);
    free(sig.ptr);
}

/* The record of the server's flight, opened and gone through. */
static void
replay_flight(replay *r, bool is_ec)
{
    text t = value(r->section, "Record_ServerHandshakeMessages");
    srl_tls *tls = r->tls;
    srl_tls_record rec;
    srl_tls_message m;
    unsigned type = 0;
    size_t len = 0;
    const uint8_t *at;
    const uint8_t *end;
    size_t skip = t.ptr[0] == SRL_TLS_CCS ? 6 : 0;
    size_t cap;

    if (skip) CHECK_INT(replay_feed(r, t.ptr, skip), 0);
    memcpy(srl_tls_room(tls, &cap), t.ptr + skip, t.len - skip);
    tls->in_end += t.len - skip;
    CHECK_INT(srl_tls_next_record(tls, &rec, &r->err), 0);
    CHECK_INT(srl_tls_open(tls, &rec, rec.body, &type, &len, &r->err), 0);
    CHECK_INT(type, SRL_TLS_HANDSHAKE);
    at = rec.body;
    end = at + len;
    at = replay_is(r, "Message_EncryptedExtensions", at, end, &m);
    srl_tls_transcript_message(tls, &m);
    tls->state = SRL_TLS_REQUEST;
    if (is_ec) {
        at = replay_is(r, "Message_CertificateRequest", at, end, &m);
        CHECK_INT(srl_tls_on_request(tls, &m, &r->err), 0);
        CHECK_INT(tls->state, SRL_TLS_CERTIFICATE);
    }
    at = replay_is(r, "Message_Server_Certificate", at, end, &m);
    if (is_ec) {
        CHECK_INT(srl_tls_on_certificate(tls, &m, &r->err), 0);
        CHECK_INT(tls->state, SRL_TLS_VERIFY);
    } else {
        srl_tls_transcript_message(tls, &m);
    }
    at = replay_is(r, "Message_Server_CertificateVerify", at, end, &m);
    replay_verify(r, &m, is_ec);
    at = replay_is(r, "Message_Server_Finished", at, end, &m);
    CHECK(at == end);
    if (!is_ec) {
        CHECK_INT(srl_tls_on_finished(tls, &m, &r->err), 0);
        CHECK(srl_tls_is_open(tls));
    } else {
        CHECK(srl_tls_is_finished(tls, &m));
        srl_tls_transcript_message(tls, &m);
    }
    free(t.ptr);
}

/* Our output is the record of the transcript. */
static void
replay_sent(replay *r, const char *key)
{
    text t = value(r->section, key);
    surreal_bytes out = srl_tls_output(r->tls);

    CHECK_MEM(out.ptr, out.len, t.ptr, t.len);
    srl_tls_sent(r->tls, out.len);
    free(t.ptr);
}

static void
replay_received(replay *r, const char *key)
{
    text t = value(r->section, key);

    CHECK_INT(replay_feed(r, t.ptr, t.len), 0);
    free(t.ptr);
}

static void
replay_end(replay *r)
{
    uint8_t data[16];
    size_t done;

    replay_received(r, "Record_Server_CloseNotify");
    CHECK_INT(srl_tls_read(r->tls, data, sizeof data, &done, &r->err),
              SURREAL_ERR_CLOSED);
    CHECK_INT(srl_tls_eof(r->tls, &r->err), SURREAL_ERR_CLOSED);
    srl_tls_close(r->tls);
    replay_sent(r, "Record_Client_CloseNotify");
}

/* ---- the transcripts ----------------------------------------------------- */

/* RFC 8448 section 3. */
TEST(test_tls_rfc8448_simple)
{
    replay r;
    text plain;
    uint8_t data[100];
    size_t done;

    if (!transcripts_load()) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    replay_open(&r, "Simple_1RTT_Handshake");
    r.tls->is_ccs_sent = true; /* not in compatibility mode */
    replay_share(&r, 32, SRL_TLS_GROUP_X25519, "Record_ClientHello_1");
    replay_add(&r, "Record_ClientHello_1");
    replay_server_hello(&r);
    replay_flight(&r, false);
    replay_sent(&r, "Record_ClientFinished");

    replay_received(&r, "Record_NewSessionTicket");
    CHECK_INT(srl_tls_read(r.tls, data, sizeof data, &done, &r.err),
              SURREAL_WOULD_BLOCK);
    CHECK_INT(r.tls->tickets, 1);

    plain = value(r.section, "Client_AppData");
    CHECK_INT(srl_tls_write(r.tls, plain.ptr, plain.len, &done, &r.err), 0);
    CHECK_INT(done, plain.len);
    free(plain.ptr);
    replay_sent(&r, "Record_Client_AppData");

    plain = value(r.section, "Server_AppData");
    replay_received(&r, "Record_Server_AppData");
    CHECK_INT(srl_tls_read(r.tls, data, sizeof data, &done, &r.err), 0);
    CHECK_MEM(data, done, plain.ptr, plain.len);
    free(plain.ptr);
    replay_end(&r);
    replay_close(&r);
}

/* Section 5: P-256 after a HelloRetryRequest with a cookie. */
TEST(test_tls_rfc8448_hello_retry_request)
{
    replay r;

    if (!transcripts_load()) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    replay_open(&r, "HelloRetryRequest_Handshake");
    r.tls->is_ccs_sent = true;
    replay_share(&r, 32, SRL_TLS_GROUP_X25519, "Record_ClientHello_1");
    replay_add(&r, "Record_ClientHello_1");
    {
        text t = value(r.section, "Record_HelloRetryRequest");
        srl_tls_message message;
        srl_tls_hello hello;

        message.head = t.ptr + 5;
        message.body = t.ptr + 9;
        message.len = t.len - 9;
        CHECK(srl_tls_read_hello(&message, &hello));
        CHECK(hello.is_retry && hello.has_version);
        CHECK(srl_tls_choose_suite(r.tls, hello.suite));
        free(t.ptr);
    }
    srl_tls_transcript_restart(r.tls);
    replay_add(&r, "Record_HelloRetryRequest");
    replay_share(&r, 64, SRL_TLS_GROUP_P256, "Record_ClientHello_2");
    replay_add(&r, "Record_ClientHello_2");
    r.tls->state = SRL_TLS_RETRIED;
    replay_server_hello(&r);
    replay_flight(&r, false);
    replay_sent(&r, "Record_ClientFinished");
    replay_end(&r);
    replay_close(&r);
}

/* Section 6: certificate and signature of the server go all the way through
 * ours. The client's flight is one record there and three here: it is opened
 * with our keys and compared with what we compute. */
TEST(test_tls_rfc8448_client_authentication)
{
    replay r;
    text sent;
    text want;
    srl_tls *tls;
    srl_tls_record rec;
    unsigned type = 0;
    size_t len = 0;
    size_t at = 0;
    unsigned messages = 0;
    uint8_t made[SRL_TLS_TO_SIGN];
    uint8_t client[SRL_TLS_SECRET], server[SRL_TLS_SECRET];

    if (!transcripts_load()) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    replay_open(&r, "Client_Authentication_Handshake");
    tls = r.tls;
    tls->is_ccs_sent = true;
    replay_share(&r, 32, SRL_TLS_GROUP_X25519, "Record_ClientHello_1");
    replay_add(&r, "Record_ClientHello_1");
    replay_server_hello(&r);
    replay_flight(&r, true);
    srl_tls_application_secrets(tls, client, server);

    sent = value(r.section, "Record_ClientFinished");
    want = value(r.section, "Client_MessageToSign");
    tls->in = tls->out; /* to read what a client sent */
    rec.type = sent.ptr[0];
    rec.head = sent.ptr;
    rec.body = sent.ptr + 5;
    rec.len = sent.len - 5;
    CHECK_INT(srl_tls_open(tls, &rec, rec.body, &type, &len, &r.err), 0);
    while (at + 4 <= len) {
        srl_tls_message m;

        m.type = rec.body[at];
        m.head = rec.body + at;
        m.body = m.head + 4;
        m.len = srl_load16(m.head + 2);
        m.rest = 0;
        at += 4 + m.len;
        NEED(at <= len);
        if (m.type == SRL_TLS_CERTIFICATE_VERIFY) {
            size_t n = srl_tls_to_sign(tls, "client", made);

            CHECK_MEM(made, n, want.ptr, want.len);
        } else if (m.type == SRL_TLS_FINISHED_MESSAGE) {
            CHECK(srl_tls_is_finished(tls, &m));
        }
        srl_tls_transcript_message(tls, &m);
        messages++;
    }
    CHECK_INT(at, len);
    CHECK_INT(messages, 3);
    srl_tls_install(tls, &tls->out, client);
    srl_tls_install(tls, &tls->in, server);
    tls->state = SRL_TLS_OPEN;
    replay_end(&r);
    free(sent.ptr);
    free(want.ptr);
    replay_close(&r);
}

/* Section 7: its ServerHello goes through our parser, and our CCS and Finished
 * are its. */
TEST(test_tls_rfc8448_compatibility_mode)
{
    replay r;
    text pool;

    if (!transcripts_load()) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    replay_open(&r, "Middlebox_Compatibility_Mode");
    pool = value(r.section, "Client_RNG_Pool");
    memcpy(r.tls->random, pool.ptr, 32);
    memcpy(r.tls->session_id, pool.ptr + 32, 32);
    free(pool.ptr);
    replay_share(&r, 64, SRL_TLS_GROUP_X25519, "Record_ClientHello_1");
    replay_add(&r, "Record_ClientHello_1");
    replay_received(&r, "Record_ServerHello");
    CHECK_INT(r.tls->state, SRL_TLS_EXTENSIONS);
    replay_flight(&r, false);
    replay_sent(&r, "Record_ClientFinished");
    replay_end(&r);
    replay_close(&r);
}

/* The lines of a key log, against the secrets that RFC 8448 section 3 prints:
 * labels as other programs read them, in the order they come about. */
typedef struct log_lines {
    char text[4][300];
    unsigned count;
} log_lines;

static void
log_line(void *user, const char *line)
{
    log_lines *lines = (log_lines *)user;

    if (lines->count < 4) {
        snprintf(lines->text[lines->count], sizeof lines->text[0], "%s",
                 line);
    }
    lines->count++;
}

TEST(test_tls_keylog)
{
#define LOG_RANDOM \
    "cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7"
    static const char *want[4] = {
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET " LOG_RANDOM " b3eddb126e067f35a780b"
        "3abf45e2d8f3b1a950738f52e9600746a0e27a55a21",
        "SERVER_HANDSHAKE_TRAFFIC_SECRET " LOG_RANDOM " b67b7d690cc16c4e75e54"
        "213cb2d37b4e9c912bcded9105d42befd59d391ad38",
        "CLIENT_TRAFFIC_SECRET_0 " LOG_RANDOM " 9e40646ce79a7f9dc05af8889bce6"
        "552875afa0b06df0087f792ebb7c17504a5",
        "SERVER_TRAFFIC_SECRET_0 " LOG_RANDOM " a11af9f05531f856ad47116b45a95"
        "0328204b4f44bfb6b3a4b4f1f3fcb631643"};
    replay r;
    log_lines lines;
    text pool;
    unsigned i;

    if (!transcripts_load()) {
        SKIP(VECTORS_ABSENT);
        return;
    }
    memset(&lines, 0, sizeof lines);
    replay_open(&r, "Simple_1RTT_Handshake");
    r.config.keylog = log_line;
    r.config.keylog_user = &lines;
    pool = value(r.section, "Client_RNG_Pool");
    memcpy(r.tls->random, pool.ptr, 32);
    free(pool.ptr);
    replay_share(&r, 32, SRL_TLS_GROUP_X25519, "Record_ClientHello_1");
    replay_add(&r, "Record_ClientHello_1");
    replay_server_hello(&r);
    replay_flight(&r, false);
    CHECK_INT(lines.count, 4);
    for (i = 0; i < 4; i++) {
        CHECK_STR(lines.text[i], want[i]);
    }
    replay_close(&r);
}

/* ---- what no transcript has ---------------------------------------------- */

/* RFC 8448 section 3 prints these on the way: "derived" of the early secret,
 * and the write key and IV of the server's handshake. */
TEST(test_tls_expand_label)
{
    static const char *early = "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f"
                               "2660e1b22e10f170f92a";
    static const char *derived = "6f2615a108c702c5678f54fc9dbab69716c076189c48"
                                 "250cebeac3576c3611ba";
    static const char *traffic = "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9"
                                 "105d42befd59d391ad38";
    static const char *key = "3fce516009c21727d0f2e4e86ee403bc";
    static const char *iv = "5d313eb2671276ee13000b30";
    uint8_t secret[32], want[32], out[32], none[32];

    CHECK_INT(vectors_hex(early, secret, 32), 32);
    CHECK_INT(vectors_hex(derived, want, 32), 32);
    srl_hash_of(SRL_SHA256, "", 0, none);
    srl_tls_expand(SRL_SHA256, secret, "derived", none, 32, out, 32);
    CHECK_MEM(out, 32, want, 32);
    CHECK_INT(vectors_hex(traffic, secret, 32), 32);
    CHECK_INT(vectors_hex(key, want, 32), 16);
    srl_tls_expand(SRL_SHA256, secret, "key", NULL, 0, out, 16);
    CHECK_MEM(out, 16, want, 16);
    CHECK_INT(vectors_hex(iv, want, 32), 12);
    srl_tls_expand(SRL_SHA256, secret, "iv", NULL, 0, out, 12);
    CHECK_MEM(out, 12, want, 12);
}

TEST(test_tls_reader_stays_inside)
{
    static const uint8_t bytes[] = {0, 3, 1, 2, 3, 9};
    srl_tls_reader r;
    srl_tls_reader v;
    size_t len;

    for (len = 0; len <= sizeof bytes; len++) {
        uint8_t *copy = (uint8_t *)malloc(len ? len : 1);

        if (!copy) abort();
        memcpy(copy, bytes, len);
        srl_tls_reader_init(&r, copy, len);
        v = srl_tls_vector(&r, 2);
        CHECK(v.failed == (len < 5));
        CHECK(r.failed == (len < 5));
        CHECK_INT(srl_tls_left(&v), len < 5 ? 0 : 3);
        CHECK_INT(srl_tls_number(&v, 4), 0); /* beyond its end, not ours */
        CHECK(v.failed && !srl_tls_done(&v));
        CHECK(srl_tls_done(&r) == (len == 5));
        CHECK_INT(srl_tls_number(&r, 1), len == 6 ? 9 : 0);
        CHECK(srl_tls_done(&r) == (len == 6));
        free(copy);
    }
}

TEST(test_tls_names_and_addresses)
{
    CHECK(srl_tls_is_name("localhost"));
    CHECK(srl_tls_is_name("db.example.com"));
    CHECK(srl_tls_is_name("db.example.com."));
    CHECK(srl_tls_is_name("1.2.3.com"));
    CHECK(srl_tls_is_name("10.0.0.1a"));
    CHECK(!srl_tls_is_name("127.0.0.1"));
    CHECK(!srl_tls_is_name("::1"));
    CHECK(!srl_tls_is_name("2001:db8::1"));
    CHECK(!srl_tls_is_name(""));
}

TEST(test_tls_alert_names)
{
    CHECK_STR(srl_tls_alert_name(0), "close_notify");
    CHECK_STR(srl_tls_alert_name(40), "handshake_failure");
    CHECK_STR(srl_tls_alert_name(120), "no_application_protocol");
    CHECK_STR(srl_tls_alert_name(200), "unknown alert");
}

/* Two buffers of a record each, and little else. */
TEST(test_tls_size)
{
    CHECK(sizeof(srl_tls) <= 48u * 1024);
    CHECK(sizeof(srl_tls) > SRL_TLS_IN + SRL_TLS_OUT);
}

TEST_MAIN(RUN(test_tls_rfc8448_simple);
          RUN(test_tls_rfc8448_hello_retry_request);
          RUN(test_tls_rfc8448_client_authentication);
          RUN(test_tls_rfc8448_compatibility_mode);
          RUN(test_tls_keylog);
          RUN(test_tls_expand_label);
          RUN(test_tls_reader_stays_inside);
          RUN(test_tls_names_and_addresses);
          RUN(test_tls_alert_names);
          RUN(test_tls_size);
          free(transcripts);)
