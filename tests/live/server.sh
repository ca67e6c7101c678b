#!/bin/sh
# Runs live tests against the real server that `make server` builds, over plain
# and over secure sockets.
#
#   tests/live/server.sh build/live/test_query...
set -u
here=$(dirname "$0")
server=${SURREAL_TEST_SERVER:-build/server/release/surreal}
failed=0

if [ ! -x "$server" ] && [ ! "${SURREAL_TEST_URL:-}" ]; then
    echo "skipped: no SurrealDB server at $server (make server builds it)"
    exit 0
fi
for program in "$@"; do
    SURREAL_TEST_VERSIONS=server sh "$here/run.sh" "$program" || failed=1
done
exit $failed
