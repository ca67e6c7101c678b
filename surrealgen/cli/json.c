/* surrealgen/cli/json.c: JSON, written in order. */
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void cli_json_init(cli_json *json, gen_buf *out, unsigned indent)
{
    json->out = out;
    json->indent = indent;
    json->depth = 0;
    json->first = true;
    json->keyed = false;
}

static void new_line(cli_json *json)
{
    if (json->indent == 0) return;
    gen_buf_add_fmt(json->out, "\n%*s", (int)(json->indent * json->depth),
                    "");
}

/* What stands between the thing before and the next one. */
static void before(cli_json *json)
{
    if (json->keyed) {
        json->keyed = false;
        return;
    }
    if (json->depth == 0) return;
    if (!json->first) gen_buf_add_text(json->out, ",");
    json->first = false;
    new_line(json);
}

void cli_json_open(cli_json *json, char bracket)
{
    before(json);
    gen_buf_add_char(json->out, bracket);
    json->depth++;
    json->first = true;
}

void cli_json_close(cli_json *json, char bracket)
{
    json->depth--;
    if (!json->first) new_line(json);
    gen_buf_add_char(json->out, bracket);
    json->first = false;
}

/* Bytes of the UTF-8 sequence at text[i], 0 when it is none. */
static size_t sequence(gen_str text, size_t i)
{
    unsigned char c = (unsigned char)text.ptr[i];
    unsigned char next = (unsigned char)text.ptr[i + 1]; /* 0 at the end */
    size_t len = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3
        : c < 0xf5 ? 4 : 0;
    size_t k;

    if (i + len > text.len) return 0;
    for (k = 1; k < len; k++) {
        if (((unsigned char)text.ptr[i + k] & 0xc0) != 0x80) return 0;
    }
    if ((c == 0xe0 && next < 0xa0) || (c == 0xed && next > 0x9f)
        || (c == 0xf0 && next < 0x90) || (c == 0xf4 && next > 0x8f)) {
        return 0;
    }
    return len;
}

static void quoted(gen_buf *out, gen_str text)
{
    size_t i = 0;

    gen_buf_add_char(out, '"');
    while (i < text.len) {
        unsigned char c = (unsigned char)text.ptr[i];
        size_t len = sequence(text, i);
        if (c == '"' || c == '\\') {
            gen_buf_add_fmt(out, "\\%c", c);
        } else if (c == '\n') {
            gen_buf_add_text(out, "\\n");
        } else if (c == '\t') {
            gen_buf_add_text(out, "\\t");
        } else if (c < 0x20 || c == 0x7f) {
            gen_buf_add_fmt(out, "\\u%04x", (unsigned)c);
        } else if (len == 0) {
            gen_buf_add_text(out, "\\ufffd");
        } else {
            gen_buf_add(out, text.ptr + i, len);
        }
        i += len > 0 ? len : 1;
    }
    gen_buf_add_char(out, '"');
}

void cli_json_key(cli_json *json, const char *key)
{
    before(json);
    quoted(json->out, gen_str_lit(key));
    gen_buf_add_text(json->out, json->indent > 0 ? ": " : ":");
    json->keyed = true;
}

void cli_json_str(cli_json *json, gen_str text)
{
    before(json);
    quoted(json->out, text);
}

void cli_json_text(cli_json *json, const char *text)
{
    cli_json_str(json, gen_str_lit(text));
}

static void word(cli_json *json, const char *text)
{
    before(json);
    gen_buf_add_text(json->out, text);
}

void cli_json_int(cli_json *json, int64_t number)
{
    char digits[32];

    snprintf(digits, sizeof digits, "%" PRId64, number);
    word(json, digits);
}

void cli_json_uint(cli_json *json, uint64_t number)
{
    char digits[32];

    snprintf(digits, sizeof digits, "%" PRIu64, number);
    word(json, digits);
}

void cli_json_bool(cli_json *json, bool flag)
{
    word(json, flag ? "true" : "false");
}

void cli_json_null(cli_json *json)
{
    word(json, "null");
}
