#!/bin/sh
# The example: a release of yesterday wrote notes; that of today renames their
# column and has a new one, and brings the database up to date when it starts.
#
#   sh examples/migrate/run.sh
set -eu
cd "$(dirname "$0")/../.."
here=examples/migrate
out=$PWD/build/migrate
gen=$PWD/build/surrealgen
mkdir -p "$out"

# The schema files and the newest migration say the same, and no migration was
# edited: two lines for every project's tests.
(cd $here && "$gen" schema diff && "$gen" migrate check)

# The C of it: typed rows, and the migrations.
(cd $here && "$gen" generate -o "$out" notes.sg &&
    "$gen" migrate embed -o "$out/migrations.c")
${CC:-cc} -std=c99 -O1 -I. -I"$out" $here/notes.c "$out/notes.c" \
    "$out/migrations.c" -o "$out/notes"

sh tests/engine/with.sh 3 sh -c '
    export SURREAL_URL=$SURREAL_TEST_URL SURREAL_NAMESPACE=examples
    export SURREAL_USERNAME=$SURREAL_TEST_USER SURREAL_DATABASE=notes
    export SURREAL_PASSWORD=$SURREAL_TEST_PASS
    echo "-- yesterday: the first migration, and a note"
    (cd "$1" && "$2" migrate up --to init --create > /dev/null) &&
        echo "CREATE note:1 SET text = \"feed the cat\"" |
        node tests/engine/query.mjs > /dev/null || exit 1
    echo "-- today: the program"
    "$0" "$SURREAL_URL" "$SURREAL_USERNAME" "$SURREAL_PASSWORD" \
        "write a migration" || exit 1
    echo "-- and once more: nothing to do"
    "$0" "$SURREAL_URL" "$SURREAL_USERNAME" "$SURREAL_PASSWORD"' \
    "$out/notes" $here "$gen"
