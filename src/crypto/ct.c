/* crypto/ct.c: comparing secrets. */
#include "crypto/crypto.h"

/* `v`, of which the compiler knows nothing any more: it can then not see that
 * once a difference was found the rest of a loop changes nothing. */
SRL_INLINE unsigned
srl_ct_opaque(unsigned v)
{
#if defined(__GNUC__) || defined(__clang__)
    __asm__ volatile("" : "+r"(v));
    return v;
#else
    volatile unsigned seen = v;

    return seen;
#endif
}

SRL_FN bool
srl_ct_equal(const void *a, const void *b, size_t len)
{
    const uint8_t *x = (const uint8_t *)a;
    const uint8_t *y = (const uint8_t *)b;
    unsigned differs = 0;
    bool is_equal;
    size_t i;

    for (i = 0; i < len; i++) {
        differs = srl_ct_opaque(differs | (unsigned)(x[i] ^ y[i]));
    }
    /* 0 to 255: the borrow of 0 - 1 says "equal" without a branch. */
    is_equal = ((differs - 1u) >> 31) != 0;
    SRL_PUBLIC(&is_equal, sizeof is_equal);
    return is_equal;
}
