/* cc -I. -o build/unit/test_token tests/unit/test_token.c -lm
 *
 * What tokens say of themselves: SurrealDB's, other issuers', and garbage. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/test.h"

typedef struct reading {
    srl_mem mem;
    srl_buf room;
    srl_token token;
    bool ok;
} reading;

static void
encode(char *out, const char *text, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_";
    uint32_t bits = 0;
    unsigned count = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        bits = bits << 8 | (uint8_t)text[i];
        for (count += 8; count >= 6; count -= 6) {
            *out++ = digits[bits >> (count - 6) & 63];
        }
    }
    if (count) *out++ = digits[bits << (6 - count) & 63];
    *out = '\0';
}

static void
read_text(reading *r, const char *token, size_t len)
{
    char *copy = (char *)malloc(len ? len : 1);

    if (!copy) abort();
    if (len) memcpy(copy, token, len);
    memset(r, 0, sizeof *r);
    srl_mem_init(&r->mem, NULL, 0);
    srl_buf_init(&r->room, &r->mem, 1 << 20);
    r->ok = srl_token_read(surreal_text_of(copy, len), &r->room, &r->token);
    free(copy);
}

/* A token with these claims. */
static void
read_claims(reading *r, const char *claims)
{
    char text[8192] = "eyJhbGciOiJIUzUxMiJ9.";

    encode(text + strlen(text), claims, strlen(claims));
    memcpy(text + strlen(text), ".c2ln", 6);
    read_text(r, text, strlen(text));
}

static void
reading_end(reading *r)
{
    srl_buf_free(&r->room);
    CHECK_INT(r->mem.used, 0);
}

/* From SurrealDB 3.0.2: SIGNUP of DEFINE ACCESS people, token life 2 s. */
TEST(test_token_of_surrealdb_is_read)
{
    static const char token[] =
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.eyJpYXQiOjE3OTUyNDQ3NjAsIm5iZi"
        "I6MTc5NTI0NDc2MCwiZXhwIjoxNzk1MjQ0NzYyLCJpc3MiOiJTdXJyZWFsREIiLCJqd"
        "GkiOiI1MDU1NjlhNC0zYTM1LTQ4MDUtYmUxNC03N2U4MTVkZjhhMGUiLCJOUyI6InQi"
        "LCJEQiI6ImQiLCJBQyI6InBlb3BsZSIsIklEIjoidXNlcjpjY2N5ZmJ2Zm9hcG9jeGh"
        "uZHJqdiJ9.CjJm3CFsByuf1hR2k53F";
    reading r;

    read_text(&r, token, sizeof token - 1);
    CHECK(r.ok);
    CHECK_INT(r.token.iat, 1795244760);
    CHECK_INT(r.token.exp, 1795244762);
    CHECK(surreal_str_eq(r.token.ns, SURREAL_LIT("t")));
    CHECK(surreal_str_eq(r.token.db, SURREAL_LIT("d")));
    CHECK(surreal_str_eq(r.token.ac, SURREAL_LIT("people")));
    reading_end(&r);
}

TEST(test_token_claims_in_other_styles)
{
    static const struct {
        const char *claims, *ns, *db;
        int64_t exp, iat;
    } cases[] = {
        {"{}", "", "", 0, 0},
        {" { \"exp\" : 12 , \"iat\":3 } ", "", "", 12, 3},
        {"{\"ns\":\"a\",\"NS\":\"b\",\"DB\":\"c\",\"db\":\"d\"}", "b", "c", 0,
         0},
        {"{\"ns\":\"a\",\"db\":\"d\"}", "a", "d", 0, 0},
        {"{\"exp\":12.9,\"iat\":1e3}", "", "", 12, 0},
        {"{\"exp\":-5,\"iat\":99999999999999999999999999}", "", "", 0, 0},
        {"{\"exp\":\"12\",\"NS\":7}", "", "", 0, 0},
        {"{\"rl\":[\"Owner\",{\"exp\":1,\"NS\":\"x\"},[]],\"exp\":5}", "", "",
         5, 0},
        {"{\"NS\":\"\\u00e4\\ud83d\\ude00\\n\\\"\\/\"}",
         "\xc3\xa4\xf0\x9f\x98\x80\n\"/", "", 0, 0},
        {"{\"a\":true,\"b\":false,\"c\":null,\"exp\":1}", "", "", 1, 0},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reading r;

        read_claims(&r, cases[i].claims);
        if (!r.ok) TEST_FAIL("not read: %s", cases[i].claims);
        CHECK_INT(r.token.exp, cases[i].exp);
        CHECK_INT(r.token.iat, cases[i].iat);
        CHECK(surreal_str_eq(r.token.ns, surreal_text(cases[i].ns)));
        CHECK(surreal_str_eq(r.token.db, surreal_text(cases[i].db)));
        reading_end(&r);
    }
}

static void
check_says_nothing(const char *text, reading *r)
{
    if (r->ok) TEST_FAIL("understood: %s", text);
    CHECK_INT(r->token.exp, 0);
    CHECK_INT(r->token.iat, 0);
    CHECK(!r->token.ns.ptr && !r->token.db.ptr && !r->token.ac.ptr);
    reading_end(r);
}

TEST(test_token_garbage_says_nothing)
{
    static const char *const claims[] = {
        "", "1", "[]", "\"exp\"", "{", "{\"exp\"}", "{\"exp\":}",
        "{\"exp\":1", "{\"exp\":1,}", "{\"exp\":1}}", "{\"exp\":1} x",
        "{\"exp\":1.}", "{\"exp\":1e}", "{\"exp\":-}", "{exp:1}",
        "{\"exp\":1,\"a\":tru}", "{\"exp\":1,\"a\":[1}", "{\"exp\":1 2}",
        "{\"exp\":1,\"a\":\"\\x\"}", "{\"exp\":1,\"a\":\"\\u12\"}",
        "{\"exp\":1,\"a\":\"\\ud800\"}", "{\"exp\":1,\"a\":\"\\udc00\"}",
        "{\"exp\":1,\"a\":\"\\ud800\\u0041\"}", "{\"exp\":1,\"a\":\"\n\"}",
        "{\"exp\":1,\"a\":\"\xff\"}",
        "{\"exp\":1,\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}",
    };
    static const char *const tokens[] = {
        "", ".", "..", "a.b", "a.e30", "a.e30.b.c", "a.e3.b", "a.e30=.b",
        "a.e31.b", "a.e3+.b", "a.e.b", "surreal-refresh-abc", "a. .b",
    };
    size_t i;

    for (i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        reading r;

        read_claims(&r, claims[i]);
        check_says_nothing(claims[i], &r);
    }
    for (i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        reading r;

        read_text(&r, tokens[i], strlen(tokens[i]));
        check_says_nothing(tokens[i], &r);
    }
}

TEST(test_token_cut_anywhere_says_nothing_or_the_same)
{
    static const char claims[] = "{\"exp\":1795244762,\"NS\":\"t\\u0041\"}";
    char text[256] = "eyJhbGciOiJIUzUxMiJ9.";
    char json[64];
    size_t i;

    encode(text + strlen(text), claims, strlen(claims));
    for (i = 0; i <= strlen(text); i++) {
        reading r;

        read_text(&r, text, i); /* the second dot is missing */
        check_says_nothing(text, &r);
    }
    for (i = 0; i < strlen(claims); i++) {
        reading r;

        memcpy(json, claims, i);
        json[i] = '\0';
        read_claims(&r, json);
        check_says_nothing(json, &r);
    }
}

TEST(test_token_without_memory_says_nothing)
{
    static const char token[] = "a.eyJleHAiOjF9.b";
    test_heap heap = {0, 1, 0, 0};
    surreal_allocator allocator = {test_resize, NULL};
    srl_token out;
    srl_mem mem;
    srl_buf room;

    allocator.user = &heap;
    srl_mem_init(&mem, &allocator, 0);
    srl_buf_init(&room, &mem, 100);
    CHECK(!srl_token_read(surreal_text(token), &room, &out));
    CHECK_INT(out.exp, 0);
    room.status = SURREAL_OK;
    heap.fail_at = 0;
    CHECK(srl_token_read(surreal_text(token), &room, &out));
    CHECK_INT(out.exp, 1);
    srl_buf_free(&room);
    CHECK_INT(heap.held, 0);
}

TEST(test_token_of_absurd_length_says_nothing)
{
    size_t len = (size_t)70 << 10;
    char *text = (char *)malloc(len);
    reading r;

    NEED(text);
    memset(text, 'A', len);
    text[10] = '.';
    text[len - 10] = '.';
    read_text(&r, text, len);
    check_says_nothing("70 KiB", &r);
    free(text);
}

TEST_MAIN(RUN(test_token_of_surrealdb_is_read);
          RUN(test_token_claims_in_other_styles);
          RUN(test_token_garbage_says_nothing);
          RUN(test_token_cut_anywhere_says_nothing_or_the_same);
          RUN(test_token_without_memory_says_nothing);
          RUN(test_token_of_absurd_length_says_nothing);)
