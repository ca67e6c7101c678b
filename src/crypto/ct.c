/* crypto/ct.c: comparing secrets. */
#include "crypto/crypto.h"

SRL_FN bool
srl_ct_equal(const void *a, const void *b, size_t len)
{
    const uint8_t *x = (const uint8_t *)a;
    const uint8_t *y = (const uint8_t *)b;
    unsigned differs = 0;
    bool is_equal;
    size_t i;

    for (i = 0; i < len; i++) {
        differs |= (unsigned)(x[i] ^ y[i]);
        SRL_CT_HIDE(differs);
    }
    /* 0 to 255: the borrow of 0 - 1 says "equal" without a branch. */
    is_equal = ((differs - 1u) >> 31) != 0;
    SRL_PUBLIC(&is_equal, sizeof is_equal);
    return is_equal;
}
