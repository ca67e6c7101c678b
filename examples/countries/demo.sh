#!/bin/sh
# The demo: data, typed code, schema, program, database.
#
#   make demo
#   make demo TLS=1    over wss://
set -eu
cd "$(dirname "$0")/../.."
here=examples/countries
out=build/demo
mkdir -p $out

if [ ! -f $out/countries.txt ] ||
    [ $here/package-lock.json -nt $out/countries.txt ]; then
    echo 'fetching the data (npm package world-countries, ODbL 1.0) ...'
    (cd $here && npm ci --no-audit --no-fund --silent)
    node $here/flatten.mjs > $out/countries.txt.tmp
    mv $out/countries.txt.tmp $out/countries.txt
fi

echo "surrealgen: $here/countries.sg -> $out/countries.h, countries.c"
build/surrealgen generate -o $out $here/countries.sg
build/surrealgen sql $here/countries.sg > $out/countries.surql
echo "compiling ..."
${CC:-cc} -std=c99 -O1 -I. -I$out -I$here $here/countries.c $here/load.c \
    $out/countries.c -o $out/demo

# Over TLS the program is told of the authority that vouches for the server by
# SSL_CERT_FILE, which is where it looks first for whom the system trusts.
SURREAL_TEST_TLS=${TLS:-} sh tests/engine/with.sh 3 sh -c '
    url=$SURREAL_TEST_URL
    if [ "${SURREAL_TEST_CA:-}" ]; then
        url=$SURREAL_TEST_WSS_URL
        export SSL_CERT_FILE="$SURREAL_TEST_CA"
        echo "over TLS: $url"
    fi
    exec "$0" "$url" "$SURREAL_TEST_USER" "$SURREAL_TEST_PASS" "$1" "$2"' \
    $out/demo $out/countries.surql $out/countries.txt
