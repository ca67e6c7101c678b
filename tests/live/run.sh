#!/bin/sh
# Runs a live test against SurrealDB 3 and SurrealDB 2, over WebSocket and
# HTTP, against 3 most of it also over TLS, and adds up.
#
#   tests/live/run.sh build/live/test_query
#
# With SURREAL_TEST_URL set it runs once, against that server; with
# SURREAL_TEST_HTTP_URL (http://...) set as well, a second time over HTTP. With
# SURREAL_TEST_VERSIONS=server against the real server (tests/engine/with.sh).
set -u
here=$(dirname "$0")
program=$1
# It starts and kills servers of its own.
case $program in */test_crash) exec sh "$here/crash.sh" "$program" ;; esac
passed=0 failed=0 skipped=0
log=$program.log

# Once over the url that is left in SURREAL_TEST_URL; $1 says which run it is.
once()
{
    sh "$here/../engine/with.sh" "$version" sh -c "$2" > $log 2>&1
    code=$?
    line=$(grep -E '^[^ ]+: [0-9]+ passed, [0-9]+ failed' $log | tail -n 1)
    sed "s/^/[$version $1] /" $log | grep -v ' passed, '
    if [ -z "$line" ]; then
        echo "FAILED: $program against SurrealDB $version, $1 (exit $code)"
        failed=$((failed + 1))
        return
    fi
    # shellcheck disable=SC2086
    set -- $line
    passed=$((passed + $2)) failed=$((failed + $4)) skipped=$((skipped + $6))
}

# The engine serves both protocols at one port, and both over TLS at another.
over_http='SURREAL_TEST_URL=${SURREAL_TEST_HTTP_URL:-http${SURREAL_TEST_URL#ws}}
           export SURREAL_TEST_URL; exec '$program
over_wss='SURREAL_TEST_URL=$SURREAL_TEST_WSS_URL
          export SURREAL_TEST_URL; exec '$program
over_https='SURREAL_TEST_URL=$SURREAL_TEST_HTTPS_URL
            export SURREAL_TEST_URL; exec '$program
case $program in
*/test_live | */test_sessions)
    has_http=''
    why="$(basename "$program"): live queries and transactions need a socket" ;;
*) has_http=1 ;;
esac
# What goes over TLS besides: not what is about values and queries alone, which
# nothing below changes, and not the slow life of tokens twice.
secure='wss https'
case $program in
*/test_functions | */test_models | */test_queries | */test_values | \
*/test_scan | */test_changes | */test_migrate* | */test_verdicts)
    secure='' ;;
*/test_auth) secure=wss ;;
esac
[ $has_http ] || secure=${secure% https}
versions=${SURREAL_TEST_VERSIONS:-3 2}
[ -z "${SURREAL_TEST_URL:-}" ] || versions=${SURREAL_TEST_MAJOR:-3}
for version in $versions; do
    once ws "exec $program"
    if [ ! $has_http ]; then
        echo "[$version http] skipped: $why"
        skipped=$((skipped + 1))
    elif [ -z "${SURREAL_TEST_URL:-}" ] || [ "${SURREAL_TEST_HTTP_URL:-}" ]
    then
        once http "$over_http"
    fi
    # One major version is enough for what lies below all of that.
    if [ -z "${SURREAL_TEST_URL:-}" ] && [ "$version" != 2 ]; then
        export SURREAL_TEST_TLS=1
        case $secure in wss*) once wss "$over_wss" ;; esac
        case $secure in *https) once https "$over_https" ;; esac
        unset SURREAL_TEST_TLS
    fi
done
echo "$(basename "$program"): $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
