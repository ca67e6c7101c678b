/* value/time.c: datetimes, durations and UUIDs as text. */
#include "value/value.h"

/* Days are counted from 1970-01-01 in the Gregorian calendar, extended
 * backwards without end. It repeats every 400 years (146,097 days); within
 * such an era years are taken to start in March, so that the leap day comes
 * last and a month's length follows from its number alone. */
#define SRL_TIME_ERA_DAYS INT64_C(146097)
#define SRL_TIME_EPOCH_DAYS INT64_C(719468) /* 0000-03-01 to 1970-01-01 */
#define SRL_TIME_DAY 86400

/* A place in text that is being parsed. */
typedef struct srl_scan {
    const char *text;
    size_t len;
    size_t at;
} srl_scan;

static srl_scan
srl_scan_of(surreal_str text)
{
    srl_scan scan;

    scan.text = text.ptr;
    scan.len = text.len;
    scan.at = 0;
    return scan;
}

/* The next byte, or -1 at the end. */
static int
srl_scan_peek(const srl_scan *scan)
{
    return scan->at < scan->len ? (uint8_t)scan->text[scan->at] : -1;
}

static bool
srl_scan_take(srl_scan *scan, int c)
{
    if (srl_scan_peek(scan) != c) return false;
    scan->at++;
    return true;
}

static bool
srl_scan_digit(const srl_scan *scan)
{
    return srl_is_digit(srl_scan_peek(scan));
}

/* Exactly `count` digits. */
static surreal_status
srl_scan_fixed(srl_scan *scan, unsigned count, int64_t *out)
{
    int64_t v = 0;

    SURREAL_ASSERT(count <= 18);
    for (; count; count--) {
        if (!srl_scan_digit(scan)) return SURREAL_ERR_SYNTAX;
        v = v * 10 + (scan->text[scan->at++] - '0');
    }
    *out = v;
    return SURREAL_OK;
}

/* Two digits of at least `min` and at most `max`; `at` stays on them if they
 * are not. */
static surreal_status
srl_scan_field(srl_scan *scan, int64_t min, int64_t max, int64_t *out)
{
    size_t start = scan->at;

    SRL_TRY(srl_scan_fixed(scan, 2, out));
    if (*out >= min && *out <= max) return SURREAL_OK;
    scan->at = start;
    return SURREAL_ERR_RANGE;
}

static surreal_status
srl_scan_end(const srl_scan *scan, surreal_status status, size_t *at)
{
    if (!status && scan->at != scan->len) status = SURREAL_ERR_SYNTAX;
    if (status && at) *at = scan->at;
    return status;
}

/* ---- datetimes ----------------------------------------------------------- */

SRL_FN surreal_status
srl_datetime_check(surreal_datetime t)
{
    if (t.nsec > SRL_NSEC_MAX) return SURREAL_ERR_RANGE;
    if (t.sec < SRL_DATETIME_MIN || t.sec > SRL_DATETIME_MAX) {
        return SURREAL_ERR_RANGE;
    }
    return SURREAL_OK;
}

static int64_t
srl_floor_div(int64_t a, int64_t b)
{
    SURREAL_ASSERT(b > 0);
    return a / b - (a % b < 0);
}

static int64_t
srl_days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = srl_floor_div(y, 400);
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
                      day - 1;

    return era * SRL_TIME_ERA_DAYS + of_era * 365 + of_era / 4 -
           of_era / 100 + of_year - SRL_TIME_EPOCH_DAYS;
}

static int64_t
srl_month_days(int64_t year, int64_t month)
{
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    if (month == 2) return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

SRL_FN void
srl_datetime_out(srl_out *out, surreal_datetime t)
{
    int64_t days = srl_floor_div(t.sec, SRL_TIME_DAY);
    int64_t rest = t.sec % SRL_TIME_DAY; /* days * SRL_TIME_DAY may not fit */
    uint32_t sec = (uint32_t)(rest < 0 ? rest + SRL_TIME_DAY : rest);
    uint32_t nsec = t.nsec % (SRL_NSEC_MAX + 1u);
    int64_t era = srl_floor_div(days + SRL_TIME_EPOCH_DAYS,
                                SRL_TIME_ERA_DAYS);
    int64_t of_era = days + SRL_TIME_EPOCH_DAYS - era * SRL_TIME_ERA_DAYS;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
                365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153; /* 0: March */
    int64_t month = m < 10 ? m + 3 : m - 9;
    int64_t year = y + era * 400 + (month <= 2);

    /* Years outside 0000 to 9999 carry a sign. */
    if (year < 0) {
        srl_out_char(out, '-');
    } else if (year > 9999) {
        srl_out_char(out, '+');
    }
    srl_out_padded(out, (uint64_t)(year < 0 ? -year : year), 4);
    srl_out_char(out, '-');
    srl_out_padded(out, (uint64_t)month, 2);
    srl_out_char(out, '-');
    srl_out_padded(out, (uint64_t)(of_year - (153 * m + 2) / 5 + 1), 2);
    srl_out_char(out, 'T');
    srl_out_padded(out, sec / 3600, 2);
    srl_out_char(out, ':');
    srl_out_padded(out, sec / 60 % 60, 2);
    srl_out_char(out, ':');
    srl_out_padded(out, sec % 60, 2);
    if (nsec) {
        srl_out_char(out, '.');
        if (nsec % 1000000 == 0) {
            srl_out_padded(out, nsec / 1000000, 3);
        } else if (nsec % 1000 == 0) {
            srl_out_padded(out, nsec / 1000, 6);
        } else {
            srl_out_padded(out, nsec, 9);
        }
    }
    srl_out_char(out, 'Z');
}

/* date = [ "+" | "-" ] 4*6DIGIT "-" 2DIGIT "-" 2DIGIT */
static surreal_status
srl_scan_date(srl_scan *scan, int64_t *days)
{
    bool negative = srl_scan_take(scan, '-');
    int64_t year;
    int64_t month;
    int64_t day;
    unsigned extra;

    if (!negative) srl_scan_take(scan, '+');
    SRL_TRY(srl_scan_fixed(scan, 4, &year));
    for (extra = 0; extra < 2 && srl_scan_digit(scan); extra++) {
        year = year * 10 + (scan->text[scan->at++] - '0');
    }
    if (negative) year = -year;
    if (!srl_scan_take(scan, '-')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 1, 12, &month));
    if (!srl_scan_take(scan, '-')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 1, srl_month_days(year, month), &day));
    *days = srl_days_of(year, month, day);
    return SURREAL_OK;
}

/* fraction = "." 1*9DIGIT ; what is finer than a nanosecond is refused, not
 * rounded */
static surreal_status
srl_scan_fraction(srl_scan *scan, uint32_t *nsec)
{
    uint32_t unit = 100000000;

    *nsec = 0;
    if (!srl_scan_take(scan, '.')) return SURREAL_OK;
    if (!srl_scan_digit(scan)) return SURREAL_ERR_SYNTAX;
    while (srl_scan_digit(scan)) {
        if (!unit) return SURREAL_ERR_RANGE;
        *nsec += (uint32_t)(scan->text[scan->at++] - '0') * unit;
        unit /= 10;
    }
    return SURREAL_OK;
}

/* zone = "Z" | ( "+" | "-" ) hh ":" mm */
static surreal_status
srl_scan_zone(srl_scan *scan, int64_t *offset)
{
    bool negative;
    int64_t hours;
    int64_t minutes;

    *offset = 0;
    if (srl_scan_take(scan, 'Z') || srl_scan_take(scan, 'z')) {
        return SURREAL_OK;
    }
    negative = srl_scan_take(scan, '-');
    if (!negative && !srl_scan_take(scan, '+')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 23, &hours));
    if (!srl_scan_take(scan, ':')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 59, &minutes));
    *offset = hours * 3600 + minutes * 60;
    if (negative) *offset = -*offset;
    return SURREAL_OK;
}

/* datetime = date [ ( "T" | " " ) hh ":" mm ":" ss [ fraction ] zone ] */
static surreal_status
srl_scan_datetime(srl_scan *scan, surreal_datetime *out)
{
    int64_t days;
    int64_t hours;
    int64_t minutes;
    int64_t seconds;
    int64_t offset;

    SRL_TRY(srl_scan_date(scan, &days));
    out->sec = days * SRL_TIME_DAY;
    out->nsec = 0;
    if (scan->at == scan->len) return srl_datetime_check(*out);
    if (!srl_scan_take(scan, 'T') && !srl_scan_take(scan, 't') &&
        !srl_scan_take(scan, ' ')) {
        return SURREAL_ERR_SYNTAX;
    }
    SRL_TRY(srl_scan_field(scan, 0, 23, &hours));
    if (!srl_scan_take(scan, ':')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 59, &minutes));
    if (!srl_scan_take(scan, ':')) return SURREAL_ERR_SYNTAX;
    SRL_TRY(srl_scan_field(scan, 0, 59, &seconds)); /* no leap seconds */
    SRL_TRY(srl_scan_fraction(scan, &out->nsec));
    SRL_TRY(srl_scan_zone(scan, &offset));
    out->sec += hours * 3600 + minutes * 60 + seconds - offset;
    return srl_datetime_check(*out);
}

SURREAL_API surreal_status
surreal_datetime_parse(surreal_str text, surreal_datetime *out, size_t *at)
{
    srl_scan scan = srl_scan_of(text);
    surreal_datetime t;
    surreal_status status = srl_scan_datetime(&scan, &t);

    status = srl_scan_end(&scan, status, at);
    if (!status) *out = t;
    return status;
}

SURREAL_API size_t
surreal_datetime_print(surreal_datetime t, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_datetime_out(&out, t);
    return srl_out_end(&out);
}

/* ---- durations ----------------------------------------------------------- */

/* Units, largest first. Below a second `sec` is 0 and `per` says how many
 * make one. The micro sign is U+00B5 as the server prints it. */
typedef struct srl_duration_unit {
    const char *name;
    uint32_t sec;
    uint32_t per;
} srl_duration_unit;

#define SRL_TIME_UNITS 9

static const srl_duration_unit *
srl_duration_units(void)
{
    static const srl_duration_unit units[SRL_TIME_UNITS] = {
        {"y", 365 * SRL_TIME_DAY, 0}, {"w", 7 * SRL_TIME_DAY, 0},
        {"d", SRL_TIME_DAY, 0},       {"h", 3600, 0},
        {"m", 60, 0},                 {"s", 1, 0},
        {"ms", 0, 1000},              {"\xc2\xb5s", 0, 1000000},
        {"ns", 0, 1000000000}};

    return units;
}

SRL_FN void
srl_duration_out(srl_out *out, surreal_duration d)
{
    const srl_duration_unit *units = srl_duration_units();
    uint32_t nsec = d.nsec % (SRL_NSEC_MAX + 1u);
    unsigned i;

    if (!d.sec && !nsec) {
        srl_out_text(out, "0ns");
        return;
    }
    for (i = 0; i < SRL_TIME_UNITS; i++) {
        uint64_t count;

        if (units[i].sec) {
            count = d.sec / units[i].sec;
            d.sec %= units[i].sec;
        } else {
            uint32_t each = (SRL_NSEC_MAX + 1u) / units[i].per;

            count = nsec / each;
            nsec %= each;
        }
        if (!count) continue;
        srl_out_uint(out, count);
        srl_out_text(out, units[i].name);
    }
    SURREAL_ASSERT(!d.sec && !nsec);
}

/* The unit at the cursor: the longest name that fits, so that "ms" is not
 * read as "m". "us" is another spelling of the micro unit. */
static const srl_duration_unit *
srl_scan_unit(srl_scan *scan)
{
    const srl_duration_unit *units = srl_duration_units();
    const srl_duration_unit *best = NULL;
    size_t best_len = 0;
    size_t left = scan->len - scan->at;
    unsigned i;

    if (left >= 2 && !memcmp(scan->text + scan->at, "us", 2)) {
        scan->at += 2;
        return &units[7];
    }
    for (i = 0; i < SRL_TIME_UNITS; i++) {
        size_t len = strlen(units[i].name);

        if (len > left || len <= best_len) continue;
        if (memcmp(scan->text + scan->at, units[i].name, len)) continue;
        best = &units[i];
        best_len = len;
    }
    scan->at += best_len;
    return best;
}

static surreal_status
srl_duration_add(surreal_duration *d, uint64_t count,
                 const srl_duration_unit *unit)
{
    uint64_t sec;
    uint64_t nsec = 0;

    if (unit->sec) {
        if (count > UINT64_MAX / unit->sec) return SURREAL_ERR_RANGE;
        sec = count * unit->sec;
    } else {
        sec = count / unit->per;
        nsec = count % unit->per * ((SRL_NSEC_MAX + 1u) / unit->per);
    }
    nsec += d->nsec;
    if (nsec > SRL_NSEC_MAX) {
        nsec -= SRL_NSEC_MAX + 1u;
        if (sec == UINT64_MAX) return SURREAL_ERR_RANGE;
        sec++;
    }
    if (sec > UINT64_MAX - d->sec) return SURREAL_ERR_RANGE;
    d->sec += sec;
    d->nsec = (uint32_t)nsec;
    return SURREAL_OK;
}

/* part = 1*DIGIT unit */
static surreal_status
srl_scan_part(srl_scan *scan, surreal_duration *d)
{
    const srl_duration_unit *unit;
    uint64_t count = 0;

    if (!srl_scan_digit(scan)) return SURREAL_ERR_SYNTAX;
    while (srl_scan_digit(scan)) {
        unsigned digit = (unsigned)(scan->text[scan->at] - '0');

        if (count > (UINT64_MAX - digit) / 10) return SURREAL_ERR_RANGE;
        count = count * 10 + digit;
        scan->at++;
    }
    unit = srl_scan_unit(scan);
    if (!unit) return SURREAL_ERR_SYNTAX;
    return srl_duration_add(d, count, unit);
}

SURREAL_API surreal_status
surreal_duration_parse(surreal_str text, surreal_duration *out, size_t *at)
{
    srl_scan scan = srl_scan_of(text);
    surreal_duration d = {0, 0};
    surreal_status status;

    do {
        status = srl_scan_part(&scan, &d);
    } while (!status && scan.at < scan.len);
    status = srl_scan_end(&scan, status, at);
    if (!status) *out = d;
    return status;
}

SURREAL_API size_t
surreal_duration_print(surreal_duration d, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_duration_out(&out, d);
    return srl_out_end(&out);
}

/* ---- UUIDs --------------------------------------------------------------- */

static bool
srl_uuid_hyphen_before(unsigned byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

SRL_FN void
srl_uuid_out(srl_out *out, surreal_uuid u)
{
    static const char digits[] = "0123456789abcdef";
    unsigned i;

    for (i = 0; i < sizeof u.bytes; i++) {
        if (srl_uuid_hyphen_before(i)) srl_out_char(out, '-');
        srl_out_char(out, digits[u.bytes[i] >> 4]);
        srl_out_char(out, digits[u.bytes[i] & 15]);
    }
}

static surreal_status
srl_scan_hex(srl_scan *scan, uint8_t *out)
{
    unsigned v = 0;
    unsigned i;

    for (i = 0; i < 2; i++) {
        int digit = srl_hex_value(srl_scan_peek(scan));

        if (digit < 0) return SURREAL_ERR_SYNTAX;
        v = v << 4 | (unsigned)digit;
        scan->at++;
    }
    *out = (uint8_t)v;
    return SURREAL_OK;
}

/* 32 hex digits in any case, with all four hyphens or with none. */
SURREAL_API surreal_status
surreal_uuid_parse(surreal_str text, surreal_uuid *out, size_t *at)
{
    srl_scan scan = srl_scan_of(text);
    bool hyphens = text.len > 8 && text.ptr[8] == '-';
    surreal_status status = SURREAL_OK;
    surreal_uuid u;
    unsigned i;

    for (i = 0; i < sizeof u.bytes && !status; i++) {
        if (hyphens && srl_uuid_hyphen_before(i) &&
            !srl_scan_take(&scan, '-')) {
            status = SURREAL_ERR_SYNTAX;
        } else {
            status = srl_scan_hex(&scan, &u.bytes[i]);
        }
    }
    status = srl_scan_end(&scan, status, at);
    if (!status) *out = u;
    return status;
}

SURREAL_API size_t
surreal_uuid_print(surreal_uuid u, char *buf, size_t cap)
{
    srl_out out;

    srl_out_init(&out, buf, cap);
    srl_uuid_out(&out, u);
    return srl_out_end(&out);
}
