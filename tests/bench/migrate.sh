#!/bin/sh
# tests/bench/migrate.sh: what migrating costs.
#
#   tests/bench/migrate.sh         part of `make bench`; needs node for the engine
#   BENCH_ROWS=1000000 tests/bench/migrate.sh rows      that part alone
#
# `migrate generate` beside `check` of the same 500 tables, from an empty folder
# and behind an init of all of them, files written and linted; `up` of 200
# migrations beside the engine's own time for their statements, as the library
# and as the program with its start, lint and all; and a step that goes through
# BENCH_ROWS (100,000) rows in batches of 1,000. Figures are medians of
# BENCH_ROUNDS (5).
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ -z "${SURREAL_TEST_URL:-}" ]; then
    exec sh tests/engine/with.sh 3 sh "$0" "$@"
fi
top=$PWD
bin=$top/build/surrealgen
rounds=${BENCH_ROUNDS:-5}
tables=${BENCH_TABLES:-500}
rows=${BENCH_ROWS:-100000}
only=${1:-}
cc=${CC:-cc}
missed=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export SURREAL_URL="$SURREAL_TEST_URL" SURREAL_NAMESPACE=bench
export SURREAL_USERNAME="$SURREAL_TEST_USER"
export SURREAL_PASSWORD="$SURREAL_TEST_PASS" NO_COLOR=1

$cc -O2 tests/bench/cost.c -o "$tmp/cost" || exit 1

# within VALUE LIMIT WHAT: whether a figure keeps what was promised
within()
{
    if awk "BEGIN { exit !($1 <= $2) }"; then
        echo "$3: $1 <= $2"
    else
        echo "$3: $1 <= $2 MISSED"
        missed=1
    fi
}

# cost ROUNDS ARG...: of surrealgen; cpu, wall and peak are set
cost()
{
    times=$1
    shift
    "$tmp/cost" "$times" "$bin" "$@" > "$tmp/figures" 2> "$tmp/err" || {
        tail -n 20 "$tmp/err"
        echo "surrealgen $*: failed"
        exit 1
    }
    read -r cpu wall peak < "$tmp/figures"
}

sql()
{
    printf '%s' "$1" | node "$top/tests/engine/query.mjs" > "$tmp/answer" ||
        { cat "$tmp/answer"; exit 1; }
}

# folder NAME: to work in, with a database of that name
folder()
{
    mkdir "$tmp/$1"
    cd "$tmp/$1" || exit 1
    export SURREAL_DATABASE="$1"
    export SOURCE_DATE_EPOCH=1767225600
    echo 'schema = ["schema"]' > surrealgen.toml
    echo "target = \"$SURREAL_TEST_MAJOR.0\"" >> surrealgen.toml
    mkdir schema
}

# write NAME: a migration from stdin
write()
{
    "$bin" migrate new "$1" > "$tmp/err" 2>&1 || { cat "$tmp/err"; exit 1; }
    cat >> "$(echo migrations/*_"$1")/up.surql"
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
}

# written NAME: cost, of `migrate generate NAME`, which writes, looks at what it
# wrote and then finds nothing to do: what it wrote goes before the next round
written()
{
    n=0
    : > "$tmp/rounds"
    while [ $n -lt "$rounds" ]; do
        rm -rf migrations/*_"$1"
        cost 1 migrate generate "$1" --no-input
        echo "$cpu $wall $peak" >> "$tmp/rounds"
        n=$((n + 1))
    done
    sort -n "$tmp/rounds" | sed -n "$(((rounds + 1) / 2))p" > "$tmp/figures"
    read -r cpu wall peak < "$tmp/figures"
}

# ---- generate ---------------------------------------------------------------

if [ "${only:-generate}" = generate ]; then
    # shellcheck disable=SC2046
    $cc -std=c99 -O2 -Isurrealgen -I. tests/bench/bench_schema.c \
        $(find surrealgen -mindepth 2 -name '*.c' ! -path '*/cli/*' \
            ! -path '*/db/*' ! -path '*/migrate/*') -o "$tmp/bench_schema" ||
        exit 1
    folder generate
    echo "CPU ms, $tables tables of 20 columns"
    "$tmp/bench_schema" make models "$tables" > schema/a.sg
    cost "$rounds" check
    printf '%-34s %8s %10s MiB\n' check "$cpu" "$((peak / 1024))"
    beside=$cpu
    written init
    printf '%-34s %8s %10s MiB\n' 'generate, the first' "$cpu" \
        "$((peak / 1024))"
    first=$cpu
    cost "$rounds" migrate generate none --no-input
    printf '%-34s %8s %10s MiB\n' 'generate, nothing to do' "$cpu" \
        "$((peak / 1024))"
    # Every tenth table gets a column.
    awk '/^model/ && n++ % 10 == 0 { print; print "  added option<int>;"; next }
         { print }' schema/a.sg > more
    mv more schema/a.sg
    written more
    printf '%-34s %8s %10s MiB\n' "generate, $((tables / 10)) tables changed" \
        "$cpu" "$((peak / 1024))"
    within "$first" 100 "the first migration of $tables tables, CPU ms"
    within "$cpu" 100 "$((tables / 10)) of them changed, CPU ms"
    awk "BEGIN { printf \"generate takes %.2f times what check does\\n\",
        $cpu / $beside }"
    cd "$top" || exit 1
    echo
fi

# ---- up of 200 --------------------------------------------------------------

if [ "${only:-up}" = up ]; then
    $cc -std=c99 -O2 -I. tests/bench/bench_migrate.c -o "$tmp/bench_migrate" \
        -lm || exit 1
    "$tmp/bench_migrate" "$rounds" 200 > "$tmp/library" || missed=1
    cat "$tmp/library"
    folder up
    : > schema/a.sg
    n=0
    while [ $n -lt 200 ]; do
        "$tmp/bench_migrate" print $n | write m$n
        n=$((n + 1))
    done
    n=0
    : > walls
    while [ $n -lt "$rounds" ]; do
        export SURREAL_DATABASE="up$n"
        cost 1 migrate up --create
        echo "$wall $cpu $peak" >> walls
        n=$((n + 1))
    done
    hand=$(sed -n 's/.*transactions \([0-9]*\) ms.*/\1/p' "$tmp/library")
    sort -n walls | sed -n "$(((rounds + 1) / 2))p" |
        awk -v H="$hand" '{ printf "surrealgen migrate up of the same, from " \
            "start to end: %d ms (%d ms CPU, %d MiB): %.2f times\n", $1, $2,
            $3 / 1024, $1 / H }'
    cd "$top" || exit 1
    echo
fi

# ---- a step through many rows -----------------------------------------------

if [ "${only:-rows}" = rows ]; then
    folder rows
    : > schema/a.sg
    write table <<'S'
DEFINE TABLE r SCHEMAFULL;
DEFINE FIELD n ON r TYPE int;
DEFINE FIELD twice ON r TYPE option<int>;
S
    "$bin" migrate up --create > "$tmp/err" 2>&1 || { cat "$tmp/err"; exit 1; }
    left=$rows
    while [ "$left" -gt 0 ]; do
        some=$((left > 20000 ? 20000 : left))
        sql "CREATE |r:$some| SET n = 1 RETURN NONE"
        left=$((left - some))
    done
    write fill <<'S'
-- step: data r batch=1000 quiet
UPDATE $batch SET twice = n * 2;
S
    cost 1 migrate up
    sql 'SELECT count() FROM r WHERE twice = 2 GROUP ALL'
    if [ "$(cat "$tmp/answer")" != "[{\"count\":$rows}]" ]; then
        echo "rows were left out: $(cat "$tmp/answer")"
        exit 1
    fi
    awk -v W="$wall" -v C="$cpu" -v P="$peak" -v R="$rows" 'BEGIN {
        printf "a step through %d rows: %.1f s, %.1f ms for 1,000 rows ", R,
            W / 1e3, W * 1e3 / R
        printf "(%.2f ms CPU of ours), peak of the tool %.1f MiB\n",
            C * 1e3 / R, P / 1024 }'
    within "$((peak / 1024))" 32 "its peak, MiB"
fi
exit $missed
