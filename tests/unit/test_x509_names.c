/* Hosts, the names of certificates, and limits on names. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"

#include <arpa/inet.h>

static surreal_bytes
bytes_of(const char *text)
{
    surreal_bytes bytes;

    bytes.ptr = (const uint8_t *)text;
    bytes.len = strlen(text);
    return bytes;
}

/* One element; the text is its contents. */
static surreal_bytes
element(uint8_t room[300], unsigned tag, const void *data, size_t len)
{
    surreal_bytes der;

    if (len > 127) abort();
    room[0] = (uint8_t)tag;
    room[1] = (uint8_t)len;
    memcpy(room + 2, data, len);
    der.ptr = room;
    der.len = len + 2;
    return der;
}

TEST(test_names_valid)
{
    static const char *const good[] = {
        "a", "localhost", "a.b", "A-1.example", "1.example", "x.0xg",
        "xn--bcher-kva.example", "1a", "a.1b", "0x.y",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234567890.x"};
    static const char *const bad[] = {
        "", ".", "a.", ".a", "a..b", "-a", "a-", "a.-b", "a-.b", "a_b",
        "a b", "*.a", "1", "1.2.3.4", "a.1", "127.1", "0x7f", "a.0x1",
        "a.0X1f", "a.0x", "a/b", "a:b", "caf\xc3\xa9", "a@b",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz012345678901.x"};
    char longest[300];
    surreal_bytes zero;
    size_t i;

    for (i = 0; i < sizeof good / sizeof *good; i++) {
        if (!srl_dns_is_valid(bytes_of(good[i]))) TEST_FAIL("%s", good[i]);
    }
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (srl_dns_is_valid(bytes_of(bad[i]))) TEST_FAIL("%s", bad[i]);
    }
    for (i = 0; i < 254; i++) {
        longest[i] = i % 2 ? '.' : 'a';
    }
    longest[253] = '\0';
    CHECK(srl_dns_is_valid(bytes_of(longest)));
    longest[253] = 'a';
    longest[254] = '\0';
    CHECK(!srl_dns_is_valid(bytes_of(longest)));
    zero.ptr = (const uint8_t *)"a\0b";
    zero.len = 3;
    CHECK(!srl_dns_is_valid(zero));
}

TEST(test_names_match)
{
    static const struct {
        const char *name; /* of the certificate */
        const char *host;
        bool is_match;
    } cases[] = {
        {"example.com", "example.com", true},
        {"EXAMPLE.com", "example.COM", true},
        {"example.com", "example.com.", true},
        {"example.com.", "example.com", false},
        {"example.com", "www.example.com", false},
        {"www.example.com", "example.com", false},
        {"*.example.com", "www.example.com", true},
        {"*.example.com", "WWW.EXAMPLE.COM.", true},
        {"*.example.com", "example.com", false},
        {"*.example.com", "a.b.example.com", false},
        {"*.com", "example.com", false},
        {"*", "com", false},
        {"*.", "com", false},
        {"*..com", "a..com", false},
        {"w*.example.com", "www.example.com", false},
        {"*w.example.com", "www.example.com", false},
        {"www.*.com", "www.example.com", false},
        {"*.*.com", "www.example.com", false},
        {"xn--*.example.com", "xn--a.example.com", false},
        {"*.example.com", "xn--bcher-kva.example.com", true},
        {"a_b.example.com", "a_b.example.com", false},
        {"*.b_c.example", "a.b_c.example", false},
        {"example.com", "example.co", false},
        {"localhost", "localhost", true},
        {"127.0.0.1", "127.0.0.1", false},
        {"", "a", false}};
    uint8_t room[300];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        srl_peer peer;
        surreal_bytes san = element(room, SRL_NAME_DNS, cases[i].name,
                                    strlen(cases[i].name));
        bool got = srl_peer_parse(&peer, cases[i].host) &&
                   srl_san_has(san, &peer);

        if (got != cases[i].is_match) {
            TEST_FAIL("%s and %s", cases[i].name, cases[i].host);
        }
    }
}

/* An embedded NUL ends no name. */
TEST(test_names_with_zero)
{
    uint8_t room[300];
    srl_peer peer;

    CHECK(srl_peer_parse(&peer, "a.example"));
    CHECK(!srl_san_has(element(room, SRL_NAME_DNS, "a.example\0.b.example",
                               20), &peer));
    CHECK(!srl_san_has(element(room, SRL_NAME_DNS, "a.example\0", 10),
                       &peer));
    CHECK(srl_san_has(element(room, SRL_NAME_DNS, "a.example", 9), &peer));
    CHECK(!srl_san_has(element(room, SRL_DER_CONTEXT(6), "a.example", 9),
                       &peer));
    CHECK(!srl_san_has(element(room, SRL_DER_CONTEXT(1), "a.example", 9),
                       &peer));
}

TEST(test_names_addresses)
{
    static const char *const good[] = {
        "0.0.0.0", "255.255.255.255", "1.2.3.4", "::", "::1", "1::", "1::8",
        "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4",
        "FE80::ABCD", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "64:ff9b::0.0.0.1",
        "0:0:0:0:0:0:0:0", "2001:db8::1:0:0:1"};
    static const char *const bad[] = {
        "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.04", "1..2.3",
        "1.2.3.4 ", " 1.2.3.4", ":", ":::", "1:::2", "1::2::3",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8", "12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3", "::1.2.3.4:5", "1:", ":1", "1::2:", "fe80::1%eth0",
        "::256.1.1.1", "[::1]", "1:2:3:4:5:6:7:"};
    size_t i;

    for (i = 0; i < sizeof good / sizeof *good; i++) {
        srl_peer peer;
        uint8_t want[16];
        int family = strchr(good[i], ':') ? AF_INET6 : AF_INET;
        size_t len = family == AF_INET6 ? 16 : 4;

        NEED(inet_pton(family, good[i], want) == 1);
        if (!srl_peer_parse(&peer, good[i]) || peer.name.len ||
            peer.ip_len != len || memcmp(peer.ip, want, len)) {
            TEST_FAIL("%s", good[i]);
        }
    }
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        srl_peer peer;

        if (srl_peer_parse(&peer, bad[i])) TEST_FAIL("%s is taken", bad[i]);
    }
}

/* Texts of the characters of addresses: ours and the system's agree. */
TEST(test_names_addresses_against_system)
{
    static const char letters[] = "0123459af:::::....";
    uint32_t state = 1;
    unsigned round, taken = 0;

    for (round = 0; round < 400000; round++) {
        char text[24];
        uint8_t want[16], got[16];
        size_t len, i;
        bool is_theirs, is_ours;

        state = state * 1664525u + 1013904223u;
        len = state >> 8 & 15;
        for (i = 0; i < len; i++) {
            state = state * 1664525u + 1013904223u;
            text[i] = letters[(state >> 16) % (sizeof letters - 1)];
        }
        text[len] = '\0';
        is_theirs = inet_pton(AF_INET6, text, want) == 1;
        is_ours = srl_ipv6_parse(text, len, got);
        if (is_theirs != is_ours || (is_ours && memcmp(want, got, 16))) {
            TEST_FAIL("%s: theirs %d, ours %d", text, is_theirs, is_ours);
            return;
        }
        taken += is_ours;
        is_theirs = inet_pton(AF_INET, text, want) == 1;
        is_ours = srl_ipv4_parse(text, len, got);
        if (is_theirs != is_ours || (is_ours && memcmp(want, got, 4))) {
            TEST_FAIL("%s: theirs %d, ours %d", text, is_theirs, is_ours);
            return;
        }
        taken += is_ours;
    }
    CHECK(taken > 1000);
}

/* iPAddress: the bytes of the host and nothing else. */
TEST(test_names_match_addresses)
{
    static const uint8_t four[] = {127, 0, 0, 1};
    static const uint8_t sixteen[] = {0, 0, 0, 0, 0, 0, 0, 0,
                                      0, 0, 0xff, 0xff, 127, 0, 0, 1};
    uint8_t room[300];
    srl_peer peer;

    CHECK(srl_peer_parse(&peer, "127.0.0.1"));
    CHECK(srl_san_has(element(room, SRL_NAME_IP, four, 4), &peer));
    CHECK(!srl_san_has(element(room, SRL_NAME_IP, sixteen, 16), &peer));
    CHECK(!srl_san_has(element(room, SRL_NAME_IP, four, 3), &peer));
    CHECK(!srl_san_has(element(room, SRL_NAME_DNS, four, 4), &peer));
    CHECK(srl_peer_parse(&peer, "::ffff:127.0.0.1"));
    CHECK(srl_san_has(element(room, SRL_NAME_IP, sixteen, 16), &peer));
    CHECK(!srl_san_has(element(room, SRL_NAME_IP, sixteen + 12, 4), &peer));
}

/* One subtree of one form, as a list. */
static surreal_bytes
subtree(uint8_t room[300], unsigned tag, const void *data, size_t len)
{
    uint8_t inner[300];
    surreal_bytes base = element(inner, tag, data, len);

    return element(room, SRL_DER_SEQUENCE, base.ptr, base.len);
}

TEST(test_names_limits)
{
    static const struct {
        const char *name;
        const char *base;
        bool permitted; /* kept, if the base is a permitted one */
        bool excluded;  /* kept, if it is an excluded one */
    } cases[] = {
        {"a.b", "a.b", true, false},
        {"A.B", "a.b", true, false},
        {"x.a.b", "a.b", true, false},
        {"y.x.a.b", "A.b", true, false},
        {"xa.b", "a.b", false, true},
        {"b", "a.b", false, true},
        {"c.b", "a.b", false, true},
        {"a.b", "", true, false},
        {"*.a.b", "a.b", true, false},
        {"*.a.b", "b", true, false},
        {"*.a.b", "x.a.b", false, false}, /* x.a.b is one of them */
        {"*.a.b", "y.x.a.b", false, true},
        {"*.a.b", "a.c", false, true},
        {"*.a.b", "", true, false},
        {".a.b", "a.b", false, false}, /* no name: never kept */
        {"a_c.a.b", "c.d", false, false},
        {"*", "a.b", false, false},
        {"", "a.b", false, false}};
    uint8_t names[300], trees[300];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        srl_cert cert;
        srl_limits limits;
        unsigned budget = 1000, tag;
        surreal_bytes name;
        surreal_bytes list = subtree(trees, SRL_NAME_DNS, cases[i].base,
                                     strlen(cases[i].base));

        memset(&cert, 0, sizeof cert);
        memset(&limits, 0, sizeof limits);
        cert.san = element(names, SRL_NAME_DNS, cases[i].name,
                           strlen(cases[i].name));
        limits.permitted = list;
        if ((srl_limits_check(&limits, &cert, &budget, &tag, &name) ==
             SRL_LIMITS_KEPT) != cases[i].permitted) {
            TEST_FAIL("%s permitted, %s", cases[i].base, cases[i].name);
        }
        limits.excluded = list;
        limits.permitted.len = 0;
        if ((srl_limits_check(&limits, &cert, &budget, &tag, &name) ==
             SRL_LIMITS_KEPT) != cases[i].excluded) {
            TEST_FAIL("%s excluded, %s", cases[i].base, cases[i].name);
        }
        budget = 1; /* which the one comparison uses up */
        CHECK_INT(srl_limits_check(&limits, &cert, &budget, &tag, &name),
                  SRL_LIMITS_BUDGET);
    }
}

TEST(test_names_address_limits)
{
    static const uint8_t base[] = {10, 1, 0, 0, 255, 255, 0, 0};
    static const uint8_t all[] = {0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t in[] = {10, 1, 2, 3};
    static const uint8_t out[] = {10, 2, 2, 3};
    static const uint8_t six[16] = {10, 1, 2, 3};
    surreal_bytes ip, tree;

    tree.ptr = base;
    tree.len = 8;
    ip.ptr = in;
    ip.len = 4;
    CHECK(srl_limit_ip(ip, tree));
    ip.ptr = out;
    CHECK(!srl_limit_ip(ip, tree));
    ip.ptr = six;
    ip.len = 16;
    CHECK(!srl_limit_ip(ip, tree));
    tree.ptr = all;
    CHECK(!srl_limit_ip(ip, tree));
    ip.len = 4;
    CHECK(srl_limit_ip(ip, tree));
}

TEST(test_names_masks)
{
    unsigned bits;

    for (bits = 0; bits <= 32; bits++) {
        uint8_t mask[4];

        srl_store32(mask, bits ? 0xffffffffu << (32 - bits) : 0);
        CHECK(srl_mask_is_valid(mask, 4));
        mask[3] ^= bits == 32 ? 2 : 1;
        if (bits != 31 && srl_mask_is_valid(mask, 4)) {
            TEST_FAIL("a mask with a gap at %u", bits);
        }
    }
}

TEST_MAIN(RUN(test_names_valid);
          RUN(test_names_match);
          RUN(test_names_with_zero);
          RUN(test_names_addresses);
          RUN(test_names_addresses_against_system);
          RUN(test_names_match_addresses);
          RUN(test_names_limits);
          RUN(test_names_address_limits);
          RUN(test_names_masks);)
