/* cc -I. -o build/unit/test_aead32 tests/unit/test_aead32.c
 *
 * test_aead.c with what compilers without 128-bit integers get. */
#define SURREAL_NO_INT128
#include "test_aead.c"
