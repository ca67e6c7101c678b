/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_token
 *     tests/fuzz/fuzz_token.c && ./fuzz_token tests/fuzz/corpus/token
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_token tests/fuzz/fuzz_token.c
 *
 * Tokens: the input as a token, and as the claims of one. What is read lies
 * inside the room, and dates are dates. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#ifdef FUZZ_REPLAY
#include "replay.h"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must(bool ok)
{
    if (!ok) abort();
}

static void
must_lie_in(const srl_buf *room, surreal_str text)
{
    const char *start = (const char *)room->data;

    if (!text.ptr) {
        must(!text.len);
        return;
    }
    must(text.ptr >= start && text.ptr <= start + room->len);
    must(text.len <= (size_t)(start + room->len - text.ptr));
    must(srl_utf8_valid((const uint8_t *)text.ptr, text.len));
}

static void
read_one(surreal_str text)
{
    srl_token token;
    srl_mem mem;
    srl_buf room;
    bool ok;

    srl_mem_init(&mem, NULL, 0);
    srl_buf_init(&room, &mem, 1 << 20);
    ok = srl_token_read(text, &room, &token);
    must(token.exp >= 0 && token.exp <= (int64_t)1 << 53);
    must(token.iat >= 0 && token.iat <= (int64_t)1 << 53);
    must_lie_in(&room, token.ns);
    must_lie_in(&room, token.db);
    must_lie_in(&room, token.ac);
    if (!ok) must(!token.exp && !token.ns.ptr);
    srl_buf_free(&room);
    must(!mem.used);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_";
    char text[6000] = "a.";
    uint32_t bits = 0;
    unsigned count = 0;
    size_t n = 2;
    size_t i;

    read_one(surreal_text_of((const char *)data, len));
    if (len > 4000) return 0;
    for (i = 0; i < len; i++) {
        bits = bits << 8 | data[i];
        for (count += 8; count >= 6; count -= 6) {
            text[n++] = digits[bits >> (count - 6) & 63];
        }
    }
    if (count) text[n++] = digits[bits << (6 - count) & 63];
    text[n++] = '.';
    read_one(surreal_text_of(text, n));
    return 0;
}
