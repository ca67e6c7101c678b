/* Certificates as text: what is found, and each refusal at its byte. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"

#define BEGIN "-----BEGIN CERTIFICATE-----\n"
#define END "-----END CERTIFICATE-----\n"

static surreal_bytes
text_of(const char *text, size_t len)
{
    surreal_bytes bytes;

    bytes.ptr = (const uint8_t *)text;
    bytes.len = len;
    return bytes;
}

static const struct {
    const char *text;
    const char *out; /* NULL: no block */
} good[] = {
    {BEGIN "aGVsbG8=\n" END, "hello"},
    {BEGIN "aGVsbG8h\n" END, "hello!"},
    {BEGIN "aGVsbA==\n" END, "hell"},
    {BEGIN "aGV\r\nsb\tG8 =\r\n" END, "hello"},
    {"-----BEGIN CERTIFICATE-----\raGVsbG8=\r-----END CERTIFICATE-----",
     "hello"},
    {"\xef\xbb\xbf# text before\n" BEGIN "aGVsbG8=\n" END "and behind",
     "hello"},
    {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" BEGIN
     "aGVsbG8=\n" END, "hello"},
    {"-----BEGIN -----BEGIN CERTIFICATE-----\n" BEGIN "aGVsbG8=\n" END,
     "hello"},
    {"x" BEGIN "aGVsbG8=\n" END, NULL}, /* not at the start of a line */
    {"-----BEGIN TRUSTED CERTIFICATE-----\naGVsbG8=\n"
     "-----END TRUSTED CERTIFICATE-----\n", NULL},
    {"-----begin certificate-----\n", NULL},
    {"-----BEGIN CERTIFICATE----\n", NULL},
    {"-", NULL},
    {"", NULL}};

TEST(test_pem_good)
{
    size_t i;

    for (i = 0; i < sizeof good / sizeof *good; i++) {
        size_t len = strlen(good[i].text);
        char *exact = (char *)malloc(len ? len : 1); /* nothing behind it */
        uint8_t *room = (uint8_t *)malloc(len ? len : 1);
        surreal_bytes out;
        surreal_error err;
        size_t at = 0;
        surreal_status status;

        NEED(exact && room);
        memcpy(exact, good[i].text, len);
        status = srl_pem_next(text_of(exact, len), &at, room, len, &out, &err);
        if (!good[i].out) {
            CHECK_INT(status, SURREAL_NOT_FOUND);
            CHECK_INT(at, len);
        } else {
            CHECK_INT(status, SURREAL_OK);
            CHECK_MEM(out.ptr, out.len, good[i].out, strlen(good[i].out));
            CHECK_INT(srl_pem_next(text_of(exact, len), &at, room, len, &out,
                                   &err), SURREAL_NOT_FOUND);
        }
        free(exact);
        free(room);
    }
}

/* `at` counts from the end of the BEGIN line. */
static const struct {
    const char *text;
    const char *why;
    size_t at;
} bad[] = {
    {"aGVs!G8=\n" END, "character not in base64", 4},
    {"Proc-Type: 4\n" END, "expected \"-----END", 4},
    {"A:\n" END, "character not in base64", 1},
    {"aGVsbG8\n" END, "base64 ends inside a group", 8},
    {"aGVsb\n" END, "base64 ends inside a group", 6},
    {"aGVsbG9=\n" END, "bits behind the end", 7},
    {"aGVsbB==\n" END, "bits behind the end", 7},
    {"aGVsbG8=aGVs\n" END, "text behind the padding", 8},
    {"aGVsbG8==\n" END, "text behind the padding", 8},
    {"aGVsb=G8\n" END, "padding too early", 5},
    {"aGVsbA=a\n" END, "text behind the padding", 7},
    {"=AAA\n" END, "padding too early", 0},
    {"====\n" END, "padding too early", 0},
    {"aGVs\0aGVs\n" END, "base64", 4},
    {"aGVsbG8=\n-----END CERT-----\n", "expected \"-----END", 9},
    {"aGVsbG8=\n-----BEGIN CERTIFICATE-----\n", "expected \"-----END", 9},
    {"aGVsbG8=\n-", "expected \"-----END", 9},
    {"aG_sbG8=\n" END, "character not in base64", 2}};

TEST(test_pem_bad)
{
    char text[200];
    size_t i;

    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t room[200];
        surreal_bytes out;
        surreal_error err;
        size_t at = 0;
        size_t len = strlen(BEGIN);
        size_t more = i == 13 ? 9 : strlen(bad[i].text);

        memcpy(text, BEGIN, len);
        memcpy(text + len, bad[i].text, more);
        CHECK_INT(srl_pem_next(text_of(text, len + more), &at, room,
                               sizeof room, &out, &err), SURREAL_ERR_CERT);
        if (!strstr(err.message, bad[i].why) ||
            err.at != len + bad[i].at) {
            TEST_FAIL("%s: %s, at %zu", bad[i].text, err.message,
                      (size_t)err.at - len);
        }
        CHECK(!out.len && at == len - 1); /* behind the first line */
    }
}

/* Cut anywhere: no certificate comes out but the whole one. */
TEST(test_pem_cut)
{
    static const char text[] = "# one\n" BEGIN "aGVsbG8h\n" END;
    size_t len, whole = sizeof text - 2; /* the last line needs no end */
    uint8_t room[200];

    for (len = 0; len < sizeof text; len++) {
        char *exact = (char *)malloc(len ? len : 1);
        surreal_bytes out;
        surreal_error err;
        size_t at = 0;
        surreal_status status;

        NEED(exact);
        memcpy(exact, text, len);
        status = srl_pem_next(text_of(exact, len), &at, room, sizeof room,
                              &out, &err);
        CHECK_INT(status, len >= whole  ? SURREAL_OK
                          : len < 6 + 27 ? SURREAL_NOT_FOUND
                                         : SURREAL_ERR_CERT);
        CHECK(at <= len);
        if (status == SURREAL_ERR_CERT) CHECK(err.at <= len);
        free(exact);
    }
}

TEST(test_pem_room)
{
    static const char text[] = BEGIN "aGVsbG8=\n" END;
    uint8_t *room = (uint8_t *)malloc(5);
    surreal_bytes out;
    surreal_error err;
    size_t at = 0;

    NEED(room);
    CHECK_INT(srl_pem_next(text_of(text, sizeof text - 1), &at, room, 5, &out,
                           &err), SURREAL_OK);
    at = 0;
    CHECK_INT(srl_pem_next(text_of(text, sizeof text - 1), &at, room, 4, &out,
                           &err), SURREAL_ERR_CERT);
    CHECK(strstr(err.message, "block too long") != NULL);
    free(room);
}

TEST(test_pem_is)
{
    CHECK(srl_pem_is(text_of(BEGIN, strlen(BEGIN))));
    CHECK(srl_pem_is(text_of("x\n-----BEGIN KEY", 15)));
    CHECK(!srl_pem_is(text_of("x-----BEGIN KEY", 14)));
    CHECK(!srl_pem_is(text_of("0\x82\n-----BEGIN KEY", 16)));
    CHECK(!srl_pem_is(text_of("", 0)));
}

/* A text of nothing but near misses takes a time that grows with its length
 * alone. */
TEST(test_pem_long)
{
    size_t len = 1 << 22;
    char *text = (char *)malloc(len);

    NEED(text);
    memset(text, '-', len);
    CHECK_INT(srl_pem_begin(text_of(text, len), 0), len);
    memset(text, '\n', len);
    CHECK_INT(srl_pem_begin(text_of(text, len), 0), len);
    free(text);
}

TEST_MAIN(RUN(test_pem_good);
          RUN(test_pem_bad);
          RUN(test_pem_cut);
          RUN(test_pem_room);
          RUN(test_pem_is);
          RUN(test_pem_long);)
