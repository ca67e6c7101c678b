#!/bin/sh
# An object file of surreal.h exports functions called surreal_... and nothing
# else; with SURREAL_STATIC it exports nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/check
passed=0 failed=0

echo '#include "surreal.h"' > build/check/unit.c
cc=${CC:-cc}
$cc -std=c99 -O1 -DSURREAL_IMPLEMENTATION -I. -c build/check/unit.c \
    -o build/check/unit.o || exit 1
bad=$(nm -g --defined-only build/check/unit.o | awk '$3 !~ /^surreal_/')
count=$(nm -g --defined-only build/check/unit.o | grep -c ' surreal_')
if [ -z "$bad" ] && [ "$count" -gt 50 ]; then
    passed=$((passed + 1))
else
    echo "exported without the prefix surreal_ ($count with it):"
    echo "$bad"
    failed=$((failed + 1))
fi

$cc -std=c99 -O1 -DSURREAL_IMPLEMENTATION -DSURREAL_STATIC -I. -c \
    build/check/unit.c -o build/check/static.o || exit 1
bad=$(nm -g --defined-only build/check/static.o)
if [ -z "$bad" ]; then
    passed=$((passed + 1))
else
    echo "exported although SURREAL_STATIC is set:"
    echo "$bad"
    failed=$((failed + 1))
fi
# The typed functions: none without their switch, not even as text; with it
# all of the list, and nothing else.
$cc -std=c99 -DSURREAL_IMPLEMENTATION -DSURREAL_FUNCTIONS -I. -c \
    build/check/unit.c -o build/check/functions.o || exit 1
bad=$(nm -g --defined-only build/check/functions.o | awk '$3 !~ /^surreal_/')
count=$(nm -g --defined-only build/check/functions.o | grep -c ' surreal_fn_')
rest=$($cc -std=c99 -DSURREAL_IMPLEMENTATION -I. -E build/check/unit.c |
    grep -c -e surreal_fn_ -e srl_builtin -e 'surreal_function\b')
if [ -z "$bad" ] && [ "$count" -gt 300 ] && [ "$rest" -eq 0 ]; then
    passed=$((passed + 1))
else
    echo "SURREAL_FUNCTIONS: $count functions, $rest traces without it: $bad"
    failed=$((failed + 1))
fi
# Functions nobody calls: with the attribute that hides them taken away, the
# compiler names them.
mkdir -p build/check/plain
sed 's/__attribute__((unused))//' surreal.h > build/check/plain/surreal.h
for switch in SURREAL_IMPLEMENTATION SURREAL_FUNCTIONS; do
    if $cc -std=c99 -DSURREAL_IMPLEMENTATION=1 -D$switch=1 \
        -Wunused-function -Werror -Ibuild/check/plain \
        -c build/check/unit.c -o build/check/plain.o; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "check-symbols: $passed passed, $failed failed"
[ $failed -eq 0 ]
