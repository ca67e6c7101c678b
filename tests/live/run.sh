#!/bin/sh
# Runs a live test against SurrealDB 3 and SurrealDB 2, and adds up.
#
#   tests/live/run.sh build/live/test_query
#
# With SURREAL_TEST_URL set it runs once, against that server; with
# SURREAL_TEST_VERSIONS=server against the real server (tests/engine/with.sh).
set -u
here=$(dirname "$0")
program=$1
# It starts and kills servers of its own.
case $program in */test_crash) exec sh "$here/crash.sh" "$program" ;; esac
passed=0 failed=0 skipped=0
log=build/live.log

versions=${SURREAL_TEST_VERSIONS:-3 2}
[ -z "${SURREAL_TEST_URL:-}" ] || versions=${SURREAL_TEST_MAJOR:-3}
for version in $versions; do
    sh "$here/../engine/with.sh" "$version" "$program" > $log 2>&1
    code=$?
    line=$(grep -E '^[^ ]+: [0-9]+ passed, [0-9]+ failed' $log | tail -n 1)
    sed "s/^/[$version] /" $log | grep -v ' passed, '
    if [ -z "$line" ]; then
        echo "FAILED: $program against SurrealDB $version (exit $code)"
        failed=$((failed + 1))
        continue
    fi
    # shellcheck disable=SC2086
    set -- $line
    passed=$((passed + $2)) failed=$((failed + $4)) skipped=$((skipped + $6))
done
echo "$(basename "$program"): $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
