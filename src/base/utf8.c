/* base/utf8.c: UTF-8 (RFC 3629), and ASCII. */
#include "base/base.h"

/* The second byte of a sequence carries all the exceptions: E0 and F0 forbid
 * overlong forms, ED surrogates, F4 what is above U+10FFFF. */
static size_t
srl_utf8_step(const uint8_t *p, size_t len)
{
    uint8_t low = 0x80;
    uint8_t high = 0xbf;
    size_t need;
    size_t i;

    if (p[0] < 0x80) return 1;
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        need = 2;
    } else if ((p[0] & 0xf0) == 0xe0) {
        need = 3;
        if (p[0] == 0xe0) low = 0xa0;
        if (p[0] == 0xed) high = 0x9f;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        need = 4;
        if (p[0] == 0xf0) low = 0x90;
        if (p[0] == 0xf4) high = 0x8f;
    } else {
        return 0;
    }
    if (len < need || p[1] < low || p[1] > high) return 0;
    for (i = 2; i < need; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
    }
    return need;
}

SRL_FN bool
srl_utf8_valid(const uint8_t *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        uint64_t word;
        size_t step;

        /* Most text is ASCII: eight bytes at a time while no top bit is
         * set. */
        while (len - i >= 8) {
            memcpy(&word, text + i, 8);
            if (word & UINT64_C(0x8080808080808080)) break;
            i += 8;
        }
        if (i == len) break;
        step = srl_utf8_step(text + i, len - i);
        if (!step) return false;
        i += step;
    }
    return true;
}

SRL_FN size_t
srl_utf8_put(uint8_t *out, uint32_t code)
{
    SURREAL_ASSERT(code <= 0x10ffff);
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (uint8_t)(0xc0 | code >> 6);
        out[1] = (uint8_t)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (uint8_t)(0xe0 | code >> 12);
        out[1] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | code >> 18);
    out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (code & 0x3f));
    return 4;
}

SRL_FN int
srl_hex_value(int c)
{
    if (srl_is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

SRL_FN bool
srl_word_is(const char *text, size_t len, const char *word)
{
    size_t i;

    for (i = 0; i < len; i++) {
        int bits = text[i] ^ word[i];

        if (!word[i]) return false;
        if (bits && (bits != 0x20 || !srl_is_letter(word[i]))) return false;
    }
    return !word[len];
}
