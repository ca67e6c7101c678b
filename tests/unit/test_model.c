/* tests/unit/test_model.c: structs in and out, with generated tables.
 *
 *   cc -I. tests/unit/test_model.c -lm -o test_model
 *
 * The tables are the golden ones of tests/golden/c, so what surrealgen writes
 * is what is tested. Inner functions are used to take messages apart and to
 * put them together wrongly. */
#define SURREAL_IMPLEMENTATION
#define SURREAL_STATIC
#include "surreal.h"

#include "tests/golden/c/bench/bench.c"
#include "tests/golden/c/types/db.c"
#include "tests/golden/c/wide/wide.c"
#include "tests/test.h"

static uint8_t room[1 << 16];
static uint8_t other_room[1 << 16];
static surreal_error err;

#define LIT(s) SURREAL_LIT(s)

/* One item as the value of a result. */
static surreal_result *
result_of(const uint8_t *data, size_t len, const surreal_allocator *allocator)
{
    surreal_bytes bytes;
    surreal_result *r = NULL;

    bytes.ptr = data;
    bytes.len = len;
    if (surreal_result_from(allocator, bytes, &r, &err)) return NULL;
    return r;
}

static surreal_bytes
encode(const surreal_model *model, const void *row, surreal_send what)
{
    surreal_bytes out;

    if (surreal_encode(model, row, what, 3, room, sizeof room, &out, &err)) {
        printf("encode: %s\n", err.message);
        out.len = 0;
    }
    return out;
}

static surreal_status
decode(const surreal_model *model, const surreal_result *r, void *out)
{
    memset(&err, 0, sizeof err);
    return surreal_decode(model, surreal_statement_value(r, 0), out, &err);
}

/* ---- a person with everything in it -------------------------------------- */

static const uint8_t extra_cbor[] = {0x82, 0x01, 0xf9, 0x3e, 0x00};
static const uint8_t prefs_cbor[] = {0xa1, 0x61, 'a', 0x18, 0x2a};
