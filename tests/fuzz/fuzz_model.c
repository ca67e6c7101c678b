/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_model
 *     tests/fuzz/fuzz_model.c && ./fuzz_model tests/fuzz/corpus/model
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_model tests/fuzz/fuzz_model.c
 *
 * Replies into structs: the first byte chooses the struct, the rest is what
 * the server sent. Whatever can be read and sent again reads back equal;
 * whatever is refused says where. */
#define SURREAL_IMPLEMENTATION
#ifndef SURREAL_STATIC
#define SURREAL_STATIC
#endif
#include "surreal.h"

#include "tests/golden/c/bench/bench.c"
#include "tests/golden/c/types/types.c"
#include "tests/golden/c/kinds/kinds.c"
#include "tests/golden/c/wide/wide.c"
#ifdef FUZZ_REPLAY
#include "replay.h"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must(bool ok)
{
    if (!ok) abort();
}

/* The user's type of kinds.sg: whole cents of at most 15 digits. */
surreal_status
money_decode(surreal_value v, money_t *out, surreal_error *err)
{
    surreal_str text;
    surreal_status status = surreal_get_str(v, &text);
    size_t i;

    (void)err;
    if (status) return status;
    if (!text.len || text.len > 15) return SURREAL_ERR_RANGE;
    for (out->cents = 0, i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return SURREAL_ERR_SYNTAX;
        out->cents = out->cents * 10 + (text.ptr[i] - '0');
    }
    return SURREAL_OK;
}

surreal_status
money_encode(const money_t *v, surreal_writer *w, surreal_error *err)
{
    char text[32];

    (void)err;
    snprintf(text, sizeof text, "%lld", v->cents);
    surreal_put_text(w, text);
    return SURREAL_OK;
}

/* What is read and never sent is taken out, what is sent and never read put
 * in, so that a row that came can go out again. */
static void
make_sendable(const surreal_model *model, uint8_t *row)
{
    size_t i;

    for (i = 0; i < model->count; i++) {
        const surreal_field_desc *field = model->fields + i;
        surreal_str text = SURREAL_LIT("x");

        if (field->flags & SURREAL_FIELD_SERVER) {
            surreal_bit_clear((uint64_t *)(void *)row, field->bit);
        }
        if (field->flags & SURREAL_FIELD_UNREAD) {
            must(!srl_bit_at(row, 0, field->bit));
            memcpy(row + field->offset, &text, sizeof text);
            surreal_bit_set((uint64_t *)(void *)row, field->bit);
        }
    }
}

static void
send_again(const surreal_model *model, uint8_t *row)
{
    static uint8_t room[1 << 17];
    static uint64_t again[1024];
    surreal_bytes bytes;
    surreal_result *r;
    surreal_error err;
    size_t i;

    make_sendable(model, row);
    if (surreal_encode(model, row, SURREAL_SEND_NEW, 3, room, sizeof room,
                       &bytes, &err)) {
        must(err.message[0] != '\0');
        return;
    }
    must(!surreal_result_from(NULL, bytes, &r, &err));
    must(sizeof again >= model->size);
    must(!surreal_decode(model, surreal_statement_value(r, 0), again, &err));
    for (i = 0; i < model->count; i++) {
        if (model->fields[i].flags & SURREAL_FIELD_UNREAD) {
            surreal_bit_clear((uint64_t *)(void *)row, model->fields[i].bit);
        }
    }
    must(surreal_model_equal(model, row, again));
    surreal_result_free(r);
}

/* A copy is the same, and lives on its own. */
static void
take_out(const surreal_model *model, const void *row)
{
    static uint64_t copy[1024];
    surreal_bytes none = {NULL, 0};
    surreal_result *keep;
    surreal_error err;

    must(!surreal_result_from(NULL, none, &keep, &err));
    must(sizeof copy >= model->size);
    must(!surreal_model_copy(model, row, keep, copy));
    must(surreal_model_equal(model, row, copy));
    if (surreal_model_check(model, copy, &err)) {
        must(err.message[0] != '\0');
    }
    surreal_result_free(keep);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const surreal_model *const models[] = {
        &person_model, &bench_reader_model, &wide_all_model, &place_model,
        &thing_model,  &thing_model,        &strict_model,   &address_model};
    static uint64_t row[1024];
    char text[256];
    const surreal_model *model;
    surreal_bytes bytes;
    surreal_result *r;
    surreal_error err;
    surreal_value v;
    surreal_status status;
    void *rows;
    size_t count;

    if (len < 1) return 0;
    model = models[data[0] & 7];
    bytes.ptr = data + 1;
    bytes.len = len - 1;
    if (surreal_result_from(NULL, bytes, &r, &err)) return 0;
    v = surreal_statement_value(r, 0);
    must(sizeof row >= model->size);
    status = surreal_decode(model, v, row, &err);
    if (status) {
        must(err.status == status && err.message[0] != '\0');
        must(err.at <= bytes.len);
    } else {
        must(!surreal_is_changed(model, row) ||
             !model->mark_at);
        surreal_model_print(model, row, text, sizeof text);
        surreal_model_to_json(model, row, text, sizeof text);
        must(surreal_model_equal(model, row, row));
        take_out(model, row);
        send_again(model, (uint8_t *)row);
    }
    status = surreal_decode_rows(model, v, &rows, &count, &err);
    must(!status || (!rows && !count));
    surreal_result_free(r);
    return 0;
}
