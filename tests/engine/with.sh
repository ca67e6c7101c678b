#!/bin/sh
# Runs a command with a real SurrealDB at hand.
#
#   tests/engine/with.sh 2|3 COMMAND [ARG...]
#
# The command finds the server in SURREAL_TEST_URL, its credentials in
# SURREAL_TEST_USER and SURREAL_TEST_PASS, and the major version in
# SURREAL_TEST_MAJOR. If SURREAL_TEST_URL is set already, or a `surreal`
# program is on the PATH, that server is used; else the engine beside this
# file is started. What was started ends with the command.
set -u
here=$(cd "$(dirname "$0")" && pwd)
version=$1
shift

export SURREAL_TEST_USER="${SURREAL_TEST_USER:-root}"
export SURREAL_TEST_PASS="${SURREAL_TEST_PASS:-root}"
export SURREAL_TEST_MAJOR="${SURREAL_TEST_MAJOR:-$version}"
if [ "${SURREAL_TEST_URL:-}" ]; then
    exec "$@"
fi

tmp=$(mktemp -d) || exit 1
pid=
finish()
{
    exec 9>&-
    [ -z "$pid" ] || wait "$pid" 2> /dev/null
    rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 130' INT TERM

mkfifo "$tmp/stdin" || exit 1
node "$here/engine.mjs" --version "$version" --max-seconds 900 \
    < "$tmp/stdin" > "$tmp/out" 2> "$tmp/err" 9>&- &
pid=$!
# The engine stops when its standard input ends: with this shell.
exec 9> "$tmp/stdin"

waited=0
until grep -q '^ready ' "$tmp/out"; do
    if ! kill -0 "$pid" 2> /dev/null || [ $waited -ge 150 ]; then
        echo "the SurrealDB $version engine did not start:" >&2
        cat "$tmp/out" "$tmp/err" >&2
        exit 1
    fi
    sleep 0.1
    waited=$((waited + 1))
done
SURREAL_TEST_URL=$(sed -n 's/^ready \([^ ]*\) .*/\1/p' "$tmp/out")
export SURREAL_TEST_URL
"$@" 9>&-
code=$?
exit $code
