#!/bin/sh
# Runs every test and adds up what they report.
#
#   tests/run.sh            what `make test` runs, after building
#   CHECK=1 tests/run.sh    also everything `make check` asks for
#
# Each test ends with a line "NAME: N passed, N failed[, N skipped]"; a test
# that does not get that far counts as one failure. The last line is the sum.
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0 skipped=0
log=build/run.log

# The number before a word, 0 if the word is not there.
number()
{
    echo "$1" | awk -v W="$2" '
        { for (i = 2; i <= NF; i++) if (index($i, W) == 1) n = $(i - 1) }
        END { print n + 0 }'
}

run()
{
    name=$1
    shift
    began=$(date +%s)
    "$@" > "$log" 2>&1
    code=$?
    took=$(($(date +%s) - began))
    line=$(grep -E '^[^ ]*:? ?[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
    if [ -z "$line" ]; then
        cat "$log"
        if [ $code -eq 0 ]; then
            echo "$name: printed no result"
        fi
        echo "FAILED: $name (exit $code)"
        failed=$((failed + 1))
        return
    fi
    p=$(number "$line" passed) f=$(number "$line" failed)
    s=$(number "$line" skipped)
    if [ "$f" -ne 0 ] || [ $code -ne 0 ]; then
        cat "$log"
        [ "$f" -ne 0 ] || { echo "FAILED: $name (exit $code)"; f=1; }
    else
        grep '^skipped' "$log"
        [ $took -lt 5 ] && took= || took=", $took s"
        echo "$name: $p passed$took"
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

mkdir -p build
rm -f build/run.migrate.*
for t in tests/unit/*.c; do
    t=$(basename "$t" .c)
    run "unit/$t" "build/unit/$t"
done
for t in tests/fault/*.c; do
    [ -e "$t" ] || continue
    t=$(basename "$t" .c)
    run "fault/$t" "build/fault/$t"
done
# Those about migrations mostly wait for servers: they run beside the rest, and
# behind it where that has limits of time.
beside=build/run.migrate
(
    passed=0 failed=0 skipped=0 log=$beside.log
    for t in plan generate show files embed stamp apart dry lint lint_live \
        drift chains verbs night tables session traps trial orchestrate property \
        corpus faults; do
        run "migrate/$t" nice -n 10 sh "tests/migrate/$t.sh" build/surrealgen
    done
    echo "$passed $failed $skipped" > $beside.sums
) > $beside.out 2>&1 &

run golden sh tests/golden/run.sh build/surrealgen
run golden/bad sh tests/golden/bad.sh build/surrealgen
run golden/names sh tests/golden/names.sh build/surrealgen
run cli sh tests/cli/run.sh build/surrealgen
run cli/explain sh tests/cli/explain.sh build/surrealgen
run fmt sh tests/golden/fmt.sh build/surrealgen \
    "${SURREAL_TEST_CORPUS:-../shared/corpus}"
run golden/c sh tests/golden/c/run.sh build/surrealgen \
    "${SURREAL_TEST_CORPUS:-../shared/corpus}"
run corpus sh tests/golden/corpus.sh build/surrealgen \
    "${SURREAL_TEST_CORPUS:-../shared/corpus}"
run engine node tests/engine/sdk.test.mjs
run live/fix sh tests/live/fix.sh build/surrealgen \
    "${SURREAL_TEST_CORPUS:-../shared/corpus}"
for t in tests/live/*.c; do
    [ -e "$t" ] || continue
    t=$(basename "$t" .c)
    run "live/$t" sh tests/live/run.sh "build/live/$t"
done
run docs sh tests/check/docs.sh
if [ "${CHECK:-}" ]; then
    for c in generated parts symbols macros deps tidy matrix threads fuzz ct \
        interop; do
        run "check-$c" sh "tests/check/$c.sh"
    done
fi

wait
cat $beside.out
p=0 f=1 s=0
[ -e $beside.sums ] && read -r p f s < $beside.sums
passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))

echo
if [ $skipped -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
