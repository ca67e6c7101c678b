/* tests/tls_server.h: a TLS 1.3 server in memory that does what it is told,
 * right or wrong.
 *
 *   tls_server_init(&s);                make keys and certificates once
 *   s.suite = 0x1303; s.is_retry = true; s.piece = 1; ...    how to be right
 *   s.fault = "finished bit";           what to do wrong, by name
 *   tls_server_take(&s, bytes, len);    from the client
 *   s.out, s.out_len                    for the client; tls_server_sent(n)
 *   tls_server_data(&s, "text", 4)      once s.is_open
 *
 * It answers as soon as it can: the whole flight behind a ClientHello, then,
 * when the client's Finished is right, tickets, KeyUpdates and `greeting`.
 * s.alert is the alert the client sent (-1: none), s.got its data, and s.bad
 * says what the client did wrong. Key schedule and primitives are those of
 * surreal.h, which are tested against the vectors of others.
 *
 * Include it behind surreal.h with SURREAL_IMPLEMENTATION. For tests only. */
#ifndef TEST_TLS_SERVER_H
#define TEST_TLS_SERVER_H
#include "tests/pki.h"

#define TS_HOST "db.example"
#define TS_ROOM 400000

typedef struct ts_buf {
    uint8_t data[80000];
    size_t len;
} ts_buf;

typedef struct tls_server {
    /* How to be right. */
    uint16_t suite;      /* 0: 0x1301 */
    bool is_retry;       /* HelloRetryRequest for P-256 */
    bool has_cookie;     /* and with a cookie */
    bool is_cookie_only; /* or with that alone */
    bool asks;           /* CertificateRequest */
    bool is_quiet;       /* no ALPN, no server_name, no CCS */
    bool is_p256;        /* its certificate has a key of P-256 */
    unsigned tickets;
    unsigned updates;    /* KeyUpdates that ask for one in return */
    size_t piece;        /* content of a handshake record at most; 0: 2^14 */
    bool is_apart;       /* each message in a record of its own */
    size_t pad;
    const char *greeting;
    /* How to be wrong: the name of it; or in state `wrong_state` a message of
     * wrong_type instead of the right one. */
    const char *fault;
    int wrong_state;
    unsigned wrong_type;

    /* What came of it. */
    int alert;
    bool is_open;
    bool is_closed;      /* close_notify came */
    const char *bad;
    unsigned ccs;
    unsigned hellos;
    unsigned client_updates;
    size_t client_certificates;
    bool is_client_signed;
    uint8_t got[100000];
    size_t got_len;
    uint8_t out[TS_ROOM];
    size_t out_len;

    /* Inside. */
    pki_key root_key, key, client_key;
    pki_cert root, leaf, client;
    uint8_t in[40000];
    size_t in_len;
    ts_buf flight; /* handshake bytes not yet in a record */
    ts_buf message;
    srl_tls k;     /* its .in is our writing side, .out the client's */
    uint8_t app_client[SRL_TLS_SECRET];
    uint8_t session_id[32], random[32];
    uint8_t scalar[32];
    uint8_t share[100];
    size_t share_len;
    unsigned share_group;
    bool is_retried;
    bool stopped;   /* nothing more is said */
    uint8_t last[40000]; /* the record written before */
    size_t last_len;
} tls_server;

/* ---- bytes --------------------------------------------------------------- */

static inline void
ts_put(ts_buf *b, const void *data, size_t len)
{
    if (len > sizeof b->data - b->len) abort();
    if (len) memcpy(b->data + b->len, data, len);
    b->len += len;
}

static inline void
ts_num(ts_buf *b, uint32_t v, unsigned width)
{
    uint8_t bytes[4];

    srl_store32(bytes, v);
    ts_put(b, bytes + 4 - width, width);
}

static inline size_t
ts_open(ts_buf *b, unsigned width)
{
    ts_num(b, 0, width);
    return b->len;
}

static inline void
ts_close(ts_buf *b, size_t at, unsigned width)
{
    uint8_t bytes[4];

    srl_store32(bytes, (uint32_t)(b->len - at));
    memcpy(b->data + at - width, bytes + 4 - width, width);
}

static inline bool
ts_is(const tls_server *s, const char *fault)
{
    return s->fault && !strcmp(s->fault, fault);
}

/* ---- records ------------------------------------------------------------- */

static inline void
ts_raw(tls_server *s, const void *data, size_t len)
{
    if (len > sizeof s->out - s->out_len) abort();
    memcpy(s->out + s->out_len, data, len);
    s->out_len += len;
}

static inline void
ts_plain(tls_server *s, unsigned type, const void *data, size_t len)
{
    uint8_t head[5];

    head[0] = (uint8_t)type;
    srl_store16(head + 1, 0x0303);
    srl_store16(head + 3, (uint16_t)len);
    ts_raw(s, head, 5);
    ts_raw(s, data, len);
}

/* A protected record of any content: inner type and padding included. */
static inline void
ts_sealed(tls_server *s, const uint8_t *inner, size_t len)
{
    uint8_t *at = s->last;
    uint8_t nonce[12];

    if (len > sizeof s->last - 21) abort();
    at[0] = 23;
    srl_store16(at + 1, 0x0303);
    srl_store16(at + 3, (uint16_t)(len + 16));
    srl_tls_nonce(&s->k.in, nonce);
    srl_aead_seal(&s->k.in.aead, nonce, at, 5, inner, len, at + 5,
                  at + 5 + len);
#ifdef SRL_TLS_FUZZ
    if (len) memcpy(at + 5, inner, len); /* as the client takes it then */
#endif
    s->k.in.seq++;
    s->last_len = 5 + len + 16;
    ts_raw(s, at, s->last_len);
}

static inline void
ts_record(tls_server *s, unsigned type, const void *data, size_t len)
{
    static uint8_t inner[40000];

    if (!s->k.in.is_on) {
        ts_plain(s, type, data, len);
        return;
    }
    if (len + s->pad + 1 > sizeof inner) abort();
    if (len) memcpy(inner, data, len);
    inner[len] = (uint8_t)type;
    memset(inner + len + 1, 0, s->pad);
    ts_sealed(s, inner, len + 1 + s->pad);
}

/* Handshake bytes that wait, in records of at most `piece` bytes. */
static inline void
ts_flush(tls_server *s)
{
    size_t piece = s->piece ? s->piece : 16384;
    size_t at = 0;

    if (ts_is(s, "records swapped") && s->k.in.is_on) {
        s->k.in.seq = 1;
        ts_record(s, 22, s->flight.data + 64, s->flight.len - 64);
        s->k.in.seq = 0;
        ts_record(s, 22, s->flight.data, 64);
        s->flight.len = 0;
    }
    while (at < s->flight.len) {
        size_t n = s->flight.len - at < piece ? s->flight.len - at : piece;

        ts_record(s, 22, s->flight.data + at, n);
        at += n;
    }
    s->flight.len = 0;
}

static inline void
ts_ccs(tls_server *s, unsigned byte)
{
    uint8_t b = (uint8_t)byte;

    ts_plain(s, 20, &b, 1);
}

/* ---- messages ------------------------------------------------------------ */

static inline ts_buf *
ts_begin(tls_server *s)
{
    s->message.len = 0;
    return &s->message;
}

/* The message that was made, sent by a server of that state of the client. */
static inline void
ts_end(tls_server *s, int state, unsigned type)
{
    uint8_t head[4];

    if (s->stopped) return;
    if (s->wrong_state == state) {
        type = s->wrong_type;
        s->message.len = 1;
        s->message.data[0] = 0;
        s->stopped = true;
    }
    srl_store32(head, (uint32_t)s->message.len);
    head[0] = (uint8_t)type;
    if (!s->is_open) {
        srl_tls_transcript_add(&s->k, head, 4);
        srl_tls_transcript_add(&s->k, s->message.data, s->message.len);
    }
    ts_put(&s->flight, head, 4);
    ts_put(&s->flight, s->message.data, s->message.len);
    if (s->is_apart || s->stopped) ts_flush(s);
}

static inline void
ts_extension(ts_buf *b, unsigned type, const void *data, size_t len)
{
    ts_num(b, type, 2);
    ts_num(b, (uint32_t)len, 2);
    ts_put(b, data, len);
}

static inline void
ts_hello_head(tls_server *s, ts_buf *b, const uint8_t *random)
{
    unsigned suite = s->suite;

    if (ts_is(s, "suite not offered")) suite = 0x1304;
    if (ts_is(s, "suite of TLS 1.2")) suite = 0xc02f;
    if (ts_is(s, "retry other suite") && s->is_retried) suite = 0x1303;
    ts_num(b, ts_is(s, "legacy version 0304") ? 0x0304 : 0x0303, 2);
    ts_put(b, random, 32);
    if (ts_is(s, "session id empty")) {
        ts_num(b, 0, 1);
    } else {
        ts_num(b, ts_is(s, "session id of 33") ? 33 : 32, 1);
        ts_put(b, s->session_id, 32);
        if (ts_is(s, "session id of 33")) ts_num(b, 0, 1);
        if (ts_is(s, "session id other")) b->data[b->len - 1] ^= 1;
    }
    ts_num(b, suite, 2);
    ts_num(b, ts_is(s, "compression"), 1);
}

static inline void
ts_hello_versions(tls_server *s, ts_buf *b)
{
    if (ts_is(s, "no supported_versions") || ts_is(s, "downgrade to 1.2") ||
        ts_is(s, "downgrade to 1.1") ||
        (ts_is(s, "retry no versions") && !s->is_retried) ||
        (ts_is(s, "retry then 1.2") && s->is_retried)) {
        return;
    }
    ts_extension(b, 43, ts_is(s, "version 0303")   ? "\x03\x03"
                        : ts_is(s, "version 0305") ? "\x03\x05"
                                                   : "\x03\x04",
                 2);
    if (ts_is(s, "versions twice")) ts_extension(b, 43, "\x03\x04", 2);
    if (ts_is(s, "versions long")) ts_extension(b, 43, "\x03\x04\x03", 3);
}

static inline void
ts_send_retry(tls_server *s)
{
    ts_buf *b = ts_begin(s);
    size_t at;

    ts_hello_head(s, b, srl_tls_retry_random);
    at = ts_open(b, 2);
    ts_hello_versions(s, b);
    if (ts_is(s, "retry same group")) {
        ts_extension(b, 51, "\x00\x1d", 2);
    } else if (ts_is(s, "retry unknown group")) {
        ts_extension(b, 51, "\x00\x18", 2);
    } else if (ts_is(s, "retry with a share")) {
        ts_extension(b, 51, "\x00\x17\x00\x01\x05", 5);
    } else if (!s->is_cookie_only && !ts_is(s, "retry nothing")) {
        ts_extension(b, 51, "\x00\x17", 2);
    }
    if (ts_is(s, "retry empty cookie")) {
        ts_extension(b, 44, "\0\0", 2);
    } else if (s->has_cookie || s->is_cookie_only) {
        ts_extension(b, 44, "\0\6cookie", 8);
    }
    if (ts_is(s, "retry cookie twice")) ts_extension(b, 44, "\0\1c", 3);
    if (ts_is(s, "retry other extension")) ts_extension(b, 41, "\0\0", 2);
    ts_close(b, at, 2);
    ts_end(s, SRL_TLS_HELLO, 2);
    ts_flush(s);
    if (!s->is_quiet) ts_ccs(s, 1);
}

static inline void
ts_put_share(tls_server *s, ts_buf *b)
{
    unsigned group = s->share_group;
    uint8_t point[65];
    size_t len = 32;

    if (group == SRL_TLS_GROUP_X25519) {
        srl_x25519_public(point, s->scalar);
        if (ts_is(s, "x25519 zero share")) memset(point, 0, 32);
        if (ts_is(s, "x25519 short share")) len = 31;
    } else {
        len = 65;
        srl_p256_public(point, s->scalar);
        if (ts_is(s, "p256 off the curve")) point[64] ^= 1;
        if (ts_is(s, "p256 compressed")) {
            len = 33;
            point[0] = (uint8_t)(2 + (point[64] & 1));
        }
    }
    if (ts_is(s, "share of another group")) group = 0x0017;
    if (ts_is(s, "retry other group")) {
        group = SRL_TLS_GROUP_X25519;
        len = 32;
    }
    if (ts_is(s, "no key_share") || ts_is(s, "retry no key_share")) return;
    ts_num(b, 51, 2);
    ts_num(b, (uint32_t)(len + 4 + ts_is(s, "share trailing")), 2);
    ts_num(b, group, 2);
    ts_num(b, (uint32_t)len, 2);
    ts_put(b, point, len);
    if (ts_is(s, "share trailing")) ts_num(b, 0, 1);
    if (ts_is(s, "key_share twice")) ts_extension(b, 51, "\0\x1d\0\1a", 5);
}

static inline void
ts_send_hello(tls_server *s)
{
    ts_buf *b = ts_begin(s);
    uint8_t random[32];
    size_t at;

    memset(random, 0x33, sizeof random);
    if (ts_is(s, "downgrade to 1.2")) memcpy(random + 24, "DOWNGRD\1", 8);
    if (ts_is(s, "downgrade to 1.1")) memcpy(random + 24, "DOWNGRD\0", 8);
    ts_hello_head(s, b, random);
    at = ts_open(b, 2);
    ts_hello_versions(s, b);
    ts_put_share(s, b);
    if (ts_is(s, "hello psk")) ts_extension(b, 41, "\0\0", 2);
    if (ts_is(s, "hello alpn")) ts_extension(b, 16, "\0\2\1h", 4);
    if (ts_is(s, "hello cookie")) ts_extension(b, 44, "\0\1c", 3);
    if (ts_is(s, "hello extension cut")) ts_num(b, 0x00100004, 4);
    ts_close(b, at, 2);
    if (ts_is(s, "hello trailing")) ts_num(b, 0, 1);
    if (ts_is(s, "hello short")) b->len = 30;
    ts_end(s, s->is_retried ? SRL_TLS_RETRIED : SRL_TLS_HELLO, 2);
    if (ts_is(s, "hello and more")) ts_put(&s->flight, "\x08\0\0\2\0\0", 6);
    ts_flush(s);
}

static inline void
ts_send_extensions(tls_server *s)
{
    ts_buf *b = ts_begin(s);
    size_t at = ts_open(b, 2);

    if (!s->is_quiet) {
        ts_extension(b, 0, "", 0);
        ts_extension(b, 10, "\0\4\0\x17\0\x1d", 6);
        if (ts_is(s, "alpn h2")) {
            ts_extension(b, 16, "\0\3\2h2", 5);
        } else if (ts_is(s, "alpn two")) {
            ts_extension(b, 16, "\0\x0c\x8http/1.1\2h2", 14);
        } else if (ts_is(s, "alpn cut")) {
            ts_extension(b, 16, "\0\x9\x9http/1.1", 11);
        } else {
            ts_extension(b, 16, "\0\x9\x8http/1.1", 11);
        }
    }
    if (ts_is(s, "ee not offered")) ts_extension(b, 28, "\x40\x01", 2);
    if (ts_is(s, "ee unknown")) ts_extension(b, 0x7777, "", 0);
    if (ts_is(s, "ee early_data")) ts_extension(b, 42, "", 0);
    if (ts_is(s, "ee key_share")) ts_extension(b, 51, "\0\x1d", 2);
    if (ts_is(s, "ee twice")) ts_extension(b, 0, "", 0);
    if (ts_is(s, "ee server_name full")) {
        b->len = at;
        ts_extension(b, 0, "a", 1);
    }
    if (ts_is(s, "ee groups odd")) {
        b->len = at;
        ts_extension(b, 10, "\0\3\0\x17\0", 5);
    }
    ts_close(b, at, 2);
    if (ts_is(s, "ee trailing")) ts_num(b, 0, 1);
    if (ts_is(s, "ee cut")) b->len--;
    ts_end(s, SRL_TLS_EXTENSIONS, 8);
}

static inline void
ts_send_request(tls_server *s)
{
    ts_buf *b = ts_begin(s);
    size_t at;

    if (ts_is(s, "request context")) {
        ts_put(b, "\1c", 2);
    } else {
        ts_num(b, 0, 1);
    }
    at = ts_open(b, 2);
    if (!ts_is(s, "request no schemes")) {
        ts_extension(b, 13, "\0\4\4\3\x8\7", 6);
    }
    if (ts_is(s, "request schemes twice")) {
        ts_extension(b, 13, "\0\4\4\3\x8\7", 6);
    }
    if (ts_is(s, "request schemes odd")) {
        b->len = at;
        ts_extension(b, 13, "\0\3\4\3\x8", 5);
    }
    ts_extension(b, 0x7777, "who knows", 9); /* ignored here (4.3.2) */
    ts_close(b, at, 2);
    if (ts_is(s, "request trailing")) ts_num(b, 0, 1);
    ts_end(s, SRL_TLS_REQUEST, 13);
}

static inline void
ts_send_certificate(tls_server *s)
{
    ts_buf *b = ts_begin(s);
    unsigned copies = ts_is(s, "certificate 11") ? 11 : 1;
    size_t at;

    if (ts_is(s, "certificate context")) {
        ts_put(b, "\1c", 2);
    } else {
        ts_num(b, 0, 1);
    }
    at = ts_open(b, 3);
    while (copies-- && !ts_is(s, "certificate none")) {
        ts_num(b, (uint32_t)s->leaf.len, 3);
        ts_put(b, s->leaf.der, s->leaf.len);
        if (ts_is(s, "certificate extension")) {
            ts_num(b, 5, 2);
            ts_extension(b, 5, "x", 1);
        } else {
            ts_num(b, 0, 2);
        }
    }
    if (ts_is(s, "certificate empty entry")) ts_num(b, 0, 4);
    if (ts_is(s, "certificate empty entry")) ts_num(b, 0, 1);
    ts_close(b, at, 3);
    if (ts_is(s, "certificate trailing")) ts_num(b, 0, 1);
    if (ts_is(s, "certificate cut")) b->len--;
    ts_end(s, s->asks ? SRL_TLS_CERTIFICATE : SRL_TLS_REQUEST, 11);
}

static inline void
ts_send_verify(tls_server *s)
{
    uint8_t text[SRL_TLS_TO_SIGN];
    uint8_t signature[80];
    bool is_client = ts_is(s, "verify as client");
    size_t len = srl_tls_to_sign(&s->k, is_client ? "client" : "server",
                                 text);
    unsigned scheme = s->is_p256 ? 0x0403 : 0x0807;
    ts_buf *b = ts_begin(s);

    if (ts_is(s, "verify without spaces")) {
        pki_sign(&s->key, text + 64, len - 64, signature, &len);
    } else {
        pki_sign(&s->key, text, len, signature, &len);
    }
    if (ts_is(s, "verify bit")) signature[len - 1] ^= 1;
    if (ts_is(s, "verify pkcs1")) scheme = 0x0401;
    if (ts_is(s, "verify other key")) scheme = 0x0804;
    if (ts_is(s, "verify other curve")) scheme = 0x0503;
    if (ts_is(s, "verify not offered")) scheme = 0x0603;
    if (ts_is(s, "verify sha1")) scheme = 0x0203;
    ts_num(b, scheme, 2);
    if (ts_is(s, "verify empty")) len = 0;
    ts_num(b, (uint32_t)len, 2);
    ts_put(b, signature, len);
    if (ts_is(s, "verify trailing")) ts_num(b, 0, 1);
    ts_end(s, SRL_TLS_VERIFY, 15);
}

static inline void
ts_send_finished(tls_server *s)
{
    ts_buf *b = ts_begin(s);
    uint8_t mac[SRL_TLS_SECRET];

    srl_tls_finished_mac(&s->k, &s->k.in, mac);
    if (ts_is(s, "finished bit")) mac[s->k.hash_len - 1] ^= 0x80;
    if (ts_is(s, "finished of the client")) {
        srl_tls_finished_mac(&s->k, &s->k.out, mac);
    }
    ts_put(b, mac, s->k.hash_len - ts_is(s, "finished short"));
    if (ts_is(s, "finished long")) ts_num(b, 0, 1);
    ts_end(s, SRL_TLS_FINISHED, 20);
    if (ts_is(s, "finished and more")) ts_put(&s->flight, "\x18\0\0\1\0", 5);
}

/* ---- what is wrong with records ------------------------------------------ */

/* Between ServerHello and EncryptedExtensions. */
static inline void
ts_wrong_record(tls_server *s)
{
    static uint8_t large[20000];
    unsigned i;

    if (ts_is(s, "plain alert after keys")) ts_plain(s, 21, "\2\50", 2);
    if (ts_is(s, "plain handshake after keys")) {
        ts_plain(s, 22, "\x8\0\0\2\0\0", 6);
    }
    if (ts_is(s, "data before Finished")) ts_record(s, 23, "data", 4);
    if (ts_is(s, "empty data before Finished")) ts_record(s, 23, "", 0);
    if (ts_is(s, "empty handshake record")) ts_record(s, 22, "", 0);
    if (ts_is(s, "record type 99")) ts_plain(s, 99, "abc", 3);
    if (ts_is(s, "inner type 99")) ts_record(s, 99, "abc", 3);
    if (ts_is(s, "inner ccs")) ts_record(s, 20, "\1", 1);
    if (ts_is(s, "ccs says 2")) ts_ccs(s, 2);
    if (ts_is(s, "ccs of two bytes")) ts_plain(s, 20, "\1\1", 2);
    if (ts_is(s, "ccs empty")) ts_plain(s, 20, "", 0);
    if (ts_is(s, "alert of one byte")) ts_record(s, 21, "\2", 1);
    if (ts_is(s, "alert of four bytes")) ts_record(s, 21, "\2\50\2\50", 4);
    if (ts_is(s, "closed in the handshake")) ts_record(s, 21, "\1", 2);
    if (ts_is(s, "zeros alone")) ts_sealed(s, large, 40);
    if (ts_is(s, "nothing inside")) ts_sealed(s, large, 0);
    if (ts_is(s, "plaintext overflow")) ts_record(s, 22, large, 16385);
    if (ts_is(s, "padding overflow")) {
        large[4] = 22;
        ts_sealed(s, large, 16386);
        large[4] = 0;
    }
    if (ts_is(s, "ciphertext overflow")) ts_sealed(s, large, 16640 - 15);
    if (ts_is(s, "record too short for a tag")) {
        ts_plain(s, 23, large, 15);
    }
    for (i = 0; ts_is(s, "ccs flood") && i < 33; i++) {
        ts_ccs(s, 1);
    }
    for (i = 0; ts_is(s, "user_canceled flood") && i < 33; i++) {
        ts_record(s, 21, "\1\x5a", 2);
    }
    if (ts_is(s, "message too long")) ts_record(s, 22, "\x8\0\x40\1", 4);
    if (ts_is(s, "ccs inside a message") || ts_is(s, "data inside a message")) {
        ts_record(s, 22, "\x8\0\0\2\0", 5);
        if (s->fault[0] == 'c') {
            ts_ccs(s, 1);
        } else {
            ts_record(s, 23, "x", 1);
        }
    }
}

/* The same for what has been written since `from`. */
static inline void
ts_spoil(tls_server *s, size_t from)
{
    if (ts_is(s, "tag bit")) s->out[s->out_len - 1] ^= 1;
    if (ts_is(s, "content bit")) s->out[from + 7] ^= 1;
    if (ts_is(s, "length in the head")) {
        s->out[from + 4]++;
        ts_raw(s, "x", 1);
    }
    if (ts_is(s, "record again")) ts_raw(s, s->last, s->last_len);
}

/* ---- the server's side of a handshake ------------------------------------ */

static inline void
ts_send_flight(tls_server *s)
{
    uint8_t shared[32];
    uint8_t server[SRL_TLS_SECRET];
    size_t from;
    bool ok;

    ts_send_hello(s);
    if (s->stopped) return;
    if (s->share_group == SRL_TLS_GROUP_X25519) {
        ok = srl_x25519(shared, s->scalar, s->share);
    } else {
        ok = srl_p256_ecdh(shared, s->scalar, s->share, s->share_len);
    }
    if (!ok) s->bad = "the client's share is no good";
    srl_tls_handshake_keys(&s->k, shared);
    if (!s->is_quiet && !s->is_retried) ts_ccs(s, 1);
    ts_wrong_record(s);
    from = s->out_len;
    ts_send_extensions(s);
    if (ts_is(s, "no certificate")) {
        ts_send_finished(s);
        ts_flush(s);
        return;
    }
    if (s->asks) ts_send_request(s);
    if (ts_is(s, "request twice")) ts_send_request(s);
    if (ts_is(s, "certificate too long")) {
        ts_put(&s->flight, "\xb\1\0\1", 4);
    }
    ts_send_certificate(s);
    if (ts_is(s, "certificate again")) ts_send_certificate(s);
    if (!ts_is(s, "no verify")) ts_send_verify(s);
    ts_send_finished(s);
    ts_flush(s);
    ts_spoil(s, from);
    if (s->stopped) return;
    srl_tls_application_secrets(&s->k, s->app_client, server);
    srl_tls_install(&s->k, &s->k.in, server);
}

/* Tickets, KeyUpdates, data: what follows the client's Finished. */
static inline void
ts_send_ticket(tls_server *s)
{
    ts_buf *b = ts_begin(s);

    ts_num(b, ts_is(s, "ticket of eight days") ? 604801 : 7200, 4);
    ts_num(b, 0x12345678, 4);
    ts_put(b, "\2\0\1", 3);
    ts_put(b, "\0\5abcde", 7);
    if (ts_is(s, "ticket empty")) b->len -= 7;
    if (ts_is(s, "ticket empty")) ts_num(b, 0, 2);
    ts_num(b, 8, 2);
    ts_extension(b, 42, "\0\0\1\0", 4);
    if (ts_is(s, "ticket trailing")) ts_num(b, 0, 1);
    if (ts_is(s, "ticket cut")) b->len--;
    ts_end(s, SRL_TLS_OPEN, 4);
    if (!ts_is(s, "ticket and more")) ts_flush(s);
}

static inline void
ts_send_update(tls_server *s)
{
    ts_buf *b = ts_begin(s);

    ts_num(b, ts_is(s, "update says 2") ? 2 : 1, 1);
    if (ts_is(s, "update of two bytes")) ts_num(b, 0, 1);
    ts_end(s, SRL_TLS_OPEN, 24);
    if (ts_is(s, "update and more")) ts_put(&s->flight, "\4\0\0\1\0", 5);
    ts_flush(s);
    srl_tls_next_keys(&s->k, &s->k.in);
}

static inline void
tls_server_data(tls_server *s, const char *data, size_t len)
{
    ts_record(s, 23, data, len);
}

static inline void
ts_wrong_later(tls_server *s)
{
    unsigned i;

    if (ts_is(s, "ccs after Finished")) ts_ccs(s, 1);
    if (ts_is(s, "plain alert later")) ts_plain(s, 21, "\2\50", 2);
    if (ts_is(s, "handshake message later")) ts_send_request(s);
    if (ts_is(s, "data of old keys")) {
        s->k.in.seq += 1;
        ts_record(s, 23, "x", 1);
    }
    if (ts_is(s, "data inside a ticket")) ts_record(s, 22, "\4\0\0\1", 4);
    for (i = 0; ts_is(s, "empty flood") && i < 33; i++) {
        ts_record(s, 23, "", 0);
    }
    for (i = 0; ts_is(s, "update flood") && i < 33; i++) {
        ts_send_update(s);
    }
    for (i = 0; ts_is(s, "ticket flood") && i < 17; i++) {
        ts_send_ticket(s);
    }
    if (s->fault) ts_flush(s);
}

static inline void
ts_opened(tls_server *s)
{
    unsigned i;

    s->is_open = true;
    ts_wrong_later(s);
    if (s->wrong_state == SRL_TLS_OPEN) {
        ts_begin(s);
        ts_end(s, SRL_TLS_OPEN, 4);
        return;
    }
    for (i = 0; i < s->tickets; i++) {
        ts_send_ticket(s);
    }
    for (i = 0; i < s->updates; i++) {
        ts_send_update(s);
    }
    ts_flush(s);
    if (s->greeting) tls_server_data(s, s->greeting, strlen(s->greeting));
}

/* ---- what the client says ------------------------------------------------ */

static inline void
ts_on_hello(tls_server *s, const uint8_t *data, size_t len)
{
    srl_tls_reader r;
    srl_tls_reader list;
    surreal_bytes random, id;
    bool has_cookie = false;

    srl_tls_reader_init(&r, data, len);
    if (srl_tls_number(&r, 1) != 1) s->bad = "no ClientHello";
    if (srl_tls_number(&r, 3) != len - 4) s->bad = "ClientHello's length";
    if (srl_tls_number(&r, 2) != 0x0303) s->bad = "legacy_version";
    random = srl_tls_take(&r, 32);
    list = srl_tls_vector(&r, 1);
    id = srl_tls_take(&list, srl_tls_left(&list));
    if (id.len != 32) s->bad = "legacy_session_id";
    if (s->bad) return;
    if (s->hellos && (memcmp(random.ptr, s->random, 32) ||
                      memcmp(id.ptr, s->session_id, 32))) {
        s->bad = "the second ClientHello is of another client";
    }
    memcpy(s->random, random.ptr, 32);
    memcpy(s->session_id, id.ptr, 32);
    srl_tls_vector(&r, 2);
    srl_tls_vector(&r, 1);
    list = srl_tls_vector(&r, 2);
    if (!srl_tls_done(&r)) s->bad = "ClientHello is not well-formed";
    while (srl_tls_left(&list)) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader body = srl_tls_vector(&list, 2);

        if (type == 51) {
            srl_tls_reader shares = srl_tls_vector(&body, 2);
            srl_tls_reader key;

            s->share_group = srl_tls_number(&shares, 2);
            key = srl_tls_vector(&shares, 2);
            s->share_len = srl_tls_left(&key);
            if (s->share_len > sizeof s->share) abort();
            memcpy(s->share, key.at, s->share_len);
            if (!srl_tls_done(&shares)) s->bad = "more than one share";
        } else if (type == 44) {
            has_cookie = srl_tls_left(&body) == 8 &&
                         !memcmp(body.at, "\0\6cookie", 8);
        }
    }
    s->hellos++;
    if (s->hellos == 2 && (s->has_cookie || s->is_cookie_only) &&
        !has_cookie) {
        s->bad = "the cookie did not come back";
    }
    srl_tls_transcript_add(&s->k, data, len);
    if (s->hellos == 1) srl_tls_choose_suite(&s->k, s->suite);
    if (s->hellos == 1 && s->is_retry) {
        srl_tls_transcript_restart(&s->k);
        ts_send_retry(s);
        if (ts_is(s, "retry twice")) ts_send_retry(s);
        s->is_retried = true;
        return;
    }
    if (s->is_retry && !s->is_cookie_only &&
        s->share_group != SRL_TLS_GROUP_P256) {
        s->bad = "the second share is of another group";
    }
    ts_send_flight(s);
}

/* A message of the client under its keys. */
static inline void
ts_on_message(tls_server *s, const uint8_t *at, size_t len)
{
    srl_tls_message m;
    uint8_t text[SRL_TLS_TO_SIGN];
    uint8_t mac[SRL_TLS_SECRET];

    m.type = at[0];
    m.head = at;
    m.body = at + 4;
    m.len = len - 4;
    m.rest = 0;
    switch (m.type) {
    case 11:
        s->client_certificates = m.len > 4;
        if (!s->asks) s->bad = "a certificate that nobody asked for";
        break;
    case 15: {
        srl_public_key key;
        srl_signature_alg alg = {SRL_SIG_ED25519, SRL_SHA512};
        surreal_bytes message, signature;

        memset(&key, 0, sizeof key);
        key.kind = SRL_KEY_ED25519;
        key.point.ptr = s->client_key.point;
        key.point.len = 32;
        message.ptr = text;
        message.len = srl_tls_to_sign(&s->k, "client", text);
        signature.ptr = m.body + 4;
        signature.len = m.len - 4;
        s->is_client_signed = srl_load16(m.body) == 0x0807 &&
                              srl_signature_verify(&key, alg, message,
                                                   signature);
        break;
    }
    case 20:
        srl_tls_finished_mac(&s->k, &s->k.out, mac);
        if (m.len != s->k.hash_len || memcmp(mac, m.body, m.len)) {
            s->bad = "the client's Finished";
        }
        srl_tls_install(&s->k, &s->k.out, s->app_client);
        ts_opened(s);
        return;
    case 24:
        s->client_updates++;
        srl_tls_next_keys(&s->k, &s->k.out);
        return;
    default: s->bad = "a message of another type"; return;
    }
    srl_tls_transcript_message(&s->k, &m);
}

static inline void
ts_on_record(tls_server *s, uint8_t *rec, size_t len)
{
    uint8_t nonce[12];
    uint8_t *body = rec + 5;
    unsigned type = rec[0];

    len -= 5;
    if (type == 20) s->ccs++;
    if (type == 22) ts_on_hello(s, body, len);
    if (type == 21) s->alert = body[1];
    if (type != 23) return;
    srl_tls_nonce(&s->k.out, nonce);
    if (len < 17 || !s->k.out.is_on ||
        !srl_aead_open(&s->k.out.aead, nonce, rec, 5, body, len - 16, body,
                       body + len - 16)) {
        s->bad = "a record of the client cannot be opened";
        return;
    }
    s->k.out.seq++;
    len -= 17;
    type = body[len];
    if (type == 21) {
        s->alert = body[1];
        s->is_closed = !body[1];
    } else if (type == 22) {
        ts_on_message(s, body, len);
    } else if (type == 23) {
        if (len > sizeof s->got - s->got_len) s->got_len = 0;
        memcpy(s->got + s->got_len, body, len);
        s->got_len += len;
    } else {
        s->bad = "a record of another type";
    }
}

static inline void
tls_server_take(tls_server *s, const uint8_t *data, size_t len)
{
    if (len > sizeof s->in - s->in_len) abort();
    memcpy(s->in + s->in_len, data, len);
    s->in_len += len;
    while (s->in_len >= 5 && !s->bad) {
        size_t n = 5 + (size_t)srl_load16(s->in + 3);

        if (s->in_len < n) return;
        ts_on_record(s, s->in, n);
        s->in_len -= n;
        memmove(s->in, s->in + n, s->in_len);
    }
}

static inline void
tls_server_sent(tls_server *s, size_t len)
{
    s->out_len -= len;
    memmove(s->out, s->out + len, s->out_len);
}

/* ---- one server after the other ------------------------------------------ */

/* Keys and certificates: "db.example", by "test root". */
static inline void
tls_server_init(tls_server *s)
{
    pki_spec spec;

    memset(s, 0, sizeof *s);
    pki_key_ed25519(&s->root_key, 1);
    pki_ca(&spec, "test root");
    pki_make(&s->root, &spec, &s->root_key, NULL, NULL);
    pki_key_ed25519(&s->client_key, 3);
    pki_server(&spec, "client.example");
    spec.eku = 'c';
    pki_make(&s->client, &spec, &s->client_key, &s->root, &s->root_key);
}

/* For another connection, as it stands for being right and wrong. */
static inline void
tls_server_again(tls_server *s)
{
    pki_spec spec;
    pki_alg alg = s->is_p256 ? PKI_P256 : PKI_ED25519;

    if (s->key.alg != alg) {
        if (s->is_p256) {
            pki_key_p256(&s->key, 2);
        } else {
            pki_key_ed25519(&s->key, 2);
        }
        pki_server(&spec, TS_HOST);
        pki_make(&s->leaf, &spec, &s->key, &s->root, &s->root_key);
    }
    if (!s->suite) s->suite = SRL_TLS_AES_128;
    s->alert = -1;
    s->is_open = s->is_closed = s->is_retried = s->stopped = false;
    s->is_client_signed = false;
    s->bad = NULL;
    s->ccs = s->hellos = s->client_updates = 0;
    s->client_certificates = 0;
    s->got_len = s->out_len = s->in_len = s->last_len = 0;
    s->flight.len = 0;
    memset(&s->k, 0, sizeof s->k);
    srl_tls_transcript_init(&s->k);
    memset(s->scalar, 0x42, sizeof s->scalar);
}

#endif
