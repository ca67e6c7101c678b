#!/bin/sh
# tests/bench/migrate.sh: what `migrate generate` costs on a large schema.
#
#   tests/bench/migrate.sh       part of `make bench`; needs a compiler only
#
# Five hundred tables of twenty columns, made by bench_schema; one migration is
# there, and one column was added since. CPU is that of the process, user and
# system, the median of BENCH_ROUNDS (7). Reference, in the same run: `check` of
# the same files, which reads as much of them and writes nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
cc=${CC:-cc}
rounds=${BENCH_ROUNDS:-7}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
missed=0

# What users run is optimised; the tree's own build is for debuggers.
# shellcheck disable=SC2046
$cc -std=c99 -O2 -Isurrealgen -I. $(find surrealgen -name '*.c') \
    -o "$tmp/surrealgen" -lm -lpthread || exit 1
# shellcheck disable=SC2046
$cc -std=c99 -O2 -Isurrealgen -I. tests/bench/bench_schema.c \
    $(find surrealgen -mindepth 2 -name '*.c' ! -path '*/cli/*' \
        ! -path '*/db/*' ! -path '*/migrate/*') -o "$tmp/make" || exit 1

# cpu ARG...: milliseconds of one run
cpu()
{
    sh -c '"$@" > /dev/null 2>&1; times' timed "$tmp/surrealgen" "$@" |
        sed -n 2p | awk '
        { for (i = 1; i <= NF; i++) {
              split($i, t, "m"); s += t[1] * 60000 + t[2] * 1000
          }
          printf "%.0f\n", s }'
}

# median ARG...: of so many runs
median()
{
    i=0
    while [ $i -lt "$rounds" ]; do
        cpu "$@"
        i=$((i + 1))
    done | sort -n | sed -n "$(((rounds + 1) / 2))p"
}

within() # VALUE LIMIT WHAT
{
    if [ "$1" -le "$2" ]; then
        echo "$3: $1 <= $2"
    else
        echo "$3: $1 <= $2 MISSED"
        missed=1
    fi
}

cd "$tmp" || exit 1
"$tmp/make" make models 500 > old.sg
awk '/title    option<string>;/ && !n++ { print "  fresh    option<int>;" } 1' \
    old.sg > new.sg
"$tmp/surrealgen" migrate generate init old.sg > /dev/null || exit 1
"$tmp/surrealgen" migrate generate --stdout x new.sg | grep -q 'FIELD fresh' ||
    exit 1
check=$(median check new.sg)
generate=$(median migrate generate --stdout x new.sg)
diff=$(median schema diff new.sg)
echo "500 tables, $(cat migrations/*/schema.snap | wc -l) lines, CPU ms:"
echo "  check $check   schema diff $diff   migrate generate $generate"
within "$generate" 100 "migrate generate, CPU ms"
exit $missed
