/* clang -std=c99 -O1 -g -fsanitize=fuzzer,address,undefined -I. \
 *     tests/fuzz/fuzz_cbor.c -o fuzz_cbor && ./fuzz_cbor tests/fuzz/corpus/cbor
 *
 * Without a fuzzer: cc -std=c99 -g -DFUZZ_REPLAY -I. tests/fuzz/fuzz_cbor.c
 *
 * Any bytes as a message. What srl_cbor_check accepts can be walked by every
 * function of the value layer; it prints the same twice; sent back, it is the
 * same value; and what the writer makes of it passes the check again. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"
#include "../item.h"

/* Every reader on every value, whatever its kind. */
static void
touch(surreal_value v)
{
    surreal_record_id id;
    surreal_datetime datetime;
    surreal_duration duration;
    surreal_decimal decimal;
    surreal_range range;
    surreal_point point;
    surreal_bytes bytes;
    surreal_uuid uuid;
    surreal_file file;
    surreal_str s;
    int64_t i;
    double f;
    bool b;

    if (!surreal_get_str(v, &s)) FUZZ_CHECK(!s.ptr[s.len]);
    if (!surreal_get_table(v, &s)) FUZZ_CHECK(!s.ptr[s.len]);
    if (!surreal_get_decimal(v, &decimal)) {
        FUZZ_CHECK(!surreal_decimal_to_double(decimal, &f));
        surreal_decimal_to_scaled(decimal, 3, &i);
        FUZZ_CHECK(!surreal_decimal_cmp(decimal, decimal));
    }
    if (!surreal_get_record_id(v, &id)) {
        size_t len = surreal_record_id_print(id, NULL, 0);

        FUZZ_CHECK(len && surreal_id_eq(id, id));
        FUZZ_CHECK(!id.table.ptr[id.table.len]);
    }
    if (!surreal_get_bytes(v, &bytes) && bytes.len) {
        volatile uint8_t last = bytes.ptr[bytes.len - 1];

        (void)last;
    }
    surreal_get_bool(v, &b);
    surreal_get_int(v, &i);
    surreal_get_float(v, &f);
    surreal_get_number(v, &f);
    surreal_get_datetime(v, &datetime);
    surreal_get_duration(v, &duration);
    surreal_get_uuid(v, &uuid);
    surreal_get_file(v, &file);
    surreal_get_point(v, &point);
    surreal_get_range(v, &range);
    surreal_kind_name(surreal_value_kind(v));
    surreal_path(v, "a.0.b");
    surreal_record_key(v);
}

/* A walk over all of it. Lookups repeat the walk below them, so only near the
 * top, or time would be the square of the depth. */
static void
walk(surreal_value v, int depth)
{
    surreal_iter it = surreal_iterate(v);
    surreal_range range;
    size_t count = 0;

    touch(v);
    while (surreal_next(&it)) {
        FUZZ_CHECK(it.index == count);
        FUZZ_CHECK(it.value.doc);
        count++;
        if (depth < 4 && surreal_value_kind(v) == SURREAL_OBJECT) {
            FUZZ_CHECK(it.key.ptr && !it.key.ptr[it.key.len]);
            surreal_field_str(v, it.key);
        } else if (depth < 4) {
            FUZZ_CHECK(surreal_at(v, it.index).at == it.value.at);
        }
        walk(it.value, depth + 1);
    }
    FUZZ_CHECK(count == surreal_count(v));
    if (!surreal_get_range(v, &range)) {
        if (range.begin.doc) walk(range.begin, depth + 1);
        if (range.end.doc) walk(range.end, depth + 1);
    }
}

static void
copy(surreal_value v, size_t len)
{
    size_t cap = len * 9 + 64; /* a half-float becomes 9 bytes */
    uint8_t *room = (uint8_t *)malloc(cap);
    surreal_writer w;
    surreal_bytes item;
    item_doc d;
    char *before;
    char *after;

    surreal_writer_init(&w, room, cap);
    if (item_copy(&w, v) && !surreal_writer_take(&w, &item)) {
        item_open_bytes(&d, item.ptr, item.len, NULL);
        FUZZ_CHECK(d.value.doc);
        FUZZ_CHECK(!srl_item_accepted(d.bytes, 3));
        before = item_text(v);
        after = item_text(d.value);
        FUZZ_CHECK(!strcmp(before, after));
        free(before);
        free(after);
        item_close(&d);
    }
    FUZZ_CHECK(w.status != SURREAL_ERR_FULL);
    free(room);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *reason = NULL;
    size_t used = 0;
    size_t printed;
    item_doc d;
    char *first;
    char *second;

    if (srl_cbor_check(data, len, SURREAL_MAX_DEPTH, &used, &reason)) {
        FUZZ_CHECK(used <= len && reason && *reason);
        return 0;
    }
    FUZZ_CHECK(used && used <= len);
    FUZZ_CHECK(srl_cbor_skip(data) == data + used);
    item_open_bytes(&d, data, used, NULL);
    FUZZ_CHECK(d.value.doc);
    first = item_text(d.value);
    walk(d.value, 0);
    FUZZ_CHECK(!memcmp(d.bytes, data, used)); /* the message is untouched */
    second = item_text(d.value);
    FUZZ_CHECK(!strcmp(first, second));
    printed = surreal_print_json(d.value, NULL, 0);
    FUZZ_CHECK(printed > 0);
    copy(d.value, used);
    free(first);
    free(second);
    item_close(&d);
    return 0;
}
