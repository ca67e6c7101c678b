/* cc -O2 -I. -o build/bench_handshake tests/bench/bench_handshake.c -lssl \
 *     -lcrypto && build/bench_handshake
 *
 * What a TLS connection costs its client: the bundled TLS and OpenSSL's
 * client take turns against the same OpenSSL server, through memory. Only the
 * client's own calls are timed (CPU time of the thread), with making and
 * freeing it and checking the chain; authorities are parsed once for both.
 *
 * Returns 1 if a target is missed. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/bench/bench.h"
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#define ROUNDS 9
#define PER_ROUND 20
#define BULK_RECORDS 400
#define RECORD 16384
#define HOST "db.example.com"

static int bench_missed;
static double bench_spent; /* CPU seconds of the client */
static uint8_t bench_data[RECORD], bench_pipe[1 << 17];

static void
bench_need(bool ok, const char *what)
{
    if (ok) return;
    printf("FAILED: %s\n", what);
    exit(1);
}

/* ---- certificates -------------------------------------------------------- */

typedef struct bench_pki {
    EVP_PKEY *root_key, *inter_key, *leaf_key;
    X509 *root, *inter, *leaf;
    SSL_CTX *server, *client;
    surreal_trust *trust;
} bench_pki;

static void
bench_extend(X509 *cert, X509 *issuer, int nid, const char *text)
{
    X509V3_CTX ctx;
    X509_EXTENSION *ext;

    X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
    ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, text);
    bench_need(ext && X509_add_ext(cert, ext, -1) == 1, text);
    X509_EXTENSION_free(ext);
}

static X509 *
bench_cert(const char *name, EVP_PKEY *key, X509 *issuer, EVP_PKEY *by,
           const EVP_MD *md, bool is_ca)
{
    static int serial = 1;
    X509 *cert = X509_new();
    X509_NAME *subject = X509_get_subject_name(cert);

    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), serial++);
    X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
    X509_gmtime_adj(X509_getm_notAfter(cert), 86400);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(cert, issuer ? X509_get_subject_name(issuer)
                                      : subject);
    X509_set_pubkey(cert, key);
    bench_extend(cert, issuer ? issuer : cert, NID_basic_constraints,
                 is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
    bench_extend(cert, issuer ? issuer : cert, NID_key_usage,
                 is_ca ? "critical,keyCertSign,cRLSign"
                       : "critical,digitalSignature");
    bench_extend(cert, cert, NID_subject_key_identifier, "hash");
    if (issuer) {
        bench_extend(cert, issuer, NID_authority_key_identifier, "keyid");
        bench_extend(cert, issuer, NID_ext_key_usage, "serverAuth");
    }
    if (!is_ca) {
        bench_extend(cert, issuer, NID_subject_alt_name, "DNS:" HOST);
    }
    bench_need(X509_sign(cert, by, md) > 0, "signing");
    return cert;
}

/* Whether as Let's Encrypt has it (RSA-4096, P-384, P-256) or P-256 all
 * through. */
static void
bench_make(bench_pki *p, bool is_public)
{
    static const uint8_t alpn[] = "\x08http/1.1";
    uint8_t *der = NULL;
    surreal_bytes text;

    memset(p, 0, sizeof *p);
    p->root_key = is_public ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA",
                                                (size_t)4096)
                            : EVP_EC_gen("P-256");
    p->inter_key = EVP_EC_gen(is_public ? "P-384" : "P-256");
    p->leaf_key = EVP_EC_gen("P-256");
    p->root = bench_cert("root", p->root_key, NULL, p->root_key, EVP_sha256(),
                         true);
    p->inter = bench_cert("inter", p->inter_key, p->root, p->root_key,
                          EVP_sha256(), true);
    p->leaf = bench_cert("leaf", p->leaf_key, p->inter, p->inter_key,
                         is_public ? EVP_sha384() : EVP_sha256(), false);
    p->server = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(p->server, TLS1_3_VERSION);
    SSL_CTX_use_certificate(p->server, p->leaf);
    SSL_CTX_use_PrivateKey(p->server, p->leaf_key);
    SSL_CTX_add1_chain_cert(p->server, p->inter);
    SSL_CTX_set_num_tickets(p->server, 0);
    p->client = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(p->client, TLS1_3_VERSION);
    SSL_CTX_set1_groups_list(p->client, "X25519:P-256");
    SSL_CTX_set_verify(p->client, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_alpn_protos(p->client, alpn, sizeof alpn - 1);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(p->client), p->root);
    text.len = (size_t)i2d_X509(p->root, &der);
    text.ptr = der;
    bench_need(surreal_trust_memory(NULL, text, &p->trust, NULL) == 0,
               "anchor");
    OPENSSL_free(der);
}

static void
bench_unmake(bench_pki *p)
{
    EVP_PKEY_free(p->root_key);
    EVP_PKEY_free(p->inter_key);
    EVP_PKEY_free(p->leaf_key);
    X509_free(p->root);
    X509_free(p->inter);
    X509_free(p->leaf);
    SSL_CTX_free(p->server);
    SSL_CTX_free(p->client);
    surreal_trust_free(p->trust);
}

/* ---- ends ---------------------------------------------------------------- */

static SSL *
bench_ssl(SSL_CTX *ctx)
{
    SSL *ssl = SSL_new(ctx);

    SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    return ssl;
}

static bool
bench_random(void *user, void *out, size_t len)
{
    (void)user;
    return srl_os_random(out, len);
}

typedef struct bench_ours {
    srl_tls_config config;
    srl_mem mem;
    srl_tls *tls;
} bench_ours;

static void
bench_start(bench_ours *o, const bench_pki *p)
{
    double start = bench_spent_s();

    memset(o, 0, sizeof *o);
    srl_mem_init(&o->mem, NULL, 0);
    o->config.host = HOST;
    o->config.random = bench_random;
    o->config.verify.trust = p->trust;
    o->config.verify.host = HOST;
    o->config.verify.unix_s = srl_os_unix_ms() / 1000;
    o->tls = srl_tls_new(&o->config, &o->mem);
    bench_need(o->tls && srl_tls_start(o->tls, NULL) == 0, "start");
    bench_spent += bench_spent_s() - start;
}

/* What one side has to say, to the other. */
static void
bench_to_server(bench_ours *o, SSL *server)
{
    double start = bench_spent_s();
    surreal_bytes out = srl_tls_output(o->tls);

    bench_spent += bench_spent_s() - start;
    if (!out.len) return;
    BIO_write(SSL_get_rbio(server), out.ptr, (int)out.len);
    start = bench_spent_s();
    srl_tls_sent(o->tls, out.len);
    bench_spent += bench_spent_s() - start;
}

static void
bench_to_ours(bench_ours *o, SSL *server)
{
    for (;;) {
        surreal_error err;
        surreal_status st;
        size_t cap = 0, n;
        uint8_t *room = srl_tls_room(o->tls, &cap);
        double start;

        if (cap > sizeof bench_pipe) cap = sizeof bench_pipe;
        n = BIO_pending(SSL_get_wbio(server));
        if (n > cap) n = cap;
        if (!n) return;
        BIO_read(SSL_get_wbio(server), bench_pipe, (int)n);
        start = bench_spent_s();
        memcpy(room, bench_pipe, n);
        st = srl_tls_received(o->tls, n, &err);
        bench_spent += bench_spent_s() - start;
        bench_need(st == 0, st ? err.message : "");
    }
}

static void
bench_shake(bench_ours *o, const bench_pki *p, SSL **server)
{
    *server = bench_ssl(p->server);
    SSL_set_accept_state(*server);
    bench_start(o, p);
    while (!srl_tls_is_open(o->tls) || !SSL_is_init_finished(*server)) {
        bench_to_server(o, *server);
        SSL_do_handshake(*server);
        bench_to_ours(o, *server);
    }
}

static void
bench_end(bench_ours *o, SSL *server)
{
    double start = bench_spent_s();

    srl_tls_free(o->tls);
    bench_spent += bench_spent_s() - start;
    SSL_free(server);
}

static void
bench_copy(SSL *from, SSL *to, bool is_client)
{
    int n = BIO_read(SSL_get_wbio(from), bench_pipe, sizeof bench_pipe);
    double start = bench_spent_s();

    if (n > 0) BIO_write(SSL_get_rbio(to), bench_pipe, n);
    if (is_client) bench_spent += bench_spent_s() - start;
}

static SSL *
bench_shake_evp(const bench_pki *p, SSL **server)
{
    double start = bench_spent_s();
    SSL *client = bench_ssl(p->client);

    SSL_set_connect_state(client);
    SSL_set_tlsext_host_name(client, HOST);
    SSL_set1_host(client, HOST);
    bench_spent += bench_spent_s() - start;
    *server = bench_ssl(p->server);
    SSL_set_accept_state(*server);
    while (!SSL_is_init_finished(client) || !SSL_is_init_finished(*server)) {
        start = bench_spent_s();
        SSL_do_handshake(client);
        bench_spent += bench_spent_s() - start;
        bench_copy(client, *server, false);
        SSL_do_handshake(*server);
        bench_copy(*server, client, true);
    }
    bench_need(SSL_get_verify_result(client) == X509_V_OK, "OpenSSL's verdict");
    return client;
}

/* ---- measuring ----------------------------------------------------------- */

static void
bench_handshakes(const char *name, const bench_pki *p, double want)
{
    double ours[ROUNDS], theirs[ROUNDS], ratio[ROUNDS];
    int round, i;

    for (round = -1; round < ROUNDS; round++) { /* -1 warms up */
        int at = round < 0 ? 0 : round;

        bench_spent = 0;
        for (i = 0; i < PER_ROUND; i++) {
            SSL *server;
            bench_ours o;

            bench_shake(&o, p, &server);
            bench_end(&o, server);
            bench_need(o.mem.used == 0, "memory given back");
        }
        ours[at] = bench_spent / PER_ROUND * 1e6;
        bench_spent = 0;
        for (i = 0; i < PER_ROUND; i++) {
            SSL *server, *client = bench_shake_evp(p, &server);
            double start = bench_spent_s();

            SSL_free(client);
            bench_spent += bench_spent_s() - start;
            SSL_free(server);
        }
        theirs[at] = bench_spent / PER_ROUND * 1e6;
        ratio[at] = ours[at] / theirs[at];
    }
    printf("%-34s %8.0f us %8.0f us %6.2f  <= %.1f %s\n", name,
           bench_median(ours, ROUNDS), bench_median(theirs, ROUNDS),
           bench_median(ratio, ROUNDS), want,
           ratio[ROUNDS / 2] <= want ? "" : "MISSED");
    if (ratio[ROUNDS / 2] > want) bench_missed++;
}

/* MB/s of the client in one direction, with the bundled TLS. */
static double
bench_bulk(bench_ours *o, SSL *server, bool is_sending)
{
    size_t total = 0;
    int i;

    bench_spent = 0;
    for (i = 0; i < BULK_RECORDS; i++) {
        size_t done = 0, have = 0;
        double start;

        if (is_sending) {
            start = bench_spent_s();
            bench_need(!srl_tls_write(o->tls, bench_data, RECORD, &done, NULL),
                       "write");
            bench_spent += bench_spent_s() - start;
            bench_to_server(o, server);
            while (SSL_read(server, bench_pipe, sizeof bench_pipe) > 0) {
            }
            total += done;
            continue;
        }
        SSL_write(server, bench_data, RECORD);
        while (have < RECORD) {
            surreal_status st;

            bench_to_ours(o, server);
            start = bench_spent_s();
            st = srl_tls_read(o->tls, bench_data, RECORD, &done, NULL);
            bench_spent += bench_spent_s() - start;
            bench_need(!st || st == SURREAL_WOULD_BLOCK, "read");
            if (!st) have += done;
        }
        total += have;
    }
    return (double)total / bench_spent * 1e-6;
}

static double
bench_bulk_evp(SSL *client, SSL *server, bool is_sending)
{
    int i;

    bench_spent = 0;
    for (i = 0; i < BULK_RECORDS; i++) {
        double start = bench_spent_s();

        if (is_sending) {
            SSL_write(client, bench_data, RECORD);
            bench_spent += bench_spent_s() - start;
            bench_copy(client, server, false);
            SSL_read(server, bench_pipe, sizeof bench_pipe);
        } else {
            SSL_write(server, bench_data, RECORD);
            bench_copy(server, client, true);
            start = bench_spent_s();
            bench_need(SSL_read(client, bench_data, RECORD) == RECORD,
                       "SSL_read");
            bench_spent += bench_spent_s() - start;
        }
    }
    return (double)BULK_RECORDS * RECORD / bench_spent * 1e-6;
}

static void
bench_stream(const bench_pki *p, const char *suite)
{
    double ours[2][ROUNDS], theirs[2][ROUNDS], ratio[2][ROUNDS];
    SSL *server, *other, *client;
    bench_ours o;
    int round, way;

    SSL_CTX_set_ciphersuites(p->server, suite);
    bench_shake(&o, p, &server);
    client = bench_shake_evp(p, &other);
    for (round = -1; round < ROUNDS; round++) {
        int at = round < 0 ? 0 : round;

        for (way = 0; way < 2; way++) {
            ours[way][at] = bench_bulk(&o, server, way == 0);
            theirs[way][at] = bench_bulk_evp(client, other, way == 0);
            ratio[way][at] = ours[way][at] / theirs[way][at];
        }
    }
    for (way = 0; way < 2; way++) {
        printf("%-28s %s %6.0f MB/s %6.0f MB/s %5.2f\n", suite,
               way ? "read " : "write", bench_median(ours[way], ROUNDS),
               bench_median(theirs[way], ROUNDS),
               bench_median(ratio[way], ROUNDS));
    }
    SSL_free(client);
    SSL_free(other);
    bench_end(&o, server);
}

int
main(void)
{
    SSL *server;
    bench_pki p;
    bench_ours o;

    printf("%-34s %11s %11s %6s\n", "client CPU of a handshake", "ours",
           "OpenSSL", "ratio");
    bench_make(&p, true);
    bench_handshakes("P-256 by P-384 by RSA-4096", &p, 2);
    bench_unmake(&p);
    bench_make(&p, false);
    bench_handshakes("P-256 by P-256 by P-256", &p, 2);
    printf("\n%-34s %11s %11s %5s\n", "records of 16 KiB, client", "ours",
           "OpenSSL", "ratio");
    bench_stream(&p, "TLS_AES_128_GCM_SHA256");
    bench_stream(&p, "TLS_AES_256_GCM_SHA384");
    bench_stream(&p, "TLS_CHACHA20_POLY1305_SHA256");
    bench_shake(&o, &p, &server);
    printf("\nmemory of an open connection: %zu bytes  <= 49152 %s\n",
           o.mem.used, o.mem.used <= 49152 ? "" : "MISSED");
    if (o.mem.used > 49152) bench_missed++;
    bench_end(&o, server);
    bench_unmake(&p);
    return bench_missed != 0;
}
