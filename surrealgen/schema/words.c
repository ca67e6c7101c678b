/* surrealgen/schema/words.c: word lists and near misses.
 *
 * Keywords are words only where the grammar looks for them; the lists here
 * serve the expression scanner and the suggestions. */
#include "front.h"

#include <string.h>

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* word is lower case. */
bool gen_word_eq(gen_str text, const char *word)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (word[i] == 0 || fold(text.ptr[i]) != word[i]) return false;
    }
    return word[i] == 0;
}

bool gen_word_in(gen_str text, const char *const *words)
{
    char first = text.len > 0 ? fold(text.ptr[0]) : '\0';
    char second = text.len > 1 ? fold(text.ptr[1]) : '\0';

    for (; *words != NULL; words++) {
        if ((*words)[0] == first && (*words)[1] == second
            && gen_word_eq(text, *words)) return true;
    }
    return false;
}

/* The number these digits are, `_` between them passed over; at most `most`. */
bool gen_digits(gen_str text, uint64_t most, uint64_t *out)
{
    size_t i;

    *out = 0;
    for (i = 0; i < text.len; i++) {
        unsigned digit = (unsigned)(unsigned char)text.ptr[i] - '0';
        if (text.ptr[i] == '_') continue;
        if (digit > 9 || *out > (most - digit) / 10) return false;
        *out = *out * 10 + digit;
    }
    return true;
}

bool gen_word_is_prefix(gen_str text)
{
    static const char *const words[] = {
        "select", "return", "if", "not", "create", "update", "upsert",
        "delete", "insert", "relate", "let", "throw", "live", "from",
        "where", "set", "only", NULL
    };
    return gen_word_in(text, words);
}

bool gen_word_is_infix(gen_str text)
{
    static const char *const words[] = {
        "and", "or", "is", "in", "not", "inside", "notinside", "allinside",
        "anyinside", "noneinside", "contains", "containsnot", "containsall",
        "containsany", "containsnone", "outside", "intersects", "matches",
        "knn", "from", "where", "then", "else", "set", "unset", "by", "as",
        "on", "with", "content", "merge", "patch", "replace", "into",
        "limit", "start", "fetch", "split", "omit", "for", "only", NULL
    };
    return gen_word_in(text, words);
}

/* A column of these names makes every later statement on the table fail on
 * SurrealDB 3, REMOVE FIELD included. */
bool gen_name_is_poison(gen_str name)
{
    static const char *const words[] = {
        "alter", "break", "continue", "create", "define", "delete",
        "explain", "false", "for", "function", "if", "info", "insert",
        "let", "none", "null", "rebuild", "relate", "remove", "return",
        "select", "sleep", "throw", "true", "update", "upsert", NULL
    };
    return gen_word_in(name, words);
}

const char *const gen_type_words[] = {
    "any", "none", "null", "bool", "int", "float", "decimal", "number",
    "string", "bytes", "datetime", "duration", "uuid", "object", "range",
    "regex", "function", "option", "array", "set", "record", "table",
    "file", "geometry", "point", "references", NULL
};

const char *const gen_attr_words[] = {
    "c", "encrypt", "server", "secret", "was", "new", "open", "closed",
    "since", "deprecated", "retry", "allow", NULL
};

/* ---------------------------------------------------------- near misses */

enum { GUESS_MAX = 64, GUESS_EDITS = 2 };

void gen_guess_start(gen_guess *guess, gen_str want)
{
    memset(guess, 0, sizeof *guess);
    guess->want = want;
    guess->distance = GUESS_EDITS + 1;
}

/* Edits between a and b, letter case aside: insert, drop, change, and swap
 * of two neighbours. Both are at most GUESS_MAX bytes. */
static unsigned distance(gen_str a, gen_str b)
{
    unsigned rows[3][GUESS_MAX + 1];
    unsigned *before = rows[0];
    unsigned *last = rows[1];
    unsigned *now = rows[2];
    size_t i, j;

    for (j = 0; j <= b.len; j++) {
        last[j] = (unsigned)j;
        before[j] = 0;
    }
    for (i = 1; i <= a.len; i++) {
        unsigned *spare = before;
        now[0] = (unsigned)i;
        for (j = 1; j <= b.len; j++) {
            char x = fold(a.ptr[i - 1]);
            char y = fold(b.ptr[j - 1]);
            unsigned best = last[j - 1] + (x != y);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && x == fold(b.ptr[j - 2])
                && fold(a.ptr[i - 2]) == y && before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            now[j] = best;
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[b.len];
}

void gen_guess_try(gen_guess *guess, gen_str candidate)
{
    size_t a = guess->want.len;
    size_t b = candidate.len;
    unsigned edits;

    if (a > GUESS_MAX || b > GUESS_MAX || b == 0) return;
    if (a > b + GUESS_EDITS || b > a + GUESS_EDITS) return;
    edits = distance(guess->want, candidate);
    /* Two edits make any two-letter word of any other. */
    if (edits >= guess->distance || edits >= b || edits >= a) return;
    guess->distance = edits;
    guess->best = candidate;
}

void gen_guess_words(gen_guess *guess, const char *const *words)
{
    for (; *words != NULL; words++) {
        gen_guess_try(guess, gen_str_lit(*words));
    }
}
