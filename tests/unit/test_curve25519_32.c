/* cc -I. -o build/unit/test_curve25519_32 tests/unit/test_curve25519_32.c
 *
 * test_curve25519.c with the limbs of compilers that have no 128-bit type. */
#define SURREAL_NO_INT128
#include "test_curve25519.c"
