/* cc -I. -o build/unit/test_rsa32 tests/unit/test_rsa32.c
 *
 * tests/unit/test_rsa.c with limbs of 32 bits, as on machines whose compiler
 * has no 128-bit integers. */
#define SURREAL_NO_INT128
#include "test_rsa.c"
