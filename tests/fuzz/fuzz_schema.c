/* tests/fuzz/fuzz_schema.c: any bytes as a schema file.
 *
 *   make build/fuzz/fuzz_schema && build/fuzz/fuzz_schema -max_total_time=60 \
 *       tests/fuzz/corpus/schema
 *
 * schema_checks.h says what must hold, from the lexer to the C. */
#include "schema_checks.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *name = len && (data[0] & 1) ? "fuzz.sg" : "fuzz.surql";

    schema_check(name, (const char *)data, len);
    return 0;
}
