/* cc -I. -o build/interop/client tests/interop/client.c
 * client [OPTION VALUE]... PORT
 *
 * One connection of the bundled TLS to 127.0.0.1, for tests/interop/run.sh:
 * shakes hands, lets data flow, prints what came of it in one line and returns
 * 0 if that is what was expected.
 *
 *   --ca FILE         anchors               --name HOST      "localhost"
 *   --only FILE       only_cert             --pin FILE       32 bytes or more
 *   --danger 1        check nothing
 *   --expect STATUS   "OK"                  --suite HEX      as negotiated
 *   --group HEX       as negotiated         --time SECONDS   instead of now
 *   --cert FILE --key FILE --scheme HEX     to show if asked
 *   --echo N          send N bytes, want the same back
 *   --turn N          send lines, want each back turned around
 *   --get PATH        GET; --body N: that much must come
 *   --post PATH       POST of --body N bytes, which must come back
 *   --first A|B       records before that, of which nothing comes back
 *   --hear TEXT       wait for TEXT, then send the line --say TEXT
 *   --until-end 1     read until the server ends the stream
 *   --chunk N         read at most N bytes at a time from the socket
 *   --plain 1         without what the CPU has, so that ChaCha20 is first
 *   --ports N         print N free ports and nothing else
 *
 * Signing for --cert takes HAVE_OPENSSL and -lcrypto. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/json.h"
#include <arpa/inet.h>
#ifdef HAVE_OPENSSL
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#endif

#define CLIENT_SECONDS 20

typedef struct client {
    const char *ca, *name, *only, *pin, *expect, *cert, *key, *get, *post;
    const char *hear, *say, *first;
    long suite, group, scheme, echo, turn, body, chunk;
    int64_t time;
    bool danger, until_end, plain, has_body;
    int port;
    int fd;
    char *out; /* to be sent */
    size_t out_len, out_at;
    char *want; /* to come back; NULL: see done */
    size_t want_len;
    char *in;
    size_t in_len, in_cap;
    bool done;
    surreal_status status;
    surreal_error err;
} client;

static void
client_die(const char *what)
{
    fprintf(stderr, "client: %s\n", what);
    exit(2);
}

/* What lives as long as the program does. */
static void *
client_keep(void *room)
{
    static void *kept[32];
    static size_t count;

    if (!room || count == 32) abort();
    return kept[count++] = room;
}

static void *
client_room(size_t len)
{
    return client_keep(calloc(1, len + 1));
}

/* ---- what is said -------------------------------------------------------- */

/* Lines of letters, 1000 bytes each. */
static char *
client_text(size_t len)
{
    char *text = (char *)client_room(len);
    uint32_t x = 12345;
    size_t i;

    for (i = 0; i < len; i++) {
        x = x * 1664525u + 1013904223u;
        text[i] = (char)('a' + (x >> 24) % 26);
        if (i % 1000 == 999 || i + 1 == len) text[i] = '\n';
    }
    return text;
}

static char *
client_turned(const char *text, size_t len)
{
    char *out = (char *)client_room(len);
    size_t start = 0, i, k;

    for (i = 0; i < len; i++) {
        out[i] = text[i];
        if (text[i] != '\n') continue;
        for (k = start; k < i; k++) {
            out[k] = text[i - 1 - (k - start)];
        }
        start = i + 1;
    }
    return out;
}

static void
client_prepare(client *c)
{
    size_t len = (size_t)(c->echo ? c->echo : c->turn ? c->turn : c->body);

    if (c->echo || c->turn) {
        c->out = client_text(len);
        c->out_len = c->want_len = len;
        c->want = c->turn ? client_turned(c->out, len) : client_text(len);
    } else if (c->get) {
        c->out = (char *)client_room(1000);
        c->out_len = (size_t)snprintf(
            c->out, 1000, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", c->get,
            c->name);
        c->until_end = true;
    } else if (c->post) {
        char *text = client_text(len);
        int head;

        c->out = (char *)client_room(1000 + len);
        head = snprintf(c->out, 1000,
                        "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close"
                        "\r\nContent-Length: %zu\r\n\r\n",
                        c->post, c->name, len);
        memcpy(c->out + head, text, len);
        c->out_len = (size_t)head + len;
        c->until_end = true;
        c->want = text;
        c->want_len = len;
    } else if (!c->hear && !c->until_end) {
        c->done = true; /* nothing but the handshake */
    }
}

/* The data so far; true once it is all that was waited for. */
static bool
client_heard(client *c)
{
    if (c->until_end) return false;
    if (c->want) return c->in_len >= c->want_len;
    if (!c->hear || !strstr(c->in, c->hear)) return false;
    if (c->say && !c->out) {
        c->out = (char *)client_room(strlen(c->say) + 1);
        c->out_len = (size_t)snprintf(c->out, strlen(c->say) + 2, "%s\n",
                                      c->say);
    }
    return c->out_at == c->out_len;
}

/* Whether what came is what was wanted. */
static bool
client_fits(client *c)
{
    const char *body;

    if (!c->get && !c->post) {
        return !c->want || (c->in_len == c->want_len &&
                            memcmp(c->in, c->want, c->in_len) == 0);
    }
    body = strstr(c->in, "\r\n\r\n");
    if (strncmp(c->in, "HTTP/1.", 7) != 0 || !body ||
        strncmp(c->in + 9, "200", 3) != 0) {
        return false;
    }
    body += 4;
    if (c->has_body && c->in + c->in_len - body != c->body) return false;
    return !c->want || memcmp(body, c->want, c->want_len) == 0;
}

/* ---- what TLS asks for --------------------------------------------------- */

static bool
client_random(void *user, void *out, size_t len)
{
    (void)user;
    return srl_os_random(out, len);
}

#ifdef HAVE_OPENSSL
static surreal_status
client_sign(void *user, uint16_t scheme, surreal_bytes message,
            uint8_t *signature, size_t cap, size_t *len, surreal_error *err)
{
    client *c = (client *)user;
    FILE *file = fopen(c->key, "r");
    EVP_PKEY *key = file ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    const EVP_MD *md = scheme == 0x0807                       ? NULL
                       : scheme == 0x0503 || scheme == 0x0805 ? EVP_sha384()
                                                              : EVP_sha256();
    bool ok = key &&
              EVP_DigestSignInit(ctx, &how, md, NULL, key) == 1;

    (void)err;
    if (ok && scheme >> 8 == 8 && scheme != 0x0807) {
        ok = EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(how, -1) == 1;
    }
    *len = cap;
    ok = ok && EVP_DigestSign(ctx, signature, len, message.ptr,
                              message.len) == 1;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    if (file) fclose(file);
    return ok ? SURREAL_OK : SURREAL_ERR_INTERNAL;
}
#endif

static surreal_bytes
client_file(const char *path)
{
    surreal_bytes out;

    out.ptr = (const uint8_t *)json_read_file(path, &out.len);
    if (!out.ptr) client_die(path);
    client_keep((void *)out.ptr);
    return out;
}

static void
client_config(client *c, srl_tls_config *config)
{
    srl_verify *verify = &config->verify;
    surreal_trust *trust = NULL;

    memset(config, 0, sizeof *config);
    config->host = c->name;
    config->random = client_random;
    verify->host = c->name;
    verify->unix_s = c->time;
    verify->is_blind = c->danger;
    if (*c->ca &&
        surreal_trust_memory(NULL, client_file(c->ca), &trust, &c->err)) {
        client_die(c->err.message);
    }
    verify->trust = trust;
    if (c->pin) verify->pins = client_file(c->pin);
    if (c->only) {
        surreal_bytes text = client_file(c->only);
        size_t at = 0;

        if (srl_pem_next(text, &at, (uint8_t *)client_room(text.len),
                         text.len, &verify->only_cert, &c->err)) {
            client_die(c->err.message);
        }
    }
    if (!c->cert) return;
    config->client_chain = client_file(c->cert);
    config->client_scheme = (uint16_t)c->scheme;
#ifdef HAVE_OPENSSL
    config->client_sign = client_sign;
    config->sign_user = c;
#endif
}

/* ---- the connection ------------------------------------------------------ */

static void
client_connect(client *c)
{
    struct sockaddr_in at;
    int tries;

    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons((uint16_t)c->port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    /* Not every server says when it is ready. */
    for (tries = 0;; tries++) {
        c->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(c->fd, (struct sockaddr *)&at, sizeof at) == 0) break;
        close(c->fd);
        if (tries == 60) client_die("no connection");
        poll(NULL, 0, 50);
    }
    fcntl(c->fd, F_SETFL, fcntl(c->fd, F_GETFL) | O_NONBLOCK);
}

/* Send what waits, as far as the socket takes it. */
static void
client_flush(client *c, srl_tls *tls)
{
    for (;;) {
        surreal_bytes out = srl_tls_output(tls);
        ssize_t n;

        if (!out.len) return;
        n = send(c->fd, out.ptr, out.len, MSG_NOSIGNAL);
        if (n <= 0) return; /* if the peer has gone, reading tells */
        srl_tls_sent(tls, (size_t)n);
    }
}

static surreal_status
client_write(client *c, srl_tls *tls)
{
    while (c->first) {
        size_t len = strcspn(c->first, "|"), done = 0;

        SRL_TRY(srl_tls_write(tls, (const uint8_t *)c->first, len, &done,
                              &c->err));
        c->first = c->first[len] ? c->first + len + 1 : NULL;
        client_flush(c, tls);
        poll(NULL, 0, 100); /* a record and a segment of its own */
    }
    while (c->out_at < c->out_len) {
        size_t done = 0;
        surreal_status st =
            srl_tls_write(tls, (const uint8_t *)c->out + c->out_at,
                          c->out_len - c->out_at, &done, &c->err);

        if (st == SURREAL_WOULD_BLOCK) break;
        SRL_TRY(st);
        c->out_at += done;
    }
    return SURREAL_OK;
}

static surreal_status
client_read(client *c, srl_tls *tls)
{
    for (;;) {
        size_t done = 0;
        surreal_status st;

        if (c->in_cap - c->in_len < 20000) {
            c->in_cap = c->in_cap * 2 + 40000;
            c->in = (char *)realloc(c->in, c->in_cap);
            if (!c->in) abort();
        }
        st = srl_tls_read(tls, (uint8_t *)c->in + c->in_len,
                          c->in_cap - c->in_len - 1, &done, &c->err);
        if (st == SURREAL_WOULD_BLOCK) return SURREAL_OK;
        SRL_TRY(st);
        c->in_len += done;
        c->in[c->in_len] = '\0';
    }
}

/* Bytes from the socket; true if it had any, or its end. */
static bool
client_receive(client *c, srl_tls *tls)
{
    size_t cap = 0;
    uint8_t *room = srl_tls_room(tls, &cap);
    ssize_t n;

    if (!cap) return false;
    if (c->chunk && cap > (size_t)c->chunk) cap = (size_t)c->chunk;
    n = recv(c->fd, room, cap, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (n < 0) {
        c->status = SURREAL_ERR_IO;
    } else if (n == 0) {
        c->status = srl_tls_eof(tls, &c->err);
    } else {
        c->status = srl_tls_received(tls, (size_t)n, &c->err);
    }
    return true;
}

static void
client_run(client *c, srl_tls *tls)
{
    int64_t deadline = srl_os_deadline(CLIENT_SECONDS * 1000);

    c->status = srl_tls_start(tls, &c->err);
    while (!c->status) {
        struct pollfd p;

        if (srl_tls_is_open(tls)) {
            if (!c->status) c->status = client_read(c, tls);
            if (!c->status && (c->done || client_heard(c))) {
                c->status = client_write(c, tls);
                client_flush(c, tls);
                if (c->out_at == c->out_len && !srl_tls_output(tls).len) {
                    return;
                }
            }
            if (!c->status) c->status = client_write(c, tls);
        }
        client_flush(c, tls);
        if (c->status || client_receive(c, tls)) continue;
        p.fd = c->fd;
        p.events = POLLIN;
        if (srl_tls_output(tls).len ||
            (srl_tls_is_open(tls) && c->out_at < c->out_len)) {
            p.events = POLLIN | POLLOUT;
        }
        poll(&p, 1, 1000);
        if (srl_os_now_ms() > deadline) c->status = SURREAL_ERR_TIMEOUT;
    }
    client_flush(c, tls); /* an alert */
}

static const char *
client_status_name(surreal_status status)
{
#define CLIENT_NAME(name, cls, number, text) \
    if (status == SURREAL_##name) return #name;
    SURREAL_STATUS_LIST(CLIENT_NAME)
#undef CLIENT_NAME
    return "?";
}

static int
client_verdict(client *c, srl_tls *tls)
{
    bool is_open = srl_tls_is_open(tls);
    unsigned suite = is_open ? tls->suite : 0;
    unsigned group = is_open ? tls->group : 0;
    const char *what = "ok";

    if (c->status == SURREAL_ERR_CLOSED && c->until_end) {
        c->status = SURREAL_OK;
    }
    if (strcmp(client_status_name(c->status), c->expect) != 0) {
        what = "another status than expected";
    } else if (!c->status && !client_fits(c)) {
        what = "other data than expected";
    } else if (c->suite && (unsigned)c->suite != suite) {
        what = "another suite than expected";
    } else if (c->group && (unsigned)c->group != group) {
        what = "another group than expected";
    }
    printf("%s: %s suite=%04x group=%04x sent=%zu received=%zu%s%s\n", what,
           client_status_name(c->status), suite, group, c->out_at, c->in_len,
           c->status ? ": " : "", c->status ? c->err.message : "");
    return strcmp(what, "ok") != 0;
}

/* ---- options ------------------------------------------------------------- */

static void
client_ports(long count)
{
    int fds[64];
    long i;

    for (i = 0; i < count && i < 64; i++) {
        struct sockaddr_in at;
        socklen_t len = sizeof at;

        memset(&at, 0, sizeof at);
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        fds[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (bind(fds[i], (struct sockaddr *)&at, sizeof at) ||
            getsockname(fds[i], (struct sockaddr *)&at, &len)) {
            client_die("no free port");
        }
        printf("%d\n", ntohs(at.sin_port));
    }
    while (i > 0) {
        close(fds[--i]);
    }
}

static void
client_option(client *c, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
        long *number;
        int base;
    } options[] = {{"ca", &c->ca, NULL, 0},
                   {"name", &c->name, NULL, 0},
                   {"only", &c->only, NULL, 0},
                   {"pin", &c->pin, NULL, 0},
                   {"expect", &c->expect, NULL, 0},
                   {"cert", &c->cert, NULL, 0},
                   {"key", &c->key, NULL, 0},
                   {"get", &c->get, NULL, 0},
                   {"post", &c->post, NULL, 0},
                   {"hear", &c->hear, NULL, 0},
                   {"say", &c->say, NULL, 0},
                   {"first", &c->first, NULL, 0},
                   {"suite", NULL, &c->suite, 16},
                   {"group", NULL, &c->group, 16},
                   {"scheme", NULL, &c->scheme, 16},
                   {"echo", NULL, &c->echo, 10},
                   {"turn", NULL, &c->turn, 10},
                   {"body", NULL, &c->body, 10},
                   {"chunk", NULL, &c->chunk, 10}};
    size_t i;

    for (i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (strcmp(name, options[i].name) != 0) continue;
        if (options[i].text) *options[i].text = value;
        if (options[i].number) {
            *options[i].number = strtol(value, NULL, options[i].base);
        }
        if (options[i].number == &c->body) c->has_body = true;
        return;
    }
    if (!strcmp(name, "danger")) {
        c->danger = true;
    } else if (!strcmp(name, "until-end")) {
        c->until_end = true;
    } else if (!strcmp(name, "plain")) {
        c->plain = true;
    } else if (!strcmp(name, "time")) {
        c->time = strtoll(value, NULL, 10);
    } else {
        client_die(name);
    }
}

int
main(int argc, char **argv)
{
    static client c;
    srl_tls_config config;
    srl_tls *tls;
    srl_mem mem;
    int i, code;

    c.name = "localhost";
    c.expect = "OK";
    c.ca = "";
    c.time = srl_os_unix_ms() / 1000;
    c.in = (char *)calloc(1, 1);
    for (i = 1; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
        if (!strcmp(argv[i], "--ports")) {
            client_ports(strtol(argv[i + 1], NULL, 10));
            return 0;
        }
        client_option(&c, argv[i] + 2, argv[i + 1]);
    }
    if (i + 1 != argc) client_die("client [OPTION VALUE]... PORT");
    c.port = (int)strtol(argv[i], NULL, 10);
    if (c.plain) srl_cpu_found = SRL_CPU_KNOWN;
    client_prepare(&c);
    client_config(&c, &config);
    client_connect(&c);
    srl_mem_init(&mem, NULL, 0);
    tls = srl_tls_new(&config, &mem);
    if (!tls) client_die("no memory");
    client_run(&c, tls);
    code = client_verdict(&c, tls);
    srl_tls_close(tls);
    client_flush(&c, tls);
    srl_tls_free(tls);
    surreal_trust_free((surreal_trust *)config.verify.trust);
    if (mem.used) printf("%zu bytes were not given back\n", mem.used);
    close(c.fd);
    return code || mem.used != 0;
}
