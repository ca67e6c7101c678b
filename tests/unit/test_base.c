/* tests/unit/test_base.c: memory, buffers, text and numbers.
 *
 *   cc -I. tests/unit/test_base.c -o test_base && ./test_base */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "tests/test.h"


static srl_mem
heap_mem(test_heap *heap, size_t max)
{
    surreal_allocator allocator;
    srl_mem mem;

    memset(heap, 0, sizeof *heap);
    allocator.resize = test_resize;
    allocator.user = heap;
    srl_mem_init(&mem, &allocator, max);
    return mem;
}

TEST(test_base_memory_cap_refuses_and_keeps_the_block)
{
    test_heap heap;
    srl_mem mem = heap_mem(&heap, 100);
    char *block = (char *)srl_mem_resize(&mem, NULL, 0, 60);

    NEED(block != NULL);
    block[59] = 'x';
    CHECK(!srl_mem_resize(&mem, NULL, 0, 41));
    CHECK(!srl_mem_resize(&mem, block, 60, 101));
    CHECK_INT(mem.used, 60);
    CHECK_INT(block[59], 'x');
    block = (char *)srl_mem_resize(&mem, block, 60, 100);
    NEED(block != NULL);
    CHECK_INT(block[59], 'x');
    srl_mem_free(&mem, block, 100);
    CHECK_INT(heap.held, 0);
}

TEST(test_base_sizes_that_overflow_are_seen)
{
    size_t out = 7;

    CHECK(!srl_size_mul((size_t)-1 / 2, 3, &out));
    CHECK(!srl_size_add((size_t)-1, 1, &out));
    CHECK_INT(out, 7);
    CHECK(srl_size_mul(0, (size_t)-1, &out));
    CHECK_INT(out, 0);
    CHECK(srl_size_add((size_t)-2, 1, &out));
    CHECK(out == (size_t)-1);
}

/* Blocks of many sizes: aligned, apart from each other, all given back. */
TEST(test_base_arena_blocks_do_not_overlap)
{
    enum { COUNT = 400 };
    static uint8_t *blocks[COUNT];
    static size_t lens[COUNT];
    test_heap heap;
    srl_mem mem = heap_mem(&heap, 0);
    srl_arena arena;
    size_t i;
    size_t k;

    srl_arena_init(&arena, &mem);
    for (i = 0; i < COUNT; i++) {
        lens[i] = i * i % 5000;
        if (i % 97 == 0) lens[i] = 200000;
        blocks[i] = (uint8_t *)srl_arena_alloc(&arena, lens[i]);
        NEED(blocks[i] != NULL);
        CHECK((uintptr_t)blocks[i] % 16 == 0);
        memset(blocks[i], (int)(i & 255), lens[i]);
    }
    for (i = 0; i < COUNT; i++) {
        for (k = 0; k < lens[i] && blocks[i][k] == (i & 255); k++) {
        }
        CHECK_INT(k, lens[i]);
    }
    srl_arena_free(&arena);
    CHECK_INT(heap.held, 0);
}

TEST(test_base_arena_survives_every_failed_allocation)
{
    size_t fail_at;
    bool failed = true;

    for (fail_at = 1; failed && fail_at < 100; fail_at++) {
        test_heap heap;
        srl_mem mem = heap_mem(&heap, 0);
        srl_arena arena;
        int i;

        heap.fail_at = fail_at;
        failed = false;
        srl_arena_init(&arena, &mem);
        for (i = 0; i < 50; i++) {
            void *block = srl_arena_alloc(&arena, (size_t)i * 300);

            if (block) {
                memset(block, 1, (size_t)i * 300);
            } else {
                failed = true;
            }
        }
        srl_arena_free(&arena);
        CHECK_INT(heap.held, 0);
    }
    CHECK(fail_at > 3);
    CHECK(!failed);
}

TEST(test_base_arena_refuses_sizes_that_overflow)
{
    test_heap heap;
    srl_mem mem = heap_mem(&heap, 0);
    srl_arena arena;

    srl_arena_init(&arena, &mem);
    CHECK(!srl_arena_alloc(&arena, (size_t)-1));
    CHECK(!srl_arena_alloc(&arena, (size_t)-17));
    CHECK(!srl_arena_array(&arena, (size_t)-1 / 8, 16));
    CHECK(!srl_arena_text(&arena, "", (size_t)-1).ptr);
    srl_arena_free(&arena);
    CHECK_INT(heap.calls, 0);
}

TEST(test_base_buffer_latches_its_first_failure)
{
    test_heap heap;
    srl_mem mem = heap_mem(&heap, 0);
    srl_buf buf;

    srl_buf_init(&buf, &mem, 300);
    srl_buf_put(&buf, "0123456789", 10);
    CHECK_INT(srl_buf_reserve(&buf, 290), SURREAL_OK);
    CHECK_INT(srl_buf_reserve(&buf, 291), SURREAL_ERR_LIMIT);
    srl_buf_put(&buf, "x", 1);
    CHECK_INT(buf.len, 10);
    CHECK_INT(buf.status, SURREAL_ERR_LIMIT);
    srl_buf_free(&buf);

    srl_buf_init(&buf, &mem, 300);
    heap.fail_at = heap.calls + 1;
    srl_buf_put(&buf, "x", 1);
    CHECK_INT(buf.status, SURREAL_ERR_NOMEM);
    srl_buf_free(&buf);
    CHECK_INT(heap.held, 0);
}

TEST(test_base_fixed_buffer_says_full)
{
    uint8_t room[4];
    srl_buf buf;

    srl_buf_fixed(&buf, room, sizeof room);
    srl_buf_put(&buf, "abcd", 4);
    CHECK_INT(buf.status, SURREAL_OK);
    srl_buf_put(&buf, "e", 1);
    CHECK_INT(buf.status, SURREAL_ERR_FULL);
    CHECK_MEM(buf.data, buf.len, "abcd", 4);
}

/* Every cap: the same length is returned, what fits is there, NUL-closed. */
TEST(test_base_text_output_has_the_contract_of_snprintf)
{
    size_t cap;

    for (cap = 0; cap < 20; cap++) {
        char room[24];
        srl_out out;
        size_t len;

        memset(room, '#', sizeof room);
        srl_out_init(&out, room, cap);
        srl_out_text(&out, "ab");
        srl_out_int(&out, INT64_C(-1234));
        srl_out_padded(&out, 7, 3);
        len = srl_out_end(&out);
        CHECK_INT(len, 10);
        if (cap) {
            CHECK_INT(strlen(room), cap > 10 ? 10 : cap - 1);
            CHECK(!strncmp(room, "ab-1234007", strlen(room)));
        }
        CHECK_INT(room[cap], '#');
    }
}

TEST(test_base_integers_at_their_limits)
{
    char room[32];
    srl_out out;

    srl_out_init(&out, room, sizeof room);
    srl_out_int(&out, INT64_MIN);
    srl_out_end(&out);
    CHECK_STR(room, "-9223372036854775808");
    srl_out_init(&out, room, sizeof room);
    srl_out_uint(&out, UINT64_MAX);
    srl_out_end(&out);
    CHECK_STR(room, "18446744073709551615");
}

/* Valid and invalid sequences of RFC 3629, each also at every offset behind
 * ASCII, so that the fast path and its end are crossed. */
TEST(test_base_utf8_accepts_and_refuses_what_rfc_3629_says)
{
    static const struct {
        const char *text;
        bool valid;
    } cases[] = {
        {"\xc2\x80", true},          {"\xdf\xbf", true},
        {"\xe0\xa0\x80", true},      {"\xed\x9f\xbf", true},
        {"\xee\x80\x80", true},      {"\xf0\x90\x80\x80", true},
        {"\xf4\x8f\xbf\xbf", true},  {"\x7f", true},
        {"\x80", false},             {"\xc0\xaf", false},
        {"\xc1\xbf", false},         {"\xc2", false},
        {"\xe0\x80\xaf", false},     {"\xe0\x9f\xbf", false},
        {"\xed\xa0\x80", false},     {"\xed\xbf\xbf", false},
        {"\xf0\x80\x80\xaf", false}, {"\xf0\x8f\xbf\xbf", false},
        {"\xf4\x90\x80\x80", false}, {"\xf5\x80\x80\x80", false},
        {"\xe2\x82", false},         {"\xf0\x9f\x98", false},
        {"\xff", false},             {"\xe2\x28\xa1", false}};
    size_t i;
    size_t pad;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (pad = 0; pad < 20; pad++) {
            size_t len = pad + strlen(cases[i].text);
            uint8_t *text = (uint8_t *)malloc(len);

            NEED(text != NULL);
            memset(text, 'a', pad);
            memcpy(text + pad, cases[i].text, len - pad);
            if (srl_utf8_valid(text, len) != cases[i].valid) {
                TEST_FAIL("case %zu behind %zu bytes", i, pad);
            }
            free(text);
        }
    }
    CHECK(srl_utf8_valid(NULL, 0));
}

TEST(test_base_utf8_writes_what_it_accepts)
{
    uint32_t code;

    for (code = 0; code <= 0x10ffff; code += 37) {
        uint8_t text[4];
        size_t len = srl_utf8_put(text, code);
        bool surrogate = code >= 0xd800 && code <= 0xdfff;

        if (srl_utf8_valid(text, len) == surrogate) {
            TEST_FAIL("U+%04X", (unsigned)code);
        }
    }
}

TEST(test_base_half_floats)
{
    CHECK(srl_half_to_double(0x0000) == 0.0);
    CHECK(srl_double_to_bits(srl_half_to_double(0x8000)) ==
          UINT64_C(1) << 63);
    CHECK(srl_half_to_double(0x3c00) == 1.0);
    CHECK(srl_half_to_double(0x3e00) == 1.5);
    CHECK(srl_half_to_double(0xc000) == -2.0);
    CHECK(srl_half_to_double(0x7bff) == 65504.0);
    CHECK(srl_half_to_double(0x0001) == 5.960464477539063e-8);
    CHECK(srl_half_to_double(0x03ff) == 6.097555160522461e-5);
    CHECK(srl_half_to_double(0x0400) == 6.103515625e-5);
    CHECK(srl_half_to_double(0x7c00) > 1e308);
    CHECK(srl_half_to_double(0xfc00) < -1e308);
    CHECK(srl_half_to_double(0x7e00) != srl_half_to_double(0x7e00));
}

TEST(test_base_doubles_print_short_and_read_back)
{
    static const struct {
        double v;
        const char *text;
    } cases[] = {{0.0, "0"},         {1.5, "1.5"},     {0.1, "0.1"},
                 {-2.25, "-2.25"},   {1e300, "1e+300"}, {100000.0, "100000"},
                 {1.0 / 3, "0.3333333333333333"}};
    uint64_t seed = UINT64_C(88172645463325252);
    char text[32];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        srl_double_print(cases[i].v, text);
        CHECK_STR(text, cases[i].text);
    }
    for (i = 0; i < 20000; i++) {
        double v;

        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        v = srl_bits_to_double(seed);
        srl_double_print(v, text);
        if (v == v && v - v == 0 && strtod(text, NULL) != v) {
            TEST_FAIL("bits %016llx print as %s", (unsigned long long)seed,
                      text);
        }
    }
    srl_double_print(srl_bits_to_double(UINT64_C(0x7ff8) << 48), text);
    CHECK_STR(text, "NaN");
    srl_double_print(-srl_half_to_double(0x7c00), text);
    CHECK_STR(text, "-Infinity");
}

TEST(test_base_error_text_is_cut_at_a_character)
{
    surreal_error err;
    char text[8];

    srl_text_copy(text, sizeof text, "1234567", 7);
    CHECK_STR(text, "1234567");
    srl_text_copy(text, sizeof text, "123\xe2\x82\xac\xe2\x82\xac", 9);
    CHECK_STR(text, "123...");
    CHECK_INT(srl_fail(&err, SURREAL_ERR_SYNTAX, "%d%s", 7, "x"),
              SURREAL_ERR_SYNTAX);
    CHECK_STR(err.message, "7x");
    CHECK_INT(err.statement, -1);
    CHECK_INT(srl_fail(NULL, SURREAL_ERR_TYPE, "x"), SURREAL_ERR_TYPE);
}

TEST(test_base_only_what_was_not_done_may_be_repeated)
{
    int repeated = 0;

#define COUNT_REPEATS(name, cls, number, text) \
    repeated += surreal_may_repeat(SURREAL_##name);
    SURREAL_STATUS_LIST(COUNT_REPEATS)
#undef COUNT_REPEATS
    CHECK_INT(repeated, 3);
    CHECK(surreal_may_repeat(SURREAL_ERR_NOT_SENT));
    CHECK(surreal_may_repeat(SURREAL_CONFLICT));
    CHECK(!surreal_may_repeat(SURREAL_ERR_UNKNOWN));
    CHECK(!surreal_may_repeat(SURREAL_ERR_TIMEOUT));
}

TEST(test_base_every_status_has_a_class_and_a_text)
{
#define STATUS_CHECK(name, cls, number, text)                       \
    CHECK_INT(surreal_status_class(SURREAL_##name), cls);           \
    CHECK_STR(surreal_status_text(SURREAL_##name), text);
    SURREAL_STATUS_LIST(STATUS_CHECK)
#undef STATUS_CHECK
    CHECK_STR(surreal_status_text((surreal_status)0x7001), "unknown status");
}

TEST(test_base_wipe_clears)
{
    char secret[16] = "fifteen letters";
    char zero[16] = {0};

    srl_wipe(secret, sizeof secret);
    CHECK_MEM(secret, sizeof secret, zero, sizeof zero);
}

/* The server's time for a statement, as versions print it. */
TEST(test_rpc_statement_times)
{
    surreal_duration d = {9, 9};

    CHECK(srl_row_time_parse(SURREAL_LIT("50.034\xc2\xb5s"), &d));
    CHECK_INT(d.sec, 0);
    CHECK_INT(d.nsec, 50034);
    CHECK(srl_row_time_parse(SURREAL_LIT("2.5s"), &d));
    CHECK_INT(d.sec, 2);
    CHECK_INT(d.nsec, 500000000);
    CHECK(srl_row_time_parse(SURREAL_LIT("1234.567891ms"), &d));
    CHECK_INT(d.sec, 1);
    CHECK_INT(d.nsec, 234567891);
    CHECK(srl_row_time_parse(SURREAL_LIT("0ns"), &d));
    CHECK_INT(d.sec, 0);
    CHECK_INT(d.nsec, 0);
    CHECK(!srl_row_time_parse(SURREAL_LIT(""), &d));
    CHECK(!srl_row_time_parse(SURREAL_LIT("ms"), &d));
    CHECK(!srl_row_time_parse(SURREAL_LIT("5 ms"), &d));
    CHECK(!srl_row_time_parse(SURREAL_LIT("99999999999999s"), &d));
}

TEST_MAIN(
    RUN(test_base_memory_cap_refuses_and_keeps_the_block);
    RUN(test_base_sizes_that_overflow_are_seen);
    RUN(test_base_arena_blocks_do_not_overlap);
    RUN(test_base_arena_survives_every_failed_allocation);
    RUN(test_base_arena_refuses_sizes_that_overflow);
    RUN(test_base_buffer_latches_its_first_failure);
    RUN(test_base_fixed_buffer_says_full);
    RUN(test_base_text_output_has_the_contract_of_snprintf);
    RUN(test_base_integers_at_their_limits);
    RUN(test_base_utf8_accepts_and_refuses_what_rfc_3629_says);
    RUN(test_base_utf8_writes_what_it_accepts);
    RUN(test_base_half_floats);
    RUN(test_base_doubles_print_short_and_read_back);
    RUN(test_base_error_text_is_cut_at_a_character);
    RUN(test_base_only_what_was_not_done_may_be_repeated);
    RUN(test_base_every_status_has_a_class_and_a_text);
    RUN(test_base_wipe_clears);
    RUN(test_rpc_statement_times);
)
