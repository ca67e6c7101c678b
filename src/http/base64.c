/* http/base64.c: base64 with padding, RFC 4648 section 4. */
#include "http/http.h"

SRL_FN size_t
srl_base64_encode(char *out, const uint8_t *data, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz"
                                 "0123456789+/";
    size_t n = 0;
    size_t i;

    for (i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t bits = (uint32_t)data[i] << 16;

        if (left > 1) bits |= (uint32_t)data[i + 1] << 8;
        if (left > 2) bits |= data[i + 2];
        out[n++] = digits[bits >> 18];
        out[n++] = digits[bits >> 12 & 63];
        out[n++] = digits[bits >> 6 & 63];
        out[n++] = digits[bits & 63];
        if (left < 3) out[n - 1] = '=';
        if (left < 2) out[n - 2] = '=';
    }
    SURREAL_ASSERT(n == SRL_BASE64_LEN(len));
    out[n] = '\0';
    return n;
}
