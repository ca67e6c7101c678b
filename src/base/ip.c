/* base/ip.c: addresses as text. */
#include "base/base.h"

SRL_FN bool
srl_ipv4_parse(const char *text, size_t len, uint8_t ip[4])
{
    unsigned part = 0;
    size_t i = 0;

    for (;;) {
        size_t start = i;
        unsigned v = 0;

        while (i < len && i - start < 3 && srl_is_digit(text[i])) {
            v = v * 10 + (unsigned)(text[i++] - '0');
        }
        if (i == start || v > 255) return false;
        if (text[start] == '0' && i - start > 1) return false;
        ip[part++] = (uint8_t)v;
        if (i == len) return part == 4;
        if (text[i] != '.' || part == 4) return false;
        i++;
    }
}

#define SRL_BASE_IP_NO_GAP ((size_t)17)

SRL_FN bool
srl_ipv6_parse(const char *text, size_t len, uint8_t ip[16])
{
    uint8_t part[16];
    size_t count = 0;
    size_t gap = SRL_BASE_IP_NO_GAP; /* bytes before "::" */
    size_t i = 0;

    if (len >= 2 && text[0] == ':' && text[1] == ':') {
        gap = 0;
        i = 2;
    }
    while (i < len) {
        size_t start = i;
        unsigned v = 0;

        while (i < len && i - start < 4 && srl_hex_value(text[i]) >= 0) {
            v = v << 4 | (unsigned)srl_hex_value(text[i++]);
        }
        if (i == start || count > 14) return false;
        if (i < len && text[i] == '.') {
            if (count > 12) return false;
            if (!srl_ipv4_parse(text + start, len - start, part + count)) {
                return false;
            }
            count += 4;
            break;
        }
        srl_store16(part + count, (uint16_t)v);
        count += 2;
        if (i == len) break;
        if (text[i++] != ':' || i == len) return false;
        if (text[i] == ':') {
            if (gap != SRL_BASE_IP_NO_GAP) return false;
            gap = count;
            i++;
        }
    }
    if (gap == SRL_BASE_IP_NO_GAP) {
        if (count != 16) return false;
        gap = 16;
    } else if (count > 14) {
        return false; /* "::" stands for one group at least */
    }
    memset(ip, 0, 16);
    memcpy(ip, part, gap);
    memcpy(ip + 16 - (count - gap), part + gap, count - gap);
    return true;
}
