#!/bin/sh
# Kills a real SurrealDB engine under load and lets it come back, for both
# major versions and over TLS, and adds up.
#
#   tests/live/crash.sh build/live/test_crash
#
# The engine is started by the program, which kills it by its process id; the
# store is a directory that goes afterwards.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$1
passed=0 failed=0 skipped=0

skip()
{
    echo "skipped: crash: $1"
    echo "test_crash: 0 passed, 0 failed, 1 skipped"
    exit 0
}

[ -z "${SURREAL_TEST_URL:-}" ] ||
    skip "SURREAL_TEST_URL names a server that is not ours to kill"
command -v node > /dev/null || skip "no node, which runs the engine"
[ -d "$here/../engine/node_modules" ] ||
    skip "tests/engine is not set up (sh tests/engine/setup.sh)"

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
for run in '3 ws' '2 ws' '3 wss'; do
    version=${run% *} wire=${run#* }
    dir=$tmp/$version$wire
    mkdir "$dir"
    [ $wire = ws ] || export CRASH_TLS="$dir/tls"
    CRASH_ENGINE="$here/../engine/engine.mjs" CRASH_STORE="$dir" \
        SURREAL_TEST_MAJOR=$version "$program" > "$tmp/log" 2>&1
    code=$?
    line=$(grep -E '^[^ ]+: [0-9]+ passed, [0-9]+ failed' "$tmp/log" |
        tail -n 1)
    sed "s/^/[$run] /" "$tmp/log" | grep -v ' passed, '
    if [ -z "$line" ]; then
        echo "FAILED: $program against SurrealDB $run (exit $code)"
        failed=$((failed + 1))
        continue
    fi
    # shellcheck disable=SC2086
    set -- $line
    passed=$((passed + $2)) failed=$((failed + $4)) skipped=$((skipped + $6))
done
echo "test_crash: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
