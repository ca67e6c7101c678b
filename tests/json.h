/* tests/json.h: a JSON reader (RFC 8259) for test vectors.
 *
 *   json *doc = json_file("tests/vectors/x.json");
 *   for (json *c = json_get(doc, "cases")->child; c; c = c->next)
 *       use(json_text(c, "name"));
 *   json_free(doc);
 *
 * Nodes are never freed one by one. A file that cannot be read or is no JSON
 * gives NULL, and every function here takes NULL. */
#ifndef TEST_JSON_H
#define TEST_JSON_H
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_type;

typedef struct json {
    json_type type;
    char *text; /* a string, escapes undone; a number as it was written */
    size_t len;
    double number;
    char *key;          /* inside an object */
    struct json *child; /* the first item */
    struct json *next;
    struct json *made;  /* the node made before this one, for json_free */
} json;

typedef struct json_reader {
    const char *at;
    const char *end;
    json *made;
    int failed;
    int depth;
} json_reader;

static inline json *
json_new(json_reader *r, json_type type)
{
    json *node = (json *)calloc(1, sizeof *node);

    if (!node) abort();
    node->type = type;
    node->made = r->made;
    r->made = node;
    return node;
}

static inline char
json_peek(json_reader *r)
{
    while (r->at < r->end && strchr(" \t\r\n", *r->at)) {
        r->at++;
    }
    return r->at < r->end ? *r->at : '\0';
}

static inline unsigned
json_hex4(json_reader *r)
{
    unsigned code = 0;
    int i;

    for (i = 0; i < 4; i++, r->at++) {
        if (r->at >= r->end || !isxdigit((unsigned char)*r->at)) {
            r->failed = 1;
            return 0;
        }
        code = code * 16 + (unsigned)(isdigit((unsigned char)*r->at)
                                          ? *r->at - '0'
                                          : (*r->at | 32) - 'a' + 10);
    }
    return code;
}

static inline size_t
json_utf8(char *out, unsigned code)
{
    if (code < 0x80) return out[0] = (char)code, (size_t)1;
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 63));
        out[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 63));
    out[2] = (char)(0x80 | (code >> 6 & 63));
    out[3] = (char)(0x80 | (code & 63));
    return 4;
}

/* An escape; `at` is behind the backslash. */
static inline size_t
json_escape(json_reader *r, char *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const char *known;
    unsigned code;

    if (r->at >= r->end) return r->failed = 1, (size_t)0;
    known = strchr(from, *r->at);
    if (*r->at && known) {
        r->at++;
        *out = to[known - from];
        return 1;
    }
    if (*r->at++ != 'u') return r->failed = 1, (size_t)0;
    code = json_hex4(r);
    if (code >= 0xd800 && code < 0xdc00 && r->end - r->at >= 6 &&
        r->at[0] == '\\' && r->at[1] == 'u') {
        r->at += 2;
        code = 0x10000 + ((code - 0xd800) << 10) + (json_hex4(r) - 0xdc00);
    }
    return json_utf8(out, code);
}

static inline char *
json_string(json_reader *r, size_t *len)
{
    char *text = (char *)malloc((size_t)(r->end - r->at) + 4);
    size_t n = 0;

    if (!text) abort();
    r->at++; /* the quote */
    while (!r->failed && r->at < r->end && *r->at != '"') {
        if (*r->at == '\\') {
            r->at++;
            n += json_escape(r, text + n);
        } else {
            text[n++] = *r->at++;
        }
    }
    if (r->at < r->end) {
        r->at++;
    } else {
        r->failed = 1;
    }
    text[n] = '\0';
    *len = n;
    text = (char *)realloc(text, n + 1);
    if (!text) abort();
    return text;
}

static inline json *json_value(json_reader *r);

static inline json *
json_items(json_reader *r, char close)
{
    json *node = json_new(r, close == '}' ? JSON_OBJECT : JSON_ARRAY);
    json **last = &node->child;

    r->at++;
    if (++r->depth > 100) r->failed = 1;
    while (!r->failed && json_peek(r) != close) {
        char *key = NULL;
        size_t len;

        if (node->child && *r->at++ != ',') r->failed = 1;
        if (close == '}') {
            if (json_peek(r) != '"') r->failed = 1;
            if (r->failed) break;
            key = json_string(r, &len);
            if (json_peek(r) != ':') r->failed = 1;
            r->at++;
        }
        *last = r->failed ? NULL : json_value(r);
        if (!*last) {
            free(key);
            break;
        }
        (*last)->key = key;
        last = &(*last)->next;
    }
    r->at++;
    r->depth--;
    return node;
}

static inline json *
json_word(json_reader *r, const char *word, json_type type)
{
    size_t len = strlen(word);

    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len)) {
        r->failed = 1;
        return NULL;
    }
    r->at += len;
    return json_new(r, type);
}

static inline json *
json_value(json_reader *r)
{
    json *node;
    char c = json_peek(r);
    size_t len = 0;

    if (c == '{') return json_items(r, '}');
    if (c == '[') return json_items(r, ']');
    if (c == 'n') return json_word(r, "null", JSON_NULL);
    if (c == 't') return json_word(r, "true", JSON_TRUE);
    if (c == 'f') return json_word(r, "false", JSON_FALSE);
    if (c == '"') {
        node = json_new(r, JSON_STRING);
        node->text = json_string(r, &node->len);
        return node;
    }
    while (r->at + len < r->end && r->at[len] &&
           strchr("+-.0123456789eE", r->at[len])) {
        len++;
    }
    if (!len) return r->failed = 1, (json *)NULL;
    node = json_new(r, JSON_NUMBER);
    node->text = (char *)malloc(len + 1);
    if (!node->text) abort();
    memcpy(node->text, r->at, len);
    node->text[len] = '\0';
    node->len = len;
    node->number = strtod(node->text, NULL);
    r->at += len;
    return node;
}

/* `root` must be what json_parse or json_file gave: the first node made. The
 * newest is found through it, see json_parse. */
static inline void
json_free(json *root)
{
    json *node = root ? root->made : NULL;

    if (root) root->made = NULL;
    while (node) {
        json *older = node->made;

        free(node->text);
        free(node->key);
        free(node);
        node = older;
    }
}

static inline json *
json_parse(const char *text, size_t len)
{
    json_reader r;
    json *root;

    memset(&r, 0, sizeof r);
    r.at = text;
    r.end = text + len;
    root = json_value(&r);
    if (json_peek(&r)) r.failed = 1;
    if (!root) return NULL;
    root->made = r.made; /* the list becomes a ring: root is its oldest */
    if (!r.failed) return root;
    json_free(root);
    return NULL;
}

/* Whole file with a NUL behind it; NULL if it cannot be read. */
static inline char *
json_read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long size;

    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    text = size < 0 ? NULL : (char *)malloc((size_t)size + 1);
    if (text) {
        *len = fread(text, 1, (size_t)size, file);
        text[*len] = '\0';
    }
    fclose(file);
    return text;
}

static inline json *
json_file(const char *path)
{
    size_t len;
    char *text = json_read_file(path, &len);
    json *root = text ? json_parse(text, len) : NULL;

    free(text);
    return root;
}

static inline json *
json_get(const json *object, const char *key)
{
    json *item = object ? object->child : NULL;

    while (item && (!item->key || strcmp(item->key, key))) {
        item = item->next;
    }
    return item;
}

/* The string under `key`, or NULL if there is none. */
static inline const char *
json_text(const json *object, const char *key)
{
    const json *item = json_get(object, key);

    return item && item->type == JSON_STRING ? item->text : NULL;
}

static inline size_t
json_count(const json *array)
{
    const json *item = array ? array->child : NULL;
    size_t count = 0;

    for (; item; item = item->next) {
        count++;
    }
    return count;
}

/* The directory of other people's suites: SURREAL_TEST_SUITES, or beside the
 * repository. `out` has room for `cap` bytes. */
static inline const char *
json_suite_path(char *out, size_t cap, const char *name)
{
    const char *dir = getenv("SURREAL_TEST_SUITES");

    snprintf(out, cap, "%s/%s", dir ? dir : "../shared/vectors", name);
    return out;
}

#endif
