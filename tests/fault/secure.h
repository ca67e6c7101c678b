/* tests/fault/secure.h: TLS between the client and a server of script.h, peer.h
 * or redial.h, in memory.
 *
 * The library's own TLS is put on a plain transport. Behind that is a TLS 1.3
 * server made of the inner functions of src/tls: it decrypts what the client
 * writes and gives it to the server of the test, and the other way round. What
 * the test decides here happens to the encrypted bytes.
 *
 *   secure w;
 *   secure_init(&w);
 *   w.read_max = 1;
 *   s.options.transport = secure_on(&w, script_dial, &s, &s.options);
 *   ... open wss://db.example:8000 ...
 *   secure_end(&w);
 */
#ifndef SECURE_H
#define SECURE_H
#include "tests/fault/script.h"
#include "tests/pki.h"

/* PEM of an authority, of another of the same name, and of a server's
 * certificate of the first: for db.example, one.example and two.example. Made
 * by secure_init, the same in every run. */
static char secure_ca[1024], secure_other_ca[1024], secure_leaf[1024];
static pki_key secure_key; /* of the server */

#define SECURE_LINKS 32

typedef struct secure secure;

typedef enum secure_step {
    SECURE_HELLO = 0,
    SECURE_FINISHED, /* the client's is due */
    SECURE_OPEN,
    SECURE_OVER      /* the client said close_notify, or an alert */
} secure_step;

/* One connection. */
typedef struct secure_link {
    secure *w;
    surreal_stream plain; /* of the test's server */
    srl_tls *tls;
    secure_step step;
    uint8_t client[SRL_TLS_SECRET];
    srl_buf down;         /* encrypted, to the client */
    size_t down_at;
    size_t flight;        /* the first of them, up to the server's Finished */
    size_t taken;         /* encrypted, from the client */
    size_t records;       /* of data, to the client */
    bool has_ended;       /* the server will say nothing more */
    bool gap_read;
    bool gap_write;
    bool is_closed;
} secure_link;

struct secure {
    /* What a test decides; sizes are of encrypted bytes. */
    size_t read_max;       /* one read gives */
    size_t write_max;      /* one write takes */
    bool gaps;             /* every other read and write would block */
    int only;              /* the rest happens to this dial only; 0: each */
    size_t reset_at;       /* reads fail after so many bytes */
    size_t cut_at;         /* the stream ends after so many bytes */
    size_t write_fail_at;
    size_t write_block_at;
    size_t record;         /* data bytes of a record */
    size_t update_every;   /* a KeyUpdate that wants another, so often */
    int tickets;
    bool is_rude;          /* ends without close_notify */
    unsigned alert;        /* instead of data; 0: none */
    int bad_dial;          /* the certificate of this dial is forged */
    bool is_mute;          /* never answers the ClientHello */
    bool asks;             /* for a certificate, and takes none as well */

    /* What was seen. */
    int dials;
    int handshakes;
    int updates;           /* KeyUpdates of the client */
    int empty;             /* certificates of the client: none */
    int notifies;          /* close_notify of the client */
    int alerts;            /* others */
    unsigned last_alert;
    size_t plain_up;       /* data bytes of the client */

    surreal_transport inner;
    surreal_transport transport;
    srl_mem mem;
    srl_tls_config config;
    uint8_t leaf_room[sizeof secure_leaf];
    surreal_bytes leaf;
    secure_link *links[SECURE_LINKS];
};

/* ---- what the server sends ----------------------------------------------- */

static inline void
secure_take_output(secure_link *k)
{
    surreal_bytes out = srl_tls_output(k->tls);

    srl_buf_put(&k->down, out.ptr, out.len);
    srl_tls_sent(k->tls, out.len);
}

static inline void
secure_record(secure_link *k, unsigned type, const void *data, size_t len)
{
    size_t cap;
    uint8_t *room = srl_tls_content(k->tls, &cap);

    SCRIPT_MUST(room && cap >= len);
    if (len) memcpy(room, data, len);
    srl_tls_seal(k->tls, type, len);
    secure_take_output(k);
}

/* A handshake message, into the transcript and out. */
static inline void
secure_message(secure_link *k, unsigned type, const uint8_t *body, size_t len)
{
    uint8_t message[2048];

    SCRIPT_MUST(len + 4 <= sizeof message);
    srl_store32(message, (uint32_t)(type << 24 | len));
    memcpy(message + 4, body, len);
    srl_tls_transcript_add(k->tls, message, len + 4);
    secure_record(k, SRL_TLS_HANDSHAKE, message, len + 4);
}

/* DER: no more bytes than needed, and no sign. */
static inline size_t
secure_put_integer(uint8_t *out, const uint8_t value[32])
{
    size_t len = 32;
    size_t pad;

    while (len > 1 && !*value) {
        value++;
        len--;
    }
    pad = value[0] >> 7;
    out[0] = 2;
    out[1] = (uint8_t)(len + pad);
    out[2] = 0;
    memcpy(out + 2 + pad, value, len);
    return 2 + len + pad;
}

static inline void
secure_certificate(secure_link *k)
{
    static const char label[] = "TLS 1.3, server CertificateVerify";
    surreal_bytes leaf = k->w->leaf;
    uint8_t body[1024];
    uint8_t text[64 + sizeof label + SRL_TLS_SECRET];
    uint8_t digest[32], r[32], s[32], nonce[32];
    size_t len;

    body[0] = 0;
    srl_store32(body + 1, (uint32_t)(leaf.len + 5) << 8);
    srl_store32(body + 4, (uint32_t)leaf.len << 8);
    memcpy(body + 7, leaf.ptr, leaf.len);
    if (k->w->bad_dial && k->w->links[k->w->bad_dial - 1] == k) {
        body[7 + leaf.len - 1] ^= 1; /* of the authority's signature */
    }
    srl_store16(body + 7 + leaf.len, 0);
    secure_message(k, SRL_TLS_CERTIFICATE_MESSAGE, body, leaf.len + 9);

    memset(text, 0x20, 64);
    memcpy(text + 64, label, sizeof label);
    srl_tls_transcript_now(k->tls, text + 64 + sizeof label);
    srl_hash_of(SRL_SHA256, text, 64 + sizeof label + 32, digest);
    srl_hash_of(SRL_SHA256, digest, 32, nonce);
    signp256(r, s, secure_key.secret, digest, nonce);
    srl_store16(body, 0x0403);
    body[4] = 0x30;
    len = secure_put_integer(body + 6, r);
    len += secure_put_integer(body + 6 + len, s);
    body[5] = (uint8_t)len;
    srl_store16(body + 2, (uint16_t)(len + 2));
    secure_message(k, SRL_TLS_CERTIFICATE_VERIFY, body, len + 6);
}

static inline void
secure_ticket(secure_link *k)
{
    static const uint8_t ticket[] = {SRL_TLS_NEW_SESSION_TICKET, 0, 0, 14,
                                     0, 0, 1, 0, 1, 2, 3, 4, 0, 0, 1, 7, 0, 0};

    secure_record(k, SRL_TLS_HANDSHAKE, ticket, sizeof ticket);
}

static inline void
secure_update(secure_link *k)
{
    static const uint8_t update[] = {SRL_TLS_KEY_UPDATE, 0, 0, 1, 1};

    secure_record(k, SRL_TLS_HANDSHAKE, update, sizeof update);
    srl_tls_next_keys(k->tls, &k->tls->out);
}

/* ---- the handshake ------------------------------------------------------- */

/* The X25519 share of a ClientHello behind its head; what else is in it is
 * tested elsewhere. */
static inline surreal_bytes
secure_share(const uint8_t *body, size_t len, surreal_bytes *session)
{
    surreal_bytes share = {NULL, 0};
    srl_tls_reader r, list;

    srl_tls_reader_init(&r, body, len);
    srl_tls_take(&r, 34);
    list = srl_tls_vector(&r, 1);
    *session = srl_tls_take(&list, srl_tls_left(&list));
    srl_tls_vector(&r, 2);
    srl_tls_vector(&r, 1);
    list = srl_tls_vector(&r, 2);
    while (srl_tls_left(&list) && !list.failed) {
        uint32_t type = srl_tls_number(&list, 2);
        srl_tls_reader data = srl_tls_vector(&list, 2);

        if (type != SRL_TLS_EXT_KEY_SHARE) continue;
        srl_tls_number(&data, 4); /* one share, X25519 */
        share = srl_tls_take(&data, 2);
        share = srl_tls_take(&data, 32);
    }
    SCRIPT_MUST(!list.failed && share.ptr);
    return share;
}

static inline void
secure_hello(secure_link *k, const uint8_t *message, size_t len)
{
    static const uint8_t scalar[32] = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    static const uint8_t none[2] = {0, 0};
    uint8_t server[SRL_TLS_SECRET], mac[SRL_TLS_SECRET], shared[32];
    uint8_t body[128];
    surreal_bytes session;
    surreal_bytes share = secure_share(message + 4, len - 4, &session);
    srl_tls *tls = k->tls;
    srl_tls_side side;
    size_t at = 35;

    srl_tls_transcript_init(tls);
    srl_tls_transcript_add(tls, message, len);
    SCRIPT_MUST(srl_tls_choose_suite(tls, SRL_TLS_AES_128));
    memset(body, 0x5a, 34);
    srl_store16(body, SRL_TLS_12);
    body[34] = (uint8_t)session.len;
    memcpy(body + at, session.ptr, session.len);
    at += session.len;
    memcpy(body + at, "\x13\x01\x00\x00\x2e\x00\x2b\x00\x02\x03\x04"
                      "\x00\x33\x00\x24\x00\x1d\x00\x20", 19);
    at += 19;
    srl_x25519_public(body + at, scalar);
    secure_message(k, SRL_TLS_SERVER_HELLO, body, at + 32);
    SCRIPT_MUST(srl_x25519(shared, scalar, share.ptr));
    srl_tls_handshake_keys(tls, shared);
    side = tls->in; /* it is the client's view of things */
    tls->in = tls->out;
    tls->out = side;
    secure_message(k, SRL_TLS_ENCRYPTED_EXTENSIONS, none, 2);
    if (k->w->asks) {
        secure_message(k, SRL_TLS_CERTIFICATE_REQUEST,
                       (const uint8_t *)"\0\0\x08\0\x0d\0\4\0\2\4\3", 11);
    }
    secure_certificate(k);
    srl_tls_finished_mac(tls, &tls->out, mac);
    secure_message(k, SRL_TLS_FINISHED_MESSAGE, mac, 32);
    srl_tls_application_secrets(tls, k->client, server);
    srl_tls_install(tls, &tls->out, server);
    k->flight = k->down.len;
    k->step = SECURE_FINISHED;
}

static inline void
secure_finished(secure_link *k, const uint8_t *message, size_t len)
{
    uint8_t mac[SRL_TLS_SECRET];
    int i;

    if (k->w->asks && message[0] == SRL_TLS_CERTIFICATE_MESSAGE) {
        size_t used = 4 + (srl_load32(message) & 0xffffff);

        SCRIPT_MUST(used <= len);
        srl_tls_transcript_add(k->tls, message, used);
        k->w->empty += used == 8;
        message += used;
        len -= used;
        if (!len) return; /* the rest comes in another record */
    }
    srl_tls_finished_mac(k->tls, &k->tls->in, mac);
    SCRIPT_MUST(len == 36 && message[0] == SRL_TLS_FINISHED_MESSAGE);
    SCRIPT_MUST(!memcmp(message + 4, mac, 32));
    srl_tls_install(k->tls, &k->tls->in, k->client);
    k->tls->state = SRL_TLS_OPEN;
    k->step = SECURE_OPEN;
    k->w->handshakes++;
    for (i = 0; i < k->w->tickets; i++) secure_ticket(k);
    if (k->w->alert) {
        uint8_t alert[2] = {2, 0};

        alert[1] = (uint8_t)k->w->alert;
        secure_record(k, SRL_TLS_ALERT, alert, 2);
        k->has_ended = true;
    }
}

/* ---- what the client sends ----------------------------------------------- */

/* Data for the server of the test, which takes it in its own time. */
static inline void
secure_data(secure_link *k, const uint8_t *data, size_t len)
{
    surreal_error err;

    k->w->plain_up += len;
    while (len && !k->has_ended) {
        size_t done = 0;
        surreal_status status = k->plain.write(k->plain.user, data, len,
                                               &done, &err);

        if (status == SURREAL_WOULD_BLOCK) continue;
        if (status) break;
        data += done;
        len -= done;
    }
}

static inline void
secure_content(secure_link *k, unsigned type, const uint8_t *data, size_t len)
{
    if (type == SRL_TLS_ALERT) {
        SCRIPT_MUST(len == 2);
        if (data[1]) {
            k->w->alerts++;
            k->w->last_alert = data[1];
        } else {
            k->w->notifies++;
        }
        k->step = SECURE_OVER;
    } else if (k->step == SECURE_HELLO) {
        SCRIPT_MUST(type == SRL_TLS_HANDSHAKE && data[0] == 1);
        if (!k->w->is_mute) secure_hello(k, data, len);
    } else if (k->step == SECURE_FINISHED) {
        SCRIPT_MUST(type == SRL_TLS_HANDSHAKE);
        secure_finished(k, data, len);
    } else if (type == SRL_TLS_HANDSHAKE) {
        SCRIPT_MUST(len == 5 && data[0] == SRL_TLS_KEY_UPDATE && !data[4]);
        srl_tls_next_keys(k->tls, &k->tls->in);
        k->w->updates++;
    } else {
        SCRIPT_MUST(type == SRL_TLS_DATA && k->step == SECURE_OPEN);
        secure_data(k, data, len);
    }
}

static inline void
secure_serve(secure_link *k)
{
    srl_tls_record rec;
    surreal_error err;

    while (k->step != SECURE_OVER &&
           srl_tls_next_record(k->tls, &rec, &err) == SURREAL_OK) {
        unsigned type = rec.type;
        size_t len = rec.len;

        if (type == SRL_TLS_CCS) continue;
        if (k->tls->in.is_on) {
            surreal_status status = srl_tls_open(k->tls, &rec, rec.body, &type,
                                                 &len, &err);

            /* An alert before the client had the keys. */
            SCRIPT_MUST(status == SURREAL_OK);
            if (status) break;
        }
        secure_content(k, type, rec.body, len);
    }
}

/* What the server of the test has for the client. */
static inline void
secure_pump(secure_link *k)
{
    static uint8_t data[16384];
    surreal_error err;

    while (k->step == SECURE_OPEN && !k->has_ended) {
        size_t done = 0;
        surreal_status status = k->plain.read(k->plain.user, data,
                                              k->w->record, &done, &err);

        if (status == SURREAL_WOULD_BLOCK) break;
        if (status) {
            if (!k->w->is_rude) secure_record(k, SRL_TLS_ALERT, "\1\0", 2);
            k->has_ended = true;
            break;
        }
        if (k->w->update_every && k->records++ % k->w->update_every == 0) {
            secure_update(k);
        }
        secure_record(k, SRL_TLS_DATA, data, done);
    }
}

/* ---- the stream ---------------------------------------------------------- */

static inline bool
secure_is_hit(const secure_link *k, size_t limit, size_t at)
{
    if (k->w->only && k->w->links[k->w->only - 1] != k) return false;
    return at >= limit;
}

static inline surreal_status
secure_read(void *user, uint8_t *data, size_t len, size_t *done,
            surreal_error *err)
{
    secure_link *k = (secure_link *)user;
    secure *w = k->w;
    size_t n;

    SCRIPT_MUST(!k->is_closed && len);
    k->gap_read = !k->gap_read;
    if (w->gaps && k->gap_read) return SURREAL_WOULD_BLOCK;
    secure_pump(k);
    if (secure_is_hit(k, w->reset_at, k->down_at)) {
        srl_fail(err, SURREAL_ERR_IO, "receive: connection reset");
        err->os_error = ECONNRESET;
        return SURREAL_ERR_IO;
    }
    if (secure_is_hit(k, w->cut_at, k->down_at)) {
        return srl_fail(err, SURREAL_ERR_CLOSED, "the server ended it");
    }
    n = k->down.len - k->down_at;
    if (n > len) n = len;
    if (n > w->read_max) n = w->read_max;
    if (n > w->reset_at - k->down_at && secure_is_hit(k, 0, 0)) {
        n = w->reset_at - k->down_at;
    }
    if (n > w->cut_at - k->down_at && secure_is_hit(k, 0, 0)) {
        n = w->cut_at - k->down_at;
    }
    if (!n) {
        if (!k->has_ended) return SURREAL_WOULD_BLOCK;
        return srl_fail(err, SURREAL_ERR_CLOSED, "the server ended it");
    }
    memcpy(data, k->down.data + k->down_at, n);
    k->down_at += n;
    *done = n;
    return SURREAL_OK;
}

static inline surreal_status
secure_write(void *user, const uint8_t *data, size_t len, size_t *done,
             surreal_error *err)
{
    secure_link *k = (secure_link *)user;
    secure *w = k->w;
    uint8_t *room;
    size_t cap;

    SCRIPT_MUST(!k->is_closed && len);
    k->gap_write = !k->gap_write;
    if (w->gaps && k->gap_write) return SURREAL_WOULD_BLOCK;
    if (k->has_ended || secure_is_hit(k, w->write_fail_at, k->taken)) {
        srl_fail(err, SURREAL_ERR_IO, "send: broken pipe");
        err->os_error = EPIPE;
        return SURREAL_ERR_IO;
    }
    if (secure_is_hit(k, w->write_block_at, k->taken)) {
        return SURREAL_WOULD_BLOCK;
    }
    if (len > w->write_max) len = w->write_max;
    if (secure_is_hit(k, 0, 0)) {
        if (len > w->write_fail_at - k->taken) {
            len = w->write_fail_at - k->taken;
        }
        if (len > w->write_block_at - k->taken) {
            len = w->write_block_at - k->taken;
        }
    }
    room = srl_tls_room(k->tls, &cap);
    if (len > cap) len = cap;
    memcpy(room, data, len);
    k->tls->in_end += len;
    k->taken += len;
    *done = len;
    secure_serve(k);
    return SURREAL_OK;
}

static inline surreal_status
secure_connect(void *user, surreal_error *err)
{
    secure_link *k = (secure_link *)user;

    return k->plain.connect(k->plain.user, err);
}

static inline int
secure_fd(void *user)
{
    secure_link *k = (secure_link *)user;

    return k->plain.fd(k->plain.user);
}

static inline void
secure_close(void *user)
{
    secure_link *k = (secure_link *)user;

    SCRIPT_MUST(!k->is_closed);
    k->is_closed = true;
    k->plain.close(k->plain.user);
}

static inline surreal_status
secure_dial(void *user, const char *host, uint16_t port, bool is_secure,
            surreal_stream *out, surreal_error *err)
{
    secure *w = (secure *)user;
    surreal_stream plain;
    secure_link *k;
    surreal_status status;

    SCRIPT_MUST(!is_secure /* is_plain was set */);
    memset(&plain, 0, sizeof plain);
    status = w->inner.open(w->inner.user, host, port, false, &plain, err);
    if (status) return status;
    k = (secure_link *)calloc(1, sizeof *k);
    if (!k || w->dials == SECURE_LINKS) abort();
    w->links[w->dials++] = k;
    k->w = w;
    k->plain = plain;
    k->tls = srl_tls_new(&w->config, &w->mem);
    if (!k->tls) abort();
    k->tls->state = SRL_TLS_HELLO;
    srl_buf_init(&k->down, &w->mem, SCRIPT_NEVER);
    out->read = secure_read;
    out->write = secure_write;
    out->connect = secure_connect;
    out->fd = secure_fd;
    out->wants = NULL;
    out->close = secure_close;
    out->user = k;
    return SURREAL_OK;
}

/* ---- a test's frame ------------------------------------------------------ */

static inline bool
secure_no_random(void *user, void *out, size_t len)
{
    (void)user, (void)out, (void)len;
    return false;
}

static inline void
secure_make_authority(pki_cert *cert, const pki_key *key, char *pem)
{
    pki_spec spec;

    pki_ca(&spec, "test authority");
    spec.from = PKI_NOW - 2000 * PKI_DAY;
    spec.to = PKI_NOW + 8000 * PKI_DAY;
    pki_make(cert, &spec, key, NULL, NULL);
    pki_pem(cert, pem, sizeof secure_ca);
}

static inline void
secure_make_certificates(void)
{
    pki_key key, other;
    pki_spec spec;
    pki_cert *ca = (pki_cert *)calloc(2, sizeof *ca);

    if (!ca) abort();
    pki_key_p256(&other, 3);
    secure_make_authority(&ca[0], &other, secure_other_ca);
    pki_key_p256(&key, 1);
    secure_make_authority(&ca[0], &key, secure_ca);
    pki_key_p256(&secure_key, 2);
    pki_server(&spec, "db.example one.example two.example");
    spec.cn = "test server";
    spec.from = PKI_NOW - 2000 * PKI_DAY;
    spec.to = PKI_NOW + 8000 * PKI_DAY;
    pki_make(&ca[1], &spec, &secure_key, &ca[0], &key);
    pki_pem(&ca[1], secure_leaf, sizeof secure_leaf);
    free(ca);
}

static inline void
secure_init(secure *w)
{
    surreal_bytes pem;
    size_t at = 0;

    if (!secure_leaf[0]) secure_make_certificates();
    pem.ptr = (const uint8_t *)secure_leaf;
    pem.len = strlen(secure_leaf);
    memset(w, 0, sizeof *w);
    srl_mem_init(&w->mem, NULL, 0);
    w->read_max = w->write_max = SCRIPT_NEVER;
    w->reset_at = w->cut_at = SCRIPT_NEVER;
    w->write_fail_at = w->write_block_at = SCRIPT_NEVER;
    w->record = 16384;
    w->config.host = "server";
    w->config.random = secure_no_random;
    if (srl_pem_next(pem, &at, w->leaf_room, sizeof w->leaf_room, &w->leaf,
                     NULL)) {
        abort();
    }
}

/* Options that trust the authority, and the transport for them. */
static inline const surreal_transport *
secure_on(secure *w, surreal_status (*open)(void *, const char *, uint16_t,
                                            bool, surreal_stream *,
                                            surreal_error *),
          void *user, surreal_options *options)
{
    w->inner.open = open;
    w->inner.user = user;
    w->transport.open = secure_dial;
    w->transport.user = w;
    w->transport.is_plain = true;
    options->tls.ca.ptr = (const uint8_t *)secure_ca;
    options->tls.ca.len = strlen(secure_ca);
    return &w->transport;
}

static inline void
secure_end(secure *w)
{
    int i;

    for (i = 0; i < w->dials; i++) {
        CHECK(w->links[i]->is_closed);
        srl_tls_free(w->links[i]->tls);
        srl_buf_free(&w->links[i]->down);
        free(w->links[i]);
    }
    CHECK_INT(w->mem.used, 0);
}

#endif
