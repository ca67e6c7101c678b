/* tests/test.h: the harness. One file, one program, one line per failure.
 *
 *   TEST(test_ws_rejects_masked_server_frame) { CHECK(...); }
 *   TEST_MAIN(RUN(test_ws_rejects_masked_server_frame);)
 *
 * A test goes on after a failed CHECK and stops at a failed NEED. Checks are
 * not compiled out by NDEBUG. The program prints "NAME: N passed, N failed"
 * and returns 1 if a test failed. An argument runs only the tests whose name
 * holds it. A test that cannot run says why: SKIP("no server"). */
#ifndef TEST_H
#define TEST_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_failed_checks, test_passed, test_failed, test_skipped;
static const char *test_only;
static const char *test_skip_reason;

#define TEST(name) static void name(void)

#define TEST_FAIL(...)                                        \
    (printf("%s:%d: ", __FILE__, __LINE__), printf(__VA_ARGS__), \
     putchar('\n'), test_failed_checks++)

#define CHECK(x) ((x) ? (void)0 : (void)TEST_FAIL("CHECK(%s)", #x))

#define NEED(x)                        \
    do {                               \
        if (!(x)) {                    \
            TEST_FAIL("NEED(%s)", #x); \
            return;                    \
        }                              \
    } while (0)

#define CHECK_INT(got, want)                                             \
    do {                                                                 \
        long long test_got_ = (long long)(got);                          \
        long long test_want_ = (long long)(want);                        \
        if (test_got_ != test_want_)                                     \
            TEST_FAIL("%s is %lld, expected %lld", #got, test_got_,      \
                      test_want_);                                       \
    } while (0)

#define CHECK_STR(got, want)                                             \
    do {                                                                 \
        const char *test_got_ = (got);                                   \
        const char *test_want_ = (want);                                 \
        if (!test_got_ || strcmp(test_got_, test_want_))                 \
            TEST_FAIL("%s is \"%s\", expected \"%s\"", #got,             \
                      test_got_ ? test_got_ : "(null)", test_want_);     \
    } while (0)

#define CHECK_MEM(got, got_len, want, want_len)                          \
    do {                                                                 \
        size_t test_len_ = (got_len);                                    \
        if (test_len_ != (size_t)(want_len) ||                           \
            (test_len_ && memcmp((got), (want), test_len_)))             \
            TEST_FAIL("%s: %zu bytes differ from %s", #got, test_len_,   \
                      #want);                                            \
    } while (0)

#define SKIP(reason) ((void)(test_skip_reason = (reason)))

#define RUN(name)                                                    \
    do {                                                             \
        if (test_only && !strstr(#name, test_only)) break;           \
        test_failed_checks = 0;                                      \
        test_skip_reason = NULL;                                     \
        name();                                                      \
        if (test_skip_reason && !test_failed_checks) {               \
            printf("skipped: %s: %s\n", #name, test_skip_reason);    \
            test_skipped++;                                          \
        } else if (test_failed_checks) {                             \
            printf("FAILED: %s\n", #name);                           \
            test_failed++;                                           \
        } else {                                                     \
            test_passed++;                                           \
        }                                                            \
        fflush(stdout);                                              \
    } while (0)

#define TEST_MAIN(body)                                              \
    int main(int argc, char **argv)                                  \
    {                                                                \
        const char *test_name = strrchr(argv[0], '/');               \
        test_only = argc > 1 ? argv[1] : NULL;                       \
        body                                                         \
        printf("%s: %d passed, %d failed, %d skipped\n",             \
               test_name ? test_name + 1 : argv[0], test_passed,     \
               test_failed, test_skipped);                           \
        return test_failed != 0;                                     \
    }

/* An allocator that fails at one call and counts what is held, for the
 * fail-every-allocation tests:
 *
 *   for (heap.fail_at = 1; run(&heap) was out of memory; heap.fail_at++) ;
 */
typedef struct test_heap {
    size_t calls;   /* growing calls so far */
    size_t fail_at; /* the call that fails; 0: none */
    size_t held;    /* bytes not given back */
    size_t peak;
} test_heap;

static inline void *
test_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    test_heap *heap = (test_heap *)user;
    void *moved;

    if (!new_len) {
        heap->held -= old_len;
        free(block);
        return NULL;
    }
    heap->calls++;
    if (heap->calls == heap->fail_at) return NULL;
    moved = realloc(block, new_len);
    if (!moved) abort();
    heap->held += new_len - old_len;
    if (heap->held > heap->peak) heap->peak = heap->held;
    return moved;
}

#ifdef SURREAL_VERSION
/* Sign in as the system user of the level that ns and database say. */
static inline SURREAL_UNUSED surreal_status
test_signin(surreal *db, const char *ns, const char *database,
            const char *user, const char *pass)
{
    surreal_auth auth = surreal_auth_root(user, pass);

    if (ns || database) auth = surreal_auth_ns(ns, user, pass);
    if (database) auth = surreal_auth_db(ns, database, user, pass);
    return surreal_signin(db, &auth);
}
#endif

#endif
