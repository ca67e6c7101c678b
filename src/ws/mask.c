/* ws/mask.c: masking of client frames, RFC 6455 section 5.3. */
#include "ws/ws.h"

/* Byte i of a payload is XORed with byte i mod 4 of the key. Eight bytes at a
 * time that is one XOR with the key written twice, in any byte order of the
 * machine, because key and payload are both loaded by memcpy.
 *
 * The end that fills no word is done as one more word that overlaps what is
 * already done. It is loaded before the loop, because with dst == src the
 * loop changes bytes of it, and stored after it, when those bytes get the
 * same values again. So there is no loop over single bytes, which would cost
 * more than all the words of a short message.
 *
 * Four words are loaded before any is stored: with -O2, compilers make two
 * 16-byte operations of them. They are four variables because some do much
 * worse with an array filled by one memcpy. */

/* The eight bytes of the key that meet payload bytes phase to phase + 7, as
 * they lie in memory: the key twice, rotated. Where byte 1 is the more
 * significant one, bytes move down by shifting right. */
static uint64_t
srl_ws_mask_word(const uint8_t key[4], size_t phase)
{
    const uint16_t one = 1;
    unsigned shift = (unsigned)(phase & 3) * 8;
    uint32_t half;
    uint64_t word;
    uint8_t first;

    memcpy(&half, key, 4);
    memcpy(&first, &one, 1);
    word = (uint64_t)half << 32 | half;
    if (!shift) return word;
    return first ? word >> shift | word << (64 - shift)
                 : word << shift | word >> (64 - shift);
}

SRL_FN void
srl_ws_mask(uint8_t *dst, const uint8_t *src, size_t len,
            const uint8_t key[4], size_t phase)
{
    uint64_t mask = srl_ws_mask_word(key, phase);
    uint64_t last = 0;
    size_t i = 0;

    if (len < 8) {
        if (!len) return;
        memcpy(&last, src, len);
        last ^= mask;
        memcpy(dst, &last, len);
        return;
    }
    memcpy(&last, src + len - 8, 8);
    last ^= srl_ws_mask_word(key, phase + len - 8);
    for (; len - i >= 32; i += 32) {
        uint64_t a, b, c, d;

        memcpy(&a, src + i, 8);
        memcpy(&b, src + i + 8, 8);
        memcpy(&c, src + i + 16, 8);
        memcpy(&d, src + i + 24, 8);
        a ^= mask;
        b ^= mask;
        c ^= mask;
        d ^= mask;
        memcpy(dst + i, &a, 8);
        memcpy(dst + i + 8, &b, 8);
        memcpy(dst + i + 16, &c, 8);
        memcpy(dst + i + 24, &d, 8);
    }
    for (; len - i >= 8; i += 8) {
        uint64_t a;

        memcpy(&a, src + i, 8);
        a ^= mask;
        memcpy(dst + i, &a, 8);
    }
    memcpy(dst + len - 8, &last, 8);
}
