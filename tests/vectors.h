/* tests/vectors.h: test vectors of other projects, which are not in this
 * repository: found in the folder SURREAL_TEST_VECTORS, by default
 * ../shared/vectors. A test whose file is absent is skipped and says so:
 *
 *   json *doc = vectors_json("wycheproof/x25519_test.json");
 *   if (!doc) { SKIP(VECTORS_ABSENT); return; }
 */
#ifndef TEST_VECTORS_H
#define TEST_VECTORS_H
#include "tests/json.h"

#define VECTORS_ABSENT "no such file below SURREAL_TEST_VECTORS"

static inline const char *
vectors_path(const char *name)
{
    static char path[1024];
    const char *folder = getenv("SURREAL_TEST_VECTORS");

    snprintf(path, sizeof path, "%s/%s",
             folder && *folder ? folder : "../shared/vectors", name);
    return path;
}

static inline json *
vectors_json(const char *name)
{
    return json_file(vectors_path(name));
}

/* Bytes of hexadecimal text, at most cap; their count, or -1. */
static inline long
vectors_hex(const char *text, void *out, size_t cap)
{
    unsigned char *at = (unsigned char *)out;
    size_t n = 0;

    if (!text) return -1;
    for (; text[0] && text[1]; text += 2, n++) {
        char two[3] = {text[0], text[1], '\0'};
        char *end;
        long byte = strtol(two, &end, 16);

        if (*end || n == cap) return -1;
        at[n] = (unsigned char)byte;
    }
    return *text ? -1 : (long)n;
}

/* The same in memory of its own; NULL for what is none. Free it. Never NULL
 * for "": sanitizers then see each read beyond the end. */
static inline unsigned char *
vectors_bytes(const char *text, size_t *len)
{
    size_t cap = text ? strlen(text) / 2 : 0;
    unsigned char *bytes = (unsigned char *)malloc(cap ? cap : 1);
    long got;

    if (!bytes) abort();
    got = vectors_hex(text, bytes, cap);
    if (got < 0) {
        free(bytes);
        return NULL;
    }
    *len = (size_t)got;
    return bytes;
}

#endif
