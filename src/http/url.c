/* http/url.c: addresses of servers, a strict part of RFC 3986. */
#include "http/http.h"

/*   url        = scheme "://" host [ ":" port ] path
 *   scheme     = "ws" / "wss" / "http" / "https"       (any case)
 *   host       = name / IPv4 / "[" IPv6 "]"
 *   name       = label *( "." label ) [ "." ]
 *   label      = 1*63( letter / digit / "-" / "_" )
 *   port       = 1..65535 without leading zeros
 *   path       = *( "/" segment ) *"/"
 *   segment    = 1*pchar, not "." or ".."               (RFC 3986 3.3)
 *
 * What two parsers may understand in two ways is refused rather than repaired,
 * so that the host we connect to is the host every other program sees in the
 * same text: userinfo ("good.example@bad.example"), backslashes, escapes in
 * the host, numbers that are addresses to some ("127.1", "0x7f000001"), dot
 * segments, empty segments.
 *
 * Messages never quote the text: it may hold a password in spite of all. */

static surreal_status
srl_url_fail(surreal_error *err, size_t at, const char *what)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_SYNTAX,
                                     "url: %s (at byte %llu)", what,
                                     (unsigned long long)at);

    if (err) err->at = at;
    return status;
}

static char
srl_url_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
srl_url_is_alnum(char c)
{
    return srl_is_digit(c) || srl_is_letter(c);
}

/* Before anything else, so that no later message has to care. */
static surreal_status
srl_url_check_bytes(const char *text, size_t len, surreal_error *err)
{
    size_t i;

    for (i = 0; i < len; i++) {
        uint8_t c = (uint8_t)text[i];

        if (c == ' ') return srl_url_fail(err, i, "space");
        if (c < 0x20 || c == 0x7f) {
            return srl_url_fail(err, i, "control character");
        }
        if (c >= 0x80) return srl_url_fail(err, i, "character not in ASCII");
        if (c == '\\') return srl_url_fail(err, i, "backslash");
        if (c == '?') return srl_url_fail(err, i, "a query is not allowed");
        if (c == '#') return srl_url_fail(err, i, "a fragment is not allowed");
    }
    return SURREAL_OK;
}

/* scheme "://"; *at is moved behind it. */
static surreal_status
srl_url_scheme(srl_url *out, const char *text, size_t len, size_t *at,
               surreal_error *err)
{
    size_t end = 0;

    while (end < len && text[end] != ':' && text[end] != '/') {
        end++;
    }
    if (end == len || text[end] != ':' || len - end < 3 ||
        text[end + 1] != '/' || text[end + 2] != '/') {
        return srl_url_fail(err, end, "expected ws://, wss://, http:// or "
                                      "https:// in front");
    }
    if (srl_word_is(text, end, "ws")) {
        out->scheme = SRL_SCHEME_WS;
    } else if (srl_word_is(text, end, "wss")) {
        out->scheme = SRL_SCHEME_WSS;
    } else if (srl_word_is(text, end, "http")) {
        out->scheme = SRL_SCHEME_HTTP;
    } else if (srl_word_is(text, end, "https")) {
        out->scheme = SRL_SCHEME_HTTPS;
    } else {
        return srl_url_fail(err, 0, "scheme is not ws, wss, http or https");
    }
    *at = end + 3;
    return SURREAL_OK;
}

/* True if the last label looks like a number, decimal or 0x...: some resolvers
 * take such a name for an IPv4 address of fewer than four parts. */
static bool
srl_url_ends_in_number(const char *text, size_t len)
{
    size_t start;
    size_t i;
    bool digits = true;
    bool hex;

    if (len && text[len - 1] == '.') len--;
    start = len;
    while (start && text[start - 1] != '.') {
        start--;
    }
    hex = len - start >= 2 && text[start] == '0' &&
          srl_url_lower(text[start + 1]) == 'x';
    for (i = start; i < len; i++) {
        if (!srl_is_digit(text[i])) digits = false;
        if (i >= start + 2 && srl_hex_value(text[i]) < 0) hex = false;
    }
    return (digits && start < len) || hex;
}

/* Names with "xn--" are passed on as they are: whether they decode to Unicode
 * is up to who registered them (RFC 5891 4.4). */
static surreal_status
srl_url_name(const char *text, size_t start, size_t end, surreal_error *err)
{
    size_t label = start;
    size_t i;

    if (end - start > SRL_URL_MAX_HOST) {
        return srl_url_fail(err, start, "host name longer than 253 bytes");
    }
    for (i = start; i <= end; i++) {
        bool dot = i < end && text[i] == '.';

        if (i < end && !dot) {
            if (srl_url_is_alnum(text[i]) || text[i] == '-' ||
                text[i] == '_') {
                continue;
            }
            return srl_url_fail(err, i, text[i] == '%'
                                            ? "percent-escape in the host"
                                            : "character not allowed in a "
                                              "host name");
        }
        if (i - label > 63) {
            return srl_url_fail(err, label, "part of the host name longer "
                                            "than 63 bytes");
        }
        /* Only the root's dot at the end has nothing behind it. */
        if (i == label && (dot || i == start)) {
            return srl_url_fail(err, i, "empty part in the host name");
        }
        label = i + 1;
    }
    return SURREAL_OK;
}

/* The host in [start, end), which holds no ':' outside brackets. */
static surreal_status
srl_url_host(srl_url *out, const char *text, size_t start, size_t end,
             surreal_error *err)
{
    uint8_t ip[16];
    size_t i;

    if (start == end) return srl_url_fail(err, start, "host is missing");
    if (text[start] == '[') {
        start++;
        end--; /* the ']' */
        SURREAL_ASSERT(text[end] == ']');
        if (!srl_ipv6_parse(text + start, end - start, ip)) {
            return srl_url_fail(err, start, "not an IPv6 address");
        }
        out->host_kind = SRL_HOST_IPV6;
    } else if (srl_url_ends_in_number(text + start, end - start)) {
        if (!srl_ipv4_parse(text + start, end - start, ip)) {
            return srl_url_fail(err, start, "not an IPv4 address of four "
                                            "decimal numbers");
        }
        out->host_kind = SRL_HOST_IPV4;
    } else {
        SRL_TRY(srl_url_name(text, start, end, err));
        out->host_kind = SRL_HOST_NAME;
    }
    SURREAL_ASSERT(end - start <= SRL_URL_MAX_HOST);
    for (i = start; i < end; i++) {
        out->host[i - start] = srl_url_lower(text[i]);
    }
    out->host[end - start] = '\0';
    return SURREAL_OK;
}

static surreal_status
srl_url_port(srl_url *out, const char *text, size_t start, size_t end,
             surreal_error *err)
{
    unsigned v = 0;
    size_t i;

    if (start == end) return srl_url_fail(err, start, "port is missing");
    if (text[start] == '0') {
        return srl_url_fail(err, start, "port is 0 or begins with 0");
    }
    for (i = start; i < end; i++) {
        if (!srl_is_digit(text[i])) {
            return srl_url_fail(err, i, "port is not a number");
        }
        v = v * 10 + (unsigned)(text[i] - '0');
        if (v > 65535) return srl_url_fail(err, start, "port above 65535");
    }
    out->port = (uint16_t)v;
    return SURREAL_OK;
}

/* host [ ":" port ] in [start, end). */
static surreal_status
srl_url_authority(srl_url *out, const char *text, size_t start, size_t end,
                  surreal_error *err)
{
    const char *from = text + start;
    size_t host_end = start;
    size_t second;

    if (memchr(from, '@', end - start)) {
        return srl_url_fail(err, start, "user and password belong into the "
                                        "options, not into the url");
    }
    if (start < end && text[start] == '[') {
        const char *close = (const char *)memchr(from, ']', end - start);

        if (!close) return srl_url_fail(err, end, "expected ']'");
        host_end = (size_t)(close - text) + 1;
        if (host_end < end && text[host_end] != ':') {
            return srl_url_fail(err, host_end, "expected ':' or '/' after "
                                               "']'");
        }
    } else {
        while (host_end < end && text[host_end] != ':') {
            host_end++;
        }
        for (second = host_end + 1; second < end; second++) {
            if (text[second] != ':') continue;
            return srl_url_fail(err, second, "second colon; an IPv6 address "
                                             "must be in brackets");
        }
    }
    SRL_TRY(srl_url_host(out, text, start, host_end, err));
    if (host_end == end) {
        out->port = srl_url_default_port(out->scheme);
        return SURREAL_OK;
    }
    return srl_url_port(out, text, host_end + 1, end, err);
}

/* "." and "..", also when written with %2e, which many servers undo. */
static bool
srl_url_is_dots(const char *text, size_t len)
{
    size_t i = 0;
    unsigned dots = 0;

    while (i < len) {
        if (text[i] == '.') {
            i++;
        } else if (len - i >= 3 && text[i] == '%' && text[i + 1] == '2' &&
                   srl_url_lower(text[i + 2]) == 'e') {
            i += 3;
        } else {
            return false;
        }
        dots++;
    }
    return dots == 1 || dots == 2;
}

/* The segment in [start, end): 1*pchar. */
static surreal_status
srl_url_segment(const char *text, size_t start, size_t end,
                surreal_error *err)
{
    size_t i;

    if (start == end) {
        return srl_url_fail(err, start, "empty path segment, \"//\"");
    }
    if (srl_url_is_dots(text + start, end - start)) {
        return srl_url_fail(err, start, "dot segment in the path");
    }
    for (i = start; i < end; i++) {
        char c = text[i];

        if (c == '%') {
            if (end - i < 3 || srl_hex_value(text[i + 1]) < 0 ||
                srl_hex_value(text[i + 2]) < 0) {
                return srl_url_fail(err, i, "'%' without two hex digits");
            }
        } else if (!srl_url_is_alnum(c) && !strchr("-._~!$&'()*+,;=:@", c)) {
            return srl_url_fail(err, i, "character not allowed in a path");
        }
    }
    return SURREAL_OK;
}

/* The path in [at, len), "/rpc" made its last segment. */
static surreal_status
srl_url_path(srl_url *out, const char *text, size_t at, size_t len,
             surreal_error *err)
{
    size_t start = at;
    size_t last = at; /* where the last segment starts, its '/' included */
    bool has_rpc;

    while (len > at && text[len - 1] == '/') {
        len--;
    }
    while (at < len) {
        size_t end = at + 1;

        SURREAL_ASSERT(text[at] == '/');
        while (end < len && text[end] != '/') {
            end++;
        }
        SRL_TRY(srl_url_segment(text, at + 1, end, err));
        last = at;
        at = end;
    }
    has_rpc = len - last == 4 && !memcmp(text + last, "/rpc", 4);
    if (has_rpc) len = last;
    if (len - start > SRL_URL_MAX_PATH - 4) {
        return srl_url_fail(err, start, "path longer than 511 bytes");
    }
    memcpy(out->path, text + start, len - start);
    memcpy(out->path + (len - start), "/rpc", 5);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_url_parse(srl_url *out, const char *text, size_t len, surreal_error *err)
{
    size_t start = 0;
    size_t end;

    SURREAL_ASSERT(text || !len);
    memset(out, 0, sizeof *out);
    SRL_TRY(srl_url_check_bytes(text, len, err));
    SRL_TRY(srl_url_scheme(out, text, len, &start, err));
    end = start;
    while (end < len && text[end] != '/') {
        end++;
    }
    SRL_TRY(srl_url_authority(out, text, start, end, err));
    return srl_url_path(out, text, end, len, err);
}

SRL_FN uint16_t
srl_url_default_port(srl_scheme scheme)
{
    return scheme == SRL_SCHEME_WSS || scheme == SRL_SCHEME_HTTPS ? 443 : 80;
}
