/* tls/reader.c: bounded reading of TLS's presentation language. */
#include "tls/tls.h"

/* RFC 8446 section 3: big-endian numbers of 8 to 32 bits, and vectors whose
 * length stands in front of them. A vector becomes a reader of its own, which
 * cannot pass the end of the one it came from, so that no parser of this layer
 * adds a length to a pointer. After the first failure everything reads as
 * empty; who parses asks once, at the end, with srl_tls_done. */

SRL_FN void
srl_tls_reader_init(srl_tls_reader *r, const uint8_t *data, size_t len)
{
    r->at = data;
    r->end = data + len;
    r->failed = false;
}

SRL_FN size_t
srl_tls_left(const srl_tls_reader *r)
{
    return (size_t)(r->end - r->at);
}

SRL_FN surreal_bytes
srl_tls_take(srl_tls_reader *r, size_t len)
{
    surreal_bytes out;

    if (r->failed || len > srl_tls_left(r)) {
        r->failed = true;
        r->at = r->end;
        len = 0;
    }
    out.ptr = r->at;
    out.len = len;
    r->at += len;
    return out;
}

SRL_FN uint32_t
srl_tls_number(srl_tls_reader *r, unsigned width)
{
    surreal_bytes digits = srl_tls_take(r, width);
    uint32_t v = 0;
    size_t i;

    SURREAL_ASSERT(width >= 1 && width <= 4);
    for (i = 0; i < digits.len; i++) {
        v = v << 8 | digits.ptr[i];
    }
    return v;
}

SRL_FN srl_tls_reader
srl_tls_vector(srl_tls_reader *r, unsigned width)
{
    size_t len = srl_tls_number(r, width);
    surreal_bytes body = srl_tls_take(r, len);
    srl_tls_reader out;

    srl_tls_reader_init(&out, body.ptr, body.len);
    out.failed = r->failed;
    return out;
}

SRL_FN bool
srl_tls_done(const srl_tls_reader *r)
{
    return !r->failed && r->at == r->end;
}
