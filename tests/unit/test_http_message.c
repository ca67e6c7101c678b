/* cc -I. -o build/unit/test_http_message tests/unit/test_http_message.c
 *
 * Request heads, chunks, and bodies of responses (RFC 9112). Each response is
 * fed whole, in two pieces cut at every byte, and byte by byte, each piece in
 * a block of its own and of just that size. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* ---- requests ------------------------------------------------------------ */

static srl_http_field
field(const char *name, const char *value)
{
    srl_http_field f;

    f.name = surreal_text(name);
    f.value = surreal_text(value);
    return f;
}

static const char *
path_of(const char *address, const char *name)
{
    static char path[600];
    srl_url url;

    if (srl_url_parse(&url, address, strlen(address), NULL)) return NULL;
    CHECK_INT(srl_http_path(&url, name, path, sizeof path), strlen(path));
    return path;
}

TEST(test_http_path_replaces_rpc)
{
    CHECK_STR(path_of("http://h", "/health"), "/health");
    CHECK_STR(path_of("http://h/", "/health"), "/health");
    CHECK_STR(path_of("http://h/rpc", "/version"), "/version");
    CHECK_STR(path_of("http://h/base", "/export"), "/base/export");
    CHECK_STR(path_of("http://h/base/rpc/", "/sql?a=1"), "/base/sql?a=1");
    CHECK_STR(path_of("http://h/rpc/rpc", "/import"), "/rpc/import");
    CHECK_STR(path_of("http://h/xrpc", "/graphql"), "/xrpc/graphql");
}

TEST(test_http_path_has_the_contract_of_snprintf)
{
    char out[16];
    srl_url url;
    size_t cap;

    NEED(!srl_url_parse(&url, "ws://h/abc", 10, NULL));
    CHECK_INT(srl_http_path(&url, "/health", NULL, 0), 11);
    for (cap = 1; cap <= sizeof out; cap++) {
        size_t kept = cap > 11 ? 11 : cap - 1;

        memset(out, '#', sizeof out);
        CHECK_INT(srl_http_path(&url, "/health", out, cap), 11);
        CHECK_INT(strlen(out), kept);
        CHECK(!memcmp(out, "/abc/health", kept));
        CHECK(cap == sizeof out || out[cap] == '#');
    }
}

/* The head as text. */
static const char *
head_of(const char *address, const srl_http_request *request)
{
    static char text[2048];
    srl_url url;
    srl_buf buf;

    srl_buf_fixed(&buf, text, sizeof text - 1);
    if (srl_url_parse(&url, address, strlen(address), NULL)) return NULL;
    CHECK_INT(srl_http_request_write(&buf, &url, request, NULL), SURREAL_OK);
    text[buf.len] = '\0';
    return text;
}

TEST(test_http_request_heads)
{
    srl_http_field fields[3];
    srl_http_request r;

    memset(&r, 0, sizeof r);
    r.method = SRL_HTTP_GET;
    r.target = "/health";
    CHECK_STR(head_of("http://h:8000", &r),
              "GET /health HTTP/1.1\r\nHost: h:8000\r\n\r\n");
    r.method = SRL_HTTP_HEAD;
    r.is_last = true;
    CHECK_STR(head_of("https://[::1]", &r),
              "HEAD /health HTTP/1.1\r\nHost: [::1]\r\n"
              "Connection: close\r\n\r\n");

    fields[0] = field("Accept", "application/cbor");
    fields[1] = field("Surreal-NS", "caf\xc3\xa9\t1");
    fields[2] = field("X-Empty", "");
    r.method = SRL_HTTP_POST;
    r.target = "/base/sql?a=%20";
    r.fields = fields;
    r.field_count = 3;
    r.framing = SRL_HTTP_LENGTH;
    r.body_len = UINT64_MAX;
    r.is_last = false;
    CHECK_STR(head_of("https://h:80", &r),
              "POST /base/sql?a=%20 HTTP/1.1\r\nHost: h:80\r\n"
              "Content-Length: 18446744073709551615\r\n"
              "Accept: application/cbor\r\n"
              "Surreal-NS: caf\xc3\xa9\t1\r\n"
              "X-Empty: \r\n\r\n");
    r.body_len = 0;
    r.field_count = 0;
    CHECK(strstr(head_of("http://h", &r), "\r\nContent-Length: 0\r\n\r\n"));
    r.framing = SRL_HTTP_CHUNKED;
    CHECK_STR(head_of("http://[::1]:443", &r),
              "POST /base/sql?a=%20 HTTP/1.1\r\nHost: [::1]:443\r\n"
              "Transfer-Encoding: chunked\r\n\r\n");
}

/* Refused with that status, message and position, by both writers, and with
 * nothing appended. */
static void
check_field_refused(srl_http_field bad, surreal_status status, size_t at,
                    const char *message)
{
    static const uint8_t nonce[16] = {0};
    srl_http_field fields[2];
    srl_http_request r;
    surreal_error err;
    srl_url url;
    srl_buf buf;
    char room[512];

    fields[0] = field("Accept", "*/*");
    fields[1] = bad;
    memset(&r, 0, sizeof r);
    r.method = SRL_HTTP_GET;
    r.target = "/";
    r.fields = fields;
    r.field_count = 2;
    NEED(!srl_url_parse(&url, "ws://h", 6, NULL));
    srl_buf_fixed(&buf, room, sizeof room);
    CHECK_INT(srl_http_request_write(&buf, &url, &r, &err), status);
    CHECK_STR(err.message, message);
    CHECK_INT(err.at, at);
    srl_error_clear(&err);
    CHECK_INT(srl_http_upgrade_write(&buf, &url, nonce, fields, 2, &err),
              status);
    CHECK_STR(err.message, message);
    CHECK_INT(srl_http_request_write(&buf, &url, &r, NULL), status);
    CHECK_INT(buf.len, 0);
}

TEST(test_http_refuses_header_values)
{
    char text[4] = "abc", message[128];
    srl_http_field bad = field("X-Token", text);
    int c;

    for (c = 0; c < 0x100; c++) {
        text[2] = (char)c;
        if (c == '\t' || (c >= 0x20 && c != 0x7f)) continue;
        bad.value = surreal_text_of(text, 3);
        check_field_refused(bad, SURREAL_ERR_SYNTAX, 2,
                            "http request: control byte in the value of "
                            "header \"X-Token\" (at byte 2)");
    }
    snprintf(message, sizeof message, "http request: control byte in the "
             "value of header \"A\" (at byte 1)");
    check_field_refused(field("A", "b\r\nHost: evil"), SURREAL_ERR_SYNTAX, 1,
                        message);
}

TEST(test_http_refuses_header_names)
{
    check_field_refused(field("", "x"), SURREAL_ERR_SYNTAX, 0,
                        "http request: not a header's name: \"\" (at byte 0)");
    check_field_refused(field("A: b\r\nC", "x"), SURREAL_ERR_SYNTAX, 1,
                        "http request: not a header's name: \"A: b??C\" (at "
                        "byte 1)");
    check_field_refused(field("Caf\xe9", "x"), SURREAL_ERR_SYNTAX, 3,
                        "http request: not a header's name: \"Caf?\" (at "
                        "byte 3)");
}

TEST(test_http_refuses_headers_of_its_own)
{
    static const char *const names[] = {
        "host", "CONTENT-LENGTH", "Transfer-Encoding", "Connection",
        "upgrade", "TE", "Trailer", "Accept-Encoding", "sec-websocket-key"};
    char message[128];
    size_t i;

    for (i = 0; i < COUNT(names); i++) {
        snprintf(message, sizeof message, "http request: header \"%s\" is "
                 "not the caller's to set", names[i]);
        check_field_refused(field(names[i], "x"), SURREAL_ERR_USAGE, 0,
                            message);
    }
}

TEST(test_http_refuses_targets)
{
    static const struct {
        const char *target;
        size_t at;
    } cases[] = {
        {"", 0}, {"health", 0}, {"http://h/", 0}, {"/a b", 2}, {"/a\r\nX: y", 2},
        {"/a#b", 2}, {"/\x7f", 1}, {"/caf\xc3\xa9", 4}, {"/\t", 1},
    };
    srl_http_request r;
    surreal_error err;
    srl_url url;
    srl_buf buf;
    char room[512];
    size_t i;

    memset(&r, 0, sizeof r);
    r.method = SRL_HTTP_GET;
    NEED(!srl_url_parse(&url, "ws://h", 6, NULL));
    srl_buf_fixed(&buf, room, sizeof room);
    for (i = 0; i < COUNT(cases); i++) {
        r.target = cases[i].target;
        CHECK_INT(srl_http_request_write(&buf, &url, &r, &err),
                  SURREAL_ERR_SYNTAX);
        CHECK_INT(err.at, cases[i].at);
        CHECK(strstr(err.message, cases[i].at ? "must be escaped"
                                              : "does not begin with '/'"));
        CHECK_INT(srl_http_request_write(&buf, &url, &r, NULL),
                  SURREAL_ERR_SYNTAX);
    }
    CHECK_INT(buf.len, 0);
}

TEST(test_http_request_buffer_full)
{
    srl_http_field one = field("Accept", "application/json");
    srl_http_request r;
    surreal_error err;
    srl_url url;
    srl_buf buf;
    char room[512];
    size_t cap, need;

    memset(&r, 0, sizeof r);
    r.method = SRL_HTTP_POST;
    r.target = "/sql";
    r.fields = &one;
    r.field_count = 1;
    r.framing = SRL_HTTP_LENGTH;
    r.body_len = 12;
    need = strlen(head_of("ws://h", &r));
    NEED(!srl_url_parse(&url, "ws://h", 6, NULL));
    for (cap = 0; cap <= need; cap++) {
        surreal_status status;

        srl_buf_fixed(&buf, room, cap);
        status = srl_http_request_write(&buf, &url, &r, &err);
        CHECK_INT(status, cap < need ? SURREAL_ERR_FULL : SURREAL_OK);
        if (status) CHECK_STR(err.message, "http request: buffer full");
    }
}

TEST(test_http_upgrade_carries_fields)
{
    static const uint8_t nonce[16] = {0};
    srl_http_field fields[2];
    srl_url url;
    srl_buf buf;
    char text[512];

    fields[0] = field("Authorization", "Bearer t");
    fields[1] = field("Surreal-NS", "n");
    NEED(!srl_url_parse(&url, "ws://h", 6, NULL));
    srl_buf_fixed(&buf, text, sizeof text - 1);
    NEED(!srl_http_upgrade_write(&buf, &url, nonce, fields, 2, NULL));
    text[buf.len] = '\0';
    CHECK_STR(text, "GET /rpc HTTP/1.1\r\n"
                    "Host: h\r\n"
                    "Upgrade: websocket\r\n"
                    "Connection: Upgrade\r\n"
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    "Sec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Protocol: cbor\r\n"
                    "Authorization: Bearer t\r\n"
                    "Surreal-NS: n\r\n"
                    "\r\n");
}

TEST(test_http_chunks_written)
{
    static char data[0x1a0], text[1024];
    srl_buf buf;

    memset(data, 'x', sizeof data);
    srl_buf_fixed(&buf, text, sizeof text);
    srl_http_chunk_put(&buf, "a", 1);
    srl_http_chunk_put(&buf, NULL, 0);
    srl_http_chunk_put(&buf, "0123456789abcdef", 16);
    srl_http_chunk_put(&buf, data, sizeof data);
    srl_http_chunk_last(&buf);
    CHECK_INT(buf.status, SURREAL_OK);
    CHECK(!memcmp(text, "1\r\na\r\n10\r\n0123456789abcdef\r\n1A0\r\nxx", 35));
    CHECK(!memcmp(text + buf.len - 8, "x\r\n0\r\n\r\n", 8));
    CHECK_INT(buf.len, 6 + 22 + 5 + 0x1a0 + 2 + 5);
}

/* ---- bodies -------------------------------------------------------------- */

#define OK_LINE "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK_LINE "Transfer-Encoding: chunked\r\n\r\n"

typedef struct answer {
    surreal_status status;
    size_t at;
    char message[512];
    char data[4096];
    size_t len;  /* of data */
    size_t rest; /* bytes behind the body */
    bool done;
    bool reusable;
    srl_http_framing framing;
} answer;

typedef struct options {
    srl_http_method method;
    uint64_t max;
    bool eof; /* the server closes at the end of the text */
} options;

/* Decode [text, text+len) of a body in a block of its own. */
static surreal_status
feed_piece(srl_http_body *body, const char *text, size_t len, answer *a,
           surreal_error *err)
{
    uint8_t *block = (uint8_t *)malloc(len ? len : 1);
    surreal_status status;
    surreal_bytes in, span;

    if (!block) abort();
    memcpy(block, text, len);
    in.ptr = block;
    in.len = len;
    for (;;) {
        status = srl_http_body_next(body, &in, &span, err);
        if (status || !span.len) break;
        CHECK(span.ptr >= block && span.ptr + span.len <= block + len);
        CHECK(a->len + span.len <= sizeof a->data);
        memcpy(a->data + a->len, span.ptr, span.len);
        a->len += span.len;
    }
    CHECK(status == SURREAL_WOULD_BLOCK ? !in.len : true);
    CHECK(status ? !span.ptr : body->is_done);
    a->rest += in.len;
    free(block);
    return status;
}

/* The response whose body is fed in pieces: the first `cut` bytes, then
 * `step` at a time. */
static void
run(answer *a, const char *text, size_t len, const options *o, size_t cut,
    size_t step)
{
    static srl_http_head head;
    srl_http_body body;
    surreal_error err;
    size_t at, end;

    memset(a, 0, sizeof *a);
    srl_error_clear(&err);
    srl_http_head_init(&head);
    a->status = srl_http_head_feed(&head, (const uint8_t *)text, len, &err);
    if (!a->status) {
        a->status = srl_http_body_init(&body, &head, o->method, o->max, &err);
    }
    if (!a->status) {
        at = head.len;
        end = at + (cut < len - at ? cut : len - at);
        a->status = feed_piece(&body, text + at, end - at, a, &err);
        while (a->status == SURREAL_WOULD_BLOCK && end < len) {
            at = end;
            end = at + (step < len - at ? step : len - at);
            a->status = feed_piece(&body, text + at, end - at, a, &err);
        }
        if (!a->status) a->rest += len - end;
        if (a->status == SURREAL_WOULD_BLOCK && o->eof) {
            a->status = srl_http_body_eof(&body, &err);
        } else if (!a->status) {
            CHECK_INT(srl_http_body_eof(&body, NULL), SURREAL_OK);
        }
        a->done = body.is_done;
        a->reusable = body.is_done && body.is_reusable;
        a->framing = body.framing;
        CHECK_INT(body.got, a->len);
    }
    a->at = err.at;
    memcpy(a->message, err.message, sizeof err.message);
    if (a->status && a->status != SURREAL_WOULD_BLOCK) {
        CHECK_INT(err.status, a->status);
        a->rest = 0;
    }
}

/* The answer, the same in every cut. */
static const answer *
decode(const char *text, size_t len, const options *o)
{
    static answer whole, cut;
    size_t i;

    run(&whole, text, len, o, len, 1);
    run(&cut, text, len, o, 1, 1);
    CHECK(!memcmp(&whole, &cut, sizeof whole));
    for (i = 0; i <= len; i++) {
        run(&cut, text, len, o, i, len);
        if (memcmp(&whole, &cut, sizeof whole)) {
            TEST_FAIL("cut %zu of \"%.60s\": %s", i, text, cut.message);
            break;
        }
    }
    return &whole;
}

static const options plain = {SRL_HTTP_GET, UINT64_MAX, true};

#define DECODE(text) decode(text, sizeof(text) - 1, &plain)

typedef struct good_case {
    const char *text;
    const char *body;
    size_t rest;
    srl_http_framing framing;
    bool reusable;
} good_case;

static const good_case good_cases[] = {
    {OK_LINE "Content-Length: 5\r\n\r\nhello", "hello", 0, SRL_HTTP_LENGTH,
     true},
    {OK_LINE "Content-Length: 5\r\n\r\nhelloHTTP", "hello", 4,
     SRL_HTTP_LENGTH, true},
    {OK_LINE "Content-Length: 0\r\n\r\n", "", 0, SRL_HTTP_LENGTH, true},
    {OK_LINE "Content-Length: 0\r\n\r\nx", "", 1, SRL_HTTP_LENGTH, true},
    {OK_LINE "Content-Length: 00000000000000000000003\r\n\r\nabc", "abc", 0,
     SRL_HTTP_LENGTH, true},
    {OK_LINE "Content-Length: 3\r\ncontent-length: 3\r\n\r\nabc", "abc", 0,
     SRL_HTTP_LENGTH, true},
    {OK_LINE "Content-Length: 3, 3 ,\t03\r\n\r\nabc", "abc", 0,
     SRL_HTTP_LENGTH, true},
    {OK_LINE "Connection: close\r\nContent-Length: 1\r\n\r\nx", "x", 0,
     SRL_HTTP_LENGTH, false},
    {OK_LINE "Connection: keep-alive, Close\r\nContent-Length: 1\r\n\r\nx",
     "x", 0, SRL_HTTP_LENGTH, false},
    {"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "x", 0,
     SRL_HTTP_LENGTH, false},
    {"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx",
     "x", 0, SRL_HTTP_LENGTH, true},
    {OK_LINE "\r\nall of it", "all of it", 0, SRL_HTTP_UNTIL_CLOSE, false},
    {OK_LINE "Connection: keep-alive\r\n\r\n", "", 0, SRL_HTTP_UNTIL_CLOSE,
     false},
    {OK_LINE "Content-Encoding: Identity\r\nContent-Length: 1\r\n\r\nx", "x",
     0, SRL_HTTP_LENGTH, true},
    {OK_LINE "Content-Encoding:\r\nContent-Length: 1\r\n\r\nx", "x", 0,
     SRL_HTTP_LENGTH, true},
    {"HTTP/1.1 204 No Content\r\n\r\n", "", 0, SRL_HTTP_NO_BODY, true},
    {"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\nHTTP", "", 4,
     SRL_HTTP_NO_BODY, true},
    {"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nHTTP", "", 4,
     SRL_HTTP_NO_BODY, false},
    {"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", "", 0,
     SRL_HTTP_NO_BODY, false},
    {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n"
     "Content-Encoding: gzip\r\n\r\n", "", 0, SRL_HTTP_NO_BODY, true},
    {CHUNKED "0\r\n\r\n", "", 0, SRL_HTTP_CHUNKED, true},
    {CHUNKED "5\r\nhello\r\n0\r\n\r\nHTTP", "hello", 4, SRL_HTTP_CHUNKED,
     true},
    {OK_LINE "transfer-encoding: CHUNKED\r\nConnection: close\r\n\r\n"
     "1\r\na\r\n1\r\nb\r\n0\r\n\r\n", "ab", 0, SRL_HTTP_CHUNKED, false},
    {CHUNKED "1A\r\nabcdefghijklmnopqrstuvwxyz\r\n00\r\n\r\n",
     "abcdefghijklmnopqrstuvwxyz", 0, SRL_HTTP_CHUNKED, true},
    {CHUNKED "000000000000000000000a\r\n\r\n\0\r\n0\r\n\r\n\r\n0\r\n\r\n",
     "\r\n\0\r\n0\r\n\r\n", 0, SRL_HTTP_CHUNKED, true},
    {CHUNKED "1;a\r\nx\r\n1 ; b = \"c;\xff\" \r\ny\r\n0;\r\n\r\n", "xy", 0,
     SRL_HTTP_CHUNKED, true},
    {CHUNKED "1\r\nx\r\n0\r\nA: b\r\n c\r\nExpires:\r\n\r\nr", "x", 1,
     SRL_HTTP_CHUNKED, true},
};

TEST(test_http_bodies)
{
    size_t i;

    for (i = 0; i < COUNT(good_cases); i++) {
        const good_case *c = &good_cases[i];
        size_t body_len = strlen(c->body), len = strlen(c->text);
        const answer *a;

        if (strstr(c->text, "\r\n\r\n000")) { /* the one with a NUL */
            body_len = 10;
            len = sizeof CHUNKED - 1 + 24 + 10 + 7;
        }
        a = decode(c->text, len, &plain);
        if (a->status || !a->done || a->rest != c->rest ||
            a->framing != c->framing || a->reusable != c->reusable ||
            a->len != body_len || memcmp(a->data, c->body, body_len)) {
            TEST_FAIL("case %zu: %s; %zu bytes, %zu behind", i, a->message,
                      a->len, a->rest);
        }
    }
}

TEST(test_http_head_has_no_body)
{
    options o = plain;
    const answer *a;

    o.method = SRL_HTTP_HEAD;
    a = decode(OK_LINE "Content-Length: 5\r\n\r\nHTTP", 42, &o);
    CHECK_INT(a->status, SURREAL_OK);
    CHECK(a->done && a->reusable);
    CHECK_INT(a->framing, SRL_HTTP_NO_BODY);
    CHECK_INT(a->rest, 4);
    a = decode(CHUNKED, sizeof CHUNKED - 1, &o);
    CHECK(!a->status && a->done && a->reusable);
}

typedef struct bad_case {
    const char *text;
    size_t at; /* behind the status line; behind the head for chunks */
    const char *says;
} bad_case;

static const bad_case bad_heads[] = {
    {"Content-Length: \r\n\r\n", 16, "Content-Length is \"\"; expected a "
                                     "number (at byte 33)"},
    {"Content-Length: +5\r\n\r\n", 16, "is \"+5\"; expected a number"},
    {"Content-Length: -1\r\n\r\n", 16, "is \"-1\"; expected a number"},
    {"Content-Length: 5x\r\n\r\n", 16, "is \"5x\"; expected a number"},
    {"Content-Length: 0x5\r\n\r\n", 16, "expected a number"},
    {"Content-Length: 5 5\r\n\r\n", 16, "expected a number"},
    {"Content-Length: 5,\r\n\r\n", 16, "expected a number"},
    {"Content-Length: ,5\r\n\r\n", 16, "expected a number"},
    {"Content-Length: 5, 6\r\n\r\n", 16, "expected the same number each time"},
    {"Content-Length: 18446744073709551616\r\n\r\n", 16, "below 2^64"},
    {"Content-Length: 99999999999999999999999\r\n\r\n", 16, "below 2^64"},
    {"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 35,
     "is \"6\"; expected the same number each time"},
    {"Content-Length: 5\r\nContent-Length: x\r\n\r\n", 35, "a number"},
    {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 38,
     "Transfer-Encoding is \"chunked\"; expected none beside Content-Length"},
    {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 19,
     "expected none beside Content-Length"},
    {"Transfer-Encoding: gzip, chunked\r\n\r\n", 19,
     "Transfer-Encoding is \"gzip, chunked\"; expected \"chunked\""},
    {"Transfer-Encoding: chunked, chunked\r\n\r\n", 19, "expected \"chunked"},
    {"Transfer-Encoding: identity\r\n\r\n", 19, "expected \"chunked\""},
    {"Transfer-Encoding: chunked;q=1\r\n\r\n", 19, "expected \"chunked\""},
    {"Transfer-Encoding: xchunked\r\n\r\n", 19, "expected \"chunked\""},
    {"Transfer-Encoding:\r\n\r\n", 18, "expected \"chunked\""},
    {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 47,
     "expected it only once"},
    {"Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\n", 18,
     "Content-Encoding is \"gzip\"; expected none: none was asked for"},
    {"Content-Encoding: identity, br\r\n\r\n", 18, "\"identity, br\""},
    {"Content-Encoding: identity\r\nContent-Encoding: \xff\r\n\r\n", 46,
     "Content-Encoding is \"?\""},
};

TEST(test_http_refuses_framing)
{
    char text[256];
    const answer *a;
    size_t i;

    for (i = 0; i < COUNT(bad_heads); i++) {
        const bad_case *c = &bad_heads[i];
        int n = snprintf(text, sizeof text, OK_LINE "%s", c->text);

        a = decode(text, (size_t)n, &plain);
        if (a->status != SURREAL_ERR_HTTP || a->at != c->at + 17 ||
            !strstr(a->message, c->says)) {
            TEST_FAIL("case %zu: %d \"%s\" at %zu", i, (int)a->status,
                      a->message, a->at);
        }
    }
    a = DECODE("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    CHECK_INT(a->status, SURREAL_ERR_HTTP);
    CHECK_INT(a->at, 36);
    CHECK(strstr(a->message, "expected none in HTTP/1.0"));
    a = DECODE("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    CHECK_INT(a->status, SURREAL_ERR_HTTP);
    CHECK_INT(a->at, 9);
    CHECK(strstr(a->message, "101 although no upgrade"));
}

static const bad_case bad_chunks[] = {
    {"\r\n", 0, "does not begin with its size"},
    {" 1\r\n", 0, "does not begin with its size"},
    {";a\r\n", 0, "does not begin with its size"},
    {"g\r\n", 0, "does not begin with its size"},
    {"-1\r\n", 0, "does not begin with its size"},
    {"1\r\nx\r\n\r\n", 6, "does not begin with its size"},
    {"0x1\r\n", 1, "expected ';' or CR LF after a chunk's size"},
    {"1_0\r\n", 1, "expected ';' or CR LF"},
    {"1@\r\n", 1, "expected ';' or CR LF"},
    {"1`\r\n", 1, "expected ';' or CR LF"},
    {"1 \r\n", 2, "expected ';' after a chunk's size and a blank"},
    {"1 \t1\r\n", 3, "expected ';' after a chunk's size and a blank"},
    {"1\nx", 1, "LF without CR"},
    {"\n", 0, "LF without CR"},
    {"1\rx", 1, "CR without LF"},
    {"1\r\r\n", 1, "CR without LF"},
    {"1;a\nx", 3, "LF without CR"},
    {"1;a\r;", 3, "CR without LF"},
    {"1;a\x01", 3, "control byte"},
    {"1;a\x7f", 3, "control byte"},
    {"1\r\nxx", 4, "expected CR LF behind a chunk's data"},
    {"1\r\nx\n", 4, "expected CR LF behind a chunk's data"},
    {"1\r\nx\rx", 4, "CR without LF"},
    {"1\r\nx0\r\n\r\n", 4, "expected CR LF behind a chunk's data"},
    {"0\r\n\n", 3, "LF without CR"},
    {"0\r\n\rA", 3, "CR without LF"},
    {"0\r\nA: b\n", 7, "LF without CR"},
    {"0\r\nA: b\rc", 7, "CR without LF"},
    {"0\r\nA: \x1b[31m", 6, "control byte"},
};

TEST(test_http_refuses_chunks)
{
    char text[256];
    size_t i;

    for (i = 0; i < COUNT(bad_chunks); i++) {
        const bad_case *c = &bad_chunks[i];
        int n = snprintf(text, sizeof text, CHUNKED "%s", c->text);
        const answer *a = decode(text, (size_t)n, &plain);

        if (a->status != SURREAL_ERR_HTTP ||
            a->at != c->at + sizeof CHUNKED - 1 ||
            !strstr(a->message, c->says)) {
            TEST_FAIL("case %zu: %d \"%s\" at %zu", i, (int)a->status,
                      a->message, a->at);
        }
    }
}

/* Each way to end too early, at every byte: never done, never a success. */
TEST(test_http_truncated)
{
    static const char chunked[] = CHUNKED "3;a=b\r\nabc\r\n1\r\nd\r\n0\r\n"
                                          "A: b\r\n\r\n";
    static const char counted[] = OK_LINE "Content-Length: 5\r\n\r\nhello";
    size_t len, head = sizeof CHUNKED - 1;
    const answer *a;

    for (len = head; len < sizeof chunked - 1; len++) {
        a = decode(chunked, len, &plain);
        CHECK_INT(a->status, SURREAL_ERR_CLOSED);
        CHECK_INT(a->at, len);
        CHECK(!a->done && !a->reusable);
    }
    CHECK_STR(a->message, "http response: connection closed after 4 bytes of "
                          "the body and before its last chunk");
    for (len = sizeof counted - 1 - 5; len < sizeof counted - 1; len++) {
        a = decode(counted, len, &plain);
        CHECK_INT(a->status, SURREAL_ERR_CLOSED);
        CHECK_INT(a->at, len);
        CHECK(!a->done);
    }
    CHECK_STR(a->message, "http response: connection closed after 4 of 5 "
                          "bytes of the body");
}

/* ---- limits -------------------------------------------------------------- */

/* Four bytes of body with a limit of four and of three. */
TEST(test_http_body_max)
{
    static const char *const texts[] = {
        OK_LINE "Content-Length: 4\r\n\r\nabcd",
        CHUNKED "4\r\nabcd\r\n0\r\n\r\n",
        CHUNKED "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n",
        OK_LINE "\r\nabcd",
    };
    static const struct {
        size_t len;
        size_t at;
        const char *message;
    } refused[] = {
        {0, 0, "http response: body of 4 bytes; at most 3 are allowed"},
        {0, 47, "http response: body has more than 3 bytes (at byte 47)"},
        {3, 55, "http response: body has more than 3 bytes (at byte 55)"},
        {3, 22, "http response: body has more than 3 bytes (at byte 22)"},
    };
    options o = plain;
    const answer *a;
    size_t i;

    for (i = 0; i < COUNT(texts); i++) {
        o.max = 4;
        a = decode(texts[i], strlen(texts[i]), &o);
        CHECK_INT(a->status, SURREAL_OK);
        CHECK_MEM(a->data, a->len, "abcd", 4);
        o.max = 3;
        a = decode(texts[i], strlen(texts[i]), &o);
        CHECK_INT(a->status, SURREAL_ERR_LIMIT);
        CHECK_STR(a->message, refused[i].message);
        CHECK_INT(a->at, refused[i].at);
        CHECK_INT(a->len, refused[i].len);
    }
    o.max = 0;
    a = decode(CHUNKED "00\r\n\r\n", sizeof CHUNKED + 5, &o);
    CHECK_INT(a->status, SURREAL_OK);
    a = decode(CHUNKED "0001", sizeof CHUNKED + 3, &o);
    CHECK_INT(a->status, SURREAL_ERR_LIMIT);
    CHECK_INT(a->at, sizeof CHUNKED - 1 + 3);
}

/* Sizes at the end of 64 bits: no limit is not no check. */
TEST(test_http_chunk_size_does_not_overflow)
{
    const answer *a = DECODE(CHUNKED "ffffffffffffffff\r\nabc");

    CHECK_INT(a->status, SURREAL_ERR_CLOSED);
    CHECK_MEM(a->data, a->len, "abc", 3);
    a = DECODE(CHUNKED "10000000000000000\r\n");
    CHECK_INT(a->status, SURREAL_ERR_LIMIT);
    CHECK_INT(a->at, sizeof CHUNKED - 1 + 16);
    /* One byte came before: what is left of 2^64 - 1 is one less. */
    a = DECODE(CHUNKED "1\r\nx\r\nffffffffffffffff\r\n");
    CHECK_INT(a->status, SURREAL_ERR_LIMIT);
    a = DECODE(CHUNKED "1\r\nx\r\nfffffffffffffffe\r\n");
    CHECK_INT(a->status, SURREAL_ERR_CLOSED);
}

/* A text of `len` bytes between `before` and `after`, decoded. */
static const answer *
padded(const char *before, size_t len, const char *after)
{
    static char text[8192];
    static answer a;
    size_t n = strlen(before);

    memcpy(text, before, n);
    memset(text + n, 'x', len);
    n += len;
    memcpy(text + n, after, strlen(after));
    n += strlen(after);
    run(&a, text, n, &plain, n, 1);
    return &a;
}

TEST(test_http_chunk_line_limit)
{
    const answer *a;
    size_t fits = SRL_HTTP_MAX_CHUNK_LINE - 4; /* "1;" and CR LF */

    a = padded(CHUNKED "1;", fits, "\r\ny\r\n0\r\n\r\n");
    CHECK_INT(a->status, SURREAL_OK);
    CHECK_INT(a->len, 1);
    a = padded(CHUNKED "1;", fits + 1, "\r\ny\r\n0\r\n\r\n");
    CHECK_INT(a->status, SURREAL_ERR_LIMIT);
    CHECK_STR(a->message, "http response: line of a chunk has more than 256 "
                          "bytes (at byte 303)");
    CHECK_INT(a->at, sizeof CHUNKED - 1 + 256);
    /* Each line by itself. */
    a = padded(CHUNKED "1;aaaaaaaa\r\nx\r\n1;", fits, "\r\ny\r\n0\r\n\r\n");
    CHECK_INT(a->status, SURREAL_OK);
    CHECK_INT(a->len, 2);
}

TEST(test_http_trailer_limit)
{
    const answer *a;
    size_t fits = SRL_HTTP_MAX_TRAILER - 9; /* "A: ", CR LF twice, "B:" */

    a = padded(CHUNKED "0\r\nA: ", fits, "\r\nB:\r\n\r\n");
    CHECK_INT(a->status, SURREAL_ERR_LIMIT);
    a = padded(CHUNKED "0\r\nA: ", fits - 2, "\r\nB:\r\n\r\n");
    CHECK_INT(a->status, SURREAL_OK);
    a = padded(CHUNKED "0\r\nA: ", fits - 1, "\r\nB:\r\n\r\n");
    CHECK_INT(a->status, SURREAL_ERR_LIMIT);
    CHECK_STR(a->message, "http response: trailers have more than 4096 bytes "
                          "(at byte 4146)");
    CHECK_INT(a->at, sizeof CHUNKED - 1 + 3 + 4096);
}

/* ---- heads --------------------------------------------------------------- */

static const srl_http_head *
head_from(const char *text)
{
    static srl_http_head head;

    srl_http_head_init(&head);
    CHECK_INT(srl_http_head_feed(&head, (const uint8_t *)text, strlen(text),
                                 NULL), SURREAL_OK);
    return &head;
}

TEST(test_http_interim_responses_are_skipped)
{
    static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n"
                               "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                               OK_LINE "Content-Length: 2\r\n\r\nok";
    static srl_http_head head;
    size_t at = 0, count = 0;

    srl_http_head_init(&head);
    for (;;) {
        NEED(!srl_http_head_feed(&head, (const uint8_t *)text + at,
                                 sizeof text - 1 - at, NULL));
        at += head.len;
        if (!srl_http_is_interim(&head)) break;
        NEED(!srl_http_head_restart(&head, NULL));
        count++;
    }
    CHECK_INT(count, 2);
    CHECK_INT(head.code, 200);
    CHECK_INT(head.count, 1);
    CHECK_STR(text + at, "ok");
    CHECK(!srl_http_is_interim(head_from("HTTP/1.1 101 X\r\n\r\n")));
    CHECK(!srl_http_is_interim(head_from("HTTP/1.1 200 X\r\n\r\n")));
    CHECK(srl_http_is_interim(head_from("HTTP/1.1 199 X\r\n\r\n")));
}

TEST(test_http_interim_responses_are_counted)
{
    static const char text[] = "HTTP/1.1 102\r\n\r\n";
    static srl_http_head head;
    surreal_error err;
    int i;

    srl_http_head_init(&head);
    for (i = 0; i <= SRL_HTTP_MAX_INTERIM; i++) {
        surreal_status status;

        NEED(!srl_http_head_feed(&head, (const uint8_t *)text,
                                 sizeof text - 1, &err));
        status = srl_http_head_restart(&head, &err);
        CHECK_INT(status, i < SRL_HTTP_MAX_INTERIM ? SURREAL_OK
                                                   : SURREAL_ERR_LIMIT);
    }
    CHECK_STR(err.message, "http response: more than 16 interim responses");
}

TEST(test_http_content_type)
{
    static const struct {
        const char *headers;
        bool is_json;
    } cases[] = {
        {"Content-Type: application/json\r\n", true},
        {"content-type:\tAPPLICATION/Json \t\r\n", true},
        {"Content-Type: application/json;charset=utf-8\r\n", true},
        {"Content-Type: application/json \t; charset=utf-8\r\n", true},
        {"Content-Type: application/json;\r\n", true},
        {"Content-Type: application/jsonx\r\n", false},
        {"Content-Type: application/jso\r\n", false},
        {"Content-Type: application/json, text/plain\r\n", false},
        {"Content-Type: application/json x\r\n", false},
        {"Content-Type: text/plain; application/json\r\n", false},
        {"Content-Type: ;application/json\r\n", false},
        {"Content-Type:\r\n", false},
        {"Content-Type: application/json\r\n"
         "Content-Type: application/json\r\n", false},
        {"X-Content-Type: application/json\r\n", false},
        {"", false},
    };
    char text[256];
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        snprintf(text, sizeof text, OK_LINE "%s\r\n", cases[i].headers);
        if (srl_http_is_type(head_from(text), "application/json") !=
            cases[i].is_json) {
            TEST_FAIL("Content-Type case %zu", i);
        }
    }
}

TEST_MAIN(
    RUN(test_http_path_replaces_rpc);
    RUN(test_http_path_has_the_contract_of_snprintf);
    RUN(test_http_request_heads);
    RUN(test_http_refuses_header_values);
    RUN(test_http_refuses_header_names);
    RUN(test_http_refuses_headers_of_its_own);
    RUN(test_http_refuses_targets);
    RUN(test_http_request_buffer_full);
    RUN(test_http_upgrade_carries_fields);
    RUN(test_http_chunks_written);
    RUN(test_http_bodies);
    RUN(test_http_head_has_no_body);
    RUN(test_http_refuses_framing);
    RUN(test_http_refuses_chunks);
    RUN(test_http_truncated);
    RUN(test_http_body_max);
    RUN(test_http_chunk_size_does_not_overflow);
    RUN(test_http_chunk_line_limit);
    RUN(test_http_trailer_limit);
    RUN(test_http_interim_responses_are_skipped);
    RUN(test_http_interim_responses_are_counted);
    RUN(test_http_content_type);
)
