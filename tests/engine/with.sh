#!/bin/sh
# Runs a command with a real SurrealDB at hand.
#
#   tests/engine/with.sh 2|3|server COMMAND [ARG...]
#
# 2 and 3 are the engines beside this file; `server` is the real server that
# `make server` builds, or the `surreal` program named by SURREAL_TEST_SERVER.
# The command finds it in SURREAL_TEST_URL (ws://) and SURREAL_TEST_HTTP_URL
# (http://), its credentials in SURREAL_TEST_USER and SURREAL_TEST_PASS, and
# the major version in SURREAL_TEST_MAJOR. What was started listens on
# 127.0.0.1 and ends with the command, with this shell, or after 15 minutes.
#
# With SURREAL_TEST_TLS=1 there are SURREAL_TEST_WSS_URL and
# SURREAL_TEST_HTTPS_URL as well, and SURREAL_TEST_CA, the file of an authority
# made for this run. The engines speak both then; the real server speaks either,
# so the first two variables hold the secure urls, too.
#
# With SURREAL_TEST_URL set already, that server is used and none started.
# SURREAL_TEST_STORE, surrealkv://DIR for one, keeps the data for a next run;
# that one then needs the same SURREAL_TEST_PASS.
set -u
here=$(cd "$(dirname "$0")" && pwd)
version=$1
shift
seconds=900

random() # a number below 65536
{
    od -An -N2 -tu2 /dev/urandom | tr -d ' '
}

export SURREAL_TEST_USER="${SURREAL_TEST_USER:-root}"
if [ "${SURREAL_TEST_URL:-}" ]; then
    export SURREAL_TEST_PASS="${SURREAL_TEST_PASS:-root}"
    [ "$version" != server ] || version=3
    export SURREAL_TEST_MAJOR="${SURREAL_TEST_MAJOR:-$version}"
    : "${SURREAL_TEST_HTTP_URL:=http${SURREAL_TEST_URL#ws}}"
    export SURREAL_TEST_HTTP_URL
    case $SURREAL_TEST_URL in wss:*)
        export SURREAL_TEST_WSS_URL="$SURREAL_TEST_URL"
        export SURREAL_TEST_HTTPS_URL="$SURREAL_TEST_HTTP_URL" ;;
    esac
    exec "$@"
fi

tmp=$(mktemp -d) || exit 1
pid=
finish()
{
    exec 9>&-
    [ -z "$pid" ] || stop
    rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 130' INT TERM

gave_up()
{
    echo "SurrealDB ($version) did not start:" >&2
    cat "$tmp/out" "$tmp/err" >&2
    exit 1
}

# wait_until TEST...: tries for 15 seconds, as long as the process lives
wait_until()
{
    waited=0
    until "$@"; do
        kill -0 "$pid" 2> /dev/null && [ $waited -lt 150 ] || return 1
        sleep 0.1
        waited=$((waited + 1))
    done
}

# ---- the engine ------------------------------------------------------------

start_engine()
{
    export SURREAL_TEST_PASS="${SURREAL_TEST_PASS:-root}"
    export SURREAL_TEST_MAJOR="${SURREAL_TEST_MAJOR:-$version}"
    # shellcheck disable=SC2086
    node "$here/engine.mjs" --version "$version" --max-seconds $seconds $tls \
        --user "$SURREAL_TEST_USER" --pass "$SURREAL_TEST_PASS" \
        --store "${SURREAL_TEST_STORE:-mem://}" \
        < "$tmp/stdin" > "$tmp/out" 2> "$tmp/err" 9>&- &
    pid=$!
    # It stops when its standard input ends: with this shell.
    exec 9> "$tmp/stdin"
    wait_until grep -q '^ready ' "$tmp/out" || gave_up
    SURREAL_TEST_URL=$(sed -n 's/^ready \([^ ]*\) .*/\1/p' "$tmp/out")
    secure=$(sed -n 's/^secure //p' "$tmp/out")
}

# ---- the server ------------------------------------------------------------

# A port below those the system gives to others; taken ones are tried again.
# The server writes "Started" and then binds: it answers and lives, or is not
# the one that answers.
start_on_random_port()
{
    address=127.0.0.1:$((20000 + $(random) % 10000))
    # shellcheck disable=SC2086
    SURREAL_USER=$SURREAL_TEST_USER SURREAL_PASS=$SURREAL_TEST_PASS \
        "$server" start --no-banner --bind $address $server_tls \
        "${SURREAL_TEST_STORE:-memory}" \
        < /dev/null > "$tmp/out" 2> "$tmp/err" 9>&- &
    pid=$!
    wait_until grep -q 'Started web server' "$tmp/out" "$tmp/err" &&
        wait_until server_answers > /dev/null 2>&1 && kill -0 $pid 2> /dev/null
}

# Its own client knows no authority but the public ones.
server_answers()
{
    if [ "$server_tls" ]; then
        NODE_EXTRA_CA_CERTS=$SURREAL_TEST_CA node -e '
            require("https").get(process.argv[1], (answer) => {
                process.exit(answer.statusCode === 200 ? 0 : 1);
            }).on("error", () => process.exit(1));' "https://$address/health"
    else
        "$server" isready --endpoint "http://$address"
    fi
}

start_server()
{
    server=${SURREAL_TEST_SERVER:-$here/../../build/server/release/surreal}
    if [ ! -x "$server" ]; then
        echo "no SurrealDB server at $server: run make server" >&2
        exit 1
    fi
    pass=$(random)-$(random)-$(random)-$(random)
    export SURREAL_TEST_PASS="${SURREAL_TEST_PASS:-$pass}"
    major=$("$server" version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    export SURREAL_TEST_MAJOR="${SURREAL_TEST_MAJOR:-$major}"
    tries=0
    until start_on_random_port; do
        tries=$((tries + 1))
        grep -q 'in use' "$tmp/out" "$tmp/err" && [ $tries -lt 5 ] || gave_up
    done
    # Reads until this shell is gone, however it went.
    (timeout $seconds cat "$tmp/stdin" > /dev/null; stop) 9>&- &
    exec 9> "$tmp/stdin"
    SURREAL_TEST_URL=ws${server_tls:+s}://$address/rpc
    secure=${server_tls:+wss://$address/rpc}
}

# The first signal lets queries under way finish, however long that takes.
stop()
{
    for signal in TERM TERM KILL; do
        kill -$signal $pid 2> /dev/null || break
        [ "$version" = server ] || break # the engine has its own time-out
        waited=0
        while kill -0 $pid 2> /dev/null && [ $waited -lt 50 ]; do
            sleep 0.1
            waited=$((waited + 1))
        done
    done
    wait $pid 2> /dev/null
}

tls='' server_tls='' secure=''
if [ "${SURREAL_TEST_TLS:-}" = 1 ]; then
    node "$here/certificate.mjs" "$tmp/tls" || exit 1
    export SURREAL_TEST_CA="$tmp/tls/ca.pem"
    tls="--tls-dir $tmp/tls"
    server_tls="--web-crt $tmp/tls/server.pem --web-key $tmp/tls/server.key"
fi
mkfifo "$tmp/stdin" || exit 1
: > "$tmp/out" > "$tmp/err"
case $version in
server) start_server ;;
*) start_engine ;;
esac
export SURREAL_TEST_URL
export SURREAL_TEST_HTTP_URL="http${SURREAL_TEST_URL#ws}"
if [ "$secure" ]; then
    export SURREAL_TEST_WSS_URL="$secure"
    export SURREAL_TEST_HTTPS_URL="http${secure#ws}"
fi
"$@" 9>&-
code=$?
# A server that fell over and went on is worth a look in any case.
grep -h 'panicked at' "$tmp/out" "$tmp/err" >&2
exit $code
