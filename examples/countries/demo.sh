#!/bin/sh
# The demo: data, typed code, schema, program, database.
#
#   make demo
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

sh tests/engine/with.sh 3 sh -c '
    exec "$0" "$SURREAL_TEST_URL" "$SURREAL_TEST_USER" \
        "$SURREAL_TEST_PASS" "$1" "$2"' \
    $out/demo $out/countries.surql $out/countries.txt
