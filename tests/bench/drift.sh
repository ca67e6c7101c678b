#!/bin/sh
# tests/bench/drift.sh: `schema check` of BENCH_TABLES (500) tables.
#
#   tests/bench/drift.sh         part of `make bench`; needs node for the engine
#
# Beside it, measured in the same run and taking turns: the time the engine
# takes to describe the same tables (INFO FOR DB and INFO FOR TABLE of each),
# asked by the official SDK, which is the least any check must wait for. Each
# table has 6 columns, an index and an event. A figure is a median.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 1
if [ -z "${SURREAL_TEST_URL:-}" ]; then
    exec sh tests/engine/with.sh "${1:-3}" sh "$0"
fi
rounds=${BENCH_ROUNDS:-5}
tables=${BENCH_TABLES:-500}
bin=$PWD/build/surrealgen
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export SURREAL_URL="$SURREAL_TEST_URL" SURREAL_NAMESPACE=bench
export SURREAL_DATABASE=drift SURREAL_USERNAME="$SURREAL_TEST_USER"
export SURREAL_PASSWORD="$SURREAL_TEST_PASS"
i=0
while [ $i -lt "$tables" ]; do
    cat <<END
DEFINE TABLE t$i SCHEMAFULL PERMISSIONS FOR select WHERE owner = \$auth.id;
DEFINE FIELD owner ON t$i TYPE option<record<t0>>;
DEFINE FIELD title ON t$i TYPE string ASSERT string::len(\$value) > 0;
DEFINE FIELD slug ON t$i TYPE option<string> VALUE string::lowercase(\$value);
DEFINE FIELD tags ON t$i TYPE option<array<string>>;
DEFINE FIELD n ON t$i TYPE int DEFAULT 1 + 2 * 3;
DEFINE FIELD at ON t$i TYPE datetime DEFAULT time::now() READONLY;
DEFINE INDEX slug_ix ON t$i FIELDS slug UNIQUE;
DEFINE EVENT made ON t$i WHEN \$event = 'CREATE' THEN { CREATE log };
END
    i=$((i + 1))
done > "$tmp/schema.surql"
cd "$tmp" || exit 1
echo 'schema = ["schema.surql"]' > surrealgen.toml
echo "target = \"$SURREAL_TEST_MAJOR.0\"" >> surrealgen.toml
{ "$bin" migrate generate init && "$bin" migrate up --create; } > out 2>&1 ||
    { cat out; exit 1; }
i=0
echo 'INFO FOR DB;' > info.surql
while [ $i -lt "$tables" ]; do
    echo "INFO FOR TABLE t$i;"
    i=$((i + 1))
done >> info.surql

now() { date +%s%N; }
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }

: > check
: > info
i=0
while [ $i -lt "$rounds" ]; do
    from=$(now)
    "$bin" schema check > out 2>&1 || { cat out; exit 1; }
    echo $((($(now) - from) / 1000000)) >> check
    # Its own clock: starting node is no work of the engine's.
    node "$here/../engine/query.mjs" --time info.surql | tail -n 1 >> info
    i=$((i + 1))
done
check=$(median check)
info=$(median info)
objects=$(sed -n 's/.*no drift, \([0-9]*\) objects.*/\1/p' out)
echo "drift of $tables tables ($objects objects), SurrealDB $SURREAL_TEST_MAJOR:"
echo "  schema check      $check ms"
echo "  INFO of the same  $info ms"
if [ "$check" -gt 2000 ]; then
    echo "  misses 2,000 ms"
    exit 1
fi
