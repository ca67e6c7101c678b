/* base/num.c: floating point bits and text. */
#include "base/base.h"

SRL_FN double
srl_bits_to_double(uint64_t bits)
{
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

SRL_FN uint64_t
srl_double_to_bits(double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits;
}

SRL_FN double
srl_single_to_double(uint32_t bits)
{
    float v;

    memcpy(&v, &bits, sizeof v);
    return (double)v;
}

/* binary16 has a sign, 5 exponent bits (bias 15) and 10 mantissa bits. As
 * binary64 (bias 1023) a normal number only moves its fields; a subnormal is
 * mantissa * 2^-24, exact in a double. */
SRL_FN double
srl_half_to_double(uint16_t half)
{
    uint64_t sign = (uint64_t)(half & 0x8000) << 48;
    uint64_t exponent = (uint64_t)(half >> 10 & 0x1f);
    uint64_t mantissa = half & 0x3ff;
    double v;

    if (exponent == 31) {
        return srl_bits_to_double(sign | UINT64_C(0x7ff) << 52 |
                                  mantissa << 42);
    }
    if (exponent) {
        return srl_bits_to_double(sign | (exponent + 1023 - 15) << 52 |
                                  mantissa << 42);
    }
    v = (double)mantissa / 16777216.0;
    return srl_bits_to_double(srl_double_to_bits(v) | sign);
}

SRL_FN size_t
srl_double_print(double v, char out[32])
{
    int digits;
    int len = 0;
    int i;

    if (v != v) return memcpy(out, "NaN", 4), (size_t)3;
    if (v - v != 0.0) {
        return v > 0 ? (memcpy(out, "Infinity", 9), (size_t)8)
                     : (memcpy(out, "-Infinity", 10), (size_t)9);
    }
    for (digits = 15; digits <= 17; digits++) {
        len = snprintf(out, 32, "%.*g", digits, v);
        if (strtod(out, NULL) == v) break;
    }
    SURREAL_ASSERT(len > 0 && len < 32);
    for (i = 0; i < len; i++) {
        /* The one character that is no digit, sign or 'e' is the decimal
         * point of the locale. */
        if (!strchr("0123456789+-e", out[i])) out[i] = '.';
    }
    return (size_t)len;
}
