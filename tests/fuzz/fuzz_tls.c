/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_tls
 *     tests/fuzz/fuzz_tls.c && ./fuzz_tls tests/fuzz/corpus/tls
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_tls tests/fuzz/fuzz_tls.c
 * Seeds:  cc -g -DFUZZ_SEEDS -I. -o seeds tests/fuzz/fuzz_tls.c
 *         && ./seeds tests/fuzz/corpus/tls
 *
 * What a server may send to a TLS client: records and all messages of its
 * flight, after a ClientHello that is always the same. SRL_TLS_FUZZ turns off
 * what no fuzzer gets past: nothing is decrypted, tags, signatures and
 * Finished may be anything.
 *
 * The first byte says how large the pieces are, the second how large the room
 * for data is, and which allocation fails. Whole and in pieces the same must
 * come of it. */
#define SURREAL_IMPLEMENTATION
#define SRL_TLS_FUZZ
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* the compiler may have it */
#define FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION 1
#endif
#include "surreal.h"
#include "tests/fuzz/replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

typedef struct run {
    srl_mem mem;
    srl_tls_config config;
    srl_tls *tls;
    surreal_status status;
    surreal_error err;
    uint32_t sum; /* of the data */
    size_t total;
    unsigned randoms;
    unsigned allocations;
    unsigned fail_at;
    size_t sent;
} run;

static bool
run_random(void *user, void *out, size_t len)
{
    run *r = (run *)user;

    memset(out, (int)(0x11 * ++r->randoms), len);
    return true;
}

static void *
run_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    run *r = (run *)user;

    (void)old_len;
    if (!new_len) {
        free(block);
        return NULL;
    }
    if (++r->allocations == r->fail_at) return NULL;
    return realloc(block, new_len);
}

static void
run_read(run *r, size_t cap)
{
    uint8_t *data = (uint8_t *)malloc(cap);
    size_t done, i;

    if (!data) abort();
    while (!r->status) {
        surreal_status status = srl_tls_read(r->tls, data, cap, &done,
                                             &r->err);

        FUZZ_CHECK(done <= cap && !status == !!done);
        if (status == SURREAL_WOULD_BLOCK) break;
        r->status = status;
        r->total += done;
        for (i = 0; i < done; i++) {
            r->sum = (r->sum ^ data[i]) * 16777619u;
        }
        r->sent += srl_tls_output(r->tls).len;
        srl_tls_sent(r->tls, srl_tls_output(r->tls).len);
    }
    free(data);
}

static void
run_on(run *r, const uint8_t *data, size_t len, size_t piece, size_t cap)
{
    size_t at = 0;

    while (at < len && !r->status) {
        size_t room_len;
        uint8_t *room = srl_tls_room(r->tls, &room_len);
        size_t n = len - at < piece ? len - at : piece;

        FUZZ_CHECK(room_len > 0); /* all data was read */
        if (n > room_len) n = room_len;
        memcpy(room, data + at, n);
        at += n;
        r->status = srl_tls_received(r->tls, n, &r->err);
        run_read(r, cap);
    }
    if (!r->status) r->status = srl_tls_eof(r->tls, &r->err);
    FUZZ_CHECK(r->status != SURREAL_OK && r->err.message[0]);
    FUZZ_CHECK(r->err.status == r->status);
}

/* A client behind its ClientHello, made once: the key share takes longer than
 * all the rest. */
static void
run_begin(run *r)
{
    static srl_tls *begun;
    static run first;

    if (!begun) {
        srl_mem_init(&first.mem, NULL, 0);
        first.config = r->config;
        first.config.random_user = &first;
        begun = srl_tls_new(&first.config, &first.mem);
        if (!begun || srl_tls_start(begun, &first.err)) abort();
        srl_tls_sent(begun, srl_tls_output(begun).len);
    }
    r->tls = srl_tls_new(&r->config, &r->mem);
    if (!r->tls) abort();
    memcpy(r->tls, begun, sizeof *begun);
    r->tls->config = &r->config;
    r->tls->mem = &r->mem;
    r->randoms = first.randoms;
}

static void
run_all(run *r, const uint8_t *data, size_t len, size_t piece, size_t cap,
        unsigned fail_at)
{
    surreal_allocator allocator;

    memset(r, 0, sizeof *r);
    allocator.resize = run_resize;
    allocator.user = r;
    r->fail_at = fail_at;
    srl_mem_init(&r->mem, &allocator, 0);
    r->config.host = "db.example";
    r->config.verify.is_blind = true;
    r->config.random = run_random;
    r->config.random_user = r;
    run_begin(r);
    run_on(r, data, len, piece, cap);
    srl_tls_close(r->tls);
    r->sent += srl_tls_output(r->tls).len;
    FUZZ_CHECK(srl_tls_output(r->tls).len < SRL_TLS_OUT);
    srl_tls_free(r->tls);
    FUZZ_CHECK(!r->mem.used);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static run whole, pieces;
    size_t piece, cap;
    unsigned fail_at;

    if (len < 2) return 0;
    piece = 1 + (size_t)data[0];
    cap = data[1] & 1 ? 1 + (size_t)data[1] : 20000;
    fail_at = data[1] >= 0xf0 ? 2 + (data[1] & 3u) : 0;
    data += 2;
    len -= 2;
    run_all(&whole, data, len, SRL_TLS_IN, 20000, fail_at);
    run_all(&pieces, data, len, piece, cap, fail_at);
    FUZZ_CHECK(whole.status == pieces.status);
    FUZZ_CHECK(!strcmp(whole.err.message, pieces.err.message));
    FUZZ_CHECK(whole.total == pieces.total && whole.sum == pieces.sum);
    FUZZ_CHECK(whole.allocations == pieces.allocations);
    return 0;
}

/* ---- seeds --------------------------------------------------------------- */

#ifdef FUZZ_SEEDS
#include "tests/tls_server.h"

static tls_server server;

/* What that server says to the client of the runs, into a file. */
static void
seed(const char *folder, const char *name)
{
    static uint8_t all[50000];
    static run r;
    char path[500];
    FILE *file;
    size_t len = 2;

    memset(&r, 0, sizeof r);
    tls_server_again(&server);
    srl_mem_init(&r.mem, NULL, 0);
    r.config.host = "db.example";
    r.config.verify.is_blind = true;
    r.config.random = run_random;
    r.config.random_user = &r;
    r.tls = srl_tls_new(&r.config, &r.mem);
    if (!r.tls || srl_tls_start(r.tls, &r.err)) abort();
    for (;;) {
        surreal_bytes out = srl_tls_output(r.tls);
        size_t cap, n;
        uint8_t *room;

        tls_server_take(&server, out.ptr, out.len);
        srl_tls_sent(r.tls, out.len);
        room = srl_tls_room(r.tls, &cap);
        n = server.out_len < cap ? server.out_len : cap;
        if (!n || len + n > sizeof all) break;
        memcpy(room, server.out, n);
        memcpy(all + len, server.out, n);
        len += n;
        tls_server_sent(&server, n);
        r.status = srl_tls_received(r.tls, n, &r.err);
        run_read(&r, 20000);
    }
    printf("%s: %zu bytes, %s %s\n", name, len,
           srl_tls_is_open(r.tls) ? "open" : "not open",
           r.status ? r.err.message : "");
    srl_tls_free(r.tls);
    all[0] = (uint8_t)len;
    all[1] = (uint8_t)(len / 3);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    if (!file || fwrite(all, 1, len, file) != len) abort();
    fclose(file);
}

int
main(int argc, char **argv)
{
    static const char *faults[] = {
        "certificate 11", "certificate extension", "verify pkcs1",
        "hello psk", "request no schemes", "ticket cut", "update and more",
        "data inside a ticket", "closed in the handshake", "ccs flood",
        "message too long"};
    const char *folder = argc > 1 ? argv[1] : ".";
    char name[40];
    unsigned i;

    tls_server_init(&server);
    for (i = 0; i < 8; i++) {
        server.suite = (uint16_t)(SRL_TLS_AES_128 + i % 3);
        server.is_retry = i == 1 || i == 4;
        server.has_cookie = i == 4;
        server.asks = i == 2 || i == 5;
        server.piece = i == 3 ? 30 : i == 5 ? 9 : 0;
        server.is_apart = i == 6;
        server.is_p256 = i == 7;
        server.tickets = i % 3;
        server.updates = i % 2;
        server.greeting = "hello";
        snprintf(name, sizeof name, "good_%u", i);
        seed(folder, name);
    }
    server.piece = 0;
    server.tickets = server.updates = 1;
    for (i = 0; i < sizeof faults / sizeof *faults; i++) {
        server.asks = i % 2;
        server.fault = faults[i];
        snprintf(name, sizeof name, "bad_%u", i);
        seed(folder, name);
    }
    return 0;
}
#endif
