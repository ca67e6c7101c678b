/* api/functions.h: the server's own functions, typed. */
#ifndef SURREAL_API_FUNCTIONS_H
#define SURREAL_API_FUNCTIONS_H
#include "api/model.h"

#if defined(SURREAL_FUNCTIONS) || defined(SRL_PARTS)

/* Behind the switch SURREAL_FUNCTIONS, which has to be defined before the
 * first include of surreal.h in every file that uses this section and in the
 * one that has SURREAL_IMPLEMENTATION. It adds some 100 KB to the program.
 *
 *   double root;
 *   surreal_str hash;
 *   surreal_result *owner;
 *
 *   status = surreal_fn_math_sqrt(db, 16, &root);
 *   status = surreal_fn_crypto_sha256(db, SURREAL_LIT("x"), &hash, &owner);
 *   ...
 *   surreal_result_free(owner);
 *
 * NAMES. The name is that of SurrealDB 3 with '_' for each "::", behind
 * surreal_fn_: math::sqrt is surreal_fn_math_sqrt, string::is_email is
 * surreal_fn_string_is_email, also on SurrealDB 2, which calls it
 * string::is::email. A function that takes more or fewer arguments has a
 * second line with a suffix: rand_int and rand_int_in(low, high).
 *
 * ARGUMENTS and results, by the words of the lists below; those marked *
 * come with an owner:
 *
 *   word     in C               in SurrealQL
 *   NUM      double             number (int, float or decimal)
 *   INT      int64_t            int
 *   BOOL     bool               bool
 *   STR   *  surreal_str        string
 *   TIME     surreal_datetime   datetime
 *   SPAN     surreal_duration   duration
 *   UUID     surreal_uuid       uuid
 *   POINT    surreal_point      point
 *   BYTES *  surreal_bytes      bytes
 *   ID    *  surreal_record_id  record
 *   FILE  *  surreal_file       file
 *   DECIMAL* surreal_decimal    decimal; only as a result
 *   TABLE *  surreal_str        table; only as a result
 *   ANY   *  surreal_bind in, surreal_value out: any value
 *   ARRAY, OBJECT, SET, GEO *   the same; what the function asks for
 *   VOID                        no result
 *
 * The name inside a surreal_bind does not count and may be NULL:
 * surreal_bind_int(NULL, 7), surreal_bind_encoded(NULL, item). Functions with
 * any number of arguments (string::concat, string::join, array::concat,
 * rand::enum) take them as surreal_vars, at most SURREAL_FN_ARGS.
 *
 * Numbers are doubles here, with 53 bits: where an int beyond that or a
 * decimal must stay exact, use surreal_query. NaN and infinity come as such.
 *
 * Each call waits for one query, `RETURN name($a0, $a1)`, with the arguments
 * beside the text; unlike the RPC method `run` it takes part in transactions.
 *
 *   out    written only on success
 *   owner  receives the result `out` points into, NULL on failure
 *
 * Returns:  SURREAL_OK; SURREAL_NOT_FOUND if the function gave NONE or NULL
 *           (an ANY result shows them instead); ERR_UNSUPPORTED if this
 *           version of the server does not have the function, without asking
 *           it; ERR_TYPE or ERR_RANGE for a result of another kind;
 *           ERR_STATEMENT and the like for arguments the function refuses;
 *           what surreal_query returns. Details in surreal_last_error(db)
 * Owns:     *owner is yours; free with surreal_result_free(). It may not be
 *           NULL
 *
 * NOT HERE: functions that take a closure (array::map, fold, reduce; set::map,
 * ...; value::chain), that mean something only inside a statement on a table
 * (type::field, type::fields, search::..., vector::distance::knn, api::...),
 * that reach the network or a bucket (http::..., file::get, ...), second
 * names (array::every, some, includes, index_of, which 3.0 knows but cannot
 * run), and those that no version here runs (vector::distance::mahalanobis,
 * vector::similarity::spearman, object::matches, duration::set_...; on 3.0
 * also set::all and set::any). Write those that exist into a query.
 *
 * BETWEEN MAJORS the server changed what some functions do under one name;
 * nothing is smoothed over here:
 *
 *   array::slice, string::slice   (v, from, to): `to` is the end, not
 *                                 included, on 3, and a count on 2
 *   array::range                  (from, to): the same
 *   array::logical_and            of two true values the second on 3, the
 *                                 first on 2
 *   math::sqrt(-1), math::min([]) NaN, infinity and -infinity on 3, NONE on 2
 *   and math::max([])
 *   record::exists                a table that does not exist is an error on
 *                                 3, false on 2
 *   session::id                   NONE on 2 unless it was given one
 *   encoding::base64::decode      takes padding ("YQ==") on 3 only
 *   type::decimal                 of "1.50" is 1.50 on 2, 1.5 on 3
 *   value::diff                   the path of the whole value is "" on 3 and
 *                                 "/" on 2, so elements of it are "//1" there
 */
#define SURREAL_FN_ARGS 32

/* ---- the lists --------------------------------------------------------------
 *
 * One entry is one function, surreal_ and its name:
 *
 *   Fn(name, since, "name on 3", "name on 2", result, argument, its name, ...)
 *
 * n is the number of arguments; FV takes surreal_vars. "=" stands for the
 * same name on 2, "" for a function 2 does not have. `since` is the first
 * version, a digit for each of major, minor and patch: 302 is 3.0.2. */

/* math */
#define SURREAL_FN_MATH(F0, F1, F2, F3, F4, FV)                               \
    F1(fn_math_abs, 200, "math::abs", "=", NUM, NUM, x)                       \
    F1(fn_math_acos, 200, "math::acos", "=", NUM, NUM, x)                     \
    F1(fn_math_acot, 200, "math::acot", "=", NUM, NUM, x)                     \
    F1(fn_math_asin, 200, "math::asin", "=", NUM, NUM, x)                     \
    F1(fn_math_atan, 200, "math::atan", "=", NUM, NUM, x)                     \
    F1(fn_math_ceil, 200, "math::ceil", "=", NUM, NUM, x)                     \
    F1(fn_math_cos, 200, "math::cos", "=", NUM, NUM, x)                       \
    F1(fn_math_cot, 200, "math::cot", "=", NUM, NUM, x)                       \
    F1(fn_math_deg2rad, 200, "math::deg2rad", "=", NUM, NUM, x)               \
    F1(fn_math_floor, 200, "math::floor", "=", NUM, NUM, x)                   \
    F1(fn_math_ln, 200, "math::ln", "=", NUM, NUM, x)                         \
    F1(fn_math_log10, 200, "math::log10", "=", NUM, NUM, x)                   \
    F1(fn_math_log2, 200, "math::log2", "=", NUM, NUM, x)                     \
    F1(fn_math_rad2deg, 200, "math::rad2deg", "=", NUM, NUM, x)               \
    F1(fn_math_round, 200, "math::round", "=", NUM, NUM, x)                   \
    F1(fn_math_sign, 200, "math::sign", "=", NUM, NUM, x)                     \
    F1(fn_math_sin, 200, "math::sin", "=", NUM, NUM, x)                       \
    F1(fn_math_sqrt, 200, "math::sqrt", "=", NUM, NUM, x)                     \
    F1(fn_math_tan, 200, "math::tan", "=", NUM, NUM, x)                       \
    F2(fn_math_log, 200, "math::log", "=", NUM, NUM, x, NUM, base)            \
    F2(fn_math_pow, 200, "math::pow", "=", NUM, NUM, x, NUM, y)               \
    F2(fn_math_fixed, 200, "math::fixed", "=", NUM, NUM, x, INT, places)      \
    F3(fn_math_clamp, 200, "math::clamp", "=", NUM, NUM, x, NUM, low,         \
       NUM, high)                                                             \
    F3(fn_math_lerp, 200, "math::lerp", "=", NUM, NUM, a, NUM, b, NUM, t)     \
    F3(fn_math_lerpangle, 200, "math::lerpangle", "=", NUM, NUM, a, NUM, b,   \
       NUM, t)                                                                \
    F1(fn_math_interquartile, 200, "math::interquartile", "=", NUM,           \
       ARRAY, a)                                                              \
    F1(fn_math_max, 200, "math::max", "=", NUM, ARRAY, a)                     \
    F1(fn_math_mean, 200, "math::mean", "=", NUM, ARRAY, a)                   \
    F1(fn_math_median, 200, "math::median", "=", NUM, ARRAY, a)               \
    F1(fn_math_midhinge, 200, "math::midhinge", "=", NUM, ARRAY, a)           \
    F1(fn_math_min, 200, "math::min", "=", NUM, ARRAY, a)                     \
    F1(fn_math_mode, 200, "math::mode", "=", NUM, ARRAY, a)                   \
    F1(fn_math_product, 200, "math::product", "=", NUM, ARRAY, a)             \
    F1(fn_math_spread, 200, "math::spread", "=", NUM, ARRAY, a)               \
    F1(fn_math_stddev, 200, "math::stddev", "=", NUM, ARRAY, a)               \
    F1(fn_math_sum, 200, "math::sum", "=", NUM, ARRAY, a)                     \
    F1(fn_math_trimean, 200, "math::trimean", "=", NUM, ARRAY, a)             \
    F1(fn_math_variance, 200, "math::variance", "=", NUM, ARRAY, a)           \
    F2(fn_math_nearestrank, 200, "math::nearestrank", "=", NUM, ARRAY, a,     \
       NUM, percent)                                                          \
    F2(fn_math_percentile, 200, "math::percentile", "=", NUM, ARRAY, a,       \
       NUM, percent)                                                          \
    F2(fn_math_bottom, 200, "math::bottom", "=", ANY, ARRAY, a, INT, n)       \
    F2(fn_math_top, 200, "math::top", "=", ANY, ARRAY, a, INT, n)

/* array */
#define SURREAL_FN_ARRAY(F0, F1, F2, F3, F4, FV)                              \
    F2(fn_array_add, 200, "array::add", "=", ANY, ARRAY, a, ANY, v)           \
    F1(fn_array_all, 200, "array::all", "=", BOOL, ARRAY, a)                  \
    F2(fn_array_all_of, 200, "array::all", "=", BOOL, ARRAY, a, ANY, v)       \
    F1(fn_array_any, 200, "array::any", "=", BOOL, ARRAY, a)                  \
    F2(fn_array_any_of, 200, "array::any", "=", BOOL, ARRAY, a, ANY, v)       \
    F2(fn_array_append, 200, "array::append", "=", ANY, ARRAY, a, ANY, v)     \
    F2(fn_array_at, 200, "array::at", "=", ANY, ARRAY, a, INT, i)             \
    F2(fn_array_boolean_and, 200, "array::boolean_and", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F1(fn_array_boolean_not, 200, "array::boolean_not", "=", ANY, ARRAY, a)   \
    F2(fn_array_boolean_or, 200, "array::boolean_or", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_array_boolean_xor, 200, "array::boolean_xor", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F2(fn_array_clump, 200, "array::clump", "=", ANY, ARRAY, a, INT, n)       \
    F2(fn_array_combine, 200, "array::combine", "=", ANY, ARRAY, a,           \
       ARRAY, b)                                                              \
    F2(fn_array_complement, 200, "array::complement", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    FV(fn_array_concat, 200, "array::concat", "=", ANY)                       \
    F2(fn_array_difference, 200, "array::difference", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F1(fn_array_distinct, 200, "array::distinct", "=", ANY, ARRAY, a)         \
    F2(fn_array_fill, 200, "array::fill", "=", ANY, ARRAY, a, ANY, v)         \
    F4(fn_array_fill_range, 200, "array::fill", "=", ANY, ARRAY, a, ANY, v,   \
       INT, from, INT, to)                                                    \
    F2(fn_array_filter, 200, "array::filter", "=", ANY, ARRAY, a, ANY, v)     \
    F2(fn_array_filter_index, 200, "array::filter_index", "=", ANY,           \
       ARRAY, a, ANY, v)                                                      \
    F2(fn_array_find, 200, "array::find", "=", ANY, ARRAY, a, ANY, v)         \
    F2(fn_array_find_index, 200, "array::find_index", "=", INT, ARRAY, a,     \
       ANY, v)                                                                \
    F1(fn_array_first, 200, "array::first", "=", ANY, ARRAY, a)               \
    F1(fn_array_flatten, 200, "array::flatten", "=", ANY, ARRAY, a)           \
    F1(fn_array_group, 200, "array::group", "=", ANY, ARRAY, a)               \
    F2(fn_array_insert, 200, "array::insert", "=", ANY, ARRAY, a, ANY, v)     \
    F3(fn_array_insert_at, 200, "array::insert", "=", ANY, ARRAY, a, ANY, v,  \
       INT, i)                                                                \
    F2(fn_array_intersect, 200, "array::intersect", "=", ANY, ARRAY, a,       \
       ARRAY, b)                                                              \
    F1(fn_array_is_empty, 200, "array::is_empty", "=", BOOL, ARRAY, a)        \
    F2(fn_array_join, 200, "array::join", "=", STR, ARRAY, a, STR, glue)

/* array, from last to windows */
#define SURREAL_FN_ARRAY_MORE(F0, F1, F2, F3, F4, FV)                         \
    F1(fn_array_last, 200, "array::last", "=", ANY, ARRAY, a)                 \
    F1(fn_array_len, 200, "array::len", "=", INT, ARRAY, a)                   \
    F2(fn_array_logical_and, 200, "array::logical_and", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F2(fn_array_logical_or, 200, "array::logical_or", "=", ANY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_array_logical_xor, 200, "array::logical_xor", "=", ANY, ARRAY, a,   \
       ARRAY, b)                                                              \
    F2(fn_array_matches, 200, "array::matches", "=", ANY, ARRAY, a, ANY, v)   \
    F1(fn_array_max, 200, "array::max", "=", ANY, ARRAY, a)                   \
    F1(fn_array_min, 200, "array::min", "=", ANY, ARRAY, a)                   \
    F1(fn_array_pop, 200, "array::pop", "=", ANY, ARRAY, a)                   \
    F2(fn_array_prepend, 200, "array::prepend", "=", ANY, ARRAY, a, ANY, v)   \
    F2(fn_array_push, 200, "array::push", "=", ANY, ARRAY, a, ANY, v)         \
    F2(fn_array_range, 200, "array::range", "=", ANY, INT, from, INT, to)     \
    F2(fn_array_remove, 200, "array::remove", "=", ANY, ARRAY, a, INT, i)     \
    F2(fn_array_repeat, 200, "array::repeat", "=", ANY, ANY, v, INT, n)       \
    F1(fn_array_reverse, 200, "array::reverse", "=", ANY, ARRAY, a)           \
    F1(fn_array_sequence, 300, "array::sequence", "", ANY, INT, n)            \
    F2(fn_array_sequence_from, 300, "array::sequence", "", ANY, INT, from,    \
       INT, n)                                                                \
    F1(fn_array_shuffle, 200, "array::shuffle", "=", ANY, ARRAY, a)           \
    F3(fn_array_slice, 200, "array::slice", "=", ANY, ARRAY, a, INT, from,    \
       INT, to)                                                               \
    F2(fn_array_slice_from, 200, "array::slice", "=", ANY, ARRAY, a,          \
       INT, from)                                                             \
    F1(fn_array_sort, 200, "array::sort", "=", ANY, ARRAY, a)                 \
    F2(fn_array_sort_up, 200, "array::sort", "=", ANY, ARRAY, a, BOOL, up)    \
    F1(fn_array_sort_asc, 200, "array::sort::asc", "=", ANY, ARRAY, a)        \
    F1(fn_array_sort_desc, 200, "array::sort::desc", "=", ANY, ARRAY, a)      \
    F1(fn_array_sort_lexical, 230, "array::sort_lexical", "=", ANY,           \
       ARRAY, a)                                                              \
    F1(fn_array_sort_natural, 230, "array::sort_natural", "=", ANY,           \
       ARRAY, a)                                                              \
    F1(fn_array_sort_natural_lexical, 230, "array::sort_natural_lexical",     \
       "=", ANY, ARRAY, a)                                                    \
    F3(fn_array_swap, 200, "array::swap", "=", ANY, ARRAY, a, INT, i,         \
       INT, j)                                                                \
    F1(fn_array_transpose, 200, "array::transpose", "=", ANY, ARRAY, a)       \
    F2(fn_array_union, 200, "array::union", "=", ANY, ARRAY, a, ARRAY, b)     \
    F2(fn_array_windows, 200, "array::windows", "=", ANY, ARRAY, a, INT, n)

/* set */
#define SURREAL_FN_SET(F0, F1, F2, F3, F4, FV)                                \
    F2(fn_set_add, 300, "set::add", "", SET, SET, s, ANY, v)                  \
    F2(fn_set_at, 300, "set::at", "", ANY, SET, s, INT, i)                    \
    F2(fn_set_complement, 300, "set::complement", "", SET, SET, a, SET, b)    \
    F2(fn_set_contains, 300, "set::contains", "", BOOL, SET, s, ANY, v)       \
    F2(fn_set_difference, 300, "set::difference", "", SET, SET, a, SET, b)    \
    F2(fn_set_filter, 300, "set::filter", "", SET, SET, s, ANY, v)            \
    F2(fn_set_find, 300, "set::find", "", ANY, SET, s, ANY, v)                \
    F1(fn_set_first, 300, "set::first", "", ANY, SET, s)                      \
    F1(fn_set_flatten, 300, "set::flatten", "", SET, SET, s)                  \
    F2(fn_set_intersect, 300, "set::intersect", "", SET, SET, a, SET, b)      \
    F1(fn_set_is_empty, 300, "set::is_empty", "", BOOL, SET, s)               \
    F2(fn_set_join, 300, "set::join", "", STR, SET, s, STR, glue)             \
    F1(fn_set_last, 300, "set::last", "", ANY, SET, s)                        \
    F1(fn_set_len, 300, "set::len", "", INT, SET, s)                          \
    F1(fn_set_max, 300, "set::max", "", ANY, SET, s)                          \
    F1(fn_set_min, 300, "set::min", "", ANY, SET, s)                          \
    F2(fn_set_remove, 300, "set::remove", "", SET, SET, s, ANY, v)            \
    F3(fn_set_slice, 300, "set::slice", "", SET, SET, s, INT, from, INT, to)  \
    F2(fn_set_slice_from, 300, "set::slice", "", SET, SET, s, INT, from)      \
    F2(fn_set_union, 300, "set::union", "", SET, SET, a, SET, b)

/* string */
#define SURREAL_FN_STRING(F0, F1, F2, F3, F4, FV)                             \
    F1(fn_string_capitalize, 300, "string::capitalize", "", STR, STR, s)      \
    FV(fn_string_concat, 200, "string::concat", "=", STR)                     \
    F2(fn_string_contains, 200, "string::contains", "=", BOOL, STR, s,        \
       STR, part)                                                             \
    F2(fn_string_ends_with, 200, "string::ends_with", "=", BOOL, STR, s,      \
       STR, part)                                                             \
    F1(fn_string_html_encode, 200, "string::html::encode", "=", STR, STR, s)  \
    F1(fn_string_html_sanitize, 200, "string::html::sanitize", "=", STR,      \
       STR, s)                                                                \
    FV(fn_string_join, 200, "string::join", "=", STR)                         \
    F1(fn_string_len, 200, "string::len", "=", INT, STR, s)                   \
    F1(fn_string_lowercase, 200, "string::lowercase", "=", STR, STR, s)       \
    F2(fn_string_matches, 200, "string::matches", "=", BOOL, STR, s,          \
       STR, regex)                                                            \
    F2(fn_string_repeat, 200, "string::repeat", "=", STR, STR, s, INT, n)     \
    F3(fn_string_replace, 200, "string::replace", "=", STR, STR, s,           \
       STR, part, STR, by)                                                    \
    F1(fn_string_reverse, 200, "string::reverse", "=", STR, STR, s)           \
    F3(fn_string_slice, 200, "string::slice", "=", STR, STR, s, INT, from,    \
       INT, to)                                                               \
    F2(fn_string_slice_from, 200, "string::slice", "=", STR, STR, s,          \
       INT, from)                                                             \
    F1(fn_string_slug, 200, "string::slug", "=", STR, STR, s)                 \
    F2(fn_string_split, 200, "string::split", "=", ARRAY, STR, s, STR, by)    \
    F2(fn_string_starts_with, 200, "string::starts_with", "=", BOOL, STR, s,  \
       STR, part)                                                             \
    F1(fn_string_trim, 200, "string::trim", "=", STR, STR, s)                 \
    F1(fn_string_uppercase, 200, "string::uppercase", "=", STR, STR, s)       \
    F1(fn_string_words, 200, "string::words", "=", ARRAY, STR, s)

/* string::distance, string::similarity */
#define SURREAL_FN_STRING_DISTANCE(F0, F1, F2, F3, F4, FV)                    \
    F2(fn_string_distance_damerau_levenshtein, 210,                           \
       "string::distance::damerau_levenshtein", "=", INT, STR, a, STR, b)     \
    F2(fn_string_distance_hamming, 200, "string::distance::hamming", "=",     \
       INT, STR, a, STR, b)                                                   \
    F2(fn_string_distance_levenshtein, 200, "string::distance::levenshtein",  \
       "=", INT, STR, a, STR, b)                                              \
    F2(fn_string_distance_normalized_damerau_levenshtein, 210,                \
       "string::distance::normalized_damerau_levenshtein", "=", NUM, STR, a,  \
       STR, b)                                                                \
    F2(fn_string_distance_normalized_levenshtein, 210,                        \
       "string::distance::normalized_levenshtein", "=", NUM, STR, a, STR, b)  \
    F2(fn_string_distance_osa, 210, "string::distance::osa",                  \
       "string::distance::osa_distance", INT, STR, a, STR, b)                 \
    F2(fn_string_similarity_fuzzy, 200, "string::similarity::fuzzy", "=",     \
       INT, STR, a, STR, b)                                                   \
    F2(fn_string_similarity_jaro, 200, "string::similarity::jaro", "=", NUM,  \
       STR, a, STR, b)                                                        \
    F2(fn_string_similarity_jaro_winkler, 210,                                \
       "string::similarity::jaro_winkler", "=", NUM, STR, a, STR, b)          \
    F2(fn_string_similarity_smithwaterman, 200,                               \
       "string::similarity::smithwaterman", "=", INT, STR, a, STR, b)         \
    F2(fn_string_similarity_sorensen_dice, 210,                               \
       "string::similarity::sorensen_dice", "=", NUM, STR, a, STR, b)

/* string::is_... */
#define SURREAL_FN_STRING_IS(F0, F1, F2, F3, F4, FV)                          \
    F1(fn_string_is_alpha, 200, "string::is_alpha", "string::is::alpha",      \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_alphanum, 200, "string::is_alphanum",                     \
       "string::is::alphanum", BOOL, STR, s)                                  \
    F1(fn_string_is_ascii, 200, "string::is_ascii", "string::is::ascii",      \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_datetime, 200, "string::is_datetime",                     \
       "string::is::datetime", BOOL, STR, s)                                  \
    F1(fn_string_is_domain, 200, "string::is_domain", "string::is::domain",   \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_email, 200, "string::is_email", "string::is::email",      \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_hexadecimal, 200, "string::is_hexadecimal",               \
       "string::is::hexadecimal", BOOL, STR, s)                               \
    F1(fn_string_is_ip, 200, "string::is_ip", "string::is::ip", BOOL,         \
       STR, s)                                                                \
    F1(fn_string_is_ipv4, 200, "string::is_ipv4", "string::is::ipv4", BOOL,   \
       STR, s)                                                                \
    F1(fn_string_is_ipv6, 200, "string::is_ipv6", "string::is::ipv6", BOOL,   \
       STR, s)                                                                \
    F1(fn_string_is_latitude, 200, "string::is_latitude",                     \
       "string::is::latitude", BOOL, STR, s)                                  \
    F1(fn_string_is_longitude, 200, "string::is_longitude",                   \
       "string::is::longitude", BOOL, STR, s)                                 \
    F1(fn_string_is_numeric, 200, "string::is_numeric",                       \
       "string::is::numeric", BOOL, STR, s)                                   \
    F1(fn_string_is_record, 200, "string::is_record", "string::is::record",   \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_semver, 200, "string::is_semver", "string::is::semver",   \
       BOOL, STR, s)                                                          \
    F1(fn_string_is_ulid, 210, "string::is_ulid", "string::is::ulid", BOOL,   \
       STR, s)                                                                \
    F1(fn_string_is_url, 200, "string::is_url", "string::is::url", BOOL,      \
       STR, s)                                                                \
    F1(fn_string_is_uuid, 200, "string::is_uuid", "string::is::uuid", BOOL,   \
       STR, s)                                                                \
    F2(fn_string_is_datetime_as, 200, "string::is_datetime",                  \
       "string::is::datetime", BOOL, STR, s, STR, format)                     \
    F2(fn_string_is_record_of, 200, "string::is_record",                      \
       "string::is::record", BOOL, STR, s, STR, table)

/* string::semver */
#define SURREAL_FN_STRING_SEMVER(F0, F1, F2, F3, F4, FV)                      \
    F2(fn_string_semver_compare, 200, "string::semver::compare", "=", INT,    \
       STR, a, STR, b)                                                        \
    F1(fn_string_semver_major, 200, "string::semver::major", "=", INT,        \
       STR, s)                                                                \
    F1(fn_string_semver_minor, 200, "string::semver::minor", "=", INT,        \
       STR, s)                                                                \
    F1(fn_string_semver_patch, 200, "string::semver::patch", "=", INT,        \
       STR, s)                                                                \
    F1(fn_string_semver_inc_major, 200, "string::semver::inc::major", "=",    \
       STR, STR, s)                                                           \
    F1(fn_string_semver_inc_minor, 200, "string::semver::inc::minor", "=",    \
       STR, STR, s)                                                           \
    F1(fn_string_semver_inc_patch, 200, "string::semver::inc::patch", "=",    \
       STR, STR, s)                                                           \
    F2(fn_string_semver_set_major, 200, "string::semver::set::major", "=",    \
       STR, STR, s, INT, n)                                                   \
    F2(fn_string_semver_set_minor, 200, "string::semver::set::minor", "=",    \
       STR, STR, s, INT, n)                                                   \
    F2(fn_string_semver_set_patch, 200, "string::semver::set::patch", "=",    \
       STR, STR, s, INT, n)

/* time */
#define SURREAL_FN_TIME(F0, F1, F2, F3, F4, FV)                               \
    F0(fn_time_now, 200, "time::now", "=", TIME)                              \
    F0(fn_time_timezone, 200, "time::timezone", "=", STR)                     \
    F2(fn_time_ceil, 200, "time::ceil", "=", TIME, TIME, t, SPAN, step)       \
    F2(fn_time_floor, 200, "time::floor", "=", TIME, TIME, t, SPAN, step)     \
    F2(fn_time_round, 200, "time::round", "=", TIME, TIME, t, SPAN, step)     \
    F1(fn_time_day, 200, "time::day", "=", INT, TIME, t)                      \
    F1(fn_time_hour, 200, "time::hour", "=", INT, TIME, t)                    \
    F1(fn_time_micros, 200, "time::micros", "=", INT, TIME, t)                \
    F1(fn_time_millis, 200, "time::millis", "=", INT, TIME, t)                \
    F1(fn_time_minute, 200, "time::minute", "=", INT, TIME, t)                \
    F1(fn_time_month, 200, "time::month", "=", INT, TIME, t)                  \
    F1(fn_time_nano, 200, "time::nano", "=", INT, TIME, t)                    \
    F1(fn_time_second, 200, "time::second", "=", INT, TIME, t)                \
    F1(fn_time_unix, 200, "time::unix", "=", INT, TIME, t)                    \
    F1(fn_time_wday, 200, "time::wday", "=", INT, TIME, t)                    \
    F1(fn_time_week, 200, "time::week", "=", INT, TIME, t)                    \
    F1(fn_time_yday, 200, "time::yday", "=", INT, TIME, t)                    \
    F1(fn_time_year, 200, "time::year", "=", INT, TIME, t)                    \
    F2(fn_time_format, 200, "time::format", "=", STR, TIME, t, STR, format)   \
    F2(fn_time_group, 200, "time::group", "=", TIME, TIME, t, STR, unit)      \
    F1(fn_time_is_leap_year, 200, "time::is_leap_year",                       \
       "time::is::leap_year", BOOL, TIME, t)                                  \
    F1(fn_time_max, 200, "time::max", "=", TIME, ARRAY, a)                    \
    F1(fn_time_min, 200, "time::min", "=", TIME, ARRAY, a)                    \
    F1(fn_time_from_micros, 200, "time::from_micros", "time::from::micros",   \
       TIME, INT, n)                                                          \
    F1(fn_time_from_millis, 200, "time::from_millis", "time::from::millis",   \
       TIME, INT, n)                                                          \
    F1(fn_time_from_nanos, 200, "time::from_nanos", "time::from::nanos",      \
       TIME, INT, n)                                                          \
    F1(fn_time_from_secs, 200, "time::from_secs", "time::from::secs", TIME,   \
       INT, n)                                                                \
    F1(fn_time_from_unix, 200, "time::from_unix", "time::from::unix", TIME,   \
       INT, n)                                                                \
    F1(fn_time_from_ulid, 210, "time::from_ulid", "time::from::ulid", TIME,   \
       STR, s)                                                                \
    F1(fn_time_from_uuid, 210, "time::from_uuid", "time::from::uuid", TIME,   \
       UUID, u)                                                               \
    F2(fn_time_set_year, 302, "time::set_year", "", TIME, TIME, t, INT, n)    \
    F2(fn_time_set_month, 302, "time::set_month", "", TIME, TIME, t, INT, n)  \
    F2(fn_time_set_day, 302, "time::set_day", "", TIME, TIME, t, INT, n)      \
    F2(fn_time_set_hour, 302, "time::set_hour", "", TIME, TIME, t, INT, n)    \
    F2(fn_time_set_minute, 302, "time::set_minute", "", TIME, TIME, t,        \
       INT, n)                                                                \
    F2(fn_time_set_second, 302, "time::set_second", "", TIME, TIME, t,        \
       INT, n)                                                                \
    F2(fn_time_set_nanosecond, 302, "time::set_nanosecond", "", TIME,         \
       TIME, t, INT, n)

/* duration */
#define SURREAL_FN_DURATION(F0, F1, F2, F3, F4, FV)                           \
    F1(fn_duration_days, 200, "duration::days", "=", INT, SPAN, d)            \
    F1(fn_duration_hours, 200, "duration::hours", "=", INT, SPAN, d)          \
    F1(fn_duration_micros, 200, "duration::micros", "=", INT, SPAN, d)        \
    F1(fn_duration_millis, 200, "duration::millis", "=", INT, SPAN, d)        \
    F1(fn_duration_mins, 200, "duration::mins", "=", INT, SPAN, d)            \
    F1(fn_duration_nanos, 200, "duration::nanos", "=", INT, SPAN, d)          \
    F1(fn_duration_secs, 200, "duration::secs", "=", INT, SPAN, d)            \
    F1(fn_duration_weeks, 200, "duration::weeks", "=", INT, SPAN, d)          \
    F1(fn_duration_years, 200, "duration::years", "=", INT, SPAN, d)          \
    F1(fn_duration_from_days, 200, "duration::from_days",                     \
       "duration::from::days", SPAN, INT, n)                                  \
    F1(fn_duration_from_hours, 200, "duration::from_hours",                   \
       "duration::from::hours", SPAN, INT, n)                                 \
    F1(fn_duration_from_micros, 200, "duration::from_micros",                 \
       "duration::from::micros", SPAN, INT, n)                                \
    F1(fn_duration_from_millis, 200, "duration::from_millis",                 \
       "duration::from::millis", SPAN, INT, n)                                \
    F1(fn_duration_from_mins, 200, "duration::from_mins",                     \
       "duration::from::mins", SPAN, INT, n)                                  \
    F1(fn_duration_from_nanos, 200, "duration::from_nanos",                   \
       "duration::from::nanos", SPAN, INT, n)                                 \
    F1(fn_duration_from_secs, 200, "duration::from_secs",                     \
       "duration::from::secs", SPAN, INT, n)                                  \
    F1(fn_duration_from_weeks, 200, "duration::from_weeks",                   \
       "duration::from::weeks", SPAN, INT, n)

/* crypto */
#define SURREAL_FN_CRYPTO(F0, F1, F2, F3, F4, FV)                             \
    F1(fn_crypto_blake3, 200, "crypto::blake3", "=", STR, STR, s)             \
    F1(fn_crypto_md5, 200, "crypto::md5", "=", STR, STR, s)                   \
    F1(fn_crypto_sha1, 200, "crypto::sha1", "=", STR, STR, s)                 \
    F1(fn_crypto_sha256, 200, "crypto::sha256", "=", STR, STR, s)             \
    F1(fn_crypto_sha512, 200, "crypto::sha512", "=", STR, STR, s)             \
    F1(fn_crypto_joaat, 300, "crypto::joaat", "", INT, STR, s)                \
    F2(fn_crypto_argon2_compare, 200, "crypto::argon2::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_argon2_generate, 200, "crypto::argon2::generate", "=", STR,  \
       STR, pass)                                                             \
    F2(fn_crypto_bcrypt_compare, 200, "crypto::bcrypt::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_bcrypt_generate, 200, "crypto::bcrypt::generate", "=", STR,  \
       STR, pass)                                                             \
    F2(fn_crypto_pbkdf2_compare, 200, "crypto::pbkdf2::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_pbkdf2_generate, 200, "crypto::pbkdf2::generate", "=", STR,  \
       STR, pass)                                                             \
    F2(fn_crypto_scrypt_compare, 200, "crypto::scrypt::compare", "=", BOOL,   \
       STR, hash, STR, pass)                                                  \
    F1(fn_crypto_scrypt_generate, 200, "crypto::scrypt::generate", "=", STR,  \
       STR, pass)

/* rand */
#define SURREAL_FN_RAND(F0, F1, F2, F3, F4, FV)                               \
    F0(fn_rand, 200, "rand", "=", NUM)                                        \
    F0(fn_rand_bool, 200, "rand::bool", "=", BOOL)                            \
    F2(fn_rand_duration, 230, "rand::duration", "=", SPAN, SPAN, low,         \
       SPAN, high)                                                            \
    FV(fn_rand_enum, 200, "rand::enum", "=", ANY)                             \
    F0(fn_rand_float, 200, "rand::float", "=", NUM)                           \
    F2(fn_rand_float_in, 200, "rand::float", "=", NUM, NUM, low, NUM, high)   \
    F0(fn_rand_id, 200, "rand::id", "rand::guid", STR)                        \
    F1(fn_rand_id_len, 200, "rand::id", "rand::guid", STR, INT, n)            \
    F2(fn_rand_id_in, 200, "rand::id", "rand::guid", STR, INT, low,           \
       INT, high)                                                             \
    F0(fn_rand_int, 200, "rand::int", "=", INT)                               \
    F2(fn_rand_int_in, 200, "rand::int", "=", INT, INT, low, INT, high)       \
    F0(fn_rand_string, 200, "rand::string", "=", STR)                         \
    F1(fn_rand_string_len, 200, "rand::string", "=", STR, INT, n)             \
    F2(fn_rand_string_in, 200, "rand::string", "=", STR, INT, low,            \
       INT, high)                                                             \
    F0(fn_rand_time, 200, "rand::time", "=", TIME)                            \
    F2(fn_rand_time_in, 200, "rand::time", "=", TIME, TIME, low, TIME, high)  \
    F0(fn_rand_ulid, 200, "rand::ulid", "=", STR)                             \
    F1(fn_rand_ulid_at, 200, "rand::ulid", "=", STR, TIME, t)                 \
    F0(fn_rand_uuid, 200, "rand::uuid", "=", UUID)                            \
    F1(fn_rand_uuid_at, 200, "rand::uuid", "=", UUID, TIME, t)                \
    F0(fn_rand_uuid_v4, 200, "rand::uuid::v4", "=", UUID)                     \
    F0(fn_rand_uuid_v7, 200, "rand::uuid::v7", "=", UUID)                     \
    F1(fn_rand_uuid_v7_at, 200, "rand::uuid::v7", "=", UUID, TIME, t)

/* type */
#define SURREAL_FN_TYPE(F0, F1, F2, F3, F4, FV)                               \
    F1(fn_type_array, 200, "type::array", "=", ARRAY, ANY, v)                 \
    F1(fn_type_bool, 200, "type::bool", "=", BOOL, ANY, v)                    \
    F1(fn_type_bytes, 200, "type::bytes", "=", BYTES, ANY, v)                 \
    F1(fn_type_datetime, 200, "type::datetime", "=", TIME, ANY, v)            \
    F1(fn_type_decimal, 200, "type::decimal", "=", DECIMAL, ANY, v)           \
    F1(fn_type_duration, 200, "type::duration", "=", SPAN, ANY, v)            \
    F2(fn_type_file, 300, "type::file", "", FILE, STR, bucket, STR, key)      \
    F1(fn_type_float, 200, "type::float", "=", NUM, ANY, v)                   \
    F1(fn_type_geometry, 200, "type::geometry", "=", GEO, ANY, v)             \
    F1(fn_type_int, 200, "type::int", "=", INT, ANY, v)                       \
    F1(fn_type_number, 200, "type::number", "=", NUM, ANY, v)                 \
    F1(fn_type_of, 300, "type::of", "", STR, ANY, v)                          \
    F1(fn_type_point, 200, "type::point", "=", POINT, ANY, v)                 \
    F1(fn_type_range, 200, "type::range", "=", ANY, ANY, v)                   \
    F1(fn_type_record, 200, "type::record", "=", ID, ANY, v)                  \
    F2(fn_type_record_of, 200, "type::record", "type::thing", ID,             \
       STR, table, ANY, key)                                                  \
    F1(fn_type_set, 300, "type::set", "", SET, ANY, v)                        \
    F1(fn_type_string, 200, "type::string", "=", STR, ANY, v)                 \
    F1(fn_type_string_lossy, 300, "type::string_lossy", "", STR, ANY, v)      \
    F1(fn_type_table, 200, "type::table", "=", TABLE, ANY, v)                 \
    F1(fn_type_uuid, 200, "type::uuid", "=", UUID, ANY, v)

/* type::is_... */
#define SURREAL_FN_TYPE_IS(F0, F1, F2, F3, F4, FV)                            \
    F1(fn_type_is_array, 200, "type::is_array", "type::is::array", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_bool, 200, "type::is_bool", "type::is::bool", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_bytes, 200, "type::is_bytes", "type::is::bytes", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_collection, 200, "type::is_collection",                     \
       "type::is::collection", BOOL, ANY, v)                                  \
    F1(fn_type_is_datetime, 200, "type::is_datetime", "type::is::datetime",   \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_decimal, 200, "type::is_decimal", "type::is::decimal",      \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_duration, 200, "type::is_duration", "type::is::duration",   \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_float, 200, "type::is_float", "type::is::float", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_geometry, 200, "type::is_geometry", "type::is::geometry",   \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_int, 200, "type::is_int", "type::is::int", BOOL, ANY, v)    \
    F1(fn_type_is_line, 200, "type::is_line", "type::is::line", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_multiline, 200, "type::is_multiline",                       \
       "type::is::multiline", BOOL, ANY, v)                                   \
    F1(fn_type_is_multipoint, 200, "type::is_multipoint",                     \
       "type::is::multipoint", BOOL, ANY, v)                                  \
    F1(fn_type_is_multipolygon, 200, "type::is_multipolygon",                 \
       "type::is::multipolygon", BOOL, ANY, v)                                \
    F1(fn_type_is_none, 200, "type::is_none", "type::is::none", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_null, 200, "type::is_null", "type::is::null", BOOL,         \
       ANY, v)                                                                \
    F1(fn_type_is_number, 200, "type::is_number", "type::is::number", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_object, 200, "type::is_object", "type::is::object", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_point, 200, "type::is_point", "type::is::point", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_polygon, 200, "type::is_polygon", "type::is::polygon",      \
       BOOL, ANY, v)                                                          \
    F1(fn_type_is_range, 220, "type::is_range", "type::is::range", BOOL,      \
       ANY, v)                                                                \
    F1(fn_type_is_record, 200, "type::is_record", "type::is::record", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_set, 300, "type::is_set", "", BOOL, ANY, v)                 \
    F1(fn_type_is_string, 200, "type::is_string", "type::is::string", BOOL,   \
       ANY, v)                                                                \
    F1(fn_type_is_uuid, 200, "type::is_uuid", "type::is::uuid", BOOL,         \
       ANY, v)                                                                \
    F2(fn_type_is_record_of, 200, "type::is_record", "type::is::record",      \
       BOOL, ANY, v, STR, table)

/* vector */
#define SURREAL_FN_VECTOR(F0, F1, F2, F3, F4, FV)                             \
    F2(fn_vector_add, 200, "vector::add", "=", ARRAY, ARRAY, a, ARRAY, b)     \
    F2(fn_vector_cross, 200, "vector::cross", "=", ARRAY, ARRAY, a,           \
       ARRAY, b)                                                              \
    F2(fn_vector_divide, 200, "vector::divide", "=", ARRAY, ARRAY, a,         \
       ARRAY, b)                                                              \
    F2(fn_vector_multiply, 200, "vector::multiply", "=", ARRAY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_vector_project, 200, "vector::project", "=", ARRAY, ARRAY, a,       \
       ARRAY, b)                                                              \
    F2(fn_vector_subtract, 200, "vector::subtract", "=", ARRAY, ARRAY, a,     \
       ARRAY, b)                                                              \
    F2(fn_vector_scale, 200, "vector::scale", "=", ARRAY, ARRAY, a, NUM, by)  \
    F1(fn_vector_normalize, 200, "vector::normalize", "=", ARRAY, ARRAY, a)   \
    F1(fn_vector_magnitude, 200, "vector::magnitude", "=", NUM, ARRAY, a)     \
    F2(fn_vector_angle, 200, "vector::angle", "=", NUM, ARRAY, a, ARRAY, b)   \
    F2(fn_vector_dot, 200, "vector::dot", "=", NUM, ARRAY, a, ARRAY, b)       \
    F2(fn_vector_distance_chebyshev, 200, "vector::distance::chebyshev",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_distance_euclidean, 200, "vector::distance::euclidean",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_distance_hamming, 200, "vector::distance::hamming", "=",     \
       NUM, ARRAY, a, ARRAY, b)                                               \
    F2(fn_vector_distance_manhattan, 200, "vector::distance::manhattan",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_similarity_cosine, 200, "vector::similarity::cosine", "=",   \
       NUM, ARRAY, a, ARRAY, b)                                               \
    F2(fn_vector_similarity_jaccard, 200, "vector::similarity::jaccard",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F2(fn_vector_similarity_pearson, 200, "vector::similarity::pearson",      \
       "=", NUM, ARRAY, a, ARRAY, b)                                          \
    F3(fn_vector_distance_minkowski, 200, "vector::distance::minkowski",      \
       "=", NUM, ARRAY, a, ARRAY, b, NUM, order)

/* object, value, record, meta, session and the rest */
#define SURREAL_FN_OBJECT(F0, F1, F2, F3, F4, FV)                             \
    F1(fn_object_entries, 200, "object::entries", "=", ARRAY, OBJECT, o)      \
    F2(fn_object_extend, 300, "object::extend", "", OBJECT, OBJECT, a,        \
       OBJECT, b)                                                             \
    F1(fn_object_from_entries, 200, "object::from_entries", "=", OBJECT,      \
       ARRAY, a)                                                              \
    F1(fn_object_is_empty, 220, "object::is_empty", "=", BOOL, OBJECT, o)     \
    F1(fn_object_keys, 200, "object::keys", "=", ARRAY, OBJECT, o)            \
    F1(fn_object_len, 200, "object::len", "=", INT, OBJECT, o)                \
    F2(fn_object_remove, 300, "object::remove", "", OBJECT, OBJECT, o,        \
       ANY, keys)                                                             \
    F1(fn_object_values, 200, "object::values", "=", ARRAY, OBJECT, o)        \
    F2(fn_value_diff, 200, "value::diff", "=", ARRAY, ANY, a, ANY, b)         \
    F2(fn_value_patch, 200, "value::patch", "=", ANY, ANY, v, ARRAY, patch)   \
    F1(fn_record_exists, 200, "record::exists", "=", BOOL, ID, id)            \
    F1(fn_record_id, 200, "record::id", "=", ANY, ID, id)                     \
    F1(fn_record_is_edge, 300, "record::is_edge", "", BOOL, ID, id)           \
    F1(fn_record_table, 200, "record::table", "=", STR, ID, id)               \
    F1(fn_record_tb, 200, "record::tb", "=", STR, ID, id)                     \
    F1(fn_meta_id, 210, "meta::id", "=", ANY, ID, id)                         \
    F1(fn_meta_tb, 210, "meta::tb", "=", STR, ID, id)                         \
    F1(fn_schema_table_exists, 300, "schema::table::exists", "", BOOL,        \
       STR, table)                                                            \
    F1(fn_sequence_nextval, 300, "sequence::nextval", "", INT, STR, name)     \
    F0(fn_session_ac, 200, "session::ac", "=", STR)                           \
    F0(fn_session_db, 200, "session::db", "=", STR)                           \
    F0(fn_session_id, 200, "session::id", "=", ANY)                           \
    F0(fn_session_ip, 200, "session::ip", "=", STR)                           \
    F0(fn_session_ns, 200, "session::ns", "=", STR)                           \
    F0(fn_session_origin, 200, "session::origin", "=", STR)                   \
    F0(fn_session_rd, 200, "session::rd", "=", ANY)                           \
    F0(fn_session_token, 200, "session::token", "=", ANY)                     \
    F1(fn_bytes_len, 200, "bytes::len", "=", INT, BYTES, b)                   \
    F1(fn_count, 200, "count", "=", INT, ANY, v)                              \
    F1(fn_not, 200, "not", "=", BOOL, ANY, v)                                 \
    F1(fn_sleep, 200, "sleep", "=", VOID, SPAN, d)

/* geo, encoding, parse */
#define SURREAL_FN_TEXT(F0, F1, F2, F3, F4, FV)                               \
    F1(fn_encoding_base64_decode, 200, "encoding::base64::decode", "=",       \
       BYTES, STR, s)                                                         \
    F1(fn_encoding_base64_encode, 200, "encoding::base64::encode", "=", STR,  \
       BYTES, b)                                                              \
    F2(fn_encoding_base64_encode_padded, 300, "encoding::base64::encode",     \
       "", STR, BYTES, b, BOOL, pad)                                          \
    F1(fn_encoding_cbor_decode, 300, "encoding::cbor::decode", "", ANY,       \
       BYTES, b)                                                              \
    F1(fn_encoding_cbor_encode, 300, "encoding::cbor::encode", "", BYTES,     \
       ANY, v)                                                                \
    F1(fn_file_bucket, 300, "file::bucket", "", STR, FILE, f)                 \
    F1(fn_file_key, 300, "file::key", "", STR, FILE, f)                       \
    F1(fn_geo_area, 200, "geo::area", "=", NUM, GEO, g)                       \
    F2(fn_geo_bearing, 200, "geo::bearing", "=", NUM, POINT, a, POINT, b)     \
    F1(fn_geo_centroid, 200, "geo::centroid", "=", POINT, GEO, g)             \
    F2(fn_geo_distance, 200, "geo::distance", "=", NUM, POINT, a, POINT, b)   \
    F1(fn_geo_hash_decode, 200, "geo::hash::decode", "=", POINT, STR, s)      \
    F1(fn_geo_hash_encode, 200, "geo::hash::encode", "=", STR, POINT, p)      \
    F2(fn_geo_hash_encode_len, 200, "geo::hash::encode", "=", STR, POINT, p,  \
       INT, n)                                                                \
    F1(fn_geo_is_valid, 200, "geo::is_valid", "geo::is::valid", BOOL,         \
       GEO, g)                                                                \
    F1(fn_parse_email_host, 200, "parse::email::host", "=", STR, STR, s)      \
    F1(fn_parse_email_user, 200, "parse::email::user", "=", STR, STR, s)      \
    F1(fn_parse_url_domain, 200, "parse::url::domain", "=", STR, STR, s)      \
    F1(fn_parse_url_fragment, 200, "parse::url::fragment", "=", STR, STR, s)  \
    F1(fn_parse_url_host, 200, "parse::url::host", "=", STR, STR, s)          \
    F1(fn_parse_url_path, 200, "parse::url::path", "=", STR, STR, s)          \
    F1(fn_parse_url_port, 200, "parse::url::port", "=", INT, STR, s)          \
    F1(fn_parse_url_query, 200, "parse::url::query", "=", STR, STR, s)        \
    F1(fn_parse_url_scheme, 200, "parse::url::scheme", "=", STR, STR, s)

#define SURREAL_FN_LIST(F0, F1, F2, F3, F4, FV)                              \
    SURREAL_FN_MATH(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_ARRAY(F0, F1, F2, F3, F4, FV)                                  \
    SURREAL_FN_ARRAY_MORE(F0, F1, F2, F3, F4, FV)                             \
    SURREAL_FN_SET(F0, F1, F2, F3, F4, FV)                                    \
    SURREAL_FN_STRING(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_STRING_DISTANCE(F0, F1, F2, F3, F4, FV)                        \
    SURREAL_FN_STRING_IS(F0, F1, F2, F3, F4, FV)                              \
    SURREAL_FN_STRING_SEMVER(F0, F1, F2, F3, F4, FV)                          \
    SURREAL_FN_TIME(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_DURATION(F0, F1, F2, F3, F4, FV)                               \
    SURREAL_FN_CRYPTO(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_RAND(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_TYPE(F0, F1, F2, F3, F4, FV)                                   \
    SURREAL_FN_TYPE_IS(F0, F1, F2, F3, F4, FV)                                \
    SURREAL_FN_VECTOR(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_OBJECT(F0, F1, F2, F3, F4, FV)                                 \
    SURREAL_FN_TEXT(F0, F1, F2, F3, F4, FV)

/* ---- prototypes ------------------------------------------------------- */

#define SURREAL_FN_IN_NUM(v) double v
#define SURREAL_FN_IN_INT(v) int64_t v
#define SURREAL_FN_IN_BOOL(v) bool v
#define SURREAL_FN_IN_STR(v) surreal_str v
#define SURREAL_FN_IN_TIME(v) surreal_datetime v
#define SURREAL_FN_IN_SPAN(v) surreal_duration v
#define SURREAL_FN_IN_UUID(v) surreal_uuid v
#define SURREAL_FN_IN_POINT(v) surreal_point v
#define SURREAL_FN_IN_BYTES(v) surreal_bytes v
#define SURREAL_FN_IN_ID(v) surreal_record_id v
#define SURREAL_FN_IN_FILE(v) surreal_file v
#define SURREAL_FN_IN_ANY(v) surreal_bind v
#define SURREAL_FN_IN_ARRAY(v) surreal_bind v
#define SURREAL_FN_IN_OBJECT(v) surreal_bind v
#define SURREAL_FN_IN_SET(v) surreal_bind v
#define SURREAL_FN_IN_GEO(v) surreal_bind v

/* With the comma in front, since VOID has nothing. */
#define SURREAL_FN_OUT_VOID
#define SURREAL_FN_OUT_NUM , double *out
#define SURREAL_FN_OUT_INT , int64_t *out
#define SURREAL_FN_OUT_BOOL , bool *out
#define SURREAL_FN_OUT_TIME , surreal_datetime *out
#define SURREAL_FN_OUT_SPAN , surreal_duration *out
#define SURREAL_FN_OUT_UUID , surreal_uuid *out
#define SURREAL_FN_OUT_POINT , surreal_point *out
#define SURREAL_FN_OUT_STR , surreal_str *out, surreal_result **owner
#define SURREAL_FN_OUT_TABLE , surreal_str *out, surreal_result **owner
#define SURREAL_FN_OUT_DECIMAL , surreal_decimal *out, surreal_result **owner
#define SURREAL_FN_OUT_BYTES , surreal_bytes *out, surreal_result **owner
#define SURREAL_FN_OUT_ID , surreal_record_id *out, surreal_result **owner
#define SURREAL_FN_OUT_FILE , surreal_file *out, surreal_result **owner
#define SURREAL_FN_OUT_ANY , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_ARRAY , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_OBJECT , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_SET , surreal_value *out, surreal_result **owner
#define SURREAL_FN_OUT_GEO , surreal_value *out, surreal_result **owner

/* What a prototype and its definition have in common. */
#define SURREAL_FN_HEAD0(name, r) \
    SURREAL_API surreal_status surreal_##name(surreal *db SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEADV(name, r) \
    SURREAL_API surreal_status    \
    surreal_##name(surreal *db, surreal_vars vars SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD1(name, r, t1, v1) \
    SURREAL_API surreal_status            \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1) SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD2(name, r, t1, v1, t2, v2)         \
    SURREAL_API surreal_status                            \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1), \
                      SURREAL_FN_IN_##t2(v2) SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD3(name, r, t1, v1, t2, v2, t3, v3)  \
    SURREAL_API surreal_status                             \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1), \
                      SURREAL_FN_IN_##t2(v2),              \
                      SURREAL_FN_IN_##t3(v3) SURREAL_FN_OUT_##r)
#define SURREAL_FN_HEAD4(name, r, t1, v1, t2, v2, t3, v3, t4, v4) \
    SURREAL_API surreal_status                                    \
    surreal_##name(surreal *db, SURREAL_FN_IN_##t1(v1),        \
                      SURREAL_FN_IN_##t2(v2),                     \
                      SURREAL_FN_IN_##t3(v3),                     \
                      SURREAL_FN_IN_##t4(v4) SURREAL_FN_OUT_##r)

#define SURREAL_FN_DECLARE0(name, since, n3, n2, r) SURREAL_FN_HEAD0(name, r);
#define SURREAL_FN_DECLAREV(name, since, n3, n2, r) SURREAL_FN_HEADV(name, r);
#define SURREAL_FN_DECLARE1(name, since, n3, n2, r, t1, v1) \
    SURREAL_FN_HEAD1(name, r, t1, v1);
#define SURREAL_FN_DECLARE2(name, since, n3, n2, r, t1, v1, t2, v2) \
    SURREAL_FN_HEAD2(name, r, t1, v1, t2, v2);
#define SURREAL_FN_DECLARE3(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3) \
    SURREAL_FN_HEAD3(name, r, t1, v1, t2, v2, t3, v3);
#define SURREAL_FN_DECLARE4(name, since, n3, n2, r, t1, v1, t2, v2, t3, v3, \
                            t4, v4)                                         \
    SURREAL_FN_HEAD4(name, r, t1, v1, t2, v2, t3, v3, t4, v4);

SURREAL_FN_LIST(SURREAL_FN_DECLARE0, SURREAL_FN_DECLARE1, SURREAL_FN_DECLARE2,
                SURREAL_FN_DECLARE3, SURREAL_FN_DECLARE4, SURREAL_FN_DECLAREV)

/* ---- the list at run time --------------------------------------------- */

/* One line of the lists.
 *
 *   symbol     "surreal_fn_math_log"
 *   name       on SurrealDB 3: "math::log"
 *   name_2     on SurrealDB 2, or NULL if it is not there
 *   since      the first version, as in the lists
 *   signature  "math::log(x: number, base: number) -> number" */
typedef struct surreal_function {
    const char *symbol;
    const char *name;
    const char *name_2;
    int since;
    const char *signature;
} surreal_function;

/* All of them, *count in number, in the order of the lists. */
SURREAL_API const surreal_function *surreal_functions(size_t *count);

#endif /* SURREAL_FUNCTIONS */

#endif
