#!/bin/sh
# tests/bench/schema.sh: what surrealgen costs, from the text to the C.
#
#   tests/bench/schema.sh        part of `make bench`; needs a compiler only
#
# Each figure is the median of BENCH_ROUNDS (5) processes. The schemas are made
# by bench_schema: 20 columns a table, two in five optional, records, arrays,
# enums, nested structs, asserts, indexes. `.surql` is the same size of model
# in DEFINE statements. SURREAL_TEST_CORPUS is a folder with the schema files of
# other people in schemas/; without one, theirs are skipped.
set -u
cd "$(dirname "$0")/../.." || exit 1
cc=${CC:-cc}
rounds=${BENCH_ROUNDS:-5}
corpus=${SURREAL_TEST_CORPUS:-../shared/corpus}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bench=$tmp/bench_schema
missed=0

# shellcheck disable=SC2046
$cc -std=c99 -O2 -Isurrealgen -I. tests/bench/bench_schema.c \
    $(find surrealgen -mindepth 2 -name '*.c' ! -path '*/cli/*' \
        ! -path '*/db/*' ! -path '*/migrate/*') -o "$bench" ||
    exit 1

# measure FILE: lex parse check sql c all peak kib errors, each a median
measure() {
    i=0
    while [ $i -lt "$rounds" ]; do
        "$bench" run "$1" || return 1
        i=$((i + 1))
    done 2> /dev/null > "$tmp/runs"
    for column in 1 2 3 4 5 6 7 8 9; do
        cut -d ' ' -f $column "$tmp/runs" | sort -n |
            sed -n "$(((rounds + 1) / 2))p"
    done | tr '\n' ' '
}

# within VALUE LIMIT WHAT: whether a figure keeps what was promised
within() {
    if awk "BEGIN { exit !($1 <= $2) }"; then
        echo "$3: $1 <= $2"
    else
        echo "$3: $1 <= $2 MISSED"
        missed=1
    fi
}

# CPU seconds of a command and its children
seconds() {
    sh -c '"$@" > /dev/null 2>&1; echo $? >&3; times' timed "$@" \
        3> "$tmp/code" | sed -n 2p | awk '
        { for (i = 1; i <= NF; i++) {
              split($i, t, "m"); s += t[1] * 60 + t[2]
          }
          printf "%.2f\n", s }'
    [ "$(cat "$tmp/code")" = 0 ]
}

echo "CPU ms of each stage; 20 columns a table"
printf '%-14s %7s %7s %7s %7s %7s %8s %9s %8s %9s\n' '' lex parse check \
    sql c all us/table 'peak MiB' 'KiB of C'
for kind in models defines; do
    end=sg
    [ $kind = defines ] && end=surql
    for n in 250 500 1000 2000; do
        "$bench" make $kind $n > "$tmp/$n.$end"
        # shellcheck disable=SC2046
        set -- $(measure "$tmp/$n.$end")
        [ "${9:-1}" = 0 ] || { echo "$kind $n: has errors"; exit 1; }
        printf '%-14s %7s %7s %7s %7s %7s %8s %9s %8s %9s\n' "$n .$end" "$1" \
            "$2" "$3" "$4" "$5" "$6" \
            "$(awk "BEGIN { printf \"%.1f\", $6 * 1000 / $n }")" "$7" "$8"
        eval "all_${kind}_$n=$6 peak_${kind}_$n=$7"
    done
done
eval "$(awk "BEGIN {
    printf \"m=%.2f\n\", $all_models_2000 / $all_models_250 / 8
    printf \"d=%.2f\n\", $all_defines_2000 / $all_defines_250 / 8 }")"
within "$m" 1.5 "a table of 2,000 beside one of 250, .sg"
within "$d" 1.5 "a table of 2,000 beside one of 250, .surql"
within "$all_models_1000" 500 "1,000 tables, .sg, CPU ms"
within "$all_defines_1000" 500 "1,000 tables, .surql, CPU ms"
within "$peak_models_1000" 200 "1,000 tables, .sg, peak MiB"
within "$peak_defines_1000" 200 "1,000 tables, .surql, peak MiB"

echo
echo "Shapes that are not even, CPU ms in all (n, and four times as many)"
while read -r kind small large; do
    "$bench" make "$kind" "$small" > "$tmp/a.sg"
    "$bench" make "$kind" "$large" > "$tmp/b.sg"
    # shellcheck disable=SC2046
    set -- $(measure "$tmp/a.sg")
    few=$6
    # shellcheck disable=SC2046
    set -- $(measure "$tmp/b.sg")
    printf '%-12s %7d %9.2f %8d %9.2f  ratio %.2f\n' "$kind" "$small" "$few" \
        "$large" "$6" "$(awk "BEGIN { print $6 / $few }")"
done <<'END'
wide 1000 4000
variants 1000 4000
enums 500 2000
structs 500 2000
errors 25000 100000
bad-defines 25000 100000
END

echo
"$bench" make models 40 > "$tmp/own.sg"
# shellcheck disable=SC2046
set -- $(measure "$tmp/own.sg")
within "$6" 20 "own file of $(wc -l < "$tmp/own.sg") lines, CPU ms"
# shellcheck disable=SC2012
largest=$(ls -S "$corpus"/schemas/*.surql 2> /dev/null | head -n 1)
if [ -n "$largest" ]; then
    # shellcheck disable=SC2046
    set -- $(measure "$largest")
    within "$6" 20 "largest of the corpus ($(wc -l < "$largest") lines), CPU ms"
    [ "$9" = 0 ] || echo "  with $9 errors, so without C"
else
    echo "skipped: no corpus of schema files at $corpus"
fi

echo
echo "The C of 1,000 tables, compiled at -O1"
mkdir "$tmp/c" "$tmp/peer"
"$bench" run "$tmp/1000.sg" "$tmp/c" > /dev/null 2>&1 || exit 1
for compiler in gcc clang; do
    command -v $compiler > /dev/null || continue
    s=$(seconds $compiler -std=c99 -O1 -I. -I"$tmp/c" -c "$tmp/c/1000.c" \
        -o "$tmp/c/1000.o") || { echo "$compiler: it does not compile"; exit 1; }
    within "$s" 20 "$compiler, CPU seconds"
done

echo
echo "Peers, in the same run: 1,000 messages of 20 fields to C and C++, CPU"
echo "seconds. They generate code or options for field access; surrealgen"
echo "reads asserts, defaults, indexes and permissions besides."
printf '%-22s %s\n' "surrealgen" \
    "$(seconds "$bench" run "$tmp/1000.sg" "$tmp/c")"
"$bench" make proto 1000 > "$tmp/peer/bench.proto"
"$bench" make flat 1000 > "$tmp/peer/bench.fbs"
if command -v protoc > /dev/null; then
    s=$(seconds protoc -I"$tmp/peer" --cpp_out="$tmp/peer" \
        "$tmp/peer/bench.proto") || s="failed"
    printf '%-22s %s\n' "protoc (C++)" "$s"
    if command -v protoc-gen-nanopb > /dev/null; then
        s=$(seconds protoc -I"$tmp/peer" --nanopb_out="$tmp/peer" \
            "$tmp/peer/bench.proto") || s="failed"
        printf '%-22s %s\n' "protoc, nanopb (C)" "$s"
    else
        echo "skipped: no nanopb beside it (apt-get install nanopb)"
    fi
else
    echo "skipped: no protoc beside it (apt-get install protobuf-compiler)"
fi
if command -v flatc > /dev/null; then
    s=$(seconds flatc --cpp -o "$tmp/peer" "$tmp/peer/bench.fbs") || s="failed"
    printf '%-22s %s\n' "flatc (C++)" "$s"
else
    echo "skipped: no flatc beside it (apt-get install flatbuffers-compiler)"
fi
exit $missed
