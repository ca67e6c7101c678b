/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_ws
 *     tests/fuzz/fuzz_ws.c && ./fuzz_ws tests/fuzz/corpus/ws
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_ws tests/fuzz/fuzz_ws.c
 *
 * WebSocket streams: the same events whole, in pieces, and with payloads
 * received straight into the message. The first byte says how large the
 * pieces are, the second which room fails. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#ifdef FUZZ_REPLAY
#include "replay.h"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define FUZZ_MAX 5000

typedef struct reader {
    srl_ws ws;
    surreal_status status;
    uint8_t *block;
    size_t block_len;
    unsigned rooms;
    unsigned fail_at;
    unsigned events;
    uint32_t sum; /* of all that was told */
} reader;

static void
must(bool ok)
{
    if (!ok) abort();
}

static uint8_t *
reader_room(void *user, uint8_t *block, size_t used, size_t len)
{
    reader *r = (reader *)user;
    uint8_t *moved;

    must(len <= FUZZ_MAX && used <= len);
    must(block == r->block && used <= r->block_len);
    r->rooms++;
    if (r->rooms == r->fail_at) return NULL;
    moved = (uint8_t *)malloc(len ? len : 1);
    must(moved != NULL);
    if (used) memcpy(moved, block, used);
    free(block);
    r->block = moved;
    r->block_len = len;
    return moved;
}

static void
reader_add(reader *r, const void *data, size_t len)
{
    const uint8_t *p = (const uint8_t *)data;
    size_t i;

    for (i = 0; i < len; i++) {
        r->sum = (r->sum ^ p[i]) * 16777619u;
    }
}

static void
reader_event(reader *r, const srl_ws_event *event)
{
    unsigned facts[3];

    facts[0] = (unsigned)event->kind;
    facts[1] = event->opcode;
    facts[2] = event->code;
    r->events++;
    reader_add(r, facts, sizeof facts);
    reader_add(r, event->data.ptr, event->data.len);
    if (event->kind != SRL_WS_EVENT_MESSAGE) {
        must(event->data.len <= SRL_WS_MAX_CONTROL);
        return;
    }
    must(event->data.ptr == r->block && event->data.len <= r->block_len);
    must(event->opcode == SRL_WS_BINARY ||
         srl_utf8_valid(event->data.ptr, event->data.len));
    free(r->block);
    r->block = NULL;
    r->block_len = 0;
}

static void
reader_feed(reader *r, const uint8_t *data, size_t len)
{
    surreal_bytes in;

    in.ptr = data;
    in.len = len;
    while (!r->status) {
        srl_ws_event event;
        surreal_error err;

        r->status = srl_ws_next(&r->ws, &in, &event, &err);
        if (r->status) {
            must(err.status == r->status && err.message[0]);
            reader_add(r, err.message, strlen(err.message));
        } else if (event.kind == SRL_WS_EVENT_NONE) {
            must(!in.len);
            return;
        } else {
            reader_event(r, &event);
        }
    }
}

/* piece 0: whole. */
static void
reader_run(reader *r, const uint8_t *data, size_t len, size_t piece,
           unsigned fail_at, bool direct)
{
    size_t at = 0;

    memset(r, 0, sizeof *r);
    r->fail_at = fail_at;
    srl_ws_init(&r->ws, FUZZ_MAX, reader_room, r);
    while (at < len && !r->status) {
        size_t n = piece && piece < len - at ? piece : len - at;
        uint8_t *into;
        size_t want = srl_ws_want(&r->ws, &into);

        if (direct && want) {
            if (n > want) n = want;
            memcpy(into, data + at, n);
            srl_ws_filled(&r->ws, n);
            reader_feed(r, NULL, 0);
        } else {
            reader_feed(r, data + at, n);
        }
        at += n;
    }
    free(r->block);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static reader whole, pieces, direct;
    size_t piece;
    unsigned fail_at;

    if (len < 2) return 0;
    piece = 1 + (size_t)data[0] % 64;
    fail_at = data[1] % 8;
    data += 2;
    len -= 2;
    reader_run(&whole, data, len, 0, fail_at, false);
    reader_run(&pieces, data, len, piece, fail_at, false);
    reader_run(&direct, data, len, piece, fail_at, true);
    must(whole.status == pieces.status && whole.status == direct.status);
    must(whole.events == pieces.events && whole.events == direct.events);
    must(whole.rooms == pieces.rooms && whole.rooms == direct.rooms);
    must(whole.sum == pieces.sum && whole.sum == direct.sum);
    return 0;
}
