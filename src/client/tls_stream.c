/* client/tls_stream.c: TLS on a stream, as a stream. */
#include "client/client.h"

/* The other side of tls.h: what it wants sent is written to the inner stream,
 * what that has is given to it, and nothing waits.
 *
 * Data counts as written once its record is made, though a part of that may
 * still stand in the output of TLS: no server can read a record that is not
 * whole, so `unsent` takes it back when the connection is lost. For the same
 * reason nothing that is left in the output is sent when the stream is closed.
 *
 * A read goes on until the caller's room is full or no whole record is left in
 * here, so that whoever waits for the socket after a short read waits for
 * nothing that has come already. */

/* Plaintext of one record (RFC 8446 5.1), which is what `unsent` is about. */
#define SRL_SECURE_RECORD ((size_t)16384)

/* ---- options --------------------------------------------------------- */

static surreal_status
srl_secure_copy(srl_conn *c, surreal_bytes *bytes, const char *name,
                surreal_error *err)
{
    surreal_str copy;

    if (!bytes->ptr && !bytes->len) return SURREAL_OK;
    /* Not the same as not given: pins or anchors that came out empty by some
     * mistake must not become "the system's authorities will do". */
    if (!bytes->len) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.%s is empty, but not NULL", name);
    }
    if (!bytes->ptr) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.%s has a length but no bytes", name);
    }
    copy = srl_arena_text(&c->arena, (const char *)bytes->ptr, bytes->len);
    bytes->ptr = (const uint8_t *)copy.ptr;
    if (copy.ptr) return SURREAL_OK;
    return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
}

/* PEM becomes the one certificate it holds. What is DER is compared as it is,
 * but something else would never match, which is better said now. */
static surreal_status
srl_secure_only(srl_conn *c, surreal_bytes *cert, surreal_error *err)
{
    surreal_bytes text = *cert;
    surreal_bytes second;
    surreal_error why;
    uint8_t *room;
    size_t at = 0;
    surreal_status status;

    if (!text.len) return SURREAL_OK;
    if (!srl_pem_is(text)) {
        if (text.len > 2 && text.ptr[0] == 0x30) return SURREAL_OK;
        return srl_fail(err, SURREAL_ERR_CERT,
                        "option tls.only_cert is neither PEM nor DER");
    }
    room = (uint8_t *)srl_arena_alloc(&c->arena, text.len);
    if (!room) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    status = srl_pem_next(text, &at, room, text.len, cert, &why);
    if (!status) {
        status = srl_pem_next(text, &at, room + cert->len,
                              text.len - cert->len, &second, &why);
        if (!status) {
            return srl_fail(err, SURREAL_ERR_USAGE,
                            "option tls.only_cert holds more than one "
                            "certificate");
        }
        if (status == SURREAL_NOT_FOUND) return SURREAL_OK;
    }
    if (status == SURREAL_NOT_FOUND) {
        return srl_fail(err, SURREAL_ERR_CERT,
                        "option tls.only_cert holds no certificate");
    }
    at = why.at;
    srl_fail(err, status, "option tls.only_cert: %s", why.message);
    err->at = at;
    return status;
}

static surreal_status
srl_secure_check(const surreal_tls *o, surreal_error *err)
{
    bool has_anchors = o->trust || o->ca_file || o->ca.len;

    if (o->pins.len % 32) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.pins has %zu bytes: digests of 32 bytes "
                        "each are expected", o->pins.len);
    }
    if (o->trust && (o->ca_file || o->ca.len)) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.trust stands for all anchors: leave out "
                        "ca_file and ca");
    }
    if (o->only_cert.len && has_anchors) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.only_cert trusts one certificate, "
                        "whoever signed it: leave out trust, ca_file and ca");
    }
    if (o->server_name && !o->server_name[0]) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.server_name is empty");
    }
    if (o->server_name && strlen(o->server_name) > SRL_URL_MAX_HOST) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "option tls.server_name has %zu bytes, names have %d "
                        "at most", strlen(o->server_name), SRL_URL_MAX_HOST);
    }
    if (o->ca_file && !o->ca_file[0]) {
        return srl_fail(err, SURREAL_ERR_USAGE, "option tls.ca_file is empty");
    }
    if (!o->client_chain.len != !o->client_sign) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "options tls.client_chain and tls.client_sign come "
                        "together: %s is missing",
                        o->client_sign ? "client_chain" : "client_sign");
    }
    if (!o->client_sign != !o->client_scheme) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "options tls.client_sign and tls.client_scheme come "
                        "together: %s is missing",
                        o->client_sign ? "client_scheme" : "client_sign");
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_secure_options(srl_conn *c, surreal_error *err)
{
    surreal_tls *o = &c->options.tls;
    surreal_status status;

    SRL_TRY(srl_secure_check(o, err));
    SRL_TRY(srl_secure_copy(c, &o->ca, "ca", err));
    SRL_TRY(srl_secure_copy(c, &o->only_cert, "only_cert", err));
    SRL_TRY(srl_secure_copy(c, &o->pins, "pins", err));
    SRL_TRY(srl_secure_copy(c, &o->client_chain, "client_chain", err));
    SRL_TRY(srl_secure_only(c, &o->only_cert, err));
    status = srl_option_text(c, &o->ca_file);
    if (!status) status = srl_option_text(c, &o->server_name);
    if (status) return srl_fail(err, status, "out of memory");
    return SURREAL_OK;
}

/* ---- beginning ------------------------------------------------------- */

/* The anchors to check against, those of other owners excepted. */
static surreal_status
srl_secure_anchors(srl_secure *s, surreal_error *err)
{
    const surreal_tls *o = &s->conn->options.tls;
    const surreal_allocator *allocator = &s->conn->mem.allocator;
    surreal_status status = SURREAL_OK;

    if (o->trust || o->only_cert.len || o->danger_accept_any_server) {
        return SURREAL_OK;
    }
    if (!o->ca_file && !o->ca.len) {
        if (o->pins.len) return SURREAL_OK;
        return surreal_trust_system(allocator, &s->trust, err);
    }
    s->trust = srl_trust_new(allocator);
    if (!s->trust) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    if (o->ca_file) {
        status = srl_trust_add_file(s->trust, allocator, o->ca_file, false,
                                    err);
    }
    if (!status && o->ca.len) {
        status = srl_trust_add(s->trust, o->ca, false, err);
    }
    if (!status && !surreal_trust_count(s->trust)) {
        status = srl_fail(err, SURREAL_ERR_CERT, "option tls.%s holds no "
                          "certificate", o->ca_file ? "ca_file" : "ca");
    }
    return status;
}

static bool
srl_secure_random(void *user, void *out, size_t len)
{
    (void)user;
    return srl_os_random(out, len);
}

#ifdef SURREAL_TLS_KEYLOG
static void
srl_secure_keylog(void *user, const char *line)
{
    const char *path = getenv("SSLKEYLOGFILE");

    if (!path || !path[0] || srl_file_log(path, line)) return;
    srl_trace((const srl_conn *)user, SURREAL_LEVEL_WARN, "tls",
              "cannot write the keys to SSLKEYLOGFILE");
}
#endif

static void
srl_secure_config(srl_secure *s)
{
    const surreal_tls *o = &s->conn->options.tls;
    srl_tls_config *config = &s->config;

    memset(config, 0, sizeof *config);
    config->host = o->server_name ? o->server_name : s->conn->url.host;
    config->verify.host = config->host;
    config->verify.unix_s = srl_os_unix_ms() / 1000;
    if (o->danger_accept_any_server) {
        config->verify.is_blind = true;
    } else {
        config->verify.trust = o->trust ? o->trust : s->trust;
        config->verify.only_cert = o->only_cert;
        config->verify.pins = o->pins;
    }
    config->client_chain = o->client_chain;
    config->client_sign = o->client_sign;
    config->sign_user = o->sign_user;
    config->client_scheme = o->client_scheme;
    config->random = srl_secure_random;
#ifdef SURREAL_TLS_KEYLOG
    config->keylog = srl_secure_keylog;
    config->keylog_user = s->conn;
#endif
}

static surreal_status
srl_secure_start(srl_secure *s, surreal_error *err)
{
    SRL_TRY(srl_secure_anchors(s, err));
    srl_secure_config(s);
    if (s->config.verify.is_blind) {
        srl_trace(s->conn, SURREAL_LEVEL_WARN, "tls",
                  "danger_accept_any_server: anybody may be behind %s",
                  s->config.host);
    }
    s->tls = srl_tls_new(&s->config, &s->conn->mem);
    if (!s->tls) return srl_fail(err, SURREAL_ERR_NOMEM, "out of memory");
    return srl_tls_start(s->tls, err);
}

/* ---- moving bytes ---------------------------------------------------- */

/* Write what TLS wants sent, as far as that goes. A failure is not told here:
 * a server that refuses (a client's certificate, a body too long) says so and
 * closes, and what it said is still to be read. Reading tells the failure when
 * nothing is left. */
static void
srl_secure_flush(srl_secure *s)
{
    surreal_error err;

    while (!s->write_status) {
        surreal_bytes out = srl_tls_output(s->tls);
        surreal_status status;
        size_t done = 0;

        if (!out.len) {
            s->unsent = 0;
            return;
        }
        srl_error_clear(&err);
        status = s->inner.write(s->inner.user, out.ptr, out.len, &done, &err);
        if (status == SURREAL_WOULD_BLOCK) return;
        s->write_status = status;
        s->write_errno = err.os_error;
        if (!status) srl_tls_sent(s->tls, done);
    }
}

static surreal_status
srl_secure_write_failed(const srl_secure *s, surreal_error *err)
{
    srl_fail(err, s->write_status, "send: %s",
             s->write_errno ? strerror(s->write_errno)
                            : surreal_status_text(s->write_status));
    err->os_error = s->write_errno;
    return s->write_status;
}

static surreal_status
srl_secure_receive(srl_secure *s, bool wait, surreal_error *err)
{
    size_t cap = 0;
    size_t got = 0;
    uint8_t *room = srl_tls_room(s->tls, &cap);
    surreal_status status;

    SURREAL_ASSERT(cap > 0);
    status = wait && s->is_tcp
                 ? srl_tcp_read_wait(s->inner.user, room, cap, &got, err)
                 : s->inner.read(s->inner.user, room, cap, &got, err);
    s->is_drained = got < cap;
    if (status == SURREAL_WOULD_BLOCK && s->write_status) {
        return srl_secure_write_failed(s, err);
    }
    if (status && status != SURREAL_WOULD_BLOCK) s->has_ended = true;
    if (status == SURREAL_ERR_CLOSED) return srl_tls_eof(s->tls, err);
    SRL_TRY(status);
    return srl_tls_received(s->tls, got, err);
}

static surreal_status
srl_secure_handshake(srl_secure *s, surreal_error *err)
{
    for (;;) {
        surreal_status status;

        srl_secure_flush(s);
        if (srl_tls_is_open(s->tls)) return SURREAL_OK;
        status = srl_secure_receive(s, false, err);
        if (status == SURREAL_WOULD_BLOCK) return status;
        if (status) {
            srl_secure_flush(s); /* the alert */
            return status;
        }
    }
}

/* ---- the stream ------------------------------------------------------ */

static surreal_status
srl_secure_connect(void *user, surreal_error *err)
{
    srl_secure *s = (srl_secure *)user;

    if (!s->is_up) {
        SRL_TRY(s->inner.connect(s->inner.user, err));
        s->is_up = true;
        SRL_TRY(srl_secure_start(s, err));
    }
    SRL_TRY(srl_secure_handshake(s, err));
    surreal_trust_free(s->trust); /* for this handshake only */
    s->trust = NULL;
    srl_trace(s->conn, SURREAL_LEVEL_DEBUG, "tls", "TLS 1.3 with %s",
              s->config.host);
    return SURREAL_OK;
}

static surreal_status
srl_secure_get(srl_secure *s, uint8_t *data, size_t len, bool wait,
               size_t *done, surreal_error *err)
{
    surreal_status status = SURREAL_OK;

    *done = 0;
    while (*done < len) {
        size_t got = 0;

        status = srl_tls_read(s->tls, data + *done, len - *done, &got, err);
        if (!status) {
            *done += got;
            continue;
        }
        if (status != SURREAL_WOULD_BLOCK || *done) break;
        srl_secure_flush(s); /* an answer to a change of keys */
        status = srl_secure_receive(s, wait, err);
        wait = false;
        if (status) break;
    }
    /* The end waits behind the data, and nothing else will announce it. */
    if (status && status != SURREAL_WOULD_BLOCK) s->is_drained = false;
    srl_secure_flush(s); /* the same, or an alert */
    return *done ? SURREAL_OK : status;
}

static surreal_status
srl_secure_read(void *user, uint8_t *data, size_t len, size_t *done,
                surreal_error *err)
{
    return srl_secure_get((srl_secure *)user, data, len, false, done, err);
}

SRL_FN surreal_status
srl_secure_read_wait(void *user, uint8_t *data, size_t len, size_t *done,
                     surreal_error *err)
{
    return srl_secure_get((srl_secure *)user, data, len, true, done, err);
}

/* Record by record: nothing is made while another waits to be sent, so that at
 * most one is taken back. One that failed on its way was not taken at all. */
static surreal_status
srl_secure_write(void *user, const uint8_t *data, size_t len, size_t *done,
                 surreal_error *err)
{
    srl_secure *s = (srl_secure *)user;
    surreal_status status = SURREAL_OK;

    *done = 0;
    while (*done < len) {
        size_t part = len - *done;
        size_t got = 0;

        if (part > SRL_SECURE_RECORD) part = SRL_SECURE_RECORD;
        srl_secure_flush(s);
        if (srl_tls_output(s->tls).len) break;
        status = srl_tls_write(s->tls, data + *done, part, &got, err);
        if (status) break;
        s->unsent = got;
        srl_secure_flush(s);
        if (s->write_status) {
            s->unsent = 0;
            break;
        }
        *done += got;
    }
    if (*done) return SURREAL_OK;
    return status ? status : SURREAL_WOULD_BLOCK;
}

static int
srl_secure_fd(void *user)
{
    const srl_secure *s = (const srl_secure *)user;

    return s->inner.fd(s->inner.user);
}

static short
srl_secure_wants(void *user)
{
    const srl_secure *s = (const srl_secure *)user;
    short wants = s->inner.wants ? s->inner.wants(s->inner.user) : (short)0;

    if (wants) return wants;
    if (!s->is_up || !s->tls) return SURREAL_WRITE;
    if (s->write_status) return SURREAL_READ;
    if (srl_tls_output(s->tls).len) return SURREAL_READ | SURREAL_WRITE;
    return srl_tls_is_open(s->tls) ? (short)0 : (short)SURREAL_READ;
}

/* What is left in the output stays there: it was told as not sent. */
static void
srl_secure_close(void *user)
{
    srl_secure *s = (srl_secure *)user;

    if (s->tls && !s->has_ended && srl_tls_is_open(s->tls) &&
        !srl_tls_output(s->tls).len) {
        srl_tls_close(s->tls);
        srl_secure_flush(s);
    }
    srl_tls_free(s->tls);
    s->tls = NULL;
    surreal_trust_free(s->trust);
    s->trust = NULL;
    s->unsent = 0;
    s->inner.close(s->inner.user);
}

SRL_FN void
srl_secure_open(srl_conn *c, bool is_tcp, surreal_stream *stream)
{
    srl_secure *s = &c->secure;

    memset(s, 0, sizeof *s);
    s->inner = *stream;
    s->conn = c;
    s->is_tcp = is_tcp;
    stream->read = srl_secure_read;
    stream->write = srl_secure_write;
    stream->connect = srl_secure_connect;
    stream->fd = srl_secure_fd;
    stream->wants = srl_secure_wants;
    stream->close = srl_secure_close;
    stream->user = s;
}
