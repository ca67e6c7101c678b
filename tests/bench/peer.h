/* tests/bench/peer.h: what the benches give to libcbor. The program has the
 * implementation of surreal.h. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H
#include <stdint.h>
#include <string.h>

/* libcbor before 0.9 refuses the tags 6 to 20 unless their head is two bytes
 * long, so it gets the same items with such heads. Returns their length: at
 * most twice that of the wire. */
static inline size_t
bench_peer_wire(const uint8_t *wire, size_t len, uint8_t *peer)
{
    const uint8_t *at = wire;
    uint8_t *out = peer;

    while (at < wire + len) {
        srl_cbor_head head;
        const uint8_t *next = srl_cbor_head_at(at, &head);

        if (head.major == SRL_CBOR_BYTES || head.major == SRL_CBOR_TEXT) {
            next += head.arg;
        }
        if (head.major == SRL_CBOR_TAG && head.arg < 24) {
            *out++ = 0xd8;
            *out++ = (uint8_t)head.arg;
        } else {
            memcpy(out, at, (size_t)(next - at));
            out += next - at;
        }
        at = next;
    }
    return (size_t)(out - peer);
}

#endif
