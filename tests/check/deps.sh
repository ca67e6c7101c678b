#!/bin/sh
# A program that uses the library, and surrealgen, need the C library only.
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/check
passed=0 failed=0

cat > build/check/deps.c <<'END'
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

int
main(void)
{
    surreal *db;
    int failed = surreal_open("ws://127.0.0.1:1", NULL, &db) != SURREAL_OK;

    surreal_close(db);
    return !failed;
}
END
${CC:-cc} -std=c99 -O1 -I. build/check/deps.c -o build/check/deps || exit 1
if ! build/check/deps; then
    echo 'build/check/deps: connected to a port where nobody listens'
    failed=$((failed + 1))
fi
for program in build/check/deps build/surrealgen; do
    needed=$(readelf -d "$program" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')
    case $needed in
    libc.so.*) passed=$((passed + 1)) ;;
    *) echo "$program needs more than the C library:" "$needed"
       failed=$((failed + 1)) ;;
    esac
done
echo "check-deps: $passed passed, $failed failed"
[ $failed -eq 0 ]
