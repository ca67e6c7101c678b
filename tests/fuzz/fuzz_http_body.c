/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_http_body
 *     tests/fuzz/fuzz_http_body.c && ./fuzz_http_body
 *     tests/fuzz/corpus/http_body
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_http_body
 *     tests/fuzz/fuzz_http_body.c
 *
 * Responses with their bodies: the same spans whole and in pieces, and what
 * was decoded comes back from chunks of our own. The same bytes as a header
 * of a request never make a line of their own. The first byte says how large
 * the pieces are, the second is method (0x03), a low limit (0x04), and
 * whether the server closes at the end (0x08). */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"

typedef struct decoded {
    surreal_status status;
    surreal_error err;
    srl_http_body body;
    uint8_t *data;
    size_t len;
    size_t rest;
} decoded;

/* Feed one piece in a block of its own. */
static void
feed(decoded *d, const uint8_t *data, size_t len)
{
    uint8_t *block = (uint8_t *)malloc(len ? len : 1);
    surreal_bytes in, span;

    FUZZ_CHECK(block);
    if (len) memcpy(block, data, len);
    in.ptr = block;
    in.len = len;
    for (;;) {
        d->status = srl_http_body_next(&d->body, &in, &span, &d->err);
        if (d->status || !span.len) break;
        FUZZ_CHECK(span.ptr >= block && span.ptr + span.len == in.ptr);
        memcpy(d->data + d->len, span.ptr, span.len);
        d->len += span.len;
    }
    FUZZ_CHECK(d->body.got == d->len && d->len <= d->body.max);
    FUZZ_CHECK(d->status || d->body.is_done);
    FUZZ_CHECK(d->status != SURREAL_WOULD_BLOCK || !in.len);
    d->rest += in.len;
    free(block);
}

static void
decode(decoded *d, const srl_http_head *head, const uint8_t *data, size_t len,
       size_t piece, unsigned flags)
{
    uint64_t max = flags & 4 ? 100 : ~(uint64_t)0;
    srl_http_method method = flags & 1 ? SRL_HTTP_GET
                           : flags & 2 ? SRL_HTTP_HEAD : SRL_HTTP_POST;
    size_t at = 0;

    memset(d, 0, sizeof *d);
    srl_error_clear(&d->err);
    d->status = srl_http_body_init(&d->body, head, method, max, &d->err);
    if (d->status) return;
    d->data = (uint8_t *)malloc(len ? len : 1);
    FUZZ_CHECK(d->data);
    do {
        size_t n = len - at < piece ? len - at : piece;

        feed(d, data + at, n);
        at += n;
    } while (at < len && d->status == SURREAL_WOULD_BLOCK);
    if (!d->status) d->rest += len - at;
    if (flags & 8 && d->status == SURREAL_WOULD_BLOCK) {
        d->status = srl_http_body_eof(&d->body, &d->err);
        FUZZ_CHECK(d->body.is_done == !d->status);
    }
}

/* Chunks written with what was decoded hold it. */
static void
check_chunks(const decoded *d, size_t piece)
{
    static const char text[] = "HTTP/1.1 200 OK\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n";
    static srl_http_head head;
    size_t cap = d->len + (d->len / piece + 2) * 24;
    size_t at = 0;
    uint8_t *room = (uint8_t *)malloc(cap);
    decoded again;
    srl_buf buf;

    FUZZ_CHECK(room);
    srl_buf_fixed(&buf, room, cap);
    while (at < d->len) {
        size_t n = d->len - at < piece ? d->len - at : piece;

        srl_http_chunk_put(&buf, d->data + at, n);
        at += n;
    }
    srl_http_chunk_last(&buf);
    FUZZ_CHECK(!buf.status);
    srl_http_head_init(&head);
    FUZZ_CHECK(!srl_http_head_feed(&head, (const uint8_t *)text,
                                   sizeof text - 1, NULL));
    decode(&again, &head, buf.data, buf.len, buf.len, 1);
    FUZZ_CHECK(!again.status && again.body.is_reusable && !again.rest);
    FUZZ_CHECK(again.len == d->len);
    FUZZ_CHECK(!d->len || !memcmp(again.data, d->data, d->len));
    free(again.data);
    free(room);
}

/* A header made of the input: refused, or one line. */
static void
check_field(const uint8_t *data, size_t len, size_t cut)
{
    static const uint8_t nonce[16] = {0};
    static char room[4096];
    surreal_error err;
    srl_http_field field;
    srl_url url;
    srl_buf buf;
    size_t lines = 0, i;

    if (len > 2048) len = 2048;
    if (cut > len) cut = len;
    field.name = surreal_text_of((const char *)data, cut);
    field.value = surreal_text_of((const char *)data + cut, len - cut);
    FUZZ_CHECK(!srl_url_parse(&url, "ws://h", 6, &err));
    srl_buf_fixed(&buf, room, sizeof room);
    if (srl_http_upgrade_write(&buf, &url, nonce, &field, 1, &err)) {
        FUZZ_CHECK(!buf.len && err.message[0] && err.at <= len);
        return;
    }
    for (i = 1; i < buf.len; i++) {
        lines += room[i] == '\n';
        FUZZ_CHECK(room[i] && (room[i - 1] == '\r') == (room[i] == '\n'));
    }
    FUZZ_CHECK(lines == 9 && room[buf.len - 1] == '\n');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static srl_http_head head;
    static decoded whole, cut;
    surreal_error err;
    size_t piece;
    unsigned flags;

    if (len < 2) return 0;
    piece = 1 + (size_t)data[0];
    flags = data[1];
    data += 2;
    len -= 2;
    check_field(data, len, piece);
    srl_http_head_init(&head);
    if (srl_http_head_feed(&head, data, len, &err)) return 0;
    data += head.len;
    len -= head.len;
    if (srl_http_is_interim(&head)) {
        FUZZ_CHECK(!srl_http_head_restart(&head, &err));
        return 0;
    }
    decode(&whole, &head, data, len, len ? len : 1, flags);
    decode(&cut, &head, data, len, piece, flags);
    FUZZ_CHECK(whole.status == cut.status && whole.len == cut.len);
    FUZZ_CHECK(whole.err.at == cut.err.at);
    FUZZ_CHECK(!strcmp(whole.err.message, cut.err.message));
    FUZZ_CHECK(!whole.len || !memcmp(whole.data, cut.data, whole.len));
    FUZZ_CHECK(whole.body.at == cut.body.at);
    FUZZ_CHECK(whole.body.is_done == cut.body.is_done);
    if (!whole.status) {
        FUZZ_CHECK(whole.rest == cut.rest && whole.body.is_done);
        FUZZ_CHECK(whole.rest == len - (whole.body.at - head.len));
        check_chunks(&whole, piece);
    }
    free(whole.data);
    free(cut.data);
    return 0;
}
