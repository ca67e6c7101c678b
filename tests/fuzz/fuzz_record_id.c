/* clang -std=c99 -O1 -g -fsanitize=fuzzer,address,undefined -I. \
 *     tests/fuzz/fuzz_record_id.c -o fuzz_record_id && ./fuzz_record_id
 *
 * Without a fuzzer: cc -std=c99 -g -DFUZZ_REPLAY -I. \
 *     tests/fuzz/fuzz_record_id.c
 *
 * Any text as a record id: nothing is read or written beyond its room, and an
 * id that was understood prints as text that is understood as the same id.
 * Any two texts as table and key: they come back from their print. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"

static void
round_trip(surreal_record_id id)
{
    size_t len = surreal_record_id_print(id, NULL, 0);
    char *text = (char *)malloc(len + 1);
    char *room = (char *)malloc(len + 2);
    surreal_record_id back;

    FUZZ_CHECK(surreal_record_id_print(id, text, len + 1) == len);
    FUZZ_CHECK(!surreal_record_id_parse(surreal_text_of(text, len), room,
                                        len + 2, &back, NULL));
    FUZZ_CHECK(surreal_id_eq(id, back));
    free(text);
    free(room);
}

static void
parse(const uint8_t *data, size_t len)
{
    char *room = (char *)malloc(len + 2);
    surreal_str text = {(const char *)data, len};
    surreal_record_id id;
    size_t at = 0;
    surreal_status status = surreal_record_id_parse(text, room, len + 2, &id,
                                                    &at);

    /* text.len + 2 bytes are always enough */
    FUZZ_CHECK(status != SURREAL_ERR_FULL);
    if (status) {
        FUZZ_CHECK(at <= len);
    } else {
        FUZZ_CHECK(!id.table.ptr[id.table.len]);
        round_trip(id);
    }
    free(room);
}

/* `data` in two, at a place that its first byte names. */
static void
print(const uint8_t *data, size_t len)
{
    surreal_record_id id;
    size_t cut;

    if (!len) return;
    cut = 1 + data[0] % len;
    if (!srl_utf8_valid(data + 1, cut - 1) ||
        !srl_utf8_valid(data + cut, len - cut)) {
        return;
    }
    memset(&id, 0, sizeof id);
    id.table = surreal_text_of((const char *)data + 1, cut - 1);
    id.kind = SURREAL_KEY_STRING;
    id.key.s = surreal_text_of((const char *)data + cut, len - cut);
    round_trip(id);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    parse(data, len);
    print(data, len);
    return 0;
}
