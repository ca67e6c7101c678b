/* http/body.c: where the body of a response ends, RFC 9112 sections 6 and 7. */
#include "http/http.h"

/* Once the head has said how the end is known, three framings are one thing:
 * `left` bytes of data to hand out as they lie in the input. What happens when
 * none are left tells them apart:
 *
 *   LENGTH       the body is done
 *   CHUNKED      the chunk's line end, then the next chunk's line
 *   UNTIL_CLOSE  `left` counts down from the limit; a byte more is beyond it
 *
 * Between the data of chunks each byte is looked at by itself, with a CR
 * remembered, so any cut of the input gives the same result at the same byte.
 *
 *   SIZE     hex digits                 -> BLANK, EXT, line end
 *   BLANK    blanks before a ';'        -> EXT
 *   EXT      extensions, not looked at  -> line end
 *   DATA     left bytes                 -> DATA_END
 *   DATA_END CR LF                      -> SIZE
 *   TRAILER  start of a line            -> LINE, or CR LF and done
 *   LINE     inside a line              -> TRAILER
 *
 *   holds    got + left <= max in every state
 *   refuses  what makes two readers see two ends: both framings at once,
 *            lengths that differ, codings but chunked, bare CR or LF (RFC 9112
 *            11.1); and what only costs: long lines, long trailers */
enum {
    SRL_HTTP_AT_SIZE,
    SRL_HTTP_AT_BLANK,
    SRL_HTTP_AT_EXT,
    SRL_HTTP_AT_DATA,
    SRL_HTTP_AT_DATA_END,
    SRL_HTTP_AT_TRAILER,
    SRL_HTTP_AT_LINE
};

static surreal_status
srl_http_body_limit(surreal_error *err, uint64_t at, const char *what,
                    uint64_t max)
{
    surreal_status status = srl_fail(err, SURREAL_ERR_LIMIT,
                                     "http response: %s more than %llu bytes "
                                     "(at byte %llu)", what,
                                     (unsigned long long)max,
                                     (unsigned long long)at);

    if (err) err->at = (size_t)at;
    return status;
}

/* ---- what the head says -------------------------------------------------- */

/* A header's value that is not what it should be, by name. */
static surreal_status
srl_http_body_refuse(surreal_error *err, const srl_http_head *head,
                     const char *name, surreal_str value,
                     const char *expected)
{
    size_t at = (size_t)((const uint8_t *)value.ptr - head->data);
    char came[SRL_HTTP_QUOTE];
    surreal_status status;

    status = srl_fail(err, SURREAL_ERR_HTTP,
                      "http response: %s is \"%s\"; expected %s (at byte "
                      "%llu)", name, srl_http_quote(came, value), expected,
                      (unsigned long long)at);
    if (err) err->at = at;
    return status;
}

/* Content-Length = 1*DIGIT. A list of one number over and over is what careless
 * proxies make of repeated headers, and allowed (RFC 9110 8.6). */
static surreal_status
srl_http_length_read(const srl_http_head *head, surreal_str value,
                     bool *is_known, uint64_t *len, surreal_error *err)
{
    static const char name[] = "Content-Length";
    const uint8_t *p = (const uint8_t *)value.ptr;
    size_t i = 0;

    for (;;) {
        size_t start = i;
        uint64_t n = 0;

        while (i < value.len && p[i] >= '0' && p[i] <= '9') {
            unsigned digit = (unsigned)p[i++] - '0';

            if (n > (~(uint64_t)0 - digit) / 10) {
                return srl_http_body_refuse(err, head, name, value,
                                            "a number below 2^64");
            }
            n = n * 10 + digit;
        }
        if (i == start) break;
        if (*is_known && n != *len) {
            return srl_http_body_refuse(err, head, name, value,
                                        "the same number each time");
        }
        *is_known = true;
        *len = n;
        while (i < value.len && srl_http_is_blank(p[i])) {
            i++;
        }
        if (i == value.len) return SURREAL_OK;
        if (p[i++] != ',') break;
        while (i < value.len && srl_http_is_blank(p[i])) {
            i++;
        }
    }
    return srl_http_body_refuse(err, head, name, value, "a number");
}

/* Transfer-Encoding, once and "chunked", without what contradicts it. */
static surreal_status
srl_http_chunked_read(const srl_http_head *head, bool has_length,
                      bool *is_chunked, surreal_error *err)
{
    static const char name[] = "Transfer-Encoding";
    size_t next = 0;
    surreal_str value = srl_http_header_next(head, name, &next);
    surreal_str more;

    *is_chunked = value.ptr != NULL;
    if (!*is_chunked) return SURREAL_OK;
    if (has_length) {
        return srl_http_body_refuse(err, head, name, value,
                                    "none beside Content-Length");
    }
    if (!head->minor) { /* RFC 9112 6.1: faulty framing */
        return srl_http_body_refuse(err, head, name, value,
                                    "none in HTTP/1.0");
    }
    if (!srl_http_same((const uint8_t *)value.ptr, value.len, "chunked")) {
        return srl_http_body_refuse(err, head, name, value, "\"chunked\"");
    }
    more = srl_http_header_next(head, name, &next);
    if (more.ptr) {
        return srl_http_body_refuse(err, head, name, more, "it only once");
    }
    return SURREAL_OK;
}

/* Compression is never asked for: what comes compressed anyway would only look
 * like a broken body further up. */
static surreal_status
srl_http_encoding_check(const srl_http_head *head, surreal_error *err)
{
    static const char name[] = "Content-Encoding";
    size_t next = 0;

    for (;;) {
        surreal_str value = srl_http_header_next(head, name, &next);

        if (!value.ptr) return SURREAL_OK;
        if (value.len && !srl_http_same((const uint8_t *)value.ptr, value.len,
                                        "identity")) {
            return srl_http_body_refuse(err, head, name, value,
                                        "none: none was asked for");
        }
    }
}

/* RFC 9112 9.3. */
static bool
srl_http_keeps_alive(const srl_http_head *head)
{
    if (srl_http_has_token(head, "Connection", "close")) return false;
    return head->minor || srl_http_has_token(head, "Connection", "keep-alive");
}

/* The list of RFC 9112 6.3, with the headers already refused that it repairs.
 */
SRL_FN surreal_status
srl_http_body_init(srl_http_body *body, const srl_http_head *head,
                   srl_http_method method, uint64_t max, surreal_error *err)
{
    bool has_length = false;
    bool is_chunked = false;
    uint64_t len = 0;
    size_t next = 0;
    surreal_str value;

    SURREAL_ASSERT(head->len);
    SURREAL_ASSERT(!srl_http_is_interim(head));
    memset(body, 0, sizeof *body);
    body->max = max;
    body->at = head->len;
    body->is_reusable = srl_http_keeps_alive(head);
    if (head->code == 101) {
        return srl_http_fail(err, 9, "101 although no upgrade was asked for");
    }
    for (;;) {
        value = srl_http_header_next(head, "Content-Length", &next);
        if (!value.ptr) break;
        SRL_TRY(srl_http_length_read(head, value, &has_length, &len, err));
    }
    SRL_TRY(srl_http_chunked_read(head, has_length, &is_chunked, err));
    if (method == SRL_HTTP_HEAD || head->code == 204 || head->code == 304) {
        body->is_done = true;
        /* Whoever announces a body for a 204 may also send it. */
        if (head->code == 204 && (len || is_chunked)) {
            body->is_reusable = false;
        }
        return SURREAL_OK;
    }
    SRL_TRY(srl_http_encoding_check(head, err));
    if (is_chunked) {
        body->framing = SRL_HTTP_CHUNKED;
        body->state = SRL_HTTP_AT_SIZE;
        return SURREAL_OK;
    }
    body->state = SRL_HTTP_AT_DATA;
    if (!has_length) {
        body->framing = SRL_HTTP_UNTIL_CLOSE;
        body->left = max;
        body->is_reusable = false;
        return SURREAL_OK;
    }
    if (len > max) {
        return srl_fail(err, SURREAL_ERR_LIMIT,
                        "http response: body of %llu bytes; at most %llu are "
                        "allowed", (unsigned long long)len,
                        (unsigned long long)max);
    }
    body->framing = SRL_HTTP_LENGTH;
    body->left = len;
    body->is_done = !len;
    return SURREAL_OK;
}

/* ---- what follows it ----------------------------------------------------- */

/* Hand out data that is there. */
static surreal_status
srl_http_body_take(srl_http_body *body, surreal_bytes *in,
                   surreal_bytes *span, surreal_error *err)
{
    size_t len = in->len;

    SURREAL_ASSERT(len);
    if (!body->left) {
        SURREAL_ASSERT(body->framing == SRL_HTTP_UNTIL_CLOSE);
        return srl_http_body_limit(err, body->at, "body has", body->max);
    }
    if (len > body->left) len = (size_t)body->left;
    span->ptr = in->ptr;
    span->len = len;
    in->ptr += len;
    in->len -= len;
    body->at += len;
    body->got += len;
    body->left -= len;
    if (body->left) return SURREAL_OK;
    if (body->framing == SRL_HTTP_LENGTH) body->is_done = true;
    if (body->framing == SRL_HTTP_CHUNKED) body->state = SRL_HTTP_AT_DATA_END;
    return SURREAL_OK;
}

/* chunk-size = 1*HEXDIG, and what may stand behind it:
 * chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS value ] ) (RFC 9112 7.1.1) */
static surreal_status
srl_http_chunk_size(srl_http_body *body, uint8_t c, surreal_error *err)
{
    int digit = srl_hex_value(c);

    if (digit >= 0) {
        if (body->left > ~(uint64_t)0 >> 4 ||
            (body->left << 4 | (unsigned)digit) > body->max - body->got) {
            return srl_http_body_limit(err, body->at, "body has", body->max);
        }
        body->left = body->left << 4 | (unsigned)digit;
        return SURREAL_OK;
    }
    if (body->overhead == 1) {
        return srl_http_fail(err, body->at, "chunk does not begin with its "
                                            "size in hex digits");
    }
    if (c == '\r') {
        body->is_cr = true;
    } else if (c == ';') {
        body->state = SRL_HTTP_AT_EXT;
    } else if (srl_http_is_blank(c)) {
        body->state = SRL_HTTP_AT_BLANK;
    } else {
        return srl_http_fail(err, body->at, "expected ';' or CR LF after a "
                                            "chunk's size");
    }
    return SURREAL_OK;
}

/* After CR LF. */
static void
srl_http_chunk_line_end(srl_http_body *body)
{
    body->is_cr = false;
    switch (body->state) {
    case SRL_HTTP_AT_SIZE:
    case SRL_HTTP_AT_EXT:
        body->state = body->left ? SRL_HTTP_AT_DATA : SRL_HTTP_AT_TRAILER;
        body->overhead = 0;
        break;
    case SRL_HTTP_AT_DATA_END:
        body->state = SRL_HTTP_AT_SIZE;
        body->overhead = 0;
        break;
    case SRL_HTTP_AT_LINE:
        body->state = SRL_HTTP_AT_TRAILER;
        break;
    default:
        SURREAL_ASSERT(body->state == SRL_HTTP_AT_TRAILER);
        body->is_done = true;
    }
}

/* One byte that is not data; body->at is its offset. */
static surreal_status
srl_http_chunk_byte(srl_http_body *body, uint8_t c, surreal_error *err)
{
    bool is_trailer = body->state >= SRL_HTTP_AT_TRAILER;
    size_t max = is_trailer ? SRL_HTTP_MAX_TRAILER : SRL_HTTP_MAX_CHUNK_LINE;

    if (body->overhead++ == max) {
        return srl_http_body_limit(err, body->at,
                                   is_trailer ? "trailers have"
                                              : "line of a chunk has", max);
    }
    if (body->is_cr) {
        if (c != '\n') {
            return srl_http_fail(err, body->at - 1, "CR without LF");
        }
        srl_http_chunk_line_end(body);
        return SURREAL_OK;
    }
    if (body->state == SRL_HTTP_AT_DATA_END && c != '\r') {
        return srl_http_fail(err, body->at, "expected CR LF behind a chunk's "
                                            "data");
    }
    if (c == '\n') return srl_http_fail(err, body->at, "LF without CR");
    if (c != '\r' && c != '\t' && (c < 0x20 || c == 0x7f)) {
        return srl_http_fail(err, body->at, "control byte");
    }
    if (body->state == SRL_HTTP_AT_SIZE) {
        return srl_http_chunk_size(body, c, err);
    }
    if (body->state == SRL_HTTP_AT_BLANK && !srl_http_is_blank(c)) {
        if (c != ';') {
            return srl_http_fail(err, body->at, "expected ';' after a chunk's "
                                                "size and a blank");
        }
        body->state = SRL_HTTP_AT_EXT;
    }
    if (c == '\r') {
        body->is_cr = true;
    } else if (body->state == SRL_HTTP_AT_TRAILER) {
        body->state = SRL_HTTP_AT_LINE;
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_http_body_next(srl_http_body *body, surreal_bytes *in,
                   surreal_bytes *span, surreal_error *err)
{
    span->ptr = NULL;
    span->len = 0;
    while (!body->is_done) {
        if (!in->len) return SURREAL_WOULD_BLOCK;
        if (body->state == SRL_HTTP_AT_DATA) {
            return srl_http_body_take(body, in, span, err);
        }
        SRL_TRY(srl_http_chunk_byte(body, in->ptr[0], err));
        in->ptr++;
        in->len--;
        body->at++;
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_http_body_eof(srl_http_body *body, surreal_error *err)
{
    surreal_status status = SURREAL_ERR_CLOSED;

    if (body->framing == SRL_HTTP_UNTIL_CLOSE) body->is_done = true;
    if (body->is_done) return SURREAL_OK;
    if (body->framing == SRL_HTTP_LENGTH) {
        srl_fail(err, status, "http response: connection closed after %llu of "
                 "%llu bytes of the body", (unsigned long long)body->got,
                 (unsigned long long)(body->got + body->left));
    } else {
        srl_fail(err, status, "http response: connection closed after %llu "
                 "bytes of the body and before its last chunk",
                 (unsigned long long)body->got);
    }
    if (err) err->at = (size_t)body->at;
    return status;
}
