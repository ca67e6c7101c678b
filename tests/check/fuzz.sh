#!/bin/sh
# Every fuzz target replays its seeds (any compiler), and runs for a few
# seconds where clang's libFuzzer is installed. Long runs: make fuzz.
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/check build/fuzz
passed=0 failed=0

# The targets of libFuzzer are built meanwhile.
has_fuzzer=
if echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n);
         int LLVMFuzzerTestOneInput(const char *p, unsigned long n)
         { return (int)(p == 0 && n); }' |
    clang -fsanitize=fuzzer -x c - -o build/check/has_fuzzer 2> /dev/null
then
    has_fuzzer=1
    make -s fuzz-targets > build/check/fuzz_build.log 2>&1 &
fi

for source in tests/fuzz/*.c; do
    name=$(basename "$source" .c)
    case $name in
    fuzz_schema* | fuzz_fmt | fuzz_migration)
        more="-Isurrealgen $(find surrealgen -mindepth 2 -name '*.c' \
            ! -path '*/cli/*' ! -path '*/db/*' ! -path '*/migrate/*')"
        [ $name != fuzz_migration ] ||
            more="$more surrealgen/migrate/canon.c surrealgen/migrate/script.c"
        ;;
    *) more= ;;
    esac
    # shellcheck disable=SC2086
    if ${CC:-cc} -std=c99 -O1 -g -fsanitize=address,undefined \
        -fno-sanitize-recover=all -DFUZZ_REPLAY -DSURREAL_STATIC -I. \
        "$source" $more -o "build/check/$name" -lm &&
        "build/check/$name" "tests/fuzz/corpus/${name#fuzz_}" > \
            build/check/replay.log 2>&1
    then
        passed=$((passed + 1))
    else
        echo "FAILED: replay of $name"
        tail -n 20 build/check/replay.log
        failed=$((failed + 1))
    fi
done

wait
if [ "$has_fuzzer" ]; then
    make -s fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-5}" > build/check/fuzz.log
    code=$?
    cat build/check/fuzz.log
    [ $code -eq 0 ] && passed=$((passed + 1)) || failed=$((failed + 1))
    echo "check-fuzz: $passed passed, $failed failed"
else
    echo 'skipped: fuzzing needs clang with libFuzzer' \
        '(apt-get install clang libclang-rt-14-dev)'
    echo "check-fuzz: $passed passed, $failed failed, 1 skipped"
fi
[ $failed -eq 0 ]
