/* cc -I. -o build/unit/test_sha1 tests/unit/test_sha1.c
 *
 * SHA-1: the examples of RFC 3174 7.3 and FIPS 180, and every length around
 * the padding's corners. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "../test.h"

static const char *
hex_of(const uint8_t *data, size_t len)
{
    static char text[2][41];
    static int turn;
    size_t i;

    turn = !turn;
    for (i = 0; i < len && i < 20; i++) {
        snprintf(text[turn] + 2 * i, 3, "%02x", data[i]);
    }
    return text[turn];
}

/* From a block of exactly that size, so that a sanitizer sees each byte read
 * outside. */
static const char *
sha1_of(const void *data, size_t len)
{
    uint8_t *copy = (uint8_t *)malloc(len ? len : 1);
    uint8_t hash[20];

    if (!copy) abort();
    if (len) memcpy(copy, data, len);
    srl_sha1(copy, len, hash);
    free(copy);
    return hex_of(hash, 20);
}

static const char *
sha1_text(const char *text)
{
    return sha1_of(text, strlen(text));
}

TEST(test_sha1_rfc3174)
{
    char text[641];
    int i;

    CHECK_STR(sha1_text("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK_STR(sha1_text("abcdbcdecdefdefgefghfghighijhi"
                        "jkijkljklmklmnlmnomnopnopq"),
              "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    CHECK_STR(sha1_text("a"), "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8");
    for (i = 0; i < 10; i++) {
        memcpy(text + 64 * i, "01234567012345670123456701234567"
                              "01234567012345670123456701234567", 65);
    }
    CHECK_STR(sha1_text(text), "dea356a2cddd90c7a7ecedc5ebb563934f460452");
}

TEST(test_sha1_fips180)
{
    CHECK_STR(sha1_text(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    CHECK_STR(sha1_text("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghi"
                        "jklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqr"
                        "stnopqrstu"),
              "a49b2446a02c645bf419f995b67091253a04a259");
}

TEST(test_sha1_a_million_letters)
{
    size_t len = 1000000;
    char *text = (char *)malloc(len);

    if (!text) abort();
    memset(text, 'a', len);
    CHECK_STR(sha1_of(text, len), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    free(text);
}

/* The hash of the hashes of 301 inputs of 0 to 300 bytes, made with another
 * implementation: it passes every boundary of block and padding. */
TEST(test_sha1_every_length)
{
    static uint8_t hashes[301 * 20];
    uint8_t data[300];
    size_t len, i;

    for (i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * 7 + 3);
    }
    for (len = 0; len <= sizeof data; len++) {
        uint8_t *copy = (uint8_t *)malloc(len ? len : 1);

        if (!copy) abort();
        memcpy(copy, data, len);
        srl_sha1(copy, len, hashes + 20 * len);
        free(copy);
    }
    CHECK_STR(sha1_of(hashes, sizeof hashes),
              "43debf5006166594c976375f1c06253e43d53ddf");
}

TEST_MAIN(
    RUN(test_sha1_rfc3174);
    RUN(test_sha1_fips180);
    RUN(test_sha1_a_million_letters);
    RUN(test_sha1_every_length);
)
