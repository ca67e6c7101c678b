/* client/statement.c: where statements end, and what they are. */
#include "client/client.h"

/* A reader of SurrealQL that knows strings, names in quotes, comments,
 * brackets and words, which is enough to see where a statement ends and what
 * stands at the start of one. */
typedef struct srl_reader {
    const char *at;
    const char *end;
    size_t depth;  /* open brackets */
    bool is_start; /* the next word begins a statement */
} srl_reader;

static bool
srl_reader_has(const srl_reader *rd, const char *text)
{
    size_t len = strlen(text);

    return (size_t)(rd->end - rd->at) >= len && !memcmp(rd->at, text, len);
}

/* Behind the next `text`, with backslashes hiding the byte after them if
 * `escapes`; false if it does not come. */
static bool
srl_reader_past(srl_reader *rd, const char *text, bool escapes)
{
    while (rd->at < rd->end) {
        if (srl_reader_has(rd, text)) {
            rd->at += strlen(text);
            return true;
        }
        rd->at += escapes && *rd->at == '\\' && rd->end - rd->at > 1 ? 2 : 1;
    }
    return false;
}

/* Over blanks and comments; false for a comment without end. */
static bool
srl_reader_blanks(srl_reader *rd)
{
    const char *at = srl_sql_begin(rd->at, rd->end);

    rd->at = at ? at : rd->end;
    return at != NULL;
}

static bool
srl_reader_is_word(char c)
{
    return srl_is_letter(c) || srl_is_digit(c) || c == '_' || c == '$';
}

static surreal_str
srl_reader_word(srl_reader *rd)
{
    const char *from = rd->at;

    while (rd->at < rd->end && srl_reader_is_word(*rd->at)) rd->at++;
    return surreal_text_of(from, (size_t)(rd->at - from));
}

/* Behind a word: is it the key of an object? */
static bool
srl_reader_is_key(const srl_reader *rd)
{
    srl_reader ahead = *rd;

    return srl_reader_blanks(&ahead) && ahead.at < ahead.end &&
           *ahead.at == ':';
}

/* Over one string, name in quotes, bracket or other byte. */
static bool
srl_reader_mark(srl_reader *rd)
{
    char quote[2] = {*rd->at, '\0'};

    rd->is_start = false;
    if (strchr("'\"`", *quote)) {
        rd->at++;
        return srl_reader_past(rd, quote, true);
    }
    if (srl_reader_has(rd, "\xe2\x9f\xa8")) {
        return srl_reader_past(rd, "\xe2\x9f\xa9", false);
    }
    rd->at++;
    if (strchr("([{", *quote)) rd->depth++;
    if (strchr(")]}", *quote)) {
        if (!rd->depth) return false;
        rd->depth--;
    }
    rd->is_start = strchr("({;", *quote) != NULL;
    return true;
}

static surreal_status
srl_sql_word(surreal_str word, const char *what, const char *const *refused,
             const srl_sql *sql, surreal_error *err)
{
    /* A function or an event that is defined has a RETURN of its own. */
    if (srl_word_is(word.ptr, word.len, "RETURN") &&
        !srl_word_is(sql->word.ptr, sql->word.len, "DEFINE") &&
        !srl_word_is(sql->word.ptr, sql->word.len, "ALTER")) {
        return srl_fail(err, SURREAL_ERR_USAGE,
                        "RETURN would end the whole %s: write the value "
                        "itself", what);
    }
    if (word.ptr != sql->word.ptr) return SURREAL_OK;
    for (; *refused; refused++) {
        if (!srl_word_is(word.ptr, word.len, *refused)) continue;
        return srl_fail(err, SURREAL_ERR_USAGE, "%s cannot be part of a %s",
                        *refused, what);
    }
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_sql_unclosed(const char *at, surreal_str text, surreal_error *err)
{
    srl_fail(err, SURREAL_ERR_SYNTAX,
             "a quote, comment or bracket of the statement has no match");
    err->at = (size_t)(at - text.ptr);
    return err->status;
}

/* From rd->at, which is no blank, to the `;` or the end. */
static surreal_status
srl_sql_read(srl_reader *rd, surreal_str all, const char *what,
             const char *const *refused, srl_sql *out, surreal_error *err)
{
    while (rd->at < rd->end && (*rd->at != ';' || rd->depth)) {
        if (srl_reader_is_word(*rd->at)) {
            surreal_str word = srl_reader_word(rd);

            if (!out->word.len) out->word = word;
            if (rd->is_start && !srl_reader_is_key(rd)) {
                SRL_TRY(srl_sql_word(word, what, refused, out, err));
            }
            rd->is_start = srl_word_is(word.ptr, word.len, "THEN") ||
                           srl_word_is(word.ptr, word.len, "ELSE");
        } else if (!srl_reader_mark(rd)) {
            return srl_sql_unclosed(rd->at, all, err);
        } else if (!out->word.len) {
            out->word = surreal_text_of(rd->at - 1, 1); /* no word: "(" */
        }
        if (!srl_reader_blanks(rd)) {
            return srl_sql_unclosed(rd->at, all, err);
        }
    }
    if (rd->depth) return srl_sql_unclosed(rd->at, all, err);
    out->text.len = (size_t)(rd->at - out->text.ptr);
    return SURREAL_OK;
}

SRL_FN surreal_status
srl_sql_next(surreal_str *rest, const char *what, const char *const *refused,
             srl_sql *out, surreal_error *err)
{
    srl_reader rd;

    memset(out, 0, sizeof *out);
    rd.at = rest->ptr;
    rd.end = rest->ptr + rest->len;
    rd.depth = 0;
    rd.is_start = true;
    out->text.ptr = rd.at;
    for (;;) {
        if (!srl_reader_blanks(&rd)) {
            return srl_sql_unclosed(rd.at, *rest, err);
        }
        if (rd.at == rd.end) return SURREAL_NOT_FOUND;
        if (*rd.at != ';') break;
        out->text.ptr = ++rd.at;
    }
    out->begin = rd.at;
    SRL_TRY(srl_sql_read(&rd, *rest, what, refused, out, err));
    if (rd.at < rd.end) rd.at++;
    rest->len = (size_t)(rd.end - rd.at);
    rest->ptr = rd.at;
    return SURREAL_OK;
}

SRL_FN bool
srl_sql_token(surreal_str *rest, surreal_str *out)
{
    srl_reader rd;

    memset(&rd, 0, sizeof rd);
    rd.at = rest->ptr;
    rd.end = rest->ptr + rest->len;
    if (!srl_reader_blanks(&rd) || rd.at == rd.end) return false;
    out->ptr = rd.at;
    do {
        if (srl_reader_is_word(*rd.at)) {
            srl_reader_word(&rd);
        } else if (!srl_reader_mark(&rd)) {
            return false;
        }
    } while (rd.depth && srl_reader_blanks(&rd) && rd.at < rd.end);
    out->len = (size_t)(rd.at - out->ptr);
    rest->ptr = rd.at;
    rest->len = (size_t)(rd.end - rd.at);
    return true;
}
