/* tests/bench/bench_codec.c: structs against libcbor's tree, on one reply.
 *
 *   cc -O2 -I. -Itests/golden/c/bench -DHAVE_LIBCBOR
 *      tests/bench/bench_codec.c -lcbor -lm -o bench_codec
 *
 * Without HAVE_LIBCBOR only our side is measured. The reply is an array of
 * 1,000 records as SurrealDB sends them. Rounds of all measurements are
 * interleaved, so that a noisy machine disturbs all of them alike; medians
 * are printed. An argument sets the number of rounds. */
#define _POSIX_C_SOURCE 200809L
#define SURREAL_IMPLEMENTATION
#define SURREAL_STATIC
#define NDEBUG
#include "surreal.h"

#include "tests/golden/c/bench/bench.c"

#include <time.h>
#ifdef HAVE_LIBCBOR
#include "tests/bench/peer.h"
#include <cbor.h>
#endif

#define ROWS 1000
#define ROUNDS_MAX 2000

enum { CHECK, CHECK_DECODE, DECODE, ENCODE, COPY, PEER_LOAD, PEER_SAVE, KINDS };

static double seconds[KINDS][ROUNDS_MAX];
static uint8_t wire[1 << 20];
static size_t wire_len;
static size_t memory_len;
static bench_reader *rows;
static size_t rows_count;

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
need(int ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "bench_codec: %s failed\n", what);
    exit(1);
}

/* Text that lives as long as the program. */
static surreal_str
text(const char *fmt, int i)
{
    static char pool[1 << 18];
    static size_t used;
    char *at = pool + used;

    need(used < sizeof pool - 64, "the text pool");
    used += (size_t)snprintf(at, 64, fmt, i) + 1;
    return surreal_text(at);
}

static void
fill(bench_reader *r, int i, surreal_str tags[3])
{
    bench_place place;
    surreal_datetime born;
    surreal_decimal balance;

    memset(r, 0, sizeof *r);
    memset(&place, 0, sizeof place);
    bench_place_set_city(&place, text("Winterthur %d", i % 90));
    bench_place_set_street(&place, text("Marktgasse %d", i % 200));
    bench_place_set_height(&place, 400 + i % 50);
    bench_reader_set_id(r, bench_reader_id_str(text("k%07dzq4a", i)));
    bench_reader_set_name(r, text("Anne Example %d", i));
    bench_reader_set_email(r, text("anne.%d@example.org", i));
    bench_reader_set_phone(r, text("+41 79 555 %04d", i));
    bench_reader_set_title(r, text("Librarian %d", i % 7));
    if (i % 3) bench_reader_set_nick(r, text("anne%d", i));
    born.sec = 700000000 + i * 86411;
    born.nsec = (uint32_t)(i % 1000) * 1000000u;
    bench_reader_set_born(r, born);
    bench_reader_set_boss(r, bench_reader_id_int(i / 10));
    bench_reader_set_visits(r, i * 37);
    bench_reader_set_score(r, i * 0.37);
    bench_reader_set_active(r, i % 2 == 0);
    balance.text = text("%d.75", i * 13);
    bench_reader_set_balance(r, balance);
    bench_reader_set_address(r, place);
    bench_reader_set_tags(r, tags, (size_t)(i % 4));
}

static void
make_wire(void)
{
    static bench_reader made[ROWS];
    static surreal_str tags[3];
    int i;

    tags[0] = surreal_text("history");
    tags[1] = surreal_text("poetry");
    tags[2] = surreal_text("maps");
    memcpy(wire, "\x99\x03\xe8", 3);
    wire_len = 3;
    for (i = 0; i < ROWS; i++) {
        surreal_bytes item;

        fill(&made[i], i, tags);
        need(!surreal_encode(&bench_reader_model, &made[i], SURREAL_SEND_NEW,
                             3, wire + wire_len, sizeof wire - wire_len,
                             &item, NULL),
             "encoding");
        wire_len += item.len;
    }
    rows = made;
    rows_count = ROWS;
}

/* ---- our memory: a pool, as long-running programs have one. With malloc our
 * few large blocks would pay for joining the thousands of small ones that
 * libcbor leaves behind in the same process. */

static uint64_t pool_words[1 << 19];
#define POOL ((uint8_t *)pool_words)
static size_t pool_used;

static void *
pool_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    void *fresh;

    (void)user;
    if (!new_len || pool_used + new_len + 16 > sizeof pool_words) {
        return NULL;
    }
    fresh = POOL + pool_used;
    pool_used += (new_len + 15) & ~(size_t)15;
    if (block) memcpy(fresh, block, old_len < new_len ? old_len : new_len);
    return fresh;
}

static const surreal_allocator pool_allocator = {pool_resize, NULL};

/* ---- ours --------------------------------------------------------------- */

static void
run_check(void)
{
    const char *reason;
    size_t used;

    need(!srl_cbor_check(wire, wire_len, SURREAL_MAX_DEPTH, &used, &reason),
         "check");
}

/* What a client does with a received message: its memory, check, decode. */
static void
run_decode(void)
{
    void *out;
    size_t count;
    surreal_result *r;

    pool_used = 0;
    r = srl_result_new(NULL, &pool_allocator, wire_len, 0);
    need(r != NULL, "memory");
    memcpy(srl_result_room(r), wire, wire_len);
    run_check();
    need(!surreal_decode_rows(&bench_reader_model,
                              srl_value_at(&r->doc, r->doc.data), &out,
                              &count, NULL),
         "decoding");
    need(count == ROWS, "count");
    memory_len = surreal_result_size(r);
    surreal_result_free(r);
}

/* Checked bytes into structs, in memory that is warm. */
static void
run_decode_only(void)
{
    static srl_mem mem;
    static srl_arena arena;
    static surreal_document doc;

    pool_used = 0;
    srl_mem_init(&mem, &pool_allocator, 0);
    srl_arena_init(&arena, &mem);
    srl_document_init(&doc, wire, wire_len, &arena);
    {
        void *out;
        size_t count;

        need(!surreal_decode_rows(&bench_reader_model,
                                  srl_value_at(&doc, doc.data), &out, &count,
                                  NULL),
             "decoding");
    }
}

static void
run_encode(void)
{
    static uint8_t room[1 << 20];
    srl_buf buf;
    size_t i;

    srl_buf_fixed(&buf, room, sizeof room);
    srl_cbor_put_head(&buf, SRL_CBOR_ARRAY, ROWS);
    for (i = 0; i < rows_count; i++) {
        need(!srl_model_encode(&buf, &bench_reader_model, &rows[i],
                               SURREAL_SEND_NEW, 3, NULL),
             "encoding");
    }
    need(buf.len == wire_len && !memcmp(room, wire, wire_len), "same bytes");
}

static void
run_copy(void)
{
    static uint8_t room[1 << 20];

    memcpy(room, wire, wire_len);
    need(room[wire_len / 2] == wire[wire_len / 2], "copy");
}

/* ---- libcbor ------------------------------------------------------------ */

#ifdef HAVE_LIBCBOR
static cbor_item_t *tree;
static uint8_t peer_wire[1 << 20];
static size_t peer_len;

static void
run_peer_load(void)
{
    struct cbor_load_result result;
    cbor_item_t *item = cbor_load(peer_wire, peer_len, &result);

    need(item != NULL, "cbor_load");
    cbor_decref(&item);
}

static void
run_peer_save(void)
{
    static uint8_t room[1 << 20];

    need(cbor_serialize(tree, room, sizeof room) > wire_len / 2,
         "cbor_serialize");
}
#endif

/* ---- rounds ------------------------------------------------------------- */

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void
measure(int kind, int round, void (*run)(void))
{
    double start = now();

    run();
    seconds[kind][round] = now() - start;
}

static double
speed(int kind, int rounds)
{
    qsort(seconds[kind], (size_t)rounds, sizeof(double), by_value);
    return (double)wire_len / seconds[kind][rounds / 2] / 1e9;
}

static void
line(const char *what, double gbs, double peer)
{
    printf("%-44s %7.3f GB/s %8.1f us", what, gbs,
           (double)wire_len / gbs / 1e3);
    if (peer > 0) printf(" %7.1f x libcbor", gbs / peer);
    putchar('\n');
}

int
main(int argc, char **argv)
{
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 301;
    double load = 0;
    double save = 0;
    int i;

    if (rounds < 1 || rounds > ROUNDS_MAX) rounds = ROUNDS_MAX;
    make_wire();
#ifdef HAVE_LIBCBOR
    {
        struct cbor_load_result result;

        peer_len = bench_peer_wire(wire, wire_len, peer_wire);
        tree = cbor_load(peer_wire, peer_len, &result);
        if (!tree) {
            fprintf(stderr, "cbor_load: error %d at byte %lu\n",
                    (int)result.error.code,
                    (unsigned long)result.error.position);
        }
        need(tree != NULL, "cbor_load");
    }
#endif
    for (i = 0; i < rounds; i++) {
        measure(CHECK, i, run_check);
        measure(CHECK_DECODE, i, run_decode);
        measure(DECODE, i, run_decode_only);
        measure(ENCODE, i, run_encode);
        measure(COPY, i, run_copy);
#ifdef HAVE_LIBCBOR
        measure(PEER_LOAD, i, run_peer_load);
        measure(PEER_SAVE, i, run_peer_save);
#endif
    }
#ifdef HAVE_LIBCBOR
    load = speed(PEER_LOAD, rounds);
    save = speed(PEER_SAVE, rounds);
#endif
    printf("%d records, %lu bytes, median of %d rounds\n", ROWS,
           (unsigned long)wire_len, rounds);
    line("decode: memory, copy, check, structs", speed(CHECK_DECODE, rounds),
         load);
    line("decode: structs from checked bytes", speed(DECODE, rounds), load);
    line("check alone", speed(CHECK, rounds), load);
    line("encode: structs to bytes", speed(ENCODE, rounds), save);
    line("memcpy", speed(COPY, rounds), 0);
#ifdef HAVE_LIBCBOR
    line("libcbor cbor_load", load, 0);
    line("libcbor cbor_serialize", save, 0);
#else
    puts("libcbor: skipped, built without HAVE_LIBCBOR");
#endif
    printf("memory of the decoded result: %lu bytes, %.2f x the wire\n",
           (unsigned long)memory_len,
           (double)memory_len / (double)wire_len);
    return 0;
}
