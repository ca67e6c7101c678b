/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_pem
 *     tests/fuzz/fuzz_pem.c && ./fuzz_pem tests/fuzz/corpus/pem
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_pem tests/fuzz/fuzz_pem.c
 *
 * PEM: every block in room as long as the text, which is found again when it
 * is written anew; and the whole as a store, strict and lenient, with an
 * allocation that fails. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

typedef struct heap {
    size_t held;
    unsigned calls;
    unsigned fail_at;
} heap;

static void *
heap_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    heap *h = (heap *)user;
    void *moved;

    if (new_len && ++h->calls == h->fail_at) return NULL;
    h->held += new_len - old_len;
    if (!new_len) {
        free(block);
        return NULL;
    }
    moved = realloc(block, new_len);
    FUZZ_CHECK(moved != NULL);
    return moved;
}

/* What was decoded, as text again, gives the same. */
static void
again(surreal_bytes der)
{
    size_t cap = SRL_BASE64_LEN(der.len) + 80;
    char *text = (char *)malloc(cap);
    uint8_t *room = (uint8_t *)malloc(cap);
    surreal_bytes in, out;
    size_t at = 0;
    size_t n;

    FUZZ_CHECK(text && room);
    n = (size_t)snprintf(text, cap, "-----BEGIN CERTIFICATE-----\n");
    n += srl_base64_encode(text + n, der.ptr, der.len);
    n += (size_t)snprintf(text + n, cap - n, "\n-----END CERTIFICATE-----");
    in.ptr = (const uint8_t *)text;
    in.len = n;
    FUZZ_CHECK(!srl_pem_next(in, &at, room, cap, &out, NULL));
    FUZZ_CHECK(at == n && srl_bytes_equal(out, der));
    free(text);
    free(room);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    surreal_allocator allocator;
    surreal_trust *trust = NULL;
    surreal_error err;
    surreal_status status;
    surreal_bytes text, out;
    uint8_t *room = (uint8_t *)malloc(len ? len : 1);
    heap h = {0, 0, 0};
    size_t at = 0;

    FUZZ_CHECK(room != NULL);
    text.ptr = data;
    text.len = len;
    for (;;) {
        size_t before = at;

        status = srl_pem_next(text, &at, room, len, &out, &err);
        if (status == SURREAL_NOT_FOUND) break;
        FUZZ_CHECK(at > before && at <= len);
        if (status) {
            FUZZ_CHECK(status == SURREAL_ERR_CERT && err.at <= len);
        } else {
            FUZZ_CHECK(out.ptr == room && out.len && out.len < len);
            again(out);
        }
    }
    FUZZ_CHECK(at == len);
    free(room);

    h.fail_at = len ? data[len - 1] % 8 : 0;
    allocator.resize = heap_resize;
    allocator.user = &h;
    status = surreal_trust_memory(&allocator, text, &trust, &err);
    FUZZ_CHECK(!status == !!trust);
    if (status) FUZZ_CHECK(err.status == status && err.at <= len);
    surreal_trust_free(trust);
    FUZZ_CHECK(!h.held);
    trust = srl_trust_new(&allocator);
    if (trust) (void)srl_trust_add(trust, text, true, &err);
    surreal_trust_free(trust);
    FUZZ_CHECK(!h.held);
    return 0;
}
