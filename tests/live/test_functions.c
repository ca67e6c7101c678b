/* tests/live/test_functions.c: every typed function against a real server.
 *
 *   make build/live/test_functions
 *   sh tests/live/run.sh build/live/test_functions
 *
 * One line is one call and its answer. A function that the table says this
 * server lacks must be refused as unsupported; the last test fails if a line
 * of the table was never called. */
#define SURREAL_FUNCTIONS
#include "tests/live/live.h"

static surreal *db;
static bool tested[1024];

/* Where calls put what they give. */
static double num;
static int64_t integer;
static bool boolean;
static surreal_datetime moment;
static surreal_duration span;
static surreal_uuid uuid;
static surreal_point point;
static surreal_str str;
static surreal_bytes bytes;
static surreal_record_id id;
static surreal_file file;
static surreal_decimal decimal;
static surreal_value value;
static surreal_result *owner;

/* ---- arguments ----------------------------------------------------------- */

static surreal_result *kept[8];
static size_t kept_count;

static void
drop_kept(void)
{
    while (kept_count) surreal_result_free(kept[--kept_count]);
}

/* The value of a SurrealQL expression, as the server makes it. */
static surreal_bind
q(const char *expression)
{
    char text[512];

    snprintf(text, sizeof text, "RETURN %s", expression);
    kept[kept_count] = live_run(db, text, SURREAL_NO_VARS);
    return surreal_bind_value(NULL,
                              surreal_statement_value(kept[kept_count++], 0));
}

/* The same for a value that SurrealDB 2 cannot write. */
static surreal_bind
q3(const char *expression)
{
    return live_major >= 3 ? q(expression) : surreal_bind_none(NULL);
}

#define T(text) SURREAL_LIT(text)
#define BY(three, two) (live_major >= 3 ? (three) : (two))

/* 2024-02-29T13:45:30.123456789Z, a Thursday in a leap year. */
static const surreal_datetime leap = {1709214330, 123456789};
static const surreal_duration minute = {60, 0};
static const surreal_duration long_span = {33019506, 7008009};

static surreal_datetime
at(int64_t sec, uint32_t nsec)
{
    surreal_datetime t;

    t.sec = sec;
    t.nsec = nsec;
    return t;
}

static surreal_duration
span_of(uint64_t sec, uint32_t nsec)
{
    surreal_duration d;

    d.sec = sec;
    d.nsec = nsec;
    return d;
}

static surreal_point
place(double lon, double lat)
{
    surreal_point p;

    p.lon = lon;
    p.lat = lat;
    return p;
}

static surreal_bytes
raw(const char *text)
{
    surreal_bytes b;

    b.ptr = (const uint8_t *)text;
    b.len = strlen(text);
    return b;
}

static surreal_file
file_of(const char *bucket, const char *key)
{
    surreal_file f;

    f.bucket = surreal_text(bucket);
    f.key = surreal_text(key);
    return f;
}

static surreal_uuid
uuid_of(const char *text)
{
    surreal_uuid u;

    memset(&u, 0, sizeof u);
    CHECK_INT(surreal_uuid_parse(surreal_text(text), &u, NULL), SURREAL_OK);
    return u;
}

/* ---- answers ------------------------------------------------------------- */

/* Note that `name` was called; true if it gave something to look at. */
static bool
answered(const char *name, surreal_status status)
{
    size_t count, i;
    const surreal_function *f = surreal_functions(&count);

    drop_kept();
    for (i = 0; i < count; i++) {
        if (strcmp(f[i].symbol + strlen("surreal_fn_"), name)) continue;
        tested[i] = true;
        if (live_major < 3 && !f[i].name_2) {
            if (status != SURREAL_ERR_UNSUPPORTED) {
                TEST_FAIL("%s: %s", name, surreal_status_text(status));
            }
            return false;
        }
        if (!status) return true;
        TEST_FAIL("%s: %s: %s", name, surreal_status_text(status),
                  surreal_last_error(db)->message);
        return false;
    }
    TEST_FAIL("%s is not in the table", name);
    return false;
}

static void
release(void)
{
    surreal_result_free(owner);
    owner = NULL;
}

static void
is_num(const char *name, surreal_status status, double low, double high)
{
    if (!answered(name, status)) return;
    if (!(num >= low - 1e-9 && num <= high + 1e-9)) {
        TEST_FAIL("%s gave %.17g, expected %.17g to %.17g", name, num, low,
                  high);
    }
}

static void
is_int(const char *name, surreal_status status, int64_t low, int64_t high)
{
    if (!answered(name, status)) return;
    if (integer < low || integer > high) {
        TEST_FAIL("%s gave %lld, expected %lld to %lld", name,
                  (long long)integer, (long long)low, (long long)high);
    }
}

static void
is_bool(const char *name, surreal_status status, bool want)
{
    if (!answered(name, status)) return;
    if (boolean != want) TEST_FAIL("%s gave %d", name, boolean);
}

static void
is_time(const char *name, surreal_status status, surreal_datetime low,
        surreal_datetime high)
{
    if (!answered(name, status)) return;
    if (moment.sec < low.sec || moment.sec > high.sec ||
        (moment.sec == high.sec && moment.nsec > high.nsec) ||
        (moment.sec == low.sec && moment.nsec < low.nsec)) {
        TEST_FAIL("%s gave %lld.%09u, expected %lld.%09u", name,
                  (long long)moment.sec, (unsigned)moment.nsec,
                  (long long)low.sec, (unsigned)low.nsec);
    }
}

static void
is_span(const char *name, surreal_status status, surreal_duration low,
        surreal_duration high)
{
    if (!answered(name, status)) return;
    if (span.sec < low.sec || span.sec > high.sec ||
        (span.sec == low.sec && span.nsec < low.nsec) ||
        (span.sec == high.sec && span.nsec > high.nsec)) {
        TEST_FAIL("%s gave %llu.%09u", name, (unsigned long long)span.sec,
                  (unsigned)span.nsec);
    }
}

/* The text begins with `want` and is so long. */
static void
is_text(const char *name, surreal_status status, const char *want, size_t low,
        size_t high)
{
    if (!answered(name, status)) return;
    if (!owner || str.len < low || str.len > high ||
        strncmp(str.ptr, want, strlen(want))) {
        TEST_FAIL("%s gave \"%s\", expected \"%s\" (%zu to %zu bytes)", name,
                  str.ptr, want, low, high);
    }
    release();
}

static void
is_any(const char *name, surreal_status status, const char *want)
{
    if (!answered(name, status)) return;
    if (!owner || strcmp(live_text(value), want)) {
        TEST_FAIL("%s gave %s, expected %s", name, live_text(value), want);
    }
    release();
}

static void
is_point(const char *name, surreal_status status, double lon, double lat)
{
    if (!answered(name, status)) return;
    num = point.lon;
    is_num(name, status, lon, lon);
    num = point.lat;
    is_num(name, status, lat, lat);
}

/* The version digit, and the first 48 bits if they are known. */
static void
is_uuid(const char *name, surreal_status status, int version,
        const char *begin)
{
    char text[40];

    if (!answered(name, status)) return;
    surreal_uuid_print(uuid, text, sizeof text);
    if (text[14] != '0' + version || strncmp(text, begin, strlen(begin))) {
        TEST_FAIL("%s gave %s", name, text);
    }
}

static void
is_bytes(const char *name, surreal_status status, const char *want, size_t len)
{
    if (!answered(name, status)) return;
    if (!owner || bytes.len != len || memcmp(bytes.ptr, want, len)) {
        TEST_FAIL("%s gave %zu other bytes", name, bytes.len);
    }
    release();
}

static void
is_id(const char *name, surreal_status status, const char *want)
{
    char text[64];

    if (!answered(name, status)) return;
    surreal_record_id_print(id, text, sizeof text);
    if (!owner || strcmp(text, want)) TEST_FAIL("%s gave %s", name, text);
    release();
}

/* NAME(function, answer, arguments...); a 0 behind the name: no arguments. */
#define FN(name) #name, surreal_fn_##name
#define NUM(name, want, ...) \
    is_num(FN(name)(db, __VA_ARGS__, &num), want, want)
#define NUM_IN(name, low, high, ...) \
    is_num(FN(name)(db, __VA_ARGS__, &num), low, high)
#define INT(name, want, ...) \
    is_int(FN(name)(db, __VA_ARGS__, &integer), want, want)
#define INT_IN(name, low, high, ...) \
    is_int(FN(name)(db, __VA_ARGS__, &integer), low, high)
#define BOOL(name, want, ...) \
    is_bool(FN(name)(db, __VA_ARGS__, &boolean), want)
#define TIME(name, want, ...) \
    is_time(FN(name)(db, __VA_ARGS__, &moment), want, want)
#define SPAN(name, want, ...) \
    is_span(FN(name)(db, __VA_ARGS__, &span), want, want)
#define POINT(name, lon, lat, ...) \
    is_point(FN(name)(db, __VA_ARGS__, &point), lon, lat)
#define STR(name, want, ...)                                      \
    is_text(FN(name)(db, __VA_ARGS__, &str, &owner), want, strlen(want), \
            strlen(want))
#define STR_LEN(name, begin, low, high, ...) \
    is_text(FN(name)(db, __VA_ARGS__, &str, &owner), begin, low, high)
#define STR0(name, begin, low, high) \
    is_text(FN(name)(db, &str, &owner), begin, low, high)
#define ANY(name, want, ...) \
    is_any(FN(name)(db, __VA_ARGS__, &value, &owner), want)
#define UUID(name, version, begin, ...) \
    is_uuid(FN(name)(db, __VA_ARGS__, &uuid), version, begin)
#define UUID0(name, version) is_uuid(FN(name)(db, &uuid), version, "")
#define BYTES(name, want, ...) \
    is_bytes(FN(name)(db, __VA_ARGS__, &bytes, &owner), want, sizeof want - 1)
#define ID(name, want, ...) \
    is_id(FN(name)(db, __VA_ARGS__, &id, &owner), want)

/* ---- the functions ------------------------------------------------------- */

TEST(test_functions_math)
{
    NUM(math_abs, 3, -3);
    NUM(math_acos, 0, 1);
    NUM(math_acot, 0.785398163397448, 1);
    NUM(math_asin, 1.5707963267948966, 1);
    NUM(math_atan, 0.785398163397448, 1);
    NUM(math_ceil, 2, 1.2);
    NUM(math_cos, 0.5403023058681398, 1);
    NUM(math_cot, 0.6420926159343306, 1);
    NUM(math_deg2rad, 3.141592653589793, 180);
    NUM(math_floor, 1, 1.8);
    NUM(math_ln, 2.302585092994046, 10);
    NUM(math_log10, 2, 100);
    NUM(math_log2, 3, 8);
    NUM(math_rad2deg, 180, 3.141592653589793);
    NUM(math_round, 2, 1.6);
    NUM(math_sign, -1, -4);
    NUM(math_sin, 0.8414709848078965, 1);
    NUM(math_sqrt, 4, 16);
    NUM(math_tan, 1.5574077246549023, 1);
    NUM(math_log, 3, 8, 2);
    NUM(math_pow, 1024, 2, 10);
    NUM(math_fixed, 3.14, 3.14159, 2);
    NUM(math_clamp, 5, 7, 1, 5);
    NUM(math_lerp, 2.5, 0, 10, 0.25);
    NUM(math_lerpangle, 45, 0, 180, 0.25);
    NUM(math_interquartile, 2, q("[1, 2, 3, 4, 5]"));
    NUM(math_max, 5, q("[1, 5, 3]"));
    NUM(math_mean, 3, q("[1, 5, 3]"));
    NUM(math_median, 3, q("[1, 5, 3]"));
    NUM(math_midhinge, 3, q("[1, 2, 3, 4, 5]"));
    NUM(math_min, 1, q("[1, 5, 3]"));
    NUM(math_mode, 7, q("[1, 7, 7]"));
    NUM(math_product, 15, q("[1, 5, 3]"));
    NUM(math_spread, 4, q("[1, 5, 3]"));
    NUM(math_stddev, 2, q("[1, 5, 3]"));
    NUM(math_sum, 9, q("[1, 5, 3]"));
    NUM(math_trimean, 3, q("[1, 2, 3, 4, 5]"));
    NUM(math_variance, 4, q("[1, 5, 3]"));
    NUM(math_nearestrank, 3, q("[1, 2, 3, 4, 5]"), 50);
    NUM(math_percentile, 2, q("[1, 2, 3, 4, 5]"), 25);
    ANY(math_bottom, "[2, 1]", q("[3, 1, 2]"), 2);
    ANY(math_top, "[2, 3]", q("[3, 1, 2]"), 2);
}

TEST(test_functions_array)
{
    ANY(array_add, "[1, 2]", q("[1, 2]"), q("2"));
    BOOL(array_all, false, q("[1, 0, NONE]"));
    BOOL(array_all_of, true, q("[1, 1]"), q("1"));
    BOOL(array_any, true, q("[0, 1]"));
    BOOL(array_any_of, false, q("[0, 1]"), q("9"));
    ANY(array_append, "[1, 1]", q("[1]"), q("1"));
    ANY(array_at, "3", q("[1, 2, 3]"), -1);
    ANY(array_boolean_and, "[true, false]", q("[true, 0]"), q("[1, 1]"));
    ANY(array_boolean_not, "[false, true]", q("[true, 0]"));
    ANY(array_boolean_or, "[true, false]", q("[true, 0]"), q("[1, 0]"));
    ANY(array_boolean_xor, "[false, true]", q("[true, 0]"), q("[1, 1]"));
    ANY(array_clump, "[[1, 2], [3]]", q("[1, 2, 3]"), 2);
    ANY(array_combine, "[[1, 3], [1, 4], [2, 3], [2, 4]]", q("[1, 2]"),
        q("[3, 4]"));
    ANY(array_complement, "[1, 3]", q("[1, 2, 3]"), q("[2]"));
    ANY(array_concat, "[1, 2, 3]",
        SURREAL_VARS(q("[1]"), q("[2]"), q("[3]")));
    ANY(array_difference, "[1, 3, 4]", q("[1, 2, 3]"), q("[2, 4]"));
    ANY(array_distinct, "[1, 2]", q("[1, 2, 1]"));
    ANY(array_fill, "[9, 9]", q("[1, 2]"), q("9"));
    ANY(array_fill_range, "[1, 9, 9, 4]", q("[1, 2, 3, 4]"), q("9"), 1, 3);
    ANY(array_filter, "[1, 1]", q("[1, 2, 1]"), q("1"));
    ANY(array_filter_index, "[0, 2]", q("[1, 2, 1]"), q("1"));
    ANY(array_find, "2", q("[1, 2, 1]"), q("2"));
    INT(array_find_index, 1, q("[1, 2, 1]"), q("2"));
    ANY(array_first, "1", q("[1, 2]"));
    ANY(array_flatten, "[1, 2, 3]", q("[[1], [2, 3]]"));
    ANY(array_group, "[1, 2, 3]", q("[[1, 2], [2, 3]]"));
    ANY(array_insert, "[1, 9]", q("[1]"), q("9"));
    ANY(array_insert_at, "[1, 9, 2]", q("[1, 2]"), q("9"), 1);
    ANY(array_intersect, "[2]", q("[1, 2, 3]"), q("[2, 4]"));
    BOOL(array_is_empty, true, q("[]"));
    STR(array_join, "1-2", q("[1, 2]"), T("-"));
    ANY(array_last, "2", q("[1, 2]"));
    INT(array_len, 3, q("[1, 2, 3]"));
    ANY(array_logical_and, BY("[1, 0]", "[true, 0]"), q("[true, 0]"),
        q("[1, 1]"));
    ANY(array_logical_or, "[true, 1]", q("[true, 0]"), q("[1, 1]"));
    ANY(array_logical_xor, "[false, 1]", q("[true, 0]"), q("[1, 1]"));
    ANY(array_matches, "[true, false]", q("[1, 2]"), q("1"));
    ANY(array_max, "3", q("[1, 3, 2]"));
    ANY(array_min, "1", q("[2, 1, 3]"));
    ANY(array_pop, "3", q("[1, 2, 3]"));
    ANY(array_prepend, "[0, 1]", q("[1]"), q("0"));
    ANY(array_push, "[1, 2]", q("[1]"), q("2"));
    ANY(array_range, BY("[1, 2]", "[1, 2, 3]"), 1, 3);
    ANY(array_remove, "[1, 3]", q("[1, 2, 3]"), 1);
    ANY(array_repeat, "['a', 'a']", q("'a'"), 2);
    ANY(array_reverse, "[2, 1]", q("[1, 2]"));
    ANY(array_sequence, "[0, 1, 2]", 3);
    ANY(array_sequence_from, "[2, 3, 4]", 2, 3);
    ANY(array_shuffle, "[1, 1]", q("[1, 1]"));
    ANY(array_slice, BY("[2, 3]", "[2, 3, 4]"), q("[1, 2, 3, 4]"), 1, 3);
    ANY(array_slice_from, "[3, 4]", q("[1, 2, 3, 4]"), -2);
    ANY(array_sort, "[1, 2, 3]", q("[3, 1, 2]"));
    ANY(array_sort_up, "[3, 2, 1]", q("[3, 1, 2]"), false);
    ANY(array_sort_asc, "[1, 2, 3]", q("[3, 1, 2]"));
    ANY(array_sort_desc, "[3, 2, 1]", q("[3, 1, 2]"));
    ANY(array_sort_lexical, "['a', 'B']", q("['B', 'a']"));
    ANY(array_sort_natural, "['b9', 'b10']", q("['b10', 'b9']"));
    ANY(array_sort_natural_lexical, "['a', 'b9', 'B10']",
        q("['B10', 'a', 'b9']"));
    ANY(array_swap, "[3, 2, 1]", q("[1, 2, 3]"), 0, 2);
    ANY(array_transpose, "[[1, 3], [2, 4]]", q("[[1, 2], [3, 4]]"));
    ANY(array_union, "[1, 2, 3]", q("[1, 2]"), q("[2, 3]"));
    ANY(array_windows, "[[1, 2], [2, 3]]", q("[1, 2, 3]"), 2);
}

TEST(test_functions_set)
{
    ANY(set_add, "{1, 2, 3}", q3("{1, 2,}"), q("3"));
    ANY(set_at, "2", q3("{1, 2,}"), 1);
    ANY(set_complement, "{1,}", q3("{1, 2,}"), q3("{2, 3,}"));
    BOOL(set_contains, true, q3("{1, 2,}"), q("1"));
    ANY(set_difference, "{1, 3}", q3("{1, 2,}"), q3("{2, 3,}"));
    ANY(set_filter, "{1,}", q3("{1, 2,}"), q("1"));
    ANY(set_find, "2", q3("{1, 2,}"), q("2"));
    ANY(set_first, "1", q3("{2, 1,}"));
    ANY(set_flatten, "{1, 2, 3}", q3("{{1, 2,}, {3,},}"));
    ANY(set_intersect, "{2,}", q3("{1, 2,}"), q3("{2, 3,}"));
    BOOL(set_is_empty, false, q3("{1,}"));
    STR(set_join, "1-2", q3("{1, 2,}"), T("-"));
    ANY(set_last, "2", q3("{2, 1,}"));
    INT(set_len, 2, q3("{2, 1,}"));
    ANY(set_max, "2", q3("{2, 1,}"));
    ANY(set_min, "1", q3("{2, 1,}"));
    ANY(set_remove, "{2,}", q3("{1, 2,}"), q("1"));
    ANY(set_slice, "{2,}", q3("{1, 2, 3,}"), 1, 2);
    ANY(set_slice_from, "{2, 3}", q3("{1, 2, 3,}"), 1);
    ANY(set_union, "{1, 2, 3}", q3("{1, 2,}"), q3("{2, 3,}"));
}

TEST(test_functions_string)
{
    STR(string_capitalize, "Two Words", T("two words"));
    STR(string_concat, "a1true", SURREAL_VARS(surreal_bind_text(NULL, "a"),
                                              surreal_bind_int(NULL, 1),
                                              surreal_bind_bool(NULL, true)));
    BOOL(string_contains, true, T("hello"), T("ell"));
    BOOL(string_ends_with, true, T("hello"), T("llo"));
    STR(string_html_encode, "&lt;b&gt;", T("<b>"));
    STR(string_html_sanitize, "<b>x</b>", T("<b>x</b><script>y</script>"));
    STR(string_join, "a-b-c",
        SURREAL_VARS(surreal_bind_text(NULL, "-"),
                     surreal_bind_text(NULL, "a"),
                     surreal_bind_text(NULL, "b"),
                     surreal_bind_text(NULL, "c")));
    INT(string_len, 2, T("\xc3\xa4z"));
    STR(string_lowercase, "abc", T("ABC"));
    BOOL(string_matches, true, T("abc"), T("^a.c$"));
    STR(string_repeat, "abab", T("ab"), 2);
    STR(string_replace, "a-b-", T("aXbX"), T("X"), T("-"));
    STR(string_reverse, "cba", T("abc"));
    STR(string_slice, BY("el", "ell"), T("hello"), 1, 3);
    STR(string_slice_from, "llo", T("hello"), 2);
    STR(string_slug, "hello-world", T("Hello, World!"));
    ANY(string_split, "['a', 'b']", T("a,b"), T(","));
    BOOL(string_starts_with, false, T("hello"), T("ello"));
    STR(string_trim, "x", T("  x "));
    STR(string_uppercase, "ABC", T("abc"));
    ANY(string_words, "['two', 'words']", T("two  words"));
    INT(string_distance_damerau_levenshtein, 1, T("ab"), T("ba"));
    INT(string_distance_hamming, 2, T("abcd"), T("abxy"));
    INT(string_distance_levenshtein, 2, T("ab"), T("ba"));
    NUM(string_distance_normalized_damerau_levenshtein, 0.5, T("ab"),
        T("ba"));
    NUM(string_distance_normalized_levenshtein, 0.75, T("abcd"), T("abcx"));
    INT(string_distance_osa, 1, T("ab"), T("ba"));
    INT_IN(string_similarity_fuzzy, 1, 1000, T("abcd"), T("abcd"));
    NUM(string_similarity_jaro, 1, T("abcd"), T("abcd"));
    NUM(string_similarity_jaro_winkler, 0.96111111111111, T("MARTHA"),
        T("MARHTA"));
    INT_IN(string_similarity_smithwaterman, 1, 1000, T("abcd"), T("abcd"));
    NUM(string_similarity_sorensen_dice, 0.25, T("night"), T("nacht"));
}

TEST(test_functions_string_is)
{
    BOOL(string_is_alpha, true, T("abc"));
    BOOL(string_is_alphanum, false, T("a-1"));
    BOOL(string_is_ascii, false, T("\xc3\xa4"));
    BOOL(string_is_datetime, true, T("2024-02-29T00:00:00Z"));
    BOOL(string_is_domain, true, T("surrealdb.com"));
    BOOL(string_is_email, true, T("a@surrealdb.com"));
    BOOL(string_is_hexadecimal, true, T("ff00"));
    BOOL(string_is_ip, true, T("10.0.0.1"));
    BOOL(string_is_ipv4, false, T("::1"));
    BOOL(string_is_ipv6, true, T("::1"));
    BOOL(string_is_latitude, false, T("91"));
    BOOL(string_is_longitude, true, T("-0.118092"));
    BOOL(string_is_numeric, true, T("12"));
    BOOL(string_is_record, true, T("a:1"));
    BOOL(string_is_semver, true, T("1.2.3"));
    BOOL(string_is_ulid, true, T("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    BOOL(string_is_url, true, T("https://surrealdb.com"));
    BOOL(string_is_uuid, false, T("018f1e6a"));
    BOOL(string_is_datetime_as, true, T("2015-09-05 23:56:04"),
         T("%Y-%m-%d %H:%M:%S"));
    BOOL(string_is_record_of, false, T("a:1"), T("b"));
    INT(string_semver_compare, -1, T("1.0.0"), T("1.3.5"));
    INT(string_semver_major, 1, T("1.2.3"));
    INT(string_semver_minor, 2, T("1.2.3"));
    INT(string_semver_patch, 3, T("1.2.3"));
    STR(string_semver_inc_major, "2.0.0", T("1.2.3"));
    STR(string_semver_inc_minor, "1.3.0", T("1.2.3"));
    STR(string_semver_inc_patch, "1.2.4", T("1.2.3"));
    STR(string_semver_set_major, "9.2.3", T("1.2.3"), 9);
    STR(string_semver_set_minor, "1.9.3", T("1.2.3"), 9);
    STR(string_semver_set_patch, "1.2.9", T("1.2.3"), 9);
}

TEST(test_functions_time)
{
    is_time(FN(time_now)(db, &moment), at(1700000000, 0),
            at(10000000000, 0));
    STR0(time_timezone, "+00:00", 6, 6);
    TIME(time_ceil, at(1709214360, 0), leap, minute);
    TIME(time_floor, at(1709214300, 0), leap, minute);
    TIME(time_round, at(1709214360, 0), leap, minute);
    INT(time_day, 29, leap);
    INT(time_hour, 13, leap);
    INT(time_micros, INT64_C(1709214330123456), leap);
    INT(time_millis, INT64_C(1709214330123), leap);
    INT(time_minute, 45, leap);
    INT(time_month, 2, leap);
    INT(time_nano, INT64_C(1709214330123456789), leap);
    INT(time_second, 30, leap);
    INT(time_unix, 1709214330, leap);
    INT(time_wday, 4, leap);
    INT(time_week, 9, leap);
    INT(time_yday, 60, leap);
    INT(time_year, 2024, leap);
    STR(time_format, "29.02.2024", leap, T("%d.%m.%Y"));
    TIME(time_group, at(1706745600, 0), leap, T("month"));
    BOOL(time_is_leap_year, true, leap);
    TIME(time_max, at(9, 0), q("[d'1970-01-01T00:00:09Z',"
                               "d'1970-01-01T00:00:05Z']"));
    TIME(time_min, at(5, 0), q("[d'1970-01-01T00:00:09Z',"
                               "d'1970-01-01T00:00:05Z']"));
    TIME(time_from_micros, at(1, 500000000), 1500000);
    TIME(time_from_millis, at(1, 500000000), 1500);
    TIME(time_from_nanos, at(1, 500000001), 1500000001);
    TIME(time_from_secs, at(1500, 0), 1500);
    TIME(time_from_unix, at(-1, 0), -1);
    TIME(time_from_ulid, at(1469922850, 259000000),
         T("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    TIME(time_from_uuid, at(1577836800, 0),
         uuid_of("016f5e66-e800-7302-ac0e-7681d57e56b2"));
    TIME(time_set_year, at(1835444730, 123456789), leap, 2028);
    TIME(time_set_month, at(1711719930, 123456789), leap, 3);
    TIME(time_set_day, at(1706795130, 123456789), leap, 1);
    TIME(time_set_hour, at(1709167530, 123456789), leap, 0);
    TIME(time_set_minute, at(1709211630, 123456789), leap, 0);
    TIME(time_set_second, at(1709214300, 123456789), leap, 0);
    TIME(time_set_nanosecond, at(1709214330, 5), leap, 5);
}

TEST(test_functions_duration)
{
    INT(duration_days, 382, long_span);
    INT(duration_hours, 9172, long_span);
    INT(duration_micros, INT64_C(33019506007008), long_span);
    INT(duration_millis, INT64_C(33019506007), long_span);
    INT(duration_mins, 550325, long_span);
    INT(duration_nanos, INT64_C(33019506007008009), long_span);
    INT(duration_secs, 33019506, long_span);
    INT(duration_weeks, 54, long_span);
    INT(duration_years, 1, long_span);
    SPAN(duration_from_days, span_of(259200, 0), 3);
    SPAN(duration_from_hours, span_of(10800, 0), 3);
    SPAN(duration_from_micros, span_of(0, 3000), 3);
    SPAN(duration_from_millis, span_of(0, 3000000), 3);
    SPAN(duration_from_mins, span_of(180, 0), 3);
    SPAN(duration_from_nanos, span_of(0, 3), 3);
    SPAN(duration_from_secs, span_of(3, 0), 3);
    SPAN(duration_from_weeks, span_of(1814400, 0), 3);
}

/* The digests of "abc" that the standards give. */
TEST(test_functions_crypto)
{
    STR_LEN(crypto_blake3, "6437b3ac38465133ffb63b75273a8db5", 64, 64,
            T("abc"));
    STR(crypto_md5, "900150983cd24fb0d6963f7d28e17f72", T("abc"));
    STR(crypto_sha1, "a9993e364706816aba3e25717850c26c9cd0d89d", T("abc"));
    STR_LEN(crypto_sha256, "ba7816bf8f01cfea414140de5dae2223", 64, 64,
            T("abc"));
    STR_LEN(crypto_sha512, "ddaf35a193617abacc417349ae204131", 128, 128,
            T("abc"));
    INT(crypto_joaat, 0xed131f5b, T("abc"));
}

/* What a generated hash is compared with is the password it was made of. */
TEST(test_functions_crypto_passwords)
{
    static char hash[256];

#define PASSWORD(kind, begin)                                             \
    STR_LEN(crypto_##kind##_generate, begin, 40, 255, T("secret"));       \
    CHECK_INT(surreal_fn_crypto_##kind##_generate(db, T("secret"), &str,  \
                                                  &owner), SURREAL_OK);   \
    snprintf(hash, sizeof hash, "%s", str.ptr);                           \
    release();                                                            \
    BOOL(crypto_##kind##_compare, true, surreal_text(hash), T("secret")); \
    BOOL(crypto_##kind##_compare, false, surreal_text(hash), T("other"))

    PASSWORD(argon2, "$argon2id$");
    PASSWORD(bcrypt, "$2b$");
    PASSWORD(pbkdf2, "$pbkdf2-sha256$");
    PASSWORD(scrypt, "$scrypt$");
#undef PASSWORD
}

TEST(test_functions_rand)
{
    surreal_datetime then = at(1577836800, 0);
    int seen = 0, i;

    is_num(FN(rand)(db, &num), 0, 1);
    for (i = 0; i < 200 && seen != 3; i++) {
        if (!answered(FN(rand_bool)(db, &boolean))) break;
        seen |= boolean ? 1 : 2;
    }
    CHECK_INT(seen, 3);
    is_span(FN(rand_duration)(db, minute, span_of(120, 0), &span), minute,
            span_of(120, 0));
    ANY(rand_enum, "7", SURREAL_VARS(surreal_bind_int(NULL, 7),
                                     surreal_bind_int(NULL, 7)));
    is_num(FN(rand_float)(db, &num), 0, 1);
    NUM_IN(rand_float_in, 5, 6, 5, 6);
    STR0(rand_id, "", 20, 20);
    STR_LEN(rand_id_len, "", 5, 5, 5);
    STR_LEN(rand_id_in, "", 5, 7, 5, 7);
    is_int(FN(rand_int)(db, &integer), INT64_MIN, INT64_MAX);
    INT_IN(rand_int_in, -3, 3, -3, 3);
    STR0(rand_string, "", 32, 32);
    STR_LEN(rand_string_len, "", 5, 5, 5);
    STR_LEN(rand_string_in, "", 5, 7, 5, 7);
    is_time(FN(rand_time)(db, &moment), at(INT64_C(-8334601228800), 0),
            at(INT64_C(8210266876799), 0));
    is_time(FN(rand_time_in)(db, then, leap, &moment), then, leap);
    STR0(rand_ulid, "0", 26, 26);
    STR_LEN(rand_ulid_at, "01DXF6DT00", 26, 26, then);
    UUID0(rand_uuid, 7);
    UUID(rand_uuid_at, 7, "016f5e66-e800", then);
    UUID0(rand_uuid_v4, 4);
    UUID0(rand_uuid_v7, 7);
    UUID(rand_uuid_v7_at, 7, "016f5e66-e800", then);
}

TEST(test_functions_type)
{
    ANY(type_array, "[1, 2]", q("1..3"));
    BOOL(type_bool, true, q("'true'"));
    BYTES(type_bytes, "abc", q("'abc'"));
    TIME(type_datetime, leap, q("'2024-02-29T13:45:30.123456789Z'"));
    if (answered(FN(type_decimal)(db, q("'1.25'"), &decimal, &owner))) {
        CHECK_STR(decimal.text.ptr, "1.25");
        release();
    }
    SPAN(type_duration, minute, q("'1m'"));
    if (answered(FN(type_file)(db, T("b"), T("/k"), &file, &owner))) {
        CHECK_STR(file.bucket.ptr, "b");
        CHECK_STR(file.key.ptr, "/k");
        release();
    }
    NUM(type_float, 1.5, q("'1.5'"));
    ANY(type_geometry, "(1.5, 2.5)", q("(1.5, 2.5)"));
    INT(type_int, 15, q("'15'"));
    NUM(type_number, 1.5, q("'1.5'"));
    STR(type_of, "int", q("1"));
    POINT(type_point, 1.5, 2.5, q("[1.5, 2.5]"));
    ANY(type_range, "1..3", q("[1, 3]"));
    ID(type_record, "a:1", q("'a:1'"));
    ID(type_record_of, "a:`1`", T("a"), q("'1'"));
    ANY(type_set, "{1, 2}", q("[1, 2, 1]"));
    STR(type_string, "15", q("15"));
    STR(type_string_lossy, "abc", surreal_bind_bytes(NULL, raw("abc")));
    if (answered(FN(type_table)(db, q("'person'"), &str, &owner))) {
        CHECK_STR(str.ptr, "person");
        release();
    }
    if (answered(FN(type_uuid)(
            db, q("'018f1e6a-7b2c-7def-8123-456789abcdef'"), &uuid))) {
        CHECK_INT(uuid.bytes[15], 0xef);
    }
}

TEST(test_functions_type_is)
{
    BOOL(type_is_array, true, q("[1]"));
    BOOL(type_is_bool, false, q("1"));
    BOOL(type_is_bytes, true, surreal_bind_bytes(NULL, raw("abc")));
    BOOL(type_is_collection, false, q("(1.5, 2.5)"));
    BOOL(type_is_datetime, true, surreal_bind_datetime(NULL, leap));
    BOOL(type_is_decimal, true, surreal_bind_decimal(NULL, "1.5"));
    BOOL(type_is_duration, true, surreal_bind_duration(NULL, minute));
    BOOL(type_is_float, true, surreal_bind_float(NULL, 1));
    BOOL(type_is_geometry, true, surreal_bind_point(NULL, place(1, 2)));
    BOOL(type_is_int, false, surreal_bind_float(NULL, 1));
    BOOL(type_is_line, false, q("(1.5, 2.5)"));
    BOOL(type_is_multiline, false, q("(1.5, 2.5)"));
    BOOL(type_is_multipoint, false, q("(1.5, 2.5)"));
    BOOL(type_is_multipolygon, false, q("(1.5, 2.5)"));
    BOOL(type_is_none, true, surreal_bind_none(NULL));
    BOOL(type_is_null, true, surreal_bind_null(NULL));
    BOOL(type_is_number, true, q("1"));
    BOOL(type_is_object, true, q("{ a: 1 }"));
    BOOL(type_is_point, true, q("(1.5, 2.5)"));
    BOOL(type_is_polygon, false, q("(1.5, 2.5)"));
    BOOL(type_is_range, true, q("1..3"));
    BOOL(type_is_record, true, q("a:1"));
    BOOL(type_is_set, false, q("[1]"));
    BOOL(type_is_string, true, q("'x'"));
    BOOL(type_is_uuid, false, q("'x'"));
    BOOL(type_is_record_of, false, q("a:1"), T("b"));
}

TEST(test_functions_vector)
{
    ANY(vector_add, "[4, 6]", q("[1, 2]"), q("[3, 4]"));
    ANY(vector_cross, "[0, 0, 1]", q("[1, 0, 0]"), q("[0, 1, 0]"));
    ANY(vector_divide, "[2, 3]", q("[6, 12]"), q("[3, 4]"));
    ANY(vector_multiply, "[3, 8]", q("[1, 2]"), q("[3, 4]"));
    ANY(vector_project, "[1f, 0f]", q("[1, 2]"), q("[1, 0]"));
    ANY(vector_subtract, "[-2, -2]", q("[1, 2]"), q("[3, 4]"));
    ANY(vector_scale, "[2f, 4f]", q("[1, 2]"), 2);
    ANY(vector_normalize, "[0.6f, 0.8f]", q("[3, 4]"));
    NUM(vector_magnitude, 5, q("[3, 4]"));
    NUM(vector_angle, 1.5707963267948966, q("[1, 0]"), q("[0, 1]"));
    NUM(vector_dot, 11, q("[1, 2]"), q("[3, 4]"));
    NUM(vector_distance_chebyshev, 3, q("[1, 2]"), q("[3, 5]"));
    NUM(vector_distance_euclidean, 5, q("[0, 0]"), q("[3, 4]"));
    NUM(vector_distance_hamming, 1, q("[1, 2]"), q("[1, 4]"));
    NUM(vector_distance_manhattan, 7, q("[0, 0]"), q("[3, 4]"));
    NUM(vector_similarity_cosine, 1, q("[1, 2]"), q("[2, 4]"));
    NUM(vector_similarity_jaccard, 0.3333333333333333, q("[1, 2]"),
        q("[2, 3]"));
    NUM(vector_similarity_pearson, 0.9819805060619659, q("[1, 2, 3]"),
        q("[1, 2, 4]"));
    NUM(vector_distance_minkowski, 5, q("[0, 0]"), q("[3, 4]"), 2);
}

TEST(test_functions_object_and_value)
{
    ANY(object_entries, "[['a', 1]]", q("{ a: 1 }"));
    ANY(object_extend, "{ a: 1, b: 2 }", q("{ a: 1 }"), q("{ b: 2 }"));
    ANY(object_from_entries, "{ a: 1 }", q("[['a', 1]]"));
    BOOL(object_is_empty, true, q("{}"));
    ANY(object_keys, "['a', 'b']", q("{ a: 1, b: 2 }"));
    INT(object_len, 2, q("{ a: 1, b: 2 }"));
    ANY(object_remove, "{ b: 2 }", q("{ a: 1, b: 2 }"), q("'a'"));
    ANY(object_values, "[1, 2]", q("{ a: 1, b: 2 }"));
    ANY(value_diff, "[{ op: 'replace', path: '/a', value: 2 }]",
        q("{ a: 1 }"), q("{ a: 2 }"));
    ANY(value_patch, "{ a: 2 }", q("{ a: 1 }"),
        q("[{ op: 'replace', path: '/a', value: 2 }]"));
    INT(bytes_len, 3, raw("abc"));
    INT(count, 1, q("[1, 0]"));
    BOOL(not, true, q("0"));
    (void)answered(FN(sleep)(db, span_of(0, 1000000)));
}

TEST(test_functions_record_and_session)
{
    surreal_record_id one = surreal_id_int("thing", 1);

    surreal_result_free(live_run(db, "CREATE thing:1", SURREAL_NO_VARS));
    if (live_major >= 3) {
        surreal_result_free(live_run(db, "DEFINE SEQUENCE numbers",
                                     SURREAL_NO_VARS));
    }
    BOOL(record_exists, true, one);
    BOOL(record_exists, false, surreal_id_int("thing", 2));
    ANY(record_id, "1", one);
    BOOL(record_is_edge, false, one);
    STR(record_table, "thing", one);
    STR(record_tb, "thing", one);
    ANY(meta_id, "1", one);
    STR(meta_tb, "thing", one);
    BOOL(schema_table_exists, true, T("thing"));
    INT(sequence_nextval, 0, T("numbers"));
    INT(sequence_nextval, 1, T("numbers"));
    STR0(session_db, "functions", 9, 9);
    STR0(session_ns, "live", 4, 4);
    is_any(FN(session_rd)(db, &value, &owner), "NONE");
    if (answered(FN(session_id)(db, &value, &owner))) release();
    if (answered(FN(session_token)(db, &value, &owner))) release();
}

/* What the session does not have: a server in a process has no peer. */
TEST(test_functions_session_may_be_without)
{
    surreal_status status;

#define MAYBE(name)                                     \
    status = surreal_fn_##name(db, &str, &owner);       \
    CHECK(!owner == (status == SURREAL_NOT_FOUND));     \
    release();                                          \
    (void)answered(#name, status == SURREAL_NOT_FOUND ? SURREAL_OK : status)

    MAYBE(session_ac);
    MAYBE(session_ip);
    MAYBE(session_origin);
#undef MAYBE
}

TEST(test_functions_geo_encoding_parse)
{
    BYTES(encoding_base64_decode, "abcd", T("YWJjZA"));
    STR(encoding_base64_encode, "YWJjZA", raw("abcd"));
    STR(encoding_base64_encode_padded, "YWJjZA==", raw("abcd"), true);
    ANY(encoding_cbor_decode, "[1]", raw("\x81\x01"));
    BYTES(encoding_cbor_encode, "\x81\x01", q("[1]"));
    STR(file_bucket, "b", file_of("b", "/k"));
    STR(file_key, "/k", file_of("b", "/k"));
    NUM_IN(geo_area, 1e10, 1.3e10,
           q("{ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], "
             "[0, 1], [0, 0]]] }"));
    NUM(geo_bearing, 90, place(0, 0), place(1, 0));
    POINT(geo_centroid, 1.5, 2.5, q("(1.5, 2.5)"));
    NUM_IN(geo_distance, 111000, 111400, place(0, 0), place(1, 0));
    POINT(geo_hash_decode, 0.94482421875, 2.39501953125, T("s02tt"));
    STR(geo_hash_encode, "s03n4ph789c0", place(1.5, 2.5));
    STR(geo_hash_encode_len, "s03n4", place(1.5, 2.5), 5);
    BOOL(geo_is_valid, false, q("(181.0, 2.5)"));
    STR(parse_email_host, "x.org", T("me@x.org"));
    STR(parse_email_user, "me", T("me@x.org"));
    STR(parse_url_domain, "x.org", T("http://x.org:81/p?q=1#f"));
    STR(parse_url_fragment, "f", T("http://x.org:81/p?q=1#f"));
    STR(parse_url_host, "x.org", T("http://x.org:81/p?q=1#f"));
    STR(parse_url_path, "/p", T("http://x.org:81/p?q=1#f"));
    INT(parse_url_port, 81, T("http://x.org:81/p?q=1#f"));
    STR(parse_url_query, "q=1", T("http://x.org:81/p?q=1#f"));
    STR(parse_url_scheme, "http", T("http://x.org:81/p?q=1#f"));
}

/* ---- the contract -------------------------------------------------------- */

/* On SurrealDB 2 a session's variable wins over one that is sent along. */
TEST(test_functions_take_their_arguments_from_no_session)
{
    double number = 0;

    CHECK_INT(surreal_let(db, surreal_bind_int("a0", 77)), SURREAL_OK);
    CHECK_INT(surreal_fn_math_abs(db, -3, &number), SURREAL_OK);
    CHECK_INT(number, 3);
    CHECK_INT(surreal_unset(db, "a0"), SURREAL_OK);
}

TEST(test_functions_none_is_not_found)
{
    integer = 77;
    CHECK_INT(surreal_fn_array_find_index(db, q("[1]"), q("9"), &integer),
              SURREAL_NOT_FOUND);
    CHECK_INT(integer, 77);
    CHECK_STR(surreal_last_error(db)->message, "array::find_index gave none");
    owner = (surreal_result *)&integer;
    CHECK_INT(surreal_fn_parse_email_host(db, T("nobody"), &str, &owner),
              SURREAL_NOT_FOUND);
    CHECK(owner == NULL);
    ANY(array_find, "NONE", q("[1]"), q("9"));
    drop_kept();
}

TEST(test_functions_refuse_what_cannot_be)
{
    surreal_bind many[SURREAL_FN_ARGS + 1];
    surreal_vars vars;
    size_t i;

    CHECK_INT(surreal_fn_math_sqrt(NULL, 1, &num), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_fn_math_sqrt(db, 1, NULL), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_fn_time_timezone(db, &str, NULL), SURREAL_ERR_USAGE);
    CHECK_INT(surreal_fn_math_sum(db, surreal_bind_text(NULL, "x"), &num),
              SURREAL_ERR_STATEMENT);
    CHECK(strstr(surreal_last_error(db)->message, "math::sum"));
    for (i = 0; i <= SURREAL_FN_ARGS; i++) {
        many[i] = surreal_bind_text("same name", "x");
    }
    vars.v = many;
    vars.count = SURREAL_FN_ARGS + 1;
    CHECK_INT(surreal_fn_string_concat(db, vars, &str, &owner),
              SURREAL_ERR_LIMIT);
    vars.count = SURREAL_FN_ARGS;
    STR(string_concat, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", vars);
}

TEST(test_functions_missing_ones_name_the_versions)
{
    if (live_major >= 3) return;
    CHECK_INT(surreal_fn_crypto_joaat(db, T("abc"), &integer),
              SURREAL_ERR_UNSUPPORTED);
    CHECK(strstr(surreal_last_error(db)->message,
                 "crypto::joaat needs SurrealDB 3.0.0 or newer, this server "
                 "is 2."));
}

/* A connection that is still being made has no version yet. */
TEST(test_functions_wait_for_the_connection)
{
    surreal_options opt;
    surreal *other = NULL;

    memset(&opt, 0, sizeof opt);
    opt.user = live_user;
    opt.pass = live_pass;
    NEED(surreal_open_start(live_url, &opt, &other) == SURREAL_OK);
    CHECK_INT(surreal_fn_string_is_email(other, T("x"), &boolean),
              SURREAL_OK);
    surreal_close(other);
}

/* The table holds what SurrealQL says, and all of it was called. */
TEST(test_functions_all_were_called)
{
    size_t count, i;
    const surreal_function *f = surreal_functions(&count);

    for (i = 0; i < count; i++) {
        if (!tested[i]) TEST_FAIL("%s was not called", f[i].symbol);
        CHECK(!strncmp(f[i].signature, f[i].name, strlen(f[i].name)));
        CHECK((f[i].since >= 300) == !f[i].name_2);
    }
    NEED(count > 2);
    for (i = 0; strcmp(f[i].symbol, "surreal_fn_math_log"); i++) continue;
    CHECK_STR(f[i].signature, "math::log(x: number, base: number) -> number");
    CHECK_STR(f[i].name_2, "math::log");
}

TEST_MAIN(
    live_init();
    db = live_open("functions");
    RUN(test_functions_math);
    RUN(test_functions_array);
    RUN(test_functions_set);
    RUN(test_functions_string);
    RUN(test_functions_string_is);
    RUN(test_functions_time);
    RUN(test_functions_duration);
    RUN(test_functions_crypto);
    RUN(test_functions_crypto_passwords);
    RUN(test_functions_rand);
    RUN(test_functions_type);
    RUN(test_functions_type_is);
    RUN(test_functions_vector);
    RUN(test_functions_object_and_value);
    RUN(test_functions_record_and_session);
    RUN(test_functions_session_may_be_without);
    RUN(test_functions_geo_encoding_parse);
    RUN(test_functions_take_their_arguments_from_no_session);
    RUN(test_functions_none_is_not_found);
    RUN(test_functions_refuse_what_cannot_be);
    RUN(test_functions_missing_ones_name_the_versions);
    RUN(test_functions_wait_for_the_connection);
    if (!test_only) RUN(test_functions_all_were_called);
    surreal_close(db);
)
