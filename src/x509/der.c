/* x509/der.c: a bounded reader of DER, X.690 section 10. */
#include "x509/x509.h"

/* Every length is compared with what is left before it is used, and children
 * are read with readers of their own that end where the element ends: nothing
 * inside an element can reach beyond it. */

SRL_FN void
srl_der_init(srl_der *der, surreal_bytes in)
{
    static const uint8_t nothing[1] = {0};

    der->start = in.len ? in.ptr : nothing;
    der->at = der->start;
    der->end = der->start + in.len;
    der->why = NULL;
    der->why_at = 0;
}

SRL_FN void
srl_der_fail_at(srl_der *der, const uint8_t *at, const char *why)
{
    if (der->why) return;
    der->why = why;
    der->why_at = (size_t)(at - der->start);
    der->end = der->at; /* nothing more is read */
}

SRL_FN void
srl_der_fail(srl_der *der, const char *why)
{
    srl_der_fail_at(der, der->at, why);
}

SRL_FN bool
srl_der_more(const srl_der *der)
{
    return !der->why && der->at < der->end;
}

SRL_FN bool
srl_der_is(const srl_der *der, unsigned tag)
{
    return srl_der_more(der) && *der->at == tag;
}

/* The length behind the tag at p; *p is moved behind it. (size_t)-1 after a
 * failure. Lengths of more than three bytes would be of 16 MiB and more, which
 * no message here can hold. */
static size_t
srl_der_length(srl_der *der, const uint8_t **p)
{
    const uint8_t *at = *p;
    size_t len;
    unsigned bytes;

    if (at == der->end) {
        srl_der_fail_at(der, at, "ends inside a length");
        return (size_t)-1;
    }
    len = *at++;
    if (len >= 0x80) {
        bytes = (unsigned)len & 0x7f;
        if (!bytes) {
            srl_der_fail_at(der, at - 1, "indefinite length");
            return (size_t)-1;
        }
        if (bytes > 3) {
            srl_der_fail_at(der, at - 1, "length of more than three bytes");
            return (size_t)-1;
        }
        if ((size_t)(der->end - at) < bytes) {
            srl_der_fail_at(der, der->end, "ends inside a length");
            return (size_t)-1;
        }
        for (len = 0; bytes; bytes--) {
            if (!len && !*at) break; /* a leading zero: len stays below 128 */
            len = len << 8 | *at++;
        }
        if (bytes || len < 0x80) {
            srl_der_fail_at(der, *p, "length not in its shortest form");
            return (size_t)-1;
        }
    }
    *p = at;
    return len;
}

/* The whole element at hand, any tag of one byte; *body is what is in it. */
static surreal_bytes
srl_der_next(srl_der *der, surreal_bytes *body)
{
    surreal_bytes all = {NULL, 0};
    const uint8_t *p = der->at;
    size_t len;

    body->ptr = der->start;
    body->len = 0;
    all.ptr = der->start;
    if (der->why) return all;
    if (p == der->end) {
        srl_der_fail(der, "ends where an element is expected");
        return all;
    }
    if ((*p & 0x1f) == 0x1f) {
        srl_der_fail(der, "tag of more than one byte");
        return all;
    }
    p++;
    len = srl_der_length(der, &p);
    if (der->why) return all;
    if (len > (size_t)(der->end - p)) {
        srl_der_fail(der, "element longer than what holds it");
        return all;
    }
    body->ptr = p;
    body->len = len;
    all.ptr = der->at;
    all.len = (size_t)(p - der->at) + len;
    der->at += all.len;
    return all;
}

static bool
srl_der_want(srl_der *der, unsigned tag)
{
    if (der->why || der->at == der->end || *der->at == tag) return true;
    srl_der_fail(der, "element of another type than expected");
    return false;
}

SRL_FN surreal_bytes
srl_der_element(srl_der *der, unsigned tag)
{
    surreal_bytes body;

    srl_der_want(der, tag);
    return srl_der_next(der, &body);
}

SRL_FN surreal_bytes
srl_der_body(srl_der *der, unsigned tag)
{
    surreal_bytes body;

    srl_der_want(der, tag);
    srl_der_next(der, &body);
    return body;
}

SRL_FN unsigned
srl_der_any(srl_der *der, surreal_bytes *body)
{
    unsigned tag = srl_der_more(der) ? *der->at : 0;

    srl_der_next(der, body);
    return der->why ? 0 : tag;
}

SRL_FN srl_der
srl_der_enter(srl_der *der, unsigned tag)
{
    surreal_bytes body = srl_der_body(der, tag);
    srl_der inner = *der;

    inner.at = body.ptr;
    inner.end = body.ptr + body.len;
    return inner;
}

SRL_FN void
srl_der_leave(srl_der *der, srl_der *inner)
{
    if (!inner->why && inner->at != inner->end) {
        srl_der_fail(inner, "more elements than expected");
    }
    if (inner->why && !der->why) {
        der->why = inner->why;
        der->why_at = inner->why_at;
        der->end = der->at;
    }
}

SRL_FN void
srl_der_end(srl_der *der)
{
    if (srl_der_more(der)) srl_der_fail(der, "bytes behind the end");
}

SRL_FN bool
srl_der_bool(srl_der *der)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_body(der, SRL_DER_BOOLEAN);

    if (der->why) return false;
    if (body.len != 1 || (body.ptr[0] != 0 && body.ptr[0] != 0xff)) {
        srl_der_fail_at(der, from, "BOOLEAN that is neither 00 nor ff");
        return false;
    }
    return body.ptr[0] != 0;
}

/* X.690 8.3.2: the first nine bits are neither all zero nor all one. */
SRL_FN surreal_bytes
srl_der_integer(srl_der *der)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_body(der, SRL_DER_INTEGER);

    if (der->why) return body;
    if (!body.len) {
        srl_der_fail_at(der, from, "INTEGER without bytes");
    } else if (body.len > 1 && ((!body.ptr[0] && body.ptr[1] < 0x80) ||
                                (body.ptr[0] == 0xff &&
                                 body.ptr[1] >= 0x80))) {
        srl_der_fail_at(der, from, "INTEGER not in its shortest form");
    }
    if (der->why) body.len = 0;
    return body;
}

SRL_FN surreal_bytes
srl_der_positive(srl_der *der)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_integer(der);

    if (der->why) return body;
    if (body.ptr[0] >= 0x80) {
        srl_der_fail_at(der, from, "INTEGER below zero");
        body.len = 0;
    } else if (!body.ptr[0]) {
        body.ptr++; /* of zero nothing is left */
        body.len--;
    }
    return body;
}

SRL_FN unsigned
srl_der_small(srl_der *der)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_positive(der);
    unsigned v = 0;

    if (body.len > 2) {
        srl_der_fail_at(der, from, "INTEGER above 65535");
        return 0;
    }
    if (body.len == 2) v = (unsigned)body.ptr[0] << 8;
    if (body.len) v |= body.ptr[body.len - 1];
    return v;
}

/* X.690 8.6.2 and 11.2.1: the bits not used are at most seven, there only if
 * there are bytes, and zero. */
SRL_FN surreal_bytes
srl_der_bits(srl_der *der, unsigned *unused)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_body(der, SRL_DER_BIT_STRING);

    *unused = 0;
    if (der->why) return body;
    if (!body.len) {
        srl_der_fail_at(der, from, "BIT STRING without bytes");
        return body;
    }
    *unused = body.ptr[0];
    body.ptr++;
    body.len--;
    if (*unused > 7 || (*unused && !body.len) ||
        (body.len &&
         (body.ptr[body.len - 1] & ((1u << *unused) - 1)) != 0)) {
        srl_der_fail_at(der, from, "unused bits of a BIT STRING are wrong");
        body.len = 0;
    }
    return body;
}

SRL_FN surreal_bytes
srl_der_octet_bits(srl_der *der)
{
    const uint8_t *from = der->at;
    unsigned unused;
    surreal_bytes body = srl_der_bits(der, &unused);

    if (unused) {
        srl_der_fail_at(der, from, "BIT STRING that is not of whole bytes");
        body.len = 0;
    }
    return body;
}

/* X.690 8.19: each number in its shortest form, the last one complete. */
SRL_FN surreal_bytes
srl_der_oid(srl_der *der)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_body(der, SRL_DER_OID);
    bool first = true;
    size_t i;

    if (der->why) return body;
    for (i = 0; i < body.len; i++) {
        if (first && body.ptr[i] == 0x80) break;
        first = body.ptr[i] < 0x80;
    }
    if (!body.len || i < body.len || !first) {
        srl_der_fail_at(der, from, "OBJECT IDENTIFIER not well-formed");
        body.len = 0;
    }
    return body;
}

SRL_FN void
srl_der_null(srl_der *der)
{
    const uint8_t *from = der->at;
    surreal_bytes body = srl_der_body(der, SRL_DER_NULL);

    if (body.len) srl_der_fail_at(der, from, "NULL that holds something");
}

/* ---- times --------------------------------------------------------------- */

/* Two digits; 100 for anything else. */
static unsigned
srl_der_two(const uint8_t *p)
{
    if (!srl_is_digit(p[0]) || !srl_is_digit(p[1])) return 100;
    return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

SRL_FN int64_t
srl_der_days(int64_t year, unsigned month, unsigned day)
{
    /* Years begin in March, so that a leap day is the last of its year. */
    int64_t y = month > 2 ? year : year - 1;
    int64_t m = month > 2 ? (int64_t)month - 3 : (int64_t)month + 9;

    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 +
           (int64_t)day - 1 - INT64_C(719468);
}

static unsigned
srl_der_month_days(unsigned year, unsigned month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31};

    if (month == 2 && !(year % 4) && (year % 100 || !(year % 400))) return 29;
    return days[month - 1];
}

/* RFC 5280 4.1.2.5: seconds are given, the zone is Z, no fractions. UTCTime
 * is of 1950 to 2049; GeneralizedTime for those years is wrong, but common
 * (and what it says is clear), so that it is taken. */
SRL_FN int64_t
srl_der_time(srl_der *der)
{
    const uint8_t *from = der->at;
    bool is_long = srl_der_is(der, SRL_DER_GENERALIZED_TIME);
    surreal_bytes body = srl_der_body(der, is_long ? SRL_DER_GENERALIZED_TIME
                                                   : SRL_DER_UTC_TIME);
    const uint8_t *p = body.ptr;
    unsigned year;
    unsigned part[5]; /* month, day, hour, minute, second */
    unsigned i;

    if (der->why) return 0;
    if (body.len != (is_long ? 15u : 13u) || p[body.len - 1] != 'Z') {
        srl_der_fail_at(der, from, "time not in the form YYMMDDhhmmssZ or "
                                   "YYYYMMDDhhmmssZ");
        return 0;
    }
    year = srl_der_two(p);
    if (is_long) {
        i = srl_der_two(p + 2);
        year = year > 99 || i > 99 ? 10000 : year * 100 + i;
        p += 2;
    } else {
        year = year > 99 ? 10000 : year + (year < 50 ? 2000 : 1900);
    }
    for (i = 0; i < 5; i++) {
        part[i] = srl_der_two(p + 2 + 2 * (size_t)i);
    }
    if (!year || year > 9999 || part[0] < 1 || part[0] > 12 ||
        part[1] < 1 || part[1] > srl_der_month_days(year, part[0]) ||
        part[2] > 23 || part[3] > 59 || part[4] > 59) {
        srl_der_fail_at(der, from, "no such time");
        return 0;
    }
    return srl_der_days((int64_t)year, part[0], part[1]) * 86400 +
           (int64_t)(part[2] * 3600 + part[3] * 60 + part[4]);
}
