/* cc -I. -o build/unit/test_ecc32 tests/unit/test_ecc32.c
 *
 * The same as test_ecc.c with limbs of 32 bits, which machines without
 * 128-bit products have. */
#define SURREAL_NO_INT128
#include "test_ecc.c"
