/* value/decimal.c: decimal numbers as text, without rounding. */
#include "value/value.h"

/* SurrealDB keeps a decimal as a 96-bit mantissa and a scale of at most 28,
 * and sends it as plain digits. This part works on those digits: comparing
 * and scaling need no arithmetic wider than 64 bits, and no float.
 *
 * decimal = [ "-" ] 1*DIGIT [ "." 1*DIGIT ]                               */
#define SRL_DECIMAL_SCALE_MAX 28
#define SRL_DECIMAL_DIGITS_MAX 29 /* of 2^96 - 1 */

/* The digits of a decimal, leading zeros left out. */
typedef struct srl_digits {
    const char *whole;
    const char *fraction;
    size_t whole_len;
    size_t fraction_len;
    bool negative;
} srl_digits;

static size_t
srl_digits_run(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && text[n] >= '0' && text[n] <= '9') {
        n++;
    }
    return n;
}

static bool
srl_digits_of(surreal_str text, srl_digits *out)
{
    const char *at = text.ptr;
    size_t left = text.len;

    out->negative = left && *at == '-';
    if (out->negative) at++, left--;
    out->whole = at;
    out->whole_len = srl_digits_run(at, left);
    if (!out->whole_len) return false;
    at += out->whole_len;
    left -= out->whole_len;
    out->fraction = at;
    out->fraction_len = 0;
    if (left) {
        out->fraction = at + 1;
        out->fraction_len = srl_digits_run(at + 1, left - 1);
        if (*at != '.' || !out->fraction_len) return false;
        if (out->fraction_len != left - 1) return false;
    }
    while (out->whole_len && *out->whole == '0') {
        out->whole++;
        out->whole_len--;
    }
    return true;
}

/* Digit `i` of the mantissa, from the left. */
static char
srl_digits_at(const srl_digits *d, size_t i)
{
    return i < d->whole_len ? d->whole[i] : d->fraction[i - d->whole_len];
}

SRL_FN surreal_status
srl_decimal_check(surreal_str text)
{
    static const char limit[] = "79228162514264337593543950335";
    srl_digits d;
    size_t count;
    size_t first = 0;
    size_t i;

    if (!srl_digits_of(text, &d)) return SURREAL_ERR_SYNTAX;
    if (d.fraction_len > SRL_DECIMAL_SCALE_MAX) return SURREAL_ERR_RANGE;
    count = d.whole_len + d.fraction_len;
    while (first < count && srl_digits_at(&d, first) == '0') {
        first++;
    }
    if (count - first != SRL_DECIMAL_DIGITS_MAX) {
        return count - first < SRL_DECIMAL_DIGITS_MAX ? SURREAL_OK
                                                      : SURREAL_ERR_RANGE;
    }
    for (i = 0; i < SRL_DECIMAL_DIGITS_MAX; i++) {
        char c = srl_digits_at(&d, first + i);

        if (c != limit[i]) {
            return c < limit[i] ? SURREAL_OK : SURREAL_ERR_RANGE;
        }
    }
    return SURREAL_OK;
}

/* strtod rounds correctly but takes the point of the locale, so it is given
 * none: "12.50" goes in as "1250e-2". */
SURREAL_API surreal_status
surreal_decimal_to_double(surreal_decimal d, double *out)
{
    char text[SRL_DECIMAL_DIGITS_MAX + 8]; /* '-', "e-28", NUL */
    srl_digits digits;
    size_t len = 0;
    size_t i;

    SRL_TRY(srl_decimal_check(d.text));
    srl_digits_of(d.text, &digits);
    if (digits.negative) text[len++] = '-';
    text[len++] = '0';
    for (i = 0; i < digits.whole_len + digits.fraction_len; i++) {
        char c = srl_digits_at(&digits, i);

        if (c == '0' && text[len - 1] == '0' && len == 1u + digits.negative) {
            continue; /* 0.000...: at most 29 digits that count */
        }
        text[len++] = c;
    }
    text[len++] = 'e';
    text[len++] = '-';
    text[len++] = (char)('0' + digits.fraction_len / 10);
    text[len++] = (char)('0' + digits.fraction_len % 10);
    SURREAL_ASSERT(len < sizeof text);
    text[len] = '\0';
    *out = strtod(text, NULL);
    return SURREAL_OK;
}

/* Append one digit to a number that stays within 2^63; false beyond. */
static bool
srl_scaled_push(uint64_t *v, unsigned digit)
{
    uint64_t limit = UINT64_C(1) << 63;

    if (*v > (limit - digit) / 10) return false;
    *v = *v * 10 + digit;
    return true;
}

SURREAL_API surreal_status
surreal_decimal_to_scaled(surreal_decimal d, unsigned scale, int64_t *out)
{
    srl_digits digits;
    uint64_t v = 0;
    size_t i;

    if (!srl_digits_of(d.text, &digits)) return SURREAL_ERR_SYNTAX;
    for (i = 0; i < digits.whole_len + digits.fraction_len; i++) {
        unsigned digit = (unsigned)(srl_digits_at(&digits, i) - '0');

        if (i >= digits.whole_len && i - digits.whole_len >= scale) {
            if (digit) return SURREAL_ERR_RANGE; /* would be lost */
        } else if (!srl_scaled_push(&v, digit)) {
            return SURREAL_ERR_RANGE;
        }
    }
    /* Zeros up to the scale; of nothing there is never too much. */
    for (i = digits.fraction_len; v && i < scale; i++) {
        if (!srl_scaled_push(&v, 0)) return SURREAL_ERR_RANGE;
    }
    if (!digits.negative && v > INT64_MAX) return SURREAL_ERR_RANGE;
    if (digits.negative && v) {
        *out = -(int64_t)(v - 1) - 1; /* -2^63 has no positive twin */
    } else {
        *out = (int64_t)v;
    }
    return SURREAL_OK;
}

/* Without the sign: whole parts by length, then digit by digit, then the
 * fractions as if both were filled up with zeros. */
static int
srl_digits_cmp(const srl_digits *a, const srl_digits *b)
{
    size_t count = a->fraction_len > b->fraction_len ? a->fraction_len
                                                     : b->fraction_len;
    size_t i;
    int diff = 0;

    if (a->whole_len != b->whole_len) {
        return a->whole_len < b->whole_len ? -1 : 1;
    }
    if (a->whole_len) diff = memcmp(a->whole, b->whole, a->whole_len);
    for (i = 0; i < count && !diff; i++) {
        int x = i < a->fraction_len ? a->fraction[i] : '0';
        int y = i < b->fraction_len ? b->fraction[i] : '0';

        diff = x - y;
    }
    return (diff > 0) - (diff < 0);
}

SURREAL_API int
surreal_decimal_cmp(surreal_decimal a, surreal_decimal b)
{
    static const srl_digits zero = {"", "", 0, 0, false};
    srl_digits x = zero;
    srl_digits y = zero;

    if (!srl_digits_of(a.text, &x)) x = zero;
    if (!srl_digits_of(b.text, &y)) y = zero;
    /* -0 is 0: the sign counts only where there is something to count. */
    if (!srl_digits_cmp(&x, &zero)) x.negative = false;
    if (!srl_digits_cmp(&y, &zero)) y.negative = false;
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    return x.negative ? srl_digits_cmp(&y, &x) : srl_digits_cmp(&x, &y);
}
