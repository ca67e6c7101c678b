/* clang -std=c99 -O1 -g -fsanitize=fuzzer,address,undefined -I. \
 *     tests/fuzz/fuzz_value_text.c -o fuzz_value_text && ./fuzz_value_text
 *
 * Without a fuzzer: cc -std=c99 -g -DFUZZ_REPLAY -I. \
 *     tests/fuzz/fuzz_value_text.c
 *
 * Any text as datetime, duration, UUID, decimal and string: what is
 * understood prints as text that means the same. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"

static void
moments(surreal_str text)
{
    surreal_datetime t;
    surreal_datetime t2;
    surreal_duration p;
    surreal_duration p2;
    surreal_uuid u;
    surreal_uuid u2;
    char out[128];
    size_t at = 0;

    if (surreal_datetime_parse(text, &t, &at)) {
        FUZZ_CHECK(at <= text.len);
    } else {
        FUZZ_CHECK(surreal_datetime_print(t, out, sizeof out) < sizeof out);
        FUZZ_CHECK(!surreal_datetime_parse(surreal_text(out), &t2, NULL));
        FUZZ_CHECK(t.sec == t2.sec && t.nsec == t2.nsec);
    }
    if (surreal_duration_parse(text, &p, &at)) {
        FUZZ_CHECK(at <= text.len);
    } else {
        FUZZ_CHECK(surreal_duration_print(p, out, sizeof out) < sizeof out);
        FUZZ_CHECK(!surreal_duration_parse(surreal_text(out), &p2, NULL));
        FUZZ_CHECK(p.sec == p2.sec && p.nsec == p2.nsec);
    }
    if (surreal_uuid_parse(text, &u, &at)) {
        FUZZ_CHECK(at <= text.len);
    } else {
        FUZZ_CHECK(surreal_uuid_print(u, out, sizeof out) == 36);
        FUZZ_CHECK(!surreal_uuid_parse(surreal_text(out), &u2, NULL));
        FUZZ_CHECK(!memcmp(&u, &u2, sizeof u));
    }
}

/* Two decimals, split at a space: comparing is antisymmetric and agrees with
 * whole numbers where both are. */
static void
decimals(surreal_str text)
{
    const char *space = text.len
                            ? (const char *)memchr(text.ptr, ' ', text.len)
                            : NULL;
    surreal_decimal a;
    surreal_decimal b;
    int64_t x;
    int64_t y;
    double f;
    int cmp;

    a.text = text;
    b.text = surreal_text("0.5");
    if (space) {
        a.text.len = (size_t)(space - text.ptr);
        b.text.ptr = space + 1;
        b.text.len = text.len - a.text.len - 1;
    }
    cmp = surreal_decimal_cmp(a, b);
    FUZZ_CHECK(cmp == -surreal_decimal_cmp(b, a));
    FUZZ_CHECK(!surreal_decimal_cmp(a, a));
    if (!surreal_decimal_to_scaled(a, 2, &x) &&
        !surreal_decimal_to_scaled(b, 2, &y)) {
        FUZZ_CHECK(cmp == (x > y) - (x < y));
    }
    if (!srl_decimal_check(a.text)) {
        FUZZ_CHECK(!surreal_decimal_to_double(a, &f));
        FUZZ_CHECK(f == f);
    }
}

/* Names and strings fill rooms of any size alike. */
static void
names(surreal_str text)
{
    size_t len = surreal_ident_print(text, NULL, 0);
    char *whole = (char *)malloc(len + 1);
    size_t cap = len / 2 + 1;
    char *half = (char *)malloc(cap);

    FUZZ_CHECK(surreal_ident_print(text, whole, len + 1) == len);
    FUZZ_CHECK(surreal_ident_print(text, half, cap) == len);
    FUZZ_CHECK(!memcmp(whole, half, cap - 1));
    free(whole);
    free(half);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    surreal_str text = {(const char *)data, len};

    moments(text);
    decimals(text);
    names(text);
    return 0;
}
