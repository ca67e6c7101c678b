/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_http
 *     tests/fuzz/fuzz_http.c && ./fuzz_http tests/fuzz/corpus/http
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_http tests/fuzz/fuzz_http.c
 *
 * Response heads: the same result whole and in pieces, in blocks that move.
 * The first byte says how large the pieces are. */
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

/* Feed in pieces; *block holds what the head's views point into. */
static surreal_status
feed(srl_http_head *head, const uint8_t *data, size_t len, size_t piece,
     uint8_t **block, surreal_error *err)
{
    surreal_status status = SURREAL_WOULD_BLOCK;
    size_t have = 0;

    srl_error_clear(err);
    srl_http_head_init(head);
    *block = NULL;
    while (have < len && status == SURREAL_WOULD_BLOCK) {
        have = len - have < piece ? len : have + piece;
        free(*block);
        *block = (uint8_t *)malloc(have);
        must(*block != NULL);
        memcpy(*block, data, have);
        status = srl_http_head_feed(head, *block, have, err);
    }
    return status;
}

/* Every view lies inside the head and holds no line end. */
static void
check_views(const srl_http_head *head)
{
    size_t i;

    must(head->code >= 100 && head->code <= 999);
    must(head->count <= SRL_HTTP_MAX_HEADERS);
    must(head->len <= SURREAL_MAX_HEAD);
    for (i = 0; i < head->count; i++) {
        const srl_http_header *h = &head->headers[i];

        must(h->name_len > 0);
        must(h->name + h->name_len < h->value + 1u);
        must((size_t)h->value + h->value_len + 2 <= head->len);
        must(!memchr(head->data + h->name, '\n',
                     h->value + h->value_len - h->name));
    }
    must(!memcmp(head->data + head->len - 2, "\r\n", 2));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const uint8_t nonce[16] = {'t', 'h', 'e', ' ', 's', 'a', 'm', 'p',
                                      'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'};
    static srl_http_head whole, cut;
    surreal_error err, cut_err;
    surreal_status status, cut_status;
    uint8_t *block, *cut_block;
    size_t piece;

    if (!len) return 0;
    /* Pieces are copied each time: not too many of them. */
    piece = 1 + (size_t)data[0] + len / 256;
    data++;
    len--;
    status = feed(&whole, data, len, len ? len : 1, &block, &err);
    cut_status = feed(&cut, data, len, piece, &cut_block, &cut_err);
    must(status == cut_status && err.at == cut_err.at);
    must(!strcmp(err.message, cut_err.message));
    if (!status) {
        must(whole.len == cut.len && whole.count == cut.count);
        check_views(&whole);
        check_views(&cut);
        must(!memcmp(whole.headers, cut.headers,
                     whole.count * sizeof whole.headers[0]));
        status = srl_http_upgrade_check(&whole, nonce, &err);
        must(status == srl_http_upgrade_check(&cut, nonce, &cut_err));
        must(!status || err.message[0] != '\0');
    }
    free(block);
    free(cut_block);
    return 0;
}
