/* cc -I. -o build/unit/test_ws tests/unit/test_ws.c
 *
 * WebSocket masks, frames and messages (RFC 6455). Frame sequences are run
 * through the assembler in every cut: whole, byte by byte, in two pieces at
 * each place, and with payloads received straight into the message. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"

static const uint8_t key[4] = {0x37, 0xfa, 0x21, 0x3d}; /* RFC 6455 5.7 */

/* ---- masks --------------------------------------------------------------- */

static uint8_t
naive(uint8_t byte, size_t at)
{
    return (uint8_t)(byte ^ key[at & 3]);
}

/* One mask, copied and in place, on blocks whose ends a sanitizer watches. */
static void
mask_case(size_t len, size_t phase, size_t from, size_t to)
{
    uint8_t *a = (uint8_t *)calloc(1, from + len + 1);
    uint8_t *b = (uint8_t *)calloc(1, to + len + 1);
    uint8_t *src;
    uint8_t *dst;
    size_t bad = 0;
    size_t i;

    if (!a || !b) abort();
    src = a + 1 + from; /* ends where the block ends */
    dst = b + to;
    b[to + len] = 0x5a;
    for (i = 0; i < len; i++) {
        src[i] = (uint8_t)(i * 37 + 11);
    }
    srl_ws_mask(dst, src, len, key, phase);
    for (i = 0; i < len; i++) {
        bad += dst[i] != naive(src[i], phase + i);
        bad += src[i] != (uint8_t)(i * 37 + 11);
    }
    bad += b[to + len] != 0x5a;
    srl_ws_mask(dst, dst, len, key, phase);
    bad += len && memcmp(dst, src, len);
    if (bad) {
        TEST_FAIL("mask: len %zu phase %zu from %zu to %zu", len, phase, from,
                  to);
    }
    free(a);
    free(b);
}

TEST(test_ws_mask_all_phases_lengths_alignments)
{
    size_t len, phase, from, to;

    for (len = 0; len <= 80; len++) {
        for (phase = 0; phase < 5; phase++) {
            for (from = 0; from < 8; from++) {
                for (to = 0; to < 8; to++) {
                    mask_case(len, phase, from, to);
                }
            }
        }
    }
    mask_case(100003, 3, 1, 6);
}

/* The mask phase is not lost when a payload is masked in pieces (others:
 * Moddable 1695). */
TEST(test_ws_mask_in_pieces_keeps_the_phase)
{
    uint8_t whole[97], pieces[97];
    size_t cut, i;

    for (cut = 0; cut <= sizeof whole; cut++) {
        for (i = 0; i < sizeof whole; i++) {
            whole[i] = pieces[i] = (uint8_t)(i * 5);
        }
        srl_ws_mask(whole, whole, sizeof whole, key, 0);
        srl_ws_mask(pieces, pieces, cut, key, 0);
        srl_ws_mask(pieces + cut, pieces + cut, sizeof pieces - cut, key,
                    cut);
        CHECK(!memcmp(whole, pieces, sizeof whole));
    }
}

/* ---- frames -------------------------------------------------------------- */

TEST(test_ws_rfc6455_5_7_masked_hello)
{
    static const uint8_t want[] = {0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d,
                                   0x7f, 0x9f, 0x4d, 0x51, 0x58};
    uint8_t block[SRL_WS_MAX_HEAD + 5];
    size_t start;

    memcpy(block + SRL_WS_MAX_HEAD, "Hello", 5);
    start = srl_ws_seal(block, 5, SRL_WS_TEXT, key);
    CHECK_MEM(block + start, sizeof block - start, want, sizeof want);
}

TEST(test_ws_head_write_uses_the_shortest_length)
{
    static const struct {
        uint64_t len;
        size_t size;
        uint8_t head[10];
    } cases[] = {
        {0, 6, {0x82, 0x80}},
        {125, 6, {0x82, 0xfd}},
        {126, 8, {0x82, 0xfe, 0x00, 0x7e}},
        {256, 8, {0x82, 0xfe, 0x01, 0x00}},
        {65535, 8, {0x82, 0xfe, 0xff, 0xff}},
        {65536, 14, {0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0}},
        {UINT64_C(0x123456789a), 14,
         {0x82, 0xff, 0, 0, 0, 0x12, 0x34, 0x56, 0x78, 0x9a}},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t out[SRL_WS_MAX_HEAD];
        size_t size = srl_ws_head_write(out, SRL_WS_BINARY, cases[i].len,
                                        key);

        CHECK_INT(size, cases[i].size);
        CHECK(!memcmp(out, cases[i].head, size - 4));
        CHECK(!memcmp(out + size - 4, key, 4));
    }
}

TEST(test_ws_seal_leaves_the_payload_where_it_is)
{
    static const size_t lens[] = {0, 1, 125, 126, 65535, 65536, 70001};
    size_t i, j;

    for (i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        size_t len = lens[i];
        uint8_t *block = (uint8_t *)malloc(SRL_WS_MAX_HEAD + len);
        uint8_t head[SRL_WS_MAX_HEAD];
        size_t start, size, bad = 0;

        if (!block) abort();
        for (j = 0; j < len; j++) {
            block[SRL_WS_MAX_HEAD + j] = (uint8_t)(j * 3);
        }
        start = srl_ws_seal(block, len, SRL_WS_BINARY, key);
        size = srl_ws_head_write(head, SRL_WS_BINARY, len, key);
        CHECK_INT(start + size, SRL_WS_MAX_HEAD);
        CHECK(!memcmp(block + start, head, size));
        for (j = 0; j < len; j++) {
            bad += block[SRL_WS_MAX_HEAD + j] != naive((uint8_t)(j * 3), j);
        }
        CHECK_INT(bad, 0);
        free(block);
    }
}

TEST(test_ws_pong_repeats_the_payload)
{
    static const uint8_t want[] = {0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d,
                                   0x7f, 0x9f, 0x4d, 0x51, 0x58};
    uint8_t out[SRL_WS_MAX_CONTROL_FRAME];
    uint8_t full[SRL_WS_MAX_CONTROL];
    size_t len = srl_ws_control_write(out, SRL_WS_PONG,
                                      (const uint8_t *)"Hello", 5, key);

    CHECK_MEM(out, len, want, sizeof want);
    memset(full, 'x', sizeof full);
    len = srl_ws_control_write(out, SRL_WS_PING, full, sizeof full, key);
    CHECK_INT(len, SRL_WS_MAX_CONTROL_FRAME);
    CHECK_INT(out[1], 0x80 | 125);
    len = srl_ws_control_write(out, SRL_WS_PING, NULL, 0, key);
    CHECK_INT(len, 6);
}

/* The close frame is masked like every other (others: paho.mqtt.c 821) and
 * keeps its payload apart from its head (others: wslay 72). */
TEST(test_ws_close_frame_is_masked)
{
    static const uint8_t want[] = {0x88, 0x85, 0x37, 0xfa, 0x21, 0x3d,
                                   0x03 ^ 0x37, 0xe8 ^ 0xfa, 'b' ^ 0x21,
                                   'y' ^ 0x3d, 'e' ^ 0x37};
    uint8_t out[SRL_WS_MAX_CONTROL_FRAME];
    char reason[301];
    size_t len = srl_ws_close_write(out, SRL_WS_NORMAL, "bye", key);

    CHECK_MEM(out, len, want, sizeof want);

    len = srl_ws_close_write(out, SRL_WS_NO_CODE, "ignored", key);
    CHECK_INT(len, 6);
    CHECK_INT(out[1], 0x80);

    memset(reason, 'r', 300);
    reason[300] = '\0';
    len = srl_ws_close_write(out, 4999, reason, key);
    CHECK_INT(len, SRL_WS_MAX_CONTROL_FRAME);
    srl_ws_mask(out + 6, out + 6, len - 6, key, 0);
    CHECK_INT(srl_load16(out + 6), 4999);
    CHECK(!memcmp(out + len - 3, "...", 3));

    /* 123 bytes fit as they are. */
    reason[123] = '\0';
    len = srl_ws_close_write(out, 3000, reason, key);
    CHECK_INT(len, SRL_WS_MAX_CONTROL_FRAME);
    srl_ws_mask(out + 6, out + 6, len - 6, key, 0);
    CHECK(!memcmp(out + 8, reason, 123));
}

TEST(test_ws_close_code_of_each_failure)
{
    CHECK_INT(srl_ws_close_code(SURREAL_OK), 1000);
    CHECK_INT(srl_ws_close_code(SURREAL_ERR_WEBSOCKET), 1002);
    CHECK_INT(srl_ws_close_code(SURREAL_ERR_UTF8), 1007);
    CHECK_INT(srl_ws_close_code(SURREAL_ERR_LIMIT), 1009);
    CHECK_INT(srl_ws_close_code(SURREAL_ERR_NOMEM), 1011);
}

/* ---- heads of the server ------------------------------------------------- */

typedef struct head_case {
    const char *name;
    size_t len;
    uint8_t bytes[10];
    surreal_status status;
    const char *says; /* part of the message */
    size_t shown;     /* bytes after which it must be told */
} head_case;

/* A head of which no more than its first `len` bytes may be read. */
static surreal_status
head_of(const uint8_t *bytes, size_t len, size_t max, srl_ws_head *head,
        surreal_error *err)
{
    uint8_t *copy = (uint8_t *)malloc(len ? len : 1);
    surreal_status status;

    if (!copy) abort();
    memcpy(copy, bytes, len);
    status = srl_ws_head_read(copy, len, max, head, err);
    free(copy);
    return status;
}

static const head_case head_cases[] = {
    {"rsv1", 2, {0xc2, 0}, SURREAL_ERR_WEBSOCKET, "0x40", 1},
    {"rsv2", 2, {0xa2, 0}, SURREAL_ERR_WEBSOCKET, "0x20", 1},
    {"rsv3", 2, {0x92, 0}, SURREAL_ERR_WEBSOCKET, "0x10", 1},
    {"opcode 3", 2, {0x83, 0}, SURREAL_ERR_WEBSOCKET, "opcode 3", 1},
    {"opcode 7", 2, {0x87, 0}, SURREAL_ERR_WEBSOCKET, "opcode 7", 1},
    {"opcode 11", 2, {0x8b, 0}, SURREAL_ERR_WEBSOCKET, "opcode 11", 1},
    {"opcode 15", 2, {0x8f, 0}, SURREAL_ERR_WEBSOCKET, "opcode 15", 1},
    {"close in pieces", 2, {0x08, 0}, SURREAL_ERR_WEBSOCKET,
     "fragmented", 1},
    {"ping in pieces", 2, {0x09, 0}, SURREAL_ERR_WEBSOCKET,
     "fragmented", 1},
    {"masked", 2, {0x82, 0x81}, SURREAL_ERR_WEBSOCKET, "masked frame", 2},
    {"masked ping", 2, {0x89, 0x80}, SURREAL_ERR_WEBSOCKET,
     "masked frame", 2},
    {"long ping", 4, {0x89, 126, 0, 126}, SURREAL_ERR_WEBSOCKET,
     "longer than 125", 2},
    {"long close", 10, {0x88, 127, 0, 0, 0, 0, 0, 1, 0, 0},
     SURREAL_ERR_WEBSOCKET, "longer than 125", 2},
    {"125 in 16 bits", 4, {0x82, 126, 0, 125}, SURREAL_ERR_WEBSOCKET,
     "length 125 in 16 bits", 4},
    {"0 in 16 bits", 4, {0x82, 126, 0, 0}, SURREAL_ERR_WEBSOCKET,
     "length 0 in 16 bits", 4},
    {"125 in 64 bits", 10, {0x82, 127, 0, 0, 0, 0, 0, 0, 0, 125},
     SURREAL_ERR_WEBSOCKET, "length 125 in 64 bits", 10},
    {"65535 in 64 bits", 10, {0x82, 127, 0, 0, 0, 0, 0, 0, 255, 255},
     SURREAL_ERR_WEBSOCKET, "length 65535 in 64 bits", 10},
    {"top bit", 10, {0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0},
     SURREAL_ERR_WEBSOCKET, "top bit", 10},
    {"over the limit", 4, {0x82, 126, 3, 0xe9}, SURREAL_ERR_LIMIT,
     "frame of 1001 bytes exceeds the limit of 1000", 4},
    /* 2^32 + 1 must not be taken for 1 (others: tinymux 792). */
    {"above 32 bits", 10, {0x82, 127, 0, 0, 0, 1, 0, 0, 0, 1},
     SURREAL_ERR_LIMIT, "frame of 4294967297 bytes", 10},
};

/* Each head is also cut: what is wrong is told with the byte that shows it. */
TEST(test_ws_head_read_refuses)
{
    size_t i, n;

    for (i = 0; i < sizeof head_cases / sizeof head_cases[0]; i++) {
        const head_case *c = &head_cases[i];

        for (n = 0; n <= c->len; n++) {
            surreal_error err;
            srl_ws_head head;
            surreal_status want = n < c->shown ? SURREAL_WOULD_BLOCK
                                               : c->status;
            surreal_status got = head_of(c->bytes, n, 1000, &head, &err);

            if (got != want) {
                TEST_FAIL("%s: %zu bytes: %d, expected %d", c->name, n,
                          (int)got, (int)want);
            } else if (n >= c->shown && !strstr(err.message, c->says)) {
                TEST_FAIL("%s: %s", c->name, err.message);
            }
        }
    }
}

TEST(test_ws_head_read_fields)
{
    static const uint8_t small[] = {0x02, 125};
    static const uint8_t medium[] = {0x81, 126, 0, 126};
    static const uint8_t large[] = {0x80, 127, 0, 0, 0, 0, 0, 1, 0, 0};
    static const uint8_t close[] = {0x88, 125};
    srl_ws_head head;

    CHECK_INT(head_of(small, 2, 125, &head, NULL), SURREAL_OK);
    CHECK(!head.fin && head.opcode == SRL_WS_BINARY && head.size == 2);
    CHECK_INT(head.len, 125);
    CHECK_INT(head_of(medium, 4, 126, &head, NULL), SURREAL_OK);
    CHECK(head.fin && head.opcode == SRL_WS_TEXT && head.size == 4);
    CHECK_INT(head.len, 126);
    CHECK_INT(head_of(large, 10, 65536, &head, NULL), SURREAL_OK);
    CHECK(head.fin && !head.opcode && head.size == 10);
    CHECK_INT(head.len, 65536);
    CHECK_INT(head_of(large, 10, 65535, &head, NULL), SURREAL_ERR_LIMIT);

    /* The limit is one for messages, not for control frames. */
    CHECK_INT(head_of(close, 2, 0, &head, NULL), SURREAL_OK);
}

/* ---- messages ------------------------------------------------------------ */

/* A client that writes down what it is told:
 * "binary 3 616263; ping 0; close 1000 1 62; failed 1283 websocket: ..." */
typedef struct sim {
    srl_ws ws;
    surreal_status status;
    uint8_t *block;
    size_t block_len;
    size_t rooms;   /* calls of room */
    size_t fail_at; /* the call that fails */
    size_t log_len;
    char log[4096];
} sim;

static uint8_t *
sim_room(void *user, uint8_t *block, size_t used, size_t len)
{
    sim *s = (sim *)user;
    uint8_t *moved;

    if (!block) {
        CHECK_INT(used, 0);
        free(s->block); /* of a message that failed; there is none else */
        s->block = NULL;
        s->block_len = 0;
    }
    CHECK(block == s->block);
    CHECK(used <= s->block_len && used <= len && len <= s->ws.max);
    s->rooms++;
    if (s->rooms == s->fail_at) return NULL;
    moved = (uint8_t *)malloc(len ? len : 1); /* a sanitizer sees its end */
    if (!moved) abort();
    if (used) memcpy(moved, block, used);
    free(block);
    s->block = moved;
    s->block_len = len;
    return moved;
}

static void
sim_log(sim *s, const char *text)
{
    size_t len = strlen(text);

    if (len > sizeof s->log - 1 - s->log_len) {
        len = sizeof s->log - 1 - s->log_len;
    }
    memcpy(s->log + s->log_len, text, len);
    s->log_len += len;
    s->log[s->log_len] = '\0';
}

/* " LEN HEX", of long data the first bytes and a checksum. */
static void
sim_log_data(sim *s, surreal_bytes data)
{
    char text[64];
    uint32_t sum = 2166136261u;
    size_t i;

    snprintf(text, sizeof text, " %zu ", data.len);
    sim_log(s, text);
    for (i = 0; i < data.len; i++) {
        if (i < 8) {
            snprintf(text, sizeof text, "%02x", data.ptr[i]);
            sim_log(s, text);
        }
        sum = (sum ^ data.ptr[i]) * 16777619u;
    }
    if (data.len > 8) {
        snprintf(text, sizeof text, "..%08x", (unsigned)sum);
        sim_log(s, text);
    }
}

static void
sim_event(sim *s, const srl_ws_event *event)
{
    static const char *const names[] = {"none", "message", "ping", "pong",
                                        "close"};
    char code[16];

    if (s->log_len) sim_log(s, "; ");
    if (event->kind == SRL_WS_EVENT_MESSAGE) {
        sim_log(s, event->opcode == SRL_WS_TEXT ? "text" : "binary");
        CHECK(event->data.ptr == s->block);
        CHECK(event->data.len <= s->block_len);
    } else {
        sim_log(s, names[event->kind]);
    }
    if (event->kind == SRL_WS_EVENT_CLOSE) {
        snprintf(code, sizeof code, " %u", event->code);
        sim_log(s, code);
    }
    sim_log_data(s, event->data);
    if (event->kind == SRL_WS_EVENT_MESSAGE) {
        free(s->block);
        s->block = NULL;
        s->block_len = 0;
    }
}

/* Feed bytes from a block of exactly their size. */
static void
sim_feed(sim *s, const uint8_t *data, size_t len)
{
    uint8_t *copy = (uint8_t *)malloc(len ? len : 1);
    surreal_bytes in;

    if (!copy) abort();
    if (len) memcpy(copy, data, len);
    in.ptr = copy;
    in.len = len;
    while (!s->status) {
        srl_ws_event event;
        surreal_error err;

        s->status = srl_ws_next(&s->ws, &in, &event, &err);
        if (s->status) {
            char code[32];

            snprintf(code, sizeof code, "%sfailed %d ",
                     s->log_len ? "; " : "", (int)s->status);
            sim_log(s, code);
            sim_log(s, err.message);
            CHECK_INT(err.status, s->status);
        } else if (event.kind == SRL_WS_EVENT_NONE) {
            CHECK_INT(in.len, 0);
            break;
        } else {
            sim_event(s, &event);
        }
    }
    free(copy);
}

/* Payloads go into the message directly, at most `piece` bytes at a time; all
 * else byte by byte. */
static void
sim_feed_direct(sim *s, const uint8_t *data, size_t len, size_t piece)
{
    size_t at = 0;

    while (at < len && !s->status) {
        uint8_t *into;
        size_t want = srl_ws_want(&s->ws, &into);

        if (!want) {
            sim_feed(s, data + at, 1);
            at++;
            continue;
        }
        if (want > len - at) want = len - at;
        if (want > piece) want = piece;
        memcpy(into, data + at, want);
        srl_ws_filled(&s->ws, want);
        sim_feed(s, data, 0);
        at += want;
    }
}

static void
sim_init(sim *s, size_t max, size_t fail_at)
{
    memset(s, 0, sizeof *s);
    s->fail_at = fail_at;
    srl_ws_init(&s->ws, max, sim_room, s);
}

static void
sim_end(sim *s)
{
    free(s->block);
    s->block = NULL;
}

static void
sim_expect(sim *s, const char *want, const char *how, size_t cut)
{
    sim_end(s);
    if (strcmp(s->log, want)) {
        TEST_FAIL("%s %zu: \"%s\", expected \"%s\"", how, cut, s->log,
                  want);
    }
}

/* The log of `bytes` is `want` in every cut. */
static void
check_stream(const uint8_t *bytes, size_t len, size_t max, const char *want)
{
    static sim s;
    size_t cut;
    size_t step = len > 4096 ? len / 997 : 1;

    sim_init(&s, max, 0);
    sim_feed(&s, bytes, len);
    sim_expect(&s, want, "whole", 0);
    for (cut = 0; cut <= len; cut += step) {
        sim_init(&s, max, 0);
        sim_feed(&s, bytes, cut);
        sim_feed(&s, bytes + cut, len - cut);
        sim_expect(&s, want, "cut at", cut);
    }
    sim_init(&s, max, 0);
    for (cut = 0; cut < len; cut++) {
        sim_feed(&s, bytes + cut, 1);
    }
    sim_expect(&s, want, "byte by byte", 0);
    for (cut = 1; cut <= len; cut = cut * 3 + 1) {
        sim_init(&s, max, 0);
        sim_feed_direct(&s, bytes, len, cut);
        sim_expect(&s, want, "direct", cut);
    }
}

#define STREAM(bytes, max, want) \
    check_stream((const uint8_t *)(bytes), sizeof(bytes) - 1, max, want)

TEST(test_ws_rfc6455_5_7_examples)
{
    static uint8_t large[10 + 65536] = {0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0};
    static uint8_t medium[4 + 256] = {0x82, 0x7e, 0x01, 0x00};

    STREAM("\x81\x05Hello", 5, "text 5 48656c6c6f");
    STREAM("\x01\x03Hel\x80\x02lo", 5, "text 5 48656c6c6f");
    STREAM("\x89\x05Hello", 0, "ping 5 48656c6c6f");
    STREAM("\x8a\x05Hello", 0, "pong 5 48656c6c6f");
    check_stream(medium, sizeof medium, 256,
                 "binary 256 0000000000000000..e6a1d1c5");
    check_stream(large, sizeof large, 65536,
                 "binary 65536 0000000000000000..5e509dc5");
}

TEST(test_ws_empty_frames)
{
    STREAM("\x82\x00", 0, "binary 0 ");
    STREAM("\x81\x00\x82\x00\x89\x00\x8a\x00", 0,
           "text 0 ; binary 0 ; ping 0 ; pong 0 ");
    STREAM("\x02\x00\x00\x00\x80\x00\x82\x01x", 1,
           "binary 0 ; binary 1 78");
    STREAM("\x02\x00\x00\x01" "a\x00\x00\x80\x01" "b", 2,
           "binary 2 6162");
}

/* SurrealDB pings every five seconds, also while it sends a long answer. */
TEST(test_ws_control_frames_between_fragments)
{
    STREAM("\x02\x02" "ab" "\x89\x00" "\x00\x01" "c" "\x8a\x02" "xy"
           "\x89\x03" "123" "\x80\x02" "de" "\x82\x01" "f",
           5, "ping 0 ; pong 2 7879; ping 3 313233; "
           "binary 5 6162636465; binary 1 66");
    STREAM("\x02\x02" "ab" "\x88\x02\x03\xe8" "\x80\x01" "c", 5,
           "close 1000 0 ");
}

/* Whole messages come out whatever frames the server cuts them into (others:
 * libwebsockets 585, 1366, 2137, 2318, 2601, 2848, 3374, 3510). */
TEST(test_ws_fragments_come_out_as_one_message)
{
    STREAM("\x02\x01" "a" "\x00\x01" "b" "\x00\x01" "c" "\x00\x01" "d"
           "\x00\x01" "e" "\x00\x01" "f" "\x80\x01" "g", 7,
           "binary 7 61626364656667");
}

/* A head split across reads is understood (others: curl 10962 and 10856). */
TEST(test_ws_head_split_across_reads)
{
    static uint8_t bytes[10 + 65536 + 2] = {0x82, 0x7f, 0, 0, 0, 0, 0, 1};
    static sim s;
    size_t cut;

    bytes[sizeof bytes - 2] = 0x89;
    for (cut = 1; cut < 10; cut++) {
        sim_init(&s, 65536, 0);
        sim_feed(&s, bytes, cut);
        CHECK_STR(s.log, "");
        CHECK_INT(s.rooms, 0);
        sim_feed(&s, bytes + cut, sizeof bytes - cut);
        sim_expect(&s, "binary 65536 0000000000000000..5e509dc5; ping 0 ",
                   "head cut at", cut);
    }
}

TEST(test_ws_refuses_wrong_sequences)
{
    STREAM("\x80\x01" "a", 9, "failed 1283 websocket: continuation without "
           "a message (RFC 6455 5.4)");
    STREAM("\x00\x00", 9, "failed 1283 websocket: continuation without a "
           "message (RFC 6455 5.4)");
    STREAM("\x82\x01" "a" "\x80\x01" "b", 9,
           "binary 1 61; failed 1283 websocket: continuation without a "
           "message (RFC 6455 5.4)");
    STREAM("\x02\x01" "a" "\x82\x01" "b", 9,
           "failed 1283 websocket: new message inside a fragmented one "
           "(RFC 6455 5.4)");
    STREAM("\x01\x00\x01\x00", 9,
           "failed 1283 websocket: new message inside a fragmented one "
           "(RFC 6455 5.4)");
    STREAM("\x89\x00\x82\x81" "abcde", 9,
           "ping 0 ; failed 1283 websocket: masked frame from the server "
           "(RFC 6455 5.1)");
    STREAM("\xc2\x01" "a", 9,
           "failed 1283 websocket: reserved bits 0x40 set, no extension was "
           "agreed on (RFC 6455 5.2)");
}

TEST(test_ws_limit_counts_the_whole_message)
{
    STREAM("\x82\x05" "abcde", 5, "binary 5 6162636465");
    STREAM("\x82\x06" "abcdef", 5, "failed 2049 websocket: frame of 6 bytes "
           "exceeds the limit of 5");
    STREAM("\x02\x03" "abc" "\x80\x02" "de", 5, "binary 5 6162636465");
    STREAM("\x02\x03" "abc" "\x80\x03" "def", 5,
           "failed 2049 websocket: message of at least 6 bytes exceeds the "
           "limit of 5");
    STREAM("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", (size_t)-1 >> 8,
           sizeof(size_t) == 8
               ? "failed 2049 websocket: frame of 9223372036854775807 bytes "
                 "exceeds the limit of 72057594037927935"
               : "failed 2049 websocket: frame of 9223372036854775807 bytes "
                 "exceeds the limit of 16777215");
}

TEST(test_ws_text_must_be_utf8)
{
    STREAM("\x81\x03\xe2\x82\xac", 9, "text 3 e282ac");
    STREAM("\x01\x01\xe2\x00\x01\x82\x80\x01\xac", 9, "text 3 e282ac");
    STREAM("\x81\x02\xc0\x80", 9, "failed 1285 websocket: text message is "
           "not UTF-8 (RFC 6455 8.1)");
    STREAM("\x01\x02\xe2\x82\x80\x00", 9, "failed 1285 websocket: text "
           "message is not UTF-8 (RFC 6455 8.1)");
    STREAM("\x82\x02\xc0\x80", 9, "binary 2 c080");
}

/* ---- closing ------------------------------------------------------------- */

/* Nothing counts after a close frame (others: tinymux 792, wslay 72). */
TEST(test_ws_close_ends_the_stream)
{
    STREAM("\x88\x00", 9, "close 1005 0 ");
    STREAM("\x88\x02\x03\xe8", 9, "close 1000 0 ");
    STREAM("\x88\x05\x03\xf5" "bye", 9, "close 1013 3 627965");
    STREAM("\x88\x02\x03\xe8" "\x82\x01" "a" "\xff\xff\xff", 9,
           "close 1000 0 ");
}

TEST(test_ws_close_payload_of_one_byte)
{
    STREAM("\x88\x01\x03", 9, "failed 1283 websocket: close frame with half "
           "a code (RFC 6455 5.5.1)");
}

TEST(test_ws_close_reason_must_be_utf8)
{
    STREAM("\x88\x04\x03\xe8\xc3\xa4", 9, "close 1000 2 c3a4");
    STREAM("\x88\x03\x03\xe8\xc3", 9, "failed 1285 websocket: close reason "
           "is not UTF-8 (RFC 6455 5.5.1)");
}

TEST(test_ws_close_codes)
{
    static const unsigned good[] = {1000, 1001, 1002, 1003, 1007, 1008,
                                    1009, 1010, 1011, 1012, 1013, 1014,
                                    3000, 3999, 4000, 4999};
    unsigned code;
    size_t i = 0;

    for (code = 0; code <= 65535; code++) {
        uint8_t bytes[4] = {0x88, 2, 0, 0};
        bool ok = i < sizeof good / sizeof good[0] && code == good[i];
        surreal_bytes in;
        srl_ws_event event;
        sim s;

        if (code > 3000 && code < 4999) ok = true;
        if (i < sizeof good / sizeof good[0] && code == good[i]) i++;
        srl_store16(bytes + 2, (uint16_t)code);
        sim_init(&s, 0, 0);
        in.ptr = bytes;
        in.len = 4;
        if (ok != !srl_ws_next(&s.ws, &in, &event, NULL)) {
            TEST_FAIL("close code %u", code);
        } else if (ok && event.code != code) {
            TEST_FAIL("close code %u came as %u", code, event.code);
        }
    }
    CHECK_INT(i, sizeof good / sizeof good[0]);
}

/* ---- memory and state ---------------------------------------------------- */

TEST(test_ws_unfragmented_message_gets_one_exact_room)
{
    static uint8_t bytes[4 + 300] = {0x82, 126, 1, 44};
    static sim s;

    sim_init(&s, 1000, 0);
    sim_feed(&s, bytes, 5);
    CHECK_INT(s.rooms, 1);
    CHECK_INT(s.block_len, 300);
    CHECK(s.ws.opcode != 0);
    sim_feed(&s, bytes + 5, sizeof bytes - 5);
    CHECK_INT(s.rooms, 1);
    CHECK_INT(s.ws.opcode, 0);
    sim_end(&s);
}

/* A message in n small fragments is not moved n times. */
TEST(test_ws_many_fragments_are_moved_few_times)
{
    static sim s;
    uint8_t frame[12] = {0x02, 10};
    size_t i;

    sim_init(&s, 50000, 0);
    for (i = 0; i < 5000; i++) {
        memset(frame + 2, (int)(i & 0xff), 10);
        if (i == 4999) frame[0] = 0x80;
        sim_feed(&s, frame, sizeof frame);
        frame[0] = 0x00;
    }
    CHECK_INT(s.status, SURREAL_OK);
    CHECK(!strncmp(s.log, "binary 50000 ", 13));
    CHECK(s.rooms <= 16);
    sim_end(&s);
}

/* When the last fragment begins, the length is known. */
TEST(test_ws_last_fragment_makes_the_room_exact)
{
    static const uint8_t bytes[] = {0x02, 2, 'a', 'b', 0x00, 1, 'c',
                                    0x80, 2, 'd'};
    static sim s;

    sim_init(&s, 100, 0);
    sim_feed(&s, bytes, 4);
    CHECK_INT(s.block_len, 2);
    sim_feed(&s, bytes + 4, 3);
    CHECK_INT(s.block_len, 4);
    sim_feed(&s, bytes + 7, 3);
    CHECK_INT(s.block_len, 5);
    CHECK_INT(s.rooms, 3);
    sim_end(&s);
}

TEST(test_ws_no_memory_at_every_room)
{
    static const char bytes[] = "\x82\x02" "ab" "\x02\x01" "c" "\x89\x00"
                                "\x00\x04" "defg" "\x00\x09" "hijklmnop"
                                "\x80\x20" "01234567890123456789012345678901"
                                "\x82\x00";
    static sim s;
    size_t fail_at;

    for (fail_at = 1;; fail_at++) {
        sim_init(&s, 100, fail_at);
        sim_feed(&s, (const uint8_t *)bytes, sizeof bytes - 1);
        sim_end(&s);
        if (s.rooms < fail_at) break;
        CHECK_INT(s.status, SURREAL_ERR_NOMEM);
        CHECK(strstr(s.log, "no memory for a message of") != NULL);
        CHECK_INT(s.rooms, fail_at);
    }
    CHECK_INT(s.status, SURREAL_OK);
    CHECK(fail_at > 5);
}

TEST(test_ws_first_failure_is_final)
{
    static const uint8_t bad[] = {0xf2, 0};
    static const uint8_t good[] = {0x89, 0};
    surreal_bytes in = {good, 2};
    uint8_t *into;
    srl_ws_event event;
    surreal_error err;
    static sim s;

    sim_init(&s, 9, 0);
    sim_feed(&s, bad, sizeof bad);
    CHECK_INT(s.status, SURREAL_ERR_WEBSOCKET);
    srl_fail(&err, SURREAL_ERR_IO, "mine");
    CHECK_INT(srl_ws_next(&s.ws, &in, &event, &err), SURREAL_ERR_WEBSOCKET);
    CHECK_STR(err.message, "mine");
    CHECK_INT(event.kind, SRL_WS_EVENT_NONE);
    CHECK_INT(srl_ws_want(&s.ws, &into), 0);
    sim_end(&s);
}

TEST(test_ws_want_counts_down)
{
    static const uint8_t head[] = {0x82, 126, 0, 200};
    static uint8_t body[200];
    static sim s;
    uint8_t *first, *into;

    sim_init(&s, 200, 0);
    CHECK_INT(srl_ws_want(&s.ws, &into), 0);
    sim_feed(&s, head, sizeof head);
    CHECK_INT(srl_ws_want(&s.ws, &first), 200);
    sim_feed(&s, body, 50);
    CHECK_INT(srl_ws_want(&s.ws, &into), 150);
    CHECK(into == first + 50);
    memcpy(into, body, 149);
    srl_ws_filled(&s.ws, 149);
    sim_feed(&s, body, 0);
    CHECK_STR(s.log, "");
    CHECK_INT(srl_ws_want(&s.ws, &into), 1);
    *into = 0;
    srl_ws_filled(&s.ws, 1);
    CHECK_INT(srl_ws_want(&s.ws, &into), 0);
    sim_feed(&s, body, 0);
    CHECK(!strncmp(s.log, "binary 200 ", 11));
    sim_end(&s);
}

/* A control frame's payload is not asked for directly. */
TEST(test_ws_want_is_for_messages_only)
{
    static const uint8_t bytes[] = {0x89, 5, 'H', 'e'};
    static sim s;
    uint8_t *into;

    sim_init(&s, 9, 0);
    sim_feed(&s, bytes, sizeof bytes);
    CHECK_INT(srl_ws_want(&s.ws, &into), 0);
    sim_end(&s);
}

/* ---- random -------------------------------------------------------------- */

static uint64_t dice_state;

static size_t
dice(size_t sides)
{
    dice_state ^= dice_state << 13;
    dice_state ^= dice_state >> 7;
    dice_state ^= dice_state << 17;
    return (size_t)(dice_state >> 11) % sides;
}

/* Append a server frame; returns the new length. */
static size_t
frame_put(uint8_t *out, size_t at, unsigned first, size_t len, size_t start)
{
    size_t i;

    out[at++] = (uint8_t)first;
    if (len < 126) {
        out[at++] = (uint8_t)len;
    } else {
        out[at++] = 126;
        srl_store16(out + at, (uint16_t)len);
        at += 2;
    }
    for (i = 0; i < len; i++) {
        out[at++] = (uint8_t)(start + i);
    }
    return at;
}

/* Random messages in random fragments with pings between them: received in
 * random pieces they give the events of the same messages unfragmented. */
TEST(test_ws_random_streams)
{
    static uint8_t frames[16384], plain[16384];
    static sim a, b;
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : 20250101;
    int round;

    dice_state = seed | 1;
    for (round = 0; round < 400; round++) {
        size_t messages = 1 + dice(6), at = 0, plain_at = 0, done = 0;

        for (; messages; messages--) {
            size_t len = dice(dice(2) ? 10 : 700), start = dice(256), used;
            unsigned first = SRL_WS_BINARY;

            for (used = 0; dice(3); ) {
                size_t part = dice(len - used + 1);

                at = frame_put(frames, at, first, part, start + used);
                first = SRL_WS_CONTINUATION;
                used += part;
                if (dice(3)) continue;
                part = dice(126);
                at = frame_put(frames, at, 0x89, part, used);
                plain_at = frame_put(plain, plain_at, 0x89, part, used);
            }
            at = frame_put(frames, at, 0x80 | first, len - used,
                           start + used);
            plain_at = frame_put(plain, plain_at, 0x82, len, start);
        }
        sim_init(&a, 700, 0);
        while (done < at && !a.status) {
            size_t n = 1 + dice(dice(2) ? 8 : 900);

            if (n > at - done) n = at - done;
            if (dice(2)) sim_feed(&a, frames + done, n);
            else sim_feed_direct(&a, frames + done, n, 1 + dice(99));
            done += n;
        }
        sim_init(&b, 700, 0);
        sim_feed(&b, plain, plain_at);
        sim_end(&a);
        sim_end(&b);
        if (a.status || strcmp(a.log, b.log)) {
            TEST_FAIL("round %d, TEST_SEED=%llu: \"%s\", expected \"%s\"",
                      round, (unsigned long long)seed, a.log, b.log);
        }
    }
}

TEST_MAIN(
    RUN(test_ws_mask_all_phases_lengths_alignments);
    RUN(test_ws_mask_in_pieces_keeps_the_phase);
    RUN(test_ws_rfc6455_5_7_masked_hello);
    RUN(test_ws_head_write_uses_the_shortest_length);
    RUN(test_ws_seal_leaves_the_payload_where_it_is);
    RUN(test_ws_pong_repeats_the_payload);
    RUN(test_ws_close_frame_is_masked);
    RUN(test_ws_close_code_of_each_failure);
    RUN(test_ws_head_read_refuses);
    RUN(test_ws_head_read_fields);
    RUN(test_ws_rfc6455_5_7_examples);
    RUN(test_ws_empty_frames);
    RUN(test_ws_control_frames_between_fragments);
    RUN(test_ws_fragments_come_out_as_one_message);
    RUN(test_ws_head_split_across_reads);
    RUN(test_ws_refuses_wrong_sequences);
    RUN(test_ws_limit_counts_the_whole_message);
    RUN(test_ws_text_must_be_utf8);
    RUN(test_ws_close_ends_the_stream);
    RUN(test_ws_close_payload_of_one_byte);
    RUN(test_ws_close_reason_must_be_utf8);
    RUN(test_ws_close_codes);
    RUN(test_ws_unfragmented_message_gets_one_exact_room);
    RUN(test_ws_many_fragments_are_moved_few_times);
    RUN(test_ws_last_fragment_makes_the_room_exact);
    RUN(test_ws_no_memory_at_every_room);
    RUN(test_ws_first_failure_is_final);
    RUN(test_ws_want_counts_down);
    RUN(test_ws_want_is_for_messages_only);
    RUN(test_ws_random_streams);
)
