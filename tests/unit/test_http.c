/* cc -I. -o build/unit/test_http tests/unit/test_http.c
 *
 * Base64, response heads (RFC 9112) and the upgrade (RFC 6455 4). Heads are
 * fed in every cut, each time in a block of its own and of just that size, so
 * that a sanitizer sees reads outside it and views that were kept. The cases
 * of llhttp are used if they are there, their bodies too. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../json.h"
#include "../test.h"

static const uint8_t nonce[16] = {'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                  'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};

/* ---- base64 -------------------------------------------------------------- */

static const char *
base64_of(const char *text)
{
    static char out[64];
    size_t len = strlen(text);
    uint8_t *copy = (uint8_t *)malloc(len ? len : 1);

    if (!copy) abort();
    memcpy(copy, text, len);
    CHECK_INT(srl_base64_encode(out, copy, len), SRL_BASE64_LEN(len));
    CHECK_INT(strlen(out), SRL_BASE64_LEN(len));
    free(copy);
    return out;
}

TEST(test_base64_rfc4648_10)
{
    CHECK_STR(base64_of(""), "");
    CHECK_STR(base64_of("f"), "Zg==");
    CHECK_STR(base64_of("fo"), "Zm8=");
    CHECK_STR(base64_of("foo"), "Zm9v");
    CHECK_STR(base64_of("foob"), "Zm9vYg==");
    CHECK_STR(base64_of("fooba"), "Zm9vYmE=");
    CHECK_STR(base64_of("foobar"), "Zm9vYmFy");
}

TEST(test_base64_all_digits)
{
    uint8_t data[48];
    char out[65];
    size_t i;

    /* The digits 0 to 63 in order. */
    for (i = 0; i < 48; i += 3) {
        unsigned d = (unsigned)i / 3 * 4;

        data[i] = (uint8_t)(d << 2 | (d + 1) >> 4);
        data[i + 1] = (uint8_t)((d + 1) << 4 | (d + 2) >> 2);
        data[i + 2] = (uint8_t)((d + 2) << 6 | (d + 3));
    }
    srl_base64_encode(out, data, sizeof data);
    CHECK_STR(out, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                   "0123456789+/");
}

/* ---- heads --------------------------------------------------------------- */

/* Feed bytes [0, len) in two steps; the head's views point into *block, which
 * the caller frees. */
static surreal_status
feed_cut(srl_http_head *head, const char *text, size_t len, size_t cut,
         uint8_t **block, surreal_error *err)
{
    surreal_status status = SURREAL_WOULD_BLOCK;

    srl_error_clear(err);
    srl_http_head_init(head);
    *block = NULL;
    if (cut < len) {
        *block = (uint8_t *)malloc(cut ? cut : 1);
        if (!*block) abort();
        memcpy(*block, text, cut);
        status = srl_http_head_feed(head, *block, cut, err);
        if (status != SURREAL_WOULD_BLOCK) return status;
        free(*block);
    }
    *block = (uint8_t *)malloc(len ? len : 1);
    if (!*block) abort();
    memcpy(*block, text, len);
    return srl_http_head_feed(head, *block, len, err);
}

static surreal_status
feed(srl_http_head *head, const char *text, uint8_t **block,
     surreal_error *err)
{
    size_t len = strlen(text);

    return feed_cut(head, text, len, len, block, err);
}

/* Fails with `status` at byte `at` and says so, in every cut. */
static void
check_refused(const char *text, size_t len, surreal_status status, size_t at,
              const char *says)
{
    static srl_http_head head;
    surreal_error err;
    uint8_t *block;
    size_t cut;

    for (cut = 0; cut <= len; cut++) {
        surreal_status got = feed_cut(&head, text, len, cut, &block, &err);

        free(block);
        if (got != status || !strstr(err.message, says) || err.at != at) {
            TEST_FAIL("cut %zu of \"%.40s\": %d at %zu \"%s\"", cut, text,
                      (int)got, err.at, err.message);
            return;
        }
    }
}

#define REFUSED(text, at, says)                                        \
    check_refused(text, sizeof(text) - 1, SURREAL_ERR_HTTP, at, says)

#define OK_LINE "HTTP/1.1 200 OK\r\n"

TEST(test_http_head_fields)
{
    static const char text[] = "HTTP/1.1 101 Switching Protocols\r\n"
                               "Upgrade:websocket\r\n"
                               "X-Empty:\r\n"
                               "x-blank: \t \r\n"
                               "X-Mixed:\t a\tb  c \t\r\n"
                               "upgrade: second\r\n"
                               "\r\n\x81\x00 frames";
    static srl_http_head head;
    surreal_error err;
    surreal_str value;
    uint8_t *block;
    size_t len = sizeof text - 1, cut, next;

    for (cut = 0; cut <= len; cut++) {
        NEED(!feed_cut(&head, text, len, cut, &block, &err));
        CHECK_INT(head.code, 101);
        CHECK_INT(head.minor, 1);
        CHECK_INT(head.len, len - 9);
        CHECK_INT(head.count, 5);
        CHECK(surreal_str_eq(head.reason,
                             surreal_text("Switching Protocols")));
        next = 0;
        value = srl_http_header_next(&head, "UPGRADE", &next);
        CHECK(surreal_str_eq(value, surreal_text("websocket")));
        value = srl_http_header_next(&head, "UPGRADE", &next);
        CHECK(surreal_str_eq(value, surreal_text("second")));
        CHECK(!srl_http_header_next(&head, "UPGRADE", &next).ptr);
        next = 0;
        value = srl_http_header_next(&head, "x-empty", &next);
        CHECK(value.ptr && !value.len);
        next = 0;
        value = srl_http_header_next(&head, "X-Blank", &next);
        CHECK(value.ptr && !value.len);
        next = 0;
        value = srl_http_header_next(&head, "X-Mixed", &next);
        CHECK(surreal_str_eq(value, surreal_text("a\tb  c")));
        next = 0;
        CHECK(!srl_http_header_next(&head, "X-Mixe", &next).ptr);
        next = 0;
        CHECK(!srl_http_header_next(&head, "X-Mixed2", &next).ptr);
        free(block);
    }
}

TEST(test_http_head_status_lines)
{
    static srl_http_head head;
    uint8_t *block;

    CHECK_INT(feed(&head, "HTTP/1.0 999 Odd\r\n\r\n", &block, NULL), 0);
    CHECK_INT(head.code, 999);
    CHECK_INT(head.minor, 0);
    CHECK_INT(head.count, 0);
    free(block);
    CHECK_INT(feed(&head, "HTTP/1.1 100\r\n\r\n", &block, NULL), 0);
    CHECK_INT(head.reason.len, 0);
    free(block);
    CHECK_INT(feed(&head, "HTTP/1.1 200 \r\n\r\n", &block, NULL), 0);
    CHECK_INT(head.reason.len, 0);
    free(block);
    CHECK_INT(feed(&head, "HTTP/1.1 500 Ori\xebntatie\tX\r\n\r\n", &block,
                   NULL), 0);
    CHECK_INT(head.reason.len, 12);
    free(block);
}

TEST(test_http_refuses_what_is_not_http)
{
    REFUSED("SSH-2.0-OpenSSH\r\n", 0, "does not begin with HTTP/1.");
    REFUSED("\x15\x03\x01\x00\x02", 0, "use wss:// or https://");
    REFUSED("\x16", 0, "does not begin with HTTP/1.");
    REFUSED("\r\nHTTP/1.1 200 OK\r\n\r\n", 0, "does not begin");
    REFUSED("http/1.1 200 OK\r\n\r\n", 0, "does not begin");
    REFUSED("HTTPS", 4, "does not begin");
    REFUSED("HTTP/2", 5, "does not begin");
    REFUSED("HTTP/1,", 6, "does not begin");
}

TEST(test_http_refuses_bad_status_lines)
{
    REFUSED("HTTP/1.\r\n", 7, "version is not");
    REFUSED("HTTP/1.2 200 OK\r\n", 7, "version is not");
    REFUSED("HTTP/1.1\r\n", 8, "one space after the version");
    REFUSED("HTTP/1.1\t200 OK\r\n", 8, "one space after the version");
    REFUSED("HTTP/1.11 200 OK\r\n", 8, "one space after the version");
    REFUSED("HTTP/1.1  200 OK\r\n", 9, "three digits");
    REFUSED("HTTP/1.1 \r\n", 9, "three digits");
    REFUSED("HTTP/1.1 20\r\n", 11, "three digits");
    REFUSED("HTTP/1.1 20 OK\r\n", 11, "three digits");
    REFUSED("HTTP/1.1 099 OK\r\n", 9, "three digits");
    REFUSED("HTTP/1.1 +20 OK\r\n", 9, "three digits");
    REFUSED("HTTP/1.1 2000 OK\r\n", 12, "space after the status");
    REFUSED("HTTP/1.1 200-OK\r\n", 12, "space after the status");
}

TEST(test_http_refuses_bad_line_ends)
{
    REFUSED("HTTP/1.1 200 OK\n\r\n", 15, "LF without CR");
    REFUSED("HTTP/1.1 200 OK\rA: b\r\n\r\n", 15, "CR without LF");
    REFUSED("HTTP/1.1 200 OK\r\r\n\r\n", 15, "CR without LF");
    REFUSED(OK_LINE "A: b\n\r\n", 21, "LF without CR");
    REFUSED(OK_LINE "A: b\rC: d\r\n\r\n", 21, "CR without LF");
    REFUSED(OK_LINE "A: b\r\n\n", 23, "LF without CR");
    REFUSED(OK_LINE "\rA: b\r\n\r\n", 17, "CR without LF");
}

TEST(test_http_refuses_control_bytes)
{
    int c;

    REFUSED("HTTP/1.1 200 O\0K\r\n\r\n", 14, "control byte");
    REFUSED(OK_LINE "A: \0b\r\n\r\n", 20, "control byte");
    REFUSED(OK_LINE "A\0: b\r\n\r\n", 18, "control byte");
    for (c = 0; c < 0x100; c++) {
        char text[] = OK_LINE "A: x\r\n\r\n";

        text[20] = (char)c;
        if (c == '\t' || c == '\r' || (c >= 0x20 && c != 0x7f)) continue;
        check_refused(text, sizeof text - 1, SURREAL_ERR_HTTP, 20,
                      c == '\n' ? "LF without CR" : "control byte");
    }
}

TEST(test_http_refuses_bad_headers)
{
    static const char bad[] = "\"(),/;<=>?@[\\]{} \t\x80\xff";
    size_t i;

    REFUSED(OK_LINE " A: b\r\n\r\n", 17, "folded");
    REFUSED(OK_LINE "A: b\r\n c\r\n\r\n", 23, "folded");
    REFUSED(OK_LINE "A: b\r\n\tc\r\n\r\n", 23, "folded");
    REFUSED(OK_LINE "A: b\r\n \r\n\r\n", 23, "folded");
    REFUSED(OK_LINE "A : b\r\n\r\n", 18, "blank in a header's name");
    REFUSED(OK_LINE "A\t: b\r\n\r\n", 18, "blank in a header's name");
    REFUSED(OK_LINE "A B: c\r\n\r\n", 18, "blank in a header's name");
    REFUSED(OK_LINE ": b\r\n\r\n", 17, "expected a header's name");
    REFUSED(OK_LINE "A\r\n\r\n", 18, "expected a header's name");
    for (i = 0; bad[i]; i++) {
        char text[] = OK_LINE "AxB: c\r\n\r\n";

        text[18] = bad[i];
        check_refused(text, sizeof text - 1, SURREAL_ERR_HTTP, 18,
                      "header's name");
    }
}

TEST(test_http_accepts_every_token_byte)
{
    static const char text[] = OK_LINE "!#$%&'*+-.^_`|~09azAZ: x\r\n\r\n";
    static srl_http_head head;
    size_t next = 0;
    uint8_t *block;

    CHECK_INT(feed(&head, text, &block, NULL), SURREAL_OK);
    CHECK(srl_http_header_next(&head, "!#$%&'*+-.^_`|~09AZaz", &next).ptr);
    free(block);
}

TEST(test_http_limits)
{
    static char text[SURREAL_MAX_HEAD + 64];
    static srl_http_head head;
    surreal_error err;
    uint8_t *block;
    size_t len, at, i;

    /* The longest head that fits. */
    memset(text, 'x', sizeof text);
    len = sizeof OK_LINE - 1;
    memcpy(text, OK_LINE "A: ", len + 3);
    memcpy(text + SURREAL_MAX_HEAD - 4, "\r\n\r\n", 4);
    for (i = 0; i < 4; i++) {
        CHECK_INT(feed_cut(&head, text, SURREAL_MAX_HEAD,
                           SURREAL_MAX_HEAD - i, &block, &err), SURREAL_OK);
        CHECK_INT(head.len, SURREAL_MAX_HEAD);
        free(block);
    }
    /* One byte more. */
    memcpy(text + SURREAL_MAX_HEAD - 4, "x\r\n\r\n", 5);
    for (i = 0; i < 6; i++) {
        CHECK_INT(feed_cut(&head, text, SURREAL_MAX_HEAD + 1,
                           SURREAL_MAX_HEAD + 1 - i, &block, &err),
                  SURREAL_ERR_LIMIT);
        CHECK(strstr(err.message, "16384") != NULL);
        free(block);
    }
    /* 100 headers, then 101. */
    for (len = 100; len <= 101; len++) {
        at = sizeof OK_LINE - 1;
        for (i = 0; i < len; i++, at += 4) {
            memcpy(text + at, "a:\r\n", 4);
        }
        memcpy(text + at, "\r\n", 3);
        CHECK_INT(feed(&head, text, &block, &err),
                  len == 100 ? SURREAL_OK : SURREAL_ERR_LIMIT);
        free(block);
    }
    CHECK(strstr(err.message, "more than 100 headers") != NULL);
}

/* Byte by byte, no byte is looked at twice: `at` only moves on. */
TEST(test_http_byte_by_byte_is_linear)
{
    static char text[SURREAL_MAX_HEAD];
    static srl_http_head head;
    size_t len;

    memset(text, 'x', sizeof text);
    memcpy(text, OK_LINE "A: ", sizeof OK_LINE + 2);
    memcpy(text + sizeof text - 4, "\r\n\r\n", 4);
    srl_http_head_init(&head);
    for (len = 0; len < sizeof text; len++) {
        CHECK_INT(srl_http_head_feed(&head, (const uint8_t *)text, len, NULL),
                  SURREAL_WOULD_BLOCK);
        CHECK_INT(head.at, len);
    }
    CHECK_INT(srl_http_head_feed(&head, (const uint8_t *)text, len, NULL),
              SURREAL_OK);
}

TEST(test_http_token_lists)
{
    static srl_http_head head;
    uint8_t *block;

    NEED(!feed(&head, OK_LINE "Connection: keep-alive ,\tUpGrade, ,x\r\n"
                              "A: upgrades, xupgrade, up grade\r\n"
                              "B:\r\nB: , ,\r\nB: last\r\n\r\n",
               &block, NULL));
    CHECK(srl_http_has_token(&head, "connection", "upgrade"));
    CHECK(srl_http_has_token(&head, "connection", "KEEP-ALIVE"));
    CHECK(srl_http_has_token(&head, "connection", "x"));
    CHECK(!srl_http_has_token(&head, "connection", "keep"));
    CHECK(!srl_http_has_token(&head, "connection", ""));
    CHECK(!srl_http_has_token(&head, "a", "upgrade"));
    CHECK(srl_http_has_token(&head, "b", "last"));
    CHECK(!srl_http_has_token(&head, "c", "last"));
    free(block);
}

/* ---- upgrade ------------------------------------------------------------- */

static const char *
request_for(const char *address)
{
    static char text[1024];
    srl_url url;
    srl_buf buf;

    srl_buf_fixed(&buf, text, sizeof text - 1);
    if (srl_url_parse(&url, address, strlen(address), NULL)) return NULL;
    srl_http_upgrade_write(&buf, &url, nonce, NULL, 0, NULL);
    CHECK_INT(buf.status, SURREAL_OK);
    text[buf.len] = '\0';
    return text;
}

TEST(test_http_upgrade_request)
{
    CHECK_STR(request_for("ws://Server.example.com:8000"),
              "GET /rpc HTTP/1.1\r\n"
              "Host: server.example.com:8000\r\n"
              "Upgrade: websocket\r\n"
              "Connection: Upgrade\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              "Sec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Protocol: cbor\r\n"
              "\r\n");
}

TEST(test_http_upgrade_host)
{
    CHECK(strstr(request_for("ws://h/base"),
                 "GET /base/rpc HTTP/1.1\r\nHost: h\r\n"));
    CHECK(strstr(request_for("ws://h:80"), "Host: h\r\n"));
    CHECK(strstr(request_for("ws://h:443"), "Host: h:443\r\n"));
    CHECK(strstr(request_for("wss://h:443"), "Host: h\r\n"));
    CHECK(strstr(request_for("https://h:80"), "Host: h:80\r\n"));
    CHECK(strstr(request_for("ws://[::1]"), "Host: [::1]\r\n"));
    CHECK(strstr(request_for("ws://[::1]:65535"), "Host: [::1]:65535\r\n"));
    CHECK(strstr(request_for("ws://127.0.0.1:8000"),
                 "Host: 127.0.0.1:8000\r\n"));
}

TEST(test_http_upgrade_buffer_full)
{
    char room[300];
    srl_url url;
    srl_buf buf;
    size_t cap, need = strlen(request_for("ws://h"));

    NEED(!srl_url_parse(&url, "ws://h", 6, NULL));
    for (cap = 0; cap <= need; cap++) {
        srl_buf_fixed(&buf, room, cap);
        srl_http_upgrade_write(&buf, &url, nonce, NULL, 0, NULL);
        CHECK_INT(buf.status, cap < need ? SURREAL_ERR_FULL : SURREAL_OK);
    }
}

TEST(test_http_rfc6455_1_3_accept)
{
    char accept[29];

    srl_http_accept_of("dGhlIHNhbXBsZSBub25jZQ==", accept);
    CHECK_STR(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

static surreal_status
upgrade(const char *text, surreal_error *err)
{
    static srl_http_head head;
    surreal_status status;
    uint8_t *block;

    srl_error_clear(err);
    status = feed(&head, text, &block, err);
    if (!status) status = srl_http_upgrade_check(&head, nonce, err);
    free(block);
    return status;
}

#define SWITCH "HTTP/1.1 101 Switching Protocols\r\n"
#define UPGRADE "Upgrade: websocket\r\n"
#define CONNECTION "Connection: Upgrade\r\n"
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
#define CBOR "Sec-WebSocket-Protocol: cbor\r\n"

TEST(test_http_upgrade_accepted)
{
    surreal_error err;

    CHECK_INT(upgrade(SWITCH UPGRADE CONNECTION ACCEPT CBOR "\r\n", &err), 0);
    CHECK_INT(upgrade("HTTP/1.1 101\r\n"
                      "upgrade:WebSocket\r\n"
                      "CONNECTION: keep-alive, upgrade\r\n"
                      "sec-websocket-protocol:cbor\r\n"
                      "sec-websocket-accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                      "surreal-version: surrealdb/3.0.2\r\n\r\n", &err), 0);
}

typedef struct upgrade_case {
    const char *answer;
    surreal_status status;
    int64_t code;
    const char *message;
} upgrade_case;

static const upgrade_case upgrade_cases[] = {
    {"HTTP/1.1 401 Unauthorized\r\n\r\n", SURREAL_ERR_AUTH, 401,
     "upgrade: server answered 401 Unauthorized; expected 101"},
    {"HTTP/1.1 403 Forbidden\r\n\r\n", SURREAL_ERR_DENIED, 403,
     "upgrade: server answered 403 Forbidden; expected 101"},
    {"HTTP/1.1 404\r\n\r\n", SURREAL_ERR_UPGRADE, 404,
     "upgrade: server answered 404; expected 101"},
    {"HTTP/1.0 502 Bad Gateway\r\n\r\n", SURREAL_ERR_UPGRADE, 502,
     "upgrade: server answered 502 Bad Gateway; expected 101"},
    {"HTTP/1.1 500 \x1b[31m\r\n\r\n", SURREAL_ERR_HTTP, 0,
     "http response: control byte (at byte 13)"},
    {"HTTP/1.1 500 \xc2\x9b" "31m\tx\r\n\r\n", SURREAL_ERR_UPGRADE, 500,
     "upgrade: server answered 500 ??31m?x; expected 101"},
    {"HTTP/1.1 307 Temporary Redirect\r\nLocation: https://h/surrealist\r\n"
     "\r\n", SURREAL_ERR_UPGRADE, 307,
     "upgrade: server answered 307 Temporary Redirect and points to "
     "https://h/surrealist; expected 101"},
    {"HTTP/1.1 200 OK\r\n" UPGRADE CONNECTION ACCEPT CBOR "\r\n",
     SURREAL_ERR_UPGRADE, 200,
     "upgrade: server answered 200 OK; expected 101"},
    {"HTTP/1.0 101 Switching\r\n" UPGRADE CONNECTION ACCEPT CBOR "\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: answer is HTTP/1.0; expected HTTP/1.1"},
    {SWITCH CONNECTION ACCEPT CBOR "\r\n", SURREAL_ERR_UPGRADE, 0,
     "upgrade: no Upgrade in the answer; expected \"websocket\""},
    {SWITCH "Upgrade: h2c\r\n" CONNECTION ACCEPT CBOR "\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: Upgrade is \"h2c\"; expected \"websocket\""},
    {SWITCH UPGRADE ACCEPT CBOR "\r\n", SURREAL_ERR_UPGRADE, 0,
     "upgrade: no Connection in the answer; expected \"Upgrade\""},
    {SWITCH UPGRADE "Connection: close\r\n" ACCEPT CBOR "\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: Connection is \"close\"; expected \"Upgrade\""},
    /* Others: Sec-WebSocket-Accept not checked. */
    {SWITCH UPGRADE CONNECTION CBOR "\r\n", SURREAL_ERR_UPGRADE, 0,
     "upgrade: no Sec-WebSocket-Accept in the answer; expected "
     "\"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\""},
    {SWITCH UPGRADE CONNECTION CBOR
     "Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: Sec-WebSocket-Accept is \"S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\"; "
     "expected \"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\""},
    {SWITCH UPGRADE CONNECTION CBOR ACCEPT ACCEPT "\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: more than one Sec-WebSocket-Accept in the answer"},
    {SWITCH UPGRADE CONNECTION ACCEPT "\r\n", SURREAL_ERR_UPGRADE, 0,
     "upgrade: no Sec-WebSocket-Protocol in the answer; expected \"cbor\""},
    {SWITCH UPGRADE CONNECTION ACCEPT "Sec-WebSocket-Protocol: json\r\n\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: Sec-WebSocket-Protocol is \"json\"; expected \"cbor\""},
    {SWITCH UPGRADE CONNECTION ACCEPT
     "Sec-WebSocket-Protocol: cbor, json\r\n\r\n", SURREAL_ERR_UPGRADE, 0,
     "upgrade: Sec-WebSocket-Protocol is \"cbor, json\"; expected \"cbor\""},
    {SWITCH UPGRADE CONNECTION ACCEPT CBOR CBOR "\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: more than one Sec-WebSocket-Protocol in the answer"},
    {SWITCH UPGRADE CONNECTION ACCEPT CBOR
     "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
     SURREAL_ERR_UPGRADE, 0,
     "upgrade: Sec-WebSocket-Extensions is \"permessage-deflate\"; no "
     "extension was asked for"},
};

TEST(test_http_upgrade_refused)
{
    size_t i;

    for (i = 0; i < sizeof upgrade_cases / sizeof upgrade_cases[0]; i++) {
        const upgrade_case *c = &upgrade_cases[i];
        surreal_error err;

        CHECK_INT(upgrade(c->answer, &err), c->status);
        CHECK_STR(err.message, c->message);
        CHECK_INT(err.code, c->code);
        CHECK_INT(upgrade(c->answer, NULL), c->status);
    }
}

/* A server's text is cut before it can fill the message. */
TEST(test_http_upgrade_cuts_long_text)
{
    char text[2048];
    surreal_error err;

    memset(text, 'r', sizeof text);
    memcpy(text, "HTTP/1.1 418 ", 13);
    memcpy(text + 2000, "\r\n\r\n", 5);
    CHECK_INT(upgrade(text, &err), SURREAL_ERR_UPGRADE);
    CHECK(strstr(err.message, "rrr...; expected 101") != NULL);
    CHECK(strlen(err.message) < 200);
}

/* ---- llhttp's cases ------------------------------------------------------ */

/* Where the outcome is meant to differ, by title. */
static const struct {
    const char *title;
    const char *reason;
} llhttp_differs[] = {
    {"RTSP response", "another protocol"},
    {"ICE response", "another protocol"},
    {"HTTP version 0.9", "never had a WebSocket"},
    {"Response starting with CRLF",
     "RFC 9112 2.2 allows it before requests only"},
    {"`chunked` before other transfer-encoding",
     "codings but chunked are refused, not read until the end"},
    {"multiple transfer-encoding where chunked is not the last one", "same"},
    {"`chunkedchunked` transfer-encoding does not enable chunked enconding",
     "same"},
    {"No extension after semicolon", "extensions are not looked at"},
    {"Unbalanced chunk extensions quoting", "same"},
};

typedef struct llhttp_case {
    char title[160];
    char input[8192];
    size_t len;
    char log[16384];
    bool is_head; /* the answer to a HEAD request */
} llhttp_case;

/* The text of a ```http block: newlines are CR LF, "\n" and so on are single
 * bytes, a backslash before a newline joins lines, the last newline is not
 * part of it. */
static void
llhttp_unescape(llhttp_case *c, const char *text, size_t len)
{
    size_t i;

    c->len = 0;
    if (len && text[len - 1] == '\n') len--;
    for (i = 0; i < len && c->len + 2 < sizeof c->input; i++) {
        char next = i + 1 < len ? text[i + 1] : '\0';

        if (text[i] == '\n') {
            c->input[c->len++] = '\r';
            c->input[c->len++] = '\n';
        } else if (text[i] != '\\' || !next || !strchr("\nrntf", next)) {
            c->input[c->len++] = text[i];
        } else {
            i++;
            if (next == 'r') c->input[c->len++] = '\r';
            if (next == 'n') c->input[c->len++] = '\n';
            if (next == 't') c->input[c->len++] = '\t';
            if (next == 'f') c->input[c->len++] = '\f';
        }
    }
}

/* The next header name or value in the log, from *at on: the text of all its
 * spans. Returns false at the end of the head. */
static bool
llhttp_span(const char **at, const char *kind, char *out, size_t cap)
{
    char begin[40], end[40];
    size_t n = 0;

    snprintf(begin, sizeof begin, "span[%s]=\"", kind);
    snprintf(end, sizeof end, "%s complete", kind);
    for (;;) {
        const char *eol = strchr(*at, '\n');
        const char *from = strstr(*at, begin);

        if (!eol || !strncmp(*at, "```", 3)) return false;
        if (strstr(*at, "headers complete") &&
            strstr(*at, "headers complete") < eol) {
            return false;
        }
        if (from && from < eol) {
            for (from += strlen(begin); from < eol - 1; from++) {
                if (n + 1 < cap) out[n++] = *from;
            }
        }
        from = strstr(*at, end);
        *at = eol + 1;
        if (from && from < eol) break;
    }
    for (;;) { /* llhttp leaves blanks at the end of a value */
        if (n && out[n - 1] == ' ') n--;
        else if (n > 1 && !memcmp(out + n - 2, "\\t", 2)) n -= 2;
        else break;
    }
    out[n] = '\0';
    return true;
}

/* Same code, length of head, names and values as in the log. */
static bool
llhttp_same(const srl_http_head *head, const llhttp_case *c)
{
    const char *done = strstr(c->log, "headers complete status=");
    const char *line = done;
    const char *at = c->log;
    char name[256], value[2048];
    size_t i;

    while (line > c->log && line[-1] != '\n') {
        line--;
    }
    if (head->code != strtol(done + 24, NULL, 10)) return false;
    if (head->len != strtoul(line + 4, NULL, 10)) return false;
    for (i = 0; i < head->count; i++) {
        const srl_http_header *h = &head->headers[i];

        if (!llhttp_span(&at, "header_field", name, sizeof name)) return false;
        if (!llhttp_span(&at, "header_value", value, sizeof value)) {
            return false;
        }
        if (strlen(name) != h->name_len || strlen(value) != h->value_len ||
            memcmp(name, head->data + h->name, h->name_len) ||
            memcmp(value, head->data + h->value, h->value_len)) {
            return false;
        }
    }
    return !llhttp_span(&at, "header_field", name, sizeof name);
}

/* What the log says of the body: its bytes up to the end of the message or an
 * error, which *is_refused is set for. */
static size_t
llhttp_body(const llhttp_case *c, char *out, bool *is_refused)
{
    const char *line = strstr(c->log, "headers complete status=");
    size_t len = 0;

    *is_refused = false;
    for (line = strchr(line, '\n'); line; line = strchr(line + 1, '\n')) {
        const char *end = strchr(line + 1, '\n');
        const char *kind = strstr(line, " span[body]=");

        if (!end) end = line + strlen(line);
        if (kind && kind < end) { /* off=77 len=37 span[body]="..." */
            size_t off = strtoul(line + 5, NULL, 10);
            size_t n = strtoul(strstr(line, "len=") + 4, NULL, 10);

            if (off > c->len || n > c->len - off) abort();
            memcpy(out + len, c->input + off, n);
            len += n;
        }
        if (strstr(line, "message complete") &&
            strstr(line, "message complete") < end) {
            break;
        }
        if (strstr(line, "error code=") && strstr(line, "error code=") < end) {
            *is_refused = !strstr(line, "Pause");
            break;
        }
    }
    return len;
}

/* True if the body behind a head comes out as in the log, byte by byte. */
static bool
llhttp_same_body(const srl_http_head *head, const llhttp_case *c,
                 surreal_error *err)
{
    static char want[sizeof c->input], got[sizeof c->input];
    bool is_refused;
    size_t want_len = llhttp_body(c, want, &is_refused);
    size_t len = 0, at = head->len;
    srl_http_body body;
    surreal_bytes in, span;
    surreal_status status;

    status = srl_http_body_init(&body, head,
                                c->is_head ? SRL_HTTP_HEAD : SRL_HTTP_GET,
                                UINT64_MAX, err);
    if (status) return is_refused;
    in.len = 0;
    for (;;) {
        status = srl_http_body_next(&body, &in, &span, err);
        if (status == SURREAL_WOULD_BLOCK && at < c->len) {
            in.ptr = (const uint8_t *)c->input + at++;
            in.len = 1;
        } else if (status || !span.len) {
            break;
        } else {
            got[len++] = (char)span.ptr[0];
        }
    }
    if (status && status != SURREAL_WOULD_BLOCK) return is_refused;
    return !is_refused && len == want_len && !memcmp(got, want, len);
}

static int llhttp_ran, llhttp_differed, llhttp_bodies;

static void
llhttp_run(const llhttp_case *c)
{
    static srl_http_head head;
    bool accepts = strstr(c->log, "headers complete status=") != NULL;
    bool same = false;
    bool differs = false;
    surreal_error err;
    surreal_status status;
    uint8_t *block;
    size_t i;

    status = feed_cut(&head, c->input, c->len, c->len / 2, &block, &err);
    if (!status) same = accepts && llhttp_same(&head, c);
    else same = !accepts && status != SURREAL_WOULD_BLOCK;
    if (!status && same && head.code / 100 > 1) {
        srl_error_clear(&err);
        same = llhttp_same_body(&head, c, &err);
        llhttp_bodies++;
    }
    for (i = 0; i < sizeof llhttp_differs / sizeof llhttp_differs[0]; i++) {
        differs |= !strcmp(c->title, llhttp_differs[i].title);
    }
    if (same == differs) {
        TEST_FAIL("llhttp \"%s\": %s, we say %s", c->title,
                  accepts ? "accepted" : "refused",
                  err.message[0] ? err.message : "accepted");
    }
    llhttp_ran++;
    llhttp_differed += differs;
    free(block);
}

/* The block that starts at the first line beginning with `fence` after `at`;
 * NULL if there is none. */
static const char *
llhttp_block(const char *at, const char *fence, size_t *len)
{
    const char *start = strstr(at, fence);
    const char *end;

    if (!start) return NULL;
    start = strchr(start, '\n') + 1;
    end = strstr(start, "```");
    if (!end) return NULL;
    *len = (size_t)(end - start);
    return start;
}

/* Each case is "## title", a comment with its type, ```http and ```log. */
static void
llhttp_file(const char *text)
{
    static llhttp_case c;
    const char *meta = text;

    for (;;) {
        const char *title, *input, *log;
        size_t len, log_len;
        bool strict;

        meta = strstr(meta, "<!-- meta=");
        if (!meta) return;
        strict = !strstr(meta, "lenient") ||
                 strstr(meta, "lenient") > strchr(meta, '\n');
        c.is_head = strstr(meta, "skipBody") &&
                    strstr(meta, "skipBody") < strchr(meta, '\n');
        for (title = meta; title > text; title--) {
            if (title[-1] == '\n' && *title == '#') break;
        }
        while (*title == '#' || *title == ' ') {
            title++;
        }
        snprintf(c.title, sizeof c.title, "%.*s",
                 (int)(strchr(title, '\n') - title), title);
        input = llhttp_block(meta, "```http", &len);
        NEED(input);
        log = llhttp_block(input + len, "```log", &log_len);
        NEED(log && log_len < sizeof c.log);
        llhttp_unescape(&c, input, len);
        memcpy(c.log, log, log_len);
        c.log[log_len] = '\0';
        if (strict) llhttp_run(&c);
        meta = log;
    }
}

TEST(test_http_agrees_with_llhttp)
{
    static const char *const files[] = {
        "connection", "content-length", "finish", "invalid", "pausing",
        "pipelining", "sample", "transfer-encoding"};
    size_t i;

    for (i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[80], path[512];
        char *text;
        size_t len;

        snprintf(name, sizeof name, "http/llhttp_response/%s.md", files[i]);
        text = json_read_file(json_suite_path(path, sizeof path, name), &len);
        if (!text) {
            SKIP("no llhttp cases (SURREAL_TEST_SUITES)");
            return;
        }
        llhttp_file(text);
        free(text);
    }
    CHECK_INT(llhttp_differed,
              sizeof llhttp_differs / sizeof llhttp_differs[0]);
    CHECK(llhttp_ran > 50);
    CHECK(llhttp_bodies > 40);
}

TEST_MAIN(
    RUN(test_base64_rfc4648_10);
    RUN(test_base64_all_digits);
    RUN(test_http_head_fields);
    RUN(test_http_head_status_lines);
    RUN(test_http_refuses_what_is_not_http);
    RUN(test_http_refuses_bad_status_lines);
    RUN(test_http_refuses_bad_line_ends);
    RUN(test_http_refuses_control_bytes);
    RUN(test_http_refuses_bad_headers);
    RUN(test_http_accepts_every_token_byte);
    RUN(test_http_limits);
    RUN(test_http_byte_by_byte_is_linear);
    RUN(test_http_token_lists);
    RUN(test_http_upgrade_request);
    RUN(test_http_upgrade_host);
    RUN(test_http_upgrade_buffer_full);
    RUN(test_http_rfc6455_1_3_accept);
    RUN(test_http_upgrade_accepted);
    RUN(test_http_upgrade_refused);
    RUN(test_http_upgrade_cuts_long_text);
    RUN(test_http_agrees_with_llhttp);
)
