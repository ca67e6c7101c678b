/* cc -I. examples/openssl.c -o openssl -lssl -lcrypto
 * ./openssl wss://db.example:8000 root root
 *
 * OpenSSL (1.1.1 or later) in the place of the TLS that is built in: for
 * servers without TLS 1.3, or where one library has to do it for all programs
 * of a house. What stands above main() may be copied as it is. Certificate and
 * name are checked; SSL_CERT_FILE names another file of authorities than
 * OpenSSL's own. */
#define SURREAL_NO_TLS /* one is enough */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the adapter --------------------------------------------------------- */

typedef struct tls_stream {
    SSL *ssl;
    BIO *socket; /* belongs to ssl */
    short wants;
    bool is_up;  /* the socket is connected */
} tls_stream;

/* What a call that did not succeed says: to wait, or why it failed. */
static surreal_status
tls_failed(tls_stream *s, int rc, const char *what, surreal_error *err)
{
    int kind = SSL_get_error(s->ssl, rc);
    long verdict = SSL_get_verify_result(s->ssl);
    unsigned long code = ERR_peek_last_error();

    s->wants = 0; /* the library knows what it wants, but for a handshake */
    if (kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE) {
        if (!SSL_is_init_finished(s->ssl)) {
            s->wants = kind == SSL_ERROR_WANT_READ ? SURREAL_READ
                                                   : SURREAL_WRITE;
        }
        return SURREAL_WOULD_BLOCK;
    }
    if (kind == SSL_ERROR_ZERO_RETURN) {
        return surreal_fail_with(err, SURREAL_ERR_CLOSED,
                                 "the server ended the connection");
    }
    if (verdict != X509_V_OK) {
        return surreal_fail_with(err, SURREAL_ERR_CERT, "%s: %s", what,
                                 X509_verify_cert_error_string(verdict));
    }
    if (kind == SSL_ERROR_SSL && code) {
        return surreal_fail_with(err, SURREAL_ERR_TLS, "%s: %s", what,
                                 ERR_reason_error_string(code));
    }
    return surreal_fail_with(err, SURREAL_ERR_IO,
                             "%s: the connection broke", what);
}

static surreal_status
tls_read(void *user, uint8_t *data, size_t len, size_t *done,
         surreal_error *err)
{
    tls_stream *s = (tls_stream *)user;
    int rc;

    ERR_clear_error();
    rc = SSL_read_ex(s->ssl, data, len, done);
    return rc > 0 ? SURREAL_OK : tls_failed(s, rc, "reading", err);
}

static surreal_status
tls_write(void *user, const uint8_t *data, size_t len, size_t *done,
          surreal_error *err)
{
    tls_stream *s = (tls_stream *)user;
    int rc;

    ERR_clear_error();
    rc = SSL_write_ex(s->ssl, data, len, done);
    return rc > 0 ? SURREAL_OK : tls_failed(s, rc, "writing", err);
}

static surreal_status
tls_connect(void *user, surreal_error *err)
{
    tls_stream *s = (tls_stream *)user;
    int rc;

    ERR_clear_error();
    if (!s->is_up) {
        if (BIO_do_connect(s->socket) <= 0) {
            s->wants = SURREAL_WRITE;
            if (BIO_should_retry(s->socket)) return SURREAL_WOULD_BLOCK;
            return surreal_fail_with(err, SURREAL_ERR_CONNECT, "%s",
                                     ERR_reason_error_string(
                                         ERR_peek_error()));
        }
        s->is_up = true;
    }
    rc = SSL_connect(s->ssl);
    if (rc <= 0) return tls_failed(s, rc, "the TLS handshake", err);
    s->wants = 0;
    return SURREAL_OK;
}

static int
tls_fd(void *user)
{
    int fd = -1;

    BIO_get_fd(((tls_stream *)user)->socket, &fd);
    return fd;
}

static short
tls_wants(void *user)
{
    return ((tls_stream *)user)->wants;
}

static void
tls_close(void *user)
{
    tls_stream *s = (tls_stream *)user;

    if (SSL_is_init_finished(s->ssl)) SSL_shutdown(s->ssl); /* never waits */
    SSL_free(s->ssl);
    free(s);
}

/* Whom to expect, and to ask for. */
static bool
tls_set_host(SSL *ssl, const char *host)
{
    struct in6_addr ip;

    if (inet_pton(AF_INET, host, &ip) == 1 ||
        inet_pton(AF_INET6, host, &ip) == 1) {
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1;
    }
    return SSL_set1_host(ssl, host) == 1 &&
           SSL_set_tlsext_host_name(ssl, host) == 1;
}

/* surreal_transport.open; user is the SSL_CTX. */
static surreal_status
tls_open(void *user, const char *host, uint16_t port, bool is_secure,
         surreal_stream *out, surreal_error *err)
{
    tls_stream *s = (tls_stream *)calloc(1, sizeof *s);
    const char *brackets = strchr(host, ':') ? "[]" : "";
    char name[300];

    if (!is_secure || !s) {
        free(s);
        return surreal_fail_with(err, SURREAL_ERR_USAGE,
                                 "this transport is for wss and https");
    }
    snprintf(name, sizeof name, "%.1s%s%s:%u", brackets, host,
             brackets[0] ? brackets + 1 : "", (unsigned)port);
    s->ssl = SSL_new((SSL_CTX *)user);
    s->socket = BIO_new_connect(name);
    if (!s->ssl || !s->socket || !tls_set_host(s->ssl, host)) {
        BIO_free(s->socket);
        SSL_free(s->ssl);
        free(s);
        return surreal_fail_with(err, SURREAL_ERR_NOMEM,
                                 "OpenSSL makes no connection to '%s'", host);
    }
    BIO_set_nbio(s->socket, 1);
    SSL_set_bio(s->ssl, s->socket, s->socket);
    out->read = tls_read;
    out->write = tls_write;
    out->connect = tls_connect;
    out->fd = tls_fd;
    out->wants = tls_wants;
    out->close = tls_close;
    out->user = s;
    return SURREAL_OK;
}

/* One for all connections of the program; NULL: OpenSSL says no. */
static SSL_CTX *
tls_context(void)
{
    static const unsigned char http[] = "\x08http/1.1"; /* no h2 */
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (!ctx || !SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) ||
        SSL_CTX_set_alpn_protos(ctx, http, sizeof http - 1) ||
        !SSL_CTX_set_default_verify_paths(ctx)) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return ctx;
}

/* ---- its use ------------------------------------------------------------- */

int
main(int argc, char **argv)
{
    surreal_options opt = {0};
    surreal_transport transport = {tls_open, NULL, false};
    surreal_result *r = NULL;
    surreal *db = NULL;
    SSL_CTX *ctx;
    surreal_status status;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN); /* OpenSSL writes to sockets that are gone */
    ctx = tls_context();
    if (!ctx) return 1;
    transport.user = ctx;
    opt.transport = &transport;
    opt.user = argv[2];
    opt.pass = argv[3];
    status = surreal_open(argv[1], &opt, &db);
    if (!status) {
        status = surreal_query(db, "RETURN [1, 2, 3]", SURREAL_NO_VARS, &r);
    }
    if (status) fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    printf("%zu rows\n", surreal_count(surreal_rows(r, 0)));
    surreal_result_free(r);
    surreal_close(db);
    SSL_CTX_free(ctx);
    return status ? 1 : 0;
}
