/* tls/hello.c: ClientHello, ServerHello, HelloRetryRequest. */
#include "tls/tls.h"

/* RFC 8446 4.1 and 4.2. Offered is what this client would like best, and no
 * more: TLS 1.3; three ciphers; X25519 with a share and P-256 without, which
 * costs a server that has P-256 only one HelloRetryRequest, and all others
 * nothing; http/1.1. No PSK, no early data, no compression of anything.
 *
 * A ServerHello is checked against that offer, field by field: what was not
 * offered cannot be chosen, and the second one after a HelloRetryRequest must
 * choose what the first did. */

#define SRL_TLS_SUITES 3
#define SRL_TLS_RANDOM 32

/* 4.1.3: a ServerHello with this random, the SHA-256 of "HelloRetryRequest",
 * is one. */
static const uint8_t srl_tls_retry_random[SRL_TLS_RANDOM] = {
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c,
    0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb,
    0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};

/* ---- ClientHello --------------------------------------------------------- */

SRL_FN bool
srl_tls_is_name(const char *host)
{
    const char *last = host;
    const char *p;

    if (!*host || strchr(host, ':')) return false; /* IPv6 */
    for (p = host; *p; p++) {
        if (*p == '.' && p[1]) last = p + 1;
    }
    /* No top-level domain is a number: then it is an IPv4 address. */
    while (srl_is_digit(*last)) {
        last++;
    }
    return *last && *last != '.';
}

SRL_FN bool
srl_tls_new_share(srl_tls *tls, uint16_t group)
{
    uint8_t point[SRL_P256_POINT];
    unsigned tries;

    tls->group = group;
    /* One scalar in 2^32 is none of P-256's. */
    for (tries = 0; tries < 8; tries++) {
        if (!tls->config->random(tls->config->random_user, tls->scalar,
                                 sizeof tls->scalar)) {
            return false;
        }
        if (group == SRL_TLS_GROUP_X25519 ||
            srl_p256_public(point, tls->scalar)) {
            return true;
        }
    }
    return false;
}

static void
srl_tls_put16(srl_buf *buf, unsigned v)
{
    uint8_t bytes[2];

    srl_store16(bytes, (uint16_t)v);
    srl_buf_put(buf, bytes, 2);
}

/* A length of 16 bits to be known later, and then. */
static size_t
srl_tls_open_length(srl_buf *buf)
{
    srl_tls_put16(buf, 0);
    return buf->len;
}

static void
srl_tls_close_length(srl_buf *buf, size_t at)
{
    if (!buf->status) {
        srl_store16(buf->data + at - 2, (uint16_t)(buf->len - at));
    }
}

static void
srl_tls_put_name(srl_tls *tls, srl_buf *buf)
{
    const char *host = tls->config->host;
    size_t len = strlen(host);

    tls->has_name = srl_tls_is_name(host);
    if (!tls->has_name) return;
    if (host[len - 1] == '.') len--; /* RFC 6066 section 3 */
    srl_tls_put16(buf, SRL_TLS_EXT_SERVER_NAME);
    srl_tls_put16(buf, (unsigned)(len + 5));
    srl_tls_put16(buf, (unsigned)(len + 3));
    srl_buf_put(buf, "", 1); /* host_name */
    srl_tls_put16(buf, (unsigned)len);
    srl_buf_put(buf, host, len);
}

static void
srl_tls_put_share(srl_tls *tls, srl_buf *buf)
{
    uint8_t point[SRL_P256_POINT];
    size_t len = 32;

    if (tls->group == SRL_TLS_GROUP_X25519) {
        srl_x25519_public(point, tls->scalar);
    } else {
        len = SRL_P256_POINT;
        srl_p256_public(point, tls->scalar);
    }
    srl_tls_put16(buf, SRL_TLS_EXT_KEY_SHARE);
    srl_tls_put16(buf, (unsigned)(len + 6));
    srl_tls_put16(buf, (unsigned)(len + 4));
    srl_tls_put16(buf, tls->group);
    srl_tls_put16(buf, (unsigned)len);
    srl_buf_put(buf, point, len);
}

static void
srl_tls_put_extensions(srl_tls *tls, srl_buf *buf, surreal_bytes cookie)
{
    /* Whole extensions: type, length, content. The three PKCS #1 schemes are
     * for certificates only (4.2.3). */
    static const uint8_t fixed[] = {
        0, SRL_TLS_EXT_GROUPS, 0, 6, 0, 4, 0x00, 0x1d, 0x00, 0x17,
        0, SRL_TLS_EXT_SIGNATURES, 0, 20, 0, 18,
        0x04, 0x03, 0x08, 0x04, 0x05, 0x03, 0x08, 0x05, 0x08, 0x06,
        0x08, 0x07, 0x04, 0x01, 0x05, 0x01, 0x06, 0x01,
        0, SRL_TLS_EXT_ALPN, 0, 11, 0, 9, 8,
        'h', 't', 't', 'p', '/', '1', '.', '1',
        0, SRL_TLS_EXT_VERSIONS, 0, 3, 2, 0x03, 0x04};

    srl_tls_put_name(tls, buf);
    srl_buf_put(buf, fixed, sizeof fixed);
    if (cookie.len) {
        srl_tls_put16(buf, SRL_TLS_EXT_COOKIE);
        srl_tls_put16(buf, (unsigned)(cookie.len + 2));
        srl_tls_put16(buf, (unsigned)cookie.len);
        srl_buf_put(buf, cookie.ptr, cookie.len);
    }
    srl_tls_put_share(tls, buf);
}

/* AES first where the CPU has it, else what is fast without (RFC 8446 leaves
 * the order to us). */
static void
srl_tls_put_suites(srl_buf *buf)
{
    static const uint16_t with_aes[SRL_TLS_SUITES] = {
        SRL_TLS_AES_128, SRL_TLS_CHACHA20, SRL_TLS_AES_256};
    static const uint16_t without[SRL_TLS_SUITES] = {
        SRL_TLS_CHACHA20, SRL_TLS_AES_128, SRL_TLS_AES_256};
    const uint16_t *suites = srl_cpu() & SRL_CPU_AES ? with_aes : without;
    size_t i;

    srl_tls_put16(buf, 2 * SRL_TLS_SUITES);
    for (i = 0; i < SRL_TLS_SUITES; i++) {
        srl_tls_put16(buf, suites[i]);
    }
}

SRL_FN surreal_status
srl_tls_put_hello(srl_tls *tls, surreal_bytes cookie, surreal_error *err)
{
    static const uint8_t head[6] = {SRL_TLS_CLIENT_HELLO, 0, 0, 0,
                                    0x03, 0x03};
    srl_buf buf;
    size_t cap;
    size_t at;
    uint8_t *room = srl_tls_content(tls, &cap);

    srl_buf_fixed(&buf, room, cap);
    srl_buf_put(&buf, head, sizeof head);
    srl_buf_put(&buf, tls->random, sizeof tls->random);
    srl_buf_put(&buf, " ", 1); /* 32 bytes of legacy_session_id */
    srl_buf_put(&buf, tls->session_id, sizeof tls->session_id);
    srl_tls_put_suites(&buf);
    srl_buf_put(&buf, "\x01", 2); /* one compression method: none */
    at = srl_tls_open_length(&buf);
    srl_tls_put_extensions(tls, &buf, cookie);
    if (buf.status) {
        return srl_tls_fail(tls, SURREAL_ERR_LIMIT,
                            SRL_TLS_ALERT_INTERNAL_ERROR, err,
                            "the ClientHello does not fit a record (a cookie "
                            "of %u bytes)", (unsigned)cookie.len);
    }
    srl_tls_close_length(&buf, at);
    srl_store16(room + 2, (uint16_t)(buf.len - 4));
    srl_tls_transcript_add(tls, room, buf.len);
    srl_tls_seal(tls, SRL_TLS_HANDSHAKE, buf.len);
    return SURREAL_OK;
}

/* ---- ServerHello --------------------------------------------------------- */

/* What one says. */
typedef struct srl_tls_hello {
    uint16_t version;
    surreal_bytes random;
    surreal_bytes session_id;
    uint16_t suite;
    unsigned compression;
    srl_tls_reader extensions;
    bool is_retry;
    bool has_version; /* supported_versions and what it selects */
    uint16_t selected;
    bool has_share;
    srl_tls_reader share;
    bool has_cookie;
    srl_tls_reader cookie;
} srl_tls_hello;

static surreal_status
srl_tls_bad_hello(srl_tls *tls, srl_tls_alert alert, surreal_error *err,
                  const char *what)
{
    return srl_tls_fail(tls, SURREAL_ERR_TLS, alert, err, "%s", what);
}

/* Only a TLS 1.2 message may end without extensions; that is told then. */
static bool
srl_tls_read_hello(const srl_tls_message *message, srl_tls_hello *hello)
{
    srl_tls_reader r;
    srl_tls_reader list;

    memset(hello, 0, sizeof *hello);
    srl_tls_reader_init(&r, message->body, message->len);
    hello->version = (uint16_t)srl_tls_number(&r, 2);
    hello->random = srl_tls_take(&r, SRL_TLS_RANDOM);
    list = srl_tls_vector(&r, 1);
    hello->session_id = srl_tls_take(&list, srl_tls_left(&list));
    hello->suite = (uint16_t)srl_tls_number(&r, 2);
    hello->compression = srl_tls_number(&r, 1);
    if (r.failed || hello->session_id.len > 32) return false;
    hello->is_retry = !memcmp(hello->random.ptr, srl_tls_retry_random,
                              SRL_TLS_RANDOM);
    hello->extensions = r;
    if (!srl_tls_left(&r)) return true;
    hello->extensions = srl_tls_vector(&r, 2);
    if (!srl_tls_done(&r)) return false;
    /* Before anything else is judged: which version is this? */
    list = hello->extensions;
    while (srl_tls_left(&list)) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader body = srl_tls_vector(&list, 2);

        if (type != SRL_TLS_EXT_VERSIONS) continue;
        hello->has_version = true;
        hello->selected = (uint16_t)srl_tls_number(&body, 2);
        if (!srl_tls_done(&body)) return false;
    }
    return srl_tls_done(&list);
}

/* 4.1.3: "DOWNGRD" and 1 or 0 at the end of the random of a server that knows
 * TLS 1.3 and was made to choose less. */
static bool
srl_tls_is_downgrade(surreal_bytes random)
{
    return !memcmp(random.ptr + 24, "DOWNGRD", 7) && random.ptr[31] <= 1;
}

/* A module for TLS 1.2, if there ever is one, is entered here: `hello` is the
 * ServerHello of a server that chose it, and the transcript holds both. */
static surreal_status
srl_tls_check_version(srl_tls *tls, const srl_tls_hello *hello,
                      surreal_error *err)
{
    if (!hello->has_version) {
        if (hello->is_retry) {
            return srl_tls_bad_hello(tls, SRL_TLS_ALERT_MISSING_EXTENSION,
                                     err, "HelloRetryRequest without "
                                          "supported_versions");
        }
        if (srl_tls_is_downgrade(hello->random) ||
            tls->state == SRL_TLS_RETRIED) {
            return srl_tls_bad_hello(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER,
                                     err, "a server that knows TLS 1.3 was "
                                          "brought to an older version: "
                                          "somebody on the way changes what "
                                          "is sent");
        }
        return srl_tls_fail(tls, SURREAL_ERR_TLS_VERSION,
                            SRL_TLS_ALERT_PROTOCOL_VERSION, err,
                            "the server offers nothing newer than TLS 1.2; "
                            "turn on TLS 1.3 there, or put a proxy in front "
                            "that has it");
    }
    if (hello->selected != SRL_TLS_13 || hello->version != SRL_TLS_12) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                            "the server chose version 0x%04x (0x%04x), which "
                            "was not offered", (unsigned)hello->selected,
                            (unsigned)hello->version);
    }
    return SURREAL_OK;
}

static surreal_status
srl_tls_check_fields(srl_tls *tls, const srl_tls_hello *hello,
                     surreal_error *err)
{
    if (hello->session_id.len != sizeof tls->session_id ||
        memcmp(hello->session_id.ptr, tls->session_id,
               sizeof tls->session_id) != 0) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                                 "legacy_session_id is not ours");
    }
    if (hello->compression) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                                 "the server chose a compression");
    }
    if (tls->suite ? hello->suite == tls->suite
                   : srl_tls_choose_suite(tls, hello->suite)) {
        return SURREAL_OK;
    }
    return srl_tls_fail(tls, SURREAL_ERR_TLS, SRL_TLS_ALERT_ILLEGAL_PARAMETER,
                        err, "the server chose cipher suite 0x%04x, %s",
                        (unsigned)hello->suite,
                        tls->suite ? "another than in HelloRetryRequest"
                                   : "which was not offered");
}

/* 4.2: what was not asked for is refused, and so is what was but belongs
 * elsewhere. */
static surreal_status
srl_tls_hello_extension(srl_tls *tls, srl_tls_hello *hello, uint32_t type,
                        srl_tls_reader body, surreal_error *err)
{
    bool again = false;

    switch (type) {
    case SRL_TLS_EXT_VERSIONS: /* read before */
        return SURREAL_OK;
    case SRL_TLS_EXT_KEY_SHARE:
        again = hello->has_share;
        hello->has_share = true;
        hello->share = body;
        break;
    case SRL_TLS_EXT_COOKIE:
        if (!hello->is_retry) break;
        again = hello->has_cookie;
        hello->has_cookie = true;
        hello->cookie = body;
        break;
    default:
        break;
    }
    if (again) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                            "extension %u twice", (unsigned)type);
    }
    if (type == SRL_TLS_EXT_KEY_SHARE ||
        (type == SRL_TLS_EXT_COOKIE && hello->is_retry)) {
        return SURREAL_OK;
    }
    return srl_tls_fail(tls, SURREAL_ERR_TLS,
                        type == SRL_TLS_EXT_SERVER_NAME ||
                                type == SRL_TLS_EXT_GROUPS ||
                                type == SRL_TLS_EXT_SIGNATURES ||
                                type == SRL_TLS_EXT_ALPN
                            ? SRL_TLS_ALERT_ILLEGAL_PARAMETER
                            : SRL_TLS_ALERT_UNSUPPORTED_EXTENSION,
                        err, "extension %u does not belong into %s",
                        (unsigned)type, hello->is_retry ? "HelloRetryRequest"
                                                        : "ServerHello");
}

static surreal_status
srl_tls_check_extensions(srl_tls *tls, srl_tls_hello *hello,
                         surreal_error *err)
{
    srl_tls_reader list = hello->extensions;
    bool has_version = false;

    while (srl_tls_left(&list)) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader body = srl_tls_vector(&list, 2);

        if (type == SRL_TLS_EXT_VERSIONS) {
            if (has_version) {
                return srl_tls_bad_hello(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER,
                                         err, "supported_versions twice");
            }
            has_version = true;
        }
        SRL_TRY(srl_tls_hello_extension(tls, hello, type, body, err));
    }
    return SURREAL_OK;
}

/* 4.1.4: the server wants a share of another group, or its cookie back. */
static surreal_status
srl_tls_on_retry(srl_tls *tls, const srl_tls_message *message,
                 srl_tls_hello *hello, surreal_error *err)
{
    surreal_bytes cookie = {NULL, 0};
    uint32_t group = tls->group;

    if (tls->state == SRL_TLS_RETRIED) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                                 "a second HelloRetryRequest");
    }
    if (hello->has_share) group = srl_tls_number(&hello->share, 2);
    if (hello->has_cookie) {
        srl_tls_reader r = srl_tls_vector(&hello->cookie, 2);

        cookie = srl_tls_take(&r, srl_tls_left(&r));
        if (!cookie.len) hello->cookie.failed = true;
    }
    if ((hello->has_share && !srl_tls_done(&hello->share)) ||
        (hello->has_cookie && !srl_tls_done(&hello->cookie))) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_DECODE_ERROR, err,
                                 "HelloRetryRequest is not well-formed");
    }
    if (hello->has_share && group != SRL_TLS_GROUP_P256) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                            "HelloRetryRequest for group 0x%04x, %s",
                            (unsigned)group,
                            group == SRL_TLS_GROUP_X25519
                                ? "whose share it has"
                                : "which was not offered");
    }
    if (!hello->has_share && !hello->has_cookie) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                                 "HelloRetryRequest that changes nothing");
    }
    srl_tls_transcript_restart(tls);
    srl_tls_transcript_message(tls, message);
    if (hello->has_share && !srl_tls_new_share(tls, SRL_TLS_GROUP_P256)) {
        return srl_tls_fail(tls, SURREAL_ERR_RANDOM,
                            SRL_TLS_ALERT_INTERNAL_ERROR, err,
                            "the system gave no random numbers");
    }
    srl_tls_put_ccs(tls);
    SRL_TRY(srl_tls_put_hello(tls, cookie, err));
    tls->state = SRL_TLS_RETRIED;
    return SURREAL_OK;
}

/* The shared secret out of the server's share; false if it is no good. */
static bool
srl_tls_agree(srl_tls *tls, surreal_bytes share, uint8_t shared[32])
{
    if (tls->group == SRL_TLS_GROUP_X25519) {
        return share.len == 32 && srl_x25519(shared, tls->scalar, share.ptr);
    }
    return srl_p256_ecdh(shared, tls->scalar, share.ptr, share.len);
}

/* CVE-2026-3230 was a ServerHello without key_share after a
 * HelloRetryRequest: it is required both times, and of the group asked for. */
static surreal_status
srl_tls_on_choice(srl_tls *tls, const srl_tls_message *message,
                  srl_tls_hello *hello, surreal_error *err)
{
    uint8_t shared[32];
    uint32_t group;
    srl_tls_reader r;
    surreal_bytes share;

    if (!hello->has_share) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_MISSING_EXTENSION, err,
                                 "ServerHello without key_share");
    }
    group = srl_tls_number(&hello->share, 2);
    r = srl_tls_vector(&hello->share, 2);
    share = srl_tls_take(&r, srl_tls_left(&r));
    if (!srl_tls_done(&hello->share) || !share.len) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_DECODE_ERROR, err,
                                 "key_share is not well-formed");
    }
    if (group != tls->group) {
        return srl_tls_fail(tls, SURREAL_ERR_TLS,
                            SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                            "a share of group 0x%04x, expected 0x%04x",
                            (unsigned)group, (unsigned)tls->group);
    }
    if (!srl_tls_agree(tls, share, shared)) {
        srl_wipe(shared, sizeof shared);
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_ILLEGAL_PARAMETER, err,
                                 "the server's share is no point of the "
                                 "group, or one of small order");
    }
    srl_wipe(tls->scalar, sizeof tls->scalar);
    srl_tls_transcript_message(tls, message);
    srl_tls_handshake_keys(tls, shared);
    tls->state = SRL_TLS_EXTENSIONS;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_tls_on_hello(srl_tls *tls, const srl_tls_message *message,
                 surreal_error *err)
{
    srl_tls_hello hello;

    if (!srl_tls_read_hello(message, &hello)) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_DECODE_ERROR, err,
                                 "ServerHello is not well-formed");
    }
    SRL_TRY(srl_tls_check_version(tls, &hello, err));
    SRL_TRY(srl_tls_check_fields(tls, &hello, err));
    SRL_TRY(srl_tls_check_extensions(tls, &hello, err));
    /* 5.1: what comes next has other keys or answers another hello. */
    if (message->rest) {
        return srl_tls_bad_hello(tls, SRL_TLS_ALERT_UNEXPECTED_MESSAGE, err,
                                 "more in the record of ServerHello");
    }
    if (hello.is_retry) return srl_tls_on_retry(tls, message, &hello, err);
    return srl_tls_on_choice(tls, message, &hello, err);
}
