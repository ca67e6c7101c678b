/* base/buf.c: capped byte buffers, and text output that counts. */
#include "base/base.h"

#define SRL_BUF_FIRST ((size_t)256)

SRL_FN void
srl_buf_init(srl_buf *buf, srl_mem *mem, size_t max)
{
    memset(buf, 0, sizeof *buf);
    buf->mem = mem;
    buf->max = max;
}

SRL_FN void
srl_buf_init_secret(srl_buf *buf, srl_mem *mem, size_t max)
{
    srl_buf_init(buf, mem, max);
    buf->is_secret = true;
}

SRL_FN void
srl_buf_fixed(srl_buf *buf, void *room, size_t cap)
{
    memset(buf, 0, sizeof *buf);
    buf->data = (uint8_t *)room;
    buf->cap = cap;
    buf->max = cap;
}

SRL_FN void
srl_buf_free(srl_buf *buf)
{
    if (buf->is_secret) srl_wipe(buf->data, buf->cap);
    if (buf->mem) srl_mem_free(buf->mem, buf->data, buf->cap);
    buf->data = NULL;
    buf->len = 0;
    buf->cap = 0;
}

static surreal_status
srl_buf_grow(srl_buf *buf, size_t need)
{
    size_t cap = buf->cap ? buf->cap : SRL_BUF_FIRST;
    uint8_t *data;

    if (need > buf->max) {
        return buf->mem ? SURREAL_ERR_LIMIT : SURREAL_ERR_FULL;
    }
    if (!buf->mem) return SURREAL_ERR_FULL;
    while (cap < need) {
        cap = cap > buf->max / 2 ? buf->max : cap * 2;
    }
    if (cap > buf->max) cap = buf->max;
    if (buf->is_secret) {
        /* A block that moves leaves a copy behind. */
        data = (uint8_t *)srl_mem_resize(buf->mem, NULL, 0, cap);
        if (!data) return SURREAL_ERR_NOMEM;
        if (buf->len) memcpy(data, buf->data, buf->len);
        srl_wipe(buf->data, buf->cap);
        srl_mem_free(buf->mem, buf->data, buf->cap);
    } else {
        data = (uint8_t *)srl_mem_resize(buf->mem, buf->data, buf->cap, cap);
        if (!data) return SURREAL_ERR_NOMEM;
    }
    buf->data = data;
    buf->cap = cap;
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_buf_reserve(srl_buf *buf, size_t extra)
{
    size_t need;

    if (SRL_UNLIKELY(buf->status)) return buf->status;
    if (SRL_LIKELY(extra <= buf->cap - buf->len)) return SURREAL_OK;
    if (!srl_size_add(buf->len, extra, &need)) need = (size_t)-1;
    buf->status = srl_buf_grow(buf, need);
    return buf->status;
}

SRL_FN void
srl_buf_put(srl_buf *buf, const void *data, size_t len)
{
    if (srl_buf_reserve(buf, len) || !len) return;
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

SRL_FN void
srl_buf_put_text(srl_buf *buf, const char *text)
{
    srl_buf_put(buf, text, strlen(text));
}

SRL_FN void
srl_out_init(srl_out *out, char *buf, size_t cap)
{
    out->buf = buf;
    out->cap = buf ? cap : 0;
    out->len = 0;
}

SRL_FN void
srl_out_put(srl_out *out, const char *text, size_t len)
{
    if (out->len < out->cap) {
        size_t room = out->cap - out->len;

        memcpy(out->buf + out->len, text, len < room ? len : room);
    }
    out->len += len;
}

SRL_FN void
srl_out_text(srl_out *out, const char *text)
{
    srl_out_put(out, text, strlen(text));
}

SRL_FN void
srl_out_char(srl_out *out, char c)
{
    srl_out_put(out, &c, 1);
}

SRL_FN void
srl_out_padded(srl_out *out, uint64_t v, unsigned width)
{
    char digits[20]; /* 2^64 - 1 has 20 */
    unsigned n = 0;

    do {
        digits[sizeof digits - ++n] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    SURREAL_ASSERT(width <= sizeof digits);
    while (n < width) {
        digits[sizeof digits - ++n] = '0';
    }
    srl_out_put(out, digits + sizeof digits - n, n);
}

SRL_FN void
srl_out_uint(srl_out *out, uint64_t v)
{
    srl_out_padded(out, v, 1);
}

SRL_FN void
srl_out_int(srl_out *out, int64_t v)
{
    if (v < 0) srl_out_char(out, '-');
    srl_out_uint(out, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

SRL_FN size_t
srl_out_end(srl_out *out)
{
    if (out->cap) {
        out->buf[out->len < out->cap ? out->len : out->cap - 1] = '\0';
    }
    return out->len;
}
