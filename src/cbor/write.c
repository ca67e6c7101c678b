/* cbor/write.c: appending CBOR items to a buffer. */
#include "cbor/cbor.h"

/* Definite lengths only, each head in its shortest form (RFC 8949 4.2.1). The
 * server takes floats of any width, so they go out as they are in memory. */
#define SRL_CBOR_HEAD_MAX 9

SRL_FN void
srl_cbor_put_head(srl_buf *buf, unsigned major, uint64_t arg)
{
    uint8_t head[SRL_CBOR_HEAD_MAX];

    SURREAL_ASSERT(major <= SRL_CBOR_SIMPLE);
    srl_buf_put(buf, head,
                (size_t)(srl_cbor_store_head(head, major, arg) - head));
}

SRL_FN void
srl_cbor_put_byte(srl_buf *buf, uint8_t byte)
{
    srl_buf_put(buf, &byte, 1);
}

SRL_FN void
srl_cbor_put_int(srl_buf *buf, int64_t v)
{
    /* -1 - v is ~v in two's complement, and cannot overflow. */
    if (v < 0) {
        srl_cbor_put_head(buf, SRL_CBOR_NINT, ~(uint64_t)v);
    } else {
        srl_cbor_put_head(buf, SRL_CBOR_UINT, (uint64_t)v);
    }
}

SRL_FN void
srl_cbor_put_float(srl_buf *buf, double v)
{
    uint8_t item[SRL_CBOR_HEAD_MAX];

    item[0] = SRL_CBOR_SIMPLE << 5 | 27;
    srl_store64(item + 1, srl_double_to_bits(v));
    srl_buf_put(buf, item, sizeof item);
}

SRL_FN void
srl_cbor_put_text(srl_buf *buf, const char *text, size_t len)
{
    uint8_t *at;

    if (len > (size_t)-1 - SRL_CBOR_HEAD_MAX) {
        if (!buf->status) buf->status = SURREAL_ERR_LIMIT;
        return;
    }
    /* Room for the longest head makes it one reservation; a fixed buffer
     * that ends right behind the text is asked for head and text alone. */
    if (SRL_UNLIKELY(buf->cap - buf->len < len + SRL_CBOR_HEAD_MAX)) {
        srl_cbor_put_head(buf, SRL_CBOR_TEXT, len);
        srl_buf_put(buf, text, len);
        return;
    }
    if (srl_buf_reserve(buf, len + SRL_CBOR_HEAD_MAX)) return;
    at = srl_cbor_store_head(buf->data + buf->len, SRL_CBOR_TEXT, len);
    if (len) memcpy(at, text, len);
    buf->len = (size_t)(at - buf->data) + len;
}

SRL_FN void
srl_cbor_put_key(srl_buf *buf, const char *key)
{
    srl_cbor_put_text(buf, key, strlen(key));
}

SRL_FN void
srl_cbor_put_none(srl_buf *buf)
{
    static const uint8_t none[2] = {SRL_CBOR_TAG << 5 | SRL_TAG_NONE,
                                    SRL_CBOR_NULL};

    srl_buf_put(buf, none, sizeof none);
}
