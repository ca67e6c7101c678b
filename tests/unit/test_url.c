/* cc -I. -o build/unit/test_url tests/unit/test_url.c
 *
 * Addresses of servers: what is understood, the one "/rpc", and all that is
 * refused, with the byte at which it is. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../json.h"
#include "../test.h"
#include <arpa/inet.h>

/* From a block of exactly that size, so that a sanitizer sees each byte read
 * outside. */
static surreal_status
parse(srl_url *url, const char *text, size_t len, surreal_error *err)
{
    char *copy = (char *)malloc(len ? len : 1);
    surreal_status status;

    if (!copy) abort();
    memcpy(copy, text, len);
    srl_error_clear(err);
    status = srl_url_parse(url, copy, len, err);
    free(copy);
    return status;
}

static void
check_url(const char *text, srl_scheme scheme, srl_host_kind kind,
          const char *host, unsigned port, const char *path)
{
    surreal_error err;
    srl_url url;

    if (parse(&url, text, strlen(text), &err)) {
        TEST_FAIL("\"%s\": %s", text, err.message);
        return;
    }
    if (url.scheme != scheme || url.host_kind != kind || url.port != port ||
        strcmp(url.host, host) || strcmp(url.path, path)) {
        TEST_FAIL("\"%s\": scheme %d kind %d host %s port %u path %s", text,
                  (int)url.scheme, (int)url.host_kind, url.host, url.port,
                  url.path);
    }
}

/* Refused because of byte `at`, with a message that holds `says`. */
static void
check_refused(const char *text, size_t len, size_t at, const char *says)
{
    surreal_error err;
    srl_url url;
    surreal_status status = parse(&url, text, len, &err);

    if (status != SURREAL_ERR_SYNTAX || err.at != at ||
        !strstr(err.message, says)) {
        TEST_FAIL("\"%s\": %d at %zu: %s", text, (int)status, err.at,
                  status ? err.message : url.host);
    }
}

#define REFUSED(text, at, says) \
    check_refused(text, sizeof(text) - 1, at, says)

TEST(test_url_schemes_and_ports)
{
    check_url("ws://h", SRL_SCHEME_WS, SRL_HOST_NAME, "h", 80, "/rpc");
    check_url("wss://h", SRL_SCHEME_WSS, SRL_HOST_NAME, "h", 443, "/rpc");
    check_url("http://h", SRL_SCHEME_HTTP, SRL_HOST_NAME, "h", 80, "/rpc");
    check_url("https://h", SRL_SCHEME_HTTPS, SRL_HOST_NAME, "h", 443, "/rpc");
    check_url("WsS://h", SRL_SCHEME_WSS, SRL_HOST_NAME, "h", 443, "/rpc");
    check_url("ws://h:1", SRL_SCHEME_WS, SRL_HOST_NAME, "h", 1, "/rpc");
    check_url("ws://h:8000/", SRL_SCHEME_WS, SRL_HOST_NAME, "h", 8000,
              "/rpc");
    check_url("ws://h:65535", SRL_SCHEME_WS, SRL_HOST_NAME, "h", 65535,
              "/rpc");
}

TEST(test_url_scheme_is_told)
{
    srl_url url;

    CHECK(!parse(&url, "ws://h", 6, NULL));
    CHECK_INT(url.scheme, SRL_SCHEME_WS);
    CHECK(!parse(&url, "wss://h", 7, NULL));
    CHECK_INT(url.scheme, SRL_SCHEME_WSS);
    CHECK(!parse(&url, "http://h", 8, NULL));
    CHECK_INT(url.scheme, SRL_SCHEME_HTTP);
    CHECK(!parse(&url, "https://h", 9, NULL));
    CHECK_INT(url.scheme, SRL_SCHEME_HTTPS);
}

/* Others asked for "//rpc" or "/rpc/rpc", or for no "/rpc" at all. */
TEST(test_trap_t33_rpc_suffix)
{
    static const char *const spellings[] = {
        "",          "/rpc",
        "/",         "/rpc",
        "/rpc",      "/rpc",
        "/rpc/",     "/rpc",
        "//",        "/rpc",
        "/rpc//",    "/rpc",
        "/base",     "/base/rpc",
        "/base/",    "/base/rpc",
        "/base/rpc", "/base/rpc",
        "/base/rpc/", "/base/rpc",
        "/a/b//",    "/a/b/rpc",
        "/rpc/rpc",  "/rpc/rpc",
        "/rpc/x",    "/rpc/x/rpc",
        "/myrpc",    "/myrpc/rpc",
        "/rp",       "/rp/rpc",
        "/RPC",      "/RPC/rpc",
        "/rpcx",     "/rpcx/rpc",
    };
    size_t i;

    for (i = 0; i < sizeof spellings / sizeof spellings[0]; i += 2) {
        char text[64];

        snprintf(text, sizeof text, "ws://db:8000%s", spellings[i]);
        check_url(text, SRL_SCHEME_WS, SRL_HOST_NAME, "db", 8000,
                  spellings[i + 1]);
    }
    REFUSED("ws://db:8000//rpc", 13, "empty path segment");
}

TEST(test_url_host_names)
{
    check_url("ws://LocalHost", SRL_SCHEME_WS, SRL_HOST_NAME, "localhost", 80,
              "/rpc");
    check_url("ws://a-1.b_2.example.com.:9", SRL_SCHEME_WS, SRL_HOST_NAME,
              "a-1.b_2.example.com.", 9, "/rpc");
    check_url("ws://1.2.3.4.com", SRL_SCHEME_WS, SRL_HOST_NAME, "1.2.3.4.com",
              80, "/rpc");
    check_url("ws://0xg", SRL_SCHEME_WS, SRL_HOST_NAME, "0xg", 80, "/rpc");
    check_url("ws://1a", SRL_SCHEME_WS, SRL_HOST_NAME, "1a", 80, "/rpc");
    check_url("ws://xn--bcher-kva.example", SRL_SCHEME_WS, SRL_HOST_NAME,
              "xn--bcher-kva.example", 80, "/rpc");
}

TEST(test_url_ipv4)
{
    check_url("ws://127.0.0.1:8000", SRL_SCHEME_WS, SRL_HOST_IPV4,
              "127.0.0.1", 8000, "/rpc");
    check_url("ws://0.0.0.0", SRL_SCHEME_WS, SRL_HOST_IPV4, "0.0.0.0", 80,
              "/rpc");
    check_url("ws://255.255.255.255", SRL_SCHEME_WS, SRL_HOST_IPV4,
              "255.255.255.255", 80, "/rpc");
    REFUSED("ws://127.1", 5, "not an IPv4 address");
    REFUSED("ws://2130706433", 5, "not an IPv4 address");
    REFUSED("ws://0x7f000001", 5, "not an IPv4 address");
    REFUSED("ws://0x7f.0.0.0x1", 5, "not an IPv4 address");
    REFUSED("ws://127.0.0.0X", 5, "not an IPv4 address");
    REFUSED("ws://0177.0.0.1", 5, "not an IPv4 address");
    REFUSED("ws://127.0.0.01", 5, "not an IPv4 address");
    REFUSED("ws://127.0.0.256", 5, "not an IPv4 address");
    REFUSED("ws://127.0.0.1.", 5, "not an IPv4 address");
    REFUSED("ws://127.0.0.1.5", 5, "not an IPv4 address");
    REFUSED("ws://127.0..1", 5, "not an IPv4 address");
    REFUSED("ws://.1", 5, "not an IPv4 address");
    REFUSED("ws://a.b.5", 5, "not an IPv4 address");
    REFUSED("ws://1.2.3.4444", 5, "not an IPv4 address");
}

TEST(test_url_ipv6)
{
    static const char *const good[] = {
        "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8", "1::8", "2001:db8::ff00:42:8329",
        "::ffff:192.0.2.1", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4", "1::1.2.3.4",
        "fe80::1", "0:0:0:0:0:0:0:0", "1:2:3::5:6:7:8"};
    static const char *const bad[] = {
        "", ":", ":1", "1:", "1", ":::", "1:::2", "::1::", "1::2::3",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8", "12345::", "g::", "::1.2.3", "::1.2.3.256",
        "::01.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4", "::1.2.3.4:5",
        "1:2:3:4:5:6:7:8:", "::1:", "fe80::1%eth0", "fe80::1%25eth0",
        "::1/64", "::-1", "::0x1", "v1.a"};
    size_t i;

    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        char text[80];

        snprintf(text, sizeof text, "ws://[%s]:8000", good[i]);
        check_url(text, SRL_SCHEME_WS, SRL_HOST_IPV6, good[i], 8000, "/rpc");
    }
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[80];
        surreal_error err;
        srl_url url;

        snprintf(text, sizeof text, "ws://[%s]", bad[i]);
        if (!parse(&url, text, strlen(text), &err)) {
            TEST_FAIL("accepted %s", text);
        }
    }
    check_url("ws://[FE80::ABCD]", SRL_SCHEME_WS, SRL_HOST_IPV6, "fe80::abcd",
              80, "/rpc");
    REFUSED("ws://[::1", 9, "expected ']'");
    REFUSED("ws://[::1]x", 10, "expected ':' or '/'");
    REFUSED("ws://[::1]:", 11, "port is missing");
    REFUSED("ws://::1", 6, "must be in brackets");
    REFUSED("ws://1::1", 7, "must be in brackets");
}

TEST(test_url_refuses_bad_schemes)
{
    REFUSED("", 0, "expected ws://");
    REFUSED("localhost", 9, "expected ws://");
    REFUSED("localhost:8000", 9, "expected ws://");
    REFUSED("//h", 0, "expected ws://");
    REFUSED("://h", 0, "scheme is not");
    REFUSED("ws:h", 2, "expected ws://");
    REFUSED("ws:/h", 2, "expected ws://");
    REFUSED("ws:/", 2, "expected ws://");
    REFUSED("ws", 2, "expected ws://");
    REFUSED("w://h", 0, "scheme is not");
    REFUSED("wsx://h", 0, "scheme is not");
    REFUSED("tcp://h", 0, "scheme is not");
    REFUSED("memory://", 0, "scheme is not");
}

TEST(test_url_refuses_bad_bytes)
{
    int c;

    for (c = 0; c < 0x100; c++) {
        char text[] = "ws://host/path";

        if (c > 0x20 && c < 0x7f && c != '\\' && c != '?' && c != '#') {
            continue;
        }
        text[7] = (char)c;
        check_refused(text, sizeof text - 1, 7, "");
        text[7] = 's';
        text[12] = (char)c;
        check_refused(text, sizeof text - 1, 12, "");
    }
    REFUSED(" ws://h", 0, "space");
    REFUSED("ws://h ", 6, "space");
    REFUSED("ws://h\0", 6, "control character");
    REFUSED("ws://h\n", 6, "control character");
    REFUSED("ws:\\\\h", 3, "backslash");
    REFUSED("ws://b\xc3\xbc" "cher", 6, "not in ASCII");
    REFUSED("ws://h/?a=b", 7, "a query is not allowed");
    REFUSED("ws://h#f", 6, "a fragment is not allowed");
}

TEST(test_url_refuses_userinfo)
{
    surreal_error err;
    srl_url url;

    REFUSED("ws://root:secret@h", 5, "belong into the options");
    REFUSED("ws://@h", 5, "belong into the options");
    REFUSED("ws://good.example@bad.example/", 5, "belong into the options");
    parse(&url, "ws://root:secret@h", 18, &err);
    CHECK(!strstr(err.message, "secret"));
}

TEST(test_url_refuses_bad_hosts)
{
    static char text[400];

    REFUSED("ws://", 5, "host is missing");
    REFUSED("ws:///rpc", 5, "host is missing");
    REFUSED("ws://:80", 5, "host is missing");
    REFUSED("ws://.", 5, "empty part");
    REFUSED("ws://.h", 5, "empty part");
    REFUSED("ws://a..b", 7, "empty part");
    REFUSED("ws://a..", 7, "empty part");
    REFUSED("ws://a%2eb", 6, "percent-escape");
    REFUSED("ws://a!b", 6, "not allowed in a host");
    REFUSED("ws://a]b", 6, "not allowed in a host");
    REFUSED("ws://a[b]", 6, "not allowed in a host");

    memset(text, 'a', sizeof text);
    memcpy(text, "ws://", 5);
    check_refused(text, 5 + 64, 5, "longer than 63");
    text[5 + 63] = text[5 + 127] = text[5 + 191] = '.';
    check_refused(text, 5 + 254, 5, "longer than 253");
    text[5 + 253] = '\0';
    check_url(text, SRL_SCHEME_WS, SRL_HOST_NAME, text + 5, 80, "/rpc");
}

TEST(test_url_refuses_bad_ports)
{
    REFUSED("ws://h:", 7, "port is missing");
    REFUSED("ws://h:/", 7, "port is missing");
    REFUSED("ws://h:0", 7, "port is 0 or begins with 0");
    REFUSED("ws://h:080", 7, "port is 0 or begins with 0");
    REFUSED("ws://h:+80", 7, "port is not a number");
    REFUSED("ws://h:-80", 7, "port is not a number");
    REFUSED("ws://h:80a", 9, "port is not a number");
    REFUSED("ws://h:65536", 7, "port above 65535");
    REFUSED("ws://h:99999999999999999999", 7, "port above 65535");
    REFUSED("ws://h:80:80", 9, "second colon");
}

TEST(test_url_refuses_bad_paths)
{
    static char text[600];

    REFUSED("ws://h/a//b", 9, "empty path segment");
    REFUSED("ws://h/.", 7, "dot segment");
    REFUSED("ws://h/a/../b", 9, "dot segment");
    REFUSED("ws://h/%2e", 7, "dot segment");
    REFUSED("ws://h/%2E./b", 7, "dot segment");
    REFUSED("ws://h/.%2e", 7, "dot segment");
    REFUSED("ws://h/a%", 8, "two hex digits");
    REFUSED("ws://h/a%2", 8, "two hex digits");
    REFUSED("ws://h/a%2/b", 8, "two hex digits");
    REFUSED("ws://h/a%zz", 8, "two hex digits");
    REFUSED("ws://h/a\"b", 8, "not allowed in a path");
    REFUSED("ws://h/a<b", 8, "not allowed in a path");
    REFUSED("ws://h/a{b", 8, "not allowed in a path");
    REFUSED("ws://h/a|b", 8, "not allowed in a path");
    REFUSED("ws://h/a^b", 8, "not allowed in a path");
    REFUSED("ws://h/a`b", 8, "not allowed in a path");
    REFUSED("ws://h/a[b", 8, "not allowed in a path");
    check_url("ws://h/.../..a/%20/-._~!$&'()*+,;=:@", SRL_SCHEME_WS,
              SRL_HOST_NAME, "h", 80,
              "/.../..a/%20/-._~!$&'()*+,;=:@/rpc");

    memset(text, 'a', sizeof text);
    memcpy(text, "ws://h/", 7);
    check_refused(text, 6 + 508, 6, "path longer than 511");
    text[6 + 507] = '\0';
    {
        surreal_error err;
        srl_url url;

        CHECK_INT(parse(&url, text, 6 + 507, &err), SURREAL_OK);
        CHECK_INT(strlen(url.path), 511);
    }
    memcpy(text + 6 + 507, "/rpc", 5);
    check_url(text, SRL_SCHEME_WS, SRL_HOST_NAME, "h", 80, text + 6);
}

/* Every beginning of a good address is refused or good, never read beyond. */
TEST(test_url_every_prefix)
{
    static const char text[] = "https://[2001:db8::1.2.3.4]:65535/a%2Fb/rpc/";
    size_t len;

    for (len = 0; len < sizeof text; len++) {
        surreal_error err;
        srl_url url;
        surreal_status status = parse(&url, text, len, &err);

        CHECK(!status || err.at <= len);
    }
}

/* ---- cases of the web platform ------------------------------------------- */

/* Accepted although their list says failure, because the failure is not one
 * of the address itself. */
static const struct {
    const char *input;
    const char *reason;
} wpt_differs[] = {
    {"https://www.google.com", "it is the base address that fails"},
};

static int wpt_agreed, wpt_differed;

/* IPv6 is compared as numbers: we keep the text, browsers shorten it. */
static bool
wpt_same_host(const srl_url *url, const char *want)
{
    uint8_t a[16], b[16];
    char bare[64];
    size_t len = strlen(want);

    if (url->host_kind != SRL_HOST_IPV6) return !strcmp(url->host, want);
    if (len < 2 || len >= sizeof bare || want[0] != '[') return false;
    memcpy(bare, want + 1, len - 2);
    bare[len - 2] = '\0';
    return inet_pton(AF_INET6, url->host, a) == 1 &&
           inet_pton(AF_INET6, bare, b) == 1 && !memcmp(a, b, 16);
}

/* Ours is theirs with "/rpc" made the last segment. */
static bool
wpt_same_path(const srl_url *url, const char *want)
{
    size_t len = strlen(want);

    while (len && want[len - 1] == '/') {
        len--;
    }
    if (len >= 4 && !memcmp(want + len - 4, "/rpc", 4)) len -= 4;
    return strlen(url->path) == len + 4 && !memcmp(url->path, want, len);
}

static bool
wpt_same(const srl_url *url, const json *c)
{
    static const char *const schemes[] = {"", "ws:", "wss:", "http:",
                                          "https:"};
    unsigned long port = strtoul(json_text(c, "port"), NULL, 10);

    if (!port) port = srl_url_default_port(url->scheme);
    return !strcmp(json_text(c, "protocol"), schemes[url->scheme]) &&
           wpt_same_host(url, json_text(c, "hostname")) &&
           port == url->port && wpt_same_path(url, json_text(c, "pathname")) &&
           !*json_text(c, "username") && !*json_text(c, "password") &&
           !*json_text(c, "search") && !*json_text(c, "hash");
}

/* Refusing is always right, accepting only what browsers accept and with the
 * same meaning. */
static void
wpt_case(const json *c)
{
    const json *input = json_get(c, "input");
    bool differs = false;
    bool same;
    srl_url url;
    size_t i;

    if (!input || parse(&url, input->text, input->len, NULL)) return;
    same = !json_get(c, "failure") && wpt_same(&url, c);
    for (i = 0; i < sizeof wpt_differs / sizeof wpt_differs[0]; i++) {
        differs |= !strcmp(input->text, wpt_differs[i].input);
    }
    if (same == differs) {
        TEST_FAIL("\"%s\" accepted as host %s port %u path %s", input->text,
                  url.host, url.port, url.path);
    }
    wpt_agreed += same;
    wpt_differed += differs;
}

TEST(test_url_agrees_with_browsers)
{
    static const char *const files[] = {"url/urltestdata.json",
                                        "url/ada_extra_urltestdata.json"};
    size_t i;

    for (i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[512];
        json *doc = json_file(json_suite_path(path, sizeof path, files[i]));
        json *c;

        if (!doc) {
            SKIP("no url cases (SURREAL_TEST_SUITES)");
            return;
        }
        for (c = doc->child; c; c = c->next) {
            wpt_case(c);
        }
        json_free(doc);
    }
    CHECK(wpt_agreed > 40);
    CHECK_INT(wpt_differed, sizeof wpt_differs / sizeof wpt_differs[0]);
}

TEST_MAIN(
    RUN(test_url_schemes_and_ports);
    RUN(test_url_scheme_is_told);
    RUN(test_trap_t33_rpc_suffix);
    RUN(test_url_host_names);
    RUN(test_url_ipv4);
    RUN(test_url_ipv6);
    RUN(test_url_refuses_bad_schemes);
    RUN(test_url_refuses_bad_bytes);
    RUN(test_url_refuses_userinfo);
    RUN(test_url_refuses_bad_hosts);
    RUN(test_url_refuses_bad_ports);
    RUN(test_url_refuses_bad_paths);
    RUN(test_url_every_prefix);
    RUN(test_url_agrees_with_browsers);
)
