/* clang -g -O1 -fsanitize=fuzzer,address,undefined -I. -o fuzz_der
 *     tests/fuzz/fuzz_der.c && ./fuzz_der tests/fuzz/corpus/der
 * Replay: cc -g -DFUZZ_REPLAY -I. -o fuzz_der tests/fuzz/fuzz_der.c
 *
 * DER: every reader at every element, into constructed ones as deep as they
 * go; what an element is said to be lies inside it, and written again it is
 * the same bytes. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must_be_inside(const srl_der *der, surreal_bytes body, surreal_bytes all)
{
    FUZZ_CHECK(body.ptr >= all.ptr && body.len <= all.len);
    FUZZ_CHECK((size_t)(body.ptr - all.ptr) <= all.len - body.len);
    FUZZ_CHECK(der->at >= der->start && der->at <= der->end);
    if (der->why) {
        FUZZ_CHECK(!body.len && der->why_at <= all.len);
        FUZZ_CHECK(!srl_der_more(der));
    }
}

/* Every typed reader, each from the same place. */
static void
read_typed(const srl_der *at, surreal_bytes all)
{
    srl_der der;
    unsigned unused;
    char room[48];
    srl_signature_alg alg;
    srl_public_key key;

    der = *at;
    (void)srl_der_bool(&der);
    der = *at;
    must_be_inside(&der, srl_der_integer(&der), all);
    der = *at;
    must_be_inside(&der, srl_der_positive(&der), all);
    der = *at;
    FUZZ_CHECK(srl_der_small(&der) <= 65535);
    der = *at;
    must_be_inside(&der, srl_der_bits(&der, &unused), all);
    FUZZ_CHECK(unused <= 7 || der.why);
    der = *at;
    must_be_inside(&der, srl_der_octet_bits(&der), all);
    der = *at;
    srl_oid_print(srl_der_oid(&der), room, sizeof room);
    FUZZ_CHECK(strlen(room) < sizeof room);
    der = *at;
    srl_der_null(&der);
    der = *at;
    FUZZ_CHECK(srl_der_time(&der) <= INT64_C(253402300799));
    der = *at;
    (void)srl_signature_alg_read(&der, &alg, room);
    FUZZ_CHECK(strlen(room) < sizeof room);
    der = *at;
    srl_public_key_read(&der, &key);
    if (!der.why) {
        (void)srl_public_key_flaw(&key, room);
        FUZZ_CHECK(key.spki.ptr >= all.ptr && key.spki.len <= all.len);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    srl_der open[64];
    surreal_bytes all;
    size_t depth = 1;
    unsigned steps = 0;

    all.ptr = data;
    all.len = len;
    srl_der_init(&open[0], all);
    if (!len) return 0;
    while (depth && steps++ < 4096) {
        srl_der *der = &open[depth - 1];
        const uint8_t *from = der->at;
        surreal_bytes body;
        unsigned tag;
        size_t head;

        if (!srl_der_more(der)) {
            depth--;
            continue;
        }
        if (steps < 64) read_typed(der, all);
        tag = srl_der_any(der, &body);
        must_be_inside(der, body, all);
        if (der->why) continue;
        FUZZ_CHECK(tag == *from && (tag & 0x1f) != 0x1f);
        head = (size_t)(body.ptr - from);
        FUZZ_CHECK(head == (body.len < 128     ? 2u
                            : body.len < 256   ? 3u
                            : body.len < 65536 ? 4u
                                               : 5u));
        if ((tag & 0x20) && depth < 64) {
            open[depth] = *der;
            open[depth].at = body.ptr;
            open[depth].end = body.ptr + body.len;
            depth++;
        }
    }
    return 0;
}
