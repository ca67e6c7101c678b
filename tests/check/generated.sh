#!/bin/sh
# Generated files that are committed are current.
set -u
cd "$(dirname "$0")/../.." || exit 1
passed=0 failed=0

if awk -f src/amalgamate.awk src/PARTS | cmp -s - surreal.h; then
    passed=$((passed + 1))
else
    echo 'surreal.h does not match src/: edit the part, then run make'
    failed=$((failed + 1))
fi

want=3.0
have=$(re2c --version 2>/dev/null | sed 's/^re2c //')
if [ "$have" != "$want" ]; then
    echo "skipped: lex.c not compared: re2c $want is needed to make it, found" \
         "'${have:-none}' (apt-get install re2c)"
    echo "check-generated: $passed passed, $failed failed, 1 skipped"
    exit $failed
fi
mkdir -p build
make -s lexer LEX_OUT=build/lex.c
if cmp -s build/lex.c surrealgen/schema/lex.c; then
    passed=$((passed + 1))
else
    echo 'surrealgen/schema/lex.c does not match lex.re: run make lexer'
    failed=$((failed + 1))
fi
echo "check-generated: $passed passed, $failed failed"
exit $failed
