/* tests/bench/bench_models.c: models of different shapes against libcbor.
 *
 *   cc -O2 -I. -DHAVE_LIBCBOR tests/bench/bench_models.c -lcbor -lm
 *      -o bench_models
 *
 * For each model an array of 400 rows with every second option set: bytes to
 * structs and structs to bytes, next to libcbor's tree of the same items in
 * the same run. Rows are filled by walking the model's table. */
#define _POSIX_C_SOURCE 200809L
#define SURREAL_IMPLEMENTATION
#define SURREAL_STATIC
#define NDEBUG
#include "surreal.h"

#include "tests/bench/bench.h"
#include "tests/golden/c/bench/bench.c"
#include "tests/golden/c/shapes/shapes.c"
#include "tests/golden/c/wide/wide.c"
#ifdef HAVE_LIBCBOR
#include "tests/bench/peer.h"
#include <cbor.h>
#endif

#define ROWS 400
#define ROUNDS 101

static uint8_t wire[4 << 20];
static uint8_t peer_wire[4 << 20];
static uint8_t out_room[4 << 20];
static uint64_t rows[ROWS * 700];
static uint64_t pool_words[4 << 20];
static uint64_t spare_words[1 << 20];
static size_t wire_len, peer_len, pool_used, spare_used;

static void
need(int ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "bench_models: %s failed\n", what);
    exit(1);
}

static void *
spare(size_t len)
{
    void *at = (uint8_t *)spare_words + spare_used;

    spare_used += (len + 15) & ~(size_t)15;
    need(spare_used <= sizeof spare_words, "memory for the rows");
    return at;
}

static surreal_str
word(int i)
{
    static const char *const words[] = {"Winterthur", "a", "Marktgasse 12",
                                        "anne.4711@example.org", "box"};

    return surreal_text(words[i % 5]);
}

/* ---- rows --------------------------------------------------------------- */

static void fill_struct(const surreal_model *model, uint8_t *row, int i);

static void
fill_member(unsigned member, const void *sub, uint8_t *at, int i)
{
    static const surreal_point places[3] = {{8.5, 47.25}, {9, 47}, {7, 46}};
    union {
        int64_t n;
        int e;
        double f;
        surreal_str text;
        surreal_datetime time;
        surreal_record_id id;
        surreal_line line;
        srl_slice slice;
    } u;
    const surreal_items *items = (const surreal_items *)sub;
    const surreal_union *un = (const surreal_union *)sub;
    const surreal_tuple *t = (const surreal_tuple *)sub;
    surreal_str table = {"thing", 5};
    uint8_t *block;
    size_t k;

    memset(&u, 0, sizeof u);
#define PUT(part) memcpy(at, &u.part, sizeof u.part)
    switch (member) {
    case SURREAL_MEMBER_BOOL: *at = (uint8_t)(i & 1); break;
    case SURREAL_MEMBER_INT: u.n = i * 37; PUT(n); break;
    case SURREAL_MEMBER_FLOAT: u.f = i * 0.37; PUT(f); break;
    case SURREAL_MEMBER_STRING: u.text = word(i); PUT(text); break;
    case SURREAL_MEMBER_DECIMAL: u.text = surreal_text("12.75"); PUT(text);
        break;
    case SURREAL_MEMBER_DATETIME: u.time.sec = 700000000 + i; PUT(time);
        break;
    case SURREAL_MEMBER_ENUM: u.e = 1 + i % 2; PUT(e); break;
    case SURREAL_MEMBER_RECORD:
        if (sub) srl_cbor_text_at((const uint8_t *)sub, &table);
        u.id.table = table;
        u.id.kind = SURREAL_KEY_INT;
        u.id.key.i = i;
        PUT(id);
        break;
    case SURREAL_MEMBER_STRUCT:
        fill_struct((const surreal_model *)sub, at, i);
        break;
    case SURREAL_MEMBER_ARRAY:
        block = (uint8_t *)spare((size_t)items->size * 4);
        for (k = 0; k < 4; k++) {
            fill_member(items->member, items->of, block + k * items->size,
                        i + (int)k);
        }
        u.slice.v = block;
        u.slice.count = 4;
        PUT(slice);
        break;
    case SURREAL_MEMBER_LINE:
        u.line.v = places;
        u.line.count = 3;
        PUT(line);
        break;
    case SURREAL_MEMBER_UNION:
        k = (size_t)i % un->count;
        u.e = (int)k + 1;
        PUT(e);
        fill_member(un->arms[k].member, un->arms[k].of, at + un->at, i);
        break;
    case SURREAL_MEMBER_TUPLE:
        for (k = 0; k < t->count; k++) {
            fill_member(t->parts[k].member, t->parts[k].of,
                        at + t->parts[k].offset, i);
        }
        break;
    default: need(member == SURREAL_MEMBER_CONST, "filling a row"); break;
    }
#undef PUT
}

static void
fill_struct(const surreal_model *model, uint8_t *row, int i)
{
    size_t k;

    memset(row, 0, model->size);
    for (k = 0; k < model->count; k++) {
        const surreal_field_desc *field = model->fields + k;

        if ((field->flags & SURREAL_FIELD_OPTION) && (k + (size_t)i) % 2) {
            continue;
        }
        fill_member(field->member, srl_field_sub(model, field),
                    row + field->offset, i + (int)k);
        surreal_bit_set((uint64_t *)(void *)row, field->bit);
    }
}

/* ---- what is measured --------------------------------------------------- */

static void *
pool_resize(void *user, void *block, size_t old_len, size_t new_len)
{
    uint8_t *fresh = (uint8_t *)pool_words + pool_used;

    (void)user;
    if (!new_len || pool_used + new_len + 16 > sizeof pool_words) return NULL;
    pool_used += (new_len + 15) & ~(size_t)15;
    if (block) memcpy(fresh, block, old_len < new_len ? old_len : new_len);
    return fresh;
}

static double
run_decode(const surreal_model *model)
{
    static const surreal_allocator allocator = {pool_resize, NULL};
    static srl_mem mem;
    static srl_arena arena;
    static surreal_document doc;
    double start = bench_spent_s();
    const char *reason;
    size_t used, count;
    void *out;

    pool_used = 0;
    srl_mem_init(&mem, &allocator, 0);
    srl_arena_init(&arena, &mem);
    srl_document_init(&doc, wire, wire_len, &arena);
    need(!srl_cbor_check(wire, wire_len, SURREAL_MAX_DEPTH, &used, &reason),
         "check");
    need(!surreal_decode_rows(model, srl_value_at(&doc, wire), &out, &count,
                              NULL) && count == ROWS, "decoding");
    return bench_spent_s() - start;
}

static double
run_encode(const surreal_model *model, uint8_t *room, size_t *len)
{
    double start = bench_spent_s();
    srl_buf buf;
    size_t i;

    srl_buf_fixed(&buf, room, sizeof wire);
    srl_cbor_put_head(&buf, SRL_CBOR_ARRAY, ROWS);
    for (i = 0; i < ROWS; i++) {
        need(!srl_model_encode(&buf, model,
                               (uint8_t *)rows + i * model->size,
                               SURREAL_SEND_NEW, 3, NULL), "encoding");
    }
    *len = buf.len;
    return bench_spent_s() - start;
}

#ifdef HAVE_LIBCBOR
static double
run_peer_load(void)
{
    struct cbor_load_result result;
    double start = bench_spent_s();
    cbor_item_t *item = cbor_load(peer_wire, peer_len, &result);

    need(item != NULL, "cbor_load");
    cbor_decref(&item);
    return bench_spent_s() - start;
}

static double
run_peer_save(const cbor_item_t *tree)
{
    double start = bench_spent_s();

    need(cbor_serialize(tree, out_room, sizeof out_room) > wire_len / 2,
         "cbor_serialize");
    return bench_spent_s() - start;
}
#endif

static void
bench_model(const char *name, const surreal_model *model)
{
    static double decode[ROUNDS], encode[ROUNDS], load[ROUNDS], save[ROUNDS];
    size_t len;
    double mb;
    int i;
#ifdef HAVE_LIBCBOR
    struct cbor_load_result result;
    cbor_item_t *tree;
#endif

    need(model->size * ROWS <= sizeof rows, "room for the rows");
    spare_used = 0;
    for (i = 0; i < ROWS; i++) {
        fill_struct(model, (uint8_t *)rows + (size_t)i * model->size, i);
    }
    run_encode(model, wire, &wire_len);
    mb = (double)wire_len / 1e6;
#ifdef HAVE_LIBCBOR
    peer_len = bench_peer_wire(wire, wire_len, peer_wire);
    tree = cbor_load(peer_wire, peer_len, &result);
    need(tree != NULL, "cbor_load");
#endif
    for (i = 0; i < ROUNDS; i++) {
        decode[i] = run_decode(model);
        encode[i] = run_encode(model, out_room, &len);
        need(len == wire_len && !memcmp(wire, out_room, len), "same bytes");
#ifdef HAVE_LIBCBOR
        load[i] = run_peer_load();
        save[i] = run_peer_save(tree);
#endif
    }
    printf("%-24s %7.0f bytes/row", name, (double)wire_len / ROWS);
    printf("  decode %6.0f MB/s", mb / bench_median(decode, ROUNDS));
#ifdef HAVE_LIBCBOR
    printf(" %5.1f x", bench_median(load, ROUNDS) /
                           bench_median(decode, ROUNDS));
#endif
    printf("  encode %6.0f MB/s", mb / bench_median(encode, ROUNDS));
#ifdef HAVE_LIBCBOR
    printf(" %5.1f x", bench_median(save, ROUNDS) /
                           bench_median(encode, ROUNDS));
    cbor_decref(&tree);
#else
    (void)load, (void)save;
#endif
    putchar('\n');
}

int
main(void)
{
    printf("%d rows, median of %d rounds; x: times libcbor's tree, checking "
           "included\n", ROWS, ROUNDS);
    bench_model("13 columns", &bench_reader_model);
    bench_model("20 options, half set", &shapes_sparse_model);
    bench_model("structs in structs", &shapes_nested_model);
    bench_model("array of 4 structs", &shapes_order_model);
    bench_model("unions, tuple, line", &shapes_mixed_model);
    bench_model("118 columns", &wide_all_model);
    return 0;
}
